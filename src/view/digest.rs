//! The view of a digest: what changed since a day, what continues, and what comes.
//!
//! Every event is listed once: on its first day, or, if that is past, among the continuing events. Past events are left
//! out. An action day with many local events shows their number by country.

pub mod changes;

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::listing::{Listing, ListingOptions, Row, first_day};
use super::repeat;
use super::stamp::Stamp;
use crate::calendar::Calendar;
use crate::event::{Country, Event};
use crate::schedule::{self, Occurrence, Window};
use crate::zone::Zone;

/// Local events of one day that are named; of more, how many each country has.
const MOST_NAMED: usize = 8;

/// The view of a digest.
#[derive(Clone, Debug)]
pub struct Digest<'c> {
    /// The coming days: title, zones, and all rows that are shown of them, in order.
    pub listing: Listing<'c>,
    /// The day from which changes are reported.
    pub since: NaiveDate,
    /// What changed, each sort with at least one entry, in the order of [`Sort::ALL`].
    pub changes: Vec<(Sort, Vec<Entry<'c>>)>,
    /// What began before the first day and is not over.
    pub ongoing: Vec<Entry<'c>>,
    /// The days on which something begins.
    pub days: Vec<(NaiveDate, Vec<Entry<'c>>)>,
}

/// One entry of the digest.
#[derive(Clone, Debug)]
pub struct Entry<'c> {
    /// The event, and when.
    pub row: Row<'c>,
    /// The change; only in the section of changes.
    pub change: Option<Change>,
    /// Whether it is only the heading of its local events.
    pub is_frame: bool,
    /// What belongs to it and is in the same place.
    pub locals: Locals<'c>,
}

/// The local events of an action day, or the parts of a campaign.
#[derive(Clone, Debug)]
pub enum Locals<'c> {
    /// A few, or none.
    Named(Vec<Row<'c>>),
    /// Many.
    Counted {
        /// How many take place; among changes, how many changed.
        total: usize,
        /// The number in each country, highest first.
        countries: Vec<(Country, usize)>,
        /// Those of a day that do not take place.
        off: Vec<Row<'c>>,
    },
}

/// Sorts of changes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Sort {
    /// Cancelled, or deleted.
    Cancelled,
    /// Off, without a new date.
    Postponed,
    /// At another time.
    Moved,
    /// On again.
    Restored,
    /// Not known before.
    New,
    /// At another place, and the like.
    Changed,
}

impl Sort {
    /// All, in the order of a digest: the most urgent first.
    pub const ALL: [Sort; 6] =
        [Sort::Cancelled, Sort::Postponed, Sort::Moved, Sort::Restored, Sort::New, Sort::Changed];
}

/// The kind of a change.
#[derive(Clone, PartialEq, Debug)]
pub struct Change {
    /// The section that lists it.
    pub sort: Sort,
    /// The earlier start of a moved event.
    pub from: Option<Earlier>,
    /// What the sort leaves open.
    pub remark: Option<Remark>,
}

/// The start that something had.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Earlier {
    /// By the first clock of the digest.
    Clock(Stamp),
    /// A date.
    Day(NaiveDate),
    /// By each place's clock.
    Floating(chrono::NaiveDateTime),
}

/// What changed about an event that keeps its start.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Remark {
    /// Its place.
    Place,
    /// Its end.
    End,
    /// It was tentative, and is confirmed.
    Confirmed,
    /// It was confirmed, and is tentative.
    Tentative,
    /// It repeats on other dates.
    Dates,
    /// Its own clock stays, and new rules of its zone make it another instant.
    Rules,
}

/// A change of an event.
#[derive(Clone, Debug)]
pub struct Told<'c> {
    /// The event, and when it takes place next, or would have.
    pub occurrence: Occurrence<'c>,
    /// The change.
    pub change: Change,
}

impl<'c> Digest<'c> {
    /// Builds a digest from `found`, the occurrences of the coming days in order, and from the changes since a day.
    pub fn new(
        calendar: &'c Calendar,
        found: &[Occurrence<'c>],
        (since, told): (NaiveDate, Vec<Told<'c>>),
        frame: &ListingOptions<'_, 'c>,
    ) -> Self {
        let zone = frame.zones.first().copied().unwrap_or_else(Zone::utc);
        let today = frame.now.with_timezone(&zone).date_naive();
        let first = frame.range.map_or(today, |(first, _)| first);
        let coming = |one: &&Occurrence<'c>| {
            let began = schedule::when_day(&one.when, zone) < first;
            // A cancelled event does not continue.
            !schedule::is_over(&one.when, frame.now, zone) && (!began || one.event.status.takes_place())
        };
        let coming: Vec<_> = found.iter().filter(coming).copied().collect();
        let listing = Listing::new(calendar, &coming, frame);
        let (earlier, later): (Vec<Row<'c>>, Vec<Row<'c>>) =
            listing.rows.iter().cloned().partition(|row| first_day(&row.times) < first);
        let mut days: Vec<(NaiveDate, Vec<Row<'c>>)> = Vec::new();
        for row in later {
            match days.last_mut() {
                Some((day, rows)) if *day == row.day => rows.push(row),
                _ => days.push((row.day, vec![row])),
            }
        }
        Digest {
            since,
            changes: changes(calendar, &told, frame, zone),
            ongoing: grouped(calendar, Entry::each(earlier), frame),
            days: days.into_iter().map(|(day, rows)| (day, grouped(calendar, Entry::each(rows), frame))).collect(),
            listing,
        }
    }

    /// Whether nothing changed, nothing goes on, and nothing comes.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.listing.rows.is_empty()
    }
}

/// The changes by sort, and within one by start.
fn changes<'c>(
    calendar: &'c Calendar,
    told: &[Told<'c>],
    frame: &ListingOptions<'_, 'c>,
    zone: Zone,
) -> Vec<(Sort, Vec<Entry<'c>>)> {
    let frame = ListingOptions { range: None, ..frame.clone() };
    let mut sorts = Vec::new();
    for sort in Sort::ALL {
        let mut some: Vec<&Told<'c>> = told.iter().filter(|told| told.change.sort == sort).collect();
        some.sort_by_cached_key(|told| {
            let Occurrence { event, when, .. } = &told.occurrence;
            (schedule::when_day(when, zone), !when.is_all_day(), when.start_instant(), when.wall(), &*event.id)
        });
        let occurrences: Vec<_> = some.iter().map(|told| told.occurrence).collect();
        let mut rows = Listing::new(calendar, &occurrences, &frame).rows;
        for row in &mut rows {
            // A whole series is described by its rule and its next date.
            let is_whole = row.recurrence_id.is_none();
            let series = calendar.event(&row.event.id).filter(|_| row.event.repeat.is_some()).unwrap_or(row.event);
            row.rule = is_whole.then(|| repeat::in_words(series, row.language)).flatten();
        }
        let entry = |(row, told): (Row<'c>, &&Told<'c>)| Entry { change: Some(told.change.clone()), ..Entry::of(row) };
        // If many cities join or their day moves, list the action day once.
        let entries = grouped(calendar, rows.into_iter().zip(&some).map(entry).collect(), &frame);
        if !entries.is_empty() {
            sorts.push((sort, entries));
        }
    }
    sorts
}

impl<'c> Entry<'c> {
    fn of(row: Row<'c>) -> Self {
        Entry { row, change: None, is_frame: false, locals: Locals::Named(Vec::new()) }
    }

    fn each(rows: Vec<Row<'c>>) -> Vec<Self> {
        rows.into_iter().map(Entry::of).collect()
    }
}

/// Puts what belongs to another event under it: where that is in the same place, and where it is not but they are many.
fn grouped<'c>(calendar: &'c Calendar, given: Vec<Entry<'c>>, frame: &ListingOptions<'_, 'c>) -> Vec<Entry<'c>> {
    if given.iter().all(|entry| entry.row.event.part_of.is_none()) {
        return given;
    }
    let present: HashSet<&str> = given.iter().map(|entry| &*entry.row.event.id).collect();
    let mut siblings: HashMap<&str, usize> = HashMap::new();
    for parent in given.iter().filter_map(|entry| entry.row.event.part_of.as_deref()) {
        *siblings.entry(parent).or_default() += 1;
    }
    let head = |event: &Event| {
        let listed = ancestors(calendar, event).filter(|event| present.contains(&*event.id)).last();
        let direct = ancestors(calendar, event).next();
        listed.or(direct.filter(|parent| siblings.get(&*parent.id).is_some_and(|count| *count > MOST_NAMED)))
    };
    // Where the entry of each head is; one that is listed comes when its turn is.
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut below: HashMap<&str, Vec<Row<'c>>> = HashMap::new();
    let mut entries: Vec<Entry<'c>> = Vec::new();
    for entry in given {
        let Some(head) = head(entry.row.event) else {
            places.entry(&*entry.row.event.id).or_insert(entries.len());
            entries.push(entry);
            continue;
        };
        if !present.contains(&*head.id) && !places.contains_key(&*head.id) {
            places.insert(&*head.id, entries.len());
            let change = entry.change.as_ref().map(|change| Change { from: None, remark: None, ..change.clone() });
            let row = framing(calendar, head, entry.row.day, frame);
            entries.push(Entry { change, is_frame: true, ..Entry::of(row) });
        }
        below.entry(&*head.id).or_default().push(entry.row);
    }
    for (id, rows) in below {
        if let Some(entry) = places.get(id).and_then(|at| entries.get_mut(*at)) {
            entry.locals = Locals::of(rows, entry.change.is_some());
        }
    }
    entries
}

/// What an event is part of, the nearest first.
fn ancestors<'c>(calendar: &'c Calendar, event: &Event) -> impl Iterator<Item = &'c Event> {
    let of = |event: &Event| event.part_of.as_deref().and_then(|id| calendar.event(id));
    std::iter::successors(of(event), move |event| of(event))
}

/// A row for an event that is the heading of its parts on another day.
fn framing<'c>(calendar: &'c Calendar, event: &'c Event, day: NaiveDate, frame: &ListingOptions<'_, 'c>) -> Row<'c> {
    let occurrence = Occurrence { event, when: event.when, planned: None };
    let mut rows = Listing::new(calendar, &[occurrence], &ListingOptions { range: None, ..frame.clone() }).rows;
    // One occurrence makes one row.
    let row = rows.pop().expect("a row");
    Row { day, ..row }
}

impl<'c> Locals<'c> {
    fn of(rows: Vec<Row<'c>>, changed: bool) -> Self {
        if rows.len() <= MOST_NAMED {
            return Locals::Named(rows);
        }
        let (counted, off): (Vec<Row<'c>>, Vec<Row<'c>>) =
            rows.into_iter().partition(|row| changed || row.event.status.takes_place());
        let mut countries: Vec<(Country, usize)> = Vec::new();
        for country in counted.iter().filter_map(|row| row.event.location.as_deref()?.country) {
            match countries.iter_mut().find(|(known, _)| *known == country) {
                Some((_, count)) => *count += 1,
                None => countries.push((country, 1)),
            }
        }
        countries.sort_by_key(|(country, count)| (std::cmp::Reverse(*count), *country));
        Locals::Counted { total: counted.len(), countries, off }
    }
}

/// The coming days, beginning with that of `now`.
pub fn window(now: chrono::DateTime<chrono::Utc>, days: u32, zone: Zone) -> (NaiveDate, NaiveDate, Window) {
    let first = now.with_timezone(&zone).date_naive();
    let ahead = chrono::TimeDelta::days(i64::from(days.max(1)) - 1);
    let last = first.checked_add_signed(ahead).unwrap_or(NaiveDate::MAX);
    (first, last, Window::days(first, last, zone))
}
