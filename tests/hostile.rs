//! Text of a record that means harm cannot begin a line of a feed.

use chrono::{DateTime, FixedOffset, TimeDelta, Utc};
use redletter::calendar::{Calendar, Feed, Filter, Settings};
use redletter::event::{
    Ends, Event, Image, Kind, KindId, Kinds, Length, Location, Online, Organizer, Position, Status, Translation, When,
};
use redletter::render::ics;
use redletter::render::ics::proof;
use redletter::view::feed::FeedView;

/// Names of the properties and components that a feed may hold.
const LINES: &str = "\
    BEGIN:VCALENDAR END:VCALENDAR BEGIN:VEVENT END:VEVENT VERSION PRODID CALSCALE METHOD X-WR-CALNAME NAME \
    X-WR-CALDESC DESCRIPTION X-WR-TIMEZONE REFRESH-INTERVAL X-PUBLISHED-TTL COLOR X-APPLE-CALENDAR-COLOR URL \
    SOURCE LAST-MODIFIED UID DTSTAMP CREATED SEQUENCE:0 SUMMARY DTSTART DTEND LOCATION GEO \
    X-APPLE-STRUCTURED-LOCATION CATEGORIES STATUS TRANSP:TRANSPARENT CLASS:PUBLIC CONFERENCE IMAGE CONTACT \
    RELATED-TO ORGANIZER TZID TZNAME TZOFFSETFROM TZOFFSETTO RRULE \
    BEGIN:VTIMEZONE END:VTIMEZONE BEGIN:STANDARD END:STANDARD BEGIN:DAYLIGHT END:DAYLIGHT";

const HOSTILE: [&str; 16] = [
    "x\r\nBEGIN:VEVENT\r\nUID:evil",
    "x\nEND:VCALENDAR\nEVIL:1",
    "x\rEVIL:1",
    "x\u{2028}EVIL:1\u{2029}EVIL:1",
    "x\u{85}EVIL:1",
    "x\u{b}EVIL:1\u{c}EVIL:1\u{1c}EVIL:1\u{1d}EVIL:1\u{1e}EVIL:1",
    "\";EVIL=\"1\":evil",
    "\"\r\nEVIL:1",
    "^n^'^^\r\n EVIL:1",
    "\\nEVIL:1\\",
    "a,b;c:d",
    "\0\u{7f}\u{9b}31m",
    "<script>\r\nEVIL:1\r\n</script>\r\n\r\n    EVIL:1\r\nEVIL:1",
    "&#13;&#10;EVIL:1 &#x2028;EVIL:1 &NewLine;EVIL:1",
    "🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩\r\nEVIL:1",
    "",
];

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

/// A calendar in which every text is `evil`.
fn calendar(evil: &str) -> Calendar {
    let text = || -> Option<Box<str>> { Some(evil.into()) };
    let mut kinds = Kinds::default();
    let kind = kinds.declare(Kind {
        name: evil.into(),
        label: evil.into(),
        labels: [(evil.into(), evil.into())].into(),
        color: evil.into(),
        duration: TimeDelta::hours(1),
    });
    let start = instant("2026-06-10T16:00:00Z");
    let event = Event {
        id: evil.into(),
        uid: evil.into(),
        title: evil.into(),
        kind,
        when: When::Fixed {
            offset: FixedOffset::east_opt(3600).expect("an offset"),
            start,
            end: start + TimeDelta::hours(1),
        },
        length: Length::exact(TimeDelta::hours(1)),
        repeat: None,
        ends: Ends::Stated,
        status: Status::Postponed,
        moved_from: None,
        reason: text(),
        description: text(),
        url: text(),
        location: Some(Box::new(Location {
            name: text(),
            address: text(),
            city: text(),
            region: text(),
            country: None,
            position: Some(Position { lat: 1.0, lon: f64::NAN }),
            accessibility: Box::default(),
            notes: text(),
        })),
        online: Some(Box::new(Online {
            url: text(),
            platform: text(),
            meeting_id: text(),
            passcode: text(),
            phone: Some(format!("123{evil}").into()),
            registration: text(),
            withheld: None,
        })),
        organizers: [Organizer { name: evil.into(), url: text(), email: text() }].into(),
        contact: text(),
        tags: [evil.into(), evil.into()].into(),
        language: text(),
        translations: Some(
            [Translation { language: evil.into(), title: text(), reason: text(), description: text() }].into(),
        ),
        image: Some(Box::new(Image { url: evil.into(), alt: text() })),
        sources: [evil.into()].into(),
        part_of: text(),
        review_by: None,
        note: text(),
    };
    let settings = Settings {
        title: evil.into(),
        description: text(),
        url: text(),
        domain: evil.into(),
        domain_assumed: false,
        timezone: None,
        language: evil.into(),
        languages: Vec::new(),
        refresh: TimeDelta::hours(6),
        organizer_in_feeds: true,
        kinds,
        default_kind: None,
        feeds: Vec::new(),
    };
    Calendar { settings, events: vec![event], as_of: start }
}

fn check(bytes: &[u8], evil: &str) {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    assert!(text.ends_with("\r\n"), "{evil:?}");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{evil:?}");
    assert_eq!(text.matches('\r').count(), text.matches("\r\n").count(), "{evil:?}");
    let is_line_end = |c: char| (c.is_control() && !"\r\n\t".contains(c)) || matches!(c, '\u{2028}' | '\u{2029}');
    assert!(!text.contains(is_line_end), "{evil:?} {text:?}");
    for line in text.split_terminator("\r\n") {
        assert!(line.len() <= 75, "{evil:?} {line:?}");
        let known =
            |name| line.strip_prefix(name).is_some_and(|rest: &str| rest.is_empty() || rest.starts_with([':', ';']));
        assert!(line.starts_with(' ') || LINES.split(' ').any(known), "{evil:?} {line:?}");
    }
    for (line, count) in [("BEGIN:VCALENDAR", 1), ("BEGIN:VEVENT", 1), ("UID:", 1), ("ORGANIZER;", 1), ("SUMMARY", 1)] {
        let found = text.split("\r\n").filter(|other| other.starts_with(line)).count();
        assert_eq!(found, count, "{evil:?} {line}");
    }
}

#[test]
fn no_text_leaves_its_line() {
    for evil in HOSTILE {
        let calendar = calendar(evil);
        let feed = Feed::of(evil, Some(evil), Filter::default());
        let view = FeedView::new(&calendar, &feed, instant("2026-06-01T00:00:00Z"));
        let mut bytes = Vec::new();
        ics::write(&view, &mut bytes).expect("memory");
        check(&bytes, evil);
        if !evil.is_empty() {
            assert_eq!(proof::read_back(&bytes, &view), Ok(()), "{evil:?}");
        }
    }
}

#[test]
fn no_mixture_leaves_its_line() {
    let mut seed = 3_u64;
    for _ in 0..3_000 {
        let mut evil = String::new();
        for _ in 0..12 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let piece: Vec<char> = HOSTILE[(seed >> 33) as usize % HOSTILE.len()].chars().collect();
            let from = (seed >> 40) as usize % (piece.len() + 1);
            evil.extend(piece[from..].iter().take((seed >> 50) as usize % 7));
        }
        let calendar = calendar(&evil);
        let feed = Feed::of("all", None, Filter::default());
        let view = FeedView::new(&calendar, &feed, instant("2026-06-01T00:00:00Z"));
        let mut bytes = Vec::new();
        ics::write(&view, &mut bytes).expect("memory");
        check(&bytes, &evil);
    }
}

#[test]
fn dates_at_the_edges_are_four_digits() {
    for (start, end) in
        [("0000-01-01T00:00:00Z", "0000-01-01T01:00:00Z"), ("9999-12-31T23:30:00Z", "+10000-01-01T08:00:00Z")]
    {
        let mut calendar = calendar("x");
        calendar.events[0].kind = KindId(0);
        for zone in ["America/Los_Angeles", "Pacific/Auckland", "UTC"] {
            let zone = redletter::zone::Tzdb::bundled().zone(zone).expect("a zone");
            calendar.events[0].when = When::Zoned { zone, start: instant(start), end: instant(end) };
            let feed = Feed::of("all", None, Filter::default());
            let view = FeedView::new(&calendar, &feed, instant("2026-06-01T00:00:00Z"));
            let mut bytes = Vec::new();
            ics::write(&view, &mut bytes).expect("memory");
            check(&bytes, start);
        }
    }
}
