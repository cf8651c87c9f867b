//! Whether a client has what it asks for already, or wants it only as it was (RFC 9110 13.2.2): If-Match before
//! If-Unmodified-Since, then If-None-Match before If-Modified-Since. A date counts only where there is no tag.

use chrono::{DateTime, Utc};
use http::HeaderMap;
use http::header::{HeaderName, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_UNMODIFIED_SINCE};

/// What becomes of a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Outcome {
    /// It gets the whole.
    Whole,
    /// It has it: 304.
    HasIt,
    /// It wanted another one: 412.
    Failed,
}

/// What the conditions of a request come to.
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
        false => Outcome::Failed,
        true if has_it() => Outcome::HasIt,
        true => Outcome::Whole,
    }
}

/// How tags are compared: a weak one is strongly the same as none.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Compared {
    Strongly,
    Weakly,
}

/// Whether a header names `etag`; none where it is not there.
fn tagged(headers: &HeaderMap, name: &HeaderName, etag: &str, compared: Compared) -> Option<bool> {
    let mut tags = headers.get_all(name).iter().peekable();
    tags.peek()?;
    Some(tags.any(|list| list.to_str().is_ok_and(|list| names(list, etag, compared))))
}

/// Whether a header's date is not before `modified`; none where it has none.
fn dated(headers: &HeaderMap, name: &HeaderName, modified: DateTime<Utc>) -> Option<bool> {
    // Of two such lines none can be trusted; a date in another form is none.
    let mut dates = headers.get_all(name).iter();
    let (Some(date), None) = (dates.next(), dates.next()) else { return None };
    let since = httpdate::parse_http_date(date.to_str().ok()?).ok()?;
    Some(DateTime::<Utc>::from(since) >= modified)
}

/// Whether a list of entity tags has `etag`. A comma may stand within a tag.
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
        outcome_of(lines) == Outcome::HasIt
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
            (vec![(IF_MATCH, "\"x\", \"a,b\"")], Outcome::Whole),
            (vec![(IF_MATCH, "*")], Outcome::Whole),
            (vec![(IF_MATCH, "\"x\"")], Outcome::Failed),
            (vec![(IF_MATCH, "W/\"a,b\"")], Outcome::Failed),
            (vec![(IF_UNMODIFIED_SINCE, same)], Outcome::Whole),
            (vec![(IF_UNMODIFIED_SINCE, before)], Outcome::Failed),
            (vec![(IF_UNMODIFIED_SINCE, "yesterday")], Outcome::Whole),
            (vec![(IF_MATCH, "\"a,b\""), (IF_UNMODIFIED_SINCE, before)], Outcome::Whole),
            (vec![(IF_MATCH, "\"x\""), (IF_NONE_MATCH, "\"a,b\"")], Outcome::Failed),
            (vec![(IF_MATCH, "*"), (IF_NONE_MATCH, "\"a,b\"")], Outcome::HasIt),
        ] {
            assert_eq!(outcome_of(&lines), expected, "{lines:?}");
        }
    }
}
