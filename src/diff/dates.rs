//! Dates as people say them: "every Tuesday from 3 March", with the ones that are left out.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};

use crate::recurrence::{Rule, in_words};

/// Rules that leave out more dates than this, or than a quarter, describe nothing.
const MOST_LEFT_OUT: usize = 3;
/// Fewer dates are named one by one.
const FEWEST: usize = 3;

/// The dates of a change.
#[derive(Clone, PartialEq, Debug)]
pub struct Dates {
    /// All of them, in order, none twice; at least one.
    pub days: Vec<NaiveDate>,
    /// What they have in common.
    pub pattern: Option<Pattern>,
}

/// What dates have in common.
#[derive(Clone, PartialEq, Debug)]
pub struct Pattern {
    /// `every Tuesday`.
    pub words: String,
    /// Dates of the rule that are not among them.
    pub except: Vec<NaiveDate>,
}

impl Dates {
    /// The dates; `None` without any.
    pub fn of(days: impl IntoIterator<Item = NaiveDate>) -> Option<Self> {
        let mut days: Vec<NaiveDate> = days.into_iter().collect();
        days.sort_unstable();
        days.dedup();
        if days.is_empty() {
            return None;
        }
        let pattern = pattern(&days);
        Some(Dates { days, pattern })
    }
}

fn pattern(days: &[NaiveDate]) -> Option<Pattern> {
    let (first, last) = (*days.first()?, *days.last()?);
    if days.len() < FEWEST {
        return None;
    }
    let end = last.checked_add_days(Days::new(1))?.and_time(NaiveTime::MIN);
    candidates(days).into_iter().find_map(|text| {
        let rule = Rule::parse(&text).ok()?;
        let start = first.and_time(NaiveTime::MIN);
        let mut except = Vec::new();
        let mut at = 0;
        for day in rule.between(start, start, end).map(|start| start.date()) {
            if days.get(at) == Some(&day) {
                at += 1;
            } else {
                except.push(day);
                if except.len() > MOST_LEFT_OUT {
                    return None;
                }
            }
        }
        let fits = at == days.len() && except.len() * 4 <= days.len();
        fits.then(|| Pattern { words: in_words(&rule, first), except })
    })
}

/// Rules that may give the dates, the simplest first.
fn candidates(days: &[NaiveDate]) -> Vec<String> {
    let first = days[0];
    let code = |weekday: Weekday| weekday.to_string()[..2].to_uppercase();
    let mut rules = vec!["FREQ=DAILY".to_owned()];
    let mut weekdays: Vec<Weekday> = Vec::new();
    for day in days {
        if !weekdays.contains(&day.weekday()) {
            weekdays.push(day.weekday());
        }
    }
    let list = weekdays.iter().map(|weekday| code(*weekday)).collect::<Vec<_>>().join(",");
    let weekly = |weeks: std::ops::RangeInclusive<u32>| {
        let rules = weeks.map(|weeks| format!("FREQ=WEEKLY;INTERVAL={weeks};BYDAY={list}"));
        if weekdays.len() <= 5 { rules.collect() } else { Vec::new() }
    };
    rules.extend(weekly(1..=2));
    if let [weekday] = weekdays[..] {
        let nth = (first.day() - 1) / 7 + 1;
        rules.extend((1..=3).map(|months| format!("FREQ=MONTHLY;INTERVAL={months};BYDAY={nth}{}", code(weekday))));
        rules.push(format!("FREQ=MONTHLY;BYDAY=-1{}", code(weekday)));
    }
    if days.iter().all(|day| day.day() == first.day()) {
        rules.extend((1..=3).map(|months| format!("FREQ=MONTHLY;INTERVAL={months};BYMONTHDAY={}", first.day())));
        rules.push("FREQ=YEARLY".to_owned());
    }
    // The last Tuesday of a month may be four weeks after that of the month before.
    rules.extend(weekly(3..=4));
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(days: &[&str]) -> Option<(String, Vec<String>)> {
        let dates = Dates::of(days.iter().map(|day| day.parse().expect("a date")))?;
        dates.pattern.map(|pattern| (pattern.words, pattern.except.iter().map(ToString::to_string).collect()))
    }

    #[test]
    fn dates_are_said_by_the_simplest_rule() {
        let words = |days: &[&str]| said(days).map(|(words, _)| words).unwrap_or_default();
        assert_eq!(words(&["2026-03-03", "2026-03-10", "2026-03-17"]), "every Tuesday");
        assert_eq!(words(&["2026-03-03", "2026-03-17", "2026-03-31"]), "every 2 weeks on Tuesday");
        assert_eq!(words(&["2026-03-03", "2026-03-05", "2026-03-10", "2026-03-12"]), "every Tuesday and Thursday");
        assert_eq!(words(&["2026-03-10", "2026-04-14", "2026-05-12"]), "every 2nd Tuesday of the month");
        assert_eq!(words(&["2026-03-31", "2026-04-28", "2026-05-26"]), "every last Tuesday of the month");
        assert_eq!(words(&["2026-03-02", "2026-03-03", "2026-03-04"]), "every day");
        assert_eq!(words(&["2026-03-15", "2026-04-15", "2026-05-15"]), "every month on the 15th");
        assert_eq!(words(&["2026-03-03", "2026-03-10"]), "");
        assert_eq!(words(&["2026-03-03", "2026-03-11", "2026-04-17"]), "");
    }

    #[test]
    fn dates_that_are_left_out_are_named() {
        let days = ["2026-03-03", "2026-03-10", "2026-03-24", "2026-03-31"];
        assert_eq!(said(&days), Some(("every Tuesday".into(), vec!["2026-03-17".into()])));
        // With more of them left out, it is no rule.
        assert_eq!(said(&["2026-03-03", "2026-03-10", "2026-04-28"]), None);
    }
}
