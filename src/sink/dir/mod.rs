//! The output folder, replaced atomically: it holds the old site or the new one, and never a mixture.
//!
//! Next to the site, `public/`, a hidden folder `.public.redletter/` keeps a second generation of it. Files that both
//! share are hard links, so it needs little space. A build updates the second generation, flushes it to disk, and swaps
//! the two folders in one system call. A reader sees the old site or the new one, even after a power failure.
//!
//! What surprises:
//! - An unchanged file keeps its modification time, even if it was rebuilt: bytes are compared.
//! - A file whose size or time differs from the manifest is not trusted, and is rebuilt.
//! - Files that no build made are kept. If one has the path of a page, the page wins. A folder without files of ours,
//!   such as `.git`, follows by a rename after the swap; if the power fails in between, the next build moves it.
//! - A folder that is not empty and not a site of ours is refused, and so is a path that could leave the folder.
//! - A symbolic link in place of the output or of the hidden folder is refused.
//! - Removed files are removed from the second generation too, because a link that was public may be withheld now.
//! - Without hard links, files are copied. If the system cannot swap two folders, two renames replace the swap, and the
//!   next build repairs a crash in between.

mod disk;
mod manifest;
mod mend;
mod name;
mod place;
mod swap;
#[cfg(test)]
mod tests;
mod walk;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::Read;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

use disk::Disk;
use manifest::{Entry, Manifest, Stamp};
use place::Place;
use walk::walk;

use super::FileLock;
use crate::error::{Error, Result};

/// A digest of all that a file is made from.
pub use crate::lock::Digest as Key;

/// A site in the making.
#[derive(Debug)]
pub struct Stage {
    disk: Disk,
    place: Place,
    /// Every plain file of the site before and of the second generation.
    before: HashMap<Box<str>, Before>,
    /// What else both hold.
    rest: Rest,
    /// The artifacts so far, in no order.
    fresh: Mutex<Vec<Fresh>>,
    is_committed: AtomicBool,
    _lock: FileLock,
}

/// What stood at a path before.
#[derive(Debug, Default)]
struct Before {
    /// The key of the file; `None` if the file changed since the last build.
    key: Option<Key>,
    live: Option<Stamp>,
    spare: Option<Stamp>,
    is_ours: bool,
    fate: AtomicU8,
}

/// Not decided yet.
const OPEN: u8 = 0;
/// The file is unchanged.
const KEPT: u8 = 1;
/// It was put, with the same bytes or others.
const PUT: u8 = 2;

#[derive(Debug)]
struct Rest {
    /// Whether there is a site at all.
    is_first: bool,
    /// Whether no manifest says which files are ours.
    is_unknown: bool,
    /// The manifest on disk.
    manifest: Option<Vec<u8>>,
    /// Links and the like in folders of the site, which are not ours.
    odd: Vec<Box<str>>,
    /// Folders in the site with nothing of ours in them.
    foreign: Vec<Box<str>>,
    /// What the site had at its top, by name.
    top: HashSet<Box<str>>,
    spare_folders: Vec<Box<str>>,
}

#[derive(Debug)]
struct Fresh {
    entry: Entry,
    /// `None` if the file has these bytes already.
    written: Option<Written>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Written {
    Added,
    Changed,
}

/// What a build did to the folder, in files.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Plan {
    /// That were not there.
    pub added: usize,
    /// That have other bytes now.
    pub changed: usize,
    /// That no longer belong.
    pub removed: usize,
    /// That are what they were.
    pub unchanged: usize,
    /// Where the previous folder was moved, if no manifest said which of its files were ours.
    pub set_aside: Option<std::path::PathBuf>,
}

impl Plan {
    /// Whether the site is what it was.
    pub fn is_empty(&self) -> bool {
        (self.added, self.changed, self.removed) == (0, 0, 0)
    }
}

impl Stage {
    /// Prepares the folder `out` for a new site: waits for another build, calling `on_wait` first, repairs an interrupted
    /// build, and reads the stamp of every file.
    ///
    /// # Errors
    /// The folder holds something other than a site made by this program, or the disk reports an error.
    pub fn open(out: &Path, on_wait: impl FnMut()) -> Result<Stage> {
        Stage::on(Disk::default(), out, on_wait)
    }

    fn on(disk: Disk, out: &Path, on_wait: impl FnMut()) -> Result<Stage> {
        let place = Place::find(out)?;
        // Before anything is made beside it.
        place.refuse_others(mend::known(&place)?.as_ref())?;
        disk.make_folder(&place.hidden)?;
        // It holds the paths of members' feeds, and may lie where a web server finds it.
        disk.keep_private(&place.hidden)?;
        let lock = FileLock::take(&place.turn(), on_wait)?;
        let ignore = place.ignore();
        if !ignore.exists() {
            disk.replace(&ignore, b"*\n")?;
        }
        mend::mend(&disk, &place)?;
        let bytes = fs::read(place.manifest()).ok();
        let known = Manifest::read(&place.manifest())?;
        // Another build may have run, or files may have been added, while this one waited.
        place.refuse_others(known.as_ref())?;

        let is_first = !place.live.exists();
        let is_unknown = known.is_none();
        let entries = known.unwrap_or_default().entries;
        let ours: HashSet<&str> = entries.iter().flat_map(|entry| name::folders(&entry.path)).collect();
        // Without a manifest, all of a site's folders are taken for ours, but no hidden one.
        let live = walk(&place.live, |path| if is_unknown { !path.starts_with('.') } else { ours.contains(path) })?;
        let spare = walk(&place.spare(), |_| true)?;
        // Before anything is written there: a link in the place of a folder would lead it elsewhere.
        spare.odd.iter().try_for_each(|path| disk.remove(&place.spare().join(&**path)))?;
        drop(ours);
        let all = live.files.iter().map(|(path, _)| path).chain(&live.odd).chain(&live.folders).chain(&live.foreign);
        let top = all.filter(|path| !path.contains('/')).cloned().collect();
        let rest = Rest {
            is_first,
            is_unknown,
            manifest: bytes,
            odd: live.odd,
            foreign: live.foreign,
            top,
            spare_folders: spare.folders,
        };
        let before = compared(entries, live.files, spare.files, is_unknown);
        let (fresh, is_committed) = (Mutex::default(), AtomicBool::new(false));
        Ok(Stage { disk, place, before, rest, fresh, is_committed, _lock: lock })
    }

    /// How many bytes the file at `path` has, if it is as a build left it that made it of `key`.
    pub fn has(&self, path: &str, key: Key) -> Option<u64> {
        let before = self.before.get(path)?;
        before.live.filter(|_| before.key == Some(key)).map(|stamp| stamp.size)
    }

    /// Says that a file that [`Stage::has`] stays. From any thread.
    pub fn keep(&self, path: &str) -> Result<()> {
        match self.before.get(path) {
            Some(before) if before.key.is_some() => settle(before, KEPT, path),
            // Callers check `has` first.
            _ => Err(Error::new(format!("`{path}` cannot stay: it is not as a build left it"))),
        }
    }

    /// Adds a file with its key. A file with the same bytes is left alone. May be called from any thread.
    pub fn put(&self, path: &str, key: Key, bytes: &[u8]) -> Result<()> {
        name::check(path)?;
        let before = self.before.get(path);
        let live = before.and_then(|before| before.live);
        if let Some(before) = before {
            settle(before, PUT, path)?;
        }
        let same = live.filter(|stamp| stamp.size == bytes.len() as u64 && is_same(&self.place.live.join(path), bytes));
        let (stamp, written) = if let Some(stamp) = same {
            (stamp, None)
        } else {
            let spare = self.place.spare();
            if before.is_some_and(|before| before.spare.is_some()) {
                self.disk.remove(&spare.join(path))?;
            }
            let is_change = before.is_some_and(|before| before.is_ours && before.live.is_some());
            let stamp = self.disk.write(&spare, path, bytes, live)?;
            (stamp, Some(if is_change { Written::Changed } else { Written::Added }))
        };
        let fresh = Fresh { entry: Entry { path: path.into(), key, stamp }, written };
        // A push is all that is done with it.
        self.fresh.lock().expect("no thread panicked").push(fresh);
        Ok(())
    }

    /// Makes the kept and added files the site, and removes all others of ours.
    pub fn commit(self) -> Result<Plan> {
        let fresh = std::mem::take(&mut *self.fresh.lock().expect("no thread panicked"));
        let done = swap::commit(&self, &fresh);
        *self.fresh.lock().expect("no thread panicked") = fresh;
        let plan = done?;
        self.is_committed.store(true, Ordering::Relaxed);
        Ok(plan)
    }
}

impl Drop for Stage {
    /// Gives back the room of a site that did not come to be; the disk may be full.
    fn drop(&mut self) {
        if self.is_committed.load(Ordering::Relaxed) {
            return;
        }
        let Ok(fresh) = self.fresh.get_mut() else { return };
        let spare = self.place.spare();
        for fresh in fresh.iter().filter(|fresh| fresh.written.is_some()) {
            // The next build examines what is left there.
            let _ = self.disk.remove(&spare.join(&*fresh.entry.path));
        }
    }
}

fn settle(before: &Before, fate: u8, path: &str) -> Result<()> {
    match before.fate.compare_exchange(OPEN, fate, Ordering::Relaxed, Ordering::Relaxed) {
        Ok(_) => Ok(()),
        Err(_) => Err(twice(path)),
    }
}

fn twice(path: &str) -> Error {
    Error::new(format!("two files of the site want the place `{path}`"))
}

/// The state of each file, from the manifest and from the disk.
fn compared(
    entries: Vec<Entry>,
    live: Vec<(Box<str>, Stamp)>,
    spare: Vec<(Box<str>, Stamp)>,
    is_unknown: bool,
) -> HashMap<Box<str>, Before> {
    let mut left: HashMap<Box<str>, Entry> = entries.into_iter().map(|entry| (entry.path.clone(), entry)).collect();
    let mut before: HashMap<Box<str>, Before> = HashMap::with_capacity(live.len());
    for (path, stamp) in live {
        let known = left.remove(&path);
        let key = known.as_ref().filter(|entry| entry.stamp == stamp).map(|entry| entry.key);
        // Without a manifest: a top-level file may be anybody's, such as a `CNAME`.
        let is_ours = known.is_some() || (is_unknown && path.contains('/'));
        before.insert(path, Before { key, live: Some(stamp), is_ours, ..Before::default() });
    }
    for (path, stamp) in spare {
        before.entry(path).or_default().spare = Some(stamp);
    }
    before
}

fn is_same(path: &Path, bytes: &[u8]) -> bool {
    let mut found = Vec::with_capacity(bytes.len() + 1);
    let read = fs::File::open(path).and_then(|file| file.take(bytes.len() as u64 + 1).read_to_end(&mut found));
    read.is_ok() && found == bytes
}
