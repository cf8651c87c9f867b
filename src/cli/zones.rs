//! `redletter zones`: zone names with today's offset, abbreviation and next change.

use chrono::Datelike;

use super::{Exit, Global, World, open};
use crate::diagnostic::shorten;
use crate::error::{Error, Result};
use crate::resolve::point::long_date;
use crate::zone::name::Found;
use crate::zone::{Tzdb, Zone, abbreviation, abbreviation_for_people, country, offset_for_people};

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

/// Zones by city, abbreviation, country, or a part of the name.
fn matching(words: &str, tzdb: &Tzdb) -> Vec<&'static str> {
    let lower = words.to_lowercase();
    let mut names: Vec<&'static str> = Vec::new();
    match tzdb.find(words) {
        Found::One(zone) => names.push(zone.name()),
        Found::Many(zones) => names.extend(zones.into_iter().map(Zone::name)),
        Found::None => {}
    }
    names.extend(abbreviation::meanings(words).iter().map(|meaning| meaning.zone));
    for (code, name) in country::all() {
        if name.to_lowercase() == lower || code.eq_ignore_ascii_case(words) {
            names.extend(tzdb.of_country(code));
        }
    }
    if let Some(code) = country::suggest(words) {
        names.extend(tzdb.of_country(code));
    }
    let underscored = lower.replace(' ', "_");
    let begins = |name: &&&str| {
        let name = name.to_lowercase();
        name.match_indices(&underscored).any(|(at, _)| !name[..at].ends_with(|c: char| c.is_ascii_alphanumeric()))
    };
    let all = tzdb.names();
    names.extend(all.iter().filter(begins));
    if names.is_empty() {
        names.extend(all.iter().filter(|name| name.to_lowercase().contains(&underscored)));
    }
    let mut seen = std::collections::HashSet::new();
    names.retain(|name| seen.insert(*name));
    names
}
