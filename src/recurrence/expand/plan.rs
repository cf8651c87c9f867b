//! A rule together with its start: what to walk, and what each step leaves.
//!
//! What the rule leaves out is filled in from the start here, as RFC 5545 has it: the weekday of a WEEKLY rule or of a
//! BYWEEKNO without days, the day of a MONTHLY one, day and month of a YEARLY one.
//!
//! Surprise: the steps of a filtered DAILY rule are months, as its days are found faster a month at a time.

use chrono::{Datelike, NaiveDateTime};

use super::bits::Bits;
use super::civil::{self, CYCLE_DAYS, HORIZON, month_offset, weekday, year_start};
use super::month::{self, MonthDays, WeekDays};
use super::period::{Period, picks};
use super::times::Times;
use super::year;
use crate::recurrence::{Freq, Rule};

/// What one step covers. Steps are numbered from 0, the one that holds the start.
#[derive(Debug, Clone, Copy)]
enum Walk {
    /// One day each.
    Days { first: i64, step: i64 },
    /// The days of a whole month that are a multiple of `every` away from the start; `every` is at most 31, and
    /// `pattern` has a bit at each multiple.
    DaysOfMonth { first: i64, every: i64, pattern: u64 },
    /// A week; `first` is the day number on which week 0 begins.
    Weeks { first: i64, step: i64 },
    /// A month, as an index.
    Months { first: i64, step: i64 },
    /// A year.
    Years { first: i64, step: i64 },
}

/// A rule, ready to be walked.
#[derive(Debug, Clone)]
pub(super) struct Plan<'a> {
    pub(super) rule: &'a Rule,
    pub(super) start: NaiveDateTime,
    pub(super) times: Times,
    /// Bit 0 is January.
    pub(super) months: u16,
    pub(super) month_days: Option<MonthDays>,
    pub(super) week_days: Option<WeekDays>,
    walk: Walk,
    start_day: i64,
    /// BYSETPOS with the smallest distance from either end; 0 without.
    least_position: u32,
}

impl<'a> Plan<'a> {
    /// `None` when the start is outside of the years 1 to 9999, or no period is long enough for BYSETPOS.
    pub(super) fn new(rule: &'a Rule, start: NaiveDateTime) -> Option<Plan<'a>> {
        if !(1..=9999).contains(&start.year()) {
            return None;
        }
        let times = Times::new(rule, start.time());
        if times.len() == 0 {
            return None;
        }
        let step = i64::from(rule.interval.get());
        let start_day = i64::from(start.num_days_from_ce());
        let mut months = rule.by_month.iter().fold(0, |months, month| months | 1u16 << (month - 1));
        let mut month_days = (!rule.by_month_day.is_empty()).then(|| MonthDays::new(&rule.by_month_day));
        let mut week_days = (!rule.by_day.is_empty()).then(|| WeekDays::new(&rule.by_day));
        let same_day = Some(MonthDays::new(&[start.day() as i8]));
        let same_weekday = Some(WeekDays::new(&[(None, start.weekday())]));
        let no_days = month_days.is_none() && week_days.is_none();
        match rule.freq {
            Freq::Weekly if week_days.is_none() => week_days = same_weekday,
            Freq::Monthly if no_days => month_days = same_day,
            Freq::Yearly if no_days && rule.by_year_day.is_empty() => {
                if rule.by_week_no.is_empty() {
                    month_days = same_day;
                    if months == 0 {
                        months = 1 << start.month0();
                    }
                } else {
                    week_days = same_weekday;
                }
            }
            _ => {}
        }
        let filtered = months != 0 || month_days.is_some() || week_days.is_some();
        let walk = match rule.freq {
            Freq::Daily if filtered && step <= 31 => {
                let pattern = (0..31).step_by(step as usize).fold(0, |bits, day| bits | 1 << day);
                Walk::DaysOfMonth { first: civil::month_index(start.date()), every: step, pattern }
            }
            Freq::Daily => Walk::Days { first: start_day, step },
            Freq::Weekly => {
                let into = start.weekday().days_since(rule.week_start);
                Walk::Weeks { first: start_day - i64::from(into), step }
            }
            Freq::Monthly => Walk::Months { first: civil::month_index(start.date()), step },
            Freq::Yearly => Walk::Years { first: i64::from(start.year()), step },
        };
        let by_position = rule.freq != Freq::Daily;
        let least_position =
            rule.by_set_pos.iter().filter(|_| by_position).map(|place| u32::from(place.unsigned_abs())).min();
        let most_days = match rule.freq {
            Freq::Daily => 1,
            Freq::Weekly => week_days.map_or(7, |days| days.any.count_ones()),
            Freq::Monthly => 31,
            Freq::Yearly => 366,
        };
        if least_position.is_some_and(|place| place > most_days * times.len()) {
            return None;
        }
        Some(Plan {
            rule,
            start,
            times,
            months: if months == 0 { 0xfff } else { months },
            month_days,
            week_days,
            walk,
            start_day,
            least_position: least_position.unwrap_or(0),
        })
    }

    /// The step whose period holds the day, or the last one that begins before it; negative before the start's.
    pub(super) fn step_of(&self, moment: NaiveDateTime) -> i64 {
        let day = i64::from(moment.num_days_from_ce());
        match self.walk {
            Walk::Days { first, step } => (day - first).div_euclid(step),
            Walk::DaysOfMonth { first, .. } => civil::month_index(moment.date()) - first,
            Walk::Weeks { first, step } => (day - first).div_euclid(7 * step),
            Walk::Months { first, step } => (civil::month_index(moment.date()) - first).div_euclid(step),
            Walk::Years { first, step } => (i64::from(moment.year()) - first).div_euclid(step),
        }
    }

    /// The last step that begins before the year 10000.
    pub(super) fn last_step(&self) -> i64 {
        self.step_of(civil::date(HORIZON).and_time(self.start.time()))
    }

    /// After how many steps the lengths of periods repeat: what came empty for so long stays empty.
    pub(super) fn cycle(&self) -> i64 {
        match self.walk {
            Walk::Days { .. } if !self.is_filtered() => 1,
            Walk::Days { step, .. } => CYCLE_DAYS / gcd(step, CYCLE_DAYS),
            Walk::DaysOfMonth { every, .. } => 4800 * (every / gcd(every, CYCLE_DAYS)),
            Walk::Weeks { .. } if self.months == 0xfff => 1,
            Walk::Weeks { step, .. } => 20_871 / gcd(step, 20_871),
            Walk::Months { step, .. } => 4800 / gcd(step, 4800),
            Walk::Years { step, .. } => 400 / gcd(step, 400),
        }
    }

    fn is_filtered(&self) -> bool {
        self.months != 0xfff || self.month_days.is_some() || self.week_days.is_some()
    }

    /// The days of a step from 0 to [`last_step`](Plan::last_step), before BYSETPOS, and the day number that they count from.
    pub(super) fn days(&self, step_number: i64) -> (i32, Bits) {
        match self.walk {
            Walk::Days { first, step } => {
                let day = (first + step * step_number) as i32;
                (day, Bits::from_word(u64::from(!self.is_filtered() || self.day_passes(day))))
            }
            Walk::DaysOfMonth { first, every, pattern } => {
                let (base, days) = self.month(first + step_number);
                let offset = (self.start_day - i64::from(base)).rem_euclid(every);
                // Moved to the first day that is in step.
                (base, Bits::from_word(u64::from(days) & pattern << offset))
            }
            Walk::Weeks { first, step } => {
                let base = (first + 7 * step * step_number) as i32;
                (base, Bits::from_word(self.week(base)))
            }
            Walk::Months { first, step } => {
                let (base, days) = self.month(first + step * step_number);
                (base, Bits::from_word(u64::from(days)))
            }
            Walk::Years { first, step } => {
                let year = (first + step * step_number) as i32;
                (year_start(year), year::days(self, year))
            }
        }
    }

    /// Fills `period` with a step; leaves its list of positions allocated.
    pub(super) fn load(&self, step_number: i64, period: &mut Period) {
        (period.base, period.days) = self.days(step_number);
        if self.least_position > 0 {
            period.picks = Some(picks(&self.rule.by_set_pos, period.days.len() * self.times.len()));
        }
    }

    /// How many occurrences a period of that many days has.
    pub(super) fn occurrences_of(&self, days: u32) -> u32 {
        let total = days * self.times.len();
        if self.least_position == 0 { total } else { picks(&self.rule.by_set_pos, total).len() as u32 }
    }

    /// Whether a step has nothing, without listing what it has.
    pub(super) fn is_empty(&self, days: &Bits) -> bool {
        if self.least_position == 0 { days.is_empty() } else { days.len() * self.times.len() < self.least_position }
    }

    /// Whether any day of the calendar passes the filters of a DAILY or MONTHLY rule, its interval aside; true for the
    /// others.
    ///
    /// Answers for 30 February in under a microsecond where the walk would take a turn of 400 years.
    pub(super) fn is_possible(&self) -> bool {
        if !matches!(self.rule.freq, Freq::Daily | Freq::Monthly) {
            return true;
        }
        if let Walk::DaysOfMonth { every: step, .. } | Walk::Days { step, .. } = self.walk
            && step % 7 == 0
            && let Some(days) = self.week_days
            && days.any >> weekday(self.start_day as i32) & 1 == 0
        {
            return false;
        }
        (0..12).filter(|month0| self.months >> month0 & 1 == 1).any(|month0| {
            // 2000 is a leap year; each month begins on each weekday sooner or later.
            let len = month_offset(2000, month0 + 1) - month_offset(2000, month0);
            (0..7).any(|first| {
                month::days(self.rule, self.month_days, self.week_days, first, len) != 0
                    || month0 == 1 && month::days(self.rule, self.month_days, self.week_days, first, 28) != 0
            })
        })
    }

    fn month(&self, index: i64) -> (i32, u32) {
        let (year, month0) = ((index / 12) as i32, (index % 12) as i32);
        let at = month_offset(year, month0);
        let base = year_start(year) + at;
        if self.months >> month0 & 1 == 0 {
            return (base, 0);
        }
        let len = month_offset(year, month0 + 1) - at;
        (base, month::days(self.rule, self.month_days, self.week_days, weekday(base), len))
    }

    fn week(&self, base: i32) -> u64 {
        let Some(week_days) = self.week_days else { return 0 };
        let days = week_days.pattern(weekday(base)) & 0x7f;
        if self.months == 0xfff {
            return days;
        }
        // A week has days of at most two months; the number of its last day tells where the later month begins.
        let (early, late) = (civil::date(base), civil::date(base + 6));
        let split = 6u32.saturating_sub(late.day0());
        let allowed = |month0: u32, mask: u64| if self.months >> month0 & 1 == 1 { mask } else { 0 };
        let first_days = (1 << split) - 1;
        days & (allowed(early.month0(), first_days) | allowed(late.month0(), 0x7f & !first_days))
    }

    fn day_passes(&self, day: i32) -> bool {
        // Test the weekday first: it is cheap and usually decides. A DAILY rule has no numbered weekdays.
        if self.week_days.is_some_and(|days| days.any >> weekday(day) & 1 == 0) {
            return false;
        }
        let date = civil::date(day);
        let (month0, day0) = (date.month0() as i32, date.day0());
        self.months >> month0 & 1 == 1
            && self.month_days.is_none_or(|days| {
                let year = date.year();
                days.bits(month_offset(year, month0 + 1) - month_offset(year, month0)) >> day0 & 1 == 1
            })
    }

    /// Whether COUNT exceeds the number of occurrences up to the year 9999, so that it has no effect.
    pub(super) fn is_beyond(&self, count: u64) -> bool {
        let days = match self.walk {
            Walk::Days { .. } => 1,
            Walk::Weeks { .. } => 7,
            Walk::DaysOfMonth { every, .. } => 31u32.div_ceil(every as u32),
            Walk::Months { .. } => 31,
            Walk::Years { .. } => 366,
        };
        let each = if self.least_position == 0 { days * self.times.len() } else { self.rule.by_set_pos.len() as u32 };
        (self.last_step() + 1).unsigned_abs() * u64::from(each) < count
    }
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
