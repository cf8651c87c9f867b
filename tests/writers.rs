//! Several processes write to one calendar at the same time: a change that was reported as written is in the file.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

const CALENDAR: &str = "title = \"Actions\"\ndomain = \"example.org\"\ntimezone = \"Europe/Madrid\"\n";
const ROUNDS: usize = 8;

fn start(root: &Path, arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_redletter"))
        .args(arguments)
        .current_dir(root)
        .env_clear()
        .env("TZDIR", root.join("none"))
        .env("SOURCE_DATE_EPOCH", "1795176000")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts")
}

/// Runs all of them at once, and returns what each of them printed; every one has to succeed.
fn together(root: &Path, runs: &[Vec<&str>]) -> Vec<Output> {
    let children: Vec<Child> = runs.iter().map(|arguments| start(root, arguments)).collect();
    let outputs: Vec<Output> =
        children.into_iter().map(|child| child.wait_with_output().expect("the program ends")).collect();
    for (output, arguments) in outputs.iter().zip(runs) {
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    outputs
}

/// A calendar whose one file holds `events` forums, with a comment before each, and a weekly series.
fn calendar(root: &Path, events: usize) -> PathBuf {
    fs::create_dir_all(root.join("events")).expect("a folder");
    fs::write(root.join("calendar.toml"), CALENDAR).expect("a file");
    let path = root.join("events/all.toml");
    let mut text = String::new();
    for number in 0..events {
        text.push_str(&format!(
            "# note {number}\n[[event]]\nkind = \"forum\"\nid = \"e{number}\"\ntitle = \"Forum {number}\"\nstart = \
             2026-12-{:02}T18:00\n\n",
            number + 1
        ));
    }
    text.push_str(
        "[[event]]\nid = \"series\"\ntitle = \"Assembly\"\nkind = \"meeting\"\nstart = 2026-12-01T19:00\nrepeat = \"weekly\"\n",
    );
    fs::write(&path, text).expect("a file");
    path
}

/// The text between an event's id and the next event.
fn record<'t>(text: &'t str, id: &str) -> &'t str {
    let needle = format!("\"{id}\"");
    let event = text.split("[[event]]").find(|part| part.contains(&needle));
    event.unwrap_or_else(|| panic!("no `{id}` in\n{text}"))
}

#[test]
fn edits_of_one_file_are_all_in_it() {
    let root = tempfile::tempdir().expect("a folder");
    let root = root.path();
    for _ in 0..ROUNDS {
        let path = calendar(root, 5);
        together(
            root,
            &[
                vec!["cancel", "e0"],
                vec!["postpone", "e1"],
                vec!["move", "e2", "--to", "2026-12-20 20:00"],
                vec!["cancel", "e3", "--reason", "No hall."],
                vec!["cancel", "series", "--on", "2026-12-08"],
                vec!["postpone", "series", "--on", "2026-12-15"],
                vec!["fmt"],
            ],
        );
        let text = fs::read_to_string(&path).expect("a file");
        assert!(record(&text, "e0").contains("cancelled"), "{text}");
        assert!(record(&text, "e1").contains("postponed"), "{text}");
        assert!(record(&text, "e2").contains("2026-12-20T20:00"), "{text}");
        assert!(record(&text, "e3").contains("No hall."), "{text}");
        assert!(!record(&text, "e4").contains("status"), "{text}");
        for date in ["2026-12-08", "2026-12-15"] {
            assert!(text.contains(date), "{date} in\n{text}");
        }
        (0..5).for_each(|number| assert!(text.contains(&format!("# note {number}\n")), "{text}"));
    }
}

#[test]
fn many_dates_of_a_series_are_cancelled_at_once() {
    let root = tempfile::tempdir().expect("a folder");
    let root = root.path();
    for _ in 0..2 {
        let path = calendar(root, 0);
        let dates: Vec<String> = [1, 8, 15, 22, 29].iter().map(|day| format!("2026-12-{day:02}")).collect();
        let more: Vec<String> = [5, 12, 19, 26].iter().map(|day| format!("2027-01-{day:02}")).collect();
        let dates: Vec<String> = dates.into_iter().chain(more).collect();
        let runs: Vec<Vec<&str>> = dates.iter().map(|date| vec!["cancel", "series", "--on", date]).collect();
        for four in runs.chunks(4) {
            together(root, four);
        }
        let text = fs::read_to_string(&path).expect("a file");
        for date in &dates {
            assert!(text.contains(&format!("occurrence = {date}")), "{date} in\n{text}");
        }
        assert_eq!(text.matches("cancelled").count(), dates.len(), "{text}");
    }
}

#[test]
fn fixes_new_records_and_locks_take_turns_with_edits() {
    let root = tempfile::tempdir().expect("a folder");
    let root = root.path();
    for round in 0..ROUNDS {
        let path = calendar(root, 4);
        let spoilt = root.join("events/spoilt.toml");
        // What `check --fix` corrects, before or after the edits.
        fs::write(&spoilt, "titel = \"Vigil\"\nkind = \"vigil\"\nstart = 2026-12-24T18:00\n").expect("a file");
        let title = format!("Round {round}");
        let start = ["--start", "2026-12-30 18:00"];
        together(
            root,
            &[
                vec!["check", "--fix", "-q"],
                vec!["cancel", "e0"],
                vec!["cancel", "e1"],
                vec!["new", "forum", &title, start[0], start[1]],
                vec!["confirm", "e2"],
            ],
        );
        let text = fs::read_to_string(&path).expect("a file");
        assert!(record(&text, "e0").contains("cancelled") && record(&text, "e1").contains("cancelled"), "{text}");
        assert!(fs::read_to_string(&spoilt).expect("a file").starts_with("title"));
        together(root, &[vec!["lock", "-q"], vec!["lock", "-q"], vec!["cancel", "e2"], vec!["lock", "-q"]]);
        together(root, &[vec!["lock", "-q"]]);
        assert!(record(&fs::read_to_string(&path).expect("a file"), "e2").contains("cancelled"));
        let left: Vec<_> = fs::read_dir(root)
            .expect("entries")
            .map(|entry| entry.expect("one").file_name().to_string_lossy().into_owned())
            .filter(|name| name.starts_with('.'))
            .collect();
        assert!(left.is_empty(), "{left:?}");
    }
}

#[cfg(unix)]
#[test]
fn without_a_lock_nothing_is_written() {
    use std::os::unix::fs::symlink;
    let root = tempfile::tempdir().expect("a folder");
    let root = root.path();
    let path = calendar(root, 1);
    let before = fs::read(&path).expect("a file");
    // A folder in the place of the lock: as on a file system that cannot lock, the edit has to fail.
    fs::create_dir(root.join(".redletter.lock")).expect("a folder");
    for arguments in [&["cancel", "e0"][..], &["fmt"], &["lock"], &["check", "--fix"]] {
        let output = start(root, arguments).wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(".redletter.lock"));
    }
    assert_eq!(fs::read(&path).expect("a file"), before);
    // What writes nothing needs no lock.
    together(root, &[vec!["check"], vec!["cancel", "e0", "--dry-run"], vec!["fmt", "--diff"], vec!["feed", "all"]]);
    fs::remove_dir(root.join(".redletter.lock")).expect("the folder");

    // A link to a record, and to the settings, stays a link.
    fs::rename(&path, root.join("elsewhere.toml")).expect("a name");
    symlink("../elsewhere.toml", &path).expect("a link");
    fs::rename(root.join("calendar.toml"), root.join("settings.toml")).expect("a name");
    symlink("settings.toml", root.join("calendar.toml")).expect("a link");
    together(root, &[vec!["cancel", "e0"], vec!["fmt"]]);
    assert!(path.is_symlink() && root.join("calendar.toml").is_symlink());
    assert!(fs::read_to_string(root.join("elsewhere.toml")).expect("a file").contains("cancelled"));
}
