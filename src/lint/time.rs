//! Dates and times as properties have them.

use chrono::{NaiveDate, NaiveDateTime};

use super::Findings;
use crate::diagnostic::FeedCode;
use crate::import::lines::ContentLine;
use crate::import::shown;

/// A value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum Time {
    Day(NaiveDate),
    Utc(NaiveDateTime),
    /// By the clock of the property's TZID, or of nothing.
    Wall(NaiveDateTime),
}

impl Time {
    /// The clock, as it is written.
    pub(super) fn wall(self) -> NaiveDateTime {
        match self {
            Time::Day(day) => day.into(),
            Time::Utc(wall) | Time::Wall(wall) => wall,
        }
    }
}

/// Reads `20261202`, `20261202T180000` and `20261202T180000Z`.
pub(super) fn parse(value: &str) -> Option<Time> {
    let bytes = value.trim_ascii().as_bytes();
    let number = |range: std::ops::Range<usize>| {
        let digits = bytes.get(range)?;
        digits.iter().try_fold(0_u32, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0')))
    };
    let day = NaiveDate::from_ymd_opt(number(0..4)? as i32, number(4..6)?, number(6..8)?)?;
    if bytes.len() == 8 {
        return Some(Time::Day(day));
    }
    if !matches!(bytes.get(8), Some(b'T' | b't')) || !(1..=9998).contains(&number(0..4)?) {
        return None;
    }
    // A leap second is the second before it.
    let wall = day.and_hms_opt(number(9..11)?, number(11..13)?, number(13..15)?.min(59))?;
    match &bytes[15..] {
        [] => Some(Time::Wall(wall)),
        [b'Z' | b'z'] => Some(Time::Utc(wall)),
        _ => None,
    }
}

/// Reads the value of a property, and reports what is wrong with its form.
pub(super) fn checked(line: &ContentLine<'_>, value: &str, findings: &mut Findings<'_>) -> Option<Time> {
    let Some(time) = parse(value) else {
        let message = format!("{} has no date or time that exists: `{}`", line.name, shown(value.trim()));
        findings.at(FeedCode::DateInvalid, line, message);
        return None;
    };
    let kind = line.param("VALUE");
    let says_date = kind.is_some_and(|kind| kind.eq_ignore_ascii_case("DATE"));
    match time {
        Time::Day(_) if !says_date => {
            findings.at(FeedCode::ValueMissing, line, format!("{} is a date without `VALUE=DATE`", line.name));
        }
        Time::Utc(_) | Time::Wall(_) if says_date => {
            findings.at(FeedCode::ValueWrong, line, format!("{} says `VALUE=DATE` and has a time of day", line.name));
        }
        Time::Utc(_) if line.param("TZID").is_some() => {
            findings.at(FeedCode::TimezoneOnUtc, line, format!("{} has a TZID, and `Z` for UTC", line.name));
        }
        _ => {}
    }
    Some(time)
}
