//! CLDR's tables, by ICU4X: made when they are first asked for, and kept for the thread.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike, Weekday};
use icu_calendar::cal::Persian;
use icu_calendar::types::Weekday as IcuWeekday;
use icu_calendar::week::WeekInformation;
use icu_calendar::{Date, Gregorian};
use icu_datetime::fieldsets::{self, DE, E, MD, MDE, T, YM, YMD, YMDE};
use icu_datetime::input::Time;
use icu_datetime::pattern::{DateTimePattern, FixedCalendarDateTimeNames};
use icu_datetime::{FixedCalendarDateTimeFormatter, NoCalendarFormatter};
use icu_decimal::DecimalFormatter;
use icu_list::ListFormatter;
use icu_list::options::{ListFormatterOptions, ListLength};
use icu_locale::Locale;
use icu_locale::names::RegionDisplayName;
use writeable::TryWriteable;

use super::{DateStyle, Language};

type Written<T> = Option<Rc<dyn Fn(&T) -> Option<String>>>;
type Table<K, V> = RefCell<HashMap<K, V>>;

thread_local! {
    static DATES: Table<(Language, DateStyle), Written<Date<Gregorian>>> = RefCell::default();
    static TIMES: Table<Language, Written<Time>> = RefCell::default();
    static ZEROS: Table<Language, Option<char>> = RefCell::default();
    static COUNTRIES: Table<(Language, [u8; 2]), Option<String>> = RefCell::default();
}

/// What `table` has for `key`, made by `make` if it has nothing.
fn kept<K: std::hash::Hash + Eq, V: Clone>(
    table: &'static std::thread::LocalKey<Table<K, V>>,
    key: K,
    make: impl FnOnce() -> V,
) -> V {
    table.with(|table| table.borrow_mut().entry(key).or_insert_with(make).clone())
}

fn locale(language: Language) -> Option<Locale> {
    Locale::try_from_str(&language.to_string()).ok()
}

/// A date in a style; `None` if the tables lack the language.
pub(super) fn date(language: Language, style: DateStyle, day: NaiveDate) -> Option<String> {
    let date = Date::try_new_gregorian(day.year(), day.month() as u8, day.day() as u8).ok()?;
    let write = kept(&DATES, (language, style), || {
        let gregorian = gregorian(language, style)?;
        let Some(persian) = (language.code() == "fa").then(|| persian(language, style)).flatten() else {
            return Some(gregorian);
        };
        Some(Rc::new(move |date: &Date<Gregorian>| Some(format!("{} ({})", gregorian(date)?, persian(date)?))))
    })?;
    write(&date)
}

fn gregorian(language: Language, style: DateStyle) -> Written<Date<Gregorian>> {
    macro_rules! writer {
        ($fields:expr) => {{
            let formatter =
                FixedCalendarDateTimeFormatter::<Gregorian, _>::try_new((&locale(language)?).into(), $fields).ok()?;
            Some(Rc::new(move |date: &Date<Gregorian>| Some(formatter.format(date).to_string())))
        }};
    }
    // Of medium length, these write numbers only, which fit neither a sentence nor the dates without a year.
    let is_numeric = matches!(language.code(), "ar" | "ja" | "ko" | "zh");
    macro_rules! with_year {
        ($fields:expr) => {{
            let write: Written<Date<Gregorian>> = writer!($fields);
            let write = write?;
            Some(Rc::new(move |date: &Date<Gregorian>| {
                Some(format!("{} {}", write(date)?, date.year().extended_year()))
            }))
        }};
    }
    // In German they are numbers too; `29. Nov. 2026` is what CLDR has for a short month asked for by name.
    let is_german = language.code() == "de";
    match style {
        DateStyle::Heading | DateStyle::Long => writer!(YMDE::long()),
        DateStyle::Sentence | DateStyle::ShortYear if is_german => with_year!(MDE::medium()),
        DateStyle::DayYear if is_german => with_year!(MD::medium()),
        DateStyle::Sentence | DateStyle::ShortYear if is_numeric => writer!(YMDE::long()),
        DateStyle::Sentence | DateStyle::ShortYear => writer!(YMDE::medium()),
        DateStyle::DayYear if is_numeric => writer!(YMD::long()),
        DateStyle::Poster => writer!(MDE::long()),
        DateStyle::Short => writer!(MDE::medium()),
        DateStyle::Day => writer!(MD::medium()),
        DateStyle::DayYear => writer!(YMD::medium()),
        DateStyle::WeekdayDay => writer!(DE::medium()),
        DateStyle::Weekday | DateStyle::WeekdayName => {
            let names = if style == DateStyle::Weekday { short_weekdays(language) } else { weekdays(language) }?;
            Some(Rc::new(move |date: &Date<Gregorian>| names.get(date.weekday() as usize - 1).cloned()))
        }
        DateStyle::Month => writer!(YM::long()),
        DateStyle::MonthName => writer!(fieldsets::M::long()),
    }
}

/// The names of the months with their numbers: short and long, in dates and alone.
pub(super) fn month_names(language: Language) -> Vec<(u32, String)> {
    let months = |pattern: &str| -> Option<Vec<(u32, String)>> {
        let pattern: DateTimePattern = pattern.parse().ok()?;
        let mut names = FixedCalendarDateTimeNames::<Gregorian, fieldsets::M>::new_without_number_formatting(
            (&locale(language)?).into(),
        );
        let formatter = names.include_for_pattern(&pattern).ok()?;
        let name = |number: u8| {
            let first = Date::try_new_gregorian(2024, number, 1).ok()?;
            Some((u32::from(number), formatter.format(&first).try_write_to_string().ok()?.into_owned()))
        };
        (1..=12).map(name).collect()
    };
    ["MMMM", "MMM", "LLLL", "LLL"].into_iter().filter_map(months).flatten().collect()
}

/// The names of the weekdays: short and long, in dates and alone.
pub(super) fn weekday_names(language: Language) -> Vec<(Weekday, String)> {
    let weekdays = |pattern: &str| -> Option<Vec<(Weekday, String)>> {
        let pattern: DateTimePattern = pattern.parse().ok()?;
        let mut names =
            FixedCalendarDateTimeNames::<Gregorian, E>::new_without_number_formatting((&locale(language)?).into());
        let formatter = names.include_for_pattern(&pattern).ok()?;
        let name = |(number, day): (u8, Option<Date<Gregorian>>)| {
            let name = formatter.format(&day?).try_write_to_string().ok()?.into_owned();
            Some((Weekday::try_from(number).ok()?, name))
        };
        (0..).zip(week()).map(name).collect()
    };
    ["EEEE", "EEE", "cccc", "ccc"].into_iter().filter_map(weekdays).flatten().collect()
}

/// Short names from Monday on. The pattern that CLDR has for a weekday alone is a number in some languages.
fn short_weekdays(language: Language) -> Option<Vec<String>> {
    let pattern: DateTimePattern = "ccc".parse().ok()?;
    let mut names =
        FixedCalendarDateTimeNames::<Gregorian, E>::new_without_number_formatting((&locale(language)?).into());
    let formatter = names.include_for_pattern(&pattern).ok()?;
    week().map(|day| formatter.format(&day?).try_write_to_string().ok().map(Cow::into_owned)).collect()
}

/// Whole names from Monday on.
fn weekdays(language: Language) -> Option<Vec<String>> {
    let formatter =
        FixedCalendarDateTimeFormatter::<Gregorian, _>::try_new((&locale(language)?).into(), E::long()).ok()?;
    week().map(|day| Some(formatter.format(&day?).to_string())).collect()
}

fn week() -> impl Iterator<Item = Option<Date<Gregorian>>> {
    // 1 January 2024 was a Monday.
    (1..=7).map(|day| Date::try_new_gregorian(2024, 1, day).ok())
}

/// The same day in the Persian calendar; `None` if the style has no day.
fn persian(language: Language, style: DateStyle) -> Written<Date<Gregorian>> {
    macro_rules! writer {
        ($fields:expr) => {{
            let formatter =
                FixedCalendarDateTimeFormatter::<Persian, _>::try_new((&locale(language)?).into(), $fields).ok()?;
            Some(Rc::new(move |date: &Date<Gregorian>| Some(formatter.format(&date.to_calendar(Persian)).to_string())))
        }};
    }
    match style {
        DateStyle::Heading | DateStyle::Long | DateStyle::Sentence | DateStyle::ShortYear | DateStyle::DayYear => {
            writer!(YMD::long())
        }
        DateStyle::Poster | DateStyle::Short | DateStyle::Day | DateStyle::WeekdayDay => writer!(MD::long()),
        DateStyle::Weekday | DateStyle::WeekdayName | DateStyle::MonthName => None,
        // Its months begin around the 20th, so that a month lies in two.
        DateStyle::Month => {
            let month = FixedCalendarDateTimeFormatter::<Persian, _>::try_new(
                (&locale(language)?).into(),
                fieldsets::M::long(),
            );
            let month = month.ok()?;
            Some(Rc::new(move |date: &Date<Gregorian>| {
                let persian = |day: NaiveDate| {
                    let date = Date::try_new_gregorian(day.year(), day.month() as u8, day.day() as u8).ok()?;
                    Some(date.to_calendar(Persian))
                };
                let (year, number) = (date.year().extended_year(), u32::from(date.month().ordinal));
                let first = NaiveDate::from_ymd_opt(year, number, 1)?;
                let last = NaiveDate::from_ymd_opt(year, number, u32::from(date.days_in_month()))?;
                let (first, last) = (persian(first)?, persian(last)?);
                let is_one_year = first.year().extended_year() == last.year().extended_year();
                let name = |date: &Date<Persian>| month.format(date).to_string();
                // CLDR's pattern for both puts the year first, which is not in use.
                let whole = |date: &Date<Persian>| {
                    format!("{} {}", name(date), language.digits(&date.year().extended_year().to_string()))
                };
                let first = if is_one_year { name(&first) } else { whole(&first) };
                Some(format!("{first} – {}", whole(&last)))
            }))
        }
    }
}

/// Hour and minute.
pub(super) fn time(language: Language, time: NaiveTime) -> Option<String> {
    let time = Time::try_new(time.hour() as u8, time.minute() as u8, 0, 0).ok()?;
    let write = kept(&TIMES, language, || {
        let formatter = NoCalendarFormatter::try_new((&locale(language)?).into(), T::hm()).ok()?;
        Some(Rc::new(move |time: &Time| Some(formatter.format(time).to_string())))
    })?;
    write(&time)
}

/// The digit for nothing.
pub(super) fn zero(language: Language) -> Option<char> {
    kept(&ZEROS, language, || {
        let formatter = DecimalFormatter::try_new(
            (&locale(language)?).into(),
            icu_decimal::options::DecimalFormatterOptions::default(),
        );
        formatter.ok()?.format(&0.into()).to_string().chars().next()
    })
}

/// The first day of a week.
pub(super) fn week_start(language: Language) -> Option<Weekday> {
    let week = WeekInformation::try_new((&locale(language)?).into()).ok()?;
    Some(match week.first_weekday {
        IcuWeekday::Monday => Weekday::Mon,
        IcuWeekday::Tuesday => Weekday::Tue,
        IcuWeekday::Wednesday => Weekday::Wed,
        IcuWeekday::Thursday => Weekday::Thu,
        IcuWeekday::Friday => Weekday::Fri,
        IcuWeekday::Saturday => Weekday::Sat,
        IcuWeekday::Sunday => Weekday::Sun,
    })
}

/// A list, without `and` where the language can do so.
pub(super) fn list(language: Language, parts: &[String]) -> Option<String> {
    let options = ListFormatterOptions::default().with_length(ListLength::Wide);
    let formatter = ListFormatter::try_new_unit((&locale(language)?).into(), options).ok()?;
    Some(formatter.format(parts.iter()).to_string())
}

/// The name of a country.
pub(super) fn country(language: Language, code: &str) -> Option<String> {
    let key: [u8; 2] = code.as_bytes().try_into().ok()?;
    kept(&COUNTRIES, (language, key), || {
        let region = code.parse().ok()?;
        Some(RegionDisplayName::try_new_light((&locale(language)?).into(), region).ok()?.to_string())
    })
}

/// The names of a country, long and short.
pub(super) fn country_names(language: Language, code: &str) -> Vec<String> {
    let Some((locale, region)) = locale(language).zip(code.parse().ok()) else { return Vec::new() };
    let long = RegionDisplayName::try_new_light((&locale).into(), region).ok().map(|name| name.to_string());
    let short = RegionDisplayName::try_new_short_light((&locale).into(), region).ok().map(|name| name.to_string());
    long.into_iter().chain(short).collect()
}
