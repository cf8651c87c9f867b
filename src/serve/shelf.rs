//! All that is served at a moment: an immutable map from paths to bytes, swapped as a whole.
//!
//! An entry that did not change is carried over with its date and its compressed forms. `Last-Modified` is when the
//! bytes last changed as far as this server knows, its start being the first such moment: never earlier than the truth,
//! which would keep a client from what is new.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use http::HeaderValue;
use sha2::{Digest, Sha256};

use super::encoding::Encoding;
use crate::site::Key;

/// What kind of thing a path names: how long it may be kept, who may read it, whether it is compressed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Kind {
    /// A page for people.
    Page,
    /// What programs fetch.
    Feed,
    /// A feed for members, below their secret.
    Members,
    /// The .ics of one event.
    Event,
    /// Style and scripts.
    Static,
    /// `robots.txt`, `sitemap.xml`.
    Other,
}

impl Kind {
    /// The kind of what lies at `path`.
    pub(super) fn of(path: &str) -> Kind {
        let is = |extension| path.rsplit_once('.').is_some_and(|(_, own)| own == extension);
        if path.starts_with("members/") {
            Kind::Members
        } else if path.starts_with("feeds/") || path.starts_with("api/") {
            Kind::Feed
        } else if path.starts_with("static/") {
            Kind::Static
        } else if is("ics") {
            Kind::Event
        } else if path.is_empty() || path.ends_with('/') || is("html") {
            Kind::Page
        } else {
            Kind::Other
        }
    }
}

/// The bytes at a path, and what is said about them.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) kind: Kind,
    pub(super) media_type: HeaderValue,
    pub(super) modified: DateTime<Utc>,
    last_modified: HeaderValue,
    /// Of a single event's .ics: what a browser calls the file.
    pub(super) disposition: Option<HeaderValue>,
    pub(super) plain: Form,
    /// Made when somebody first asks; none inside where it would not be smaller.
    gzip: OnceLock<Option<Form>>,
    key: Option<Key>,
}

/// Bytes in one form, with the tag of that form.
#[derive(Clone, Debug)]
pub(super) struct Form {
    pub(super) bytes: Bytes,
    pub(super) etag: HeaderValue,
    pub(super) length: HeaderValue,
}

impl Form {
    fn new(bytes: Bytes, digest: &str, suffix: &str) -> Self {
        let etag = HeaderValue::try_from(format!("\"{digest}{suffix}\"")).expect("hexadecimal digits and letters");
        let length = HeaderValue::from(bytes.len());
        Form { bytes, etag, length }
    }
}

impl Entry {
    /// An entry for `path`, of bytes that are new at `now`.
    pub(super) fn new(
        path: &str,
        media_type: &'static str,
        bytes: Bytes,
        key: Option<Key>,
        now: DateTime<Utc>,
    ) -> Self {
        let kind = Kind::of(path);
        let name = path.rsplit('/').next().unwrap_or_default();
        let disposition = (kind == Kind::Event).then(|| format!("inline; filename=\"{}\"", super::path::encoded(name)));
        let modified = now.trunc_subsecs(0);
        let digest = digest(&bytes);
        Entry {
            kind,
            media_type: HeaderValue::from_static(media_type),
            modified,
            last_modified: HeaderValue::try_from(httpdate::fmt_http_date(modified.into())).expect("a date is ASCII"),
            disposition: disposition.and_then(|text| HeaderValue::try_from(text).ok()),
            plain: Form::new(bytes, &digest, ""),
            gzip: OnceLock::new(),
            key,
        }
    }

    /// The date for a client, as of when it asks. Of two changes within a second the second one has a date to come, which
    /// nobody is told before (RFC 9110 8.8.2.1).
    pub(super) fn last_modified(&self, now: DateTime<Utc>) -> Option<&HeaderValue> {
        (self.modified <= now).then_some(&self.last_modified)
    }

    /// Whether a client may get it compressed.
    pub(super) fn is_compressible(&self) -> bool {
        let media_type = self.media_type.to_str().unwrap_or_default();
        let is_text = media_type.starts_with("text/") && !media_type.starts_with("text/calendar");
        is_text || ["json", "xml", "javascript", "svg"].iter().any(|word| media_type.contains(word))
    }

    /// Whether a browser may render it as a page.
    pub(super) fn is_markup(&self) -> bool {
        let media_type = self.media_type.to_str().unwrap_or_default();
        media_type.contains("html") || media_type.contains("xml")
    }

    /// Whether it is a drawing, which may have scripts too.
    pub(super) fn is_drawing(&self) -> bool {
        self.media_type.to_str().is_ok_and(|media_type| media_type.starts_with("image/svg"))
    }

    /// The form that was made already; none where it is yet to be made.
    pub(super) fn made(&self, encoding: Encoding) -> Option<&Form> {
        match encoding {
            Encoding::Identity => Some(&self.plain),
            Encoding::Gzip => self.gzip.get().map(|form| form.as_ref().unwrap_or(&self.plain)),
        }
    }

    /// Makes a form. It takes time in proportion to the bytes.
    pub(super) fn make(&self, encoding: Encoding) {
        let made = || {
            let bytes = Bytes::from(encoding.encode(&self.plain.bytes)?);
            let digest = self.plain.etag.to_str().unwrap_or_default().trim_matches('"');
            Some(Form::new(bytes, digest, &format!("-{}", encoding.name())))
        };
        match encoding {
            Encoding::Identity => {}
            Encoding::Gzip => drop(self.gzip.get_or_init(made)),
        }
    }
}

/// The date of a change after that of another one: two changes within a second are two dates.
pub(super) fn following(now: DateTime<Utc>, before: Option<DateTime<Utc>>) -> DateTime<Utc> {
    before.map_or(now, |before| now.max(before + TimeDelta::seconds(1))).trunc_subsecs(0)
}

/// 128 bits of the content's digest, in hexadecimal digits.
pub(super) fn digest(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes)[..16].iter().fold(String::with_capacity(32), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// All that is served.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    /// By path; a page's `…/index.html` is `…/`.
    entries: HashMap<Box<str>, Arc<Entry>>,
    /// The pages for what is not there, each with its folder: one for each language.
    missing: Vec<(Box<str>, Arc<Entry>)>,
    /// The bytes of all entries, without compressed forms.
    pub(super) size: usize,
    /// The bytes of compressed forms that were made since.
    compressed: AtomicUsize,
}

impl Shelf {
    /// The entry at a path as it is asked for.
    pub(super) fn find(&self, path: &str) -> Option<&Arc<Entry>> {
        self.entries.get(&*stored_under(path))
    }

    /// The public paths and their entries.
    pub(super) fn public(&self) -> impl Iterator<Item = (&str, &Entry)> {
        let entries = self.entries.iter().map(|(path, entry)| (&**path, &**entry));
        entries.filter(|(_, entry)| entry.kind != Kind::Members)
    }

    /// The page for what is not there, and the folder that its links start from: that of the language that `path` is in.
    pub(super) fn missing(&self, path: &str) -> Option<(&str, &Arc<Entry>)> {
        let is_above = |folder: &str| path.starts_with(folder);
        let pages = self.missing.iter().filter(|(folder, _)| is_above(folder));
        pages.max_by_key(|(folder, _)| folder.len()).map(|(folder, page)| (&**folder, page))
    }

    /// How many paths there are.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The length of the artifact of that path and key, which nobody has to make again; none if it is not here.
    pub(super) fn length(&self, path: &str, key: Key) -> Option<u64> {
        self.entry_of(path).filter(|entry| entry.key == Some(key)).map(|entry| entry.plain.bytes.len() as u64)
    }

    /// Whether everything is the same as on another shelf.
    pub(super) fn is_same(&self, other: &Shelf) -> bool {
        let same = |a: &Arc<Entry>, b: &Arc<Entry>| Arc::ptr_eq(a, b) || a.plain.etag == b.plain.etag;
        self.len() == other.len()
            && self.entries.iter().all(|(key, entry)| other.entries.get(key).is_some_and(|other| same(entry, other)))
            && self.missing.iter().all(|(path, page)| other.missing(path).is_some_and(|(_, other)| same(page, other)))
    }

    /// The entry of an artifact, by its path in a folder.
    fn entry_of(&self, path: &str) -> Option<&Arc<Entry>> {
        match missing_in(path) {
            Some(folder) => self.missing.iter().find(|(own, _)| **own == *folder).map(|(_, page)| page),
            None => self.find(served(path)),
        }
    }

    /// Whether there is room for one more compressed form. All of them together may not outgrow what they were made of.
    pub(super) fn has_room(&self) -> bool {
        self.compressed.load(Ordering::Relaxed) < self.size / 2
    }

    /// Makes a compressed form of an entry of this shelf.
    pub(super) fn compress(&self, entry: &Entry, encoding: Encoding) {
        entry.make(encoding);
        if let Some(form) = entry.made(encoding).filter(|form| form.etag != entry.plain.etag) {
            self.compressed.fetch_add(form.bytes.len(), Ordering::Relaxed);
        }
    }

    /// An empty shelf for about as much as another one has.
    pub(super) fn like(other: &Shelf) -> Shelf {
        Shelf { entries: HashMap::with_capacity(other.len()), ..Shelf::default() }
    }

    /// What an artifact is on the shelf: the very entry of this one, which is that from before, where nothing changed.
    pub(super) fn renewed(&self, artifact: Artifact, now: DateTime<Utc>) -> Option<Arc<Entry>> {
        let Artifact { path, media_type, key, bytes } = artifact;
        let old = self.entry_of(&path);
        Some(match (bytes, old) {
            (None, Some(old)) => Arc::clone(old),
            // Whoever made it was told that it is here. It is not, and a path without bytes is not a path.
            (None, None) => return None,
            (Some(bytes), Some(old)) if old.plain.bytes == bytes && old.media_type == media_type => {
                if old.key == key {
                    Arc::clone(old)
                } else {
                    Arc::new(old.with_key(key))
                }
            }
            (Some(bytes), old) => {
                let now = following(now, old.map(|old| old.modified));
                // It stays for long, and what it was written into has room to spare.
                let bytes = Bytes::copy_from_slice(&bytes);
                Arc::new(Entry::new(served(&path), media_type, bytes, key, now))
            }
        })
    }

    /// Puts the entry of an artifact on the shelf.
    pub(super) fn put(&mut self, path: &str, entry: Arc<Entry>) {
        let kept = entry.gzip.get().and_then(Option::as_ref);
        *self.compressed.get_mut() += kept.map_or(0, |form| form.bytes.len());
        self.size += entry.plain.bytes.len();
        if let Some(folder) = missing_in(path) {
            self.missing.push((folder.into(), entry));
        } else if path != HEADERS {
            self.entries.insert(stored_under(served(path)).into(), entry);
        }
    }
}

impl Entry {
    /// The same bytes, made of something else.
    fn with_key(&self, key: Option<Key>) -> Entry {
        Entry {
            kind: self.kind,
            media_type: self.media_type.clone(),
            modified: self.modified,
            last_modified: self.last_modified.clone(),
            disposition: self.disposition.clone(),
            plain: self.plain.clone(),
            gzip: self.gzip.clone(),
            key,
        }
    }
}

/// What is put on a shelf.
pub(super) struct Artifact {
    pub(super) path: Box<str>,
    pub(super) media_type: &'static str,
    pub(super) key: Option<Key>,
    /// None: the bytes are those on the shelf before.
    pub(super) bytes: Option<Bytes>,
}

/// The folder of a page for what is not there; none of any other file.
fn missing_in(path: &str) -> Option<&str> {
    let folder = path.strip_suffix("404.html")?;
    let is_language = || folder.ends_with('/') && folder.matches('/').count() == 1 && folder != "static/";
    (folder.is_empty() || is_language()).then_some(folder)
}

/// The key of an entry: its path, but for members the digest of its path. The time that a comparison takes then tells
/// nothing about the secret to a client that tries out paths.
fn stored_under(path: &str) -> Cow<'_, str> {
    if Kind::of(path) == Kind::Members {
        let digest = Sha256::digest(path.as_bytes());
        return digest.iter().fold("members/".to_owned(), |text, byte| format!("{text}{byte:02x}")).into();
    }
    path.into()
}

/// For servers of plain files.
const HEADERS: &str = "_headers";

/// The path under which a file of the site is asked for.
fn served(path: &str) -> &str {
    match path.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: u32) -> DateTime<Utc> {
        format!("2026-11-21T12:00:{second:02}.5Z").parse().expect("a time")
    }

    fn key(byte: u8) -> Key {
        Key::from_bytes([byte; 16])
    }

    /// Puts an artifact on `shelf`, which follows `before`.
    fn put(shelf: &mut Shelf, artifact: Artifact, before: &Shelf, now: DateTime<Utc>) {
        let path = artifact.path.clone();
        if let Some(entry) = before.renewed(artifact, now) {
            shelf.put(&path, entry);
        }
    }

    fn page(path: &str, text: &str) -> Artifact {
        let bytes = Some(Bytes::from(text.to_owned()));
        Artifact { path: path.into(), media_type: "text/html; charset=utf-8", key: Some(key(0)), bytes }
    }

    #[test]
    fn what_did_not_change_keeps_its_date_and_its_forms() {
        let mut first = Shelf::default();
        put(&mut first, page("agenda/index.html", &"same ".repeat(100)), &Shelf::default(), at(0));
        put(&mut first, page("index.html", "old"), &Shelf::default(), at(0));
        first.compress(first.find("agenda/").expect("the agenda"), Encoding::Gzip);

        let mut second = Shelf::default();
        put(&mut second, page("agenda/index.html", &"same ".repeat(100)), &first, at(9));
        put(&mut second, page("index.html", "new"), &first, at(0));
        let agenda = second.find("agenda/").expect("the agenda");
        assert!(Arc::ptr_eq(agenda, first.find("agenda/").expect("the agenda")));
        assert!(agenda.made(Encoding::Gzip).is_some_and(|form| form.bytes.len() < 100));
        assert!(second.compressed.into_inner() > 0);
        let (old, new) = (first.find("").expect("a page"), second.entries.get("").expect("a page"));
        assert_ne!(old.plain.etag, new.plain.etag);
        assert_eq!((old.modified, new.modified), (at(0).trunc_subsecs(0), at(1).trunc_subsecs(0)));
        assert!(
            old.last_modified(at(0)).is_some()
                && new.last_modified(at(0)).is_none()
                && new.last_modified(at(1)).is_some()
        );
    }

    #[test]
    fn nothing_is_made_twice_for_the_same_key() {
        let mut first = Shelf::default();
        put(&mut first, page("index.html", "text"), &Shelf::default(), at(0));
        assert_eq!((first.length("index.html", key(0)), first.length("index.html", key(1))), (Some(4), None));
        assert_eq!(first.length("other.html", key(0)), None);
        assert!(!first.is_same(&Shelf::default()));
        let mut second = Shelf::default();
        put(&mut second, Artifact { bytes: None, ..page("index.html", "") }, &first, at(5));
        put(&mut second, Artifact { bytes: None, ..page("unknown.html", "") }, &first, at(5));
        assert_eq!((second.len(), second.size), (1, 4));
    }

    #[test]
    fn files_for_other_servers_are_not_served() {
        let mut shelf = Shelf::default();
        for path in ["404.html", "es/404.html", "_headers", "myindex.html", "robots.txt"] {
            put(&mut shelf, page(path, path), &Shelf::default(), at(0));
        }
        let folder = |path| shelf.missing(path).map(|(folder, _)| folder);
        assert_eq!((folder("x/y"), folder("es/y/z"), folder("est")), (Some(""), Some("es/"), Some("")));
        assert!(shelf.find("myindex.html").is_some() && shelf.find("404.html").is_none());
        assert_eq!(shelf.len(), 2);
    }

    #[test]
    fn kinds_by_path() {
        let kinds = [
            ("", Kind::Page),
            ("agenda/", Kind::Page),
            ("feeds/all.ics", Kind::Feed),
            ("feeds/all.json", Kind::Feed),
            ("members/x/all.ics", Kind::Members),
            ("events/a/a.ics", Kind::Event),
            ("static/site.css", Kind::Static),
            ("robots.txt", Kind::Other),
        ];
        for (path, kind) in kinds {
            assert_eq!(Kind::of(path), kind, "{path}");
        }
    }
}
