//! Differences: laws on random calendars, states of every kind, and hostile files.

#[expect(dead_code, reason = "other tests use the rest")]
mod records;
#[expect(dead_code, reason = "other tests use the rest")]
mod series;

use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;
use std::process::{Command, Output};

use chrono::{DateTime, Utc};
use redletter::calendar::{self, Feed, Filter};
use redletter::diff::{Change, Kind, Pair, Published, compare, read};
use redletter::render::ics;
use redletter::view::feed::FeedView;
use redletter::zone::Tzdb;

const NOW: &str = "2026-11-20T12:00:00Z";

fn now() -> DateTime<Utc> {
    NOW.parse().expect("an instant")
}

/// What a calendar of random records publishes, series for every second seed; `edit` changes the text of its file.
fn published(seed: u64, edit: impl Fn(&str) -> String) -> Published {
    let root = tempfile::tempdir().expect("a folder");
    let records =
        if seed.is_multiple_of(2) { records::records(seed, 60, 2024..2028) } else { series::series(seed, 60) };
    let text = edit(&records::one_file(&records));
    fs::create_dir(root.path().join("events")).expect("a folder");
    fs::write(root.path().join("events/all.toml"), text).expect("a file");
    fs::write(root.path().join("calendar.toml"), "domain = \"example.org\"\ntimezone = \"Europe/Madrid\"\n")
        .expect("a file");
    let tzdb = Tzdb::bundled();
    let loaded = calendar::load(root.path(), &tzdb, now()).expect("a calendar");
    let feed = Feed::of("all", None, Filter::default());
    let mut bytes = Vec::new();
    ics::write_with(&FeedView::new(&loaded.calendar, &feed, now()), NonZeroUsize::MIN, &mut bytes).expect("memory");
    let published = read("all.ics", &bytes, &tzdb);
    assert!(published.series.len() > 30, "{}", published.series.len());
    assert!(published.unread.is_empty(), "{:?}", published.unread);
    published
}

#[test]
fn a_calendar_does_not_differ_from_itself() {
    for seed in 0..10 {
        let (one, other) = (published(seed, str::to_owned), published(seed, str::to_owned));
        assert_eq!(compare(&one, &other, now()), []);
    }
}

/// A change, the way back.
fn reversed(kind: Kind) -> Kind {
    match kind {
        Kind::Added => Kind::Removed,
        Kind::Removed => Kind::Added,
        Kind::Cancelled => Kind::Restored,
        Kind::Restored => Kind::Cancelled,
        Kind::Tentative => Kind::Confirmed,
        Kind::Confirmed => Kind::Tentative,
        same => same,
    }
}

/// UID, kind and times of the changes that do not depend on the direction: a cancelled event has no further changes.
fn outline(changes: &[Change], is_back: bool) -> Vec<String> {
    let is_off = |change: &&Change| matches!(change.kind, Kind::Cancelled | Kind::Restored);
    let off: Vec<&str> = changes.iter().filter(is_off).map(|change| &*change.uid).collect();
    let mut lines: Vec<String> = changes
        .iter()
        .filter(|change| !off.contains(&&*change.uid))
        .filter(|change| matches!(change.kind, Kind::Added | Kind::Removed | Kind::Moved | Kind::Ends))
        .map(|change| {
            let pair = |pair: &Pair| if is_back { (pair.new, pair.old) } else { (pair.old, pair.new) };
            let mut pairs: Vec<String> = change.occurrences.iter().map(|one| format!("{:?}", pair(one))).collect();
            pairs.sort();
            let kind = if is_back { reversed(change.kind) } else { change.kind };
            format!("{} {kind:?} {}", change.uid, pairs.join(" "))
        })
        .collect();
    lines.sort();
    lines
}

/// How many changes there are, whose reverse is what the way back shows.
fn is_reverse(one: &Published, other: &Published) -> usize {
    let (there, back) = (compare(one, other, now()), compare(other, one, now()));
    let (there, back) = (outline(&there, false), outline(&back, true));
    let missing: Vec<&String> = there.iter().filter(|line| !back.contains(line)).take(3).collect();
    assert!(missing.is_empty(), "the way back has not: {missing:#?}");
    assert_eq!(there.len(), back.len());
    there.len()
}

#[test]
fn the_way_back_shows_the_reverse() {
    let mut edited = 0;
    for seed in 0..10 {
        let one = published(seed, str::to_owned);
        let edits: [fn(&str) -> String; 3] = [
            |text| text.replace("T18:", "T20:"),
            |text| text.replace("-03-", "-04-"),
            |text| text.replace("Madrid", "Lisbon"),
        ];
        for edit in edits {
            let other = published(seed, edit);
            edited += is_reverse(&one, &other);
        }
        // Dates of two series that have nothing in common are matched in the order of the first one.
        if seed % 2 == 0 {
            assert!(is_reverse(&one, &published(seed + 100, str::to_owned)) > 0);
        }
    }
    assert!(edited > 20, "{edited}");
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let empty = tempfile::tempdir().expect("a folder");
    Command::new(env!("CARGO_BIN_EXE_redletter"))
        .args(arguments)
        .current_dir(folder)
        .env("TZDIR", empty.path())
        .env("TZ", "Europe/Madrid")
        .env("SOURCE_DATE_EPOCH", now().timestamp().to_string())
        .output()
        .expect("the program runs")
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

const FORUM: &str = "title = \"Forum\"\nkind = \"forum\"\nstart = 2026-12-02T18:00\n";

/// A calendar with one event.
fn calendar(root: &Path) {
    fs::create_dir_all(root.join("events")).expect("a folder");
    fs::write(root.join("calendar.toml"), "domain = \"example.org\"\ntimezone = \"Europe/Madrid\"\n").expect("a file");
    fs::write(root.join("events/forum.toml"), FORUM).expect("a file");
}

#[test]
fn revisions_of_git_are_compared() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("calendars/ours");
    calendar(&root);
    let git = |arguments: &[&str]| {
        let output = Command::new("git")
            .arg("-C")
            .arg(folder.path())
            .args(["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"])
            .args(arguments)
            .output();
        output.is_ok_and(|output| output.status.success())
    };
    if !git(&["init", "-q", "-b", "main"]) {
        // No machine without git has revisions to compare.
        return;
    }
    assert!(git(&["add", "."]) && git(&["commit", "-qm", "one"]));
    let moved = FORUM.replace("T18:00", "T19:30");
    fs::write(root.join("events/forum.toml"), &moved).expect("a file");
    let step = "Wed 2 December 2026: 18:00 → 19:30 Madrid (1 h 30 min later)";
    // Against the folder as it is.
    let output = run(&root, &["diff", "HEAD"]);
    assert!(said(&output).contains(step), "{}", said(&output));
    assert_eq!(output.status.code(), Some(0));
    assert!(git(&["commit", "-qam", "two"]));
    for words in
        [&["diff", "HEAD~1", "HEAD"][..], &["diff", "main~1.."], &["diff", "main~1..main"], &["diff", "main~1...main"]]
    {
        let output = run(&root, words);
        assert!(said(&output).contains(step), "{words:?}: {}", said(&output));
    }
    let output = run(&root, &["diff", "HEAD", "HEAD~1"]);
    assert!(said(&output).contains("19:30 → 18:00 Madrid (1 h 30 min earlier)"), "{}", said(&output));
    assert_eq!(said(&run(&root, &["diff", "HEAD"])), "HEAD → the calendar's folder: no change\n");
    for wrong in ["nothing", "--upload-pack=x", "HEAD:events", "no..where"] {
        let output = run(&root, &["diff", "--", wrong]);
        assert_eq!(output.status.code(), Some(2), "{wrong}: {}", said(&output));
        assert!(said(&output).contains("error: "), "{wrong}: {}", said(&output));
    }
}

#[test]
fn a_feed_and_a_site_are_the_same_as_their_records() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    calendar(root);
    assert!(run(root, &["build", "-o", "site"]).status.success());
    assert!(run(root, &["feed", "all", "-o", "feed.ics"]).status.success());
    for old in ["site", "feed.ics", ".", "site/feeds"] {
        assert_eq!(said(&run(root, &["diff", old])), format!("{old} → the calendar's folder: no change\n"));
    }
    fs::remove_file(root.join("site/feeds/forum.ics")).expect("the feed");
    let output = run(root, &["diff", ".", "site"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("1 feed gone"), "{}", said(&output));
    assert_eq!(run(root, &["diff", ".", "site", "--allow", "feed-gone"]).status.code(), Some(0));
}

/// A file of one event with these lines.
fn event(lines: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\n{lines}END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
}

fn changes(old: &str, new: &str) -> Vec<(Kind, usize)> {
    let tzdb = Tzdb::bundled();
    let (old, new) = (read("old", old.as_bytes(), &tzdb), read("new", new.as_bytes(), &tzdb));
    compare(&old, &new, now()).iter().map(|change| (change.kind, change.occurrences.len())).collect()
}

#[test]
fn each_sort_of_change_is_seen() {
    let one = "SUMMARY:A\r\nDTSTART:20261202T180000Z\r\nDTEND:20261202T190000Z\r\n";
    let seen = |from: &str, to: &str| changes(&event(one), &event(&one.replace(from, to)));
    assert_eq!(seen("DTSTART:20261202T18", "DTSTART:20261202T17"), [(Kind::Moved, 1)]);
    assert_eq!(seen("T190000Z", "T193000Z"), [(Kind::Ends, 1)]);
    assert_eq!(seen("SUMMARY:A", "SUMMARY:B"), [(Kind::Renamed, 1)]);
    assert_eq!(seen("SUMMARY:A", "SUMMARY:A\r\nLOCATION:There"), [(Kind::Place, 1)]);
    assert_eq!(seen("SUMMARY:A", "SUMMARY:CANCELLED: A\r\nSTATUS:CANCELLED"), [(Kind::Cancelled, 1)]);
    assert_eq!(seen("SUMMARY:A", "SUMMARY:A\r\nSTATUS:TENTATIVE"), [(Kind::Tentative, 1)]);
    assert_eq!(seen("SUMMARY:A", "SUMMARY:A\r\nDESCRIPTION:x"), [(Kind::Text, 1)]);
    assert_eq!(seen("SUMMARY:A", "SUMMARY:A\r\nURL:https://example.org"), [(Kind::Text, 1)]);
    // Changes that subscribers do not see.
    assert_eq!(seen("SUMMARY:A", "SUMMARY:A\r\nDTSTAMP:20200101T000000Z\r\nSEQUENCE:3\r\nX-A:b"), []);
    assert_eq!(changes(&event(one), &event(one).replace("UID:1", "UID:2")), [(Kind::UidLost, 1)]);
    let other = event(one).replace("UID:1", "UID:2").replace("SUMMARY:A", "SUMMARY:B");
    assert_eq!(changes(&event(one), &other), [(Kind::Removed, 1), (Kind::Added, 1)]);
}

#[test]
fn of_series_the_dates_are_named() {
    let weekly = "SUMMARY:A\r\nDTSTART;TZID=Europe/Madrid:20261201T180000\r\nDTEND;TZID=Europe/Madrid:20261201T190000\r\nRRULE:FREQ=WEEKLY;COUNT=10\r\n";
    let with = |more: &str| event(&format!("{weekly}{more}"));
    let seen = |new: &str| changes(&event(weekly), new);
    assert_eq!(seen(&with("EXDATE;TZID=Europe/Madrid:20261208T180000\r\n")), [(Kind::Removed, 1)]);
    // The same instant in UTC.
    assert_eq!(seen(&with("EXDATE:20261208T170000Z\r\n")), [(Kind::Removed, 1)]);
    assert_eq!(seen(&event(&weekly.replace("COUNT=10", "COUNT=8"))), [(Kind::Removed, 2)]);
    assert_eq!(seen(&event(&weekly.replace("COUNT=10", "UNTIL=20270202T170000Z"))), []);
    assert_eq!(seen(&event(&weekly.replace("T180000", "T183000"))), [(Kind::Moved, 10)]);
    let override_ = "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:1\r\nRECURRENCE-ID;TZID=Europe/Madrid:20261208T180000\r\nDTSTART;TZID=Europe/Madrid:20261209T180000\r\nDTEND;TZID=Europe/Madrid:20261209T190000\r\nSUMMARY:A\r\n";
    assert_eq!(seen(&with(override_)), [(Kind::Moved, 1)]);
    assert_eq!(seen(&with(&format!("{override_}STATUS:CANCELLED\r\n"))), [(Kind::Cancelled, 1)]);
    // A day is the same one at another hour, also where the next one is near.
    let daily = "SUMMARY:A\r\nDTSTART:20261201T180000Z\r\nRRULE:FREQ=DAILY;COUNT=10\r\n";
    let later = daily.replace("T180000Z", "T190000Z") + "EXDATE:20261203T190000Z\r\n";
    assert_eq!(changes(&event(daily), &event(&later)), [(Kind::Removed, 1), (Kind::Moved, 9)]);
    // Without an end, there is a limit.
    let endless = event(&weekly.replace(";COUNT=10", ""));
    assert_eq!(changes(&endless, &endless.replace("T180000", "T183000"))[0].0, Kind::Moved);
    let ends = event(&weekly.replace("COUNT=10", "UNTIL=20400101T000000Z"));
    assert_eq!(changes(&endless, &ends), [(Kind::Repeat, 1)]);
}

#[test]
fn hostile_files_end_in_bounded_time() {
    let hostile = [
        event("DTSTART:99991231T235959Z\r\nRRULE:FREQ=DAILY\r\n"),
        event("DTSTART:00010101T000000Z\r\nRRULE:FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9\r\n"),
        event("DTSTART:20261202T180000Z\r\nDURATION:P999999999W\r\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\n"),
        event("DTSTART:20261202T180000Z\r\nRRULE:FREQ=SECONDLY\r\n"),
        event("DTSTART;TZID=../../etc/passwd:20261202T180000\r\n"),
        event("DTSTART:20261340T990000Z\r\n"),
        event(&format!(
            "DTSTART:20261202T180000Z\r\nEXDATE:{}20261202T180000Z\r\n",
            "20261202T180000Z,".repeat(50_000)
        )),
        event(&format!("DTSTART:20261202T180000Z\r\nSUMMARY:{}\r\n", "\u{202e}x\u{1b}[2J".repeat(10_000))),
        "BEGIN:VCALENDAR\r\n".repeat(1_000),
        String::new(),
    ];
    let tzdb = Tzdb::bundled();
    for (at, text) in hostile.iter().enumerate() {
        let one = read("x", text.as_bytes(), &tzdb);
        for other in &hostile {
            let other = read("x", other.as_bytes(), &tzdb);
            for change in compare(&one, &other, now()) {
                assert!(change.occurrences.len() < 100_000, "{at}");
            }
        }
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a.ics"), text).expect("a file");
        fs::write(folder.path().join("b.ics"), event("DTSTART:20261202T180000Z\r\nSUMMARY:y\r\n")).expect("a file");
        for format in ["text", "markdown", "github", "json"] {
            let output = run(folder.path(), &["diff", "a.ics", "b.ics", "--format", format]);
            let said = said(&output);
            assert!(!said.contains(['\u{1b}', '\u{202e}']), "{at}: {format}");
            assert!(matches!(output.status.code(), Some(0..=2)), "{at}: {format}: {said}");
        }
    }
}
