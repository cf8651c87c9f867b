//! Dropped dates: published dates that a series no longer has, because of a removed `also` date, a new `except`, an earlier
//! `until` or a rule with fewer days. They are announced as cancelled until 30 days after the date.
//!
//! A series that moves as a whole, to another hour, weekday or zone, drops nothing: its dates have moved. A date that
//! another part of the series has is not dropped either, nor is one at whose time the event still takes place.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, TimeDelta, Utc};

use super::entry::Entry;
use super::history::remade;
use super::kept::{Kept, KeptOccurrence, days_after, today};
use super::live::Live;
use super::moment::Moment;
use crate::calendar::{CANCELLED_STAYS, Calendar};
use crate::event::{Change, Ends, Event, Length, Repeat, Status, When};
use crate::recurrence::{End, Rule};
use crate::schedule;
use crate::zone::{Tzdb, Zone};

/// The number of days ahead for which dropped dates are announced, because a rule may be endless.
const AHEAD: u64 = 183;
/// The most dropped dates of a series that are announced.
pub(super) const MOST: usize = 200;
/// Starts of a new rule that are compared with the old one.
const COMPARED: usize = 60;

/// A dropped date: its planned start, and its time.
pub(super) type Dropped = (NaiveDateTime, When);

/// The dates that `new` drops from the lock's `old`, and earlier dropped dates that are still announced.
pub(super) fn of(old: &Entry, new: &Event, live: &Live<'_>, now: DateTime<Utc>, tzdb: &Tzdb) -> Box<[KeptOccurrence]> {
    let calendar = live.calendar;
    let zone = calendar.settings.timezone.unwrap_or_else(Zone::utc);
    let today = today(now, &zone);
    let mut dropped: Vec<KeptOccurrence> = old.dropped.iter().filter(|one| stays(one, today)).cloned().collect();
    let is_series = old.repeat.is_some() && new.ends != Ends::Open && !old.feeds.is_empty();
    if let Some(before) = Some(old).filter(|_| is_series).and_then(|old| remade(old, now, calendar, tzdb))
        && has_same_clock(&old.when, &Kept::of(new))
    {
        dropped.extend(newly(&before, new, calendar, now, today));
    }
    dropped.retain(|one| !is_planned(new, one.planned));
    dropped.sort_by_key(|one| one.planned);
    dropped.dedup_by_key(|one| one.planned);
    dropped.truncate(MOST);
    live.without(old, dropped, tzdb)
}

/// Whether a dropped date is still announced.
fn stays(one: &KeptOccurrence, today: NaiveDate) -> bool {
    let last = one.when.end.unwrap_or(one.when.start).wall().date();
    days_after(last, CANCELLED_STAYS) >= today
}

/// The dates of `before` from now on that `new` no longer has.
fn newly(
    before: &Event,
    new: &Event,
    calendar: &Calendar,
    now: DateTime<Utc>,
    today: NaiveDate,
) -> Vec<KeptOccurrence> {
    let Some(repeat) = before.repeat.as_deref() else { return Vec::new() };
    let from = today.checked_sub_days(Days::new(1)).unwrap_or(today).into();
    if !is_thinned(before, repeat, new, from) {
        return Vec::new();
    }
    let zone = calendar.settings.timezone.unwrap_or_else(Zone::utc);
    let base = before.when.wall();
    // Without a rule, the first date moves with the start.
    let is_moved = |planned| {
        repeat.rule.is_none() && planned == base && new.when.wall() != base && !is_planned(before, new.when.wall())
    };
    let to = days_after(today, AHEAD).into();
    let planned = repeat.planned(&before.when, from, to).filter(|at| !is_moved(*at) && !is_planned(new, *at));
    let occurrences = planned.filter(|at| !is_taken_over(new, *at, calendar)).filter_map(|planned| {
        let when = repeat.change(planned).map(|change| change.event.when).or_else(|| repeat.when(before, planned))?;
        (!schedule::is_over(&when, now, zone)).then(|| KeptOccurrence { planned, when: Kept::of_time(&when) })
    });
    occurrences.take(MOST).collect()
}

/// Whether both begin at the same hour of the same clock.
fn has_same_clock(old: &Kept, new: &Kept) -> bool {
    let is_same_sort = match (old.start, new.start) {
        (Moment::Instant(one), Moment::Instant(other)) => old.zone.is_some() || one.offset() == other.offset(),
        (Moment::Day(_), Moment::Day(_)) | (Moment::Wall(_), Moment::Wall(_)) => true,
        _ => false,
    };
    is_same_sort && old.zone == new.zone && old.start.wall().time() == new.start.wall().time()
}

/// Whether `new` has no dates from `from` on but old ones, wherever the rules end. Single dates that it has besides may be
/// new.
fn is_thinned(before: &Event, repeat: &Repeat, new: &Event, from: NaiveDateTime) -> bool {
    let rule_of = |event: &Event| event.repeat.as_deref()?.rule.clone().map(|rule| rule.with_end(End::Never));
    let endless = |rule: &Rule, base: &When, at| rule.contains(base.wall(), at);
    match (rule_of(before), rule_of(new)) {
        (Some(old), Some(rule)) => {
            let from = from.max(before.when.wall()).max(new.when.wall());
            let to = from.checked_add_signed(TimeDelta::days(500)).unwrap_or(NaiveDateTime::MAX);
            let mut starts = rule.between(new.when.wall(), from, to).take(COMPARED);
            starts.all(|at| endless(&old, &before.when, at) || repeat.besides(at).is_some())
        }
        (None, None) => true,
        // What becomes a single event, or dates, or begins to have a rule, keeps one of its dates unless it moves.
        (old, _) => {
            let is_old = |at| is_planned(before, at) || old.as_ref().is_some_and(|old| endless(old, &before.when, at));
            let mut coming = coming(new, from).peekable();
            coming.peek().is_none() || coming.any(is_old)
        }
    }
}

/// The first planned starts from `from` on.
fn coming(event: &Event, from: NaiveDateTime) -> impl Iterator<Item = NaiveDateTime> + '_ {
    let single = Some(event.when.wall()).filter(|at| event.repeat.is_none() && *at >= from);
    let repeat = event.repeat.as_deref();
    let planned = repeat.into_iter().flat_map(move |repeat| repeat.planned(&event.when, from, NaiveDateTime::MAX));
    single.into_iter().chain(planned).take(COMPARED)
}

/// Whether an event has an occurrence that is planned for `planned`.
fn is_planned(event: &Event, planned: NaiveDateTime) -> bool {
    match event.repeat.as_deref() {
        None => event.when.wall() == planned,
        Some(repeat) => repeat.planned(&event.when, planned, planned + TimeDelta::seconds(1)).next().is_some(),
    }
}

/// Whether a later part of the series has the dates from there on, or a parallel one has that day.
fn is_taken_over(strand: &Event, planned: NaiveDateTime, calendar: &Calendar) -> bool {
    let Some(series) = calendar.event(&strand.id) else { return false };
    let begins = |uid: &str| series.further().iter().find(|one| *one.event.uid == *uid).and_then(|one| one.from);
    let own = begins(&strand.uid);
    let midnight: NaiveDateTime = planned.date().into();
    series.strands().filter(|other| other.uid != strand.uid).any(|other| {
        let is_later = begins(&other.uid).is_some_and(|from| Some(from) > own && from <= planned.date());
        let has_day = || {
            let repeat = other.repeat.as_deref();
            let end = midnight + TimeDelta::days(1);
            repeat.is_some_and(|repeat| repeat.planned(&other.when, midnight, end).next().is_some())
        };
        is_later || has_day()
    })
}

/// The dropped dates of an entry that are still announced.
pub(super) fn announced(dropped: &[KeptOccurrence], today: NaiveDate, tzdb: &Tzdb) -> Vec<Dropped> {
    let when = |one: &KeptOccurrence| Some((one.planned, one.when.when(tzdb, today)?));
    dropped.iter().filter(|one| stays(one, today)).filter_map(when).collect()
}

/// A calendar with dropped dates, by UID, as cancelled occurrences.
pub(super) fn told<'c>(calendar: &'c Calendar, dropped: &HashMap<Box<str>, Vec<Dropped>>) -> Cow<'c, Calendar> {
    if dropped.values().all(Vec::is_empty) {
        return Cow::Borrowed(calendar);
    }
    let mut told = calendar.clone();
    announce(&mut told, dropped);
    Cow::Owned(told)
}

/// The same in place.
pub(super) fn announce(calendar: &mut Calendar, dropped: &HashMap<Box<str>, Vec<Dropped>>) {
    if dropped.values().all(Vec::is_empty) {
        return;
    }
    let strands = calendar.events.iter().flat_map(Event::strands);
    let uids: HashSet<Box<str>> = strands.map(|event| event.uid.clone()).collect();
    let cancel = |event: &mut Event| {
        if let Some(dropped) = dropped.get(&event.uid) {
            cancel(event, dropped, |uid| uids.contains(uid));
        }
    };
    for event in &mut calendar.events {
        event.further_mut().for_each(cancel);
        cancel(event);
    }
}

/// Adds dropped dates to an event as cancelled occurrences, except dates that it has again, and dates whose UID is taken
/// by another event.
pub(super) fn cancel(event: &mut Event, dropped: &[Dropped], is_taken: impl Fn(&str) -> bool) {
    let base = Event { repeat: None, status: Status::Cancelled, ..event.clone() };
    let mut repeat = event.repeat.take().unwrap_or_default();
    for (planned, when) in dropped {
        let by_rule = repeat.rule.as_ref().is_some_and(|rule| rule.contains(base.when.wall(), *planned));
        let Some(as_planned) = base.begun_at(*planned) else { continue };
        let planned = as_planned.wall();
        let is_live = if repeat.rule.is_none() && planned == base.when.wall() {
            !repeat.is_excepted(planned)
        } else {
            (by_rule || repeat.besides(planned).is_some()) && !repeat.is_excepted(planned)
        };
        if is_live || !by_rule && is_taken(&crate::event::uid::dated(&base, planned)) {
            continue;
        }
        let excepted = repeat.except.iter().copied().filter(|except| *except != planned);
        repeat.except = excepted.collect();
        if !by_rule && repeat.besides(planned).is_none() {
            let mut also = std::mem::take(&mut repeat.also).into_vec();
            also.insert(also.partition_point(|one| one.wall() < planned), as_planned);
            repeat.also = also.into();
        }
        let cancelled = Event { when: *when, length: Length::exact(when.elapsed()), ..base.clone() };
        let mut changes = std::mem::take(&mut repeat.changes).into_vec();
        changes.retain(|change| change.planned != planned);
        let at = changes.partition_point(|change| change.planned < planned);
        changes.insert(at, Change { planned, event: cancelled });
        repeat.changes = changes.into();
    }
    let is_nothing = repeat.rule.is_none() && repeat.also.is_empty() && repeat.strands.is_empty();
    event.repeat = Some(repeat).filter(|_| !is_nothing);
}

#[cfg(test)]
mod tests;
