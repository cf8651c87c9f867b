//! Cases: a calendar, a command, and every byte that comes out.
//!
//! A folder of `tests/cases` is a case, and is named for what it shows:
//!
//! - `README.md`: one sentence that says it;
//! - `case.toml`: `command`, and if need be `now`, `env` (a table), `exit` (the code, where it is not 0),
//!   `only` (the files that it is about, of many that are written);
//! - `calendar.toml`, `calendar.lock`, `events/`, `templates/` and `static/`: the calendar; a case may do without;
//! - `old/` and `new/`: two calendars, sites or files to compare;
//! - `expected/stdout`, `expected/stderr`: what is printed; no file where it is nothing;
//! - `expected/files/…`: files that the command writes, or changes.
//!
//! A new case is a copy of a folder, and no line of Rust. `BLESS=1 cargo test` writes what is expected anew, for a person
//! to read the difference.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

/// `case.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// Arguments, without the name of the program.
    command: Vec<String>,
    /// The as-of time.
    #[serde(default = "now")]
    now: String,
    /// Variables; beside them there is only `TZ`, which is Europe/Madrid unless it is given here.
    #[serde(default)]
    env: BTreeMap<String, String>,
    /// The exit code.
    #[serde(default)]
    exit: i32,
    /// Of the files that are written, those that the case is about; without, all of them.
    #[serde(default)]
    only: Vec<String>,
}

fn now() -> String {
    "2026-11-20T12:00:00Z".to_owned()
}

/// Files by their path from a folder, with forward slashes.
type Files = BTreeMap<String, Vec<u8>>;

fn files(folder: &Path) -> Files {
    let mut found = Files::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let inside = path.strip_prefix(folder).expect("a path inside");
                let names: Vec<_> = inside.iter().map(|name| name.to_str().expect("a name")).collect();
                found.insert(names.join("/"), fs::read(&path).expect("a file"));
            }
        }
    }
    found
}

fn write(folder: &Path, files: &Files) {
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
}

/// What a command leaves: `stdout`, `stderr` and `files/…` that are new or changed, and its exit code.
fn run(folder: &Path, case: &Case) -> (Files, Option<i32>) {
    let root = tempfile::tempdir().expect("a folder");
    let empty = tempfile::tempdir().expect("a folder");
    let mut given = files(folder);
    let folders = ["events/", "templates/", "static/", "old/", "new/"];
    given.retain(|name, _| {
        ["calendar.toml", "calendar.lock"].contains(&&**name) || folders.iter().any(|folder| name.starts_with(folder))
    });
    write(root.path(), &given);
    let output = Command::new(env!("CARGO_BIN_EXE_redletter"))
        .args(&case.command)
        .current_dir(root.path())
        .env_clear()
        // The bundled time zones count, and not those of the machine.
        .env("TZDIR", empty.path())
        .env("SOURCE_DATE_EPOCH", epoch(&case.now))
        // Without it, the zone of the machine would be the reader's.
        .env("TZ", "Europe/Madrid")
        .envs(&case.env)
        .output()
        .expect("the program runs");
    let mut left: Files =
        files(root.path()).into_iter().filter(|(name, bytes)| given.get(name) != Some(bytes)).collect();
    left.retain(|name, _| case.only.is_empty() || case.only.contains(name));
    left = left.into_iter().map(|(name, bytes)| (format!("files/{name}"), bytes)).collect();
    for (name, bytes) in [("stdout", output.stdout), ("stderr", output.stderr)] {
        if !bytes.is_empty() {
            left.insert(name.to_owned(), bytes);
        }
    }
    (left, output.status.code())
}

fn epoch(now: &str) -> String {
    chrono::DateTime::parse_from_rfc3339(now).expect("`now` is RFC 3339").timestamp().to_string()
}

fn compare(name: &str, folder: &Path, bless: bool) -> Vec<String> {
    let mut wrong = Vec::new();
    let readme = fs::read_to_string(folder.join("README.md")).unwrap_or_default();
    if readme.trim().is_empty() || readme.trim().contains('\n') {
        wrong.push(format!("{name}: README.md says in one line what the case shows"));
    }
    let text = fs::read_to_string(folder.join("case.toml")).unwrap_or_default();
    let case: Case = match toml::from_str(&text) {
        Ok(case) => case,
        Err(error) => return vec![format!("{name}: case.toml: {error}")],
    };
    let (left, exit) = run(folder, &case);
    if exit != Some(case.exit) {
        let said = left.get("stderr").map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
        wrong.push(format!("{name}: expected exit code {}, found {exit:?}\n{said}", case.exit));
    }
    let expected = folder.join("expected");
    if bless {
        let _ = fs::remove_dir_all(&expected);
        write(&expected, &left);
        return wrong;
    }
    let wanted = files(&expected);
    let names: BTreeSet<&String> = left.keys().chain(wanted.keys()).collect();
    for file in names {
        let (seen, wanted) = (left.get(file), wanted.get(file));
        if seen != wanted {
            let shown = |bytes: Option<&Vec<u8>>| {
                bytes.map_or("(nothing)\n".to_owned(), |bytes| String::from_utf8_lossy(bytes).into_owned())
            };
            wrong.push(format!("{name}: {file}\n-- expected:\n{}-- found:\n{}", shown(wanted), shown(seen)));
        }
    }
    wrong
}

#[test]
fn every_case_comes_out_byte_for_byte() {
    let bless = std::env::var_os("BLESS").is_some();
    assert!(!bless || std::env::var_os("CI").is_none(), "nobody would read the difference: bless where a person does");
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(all).expect("the cases").map(|entry| entry.expect("an entry").path()).collect();
    folders.retain(|folder| folder.is_dir());
    folders.sort();
    assert!(!folders.is_empty());
    let wrong: Vec<String> = folders
        .iter()
        .flat_map(|folder| compare(folder.file_name().and_then(|name| name.to_str()).expect("a name"), folder, bless))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
