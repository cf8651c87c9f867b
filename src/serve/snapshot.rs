//! The served content: an immutable map from paths to resources, replaced as a whole.
//!
//! An unchanged resource keeps its date and its compressed representation. `Last-Modified` is when this server last saw
//! the bytes change, at the earliest its start. It is never too early, because then a client would miss a change.

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

/// The kind of a resource: decides its caching, its audience and its compression.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Kind {
    /// An HTML page.
    Page,
    /// A feed or JSON data.
    Feed,
    /// A feed for members, at a secret path.
    Members,
    /// The .ics file of one event.
    Event,
    /// Styles, scripts and other static files.
    Static,
    /// `robots.txt`, `sitemap.xml`.
    Other,
}

impl Kind {
    /// The kind of the resource at `path`.
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

/// A resource: its representations and metadata.
#[derive(Debug)]
pub(super) struct Resource {
    pub(super) kind: Kind,
    pub(super) media_type: HeaderValue,
    pub(super) modified: DateTime<Utc>,
    last_modified: HeaderValue,
    /// The Content-Disposition of a single event's .ics file.
    pub(super) disposition: Option<HeaderValue>,
    pub(super) plain: Representation,
    /// Compressed on first use; `None` inside if that is not smaller.
    gzip: OnceLock<Option<Representation>>,
    key: Option<Key>,
}

/// The bytes in one content encoding, with their entity tag (RFC 9110 8.8.3).
#[derive(Clone, Debug)]
pub(super) struct Representation {
    pub(super) bytes: Bytes,
    pub(super) etag: HeaderValue,
    pub(super) length: HeaderValue,
}

impl Representation {
    fn new(bytes: Bytes, digest: &str, suffix: &str) -> Self {
        let etag = HeaderValue::try_from(format!("\"{digest}{suffix}\"")).expect("hexadecimal digits and letters");
        let length = HeaderValue::from(bytes.len());
        Representation { bytes, etag, length }
    }
}

impl Resource {
    /// A resource at `path` whose bytes changed at `now`.
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
        Resource {
            kind,
            media_type: HeaderValue::from_static(media_type),
            modified,
            last_modified: HeaderValue::try_from(httpdate::fmt_http_date(modified.into())).expect("a date is ASCII"),
            disposition: disposition.and_then(|text| HeaderValue::try_from(text).ok()),
            plain: Representation::new(bytes, &digest, ""),
            gzip: OnceLock::new(),
            key,
        }
    }

    /// The Last-Modified header at `now`. The second of two changes within a second has a date in the future, which must
    /// not be sent yet (RFC 9110 8.8.2.1).
    pub(super) fn last_modified(&self, now: DateTime<Utc>) -> Option<&HeaderValue> {
        (self.modified <= now).then_some(&self.last_modified)
    }

    /// Whether it may be sent compressed.
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

    /// Whether it is an SVG image, which may contain scripts.
    pub(super) fn is_drawing(&self) -> bool {
        self.media_type.to_str().is_ok_and(|media_type| media_type.starts_with("image/svg"))
    }

    /// The representation in an encoding; `None` if it is not made yet.
    pub(super) fn made(&self, encoding: Encoding) -> Option<&Representation> {
        match encoding {
            Encoding::Identity => Some(&self.plain),
            Encoding::Gzip => self.gzip.get().map(|representation| representation.as_ref().unwrap_or(&self.plain)),
        }
    }

    /// Makes the representation in an encoding. Takes time in proportion to the bytes.
    pub(super) fn make(&self, encoding: Encoding) {
        let made = || {
            let bytes = Bytes::from(encoding.encode(&self.plain.bytes)?);
            let digest = self.plain.etag.to_str().unwrap_or_default().trim_matches('"');
            Some(Representation::new(bytes, digest, &format!("-{}", encoding.name())))
        };
        match encoding {
            Encoding::Identity => {}
            Encoding::Gzip => drop(self.gzip.get_or_init(made)),
        }
    }
}

/// The date of a change that follows one at `before`: at least a second later, so that both differ.
pub(super) fn following(now: DateTime<Utc>, before: Option<DateTime<Utc>>) -> DateTime<Utc> {
    before.map_or(now, |before| now.max(before + TimeDelta::seconds(1))).trunc_subsecs(0)
}

/// The first 128 bits of the SHA-256 digest, in hexadecimal.
pub(super) fn digest(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes)[..16].iter().fold(String::with_capacity(32), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The served content.
#[derive(Debug, Default)]
pub(super) struct Snapshot {
    /// By path; `…/index.html` is stored as `…/`.
    resources: HashMap<Box<str>, Arc<Resource>>,
    /// The 404 page of each language, with its folder.
    missing: Vec<(Box<str>, Arc<Resource>)>,
    /// The bytes of all resources, without compressed representations.
    pub(super) size: usize,
    /// The bytes of compressed representations.
    compressed: AtomicUsize,
}

impl Snapshot {
    /// The resource at the path of a request.
    pub(super) fn find(&self, path: &str) -> Option<&Arc<Resource>> {
        self.resources.get(&*stored_under(path))
    }

    /// All resources that are public, with their paths.
    pub(super) fn public(&self) -> impl Iterator<Item = (&str, &Resource)> {
        let resources = self.resources.iter().map(|(path, resource)| (&**path, &**resource));
        resources.filter(|(_, resource)| resource.kind != Kind::Members)
    }

    /// The 404 page for the language of `path`, and the folder that its links are relative to.
    pub(super) fn missing(&self, path: &str) -> Option<(&str, &Arc<Resource>)> {
        let is_above = |folder: &str| path.starts_with(folder);
        let pages = self.missing.iter().filter(|(folder, _)| is_above(folder));
        pages.max_by_key(|(folder, _)| folder.len()).map(|(folder, page)| (&**folder, page))
    }

    /// The number of paths.
    pub(super) fn len(&self) -> usize {
        self.resources.len()
    }

    /// The length of the artifact with that path and key; `None` if it must be rebuilt.
    pub(super) fn length(&self, path: &str, key: Key) -> Option<u64> {
        self.resource_of(path)
            .filter(|resource| resource.key == Some(key))
            .map(|resource| resource.plain.bytes.len() as u64)
    }

    /// Whether both snapshots have the same content.
    pub(super) fn is_same(&self, other: &Snapshot) -> bool {
        let same = |a: &Arc<Resource>, b: &Arc<Resource>| Arc::ptr_eq(a, b) || a.plain.etag == b.plain.etag;
        self.len() == other.len()
            && self
                .resources
                .iter()
                .all(|(key, resource)| other.resources.get(key).is_some_and(|other| same(resource, other)))
            && self.missing.iter().all(|(path, page)| other.missing(path).is_some_and(|(_, other)| same(page, other)))
    }

    /// The resource of an artifact, by its path in the output folder.
    fn resource_of(&self, path: &str) -> Option<&Arc<Resource>> {
        match missing_in(path) {
            Some(folder) => self.missing.iter().find(|(own, _)| **own == *folder).map(|(_, page)| page),
            None => self.find(served(path)),
        }
    }

    /// Whether another compressed representation may be cached. Together they are limited to half of the content.
    pub(super) fn has_room(&self) -> bool {
        self.compressed.load(Ordering::Relaxed) < self.size / 2
    }

    /// Makes the compressed representation of a resource.
    pub(super) fn compress(&self, resource: &Resource, encoding: Encoding) {
        resource.make(encoding);
        if let Some(representation) =
            resource.made(encoding).filter(|representation| representation.etag != resource.plain.etag)
        {
            self.compressed.fetch_add(representation.bytes.len(), Ordering::Relaxed);
        }
    }

    /// An empty snapshot with the capacity of another one.
    pub(super) fn like(other: &Snapshot) -> Snapshot {
        Snapshot { resources: HashMap::with_capacity(other.len()), ..Snapshot::default() }
    }

    /// The resource for an artifact: this snapshot's own one if nothing changed.
    pub(super) fn renewed(&self, artifact: Artifact, now: DateTime<Utc>) -> Option<Arc<Resource>> {
        let Artifact { path, media_type, key, bytes } = artifact;
        let old = self.resource_of(&path);
        Some(match (bytes, old) {
            (None, Some(old)) => Arc::clone(old),
            // The artifact was not rebuilt because it should be here, but it is not.
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
                // Copy, so that the spare capacity of the buffer is freed.
                let bytes = Bytes::copy_from_slice(&bytes);
                Arc::new(Resource::new(served(&path), media_type, bytes, key, now))
            }
        })
    }

    /// Adds the resource of an artifact.
    pub(super) fn put(&mut self, path: &str, resource: Arc<Resource>) {
        let kept = resource.gzip.get().and_then(Option::as_ref);
        *self.compressed.get_mut() += kept.map_or(0, |representation| representation.bytes.len());
        self.size += resource.plain.bytes.len();
        if let Some(folder) = missing_in(path) {
            self.missing.push((folder.into(), resource));
        } else if path != HEADERS {
            self.resources.insert(stored_under(served(path)).into(), resource);
        }
    }
}

impl Resource {
    /// The same bytes under another key.
    fn with_key(&self, key: Option<Key>) -> Resource {
        Resource {
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

/// An artifact of the site for a snapshot.
pub(super) struct Artifact {
    pub(super) path: Box<str>,
    pub(super) media_type: &'static str,
    pub(super) key: Option<Key>,
    /// `None` if the previous snapshot has the bytes.
    pub(super) bytes: Option<Bytes>,
}

/// The folder of a 404 page; `None` for any other file.
fn missing_in(path: &str) -> Option<&str> {
    let folder = path.strip_suffix("404.html")?;
    let is_language = || folder.ends_with('/') && folder.matches('/').count() == 1 && folder != "static/";
    (folder.is_empty() || is_language()).then_some(folder)
}

/// The map key of a resource: its path, or for members the digest of its path, so that the time of a comparison reveals
/// nothing about the secret.
fn stored_under(path: &str) -> Cow<'_, str> {
    if Kind::of(path) == Kind::Members {
        let digest = Sha256::digest(path.as_bytes());
        return digest.iter().fold("members/".to_owned(), |text, byte| format!("{text}{byte:02x}")).into();
    }
    path.into()
}

/// The header rules for static hosting, which are not served.
const HEADERS: &str = "_headers";

/// The path under which a file of the site is asked for.
fn served(path: &str) -> &str {
    match path.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
        _ => path,
    }
}

#[cfg(test)]
mod tests;
