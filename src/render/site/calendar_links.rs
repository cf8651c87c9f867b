//! Addresses by which Google's and Outlook's calendars take an event, and the map a place.

use chrono::{DateTime, NaiveDate, NaiveDateTime, SecondsFormat, Utc};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::event::{Location, Position};
use crate::view::site::event::{Entry, Time};

/// The unreserved characters (RFC 3986 2.3). A space becomes `%20`, because Outlook shows a plus as a plus.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Longer texts make addresses that no server takes.
const LONGEST: usize = 400;

/// The details besides the time.
#[derive(Clone, Copy, Debug)]
pub(super) struct About<'a> {
    pub(super) title: &'a str,
    /// Plain text.
    pub(super) text: &'a str,
    /// The page of the event.
    pub(super) page: Option<&'a str>,
    pub(super) place: &'a str,
    /// How one joins: lines that everybody may read.
    pub(super) joining: &'a str,
}

pub(super) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, QUERY).to_string()
}

/// Adds to Google's calendar.
pub(super) fn google(entry: &Entry<'_>, about: &About<'_>) -> String {
    let day = |day: NaiveDate| day.format("%Y%m%d").to_string();
    let local = |time: NaiveDateTime| time.format("%Y%m%dT%H%M%S").to_string();
    let utc = |at: DateTime<Utc>| at.format("%Y%m%dT%H%M%SZ").to_string();
    let (time, rule) = entry.series.as_ref().map_or((entry.time, None), |(time, rule)| (*time, Some(rule)));
    let (from, to, zone) = match time {
        Time::Days(first, end) => (day(first), day(end), None),
        Time::Utc(start, end) => (utc(start), utc(end), None),
        Time::Local(start, end, zone) => (local(start), local(end), zone),
    };
    let mut link = format!("https://calendar.google.com/calendar/render?action=TEMPLATE&dates={from}/{to}");
    if let Some(zone) = zone {
        push(&mut link, "ctz", zone.name());
    }
    if let Some(rule) = rule {
        push(&mut link, "recur", &format!("RRULE:{rule}"));
    }
    push(&mut link, "text", about.title);
    push(&mut link, "location", about.place);
    push(&mut link, "details", &about.details());
    link
}

/// Adds to Outlook's calendar on the web, which knows of no repeats there: of a series, the next occurrence.
pub(super) fn outlook(entry: &Entry<'_>, about: &About<'_>) -> String {
    let local = |time: NaiveDateTime| time.format("%Y-%m-%dT%H:%M:%S").to_string();
    let utc = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let (from, to, all_day) = match entry.time {
        Time::Days(first, end) => (first.to_string(), end.to_string(), "&allday=true"),
        Time::Utc(start, end) => (utc(start), utc(end), ""),
        Time::Local(start, end, zone) => match zone.map(|zone| [zone.resolve(start), zone.resolve(end)]) {
            Some([crate::zone::Resolved::Single(start), crate::zone::Resolved::Single(end)]) => {
                (utc(start), utc(end), "")
            }
            _ => (local(start), local(end), ""),
        },
    };
    let mut link =
        "https://outlook.live.com/calendar/0/deeplink/compose?path=%2Fcalendar%2Faction%2Fcompose&rru=addevent"
            .to_owned();
    push(&mut link, "startdt", &from);
    push(&mut link, "enddt", &to);
    link.push_str(all_day);
    push(&mut link, "subject", about.title);
    push(&mut link, "location", about.place);
    push(&mut link, "body", &about.details());
    link
}

/// The link to OpenStreetMap; `None` without a place.
pub(super) fn map(location: &Location) -> Option<String> {
    let Location { name: _, address, city, region, country, position, accessibility: _, notes: _ } = location;
    if let Some(Position { lat, lon }) = position {
        return Some(format!("https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map=17/{lat}/{lon}"));
    }
    // The name of a building is known to few maps, and a wrong one would find nothing.
    let (address, city) = (address.as_deref(), city.as_deref());
    city.or(address)?;
    let parts = [address, city, region.as_deref(), country.map(crate::event::Country::name)];
    let words: Vec<&str> = parts.into_iter().flatten().collect();
    Some(format!("https://www.openstreetmap.org/search?query={}", encoded(&words.join(", "))))
}

impl About<'_> {
    fn details(&self) -> String {
        let mut text: String = self.text.chars().take(LONGEST).collect();
        if text.len() < self.text.len() {
            text.push('…');
        }
        let parts = [&*text, self.joining, self.page.unwrap_or_default()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
    }
}

fn push(link: &mut String, name: &str, value: &str) {
    if !value.is_empty() {
        link.push_str(&format!("&{name}={}", encoded(value)));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::event::Event;
    use crate::view::sample::{days, event, instant, zone};

    const ABOUT: About<'_> =
        About { title: "A & B=c+d #1", text: "ü", page: Some("https://example.org/"), place: "", joining: "" };

    static EVENT: LazyLock<Event> = LazyLock::new(|| event("a", days("2026-12-02", "2026-12-03")));

    fn entry(time: Time) -> Entry<'static> {
        Entry { event: &EVENT, time, series: None }
    }

    #[test]
    fn instants_are_in_utc_and_days_end_exclusively() {
        let utc = entry(Time::Utc(instant("2026-12-02T17:00:00Z"), instant("2026-12-02T19:00:00Z")));
        assert_eq!(
            google(&utc, &ABOUT),
            "https://calendar.google.com/calendar/render?action=TEMPLATE&dates=20261202T170000Z/20261202T190000Z\
             &text=A%20%26%20B%3Dc%2Bd%20%231&details=%C3%BC%0A%0Ahttps%3A%2F%2Fexample.org%2F"
        );
        assert!(
            outlook(&utc, &ABOUT).contains("&startdt=2026-12-02T17%3A00%3A00Z&enddt=2026-12-02T19%3A00%3A00Z&subject")
        );
        let day = |text: &str| text.parse().expect("a date");
        let whole = entry(Time::Days(day("2026-12-02"), day("2026-12-04")));
        assert!(google(&whole, &ABOUT).contains("&dates=20261202/20261204&text"));
        assert!(outlook(&whole, &ABOUT).contains("&startdt=2026-12-02&enddt=2026-12-04&allday=true&"));
    }

    #[test]
    fn a_series_keeps_its_clock_and_a_floating_time_has_the_readers() {
        let at = |text: &str| text.parse().expect("a time");
        let (start, end) = (at("2026-12-02T19:00:00"), at("2026-12-02T20:00:00"));
        let next = Time::Utc(instant("2026-12-09T18:00:00Z"), instant("2026-12-09T19:00:00Z"));
        let whole = (Time::Local(start, end, Some(zone("Europe/Madrid"))), "FREQ=WEEKLY;COUNT=3".to_owned());
        let series = Entry { series: Some(whole), ..entry(next) };
        let link = google(&series, &ABOUT);
        assert!(
            link.contains(
                "&dates=20261202T190000/20261202T200000&ctz=Europe%2FMadrid&recur=RRULE%3AFREQ%3DWEEKLY%3BCOUNT%3D3&"
            ),
            "{link}"
        );
        assert!(outlook(&series, &ABOUT).contains("&startdt=2026-12-09T18%3A00%3A00Z&"), "the next, and not the first");
        let local = entry(Time::Local(start, end, Some(zone("Europe/Madrid"))));
        assert!(outlook(&local, &ABOUT).contains("&startdt=2026-12-02T18%3A00%3A00Z&"));
        let floating = entry(Time::Local(start, end, None));
        assert!(google(&floating, &ABOUT).contains("&dates=20261202T190000/20261202T200000&text"));
        assert!(outlook(&floating, &ABOUT).contains("&startdt=2026-12-02T19%3A00%3A00&"));
    }

    #[test]
    fn how_one_joins_is_told_with_the_text() {
        let about = About { joining: "Join: https://meet.example/x", ..ABOUT };
        let day = |text: &str| text.parse().expect("a date");
        let whole = entry(Time::Days(day("2026-12-02"), day("2026-12-04")));
        let told = "%C3%BC%0A%0AJoin%3A%20https%3A%2F%2Fmeet.example%2Fx%0A%0Ahttps%3A%2F%2Fexample.org%2F";
        for link in [google(&whole, &about), outlook(&whole, &about)] {
            assert!(link.ends_with(told), "{link}");
        }
    }

    #[test]
    fn a_place_is_found_by_coordinates_or_by_its_address() {
        let mut place = Location { name: Some("Ateneo".into()), city: Some("Madrid".into()), ..Location::default() };
        assert_eq!(map(&place).as_deref(), Some("https://www.openstreetmap.org/search?query=Madrid"));
        place.position = Some(Position { lat: 40.5, lon: -3.25 });
        assert_eq!(
            map(&place).as_deref(),
            Some("https://www.openstreetmap.org/?mlat=40.5&mlon=-3.25#map=17/40.5/-3.25")
        );
        assert_eq!(map(&Location { name: Some("x".into()), ..Location::default() }), None);
    }
}
