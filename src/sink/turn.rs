//! One writer at a time.
//!
//! Writers take turns by an advisory lock on a file, which is gone when they are done. Should one be left, by a machine
//! that stopped, it holds nobody up: it is the lock on it that counts, and that dies with its process.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// The turn to write.
#[derive(Debug)]
pub(crate) struct Turn {
    path: PathBuf,
    _file: File,
}

impl Turn {
    /// Waits for the turn that the file `path` stands for, and calls `on_wait` when somebody else has it.
    pub(crate) fn take(path: &Path, mut on_wait: impl FnMut()) -> Result<Turn> {
        let fail = |source: std::io::Error| Error::io("write", path, &source);
        loop {
            let file = File::options().write(true).create(true).truncate(false).open(path).map_err(fail)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    on_wait();
                    file.lock().map_err(fail)?;
                }
                Err(TryLockError::Error(source)) => return Err(fail(source)),
            }
            // Who had the turn before has taken the file away, and a third may have made another.
            if is_at(&file, path) {
                return Ok(Turn { path: path.to_owned(), _file: file });
            }
        }
    }
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let same = |one: fs::Metadata, other: fs::Metadata| (one.dev(), one.ino()) == (other.dev(), other.ino());
    file.metadata().ok().zip(fs::metadata(path).ok()).is_some_and(|(one, other)| same(one, other))
}

#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

impl Drop for Turn {
    fn drop(&mut self) {
        // Before the lock on it is given up; where a system forbids that, the file stays and harms nobody.
        let _ = fs::remove_file(&self.path);
    }
}
