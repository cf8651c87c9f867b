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

/// Where the sites of these tests will be.
const BASE: &str = "https://actions.example.org/calendar/";

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
    let said = said["messages"].as_array().expect("a list");
    let text = |message: &Value, key: &str| message[key].as_str().unwrap_or_default().to_owned();
    // It reads files, of which none has an origin for `'self'` to stand for; and JSON-LD is not a script, whatever its element.
    let is_fine = |one: &Value| {
        text(one, "message").contains("Content Security Policy (meta tag): external")
            || text(one, "message").starts_with("Inline script violates")
                && text(one, "extract").contains("<script type=\"application/ld+json\">")
    };
    let wrong = said.iter().filter(|one| !is_fine(one));
    let mut messages = BTreeMap::<String, Vec<String>>::new();
    for one in wrong {
        let place = format!("{}:{}: {}", text(one, "url"), one["lastLine"], text(one, "extract").replace('\n', " "));
        messages.entry(text(one, "message")).or_default().push(place);
    }
    let shown = messages.iter().map(|(what, places)| format!("{what} ({} times)\n    {}\n", places.len(), places[0]));
    assert!(messages.is_empty(), "{}", shown.collect::<String>());
}

#[test]
fn programs_find_events_in_pages_and_links_lead_somewhere() {
    let root = actions::calendar();
    let site = build(root.path());
    let agenda = every_occurrence(root.path(), "UTC");
    let answer = opinion::of("pages.mjs", &[site.as_os_str(), OsStr::new(BASE)], &agenda);
    assert_fine(&answer, &[("pages", 200), ("links", 5_000), ("events", 30)]);
}

#[test]
fn atom_sitemap_robots_and_headers_are_read() {
    let root = actions::calendar();
    let site = build(root.path());
    let answer = opinion::of("published.py", &[site.as_os_str(), OsStr::new(BASE), OsStr::new(binary::NOW)], "");
    assert_fine(&answer, &[("atom", 10), ("entries", 40), ("addresses", 100)]);

    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/opinions/atom.rnc");
    let files = files(&site);
    let atoms =
        files.iter().filter(|(path, _)| Path::new(path).extension().is_some_and(|extension| extension == "atom"));
    vnu::assert_fits(&schema, &atoms.map(|(_, path)| path.as_os_str()).collect::<Vec<_>>());
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
fn an_old_site_says_what_day_it_is() {
    let (old, fresh) = (actions::calendar(), actions::calendar());
    let now = "2026-12-03T12:00:00Z";
    let built = build(old.path());
    binary::printed_at(now, fresh.path(), &["build"]);
    let site = fresh.path().join("public");
    let arguments = [built.as_os_str(), site.as_os_str(), OsStr::new(now), OsStr::new("."), OsStr::new("fa")];
    let answer = opinion::of("stale.mjs", &arguments, "");
    assert_fine(&answer, &[("pages", 60), ("rows", 60), ("counted", 4), ("marks", 2)]);
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

/// Texts that would be more than text in some place of a page.
const EVIL: [&str; 14] = [
    "<script>window.evil=1;alert(1)</script>",
    "\"><img src=x onerror=alert(1) class=evil>",
    "'><svg onload=alert(1)>",
    "</script><script>alert(1)</script>",
    "<!--<script>alert(1)",
    "--> ]]> </title></style></textarea><b id=evil>",
    "{{ 7*7 }} {% raw %} ${7*7} {# x",
    "[x](javascript:alert%281%29) <javascript:alert(1)> [y](data:text/html,<script>alert(1)</script>)",
    "[z]( java&#115;cript:alert(1)) ![p](https://evil.example/p.png) <https://evil.example/\"onmouseover=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;script&#62;",
    "javascript:alert(1)//",
    "` onfocus=alert(1) autofocus data-evil=1 x=",
    "=cmd|'/c calc'!A1 \\u003cscript\\u003e \\\" \\",
    "<a href=\"javascript:alert(1)\" style=\"position:fixed\">x</a><base href=//evil.example/><meta http-equiv=refresh content=0>",
];

/// A calendar in which every text is one of these.
fn hostile() -> tempfile::TempDir {
    let quoted = |text: &str| Value::from(text).to_string();
    let mut settings = format!(
        "title = {evil}\ndescription = {evil}\ndomain = \"example.org\"\nurl = \"{BASE}\"\ntimezone = \"Asia/Tokyo\"\n\
         languages = [\"fa\"]\n[kinds.bake-sale]\nlabel = {{ en = {evil}, fa = {evil} }}\ncolor = \"#aa0000\"\n",
        evil = quoted(&EVIL[..2].concat())
    );
    let mut events = String::new();
    for (number, evil) in EVIL.iter().enumerate() {
        let text = quoted(evil);
        let day = 1 + number;
        write!(
            events,
            "[[event]]\nid = \"evil-{number}\"\ntitle = {text}\nkind = \"bake-sale\"\nstart = 2026-12-{day:02}T18:00\n\
             timezone = \"America/Lima\"\ndescription = {text}\nurl = \"https://example.org/?x=%22%3E%3Cscript%3E&{number}\"\n\
             contact = {text}\norganizers = [{{ name = {text}, url = \"https://example.org/\" }}, {text}]\n\
             tags = [{text}]\nimage = {{ url = \"https://example.org/p.png\", alt = {text} }}\n\
             location = {{ name = {text}, address = {text}, city = {text}, region = {text}, country = \"PE\", notes = {text} }}\n\
             online = {{ url = \"https://example.org/join\", platform = {text}, meeting-id = {text}, passcode = {text} }}\n\
             translations.fa = {{ title = {text}, description = {text} }}\n\
             [[event.local]]\nid = \"x\"\ncity = {text}\ntitle = {text}\ncountry = \"PE\"\nstart = 2026-12-{day:02}T19:00\n\n"
        )
        .expect("a String takes all");
        write!(settings, "[[feed]]\nname = \"evil-{number}\"\ntitle = {text}\ndescription = {text}\n")
            .expect("as above");
    }
    let root = tempfile::tempdir().expect("a folder");
    fs::create_dir(root.path().join("events")).expect("a folder");
    fs::write(root.path().join("calendar.toml"), settings).expect("a file");
    fs::write(root.path().join("events/evil.toml"), events).expect("a file");
    root
}

#[test]
fn text_that_means_harm_stays_text() {
    let root = hostile();
    let site = build(root.path());
    let answer = opinion::of("pages.mjs", &[site.as_os_str(), OsStr::new(BASE)], &every_occurrence(root.path(), "UTC"));
    assert_fine(&answer, &[("pages", 60), ("events", 28)]);
    assert_fine(&opinion::of("hostile.mjs", &[site.as_os_str()], ""), &[("pages", 60)]);
}
