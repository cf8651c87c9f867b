//! UIDs of `also` dates after the usual hour of their series changed.
//!
//! Such a UID has the date, and the hour unless it is the usual one. When the series moves to another hour, the form of an
//! unchanged date would change with it, and subscribers would see another event. So the published form stays: the lock
//! pins it.

use std::borrow::Cow;
use std::collections::HashMap;

use chrono::NaiveDateTime;

use super::entry::Entry;
use crate::calendar::Calendar;
use crate::event::Event;

/// Dates whose UID has a pinned form, by the UID of the series.
pub(super) type Pinned = HashMap<Box<str>, Box<[NaiveDateTime]>>;

/// The dates of `event` whose UID keeps the form in which the series of `old` published it.
pub(super) fn of(old: &Entry, event: &Event) -> Box<[NaiveDateTime]> {
    let (Some(kept), Some(repeat)) = (old.repeat.as_deref(), event.repeat.as_deref()) else { return Box::default() };
    let (before, base) = (old.when.start.wall(), event.when.wall());
    if kept.pinned.is_empty() && before.time() == base.time() {
        return Box::default();
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
    pinned.sort_unstable();
    pinned.dedup();
    pinned.into()
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
            repeat.pinned = pinned.clone();
        }
    };
    for event in &mut calendar.events {
        event.further_mut().for_each(set);
        set(event);
    }
}
