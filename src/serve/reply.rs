//! Builds responses and their headers. The router adds the headers of every response.

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
use super::snapshot::{Kind, Representation, Resource};
use crate::render::site::CONTENT_SECURITY_POLICY as POLICY;

const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

/// The policy of pages, as in `_headers`.
static PAGE_POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    HeaderValue::try_from(format!("{POLICY}; frame-ancestors 'none'")).expect("the policy is one line of ASCII")
});

/// The policy for drawings, which have inline styles.
const IMAGE_POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'none'; sandbox";

/// A request for an artifact.
pub(super) struct Request<'r> {
    /// The current time.
    pub(super) now: DateTime<Utc>,
    pub(super) headers: &'r HeaderMap,
    pub(super) is_head: bool,
    /// The query; `v` is the version of a static file.
    pub(super) query: Option<&'r str>,
    /// Whether pages reload after changes, so that browsers must revalidate them.
    pub(super) is_live: bool,
}

/// The response with an artifact.
pub(super) fn artifact(resource: &Resource, encoding: Encoding, request: &Request<'_>) -> Response<Body> {
    let has_parts = resource.kind == Kind::Static;
    // Ranges apply to the identity encoding.
    let encoding = if has_parts && range::is_asked(request.headers) { Encoding::Identity } else { encoding };
    let representation = resource.made(encoding).unwrap_or(&resource.plain);
    let etag = representation.etag.to_str().unwrap_or_default();
    let outcome = conditional::outcome(request.headers, etag, resource.modified);
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    headers.reserve(12);
    headers.insert(ETAG, representation.etag.clone());
    if let Some(date) = resource.last_modified(request.now) {
        headers.insert(LAST_MODIFIED, date.clone());
    }
    headers.insert(CACHE_CONTROL, cache_control(resource.kind, request));
    if resource.is_compressible() {
        headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    }
    match resource.kind {
        Kind::Feed | Kind::Event => {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        }
        Kind::Members => {
            headers.insert(ROBOTS, HeaderValue::from_static("noindex, nofollow"));
        }
        Kind::Page | Kind::Static | Kind::Other => {}
    }
    guard(headers, resource);
    if has_parts {
        headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    }
    let status = match outcome {
        Outcome::Ok => None,
        Outcome::NotModified => Some(StatusCode::NOT_MODIFIED),
        Outcome::PreconditionFailed => Some(StatusCode::PRECONDITION_FAILED),
    };
    if let Some(status) = status {
        *response.status_mut() = status;
        return response;
    }
    describe(headers, resource, representation, encoding);
    fill(&mut response, representation, request.is_head);
    // Ranges are defined for GET only (RFC 9110 14.2).
    if has_parts && !request.is_head {
        let date = resource.last_modified(request.now).and_then(|date| date.to_str().ok());
        narrow(
            &mut response,
            range::wanted(request.headers, representation.bytes.len(), etag, date),
            &representation.bytes,
        );
    }
    response
}

/// Turns the response into one with a range of its bytes.
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

fn describe(headers: &mut HeaderMap, resource: &Resource, representation: &Representation, encoding: Encoding) {
    headers.insert(CONTENT_TYPE, resource.media_type.clone());
    // A representation that would not be smaller is the plain one.
    if encoding != Encoding::Identity && representation.etag != resource.plain.etag {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding.name()));
    }
    if let Some(disposition) = &resource.disposition {
        headers.insert(CONTENT_DISPOSITION, disposition.clone());
    }
}

/// Sets the length, and the body unless the request is a HEAD.
fn fill(response: &mut Response<Body>, representation: &Representation, is_head: bool) {
    response.headers_mut().insert(CONTENT_LENGTH, representation.length.clone());
    if !is_head {
        *response.body_mut() = representation.bytes.clone().into();
    }
}

/// Adds the content security policy for everything that a browser renders as a page: pages, and HTML, XML and SVG in
/// `static/`.
fn guard(headers: &mut HeaderMap, resource: &Resource) {
    let is_file = matches!(resource.kind, Kind::Static | Kind::Other);
    if is_file && resource.is_drawing() {
        headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(IMAGE_POLICY));
    } else if resource.kind == Kind::Page || is_file && resource.is_markup() {
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

/// The 404 response. Its links are rewritten relative to the requested path. `home` is the path of the calendar's `url`,
/// with which links may begin although the site is served elsewhere.
pub(super) fn missing(
    page: Option<(&str, &Resource)>,
    path: &str,
    home: Option<&str>,
    is_head: bool,
) -> Response<Body> {
    let Some((folder, page)) = page else { return text(StatusCode::NOT_FOUND, "not found", is_head) };
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

/// Prefixes every relative link with `up`, and replaces `home` at the start of a link by the path to the root.
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

/// A redirect to the canonical path.
pub(super) fn moved(to: &str, query: Option<&str>, is_head: bool) -> Response<Body> {
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    let mut response = text(StatusCode::PERMANENT_REDIRECT, "moved permanently", is_head);
    if let Ok(location) = HeaderValue::try_from(format!("{to}{query}")) {
        response.headers_mut().insert(LOCATION, location);
    }
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    response
}

/// A response with one line of text.
pub(super) fn text(status: StatusCode, sentence: &str, is_head: bool) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    finish(&mut response, format!("{sentence}\n").into(), is_head);
    response
}

/// A response that must not be cached.
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

/// The response to an unsupported method.
pub(super) fn refused_method() -> Response<Body> {
    let mut response = text(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD are answered here", false);
    response.headers_mut().insert(ALLOW, HeaderValue::from_static(METHODS));
    response
}

const METHODS: &str = "GET, HEAD, OPTIONS";

/// The response to OPTIONS, including CORS preflight requests.
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

/// 503: the client keeps its copy and retries later.
pub(super) fn later(sentence: &str, seconds: u32, is_head: bool) -> Response<Body> {
    let mut response = text(StatusCode::SERVICE_UNAVAILABLE, sentence, is_head);
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    response
}

/// Allows scripts of any site to read the response.
pub(super) fn open(mut response: Response<Body>) -> Response<Body> {
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}

/// Closes the connection after the response.
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
