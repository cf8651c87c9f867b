//! Temporary files, and the removal of those that a killed process left.
//!
//! A writer holds an advisory lock on its temporary file, which the system releases with the process. The next process
//! that writes in the folder removes every temporary file that it can lock. If a file is removed between its creation and
//! its locking, the writer notices that and creates another.

use std::collections::HashSet;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tempfile::NamedTempFile;

use super::file_lock::is_at;
use crate::source::find::{TEMPORARY, is_temporary};

/// Folders that this process has cleared.
static CLEARED: Mutex<Option<HashSet<PathBuf>>> = Mutex::new(None);

/// A new temporary file in `folder`. Left ones are removed from there first, once for each folder.
pub(super) fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    clear(folder);
    loop {
        let file = tempfile::Builder::new().prefix(TEMPORARY).tempfile_in(folder)?;
        match file.as_file().try_lock() {
            Ok(()) if is_at(file.as_file(), file.path()) => return Ok(file),
            // Another process took it for a left one.
            Ok(()) | Err(TryLockError::WouldBlock) => {}
            // Without file locks, leftovers cannot be recognised and stay.
            Err(TryLockError::Error(_)) => return Ok(file),
        }
    }
}

/// Removes a temporary file, if no process holds it. What cannot be removed is left to a later run.
pub fn remove(path: &Path) {
    let is_file = fs::symlink_metadata(path).is_ok_and(|found| found.is_file());
    if !is_file || !path.file_name().is_some_and(is_temporary) {
        return;
    }
    let Ok(file) = File::open(path) else { return };
    if file.try_lock().is_ok() && is_at(&file, path) {
        let _ = fs::remove_file(path);
    }
}

fn clear(folder: &Path) {
    let is_first = CLEARED.lock().is_ok_and(|mut cleared| cleared.get_or_insert_default().insert(folder.to_owned()));
    if !is_first {
        return;
    }
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if is_temporary(&entry.file_name()) {
            remove(&entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_nobody_holds_is_removed() {
        let home = tempfile::tempdir().expect("a folder");
        let write = |name: &str| fs::write(home.path().join(name), "x").expect("a file");
        for name in [".redletter-abc123", ".redletter-abcdefg", ".redletter-ab/c", "redletter-abc123", "x.toml"] {
            if !name.contains('/') {
                write(name);
            }
        }
        // Another writer in the middle of its work.
        let held = temporary(home.path()).expect("a file");
        CLEARED.lock().expect("a list").take();
        let other = temporary(home.path()).expect("a file");
        assert!(held.path().exists() && other.path().exists());
        let mut names: Vec<_> =
            fs::read_dir(home.path()).expect("entries").flatten().map(|one| one.file_name()).collect();
        names.retain(|name| name != held.path().file_name().expect("a name"));
        names.retain(|name| name != other.path().file_name().expect("a name"));
        names.sort();
        assert_eq!(names, [".redletter-abcdefg", "redletter-abc123", "x.toml"]);
    }
}
