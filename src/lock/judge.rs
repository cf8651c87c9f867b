//! Whether what a lock says of an event could come from a record. The file is public and may be edited or damaged, and its
//! names become parts of paths and addresses.

use chrono::{DateTime, Datelike, TimeDelta, Utc};

use super::dropped::MOST;
use super::entry::{Entry, Gone};
use super::kept::{Kept, KeptOccurrence, KeptRepeat};
use super::moment::Moment;
use crate::resolve::point::{YEARS, YEARS_OF_DAYS};
use crate::resolve::{is_event_id, is_id};

/// Characters of a text, as records may have them. A local event's title also names its city.
const LONGEST: usize = 2_000;
/// The highest SEQUENCE: far more than anybody changes an event, and far below what clients read, which end at 2³¹ − 1.
const MOST_REVISIONS: u32 = 1_000_000;

/// The time for an update after `updated`: at `now`, later than the one before also where a clock is not, and never so
/// late that the lock could not be read back.
pub(super) fn after(updated: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    let later = updated.checked_add_signed(TimeDelta::seconds(1)).filter(|later| YEARS.contains(&later.year()));
    later.map_or(updated, |later| now.max(later))
}

/// The SEQUENCE of the next revision.
pub(super) fn raised(sequence: u32) -> u32 {
    sequence.saturating_add(1).min(MOST_REVISIONS)
}

/// The key of an entry whose time is later than `now` by more than clocks differ, and that time.
pub(super) fn future(entry: &Entry, now: DateTime<Utc>) -> Option<(&'static str, DateTime<Utc>)> {
    let latest = now.checked_add_signed(TimeDelta::days(1))?;
    let deleted = match entry.gone {
        Some(Gone::Deleted(at)) => Some(at),
        Some(Gone::Renamed(_)) | None => None,
    };
    let changed = entry.news.map(|(_, at)| at);
    let times = [
        ("created", Some(entry.created)),
        ("updated", Some(entry.updated)),
        ("changed", changed),
        ("deleted", deleted),
    ];
    times.into_iter().find_map(|(key, at)| Some((key, at.filter(|at| *at > latest)?)))
}

/// Judges an entry: the key that is at fault, if one is.
pub(super) fn entry(entry: &Entry) -> Result<(), &'static str> {
    // Without `..`: a field that is forgotten here does not compile.
    let Entry {
        uid,
        id,
        title,
        kind,
        language,
        status: _,
        when: Kept { zone, start, end },
        repeat,
        dropped,
        rules: _,
        feeds,
        created,
        updated,
        sequence,
        seen: _,
        schedule: _,
        news,
        gone,
    } = entry;
    let is_known = |instant: &DateTime<Utc>| YEARS.contains(&instant.year());
    let checks = [
        ("uid", is_line(uid)),
        ("id", is_event_id(id)),
        ("title", is_line(title)),
        ("kind", is_id(kind)),
        ("language", language.as_deref().is_none_or(is_tag)),
        ("timezone", zone.as_deref().is_none_or(is_zone)),
        ("start", is_when(start)),
        ("end", end.as_ref().is_none_or(is_when)),
        ("dropped", dropped.len() <= MOST && dropped.iter().all(is_occurrence)),
        ("feeds", feeds.iter().all(|feed| is_feed(feed))),
        ("created", is_known(created)),
        ("updated", is_known(updated)),
        ("sequence", *sequence <= MOST_REVISIONS),
        ("changed", news.as_ref().is_none_or(|(_, at)| is_known(at))),
        ("from", news.as_ref().and_then(|(news, _)| news.from()).is_none_or(|from| is_when(&from))),
    ];
    if let Some((key, _)) = checks.iter().find(|(_, is_right)| !is_right) {
        return Err(key);
    }
    if let Some(repeat) = repeat {
        let KeptRepeat { rule: _, clock: _, except, also, pinned, places: _, moved } = &**repeat;
        if !moved.iter().all(is_occurrence) {
            return Err("moved");
        }
        for (key, starts) in [("except", except), ("also", also), ("pinned", pinned)] {
            if !starts.iter().all(|start| is_year(start.year())) {
                return Err(key);
            }
        }
    }
    match gone {
        Some(Gone::Deleted(at)) if !is_known(at) => Err("deleted"),
        Some(Gone::Renamed(to)) if !is_line(to) => Err("renamed"),
        _ => Ok(()),
    }
}

/// Whether it can be the name of a feed, which is a part of a path.
pub(super) fn is_feed(name: &str) -> bool {
    is_id(name)
}

/// Whether it can be the domain of a UID.
pub(super) fn is_domain(name: &str) -> bool {
    (1..=255).contains(&name.len()) && !name.contains(|c: char| c == '@' || c.is_whitespace() || c.is_control())
}

/// Whether it can be a version of the tz database.
pub(super) fn is_version(text: &str) -> bool {
    (1..=32).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.+".contains(&byte))
}

fn is_occurrence(occurrence: &KeptOccurrence) -> bool {
    let KeptOccurrence { planned, when: Kept { zone, start, end } } = occurrence;
    is_year(planned.year())
        && zone.as_deref().is_none_or(is_zone)
        && is_when(start)
        && end.as_ref().is_some_and(is_when)
}

fn is_when(moment: &Moment) -> bool {
    is_year(moment.wall().year())
}

/// Whether a date of an event can have this year: as records have it, and a year more for ends and for other clocks.
fn is_year(year: i32) -> bool {
    (YEARS_OF_DAYS.start() - 1..=YEARS_OF_DAYS.end() + 1).contains(&year)
}

fn is_line(text: &str) -> bool {
    !text.trim().is_empty()
        && text.len() <= 4 * LONGEST
        && !text.contains(char::is_control)
        && text.chars().count() <= LONGEST
}

fn is_tag(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn is_zone(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_+-/".contains(&byte);
    (1..=64).contains(&text.len()) && text.bytes().all(is_allowed) && !text.starts_with('/')
}
