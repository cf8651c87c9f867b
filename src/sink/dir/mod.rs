//! A folder that holds the old site or the new one, and never anything between.
//!
//! Beside the site, `public/`, stands a hidden folder, `.public.redletter/`, with a second generation of it. The files
//! that both have are the same ones under two names, so that it costs little room. A build brings the second generation
//! to the new state, by what differs only, waits until it is safe on the disk, and swaps the two folders in one step of
//! the system. Whoever looks, and whoever comes back after the lights went out, finds the old site or the new one.
//!
//! What surprises:
//! - A file that stays the same keeps its time, also where a build made it anew: bytes are compared.
//! - No file is trusted that is not as a build left it, by size and time. It is made again.
//! - Files that no build made are carried along. Where one stands in the place of a page, the page wins. A folder with
//!   nothing of ours in it, such as `.git`, follows by a rename after the swap; should the lights go out between, the
//!   next build fetches it.
//! - A folder that holds anything, and no site of ours, is refused; so is a path that could lead out.
//! - A link in the place of the output, or of what a build keeps beside it, is refused: a build changes what is its own.
//! - What the site no longer shows leaves the second generation too: a link that was public may be withheld now.
//! - A file system that has no second names gets copies; a system that cannot swap two folders renames twice, and the
//!   next build mends what a crash between leaves.

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
    /// What was put so far, in no order.
    fresh: Mutex<Vec<Fresh>>,
    is_committed: AtomicBool,
    _lock: FileLock,
}

/// What stood at a path before.
#[derive(Debug, Default)]
struct Before {
    /// Of what the file of the site was made; none where it is not as it was left.
    key: Option<Key>,
    live: Option<Stamp>,
    spare: Option<Stamp>,
    is_ours: bool,
    fate: AtomicU8,
}

/// Nobody has spoken of the file yet.
const OPEN: u8 = 0;
/// It stays as it is.
const KEPT: u8 = 1;
/// It was put, with the same bytes or others.
const PUT: u8 = 2;

#[derive(Debug)]
struct Rest {
    /// Whether there is a site at all.
    is_first: bool,
    /// Whether nothing tells whose the files are.
    is_unknown: bool,
    /// The manifest as it stands on the disk.
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
    /// None where the same bytes stood there.
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
    /// Where the whole folder from before is, if nothing told which of its files were ours and some did not belong.
    pub set_aside: Option<std::path::PathBuf>,
}

impl Plan {
    /// Whether the site is what it was.
    pub fn is_empty(&self) -> bool {
        (self.added, self.changed, self.removed) == (0, 0, 0)
    }
}

impl Stage {
    /// Takes the folder `out` for a new site. Waits while another build has it, and calls `on_wait` then; mends what a
    /// crash left; looks at every file of the site.
    ///
    /// # Errors
    /// A folder that holds anything but a site that this program made; what the disk refuses.
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
        // Somebody may have built, or brought files, while we waited.
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
            // Who asked `has` before does not come here.
            _ => Err(Error::new(format!("`{path}` cannot stay: it is not as a build left it"))),
        }
    }

    /// Puts a file, made of `key`. Where the same bytes stand already, the file stays. From any thread.
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

    /// Makes what was kept and put the site, and nothing else.
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
            // The next build sees for itself what is left there.
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

/// What is known of each file, from the manifest and from what stands there.
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
