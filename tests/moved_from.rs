//! `moved-from` is the start that was last published, as calendar.lock records it; never a start that was edited again
//! before it was published.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const SETTINGS: &str = "title = \"Actions\"\ndomain = \"example.org\"\ntimezone = \"Europe/Madrid\"\n";
const FORUM: &str = "title = \"Forum\"\nkind = \"forum\"\nstart = 2026-12-05T18:00\nduration = \"2h\"\n";

fn run(root: &Path, arguments: &[&str]) -> String {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_redletter"))
        .args(["--now", "2026-11-20T12:00:00Z"])
        .args(arguments)
        .current_dir(root)
        .env_clear()
        .env("TZDIR", root.join("none"))
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&stdout).into_owned() + &String::from_utf8_lossy(&stderr);
    assert!(status.success(), "{arguments:?}: {said}");
    said
}

fn calendar(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("events")).expect("a folder");
    fs::write(folder.path().join("calendar.toml"), SETTINGS).expect("written");
    fs::write(folder.path().join("events/forum.toml"), text).expect("written");
    folder
}

/// The line of the record that has `moved-from`.
fn moved_from(root: &Path) -> Option<String> {
    let text = fs::read_to_string(root.join("events/forum.toml")).expect("the record");
    text.lines().find_map(|line| line.strip_prefix("moved-from = ")).map(str::to_owned)
}

#[track_caller]
fn moved(root: &Path, to: &str, from: Option<&str>) -> String {
    let said = run(root, &["move", "forum", "--to", to]);
    assert_eq!(moved_from(root).as_deref(), from, "moved to {to}: {said}");
    run(root, &["check"]);
    said
}

#[test]
fn an_intermediate_start_is_never_written() {
    let folder = calendar(FORUM);
    let root = folder.path();
    run(root, &["lock"]);
    moved(root, "2026-12-12", Some("2026-12-05T18:00"));
    moved(root, "19:00", Some("2026-12-05T18:00"));
    let lock = run(root, &["lock"]);
    assert!(lock.contains("from 2026-12-05 18:00 to 2026-12-12 19:00"), "{lock}");
    // The new start is published now.
    moved(root, "2026-12-13", Some("2026-12-12T19:00"));
    // Back to it: subscribers know of the first move only.
    moved(root, "2026-12-12", Some("2026-12-05T18:00"));
    assert!(run(root, &["lock"]).contains("up to date"), "nothing changed for subscribers");
}

#[test]
fn back_to_the_published_start_is_no_move() {
    let folder = calendar(FORUM);
    let root = folder.path();
    run(root, &["lock"]);
    moved(root, "2026-12-12", Some("2026-12-05T18:00"));
    moved(root, "2026-12-05", None);
    assert_eq!(fs::read_to_string(root.join("events/forum.toml")).expect("the record"), FORUM, "as it was");
}

#[test]
fn an_event_that_was_never_published_has_none() {
    let folder = calendar(FORUM);
    let root = folder.path();
    fs::write(root.join("events/other.toml"), FORUM).expect("written");
    run(root, &["lock"]);
    // A copy under another id, made after the lock.
    fs::write(root.join("events/new.toml"), FORUM).expect("written");
    let said = run(root, &["move", "new", "--to", "2026-12-12"]);
    assert!(said.contains("calendar.lock does not list it"), "{said}");
    assert!(!fs::read_to_string(root.join("events/new.toml")).expect("a record").contains("moved-from"));
}

#[test]
fn without_a_lock_the_record_counts() {
    let folder = calendar(FORUM);
    moved(folder.path(), "2026-12-12", Some("2026-12-05T18:00"));
    moved(folder.path(), "19:00", Some("2026-12-12T18:00"));
}

#[test]
fn an_event_of_no_public_feed_is_not_in_the_lock() {
    let feeds = ["all", "forum"].map(|name| format!("[[feed]]\nname = \"{name}\"\nwhere = {{ tag = [\"open\"] }}\n"));
    let settings = format!("{SETTINGS}{}", feeds.concat());
    let folder = calendar(FORUM);
    let root = folder.path();
    fs::write(root.join("calendar.toml"), settings).expect("written");
    run(root, &["lock"]);
    assert!(!fs::read_to_string(root.join("calendar.lock")).expect("a lock").contains("forum@"));
    moved(root, "2026-12-12", Some("2026-12-05T18:00"));
}

#[test]
fn another_zone_and_whole_days_are_compared_by_what_subscribers_see() {
    let folder = calendar(&FORUM.replace("start =", "timezone = \"America/Lima\"\nstart ="));
    let root = folder.path();
    run(root, &["lock"]);
    moved(root, "2026-12-06 18:00", Some("2026-12-05T18:00"));
    run(root, &["move", "forum", "--to", "2026-12-07 20:00", "-t", "Europe/Madrid"]);
    // 18:00 in Lima, on the clock that the record has now.
    assert_eq!(moved_from(root).as_deref(), Some("2026-12-06T00:00"));

    let folder = calendar(&FORUM.replace("T18:00\nduration = \"2h\"", ""));
    let root = folder.path();
    run(root, &["lock"]);
    moved(root, "2026-12-12", Some("2026-12-05"));
    moved(root, "2026-12-13", Some("2026-12-05"));
}
