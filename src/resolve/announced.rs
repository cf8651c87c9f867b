//! Times as printed elsewhere: each must be the instant of `start`.

use chrono::{Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta};

use super::datetime_text::{self, TimeOfDay, Written, ZoneWords};
use super::point::dateless::two_times;
use super::point::words::{capitals, name_of, places};
use super::point::{clock, long_date, long_weekday, refusal, unknown_zone_in_text};
use super::{Context, zone_of};
use crate::diagnostic::{Code, Finding, shorten};
use crate::event::{Country, Days, Ends, When};
use crate::record::value::toml_text;
use crate::record::{Field, Text};
use crate::source::Span;
use crate::zone::name::Found;
use crate::zone::reading::{self, Home, Reading, Time};
use crate::zone::{Zone, abbreviation_for_people, offset_for_people};

/// Checks each text of `announced`. A printed end is only judged where the event states its own.
pub fn check(
    printed: &[Field<Text<'_>>],
    when: &When,
    ends: Ends,
    country: Option<Country>,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) {
    for field in printed {
        let language = context.reading_language();
        let range = match datetime_text::read(&field.value, language) {
            Ok(_) => None,
            Err(_) => datetime_text::range(&field.value, language).map(|(_, ends)| ends),
        };
        let Some([first, last]) = range else {
            findings.extend(mismatch(field, &field.value, when, "start", country, context));
            continue;
        };
        let before = findings.len();
        findings.extend(mismatch(field, &first, when, "start", country, context));
        if let Some(end) = end_of(when).filter(|_| ends == Ends::Stated && findings.len() == before) {
            findings.extend(mismatch(field, &last, &end, "end", country, context));
        }
    }
}

/// The end of an event, as something that begins then.
fn end_of(when: &When) -> Option<When> {
    let hour = TimeDelta::hours(1);
    Some(match *when {
        When::Zoned { zone, end, .. } => When::Zoned { zone, start: end, end: end.checked_add_signed(hour)? },
        When::Fixed { offset, end, .. } => When::Fixed { offset, start: end, end: end.checked_add_signed(hour)? },
        When::Floating { end, .. } => When::Floating { start: end, end: end.checked_add_signed(hour)? },
        When::AllDay(days) => When::AllDay(Days::new(days.last(), days.last().succ_opt()?)?),
    })
}

/// What is wrong with a text for the start, or the end, of which `when` is the moment.
fn mismatch(
    field: &Field<Text<'_>>,
    text: &str,
    when: &When,
    moment: &str,
    country: Option<Country>,
    context: &Context<'_>,
) -> Option<Finding> {
    let is_whole = *field.value == *text;
    let part = |range: &std::ops::Range<usize>| {
        let exact = is_whole && (field.span.end - field.span.start) as usize == text.len() + 2;
        if exact { Span::new(range.clone()).shifted(field.span.start + 1) } else { field.span }
    };
    let written = match datetime_text::read(text, context.reading_language()) {
        Ok(written) => written,
        Err(refused) => {
            let Some((first, second)) = two_times(text, context.reading_language()) else {
                return Some(refusal(&refused, part(&refused.range)));
            };
            let finding = Finding::new(Code::InvalidTime, part(&refused.range), "two times in one entry");
            let entries = format!("write two entries: `{}, {}`", toml_text(first), toml_text(second));
            return Some(finding.label("expected one time an entry").help(entries));
        }
    };
    if written.date.is_none() && written.time.is_none() {
        return Some(
            Finding::new(Code::InvalidTime, field.span, format!("`{}` has neither date nor time", shorten(text)))
                .label("expected a time as printed, such as 18:00 Vancouver"),
        );
    }
    let zone_span = || written.zone.as_ref().map_or(field.span, |zone| part(&zone.range));
    let clocks = match clocks(&written, when, country, context) {
        Ok(clocks) => clocks,
        Err(wrong) => return Some(wrong.finding(&written, when, country, zone_span(), context)),
    };
    if clocks.iter().any(|there| is_start(&written, there.wall, when)) {
        return None;
    }
    let whose =
        written.zone.as_ref().map_or_else(String::new, |zone| format!(" {}", shorten(&text[zone.range.clone()])));
    let first = clocks.first()?;
    let right = corrected(&written, first.wall, when, &first.words);
    if let [_, _, ..] = clocks[..] {
        let message = format!("`{}` is not the {moment} by any of the clocks that are called{whose}", shorten(text));
        let mut finding = Finding::new(Code::AnnouncedMismatch, field.span, message).label(format!("expected {right}"));
        for there in &clocks {
            let right = corrected(&written, there.wall, when, &there.words);
            finding = finding.help(format!("by {}, the {moment} is `\"{right}\"`", there.name));
        }
        return Some(finding.help(format!("if the print is right, correct `{moment}` or `timezone`")));
    }
    let wall = first.wall;
    let message = format!(
        "`{}` is not the {moment}, which is {}{whose} on {}",
        shorten(text),
        clock(wall),
        long_date(wall.date())
    );
    let write = if is_whole { format!("`\"{right}\"`") } else { format!("`{right}` in place of `{}`", shorten(text)) };
    Some(
        Finding::new(Code::AnnouncedMismatch, field.span, message)
            .label(format!("expected {right}"))
            .help(format!("if `{moment}` is right, write {write}, and tell those who printed the other"))
            .help(format!("if the print is right, correct `{moment}` or `timezone`")),
    )
}

/// Whether all that was printed is true of the start, which `wall` is by the clock that was printed.
fn is_start(written: &Written, wall: NaiveDateTime, when: &When) -> bool {
    date_fits(written, wall)
        && written.weekday.as_ref().is_none_or(|weekday| weekday.value == wall.weekday())
        && written.time.as_ref().is_none_or(|time| match time.value {
            TimeOfDay::Clock(time) => time == wall.time(),
            TimeOfDay::EndOfDay | TimeOfDay::Midnight => wall.time() == NaiveTime::MIN,
        })
        && written
            .day_shift
            .as_ref()
            .is_none_or(|shift| i64::from(shift.value) == (wall.date() - when.first_day()).num_days())
}

fn date_fits(written: &Written, wall: NaiveDateTime) -> bool {
    let Some(date) = &written.date else { return true };
    let is = |day: NaiveDate| {
        (day.month(), day.day()) == (date.value.month, date.value.day)
            && date.value.year.is_none_or(|year| year == day.year())
    };
    let eve = || is(wall.date() - TimeDelta::days(1));
    match written.time.as_ref().map(|time| time.value) {
        Some(TimeOfDay::EndOfDay) => eve(),
        Some(TimeOfDay::Midnight) => is(wall.date()) || eve(),
        Some(TimeOfDay::Clock(_)) | None => is(wall.date()),
    }
}

/// The start by a clock that the text may name.
struct There {
    wall: NaiveDateTime,
    /// The words for the clock, to be printed.
    words: String,
    /// The clock, to stand in a sentence.
    name: String,
}

enum Wrong {
    Zone(String),
    Several(String, Vec<&'static str>),
    NotInForce { words: String, whose: String, zone: Zone },
    Elsewhere(String, String, Option<Zone>),
    NoInstant,
}

impl Wrong {
    fn finding(
        self,
        written: &Written,
        when: &When,
        country: Option<Country>,
        span: Span,
        context: &Context<'_>,
    ) -> Finding {
        let start = when.start_instant();
        let right = |zone: Zone, words: &str| {
            let wall = start.unwrap_or_default().with_timezone(&zone).naive_local();
            corrected(written, wall, when, words)
        };
        match self {
            Wrong::Zone(words) => unknown_zone_in_text(&words, span, context.tzdb),
            Wrong::Several(words, names) => Finding::new(
                Code::AmbiguousAbbreviation,
                span,
                format!("{} is the name of several clocks", shorten(&words)),
            )
            .label("expected a city or a zone")
            .help(format!("write one of these instead: {}", names.join(", "))),
            Wrong::NotInForce { words, whose, zone } => {
                let shown = abbreviation_for_people(zone.regime_at(start.unwrap_or_default()));
                let day = long_date(when.first_day());
                // The abbreviation there may mean another clock here.
                let words_to_write =
                    if self::is_read_as(&shown, zone, when, country, context) { &*shown } else { zone.name() };
                let message = format!("{} is not in force on {day}: {whose} {shown} then", capitals(&words));
                Finding::new(Code::AbbreviationMismatch, span, message)
                    .label(format!("expected {shown}"))
                    .help(format!("write `\"{}\"`, and tell those who printed the other", right(zone, words_to_write)))
            }
            Wrong::Elsewhere(words, places, zone) => {
                let finding =
                    Finding::new(Code::UnknownTimezone, span, format!("{} is only used in {places}", capitals(&words)))
                        .label("expected a city or a zone");
                match zone {
                    Some(zone) => {
                        finding.help(format!("if that place is meant, write `\"{}\"`", right(zone, zone.name())))
                    }
                    None => finding,
                }
            }
            Wrong::NoInstant => {
                Finding::new(Code::AnnouncedMismatch, span, "the event has no hour, and a time was announced")
                    .label("expected no time, or a `start` with one")
                    .help("write the hour into `start`, such as `start = 2026-12-02T18:00`, or delete the time here")
            }
        }
    }
}

fn home<'c>(when: &When, country: Option<&'c Country>) -> Home<'c> {
    Home { zone: zone_of(when), country: country.map(Country::code) }
}

/// Whether words are read as the clock of a zone at the start.
fn is_read_as(words: &str, zone: Zone, when: &When, country: Option<Country>, context: &Context<'_>) -> bool {
    let Some(start) = when.start_instant() else { return false };
    let offset = zone.offset_at(start).fix();
    match reading::read(words, Time::Instant(start), &home(when, country.as_ref()), context.tzdb) {
        Some(Reading::One(sense)) => sense.offset == offset,
        Some(Reading::Several(senses)) => senses.iter().any(|sense| sense.offset == offset),
        Some(_) => false,
        // `UTC−3`, which is an offset.
        None => true,
    }
}

/// The start by each clock that the text may name.
fn clocks(
    written: &Written,
    when: &When,
    country: Option<Country>,
    context: &Context<'_>,
) -> Result<Vec<There>, Wrong> {
    let Some(zone) = &written.zone else {
        let wall = match when {
            When::Zoned { zone, start, .. } => start.with_timezone(zone).naive_local(),
            When::Fixed { offset, start, .. } => start.with_timezone(offset).naive_local(),
            When::Floating { start, .. } => *start,
            When::AllDay(days) if written.time.is_none() => days.first.and_time(NaiveTime::MIN),
            When::AllDay(_) => return Err(Wrong::NoInstant),
        };
        return Ok(vec![There { wall, words: String::new(), name: String::new() }]);
    };
    let start = when.start_instant().ok_or(Wrong::NoInstant)?;
    let by = |offset: &FixedOffset, words: &str, name: String| There {
        wall: start.with_timezone(offset).naive_local(),
        words: words.to_owned(),
        name,
    };
    let words = match &zone.value {
        ZoneWords::Offset(offset) => {
            let name = offset_for_people(*offset);
            return Ok(vec![by(offset, &name, name.clone())]);
        }
        ZoneWords::Words(words) => words,
    };
    match reading::read(words, Time::Instant(start), &home(when, country.as_ref()), context.tzdb) {
        Some(Reading::One(sense)) => Ok(vec![by(&sense.offset, words, name_of(&sense))]),
        Some(Reading::Several(senses)) => {
            Ok(senses.iter().map(|sense| by(&sense.offset, words, name_of(sense))).collect())
        }
        Some(Reading::OtherHalf { zone, .. }) => {
            Err(Wrong::NotInForce { words: words.clone(), whose: format!("{} keeps", zone.name()), zone })
        }
        Some(Reading::NotInForce(meaning)) => match context.tzdb.zone(meaning.zone) {
            Some(zone) => {
                Err(Wrong::NotInForce { words: words.clone(), whose: format!("{} keeps", meaning.coast), zone })
            }
            None => Err(Wrong::Zone(words.clone())),
        },
        Some(Reading::Elsewhere(meanings)) => {
            let zone = meanings.first().and_then(|meaning| context.tzdb.zone(meaning.zone));
            Err(Wrong::Elsewhere(words.clone(), places(meanings), zone))
        }
        None => match context.tzdb.find(words) {
            Found::One(zone) => Ok(vec![by(&zone.offset_at(start).fix(), words, zone.name().to_owned())]),
            Found::Many(zones) => Err(Wrong::Several(words.clone(), zones.into_iter().map(Zone::name).collect())),
            Found::None => Err(Wrong::Zone(words.clone())),
        },
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
