//! An event as schema.org data in JSON-LD, for search engines and other programs.
//!
//! A series is described by its current or next occurrence, which is what such programs show. The end of an all-day event is
//! its last day; an assumed end is left out.

use serde_json::{Map, Value, json};

use crate::event::{Ends, Event, Location, Online, Organizer, Status, When};
use crate::render::terminal::plain;
use crate::view::site::event::EventPage;
use crate::view::stamp::Stamp;

/// The most local events that are listed with an event.
const PARTS: usize = 100;

/// What a page says of itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct About<'a> {
    pub(super) title: &'a str,
    pub(super) language: &'a str,
    /// Plain text.
    pub(super) text: &'a str,
    /// The absolute address of the page.
    pub(super) page: Option<&'a str>,
}

/// The text of the script element; nothing in it can end that element.
pub(super) fn json_ld(page: &EventPage<'_>, about: &About<'_>, address: impl Fn(&Event) -> Option<String>) -> String {
    let event = page.current.event;
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| {
        object.insert(key.into(), value);
    };
    put("@context", "https://schema.org".into());
    put("@type", "Event".into());
    put("name", about.title.into());
    if let Some(page) = about.page {
        put("@id", page.into());
    }
    if let Some(url) = event.url.as_deref().or(about.page) {
        put("url", url.into());
    }
    put("startDate", start(&page.current.when).into());
    if event.ends == Ends::Stated {
        put("endDate", end(&page.current.when).into());
    }
    put("eventStatus", format!("https://schema.org/{}", status(event)).into());
    if let Some(earlier) = &event.moved_from {
        put("previousStartDate", start(earlier).into());
    }
    if let Some(mode) = mode(event) {
        put("eventAttendanceMode", format!("https://schema.org/{mode}").into());
    }
    let places: Vec<Value> = [
        event.location.as_deref().map(place),
        page.online.map(|online| joining(online, about.page.or(event.url.as_deref()))),
    ]
    .into_iter()
    .flatten()
    .collect();
    match &*places {
        [] => {}
        [one] => put("location", one.clone()),
        _ => put("location", places.into()),
    }
    if !event.organizers.is_empty() {
        put("organizer", event.organizers.iter().map(organizer).collect::<Vec<_>>().into());
    }
    put("inLanguage", about.language.into());
    if !about.text.is_empty() {
        put("description", about.text.into());
    }
    if let Some(image) = &event.image {
        put("image", (*image.url).into());
    }
    let part = |event: &Event| {
        let mut object = Map::new();
        object.insert("@type".into(), "Event".into());
        object.insert("name".into(), plain(&event.told_apart(&event.title)).into());
        object.insert("startDate".into(), start(&event.when).into());
        object.insert("eventStatus".into(), format!("https://schema.org/{}", status(event)).into());
        if let Some(address) = address(event) {
            object.insert("@id".into(), address.clone().into());
            object.insert("url".into(), address.into());
        }
        if let Some(location) = &event.location {
            object.insert("location".into(), place(location));
        }
        Value::Object(object)
    };
    if let Some(parent) = page.parent {
        put("superEvent", part(parent));
    }
    let parts = page.countries.iter().flat_map(|(_, parts)| parts.iter().copied());
    let parts: Vec<Value> = parts.take(PARTS).map(part).collect();
    if !parts.is_empty() {
        put("subEvent", parts.into());
    }
    safe(&Value::Object(object))
}

/// JSON in which no character begins a tag, a comment or an entity.
fn safe(value: &Value) -> String {
    let mut out = String::new();
    for character in value.to_string().chars() {
        // All of them occur within strings only.
        if matches!(character, '<' | '>' | '&' | '\u{7f}') || crate::diagnostic::is_hostile(character) {
            out.push_str(&format!("\\u{:04x}", u32::from(character)));
        } else {
            out.push(character);
        }
    }
    out
}

fn start(when: &When) -> String {
    crate::render::hours::standard_start(when)
}

fn end(when: &When) -> String {
    match *when {
        When::AllDay(days) => days.last().to_string(),
        When::Zoned { zone, end, .. } => Stamp::in_zone(end, zone).rfc3339(),
        When::Fixed { offset, end, .. } => Stamp::at_offset(end, offset).rfc3339(),
        When::Floating { end, .. } => end.format("%Y-%m-%dT%H:%M:%S").to_string(),
    }
}

fn status(event: &Event) -> &'static str {
    match event.status {
        Status::Cancelled => "EventCancelled",
        Status::Postponed => "EventPostponed",
        Status::Tentative | Status::Confirmed if event.moved_from.is_some() => "EventRescheduled",
        Status::Tentative | Status::Confirmed => "EventScheduled",
    }
}

fn mode(event: &Event) -> Option<&'static str> {
    Some(match (&event.location, &event.online) {
        (None, None) => return None,
        (Some(_), None) => "OfflineEventAttendanceMode",
        (None, Some(_)) => "OnlineEventAttendanceMode",
        (Some(_), Some(_)) => "MixedEventAttendanceMode",
    })
}

fn place(location: &Location) -> Value {
    let Location { name, address, city, region, country, position, accessibility: _, notes: _ } = location;
    let mut postal = Map::new();
    postal.insert("@type".into(), "PostalAddress".into());
    let country = country.as_ref().map(crate::event::Country::code);
    let fields = [
        ("streetAddress", address.as_deref()),
        ("addressLocality", city.as_deref()),
        ("addressRegion", region.as_deref()),
        ("addressCountry", country),
    ];
    for (key, value) in fields {
        if let Some(value) = value {
            postal.insert(key.into(), value.into());
        }
    }
    let mut object = json!({"@type": "Place"});
    if let Some(name) = name.as_deref().or(city.as_deref()) {
        object["name"] = name.into();
    }
    object["address"] = Value::Object(postal);
    if let Some(position) = position {
        object["geo"] = json!({"@type": "GeoCoordinates", "latitude": position.lat, "longitude": position.lon});
    }
    object
}

fn joining(online: &Online, page: Option<&str>) -> Value {
    let mut object = json!({"@type": "VirtualLocation"});
    if let Some(url) = online.url.as_deref().or(online.registration.as_deref()).or(page) {
        object["url"] = url.into();
    }
    object
}

fn organizer(organizer: &Organizer) -> Value {
    let Organizer { name, url, email } = organizer;
    let mut object = json!({"@type": "Organization", "name": **name});
    for (key, value) in [("url", url), ("email", email)] {
        if let Some(value) = value {
            object[key] = (**value).into();
        }
    }
    object
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Calendar;
    use crate::lock::{History, Lock};
    use crate::view::sample::{calendar, days, event, instant, zoned};
    use crate::view::site::Site;
    use crate::zone::Tzdb;

    const ABOUT: About<'_> =
        About { title: "Forum", language: "en", text: "", page: Some("https://example.org/events/a/") };

    fn data(calendar: &Calendar, about: &About<'_>) -> Value {
        let (lock, tzdb) = (Lock::default(), Tzdb::bundled());
        let now = instant("2026-05-01T12:00:00Z");
        let history = History::new(&lock, calendar, now, &tzdb, |_| true);
        let site = Site::new(calendar, &lock, &history, &tzdb, now);
        let page = site.event_page(calendar.event("a").expect("the event"));
        let text = json_ld(&page, about, |event| Some(format!("https://example.org/events/{}/", event.id)));
        assert!(!text.contains(['<', '>', '&']), "{text}");
        serde_json::from_str(&text).expect("JSON")
    }

    fn of(event: Event) -> Value {
        data(&calendar(vec![event]), &ABOUT)
    }

    #[test]
    fn times_have_offsets_and_days_their_last_day() {
        let timed = of(event("a", zoned("Europe/Madrid", "2026-12-02T17:00:00Z")));
        assert_eq!(
            (&timed["startDate"], &timed["endDate"], &timed["eventStatus"], timed.get("location")),
            (
                &"2026-12-02T18:00:00+01:00".into(),
                &"2026-12-02T20:00:00+01:00".into(),
                &"https://schema.org/EventScheduled".into(),
                None
            )
        );
        let dates = of(event("a", days("2026-12-02", "2026-12-05")));
        assert_eq!((&dates["startDate"], &dates["endDate"]), (&"2026-12-02".into(), &"2026-12-04".into()));
        let open = of(Event { ends: Ends::Open, ..event("a", days("2026-12-02", "2026-12-03")) });
        assert_eq!(open.get("endDate"), None);
    }

    #[test]
    fn what_changed_and_how_one_comes() {
        let moved = days("2026-11-01", "2026-11-02");
        let place = Location { city: Some("Madrid".into()), ..Location::default() };
        let online = Online { url: Some("https://example.org/join".into()), ..Online::default() };
        let both = Event {
            moved_from: Some(moved),
            location: Some(Box::new(place)),
            online: Some(Box::new(online)),
            ..event("a", days("2026-12-02", "2026-12-03"))
        };
        let value = of(both.clone());
        assert_eq!(value["eventStatus"], "https://schema.org/EventRescheduled");
        assert_eq!(value["previousStartDate"], "2026-11-01");
        assert_eq!(value["eventAttendanceMode"], "https://schema.org/MixedEventAttendanceMode");
        assert_eq!(value["location"][0]["address"]["addressLocality"], "Madrid");
        assert_eq!(value["location"][1]["url"], "https://example.org/join");
        let cancelled = of(Event { status: Status::Cancelled, ..both });
        assert_eq!(cancelled["eventStatus"], "https://schema.org/EventCancelled");
        assert!(!cancelled.to_string().contains("join"), "nobody is to join what does not happen");
    }

    #[test]
    fn a_day_of_action_has_parts_and_a_text_ends_no_element() {
        let part = Event { part_of: Some("a".into()), ..event("b", days("2026-12-02", "2026-12-03")) };
        let hostile = "</script><script>alert(1)</script><!-- & \u{2028}";
        let about = About { title: hostile, text: hostile, ..ABOUT };
        let value = data(&calendar(vec![event("a", days("2026-12-02", "2026-12-03")), part]), &about);
        assert_eq!(value["subEvent"][0]["url"], "https://example.org/events/b/");
        assert_eq!((&value["name"], &value["description"]), (&hostile.into(), &hostile.into()));
    }
}
