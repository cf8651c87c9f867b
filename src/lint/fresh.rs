//! A file beside an earlier version of it: what makes clients keep the old version of an event.

use std::collections::HashMap;

use super::Findings;
use super::time::{self, Time};
use crate::diagnostic::FeedCode;
use crate::import::component::{Component, tree};
use crate::import::encoding::decode;

/// What tells versions of an event apart.
struct Version {
    sequence: Option<i64>,
    modified: Option<Time>,
    stamp: Option<Time>,
    start: String,
}

/// UID and RECURRENCE-ID.
fn key(event: &Component<'_>) -> Option<(String, String)> {
    let uid = event.property("UID")?.value.trim().to_owned();
    Some((uid, event.property("RECURRENCE-ID").map_or(String::new(), |line| line.value.trim().to_owned())))
}

fn version(event: &Component<'_>) -> Version {
    let time = |name: &str| event.property(name).and_then(|line| time::parse(&line.value));
    Version {
        sequence: event.property("SEQUENCE").and_then(|line| line.value.trim().parse().ok()),
        modified: time("LAST-MODIFIED"),
        stamp: time("DTSTAMP"),
        start: event
            .property("DTSTART")
            .map_or(String::new(), |line| format!("{} {}", line.param("TZID").unwrap_or_default(), line.value.trim())),
    }
}

fn events<'c, 't>(calendars: impl Iterator<Item = &'c Component<'t>>) -> impl Iterator<Item = &'c Component<'t>>
where
    't: 'c,
{
    calendars.flat_map(|calendar| calendar.components.iter().filter(|component| component.name == "VEVENT"))
}

/// Compares with the earlier version of the file.
pub(super) fn compare(previous: &[u8], calendars: &[&Component<'_>], findings: &mut Findings<'_>) {
    let decoded = decode(previous);
    let tree = tree(&decoded.text);
    let before = events(tree.components.iter().filter(|component| component.name == "VCALENDAR"));
    let before: HashMap<(String, String), Version> =
        before.filter_map(|event| Some((key(event)?, version(event)))).collect();
    for event in events(calendars.iter().copied()) {
        let Some(old) = key(event).and_then(|key| before.get(&key)) else { continue };
        let new = version(event);
        let (was, is) = (old.sequence.unwrap_or(0), new.sequence.unwrap_or(0));
        let place = event.property("SEQUENCE").or_else(|| event.property("UID")).map_or(event.line, |line| line.line);
        if is < was {
            findings.at_line(FeedCode::SequenceDown, place, format!("SEQUENCE was {was}, and is {is}"));
        } else if is == was && old.sequence.is_some() && old.start != new.start {
            let message = format!("the event moved, and SEQUENCE is still {is}");
            findings.at_line(FeedCode::SequenceDown, place, message);
        }
        for (name, old, new) in [("LAST-MODIFIED", old.modified, new.modified), ("DTSTAMP", old.stamp, new.stamp)] {
            if let (Some(Time::Utc(old)), Some(Time::Utc(new))) = (old, new)
                && new < old
                && let Some(line) = event.property(name)
            {
                let message = format!("{name} was later before: {}", old.format("%Y-%m-%d %H:%M UTC"));
                findings.at(FeedCode::ModifiedDown, line, message);
            }
        }
    }
}
