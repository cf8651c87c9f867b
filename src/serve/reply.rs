//! Answers: which headers stand on what; those of every answer are the router's.

use std::sync::LazyLock;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::header::{
    ACCEPT_RANGES, ACCESS_CONTROL_ALLOW_ORIGIN, ALLOW, CACHE_CONTROL, CONNECTION, CONTENT_DISPOSITION,
    CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, LAST_MODIFIED,
    LOCATION, RETRY_AFTER, VARY,
};
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};

use super::body::Body;
use super::conditional::{self, Outcome};
use super::encoding::Encoding;
use super::range::{self, Wanted};
use super::shelf::{Entry, Form, Kind};
use crate::render::site::CONTENT_SECURITY_POLICY as POLICY;

const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

/// That of `_headers`.
static PAGE_POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    HeaderValue::try_from(format!("{POLICY}; frame-ancestors 'none'")).expect("the policy is one line of ASCII")
});

/// The policy for drawings, which have inline styles.
const IMAGE_POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'none'; sandbox";

/// How an artifact is asked for.
pub(super) struct Request<'r> {
    /// By the clock.
    pub(super) now: DateTime<Utc>,
    pub(super) headers: &'r HeaderMap,
    pub(super) is_head: bool,
    /// The query, whose `v` names a version of a static file.
    pub(super) query: Option<&'r str>,
    /// Whether pages tell browsers of changes, and thus are always asked for again.
    pub(super) is_live: bool,
}

/// The answer with an artifact, in one of its forms.
pub(super) fn artifact(entry: &Entry, encoding: Encoding, request: &Request<'_>) -> Response<Body> {
    let has_parts = entry.kind == Kind::Static;
    // A part is one of the bytes as they are.
    let encoding = if has_parts && range::is_asked(request.headers) { Encoding::Identity } else { encoding };
    let form = entry.made(encoding).unwrap_or(&entry.plain);
    let etag = form.etag.to_str().unwrap_or_default();
    let outcome = conditional::outcome(request.headers, etag, entry.modified);
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    headers.reserve(12);
    headers.insert(ETAG, form.etag.clone());
    if let Some(date) = entry.last_modified(request.now) {
        headers.insert(LAST_MODIFIED, date.clone());
    }
    headers.insert(CACHE_CONTROL, cache_control(entry.kind, request));
    if entry.is_compressible() {
        headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    }
    match entry.kind {
        Kind::Feed | Kind::Event => {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        }
        Kind::Members => {
            headers.insert(ROBOTS, HeaderValue::from_static("noindex, nofollow"));
        }
        Kind::Page | Kind::Static | Kind::Other => {}
    }
    guard(headers, entry);
    if has_parts {
        headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    }
    let status = match outcome {
        Outcome::Whole => None,
        Outcome::HasIt => Some(StatusCode::NOT_MODIFIED),
        Outcome::Failed => Some(StatusCode::PRECONDITION_FAILED),
    };
    if let Some(status) = status {
        *response.status_mut() = status;
        return response;
    }
    describe(headers, entry, form, encoding);
    fill(&mut response, form, request.is_head);
    // Only a GET has parts (RFC 9110 14.2).
    if has_parts && !request.is_head {
        let date = entry.last_modified(request.now).and_then(|date| date.to_str().ok());
        narrow(&mut response, range::wanted(request.headers, form.bytes.len(), etag, date), &form.bytes);
    }
    response
}

/// The answer with a part of its bytes.
fn narrow(response: &mut Response<Body>, wanted: Wanted, bytes: &Bytes) {
    let (status, said, part) = match wanted {
        Wanted::Whole => return,
        Wanted::Part(part) => {
            let said = format!("bytes {}-{}/{}", part.start, part.end - 1, bytes.len());
            (StatusCode::PARTIAL_CONTENT, said, bytes.slice(part))
        }
        Wanted::Nothing => (StatusCode::RANGE_NOT_SATISFIABLE, format!("bytes */{}", bytes.len()), Bytes::new()),
    };
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_RANGE, HeaderValue::try_from(said).expect("digits"));
    headers.insert(CONTENT_LENGTH, HeaderValue::from(part.len()));
    *response.body_mut() = part.into();
}

fn describe(headers: &mut HeaderMap, entry: &Entry, form: &Form, encoding: Encoding) {
    headers.insert(CONTENT_TYPE, entry.media_type.clone());
    // A form that would not be smaller is the plain one.
    if encoding != Encoding::Identity && form.etag != entry.plain.etag {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding.name()));
    }
    if let Some(disposition) = &entry.disposition {
        headers.insert(CONTENT_DISPOSITION, disposition.clone());
    }
}

/// A HEAD has the headers of the GET, its length included.
fn fill(response: &mut Response<Body>, form: &Form, is_head: bool) {
    response.headers_mut().insert(CONTENT_LENGTH, form.length.clone());
    if !is_head {
        *response.body_mut() = form.bytes.clone().into();
    }
}

/// Adds the policy for what a browser may render as a page: pages, and HTML, XML and SVG in `static/`.
fn guard(headers: &mut HeaderMap, entry: &Entry) {
    let is_file = matches!(entry.kind, Kind::Static | Kind::Other);
    if is_file && entry.is_drawing() {
        headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(IMAGE_POLICY));
    } else if entry.kind == Kind::Page || is_file && entry.is_markup() {
        guard_page(headers);
    }
}

fn guard_page(headers: &mut HeaderMap) {
    headers.insert(CONTENT_SECURITY_POLICY, PAGE_POLICY.clone());
}

fn cache_control(kind: Kind, request: &Request<'_>) -> HeaderValue {
    let is_versioned = || request.query.is_some_and(|query| query.starts_with("v=") && query.len() > 2);
    HeaderValue::from_static(match kind {
        Kind::Members => "private, no-store",
        Kind::Page | Kind::Static | Kind::Other if request.is_live => "no-cache",
        Kind::Static if is_versioned() => "public, max-age=31536000, immutable",
        Kind::Page => "public, max-age=300",
        Kind::Feed | Kind::Event => "public, max-age=900",
        Kind::Static | Kind::Other => "public, max-age=3600",
    })
}

/// The page for what is not there, its links as seen from the path that was asked for. `home` is the path of the site's
/// own address, by which its links may begin: it may be served elsewhere.
pub(super) fn missing(page: Option<(&str, &Entry)>, path: &str, home: Option<&str>, is_head: bool) -> Response<Body> {
    let Some((folder, page)) = page else { return text(StatusCode::NOT_FOUND, "nothing is here", is_head) };
    let up = super::path::upwards(path.strip_prefix(folder).unwrap_or(path));
    let top = super::path::upwards(path);
    let bytes = relinked(&page.plain.bytes, &up, home.map(|home| (home, &*top)));
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NOT_FOUND;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, page.media_type.clone());
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    guard_page(headers);
    finish(&mut response, bytes.into(), is_head);
    response
}

/// A page with every relative link made to start higher up, and those that begin by `home` at the top.
fn relinked(page: &[u8], up: &str, home: Option<(&str, &str)>) -> Vec<u8> {
    let mut out = Vec::with_capacity(page.len() + 32 * up.len());
    let mut rest = page;
    let starts = |rest: &[u8]| {
        let at = [&b" href=\""[..], b" src=\""].map(|name| memchr::memmem::find(rest, name).map(|at| at + name.len()));
        at.into_iter().flatten().min()
    };
    while let Some(at) = starts(rest) {
        let (before, link) = rest.split_at(at);
        out.extend_from_slice(before);
        let end = memchr::memchr(b'"', link).unwrap_or(link.len());
        let first = memchr::memchr3(b':', b'/', b'#', &link[..end]);
        let is_absolute = first.is_some_and(|at| link[at] == b':' || at == 0);
        rest = link;
        if let Some((behind, top)) = home.and_then(|(home, top)| Some((link.strip_prefix(home.as_bytes())?, top)))
            && !behind.starts_with(b"/")
        {
            out.extend_from_slice(if top.is_empty() { b"./" } else { top.as_bytes() });
            rest = behind;
        } else if !is_absolute {
            out.extend_from_slice(up.as_bytes());
        }
    }
    out.extend_from_slice(rest);
    out
}

/// Another path for the same.
pub(super) fn moved(to: &str, query: Option<&str>, is_head: bool) -> Response<Body> {
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    let mut response = text(StatusCode::PERMANENT_REDIRECT, "it is elsewhere", is_head);
    if let Ok(location) = HeaderValue::try_from(format!("{to}{query}")) {
        response.headers_mut().insert(LOCATION, location);
    }
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    response
}

/// A sentence for whoever asked.
pub(super) fn text(status: StatusCode, sentence: &str, is_head: bool) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    finish(&mut response, format!("{sentence}\n").into(), is_head);
    response
}

/// Bytes that were made for this very request.
pub(super) fn fresh(media_type: &'static str, bytes: Bytes, is_head: bool) -> Response<Body> {
    let mut response = text(StatusCode::OK, "", true);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    finish(&mut response, bytes, is_head);
    response
}

fn finish(response: &mut Response<Body>, bytes: Bytes, is_head: bool) {
    response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    if !is_head {
        *response.body_mut() = bytes.into();
    }
}

/// The answer to a method that is none here.
pub(super) fn refused_method() -> Response<Body> {
    let mut response = text(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD are answered here", false);
    response.headers_mut().insert(ALLOW, HeaderValue::from_static(METHODS));
    response
}

const METHODS: &str = "GET, HEAD, OPTIONS";

/// The answer to a browser that asks whether a script of another site may read this.
pub(super) fn options(is_public_data: bool) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    headers.insert(ALLOW, HeaderValue::from_static(METHODS));
    if is_public_data {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert("access-control-allow-methods", HeaderValue::from_static("GET, HEAD"));
        headers.insert(
            "access-control-allow-headers",
            HeaderValue::from_static("If-None-Match, If-Modified-Since, Cache-Control"),
        );
        headers.insert("access-control-max-age", HeaderValue::from_static("86400"));
    }
    response
}

/// Try again later; whoever has an older state keeps it.
pub(super) fn later(sentence: &str, seconds: u32, is_head: bool) -> Response<Body> {
    let mut response = text(StatusCode::SERVICE_UNAVAILABLE, sentence, is_head);
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    response
}

/// The same, for scripts of all sites.
pub(super) fn open(mut response: Response<Body>) -> Response<Body> {
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}

/// The same, after which the connection ends.
pub(super) fn last(mut response: Response<Body>) -> Response<Body> {
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_links_start_higher_up() {
        let page = br##"<a href="">x</a><a href="./">h</a><link href="static/a.css?v=1" rel="x"><script src="s.js"></script>
<a href="https://x.example/">o</a><a href="/abs">a</a><a href="#top">t</a><a href="mailto:x@y.example">m</a><a href="a/b#c">d"##;
        let text = String::from_utf8(relinked(page, "../../", None)).expect("UTF-8");
        assert_eq!(
            text,
            r##"<a href="../../">x</a><a href="../.././">h</a><link href="../../static/a.css?v=1" rel="x"><script src="../../s.js"></script>
<a href="https://x.example/">o</a><a href="/abs">a</a><a href="#top">t</a><a href="mailto:x@y.example">m</a><a href="../../a/b#c">d"##
        );
    }

    #[test]
    fn links_by_the_address_of_the_site_start_at_the_top() {
        let page =
            br#"<a href="/calendar/agenda/">a</a><a href="/calendar/">h</a><a href="/other/">o</a><a href="b/">b</a>"#;
        let linked = |up, top| String::from_utf8(relinked(page, up, Some(("/calendar/", top)))).expect("UTF-8");
        assert_eq!(
            linked("", "../"),
            r#"<a href="../agenda/">a</a><a href="../">h</a><a href="/other/">o</a><a href="b/">b</a>"#
        );
        assert_eq!(
            linked("", ""),
            r#"<a href="./agenda/">a</a><a href="./">h</a><a href="/other/">o</a><a href="b/">b</a>"#
        );
        let rooted = relinked(br#"<a href="/x">x</a><a href="//y.example/">y</a>"#, "", Some(("/", "../")));
        assert_eq!(rooted, br#"<a href="../x">x</a><a href="//y.example/">y</a>"#);
    }
}
