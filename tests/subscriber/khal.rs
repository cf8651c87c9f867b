//! khal, which shows what vdirsyncer fetched.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::{Occurrences, Shown, day, instant, output, program};

const ZONE: &str = "Asia/Seoul";

/// A folder with the settings of both, and what they keep.
pub(crate) struct Khal(PathBuf);

impl Khal {
    pub(crate) fn new(home: &Path, feed: &str) -> Khal {
        let home = home.join("khal");
        let items = home.join("items");
        fs::create_dir_all(&items).expect("a folder");
        let sync = format!(
            "[general]\nstatus_path = \"{home}/status\"\n[pair feed]\na = \"here\"\nb = \"there\"\ncollections = null\n\
             [storage here]\ntype = \"filesystem\"\npath = \"{items}\"\nfileext = \".ics\"\n\
             [storage there]\ntype = \"http\"\nurl = \"{feed}\"\n",
            home = home.display(),
            items = items.display()
        );
        let show = format!(
            "[calendars]\n[[feed]]\npath = {items}\nreadonly = true\n[sqlite]\npath = {home}/khal.db\n\
             [locale]\nlocal_timezone = {ZONE}\ndefault_timezone = {ZONE}\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\n\
             longdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%dT%H:%M\nlongdatetimeformat = %Y-%m-%dT%H:%M\n",
            home = home.display(),
            items = items.display()
        );
        fs::write(home.join("vdirsyncer"), sync).expect("a file");
        fs::write(home.join("khal"), show).expect("a file");
        let khal = Khal(home);
        khal.vdirsyncer("discover");
        khal
    }

    fn vdirsyncer(&self, verb: &str) {
        output(program("vdirsyncer", &self.0, ZONE).args(["-c", "vdirsyncer", verb]));
    }

    /// Fetches the feed, and says what khal lists of these days. An occurrence is listed on each day that it lasts.
    pub(crate) fn synced(&self, from: &str, days: i64) -> Occurrences {
        self.vdirsyncer("sync");
        let fields =
            ["uid", "start-long-full", "end-long-full", "all-day", "status", "title"].map(|name| format!("{{{name}}}"));
        let days = format!("{days}d");
        let printed =
            output(program("khal", &self.0, ZONE).args(["--no-color", "-c", "khal", "list", "--notstarted"]).args([
                "--day-format",
                "",
                "--format",
                &fields.join("\t"),
                from,
                &days,
            ]));
        let lines: BTreeSet<&str> = printed.lines().filter(|line| !line.is_empty()).collect();
        lines.into_iter().map(shown).collect()
    }
}

fn shown(line: &str) -> Shown {
    let fields: Vec<&str> = line.split('\t').collect();
    let [_, start, end, all_day, status, title] = fields[..] else { panic!("{line:?}") };
    let (start, end) = if all_day == "True" {
        (day(&start[..10], "%Y-%m-%d", 0), day(&end[..10], "%Y-%m-%d", 1))
    } else {
        (instant(start, "%Y-%m-%dT%H:%M", 9), instant(end, "%Y-%m-%dT%H:%M", 9))
    };
    Shown { start, end, title: title.to_owned(), status: Some(status.trim().to_owned()) }
}
