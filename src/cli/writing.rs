//! One writer of a calendar at a time: whatever changes records, `calendar.toml` or `calendar.lock` holds one lock from
//! reading to the last rename, so that a change that was reported as written is not overwritten by another one.

use std::path::Path;

use super::{Global, World};
use crate::error::Result;
use crate::sink::FileLock;

/// Name of the file that is locked; with a dot in front, so that it is not a record.
pub(super) const NAME: &str = ".redletter.lock";

/// Waits for the lock of the calendar at `root`.
pub(super) fn lock(root: &Path, global: &Global, world: &mut World<'_>) -> Result<FileLock> {
    FileLock::take(&root.join(NAME), || {
        world.note(global, "waiting for another redletter that writes to this calendar");
    })
    .map_err(|error| error.help("changes are written under a lock in the calendar's folder, so it must be writable"))
}
