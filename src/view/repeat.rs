//! How an event repeats, in words. English says all that [`crate::recurrence::in_words`] can say; other languages say the
//! plain rules, and of all others that there are several dates: no English in the midst of another language.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Weekday};

use super::parts::clock_city;
use crate::event::{Event, When};
use crate::language::{DateStyle, Language, Word};
use crate::recurrence::{self, End, Freq, Rule, Until};

/// How an event repeats: `every 2nd Tuesday of the month, 19:00 Madrid`; a series with several parts lists each: `…; from 1
/// September: every Wednesday at 20:00`. `None` if it does not repeat.
pub fn in_words(event: &Event, language: Language) -> Option<String> {
    event.repeat.as_ref()?;
    let parts = parts(event);
    if parts.iter().all(|part| part.rules(true).is_empty() && part.also() == 0) {
        return None;
    }
    let last = parts.len() - 1;
    let mut said = Vec::new();
    for (number, part) in parts.iter().enumerate() {
        // The next part says when this one ends.
        let ends = number == last;
        said.push(match (part.from, number.checked_sub(1)) {
            (Some(date), Some(before)) => later(part, &parts[before], date, ends, language),
            _ if language.code() == "en" => first(part, ends),
            _ => first_in(part, ends, language),
        });
    }
    Some(said.join("; "))
}

/// The strands that a series has at a time.
struct Part<'e> {
    from: Option<NaiveDate>,
    strands: Vec<&'e Event>,
}

fn parts(event: &Event) -> Vec<Part<'_>> {
    let mut parts = vec![Part { from: None, strands: vec![event] }];
    for strand in event.further() {
        match parts.last_mut() {
            Some(part) if part.from == strand.from => part.strands.push(&strand.event),
            _ => parts.push(Part { from: strand.from, strands: vec![&strand.event] }),
        }
    }
    parts
}

impl Part<'_> {
    /// The number of further dates. Cancelled dates do not count, unless the whole event is cancelled.
    fn also(&self) -> usize {
        let count = |strand: &&Event| {
            let repeat = strand.repeat.as_deref()?;
            let takes_place = |also: &&When| {
                let changed = repeat.change(also.wall()).map(|change| change.event.status.takes_place());
                !strand.status.takes_place() || changed.unwrap_or(true)
            };
            Some(repeat.also.iter().filter(takes_place).count())
        };
        self.strands.iter().filter_map(count).sum()
    }

    /// The rules of its strands, each with the start that it counts from.
    fn rules(&self, ends: bool) -> Vec<(Rule, NaiveDateTime)> {
        let rule = |strand: &&Event| Some((strand.repeat.as_deref()?.rule.clone()?, strand.when.wall()));
        let rules = self.strands.iter().filter_map(rule);
        let cut = |(rule, start): (Rule, _)| (if ends { rule } else { rule.with_end(End::Never) }, start);
        rules.map(cut).collect()
    }

    /// ` Madrid`, where hours are by a clock.
    fn city(&self) -> Option<String> {
        match self.strands[0].when {
            When::Zoned { zone, .. } => Some(clock_city(self.strands[0], zone)),
            When::AllDay(_) | When::Fixed { .. } | When::Floating { .. } => None,
        }
    }

    fn is_all_day(&self) -> bool {
        self.strands[0].when.is_all_day()
    }

    /// `every Monday at 10:00 and every Thursday at 12:00, until 31 December 2026`.
    fn with_hours(&self, ends: bool) -> String {
        let rules = self.rules(ends);
        let until = rules.iter().map(|(rule, _)| rule.end()).max_by_key(|end| match end {
            End::Never => None,
            End::Count(_) => Some(NaiveDate::MIN),
            End::Until(Until::Date(day)) => Some(*day),
            End::Until(Until::DateTime(at) | Until::Utc(at)) => Some(at.date()),
        });
        let one = |(rule, start): &(Rule, NaiveDateTime)| {
            let words = recurrence::in_words(&rule.clone().with_end(End::Never), start.date());
            if self.is_all_day() { words } else { format!("{words} at {}", start.format("%H:%M")) }
        };
        let mut words = rules.iter().map(one).collect::<Vec<_>>().join(" and ");
        if let (Some(until), Some((rule, start))) = (until, rules.first()) {
            // The words for an end follow the words for the days.
            let days = recurrence::in_words(&rule.clone().with_end(End::Never), start.date());
            let whole = recurrence::in_words(&rule.clone().with_end(until), start.date());
            words.push_str(whole.strip_prefix(&*days).unwrap_or_default());
        }
        words
    }
}

fn besides(count: usize) -> String {
    if count == 1 { "1 more date".to_owned() } else { format!("{count} more dates") }
}

/// The first part, in English.
fn first(part: &Part<'_>, ends: bool) -> String {
    let also = part.also();
    let mut words = match &part.rules(ends)[..] {
        [] => return hour_of(part, format!("and {}", besides(also))),
        [(rule, start)] => hour_of(part, recurrence::in_words(rule, start.date())),
        _ => match part.city() {
            Some(city) => format!("{}, {city}", part.with_hours(ends)),
            None => part.with_hours(ends),
        },
    };
    if also > 0 {
        words.push_str(&format!(", and {}", besides(also)));
    }
    words
}

/// `…, 19:00 Madrid`.
fn hour_of(part: &Part<'_>, mut words: String) -> String {
    let when = &part.strands[0].when;
    match when {
        When::Zoned { zone, .. } => {
            let city = clock_city(part.strands[0], *zone);
            words.push_str(&format!(", {} {city}", when.wall().format("%H:%M")));
        }
        When::Floating { .. } => words.push_str(&format!(", {} by each place's clock", when.wall().format("%H:%M"))),
        When::AllDay(_) | When::Fixed { .. } => {}
    }
    words
}

/// The first part, in another language than English.
fn first_in(part: &Part<'_>, ends: bool, language: Language) -> String {
    let more = || language.say(Word::MoreDates, &[("count", part.also().into())]);
    let rules = part.rules(ends);
    let mut parts = Vec::new();
    for (rule, start) in &rules {
        parts.extend(rule_in(rule, start.date(), language));
        if rules.len() > 1 && !part.is_all_day() {
            parts.push(language.time(start.time()));
        }
    }
    if rules.is_empty() {
        parts.push(more());
    }
    let time = || language.time(part.strands[0].when.wall().time());
    match part.strands[0].when {
        When::Zoned { zone, .. } if rules.len() > 1 => parts.push(clock_city(part.strands[0], zone)),
        When::Zoned { zone, .. } => parts.push(format!("{} {}", time(), clock_city(part.strands[0], zone))),
        When::Floating { .. } => parts.push(language.say(Word::ByEachClock, &[("time", (&time()).into())])),
        When::AllDay(_) | When::Fixed { .. } => {}
    }
    if !rules.is_empty() && part.also() > 0 {
        parts.push(more());
    }
    language.row(&parts)
}

/// A part from a date on: `from 1 September: every Wednesday at 20:00`, with the place where it is another.
fn later(part: &Part<'_>, before: &Part<'_>, date: NaiveDate, ends: bool, language: Language) -> String {
    let event = part.strands[0];
    let same_year = date.year() == before.strands[0].when.first_day().year();
    let day = match (language.code(), same_year) {
        ("en", true) => date.format("%-d %B").to_string(),
        ("en", false) => date.format("%-d %B %Y").to_string(),
        (_, true) => language.date(DateStyle::Day, date),
        (_, false) => language.date(DateStyle::DayYear, date),
    };
    let from = language.say(Word::FromDate, &[("date", (&day).into())]);
    let mut words = Vec::new();
    if event.status.takes_place() {
        let city = part.city().filter(|_| part.city() != before.city());
        if language.code() == "en" {
            let hours = part.with_hours(ends);
            words.push(city.map_or_else(|| hours.clone(), |city| format!("{hours} {city}")));
        } else {
            for (rule, start) in part.rules(ends) {
                words.extend(rule_in(&rule, start.date(), language));
                if !part.is_all_day() {
                    words.push(language.time(start.time()));
                }
            }
            words.extend(city);
        }
        let place = event.location.as_deref().filter(|_| event.location != before.strands[0].location);
        words.extend(place.map(|place| super::words::location(place, language)).filter(|place| !place.is_empty()));
        if part.also() > 0 {
            words.push(match language.code() {
                "en" => format!("and {}", besides(part.also())),
                _ => language.say(Word::MoreDates, &[("count", part.also().into())]),
            });
        }
    } else {
        words.push(match language.code() {
            "en" => event.status.name().to_owned(),
            _ => super::words::status(event.status, language).to_owned(),
        });
    }
    let words = if language.code() == "en" { words.join(", ") } else { language.row(&words) };
    format!("{from}: {words}")
}

/// The parts of a list: `cada mes`, `2.º martes`, `10 veces`.
fn rule_in(rule: &Rule, start: NaiveDate, language: Language) -> Vec<String> {
    let mut parts = days(rule, start, language).unwrap_or_else(|| vec![language.word(Word::RepeatDates).to_owned()]);
    let until =
        |day: NaiveDate| language.say(Word::UntilDate, &[("date", (&language.date(DateStyle::DayYear, day)).into())]);
    match rule.end {
        End::Never => {}
        End::Count(count) => parts.push(language.say(Word::RepeatTimes, &[("count", i64::from(count.get()).into())])),
        End::Until(Until::Date(day)) => parts.push(until(day)),
        End::Until(Until::DateTime(moment) | Until::Utc(moment)) => parts.push(until(moment.date())),
    }
    parts
}

/// `None` if the words would not be exact.
fn days(rule: &Rule, start: NaiveDate, language: Language) -> Option<Vec<String>> {
    let is_odd =
        rule.sets_times() || !(rule.by_set_pos.is_empty() && rule.by_week_no.is_empty() && rule.by_year_day.is_empty());
    if is_odd || !rule.by_day.is_empty() && !rule.by_month_day.is_empty() {
        return None;
    }
    let every = |word: Word| language.say(word, &[("count", i64::from(rule.interval.get()).into())]);
    let (in_months, on_days) = (!rule.by_month.is_empty(), !rule.by_month_day.is_empty());
    let mut parts = Vec::new();
    match rule.freq {
        Freq::Daily if !in_months && !on_days && rule.by_day.is_empty() => parts.push(every(Word::RepeatDays)),
        Freq::Weekly if !in_months => {
            parts.push(every(Word::RepeatWeeks));
            match &rule.by_day[..] {
                [] => parts.push(weekday(start.weekday(), language)),
                days => {
                    let names: Vec<String> = days.iter().map(|(_, day)| weekday(*day, language)).collect();
                    parts.push(language.list(&names));
                }
            }
        }
        Freq::Monthly if !in_months => {
            parts.push(every(Word::RepeatMonths));
            let start = [start.day() as i8];
            let mut days = match &rule.by_month_day[..] {
                [] if rule.by_day.is_empty() => start.to_vec(),
                days => days.to_vec(),
            };
            // Days counted from the end come last.
            days.sort_unstable_by_key(|day| (*day < 0, *day));
            let numbered = rule.by_day.iter().map(|(number, day)| nth(*number, *day, language));
            let days = numbered.chain(days.iter().map(|day| day_of_month(*day, language)));
            parts.push(language.list(&days.collect::<Option<Vec<_>>>()?));
        }
        // A month alone has no name in CLDR's styles here, so the dates to come must say the weekday and the month.
        Freq::Yearly if rule.by_day.len() == 1 && rule.by_month.len() == 1 && rule.by_day[0].0.is_some() => {
            parts.push(every(Word::RepeatYears));
        }
        Freq::Yearly if rule.by_day.is_empty() && in_months >= on_days => {
            parts.push(every(Word::RepeatYears));
            let start = ([start.month() as u8], [start.day() as i8]);
            let months = if in_months { &rule.by_month[..] } else { &start.0 };
            let days = if on_days { &rule.by_month_day[..] } else { &start.1 };
            let mut dates = Vec::new();
            for (month, day) in months.iter().flat_map(|month| days.iter().map(move |day| (*month, *day))) {
                // 29 February is in leap years only.
                let date = NaiveDate::from_ymd_opt(2024, month.into(), u32::try_from(day).ok()?)?;
                dates.push(language.date(DateStyle::Day, date));
            }
            // The date of Iran beside it would not be the same each year.
            if language.code() != "fa" {
                parts.push(language.list(&dates));
            }
        }
        _ => return None,
    }
    Some(parts)
}

fn weekday(day: Weekday, language: Language) -> String {
    // 1 January 2024 was a Monday.
    let date = NaiveDate::from_ymd_opt(2024, 1, day.number_from_monday());
    date.map(|date| language.date(DateStyle::WeekdayName, date)).unwrap_or_default()
}

/// `2nd Tuesday`
fn nth(number: Option<i8>, day: Weekday, language: Language) -> Option<String> {
    let number = number.filter(|number| (1..=5).contains(number) || *number == -1)?;
    let name = weekday(day, language);
    let args = [
        ("number", i64::from(number).into()),
        ("weekday", (&name).into()),
        ("day", i64::from(day.number_from_monday()).into()),
    ];
    Some(language.say(Word::NthWeekday, &args))
}

/// `day 15`
fn day_of_month(day: i8, language: Language) -> Option<String> {
    match day {
        -1 => Some(language.word(Word::MonthLastDay).to_owned()),
        1.. => Some(language.say(Word::MonthDay, &[("day", i64::from(day).into())])),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(rule: &str, tag: &str) -> String {
        let start = NaiveDate::from_ymd_opt(2026, 5, 1).expect("a date");
        let language = Language::of(tag);
        language.row(&rule_in(&Rule::parse(rule).expect("a rule"), start, language))
    }

    #[test]
    fn plain_rules_are_said_in_other_languages() {
        for (rule, tag, shown) in [
            ("FREQ=DAILY", "es", "cada día"),
            ("FREQ=WEEKLY", "de", "jede Woche, Freitag"),
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", "es", "cada 2 semanas, martes y jueves"),
            ("FREQ=MONTHLY;BYDAY=2TU;COUNT=10", "es", "cada mes, 2.º martes, 10 veces"),
            ("FREQ=MONTHLY;BYDAY=2TU", "pt", "todo mês, 2.ª terça-feira"),
            ("FREQ=MONTHLY;BYDAY=-1WE", "ru", "каждый месяц, последняя среда"),
            ("FREQ=MONTHLY;BYDAY=1MO", "fa", "هر ماه، نخستین دوشنبه"),
            ("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=15,-1", "fr", "tous les 2 mois, le 15 et le dernier jour"),
            ("FREQ=YEARLY;UNTIL=20300501", "de", "jedes Jahr, 1. Mai, bis 1. Mai 2030"),
            ("FREQ=YEARLY;BYMONTH=3,6;BYMONTHDAY=8", "ja", "毎年、3月8日 6月8日"),
        ] {
            assert_eq!(said(rule, tag), shown, "{rule}");
        }
    }

    #[test]
    fn no_rule_is_said_in_english_or_wrongly_elsewhere() {
        for rule in [
            "FREQ=MONTHLY;BYDAY=MO,TU,WE;BYSETPOS=-1",
            "FREQ=MONTHLY;BYDAY=MO",
            "FREQ=MONTHLY;BYMONTHDAY=-3",
            "FREQ=YEARLY;BYMONTHDAY=3",
            "FREQ=YEARLY;BYWEEKNO=20",
            "FREQ=DAILY;BYMONTH=1",
        ] {
            assert_eq!(said(rule, "es"), "en varias fechas", "{rule}");
        }
    }
}
