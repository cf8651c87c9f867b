//! The occurrences in a window between two days of a zone.
//!
//! Repeats are expanded in local time, and then each occurrence is resolved in its zone. The cost is proportional to the
//! occurrences in the window and to the number of events, not to the age of their rules.

pub mod dates;
pub mod window;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

pub use window::Window;

use crate::calendar::Calendar;
use crate::event::{Event, Repeat, When, when};
use crate::recurrence::End;
use crate::zone::Zone;

/// The most occurrences of one event in a listing.
pub const MOST: usize = 100_000;

/// One concrete happening of an event.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Occurrence<'c> {
    /// What happens: the event, or the changed one where this occurrence is not as planned.
    pub event: &'c Event,
    /// When.
    pub when: When,
    /// When it was planned, which is its name; only of repeats.
    pub planned: Option<When>,
}

/// An event with more than [`MOST`] occurrences in a window.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct TooMany<'c>(pub &'c Event);

/// The occurrences that overlap `window`, sorted by day in the window's zone; within a day open events, all-day events, then
/// by instant (floating events by local time), then by id.
pub fn occurrences<'c>(
    calendar: &'c Calendar,
    window: &Window,
    takes: impl Fn(&Occurrence<'_>) -> bool,
) -> Result<Vec<Occurrence<'c>>, TooMany<'c>> {
    among(&calendar.events, window, calendar.as_of, takes)
}

/// The same for some events, with open events ending at `as_of`.
pub fn among<'c>(
    events: impl IntoIterator<Item = &'c Event>,
    window: &Window,
    as_of: DateTime<Utc>,
    takes: impl Fn(&Occurrence<'_>) -> bool,
) -> Result<Vec<Occurrence<'c>>, TooMany<'c>> {
    let mut found = Vec::new();
    for event in events {
        of_event(event, window, as_of, MOST + 1, &mut found, &takes);
        if event.repeat.is_some() && found.len() > MOST && of_one(&found, event) > MOST {
            return Err(TooMany(event));
        }
    }
    sort(&mut found, window);
    Ok(found)
}

/// The next `count` occurrences of `window` that are not over at `now`, in the same order.
pub fn next<'c>(
    calendar: &'c Calendar,
    window: &Window,
    now: DateTime<Utc>,
    count: usize,
    takes: impl Fn(&Occurrence<'_>) -> bool,
) -> Vec<Occurrence<'c>> {
    let mut found = Vec::new();
    for event in &calendar.events {
        of_event(event, window, calendar.as_of, count.min(MOST), &mut found, |one| {
            !is_over(&one.when, now, window.zone) && takes(one)
        });
    }
    sort(&mut found, window);
    found.truncate(count);
    found
}

/// The next `count` occurrences of one event that are not over at `now`, those too that were called off, in order.
pub fn next_of(event: &Event, zone: Zone, now: DateTime<Utc>, count: usize) -> Vec<Occurrence<'_>> {
    let window = Window::from(now.with_timezone(&zone).date_naive(), zone);
    let mut found = Vec::new();
    of_event(event, &window, now, count.min(MOST), &mut found, |one| !is_over(&one.when, now, zone));
    sort(&mut found, &window);
    found.truncate(count);
    found
}

/// The current or next occurrence at `now` among those that `takes` accepts; otherwise a changed one.
pub fn nearest(
    event: &Event,
    zone: Zone,
    now: DateTime<Utc>,
    takes: impl Fn(&Occurrence<'_>) -> bool,
) -> Option<Occurrence<'_>> {
    let window = Window::from(now.with_timezone(&zone).date_naive(), zone);
    let mut found = Vec::new();
    of_event(event, &window, now, 1, &mut found, |one| !is_over(&one.when, now, zone) && takes(one));
    sort(&mut found, &window);
    let changed = || {
        let strands: Vec<&Event> = event.strands().collect();
        strands.into_iter().rev().find_map(|strand| {
            let repeat = strand.repeat.as_deref()?;
            let mut changed = repeat.changes.iter().rev().map(|change| Occurrence {
                event: &change.event,
                when: change.event.when,
                planned: repeat.when(strand, change.planned),
            });
            changed.find(|one| takes(one))
        })
    };
    found.first().copied().or_else(changed)
}

fn of_one(found: &[Occurrence<'_>], event: &Event) -> usize {
    found.iter().rev().take_while(|occurrence| occurrence.event.id == event.id).count()
}

/// Puts occurrences in order.
pub fn sort(found: &mut [Occurrence<'_>], window: &Window) {
    found.sort_by_cached_key(|occurrence| (order(occurrence, window), &*occurrence.event.id));
}

/// Appends the occurrences of one event in a window that `takes` takes, at most `most`; changed ones come last. A changed
/// occurrence is asked about as it will be.
fn of_event<'c>(
    event: &'c Event,
    window: &Window,
    as_of: DateTime<Utc>,
    most: usize,
    found: &mut Vec<Occurrence<'c>>,
    takes: impl Fn(&Occurrence<'_>) -> bool,
) {
    for strand in event.strands() {
        of_strand(strand, window, as_of, most, found, &takes);
    }
}

fn of_strand<'c>(
    event: &'c Event,
    window: &Window,
    as_of: DateTime<Utc>,
    most: usize,
    found: &mut Vec<Occurrence<'c>>,
    takes: impl Fn(&Occurrence<'_>) -> bool,
) {
    let takes = |one: &Occurrence<'_>| window.touches(&one.when) && takes(one);
    let Some(repeat) = event.repeat.as_deref() else {
        let one = Occurrence { event, when: so_far(event, as_of, window.zone), planned: None };
        if takes(&one) {
            found.push(one);
        }
        return;
    };
    let (from, to) = planned_bounds(&event.when, window);
    let unchanged = repeat
        .planned(&event.when, from, to)
        .filter(|planned| repeat.change(*planned).is_none())
        .filter_map(|planned| repeat.when(event, planned))
        .map(|when| Occurrence { event, when, planned: Some(when) })
        .filter(|one| takes(one));
    found.extend(unchanged.take(most));
    // A changed occurrence may have moved into the window from anywhere.
    for change in &repeat.changes {
        let one = Occurrence { event: &change.event, when: change.event.when, planned: None };
        if window.touches(&one.when) {
            let one = Occurrence { planned: repeat.when(event, change.planned), ..one };
            found.extend(Some(one).filter(|one| takes(one)));
        }
    }
}

/// When a single event takes place. An open event ends with the day of `as_of` in `zone`.
pub fn so_far(event: &Event, as_of: DateTime<Utc>, zone: Zone) -> When {
    if !event.is_open() {
        return event.when;
    }
    let today = as_of.with_timezone(&zone).date_naive();
    match event.when {
        When::AllDay(_) => event.when.to_end_of(today),
        When::Zoned { zone: own, start, .. } if start <= as_of => {
            When::Zoned { zone: own, start, end: when::midnight(today.succ_opt().unwrap_or(today), zone) }
        }
        // Still to come.
        When::Zoned { .. } | When::Fixed { .. } | When::Floating { .. } => event.when,
    }
}

/// Between which planned starts an occurrence can touch the window: its own length before, and on either side days for
/// the clocks of other zones and for a length that clock changes stretch, each by at most a day.
fn planned_bounds(base: &When, window: &Window) -> (NaiveDateTime, NaiveDateTime) {
    let slack = TimeDelta::days(3);
    let from =
        NaiveDateTime::from(window.first).checked_sub_signed(base.elapsed() + slack).unwrap_or(NaiveDateTime::MIN);
    let to = NaiveDateTime::from(window.end).checked_add_signed(slack).unwrap_or(NaiveDateTime::MAX);
    (from, to)
}

/// The current or next occurrence at `now` that takes place; otherwise the last one.
pub fn current(event: &Event, zone: Zone, now: DateTime<Utc>) -> Occurrence<'_> {
    let window = Window::from(now.with_timezone(&zone).date_naive(), zone);
    let mut found = Vec::new();
    of_event(event, &window, now, 1, &mut found, |one| {
        !is_over(&one.when, now, zone) && (!event.status.takes_place() || one.event.status.takes_place())
    });
    sort(&mut found, &window);
    if let Some(first) = found.first() {
        return *first;
    }
    // An endless strand has no last occurrence.
    let latest = event.strands().filter_map(|strand| {
        let repeat = strand.repeat.as_deref()?;
        occurrence(strand, repeat, last_planned(repeat, &strand.when)?)
    });
    let latest = latest.max_by_key(|one| one.when.last_day());
    latest.unwrap_or_else(|| Occurrence { event, when: so_far(event, now, zone), planned: None })
}

/// The occurrence of a strand that is planned for `planned`.
pub fn occurrence<'c>(strand: &'c Event, repeat: &'c Repeat, planned: NaiveDateTime) -> Option<Occurrence<'c>> {
    let as_planned = repeat.when(strand, planned)?;
    Some(match repeat.change(planned) {
        Some(change) => Occurrence { event: &change.event, when: change.event.when, planned: Some(as_planned) },
        None => Occurrence { event: strand, when: as_planned, planned: Some(as_planned) },
    })
}

/// The occurrence that is planned for `day` of the event's own clock, or that was moved there.
pub fn on(event: &Event, day: NaiveDate) -> Option<Occurrence<'_>> {
    if event.repeat.is_none() {
        return (event.when.first_day() == day).then_some(Occurrence { event, when: event.when, planned: None });
    }
    let from = day.and_time(NaiveTime::MIN);
    let strands = || event.strands().filter_map(|strand| Some((strand, strand.repeat.as_deref()?)));
    let planned = strands().filter_map(|(strand, repeat)| {
        let planned = repeat.planned(&strand.when, from, from + TimeDelta::days(1)).next()?;
        Some((planned, occurrence(strand, repeat, planned)?))
    });
    let planned = planned.min_by_key(|(planned, _)| *planned).map(|(_, one)| one);
    planned.or_else(|| {
        strands().find_map(|(strand, repeat)| {
            let moved = repeat.changes.iter().find(|change| change.event.when.first_day() == day)?;
            occurrence(strand, repeat, moved.planned)
        })
    })
}

/// The last planned start; `None` if the series is endless.
pub fn last_planned(repeat: &Repeat, base: &When) -> Option<NaiveDateTime> {
    let by_rule = match &repeat.rule {
        Some(rule) => Some(rule.last(base.wall())?),
        None => Some(base.wall()),
    };
    let mut last = by_rule.into_iter().chain(repeat.also.iter().map(When::wall)).max()?;
    if repeat.happens(base, last) {
        return Some(last);
    }
    // The last starts may be exceptions. Step back over them one at a time; the start before an occurrence does not
    // depend on where the rule ends.
    let endless = repeat.rule.clone().map(|rule| rule.with_end(End::Never));
    while !repeat.happens(base, last) {
        let by_rule = match &endless {
            Some(rule) => rule.before(base.wall(), last),
            None => Some(base.wall()).filter(|start| *start < last),
        };
        let besides = repeat.also.partition_point(|also| also.wall() < last);
        let besides = repeat.also[..besides].last().map(When::wall);
        last = by_rule.into_iter().chain(besides).max()?;
    }
    Some(last)
}

/// The last time that an event takes place; `None` if it is endless.
pub fn last(event: &Event) -> Option<When> {
    let mut last = last_of_strand(event)?;
    for strand in event.further() {
        let when = last_of_strand(&strand.event)?;
        if when.last_day() >= last.last_day() {
            last = when;
        }
    }
    Some(last)
}

/// The same of one strand.
pub fn last_of_strand(event: &Event) -> Option<When> {
    match event.repeat.as_deref() {
        None if event.is_open() => None,
        None => Some(event.when),
        Some(repeat) => {
            let planned = repeat.when(event, last_planned(repeat, &event.when)?);
            // An occurrence may have been moved after the last planned one.
            repeat.changes.iter().map(|change| change.event.when).chain(planned).max_by_key(When::last_day)
        }
    }
}

/// Whether it has ended at `now`; dates and floating times by the clock of `zone`.
pub fn is_over(when: &When, now: DateTime<Utc>, zone: Zone) -> bool {
    let wall = now.with_timezone(&zone).naive_local();
    match when {
        When::AllDay(days) => days.end <= wall.date(),
        When::Zoned { end, .. } | When::Fixed { end, .. } => *end <= now,
        When::Floating { end, .. } => *end <= wall,
    }
}

type Order = (NaiveDate, u8, NaiveDateTime);

/// An occurrence that began before the window is listed on its first day.
fn order(occurrence: &Occurrence<'_>, window: &Window) -> Order {
    let first = when_day(&occurrence.when, window.zone).max(window.first);
    let rank = if occurrence.event.is_open() { 0 } else { 2 - u8::from(occurrence.when.is_all_day()) };
    match &occurrence.when {
        When::AllDay(days) => (first, rank, days.first.into()),
        When::Zoned { start, .. } | When::Fixed { start, .. } => {
            (first, rank, start.with_timezone(&window.zone).naive_local())
        }
        When::Floating { start, .. } => (first, rank, *start),
    }
}

/// The day on which it begins, by the clock of `zone`; dates are never shifted.
pub fn when_day(when: &When, zone: Zone) -> NaiveDate {
    match when {
        When::AllDay(days) => days.first,
        When::Zoned { start, .. } | When::Fixed { start, .. } => start.with_timezone(&zone).date_naive(),
        When::Floating { start, .. } => start.date(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Days;
    use crate::recurrence::{Rule, Until};

    fn day(text: &str) -> NaiveDateTime {
        text.parse::<NaiveDate>().expect("a date").into()
    }

    #[test]
    fn the_last_occurrence_is_one_that_happens() {
        let end = End::Until(Until::Date(day("9998-12-31").date()));
        let rule = Rule::parse("FREQ=DAILY").expect("a rule").with_end(end);
        let base = When::AllDay(Days::new(day("1990-01-01").date(), day("1990-01-02").date()).expect("a day"));
        let except = [day("9998-12-30"), day("9998-12-31")];
        let mut repeat = Repeat { rule: Some(rule), except: except.into(), ..Repeat::default() };
        assert_eq!(last_planned(&repeat, &base), Some(day("9998-12-29")));
        repeat.rule = None;
        repeat.also = [base.begun_at(day("9998-12-31"), crate::event::Length::by_clock(&base)).expect("a day")].into();
        assert_eq!(last_planned(&repeat, &base), Some(day("1990-01-01")));
        repeat.except = [day("1990-01-01"), day("9998-12-31")].into();
        assert_eq!(last_planned(&repeat, &base), None);
    }
}
