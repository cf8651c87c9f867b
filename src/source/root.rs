//! The folder of a calendar, and the only way to open its files.
//!
//! A checkout may contain hostile links, pipes and devices. Every file is opened beneath the root, must be a regular file,
//! and has a limit on its size. A link is followed if it stays within the calendar and its target is not hidden. Any other
//! link is an error that does not reveal the target.
//!
//! What surprises: paths may be relative to the root or begin with [`Root::path`]. The system never follows a link:
//! [`Root::resolve`] reads it and never touches anything outside.

#[cfg(not(unix))]
#[path = "root/portable.rs"]
mod system;
#[cfg(unix)]
#[path = "root/unix.rs"]
mod system;

#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::{Component, Path, PathBuf};

use crate::error::{Error, Result};

/// Bytes of a file of records: one file with 100,000 events has 73 MB.
pub const LARGEST_RECORDS: u64 = 96_000_000;
/// Bytes of a sheet of local events.
pub const LARGEST_SHEET: u64 = 64_000_000;
/// Bytes of `calendar.lock`.
pub const LARGEST_LOCK: u64 = 256_000_000;
/// Bytes of `calendar.toml` and of a template.
pub const LARGEST_SETTINGS: u64 = 1_000_000;
/// Bytes of a picture, and of any file in `static/`.
pub const LARGEST_IMAGE: u64 = 20_000_000;

/// Links that one path may lead through.
const MOST_LINKS: usize = 40;

/// An open folder of a calendar.
#[derive(Debug)]
pub struct Root {
    /// As it was given, made absolute.
    given: PathBuf,
    /// The same without links.
    real: PathBuf,
    folder: system::Folder,
}

/// A folder beneath a root.
#[derive(Clone, Copy, Debug)]
pub struct Folder<'r> {
    /// The root.
    pub root: &'r Root,
    /// The folder, by its real path.
    pub path: &'r Path,
}

/// Why something in a calendar is not opened. The text never holds the target of a link.
#[derive(Debug)]
pub enum Unopened {
    /// Nothing is there.
    Missing,
    /// A link, or the path itself, leads out of the calendar's folder.
    Outside,
    /// A link leads to something whose name, or whose folder's name, begins with a dot.
    Hidden,
    /// A link leads to nothing, or in a circle.
    Nowhere,
    /// It is a folder, a pipe, a socket or a device.
    NotRegular,
    /// It has more bytes than a file of its sort may have.
    TooLarge {
        /// Bytes that it has, at least.
        bytes: u64,
        /// Bytes that it may have.
        most: u64,
    },
    /// What the system says.
    Io(io::Error),
}

impl fmt::Display for Unopened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unopened::Missing => f.write_str("it does not exist"),
            Unopened::Outside => f.write_str("the link leads out of the calendar's folder"),
            Unopened::Hidden => f.write_str("the link leads to a hidden file"),
            Unopened::Nowhere => f.write_str("the link leads nowhere"),
            Unopened::NotRegular => f.write_str("it is not a regular file"),
            Unopened::TooLarge { bytes, most } => {
                let megabytes = |bytes: u64| bytes.div_ceil(1_000_000);
                write!(f, "it has {} MB, over {}", megabytes(*bytes), megabytes(*most))
            }
            Unopened::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Unopened {}

impl From<io::Error> for Unopened {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound => Unopened::Missing,
            _ => Unopened::Io(error),
        }
    }
}

impl Unopened {
    /// The error for the file that is called `name` in the calendar.
    pub fn of(&self, name: &str) -> Error {
        let error = Error::new(format!("cannot read {name}: {self}"));
        match self {
            Unopened::Outside | Unopened::Hidden | Unopened::Nowhere => {
                error.help("put the file itself there, or let the link lead to a visible file of the calendar")
            }
            Unopened::NotRegular => error.help("put a plain file in its place, or delete it"),
            Unopened::TooLarge { .. } => error.help("make it smaller, or divide it"),
            Unopened::Missing | Unopened::Io(_) => error,
        }
    }
}

/// The kind of a folder's entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A pipe, a socket or a device.
    Other,
}

impl Root {
    /// Opens the calendar's folder, which may itself be reached through links.
    pub fn open(path: &Path) -> Result<Root> {
        let opened = || {
            let real = fs::canonicalize(path)?;
            Ok(Root { given: std::path::absolute(path)?, folder: system::Folder::open(&real)?, real })
        };
        opened().map_err(|source| Error::io("read", path, &source))
    }

    /// Its path, without links.
    pub fn path(&self) -> &Path {
        &self.real
    }

    /// Opens a regular file that has at most `most` bytes. It is never waited for.
    pub fn open_file(&self, path: &Path, most: u64) -> Result<File, Unopened> {
        let path = self.relative(path)?;
        let file = match self.folder.open_file(path) {
            Err(error) if system::is_link(&error) => self.folder.open_file(&self.resolve(path)?),
            opened => opened,
        };
        // A socket cannot be opened at all.
        let file = file.map_err(|error| if system::is_socket(&error) { Unopened::NotRegular } else { error.into() })?;
        let found = file.metadata()?;
        if !found.is_file() {
            return Err(Unopened::NotRegular);
        }
        if found.len() > most {
            return Err(Unopened::TooLarge { bytes: found.len(), most });
        }
        Ok(file)
    }

    /// Reads a regular file of at most `most` bytes, replacing the content of `buffer`.
    pub fn read_into(&self, path: &Path, most: u64, buffer: &mut Vec<u8>) -> Result<(), Unopened> {
        buffer.clear();
        let file = self.open_file(path, most)?;
        buffer.reserve(file.metadata().map_or(0, |found| found.len()) as usize + 1);
        // The file may grow while it is read, so limit the read too.
        file.take(most + 1).read_to_end(buffer)?;
        let bytes = buffer.len() as u64;
        if bytes > most { Err(Unopened::TooLarge { bytes, most }) } else { Ok(()) }
    }

    /// The bytes of a regular file that has at most `most` of them.
    pub fn read(&self, path: &Path, most: u64) -> Result<Vec<u8>, Unopened> {
        let mut buffer = Vec::new();
        self.read_into(path, most, &mut buffer).map(|()| buffer)
    }

    /// The entries of a folder, in no order.
    pub fn list(&self, path: &Path) -> Result<Vec<(OsString, Kind)>, Unopened> {
        let path = self.relative(path)?;
        match self.folder.list(path) {
            Err(error) if system::is_link(&error) => Ok(self.folder.list(&self.resolve(path)?)?),
            listed => Ok(listed?),
        }
    }

    /// The metadata of a path without links.
    pub fn stat(&self, path: &Path) -> Option<Metadata> {
        fs::symlink_metadata(self.real.join(self.relative(path).ok()?)).ok()
    }

    /// Whether a regular file is at `path`, or a link that leads to one and may be followed.
    pub fn has_file(&self, path: &Path) -> bool {
        self.resolve(path).ok().and_then(|real| self.stat(&real)).is_some_and(|found| found.is_file())
    }

    /// Follows every link in `path`, and returns the target relative to the root.
    pub fn resolve(&self, path: &Path) -> Result<PathBuf, Unopened> {
        self.follow(path, false)
    }

    /// Where a file of that path is to be written: the real path of it, which need not exist.
    pub fn place(&self, path: &Path) -> Result<PathBuf, Unopened> {
        self.follow(path, true).map(|real| self.real.join(real))
    }

    /// Follows links. The last parts of a path that `may_be_new` need not exist, but every link leads somewhere.
    fn follow(&self, path: &Path, may_be_new: bool) -> Result<PathBuf, Unopened> {
        let mut left: VecDeque<OsString> = parts(self.relative(path)?);
        let (mut real, mut links) = (PathBuf::new(), 0);
        // How many parts at the front of `left` come from the target of a link.
        let mut of_links = 0_usize;
        while let Some(part) = left.pop_front() {
            let is_of_link = of_links > 0;
            of_links = of_links.saturating_sub(1);
            if part == ".." {
                if !real.pop() {
                    return Err(Unopened::Outside);
                }
                continue;
            }
            real.push(&part);
            let here = self.real.join(&real);
            let found = match fs::symlink_metadata(&here) {
                Ok(found) => found,
                Err(error) if error.kind() == ErrorKind::NotFound && is_of_link => return Err(Unopened::Nowhere),
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    if !may_be_new {
                        return Err(Unopened::Missing);
                    }
                    real.extend(left);
                    break;
                }
                Err(error) => return Err(error.into()),
            };
            if !found.is_symlink() {
                continue;
            }
            links += 1;
            if links > MOST_LINKS {
                return Err(Unopened::Nowhere);
            }
            real.pop();
            let mut target = fs::read_link(&here)?;
            if target.has_root() || target.is_absolute() {
                let inside = target.strip_prefix(&self.real).or_else(|_| target.strip_prefix(&self.given));
                target = inside.map_err(|_| Unopened::Outside)?.to_owned();
                real.clear();
            }
            for part in parts(&target).into_iter().rev() {
                left.push_front(part);
                of_links += 1;
            }
        }
        if links > 0 && real.iter().any(is_hidden) {
            return Err(Unopened::Hidden);
        }
        Ok(real)
    }

    /// A path from the root. One that climbs is outside.
    fn relative<'p>(&self, path: &'p Path) -> Result<&'p Path, Unopened> {
        let inside = path.strip_prefix(&self.real).or_else(|_| path.strip_prefix(&self.given)).unwrap_or(path);
        let is_plain = |part| matches!(part, Component::Normal(_) | Component::CurDir);
        if inside.components().all(is_plain) { Ok(inside) } else { Err(Unopened::Outside) }
    }
}

/// The parts of a target of a link.
fn parts(path: &Path) -> VecDeque<OsString> {
    let part = |part: Component<'_>| match part {
        Component::Normal(name) => Some(name.to_owned()),
        Component::ParentDir => Some("..".into()),
        Component::CurDir | Component::RootDir | Component::Prefix(_) => None,
    };
    path.components().filter_map(part).collect()
}

/// Whether a name begins with a dot.
pub fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// Whether a folder holds a calendar.
pub fn is_calendar(folder: &Path) -> bool {
    folder.join("calendar.toml").symlink_metadata().is_ok_and(|found| !found.is_dir())
        || folder.join("events").symlink_metadata().is_ok_and(|found| !found.is_file())
}
