//! The path of a request, relative to the site's root.
//!
//! The path is decoded exactly once. It only looks up an artifact in memory, so it cannot escape a folder. Paths that are
//! read differently by proxies (`..`, an encoded slash, a backslash, NUL) match nothing.

use std::borrow::Cow;

/// A path as asked for.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum Asked<'r> {
    /// Below the root, without a slash in front; the root itself is empty.
    Path(Cow<'r, str>),
    /// The prefix without its final slash.
    Prefix,
    /// Nothing that could exist.
    Nothing,
    /// No path at all.
    Malformed,
}

/// Reads the path of a request line. `prefix` is empty, or begins with a slash and ends with none.
pub(super) fn asked<'r>(path: &'r str, prefix: &str) -> Asked<'r> {
    let Some(rest) = path.strip_prefix(prefix) else { return Asked::Nothing };
    let Some(rest) = rest.strip_prefix('/') else {
        return if rest.is_empty() && !prefix.is_empty() { Asked::Prefix } else { Asked::Nothing };
    };
    let decoded = if rest.contains('%') {
        match decoded(rest) {
            Ok(decoded) => Cow::Owned(decoded),
            Err(wrong) => return wrong,
        }
    } else {
        Cow::Borrowed(rest)
    };
    let is_odd = |c: char| c.is_control() || c == '\\';
    let mut segments = decoded.split('/').peekable();
    while let Some(segment) = segments.next() {
        if matches!(segment, "." | "..") || segment.is_empty() && segments.peek().is_some() || segment.contains(is_odd)
        {
            return Asked::Nothing;
        }
    }
    Asked::Path(decoded)
}

fn decoded(path: &str) -> Result<String, Asked<'static>> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, behind)) = rest.split_first() {
        rest = behind;
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |at: usize| char::from(*behind.get(at)?).to_digit(16);
        let (Some(high), Some(low)) = (digit(0), digit(1)) else { return Err(Asked::Malformed) };
        rest = &behind[2..];
        match (high * 16 + low) as u8 {
            // Decoded, it would divide the path.
            b'/' => return Err(Asked::Nothing),
            byte => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).map_err(|_| Asked::Nothing)
}

/// A name as a segment of a relative address.
pub(super) fn encoded(name: &str) -> String {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
    utf8_percent_encode(name, KEPT).to_string()
}

/// The path of the browser's address that leads from a request for `path` to the root: one `../` for each folder.
pub(super) fn upwards(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(path: &str) -> String {
        match asked(path, "") {
            Asked::Path(path) => path.into_owned(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn decoded_once_and_never_upwards() {
        assert_eq!(shown("/"), "");
        assert_eq!(shown("/agenda/"), "agenda/");
        assert_eq!(shown("/events/%C3%A9t%C3%A9/"), "events/été/");
        assert_eq!(shown("/a%252e"), "a%2e", "once, and not twice");
        for path in [
            "/../calendar.toml",
            "/a/../b",
            "/a/./b",
            "/%2e%2e/calendar.toml",
            "/.%2E/x",
            "/a%2Fb",
            "/a%2fb",
            "/a//b",
            "//",
            "//evil.example/",
            "/a\\b",
            "/a%5Cb",
            "/a%00",
            "/a%0d%0aX: y",
            "/%ff",
            "/%c0%ae%c0%ae/x",
        ] {
            assert_eq!(shown(path), "Nothing", "{path}");
        }
        for path in ["/%", "/%4", "/%zz", "/a%g0"] {
            assert_eq!(shown(path), "Malformed", "{path}");
        }
        for path in ["", "*", "agenda"] {
            assert_eq!(shown(path), "Nothing", "{path}");
        }
    }

    #[test]
    fn a_prefix_is_taken_off() {
        assert_eq!(asked("/calendar/agenda/", "/calendar"), Asked::Path("agenda/".into()));
        assert_eq!(asked("/calendar/", "/calendar"), Asked::Path("".into()));
        assert_eq!(asked("/calendar", "/calendar"), Asked::Prefix);
        for other in ["/calendars/", "/agenda/", "/", "/Calendar/"] {
            assert_eq!(asked(other, "/calendar"), Asked::Nothing, "{other}");
        }
    }

    #[test]
    fn relative_addresses() {
        assert_eq!(encoded("a b:c%é"), "a%20b%3Ac%25%C3%A9");
        assert_eq!(upwards("a/b/c"), "../../");
        assert_eq!(upwards("nothing"), "");
    }
}
