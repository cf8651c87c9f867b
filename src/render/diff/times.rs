//! Times of changes in words: on which clock, from when to when, and by how much.

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};

use super::Difference;
use crate::event::When;
use crate::language::{DateStyle, Language};
use crate::zone::Zone;

pub(super) fn day(day: NaiveDate) -> String {
    Language::ENGLISH.date(DateStyle::Heading, day)
}

/// `3 March 2026`, where the weekday is known.
pub(super) fn date(day: NaiveDate) -> String {
    format!("{} {}", day.day(), Language::ENGLISH.date(DateStyle::Month, day))
}

pub(super) fn time(moment: NaiveDateTime) -> String {
    Language::ENGLISH.time(moment.time())
}

/// The zone in which an event is shown; `None` for dates and floating times.
pub(super) fn shown_zone(when: &When, difference: &Difference<'_>) -> Option<Zone> {
    match when {
        When::Zoned { zone, .. } if *zone == Zone::utc() => Some(difference.home.unwrap_or(*zone)),
        When::Zoned { zone, .. } => Some(*zone),
        When::Fixed { .. } => Some(difference.home.unwrap_or_else(Zone::utc)),
        When::AllDay(_) | When::Floating { .. } => None,
    }
}

/// Start and end on the clock of `zone`.
pub(super) fn clock(when: &When, zone: Option<Zone>) -> (NaiveDateTime, NaiveDateTime) {
    match (when, zone) {
        (When::Zoned { start, end, .. } | When::Fixed { start, end, .. }, Some(zone)) => {
            (start.with_timezone(&zone).naive_local(), end.with_timezone(&zone).naive_local())
        }
        _ => (when.wall(), when.wall_end()),
    }
}

/// `Tue 3 March 2026, 19:00 Madrid`; days for what is on dates.
pub(super) fn moment(when: &When, zone: Option<Zone>) -> String {
    match when {
        When::AllDay(days) if days.count() == 1 => day(days.first),
        When::AllDay(days) => format!("{} – {}", day(days.first), day(days.last())),
        _ => {
            let (start, _) = clock(when, zone);
            format!("{}, {}{}", day(start.date()), time(start), city(zone))
        }
    }
}

pub(super) fn city(zone: Option<Zone>) -> String {
    zone.map_or_else(|| " local time".to_owned(), |zone| format!(" {}", zone.city()))
}

/// An end with its day, if that is not the day of the start.
pub(super) fn time_of(at: NaiveDateTime, when: &When, zone: Option<Zone>) -> String {
    if clock(when, zone).0.date() == at.date() { time(at) } else { format!("{}, {}", day(at.date()), time(at)) }
}

pub(super) fn end(when: &When, zone: Option<Zone>) -> NaiveDateTime {
    match when {
        When::AllDay(days) => days.last().and_time(chrono::NaiveTime::MIN),
        _ => clock(when, zone).1,
    }
}

/// `1 h later`, `2 days earlier`.
pub(super) fn by(old: &When, new: &When, ends: bool) -> String {
    let shift = shift(old, new, ends);
    let Some(shift) = shift else {
        return if new.is_all_day() { "now all day" } else { "now at a time of day" }.to_owned();
    };
    let (size, word) = if shift < TimeDelta::zero() { (-shift, "earlier") } else { (shift, "later") };
    format!("{} {word}", length(size))
}

/// By how much a time moves; `None` between dates and times of day.
pub(super) fn shift(old: &When, new: &When, ends: bool) -> Option<TimeDelta> {
    Some(match (old, new) {
        (When::AllDay(a), When::AllDay(b)) => {
            if ends {
                b.end - a.end
            } else {
                b.first - a.first
            }
        }
        (When::AllDay(_), _) | (_, When::AllDay(_)) => return None,
        _ => match (old.start_instant(), new.start_instant()) {
            // The clock may change between two days: people count by the clock.
            (Some(_), Some(_)) if same_zone(old, new) => {
                if ends {
                    new.wall_end() - old.wall_end()
                } else {
                    new.wall() - old.wall()
                }
            }
            (Some(a), Some(b)) if !ends => b - a,
            (Some(_), Some(_)) => clock(new, Some(Zone::utc())).1 - clock(old, Some(Zone::utc())).1,
            _ => {
                if ends {
                    new.wall_end() - old.wall_end()
                } else {
                    new.wall() - old.wall()
                }
            }
        },
    })
}

pub(super) fn same_zone(old: &When, new: &When) -> bool {
    matches!((old, new), (When::Zoned { zone: a, .. }, When::Zoned { zone: b, .. }) if a == b)
}

/// `1 day 2 h`, `30 min`.
pub(super) fn length(size: TimeDelta) -> String {
    let (days, hours, minutes, seconds) =
        (size.num_days(), size.num_hours() % 24, size.num_minutes() % 60, size.num_seconds() % 60);
    let mut parts = Vec::new();
    if days > 0 {
        parts.push(if days == 1 { "1 day".to_owned() } else { format!("{days} days") });
    }
    for (count, unit) in [(hours, "h"), (minutes, "min"), (seconds, "s")] {
        if count > 0 {
            parts.push(format!("{count} {unit}"));
        }
    }
    if parts.is_empty() { "0 min".to_owned() } else { parts.join(" ") }
}
