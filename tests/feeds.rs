//! A second opinion on feeds: the Python library icalendar and ical.js (Thunderbird's reader) find in them what
//! `redletter agenda` says, event by event and occurrence by occurrence.

mod binary;
mod differences;
mod expected;
mod opinion;
mod records;
mod series;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta};
use differences::Asked;
use expected::{Expected, expected, text};
use redletter::recurrence::Rule;
use redletter::zone::{Resolved, Tzdb};
use serde_json::Value;

/// As of [`binary::NOW`], cancelled events that ended before the first of these days are no longer in feeds; those that
/// end on the second or later are. Between them it is a matter of the event's own clock.
const CANCELLED_UNTIL: [&str; 2] = ["2026-10-19", "2026-10-23"];

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
            if let Some(by_tzdata) = read["start_zoneinfo"].as_str()
                && by_tzdata != found.start
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

/// The id within a UID: an occurrence that stands by itself carries its day, and perhaps its hour.
fn id_of(uid: &str) -> &str {
    let id = uid.strip_suffix("@example.org").unwrap_or(uid);
    let is_day = |text: &str| {
        let (day, hour) = text.split_once('T').unwrap_or((text, ""));
        day.len() == 8 && day.chars().chain(hour.chars()).all(|digit| digit.is_ascii_digit())
    };
    let mut id = id.rsplit_once('-').filter(|(_, last)| is_day(last)).map_or(id, |(id, _)| id);
    // Parts of a generated series, and its further hours, have UIDs that go on behind its number.
    if id.starts_with("parted-") {
        return &id[.."parted-00000".len()];
    }
    while let Some((series, _)) = id.rsplit_once('-').filter(|(_, last)| is_part(last)) {
        id = series;
    }
    id
}

/// Whether it is the name of one of the rules that make up a series: `2tu`, `lastday`, `day15`, `m03`, `t1800`, `mo`.
fn is_part(name: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_weekday = |text: &str| ["mo", "tu", "we", "th", "fr", "sa", "su"].contains(&text);
    let is_nth = |text: &str| {
        let number = text.get(..1).is_some_and(is_number);
        is_weekday(text) || number && is_weekday(&text[1..]) || text.strip_prefix("last").is_some_and(is_weekday)
    };
    let is_day = |text: &str| text.is_empty() || is_nth(text) || text.strip_prefix("day").is_some_and(is_number);
    let is_of_month = |text: &str| text.get(..2).is_some_and(is_number) && is_day(&text[2..]);
    name == "lastday"
        || is_day(name)
        || name.strip_prefix('m').is_some_and(is_of_month)
        || name.strip_prefix('t').is_some_and(is_number)
}

/// A series as a feed has it.
#[derive(Debug)]
struct Written {
    rule: String,
    start: NaiveDateTime,
    /// Whether one of its occurrences is not as planned.
    is_changed: bool,
}

impl Written {
    /// Why `reader` may find other occurrences.
    fn differs(&self, reader: &str) -> Option<&'static str> {
        let Written { rule: text, start, is_changed } = self;
        let rule = Rule::parse(text).expect("a rule");
        if reader == "dateutil" && *is_changed && rule.sets_times() {
            return Some("recurring-ical-events: the change of an occurrence takes out the others of that day");
        }
        Asked { text, rule: &rule, start: *start, at_new_year: true }.differs(reader)
    }
}

/// Series of a feed by the id of their event.
fn rules_of(feed: &str) -> BTreeMap<String, Written> {
    let unfolded = feed.replace("\r\n ", "");
    let changed = unfolded.split("BEGIN:VEVENT").filter(|event| event.contains("\r\nRECURRENCE-ID"));
    let uid = |event: &str| event.lines().find_map(|line| line.strip_prefix("UID:")).unwrap_or_default().to_owned();
    let changed: Vec<String> = changed.map(uid).collect();
    let mut rules = BTreeMap::new();
    for event in unfolded.split("BEGIN:VEVENT").skip(1) {
        let line = |name: &str| event.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        let value = |name: &str| line(name).rsplit_once(':').map_or("", |(_, value)| value).to_owned();
        if line("RRULE").is_empty() {
            continue;
        }
        let start = value("DTSTART").trim_end_matches('Z').to_owned();
        let start = if start.contains('T') { start } else { format!("{start}T000000") };
        let start = NaiveDateTime::parse_from_str(&start, "%Y%m%dT%H%M%S").expect("a start");
        let is_changed = changed.contains(&value("UID"));
        rules.insert(id_of(&value("UID")).to_owned(), Written { rule: value("RRULE"), start, is_changed });
    }
    rules
}

/// recurring-ical-events takes instants to the zone of X-WR-TIMEZONE, and there the second pass of a doubled hour for the
/// first.
fn by_first_pass(instant: &str) -> String {
    let Ok(at) = DateTime::parse_from_rfc3339(instant) else { return instant.to_owned() };
    let madrid = Tzdb::bundled().zone("Europe/Madrid").expect("a zone");
    let at = match madrid.resolve(at.with_timezone(&madrid).naive_local()) {
        Resolved::Overlap { first, .. } => first,
        Resolved::Single(_) | Resolved::Gap { .. } => at.to_utc(),
    };
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Compares what happens in windows, half-open, by both readers; returns how many occurrences the agenda has.
fn compare_occurrences(root: &Path, feed: &str, windows: &[[&str; 2]]) -> usize {
    let mut wanted: Vec<(&str, String, Expected)> = Vec::new();
    let mut old = 0;
    for [from, end] in windows {
        let last = end.parse::<NaiveDate>().expect("a date") - TimeDelta::days(1);
        let last = last.to_string();
        let range = ["agenda", "--from", from, "--to", &last, "--format", "json", "-t", "UTC"];
        let agenda: Value = serde_json::from_slice(&binary::printed(root, &range)).expect("JSON");
        for one in agenda["occurrences"].as_array().expect("a list") {
            let expected = expected(one);
            // What was cancelled long ago is no longer in feeds.
            if expected.status == "CANCELLED" && *expected.end < *CANCELLED_UNTIL[1] {
                old += 1;
            } else {
                wanted.push((from, text(one, "id").to_owned(), expected));
            }
        }
    }

    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("feed.ics");
    let bytes = binary::printed(root, &["feed", feed]);
    let rules = rules_of(std::str::from_utf8(&bytes).expect("UTF-8"));
    fs::write(&path, bytes).expect("the feed is written");
    let mut arguments = vec![path.as_os_str()];
    arguments.extend(windows.iter().flatten().map(std::ffi::OsStr::new));
    for (script, engine) in [("feed.py", "dateutil"), ("feed.mjs", "ical.js")] {
        let printed = opinion::of(script, &arguments, "");
        let mut found: Vec<(&str, String, Expected)> = Vec::new();
        for line in printed.lines() {
            let read: Value = serde_json::from_str(line).expect("a line of JSON");
            let from = windows.iter().map(|[from, _]| *from).find(|from| read["from"] == *from).expect("a window");
            let [start, end, status, summary] =
                ["start", "end", "status", "summary"].map(|key| text(&read, key).to_owned());
            if status == "CANCELLED" && *end < *CANCELLED_UNTIL[1] && *end >= *CANCELLED_UNTIL[0] {
                continue;
            }
            found.push((from, id_of(text(&read, "uid")).to_owned(), Expected { start, end, status, summary }));
        }
        let mut wanted = wanted.clone();
        if engine == "dateutil" {
            for (_, _, Expected { start, end, .. }) in wanted.iter_mut().chain(&mut found) {
                let [from, to] = [by_first_pass(start), by_first_pass(end)];
                // It puts an end that comes before its start in the place of the start.
                (*start, *end) = if from <= to { (from, to) } else { (to, from) };
            }
        }
        wanted.sort();
        found.sort();
        let (mut wrong, mut excused) = (Vec::new(), BTreeMap::new());
        let mut differs = |which: &str, (from, id, expected): &(&str, String, Expected)| {
            let rule = rules.get(id);
            match rule.and_then(|written| written.differs(engine)) {
                Some(why) => {
                    excused.entry(why).or_insert_with(BTreeSet::new).insert(id.clone());
                }
                None => wrong.push(format!("{which}: {from} {id} {expected:?} {rule:?}")),
            }
        };
        let (mut ours, mut theirs) = (wanted.iter().peekable(), found.iter().peekable());
        loop {
            match (ours.peek(), theirs.peek()) {
                (Some(our), Some(their)) if our == their => {
                    ours.next();
                    theirs.next();
                }
                (Some(our), their) if their.is_none_or(|their| our < their) => {
                    differs("not in the feed", our);
                    ours.next();
                }
                (_, Some(their)) => {
                    differs("not in the agenda", their);
                    theirs.next();
                }
                (_, None) => break,
            }
        }
        println!("{feed} {script}: {} occurrences, {} rules, excused {excused:#?}", wanted.len(), rules.len());
        let shown = wrong.iter().take(300).map(String::as_str).collect::<Vec<_>>().join("\n");
        assert!(wrong.is_empty(), "{feed} {script}: {} of {}:\n{shown}", wrong.len(), wanted.len());
        let excused: usize = excused.values().map(BTreeSet::len).sum();
        assert!(excused * 3 <= rules.len(), "{excused} of {} rules are excused", rules.len());
    }
    wanted.len() + old
}

const WINDOWS: [[&str; 2]; 3] =
    [["2022-01-01", "2025-01-01"], ["2026-01-01", "2027-01-01"], ["2026-10-01", "2027-05-01"]];

#[test]
fn readers_agree_on_our_own_events() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert!(compare_occurrences(root, "all", &WINDOWS) > 100);
    binary::printed(root, &["check", "--feeds"]);
}

fn compare_series(seed: u64) {
    let records = series::series(seed, 180);
    let root = tempfile::tempdir().expect("a folder");
    fs::create_dir(root.path().join("events")).expect("a folder");
    fs::write(root.path().join("calendar.toml"), series::CALENDAR).expect("a file");
    fs::write(root.path().join("events/all.toml"), records::one_file(&records)).expect("a file");
    assert!(compare_occurrences(root.path(), "rules", &WINDOWS) > 1_500);
    assert!(compare_occurrences(root.path(), "expanded", &WINDOWS[1..]) > 1_000);
    binary::printed(root.path(), &["check", "--feeds"]);
}

#[test]
fn readers_agree_on_series() {
    compare_series(std::env::var("SEED").map_or(21, |seed| seed.parse().expect("a number")));
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
