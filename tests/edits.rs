//! Laws of editing in place and of `fmt`, tried on seeded records with comments everywhere.

#[expect(dead_code, reason = "other tests need more of it")]
mod records;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use chrono::{DateTime, Utc};
use records::Random;
use redletter::calendar::{Settings, load};
use redletter::event::Event;
use redletter::record::edit::{Address, Edit};
use redletter::record::format::{Kind, format};
use redletter::zone::Tzdb;

/// The events of a text, by id; none where it has an error.
fn events(text: &str, tzdb: &Tzdb) -> Option<Vec<Event>> {
    let now: DateTime<Utc> = "2026-11-20T12:00:00Z".parse().expect("an instant");
    let settings =
        Settings { timezone: tzdb.zone("Europe/Madrid"), domain: "example.org".into(), ..Settings::default() };
    let (judged, findings) = load::judge_text("events/x.toml", text, &load::context(&settings, tzdb, now), false);
    if let Some(finding) = findings.iter().find(|finding| finding.is_error()) {
        eprintln!("{}", finding.message);
        return None;
    }
    let mut events: Vec<Event> = judged.into_iter().filter_map(|one| one.event.map(|event| *event)).collect();
    events.sort_by(|a, b| a.id.cmp(&b.id));
    Some(events)
}

/// Keys of an event with values as people write them.
const LINES: [&str; 15] = [
    "title=\"Odd # title\"",
    "kind   =   'forum'",
    "start = 2026-12-02T18:00",
    "\"duration\" = \"2h\"",
    "timezone = \"Europe/Athens\"",
    "announced = [ # as printed\n  \"18:00 Athens\", # [poster]\n\n\t\"17:00 Madrid\" ,\n  ]",
    "description = \"\"\"\n # no comment\n\n[[event]]\n\\\n  x \"\"\"",
    "url='https://example.org/a#b'",
    "online = { platform = \"Zoom\", phone = \"+1 555 0100\" }",
    "tags = [\"a\",'b'] ",
    "language=\"es\"",
    "sources = [ '''# a text''' , \n]",
    "note = '''[location]\ncity = \"x\"'''",
    "contact = \"a = b\"",
    "organizers = [{ name = \"A\" }, { name = 'B # c' }]",
];

const TABLES: [&str; 3] = [
    "[location]\ncountry = \"GR\"\ncity = \"Athens\"",
    "location.country = \"GR\"\n{}location . city = \"Athens\"",
    "location = { city = \"Athens\" }",
];

fn below(random: &mut Random, bound: usize) -> usize {
    usize::try_from(random.below(bound as u64)).expect("below a length")
}

/// Text with comments that are all different, in any order and layout.
struct Mess<'r> {
    random: &'r mut Random,
    comments: usize,
    text: String,
    newline: &'static str,
}

impl Mess<'_> {
    fn comment(&mut self) -> String {
        self.comments += 1;
        format!("#<{}> \"it's [x] = {{", self.comments)
    }

    fn between(&mut self) {
        for _ in 0..below(self.random, 3) {
            let indent = self.random.pick(&["", "  ", "\t"]);
            let line = if self.random.one_in(3) { String::new() } else { self.comment() };
            self.text.push_str(&format!("{indent}{line}{}", self.newline));
        }
    }

    fn line(&mut self, line: &str) {
        self.between();
        let indent = self.random.pick(&["", "", "   "]);
        let comment = if self.random.one_in(3) { format!(" {}", self.comment()) } else { String::new() };
        // Line ends inside of a text belong to it, and are left as they are.
        self.text.push_str(&format!("{indent}{line}{comment}{}", self.newline));
    }

    fn event(&mut self, many: Option<usize>) {
        let mut lines: Vec<&str> = LINES.to_vec();
        let skipped = 6 + below(self.random, 9);
        for at in (1..lines.len()).rev() {
            lines.swap(at, below(self.random, at + 1));
        }
        // The first three are needed, and announced times fit the zone only.
        let keep = |line: &&str| LINES[..6].contains(line);
        let mut kept = 0;
        lines.retain(|line| {
            keep(line) || {
                kept += 1;
                kept <= skipped
            }
        });
        let place = self.random.pick(&TABLES);
        if let Some(number) = many {
            self.line("[[ event ]]");
            self.line(&format!("id = \"e{number}\""));
        }
        if !place.starts_with('[') {
            let at = below(self.random, lines.len());
            lines.insert(at, place);
        }
        for line in lines {
            let inner = if self.random.one_in(2) { "  " } else { "" };
            for part in line.split("\n{}") {
                self.line(&format!("{inner}{part}"));
            }
        }
        if place.starts_with('[') {
            let name = if many.is_some() { "[event.location]" } else { "[location]" };
            self.line(name);
            self.line("country = \"GR\"");
            self.line("city = \"Athens\"");
        }
    }
}

/// A text and how many comments it has.
fn mess(random: &mut Random, many: bool) -> (String, usize) {
    let newline = random.pick(&["\n", "\r\n"]);
    let mut mess = Mess { random, comments: 0, text: String::new(), newline };
    if mess.random.one_in(4) {
        mess.text.push('\u{FEFF}');
    }
    if many {
        for number in 0..=below(mess.random, 3) {
            mess.event(Some(number));
        }
    } else {
        mess.event(None);
    }
    mess.between();
    if mess.random.one_in(4) {
        mess.text.truncate(mess.text.trim_end().len());
    }
    (mess.text, mess.comments)
}

fn assert_comments(text: &str, count: usize) {
    for number in 1..=count {
        assert_eq!(text.matches(&format!("#<{number}>")).count(), 1, "comment {number} in:\n{text}");
    }
}

#[test]
fn fmt_twice_is_fmt_once_and_no_event_or_comment_changes() {
    let tzdb = Tzdb::bundled();
    let mut random = Random(7);
    for round in 0..400 {
        let (text, comments) = mess(&mut random, round % 2 == 0);
        let before = events(&text, &tzdb).unwrap_or_else(|| panic!("a sound record:\n{text}"));
        let once = format(&text, Kind::Records).unwrap_or_else(|why| panic!("{why}:\n{text}"));
        assert_eq!(format(&once, Kind::Records).as_ref(), Ok(&once), "from:\n{text}");
        assert_comments(&once, comments);
        assert_eq!(events(&once, &tzdb), Some(before), "{text}\n---\n{once}");
    }
}

#[test]
fn fmt_leaves_generated_records_what_they_are() {
    let tzdb = Tzdb::bundled();
    let text = records::one_file(&records::records(11, 300, 2020..2030));
    let once = format(&text, Kind::Records).expect("a layout");
    assert_eq!(format(&once, Kind::Records).as_ref(), Ok(&once));
    let before = events(&text, &tzdb).expect("sound records");
    assert_eq!(before.len(), 300);
    assert_eq!(events(&once, &tzdb), Some(before));
}

#[test]
fn an_edit_changes_its_line_and_no_other() {
    let tzdb = Tzdb::bundled();
    let mut random = Random(23);
    for round in 0..400 {
        let many = round % 2 == 0;
        let (text, comments) = mess(&mut random, many);
        let address = if many { Address::Event("e0".into()) } else { Address::Whole };
        let (key, value) = random.pick(&[
            ("status", "\"cancelled\""),
            ("moved-from", "2026-11-25T18:00"),
            ("url", "\"https://example.org/other\""),
            ("part-of", "\"x\""),
        ]);
        let mut edit = Edit::new(&text, 0);
        edit.set(&address, key, value).expect("an edit");
        let after = edit.text();
        assert_comments(&after, comments);
        let (old, new): (Vec<&str>, Vec<&str>) = (text.lines().collect(), after.lines().collect());
        let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
        let behind = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
        assert!(new.len() - same.min(new.len()) <= behind + 1, "more than a line changed:\n{text}\n---\n{after}");
        let changed = events(&after, &tzdb).unwrap_or_else(|| panic!("a sound record:\n{after}"));
        let was = events(&text, &tzdb).expect("a sound record");
        assert_eq!(changed.len(), was.len());
        assert_eq!(changed[1..], was[1..], "another event changed");
        // A new line is taken away again without a trace.
        if matches!(key, "status" | "moved-from" | "part-of") && text.ends_with('\n') {
            let mut back = edit.clone();
            if back.remove(&address, key).expect("an edit") {
                assert_eq!(back.text(), text);
            }
        }
        let lines = [("occurrence", "2026-12-02".to_owned()), ("status", "\"cancelled\"".to_owned())];
        edit.add_change(&address, &lines).expect("an edit");
        assert_comments(&edit.text(), comments);
        assert_eq!(edit.changes(&address), 1);
        assert!(edit.remove_change(&address, 0).expect("an edit"), "{}", edit.text());
        assert_eq!(edit.text().trim_end(), after.trim_end());
    }
}

#[test]
fn no_text_makes_the_editor_panic() {
    let mut random = Random(5);
    for _ in 0..300 {
        let (text, _) = mess(&mut random, true);
        let mut bytes = text.into_bytes();
        for _ in 0..=below(&mut random, 5) {
            let at = below(&mut random, bytes.len());
            match below(&mut random, 3) {
                0 => bytes[at] = random.pick(b"[]{}=\"'#\n\r\t,.\\x"),
                1 => drop(bytes.remove(at)),
                _ => bytes.insert(at, random.pick(b"[]{}=\"'#\n\r\t,.\\x")),
            }
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let _ = format(&text, Kind::Records);
        let _ = format(&text, Kind::Settings);
        let mut edit = Edit::new(&text, below(&mut random, text.len()));
        for address in [Address::Whole, Address::Event("e0".into()), Address::Local(Box::new(Address::Whole), 0)] {
            let _ = edit.set(&address, "status", "\"cancelled\"");
            let _ = edit.remove(&address, "title");
            let _ = edit.remove_element(&address, "announced", 0);
            let _ = edit.add_change(&address, &[("occurrence", "2026-12-02".to_owned())]);
            let _ = edit.remove_change(&address, 0);
        }
    }
}

fn run(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_redletter"))
        .args(arguments)
        .current_dir(root)
        .env_clear()
        .env("TZDIR", root.join("none"))
        .env("SOURCE_DATE_EPOCH", "1795176000")
        .output()
        .expect("the program runs")
}

fn forum(root: &Path) -> std::path::PathBuf {
    let path = root.join("events/forum.toml");
    fs::create_dir_all(root.join("events")).expect("a folder");
    let text = "title = \"Forum\"\nkind = \"forum\"\nstart = 2026-12-02T18:00\ntimezone = \"Europe/Athens\"\n";
    fs::write(&path, text).expect("a file");
    path
}

#[test]
fn a_reason_is_a_text_and_nothing_else() {
    let reasons = [
        "\"\"\"\nstatus = \"confirmed\"",
        "\u{1b}[2J\u{202E}x",
        "''' # x",
        "\\u0022 \\",
        "\r\n[location]\r\n",
        "😀, «ñ»; %0d",
    ];
    let tzdb = Tzdb::bundled();
    for described in ["", "description = '''\nOld'''\n", "description = \"\"\"\nOld \\\"x\\\" \"\"\"\n"] {
        for reason in reasons {
            let root = tempfile::tempdir().expect("a folder");
            let path = forum(root.path());
            let text = fs::read_to_string(&path).expect("a file") + described;
            fs::write(&path, &text).expect("a file");
            let output = run(root.path(), &["cancel", "forum", "--reason", reason]);
            let said = [output.stdout, output.stderr].concat();
            assert!(!said.contains(&0x1b), "a terminal is driven");
            let after = fs::read_to_string(&path).expect("a file");
            if output.status.success() {
                let event = &events(&after, &tzdb).unwrap_or_else(|| panic!("a sound record:\n{after}"))[0];
                assert_eq!(event.status, redletter::event::Status::Cancelled);
                assert!(event.location.is_none());
            } else {
                assert_eq!(after, text, "refused, and not written");
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_is_read_only_stays_and_another_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let root = tempfile::tempdir().expect("a folder");
    let path = forum(root.path());
    let before = fs::read(&path).expect("a file");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("permissions");
    for arguments in [&["cancel", "forum"][..], &["move", "forum", "--to", "2026-12-09"]] {
        let output = run(root.path(), arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains("read-only"));
        assert_eq!(fs::read(&path).expect("a file"), before);
    }
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("permissions");
    assert!(run(root.path(), &["cancel", "forum"]).status.success());
    assert_eq!(fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o640);
}

/// Runs a command in a calendar of one record; its exit code and its messages.
fn redletter_in(root: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_redletter"))
        .args(["--now", "2026-11-20T12:00:00Z", "--root"])
        .arg(root)
        .args(arguments)
        .env_remove("TZ")
        .output()
        .expect("the command runs");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn commands_that_move_offers_are_not_refused() {
    let root = tempfile::tempdir().expect("a folder");
    fs::create_dir(root.path().join("events")).expect("a folder");
    fs::write(root.path().join("calendar.toml"), "domain = \"example.org\"\ntimezone = \"Europe/Madrid\"\n")
        .expect("a file");
    let mut offered = 0;
    for (series, to) in [
        ("start = 2026-11-24T19:00\nrepeat = \"weekly\"\nuntil = 2026-12-31", "2026-12-02"),
        ("start = 2026-11-24T19:00\nrepeat = \"weekly\"\nuntil = 2026-12-31", "2026-12-01"),
        ("start = 2026-11-24\nrepeat = \"weekly\"\nuntil = 2026-12-31", "2026-12-02"),
        ("start = 2026-11-24T19:00\nrepeat = \"every week on tue\"", "2026-12-02"),
        ("start = 2026-12-08T19:00\nrepeat = \"every month on the 2nd tuesday\"", "2026-12-09"),
        ("start = 2026-11-10T19:00\nrepeat = \"every month on the 2nd tuesday\"", "2026-12-16"),
        ("start = 2026-11-10T19:00\nrepeat = \"monthly\"", "2026-12-12"),
        ("start = 2025-11-30T19:00\nrepeat = \"yearly\"", "2026-12-02"),
        ("start = 2026-11-24T19:00\nrepeat = \"every week on tue and thu\"", "2026-12-02"),
        ("start = 2026-11-24T19:00\nrepeat = \"every 2 weeks\"", "2026-12-23"),
        ("start = 2026-11-24T19:00\nalso = [2026-12-01T19:00]", "2026-12-02"),
    ] {
        let record = format!("title = \"X\"\nkind = \"forum\"\n{series}\n");
        fs::write(root.path().join("events/w.toml"), record).expect("a file");
        let (_, said) = redletter_in(root.path(), &["move", "w", "--to", to, "--dry-run"]);
        for command in said.split('`').filter_map(|part| part.strip_prefix("redletter ")) {
            if command.contains('…') {
                continue;
            }
            offered += 1;
            let arguments: Vec<&str> = command.split(' ').chain(["--dry-run"]).collect();
            let (code, refused) = redletter_in(root.path(), &arguments);
            assert_eq!(code, Some(0), "{series}\n{said}\n{command}: {refused}");
        }
    }
    assert!(offered > 8, "{offered} commands");
}
