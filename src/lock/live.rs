//! Dates that only look lost: the same event still takes place then, by another part of its series, as a single date, or by
//! a record of its own. A feed that announces them as cancelled would show them twice, once on and once off.
//!
//! The same event is one with the same id, or a newly published one with the same title. Of the same id, a part of a
//! series that is gone has lost no day on which the series still takes place, at whatever hour: that day has moved.
//! Parallel hours of a day are told apart by their instants.

use std::collections::HashMap;
use std::sync::OnceLock;

use chrono::{DateTime, Days, NaiveDateTime, TimeDelta, Utc};

use super::Lock;
use super::entry::Entry;
use super::kept::{KeptOccurrence, days_after, today};
use super::update::name;
use crate::calendar::Calendar;
use crate::event::{Event, When};
use crate::recurrence::{End, Until};
use crate::zone::{Tzdb, Zone};

/// The number of days before a deletion for which dates are compared.
const BACK: u64 = 400;
/// The number of days after a deletion for which dates are compared, because a rule may be endless.
const AHEAD: u64 = 183;
/// The most dates that are compared.
const MOST: usize = 500;

/// The events of a calendar, to find dates that they still have.
pub(super) struct Live<'c> {
    lock: &'c Lock,
    pub(super) calendar: &'c Calendar,
    /// All strands, by title; made when the first date is looked up.
    by_title: OnceLock<HashMap<Box<str>, Vec<&'c Event>>>,
}

/// What counts as the same time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Same {
    Instant,
    Day,
}

impl<'c> Live<'c> {
    pub(super) fn new(lock: &'c Lock, calendar: &'c Calendar) -> Self {
        Live { lock, calendar, by_title: OnceLock::new() }
    }

    /// The dropped dates of `entry` at which the event does not take place in another way.
    pub(super) fn without(
        &self,
        entry: &Entry,
        mut dropped: Vec<KeptOccurrence>,
        tzdb: &Tzdb,
    ) -> Box<[KeptOccurrence]> {
        dropped.retain(|one| {
            let when = one.when.when(tzdb, one.planned.date());
            when.is_none_or(|when| !self.has(entry, &when, Same::Instant, None))
        });
        dropped.into()
    }

    /// A deleted event, or part of a series, without the dates at which the event still takes place; `None` if nothing is
    /// left. It was deleted at `at`.
    pub(super) fn without_dates(&self, entry: &Entry, mut event: Event, at: DateTime<Utc>) -> Option<Event> {
        let is_parallel = event.repeat.as_deref().is_some_and(|repeat| !repeat.suffix.is_empty());
        let same = if is_parallel || entry.repeat.is_none() { Same::Instant } else { Same::Day };
        let Some(repeat) = event.repeat.as_deref() else {
            return (!self.has(entry, &event.when, same, Some(at))).then_some(event);
        };
        let zone = self.calendar.settings.timezone.unwrap_or_else(Zone::utc);
        let deleted = today(at, &zone);
        let from = deleted.checked_sub_days(Days::new(BACK)).unwrap_or(deleted);
        let to: NaiveDateTime = days_after(deleted, AHEAD).into();
        let (mut live, mut is_lost, mut last) = (Vec::new(), false, None);
        for planned in repeat.planned(&event.when, from.into(), to).take(MOST) {
            let change = repeat.change(planned).map(|change| change.event.when);
            let Some(when) = change.or_else(|| repeat.when(&event, planned)) else { continue };
            if self.has(entry, &when, same, Some(at)) {
                live.push(planned);
            } else {
                is_lost |= when.last_day() >= deleted;
            }
            last = Some(planned);
        }
        if live.is_empty() {
            return Some(event);
        }
        if !is_lost {
            return None;
        }
        let repeat = event.repeat.as_deref_mut()?;
        // Of an endless rule nothing is known beyond the dates that were compared.
        if let (Some(rule), Some(last)) = (repeat.rule.take(), last) {
            let end = if rule.end() == End::Never { End::Until(Until::Date(last.date())) } else { rule.end() };
            repeat.rule = Some(rule.with_end(end));
        }
        let is_live = |planned: NaiveDateTime| live.binary_search(&planned).is_ok();
        repeat.also = std::mem::take(&mut repeat.also).into_iter().filter(|also| !is_live(also.wall())).collect();
        repeat.changes =
            std::mem::take(&mut repeat.changes).into_iter().filter(|change| !is_live(change.planned)).collect();
        let mut except = std::mem::take(&mut repeat.except).into_vec();
        except.extend(&live);
        except.sort_unstable();
        except.dedup();
        repeat.except = except.into();
        Some(event)
    }

    /// Whether the event of `entry` takes place at `when`. `since` is when its record was deleted, if it was.
    fn has(&self, entry: &Entry, when: &When, same: Same, since: Option<DateTime<Utc>>) -> bool {
        if let Some(event) = self.calendar.event(&entry.id)
            && event.strands().any(|strand| takes_place(strand, when, same))
        {
            return true;
        }
        let candidates = self.by_title().get(&entry.title).map_or(&[][..], |events| events);
        let is_new = |event: &Event| match self.lock.entry(&event.uid) {
            None => true,
            // Another event that already had this title at this time, in another city, is not the same.
            Some(other) => other.gone.is_some() || since.is_some_and(|at| other.created + TimeDelta::seconds(1) >= at),
        };
        candidates.iter().any(|event| is_new(event) && takes_place(event, when, Same::Instant))
    }

    fn by_title(&self) -> &HashMap<Box<str>, Vec<&'c Event>> {
        self.by_title.get_or_init(|| {
            let mut by_title: HashMap<Box<str>, Vec<&Event>> = HashMap::new();
            for event in self.calendar.events.iter().flat_map(Event::strands) {
                by_title.entry(name(event)).or_default().push(event);
            }
            by_title
        })
    }
}

/// Whether an occurrence of a strand begins at `at`, or on that day.
fn takes_place(strand: &Event, at: &When, same: Same) -> bool {
    let day = at.first_day();
    let is_same = |when: &When| match (when.start_instant(), at.start_instant()) {
        (Some(one), Some(other)) if same == Same::Instant => one == other,
        _ if same == Same::Day => when.first_day() == day,
        (None, None) => when.is_all_day() == at.is_all_day() && when.wall() == at.wall(),
        _ => false,
    };
    let Some(repeat) = strand.repeat.as_deref() else { return is_same(&strand.when) };
    // An instant may be on another day by the clock of the strand.
    let from = day.checked_sub_days(Days::new(2)).unwrap_or(day).into();
    let planned = repeat.planned(&strand.when, from, days_after(day, 3).into());
    let mut unchanged = planned.filter(|planned| repeat.change(*planned).is_none());
    unchanged.any(|planned| repeat.when(strand, planned).is_some_and(|when| is_same(&when)))
        || repeat.changes.iter().any(|change| is_same(&change.event.when))
}

#[cfg(test)]
mod tests;
