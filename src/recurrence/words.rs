//! [`Rule`] → the words that a listing shows: "every 2nd Tuesday of the month".
//!
//! Says only what it can say exactly; any other rule comes out as its canonical RRULE text. What it says of a rule's
//! days, [`parse_phrase`](super::parse_phrase) reads back to the same occurrences.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{End, Freq, Rule, Until};

const WORKDAYS: [Weekday; 5] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The rule in English; `start` gives the day that the rule leaves out.
///
/// ```
/// # use redletter::recurrence::{Rule, in_words};
/// let start = chrono::NaiveDate::from_ymd_opt(2026, 5, 1).unwrap();
/// assert_eq!(in_words(&Rule::parse("FREQ=YEARLY;COUNT=3").unwrap(), start), "every year on 1 May, 3 times");
/// ```
pub fn in_words(rule: &Rule, start: NaiveDate) -> String {
    let Some(days) = days(rule, start) else { return rule.to_string() };
    match rule.end {
        End::Never => days,
        End::Count(count) if count.get() == 1 => format!("{days}, once"),
        End::Count(count) => format!("{days}, {count} times"),
        End::Until(Until::Date(date)) => format!("{days}, until {}", long_date(date)),
        End::Until(Until::DateTime(moment) | Until::Utc(moment)) => {
            format!("{days}, until {}", long_date(moment.date()))
        }
    }
}

/// `None` where English would not be exact.
fn days(rule: &Rule, start: NaiveDate) -> Option<String> {
    if let Some(day) = rule.day_or_last() {
        return Some(format!("{} on the {} or last day", every(rule, "month"), ordinal(i32::from(day))));
    }
    if let Some(days) = numbered_workdays(rule) {
        return Some(days);
    }
    let odd =
        rule.sets_times() || !(rule.by_set_pos.is_empty() && rule.by_week_no.is_empty() && rule.by_year_day.is_empty());
    if odd || !rule.by_day.is_empty() && !rule.by_month_day.is_empty() {
        return None;
    }
    let months = !rule.by_month.is_empty();
    match rule.freq {
        Freq::Daily if !months && rule.by_day.is_empty() && rule.by_month_day.is_empty() => Some(every(rule, "day")),
        Freq::Weekly if !months => Some(weekly(rule, start)),
        Freq::Monthly if !months => monthly(rule, start),
        Freq::Yearly => yearly(rule, start),
        _ => None,
    }
}

/// "every last weekday of the month".
fn numbered_workdays(rule: &Rule) -> Option<String> {
    let Rule { freq, interval, by_month, by_week_no, by_year_day, by_month_day, by_day, by_set_pos, .. } = rule;
    let is_plain = by_week_no.is_empty() && by_year_day.is_empty() && by_month_day.is_empty() && !rule.sets_times();
    if !is_plain || by_set_pos.is_empty() || !by_day.iter().copied().eq(WORKDAYS.map(|day| (None, day))) {
        return None;
    }
    let (back, front): (Vec<i16>, Vec<i16>) = by_set_pos.iter().partition(|number| **number < 0);
    let numbers = join(front.iter().chain(back.iter().rev()).map(|number| ordinal(i32::from(*number))));
    match (freq, &by_month[..]) {
        (Freq::Monthly, []) if interval.get() == 1 => Some(format!("every {numbers} weekday of the month")),
        (Freq::Monthly, []) => Some(format!("{} on the {numbers} weekday", every(rule, "month"))),
        (Freq::Yearly, [_]) => Some(format!("{} on the {numbers} weekday of {}", every(rule, "year"), months(rule))),
        (Freq::Monthly, [_, ..]) if interval.get() == 1 => {
            Some(format!("every year on the {numbers} weekday of {}", months(rule)))
        }
        _ => None,
    }
}

/// "every year", "every 2 years".
fn every(rule: &Rule, unit: &str) -> String {
    match rule.interval.get() {
        1 => format!("every {unit}"),
        interval => format!("every {interval} {unit}s"),
    }
}

fn weekly(rule: &Rule, start: NaiveDate) -> String {
    let mut week: Vec<Weekday> = rule.by_day.iter().map(|(_, day)| *day).collect();
    if week.is_empty() {
        week.push(start.weekday());
    }
    let names = if week.len() == 7 {
        "every day".to_owned()
    } else if week.len() == 5 && !week.contains(&Weekday::Sat) && !week.contains(&Weekday::Sun) {
        "every weekday".to_owned()
    } else {
        format!("every {}", join(week.iter().map(|day| weekday(*day))))
    };
    match (rule.interval.get(), names.strip_prefix("every ")) {
        (1, _) | (_, None) => names,
        (_, Some("day")) => format!("{} from Monday to Sunday", every(rule, "week")),
        (_, Some("weekday")) => format!("{} from Monday to Friday", every(rule, "week")),
        (_, Some(days)) => format!("{} on {days}", every(rule, "week")),
    }
}

fn monthly(rule: &Rule, start: NaiveDate) -> Option<String> {
    if rule.by_day.is_empty() {
        return Some(format!("{} on the {}", every(rule, "month"), days_of_month(rule, start)));
    }
    let days = numbered_weekdays(rule)?;
    Some(match rule.interval.get() {
        1 => format!("every {days} of the month"),
        _ => format!("{} on the {days}", every(rule, "month")),
    })
}

fn yearly(rule: &Rule, start: NaiveDate) -> Option<String> {
    let year = every(rule, "year");
    if rule.by_day.is_empty() {
        if rule.by_month.is_empty() && !rule.by_month_day.is_empty() {
            return None;
        }
        let months = if rule.by_month.is_empty() { MONTHS[start.month0() as usize].to_owned() } else { months(rule) };
        let plain: Vec<String> = match &rule.by_month_day[..] {
            [] => vec![start.day().to_string()],
            days => {
                days.iter().map(|day| (*day > 0).then(|| day.to_string())).collect::<Option<_>>().unwrap_or_default()
            }
        };
        return Some(if plain.is_empty() {
            format!("{year} on the {} of {months}", days_of_month(rule, start))
        } else {
            format!("{year} on {} {months}", join(&plain))
        });
    }
    let days = numbered_weekdays(rule)?;
    // Without a month the number counts in the year, which no short phrase says.
    (!rule.by_month.is_empty()).then(|| format!("{year} on the {days} of {}", months(rule)))
}

fn months(rule: &Rule) -> String {
    join(rule.by_month.iter().map(|month| MONTHS[usize::from(*month) - 1]))
}

/// "15th", "1st and last day".
fn days_of_month(rule: &Rule, start: NaiveDate) -> String {
    if rule.by_month_day.is_empty() {
        return ordinal(start.day() as i32);
    }
    let (back, front): (Vec<i8>, Vec<i8>) = rule.by_month_day.iter().partition(|day| **day < 0);
    let names = front.iter().chain(back.iter().rev()).map(|day| ordinal(i32::from(*day)));
    if back.is_empty() { join(names) } else { format!("{} day", join(names)) }
}

/// "1st and 3rd Monday"; `None` if some weekday has no number, or if two weekdays have different ones.
fn numbered_weekdays(rule: &Rule) -> Option<String> {
    let of = |wanted: Weekday| -> Vec<i8> {
        let mut numbers: Vec<i8> =
            rule.by_day.iter().filter(|(_, day)| *day == wanted).filter_map(|(ordinal, _)| *ordinal).collect();
        numbers.sort_by_key(|number| (*number < 0, number.unsigned_abs()));
        numbers
    };
    let mut week: Vec<Weekday> = rule.by_day.iter().map(|(_, day)| *day).collect();
    week.sort_by_key(Weekday::num_days_from_monday);
    week.dedup();
    let numbers = of(*week.first()?);
    let same = rule.by_day.len() == week.len() * numbers.len() && week.iter().all(|day| of(*day) == numbers);
    if !same || numbers.iter().any(|number| number.unsigned_abs() > 5) {
        return None;
    }
    let numbers = join(numbers.iter().map(|number| ordinal(i32::from(*number))));
    Some(format!("{numbers} {}", join(week.iter().map(|day| weekday(*day)))))
}

/// "2nd"; "last" for -1, "2nd to last" for -2.
pub(super) fn ordinal(number: i32) -> String {
    if number == -1 {
        return "last".to_owned();
    }
    let size = number.unsigned_abs();
    let suffix = match (size % 10, size % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    if number < 0 { format!("{size}{suffix} to last") } else { format!("{size}{suffix}") }
}

/// "a", "a and b", "a, b and c".
fn join<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> String {
    let names: Vec<T> = names.into_iter().collect();
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match names[..] {
        [] => String::new(),
        [only] => only.to_owned(),
        [ref first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn weekday(day: Weekday) -> &'static str {
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][day.num_days_from_monday() as usize]
}

fn long_date(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), MONTHS[date.month0() as usize], date.year())
}
