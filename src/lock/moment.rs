//! Times as the lock writes them: the four kinds of TOML, in the one form that this program gives them.

use std::fmt;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};

/// A day, a time of some wall clock, or an instant with the offset by which a clock showed it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Moment {
    /// `2024-03-02`
    Day(NaiveDate),
    /// `2024-03-02T10:00:00`
    Wall(NaiveDateTime),
    /// `2024-03-02T10:00:00-05:00`
    Instant(DateTime<FixedOffset>),
}

impl Moment {
    /// An instant, as a clock with that offset shows it. RFC 3339 has no seconds in offsets, so one of old is shown in
    /// UTC.
    pub(super) fn instant(instant: DateTime<Utc>, offset: FixedOffset) -> Self {
        let utc = FixedOffset::east_opt(0).unwrap_or(offset);
        let offset = if offset.local_minus_utc() % 60 == 0 { offset } else { utc };
        Moment::Instant(instant.with_timezone(&offset))
    }

    /// What a clock shows; a day is its midnight.
    pub fn wall(&self) -> NaiveDateTime {
        match self {
            Moment::Day(day) => day.and_time(NaiveTime::MIN),
            Moment::Wall(wall) => *wall,
            Moment::Instant(instant) => instant.naive_local(),
        }
    }

    /// Reads what [`fmt::Display`] writes, and nothing else.
    pub(super) fn read(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let day = day(bytes.get(..10)?)?;
        if bytes.len() == 10 {
            return Some(Moment::Day(day));
        }
        let wall = day.and_time(time(bytes.get(10..19)?)?);
        match bytes.get(19..)? {
            [] => Some(Moment::Wall(wall)),
            b"Z" => Some(Moment::Instant(wall.and_utc().fixed_offset())),
            [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
                let minutes = number(&[*h1, *h2])? * 60 + number(&[*m1, *m2])?;
                let seconds = minutes as i32 * if *sign == b'-' { -60 } else { 60 };
                let offset = FixedOffset::east_opt(seconds)?;
                wall.and_local_timezone(offset).single().map(Moment::Instant)
            }
            _ => None,
        }
    }

    /// Reads an instant in UTC.
    pub(super) fn read_utc(text: &str) -> Option<DateTime<Utc>> {
        match Moment::read(text)? {
            Moment::Instant(instant) => Some(instant.to_utc()),
            Moment::Day(_) | Moment::Wall(_) => None,
        }
    }
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0')))
}

fn day(text: &[u8]) -> Option<NaiveDate> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else { return None };
    let year = number(&[*y1, *y2, *y3, *y4])?;
    NaiveDate::from_ymd_opt(year as i32, number(&[*m1, *m2])?, number(&[*d1, *d2])?)
}

fn time(text: &[u8]) -> Option<NaiveTime> {
    let [b'T', h1, h2, b':', m1, m2, b':', s1, s2] = text else { return None };
    NaiveTime::from_hms_opt(number(&[*h1, *h2])?, number(&[*m1, *m2])?, number(&[*s1, *s2])?)
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // chrono's own formatting reads a pattern each time, and a lock has half a million of these.
        let wall = self.wall();
        write!(f, "{:04}-{:02}-{:02}", wall.year(), wall.month(), wall.day())?;
        if matches!(self, Moment::Day(_)) {
            return Ok(());
        }
        write!(f, "T{:02}:{:02}:{:02}", wall.hour(), wall.minute(), wall.second())?;
        let Moment::Instant(instant) = self else { return Ok(()) };
        match instant.offset().local_minus_utc() / 60 {
            0 => f.write_str("Z"),
            minutes => {
                let sign = if minutes < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
            }
        }
    }
}

/// An instant in UTC, as [`Moment::read_utc`] reads it.
pub(super) fn utc(instant: DateTime<Utc>) -> Moment {
    Moment::Instant(instant.fixed_offset())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_nothing_else() {
        for text in [
            "2024-03-02",
            "2024-03-02T10:00:00",
            "2024-03-02T10:00:00Z",
            "2024-03-02T10:00:01-05:00",
            "0001-01-01T00:00:00+05:45",
            "9998-12-31T23:59:59-00:30",
        ] {
            assert_eq!(Moment::read(text).expect(text).to_string(), text);
        }
        for text in [
            "",
            "2024-3-2",
            "2024-02-30",
            "2024-03-02T10:00",
            "2024-03-02 10:00:00",
            "2024-03-02T10:00:00.5Z",
            "2024-03-02T10:00:00z",
            "2024-03-02T10:00:00+99:00",
            "+024-03-02",
            "2024-03-02é",
        ] {
            assert_eq!(Moment::read(text), None, "{text}");
        }
    }

    #[test]
    fn offsets_with_seconds_are_written_in_utc() {
        let at = "1850-01-01T12:00:00Z".parse::<DateTime<Utc>>().expect("an instant");
        let offset = FixedOffset::west_opt(7 * 3600 + 52 * 60 + 58).expect("an offset");
        assert_eq!(Moment::instant(at, offset).to_string(), "1850-01-01T12:00:00Z");
    }
}
