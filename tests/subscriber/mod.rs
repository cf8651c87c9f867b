//! Programs that people subscribe with, from Debian: started here, asked what they show, and ended with the test, however
//! that ends.

pub(crate) mod calcurse;
pub(crate) mod khal;
pub(crate) mod server;
pub(crate) mod thunderbird;

use std::collections::BTreeSet;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

/// An occurrence as a subscriber shows it, in the terms of [`crate::expected`]: days with an exclusive end, instants in UTC.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Shown {
    pub(crate) start: String,
    pub(crate) end: String,
    pub(crate) title: String,
    /// Where the program shows it.
    pub(crate) status: Option<String>,
}

/// What is shown, and how often: two events may look alike.
pub(crate) type Occurrences = Vec<Shown>;

/// A process and its children, which end when this is dropped.
pub(crate) struct Running(pub(crate) Child);

impl Running {
    /// Starts it in a process group of its own and under a limit of time.
    pub(crate) fn start(command: &mut Command) -> Running {
        let name = command.get_program().to_owned();
        Running(
            command
                .process_group(0)
                .spawn()
                .unwrap_or_else(|error| panic!("{}: {error}; run tests/run", name.to_string_lossy())),
        )
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let group = format!("-{}", self.0.id());
        // What has ended by itself is no longer there to be killed.
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        let _ = self.0.wait();
    }
}

/// A program of Debian with a home of its own, at most two minutes long.
pub(crate) fn program(name: &str, home: &Path, timezone: &str) -> Command {
    let mut command = Command::new("timeout");
    command.args(["--kill-after=5", "120", name]);
    let path = std::env::var_os("PATH").unwrap_or_default();
    command.env_clear().env("PATH", path).env("HOME", home).env("TZ", timezone).env("LC_ALL", "C.UTF-8");
    command.current_dir(home).stdin(Stdio::null());
    command
}

/// What a program prints. One that fails is a panic.
pub(crate) fn output(command: &mut Command) -> String {
    let run = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let errors = String::from_utf8_lossy(&run.stderr);
    assert!(
        run.status.success(),
        "{command:?}: {}; if it is missing, run tests/run\n{}\n{errors}",
        run.status,
        String::from_utf8_lossy(&run.stdout)
    );
    String::from_utf8(run.stdout).expect("UTF-8")
}

/// A local time where clocks are `hours` ahead of UTC, as the instant.
pub(crate) fn instant(local: &str, format: &str, hours: i64) -> String {
    let local = NaiveDateTime::parse_from_str(local, format).unwrap_or_else(|error| panic!("{local:?}: {error}"));
    (local - TimeDelta::hours(hours)).format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A day, or the one behind it.
pub(crate) fn day(text: &str, format: &str, later: i64) -> String {
    let day = NaiveDate::parse_from_str(text, format).unwrap_or_else(|error| panic!("{text:?}: {error}"));
    (day + TimeDelta::days(later)).to_string()
}

/// Fails, with the differences, where a subscriber does not show what it should.
pub(crate) fn assert_shown(who: &str, shown: &Occurrences, wanted: &Occurrences) {
    if let Some(difference) = difference(shown, wanted) {
        panic!("{who} {difference}");
    }
    assert!(wanted.len() > 40, "{} occurrences are few", wanted.len());
}

/// In what they differ, status where both know it.
pub(crate) fn difference(shown: &Occurrences, wanted: &Occurrences) -> Option<String> {
    let knows_status = shown.iter().any(|one| one.status.is_some());
    let lines = |all: &Occurrences| {
        let mut seen = std::collections::BTreeMap::<Shown, usize>::new();
        let mut lines = BTreeSet::new();
        for one in all {
            let one = Shown { status: one.status.clone().filter(|_| knows_status), ..one.clone() };
            let count = seen.entry(one.clone()).or_default();
            *count += 1;
            lines.insert((one, *count));
        }
        lines
    };
    let (shown, wanted) = (lines(shown), lines(wanted));
    let list = |of: &BTreeSet<(Shown, usize)>, other: &BTreeSet<(Shown, usize)>| {
        of.difference(other).map(|(one, _)| format!("  {one:?}\n")).collect::<Vec<_>>().concat()
    };
    (shown != wanted).then(|| format!("lacks:\n{}and shows:\n{}", list(&wanted, &shown), list(&shown, &wanted)))
}
