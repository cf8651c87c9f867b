//! RRULE of a VEVENT → [`Rule`], or occurrences one by one; and a rule as lines of a record.

use std::num::NonZeroU32;

use chrono::{Datelike, Days, NaiveDateTime};

use super::draft::Line;
use super::fine;
use super::frame::{Frame, midnight};
use super::value::{self, Stamp};
use crate::record::value::toml_text;
use crate::recurrence::{End, Rule, RuleErrorKind, Until, in_words, parse_phrase};
use crate::resolve::point::iso;

/// The last year of a record.
const LAST_YEAR: i32 = 2200;

/// What a rule of a file is here.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(clippy::large_enum_variant, reason = "one at a time, and taken apart at once")]
pub enum Read {
    /// A rule, which ends by the record's clock.
    Rule(Rule),
    /// Its occurrences, because it is finer than daily.
    Dates(Vec<NaiveDateTime>),
}

/// Reads the value of RRULE or EXRULE for an event that begins at `start`.
pub fn read(text: &str, frame: &Frame, start: NaiveDateTime) -> Result<Read, String> {
    let until_wall = |stamp: Stamp| match stamp {
        Stamp::Day(day) => day.and_hms_opt(23, 59, 59).unwrap_or_default(),
        Stamp::Local(wall) => wall,
        Stamp::Utc(wall) if *frame == Frame::Day => wall,
        Stamp::Utc(wall) => frame.at(wall.and_utc()).wall,
        Stamp::Offset(wall, offset) => frame.at(wall.checked_sub_offset(offset).unwrap_or(wall).and_utc()).wall,
    };
    let (text, count, until) = without_end(text)?;
    let until = match until {
        Some(written) => {
            Some(value::stamp(&written).ok_or_else(|| format!("`UNTIL={}` is no date", super::shown(&written)))?)
        }
        None => None,
    };
    let rule = match Rule::parse(&text) {
        Ok(rule) => rule,
        Err(error) if error.kind == RuleErrorKind::TooFine => {
            let mut whole = text.clone();
            whole.extend(count.map(|count| format!(";COUNT={count}")));
            whole.extend(until.map(|until| format!(";UNTIL={}", until_wall(until).format("%Y%m%dT%H%M%S"))));
            return match fine::expand(&whole, start, until_wall) {
                Ok(dates) => Ok(Read::Dates(dates)),
                Err(fine::Refusal::TooMany) => Err(format!(
                    "the rule `{}` repeats more often than daily, over {} times",
                    super::shown(&text),
                    fine::MOST
                )),
                Err(fine::Refusal::NotFine) => Err(format!("the rule `{}` cannot be read", super::shown(&text))),
            };
        }
        Err(error) => {
            return Err(format!(
                "the rule `{}` cannot be read: `{}` stands where {} is expected",
                super::shown(&text),
                super::shown(&error.found),
                error.expected
            ));
        }
    };
    let rule = if *frame == Frame::Day { without_times(rule) } else { rule };
    let by_until = until.map(|until| match until {
        Stamp::Day(day) => End::Until(Until::Date(day)),
        other if *frame == Frame::Day => End::Until(Until::Date(until_wall(other).date())),
        other => End::Until(Until::DateTime(until_wall(other))),
    });
    let by_count = count.map(End::Count);
    let end = match (by_until, by_count) {
        (None, None) => End::Never,
        (Some(end), None) | (None, Some(end)) => end,
        // The standard forbids both; what ends first holds.
        (Some(until), Some(count)) => {
            let last = |end| rule.clone().with_end(end).last(start);
            if last(count) < last(until) { count } else { until }
        }
    };
    let is_endless = match end {
        End::Until(Until::Date(day)) => day.year() > LAST_YEAR,
        End::Until(Until::DateTime(wall) | Until::Utc(wall)) => wall.year() > LAST_YEAR,
        End::Never | End::Count(_) => false,
    };
    // Records have no such years, and programs write 9999 for "no end".
    Ok(Read::Rule(rule.with_end(if is_endless { End::Never } else { end })))
}

/// A rule without COUNT and UNTIL, and these; slips that have one meaning are corrected.
fn without_end(text: &str) -> Result<(String, Option<NonZeroU32>, Option<String>), String> {
    let (mut count, mut until) = (None, None);
    let mut parts: Vec<String> = Vec::new();
    let text = text.trim();
    let text = text.get(..6).filter(|head| head.eq_ignore_ascii_case("RRULE:")).map_or(text, |_| &text[6..]);
    let is_short = |text: &str| {
        let upper = text.to_ascii_uppercase();
        upper.contains("FREQ=WEEKLY") || upper.contains("FREQ=DAILY")
    };
    for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let value: String = value.chars().filter(|c| !c.is_whitespace()).collect();
        match name.trim().to_ascii_uppercase().as_str() {
            "COUNT" => {
                let number =
                    value.parse().map_err(|_| format!("`COUNT={}` is no number from 1 on", super::shown(&value)))?;
                count = Some(number);
            }
            "UNTIL" => until = Some(value),
            "INTERVAL" if value == "0" => {}
            // A number means nothing where the period is no longer than a week.
            "BYDAY" if is_short(text) => {
                let days = value
                    .split(',')
                    .map(|day| day.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-')));
                parts.push(format!("BYDAY={}", days.collect::<Vec<_>>().join(",")));
            }
            name if name.starts_with("X-") || value.is_empty() => {}
            name => parts.push(format!("{name}={value}")),
        }
    }
    Ok((parts.join(";"), count, until))
}

/// A rule for dates; hours mean nothing there.
fn without_times(mut rule: Rule) -> Rule {
    rule.by_hour.clear();
    rule.by_minute.clear();
    rule.by_second.clear();
    rule
}

/// A rule as lines: in words where they say the same, else as RRULE; and its end.
pub fn lines(rule: &Rule, base: NaiveDateTime) -> Vec<Line> {
    let bare = rule.clone().with_end(End::Never);
    let mut lines = vec![match phrase(&bare, base) {
        Some(phrase) => ("repeat", toml_text(&phrase)),
        None => ("rrule", toml_text(&bare.to_string())),
    }];
    match rule.end() {
        End::Never => {}
        End::Count(count) => lines.push(("count", count.to_string())),
        End::Until(Until::Date(day)) => lines.push(("until", day.to_string())),
        End::Until(Until::DateTime(wall) | Until::Utc(wall)) if rule.sets_times() => lines.push(("until", iso(wall))),
        End::Until(Until::DateTime(wall) | Until::Utc(wall)) => {
            // All occurrences begin at the same hour, so that the day says it all.
            let is_over = wall.time() < base.time();
            let day = wall.date().checked_sub_days(Days::new(u64::from(is_over))).unwrap_or(wall.date());
            lines.push(("until", day.to_string()));
        }
    }
    lines
}

/// The phrase that gives the same occurrences.
fn phrase(rule: &Rule, base: NaiveDateTime) -> Option<String> {
    let words = in_words(rule, base.date());
    let mut words = words.chars();
    // A phrase is written in small letters, but for names.
    let words: String = words.next()?.to_lowercase().chain(words).collect();
    let read = parse_phrase(&words).ok()?;
    if read == *rule {
        return Some(words);
    }
    let first =
        |rule: &Rule| rule.between(base, midnight(base.date()), NaiveDateTime::MAX).take(60).collect::<Vec<_>>();
    let same = first(&read) == first(rule) && read.sets_times() == rule.sets_times();
    same.then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Result<Vec<String>, String> {
        let start: NaiveDateTime = "2026-01-13T19:00:00".parse().expect("a time");
        let zone = crate::zone::Tzdb::bundled().zone("Europe/Madrid").expect("a zone");
        match read(text, &Frame::Zoned(zone), start)? {
            Read::Rule(rule) => {
                Ok(lines(&rule, start).into_iter().map(|(key, value)| format!("{key} = {value}")).collect())
            }
            Read::Dates(dates) => Ok(dates.iter().map(ToString::to_string).collect()),
        }
    }

    #[test]
    fn rules_are_written_in_words_where_they_can_be() {
        for (rule, expected) in [
            ("FREQ=WEEKLY", &["repeat = \"every Tuesday\""][..]),
            ("freq=weekly;byday=TU,TH;interval=2;wkst=MO", &["repeat = \"every 2 weeks on Tuesday and Thursday\""]),
            ("FREQ=MONTHLY;BYDAY=2TU;COUNT=10;", &["repeat = \"every 2nd Tuesday of the month\"", "count = 10"]),
            ("FREQ=DAILY;UNTIL=20260120T180000Z", &["repeat = \"every day\"", "until = 2026-01-20"]),
            ("FREQ=DAILY;UNTIL=20260120T175959Z", &["repeat = \"every day\"", "until = 2026-01-19"]),
            ("FREQ=DAILY;UNTIL=20260120", &["repeat = \"every day\"", "until = 2026-01-20"]),
            ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", &["repeat = \"every last weekday of the month\""]),
            ("FREQ=MONTHLY;BYDAY=MO,WE;BYSETPOS=-1", &["rrule = \"FREQ=MONTHLY;BYDAY=MO,WE;BYSETPOS=-1\""]),
            ("FREQ=WEEKLY;BYDAY=1TU", &["repeat = \"every Tuesday\""]),
            ("FREQ=DAILY;COUNT=5;UNTIL=20260115T235959Z", &["repeat = \"every day\"", "until = 2026-01-15"]),
            ("FREQ=DAILY;COUNT=2;UNTIL=20260119T235959Z", &["repeat = \"every day\"", "count = 2"]),
            ("FREQ=DAILY;UNTIL=99991231T000000Z;ANY=", &["repeat = \"every day\""]),
            ("FREQ=HOURLY;COUNT=2", &["2026-01-13 19:00:00", "2026-01-13 20:00:00"]),
        ] {
            assert_eq!(
                written(rule).as_deref(),
                Ok(&expected.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>()[..]),
                "{rule}"
            );
        }
    }

    #[test]
    fn what_is_no_rule_is_refused_with_its_text() {
        for (rule, part) in [
            ("FREQ=FORTNIGHTLY", "FORTNIGHTLY"),
            ("FREQ=DAILY;COUNT=0", "COUNT=0"),
            ("", "NAME=VALUE"),
            ("FREQ=DAILY;UNTIL=soon", "soon"),
            ("FREQ=MINUTELY", "over 500"),
        ] {
            let error = written(rule).expect_err(rule);
            assert!(error.contains(part), "{rule}: {error}");
        }
    }
}
