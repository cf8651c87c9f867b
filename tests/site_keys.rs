//! What is not made again is what would be made: after any change, a site that is brought up to date is the site that is
//! made from nothing, and a calendar of which only what changed is read is the calendar that is read whole.

mod actions;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use redletter::calendar::{self, Cache, Loaded};
use redletter::lock::{History, Lock};
use redletter::render::site::Theme;
use redletter::site::{self, Input, Key};
use redletter::zone::Tzdb;

/// Bytes by path, each with its key.
type Made = BTreeMap<String, (Key, Vec<u8>)>;

/// SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }
}

/// The site of a calendar; `before` is not made again where its keys are the same.
fn made(loaded: &Loaded, lock: &Lock, tzdb: &Tzdb, now: DateTime<Utc>, before: &Made) -> (Made, usize) {
    let calendar = &loaded.calendar;
    let history = History::new(lock, calendar, now, tzdb, |_| true);
    let theme = Theme::new(Vec::new(), Vec::new()).expect("the built-in theme");
    let input = Input {
        calendar,
        lock,
        history: &history,
        tzdb,
        now,
        secret: None,
        theme: &theme,
        program: "x",
        withheld: &loaded.withheld,
        is_live: false,
    };
    let known = |path: &str, key: Key| before.get(path).filter(|(own, _)| *own == key);
    let all = Mutex::new((Made::new(), 0));
    site::make(
        &input,
        |path, key| known(path, key).map(|(_, bytes)| bytes.len() as u64),
        |made| {
            let mut all = all.lock().expect("no panic");
            all.1 += usize::from(made.bytes.is_some());
            let bytes = made.bytes.map(|bytes| bytes.to_vec());
            let bytes = bytes.or_else(|| Some(known(&made.path, made.key)?.1.clone())).expect("it is known");
            all.0.insert(made.path.into(), (made.key, bytes));
            Ok(())
        },
        |_, _| {},
    )
    .expect("a site");
    all.into_inner().expect("no panic")
}

/// The calendar of every sort of event, a file each, and a sheet of local ones.
fn files(root: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for path in fs::read_dir(root.join("events")).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        let text = fs::read_to_string(&path).expect("a record");
        for record in text.split("\n[[event]]\n").skip(1) {
            files.push((format!("events/{:02}.toml", files.len()), format!("[[event]]\n{record}")));
        }
        fs::remove_file(path).expect("a file");
    }
    let day = "id = \"sheets\"\ntitle = \"Day of sheets\"\nkind = \"action-day\"\nstart = 2026-12-12\nlocals = \"rows.csv\"\n";
    files.push(("events/sheets.toml".into(), day.into()));
    files.push(("events/rows.csv".into(), "city,country,start\nOslo,NO,17:00\nPorto,PT,18:00\n".into()));
    files.push(("calendar.toml".into(), fs::read_to_string(root.join("calendar.toml")).expect("settings")));
    for (name, text) in &mut files {
        if name == "calendar.toml" {
            *text = text.replace("\"es\", \"ar\", \"fa\", \"ja\"", "\"es\"");
        }
        fs::write(root.join(&**name), text).expect("a file");
    }
    files
}

/// Changes something, and says what.
fn change(root: &Path, files: &[(String, String)], random: &mut Random) -> String {
    let (name, original) = &files[random.below(files.len())];
    let path = root.join(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|_| original.clone());
    // Changes of an event that repeats stand behind it, and lines of an event before them.
    let with = |line: &str| text.replacen("\nkind = ", &format!("\n{line}\nkind = "), 1);
    let choices = [
        text.replacen("title = \"", "title = \"Anew: ", 1),
        text.replacen("ES", "PT", 1),
        text.replacen("kind = \"protest\"", "kind = \"strike\"", 1),
        text.replacen("kind = \"strike\"", "kind = \"forum\"", 1),
        text.replacen("2026-12-0", "2026-12-1", 1),
        text.replacen("T18:00", "T19:30", 1),
        text.replacen(":00", ":01", 1),
        text.replacen("Europe/Madrid", "Europe/Lisbon", 1),
        text.replacen("Oslo", "Bergen", 1),
        with("sources = [\"https://example.org/source\"]"),
        with("status = \"cancelled\""),
        with("organizers = [\"Another union\"]"),
        with("note = \"for editors\""),
        with("part-of = \"sheets\""),
        original.clone(),
        String::new(),
    ];
    let text = &choices[random.below(choices.len())];
    if text.is_empty() && name != "calendar.toml" {
        // It may be gone already.
        let _ = fs::remove_file(&path);
        return format!("{name} is gone");
    }
    let text = if text.is_empty() { original } else { text };
    fs::write(&path, text).expect("a file");
    format!("{name} is\n{text}")
}

#[expect(clippy::disallowed_methods, reason = "files have the times of the machine")]
fn clock() -> DateTime<Utc> {
    std::time::SystemTime::now().into()
}

#[test]
fn what_changes_is_made_again_and_nothing_else_needs_to_be() {
    let root = actions::calendar();
    let root = root.path();
    let files = files(root);
    // What was written a moment ago is never taken for unchanged.
    std::thread::sleep(Duration::from_millis(3100));
    let tzdb = Tzdb::bundled();
    let mut random = Random(5);
    let mut now: DateTime<Utc> = "2026-11-20T12:00:00Z".parse().expect("an instant");
    let (mut known, mut lock, mut before) = (Cache::default(), Lock::default(), Made::new());
    let (mut rounds, mut saved) = (0, 0);
    let began = Instant::now();
    while rounds < 60 && (rounds < 6 || began.elapsed() < Duration::from_secs(11)) {
        let mut what = vec![];
        if rounds > 0 {
            what.extend((0..random.below(3)).map(|_| change(root, &files, &mut random)));
            now += TimeDelta::minutes([0, 1, 50, 400, 1440][random.below(5)]);
        }
        let told = format!("round {rounds}, {now}: {what:#?}");
        let whole = calendar::load(root, &tzdb, now).expect("a calendar");
        let again = calendar::load_cached(root, &tzdb, now, &mut known, clock()).expect("a calendar");
        assert_eq!(whole.calendar.events, again.calendar.events, "{told}");
        assert_eq!(whole.diagnostics, again.diagnostics, "{told}");
        assert_eq!(whole.places, again.places, "{told}");
        (lock, _) = lock.updated_with(&again.calendar, now, &tzdb);
        let (fresh, all) = made(&whole, &lock, &tzdb, now, &Made::new());
        let (current, fewer) = made(&again, &lock, &tzdb, now, &before);
        assert!(fresh.keys().eq(current.keys()), "{told}");
        for (path, (key, bytes)) in &fresh {
            let (own, other) = &current[path];
            assert_eq!(key, own, "{path}, {told}");
            assert!(bytes == other, "{path} is not as it would be made, {told}");
        }
        saved += all - fewer;
        before = current;
        rounds += 1;
    }
    assert!(saved > 100 * rounds, "{saved} of {rounds} rounds");
}
