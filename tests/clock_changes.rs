//! Both ends of an event across a clock change, in the files of a site: each end has the date, the offset and the
//! abbreviation of its own instant.

use std::fs;
use std::path::Path;
use std::process::Command;

const RECORDS: [(&str, &str); 4] = [
    ("night", "start = 2026-10-24T22:00\nend = 2026-10-25T06:00\ntimezone = \"Europe/London\"\n"),
    ("days", "start = 2026-10-23T10:00\nend = 2026-10-26T18:00\ntimezone = \"Europe/London\"\n"),
    ("half", "start = 2026-10-03T23:00\nend = 2026-10-04T04:00\ntimezone = \"Australia/Lord_Howe\"\n"),
    ("exact", "start = 2027-03-27T22:00\nduration = \"8h\"\ntimezone = \"Europe/Madrid\"\n"),
];

fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    fs::create_dir(root.join("events")).expect("a folder");
    let settings = "title = \"Actions\"\nurl = \"https://example.org/\"\ntimezone = \"Europe/Madrid\"\nlanguages = [\"en\", \"es\"]\n";
    fs::write(root.join("calendar.toml"), settings).expect("written");
    for (id, lines) in RECORDS {
        let text = format!(
            "title = \"Vigil\"\nkind = \"vigil\"\n{lines}translations = {{ es = {{ title = \"Vigilia\" }} }}\n"
        );
        fs::write(root.join(format!("events/{id}.toml")), text).expect("written");
    }
    let output = Command::new(env!("CARGO_BIN_EXE_redletter"))
        .args(["--now", "2026-10-01T12:00:00Z", "build"])
        .current_dir(root)
        .env_clear()
        .env("TZDIR", root.join("none"))
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    folder
}

fn read(root: &Path, path: &str) -> String {
    fs::read_to_string(root.join("public").join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The value of a key in the JSON-LD of a page.
fn value(page: &str, key: &str) -> String {
    let (_, rest) = page.split_once("application/ld+json\">").expect("JSON-LD");
    let (data, _) = rest.split_once("</script>").expect("its end");
    let data: serde_json::Value = serde_json::from_str(data).expect("JSON");
    data[key].as_str().unwrap_or_default().to_owned()
}

#[test]
fn each_end_has_its_own_offset_and_abbreviation() {
    let folder = site();
    let root = folder.path();
    let expected = [
        ("night", "2026-10-24T22:00:00+01:00", "2026-10-25T06:00:00+00:00", ["BST", "GMT"]),
        ("days", "2026-10-23T10:00:00+01:00", "2026-10-26T18:00:00+00:00", ["BST", "GMT"]),
        ("half", "2026-10-03T23:00:00+10:30", "2026-10-04T04:00:00+11:00", ["UTC+10:30", "UTC+11"]),
        ("exact", "2027-03-27T22:00:00+01:00", "2027-03-28T07:00:00+02:00", ["CET", "CEST"]),
    ];
    let atom = read(root, "feeds/all.atom");
    let json: serde_json::Value = serde_json::from_str(&read(root, "feeds/all.json")).expect("JSON");
    for (id, start, end, abbreviations) in expected {
        for (folder, language) in [("", "en"), ("es/", "es")] {
            let page = read(root, &format!("{folder}events/{id}/index.html"));
            assert_eq!(
                (value(&page, "startDate"), value(&page, "endDate")),
                (start.into(), end.into()),
                "{id} {language}"
            );
            for one in abbreviations {
                assert!(page.contains(one), "{one} on the {language} page of {id}");
            }
        }
        let entry = atom.split("<entry").find(|entry| entry.contains(&format!("events/{id}/"))).expect("an entry");
        for one in abbreviations {
            assert!(entry.contains(one), "{one} in the Atom entry of {id}: {entry}");
        }
        let occurrences = json["occurrences"].as_array().expect("a list");
        let occurrence = occurrences.iter().find(|one| one["id"] == id).expect("an occurrence");
        let instant = |text: &str| chrono::DateTime::parse_from_rfc3339(text).expect("an instant");
        let at = |key: &str| instant(occurrence[key].as_str().expect("a time"));
        assert_eq!((at("start"), at("end")), (instant(start), instant(end)), "{id} in JSON");
        assert_eq!(occurrence["event_start"], start, "{id} in JSON");
    }
}
