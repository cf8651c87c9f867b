//! Conditional requests, evaluated in the order of RFC 9110 13.2.2: If-Match before If-Unmodified-Since, then
//! If-None-Match before If-Modified-Since. A date counts only if there is no entity tag.

use chrono::{DateTime, Utc};
use http::HeaderMap;
use http::header::{HeaderName, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_UNMODIFIED_SINCE};

/// The result of a request's conditions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Outcome {
    /// The full response.
    Ok,
    /// 304: the client's copy is current.
    NotModified,
    /// 412: the client expects another version.
    PreconditionFailed,
}

/// Evaluates the conditions of a request.
pub(super) fn outcome(headers: &HeaderMap, etag: &str, modified: DateTime<Utc>) -> Outcome {
    let is_as_wanted = tagged(headers, &IF_MATCH, etag, Compared::Strongly)
        .or_else(|| dated(headers, &IF_UNMODIFIED_SINCE, modified))
        .unwrap_or(true);
    let has_it = || {
        tagged(headers, &IF_NONE_MATCH, etag, Compared::Weakly)
            .or_else(|| dated(headers, &IF_MODIFIED_SINCE, modified))
            .unwrap_or(false)
    };
    match is_as_wanted {
        false => Outcome::PreconditionFailed,
        true if has_it() => Outcome::NotModified,
        true => Outcome::Ok,
    }
}

/// How entity tags are compared (RFC 9110 8.8.3.2): a weak tag never matches strongly.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Compared {
    Strongly,
    Weakly,
}

/// Whether the header lists `etag`; `None` if the header is absent.
fn tagged(headers: &HeaderMap, name: &HeaderName, etag: &str, compared: Compared) -> Option<bool> {
    let mut tags = headers.get_all(name).iter().peekable();
    tags.peek()?;
    Some(tags.any(|list| list.to_str().is_ok_and(|list| names(list, etag, compared))))
}

/// Whether the header's date is not before `modified`; `None` without a valid date.
fn dated(headers: &HeaderMap, name: &HeaderName, modified: DateTime<Utc>) -> Option<bool> {
    // A repeated header or an invalid date is ignored.
    let mut dates = headers.get_all(name).iter();
    let (Some(date), None) = (dates.next(), dates.next()) else { return None };
    let since = httpdate::parse_http_date(date.to_str().ok()?).ok()?;
    Some(DateTime::<Utc>::from(since) >= modified)
}

/// Whether a list of entity tags contains `etag`. A tag may contain a comma.
fn names(list: &str, etag: &str, compared: Compared) -> bool {
    let mut rest = list.trim_matches([' ', '\t']);
    if rest == "*" {
        return true;
    }
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        let weak = rest.strip_prefix("W/");
        let tag = weak.unwrap_or(rest);
        let Some(end) = tag.strip_prefix('"').and_then(|inside| inside.find('"')) else { return false };
        let (tag, behind) = tag.split_at(end + 2);
        if tag == etag && (weak.is_none() || compared == Compared::Weakly) {
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

    fn asked(lines: &[(HeaderName, &'static str)]) -> bool {
        outcome_of(lines) == Outcome::NotModified
    }

    fn outcome_of(lines: &[(HeaderName, &'static str)]) -> Outcome {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(name, HeaderValue::from_static(value));
        }
        outcome(&headers, ETAG, "2026-11-21T12:00:00Z".parse().expect("a time"))
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

    #[test]
    fn what_was_wanted_as_it_was_is_not_sent_otherwise() {
        let (same, before) = ("Sat, 21 Nov 2026 12:00:00 GMT", "Sat, 21 Nov 2026 11:59:59 GMT");
        for (lines, expected) in [
            (vec![(IF_MATCH, "\"x\", \"a,b\"")], Outcome::Ok),
            (vec![(IF_MATCH, "*")], Outcome::Ok),
            (vec![(IF_MATCH, "\"x\"")], Outcome::PreconditionFailed),
            (vec![(IF_MATCH, "W/\"a,b\"")], Outcome::PreconditionFailed),
            (vec![(IF_UNMODIFIED_SINCE, same)], Outcome::Ok),
            (vec![(IF_UNMODIFIED_SINCE, before)], Outcome::PreconditionFailed),
            (vec![(IF_UNMODIFIED_SINCE, "yesterday")], Outcome::Ok),
            (vec![(IF_MATCH, "\"a,b\""), (IF_UNMODIFIED_SINCE, before)], Outcome::Ok),
            (vec![(IF_MATCH, "\"x\""), (IF_NONE_MATCH, "\"a,b\"")], Outcome::PreconditionFailed),
            (vec![(IF_MATCH, "*"), (IF_NONE_MATCH, "\"a,b\"")], Outcome::NotModified),
        ] {
            assert_eq!(outcome_of(&lines), expected, "{lines:?}");
        }
    }
}
