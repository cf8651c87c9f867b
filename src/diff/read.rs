//! An .ics file as what it publishes. What cannot be read is named with its line, and the rest is compared.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};

use super::published::{Planned, Published, Series, Vevent};
use crate::event::{Days, Status, When};
use crate::import::component::{Component, tree};
use crate::import::encoding::decode;
use crate::import::lines::ContentLine;
use crate::recurrence::Rule;
use crate::zone::{Tzdb, Zone};

/// Reads a file; `name` is what it is called in messages.
pub fn read(name: &str, bytes: &[u8], tzdb: &Tzdb) -> Published {
    let decoded = decode(bytes);
    let tree = tree(&decoded.text);
    let mut reader = Reader { tzdb, zones: HashMap::new() };
    let mut published = Published::default();
    let losses = tree.problems.iter().filter(|problem| problem.is_loss);
    published.unread.extend(losses.map(|problem| format!("{name}:{}: {}", problem.line, problem.found)));
    let mut series: Vec<Series> = Vec::new();
    let mut overrides: Vec<(String, Planned, Vevent)> = Vec::new();
    let calendars = tree.components.iter().filter(|component| component.name == "VCALENDAR");
    let mut found = false;
    for calendar in calendars {
        found = true;
        let zone = calendar.property("X-WR-TIMEZONE").and_then(|line| reader.zone(line.value.trim()));
        published.zone = published.zone.or(zone);
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
    tzdb: &'r Tzdb,
    /// By TZID.
    zones: HashMap<String, Option<Zone>>,
}

/// A time as it is written.
#[derive(Clone, Copy)]
enum Time {
    Day(NaiveDate),
    Zoned(Zone, NaiveDateTime),
    Utc(DateTime<Utc>),
    Floating(NaiveDateTime),
}

impl Reader<'_> {
    fn zone(&mut self, name: &str) -> Option<Zone> {
        if let Some(known) = self.zones.get(name) {
            return *known;
        }
        let zone = named_zone(name, self.tzdb);
        self.zones.insert(name.to_owned(), zone);
        zone
    }

    fn event(&mut self, component: &Component<'_>) -> Result<Part, (u32, String)> {
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
                let length = to.and_then(duration);
                series.also.push(lasting(begins, length.unwrap_or_else(|| length_of(&when))));
            }
        }
        Ok(Part::Series(Box::new(series)))
    }

    fn when(&mut self, component: &Component<'_>, begins: Time) -> Result<When, (u32, String)> {
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
        let length = component.property("DURATION").and_then(|line| duration(line.value.trim()));
        let by_default = if matches!(begins, Time::Day(_)) { TimeDelta::days(1) } else { TimeDelta::zero() };
        Ok(lasting(begins, length.unwrap_or(by_default)))
    }

    /// What names an occurrence of a series that begins at `when`.
    fn planned(&mut self, line: &ContentLine<'_>, value: &str, when: &When) -> Result<Planned, (u32, String)> {
        Ok(match (self.time(line, value)?, when) {
            (Time::Day(day), _) => Planned::Day(day),
            (Time::Floating(wall), When::AllDay(_)) => Planned::Day(wall.date()),
            (Time::Floating(wall), _) => Planned::Wall(wall),
            (Time::Zoned(zone, wall), _) => Planned::Instant(zone.instant(wall)),
            (Time::Utc(at), _) => Planned::Instant(at),
        })
    }

    fn time(&mut self, line: &ContentLine<'_>, value: &str) -> Result<Time, (u32, String)> {
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
        // A zone that is not known is read as by clients that ignore it.
        let zone = line.param("TZID").and_then(|name| self.zone(name));
        Ok(zone.map_or(Time::Floating(wall), |zone| Time::Zoned(zone, wall)))
    }
}

/// Years in which every zone has a clock.
fn in_range(day: NaiveDate) -> bool {
    use chrono::Datelike;
    (1..=9998).contains(&day.year())
}

/// An IANA name, also behind the prefixes of Mozilla and others.
fn named_zone(name: &str, tzdb: &Tzdb) -> Option<Zone> {
    let name = name.trim().trim_matches('"');
    tzdb.zone(name).or_else(|| {
        let parts: Vec<&str> = name.split('/').filter(|part| !part.is_empty()).collect();
        (1..parts.len()).find_map(|from| tzdb.zone(&parts[from..].join("/")))
    })
}

fn next(day: NaiveDate) -> NaiveDate {
    day.succ_opt().unwrap_or(day)
}

fn instant(time: Time) -> Option<DateTime<Utc>> {
    match time {
        Time::Zoned(zone, wall) => Some(zone.instant(wall)),
        Time::Utc(at) => Some(at),
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
        Time::Utc(start) => {
            When::Zoned { zone: Zone::utc(), start, end: start.checked_add_signed(length).unwrap_or(start) }
        }
        Time::Floating(start) => When::Floating { start, end: start.checked_add_signed(length).unwrap_or(start) },
    }
}

/// A DURATION (RFC 5545 3.3.6); negative ones are none for an event.
pub(crate) fn duration(text: &str) -> Option<TimeDelta> {
    let rest = text.strip_prefix('+').unwrap_or(text).strip_prefix('P')?;
    let (mut total, mut number, mut digits, mut is_time) = (TimeDelta::zero(), 0_i64, 0, false);
    for character in rest.chars() {
        let unit = match character {
            '0'..='9' if digits < 9 => {
                number = number * 10 + i64::from(character.to_digit(10)?);
                digits += 1;
                continue;
            }
            'T' if digits == 0 => {
                is_time = true;
                continue;
            }
            'W' => TimeDelta::try_weeks(number)?,
            'D' => TimeDelta::try_days(number)?,
            'H' if is_time => TimeDelta::try_hours(number)?,
            'M' if is_time => TimeDelta::try_minutes(number)?,
            'S' if is_time => TimeDelta::try_seconds(number)?,
            _ => return None,
        };
        if digits == 0 {
            return None;
        }
        total = total.checked_add(&unit)?;
        (number, digits) = (0, 0);
    }
    (digits == 0).then_some(total)
}
