//! The phrases that listings are made of, the same in every format. What records say in them is not escaped yet.

use chrono::{Datelike, NaiveDate};

use crate::event::{Country, Ends, Event, Location, Online, Status};
use crate::language::{DateStyle, Language, Word};
use crate::view::listing::{Listing, Row, Times, first_day};
use crate::view::{parts, words};
use crate::zone::offset_for_people;

use super::hours;
use super::terminal::plain;

/// The days that a listing covers: `20 Nov – 20 Dec 2026`.
pub fn range(listing: &Listing<'_>) -> String {
    let language = listing.language;
    let Some((first, last)) = listing.range else { return language.word(Word::AllDates).into() };
    if last.year() > 9999 {
        return language.say(Word::FromDate, &[("date", (&language.date(DateStyle::ShortYear, first)).into())]);
    }
    if first == last { language.date(DateStyle::Sentence, first) } else { language.days(first, last) }
}

/// The zones of a listing: `times in Europe/Madrid (CET, UTC+1)`.
pub fn zones(listing: &Listing<'_>) -> String {
    let zones: Vec<String> = (0..listing.zones.len()).map(|index| zone(listing, index)).collect();
    listing.language.say(Word::TimesIn, &[("zones", (&zones.join(", ")).into())])
}

fn zone(listing: &Listing<'_>, index: usize) -> String {
    let name = listing.zones[index].name();
    let regimes = regimes(listing, index);
    let words =
        regimes.iter().map(
            |(abbreviation, offset)| {
                if abbreviation == offset { offset.clone() } else { format!("{abbreviation}, {offset}") }
            },
        );
    match words.collect::<Vec<_>>().join("; ") {
        words if words.is_empty() || words == name => name.into(),
        words => format!("{name} ({words})"),
    }
}

/// The distinct abbreviations and offsets of zone `index` in the listing, in order.
pub fn regimes(listing: &Listing<'_>, index: usize) -> Vec<(String, String)> {
    let mut regimes = Vec::new();
    for row in &listing.rows {
        let Times::Clocks { shown, .. } = &row.times else { continue };
        let Some(span) = shown.get(index) else { continue };
        // How the clock stood when a long strike began is said in its row, or not at all.
        if row.event.is_open() && first_day(&row.times) < row.day {
            continue;
        }
        let end = (row.event.ends == Ends::Stated).then_some(&span.end);
        for stamp in std::iter::once(&span.start).chain(end) {
            let regime = (stamp.abbreviation.to_string(), offset_for_people(stamp.offset));
            if !regimes.contains(&regime) {
                regimes.push(regime);
            }
        }
    }
    regimes
}

/// The heading of a row: its day, or its country and city.
pub fn heading(listing: &Listing<'_>, row: &Row<'_>) -> String {
    if !listing.by_place {
        return row.language.date(DateStyle::Heading, row.day);
    }
    let country = parts::country(row.event).and_then(|country| row.language.country(country.code()));
    match (country, row.city) {
        (Some(country), Some(city)) => format!("{country} · {}", plain(city)),
        (Some(one), None) => one,
        (None, Some(city)) => plain(city),
        (None, None) => row.language.word(Word::Everywhere).to_owned(),
    }
}

/// The date before the hours, for a row that is not under its day.
pub fn date(listing: &Listing<'_>, row: &Row<'_>) -> String {
    if listing.by_place { row.language.date(DateStyle::Short, row.day) + " " } else { String::new() }
}

/// What people call a day near to today.
pub fn nearness(day: NaiveDate, listing: &Listing<'_>) -> Option<&'static str> {
    let word = match (day - listing.today).num_days() {
        -1 => Word::Yesterday,
        0 => Word::Today,
        1 => Word::Tomorrow,
        _ => return None,
    };
    Some(listing.language.word(word))
}

/// The prefix of the title of an event that is not as announced.
pub fn label(event: &Event, language: Language) -> Option<&'static str> {
    let word = match event.status {
        Status::Cancelled => Word::Cancelled,
        Status::Postponed => Word::Postponed,
        Status::Tentative => Word::Tentative,
        Status::Confirmed if event.moved_from.is_some() => Word::Moved,
        Status::Confirmed => return None,
    };
    Some(language.word(word))
}

/// City and country, `online`, or both: `Madrid, Spain · online`.
pub fn place(row: &Row<'_>) -> Option<String> {
    let place = row.event.location.as_deref().and_then(|location| short_place(location, row.language));
    join(place.into_iter().chain(online(row)))
}

/// The place below the heading: without the city if the heading has it.
pub fn place_below(listing: &Listing<'_>, row: &Row<'_>) -> Option<String> {
    let location = row.event.location.as_deref();
    let location = location.filter(|location| location.city.is_some() || location.country.is_some());
    let Some(location) = location.filter(|_| listing.by_place) else { return place(row) };
    let venue = venue(location);
    join(venue.into_iter().chain(online(row)))
}

/// The whole place in one line.
pub fn address(row: &Row<'_>) -> Option<String> {
    let location = row.event.location.as_deref()?;
    Some(words::location(location, row.language)).filter(|line| !line.is_empty())
}

/// The whole place in one line, `online`, or both.
pub fn whole_place(row: &Row<'_>) -> Option<String> {
    join(address(row).into_iter().chain(online(row)))
}

fn online(row: &Row<'_>) -> Option<String> {
    let word = |online: &Online| if online.is_for_members() { Word::ForMembers } else { Word::Online };
    row.online.map(|online| row.language.word(word(online)).to_owned())
}

fn short_place(location: &Location, language: Language) -> Option<String> {
    let Location { name, address, city, region, country, position: _, accessibility: _, notes: _ } = location;
    let near = city.as_ref().or(name.as_ref()).or(address.as_ref()).or(region.as_ref()).map(|near| &**near);
    let country = country.and_then(|country| language.country(country.code()));
    match (near, country) {
        (Some(near), Some(country)) => {
            Some(language.say(Word::InCountry, &[("place", near.into()), ("country", (&country).into())]))
        }
        (near, country) => near.map(str::to_owned).or(country),
    }
}

fn venue(location: &Location) -> Option<String> {
    let parts: Vec<&str> = [&location.name, &location.address].into_iter().flatten().map(|part| &**part).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn join(parts: impl Iterator<Item = String>) -> Option<String> {
    let parts: Vec<_> = parts.collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// What there is to say of the time beside the hours: other days, own clock, floating, the earlier start.
pub fn remarks(listing: &Listing<'_>, row: &Row<'_>) -> Vec<String> {
    remarks_without(listing, row, false)
}

/// The same, without the own clock where that stands elsewhere.
pub fn remarks_without(listing: &Listing<'_>, row: &Row<'_>, has_own_clock: bool) -> Vec<String> {
    let own_clock = || if has_own_clock { None } else { hours::own_clock(listing, row) };
    let floating =
        matches!(row.times, Times::Floating { .. }).then(|| row.language.word(Word::LocalTimeEach).to_owned());
    let why = reason(listing, row);
    [locals(row), row.rule.clone(), hours::lasting(row), own_clock(), floating, hours::moved(row), why]
        .into_iter()
        .flatten()
        .collect()
}

/// Cities that are named of a day of action.
const CITIES: usize = 6;

/// How many local events are behind a row, and the first cities: `60 local events in 21 countries: Sydney, Tokyo …`.
pub fn locals(row: &Row<'_>) -> Option<String> {
    if row.locals.is_empty() {
        return None;
    }
    let language = row.language;
    let mut cities: Vec<String> = Vec::new();
    let mut countries: Vec<Country> = Vec::new();
    for event in &row.locals {
        countries.extend(parts::country(event));
        let city = parts::city(event).map(plain);
        cities.extend(city.filter(|city| !cities.contains(city)));
    }
    countries.sort_unstable_by_key(|country| country.name());
    countries.dedup();
    let locals = language.say(Word::DigestLocals, &[("count", row.locals.len().into())]);
    let locals = match countries.len() {
        0 => locals,
        count => language.say(Word::InCountries, &[("locals", (&locals).into()), ("count", count.into())]),
    };
    if cities.is_empty() {
        return Some(locals);
    }
    let more = if cities.len() > CITIES { " …" } else { "" };
    cities.truncate(CITIES);
    let cities = format!("{}{more}", language.row(&cities));
    Some(words::named(&locals, &cities, language))
}

/// Why an event is not as it was announced.
pub fn reason(listing: &Listing<'_>, row: &Row<'_>) -> Option<String> {
    listing.reason_of(row.event).map(|said| said.text.to_owned())
}

/// The join details that only these readers may see, one per part; empty for a cancelled event.
pub fn opened(row: &Row<'_>) -> Vec<String> {
    row.opened()
        .filter(|_| row.event.status != Status::Cancelled)
        .map(|online| joining(online, row.language))
        .unwrap_or_default()
}

/// How one joins, one thing a part.
pub fn joining(online: &Online, language: Language) -> Vec<String> {
    let Online { url, platform, meeting_id, passcode, phone, registration, withheld: _ } = online;
    let named = |word: Word, value: &Option<Box<str>>| {
        value.as_ref().map(|value| words::named(language.word(word), value, language))
    };
    let parts = [
        named(Word::Join, url),
        platform.as_deref().map(str::to_owned),
        named(Word::MeetingId, meeting_id),
        named(Word::Passcode, passcode),
        named(Word::Phone, phone),
        named(Word::Registration, registration),
    ];
    parts.into_iter().flatten().collect()
}

/// An address, where it is one that a page may link to.
pub fn link(url: &str) -> Option<&str> {
    let (scheme, _) = url.split_once("://")?;
    ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)).then_some(url)
}

/// For a listing without rows.
pub fn nothing(listing: &Listing<'_>) -> String {
    let language = listing.language;
    let day = |day| language.date(DateStyle::Sentence, day);
    match listing.range {
        None => language.word(Word::NothingFound).into(),
        Some((first, last)) if first == last => language.say(Word::NothingOn, &[("date", (&day(first)).into())]),
        Some((first, last)) if last.year() > 9999 => language.say(Word::NothingFrom, &[("date", (&day(first)).into())]),
        Some((first, last)) => {
            language.say(Word::NothingBetween, &[("first", (&day(first)).into()), ("last", (&day(last)).into())])
        }
    }
}

/// What to try where nothing is listed, on the command line.
pub fn advice(listing: &Listing<'_>) -> &'static str {
    listing.language.word(match listing.range {
        _ if listing.is_of_empty_calendar => Word::AdviceNew,
        None => Word::AdviceWords,
        Some(_) => Word::AdviceDays,
    })
}

/// `… and 12 more`
pub fn more(listing: &Listing<'_>) -> String {
    listing.language.say(Word::More, &[("count", listing.more.into())])
}
