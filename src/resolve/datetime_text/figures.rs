//! Dates, offsets and shifts in figures.

use std::ops::Range;

use chrono::{FixedOffset, NaiveDate};

use super::{DateWords, Refusal};

/// A text with the figures of ASCII, and where each of its bytes stood; none for a text that has no others.
pub(super) fn plain(text: &str) -> Option<(String, Vec<usize>)> {
    const ZEROS: [char; 4] = ['٠', '۰', '०', '０'];
    let ascii = |c: char| match c {
        '：' => Some(':'),
        _ => ZEROS.iter().find_map(|zero| char::from_digit(u32::from(c).checked_sub(u32::from(*zero))?, 10)),
    };
    if text.is_ascii() || !text.chars().any(|c| ascii(c).is_some()) {
        return None;
    }
    let (mut out, mut origins) = (String::with_capacity(text.len()), Vec::with_capacity(text.len() + 1));
    for (at, character) in text.char_indices() {
        let written = ascii(character).unwrap_or(character);
        out.push(written);
        origins.extend((0..written.len_utf8()).map(|byte| if ascii(character).is_some() { at } else { at + byte }));
    }
    origins.push(text.len());
    Some((out, origins))
}

pub(super) fn iso_date(word: &str) -> Option<(DateWords, &str)> {
    let bytes = word.as_bytes();
    let shape = bytes.len() >= 10
        && bytes[..10].iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let rest = word.get(10..).filter(|rest| rest.is_empty() || rest.starts_with('t'))?;
    let number = |range: Range<usize>| word[range].parse::<u32>().ok();
    shape.then(|| {
        Some((DateWords { year: Some(number(0..4)? as i32), month: number(5..7)?, day: number(8..10)? }, rest))
    })?
}

/// Hours and minutes with a dot, which may be a day and a month too: `16.30`.
pub(super) fn dotted(word: &str) -> Option<(u32, u32)> {
    let (hours, minutes) = word.split_once('.')?;
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?;
    let sound = (1..=2).contains(&hours.len()) && minutes.len() == 2;
    let (hour, minute) = (number(hours)?, number(minutes)?);
    (sound && hour < 24 && minute < 60).then_some((hour, minute))
}

/// A date in digits whose order is not certain: `06/07/2023`, `6.7.2023`, `06-07-2023`.
pub(super) fn numeric_date(word: &str) -> Option<Refusal> {
    let separator = word.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '/' | '.' | '-'))?;
    let numbers: Vec<&str> = word.trim_end_matches('.').split(separator).collect();
    if !(2..=3).contains(&numbers.len()) || numbers.iter().any(|number| number.is_empty()) {
        return None;
    }
    let numbers: Vec<u32> = numbers.iter().map(|number| number.parse().ok()).collect::<Option<_>>()?;
    let mut readings = Vec::new();
    if let [first, second, year] = numbers[..] {
        let mut reading = |year: u32, month, day| readings.extend(NaiveDate::from_ymd_opt(year as i32, month, day));
        if first > 31 {
            reading(first, second, year);
        } else {
            let year = if year < 100 { 2000 + year } else { year };
            reading(year, second, first);
            reading(year, first, second);
        }
    }
    readings.dedup();
    if let ([first, second], '-') = (&numbers[..], separator)
        && *first.max(second) <= 24
        && word.len() <= 5
    {
        return Some(Refusal::Date(format!(
            "`{word}` may be a date or two hours; write the month as a word, or hours such as 6–8 pm or 18:00–20:00"
        )));
    }
    Some(if readings.is_empty() {
        Refusal::Date(format!("`{word}` is not a date"))
    } else {
        Refusal::AmbiguousDate(readings)
    })
}

pub(super) fn day_shift(word: &str) -> Option<i8> {
    let inner = word.strip_prefix('(')?;
    let inner = inner.strip_suffix(')').unwrap_or(inner).replace('−', "-");
    let shift: i8 = inner.parse().ok()?;
    (-2..=2).contains(&shift).then_some(shift)
}

/// `z`, `utc`, `+02:00`, `-0700`, `utc+2`, `gmt-5:30`, with a true minus sign too.
pub(super) fn offset(word: &str) -> Option<FixedOffset> {
    let word = word.trim_start_matches('(').trim_end_matches(')');
    let rest = word.strip_prefix("utc").or_else(|| word.strip_prefix("gmt"));
    if matches!(word, "z" | "utc") {
        return FixedOffset::east_opt(0);
    }
    let rest = rest.unwrap_or(word).replace('−', "-");
    let sign = match rest.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let digits = &rest[1..];
    let (hours, minutes) = match digits.split_once(':') {
        Some(pair) => pair,
        None if digits.len() == 4 && digits.is_ascii() => digits.split_at(2),
        None => (digits, "0"),
    };
    let all_digits = |text: &str| !text.is_empty() && text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(hours) || !all_digits(minutes) {
        return None;
    }
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 15 && minutes < 60).then(|| FixedOffset::east_opt(sign * (hours * 3600 + minutes * 60)))?
}
