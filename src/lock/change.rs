//! What an update of the lock found.

use chrono::TimeDelta;

use super::entry::{Entry, News};
use super::kept::Kept;
use super::moment::Moment;
use crate::event::Status;

/// What is new about one event.
#[derive(Clone, PartialEq, Debug)]
pub struct Change {
    /// UID of the event.
    pub uid: Box<str>,
    /// Its id.
    pub id: Box<str>,
    /// Its title; of a deleted event, the last one.
    pub title: Box<str>,
    /// When it is; of a deleted event, was.
    pub when: Kept,
    /// What is new.
    pub what: What,
    /// Starts of the dates that it has no longer.
    pub dropped: Box<[Moment]>,
}

/// What is new about an event.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum What {
    /// No lock had it before.
    New,
    /// What matters to whoever meant to come.
    News(News),
    /// The same clock time is another instant by so much: the rules of its zone are new. Of a series of which only later
    /// occurrences are, nothing.
    Shifted(Option<TimeDelta>),
    /// Its text, its links, or the like.
    Edited,
    /// The same event, by title and start, has another UID now.
    Renamed {
        /// The new UID.
        to: Box<str>,
        /// The id that goes with it.
        id: Box<str>,
    },
}

/// Whether both repeat on the same dates, for as long.
fn has_same_dates(one: &Entry, other: &Entry) -> bool {
    match (&one.repeat, &other.repeat) {
        (Some(one), Some(other)) => one.has_dates_of(other) && one.clock == other.clock,
        (None, None) => true,
        _ => false,
    }
}

/// Whether occurrences of a series are at other places.
fn has_other_places(entry: &Entry, new: &Entry) -> bool {
    let places = |entry: &Entry| entry.repeat.as_ref().and_then(|repeat| repeat.places);
    places(entry).zip(places(new)).is_some_and(|(old, new)| old != new)
}

impl What {
    /// The difference between what `entry` has and what it would have; `raises` says whether SEQUENCE rises by it.
    pub(super) fn between(entry: &Entry, new: &Entry, raises: bool) -> What {
        let happens = |status| matches!(status, Status::Confirmed | Status::Tentative);
        if new.status != entry.status && !happens(new.status) {
            return What::News(if new.status == Status::Cancelled { News::Cancelled } else { News::Postponed });
        }
        if entry.gone.is_some() {
            return What::News(News::Restored);
        }
        if !raises {
            return What::Edited;
        }
        if entry.when.is_shifted_to(&new.when) {
            return What::Shifted(What::by(&entry.when, &new.when));
        }
        // The same instant on the clock of another zone is no move. A series may have other instants later.
        let is_series = new.repeat.is_some();
        if entry.when.start != new.when.start || is_series && entry.when.zone != new.when.zone {
            return What::News(News::Moved(entry.when.start));
        }
        What::News(match (entry.status, new.status) {
            (old, new) if !happens(old) && happens(new) => News::Restored,
            (Status::Tentative, Status::Confirmed) => News::Confirmed,
            (Status::Confirmed, Status::Tentative) => News::Tentative,
            _ if entry.when.end != new.when.end => News::End,
            // New rules of the zone also move the times of moved occurrences.
            _ if !has_same_dates(entry, new) => News::Repeat,
            _ if entry.rules != new.rules => return What::Shifted(None),
            _ if has_other_places(entry, new) => News::Place,
            _ if new.repeat.is_some() => News::Repeat,
            _ => News::Place,
        })
    }

    /// As it is kept, of what is.
    pub(super) fn news(&self, from: Moment) -> Option<News> {
        match self {
            What::News(news) => Some(*news),
            What::Shifted(_) => Some(News::Shifted(from)),
            What::New | What::Edited | What::Renamed { .. } => None,
        }
    }

    /// How much later a start is.
    pub(super) fn by(old: &Kept, new: &Kept) -> Option<TimeDelta> {
        match (old.start, new.start) {
            (Moment::Instant(old), Moment::Instant(new)) => Some(new - old),
            _ => None,
        }
    }
}
