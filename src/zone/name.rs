//! Zones by the names that people type: identifiers, cities, regions.
//!
//! Case, accents and punctuation do not matter. A name of several places gives all of them, never the largest.
//! Refused are clock abbreviations (`PST`, and `CET` though it is an identifier too): they are offsets, and
//! [`super::abbreviation`] has them. `cities.tsv` lists large cities that no zone is named after, and endonyms, by zone.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Tzdb, Zone, abbreviation, country};

/// What words for a zone mean.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Found {
    /// A zone.
    One(Zone),
    /// Zones with rules of their own, by name; at least two.
    Many(Vec<Zone>),
    /// Nothing known.
    None,
}

/// Last parts of identifiers that are not place names, such as that of `Australia/North`.
const NO_PLACES: [&str; 11] = [
    "north",
    "south",
    "east",
    "west",
    "central",
    "eastern",
    "mountain",
    "pacific",
    "atlantic",
    "general",
    "continental",
];

/// Words around a place: `Berlin time`, `hora de Madrid`, `heure de Paris`.
const AROUND: [(&str, &str); 6] =
    [("", " time"), ("hora de ", ""), ("hora del ", ""), ("heure de ", ""), ("ora di ", ""), ("", "er zeit")];

impl Tzdb {
    /// The zone for an identifier in any case, its last part or parts (`los angeles`, `Buenos Aires`), a large city (`San
    /// Francisco`, `Wien`), or a generic name (`Pacific time`).
    ///
    /// An identifier is kept even if it is a link; other words give the current name of a zone.
    pub fn find(&self, words: &str) -> Found {
        let folded = fold(words);
        if folded.is_empty() {
            return Found::None;
        }
        let generic = abbreviation::generic(&folded).and_then(|name| self.zone(name));
        if generic.is_none() && !abbreviation::meanings(words.trim()).is_empty() {
            return Found::None;
        }
        let identifier = words.trim().replace(' ', "_");
        if let Some(zone) = self.zone(&identifier).or(generic) {
            return Found::One(zone);
        }
        let places = self.places(&folded);
        if places.is_empty() {
            let bare = |(before, after)| folded.strip_prefix(before)?.strip_suffix(after);
            if let Some(place) = AROUND.into_iter().find_map(bare) {
                return self.found(self.places(place));
            }
        }
        self.found(places)
    }

    /// The identifier that is nearest to a misspelt one or to a misspelt city: `Europe/Pari` → `Europe/Paris`.
    pub fn suggest(&self, words: &str) -> Option<&'static str> {
        let folded = fold(words);
        // No name is this long, and comparing costs the product of the lengths.
        if folded.chars().count() > 64 {
            return None;
        }
        let names = self.names();
        let of_zones = names.iter().flat_map(|name| {
            let last = fold(name.rsplit('/').next().unwrap_or(name));
            let place = (!NO_PLACES.contains(&&*last)).then(|| (last, country::target(name)));
            [(fold(name), *name)].into_iter().chain(place)
        });
        let of_cities = cities().flat_map(|(zone, cities)| cities.map(move |city| (fold(city), zone)));
        let near = of_zones.chain(of_cities).filter_map(|(name, zone)| {
            let distance = strsim::osa_distance(&name, &folded);
            let allowed = (folded.chars().count() / 5).max(1);
            // Short names are near to anything.
            let near = distance <= allowed && name.chars().count() > 3;
            near.then_some((distance, country::target(zone) != zone, zone))
        });
        near.min().map(|(_, _, zone)| zone)
    }

    /// Current names of the zones with a folded name as last parts, or with a city of that name.
    fn places(&self, folded: &str) -> Vec<&'static str> {
        let mut places = Vec::new();
        if folded.is_empty() {
            return places;
        }
        if !NO_PLACES.contains(&folded) {
            let named = |name: &&'static str| !name.starts_with("Etc/") && ends_with_parts(name, folded);
            places.extend(self.names().into_iter().filter(named).map(country::target));
        }
        places.extend(CITIES.get(folded).into_iter().flatten());
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The same for the name of a city alone; a country that a zone is named after is none.
    pub(super) fn of_large_city(&self, folded: &str) -> Vec<&'static str> {
        if country::named(folded).is_some() {
            return Vec::new();
        }
        let mut places = self.places(folded);
        places.retain(|name| name.contains('/') && !country::of_zone(name).is_empty());
        places
    }

    fn found(&self, places: Vec<&'static str>) -> Found {
        let mut zones: Vec<_> = places.into_iter().filter_map(|name| self.zone(name)).collect();
        match zones.len() {
            0 => Found::None,
            1 => Found::One(zones.remove(0)),
            _ => Found::Many(zones),
        }
    }
}

/// Zones of `cities.tsv` by folded city.
static CITIES: LazyLock<HashMap<String, Vec<&'static str>>> = LazyLock::new(|| {
    let mut zones: HashMap<String, Vec<&'static str>> = HashMap::new();
    for (zone, cities) in cities() {
        for city in cities {
            zones.entry(fold(city)).or_default().push(zone);
        }
    }
    zones
});

/// Zones of `cities.tsv` with their cities.
fn cities() -> impl Iterator<Item = (&'static str, impl Iterator<Item = &'static str>)> {
    let rows = include_str!("cities.tsv").lines().filter_map(|row| row.split_once('\t'));
    rows.map(|(zone, cities)| (zone, cities.split(", ")))
}

/// Whether an identifier ends with whole parts that are `folded` when folded.
fn ends_with_parts(identifier: &str, folded: &str) -> bool {
    let Some(start) = identifier.len().checked_sub(folded.len()) else { return false };
    let starts_a_part = start == 0 || identifier.as_bytes()[start - 1] == b'/';
    let same = |(byte, wanted): (u8, u8)| match byte {
        b'_' | b'-' | b'/' => wanted == b' ',
        byte => byte.to_ascii_lowercase() == wanted,
    };
    starts_a_part && identifier.bytes().skip(start).zip(folded.bytes()).all(same)
}

/// Small letters without accents; other than letters, digits and `+` becomes one space, apostrophes and dots nothing.
pub(super) fn fold(words: &str) -> String {
    let mut folded = String::with_capacity(words.len());
    for letter in words.chars().flat_map(char::to_lowercase) {
        match letter {
            '\'' | '’' | '.' | '\u{300}'..='\u{36f}' => {}
            _ if letter.is_alphanumeric() || letter == '+' => match plain(letter) {
                "" => folded.push(letter),
                plain => folded.push_str(plain),
            },
            _ if folded.is_empty() || folded.ends_with(' ') => {}
            _ => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// The ASCII letters for a Latin letter with an accent; empty for all else.
fn plain(letter: char) -> &'static str {
    match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'ğ' | 'ģ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => "i",
        'ķ' => "k",
        'ł' | 'ļ' | 'ĺ' | 'ľ' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ř' => "r",
        'ß' => "ss",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ť' | 'ţ' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'ų' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'þ' => "th",
        _ => "",
    }
}
