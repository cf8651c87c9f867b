//! The project's own calendar, in `events/`.

mod binary;

use std::fs;
use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use redletter::calendar::{self, Loaded};
use redletter::diagnostic::{self, Severity};
use redletter::schedule::{self, Window};
use redletter::zone::Tzdb;

/// Whitespace as one space, so that it does not matter where a listing breaks its lines.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn now() -> DateTime<Utc> {
    binary::NOW.parse().expect("an instant")
}

fn own() -> Loaded {
    calendar::load(root(), &Tzdb::bundled(), now()).expect("the files can be read")
}

#[test]
fn no_error_and_no_warning() {
    let wrong: Vec<_> = own().diagnostics.into_iter().filter(|one| one.finding.severity <= Severity::Warning).collect();
    assert!(wrong.is_empty(), "{}", diagnostic::text::render(&wrong, false, 100));
    binary::printed(root(), &["check", "--deny", "warnings", "--feeds"]);
}

#[test]
fn something_is_coming_on_every_day_of_the_year() {
    let Loaded { calendar, .. } = own();
    let zone = calendar.settings.timezone.expect("our calendar has a zone");
    let empty = now().date_naive().iter_days().take(366).find(|today| {
        let window = Window::days(*today, *today + TimeDelta::days(29), zone);
        schedule::occurrences(&calendar, &window, |_| true).expect("few occurrences").is_empty()
    });
    assert_eq!(empty, None);
}

#[test]
fn two_builds_of_all_feeds_are_identical() {
    let folders = [(); 2].map(|()| tempfile::tempdir().expect("a folder"));
    let builds = folders.each_ref().map(|folder| {
        let path = folder.path().to_str().expect("a folder with a plain name");
        binary::printed(root(), &["feed", "--all", "-o", path]);
        let read = fs::read_dir(folder.path()).expect("a folder").map(|entry| entry.expect("an entry").path());
        let mut files: Vec<_> = read.collect();
        files.sort();
        let file =
            |path: &std::path::PathBuf| (path.file_name().map(ToOwned::to_owned), fs::read(path).expect("a feed"));
        files.iter().map(file).collect::<Vec<_>>()
    });
    assert_eq!(builds[0].len(), own().calendar.feeds().len());
    assert!(builds[0] == builds[1]);
}

#[test]
fn our_site_is_built_without_a_word_about_the_lock_and_a_second_build_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("public");
    let path = out.to_str().expect("a folder with a plain name");
    binary::printed(root(), &["build", "--locked", "-o", path]);
    let page = out.join("events/forum-ukraine/index.html");
    let read = || fs::metadata(&page).and_then(|file| file.modified()).expect("the page of a forum");
    let before = read();
    binary::printed(root(), &["build", "--locked", "-o", path]);
    assert_eq!(read(), before);
    assert!(fs::read_to_string(&page).expect("UTF-8").contains("16:00"));
}

#[test]
fn the_lock_is_up_to_date_and_the_layout_is_that_of_fmt() {
    // Who changes a record runs `redletter lock` and `redletter fmt`, as the README says.
    binary::printed(root(), &["lock", "--locked"]);
    binary::printed(root(), &["fmt", "--check"]);
}

#[test]
fn the_forum_on_ukraine_is_at_four_in_the_afternoon() {
    // Printed as "4:00 PST", in June: 4 pm on the clocks of Los Angeles, which show PDT then.
    let Loaded { calendar, .. } = own();
    let start = calendar.event("forum-ukraine").expect("an event").when.start_instant();
    assert_eq!(start, "2023-06-10T23:00:00Z".parse().ok());
    let feed = String::from_utf8(binary::printed(root(), &["feed", "all"])).expect("UTF-8");
    let (_, event) = feed.split_once("UID:forum-ukraine@").expect("it is in the feed");
    let start = event.lines().find(|line| line.starts_with("DTSTART")).expect("a start");
    assert_eq!(start, "DTSTART;TZID=America/Los_Angeles:20230610T160000");
}

#[test]
fn notes_are_never_published() {
    let Loaded { calendar, .. } = own();
    let notes: Vec<String> = calendar.events.iter().filter_map(|event| event.note.as_deref()).map(flat).collect();
    assert!(notes.len() >= 4);
    // The longest part of each that reads the same in plain text, in TEXT and in HTML.
    let words =
        notes.iter().map(|note| note.split([',', ';', '"', '.', '<']).max_by_key(|part| part.len()).expect("one"));
    let words: Vec<&str> = words.map(str::trim).collect();
    // All records with notes are of these years; series of millennia would only take time.
    let range = ["agenda", "--from", "2010-01-01", "--to", "2030-12-31", "--format"];
    let mut texts = vec![("feed", binary::printed(root(), &["feed", "all"]))];
    for format in ["table", "text", "json", "jsonl", "csv", "markdown", "html", "ics"] {
        texts.push((format, binary::printed(root(), &[&range[..], &[format]].concat())));
    }
    for event in calendar.events.iter().filter(|event| event.note.is_some()) {
        texts.push(("show", binary::printed(root(), &["show", &event.id])));
    }
    for (what, text) in texts {
        assert!(!text.is_empty(), "{what}");
        let text = flat(&String::from_utf8(text).expect("UTF-8").replace("\r\n ", ""));
        for part in &words {
            assert!(!text.contains(part), "{what} has `{part}` of a note");
        }
    }
}
