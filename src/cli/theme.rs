//! The calendar's own templates and static files, from `templates/` and `static/` in its folder.

use std::fs;
use std::path::Path;

use crate::error::{Error, Result};
use crate::render::site::theme::{Static, TEMPLATES, Theme};

/// Folder of templates that override built-in ones.
pub(super) const TEMPLATES_FOLDER: &str = "templates";
/// Folder of files that are served as they are.
pub(super) const STATICS_FOLDER: &str = "static";

/// The largest file of either, in bytes.
const LARGEST: u64 = 16_000_000;
/// Folders in folders are followed this deep.
const DEEPEST: usize = 16;

/// The theme of the calendar at `root`.
///
/// # Errors
/// A file that cannot be read or is too large, a template that is no text or does not parse, a name that is none of the
/// built-in ones' and is used by no template.
pub(super) fn load(root: &Path) -> Result<Theme> {
    let mut templates = Vec::new();
    for (name, bytes) in files(&root.join(TEMPLATES_FOLDER))? {
        let text = String::from_utf8(bytes).map_err(|_| {
            Error::new(format!("{TEMPLATES_FOLDER}/{name} is not UTF-8 text"))
                .help("save it with the encoding UTF-8; pictures and fonts go into `static/`")
        })?;
        templates.push((name, text));
    }
    let statics = files(&root.join(STATICS_FOLDER))?;
    let statics = statics.into_iter().map(|(path, bytes)| Static { path: path.into(), bytes }).collect();
    let unused: Vec<&str> = templates
        .iter()
        .map(|(name, _)| &**name)
        .filter(|name| TEMPLATES.iter().all(|(known, _)| known != name))
        .filter(|name| !templates.iter().any(|(_, text)| text.contains(*name)))
        .collect();
    if let Some(name) = unused.first() {
        let known: Vec<&str> = TEMPLATES.iter().map(|(name, _)| *name).collect();
        return Err(Error::new(format!("{TEMPLATES_FOLDER}/{name} overrides no template, and none includes it"))
            .help(format!("the templates are {}", known.join(", "))));
    }
    Theme::new(templates, statics)
}

/// All files below a folder, by their paths in it with slashes, sorted; hidden ones and links are passed over.
fn files(folder: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let mut found = Vec::new();
    if folder.is_dir() {
        walk(folder, "", 0, &mut found)?;
    }
    found.sort();
    Ok(found)
}

fn walk(folder: &Path, name: &str, depth: usize, found: &mut Vec<(String, Vec<u8>)>) -> Result<()> {
    let fail = |source: std::io::Error| Error::io("read", folder, &source);
    for entry in fs::read_dir(folder).map_err(fail)? {
        let entry = entry.map_err(fail)?;
        let own = entry.file_name();
        let path = entry.path();
        let Some(own) = own.to_str() else {
            return Err(Error::new(format!("{} has a name that is not UTF-8", path.display())));
        };
        if own.starts_with('.') || own.ends_with('~') {
            continue;
        }
        let name = if name.is_empty() { own.to_owned() } else { format!("{name}/{own}") };
        let kind = entry.file_type().map_err(fail)?;
        if kind.is_dir() && depth < DEEPEST {
            walk(&path, &name, depth + 1, found)?;
        } else if kind.is_file() {
            let fail = |source: std::io::Error| Error::io("read", &path, &source);
            let length = entry.metadata().map_err(fail)?.len();
            if length > LARGEST {
                return Err(Error::new(format!(
                    "{} has {} MB, over {}",
                    path.display(),
                    length / 1_000_000,
                    LARGEST / 1_000_000
                )));
            }
            found.push((name, fs::read(&path).map_err(fail)?));
        }
    }
    Ok(())
}
