//! The proof of a feed: a reader that we did not write finds in its bytes what the view decided.

use chrono::{DateTime, NaiveDate, Utc};

use crate::event::{Days, When};
use crate::import::readback::{self, Moment, Read};
use crate::view::feed::{FeedEvent, FeedView};
use crate::view::form::Form;

/// Reads `bytes` by the `icalendar` crate and compares them with `view`: how many events, their UID, instants or days,
/// and titles, and that no component is there which we do not write. The errors are sentences, all of them.
pub fn read_back(bytes: &[u8], view: &FeedView<'_>) -> Result<(), Vec<String>> {
    let zone = |name: &str| view.timezones.iter().map(|one| one.zone).find(|zone| zone.name() == name);
    let read = readback::read(bytes, zone).map_err(|error| vec![error])?;
    let mut errors = read.unknown.iter().map(|name| format!("unknown component {name}")).collect::<Vec<_>>();
    if read.events.len() != view.events.len() {
        errors.push(format!("expected {} events, found {}", view.events.len(), read.events.len()));
    }
    for (shown, read) in view.events.iter().zip(&read.events) {
        compare(shown, read, &mut errors);
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

fn compare(shown: &FeedEvent<'_>, read: &Read, errors: &mut Vec<String>) {
    let uid = line(&shown.event.uid);
    let title = format!("{}{}", shown.prefix().unwrap_or_default(), line(&shown.event.title));
    let (start, end) = bounds(shown);
    let expected = [Some(uid.clone()), Some(title), Some(start.to_string()), Some(end.to_string())];
    let shown_moment = |moment: &Result<Moment, String>| match moment {
        Ok(moment) => Some(moment.to_string()),
        Err(error) => Some(error.clone()),
    };
    let found = [read.uid.clone(), read.summary.clone(), shown_moment(&read.start), shown_moment(&read.end)];
    for ((name, expected), found) in ["UID", "SUMMARY", "DTSTART", "DTEND"].into_iter().zip(expected).zip(found) {
        if expected != found {
            let [expected, found] = [expected, found].map(|value| value.unwrap_or_else(|| "nothing".into()));
            errors.push(format!("{uid}: {name}: expected {expected}, found {found}"));
        }
    }
}

/// What the event's own time says, whatever form the view chose.
fn bounds(shown: &FeedEvent<'_>) -> (Moment, Moment) {
    match (shown.event.when, shown.form) {
        (When::Zoned { start, end, .. } | When::Fixed { start, end, .. }, _) => (instant(start), instant(end)),
        (When::AllDay(days), _) | (When::Floating { .. }, Form::Days(days)) => dates(days),
        // A floating time has no instant: no form but days can be right.
        (When::Floating { start, .. }, _) => (Moment::Floating(start), Moment::Floating(start)),
    }
}

fn instant(instant: DateTime<Utc>) -> Moment {
    Moment::Instant(instant)
}

fn dates(Days { first, end }: Days) -> (Moment, Moment) {
    let day = |day: NaiveDate| Moment::Day(day);
    (day(first), day(end))
}

/// Text as it can be read back: without control characters, line ends as newlines.
fn line(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}
