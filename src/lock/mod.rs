//! `calendar.lock`: what subscribers were told of each event, and when; by it a feed says what is new.
//!
//! SEQUENCE, LAST-MODIFIED and CREATED cannot be read off a record, so they are kept in a file that is committed beside
//! the records. [`Lock::read`] takes it from the calendar's folder; [`Lock::updated_with`] is the one place that decides
//! what changed, and [`History`] is the same judgement for a feed that is written before the lock was updated.
//!
//! Kept of an event are digests and what a tombstone needs: its title, its time and those of its moved occurrences, the
//! names of the public feeds that it was in. Nothing withheld, no feed for members, no event that no public feed has: the
//! file is public.
//!
//! What surprises: nothing is ever lost from it by an update. A record that is deleted leaves a tombstone, and one that
//! comes back continues where it was, so that no client ignores it for a SEQUENCE that fell. Only [`Lock::forget`] prunes.

mod change;
mod checksum;
mod digest;
mod domain;
mod dropped;
mod entry;
mod judge;
mod kept;
mod live;
mod mass_deletion;
mod moment;
mod pinned;
mod published;
mod read;
mod relatives;
mod repair;
mod same_times;
mod history;
mod update;
mod shift;
mod write;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

pub use change::{Change, What};
pub use digest::{Digest, Digesting};
pub use domain::DomainChange;
pub use entry::{Entry, Gone, News};
pub use history::{History, Revision, Tombstone, revive};
pub use kept::{Kept, KeptOccurrence, KeptRepeat};
pub use mass_deletion::MassDeletion;
pub use moment::Moment;
pub use published::Published;
pub use shift::{Shift, earlier_or_later};

use chrono::{DateTime, Utc};

use crate::calendar::{Calendar, Feed, Filter};
use crate::diagnostic::shorten;
use crate::error::{Error, Result};
use crate::source::root::{LARGEST_LOCK, Root, Unopened};
use crate::zone::{Tzdb, Zone};

/// Name of the file, in the calendar's folder.
pub const FILE: &str = "calendar.lock";

/// The format that this version writes. A lock of a later one is refused.
pub const VERSION: u32 = 1;

/// The version of the time zone database that the head of a lock's text names; none where it is not plain to see.
pub fn tzdb_of(text: &str) -> Option<&str> {
    let line = text.lines().take(8).find_map(|line| line.strip_prefix("tzdb = \""))?;
    line.split_once('"').map(|(version, _)| version)
}

/// What subscribers were told.
#[derive(Clone, Debug, Default)]
pub struct Lock {
    /// Version of the time zone database that the times were last worked out by.
    pub tzdb: Box<str>,
    /// Sorted by UID, each once.
    entries: Vec<Entry>,
    /// Names of public feeds that had events and are no more, in order: whoever subscribed to one still asks for it.
    retired: Vec<Box<str>>,
    /// Domains of UIDs that calendar.toml no longer sets and that published events keep, sorted.
    former_domains: Vec<Box<str>>,
    /// Whether it has more deletions than it recorded itself, or parts that no checksum proves: the text was edited.
    is_edited: bool,
    /// Whether the text had checksums.
    has_checksums: bool,
}

/// By what it tells, whoever wrote it.
impl PartialEq for Lock {
    fn eq(&self, other: &Self) -> bool {
        let Lock { tzdb, entries, retired, former_domains, is_edited: _, has_checksums: _ } = self;
        (tzdb, entries, retired, former_domains) == (&other.tzdb, &other.entries, &other.retired, &other.former_domains)
    }
}

impl Lock {
    /// Where the lock of the calendar at `root` is.
    pub fn path(root: &Path) -> PathBuf {
        root.join(FILE)
    }

    /// The lock of the calendar at `root`; none where it has none yet.
    ///
    /// What git made of two branches' locks, with conflict markers or with both branches' entries, is read as one.
    ///
    /// # Errors
    /// A file that cannot be read, is cut off, or is of a later version.
    pub fn read(root: &Path) -> Result<Option<Lock>> {
        Lock::text(root)?.map(|text| Lock::parse(&text)).transpose()
    }

    /// The text of the lock of the calendar at `root`, with the line ends of Unix.
    pub fn text(root: &Path) -> Result<Option<String>> {
        let bytes = match Root::open(root)?.read(Path::new(FILE), LARGEST_LOCK) {
            Ok(bytes) => bytes,
            Err(Unopened::Missing) => return Ok(None),
            Err(why) => return Err(why.of(FILE)),
        };
        let text = String::from_utf8(bytes).map_err(|_| read::unreadable("it is not UTF-8 text"))?;
        Ok(Some(if memchr::memchr(b'\r', text.as_bytes()).is_some() { text.replace("\r\n", "\n") } else { text }))
    }

    /// Reads the text of a lock.
    ///
    /// # Errors
    /// As for [`Lock::read`].
    pub fn parse(text: &str) -> Result<Lock> {
        let sides = repair::sides(text);
        let mut readings = Vec::new();
        for side in &sides {
            readings.push(read::read(side)?);
        }
        let mut is_mixed = false;
        for (index, reading) in readings.iter().enumerate() {
            let others = sides.iter().enumerate().filter(|(other, _)| *other != index);
            let others: Vec<&str> = others.map(|(_, side)| &**side).collect();
            if let Some(damaged) = repair::not_of_a_merge(&reading.damaged, &others) {
                return Err(read::damaged(damaged));
            }
            is_mixed |= !reading.damaged.is_empty();
        }
        let mut lock = repair::merged(readings.into_iter().map(|reading| reading.lock).collect());
        lock.is_edited |= is_mixed;
        Ok(lock)
    }

    /// Refuses a lock that was written after `now`: what it says would be published as the last change of an event. `now` is
    /// the as-of time or the clock, whichever is later, because a calendar may be shown as of an earlier day.
    ///
    /// # Errors
    /// The first event with a time that is more than a day after `now`.
    pub fn refuse_future(&self, now: DateTime<Utc>) -> Result<()> {
        let mut future = self.entries.iter().filter_map(|entry| Some((entry, judge::future(entry, now)?)));
        let Some((entry, (key, at))) = future.next() else { return Ok(()) };
        Err(Error::new(format!(
            "{FILE}, the event {}: `{key}` is {}, and now it is {}",
            shorten(&entry.uid),
            moment::utc(at),
            moment::utc(now)
        ))
        .help(format!(
            "if the clock is right, the file was edited or is damaged: take back the last one that was whole, such as by \
             `git checkout HEAD -- {FILE}`, and run `redletter lock`"
        )))
    }

    /// Whether `text` is that of this lock, or what an earlier version wrote for it.
    pub fn is_text(&self, text: &str) -> bool {
        let own = self.to_string();
        own == text || checksum::without(&own) == text
    }

    /// Reads `text` back, which is what this lock is written as: a lock that cannot be read must not replace one that can.
    ///
    /// # Errors
    /// Something in it that no record may hold.
    pub fn verify(&self, text: &str) -> Result<()> {
        let read = Lock::parse(text).map_err(|error| {
            Error::new(format!("{FILE} was left as it is, because what would be written cannot be read back: {error}"))
                .help("please report this with the records of that event")
        })?;
        if read == *self {
            return Ok(());
        }
        Err(Error::new(format!("{FILE} was left as it is, because what would be written reads back as something else"))
            .help("please report this with the records"))
    }

    /// What two branches know, as one: of each event the entry with the higher SEQUENCE, created when the first of them
    /// says, updated when the last does.
    #[must_use]
    pub fn merged(self, other: Lock) -> Lock {
        repair::merged(vec![self, other])
    }

    /// The entry of that UID.
    pub fn entry(&self, uid: &str) -> Option<&Entry> {
        self.entries.binary_search_by(|entry| (*entry.uid).cmp(uid)).ok().map(|index| &self.entries[index])
    }

    /// All entries, by UID.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The feeds of `calendar`, and those that were once: whoever subscribed to one learns there what was deleted, and gets
    /// no error. One that is no more has no other events.
    pub fn feeds(&self, calendar: &Calendar) -> Vec<Feed> {
        let mut feeds = calendar.feeds();
        let settings = &calendar.settings;
        let known = self.retired.iter().chain(self.entries.iter().flat_map(|entry| entry.feeds.iter()));
        let known: BTreeSet<&Box<str>> = known.collect();
        for name in known {
            if feeds.iter().any(|feed| feed.name == *name) {
                continue;
            }
            feeds.push(match settings.kinds.find(name) {
                Some(id) => Feed::of_kind(settings.kinds.get(id), &settings.language),
                None => Feed::of(name, None, Filter { within: Some(Box::default()), ..Filter::default() }),
            });
        }
        feeds.sort_by(|a, b| a.name.cmp(&b.name));
        feeds
    }

    /// The calendar with the dropped dates that this lock, which is up to date with it, announces as cancelled.
    pub fn told<'c>(&self, calendar: &'c Calendar, now: DateTime<Utc>, tzdb: &Tzdb) -> Cow<'c, Calendar> {
        let zone = calendar.settings.timezone.unwrap_or_else(Zone::utc);
        let announced = |entry: &Entry| dropped::announced(&entry.dropped, kept::today(now, &zone), tzdb);
        let dropped = self.entries.iter().filter(|entry| !entry.dropped.is_empty() && entry.gone.is_none());
        let told = dropped::told(calendar, &dropped.map(|entry| (entry.uid.clone(), announced(entry))).collect());
        let kept =
            self.entries.iter().filter_map(|entry| Some((entry.uid.clone(), entry.repeat.as_ref()?.pinned.clone())));
        pinned::told(told, &kept.filter(|(_, pinned)| !pinned.is_empty()).collect())
    }

    /// This lock, which is `told` brought up to date, as it was `before`, when the same was noted earlier: a time once given
    /// to a change that is not on the disk yet stays.
    #[must_use]
    pub fn steadied(mut self, told: &Lock, before: &Lock) -> Lock {
        for entry in &mut self.entries {
            let is_on_disk = || told.entry(&entry.uid).is_some_and(|told| told == entry);
            if let Some(earlier) = before.entry(&entry.uid).filter(|earlier| entry.says_as(earlier))
                && !is_on_disk()
            {
                *entry = earlier.clone();
            }
        }
        self
    }

    /// Takes out the events of that id, or UID, that are deleted, and the feed of that name that is no more; says how many
    /// there were.
    pub fn forget(&mut self, id: &str, is_live: impl Fn(&str) -> bool) -> usize {
        let before = self.entries.len() + self.retired.len();
        self.entries.retain(|entry| *entry.id != *id && *entry.uid != *id || is_live(&entry.uid));
        self.retired.retain(|name| **name != *id);
        before - self.entries.len() - self.retired.len()
    }

    /// How many of its events were deleted.
    fn deletions(&self) -> usize {
        self.entries.iter().filter(|entry| matches!(entry.gone, Some(Gone::Deleted(_)))).count()
    }
}
