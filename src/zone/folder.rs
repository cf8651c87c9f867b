//! A folder of compiled zone files, as `/usr/share/zoneinfo` is.
//!
//! A name never leads out of the folder, whoever wrote it. `right/` is refused because its clocks count leap seconds.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Zone files are at most 4 KiB; what is larger than this is none.
const LARGEST: u64 = 1 << 20;

/// A folder of zone files of one version.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    names: OnceLock<Vec<&'static str>>,
}

impl Folder {
    pub(super) fn new(path: PathBuf) -> Self {
        Folder { path, names: OnceLock::new() }
    }

    /// The bytes of a zone's file; none where there is none.
    pub(super) fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        if !is_zone_name(name) {
            return None;
        }
        let path = self.path.join(name);
        if !path.is_file() {
            return None;
        }
        let mut bytes = Vec::new();
        File::open(path).ok()?.take(LARGEST).read_to_end(&mut bytes).ok()?;
        bytes.starts_with(b"TZif").then_some(bytes)
    }

    /// The names of all zone files, sorted. They are read once, and live as long as the process.
    pub(super) fn names(&self) -> &[&'static str] {
        self.names.get_or_init(|| {
            let mut names = Vec::new();
            collect(&self.path, "", &mut names);
            names.retain(|name| self.bytes(name).is_some());
            names.sort_unstable();
            names.into_iter().map(|name| &*name.leak()).collect()
        })
    }
}

/// Adds the names of the files below `folder` that could be zones.
fn collect(folder: &Path, prefix: &str, names: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let Some(name) = entry.file_name().to_str().map(|last| format!("{prefix}{last}")) else { continue };
        // Not through links to folders, which may go in circles.
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_folder && is_zone_name(&format!("{name}/x")) {
            collect(&entry.path(), &format!("{name}/"), names);
        } else if !is_folder && is_zone_name(&name) {
            names.push(name);
        }
    }
}

/// Whether a name may be a zone's: parts of letters, digits, `_`, `+` and `-`; not what zoneinfo folders hold besides.
pub(super) fn is_zone_name(name: &str) -> bool {
    let first = name.split('/').next().unwrap_or_default();
    let beside = ["posix", "right", "Factory", "localtime", "posixrules"];
    name.len() < 64
        && !beside.iter().any(|other| first.eq_ignore_ascii_case(other))
        && name.split('/').all(|part| {
            part.starts_with(|first: char| first.is_ascii_alphabetic())
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_+-".contains(&byte))
        })
}

/// The version that a folder says it has, in `tzdata.zi` or `+VERSION`; none where it says nothing.
pub(super) fn version(path: &Path) -> std::io::Result<Option<String>> {
    for (file, prefix) in [("tzdata.zi", "# version "), ("+VERSION", "")] {
        match first_line(&path.join(file)) {
            Ok(line) => {
                if let Some(version) = line.strip_prefix(prefix).and_then(parse_version) {
                    return Ok(Some(version));
                }
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}

fn first_line(path: &Path) -> std::io::Result<String> {
    // A version stands in the first bytes; the rest of tzdata.zi has 100 KiB.
    let mut start = Vec::new();
    File::open(path)?.take(64).read_to_end(&mut start)?;
    let line = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
    Ok(String::from_utf8_lossy(line).into_owned())
}

/// `2026e` of `2026e-debian`: a year, then small letters. These compare as text in the order of their release.
fn parse_version(text: &str) -> Option<String> {
    let text = text.trim_end();
    let (year, rest) = text.split_at_checked(4)?;
    let letters = rest.bytes().take_while(u8::is_ascii_lowercase).count();
    let ends = rest[letters..].chars().next().is_none_or(|next| !next.is_ascii_alphanumeric());
    (ends && year.bytes().all(|byte| byte.is_ascii_digit())).then(|| text[..4 + letters].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leads_out_of_the_folder() {
        for name in ["../../etc/passwd", "/etc/localtime", "Europe/../x", "Europe//Paris", "", ".", "a\\b", "right/UTC"]
        {
            assert!(!is_zone_name(name), "{name}");
        }
        for name in ["Europe/Paris", "Etc/GMT+5", "America/Port-au-Prince", "America/Argentina/Buenos_Aires", "GMT0"] {
            assert!(is_zone_name(name), "{name}");
        }
    }

    #[test]
    fn versions_compare_as_text() {
        let version = |text| parse_version(text).unwrap();
        assert_eq!(version("2025b-00-gabc"), "2025b");
        assert!(version("2026") < version("2026a"));
        assert!(version("2025c") < version("2026"));
        assert_eq!(parse_version("unknown"), None);
        assert_eq!(parse_version("20261"), None);
    }
}
