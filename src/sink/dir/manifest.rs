//! The manifest of a build: which files it wrote, so that the next build skips unchanged ones.
//!
//! The format is binary and short, because every build reads it: a line with the format's name, the number of files, and
//! for each file in order of paths the length of the prefix shared with the path before, the rest of the path, key, size
//! and time. An unreadable manifest, or one of another format, is ignored: the build then compares bytes.

use std::fs::Metadata;
use std::io::ErrorKind;
use std::path::Path;
use std::time::UNIX_EPOCH;

use super::{Key, name};
use crate::error::{Error, Result};

const FORMAT: &[u8] = b"redletter site 1\n";

/// The size of a file and its modification time in nanoseconds since 1970, to detect changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Stamp {
    pub(super) size: u64,
    pub(super) modified: i64,
}

impl Stamp {
    pub(super) fn of(found: &Metadata) -> Stamp {
        // Without modification times, a file is never trusted: 0 is not a valid time here.
        let modified = found.modified().map_or(0, |time| match time.duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
            Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |nanos| -nanos),
        });
        Stamp { size: found.len(), modified }
    }
}

/// A file of the site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Entry {
    pub(super) path: Box<str>,
    pub(super) key: Key,
    pub(super) stamp: Stamp,
}

/// The files of a site by path; and the folders that are not ours and are still to follow it after a swap.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Manifest {
    pub(super) entries: Vec<Entry>,
    pub(super) foreign: Vec<Box<str>>,
}

impl Manifest {
    /// The manifest at `path`, if there is one that this program can read.
    pub(super) fn read(path: &Path) -> Result<Option<Manifest>> {
        match std::fs::read(path) {
            Ok(bytes) => Ok(Manifest::parse(&bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::io("read", path, &error)),
        }
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(64 * self.entries.len() + 64);
        out.extend_from_slice(FORMAT);
        number(self.entries.len() as u64, &mut out);
        let mut last: &[u8] = b"";
        for Entry { path, key, stamp } in &self.entries {
            let path = path.as_bytes();
            let shared = last.iter().zip(path).take_while(|(one, other)| one == other).count();
            number(shared as u64, &mut out);
            text(&path[shared..], &mut out);
            out.extend_from_slice(&key.bytes());
            number(stamp.size, &mut out);
            out.extend_from_slice(&stamp.modified.to_le_bytes());
            last = path;
        }
        number(self.foreign.len() as u64, &mut out);
        self.foreign.iter().for_each(|path| text(path.as_bytes(), &mut out));
        out
    }

    fn parse(bytes: &[u8]) -> Option<Manifest> {
        let mut left = Left(bytes.strip_prefix(FORMAT)?);
        let mut manifest = Manifest::default();
        let mut last = Vec::new();
        for _ in 0..left.number()? {
            let shared = usize::try_from(left.number()?).ok().filter(|shared| *shared <= last.len())?;
            last.truncate(shared);
            last.extend_from_slice(left.text()?);
            let path = checked(&last)?;
            let key = Key::from_bytes(left.take(16)?.try_into().ok()?);
            let size = left.number()?;
            let modified = i64::from_le_bytes(left.take(8)?.try_into().ok()?);
            if manifest.entries.last().is_some_and(|before: &Entry| before.path >= path) {
                return None;
            }
            manifest.entries.push(Entry { path, key, stamp: Stamp { size, modified } });
        }
        for _ in 0..left.number()? {
            manifest.foreign.push(checked(left.text()?)?);
        }
        left.0.is_empty().then_some(manifest)
    }
}

/// A path that cannot leave the folder, even in a forged manifest.
fn checked(path: &[u8]) -> Option<Box<str>> {
    let path = std::str::from_utf8(path).ok()?;
    name::check(path).ok().map(|()| path.into())
}

/// Seven bits a byte, the lowest first.
fn number(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn text(text: &[u8], out: &mut Vec<u8>) {
    number(text.len() as u64, out);
    out.extend_from_slice(text);
}

struct Left<'a>(&'a [u8]);

impl<'a> Left<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, left) = self.0.split_at_checked(count)?;
        self.0 = left;
        Some(taken)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..63).step_by(7) {
            let byte = self.take(1)?[0];
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn text(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        self.take(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Manifest {
        let entry = |path: &str, size, modified| Entry {
            path: path.into(),
            key: Key::from_bytes([size as u8; 16]),
            stamp: Stamp { size, modified },
        };
        Manifest {
            entries: vec![
                entry("events/a/a.ics", 0, -5),
                entry("events/a/index.html", 127, 1_700_000_000_123_456_789),
                entry("events/é/index.html", 128, i64::MAX),
                entry("index.html", 1 << 40, 0),
            ],
            foreign: vec![".git".into()],
        }
    }

    #[test]
    fn what_is_written_is_read() {
        assert_eq!(Manifest::parse(&sample().bytes()), Some(sample()));
        assert_eq!(Manifest::parse(&Manifest::default().bytes()), Some(Manifest::default()));
    }

    #[test]
    fn a_broken_one_is_none() {
        let bytes = sample().bytes();
        for end in 0..bytes.len() {
            assert_eq!(Manifest::parse(&bytes[..end]), None, "the first {end} bytes");
        }
        let mut wrong = sample();
        wrong.entries[0].path = "events/../../x".into();
        assert_eq!(Manifest::parse(&wrong.bytes()), None, "a way out");
        let mut wrong = sample();
        wrong.entries.swap(0, 1);
        assert_eq!(Manifest::parse(&wrong.bytes()), None, "in no order");
    }
}
