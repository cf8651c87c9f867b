//! Events that tell of each other: feeds name the parts of an action day in its description, and the day in theirs. So
//! what subscribers see of the one changes with the other.

use std::collections::HashMap;

use crate::calendar::Calendar;
use crate::event::Event;

/// The events of a calendar that belong to another one.
pub(super) struct Relatives<'c> {
    calendar: &'c Calendar,
    /// By the id of what they belong to; each list by id.
    parts: HashMap<&'c str, Vec<&'c Event>>,
}

impl<'c> Relatives<'c> {
    pub(super) fn of(calendar: &'c Calendar) -> Self {
        let mut parts: HashMap<&str, Vec<&Event>> = HashMap::new();
        for event in &calendar.events {
            if let Some(whole) = event.part_of.as_deref() {
                parts.entry(whole).or_default().push(event);
            }
        }
        Relatives { calendar, parts }
    }

    /// What belongs to an event.
    pub(super) fn parts(&self, event: &Event) -> &[&'c Event] {
        self.parts.get(&*event.id).map_or(&[], |parts| parts)
    }

    /// What an event belongs to.
    pub(super) fn whole(&self, event: &Event) -> Option<&'c Event> {
        self.calendar.event(event.part_of.as_deref()?)
    }
}
