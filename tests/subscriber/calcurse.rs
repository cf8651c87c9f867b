//! calcurse, which imports files. It ignores changes of single occurrences, and so reads the feed in which each occurrence
//! is an event of its own.

use std::fs;
use std::path::Path;

use super::{Occurrences, Shown, day, instant, output, program};

const ZONE: &str = "America/Lima";

/// What it lists of a feed from these days on. It takes no event twice, and so begins anew each time.
pub(crate) fn imported(home: &Path, feed: &[u8]) -> Occurrences {
    let home = home.join("calcurse");
    let _ = fs::remove_dir_all(&home);
    fs::create_dir_all(&home).expect("a folder");
    fs::write(home.join("feed.ics"), feed).expect("a file");
    let report = output(program("calcurse", &home, ZONE).args(["-D", "kept", "-C", "settings", "-i", "feed.ics"]));
    assert!(report.contains(" 0 skipped"), "calcurse: {report}");
    let listed = output(program("calcurse", &home, ZONE).args(["-D", "kept", "-C", "settings", "-G"]));
    listed.lines().map(shown).collect()
}

/// `12/09/2026 [1] {1D -> 12/11/2026} >note title`, or `12/09/2026 @ 19:00 -> 12/09/2026 @ 21:00>note |title`.
fn shown(line: &str) -> Shown {
    const DAY: &str = "%m/%d/%Y";
    const HOUR: &str = "%m/%d/%Y @ %H:%M";
    if let Some((times, title)) = line.split_once('|') {
        let (start, end) = times.split_once(" -> ").unwrap_or_else(|| panic!("{line:?}"));
        let end = end.split('>').next().unwrap_or(end).trim();
        return Shown {
            start: instant(start, HOUR, -5),
            end: instant(end, HOUR, -5),
            title: title.to_owned(),
            status: None,
        };
    }
    let (start, rest) = line.split_once(" [1] ").unwrap_or_else(|| panic!("{line:?}"));
    let last = rest.strip_prefix("{1D -> ").map_or(start, |rest| &rest[..10]);
    let rest = rest.split_once("} ").map_or(rest, |(_, rest)| rest);
    let title = rest.strip_prefix('>').and_then(|rest| rest.split_once(' ')).map_or(rest, |(_, title)| title);
    Shown { start: day(start, DAY, 0), end: day(last, DAY, 1), title: title.to_owned(), status: None }
}
