//! When an event happens. A date *is* all-day, so no flag can contradict it.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use crate::zone::{Resolved, Zone};

/// When an event happens: its end is always after its start.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum When {
    /// On dates, wherever one is; never shifted.
    AllDay(Days),
    /// Wall-clock time in a zone, resolved to instants.
    Zoned {
        /// Its rules were used to resolve the instants.
        zone: Zone,
        /// Inclusive.
        start: DateTime<Utc>,
        /// Exclusive.
        end: DateTime<Utc>,
    },
    /// An instant with a known offset but no zone.
    Fixed {
        /// As written in the record.
        offset: FixedOffset,
        /// Inclusive.
        start: DateTime<Utc>,
        /// Exclusive.
        end: DateTime<Utc>,
    },
    /// The same wall clock everywhere (`timezone = "local"`).
    Floating {
        /// Inclusive.
        start: NaiveDateTime,
        /// Exclusive.
        end: NaiveDateTime,
    },
}

/// Where the end of an event comes from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Ends {
    /// The record gave it.
    #[default]
    Stated,
    /// The record gave neither `end` nor `duration`, and the kind's default length, or one day, was taken.
    Assumed,
    /// Open (`end = "open"`). The stored end is that of the as-of day, or of the first day if the event is in the future or
    /// cancelled; it is never shown.
    Open,
}

/// A half-open range of days, at least one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Days {
    /// The first day.
    pub first: NaiveDate,
    /// The day after the last one.
    pub end: NaiveDate,
}

impl Days {
    /// The days from `first` up to `end`, which it does not hold; `None` where that is not a day at all.
    pub fn new(first: NaiveDate, end: NaiveDate) -> Option<Self> {
        (first < end).then_some(Days { first, end })
    }

    /// The last day.
    pub fn last(self) -> NaiveDate {
        self.end - TimeDelta::days(1)
    }

    /// How many days; at least 1.
    pub fn count(self) -> i64 {
        (self.end - self.first).num_days()
    }
}

impl When {
    /// The first day, by the event's own clock.
    pub fn first_day(&self) -> NaiveDate {
        match self {
            When::AllDay(days) => days.first,
            When::Zoned { zone, start, .. } => start.with_timezone(zone).date_naive(),
            When::Fixed { offset, start, .. } => start.with_timezone(offset).date_naive(),
            When::Floating { start, .. } => start.date(),
        }
    }

    /// The last day that holds any of it, by the event's own clock.
    pub fn last_day(&self) -> NaiveDate {
        let moment = TimeDelta::nanoseconds(1);
        match self {
            When::AllDay(days) => days.last(),
            When::Zoned { zone, end, .. } => (*end - moment).with_timezone(zone).date_naive(),
            When::Fixed { offset, end, .. } => (*end - moment).with_timezone(offset).date_naive(),
            When::Floating { end, .. } => (*end - moment).date(),
        }
    }

    /// The day of `now` in its own zone, or in `zone` if it is all-day or floating.
    pub fn today(&self, now: DateTime<Utc>, zone: Zone) -> NaiveDate {
        match self {
            When::Zoned { zone, .. } => now.with_timezone(zone).date_naive(),
            When::Fixed { offset, .. } => now.with_timezone(offset).date_naive(),
            When::AllDay(_) | When::Floating { .. } => now.with_timezone(&zone).date_naive(),
        }
    }

    /// The same, ending with `day` in its own zone, or with its first day if that is later. Times with a fixed offset and
    /// floating times are unchanged.
    #[must_use]
    pub fn to_end_of(&self, day: NaiveDate) -> Self {
        let next = |day: NaiveDate| day.succ_opt().unwrap_or(day);
        match *self {
            When::AllDay(Days { first, .. }) => When::AllDay(Days { first, end: next(day.max(first)) }),
            When::Zoned { zone, start, .. } => {
                let end = midnight(next(day.max(self.first_day())), zone);
                When::Zoned { zone, start, end }
            }
            When::Fixed { .. } | When::Floating { .. } => *self,
        }
    }

    /// Whether it is on dates, without hours.
    pub fn is_all_day(&self) -> bool {
        matches!(self, When::AllDay(_))
    }

    /// Whether both are at the same time, whatever their zones are called.
    pub fn is_at_time_of(&self, other: &When) -> bool {
        let span = |when: &When| match *when {
            When::Zoned { start, end, .. } | When::Fixed { start, end, .. } => Some((start, end)),
            When::AllDay(_) | When::Floating { .. } => None,
        };
        match (span(self), span(other)) {
            (Some(one), Some(other)) => one == other,
            _ => self == other,
        }
    }

    /// The instant at which it begins; `None` for dates and floating times, which begin at many instants.
    pub fn start_instant(&self) -> Option<DateTime<Utc>> {
        match self {
            When::Zoned { start, .. } | When::Fixed { start, .. } => Some(*start),
            When::AllDay(_) | When::Floating { .. } => None,
        }
    }
}

/// The first instant of a day. Where clocks skip midnight, the day begins with the jump; where it happens twice, with
/// the first.
pub fn midnight(day: NaiveDate, zone: Zone) -> DateTime<Utc> {
    match zone.resolve(day.and_time(NaiveTime::MIN)) {
        Resolved::Single(at) | Resolved::Gap { at, .. } | Resolved::Overlap { first: at, .. } => at,
    }
}
