//! `github`: changes as workflow commands, beside the record where it is known.

use super::{Difference, sections};
use crate::diagnostic::github::{message, property};
use crate::diff::{Change, Kind};

/// One command a line; `place` gives file and line of the record of a UID.
pub fn write<'p>(difference: &Difference<'_>, place: impl Fn(&Change) -> Option<(&'p str, usize)>) -> String {
    let mut out = String::new();
    for section in sections(difference) {
        let level = match section.kind {
            Kind::FeedGone | Kind::UidLost => "error",
            Kind::Cancelled | Kind::Removed | Kind::Moved => "warning",
            _ => "notice",
        };
        for entry in &section.entries {
            let place = place(entry.change)
                .map_or(String::new(), |(file, line)| format!("file={},line={line},", property(file)));
            let title = property(section.heading);
            let mut text = entry.change.title.clone();
            if !entry.says.is_empty() {
                text.push_str(&format!(" — {}", entry.says));
            }
            out.push_str(&format!("::{level} {place}title={title}::{}\n", message(&text)));
        }
    }
    out
}
