//! Every change that a build makes to the disk, one function each; so that a test can let the lights go out at any.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use super::manifest::Stamp;
use crate::error::{Error, Result};
use crate::sink::file::make_parents;

/// The disk. It keeps nothing but, in tests, what it cannot do, and how many changes it makes before it
/// fails for good.
#[derive(Debug, Default)]
pub(super) struct Disk {
    #[cfg(test)]
    pub(super) left: Option<std::sync::atomic::AtomicUsize>,
    /// Whether it cannot swap two folders at once.
    #[cfg(test)]
    pub(super) is_plain: bool,
}

impl Disk {
    fn run<T>(&self, verb: &str, path: &Path, work: impl FnOnce() -> io::Result<T>) -> Result<T> {
        self.step().and_then(|()| work()).map_err(|source| failed(verb, path, &source))
    }

    #[cfg(test)]
    fn step(&self) -> io::Result<()> {
        use std::sync::atomic::Ordering::SeqCst;
        let Some(left) = &self.left else { return Ok(()) };
        match left.fetch_update(SeqCst, SeqCst, |left| left.checked_sub(1)) {
            Ok(_) => Ok(()),
            Err(_) => Err(io::Error::other("the lights went out")),
        }
    }

    #[cfg(not(test))]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "in tests it fails")]
    fn step(&self) -> io::Result<()> {
        Ok(())
    }

    /// Creates a folder and its parents.
    pub(super) fn make_folder(&self, path: &Path) -> Result<()> {
        self.run("make", path, || fs::create_dir_all(path))
    }

    /// Creates the file `path` below `root`, with its parent folders; `path` must not exist. The new stamp differs from
    /// `not`.
    pub(super) fn write(&self, root: &Path, path: &str, bytes: &[u8], not: Option<Stamp>) -> Result<Stamp> {
        let place = root.join(path);
        self.run("write", &place, || {
            let mut file = match create(&place) {
                Ok(file) => file,
                // Most files have a folder of their own: trying first costs less than keeping a list of those made.
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    make_parents(root, &place)?;
                    create(&place)?
                }
                Err(_) => {
                    clear_way(root, path)?;
                    create(&place)?
                }
            };
            file.write_all(bytes).inspect_err(|_| {
                // Half a file is of no use, and the disk may be full.
                let _ = fs::remove_file(&place);
            })?;
            let mut stamp = Stamp::of(&file.metadata()?);
            let mut later = 1;
            // Clocks of file systems are coarse, and a new file must not look like the one that it follows.
            while Some(stamp) == not && later <= 4_000_000_000 {
                let nanos = u64::try_from(stamp.modified).unwrap_or_default() + later;
                file.set_modified(UNIX_EPOCH + Duration::from_nanos(nanos))?;
                stamp = Stamp::of(&file.metadata()?);
                later *= 10;
            }
            Ok(stamp)
        })
    }

    /// Gives the file `from` a second name, or where the file system knows no such thing, a copy with its time.
    pub(super) fn link(&self, from: &Path, root: &Path, path: &str) -> Result<()> {
        let to = root.join(path);
        let link = || match fs::hard_link(from, &to) {
            Err(error) if is_unable(&error) => copy(from, &to),
            linked => linked,
        };
        self.run("write", &to, || match link() {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                make_parents(root, &to)?;
                link()
            }
            Err(error) if matches!(error.kind(), ErrorKind::AlreadyExists | ErrorKind::NotADirectory) => {
                clear_way(root, path)?;
                link()
            }
            Err(error) => Err(error),
        })
    }

    /// Removes a file; it may be gone already.
    pub(super) fn remove(&self, path: &Path) -> Result<()> {
        self.run("remove", path, || match fs::remove_file(path) {
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(()),
            // A page replaces a folder and everything in it.
            Err(_) if path.is_dir() => Ok(()),
            removed => removed,
        })
    }

    /// Removes an empty folder; it may be gone already.
    pub(super) fn remove_folder(&self, path: &Path) -> Result<()> {
        self.run("remove", path, || match fs::remove_dir(path) {
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(()),
            removed => removed,
        })
    }

    /// Removes a folder and all that is in it; it may be gone already.
    pub(super) fn remove_all(&self, path: &Path) -> Result<()> {
        self.run("remove", path, || match fs::remove_dir_all(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            removed => removed,
        })
    }

    pub(super) fn same_permissions(&self, path: &Path, permissions: fs::Permissions) -> Result<()> {
        self.run("write", path, || fs::set_permissions(path, permissions))
    }

    /// Restricts a folder to its owner, on systems that support this.
    #[cfg(unix)]
    pub(super) fn keep_private(&self, path: &Path) -> Result<()> {
        use std::os::unix::fs::PermissionsExt;
        let private = || fs::Permissions::from_mode(0o700);
        // The six bits of group and others.
        let is_private = fs::metadata(path).is_ok_and(|found| found.permissions().mode().trailing_zeros() >= 6);
        if is_private { Ok(()) } else { self.run("write", path, || fs::set_permissions(path, private())) }
    }

    #[cfg(not(unix))]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "other systems have owners")]
    pub(super) fn keep_private(&self, _: &Path) -> Result<()> {
        Ok(())
    }

    pub(super) fn rename(&self, from: &Path, to: &Path) -> Result<()> {
        self.run("replace", to, || fs::rename(from, to))
    }

    /// Writes a file of our own whole, as [`crate::sink::write_file`] does.
    pub(super) fn replace(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        self.step().map_err(|source| failed("write", path, &source))?;
        crate::sink::write_file(path, |out| out.write_all(bytes))
    }

    /// Swaps two folders at once; false where the system or the file system cannot.
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    pub(super) fn exchange(&self, one: &Path, other: &Path) -> Result<bool> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        #[cfg(test)]
        if self.is_plain {
            return Ok(false);
        }
        self.run("replace", other, || match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
            Ok(()) => Ok(true),
            Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => Ok(false),
            Err(error) => Err(error.into()),
        })
    }

    #[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "other systems can")]
    pub(super) fn exchange(&self, _: &Path, _: &Path) -> Result<bool> {
        Ok(false)
    }

    /// Waits until a file is safe on the disk.
    pub(super) fn sync(&self, path: &Path) -> Result<()> {
        self.run("write", path, || File::options().read(true).write(cfg!(windows)).open(path)?.sync_all())
    }

    /// Waits until the names in a folder are safe on the disk, where a system lets one.
    pub(super) fn sync_folder(&self, path: &Path) -> Result<()> {
        self.run("write", path, || if cfg!(windows) { Ok(()) } else { File::open(path)?.sync_all() })
    }

    /// Flushes the whole file system of a folder to disk; `false` if the system cannot.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    pub(super) fn sync_everything(&self, path: &Path) -> Result<bool> {
        self.run("write", path, || Ok(rustix::fs::syncfs(File::open(path)?).map(|()| true)?))
    }

    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "other systems can")]
    pub(super) fn sync_everything(&self, _: &Path) -> Result<bool> {
        Ok(false)
    }
}

/// Never opens an existing file: it may be a hard link of a file that is being read, or a symbolic link.
fn create(path: &Path) -> io::Result<File> {
    File::options().write(true).create_new(true).open(path)
}

/// Takes out of the way of `path` what an earlier site had there: a file in the place of a folder, or the other way
/// round. A file at `path` itself stays: two pages want one place.
fn clear_way(root: &Path, path: &str) -> io::Result<()> {
    for folder in super::name::folders(path).collect::<Vec<_>>().into_iter().rev() {
        let folder = root.join(folder);
        if fs::symlink_metadata(&folder).is_ok_and(|found| !found.is_dir()) {
            fs::remove_file(&folder)?;
        }
    }
    let place = root.join(path);
    if fs::symlink_metadata(&place).is_ok_and(|found| found.is_dir()) {
        fs::remove_dir_all(&place)?;
    }
    make_parents(root, &place)
}

/// Whether the error means that the file system has no hard links, or no more for this file.
fn is_unable(error: &io::Error) -> bool {
    use ErrorKind::{CrossesDevices, PermissionDenied, TooManyLinks, Unsupported};
    matches!(error.kind(), Unsupported | PermissionDenied | CrossesDevices | TooManyLinks)
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let modified = fs::symlink_metadata(from)?.modified()?;
    let mut file = create(to)?;
    io::copy(&mut File::open(from)?, &mut file)?;
    file.set_modified(modified)
}

fn failed(verb: &str, path: &Path, source: &io::Error) -> Error {
    let error = Error::io(verb, path, source);
    match source.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            error.help("the site is as it was before; make room on the disk and build again")
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => error
            .help("a build needs to write the folder of the site and the one that it lies in; name another with `-o`"),
        _ => error,
    }
}
