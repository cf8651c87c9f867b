//! Events that newer time zone rules moved since the lock was written.

use chrono::{DateTime, TimeDelta, Utc};

use super::Lock;
use super::change::What;
use super::digest::Digester;
use super::kept::Kept;
use crate::calendar::Calendar;
use crate::schedule;
use crate::zone::Zone;

/// An event that begins at the same clock time as the lock says, and at another instant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Shift {
    /// Number of the event in the calendar.
    pub index: usize,
    /// By how much; none for a series of which only later occurrences moved.
    pub by: Option<TimeDelta>,
}

impl Lock {
    /// The events of `calendar` that are not over at `now` and that other rules moved.
    pub fn shifts(&self, calendar: &Calendar, now: DateTime<Utc>) -> Vec<Shift> {
        let mut digester = Digester::default();
        let zone = calendar.settings.timezone.unwrap_or_else(Zone::utc);
        let mut shifts = Vec::new();
        let strands = calendar.events.iter().enumerate();
        let strands = strands.flat_map(|(index, event)| event.strands().map(move |strand| (index, strand)));
        for (index, event) in strands {
            // One word for a series is enough.
            if shifts.last().is_some_and(|last: &Shift| last.index == index) {
                continue;
            }
            let Some(entry) = self.entry(&event.uid).filter(|entry| entry.gone.is_none()) else { continue };
            let when = Kept::of(event);
            let by = if entry.when.is_shifted_to(&when) {
                What::by(&entry.when, &when)
            } else if entry.when.start == when.start && entry.rules.is_some() && entry.rules != digester.rules(event) {
                // A rule that ends on another day has other rules of its zone, too.
                let repeats = super::KeptRepeat::of(event).zip(entry.repeat.as_deref());
                if !repeats.is_some_and(|(new, old)| new.has_dates_of(old)) {
                    continue;
                }
                None
            } else {
                continue;
            };
            if schedule::last_of_strand(event).is_none_or(|last| !schedule::is_over(&last, now, zone)) {
                shifts.push(Shift { index, by });
            }
        }
        shifts
    }
}

/// `one hour earlier`, of an event that begins by so much later than it did.
pub fn earlier_or_later(by: TimeDelta) -> String {
    let word = if by < TimeDelta::zero() { "earlier" } else { "later" };
    let by = by.abs();
    let (hours, minutes) = (by.num_hours(), by.num_minutes() % 60);
    let length = match (hours, minutes) {
        (1, 0) => "one hour".to_owned(),
        (hours, 0) => format!("{hours} hours"),
        (0, 1) => "one minute".to_owned(),
        (0, minutes) => format!("{minutes} minutes"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    };
    format!("{length} {word}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shift_in_words() {
        for (minutes, words) in [
            (60, "one hour later"),
            (-60, "one hour earlier"),
            (-30, "30 minutes earlier"),
            (330, "5 h 30 min later"),
            (120, "2 hours later"),
        ] {
            assert_eq!(earlier_or_later(TimeDelta::minutes(minutes)), words);
        }
    }
}
