//! Which paths a site may have: relative, `/` between the parts, and nothing that leads out of the folder.

use crate::error::{Error, Result};

/// Refuses a path that could lie outside of the folder, on this system or another.
pub(super) fn check(path: &str) -> Result<()> {
    let is_plain = |part: &str| !part.is_empty() && part != "." && part != "..";
    // `C:x` is a drive, and `x:y` on Windows a stream within a file.
    let is_drive = path.as_bytes().get(1) == Some(&b':') || (cfg!(windows) && path.contains(':'));
    if !is_drive && !path.contains(['\\', '\0']) && path.split('/').all(is_plain) {
        return Ok(());
    }
    Err(Error::new(format!("a site cannot have a file at `{}`", path.escape_debug())))
}

/// The folders that `path` lies in, the nearest first.
pub(super) fn folders(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once('/').map(|(folder, _)| folder), |inner| {
        inner.rsplit_once('/').map(|(folder, _)| folder)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leads_out() {
        for fine in ["index.html", "events/day/city/index.html", "static/.x", "a..b/...", "é/ü"] {
            assert!(check(fine).is_ok(), "{fine}");
        }
        let wrong = ["", "/", "/etc/x", "..", "../x", "a/../x", "a/..", "./a", "a/.", "a//b", "a/", "a\\b", "..\\x"];
        for wrong in wrong.into_iter().chain(["C:x", "c:/x", "a\0b", "a/\0"]) {
            assert!(check(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn folders_of_a_path() {
        assert_eq!(folders("a/b/c").collect::<Vec<_>>(), ["a/b", "a"]);
        assert_eq!(folders("a").count(), 0);
    }
}
