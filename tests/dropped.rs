//! A second opinion on dates that a series drops: a foreign reader that subscribes to the feed before and after an edit
//! still finds every coming date of the old feed, as cancelled if the series no longer has it.

mod opinion;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

const SETTINGS: &str = "title = \"Actions\"\ndomain = \"example.org\"\ntimezone = \"Europe/Madrid\"\n";
const FROM: &str = "2026-11-20";
const TO: &str = "2027-04-01";

fn run(root: &Path, arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_redletter"))
        .args(["--now", "2026-11-20T12:00:00Z", "--quiet"])
        .args(arguments)
        .current_dir(root)
        .env_clear()
        .env("TZDIR", root.join("none"))
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// What the reader finds in the feed: the status of each start.
fn seen(root: &Path) -> BTreeMap<String, String> {
    let path = root.join("all.ics");
    fs::write(&path, run(root, &["feed", "all"])).expect("written");
    let said = opinion::of("feed.py", &[path.as_os_str(), OsStr::new(FROM), OsStr::new(TO)], "");
    let mut found = BTreeMap::new();
    for line in said.lines() {
        let read: Value = serde_json::from_str(line).expect("a line of JSON");
        let text = |key: &str| read[key].as_str().unwrap_or("CONFIRMED").to_owned();
        found.insert(text("start"), text("status"));
    }
    found
}

#[test]
fn a_reader_finds_every_date_that_it_had() {
    const SERIES: &str = "title = \"Assembly\"\nkind = \"meeting\"\nstart = 2026-12-01T19:00\nduration = \"1h\"\n";
    const DAYS: &str = "title = \"Blockade\"\nkind = \"protest\"\nstart = 2026-12-01\n";
    let edits = [
        (
            SERIES,
            "repeat = \"weekly\"\nuntil = 2027-03-31\nalso = [2026-12-10T12:00]\n",
            "repeat = \"weekly\"\nuntil = 2027-03-31\n",
            1,
        ),
        (SERIES, "repeat = \"weekly\"\nuntil = 2027-03-31\n", "repeat = \"weekly\"\nuntil = 2027-01-31\n", 9),
        (SERIES, "repeat = \"weekly\"\ncount = 10\n", "repeat = \"weekly\"\ncount = 4\n", 6),
        (SERIES, "repeat = \"weekly\"\n", "repeat = \"weekly\"\nexcept = [2026-12-29, 2027-01-05]\n", 2),
        (SERIES, "repeat = \"weekly\"\n", "repeat = \"every 2 weeks\"\n", 9),
        (SERIES, "repeat = \"weekly\"\n", "", 17),
        (
            SERIES,
            "repeat = \"every week on tue and thu\"\nuntil = 2026-12-31\n",
            "repeat = \"every week on tue\"\nuntil = 2026-12-31\n",
            5,
        ),
        (SERIES, "also = [2026-12-10T12:00, 2026-12-11T12:00]\n", "also = [2026-12-11T12:00]\n", 1),
        (DAYS, "repeat = \"weekly\"\nuntil = 2027-01-31\n", "repeat = \"weekly\"\nuntil = 2027-01-10\n", 3),
        (DAYS, "also = [2026-12-10]\n", "", 1),
    ];
    for (base, before, after, dropped) in edits {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        fs::create_dir(root.join("events")).expect("a folder");
        fs::write(root.join("calendar.toml"), SETTINGS).expect("written");
        fs::write(root.join("events/w.toml"), format!("{base}{before}")).expect("written");
        run(root, &["lock"]);
        let old = seen(root);
        assert!(old.values().all(|status| status == "CONFIRMED"), "{before}: {old:?}");
        fs::write(root.join("events/w.toml"), format!("{base}{after}")).expect("written");
        // Before and after the lock is brought up to date.
        for _ in 0..2 {
            let new = seen(root);
            let lost: Vec<&String> = old.keys().filter(|start| !new.contains_key(*start)).collect();
            assert_eq!(lost, [""; 0], "{before} → {after}");
            let cancelled = new.values().filter(|status| *status == "CANCELLED").count();
            assert_eq!(cancelled, dropped, "{before} → {after}: {new:?}");
            run(root, &["lock"]);
        }
    }
}
