//! A file is written whole or not at all: beside its place, synced, then renamed into it.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use crate::error::{Error, Result};

/// Writes `path` by `fill`. What stood there stays until the new bytes are safe on the disk; folders on the way are made.
pub fn write_file(path: &Path, fill: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder).map_err(|source| Error::io("make", folder, &source))?;
    let written = (|| {
        let mut beside = tempfile::Builder::new().prefix(".redletter-").tempfile_in(folder)?;
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
