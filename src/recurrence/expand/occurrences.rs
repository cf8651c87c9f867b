//! The occurrences of a window, one after the other.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::bits::Bits;
use super::civil;
use super::period::Period;
use super::plan::Plan;
use crate::recurrence::{End, Rule};

/// The first moment after the last year: 1 January 10000.
pub(super) fn horizon() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(10_000, 1, 1).unwrap_or(NaiveDate::MAX).and_time(NaiveTime::MIN)
}

/// Iterator made by [`Rule::between`]; ends by itself, also for a rule that never matches.
#[derive(Debug, Clone)]
pub struct Occurrences<'a>(Option<Walking<'a>>);

#[derive(Debug, Clone)]
struct Walking<'a> {
    plan: Plan<'a>,
    to: NaiveDateTime,
    step: i64,
    last_step: i64,
    period: Period,
    /// Place in the period's list of positions; only with BYSETPOS.
    index: u32,
    /// Days of the period that are still to come, after `day`.
    days: Bits,
    /// The day that is being given out, and the next of its times.
    day: Option<NaiveDate>,
    time: usize,
    /// How many COUNT still allows.
    left: u64,
    /// Steps in a row that had nothing.
    empty: i64,
}

impl<'a> Occurrences<'a> {
    pub(super) fn new(rule: &'a Rule, start: NaiveDateTime, from: NaiveDateTime, to: NaiveDateTime) -> Self {
        let (from, to) = (from.max(start), to.min(rule.bound()).min(horizon()));
        if from >= to {
            return Occurrences(None);
        }
        Occurrences(Plan::new(rule, start).and_then(|plan| Walking::new(plan, from, to)))
    }
}

impl<'a> Walking<'a> {
    /// Begins in the step of `from`, which is not before the start.
    fn new(plan: Plan<'a>, from: NaiveDateTime, to: NaiveDateTime) -> Option<Self> {
        let step = plan.step_of(from);
        let mut period = Period::default();
        plan.load(step, &mut period);
        let passed = period.rank(&plan.times, from);
        let mut left = u64::MAX;
        if let End::Count(count) = plan.rule.end
            && !plan.is_beyond(u64::from(count.get()))
        {
            let (reached, counted) = plan.count_until(step, u64::from(count.get()));
            if reached < step {
                return None;
            }
            let early = if step == 0 { period.rank(&plan.times, plan.start) } else { 0 };
            left = u64::from(count.get()).checked_sub(counted + u64::from(passed - early))?;
        }
        let last_step = plan.step_of(to).min(plan.last_step());
        let days = period.days;
        let mut walking =
            Walking { plan, to, step, last_step, period, index: passed, days, day: None, time: 0, left, empty: 0 };
        if walking.period.picks.is_none() {
            walking.skip(passed);
        }
        Some(walking)
    }

    /// Skips this many occurrences of the period.
    fn skip(&mut self, passed: u32) {
        let Some(days) = passed.checked_div(self.plan.times.len()) else { return };
        for _ in 0..days {
            self.days.pop();
        }
        let time = passed % self.plan.times.len();
        if time > 0 {
            self.day = self.days.pop().map(|day| civil::date(self.period.base + day));
            self.time = time as usize;
        }
    }

    fn next_in_period(&mut self) -> Option<NaiveDateTime> {
        let times = self.plan.times.all();
        if self.period.picks.is_some() {
            let moment = self.period.get(&self.plan.times, self.index)?;
            self.index += 1;
            return Some(moment);
        }
        if let Some(day) = self.day
            && let Some(time) = times.get(self.time)
        {
            self.time += 1;
            return Some(day.and_time(*time));
        }
        let first = *times.first()?;
        let day = civil::date(self.period.base + self.days.pop()?);
        (self.day, self.time) = (Some(day), 1);
        Some(day.and_time(first))
    }

    /// Goes on to the next step that has something; false when there is none.
    fn next_period(&mut self) -> bool {
        self.day = None;
        self.index = 0;
        while self.step < self.last_step {
            self.step += 1;
            let (base, days) = self.plan.days(self.step);
            if !self.plan.is_empty(&days) {
                self.empty = 0;
                if self.period.picks.is_some() {
                    self.plan.load(self.step, &mut self.period);
                } else {
                    (self.period.base, self.days) = (base, days);
                }
                return true;
            }
            self.empty += 1;
            if self.empty > self.plan.cycle() || self.empty == 64 && !self.plan.is_possible() {
                return false;
            }
        }
        false
    }
}

impl Iterator for Occurrences<'_> {
    type Item = NaiveDateTime;

    fn next(&mut self) -> Option<NaiveDateTime> {
        let walking = self.0.as_mut()?;
        loop {
            if walking.left == 0 {
                break;
            }
            match walking.next_in_period() {
                Some(moment) if moment < walking.to => {
                    walking.left -= 1;
                    return Some(moment);
                }
                None if walking.next_period() => {}
                Some(_) | None => break,
            }
        }
        self.0 = None;
        None
    }
}
