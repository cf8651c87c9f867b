//! What clocks show over a stretch of time, where it changes, and how people read it.

use std::borrow::Cow;

use chrono::{DateTime, FixedOffset, Utc};

/// The offset and abbreviation between two transitions (RFC 9636).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct LocalTimeType {
    /// Offset from UTC.
    pub offset: FixedOffset,
    /// The database's abbreviation, which is a number (`-03`) where people use none.
    pub abbreviation: &'static str,
    /// Whether it is daylight saving time: ahead of the zone's standard time.
    pub is_dst: bool,
}

/// A change from one regime to another.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Transition {
    /// The first instant of the regime `after`.
    pub at: DateTime<Utc>,
    /// What clocks showed until then.
    pub before: LocalTimeType,
    /// What they show from then on.
    pub after: LocalTimeType,
}

/// An abbreviation as people read it: `PDT`, and `UTC−3` for the database's `-03`.
pub fn abbreviation_for_people(regime: LocalTimeType) -> Cow<'static, str> {
    if regime.abbreviation.starts_with(|first: char| first.is_ascii_alphabetic()) {
        Cow::Borrowed(regime.abbreviation)
    } else {
        Cow::Owned(offset_for_people(regime.offset))
    }
}

/// An offset as people read it: `UTC−7`, `UTC+5:30`, `UTC`. The minus is U+2212.
pub fn offset_for_people(offset: FixedOffset) -> String {
    let seconds = offset.local_minus_utc();
    if seconds == 0 {
        return "UTC".to_owned();
    }
    let sign = if seconds < 0 { '−' } else { '+' };
    let size = seconds.unsigned_abs();
    match (size / 3600, size / 60 % 60, size % 60) {
        (hours, 0, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes, 0) => format!("UTC{sign}{hours}:{minutes:02}"),
        // Local mean time before about 1900.
        (hours, minutes, seconds) => format!("UTC{sign}{hours}:{minutes:02}:{seconds:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_read_as_people_write_them() {
        let of = |seconds| offset_for_people(FixedOffset::east_opt(seconds).unwrap());
        assert_eq!(of(-7 * 3600), "UTC−7");
        assert_eq!(of(19800), "UTC+5:30");
        assert_eq!(of(0), "UTC");
        assert_eq!(of(-1800), "UTC−0:30");
        assert_eq!(of(561), "UTC+0:09:21");
    }

    #[test]
    fn numbers_of_the_database_become_words() {
        let regime = |seconds, abbreviation| LocalTimeType {
            offset: FixedOffset::east_opt(seconds).unwrap(),
            abbreviation,
            is_dst: false,
        };
        assert_eq!(abbreviation_for_people(regime(-10800, "-03")), "UTC−3");
        assert_eq!(abbreviation_for_people(regime(-28800, "PST")), "PST");
    }
}
