//! Opening beneath a folder, on systems with `openat`.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags, openat, statat};
use rustix::io::Errno;

use super::Kind;

/// An open folder.
#[derive(Debug)]
pub(super) struct Folder(OwnedFd);

/// Not waiting for the other end of a pipe, and for no terminal to become ours.
const READ: OFlags = OFlags::RDONLY.union(OFlags::NONBLOCK).union(OFlags::CLOEXEC).union(OFlags::NOCTTY);

/// Whether an error may come from a link on the way: such a path is resolved, and opened again.
pub(super) fn is_link(error: &io::Error) -> bool {
    let code = error.raw_os_error();
    [Errno::LOOP, Errno::NOTDIR, Errno::MLINK].iter().any(|errno| code == Some(errno.raw_os_error()))
}

/// Whether the error means that the file is a socket or a device without a driver.
pub(super) fn is_socket(error: &io::Error) -> bool {
    error.raw_os_error() == Some(Errno::NXIO.raw_os_error())
}

impl Folder {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        Ok(Folder(rustix::fs::open(path, READ | OFlags::DIRECTORY, Mode::empty())?))
    }

    /// Opens a path relative to this folder without following links.
    pub(super) fn open_file(&self, path: &Path) -> io::Result<File> {
        Ok(File::from(self.beneath(path, READ)?))
    }

    pub(super) fn list(&self, path: &Path) -> io::Result<Vec<(OsString, Kind)>> {
        let folder = self.beneath(path, READ | OFlags::DIRECTORY)?;
        let mut found = Vec::new();
        let mut unknown = Vec::new();
        let mut entries = Dir::read_from(&folder)?;
        while let Some(entry) = entries.read() {
            let entry = entry?;
            let name = OsStr::from_bytes(entry.file_name().to_bytes());
            if name == "." || name == ".." {
                continue;
            }
            if entry.file_type() == FileType::Unknown {
                unknown.push(found.len());
            }
            found.push((name.to_owned(), kind(entry.file_type())));
        }
        // Some file systems do not say it in the list.
        for index in unknown {
            if let Ok(stat) = statat(&folder, &found[index].0, AtFlags::SYMLINK_NOFOLLOW) {
                found[index].1 = kind(FileType::from_raw_mode(stat.st_mode));
            }
        }
        Ok(found)
    }

    fn beneath(&self, path: &Path, flags: OFlags) -> io::Result<OwnedFd> {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        #[cfg(any(target_os = "linux", target_os = "android"))]
        if let Some(opened) = in_one_call(&self.0, path, flags) {
            return opened;
        }
        self.step_by_step(path, flags)
    }

    /// Opens each folder on the way, for systems that cannot do all of it in one call.
    fn step_by_step(&self, path: &Path, flags: OFlags) -> io::Result<OwnedFd> {
        let mut above: Option<OwnedFd> = None;
        let mut parts = path.components().peekable();
        while let Some(part) = parts.next() {
            let here = above.as_ref().unwrap_or(&self.0);
            let flags = if parts.peek().is_some() { READ | OFlags::DIRECTORY } else { flags };
            above = Some(openat(here, part.as_os_str(), flags | OFlags::NOFOLLOW, Mode::empty())?);
        }
        above.ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

/// `openat2` of Linux 5.6 and newer. `None` if the system lacks it.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn in_one_call(folder: &OwnedFd, path: &Path, flags: OFlags) -> Option<io::Result<OwnedFd>> {
    use std::sync::atomic::{AtomicBool, Ordering};

    use rustix::fs::{ResolveFlags, openat2};

    static IS_MISSING: AtomicBool = AtomicBool::new(false);
    const BENEATH: ResolveFlags =
        ResolveFlags::BENEATH.union(ResolveFlags::NO_SYMLINKS).union(ResolveFlags::NO_MAGICLINKS);
    if IS_MISSING.load(Ordering::Relaxed) {
        return None;
    }
    match openat2(folder, path, flags, Mode::empty(), BENEATH) {
        Err(Errno::NOSYS | Errno::PERM) => {
            // A sandbox refuses unknown calls by one of these.
            IS_MISSING.store(true, Ordering::Relaxed);
            None
        }
        // Something was renamed in the meantime.
        Err(Errno::AGAIN) => None,
        opened => Some(opened.map_err(io::Error::from)),
    }
}

fn kind(found: FileType) -> Kind {
    match found {
        FileType::RegularFile => Kind::File,
        FileType::Directory => Kind::Folder,
        FileType::Symlink => Kind::Link,
        _ => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_open_the_same_and_follow_no_link() {
        let home = tempfile::tempdir().expect("a folder");
        std::fs::create_dir_all(home.path().join("a/b")).expect("folders");
        std::fs::write(home.path().join("a/b/c"), "text").expect("a file");
        std::os::unix::fs::symlink("c", home.path().join("a/b/link")).expect("a link");
        std::os::unix::fs::symlink("b", home.path().join("a/folder")).expect("a link");
        let folder = Folder::open(home.path()).expect("a folder");
        for (path, is_there) in [("a/b/c", true), ("a/b/link", false), ("a/folder/c", false), ("a/b/none", false)] {
            let path = Path::new(path);
            assert_eq!(folder.step_by_step(path, READ).is_ok(), is_there, "{}", path.display());
            assert_eq!(folder.open_file(path).is_ok(), is_there, "{}", path.display());
        }
        for path in ["a/b/link", "a/folder/c"] {
            let error = folder.step_by_step(Path::new(path), READ).expect_err("a link");
            assert!(is_link(&error), "{error}");
        }
    }
}
