//! A second opinion on feeds: the Python library icalendar and ical.js (Thunderbird's reader) find in them what
//! `redletter agenda` says, event by event.

mod binary;
mod opinion;
mod records;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta};
use serde_json::Value;

/// As of [`binary::NOW`], cancelled events that ended before the first of these days are no longer in feeds; those that
/// end on the second or later are. Between them it is a matter of the event's own clock.
const CANCELLED_UNTIL: [&str; 2] = ["2026-10-19", "2026-10-23"];

/// Zones of which the package tzdata has newer rules than the bundled 2026e.
const NEWER_THAN_THE_BUNDLE: [&str; 2] = ["America/Havana", "Cuba"];

/// What a reader should find of an event.
#[derive(PartialEq, Eq, Debug)]
struct Expected {
    start: String,
    end: String,
    status: String,
    summary: String,
}

/// Start or end of a floating time, which feeds carry as days.
fn day_of(floating: &str, is_end: bool) -> NaiveDate {
    let wall: NaiveDateTime = floating.parse().expect("a floating time");
    if is_end { (wall - TimeDelta::seconds(1)).date() + TimeDelta::days(1) } else { wall.date() }
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_else(|| panic!("no {key} in {value}"))
}

fn expected(occurrence: &Value) -> Expected {
    let bound = |key: &str| {
        let written = text(occurrence, key);
        match DateTime::parse_from_rfc3339(written) {
            Ok(instant) => instant.to_utc().format("%Y-%m-%dT%H:%M:%SZ").to_string(),
            Err(_) if occurrence["all_day"] == true => written.to_owned(),
            Err(_) => day_of(written, key == "end").to_string(),
        }
    };
    let title = text(occurrence, "title");
    let (status, summary) = match text(occurrence, "status") {
        "cancelled" => ("CANCELLED", format!("CANCELLED: {title}")),
        "postponed" => ("TENTATIVE", format!("POSTPONED: {title}")),
        "tentative" => ("TENTATIVE", title.to_owned()),
        _ => ("CONFIRMED", title.to_owned()),
    };
    Expected { start: bound("start"), end: bound("end"), status: status.into(), summary }
}

/// Compares the feed `all` with the agenda, by both readers; returns how many events were compared.
fn compare(root: &Path) -> usize {
    let range = ["--from", "0001-01-01", "--to", "9998-12-31", "--format", "json", "-t", "UTC"];
    let agenda: Value =
        serde_json::from_slice(&binary::printed(root, &[&["agenda"], &range[..]].concat())).expect("JSON");
    let occurrences = agenda["occurrences"].as_array().expect("a list");
    let by_uid: BTreeMap<&str, &Value> = occurrences.iter().map(|one| (text(one, "uid"), one)).collect();
    assert_eq!(by_uid.len(), occurrences.len(), "UIDs are unique");

    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("all.ics");
    fs::write(&path, binary::printed(root, &["feed", "all"])).expect("the feed is written");
    for script in ["feed.py", "feed.mjs"] {
        let mut missing = by_uid.clone();
        let mut wrong = Vec::new();
        for line in opinion::of(script, &[path.as_os_str()], "").lines() {
            let read: Value = serde_json::from_str(line).expect("a line of JSON");
            let Some(occurrence) = missing.remove(text(&read, "uid")) else {
                wrong.push(format!("not in the agenda, or twice in the feed: {read}"));
                continue;
            };
            let [start, end, status, summary] =
                ["start", "end", "status", "summary"].map(|key| text(&read, key).into());
            let (found, expected) = (Expected { start, end, status, summary }, expected(occurrence));
            if found != expected {
                wrong.push(format!("{read}\nexpected {expected:?}\nof {occurrence}"));
            }
            // Clients with rules of their own come to the same instant.
            let zone = occurrence["event_timezone"].as_str().unwrap_or_default();
            if let Some(by_tzdata) = read["start_zoneinfo"].as_str()
                && by_tzdata != found.start
                && !NEWER_THAN_THE_BUNDLE.contains(&zone)
            {
                wrong.push(format!("by its own rules, a client reads {by_tzdata}: {read}"));
            }
        }
        for occurrence in missing.values() {
            let end = expected(occurrence).end;
            if occurrence["status"] != "cancelled" || *end >= *CANCELLED_UNTIL[1] {
                wrong.push(format!("not in the feed: {occurrence}"));
            }
        }
        for (uid, occurrence) in by_uid.iter().filter(|(uid, _)| !missing.contains_key(*uid)) {
            if occurrence["status"] == "cancelled" && *expected(occurrence).end < *CANCELLED_UNTIL[0] {
                wrong.push(format!("cancelled long ago, and in the feed: {uid}"));
            }
        }
        let shown = wrong.iter().take(20).map(String::as_str).collect::<Vec<_>>().join("\n");
        assert!(wrong.is_empty(), "{script}: {} of {} events:\n{shown}", wrong.len(), by_uid.len());
    }
    binary::printed(root, &["check", "--feeds"]);
    occurrences.len()
}

fn compare_generated(seed: u64, years: std::ops::Range<i32>) {
    let records = records::records(seed, 900, years);
    let root = tempfile::tempdir().expect("a folder");
    fs::create_dir(root.path().join("events")).expect("a folder");
    fs::write(root.path().join("calendar.toml"), records::CALENDAR).expect("a file");
    fs::write(root.path().join("events/all.toml"), records::one_file(&records)).expect("a file");
    assert_eq!(compare(root.path()), records.len());
}

#[test]
fn readers_agree_on_our_own_events() {
    assert!(compare(Path::new(env!("CARGO_MANIFEST_DIR"))) > 20);
}

#[test]
fn readers_agree_on_these_years() {
    // Within a few years most zones are written with a VTIMEZONE.
    compare_generated(1, 2025..2030);
}

#[test]
fn readers_agree_on_one_year() {
    compare_generated(2, 2027..2028);
}

#[test]
fn readers_agree_on_two_centuries() {
    compare_generated(3, 1900..2100);
}
