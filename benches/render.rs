//! How long a feed takes: `cargo bench --bench render`.

use std::num::NonZeroUsize;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use divan::Bencher;
use redletter::calendar::{Calendar, Feed, Filter, Settings};
use redletter::event::{Days, Ends, Event, KindId, Kinds, Length, Location, Status, When};
use redletter::render::ics;
use redletter::view::feed::FeedView;
use redletter::zone::Tzdb;

const ZONES: [&str; 12] = [
    "America/Los_Angeles",
    "America/New_York",
    "Europe/Madrid",
    "Europe/London",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Africa/Lagos",
    "America/Sao_Paulo",
    "America/Bogota",
    "Australia/Sydney",
    "Africa/Johannesburg",
    "Europe/Berlin",
];

fn main() {
    divan::main();
}

/// Titles with some non-ASCII, 300 characters of description, place, url, three tags, 12 zones, a tenth all-day.
fn calendar(count: usize) -> Calendar {
    let tzdb = Tzdb::bundled();
    let zones = ZONES.map(|name| tzdb.zone(name).expect("a zone"));
    let sentence = "People meet at the square, bring signs and water; the march leaves at noon. ";
    let events = (0..count).map(|number| {
        let start: DateTime<Utc> = "2025-01-01T00:00:00Z".parse().expect("an instant");
        let start = start + TimeDelta::minutes(30 * (number as i64 * 7919 % 35_000));
        let first = NaiveDate::from_ymd_opt(2025, 1, 1).expect("a date") + TimeDelta::days((number % 700) as i64);
        let when = if number % 10 == 0 {
            When::AllDay(Days::new(first, first + TimeDelta::days(1)).expect("a day"))
        } else {
            When::Zoned { zone: zones[number % zones.len()], start, end: start + TimeDelta::hours(2) }
        };
        Event {
            id: format!("event-{number:06}").into(),
            uid: format!("event-{number:06}@example.org").into(),
            title: format!("Marcha número {number}: jornada de acción").into(),
            kind: KindId((number % 5) as u16),
            when,
            length: Length::exact(when.elapsed()),
            repeat: None,
            ends: Ends::Stated,
            status: Status::Confirmed,
            moved_from: None,
            reason: None,
            description: Some(sentence.repeat(4).trim_end().into()),
            url: Some(format!("https://example.org/events/{number}").into()),
            location: Some(Box::new(Location {
                name: Some("Plaza Mayor".into()),
                address: Some("Calle Larga 12".into()),
                city: Some("Madrid".into()),
                ..Location::default()
            })),
            online: None,
            organizers: Box::default(),
            contact: None,
            tags: ["anti-war".into(), "housing".into(), "unions".into()].into(),
            language: None,
            translations: None,
            image: None,
            sources: Box::default(),
            part_of: None,
            review_by: None,
            note: None,
        }
    });
    let settings = Settings {
        title: "Action days".into(),
        description: None,
        url: Some("https://example.org/".into()),
        domain: "example.org".into(),
        domain_assumed: false,
        timezone: None,
        language: "en".into(),
        languages: Vec::new(),
        refresh: TimeDelta::hours(6),
        organizer_in_feeds: false,
        kinds: Kinds::default(),
        default_kind: None,
        feeds: Vec::new(),
    };
    Calendar { settings, events: events.collect(), as_of: DateTime::UNIX_EPOCH }
}

fn now() -> DateTime<Utc> {
    "2026-01-01T00:00:00Z".parse().expect("an instant")
}

#[divan::bench(args = [1_000, 100_000], sample_count = 10)]
fn decide(bencher: Bencher<'_, '_>, count: usize) {
    let calendar = calendar(count);
    let feed = Feed::of("all", None, Filter::default());
    bencher.bench_local(|| FeedView::new(&calendar, &feed, now()));
}

#[divan::bench(args = [1, 2], sample_count = 10)]
fn write_100_000(bencher: Bencher<'_, '_>, threads: usize) {
    let calendar = calendar(100_000);
    let feed = Feed::of("all", None, Filter::default());
    let view = FeedView::new(&calendar, &feed, now());
    let threads = NonZeroUsize::new(threads).expect("a thread");
    bencher.bench_local(|| ics::write_with(&view, threads, &mut std::io::sink()));
}

#[divan::bench(sample_count = 10)]
fn write_a_megabyte_of_description(bencher: Bencher<'_, '_>) {
    let mut calendar = calendar(1);
    calendar.events[0].description = Some("word, *word*; ".repeat(75_000).into());
    let feed = Feed::of("all", None, Filter::default());
    let view = FeedView::new(&calendar, &feed, now());
    bencher.bench_local(|| ics::write(&view, &mut std::io::sink()));
}
