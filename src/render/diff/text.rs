//! `text`: for a terminal.

use super::sections::Below;
use super::{Difference, sections, summary};
use crate::diff::Kind;
use crate::render::terminal::{ALARM, NOTICE, QUIET, STRONG, TIME, paint, plain};

/// The changes, one paragraph a kind.
pub fn write(difference: &Difference<'_>, color: bool) -> String {
    let mut out = format!(
        "{} → {}: {}\n",
        plain(difference.old),
        plain(difference.new),
        paint(&summary(difference.changes), STRONG, color)
    );
    for section in sections(difference) {
        let style = match section.kind {
            Kind::FeedGone | Kind::UidLost | Kind::Cancelled | Kind::Removed => ALARM,
            Kind::Moved | Kind::Ends | Kind::Place | Kind::Tentative => NOTICE,
            _ => STRONG,
        };
        out.push_str(&format!("\n{}\n", paint(section.heading, style, color)));
        if !section.remark.is_empty() {
            out.push_str(&format!("  {}\n", paint(section.remark, QUIET, color)));
        }
        for entry in section.entries {
            out.push_str(&format!("  {}\n", plain(&entry.change.title)));
            if !entry.says.is_empty() {
                out.push_str(&format!("    {}\n", paint(&plain(&entry.says), TIME, color)));
            }
            for below in entry.below {
                let (sign, line) = match &below {
                    Below::Zone(line) => (" ", line),
                    Below::Gone(line) => ("-", line),
                    Below::Come(line) => ("+", line),
                };
                out.push_str(&format!("    {sign} {}\n", plain(line)));
            }
        }
    }
    out
}
