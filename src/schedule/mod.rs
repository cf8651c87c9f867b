//! Occurrences in a window: what happens, and when, between two days of a zone.

pub mod dates;
pub mod window;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

pub use window::Window;

use crate::calendar::{Calendar, Filter};
use crate::event::{Event, When};
use crate::zone::Zone;

/// One concrete happening of an event.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Occurrence<'c> {
    /// What happens.
    pub event: &'c Event,
    /// When.
    pub when: When,
}

/// The occurrences of which any part lies in `window`, in order: by day of the window's zone, all-day ones first, then
/// by instant, floating ones by their clock, then by id.
pub fn occurrences<'c>(calendar: &'c Calendar, filter: &Filter, window: &Window) -> Vec<Occurrence<'c>> {
    let settings = &calendar.settings;
    let mut found: Vec<Occurrence<'c>> = calendar
        .events
        .iter()
        .filter(|event| window.touches(&event.when) && filter.takes(event, &settings.kinds, &settings.language))
        .map(|event| Occurrence { event, when: event.when })
        .collect();
    found.sort_by_cached_key(|occurrence| (order(&occurrence.when, window), &*occurrence.event.id));
    found
}

/// The next `count` occurrences that begin at or after `now`, or are on at `now`.
pub fn next<'c>(
    calendar: &'c Calendar,
    filter: &Filter,
    zone: Zone,
    now: DateTime<Utc>,
    count: usize,
) -> Vec<Occurrence<'c>> {
    let today = now.with_timezone(&zone).date_naive();
    let window = Window::from(today, zone);
    let mut found = occurrences(calendar, filter, &window);
    found.retain(|occurrence| !is_over(&occurrence.when, now, zone));
    found.truncate(count);
    found
}

/// Whether it has ended at `now`; dates and floating times by the clock of `zone`.
pub fn is_over(when: &When, now: DateTime<Utc>, zone: Zone) -> bool {
    let wall = now.with_timezone(&zone).naive_local();
    match when {
        When::AllDay(days) => days.end <= wall.date(),
        When::Zoned { end, .. } | When::Fixed { end, .. } => *end <= now,
        When::Floating { end, .. } => *end <= wall,
    }
}

type Order = (NaiveDate, u8, NaiveDateTime);

/// What began before the window stands at its first day.
fn order(when: &When, window: &Window) -> Order {
    let first = when_day(when, window.zone).max(window.first);
    match when {
        When::AllDay(days) => (first, 0, days.first.into()),
        When::Zoned { start, .. } | When::Fixed { start, .. } => {
            (first, 1, start.with_timezone(&window.zone).naive_local())
        }
        When::Floating { start, .. } => (first, 1, *start),
    }
}

/// The day on which it begins, by the clock of `zone`; dates are never shifted.
pub fn when_day(when: &When, zone: Zone) -> NaiveDate {
    match when {
        When::AllDay(days) => days.first,
        When::Zoned { start, .. } | When::Fixed { start, .. } => start.with_timezone(&zone).date_naive(),
        When::Floating { start, .. } => start.date(),
    }
}
