//! A window of time: whole days of a zone, half-open.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use crate::event::When;
use crate::event::when::midnight;
use crate::zone::Zone;

/// The days from `first` up to `end`, which it does not hold, by the clock of `zone`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Window {
    /// The first day.
    pub first: NaiveDate,
    /// The day after the last one.
    pub end: NaiveDate,
    /// Whose days they are.
    pub zone: Zone,
    /// The first instant.
    from: DateTime<Utc>,
    /// The instant after the last one.
    to: DateTime<Utc>,
}

impl Window {
    /// The days from `first` to `last`, both included.
    pub fn days(first: NaiveDate, last: NaiveDate, zone: Zone) -> Self {
        let end = last.succ_opt().unwrap_or(last);
        Window { first, end, zone, from: midnight(first, zone), to: midnight(end, zone) }
    }

    /// The days from `first` on.
    pub fn from(first: NaiveDate, zone: Zone) -> Self {
        Window { first, end: NaiveDate::MAX, zone, from: midnight(first, zone), to: DateTime::<Utc>::MAX_UTC }
    }

    /// All days.
    pub fn always(zone: Zone) -> Self {
        let (from, to) = (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
        Window { first: NaiveDate::MIN, end: NaiveDate::MAX, zone, from, to }
    }

    /// Whether any part of `when` lies in it.
    pub fn touches(&self, when: &When) -> bool {
        match when {
            When::AllDay(days) => days.first < self.end && self.first < days.end,
            When::Zoned { start, end, .. } | When::Fixed { start, end, .. } => *start < self.to && self.from < *end,
            When::Floating { start, end } => start.date() < self.end && self.first.and_time(NaiveTime::MIN) < *end,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Days;
    use crate::zone::Tzdb;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn a_day_without_midnight_begins_with_the_jump() {
        let zone = Tzdb::bundled().zone("America/Havana").expect("a zone");
        assert_eq!(midnight(day("2024-03-10"), zone).to_rfc3339(), "2024-03-10T05:00:00+00:00");
    }

    #[test]
    fn an_event_that_ends_at_midnight_is_not_of_the_next_day() {
        let zone = Tzdb::bundled().zone("Europe/Athens").expect("a zone");
        let start = midnight(day("2022-11-09"), zone);
        let end = midnight(day("2022-11-10"), zone);
        let strike = When::Zoned { zone, start, end };
        assert!(Window::days(day("2022-11-09"), day("2022-11-09"), zone).touches(&strike));
        assert!(!Window::days(day("2022-11-10"), day("2022-11-10"), zone).touches(&strike));
        let dates = When::AllDay(Days::new(day("2022-11-08"), day("2022-11-10")).expect("days"));
        assert!(Window::days(day("2022-11-09"), day("2022-11-09"), zone).touches(&dates));
        assert!(!Window::days(day("2022-11-10"), day("2022-11-12"), zone).touches(&dates));
    }

    #[test]
    fn what_begins_after_the_last_day_is_not_of_the_window() {
        let zone = Tzdb::bundled().zone("Europe/Athens").expect("a zone");
        let eve = Window::days(day("2022-11-07"), day("2022-11-08"), zone);
        let start = midnight(day("2022-11-09"), zone);
        let strike = When::Zoned { zone, start, end: midnight(day("2022-11-10"), zone) };
        assert!(!eve.touches(&strike));
        assert!(!eve.touches(&When::AllDay(Days::new(day("2022-11-09"), day("2022-11-10")).expect("days"))));
        let at = |text: &str| day(text).and_time(NaiveTime::MIN);
        assert!(!eve.touches(&When::Floating { start: at("2022-11-09"), end: at("2022-11-10") }));
        assert!(eve.touches(&When::Floating { start: at("2022-11-08"), end: at("2022-11-10") }));
    }
}
