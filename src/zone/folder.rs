//! Compiled zone files: a folder such as `/usr/share/zoneinfo`, or a `tzdata` Python wheel, packed or unpacked.
//!
//! A zone name from a record cannot leave the folder. `right/` is refused because its clocks count leap seconds.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::wheel::Wheel;

/// Zone files are at most 4 KiB, and `tzdata.zi` has about 100; larger files are cut here.
pub(super) const LARGEST: u64 = 1 << 20;

/// Zone files of one version.
#[derive(Debug)]
pub(super) struct Folder {
    files: Files,
    names: OnceLock<Vec<&'static str>>,
}

/// Where the files are.
#[derive(Debug)]
enum Files {
    Folder(PathBuf),
    Wheel(Wheel),
}

impl Folder {
    /// A folder of zone files, which is opened without a look at its version.
    pub(super) fn new(path: PathBuf) -> Self {
        Folder { files: Files::Folder(path), names: OnceLock::new() }
    }

    /// The version and the zone files at a path given by the user: a folder of zone files, a wheel, or an unpacked wheel.
    /// `None` for anything else, or without a version.
    pub(super) fn given(path: &Path) -> std::io::Result<Option<(String, Folder)>> {
        if path.is_file() {
            let Some(wheel) = Wheel::open(path)? else { return Ok(None) };
            let first_line = |name| wheel.start_of(name).map(|bytes| first_line_of(&bytes));
            let version = first_line("zoneinfo/tzdata.zi")
                .and_then(|line| parse_version(line.strip_prefix("# version ")?))
                .or_else(|| version_of_package(&String::from_utf8_lossy(&wheel.start_of("__init__.py")?)));
            return Ok(version.map(|version| (version, Folder { files: Files::Wheel(wheel), names: OnceLock::new() })));
        }
        let inside = ["", "zoneinfo", "tzdata/zoneinfo"].map(|inside| path.join(inside));
        for folder in inside.into_iter().filter(|folder| folder.is_dir()) {
            let version = match version(&folder)? {
                None => read_start(&folder.join("../__init__.py"))?.and_then(|text| version_of_package(&text)),
                version => version,
            };
            if let Some(version) = version {
                return Ok(Some((version, Folder::new(folder))));
            }
        }
        Ok(None)
    }

    /// The bytes of a zone's file, if it exists.
    pub(super) fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        if !is_zone_name(name) {
            return None;
        }
        let bytes = match &self.files {
            Files::Wheel(wheel) => wheel.zone(name)?,
            Files::Folder(folder) => {
                let path = folder.join(name);
                if !path.is_file() {
                    return None;
                }
                let mut bytes = Vec::new();
                File::open(path).ok()?.take(LARGEST).read_to_end(&mut bytes).ok()?;
                bytes
            }
        };
        bytes.starts_with(b"TZif").then_some(bytes)
    }

    /// The names of all zone files, sorted. They are read once, and live as long as the process.
    pub(super) fn names(&self) -> &[&'static str] {
        self.names.get_or_init(|| {
            let mut names = Vec::new();
            match &self.files {
                Files::Folder(folder) => collect(folder, "", &mut names),
                Files::Wheel(wheel) => names.extend(wheel.names().map(str::to_owned)),
            }
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

/// Whether a name can be a zone's: parts of letters, digits, `_`, `+` and `-`, excluding other files of zoneinfo folders.
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

/// The version that a folder says it has, in `tzdata.zi` or `+VERSION`; `None` if it says nothing.
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
    // The version is in the first bytes; the rest of tzdata.zi has 100 KiB.
    let mut start = Vec::new();
    File::open(path)?.take(64).read_to_end(&mut start)?;
    Ok(first_line_of(&start))
}

fn first_line_of(bytes: &[u8]) -> String {
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    String::from_utf8_lossy(line).into_owned()
}

/// The text of a small file, if it exists.
fn read_start(path: &Path) -> std::io::Result<Option<String>> {
    match File::open(path) {
        Ok(file) => {
            let mut bytes = Vec::new();
            file.take(4096).read_to_end(&mut bytes)?;
            Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The version in the `__init__.py` of the Python package: `IANA_VERSION = "2026f"`.
fn version_of_package(text: &str) -> Option<String> {
    let value = text.lines().find_map(|line| line.strip_prefix("IANA_VERSION"))?;
    parse_version(value.trim_start_matches([' ', '=']).trim_matches(['"', '\'', ' ']))
}

/// `2026f` of `2026f-debian`: a year, then small letters. These compare as text in the order of their release.
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
