//! `end = "open"`: begun, or to begin, and nobody knows until when.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::Context;
use super::point::Point;
use crate::diagnostic::{Code, Finding, shorten};
use crate::event::{Days, Ends, Event, Status, When};
use crate::record::{Field, Moment, Record, Slot};
use crate::source::Span;
use crate::zone::Zone;

/// Other ways to say that nobody knows when it ends.
const ENDLESS: [&str; 13] = [
    "ongoing",
    "on-going",
    "open-ended",
    "open ended",
    "indefinite",
    "indefinitely",
    "unlimited",
    "until further notice",
    "further notice",
    "continuing",
    "never",
    "forever",
    "permanent",
];

/// Words for a time that was not said. Whether it lasts for an evening or for a year, they leave open.
const UNSAID: [&str; 10] = ["?", "??", "???", "tbd", "tba", "tbc", "unknown", "none", "n/a", "-"];

/// Whether an end is `"open"`.
pub fn is_asked(end: &Slot<Moment<'_>>) -> bool {
    word(end).is_some_and(|word| word == "open")
}

fn word(end: &Slot<Moment<'_>>) -> Option<String> {
    match end.as_ref().map(|field| &field.value) {
        Some(Moment::Text(text)) => Some(text.trim().to_lowercase()),
        Some(Moment::Toml(_)) | None => None,
    }
}

/// The finding for an end in other words than `"open"`, where it is one of those.
pub(super) fn hint(end: &Field<Moment<'_>>) -> Option<Finding> {
    let Moment::Text(text) = &end.value else { return None };
    let word = text.trim().trim_end_matches(['.', '!']).to_lowercase();
    let finding = || {
        Finding::new(Code::InvalidDate, end.span, format!("`{}` is not a date", shorten(text)))
            .label("expected a date, a time, or \"open\"")
    };
    if ENDLESS.contains(&&*word) {
        return Some(finding().help("did you mean `\"open\"`: it lasts until you write its end?"));
    }
    UNSAID.contains(&&*word).then(|| {
        finding()
            .help("delete the line if only the hour is not known: it then has the usual length of its kind")
            .help("write `end = \"open\"` if it lasts, day by day, until you write its end")
    })
}

/// From its start to the end of the as-of day, or of its first day where that is still to come or it was called off.
pub(super) fn when(
    start: &Point,
    start_span: Span,
    end_span: Span,
    status: Status,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) -> Option<When> {
    let refused = |message: &str, help: String| {
        Finding::new(Code::TimezoneMissing, start_span, message)
            .label("expected a date, or a time in a zone")
            .also(end_span, "its days are counted by a clock")
            .help(help)
    };
    let (begun, clock) = match *start {
        Point::Day(first) => (When::AllDay(Days::new(first, first.succ_opt()?)?), context.timezone),
        // Any end will do, since it is set below.
        Point::Zoned { zone, at, .. } => (When::Zoned { zone, start: at, end: DateTime::<Utc>::MAX_UTC }, Some(zone)),
        Point::Fixed { offset, at } => {
            let day = at.with_timezone(&offset).date_naive();
            let help = format!("add `timezone`, or write the day alone: `start = {day}`");
            findings.push(refused("an open event needs a zone, and the start has an offset only", help));
            return None;
        }
        Point::Floating(wall) => {
            let help = format!("name a zone, or write the day alone: `start = {}`", wall.date());
            findings.push(refused("an open event needs a zone, and `local` is none", help));
            return None;
        }
    };
    let last = if status.takes_place() { today(clock, context.now) } else { NaiveDate::MIN };
    Some(begun.to_end_of(last))
}

/// The as-of day. Years past 9998 cannot be written.
pub fn today(clock: Option<Zone>, now: DateTime<Utc>) -> NaiveDate {
    let today = clock.map_or(now.date_naive(), |zone| now.with_timezone(&zone).date_naive());
    if today.year() > 9998 { NaiveDate::from_ymd_opt(9998, 12, 31).unwrap_or(today) } else { today }
}

/// An end on `day` as one writes it: a day for days, else with the hour of the start.
pub fn end(when: &When, day: NaiveDate) -> String {
    if when.is_all_day() { day.to_string() } else { super::point::iso(day.and_time(when.wall().time())) }
}

/// Reports an open end beside a repeat.
pub(super) fn with_repeat(record: &Record<'_>, findings: &mut Vec<Finding>) {
    let Record { end, repeat, rrule, until, count, except, also, changes, .. } = record;
    let Some(end) = end else { return };
    let repeats = [
        repeat.as_ref().map(|field| field.key),
        rrule.as_ref().map(|field| field.key),
        also.as_ref().map(|field| field.key),
        until.as_ref().map(|field| field.key),
        count.as_ref().map(|field| field.key),
        except.as_ref().map(|field| field.key),
        changes.as_ref().map(|field| field.key),
    ];
    let Some(key) = repeats.into_iter().flatten().next() else { return };
    findings.push(
        Finding::new(Code::OpenWithRepeat, end.span, "an event without an end cannot repeat")
            .label("open: it lasts until the record has an end")
            .also(key, "and this says that it happens again")
            .help("for one long action, delete the repeat")
            .help("for one that happens again and again, delete `end` or give `duration`; without `until`, it repeats without end"),
    );
}

/// Reports an open end of one occurrence.
pub(super) fn in_change(end: &Field<Moment<'_>>) -> Finding {
    Finding::new(Code::OpenWithRepeat, end.span, "one occurrence of a repeat cannot be open")
        .label("expected a date or a time")
        .help("write the action that lasts as an event of its own, with `end = \"open\"`, and this occurrence into `except`")
}

/// Reports an open event that was called off after it had begun: how long it lasted, or whether it ever took place, the
/// record does not say.
pub(super) fn called_off(event: &Event, end: &Field<Moment<'_>>, context: &Context<'_>, findings: &mut Vec<Finding>) {
    let today = today(super::zone_of(&event.when).or(context.timezone), context.now);
    if event.ends != Ends::Open || event.status.takes_place() || event.when.first_day() >= today {
        return;
    }
    let status = event.status.name();
    findings.push(
        Finding::new(Code::OpenAndOff, end.span, format!("the event is {status}, and its end is open"))
            .label("listed on its first day only, because its end is unknown")
            .help(format!(
                "if it took place and is over, delete `status` and write its end, such as `end = {}`",
                self::end(&event.when, today)
            ))
            .help("if it never began, delete this line"),
    );
}
