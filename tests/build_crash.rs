//! `redletter build`, killed at any point: the site is always the old one or the new one, whole.
#![cfg(unix)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const EVENTS: usize = 150;
const KILLS: u32 = 50;

/// A calendar: `what` stands in the title of every page, and every third event is in one of them only.
fn calendar(root: &Path, what: &str, version: usize) {
    let mut text = String::new();
    for number in (0..EVENTS).filter(|number| number % 3 != version) {
        write!(
            text,
            "[[event]]\nid = \"march-{number}\"\ntitle = \"March {number}\"\nkind = \"protest\"\n\
             start = 2026-{:02}-{:02}T18:00\ntimezone = \"Europe/Madrid\"\n\n",
            1 + number % 12,
            1 + number % 28
        )
        .expect("a String takes all");
    }
    fs::create_dir_all(root.join("events")).expect("a folder");
    fs::write(root.join("events/all.toml"), text).expect("records");
    let settings = format!("title = \"{what}\"\ndomain = \"example.org\"\nurl = \"https://example.org/\"\n");
    fs::write(root.join("calendar.toml"), settings).expect("settings");
}

fn build(root: &Path, out: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redletter"));
    command.args(["--now", "2026-05-01T12:00:00Z", "-r"]).arg(root).arg("build").arg("-o").arg(out);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn read(folder: &Path, root: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            read(&path, root, found);
        } else {
            let name = path.strip_prefix(root).expect("below").display().to_string();
            found.insert(name, fs::read(&path).expect("a file"));
        }
    }
}

fn all(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    read(root, root, &mut found);
    found
}

#[test]
fn a_build_killed_at_any_point_leaves_a_whole_site() {
    let folder = tempfile::tempdir().expect("a folder");
    let roots = ["one", "two"].map(|name| folder.path().join(name));
    let mut took = Duration::MAX;
    let whole = [0, 1].map(|version| {
        calendar(&roots[version], ["Streets", "Squares"][version], version);
        let out = roots[version].join("public");
        let begin = Instant::now();
        assert!(build(&roots[version], &out).status().expect("a build").success());
        took = took.min(begin.elapsed());
        all(&out)
    });
    assert!(whole[0].len() > 2 * EVENTS / 3 && whole[0] != whole[1]);

    let out = folder.path().join("site/public");
    assert!(build(&roots[0], &out).status().expect("a build").success());
    assert!(all(&out) == whole[0], "the same bytes wherever it stands");
    let (mut seen, mut killed) = (BTreeSet::new(), 0);
    for kill in 0..KILLS {
        // Always the one that does not stand there.
        let next = usize::from(all(&out) == whole[0]);
        let mut running = build(&roots[next], &out).spawn().expect("a build");
        // From the start to a little after the usual end, evenly, in an order that mixes them.
        std::thread::sleep(took * (kill * 19 % KILLS) / KILLS * 11 / 10);
        running.kill().expect("killed");
        if running.wait().expect("gone").success() {
            // It was quicker than those before: the next kills come earlier.
            took = took * 9 / 10;
        } else {
            killed += 1;
        }
        let now = all(&out);
        let which = whole.iter().position(|site| *site == now);
        assert!(which.is_some(), "kill {kill}: a site between, of {} files", now.len());
        seen.insert(which == Some(next));
    }
    assert!(killed > 15, "many builds were killed before their end: {killed}");
    assert!(seen.contains(&false), "some kills came before the swap");
    for root in [0, 1] {
        assert!(build(&roots[root], &out).status().expect("a build").success());
        assert!(all(&out) == whole[root], "the next build is fine");
    }
}
