//! The gallery of `redletter lint`: for every code a file that shows it, and what its publisher sees; and our own feeds, in
//! which there is nothing to find.
//!
//! `tests/lint/<code>.ics`, or `<code>.<variant>.ics`; `….previous` is its earlier version. `BLESS=1 cargo test` writes `….txt`, for a
//! person to read the difference.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use redletter::cli::{self, Environment, Exit, World};
use redletter::diagnostic::FeedCode;

const NOW: &str = "2026-11-20T12:00:00Z";

fn gallery() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lint")
}

/// Runs the program in a folder: what it prints to standard output, to standard error, and how it ends.
fn ran(folder: &Path, arguments: &[&str]) -> (String, String, Exit) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut world = World {
        clock: NOW.parse().expect("a time"),
        time: || unreachable!("nothing runs on"),
        folder: folder.to_owned(),
        environment: Environment {
            members_secret: Some("3f9c1b7d5e8a2046c1d9e7b3a5f80246".into()),
            columns: Some(100),
            ..Environment::default()
        },
        columns: None,
        err_terminal: false,
        input: None,
        out: &mut out,
        err: &mut err,
    };
    let exit = cli::run(std::iter::once(&"redletter").chain(arguments).map(Into::into), &mut world);
    let [out, err] = [out, err].map(|bytes| String::from_utf8(bytes).expect("UTF-8"));
    (out, err, exit)
}

/// A file that shows a code.
struct Case {
    name: String,
    folder: PathBuf,
}

impl Case {
    fn code(&self) -> &str {
        self.name.split('.').next().unwrap_or_default()
    }

    fn seen(&self, more: &[&str]) -> (String, Exit) {
        let file = format!("{}.ics", self.name);
        let previous = format!("{}.previous", self.name);
        let mut arguments = vec!["lint", &file];
        if self.folder.join(&previous).exists() {
            arguments.extend(["--previous", &previous]);
        }
        arguments.extend(more);
        let (out, err, exit) = ran(&self.folder, &arguments);
        assert!(exit != Exit::Failed, "{}: {err}", self.name);
        (out, exit)
    }
}

/// All cases, with those that are too large for a repository in a folder of their own.
fn cases(large: &Path) -> Vec<Case> {
    let mut cases = Vec::new();
    for entry in fs::read_dir(gallery()).expect("the gallery") {
        let file = entry.expect("an entry").file_name().into_string().expect("a name");
        if let Some(name) = file.strip_suffix(".ics") {
            cases.push(Case { name: name.to_owned(), folder: gallery() });
        }
    }
    let event = |number| {
        format!(
            "BEGIN:VEVENT\r\nUID:{number}\r\nDTSTAMP:20261120T120000Z\r\nDTSTART:20261202T170000Z\r\n\
             DTEND:20261202T190000Z\r\nSUMMARY:Forum\r\nEND:VEVENT\r\n"
        )
    };
    let events: String = (0..1_001).map(event).collect();
    let text =
        format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//Calendar//EN\r\n{events}END:VCALENDAR\r\n");
    fs::write(large.join("ics-too-large.ics"), text).expect("a file");
    cases.push(Case { name: "ics-too-large".into(), folder: large.to_owned() });
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

#[test]
fn publishers_see_what_the_gallery_shows() {
    let bless = std::env::var_os("BLESS").is_some();
    assert!(!bless || std::env::var_os("CI").is_none(), "CI refuses to bless: a person reads the difference first");
    let large = tempfile::tempdir().expect("a folder");
    let mut wrong = Vec::new();
    let mut names = BTreeSet::new();
    for case in cases(large.path()) {
        let ((seen, exit), path) = (case.seen(&[]), gallery().join(format!("{}.txt", case.name)));
        assert_eq!(exit, Exit::Problems, "{}", case.name);
        if bless {
            fs::write(&path, &seen).expect("a file");
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if seen != expected {
            wrong.push(format!("== {}\n-- expected:\n{expected}-- seen:\n{seen}", case.name));
        }
        if !seen.contains(&format!("[{}]: ", case.code())) {
            wrong.push(format!("== {} does not show its code:\n{seen}", case.name));
        }
        names.insert(case.name);
    }
    for entry in fs::read_dir(gallery()).expect("the gallery") {
        let file = entry.expect("an entry").file_name().into_string().expect("a name");
        if file.strip_suffix(".txt").is_some_and(|name| !names.contains(name)) {
            wrong.push(format!("{file} belongs to no file"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let shown: BTreeSet<&str> = names.iter().map(|name| name.split('.').next().unwrap_or_default()).collect();
    let missing: Vec<&str> =
        FeedCode::ALL.iter().map(|code| code.name()).filter(|name| !shown.contains(name)).collect();
    assert!(missing.is_empty(), "no file shows {}", missing.join(", "));
}

#[test]
fn every_format_names_the_line_and_the_evidence_and_shows_no_guest() {
    let large = tempfile::tempdir().expect("a folder");
    for case in cases(large.path()) {
        for format in ["text", "json", "github", "sarif"] {
            let (out, _) = case.seen(&["--format", format]);
            assert!(out.contains(case.code()), "{}: {format}", case.name);
            assert!(out.contains("https://"), "{}: {format}", case.name);
            for secret in ["ana@example.org", "c2VjcmV0", "191837", "\u{1b}", "\u{8}"] {
                assert!(!out.contains(secret), "{}: {format} shows {secret:?}", case.name);
            }
            if matches!(format, "json" | "sarif") {
                let _: serde_json::Value = serde_json::from_str(&out).expect("JSON");
            }
        }
        // For a client that is not among those that break there is no finding of that code.
        let code = FeedCode::ALL.iter().find(|code| code.name() == case.code()).expect("a code");
        for client in redletter::diagnostic::Client::ALL {
            let (out, _) = case.seen(&["--client", client.name(), "--format", "json"]);
            let concerns = code.clients().is_empty() || code.clients().contains(&client);
            assert_eq!(out.contains(&format!("\"{}\"", case.code())), concerns, "{}: {}", case.name, client.name());
        }
    }
}

#[test]
fn every_code_is_explained_with_its_evidence() {
    for code in FeedCode::ALL {
        let (out, _, exit) = ran(&gallery(), &["explain", code.name()]);
        assert_eq!(exit, Exit::Fine);
        assert!(code.links().iter().all(|link| out.contains(link)), "{out}");
    }
}

#[test]
fn our_own_feeds_have_no_finding() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.to_owned()];
    folders.extend(fs::read_dir(root.join("tests/cases")).expect("the cases").map(|one| one.expect("an entry").path()));
    let (mut count, mut wrong) = (0, Vec::new());
    for folder in folders.iter().filter(|folder| folder.join("events").is_dir()) {
        let feeds = tempfile::tempdir().expect("a folder");
        let target = feeds.path().to_str().expect("a path");
        let (_, _, exit) = ran(folder, &["--quiet", "feed", "--all", "-o", target]);
        let is_written = exit == Exit::Fine && fs::read_dir(feeds.path()).is_ok_and(|mut feeds| feeds.next().is_some());
        if !is_written {
            continue;
        }
        count += 1;
        let (out, _, _) = ran(folder, &["--quiet", "lint", target, "--format", "github"]);
        // One case has 100,000 events, which is too much for Google.
        wrong.extend(
            out.lines()
                .filter(|line| !line.contains("title=ics-too-large"))
                .map(|line| format!("{}: {line}", folder.display())),
        );
    }
    assert!(count > 200, "{count}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn hostile_files_end_in_bounded_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let event = |lines: &str| {
        format!(
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261202T170000Z\r\n{lines}END:VEVENT\r\nEND:VCALENDAR\r\n"
        )
    };
    let bomb = {
        use std::io::Write as _;
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(&vec![0; 20_000_000]).expect("memory");
        packed.finish().expect("memory")
    };
    let hostile: Vec<Vec<u8>> = vec![
        Vec::new(),
        vec![0; 100_000],
        vec![0xFF; 100_000],
        bomb,
        "BEGIN:VEVENT\r\n".repeat(100_000).into(),
        format!("BEGIN:VCALENDAR\r\n{}", "X".repeat(5_000_000)).into(),
        event(&format!("EXDATE:{}\r\n", "20261202T170000Z,".repeat(200_000))).into(),
        event(&format!("RRULE:FREQ=DAILY\r\n{}", "EXDATE:20261203T170000Z\r\n".repeat(50_000))).into(),
        event("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\n").into(),
        event(&format!(
            "{}EXDATE:{}\r\nRDATE:{}\r\n",
            "RRULE:FREQ=MONTHLY;COUNT=100000;BYMONTHDAY=1,2,3\r\n".repeat(2_000),
            "99981231T170000Z,".repeat(20_000),
            "99981230T170000Z,".repeat(20_000)
        ))
        .into(),
        event("DTEND;TZID=\"\u{202e}\u{1b}[2J\":20261202T180000\r\nSUMMARY:\u{1b}]0;x\u{7}\u{9b}\r\n").into(),
        event(&"ATTENDEE:mailto:a@example.org\r\n".repeat(50_000)).into(),
        event("DTSTART:99981231T235959Z\r\nRRULE:FREQ=SECONDLY;COUNT=999999999\r\n").into(),
        b"BEGIN:VCALENDAR\rBEGIN:VEVENT\rSUMMARY:caf\xC3\r \xA9\r\xE9END:VEVENT".to_vec(),
        format!(
            "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:A\r\nBEGIN:STANDARD\r\nDTSTART:00010101T000000\r\nTZOFFSETFROM:+9999\r\n\
             TZOFFSETTO:-9999\r\nRRULE:FREQ=DAILY\r\nRDATE:{}\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nEND:VCALENDAR\r\n",
            "20200101T000000,".repeat(100_000)
        )
        .into(),
    ];
    for (at, bytes) in hostile.iter().enumerate() {
        fs::write(folder.path().join("a.ics"), bytes).expect("a file");
        for format in ["text", "json", "github", "sarif"] {
            let (out, err, exit) = ran(folder.path(), &["lint", "a.ics", "--format", format]);
            assert!(exit != Exit::Failed, "{at}: {err}");
            assert!(!out.contains(['\u{1b}', '\u{202e}', '\u{9b}', '\u{7}']), "{at}: {format}");
        }
    }
}

#[cfg(feature = "fetch")]
#[test]
fn a_feed_is_read_from_its_address() {
    use std::io::{Read, Write};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let server = std::thread::spawn(move || {
        for body in ["BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nUID:1\r\nEND:VCALENDAR\r\n", "<!DOCTYPE html>"] {
            let (mut stream, _) = listener.accept().expect("a reader");
            let _ = stream.read(&mut [0; 4096]);
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
        }
    });
    let address = format!("http://127.0.0.1:{port}/a.ics");
    for code in ["ics-calendar-uid", "ics-not-calendar"] {
        let (out, err, exit) = ran(&gallery(), &["lint", &address]);
        assert_eq!(exit, Exit::Problems, "{err}");
        assert!(out.contains(code) && out.contains(&address), "{out}");
    }
    server.join().expect("it ends");
}
