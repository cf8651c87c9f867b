//! Months that a rule skips because they are too short for its day, such as "monthly" from the 31st.
//!
//! A rule that names its months does not skip others, and a rule with BYSETPOS already selects among days.

use chrono::{Datelike, Months, NaiveDate, NaiveDateTime};

use super::{Freq, Rule};

/// The months without an occurrence, or the years for a 29 February.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The day of the month that they do not have, 29 to 31.
    pub day: u8,
    /// The first of each, in order: months of the year each once, or years.
    pub months: Vec<NaiveDate>,
    /// Whether the rule comes once a year, on a 29 February.
    pub is_leap_day: bool,
    /// The same rule on the day or, in shorter months, on the last day; `None` if no rule can express it.
    pub or_last: Option<Rule>,
    /// The same rule on the last day of the month.
    pub last: Rule,
}

/// How many periods of a rule are examined, and how many years ahead: that 2100 is not a leap year needs no warning.
const PERIODS: u32 = 48;
const YEARS: i32 = 40;

/// What `rule` passes over from `start` on.
pub fn skips(rule: &Rule, start: NaiveDateTime) -> Option<Skipped> {
    let Rule { freq, interval, by_month, by_week_no, by_year_day, by_month_day, by_day, by_set_pos, .. } = rule;
    let chooses = [by_week_no.is_empty(), by_year_day.is_empty(), by_day.is_empty(), by_set_pos.is_empty()];
    if chooses.contains(&false) || by_month_day.contains(&-1) {
        return None;
    }
    let implied = [start.day() as i8];
    let days = if by_month_day.is_empty() { &implied[..] } else { &by_month_day[..] };
    let day = u8::try_from(*days.iter().max()?).ok().filter(|day| *day > 28)?;
    let step = match freq {
        Freq::Monthly => interval.get(),
        Freq::Yearly => interval.get().checked_mul(12)?,
        Freq::Daily | Freq::Weekly => return None,
    };
    // By its months in the year, each period of a yearly rule has one or several.
    let months: Vec<u32> = match freq {
        Freq::Yearly if by_month.is_empty() && by_month_day.is_empty() => vec![start.month()],
        Freq::Yearly if by_month.is_empty() => (1..=12).collect(),
        _ => by_month.iter().map(|month| u32::from(*month)).collect(),
    };
    let last = rule.last(start).map(|last| last.date());
    let from = NaiveDate::from_ymd_opt(start.year(), start.month(), 1)?;
    let mut skipped: Vec<NaiveDate> = Vec::new();
    let is_leap_day = *freq == Freq::Yearly && months == [2] && day == 29;
    for period in 0..PERIODS {
        let Some(first) = period.checked_mul(step).and_then(|ahead| from.checked_add_months(Months::new(ahead))) else {
            break;
        };
        let within: Vec<NaiveDate> = match freq {
            Freq::Yearly => months.iter().filter_map(|month| first.with_month(*month)).collect(),
            _ if months.is_empty() || months.contains(&first.month()) => vec![first],
            _ => Vec::new(),
        };
        for month in within.into_iter().filter(|month| *month >= from && month.year() <= start.year() + YEARS) {
            let is_short = month.with_day(day.into()).is_none();
            let is_known = !is_leap_day && skipped.iter().any(|known| known.month() == month.month());
            if is_short && !is_known && last.is_none_or(|last| month <= last) {
                skipped.push(month);
            }
        }
    }
    if skipped.is_empty() {
        return None;
    }
    if !is_leap_day {
        skipped.sort_by_key(Datelike::month);
    }
    let on = |days: Vec<i8>| Rule { by_month_day: days, ..rule.clone() };
    let mut rest: Vec<i8> = days.iter().copied().filter(|other| *other != day as i8).collect();
    let is_february = months == [2];
    let only = rest.is_empty();
    rest.push(-1);
    let mut last = on(rest).normalised();
    if *freq == Freq::Yearly && last.by_month.is_empty() {
        last.by_month = months.iter().map(|month| *month as u8).collect();
    }
    let or_last = match day {
        31 => Some(last.clone()),
        _ if is_february => Some(last.clone()),
        _ if only && *freq == Freq::Monthly && by_month.is_empty() => {
            Some(Rule { by_set_pos: vec![-1], ..on((28..=day as i8).collect()) })
        }
        _ => None,
    };
    Some(Skipped { day, months: skipped, is_leap_day, or_last, last })
}

impl Rule {
    /// Whether it takes one of several days of the month by its place among them, as "the 30th or last day" does.
    pub(crate) fn chooses_month_day(&self) -> bool {
        !self.by_month_day.is_empty() && !self.by_set_pos.is_empty()
    }

    /// The day that gives way to the last one of a shorter month: 30 in "the 30th or last day".
    pub(crate) fn day_or_last(&self) -> Option<i8> {
        let Rule { by_month, by_week_no, by_year_day, by_month_day, by_day, by_set_pos, .. } = self;
        let plain = by_month.is_empty() && by_week_no.is_empty() && by_year_day.is_empty() && by_day.is_empty();
        let day = *by_month_day.last()?;
        let all = (29..=31).contains(&day) && by_month_day.iter().copied().eq(28..=day);
        (self.freq == Freq::Monthly && plain && all && *by_set_pos == [-1] && !self.sets_times()).then_some(day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recurrence::{in_words, parse_phrase};

    fn of(rule: &str, start: &str) -> Option<(u8, String)> {
        let start = start.parse::<NaiveDate>().expect("a date").and_hms_opt(19, 0, 0).expect("a time");
        let skipped = skips(&Rule::parse(rule).expect("a rule"), start)?;
        // Both ways out are phrases that are read back, and skip nothing.
        for rule in skipped.or_last.iter().chain([&skipped.last]) {
            let words = in_words(rule, start.date());
            let words = words.split(", ").next().unwrap_or_default();
            let again = parse_phrase(words).unwrap_or_else(|error| panic!("{words}: {error}"));
            assert_eq!(again.by_month_day, rule.by_month_day, "{words}");
            assert_eq!(skips(rule, start), None, "{words}");
        }
        let pattern = if skipped.is_leap_day { "%Y" } else { "%b" };
        let months: Vec<String> = skipped.months.iter().map(|month| month.format(pattern).to_string()).collect();
        Some((skipped.day, months.join(" ")))
    }

    #[test]
    fn short_months_are_named() {
        let some = |day, months: &str| Some((day, months.to_owned()));
        assert_eq!(of("FREQ=MONTHLY", "2026-08-31"), some(31, "Feb Apr Jun Sep Nov"));
        assert_eq!(of("FREQ=MONTHLY", "2026-08-30"), some(30, "Feb"));
        assert_eq!(of("FREQ=MONTHLY", "2026-08-29"), some(29, "Feb"));
        assert_eq!(of("FREQ=MONTHLY", "2026-08-28"), None);
        assert_eq!(of("FREQ=MONTHLY;BYMONTHDAY=31", "2026-08-01"), some(31, "Feb Apr Jun Sep Nov"));
        assert_eq!(of("FREQ=MONTHLY;BYMONTHDAY=15,31", "2026-08-15"), some(31, "Feb Apr Jun Sep Nov"));
        // Every second month from August sometimes has a 31st; every twelfth always does.
        assert_eq!(of("FREQ=MONTHLY;INTERVAL=2", "2026-08-31"), some(31, "Feb Apr Jun"));
        assert_eq!(of("FREQ=MONTHLY;INTERVAL=12", "2026-08-31"), None);
        assert_eq!(of("FREQ=MONTHLY;INTERVAL=3", "2026-01-30"), None);
        // What ends before it comes to a short month skips none.
        assert_eq!(of("FREQ=MONTHLY;COUNT=2", "2026-07-31"), None);
        assert_eq!(of("FREQ=MONTHLY;COUNT=3", "2026-07-31"), some(31, "Sep"));
        assert_eq!(of("FREQ=MONTHLY;BYMONTH=1,3;BYMONTHDAY=31", "2026-01-31"), None);
        assert_eq!(of("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-01-31"), None);
        assert_eq!(of("FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", "2026-01-30"), None);
        assert_eq!(of("FREQ=MONTHLY;BYDAY=-1FR", "2026-01-30"), None);
        assert_eq!(of("FREQ=WEEKLY", "2026-01-31"), None);
    }

    #[test]
    fn years_without_a_leap_day_are_named() {
        let (day, years) = of("FREQ=YEARLY", "2028-02-29").expect("skipped years");
        assert_eq!((day, &years[..24]), (29, "2029 2030 2031 2033 2034"));
        assert_eq!(of("FREQ=YEARLY;INTERVAL=4;COUNT=10", "2028-02-29"), None);
        assert_eq!(of("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=1", "2028-02-29"), None);
        assert_eq!(of("FREQ=YEARLY", "2026-08-31"), None);
    }
}
