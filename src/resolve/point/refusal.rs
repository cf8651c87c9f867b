//! Findings for words that are no time.

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};

use super::Findings;
use super::say::{long_date, long_weekday};
use crate::diagnostic::{Code, Finding};
use crate::resolve::datetime_text::{Part, Refusal};
use crate::source::Span;

pub(super) fn weekday(day: NaiveDate, written: Weekday, span: Span, findings: &mut Findings) -> Option<()> {
    if day.weekday() == written {
        return Some(());
    }
    let near = |step: i64| {
        (1..7).map(|days| day + TimeDelta::days(days * step)).find(|day| day.weekday() == written).unwrap_or(day)
    };
    let (is, says) = (day.format("%A"), long_weekday(written));
    findings.push(
        Finding::new(Code::WeekdayMismatch, span, format!("{} is a {is}, not a {says}", long_date(day)))
            .label(format!("expected {is}"))
            .help(format!("if the date is right, write `{is}`"))
            .help(format!("if the weekday is right, the date is {} or {}", long_date(near(-1)), long_date(near(1)))),
    );
    None
}

/// The finding for words that cannot be read.
pub fn refusal(part: &Part<Refusal>, span: Span) -> Finding {
    match &part.value {
        Refusal::AmbiguousDate(readings) => {
            let message = match readings[..] {
                [_] => "a date in figures: day and month are in another order in some countries",
                _ => "the order of day and month is not certain",
            };
            let mut finding = Finding::new(Code::AmbiguousDate, span, message)
                .label("expected year-month-day, or the month as a word");
            for reading in readings {
                finding = finding.help(format!("for {}, write `{reading}`", long_date(*reading)));
            }
            finding
        }
        Refusal::Date(why) => Finding::new(Code::InvalidDate, span, why.clone())
            .label("expected a date such as 2026-12-02 or 2 December 2026"),
        Refusal::Time(why) => {
            Finding::new(Code::InvalidTime, span, why.clone()).label("expected a time such as 16:30 or 4:30 pm")
        }
        Refusal::Twice("time") => Finding::new(Code::InvalidTime, span, "a second time")
            .label("expected one time")
            .help("write the start here and the other time in `end`"),
        Refusal::Twice(what) => {
            Finding::new(Code::InvalidDate, span, format!("a second {what}")).label(format!("expected one {what}"))
        }
    }
}
