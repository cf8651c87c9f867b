//! One instant in many zones: a table for people, one line a zone for pasting, JSON.

use chrono::{DateTime, NaiveDate, NaiveDateTime, SecondsFormat, Utc};
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::hours;
use crate::diagnostic::visible;
use crate::event::{Ends, Event, Status, When};
use crate::language::{DateStyle, Language, Word};
use crate::view::stamp::Stamp;
use crate::view::words::{self, Ranges};
use crate::view::worldwide::{self, Worldwide};

/// How a conversion is printed.
#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// Columns for people.
    Table,
    /// One line a zone.
    Text,
    /// The published contract.
    Json,
}

/// An instant, or the dates of an event, in zones.
#[derive(Clone, Debug)]
pub struct Conversion<'e> {
    /// The event, if it is one's.
    pub event: Option<&'e Event>,
    /// When the event happens.
    pub when: Option<When>,
    /// The day that an open event is at.
    pub day: Option<i64>,
    /// When it begins first and ends last on Earth, for dates and floating times of no place.
    pub worldwide: Option<Worldwide>,
    /// The instant; none for dates and floating times.
    pub instant: Option<DateTime<Utc>>,
    /// By the clock in which it was written.
    pub own: Option<Stamp>,
    /// Name of the zone of that clock, if it has one.
    pub own_zone: Option<&'static str>,
    /// One for each zone.
    pub lines: Vec<Line>,
    /// Version of the tz database.
    pub tzdb: String,
    /// That of the words.
    pub language: Language,
    /// Language that the title is wanted in, and that of records that name none. JSON has the event's own.
    pub texts: (Box<str>, Box<str>),
}

/// What the clocks of a zone show.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its identifier.
    pub zone: &'static str,
    /// The city that it is named after.
    pub city: String,
    /// At the start.
    pub start: Stamp,
    /// At the end, for events.
    pub end: Option<Stamp>,
    /// Days after the day of the clock in which it was written.
    pub day_shift: i64,
}

/// The text in a format.
pub fn write(format: Format, conversion: &Conversion<'_>) -> String {
    match format {
        Format::Table => table(conversion),
        Format::Text => text(conversion),
        Format::Json => json(conversion),
    }
}

/// `(+1)`, or nothing.
pub fn shift(days: i64) -> String {
    if days == 0 { String::new() } else { format!("({days:+})") }
}

/// The hours of a clock; a later day of the end has its date, and where the clock changes in between, the start its name:
/// `22:00–06:00`, `16:00 CEST – Sun 1 Nov 04:59`.
fn clock(line: &Line, language: Language) -> String {
    let start = language.time(line.start.local.time());
    let Some(end) = &line.end else { return start };
    let changes = end.abbreviation != line.start.abbreviation;
    let start = if changes { format!("{start} {}", line.start.abbreviation) } else { start };
    let (day, time) = hours::ending(line.start.day(), end.local, language);
    if day == line.start.day() {
        return language.hours(&start, &time);
    }
    let end = moment_of(DateStyle::Short, day, &time, language);
    language.say(Word::DateRange, &[("from", (&start).into()), ("to", (&end).into())])
}

/// The name that stands behind the hours: that of the clock at the end.
fn name(line: &Line) -> &str {
    line.end.as_ref().map_or(&line.start.abbreviation, |end| &end.abbreviation)
}

/// `Tue 2 March 2027, 18:00`
fn at(day: NaiveDate, hours: &str, language: Language) -> String {
    let date = language.date(DateStyle::Heading, day);
    language.say(Word::DateTime, &[("date", (&date).into()), ("time", hours.into())])
}

/// `Tue 2 March 18:00`, in a style.
fn moment(style: DateStyle, time: NaiveDateTime, language: Language) -> String {
    moment_of(style, time.date(), &language.time(time.time()), language)
}

fn moment_of(style: DateStyle, day: NaiveDate, time: &str, language: Language) -> String {
    let date = language.date(style, day);
    language.say(Word::DateTimeShort, &[("date", (&date).into()), ("time", time.into())])
}

/// What is said of an event that has no instant.
pub(super) fn dates(conversion: &Conversion<'_>) -> Option<String> {
    let language = conversion.language;
    let date = |day| language.date(DateStyle::Sentence, day);
    let so_far = conversion.day.map(|day| language.say(Word::DayNumber, &[("day", day.into())]));
    let open = |text: String| [Some(text), so_far.clone()].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    match conversion.when? {
        When::AllDay(days) if is_open(conversion) => {
            Some(open(language.say(Word::OpenFrom, &[("date", (&date(days.first)).into())])))
        }
        When::Zoned { .. } if is_open(conversion) => Some(open(language.word(Word::OpenEnd).to_owned())),
        When::AllDay(days) if conversion.event.is_some_and(worldwide::is_at_a_place) => {
            let place = place(conversion.event?, language);
            let (first, last) = (date(days.first), date(days.last()));
            let range = || language.say(Word::DateRange, &[("from", (&first).into()), ("to", (&last).into())]);
            let days = if days.count() == 1 { first.clone() } else { range() };
            Some(language.say(Word::WholeDayThere, &[("date", (&days).into()), ("place", (&place).into())]))
        }
        When::AllDay(days) if days.count() == 1 => {
            Some(language.say(Word::WholeDayEverywhere, &[("date", (&date(days.first)).into())]))
        }
        When::AllDay(days) => {
            let (first, last) = (date(days.first), date(days.last()));
            Some(language.say(Word::WholeDaysEverywhere, &[("first", (&first).into()), ("last", (&last).into())]))
        }
        When::Floating { start, end } => {
            let ranges = Ranges { style: DateStyle::Sentence, date_time: Word::DateTimeShort, joined: Word::DateRange };
            let time = words::range((start, ""), (end, ""), &ranges, language);
            Some(language.say(Word::ByEachClock, &[("time", (&time).into())]))
        }
        When::Zoned { .. } | When::Fixed { .. } => None,
    }
}

/// The city of an event, else its country.
fn place(event: &Event, language: Language) -> String {
    let place = event.location.as_deref();
    let country = || {
        let country = place?.country?;
        Some(language.country(country.code()).unwrap_or_else(|| country.code().to_owned()))
    };
    let city = place.and_then(|place| place.city.as_deref()).map(|city| visible(city.chars()));
    city.or_else(country).unwrap_or_default()
}

/// Whether nobody knows its end.
fn is_open(conversion: &Conversion<'_>) -> bool {
    conversion.event.is_some_and(|event| event.ends == Ends::Open)
}

fn table(conversion: &Conversion<'_>) -> String {
    let mut out = String::new();
    let language = conversion.language;
    if let Some(event) = conversion.event {
        let title = event.title_in(&conversion.texts.0, &conversion.texts.1).text;
        out.push_str(&format!("{}\n", visible(title.chars())));
        if event.status != Status::Confirmed {
            out.push_str(&format!("{}\n", words::status(event.status, language)));
        }
        if let Some(earlier) = &event.moved_from {
            out.push_str(&format!("{}\n", words::moved_from(earlier, language)));
        }
        if let Some(reason) = event.reason_in(&conversion.texts.0, &conversion.texts.1) {
            out.push_str(&format!("{}\n", visible(reason.text.chars())));
        }
    }
    if let (Some(own), Some(instant)) = (&conversion.own, conversion.instant) {
        let whose = conversion.own_zone.map(|zone| format!(" · {zone}")).unwrap_or_default();
        let utc = moment(DateStyle::Poster, instant.naive_utc(), language);
        let hours = language.time(own.local.time());
        out.push_str(&format!("{} {}{whose} · {utc} UTC\n\n", at(own.day(), &hours, language), own.abbreviation));
    }
    if let Some(dates) = dates(conversion) {
        out.push_str(&format!("{dates}\n"));
    }
    if let Some(worldwide) = &conversion.worldwide {
        out.push_str(&around_the_world(worldwide, conversion.language));
    }
    let rows: Vec<[String; 5]> = conversion
        .lines
        .iter()
        .map(|line| {
            let day = language.date(DateStyle::Short, line.start.day());
            [line.city.clone(), day, clock(line, language), name(line).to_owned(), shift(line.day_shift)]
        })
        .collect();
    let widths: [usize; 5] =
        std::array::from_fn(|column| rows.iter().map(|row| row[column].width()).max().unwrap_or(0));
    for row in rows {
        let mut line = String::from(" ");
        for (cell, width) in row.iter().zip(widths) {
            line.push_str(&format!(" {cell}{} ", " ".repeat(width - cell.width())));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

fn text(conversion: &Conversion<'_>) -> String {
    let mut out = dates(conversion).map(|dates| dates + "\n").unwrap_or_default();
    if let Some(worldwide) = &conversion.worldwide {
        out.push_str(&around_the_world(worldwide, conversion.language));
    }
    for line in &conversion.lines {
        let start = &line.start;
        let shift = shift(line.day_shift);
        let time = at(start.day(), &clock(line, conversion.language), conversion.language);
        out.push_str(format!("{time} {} ({}) {shift}", line.city, name(line)).trim_end());
        out.push('\n');
    }
    out
}

#[derive(Serialize)]
struct Document<'c> {
    version: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'c str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'c str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    all_day: Option<bool>,
    /// The start that was announced before.
    #[serde(skip_serializing_if = "Option::is_none")]
    moved_from: Option<String>,
    /// For dates and floating times.
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<String>,
    /// Exclusive; none of what is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<String>,
    /// Only where the record says nothing about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    end_assumed: Option<bool>,
    /// Only where it lasts until somebody says otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    open: Option<bool>,
    /// The day that it is at.
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    instant: Option<String>,
    /// From where it begins first to where it ends last.
    #[serde(skip_serializing_if = "Option::is_none")]
    worldwide: Option<WorldwideEntry>,
    tzdb: &'c str,
    zones: Vec<ZoneEntry<'c>>,
}

#[derive(Serialize)]
struct WorldwideEntry {
    begins_first: Bound,
    /// Where nobody lives, at sea.
    ends_last: Bound,
    ends_last_inhabited: Bound,
    zones: Vec<Stretch>,
}

#[derive(Serialize)]
struct Bound {
    instant: String,
    timezones: Vec<&'static str>,
}

#[derive(Serialize)]
struct Stretch {
    timezone: &'static str,
    begins: String,
    ends: String,
}

fn worldwide_entry(worldwide: &Worldwide) -> WorldwideEntry {
    let Worldwide { begins, first, offset: _, ends, last, shown } = worldwide;
    let bound = |at: &DateTime<Utc>, timezones: &[&'static str]| Bound {
        instant: at.to_rfc3339_opts(SecondsFormat::Secs, true),
        timezones: timezones.to_vec(),
    };
    WorldwideEntry {
        begins_first: bound(begins, first),
        ends_last: bound(ends, &[worldwide::LAST]),
        ends_last_inhabited: bound(&last.0, &last.1),
        zones: shown
            .iter()
            .map(|(zone, begins, ends)| Stretch {
                timezone: zone.name(),
                begins: begins.rfc3339(),
                ends: ends.rfc3339(),
            })
            .collect(),
    }
}

/// Where it begins first, where it ends last at sea and on land, a sentence each; then both by each clock that is asked
/// for, with its city.
pub(super) fn around(worldwide: &Worldwide, language: Language) -> ([String; 3], Vec<(String, String)>) {
    let Worldwide { begins, first, offset, ends, last, shown } = worldwide;
    let city = |name: &&str| name.rsplit('/').next().unwrap_or(name).replace('_', " ");
    let cities = |names: &[&str]| language.list(&names.iter().map(city).collect::<Vec<_>>());
    let at = |at: &DateTime<Utc>| format!("{} UTC", moment(DateStyle::Sentence, at.naive_utc(), language));
    let (first_at, last_at, sea_at) = (at(begins), at(&last.0), at(ends));
    let place = cities(first);
    let begins_first = [("place", (&place).into()), ("zone", offset.into()), ("date", (&first_at).into())];
    let at_sea = [("zone", "UTC−12".into()), ("date", (&sea_at).into())];
    let place = cities(&last.1);
    let on_land = [("place", (&place).into()), ("date", (&last_at).into())];
    let sentences = [
        language.say(Word::BeginsFirst, &begins_first),
        language.say(Word::EndsAtSea, &at_sea),
        language.say(Word::EndsOnLand, &on_land),
    ];
    let clocks = shown.iter().map(|(zone, begins, ends)| {
        let [from, to] = [begins, ends].map(|stamp| moment(DateStyle::ShortYear, stamp.local, language));
        (zone.city(), language.say(Word::DateRange, &[("from", (&from).into()), ("to", (&to).into())]))
    });
    (sentences, clocks.collect())
}

fn around_the_world(worldwide: &Worldwide, language: Language) -> String {
    let (sentences, clocks) = around(worldwide, language);
    let mut out = sentences.map(|sentence| sentence + "\n").concat() + "\n";
    let width = clocks.iter().map(|(city, _)| city.width()).max().unwrap_or(0);
    for (city, range) in clocks {
        let gap = " ".repeat(width - city.width());
        out.push_str(&format!("  {city}{gap}  {range}\n"));
    }
    out
}

#[derive(Serialize)]
struct ZoneEntry<'c> {
    timezone: &'c str,
    local: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<String>,
    abbreviation: &'c str,
    /// At the end, where it is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    end_abbreviation: Option<&'c str>,
    weekday: String,
    day_shift: i64,
}

fn json(conversion: &Conversion<'_>) -> String {
    let (start, end) = match conversion.when {
        Some(When::AllDay(days)) if is_open(conversion) => (Some(days.first.to_string()), None),
        Some(When::AllDay(days)) => (Some(days.first.to_string()), Some(days.end.to_string())),
        Some(When::Floating { start, end }) => {
            let text = |time: chrono::NaiveDateTime| time.format("%Y-%m-%dT%H:%M:%S").to_string();
            (Some(text(start)), Some(text(end)))
        }
        Some(When::Zoned { .. } | When::Fixed { .. }) | None => (None, None),
    };
    let document = Document {
        version: 1,
        id: conversion.event.map(|event| &*event.id),
        title: conversion.event.map(|event| &*event.title),
        status: conversion.event.map(|event| event.status.name()),
        moved_from: conversion.event.and_then(|event| event.moved_from.as_ref()).map(super::hours::standard_start),
        all_day: conversion.when.map(|when| when.is_all_day()),
        start,
        end,
        end_assumed: conversion.event.filter(|event| event.ends == Ends::Assumed).map(|_| true),
        open: is_open(conversion).then_some(true),
        day: conversion.day,
        instant: conversion.instant.map(|instant| instant.to_rfc3339_opts(SecondsFormat::Secs, true)),
        worldwide: conversion.worldwide.as_ref().map(worldwide_entry),
        tzdb: &conversion.tzdb,
        zones: conversion
            .lines
            .iter()
            .map(|line| ZoneEntry {
                timezone: line.zone,
                local: line.start.rfc3339(),
                end: line.end.as_ref().map(Stamp::rfc3339),
                abbreviation: &line.start.abbreviation,
                end_abbreviation: Some(name(line)).filter(|name| *name != line.start.abbreviation),
                weekday: line.start.local.format("%a").to_string(),
                day_shift: line.day_shift,
            })
            .collect(),
    };
    let mut text = serde_json::to_string(&document).expect("texts and numbers are always JSON");
    text = crate::diagnostic::visible_json(&text);
    text.push('\n');
    text
}
