//! An .ics file as what it publishes. What cannot be read is named with its line, and the rest is compared.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta, Utc};

use super::published::{Planned, Published, Series, Vevent};
use crate::event::{Days, Status, When};
use crate::import::component::{Component, tree};
use crate::import::encoding::decode;
use crate::import::lines::ContentLine;
use crate::import::value;
use crate::import::zones::{Clock, Zones};
use crate::recurrence::Rule;
use crate::zone::{Tzdb, Zone};

/// Reads a file; `name` is what it is called in messages.
pub fn read(name: &str, bytes: &[u8], tzdb: &Tzdb) -> Published {
    let decoded = decode(bytes);
    let tree = tree(&decoded.text);
    let mut reader = Reader { zones: Zones::new(tzdb, None) };
    let mut published = Published::default();
    let losses = tree.problems.iter().filter(|problem| problem.is_loss);
    published.unread.extend(losses.map(|problem| format!("{name}:{}: {}", problem.line, problem.found)));
    let mut series: Vec<Series> = Vec::new();
    let mut overrides: Vec<(String, Planned, Vevent)> = Vec::new();
    let calendars = tree.components.iter().filter(|component| component.name == "VCALENDAR");
    let mut found = false;
    for calendar in calendars {
        found = true;
        let home = calendar.property("X-WR-TIMEZONE").and_then(|line| tzdb.zone(line.value.trim()));
        published.zone = published.zone.or(home);
        reader.zones = Zones::new(tzdb, home);
        calendar.components.iter().filter(|one| one.name == "VTIMEZONE").for_each(|one| reader.zones.define(one));
        for component in calendar.components.iter().filter(|component| component.name == "VEVENT") {
            match reader.event(component) {
                Ok(Part::Series(one)) => series.push(*one),
                Ok(Part::Override(uid, planned, event)) => overrides.push((uid, planned, *event)),
                Err((line, why)) => published.unread.push(format!("{name}:{line}: {why}")),
            }
        }
    }
    if !found {
        published.unread.push(format!("{name}: it has no VCALENDAR"));
    }
    series.sort_by(|a, b| a.uid.cmp(&b.uid));
    // Of two components with a UID, most clients keep the last one.
    series.reverse();
    series.dedup_by(|later, first| later.uid == first.uid);
    series.reverse();
    for (uid, planned, event) in overrides {
        match series.binary_search_by(|one| one.uid.cmp(&uid)) {
            Ok(at) => series[at].changes.push((planned, event)),
            // An occurrence whose series is not in the file.
            Err(at) => {
                let mut one = Series::single(uid, event.clone());
                one.changes.push((planned, event));
                series.insert(at, one);
            }
        }
    }
    for one in &mut series {
        one.changes.sort_by_key(|(planned, _)| *planned);
        one.changes.dedup_by_key(|(planned, _)| *planned);
        one.except.sort_unstable();
        one.except.dedup();
    }
    published.series = series;
    published
}

impl Series {
    /// A series of one date.
    pub fn single(uid: String, first: Vevent) -> Self {
        Series {
            uid,
            first,
            rules: Vec::new(),
            unread_rules: Vec::new(),
            also: Vec::new(),
            except: Vec::new(),
            changes: Vec::new(),
            is_deleted: false,
        }
    }
}

enum Part {
    Series(Box<Series>),
    Override(String, Planned, Box<Vevent>),
}

struct Reader<'r> {
    zones: Zones<'r>,
}

/// A time as it is written.
#[derive(Clone, Copy)]
enum Time {
    Day(NaiveDate),
    Zoned(Zone, NaiveDateTime),
    /// In a zone that only the file has.
    Fixed(FixedOffset, DateTime<Utc>),
    Utc(DateTime<Utc>),
    Floating(NaiveDateTime),
}

impl Reader<'_> {
    fn event(&self, component: &Component<'_>) -> Result<Part, (u32, String)> {
        let text = |name: &str| component.property(name).map_or(String::new(), |line| line.text().trim().to_owned());
        let uid = text("UID");
        if uid.is_empty() {
            return Err((component.line, "the event has no UID".into()));
        }
        let Some(start) = component.property("DTSTART") else {
            return Err((component.line, "the event has no DTSTART".into()));
        };
        let begins = self.time(start, &start.value)?;
        let when = self.when(component, begins)?;
        let mut categories: Vec<String> = component
            .all("CATEGORIES")
            .flat_map(|line| line.texts().map(|text| text.trim().to_owned()).collect::<Vec<_>>())
            .collect();
        categories.retain(|category| !category.is_empty());
        let event = Vevent {
            title: text("SUMMARY"),
            place: text("LOCATION"),
            status: match text("STATUS").to_ascii_uppercase().as_str() {
                "CANCELLED" => Status::Cancelled,
                "TENTATIVE" => Status::Tentative,
                _ => Status::Confirmed,
            },
            description: text("DESCRIPTION"),
            url: text("URL"),
            categories: categories.join(", "),
            when,
        };
        if let Some(line) = component.property("RECURRENCE-ID") {
            let planned = self.planned(line, &line.value, &when)?;
            return Ok(Part::Override(uid, planned, Box::new(event)));
        }
        let mut series = Series::single(uid, event);
        for line in component.all("RRULE") {
            match Rule::parse(&line.value) {
                Ok(rule) => series.rules.push(rule),
                Err(_) => series.unread_rules.push(line.value.to_string()),
            }
        }
        for line in component.all("EXDATE") {
            for value in line.value.split(',').filter(|value| !value.trim().is_empty()) {
                series.except.push(self.planned(line, value, &when)?);
            }
        }
        for line in component.all("RDATE") {
            for value in line.value.split(',').filter(|value| !value.trim().is_empty()) {
                let (from, to) = value.split_once('/').map_or((value, None), |(from, to)| (from, Some(to)));
                let begins = self.time(line, from)?;
                let length = to.and_then(length_of_time);
                series.also.push(lasting(begins, length.unwrap_or_else(|| length_of(&when))));
            }
        }
        Ok(Part::Series(Box::new(series)))
    }

    fn when(&self, component: &Component<'_>, begins: Time) -> Result<When, (u32, String)> {
        if let Some(line) = component.property("DTEND") {
            let ends = self.time(line, &line.value)?;
            return Ok(match (begins, ends) {
                (Time::Day(first), Time::Day(end)) => When::AllDay(Days { first, end: end.max(next(first)) }),
                (Time::Floating(start), Time::Floating(end)) => When::Floating { start, end: end.max(start) },
                (begins, ends) => match (instant(begins), instant(ends)) {
                    (Some(start), Some(end)) => lasting(begins, (end - start).max(TimeDelta::zero())),
                    _ => lasting(begins, TimeDelta::zero()),
                },
            });
        }
        let length = component.property("DURATION").and_then(|line| length_of_time(line.value.trim()));
        let by_default = if matches!(begins, Time::Day(_)) { TimeDelta::days(1) } else { TimeDelta::zero() };
        Ok(lasting(begins, length.unwrap_or(by_default)))
    }

    /// What names an occurrence of a series that begins at `when`.
    fn planned(&self, line: &ContentLine<'_>, value: &str, when: &When) -> Result<Planned, (u32, String)> {
        Ok(match (self.time(line, value)?, when) {
            (Time::Day(day), _) => Planned::Day(day),
            (Time::Floating(wall), When::AllDay(_)) => Planned::Day(wall.date()),
            (Time::Floating(wall), _) => Planned::Wall(wall),
            (Time::Zoned(zone, wall), _) => Planned::Instant(zone.instant(wall)),
            (Time::Utc(at) | Time::Fixed(_, at), _) => Planned::Instant(at),
        })
    }

    fn time(&self, line: &ContentLine<'_>, value: &str) -> Result<Time, (u32, String)> {
        let value = value.trim();
        let unreadable = || (line.line, format!("{} is no time: {}", line.name, crate::diagnostic::shorten(value)));
        if value.len() == 8 {
            return NaiveDate::parse_from_str(value, "%Y%m%d").map(Time::Day).map_err(|_| unreadable());
        }
        let bare = value.strip_suffix(['Z', 'z']);
        let wall = NaiveDateTime::parse_from_str(bare.unwrap_or(value), "%Y%m%dT%H%M%S").map_err(|_| unreadable())?;
        if !in_range(wall.date()) {
            return Err(unreadable());
        }
        if bare.is_some() {
            return Ok(Time::Utc(wall.and_utc()));
        }
        let clock = line.param("TZID").map(|name| self.zones.find(name.trim(), (wall.year(), wall.year() + 1)));
        Ok(match clock {
            Some(Ok((Clock::Zone(zone), _))) => Time::Zoned(zone, wall),
            Some(Ok((clock, _))) => {
                let at = clock.instant(wall);
                Time::Fixed(clock.offset_at(at), at)
            }
            // A zone that is not known is read as by clients that ignore it.
            Some(Err(_)) | None => Time::Floating(wall),
        })
    }
}

/// Years in which every zone has a clock.
fn in_range(day: NaiveDate) -> bool {
    (1..=9998).contains(&day.year())
}

fn next(day: NaiveDate) -> NaiveDate {
    day.succ_opt().unwrap_or(day)
}

fn instant(time: Time) -> Option<DateTime<Utc>> {
    match time {
        Time::Zoned(zone, wall) => Some(zone.instant(wall)),
        Time::Utc(at) | Time::Fixed(_, at) => Some(at),
        Time::Day(_) | Time::Floating(_) => None,
    }
}

fn length_of(when: &When) -> TimeDelta {
    match when {
        When::AllDay(days) => days.end - days.first,
        When::Zoned { start, end, .. } | When::Fixed { start, end, .. } => *end - *start,
        When::Floating { start, end } => *end - *start,
    }
}

fn lasting(begins: Time, length: TimeDelta) -> When {
    match begins {
        Time::Day(first) => {
            let end = first.checked_add_signed(length).unwrap_or(first);
            When::AllDay(Days { first, end: end.max(next(first)) })
        }
        Time::Zoned(zone, wall) => {
            let start = zone.instant(wall);
            When::Zoned { zone, start, end: start.checked_add_signed(length).unwrap_or(start) }
        }
        Time::Fixed(offset, start) => {
            When::Fixed { offset, start, end: start.checked_add_signed(length).unwrap_or(start) }
        }
        Time::Utc(start) => {
            When::Zoned { zone: Zone::utc(), start, end: start.checked_add_signed(length).unwrap_or(start) }
        }
        Time::Floating(start) => When::Floating { start, end: start.checked_add_signed(length).unwrap_or(start) },
    }
}

/// A DURATION; a negative one is none for an event.
fn length_of_time(text: &str) -> Option<TimeDelta> {
    // No length needs more characters; sums of very long ones would not fit.
    Some(text)
        .filter(|text| text.len() <= 40)
        .and_then(value::length)
        .map(value::Length::total)
        .filter(|total| *total >= TimeDelta::zero())
}
