//! Checksums of each event's table and of each line of the head, which detect damage.
//!
//! CRC-32 detects every change of one bit. It is no protection against an attacker. The file as a whole has no checksum,
//! because then every merge of two branches would be a conflict. Two branches that change the same event both change its
//! checksum, so git reports a conflict there; only then may a table have lines of both. Locks of earlier versions have no
//! checksums.

use super::entry::Entry;
use super::write;

/// The key of a table's checksum, its last line.
pub(super) const KEY: &str = "checksum";

/// The separator between a line of the head and its checksum.
const BEHIND: &str = " # ";

/// The checksum of some lines, without blank ones.
fn of<'t>(lines: impl Iterator<Item = &'t str>) -> String {
    let mut crc = crc32fast::Hasher::new();
    for line in lines.filter(|line| !line.is_empty()) {
        crc.update(line.as_bytes());
        crc.update(b"\n");
    }
    format!("{:08x}", crc.finalize())
}

/// The last line of a table.
pub(super) fn line_of(table: &str) -> String {
    format!("{KEY} = \"{}\"\n", of(table.lines()))
}

/// A line of the head with its checksum.
pub(super) fn head_line(line: &str) -> String {
    format!("{line}{BEHIND}{}\n", of(line.lines()))
}

/// What a checksum says of a line of the head, or of a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sum {
    /// There is none, as in locks of earlier versions.
    Missing,
    Right,
    Wrong,
    /// The lines of two branches stand beside each other: which of them are right cannot be told.
    Two,
}

/// Judges a line of the head by its checksum.
pub(super) fn of_line(line: &str) -> Sum {
    let Some((line, sum)) = line.rsplit_once(BEHIND) else { return Sum::Missing };
    // The layout may have changed.
    let plain = line.split_once('=').map(|(key, value)| format!("{} = {}", key.trim(), value.trim()));
    if plain.is_some_and(|plain| sum == of(plain.lines())) { Sum::Right } else { Sum::Wrong }
}

/// The checksum lines of a table: more than one if a merge kept the lines of both branches.
pub(super) fn lines(table: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = table.lines().filter(|line| is_checksum(line)).collect();
    lines.dedup();
    lines
}

fn is_checksum(line: &str) -> bool {
    line.strip_prefix(KEY).is_some_and(|rest| rest.trim_start().starts_with('='))
}

/// Judges a table by its checksum, in any layout.
pub(super) fn of_table(table: &str, entries: &[Entry]) -> Sum {
    let line = match lines(table)[..] {
        [] => return Sum::Missing,
        [line] => line,
        _ => return Sum::Two,
    };
    let sum = line.split_once('=').map_or("", |(_, value)| value.trim()).trim_matches('"');
    if sum == of(table.lines().filter(|line| !is_checksum(line))) {
        return Sum::Right;
    }
    let written = |entry: &Entry| {
        let mut text = String::new();
        write::table(&mut text, entry).is_ok() && sum == of(text.lines())
    };
    if entries.iter().all(written) { Sum::Right } else { Sum::Wrong }
}

/// The text of a lock without its checksums, as earlier versions wrote it.
pub(super) fn without(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut is_head = true;
    for line in text.split_inclusive('\n').filter(|line| !is_checksum(line)) {
        is_head &= !line.starts_with("[event.");
        match line.rsplit_once(BEHIND).filter(|_| is_head && !line.starts_with('#')) {
            Some((line, _)) => plain.extend([line, "\n"]),
            None => plain.push_str(line),
        }
    }
    plain
}
