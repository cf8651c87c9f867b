//! Dates, times, numbers as digits. chrono's `format` takes fifteen times as long.
//!
//! A date beyond the years 1 to 9999, which iCalendar cannot write, becomes the nearest one that it can.

use std::fmt::Write;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Utc};

fn two(number: u32, out: &mut Vec<u8>) {
    out.extend_from_slice(&[b'0' + (number / 10 % 10) as u8, b'0' + (number % 10) as u8]);
}

/// `20230610`.
pub(super) fn date(day: NaiveDate, out: &mut Vec<u8>) {
    let (year, month, day) = match day.year() {
        ..1 => (1, 1, 1),
        10_000.. => (9999, 12, 31),
        year => (year as u32, day.month(), day.day()),
    };
    two(year / 100, out);
    two(year, out);
    two(month, out);
    two(day, out);
}

/// `20230610T160000`.
pub(super) fn wall(time: NaiveDateTime, out: &mut Vec<u8>) {
    date(time.date(), out);
    out.push(b'T');
    let seconds = match time.year() {
        ..1 => 0,
        10_000.. => 86_399,
        _ => time.num_seconds_from_midnight(),
    };
    two(seconds / 3600, out);
    two(seconds / 60 % 60, out);
    two(seconds % 60, out);
}

/// `20230610T230000Z`.
pub(super) fn instant(time: DateTime<Utc>, out: &mut Vec<u8>) {
    wall(time.naive_utc(), out);
    out.push(b'Z');
}

/// `-0700`, and with seconds where it has them.
pub(super) fn offset(offset: FixedOffset, out: &mut Vec<u8>) {
    let seconds = offset.local_minus_utc();
    out.push(if seconds < 0 { b'-' } else { b'+' });
    let seconds = seconds.unsigned_abs();
    two(seconds / 3600, out);
    two(seconds / 60 % 60, out);
    if !seconds.is_multiple_of(60) {
        two(seconds % 60, out);
    }
}

/// `PT6H`, `P1D`, `PT1H30M`: RFC 5545 3.3.6, of a length that is not negative.
pub(super) fn duration(length: TimeDelta) -> String {
    let seconds = length.num_seconds().max(0);
    if seconds > 0 && seconds % 86_400 == 0 {
        return format!("P{}D", seconds / 86_400);
    }
    let mut text = String::from("PT");
    for (count, unit) in [(seconds / 3600, 'H'), (seconds / 60 % 60, 'M'), (seconds % 60, 'S')] {
        // RFC 5545 has no PT1H5S: minutes are required between hours and seconds.
        if count > 0 || (unit == 'M' && seconds >= 3600 && seconds % 60 > 0) {
            let _ = write!(text, "{count}{unit}"); // a String takes everything
        }
    }
    if seconds == 0 {
        text.push_str("0S");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_those_of_chrono() {
        for second in (-62_135_596_800..253_402_300_800_i64).step_by(98_765_431) {
            let time = DateTime::from_timestamp(second, 0).expect("in range");
            let mut out = Vec::new();
            instant(time, &mut out);
            assert_eq!(String::from_utf8(out).expect("digits"), time.format("%Y%m%dT%H%M%SZ").to_string());
        }
    }

    #[test]
    fn times_beyond_four_digits_are_the_nearest() {
        let text = |text: &str| {
            let mut out = Vec::new();
            instant(text.parse().expect("an instant"), &mut out);
            String::from_utf8(out).expect("digits")
        };
        assert_eq!(text("+10000-01-01T08:00:00Z"), "99991231T235959Z");
        assert_eq!(text("-0001-06-01T08:00:00Z"), "00010101T000000Z");
    }

    #[test]
    fn offsets_and_lengths() {
        let text = |seconds| {
            let mut out = Vec::new();
            offset(FixedOffset::east_opt(seconds).expect("in range"), &mut out);
            String::from_utf8(out).expect("digits")
        };
        assert_eq!([text(-25_200), text(37_800), text(0), text(-561)], ["-0700", "+1030", "+0000", "-000921"]);
        let length = |seconds| duration(TimeDelta::seconds(seconds));
        assert_eq!(
            [length(21_600), length(86_400), length(5400), length(3605), length(0)],
            ["PT6H", "P1D", "PT1H30M", "PT1H0M5S", "PT0S"]
        );
    }
}
