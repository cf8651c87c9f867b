//! What feeds add to what records say, all in one place; the words themselves are in `locales/`.

use chrono::{FixedOffset, NaiveDate, NaiveDateTime};

use crate::event::{Accessibility, Location, Status, When};
use crate::language::{DateStyle, Language, Word};
use crate::zone::offset_for_people;

use super::stamp::Stamp;

/// The prefix of the title of an event that does not take place as announced.
pub fn prefix(status: Status, language: Language) -> Option<String> {
    if matches!(status, Status::Tentative | Status::Confirmed) {
        return None;
    }
    Some(language.say(Word::Titled, &[("status", self::status(status, language).into()), ("title", "".into())]))
}

/// The end of a list that was cut.
pub fn and_more(count: usize, language: Language) -> String {
    language.say(Word::More, &[("count", count.into())])
}

/// The suffix of an open event's title: ` (day 37)`.
pub fn day(number: i64, language: Language) -> String {
    format!(" {}", language.say(Word::DayNumberBehind, &[("day", number.into())]))
}

/// `Start: Friday 14 July 2023, 00:01 (America/Los_Angeles, UTC−7).`
pub fn start(start: NaiveDateTime, zone: &str, offset: FixedOffset, language: Language) -> String {
    let zone = format!("{zone}, {}", offset_for_people(offset));
    language.say(Word::ClockAtStart, &[("time", (&moment(start, language)).into()), ("zone", (&zone).into())])
}

/// `CANCELLED`; `None` for a confirmed event.
pub fn status(status: Status, language: Language) -> &'static str {
    language.word(match status {
        Status::Cancelled => Word::Cancelled,
        Status::Postponed => Word::Postponed,
        Status::Tentative => Word::Tentative,
        Status::Confirmed => return "",
    })
}

/// `step-free`, `sign language`.
pub fn accessibility(one: Accessibility, language: Language) -> &'static str {
    language.word(match one {
        Accessibility::StepFree => Word::StepFree,
        Accessibility::SignLanguage => Word::SignLanguage,
        Accessibility::Captions => Word::Captions,
        Accessibility::HearingLoop => Word::HearingLoop,
        Accessibility::Childcare => Word::Childcare,
        Accessibility::QuietSpace => Word::QuietSpace,
    })
}

/// A word, and what it names: `Passcode: 191837`.
pub fn named(name: &str, value: &str, language: Language) -> String {
    if language == Language::ENGLISH {
        return format!("{name}: {value}"); // often, in a large feed
    }
    language.say(Word::Named, &[("name", name.into()), ("value", value.into())])
}

/// The earlier start in its own zone, and the zone's name: `Saturday 10 June 2023, 16:00` and `America/Los_Angeles`. No name
/// for dates and floating times.
pub fn earlier(earlier: &When, language: Language) -> (String, Option<String>) {
    match earlier {
        When::AllDay(days) => (language.date(DateStyle::Long, days.first), None),
        When::Zoned { zone, start, .. } => {
            (moment(start.with_timezone(zone).naive_local(), language), Some(zone.name().to_owned()))
        }
        When::Fixed { offset, start, .. } => {
            (moment(start.with_timezone(offset).naive_local(), language), Some(offset_for_people(*offset)))
        }
        When::Floating { start, .. } => (moment(*start, language), None),
    }
}

/// `Moved from Saturday 10 June 2023, 16:00 (America/Los_Angeles).`
pub fn moved_from(from: &When, language: Language) -> String {
    let (date, zone) = earlier(from, language);
    match zone {
        Some(zone) => language.say(Word::MovedFromZone, &[("date", (&date).into()), ("zone", (&zone).into())]),
        None if from.is_all_day() => language.say(Word::MovedFromDay, &[("date", (&date).into())]),
        None => language.say(Word::MovedFromLocal, &[("date", (&date).into())]),
    }
}

/// `Local time: Saturday 10 June 2023, 16:00–18:00 (America/Los_Angeles, UTC−7).` Where the clock changes in between,
/// each end has its own offset: `… 22:00 UTC+1 – Sunday 28 March 2027, 06:00 UTC+2 (Europe/Madrid).`
pub fn local_time(start: &Stamp, end: &Stamp, zone: Option<&str>, language: Language) -> String {
    let [from, to] = [start, end].map(|stamp| offset_for_people(stamp.offset));
    let (time, zone) = match zone {
        Some(zone) if from != to => {
            let ranges = Ranges { style: DateStyle::Long, date_time: Word::DateTime, joined: Word::DateRange };
            (range((start.local, &from), (end.local, &to), &ranges, language), zone.to_owned())
        }
        Some(zone) => (stretch(start.local, end.local, language), format!("{zone}, {from}")),
        None => (stretch(start.local, end.local, language), from),
    };
    language.say(Word::Clock, &[("time", (&time).into()), ("zone", (&zone).into())])
}

/// `09:00–11:00 local time at each place.`
pub fn each_place(start: NaiveDateTime, end: NaiveDateTime, language: Language) -> String {
    if start.date() == end.date() {
        let hours = language.hours(&language.time(start.time()), &language.time(end.time()));
        language.say(Word::EachPlaceHours, &[("time", (&hours).into())])
    } else {
        language.say(Word::EachPlace, &[("time", (&stretch(start, end, language)).into())])
    }
}

fn stretch(start: NaiveDateTime, end: NaiveDateTime, language: Language) -> String {
    range(
        (start, ""),
        (end, ""),
        &Ranges { style: DateStyle::Long, date_time: Word::DateTime, joined: Word::DateRange },
        language,
    )
}

/// How a range of hours is written.
#[derive(Clone, Copy, Debug)]
pub struct Ranges {
    /// The language of its dates.
    pub style: DateStyle,
    /// A date and a time.
    pub date_time: Word,
    /// What joins a start and an end on different days.
    pub joined: Word,
}

/// From when until when, with the names of the clocks: `Sat 10 June 2023, 16:00–18:00 PDT`. Where the clock changes in
/// between, each end has its own name, and where they are on different days, each has its date:
/// `Sat 24 October 2026, 22:00 BST to Sun 25 October 2026, 06:00 GMT`. No name is written where both are empty.
pub fn range(
    (start, start_name): (NaiveDateTime, &str),
    (end, end_name): (NaiveDateTime, &str),
    ranges: &Ranges,
    language: Language,
) -> String {
    let named = |text: String, name: &str| if name.is_empty() { text } else { format!("{text} {name}") };
    let first_name = if start_name == end_name { "" } else { start_name };
    let dated = |day: NaiveDate, hours: &str| {
        let date = language.date(ranges.style, day);
        language.say(ranges.date_time, &[("date", (&date).into()), ("time", hours.into())])
    };
    let from = named(language.time(start.time()), first_name);
    let to = language.time(end.time());
    let text = if start.date() == end.date() {
        dated(start.date(), &language.hours(&from, &to))
    } else {
        let (from, to) = (dated(start.date(), &from), dated(end.date(), &to));
        language.say(ranges.joined, &[("from", (&from).into()), ("to", (&to).into())])
    };
    named(text, end_name)
}

fn moment(time: NaiveDateTime, language: Language) -> String {
    at(time.date(), &language.time(time.time()), language)
}

fn at(day: NaiveDate, hours: &str, language: Language) -> String {
    let date = language.date(DateStyle::Long, day);
    language.say(Word::DateTime, &[("date", (&date).into()), ("time", hours.into())])
}

/// Appends a place in one line: name, address, city, region and country.
pub fn push_location(location: &Location, language: Language, out: &mut String) {
    let country = || location.country.and_then(|country| language.country(country.code()));
    if language == Language::ENGLISH { location.push_line(out) } else { location.push_with(country().as_deref(), out) }
}

/// A place in one line.
pub fn location(location: &Location, language: Language) -> String {
    let mut line = String::new();
    push_location(location, language, &mut line);
    line
}
