//! Many events gone at once, as when the folder of records is not mounted, is another one, or the lock was edited. Feeds
//! would cancel all of them on every phone, so that the verbs which publish ask first.
//!
//! A few deletions are ordinary, and so are many in the course of time: counted is what was not recorded yet.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use super::entry::{Entry, Gone};
use super::history::revive;
use super::update::Twins;
use super::{FILE, Lock};
use crate::calendar::Calendar;
use crate::diagnostic::{Code, Diagnostic, Finding};
use crate::event::{Event, Status};
use crate::schedule;
use crate::source::{Source, Span};
use crate::zone::{Tzdb, Zone};

/// So many deletions at once are ordinary, whatever part of the calendar they are.
const FEW: usize = 5;

/// Titles that a message names.
const NAMED: usize = 3;

/// Many published events that are gone at once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MassDeletion {
    cause: Cause,
    /// Titles of what is gone, in the order of the lock.
    titles: Vec<Box<str>>,
    /// How many upcoming events the lock lists.
    of: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Cause {
    /// There is no record at all.
    NoRecords,
    /// Records are gone.
    Vanished,
    /// The lock has deletions that it did not record itself.
    Edited,
}

impl Lock {
    /// The events that a publication would cancel, where they are too many to be an ordinary change: all of a calendar in
    /// `files` of which there is none, or over five and over half of those to come. An event of a record with a mistake
    /// is not gone, and `is_unread` knows it by its id.
    pub fn mass_deletion(
        &self,
        calendar: &Calendar,
        files: usize,
        is_unread: impl Fn(&str) -> bool,
        now: DateTime<Utc>,
        tzdb: &Tzdb,
    ) -> Option<MassDeletion> {
        let is_published = |entry: &&Entry| entry.gone.is_none() && !entry.feeds.is_empty();
        if files == 0 {
            let titles: Vec<_> = self.entries.iter().filter(is_published).map(|entry| entry.title.clone()).collect();
            let of = titles.len();
            return (of > 0).then_some(MassDeletion { cause: Cause::NoRecords, titles, of });
        }
        let ids: HashSet<&str> = calendar.events.iter().map(|event| &*event.id).collect();
        let twins = Twins::new(self, calendar);
        let is_there =
            |entry: &Entry| twins.live.contains(&*entry.uid) || ids.contains(&*entry.id) || twins.of(entry).is_some();
        let vanished = |entry: &Entry| is_published(&entry) && !is_there(entry) && !is_unread(&entry.id);
        let edited = |entry: &Entry| {
            self.is_edited && matches!(entry.gone, Some(Gone::Deleted(_))) && !twins.live.contains(&*entry.uid)
        };
        let gone: Vec<&Entry> = self.entries.iter().filter(|entry| vanished(entry) || edited(entry)).collect();
        if gone.len() <= FEW {
            return None;
        }
        let zone = calendar.settings.timezone.unwrap_or_else(Zone::utc);
        let is_upcoming = |entry: &Entry| {
            entry.status != Status::Cancelled
                && revive(entry, now, calendar, tzdb).is_some_and(|event| !is_over(&event, now, zone))
        };
        let gone: Vec<&Entry> = gone.into_iter().filter(|entry| is_upcoming(entry)).collect();
        if gone.len() <= FEW {
            return None;
        }
        let stays = |entry: &&Entry| is_published(entry) && !vanished(entry) && is_upcoming(entry);
        let of = gone.len() + self.entries.iter().filter(stays).count();
        let cause = if gone.iter().any(|entry| entry.gone.is_none()) { Cause::Vanished } else { Cause::Edited };
        let titles: Vec<Box<str>> = gone.iter().map(|entry| entry.title.clone()).collect();
        (titles.len() * 2 > of).then_some(MassDeletion { cause, titles, of })
    }
}

/// Whether nothing of the event is still to come.
fn is_over(event: &Event, now: DateTime<Utc>, zone: Zone) -> bool {
    schedule::last(event).is_some_and(|last| schedule::is_over(&last, now, zone))
}

impl MassDeletion {
    /// The diagnostic for it.
    pub fn diagnostic(&self) -> Diagnostic {
        let MassDeletion { cause, titles, of } = self;
        let gone = titles.len();
        let (message, help) = match cause {
            Cause::NoRecords => (
                format!("{FILE} lists {}, and `events/` has no record", events(gone, "event")),
                "is it the right folder, and is everything there, such as a disk that has to be mounted?",
            ),
            Cause::Vanished => (
                format!("{gone} of {} are not in the records any more", events(*of, "upcoming event")),
                "are all files there, and was no folder renamed? `git status` shows what is missing",
            ),
            Cause::Edited => (
                format!(
                    "by {FILE} {gone} of {} were deleted, and no run of redletter wrote that there",
                    events(*of, "upcoming event")
                ),
                "the file was edited: `git log -p calendar.lock` shows by whom",
            ),
        };
        let named: Vec<String> =
            titles.iter().take(NAMED).map(|title| format!("“{}”", crate::diagnostic::shorten(title))).collect();
        let more = if gone > NAMED { format!(" and {} more", gone - NAMED) } else { String::new() };
        Finding::new(Code::MassDeletion, Span::default(), message)
            .help(format!("subscribers' calendars would show them as cancelled: {}{more}", named.join(", ")))
            .help(help)
            .help(
                "if they are meant to go: `redletter lock --allow-mass-deletion`, which `feed`, `build` and `serve` \
                 take too",
            )
            .within(&Source::file(FILE, ""))
    }
}

fn events(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}
