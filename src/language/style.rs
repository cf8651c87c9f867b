//! Dates and hours in a language: the style of the house for plain English, CLDR for all others.

use std::fmt::Write;

use chrono::{NaiveDate, NaiveTime, Weekday};

use super::{Language, Word, cldr};

/// How much of a date is written. The examples are plain English.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum DateStyle {
    /// A heading: `Wed 2 December 2026`; elsewhere the weekday in full.
    Heading,
    /// In a sentence: `Wed 2 December 2026`; elsewhere with short names, which have no cases.
    Sentence,
    /// `Wednesday 2 December 2026`
    Long,
    /// For posters, without the year: `Wed 2 December`
    Poster,
    /// `Wed 2 Dec`
    Short,
    /// `Wed 2 Dec 2026`
    ShortYear,
    /// `2 Dec`
    Day,
    /// `2 Dec 2026`
    DayYear,
    /// `Wed 2`, where the month is known
    WeekdayDay,
    /// `Wed`
    Weekday,
    /// `Wednesday`
    WeekdayName,
    /// `December 2026`
    Month,
    /// `December`, where the year is known
    MonthName,
}

impl DateStyle {
    /// All of them.
    pub const ALL: [DateStyle; 13] = [
        DateStyle::Heading,
        DateStyle::Sentence,
        DateStyle::Long,
        DateStyle::Poster,
        DateStyle::Short,
        DateStyle::ShortYear,
        DateStyle::Day,
        DateStyle::DayYear,
        DateStyle::WeekdayDay,
        DateStyle::Weekday,
        DateStyle::WeekdayName,
        DateStyle::Month,
        DateStyle::MonthName,
    ];

    /// In the style of the house, for chrono.
    fn house(self) -> &'static str {
        match self {
            DateStyle::Heading | DateStyle::Sentence => "%a %-d %B %Y",
            DateStyle::Long => "%A %-d %B %Y",
            DateStyle::Poster => "%a %-d %B",
            DateStyle::Short => "%a %-d %b",
            DateStyle::ShortYear => "%a %-d %b %Y",
            DateStyle::Day => "%-d %b",
            DateStyle::DayYear => "%-d %b %Y",
            DateStyle::WeekdayDay => "%a %-d",
            DateStyle::Weekday => "%a",
            DateStyle::WeekdayName => "%A",
            DateStyle::Month => "%B %Y",
            DateStyle::MonthName => "%B",
        }
    }
}

impl Language {
    /// A date. Persian has the date of its own calendar beside it.
    pub fn date(self, style: DateStyle, day: NaiveDate) -> String {
        let house = || day.format(style.house()).to_string();
        if self.is_house() { house() } else { cldr::date(self, style, day).unwrap_or_else(house) }
    }

    /// Hour and minute, by 12 or 24 hours.
    pub fn time(self, time: NaiveTime) -> String {
        let house = || {
            let mut text = String::with_capacity(5);
            let _ = write!(text, "{}", time.format("%H:%M")); // a String takes everything
            text
        };
        if self.is_house() { house() } else { cldr::time(self, time).unwrap_or_else(house) }
    }

    /// The hour at which a day ends: `24:00`, or midnight where the clock has twelve hours.
    pub fn midnight(self) -> String {
        let midnight = self.time(NaiveTime::MIN);
        if midnight == self.digits("00:00") || midnight == self.digits("0:00") {
            self.digits("24:00")
        } else {
            midnight
        }
    }

    /// From one hour to another.
    pub fn hours(self, from: &str, to: &str) -> String {
        if self.is_house() {
            return format!("{from}–{to}");
        }
        self.say(Word::TimeRange, &[("from", from.into()), ("to", to.into())])
    }

    /// The days from the first to the last one, short: `20 Nov – 20 Dec 2026`.
    pub fn days(self, first: NaiveDate, last: NaiveDate) -> String {
        use chrono::Datelike;
        let same_year = first.year() == last.year();
        let (from, to) = if self.is_house() {
            let pattern = match (same_year, first.month() == last.month()) {
                (true, true) => "%-d",
                (true, false) => "%-d %b",
                (false, _) => "%-d %b %Y",
            };
            (first.format(pattern).to_string(), self.date(DateStyle::DayYear, last))
        } else {
            // Where the year comes first, it is the first date that has it.
            let year_first = matches!(self.code(), "ja" | "ko" | "zh");
            let style = |has_year: bool| if has_year { DateStyle::DayYear } else { DateStyle::Day };
            (self.date(style(!same_year || year_first), first), self.date(style(!same_year || !year_first), last))
        };
        self.say(Word::DateRange, &[("from", (&from).into()), ("to", (&to).into())])
    }

    /// The day with which a week begins in the region.
    pub fn week_start(self) -> Weekday {
        if self.is_house() { Weekday::Mon } else { cldr::week_start(self).unwrap_or(Weekday::Mon) }
    }

    /// Names with what a language puts between them: `a, b`; in some, `and` before the last one.
    pub fn list(self, parts: &[String]) -> String {
        if self.is_house() { parts.join(", ") } else { cldr::list(self, parts).unwrap_or_else(|| parts.join(", ")) }
    }

    /// What there is to say of one thing, in a row: `since Friday, day 37`.
    pub fn row(self, parts: &[String]) -> String {
        parts.join(match self.code() {
            "ar" | "fa" => "، ",
            "ja" => "、",
            "zh" => "，",
            _ => ", ",
        })
    }

    /// The name of a country by its code of ISO 3166-1.
    pub fn country(self, code: &str) -> Option<String> {
        if self.is_house() {
            return crate::zone::country::name(code).map(str::to_owned);
        }
        cldr::country(self, code)
    }
}
