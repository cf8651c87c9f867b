//! Whether a change is only another way to write the same times: an `until` on another day without an occurrence, a `count`
//! instead of it, the same days in other words, a zone whose clocks show the same, a part of a series that only has another
//! text. SEQUENCE does not rise where every date keeps its UID, and no change of dates is reported.

use chrono::{DateTime, TimeDelta, Utc};

use super::Lock;
use super::digest::{self, Digester};
use super::entry::Entry;
use super::history::remade;
use super::kept::today;
use crate::calendar::Calendar;
use crate::event::{Change, Ends, Event, Repeat, When};
use crate::recurrence::outlook;
use crate::schedule;
use crate::zone::{Tzdb, Zone};

/// The most dates of a series that are compared.
const MOST: usize = 10_000;
/// The number of days ahead for which the parts of a series are compared.
const AHEAD: i64 = 2 * 366;

/// What is different for subscribers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Difference {
    Nothing,
    /// What does not raise SEQUENCE.
    Text,
    /// Time, place or status.
    Schedule,
}

/// What is different between an event and its entry, whose digest is another one.
pub(super) fn difference(
    old: &Entry,
    event: &Event,
    calendar: &Calendar,
    digester: &mut Digester<'_>,
    (now, tzdb): (DateTime<Utc>, &Tzdb),
) -> Difference {
    let kinds = &calendar.settings.kinds;
    if old.gone.is_some() {
        return Difference::Schedule;
    }
    if !digester.both(event, kinds).raise(old.schedule) {
        return Difference::Text;
    }
    // The event with the dates as the lock has them: if that was published, only the words for the dates changed.
    let before = as_before(old, event, calendar, now, tzdb);
    let Some(before) = before.filter(|before| has_same_uids(before, event) && has_same_times(before, event)) else {
        return Difference::Schedule;
    };
    let digests = digester.both(&before, kinds);
    if digests.raise(old.schedule) {
        Difference::Schedule
    } else if digests.seen == old.seen && before.when == event.when {
        Difference::Nothing
    } else {
        Difference::Text
    }
}

/// `event` with start, zone and rule of `old`.
fn as_before(old: &Entry, event: &Event, calendar: &Calendar, now: DateTime<Utc>, tzdb: &Tzdb) -> Option<Event> {
    let zone = calendar.settings.timezone.unwrap_or_else(Zone::utc);
    if event.ends == Ends::Open || old.when.end.is_none() {
        return None;
    }
    let when = old.when.when(tzdb, today(now, &zone))?;
    match (old.repeat.as_deref(), event.repeat.as_deref()) {
        (None, None) => Some(Event { when, ..event.clone() }),
        (Some(kept), Some(repeat)) => {
            let length = kept.length(&when);
            let changes = repeat.changes.iter().map(|change| {
                let planned = by_clock(repeat.when(event, change.planned)?, &event.when, &when).wall();
                let changed = Event { when: by_clock(change.event.when, &event.when, &when), ..change.event.clone() };
                Some(Change { planned, event: changed })
            });
            let changes = changes.collect::<Option<Box<[Change]>>>()?;
            let repeat = Repeat { changes, suffix: repeat.suffix.clone(), ..kept.repeat(&when, length) };
            Some(Event { when, length, repeat: Some(Box::new(repeat)), ..event.clone() })
        }
        _ => None,
    }
}

/// A time on the clock of `new`, on that of `old`.
fn by_clock(when: When, new: &When, old: &When) -> When {
    match (when, new, old) {
        (When::Zoned { zone, start, end }, When::Zoned { zone: new, .. }, When::Zoned { zone: old, .. })
            if zone == *new =>
        {
            When::Zoned { zone: *old, start, end }
        }
        _ => when,
    }
}

/// Whether feeds write the dates of both with the same UIDs: by a rule, by the same rules for Outlook, or as the same single
/// dates.
fn has_same_uids(one: &Event, other: &Event) -> bool {
    let (Some(first), Some(second)) = (one.repeat.as_deref(), other.repeat.as_deref()) else { return true };
    let names = |event: &Event, repeat: &Repeat| {
        let rule = repeat.rule.as_ref()?;
        let parts = outlook::parts(rule, event.when.wall(), event.when.elapsed());
        Some(parts.map(|parts| parts.into_iter().map(|part| part.name).collect::<Vec<_>>()))
    };
    let is_same = |(one, other): (&When, &When)| one.is_at_time_of(other);
    names(one, first) == names(other, second)
        && first.also.len() == second.also.len()
        && first.also.iter().zip(&second.also).all(is_same)
}

/// Whether both are at the same times, whatever their clocks are called.
fn has_same_times(one: &Event, other: &Event) -> bool {
    let is_same = |pair: (Option<When>, Option<When>)| match pair {
        (Some(one), Some(other)) => one.is_at_time_of(&other),
        (None, None) => true,
        _ => false,
    };
    if !is_same((schedule::last_of_strand(one), schedule::last_of_strand(other))) {
        return false;
    }
    let (mut first, mut second) = (times(one, None), times(other, None));
    for _ in 0..MOST {
        match (first.next(), second.next()) {
            (None, None) => return true,
            pair if is_same(pair) => {}
            _ => return false,
        }
    }
    true
}

/// The times of a strand in order of plan; those planned from a time on for a while, if one is given.
fn times(event: &Event, from: Option<DateTime<Utc>>) -> impl Iterator<Item = When> + '_ {
    let (from, to) = from.map_or((chrono::NaiveDateTime::MIN, chrono::NaiveDateTime::MAX), |from| {
        let from = from.naive_utc() - TimeDelta::days(2);
        (from, from + TimeDelta::days(AHEAD))
    });
    let single = Some(event.when).filter(|when| event.repeat.is_none() && (from..to).contains(&when.wall()));
    let repeat = event.repeat.as_deref();
    single.into_iter().chain(repeat.into_iter().flat_map(move |repeat| {
        repeat.planned(&event.when, from, to).filter_map(move |planned| {
            repeat.change(planned).map(|change| change.event.when).or_else(|| repeat.when(event, planned))
        })
    }))
}

impl Lock {
    /// Whether a series, of which this knows some parts, has other parts and still takes place at the same times, at the same
    /// places, with the same status.
    pub(super) fn has_only_other_parts(
        &self,
        series: &Event,
        calendar: &Calendar,
        now: DateTime<Utc>,
        tzdb: &Tzdb,
    ) -> bool {
        let old: Vec<&Entry> = self.parts(series).filter(|entry| entry.gone.is_none()).collect();
        let parts = series.strands().filter(|strand| strand.repeat.is_some()).count();
        if old.is_empty() || parts == 0 || old.len() == 1 && parts == 1 {
            return false;
        }
        let places = digest::places(series);
        let is_as_first = |entry: &&Entry| {
            entry.status == series.status
                && entry.repeat.as_deref().is_some_and(|repeat| repeat.places.is_some_and(|other| other == places))
        };
        if !old.iter().all(is_as_first)
            || !series.strands().all(|part| part.status == series.status && digest::places(part) == places)
        {
            return false;
        }
        let Some(before) = old.iter().map(|entry| remade(entry, now, calendar, tzdb)).collect::<Option<Vec<_>>>()
        else {
            return false;
        };
        let all = |parts: &mut dyn Iterator<Item = &Event>| {
            let parts: Vec<&Event> = parts.collect();
            let ends: Vec<Option<When>> = parts.iter().map(|part| schedule::last_of_strand(part)).collect();
            // `None` if a part has no end.
            let last = ends.into_iter().collect::<Option<Vec<_>>>().map(|ends| ends.iter().map(When::wall_end).max());
            let mut all: Vec<When> = parts.iter().flat_map(|part| times(part, Some(now)).take(MOST)).collect();
            all.sort_by_key(|when| (when.wall(), when.wall_end()));
            (last, all)
        };
        let ((before_last, before), (last, after)) = (all(&mut before.iter()), all(&mut series.strands()));
        before_last == last
            && before.len() == after.len()
            && before.iter().zip(&after).all(|(one, other)| one.is_at_time_of(other))
    }

    /// The entries of a series: the first part, and further ones.
    fn parts<'l>(&'l self, series: &'l Event) -> impl Iterator<Item = &'l Entry> {
        let prefix = format!("{}-", series.id);
        let first = self.entries.partition_point(|entry| *entry.uid < *prefix);
        let further = self.entries[first..].iter().take_while(move |entry| entry.uid.starts_with(&prefix));
        self.entry(&series.uid).into_iter().chain(further).filter(|entry| entry.id == series.id)
    }

    /// Whether this knows a series of which `strand` may be a new part.
    pub(super) fn knows_series_of(&self, strand: &Event, calendar: &Calendar) -> bool {
        let series = calendar.event(&strand.id).filter(|series| series.uid != strand.uid);
        series.is_some_and(|series| self.parts(series).any(|entry| entry.gone.is_none()))
    }
}

#[cfg(test)]
mod tests;
