//! Rules finer than daily, which records do not have: expanded, as long as they are short.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDateTime, TimeDelta, Timelike, Weekday};

use super::value::{self, Stamp};

/// Occurrences that are written one by one.
pub const MOST: usize = 500;
/// Steps of the clock that are looked at.
const MOST_STEPS: usize = 200_000;

/// Why a rule is not expanded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// It is not finer than daily, or cannot be read.
    NotFine,
    /// It gives more than [`MOST`] occurrences, or none within reason.
    TooMany,
}

/// The occurrences of a rule of frequency HOURLY, MINUTELY or SECONDLY from `start`.
pub fn expand(
    rule: &str,
    start: NaiveDateTime,
    until_wall: impl Fn(Stamp) -> NaiveDateTime,
) -> Result<Vec<NaiveDateTime>, Refusal> {
    let mut parts = std::collections::HashMap::new();
    for part in rule.trim().trim_start_matches("RRULE:").split(';').filter(|part| !part.trim().is_empty()) {
        let (name, value) = part.split_once('=').ok_or(Refusal::NotFine)?;
        parts.insert(name.trim().to_ascii_uppercase(), value.trim().to_ascii_uppercase());
    }
    let unit = match parts.get("FREQ").map(String::as_str) {
        Some("HOURLY") => 3600,
        Some("MINUTELY") => 60,
        Some("SECONDLY") => 1,
        _ => return Err(Refusal::NotFine),
    };
    if parts.contains_key("BYSETPOS") || parts.contains_key("BYWEEKNO") || parts.contains_key("RSCALE") {
        return Err(Refusal::NotFine);
    }
    let number = |name: &str| parts.get(name).map(|text| text.parse::<i64>().map_err(|_| Refusal::NotFine)).transpose();
    let list = |name: &str| -> Result<Option<BTreeSet<i64>>, Refusal> {
        let Some(text) = parts.get(name) else { return Ok(None) };
        text.split(',').map(|one| one.trim().parse().map_err(|_| Refusal::NotFine)).collect::<Result<_, _>>().map(Some)
    };
    let interval = number("INTERVAL")?.unwrap_or(1);
    if !(1..=1_000_000).contains(&interval) {
        return Err(Refusal::NotFine);
    }
    let count = number("COUNT")?.map_or(usize::MAX, |count| count.max(0) as usize);
    let until = match parts.get("UNTIL") {
        Some(text) => Some(until_wall(value::stamp(text).ok_or(Refusal::NotFine)?)),
        None => None,
    };
    let (months, month_days, year_days) = (list("BYMONTH")?, list("BYMONTHDAY")?, list("BYYEARDAY")?);
    let (hours, minutes, seconds) = (list("BYHOUR")?, list("BYMINUTE")?, list("BYSECOND")?);
    let days: Option<Vec<Weekday>> = match parts.get("BYDAY") {
        Some(text) => {
            let day = |text: &str| match text.trim().trim_start_matches(|c: char| !c.is_ascii_alphabetic()) {
                "MO" => Ok(Weekday::Mon),
                "TU" => Ok(Weekday::Tue),
                "WE" => Ok(Weekday::Wed),
                "TH" => Ok(Weekday::Thu),
                "FR" => Ok(Weekday::Fri),
                "SA" => Ok(Weekday::Sat),
                "SU" => Ok(Weekday::Sun),
                _ => Err(Refusal::NotFine),
            };
            Some(text.split(',').map(day).collect::<Result<_, _>>()?)
        }
        None => None,
    };
    let has = |set: &Option<BTreeSet<i64>>, value: i64| set.as_ref().is_none_or(|set| set.contains(&value));
    let fits_day = |at: &NaiveDateTime| {
        let last = at.date().num_days_in_month();
        let in_year = if at.date().leap_year() { 366 } else { 365 };
        has(&months, at.month().into())
            && month_days.as_ref().is_none_or(|set| {
                let day = i64::from(at.day());
                set.contains(&day) || set.contains(&(day - i64::from(last) - 1))
            })
            && year_days.as_ref().is_none_or(|set| {
                let day = i64::from(at.ordinal());
                set.contains(&day) || set.contains(&(day - in_year - 1))
            })
            && days.as_ref().is_none_or(|days| days.contains(&at.weekday()))
            && has(&hours, at.hour().into())
    };
    // Lists of finer units than the frequency add times; others take some out.
    let set = |set: &Option<BTreeSet<i64>>, own: u32| -> Vec<i64> {
        set.as_ref().map_or_else(|| vec![own.into()], |set| set.iter().copied().collect())
    };
    let mut found = Vec::new();
    let mut at = start;
    for _ in 0..MOST_STEPS {
        if until.is_some_and(|until| at - TimeDelta::seconds(unit) > until) {
            return Ok(found);
        }
        let fits = fits_day(&at)
            && (unit == 3600 || has(&minutes, at.minute().into()))
            && (unit > 1 || has(&seconds, at.second().into()));
        if fits {
            let of_minutes = if unit == 3600 { set(&minutes, start.minute()) } else { vec![at.minute().into()] };
            let of_seconds = if unit > 1 { set(&seconds, start.second()) } else { vec![at.second().into()] };
            for (minute, second) in of_minutes.iter().flat_map(|minute| of_seconds.iter().map(move |s| (minute, s))) {
                let time = at.date().and_hms_opt(at.hour(), *minute as u32, (*second).clamp(0, 59) as u32);
                let Some(time) = time.filter(|time| *time >= start) else { continue };
                if until.is_some_and(|until| time > until) || found.len() >= count {
                    return Ok(found);
                }
                if found.len() >= MOST {
                    return Err(Refusal::TooMany);
                }
                found.push(time);
            }
        }
        if found.len() >= count {
            return Ok(found);
        }
        let Some(next) = at.checked_add_signed(TimeDelta::seconds(unit * interval)) else { return Ok(found) };
        at = next;
    }
    Err(Refusal::TooMany)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(rule: &str) -> Result<Vec<String>, Refusal> {
        let start = "2026-01-02T09:00:00".parse().expect("a time");
        let wall = |stamp: Stamp| match stamp {
            Stamp::Day(day) => day.and_hms_opt(23, 59, 59).expect("a time"),
            Stamp::Local(wall) | Stamp::Utc(wall) | Stamp::Offset(wall, _) => wall,
        };
        expand(rule, start, wall).map(|found| found.iter().map(|at| at.format("%d %H:%M").to_string()).collect())
    }

    #[test]
    fn short_rules_are_expanded() {
        assert_eq!(
            times("FREQ=HOURLY;INTERVAL=3;UNTIL=20260102T170000Z"),
            Ok(vec!["02 09:00".into(), "02 12:00".into(), "02 15:00".into()])
        );
        assert_eq!(
            times("FREQ=MINUTELY;INTERVAL=90;COUNT=3"),
            Ok(vec!["02 09:00".into(), "02 10:30".into(), "02 12:00".into()])
        );
        assert_eq!(
            times("FREQ=HOURLY;BYMINUTE=0,30;COUNT=3"),
            Ok(vec!["02 09:00".into(), "02 09:30".into(), "02 10:00".into()])
        );
        assert_eq!(times("FREQ=HOURLY;BYDAY=SA;BYHOUR=8,9;COUNT=2"), Ok(vec!["03 08:00".into(), "03 09:00".into()]));
    }

    #[test]
    fn long_rules_are_refused_in_bounded_time() {
        for rule in [
            "FREQ=SECONDLY",
            "FREQ=SECONDLY;COUNT=1000000000",
            "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=MINUTELY;UNTIL=99991231T000000Z",
        ] {
            assert_eq!(times(rule), Err(Refusal::TooMany), "{rule}");
        }
        for rule in ["FREQ=DAILY", "FREQ=HOURLY;BYSETPOS=1", "FREQ=HOURLY;INTERVAL=0", "FREQ=HOURLY;COUNT=x", "x"] {
            assert_eq!(times(rule), Err(Refusal::NotFine), "{rule}");
        }
    }
}
