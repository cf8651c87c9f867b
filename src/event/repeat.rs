//! How an event repeats: a rule, what is left out, what comes besides, what is not as planned.
//!
//! An occurrence is named by its planned start on the event's own wall clock, even after it was moved (RFC 5545 3.8.4.4);
//! a day is named by its midnight.

use chrono::{Days as DayCount, NaiveDateTime, NaiveTime, TimeDelta};

use super::{Days, Event, When};
use crate::recurrence::Rule;
use crate::zone::{Resolved, Zone};

/// The repeat of a base event. Every exception and every change hits an occurrence.
#[derive(Clone, PartialEq, Hash, Debug)]
pub struct Repeat {
    /// None where only `also` says when it happens again.
    pub rule: Option<Rule>,
    /// Planned starts that do not happen, sorted.
    pub except: Box<[NaiveDateTime]>,
    /// Occurrences besides the rule's, by their start on the wall clock, each once.
    pub also: Box<[When]>,
    /// Occurrences that are not as planned, by planned start.
    pub changes: Box<[Change]>,
}

/// One occurrence that is not as planned.
#[derive(Clone, PartialEq, Hash, Debug)]
pub struct Change {
    /// The planned start on the base event's wall clock.
    pub planned: NaiveDateTime,
    /// The occurrence as it will be: the base event with what was changed.
    pub event: Event,
}

impl Repeat {
    /// The planned starts in `[from, to)` of the base event's wall clock that do happen, in order. Those that were moved
    /// are among them, under their planned start.
    pub fn planned<'r>(
        &'r self,
        base: &When,
        from: NaiveDateTime,
        to: NaiveDateTime,
    ) -> impl Iterator<Item = NaiveDateTime> + 'r {
        let start = base.wall();
        let [first, end] = [from, to].map(|bound| self.also.partition_point(|also| also.wall() < bound));
        let alone = self.rule.is_none().then_some(start).filter(|at| (from..to).contains(at));
        let inside = self.also.get(first..end).unwrap_or_default();
        let mut besides: Vec<NaiveDateTime> = alone.into_iter().chain(inside.iter().map(When::wall)).collect();
        besides.sort_unstable();
        besides.dedup();
        let mut besides = besides.into_iter().peekable();
        let mut by_rule = self.rule.iter().flat_map(move |rule| rule.between(start, from, to)).peekable();
        std::iter::from_fn(move || match (by_rule.peek(), besides.peek()) {
            (Some(one), Some(other)) if other < one => besides.next(),
            (Some(one), Some(other)) => {
                if one == other {
                    besides.next();
                }
                by_rule.next()
            }
            (Some(_), None) => by_rule.next(),
            (None, _) => besides.next(),
        })
        .filter(|at| !self.is_excepted(*at))
    }

    /// When the occurrence planned for `planned` would be, were it not changed.
    pub fn when(&self, base: &When, planned: NaiveDateTime) -> Option<When> {
        self.besides(planned).copied().or_else(|| base.begun_at(planned))
    }

    /// The occurrence of [`Repeat::also`] that starts at `planned`.
    pub fn besides(&self, planned: NaiveDateTime) -> Option<&When> {
        self.also.binary_search_by_key(&planned, When::wall).ok().map(|index| &self.also[index])
    }

    /// The change of the occurrence that was planned for `planned`.
    pub fn change(&self, planned: NaiveDateTime) -> Option<&Change> {
        self.changes.binary_search_by(|change| change.planned.cmp(&planned)).ok().map(|index| &self.changes[index])
    }

    /// Whether the occurrence planned for `planned` does not happen.
    pub fn is_excepted(&self, planned: NaiveDateTime) -> bool {
        self.except.binary_search(&planned).is_ok()
    }
}

impl When {
    /// The start on its own wall clock; a day is its midnight.
    pub fn wall(&self) -> NaiveDateTime {
        match self {
            When::AllDay(days) => days.first.and_time(NaiveTime::MIN),
            When::Zoned { zone, start, .. } => start.with_timezone(zone).naive_local(),
            When::Fixed { offset, start, .. } => start.with_timezone(offset).naive_local(),
            When::Floating { start, .. } => *start,
        }
    }

    /// The same, begun at another time of its own wall clock, with the same exact length (RFC 5545 3.8.5.3). `None` past
    /// the last year that can be written.
    #[must_use]
    pub fn begun_at(&self, wall: NaiveDateTime) -> Option<When> {
        // The base occurrence stays what its record says, also where its clock time happens twice.
        if wall == self.wall() {
            return Some(*self);
        }
        Some(match *self {
            When::AllDay(days) => {
                let end = wall.date().checked_add_days(DayCount::new(days.count() as u64))?;
                When::AllDay(Days::new(wall.date(), end)?)
            }
            When::Zoned { zone, start, end } => {
                let at = instant(zone, wall);
                When::Zoned { zone, start: at, end: at.checked_add_signed(end - start)? }
            }
            When::Fixed { offset, start, end } => {
                let at = (wall - TimeDelta::seconds(offset.local_minus_utc().into())).and_utc();
                When::Fixed { offset, start: at, end: at.checked_add_signed(end - start)? }
            }
            When::Floating { start, end } => When::Floating { start: wall, end: wall.checked_add_signed(end - start)? },
        })
    }
}

/// The instant of a wall-clock time of a repeat: in a gap by the offset before it, in an overlap the first of the two
/// (RFC 5545 3.3.5).
fn instant(zone: Zone, wall: NaiveDateTime) -> chrono::DateTime<chrono::Utc> {
    match zone.resolve(wall) {
        Resolved::Single(at) | Resolved::Overlap { first: at, .. } => at,
        Resolved::Gap { before, .. } => (wall - TimeDelta::seconds(before.seconds().into())).and_utc(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zone::Tzdb;

    fn time(text: &str) -> NaiveDateTime {
        text.parse().expect("a time")
    }

    #[test]
    fn a_repeat_keeps_its_clock_and_its_length() {
        let zone = Tzdb::bundled().zone("Europe/Madrid").expect("a zone");
        let start = instant(zone, time("2026-01-13T19:00:00"));
        let base = When::Zoned { zone, start, end: start + TimeDelta::minutes(90) };
        let summer = base.begun_at(time("2026-07-14T19:00:00")).expect("a time");
        assert_eq!(summer.wall(), time("2026-07-14T19:00:00"));
        assert_eq!(summer.start_instant().expect("an instant").to_rfc3339(), "2026-07-14T17:00:00+00:00");
    }

    #[test]
    fn skipped_and_doubled_hours_are_read_as_the_standard_has_it() {
        let zone = Tzdb::bundled().zone("America/New_York").expect("a zone");
        // RFC 5545 3.3.5 gives this very example for the gap.
        assert_eq!(instant(zone, time("2007-03-11T02:30:00")).to_rfc3339(), "2007-03-11T07:30:00+00:00");
        assert_eq!(instant(zone, time("2007-11-04T01:30:00")).to_rfc3339(), "2007-11-04T05:30:00+00:00");
    }
}
