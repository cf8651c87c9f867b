//! A published UID of an `also` date never changes, whatever happens to its series.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const SETTINGS: &str = "title = \"Actions\"\ndomain = \"example.org\"\ntimezone = \"Europe/Madrid\"\n";

fn run(root: &Path, arguments: &[&str]) -> String {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_redletter"))
        .args(["--now", "2026-11-20T12:00:00Z", "--quiet"])
        .args(arguments)
        .current_dir(root)
        .env_clear()
        .env("TZDIR", root.join("none"))
        .output()
        .expect("the program runs");
    assert!(status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).expect("UTF-8")
}

/// A weekly series at `hour` with the dates of `also`.
fn write(root: &Path, hour: &str, also: &[&str]) {
    let text = format!(
        "title = \"Assembly\"\nkind = \"meeting\"\nstart = 2026-12-01T{hour}\nduration = \"1h\"\nrepeat = \"weekly\"\nuntil = \
         2026-12-31\nalso = [{}]\n",
        also.join(", ")
    );
    fs::write(root.join("events/w.toml"), text).expect("written");
}

fn calendar() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("events")).expect("a folder");
    fs::write(folder.path().join("calendar.toml"), SETTINGS).expect("written");
    let other = "title = \"March\"\nkind = \"protest\"\nstart = 2026-12-20\n";
    fs::write(folder.path().join("events/march.toml"), other).expect("written");
    folder
}

/// Starts of single events in the feed, by UID.
fn dates(root: &Path) -> BTreeMap<String, String> {
    let feed = run(root, &["feed", "all"]);
    let line = |event: &str, name: &str| {
        event
            .lines()
            .find(|line| line.starts_with(name))
            .map(|line| line.rsplit(':').next().expect("a value").to_owned())
    };
    let events = feed.split("BEGIN:VEVENT").skip(1).filter(|event| !event.contains("RRULE"));
    let mut found = BTreeMap::new();
    for event in events {
        let uid = line(event, "UID:").expect("a UID");
        let start = line(event, "DTSTART").expect("a start");
        assert!(found.insert(uid.clone(), start).is_none(), "{uid} twice in {feed}");
    }
    found
}

fn uid_of(dates: &BTreeMap<String, String>, start: &str) -> String {
    let mut found = dates.iter().filter(|(_, other)| *other == start).map(|(uid, _)| uid.clone());
    found.next().unwrap_or_else(|| panic!("{start} in {dates:?}"))
}

#[test]
fn a_series_at_the_hour_of_an_also_date_keeps_its_uid() {
    let folder = calendar();
    let root = folder.path();
    write(root, "18:00", &["2026-12-10T10:00", "2026-12-11T18:00"]);
    run(root, &["lock"]);
    let before = dates(root);
    assert_eq!(uid_of(&before, "20261210T100000"), "w-20261210T1000@example.org");
    assert_eq!(uid_of(&before, "20261211T180000"), "w-20261211@example.org");
    // The series moves to ten, where a new date on the 11th would take the UID of the one at 18:00.
    write(root, "10:00", &["2026-12-10T10:00", "2026-12-11T18:00", "2026-12-11T10:00"]);
    for _ in 0..2 {
        let after = dates(root);
        assert_eq!(uid_of(&after, "20261210T100000"), "w-20261210T1000@example.org");
        assert_eq!(uid_of(&after, "20261211T180000"), "w-20261211@example.org");
        assert_eq!(uid_of(&after, "20261211T100000"), "w-20261211T1000@example.org");
        run(root, &["lock"]);
    }
    // A removed date is announced under the UID that subscribers have; so is a deleted series.
    write(root, "10:00", &["2026-12-10T10:00", "2026-12-11T10:00"]);
    run(root, &["lock"]);
    let dropped = run(root, &["feed", "all"]);
    let gone =
        dropped.split("BEGIN:VEVENT").find(|event| event.contains("UID:w-20261211@example.org")).expect("announced");
    assert!(gone.contains("STATUS:CANCELLED"), "{gone}");
    let before = dates(root);
    fs::remove_file(root.join("events/w.toml")).expect("removed");
    let after = dates(root);
    assert!(
        before.iter().all(|(uid, start)| after.get(uid) == Some(start)),
        "all cancelled under their UIDs: {after:?}"
    );
}

#[test]
fn any_history_of_a_series_keeps_the_uids_of_its_dates() {
    let hours = ["10:00", "18:00", "19:30"];
    let days = ["2026-12-10", "2026-12-11"];
    let moments: Vec<String> =
        days.iter().flat_map(|day| hours.iter().map(move |hour| format!("{day}T{hour}"))).collect();
    let mut seed = 7_u64;
    let mut below = |bound: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).expect("31 bits") % bound
    };
    for _ in 0..12 {
        let folder = calendar();
        let root = folder.path();
        let mut known: BTreeMap<String, String> = BTreeMap::new();
        for step in 0..6 {
            let also: Vec<&str> = moments.iter().filter(|_| below(2) == 0).map(String::as_str).collect();
            write(root, hours[below(3)], &also);
            let found = dates(root);
            for moment in &also {
                let start = format!("{}00", moment.replace(['-', ':'], ""));
                let uid = uid_of(&found, &start);
                let before = known.insert(start.clone(), uid.clone());
                assert!(before.is_none_or(|before| before == uid), "{start} in step {step}");
            }
            // A date that is gone may come back later under any UID.
            known.retain(|start, _| found.values().any(|other| other == start));
            run(root, &["lock"]);
        }
    }
}

#[test]
fn a_new_date_does_not_take_the_uid_of_a_deleted_event() {
    let single = |root: &Path, name: &str, start: &str| {
        let text = format!("title = \"Forum\"\nkind = \"forum\"\nstart = {start}\n");
        fs::write(root.join("events").join(name), text).expect("written");
    };
    let folder = calendar();
    let root = folder.path();
    let expanded = format!("{SETTINGS}[[feed]]\nname = \"single\"\nseries = \"expanded\"\n");
    fs::write(root.join("calendar.toml"), expanded).expect("written");
    // Names that the dates of a later series have: one of `also`, one of its rule, one with the hour.
    single(root, "w-20261210.toml", "2026-12-10T18:00");
    single(root, "w-20261208.toml", "2026-12-08T12:00");
    run(root, &["lock"]);
    for name in ["w-20261210.toml", "w-20261208.toml"] {
        fs::remove_file(root.join("events").join(name)).expect("removed");
    }
    run(root, &["lock"]);
    write(root, "18:00", &["2026-12-10T18:00"]);
    for _ in 0..2 {
        let found = dates(root);
        assert_eq!(found["w-20261210T1800@example.org"], "20261210T180000");
        let expanded = run(root, &["feed", "single"]);
        let uids: Vec<&str> = expanded.lines().filter(|line| line.starts_with("UID:")).collect();
        let mut once = uids.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), uids.len(), "{uids:?}");
        assert!(uids.contains(&"UID:w-20261208T1800@example.org") && uids.contains(&"UID:w-20261208@example.org"));
        run(root, &["lock"]);
    }
}

#[test]
fn a_new_event_does_not_share_the_uid_of_a_deleted_date() {
    let folder = calendar();
    let root = folder.path();
    write(root, "18:00", &["2026-12-10T18:00", "2026-12-11T18:00"]);
    run(root, &["lock"]);
    fs::remove_file(root.join("events/w.toml")).expect("removed");
    let text = "title = \"Forum\"\nkind = \"forum\"\nstart = 2026-12-10T20:00\n";
    fs::write(root.join("events/w-20261210.toml"), text).expect("written");
    for _ in 0..2 {
        let found = dates(root);
        assert_eq!(found["w-20261210@example.org"], "20261210T200000");
        assert_eq!(found["w-20261211@example.org"], "20261211T180000");
        run(root, &["lock"]);
    }
}
