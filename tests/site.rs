//! The built site with real parts: a validator, a browser, and readers that we did not write.

mod actions;
mod binary;
mod opinion;
mod vnu;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde_json::Value;

/// Builds the site of a calendar in a folder of it.
fn build(root: &Path) -> PathBuf {
    binary::printed(root, &["build"]);
    root.join("public")
}

/// All files below a folder, by their paths with slashes.
fn files(folder: &Path) -> BTreeMap<String, PathBuf> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for path in fs::read_dir(next).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                let relative = path.strip_prefix(folder).expect("below it").to_str().expect("UTF-8").replace('\\', "/");
                found.insert(relative, path);
            }
        }
    }
    found
}

/// Fails where an opinion names problems, and where it has seen less than `least` of what it counts.
fn assert_fine(answer: &str, least: &[(&str, u64)]) {
    let answer: Value = serde_json::from_str(answer).expect("JSON");
    let problems = answer["problems"].as_array().expect("a list");
    // What is wrong on many pages is said once.
    let mut pages = BTreeMap::<&str, Vec<&str>>::new();
    for problem in problems.iter().filter_map(Value::as_str) {
        let (page, what) = problem.split_once(": ").unwrap_or(("", problem));
        pages.entry(what).or_default().push(page);
    }
    let shown = pages.iter().take(60).map(|(what, pages)| format!("{} ({} pages): {what}\n", pages[0], pages.len()));
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), shown.collect::<String>());
    for (what, least) in least {
        assert!(answer[what].as_u64().is_some_and(|count| count >= *least), "{what} of {answer}");
    }
}

/// All occurrences of some thirty years, by the clock of a zone.
fn every_occurrence(root: &Path, zone: &str) -> String {
    agenda(root, ["2000-01-01", "2031-12-31"], zone)
}

fn agenda(root: &Path, [from, to]: [&str; 2], zone: &str) -> String {
    let range = ["agenda", "--from", from, "--to", to, "--format", "json", "-t", zone];
    String::from_utf8(binary::printed(root, &range)).expect("JSON")
}

#[test]
fn html_is_valid() {
    let root = actions::calendar();
    let site = build(root.path());
    let pages = files(&site).into_iter().filter(|(path, _)| {
        let is_page = Path::new(path).extension().is_some_and(|extension| extension == "html");
        is_page && !["es/", "ar/", "ja/"].iter().any(|language| path.starts_with(language))
    });
    let pages: Vec<PathBuf> = pages.map(|(_, path)| path).collect();
    assert!(pages.len() > 100, "{} pages", pages.len());
    let mut arguments =
        vec![OsStr::new("--format"), OsStr::new("json"), OsStr::new("--stdout"), "--exit-zero-always".as_ref()];
    arguments.extend(pages.iter().map(|page| page.as_os_str()));
    let said: Value = serde_json::from_str(&vnu::checker(&arguments)).expect("JSON");
    let messages = said["messages"].as_array().expect("a list");
    let text = |message: &Value, key: &str| message[key].as_str().unwrap_or_default().to_owned();
    // It reads files, of which none has an origin for `'self'` to stand for.
    let wrong = messages
        .iter()
        .filter(|message| !text(message, "message").contains("Content Security Policy (meta tag): external"));
    let mut pages = BTreeMap::<String, Vec<String>>::new();
    for one in wrong {
        let place = format!("{}:{}", text(one, "url"), one["lastLine"]);
        pages
            .entry(format!("{}\n    {}", text(one, "message"), text(one, "extract").replace('\n', " ")))
            .or_default()
            .push(place);
    }
    let shown = pages.iter().take(40).map(|(what, pages)| format!("{} ({} times): {what}\n", pages[0], pages.len()));
    assert!(pages.is_empty(), "{}", shown.collect::<String>());
}

#[test]
fn pages_are_for_everybody() {
    let root = actions::calendar();
    let site = build(root.path());
    let answer = opinion::of("accessible.mjs", &[site.as_os_str(), OsStr::new("."), OsStr::new("fa")], "");
    assert_fine(&answer, &[("pages", 50), ("looks", 110)]);
}

#[test]
fn the_script_shows_the_readers_own_time_where_it_differs() {
    let root = actions::calendar();
    let site = build(root.path());
    for (zone, least) in [("Asia/Seoul", [90, 60, 10]), ("America/Lima", [90, 60, 10]), ("Europe/Madrid", [90, 0, 0])] {
        let language = if zone == "America/Lima" { "fa" } else { "." };
        let arguments = [site.as_os_str(), OsStr::new(zone), OsStr::new(language)];
        let answer = opinion::of("clocks.mjs", &arguments, &every_occurrence(root.path(), zone));
        assert_fine(&answer, &[("times", least[0]), ("own", least[1]), ("days", least[2])]);
    }
}

#[test]
fn the_agenda_shows_what_is_chosen() {
    let root = actions::calendar();
    let site = build(root.path());
    let coming = agenda(root.path(), ["2026-11-20", "2027-02-15"], "UTC");
    let answer = opinion::of("choices.mjs", &[site.as_os_str()], &coming);
    assert_fine(&answer, &[("choices", 20), ("rows", 40)]);
}

#[test]
fn a_second_build_changes_nothing_and_neither_does_the_order_of_files() {
    let root = actions::calendar();
    let site = build(root.path());
    let state = || -> BTreeMap<String, (SystemTime, Vec<u8>)> {
        let read = |path: &Path| {
            let changed = fs::metadata(path).and_then(|found| found.modified()).expect("a time");
            (changed, fs::read(path).expect("a file"))
        };
        files(&site).into_iter().map(|(path, file)| (path, read(&file))).collect()
    };
    let first = state();
    build(root.path());
    let second = state();
    assert!(first.len() > 200 && first == second, "a file was written again");

    // The same events, in files of other names and in another order within them.
    let other = actions::calendar();
    let events = other.path().join("events");
    for (name, text) in files(&events).into_iter().map(|(name, path)| (name, (fs::read_to_string(&path), path))) {
        let (text, path) = (text.0.expect("a file"), text.1);
        let mut tables: Vec<&str> = text.split("\n[[event]]\n").skip(1).collect();
        tables.reverse();
        let mut reversed = String::new();
        for table in tables {
            write!(reversed, "[[event]]\n{table}\n").expect("a String takes all");
        }
        fs::remove_file(path).expect("it is there");
        let name: String = name.trim_end_matches(".toml").chars().rev().collect();
        fs::write(events.join(format!("{name}.toml")), reversed).expect("a file");
    }
    let shuffled = build(other.path());
    let shuffled: BTreeMap<String, Vec<u8>> =
        files(&shuffled).into_iter().map(|(path, file)| (path, fs::read(file).expect("a file"))).collect();
    let first: BTreeMap<String, Vec<u8>> = first.into_iter().map(|(path, (_, bytes))| (path, bytes)).collect();
    let other: Vec<&String> =
        first.keys().chain(shuffled.keys()).filter(|path| first.get(*path) != shuffled.get(*path)).collect();
    assert!(other.is_empty(), "{other:?}");
}
