//! The text of a lock → [`Lock`]. Tables in the form that `write` gives them are read line by line, any other form by
//! `toml`: a lock of a hundred thousand events stands before every feed, and a parser for all of TOML takes ten times as
//! long.
//!
//! Refused, and never half taken: a key that is not known or missing, a value that fits no field, a file without its last
//! line.

use std::fmt::Display;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::checksum::Sum;
use super::digest::Digest;
use super::entry::{Entry, Gone, News};
use super::kept::{Kept, KeptOccurrence, KeptRepeat};
use super::moment::Moment;
use super::{FILE, Lock, VERSION, checksum, domain, judge, repair, write};
use crate::calendar::threads;
use crate::diagnostic::shorten;
use crate::error::{Error, Result};
use crate::event::Status;
use crate::recurrence::Rule;

/// What begins the table of an event.
pub(super) const TABLE: &str = "\n[event.";

/// Tables that a thread reads at a time.
const STEP: usize = 1024;

/// A lock, and its tables that are not as they were written.
pub(super) struct Reading<'t> {
    pub(super) lock: Lock,
    pub(super) damaged: Vec<Damaged<'t>>,
}

/// A table that is not as it was written.
pub(super) struct Damaged<'t> {
    /// The number of its first line.
    line: usize,
    /// Its text.
    pub(super) table: &'t str,
    /// What its checksum says.
    pub(super) sum: Sum,
}

/// Reads a lock without conflict markers. Of an event that stands in it twice, both entries are taken as one.
pub(super) fn read(text: &str) -> Result<Reading<'_>> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let Some(body) = text.trim_end().strip_suffix(write::END) else {
        return Err(unreadable(if text.trim().is_empty() {
            "it is empty".to_owned()
        } else {
            format!("it is cut off: its last line is not `{}`", write::END)
        }));
    };
    let starts: Vec<usize> = memchr::memmem::find_iter(body.as_bytes(), TABLE).collect();
    let head = &body[..starts.first().copied().unwrap_or(body.len())];
    let Head { tzdb, retired, former_domains, deletions, sums, without_sum } = read_head(head)?;
    let table = |index: usize| &body[starts[index] + 1..starts.get(index + 1).copied().unwrap_or(body.len())];
    let read = threads::in_order(starts.len(), STEP, threads::all(), |range| {
        let mut feeds = Shared::default();
        range.map(|index| read_table(table(index), &mut feeds)).collect::<Result<Vec<_>>>()
    });
    let mut entries = Vec::with_capacity(starts.len());
    let mut found = Vec::with_capacity(starts.len());
    for some in read {
        for (read, sum) in some? {
            entries.extend(read);
            found.push(sum);
        }
    }
    // A lock has all of its checksums or, of an earlier version, none.
    let has_checksums = sums > 0 || found.iter().any(|sum| *sum != Sum::Missing);
    if let Some(line) = without_sum.filter(|_| has_checksums) {
        return Err(unreadable(format!("`{}` has no checksum, unlike other lines", shorten(line))));
    }
    let is_wrong = |sum: Sum| sum == Sum::Wrong || sum == Sum::Missing && has_checksums;
    let (mut line, mut from) = (1, 0);
    let mut damaged = Vec::new();
    for (index, sum) in found.iter().enumerate().filter(|(_, sum)| is_wrong(**sum)) {
        line += memchr::memchr_iter(b'\n', &body.as_bytes()[from..=starts[index]]).count();
        from = starts[index] + 1;
        damaged.push(Damaged { line, table: table(index).trim_end(), sum: *sum });
    }
    let lock = Lock { tzdb, entries, retired, former_domains, is_edited: false, has_checksums };
    let mut lock = repair::merged(vec![lock]);
    lock.is_edited = !has_checksums || found.contains(&Sum::Two) || lock.deletions() > deletions;
    Ok(Reading { lock, damaged })
}

/// The error for a lock that nobody should guess at.
pub(super) fn unreadable(why: impl Display) -> Error {
    Error::new(format!("{FILE} cannot be read: {why}")).help(format!(
        "take back the last one that was whole, such as by `git checkout HEAD -- {FILE}`, and run `redletter lock`; \
         without a lock, SEQUENCE begins anew and calendar programs may miss changes"
    ))
}

/// The error for a table that is not as it was written.
pub(super) fn damaged(Damaged { line, table, sum }: &Damaged<'_>) -> Error {
    let uid = uid(table).unwrap_or_default();
    let why = match sum {
        Sum::Missing => "has no checksum, unlike other events",
        Sum::Right | Sum::Wrong | Sum::Two => "does not match its checksum",
    };
    Error::new(format!("{FILE}, line {line}: the event {} {why}", shorten(&uid))).help(format!(
        "the file is damaged or was edited: take back the last one that was whole, such as by `git checkout HEAD -- \
         {FILE}`, and run `redletter lock`; after a merge, leave the conflict markers to `redletter lock`"
    ))
}

/// What stands before the first event.
struct Head<'t> {
    /// The version of the tz database.
    tzdb: Box<str>,
    /// The names of feeds that are no more.
    retired: Vec<Box<str>>,
    /// Domains that published UIDs keep.
    former_domains: Vec<Box<str>>,
    /// How many deletions were recorded; after a merge, those of all branches.
    deletions: usize,
    /// How many lines have a checksum.
    sums: usize,
    /// The first line that needs a checksum and has none.
    without_sum: Option<&'t str>,
}

fn read_head(head: &str) -> Result<Head<'_>> {
    let (mut newest, mut retired, mut former_domains, mut deletions) = (None, Vec::new(), Vec::new(), 0_usize);
    let (mut sums, mut without_sum) = (0, None);
    // Both branches' lines may stand here.
    for line in head.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let wrong = || unreadable(format!("`{}` is not known before the first event", shorten(line)));
        let table: toml::Table = line.parse().map_err(|_| wrong())?;
        match checksum::of_line(line) {
            Sum::Right => sums += 1,
            // The format is known before anything else, so that its line has none.
            Sum::Missing if table.contains_key("version") => {}
            Sum::Missing => without_sum = without_sum.or(Some(line)),
            Sum::Wrong | Sum::Two => {
                return Err(unreadable(format!("`{}` does not match its checksum", shorten(line))));
            }
        }
        match table.iter().next() {
            Some((key, toml::Value::Integer(version))) if key == "version" => {
                if *version > i64::from(VERSION) {
                    return Err(Error::new(format!(
                        "{FILE} has format {version}, of a later redletter; this one knows format {VERSION}"
                    ))
                    .help("install the redletter that the others use, or a newer one"));
                }
                if *version < 1 {
                    return Err(wrong());
                }
            }
            Some((key, toml::Value::String(version))) if key == "tzdb" && judge::is_version(version) => {
                newest = newest.max(Some(version.clone()));
            }
            Some((key, toml::Value::String(name))) if key == "retired" && judge::is_feed(name) => {
                retired.push(name.as_str().into());
            }
            Some((key, toml::Value::String(name))) if key == domain::KEY && judge::is_domain(name) => {
                former_domains.push(name.as_str().into());
            }
            Some((key, toml::Value::Integer(some))) if key == "deletions" => {
                deletions = deletions.saturating_add(usize::try_from(*some).map_err(|_| wrong())?);
            }
            _ => return Err(wrong()),
        }
    }
    let newest: String = newest.ok_or_else(|| unreadable("its `tzdb` is missing"))?;
    Ok(Head { tzdb: newest.into(), retired, former_domains, deletions, sums, without_sum })
}

/// The last list of feeds, which most entries share with their neighbours.
#[derive(Default)]
struct Shared {
    text: String,
    feeds: Arc<[Box<str>]>,
}

/// Reads the table of one event, and what its checksum says. Several entries are what both branches say of
/// it, line beside line.
fn read_table(table: &str, feeds: &mut Shared) -> Result<(Vec<Entry>, Sum)> {
    let uid = uid(table).ok_or_else(|| {
        unreadable(format!("`{}` begins no event", shorten(table.lines().next().unwrap_or_default())))
    })?;
    let complain = |why: String| unreadable(format!("the event {}: {why}", shorten(&uid)));
    let mut values = Values::default();
    let mut plain = true;
    for line in table.lines().skip(1).filter(|line| !line.is_empty()) {
        plain &= line.split_once(" = ").is_some_and(|(key, value)| values.put(key, value));
    }
    if plain && let Ok(entry) = values.entry(&uid, feeds) {
        let entries = vec![entry];
        let sum = checksum::of_table(table, &entries);
        return Ok((entries, sum));
    }
    let mut entries = Vec::new();
    for table in repair::readings(table) {
        let parsed: toml::Table = table.parse().map_err(|error: toml::de::Error| complain(error.message().into()))?;
        let events = parsed.get("event").and_then(toml::Value::as_table);
        let Some(toml::Value::Table(fields)) = events.and_then(|events| events.get(&*uid)) else {
            return Err(complain("it is not a table".into()));
        };
        if parsed.len() > 1 || events.is_some_and(|events| events.len() > 1) {
            return Err(complain("another table begins in it".into()));
        }
        let lines: Vec<(String, String)> = fields.iter().flat_map(|(key, value)| lines(key, value)).collect();
        let mut values = Values::default();
        for (key, value) in &lines {
            if !values.put(key, value) {
                return Err(complain(format!("`{}` is not known", shorten(key))));
            }
        }
        entries.push(values.entry(&uid, feeds).map_err(|key| complain(format!("`{key}` is missing or wrong")))?);
    }
    let sum = checksum::of_table(table, &entries);
    Ok((entries, sum))
}

/// The UID in the first line of a table.
fn uid(table: &str) -> Option<Box<str>> {
    let first = table.lines().next()?;
    let plain = first.strip_prefix("[event.\"").and_then(|rest| rest.strip_suffix("\"]"));
    if let Some(uid) = plain.filter(|uid| !uid.contains(['"', '\\'])) {
        return Some(uid.into());
    }
    let parsed: toml::Table = first.parse().ok()?;
    let toml::Value::Table(events) = parsed.get("event")? else { return None };
    events.keys().next().map(|uid| uid.as_str().into())
}

/// The lines of a key as `write` has them: of a table, one for each of its keys.
fn lines(key: &str, value: &toml::Value) -> Vec<(String, String)> {
    match value {
        toml::Value::Table(table) => {
            table.iter().map(|(name, value)| (format!("{key}.\"{name}\""), written(value))).collect()
        }
        value => vec![(key.to_owned(), written(value))],
    }
}

/// A value as `write` has it.
fn written(value: &toml::Value) -> String {
    match value {
        toml::Value::String(value) => {
            let mut text = String::new();
            let _ = write::text(&mut text, value); // a String takes all
            text
        }
        toml::Value::Array(values) => {
            let values: Vec<String> = values.iter().map(written).collect();
            format!("[{}]", values.join(", "))
        }
        toml::Value::Integer(value) => value.to_string(),
        toml::Value::Datetime(value) => value.to_string(),
        // No field has such a value, and none reads it.
        toml::Value::Float(_) | toml::Value::Boolean(_) | toml::Value::Table(_) => "-".to_owned(),
    }
}

/// The keys of an entry.
const KEYS: [&str; 24] = [
    "id", "title", "kind", "language", "status", "timezone", "start", "end", "rrule", "except", "also", "pinned",
    "places", "clock", "rules", "feeds", "created", "updated", "sequence", "seen", "schedule", "change", "changed",
    "from",
];

/// The values of one table, as text.
#[derive(Default)]
struct Values<'t> {
    known: [Option<&'t str>; KEYS.len()],
    deleted: Option<&'t str>,
    renamed: Option<&'t str>,
    checksum: Option<&'t str>,
    /// Keys and values of the occurrences that were moved.
    moved: Vec<(&'t str, &'t str)>,
    /// The same of dates that were dropped.
    dropped: Vec<(&'t str, &'t str)>,
    /// Where the next key is likely to stand: they have an order.
    next: usize,
}

impl<'t> Values<'t> {
    /// Takes a value, unless its key is not known or stood before. Moved and dropped occurrences are judged together later.
    fn put(&mut self, key: &'t str, value: &'t str) -> bool {
        for (prefix, lines) in [("moved.", &mut self.moved), ("dropped.", &mut self.dropped)] {
            if key.starts_with(prefix) {
                lines.push((key, value));
                return true;
            }
        }
        let slot = match key {
            "deleted" => &mut self.deleted,
            "renamed" => &mut self.renamed,
            checksum::KEY => &mut self.checksum,
            _ => {
                let later = KEYS[self.next..].iter().position(|known| *known == key).map(|at| at + self.next);
                let Some(at) = later.or_else(|| KEYS.iter().position(|known| *known == key)) else { return false };
                self.next = at + 1;
                &mut self.known[at]
            }
        };
        slot.replace(value).is_none()
    }

    /// The entry, or the key that is at fault.
    fn entry(&self, uid: &str, shared: &mut Shared) -> Result<Entry, &'static str> {
        let [
            id,
            title,
            kind,
            language,
            status,
            timezone,
            start,
            end,
            rrule,
            except,
            also,
            pinned,
            places,
            clock,
            rules,
            feeds,
            created,
            updated,
            sequence,
            seen,
            schedule,
            change,
            changed,
            from,
        ] = self.known;
        let status = match optional(status, "status", text)? {
            None => Status::Confirmed,
            Some(name) => Status::from_name(&name).ok_or("status")?,
        };
        let from = optional(from, "from", Moment::read)?;
        let news = match (optional(change, "change", text)?, optional(changed, "changed", Moment::read_utc)?) {
            (None, None) if from.is_none() => None,
            (Some(name), Some(at)) => Some((News::read(&name, from).ok_or("change")?, at)),
            _ => return Err("change"),
        };
        let gone = match (self.deleted, self.renamed) {
            (None, None) => None,
            (Some(at), None) => Some(Gone::Deleted(Moment::read_utc(at).ok_or("deleted")?)),
            (None, Some(to)) => Some(Gone::Renamed(text(to).ok_or("renamed")?)),
            (Some(_), Some(_)) => return Err("renamed"),
        };
        let repeats = rrule.is_some() || except.is_some() || also.is_some() || !self.moved.is_empty();
        let repeat = KeptRepeat {
            rule: optional(rrule, "rrule", |value| Rule::parse(&text(value)?).ok())?,
            except: optional(except, "except", starts)?.unwrap_or_default(),
            also: optional(also, "also", starts)?.unwrap_or_default(),
            pinned: optional(pinned, "pinned", starts)?.unwrap_or_default(),
            places: optional(places, "places", digest)?,
            moved: occurrences(&self.moved, "moved.").ok_or("moved")?,
            clock: optional(clock, "clock", length)?.unwrap_or_default(),
        };
        let list = feeds.ok_or("feeds")?;
        if shared.text != list {
            shared.feeds = names(list).ok_or("feeds")?;
            list.clone_into(&mut shared.text);
        }
        let entry = Entry {
            uid: uid.into(),
            id: required(id, "id", text)?,
            title: required(title, "title", text)?,
            kind: required(kind, "kind", text)?,
            language: optional(language, "language", text)?,
            status,
            when: Kept {
                zone: optional(timezone, "timezone", text)?,
                start: required(start, "start", Moment::read)?,
                end: optional(end, "end", Moment::read)?,
            },
            repeat: repeats.then(|| Box::new(repeat)),
            dropped: occurrences(&self.dropped, "dropped.").ok_or("dropped")?,
            rules: optional(rules, "rules", digest)?,
            feeds: Arc::clone(&shared.feeds),
            created: required(created, "created", instant)?,
            updated: required(updated, "updated", instant)?,
            sequence: required(sequence, "sequence", |value| value.parse().ok())?,
            seen: required(seen, "seen", digest)?,
            schedule: required(schedule, "schedule", digest)?,
            news,
            gone,
        };
        judge::entry(&entry).map(|()| entry)
    }
}

fn required<T>(
    value: Option<&str>,
    key: &'static str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<T, &'static str> {
    value.and_then(read).ok_or(key)
}

fn optional<T>(
    value: Option<&str>,
    key: &'static str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, &'static str> {
    value.map(|value| read(value).ok_or(key)).transpose()
}

fn instant(value: &str) -> Option<DateTime<Utc>> {
    Moment::read_utc(value)
}

/// A length as records have it.
fn length(value: &str) -> Option<TimeDelta> {
    crate::resolve::length::exact(&text(value)?)
}

fn digest(value: &str) -> Option<Digest> {
    Digest::read(value.strip_prefix('"')?.strip_suffix('"')?)
}

/// The text of a basic string.
fn text(value: &str) -> Option<Box<str>> {
    let inside = value.strip_prefix('"')?.strip_suffix('"')?;
    if !inside.contains(['"', '\\']) {
        return Some(inside.into());
    }
    let parsed: toml::Table = format!("v = {value}").parse().ok()?;
    Some(parsed.get("v")?.as_str()?.into())
}

/// The parts of a list that stands on one line, none of which holds a comma.
fn parts(value: &str) -> Option<impl Iterator<Item = &str>> {
    let inside = value.strip_prefix('[')?.strip_suffix(']')?;
    Some(inside.split(", ").filter(|part| !part.is_empty()))
}

fn names(value: &str) -> Option<Arc<[Box<str>]>> {
    parts(value)?.map(text).collect()
}

/// Occurrences by planned start, of lines whose keys begin with `prefix`.
fn occurrences(lines: &[(&str, &str)], prefix: &str) -> Option<Box<[KeptOccurrence]>> {
    let read = |(key, value): &(&str, &str)| {
        let Moment::Wall(planned) = Moment::read(&text(key.strip_prefix(prefix)?)?)? else { return None };
        let mut parts = parts(value)?;
        let (start, end) = (Moment::read(parts.next()?)?, Moment::read(parts.next()?)?);
        let zone = match parts.next() {
            Some(zone) => Some(text(zone)?),
            None => None,
        };
        let when = Kept { zone, start, end: Some(end) };
        parts.next().is_none().then_some(KeptOccurrence { planned, when })
    };
    let mut read: Vec<KeptOccurrence> = lines.iter().map(read).collect::<Option<_>>()?;
    read.sort_unstable_by_key(|occurrence| occurrence.planned);
    read.dedup();
    // Two times for one occurrence are those of two branches.
    read.is_sorted_by(|a, b| a.planned < b.planned).then(|| read.into())
}

fn starts(value: &str) -> Option<Box<[chrono::NaiveDateTime]>> {
    parts(value)?
        .map(|part| match Moment::read(part)? {
            Moment::Wall(wall) => Some(wall),
            Moment::Day(_) | Moment::Instant(_) => None,
        })
        .collect()
}
