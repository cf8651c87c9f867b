//! The warning for a repeat that passes over months or years, because they do not have its day.

use chrono::{Datelike, NaiveDateTime};

use crate::diagnostic::{Code, Finding};
use crate::recurrence::{Freq, Rule, Skipped, in_words, skips};
use crate::resolve::point::iso;
use crate::source::Span;

/// Years without a 29 February that the message names.
const MOST_YEARS: usize = 3;

/// The warning, with what to write for each way out.
pub(super) fn finding(rule: &Rule, start: NaiveDateTime, span: Span, all_day: bool, is_rrule: bool) -> Option<Finding> {
    let skipped = skips(rule, start)?;
    let Skipped { day, months, is_leap_day, or_last, last } = &skipped;
    let names: Vec<String> = if *is_leap_day {
        let more = (months.len() > MOST_YEARS).then(|| "so on".to_owned());
        months.iter().take(MOST_YEARS).map(|month| month.year().to_string()).chain(more).collect()
    } else {
        months.iter().map(|month| month.format("%B").to_string()).collect()
    };
    let why = match (day, &months[..]) {
        _ if *is_leap_day => "they have no 29 February".to_owned(),
        (29, _) => "February has 29 days in leap years only".to_owned(),
        (day, [_]) => format!("it has no day {day}"),
        (day, _) => format!("they have no day {day}"),
    };
    let mut finding = Finding::new(Code::RepeatSkips, span, format!("the repeat skips {}", listed(&names))).label(why);
    let write = |rule: &Rule| {
        let words = in_words(&rule.clone().with_end(crate::recurrence::End::Never), start.date());
        let first = rule.first(start).filter(|first| *first != start);
        let first = first.map(|first| if all_day { first.date().to_string() } else { iso(first) });
        let first = first.map(|first| format!(" and `start = {first}`")).unwrap_or_default();
        format!("`repeat = \"{words}\"`{first}")
    };
    if let Some(or_last) = or_last.as_ref().filter(|rule| *rule != last) {
        finding = finding.help(format!("for day {day}, or the last day of a shorter month, write {}", write(or_last)));
    }
    let whose = match rule.freq() {
        Freq::Yearly if months.iter().all(|month| month.month() == 2) => "of February each year",
        Freq::Yearly => "of these months",
        _ => "of each month",
    };
    let words = match or_last {
        Some(rule) if rule == last && rule.freq() == Freq::Monthly => format!(" (or `on day {day} or the last`)"),
        _ => String::new(),
    };
    let instead = if is_rrule { " instead of the `rrule`" } else { "" };
    finding = finding.help(format!("for the last day {whose}, write {}{words}{instead}", write(last)));
    Some(match kept(rule, &skipped, start) {
        Some(words) => finding.help(format!("if they are to be skipped, name the others: `repeat = \"{words}\"`")),
        None => finding,
    })
}

/// The phrase that names the months that are not skipped.
fn kept(rule: &Rule, skipped: &Skipped, start: NaiveDateTime) -> Option<String> {
    if rule.freq() == Freq::Yearly && skipped.is_leap_day {
        let four = rule.interval().get() == 1 && start.day() == 29 && start.month() == 2;
        return four.then(|| "every 4 years on 29 february".to_owned());
    }
    let is_only = rule.by_month_day.len() <= 1 && rule.by_month.is_empty();
    if rule.freq() != Freq::Monthly || rule.interval().get() != 1 || !is_only {
        return None;
    }
    let is_skipped = |month: &u32| skipped.months.iter().any(|skipped| skipped.month() == *month);
    let names: Vec<String> = (1..=12u32)
        .filter(|month| !is_skipped(month))
        .filter_map(|month| Some(start.date().with_day(1)?.with_month(month)?.format("%B").to_string().to_lowercase()))
        .collect();
    Some(format!("every year on {} {}", skipped.day, listed(&names)))
}

/// `a, b and c`.
fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recurrence::parse_phrase;

    #[test]
    fn every_way_out_is_read_and_skips_nothing() {
        for (rule, start) in [
            ("FREQ=MONTHLY", "2026-08-31"),
            ("FREQ=MONTHLY", "2026-08-30"),
            ("FREQ=MONTHLY", "2026-01-29"),
            ("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=31", "2026-08-31"),
            ("FREQ=MONTHLY;BYMONTHDAY=15,31", "2026-08-15"),
            ("FREQ=YEARLY", "2028-02-29"),
            ("FREQ=YEARLY;BYMONTH=1,2;BYMONTHDAY=30", "2026-01-30"),
        ] {
            let start = start.parse::<chrono::NaiveDate>().expect("a date").and_hms_opt(19, 0, 0).expect("a time");
            let finding =
                finding(&Rule::parse(rule).expect("a rule"), start, Span::default(), false, true).expect(rule);
            let text = finding.help.join("\n");
            let phrases: Vec<&str> =
                text.split("`repeat = \"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0)).collect();
            assert!(phrases.len() >= 2 || rule.contains("INTERVAL") || rule.contains(','), "{rule}: {text}");
            for phrase in phrases {
                let again = parse_phrase(phrase).unwrap_or_else(|error| panic!("{phrase}: {error}"));
                let first = again.first(start).expect("an occurrence");
                assert_eq!(skips(&again, first), None, "{phrase}");
            }
        }
    }
}
