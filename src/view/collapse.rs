//! The local events of an action day behind the row of the day: 60 rows with one title are hard to read.

use std::collections::HashMap;

use crate::event::{Event, Status};
use crate::schedule::Occurrence;

/// Fewer local events stay rows of their own.
const FEWEST: usize = 6;

/// Takes the local events of a day out of `occurrences` where the day is among them, and returns them for each occurrence
/// that is left. An event that is not as announced stays, and so does one with a record of its own.
pub fn collapse<'c>(occurrences: &mut Vec<Occurrence<'c>>) -> Vec<Vec<&'c Event>> {
    let mut days: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, one) in occurrences.iter().enumerate() {
        days.entry(&one.event.id).or_default().push(index);
    }
    let day_of = |local: &Occurrence<'c>| {
        let parent = local.event.part_of.as_deref()?;
        let is_row = local.event.id.strip_prefix(parent).is_some_and(|rest| rest.starts_with('/'));
        if !is_row || local.event.status != Status::Confirmed || local.event.moved_from.is_some() {
            return None;
        }
        // Its hours are on the day, by its own clock or the next.
        let first = local.when.first_day();
        days.get(parent)?.iter().copied().find(|index| {
            let day = &occurrences[*index];
            let (begin, end) = (day.when.first_day(), day.when.last_day());
            day.event.status.takes_place() && (begin.pred_opt() <= Some(first)) && end.succ_opt() >= Some(first)
        })
    };
    let mut locals: Vec<Vec<usize>> = vec![Vec::new(); occurrences.len()];
    for (index, one) in occurrences.iter().enumerate() {
        if let Some(day) = day_of(one) {
            locals[day].push(index);
        }
    }
    let mut is_behind = vec![false; occurrences.len()];
    let mut behind: Vec<Vec<&'c Event>> = Vec::new();
    for of_day in &mut locals {
        if of_day.len() < FEWEST {
            of_day.clear();
        }
        for index in &*of_day {
            is_behind[*index] = true;
        }
        behind.push(of_day.iter().map(|index| occurrences[*index].event).collect());
    }
    let mut index = 0;
    occurrences.retain(|_| {
        index += 1;
        !is_behind[index - 1]
    });
    let mut index = 0;
    behind.retain(|_| {
        index += 1;
        !is_behind[index - 1]
    });
    behind
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::sample::{event, zoned};

    /// The ids that are left, and how many are behind each.
    fn collapsed(events: &[Event]) -> Vec<(&str, usize)> {
        let mut occurrences: Vec<Occurrence<'_>> =
            events.iter().map(|event| Occurrence { event, when: event.when, planned: None }).collect();
        let behind = collapse(&mut occurrences);
        assert_eq!(behind.len(), occurrences.len());
        occurrences.iter().zip(&behind).map(|(one, behind)| (&*one.event.id, behind.len())).collect()
    }

    fn local(city: &str, start: &str) -> Event {
        Event { part_of: Some("day".into()), ..event(&format!("day/{city}"), zoned("Europe/Madrid", start)) }
    }

    #[test]
    fn locals_are_behind_their_day() {
        let day = || event("day", zoned("Europe/Madrid", "2026-12-20T12:00:00Z"));
        let cities =
            || ["lima", "oslo", "rome", "kyiv", "bern", "riga"].map(|city| local(city, "2026-12-20T15:00:00Z"));
        let cancelled = Event { status: Status::Cancelled, ..local("bonn", "2026-12-20T15:00:00Z") };
        let late = local("york", "2026-12-23T15:00:00Z");
        let own =
            Event { part_of: Some("day".into()), ..event("forum", zoned("Europe/Madrid", "2026-12-20T15:00:00Z")) };
        let mut events = vec![day()];
        events.extend(cities());
        events.extend([cancelled, late, own]);
        assert_eq!(collapsed(&events), [("day", 6), ("day/bonn", 0), ("day/york", 0), ("forum", 0)]);
        // Without their day, or if there are few, they are rows.
        assert_eq!(collapsed(&cities()).len(), 6);
        assert_eq!(collapsed(&[day(), local("lima", "2026-12-20T15:00:00Z")]), [("day", 0), ("day/lima", 0)]);
        let off = Event { status: Status::Cancelled, ..day() };
        let mut events = vec![off];
        events.extend(cities());
        assert_eq!(collapsed(&events).len(), 7);
    }
}
