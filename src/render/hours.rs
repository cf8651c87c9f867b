//! The hours of an occurrence in words and in standard forms.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};

use crate::event::{Ends, When};
use crate::language::{DateStyle, Language, Word};
use crate::view::listing::{Listing, Row, Span, Times, first_day, last_day};
use crate::view::parts;
use crate::view::stamp::Stamp;
use crate::zone::abbreviation::is_ambiguous;

use super::terminal::plain;

/// The hours by the clock `index` of the listing, to stand under the day of the row: `18:00–20:00`, `all day`,
/// `day 2 of 3`, `day 37` of what is open, `until 01:00`; by another day than the row's with the weekday: `Wed 18:00–20:00`.
///
/// Where the clock changes between start and end, both have its name: `22:00 BST–06:00 GMT +1`. An end on the next day is marked (`22:00–01:00 +1`), a later one left to [`lasting`] (`from 22:00`), and an assumed
/// one left out. Empty for other clocks than the first, where the row says which of many days it is.
pub fn hours(row: &Row<'_>, index: usize) -> String {
    let language = row.language;
    // Its last day is unknown.
    if let (true, Some(ordinal)) = (row.event.is_open(), row.ordinal)
        && (first_day(&row.times) < row.day || row.event.when.is_all_day())
    {
        return if index == 0 { row.language.say(Word::DayNumber, &[("day", ordinal.into())]) } else { String::new() };
    }
    let (start, end) = match &row.times {
        Times::Days(days) => {
            return match row.ordinal {
                _ if index > 0 => String::new(),
                Some(ordinal) => day_of(row, ordinal, days.count()),
                None => row.language.word(Word::AllDay).into(),
            };
        }
        Times::Clocks { shown, own, .. } => {
            let Span { start, end } = shown.get(index).unwrap_or(own);
            (start.local, end.local)
        }
        Times::Floating { .. } if index > 0 => return String::new(),
        Times::Floating { start, end } => (*start, *end),
    };
    if row.ordinal.is_some_and(|ordinal| ordinal > 1) && row.event.ends != Ends::Open {
        return if last_day(&row.times) <= row.day {
            let (day, time) = ending(row.day, end, language);
            language.say(Word::UntilTime, &[("time", (&at(weekday(day, row), &time, row)).into())])
        } else if index == 0 {
            let begins = start.date();
            day_of(row, (row.day - begins).num_days() + 1, (last_day(&row.times) - begins).num_days() + 1)
        } else {
            String::new()
        };
    }
    let names = changing(row, index);
    let named = |time: String, name: Option<&str>| match name {
        Some(name) => format!("{time} {name}"),
        None => time,
    };
    let from = named(language.time(start.time()), names.map(|(from, _)| from));
    let from = at(weekday(start.date(), row), &from, row);
    match row.event.ends {
        Ends::Stated => {}
        Ends::Assumed => return from,
        Ends::Open => return language.say(Word::FromTime, &[("time", (&from).into())]),
    }
    let (day, time) = ending(start.date(), end, language);
    let time = named(time, names.map(|(_, to)| to));
    match (day - start.date()).num_days() {
        0 => language.hours(&from, &time),
        1 => format!("{} {}", language.hours(&from, &time), language.digits("+1")),
        _ => language.say(Word::FromTime, &[("time", (&from).into())]),
    }
}

/// The names of the clock `index` at start and end, where [`hours`] shows both and they differ.
pub fn changing<'r>(row: &'r Row<'_>, index: usize) -> Option<(&'r str, &'r str)> {
    let Times::Clocks { shown, own, .. } = &row.times else { return None };
    let Span { start, end } = shown.get(index).unwrap_or(own);
    let (from, to) = (&*start.abbreviation, &*end.abbreviation);
    let shows_both = row.event.ends == Ends::Stated && row.ordinal.is_none_or(|ordinal| ordinal == 1);
    let (day, _) = ending(start.day(), end.local, row.language);
    (from != to && shows_both && (day - start.day()).num_days() < 2).then_some((from, to))
}

fn day_of(row: &Row<'_>, day: i64, days: i64) -> String {
    row.language.say(Word::DayOf, &[("day", day.into()), ("days", days.into())])
}

/// The event's own clock, where it shows another time than the first clock of the listing: `18:00 MST Vancouver`;
/// `Wed 18:00 MST Vancouver` where it shows another day than the row's, and the date where it is far. None where
/// another clock of the listing is the event's own.
pub fn own_clock(listing: &Listing<'_>, row: &Row<'_>) -> Option<String> {
    let Times::Clocks { own: Span { start, .. }, zone, differs: true, .. } = &row.times else { return None };
    if listing.zones.iter().any(|shown| Some(shown.name()) == *zone) {
        return None;
    }
    // Only an end that is none may differ.
    if row.event.ends == Ends::Open
        && let Times::Clocks { shown, own, .. } = &row.times
        && shown.first().is_some_and(|shown| shown.start.local == own.start.local)
    {
        return None;
    }
    let day = start.day();
    let day = match (day - row.day).num_days() {
        0 => None,
        -3..=3 => Some(row.language.date(DateStyle::Weekday, day)),
        _ => Some(row.language.date(DateStyle::Short, day)),
    };
    let time = at(day, &row.language.time(start.local.time()), row);
    Some(format!("{time} {}", own_name(row, start, *zone)))
}

/// What the event's own clock is called: `MST Vancouver`.
fn own_name(row: &Row<'_>, start: &Stamp, zone: Option<&str>) -> String {
    let place = match row.event.when {
        When::Zoned { zone: own, .. } if Some(own.name()) == zone => Some(parts::clock_city(row.event, own)),
        _ => zone.map(city),
    };
    let abbreviation = &start.abbreviation;
    match place.map(|place| plain(&place)).filter(|place| place != abbreviation) {
        // `08:00 PST Manila` reads as Pacific time; the city says which clock it is.
        Some(place) if is_ambiguous(abbreviation, start.offset) => place,
        Some(place) => format!("{abbreviation} {place}"),
        None => abbreviation.to_string(),
    }
}

/// A row by the event's own clock, under the same day.
pub struct ByOwnClock<'c> {
    /// Its first clock is the own one.
    pub row: Row<'c>,
    /// What that clock is called; `None` if the hours have its names in them.
    pub name: Option<String>,
}

/// A row by the event's own clock, if that shows another time than the first clock of the listing. `None` for events of
/// several days, whose hours are those of the listing's days.
pub fn by_own_clock<'c>(listing: &Listing<'_>, row: &Row<'c>) -> Option<ByOwnClock<'c>> {
    own_clock(listing, row)?;
    let Times::Clocks { own, zone, differs, .. } = &row.times else { return None };
    if row.ordinal.is_some() {
        return None;
    }
    let times = Times::Clocks { shown: vec![own.clone()], own: own.clone(), zone: *zone, differs: *differs };
    let own_row = Row { times, ..row.clone() };
    let name = changing(&own_row, 0).is_none().then(|| own_name(row, &own.start, *zone));
    Some(ByOwnClock { row: own_row, name })
}

/// From when until when, of what lasts over several days and where the hours do not say it: `until Sat 29 Oct`,
/// `since Fri 28 Oct 18:00 CEST`, `Fri 28 Oct 18:00 – Mon 31 Oct 06:00 CET`.
pub fn lasting(row: &Row<'_>) -> Option<String> {
    if row.event.ends == Ends::Open {
        return open(row);
    }
    let (ordinal, language) = (row.ordinal?, row.language);
    let last = last_day(&row.times);
    let (start, end, names) = match &row.times {
        Times::Days(_) => {
            return (last > row.day)
                .then(|| language.say(Word::UntilDate, &[("date", (&short_day(last, row)).into())]));
        }
        Times::Clocks { shown, own, .. } => {
            let Span { start, end } = shown.first().unwrap_or(own);
            (start.local, end.local, [&*start.abbreviation, &*end.abbreviation])
        }
        Times::Floating { start, end } => (*start, *end, ["", ""]),
    };
    let begin = at(Some(short_day(start.date(), row)), &language.time(start.time()), row);
    let (day, time) = ending(row.day, end, language);
    let end = at(Some(short_day(day, row)), &time, row);
    let named = |time: &str, name: &str| format!("{time} {name}").trim_end().to_owned();
    let shows_end = last <= row.day || (ordinal == 1 && (day - row.day).num_days() < 2);
    Some(match (ordinal > 1, shows_end) {
        (true, true) => language.say(Word::SinceDate, &[("date", (&named(&begin, names[0])).into())]),
        (true, false) => {
            let begin = if names[0] == names[1] { begin } else { named(&begin, names[0]) };
            let end = named(&end, names[1]);
            language.say(Word::DateRange, &[("from", (&begin).into()), ("to", (&end).into())])
        }
        (false, false) => language.say(Word::UntilDate, &[("date", (&named(&end, names[1])).into())]),
        (false, true) => return None,
    })
}

/// Since when an open event lasts, and where it stands under another day than the as-of day, how many it has lasted:
/// `since Fri 14 Jul 00:01 PDT`, `open end`, `day 37 today`.
fn open(row: &Row<'_>) -> Option<String> {
    if !row.event.is_open() {
        return None; // called off, it is on its first day only
    }
    let (begins, language) = (first_day(&row.times), row.language);
    let since = |date: &str| language.say(Word::SinceDate, &[("date", date.into())]);
    let today = row
        .today
        .filter(|today| row.ordinal != Some(*today))
        .map(|today| language.say(Word::DayToday, &[("day", today.into())]));
    let since = match &row.times {
        _ if begins == row.day => language.word(Word::OpenEnd).to_owned(),
        Times::Days(_) | Times::Floating { .. } => since(&short_day(begins, row)),
        Times::Clocks { shown, own, .. } => {
            let Span { start, .. } = shown.first().unwrap_or(own);
            let time = at(Some(short_day(begins, row)), &language.time(start.local.time()), row);
            since(&format!("{time} {}", start.abbreviation))
        }
    };
    let parts: Vec<String> = [Some(since), today].into_iter().flatten().collect();
    Some(language.list(&parts))
}

/// The start that was announced before: `moved from Sat 10 Jun 16:00 (Los Angeles)`.
pub fn moved(row: &Row<'_>) -> Option<String> {
    let (earlier, language) = (row.event.moved_from.as_ref()?, row.language);
    let day = short_day(earlier.first_day(), row);
    let at = |time: NaiveDateTime, name: &str| {
        let time = at(Some(day.clone()), &language.time(time.time()), row);
        if name.is_empty() { time } else { format!("{time} ({name})") }
    };
    let date = match earlier {
        When::AllDay(_) => day,
        When::Zoned { zone, start, .. } => at(Stamp::in_zone(*start, *zone).local, &zone.city()),
        When::Fixed { offset, start, .. } => {
            let stamp = Stamp::at_offset(*start, *offset);
            at(stamp.local, &stamp.abbreviation)
        }
        When::Floating { start, .. } => at(*start, ""),
    };
    Some(language.say(Word::MovedFrom, &[("date", (&date).into())]))
}

/// Start and end as RFC 3339 by the clock `index` of the listing; of floating times without an offset, and dates for
/// dates, the end exclusive. No end where it is open.
pub fn standard(row: &Row<'_>, index: usize) -> (String, Option<String>) {
    let (start, end) = match &row.times {
        Times::Days(days) => (days.first.to_string(), days.end.to_string()),
        Times::Clocks { shown, own, .. } => {
            let Span { start, end } = shown.get(index).unwrap_or(own);
            (start.rfc3339(), end.rfc3339())
        }
        Times::Floating { start, end } => (floating(*start), floating(*end)),
    };
    (start, (row.event.ends != Ends::Open).then_some(end))
}

/// The start of `when` as RFC 3339 by its own clock; a date for dates, and no offset for floating times.
pub fn standard_start(when: &When) -> String {
    match when {
        When::AllDay(days) => days.first.to_string(),
        When::Zoned { zone, start, .. } => Stamp::in_zone(*start, *zone).rfc3339(),
        When::Fixed { offset, start, .. } => Stamp::at_offset(*start, *offset).rfc3339(),
        When::Floating { start, .. } => floating(*start),
    }
}

/// What the clock `index` of the listing is called when it shows the hours; none where they are no clock's, or where they
/// have its names in them.
pub fn abbreviation<'r>(row: &'r Row<'_>, index: usize) -> Option<&'r str> {
    if changing(row, index).is_some() {
        return None;
    }
    let Times::Clocks { shown, .. } = &row.times else { return None };
    let Span { start, end } = shown.get(index)?;
    if row.event.ends == Ends::Open {
        return (first_day(&row.times) == row.day).then_some(&*start.abbreviation);
    }
    match row.ordinal {
        None | Some(1) => Some(&start.abbreviation),
        Some(_) => (last_day(&row.times) <= row.day).then_some(&*end.abbreviation),
    }
}

/// The hours by every clock, each with its name, under the day of the row.
pub fn clocks(listing: &Listing<'_>, row: &Row<'_>) -> String {
    let mut clocks = Vec::new();
    for (index, zone) in listing.zones.iter().enumerate() {
        let hours = hours(row, index);
        match abbreviation(row, index) {
            _ if hours.is_empty() => {}
            None if listing.zones.len() > 1 && changing(row, index).is_some() => {
                clocks.push(format!("{hours} {}", zone.city()));
            }
            Some(abbreviation) if listing.zones.len() > 1 => {
                clocks.push(format!("{hours} {abbreviation} {}", zone.city()));
            }
            Some(abbreviation) => clocks.push(format!("{hours} {abbreviation}")),
            None => clocks.push(hours),
        }
    }
    clocks.join(" · ")
}

/// The city that a zone is named after.
pub fn city(zone: &str) -> String {
    zone.rsplit('/').next().unwrap_or(zone).replace('_', " ")
}

/// `Sat 29 Oct`, with the year where it is not that of the row.
fn short_day(day: NaiveDate, row: &Row<'_>) -> String {
    row.language.date(if day.year() == row.day.year() { DateStyle::Short } else { DateStyle::ShortYear }, day)
}

/// The day and time of an end; midnight is the end of the day before it, unless that is before `start`.
pub(super) fn ending(start: NaiveDate, end: NaiveDateTime, language: Language) -> (NaiveDate, String) {
    match end.date().pred_opt() {
        Some(before) if end.time() == NaiveTime::MIN && start <= before => (before, language.midnight()),
        _ => (end.date(), language.time(end.time())),
    }
}

fn weekday(day: NaiveDate, row: &Row<'_>) -> Option<String> {
    (day != row.day).then(|| row.language.date(DateStyle::Weekday, day))
}

/// A time, with its day where that has to be said.
fn at(day: Option<String>, time: &str, row: &Row<'_>) -> String {
    match day {
        Some(day) if row.language == Language::ENGLISH => format!("{day} {time}"),
        Some(day) => row.language.say(Word::DateTimeShort, &[("date", (&day).into()), ("time", time.into())]),
        None => time.to_owned(),
    }
}

fn floating(time: NaiveDateTime) -> String {
    time.format("%Y-%m-%dT%H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::event::{Ends, Event};

    /// Hours by each clock, and the remarks.
    fn shown(when: When, change: impl Fn(&mut Event)) -> (Vec<String>, Vec<String>) {
        let mut event = sample::event("x", "x", when);
        change(&mut event);
        let calendar = sample::calendar(vec![event]);
        let listing = sample::listing(&calendar, &["Europe/Madrid", "Asia/Tokyo"]);
        let row = &listing.rows[0];
        let remarks = [lasting(row), own_clock(&listing, row), moved(row)].into_iter().flatten();
        ((0..2).map(|index| hours(row, index)).collect(), remarks.collect())
    }

    #[test]
    fn hours_and_what_they_leave_to_say() {
        let madrid = |start, end| sample::zoned("Europe/Madrid", start, end);
        let athens = |start, end| sample::zoned("Europe/Athens", start, end);
        for (when, hours, remarks) in [
            (sample::dates("2026-12-01", "2026-12-01"), ["all day", ""], &[][..]),
            (sample::dates("2026-12-01", "2026-12-03"), ["day 1 of 3", ""], &["until Thu 3 Dec"]),
            (sample::dates("2026-11-18", "2026-11-21"), ["day 3 of 4", ""], &["until Sat 21 Nov"]),
            (sample::dates("2026-11-18", "2026-11-20"), ["day 3 of 3", ""], &[]),
            (madrid("2026-12-01T18:00", "2026-12-01T20:00"), ["18:00–20:00", "Wed 02:00–04:00"], &[]),
            (madrid("2026-12-01T18:00", "2026-12-02T00:00"), ["18:00–24:00", "Wed 02:00–08:00"], &[]),
            (madrid("2026-12-01T22:00", "2026-12-02T01:00"), ["22:00–01:00 +1", "Wed 06:00–09:00"], &[]),
            (
                madrid("2026-12-01T09:00", "2026-12-04T10:00"),
                ["from 09:00", "from 17:00"],
                &["until Fri 4 Dec 10:00 CET"],
            ),
            (
                madrid("2026-11-19T22:00", "2026-11-20T01:00"),
                ["until 01:00", "until 09:00"],
                &["since Thu 19 Nov 22:00 CET"],
            ),
            (
                madrid("2026-10-20T10:00", "2026-11-22T10:00"),
                ["day 32 of 34", ""],
                &["Tue 20 Oct 10:00 CEST – Sun 22 Nov 10:00 CET"],
            ),
            (
                athens("2026-12-02T00:30", "2026-12-02T02:00"),
                ["23:30–01:00 +1", "Wed 07:30–09:00"],
                &["Wed 00:30 EET Athens"],
            ),
            (
                When::Floating { start: sample::wall("2026-12-01T11:00"), end: sample::wall("2026-12-01T11:05") },
                ["11:00–11:05", ""],
                &[],
            ),
        ] {
            assert_eq!(
                shown(when, |_| ()),
                (hours.map(String::from).into(), remarks.iter().map(|one| (*one).into()).collect())
            );
        }
    }

    #[test]
    fn an_assumed_end_is_not_claimed_and_an_earlier_start_is_said() {
        let when = sample::zoned("America/Vancouver", "2026-12-02T18:00", "2026-12-02T20:00");
        let (hours, remarks) = shown(when, |event| {
            event.ends = Ends::Assumed;
            event.moved_from = Some(sample::zoned("America/Vancouver", "2025-11-30T18:00", "2025-11-30T19:00"));
        });
        assert_eq!(hours, ["02:00", "10:00"]);
        assert_eq!(remarks, ["Wed 18:00 MST Vancouver", "moved from Sun 30 Nov 2025 18:00 (Vancouver)"]);
    }
}
