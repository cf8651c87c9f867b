//! Files of a calendar that no verb replaces or publishes by accident.

use std::fs;
use std::path::Path;
use std::process::Command;

fn run(root: &Path, arguments: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_redletter"))
        .args(["--now", "2026-11-20T12:00:00Z"])
        .args(arguments)
        .current_dir(root)
        .env_clear()
        .env("TZDIR", root.join("none"))
        .output()
        .expect("the program runs");
    (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
}

fn calendar() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    fs::create_dir_all(root.join("events")).expect("a folder");
    fs::create_dir_all(root.join("static")).expect("a folder");
    let settings = "title = \"Actions\"\ndomain = \"example.org\"\ntimezone = \"Europe/Madrid\"\n";
    fs::write(root.join("calendar.toml"), settings).expect("written");
    let record = "title = \"Forum\"\nkind = \"forum\"\nstart = 2026-12-02T18:00\nnote = \"Ana has the keys\"\n";
    fs::write(root.join("events/forum.toml"), record).expect("written");
    folder
}

#[test]
fn a_feed_replaces_only_a_feed() {
    let folder = calendar();
    let root = folder.path();
    for (name, text) in [("README.md", "# Ours"), ("static/site.css", "body {}"), ("notes.ics", "not a calendar")] {
        fs::write(root.join(name), text).expect("written");
        let (is_done, said) = run(root, &["feed", "all", "-o", name]);
        assert!(!is_done && said.contains("not a feed"), "{name}: {said}");
        assert_eq!(fs::read_to_string(root.join(name)).expect("the file"), text);
    }
    for _ in 0..2 {
        let (is_done, said) = run(root, &["feed", "all", "-o", "static/all.ics"]);
        assert!(is_done, "{said}");
    }
    fs::write(root.join("empty.ics"), "").expect("written");
    assert!(run(root, &["feed", "all", "-o", "empty.ics"]).0);
}

#[test]
fn a_copy_of_a_record_is_not_published() {
    for (name, source) in [
        ("static/copy.toml", "events/forum.toml"),
        ("static/a/calendar.toml", "calendar.toml"),
        ("static/Calendar.TOML", "calendar.toml"),
    ] {
        let folder = calendar();
        let root = folder.path();
        let place = root.join(name);
        fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
        fs::copy(root.join(source), &place).expect("copied");
        let (is_done, said) = run(root, &["build"]);
        assert!(!is_done && said.contains("is a copy of"), "{name}: {said}");
    }
    // Other TOML is published.
    let folder = calendar();
    fs::write(folder.path().join("static/netlify.toml"), "[build]\npublish = \"public\"\n").expect("written");
    let (is_done, said) = run(folder.path(), &["build"]);
    assert!(is_done, "{said}");
}
