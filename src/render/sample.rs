//! A small calendar for the tests of renderers.

use chrono::{DateTime, NaiveDate, Utc};

use crate::calendar::{Calendar, Settings};
use crate::event::{Audience, Country, Days, Event, KindId, Location, Online, Status, When};
use crate::schedule::{Window, occurrences};
use crate::view::listing::{Listing, ListingOptions};
use crate::zone::{Resolved, Tzdb};

/// Text that no output may contain unescaped.
pub(super) const HOSTILE: &str = "\x1b]0;owned\x07\u{202e}<script>alert(1)</script>[x](javascript:y)";

pub(super) fn calendar(mut events: Vec<Event>) -> Calendar {
    events.sort_by(|a, b| a.id.cmp(&b.id));
    Calendar { settings: Settings { title: "Action days".into(), ..Settings::default() }, events, as_of: now() }
}

fn now() -> DateTime<Utc> {
    "2026-11-20T12:00:00Z".parse().expect("a time")
}

/// From 20 November to 20 December 2026, as of the first of these days at noon.
pub(super) fn listing<'c>(calendar: &'c Calendar, zones: &[&str]) -> Listing<'c> {
    let tzdb = Tzdb::bundled();
    let zones: Vec<_> = zones.iter().map(|name| tzdb.zone(name).expect("a zone")).collect();
    let (first, last) = (day("2026-11-20"), day("2026-12-20"));
    let found = occurrences(calendar, &Window::days(first, last, zones[0]), |_| true).expect("few occurrences");
    let range = Some((first, last));
    let frame = ListingOptions {
        zones: &zones,
        range,
        language: &calendar.settings.language,
        now: now(),
        tzdb: &tzdb,
        audience: Audience::Public,
    };
    let mut listing = Listing::new(calendar, &found, &frame);
    listing.tzdb = "2026f".into();
    listing
}

pub(super) fn events() -> Vec<Event> {
    let mut long = event("long", &"A very long title about everything ".repeat(5), dates("2026-11-20", "2026-11-22"));
    long.url = Some(format!("https://example.org/{}", "long-".repeat(30)).into());
    let mut tokyo = event(
        "tokyo",
        "全世界無產者聯合起來！東京デモ 👩\u{200D}🏭✊🏾",
        zoned("Asia/Tokyo", "2026-12-01T18:00", "2026-12-01T20:00"),
    );
    tokyo.location = Some(Box::new(place("新宿", "JP")));
    let mut cairo = event("cairo", "مسيرة من أجل السلام", zoned("Africa/Cairo", "2026-12-05T12:00", "2026-12-08T13:00"));
    cairo.status = Status::Tentative;
    let floating = When::Floating { start: wall("2026-12-06T09:00"), end: wall("2026-12-06T10:00") };
    vec![forum(), cancelled(), long, tokyo, cairo, event("everywhere", "A minute of silence", floating), hostile()]
}

/// 2 December, 18:00 in Vancouver.
pub(super) fn forum() -> Event {
    let when = zoned("America/Vancouver", "2026-12-02T18:00", "2026-12-02T20:00");
    let mut forum = event("winter-open-forum", "Winter open forum", when);
    forum.url = Some("https://example.org/winter-open-forum".into());
    forum.online = Some(Box::new(Online { platform: Some("Jitsi".into()), ..Online::default() }));
    forum
}

/// 4 December, from 22:00 to 01:00 in Madrid.
pub(super) fn cancelled() -> Event {
    let mut vigil = event("night-vigil", "Night vigil", zoned("Europe/Madrid", "2026-12-04T22:00", "2026-12-05T01:00"));
    vigil.kind = KindId(6);
    vigil.status = Status::Cancelled;
    vigil.location = Some(Box::new(place("Madrid", "ES")));
    vigil
}

/// An event that is hostile wherever it can.
pub(super) fn hostile() -> Event {
    let mut hostile = event("hostile", HOSTILE, dates("2026-12-10", "2026-12-10"));
    hostile.location =
        Some(Box::new(Location { name: Some(HOSTILE.into()), city: Some(HOSTILE.into()), ..place("x", "ES") }));
    hostile.url = Some(format!("https://example.org/?{HOSTILE}").into());
    hostile.description = Some(HOSTILE.into());
    hostile
}

pub(super) fn event(id: &str, title: &str, when: When) -> Event {
    let note = Some("never published".into());
    Event { title: title.into(), note, ..crate::view::sample::event(id, when) }
}

pub(super) fn place(city: &str, country: &str) -> Location {
    Location { city: Some(city.into()), country: Country::from_code(country), ..Location::default() }
}

/// The days from the first to the last one.
pub(super) fn dates(first: &str, last: &str) -> When {
    When::AllDay(Days::new(day(first), day(last).succ_opt().expect("a day")).expect("days"))
}

pub(super) fn zoned(zone: &str, start: &str, end: &str) -> When {
    let zone = Tzdb::bundled().zone(zone).expect("a zone");
    let at = |text| match zone.resolve(wall(text)) {
        Resolved::Single(at) => at,
        other => panic!("{other:?}"),
    };
    When::Zoned { zone, start: at(start), end: at(end) }
}

pub(super) fn wall(text: &str) -> chrono::NaiveDateTime {
    format!("{text}:00").parse().expect("a time")
}

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}
