//! `import`: laws, hostile input, and what it does with the files of other programs.

#[expect(dead_code, reason = "other tests need more of it")]
mod records;

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::time::{Duration, Instant};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use redletter::calendar::{self, Loaded};
use redletter::cli::{self, Environment, World};
use redletter::event::{Ends, Event, When};
use redletter::schedule::{self, Window};
use redletter::zone::{Tzdb, Zone};
use serde_json::Value;

const NOW: &str = "2026-01-01T00:00:00Z";

struct Run {
    out: String,
    err: String,
    exit: u8,
}

fn run_with(folder: &Path, arguments: &[&str], stdin: Option<fn() -> Box<dyn Read>>) -> Run {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut world = World {
        clock: NOW.parse().expect("a time"),
        time: || unreachable!("nothing runs on"),
        folder: folder.to_owned(),
        environment: Environment { stdin, ..Environment::default() },
        columns: None,
        err_terminal: false,
        input: None,
        out: &mut out,
        err: &mut err,
    };
    let exit = cli::run(["redletter"].iter().chain(arguments).map(Into::into), &mut world).code();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    Run { out: text(out), err: text(err), exit }
}

fn run(folder: &Path, arguments: &[&str]) -> Run {
    run_with(folder, arguments, None)
}

/// Imports a file into a new calendar.
fn import(bytes: &[u8], more: &[&str]) -> (tempfile::TempDir, Run) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("source.ics"), bytes).expect("a file");
    let run = run(folder.path(), &[&["import", "source.ics", "--into", "c"], more].concat());
    (folder, run)
}

/// VEVENTs in a calendar.
fn calendar_of(events: &[&str]) -> String {
    let events: String =
        events.iter().map(|event| format!("BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n")).collect::<Vec<_>>().concat();
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-TIMEZONE:Europe/Madrid\r\n{events}END:VCALENDAR\r\n")
}

/// The only record that was written.
fn record(folder: &Path) -> String {
    let mut found = Vec::new();
    files(&folder.join("c/events"), &mut found);
    assert_eq!(found.len(), 1, "{found:?}");
    fs::read_to_string(&found[0]).expect("a record")
}

fn files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
    found.sort();
}

/// The lines of the record of a single event.
fn imported(event: &str) -> Vec<String> {
    let (folder, run) = import(calendar_of(&[event]).as_bytes(), &[]);
    assert_eq!(run.exit, 0, "{}{}", run.out, run.err);
    record(folder.path()).lines().map(str::to_owned).collect()
}

fn load(root: &Path) -> Loaded {
    let tzdb = Tzdb::bundled();
    calendar::load(root, &tzdb, NOW.parse().expect("a time")).expect("a calendar")
}

/// Occurrences of some events: start, end, title, status.
fn occurrences<'e>(events: impl IntoIterator<Item = &'e Event>) -> Vec<String> {
    let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
    let zone = Zone::utc();
    // Feeds drop what was cancelled long ago, and expand some series for some years only.
    let window = Window::days(day("2025-12-20"), day("2027-12-31"), zone);
    let as_of: DateTime<Utc> = NOW.parse().expect("a time");
    let found = schedule::among(events, &window, as_of, |_| true).expect("not too many");
    let mut shown: Vec<String> = found
        .iter()
        .map(|one| {
            let (start, end) = match one.when {
                When::AllDay(days) => (days.first.to_string(), days.end.to_string()),
                When::Zoned { start, end, .. } | When::Fixed { start, end, .. } => {
                    (start.to_rfc3339(), end.to_rfc3339())
                }
                When::Floating { start, end } => (start.to_string(), end.to_string()),
            };
            // Feeds tell local events of the same title apart by their city.
            let title = one.event.told_apart(&one.event.title);
            format!("{start} {end} {} {title}", one.event.status.name())
        })
        .collect();
    shown.sort();
    shown
}

/// What a feed can say of an event: not that it is open, nor that it goes by each place's clock.
fn is_said_by_feeds(event: &Event) -> bool {
    event.ends != Ends::Open && !event.versions().any(|version| matches!(version.when, When::Floating { .. }))
}

/// Imports the feed of a calendar, and compares the occurrences.
fn round_trip(root: &Path, name: &str) -> usize {
    let before = load(root);
    let said: Vec<&Event> = before.calendar.events.iter().filter(|event| is_said_by_feeds(event)).collect();
    if before.count(redletter::diagnostic::Severity::Error) > 0
        || said.len() < before.calendar.events.len()
        || said.is_empty()
    {
        return 0;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let root_text = root.to_str().expect("a path");
    let feed = run(root, &["-r", root_text, "feed", "all"]);
    if feed.exit != 0 {
        return 0;
    }
    fs::write(folder.path().join("feed.ics"), &feed.out).expect("a file");
    let imported = run(folder.path(), &["import", "feed.ics", "--into", "c"]);
    assert_eq!(imported.exit, 0, "{name}: {}\n{}\n{}", imported.err, imported.out, feed.out);
    let after = load(&folder.path().join("c"));
    let errors = after.count(redletter::diagnostic::Severity::Error);
    assert_eq!(errors, 0, "{name}");
    let (expected, found) = (occurrences(said.iter().copied()), occurrences(&after.calendar.events));
    if expected != found {
        let [one, other] = [&expected, &found].map(|list| list.iter().collect::<BTreeSet<_>>());
        let (lost, added): (Vec<_>, Vec<_>) = (one.difference(&other).collect(), other.difference(&one).collect());
        let counts = (expected.len(), found.len());
        panic!("{name}: lost {lost:#?}, added {added:#?}, {counts:?}\n{}", feed.out);
    }
    // UIDs stay; occurrences that a feed writes as events of their own have others.
    let uids: BTreeSet<&str> = after.calendar.events.iter().map(|event| &*event.uid).collect();
    for event in said.iter().filter(|event| event.repeat.is_none() && event.status.takes_place()) {
        assert!(uids.contains(&*event.uid), "{name}: {} is not among {uids:?}", event.uid);
    }
    expected.len()
}

#[test]
fn what_a_feed_says_is_imported_again() {
    let mut compared = 0;
    // Many cases show the same records in another way.
    let mut seen = BTreeSet::new();
    let mut names: Vec<_> =
        fs::read_dir("tests/cases").expect("the cases").map(|case| case.expect("a case").path()).collect();
    names.sort();
    for case in names {
        if !case.join("events").is_dir() {
            continue;
        }
        let name = case.display().to_string();
        // A lock says what was published before, which is another calendar.
        let copy = tempfile::tempdir().expect("a folder");
        let mut found = Vec::new();
        files(&case, &mut found);
        found.retain(|path| !path.starts_with(case.join("expected")));
        let texts: Vec<Vec<u8>> = found
            .iter()
            .filter(|path| path.starts_with(case.join("events")) || path.ends_with("calendar.toml"))
            .map(|path| fs::read(path).expect("a file"))
            .collect();
        if !seen.insert(texts) {
            continue;
        }
        for path in found {
            let inside = path.strip_prefix(&case).expect("inside");
            if inside == Path::new("calendar.toml") || inside.starts_with("events") {
                let target = copy.path().join(inside);
                fs::create_dir_all(target.parent().expect("a folder")).expect("a folder");
                fs::copy(&path, target).expect("a copy");
            }
        }
        compared += round_trip(copy.path(), &name);
    }
    assert!(compared > 500, "{compared} occurrences were compared");
}

#[test]
fn random_calendars_are_imported_again() {
    for seed in 1..=3 {
        let root = tempfile::tempdir().expect("a folder");
        fs::create_dir(root.path().join("events")).expect("a folder");
        fs::write(root.path().join("calendar.toml"), "domain = \"example.org\"\ntimezone = \"Europe/Madrid\"\n")
            .expect("a file");
        for (index, text) in records::records(seed, 60, 2025..2028).iter().enumerate() {
            let path = root.path().join(format!("events/r{index}.toml"));
            fs::write(&path, &text.fields).expect("a file");
            // What is open, floating or wrong cannot be compared.
            let one = load(root.path());
            let is_wrong = one.count(redletter::diagnostic::Severity::Error) > 0;
            if is_wrong || one.calendar.events.iter().any(|event| !is_said_by_feeds(event)) {
                fs::remove_file(&path).expect("the file");
            }
        }
        assert!(round_trip(root.path(), &format!("seed {seed}")) > 20);
    }
}

#[test]
fn a_series_with_everything_is_one_record() {
    let series = "UID:1\r\nSUMMARY:Assembly\r\nDTSTART;TZID=Europe/Madrid:20260113T190000\r\nDTEND;TZID=Europe/Madrid:20260113T203000\r\nRRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20260630T170000Z\r\nEXDATE:20260120T180000Z,20260121T180000Z\r\nEXDATE;TZID=America/New_York:20260127T130000\r\nRDATE;VALUE=PERIOD;TZID=Europe/Madrid:20260115T100000/PT3H";
    let moved = "UID:1\r\nSUMMARY:Assembly in the park\r\nRECURRENCE-ID:20260210T180000Z\r\nDTSTART;TZID=Europe/Madrid:20260211T200000\r\nDTEND;TZID=Europe/Madrid:20260211T220000";
    let off = "UID:1\r\nSUMMARY:Assembly\r\nRECURRENCE-ID;VALUE=DATE:20260217\r\nDTSTART;TZID=Europe/Madrid:20260217T190000\r\nDTEND;TZID=Europe/Madrid:20260217T203000\r\nSTATUS:CANCELLED";
    let (folder, run) = import(calendar_of(&[series, moved, off]).as_bytes(), &[]);
    assert_eq!(run.exit, 0, "{}", run.err);
    assert!(run.out.contains("EXDATE: an exception that matches no occurrence (once"), "{}", run.out);
    let expected = "id = \"assembly\"\nuid = \"1\"\ntitle = \"Assembly\"\nkind = \"meeting\"\nstart = 2026-01-13T19:00\nend = 2026-01-13T20:30\nrepeat = \"every Tuesday\"\nuntil = 2026-06-30\nexcept = [2026-01-20, 2026-01-27]\nalso = [2026-01-15T10:00]\n\n[[change]]\noccurrence = 2026-01-15\nduration = \"3h\"\n\n[[change]]\noccurrence = 2026-02-10\nstart = 2026-02-11T20:00\nend = 2026-02-11T22:00\ntitle = \"Assembly in the park\"\n\n[[change]]\noccurrence = 2026-02-17\nstatus = \"cancelled\"\n";
    assert_eq!(record(folder.path()), expected);
}

#[test]
fn times_are_written_by_the_clock_of_the_calendar() {
    for (event, lines) in [
        (
            "DTSTART:20260301T170000Z\r\nDTEND:20260301T190000Z",
            &["start = 2026-03-01T18:00", "end = 2026-03-01T20:00"][..],
        ),
        ("DTSTART;VALUE=DATE:20260501\r\nDTEND;VALUE=DATE:20260503", &["start = 2026-05-01", "end = 2026-05-02"]),
        ("DTSTART;VALUE=DATE:20260501", &["start = 2026-05-01"]),
        (
            "DTSTART;TZID=Eastern Standard Time:20260301T120000\r\nDURATION:PT90M",
            &["start = 2026-03-01T12:00", "duration = \"1h30m\"", "timezone = \"America/New_York\""],
        ),
        (
            "DTSTART;TZID=Europe/Madrid:20261025T023000\r\nDTEND;TZID=Europe/Madrid:20261025T033000",
            &["start = 2026-10-25T02:30+02:00", "end = 2026-10-25T03:30"],
        ),
        (
            "DTSTART:20261025T013000Z\r\nDTEND:20261025T023000Z",
            &["start = 2026-10-25T02:30+01:00", "end = 2026-10-25T03:30"],
        ),
        (
            "DTSTART;TZID=Europe/Madrid:20260329T023000\r\nDTEND;TZID=Europe/Madrid:20260329T050000",
            &["start = 2026-03-29T03:30", "end = 2026-03-29T05:00"],
        ),
        ("DTSTART:20260301T170000\r\nDTEND:20260301T180000", &["start = 2026-03-01T17:00", "end = 2026-03-01T18:00"]),
        (
            "DTSTART:20260302T170000Z\r\nDTEND:20260302T180000Z\r\nRRULE:FREQ=MONTHLY;BYDAY=1MO",
            &["start = 2026-03-02T17:00", "timezone = \"UTC\"", "repeat = \"every 1st Monday of the month\""],
        ),
        (
            "DTSTART;VALUE=DATE:16040305\r\nRRULE:FREQ=YEARLY",
            &["start = 1900-03-05", "repeat = \"every year on 5 March\""],
        ),
        (
            "DTSTART;TZID=Europe/Madrid:20260112T190000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=3",
            &["start = 2026-01-13T19:00", "repeat = \"every Tuesday\"", "count = 3", "also = [2026-01-12]"],
        ),
        (
            "DTSTART;TZID=Europe/Madrid:20260112T190000\r\nDURATION:PT10M\r\nRRULE:FREQ=HOURLY;COUNT=3",
            &["start = 2026-01-12T19:00", "also = [2026-01-12T20:00, 2026-01-12T21:00]"],
        ),
    ] {
        let found = imported(&format!("UID:1\r\nSUMMARY:x\r\n{event}"));
        for line in lines {
            assert!(found.iter().any(|found| found == line), "{event}: {line} is not in {found:#?}");
        }
    }
}

#[test]
fn texts_places_and_links_are_carried() {
    let found = imported(
        "UID:1\r\nSUMMARY;LANGUAGE=es:Asamblea\\, abierta\r\nDTSTART;VALUE=DATE:20260501\r\nDESCRIPTION:* no list\\nJoin https://us02web.zoom.us/j/858?pwd=a_b\\nPasscode: 191837\r\nLOCATION:Hall 1\\nMain St 2\r\nGEO:40.4;-3.7\r\nORGANIZER;CN=\"Tenants' union\":mailto:mail@example.org\r\nURL:https://example.org/x\r\nCATEGORIES:Huelga,Vivienda\r\nSTATUS:TENTATIVE\r\nIMAGE;VALUE=URI;FMTTYPE=image/png:https://example.org/a.png\r\nCONTACT:press@example.org",
    );
    for line in [
        "title = \"Asamblea, abierta\"",
        "kind = \"strike\"",
        "status = \"tentative\"",
        "\\* no list\\",
        "Join https://us02web.zoom.us/j/858?pwd=a_b\\",
        "url = \"https://example.org/x\"",
        "location = { name = \"Hall 1, Main St 2\", lat = 40.4, lon = -3.7 }",
        "online = { url = \"https://us02web.zoom.us/j/858?pwd=a_b\", platform = \"Zoom\", passcode = \"191837\" }",
        "organizers = [{ name = \"Tenants' union\", email = \"mail@example.org\" }]",
        "contact = \"press@example.org\"",
        "tags = [\"Vivienda\"]",
        "language = \"es\"",
        "image = \"https://example.org/a.png\"",
    ] {
        assert!(found.iter().any(|found| found == line), "{line} is not in {found:#?}");
    }
}

#[test]
fn other_peoples_data_stays_out() {
    let event = "UID:1\r\nSUMMARY:x\r\nDTSTART;VALUE=DATE:20260501\r\nATTENDEE;CN=Guest Person:mailto:guest@secret.example\r\nCOMMENT:between us\r\nX-ALT:zzz";
    let private = "UID:2\r\nSUMMARY:Doctor\r\nCLASS:PRIVATE\r\nDTSTART;VALUE=DATE:20260502";
    let alarm = "UID:3\r\nSUMMARY:y\r\nDTSTART;VALUE=DATE:20260503\r\nBEGIN:VALARM\r\nDESCRIPTION:wake guest@secret.example\r\nEND:VALARM";
    let bytes = calendar_of(&[event, private, alarm]);
    for format in ["text", "json"] {
        let (folder, run) = import(bytes.as_bytes(), &["--format", format]);
        assert_eq!(run.exit, 0, "{}", run.err);
        let mut found = Vec::new();
        files(&folder.path().join("c"), &mut found);
        let mut all = format!("{}{}", run.out, run.err);
        for path in &found {
            all.push_str(&fs::read_to_string(path).expect("a file"));
        }
        for secret in ["guest@", "Guest Person", "between us", "Doctor"] {
            assert!(!all.contains(secret), "{secret}: {all}");
        }
        for counted in ["ATTENDEE", "VALARM", "CLASS", "COMMENT", "X-ALT"] {
            assert!(run.out.contains(counted), "{counted}: {}", run.out);
        }
    }
    let (folder, _) = import(bytes.as_bytes(), &["--private"]);
    assert!(folder.path().join("c/events/2026/05-02-doctor.toml").exists());
}

#[test]
fn an_import_is_repeated_and_updated() {
    let one = |title: &str| calendar_of(&[&format!("UID:1\r\nSUMMARY:{title}\r\nDTSTART;VALUE=DATE:20260501")]);
    let (folder, _) = import(one("First").as_bytes(), &[]);
    let path = folder.path().join("c/events/2026/05-01-first.toml");
    let text = fs::read_to_string(&path).expect("a record");
    fs::write(&path, format!("# A comment\n{text}note = \"ours\" # too\n")).expect("a file");
    let again = |text: &str, more: &[&str]| {
        fs::write(folder.path().join("source.ics"), text).expect("a file");
        run(folder.path(), &[&["import", "source.ics", "--into", "c"], more].concat())
    };
    assert!(again(&one("First"), &[]).out.contains("skipped 1 event"));
    let left = again(&one("Second"), &[]);
    assert!(left.out.contains("first: title"), "{}", left.out);
    assert!(fs::read_to_string(&path).expect("a record").contains("First"));
    let updated = again(&one("Second"), &["--update", "--dry-run"]);
    assert!(updated.out.contains("would update 1 event"), "{}", updated.out);
    assert!(fs::read_to_string(&path).expect("a record").contains("First"));
    let updated = again(&one("Second"), &["--update"]);
    assert_eq!((updated.exit, updated.out.contains("updated 1 event")), (0, true), "{}{}", updated.out, updated.err);
    let text = fs::read_to_string(&path).expect("a record");
    assert!(
        text.contains("title = \"Second\"") && text.contains("# A comment") && text.contains("note = \"ours\" # too"),
        "{text}"
    );
    assert!(again(&one("Second"), &[]).out.contains("skipped 1 event"));
}

#[test]
fn records_are_divided_as_wanted() {
    let events: Vec<String> = [2025, 2026, 2026]
        .iter()
        .enumerate()
        .map(|(n, year)| format!("UID:{n}\r\nSUMMARY:x\r\nDTSTART;VALUE=DATE:{year}0501"))
        .collect();
    let events: Vec<&str> = events.iter().map(String::as_str).collect();
    let bytes = calendar_of(&events);
    for (split, expected) in [
        ("file", &["2025/05-01-x.toml", "2026/05-01-x-2.toml", "2026/05-01-x.toml"][..]),
        ("year", &["2025.toml", "2026.toml"]),
        ("one", &["imported.toml"]),
    ] {
        let (folder, run) = import(bytes.as_bytes(), &["--split", split]);
        assert_eq!(run.exit, 0, "{}", run.err);
        let mut found = Vec::new();
        let events = folder.path().join("c/events");
        files(&events, &mut found);
        let found: Vec<String> =
            found.iter().map(|path| path.strip_prefix(&events).expect("inside").display().to_string()).collect();
        assert_eq!(found, expected);
        assert_eq!(load(&folder.path().join("c")).calendar.events.len(), 3);
    }
    let (folder, run) = import(bytes.as_bytes(), &["--dry-run", "--format", "json"]);
    let summary: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!((summary["imported"].as_array().map(Vec::len), summary["dry_run"].as_bool()), (Some(3), Some(true)));
    assert!(!folder.path().join("c").exists());
}

#[test]
fn what_is_no_calendar_is_refused_and_nothing_is_written() {
    let zeros = vec![0_u8; 1_000_000];
    for bytes in [
        &b""[..],
        b"hello\nworld\n",
        b"<html></html>",
        &zeros,
        b"PK\x03\x04\0\0\0\0",
        b"[[event]]\ntitle = \"x\"\n",
        b"BEGIN:VCALENDAR\nEND:VCALENDAR\n",
        b"BEGIN:VCARD\nEND:VCARD\n",
    ] {
        let (folder, run) = import(bytes, &[]);
        assert_eq!(run.exit, 1, "{}{}", run.out, run.err);
        assert!(run.err.contains("error: "), "{}", run.err);
        assert!(!folder.path().join("c").exists());
    }
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(run(folder.path(), &["import", "missing.ics"]).exit, 2);
}

#[test]
fn a_damaged_event_is_reported_and_the_others_are_imported() {
    let bytes = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:good\r\nDTSTART;VALUE=DATE:20260501\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:2\r\nSUMMARY:bad\r\nDTSTART:tomorrow\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:3\r\nSUMMARY:no zone\r\nDTSTART;TZID=Europe/Madird:20260501T100000\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:4\r\nSUMMARY:last\r\nDTSTART;VALUE=DATE:20260502\r\n";
    let (folder, run) = import(bytes.as_bytes(), &[]);
    assert_eq!(run.exit, 1);
    for said in [
        "source.ics:10: DTSTART: `tomorrow` is not a date or a time",
        "source.ics:12: no time zone is called `Europe/Madird`",
        "`Europe/Madrid`",
    ] {
        assert!(run.err.contains(said), "{said}: {}", run.err);
    }
    let titles: Vec<String> =
        load(&folder.path().join("c")).calendar.events.iter().map(|event| event.title.to_string()).collect();
    assert_eq!(titles, ["good", "last"]);
}

/// Imports hostile bytes, in bounded time and without a panic.
fn hostile(name: &str, bytes: &[u8]) -> (tempfile::TempDir, Run) {
    let begun = Instant::now();
    let (folder, run) = import(bytes, &[]);
    assert!(begun.elapsed() < Duration::from_secs(60), "{name} took {:?}", begun.elapsed());
    assert!(run.exit <= 1, "{name}: {}", run.err);
    if folder.path().join("c/calendar.toml").exists() {
        assert_eq!(load(&folder.path().join("c")).count(redletter::diagnostic::Severity::Error), 0, "{name}");
    }
    (folder, run)
}

#[test]
fn hostile_structure_is_bounded() {
    let event = "UID:1\r\nSUMMARY:x\r\nDTSTART;VALUE=DATE:20260501";
    let nested = calendar_of(&[
        &format!("{event}\r\n{}{}", "BEGIN:VALARM\r\n".repeat(1_000), "END:VALARM\r\n".repeat(1_000)),
        event,
    ]);
    let (_, run) = hostile("nested components", nested.as_bytes());
    assert!(run.err.contains("components deep"), "{}", run.err);
    hostile("nested calendars", "BEGIN:VCALENDAR\r\n".repeat(100_000).as_bytes());
    hostile("unclosed events", format!("BEGIN:VCALENDAR\r\n{}", "BEGIN:VEVENT\r\n".repeat(20_000)).as_bytes());
    hostile("ends", "END:VEVENT\r\n".repeat(100_000).as_bytes());
    hostile("empty lines", format!("BEGIN:VCALENDAR\r\n{}END:VCALENDAR\r\n", "\n".repeat(2_000_000)).as_bytes());
    hostile("folds", calendar_of(&[&format!("{event}\r\nDESCRIPTION:a{}", "\r\n b".repeat(500_000))]).as_bytes());
    hostile("parameters", calendar_of(&[&format!("{event}\r\nX-A{}:1", ";P=\"q\"".repeat(200_000))]).as_bytes());
    hostile(
        "properties",
        calendar_of(&[&(0..50_000).fold(event.to_owned(), |text, n| format!("{text}\r\nX-{n}:1"))]).as_bytes(),
    );
}

#[test]
fn a_giant_line_is_bounded() {
    let giant = format!(
        "UID:1\r\nSUMMARY:x\r\nDTSTART;VALUE=DATE:20260501\r\nDESCRIPTION:{}\r\nATTACH:{}",
        "a ".repeat(2_000_000),
        "b".repeat(40_000_000)
    );
    let (folder, run) = hostile("a giant line", calendar_of(&[&giant]).as_bytes());
    assert_eq!(run.exit, 1, "the line is lost: {}", run.err);
    assert!(run.err.contains("a line of 32 MB") || run.err.contains("a line of 40 MB"), "{}", run.err);
    assert!(record(folder.path()).len() < 1_100_000);
    // A file over the limit is not read at all.
    let folder = tempfile::tempdir().expect("a folder");
    let file = fs::File::create(folder.path().join("big.ics")).expect("a file");
    file.set_len(1_000_000_000).expect("a sparse file");
    let refused = self::run(folder.path(), &["import", "big.ics"]);
    assert_eq!((refused.exit, refused.err.contains("over 256 MB")), (2, true), "{}", refused.err);
}

#[test]
fn a_million_exceptions_are_bounded() {
    let exdates = |count: i64, step: i64| {
        let start: DateTime<Utc> = "2026-01-01T10:00:00Z".parse().expect("a time");
        let dates: Vec<String> =
            (1..=count).map(|n| (start + TimeDelta::minutes(n * step)).format("%Y%m%dT%H%M%SZ").to_string()).collect();
        dates.join(",")
    };
    let event = |exdate: &str| {
        calendar_of(&[&format!(
            "UID:1\r\nSUMMARY:x\r\nDTSTART:20260101T100000Z\r\nDTEND:20260101T110000Z\r\nRRULE:FREQ=DAILY\r\nEXDATE:{exdate}"
        )])
    };
    // 694 of them are at 10:00.
    let (folder, run) = hostile("exceptions of which few match", event(&exdates(1_000_000, 1)).as_bytes());
    assert_eq!(run.exit, 0, "{}", run.err);
    assert!(run.out.contains("999306 times"), "{}", run.out);
    assert!(record(folder.path()).contains("except = ["));
    let (_, run) = hostile("exceptions of which many match", event(&exdates(600_000, 60)).as_bytes());
    assert_eq!((run.exit, run.err.contains("exceptions")), (1, true), "{}", run.err);
}

#[test]
fn endless_rules_are_bounded() {
    for rule in [
        "FREQ=SECONDLY",
        "FREQ=SECONDLY;COUNT=1000000000",
        "FREQ=MINUTELY;UNTIL=99991231T235959Z",
        "FREQ=DAILY;COUNT=4000000000",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12;BYMINUTE=0,1,2,3,4,5,6,7,8,9;BYSECOND=0,1,2,3",
        "FREQ=DAILY;INTERVAL=4000000000",
        "FREQ=DAILY;UNTIL=99991231",
        "FREQ=WEEKLY;COUNT=99999999999999999999",
        "FREQ=DAILY;BYDAY=MO,MO,MO;WKST=XX",
    ] {
        let event = format!(
            "UID:1\r\nSUMMARY:x\r\nDTSTART:20260101T100000Z\r\nDTEND:20260101T110000Z\r\nRRULE:{rule}\r\nEXRULE:FREQ=DAILY;BYDAY=MO\r\nEXDATE:20260102T100000Z"
        );
        hostile(rule, calendar_of(&[&event]).as_bytes());
    }
    let many = format!(
        "UID:1\r\nSUMMARY:x\r\nDTSTART:20260101T100000Z\r\nDTEND:20260101T110000Z{}",
        "\r\nRRULE:FREQ=DAILY".repeat(1_000)
    );
    hostile("many rules", calendar_of(&[&many]).as_bytes());
    let zones = format!(
        "BEGIN:VCALENDAR\r\n{}BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:x\r\nDTSTART;TZID=Z1:20260101T100000\r\nRRULE:FREQ=DAILY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        (0..500).map(|n| format!("BEGIN:VTIMEZONE\r\nTZID:Z{n}\r\nBEGIN:STANDARD\r\nDTSTART:00010101T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0{}17\r\nRRULE:FREQ=DAILY\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n", n % 10)).collect::<Vec<_>>().concat()
    );
    hostile("many zones", zones.as_bytes());
}

#[test]
fn encodings_of_every_kind_are_read() {
    let text = calendar_of(&["UID:1\r\nSUMMARY:León 😀\r\nDTSTART;VALUE=DATE:20260501"]);
    let utf_16 = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    let folded = text.replace("León", "Le\u{1}").into_bytes();
    let at = folded.iter().position(|byte| *byte == 1).expect("the mark");
    let folded = [&folded[..at], b"\xC3\r\n \xB3n", &folded[at + 1..]].concat();
    for (name, bytes) in [
        ("a mark", [b"\xEF\xBB\xBF", text.as_bytes()].concat()),
        ("little endian", [b"\xFF\xFE".to_vec(), utf_16(u16::to_le_bytes)].concat()),
        ("big endian", [b"\xFE\xFF".to_vec(), utf_16(u16::to_be_bytes)].concat()),
        ("line feeds", text.replace("\r\n", "\n").into_bytes()),
        ("carriage returns", text.replace("\r\n", "\r").into_bytes()),
        ("a fold inside a character", folded),
    ] {
        let (folder, run) = hostile(name, &bytes);
        assert_eq!(run.exit, 0, "{name}: {}", run.err);
        assert!(record(folder.path()).contains("title = \"León 😀\""), "{name}");
    }
    let western = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:Le\xF3n\nDTSTART;VALUE=DATE:20260501\nEND:VEVENT\nEND:VCALENDAR\n";
    let (folder, run) = hostile("Windows-1252", western);
    assert!(record(folder.path()).contains("León") && run.err.contains("warning: source.ics:4: "), "{}", run.err);
    let old = "BEGIN:VCALENDAR\r\nVERSION:1.0\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Le=C3=B3n=\r\n =20x\r\nDTSTART:20260501T100000Z\r\nDTEND:20260501T110000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let (folder, _) = hostile("vCalendar 1.0", old.as_bytes());
    assert!(record(folder.path()).contains("title = \"León"), "{}", record(folder.path()));
}

#[test]
fn text_of_a_file_drives_no_terminal_and_leaves_no_folder() {
    let event = "UID:../../../etc/passwd\r\nSUMMARY:../../x \u{1b}[31m\u{202E}\"\"\" ]]\r\nDTSTART;VALUE=DATE:20260501\r\nDESCRIPTION:'''\\n[[event]]\\n\u{7}\"\"\"\r\nX-\u{1b}[2J:1\r\nURL:javascript:alert(1)\r\nLOCATION:\\n\\n\u{202E}";
    let (folder, run) = hostile("hostile text", calendar_of(&[event]).as_bytes());
    assert!(!run.out.contains('\u{1b}') && !run.err.contains('\u{1b}') && !run.out.contains('\u{202E}'));
    let mut found = Vec::new();
    files(folder.path(), &mut found);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(!record(folder.path()).contains('\u{202E}'));
}

#[test]
fn random_damage_never_panics() {
    let event = "UID:1\r\nSUMMARY:x\r\nDTSTART;TZID=Europe/Madrid:20260113T190000\r\nDTEND;TZID=Europe/Madrid:20260113T200000\r\nRRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=5\r\nEXDATE;TZID=Europe/Madrid:20260120T190000\r\nRDATE;VALUE=PERIOD:20260115T100000Z/PT3H\r\nDESCRIPTION:<b>a</b> b\\nc\r\nGEO:1;2\r\nDURATION:PT1H";
    let change = "UID:1\r\nSUMMARY:y\r\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260127T180000Z\r\nDTSTART;TZID=Europe/Madrid:20260127T200000\r\nDURATION:PT2H";
    let text = calendar_of(&[event, change]).into_bytes();
    let mut state = 11_u64;
    let mut next = |bound: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % bound
    };
    for _ in 0..150 {
        let mut bytes = text.clone();
        for _ in 0..=next(4) {
            let at = next(bytes.len());
            match next(4) {
                0 => drop(bytes.remove(at)),
                1 => bytes[at] = next(256) as u8,
                2 => bytes.insert(at, b":;,=\r\n \t9Z-T\""[next(13)]),
                _ => drop(bytes.drain(at..(at + next(40)).min(bytes.len()))),
            }
        }
        hostile(&String::from_utf8_lossy(&bytes), &bytes);
    }
}

#[test]
fn standard_input_and_folders_are_read() {
    fn stdin() -> Box<dyn Read> {
        Box::new(std::io::Cursor::new(calendar_of(&["UID:1\r\nSUMMARY:x\r\nDTSTART;VALUE=DATE:20260501"]).into_bytes()))
    }
    let folder = tempfile::tempdir().expect("a folder");
    let read = run_with(folder.path(), &["import", "-", "--into", "c"], Some(stdin));
    assert_eq!((read.exit, load(&folder.path().join("c")).calendar.events.len()), (0, 1), "{}", read.err);
    let vdir = folder.path().join("vdir/work");
    fs::create_dir_all(&vdir).expect("a folder");
    for (name, event) in [
        ("a.ics", "UID:2\r\nSUMMARY:a\r\nDTSTART;VALUE=DATE:20260501"),
        ("b.ICS", "UID:3\r\nSUMMARY:b\r\nDTSTART;VALUE=DATE:20260501"),
        (".hidden.ics", "UID:4\r\nSUMMARY:c\r\nDTSTART;VALUE=DATE:20260501"),
    ] {
        fs::write(vdir.join(name), calendar_of(&[event])).expect("a file");
    }
    fs::write(vdir.join("notes.txt"), "x").expect("a file");
    let read = run(folder.path(), &["import", "vdir", "--into", "c"]);
    assert_eq!((read.exit, load(&folder.path().join("c")).calendar.events.len()), (0, 3), "{}", read.err);
    fs::write(vdir.join("broken.ics"), "x").expect("a file");
    let read = run(folder.path(), &["import", "vdir", "--into", "c"]);
    assert_eq!((read.exit, read.out.contains("skipped 2 events")), (1, true), "{}{}", read.out, read.err);
}

#[test]
fn other_formats_are_known_by_their_content() {
    let toml = "name = \"Team\"\n[[events]]\nuid = \"t1\"\ntitle = \"Meeting\"\nstart = { date = \"2026-01-13T19:00:00.00\", timezone = \"Europe/Madrid\" }\nend = { date = \"2026-01-13T20:00:00.00\", timezone = \"Europe/Madrid\" }\nrecurrence_rules = [ { frequency = \"weekly\" } ]\nexceptions = { timezone = \"Europe/Madrid\", dates = [\"2026-01-20T19:00:00.00\", \"2026-01-21T19:00:00.00\"] }\n";
    let yaml = "name: Team\ntimezone: Europe/Madrid\nevents:\n  - summary: Meeting\n    begin: 2026-01-13 19:00:00\n    duration: { minutes: 60 }\n    repeat:\n      interval: { weeks: 1 }\n      until: 2026-12-31\n      except_on:\n        - 2026-01-20\n        - 2026-01-21\n";
    let csv = "title,start,end,timezone,city,country,tags,repeat\nMeeting,2026-01-13 19:00,2026-01-13 20:00,Europe/Madrid,Madrid,ES,a;b,weekly\n";
    for (name, text, lines) in [
        ("t.toml", toml, &["uid = \"t1\"", "except = [2026-01-20]", "end = 2026-01-13T20:00"][..]),
        ("y.yaml", yaml, &["except = [2026-01-20]", "duration = \"1h\"", "until = 2026-12-30"]),
        ("s.csv", csv, &["location = { city = \"Madrid\", country = \"ES\" }", "tags = [\"a\", \"b\"]"]),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join(name), text).expect("a file");
        let run = run(folder.path(), &["import", name, "--into", "c", "-t", "Europe/Madrid"]);
        assert_eq!(run.exit, 0, "{name}: {}{}", run.out, run.err);
        let record = record(folder.path());
        for line in lines {
            assert!(record.lines().any(|found| found == *line), "{name}: {line} is not in {record}");
        }
        assert!(record.contains("start = 2026-01-13T19:00\n"), "{record}");
        if name != "s.csv" {
            assert!(run.out.contains("EXDATE: an exception that matches no occurrence (once"), "{}", run.out);
        }
    }
}

/// Files in the shapes over which importers have stumbled, by public reports.
#[test]
fn shapes_that_other_importers_stumble_over_are_read() {
    let weekly = "UID:1\r\nSUMMARY:x\r\nDTSTART;TZID=Europe/Vienna:20260106T183000\r\nDTEND;TZID=Europe/Vienna:20260106T210000\r\nRRULE:FREQ=WEEKLY;BYDAY=TU";
    let with = |more: &str| imported(&format!("{weekly}\r\n{more}"));
    let has =
        |found: &[String], line: &str| assert!(found.iter().any(|found| found == line), "{line} is not in {found:#?}");
    // Android calendars write dates as exceptions of hours, and some programs leave a comma at the end.
    has(&with("EXDATE:20260113\r\nEXDATE:20260120"), "except = [2026-01-13, 2026-01-20]");
    has(&with("EXDATE;TZID=Europe/Vienna:20260113T183000,20260120T183000,"), "except = [2026-01-13, 2026-01-20]");
    // Holidays with a date and an end in UTC, and birthdays that end on the day on which they begin.
    let holiday = "UID:1\r\nSUMMARY:x\r\nDTSTART;VALUE=DATE:20260510\r\nDTEND:20260510T040001Z\r\nRRULE:FREQ=YEARLY;BYMONTH=5;COUNT=10;BYDAY=2SU";
    let found = imported(holiday);
    has(&found, "start = 2026-05-10");
    has(&found, "repeat = \"every year on the 2nd Sunday of May\"");
    assert!(!found.iter().any(|line| line.starts_with("end")), "{found:#?}");
    let birthday = imported(
        "UID:1\r\nSUMMARY:x\r\nDTSTART;VALUE=DATE:20180101\r\nDTEND;VALUE=DATE:20180101\r\nRRULE:FREQ=YEARLY;COUNT=10;BYMONTHDAY=1;BYMONTH=1",
    );
    assert!(!birthday.iter().any(|line| line.starts_with("end")), "{birthday:#?}");

    // Free-busy exports have the changed occurrences without their series, and each keeps its time.
    let orphan = |day: &str, hour: &str| {
        format!(
            "UID:o@google.com\r\nSUMMARY:Busy\r\nRECURRENCE-ID:202604{day}T130000Z\r\nDTSTART:202604{day}T{hour}0000Z\r\nDTEND:202604{day}T{hour}3000Z"
        )
    };
    let (folder, run) = import(calendar_of(&[&orphan("09", "13"), &orphan("16", "14")]).as_bytes(), &[]);
    assert_eq!(run.exit, 0, "{}", run.err);
    let text = record(folder.path());
    assert!(text.contains("start = 2026-04-09T15:00\n") && text.contains("also = [2026-04-16T16:00]"), "{text}");
    // Two changes of one occurrence: the newest holds.
    let change = |sequence: u8, hour: u8| {
        format!(
            "UID:1\r\nSUMMARY:x\r\nSEQUENCE:{sequence}\r\nRECURRENCE-ID:20260113T173000Z\r\nDTSTART;TZID=Europe/Vienna:20260114T{hour}0000\r\nDTEND;TZID=Europe/Vienna:20260114T{hour}3000"
        )
    };
    let (folder, run) = import(calendar_of(&[weekly, &change(10, 18), &change(1, 17)]).as_bytes(), &[]);
    assert!(record(folder.path()).contains("start = 2026-01-14T18:00\n"), "{}", record(folder.path()));
    assert!(run.out.contains("an earlier change of the same occurrence"), "{}", run.out);

    // Outlook's "Customized Time Zone", and a VTIMEZONE that contradicts its name.
    let rules = |name: &str, standard: &str, daylight: &str| {
        format!(
            "BEGIN:VTIMEZONE\r\nTZID:{name}\r\nBEGIN:STANDARD\r\nDTSTART:16011028T030000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nTZOFFSETFROM:{daylight}\r\nTZOFFSETTO:{standard}\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\nDTSTART:16010325T020000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nTZOFFSETFROM:{standard}\r\nTZOFFSETTO:{daylight}\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n"
        )
    };
    let event = |name: &str| {
        calendar_of(&[&format!(
            "UID:1\r\nSUMMARY:x\r\nDTSTART;TZID=\"{name}\":20260723T102000\r\nDTEND;TZID=\"{name}\":20260723T105000"
        )])
    };
    let with_rules = |name: &str, standard: &str, daylight: &str| {
        event(name).replace("BEGIN:VEVENT", &format!("{}BEGIN:VEVENT", rules(name, standard, daylight)))
    };
    let (folder, run) = import(with_rules("Customized Time Zone", "+0100", "+0200").as_bytes(), &[]);
    assert!(
        record(folder.path()).contains("start = 2026-07-23T10:20\n") && !record(folder.path()).contains("timezone")
    );
    assert!(run.out.contains("is Europe/Madrid, by what its VTIMEZONE does"), "{}", run.out);
    let (_, run) = import(with_rules("GMT", "+0000", "+0100").as_bytes(), &[]);
    assert!(
        run.out.contains("`GMT` is read as the zone of that name, and the VTIMEZONE of the file differs"),
        "{}",
        run.out
    );
    let (folder, run) = import(event("GMT Standard Time 1").as_bytes(), &[]);
    assert!(record(folder.path()).contains("timezone = \"Europe/London\"\n"), "{}", run.err);
}
