//! Zones as people type them: names, cities, countries, abbreviations that mean one clock.

use super::name::Found;
use super::{Tzdb, Zone, abbreviation, country};
use crate::diagnostic::shorten;
use crate::error::{Error, Result};

/// A zone as people type it.
///
/// # Errors
/// Words that mean no zone, or several; the error names those that may be meant.
pub fn named(words: &str, tzdb: &Tzdb) -> Result<Zone> {
    let unknown = |help: String| Error::new(format!("no time zone `{}`", shorten(words))).help(help);
    if let Some(zone) = tzdb.zone(words) {
        return Ok(zone);
    }
    let meanings = abbreviation::meanings(words);
    match meanings {
        [] => {}
        [one] => return tzdb.zone(one.zone).ok_or_else(|| unknown(format!("did you mean {}?", one.zone))),
        several => {
            let zones: Vec<&str> = several.iter().map(|meaning| meaning.zone).collect();
            return Err(Error::new(format!("{} is the name of several clocks", shorten(words)))
                .help(format!("give one of {}", zones.join(", "))));
        }
    }
    let sign = words.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    if sign.starts_with(['+', '-', '−']) && sign.chars().nth(1).is_some_and(|c| c.is_ascii_digit()) {
        return Err(Error::new(format!("`{}` is an offset, and no zone", shorten(words)))
            .help("give a city or a zone: an offset does not say what the clocks do after the next change"));
    }
    match tzdb.find(words) {
        Found::One(zone) => Ok(zone),
        Found::Many(zones) => {
            let names: Vec<&str> = zones.iter().take(12).map(|zone| zone.name()).collect();
            Err(Error::new(format!("several zones are called `{}`", shorten(words)))
                .help(format!("give one of {}", names.join(", "))))
        }
        Found::None if words.contains(',') => {
            // `London, UK`: what stands before the comma is the city.
            named(words.split(',').next().unwrap_or_default().trim(), tzdb)
        }
        Found::None if country::suggest(words).is_some_and(|code| tzdb.of_country(code).len() == 1) => {
            let name = country::suggest(words).map(|code| tzdb.of_country(code)[0]).unwrap_or_default();
            tzdb.zone(name).ok_or_else(|| unknown(format!("did you mean {name}?")))
        }
        Found::None if country::suggest(words).is_some() => {
            let names = country::suggest(words).map(|code| tzdb.of_country(code)).unwrap_or_default();
            Err(Error::new(format!("`{}` has several zones", shorten(words)))
                .help(format!("give one of {}", names.iter().take(12).copied().collect::<Vec<_>>().join(", "))))
        }
        Found::None => Err(match tzdb.suggest(words) {
            Some(near) => {
                unknown(format!("did you mean {near}? `redletter zones WORDS` finds zones by city or country"))
            }
            None => unknown("`redletter zones WORDS` finds zones by city or country".into()),
        }),
    }
}
