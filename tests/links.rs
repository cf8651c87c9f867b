//! Whatever links, pipes and devices a checkout brings, no verb reads, shows or writes what lies outside of the calendar,
//! and none waits.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const RECORD: &str = "title = \"Assembly\"\nkind = \"meeting\"\nstart = 2026-12-01T18:00\ntimezone = \"Asia/Tokyo\"\n";
const SECRET: &str = "hunter2-of-the-neighbours";

/// A calendar, and a folder beside it that belongs to somebody else.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        let home = Home(tempfile::tempdir().expect("a folder"));
        for folder in ["calendar/events", "calendar/static", "calendar/templates", "other/events", "other/static"] {
            fs::create_dir_all(home.path(folder)).expect("a folder");
        }
        fs::write(home.path("calendar/calendar.toml"), "domain = \"example.org\"\n").expect("a file");
        fs::write(home.path("calendar/events/a.toml"), RECORD).expect("a file");
        let other = format!("{SECRET} = {SECRET}\n\x1b[31m{SECRET}\n");
        for name in ["events/b.toml", "static/x.css", "404.html", ".env", "rows.csv"] {
            fs::write(home.path("other").join(name), &other).expect("a file");
        }
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs a verb; it may not take long.
    fn run(&self, arguments: &[&str]) -> (i32, String) {
        let began = Instant::now();
        let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_redletter"))
            .args(["--now", "2026-11-20T12:00:00Z", "--root"])
            .arg(self.path("calendar"))
            .args(arguments)
            .env_remove("REDLETTER_MEMBERS_SECRET")
            .env("LEAKED", SECRET)
            .stdin(Stdio::null())
            .output()
            .expect("redletter");
        assert!(began.elapsed() < Duration::from_secs(20), "{arguments:?} took {:?}", began.elapsed());
        let said = String::from_utf8_lossy(&stdout).into_owned() + &String::from_utf8_lossy(&stderr);
        (status.code().unwrap_or(-1), said)
    }

    /// Runs every verb that reads. None may show the secret, nor where a link leads, and the foreign folder stays.
    fn attack(&self, what: &str, fails: &[&str]) {
        let before = all(&self.path("other"));
        let verbs: [&[&str]; 12] = [
            &["check"],
            &["check", "--format", "json"],
            &["check", "--format", "github"],
            &["check", "--format", "sarif"],
            &["check", "--fix"],
            &["agenda"],
            &["fmt"],
            &["search", "hunter2"],
            &["lock"],
            &["feed", "all"],
            &["build"],
            &["new", "meeting", "Another", "--start", "2026-12-05 18:00", "--timezone", "UTC"],
        ];
        for verb in verbs {
            let (code, said) = self.run(verb);
            assert!((0..=2).contains(&code), "{what}: {verb:?} ended with {code}: {said}");
            assert!(!said.contains(SECRET), "{what}: {verb:?} shows what is outside: {said}");
            assert!(!said.contains("/proc") && !said.contains("other/"), "{what}: {verb:?} tells the target: {said}");
            if fails.contains(&verb[0]) {
                assert_ne!(code, 0, "{what}: {verb:?} is content: {said}");
            }
        }
        assert_eq!(all(&self.path("other")), before, "{what}: the foreign folder changed");
        for (name, bytes, _) in all(&self.path("calendar")) {
            let bytes = String::from_utf8_lossy(&bytes);
            assert!(!bytes.contains(SECRET) && !bytes.contains("hunter2"), "{what}: {name} has it");
        }
    }
}

/// Every file below a folder, links not followed, with its bytes and mode.
fn all(root: &Path) -> Vec<(String, Vec<u8>, u32)> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let entry = entry.expect("an entry");
            let (path, kind) = (entry.path(), entry.file_type().expect("a kind"));
            let mode = entry.metadata().expect("a mode").permissions().mode();
            let bytes = if kind.is_file() { fs::read(&path).expect("a file") } else { Vec::new() };
            found.push((path.strip_prefix(root).expect("inside").display().to_string(), bytes, mode));
            if kind.is_dir() {
                folders.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Puts a link in the place of what stands at `name`.
fn link(home: &Home, name: &str, target: &str) {
    let place = home.path("calendar").join(name);
    let _ = fs::remove_dir_all(&place);
    let _ = fs::remove_file(&place);
    symlink(target, place).expect("a link");
}

#[test]
fn a_top_folder_that_leads_out_is_refused() {
    for (name, target) in [("events", "../other/events"), ("events", "../other"), ("events", "/proc/self")] {
        let home = Home::new();
        link(&home, name, target);
        home.attack(&format!("{name} → {target}"), &["check", "lock", "feed", "build", "new"]);
    }
    for name in ["static", "templates"] {
        for target in ["../other/static", "../other", "/proc/self", "../.."] {
            let home = Home::new();
            link(&home, name, target);
            home.attack(&format!("{name} → {target}"), &["build"]);
        }
    }
}

#[test]
fn settings_and_lock_that_lead_out_are_refused() {
    for target in ["/proc/self/environ", "../other/.env", "/dev/zero", "/dev/stdin", "../other"] {
        let home = Home::new();
        link(&home, "calendar.toml", target);
        home.attack(&format!("calendar.toml → {target}"), &["check", "lock", "feed", "build"]);
        let home = Home::new();
        link(&home, "calendar.lock", target);
        home.attack(&format!("calendar.lock → {target}"), &["lock", "feed", "build"]);
    }
}

#[test]
fn a_file_that_leads_out_or_to_something_hidden_is_refused() {
    for target in ["../../other/events/b.toml", "/proc/self/environ", "../.env", "/dev/zero", "../../other/events"] {
        for name in ["events/b.toml", "events/folder", "static/x.css", "templates/404.html"] {
            let home = Home::new();
            fs::write(home.path("calendar/.env"), format!("X={}", SECRET.replace("hunter2", "x"))).expect("a file");
            link(&home, name, target);
            let fails: &[&str] = match name {
                "events/b.toml" => &["check", "lock", "feed", "build"],
                "events/folder" => &[],
                _ => &["build"],
            };
            home.attack(&format!("{name} → {target}"), fails);
        }
    }
    for target in ["../../other/rows.csv", "/proc/self/environ", "/dev/zero", "../.env"] {
        let home = Home::new();
        let record = "title = \"Day\"\nkind = \"action-day\"\nstart = 2026-12-12\nlocals = \"rows.csv\"\n";
        fs::write(home.path("calendar/events/a.toml"), record).expect("a file");
        link(&home, "events/rows.csv", target);
        home.attack(&format!("a sheet → {target}"), &["check", "lock", "feed", "build"]);
    }
}

#[test]
fn pipes_are_not_waited_for() {
    for name in ["calendar.toml", "calendar.lock", "events/a.toml", "static/x", "templates/404.html", "events"] {
        let home = Home::new();
        let place = home.path("calendar").join(name);
        let _ = fs::remove_dir_all(&place);
        let _ = fs::remove_file(&place);
        assert!(Command::new("mkfifo").arg(&place).status().expect("mkfifo").success());
        home.attack(&format!("{name} is a pipe"), &["build"]);
    }
}

#[test]
fn records_sheets_settings_and_the_lock_are_never_published() {
    for target in ["../events/a.toml", "../calendar.toml", "../calendar.lock", "../events/rows.csv", ".."] {
        let home = Home::new();
        let note = format!("{RECORD}note = \"{}\"\n", SECRET.replace("hunter2", "ours"));
        fs::write(home.path("calendar/events/a.toml"), note).expect("a file");
        fs::write(home.path("calendar/events/rows.csv"), "city\nours").expect("a file");
        assert_eq!(home.run(&["lock"]).0, 0);
        link(&home, "static/a.txt", target);
        let (code, said) = home.run(&["build"]);
        assert_eq!(code, 2, "{target}: {said}");
        assert!(said.contains("is not published") || said.contains("that holds it"), "{target}: {said}");
        assert!(!home.path("calendar/public").exists());
    }
}

#[test]
fn feeds_are_written_below_their_folder_and_never_over_the_calendar() {
    let home = Home::new();
    assert_eq!(home.run(&["lock"]).0, 0);
    let path = |name: &str| home.path(name).display().to_string();
    let calendar = all(&home.path("calendar"));
    for own in ["calendar/calendar.toml", "calendar/calendar.lock", "calendar/events/a.toml", "calendar/events"] {
        for arguments in [vec!["feed", "all", "-o"], vec!["feed", "--all", "-o"]] {
            if own == "calendar/events" || arguments[1] == "all" {
                let (code, said) = home.run(&[&arguments[..], &[&path(own)]].concat());
                assert_eq!(code, 2, "{own}: {said}");
                assert!(said.contains("the calendar itself is there"), "{own}: {said}");
            }
        }
    }
    symlink("events", home.path("calendar/records")).expect("a link");
    let (code, said) = home.run(&["feed", "all", "-o", &path("calendar/records/a.toml")]);
    assert_eq!(code, 2, "{said}");
    fs::remove_file(home.path("calendar/records")).expect("a link");
    assert_eq!(all(&home.path("calendar")), calendar);
    // A lock whose feeds have paths for names is refused whole.
    let text = fs::read_to_string(home.path("calendar/calendar.lock")).expect("a lock");
    let evil = text.replacen("feeds = [", "feeds = [\"../../../../x\", ", 1);
    fs::write(home.path("calendar/calendar.lock"), evil).expect("a file");
    let before = all(home.0.path());
    let (code, said) = home.run(&["feed", "--all", "-o", &path("calendar/feeds")]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("`feeds` is missing or wrong"), "{said}");
    assert_eq!(all(home.0.path()), before);
}

#[test]
fn an_output_that_leads_out_is_refused() {
    for (name, target) in [("public", "../other"), (".public.redletter", "../other"), ("public", "../new")] {
        let home = Home::new();
        fs::set_permissions(home.path("other"), fs::Permissions::from_mode(0o755)).expect("a mode");
        link(&home, name, target);
        home.attack(&format!("{name} → {target}"), &["build"]);
        assert!(!home.path("new").exists());
    }
    let home = Home::new();
    link(&home, "out", "../other");
    let (code, said) = home.run(&["build", "-o", &home.path("calendar/out/site").display().to_string()]);
    assert_eq!(code, 2, "{said}");
    assert!(!home.path("other/site").exists());
}

#[test]
fn what_killed_writers_left_is_removed() {
    let home = Home::new();
    for name in [".redletter-abc123", "events/.redletter-XYZ789", "events/.redletter-notes"] {
        fs::write(home.path("calendar").join(name), "half").expect("a file");
    }
    assert_eq!(home.run(&["agenda"]).0, 0);
    assert!(!home.path("calendar/.redletter-abc123").exists());
    assert!(!home.path("calendar/events/.redletter-XYZ789").exists());
    assert!(home.path("calendar/events/.redletter-notes").exists(), "it is none of ours");
}

#[test]
fn links_within_the_calendar_are_followed_and_the_root_may_be_one() {
    let home = Home::new();
    fs::create_dir(home.path("calendar/art")).expect("a folder");
    fs::write(home.path("calendar/art/rose.svg"), "a rose").expect("a file");
    fs::rename(home.path("calendar/events"), home.path("calendar/records")).expect("a folder");
    fs::rename(home.path("calendar/calendar.toml"), home.path("calendar/settings.toml")).expect("a file");
    link(&home, "events", "records");
    link(&home, "calendar.toml", "settings.toml");
    link(&home, "static", "art");
    fs::rename(home.path("calendar"), home.path("real")).expect("a folder");
    symlink("real", home.path("calendar")).expect("a link");
    let (code, said) = home.run(&["build"]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(fs::read_to_string(home.path("real/public/static/rose.svg")).expect("a file"), "a rose");
    let (_, listed) = home.run(&["agenda"]);
    assert!(listed.contains("Assembly"), "{listed}");
}
