//! The zone that a TZID means.
//!
//! A name of the database is that zone, whatever the VTIMEZONE says: readers do the same. Other names are known by
//! Windows' table or by a prefix; else the VTIMEZONE decides by its behaviour. `windows_zones.tsv` is made from CLDR 48,
//! `supplemental/windowsZones.xml`: name, zone for the world, other zones.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use chrono::{DateTime, FixedOffset, NaiveDateTime, Offset, TimeDelta, Utc};

use super::component::Component;
use super::value::{Stamp, Time};
use super::vtimezone::Definition;
use crate::zone::name::Found;
use crate::zone::{Tzdb, Zone};

/// What a TZID means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Clock {
    /// A zone of the database.
    Zone(Zone),
    /// A zone that only the file defines.
    Own(Rc<Definition>),
    /// An offset.
    Fixed(FixedOffset),
}

/// How a zone was found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum How {
    /// By its name.
    Name,
    /// By a name of another table, or by part of the name.
    OtherName,
    /// By what the file's VTIMEZONE does.
    Behaviour,
    /// By its name, although the file's VTIMEZONE does something else.
    NameAgainstDefinition,
}

/// A TZID that means nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unknown {
    /// As written.
    pub name: String,
    /// The name that is nearest to it.
    pub nearest: Option<&'static str>,
}

/// The zones that definitions behave as, by name and by the years that count.
type ByBehaviour = HashMap<(String, (i32, i32)), Option<Zone>>;

/// The zones that times in a file may name.
#[derive(Debug)]
pub struct Zones<'z> {
    tzdb: &'z Tzdb,
    /// The zone of the calendar.
    home: Option<Zone>,
    own: HashMap<String, Rc<Definition>>,
    by_name: RefCell<HashMap<String, Option<(Zone, How)>>>,
    by_behaviour: RefCell<ByBehaviour>,
}

impl Clock {
    /// The instant of a local time.
    pub fn instant(&self, wall: NaiveDateTime) -> DateTime<Utc> {
        match self {
            Clock::Zone(zone) => zone.instant(wall),
            Clock::Own(definition) => definition.instant(wall),
            Clock::Fixed(offset) => wall.checked_sub_offset(*offset).unwrap_or(wall).and_utc(),
        }
    }

    /// The offset at an instant.
    pub fn offset_at(&self, at: DateTime<Utc>) -> FixedOffset {
        match self {
            Clock::Zone(zone) => at.with_timezone(zone).offset().fix(),
            Clock::Own(definition) => definition.offset_at(at),
            Clock::Fixed(offset) => *offset,
        }
    }

    /// The local time of an instant.
    pub fn wall(&self, at: DateTime<Utc>) -> NaiveDateTime {
        at.with_timezone(&self.offset_at(at)).naive_local()
    }
}

/// The rows of Windows' names.
fn windows() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    include_str!("windows_zones.tsv").lines().filter_map(|row| {
        let mut cells = row.split('\t');
        Some((cells.next()?, cells.next()?, cells.next().unwrap_or_default()))
    })
}

/// The main zone of each of Windows' names, those of many zones first.
pub(super) fn principal() -> Vec<&'static str> {
    let mut rows: Vec<_> = windows().filter(|(_, zone, _)| !zone.starts_with("Etc/")).collect();
    rows.sort_by_key(|(.., others)| std::cmp::Reverse(others.split_whitespace().count()));
    rows.into_iter().map(|(_, zone, _)| zone).collect()
}

impl<'z> Zones<'z> {
    /// No zones but those of the database.
    pub fn new(tzdb: &'z Tzdb, home: Option<Zone>) -> Self {
        Zones { tzdb, home, own: HashMap::new(), by_name: RefCell::default(), by_behaviour: RefCell::default() }
    }

    /// The zone of the calendar.
    pub fn home(&self) -> Option<Zone> {
        self.home
    }

    /// The zone that is always that many hours east of UTC.
    pub fn etc(&self, hours: i32) -> Option<Zone> {
        // The signs of these names are those of POSIX.
        if hours == 0 { Some(Zone::utc()) } else { self.tzdb.zone(&format!("Etc/GMT{:+}", -hours)) }
    }

    /// Adds a VTIMEZONE. Without effect if it says nothing.
    pub fn define(&mut self, component: &Component<'_>) {
        let Some(line) = component.property("TZID") else { return };
        if let Some(definition) = Definition::of(component) {
            self.own.insert(line.value.trim().to_owned(), Rc::new(definition));
        }
    }

    /// The zone of a TZID that is used in these years.
    pub fn find(&self, name: &str, years: (i32, i32)) -> Result<(Clock, How), Unknown> {
        let known = self.by_name.borrow().get(name).copied();
        let by_name = known.unwrap_or_else(|| {
            let found = self.named(name);
            self.by_name.borrow_mut().insert(name.to_owned(), found);
            found
        });
        if let Some((zone, how)) = by_name {
            let is_contradicted = how == How::Name && self.is_contradicted(name, zone, years);
            return Ok((Clock::Zone(zone), if is_contradicted { How::NameAgainstDefinition } else { how }));
        }
        let Some(definition) = self.own.get(name) else {
            if let Some(offset) = offset_name(name) {
                return Ok((Clock::Fixed(offset), How::OtherName));
            }
            if let Some(zone) = self.described(name) {
                return Ok((Clock::Zone(zone), How::OtherName));
            }
            return Err(Unknown { name: name.to_owned(), nearest: self.tzdb.suggest(name) });
        };
        let key = (name.to_owned(), years);
        let known = self.by_behaviour.borrow().get(&key).copied();
        let zone = known.unwrap_or_else(|| {
            let mut preferred: Vec<Zone> = self.home.into_iter().collect();
            preferred.extend(self.described(name));
            let neighbours = self.home.into_iter().flat_map(Zone::countries);
            let neighbours = neighbours.flat_map(|country| self.tzdb.of_country(country));
            preferred.extend(neighbours.filter_map(|name| self.tzdb.zone(name)));
            let zone = definition.zone(self.tzdb, &preferred, years);
            self.by_behaviour.borrow_mut().insert(key, zone);
            zone
        });
        Ok((zone.map_or_else(|| Clock::Own(Rc::clone(definition)), Clock::Zone), How::Behaviour))
    }

    /// Whether the VTIMEZONE of that name is never what the zone of that name is: another zone was meant.
    fn is_contradicted(&self, name: &str, zone: Zone, years: (i32, i32)) -> bool {
        let Some(definition) = self.own.get(name) else { return false };
        let key = (name.to_owned(), years);
        if let Some(known) = self.by_behaviour.borrow().get(&key) {
            return known.is_some();
        }
        // Definitions that lack old or new rules are common, and mean the zone of the name all the same.
        let is_same = definition.behaves_as(zone, years, TimeDelta::days(1));
        let is_other = !is_same && definition.zone(self.tzdb, &[], years).is_some();
        self.by_behaviour.borrow_mut().insert(key, is_other.then_some(zone));
        is_other
    }

    /// The zone of a name by itself.
    fn named(&self, name: &str) -> Option<(Zone, How)> {
        let name = name.trim().trim_matches('"');
        if let Some(zone) = self.tzdb.zone(name) {
            return Some((zone, How::Name));
        }
        let other = |zone: Zone| Some((zone, How::OtherName));
        // `/mozilla.org/20050126_1/Europe/Madrid`, `/citadel.org/20190805_1/America/Argentina/Ushuaia`
        let mut rest = name;
        while let Some((_, after)) = rest.split_once('/') {
            rest = after;
            if rest.contains('/')
                && let Some(zone) = self.tzdb.zone(rest)
            {
                return other(zone);
            }
        }
        if name.eq_ignore_ascii_case("tzone://Microsoft/Utc") || name.eq_ignore_ascii_case("Z") {
            return other(Zone::utc());
        }
        let definition = self.own.get(name);
        if let Some(zone) = definition.and_then(|definition| self.tzdb.zone(definition.location.as_deref()?)) {
            return other(zone);
        }
        // Exchange numbers zones whose definitions differ: `GMT Standard Time 1`.
        let bare = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
        let bare = if definition.is_none() { bare } else { name };
        let (_, principal, others) = windows().find(|(windows, ..)| bare.eq_ignore_ascii_case(windows))?;
        let home =
            self.home.filter(|home| home.name() == principal || others.split(' ').any(|zone| zone == home.name()));
        other(home.or_else(|| self.tzdb.zone(principal))?)
    }

    /// The zone that a description such as `(UTC+01:00) Amsterdam, Berlin, Bern` names: the one that all of its places
    /// have that are known.
    fn described(&self, name: &str) -> Option<Zone> {
        let words = match name.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
            Some((offset, rest)) if offset.starts_with("UTC") || offset.starts_with("GMT") => rest,
            _ => name,
        };
        let places = words.split([',', '/']).map(str::trim).filter(|place| place.len() > 2).take(8);
        let mut places = places;
        places.find_map(|place| match self.tzdb.find(place) {
            Found::One(zone) => Some(zone),
            Found::Many(_) | Found::None => None,
        })
    }

    /// The instant of a time that is not a date; a floating one is in `floating`.
    pub fn instant(&self, time: &Time, floating: &Clock) -> Result<DateTime<Utc>, Unknown> {
        Ok(match time.stamp {
            Stamp::Utc(wall) => wall.and_utc(),
            Stamp::Offset(wall, offset) => wall.checked_sub_offset(offset).unwrap_or(wall).and_utc(),
            Stamp::Day(day) => floating.instant(day.and_time(chrono::NaiveTime::MIN)),
            Stamp::Local(wall) => match &time.zone {
                Some(name) => {
                    let year = chrono::Datelike::year(&wall);
                    self.find(name, (year, year))?.0.instant(wall)
                }
                None => floating.instant(wall),
            },
        })
    }
}

/// `UTC+02:00`, `GMT-5`, `+0200`.
fn offset_name(name: &str) -> Option<FixedOffset> {
    let name = name.trim();
    let rest = name.strip_prefix("UTC").or_else(|| name.strip_prefix("GMT")).unwrap_or(name).trim_start();
    let (sign, digits) = rest.split_at_checked(1).filter(|(sign, _)| matches!(*sign, "+" | "-"))?;
    let digits =
        if digits.len() == 1 || digits.find(':') == Some(1) { format!("0{digits}") } else { digits.to_owned() };
    super::value::offset(&format!("{sign}{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str, home: Option<&str>) -> Option<String> {
        let tzdb = Tzdb::bundled();
        let home = home.and_then(|home| tzdb.zone(home));
        match Zones::new(&tzdb, home).find(name, (2020, 2026)) {
            Ok((Clock::Zone(zone), _)) => Some(zone.name().to_owned()),
            Ok((Clock::Fixed(offset), _)) => Some(offset.to_string()),
            Ok((Clock::Own(_), _)) | Err(_) => None,
        }
    }

    #[test]
    fn names_of_every_kind_are_known() {
        for (name, expected) in [
            ("Europe/Madrid", "Europe/Madrid"),
            ("/mozilla.org/20050126_1/Europe/Madrid", "Europe/Madrid"),
            ("/citadel.org/20190805_1/America/Argentina/Ushuaia", "America/Argentina/Ushuaia"),
            ("W. Europe Standard Time", "Europe/Berlin"),
            ("eastern standard time", "America/New_York"),
            ("GMT Standard Time 1", "Europe/London"),
            ("/Europe/Vienna", "Europe/Vienna"),
            ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Amsterdam"),
            ("tzone://Microsoft/Utc", "UTC"),
            ("GMT+02:00", "+02:00"),
            ("UTC-5", "-05:00"),
        ] {
            assert_eq!(zone(name, None).as_deref(), Some(expected), "{name}");
        }
        assert_eq!(zone("W. Europe Standard Time", Some("Europe/Vienna")).as_deref(), Some("Europe/Vienna"));
        assert_eq!(zone("Customized Time Zone", None), None);
    }

    #[test]
    fn an_unknown_name_has_a_nearest_one() {
        let tzdb = Tzdb::bundled();
        let unknown = Zones::new(&tzdb, None).find("Europe/Madird", (2026, 2026)).expect_err("unknown");
        assert_eq!(unknown.nearest, Some("Europe/Madrid"));
    }

    #[test]
    fn every_zone_of_windows_is_in_the_database() {
        let tzdb = Tzdb::bundled();
        let names = windows().flat_map(|(_, zone, others)| std::iter::once(zone).chain(others.split_whitespace()));
        let missing: Vec<&str> = names.filter(|name| tzdb.zone(name).is_none()).collect();
        assert_eq!(missing, Vec::<&str>::new());
        assert!(windows().count() > 100);
    }
}
