//! Many files of a calendar, written all or not at all.
//!
//! They are written below a hidden folder first, then renamed into place one after the other. If a rename fails, those
//! that were made are taken back.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// A file to write.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BatchFile {
    /// Where, on the disk.
    pub path: PathBuf,
    /// Its bytes.
    pub text: String,
    /// Whether it replaces a file; else nothing may be there.
    pub replaces: bool,
}

/// Files that are flushed to disk one by one; of more, the folder is.
const FLUSHED: usize = 500;

/// Writes all files. `root` is on the same disk as they.
pub fn write_batch(root: &Path, files: &[BatchFile]) -> Result<()> {
    let stage = tempfile::Builder::new()
        .prefix(".redletter-import-")
        .tempdir_in(root)
        .map_err(|source| Error::io("write to", root, &source))?;
    for (number, file) in files.iter().enumerate() {
        let place = stage.path().join(number.to_string());
        let written = fs::File::create_new(&place).and_then(|mut out| {
            out.write_all(file.text.as_bytes())?;
            if files.len() <= FLUSHED { out.sync_all() } else { Ok(()) }
        });
        written.map_err(|source| Error::io("write", &place, &source))?;
    }
    let mut made: Vec<usize> = Vec::new();
    for (number, file) in files.iter().enumerate() {
        if let Err(error) = put(stage.path(), number, file) {
            for number in made.into_iter().rev() {
                take_back(stage.path(), number, &files[number]);
            }
            return Err(Error::io("write", &file.path, &error));
        }
        made.push(number);
    }
    Ok(())
}

fn put(stage: &Path, number: usize, file: &BatchFile) -> std::io::Result<()> {
    if let Some(folder) = file.path.parent() {
        fs::create_dir_all(folder)?;
    }
    if file.replaces {
        fs::set_permissions(stage.join(number.to_string()), fs::metadata(&file.path)?.permissions())?;
        fs::rename(&file.path, stage.join(format!("{number}.old")))?;
    } else if file.path.symlink_metadata().is_ok() {
        return Err(std::io::Error::from(std::io::ErrorKind::AlreadyExists));
    }
    fs::rename(stage.join(number.to_string()), &file.path)
}

fn take_back(stage: &Path, number: usize, file: &BatchFile) {
    // What cannot be taken back stays; the error that led here is reported.
    let _ = if file.replaces {
        fs::rename(stage.join(format!("{number}.old")), &file.path)
    } else {
        fs::remove_file(&file.path)
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: PathBuf, text: &str, replaces: bool) -> BatchFile {
        BatchFile { path, text: text.to_owned(), replaces }
    }

    #[test]
    fn all_files_are_written_or_none() {
        let root = tempfile::tempdir().expect("a folder");
        let at = |name: &str| root.path().join(name);
        write_batch(root.path(), &[file(at("events/a.toml"), "a", false), file(at("calendar.toml"), "c", false)])
            .expect("both");
        let again = [
            file(at("calendar.toml"), "d", true),
            file(at("events/b.toml"), "b", false),
            file(at("events/a.toml"), "x", false),
        ];
        assert!(write_batch(root.path(), &again).is_err());
        assert_eq!(fs::read_to_string(at("calendar.toml")).expect("the file"), "c");
        assert_eq!(fs::read_to_string(at("events/a.toml")).expect("the file"), "a");
        assert!(!at("events/b.toml").exists());
        write_batch(root.path(), &again[..2]).expect("both");
        assert_eq!(fs::read_to_string(at("calendar.toml")).expect("the file"), "d");
        let left: Vec<_> =
            fs::read_dir(root.path()).expect("entries").map(|entry| entry.expect("an entry").file_name()).collect();
        assert_eq!(left.len(), 2, "{left:?}");
    }
}
