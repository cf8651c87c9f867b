//! COUNT, and the last occurrence: operations that must know the number of occurrences.

use chrono::{Datelike, NaiveDateTime};

use super::period::Period;
use super::plan::Plan;

impl Plan<'_> {
    /// Counts from the start until step `end`, itself excluded, or until the step that holds occurrence number `wanted`
    /// (from 1): that step, and how many occurrences come before it.
    ///
    /// Costs a step's days each, for at most two turns of the cycle; plain daily and weekly rules have a cycle of one.
    pub(super) fn count_until(&self, end: i64, wanted: u64) -> (i64, u64) {
        if !self.is_possible() {
            return (end, 0);
        }
        let cycle = self.cycle();
        let mut lengths = Lengths { plan: self, known: [None; 32] };
        let mut period = Period::default();
        self.load(0, &mut period);
        let early = period.rank(&self.times, self.start);
        let mut step = 0;
        let mut counted = 0;
        let mut length = u64::from(period.len(&self.times) - early);
        let mut turned = false;
        let mut before_turn = 0;
        while step < end && counted + length < wanted {
            counted += length;
            step += 1;
            if step == 1 {
                before_turn = counted;
            }
            if step == cycle + 1 && !turned {
                turned = true;
                let a_turn = counted - before_turn;
                // Whole turns that neither pass the end nor reach the wanted one.
                let by_step = (end - step).max(0) / cycle;
                let by_count = (wanted - 1 - counted).checked_div(a_turn).unwrap_or(u64::MAX);
                let turns = by_step.min(i64::try_from(by_count).unwrap_or(i64::MAX));
                step += turns * cycle;
                counted += a_turn * turns as u64;
                if a_turn == 0 {
                    return (end, counted);
                }
            }
            if step < end {
                length = lengths.of(step);
            }
        }
        (step, counted)
    }

    /// Occurrence number `wanted`, from 1; `None` if there are fewer up to the period of `at`.
    pub(super) fn nth(&self, wanted: u64, at: NaiveDateTime) -> Option<NaiveDateTime> {
        if self.is_beyond(wanted) {
            return None;
        }
        let end = self.step_of(at.min(super::occurrences::horizon())).min(self.last_step()) + 1;
        let (step, counted) = self.count_until(end, wanted);
        if step >= end {
            return None;
        }
        let mut period = Period::default();
        self.load(step, &mut period);
        let early = if step == 0 { period.rank(&self.times, self.start) } else { 0 };
        period.get(&self.times, (wanted - counted - 1) as u32 + early).filter(|moment| moment.year() <= 9999)
    }

    /// The last occurrence before `at`, whatever the rule's end.
    pub(super) fn last_before(&self, at: NaiveDateTime) -> Option<NaiveDateTime> {
        if at <= self.start {
            return None;
        }
        let at = at.min(super::occurrences::horizon());
        let from = self.step_of(at).min(self.last_step());
        let floor = (from - self.cycle() - 1).max(0);
        let mut period = Period::default();
        for (empty, step) in (0..=from).rev().enumerate() {
            // One turn back, one step for the part of a period after `at`, and the start's own, which is cut as well.
            if step < floor && step > 0 || empty == 64 && !self.is_possible() {
                return None;
            }
            if self.is_empty(&self.days(step).1) {
                continue;
            }
            self.load(step, &mut period);
            let rank = period.rank(&self.times, at);
            let early = if step == 0 { period.rank(&self.times, self.start) } else { 0 };
            if rank > early {
                return period.get(&self.times, rank - 1);
            }
        }
        None
    }
}

/// Lengths of periods, remembered by their number of days where BYSETPOS makes them dear.
struct Lengths<'a> {
    plan: &'a Plan<'a>,
    known: [Option<u32>; 32],
}

impl Lengths<'_> {
    fn of(&mut self, step: i64) -> u64 {
        let days = self.plan.days(step).1.len();
        let length = match self.known.get_mut(days as usize) {
            Some(known) => *known.get_or_insert_with(|| self.plan.occurrences_of(days)),
            None => self.plan.occurrences_of(days),
        };
        u64::from(length)
    }
}
