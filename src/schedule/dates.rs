//! Days as people type them: `today`, `friday`, `+7d`, `2026-W48`, `2026-12`.

use chrono::{Datelike, Days, Months, NaiveDate, TimeDelta, Weekday};

use crate::diagnostic::shorten;
use crate::error::{Error, Result};

/// The days that a word means, both included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DayRange {
    /// The first one.
    pub first: NaiveDate,
    /// The last one.
    pub last: NaiveDate,
}

/// What a word may be, for an error message.
pub const EXPECTED: &str = "a date (2026-12-02), today, tomorrow, yesterday, a weekday, a distance (+7d, 2w, 3mo), a week (2026-W48), a month (2026-12) or a year (2026)";

/// Reads a word. A weekday is the next one, today included; a distance counts from `today`.
pub fn parse(word: &str, today: NaiveDate) -> Option<DayRange> {
    let word = word.trim().to_lowercase();
    let one = |day: NaiveDate| Some(DayRange { first: day, last: day });
    match &*word {
        "today" | "now" => return one(today),
        "tomorrow" => return one(today.succ_opt()?),
        "yesterday" => return one(today.pred_opt()?),
        _ => {}
    }
    if is_weekday(&word)
        && let Ok(weekday) = word.parse::<Weekday>()
    {
        let ahead = weekday.days_since(today.weekday());
        return one(today.checked_add_days(Days::new(ahead.into()))?);
    }
    if let Some(day) = offset(&word, today) {
        return one(day);
    }
    period(&word)
}

/// Whether a word is the name of a weekday.
pub fn is_weekday(word: &str) -> bool {
    word.len() >= 3 && word.parse::<Weekday>().is_ok()
}

/// `today` and a distance: `+7d`, `2w`, `3mo`, `1y`, `-2d`.
pub fn offset(word: &str, today: NaiveDate) -> Option<NaiveDate> {
    let (back, rest) = match word.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, word.strip_prefix('+').unwrap_or(word)),
    };
    let reach = crate::calendar::Reach::parse(rest)?;
    let (months, days) = (Months::new(reach.months), TimeDelta::days(reach.days.into()));
    let day = if back {
        today.checked_sub_months(months)?.checked_sub_signed(days)?
    } else {
        today.checked_add_months(months)?.checked_add_signed(days)?
    };
    (0..=9999).contains(&day.year()).then_some(day)
}

fn period(word: &str) -> Option<DayRange> {
    let number = |text: &str, digits: usize| {
        let sound = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
        if sound { text.parse::<u32>().ok() } else { None }
    };
    let mut parts = word.split('-');
    let year = number(parts.next()?, 4)? as i32;
    let (second, third) = (parts.next(), parts.next());
    if parts.next().is_some() {
        return None;
    }
    match (second, third) {
        (None, _) => {
            Some(DayRange { first: NaiveDate::from_ymd_opt(year, 1, 1)?, last: NaiveDate::from_ymd_opt(year, 12, 31)? })
        }
        (Some(week), None) if week.starts_with('w') => {
            let first = NaiveDate::from_isoywd_opt(year, number(&week[1..], 2)?, Weekday::Mon)?;
            Some(DayRange { first, last: first + TimeDelta::days(6) })
        }
        (Some(month), None) => {
            let first = NaiveDate::from_ymd_opt(year, number(month, 2)?, 1)?;
            Some(DayRange { first, last: first.checked_add_months(Months::new(1))?.pred_opt()? })
        }
        (Some(month), Some(day)) => {
            let day = NaiveDate::from_ymd_opt(year, number(month, 2)?, number(day, 2)?)?;
            Some(DayRange { first: day, last: day })
        }
    }
}

/// The days of a listing, in words.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Wanted<'w> {
    /// The first day; `None` means today.
    pub first: Option<&'w str>,
    /// The last one, or a length.
    pub last: Option<&'w str>,
    /// How many.
    pub days: Option<u32>,
    /// The days up to today.
    pub past: bool,
}

/// The days of a listing without a given end.
const COMING: i64 = 30;

/// The first and the last day that words mean.
///
/// # Errors
/// A word that means no day, a last day before the first one, more days than there are.
pub fn range(wanted: &Wanted<'_>, today: NaiveDate) -> Result<(NaiveDate, NaiveDate)> {
    let day = |word: &str| {
        parse(word, today)
            .ok_or_else(|| Error::new(format!("`{}` is not a day", shorten(word))).help(format!("expected {EXPECTED}")))
    };
    let shifted = |day: NaiveDate, days: i64| {
        TimeDelta::try_days(days)
            .and_then(|days| day.checked_add_signed(days))
            .filter(|day| (0..=9999).contains(&day.year()))
            .ok_or_else(|| Error::new("these days reach beyond the years 0 to 9999").help("ask for fewer days"))
    };
    if wanted.past {
        let days = wanted.days.map_or(COMING, i64::from);
        return Ok((shifted(today, 1 - days.max(1))?, today));
    }
    let given = wanted.first.map(day).transpose()?;
    let DayRange { first, last } = given.unwrap_or(DayRange { first: today, last: today });
    // A week or a month is a window by itself; a day is where one begins.
    let whole = (last > first).then_some(last);
    let last = match (wanted.last, wanted.days) {
        (Some(word), _) => match offset(word, first) {
            // `+2w`, or `2w`, counts from the first day, which it includes.
            Some(end) => shifted(end, -1)?,
            // A weekday is the next one from the first day on.
            None if is_weekday(word) => parse(word, first).map_or(first, |range| range.last),
            None => day(word)?.last,
        },
        (None, Some(days)) => shifted(first, i64::from(days.max(1)) - 1)?,
        // The range ends at the last representable day.
        (None, None) => {
            whole.or_else(|| shifted(first, COMING - 1).ok()).or(NaiveDate::from_ymd_opt(9999, 12, 31)).unwrap_or(first)
        }
    };
    if last < first {
        return Err(Error::new(format!("the last day, {last}, is before the first, {first}")));
    }
    Ok((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_beyond_all_calendars_are_refused() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 20).expect("a Friday");
        let range = |wanted: &Wanted<'_>| range(wanted, today).map(|(first, last)| format!("{first}/{last}"));
        for days in [800_000, 4_000_000_000, u32::MAX] {
            for wanted in [
                Wanted { first: Some("9999-12-01"), days: Some(days), ..Wanted::default() },
                Wanted { days: Some(days.max(3_000_000)), ..Wanted::default() },
                Wanted { days: Some(days), past: true, ..Wanted::default() },
            ] {
                let error = range(&wanted).expect_err("no such days").to_string();
                assert_eq!(error, "these days reach beyond the years 0 to 9999", "{wanted:?}");
            }
        }
        let last = Wanted { first: Some("9999-12-25"), ..Wanted::default() };
        assert_eq!(range(&last).expect("days"), "9999-12-25/9999-12-31");
        let week = Wanted { days: Some(7), ..Wanted::default() };
        assert_eq!(range(&week).expect("days"), "2026-11-20/2026-11-26");
    }

    #[test]
    fn words_for_days() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 20).expect("a Friday");
        for (word, first, last) in [
            ("today", "2026-11-20", "2026-11-20"),
            ("Tomorrow", "2026-11-21", "2026-11-21"),
            ("yesterday", "2026-11-19", "2026-11-19"),
            ("friday", "2026-11-20", "2026-11-20"),
            ("thu", "2026-11-26", "2026-11-26"),
            ("+7d", "2026-11-27", "2026-11-27"),
            ("2w", "2026-12-04", "2026-12-04"),
            ("3mo", "2027-02-20", "2027-02-20"),
            ("-1y", "2025-11-20", "2025-11-20"),
            ("2026-W48", "2026-11-23", "2026-11-29"),
            ("2026-12", "2026-12-01", "2026-12-31"),
            ("2026", "2026-01-01", "2026-12-31"),
            ("2023-06-10", "2023-06-10", "2023-06-10"),
        ] {
            let range = parse(word, today).unwrap_or_else(|| panic!("{word} is understood"));
            assert_eq!((range.first.to_string(), range.last.to_string()), (first.into(), last.into()), "{word}");
        }
        for word in ["", "2026-13", "2026-W54", "2026-02-30", "1", "th", "soon", "+9999999999d", "2026-W", "26-12-02"] {
            assert_eq!(parse(word, today), None, "{word}");
        }
    }
}
