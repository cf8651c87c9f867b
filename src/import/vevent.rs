//! A VEVENT, read as far as its time: what a record is made of.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::component::Component;
use super::fields::{Fields, KindNames, fields};
use super::lines::ContentLine;
use super::summary::{Fate, Place, Problem, Summary};
use super::text;
use super::value::{self, Length, Time};

/// An event of a file.
#[derive(Clone, Debug)]
pub struct Vevent<'t> {
    /// Where it stands.
    pub place: Place,
    /// Its UID, or one that was made for it.
    pub uid: String,
    /// Its properties.
    pub component: Component<'t>,
    /// DTSTART.
    pub start: Time,
    /// DTEND.
    pub end: Option<Time>,
    /// DURATION.
    pub length: Option<Length>,
    /// RECURRENCE-ID, and whether it has RANGE=THISANDFUTURE.
    pub recurrence: Option<(Time, bool)>,
    /// All else.
    pub fields: Fields,
    /// CLASS is PRIVATE or CONFIDENTIAL.
    pub is_private: bool,
    /// SEQUENCE and the time of the last change, to find the newer of two.
    pub revision: (i64, String),
}

/// Characters of a UID that are kept.
const LONGEST_UID: usize = 1_000;

/// The UID as records have it.
pub fn uid_of(line: &ContentLine<'_>) -> Option<String> {
    let text = line.text();
    let uid = text::line(&text);
    match uid.chars().count() {
        0 => None,
        length if length > LONGEST_UID => Some(format!("imported-{}", digest(uid.as_bytes()))),
        _ => Some(uid.into_owned()),
    }
}

/// Twenty digits that identify the bytes.
pub fn digest(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(bytes).iter().take(10) {
        let _ = write!(text, "{byte:02x}"); // a String takes everything
    }
    text
}

/// Reads an event; the sentence says why it is none.
pub fn read<'t>(
    component: Component<'t>,
    file: u32,
    kinds: &KindNames<'_>,
    summary: &mut Summary,
) -> Result<Vevent<'t>, Place> {
    let mut place = Place { file, line: component.line, uid: String::new() };
    if let Some(uid) = component.property("UID").and_then(uid_of) {
        place.uid = uid;
    }
    let Some(line) = component.property("DTSTART") else {
        summary.refuse("the event has no DTSTART", "`DTSTART` with a date or a time", &place);
        return Err(place);
    };
    let start = match value::time(line) {
        Ok(start) => start,
        Err(why) => {
            let found = format!("DTSTART: {why}");
            let at = Place { line: line.line, ..place.clone() };
            summary.refuse(found, "a date or a time such as 20260302T190000Z", &at);
            return Err(place);
        }
    };
    let mut wrong = |line: &ContentLine<'_>, found: String| {
        let expected = "a date or a time such as 20260302T190000Z".to_owned();
        summary.problem(Problem { file, line: line.line, found, expected, is_loss: true });
    };
    let end = component
        .property("DTEND")
        .filter(|line| !line.value.trim().is_empty())
        .and_then(|line| value::time(line).map_err(|why| wrong(line, format!("DTEND: {why}"))).ok());
    let length = component.property("DURATION").filter(|line| !line.value.trim().is_empty()).and_then(|line| {
        let length = value::length(&line.value);
        if length.is_none() {
            wrong(line, format!("DURATION: `{}` is no length", super::shown(&line.value)));
        }
        length
    });
    let recurrence = component.property("RECURRENCE-ID").and_then(|line| match value::time(line) {
        Ok(time) => {
            let is_range = line.param("RANGE").is_some_and(|range| range.eq_ignore_ascii_case("THISANDFUTURE"));
            Some((time, is_range))
        }
        Err(why) => {
            wrong(line, format!("RECURRENCE-ID: {why}"));
            None
        }
    });
    let is_private = component.property("CLASS").is_some_and(|line| {
        let class = line.value.trim();
        ["PRIVATE", "CONFIDENTIAL"].iter().any(|private| class.eq_ignore_ascii_case(private))
    });
    let text = |name: &str| component.property(name).map(|line| line.value.trim().to_owned());
    let sequence = text("SEQUENCE").and_then(|text| text.parse().ok()).unwrap_or(0);
    let changed = text("LAST-MODIFIED").or_else(|| text("DTSTAMP")).unwrap_or_default();
    let fields = fields(&component, kinds, &place, summary);
    if place.uid.is_empty() {
        let title = fields.title.as_deref().unwrap_or_default();
        place.uid = format!("imported-{}", digest(format!("{}\n{title}", line.value).as_bytes()));
        summary.say(Fate::Changed, "UID", "an event without one gets a UID by its start and title", &place);
    }
    Ok(Vevent {
        uid: place.uid.clone(),
        place,
        start,
        end,
        length,
        recurrence,
        fields,
        is_private,
        revision: (sequence, changed),
        component,
    })
}
