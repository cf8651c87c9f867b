//! The days of a year that a YEARLY rule leaves.
//!
//! Surprise: BYMONTH, BYWEEKNO, BYYEARDAY, BYMONTHDAY and BYDAY all narrow the same year; a day has to pass every one
//! that is given. A numbered weekday is counted within its month if BYMONTH is given, else within the year.

use super::bits::Bits;
use super::civil::{month_offset, weekday, year_len, year_start};
use super::plan::Plan;
use super::{month, week};

/// Bits from 1 January.
pub(super) fn days(plan: &Plan<'_>, year: i32) -> Bits {
    let rule = plan.rule;
    let (len, first) = (year_len(year), weekday(year_start(year)));
    let ordinals_of_year = rule.by_month.is_empty() && plan.week_days.is_some_and(|days| days.ordinals);
    let week_days = if ordinals_of_year { None } else { plan.week_days };

    let mut bits = Bits::default();
    if plan.months == 0xfff && plan.month_days.is_none() && week_days.is_none() {
        bits = Bits::below(len);
    } else {
        for month0 in (0..12).filter(|month0| plan.months >> month0 & 1 == 1) {
            let at = month_offset(year, month0);
            let month_len = month_offset(year, month0 + 1) - at;
            bits.or_month(month::days(rule, plan.month_days, week_days, (first + at) % 7, month_len), at);
        }
    }
    if !rule.by_week_no.is_empty() {
        let week_start = rule.week_start.num_days_from_monday() as i32;
        bits.intersect(&week::days(&rule.by_week_no, year, first, week_start));
    }
    if !rule.by_year_day.is_empty() {
        let mut wanted = Bits::default();
        for day in &rule.by_year_day {
            let day = i32::from(*day);
            wanted.set(if day > 0 { day - 1 } else { len + day });
        }
        bits.intersect(&wanted);
    }
    if ordinals_of_year && let Some(week_days) = plan.week_days {
        let mut wanted = Bits::default();
        for day in month::ordinals(rule, first, len) {
            wanted.set(day);
        }
        if week_days.any != 0 {
            wanted.unite(&Bits::repeated(week_days.pattern(first)));
        }
        bits.intersect(&wanted);
    }
    bits
}
