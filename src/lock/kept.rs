//! When an event was, as the lock keeps it: enough to make its [`When`] again after the record is gone, and to tell a new
//! time from new rules for the old one.

use chrono::{DateTime, Days as DayCount, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};

use super::digest::{self, Digest};
use super::moment::Moment;
use crate::event::{Change, Days, Ends, Event, Length, Repeat, When};
use crate::recurrence::Rule;
use crate::zone::Tzdb;

/// Start, end and zone of an event.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kept {
    /// Name of the zone whose clock `start` and `end` show; none for days, fixed offsets and floating times.
    pub zone: Option<Box<str>>,
    /// Inclusive.
    pub start: Moment,
    /// Of days the last one, as in records; of times the first moment after it. None where the end is open.
    pub end: Option<Moment>,
}

/// How an event repeats.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct KeptRepeat {
    /// None where only single dates repeat it.
    pub rule: Option<Rule>,
    /// Planned starts that do not happen.
    pub except: Box<[NaiveDateTime]>,
    /// Starts besides the rule's.
    pub also: Box<[NaiveDateTime]>,
    /// Dates of `also` whose UID is not in the form that the usual hour would give it.
    pub pinned: Box<[NaiveDateTime]>,
    /// Occurrences that were moved, by planned start.
    pub moved: Box<[KeptOccurrence]>,
    /// Digest of the places of its occurrences; `None` in locks of earlier versions.
    pub places: Option<Digest>,
    /// The part of the length that is counted on the clock; nothing where all of it is exact.
    pub clock: TimeDelta,
}

/// One occurrence of a series that has a time of its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeptOccurrence {
    /// The planned start on the series' wall clock.
    pub planned: NaiveDateTime,
    /// When it is instead; the end is never open.
    pub when: Kept,
}

impl Kept {
    /// That of an event.
    pub fn of(event: &Event) -> Self {
        let Kept { zone, start, end } = Kept::of_time(&event.when);
        Kept { zone, start, end: end.filter(|_| event.ends != Ends::Open) }
    }

    /// That of a time.
    pub(super) fn of_time(when: &When) -> Self {
        let (zone, start, end) = match when {
            When::AllDay(days) => (None, Moment::Day(days.first), Moment::Day(days.last())),
            When::Zoned { zone, start, end } => {
                let shown = |at: &DateTime<Utc>| Moment::instant(*at, zone.offset_at(*at).fix());
                (Some(zone.name().into()), shown(start), shown(end))
            }
            When::Fixed { offset, start, end } => {
                (None, Moment::instant(*start, *offset), Moment::instant(*end, *offset))
            }
            When::Floating { start, end } => (None, Moment::Wall(*start), Moment::Wall(*end)),
        };
        Kept { zone, start, end: Some(end) }
    }

    /// The time itself; an open one lasts to the end of `today`. Instants stay what they were; a zone that no longer exists
    /// known leaves a fixed offset. None where start and end do not fit together, which only a hand in the lock can do.
    pub fn when(&self, tzdb: &Tzdb, today: NaiveDate) -> Option<When> {
        let end = self.end.unwrap_or(match self.start {
            Moment::Instant(start) => Moment::Instant(start.checked_add_signed(TimeDelta::hours(1))?),
            Moment::Wall(start) => Moment::Wall(start.checked_add_signed(TimeDelta::hours(1))?),
            day @ Moment::Day(_) => day,
        });
        let when = match (self.start, end) {
            (Moment::Day(first), Moment::Day(last)) => When::AllDay(Days::new(first, last.succ_opt()?)?),
            (Moment::Wall(start), Moment::Wall(end)) if start < end => When::Floating { start, end },
            (Moment::Instant(start), Moment::Instant(end)) if start < end => {
                let offset = *start.offset();
                let [start, end] = [start, end].map(|at| at.to_utc());
                match self.zone.as_deref().and_then(|name| tzdb.zone(name)) {
                    Some(zone) => When::Zoned { zone, start, end },
                    None => When::Fixed { offset, start, end },
                }
            }
            _ => return None,
        };
        Some(if self.end.is_none() { when.to_end_of(today) } else { when })
    }

    /// Whether `other` shows the same start on the same clock, and yet is another instant: its zone has new rules.
    pub fn is_shifted_to(&self, other: &Kept) -> bool {
        let instant = |moment| match moment {
            Moment::Instant(instant) => Some(instant),
            Moment::Day(_) | Moment::Wall(_) => None,
        };
        self.zone.is_some()
            && self.zone == other.zone
            && self.start.wall() == other.start.wall()
            && instant(self.start).zip(instant(other.start)).is_some_and(|(one, other)| one != other)
    }
}

impl KeptRepeat {
    /// That of a series. Of its changed occurrences the times are kept.
    pub fn of(event: &Event) -> Option<Box<Self>> {
        // Further strands have UIDs, and entries, of their own.
        let Repeat { rule, except, also, changes, pinned, suffix: _, strands: _ } = event.repeat.as_deref()?;
        let also = also.iter().map(When::wall).collect();
        let is_moved = |change: &&Change| {
            let planned = event.repeat.as_deref().and_then(|repeat| repeat.when(event, change.planned));
            planned.is_some_and(|planned| planned != change.event.when)
        };
        let kept =
            |change: &Change| KeptOccurrence { planned: change.planned, when: Kept::of_time(&change.event.when) };
        let moved = changes.iter().filter(is_moved).map(kept).collect();
        let clock = if event.when.is_all_day() { TimeDelta::zero() } else { event.length.clock };
        let places = Some(digest::places(event));
        Some(Box::new(KeptRepeat {
            places,
            rule: rule.clone(),
            except: except.clone(),
            also,
            pinned: pinned.clone(),
            moved,
            clock,
        }))
    }

    /// The repeat itself, of an event at `base` that is as long as `length` says.
    pub fn repeat(&self, base: &When, length: Length) -> Repeat {
        let also = self.also.iter().filter_map(|start| base.begun_at(*start, length)).collect();
        let pinned = self.pinned.clone();
        Repeat { rule: self.rule.clone(), except: self.except.clone(), also, pinned, ..Repeat::default() }
    }

    /// How long the occurrences of an event at `base` are.
    pub fn length(&self, base: &When) -> Length {
        if base.is_all_day() { Length::by_clock(base) } else { Length::from_clock(base, self.clock) }
    }

    /// Whether it has the same dates as `other`.
    pub fn has_dates_of(&self, other: &KeptRepeat) -> bool {
        (&self.rule, &self.except, &self.also) == (&other.rule, &other.except, &other.also)
    }
}

/// The day that lies `days` after another, or the last there is.
pub(super) fn days_after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(DayCount::new(days)).unwrap_or(NaiveDate::MAX)
}

/// The day that it is at `now` by the clock of `zone`.
pub(super) fn today<Z: TimeZone>(now: DateTime<Utc>, zone: &Z) -> NaiveDate {
    now.with_timezone(zone).date_naive()
}
