//! The site, decided: in which languages, which pages, from which feeds.
//!
//! Pages show days, and what they call today is the as-of *day*: two builds on one day make the same pages.

mod address;
pub mod event;
mod occurring;
mod rows;
pub mod when;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use std::collections::BTreeSet;

pub use address::{Page, event_file, href};
pub use occurring::{AHEAD, Occurring, last, month_of};

use super::parts::Parts;
use crate::calendar::{Calendar, Feed};
use crate::event::{Audience, Country, Event, KindId, when::midnight};
use crate::language::Language;
use crate::lock::{History, Lock, Revision, Tombstone};
use crate::schedule::{self, Window};
use crate::zone::{Tzdb, Zone};

/// Days before and after today from which series alone make a page of their month.
const SERIES: TimeDelta = TimeDelta::days(366);

/// What all pages are made from.
#[derive(Debug)]
pub struct Site<'c> {
    /// The calendar.
    pub calendar: &'c Calendar,
    /// The history of events, from the lock.
    pub history: &'c History,
    /// The rules of all zones.
    pub tzdb: &'c Tzdb,
    /// The as-of time. Feeds know it; pages know its day.
    pub now: DateTime<Utc>,
    /// The clock of the calendar, by which days are.
    pub zone: Zone,
    /// The as-of day by that clock.
    pub today: NaiveDate,
    /// The languages of the pages, the calendar's own first.
    pub editions: Vec<Edition>,
    /// The feeds that everybody may read, by name.
    pub feeds: Vec<Feed>,
    /// The feeds that only members know of.
    pub members: Vec<Feed>,
    /// The first days of the months with a page, in order, including the current month.
    pub months: Vec<NaiveDate>,
    /// The kinds in use, in their order.
    pub kinds: Vec<KindId>,
    /// The countries in which there is something, by their English name.
    pub countries: Vec<Country>,
    /// What belongs to what.
    pub parts: Parts<'c>,
    /// What happens when.
    pub occurring: Occurring<'c>,
    /// The zones in which people live.
    pub clocks: when::Clocks,
}

/// The pages of one language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edition {
    /// BCP 47 tag.
    pub tag: Box<str>,
    /// What its words and dates are in.
    pub language: Language,
    /// Folder of its pages in the site, with a slash at its end; empty for the calendar's own language.
    pub folder: String,
}

impl<'c> Site<'c> {
    /// Decides the site of `calendar` as of `now`.
    pub fn new(calendar: &'c Calendar, lock: &Lock, history: &'c History, tzdb: &'c Tzdb, now: DateTime<Utc>) -> Self {
        let zone = calendar.settings.timezone.unwrap_or_else(Zone::utc);
        let today = now.with_timezone(&zone).date_naive();
        let (members, feeds) = lock.feeds(calendar).into_iter().partition(|feed| feed.audience == Audience::Members);
        let kinds: BTreeSet<KindId> = calendar.events.iter().map(|event| event.kind).collect();
        let countries: BTreeSet<(&str, Country)> = (calendar.events.iter().filter_map(super::parts::country))
            .map(|country| (country.name(), country))
            .collect();
        let mut parts = Parts::new();
        for event in &calendar.events {
            if let Some(parent) = &event.part_of {
                parts.entry(parent).or_default().push(event);
            }
        }
        let mut site = Site {
            calendar,
            history,
            tzdb,
            now,
            zone,
            today,
            editions: editions(calendar),
            feeds,
            members,
            months: months(calendar, today, zone),
            kinds: kinds.into_iter().collect(),
            countries: countries.into_iter().map(|(_, country)| country).collect(),
            parts,
            occurring: Occurring::default(),
            clocks: when::Clocks::new(tzdb),
        };
        site.occurring = Occurring::new(&site);
        site
    }

    /// The first instant of the as-of day: the time that pages go by.
    pub fn day_start(&self) -> DateTime<Utc> {
        midnight(self.today, self.zone)
    }

    /// Deleted events that feeds still show as cancelled, each once.
    pub fn tombstones(&self) -> impl Iterator<Item = &'c Tombstone> {
        self.history.all_graves()
    }

    /// The deleted event of that id.
    pub fn tombstone(&self, id: &str) -> Option<&'c Tombstone> {
        self.tombstone_pages().find(|tombstone| *tombstone.event.id == *id)
    }

    /// Those of [`Site::tombstones`] that have a page: another event may have the id by now, and an id that is none makes no
    /// path.
    pub fn tombstone_pages(&self) -> impl Iterator<Item = &'c Tombstone> {
        let is_free = |id: &str| self.calendar.event(id).is_none() && crate::resolve::is_event_id(id);
        // The strands of a deleted series share one page, that of the first.
        let is_first = |tombstone: &&Tombstone| {
            let same = self.tombstones().filter(|other| other.event.id == tombstone.event.id);
            same.min_by_key(|other| (other.event.uid.len(), &*other.event.uid))
                .is_none_or(|first| std::ptr::eq(first, *tombstone))
        };
        self.tombstones().filter(move |tombstone| is_free(&tombstone.event.id)).filter(is_first)
    }

    /// The history of an event, from the lock.
    pub fn revision(&self, event: &Event) -> Revision {
        let own = self.history.revision(event, self.calendar);
        let further = event.further().iter().map(|strand| self.history.revision(&strand.event, self.calendar).updated);
        Revision { updated: further.fold(own.updated, Ord::max), ..own }
    }

    /// The public feeds that pages offer. The feed of a kind stays a file, but is not offered beside a declared feed of the
    /// same events.
    pub fn offered_feeds(&self) -> Vec<&Feed> {
        let settings = &self.calendar.settings;
        let is_public = |feed: &&Feed| feed.audience == Audience::Public;
        let declared: Vec<&Feed> = settings.feeds.iter().filter(is_public).collect();
        let is_same = |one: &Feed, other: &Feed| {
            let language = |feed: &Feed| feed.language.clone().unwrap_or_else(|| settings.language.clone());
            one.filter == other.filter && language(one) == language(other)
        };
        let is_offered = |feed: &&Feed| {
            let is_declared = declared.iter().any(|other| other.name == feed.name);
            is_declared || &*feed.name == "all" || !declared.iter().any(|other| is_same(other, feed))
        };
        self.feeds.iter().filter(is_offered).collect()
    }

    /// What belongs to `event`, in the order of ids.
    pub fn parts_of(&self, event: &Event) -> &[&'c Event] {
        self.parts.get(&*event.id).map_or(&[], |parts| parts)
    }

    /// The absolute URL of a path of the site; `None` if the calendar has no `url`.
    pub fn absolute(&self, path: &str) -> Option<String> {
        let path = path.strip_suffix("index.html").unwrap_or(path);
        self.calendar.settings.url.as_ref().map(|url| format!("{url}{path}"))
    }

    /// The path of the site's address, with a final slash, where the calendar knows it.
    pub fn place(&self) -> Option<&str> {
        let (_, behind) = self.calendar.settings.url.as_deref()?.split_once("://")?;
        behind.find('/').map(|at| &behind[at..])
    }
}

/// The calendar's language, then those of its `languages`, else of its public feeds, each once.
fn editions(calendar: &Calendar) -> Vec<Edition> {
    let settings = &calendar.settings;
    let mut tags: Vec<&str> = vec![&settings.language];
    if settings.languages.is_empty() {
        let feeds = settings.feeds.iter().filter(|feed| feed.audience == Audience::Public);
        tags.extend(feeds.filter_map(|feed| feed.language.as_deref()));
    } else {
        tags.extend(settings.languages.iter().map(|tag| &**tag));
    }
    let mut editions: Vec<Edition> = Vec::new();
    for tag in tags {
        let folder = if editions.is_empty() { String::new() } else { format!("{}/", tag.to_ascii_lowercase()) };
        let is_new = editions.iter().all(|other| !other.tag.eq_ignore_ascii_case(tag));
        // A page should not be half in English.
        if is_new && (editions.is_empty() || Language::find(tag).is_some()) {
            editions.push(Edition { tag: tag.into(), language: Language::of(tag), folder });
        }
    }
    editions
}

/// The months with a single event, the months around today with a series, and the current month.
fn months(calendar: &Calendar, today: NaiveDate, zone: Zone) -> Vec<NaiveDate> {
    let first = |day: NaiveDate| day.with_day(1).unwrap_or(day);
    let mut months = BTreeSet::from([first(today)]);
    for event in calendar.events.iter().filter(|event| event.repeat.is_none()) {
        let when = schedule::so_far(event, calendar.as_of, zone);
        let begin = schedule::when_day(&when, zone);
        months.insert(first(begin));
        // What lasts for years has a page where it begins; others show it because they are there.
        let last = when.last_day();
        if (last - begin).num_days() <= 62 {
            months.insert(first(last));
        }
    }
    let window = Window::days(today - SERIES, today + SERIES, zone);
    for occurrence in schedule::occurrences(calendar, &window, |one| one.planned.is_some()).unwrap_or_default() {
        months.insert(first(schedule::when_day(&occurrence.when, zone)));
    }
    months.into_iter().filter(|month| (1..=9999).contains(&month.year())).collect()
}
