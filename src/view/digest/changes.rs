//! What changed since a day, by the lock.
//!
//! The lock has the last change of each event that matters to participants. For a series it does not say which occurrence
//! changed: then the changed occurrences of the coming days are reported, and the next few dates that the series dropped,
//! however far away. Past events are not reported.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::{Change, Earlier, Remark, Sort, Told};
use crate::calendar::Calendar;
use crate::event::{Event, Status, Strand, When};
use crate::lock::{Entry, Gone, Lock, Moment, News, revive};
use crate::schedule::{self, Occurrence, Window};
use crate::view::stamp::Stamp;
use crate::zone::{Tzdb, Zone};

/// The most dates of a series after the coming days that are named.
const DATES: usize = 5;

/// The inputs for finding changes.
#[derive(Clone, Copy, Debug)]
pub struct Past<'l> {
    /// Brought up to date with the calendar.
    pub lock: &'l Lock,
    /// When the lock began: events that it had from the start are not new.
    pub began: Option<DateTime<Utc>>,
    /// What changed before this is left out.
    pub since: DateTime<Utc>,
    /// The as-of time.
    pub now: DateTime<Utc>,
}

impl<'l> Past<'l> {
    /// By `lock`, which was brought up to date from `before`.
    pub fn new(before: &Lock, lock: &'l Lock, since: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        Past { lock, began: before.entries().iter().map(|entry| entry.created).min(), since, now }
    }

    /// The events that were deleted, made again as cancelled ones. A series has its further parts.
    pub fn tombstones(&self, calendar: &Calendar, tzdb: &Tzdb) -> Vec<Event> {
        let deleted = |entry: &Entry| match (&entry.gone, entry.news) {
            (Some(Gone::Deleted(at)), Some((_, news))) if news >= self.since => {
                Some((*at, revive(entry, *at, calendar, tzdb)?))
            }
            _ => None,
        };
        // A strand that no longer exists is a change of its series.
        let is_whole =
            |entry: &&Entry| calendar.event(&entry.id).is_none() || entry.uid.starts_with(&format!("{}@", entry.id));
        let mut tombstones: Vec<(DateTime<Utc>, Event)> =
            self.lock.entries().iter().filter(is_whole).filter_map(deleted).collect();
        tombstones.sort_by(|(_, a), (_, b)| a.id.cmp(&b.id).then(a.uid.len().cmp(&b.uid.len())));
        let mut whole: Vec<(DateTime<Utc>, Event)> = Vec::new();
        for (at, event) in tombstones {
            match whole.last_mut().filter(|(_, first)| first.id == event.id) {
                // A part that was deleted earlier does not belong to this deletion.
                Some((deleted, first)) if at + TimeDelta::seconds(1) >= *deleted => join(first, event),
                Some(_) => {}
                None => whole.push((at, event)),
            }
        }
        whole.into_iter().map(|(_, event)| event).collect()
    }

    /// What changed of the events that `takes` takes; occurrences of series within `window`.
    pub fn changes<'c>(
        &self,
        calendar: &'c Calendar,
        tombstones: &'c [Event],
        window: &Window,
        takes: impl Fn(&Event) -> bool,
    ) -> Vec<Told<'c>> {
        let renamed: HashSet<&str> = (self.lock.entries().iter())
            .filter_map(|entry| match &entry.gone {
                Some(Gone::Renamed(to)) => Some(&**to),
                _ => None,
            })
            .collect();
        let mut told = Vec::new();
        let strands = calendar.events.iter().flat_map(|event| event.strands().map(move |strand| (event, strand)));
        for (series, event) in strands.filter(|(_, strand)| takes(strand)) {
            let Some(entry) = self.lock.entry(&event.uid) else { continue };
            if series.uid != event.uid {
                let before = told.iter().any(|told: &Told<'_>| told.occurrence.event.id == event.id);
                let is_news = entry.news.is_some_and(|(_, at)| at >= self.since);
                // A new strand is a change of its series, which is reported once.
                if !before && is_news && Some(entry.created) != self.began && !self.is_past(event, window.zone) {
                    let news = if event.status.takes_place() { entry.news.map(|(news, _)| news) } else { None };
                    self.of_event(event, false, news.or(Some(News::Repeat)), window, &mut told);
                }
                continue;
            }
            let is_new =
                entry.created >= self.since && Some(entry.created) != self.began && !renamed.contains(&*event.uid);
            let news = entry.news.filter(|(_, at)| *at >= self.since).map(|(news, _)| news);
            if (is_new || news.is_some()) && !self.is_past(event, window.zone) {
                self.of_event(event, is_new, news, window, &mut told);
            }
        }
        for event in tombstones.iter().filter(|event| takes(event) && !self.is_past(event, window.zone)) {
            told.push(self.whole(event, window.zone, Sort::Cancelled, None, None));
        }
        told
    }

    fn is_past(&self, event: &Event, zone: Zone) -> bool {
        schedule::last(event).is_some_and(|last| schedule::is_over(&last, self.now, zone))
    }

    fn of_event<'c>(
        &self,
        event: &'c Event,
        is_new: bool,
        news: Option<News>,
        window: &Window,
        told: &mut Vec<Told<'c>>,
    ) {
        let zone = window.zone;
        let is_series = event.repeat.is_some();
        let (sort, from, remark) = match (event.status, news) {
            (Status::Cancelled, news) if is_new || news == Some(News::Cancelled) => (Sort::Cancelled, None, None),
            (Status::Postponed, news) if is_new || news == Some(News::Postponed) => (Sort::Postponed, None, None),
            (Status::Cancelled | Status::Postponed, _) => return,
            // For a new event, the earlier state is not reported.
            _ if is_new => (Sort::New, None, None),
            (_, Some(News::Moved(_))) if is_series => (Sort::Moved, None, Some(Remark::Dates)),
            (_, Some(News::Moved(from))) => (Sort::Moved, Some(earlier(from, zone)), None),
            // By the clock of its own zone it is when it was.
            (_, Some(News::Shifted(_))) if own_zone(event) == Some(zone) => return,
            (_, Some(News::Shifted(_))) if is_series => (Sort::Moved, None, Some(Remark::Rules)),
            (_, Some(News::Shifted(from))) => (Sort::Moved, Some(earlier(from, zone)), Some(Remark::Rules)),
            (_, Some(News::Restored)) => (Sort::Restored, None, None),
            (_, Some(News::Confirmed)) => (Sort::Changed, None, Some(Remark::Confirmed)),
            (_, Some(News::Tentative)) => (Sort::Changed, None, Some(Remark::Tentative)),
            (_, Some(News::Place)) => {
                // The place of a series, or of some of its occurrences.
                let mut found = Vec::new();
                self.occurrences(event, window, &mut found);
                found.retain(|told| told.change.remark == Some(Remark::Place));
                if !found.is_empty() {
                    told.append(&mut found);
                    return;
                }
                (Sort::Changed, None, Some(Remark::Place))
            }
            (_, Some(News::End)) => (Sort::Changed, None, Some(Remark::End)),
            (_, Some(News::Repeat)) => {
                let before = told.len();
                self.occurrences(event, window, told);
                self.dropped(event, window, told);
                if told.len() > before {
                    return;
                }
                (Sort::Changed, None, Some(Remark::Dates))
            }
            // A cancelled event that takes place now was restored.
            (_, Some(News::Cancelled | News::Postponed | News::Deleted) | None) => return,
        };
        told.push(self.whole(event, zone, sort, from, remark));
    }

    /// A change of an event, or of a whole series with the next time that it happens.
    fn whole<'c>(
        &self,
        event: &'c Event,
        zone: Zone,
        sort: Sort,
        from: Option<Earlier>,
        remark: Option<Remark>,
    ) -> Told<'c> {
        let occurrence = Occurrence { planned: None, ..schedule::current(event, zone, self.now) };
        Told { occurrence, change: Change { sort, from, remark } }
    }

    /// The occurrences of a series that are not as planned: all of the coming days, and the next ones after them.
    fn occurrences<'c>(&self, event: &'c Event, window: &Window, told: &mut Vec<Told<'c>>) {
        let Some(repeat) = event.repeat.as_deref() else { return };
        let comes = |when: &When| window.touches(when) && !schedule::is_over(when, self.now, window.zone);
        for except in &repeat.except {
            let Some(when) = repeat.when(event, *except).filter(comes) else { continue };
            let change = Change { sort: Sort::Cancelled, from: None, remark: None };
            told.push(Told { occurrence: Occurrence { event, when, planned: Some(when) }, change });
        }
        let entry = self.lock.entry(&event.uid);
        let is_dropped = |planned| entry.is_some_and(|entry| entry.dropped.iter().any(|one| one.planned == planned));
        let mut later = 0;
        for changed in &repeat.changes {
            let Some(planned) = repeat.when(event, changed.planned) else { continue };
            let when = changed.event.when;
            let is_over = |when: &When| schedule::is_over(when, self.now, window.zone);
            if is_over(&when) && is_over(&planned) {
                continue;
            }
            let is_later = !comes(&when) && !comes(&planned);
            // Later dates that the series no longer has are listed by `dropped`.
            if is_later && (later >= DATES || is_dropped(changed.planned)) {
                continue;
            }
            let (sort, from, remark) = match changed.event.status {
                Status::Cancelled => (Sort::Cancelled, None, None),
                Status::Postponed => (Sort::Postponed, None, None),
                _ if when.wall() != planned.wall() || when.start_instant() != planned.start_instant() => {
                    (Sort::Moved, Some(start(&planned, window.zone)), None)
                }
                _ if changed.event.location != event.location => (Sort::Changed, None, Some(Remark::Place)),
                _ => continue,
            };
            later += usize::from(is_later);
            let occurrence = Occurrence { event: &changed.event, when, planned: Some(planned) };
            told.push(Told { occurrence, change: Change { sort, from, remark } });
        }
    }

    /// The next dates, after the coming days, that a series no longer has.
    fn dropped<'c>(&self, event: &'c Event, window: &Window, told: &mut Vec<Told<'c>>) {
        let (Some(entry), Some(repeat)) = (self.lock.entry(&event.uid), event.repeat.as_deref()) else { return };
        let dropped = entry.dropped.iter().filter_map(|one| repeat.change(one.planned)).filter(|change| {
            let when = &change.event.when;
            change.event.status == Status::Cancelled
                && !window.touches(when)
                && !schedule::is_over(when, self.now, window.zone)
        });
        for change in dropped.take(DATES) {
            let when = change.event.when;
            let occurrence = Occurrence { event: &change.event, when, planned: repeat.when(event, change.planned) };
            told.push(Told { occurrence, change: Change { sort: Sort::Cancelled, from: None, remark: None } });
        }
    }
}

/// Adds a further part to a deleted series. The UID of a part has the date from which it is so.
fn join(first: &mut Event, part: Event) {
    let rest = part.uid.strip_prefix(&*first.id).and_then(|rest| rest.strip_prefix("-from-"));
    let date = rest.and_then(|rest| rest.get(..8));
    let from = date.and_then(|date| NaiveDate::parse_from_str(date, "%Y%m%d").ok());
    let Some(repeat) = first.repeat.as_deref_mut() else { return };
    let mut strands = std::mem::take(&mut repeat.strands).into_vec();
    let at = strands.partition_point(|other| (other.from, &other.event.uid) < (from, &part.uid));
    strands.insert(at, Strand { from, event: part });
    repeat.strands = strands.into();
}

fn own_zone(event: &Event) -> Option<Zone> {
    match event.when {
        When::Zoned { zone, .. } => Some(zone),
        When::AllDay(_) | When::Fixed { .. } | When::Floating { .. } => None,
    }
}

/// The start that the lock had, by the clock of `zone`.
fn earlier(moment: Moment, zone: Zone) -> Earlier {
    match moment {
        Moment::Day(day) => Earlier::Day(day),
        Moment::Wall(wall) => Earlier::Floating(wall),
        Moment::Instant(instant) => Earlier::Clock(Stamp::in_zone(instant.to_utc(), zone)),
    }
}

/// The start that an occurrence would have had.
fn start(when: &When, zone: Zone) -> Earlier {
    match *when {
        When::AllDay(days) => Earlier::Day(days.first),
        When::Floating { start, .. } => Earlier::Floating(start),
        When::Zoned { start, .. } | When::Fixed { start, .. } => Earlier::Clock(Stamp::in_zone(start, zone)),
    }
}

#[cfg(test)]
mod tests;
