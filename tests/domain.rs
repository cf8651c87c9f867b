//! The domain of UIDs: the first lock needs one, and a later one never changes the UIDs of published events.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const NOW: &str = "2026-11-20T12:00:00Z";

fn run(root: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_redletter"))
        .args(["--now", NOW])
        .args(arguments)
        .current_dir(root)
        .env_clear()
        .env("TZDIR", root.join("none"))
        .output()
        .expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (status.code(), text(stdout), text(stderr))
}

fn settings(root: &Path, line: &str) {
    let text = format!("title = \"Actions\"\ntimezone = \"Europe/Madrid\"\n{line}\n");
    fs::write(root.join("calendar.toml"), text).expect("written");
}

fn record(root: &Path, name: &str, text: &str) {
    fs::create_dir_all(root.join("events")).expect("a folder");
    fs::write(root.join("events").join(name), text).expect("written");
}

/// A forum, a series with every form of UID that derives from its id, an imported event and an action day.
fn calendar(line: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    settings(root, line);
    record(root, "forum.toml", "title = \"Forum\"\nkind = \"forum\"\nstart = 2026-12-02T18:00\n");
    record(
        root,
        "assembly.toml",
        "title = \"Assembly\"\nkind = \"meeting\"\nstart = 2026-12-07T10:00\nrepeat = \"every week on mon at 10:00 and thu at \
         12:00\"\nuntil = 2027-03-31\nalso = [2026-12-12T19:00]\n\n[[change]]\noccurrence = 2026-12-14\nstart = \
         2026-12-14T11:00\n\n[[from]]\ndate = 2027-02-01\nrepeat = \"every week on wed\"\nstart = \"20:00\"\n",
    );
    record(
        root,
        "imported.toml",
        "title = \"Imported\"\nkind = \"forum\"\nuid = \"abc@google.com\"\nstart = 2026-12-03T18:00\n",
    );
    record(
        root,
        "day.toml",
        "title = \"Day\"\nkind = \"action-day\"\nstart = 2026-12-05\n\n[[local]]\ncity = \"Madrid\"\ncountry = \"ES\"\nstart = \
         \"10:00\"\n",
    );
    folder
}

fn uids(root: &Path) -> Vec<String> {
    let (code, out, err) = run(root, &["feed", "all"]);
    assert_eq!(code, Some(0), "{err}");
    let mut uids: Vec<String> = out.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect();
    uids.sort();
    uids.dedup();
    uids
}

#[test]
fn the_first_lock_needs_a_domain() {
    let folder = calendar("");
    let root = folder.path();
    for arguments in [&["lock"][..], &["build"]] {
        let (code, _, err) = run(root, arguments);
        assert_eq!(code, Some(1), "{arguments:?}: {err}");
        assert!(err.contains("error[domain-missing]") && err.contains("domain = \"example.org\""), "{err}");
        assert!(!root.join("calendar.lock").exists() && !root.join("public").exists(), "{arguments:?}");
    }
    settings(root, "url = \"https://example.org/calendar/\"");
    let (code, _, err) = run(root, &["lock"]);
    assert_eq!(code, Some(0), "{err}");
    let (code, _, err) = run(root, &["build"]);
    assert_eq!(code, Some(0), "{err}");
}

#[test]
fn a_calendar_without_events_needs_none() {
    let folder = tempfile::tempdir().expect("a folder");
    settings(folder.path(), "");
    fs::create_dir(folder.path().join("events")).expect("a folder");
    let (code, _, err) = run(folder.path(), &["build"]);
    assert_eq!(code, Some(0), "{err}");
}

#[test]
fn another_domain_is_refused_with_the_line_that_keeps_uids() {
    let folder = calendar("domain = \"example.org\"");
    let root = folder.path();
    run(root, &["lock"]);
    let (before, lock) = (uids(root), fs::read(root.join("calendar.lock")).expect("a lock"));
    // `url` is another host; then neither is set.
    for line in ["url = \"https://cal.example.org/\"", ""] {
        settings(root, line);
        for arguments in [&["lock"][..], &["lock", "--locked"], &["build"], &["feed", "all"], &["check"]] {
            let (code, out, err) = run(root, arguments);
            let said = out + &err;
            assert_eq!(code, Some(1), "{arguments:?}: {said}");
            for part in ["domain-changed", "domain = \"example.org\"", "--adopt-domain", "4 published events"] {
                assert!(said.contains(part), "{arguments:?}: {part} in {said}");
            }
        }
        assert_eq!(fs::read(root.join("calendar.lock")).expect("a lock"), lock, "the lock is as it was");
        assert!(!root.join("public").exists());
    }
    settings(root, "url = \"https://cal.example.org/\"\ndomain = \"example.org\"");
    assert_eq!(uids(root), before);
    assert_eq!(run(root, &["build"]).0, Some(0));
}

#[test]
fn an_adopted_domain_is_for_new_events_only() {
    let folder = calendar("domain = \"example.org\"");
    let root = folder.path();
    run(root, &["lock"]);
    let before = uids(root);
    settings(root, "domain = \"new.example\"");
    let (code, _, err) = run(root, &["lock", "--adopt-domain"]);
    assert_eq!(code, Some(0), "{err}");
    assert!(err.contains("4 events keep their UIDs with `example.org`; new events use `new.example`"), "{err}");
    assert_eq!(uids(root), before);
    record(root, "later.toml", "title = \"Later\"\nkind = \"forum\"\nstart = 2026-12-09T18:00\n");
    let after = uids(root);
    assert!(after.contains(&"UID:later@new.example".to_owned()), "{after:?}");
    assert!(before.iter().all(|uid| after.contains(uid)) && after.len() == before.len() + 1, "{after:?}");

    // Every form that shows a UID, and a change that an update must recognise as one of the same event.
    assert_eq!(run(root, &["lock", "--locked"]).0, Some(1), "the new event is not recorded yet");
    let (code, out, err) = run(root, &["lock"]);
    assert_eq!((code, out.contains("1 event new")), (Some(0), true), "{out}{err}");
    let csv = run(root, &["agenda", "2026-12", "--format", "csv"]).1;
    assert!(csv.contains("forum@example.org") && csv.contains("later@new.example"), "{csv}");
    record(root, "forum.toml", "title = \"Forum\"\nkind = \"forum\"\nstart = 2026-12-02T19:00\n");
    let feed = run(root, &["feed", "all"]).1;
    let event = feed.split("BEGIN:VEVENT").find(|event| event.contains("UID:forum@example.org")).expect("the forum");
    assert!(event.contains("SEQUENCE:1"), "{event}");
    fs::remove_file(root.join("events/forum.toml")).expect("removed");
    let (code, out, err) = run(root, &["lock"]);
    assert_eq!((code, out.contains("deleted")), (Some(0), true), "{out}{err}");
    assert_eq!(run(root, &["build"]).0, Some(0));
    assert_eq!(run(root, &["lock", "--locked"]).0, Some(0), "nothing is left to record");

    // A second change, and one back to the first domain.
    settings(root, "domain = \"third.example\"");
    assert_eq!(run(root, &["lock"]).0, Some(1));
    assert_eq!(run(root, &["lock", "--adopt-domain"]).0, Some(0));
    let third = uids(root);
    assert!(third.contains(&"UID:later@new.example".to_owned()), "{third:?}");
    settings(root, "domain = \"example.org\"");
    assert_eq!(uids(root), third);
}

#[test]
fn a_calendar_is_shown_as_of_a_day_before_its_lock() {
    let folder = calendar("domain = \"example.org\"");
    let root = folder.path();
    run(root, &["lock"]);
    for arguments in
        [&["--now", "2026-01-01T00:00:00Z", "feed", "all"][..], &["--now", "2026-01-01T00:00:00Z", "build"]]
    {
        let output = Command::new(env!("CARGO_BIN_EXE_redletter")).args(arguments).current_dir(root).output();
        let output = output.expect("the program runs");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
}
