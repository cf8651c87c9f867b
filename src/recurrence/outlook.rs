//! Rules as Outlook reads them.
//!
//! Outlook maps a rule to one of six patterns ([MS-OXCICAL] 2.1.3.2.2): every n days; weekdays of every n weeks; one day of
//! a month, or its last; one weekday of a month, first to fourth or last; the same two once a year. A calendar with any
//! other rule is imported without that event. So such a rule is taken apart into rules that each fit a pattern and
//! together give the same occurrences; where that does not work, the series cannot be written as rules at all.
//!
//! Surprises: Outlook takes day 31 for the last day of a shorter month, where RFC 5545 skips the month. And occurrences of
//! one series must not overlap: a meeting that lasts longer than until the next one is refused.

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Weekday};

use super::{End, Freq, Rule, Until};

/// A rule that Outlook reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The name that distinguishes this part from the others: `2tu`, `day15`, `mo`, `t1800`; empty for the whole rule.
    pub name: String,
    /// With the start of the whole rule, it gives the occurrences of this part.
    pub rule: Rule,
}

/// Parts that a rule may be taken apart into.
const MOST: usize = 14;

/// The largest COUNT that Outlook reads.
const MOST_COUNTED: u32 = 999;

/// The largest INTERVAL of days, and of all else.
const MOST_INTERVAL: [u32; 2] = [999, 99];

/// Splits `rule` with this start into rules that Outlook reads, for occurrences of this length; `None` if that is
/// impossible.
pub fn parts(rule: &Rule, start: NaiveDateTime, length: TimeDelta) -> Option<Vec<Part>> {
    let times = times(rule, start)?;
    let mut parts = Vec::new();
    for day in days(rule, start)? {
        for day in apart(day, length)? {
            for (name, [hour, minute, second]) in &times {
                let names: Vec<&str> = [&*day.name, name].into_iter().filter(|name| !name.is_empty()).collect();
                let mut rule = day.rule.clone();
                if rule.sets_times() || !name.is_empty() {
                    (rule.by_hour, rule.by_minute, rule.by_second) = (vec![*hour], vec![*minute], vec![*second]);
                }
                parts.push(Part { name: names.join("-"), rule });
            }
        }
    }
    if parts.is_empty() || parts.len() > MOST {
        return None;
    }
    let is_one = parts.len() == 1;
    let last = match rule.end {
        End::Count(count) if !is_one || count.get() > MOST_COUNTED => {
            Some(End::Until(Until::DateTime(rule.last(start)?)))
        }
        _ => None,
    };
    for part in &mut parts {
        if is_one {
            part.name.clear();
        }
        if let Some(end) = last {
            part.rule.end = end;
        }
        let [days, others] = MOST_INTERVAL;
        if part.rule.interval.get() > if part.rule.freq == Freq::Daily { days } else { others } {
            return None;
        }
    }
    Some(parts)
}

impl Part {
    /// The rule as written with the first occurrence of the part, which has the time of day.
    pub fn written(&self) -> Rule {
        let mut rule = self.rule.clone();
        (rule.by_hour, rule.by_minute, rule.by_second) = (Vec::new(), Vec::new(), Vec::new());
        rule
    }
}

/// The times of day that a rule sets, each with a name where there are several.
fn times(rule: &Rule, start: NaiveDateTime) -> Option<Vec<(String, [u8; 3])>> {
    let or = |list: &[u8], own: u32| if list.is_empty() { vec![own as u8] } else { list.to_vec() };
    let [hours, minutes, seconds] =
        [or(&rule.by_hour, start.hour()), or(&rule.by_minute, start.minute()), or(&rule.by_second, start.second())];
    let is_one = hours.len() * minutes.len() * seconds.len() == 1;
    // BYSETPOS would count them.
    if hours.len() * minutes.len() * seconds.len() > MOST || !is_one && !rule.by_set_pos.is_empty() {
        return None;
    }
    let mut times = Vec::new();
    for hour in &hours {
        for minute in &minutes {
            for second in &seconds {
                let name = match (is_one, second) {
                    (true, _) => String::new(),
                    (false, 0) => format!("t{hour:02}{minute:02}"),
                    (false, _) => format!("t{hour:02}{minute:02}{second:02}"),
                };
                times.push((name, [*hour, *minute, *second]));
            }
        }
    }
    Some(times)
}

/// Weekdays that Outlook counts together: all, those of work, those of the weekend.
fn is_counted_together(days: &[(Option<i8>, Weekday)]) -> bool {
    let is_weekend = |day: &Weekday| matches!(day, Weekday::Sat | Weekday::Sun);
    let weekend = days.iter().filter(|(_, day)| is_weekend(day)).count();
    matches!((days.len(), weekend), (1, _) | (2 | 7, 2) | (5, 0))
}

/// The ordinals that Outlook knows.
fn is_ordinal(number: i16) -> bool {
    (1..=4).contains(&number) || number == -1
}

/// The days of a rule.
fn days(rule: &Rule, start: NaiveDateTime) -> Option<Vec<Part>> {
    let Rule { freq, interval, by_month, by_week_no, by_year_day, by_month_day, by_day, by_set_pos, .. } = rule;
    let every = interval.get() == 1;
    if !by_week_no.is_empty() || !by_year_day.is_empty() {
        return None;
    }
    let whole = || Some(vec![Part { name: String::new(), rule: rule.clone() }]);
    let weekly = || {
        let is_plain = by_day.iter().all(|(ordinal, _)| ordinal.is_none());
        let rule = Rule { freq: Freq::Weekly, ..rule.clone() };
        (every && is_plain && by_set_pos.is_empty()).then(|| vec![Part { name: String::new(), rule }])
    };
    match freq {
        Freq::Daily if by_month.is_empty() && by_month_day.is_empty() && by_set_pos.is_empty() => {
            if by_day.is_empty() {
                whole()
            } else {
                weekly()
            }
        }
        Freq::Weekly if by_month.is_empty() && by_set_pos.is_empty() => whole(),
        Freq::Monthly if by_month.is_empty() => {
            let is_plain = |days: &[(Option<i8>, Weekday)]| days.iter().all(|(ordinal, _)| ordinal.is_none());
            if !by_day.is_empty() && by_month_day.is_empty() && by_set_pos.is_empty() && is_plain(by_day) {
                return weekly();
            }
            of_month(rule, start, None)
        }
        Freq::Monthly if !every => None,
        // BYSETPOS would count in the whole year.
        Freq::Yearly if by_month.len() > 1 && !by_set_pos.is_empty() => None,
        Freq::Monthly | Freq::Yearly if !by_month.is_empty() => {
            let yearly = Rule { freq: Freq::Yearly, ..rule.clone() };
            let mut parts = Vec::new();
            for month in by_month {
                let rule = Rule { by_month: vec![*month], ..yearly.clone() };
                let own = of_month(&rule, start, Some(*month))?;
                let is_one = own.len() == 1;
                parts.extend(own.into_iter().map(|part| {
                    let name = if is_one { String::new() } else { part.name };
                    Part { name: format!("m{month:02}{name}"), ..part }
                }));
            }
            Some(parts)
        }
        Freq::Yearly if by_day.is_empty() && by_month_day.is_empty() && by_set_pos.is_empty() => {
            if (start.month(), start.day()) == (2, 29) { None } else { whole() }
        }
        Freq::Yearly if by_month_day.is_empty() && by_set_pos.is_empty() => weekly(),
        Freq::Yearly if by_day.is_empty() && by_set_pos.is_empty() && every => {
            of_month(&Rule { freq: Freq::Monthly, ..rule.clone() }, start, None)
        }
        Freq::Daily | Freq::Weekly | Freq::Monthly | Freq::Yearly => None,
    }
}

/// The days of a rule within each of its months, or within `month`.
fn of_month(rule: &Rule, start: NaiveDateTime, month: Option<u8>) -> Option<Vec<Part>> {
    let Rule { by_month_day, by_day, by_set_pos, .. } = rule;
    let plain = Rule { by_month_day: Vec::new(), by_day: Vec::new(), by_set_pos: Vec::new(), ..rule.clone() };
    if !by_month_day.is_empty() && !by_day.is_empty() {
        return None;
    }
    if !by_set_pos.is_empty() {
        // The last of the days from the 28th on is the last day.
        if **by_month_day == [28, 29, 30, 31] && **by_set_pos == [-1] {
            return of_month(&Rule { by_month_day: vec![-1], ..plain }, start, month);
        }
        if by_day.iter().any(|(ordinal, _)| ordinal.is_some()) || !by_set_pos.iter().all(|number| is_ordinal(*number)) {
            return None;
        }
        return match (&**by_day, &**by_set_pos) {
            ([(_, day)], numbers) => {
                let by_day = numbers.iter().map(|number| (Some(*number as i8), *day)).collect();
                of_month(&Rule { by_day, ..plain }, start, month)
            }
            (days, [_]) if is_counted_together(days) => Some(vec![Part { name: String::new(), rule: rule.clone() }]),
            _ => None,
        };
    }
    if !by_day.is_empty() {
        // In a month with four of them, both are the same day.
        if by_day.iter().any(|(number, day)| *number == Some(4) && by_day.contains(&(Some(-1), *day))) {
            return None;
        }
        let part = |(ordinal, day): &(Option<i8>, Weekday)| {
            let number = ordinal.filter(|number| is_ordinal((*number).into()))?;
            let number_name = if number < 0 { "last".to_owned() } else { number.to_string() };
            let rule = Rule { by_day: vec![(Some(number), *day)], ..plain.clone() };
            Some(Part { name: format!("{number_name}{}", name(*day)), rule })
        };
        return by_day.iter().map(part).collect();
    }
    let own = [start.day() as i8];
    let days = if by_month_day.is_empty() { &own[..] } else { &by_month_day[..] };
    // In a February of 28 days, both are the same day.
    if month.is_none() && days.contains(&28) && days.contains(&-1) {
        return None;
    }
    let mut parts: Vec<Part> = Vec::new();
    for day in days {
        let day = match month {
            // Within the same month of each year all but the end of February is fixed.
            Some(month) => {
                let length = days_in(month)?;
                let day = if *day < 0 { length + 1 + *day } else { *day };
                match day {
                    _ if month == 2 && (day > 28 || days.iter().any(|day| *day < 0)) => return None,
                    day if (1..=length).contains(&day) => day,
                    _ => continue,
                }
            }
            None if (1..=28).contains(day) || *day == -1 => *day,
            None => return None,
        };
        let name = if day < 0 { "lastday".to_owned() } else { format!("day{day}") };
        let is_implied = by_month_day.is_empty() && month.is_none();
        let by_month_day = if is_implied { Vec::new() } else { vec![day] };
        if parts.iter().all(|part| part.name != name) {
            parts.push(Part { name, rule: Rule { by_month_day, ..plain.clone() } });
        }
    }
    Some(parts)
}

/// The days of a month in all years but leap ones.
fn days_in(month: u8) -> Option<i8> {
    let first = NaiveDate::from_ymd_opt(2023, month.into(), 1)?;
    Some(first.checked_add_months(chrono::Months::new(1))?.pred_opt()?.day() as i8)
}

fn name(day: Weekday) -> &'static str {
    ["mo", "tu", "we", "th", "fr", "sa", "su"][day.num_days_from_monday() as usize]
}

/// A part as parts whose occurrences do not overlap.
fn apart(part: Part, length: TimeDelta) -> Option<Vec<Part>> {
    let interval = i64::from(part.rule.interval.get());
    let gap = match part.rule.freq {
        Freq::Daily => TimeDelta::try_days(interval)?,
        Freq::Weekly if part.rule.by_day.len() > 1 => TimeDelta::days(least_gap(&part.rule)),
        Freq::Weekly => TimeDelta::try_days(7 * interval)?,
        Freq::Monthly => TimeDelta::try_days(28 * interval)?,
        Freq::Yearly => TimeDelta::try_days(365 * interval)?,
    };
    if length <= gap {
        return Some(vec![part]);
    }
    let is_daily = part.rule.freq == Freq::Daily && interval == 1;
    if length > TimeDelta::days(7) || !is_daily && part.rule.freq != Freq::Weekly {
        return None;
    }
    let all = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
    let days: Vec<Weekday> =
        if is_daily { all.to_vec() } else { part.rule.by_day.iter().map(|(_, day)| *day).collect() };
    let weekly = |day: Weekday| Part {
        name: name(day).to_owned(),
        rule: Rule { freq: Freq::Weekly, by_day: vec![(None, day)], ..part.rule.clone() },
    };
    Some(days.into_iter().map(weekly).collect())
}

/// The fewest days from one of the weekdays of a rule to the next, from one week to another that follows it included.
fn least_gap(rule: &Rule) -> i64 {
    let from_start = |day: Weekday| i64::from(day.days_since(rule.week_start));
    let mut days: Vec<i64> = rule.by_day.iter().map(|(_, day)| from_start(*day)).collect();
    days.sort_unstable();
    days.dedup();
    let around = match (days.first(), days.last()) {
        (Some(first), Some(last)) => first + 7 * i64::from(rule.interval.get()) - last,
        _ => 7,
    };
    days.windows(2).map(|pair| pair[1] - pair[0]).chain([around]).min().unwrap_or(7)
}

#[cfg(test)]
mod tests;
