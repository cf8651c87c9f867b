//! The events of a calendar.

use std::collections::HashMap;

use chrono::{NaiveDateTime, TimeDelta};

use super::time::{self, Time};
use super::zones::Zones;
use super::{Findings, Options, privacy, repeat, text};
use crate::diagnostic::FeedCode;
use crate::event::Status;
use crate::import::component::Component;
use crate::import::lines::ContentLine;
use crate::import::value;
use crate::language::Language;
use crate::view::words;
use crate::zone::{Resolved, Zone};

/// What other events are compared with: a series, or an occurrence of one.
pub(super) struct Read<'c, 't> {
    pub(super) uid: &'c str,
    pub(super) start: Time,
    /// The zone of the start.
    pub(super) zone: Option<Zone>,
    /// How long it lasts.
    pub(super) length: TimeDelta,
    pub(super) start_line: &'c ContentLine<'t>,
    pub(super) rules: Vec<&'c ContentLine<'t>>,
    pub(super) dates: Vec<&'c ContentLine<'t>>,
    pub(super) excluded: Vec<&'c ContentLine<'t>>,
    pub(super) planned: Option<&'c ContentLine<'t>>,
}

/// The properties of an event that are looked at.
#[derive(Default)]
struct Properties<'c, 't> {
    uid: Option<&'c ContentLine<'t>>,
    stamp: Option<&'c ContentLine<'t>>,
    start: Option<&'c ContentLine<'t>>,
    end: Option<&'c ContentLine<'t>>,
    duration: Option<&'c ContentLine<'t>>,
    title: Option<&'c ContentLine<'t>>,
    status: Option<&'c ContentLine<'t>>,
    planned: Option<&'c ContentLine<'t>>,
    rules: Vec<&'c ContentLine<'t>>,
    dates: Vec<&'c ContentLine<'t>>,
    excluded: Vec<&'c ContentLine<'t>>,
    /// Those that stand there once, as bits.
    once: u32,
}

/// Properties that stand in an event once (RFC 5545 3.6.1).
const ONCE: [&str; 19] = [
    "UID",
    "DTSTAMP",
    "DTSTART",
    "DTEND",
    "DURATION",
    "SUMMARY",
    "STATUS",
    "RECURRENCE-ID",
    "CLASS",
    "CREATED",
    "DESCRIPTION",
    "GEO",
    "LAST-MODIFIED",
    "LOCATION",
    "ORGANIZER",
    "PRIORITY",
    "SEQUENCE",
    "TRANSP",
    "URL",
];

/// Judges all events; how many there are.
pub(super) fn events<'t>(
    calendar: &Component<'t>,
    options: &Options<'_>,
    zones: &mut Zones<'_>,
    findings: &mut Findings<'t>,
) -> usize {
    let mut count = 0;
    let mut uids: HashMap<&str, (bool, bool)> = HashMap::new();
    let mut series: HashMap<&str, (Read<'_, 't>, repeat::Starts)> = HashMap::new();
    let mut overrides: Vec<Read<'_, 't>> = Vec::new();
    for component in calendar.components.iter().filter(|component| component.name == "VEVENT") {
        count += 1;
        let properties = properties(component, findings);
        let Some(uid) = required(component, &properties, findings) else { continue };
        // Whether there is one without, and one with a RECURRENCE-ID.
        let known = uids.entry(uid).or_default();
        if properties.planned.is_none() {
            if let (true, Some(line)) = (known.0, properties.uid) {
                findings.at(FeedCode::UidDuplicate, line, "another event has this UID");
            }
            known.0 = true;
        } else {
            known.1 = true;
        }
        if let Some(read) = times(uid, &properties, zones, findings) {
            if read.planned.is_some() {
                overrides.push(read);
            } else if let Some(starts) = repeat::series(&read, options, zones, findings) {
                series.insert(uid, (read, starts));
            }
        }
        status(&properties, findings);
        if component.components.iter().any(|part| part.name == "VALARM") {
            findings.at_line(FeedCode::Alarm, component.line, "the event has an alarm");
        }
    }
    for one in &overrides {
        repeat::override_of(
            one,
            series.get(one.uid),
            uids.get(one.uid).is_some_and(|(whole, _)| *whole),
            zones,
            findings,
        );
    }
    count
}

/// Sorts the properties of an event, and judges each by itself.
fn properties<'c, 't>(component: &'c Component<'t>, findings: &mut Findings<'t>) -> Properties<'c, 't> {
    let mut all = Properties::default();
    for line in &component.properties {
        let name: &str = &line.name;
        let place = place_of(name);
        if let Some(bit) = place {
            if all.once & (1 << bit) != 0 {
                findings.at(FeedCode::PropertyDuplicate, line, format!("{} stands more than once", ONCE[bit]));
                continue;
            }
            all.once |= 1 << bit;
        }
        match place.map(|bit| ONCE[bit]) {
            Some("UID") => all.uid = Some(line),
            Some("DTSTAMP") => {
                all.stamp = Some(line);
                if !matches!(time::parse(&line.value), Some(Time::Utc(_))) {
                    findings.at(FeedCode::DateInvalid, line, "DTSTAMP is no time in UTC, such as 20261120T120000Z");
                }
            }
            Some("DTSTART") => all.start = Some(line),
            Some("DTEND") => all.end = Some(line),
            Some("DURATION") => all.duration = Some(line),
            Some("STATUS") => {
                all.status = Some(line);
                word(line, &["CONFIRMED", "TENTATIVE", "CANCELLED"], findings);
            }
            Some("TRANSP") => word(line, &["OPAQUE", "TRANSPARENT"], findings),
            Some("RECURRENCE-ID") => all.planned = Some(line),
            Some("SUMMARY") => {
                all.title = Some(line);
                public_text(line, findings);
            }
            Some("DESCRIPTION") => {
                public_text(line, findings);
                // In our own feeds a tag is what somebody typed: descriptions are Markdown, written as plain text.
                if !findings.is_ours && text::has_html(&line.value) {
                    findings.at(FeedCode::Html, line, "DESCRIPTION has HTML tags");
                }
            }
            Some("LOCATION") => public_text(line, findings),
            Some("URL") => link(line, findings),
            Some("ORGANIZER") if !findings.is_ours && privacy::has_address(&line.value) => {
                findings.at(FeedCode::MailAddress, line, "ORGANIZER has a mail address");
                findings.hide(line);
            }
            Some("CLASS") if matches!(&*line.value.trim().to_ascii_uppercase(), "PRIVATE" | "CONFIDENTIAL") => {
                findings.at(FeedCode::PrivateEvent, line, "the event is marked as private");
            }
            Some(_) => {}
            None => other(line, &mut all, findings),
        }
    }
    all
}

/// The place of a property in [`ONCE`]. Nearly all names are in capitals, and most differ in their length.
fn place_of(name: &str) -> Option<usize> {
    let first = name.as_bytes().first()?.to_ascii_uppercase();
    let is_it = |one: &&str| {
        one.len() == name.len() && one.as_bytes()[0] == first && (**one == *name || one.eq_ignore_ascii_case(name))
    };
    ONCE.iter().position(is_it)
}

/// Properties that may stand there more than once.
fn other<'c, 't>(line: &'c ContentLine<'t>, all: &mut Properties<'c, 't>, findings: &mut Findings<'t>) {
    if line.is("RRULE") {
        all.rules.push(line);
    } else if line.is("EXDATE") {
        all.excluded.push(line);
    } else if line.is("RDATE") {
        all.dates.push(line);
    } else if line.is("EXRULE") {
        findings.at(FeedCode::Exrule, line, "EXRULE is ignored by programs that follow RFC 5545");
    } else if line.is("ATTENDEE") {
        findings.at(FeedCode::Attendee, line, "the event lists a guest");
        findings.hide(line);
    } else if line.is("ATTACH") {
        let is_inline = line.param("ENCODING").is_some_and(|coding| coding.eq_ignore_ascii_case("BASE64"))
            || line.param("VALUE").is_some_and(|kind| kind.eq_ignore_ascii_case("BINARY"));
        if is_inline {
            findings.at(FeedCode::AttachInline, line, "a file is attached within the feed");
        }
    } else if line.is("COMMENT") {
        public_text(line, findings);
    } else if line.is("CONFERENCE") || line.is("X-GOOGLE-CONFERENCE") {
        link(line, findings);
    } else {
        privacy::extension(line, findings);
    }
}

/// A value that is one of a few words.
fn word(line: &ContentLine<'_>, words: &[&str], findings: &mut Findings<'_>) {
    if words.iter().any(|word| line.value.trim().eq_ignore_ascii_case(word)) {
        return;
    }
    let value = crate::import::shown(line.value.trim());
    findings.at(FeedCode::WordUnknown, line, format!("{} has the unknown value `{value}`", line.name));
    findings.help(FeedCode::WordUnknown, format!("expected one of {}", words.join(", ")));
}

/// A text that everyone reads. What our own feeds say of people was chosen record by record.
fn public_text(line: &ContentLine<'_>, findings: &mut Findings<'_>) {
    text::check(line, findings);
    if findings.is_ours {
        return;
    }
    if privacy::has_address(&line.value) {
        findings.at(FeedCode::MailAddress, line, format!("{} has a mail address", line.name));
        findings.hide(line);
    }
    link(line, findings);
}

fn link(line: &ContentLine<'_>, findings: &mut Findings<'_>) {
    if !findings.is_ours && privacy::has_passcode(&line.value) {
        findings.at(FeedCode::Passcode, line, format!("{} has a passcode", line.name));
        findings.hide(line);
    }
}

/// What every event has; its UID.
fn required<'c>(
    component: &Component<'_>,
    properties: &Properties<'c, '_>,
    findings: &mut Findings<'_>,
) -> Option<&'c str> {
    if properties.stamp.is_none() {
        findings.at_line(FeedCode::DtstampMissing, component.line, "the event has no DTSTAMP");
    }
    if properties.start.is_none() {
        findings.at_line(FeedCode::DtstartMissing, component.line, "the event has no DTSTART");
    }
    let uid = properties.uid.map(|line| line.value.trim()).filter(|uid| !uid.is_empty());
    if uid.is_none() {
        findings.at_line(FeedCode::UidMissing, component.line, "the event has no UID");
    }
    uid
}

/// Start, end and zone of an event.
fn times<'c, 't>(
    uid: &'c str,
    properties: &Properties<'c, 't>,
    zones: &mut Zones<'_>,
    findings: &mut Findings<'t>,
) -> Option<Read<'c, 't>> {
    let line = properties.start?;
    let start = time::checked(line, &line.value, findings)?;
    let zone = clock(line, start, zones, findings);
    if let (Time::Wall(wall), Some(zone)) = (start, zone)
        && matches!(zone.resolve(wall), Resolved::Gap { .. })
    {
        let message = format!("the clocks of {} skip {}", zone.name(), wall.format("%H:%M on %Y-%m-%d"));
        findings.at(FeedCode::TimeInGap, line, message);
    }
    let mut length = if matches!(start, Time::Day(_)) { TimeDelta::days(1) } else { TimeDelta::zero() };
    if let Some(end_line) = properties.end {
        if properties.duration.is_some() {
            findings.at(FeedCode::EndAndDuration, end_line, "the event has DTEND and DURATION");
        }
        if let Some(end) = time::checked(end_line, &end_line.value, findings) {
            if end_line.param("TZID") != line.param("TZID") && matches!(end, Time::Wall(_)) {
                clock(end_line, end, zones, findings);
            }
            match difference((line, start), (end_line, end), zones, findings) {
                Some(found) if found > TimeDelta::zero() => length = found,
                Some(found) if found == TimeDelta::zero() && !matches!(start, Time::Day(_)) => length = found,
                Some(_) => findings.at(FeedCode::EndBeforeStart, end_line, "the event ends before or at its start"),
                None if matches!(start, Time::Day(_)) != matches!(end, Time::Day(_)) => {
                    findings.at(
                        FeedCode::EndType,
                        end_line,
                        "one of DTSTART and DTEND is a date, and the other a time",
                    );
                }
                None => {}
            }
        }
    } else if let Some(duration) = properties.duration {
        // No length needs more characters; sums of very long ones would not fit.
        let text = Some(duration.value.trim()).filter(|text| text.len() <= 40);
        match text.and_then(value::length).map(value::Length::total) {
            Some(found) if found >= TimeDelta::zero() => length = found,
            _ => findings.at(FeedCode::DurationInvalid, duration, "DURATION is no length of time, such as PT1H30M"),
        }
    }
    let at = start.wall();
    zones.compare(line, (at, at), std::iter::once(at), findings);
    Some(Read {
        uid,
        start,
        zone,
        length,
        start_line: line,
        rules: properties.rules.clone(),
        dates: properties.dates.clone(),
        excluded: properties.excluded.clone(),
        planned: properties.planned,
    })
}

/// The zone of a time, and what is wrong with it.
fn clock(line: &ContentLine<'_>, time: Time, zones: &mut Zones<'_>, findings: &mut Findings<'_>) -> Option<Zone> {
    match time {
        Time::Day(_) => None,
        Time::Utc(_) => Some(Zone::utc()),
        // That is reported as such.
        Time::Wall(_) if line.param("VALUE").is_some_and(|kind| kind.eq_ignore_ascii_case("DATE")) => None,
        Time::Wall(_) if line.param("TZID").is_none() => {
            findings.at(FeedCode::Floating, line, format!("{} has no time zone", line.name));
            None
        }
        Time::Wall(_) => {
            if !zones.is_defined(line) {
                let name = crate::import::shown(line.param("TZID").unwrap_or_default());
                findings.at(FeedCode::TimezoneMissing, line, format!("no VTIMEZONE defines `{name}`"));
            }
            zones.zone(line, findings)
        }
    }
}

/// The time from one to the other; `None` where they cannot be compared.
fn difference(
    (start_line, start): (&ContentLine<'_>, Time),
    (end_line, end): (&ContentLine<'_>, Time),
    zones: &mut Zones<'_>,
    findings: &mut Findings<'_>,
) -> Option<TimeDelta> {
    let mut instant = |line: &ContentLine<'_>, time| -> Option<NaiveDateTime> {
        match time {
            Time::Utc(wall) => Some(wall),
            Time::Wall(wall) => zones.zone(line, findings).map(|zone| zone.instant(wall).naive_utc()),
            Time::Day(_) => None,
        }
    };
    match (start, end) {
        (Time::Day(first), Time::Day(last)) => Some(last - first),
        (Time::Wall(from), Time::Wall(to)) if start_line.param("TZID") == end_line.param("TZID") => Some(to - from),
        _ => Some(instant(end_line, end)? - instant(start_line, start)?),
    }
}

/// A cancelled event whose title does not say so.
fn status(properties: &Properties<'_, '_>, findings: &mut Findings<'_>) {
    let Some(line) = properties.status.filter(|line| line.value.trim().eq_ignore_ascii_case("CANCELLED")) else {
        return;
    };
    let title = properties.title.map(|line| line.value.to_lowercase()).unwrap_or_default();
    let more = ["cancel", "abgesagt", "entfällt", "annul", "anul", "odwołan", "zrušen", "suspend"];
    let says = Language::all().map(|language| words::status(Status::Cancelled, language).to_lowercase());
    let is_said = more.iter().any(|word| title.contains(word)) || says.into_iter().any(|word| title.contains(&word));
    if !is_said {
        findings.at(FeedCode::CancelledQuietly, line, "the event is cancelled, and its title does not say so");
    }
}
