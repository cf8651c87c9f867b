//! One moment of a record: a day, or a time in a zone, resolved to an instant.
//!
//! Here the clocks are judged: times that are skipped or happen twice, offsets and abbreviations that are not in force
//! on the date. Nothing is guessed; each refusal says what to write.

mod clocks;
pub(super) mod dateless;
mod refusal;
mod say;
mod timezone;
pub(super) mod words;

use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, Utc};
use toml::value::Datetime;

pub use refusal::refusal;
use say::{assignment, few, is_argument};
pub use say::{clock, iso, long_date, long_weekday};

use refusal::weekday;
pub use timezone::{timezone, unknown_zone, unknown_zone_in_text};

use super::Context;
use super::datetime_text::{self, DateWords, TimeOfDay, ZoneWords};
use crate::diagnostic::{Code, Finding, shorten};
use crate::event::Country;
use crate::record::{Field, Moment};
use crate::source::Span;
use crate::zone::{Resolved, Zone};

/// The most clocks of one city's name that a finding lists.
pub const MOST_CLOCKS: usize = 8;

/// The zone in which a record's times are written.
#[derive(Clone, Copy, Debug)]
pub enum Choice {
    /// `timezone` names it.
    Named(Zone, Span),
    /// `timezone = "local"`.
    Local,
    /// The record says nothing, and the calendar does.
    Default(Zone),
    /// The record's start has an offset and no zone; its other times are in the same.
    Offset(FixedOffset),
    /// Nobody says.
    Missing,
    /// A local event: nobody says, and the country of its place, where one is known, has several clocks.
    OfPlace(Option<Country>),
    /// The record says nothing, and cities of its city's name have these clocks.
    OfCity([Option<Zone>; MOST_CLOCKS]),
    /// `timezone` is wrong, which was reported; times are not judged further.
    Wrong,
}

impl Choice {
    /// How the other times of a record are read: where it names no zone, by the clock of its start.
    #[must_use]
    pub fn after_start(self, start: &Point) -> Self {
        match (self, start) {
            (
                Choice::Default(_) | Choice::Missing | Choice::OfPlace(_) | Choice::OfCity(_),
                Point::Zoned { zone, .. },
            ) => Choice::Default(*zone),
            (
                Choice::Default(_) | Choice::Missing | Choice::OfPlace(_) | Choice::OfCity(_),
                Point::Fixed { offset, .. },
            ) => Choice::Offset(*offset),
            _ => self,
        }
    }
}

/// A moment, resolved.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Point {
    /// A day, without an hour.
    Day(NaiveDate),
    /// Wall-clock time in a zone.
    Zoned {
        /// The zone.
        zone: Zone,
        /// As on the clock there.
        wall: NaiveDateTime,
        /// The same as an instant.
        at: DateTime<Utc>,
    },
    /// An instant of which only the offset is known.
    Fixed {
        /// As written.
        offset: FixedOffset,
        /// The instant.
        at: DateTime<Utc>,
    },
    /// The same wall clock everywhere.
    Floating(NaiveDateTime),
}

/// A moment on its own clock; a day at its beginning.
pub fn wall_of(point: &Point) -> NaiveDateTime {
    match *point {
        Point::Day(day) => day.and_time(NaiveTime::MIN),
        Point::Zoned { wall, .. } | Point::Floating(wall) => wall,
        Point::Fixed { offset, at } => at.with_timezone(&offset).naive_local(),
    }
}

type Findings = Vec<Finding>;

/// Years in which an event may have an hour. Before them many places had no standard time, and the rules of clocks are
/// guesses far ahead; the bound also keeps the work for an event small.
pub const YEARS: RangeInclusive<i32> = 1900..=2200;

/// Years in which an event may have a day without an hour, which is on no clock: May Day is celebrated since 1890.
pub const YEARS_OF_DAYS: RangeInclusive<i32> = 1800..=2200;

/// Years that a time may have that is only converted.
const ANY_YEAR: RangeInclusive<i32> = 1..=9998;

/// Resolves a moment of an event. `key` is its field, for the text to write; `country` is that of the place.
pub fn resolve(
    field: &Field<Moment<'_>>,
    key: &str,
    choice: &Choice,
    country: Option<Country>,
    context: &Context<'_>,
    findings: &mut Findings,
) -> Option<Point> {
    Asked { key, span: field.span, choice, country, years: None, context }.moment(&field.value, findings)
}

/// Resolves a time of any year, to convert it.
pub fn of_any_year(
    field: &Field<Moment<'_>>,
    choice: &Choice,
    context: &Context<'_>,
    findings: &mut Findings,
) -> Option<Point> {
    let asked = Asked { key: "", span: field.span, choice, country: None, years: Some(ANY_YEAR), context };
    asked.moment(&field.value, findings)
}

/// Reports the year of a planned start that is written as it stands on the clock of its series.
pub(super) fn year(year: i32, key: &str, span: Span, findings: &mut Findings) -> Option<()> {
    if !YEARS.contains(&year) {
        findings.push(year_out_of_range(year, &YEARS, key, span));
        return None;
    }
    Some(())
}

fn year_out_of_range(year: i32, years: &RangeInclusive<i32>, key: &str, span: Span) -> Finding {
    let (first, last) = (years.start(), years.end());
    let finding = Finding::new(Code::InvalidDate, span, format!("the year {year:04} is not from {first:04} to {last}"))
        .label(format!("expected a year from {first:04} to {last}"));
    let four_digits = "write the year with four digits, such as 2026";
    match (key, YEARS.contains(&year), *years == ANY_YEAR) {
        (_, _, true) => finding.help(four_digits),
        ("until", ..) if year > *last => finding.help("delete the line if the event repeats without end"),
        _ if year > *last => {
            finding.help(four_digits).help("the rules of clocks and calendars so far ahead are not known")
        }
        _ if YEARS_OF_DAYS.contains(&year) => {
            finding.help("write the day without an hour: most places had no standard time before 1900")
        }
        _ => finding.help(four_digits),
    }
}

/// Resolves a wall-clock time of a change in the zone that it names; `span` is where the zone stands.
pub(super) fn in_named(
    wall: NaiveDateTime,
    zone: Zone,
    span: Span,
    context: &Context<'_>,
    findings: &mut Findings,
) -> Option<Point> {
    let choice = Choice::Named(zone, span);
    Asked { key: "start", span, choice: &choice, country: None, years: None, context }
        .in_zone(wall, zone, span, findings)
}

/// What a moment is resolved by.
struct Asked<'q> {
    key: &'q str,
    span: Span,
    choice: &'q Choice,
    country: Option<Country>,
    /// The years that it may have; those of an event where none are given.
    years: Option<RangeInclusive<i32>>,
    context: &'q Context<'q>,
}

impl Asked<'_> {
    fn moment(&self, moment: &Moment<'_>, findings: &mut Findings) -> Option<Point> {
        let point = match moment {
            Moment::Toml(datetime) => self.toml(datetime, findings),
            Moment::Text(text) => self.text(text, findings),
        }?;
        // East of Greenwich the first hours of the year 1 are in no year that can be written.
        if let Point::Zoned { at, .. } | Point::Fixed { at, .. } = point
            && at.year() < 1
        {
            findings.push(year_out_of_range(0, &self.years(true), self.key, self.span));
            return None;
        }
        Some(point)
    }

    fn years(&self, has_hour: bool) -> RangeInclusive<i32> {
        self.years.clone().unwrap_or(if has_hour { YEARS } else { YEARS_OF_DAYS })
    }

    fn date(&self, words: DateWords, has_hour: bool, span: Span, findings: &mut Findings) -> Option<NaiveDate> {
        let (year, years) = (words.year?, self.years(has_hour));
        if !years.contains(&year) {
            findings.push(year_out_of_range(year, &years, self.key, span));
            return None;
        }
        let date = NaiveDate::from_ymd_opt(year, words.month, words.day);
        if date.is_none() {
            let text = format!("{year:04}-{:02}-{:02}", words.month, words.day);
            findings.extend(crate::diagnostic::phrases::no_such_day(&text, span));
        }
        date
    }

    fn toml(&self, datetime: &Datetime, findings: &mut Findings) -> Option<Point> {
        let Some(date) = datetime.date else {
            let time = datetime.time.map(|time| time.to_string()).unwrap_or_default();
            let day = self.context.now.date_naive();
            findings.push(
                Finding::new(Code::WrongType, self.span, "a time without a date")
                    .label("expected a date and a time")
                    .help(format!("put the day before it: `{}`", assignment(self.key, &format!("{day}T{time}")))),
            );
            return None;
        };
        let words = DateWords { year: Some(date.year.into()), month: date.month.into(), day: date.day.into() };
        let date = self.date(words, datetime.time.is_some(), self.span, findings)?;
        let Some(time) = datetime.time else { return Some(Point::Day(date)) };
        if time.nanosecond.unwrap_or(0) != 0 {
            findings.push(
                Finding::new(Code::InvalidTime, self.span, "a fraction of a second")
                    .label("expected whole seconds; iCalendar has no smaller ones"),
            );
            return None;
        }
        let Some(time) = NaiveTime::from_hms_opt(time.hour.into(), time.minute.into(), time.second.unwrap_or(0).into())
        else {
            findings.push(
                Finding::new(Code::InvalidTime, self.span, "there is no such time of day")
                    .label("expected seconds from 00 to 59; a leap second has no place in a calendar"),
            );
            return None;
        };
        let wall = date.and_time(time);
        match datetime.offset {
            None => self.wall(wall, self.span, findings),
            Some(offset) => {
                let minutes = match offset {
                    toml::value::Offset::Z => 0,
                    toml::value::Offset::Custom { minutes } => i32::from(minutes),
                };
                let offset = FixedOffset::east_opt(minutes * 60)?;
                self.offset(wall, offset, self.span, findings)
            }
        }
    }

    fn text(&self, text: &str, findings: &mut Findings) -> Option<Point> {
        let written = match datetime_text::read(text, self.context.reading_language()) {
            Ok(written) => written,
            Err(part) => {
                let meant = self.range(text).or_else(|| self.otherwise(text));
                findings.push(meant.unwrap_or_else(|| refusal(&part, self.part(text, &part.range))));
                return None;
            }
        };
        if let Some(shift) = &written.day_shift {
            let span = self.part(text, &shift.range);
            findings.push(self.shifted(&written, text, shift.value).unwrap_or_else(|| {
                Finding::new(Code::InvalidDate, span, "a number of days behind a time")
                    .label("expected the date itself")
            }));
            return None;
        }
        let Some(date) = written.date.as_ref().filter(|date| date.value.year.is_some()) else {
            findings.push(self.dateless(&written, text));
            return None;
        };
        let day = self.date(date.value, written.time.is_some(), self.part(text, &date.range), findings)?;
        if let Some(weekday) = &written.weekday {
            self::weekday(day, weekday.value, self.part(text, &weekday.range), findings)?;
        }
        let Some(time) = &written.time else {
            if let Some(zone) = &written.zone {
                let words = &text[zone.range.clone()];
                findings.push(
                    Finding::new(
                        Code::InvalidTime,
                        self.part(text, &zone.range),
                        format!("`{}` is not a time", shorten(words)),
                    )
                    .label("expected a time such as 16:30 or 4:30 pm, or nothing"),
                );
                return None;
            }
            return Some(Point::Day(day));
        };
        let wall = match time.value {
            TimeOfDay::Clock(time) => day.and_time(time),
            TimeOfDay::EndOfDay => day.succ_opt()?.and_time(NaiveTime::MIN),
            TimeOfDay::Midnight => {
                findings.push(self.midnight(day, &written, text, self.part(text, &time.range)));
                return None;
            }
        };
        let Some(zone) = &written.zone else { return self.wall(wall, self.part(text, &time.range), findings) };
        let zone_span = self.part(text, &zone.range);
        match &zone.value {
            ZoneWords::Offset(offset) => self.offset(wall, *offset, zone_span, findings),
            ZoneWords::Words(words) => {
                if let Some(offset) = written.offset_of_zone {
                    return self.offset_of_zone(wall, words, offset, zone_span, findings);
                }
                let point = self.words(wall, words, (zone_span, self.part(text, &time.range)), findings)?;
                self.agreed(point, wall, words, zone_span, findings)
            }
        }
    }

    /// RFC 9557: an offset and a zone, which must agree.
    fn offset_of_zone(
        &self,
        wall: NaiveDateTime,
        words: &str,
        offset: FixedOffset,
        span: Span,
        findings: &mut Findings,
    ) -> Option<Point> {
        let Some(zone) = self.context.tzdb.zone(words) else {
            findings.push(unknown_zone_in_text(words, span, self.context.tzdb));
            return None;
        };
        let at = (wall - TimeDelta::seconds(offset.local_minus_utc().into())).and_utc();
        let there = zone.offset_at(at).fix();
        if there == offset {
            return self.agreed(Point::Zoned { zone, wall, at }, wall, words, span, findings);
        }
        let message = format!("{} on {} is not {offset} but {there}", zone.name(), long_date(wall.date()));
        let mut finding = Finding::new(Code::OffsetMismatch, span, message)
            .label("the zone and the offset before it disagree")
            .help(format!("if {offset} is right, write {}", self.text_for(at, zone)));
        if let Resolved::Single(at) = zone.resolve(wall) {
            finding = finding.help(format!("if the clock there is right, write {}", self.text_for(at, zone)));
        }
        findings.push(finding);
        None
    }

    /// The span of a part of the text. Where escapes make bytes and characters differ, it is the whole value.
    fn part(&self, text: &str, range: &std::ops::Range<usize>) -> Span {
        let length = (self.span.end - self.span.start) as usize;
        match length.checked_sub(text.len()) {
            Some(0) => Span::new(range.clone()).shifted(self.span.start),
            Some(2) => Span::new(range.clone()).shifted(self.span.start + 1),
            _ => self.span,
        }
    }

    /// A wall-clock time without a zone of its own.
    fn wall(&self, wall: NaiveDateTime, span: Span, findings: &mut Findings) -> Option<Point> {
        match *self.choice {
            Choice::Named(zone, _) | Choice::Default(zone) => self.in_zone(wall, zone, span, findings),
            Choice::Local => Some(Point::Floating(wall)),
            Choice::Offset(offset) => {
                let at = (wall - TimeDelta::seconds(offset.local_minus_utc().into())).and_utc();
                Some(Point::Fixed { offset, at })
            }
            Choice::Wrong => None,
            Choice::OfPlace(country) => {
                let mut zones =
                    country.map(|country| self.context.tzdb.of_country(country.code())).unwrap_or_default().to_vec();
                // The calendar's own is the likely one.
                zones.sort_by_key(|name| self.context.timezone.is_none_or(|zone| zone.name() != *name));
                // One zone for each clock: of Indiana's eight, none shows a time that New York or Chicago does not.
                let mut clocks = Vec::new();
                zones.retain(|name| {
                    let Some(zone) = self.context.tzdb.zone(name) else { return false };
                    let around = [0, 182].map(|days| wall.and_utc().checked_add_signed(TimeDelta::days(days)));
                    let clock = around.map(|at| at.map(|at| zone.offset_at(at).seconds()));
                    let is_new = !clocks.contains(&clock);
                    clocks.push(clock);
                    is_new
                });
                let finding = |message: &str| Finding::new(Code::TimezoneMissing, self.span, message);
                findings.push(match (country, &zones[..]) {
                    (Some(country), [_, ..]) if is_argument(self.key) => {
                        finding(&format!("a time of day, and {} has several clocks", country.name()))
                            .label("expected a city or a zone behind it")
                            .help(format!("give --timezone, with one of {}", few(&zones)))
                    }
                    (Some(country), [_, ..]) => {
                        finding(&format!("a time of day, and {} has several clocks", country.name()))
                            .label("expected a `timezone` beside it")
                            .help(format!("give `timezone`, with one of {}", few(&zones)))
                    }
                    _ => finding("a time of day without a time zone")
                        .label("expected a `country` or a `timezone` beside it")
                        .help("give `country`, such as GR; where it has several clocks, give `timezone` too"),
                });
                None
            }
            Choice::OfCity(zones) => {
                let zones: Vec<&str> = zones.iter().flatten().map(|zone| zone.name()).collect();
                let finding =
                    Finding::new(Code::TimezoneMissing, self.span, "a time of day, and several cities have this name");
                findings.push(if is_argument(self.key) {
                    finding
                        .label("expected a zone behind it")
                        .help(format!("give --country, or --timezone with one of {}", few(&zones)))
                } else {
                    finding
                        .label("expected a `timezone` beside it")
                        .help(format!("give `country` in `location`, or `timezone` with one of {}", few(&zones)))
                });
                None
            }
            Choice::Missing if is_argument(self.key) => {
                findings.push(
                    Finding::new(Code::TimezoneMissing, self.span, "a time of day, and no zone says whose")
                        .label("expected a city or a zone behind it")
                        .help("write the city behind the time, such as `18:00 Athens`, or give --timezone"),
                );
                None
            }
            Choice::Missing => {
                let finding = Finding::new(Code::TimezoneMissing, self.span, "a time of day without a time zone")
                    .label("expected a `timezone` in the record, in `[defaults]` or in calendar.toml");
                let zones =
                    self.country.map(|country| self.context.tzdb.of_country(country.code())).unwrap_or_default();
                findings.push(match zones {
                    [] => finding.help("add a line such as `timezone = \"Europe/Athens\"`"),
                    [zone] => finding.help(format!("add a line `timezone = \"{zone}\"`")),
                    zones => finding.help(format!("add `timezone` with one of {}", few(zones))),
                });
                None
            }
        }
    }

    fn in_zone(&self, wall: NaiveDateTime, zone: Zone, span: Span, findings: &mut Findings) -> Option<Point> {
        match zone.resolve(wall) {
            Resolved::Single(at) => Some(Point::Zoned { zone, wall, at }),
            Resolved::Gap { before, after, at } => {
                findings.push(self.gap(wall, zone, (before.seconds(), after.seconds()), at, span));
                None
            }
            Resolved::Overlap { first, second, before, after } => {
                findings.push(self.overlap(wall, zone, [(first, before.fix()), (second, after.fix())], span));
                None
            }
        }
    }
}
