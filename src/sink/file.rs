//! A file is written whole or not at all: beside its place, synced, then renamed into it.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Component, Path};

use super::leftover;
use crate::error::{Error, Result};

/// Writes `path` by `fill`. What stood there stays until the new bytes are safe on the disk; folders on the way are made.
pub fn write_file(path: &Path, fill: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder).map_err(|source| Error::io("make", folder, &source))?;
    let written = (|| {
        let mut beside = leftover::temporary(folder)?;
        let mut buffer = std::io::BufWriter::with_capacity(1 << 16, beside.as_file_mut());
        fill(&mut buffer)?;
        buffer.flush()?;
        drop(buffer);
        let mode = fs::metadata(path).map(|old| old.permissions()).ok();
        beside.as_file().set_permissions(mode.unwrap_or_else(readable))?;
        beside.as_file().sync_all()?;
        beside.persist(path).map_err(|error| error.error)?;
        // The new name is safe once the folder is.
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .or_else(|error| if cfg!(windows) { Ok(()) } else { Err(error) })
    })();
    written.map_err(|source| Error::io("write", path, &source))
}

/// Makes a folder, and those on the way to it.
pub fn make_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|source| Error::io("make", path, &source))
}

/// Writes a file below `folder`, and never outside: `inside` is a relative path without `..`, and none of its parts may be
/// a link.
pub fn write_below(
    folder: &Path,
    inside: &Path,
    fill: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> Result<()> {
    if inside.components().any(|part| !matches!(part, Component::Normal(_))) {
        return Err(Error::new(format!("cannot write {}: it is not a path within a folder", inside.display())));
    }
    for above in inside.ancestors().skip(1) {
        let above = folder.join(above);
        if above != folder && fs::symlink_metadata(&above).is_ok_and(|found| found.is_symlink()) {
            return Err(Error::new(format!("cannot write into {}: it is a link", above.display()))
                .help("delete the link, or name another folder"));
        }
    }
    let place = folder.join(inside);
    make_parents(folder, &place).map_err(|source| Error::io("make", &place, &source))?;
    write_file(&place, fill)
}

/// Creates the folders of the file `place` below `root`. The folder of members' feeds cannot be listed by other users of
/// the machine, because the names in it are secret; a web server that knows a path may read it.
pub(super) fn make_parents(root: &Path, place: &Path) -> std::io::Result<()> {
    fs::create_dir_all(place.parent().unwrap_or(root))?;
    match place.strip_prefix(root).ok().and_then(|path| path.components().next()) {
        Some(first) if first.as_os_str() == MEMBERS => unlisted(&root.join(MEMBERS)),
        _ => Ok(()),
    }
}

/// The folder of members' feeds.
const MEMBERS: &str = "members";

#[cfg(unix)]
fn unlisted(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o711))
}

#[cfg(not(unix))]
fn unlisted(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Permissions of a file that anybody may read, which a temporary file does not have.
#[cfg(unix)]
fn readable() -> fs::Permissions {
    use std::os::unix::fs::PermissionsExt;
    fs::Permissions::from_mode(0o644)
}

#[cfg(not(unix))]
fn readable() -> fs::Permissions {
    fs::metadata(".").map(|here| here.permissions()).expect("the working folder has permissions")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_outside() {
        let home = tempfile::tempdir().expect("a folder");
        let (folder, other) = (home.path().join("feeds"), home.path().join("other"));
        fs::create_dir(&folder).expect("a folder");
        fs::create_dir(&other).expect("a folder");
        std::os::unix::fs::symlink(&other, folder.join("members")).expect("a link");
        for outside in ["../x.ics", "/tmp/redletter-x.ics", "a/../../x.ics", "members/x.ics", "members/a/x.ics"] {
            assert!(write_below(&folder, Path::new(outside), |out| out.write_all(b"x")).is_err(), "{outside}");
        }
        assert_eq!(fs::read_dir(&other).expect("entries").count(), 0);
        write_below(&folder, Path::new("a/x.ics"), |out| out.write_all(b"x")).expect("a place inside");
        assert_eq!(fs::read(folder.join("a/x.ics")).expect("the file"), b"x");
    }

    #[test]
    fn a_failed_write_leaves_the_old_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("deep/all.ics");
        write_file(&path, |out| out.write_all(b"old")).expect("the first write");
        let failed = write_file(&path, |out| {
            out.write_all(b"ne")?;
            Err(std::io::Error::other("the lights went out"))
        });
        assert!(failed.is_err());
        assert_eq!(fs::read(&path).expect("the file"), b"old");
        assert_eq!(
            fs::read_dir(path.parent().expect("a folder")).expect("entries").count(),
            1,
            "nothing is left beside it"
        );
    }
}
