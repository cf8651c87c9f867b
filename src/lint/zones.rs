//! The time zones of a file: their names, and whether their rules are those of the time zone database.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta};

use super::{Findings, Options, time};
use crate::diagnostic::FeedCode;
use crate::import::component::Component;
use crate::import::lines::ContentLine;
use crate::import::shown;
use crate::import::zones::{self, Clock, How};
use crate::recurrence::{End, Rule, Until};
use crate::zone::{Resolved, Tzdb, Zone};

/// Years whose rules are compared.
const FIRST_YEAR: i32 = 1970;
/// Years ahead that rules are expanded.
const AHEAD: i32 = 12;
/// Dates of one rule.
const MOST: usize = 400;

/// The zones of a calendar.
pub(super) struct Zones<'z> {
    tzdb: &'z Tzdb,
    /// What `import` makes of names.
    names: zones::Zones<'z>,
    last_year: i32,
    defined: HashMap<String, Defined>,
    /// Zones that no VTIMEZONE defines, by name.
    others: HashMap<String, Option<Zone>>,
    /// Names that were judged.
    judged: HashSet<String>,
}

/// A VTIMEZONE.
struct Defined {
    line: u32,
    /// The zone of the database that it is meant to be.
    zone: Option<Zone>,
    /// Wall-clock times at which the offset changes, and the offsets after them, in seconds.
    onsets: Vec<(NaiveDateTime, i32)>,
    /// The offset before the first of them.
    first: i32,
    /// Whether the rules of a year are those of the database.
    years: HashMap<i32, bool>,
    is_reported: bool,
}

impl<'z> Zones<'z> {
    /// Reads the VTIMEZONE components of a calendar.
    pub(super) fn new(calendar: &Component<'_>, options: &Options<'z>, findings: &mut Findings<'_>) -> Self {
        let last_year = options.now.year() + AHEAD;
        let home = calendar.property("X-WR-TIMEZONE").and_then(|line| options.tzdb.zone(line.value.trim()));
        let mut zones = Zones {
            tzdb: options.tzdb,
            names: zones::Zones::new(options.tzdb, home),
            last_year,
            defined: HashMap::new(),
            others: HashMap::new(),
            judged: HashSet::new(),
        };
        for component in calendar.components.iter().filter(|component| component.name == "VTIMEZONE") {
            let Some(line) = component.property("TZID") else {
                findings.at_line(FeedCode::TimezoneDamaged, component.line, "a VTIMEZONE has no TZID");
                continue;
            };
            let name = line.value.trim();
            if !is_for_outlook(component) {
                let message = format!("the VTIMEZONE `{}` is not one yearly pair of rules", shown(name));
                findings.at(FeedCode::TimezoneOutlook, line, message);
            }
            zones.names.define(component);
            let zone = zones.meant(name, options.now.year()).map(|(zone, _)| zone);
            if let Some((onsets, first)) = onsets(component, last_year) {
                let defined =
                    Defined { line: line.line, zone, onsets, first, years: HashMap::new(), is_reported: false };
                zones.defined.insert(name.to_owned(), defined);
            } else {
                let message = format!("the VTIMEZONE `{}` lacks parts", shown(name));
                findings.at_line(FeedCode::TimezoneDamaged, component.line, message);
                zones.others.insert(name.to_owned(), zone);
            }
        }
        zones
    }

    /// The zone of a TZID, where it is known. What is wrong with the name is reported where it is first used.
    pub(super) fn zone(&mut self, line: &ContentLine<'_>, findings: &mut Findings<'_>) -> Option<Zone> {
        let name = line.param("TZID")?.trim();
        if !self.judged.contains(name) {
            self.judge_name(name, line, findings);
            self.judged.insert(name.to_owned());
        }
        match self.defined.get(name) {
            Some(defined) => defined.zone,
            None => self.others.get(name).copied().flatten(),
        }
    }

    /// Whether a VTIMEZONE defines the TZID of a property; also if it lacks parts.
    pub(super) fn is_defined(&self, line: &ContentLine<'_>) -> bool {
        line.param("TZID").is_none_or(|name| {
            let name = name.trim();
            self.defined.contains_key(name) || self.others.contains_key(name) && self.is_damaged(name)
        })
    }

    /// A zone that is among the others although it was not looked up by a property.
    fn is_damaged(&self, name: &str) -> bool {
        !self.judged.contains(name)
    }

    /// The zone that a name means, and how that is known.
    fn meant(&self, name: &str, year: i32) -> Option<(Zone, How)> {
        match self.names.find(name, (year, year + 1)) {
            Ok((Clock::Zone(zone), how)) => Some((zone, how)),
            Ok(_) | Err(_) => None,
        }
    }

    fn judge_name(&mut self, name: &str, line: &ContentLine<'_>, findings: &mut Findings<'_>) {
        let year = time::parse(&line.value).map_or(2026, |time| time.wall().year());
        let meant = self.meant(name, year);
        if self.tzdb.zone(name).is_none() {
            let is_windows = !name.contains('/') && matches!(meant, Some((_, How::OtherName))) || is_windows(name);
            let (code, message) = if is_windows {
                (FeedCode::TimezoneWindows, format!("`{}` is the name of a zone in Windows", shown(name)))
            } else {
                (FeedCode::TimezoneUnknown, format!("`{}` is no zone of the IANA database", shown(name)))
            };
            findings.at(code, line, message);
            match meant {
                Some((zone, How::Behaviour)) => {
                    findings.help(code, format!("its rules are those of `{}`", zone.name()));
                }
                Some((zone, _)) => findings.help(code, format!("write `TZID={}`", zone.name())),
                None => {}
            }
        }
        match self.defined.get_mut(name) {
            Some(defined) => defined.zone = defined.zone.or(meant.map(|(zone, _)| zone)),
            None => drop(self.others.entry(name.to_owned()).or_insert(meant.map(|(zone, _)| zone))),
        }
    }

    /// Compares the rules of the file with those of the database at the times of an event, which are from `first` to `last`.
    pub(super) fn compare(
        &mut self,
        line: &ContentLine<'_>,
        (first, last): (NaiveDateTime, NaiveDateTime),
        times: impl Iterator<Item = NaiveDateTime>,
        findings: &mut Findings<'_>,
    ) {
        let last_year = self.last_year;
        let Some(defined) = line.param("TZID").and_then(|name| self.defined.get_mut(name.trim())) else { return };
        let Some(zone) = defined.zone.filter(|_| !defined.is_reported) else { return };
        let mut years = first.year().max(FIRST_YEAR)..=last.year().min(last_year);
        if years.all(|year| defined.agrees_in(year, zone)) {
            return;
        }
        for at in times.take(MOST) {
            let year = at.year();
            if !(FIRST_YEAR..=last_year).contains(&year) || defined.agrees_in(year, zone) {
                continue;
            }
            let Some((own, right)) = defined.differs_at(at, zone) else { continue };
            defined.is_reported = true;
            let message = format!(
                "the VTIMEZONE `{}` gives {} for {}, and the time zone database {}",
                zone.name(),
                offset(own),
                at.format("%Y-%m-%d %H:%M"),
                offset(right),
            );
            let place = defined.line;
            findings.at_line(FeedCode::TimezoneWrong, place, message);
            return;
        }
    }
}

impl Defined {
    /// The offset of a wall-clock time by the file.
    fn offset_at(&self, at: NaiveDateTime) -> i32 {
        let after = self.onsets.partition_point(|(onset, _)| *onset <= at);
        if after == 0 { self.first } else { self.onsets[after - 1].1 }
    }

    /// Both offsets at a wall-clock time, if they differ; doubtful times are passed over.
    fn differs_at(&self, at: NaiveDateTime, zone: Zone) -> Option<(i32, i32)> {
        let Resolved::Single(instant) = zone.resolve(at) else { return None };
        let right = (at - instant.naive_utc()).num_seconds() as i32;
        let own = self.offset_at(at);
        (own != right).then_some((own, right))
    }

    fn agrees_in(&mut self, year: i32, zone: Zone) -> bool {
        if let Some(known) = self.years.get(&year) {
            return *known;
        }
        let noon = |day: NaiveDate| day.and_hms_opt(12, 0, 0);
        let first = NaiveDate::from_ymd_opt(year, 1, 1);
        let days =
            first.into_iter().flat_map(|first| (0..366).filter_map(move |day| first.checked_add_days(Days::new(day))));
        let agrees = days.filter_map(noon).all(|at| self.differs_at(at, zone).is_none());
        self.years.insert(year, agrees);
        agrees
    }
}

/// `+01:00`.
fn offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let size = seconds.abs();
    format!("{sign}{:02}:{:02}", size / 3600, size / 60 % 60)
}

/// Names of Windows, and the ones that Outlook shows.
fn is_windows(name: &str) -> bool {
    let ends = ["Standard Time", "Daylight Time", "Summer Time", "Zeit"];
    ends.iter().any(|end| name.ends_with(end))
        || name.starts_with("(UTC")
        || name.starts_with("(GMT")
        || name.starts_with("Customized Time Zone")
}

/// Whether each half of the year has one part, whose changes are those of a yearly rule.
fn is_for_outlook(component: &Component<'_>) -> bool {
    let halves = |name: &str| component.components.iter().filter(|half| half.name == name).count();
    let has_dates = component.components.iter().any(|half| half.property("RDATE").is_some());
    halves("STANDARD") <= 1 && halves("DAYLIGHT") <= 1 && !has_dates
}

/// When the offset changes, and the offset before; `None` if the component is damaged.
fn onsets(component: &Component<'_>, last_year: i32) -> Option<(Vec<(NaiveDateTime, i32)>, i32)> {
    let halves = component.components.iter().filter(|half| matches!(half.name.as_str(), "STANDARD" | "DAYLIGHT"));
    let mut onsets: Vec<(NaiveDateTime, i32)> = Vec::new();
    let mut first: Option<(NaiveDateTime, i32)> = None;
    let end = NaiveDate::from_ymd_opt(last_year + 1, 1, 1)?.and_hms_opt(0, 0, 0)?;
    let begin = NaiveDate::from_ymd_opt(FIRST_YEAR - 1, 1, 1)?.and_hms_opt(0, 0, 0)?;
    for half in halves {
        let start = time::parse(&half.property("DTSTART")?.value)?.wall();
        let from = seconds(&half.property("TZOFFSETFROM")?.value)?;
        let to = seconds(&half.property("TZOFFSETTO")?.value)?;
        onsets.push((start, to));
        for line in half.all("RRULE") {
            let Ok(rule) = Rule::parse(&line.value) else { continue };
            // UNTIL is in UTC here.
            let rule = match rule.end() {
                End::Until(Until::Utc(at)) => {
                    rule.with_end(End::Until(Until::DateTime(at + TimeDelta::seconds(from.into()))))
                }
                _ => rule,
            };
            onsets.extend(rule.between(start, begin, end).take(MOST).map(|at| (at, to)));
        }
        for line in half.all("RDATE") {
            let dates = line.value.split(',').filter_map(|value| time::parse(value.split('/').next()?));
            onsets.extend(dates.take(MOST).map(|at| (at.wall(), to)));
        }
        if first.is_none_or(|(earliest, _)| start < earliest) {
            first = Some((start, from));
        }
    }
    onsets.sort_unstable();
    onsets.dedup();
    Some((onsets, first?.1))
}

/// A UTC-OFFSET (RFC 5545 3.3.14).
fn seconds(value: &str) -> Option<i32> {
    let value = value.trim();
    let (sign, digits) = match value.as_bytes().first()? {
        b'-' => (-1, &value[1..]),
        b'+' => (1, &value[1..]),
        _ => (1, value),
    };
    if !matches!(digits.len(), 4 | 6) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = |range: std::ops::Range<usize>| digits.get(range).and_then(|digits| digits.parse::<i32>().ok());
    Some(sign * (number(0..2)? * 3600 + number(2..4)? * 60 + number(4..6).unwrap_or(0)))
}
