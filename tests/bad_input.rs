//! Whatever a calendar's folder holds: no panic, no hang, bounded memory, and a diagnostic for each mistake. Work that grows
//! with the square of the input would keep these tests running for hours.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use chrono::{DateTime, Utc};
use redletter::calendar::{self, Loaded};
use redletter::diagnostic::{self, Code};
use redletter::zone::Tzdb;

const RECORD: &str = "title = \"Forum\"\nkind = \"forum\"\nstart = 2026-12-02T18:00\ntimezone = \"Europe/Madrid\"\ntags = [\"housing\"]\n";

fn now() -> DateTime<Utc> {
    "2026-11-20T12:00:00Z".parse().expect("a time")
}

fn calendar() -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    fs::create_dir(root.path().join("events")).expect("a folder");
    fs::write(root.path().join("calendar.toml"), "domain = \"example.org\"\n").expect("settings");
    root
}

fn load(root: &Path) -> Loaded {
    let loaded = calendar::load(root, &Tzdb::bundled(), now()).expect("a calendar");
    let _ = diagnostic::text::render(&loaded.diagnostics, false, 80);
    loaded
}

/// The codes found where `bytes` are the only record.
fn codes_of(bytes: &[u8]) -> Vec<&'static str> {
    let root = calendar();
    fs::write(root.path().join("events/forum.toml"), bytes).expect("a record");
    let mut codes: Vec<_> = load(root.path()).diagnostics.iter().map(|found| found.finding.code.name()).collect();
    codes.dedup();
    codes
}

fn codes(root: &Path) -> Vec<Code> {
    load(root).diagnostics.iter().map(|diagnostic| diagnostic.finding.code).collect()
}

#[test]
fn a_file_of_100_mb_is_refused_unread() {
    let root = calendar();
    let file = fs::File::create(root.path().join("events/large.toml")).expect("a file");
    // Larger than memory: whoever reads it does not come back.
    file.set_len(1 << 42).or_else(|_| file.set_len(100_000_000)).expect("a length");
    assert_eq!(codes(root.path()), [Code::TooLarge]);
}

#[test]
fn a_folder_is_no_record_and_others_go_on() {
    let root = calendar();
    fs::create_dir(root.path().join("events/forum.toml")).expect("a folder");
    fs::write(root.path().join("events/march.toml"), RECORD).expect("a record");
    let loaded = load(root.path());
    assert_eq!(loaded.calendar.events.len(), 1);
    assert_eq!(loaded.diagnostics.len(), 1);
    assert_eq!(loaded.diagnostics[0].finding.code, Code::Unreadable);
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_link_to_nowhere_and_a_circle_are_unreadable() {
        let root = calendar();
        symlink("nowhere.toml", root.path().join("events/a.toml")).expect("a link");
        symlink("b.toml", root.path().join("events/b.toml")).expect("a link");
        symlink(".", root.path().join("events/circle")).expect("a link");
        symlink("../events", root.path().join("events/again")).expect("a link");
        assert_eq!(codes(root.path()), [Code::Unreadable; 4]);
    }

    #[test]
    fn a_link_out_of_the_calendar_is_refused() {
        let (root, other) = (calendar(), calendar());
        fs::write(other.path().join("secret.toml"), RECORD).expect("a record");
        symlink(other.path().join("secret.toml"), root.path().join("events/a.toml")).expect("a link");
        symlink(other.path(), root.path().join("events/folder")).expect("a link");
        let loaded = load(root.path());
        assert!(loaded.calendar.events.is_empty());
        assert_eq!(loaded.diagnostics.len(), 2);
    }

    #[test]
    fn events_itself_may_be_a_link_within_the_calendar() {
        let (root, other) = (calendar(), calendar());
        fs::write(other.path().join("events/forum.toml"), RECORD).expect("a record");
        fs::rename(root.path().join("events"), root.path().join("records")).expect("a folder");
        fs::write(root.path().join("records/forum.toml"), RECORD).expect("a record");
        symlink("records", root.path().join("events")).expect("a link");
        let loaded = load(root.path());
        assert_eq!((loaded.calendar.events.len(), loaded.diagnostics.len()), (1, 0));
        fs::remove_file(root.path().join("events")).expect("a link");
        symlink(other.path().join("events"), root.path().join("events")).expect("a link");
        let loaded = load(root.path());
        assert_eq!((loaded.calendar.events.len(), loaded.diagnostics.len()), (0, 1));
        assert_eq!(codes(root.path()), [Code::Unreadable]);
    }

    #[test]
    fn a_link_inside_the_calendar_is_followed() {
        let root = calendar();
        fs::create_dir(root.path().join("drafts")).expect("a folder");
        fs::write(root.path().join("drafts/forum.toml"), RECORD).expect("a record");
        symlink("../drafts/forum.toml", root.path().join("events/forum.toml")).expect("a link");
        assert_eq!(load(root.path()).calendar.events.len(), 1);
    }

    #[test]
    fn a_socket_is_not_waited_for() {
        let root = calendar();
        let _socket = std::os::unix::net::UnixListener::bind(root.path().join("events/a.toml")).expect("a socket");
        assert_eq!(codes(root.path()), [Code::Unreadable]);
    }

    #[test]
    fn settings_that_cannot_be_read_are_reported() {
        let root = calendar();
        fs::remove_file(root.path().join("calendar.toml")).expect("a file");
        symlink("calendar.toml", root.path().join("calendar.toml")).expect("a link");
        assert_eq!(codes(root.path()), [Code::Unreadable]);
    }

    #[test]
    fn a_device_as_settings_does_not_hang() {
        let root = calendar();
        fs::remove_file(root.path().join("calendar.toml")).expect("a file");
        symlink("/dev/zero", root.path().join("calendar.toml")).expect("a link");
        assert_eq!(codes(root.path()), [Code::Unreadable]);
    }
}

#[test]
fn twenty_thousand_files_are_quick() {
    let root = calendar();
    for folder in 0..20 {
        let folder = root.path().join(format!("events/{folder}"));
        fs::create_dir(&folder).expect("a folder");
        for file in 0..1000 {
            let name = folder.file_name().and_then(|name| name.to_str()).expect("a name");
            fs::write(folder.join(format!("forum-{name}-{file}.toml")), RECORD).expect("a record");
        }
    }
    assert_eq!(load(root.path()).calendar.events.len(), 20_000);
}

#[test]
fn bytes_that_are_no_text() {
    assert_eq!(codes_of(b"title = \"Caf\xe9\"\n"), ["invalid-utf8"]);
    assert_eq!(codes_of(&[0xff; 1000]), ["invalid-utf8"]);
    assert_eq!(
        codes_of("title = \"Forum\"".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>().as_slice()),
        ["syntax"]
    );
    assert_eq!(codes_of(b"\0\0\0\0"), ["syntax"]);
    assert_eq!(codes_of(b"title = \"a\0b\"\n"), ["syntax"]);
    assert_eq!(codes_of(&vec![0; 1_000_000]), ["syntax"]);
}

#[test]
fn files_without_an_event() {
    assert_eq!(codes_of(b""), ["missing-field"]);
    assert_eq!(codes_of(b"\xef\xbb\xbf"), ["missing-field"]);
    assert_eq!(codes_of(b"\r\n\r\n"), ["missing-field"]);
    assert_eq!(codes_of(b"# later\n"), ["missing-field"]);
    assert_eq!(codes_of(b"[defaults]\n"), ["missing-field"]);
    assert_eq!(codes_of(b"event = []\n"), ["missing-field"]);
}

#[test]
fn line_ends_and_a_byte_order_mark_do_not_matter() {
    let none: [&str; 0] = [];
    assert_eq!(codes_of(RECORD.replace('\n', "\r\n").as_bytes()), none);
    assert_eq!(codes_of(format!("\u{FEFF}{RECORD}").as_bytes()), none);
    assert_eq!(codes_of(RECORD.trim_end().as_bytes()), none);
    assert_eq!(codes_of(RECORD.replace('\n', "\r").as_bytes()), ["syntax"]);
}

#[test]
fn nesting_is_bounded() {
    for open in ["[", "{a=", "[{a="] {
        assert_eq!(codes_of(format!("tags = {}", open.repeat(100_000)).as_bytes()), ["syntax"], "{open}");
    }
    assert_eq!(codes_of("[".repeat(100_000).as_bytes()), ["syntax"]);
    let keys = format!("{}a = 1\n", "a.".repeat(50_000));
    assert!(!codes_of(keys.as_bytes()).is_empty());
    let closed = format!("{RECORD}sources = {}{}\n", "[".repeat(60), "]".repeat(60));
    assert!(!codes_of(closed.as_bytes()).is_empty());
}

#[test]
fn years_at_the_edges() {
    let at = |start: &str| codes_of(format!("title = \"Forum\"\nkind = \"forum\"\n{start}\n").as_bytes());
    for start in ["0000-01-01", "0000-01-01T00:00Z", "9999-12-31", "9999-12-31T23:59Z"] {
        assert_eq!(at(&format!("start = {start}")), ["invalid-date"], "{start}");
    }
    let none: [&str; 0] = [];
    for zone in ["Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati", "UTC"] {
        for start in ["0001-01-01T00:00", "1899-12-31T23:59", "2201-01-01T00:00", "9998-12-31T23:59"] {
            assert_eq!(at(&format!("start = {start}\ntimezone = \"{zone}\"")), ["invalid-date"], "{start} {zone}");
        }
        for start in ["1900-01-01T12:00", "2200-12-31T12:00"] {
            let zoned = format!("start = {start}\ntimezone = \"{zone}\"\nduration = \"24h\"");
            assert_eq!(at(&zoned), none, "{start} {zone}");
        }
    }
    assert_eq!(at("start = 2200-12-31\nend = 2200-12-31"), none);
    assert_eq!(at("start = 2200-12-31\nduration = \"2d\""), ["invalid-date"]);
    assert_eq!(at("start = 2200-12-31T20:00Z\nduration = \"48h\""), ["invalid-date"]);
    assert_eq!(at("start = 2026-12-02\nduration = \"4000000w\""), ["invalid-date"]);
    assert_eq!(at("start = 2026-12-02T18:00Z\nduration = \"4000000w\""), ["invalid-date"]);
    assert_eq!(at("start = 2026-12-02T18:00Z\nduration = \"99999999999999999999h\""), ["invalid-duration"]);
}

#[test]
fn long_texts() {
    let long = "a ".repeat(500_000);
    assert_eq!(
        codes_of(format!("title = \"{long}\"\nkind = \"forum\"\nstart = 2026-12-02\n").as_bytes()),
        ["too-long"]
    );
    let none: [&str; 0] = [];
    assert_eq!(codes_of(format!("{RECORD}description = \"{long}\"\n").as_bytes()), none);
    assert_eq!(codes_of(format!("{RECORD}{} = 1\n", "k".repeat(1_000_000)).as_bytes()), ["unknown-field"]);
    for field in ["id", "uid", "kind", "timezone", "status", "url", "contact", "language", "part-of", "duration", "end"]
    {
        let record = RECORD.replace("kind = \"forum\"\n", "").replace("timezone = \"Europe/Madrid\"\n", "");
        assert!(!codes_of(format!("{record}{field} = \"{long}\"\n").as_bytes()).is_empty(), "{field}");
    }
    for text in
        [long.as_str(), "1 ".repeat(500_000).as_str(), "é".repeat(500_000).as_str(), "-".repeat(1_000_000).as_str()]
    {
        let record = RECORD.replace("2026-12-02T18:00", &format!("\"{text}\""));
        assert!(!codes_of(record.as_bytes()).is_empty());
        assert!(!codes_of(format!("{RECORD}announced = [\"{text}\"]\n").as_bytes()).is_empty());
    }
    assert_eq!(codes_of("a".repeat(5_000_000).as_bytes()), ["syntax"]);
    assert_eq!(codes_of(format!("title = \"{}", "a".repeat(5_000_000)).as_bytes()), ["syntax"]);
}

/// `count` days from the start of [`RECORD`] on, the first one left out.
fn days(count: i64) -> String {
    let first = chrono::NaiveDate::from_ymd_opt(2026, 12, 2).expect("a date");
    let days: Vec<String> = (1..count).map(|day| (first + chrono::TimeDelta::days(day)).to_string()).collect();
    format!("[{}]", days.join(", "))
}

#[test]
fn thousands_of_exceptions_dates_and_changes_cost_no_square() {
    let record = |rest: &str| codes_of(format!("{RECORD}{rest}").as_bytes());
    let (many, fewer) = (days(10_001), days(10_000));
    assert!(record(&format!("repeat = \"daily\"\nexcept = {many}\n")).is_empty());
    assert_eq!(record(&format!("repeat = \"weekly\"\nexcept = {many}\n")), ["except-not-in-repeat"]);
    assert_eq!(record(&format!("also = {many}\nexcept = {fewer}\n")), ["except-not-in-repeat"]);
    let mut changes = String::new();
    for day in days(10_001).trim_matches(['[', ']']).split(", ") {
        let _ = write!(changes, "[[change]]\noccurrence = {day}\ntitle = \"Moved\"\n");
    }
    assert!(record(&format!("repeat = \"daily\"\n{changes}")).is_empty());
    assert!(record(&format!("also = {many}\n{changes}")).is_empty());
    assert_eq!(record(&format!("repeat = \"daily\"\nexcept = {many}\n{changes}")), ["change-not-in-repeat"]);
}

#[test]
fn every_date_of_an_event_is_from_1900_to_2200() {
    let weekly = format!("{RECORD}repeat = \"weekly\"\n");
    for (year, is_known) in [(1799, false), (1899, true), (2100, true), (2201, false), (9998, false), (1, false)] {
        let day = format!("{year:04}-12-02");
        for rest in [
            format!("until = {day}"),
            format!("until = \"{day} 18:00\""),
            format!("also = [{day}]"),
            format!("also = [{day}T18:00]"),
            format!("except = [{day}]"),
            format!("except = [{day}T18:00]"),
            format!("except = [{day}T18:00:00Z]"),
            format!("moved-from = {day}T18:00"),
            format!("review-by = {day}"),
            format!("[[change]]\noccurrence = {day}\ntitle = \"Other\""),
            format!("[[change]]\noccurrence = {day}T18:00\ntitle = \"Other\""),
            format!("[[change]]\noccurrence = 2026-12-09\nstart = {day}T18:00"),
            format!("[[change]]\noccurrence = 2026-12-09\nstart = 2026-12-09T18:00\nend = {day}T20:00"),
            format!("[[from]]\ndate = {day}\ntitle = \"Other\""),
            format!("[[from]]\ndate = 2026-12-09\nstart = {day}T18:00"),
            format!("[[local]]\ncity = \"Rome\"\nstart = {day}T18:00\ntimezone = \"Europe/Rome\""),
            format!("[[local]]\ncity = \"Rome\"\nmoved-from = {day}"),
        ] {
            let found = codes_of(format!("{weekly}{rest}\n").as_bytes());
            let names_year = found.contains(&"invalid-date");
            // A day may be earlier than an hour.
            let is_known = is_known && (year >= 1900 || !rest.contains("18:00"));
            assert_eq!(names_year, !is_known, "{rest}: {found:?}");
        }
    }
}

#[test]
fn lists_have_ten_thousand_values_at_most() {
    let record = |rest: &str| codes_of(format!("{RECORD}{rest}").as_bytes());
    let changes = |count: i64| {
        let days = days(count + 1);
        let tables = days.trim_matches(['[', ']']).split(", ");
        tables.fold(String::new(), |mut text, day| {
            let _ = write!(text, "[[change]]\noccurrence = {day}\ntitle = \"Moved\"\n");
            text
        })
    };
    let printed = |count: usize| format!("announced = [{}]\n", "\"18:00\",".repeat(count));
    let none: [&str; 0] = [];
    for (most, codes) in [(10_000, &none[..]), (10_001, &["too-many-values"])] {
        assert_eq!(record(&format!("repeat = \"daily\"\nexcept = {}\n", days(most + 1))), codes);
        assert_eq!(record(&format!("also = {}\n", days(most + 1))), codes);
        assert_eq!(record(&format!("repeat = \"daily\"\n{}", changes(most))), codes);
        assert_eq!(record(&printed(most as usize)), codes);
        let tags = (0..most).map(|number| format!("\"t{number}\"")).collect::<Vec<_>>().join(",");
        assert_eq!(codes_of(RECORD.replace("\"housing\"", &tags).as_bytes()), codes);
    }
    // Of the other fields of the record, mistakes are told all the same.
    assert_eq!(record(&format!("{}kind = \"demo\"\n", printed(20_000)).replace("kind = \"forum\"", "")).len(), 1);
}

#[test]
fn a_field_has_a_megabyte_at_most() {
    let record = |rest: &str| codes_of(format!("{RECORD}{rest}").as_bytes());
    let none: [&str; 0] = [];
    let of = |bytes: usize| "a ".repeat(bytes / 2);
    assert_eq!(record(&format!("description = \"{}\"\n", of(1_000_000))), none);
    assert_eq!(record(&format!("description = \"{}\"\n", of(1_048_600))), ["too-long"]);
    // What escapes and continuations take up counts, too.
    assert_eq!(record(&format!("description = \"{}\"\n", "\\u0061".repeat(200_000))), ["too-long"]);
    assert_eq!(record(&format!("description = \"\"\"a\\\n{}b\"\"\"\n", "\n".repeat(1_100_000))), ["too-long"]);
    let translations = |bytes: usize| {
        ["es", "fr", "de"]
            .iter()
            .fold(String::new(), |text, tag| format!("{text}[translations.{tag}]\ndescription = \"{}\"\n", of(bytes)))
    };
    assert_eq!(record(&format!("description = \"{}\"\n{}", of(400_000), translations(190_000))), none);
    assert_eq!(record(&format!("description = \"{}\"\n{}", of(400_000), translations(220_000))), ["too-long"]);
    assert_eq!(record(&translations(400_000)), ["too-long"]);
    let organizers = format!("[[organizers]]\nname = \"{}\"\n", of(900)).repeat(1_200);
    assert_eq!(record(&organizers), ["too-long"]);
    // Tables of fields have the limit for each field.
    let change = |day: i64| format!("[[change]]\noccurrence = 2026-12-0{day}\ndescription = \"{}\"\n", of(900_000));
    assert_eq!(record(&format!("repeat = \"daily\"\n{}{}", change(3), change(4))), none);
}

#[test]
fn parts_are_at_most_32_deep() {
    let chain = |count: usize| {
        (0..count).fold(String::new(), |mut text, number| {
            let above = if number == 0 { String::new() } else { format!("part-of = \"e{}\"\n", number - 1) };
            let _ = write!(text, "[[event]]\nid = \"e{number}\"\n{above}{RECORD}\n");
            text
        })
    };
    let none: [&str; 0] = [];
    assert_eq!(codes_of(chain(33).as_bytes()), none);
    assert_eq!(codes_of(chain(34).as_bytes()), ["parent-too-deep"]);
    let root = calendar();
    fs::write(root.path().join("events/many.toml"), chain(2_000)).expect("records");
    let loaded = load(root.path());
    assert_eq!(loaded.calendar.events.len(), 33);
    assert_eq!(loaded.diagnostics.len(), 2_000 - 33);
}

#[test]
fn a_sheet_has_a_thousand_columns_at_most() {
    let sheet = |header: &str, row: &str| {
        let root = calendar();
        fs::write(root.path().join("events/rents.toml"), format!("{RECORD}locals = \"forum.csv\"\n"))
            .expect("a record");
        fs::write(root.path().join("events/forum.csv"), format!("{header}\n{row}\n")).expect("a sheet");
        codes(root.path())
    };
    let places = "city,country,timezone,start";
    let rome = "Rome,IT,Europe/Rome,18:00";
    assert_eq!(sheet(places, rome), []);
    // Spreadsheets leave empty columns behind the last one.
    assert_eq!(sheet(&format!("{places}{}", ",".repeat(300_000)), &format!("{rome}{}", ",".repeat(300_000))), []);
    assert_eq!(sheet(&format!("{places}{}", ",x".repeat(300_000)), rome), [Code::TooManyValues]);
    assert_eq!(
        sheet(&format!("{places}{}", ",".repeat(300_000)), &format!("{rome}{}", ",x".repeat(300_000))).len(),
        997
    );
}

#[test]
fn a_hundred_occurrences_at_once_are_the_most() {
    let series = |rest: &str| {
        let text = format!("title = \"F\"\nkind = \"forum\"\ntimezone = \"UTC\"\n{rest}\n");
        codes_of(text.as_bytes())
    };
    let overlaps = |rest: &str| series(rest).contains(&"repeat-overlaps");
    assert!(!overlaps("start = 2026-12-01T10:00\nduration = \"100d\"\nrepeat = \"daily\""));
    assert!(overlaps("start = 2026-12-01T10:00\nduration = \"101d\"\nrepeat = \"daily\""));
    assert!(overlaps("start = 2026-12-01\nend = 2027-12-01\nrepeat = \"daily\""));
    assert!(overlaps("start = 1900-01-01T10:00\nduration = \"36500d\"\nrepeat = \"daily\""));
    assert!(overlaps(
        "start = 2026-12-01T10:00\nduration = \"2d\"\nrrule = \"FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23;BYMINUTE=0,20,40\""
    ));
    let also: Vec<String> = (0..200)
        .map(|day| (chrono::NaiveDate::from_ymd_opt(2026, 12, 2).expect("a day") + chrono::Days::new(day)).to_string())
        .collect();
    assert!(overlaps(&format!("start = 2026-12-01\nend = 2027-12-01\nalso = [{}]", also.join(", "))));
    // From a date on, and of a local event.
    assert!(overlaps(
        "start = 2026-12-01T10:00\nduration = \"2h\"\nrepeat = \"daily\"\n[[from]]\ndate = 2026-12-10\nduration = \"300d\""
    ));
    assert!(overlaps(
        "start = 2026-12-01T10:00\nrepeat = \"daily\"\n[[local]]\ncity = \"Lima\"\ncountry = \"PE\"\nstart = \"10:00\"\nend = 2027-12-01T10:00"
    ));
}

#[test]
fn a_weekday_that_is_named_again_and_again_is_one() {
    let days = |count: usize| vec!["wed"; count].join(" and ");
    for phrase in [format!("every week on {}", days(500)), format!("every month on the first {}", days(500))] {
        assert_eq!(
            codes_of(format!("{RECORD}repeat = \"{phrase}\"\n").as_bytes()),
            [""; 0] as [&str; 0],
            "{phrase:.40}"
        );
    }
}

#[test]
fn rules_out_of_all_measure_are_judged() {
    let finds = |rest: &str, codes: &[&str]| {
        assert_eq!(codes_of(format!("{RECORD}{rest}\n").as_bytes()), codes, "{rest:.60}");
    };
    finds("rrule = \"FREQ=SECONDLY\"", &["repeat-too-fine"]);
    finds("rrule = \"FREQ=DAILY;INTERVAL=0\"", &["invalid-repeat"]);
    finds("rrule = \"FREQ=DAILY;INTERVAL=4294967295\"", &[]);
    finds("rrule = \"FREQ=YEARLY;INTERVAL=4294967295\"", &[]);
    finds("rrule = \"FREQ=DAILY;COUNT=1000000000\"", &[]);
    finds("rrule = \"FREQ=MONTHLY;BYDAY=WE,TH;BYSETPOS=1;COUNT=4000000000\"", &[]);
    finds("rrule = \"FREQ=MONTHLY;BYDAY=60MO\"", &["invalid-repeat"]);
    finds("rrule = \"FREQ=DAILY;UNTIL=99991231T235959Z\"", &[]);
    finds("repeat = \"daily\"\nuntil = 9999-12-31", &["invalid-date"]);
    finds("rrule = \"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\"", &["empty-repeat"]);
    finds("rrule = \"FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\"", &["empty-repeat"]);
    finds("rrule = \"FREQ=MONTHLY;BYDAY=MO;BYSETPOS=300\"", &["empty-repeat"]);
    finds(&format!("repeat = \"{}\"", "every ".repeat(170_000)), &["invalid-repeat"]);
    finds(&format!("repeat = \"{}\"", "a".repeat(1_000_000)), &["invalid-repeat"]);
    finds(&format!("rrule = \"FREQ=MONTHLY;BYMONTHDAY={}2\"", "2,".repeat(500_000)), &[]);
}

#[test]
fn ten_thousand_mistakes_in_one_file() {
    let repeated = |line: &str| {
        (0..10_000).fold(String::new(), |mut text, _| {
            text.push_str(line);
            text
        })
    };
    assert_eq!(codes_of(repeated("title = Forum\n").as_bytes()), ["syntax"]);
    assert_eq!(codes_of(repeated("title = \"Forum\"\n").as_bytes()), ["syntax"]);
    assert_eq!(codes_of(repeated("no equals sign\n").as_bytes()), ["syntax"]);
    assert_eq!(codes_of(repeated("\"\"\"\n").as_bytes()), ["syntax"]);
    let mut unknown = RECORD.to_owned();
    let mut events = String::new();
    for number in 0..10_000 {
        let _ = writeln!(unknown, "field-{number} = 1");
        let _ = write!(events, "[[event]]\nid = \"same\"\nkind = \"demo\"\nstart = 2026-02-30\n");
    }
    assert_eq!(codes_of(unknown.as_bytes()), ["unknown-field"]);
    assert!(codes_of(events.as_bytes()).contains(&"invalid-date"));
    let cycle: String = (0..10_000).fold(String::new(), |mut text, number| {
        let next = (number + 1) % 10_000;
        let _ = write!(text, "[[event]]\nid = \"e{number}\"\npart-of = \"e{next}\"\n{RECORD}\n");
        text
    });
    assert_eq!(codes_of(cycle.as_bytes()), ["parent-cycle"]);
    let strangers: String = (0..10_000).fold(String::new(), |mut text, number| {
        let _ = write!(text, "[[event]]\nid = \"e{number}\"\npart-of = \"other-{number}\"\n{RECORD}\n");
        text
    });
    assert_eq!(codes_of(strangers.as_bytes()), ["unknown-parent"]);
}

mod sheets {
    use super::*;

    const DAY: &str = "title = \"Day\"\nkind = \"action-day\"\nstart = 2027-03-02\nlocals = \"day.csv\"\n";

    fn with(sheet: &[u8]) -> tempfile::TempDir {
        let root = calendar();
        fs::write(root.path().join("events/day.toml"), DAY).expect("a record");
        fs::write(root.path().join("events/day.csv"), sheet).expect("a sheet");
        root
    }

    fn found(sheet: &[u8]) -> Vec<(Code, usize)> {
        let found = load(with(sheet).path()).diagnostics;
        found.iter().map(|one| (one.finding.code, one.source.place(one.finding.span.start).line)).collect()
    }

    #[test]
    fn whatever_a_cell_holds_is_text_or_a_mistake_at_its_place() {
        let formula = b"city,country,title\nLima,PE,\"=HYPERLINK(\"\"https://evil.example\"\",\"\"x\"\")\"\n";
        let root = with(formula);
        let loaded = load(root.path());
        assert!(loaded.diagnostics.is_empty());
        assert!(loaded.calendar.event("day/lima").is_some_and(|event| event.title.starts_with("=HYPERLINK")));
        assert_eq!(
            found(b"city,country\nLi\0ma,PE\nA\x1b[31mx,PE\n"),
            [(Code::ControlCharacter, 2), (Code::ControlCharacter, 3)]
        );
        // Another encoding and another separator are read, and a note says so.
        assert_eq!(found(b"city,country\nLima\xff,PE\n"), [(Code::SheetAssumed, 1)]);
        assert_eq!(found(b"city;country\nLima;PE\n"), [(Code::SheetAssumed, 1)]);
        assert_eq!(found(b""), [(Code::EmptyValue, 1)]);
        assert_eq!(found(b"city,country\n"), [(Code::EmptyValue, 1)]);
        assert_eq!(found(b"city,city\nLima,Cusco\n"), [(Code::UnknownField, 1)]);
        assert_eq!(found(b"city,country\nLima,PE\n\"Lima\",PE\n"), [(Code::DuplicateId, 3)]);
        assert_eq!(found(b"city,country,part-of\nLima,PE,x\n").len(), 1);
    }

    #[test]
    fn a_cell_of_ten_megabytes_is_too_long() {
        let long = format!("city,country\n\"{}\",PE\nCusco,PE\n", "x,\n".repeat(3_500_000));
        assert!(found(long.as_bytes()).iter().any(|(_, line)| *line == 2));
        let long = format!("city,country\n{},PE\nCusco,PE\n", "x".repeat(10_000_000));
        assert_eq!(found(long.as_bytes()), [(Code::TooLong, 2)]);
    }

    #[test]
    fn a_million_rows_are_too_many() {
        let mut rows = String::from("id,country\n");
        for number in 0..1_000_000 {
            writeln!(rows, "x{number},PE").expect("a String takes all");
        }
        let root = with(rows.as_bytes());
        let loaded = load(root.path());
        assert_eq!(loaded.diagnostics.iter().map(|one| one.finding.code).collect::<Vec<_>>(), [Code::TooLarge]);
        assert_eq!(loaded.calendar.events.len(), 100_001);
    }

    #[test]
    fn a_sheet_lies_beside_its_record() {
        for name in [
            "../day.csv",
            "/etc/passwd",
            "..\\day.csv",
            "C:\\day.csv",
            "nothing.csv",
            "",
            ".",
            "https://example.org/x.csv",
        ] {
            let root = with(b"city,country\nLima,PE\n");
            let record = DAY.replace("\"day.csv\"", &format!("'''{name}'''"));
            fs::write(root.path().join("events/day.toml"), record).expect("a record");
            fs::write(root.path().join("day.csv"), "city\nLima\n").expect("a sheet");
            // The sheet beside the record is named by no record now.
            let mut found = codes(root.path());
            found.retain(|code| *code != Code::IgnoredFile);
            assert_eq!(found, [Code::Unreadable], "{name}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn no_link_leads_a_sheet_out() {
        let root = with(b"city,country\nLima,PE\n");
        let sheet = root.path().join("events/day.csv");
        fs::remove_file(&sheet).expect("a sheet");
        fs::write(root.path().join("secret.csv"), "city\nLima\n").expect("a sheet");
        std::os::unix::fs::symlink("../secret.csv", &sheet).expect("a link");
        assert_eq!(codes(root.path()), [Code::Unreadable]);
        fs::remove_file(&sheet).expect("a link");
        std::os::unix::fs::symlink("/dev/zero", &sheet).expect("a link");
        assert_eq!(codes(root.path()), [Code::Unreadable]);
    }
}
