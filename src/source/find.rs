//! Finding the files of a calendar: `events/**/*.toml` in an order that no directory listing chose.
//!
//! Refused: what begins with `.` or `_`, links that lead out of the root (unless they stand in its top level), links in
//! a circle, anything that is no plain file. Each refusal is reported, none stops the others.

mod ignored;

use std::fs;
use std::path::{Path, PathBuf};

pub use ignored::{Ignored, Seems};

use crate::error::{Error, Result};

/// The largest file that is read, in bytes.
pub const LARGEST: u64 = 96_000_000;

/// Folders in folders are followed this deep.
const DEEPEST: usize = 64;

/// A file to read, or a path that cannot be.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Found {
    /// From the root, with forward slashes.
    pub name: String,
    /// Where the system finds it.
    pub path: PathBuf,
    /// Why it is not read.
    pub refused: Option<String>,
}

/// All record files below `root`, sorted by name. Without an `events` folder there are none.
pub fn records(root: &Path) -> Result<Vec<Found>> {
    Ok(files(root)?.records)
}

/// The files below `events`, sorted by name.
#[derive(Default, Debug)]
pub struct Files {
    /// The records.
    pub records: Vec<Found>,
    /// What nothing reads, although a person may think so.
    pub ignored: Vec<Ignored>,
}

/// All files below `root` that are records, or seem to be.
pub fn files(root: &Path) -> Result<Files> {
    let events = root.join("events");
    let mut walk = Walk { inside: Vec::new(), above: Vec::new(), found: Vec::new(), ignored: Vec::new() };
    match fs::metadata(&events) {
        Ok(kind) if kind.is_dir() => {
            let real = fs::canonicalize(&events).map_err(|source| Error::io("read", &events, &source))?;
            let root = fs::canonicalize(root).map_err(|source| Error::io("read", root, &source))?;
            // A link in the root's own top level was put there by whoever owns the calendar.
            walk.inside = vec![root, real.clone()];
            walk.folder(real, "events")?;
        }
        Ok(_) => return Err(Error::new(format!("{} is not a folder", events.display()))),
        Err(source) if source.kind() == std::io::ErrorKind::NotFound => {}
        Err(source) => return Err(Error::io("read", &events, &source)),
    }
    walk.found.sort();
    walk.ignored.sort();
    Ok(Files { records: walk.found, ignored: walk.ignored })
}

/// A walk through folders, each by its real path, so that a circle of links is seen.
struct Walk {
    /// Links must stay below one of these.
    inside: Vec<PathBuf>,
    /// The folders that we are in, outermost first.
    above: Vec<PathBuf>,
    found: Vec<Found>,
    ignored: Vec<Ignored>,
}

impl Walk {
    fn folder(&mut self, folder: PathBuf, name: &str) -> Result<()> {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(source) => {
                self.refuse(name, &folder, &source.to_string());
                return Ok(());
            }
        };
        self.above.push(folder);
        for entry in entries {
            let entry = entry.map_err(|source| Error::new(format!("cannot read {name}: {source}")))?;
            let file_name = entry.file_name();
            let text = file_name.to_string_lossy();
            if !text.starts_with(['.', '_']) {
                self.entry(&entry, &format!("{name}/{text}"))?;
            }
        }
        self.above.pop();
        Ok(())
    }

    fn entry(&mut self, entry: &fs::DirEntry, name: &str) -> Result<()> {
        let mut path = entry.path();
        let is_toml = path.extension().is_some_and(|extension| extension == "toml");
        let mut kind = match entry.file_type() {
            Ok(kind) => kind,
            Err(source) => {
                self.refuse(name, &path, &source.to_string());
                return Ok(());
            }
        };
        if kind.is_symlink() {
            match fs::canonicalize(&path).and_then(|target| Ok((fs::metadata(&target)?.file_type(), target))) {
                Ok((target_kind, target)) => {
                    if !target_kind.is_dir() && !is_toml {
                        self.ignore(name);
                        return Ok(());
                    }
                    if !self.inside.iter().any(|root| target.starts_with(root)) {
                        self.refuse(name, &path, "the link leads out of the calendar's folder");
                        return Ok(());
                    }
                    (kind, path) = (target_kind, target);
                }
                Err(_) if !is_toml => return Ok(()),
                Err(source) => {
                    self.refuse(name, &path, &format!("the link leads nowhere: {source}"));
                    return Ok(());
                }
            }
        }
        match (kind.is_dir(), is_toml) {
            (true, true) => self.refuse(name, &path, "it is a folder, and a record is a file"),
            (true, false) if self.above.contains(&path) => {
                self.refuse(name, &path, "the link leads to a folder that holds it");
            }
            (true, false) if self.above.len() >= DEEPEST => {
                self.refuse(name, &path, &format!("folders are followed {DEEPEST} deep"));
            }
            (true, false) => self.folder(path, name)?,
            (false, true) if kind.is_file() => self.found.push(Found { name: name.into(), path, refused: None }),
            (false, true) => self.refuse(name, &path, "it is neither a file nor a folder"),
            (false, false) => self.ignore(name),
        }
        Ok(())
    }

    fn ignore(&mut self, name: &str) {
        let file = name.rsplit('/').next().unwrap_or(name);
        if let Some(seems) = Seems::of(file) {
            self.ignored.push(Ignored { name: name.to_owned(), seems });
        }
    }

    fn refuse(&mut self, name: &str, path: &Path, why: &str) {
        self.found.push(Found { name: name.into(), path: path.into(), refused: Some(why.into()) });
    }
}
