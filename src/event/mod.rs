//! The checked domain: what an event *is*, after every question about its record was answered.
//!
//! Nothing here knows TOML, a place in a file, or an output. A value that exists is right: its zone is known, its end
//! is after its start, its kind is declared.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use crate::zone::Zone;

pub mod kind;
pub mod length;
pub mod place;
pub mod repeat;
pub mod share;
pub mod translation;
pub mod uid;
pub mod when;

pub use kind::{Kind, KindId, Kinds};
pub use length::Length;
pub use place::{Accessibility, Country, Image, Location, Online, Organizer, Position};
pub use repeat::{Change, Repeat, Strand};
pub use share::{Audience, Share, Withheld};
pub use translation::{OwnTexts, Said, Translation};
pub use when::{Days, Ends, When};

/// One event, right by construction.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Event {
    /// Permanent name, `[a-z0-9][a-z0-9-]*`.
    pub id: Box<str>,
    /// UID of RFC 5545 3.8.4.7; unique in the calendar.
    pub uid: Box<str>,
    /// One line.
    pub title: Box<str>,
    /// Index into the calendar's [`Kinds`].
    pub kind: KindId,
    /// When it happens.
    pub when: When,
    /// How long, in the sense of its record, which its other occurrences keep; nothing where the end is open.
    pub length: Length,
    /// How it repeats; `None` for a single event.
    pub repeat: Option<Box<Repeat>>,
    /// Where the end of `when` comes from.
    pub ends: Ends,
    /// Whether it will happen.
    pub status: Status,
    /// The start that was announced before this one.
    pub moved_from: Option<When>,
    /// Why it is cancelled, postponed or moved: one line.
    pub reason: Option<Box<str>>,
    /// Markdown.
    pub description: Option<Box<str>>,
    /// The event's public page; http or https.
    pub url: Option<Box<str>>,
    /// Where.
    pub location: Option<Box<Location>>,
    /// How to join online: the public part.
    pub online: Option<Box<Online>>,
    /// The organizers, in the record's order.
    pub organizers: Box<[Organizer]>,
    /// A public address or number.
    pub contact: Option<Box<str>>,
    /// Free labels in lower case with hyphens, in the record's order, each once.
    pub tags: Box<[Box<str>]>,
    /// BCP 47 tag of the text; where the record says nothing, the calendar's.
    pub language: Option<Box<str>>,
    /// Translations, sorted by language tag; `None` instead of empty.
    pub translations: Option<Box<[Translation]>>,
    /// A picture.
    pub image: Option<Box<Image>>,
    /// Where the facts come from; never in feeds.
    pub sources: Box<[Box<str>]>,
    /// The id of the action day or campaign that it belongs to. It exists, and there is no cycle.
    pub part_of: Option<Box<str>>,
    /// The last day on which it can be taken for granted that it goes on, for what repeats or is open.
    pub review_by: Option<NaiveDate>,
    /// For editors; never published.
    pub note: Option<Box<str>>,
}

impl Event {
    /// `title`, one of this event's titles, made distinct: a local event usually shares the title of its action day, so its
    /// city is added unless the title names it.
    pub fn told_apart<'t>(&self, title: &'t str) -> Cow<'t, str> {
        let city = self.location.as_deref().and_then(|location| location.city.as_deref());
        match city.filter(|city| self.id.contains('/') && !title.contains(city)) {
            Some(city) => Cow::Owned(format!("{title} · {city}")),
            None => Cow::Borrowed(title),
        }
    }

    /// When it would be, begun at another time of its own wall clock. `None` past the last year that can be written.
    pub fn begun_at(&self, wall: NaiveDateTime) -> Option<When> {
        self.when.begun_at(wall, self.length)
    }

    /// How to join online, as far as `audience` may know it.
    pub fn online_for(&self, audience: Audience) -> Option<&Online> {
        self.online.as_deref().map(|online| online.seen_by(audience))
    }

    /// Whether it continues indefinitely: its end is open and it is not cancelled.
    pub fn is_open(&self) -> bool {
        self.ends == Ends::Open && self.status.takes_place()
    }

    /// Whether it may last, or come again, for longer than anybody planned: what repeats or has an open end.
    pub fn goes_on(&self) -> bool {
        self.repeat.is_some() || self.ends == Ends::Open
    }

    /// The day number of an open event at `now`; the first day is 1. Days are counted in its own zone, or in `zone` if it
    /// is all-day. `None` before its first day and for other events.
    pub fn day_number(&self, now: DateTime<Utc>, zone: Zone) -> Option<i64> {
        let number = (self.when.today(now, zone) - self.when.first_day()).num_days() + 1;
        (self.is_open() && number > 0).then_some(number)
    }
}

/// Whether an event will happen (RFC 5545 3.8.1.11, and `postponed`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Status {
    /// Announced with a reservation.
    Tentative,
    /// It happens.
    #[default]
    Confirmed,
    /// It does not happen.
    Cancelled,
    /// Postponed, without a new date yet.
    Postponed,
}

impl Status {
    /// All, in the order of the record format.
    pub const ALL: [Status; 4] = [Status::Tentative, Status::Confirmed, Status::Cancelled, Status::Postponed];

    /// The name in records and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Status::Tentative => "tentative",
            Status::Confirmed => "confirmed",
            Status::Cancelled => "cancelled",
            Status::Postponed => "postponed",
        }
    }

    /// Whether it happens when it was announced, for all that is known.
    pub fn takes_place(self) -> bool {
        match self {
            Status::Tentative | Status::Confirmed => true,
            Status::Cancelled | Status::Postponed => false,
        }
    }

    /// The status of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Status::ALL.into_iter().find(|status| status.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::sample::{days, event, instant, zone, zoned};

    fn number(event: &Event, now: &str, reader: &str) -> Option<i64> {
        event.day_number(instant(now), zone(reader))
    }

    #[test]
    fn days_are_counted_by_the_clock_of_the_event_also_where_it_changes() {
        // 14 July 2023, 00:01 in Los Angeles; its clock goes back on 5 November.
        let strike = Event { ends: Ends::Open, ..event("a", zoned("America/Los_Angeles", "2023-07-14T07:01:00Z")) };
        for reader in ["America/Los_Angeles", "Asia/Tokyo", "UTC"] {
            assert_eq!(number(&strike, "2023-07-14T06:59:59Z", reader), None);
            // A minute before it begins, it is its day.
            assert_eq!(number(&strike, "2023-07-14T07:00:00Z", reader), Some(1));
            assert_eq!(number(&strike, "2023-07-15T06:59:59Z", reader), Some(1));
            assert_eq!(number(&strike, "2023-07-15T07:00:00Z", reader), Some(2));
            assert_eq!(number(&strike, "2023-11-06T07:59:59Z", reader), Some(115));
            assert_eq!(number(&strike, "2023-11-06T08:00:00Z", reader), Some(116));
        }
    }

    #[test]
    fn dates_are_counted_by_the_clock_of_the_reader() {
        let boycott = Event { ends: Ends::Open, ..event("a", days("2026-11-01", "2026-11-02")) };
        assert_eq!(number(&boycott, "2026-11-20T12:00:00Z", "Europe/Madrid"), Some(20));
        assert_eq!(number(&boycott, "2026-11-20T12:00:00Z", "Pacific/Auckland"), Some(21));
        assert_eq!(number(&boycott, "2026-11-20T09:00:00Z", "Pacific/Honolulu"), Some(19));
    }

    #[test]
    fn what_was_called_off_or_has_an_end_is_not_counted() {
        let boycott = Event { ends: Ends::Open, ..event("a", days("2026-11-01", "2026-11-02")) };
        let now = "2026-11-20T12:00:00Z";
        for status in Status::ALL {
            let event = Event { status, ..boycott.clone() };
            assert_eq!(number(&event, now, "UTC").is_some(), status.takes_place(), "{status:?}");
        }
        assert_eq!(number(&Event { ends: Ends::Stated, ..boycott }, now, "UTC"), None);
    }
}
