//! Laws that hold for every calendar, tried on seeded ones.

mod binary;
mod records;
mod series;

use std::collections::BTreeSet;
use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use records::{Random, Record};
use redletter::calendar::{self, Calendar, Feed, Filter, Reach, Series, Settings, load};
use redletter::diagnostic::{self, Diagnostic, Finding};
use redletter::event::{Event, When};
use redletter::recurrence::{End, Rule, Until};
use redletter::render::ics::{self, proof};
use redletter::schedule::{self, Occurrence, Window};
use redletter::source::Source;
use redletter::view::feed::{FeedEvent, FeedView};
use redletter::view::form::Form;
use redletter::zone::{Resolved, Tzdb};

fn now() -> DateTime<Utc> {
    binary::NOW.parse().expect("an instant")
}

fn all() -> Feed {
    Feed::of("all", None, Filter::default())
}

/// Judges one text as a file of a calendar without settings, in the zone of Madrid.
fn judge(text: &str, tzdb: &Tzdb, alone: bool) -> (Calendar, Vec<Finding>) {
    let settings =
        Settings { timezone: tzdb.zone("Europe/Madrid"), domain: "example.org".into(), ..Settings::default() };
    let (judged, findings) = load::judge_text("events/x.toml", text, &load::context(&settings, tzdb, now()), alone);
    let mut events: Vec<Event> = judged.into_iter().filter_map(|judged| Some(*judged.event?)).collect();
    events.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    events.dedup_by(|a, b| a.id == b.id);
    (Calendar { settings, events, as_of: now() }, findings)
}

/// The calendar of generated records, none of which has an error.
fn generated(seed: u64, count: usize, years: std::ops::Range<i32>) -> Calendar {
    let (calendar, findings) =
        judge(&records::one_file(&records::records(seed, count, years)), &Tzdb::bundled(), false);
    assert_eq!(calendar.events.len(), count, "{findings:?}");
    calendar
}

fn feed(calendar: &Calendar, threads: usize) -> Vec<u8> {
    let feed = all();
    let mut bytes = Vec::new();
    let threads = NonZeroUsize::new(threads).expect("a thread");
    ics::write_with(&FeedView::new(calendar, &feed, now()), threads, &mut bytes).expect("memory");
    bytes
}

/// RFC 5545 3.1, plainly: as many whole characters as fit into 75 octets, the space of a continuation among them.
fn fold(line: &str) -> String {
    let mut folded = String::new();
    let mut width = 0;
    for character in line.chars() {
        if width + character.len_utf8() > 75 {
            folded.push_str("\r\n ");
            width = 1;
        }
        folded.push(character);
        width += character.len_utf8();
    }
    folded
}

/// RFC 5545 3.3.11, plainly; none where a character stands bare that must be escaped.
fn unescape(value: &str) -> Option<String> {
    let mut text = String::new();
    let mut characters = value.chars();
    while let Some(character) = characters.next() {
        text.push(match character {
            '\\' => match characters.next()? {
                'n' => '\n',
                escaped @ ('\\' | ';' | ',') => escaped,
                _ => return None,
            },
            ';' | ',' => return None,
            plain => plain,
        });
    }
    Some(text)
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

#[test]
fn lines_fold_and_texts_escape_there_and_back() {
    let calendar = generated(11, 700, 1950..2060);
    let bytes = String::from_utf8(feed(&calendar, 1)).expect("UTF-8");
    assert!(bytes.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
    let unfolded = bytes.replace("\r\n ", "");
    let lines: Vec<&str> = unfolded.split("\r\n").collect();
    let folded: Vec<String> = lines.iter().map(|line| fold(line)).collect();
    assert!(folded.join("\r\n") == bytes);

    let mut texts = BTreeSet::new();
    for line in lines {
        let Some((name, value)) = line
            .split_once(':')
            .filter(|(name, _)| ["UID", "SUMMARY", "SUMMARY;LANGUAGE=es", "LOCATION", "DESCRIPTION"].contains(name))
        else {
            continue;
        };
        let text = unescape(value).unwrap_or_else(|| panic!("no TEXT: {line}"));
        assert_eq!(escape(&text), value, "{name}");
        texts.insert(text);
    }
    // Behind the title of what is open stands its day.
    let is_title = |text: &str, title: &str| {
        text.strip_prefix(title).is_some_and(|rest| rest.is_empty() || rest.starts_with(" (day "))
    };
    for Event { title, uid, .. } in calendar.events.iter().filter(|event| event.status.name() == "confirmed") {
        assert!(texts.contains(&**uid) && texts.iter().any(|text| is_title(text, title)), "{title}");
    }
}

/// Writes a calendar of `files` below a folder of its own, and returns what `commands` print.
fn prints(settings: &str, files: &[(String, String)], commands: &[&[&str]]) -> Vec<Vec<u8>> {
    let root = tempfile::tempdir().expect("a folder");
    fs::write(root.path().join("calendar.toml"), settings).expect("a file");
    for (name, text) in files {
        let path = root.path().join("events").join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    commands.iter().map(|arguments| binary::printed(root.path(), arguments)).collect()
}

/// Whatever the files are that `records` stand in, `commands` print the same.
fn compare_orders(settings: &str, mut records: Vec<Record>, commands: &[&[&str]]) {
    let prints = |files: &[(String, String)]| prints(settings, files, commands);
    let whole = prints(&[("all.toml".into(), records::one_file(&records))]);
    assert!(prints(&[("all.toml".into(), records::one_file(&records))]) == whole, "two runs differ");
    for bytes in &whole {
        assert!(!String::from_utf8_lossy(bytes).replace("\r\n ", "").contains(records::NOTE), "a note was published");
    }

    let mut random = Random(12);
    for shuffle in 0..3 {
        for index in (1..records.len()).rev() {
            records.swap(index, random.below(index as u64 + 1) as usize);
        }
        let file = |(number, Record { id, fields }): (usize, &Record)| {
            let folder = ["", "a/", "a/b/", "Z/", "ü/"][number % 5];
            let fields = fields.replace("[[event.change]]", "[[change]]").replace("[[event.from]]", "[[from]]");
            (format!("{folder}{shuffle}-{number}.toml"), format!("id = \"{id}\"\n{fields}"))
        };
        let singles: Vec<_> = records.iter().enumerate().map(file).collect();
        assert!(prints(&singles) == whole, "a file an event");
        let several: Vec<_> = records.chunks(70).map(records::one_file).enumerate().collect();
        let several: Vec<_> =
            several.into_iter().map(|(number, text)| (format!("{}.toml", 9 - number), text)).collect();
        assert!(prints(&several) == whole, "several files of many events");
    }
}

#[test]
fn files_in_any_order_and_form_print_the_same_bytes() {
    let agenda = ["agenda", "--from", "0001-01-01", "--to", "9998-12-31", "--format", "json"];
    let records = records::records(12, 300, 2024..2029);
    compare_orders(records::CALENDAR, records, &[&["feed", "all"], &agenda, &["feed", "all", "--kind", "!strike"]]);
}

#[test]
fn files_of_series_in_any_order_and_form_print_the_same_bytes() {
    let agenda = ["agenda", "--from", "2022-01-01", "--to", "2028-12-31", "--format", "json"];
    let records = series::series(12, 150);
    compare_orders(series::CALENDAR, records, &[&["feed", "rules"], &["feed", "expanded"], &agenda, &["next", "40"]]);
}

/// What happens on the days from `first` up to `end`.
fn between<'c>(calendar: &'c Calendar, [first, end]: [NaiveDate; 2], zone: &str) -> Vec<Occurrence<'c>> {
    let zone = Tzdb::bundled().zone(zone).expect("a zone");
    schedule::occurrences(calendar, &Window::days(first, end - TimeDelta::days(1), zone), |_| true)
        .expect("few occurrences")
}

/// The name of an occurrence: its event, and when it was planned.
fn name(occurrence: &Occurrence<'_>) -> String {
    format!("{} {:?}", occurrence.event.id, occurrence.planned)
}

/// Compares random windows from `first` on with their halves; returns how many occurrences were seen.
fn compare_windows(calendar: &Calendar, first: NaiveDate, mut random: Random) -> usize {
    let mut seen = 0;
    for zone in ["UTC", "Europe/Madrid", "America/Havana", "Pacific/Chatham", "Asia/Beirut", "Pacific/Apia"] {
        let tz = Tzdb::bundled().zone(zone).expect("a zone");
        for _ in 0..60 {
            let a = first + TimeDelta::days(random.below(700) as i64);
            let b = a + TimeDelta::days(1 + random.below(30) as i64);
            let c = b + TimeDelta::days(1 + random.below(30) as i64);
            let [left, right, whole] = [[a, b], [b, c], [a, c]].map(|days| between(calendar, days, zone));
            let names = |found: &[Occurrence<'_>]| -> BTreeSet<String> { found.iter().map(name).collect() };
            assert_eq!(&names(&left) | &names(&right), names(&whole), "{zone} {a} {b} {c}");
            assert_eq!(names(&whole).len(), whole.len(), "{zone} {a} {c}: each once");
            // What begins inside stands in one half only, and in the same order as in the whole.
            let begins = |found: &[Occurrence<'_>], [from, to]: [NaiveDate; 2]| -> Vec<String> {
                let inside = |when: &When| (from..to).contains(&schedule::when_day(when, tz));
                found.iter().filter(|occurrence| inside(&occurrence.when)).map(name).collect()
            };
            let halves = [begins(&left, [a, b]), begins(&right, [b, c])].concat();
            assert_eq!(halves, begins(&whole, [a, c]), "{zone} {a} {b} {c}");
            seen += whole.len();
        }
    }
    seen
}

#[test]
fn windows_side_by_side_are_the_window_of_both() {
    let calendar = generated(13, 500, 2026..2028);
    let first = NaiveDate::from_ymd_opt(2025, 12, 20).expect("a date");
    let seen = compare_windows(&calendar, first, Random(13));
    assert!(seen > 5_000, "{seen}");
}

/// The calendar of generated series, none of which has an error.
fn repeating(seed: u64, count: usize) -> Calendar {
    let (calendar, findings) = judge(&records::one_file(&series::series(seed, count)), &Tzdb::bundled(), false);
    assert_eq!(calendar.events.len(), count, "{findings:?}");
    calendar
}

#[test]
fn windows_of_series_side_by_side_are_the_window_of_both() {
    let first = NaiveDate::from_ymd_opt(2025, 12, 20).expect("a date");
    let seen = compare_windows(&repeating(20, 150), first, Random(20));
    assert!(seen > 5_000, "{seen}");
}

/// Start and end as they are written.
fn walls(form: &Form) -> [NaiveDateTime; 2] {
    match *form {
        Form::Local { start, end, .. } => [start, end],
        Form::Utc { start, end } => [start.naive_utc(), end.naive_utc()],
        Form::Days(days) => [days.first.into(), days.end.into()],
    }
}

/// A clock time of a feed. All clients agree on it: it is not in an hour that is skipped or happens twice.
fn read_wall(form: &Form, wall: NaiveDateTime) -> String {
    match form {
        Form::Local { zone, .. } => match zone.resolve(wall) {
            Resolved::Single(at) => format!("{}Z", at.naive_utc()),
            other => panic!("{} {wall}: {other:?}", zone.name()),
        },
        Form::Utc { .. } => format!("{wall}Z"),
        Form::Days(_) => wall.date().to_string(),
    }
}

/// Id, start and end of what clients find in 2026 and 2027: of a rule all occurrences, each with its length on the clock.
fn read(view: &FeedView<'_>) -> BTreeSet<(String, String, String)> {
    let id = |shown: &FeedEvent<'_>| shown.event.id.to_string();
    let changed = view.events.iter().filter_map(|shown| Some((shown, shown.planned.as_ref()?)));
    let changed: BTreeSet<(String, NaiveDateTime)> =
        changed.map(|(shown, planned)| (id(shown), walls(planned)[0])).collect();
    let [first, end] = [2026, 2028].map(|year| NaiveDate::from_ymd_opt(year, 1, 1).expect("a date"));
    let mut found = BTreeSet::new();
    for shown in &view.events {
        let form = &shown.form;
        let [from, to] = walls(form);
        let Some(repeats) = &shown.repeats else {
            found.insert((id(shown), read_wall(form, from), read_wall(form, to)));
            continue;
        };
        let rule = Rule::parse(&repeats.rule).expect("a rule");
        let rule = match (rule.end(), form) {
            (End::Until(Until::Utc(until)), Form::Local { zone, .. }) => {
                rule.with_end(End::Until(Until::DateTime(until.and_utc().with_timezone(zone).naive_local())))
            }
            _ => rule,
        };
        let slack = TimeDelta::days(1);
        for planned in rule.between(from, (first - slack).into(), (end + slack).into()) {
            let is_taken_out = repeats.except.iter().any(|except| walls(except)[0] == planned);
            if !is_taken_out && !changed.contains(&(id(shown), planned)) {
                found.insert((id(shown), read_wall(form, planned), read_wall(form, planned + (to - from))));
            }
        }
    }
    let [first, end] = [first, end].map(|day| day.to_string());
    found.retain(|(_, start, _)| (&first..&end).contains(&start));
    found
}

#[test]
fn a_feed_of_rules_says_what_the_expanded_one_says() {
    for seed in 22..30 {
        let calendar = repeating(seed, 100);
        let reach = |text| Reach::parse(text);
        let rules = Feed { past: reach("1y"), ..all() };
        let expanded = Feed { series: Series::Expanded, past: reach("1y"), ..all() };
        let [by_rules, one_by_one] = [&rules, &expanded].map(|feed| {
            let view = FeedView::new(&calendar, feed, now());
            let uids: BTreeSet<_> =
                view.events.iter().map(|one| (&one.uid, one.planned.is_some(), one.begins)).collect();
            assert_eq!(uids.len(), view.events.len(), "a UID is there once");
            read(&view)
        });
        assert!(one_by_one.len() > 500, "{}", one_by_one.len());
        let differ: Vec<_> = by_rules.symmetric_difference(&one_by_one).collect();
        assert!(differ.is_empty(), "{seed}: {differ:#?}");
    }
}

/// What a series from a date on says is what two series say, one up to that date and one from it on; hours of one phrase
/// are what a series an hour says.
#[test]
fn parts_of_a_series_happen_as_series_of_their_own() {
    let tzdb = Tzdb::bundled();
    let head = "kind = \"meeting\"\ntimezone = \"America/New_York\"\n";
    let event = |id: &str, rest: &str| format!("[[event]]\nid = \"{id}\"\ntitle = \"x\"\n{head}{rest}\n");
    for (whole, alone) in [
        (
            "start = 2026-01-06T19:00\nrepeat = \"every week on tue\"\n[[event.from]]\ndate = 2026-03-01\nstart = \"20:00\"",
            vec![
                "start = 2026-01-06T19:00\nrepeat = \"every week on tue\"\nuntil = 2026-02-28",
                "start = 2026-03-03T20:00\nrepeat = \"every week on tue\"",
            ],
        ),
        // The fortnights go on as they were counted.
        (
            "start = 2026-01-06T19:00\nrepeat = \"every 2 weeks\"\n[[event.from]]\ndate = 2026-02-05\nduration = \"5h\"\n\
             [[event.from]]\ndate = 2026-03-09\nrepeat = \"every 2 weeks on wed\"",
            vec![
                "start = 2026-01-06T19:00\nrepeat = \"every 2 weeks\"\nuntil = 2026-02-04",
                "start = 2026-02-17T19:00\nduration = \"5h\"\nrepeat = \"every 2 weeks\"\nuntil = 2026-03-08",
                "start = 2026-03-11T19:00\nduration = \"5h\"\nrepeat = \"every 2 weeks\"",
            ],
        ),
        // A count is that of all parts.
        (
            "start = 2026-01-06T19:00\nrepeat = \"every week on tue\"\ncount = 12\n[[event.from]]\ndate = 2026-02-04\n\
             repeat = \"every week on mon at 10:00 and thu at 12:00\"",
            vec![
                "start = 2026-01-06T19:00\nrepeat = \"every week on tue\"\ncount = 5",
                "start = 2026-02-05T12:00\nrepeat = \"every week on thu\"\ncount = 4",
                "start = 2026-02-09T10:00\nrepeat = \"every week on mon\"\ncount = 3",
            ],
        ),
        (
            "start = 2026-01-31T19:00\nrepeat = \"every month on day 30 or the last at 19:00 and day 1 at 11:00\"",
            vec![
                "start = 2026-02-01T11:00\nrepeat = \"every month on day 1\"",
                "start = 2026-02-28T19:00\nrrule = \"FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1\"",
            ],
        ),
        (
            "start = 2026-01-05\nrepeat = \"every week on mon\"\n[[event.from]]\ndate = 2026-02-01\nrepeat = \"daily\"\n\
             end = 2026-02-02",
            vec![
                "start = 2026-01-05\nrepeat = \"every week on mon\"\nuntil = 2026-01-31",
                "start = 2026-02-01\nend = 2026-02-02\nrepeat = \"daily\"",
            ],
        ),
    ] {
        let parts: Vec<String> = alone.iter().enumerate().map(|(at, rest)| event(&format!("p{at}"), rest)).collect();
        let [whole, alone] = [event("whole", whole), parts.concat()].map(|text| {
            let (calendar, findings) = judge(&text, &tzdb, true);
            let errors: Vec<_> = findings.iter().filter(|finding| finding.is_error()).collect();
            assert!(errors.is_empty() && !calendar.events.is_empty(), "{text}: {errors:?}");
            let days = ["2026-01-01", "2027-06-01"].map(|day| day.parse::<NaiveDate>().expect("a date"));
            between(&calendar, days, "Europe/Madrid").iter().map(|one| one.when).collect::<Vec<When>>()
        });
        assert!(!whole.is_empty());
        assert_eq!(whole, alone);
    }
}

#[test]
fn an_old_series_happens_as_a_young_one_does() {
    let tzdb = Tzdb::bundled();
    for (old, young, repeat) in [
        ("1990-01-02T19:00", "2026-10-20T19:00", "repeat = \"weekly\""),
        ("1990-01-02T02:30", "2026-10-20T02:30", "repeat = \"every 2 weeks on tue and sun\""),
        ("1990-01-02T19:00", "2026-10-20T19:00", "rrule = \"FREQ=MONTHLY;BYDAY=TU,SU;BYSETPOS=-2\""),
        ("1990-01-02", "2026-10-20", "repeat = \"daily\""),
    ] {
        let calendars = [old, young].map(|start| {
            let timezone = if start.contains('T') { "timezone = \"America/New_York\"\n" } else { "" };
            let text = format!("title = \"x\"\nkind = \"meeting\"\nid = \"x\"\nstart = {start}\n{timezone}{repeat}\n");
            let (calendar, findings) = judge(&text, &tzdb, true);
            assert_eq!(calendar.events.len(), 1, "{findings:?}");
            calendar
        });
        let mut random = Random(31);
        for _ in 0..50 {
            let first =
                NaiveDate::from_ymd_opt(2026, 11, 1).expect("a date") + TimeDelta::days(random.below(3_000) as i64);
            let end = first + TimeDelta::days(1 + random.below(100) as i64);
            let [old, young] = [0, 1].map(|which: usize| -> Vec<When> {
                between(&calendars[which], [first, end], "Europe/Madrid").iter().map(|one| one.when).collect()
            });
            assert_eq!(old, young, "{repeat} {first} {end}");
        }
    }
}

#[test]
fn many_threads_write_what_one_writes() {
    let mut calendar = generated(14, 1_000, 2020..2030);
    // A thread takes thousands at a time.
    calendar.events = (0..10).flat_map(|_| calendar.events.clone()).collect();
    let one = feed(&calendar, 1);
    for threads in [2, 3, 8] {
        assert!(feed(&calendar, threads) == one, "{threads} threads");
    }
}

#[test]
fn many_threads_judge_as_one_does() {
    // Every third record has a mistake, so that diagnostics are compared too.
    let mut records = records::records(15, 600, 2020..2030);
    for record in records.iter_mut().step_by(3) {
        record.fields = record.fields.replace("kind = \"", "kind = \"x");
    }
    let text = records::one_file(&records);
    let tzdb = Tzdb::bundled();
    let [(one, found), (many, found_by_many)] = [false, true].map(|alone| judge(&text, &tzdb, alone));
    assert_eq!(one.events, many.events);
    assert_eq!(found, found_by_many);
    assert_eq!(found.iter().filter(|finding| finding.code == diagnostic::Code::UnknownKind).count(), 200);
}

/// The project's own records, and generated ones.
fn specimens() -> Vec<String> {
    let mut texts: Vec<String> = records::records(16, 60, 2024..2029).into_iter().map(|record| record.fields).collect();
    texts.extend(records::records(17, 60, 2024..2029).chunks(5).map(records::one_file));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = redletter::source::find::records(&redletter::source::root::Root::open(root).expect("our own calendar"));
    texts.extend(found.iter().map(|file| fs::read_to_string(&file.path).expect("UTF-8")));
    texts
}

/// Pieces that mean something to some reader on the way.
const PIECES: [&str; 46] = [
    "\"",
    "'",
    "\"\"\"",
    "'''",
    "[[event]]\n",
    "[defaults]\n",
    "[online]\n",
    "#",
    "=",
    ".",
    "{",
    "}",
    "[",
    "]",
    ",",
    "\\",
    "\\u0000",
    "\\U0010FFFF",
    "\n",
    "\r\n",
    "\u{FEFF}",
    "\0",
    "\u{202E}",
    "\u{2028}",
    "🚩",
    "e\u{301}",
    "0001-01-01T00:00:00+14:00",
    "9998-12-31T23:59:59-14:00",
    "9999-12-31",
    "1900-01-01T00:00:00+14:00",
    "2200-12-31T23:59:59-14:00",
    "0000-01-01",
    "2026-02-30",
    "24:00",
    "23:59:60",
    "1e999",
    "-0",
    "nan",
    "\"local\"",
    "\"UTC\"",
    "duration = \"4000000w\"\n",
    "end = 2200-12-31\n",
    "announced = [\"4:00 PST\"]\n",
    "timezone = \"Africa/Monrovia\"\n",
    "moved-from = 1900-01-01\n",
    "part-of = \"x\"\n",
];

/// Where the value of one of the lines stands.
fn value(text: &str, random: &mut Random) -> Option<std::ops::Range<usize>> {
    let starts: Vec<usize> = text.match_indices(" = ").map(|(at, _)| at + 3).collect();
    let start = *starts.get(random.below(starts.len().max(1) as u64) as usize)?;
    Some(start..text[start..].find('\n').map_or(text.len(), |length| start + length))
}

/// One of the texts, with one to three changes.
fn mutated(texts: &[String], random: &mut Random) -> String {
    let text_of = |random: &mut Random| &texts[random.below(texts.len() as u64) as usize];
    let mut text = text_of(random).clone();
    let place = |text: &str, random: &mut Random| {
        let mut at = random.below(text.len() as u64 + 1) as usize;
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    for _ in 0..=random.below(3) {
        let [a, b] = [place(&text, random), place(&text, random)];
        match random.below(8) {
            0 => text.truncate(a),
            1 => {
                let length = text[a..].chars().take(random.below(12) as usize).map(char::len_utf8).sum::<usize>();
                text.replace_range(a..a + length, "");
            }
            2 => {
                let piece = text[a.min(b)..a.max(b)].to_owned();
                text.insert_str(a, &piece);
            }
            3 => {
                let other = text_of(random);
                let [c, d] = [place(other, random), place(other, random)];
                text.insert_str(a, &other[c.min(d)..c.max(d)]);
            }
            4..=6 => {
                // Values are where meaning is judged: those of other records, and pieces.
                if let Some(range) = value(&text, random) {
                    let other = text_of(random);
                    let new = value(other, random).filter(|_| !random.one_in(4)).map(|range| &other[range]);
                    text.replace_range(range, new.unwrap_or(random.pick(&PIECES)));
                }
            }
            _ => text.insert_str(a, random.pick(&PIECES)),
        }
    }
    text
}

#[test]
fn no_text_of_a_record_panics() {
    let texts = specimens();
    let tzdb = Tzdb::bundled();
    let mut random = Random(18);
    let (mut sound, mut wrong) = (0, 0);
    for _ in 0..8_000 {
        let text = mutated(&texts, &mut random);
        let (calendar, findings) = judge(&text, &tzdb, false);
        let source = Source::file("events/x.toml", &*text);
        let mut diagnostics: Vec<Diagnostic> = findings.into_iter().map(|finding| finding.within(&source)).collect();
        diagnostic::sort(&mut diagnostics);
        let printed = [
            diagnostic::text::render(&diagnostics, true, 80),
            diagnostic::github::render(&diagnostics),
            serde_json::to_string(&diagnostic::json::entries(&diagnostics)).expect("JSON"),
            diagnostic::sarif::render(&diagnostics).to_string(),
        ];
        assert!(diagnostics.is_empty() || printed.iter().all(|text| !text.is_empty()));
        wrong += diagnostics.len();
        // What is taken can be written, and is read back.
        let feed = all();
        let view = FeedView::new(&calendar, &feed, now());
        let mut bytes = Vec::new();
        ics::write(&view, &mut bytes).expect("memory");
        assert_eq!(proof::read_back(&bytes, &view), Ok(()), "{text}");
        sound += calendar.events.len();
    }
    assert!(sound > 1_000 && wrong > 10_000, "{sound} events, {wrong} mistakes");
}

#[test]
fn no_settings_panic() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("calendar.toml")).expect("UTF-8");
    let more =
        "[kinds.picket]\nlabel = { en = \"Picket\", es = \"Piquete\" }\ncolor = \"firebrick\"\nduration = \"8h\"\n";
    let texts = [text.clone(), format!("{text}\n{more}"), format!("{more}past = \"90d\"\nrefresh = \"6h\"\n")];
    let tzdb = Tzdb::bundled();
    let mut random = Random(19);
    for _ in 0..2_000 {
        let text = mutated(&texts, &mut random);
        let (_, findings) = calendar::settings::read(&text, &tzdb);
        let source = Source::file("calendar.toml", &*text);
        let diagnostics: Vec<Diagnostic> = findings.into_iter().map(|finding| finding.within(&source)).collect();
        diagnostic::text::render(&diagnostics, false, 80);
    }
}

/// The calendar of `text` as of `now`, in the zone of Madrid.
fn judged_at(text: &str, now: DateTime<Utc>) -> Calendar {
    let tzdb = Tzdb::bundled();
    let settings =
        Settings { timezone: tzdb.zone("Europe/Madrid"), domain: "example.org".into(), ..Settings::default() };
    let (judged, _) = load::judge_text("events/x.toml", text, &load::context(&settings, &tzdb, now), false);
    let mut events: Vec<Event> = judged.into_iter().filter_map(|judged| Some(*judged.event?)).collect();
    events.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    Calendar { settings, events, as_of: now }
}

#[test]
fn a_day_later_what_is_open_has_one_day_more_and_nothing_else_is_other() {
    let text = records::one_file(&records::records(31, 900, 2024..2029));
    let [today, tomorrow] = [0, 1].map(|days| judged_at(&text, now() + chrono::TimeDelta::days(days)));
    let mut begun = 0;
    for (before, after) in today.events.iter().zip(&tomorrow.events) {
        if before.is_open() {
            let zone = today.settings.timezone.expect("a zone");
            let [one, other] =
                [(before, &today), (after, &tomorrow)].map(|(event, calendar)| event.day_number(calendar.as_of, zone));
            assert_eq!(one.map_or(other.unwrap_or(1), |number| number + 1), other.unwrap_or(1), "{}", before.id);
            let days = (after.when.last_day() - before.when.last_day()).num_days();
            assert_eq!(days, i64::from(one.is_some()), "{}", before.id);
            begun += days;
        }
        let when = if before.is_open() { before.when } else { after.when };
        assert_eq!(
            (before.when.first_day(), before.when.start_instant()),
            (after.when.first_day(), after.when.start_instant())
        );
        assert_eq!(*before, Event { when, ..after.clone() });
    }
    assert!(begun > 20, "{begun}");

    // In a feed, the same: beside the time of writing, the end and the number behind the title.
    let lines = |calendar: &Calendar| -> Vec<String> {
        let (feed, mut bytes) = (all(), Vec::new());
        let view = FeedView::of(calendar, &feed, calendar.as_of, None, Event::is_open);
        ics::write(&view, &mut bytes).expect("memory");
        assert_eq!(proof::read_back(&bytes, &view), Ok(()));
        String::from_utf8(bytes).expect("UTF-8").replace("\r\n ", "").lines().map(ToOwned::to_owned).collect()
    };
    let (before, after) = (lines(&today), lines(&tomorrow));
    assert_eq!(before.len(), after.len());
    for (before, after) in before.iter().zip(&after).filter(|(before, after)| before != after) {
        let name = before.split([':', ';']).next().unwrap_or_default();
        assert!(["DTSTAMP", "LAST-MODIFIED", "DTEND", "SUMMARY"].contains(&name), "{before}\n{after}");
    }
}

#[test]
fn rows_of_a_sheet_in_any_order_print_the_same_bytes() {
    let cities = ["Lima", "Cusco", "Athens", "Seoul", "Nairobi", "Havana", "Dakar", "Hanoi", "Tbilisi", "Suva"];
    let countries = ["PE", "PE", "GR", "KR", "KE", "CU", "SN", "VN", "GE", "FJ"];
    let mut random = Random(7);
    let mut rows: Vec<String> = (0..200)
        .map(|number| {
            let hour = if number % 3 == 0 { String::new() } else { format!("{}:30", 9 + random.below(10)) };
            format!("{} {number},{},{hour},\"a, {number}\"", cities[number % 10], countries[number % 10])
        })
        .collect();
    let record = "title = \"Day\"\nkind = \"action-day\"\nstart = 2027-03-02\nlocals = \"day.csv\"\n";
    let print = |rows: &[String]| {
        let root = tempfile::tempdir().expect("a folder");
        fs::create_dir(root.path().join("events")).expect("a folder");
        fs::write(root.path().join("calendar.toml"), "domain = \"example.org\"\n").expect("settings");
        fs::write(root.path().join("events/day.toml"), record).expect("a record");
        let sheet = format!("city,country,start,location.name\n{}\n", rows.join("\n"));
        fs::write(root.path().join("events/day.csv"), sheet).expect("a sheet");
        let loaded = calendar::load(root.path(), &Tzdb::bundled(), now()).expect("a calendar");
        assert_eq!(loaded.diagnostics, []);
        assert_eq!(loaded.calendar.events.len(), 201);
        let feed = all();
        let mut bytes = Vec::new();
        ics::write(&FeedView::new(&loaded.calendar, &feed, now()), &mut bytes).expect("a vector takes all");
        (loaded.calendar.events, bytes)
    };
    let whole = print(&rows);
    for _ in 0..3 {
        for index in (1..rows.len()).rev() {
            rows.swap(index, random.below(index as u64 + 1) as usize);
        }
        assert!(print(&rows) == whole);
    }
}
