//! Weeks of a year for BYWEEKNO: week 1 is the first with four days or more in the year, begun on WKST.
//!
//! Surprises: a period is the calendar year. The days of a week that reaches into the neighbouring year belong to that
//! year's period, under the number that the week has in its own: 29 December 2025 is in week 1, and it is an occurrence
//! of the period 2025. With INTERVAL=1 it makes no difference; with more, RFC 5545 does not say (decided 2026-11-20, as
//! dateutil has it).

use super::bits::Bits;
use super::civil::year_len;

/// How far week 1 begins from 1 January, when that is `offset` days into its week: -3 to 3.
fn week_one(offset: i32) -> i32 {
    if offset <= 3 { -offset } else { 7 - offset }
}

/// How many weeks a year of `len` days has, and the offset of the next 1 January.
fn weeks(offset: i32, len: i32) -> (i32, i32) {
    let next = (offset + len).rem_euclid(7);
    ((len + week_one(next) - week_one(offset)) / 7, next)
}

/// The days of the year that are in one of the numbered weeks; `first` is the weekday of 1 January.
pub(super) fn days(numbers: &[i8], year: i32, first: i32, week_start: i32) -> Bits {
    let len = year_len(year);
    let offset = (first - week_start).rem_euclid(7);
    let begin = week_one(offset);
    let (count, next_offset) = weeks(offset, len);
    let end = begin + 7 * count;
    let (next_count, _) = weeks(next_offset, year_len(year + 1));
    let before_len = year_len(year - 1);
    let (before_count, _) = weeks((offset - before_len).rem_euclid(7), before_len);

    let mut bits = Bits::default();
    for number in numbers {
        let number = i32::from(*number);
        let from_front = |count: i32| if number > 0 { number } else { count + 1 + number };
        let week = from_front(count);
        if (1..=count).contains(&week) {
            bits.set_range(begin + 7 * (week - 1), (begin + 7 * week).min(len));
        }
        if from_front(before_count) == before_count {
            bits.set_range(0, begin);
        }
        if from_front(next_count) == 1 {
            bits.set_range(end, len);
        }
    }
    bits
}
