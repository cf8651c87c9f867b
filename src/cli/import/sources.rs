//! What is imported from: files, folders, standard input, addresses.

use std::io::Read;
use std::path::{Path, PathBuf};

use super::World;
use crate::error::{Error, Result};

/// A file, or what stands for one.
#[derive(Clone, Debug)]
pub(super) struct Source {
    /// For messages.
    pub(super) name: String,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
    /// Where it is on the disk.
    pub(super) path: Option<PathBuf>,
    /// Whether it was found in a folder, or by another source, rather than named.
    pub(super) is_of_folder: bool,
}

/// Bytes of a file.
const LARGEST: u64 = 256_000_000;
/// Bytes of all files.
const LARGEST_SUM: u64 = 512_000_000;
/// Files of a folder.
const MOST_FILES: usize = 200_000;
/// Folders below one another.
const DEEPEST: usize = 8;

/// Reads the sources.
pub(super) fn read(names: &[String], world: &World<'_>) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for name in names {
        if name == "-" {
            let input = world.environment.stdin.ok_or_else(|| Error::new("there is no standard input"))?;
            sources.push(Source {
                name: "standard input".to_owned(),
                bytes: limited(input(), "standard input")?,
                path: None,
                is_of_folder: false,
            });
        } else if super::address::is_address(name) {
            let bytes = super::address::get(name)?;
            sources.push(Source { name: name.clone(), bytes, path: None, is_of_folder: false });
        } else {
            let path = world.folder.join(name);
            let found = std::fs::metadata(&path).map_err(|source| Error::io("read", Path::new(name), &source))?;
            if found.is_dir() {
                folder(&path, name, &mut sources)?;
            } else {
                sources.push(Source {
                    name: name.clone(),
                    bytes: file(&path, name)?,
                    path: Some(path.clone()),
                    is_of_folder: false,
                });
            }
        }
        if sources.iter().map(|source| source.bytes.len() as u64).sum::<u64>() > LARGEST_SUM {
            return Err(Error::new(format!("the sources have over {} MB", LARGEST_SUM / 1_000_000))
                .help("import them one after the other"));
        }
    }
    Ok(sources)
}

fn file(path: &Path, name: &str) -> Result<Vec<u8>> {
    let found = std::fs::metadata(path).map_err(|source| Error::io("read", Path::new(name), &source))?;
    if found.len() > LARGEST {
        return Err(too_large(name));
    }
    let file = std::fs::File::open(path).map_err(|source| Error::io("read", Path::new(name), &source))?;
    limited(file, name)
}

fn too_large(name: &str) -> Error {
    Error::new(format!("{name} has over {} MB", LARGEST / 1_000_000)).help("divide it")
}

fn limited(input: impl Read, name: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = input.take(LARGEST + 1).read_to_end(&mut bytes);
    read.map_err(|source| Error::new(format!("cannot read {name}: {source}")))?;
    if bytes.len() as u64 > LARGEST { Err(too_large(name)) } else { Ok(bytes) }
}

/// The file that a source includes: a relative path that stays beside the source.
pub(super) fn beside(source: &Source, include: &str) -> Option<Source> {
    let inside = Path::new(include);
    let is_inside = inside.components().all(|part| matches!(part, std::path::Component::Normal(_)));
    let path = source.path.as_ref()?.parent()?.join(inside);
    let bytes = is_inside.then(|| file(&path, include).ok()).flatten()?;
    let folder = source.name.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    Some(Source { name: format!("{folder}{include}"), bytes, path: Some(path), is_of_folder: true })
}

/// The .ics files of a folder and of those below it, by name, or the TOML and YAML files if there are none; hidden ones
/// are left out, and links to folders too.
fn folder(path: &Path, name: &str, sources: &mut Vec<Source>) -> Result<()> {
    let mut found: Vec<PathBuf> = Vec::new();
    let mut others: Vec<PathBuf> = Vec::new();
    let mut open = vec![(path.to_path_buf(), 0)];
    while let Some((folder, depth)) = open.pop() {
        let entries = std::fs::read_dir(&folder).map_err(|source| Error::io("read", &folder, &source))?;
        for entry in entries.filter_map(std::result::Result::ok) {
            let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
            let Ok(kind) = entry.file_type() else { continue };
            if is_hidden {
                continue;
            }
            let ending = entry.path().extension().map(std::ffi::OsStr::to_ascii_lowercase).unwrap_or_default();
            let is_calendar = ending == "ics";
            if kind.is_file() && (ending == "toml" || ending == "yaml" || ending == "yml") {
                others.push(entry.path());
            }
            if kind.is_dir() && depth < DEEPEST {
                open.push((entry.path(), depth + 1));
            } else if kind.is_file() && is_calendar {
                found.push(entry.path());
            }
        }
        if found.len() > MOST_FILES {
            return Err(Error::new(format!("{name} has over {MOST_FILES} files")));
        }
    }
    if found.is_empty() {
        found = others;
    }
    if found.is_empty() {
        return Err(Error::new(format!("{name} has no file that ends in .ics, .toml or .yaml")));
    }
    found.sort();
    for at in found {
        let inside = at.strip_prefix(path).unwrap_or(&at).display().to_string();
        let name = format!("{}/{inside}", name.trim_end_matches('/'));
        let bytes = file(&at, &name)?;
        sources.push(Source { name, bytes, path: Some(at), is_of_folder: true });
    }
    Ok(())
}
