//! The paths of a site and its hidden folder, and which folders a build refuses.

use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::manifest::Manifest;
use crate::error::{Error, Result};

/// What a page of ours has in its head.
const GENERATOR: &[u8] = b"<meta name=\"generator\" content=\"redletter";

/// The folder of a site, and the hidden one beside it.
#[derive(Debug)]
pub(super) struct Place {
    /// The site.
    pub(super) live: PathBuf,
    /// What a build keeps for the next one.
    pub(super) hidden: PathBuf,
}

impl Place {
    /// Resolves `out`, which must not be a link itself, and creates its parent folders.
    pub(super) fn find(out: &Path) -> Result<Place> {
        let fail = |source: std::io::Error| Error::io("build in", out, &source);
        let other = "name another folder with `-o`";
        let live = match fs::symlink_metadata(out) {
            Ok(found) if found.is_symlink() => {
                return Err(Error::new(format!("cannot build in {}: it is a link", out.display()))
                    .help("name the folder itself with `-o`, or delete the link"));
            }
            Ok(_) => fs::canonicalize(out).map_err(fail)?,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let Some(name) = out.file_name() else { return Err(fail(error)) };
                let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
                fs::create_dir_all(folder).map_err(|source| Error::io("make", folder, &source))?;
                fs::canonicalize(folder).map_err(fail)?.join(name)
            }
            Err(error) => return Err(fail(error)),
        };
        if live.exists() && !live.is_dir() {
            return Err(Error::new(format!("cannot build in {}: it is a file", out.display())).help(other));
        }
        let (Some(folder), Some(name)) = (live.parent(), live.file_name()) else {
            return Err(
                Error::new(format!("cannot build in {}: it has no folder around it", out.display())).help(other)
            );
        };
        if is_another_disk(&live, folder) {
            let message = format!("cannot build in {}: a disk of its own begins there", out.display());
            return Err(Error::new(message).help("a site is swapped whole: name a folder inside it with `-o`"));
        }
        let mut hidden = std::ffi::OsString::from(".");
        hidden.push(name);
        hidden.push(".redletter");
        let place = Place { hidden: folder.join(hidden), live };
        place.refuse_links()?;
        Ok(place)
    }

    /// Refuses links in place of the build's own files, because the build would change their targets.
    fn refuse_links(&self) -> Result<()> {
        let ours = [self.spare(), self.leaving(), self.manifest(), self.next(), self.turn(), self.ignore()];
        let is_link = |path: &&PathBuf| fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink());
        match std::iter::once(&self.hidden).chain(&ours).find(is_link) {
            Some(link) => {
                Err(Error::new(format!("cannot build in {}: {} is a link", self.live.display(), link.display()))
                    .help("delete the link: builds keep there what the next one needs"))
            }
            None => Ok(()),
        }
    }

    /// The lock file of builds.
    pub(super) fn turn(&self) -> PathBuf {
        self.hidden.join("turn")
    }

    /// What keeps the folder out of git.
    pub(super) fn ignore(&self) -> PathBuf {
        self.hidden.join(".gitignore")
    }

    /// The other generation: the site before this one, and what the next one is made of.
    pub(super) fn spare(&self) -> PathBuf {
        self.hidden.join("spare")
    }

    /// The site on its way out, where a system cannot swap two folders at once.
    pub(super) fn leaving(&self) -> PathBuf {
        self.hidden.join("leaving")
    }

    /// The manifest of the site.
    pub(super) fn manifest(&self) -> PathBuf {
        self.hidden.join("manifest")
    }

    /// The manifest of the site that is about to be, or just was, swapped in.
    pub(super) fn next(&self) -> PathBuf {
        self.hidden.join("manifest.next")
    }

    /// A name for a folder that is set aside because it is unknown which of its files are ours.
    pub(super) fn aside(&self) -> PathBuf {
        let named = |number: u32| self.hidden.join(format!("replaced-{number}"));
        let mut number = 1;
        while named(number).exists() {
            number += 1;
        }
        named(number)
    }

    /// Whether a build may take the folder: it is not there, or empty, or holds a site of ours, or nothing but hidden
    /// files (a fresh worktree of a branch for pages has a `.git`).
    pub(super) fn refuse_others(&self, known: Option<&Manifest>) -> Result<()> {
        if known.is_some() || self.has_our_page() {
            return Ok(());
        }
        let fail = |source: std::io::Error| Error::io("read", &self.live, &source);
        let entries = match fs::read_dir(&self.live) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            entries => entries.map_err(fail)?,
        };
        let mut first: Option<std::ffi::OsString> = None;
        for entry in entries {
            let name = entry.map_err(fail)?.file_name();
            if !name.as_encoded_bytes().starts_with(b".") && first.as_ref().is_none_or(|first| name < *first) {
                first = Some(name);
            }
        }
        let Some(name) = first else { return Ok(()) };
        let message = format!(
            "cannot build in {}: it holds `{}`, and no site that redletter made",
            self.live.display(),
            name.display().to_string().escape_debug()
        );
        Err(Error::new(message)
            .help("name an empty or a new folder with `-o`; files to be served too belong in `static/`"))
    }

    fn has_our_page(&self) -> bool {
        let mut start = Vec::new();
        let read =
            fs::File::open(self.live.join("index.html")).and_then(|file| file.take(4096).read_to_end(&mut start));
        read.is_ok() && start.windows(GENERATOR.len()).any(|text| text == GENERATOR)
    }
}

#[cfg(unix)]
fn is_another_disk(live: &Path, folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| fs::metadata(path).map(|found| found.dev());
    matches!((device(live), device(folder)), (Ok(one), Ok(other)) if one != other)
}

#[cfg(not(unix))]
fn is_another_disk(_: &Path, _: &Path) -> bool {
    false
}
