//! Keys: what each artifact is made from, in a digest. Whatever a page shows must be in its key, or it would stay as it
//! was; so a key holds rather too much than too little.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::job::{Job, What};
use super::{Input, Key};
use crate::calendar::{Feed, threads};
use crate::event::{Audience, Event, Status};
use crate::lock::{Digest, Digesting};
use crate::schedule;
use crate::view::parts;
use crate::view::site::{Page, Site, month_of};

/// The keys of a site's artifacts.
pub(super) struct Keys<'s> {
    site: &'s Site<'s>,
    /// What all artifacts are made from: program, settings, zones, templates.
    base: Digesting,
    /// What all pages show beside: their links lead to the month of today, their letters are those of the kinds in use,
    /// and they say which feeds there are.
    pages: Digesting,
    /// What all pages of months show beside: the months in which there is something.
    months: Digesting,
    /// The upcoming events, the day, and the counts by kind and country, which all pages of upcoming events show.
    lists: Digesting,
    /// Of each event, by id.
    events: HashMap<&'s str, Digest>,
    /// Of all events.
    all: Digest,
    /// By feed name: the digest of the events in the feed.
    feeds: HashMap<&'s str, Digest>,
    statics: Vec<Digest>,
}

impl<'s> Keys<'s> {
    pub(super) fn new(site: &'s Site<'s>, input: &Input<'_>) -> Self {
        let mut base = Digesting::default();
        base.part(input.program.as_bytes());
        base.part(&input.theme.digest().bytes());
        base.part(input.tzdb.version().as_bytes());
        base.debug(&input.calendar.settings);
        base.debug(&input.is_live);
        // A value that was public may be withheld now, so everything is searched again.
        input.withheld.tell(|part| base.part(part));
        let digests = of_events(site);
        let mut all = Digesting::default();
        for digest in &digests {
            all.part(&digest.bytes());
        }
        let events: HashMap<&str, Digest> = site.calendar.events.iter().map(|event| &*event.id).zip(digests).collect();
        all.debug(&site.tombstones().collect::<Vec<_>>());
        all.debug(&site.feeds);
        all.debug(&site.today);
        let mut pages = base.clone();
        pages.debug(&month_of(site.today));
        // Letters of kinds, and which of them and of the countries have a page.
        pages.debug(&(&site.kinds, &site.countries));
        for Feed { name, title, description, language, filter, .. } in &site.feeds {
            pages.hash(&(name, title, description, language));
            pages.debug(filter);
        }
        let mut months = pages.clone();
        for month in &site.months {
            months.debug(&(month, site.occurring.month(*month).is_empty()));
        }
        let mut lists = months.clone();
        lists.hash(&(site.today, &site.countries));
        let (mut of_kinds, mut of_countries) = (BTreeMap::new(), BTreeMap::new());
        for one in &site.occurring.coming {
            *of_kinds.entry(one.event.kind).or_insert(0) += 1;
            *of_countries.entry(parts::country(one.event)).or_insert(0) += 1;
        }
        lists.hash(&(of_kinds, of_countries));
        let feeds = site.feeds.iter().chain(&site.members).map(|feed| (&*feed.name, of_feed(site, feed, &events)));
        let feeds = feeds.collect();
        let statics = input.theme.statics().iter().map(|file| Digest::of(&[&file.bytes])).collect();
        Keys { site, base, pages, months, lists, events, all: all.done(), feeds, statics }
    }

    /// The key of an artifact.
    pub(super) fn of(&self, job: &Job<'_>) -> Key {
        let mut digesting = match job.what {
            What::Page(_, Page::Month(_)) => self.months.clone(),
            What::Page(_, Page::Agenda | Page::OfKind(_) | Page::OfCountry(_)) => self.lists.clone(),
            What::Page(..) => self.pages.clone(),
            _ => self.base.clone(),
        };
        digesting.part(job.path.as_bytes());
        match &job.what {
            What::Page(_, Page::Event(id) | Page::When(id)) => match self.site.calendar.event(id) {
                Some(event) => self.event(event, &mut digesting),
                None => digesting.debug(&(self.site.tombstone(id), self.site.today)),
            },
            What::Page(_, Page::Month(first)) => self.month(*first, &mut digesting),
            What::Page(_, page @ (Page::Agenda | Page::OfKind(_) | Page::OfCountry(_))) => {
                let occurring = &self.site.occurring;
                for one in occurring.coming.iter().chain(&occurring.past) {
                    if self.site.lists(*page, one.event) {
                        digesting.part(&self.events[&*one.event.id].bytes());
                    }
                }
            }
            What::EventFile(event) if self.events.contains_key(&*event.id) => self.event(event, &mut digesting),
            What::EventFile(event) => digesting.debug(&(self.site.tombstone(&event.id), self.site.today)),
            What::Feed(feed) | What::Atom(feed) | What::Json(feed) => {
                digesting.part(&self.feeds[&*feed.name].bytes());
                // The day is part of the content.
                if matches!(job.what, What::Json(_)) {
                    digesting.debug(&self.site.today);
                }
            }
            What::Page(..) | What::Sitemap(_) => digesting.part(&self.all.bytes()),
            What::Static(index) => digesting.part(&self.statics[*index].bytes()),
            What::Kinds | What::Robots | What::Headers => {}
        }
        digesting.done()
    }

    /// What happens in a month. The day counts where it is one of them.
    fn month(&self, first: NaiveDate, digesting: &mut Digesting) {
        for one in self.site.occurring.month(first) {
            digesting.part(&self.events[&*one.event.id].bytes());
        }
        if month_of(self.site.today) == first {
            digesting.debug(&self.site.today);
        }
    }

    /// An event with its local events. The day matters unless it ended long ago.
    fn event(&self, event: &'s Event, digesting: &mut Digesting) {
        let site = self.site;
        digesting.part(&self.events[&*event.id].bytes());
        // The feeds of its parents contain it. There is no cycle.
        let parent = |event: &'s Event| site.calendar.event(event.part_of.as_deref()?);
        for other in
            std::iter::successors(parent(event), |event| parent(event)).chain(site.parts_of(event).iter().copied())
        {
            digesting.part(&self.events[&*other.id].bytes());
        }
        let is_over = !event.goes_on() && schedule::is_over(&event.when, site.day_start(), site.zone);
        if !is_over {
            digesting.debug(&site.today);
        }
        // It names the countries of the calendar that have no part in it.
        if !site.parts_of(event).is_empty() {
            digesting.part(&self.all.bytes());
        }
    }
}

/// Events that a thread looks at at a time.
const STEP: usize = 256;

/// Of each event of the calendar, in order.
fn of_events(site: &Site<'_>) -> Vec<Digest> {
    let of = |event: &Event| {
        let mut digesting = Digesting::default();
        digesting.hash(event);
        digesting.hash(&site.revision(event));
        // By its own clock, which may be at another day than the calendar's.
        digesting.hash(&event.day_number(site.now, site.zone));
        digesting.done()
    };
    let events = &site.calendar.events;
    let digests =
        threads::in_order(events.len(), STEP, threads::all(), |range| events[range].iter().map(of).collect::<Vec<_>>());
    digests.into_iter().flatten().collect()
}

/// A feed with its events and their parents. The day matters if the feed has a limit, or contains events that are open,
/// repeat or expire.
fn of_feed(site: &Site<'_>, feed: &Feed, events: &HashMap<&str, Digest>) -> Digest {
    let settings = &site.calendar.settings;
    let mut digesting = Digesting::default();
    digesting.debug(feed);
    digesting.debug(&site.history.updated(feed));
    let mut by_day = feed.past.is_some() || feed.future.is_some();
    for event in &site.calendar.events {
        if !feed.takes_part_of(event, settings) {
            continue;
        }
        if feed.audience == Audience::Members {
            // Withheld values have an empty `Debug`. The secret path of the feed is in the key too.
            for event in event.versions() {
                digesting.debug(&event.online_for(Audience::Members));
            }
        }
        by_day |= event.goes_on() || event.status == Status::Cancelled;
        let parent = event.part_of.as_deref().and_then(|id| site.calendar.event(id));
        for event in std::iter::once(event).chain(parent) {
            digesting.part(&events[&*event.id].bytes());
        }
    }
    if site.history.updated(feed).is_none() {
        // By it an empty Atom feed is dated.
        digesting.debug(&site.history.newest());
    }
    let tombstones: Vec<_> = site.history.tombstones(feed).collect();
    if by_day || !tombstones.is_empty() {
        digesting.debug(&tombstones);
        digesting.debug(&site.today);
    }
    digesting.done()
}
