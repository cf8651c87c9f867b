//! The calendar's own templates and static files, from `templates/` and `static/` in its folder.

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::render::site::theme::{Static, TEMPLATES, Theme};
use crate::source::publish;
use crate::source::root::{Kind, LARGEST_IMAGE, LARGEST_SETTINGS, Root, Unopened};

/// Folder of templates that override built-in ones.
pub(super) const TEMPLATES_FOLDER: &str = "templates";
/// Folder of files that are served as they are.
pub(super) const STATICS_FOLDER: &str = "static";

/// Folders in folders are followed this deep.
const DEEPEST: usize = 16;

/// The theme of the calendar at `root`.
///
/// # Errors
/// A file that cannot be read or is too large, a link that leads out of the calendar or to what is not published, a
/// template that is not text or does not parse, a name that is none of the built-in ones' and is used by no template.
pub(super) fn load(root: &Path) -> Result<Theme> {
    let root = Root::open(root)?;
    let mut templates = Vec::new();
    for (name, bytes) in files(&root, TEMPLATES_FOLDER, LARGEST_SETTINGS)? {
        let text = String::from_utf8(bytes).map_err(|_| {
            Error::new(format!("{TEMPLATES_FOLDER}/{name} is not UTF-8 text"))
                .help("save it with the encoding UTF-8; pictures and fonts go into `static/`")
        })?;
        templates.push((name, text));
    }
    let statics = files(&root, STATICS_FOLDER, LARGEST_IMAGE)?;
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
    let root = Root::open(root)?;
    let mut found = Vec::new();
    for (folder, most) in [(TEMPLATES_FOLDER, LARGEST_SETTINGS), (STATICS_FOLDER, LARGEST_IMAGE)] {
        let files = files(&root, folder, most)?;
        found.extend(files.into_iter().map(|(name, bytes)| (format!("{folder}/{name}"), bytes)));
    }
    Ok(found)
}

/// All files below a folder of the calendar, by their paths in it with slashes, sorted; hidden ones are passed over.
fn files(root: &Root, folder: &str, most: u64) -> Result<Vec<(String, Vec<u8>)>> {
    let mut walk = Walk { root, top: folder, most, above: Vec::new(), found: Vec::new() };
    match root.resolve(Path::new(folder)) {
        Ok(real) if root.stat(&real).is_some_and(|found| found.is_dir()) => walk.folder(real, "")?,
        Ok(_) => return Err(Error::new(format!("{folder} is not a folder"))),
        Err(Unopened::Missing) => {}
        Err(why) => return Err(why.of(folder)),
    }
    walk.found.sort();
    Ok(walk.found)
}

/// A walk through a folder of the calendar. Links are followed, and each file is judged by where it really is.
struct Walk<'r> {
    root: &'r Root,
    top: &'r str,
    /// Bytes that a file may have.
    most: u64,
    /// The folders that we are in, by their real paths.
    above: Vec<PathBuf>,
    found: Vec<(String, Vec<u8>)>,
}

impl Walk<'_> {
    fn folder(&mut self, folder: PathBuf, name: &str) -> Result<()> {
        let mut entries = self.root.list(&folder).map_err(|why| why.of(&self.shown(name)))?;
        entries.sort_by(|(one, _), (other, _)| one.cmp(other));
        self.above.push(folder);
        for (own, kind) in entries {
            let Some(text) = own.to_str() else {
                let own = own.to_string_lossy();
                return Err(Error::new(format!("{}/{own} has a name that is not UTF-8", self.shown(name))));
            };
            if !text.starts_with('.') && !text.ends_with('~') {
                let name = if name.is_empty() { text.to_owned() } else { format!("{name}/{text}") };
                self.entry(text, kind, &name)?;
            }
        }
        self.above.pop();
        Ok(())
    }

    fn entry(&mut self, own: &str, mut kind: Kind, name: &str) -> Result<()> {
        let mut path = self.above.last().map_or_else(|| own.into(), |above| above.join(own));
        if kind == Kind::Link {
            path = self.root.resolve(&path).map_err(|why| why.of(&self.shown(name)))?;
            kind = match self.root.stat(&path) {
                Some(found) if found.is_dir() => Kind::Folder,
                Some(found) if found.is_file() => Kind::File,
                _ => Kind::Other,
            };
        }
        match kind {
            Kind::Folder if self.above.contains(&path) => {
                Err(Error::new(format!("{} is a link to a folder that holds it", self.shown(name)))
                    .help("delete the link"))
            }
            Kind::Folder if self.above.len() > DEEPEST => {
                Err(Error::new(format!("{} lies too deep: folders are followed {DEEPEST} deep", self.shown(name)))
                    .help("move it further up"))
            }
            Kind::Folder => self.folder(path, name),
            Kind::File => {
                if let Some(why) = publish::refusal(self.root, &path) {
                    return Err(Error::new(format!("{} is not published: {why}", self.shown(name)))
                        .help("put the file itself there, or delete the link"));
                }
                let bytes = self.root.read(&path, self.most).map_err(|why| why.of(&self.shown(name)))?;
                if let Some(what) = copied(own, &bytes).filter(|_| self.top == STATICS_FOLDER) {
                    return Err(Error::new(format!("{} is not published: it is a copy of {what}", self.shown(name)))
                        .help("delete it: records and settings hold notes and private values"));
                }
                self.found.push((name.to_owned(), bytes));
                Ok(())
            }
            Kind::Link | Kind::Other => Err(Unopened::NotRegular.of(&self.shown(name))),
        }
    }

    /// A path in the folder, from the root of the calendar.
    fn shown(&self, name: &str) -> String {
        if name.is_empty() { self.top.to_owned() } else { format!("{}/{name}", self.top) }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    /// What becomes of a link in `static/`: the bytes of its file, or why not.
    fn linked(target: &str) -> String {
        let root = tempfile::tempdir().expect("a folder");
        let own = |name: &str| root.path().join(name);
        for folder in ["static", "art", "events", "public/members/secret", ".public.redletter"] {
            fs::create_dir_all(own(folder)).expect("a folder");
        }
        for file in ["art/rose.svg", "events/rose.svg", "events/a.toml", "events/rows.csv", "calendar.toml"] {
            fs::write(own(file), "a rose").expect("a file");
        }
        for file in ["calendar.lock", ".secret", "public/a.ics", "public/members/secret/all.ics"] {
            fs::write(own(file), "a secret").expect("a file");
        }
        symlink(target, own("static/rose")).expect("a link");
        match Root::open(root.path()).and_then(|root| files(&root, STATICS_FOLDER, LARGEST_IMAGE)) {
            Ok(found) => {
                found.into_iter().map(|(name, bytes)| name + ": " + &String::from_utf8_lossy(&bytes)).collect()
            }
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_link_is_followed_within_the_calendar_and_refused_aloud_elsewhere() {
        assert_eq!(linked("../art/rose.svg"), "rose: a rose");
        assert_eq!(linked("../events/rose.svg"), "rose: a rose");
        assert_eq!(linked("../art"), "rose/rose.svg: a rose");
        for (target, said) in [
            ("/etc/hostname", "cannot read static/rose: the link leads out of the calendar's folder"),
            ("../../x", "cannot read static/rose: the link leads out of the calendar's folder"),
            ("/proc/self/environ", "cannot read static/rose: the link leads out of the calendar's folder"),
            ("../nowhere", "cannot read static/rose: the link leads nowhere"),
            ("rose", "cannot read static/rose: the link leads nowhere"),
            ("../.secret", "cannot read static/rose: the link leads to a hidden file"),
            ("../.public.redletter", "cannot read static/rose: the link leads to a hidden file"),
            (".", "static/rose is a link to a folder that holds it"),
            ("../events/a.toml", "static/rose is not published: it is a file of records"),
            ("../events/rows.csv", "static/rose is not published: it is a file of records"),
            ("../events", "static/rose/a.toml is not published: it is a file of records"),
            ("../calendar.toml", "static/rose is not published: it is a file of the calendar itself"),
            ("../calendar.lock", "static/rose is not published: it is a file of the calendar itself"),
            ("../public/a.ics", "static/rose is not published: it is a file of a site that was built"),
            ("../public/members", "static/rose/secret/all.ics is not published: it is a file of a site that was built"),
        ] {
            assert_eq!(linked(target), said, "{target}");
        }
    }
}

/// The kind of calendar file that a file is a copy of, by its name and form.
fn copied(name: &str, bytes: &[u8]) -> Option<&'static str> {
    let name = name.to_lowercase();
    if matches!(&*name, "calendar.toml" | "calendar.lock") {
        return Some("a file of the calendar itself");
    }
    if std::path::Path::new(&name).extension().is_none_or(|ending| ending != "toml") {
        return None;
    }
    let table: toml::Table = std::str::from_utf8(bytes).ok()?.parse().ok()?;
    let is_record = |table: &toml::Table| table.contains_key("title") && table.contains_key("start");
    let events = table.get("event").and_then(toml::Value::as_array);
    let has_events = events.is_some_and(|events| events.iter().filter_map(toml::Value::as_table).any(is_record));
    (is_record(&table) || has_events).then_some("a record")
}
