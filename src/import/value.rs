//! Values of properties: dates, times, lengths, periods.
//!
//! Written forms that programs produce against the standard are read where they have one meaning: seconds left out,
//! hyphens and colons in between, an offset at the end, the hour 24.

use chrono::{Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::lines::{ContentLine, divide};

/// A date or a time as it is written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Stamp {
    /// A date.
    Day(NaiveDate),
    /// A local time; its TZID says where, if there is one.
    Local(NaiveDateTime),
    /// A time in UTC.
    Utc(NaiveDateTime),
    /// A local time with its offset, which iCalendar does not have.
    Offset(NaiveDateTime, FixedOffset),
}

/// A time with the name of its zone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Time {
    /// As written.
    pub stamp: Stamp,
    /// TZID; only of a local time.
    pub zone: Option<String>,
}

/// A length: days by the clock and exact seconds (RFC 5545 3.3.6).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Length {
    /// Days, weeks included.
    pub days: i64,
    /// Seconds.
    pub seconds: i64,
}

/// The end of a period.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PeriodEnd {
    /// At a time.
    At(Time),
    /// After a length.
    After(Length),
}

impl Time {
    /// Whether it is a date.
    pub fn is_day(&self) -> bool {
        matches!(self.stamp, Stamp::Day(_))
    }

    /// Its date as written.
    pub fn day(&self) -> NaiveDate {
        match self.stamp {
            Stamp::Day(day) => day,
            Stamp::Local(wall) | Stamp::Utc(wall) | Stamp::Offset(wall, _) => wall.date(),
        }
    }
}

/// The single time of a property.
pub fn time(line: &ContentLine<'_>) -> Result<Time, String> {
    one(line, line.value.trim())
}

fn one(line: &ContentLine<'_>, value: &str) -> Result<Time, String> {
    let stamp = stamp(value).ok_or_else(|| format!("`{}` is not a date or a time", super::shown(value)))?;
    let stamp = match stamp {
        // Midnight of a date is that date; another time was meant as a time.
        Stamp::Local(wall)
            if wall.time() == NaiveTime::MIN
                && line.param("VALUE").is_some_and(|value| value.eq_ignore_ascii_case("DATE")) =>
        {
            Stamp::Day(wall.date())
        }
        stamp => stamp,
    };
    let zone = line.param("TZID").map(str::trim).filter(|name| !name.is_empty());
    let zone = zone.filter(|_| matches!(stamp, Stamp::Local(_))).map(str::to_owned);
    Ok(Time { stamp, zone })
}

/// The times of a list such as EXDATE; periods give their start, and their end beside it.
pub fn times(line: &ContentLine<'_>) -> impl Iterator<Item = Result<(Time, Option<PeriodEnd>), String>> {
    // vCalendar 1.0 divides by semicolons.
    let parts = line.value.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(move |part| {
        let Some((start, end)) = part.split_once('/') else { return Ok((one(line, part)?, None)) };
        let start = one(line, start)?;
        let end = match length(end) {
            Some(length) => PeriodEnd::After(length),
            None => PeriodEnd::At(one(line, end)?),
        };
        Ok((start, Some(end)))
    })
}

/// Reads a date or a time.
pub fn stamp(text: &str) -> Option<Stamp> {
    let text = text.trim();
    let mut digits = String::with_capacity(15);
    let mut rest = text;
    let mut has_time = false;
    while let Some(character) = rest.chars().next() {
        match character {
            '0'..='9' => digits.push(character),
            '-' if !has_time && matches!(digits.len(), 4 | 6) => {}
            'T' | 't' | ' ' if digits.len() == 8 && !has_time => has_time = true,
            ':' if has_time => {}
            _ => break,
        }
        rest = &rest[character.len_utf8()..];
    }
    let number = |from: usize, to: usize| digits.get(from..to)?.parse::<u32>().ok();
    let day = NaiveDate::from_ymd_opt(number(0, 4)? as i32, number(4, 6)?, number(6, 8)?)?;
    if !has_time {
        // Some programs write `20260101Z`.
        return (digits.len() == 8 && matches!(rest, "" | "Z")).then_some(Stamp::Day(day));
    }
    let (hour, minute, second) = match digits.len() {
        14 => (number(8, 10)?, number(10, 12)?, number(12, 14)?),
        12 => (number(8, 10)?, number(10, 12)?, 0),
        _ => return None,
    };
    let wall = if (hour, minute, second) == (24, 0, 0) {
        day.checked_add_days(Days::new(1))?.and_time(NaiveTime::MIN)
    } else {
        day.and_hms_opt(hour, minute, second.min(59)).filter(|_| second <= 60)?
    };
    let rest = match rest.strip_prefix(['.', ',']) {
        Some(fraction) => fraction.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => rest,
    };
    match rest {
        "" => Some(Stamp::Local(wall)),
        "Z" | "z" => Some(Stamp::Utc(wall)),
        _ => offset(rest).map(|offset| Stamp::Offset(wall, offset)),
    }
}

/// Reads an offset such as `+0200`, `-05:00`, `+013015`.
pub fn offset(text: &str) -> Option<FixedOffset> {
    let text = text.trim();
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let digits: String = rest.chars().filter(|c| *c != ':').collect();
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) || !matches!(digits.len(), 2 | 4 | 6) {
        return None;
    }
    let number = |from: usize| digits.get(from..from + 2).map_or(Some(0), |part| part.parse::<i32>().ok());
    let (hours, minutes, seconds) = (number(0)?, number(2)?, number(4)?);
    (hours < 24 && minutes < 60 && seconds < 60)
        .then(|| FixedOffset::east_opt(sign * (hours * 3600 + minutes * 60 + seconds)))
        .flatten()
}

/// The longest length in days: more than a thousand years.
const MOST_DAYS: i64 = 400_000;

/// Reads a length: `PT2H`, `P1DT30M`, `P1W`, `-PT15M`.
pub fn length(text: &str) -> Option<Length> {
    let text = text.trim();
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let rest = rest.strip_prefix(['P', 'p'])?;
    let mut length = Length::default();
    let (mut number, mut has_digits, mut in_time, mut parts) = (0_i64, false, false, 0);
    for character in rest.chars() {
        let unit = character.to_ascii_uppercase();
        if let Some(digit) = character.to_digit(10) {
            number = number.checked_mul(10)?.checked_add(i64::from(digit)).filter(|number| *number < 1_000_000_000)?;
            has_digits = true;
            continue;
        }
        if unit == 'T' && !in_time && !has_digits {
            in_time = true;
            continue;
        }
        if !has_digits {
            return None;
        }
        match (unit, in_time) {
            // Behind the T they are wrong, and mean the same.
            ('W', _) => length.days += number * 7,
            ('D', _) => length.days += number,
            ('H', _) => length.seconds += number * 3600,
            ('M', true) => length.seconds += number * 60,
            ('S', true) => length.seconds += number,
            _ => return None,
        }
        // Many parts may add up to more than a date can be moved by.
        if length.days > MOST_DAYS || length.seconds > MOST_DAYS * 86_400 {
            return None;
        }
        parts += 1;
        (number, has_digits) = (0, false);
    }
    if has_digits || parts == 0 {
        return None;
    }
    Some(Length { days: length.days * sign, seconds: length.seconds * sign })
}

impl Length {
    /// Whether it is more than nothing.
    pub fn is_positive(self) -> bool {
        self.total() > TimeDelta::zero()
    }

    /// Days of 24 hours.
    pub fn total(self) -> TimeDelta {
        TimeDelta::days(self.days) + TimeDelta::seconds(self.seconds)
    }

    /// As a record has it: `2h`, `1d12h`, `90m`.
    pub fn written(self) -> String {
        let Length { days, seconds } = self;
        let mut text = String::new();
        if days > 0 {
            text.push_str(&format!("{days}d"));
        }
        let (hours, minutes) = (seconds / 3600, seconds % 3600 / 60);
        if hours > 0 {
            text.push_str(&format!("{hours}h"));
        }
        if minutes > 0 {
            text.push_str(&format!("{minutes}m"));
        }
        if seconds % 60 != 0 {
            // Records know no seconds in this form, so that ISO 8601 says all of it.
            return format!("P{}T{}S", if days > 0 { format!("{days}D") } else { String::new() }, seconds);
        }
        text
    }
}

/// The coordinates of GEO: latitude and longitude.
pub fn position(value: &str) -> Option<(f64, f64)> {
    let mut parts = divide(value, b';').flat_map(|part| part.split(','));
    let lat: f64 = parts.next()?.trim().parse().ok()?;
    let lon: f64 = parts.next()?.trim().parse().ok()?;
    ((-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon)).then_some((lat, lon))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_every_form() {
        let shown = |text: &str| match stamp(text) {
            Some(Stamp::Day(day)) => day.to_string(),
            Some(Stamp::Local(wall)) => wall.to_string(),
            Some(Stamp::Utc(wall)) => format!("{wall} UTC"),
            Some(Stamp::Offset(wall, offset)) => format!("{wall} {offset}"),
            None => "none".to_owned(),
        };
        for (text, expected) in [
            ("20260102", "2026-01-02"),
            ("20260102T030405", "2026-01-02 03:04:05"),
            ("20260102T030405Z", "2026-01-02 03:04:05 UTC"),
            ("2026-01-02T03:04:05Z", "2026-01-02 03:04:05 UTC"),
            ("20260102T0304", "2026-01-02 03:04:00"),
            ("20260102T240000", "2026-01-03 00:00:00"),
            ("20260102T235960Z", "2026-01-02 23:59:59 UTC"),
            ("20260102T030405+0530", "2026-01-02 03:04:05 +05:30"),
            ("20260102T030405.123Z", "2026-01-02 03:04:05 UTC"),
            ("20260132", "none"),
            ("20260102T250000", "none"),
            ("2026", "none"),
            ("", "none"),
            ("20260102T030405é", "none"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn lengths_are_read_and_written() {
        for (text, expected) in [
            ("PT2H", "2h"),
            ("P1DT12H", "1d12h"),
            ("P1W", "7d"),
            ("PT90M", "1h30m"),
            ("+PT1H30M", "1h30m"),
            ("PT45S", "PT45S"),
            ("P1DT1M5S", "P1DT65S"),
        ] {
            let length = length(text).expect(text);
            assert!(length.is_positive());
            assert_eq!(length.written(), expected, "{text}");
            assert!(crate::resolve::length::parse(&length.written()).is_some(), "{text}");
        }
        assert_eq!(length("-PT15M"), Some(Length { days: 0, seconds: -900 }));
        for text in [
            "",
            "P",
            "PT",
            "2H",
            "P2",
            "PT2",
            "P1Y",
            "PT99999999999H",
            "P900000000D",
            "PT900000000H900000000H900000000H",
        ] {
            assert_eq!(length(text), None, "{text}");
        }
    }

    #[test]
    fn lists_and_periods_are_divided() {
        let text = "RDATE;TZID=Europe/Madrid:20260101T100000/PT1H,20260102T100000/20260102T110000,x";
        let line = super::super::lines::Lines::new(text).next().expect("a line");
        let found: Vec<_> = times(&line).collect();
        assert_eq!(found.len(), 3);
        assert!(matches!(&found[0], Ok((_, Some(PeriodEnd::After(length)))) if length.seconds == 3600));
        assert!(
            matches!(&found[1], Ok((time, Some(PeriodEnd::At(_)))) if time.zone.as_deref() == Some("Europe/Madrid"))
        );
        assert!(found[2].is_err());
    }

    #[test]
    fn positions_are_on_the_earth() {
        assert_eq!(position("40.4;-3.7"), Some((40.4, -3.7)));
        assert_eq!(position("40.4,-3.7"), Some((40.4, -3.7)));
        assert_eq!(position("91;0"), None);
        assert_eq!(position("x"), None);
    }
}
