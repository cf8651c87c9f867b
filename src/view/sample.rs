//! A calendar for tests.

use chrono::{DateTime, TimeDelta, Utc};

use crate::calendar::{Calendar, Feed, Filter, Settings};
use crate::event::{Days, Ends, Event, KindId, Kinds, Length, Status, When};
use crate::zone::{Tzdb, Zone};

pub(crate) fn zone(name: &str) -> Zone {
    Tzdb::bundled().zone(name).expect("a zone")
}

pub(crate) fn instant(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

/// Two hours from an instant.
pub(crate) fn zoned(name: &str, start: &str) -> When {
    When::Zoned { zone: zone(name), start: instant(start), end: instant(start) + TimeDelta::hours(2) }
}

pub(crate) fn days(first: &str, end: &str) -> When {
    let [first, end] = [first, end].map(|day| day.parse().expect("a date"));
    When::AllDay(Days::new(first, end).expect("a day at least"))
}

/// A forum of which no more is known.
pub(crate) fn event(id: &str, when: When) -> Event {
    Event {
        id: id.into(),
        uid: format!("{id}@example.org").into(),
        title: "Forum".into(),
        kind: KindId(2),
        when,
        length: Length::exact(when.elapsed()),
        repeat: None,
        ends: Ends::Stated,
        status: Status::Confirmed,
        moved_from: None,
        reason: None,
        description: None,
        url: None,
        location: None,
        online: None,
        organizers: Box::default(),
        contact: None,
        tags: Box::default(),
        language: None,
        translations: None,
        image: None,
        sources: Box::default(),
        part_of: None,
        review_by: None,
        note: None,
    }
}

pub(crate) fn calendar(mut events: Vec<Event>) -> Calendar {
    events.sort_by(|a, b| a.id.cmp(&b.id));
    let settings = Settings {
        title: "Action days".into(),
        description: None,
        url: Some("https://example.org/".into()),
        domain: "example.org".into(),
        domain_assumed: false,
        timezone: Some(zone("America/Los_Angeles")),
        language: "en".into(),
        languages: Vec::new(),
        refresh: TimeDelta::hours(6),
        organizer_in_feeds: false,
        kinds: Kinds::default(),
        default_kind: None,
        feeds: Vec::new(),
    };
    Calendar { settings, events, as_of: instant("2026-05-01T12:00:00Z") }
}

pub(crate) fn all() -> Feed {
    Feed::of("all", None, Filter::default())
}
