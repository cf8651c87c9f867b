//! Many events gone at once, as when the folder of records is not mounted, is another one, or the lock was edited. Feeds
//! would cancel all of them on every phone, so that the verbs which publish ask first.
//!
//! A few deletions are ordinary, and so are many in the course of time: counted is what was not recorded yet.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use super::entry::{Entry, Gone};
use super::history::revive;
use super::kept::today;
use super::update::Twins;
use super::{FILE, Lock, dropped};
use crate::calendar::{Calendar, Feed, Filter};
use crate::diagnostic::{Code, Diagnostic, Finding};
use crate::event::{Audience, Event, Status};
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
    /// How many events and dates are gone.
    gone: usize,
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
    /// The lock has no checksums, so that nothing in it is proven to be recorded by a run.
    Unproven,
}

impl Lock {
    /// The events that a publication would cancel, where they are too many to be an ordinary change: all of a calendar in
    /// `files` of which there is none, or over five and over half of those to come. An event of a record with a mistake
    /// is not gone, and `is_unread` knows it by its id. Of a lock that was edited, all that it cancels counts.
    pub fn mass_deletion(
        &self,
        calendar: &Calendar,
        files: usize,
        is_unread: impl Fn(&str) -> bool,
        now: DateTime<Utc>,
        tzdb: &Tzdb,
    ) -> Option<MassDeletion> {
        // A feed that has everything shows what no public feed names.
        let has_all = |feed: &Feed| feed.audience == Audience::Members && feed.filter == Filter::default();
        let is_all_shown = calendar.feeds().iter().any(has_all);
        let is_published = |entry: &&Entry| entry.gone.is_none() && (is_all_shown || !entry.feeds.is_empty());
        if files == 0 {
            let titles: Vec<_> = self.entries.iter().filter(is_published).map(|entry| entry.title.clone()).collect();
            let of = titles.len();
            return (of > 0).then_some(MassDeletion { cause: Cause::NoRecords, gone: of, titles, of });
        }
        let twins = Twins::new(self, calendar);
        // By UID and title only: an id that a record has does not keep the feeds from showing another UID as cancelled.
        let stands_as = |entry: &Entry| -> Option<Box<str>> {
            if twins.live.contains(&*entry.uid) {
                return Some(entry.uid.clone());
            }
            let twin = twins.of(entry).map(|twin| twin.uid.clone());
            twin.or_else(|| is_unread(&entry.id).then(|| entry.id.clone()))
        };
        let vanished = |entry: &Entry| is_published(&entry) && stands_as(entry).is_none();
        let edited = |entry: &Entry| {
            self.is_edited && matches!(entry.gone, Some(Gone::Deleted(_))) && !twins.live.contains(&*entry.uid)
        };
        let gone: Vec<&Entry> = self.entries.iter().filter(|entry| vanished(entry) || edited(entry)).collect();
        let zone = calendar.settings.timezone.unwrap_or_else(Zone::utc);
        let today = today(now, &zone);
        let dropped = |entry: &Entry| {
            if self.is_edited && twins.live.contains(&*entry.uid) {
                dropped::announced(&entry.dropped, today, tzdb).len()
            } else {
                0
            }
        };
        let dates: usize = self.entries.iter().map(dropped).sum();
        if gone.len() + dates <= FEW {
            return None;
        }
        // What was called off before is not news, if the lock is to be believed.
        let is_upcoming = |entry: &Entry| {
            (self.is_edited || entry.status != Status::Cancelled)
                && revive(entry, now, calendar, tzdb).is_some_and(|event| !is_over(&event, now, zone))
        };
        let gone: Vec<&Entry> = gone.into_iter().filter(|entry| is_upcoming(entry)).collect();
        let count = gone.len() + dates;
        if count <= FEW {
            return None;
        }
        // Each event of the records counts once, however often the lock lists it.
        let stays = self.entries.iter().filter(|entry| is_published(entry) && is_upcoming(entry));
        let stays: HashSet<Box<str>> = stays.filter_map(stands_as).collect();
        let of = count + stays.len();
        let cause = match (gone.iter().any(|entry| entry.gone.is_none()), self.has_checksums) {
            (true, _) => Cause::Vanished,
            (false, true) => Cause::Edited,
            (false, false) => Cause::Unproven,
        };
        let with_dates = self.entries.iter().filter(|entry| dropped(entry) > 0);
        let titles: Vec<Box<str>> = gone.into_iter().chain(with_dates).map(|entry| entry.title.clone()).collect();
        (count * 2 > of).then_some(MassDeletion { cause, gone: count, titles, of })
    }
}

/// Whether nothing of the event is still to come.
fn is_over(event: &Event, now: DateTime<Utc>, zone: Zone) -> bool {
    schedule::last(event).is_some_and(|last| schedule::is_over(&last, now, zone))
}

impl MassDeletion {
    /// The diagnostic for it.
    pub fn diagnostic(&self) -> Diagnostic {
        let MassDeletion { cause, gone, titles, of } = self;
        let (message, help) = match cause {
            Cause::NoRecords => (
                format!("{FILE} lists {}, and `events/` has no record", events(*gone, "event")),
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
            Cause::Unproven => (
                format!(
                    "by {FILE} {gone} of {} were deleted, and the file has no checksums that prove it",
                    events(*of, "upcoming event")
                ),
                "the file was edited, or an earlier version wrote it: `git log -p calendar.lock` shows that",
            ),
        };
        let named: Vec<String> =
            titles.iter().take(NAMED).map(|title| format!("“{}”", crate::diagnostic::shorten(title))).collect();
        let more = match gone.saturating_sub(named.len()) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
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
