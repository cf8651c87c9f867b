//! The proof of a feed: a reader that we did not write finds in its bytes what the view decided.

use chrono::{DateTime, NaiveDate, Utc};

use crate::event::{Days, Ends, When};
use crate::import::readback::{self, Moment, Read};
use crate::view::feed::{FeedEvent, FeedView};
use crate::view::form::Form;
use crate::view::words;

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
        compare(view, shown, read, &mut errors);
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

fn compare(view: &FeedView<'_>, shown: &FeedEvent<'_>, read: &Read, errors: &mut Vec<String>) {
    let uid = line(&shown.uid);
    let day = shown.day.map(|day| words::day(day, view.language)).unwrap_or_default();
    let title = format!(
        "{}{}{day}",
        shown.prefix().unwrap_or_default(),
        line(&shown.event.told_apart(view.title(shown.event).text))
    );
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
    match (shown.when, shown.form) {
        (when, Form::Days(Days { end, .. })) if shown.event.ends == Ends::Open => {
            dates(Days { first: when.first_day(), end })
        }
        (When::Zoned { start, end, .. } | When::Fixed { start, end, .. }, _) => (instant(start), instant(end)),
        (When::AllDay(days), _) | (When::Floating { .. }, Form::Days(days)) => dates(days),
        // A floating time has no instant, so only dates are correct.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::sample::{all, calendar, days, event, instant, zoned};

    #[test]
    fn what_differs_is_named() {
        let events = vec![
            event("a", zoned("Europe/Madrid", "2026-06-10T16:00:00Z")),
            event("b", days("2026-06-11", "2026-06-12")),
        ];
        let calendar = calendar(events);
        let feed = all();
        let view = FeedView::new(&calendar, &feed, instant("2026-05-01T12:00:00Z"));
        let mut bytes = Vec::new();
        super::super::write(&view, &mut bytes).expect("memory");
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert_eq!(read_back(text.as_bytes(), &view), Ok(()));
        for (from, to, error) in [
            ("T180000", "T190000", "a@example.org: DTSTART: expected 2026-06-10T16:00:00Z, found 2026-06-10T17:00:00Z"),
            ("SUMMARY:Forum", "SUMMARY:Forun", "a@example.org: SUMMARY: expected Forum, found Forun"),
            ("UID:a@", "UID:c@", "a@example.org: UID: expected a@example.org, found c@example.org"),
            ("20260612", "20260611", "b@example.org: DTEND: expected 2026-06-12, found 2026-06-11"),
            ("END:VCALENDAR", "BEGIN:VALARM\r\nEND:VALARM\r\nEND:VCALENDAR", "unknown component VALARM"),
            ("BEGIN:VEVENT", "BEGIN:VEVENT\r\nEND:VEVENT\r\nBEGIN:VEVENT", "expected 2 events, found 3"),
        ] {
            let errors = read_back(text.replacen(from, to, 1).as_bytes(), &view).expect_err("a difference");
            assert_eq!(errors[0], error);
        }
        assert!(read_back(b"", &view).is_err());
        assert!(read_back(b"\xFF", &view).is_err());
    }
}
