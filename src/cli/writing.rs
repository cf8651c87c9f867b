//! One writer of a calendar at a time: whatever changes records, `calendar.toml` or `calendar.lock` holds one lock from
//! reading to the last rename, so that a change that was reported as written is not overwritten by another one.

use std::path::{Path, PathBuf};

use super::{Global, World};
use crate::error::{Error, Result};
use crate::sink::FileLock;

/// Name of the file that is locked; with a dot in front, so that it is not a record.
pub(super) const NAME: &str = ".redletter.lock";

/// Waits for the lock of the calendar at `root`.
pub(super) fn lock(root: &Path, global: &Global, world: &mut World<'_>) -> Result<FileLock> {
    FileLock::take(&root.join(NAME), || world.say(global, "waiting for another redletter that writes to this calendar"))
        .map_err(|error| error.help("changes are written under a lock in the calendar's folder, so it must be writable"))
}

/// The file behind a name in the calendar's folder: a link stays a link when what it leads to is replaced.
///
/// # Errors
/// A link that leads out of the calendar's folder.
pub(super) fn target(root: &Path, name: &str) -> Result<PathBuf> {
    let path = root.join(name);
    let real = |path: &Path| path.canonicalize().map_err(|source| Error::io("read", path, &source));
    if !path.is_symlink() {
        return Ok(path);
    }
    let target = real(&path)?;
    if target.starts_with(real(root)?) {
        return Ok(target);
    }
    Err(Error::new(format!("{name} is a link that leads out of the calendar's folder, and is not written through")))
}
