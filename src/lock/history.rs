//! What a feed tells of each event by the lock: for what did not change, what the lock says; for what did, what it will
//! say once it is updated. So a feed is right before anybody remembers `redletter lock`.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDateTime, Utc};

use super::digest::Digester;
use super::dropped::{self, Dropped};
use super::entry::{Entry, Gone};
use super::kept::{KeptOccurrence, days_after, today};
use super::live::Live;
use super::pinned::{self, Pinned};
use super::relatives::Relatives;
use super::same_times::{self, Difference};
use super::update::{Missing, Twins, after, public_feeds, taking};
use super::{Lock, judge};
use crate::calendar::{CANCELLED_STAYS, Calendar, Cancelled, Feed, Filter, threads};
use crate::event::{Audience, Change, Ends, Event, Length, Repeat, Status, When, uid};
use crate::schedule;
use crate::zone::{Tzdb, Zone};

/// Events that a thread looks at at a time.
const STEP: usize = 256;

/// What is known of an event's history. Nothing is claimed that is not known.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Revision {
    /// When it was first published.
    pub created: Option<DateTime<Utc>>,
    /// When what subscribers see last changed.
    pub updated: Option<DateTime<Utc>>,
    /// How often its time, place or status changed.
    pub sequence: u32,
}

/// What the lock makes of a calendar at a time.
#[derive(Debug)]
pub struct History {
    /// In the order of the calendar's events; the default where nobody asked.
    revisions: Vec<Revision>,
    /// Of further strands of series, by UID.
    further: HashMap<Box<str>, Revision>,
    tombstones: Vec<Tombstone>,
    /// Of series, the dates that they have no longer and that are announced as cancelled; by UID.
    dropped: HashMap<Box<str>, Vec<Dropped>>,
    /// Of series, the dates whose UID has a pinned form; by UID.
    pinned: Pinned,
    /// The last change of each feed that the lock knows, by name.
    feeds: Vec<(Box<str>, DateTime<Utc>)>,
    /// How many events of those asked for are not in the lock, differ from it, or are gone.
    pub behind: usize,
}

/// A deleted event, made again: cancelled, with what the lock keeps of it.
#[derive(Clone, Debug)]
pub struct Tombstone {
    /// The event.
    pub event: Event,
    /// Its history.
    pub revision: Revision,
    feeds: Arc<[Box<str>]>,
}

impl History {
    /// What `lock` says of the events of `calendar` that `takes` takes, and of those that are gone, at `now`.
    pub fn new(
        lock: &Lock,
        calendar: &Calendar,
        now: DateTime<Utc>,
        tzdb: &Tzdb,
        takes: impl Fn(&Event) -> bool + Sync,
    ) -> Self {
        History::judged(lock, calendar, now, tzdb, takes, Missing::AreDeleted)
    }

    /// The same where some records have mistakes, so that their events are not in `calendar`: none of them is told of as
    /// a deleted one.
    pub fn in_part(lock: &Lock, calendar: &Calendar, now: DateTime<Utc>, tzdb: &Tzdb) -> Self {
        History::judged(lock, calendar, now, tzdb, |_| true, Missing::AreUnread)
    }

    fn judged(
        lock: &Lock,
        calendar: &Calendar,
        now: DateTime<Utc>,
        tzdb: &Tzdb,
        takes: impl Fn(&Event) -> bool + Sync,
        missing: Missing,
    ) -> Self {
        let feeds = public_feeds(calendar);
        let relatives = Relatives::of(calendar);
        let live = Live::new(lock, calendar);
        let judged = threads::in_order(calendar.events.len(), STEP, threads::all(), |range| {
            let mut digester = Digester::among(&relatives);
            let judge =
                |event: &Event| takes(event).then(|| judge(lock, event, &live, &feeds, (now, tzdb), &mut digester));
            calendar.events[range].iter().flat_map(Event::strands).map(judge).collect::<Vec<_>>()
        });
        let mut revisions = Vec::with_capacity(calendar.events.len());
        let mut further = HashMap::new();
        let (mut dropped, mut pinned) = (HashMap::new(), Pinned::new());
        let mut behind = 0;
        let strands = calendar.events.iter().flat_map(|event| {
            std::iter::once((true, event)).chain(event.further().iter().map(|strand| (false, &strand.event)))
        });
        for (judged, (is_first, strand)) in judged.into_iter().flatten().zip(strands) {
            let Judged { revision, is_behind, dropped: own, pinned: forms } = judged.unwrap_or_default();
            if is_first {
                revisions.push(revision);
            } else {
                further.insert(strand.uid.clone(), revision);
            }
            if !own.is_empty() {
                dropped.insert(strand.uid.clone(), own);
            }
            if !forms.is_empty() {
                pinned.insert(strand.uid.clone(), forms);
            }
            behind += usize::from(is_behind);
        }
        let mut history =
            History { revisions, further, tombstones: Vec::new(), dropped, pinned, feeds: Vec::new(), behind };
        history.collect_tombstones(lock, calendar, now, tzdb, missing);
        history
    }

    fn collect_tombstones(
        &mut self,
        lock: &Lock,
        calendar: &Calendar,
        now: DateTime<Utc>,
        tzdb: &Tzdb,
        missing: Missing,
    ) {
        let twins = Twins::new(lock, calendar);
        let live = Live::new(lock, calendar);
        let zone = calendar.settings.timezone.unwrap_or_else(Zone::utc);
        for entry in lock.entries() {
            let mut updated = entry.updated;
            if !twins.live.contains(&*entry.uid) {
                let known = Revision::of(entry);
                let (at, known) = match &entry.gone {
                    Some(Gone::Renamed(_)) => continue,
                    Some(Gone::Deleted(at)) => (*at, known),
                    None if missing == Missing::AreUnread => continue,
                    None => {
                        self.behind += 1;
                        if twins.of(entry).is_some() {
                            continue;
                        }
                        updated = after(entry, now);
                        let raises = entry.status != Status::Cancelled;
                        let sequence = if raises { judge::raised(entry.sequence) } else { entry.sequence };
                        (now, Revision { updated: Some(updated), sequence, ..known })
                    }
                };
                self.tombstones.extend(
                    revive(entry, at, calendar, tzdb)
                        .map(|event| without_taken(event, &twins))
                        .and_then(|event| live.without_dates(entry, event, at))
                        .filter(|event| stays(event, at, now, zone))
                        .map(|event| Tombstone { event, revision: known, feeds: Arc::clone(&entry.feeds) }),
                );
            }
            for name in entry.feeds.iter() {
                match self.feeds.iter_mut().find(|(feed, _)| feed == name) {
                    Some((_, last)) => *last = updated.max(*last),
                    None => self.feeds.push((name.clone(), updated)),
                }
            }
        }
    }

    /// What is known of an event of the calendar, of an occurrence of one, or of a tombstone.
    pub fn revision(&self, event: &Event, calendar: &Calendar) -> Revision {
        let index = calendar.events.binary_search_by(|one| one.id.cmp(&event.id)).ok();
        if let Some(index) = index.filter(|index| calendar.events[*index].uid == event.uid) {
            return self.revisions[index];
        }
        if let Some(revision) = self.further.get(&event.uid) {
            return *revision;
        }
        // They stand in the order of the lock.
        let tombstone = self.tombstones.binary_search_by(|tombstone| tombstone.event.uid.cmp(&event.uid));
        tombstone.map_or(Revision::default(), |index| self.tombstones[index].revision)
    }

    /// The deleted events that `feed` still shows as cancelled ones.
    pub fn tombstones(&self, feed: &Feed) -> impl Iterator<Item = &Tombstone> {
        let statuses = &feed.filter.statuses;
        let wanted = statuses.iter().any(|status| !status.starts_with('!'));
        let cancelled = Status::Cancelled.name();
        let shows = feed.cancelled != Cancelled::Drop
            && !statuses.iter().any(|status| status.strip_prefix('!') == Some(cancelled))
            && (!wanted || statuses.iter().any(|status| status == cancelled));
        // Feeds for members are not named in the lock. One that has everything has this too.
        let has_all = feed.audience == Audience::Members && feed.filter == Filter::default();
        self.tombstones.iter().filter(move |tombstone| shows && (has_all || tombstone.feeds.contains(&feed.name)))
    }

    /// The calendar with what is announced of series beside their records: dates that they have no longer, as cancelled
    /// occurrences. It is for those who publish; the lock is never brought up to date with it.
    pub fn told<'c>(&self, calendar: &'c Calendar) -> Cow<'c, Calendar> {
        pinned::told(dropped::told(calendar, &self.dropped), &self.pinned)
    }

    /// The same in place.
    pub fn announce(&self, calendar: &mut Calendar) {
        dropped::announce(calendar, &self.dropped);
        pinned::pin(calendar, &self.pinned);
    }

    /// What is known of the events of `part`, which are some of those of `whole`, of which this is.
    #[must_use]
    pub fn narrowed(&self, whole: &Calendar, part: &Calendar) -> Self {
        let History { revisions: _, further, tombstones, dropped, pinned, feeds, behind } = self;
        let revisions = part.events.iter().map(|event| self.revision(event, whole)).collect();
        History {
            revisions,
            further: further.clone(),
            tombstones: tombstones.clone(),
            dropped: dropped.clone(),
            pinned: pinned.clone(),
            feeds: feeds.clone(),
            behind: *behind,
        }
    }

    /// When anything last changed; none where nothing is known of any event.
    pub fn newest(&self) -> Option<DateTime<Utc>> {
        let known = self.revisions.iter().chain(self.further.values());
        known.chain(self.tombstones.iter().map(|tombstone| &tombstone.revision)).filter_map(|one| one.updated).max()
    }

    /// All deleted events that are still told of.
    pub fn all_graves(&self) -> impl Iterator<Item = &Tombstone> {
        self.tombstones.iter()
    }

    /// When a feed last changed, events included that have left it; none where the lock does not know it.
    pub fn updated(&self, feed: &Feed) -> Option<DateTime<Utc>> {
        self.feeds.iter().find(|(name, _)| *name == feed.name).map(|(_, updated)| *updated)
    }
}

/// What the lock makes of an event.
#[derive(Default)]
struct Judged {
    revision: Revision,
    /// Whether the lock is behind with it.
    is_behind: bool,
    dropped: Vec<Dropped>,
    /// Dates whose UID has a pinned form.
    pinned: Box<[NaiveDateTime]>,
}

fn judge(
    lock: &Lock,
    event: &Event,
    live: &Live<'_>,
    feeds: &[Feed],
    (now, tzdb): (DateTime<Utc>, &Tzdb),
    digester: &mut Digester<'_>,
) -> Judged {
    let calendar = live.calendar;
    let kinds = &calendar.settings.kinds;
    // The lock takes no notice of what no public feed has.
    let is_behind = || taking(feeds, event, calendar).next().is_some();
    let Some(entry) = lock.entry(&event.uid) else {
        let revision = Revision { created: None, updated: Some(now), sequence: 0 };
        let pinned = pinned::of(lock, None, event);
        return Judged { revision, is_behind: is_behind(), dropped: Vec::new(), pinned };
    };
    let zone = calendar.settings.timezone.unwrap_or_else(Zone::utc);
    let announced = |dropped: &[KeptOccurrence]| dropped::announced(dropped, today(now, &zone), tzdb);
    if entry.gone.is_none() && digester.seen(event, kinds) == entry.seen {
        let pinned = entry.repeat.as_ref().map(|repeat| repeat.pinned.clone()).unwrap_or_default();
        let dropped = announced(&live.without(entry, entry.dropped.to_vec(), tzdb));
        return Judged { revision: Revision::of(entry), is_behind: false, dropped, pinned };
    }
    let difference = same_times::difference(entry, event, calendar, digester, (now, tzdb));
    let raises = difference == Difference::Schedule;
    let updated = if difference == Difference::Nothing { entry.updated } else { after(entry, now) };
    let revision = Revision {
        created: Some(entry.created),
        updated: Some(updated),
        sequence: if raises { judge::raised(entry.sequence) } else { entry.sequence },
    };
    let dropped = announced(&dropped::of(entry, event, live, now, tzdb));
    Judged { revision, is_behind: is_behind(), dropped, pinned: pinned::of(lock, Some(entry), event) }
}

impl Revision {
    fn of(entry: &Entry) -> Self {
        let Entry { created, updated, sequence, .. } = entry;
        Revision { created: Some(*created), updated: Some(*updated), sequence: *sequence }
    }
}

/// A deleted event as a cancelled one; none where the lock keeps too little of it.
pub fn revive(entry: &Entry, at: DateTime<Utc>, calendar: &Calendar, tzdb: &Tzdb) -> Option<Event> {
    let mut event = remade(entry, at, calendar, tzdb)?;
    let zone = calendar.settings.timezone.unwrap_or_else(Zone::utc);
    let dropped = dropped::announced(&entry.dropped, today(at, &zone), tzdb);
    if !dropped.is_empty() {
        dropped::cancel(&mut event, &dropped, |_| false);
    }
    Some(event)
}

/// A deleted series without the dates whose UID another event has now.
fn without_taken(mut event: Event, twins: &Twins<'_>) -> Event {
    let Some(mut repeat) = event.repeat.take() else { return event };
    let also = std::mem::take(&mut repeat.also).into_vec();
    event.repeat = Some(repeat);
    let is_free = |when: &When| !twins.live.contains(&*uid::dated(&event, when.wall()));
    let also: Vec<When> = also.into_iter().filter(is_free).collect();
    if let Some(repeat) = &mut event.repeat {
        repeat.also = also.into();
    }
    event
}

/// The same without the dates that it had dropped before.
pub(super) fn remade(entry: &Entry, at: DateTime<Utc>, calendar: &Calendar, tzdb: &Tzdb) -> Option<Event> {
    let kinds = &calendar.settings.kinds;
    let zone = calendar.settings.timezone.unwrap_or_else(Zone::utc);
    let when = entry.when.when(tzdb, today(at, &zone))?;
    let repeat = entry.repeat.as_deref();
    let length = repeat.map_or(Length::exact(when.elapsed()), |repeat| repeat.length(&when));
    let mut event = Event {
        id: entry.id.clone(),
        uid: entry.uid.clone(),
        title: entry.title.clone(),
        // A kind that was taken out of the settings leaves the plainest of the built-in ones.
        kind: kinds.find(&entry.kind).or_else(|| kinds.find("meeting"))?,
        when,
        length,
        repeat: repeat.map(|repeat| {
            let suffix = suffix(&entry.uid, &entry.id).into();
            Box::new(Repeat { suffix, ..repeat.repeat(&when, length) })
        }),
        ends: Ends::Stated,
        status: Status::Cancelled,
        moved_from: None,
        reason: None,
        description: None,
        url: None,
        location: None,
        online: None,
        organizers: Box::default(),
        contact: None,
        tags: Box::default(),
        language: entry.language.clone(),
        translations: None,
        image: None,
        sources: Box::default(),
        part_of: None,
        review_by: None,
        note: None,
    };
    if let Some(kept) = repeat {
        let moved = |one: &KeptOccurrence| Some((one.planned, one.when.when(tzdb, today(at, &zone))?));
        cancel(&mut event, kept.moved.iter().filter_map(moved));
    }
    Some(event)
}

/// Makes occurrences of `event` cancelled ones, at the times at which subscribers see them.
fn cancel(event: &mut Event, occurrences: impl Iterator<Item = (NaiveDateTime, When)>) {
    let base = Event { repeat: None, status: Status::Cancelled, ..event.clone() };
    let Some(repeat) = event.repeat.as_deref_mut() else { return };
    let change = |(planned, when): (NaiveDateTime, When)| Change {
        planned,
        event: Event { when, length: Length::exact(when.elapsed()), ..base.clone() },
    };
    repeat.changes = occurrences.map(change).collect();
}

/// What stands in the UIDs of a strand's dates, by its own UID: `-thu-1200` of `<id>-from-20260901-thu-1200@…`.
fn suffix<'u>(uid: &'u str, id: &str) -> &'u str {
    let local = uid.rsplit_once('@').map_or(uid, |(local, _)| local);
    let rest = local.strip_prefix(id).unwrap_or_default();
    let rest = rest.strip_prefix("-from-").and_then(|rest| rest.get(8..)).unwrap_or(rest);
    let has_hour = rest.rsplit_once('-').is_some_and(|(_, hour)| {
        hour.len() == 4 && hour.parse::<u32>().is_ok_and(|hour| hour / 100 < 24 && hour % 100 < 60)
    });
    if has_hour { rest } else { "" }
}

/// Whether an event that was deleted at `at` is still told of: it was not over then, and its date, of an endless series
/// the day on which it was deleted, is not long past.
fn stays(event: &Event, at: DateTime<Utc>, now: DateTime<Utc>, zone: Zone) -> bool {
    let last: Option<When> = schedule::last(event);
    let day = match &last {
        Some(last) if schedule::is_over(last, at, zone) => return false,
        Some(last) => last.last_day(),
        None => today(at, &zone),
    };
    days_after(day, CANCELLED_STAYS) >= today(now, &zone)
}
