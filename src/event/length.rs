//! How long an event lasts, in the sense in which its record says so.
//!
//! `end` is a clock time: each occurrence of a repeat ends at that clock time, that many days after its start. `duration`
//! counts days and weeks on the clock, hours and minutes exactly (RFC 5545 3.3.6). The two differ where the clocks
//! change between start and end.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

use super::When;
use crate::zone::Zone;

/// A length of time: first a part that is counted on the clock, then one that is exact.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Length {
    /// What the clock shows at the end of this part, less what it shows at the start.
    pub clock: TimeDelta,
    /// Elapsed time after that.
    pub exact: TimeDelta,
}

impl Length {
    /// Elapsed time only.
    pub fn exact(exact: TimeDelta) -> Self {
        Length { clock: TimeDelta::zero(), exact }
    }

    /// The clock time at which an event ends, as seen from its start. Elapsed time where the clock shows no later time at
    /// the end: the clock went back in between.
    pub fn by_clock(when: &When) -> Self {
        let clock = when.wall_end() - when.wall();
        if clock > TimeDelta::zero() {
            Length { clock, exact: TimeDelta::zero() }
        } else {
            Length::exact(when.elapsed())
        }
    }

    /// The length of `when`: `clock` is nominal (wall clock), the rest is exact.
    pub fn from_clock(when: &When, clock: TimeDelta) -> Self {
        let part = Length { clock, exact: TimeDelta::zero() };
        let rest = match when {
            When::Zoned { zone, start, end } => part.end_in(*zone, when.wall(), *start).map(|middle| *end - middle),
            When::AllDay(_) | When::Fixed { .. } | When::Floating { .. } => Some(when.elapsed() - clock),
        };
        match rest {
            Some(exact) if exact >= TimeDelta::zero() => Length { clock, exact },
            _ => Length::exact(when.elapsed()),
        }
    }

    /// The sum of the two parts.
    pub fn total(self) -> TimeDelta {
        self.clock + self.exact
    }

    /// The end of an occurrence that begins at `start`, which is `wall` in `zone`.
    ///
    /// If a gap moves the end to or before the start, the whole length is exact: an event from 02:30 to 03:15, on the
    /// night when 02:00 becomes 03:00, lasts 45 minutes from 03:30. `None` after the last year that can be represented.
    pub fn end_in(self, zone: Zone, wall: NaiveDateTime, start: DateTime<Utc>) -> Option<DateTime<Utc>> {
        // A clock time that happens twice is not read again.
        if self.clock.is_zero() {
            return start.checked_add_signed(self.exact);
        }
        let end = zone.instant(wall.checked_add_signed(self.clock)?).checked_add_signed(self.exact)?;
        if end > start { Some(end) } else { start.checked_add_signed(self.total()) }
    }
}

impl When {
    /// The time from start to end; a day counts as 24 hours.
    pub fn elapsed(&self) -> TimeDelta {
        match self {
            When::AllDay(days) => TimeDelta::days(days.count()),
            When::Zoned { start, end, .. } | When::Fixed { start, end, .. } => *end - *start,
            When::Floating { start, end } => *end - *start,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zone::Tzdb;

    fn zone(name: &str) -> Zone {
        Tzdb::bundled().zone(name).expect("a zone")
    }

    fn time(text: &str) -> NaiveDateTime {
        text.parse().expect("a time")
    }

    fn between(zone: Zone, start: &str, end: &str) -> When {
        When::Zoned { zone, start: zone.instant(time(start)), end: zone.instant(time(end)) }
    }

    /// The end, with its offset, of an occurrence that begins at `start`.
    fn end(zone: Zone, length: Length, start: &str) -> String {
        let wall = time(start);
        let end = length.end_in(zone, wall, zone.instant(wall)).expect("an end");
        end.with_timezone(&zone).format("%d %H:%M%:z").to_string()
    }

    #[test]
    fn an_end_is_a_clock_time_and_hours_are_exact() {
        let madrid = zone("Europe/Madrid");
        let night = between(madrid, "2027-03-20T22:00:00", "2027-03-21T06:00:00");
        let (clock, exact) = (Length::by_clock(&night), Length::exact(night.elapsed()));
        for (start, by_clock, after_hours) in [
            ("2027-03-20T22:00:00", "21 06:00+01:00", "21 06:00+01:00"),
            ("2027-03-27T22:00:00", "28 06:00+02:00", "28 07:00+02:00"),
            ("2027-10-30T22:00:00", "31 06:00+01:00", "31 05:00+01:00"),
        ] {
            assert_eq!(end(madrid, clock, start), by_clock, "{start}");
            assert_eq!(end(madrid, exact, start), after_hours, "{start}");
        }
        // The same where the first one is the short night.
        let short = between(madrid, "2027-03-27T22:00:00", "2027-03-28T06:00:00");
        assert_eq!(end(madrid, Length::by_clock(&short), "2027-04-03T22:00:00"), "04 06:00+02:00");
        assert_eq!(end(madrid, Length::exact(short.elapsed()), "2027-04-03T22:00:00"), "04 05:00+02:00");
    }

    #[test]
    fn days_are_counted_on_the_clock_and_hours_after_them_are_exact() {
        let length = |text| crate::resolve::length::parse(text).expect("a length");
        let madrid = zone("Europe/Madrid");
        assert_eq!(end(madrid, length("3d"), "2027-03-26T18:00:00"), "29 18:00+02:00");
        assert_eq!(end(madrid, length("1w"), "2027-10-29T18:00:00"), "05 18:00+01:00");
        assert_eq!(end(madrid, length("72h"), "2027-03-26T18:00:00"), "29 19:00+02:00");
        // One day to 18:00 before the change, then twelve hours over it.
        assert_eq!(end(madrid, length("1d12h"), "2027-03-26T18:00:00"), "28 07:00+02:00");
        // One day over the change, then twelve hours.
        assert_eq!(end(madrid, length("1d12h"), "2027-03-27T18:00:00"), "29 06:00+02:00");
        // By half an hour, at midnight, by a day.
        assert_eq!(end(zone("Australia/Lord_Howe"), length("1d"), "2026-10-03T12:00:00"), "04 12:00+11:00");
        assert_eq!(end(zone("America/Havana"), length("1d"), "2024-03-09T00:30:00"), "10 01:30-04:00");
        assert_eq!(end(zone("Pacific/Apia"), length("2d"), "2011-12-29T09:00:00"), "31 09:00+14:00");
    }

    #[test]
    fn an_end_in_a_skipped_or_doubled_hour_is_read_as_the_standard_has_it() {
        let madrid = zone("Europe/Madrid");
        let by_clock = |start, end| Length::by_clock(&between(madrid, start, end));
        let to_half_past_two = by_clock("2027-03-20T23:00:00", "2027-03-21T02:30:00");
        assert_eq!(end(madrid, to_half_past_two, "2027-03-27T23:00:00"), "28 03:30+02:00");
        assert_eq!(end(madrid, to_half_past_two, "2027-10-30T23:00:00"), "31 02:30+02:00");
        // Both ends in the gap move by the same hour.
        let quarter = by_clock("2027-03-21T02:15:00", "2027-03-21T02:30:00");
        assert_eq!(end(madrid, quarter, "2027-03-28T02:15:00"), "28 03:30+02:00");
    }

    #[test]
    fn an_end_is_after_its_start_whatever_the_clocks_do() {
        let madrid = zone("Europe/Madrid");
        // 02:30 is 03:30 on that day, and 03:15 is before it.
        let over_three = Length::by_clock(&between(madrid, "2027-03-21T02:30:00", "2027-03-21T03:15:00"));
        assert_eq!(end(madrid, over_three, "2027-03-28T02:30:00"), "28 04:15+02:00");
        let night = Length::by_clock(&between(zone("Pacific/Apia"), "2011-12-20T22:00:00", "2011-12-21T06:00:00"));
        assert_eq!(end(zone("Pacific/Apia"), night, "2011-12-30T22:00:00"), "01 06:00+14:00");
        // From 02:45 in summer time to 02:15 in winter time there are thirty minutes.
        let start = "2027-10-31T00:45:00Z".parse().expect("an instant");
        let doubled = When::Zoned { zone: madrid, start, end: start + TimeDelta::minutes(30) };
        assert_eq!(end(madrid, Length::by_clock(&doubled), "2027-11-07T02:45:00"), "07 03:15+01:00");
    }

    #[test]
    fn the_exact_rest_is_what_the_clock_part_leaves() {
        let madrid = zone("Europe/Madrid");
        for text in ["8h", "3d", "1d12h", "2w30m"] {
            let length = crate::resolve::length::parse(text).expect("a length");
            for start in ["2027-03-20T22:00:00", "2027-03-27T22:00:00", "2027-10-30T22:00:00"] {
                let (wall, at) = (time(start), madrid.instant(time(start)));
                let end = length.end_in(madrid, wall, at).expect("an end");
                let when = When::Zoned { zone: madrid, start: at, end };
                assert_eq!(Length::from_clock(&when, length.clock), length, "{text} from {start}");
            }
        }
    }
}
