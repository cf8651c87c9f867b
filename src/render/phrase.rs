//! The phrases that listings are made of, the same in every format. What records say in them is not escaped yet.

use chrono::{Datelike, NaiveDate};

use crate::event::{Country, Event, Location, Online, Status};
use crate::view::listing::{Listing, Row, Times, first_day};
use crate::view::{parts, words};
use crate::zone::offset_for_people;

use super::hours;
use super::terminal::plain;

/// The days that a listing covers: `20 Nov – 20 Dec 2026`.
pub fn range(range: Option<(NaiveDate, NaiveDate)>) -> String {
    let Some((first, last)) = range else { return "all dates".into() };
    if last.year() > 9999 {
        return format!("from {}", first.format("%a %-d %b %Y"));
    }
    if first == last {
        return first.format("%a %-d %B %Y").to_string();
    }
    let pattern = match (first.year() == last.year(), first.month() == last.month()) {
        (true, true) => "%-d",
        (true, false) => "%-d %b",
        (false, _) => "%-d %b %Y",
    };
    format!("{} – {}", first.format(pattern), last.format("%-d %b %Y"))
}

/// The zones of a listing: `times in Europe/Madrid (CET, UTC+1)`.
pub fn zones(listing: &Listing<'_>) -> String {
    let zones = (0..listing.zones.len()).map(|index| zone(listing, index));
    format!("times in {}", zones.collect::<Vec<_>>().join(", "))
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

/// Abbreviation and offset of what the clock `index` shows in the listing, each once, in order.
pub fn regimes(listing: &Listing<'_>, index: usize) -> Vec<(String, String)> {
    let mut regimes = Vec::new();
    for row in &listing.rows {
        let Times::Clocks { shown, .. } = &row.times else { continue };
        let Some(span) = shown.get(index) else { continue };
        // How the clock stood when a long strike began is said in its row, or not at all.
        if row.event.is_open() && first_day(&row.times) < row.day {
            continue;
        }
        let regime = (span.start.abbreviation.to_string(), offset_for_people(span.start.offset));
        if !regimes.contains(&regime) {
            regimes.push(regime);
        }
    }
    regimes
}

/// `Wed 2 December 2026`.
pub fn day(day: NaiveDate) -> String {
    day.format("%a %-d %B %Y").to_string()
}

/// What a row stands under: its day, or its country and city.
pub fn heading(listing: &Listing<'_>, row: &Row<'_>) -> String {
    if !listing.by_place {
        return day(row.day);
    }
    let country = parts::country(row.event).map(crate::event::Country::name);
    match (country, parts::city(row.event)) {
        (Some(country), Some(city)) => format!("{country} · {}", plain(city)),
        (Some(one), None) => one.to_owned(),
        (None, Some(city)) => plain(city),
        (None, None) => "Online and everywhere".to_owned(),
    }
}

/// Before the hours of a row that does not stand under its day.
pub fn date(listing: &Listing<'_>, row: &Row<'_>) -> String {
    if listing.by_place { row.day.format("%a %-d %b ").to_string() } else { String::new() }
}

/// What people call a day near to today.
pub fn nearness(day: NaiveDate, today: NaiveDate) -> Option<&'static str> {
    match (day - today).num_days() {
        -1 => Some("yesterday"),
        0 => Some("today"),
        1 => Some("tomorrow"),
        _ => None,
    }
}

/// What stands before the title of an event that is not simply as announced.
pub fn label(event: &Event) -> Option<&'static str> {
    match event.status {
        Status::Cancelled => Some("CANCELLED"),
        Status::Postponed => Some("POSTPONED"),
        Status::Tentative => Some("TENTATIVE"),
        Status::Confirmed => event.moved_from.is_some().then_some("MOVED"),
    }
}

/// City and country, `online`, or both: `Madrid, Spain · online`.
pub fn place(row: &Row<'_>) -> Option<String> {
    let place = row.event.location.as_deref().and_then(short_place);
    join(place.into_iter().chain(online(row)))
}

/// The whole place in one line.
pub fn address(event: &Event) -> Option<String> {
    event.location.as_deref().map(Location::one_line).filter(|line| !line.is_empty())
}

/// The whole place in one line, `online`, or both.
pub fn whole_place(row: &Row<'_>) -> Option<String> {
    join(address(row.event).into_iter().chain(online(row)))
}

fn online(row: &Row<'_>) -> Option<String> {
    row.online.map(|online| if online.is_for_members() { words::FOR_MEMBERS } else { "online" }.to_owned())
}

fn short_place(location: &Location) -> Option<String> {
    let Location { name, address, city, region, country, position: _, accessibility: _, notes: _ } = location;
    let near = city.as_ref().or(name.as_ref()).or(address.as_ref()).or(region.as_ref());
    let parts: Vec<&str> = near.map(|near| &**near).into_iter().chain(country.map(Country::name)).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn join(parts: impl Iterator<Item = String>) -> Option<String> {
    let parts: Vec<_> = parts.collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// What there is to say of the time beside the hours: other days, own clock, floating, the earlier start.
pub fn remarks(listing: &Listing<'_>, row: &Row<'_>) -> Vec<String> {
    let floating = matches!(row.times, Times::Floating { .. }).then(|| "local time at each place".to_owned());
    [row.rule.clone(), hours::lasting(row), hours::own_clock(listing, row), floating, hours::moved(row)]
        .into_iter()
        .flatten()
        .collect()
}

/// What these readers may know of how one joins and the public may not, one thing a part; nothing of what is cancelled.
pub fn opened(row: &Row<'_>) -> Vec<String> {
    row.opened().filter(|_| row.event.status != Status::Cancelled).map(joining).unwrap_or_default()
}

/// How one joins, one thing a part.
pub fn joining(online: &Online) -> Vec<String> {
    let Online { url, platform, meeting_id, passcode, phone, registration, withheld: _ } = online;
    let named = |word: &str, value: &Option<Box<str>>| value.as_ref().map(|value| format!("{word}: {value}"));
    let parts = [
        named(words::JOIN, url),
        platform.as_deref().map(str::to_owned),
        named(words::MEETING_ID, meeting_id),
        named(words::PASSCODE, passcode),
        named(words::PHONE, phone),
        named(words::REGISTRATION, registration),
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
    match listing.range {
        None => "Nothing was found.".into(),
        Some((first, last)) if first == last => format!("Nothing is listed for {}.", day(first)),
        Some((first, last)) if last.year() > 9999 => format!("Nothing is listed from {} on.", day(first)),
        Some((first, last)) => format!("Nothing is listed from {} to {}.", day(first), day(last)),
    }
}

/// What to try where nothing is listed, on the command line.
pub fn advice(listing: &Listing<'_>) -> &'static str {
    match listing.range {
        None => "Try fewer words or fewer filters.",
        Some(_) => "Try more days (--days 90), fewer filters, or `redletter search WORDS` for any date.",
    }
}
