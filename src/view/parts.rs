//! What belongs to an action day, country by country.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};

use super::words;
use crate::calendar::Calendar;
use crate::diagnostic::visible;
use crate::event::{Country, Event, Status, When};
use crate::language::{DateStyle, Language, Word};
use crate::schedule;
use crate::zone::{Zone, abbreviation_for_people};

/// Events by the id of their parent.
pub type Parts<'c> = HashMap<&'c str, Vec<&'c Event>>;

/// Places that DESCRIPTION lists; calendar programs show no more than a screen of it.
const MOST_PLACES: usize = 40;

/// Sorted by country and city, events without a place last; then by start and id.
pub fn by_place(mut parts: Vec<&Event>) -> Vec<&Event> {
    parts.sort_by_cached_key(|event| (place_key(event), starts(event), event.id.clone()));
    parts
}

/// The sort key by place: country, then city; events without either come last.
pub fn place_key(event: &Event) -> (bool, &str, bool, String) {
    let country = country(event).map(Country::name);
    let city = city(event);
    (
        country.is_none() && city.is_none(),
        country.unwrap_or("~"),
        city.is_none(),
        city.map(crate::text::fold).unwrap_or_default(),
    )
}

/// The country that an event is in.
pub fn country(event: &Event) -> Option<Country> {
    event.location.as_deref()?.country
}

/// The city that an event is in.
pub fn city(event: &Event) -> Option<&str> {
    event.location.as_deref()?.city.as_deref()
}

/// The city whose clock an event goes by, as people there call it: that of the event, unless it lies in another country
/// than the zone.
pub fn clock_city(event: &Event, zone: Zone) -> String {
    let countries = zone.countries();
    let is_there = country(event).is_none_or(|country| countries.is_empty() || countries.contains(&country.code()));
    city(event).filter(|_| is_there).map_or_else(|| zone.city(), |city| visible(city.chars()))
}

fn starts(event: &Event) -> DateTime<Utc> {
    event.when.start_instant().unwrap_or_else(|| event.when.wall().and_utc())
}

/// When a part is, by its own clock: its hours where it is on the day of `whole`, and else the date too.
pub fn times(part: &Event, whole: &Event, language: Language) -> String {
    times_of(&part.when, whole.when.first_day(), language)
}

fn times_of(when: &When, day: NaiveDate, language: Language) -> String {
    let mut out = String::new();
    let first = when.first_day();
    if first != day {
        out.push_str(&language.date(DateStyle::ShortYear, first));
    }
    let hours = || language.time(when.wall().time());
    let hours = match *when {
        When::AllDay(_) => None,
        When::Zoned { zone, start, .. } => {
            Some(format!("{} {}", hours(), abbreviation_for_people(zone.regime_at(start))))
        }
        When::Fixed { .. } | When::Floating { .. } => Some(hours()),
    };
    if let Some(hours) = hours {
        if !out.is_empty() {
            out.push_str(", ");
        }
        out.push_str(&hours);
    }
    out
}

/// The times of a part on the day of an occurrence at `when` of its whole. A part that repeats and is not on that day has none; the
/// rule of a series is read for all of its days, so that no abbreviation fits.
fn times_on(part: &Event, when: &When, is_series: bool, language: Language) -> String {
    let day = when.first_day();
    if part.repeat.is_none() {
        return times_of(&part.when, day, language);
    }
    match schedule::on(part, day) {
        Some(one) if is_series && !one.when.is_all_day() => language.time(one.when.wall().time()),
        Some(one) => times_of(&one.when, day, language),
        None => String::new(),
    }
}

/// The places of an action day, or of its occurrence at `when`, as lines for DESCRIPTION; `None` without places.
pub fn places<'e>(
    whole: &Event,
    (when, is_series): (&When, bool),
    parts: &[&'e Event],
    language: Language,
    title: impl Fn(&'e Event) -> &'e str,
) -> Option<String> {
    if parts.is_empty() {
        return None;
    }
    let mut out = language.word(Word::LocalEvents).to_owned();
    out.push(':');
    for part in by_place(parts.to_vec()).iter().take(MOST_PLACES) {
        out.push('\n');
        out.push_str(&words::prefix(part.status, language).unwrap_or_default());
        let begin = out.len();
        if let Some(location) = &part.location {
            words::push_location(location, language, &mut out);
        }
        if out.len() == begin || part.title != whole.title {
            if out.len() > begin {
                out.push_str(": ");
            }
            out.push_str(title(part));
        }
        let times = times_on(part, when, is_series, language);
        if !times.is_empty() && part.status != Status::Cancelled {
            out.push_str(" – ");
            out.push_str(&times);
        }
    }
    if parts.len() > MOST_PLACES {
        out.push('\n');
        out.push_str(&words::and_more(parts.len() - MOST_PLACES, language));
    }
    Some(out)
}

/// The parts in each country, by its name, and at the end those at no place.
pub fn countries<'c>(parts: &[&'c Event]) -> Vec<(Option<Country>, Vec<&'c Event>)> {
    let mut countries: BTreeMap<_, (Option<Country>, Vec<&Event>)> = BTreeMap::new();
    for part in by_place(parts.to_vec()) {
        let country = country(part);
        let name = country.map(Country::name);
        countries.entry((name.is_none(), name)).or_insert((country, Vec::new())).1.push(part);
    }
    countries.into_values().collect()
}

/// The countries of the calendar without an event in `parts`, by name.
pub fn without(calendar: &Calendar, parts: &[&Event]) -> Vec<Country> {
    let with: BTreeSet<Country> = parts.iter().filter_map(|part| country(part)).collect();
    let all = calendar.events.iter().filter_map(country).filter(|country| !with.contains(country));
    let by_name: BTreeMap<&str, Country> = all.map(|country| (country.name(), country)).collect();
    by_name.into_values().collect()
}
