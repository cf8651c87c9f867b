//! The time of an event in every zone, decided: zones whose clocks show the same are one group, from west to east.
//!
//! Ten thousand pages have few hundred different groupings: a grouping, with the names of its places in a language, is
//! made once and kept.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};

use super::{Edition, Site};
use crate::event::when::midnight;
use crate::event::{Ends, Event, When};
use crate::language::Language;
use crate::schedule;
use crate::view::stamp::Stamp;
use crate::view::worldwide::zone_there;
use crate::zone::{Tzdb, Zone, country};

/// The zones in which people live, with the country of each.
#[derive(Debug)]
pub struct Clocks {
    /// In the order of countries and of `zone.tab`.
    zones: Vec<(Zone, &'static str)>,
    /// Groupings by language and by the offsets of all zones at start and end.
    groupings: Mutex<Groupings>,
}

type Groupings = HashMap<(Box<str>, Vec<Offsets>), Arc<[Group]>>;

/// Seconds east of UTC at the start and at the end.
type Offsets = (i32, i32);

/// Places whose clocks show the same.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// Theirs.
    offsets: Offsets,
    /// Countries with their cities in the language of the page: `Peru (Lima)`.
    pub places: String,
}

/// What a group of clocks shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// At the start.
    pub start: NaiveDateTime,
    /// At the end; `None` if unknown.
    pub end: Option<NaiveDateTime>,
    /// Days after the day of the event's own clock.
    pub day_shift: i64,
    /// `UTC−7`.
    pub offset: chrono::FixedOffset,
    /// The same at the end.
    pub end_offset: chrono::FixedOffset,
    /// Index into the groups.
    pub group: usize,
}

/// The time of an occurrence in all zones.
#[derive(Clone, Debug)]
pub struct EveryZone {
    /// By its own clock.
    pub own: Stamp,
    /// In its own zone; `None` if unknown.
    pub own_end: Option<Stamp>,
    /// Its own zone.
    pub zone: Option<Zone>,
    /// The groups.
    pub groups: Arc<[Group]>,
    /// One a group, from west to east.
    pub rows: Vec<Row>,
}

impl Clocks {
    /// Of all countries.
    pub fn new(tzdb: &Tzdb) -> Self {
        let zones = country::all().flat_map(|(code, _)| tzdb.of_country(code).iter().map(move |name| (*name, code)));
        let zones = zones.filter_map(|(name, code)| Some((tzdb.zone(name)?, code))).collect();
        Clocks { zones, groupings: Mutex::default() }
    }

    /// The groups between two instants, from west to east.
    fn groups(&self, start: DateTime<Utc>, end: DateTime<Utc>, edition: &Edition) -> Arc<[Group]> {
        let offset = |zone: Zone, at| zone.offset_at(at).seconds();
        let offsets: Vec<Offsets> =
            self.zones.iter().map(|(zone, _)| (offset(*zone, start), offset(*zone, end))).collect();
        let key = (edition.tag.clone(), offsets);
        // A look-up and a clone are all that is done with it.
        if let Some(known) = self.groupings.lock().expect("no thread panicked").get(&key) {
            return Arc::clone(known);
        }
        let groups: Arc<[Group]> = self.grouped(&key.1, edition.language).into();
        Arc::clone(self.groupings.lock().expect("no thread panicked").entry(key).or_insert(groups))
    }

    fn grouped(&self, offsets: &[Offsets], language: Language) -> Vec<Group> {
        let mut groups: BTreeMap<Offsets, BTreeMap<String, Vec<String>>> = BTreeMap::new();
        for ((zone, code), offsets) in self.zones.iter().zip(offsets) {
            let country = language.country(code).unwrap_or_else(|| (*code).to_owned());
            let cities = groups.entry(*offsets).or_default().entry(country).or_default();
            let city = zone.city();
            if !cities.contains(&city) {
                cities.push(city);
            }
        }
        let said = |(country, cities): (String, Vec<String>)| match &*cities {
            [city] if *city == country => country,
            cities => format!("{country} ({})", cities.join(", ")),
        };
        let group = |(offsets, places): (Offsets, BTreeMap<_, _>)| {
            let places: Vec<String> = places.into_iter().map(said).collect();
            Group { offsets, places: places.join(" · ") }
        };
        groups.into_iter().map(group).collect()
    }
}

impl Site<'_> {
    /// The time of the current or next occurrence of `event` in every zone; `None` for dates and floating times, unless the
    /// zone of the place is known.
    pub fn every_zone(&self, event: &Event, edition: &Edition) -> Option<EveryZone> {
        let occurrence = schedule::current(event, self.zone, self.day_start());
        let there = || zone_there(occurrence.event, self.tzdb);
        let (start, end, zone, offset) = match occurrence.when {
            When::Zoned { zone, start, end } => (start, end, Some(zone), None),
            When::Fixed { offset, start, end } => (start, end, None, Some(offset)),
            // An open all-day event has no hours.
            When::AllDay(days) if occurrence.event.ends != Ends::Open => {
                let zone = there()?;
                (midnight(days.first, zone), midnight(days.end, zone), Some(zone), None)
            }
            When::AllDay(_) | When::Floating { .. } => return None,
        };
        // A day ends at midnight, whether the record says so or not.
        let knows_end = occurrence.event.ends == Ends::Stated || occurrence.when.is_all_day();
        // An end that is none must not part zones.
        let groups = self.clocks.groups(start, if knows_end { end } else { start }, edition);
        let stamp = |at| match (zone, offset) {
            (Some(zone), _) => Some(Stamp::in_zone(at, zone)),
            (None, Some(offset)) => Some(Stamp::at_offset(at, offset)),
            (None, None) => None,
        };
        let own = stamp(start)?;
        let rows = rows(start, knows_end.then_some(end), own.day(), &groups);
        Some(EveryZone { own_end: stamp(end).filter(|_| knows_end), own, zone, rows, groups })
    }
}

fn rows(start: DateTime<Utc>, end: Option<DateTime<Utc>>, day: NaiveDate, groups: &[Group]) -> Vec<Row> {
    let local = |at: DateTime<Utc>, seconds: i32| at.naive_utc() + TimeDelta::seconds(seconds.into());
    let row = |(group, Group { offsets: (at_start, at_end), .. }): (usize, &Group)| {
        let shown = local(start, *at_start);
        Some(Row {
            start: shown,
            end: end.map(|end| local(end, *at_end)),
            day_shift: (shown.date() - day).num_days(),
            offset: chrono::FixedOffset::east_opt(*at_start)?,
            end_offset: chrono::FixedOffset::east_opt(*at_end)?,
            group,
        })
    };
    groups.iter().enumerate().filter_map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::sample::instant;

    fn shown(start: &str, end: &str, place: &str) -> Vec<(String, i64)> {
        let clocks = Clocks::new(&Tzdb::bundled());
        let edition = Edition { tag: "en".into(), language: Language::ENGLISH, folder: String::new() };
        let (start, end) = (instant(start), instant(end));
        let groups = clocks.groups(start, end, &edition);
        assert!(Arc::ptr_eq(&groups, &clocks.groups(start, end, &edition)), "made once");
        let rows = rows(start, Some(end), start.date_naive(), &groups);
        let wanted = rows.iter().filter(|row| groups[row.group].places.contains(place));
        let time = |time: NaiveDateTime| time.format("%d %H:%M").to_string();
        wanted.map(|row| (format!("{}-{}", time(row.start), time(row.end.expect("an end"))), row.day_shift)).collect()
    }

    #[test]
    fn clocks_that_show_the_same_are_one_group_and_days_shift() {
        let (start, end) = ("2026-12-03T01:00:00Z", "2026-12-03T03:00:00Z");
        assert_eq!(shown(start, end, "Peru (Lima)"), [("02 20:00-02 22:00".to_owned(), -1)]);
        assert_eq!(shown(start, end, "Spain (Madrid"), [("03 02:00-03 04:00".to_owned(), 0)]);
        // Two days lie between the ends of the Earth.
        let (start, end) = ("2026-12-03T10:30:00Z", "2026-12-03T10:40:00Z");
        assert_eq!(shown(start, end, "Kiritimati"), [("04 00:30-04 00:40".to_owned(), 1)]);
        assert_eq!(shown(start, end, "American Samoa"), [("02 23:30-02 23:40".to_owned(), -1)]);
        assert_eq!(shown(start, end, "Nepal"), [("03 16:15-03 16:25".to_owned(), 0)]);
    }

    #[test]
    fn what_lasts_over_a_change_of_clocks_parts_zones() {
        // Madrid falls back at 01:00 UTC, and Lagos, which shows the same before, does not.
        let (start, end) = ("2026-10-24T22:30:00Z", "2026-10-25T01:30:00Z");
        assert_eq!(shown(start, end, "Spain (Madrid"), [("25 00:30-25 02:30".to_owned(), 1)]);
        assert_eq!(shown(start, end, "South Africa"), [("25 00:30-25 03:30".to_owned(), 1)]);
        // A gap: New York springs forward at 07:00 UTC.
        let (start, end) = ("2026-03-08T06:30:00Z", "2026-03-08T07:30:00Z");
        assert_eq!(shown(start, end, "New York"), [("08 01:30-08 03:30".to_owned(), 0)]);
    }
}
