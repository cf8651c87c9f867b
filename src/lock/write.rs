//! The lock as text: one form only, a line a value, a table an event, sorted by UID, so that two branches meet in a line
//! only where they changed the same event.

use std::fmt::{self, Write};

use chrono::TimeDelta;

use super::entry::{Entry, Gone};
use super::kept::{Kept, KeptOccurrence};
use super::moment::{Moment, utc};
use super::{Lock, VERSION, checksum, domain};
use crate::diagnostic::is_hostile;
use crate::event::Status;

/// The beginning of a lock.
const HEAD: &str = "# Written by `redletter lock`, and meant to be committed: by it, subscribers hear what is new or cancelled.\n\
    # After a merge, run `redletter lock` again: it settles conflicts in here by itself.\n";

/// The last line, by which a file that was cut off is known.
pub(super) const END: &str = "# end of calendar.lock";

impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEAD}version = {VERSION}")?;
        let mut own = String::new();
        line(&mut own, "tzdb", &self.tzdb)?;
        // By this a deletion that was written by hand is known.
        match self.deletions() {
            0 => {}
            deletions => writeln!(own, "deletions = {deletions}")?,
        }
        // A line each, for merges.
        for name in &self.retired {
            line(&mut own, "retired", name)?;
        }
        for domain in &self.former_domains {
            line(&mut own, domain::KEY, domain)?;
        }
        own.lines().try_for_each(|line| f.write_str(&checksum::head_line(line)))?;
        for entry in &self.entries {
            own.clear();
            table(&mut own, entry)?;
            write!(f, "\n{own}{}", checksum::line_of(&own))?;
        }
        writeln!(f, "\n{END}")
    }
}

/// The table of an event, without its checksum.
pub(super) fn table(f: &mut String, entry: &Entry) -> fmt::Result {
    // Without `..`: a field that is forgotten here does not compile.
    let Entry {
        uid,
        id,
        title,
        kind,
        language,
        status,
        when,
        repeat,
        dropped,
        rules,
        feeds,
        created,
        updated,
        sequence,
        seen,
        schedule,
        news,
        gone,
    } = entry;
    f.write_str("[event.")?;
    text(f, uid)?;
    f.write_str("]\n")?;
    line(f, "id", id)?;
    line(f, "title", title)?;
    line(f, "kind", kind)?;
    if let Some(language) = language {
        line(f, "language", language)?;
    }
    if *status != Status::Confirmed {
        line(f, "status", status.name())?;
    }
    if let Some(zone) = &when.zone {
        line(f, "timezone", zone)?;
    }
    writeln!(f, "start = {}", when.start)?;
    if let Some(end) = when.end {
        writeln!(f, "end = {end}")?;
    }
    if let Some(repeat) = repeat {
        if let Some(rule) = &repeat.rule {
            line(f, "rrule", &rule.to_string())?;
        }
        for (name, starts) in [("except", &repeat.except), ("also", &repeat.also), ("pinned", &repeat.pinned)] {
            if !starts.is_empty() {
                write!(f, "{name} = [")?;
                for (index, start) in starts.iter().enumerate() {
                    write!(f, "{}{}", if index == 0 { "" } else { ", " }, Moment::Wall(*start))?;
                }
                f.write_str("]\n")?;
            }
        }
    }
    // A line each, for merges.
    for moved in repeat.iter().flat_map(|repeat| &repeat.moved) {
        occurrence(f, "moved", moved)?;
    }
    for dropped in dropped {
        occurrence(f, "dropped", dropped)?;
    }
    if let Some(places) = repeat.as_ref().and_then(|repeat| repeat.places) {
        writeln!(f, "places = \"{places}\"")?;
    }
    if let Some(repeat) = repeat.as_ref().filter(|repeat| !repeat.clock.is_zero()) {
        writeln!(f, "clock = \"{}\"", duration(repeat.clock))?;
    }
    if let Some(rules) = rules {
        writeln!(f, "rules = \"{rules}\"")?;
    }
    f.write_str("feeds = [")?;
    for (index, feed) in feeds.iter().enumerate() {
        f.write_str(if index == 0 { "" } else { ", " })?;
        text(f, feed)?;
    }
    f.write_str("]\n")?;
    writeln!(f, "created = {}\nupdated = {}\nsequence = {sequence}", utc(*created), utc(*updated))?;
    writeln!(f, "seen = \"{seen}\"\nschedule = \"{schedule}\"")?;
    if let Some((news, at)) = news {
        writeln!(f, "change = \"{}\"\nchanged = {}", news.name(), utc(*at))?;
        if let Some(from) = news.from() {
            writeln!(f, "from = {from}")?;
        }
    }
    match gone {
        Some(Gone::Deleted(at)) => writeln!(f, "deleted = {}", utc(*at)),
        Some(Gone::Renamed(to)) => line(f, "renamed", to),
        None => Ok(()),
    }
}

/// `moved."2026-12-08T19:00:00" = [2026-12-09T19:00:00+01:00, 2026-12-09T21:00:00+01:00, "Europe/Madrid"]`: the planned
/// start; start, end and zone.
fn occurrence(f: &mut String, name: &str, occurrence: &KeptOccurrence) -> fmt::Result {
    let KeptOccurrence { planned, when: Kept { zone, start, end } } = occurrence;
    write!(f, "{name}.\"{}\" = [{start}", Moment::Wall(*planned))?;
    if let Some(end) = end {
        write!(f, ", {end}")?;
    }
    if let Some(zone) = zone {
        f.write_str(", ")?;
        text(f, zone)?;
    }
    f.write_str("]\n")
}

/// A length as records have it: `1d2h30m`.
fn duration(length: TimeDelta) -> String {
    let parts = [('d', length.num_days()), ('h', length.num_hours() % 24), ('m', length.num_minutes() % 60)];
    let seconds = ('s', length.num_seconds() % 60);
    let parts = parts.into_iter().chain([seconds]).filter(|(_, count)| *count > 0);
    parts.fold(String::new(), |text, (unit, count)| text + &format!("{count}{unit}"))
}

fn line(f: &mut String, name: &str, value: &str) -> fmt::Result {
    write!(f, "{name} = ")?;
    text(f, value)?;
    f.write_char('\n')
}

/// A basic string of TOML, on one line; what could drive a terminal that shows it is escaped.
pub(super) fn text(f: &mut String, value: &str) -> fmt::Result {
    f.write_char('"')?;
    let mut rest = value;
    let special = |c: char| matches!(c, '"' | '\\') || is_hostile(c);
    while let Some(at) = rest.find(special) {
        f.write_str(&rest[..at])?;
        let mut characters = rest[at..].chars();
        match characters.next() {
            Some(c @ ('"' | '\\')) => write!(f, "\\{c}")?,
            Some('\n') => f.write_str("\\n")?,
            Some('\t') => f.write_str("\\t")?,
            Some(c) => write!(f, "\\u{:04X}", u32::from(c))?, // all of them are below U+FFFF
            None => {}
        }
        rest = characters.as_str();
    }
    f.write_str(rest)?;
    f.write_char('"')
}
