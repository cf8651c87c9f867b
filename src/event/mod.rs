//! The checked domain: what an event *is*, after every question about its record was answered.
//!
//! Nothing here knows TOML, a place in a file, or an output. A value that exists is right: its zone is known, its end
//! is after its start, its kind is declared.

use chrono::{DateTime, Utc};

use crate::zone::Zone;

pub mod kind;
pub mod place;
pub mod repeat;
pub mod share;
pub mod when;

pub use kind::{Kind, KindId, Kinds};
pub use place::{Accessibility, Country, Image, Location, Online, Organizer, Position};
pub use repeat::{Change, Repeat};
pub use share::{Audience, Share, Withheld};
pub use when::{Days, Ends, When};

/// One event, right by construction.
#[derive(Clone, Debug, PartialEq)]
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
    /// How it repeats; none for a single event.
    pub repeat: Option<Box<Repeat>>,
    /// Where the end of `when` comes from.
    pub ends: Ends,
    /// Whether it will happen.
    pub status: Status,
    /// The start that was announced before this one.
    pub moved_from: Option<When>,
    /// Markdown.
    pub description: Option<Box<str>>,
    /// The event's public page; http or https.
    pub url: Option<Box<str>>,
    /// Where.
    pub location: Option<Box<Location>>,
    /// How to join from afar, as far as everybody may know it.
    pub online: Option<Box<Online>>,
    /// Who calls for it, in the record's order.
    pub organizers: Box<[Organizer]>,
    /// A public address or number.
    pub contact: Option<Box<str>>,
    /// Free labels in lower case with hyphens, in the record's order, each once.
    pub tags: Box<[Box<str>]>,
    /// BCP 47 tag of the text; where the record says nothing, the calendar's.
    pub language: Option<Box<str>>,
    /// A picture.
    pub image: Option<Box<Image>>,
    /// Where the facts come from; never in feeds.
    pub sources: Box<[Box<str>]>,
    /// Id of the action day or campaign that this belongs to; it exists, and there is no cycle.
    pub part_of: Option<Box<str>>,
    /// For editors; never published.
    pub note: Option<Box<str>>,
}

impl Event {
    /// How one joins from afar, as far as `audience` may know it.
    pub fn online_for(&self, audience: Audience) -> Option<&Online> {
        self.online.as_deref().map(|online| online.seen_by(audience))
    }

    /// Whether it lasts until somebody says otherwise: its end is open, and it was not called off.
    pub fn is_open(&self) -> bool {
        self.ends == Ends::Open && self.status.takes_place()
    }

    /// The day of an open event that it is at `now`, its first one being day 1: by its own clock, and by that of `zone`
    /// where it is on dates. None before its first day, and for all other events.
    pub fn day_number(&self, now: DateTime<Utc>, zone: Zone) -> Option<i64> {
        let clock = match self.when {
            When::Zoned { zone, .. } => zone,
            When::AllDay(_) | When::Fixed { .. } | When::Floating { .. } => zone,
        };
        let number = (now.with_timezone(&clock).date_naive() - self.when.first_day()).num_days() + 1;
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
    /// It does not happen then, and has no new date yet.
    Postponed,
}

impl Status {
    /// All, in the order of the record format.
    pub const ALL: [Status; 4] = [Status::Tentative, Status::Confirmed, Status::Cancelled, Status::Postponed];

    /// The word for it in records and JSON.
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
