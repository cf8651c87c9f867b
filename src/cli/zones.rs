//! `redletter zones`: zone names with today's offset, abbreviation and next change.

use chrono::Datelike;

use super::{Exit, Global, World, open};
use crate::diagnostic::shorten;
use crate::error::{Error, Result};
use crate::language::countries;
use crate::resolve::point::long_date;
use crate::zone::name::Found;
use crate::zone::{Tzdb, Zone, abbreviation, abbreviation_for_people, offset_for_people};

/// Arguments of `zones`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Part of a name, a city, a country, or an abbreviation
    words: Vec<String>,
}

/// Runs it.
pub fn run(args: &Args, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let tzdb = open::tzdb(global, world)?;
    let now = world.now(global)?;
    let words = args.words.join(" ");
    let names = if words.is_empty() { tzdb.names() } else { matching(&words, &tzdb) };
    if names.is_empty() {
        let error = Error::new(format!("no zone for `{}`", shorten(&words)));
        return Err(match tzdb.suggest(&words) {
            Some(near) => error.help(format!("did you mean {near}?")),
            None => error.help("zones are named after a large city nearby; try that, or the country"),
        });
    }
    let width = names.iter().map(|name| name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for name in names {
        let Some(zone) = tzdb.zone(name) else { continue };
        let regime = zone.regime_at(now);
        let offset = offset_for_people(regime.offset);
        let short = abbreviation_for_people(regime);
        let local = now.with_timezone(&zone).naive_local();
        let short = if short == offset { String::new() } else { short.into_owned() };
        let mut line =
            format!("{name:width$}  {:9} {short:5} {} {}", offset, local.format("%a"), local.format("%H:%M"));
        if let Some(change) = zone.next_transition(now).filter(|change| change.before.offset != change.after.offset) {
            let day = change.at.with_timezone(&zone).date_naive();
            let then = offset_for_people(change.after.offset);
            // What lies further off than two years is the end of a list of rules rather than news.
            if day.year() <= now.year() + 2 {
                line.push_str(&format!("  {then} from {}", long_date(day)));
            }
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    world.print(&text)?;
    Ok(Exit::Fine)
}

/// Zones by city, abbreviation, country, or a part of the name, in this order. The beginning of a part of a name counts
/// only where nothing is called by the words: `india` is not Indiana, nor the Indian Ocean.
fn matching(words: &str, tzdb: &Tzdb) -> Vec<&'static str> {
    let underscored = words.to_lowercase().replace(' ', "_");
    let mut names: Vec<&'static str> = Vec::new();
    match tzdb.find(words) {
        Found::One(zone) => names.push(zone.name()),
        Found::Many(zones) => names.extend(zones.into_iter().map(Zone::name)),
        Found::None => {}
    }
    names.extend(abbreviation::meanings(words).iter().map(|meaning| meaning.zone));
    if let Some(code) = countries::suggest(words) {
        names.extend(tzdb.of_country(code));
    }
    let all = tzdb.names();
    let has = |name: &str, is_whole: bool| {
        let name = name.to_lowercase();
        let is_letter = |c: char| c.is_ascii_alphanumeric();
        name.match_indices(&underscored).any(|(at, part)| {
            !(name[..at].ends_with(is_letter) || is_whole && name[at + part.len()..].starts_with(is_letter))
        })
    };
    names.extend(all.iter().copied().filter(|name| has(name, true)));
    if names.is_empty() {
        names.extend(all.iter().copied().filter(|name| has(name, false)));
    }
    if names.is_empty() {
        names.extend(all.iter().copied().filter(|name| name.to_lowercase().contains(&underscored)));
    }
    let mut seen = std::collections::HashSet::new();
    names.retain(|name| seen.insert(*name));
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_country_goes_before_parts_of_names() {
        let tzdb = Tzdb::bundled();
        let found = |words: &str| matching(words, &tzdb);
        assert_eq!(found("india"), ["Asia/Kolkata"]);
        assert!(found("Indiana").len() > 7);
        assert!(found("Indiana").iter().all(|name| name.contains("Indiana")), "{:?}", found("Indiana"));
        assert_eq!(found("Alemania")[0], "Europe/Berlin");
        assert_eq!(found("niger"), ["Africa/Niamey"]);
        assert_eq!(found("york"), ["America/New_York"]);
        assert_eq!(found("madr"), ["Europe/Madrid"]);
        assert_eq!(found("mexico")[0], "America/Mexico_City");
        assert_eq!(found("chile")[0], "America/Santiago");
        assert!(found("nowhere at all").is_empty());
    }
}
