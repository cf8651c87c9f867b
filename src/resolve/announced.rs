//! Times as printed elsewhere: each must be the instant of `start`.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::point::{clock, long_date, long_weekday, refusal, unknown_zone};
use super::written::{self, TimeOfDay, Written, ZoneWords};
use super::{Context, zone_of};
use crate::diagnostic::{Code, Finding, shorten};
use crate::event::When;
use crate::record::{Field, Text};
use crate::source::Span;
use crate::zone::name::Found;
use crate::zone::{Zone, abbreviation, abbreviation_for_people};

/// Checks each text of `announced`.
pub fn check(printed: &[Field<Text<'_>>], when: &When, context: &Context<'_>, findings: &mut Vec<Finding>) {
    for field in printed {
        findings.extend(mismatch(field, when, context));
    }
}

fn mismatch(field: &Field<Text<'_>>, when: &When, context: &Context<'_>) -> Option<Finding> {
    let text = &*field.value;
    let part = |range: &std::ops::Range<usize>| {
        let exact = (field.span.end - field.span.start) as usize == text.len() + 2;
        if exact { Span::new(range.clone()).shifted(field.span.start + 1) } else { field.span }
    };
    let written = match written::read(text) {
        Ok(written) => written,
        Err(refused) => return Some(refusal(&refused, part(&refused.range))),
    };
    if written.date.is_none() && written.time.is_none() {
        return Some(
            Finding::new(Code::InvalidTime, field.span, format!("`{}` has neither date nor time", shorten(text)))
                .label("expected a time as printed, such as 18:00 Vancouver"),
        );
    }
    let (wall, zone_words) = match local_start(&written, when, context) {
        Ok(local) => local,
        Err(wrong) => {
            return Some(wrong.finding(field.span, written.zone.as_ref().map(|zone| part(&zone.range)), context));
        }
    };
    let sound = date_fits(&written, wall)
        && written.weekday.as_ref().is_none_or(|weekday| weekday.value == wall.weekday())
        && written.time.as_ref().is_none_or(|time| match time.value {
            TimeOfDay::Clock(time) => time == wall.time(),
            TimeOfDay::EndOfDay => wall.time() == NaiveTime::MIN,
        })
        && written
            .day_shift
            .as_ref()
            .is_none_or(|shift| i64::from(shift.value) == (wall.date() - when.first_day()).num_days());
    if sound {
        return None;
    }
    let right = corrected(&written, wall, when, &zone_words);
    let whose =
        written.zone.as_ref().map_or_else(String::new, |zone| format!(" {}", shorten(&text[zone.range.clone()])));
    let message =
        format!("`{}` is not the start, which is {}{whose} on {}", shorten(text), clock(wall), long_date(wall.date()));
    Some(
        Finding::new(Code::AnnouncedMismatch, field.span, message)
            .label(format!("expected {right}"))
            .help(format!("if `start` is right, write `\"{right}\"`, and tell those who printed the other"))
            .help("if the print is right, mend `start` or `timezone`"),
    )
}

fn date_fits(written: &Written, wall: NaiveDateTime) -> bool {
    let Some(date) = &written.date else { return true };
    let end_of_day = written.time.as_ref().is_some_and(|time| time.value == TimeOfDay::EndOfDay);
    let day = if end_of_day { wall.date() - TimeDelta::days(1) } else { wall.date() };
    (day.month(), day.day()) == (date.value.month, date.value.day)
        && date.value.year.is_none_or(|year| year == day.year())
}

enum Wrong {
    Zone(String),
    Several(String, Vec<&'static str>),
    NotInForce(String, NaiveDate, String),
    NoInstant,
}

impl Wrong {
    fn finding(self, span: Span, zone_span: Option<Span>, context: &Context<'_>) -> Finding {
        let span = zone_span.unwrap_or(span);
        match self {
            Wrong::Zone(words) => unknown_zone(&words, span, context.tzdb),
            Wrong::Several(words, names) => Finding::new(
                Code::AmbiguousAbbreviation,
                span,
                format!("{} is the name of several clocks", shorten(&words)),
            )
            .label("expected a city or a zone")
            .help(format!("write one of these instead: {}", names.join(", "))),
            Wrong::NotInForce(written, day, right) => {
                let message =
                    format!("{written} is not in force on {}: clocks there show {right} then", long_date(day));
                Finding::new(Code::AbbreviationMismatch, span, message)
                    .label(format!("expected {right}"))
                    .help(format!("write `{right}`, and tell those who printed the other"))
            }
            Wrong::NoInstant => {
                Finding::new(Code::AnnouncedMismatch, span, "the event has no hour, and a time was announced")
                    .label("expected no time, or a `start` with one")
                    .help("write the hour into `start`, such as `start = 2026-12-02T18:00`, or delete the time here")
            }
        }
    }
}

/// The start by the clock that the text names, and the words for that clock.
fn local_start(written: &Written, when: &When, context: &Context<'_>) -> Result<(NaiveDateTime, String), Wrong> {
    let Some(zone) = &written.zone else {
        let wall = match when {
            When::Zoned { zone, start, .. } => start.with_timezone(zone).naive_local(),
            When::Fixed { offset, start, .. } => start.with_timezone(offset).naive_local(),
            When::Floating { start, .. } => *start,
            When::AllDay(days) if written.time.is_none() => days.first.and_time(NaiveTime::MIN),
            When::AllDay(_) => return Err(Wrong::NoInstant),
        };
        return Ok((wall, String::new()));
    };
    let start = when.start_instant().ok_or(Wrong::NoInstant)?;
    match &zone.value {
        ZoneWords::Offset(offset) => {
            Ok((start.with_timezone(offset).naive_local(), crate::zone::offset_for_people(*offset)))
        }
        ZoneWords::Words(words) => {
            let local = |zone: Zone| Ok((start.with_timezone(&zone).naive_local(), words.clone()));
            let meanings = abbreviation::meanings(words);
            if meanings.is_empty() {
                return match context.tzdb.find(words) {
                    Found::One(zone) => local(zone),
                    Found::Many(zones) => {
                        Err(Wrong::Several(words.clone(), zones.into_iter().map(Zone::name).collect()))
                    }
                    Found::None => Err(Wrong::Zone(words.clone())),
                };
            }
            let own = zone_of(when).map(|zone| zone.regime_at(start));
            if own.is_some_and(|own| meanings.iter().any(|meaning| meaning.seconds == own.offset.local_minus_utc()))
                && let Some(zone) = zone_of(when)
            {
                return local(zone);
            }
            let mut in_force = Vec::new();
            let mut out_of_force = None;
            for meaning in meanings {
                let Some(zone) = context.tzdb.zone(meaning.zone) else { continue };
                let regime = zone.regime_at(start);
                if regime.offset.local_minus_utc() == meaning.seconds {
                    in_force.push(zone);
                } else {
                    out_of_force = Some(abbreviation_for_people(regime).into_owned());
                }
            }
            match (in_force[..].len(), out_of_force) {
                (1, _) => local(in_force[0]),
                (0, Some(right)) => Err(Wrong::NotInForce(words.to_uppercase(), when.first_day(), right)),
                _ => Err(Wrong::Several(words.clone(), in_force.into_iter().map(Zone::name).collect())),
            }
        }
    }
}

/// What should have been printed, with the parts that were printed.
fn corrected(written: &Written, wall: NaiveDateTime, when: &When, zone: &str) -> String {
    let mut parts = Vec::new();
    let shifted = wall.date() != when.first_day();
    if written.weekday.is_some() || (written.date.is_none() && shifted) {
        parts.push(long_weekday(wall.weekday()).to_owned());
    }
    match &written.date {
        Some(date) if date.value.year.is_some() => parts.push(format!("{},", long_date(wall.date()))),
        Some(_) => parts.push(format!("{},", wall.format("%-d %B"))),
        None => {}
    }
    if written.time.is_some() {
        parts.push(clock(wall));
    }
    if !zone.is_empty() {
        parts.push(zone.to_owned());
    }
    parts.join(" ").trim_end_matches(',').to_owned()
}
