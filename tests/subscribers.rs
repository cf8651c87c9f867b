//! Subscribers that people use, each in a zone of its own, show the occurrences of `redletter agenda`; and what is moved or
//! called off reaches them when they next ask.

mod actions;
mod binary;
mod expected;
mod subscriber;

use std::path::Path;
use std::time::{Duration, Instant};

use expected::expected;
use serde_json::Value;
use subscriber::khal::Khal;
use subscriber::server::Server;
use subscriber::thunderbird::Thunderbird;
use subscriber::{Occurrences, Shown, assert_shown, calcurse, difference};

/// The days whose starts are compared.
const FROM: &str = "2026-10-15";
const TO: &str = "2027-07-01";
const DAYS: i64 = 259;

fn within(mut occurrences: Occurrences) -> Occurrences {
    occurrences.retain(|one| *one.start >= *FROM && *one.start < *TO);
    occurrences
}

/// What redletter says.
fn wanted(root: &Path) -> Occurrences {
    let range = ["agenda", "--from", FROM, "--to", "2027-06-30", "--format", "json", "-t", "UTC"];
    let agenda: Value = serde_json::from_slice(&binary::printed(root, &range)).expect("JSON");
    let occurrences = agenda["occurrences"].as_array().expect("a list").iter().map(|one| {
        let found = expected(one);
        Shown { start: found.start, end: found.end, title: found.summary, status: Some(found.status) }
    });
    within(occurrences.collect())
}

/// Each of them, once more where it has not caught up yet.
fn compare(root: &Path, server: &Server, home: &Path, khal: &Khal, thunderbird: &mut Thunderbird) -> Occurrences {
    let wanted = wanted(root);
    assert_shown("khal", &within(khal.synced(FROM, DAYS)), &wanted);
    assert_shown("calcurse", &within(calcurse::imported(home, &server.get("/feeds/expanded.ics"))), &wanted);
    let begin = Instant::now();
    let mut shown = within(thunderbird.refreshed(FROM, TO));
    while difference(&shown, &wanted).is_some() && begin.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(100));
        shown = within(thunderbird.shown(FROM, TO));
    }
    assert_shown("Thunderbird", &shown, &wanted);
    wanted
}

#[test]
fn subscribers_show_the_agenda_and_learn_what_changed() {
    let root = actions::calendar();
    let home = tempfile::tempdir().expect("a folder");
    binary::printed(root.path(), &["lock"]);
    let server = Server::of(root.path());
    let mut thunderbird = Thunderbird::subscribed(home.path(), &server.address("/feeds/all.ics"));
    let khal = Khal::new(home.path(), &server.address("/feeds/all.ics"));
    let before = compare(root.path(), &server, home.path(), &khal, &mut thunderbird);

    for edit in [
        &["move", "forum", "--to", "2026-12-05T19:30"][..],
        &["move", "picket", "--on", "2026-12-08", "--to", "2026-12-09T10:15"],
        &["cancel", "lima"],
        &["cancel", "picket", "--on", "2026-12-15"],
        &["cancel", "camp"],
    ] {
        binary::printed(root.path(), edit);
    }
    binary::printed(root.path(), &["lock"]);
    for feed in ["all", "expanded"] {
        server.wait_for(&format!("/feeds/{feed}.ics"), &binary::printed(root.path(), &["feed", feed]));
    }
    let after = compare(root.path(), &server, home.path(), &khal, &mut thunderbird);
    let new: Vec<&Shown> = after.iter().filter(|one| !before.contains(one)).collect();
    assert_eq!(new.len(), 5, "{new:?}");
    assert_eq!(new.iter().filter(|one| one.status.as_deref() == Some("CANCELLED")).count(), 3, "{new:?}");
}
