//! One writer at a time, across processes.
//!
//! The advisory lock is held on a file, which its last holder removes. A file left by a killed process blocks no one,
//! because the system releases a lock with its process. A read-only folder or a file system without locks is an error:
//! writing without the lock could lose another process's change.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// An exclusive lock, held until it is dropped.
#[derive(Debug)]
pub(crate) struct FileLock {
    path: PathBuf,
    _file: File,
}

impl FileLock {
    /// Waits for the lock on the file `path`, which is made if need be. Calls `on_wait` when another process holds it.
    pub(crate) fn take(path: &Path, mut on_wait: impl FnMut()) -> Result<FileLock> {
        let fail = |source: std::io::Error| Error::io("lock", path, &source);
        loop {
            let file = open(path).map_err(fail)?;
            if !file.metadata().map_err(fail)?.is_file() {
                return Err(Error::new(format!("cannot lock {}: it is not a regular file", path.display())));
            }
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    on_wait();
                    file.lock().map_err(fail)?;
                }
                Err(TryLockError::Error(source)) => return Err(fail(source)),
            }
            // The last holder removes the file, and another process may have made a new one since.
            if is_at(&file, path) {
                return Ok(FileLock { path: path.to_owned(), _file: file });
            }
        }
    }
}

/// Opens the file, and makes it if there is none. A link is not followed, since it could make a file anywhere.
fn open(path: &Path) -> std::io::Result<File> {
    let options = |writes: bool| {
        let mut options = OpenOptions::new();
        options.read(true).write(writes).create(writes);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            // Without NONBLOCK a named pipe would hold us up for ever.
            let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
            options.custom_flags(flags.bits() as i32);
        }
        options
    };
    match options(true).open(path) {
        // Another user's process left it; to hold the lock, reading is enough.
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied && path.exists() => {
            options(false).open(path).map_err(|_| error)
        }
        opened => opened,
    }
}

#[cfg(unix)]
pub(super) fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let same = |one: fs::Metadata, other: fs::Metadata| (one.dev(), one.ino()) == (other.dev(), other.ino());
    file.metadata().ok().zip(fs::symlink_metadata(path).ok()).is_some_and(|(one, other)| same(one, other))
}

#[cfg(not(unix))]
pub(super) fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

impl Drop for FileLock {
    fn drop(&mut self) {
        // Before the lock is given up. Where the system forbids that, the file stays, which does no harm.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_a_killed_process_left_blocks_no_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("lock");
        fs::write(&path, "").expect("a file");
        let lock = FileLock::take(&path, || unreachable!("no process holds it")).expect("the lock");
        drop(lock);
        assert!(!path.exists());
    }

    #[cfg(unix)]
    #[test]
    fn only_a_plain_file_is_locked() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, target) = (folder.path().join("lock"), folder.path().join("elsewhere"));
        std::os::unix::fs::symlink(&target, &path).expect("a link");
        assert!(FileLock::take(&path, || {}).is_err());
        assert!(!target.exists(), "nothing is made behind a link");
        fs::remove_file(&path).expect("the link");
        fs::create_dir(&path).expect("a folder");
        assert!(FileLock::take(&path, || {}).is_err());
    }
}
