//! Many published events that vanish at once: nothing is published, unless it is said that they are meant to go.

#[cfg(all(unix, feature = "serve"))]
#[expect(dead_code, reason = "other tests need more of it")]
mod serving;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const CALENDAR: &str = "title = \"Actions\"\ndomain = \"example.org\"\ntimezone = \"Europe/Madrid\"\n";
const NOW: &str = "2026-11-20T12:00:00Z";
const ALLOW: &str = "--allow-mass-deletion";

fn run(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_redletter"))
        .args(["--now", NOW])
        .args(arguments)
        .current_dir(root)
        .env_clear()
        .env("TZDIR", root.join("none"))
        .output()
        .expect("the program runs")
}

#[track_caller]
fn runs(root: &Path, arguments: &[&str]) -> String {
    let output = run(root, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// All verbs that publish refuse, and change nothing.
#[track_caller]
fn refused(root: &Path, words: &[&str]) {
    let before = fs::read(root.join("calendar.lock")).expect("a lock");
    for arguments in
        [&["feed", "all"][..], &["feed", "--all", "-o", "out"], &["build"], &["lock"], &["check"], &["digest"]]
    {
        let output = run(root, arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
        for word in words.iter().chain(&["mass-deletion", ALLOW]) {
            assert!(said.contains(word), "{arguments:?}: {word} in {said}");
        }
        assert!(!said.contains("BEGIN:VCALENDAR"), "{said}");
    }
    assert_eq!(fs::read(root.join("calendar.lock")).expect("a lock"), before);
    assert!(!root.join("out").exists(), "no feed was written");
}

#[track_caller]
fn published(root: &Path) -> String {
    runs(root, &["check"]);
    let feed = runs(root, &["feed", "all"]);
    runs(root, &["lock"]);
    runs(root, &["build", "-o", "site"]);
    feed
}

fn name(number: usize) -> String {
    format!("events/2026/forum-{number}.toml")
}

fn write(root: &Path, number: usize, start: &str) {
    let text = format!("title = \"Forum {number}\"\nkind = \"forum\"\nstart = {start}\n");
    fs::create_dir_all(root.join("events/2026")).expect("a folder");
    fs::write(root.join(name(number)), text).expect("a file");
}

/// A calendar of `upcoming` events and of `past` ones, published.
fn calendar(upcoming: usize, past: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    fs::write(root.join("calendar.toml"), CALENDAR).expect("a file");
    (0..upcoming).for_each(|number| write(root, number, "2026-12-02T18:00"));
    (upcoming..upcoming + past).for_each(|number| write(root, number, "2025-12-02T18:00"));
    runs(root, &["lock"]);
    folder
}

fn delete(root: &Path, numbers: impl IntoIterator<Item = usize>) {
    numbers.into_iter().for_each(|number| fs::remove_file(root.join(name(number))).expect("a file"));
}

#[test]
fn a_calendar_without_records_is_not_published() {
    for (upcoming, past) in [(1, 0), (12, 3), (0, 2)] {
        let folder = calendar(upcoming, past);
        let root = folder.path();
        fs::rename(root.join("events"), root.join("aside")).expect("a name");
        refused(root, &["events/", "Forum 0"]);
        // As good as missing: empty, or only with what is left out.
        fs::create_dir_all(root.join("events/_drafts")).expect("a folder");
        fs::write(root.join("events/_drafts/x.toml"), "title = \"x\"\n").expect("a file");
        refused(root, &["events/"]);
        runs(root, &["feed", "all", ALLOW]);
        runs(root, &["lock", ALLOW]);
        published(root);
    }
    // Where nothing was ever published, nothing vanishes.
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("calendar.toml"), CALENDAR).expect("a file");
    published(folder.path());
}

#[test]
fn over_five_and_over_half_of_what_is_to_come_is_too_much() {
    // Of 12, six are half; seven are more.
    let folder = calendar(12, 20);
    delete(folder.path(), 0..6);
    assert_eq!(published(folder.path()).matches("STATUS:CANCELLED").count(), 6);

    let folder = calendar(12, 20);
    let root = folder.path();
    delete(root, 0..7);
    refused(root, &["7 of 12", "“Forum 0”, “Forum 1”, “Forum 2” and 4 more"]);
    assert_eq!(runs(root, &["feed", "all", ALLOW]).matches("STATUS:CANCELLED").count(), 7);
    runs(root, &["build", ALLOW]);
    // It was said once, and the lock knows it.
    published(root);

    // Five are few, whatever part they are.
    let folder = calendar(6, 0);
    delete(folder.path(), 0..5);
    published(folder.path());

    // Little by little is not a mass.
    let folder = calendar(12, 0);
    for some in [0..4, 4..8, 8..11] {
        delete(folder.path(), some);
        published(folder.path());
    }

    // What is over is not missed, and neither is what was called off before.
    let folder = calendar(2, 20);
    delete(folder.path(), 2..22);
    published(folder.path());
    let folder = calendar(12, 0);
    let root = folder.path();
    for number in 0..8 {
        runs(root, &["cancel", &format!("forum-{number}")]);
    }
    published(root);
    delete(root, 0..8);
    published(root);
}

#[test]
fn what_lives_on_is_not_gone() {
    // Other names, and so other ids and UIDs.
    let folder = calendar(12, 0);
    let root = folder.path();
    for number in 0..12 {
        fs::rename(root.join(name(number)), root.join(format!("events/renamed-{number}.toml"))).expect("a name");
    }
    assert!(!published(root).contains("STATUS:CANCELLED"));

    // A mistake in a record is not its end, in one file of many either.
    let folder = calendar(12, 0);
    let root = folder.path();
    for number in 0..9 {
        fs::write(root.join(name(number)), "title = \n").expect("a file");
    }
    let output = run(root, &["build", "--keep-going"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains("mass-deletion") && root.join("public/index.html").exists(), "{said}");
    // Beside one, others may be gone all the same.
    let folder = calendar(20, 0);
    let root = folder.path();
    delete(root, 1..16);
    fs::write(root.join(name(0)), "title = \n").expect("a file");
    let output = run(root, &["build", "--keep-going"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("15 of 20") && !root.join("public").exists(), "{said}");
}

#[test]
fn a_lock_that_was_edited_cancels_nothing_unseen() {
    let deleted = "deleted = 2026-11-20T12:00:00Z\n";
    // Deletions of events that never were.
    let folder = calendar(8, 0);
    let root = folder.path();
    let path = root.join("calendar.lock");
    let lock = fs::read_to_string(&path).expect("a lock");
    // As of a version without checksums; among others, entries without one are an error.
    let lock = without_checksums(&lock);
    let invented = lock.replace("forum-", "rally-").replace("Forum", "Rally");
    let tables = &invented[invented.find("\n[event").expect("a table")..invented.find("\n# end").expect("an end")];
    let tables: Vec<String> = tables.split("\n\n").map(|table| format!("{}\n{deleted}\n", table.trim_end())).collect();
    let tables = tables.concat();
    let edited = lock.replace("\n# end", &format!("{tables}\n# end"));
    fs::write(&path, &edited).expect("a lock");
    // 8 of 16 are not over half; with half of the real ones away they are.
    runs(root, &["feed", "all"]);
    delete(root, 0..4);
    refused(root, &["12 of 16"]);
    // Without any of the real ones listed, the invented ones are all.
    let start = lock.find("\n[event").expect("a table");
    fs::write(&path, format!("{}{tables}\n# end of calendar.lock\n", &lock[..start])).expect("a lock");
    refused(root, &["8 of 8", "“Rally 0”"]);
    runs(root, &["lock", ALLOW]);
    published(root);
}

/// A lock as versions wrote it that had no checksums.
fn without_checksums(lock: &str) -> String {
    let lines = lock.lines().filter(|line| !line.starts_with("checksum"));
    let plain = lines.map(|line| match line.rsplit_once(" # ") {
        Some((plain, sum)) if sum.len() == 8 => plain,
        _ => line,
    });
    plain.collect::<Vec<_>>().join("\n") + "\n"
}

/// `count` entries of events that never were, each with `lines`.
fn invented(count: usize, lines: &str) -> String {
    let entry = |number: usize| {
        format!(
            "[event.\"rally-{number:05}@example.org\"]\nid = \"rally-{number}\"\ntitle = \"Rally {number}\"\n\
             kind = \"forum\"\ntimezone = \"Europe/Madrid\"\nstart = 2026-12-10T16:00:00+01:00\n\
             end = 2026-12-10T18:00:00+01:00\nfeeds = [\"all\", \"forum\"]\ncreated = 2026-11-19T00:00:00Z\n\
             updated = 2026-11-19T00:00:00Z\nsequence = 0\nseen = \"d529e60242fca94c8b9d72fe8241b987\"\n\
             schedule = \"50bc46124ab95aa44a5a874f94c21c9e\"\n{lines}\n"
        )
    };
    (0..count).map(entry).collect()
}

#[test]
fn invented_entries_of_a_lock_cancel_nothing_unseen() {
    let folder = calendar(13, 0);
    let root = folder.path();
    let path = root.join("calendar.lock");
    let whole = fs::read_to_string(&path).expect("a lock");
    let gone = "deleted = 2026-11-20T12:00:00Z\n";
    let with = |lock: &str, tables: &str| lock.replace("\n# end", &format!("\n{tables}# end"));
    let counted = |lock: &str| lock.replace("version = 1\n", "version = 1\ndeletions = 300\n");
    let cancelled = |tables: String| tables.replace("\ntimezone", "\nstatus = \"cancelled\"\ntimezone");
    let cases = [
        counted(&with(&whole, &invented(300, gone))),
        // The ids of events that live.
        with(&whole, &invented(300, "").replace("id = \"rally-", "id = \"forum-")),
        with(&whole, &invented(300, "")),
        with(&whole, &cancelled(invented(300, ""))),
        with(&whole, &cancelled(invented(300, gone))),
    ];
    for (number, lock) in cases.iter().enumerate() {
        // Among checksums, a part that has none is no redletter's.
        fs::write(&path, lock).expect("a lock");
        for arguments in [&["feed", "all"][..], &["check"], &["lock", ALLOW], &["build"]] {
            let output = run(root, arguments);
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(!output.status.success() && output.stdout.is_empty(), "{number}, {arguments:?}: {said}");
            let place =
                if number == 0 { "`deletions = 300` has no checksum" } else { "has no checksum, unlike other events" };
            assert!(said.contains(place), "{number}, {arguments:?}: {said}");
        }
        // Where all checksums are taken out, no word of the file counts as said before.
        fs::write(&path, without_checksums(lock)).expect("a lock");
        refused(root, &["300 of 313", "“Rally "]);
    }
    // A checksum of another table, and two of them.
    for line in ["checksum = \"0badc0de\"\n", "checksum = \"0badc0de\"\nchecksum = \"0badc0df\"\n"] {
        fs::write(&path, counted(&with(&whole, &invented(300, &format!("{gone}{line}"))))).expect("a lock");
        assert!(!run(root, &["check"]).status.success(), "{line}");
    }
    // A conflict made by hand gives the entries no more weight.
    let marked = format!(
        "<<<<<<< ours\n=======\n{}>>>>>>> theirs\n",
        invented(300, &format!("{gone}checksum = \"0badc0de\"\n"))
    );
    fs::write(&path, with(&whole, &marked)).expect("a lock");
    assert!(!run(root, &["check"]).status.success());
    fs::write(&path, &whole).expect("a lock");
    published(root);
}

#[test]
fn a_lock_of_the_future_is_not_published() {
    let folder = calendar(2, 0);
    let root = folder.path();
    let path = root.join("calendar.lock");
    let plain = without_checksums(&fs::read_to_string(&path).expect("a lock"));
    for (key, time, is_right) in [
        ("updated", "2026-11-21T11:00:00Z", true),
        // Later than `--now`, and not later than the clock.
        ("updated", "2026-11-21T13:00:00Z", true),
        ("created", "2198-12-21T13:00:00Z", false),
        ("updated", "2199-12-21T13:00:00Z", false),
    ] {
        fs::write(&path, plain.replacen(&format!("{key} = {NOW}"), &format!("{key} = {time}"), 1)).expect("a lock");
        for arguments in [&["check"][..], &["feed", "all"], &["build"], &["lock"]] {
            let output = run(root, arguments);
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.success(), is_right, "{key} = {time}, {arguments:?}: {said}");
            assert!(is_right || said.contains(time) && said.contains(&format!("`{key}`")), "{said}");
        }
    }
}

#[test]
fn dropped_dates_of_an_edited_lock_count() {
    let folder = calendar(13, 0);
    let root = folder.path();
    let class = "title = \"Class\"\nkind = \"meeting\"\nstart = 2026-12-01T19:00\nrepeat = \"weekly\"\n";
    fs::write(root.join("events/class.toml"), class).expect("a file");
    runs(root, &["lock"]);
    let path = root.join("calendar.lock");
    let plain = without_checksums(&fs::read_to_string(&path).expect("a lock"));
    let date = |number: usize| {
        let at = format!("2026-12-{:02}T{:02}:{:02}:00", 2 + number / 1_000, number / 60 % 24, number % 60);
        format!("dropped.\"{at}\" = [{at}+01:00, 2026-12-05T18:00:00+01:00, \"Europe/Madrid\"]\n")
    };
    let with = |count: usize| {
        let dropped: String = (0..count).map(date).collect();
        let at = plain.find("[event.\"class@").expect("a table");
        let at = at + plain[at..].find("feeds = ").expect("a line");
        fs::write(&path, format!("{}{dropped}{}", &plain[..at], &plain[at..])).expect("a lock");
    };
    with(300);
    let output = run(root, &["check"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("`dropped`"), "{output:?}");
    with(30);
    refused(root, &["30 of 44", "“Class” and 29 more"]);
    with(4);
    runs(root, &["check"]);
}

#[cfg(all(unix, feature = "serve"))]
#[test]
fn a_server_keeps_what_it_has() {
    use serving::Server;
    let folder = calendar(12, 0);
    let root = folder.path();
    let server = Server::start(root, &["--now", NOW]);
    let whole = server.get("/feeds/all.ics");
    let stale = |answer: &serving::Answer| answer.text().contains("\"stale\"");
    for vanish in ["events", "."] {
        let aside = tempfile::tempdir_in(root.parent().expect("a parent")).expect("a folder");
        let (from, to) = match vanish {
            "events" => (root.join("events"), aside.path().join("events")),
            _ => (root.to_owned(), aside.path().join("root")),
        };
        fs::rename(&from, &to).expect("a name");
        if vanish == "." {
            // As a mount point that lost its disk.
            fs::create_dir(root).expect("a folder");
        }
        server.until("/healthz", stale);
        assert_eq!(server.get("/feeds/all.ics").body, whole.body);
        if vanish == "." {
            fs::remove_dir(root).expect("the folder");
        }
        fs::rename(&to, &from).expect("a name");
        server.until("/healthz", |answer| answer.text().contains("\"ok\""));
    }
    delete(root, 0..7);
    let (health, _) = server.until("/healthz", stale);
    assert!(health.text().contains("mass-deletion"), "{}", health.text());
    // It is printed by another thread.
    let began = std::time::Instant::now();
    while !server.said().contains("7 of 12") {
        assert!(began.elapsed().as_secs() < 5, "{}", server.said());
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert_eq!(server.get("/feeds/all.ics").body, whole.body);
    // Said by the lock, it goes live.
    runs(root, &["lock", ALLOW]);
    let (feed, _) = server.until("/feeds/all.ics", |answer| answer.text().contains("STATUS:CANCELLED"));
    assert_eq!(feed.text().matches("STATUS:CANCELLED").count(), 7);
    drop(server);

    delete(root, 7..12);
    let output = run(root, &["serve", "-p", "0"]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stderr).contains(ALLOW));
    let server = Server::start(root, &["--now", NOW, ALLOW]);
    assert_eq!(server.get("/feeds/all.ics").text().matches("STATUS:CANCELLED").count(), 12);
}
