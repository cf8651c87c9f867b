//! UIDs of `also` dates after the usual hour of their series changed.
//!
//! Such a UID has the date, and the hour unless it is the usual one. When the series moves to another hour, the form of an
//! unchanged date would change with it, and subscribers would see another event. So the published form stays: the lock
//! pins it. Likewise a new date does not take the UID of a deleted event, which subscribers see as cancelled.

use std::borrow::Cow;
use std::collections::HashMap;

use chrono::NaiveDateTime;

use super::Lock;
use super::entry::{Entry, Gone};
use crate::calendar::Calendar;
use crate::event::{Event, Repeat, uid};

/// Dates whose UID has a pinned form, by the UID of the series.
pub(super) type Pinned = HashMap<Box<str>, Box<[NaiveDateTime]>>;

/// The dates of `event` whose UID has another form than its usual hour gives it: the form in which the series of `old`
/// published it, or the one that no deleted event of the lock has.
pub(super) fn of(lock: &Lock, old: Option<&Entry>, event: &Event) -> Box<[NaiveDateTime]> {
    let Some(repeat) = event.repeat.as_deref() else { return Box::default() };
    let base = event.when.wall();
    let mut pinned = old.map(|old| kept_forms(old, repeat, base)).unwrap_or_default();
    pinned.extend(of_deleted(lock, old, event, &pinned));
    pinned.sort_unstable();
    pinned.dedup();
    pinned.into()
}

/// Published dates keep their form.
fn kept_forms(old: &Entry, repeat: &Repeat, base: NaiveDateTime) -> Vec<NaiveDateTime> {
    let Some(kept) = old.repeat.as_deref() else { return Vec::new() };
    let before = old.when.start.wall();
    if kept.pinned.is_empty() && before.time() == base.time() {
        return Vec::new();
    }
    // A date that the rule has is not a separate event. A dropped date is one, until it is no longer announced.
    let by_rule = |planned: &NaiveDateTime| kept.rule.as_ref().is_some_and(|rule| rule.contains(before, *planned));
    let also = kept.also.iter().copied().filter(|planned| !by_rule(planned));
    let published = also.chain(old.dropped.iter().map(|one| one.planned));
    let lacked_hour = |planned: NaiveDateTime| (planned.time() == before.time()) != kept.pinned.contains(&planned);
    let is_usual = |planned: NaiveDateTime| planned.time() == base.time();
    let mut pinned: Vec<NaiveDateTime> =
        published.filter(|planned| lacked_hour(*planned) != is_usual(*planned)).collect();
    // No two occurrences of a day have the date only. The published one keeps it.
    let taken: Vec<NaiveDateTime> = pinned.iter().copied().filter(|planned| !is_usual(*planned)).collect();
    for short in taken {
        let rival = short.date().and_time(base.time());
        let happens = repeat.also.iter().any(|other| other.wall() == rival)
            || repeat.rule.as_ref().is_some_and(|rule| rule.contains(base, rival));
        if happens && !pinned.contains(&rival) {
            pinned.push(rival);
        }
    }
    pinned
}

/// New dates whose UID a deleted event has.
fn of_deleted(lock: &Lock, old: Option<&Entry>, event: &Event, pinned: &[NaiveDateTime]) -> Vec<NaiveDateTime> {
    let prefix = uid::with_suffix(&event.uid, "");
    let prefix = prefix.split_once('@').map_or(&*prefix, |(name, _)| name);
    let first = lock.entries.partition_point(|entry| &*entry.uid < prefix);
    let near = lock.entries[first..].iter().take_while(|entry| entry.uid.starts_with(prefix));
    let deleted = near.filter(|entry| matches!(entry.gone, Some(Gone::Deleted(_))));
    let kept = old.and_then(|old| Some((old.when.start.wall(), old.repeat.as_deref()?)));
    let was_published = |planned: &NaiveDateTime| {
        kept.is_some_and(|(before, kept)| {
            kept.also.contains(planned) || kept.rule.as_ref().is_some_and(|rule| rule.contains(before, *planned))
        })
    };
    let taken = deleted.filter_map(|entry| {
        let (series, day, time) = uid::of_date(&entry.uid)?;
        let planned = uid::occurrence(event, day, time).filter(|_| *series == *event.uid)?;
        let lacks_hour = (planned.time() == event.when.wall().time()) != pinned.contains(&planned);
        (lacks_hour == time.is_none()).then_some(planned)
    });
    taken.filter(|planned| !was_published(planned)).collect()
}

/// `calendar` with pinned forms of UIDs.
pub(super) fn told<'c>(calendar: Cow<'c, Calendar>, pinned: &Pinned) -> Cow<'c, Calendar> {
    if pinned.is_empty() {
        return calendar;
    }
    let mut told = calendar.into_owned();
    pin(&mut told, pinned);
    Cow::Owned(told)
}

/// The same in place.
pub(super) fn pin(calendar: &mut Calendar, pinned: &Pinned) {
    if pinned.is_empty() {
        return;
    }
    let set = |event: &mut Event| {
        if let (Some(pinned), Some(repeat)) = (pinned.get(&event.uid), event.repeat.as_deref_mut()) {
            repeat.pinned.clone_from(pinned);
        }
    };
    for event in &mut calendar.events {
        event.further_mut().for_each(set);
        set(event);
    }
}
