//! Range requests, for media players and resumed downloads (RFC 9110 14).
//!
//! Only one range is supported: a request for several ranges, or an invalid one, gets the full response, which the RFC
//! allows.

use std::ops::Range;

use http::HeaderMap;
use http::header::{IF_RANGE, RANGE};

/// The range that a request selects.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Wanted {
    /// All bytes.
    Whole,
    /// A range of at least one byte.
    Part(Range<usize>),
    /// A range that cannot be satisfied.
    Nothing,
}

/// Whether a request has a range.
pub(super) fn is_asked(headers: &HeaderMap) -> bool {
    headers.contains_key(RANGE)
}

/// The range of `length` bytes with this entity tag and date. If If-Range names another version, it is everything.
pub(super) fn wanted(headers: &HeaderMap, length: usize, etag: &str, last_modified: Option<&str>) -> Wanted {
    let mut lines = headers.get_all(RANGE).iter();
    let (Some(line), None) = (lines.next(), lines.next()) else { return Wanted::Whole };
    if let Some(condition) = headers.get(IF_RANGE) {
        let condition = condition.to_str().unwrap_or_default().trim();
        // A weak tag (`W/…`) never matches.
        if condition != etag && Some(condition) != last_modified {
            return Wanted::Whole;
        }
    }
    line.to_str().ok().and_then(|line| read(line, length)).unwrap_or(Wanted::Whole)
}

/// Reads `bytes=0-99`, `bytes=100-`, `bytes=-100`. `None` for anything else.
fn read(line: &str, length: usize) -> Option<Wanted> {
    let (unit, ranges) = line.split_once('=')?;
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return None;
    }
    let (first, last) = ranges.trim().split_once('-')?;
    let number = |digits: &str| -> Option<usize> {
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        // A number that is too large is past the end of the bytes.
        is_number.then(|| digits.parse().unwrap_or(usize::MAX))
    };
    let (start, end) = match (first.trim(), last.trim()) {
        ("", suffix) => {
            let suffix = number(suffix)?;
            (if suffix == 0 { length } else { length.saturating_sub(suffix) }, length)
        }
        (first, "") => (number(first)?, length),
        (first, last) => {
            let (first, last) = (number(first)?, number(last)?);
            if last < first {
                return None;
            }
            (first, last.saturating_add(1).min(length))
        }
    };
    Some(if start < end.min(length) { Wanted::Part(start..end) } else { Wanted::Nothing })
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn of(range: &'static str, condition: Option<&'static str>) -> Wanted {
        let mut headers = HeaderMap::new();
        headers.insert(RANGE, HeaderValue::from_static(range));
        if let Some(condition) = condition {
            headers.insert(IF_RANGE, HeaderValue::from_static(condition));
        }
        wanted(&headers, 10, "\"tag\"", Some("Sat, 21 Nov 2026 12:00:00 GMT"))
    }

    #[test]
    fn parts_are_read() {
        for (range, expected) in [
            ("bytes=0-3", Wanted::Part(0..4)),
            ("bytes=4-", Wanted::Part(4..10)),
            ("bytes=-3", Wanted::Part(7..10)),
            ("bytes=-99", Wanted::Part(0..10)),
            ("bytes=9-99", Wanted::Part(9..10)),
            ("Bytes = 0-0", Wanted::Part(0..1)),
            ("bytes=0-99999999999999999999999", Wanted::Part(0..10)),
            ("bytes=10-", Wanted::Nothing),
            ("bytes=99-100", Wanted::Nothing),
            ("bytes=99999999999999999999999-", Wanted::Nothing),
            ("bytes=-0", Wanted::Nothing),
            ("bytes=3-1", Wanted::Whole),
            ("bytes=0-1,4-5", Wanted::Whole),
            ("bytes=a-b", Wanted::Whole),
            ("bytes=+1-2", Wanted::Whole),
            ("bytes=-", Wanted::Whole),
            ("lines=0-3", Wanted::Whole),
            ("0-3", Wanted::Whole),
            ("", Wanted::Whole),
        ] {
            assert_eq!(of(range, None), expected, "{range}");
        }
        assert_eq!(wanted(&HeaderMap::new(), 10, "", None), Wanted::Whole);
    }

    #[test]
    fn a_part_of_other_bytes_is_of_no_use() {
        for (condition, expected) in [
            ("\"tag\"", Wanted::Part(0..4)),
            ("Sat, 21 Nov 2026 12:00:00 GMT", Wanted::Part(0..4)),
            ("\"other\"", Wanted::Whole),
            ("W/\"tag\"", Wanted::Whole),
            ("Sat, 21 Nov 2026 12:00:01 GMT", Wanted::Whole),
        ] {
            assert_eq!(of("bytes=0-3", Some(condition)), expected, "{condition}");
        }
    }
}
