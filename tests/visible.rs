//! Nothing from outside drives a terminal: characters that are not seen are escaped in every output, wherever they come
//! from.

use std::ffi::OsString;
use std::fs;
use std::os::unix::ffi::OsStringExt;
use std::path::Path;

use redletter::cli::{self, Environment, World};

/// Characters that no record may have.
const HOSTILE: &str =
    "\u{1}\u{7}\u{8}\u{1b}\u{7f}\u{80}\u{85}\u{9b}\u{9f}\u{2028}\u{2029}\u{202a}\u{202e}\u{2066}\u{2069}\u{feff}";
/// Characters that a record may have, and that no terminal gets as they are.
const UNSEEN: &str = "\u{61c}\u{180e}\u{200e}\u{200f}\u{2060}\u{2064}\u{206f}\u{fff9}\u{fffb}\u{e0001}\u{e007f}";

/// The first character in an output that should have been escaped.
fn raw(text: &str) -> Option<char> {
    text.chars()
        .find(|c| HOSTILE.contains(*c) || UNSEEN.contains(*c) || c.is_control() && !matches!(c, '\n' | '\t' | '\r'))
}

fn run(root: &Path, arguments: &[OsString], environment: &Environment) -> String {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut world = World {
        clock: "2026-11-20T12:00:00Z".parse().expect("a time"),
        time: || unreachable!("nothing runs on"),
        folder: root.to_owned(),
        environment: environment.clone(),
        columns: None,
        err_terminal: false,
        input: None,
        out: &mut out,
        err: &mut err,
    };
    let exit = cli::run(std::iter::once("redletter".into()).chain(arguments.iter().cloned()), &mut world);
    assert!(exit.code() < 3);
    out.extend(err);
    String::from_utf8_lossy(&out).into_owned()
}

fn words(line: &str) -> Vec<OsString> {
    line.split(' ').map(Into::into).collect()
}

/// A record with `mark` in every field that takes text.
fn record(mark: &str) -> String {
    format!(
        "title = \"T{mark}itle\"\nkind = \"forum\"\nstart = 2026-12-02T18:00\nurl = \"https://example.org/{mark}\"\n\
         description = \"D{mark}escription\"\ncontact = \"c{mark}\"\ntags = [\"a{mark}b\"]\nsources = [\"s{mark}\"]\n\
         organizers = [{{ name = \"O{mark}\" }}]\nnote = \"n{mark}\"\n\
         location = {{ name = \"L{mark}\", address = \"A{mark}\", city = \"Lima{mark}\", region = \"R{mark}\", country = \"PE\", notes = \"N{mark}\" }}\n\
         translations.es = {{ title = \"E{mark}\", description = \"e{mark}\" }}\n\
         online = {{ url = \"https://meet.example/{mark}\", platform = \"P{mark}\", passcode = \"p{mark}word\" }}\n"
    )
}

fn calendar(files: &[(String, String)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    let settings = "title = \"Action days\"\ndomain = \"example.org\"\ntimezone = \"America/Lima\"\n".to_owned();
    for (name, text) in [("calendar.toml".to_owned(), settings)].iter().chain(files) {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    root
}

const COMMANDS: [&str; 31] = [
    "check",
    "check -v",
    "check --format json",
    "check --format github",
    "check --format sarif",
    "check --fix",
    "agenda -v",
    "agenda --format text",
    "agenda --format json",
    "agenda --format jsonl",
    "agenda --format csv",
    "agenda --by place",
    "next",
    "search title",
    "show forum",
    "show forum --in es",
    "when forum",
    "when forum --format json",
    "announce forum",
    "announce forum --members",
    "month 2026-12",
    "digest --days 30",
    "feed --all -o out",
    "build -o site",
    "lock",
    "fmt --diff",
    "fmt",
    "cancel forum --dry-run",
    "move forum 2026-12-03 --dry-run",
    "postpone forum --dry-run",
    "confirm forum --dry-run",
];

#[test]
fn text_of_records_is_escaped_in_every_output() {
    for mark in [HOSTILE, UNSEEN] {
        let root = calendar(&[("events/forum.toml".into(), record(mark))]);
        for command in COMMANDS {
            let said = run(root.path(), &words(command), &Environment::default());
            assert_eq!(raw(&said), None, "{command}:\n{said:?}");
        }
    }
}

#[test]
fn outputs_for_other_programs_escape_what_drives_a_terminal() {
    // Marks of direction stay in what is not a text for terminals; a record cannot have the others.
    let mark = UNSEEN;
    let root = calendar(&[("events/forum.toml".into(), record(mark))]);
    for command in [
        "agenda --format html",
        "agenda --format markdown",
        "agenda --format ics",
        "digest --days 30 --format html",
        "digest --days 30 --format telegram",
    ] {
        let said = run(root.path(), &words(command), &Environment::default());
        assert!(!said.contains(|c: char| HOSTILE.contains(c)), "{command}: {said:?}");
    }
}

#[test]
fn names_of_files_are_escaped_in_every_output() {
    for mark in [HOSTILE, UNSEEN] {
        let broken = "title = \"x\"\nkind = \"frm\"\nstart = 2026-12-02 16:00 PST\n".to_owned();
        let root = calendar(&[
            (format!("events/a{mark}b.toml"), broken.clone()),
            (format!("events/{mark}/c.toml"), "title = 1\n".into()),
            ("events/forum.toml".into(), record("x")),
            (format!("static/s{mark}.txt"), "x".into()),
        ]);
        for command in COMMANDS {
            let said = run(root.path(), &words(command), &Environment::default());
            assert_eq!(raw(&said), None, "{command}:\n{said:?}");
        }
    }
    // A name that is not a text.
    let root = calendar(&[("events/forum.toml".into(), record("x"))]);
    let name = OsString::from_vec(b"events/x\xff\x9b\x1b[2J.toml".to_vec());
    fs::write(root.path().join(name), "title = 1\n").expect("a file");
    for command in COMMANDS {
        let said = run(root.path(), &words(command), &Environment::default());
        assert_eq!(raw(&said), None, "{command}:\n{said:?}");
    }
}

#[test]
fn arguments_and_variables_are_escaped_in_every_message() {
    let root = calendar(&[("events/forum.toml".into(), record("x"))]);
    for mark in [HOSTILE, UNSEEN] {
        for command in [
            "X",
            "agenda X",
            "agenda --from X",
            "agenda --format X",
            "agenda -t X",
            "agenda --kind X",
            "agenda --tag X",
            "agenda --in X",
            "agenda --feed X",
            "agenda --country X",
            "agenda --X",
            "next X",
            "search X",
            "show X",
            "show forum --in X",
            "when X",
            "when 2026-12-02T18:00X",
            "when 2026-12-02T18:00X --format json",
            "announce X",
            "announce forum --on X",
            "month X",
            "digest --since X",
            "digest --format X",
            "feed X",
            "feed all -o X/X",
            "build -o X",
            "explain X",
            "zones X",
            "check X",
            "check --format X",
            "lock --forget X",
            "cancel X",
            "move forum X",
            "new --title X",
            "new --title a --kind X --start 2026-12-01",
            "new --title a --kind forum --start X",
            "fmt X",
            "templates X",
            "completions X",
            "--root X agenda",
            "--now X agenda",
            "--tzdb X agenda",
            "--color X agenda",
            "init X --X",
        ] {
            let arguments = words(&command.replace('X', &format!("x{mark}y")));
            let said = run(root.path(), &arguments, &Environment::default());
            assert_eq!(raw(&said), None, "{command}:\n{said:?}");
        }
        let text = format!("x{mark}y");
        for environment in [
            Environment { root: Some(text.clone().into()), ..Environment::default() },
            Environment { timezone: Some(text.clone()), ..Environment::default() },
            Environment { source_date_epoch: Some(text.clone()), ..Environment::default() },
            Environment { members_secret: Some(text.clone()), ..Environment::default() },
            Environment { zoneinfo: vec![text.clone().into()], ..Environment::default() },
        ] {
            for command in ["agenda", "check", "--version", "when 18:00", "build -o site"] {
                let said = run(root.path(), &words(command), &environment);
                assert_eq!(raw(&said), None, "{command}:\n{said:?}");
            }
        }
    }
}

#[test]
fn json_stays_json_with_the_same_texts() {
    for mark in [HOSTILE, UNSEEN] {
        let root = calendar(&[(format!("events/a{mark}b.toml"), "title = \"x\"\nkind = \"frm\"\n".into())]);
        for format in ["json", "sarif"] {
            let said = run(root.path(), &words(&format!("check --format {format}")), &Environment::default());
            let value: serde_json::Value = serde_json::from_str(&said).expect("JSON");
            let name = match format {
                "json" => value["diagnostics"][0]["file"].as_str(),
                _ => value["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
                    .as_str(),
            };
            let name = name.expect("a name");
            assert!(name.contains(mark) || name.contains('%'), "{name:?}");
        }
    }
}
