//! Zones as people type them: names, cities, countries in any of our languages, abbreviations.

use chrono::{DateTime, Utc};

use super::countries;
use crate::diagnostic::shorten;
use crate::error::{Error, Result};
use crate::zone::abbreviation::Meaning;
use crate::zone::name::Found;
use crate::zone::place::{Clock, distinct_clocks};
use crate::zone::reading::{self, Home, Reading, Time};
use crate::zone::{Tzdb, Zone, abbreviation, abbreviation_for_people, country, offset_for_people};

/// A zone that words mean.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NamedZone {
    /// The zone.
    pub zone: Zone,
    /// What the reader should know of the choice.
    pub note: Option<String>,
}

/// Reads a zone as people type it. An abbreviation is read as after a time at the instant `at`, in a record of the zone
/// `home`; if it is not in force then, the zone of its place is used, and a note says so.
///
/// # Errors
/// The words match no zone, or several; the error lists the candidates.
pub fn named_zone(words: &str, home: Option<Zone>, at: DateTime<Utc>, tzdb: &Tzdb) -> Result<NamedZone> {
    let words = words.trim();
    let is_abbreviation = !abbreviation::meanings(words).is_empty() && !reading::is_universal(words);
    let exactly = tzdb.zone(words).filter(|_| !is_abbreviation);
    if let Some(zone) = exactly {
        return Ok(NamedZone { zone, note: None });
    }
    match reading::read(words, Time::Instant(at), &Home { zone: home, country: None }, tzdb) {
        None => place(words, at, home, tzdb).map(|zone| NamedZone { zone, note: None }),
        Some(Reading::One(sense)) => Ok(NamedZone { zone: sense.zone, note: None }),
        Some(Reading::OtherHalf { zone, .. }) => {
            let offset = abbreviation::meanings(words).iter().find(|meaning| meaning.zone == zone.name());
            Ok(NamedZone { zone, note: Some(note(words, zone, at, offset)) })
        }
        Some(Reading::NotInForce(meaning)) => {
            let zone = tzdb.zone(meaning.zone).ok_or_else(|| unknown(words, "give a city or a zone".into()))?;
            Ok(NamedZone { zone, note: Some(note(words, zone, at, Some(meaning))) })
        }
        Some(Reading::Several(senses)) => Err(several_clocks(words, senses.iter().map(|sense| sense.zone.name()))),
        Some(Reading::Elsewhere([meaning])) => {
            let zone = tzdb.zone(meaning.zone).ok_or_else(|| unknown(words, "give a city or a zone".into()))?;
            Ok(NamedZone { zone, note: None })
        }
        Some(Reading::Elsewhere(meanings)) => Err(several_clocks(words, meanings.iter().map(|meaning| meaning.zone))),
    }
}

fn several_clocks(words: &str, zones: impl Iterator<Item = &'static str>) -> Error {
    Error::new(format!("{} is the name of several clocks", shorten(words)))
        .help(format!("give one of {}", zones.collect::<Vec<_>>().join(", ")))
}

fn unknown(words: &str, help: String) -> Error {
    Error::new(format!("no time zone `{}`", shorten(words))).help(help)
}

/// What to say of an abbreviation that clocks do not show at the time.
fn note(words: &str, zone: Zone, at: DateTime<Utc>, meaning: Option<&Meaning>) -> String {
    let shown = abbreviation_for_people(zone.regime_at(at));
    let day = at.with_timezone(&zone).format("%-d %B %Y");
    let words = shorten(words).to_uppercase();
    let mut note = format!("{words} is not in force on {day}; {zone} is shown, whose clocks are at {shown} then");
    if let Some(meaning) = meaning
        && meaning.seconds % 3600 == 0
        && let Some(offset) = chrono::FixedOffset::east_opt(meaning.seconds)
    {
        // POSIX signs: Etc/GMT+5 is UTC-5.
        note.push_str(&format!(" (for {}, give Etc/GMT{:+})", offset_for_people(offset), -meaning.seconds / 3600));
    }
    note
}

/// A city, a country, or both.
fn place(words: &str, at: DateTime<Utc>, home: Option<Zone>, tzdb: &Tzdb) -> Result<Zone> {
    let sign = words.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    if sign.starts_with(['+', '-', '−']) && sign.chars().nth(1).is_some_and(|c| c.is_ascii_digit()) {
        return Err(Error::new(format!("`{}` is an offset, not a zone", shorten(words)))
            .help("give a city or a zone: an offset does not say what the clocks do after the next change"));
    }
    let one_of = |message: String, zones: &[Zone]| {
        let names: Vec<&str> = zones.iter().take(12).map(|zone| zone.name()).collect();
        Err(Error::new(message).help(format!("give one of {}", names.join(", "))))
    };
    // A country goes before a zone or a city of its name; a code of two letters may be a clock.
    if words.chars().count() > 3
        && let Some(code) = countries::only(words)
        && let Clock::Several(zones) = tzdb.of_place(code, None, at, home)
    {
        return one_of(format!("`{}` has several clocks", shorten(words)), &distinct_clocks(zones, at));
    }
    match tzdb.find(words) {
        Found::One(zone) => return Ok(zone),
        Found::Many(zones) => return one_of(format!("several zones are called `{}`", shorten(words)), &zones),
        Found::None => {}
    }
    if let Some((city, land)) = words.rsplit_once(',') {
        let (city, land) = (city.trim(), land.trim());
        return match countries::suggest(land).map(|code| tzdb.of_place(code, Some(city), at, home)) {
            Some(Clock::One(zone)) => Ok(zone),
            Some(Clock::Several(zones)) => {
                one_of(format!("the zone of `{}` is not known, and {land} has several", shorten(city)), &zones)
            }
            // `Portland, Oregon`: the city is before the comma.
            Some(Clock::Unknown) | None => place(city, at, home, tzdb),
        };
    }
    if let codes @ [_, _, ..] = &countries::named(words)[..] {
        return Err(Error::new(format!("several countries are called `{}`", shorten(words))).help(format!(
            "give one of {}",
            codes.iter().filter_map(|code| country::name(code)).collect::<Vec<_>>().join(", ")
        )));
    }
    if let Some(code) = countries::suggest(words) {
        return match tzdb.of_place(code, None, at, home) {
            Clock::One(zone) => Ok(zone),
            Clock::Several(zones) => {
                one_of(format!("`{}` has several clocks", shorten(words)), &distinct_clocks(zones, at))
            }
            Clock::Unknown => Err(unknown(words, "`redletter zones WORDS` finds zones by city or country".into())),
        };
    }
    match tzdb.of_city_anywhere(words, at, home) {
        Clock::One(zone) => return Ok(zone),
        Clock::Several(zones) => return one_of(format!("several cities are called `{}`", shorten(words)), &zones),
        Clock::Unknown => {}
    }
    Err(match tzdb.suggest(words) {
        Some(near) => {
            unknown(words, format!("did you mean {near}? `redletter zones WORDS` finds zones by city or country"))
        }
        None => unknown(words, "`redletter zones WORDS` finds zones by city or country".into()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_named_in_any_language() {
        let tzdb = Tzdb::bundled();
        let at = DateTime::from_timestamp(1_796_000_000, 0).unwrap();
        let zone = |words: &str| match named_zone(words, None, at, &tzdb) {
            Ok(named) => named.zone.name().to_owned(),
            Err(error) => error.to_string(),
        };
        assert_eq!(zone("Alemania"), "Europe/Berlin");
        assert_eq!(zone("日本"), "Asia/Tokyo");
        assert_eq!(zone("New York, États-Unis"), "America/New_York");
        assert_eq!(zone("Corée"), "several countries are called `Corée`");
        for words in ["Mexico", "México", "China", "New Zealand", "Spain", "España"] {
            assert_eq!(zone(words), format!("`{words}` has several clocks"));
        }
        let australia = format!("{:?}", named_zone("Australia", None, at, &tzdb).expect_err("several clocks"));
        assert!(["Australia/Melbourne", "Australia/Perth"].iter().all(|zone| australia.contains(zone)), "{australia}");
        assert_eq!(zone("Mexico City"), "America/Mexico_City");
        assert_eq!(zone("Singapore"), "Singapore");
        assert_eq!(zone("PT"), "America/Los_Angeles");
        let spain = named_zone("Spain", None, at, &tzdb).expect_err("two clocks");
        assert!(format!("{spain:?}").contains("give one of Europe/Madrid, Atlantic/Canary"), "{spain:?}");
        assert_eq!(zone("Narnia"), "no time zone `Narnia`");
    }
}
