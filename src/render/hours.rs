//! The hours of an occurrence in words and in standard forms.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};

use crate::event::When;
use crate::view::listing::{Row, Span, Times, last_day};
use crate::view::stamp::Stamp;

/// The hours by the clock `index` of the listing, to stand under the day of the row: `18:00–20:00`, `all day`,
/// `day 2 of 3`, `until 01:00`; by another day than the row's with the weekday: `Wed 18:00–20:00`.
///
/// An end on a later day is marked (`22:00–01:00 +1`), and an assumed end is left out. Empty for other clocks than the
/// first, where the row says which of many days it is.
pub fn hours(row: &Row<'_>, index: usize) -> String {
    let (start, end) = match &row.times {
        Times::Days(days) => {
            return match row.ordinal {
                _ if index > 0 => String::new(),
                Some(ordinal) => format!("day {ordinal} of {}", days.count()),
                None => "all day".into(),
            };
        }
        Times::Clocks { shown, own, .. } => {
            let Span { start, end } = shown.get(index).unwrap_or(own);
            (start.local, end.local)
        }
        Times::Floating { .. } if index > 0 => return String::new(),
        Times::Floating { start, end } => (*start, *end),
    };
    if row.ordinal.is_some_and(|ordinal| ordinal > 1) {
        return if last_day(&row.times) <= row.day {
            let (day, time) = ending(row.day, end);
            format!("until {}{time}", weekday(day, row.day))
        } else if index == 0 {
            let begins = start.date();
            format!("day {} of {}", (row.day - begins).num_days() + 1, (last_day(&row.times) - begins).num_days() + 1)
        } else {
            String::new()
        };
    }
    let from = format!("{}{}", weekday(start.date(), row.day), start.format("%H:%M"));
    if row.event.end_assumed {
        return from;
    }
    let (day, time) = ending(start.date(), end);
    match (day - start.date()).num_days() {
        0 => format!("{from}–{time}"),
        later => format!("{from}–{time} +{later}"),
    }
}

/// The event's own clock, where it shows another time than the first clock of the listing: `18:00 MST Vancouver`;
/// `Wed 18:00 MST Vancouver` where it shows another day than the row's, and the date where it is far.
pub fn own_clock(row: &Row<'_>) -> Option<String> {
    let Times::Clocks { own: Span { start, .. }, zone, differs: true, .. } = &row.times else { return None };
    let (day, time, abbreviation) = (start.day(), start.local.format("%H:%M"), &start.abbreviation);
    let day = match (day - row.day).num_days() {
        0 => String::new(),
        -3..=3 => day.format("%a ").to_string(),
        _ => day.format("%a %-d %b ").to_string(),
    };
    Some(match zone.map(city).filter(|city| city != abbreviation) {
        Some(city) => format!("{day}{time} {abbreviation} {city}"),
        None => format!("{day}{time} {abbreviation}"),
    })
}

/// The other end of what lasts several days: `until Sat 29 Oct`, `since Fri 28 Oct 18:00`. One that the hours show is
/// left out.
pub fn lasting(row: &Row<'_>) -> Option<String> {
    let ordinal = row.ordinal?;
    let last = last_day(&row.times);
    let (start, end) = match &row.times {
        Times::Days(_) => {
            return (last > row.day).then(|| format!("until {}", short_day(last, row.day)));
        }
        Times::Clocks { shown, own, .. } => {
            let Span { start, end } = shown.first().unwrap_or(own);
            (start.local, end.local)
        }
        Times::Floating { start, end } => (*start, *end),
    };
    let since = || format!("since {} {}", short_day(start.date(), row.day), start.format("%H:%M"));
    let until = || {
        let (day, time) = ending(row.day, end);
        format!("until {} {time}", short_day(day, row.day))
    };
    let shows_end = last <= row.day || (ordinal == 1 && (last - row.day).num_days() < 2);
    match (ordinal > 1, shows_end) {
        (true, true) => Some(since()),
        (true, false) => Some(format!("{} {}", since(), until())),
        (false, false) => Some(until()),
        (false, true) => None,
    }
}

/// Start and end as RFC 3339 by the clock `index` of the listing; of floating times without an offset, and dates for
/// dates, the end exclusive.
pub fn standard(times: &Times, index: usize) -> (String, String) {
    match times {
        Times::Days(days) => (days.first.to_string(), days.end.to_string()),
        Times::Clocks { shown, own, .. } => {
            let Span { start, end } = shown.get(index).unwrap_or(own);
            (start.rfc3339(), end.rfc3339())
        }
        Times::Floating { start, end } => (floating(*start), floating(*end)),
    }
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

/// What the clock `index` of the listing is called at the start; none for dates and floating times.
pub fn abbreviation<'r>(row: &'r Row<'_>, index: usize) -> Option<&'r str> {
    let Times::Clocks { shown, .. } = &row.times else { return None };
    shown.get(index).map(|span| &*span.start.abbreviation)
}

/// The city that a zone is named after.
pub fn city(zone: &str) -> String {
    zone.rsplit('/').next().unwrap_or(zone).replace('_', " ")
}

/// `Sat 29 Oct`, with the year where it is not that of `near`.
fn short_day(day: NaiveDate, near: NaiveDate) -> String {
    day.format(if day.year() == near.year() { "%a %-d %b" } else { "%a %-d %b %Y" }).to_string()
}

/// The day and time of an end; midnight is the end of the day before it, unless that is before `start`.
fn ending(start: NaiveDate, end: NaiveDateTime) -> (NaiveDate, String) {
    match end.date().pred_opt() {
        Some(before) if end.time() == NaiveTime::MIN && start <= before => (before, "24:00".into()),
        _ => (end.date(), end.format("%H:%M").to_string()),
    }
}

fn weekday(day: NaiveDate, shown: NaiveDate) -> String {
    if day == shown { String::new() } else { day.format("%a ").to_string() }
}

fn floating(time: NaiveDateTime) -> String {
    time.format("%Y-%m-%dT%H:%M:%S").to_string()
}
