use chrono::{DateTime, Utc};

use crate::calendar::{Calendar, Feed, Series, Settings, load};
use crate::event::Status;
use crate::lock::{History, Lock};
use crate::view::feed::FeedView;
use crate::view::sample::{all, instant};
use crate::zone::Tzdb;

const WEEKLY: &str = "title=\"X\"\nkind=\"forum\"\nstart=2026-11-24T19:00\nrepeat=\"weekly\"\nuntil=2026-12-31\n";
const DAYS: &str = "title=\"X\"\nkind=\"vigil\"\nstart=2026-11-24\nrepeat=\"weekly\"\nuntil=2026-12-31\n";

/// The calendar of records in files of their own.
fn calendar(records: &[(&str, &str)], now: DateTime<Utc>) -> Calendar {
    let tzdb = Tzdb::bundled();
    let settings =
        Settings { timezone: tzdb.zone("Europe/Madrid"), domain: "example.org".into(), ..Settings::default() };
    let mut events = Vec::new();
    for (id, text) in records {
        let file = format!("events/{id}.toml");
        let (judged, findings) = load::judge_text(&file, text, &load::context(&settings, &tzdb, now), false);
        assert!(judged.iter().all(|judged| judged.event.is_some()), "{text}: {findings:?}");
        events.extend(judged.into_iter().filter_map(|judged| Some(*judged.event?)));
    }
    events.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    Calendar { settings, events, as_of: now }
}

/// The cancelled dates of a feed after some states of the records, each locked: by the lock before the last update, which
/// must be the same as after it.
fn cancelled(states: &[&[(&str, &str)]]) -> Vec<String> {
    let tzdb = Tzdb::bundled();
    let mut lock = Lock::default();
    let mut found = Vec::new();
    for (index, records) in states.iter().enumerate() {
        let now = instant(&format!("2026-11-{}T12:00:00Z", 20 + index));
        let calendar = calendar(records, now);
        let shown = |lock: &Lock| {
            let history = History::new(lock, &calendar, now, &tzdb, |_| true);
            let told = history.told(&calendar);
            let feed = Feed { series: Series::Expanded, ..all() };
            let view = FeedView::of(&told, &feed, now, Some(&history), |_| true);
            let off = view.events.iter().filter(|one| one.status == Status::Cancelled);
            let mut off: Vec<DateTime<Utc>> = off.map(|one| one.begins).collect();
            off.sort_unstable();
            off.iter().map(|begins| begins.format("%m-%d %H:%M").to_string()).collect::<Vec<_>>()
        };
        let updated = lock.updated_with(&calendar, now, &tzdb).0;
        found = shown(&updated);
        assert_eq!(shown(&lock), found, "{records:?}");
        assert_eq!(updated.updated_with(&calendar, now, &tzdb).0, updated, "{records:?}");
        lock = Lock::parse(&updated.to_string()).expect("a lock");
    }
    found
}

/// The same of one record that begins with `base`.
fn edited(base: &str, before: &str, after: &str) -> Vec<String> {
    let [before, after] = [before, after].map(|rest| format!("{base}{rest}"));
    cancelled(&[&[("w", &before)], &[("w", &after)]])
}

#[test]
fn a_part_that_changes_its_beginning_or_goes_cancels_no_day_that_the_series_has() {
    let from = |date: &str, rest: &str| format!("[[from]]\ndate={date}\n{rest}\n");
    let later = from("2026-12-15", "start=\"20:00\"");
    for after in [String::new(), from("2026-12-22", "start=\"20:00\""), from("2026-12-08", "start=\"20:00\"")] {
        assert_eq!(edited(WEEKLY, &later, &after), [""; 0], "{after}");
    }
    let title = from("2026-12-15", "title=\"Y\"");
    for base in [WEEKLY, DAYS] {
        assert_eq!(edited(base, &title, ""), [""; 0], "{base}");
    }
    let endless = WEEKLY.replace("until=2026-12-31\n", "");
    assert_eq!(edited(&endless, &later, ""), [""; 0]);
    // Cancelled from a day on, and confirmed again.
    let off = format!("{WEEKLY}{}", from("2026-12-15", "status=\"cancelled\""));
    assert_eq!(cancelled(&[&[("w", WEEKLY)], &[("w", &off)], &[("w", WEEKLY)]]), [""; 0]);
}

#[test]
fn days_that_only_the_part_had_are_cancelled() {
    let both = "[[from]]\ndate=2026-12-15\nrepeat=\"every week on tue and thu\"\n";
    assert_eq!(edited(WEEKLY, both, ""), ["12-17 18:00", "12-24 18:00", "12-31 18:00"]);
    let endless = WEEKLY.replace("until=2026-12-31\n", "");
    let off = edited(&endless, both, "");
    assert_eq!((off[0].as_str(), off.len()), ("12-17 18:00", 23), "half a year of Thursdays");
    // The series ends before the part.
    let short = WEEKLY.replace("12-31", "12-10");
    let part = format!("{WEEKLY}[[from]]\ndate=2026-12-15\nstart=\"20:00\"\n");
    assert_eq!(cancelled(&[&[("w", &part)], &[("w", &short)]]), ["12-15 19:00", "12-22 19:00", "12-29 19:00"]);
    // Another hour of a day is a date of its own.
    let hours = WEEKLY.replace("T19:00", "T12:00");
    let two = hours.replace("\"weekly\"", "\"every week on tue at 12:00 and on tue at 18:00\"");
    assert_eq!(cancelled(&[&[("w", &two)], &[("w", &hours)]]).len(), 6);
}

#[test]
fn a_moved_date_that_is_written_in_another_way_is_not_cancelled() {
    let change = "[[change]]\noccurrence=2026-12-08\nstart=2026-12-09T18:00\n";
    let single = "except=[2026-12-08]\nalso=[2026-12-09T18:00]\n";
    assert_eq!(edited(WEEKLY, change, single), [""; 0]);
    assert_eq!(edited(WEEKLY, single, change), [""; 0]);
    let other_hour = "except=[2026-12-08]\nalso=[2026-12-09T20:00]\n";
    assert_eq!(edited(WEEKLY, change, other_hour), ["12-09 17:00"]);
    let days = ["[[change]]\noccurrence=2026-12-08\nstart=2026-12-09\n", "except=[2026-12-08]\nalso=[2026-12-09]\n"];
    assert_eq!(edited(DAYS, days[0], days[1]), [""; 0]);
    assert_eq!(edited(DAYS, days[1], days[0]), [""; 0]);
}

#[test]
fn a_date_that_becomes_a_record_of_its_own_is_not_cancelled() {
    let own = "title=\"X\"\nkind=\"forum\"\nstart=2026-12-09T18:00\n";
    let also = format!("{WEEKLY}also=[2026-12-09T18:00]\n");
    assert_eq!(cancelled(&[&[("w", &also)], &[("w", WEEKLY), ("own", own)]]), [""; 0]);
    // Also when the date is dropped first.
    assert_eq!(cancelled(&[&[("w", &also)], &[("w", WEEKLY)]]), ["12-09 17:00"]);
    assert_eq!(cancelled(&[&[("w", &also)], &[("w", WEEKLY)], &[("w", WEEKLY), ("own", own)]]), [""; 0]);
    // One of the same title in another city, published before, is another event.
    assert_eq!(cancelled(&[&[("w", &also), ("own", own)], &[("w", WEEKLY), ("own", own)]]), ["12-09 17:00"]);
    assert_eq!(cancelled(&[&[("lyon", own), ("own", own)], &[("own", own)]]), ["12-09 17:00"]);
    let other = own.replace("\"X\"", "\"Y\"");
    assert_eq!(cancelled(&[&[("w", &also)], &[("w", WEEKLY), ("own", &other)]]), ["12-09 17:00"]);
}
