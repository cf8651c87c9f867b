//! Laws of `calendar.lock`: whatever is edited in whatever order, subscribers are told the truth, once.

mod records;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use chrono::{DateTime, TimeDelta, Utc};
use records::{Random, Record};
use redletter::calendar::{Calendar, Settings, load};
use redletter::event::Event;
use redletter::lock::{Gone, History, Lock, News, What};
use redletter::view::feed::FeedView;
use redletter::zone::Tzdb;

const START: &str = "2026-11-20T12:00:00Z";

fn start() -> DateTime<Utc> {
    START.parse().expect("an instant")
}

/// The calendar of records of one file, by id.
fn calendar(records: &BTreeMap<String, String>, now: DateTime<Utc>) -> Calendar {
    let tzdb = Tzdb::bundled();
    let settings =
        Settings { timezone: tzdb.zone("Europe/Madrid"), domain: "example.org".into(), ..Settings::default() };
    let record = |(id, fields): (&String, &String)| Record { id: id.clone(), fields: format!("{fields}\n") };
    let text = records::one_file(&records.iter().map(record).collect::<Vec<_>>());
    let (judged, findings) = load::judge_text("events/x.toml", &text, &load::context(&settings, &tzdb, now), false);
    let mut events: Vec<Event> = judged.into_iter().filter_map(|judged| Some(*judged.event?)).collect();
    assert_eq!(events.len(), records.len(), "{findings:?}");
    events.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    Calendar { settings, events, as_of: now }
}

fn updated(lock: &Lock, records: &BTreeMap<String, String>, now: DateTime<Utc>) -> Lock {
    lock.updated_with(&calendar(records, now), now, &Tzdb::bundled()).0
}

fn read(text: &str) -> Lock {
    Lock::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// Records that are hard on whoever writes and reads them.
fn many(seed: u64, count: usize) -> BTreeMap<String, String> {
    records::records(seed, count, 1900..2060).into_iter().map(|record| (record.id, record.fields)).collect()
}

/// Deletes, adds, moves, cancels, edits.
fn edit(records: &mut BTreeMap<String, String>, random: &mut Random) {
    let number = random.below(12);
    let id = format!("e{number}");
    let day = 1 + random.below(28);
    let fields = match random.below(7) {
        0 => {
            records.remove(&id);
            return;
        }
        1 => format!("title = \"Forum {number}\"\nkind = \"forum\"\nstart = 2026-12-{day:02}T19:00\n"),
        2 => format!(
            "title = \"Forum {number}\"\nkind = \"forum\"\nstart = 2026-12-{day:02}T19:00\nstatus = \"cancelled\"\n"
        ),
        3 => format!("title = \"Strike {number}\"\nkind = \"strike\"\nstart = 2026-12-{day:02}\nend = \"open\"\n"),
        4 => format!(
            "title = \"March {number}\"\nkind = \"protest\"\nstart = 2026-12-{day:02}T12:00\ntimezone = \"America/Vancouver\"\nlocation = \"Square {day}\"\n"
        ),
        5 => format!(
            "title = \"Assembly {number}\"\nkind = \"meeting\"\nstart = 2026-12-{day:02}T19:00\nrepeat = \"weekly\"\nstatus = \"postponed\"\n"
        ),
        _ => format!(
            "title = \"Forum {number}\"\nkind = \"forum\"\nstart = 2026-12-08T19:00\ndescription = \"Line {day}\"\n"
        ),
    };
    records.insert(id, fields);
}

#[test]
fn what_is_written_is_read_back_and_nothing_changes_twice() {
    let records = many(5, 400);
    let lock = updated(&Lock::default(), &records, start());
    assert_eq!(lock.entries().len(), 400);
    let text = lock.to_string();
    assert_eq!(read(&text), lock);
    assert!(!text.contains(records::NOTE));
    for later in [0, 1, 400] {
        let now = start() + TimeDelta::days(later);
        let (same, changes) = read(&text).updated_with(&calendar(&records, now), now, &Tzdb::bundled());
        assert_eq!((changes, same.to_string()), (Vec::new(), text.clone()));
    }
}

#[test]
fn what_is_withheld_leaves_no_trace() {
    let lock = |share: &str, passcode: &str| {
        let forum = format!(
            "title = \"Forum\"\nkind = \"forum\"\nstart = 2026-12-02T19:00\nnote = \"{passcode}\"\nsources = [\"{passcode}\"]\n\
             [event.online]\nurl = \"https://example.org/{passcode}\"\npasscode = \"{passcode}\"\n\
             registration = \"https://example.org/register\"\nshare = \"{share}\"\n"
        );
        updated(&Lock::default(), &BTreeMap::from([("forum".to_owned(), forum)]), start()).to_string()
    };
    for share in ["registered", "members"] {
        assert_eq!(lock(share, "1918"), lock(share, "4711"));
    }
    assert_ne!(lock("public", "1918"), lock("public", "4711"));
    assert_ne!(lock("members", "1918"), lock("registered", "1918"));
}

#[test]
fn a_lock_in_another_layout_is_the_same_lock() {
    let text = updated(&Lock::default(), &many(6, 60), start()).to_string();
    let lock = read(&text);
    let loose: Vec<String> = text.lines().map(|line| line.replacen(" = ", "   =  ", 1)).collect();
    let loose = loose.join("\n").replace("\nid ", "\n\n# by hand\nid ");
    assert!(read(&format!("\u{FEFF}{loose}\n")) == lock);
}

#[test]
fn through_any_edits_sequence_never_falls_and_created_never_changes() {
    for seed in 0..40 {
        let mut random = Random(seed);
        let (mut records, mut lock, mut now) = (BTreeMap::new(), Lock::default(), start());
        for _ in 0..25 {
            for _ in 0..=random.below(3) {
                edit(&mut records, &mut random);
            }
            // Clocks of volunteers differ.
            now += TimeDelta::minutes(random.below(200) as i64 - 50);
            let today = calendar(&records, now);
            let history = History::new(&lock, &today, now, &Tzdb::bundled(), |_| true);
            let (next, changes) = lock.updated_with(&today, now, &Tzdb::bundled());
            assert_eq!(read(&next.to_string()), next);
            assert_eq!(
                next.updated_with(&today, now + TimeDelta::hours(1), &Tzdb::bundled()),
                (next.clone(), Vec::new())
            );
            for old in lock.entries() {
                let new = next.entry(&old.uid).expect("nothing is lost");
                assert!(new.sequence >= old.sequence && new.sequence <= old.sequence + 1);
                assert_eq!(new.created, old.created);
                let changed = changes.iter().find(|change| change.uid == old.uid);
                assert_eq!(
                    new.updated > old.updated,
                    changed.is_some_and(|one| !matches!(one.what, What::Renamed { .. }))
                );
                assert_eq!(
                    new.sequence > old.sequence && new.gone.is_none(),
                    new.gone.is_none() && (old.gone.is_some() || new.schedule != old.schedule)
                );
            }
            // A feed says before the update what it says after it, but for the CREATED of what is new.
            for event in &today.events {
                let told = history.revision(event, &today);
                let entry = next.entry(&event.uid).expect("an entry");
                assert_eq!((told.updated, told.sequence), (Some(entry.updated), entry.sequence));
                assert!(told.created.is_none_or(|created| created == entry.created));
            }
            lock = next;
        }
    }
}

#[test]
fn two_branches_make_one_lock_in_either_order() {
    for seed in 0..40 {
        let mut random = Random(seed);
        let mut records = BTreeMap::new();
        for _ in 0..10 {
            edit(&mut records, &mut random);
        }
        let base = updated(&Lock::default(), &records, start());
        let mut branch = |hours: i64| {
            let mut own = records.clone();
            let mut lock = base.clone();
            for step in 0..3 {
                edit(&mut own, &mut random);
                lock = updated(&lock, &own, start() + TimeDelta::hours(hours + step));
            }
            (own, lock)
        };
        let ((ours, our_lock), (_, their_lock)) = (branch(1), branch(2));
        let merged = our_lock.clone().merged(their_lock.clone());
        assert_eq!(merged, their_lock.clone().merged(our_lock.clone()));
        for entry in merged.entries() {
            let both = [our_lock.entry(&entry.uid), their_lock.entry(&entry.uid)];
            let both = || both.iter().flatten();
            assert_eq!(Some(entry.sequence), both().map(|one| one.sequence).max());
            assert_eq!(Some(entry.created), both().map(|one| one.created).min());
            assert_eq!(Some(entry.updated), both().map(|one| one.updated).max());
        }
        // However git leaves the text: with marks of conflicts, with both branches' tables, with both branches' lines.
        let [our_text, their_text] = [&our_lock, &their_lock].map(ToString::to_string);
        let marked = format!("<<<<<<< HEAD\n{our_text}=======\n{their_text}>>>>>>> theirs\n");
        assert_eq!(read(&marked), merged);
        let marked =
            format!("<<<<<<< HEAD\n{our_text}||||||| base\nversion = 1\n=======\n{their_text}>>>>>>> theirs\n");
        assert_eq!(read(&marked), merged);
        let tables = |text: &str| text[text.find("\n[event.").unwrap_or(text.len())..].to_owned();
        // The heads of both: a line more for a feed that only theirs knows to be no more.
        let retired = their_text.lines().filter(|line| line.starts_with("retired = ") && !our_text.contains(*line));
        let retired: Vec<String> = retired.map(|line| format!("\n{line}")).collect();
        let head = our_text.find("\n\n").unwrap_or(our_text.len());
        let (our_head, our_tables) = our_text.split_at(head);
        let doubled = format!("{our_head}{}{our_tables}{}", retired.concat(), tables(&their_text));
        assert_eq!(read(&doubled), merged);
        // A union of lines, where both branches changed the same event.
        for (ours, theirs) in our_lock.entries().iter().zip(their_lock.entries()) {
            let alone = |entry: &redletter::lock::Entry| {
                let text = our_lock.to_string();
                let uid = format!("[event.\"{}\"]", entry.uid);
                let lock = if entry == ours { text } else { their_lock.to_string() };
                lock.split("\n\n").find(|table| table.starts_with(&uid)).expect("a table").to_owned()
            };
            let (one, other) = (alone(ours), alone(theirs));
            let keys = |text: &str| {
                text.lines().skip(1).map(|line| line.split('=').next().map(str::to_owned)).collect::<Vec<_>>()
            };
            if ours.uid == theirs.uid && keys(&one) == keys(&other) {
                let lines: Vec<&str> =
                    other.lines().skip(1).filter(|line| !one.lines().any(|known| known == *line)).collect();
                let both = format!("{our_head}\n\n{one}\n{}\n\n# end of calendar.lock\n", lines.join("\n"));
                let read = read(&both);
                assert_eq!(read.entry(&ours.uid).map(|one| one.sequence), Some(ours.sequence.max(theirs.sequence)));
                assert_eq!(read.entry(&ours.uid).map(|one| one.updated), Some(ours.updated.max(theirs.updated)));
            }
        }
        // The next update settles it for good.
        let settled = updated(&read(&marked), &ours, start() + TimeDelta::days(1));
        assert_eq!(updated(&settled, &ours, start() + TimeDelta::days(2)), settled);
    }
}

#[test]
fn what_git_merges_is_read() {
    let git = |root: &Path, arguments: &[&str]| {
        let names = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"];
        let run = Command::new("git").args(names).args(arguments).current_dir(root).output().expect("git runs");
        run.status.success()
    };
    for (seed, style) in [(1, "merge"), (2, "diff3"), (3, "zdiff3"), (4, "merge"), (5, "diff3"), (6, "zdiff3")] {
        let root = tempfile::tempdir().expect("a folder");
        let root = root.path();
        let path = Lock::path(root);
        let mut random = Random(seed);
        let mut records = BTreeMap::new();
        for _ in 0..8 {
            edit(&mut records, &mut random);
        }
        let base = updated(&Lock::default(), &records, start());
        assert!(git(root, &["init", "-q"]));
        assert!(git(root, &["config", "merge.conflictStyle", style]));
        fs::write(&path, base.to_string()).expect("a file");
        assert!(git(root, &["add", "-A"]) && git(root, &["commit", "-qm", "base"]) && git(root, &["branch", "theirs"]));
        let mut locks = Vec::new();
        for (branch, hours) in [("theirs", 1), ("main", 2)] {
            assert!(git(root, &["checkout", "-q", branch]));
            let mut own = records.clone();
            for _ in 0..6 {
                edit(&mut own, &mut random);
            }
            let lock = updated(&base, &own, start() + TimeDelta::hours(hours));
            fs::write(&path, lock.to_string()).expect("a file");
            assert!(git(root, &["commit", "-qam", "own"]));
            locks.push(lock);
        }
        git(root, &["merge", "-q", "theirs"]);
        let merged = Lock::read(root).unwrap_or_else(|error| panic!("{error}\n{}", fs::read_to_string(&path).unwrap()));
        let wanted = locks[0].clone().merged(locks[1].clone());
        let times = |lock: &Lock| -> Vec<_> {
            lock.entries().iter().map(|one| (one.uid.clone(), one.created, one.updated, one.sequence)).collect()
        };
        assert_eq!(times(&merged.expect("a lock")), times(&wanted), "seed {seed}");
    }
}

#[test]
fn a_lock_that_is_damaged_is_an_error_and_no_panic() {
    let text = updated(&Lock::default(), &many(7, 12), start()).to_string();
    for end in (0..text.len() - 1).filter(|end| text.is_char_boundary(*end)) {
        assert!(Lock::parse(&text[..end]).is_err(), "cut after {end} bytes");
    }
    let mut random = Random(8);
    for _ in 0..3_000 {
        let mut bytes = text.clone().into_bytes();
        for _ in 0..=random.below(3) {
            let at = random.below(bytes.len() as u64) as usize;
            match random.below(3) {
                0 => bytes[at] = b'"',
                1 => bytes[at] = b'0' + random.below(60) as u8,
                _ => drop(bytes.drain(at..(at + 40).min(bytes.len()))),
            }
        }
        let _ = Lock::parse(&String::from_utf8_lossy(&bytes));
    }
    let newer = text.replace("version = 1", "version = 2");
    assert!(Lock::parse(&newer).expect_err("a later format").to_string().contains("of a later redletter"));
    let unknown = text.replacen("\nsequence = 0", "\nsequence = 0\nmood = \"good\"", 1);
    assert!(Lock::parse(&unknown).expect_err("a key that is not known").to_string().contains("mood"));
}

/// A lock without its checksums, as earlier versions wrote it.
fn without_checksums(text: &str) -> String {
    let head = text.find("\n[event.").unwrap_or(text.len());
    let plain = |line: &str| match line.split_once(" # ").filter(|_| text[..head].contains(line)) {
        Some((line, _)) => format!("{line}\n"),
        None => format!("{line}\n"),
    };
    text.lines().filter(|line| !line.starts_with("checksum = ")).map(plain).collect()
}

#[test]
fn a_flipped_bit_is_an_error_or_changes_nothing() {
    let mut records = many(9, 30);
    let series = "title = \"Class\"\nkind = \"meeting\"\nstart = 2026-12-01T19:00\nrepeat = \"weekly\"\nuntil = ";
    let change = "\n[[event.change]]\noccurrence = 2026-12-08\nstart = 2026-12-09T18:00\n";
    records.insert("class".into(), format!("{series}2027-01-26{change}"));
    let lock = updated(&Lock::default(), &records, start());
    records.insert("class".into(), format!("{series}2027-01-05{change}"));
    let gone: Vec<String> = records.keys().filter(|id| *id != "class").take(4).cloned().collect();
    for id in &gone {
        records.remove(id);
    }
    let lock = updated(&lock, &records, start() + TimeDelta::days(1));
    let text = lock.to_string().replacen("\n\n", "\nretired = \"old\" # f55476ff\n\n", 1);
    for part in ["\ndropped.", "\nmoved.", "\ndeleted = ", "\ndeletions = 4 # "] {
        assert!(text.contains(part), "{part}");
    }
    let (lock, mut random, mut errors) = (read(&text), Random(3), 0);
    for _ in 0..4_000 {
        let mut bytes = text.clone().into_bytes();
        let (at, bit) = (random.below(bytes.len() as u64) as usize, random.below(8));
        bytes[at] ^= 1 << bit;
        let Ok(flipped) = String::from_utf8(bytes) else { continue };
        match Lock::parse(&flipped) {
            Ok(read) => assert!(read == lock, "byte {at}, bit {bit}, in {}", &flipped[at.saturating_sub(60)..]),
            Err(error) => {
                errors += 1;
                assert!(error.to_string().contains("calendar.lock"), "{error}");
            }
        }
    }
    assert!(errors > 2_000, "{errors}");
    // Where it is, and what to do.
    let line = text.lines().position(|line| line.starts_with("[event.\"class@")).expect("a table") + 1;
    let error = Lock::parse(&text.replacen("title = \"Class\"", "title = \"Glass\"", 1)).expect_err("damage");
    let error = format!("{error}");
    assert!(error.contains(&format!("line {line}")) && error.contains("class@example.org"), "{error}");
    // Earlier versions wrote none, and the next update adds them.
    let earlier = without_checksums(&text);
    assert!(!earlier.contains("checksum") && earlier.contains("\ndeletions = 4\n"));
    assert!(read(&earlier) == lock && lock.is_text(&earlier) && lock.is_text(&lock.to_string()));
    assert!(!lock.is_text(&earlier.replacen("sequence = 0", "sequence = 1", 1)));
}

#[test]
fn what_no_record_may_say_is_not_read_from_a_lock() {
    let text = without_checksums(&updated(&Lock::default(), &many(7, 3), start()).to_string());
    let first = |key: &str| {
        let line = text.lines().find(|line| line.starts_with(&format!("{key} = "))).expect("a line");
        line.to_owned()
    };
    let changed = |key: &str, value: &str| text.replacen(&first(key), &format!("{key} = {value}"), 1);
    for (key, value) in [
        ("feeds", "[\"../../x\"]"),
        ("feeds", "[\"all\", \"/etc/x\"]"),
        ("feeds", "[\"a/b\"]"),
        ("feeds", "[\"\"]"),
        ("feeds", "[\".hidden\"]"),
        ("id", "\"../x\""),
        ("id", "\"a/b/c\""),
        ("id", "\"A\""),
        ("kind", "\"a\\nb\""),
        ("title", "\"\\u001B[31m\""),
        ("title", "\"\""),
        ("updated", "9999-12-31T23:59:59Z"),
        ("updated", "9998-12-31T23:59:59Z"),
        ("updated", "2201-01-01T00:00:00Z"),
        ("created", "0000-01-01T00:00:00Z"),
        ("created", "1899-12-31T23:59:59Z"),
        ("start", "9990-12-02T18:00:00+01:00"),
        ("start", "1700-12-02T18:00:00+01:00"),
        ("sequence", "4294967295"),
        ("sequence", "2147483647"),
        ("sequence", "2147483000"),
    ] {
        let error = Lock::parse(&changed(key, value)).expect_err(&format!("{key} = {value}"));
        assert!(error.to_string().contains(&format!("`{key}`")), "{key} = {value}: {error}");
    }
    // What is read leaves room for the next revision.
    for (key, value) in [("sequence", "1000000"), ("updated", "2200-12-31T23:59:59Z")] {
        let last = read(&changed(key, value));
        let next = updated(&last, &BTreeMap::new(), start());
        next.verify(&next.to_string()).unwrap_or_else(|error| panic!("{key}: {error}"));
    }
    for retired in ["../x", "a/b", "A", ""] {
        let text = text.replacen("\ntzdb", &format!("\nretired = \"{retired}\"\ntzdb"), 1);
        assert!(Lock::parse(&text).is_err(), "{retired}");
    }
    let lock = read(&text);
    assert!(lock.verify(&text).is_ok());
    assert!(lock.verify(&text.replacen("sequence = 0", "sequence = 1", 1)).is_err(), "another lock");
    assert!(lock.verify(&text[..text.len() / 2]).is_err(), "half a lock");
}

#[test]
fn a_conflict_made_by_hand_hides_no_wrong_checksum() {
    let text = updated(&Lock::default(), &many(7, 3), start()).to_string();
    let line = "sequence = 0\n";
    let both = |other: &str| text.replacen(line, &format!("<<<<<<< a\n{line}=======\n{other}>>>>>>> b\n"), 1);
    assert!(read(&both(line)) == read(&text), "nothing differs");
    let error = Lock::parse(&both("sequence = 5\n")).expect_err("the checksum is that of the other side");
    assert!(error.to_string().contains("does not match its checksum"), "{error}");
    let swapped =
        both("sequence = 5\n").replacen(line, "sequence = 5\n", 1).replacen("=\nsequence = 5", "=\nsequence = 0", 1);
    assert!(Lock::parse(&swapped).is_err(), "on either side");
}

#[test]
fn a_deleted_event_is_told_of_and_comes_back_where_it_was() {
    let forum = |day: u32| format!("title = \"Forum\"\nkind = \"forum\"\nstart = 2026-12-{day:02}T19:00\n");
    let other = ("other".to_owned(), "title = \"Other\"\nkind = \"meeting\"\nstart = 2026-12-01\n".to_owned());
    let records = BTreeMap::from([("forum".to_owned(), forum(10)), other.clone()]);
    let without = BTreeMap::from([other.clone()]);
    let day = |days: i64| start() + TimeDelta::days(days);
    let lock = updated(&Lock::default(), &records, day(0));
    let shown = |lock: &Lock, records: &BTreeMap<String, String>, now: DateTime<Utc>, name: &str| {
        let calendar = calendar(records, now);
        let history = History::new(lock, &calendar, now, &Tzdb::bundled(), |_| true);
        let mut feeds = calendar.feeds();
        feeds.retain(|feed| &*feed.name == name);
        let feed = feeds.pop()?;
        let view = FeedView::of(&calendar, &feed, now, Some(&history), |_| true);
        let event = view.events.iter().find(|shown| shown.uid == "forum@example.org")?;
        Some((event.status.name(), event.revision.sequence, event.revision.updated))
    };
    let deleted = updated(&lock, &without, day(1));
    assert!(matches!(deleted.entry("forum@example.org").expect("kept").gone, Some(Gone::Deleted(_))));
    // Before the lock was updated, and after.
    assert_eq!(shown(&lock, &without, day(1), "all"), Some(("cancelled", 1, Some(day(1)))));
    assert_eq!(shown(&deleted, &without, day(5), "all"), Some(("cancelled", 1, Some(day(1)))));
    assert_eq!(shown(&deleted, &without, day(5), "meeting"), None);
    // 10 December, and 30 days.
    assert!(shown(&deleted, &without, "2027-01-09T12:00:00Z".parse().expect("an instant"), "all").is_some());
    assert!(shown(&deleted, &without, "2027-01-10T12:00:00Z".parse().expect("an instant"), "all").is_none());
    // Deleted only after it was over.
    let late = "2026-12-12T12:00:00Z".parse().expect("an instant");
    assert_eq!(shown(&lock, &without, late, "all"), None);
    assert_eq!(shown(&updated(&lock, &without, late), &without, late + TimeDelta::days(1), "all"), None);
    // It comes back.
    let back = updated(&deleted, &records, day(6));
    let entry = back.entry("forum@example.org").expect("an entry");
    assert_eq!((entry.sequence, entry.created, entry.updated, &entry.gone), (2, day(0), day(6), &None));
    assert_eq!(shown(&back, &records, day(9), "all"), Some(("confirmed", 2, Some(day(6)))));
    // Under another name it is not a cancelled event.
    let renamed = BTreeMap::from([("forum-2".to_owned(), forum(10)), other]);
    assert_eq!(shown(&lock, &renamed, day(1), "all"), None);
    let lock = updated(&lock, &renamed, day(1));
    assert!(matches!(lock.entry("forum@example.org").expect("kept").gone, Some(Gone::Renamed(_))));
    assert_eq!(shown(&lock, &without, day(2), "all"), None);
}

#[test]
fn a_deleted_series_cancels_what_was_moved_where_subscribers_see_it() {
    let series = "title = \"Class\"\nkind = \"meeting\"\nstart = 2026-12-01T19:00\nend = 2026-12-01T20:00\n\
                  repeat = \"weekly\"\nuntil = 2027-01-26\n\
                  [[event.change]]\noccurrence = 2026-12-08\nstart = 2026-12-09T18:00\n\
                  [[event.change]]\noccurrence = 2026-12-15\nstart = 2026-12-16T09:00\ntimezone = \"America/Lima\"\n\
                  [[event.change]]\noccurrence = 2026-12-22\ntitle = \"Last class\"\n";
    let other = ("other".to_owned(), "title = \"Other\"\nkind = \"meeting\"\nstart = 2026-12-01\n".to_owned());
    let records = BTreeMap::from([("class".to_owned(), series.to_owned()), other.clone()]);
    let without = BTreeMap::from([other]);
    let lock = updated(&Lock::default(), &records, start());
    let text = lock.to_string();
    let lines: Vec<&str> = text.lines().filter(|line| line.starts_with("moved.")).collect();
    let [lunch, lima] = lines[..] else { panic!("{text}") };
    assert_eq!(
        lunch,
        "moved.\"2026-12-08T19:00:00\" = [2026-12-09T18:00:00+01:00, 2026-12-09T19:00:00+01:00, \"Europe/Madrid\"]"
    );
    assert!(lima.ends_with("= [2026-12-16T09:00:00-05:00, 2026-12-16T10:00:00-05:00, \"America/Lima\"]"), "{lima}");
    // The order of the lines, and a line that a merge has taken twice, say nothing.
    assert_eq!(read(&text.replacen(&format!("{lunch}\n{lima}"), &format!("{lima}\n{lunch}\n{lima}"), 1)), lock);
    let cancelled = |lock: &Lock| -> Vec<String> {
        let now = start() + TimeDelta::days(1);
        let calendar = calendar(&without, now);
        let history = History::new(lock, &calendar, now, &Tzdb::bundled(), |_| true);
        let feed = calendar.feeds().into_iter().find(|feed| &*feed.name == "all").expect("a feed");
        let view = FeedView::of(&calendar, &feed, now, Some(&history), |_| true);
        let changed = view.events.iter().filter(|event| event.planned.is_some() && event.uid == "class@example.org");
        changed.map(|one| format!("{} {}", one.begins.format("%dT%H:%M"), one.status.name())).collect()
    };
    let wanted = ["09T17:00 cancelled", "16T14:00 cancelled"];
    assert_eq!(cancelled(&lock), wanted);
    assert_eq!(cancelled(&read(&updated(&lock, &without, start() + TimeDelta::days(1)).to_string())), wanted);
    for wrong in [
        "moved.\"2026-12-08\" = [2026-12-09, 2026-12-09]",
        "moved.\"2026-12-08T19:00:00\" = [2026-12-09T18:00:00+01:00]",
        "moved.\"2026-12-08T19:00:00\" = [2026-12-09T18:00:00+01:00, 2026-12-09T19:00:00+01:00, \"../x\"]",
        "moved.\"2026-12-08T19:00:00\" = [2026-12-09, 2026-12-09, \"Europe/Madrid\", 1]",
        "moved.\"x\" = {}",
    ] {
        let error = Lock::parse(&text.replacen(lunch, wrong, 1)).expect_err(wrong).to_string();
        assert!(error.contains("`moved`"), "{wrong}: {error}");
    }
}

/// Runs of the program at the same time leave a lock with everything in it, and no other file.
#[test]
fn two_writers_take_turns() {
    let root = tempfile::tempdir().expect("a folder");
    let root = root.path();
    fs::create_dir(root.join("events")).expect("a folder");
    fs::write(root.join("calendar.toml"), records::CALENDAR).expect("a file");
    let run = |round: usize| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_redletter"));
        let now = (start() + TimeDelta::minutes(round as i64)).to_rfc3339();
        command.env_clear().args(["lock", "-q", "--now", &now, "--root"]).arg(root);
        command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it starts")
    };
    for round in 0..12 {
        let record = format!("title = \"Forum {round}\"\nkind = \"forum\"\nstart = 2026-12-02T18:00\n");
        fs::write(root.join(format!("events/forum-{round}.toml")), record).expect("a file");
        let runs = [run(round), run(round), run(round), run(round)];
        for run in runs {
            let output = run.wait_with_output().expect("it ends");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        let lock = Lock::read(root).expect("a whole lock").expect("a lock");
        assert_eq!(lock.entries().len(), round + 1);
    }
    let mut names: Vec<_> = fs::read_dir(root).expect("entries").map(|entry| entry.expect("one").file_name()).collect();
    names.sort();
    assert_eq!(names, ["calendar.lock", "calendar.toml", "events"]);
}

#[test]
fn a_feed_that_is_no_more_is_remembered_until_it_is_back_or_forgotten() {
    let mut records =
        BTreeMap::from([("a".to_owned(), "title = \"March\"\nkind = \"protest\"\nstart = 2026-12-05\n".to_owned())]);
    let calendar_with = |records: &BTreeMap<String, String>, names: &[&str]| {
        let mut calendar = calendar(records, start());
        let feeds =
            names.iter().map(|name| redletter::calendar::Feed::of(name, None, redletter::calendar::Filter::default()));
        calendar.settings.feeds = feeds.collect();
        calendar
    };
    let next = |lock: &Lock, calendar: &Calendar| {
        let lock = lock.updated_with(calendar, start(), &Tzdb::bundled()).0;
        // What is on the disk is what counts.
        assert_eq!(read(&lock.to_string()), lock);
        lock
    };
    let names = |lock: &Lock, calendar: &Calendar| {
        lock.feeds(calendar).iter().map(|feed| feed.name.to_string()).collect::<Vec<_>>()
    };
    let with = calendar_with(&records, &["marches"]);
    let lock = next(&Lock::default(), &with);
    assert_eq!(names(&lock, &with), ["all", "marches", "protest"]);
    // Taken out of the settings; and the only event of its kind gets another one.
    records.insert("a".to_owned(), "title = \"March\"\nkind = \"vigil\"\nstart = 2026-12-05\n".to_owned());
    let without = calendar_with(&records, &[]);
    let lock = next(&next(&lock, &without), &without);
    assert_eq!(names(&lock, &without), ["all", "marches", "protest", "vigil"]);
    let gone = lock.feeds(&without).into_iter().find(|feed| &*feed.name == "marches").expect("it is remembered");
    let settings = &without.settings;
    assert!(!gone.filter.matches(&without.events[0], &settings.kinds, &settings.language), "it has no events any more");
    let back = next(&lock, &with);
    assert_eq!(names(&back, &with), ["all", "marches", "protest", "vigil"]);
    let mut forgotten = lock.clone();
    assert_eq!(forgotten.forget("marches", |_| true), 1);
    assert_eq!(names(&forgotten, &without), ["all", "protest", "vigil"]);
    // Two branches, of which one retired one feed and the other another.
    let merged = forgotten.merged(lock.clone());
    assert_eq!(merged, lock);
}

#[test]
fn a_change_of_a_series_is_named_by_what_changed() {
    let base = "title = \"Assembly\"\nkind = \"meeting\"\nstart = 2026-12-01T19:00\nduration = \"1h\"\nrepeat = \"weekly\"\nuntil = \
                2026-12-31\n";
    let city = |name: &str| format!("location = {{ city = \"{name}\", country = \"ES\" }}\n");
    let change = |fields: &str| format!("[[event.change]]\noccurrence = 2026-12-08\n{fields}");
    let moved = "start = 2026-12-09T19:00\n";
    let cases = [
        (String::new(), city("Madrid"), "place"),
        (city("Madrid"), city("Getafe"), "place"),
        (city("Madrid"), city("Madrid") + &change(&city("Getafe")), "place"),
        (city("Madrid") + &change(&city("Getafe")), city("Madrid") + &change(&city("Toledo")), "place"),
        // Another time is more than another place.
        (city("Madrid"), city("Madrid") + "also = [2026-12-11T19:00]\n", "dates"),
        (city("Madrid"), city("Getafe") + "also = [2026-12-11T19:00]\n", "dates"),
        (city("Madrid"), city("Madrid") + &change(moved), "dates"),
        (city("Madrid") + &change(moved), city("Getafe") + &change(moved), "place"),
    ];
    let now = start();
    for (before, after, what) in cases {
        let records = |fields: &str| BTreeMap::from([("w".to_owned(), format!("{base}{fields}"))]);
        let lock = updated(&Lock::default(), &records(&before), now);
        let lock = read(&lock.to_string());
        let (_, changes) = lock.updated_with(&calendar(&records(&after), now), now, &Tzdb::bundled());
        let expected = if what == "place" { News::Place } else { News::Repeat };
        let found: Vec<&What> = changes.iter().map(|change| &change.what).collect();
        assert_eq!(found, [&What::News(expected)], "{before} → {after}");
    }
}
