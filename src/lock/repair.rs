//! What git makes of two branches' locks, read as one lock: conflict markers, the same event twice, the same line twice.

use std::collections::HashMap;

use super::dropped::MOST;
use super::entry::Entry;
use super::read::{Damaged, TABLE};
use super::{Lock, checksum};

/// Begins a line that git's merge put in.
const MARKERS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// The texts of both sides of a merge; of a text without conflicts, itself.
pub(super) fn sides(text: &str) -> Vec<String> {
    if !text.lines().any(is_marker) {
        return vec![text.to_owned()];
    }
    let (mut ours, mut theirs) = (String::new(), String::new());
    // Whose the next lines are: ours, theirs. What both once had, git gives between `|||||||` and `=======`.
    let mut whose = (true, true);
    for line in text.lines() {
        if is_marker(line) {
            whose = match &line[..7] {
                "<<<<<<<" => (true, false),
                "|||||||" => (false, false),
                "=======" if whose != (true, true) => (false, true),
                _ => (true, true),
            };
            continue;
        }
        for (side, takes) in [(&mut ours, whose.0), (&mut theirs, whose.1)] {
            if takes {
                side.push_str(line);
                side.push('\n');
            }
        }
    }
    vec![ours, theirs]
}

/// The first table of `damaged` that no merge makes. In a conflict git may have put lines of both branches into one table,
/// which then fits neither of the two checksums; both sides have one, and they differ, because both branches wrote it.
pub(super) fn not_of_a_merge<'r, 't>(damaged: &'r [Damaged<'t>], others: &[&str]) -> Option<&'r Damaged<'t>> {
    if damaged.is_empty() {
        return None;
    }
    let mut sums: HashMap<&str, Vec<&str>> = HashMap::new();
    for other in others {
        let starts = memchr::memmem::find_iter(other.as_bytes(), TABLE).map(|at| at + 1);
        let starts: Vec<usize> = starts.chain([other.len()]).collect();
        for table in starts.windows(2).filter_map(|at| other.get(at[0]..at[1])) {
            sums.entry(table.lines().next().unwrap_or_default()).or_default().extend(checksum::lines(table));
        }
    }
    damaged.iter().find(|one| {
        let own = checksum::lines(one.table);
        let other = sums.get(one.table.lines().next().unwrap_or_default()).map(Vec::as_slice).unwrap_or_default();
        own.is_empty() || other.is_empty() || other.iter().any(|line| own.contains(line))
    })
}

fn is_marker(line: &str) -> bool {
    MARKERS.iter().any(|marker| line.strip_prefix(marker).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}

/// The tables that one with some lines twice may stand for: the first of each, the second of each. A merge by the union
/// of lines makes such a table.
pub(super) fn readings(table: &str) -> Vec<String> {
    let mut keys: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in table.lines().skip(1).filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        // No merge leaves a line without a value. It stays, and is an error where the table is read.
        let key = line.split_once('=').map_or(line, |(key, _)| key);
        match keys.iter_mut().find(|(known, _)| *known == key) {
            Some((_, lines)) if lines.contains(&line) => {}
            Some((_, lines)) => lines.push(line),
            None => keys.push((key, vec![line])),
        }
    }
    let most = keys.iter().map(|(_, lines)| lines.len()).max().unwrap_or_default();
    if most <= 1 {
        return vec![table.to_owned()];
    }
    let head = table.lines().next().unwrap_or_default();
    (0..most)
        .map(|reading| {
            let lines = keys.iter().map(|(_, lines)| lines[reading.min(lines.len() - 1)]);
            std::iter::once(head).chain(lines).collect::<Vec<_>>().join("\n")
        })
        .collect()
}

/// All locks as one: the newest rules, and of each event one entry, whatever order they come in.
pub(super) fn merged(locks: Vec<Lock>) -> Lock {
    let mut one = Lock::default();
    for lock in locks {
        one.tzdb = one.tzdb.max(lock.tzdb);
        one.retired.extend(lock.retired);
        one.former_domains.extend(lock.former_domains);
        one.is_edited |= lock.is_edited;
        one.has_checksums |= lock.has_checksums;
        if one.entries.is_empty() {
            one.entries = lock.entries;
        } else {
            one.entries.extend(lock.entries);
        }
    }
    one.retired.sort_unstable();
    one.retired.dedup();
    one.former_domains.sort_unstable();
    one.former_domains.dedup();
    if one.entries.is_sorted_by(|a, b| a.uid < b.uid) {
        return one;
    }
    one.entries.sort_by(|a, b| a.uid.cmp(&b.uid));
    let mut entries: Vec<Entry> = Vec::with_capacity(one.entries.len());
    for same in one.entries.chunk_by(|a, b| a.uid == b.uid) {
        entries.extend(together(same));
    }
    one.entries = entries;
    one
}

/// One entry for several of the same event: the highest SEQUENCE tells the rest, but for the times.
fn together(same: &[Entry]) -> Option<Entry> {
    let created = same.iter().map(|entry| entry.created).min()?;
    let updated = same.iter().map(|entry| entry.updated).max()?;
    // Of equals, the digests decide: any order will do that does not depend on whose branch came first.
    let told = same.iter().max_by_key(|entry| {
        let news = entry.news.map(|(news, at)| (at, news.name()));
        (entry.sequence, news, entry.gone.is_some(), entry.seen, entry.schedule, &entry.id, &entry.feeds)
    })?;
    // What either branch dropped was seen by somebody.
    let mut dropped = told.dropped.to_vec();
    for one in same.iter().flat_map(|entry| &entry.dropped) {
        if dropped.iter().all(|known| known.planned != one.planned) {
            dropped.push(one.clone());
        }
    }
    dropped.sort_by_key(|one| one.planned);
    dropped.truncate(MOST);
    Some(Entry { created, updated, dropped: dropped.into(), ..told.clone() })
}
