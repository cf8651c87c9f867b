//! How an event repeats, in words. English says all that [`crate::recurrence::in_words`] can say; other languages say the
//! plain rules, and of all others that there are several dates: no English in the midst of another language.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::event::{Event, When};
use crate::language::{DateStyle, Language, Word};
use crate::recurrence::{self, End, Freq, Rule, Until};

/// How an event repeats: `every 2nd Tuesday of the month, 19:00 Madrid`; none where it does not.
pub fn in_words(event: &Event, language: Language) -> Option<String> {
    let repeat = event.repeat.as_ref()?;
    let wall = event.when.wall();
    if language.code() != "en" {
        let more = || language.say(Word::MoreDates, &[("count", repeat.also.len().into())]);
        let mut parts = match &repeat.rule {
            Some(rule) => rule_in(rule, wall.date(), language),
            None => vec![more()],
        };
        let time = || language.time(wall.time());
        match event.when {
            When::Zoned { zone, .. } => parts.push(format!("{} {}", time(), zone.city())),
            When::Floating { .. } => parts.push(language.say(Word::ByEachClock, &[("time", (&time()).into())])),
            When::AllDay(_) | When::Fixed { .. } => {}
        }
        if repeat.rule.is_some() && !repeat.also.is_empty() {
            parts.push(more());
        }
        return Some(language.row(&parts));
    }
    let besides = |count: usize| if count == 1 { "1 more date".to_owned() } else { format!("{count} more dates") };
    let mut words = match &repeat.rule {
        Some(rule) => recurrence::in_words(rule, wall.date()),
        None => format!("and {}", besides(repeat.also.len())),
    };
    match event.when {
        When::Zoned { zone, .. } => words.push_str(&format!(", {} {}", wall.format("%H:%M"), zone.city())),
        When::Floating { .. } => words.push_str(&format!(", {} by each place's clock", wall.format("%H:%M"))),
        When::AllDay(_) | When::Fixed { .. } => {}
    }
    if repeat.rule.is_some() && !repeat.also.is_empty() {
        words.push_str(&format!(", and {}", besides(repeat.also.len())));
    }
    Some(words)
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

/// None where the words would not be exact.
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
            // Those that count from the end come last.
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
