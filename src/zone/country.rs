//! Countries: names, codes and time zones.
//!
//! `countries.tsv` has one row per country: alpha-2, alpha-3, short English name, its zones in `zone.tab`, and additional
//! ones in `zone1970.tab`. `links.tsv` maps old identifiers to zones in `zone.tab`. Both are generated from the
//! public-domain files of tz 2026f, with abbreviated names written out; `tests/zones.rs` compares them with the newest
//! release. Links between countries, such as tz's from Stockholm to Berlin, are not followed: they mean that clocks have
//! agreed since 1970, not that a place is in a country.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::name::fold;

struct Country {
    code: &'static str,
    alpha3: &'static str,
    name: &'static str,
    zones: Box<[&'static str]>,
}

struct Table {
    /// Sorted by code.
    countries: Vec<Country>,
    /// Codes by folded name, and by the codes themselves in small letters.
    by_name: HashMap<String, &'static str>,
    /// Codes by zone.
    of_zone: HashMap<&'static str, Vec<&'static str>>,
    /// Targets by link.
    links: HashMap<&'static str, &'static str>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut countries = Vec::new();
    let mut of_zone = HashMap::<_, Vec<_>>::new();
    let mut also = Vec::new();
    for row in include_str!("countries.tsv").lines() {
        let mut cells = row.split('\t');
        let mut cell = || cells.next().unwrap_or_default();
        let (code, alpha3, name) = (cell(), cell(), cell());
        let zones: Box<[_]> = cell().split_whitespace().collect();
        for zone in &zones {
            of_zone.entry(*zone).or_default().push(code);
        }
        also.extend(cell().split_whitespace().map(|zone| (zone, code)));
        countries.push(Country { code, alpha3, name, zones });
    }
    // After the loop, so that a zone's own country is first.
    for (zone, code) in also {
        of_zone.entry(zone).or_default().push(code);
    }
    let links = include_str!("links.tsv").lines().filter_map(|row| row.split_once('\t')).collect();
    // A sheet of a million rows asks for a million countries.
    let mut by_name = HashMap::new();
    for country in countries.iter().rev() {
        by_name.insert(fold(country.name), country.code);
    }
    for country in &countries {
        by_name.insert(country.alpha3.to_ascii_lowercase(), country.code);
        by_name.insert(country.code.to_ascii_lowercase(), country.code);
    }
    Table { countries, by_name, of_zone, links }
});

/// Names that people use and the table does not, folded, sorted.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("america", "US"),
    ("bolivia plurinational state of", "BO"),
    ("bosnia", "BA"),
    ("brasil", "BR"),
    ("britain", "GB"),
    ("brunei darussalam", "BN"),
    ("burma", "MM"),
    ("cabo verde", "CV"),
    ("congo", "CG"),
    ("czech republic", "CZ"),
    ("deutschland", "DE"),
    ("dr congo", "CD"),
    ("drc", "CD"),
    ("east timor", "TL"),
    ("ellada", "GR"),
    ("england", "GB"),
    ("espana", "ES"),
    ("great britain", "GB"),
    ("holland", "NL"),
    ("iran islamic republic of", "IR"),
    ("italia", "IT"),
    ("ivory coast", "CI"),
    ("korea", "KR"),
    ("macau", "MO"),
    ("macedonia", "MK"),
    ("northern ireland", "GB"),
    ("osterreich", "AT"),
    ("polska", "PL"),
    ("republic of ireland", "IE"),
    ("russian federation", "RU"),
    ("schweiz", "CH"),
    ("scotland", "GB"),
    ("state of palestine", "PS"),
    ("suisse", "CH"),
    ("sverige", "SE"),
    ("swaziland", "SZ"),
    ("syrian arab republic", "SY"),
    ("the gambia", "GM"),
    ("the netherlands", "NL"),
    ("turkiye", "TR"),
    ("uae", "AE"),
    ("uk", "GB"),
    ("united states of america", "US"),
    ("usa", "US"),
    ("vatican", "VA"),
    ("viet nam", "VN"),
    ("wales", "GB"),
];

/// The short English name of a country, by its ISO 3166-1 alpha-2 code in capitals.
pub fn name(code: &str) -> Option<&'static str> {
    find(code).map(|country| country.name)
}

/// All countries, code and short English name, by code.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.countries.iter().map(|country| (country.code, country.name))
}

/// Names that several countries go by; a guess would be wrong for some.
const SHARED_NAMES: [&str; 6] = ["america", "congo", "guinea", "korea", "macedonia", "micronesia"];

/// The code that is written as it should be.
pub fn code(words: &str) -> Option<&'static str> {
    find(words).map(|country| country.code)
}

/// The code of a country by its exact English name, its alpha-3 code or its code in small letters.
pub fn named(words: &str) -> Option<&'static str> {
    let folded = fold(words);
    if SHARED_NAMES.contains(&&*folded) && name(&folded.to_ascii_uppercase()).is_none() {
        return TABLE.countries.iter().find(|country| fold(country.name) == folded).map(|country| country.code);
    }
    exact(&folded)
}

fn exact(folded: &str) -> Option<&'static str> {
    if let Ok(index) = OTHER_NAMES.binary_search_by_key(&folded, |(name, _)| *name) {
        return Some(OTHER_NAMES[index].1);
    }
    TABLE.by_name.get(folded).copied()
}

/// The code to suggest for an English name, an alpha-3 code or a lower-case code.
pub fn suggest(words: &str) -> Option<&'static str> {
    let folded = fold(words);
    if let Some(code) = exact(&folded) {
        return Some(code);
    }
    let near = TABLE.countries.iter().map(|country| {
        let distance = strsim::osa_distance(&fold(country.name), &folded);
        (distance, country.code)
    });
    near.filter(|(distance, _)| distance * 4 <= folded.chars().count()).min().map(|(_, code)| code)
}

/// The zones of a country by `zone.tab`, in its order.
pub(super) fn zones(code: &str) -> &'static [&'static str] {
    find(code).map_or(&[], |country| &country.zones)
}

/// The countries that keep a zone; those of its target for a link.
pub(super) fn of_zone(name: &str) -> &'static [&'static str] {
    TABLE.of_zone.get(target(name)).map_or(&[], Vec::as_slice)
}

/// The zone of `zone.tab` that a link is an older name of; the name itself where it is none.
pub(super) fn target(name: &str) -> &str {
    TABLE.links.get(name).copied().unwrap_or(name)
}

fn find(code: &str) -> Option<&'static Country> {
    let index = TABLE.countries.binary_search_by_key(&code, |country| country.code).ok()?;
    Some(&TABLE.countries[index])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_assigned_code_has_a_name() {
        assert_eq!(all().count(), 249);
        assert!(all().map(|(code, _)| code).is_sorted());
        assert_eq!(name("GB"), Some("United Kingdom"));
        assert_eq!(name("UK"), None);
        assert_eq!(name("gb"), None);
    }

    #[test]
    fn names_and_slips_lead_to_a_code() {
        assert!(OTHER_NAMES.is_sorted());
        for (words, code) in [
            ("France", "FR"),
            ("fr", "FR"),
            ("UK", "GB"),
            ("USA", "US"),
            ("deu", "DE"),
            ("Germny", "DE"),
            ("españa", "ES"),
            ("Cote d'Ivoire", "CI"),
        ] {
            assert_eq!(suggest(words), Some(code), "{words}");
        }
        assert_eq!(suggest("Narnia"), None);
        assert_eq!(suggest(""), None);
    }

    #[test]
    fn a_zone_is_in_the_countries_that_keep_it() {
        assert_eq!(of_zone("Europe/Paris"), ["FR", "MC"]);
        assert_eq!(of_zone("Asia/Calcutta"), ["IN"]);
        assert_eq!(of_zone("US/Pacific"), ["US"]);
        assert_eq!(of_zone("Europe/Stockholm"), ["SE"]);
        assert_eq!(of_zone("Europe/Brussels"), ["BE", "LU", "NL"]);
        assert!(of_zone("UTC").is_empty());
        assert_eq!(zones("FR"), ["Europe/Paris"]);
        assert!(zones("XX").is_empty());
    }
}
