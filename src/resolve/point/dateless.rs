//! Texts that are read and are not one moment of a record: a range, a day without its year, `tomorrow`, `midnight`.

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta, Timelike};

use super::say::{assignment, clock, is_argument, long_date};
use super::{Asked, long_weekday};
use crate::diagnostic::{Code, Finding, shorten};
use crate::language::Language;
use crate::record::value::toml_text;
use crate::resolve::datetime_text::{self, DateWords, Part, Relative, TimeOfDay, Written, ZoneWords};
use crate::source::Span;

impl Asked<'_> {
    /// The finding for a text without a whole date, with the date that is meant if it was written today.
    pub(super) fn dateless(&self, written: &Written, text: &str) -> Finding {
        let meant = written.day(self.context.today());
        let finding = match (&written.date, &written.relative, &written.weekday) {
            (Some(date), ..) => Finding::new(Code::InvalidDate, self.part(text, &date.range), "the date has no year")
                .label(format!("expected a year too, such as {}", example(meant.map(|day| day.date)))),
            (None, Some(Part { range, value: Relative::Days(_) }), _) | (None, _, Some(Part { range, .. })) => {
                // `next` belongs to the weekday behind it.
                let start = written.relative.as_ref().map_or(range.start, |part| part.range.start.min(range.start));
                let range = &(start..range.end);
                let words = shorten(&text[range.clone()]);
                Finding::new(
                    Code::InvalidDate,
                    self.part(text, range),
                    format!("`{words}` depends on the day on which it is read"),
                )
                .label("expected a date")
            }
            _ => {
                let finding = Finding::new(Code::InvalidDate, self.span, format!("`{}` has no date", shorten(text)))
                    .label("expected a date, such as 2026-12-02 or 2 December 2026");
                let example = assignment(self.key, "\"2 December 2026, 6 pm\"");
                return finding.help(format!("write day, month and year, such as `{example}`"));
            }
        };
        let Some(meant) = meant else { return finding };
        // A weekday beside a date without a year must fit the date that the help offers.
        let weekday = written.weekday.as_ref().filter(|_| written.date.is_some()).map(|part| part.value);
        let today = self.context.today();
        let date = match (weekday, &written.date) {
            (Some(weekday), Some(Part { value: DateWords { month, day, .. }, .. })) => (-1..=6)
                .filter_map(|years| NaiveDate::from_ymd_opt(today.year() + years, *month, *day))
                .find(|date| date.weekday() == weekday && *date >= today - TimeDelta::days(366))
                .unwrap_or(meant.date),
            _ => meant.date,
        };
        let text = match (&written.time, &written.zone) {
            (Some(Part { value: TimeOfDay::Clock(time), .. }), None) => {
                // `tonight at 9:30` is in the evening.
                let is_evening = time.hour() < 12 && text.to_ascii_lowercase().contains("tonight");
                let time = if is_evening { *time + TimeDelta::hours(12) } else { *time };
                format!("{date}T{}", clock(date.and_time(time)))
            }
            (None, None) => date.to_string(),
            _ => {
                let plain = Written { weekday: None, relative: None, ..written.clone() };
                format!("\"{}\"", plain.dated(text, date))
            }
        };
        let weekday = long_weekday(date.weekday());
        finding.help(format!("for {weekday} {}, write `{}`", long_date(date), assignment(self.key, &text)))
    }

    /// The finding for `midnight` of a day, which may be its beginning or its end.
    pub(super) fn midnight(&self, day: NaiveDate, written: &Written, text: &str, span: Span) -> Finding {
        let zone = written.zone.as_ref().map(|zone| format!(" {}", &text[zone.range.clone()])).unwrap_or_default();
        let write = |clock: &str| {
            if zone.is_empty() && clock == "00:00" {
                return assignment(self.key, &format!("{day}T00:00"));
            }
            assignment(self.key, &format!("\"{day} {clock}{zone}\""))
        };
        Finding::new(Code::InvalidTime, span, "`midnight` may be the beginning or the end of the day")
            .label("expected 00:00 or 24:00")
            .help(format!("for the beginning of {}, write `{}`", long_date(day), write("00:00")))
            .help(format!("for its end, write `{}`", write("24:00")))
    }

    /// The finding for `(+1)` behind a time with a date, with the date to write.
    pub(super) fn shifted(&self, written: &Written, text: &str, shift: i8) -> Option<Finding> {
        let part = written.day_shift.as_ref()?;
        let DateWords { year, month, day } = written.date.as_ref()?.value;
        let date = NaiveDate::from_ymd_opt(year?, month, day)?;
        let plain = Written { day_shift: None, weekday: None, ..written.clone() };
        let [this, other] = [date, date.checked_add_signed(TimeDelta::days(shift.into()))?]
            .map(|date| assignment(self.key, &format!("\"{}\"", plain.dated(text, date))));
        Some(
            Finding::new(Code::InvalidDate, self.part(text, &part.range), "a number of days behind a date")
                .label("expected the date alone")
                .help(format!("write `{other}`, or `{this}`")),
        )
    }

    /// The finding for a range, `6–8 pm` or `2–4 December 2026`, with the lines to write.
    pub(super) fn range(&self, text: &str) -> Option<Finding> {
        let language = self.context.reading_language();
        let (range, [first, last]) = datetime_text::range(text, language)?;
        let [start, end] = [datetime_text::read(&first, language).ok()?, datetime_text::read(&last, language).ok()?];
        let finding = |code, what: &str| {
            Finding::new(code, self.part(text, &range), format!("a range of {what} in one text"))
                .label("expected the beginning here, and the end in `end`")
        };
        let (start_key, end_key) = if is_argument(self.key) { (self.key, "--end") } else { ("start", "end") };
        let today = self.context.today();
        let day = |written: &Written| written.day(today).map(|day| day.date);
        // `saturday` to `sunday`, on a Sunday: the one after the Saturday.
        let day_from = |first: NaiveDate| {
            let days = [today, first].map(|from| end.day(from).map(|day| day.date));
            days.into_iter().flatten().find(|day| *day >= first).or(day(&end))
        };
        match (&start.time, &end.time) {
            (None, None) => {
                let finding = finding(Code::InvalidDate, "days");
                let first = day(&start)?;
                let last = day_from(first)?;
                if last < first {
                    let order = format!("{} is before {}: check both days", long_date(last), long_date(first));
                    return Some(finding.help(order));
                }
                let (first, last) = (assignment(start_key, &first.to_string()), assignment(end_key, &last.to_string()));
                Some(finding.help(format!("write `{first}` and `{last}`")))
            }
            (Some(from), Some(to)) => {
                let finding = finding(Code::InvalidTime, "times");
                let (TimeOfDay::Clock(from), TimeOfDay::Clock(to)) = (from.value, to.value) else {
                    return Some(finding);
                };
                let zone = match &start.zone {
                    Some(Part { value: ZoneWords::Words(words), .. }) => format!(" {words}"),
                    Some(Part { value: ZoneWords::Offset(offset), .. }) => offset.to_string(),
                    None => String::new(),
                };
                let Some(first) = day(&start) else {
                    let example = assignment(start_key, "\"2026-12-02 18:00\"");
                    return Some(finding.help(format!("write a date too, such as `{example}`")));
                };
                // Two days may stand in the text; an hour alone is on the first, or after midnight.
                let last = match day_from(first) {
                    Some(last) if last != first => last,
                    _ if to > from => first,
                    _ => first.succ_opt()?,
                };
                let text = |key, day: NaiveDate, time| {
                    assignment(key, &format!("\"{day} {}{zone}\"", clock(day.and_time(time))))
                };
                Some(finding.help(format!(
                    "write `{}` and `{}`",
                    text(start_key, first, from),
                    text(end_key, last, to)
                )))
            }
            _ => None,
        }
    }
}

impl Asked<'_> {
    /// The finding for a text that is read if something known about it is taken into account: two days, two times, the
    /// language, or a time as spreadsheets keep it.
    pub(super) fn otherwise(&self, text: &str) -> Option<Finding> {
        self.two_days(text)
            .or_else(|| self.two_times(text))
            .or_else(|| self.fraction(text))
            .or_else(|| self.foreign(text))
    }

    /// `2 and 3 December 2026`.
    fn two_days(&self, text: &str) -> Option<Finding> {
        let joint = [" and ", " & ", " und ", " y ", " et ", " e "].into_iter().find(|joint| text.contains(joint))?;
        let language = self.context.reading_language();
        let (_, days) = datetime_text::range(&text.replacen(joint, " – ", 1), language)?;
        let [first, second] = days.map(|text| {
            let read = datetime_text::read(&text, language).ok().filter(|read| read.time.is_none())?;
            read.day(self.context.today()).map(|day| day.date)
        });
        let (first, second) = (first?, second?);
        let finding = Finding::new(Code::InvalidDate, self.span, "two days in one text").label("expected one day");
        let start = assignment(self.key, &first.to_string());
        Some(if first.succ_opt() == Some(second) {
            let end = if is_argument(self.key) { "--end" } else { "end" };
            finding.help(format!("write `{start}` and `{}`", assignment(end, &second.to_string())))
        } else if is_argument(self.key) {
            finding.help(format!("give the first, `{start}`, and add the other to the record in `also`"))
        } else {
            finding.help(format!("write `{start}` and `also = [{second}]`"))
        })
    }

    /// `4pm ET / 1pm PT`.
    fn two_times(&self, text: &str) -> Option<Finding> {
        let (first, second) = two_times(text, self.context.reading_language())?;
        let finding = Finding::new(Code::InvalidTime, self.span, "two times in one text").label("expected one time");
        Some(finding.help(format!(
            "write one of them here; the times of a poster are entries of their own: `announced = [{}, {}]`",
            toml_text(first),
            toml_text(second)
        )))
    }

    /// `0.75`, 18:00 as spreadsheets keep it.
    fn fraction(&self, text: &str) -> Option<Finding> {
        let (date, number) = text.rsplit_once(' ').map_or(("", text), |(date, number)| (date.trim(), number));
        let digits = number.strip_prefix("0.").or_else(|| number.strip_prefix("0,"))?;
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let fraction: f64 = format!("0.{digits}").parse().ok()?;
        let minutes = (fraction * 1440.0).round() as u32;
        let time = NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0)?.format("%H:%M");
        let finding = Finding::new(Code::InvalidTime, self.span, format!("`{}` is a part of a day", shorten(number)))
            .label("expected a time such as 16:30; spreadsheets keep times like this");
        let written = if date.is_empty() { time.to_string() } else { format!("{date} {time}") };
        Some(finding.help(format!("write `{}`", assignment(self.key, &format!("\"{written}\"")))))
    }

    /// A date in another of our languages than English and the calendar's.
    fn foreign(&self, text: &str) -> Option<Finding> {
        let own = self.context.reading_language();
        let (language, day) =
            Language::all().filter(|language| language.code() != own.code()).find_map(|language| {
                let date = datetime_text::read(text, language).ok()?.date?.value;
                Some((language, NaiveDate::from_ymd_opt(date.year?, date.month, date.day)?))
            })?;
        let message = format!("`{}` is a date in the language `{}`", shorten(text), language.code());
        let finding = Finding::new(Code::InvalidDate, self.span, message)
            .label(format!("expected a date in English or in the calendar's language, `{}`", own.code()));
        Some(finding.help(format!("write {day}, or `language = \"{}\"` in calendar.toml", language.code())))
    }
}

/// The two times of `4pm ET / 1pm PT`.
pub(in crate::resolve) fn two_times(text: &str, language: Language) -> Option<(&str, &str)> {
    let joint = [" / ", "/", " | "].into_iter().find(|joint| text.matches(joint).count() == 1)?;
    let (first, second) = text.split_once(joint)?;
    let is_time = |text: &&str| datetime_text::read(text, language).is_ok_and(|read| read.time.is_some());
    Some((first.trim(), second.trim())).filter(|(first, second)| is_time(first) && is_time(second))
}

/// A date for a help text.
fn example(day: Option<NaiveDate>) -> String {
    day.map_or_else(|| "2 December 2026".to_owned(), long_date)
}
