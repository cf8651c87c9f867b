//! Sentences that several places say.

use chrono::{Datelike, Months, NaiveDate};

use super::{Code, Finding};
use crate::source::Span;

/// For text of the form `2026-02-30…` whose month exists and whose day does not.
pub fn no_such_day(written: &str, span: Span) -> Option<Finding> {
    let mut numbers = written.splitn(3, '-');
    let year: i32 = numbers.next()?.trim().parse().ok()?;
    let month: u32 = numbers.next()?.parse().ok()?;
    let tail = numbers.next()?;
    let digits = tail.len() - tail.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let day: u32 = tail[..digits].parse().ok()?;
    let Some(first) = NaiveDate::from_ymd_opt(year, month, 1) else {
        let finding = Finding::new(Code::InvalidDate, span, format!("there is no month {month}"))
            .label("months go from 01 to 12; the order is year-month-day");
        return Some(match NaiveDate::from_ymd_opt(year, day, month) {
            Some(turned) => finding.help(format!("for {}, write `{turned}`", turned.format("%-d %B %Y"))),
            None => finding,
        });
    };
    let last = first.checked_add_months(Months::new(1))?.pred_opt()?;
    if (1..=last.day()).contains(&day) {
        return None;
    }
    let name = first.format("%B %Y");
    Some(
        Finding::new(Code::InvalidDate, span, format!("there is no day {day} in {name}"))
            .label(format!("{name} has {} days", last.day()))
            .help(format!("write `{last}` for its last day")),
    )
}
