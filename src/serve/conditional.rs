//! Whether a client has what it asks for already (RFC 9110 13.1): If-None-Match first, and If-Modified-Since only where
//! there is none.

use chrono::{DateTime, Utc};
use http::HeaderMap;
use http::header::{IF_MODIFIED_SINCE, IF_NONE_MATCH};

/// Whether the answer is 304.
pub(super) fn has_it(headers: &HeaderMap, etag: &str, modified: DateTime<Utc>) -> bool {
    let mut tags = headers.get_all(IF_NONE_MATCH).iter().peekable();
    if tags.peek().is_some() {
        return tags.any(|list| list.to_str().is_ok_and(|list| names(list, etag)));
    }
    // Of two such lines none can be trusted; a date in another form is none.
    let mut dates = headers.get_all(IF_MODIFIED_SINCE).iter();
    let (Some(date), None) = (dates.next(), dates.next()) else { return false };
    let since = date.to_str().ok().and_then(|date| httpdate::parse_http_date(date).ok());
    since.is_some_and(|since| DateTime::<Utc>::from(since) >= modified)
}

/// Whether a list of entity tags has `etag`, by the weak comparison. A comma may stand within a tag.
fn names(list: &str, etag: &str) -> bool {
    let mut rest = list.trim_matches([' ', '\t']);
    if rest == "*" {
        return true;
    }
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        let tag = rest.strip_prefix("W/").unwrap_or(rest);
        let Some(end) = tag.strip_prefix('"').and_then(|inside| inside.find('"')) else { return false };
        let (tag, behind) = tag.split_at(end + 2);
        if tag == etag {
            return true;
        }
        rest = behind;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    const ETAG: &str = "\"a,b\"";

    fn asked(lines: &[(http::HeaderName, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(name, HeaderValue::from_static(value));
        }
        has_it(&headers, ETAG, "2026-11-21T12:00:00Z".parse().expect("a time"))
    }

    #[test]
    fn lists_weak_tags_and_the_star() {
        for list in ["\"a,b\"", "*", " * ", "\"x\", \"a,b\"", "W/\"a,b\"", "\"x\",W/\"y\" ,\t\"a,b\"", ",,\"a,b\""] {
            assert!(asked(&[(IF_NONE_MATCH, list)]), "{list}");
        }
        for list in ["", "a,b", "\"a", "\"a\",\"b\"", "\"A,B\"", "**", "\"a,b", "w/\"a,b\"", "\"x\" * "] {
            assert!(!asked(&[(IF_NONE_MATCH, list)]), "{list}");
        }
        assert!(asked(&[(IF_NONE_MATCH, "\"x\""), (IF_NONE_MATCH, "\"a,b\"")]));
    }

    #[test]
    fn dates_count_only_without_tags() {
        let (same, before) = ("Sat, 21 Nov 2026 12:00:00 GMT", "Sat, 21 Nov 2026 11:59:59 GMT");
        assert!(asked(&[(IF_MODIFIED_SINCE, same)]));
        assert!(asked(&[(IF_MODIFIED_SINCE, "Saturday, 21-Nov-26 13:00:00 GMT")]));
        assert!(!asked(&[(IF_MODIFIED_SINCE, before)]));
        assert!(!asked(&[(IF_MODIFIED_SINCE, "2026-11-21T12:00:00Z")]));
        assert!(!asked(&[(IF_MODIFIED_SINCE, same), (IF_MODIFIED_SINCE, same)]));
        assert!(!asked(&[(IF_NONE_MATCH, "\"x\""), (IF_MODIFIED_SINCE, same)]));
        assert!(asked(&[(IF_NONE_MATCH, "*"), (IF_MODIFIED_SINCE, before)]));
        assert!(!asked(&[]));
    }
}
