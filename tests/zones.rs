//! A second opinion on time zones: Python's `zoneinfo` with the newest `tzdata` package, asked by
//! `tests/opinions/zones.py` around every change of clocks in every zone.

mod opinion;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::LazyLock;

use chrono::DateTime;
use redletter::zone::{Origin, Resolved, Tzdb, Zone, country};

/// Names and wall clocks of which Python's zoneinfo is wrong. Nuuk kept UTC−2 when it began to keep EU summer time on
/// 2023-10-29, so that its clocks did not change; zoneinfo applies the rule that begins there to the hour before.
const PYTHON_IS_WRONG: [(&str, i64); 2] = [("America/Nuuk", 1_698_535_800), ("America/Godthab", 1_698_535_800)];

static OPINION: LazyLock<String> = LazyLock::new(|| opinion::of("zones.py", &[], ""));

/// The package's folder of zone files.
fn folder() -> PathBuf {
    let first = OPINION.lines().next().expect("a first line");
    first.split('\t').nth(1).expect("a folder").into()
}

fn database_of_the_package() -> Tzdb {
    let tzdb = Tzdb::newest(&[], Some(&folder())).expect("the package says its version");
    let bundled = Tzdb::bundled();
    assert!(
        *tzdb.origin() != Origin::Bundled || tzdb.version() == tzdb.considered()[1].0,
        "the bundled {} is newer than the package: update tzdata in tests/opinions",
        bundled.version()
    );
    tzdb
}

/// Expands `2*3600/CET 1*7200/CEST`.
fn expand(runs: &str) -> impl Iterator<Item = &str> {
    runs.split(' ').flat_map(|run| {
        let (count, answer) = run.split_once('*').expect("a count");
        std::iter::repeat_n(answer, count.parse().expect("a number"))
    })
}

fn instant_answer(zone: Zone, at: i64, answer: &mut String) {
    let regime = zone.regime_at(DateTime::from_timestamp(at, 0).expect("in range"));
    write!(answer, "{}/{}", regime.offset.local_minus_utc(), regime.abbreviation).expect("a String takes all");
}

fn wall_answer(zone: Zone, wall: i64, answer: &mut String) {
    let wall = DateTime::from_timestamp(wall, 0).expect("in range").naive_utc();
    let (fold_0, fold_1) = match zone.resolve(wall) {
        Resolved::Single(instant) => {
            let offset = zone.offset_at(instant);
            assert_eq!(instant.with_timezone(&zone).naive_local(), wall, "{zone}: there and back");
            (offset, offset)
        }
        Resolved::Gap { before, after, .. } | Resolved::Overlap { before, after, .. } => (before, after),
    };
    write!(answer, "{}/{}", fold_0.seconds(), fold_1.seconds()).expect("a String takes all");
}

/// Asserts that a database answers as Python does from a second on, and returns how many answers were compared.
fn compare(tzdb: &Tzdb, from: i64) -> usize {
    let mut different = Vec::new();
    let mut compared = 0;
    let mut answer = String::new();
    for line in OPINION.lines().skip(1) {
        let cells: Vec<_> = line.split('\t').collect();
        let [names, start, instants, wall_start, walls] = cells[..] else { panic!("five cells: {line}") };
        let (start, wall_start): (i64, i64) = (start.parse().expect("a number"), wall_start.parse().expect("a number"));
        if start < from {
            continue;
        }
        for name in names.split(',').filter(|name| *name != "Factory") {
            let zone = tzdb.zone(name).unwrap_or_else(|| panic!("{name} is unknown"));
            let hours = (start..).step_by(3600).zip(expand(instants)).map(|(at, expected)| (false, at, expected));
            let half_hours = (wall_start..).step_by(1800).zip(expand(walls)).map(|(at, expected)| (true, at, expected));
            for (is_wall, at, expected) in hours.chain(half_hours) {
                answer.clear();
                let ask = if is_wall { wall_answer } else { instant_answer };
                ask(zone, at, &mut answer);
                compared += 1;
                if answer != expected && !(is_wall && PYTHON_IS_WRONG.contains(&(name, at))) {
                    let kind = if is_wall { "wall" } else { "instant" };
                    different.push(format!("{name} {kind} {at}: {answer}, Python has {expected}"));
                }
            }
        }
    }
    let shown = different.iter().take(40).map(String::as_str).collect::<Vec<_>>().join("\n");
    assert!(different.is_empty(), "tzdb {}: {} of {compared} differ\n{shown}", tzdb.version(), different.len());
    compared
}

#[test]
fn python_agrees_on_its_own_rules() {
    assert!(compare(&database_of_the_package(), i64::MIN) > 1_000_000);
}

#[test]
fn python_agrees_on_the_bundled_rules() {
    // tz promises nothing of the time before 1970.
    assert!(compare(&Tzdb::bundled(), 0) > 1_000_000);
}

#[test]
fn daylight_saving_is_the_same_in_both_forms_of_tz() {
    // The package is of tz's main form, the bundled database of its rearguard form.
    let (bundled, package) = (Tzdb::bundled(), database_of_the_package());
    let (from, to) = (1_560_000_000, 4_000_000_000); // 2019 to 2096
    for name in bundled.names() {
        let [ours, theirs] = [&bundled, &package].map(|tzdb| tzdb.zone(name).expect(name));
        let mut at = DateTime::from_timestamp(from, 0).expect("in range");
        while let Some(next) = ours.next_transition(at).filter(|next| next.at.timestamp() < to) {
            assert_eq!(Some(next), theirs.next_transition(at), "{name}");
            at = next.at;
        }
    }
}

#[test]
fn tables_of_countries_are_those_of_the_package() {
    let read = |name: &str| std::fs::read_to_string(folder().join(name)).expect(name);
    let rows = |text: &str| -> Vec<Vec<String>> {
        let rows = text.lines().filter(|line| !line.starts_with('#'));
        rows.map(|line| line.split('\t').map(str::to_owned).collect()).collect()
    };
    let tzdb = Tzdb::bundled();

    let codes: BTreeSet<_> = rows(&read("iso3166.tab")).into_iter().map(|row| row[0].clone()).collect();
    assert!(country::all().map(|(code, _)| code).eq(codes.iter().map(String::as_str)));

    let mut zones = BTreeMap::<_, Vec<_>>::new();
    let mut countries = BTreeMap::<_, BTreeSet<_>>::new();
    for row in rows(&read("zone.tab")) {
        countries.entry(row[2].clone()).or_default().insert(row[0].clone());
        zones.entry(row[0].clone()).or_default().push(row[2].clone());
    }
    for row in rows(&read("zone1970.tab")) {
        countries.entry(row[2].clone()).or_default().extend(row[0].split(',').map(str::to_owned));
    }
    for code in codes {
        assert_eq!(tzdb.of_country(&code), zones.remove(&code).unwrap_or_default(), "{code}");
    }
    for (name, expected) in countries {
        let ours: BTreeSet<_> =
            tzdb.zone(&name).expect(&name).countries().iter().map(|code| (*code).to_owned()).collect();
        assert_eq!(ours, expected, "{name}");
    }
}
