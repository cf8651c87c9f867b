//! The calendar's own templates and static files, from `templates/` and `static/` in its folder.

use std::fs;
use std::path::{Path, PathBuf};

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
/// A file that cannot be read or is too large, a link that leads out of the calendar or to no file, a template that is no text or does not parse, a name that is none of the
/// built-in ones' and is used by no template.
pub(super) fn load(root: &Path) -> Result<Theme> {
    let mut templates = Vec::new();
    for (name, bytes) in files(root, TEMPLATES_FOLDER)? {
        let text = String::from_utf8(bytes).map_err(|_| {
            Error::new(format!("{TEMPLATES_FOLDER}/{name} is not UTF-8 text"))
                .help("save it with the encoding UTF-8; pictures and fonts go into `static/`")
        })?;
        templates.push((name, text));
    }
    let statics = files(root, STATICS_FOLDER)?;
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

/// All files that the site is made of beside the records: their names from `root`, and their bytes.
pub(super) fn published(root: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let mut found = Vec::new();
    for folder in [TEMPLATES_FOLDER, STATICS_FOLDER] {
        found.extend(files(root, folder)?.into_iter().map(|(name, bytes)| (format!("{folder}/{name}"), bytes)));
    }
    Ok(found)
}

/// All files below a folder of `root`, by their paths in it with slashes, sorted; hidden ones are passed over.
fn files(root: &Path, folder: &str) -> Result<Vec<(String, Vec<u8>)>> {
    let mut found = Vec::new();
    let folder = root.join(folder);
    if folder.is_dir() {
        walk(root, &folder, "", 0, &mut found)?;
    }
    found.sort();
    Ok(found)
}

fn walk(root: &Path, folder: &Path, name: &str, depth: usize, found: &mut Vec<(String, Vec<u8>)>) -> Result<()> {
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
            walk(root, &path, &name, depth + 1, found)?;
        } else if kind.is_file() || kind.is_symlink() {
            let path = if kind.is_symlink() { followed(root, &path)? } else { path };
            let fail = |source: std::io::Error| Error::io("read", &path, &source);
            let length = fs::metadata(&path).map_err(fail)?.len();
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

/// The file that a link leads to: a plain one of the calendar that is not hidden. What else is on this machine is nobody's to
/// publish by a link that came with the records.
fn followed(root: &Path, link: &Path) -> Result<PathBuf> {
    let shown = link.strip_prefix(root).unwrap_or(link).display();
    let refuse = |why: &str| {
        Error::new(format!("{shown} is a link {why}"))
            .help("put the file itself there, or let it lead to one of the calendar")
    };
    let target = fs::canonicalize(link).map_err(|_| refuse("that leads nowhere"))?;
    let root = fs::canonicalize(root).map_err(|source| Error::io("read", root, &source))?;
    let inside = target.strip_prefix(&root).map_err(|_| refuse("out of the calendar's folder"))?;
    if inside.iter().any(|part| part.to_string_lossy().starts_with('.')) {
        return Err(refuse("to a hidden file"));
    }
    if !target.is_file() {
        return Err(refuse("to what is no plain file"));
    }
    Ok(target)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    /// What becomes of a link in `static/`: the bytes of its file, or why not.
    fn linked(target: &str) -> String {
        let root = tempfile::tempdir().expect("a folder");
        let own = |name: &str| root.path().join(name);
        fs::create_dir(own("static")).expect("a folder");
        fs::create_dir(own("art")).expect("a folder");
        fs::write(own("art/rose.svg"), "a rose").expect("a file");
        fs::write(own(".secret"), "a secret").expect("a file");
        symlink(target, own("static/rose.svg")).expect("a link");
        match files(root.path(), STATICS_FOLDER) {
            Ok(found) => String::from_utf8(found.into_iter().flat_map(|(_, bytes)| bytes).collect()).expect("text"),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_link_is_followed_within_the_calendar_and_refused_aloud_elsewhere() {
        assert_eq!(linked("../art/rose.svg"), "a rose");
        for (target, said) in [
            ("/etc/hostname", "static/rose.svg is a link out of the calendar's folder"),
            ("../nowhere", "static/rose.svg is a link that leads nowhere"),
            ("rose.svg", "static/rose.svg is a link that leads nowhere"),
            ("../art", "static/rose.svg is a link to what is no plain file"),
            ("../.secret", "static/rose.svg is a link to a hidden file"),
        ] {
            assert_eq!(linked(target), said);
        }
    }
}
