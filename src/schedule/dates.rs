//! Days as people type them: `today`, `friday`, `5 December`, `+7d`, `next week`, `2026-W48`, `2026-12`.

use chrono::{Datelike, Days, Months, NaiveDate, TimeDelta, Weekday};

use crate::diagnostic::shorten;
use crate::error::{Error, Result};
use crate::language::Language;
use crate::resolve::datetime_text;

/// The days that a word means, both included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DayRange {
    /// The first one.
    pub first: NaiveDate,
    /// The last one.
    pub last: NaiveDate,
}

/// What words may be, for an error message.
pub const EXPECTED: &str = "a date (2026-12-02, 2 December), today, tomorrow, yesterday, a weekday, a distance (+7d, 2w, 3mo), a week (next week, 2026-W48), a month (this month, December, 2026-12) or a year (2026)";

/// Reads the words for some days, in English or in `language`. A weekday, and a date without a year, is the next one,
/// today included; a distance counts from `today`.
pub fn parse(words: &str, today: NaiveDate, language: Language) -> Option<DayRange> {
    let word = words.trim().to_lowercase();
    let one = |day: NaiveDate| Some(DayRange { first: day, last: day });
    if word == "now" {
        return one(today);
    }
    if let Some(day) = offset(&word, today) {
        return one(day);
    }
    if let Some(found) = period(&word).or_else(|| span(&word, today, language)) {
        return Some(found);
    }
    let read = datetime_text::read(words, language).ok()?;
    if read.time.is_some() || read.zone.is_some() || read.day_shift.is_some() {
        return None;
    }
    let day = read.day(today)?.date;
    let is_wrong = read.date.is_some() && read.weekday.as_ref().is_some_and(|weekday| weekday.value != day.weekday());
    if is_wrong { None } else { one(day) }
}

/// The one day that words for an option mean.
///
/// # Errors
/// Words that mean no day.
pub fn day(option: &str, words: &str, today: NaiveDate, language: Language) -> Result<NaiveDate> {
    parse(words, today, language).map(|range| range.first).ok_or_else(|| no_day(option, words, today, language))
}

/// The error for words that mean no day; `option` may be empty.
pub fn no_day(option: &str, words: &str, today: NaiveDate, language: Language) -> Error {
    let before = if option.is_empty() { String::new() } else { format!("{option}: ") };
    let words_shown = shorten(words);
    if let Ok(read) = datetime_text::read(words, language)
        && let (Some(weekday), Some(_), Some(day)) = (&read.weekday, &read.date, read.day(today))
        && weekday.value != day.date.weekday()
    {
        let is = day.date.format("%-d %B %Y is a %A");
        return Error::new(format!("{before}`{words_shown}`: {is}")).help("correct the weekday or the date");
    }
    Error::new(format!("{before}`{words_shown}` is not a day")).help(format!("expected {EXPECTED}"))
}

/// `next week`, `this month`, `weekend`, `december`, `Dec 2026`.
fn span(words: &str, today: NaiveDate, language: Language) -> Option<DayRange> {
    let parts: Vec<&str> = words.split_whitespace().collect();
    let (steps, unit) = match parts[..] {
        [unit] | ["this", unit] => (0, unit),
        ["next" | "coming", unit] => (1, unit),
        ["last" | "past", unit] => (-1, unit),
        _ => (0, ""),
    };
    let days = |first: NaiveDate, count: i64| {
        Some(DayRange { first, last: first.checked_add_signed(TimeDelta::days(count - 1))? })
    };
    let by_days = |days: i64| today.checked_add_signed(TimeDelta::days(days));
    match unit {
        "week" => return days(by_days(7 * steps)?.week(language.week_start()).first_day(), 7),
        // On a Sunday, the weekend is half over.
        "weekend" => {
            let saturday = by_days(7 * steps)?.week(Weekday::Mon).first_day().checked_add_days(Days::new(5))?;
            return days(saturday, 2);
        }
        "month" => {
            let first = today.with_day(1)?;
            let months = Months::new(1);
            let first = match steps {
                -1 => first.checked_sub_months(months)?,
                1 => first.checked_add_months(months)?,
                _ => first,
            };
            return month_of(first);
        }
        "year" => return period(&format!("{:04}", today.year() + steps as i32)),
        _ => {}
    }
    // A month is written as in a date.
    let (name, year) = match parts[..] {
        [name] => (name, None),
        [.., year] if year.len() == 4 => (words.strip_suffix(year)?.trim(), Some(year.parse::<i32>().ok()?)),
        _ => return None,
    };
    let date = datetime_text::read(&format!("1 {name} 2000"), language).ok()?;
    if date.weekday.is_some() || date.zone.is_some() || date.time.is_some() {
        return None;
    }
    let month = date.date.map(|date| date.value.month)?;
    let year = year.unwrap_or(if month < today.month() { today.year() + 1 } else { today.year() });
    month_of(NaiveDate::from_ymd_opt(year, month, 1)?)
}

fn month_of(first: NaiveDate) -> Option<DayRange> {
    Some(DayRange { first, last: first.checked_add_months(Months::new(1))?.pred_opt()? })
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
        (Some(month), None) => month_of(NaiveDate::from_ymd_opt(year, number(month, 2)?, 1)?),
        (Some(month), Some(day)) => {
            let day = NaiveDate::from_ymd_opt(year, number(month, 2)?, number(day, 2)?)?;
            Some(DayRange { first: day, last: day })
        }
    }
}

/// The days of a listing, in words.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Wanted<'w> {
    /// All of them, as the arguments of a command: one day or span, or two.
    pub words: &'w [String],
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
pub fn range(wanted: &Wanted<'_>, today: NaiveDate, language: Language) -> Result<(NaiveDate, NaiveDate)> {
    let day = |word: &str| parse(word, today, language).ok_or_else(|| no_day("", word, today, language));
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
    let parts = parts(wanted.words, today, language);
    let first = parts.as_ref().map(|(first, _)| &**first).or(wanted.first);
    let last = parts.as_ref().and_then(|(_, last)| last.as_deref()).or(wanted.last);
    // `+14d` alone is the next 14 days, `+14d..` the days from then on.
    if let (Some(length), None, None) = (parts.as_ref().map(|(first, _)| &**first), last, wanted.days)
        && let Some(end) = offset(length, today)
    {
        return if end > today { Ok((today, shifted(end, -1)?)) } else { Ok((end, shifted(today, -1)?.max(end))) };
    }
    let given = first.map(|first| day(first.strip_suffix("..").unwrap_or(first))).transpose()?;
    let DayRange { first, last: end } = given.unwrap_or(DayRange { first: today, last: today });
    // A week or a month is a window by itself; a day is where one begins.
    let whole = (end > first).then_some(end);
    let last = match (last, wanted.days) {
        (Some(word), _) => match offset(word, first) {
            // `+2w`, or `2w`, counts from the first day, which it includes.
            Some(end) => shifted(end, -1)?,
            // A weekday, and a date without a year, is the next one from the first day on.
            None => {
                parse(word, first, language)
                    .filter(|range| range.last >= first && !is_relative(word))
                    .map_or_else(|| day(word), Ok)?
                    .last
            }
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

/// Whether words count from today.
fn is_relative(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default().to_lowercase();
    matches!(&*first, "today" | "now" | "tomorrow" | "yesterday" | "this" | "next" | "coming" | "last" | "past")
}

/// The first and the last day of arguments that are not quoted: `1 Dec 2026 5 Dec 2026`, `monday +2w`, `next week`.
fn parts(words: &[String], today: NaiveDate, language: Language) -> Option<(String, Option<String>)> {
    if words.is_empty() {
        return None;
    }
    let whole = words.join(" ");
    let is_day = |text: &str| parse(text, today, language).is_some();
    if is_day(&whole) {
        return Some((whole, None));
    }
    if let Some((first, last)) = whole.split_once("..") {
        let last = Some(last.trim().to_owned()).filter(|last| !last.is_empty());
        let open = if last.is_none() { ".." } else { "" };
        return Some((format!("{}{open}", first.trim()), last));
    }
    // One date with a weekday, which may be the wrong one, is not two days.
    if datetime_text::read(&whole, language).is_ok_and(|read| read.date.is_some() && read.zone.is_none()) {
        return Some((whole, None));
    }
    let joins = |word: &String| matches!(word.as_str(), "to" | "until" | "till" | "-" | "–" | "—");
    // The first day takes as many words as it can: `1 Dec 2026`, not `1 Dec`.
    for split in (1..words.len()).rev() {
        let (first, last) = words.split_at(split);
        let last = if last.len() > 1 && joins(&last[0]) { &last[1..] } else { last };
        let (first, last) = (first.join(" "), last.join(" "));
        if is_day(&first) && (is_day(&last) || offset(&last, today).is_some()) {
            return Some((first, Some(last)));
        }
    }
    if let Some((_, [first, last])) = datetime_text::range(&whole, language)
        && is_day(&first)
        && is_day(&last)
    {
        return Some((first, Some(last)));
    }
    // The error names what cannot be read.
    match words {
        [first, last] if is_day(first) || first.chars().all(|c| !c.is_alphabetic()) => {
            Some((first.clone(), Some(last.clone())))
        }
        _ => Some((whole, None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_beyond_all_calendars_are_refused() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 20).expect("a Friday");
        let range = |wanted: &Wanted<'_>| {
            range(wanted, today, Language::ENGLISH).map(|(first, last)| format!("{first}/{last}"))
        };
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
            ("5 december", "2026-12-05", "2026-12-05"),
            ("19 Nov", "2027-11-19", "2027-11-19"),
            ("1 Dec 2026", "2026-12-01", "2026-12-01"),
            ("Monday 14 December", "2026-12-14", "2026-12-14"),
            ("next friday", "2026-11-27", "2026-11-27"),
            ("this friday", "2026-11-20", "2026-11-20"),
            ("this week", "2026-11-16", "2026-11-22"),
            ("next week", "2026-11-23", "2026-11-29"),
            ("weekend", "2026-11-21", "2026-11-22"),
            ("next weekend", "2026-11-28", "2026-11-29"),
            ("this month", "2026-11-01", "2026-11-30"),
            ("next month", "2026-12-01", "2026-12-31"),
            ("last month", "2026-10-01", "2026-10-31"),
            ("december", "2026-12-01", "2026-12-31"),
            ("november", "2026-11-01", "2026-11-30"),
            ("Feb", "2027-02-01", "2027-02-28"),
            ("Dec 2027", "2027-12-01", "2027-12-31"),
            ("next year", "2027-01-01", "2027-12-31"),
        ] {
            let range = parse(word, today, Language::ENGLISH).unwrap_or_else(|| panic!("{word} is understood"));
            assert_eq!((range.first.to_string(), range.last.to_string()), (first.into(), last.into()), "{word}");
        }
        for word in [
            "",
            "2026-13",
            "2026-W54",
            "2026-02-30",
            "1",
            "th",
            "soon",
            "+9999999999d",
            "2026-W",
            "26-12-02",
            "Tuesday 14 December",
            "next",
            "5 december 6pm",
        ] {
            assert_eq!(parse(word, today, Language::ENGLISH), None, "{word}");
        }
    }
}
