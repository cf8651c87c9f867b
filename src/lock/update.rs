//! A lock brought up to date with the records.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, NaiveDateTime, Utc};

use super::change::{Change, What};
use super::digest::{Digester, Digests};
use super::dropped;
use super::entry::{Entry, Gone, News};
use super::history::revive;
use super::kept::{Kept, KeptOccurrence, KeptRepeat};
use super::live::Live;
use super::pinned;
use super::relatives::Relatives;
use super::same_times::{self, Difference};
use super::{Lock, judge};
use crate::calendar::{Calendar, Feed, threads};
use crate::event::{Audience, Event, Status, When};
use crate::zone::Tzdb;

/// Events that a thread looks at at a time.
const STEP: usize = 256;

/// What it means that an event of the lock is not in the calendar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Missing {
    AreDeleted,
    /// Records have mistakes, and it may be in one of them.
    AreUnread,
}

impl Lock {
    /// This lock, brought up to date with `calendar` at `now`, and what is new; an empty one starts it.
    ///
    /// Where nothing changed, the lock is equal to this one, whatever the time, and whatever the version of `tzdb` as long
    /// as it moved nothing. SEQUENCE and LAST-MODIFIED only ever rise.
    pub fn updated_with(&self, calendar: &Calendar, now: DateTime<Utc>, tzdb: &Tzdb) -> (Lock, Vec<Change>) {
        self.updated(calendar, now, tzdb, Missing::AreDeleted)
    }

    /// The same where some records have mistakes, so that their events are not in `calendar`: what is missing stays as it
    /// is, for it was not deleted.
    pub fn updated_in_part(&self, calendar: &Calendar, now: DateTime<Utc>, tzdb: &Tzdb) -> (Lock, Vec<Change>) {
        self.updated(calendar, now, tzdb, Missing::AreUnread)
    }

    fn updated(&self, calendar: &Calendar, now: DateTime<Utc>, tzdb: &Tzdb, missing: Missing) -> (Lock, Vec<Change>) {
        let feeds = public_feeds(calendar);
        let twins = Twins::new(self, calendar);
        let relatives = Relatives::of(calendar);
        let live = Live::new(self, calendar);
        let judged = threads::in_order(calendar.events.len(), STEP, threads::all(), |range| {
            let mut digester = Digester::among(&relatives);
            let mut lists = Vec::new();
            let judge = |event| self.judge(event, &live, &feeds, (now, tzdb), &mut digester, &mut lists);
            calendar.events[range].iter().flat_map(Event::strands).filter_map(judge).collect::<Vec<_>>()
        });
        let mut entries = Vec::with_capacity(calendar.events.len());
        let mut changes = Vec::new();
        for (entry, change) in judged.into_iter().flatten() {
            changes.extend(change);
            entries.push(entry);
        }
        for entry in &self.entries {
            if twins.live.contains(&*entry.uid) {
                continue;
            }
            let mut entry = entry.clone();
            if missing == Missing::AreDeleted {
                changes.extend(self.bury(&mut entry, &twins, &live, now, tzdb));
            }
            entries.push(entry);
        }
        entries.sort_unstable_by(|a, b| a.uid.cmp(&b.uid));
        changes.sort_by(|a, b| a.when.start.wall().cmp(&b.when.start.wall()).then_with(|| a.uid.cmp(&b.uid)));
        let mut lock = Lock { entries, retired: self.retired_in(calendar), is_edited: false, ..self.head() };
        if lock.entries != self.entries || self.tzdb.is_empty() {
            lock.tzdb = lock.tzdb.max(tzdb.version().into());
        }
        (lock, changes)
    }

    /// A lock of the same head without events.
    fn head(&self) -> Lock {
        let Lock { tzdb, former_domains, retired, entries: _, is_edited, has_checksums } = self;
        let (tzdb, former_domains, retired) = (tzdb.clone(), former_domains.clone(), retired.clone());
        Lock {
            tzdb,
            entries: Vec::new(),
            retired,
            former_domains,
            is_edited: *is_edited,
            has_checksums: *has_checksums,
        }
    }

    /// The feeds that had events and are no more.
    fn retired_in(&self, calendar: &Calendar) -> Vec<Box<str>> {
        let feeds = calendar.feeds();
        let names: HashSet<&str> = feeds.iter().map(|feed| &*feed.name).collect();
        let mut known: BTreeSet<&Box<str>> = self.retired.iter().collect();
        known.extend(self.entries.iter().flat_map(|entry| entry.feeds.iter()));
        known.into_iter().filter(|name| !names.contains(&***name)).cloned().collect()
    }

    /// The entry of an event, and what is new about it; none where no public feed ever had it.
    fn judge(
        &self,
        event: &Event,
        live: &Live<'_>,
        feeds: &[Feed],
        (now, tzdb): (DateTime<Utc>, &Tzdb),
        digester: &mut Digester<'_>,
        lists: &mut Vec<Arc<[Box<str>]>>,
    ) -> Option<(Entry, Option<Change>)> {
        let calendar = live.calendar;
        let old = self.entry(&event.uid);
        let settings = &calendar.settings;
        let names: Vec<&str> = taking(feeds, event, calendar).map(|feed| &*feed.name).collect();
        let same = |list: &Arc<[Box<str>]>| list.iter().map(|name| &**name).eq(names.iter().copied());
        let known = old.map(|old| &old.feeds).filter(|list| same(list)).or(lists.iter().find(|list| same(list)));
        let names = known.cloned().unwrap_or_else(|| {
            let list: Arc<[Box<str>]> = names.iter().map(|name| Box::from(*name)).collect();
            lists.push(Arc::clone(&list));
            list
        });
        if names.is_empty() {
            // What no public feed has is nobody's news; what one had keeps its place.
            return Some((Entry { feeds: names, ..old?.clone() }, None));
        }
        let Some(old) = old else {
            let mut entry = Entry { feeds: names, ..told(event, calendar, now, digester) };
            if let Some(repeat) = &mut entry.repeat {
                repeat.pinned = pinned::of(self, None, event);
            }
            let mut what = What::New;
            if self.knows_series_of(event, calendar) {
                if calendar.event(&event.id).is_some_and(|one| self.has_only_other_parts(one, calendar, now, tzdb)) {
                    what = What::Edited;
                } else {
                    entry.news = Some((News::Repeat, now));
                }
            }
            let change = changed(&entry, what);
            return Some((entry, Some(change)));
        };
        let same_id = old.id == event.id;
        if old.gone.is_none() && digester.seen(event, &settings.kinds) == old.seen {
            let id = if same_id { old.id.clone() } else { event.id.clone() };
            let dropped = live.without(old, old.dropped.to_vec(), tzdb);
            return Some((Entry { feeds: names, id, dropped, ..old.clone() }, None));
        }
        let mut entry = Entry { feeds: names, ..told(event, calendar, after(old, now), digester) };
        let difference = same_times::difference(old, event, calendar, digester, (now, tzdb));
        let raises = difference == Difference::Schedule;
        let mut what = What::between(old, &entry, raises);
        let series = calendar.event(&event.id).filter(|_| what == What::News(News::Repeat));
        if series.is_some_and(|series| self.has_only_other_parts(series, calendar, now, tzdb)) {
            what = What::Edited;
        }
        if difference == Difference::Nothing {
            entry.updated = old.updated;
        }
        entry.created = old.created;
        entry.sequence = if raises { judge::raised(old.sequence) } else { old.sequence };
        entry.news = what.news(old.when.start).map(|news| (news, entry.updated)).or(old.news);
        entry.dropped = dropped::of(old, event, live, now, tzdb);
        if let Some(repeat) = &mut entry.repeat {
            repeat.pinned = pinned::of(self, Some(old), event);
        }
        let is_new = |one: &&KeptOccurrence| !old.dropped.contains(one);
        let dropped = entry.dropped.iter().filter(is_new).map(|one| one.when.start).collect();
        let change = Change { dropped, ..changed(&entry, what) };
        Some((entry, Some(change).filter(|_| difference != Difference::Nothing)))
    }
}

impl Lock {
    /// Notes that the record of an event is gone. The same event under another UID leaves no tombstone: subscribers would
    /// read that it is cancelled, beside the event itself.
    fn bury(
        &self,
        entry: &mut Entry,
        twins: &Twins<'_>,
        live: &Live<'_>,
        now: DateTime<Utc>,
        tzdb: &Tzdb,
    ) -> Option<Change> {
        if entry.gone.is_some() {
            return None;
        }
        if let Some(twin) = twins.of(entry) {
            entry.gone = Some(Gone::Renamed(twin.uid.clone()));
            return Some(changed(entry, What::Renamed { to: twin.uid.clone(), id: twin.id.clone() }));
        }
        let at = after(entry, now);
        let what = self.burial(entry, live, at, tzdb);
        entry.gone = Some(Gone::Deleted(at));
        entry.updated = at;
        // To subscribers a deleted event is a cancelled one.
        if entry.status != Status::Cancelled {
            entry.sequence = judge::raised(entry.sequence);
            entry.news = what.news(entry.when.start).map(|news| (news, at)).or(entry.news);
        }
        Some(changed(entry, what))
    }

    /// What a deletion is called. A part of a series that takes place on all of its dates in another way is not cancelled.
    fn burial(&self, entry: &Entry, live: &Live<'_>, at: DateTime<Utc>, tzdb: &Tzdb) -> What {
        let calendar = live.calendar;
        let Some(series) = calendar.event(&entry.id).filter(|series| series.uid != entry.uid) else {
            return What::News(News::Deleted);
        };
        if self.has_only_other_parts(series, calendar, at, tzdb) {
            return What::Edited;
        }
        let left = revive(entry, at, calendar, tzdb).and_then(|event| live.without_dates(entry, event, at));
        What::News(if left.is_some() { News::Deleted } else { News::Repeat })
    }
}

/// The feeds that may be named.
pub(super) fn public_feeds(calendar: &Calendar) -> Vec<Feed> {
    let mut feeds = calendar.feeds();
    feeds.retain(|feed| feed.audience == Audience::Public);
    feeds
}

/// Those of `feeds` that have an event, at whatever time.
pub(super) fn taking<'f>(
    feeds: &'f [Feed],
    event: &'f Event,
    calendar: &'f Calendar,
) -> impl Iterator<Item = &'f Feed> {
    let settings = &calendar.settings;
    feeds.iter().filter(|feed| feed.takes_part_of(event, settings))
}

/// A time for an update: later than the last one.
pub(super) fn after(old: &Entry, now: DateTime<Utc>) -> DateTime<Utc> {
    judge::after(old.updated, now)
}

/// What a lock records of an event that it does not know.
fn told(event: &Event, calendar: &Calendar, now: DateTime<Utc>, digester: &mut Digester<'_>) -> Entry {
    let rules = digester.rules(event);
    let Digests { seen, schedule, .. } = digester.both(event, &calendar.settings.kinds);
    Entry {
        uid: event.uid.clone(),
        id: event.id.clone(),
        title: name(event),
        kind: calendar.kind(event).name.clone(),
        language: event.language.clone(),
        status: event.status,
        when: Kept::of(event),
        repeat: KeptRepeat::of(event),
        dropped: Box::default(),
        rules,
        feeds: Arc::default(),
        created: now,
        updated: now,
        sequence: 0,
        seen,
        schedule,
        news: None,
        gone: None,
    }
}

/// What an event is called where its record is gone: by the bare title of a local one, the whole action day would read as
/// cancelled.
pub(super) fn name(event: &Event) -> Box<str> {
    event.told_apart(&event.title).into()
}

fn changed(entry: &Entry, what: What) -> Change {
    let Entry { uid, id, title, when, .. } = entry;
    Change { uid: uid.clone(), id: id.clone(), title: title.clone(), when: when.clone(), what, dropped: Box::default() }
}

/// The events of a calendar, to find those that an entry tells of.
pub(super) struct Twins<'c> {
    /// UIDs.
    pub(super) live: HashSet<&'c str>,
    /// By title and start; empty where no record is gone.
    by_title: HashMap<(Box<str>, NaiveDateTime), Vec<&'c Event>>,
}

impl<'c> Twins<'c> {
    pub(super) fn new(lock: &Lock, calendar: &'c Calendar) -> Self {
        let strands = || calendar.events.iter().flat_map(Event::strands);
        let live: HashSet<&str> = strands().map(|event| &*event.uid).collect();
        let mut by_title: HashMap<(Box<str>, NaiveDateTime), Vec<&Event>> = HashMap::new();
        if lock.entries.iter().any(|entry| entry.gone.is_none() && !live.contains(&*entry.uid)) {
            // An event that is published already is another one, such as that of another city at the same time.
            let is_known = |event: &&Event| lock.entry(&event.uid).is_some_and(|entry| entry.gone.is_none());
            for event in strands().filter(|event| !is_known(event)) {
                by_title.entry((name(event), event.when.wall())).or_default().push(event);
            }
        }
        Twins { live, by_title }
    }

    /// The event that has the title and the start of `entry`.
    pub(super) fn of(&self, entry: &Entry) -> Option<&'c Event> {
        let zone = |event: &Event| match event.when {
            When::Zoned { zone, .. } => Some(zone.name()),
            When::AllDay(_) | When::Fixed { .. } | When::Floating { .. } => None,
        };
        let same = self.by_title.get(&(entry.title.clone(), entry.when.start.wall()))?;
        same.iter().find(|event| zone(event) == entry.when.zone.as_deref()).copied()
    }
}
