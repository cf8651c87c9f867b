//! One writer of the lock at a time.

use std::path::Path;

use crate::cli::{Global, World};
use crate::error::Result;
use crate::lock::FILE;
use crate::sink::Turn;

/// Name of the file; with a dot in front, so that it is no record.
const NAME: &str = ".calendar.lock.turn";

/// Waits for the turn to write the lock of the calendar at `root`.
pub(in crate::cli) fn take(root: &Path, global: &Global, world: &mut World<'_>) -> Result<Turn> {
    Turn::take(&root.join(NAME), || world.say(global, &format!("waiting for another redletter, which writes {FILE}")))
}
