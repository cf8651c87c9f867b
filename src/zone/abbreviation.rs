//! Clock abbreviations as printed on posters, and the generic names of zones.
//!
//! An abbreviation names an offset, not a zone: `PST` is UTC−8 even in July, when no clock shows it. Each meaning has a
//! representative zone, so that it can be checked for a date. Many abbreviations have several meanings (`CST`, `IST`,
//! `BST`, `AST`), and this module does not choose one. Numeric abbreviations of the tz database and military letters
//! except `Z` are refused.

use std::sync::LazyLock;

use chrono::FixedOffset;

use super::name::fold;

/// Where a meaning is understood.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reach {
    /// Readers elsewhere do.
    World,
    /// Only people of its countries do.
    Home,
}

/// One meaning of an abbreviation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Meaning {
    /// Seconds east of UTC.
    pub seconds: i32,
    /// Where it is understood.
    pub reach: Reach,
    /// A zone whose clocks show it at some time of the year, or did until a year named in `name`.
    pub zone: &'static str,
    /// ISO 3166-1 codes of countries where it is in use, the most populous first.
    pub countries: &'static [&'static str],
    /// In full: `Pacific Standard Time`.
    pub name: &'static str,
    /// The region, for use in a sentence: `the Pacific coast of North America`.
    pub coast: &'static str,
    /// The abbreviation of the same clocks in the other half of the year; `None` if they never change.
    pub partner: Option<&'static str>,
}

/// The meanings of an abbreviation or its full name, ignoring case; empty if it is unknown.
///
/// [`super::reading`] decides between them after a time; there `GMT` is UTC+0 on every date.
pub fn meanings(abbreviation: &str) -> &'static [Meaning] {
    let same = |row: &&(&str, Vec<Meaning>)| row.0.eq_ignore_ascii_case(abbreviation);
    if let Some(row) = MEANINGS.iter().find(same) {
        return &row.1;
    }
    // `Pacific Standard Time` is a name that posters print, and Windows gives to its zones.
    if !abbreviation.contains(' ') {
        return &[];
    }
    let all = MEANINGS.iter().flat_map(|row| &row.1);
    let named = |meaning: &&Meaning| meaning.name.eq_ignore_ascii_case(abbreviation.trim());
    all.filter(named).map(std::slice::from_ref).next().unwrap_or(&[])
}

/// Whether readers elsewhere may take an abbreviation of clocks with an offset for that of others: `CST` of Shanghai and of
/// Chicago, `PST` of Manila, but not of Los Angeles.
pub fn is_ambiguous(abbreviation: &str, offset: FixedOffset) -> bool {
    let worldwide = meanings(abbreviation).iter().filter(|meaning| meaning.reach == Reach::World);
    worldwide.clone().any(|meaning| meaning.seconds != offset.local_minus_utc())
        || (worldwide.count() == 0 && meanings(abbreviation).len() > 1)
}

/// The zone of a generic name, which holds all year: `PT`, `Pacific time`, `UK time`, `hora del Pacífico`.
pub fn generic(words: &str) -> Option<&'static str> {
    let folded = fold(words);
    GENERIC.iter().find(|(_, names)| names.contains(&&*folded)).map(|(zone, _)| *zone)
}

/// The rows of `abbreviations.tsv`: the abbreviation, then the fields of [`Meaning`]. Rows of one abbreviation are
/// consecutive, the most widely used meaning first.
static MEANINGS: LazyLock<Vec<(&str, Vec<Meaning>)>> = LazyLock::new(|| {
    let mut meanings = Vec::<(&str, Vec<Meaning>)>::new();
    for row in include_str!("abbreviations.tsv").lines() {
        let mut cells = row.split('\t');
        let mut cell = || cells.next().unwrap_or_default();
        let (abbreviation, offset) = (cell(), cell());
        let meaning = Meaning {
            // Our own file, which a test below reads whole.
            seconds: offset.parse::<FixedOffset>().expect("an offset").local_minus_utc(),
            reach: if cell() == "home" { Reach::Home } else { Reach::World },
            zone: cell(),
            // Lives as long as this table, which is the process.
            countries: cell().split_whitespace().collect::<Vec<_>>().leak(),
            name: cell(),
            coast: cell(),
            partner: Some(cell()).filter(|partner| !partner.is_empty()),
        };
        match meanings.last_mut() {
            Some((last, of_last)) if *last == abbreviation => of_last.push(meaning),
            _ => meanings.push((abbreviation, vec![meaning])),
        }
    }
    meanings
});

/// Names that are a zone all year, folded.
const GENERIC: &[(&str, &[&str])] = &[
    ("UTC", &["utc", "gmt", "z", "zulu", "universal", "universal time", "coordinated universal time"]),
    ("America/Los_Angeles", &["pt", "pacific", "pacific time", "us pacific", "hora del pacifico", "pacifico"]),
    ("America/Denver", &["mt", "mountain", "mountain time", "us mountain", "hora de la montana"]),
    ("America/Chicago", &["ct", "central", "central time", "us central", "hora del centro"]),
    ("America/New_York", &["et", "eastern", "eastern time", "us eastern", "hora del este"]),
    ("America/Halifax", &["atlantic", "atlantic time", "hora del atlantico"]),
    ("America/St_Johns", &["newfoundland", "newfoundland time"]),
    ("America/Anchorage", &["akt", "alaska", "alaska time"]),
    ("Pacific/Honolulu", &["hawaii", "hawaii time"]),
    ("Europe/London", &["uk", "uk time", "british time", "britain"]),
    ("Europe/Dublin", &["ireland", "irish time", "ireland time"]),
    ("Europe/Brussels", &["central european", "hora central europea"]),
    ("Asia/Kolkata", &["india", "india time", "indian time"]),
    ("Asia/Shanghai", &["china", "china time"]),
    ("Australia/Sydney", &["aet", "australian eastern time"]),
    ("Pacific/Auckland", &["nzt", "nz time", "new zealand", "new zealand time"]),
];

#[cfg(test)]
mod tests {
    use chrono::{Datelike, NaiveDate};

    use super::super::{Resolved, Tzdb, country};
    use super::*;

    #[test]
    fn every_meaning_is_true_of_its_zone() {
        let tzdb = Tzdb::bundled();
        for (abbreviation, meanings) in &*MEANINGS {
            for meaning in meanings {
                let zone = tzdb.zone(meaning.zone).expect(meaning.zone);
                // Iran has had no daylight saving since.
                let year = if *abbreviation == "IRDT" { 2021 } else { 2026 };
                let noons = [1, 7].map(|month| NaiveDate::from_ymd_opt(year, month, 15).unwrap().and_hms_opt(12, 0, 0));
                let offsets = noons.map(|noon| match zone.resolve(noon.unwrap()) {
                    Resolved::Single(instant) => zone.offset_at(instant).seconds(),
                    other => panic!("{noon:?}: {other:?}"),
                });
                assert!(offsets.contains(&meaning.seconds), "{abbreviation} in {zone} of {}", noons[0].unwrap().year());
                for country in meaning.countries {
                    assert!(country::name(country).is_some(), "{country}");
                }
            }
        }
    }

    #[test]
    fn rows_of_one_abbreviation_stand_together() {
        let distinct: std::collections::BTreeSet<_> = MEANINGS.iter().map(|row| row.0).collect();
        assert_eq!(distinct.len(), MEANINGS.len());
    }

    #[test]
    fn partners_name_each_other() {
        for (abbreviation, meanings) in &*MEANINGS {
            for meaning in meanings.iter().filter(|meaning| *abbreviation != "IRDT" && meaning.zone != "Europe/Dublin")
            {
                let Some(partner) = meaning.partner else { continue };
                let back = super::meanings(partner).iter().find(|other| other.zone == meaning.zone).unwrap();
                assert_eq!(back.partner, Some(*abbreviation));
            }
        }
    }

    #[test]
    fn ambiguous_ones_list_their_places() {
        let zones = |abbreviation| meanings(abbreviation).iter().map(|meaning| meaning.zone).collect::<Vec<_>>();
        assert_eq!(
            zones("cst"),
            ["America/Chicago", "America/Mexico_City", "America/Regina", "Asia/Shanghai", "America/Havana"]
        );
        assert_eq!(zones("IST"), ["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"]);
        assert_eq!(zones("PST"), ["America/Los_Angeles", "Asia/Manila"]);
        assert!(zones("XST").is_empty() && zones("").is_empty());
    }

    #[test]
    fn generic_names_are_zones() {
        assert_eq!(generic("PT"), Some("America/Los_Angeles"));
        assert_eq!(generic("UK time"), Some("Europe/London"));
        assert_eq!(generic("hora del Pacífico"), Some("America/Los_Angeles"));
        assert_eq!(generic("PST"), None);
        let tzdb = Tzdb::bundled();
        assert!(GENERIC.iter().all(|(zone, _)| tzdb.zone(zone).is_some()));
    }

    #[test]
    fn what_readers_elsewhere_take_for_another_clock_is_ambiguous() {
        let hours = |hours: i32| FixedOffset::east_opt(hours * 3600).expect("an offset");
        for (abbreviation, offset, expected) in [
            ("CST", 8, true),
            ("CST", -6, true),
            ("CST", -5, true),
            ("PST", 8, true),
            ("PST", -8, false),
            ("BST", 6, true),
            ("BST", 1, false),
            ("CET", 1, false),
            ("KST", 9, false),
            ("UTC", 0, false),
        ] {
            assert_eq!(is_ambiguous(abbreviation, hours(offset)), expected, "{abbreviation} {offset}");
        }
    }
}
