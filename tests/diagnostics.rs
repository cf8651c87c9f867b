//! The gallery: for every code, a record that shows it, and what its author sees.
//!
//! `tests/diagnostics/<code>.toml`, or `<code>.<variant>.toml`, is checked as the only record of a calendar; a folder of
//! that name is a whole calendar. Beside each stands `….txt`, which `redletter check` prints for it. `BLESS=1 cargo test`
//! writes it anew, for a person to read the difference.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use redletter::cli::{self, Environment, World};
use redletter::diagnostic::{Code, Diagnostic};
use redletter::zone::Tzdb;

/// Settings for a record that stands alone.
const SETTINGS: &str = "title = \"Gallery\"\ndomain = \"example.org\"\ntimezone = \"Europe/Madrid\"\n";

/// A record without a mistake.
const RECORD: &str = "title = \"Forum on rents\"\nkind = \"forum\"\nstart = 2026-12-02T18:00\n";

/// The secret of the members, which stands in a file of the calendar that shows it.
const SECRET: &str = "3f9c1b7d5e8a2046c1d9e7b3a5f80246";

const NOW: &str = "2026-11-20T12:00:00Z";

/// Puts a case into an empty calendar.
type Make = fn(&Path);

/// Cases that no repository can hold: a link that leads nowhere, a file of 100 MB.
const MADE_HERE: [(&str, Make); 5] = [
    ("unreadable", broken_link),
    ("too-large", large_file),
    ("too-long.field", long_field),
    ("too-many-values", many_values),
    ("too-many-values.columns", many_columns),
];

fn long_field(root: &Path) {
    let text = "All who pay too much rent are welcome. ".repeat(30_000);
    fs::write(root.join("events/forum.toml"), format!("{RECORD}description = \"{text}\"\n")).expect("a record");
}

fn many_values(root: &Path) {
    let printed = (0..40_000).map(|_| "    \"18:00\",\n").collect::<String>();
    fs::write(root.join("events/forum.toml"), format!("{RECORD}announced = [\n{printed}]\n")).expect("a record");
}

fn many_columns(root: &Path) {
    let columns: Vec<String> = (0..2_000).map(|number| format!("column-{number}")).collect();
    fs::write(root.join("events/forum.toml"), format!("{RECORD}locals = \"forum.csv\"\n")).expect("a record");
    fs::write(root.join("events/forum.csv"), format!("city,{}\nRome\n", columns.join(","))).expect("a sheet");
}

fn broken_link(root: &Path) {
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere.toml", root.join("events/forum.toml")).expect("a link");
    #[cfg(not(unix))]
    fs::create_dir(root.join("events/forum.toml")).expect("a folder");
}

fn large_file(root: &Path) {
    // Sparse: it takes no space, and is refused before it is read.
    let file = fs::File::create(root.join("events/forum.toml")).expect("a file");
    file.set_len(100_000_000).expect("its length");
}

/// A calendar that shows one code.
struct Case {
    /// `<code>` or `<code>.<variant>`.
    name: String,
    root: tempfile::TempDir,
}

impl Case {
    fn code(&self) -> &str {
        self.name.split('.').next().unwrap_or_default()
    }

    fn diagnostics(&self) -> Vec<Diagnostic> {
        let now: DateTime<Utc> = NOW.parse().expect("a time");
        redletter::calendar::load(self.root.path(), &Tzdb::bundled(), now).expect("a calendar").diagnostics
    }

    /// What `redletter check` prints; for what other verbs find, what they say.
    fn seen(&self) -> String {
        let secret = (self.code() == "secret-in-file").then_some(SECRET);
        let (command, is_check): (&[&str], bool) = match self.code() {
            "domain-missing" => (&["feed", "all"], false),
            "too-many-occurrences" => (&["agenda", "0001-01-01", "9998-12-31"], false),
            "unreviewed" => (&["check", "--stale"], true),
            _ => (&["check"], true),
        };
        let [out, err] = ran(self, secret, command);
        if is_check { out } else { err }
    }
}

fn gallery() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for entry in fs::read_dir(gallery()).expect("the gallery") {
        let path = entry.expect("an entry").path();
        let file = path.file_name().and_then(|name| name.to_str()).expect("a name");
        if path.is_dir() {
            let root = tempfile::tempdir().expect("a folder");
            copy(&path, root.path());
            cases.push(Case { name: file.to_owned(), root });
        } else if let Some(name) = file.strip_suffix(".toml") {
            let case = Case { name: name.to_owned(), root: alone() };
            let record = case.root.path().join(format!("events/{}.toml", case.code()));
            fs::copy(&path, record).expect("a copy");
            cases.push(case);
        }
    }
    for (name, make) in MADE_HERE {
        let root = alone();
        make(root.path());
        cases.push(Case { name: name.to_owned(), root });
    }
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

/// A calendar without records.
fn alone() -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    fs::create_dir(root.path().join("events")).expect("a folder");
    fs::write(root.path().join("calendar.toml"), SETTINGS).expect("settings");
    root
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            fs::create_dir(&target).expect("a folder");
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a copy");
        }
    }
}

#[test]
fn authors_see_what_the_gallery_shows() {
    let bless = std::env::var_os("BLESS").is_some();
    assert!(!bless || std::env::var_os("CI").is_none(), "CI refuses to bless: a person reads the difference first");
    let mut wrong = Vec::new();
    let mut names = BTreeSet::new();
    for case in cases() {
        let (seen, path) = (case.seen(), gallery().join(format!("{}.txt", case.name)));
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
        if let Some(name) = file.strip_suffix(".txt")
            && !names.contains(name)
        {
            wrong.push(format!("{file} belongs to no record"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_is_shown() {
    let names = cases();
    let shown: BTreeSet<&str> = names.iter().map(Case::code).collect();
    let missing: Vec<&str> = Code::ALL.iter().map(|code| code.name()).filter(|name| !shown.contains(name)).collect();
    assert!(missing.is_empty(), "no record shows {}", missing.join(", "));
}

#[test]
fn every_fix_mends() {
    for case in cases() {
        let before = case.diagnostics();
        let count = |all: &[Diagnostic], one: &Diagnostic| {
            let same = |other: &&Diagnostic| {
                (other.finding.code, &other.finding.message) == (one.finding.code, &one.finding.message)
            };
            all.iter().filter(same).count()
        };
        for diagnostic in &before {
            let (Some(fix), Some(file)) = (&diagnostic.finding.fix, &diagnostic.source.path) else { continue };
            let mut text = diagnostic.source.text.clone();
            for (span, new) in fix.edits().into_iter().rev() {
                text.replace_range(span.range(), new);
            }
            let path = case.root.path().join(&**file);
            fs::write(&path, text).expect("a file");
            let after = case.diagnostics();
            fs::write(&path, &diagnostic.source.text).expect("a file");
            let message = &diagnostic.finding.message;
            assert!(count(&after, diagnostic) < count(&before, diagnostic), "{}: still there: {message}", case.name);
            let broken = |all: &[Diagnostic]| all.iter().filter(|one| one.finding.code == Code::Syntax).count();
            assert!(broken(&after) <= broken(&before), "{}: broken by the fix for: {message}", case.name);
        }
    }
}

/// Runs a command in the folder of a case; what it prints to standard output and to standard error.
fn ran(case: &Case, secret: Option<&str>, command: &[&str]) -> [String; 2] {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut world = World {
        clock: NOW.parse().expect("a time"),
        time: || unreachable!("nothing runs on"),
        folder: case.root.path().to_owned(),
        environment: Environment { members_secret: secret.map(str::to_owned), ..Environment::default() },
        columns: None,
        err_terminal: false,
        input: None,
        out: &mut out,
        err: &mut err,
    };
    cli::run(std::iter::once(&"redletter").chain(command).map(Into::into), &mut world);
    [out, err].map(|bytes| String::from_utf8(bytes).expect("UTF-8"))
}

/// All that is published of the events of a case, one a line; empty if a mistake is left.
fn events(case: &Case) -> String {
    let [out, _] = ran(case, None, &["agenda", "2020-01-01", "2027-12-31", "--limit", "3", "--format", "jsonl"]);
    out
}

/// What `check --fix` makes of every record of the gallery: the changes, and the events. A person reads the difference:
/// each event must be what the author of the record wrote.
#[test]
fn fixed_events_are_what_their_authors_wrote() {
    let mut seen = String::new();
    for case in cases() {
        if !case.diagnostics().iter().any(|diagnostic| diagnostic.finding.fix.is_some()) {
            continue;
        }
        let [_, told] = ran(&case, None, &["check", "--fix"]);
        seen.push_str(&format!("== {}\n", case.name));
        told.lines().filter(|line| line.contains(" → ")).for_each(|line| seen.push_str(&format!("{line}\n")));
        for line in events(&case).lines() {
            let event: serde_json::Value = serde_json::from_str(line).expect("JSON");
            seen.push_str("  ");
            for key in ["title", "kind", "status", "start", "end", "timezone", "location", "online", "url", "tags"] {
                if let Some(value) = event.get(key).filter(|value| !value.is_null()) {
                    seen.push_str(&format!("{key}={value} "));
                }
            }
            seen.truncate(seen.trim_end().len());
            seen.push('\n');
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expected/fixes.txt");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &seen).expect("a file");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(seen == expected, "-- expected:\n{expected}-- seen:\n{seen}");
}
