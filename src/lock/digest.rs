//! Digests of an event: of all that subscribers see, and of what must make their clients look again (RFC 5545 3.8.7.4).
//!
//! They are SHA-256 over tagged fields, cut to 128 bits. A field that an event does not have leaves no trace, so a field
//! that a later version adds changes no digest of events without it. Nothing that is withheld or never published goes in:
//! the lock is public, and a short passcode could be found by trying all of them. Neither does anything that moves by
//! itself: the as-of day, the version of this program, the bytes of a feed.

mod fields;
mod hash;

use std::collections::HashMap;

use chrono::{DateTime, Datelike, Utc};

pub(super) use fields::places;
use fields::{Fields, dates, fields, related, scheduled, wall};
pub use hash::{Digest, Digesting};

use super::relatives::Relatives;
use crate::event::{Change, Event, Kinds, Length, Repeat, When};
use crate::recurrence::Rule;
use crate::schedule;
use crate::zone::Zone;

/// Makes the digests of many events, with memory that is used again.
#[derive(Default)]
pub(super) struct Digester<'c> {
    relatives: Option<&'c Relatives<'c>>,
    schedule: Fields,
    rest: Fields,
    /// What raises SEQUENCE, for a series with changed occurrences.
    changed: Fields,
    /// Bytes of `schedule` that the rules of the zone take.
    zone_bytes: usize,
    rules: HashMap<(Zone, i32, i32), ZoneRules>,
}

/// The rules of a zone from one year to another.
struct ZoneRules {
    digest: Digest,
    /// The times of day that the clocks skip or show twice, in seconds since midnight, each with its length.
    jumps: Vec<(i64, i64)>,
}

/// Seconds of a day.
const DAY: i64 = 86_400;

/// The digests of an event.
#[derive(Clone, Copy, Debug)]
pub(super) struct Digests {
    /// Of what subscribers see.
    pub(super) seen: Digest,
    /// Of what raises SEQUENCE.
    pub(super) schedule: Digest,
    /// The same as earlier versions made it for a series with changed occurrences.
    earlier: Option<Digest>,
}

impl Digests {
    /// Whether SEQUENCE rises where the lock has `old` of what raises it.
    pub(super) fn raise(&self, old: Digest) -> bool {
        self.schedule != old && self.earlier != Some(old)
    }
}

/// An event with what [`scheduled`] reads, and nothing that is dear to copy.
fn unscheduled(event: &Event) -> Event {
    Event { repeat: None, description: None, translations: None, ..event.clone() }
}

/// The last year of which the rules of a zone count for a series without an end.
const LAST_YEAR: i32 = 2069;

impl<'c> Digester<'c> {
    /// One for events of a calendar.
    pub(super) fn among(relatives: &'c Relatives<'c>) -> Self {
        Digester { relatives: Some(relatives), ..Digester::default() }
    }

    /// What subscribers see, and what raises SEQUENCE.
    pub(super) fn both(&mut self, event: &Event, kinds: &Kinds) -> Digests {
        let seen = self.seen(event, kinds);
        let whole = Digest::of(&[b"redletter schedule 1", &self.schedule.0]);
        let Some(repeat) = event.repeat.as_deref().filter(|repeat| !repeat.changes.is_empty()) else {
            return Digests { seen, schedule: whole, earlier: None };
        };
        self.changed.0.clear();
        self.changed.0.extend_from_slice(&self.schedule.0[..self.zone_bytes]);
        scheduled(event, &mut self.changed);
        dates(repeat, &mut self.changed);
        for Change { planned, event: changed } in &repeat.changes {
            let as_planned = repeat.when(event, *planned).map(|when| Event { when, ..unscheduled(event) });
            let mut before = Fields::default();
            scheduled(as_planned.as_ref().unwrap_or(event), &mut before);
            let mut after = Fields::default();
            scheduled(changed, &mut after);
            // An occurrence with another title or text is at the same time and place.
            if before.0 != after.0 {
                self.changed.numbers("change", [wall(*planned)]);
                self.changed.0.extend_from_slice(&after.0);
            }
        }
        let schedule = Digest::of(&[b"redletter schedule 1", &self.changed.0]);
        Digests { seen, schedule, earlier: Some(whole) }
    }

    /// What subscribers see. Where it stays, so does what raises SEQUENCE.
    pub(super) fn seen(&mut self, event: &Event, kinds: &Kinds) -> Digest {
        self.schedule.0.clear();
        self.rest.0.clear();
        if let Some(rules) = self.zone_rules(event) {
            let (digest, is_stretched) = (rules.digest, rules.stretch(event));
            self.schedule.bytes("rules", &digest.bytes());
            if is_stretched {
                let Length { clock, exact } = event.length;
                self.schedule.numbers("length", [clock.num_seconds(), exact.num_seconds()]);
            }
        }
        self.zone_bytes = self.schedule.0.len();
        fields(event, kinds, &mut self.schedule, &mut self.rest);
        if let Some(relatives) = self.relatives {
            related(event, relatives, &mut self.rest);
        }
        Digest::of(&[b"redletter seen 1", &self.schedule.0, &self.rest.0])
    }

    /// The rules of a series' zone, from the year in which it begins to that in which it ends: newer ones may move its
    /// later occurrences and leave the first. None for what does not repeat in a zone.
    pub(super) fn rules(&mut self, event: &Event) -> Option<Digest> {
        self.zone_rules(event).map(|rules| rules.digest)
    }

    fn zone_rules(&mut self, event: &Event) -> Option<&ZoneRules> {
        let (When::Zoned { zone, start, .. }, Some(_)) = (event.when, &event.repeat) else { return None };
        let last = schedule::last_of_strand(event).map_or(LAST_YEAR, |last| last.last_day().year().min(LAST_YEAR));
        let (first, last) = (start.year(), last.max(start.year()));
        Some(self.rules.entry((zone, first, last)).or_insert_with(|| rules_between(zone, first, last)))
    }
}

impl ZoneRules {
    /// Whether a clock change may lie between start and end of an occurrence that ends by the clock, so that it is not as
    /// long as the first one.
    fn stretch(&self, event: &Event) -> bool {
        let Length { clock, .. } = event.length;
        if clock.is_zero() || self.jumps.is_empty() {
            return false;
        }
        let has_hours = |repeat: &Repeat| repeat.rule.as_ref().is_some_and(Rule::sets_times);
        if clock.num_seconds() >= DAY || event.repeat.as_deref().is_some_and(has_hours) {
            return true;
        }
        let start = wall(event.when.wall()).rem_euclid(DAY);
        let meets = |&(jump, length): &(i64, i64)| {
            (jump - start).rem_euclid(DAY) < clock.num_seconds() || (start - jump).rem_euclid(DAY) < length
        };
        self.jumps.iter().any(meets)
    }
}

/// Offsets and their changes from the beginning of one year to the end of another.
fn rules_between(zone: Zone, first: i32, last: i32) -> ZoneRules {
    let year = |year: i32| DateTime::<Utc>::UNIX_EPOCH.with_month(1).and_then(|at| at.with_year(year));
    let from = year(first).unwrap_or(DateTime::UNIX_EPOCH);
    let to = year(last + 1).unwrap_or(from);
    let mut bytes = zone.offset_at(from).seconds().to_le_bytes().to_vec();
    let mut jumps = Vec::new();
    let mut at = from;
    while let Some(change) = zone.next_transition(at).filter(|change| change.at < to) {
        if change.before.offset != change.after.offset {
            bytes.extend(change.at.timestamp().to_le_bytes());
            bytes.extend(change.after.offset.local_minus_utc().to_le_bytes());
            let [before, after] =
                [change.before, change.after].map(|regime| i64::from(regime.offset.local_minus_utc()));
            let jump = (change.at.timestamp() + before.min(after)).rem_euclid(DAY);
            jumps.push((jump, (before - after).abs()));
        }
        at = change.at;
    }
    jumps.sort_unstable();
    jumps.dedup();
    ZoneRules { digest: Digest::of(&[b"redletter rules 1", &bytes]), jumps }
}

#[cfg(test)]
mod tests;
