//! Finding the files of a calendar: `events/**/*.toml` in an order that no directory listing chose.
//!
//! Refused: what begins with `.` or `_`, links that lead out of the root or to something hidden, links in a circle,
//! anything that is not a regular file. Each refusal is reported, none stops the others.

mod ignored;

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

pub use ignored::{Ignored, Seems};

use super::root::{Kind, Root, Unopened};

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

/// What temporary files of ours are called: this and six letters or digits.
pub const TEMPORARY: &str = ".redletter-";

/// Whether a name is one of a temporary file of ours, which a killed process may leave.
pub fn is_temporary(name: &OsStr) -> bool {
    let rest = name.to_str().and_then(|name| name.strip_prefix(TEMPORARY));
    rest.is_some_and(|rest| rest.len() == 6 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// All record files below `root`, sorted by name. Without an `events` folder there are none.
pub fn records(root: &Root) -> Vec<Found> {
    files(root).records
}

/// The files below `events`, sorted by name.
#[derive(Default, Debug)]
pub struct Files {
    /// The records.
    pub records: Vec<Found>,
    /// What nothing reads, although a person may think so.
    pub ignored: Vec<Ignored>,
    /// Temporary files that a killed process may have left, here and in the root.
    pub temporary: Vec<PathBuf>,
}

/// All files below `root` that are records, or seem to be.
pub fn files(root: &Root) -> Files {
    let mut walk = Walk { root, above: Vec::new(), found: Vec::new(), ignored: Vec::new(), temporary: Vec::new() };
    for (name, _) in root.list(Path::new("")).unwrap_or_default() {
        if is_temporary(&name) {
            walk.temporary.push(root.path().join(name));
        }
    }
    let path = root.path().join("events");
    match root.resolve(Path::new("events")) {
        Ok(real) if root.stat(&real).is_some_and(|found| found.is_dir()) => {
            walk.folder(root.path().join(real), "events");
        }
        Ok(_) => walk.refuse("events", &path, "it is not a folder"),
        Err(Unopened::Missing) => {}
        Err(why) => walk.refuse("events", &path, &why.to_string()),
    }
    walk.found.sort();
    walk.ignored.sort();
    Files { records: walk.found, ignored: walk.ignored, temporary: walk.temporary }
}

/// A walk through folders, each by its real path, so that a circle of links is seen.
struct Walk<'r> {
    root: &'r Root,
    /// The folders that we are in, outermost first.
    above: Vec<PathBuf>,
    found: Vec<Found>,
    ignored: Vec<Ignored>,
    temporary: Vec<PathBuf>,
}

impl Walk<'_> {
    fn folder(&mut self, folder: PathBuf, name: &str) {
        match self.root.list(&folder) {
            Ok(entries) => {
                let temporary = entries.iter().filter(|(name, _)| is_temporary(name));
                self.temporary.extend(temporary.map(|(name, _)| folder.join(name)));
                self.above.push(folder);
                for (own, kind) in entries {
                    let text = own.to_string_lossy();
                    if !text.starts_with(['.', '_']) {
                        let name = format!("{name}/{text}");
                        self.entry(own, kind, &name);
                    }
                }
                self.above.pop();
            }
            Err(why) => self.refuse(name, &folder, &why.to_string()),
        }
    }

    fn entry(&mut self, own: OsString, mut kind: Kind, name: &str) {
        let is_toml = Path::new(&own).extension().is_some_and(|extension| extension == "toml");
        if kind == Kind::File && !is_toml {
            return self.ignore(name);
        }
        let Some(above) = self.above.last() else { return };
        let mut path = above.join(own);
        if kind == Kind::Link {
            match self.root.resolve(&path) {
                Ok(target) => {
                    kind = self.root.stat(&target).map_or(Kind::Other, |found| match found.is_dir() {
                        true => Kind::Folder,
                        false if found.is_file() => Kind::File,
                        false => Kind::Other,
                    });
                    path = self.root.path().join(target);
                }
                // Sheets and images are checked where a record names them. A name without an extension may be a folder.
                Err(_) if !is_toml && Path::new(name).extension().is_some() => return,
                Err(Unopened::Nowhere) if !is_toml => return,
                Err(why) => return self.refuse(name, &path, &why.to_string()),
            }
        }
        match (kind, is_toml) {
            (Kind::Folder, true) => self.refuse(name, &path, "it is a folder, and a record is a file"),
            (Kind::Folder, false) if self.above.contains(&path) => {
                self.refuse(name, &path, "the link leads to a folder that holds it");
            }
            (Kind::Folder, false) if self.above.len() >= DEEPEST => {
                self.refuse(name, &path, &format!("folders are followed {DEEPEST} deep"));
            }
            (Kind::Folder, false) => self.folder(path, name),
            (Kind::File, true) => self.found.push(Found { name: name.into(), path, refused: None }),
            (Kind::Other | Kind::Link, true) => self.refuse(name, &path, "it is neither a file nor a folder"),
            (_, false) => self.ignore(name),
        }
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
