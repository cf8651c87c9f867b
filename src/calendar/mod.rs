//! A calendar: its settings and its events, all checked.

mod blocks;
pub mod choice;
pub mod feed;
pub mod filter;
mod judge;
mod cache;
pub(crate) mod leaks;
pub mod load;
pub mod secret;
pub mod selection;
pub mod settings;
pub mod sheets;
pub(crate) mod threads;
mod unread;
mod unread_values;

use chrono::{DateTime, TimeDelta, Utc};

pub use cache::Cache;
pub use choice::Choice;
pub use feed::{Cancelled, Feed, Reach, Series};
pub use filter::Filter;
pub use load::{Loaded, load, load_cached};
pub use secret::Secret;
pub use selection::{CANCELLED_STAYS, Selection};

use crate::event::{Event, Kind, KindId, Kinds};
use crate::zone::Zone;

/// What `calendar.toml` says, or what holds without it.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Name of the calendar.
    pub title: Box<str>,
    /// A sentence or two.
    pub description: Option<Box<str>>,
    /// Where it will be served, with a final slash; http or https.
    pub url: Option<Box<str>>,
    /// The right-hand side of UIDs.
    pub domain: Box<str>,
    /// True where neither `domain` nor `url` gave one and `calendar.invalid` stands in.
    pub domain_assumed: bool,
    /// Default zone of records and listings.
    pub timezone: Option<Zone>,
    /// BCP 47 tag.
    pub language: Box<str>,
    /// BCP 47 tags of the further languages that the site's pages are in, in their order; none for those of its feeds.
    pub languages: Vec<Box<str>>,
    /// How often subscribers should look for news; RFC 7986 5.7.
    pub refresh: TimeDelta,
    /// Whether feeds carry ORGANIZER; some clients then treat every reader as an invited guest.
    pub organizer_in_feeds: bool,
    /// The kind of records that give none.
    pub default_kind: Option<KindId>,
    /// Kinds, built in and declared.
    pub kinds: Kinds,
    /// Declared feeds, in their order.
    pub feeds: Vec<Feed>,
}

/// A calendar, right by construction: ids and UIDs are unique, parents exist.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// What `calendar.toml` says.
    pub settings: Settings,
    /// All events, sorted by id.
    pub events: Vec<Event>,
    /// The time as of which it was loaded: what is open runs up to it.
    pub as_of: DateTime<Utc>,
}

impl Calendar {
    /// The event of that id.
    pub fn event(&self, id: &str) -> Option<&Event> {
        self.events.binary_search_by(|event| (*event.id).cmp(id)).ok().map(|index| &self.events[index])
    }

    /// The kind of an event of this calendar.
    pub fn kind(&self, event: &Event) -> &Kind {
        self.settings.kinds.get(event.kind)
    }
}
