//! How an event repeats: a rule, exceptions, additional dates and changed occurrences.
//!
//! An occurrence is identified by its planned start in the event's local time, even after it was moved (RFC 5545 3.8.4.4);
//! an all-day occurrence by its midnight.
//!
//! One rule has one hour and one place. A series with several hours, or with another rule from a date on, has a strand for
//! each: an event with the same id, and its own UID and rule. [`Event::strands`] returns all of them, the first included;
//! code that visits the occurrences of a series must visit the strands.

use chrono::{Days as DayCount, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::{Days, Event, Length, When};
use crate::recurrence::Rule;
use crate::zone::Resolved;

/// The repeat of a base event. Every exception and every change hits an occurrence.
#[derive(Clone, PartialEq, Hash, Debug, Default)]
pub struct Repeat {
    /// `None` if only `also` has further dates.
    pub rule: Option<Rule>,
    /// Planned starts that do not happen, sorted.
    pub except: Box<[NaiveDateTime]>,
    /// Occurrences besides the rule's, by their start on the wall clock, each once.
    pub also: Box<[When]>,
    /// Occurrences that are not as planned, by planned start.
    pub changes: Box<[Change]>,
    /// Dates of `also` whose published UID has the hour although it is the usual one now, or lacks it although it is not,
    /// sorted. Records never set it; `calendar.lock` does, after the usual hour changed.
    pub pinned: Box<[NaiveDateTime]>,
    /// The suffix in UIDs that distinguishes this strand's dates from another's on the same days: `-thu-1200`. Empty for a
    /// strand that is identified by the event or by its date.
    pub suffix: Box<str>,
    /// Further strands of the series, in the order of their parts; they have none themselves.
    pub strands: Box<[Strand]>,
}

/// A part of a series that its first rule does not say.
#[derive(Clone, PartialEq, Hash, Debug)]
pub struct Strand {
    /// The date from which this strand replaces the previous one; `None` for an additional hour.
    pub from: Option<NaiveDate>,
    /// The event of this strand, with the same id and its own UID and repeat.
    pub event: Event,
}

impl Event {
    /// The event itself, then the further strands of its series. Each is an event with a UID and a repeat of its own.
    pub fn strands(&self) -> impl Iterator<Item = &Event> {
        std::iter::once(self).chain(self.further().iter().map(|strand| &strand.event))
    }

    /// All versions of the event: its strands and their changed occurrences.
    pub fn versions(&self) -> impl Iterator<Item = &Event> {
        self.strands().flat_map(|strand| {
            let changes = strand.repeat.iter().flat_map(|repeat| &repeat.changes);
            std::iter::once(strand).chain(changes.map(|change| &change.event))
        })
    }

    /// The further strands of its series.
    pub fn further(&self) -> &[Strand] {
        self.repeat.as_deref().map_or(&[], |repeat| &repeat.strands)
    }

    /// The same, to be changed.
    pub fn further_mut(&mut self) -> impl Iterator<Item = &mut Event> {
        self.repeat.as_deref_mut().into_iter().flat_map(|repeat| &mut repeat.strands).map(|strand| &mut strand.event)
    }
}

/// One occurrence that is not as planned.
#[derive(Clone, PartialEq, Hash, Debug)]
pub struct Change {
    /// The planned start on the base event's wall clock.
    pub planned: NaiveDateTime,
    /// The occurrence: the base event with the changes applied.
    pub event: Event,
}

impl Repeat {
    /// The planned starts in `[from, to)`, in local time, that take place, in order. Moved occurrences are included under
    /// their planned start. No two starts are the same instant.
    pub fn planned<'r>(
        &'r self,
        base: &'r When,
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
        .filter(|at| self.happens(base, *at))
    }

    /// When the occurrence planned for `planned` would be, were it not changed.
    pub fn when(&self, base: &Event, planned: NaiveDateTime) -> Option<When> {
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

    /// Whether the planned start `at` is neither excepted nor the same instant as another one.
    pub fn happens(&self, base: &When, at: NaiveDateTime) -> bool {
        !self.is_excepted(at) && self.same_instant(base, at).is_none()
    }

    /// If `at` is in a gap and the local time after the gap is planned too: that time. The start in the gap is not an
    /// occurrence then, such as 30 December 2011 of a daily repeat in Samoa, where that day does not exist.
    pub fn same_instant(&self, base: &When, at: NaiveDateTime) -> Option<NaiveDateTime> {
        let When::Zoned { zone, .. } = base else { return None };
        let Resolved::Gap { before, after, .. } = zone.resolve(at) else { return None };
        let shown = at.checked_add_signed(TimeDelta::seconds((after.seconds() - before.seconds()).into()))?;
        let start = base.wall();
        let by_rule = || self.rule.as_ref().is_some_and(|rule| rule.contains(start, shown));
        let is_start = self.rule.is_none() && shown == start;
        (is_start || self.besides(shown).is_some() || by_rule()).then_some(shown)
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

    /// The end on its own wall clock; of days the midnight after the last one.
    pub fn wall_end(&self) -> NaiveDateTime {
        match self {
            When::AllDay(days) => days.end.and_time(NaiveTime::MIN),
            When::Zoned { zone, end, .. } => end.with_timezone(zone).naive_local(),
            When::Fixed { offset, end, .. } => end.with_timezone(offset).naive_local(),
            When::Floating { end, .. } => *end,
        }
    }

    /// The same, begun at another time of its own wall clock and as long as `length` says; days are as many. `None` past
    /// the last year that can be written.
    #[must_use]
    pub fn begun_at(&self, wall: NaiveDateTime, length: Length) -> Option<When> {
        // The base occurrence stays what its record says, also where its clock time happens twice.
        if wall == self.wall() {
            return Some(*self);
        }
        Some(match *self {
            When::AllDay(days) => {
                let end = wall.date().checked_add_days(DayCount::new(days.count() as u64))?;
                When::AllDay(Days::new(wall.date(), end)?)
            }
            When::Zoned { zone, .. } => {
                let start = zone.instant(wall);
                When::Zoned { zone, start, end: length.end_in(zone, wall, start)? }
            }
            When::Fixed { offset, .. } => {
                let start = (wall - TimeDelta::seconds(offset.local_minus_utc().into())).and_utc();
                When::Fixed { offset, start, end: start.checked_add_signed(length.total())? }
            }
            When::Floating { .. } => When::Floating { start: wall, end: wall.checked_add_signed(length.total())? },
        })
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
        let start = zone.instant(time("2026-01-13T19:00:00"));
        let base = When::Zoned { zone, start, end: start + TimeDelta::minutes(90) };
        let length = Length::exact(TimeDelta::minutes(90));
        let summer = base.begun_at(time("2026-07-14T19:00:00"), length).expect("a time");
        assert_eq!(summer.wall(), time("2026-07-14T19:00:00"));
        assert_eq!(summer.start_instant().expect("an instant").to_rfc3339(), "2026-07-14T17:00:00+00:00");
        assert_eq!(summer.elapsed(), TimeDelta::minutes(90));
    }

    /// The starts of a rule from `start` on, two hours each, and their instants.
    fn instants(zone: &str, start: &str, rule: &str, except: &[&str], also: &[&str]) -> Vec<String> {
        let zone = Tzdb::bundled().zone(zone).expect("a zone");
        let at = zone.instant(time(start));
        let length = Length::exact(TimeDelta::hours(2));
        let when = When::Zoned { zone, start: at, end: at + length.total() };
        let event = Event { length, ..crate::view::sample::event("a", when) };
        let repeat = Repeat {
            rule: Some(Rule::parse(rule).expect("a rule")),
            except: except.iter().map(|at| time(at)).collect(),
            also: also.iter().map(|at| event.begun_at(time(at)).expect("a time")).collect(),
            ..Repeat::default()
        };
        let planned = repeat.planned(&when, NaiveDateTime::MIN, NaiveDateTime::MAX);
        let starts =
            planned.map(|at| repeat.when(&event, at).and_then(|when| when.start_instant()).expect("an instant"));
        starts.map(|at| at.format("%d %H:%M").to_string()).collect()
    }

    #[test]
    fn a_day_or_an_hour_that_does_not_exist_is_no_second_occurrence_at_the_same_instant() {
        // Samoa went from 29 to 31 December 2011, Kwajalein from 20 to 22 August 1993 (by our database).
        let rule = "FREQ=DAILY;COUNT=5";
        let samoa = |except: &[&str]| instants("Pacific/Apia", "2011-12-28T09:00:00", rule, except, &[]);
        assert_eq!(samoa(&[]), ["28 19:00", "29 19:00", "30 19:00", "31 19:00"]);
        // An exception for either day does not bring the other one back.
        assert_eq!(samoa(&["2011-12-31T09:00:00"]), ["28 19:00", "29 19:00", "31 19:00"]);
        assert_eq!(samoa(&["2011-12-30T09:00:00"]), ["28 19:00", "29 19:00", "30 19:00", "31 19:00"]);
        let kwajalein = instants("Pacific/Kwajalein", "1993-08-19T09:00:00", rule, &[], &[]);
        assert_eq!(kwajalein.len(), 4, "{kwajalein:?}");
        // A start that is alone in the gap is kept.
        let friday = "FREQ=WEEKLY;COUNT=2";
        assert_eq!(instants("Pacific/Apia", "2011-12-23T09:00:00", friday, &[], &[]), ["23 19:00", "30 19:00"]);
        let also = ["2011-12-31T09:00:00"];
        assert_eq!(instants("Pacific/Apia", "2011-12-23T09:00:00", friday, &[], &also), ["23 19:00", "30 19:00"]);
        let hours = "FREQ=DAILY;BYHOUR=2,3;BYMINUTE=30;COUNT=6";
        let madrid = instants("Europe/Madrid", "2027-03-27T02:30:00", hours, &[], &[]);
        assert_eq!(madrid, ["27 01:30", "27 02:30", "28 01:30", "29 00:30", "29 01:30"]);
    }

    #[test]
    fn skipped_and_doubled_hours_are_read_as_the_standard_has_it() {
        let zone = Tzdb::bundled().zone("America/New_York").expect("a zone");
        // RFC 5545 3.3.5 gives this very example for the gap.
        assert_eq!(zone.instant(time("2007-03-11T02:30:00")).to_rfc3339(), "2007-03-11T07:30:00+00:00");
        assert_eq!(zone.instant(time("2007-11-04T01:30:00")).to_rfc3339(), "2007-11-04T05:30:00+00:00");
    }
}
