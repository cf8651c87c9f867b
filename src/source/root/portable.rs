//! Opening beneath a folder, on systems without `openat`: each path is resolved first, and opened then.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::Kind;

/// A folder.
#[derive(Debug)]
pub(super) struct Folder(PathBuf);

/// Whether an error says that a link is on the way.
pub(super) fn is_link(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::InvalidFilename
}

/// Whether the error means that the file is a socket.
pub(super) fn is_socket(_: &io::Error) -> bool {
    false
}

impl Folder {
    #[expect(clippy::unnecessary_wraps, reason = "other systems open it")]
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        Ok(Folder(path.to_owned()))
    }

    pub(super) fn open_file(&self, path: &Path) -> io::Result<File> {
        File::open(self.plain(path)?)
    }

    pub(super) fn list(&self, path: &Path) -> io::Result<Vec<(OsString, Kind)>> {
        fs::read_dir(self.plain(path)?)?
            .map(|entry| {
                let entry = entry?;
                let kind = entry.file_type()?;
                let kind = match (kind.is_symlink(), kind.is_dir(), kind.is_file()) {
                    (true, ..) => Kind::Link,
                    (_, true, _) => Kind::Folder,
                    (_, _, true) => Kind::File,
                    _ => Kind::Other,
                };
                Ok((entry.file_name(), kind))
            })
            .collect()
    }

    /// The full path; no part of it is a link.
    fn plain(&self, path: &Path) -> io::Result<PathBuf> {
        let mut here = self.0.clone();
        for part in path {
            here.push(part);
            if fs::symlink_metadata(&here)?.is_symlink() {
                return Err(io::ErrorKind::InvalidFilename.into());
            }
        }
        Ok(here)
    }
}
