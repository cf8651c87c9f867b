//! What the lock knows of one event.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::digest::Digest;
use super::kept::{Kept, KeptOccurrence, KeptRepeat};
use super::moment::Moment;
use crate::event::Status;

/// What the lock knows of one event.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    /// By which subscribers know it.
    pub uid: Box<str>,
    /// Its id in the records.
    pub id: Box<str>,
    /// As it was last seen.
    pub title: Box<str>,
    /// Name of its kind.
    pub kind: Box<str>,
    /// BCP 47 tag of its text.
    pub language: Option<Box<str>>,
    /// As it was last seen.
    pub status: Status,
    /// When it was to be. Its start is the resolved first instant.
    pub when: Kept,
    /// How it repeats.
    pub repeat: Option<Box<KeptRepeat>>,
    /// Dates that it had and has no longer, sorted by planned start.
    pub dropped: Box<[KeptOccurrence]>,
    /// Of a series in a zone, the rules of that zone while it lasts.
    pub rules: Option<Digest>,
    /// Names of the public feeds that it was in, sorted.
    pub feeds: Arc<[Box<str>]>,
    /// Its first publication: when a lock first recorded it.
    pub created: DateTime<Utc>,
    /// When what subscribers see last changed.
    pub updated: DateTime<Utc>,
    /// How often its time, place, status or repeat changed.
    pub sequence: u32,
    /// Digest of what subscribers see.
    pub seen: Digest,
    /// Digest of what raises `sequence`.
    pub schedule: Digest,
    /// The last change that was more than an edited text, and when; none since it was new.
    pub news: Option<(News, DateTime<Utc>)>,
    /// Where its record went.
    pub gone: Option<Gone>,
}

impl Entry {
    /// Whether it tells subscribers the same as another one of its UID, whenever that was.
    pub(super) fn says_as(&self, other: &Entry) -> bool {
        let gone = |entry: &Entry| entry.gone.as_ref().map(std::mem::discriminant);
        (self.seen, self.schedule, self.sequence, &self.id) == (other.seen, other.schedule, other.sequence, &other.id)
            && self.feeds == other.feeds
            && self.dropped == other.dropped
            && gone(self) == gone(other)
    }
}

/// Where the record of an event went.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Gone {
    /// It was deleted, at that time.
    Deleted(DateTime<Utc>),
    /// The same event, by title and start, stands under another UID since.
    Renamed(Box<str>),
}

/// The last change of an event that concerns whoever meant to come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum News {
    /// It begins at another time than the one given here.
    Moved(Moment),
    /// New time zone rules make the same clock time another instant than the one given here; of a series, that of some
    /// occurrences.
    Shifted(Moment),
    /// It does not happen.
    Cancelled,
    /// It does not happen then, and has no new date yet.
    Postponed,
    /// It happens after all: it was cancelled, postponed or deleted.
    Restored,
    /// It was tentative, and is confirmed.
    Confirmed,
    /// It was confirmed, and is tentative.
    Tentative,
    /// It is somewhere else.
    Place,
    /// It ends at another time.
    End,
    /// It repeats in another way, or single occurrences changed.
    Repeat,
    /// Its record was deleted.
    Deleted,
}

impl News {
    /// The word for it in the lock.
    pub fn name(self) -> &'static str {
        match self {
            News::Moved(_) => "moved",
            News::Shifted(_) => "shifted",
            News::Cancelled => "cancelled",
            News::Postponed => "postponed",
            News::Restored => "restored",
            News::Confirmed => "confirmed",
            News::Tentative => "tentative",
            News::Place => "place",
            News::End => "end",
            News::Repeat => "repeat",
            News::Deleted => "deleted",
        }
    }

    /// The earlier start, of those that have one.
    pub fn from(self) -> Option<Moment> {
        match self {
            News::Moved(from) | News::Shifted(from) => Some(from),
            _ => None,
        }
    }

    /// The change of that name.
    pub(super) fn read(name: &str, from: Option<Moment>) -> Option<Self> {
        Some(match (name, from) {
            ("moved", Some(from)) => News::Moved(from),
            ("shifted", Some(from)) => News::Shifted(from),
            ("cancelled", None) => News::Cancelled,
            ("postponed", None) => News::Postponed,
            ("restored", None) => News::Restored,
            ("confirmed", None) => News::Confirmed,
            ("tentative", None) => News::Tentative,
            ("place", None) => News::Place,
            ("end", None) => News::End,
            ("repeat", None) => News::Repeat,
            ("deleted", None) => News::Deleted,
            _ => return None,
        })
    }
}
