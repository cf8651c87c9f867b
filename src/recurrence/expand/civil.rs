//! Day numbers: day 1 is Monday 1 January of the year 1, as chrono counts from the common era.
//!
//! Only what the walk needs beside chrono: where a month or a year begins, without building a date.

use chrono::{Datelike, NaiveDate};

/// The last day: 31 December 9999.
pub(super) const HORIZON: i32 = 3_652_059;
/// Days in 400 years; a whole number of weeks, so that the calendar repeats after them.
pub(super) const CYCLE_DAYS: i64 = 146_097;

const MONTH_STARTS: [[i32; 13]; 2] = [
    [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365],
    [0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366],
];

pub(super) fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

pub(super) fn year_len(year: i32) -> i32 {
    365 + i32::from(is_leap(year))
}

/// The day number of 1 January.
pub(super) fn year_start(year: i32) -> i32 {
    let before = year - 1;
    365 * before + before / 4 - before / 100 + before / 400 + 1
}

/// Day of the year, from 0, on which the month begins; `month0` from 0 to 12.
pub(super) fn month_offset(year: i32, month0: i32) -> i32 {
    MONTH_STARTS[usize::from(is_leap(year))][month0 as usize]
}

/// Weekday from 0, Monday.
pub(super) fn weekday(day: i32) -> i32 {
    (day - 1).rem_euclid(7)
}

/// Months since January of the year 0.
pub(super) fn month_index(date: NaiveDate) -> i64 {
    i64::from(date.year()) * 12 + i64::from(date.month0())
}

/// The date of a day number in 1 to [`HORIZON`].
pub(super) fn date(day: i32) -> NaiveDate {
    // chrono reaches far beyond the horizon on both sides; periods are never made outside of it.
    NaiveDate::from_num_days_from_ce_opt(day).unwrap_or(NaiveDate::MAX)
}
