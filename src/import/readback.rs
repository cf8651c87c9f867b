//! Our own feeds, read by the `icalendar` crate: what a client would take from them.
//!
//! Only what a proof needs: UID, title, start and end of each VEVENT, and the names of components that we never write.
//! Instants come from TZID and the zone of that name, as they do in clients that have rules of their own.

use std::fmt;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use icalendar::parser::{Component, Property, read_calendar_simple, unfold};

use crate::zone::{Resolved, Zone};

/// What stands in a file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Found {
    /// In the order of the file.
    pub events: Vec<Read>,
    /// Names of components that are none of VCALENDAR, VTIMEZONE, VEVENT and their like.
    pub unknown: Vec<String>,
}

/// A VEVENT.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Read {
    /// UID.
    pub uid: Option<String>,
    /// SUMMARY.
    pub summary: Option<String>,
    /// DTSTART, or why it says nothing.
    pub start: Result<Moment, String>,
    /// DTEND, likewise.
    pub end: Result<Moment, String>,
}

/// A time in a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Moment {
    /// `VALUE=DATE`.
    Day(NaiveDate),
    /// In UTC, or in a zone that we know.
    Instant(DateTime<Utc>),
    /// A wall-clock time of no zone.
    Floating(NaiveDateTime),
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Moment::Day(day) => write!(f, "{day}"),
            Moment::Instant(instant) => write!(f, "{}", instant.format("%Y-%m-%dT%H:%M:%SZ")),
            Moment::Floating(wall) => write!(f, "{} without a zone", wall.format("%Y-%m-%dT%H:%M:%S")),
        }
    }
}

/// Reads a file that holds one calendar; `zone` knows the zones that it may name.
pub fn read(bytes: &[u8], zone: impl Fn(&str) -> Option<Zone>) -> Result<Found, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| format!("not UTF-8: {error}"))?;
    let unfolded = unfold(text);
    let components = read_calendar_simple(&unfolded).map_err(|error| {
        let rest: String = error.input.chars().take(60).collect();
        format!("not iCalendar at {rest:?}")
    })?;
    let mut found = Found::default();
    match &*components {
        [calendar] if calendar.name == "VCALENDAR" => {
            for component in &calendar.components {
                match component.name.as_str() {
                    "VEVENT" => {
                        found.events.push(event(component, &zone));
                        found.unknown.extend(names(&component.components));
                    }
                    "VTIMEZONE" => {
                        let halves = component.components.iter();
                        let other = halves.filter(|half| !matches!(half.name.as_str(), "STANDARD" | "DAYLIGHT"));
                        found.unknown.extend(other.map(|half| half.name.as_str().to_owned()));
                    }
                    other => found.unknown.push(other.to_owned()),
                }
            }
        }
        other => return Err(format!("expected one VCALENDAR, found {}", names(other).join(", "))),
    }
    Ok(found)
}

fn names(components: &[Component<'_>]) -> Vec<String> {
    components.iter().map(|component| component.name.as_str().to_owned()).collect()
}

fn event(component: &Component<'_>, zone: &impl Fn(&str) -> Option<Zone>) -> Read {
    let text = |name: &str| component.find_prop(name).map(|property| property.val.as_str().to_owned());
    let time =
        |name: &str| component.find_prop(name).ok_or_else(|| "nothing".to_owned()).and_then(|one| moment(one, zone));
    Read { uid: text("UID"), summary: text("SUMMARY"), start: time("DTSTART"), end: time("DTEND") }
}

fn moment(property: &Property<'_>, zone: &impl Fn(&str) -> Option<Zone>) -> Result<Moment, String> {
    let value = property.val.as_str();
    let parameter = |name: &str| {
        let found = property.params.iter().find(|parameter| parameter.key == name);
        found.and_then(|parameter| parameter.val.as_ref()).map(|value| value.as_str().trim_matches('"').to_owned())
    };
    let unreadable = |_| format!("an unreadable time {value:?}");
    if parameter("VALUE").as_deref() == Some("DATE") {
        return NaiveDate::parse_from_str(value, "%Y%m%d").map(Moment::Day).map_err(unreadable);
    }
    let wall = NaiveDateTime::parse_from_str(value.trim_end_matches('Z'), "%Y%m%dT%H%M%S").map_err(unreadable)?;
    if value.ends_with('Z') {
        return Ok(Moment::Instant(wall.and_utc()));
    }
    let Some(name) = parameter("TZID") else { return Ok(Moment::Floating(wall)) };
    let zone = zone(&name).ok_or_else(|| format!("a time in {name}, which has no VTIMEZONE"))?;
    match zone.resolve(wall) {
        Resolved::Single(instant) => Ok(Moment::Instant(instant)),
        Resolved::Gap { .. } => Err(format!("{value}, which the clocks of {name} skip")),
        Resolved::Overlap { .. } => Err(format!("{value}, which the clocks of {name} show twice")),
    }
}
