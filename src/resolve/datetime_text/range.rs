//! Ranges of times or of days: `6–8 pm`, `18:00-20:00`, `from 6 to 8 pm`, `2–4 December 2026`.

use std::ops::Range;

use super::{Relative, Written};
use crate::language::Language;

/// Where the range stands in a text, and the text with its beginning and with its end alone.
pub fn range(text: &str, language: Language) -> Option<(Range<usize>, [String; 2])> {
    let figures = joints(text).find_map(|joint| of_figures(text, joint.clone()));
    let hours = || joints(text).find_map(|joint| of_bare_hours(text, joint, language));
    let is_read = |text: &String| super::read(text, language).is_ok();
    let figures = figures.filter(|(_, ends)| ends.iter().all(is_read));
    let dates = || joints(text).find_map(|joint| of_dates(text, joint, language));
    // Last what looks like a range and cannot be read, to be judged.
    figures.or_else(hours).or_else(dates).or_else(|| joints(text).find_map(|joint| of_figures(text, joint)))
}

/// What may stand between the beginning and the end.
fn joints(text: &str) -> impl Iterator<Item = Range<usize>> {
    let dashes = text.char_indices().filter(|(_, c)| matches!(c, '-' | '–' | '—' | '~' | '～'));
    let dashes = dashes.map(|(at, dash)| at..at + dash.len_utf8());
    let lower = text.to_ascii_lowercase();
    let words = [" to ", " until ", " till ", " through ", " bis ", " a ", " à ", " al ", " hasta ", " até "];
    let words = words.into_iter().filter_map(move |word| lower.find(word).map(|at| at..at + word.len()));
    dashes.chain(words)
}

/// Two times or two days of one month, in figures.
fn of_figures(text: &str, joint: Range<usize>) -> Option<(Range<usize>, [String; 2])> {
    let is_time = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | 'h');
    let (before, after) = (text[..joint.start].trim_end(), text[joint.end..].trim_start());
    let (before, first_half) = strip_half(before);
    let first = &before[before.trim_end_matches(is_time).len()..];
    let second = &after[..after.len() - after.trim_start_matches(is_time).len()];
    let rest = &after[second.len()..];
    let half_length = half_at_start(rest);
    let second_half = rest[..half_length].trim();
    let is_part = |text: &str| text.starts_with(|c: char| c.is_ascii_digit()) && text.len() <= 5;
    let lead = &before[..before.len() - first.len()];
    let starts_alone = lead.is_empty() || lead.ends_with([' ', ',']);
    // `2026-12-02` and `18:00-07:00` in full are a date and an offset.
    let ends_alone = rest.is_empty() || rest.starts_with([' ', ',']) || half_length > 0;
    if !is_part(first) || !is_part(second) || !starts_alone || !ends_alone {
        return None;
    }
    let tail = &rest[half_length..];
    let half = if first_half.is_empty() { half_before(first, second, second_half) } else { first_half };
    let join =
        |number: &str, half: &str| format!("{lead}{number}{}{half}{tail}", if half.is_empty() { "" } else { " " });
    let end = text.len() - tail.len();
    Some((lead.len()..end, [join(first, half), join(second, second_half)]))
}

/// The half of the day of the first hour: that of the second, unless the range would go back: `11–1 pm` begins at 11 am.
fn half_before<'h>(first: &str, second: &str, half: &'h str) -> &'h str {
    let clock = |text: &str| -> Option<(u32, u32)> {
        let (hour, minute) = text.split_once([':', '.', 'h']).unwrap_or((text, "0"));
        Some((hour.parse::<u32>().ok()? % 12, minute.parse().ok()?))
    };
    match (clock(first), clock(second), half.as_bytes().first()) {
        (Some(first), Some(second), Some(b'p' | b'P')) if first > second => "am",
        (Some(first), Some(second), Some(b'a' | b'A')) if first > second => "pm",
        _ => half,
    }
}

/// Two hours without a half of the day, beside a day: `tomorrow 9-5` is from 9:00 to 17:00, and `18-20` from 18:00 to 20:00.
/// `6-8` may be in the morning or in the evening, and so may be read in two ways.
fn of_bare_hours(text: &str, joint: Range<usize>, language: Language) -> Option<(Range<usize>, [String; 2])> {
    let is_hyphen = &text[joint.clone()] == "-";
    let (before, after) = (text[..joint.start].trim_end(), text[joint.end..].trim_start());
    let lead = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let tail = after.trim_start_matches(|c: char| c.is_ascii_digit());
    let (first, second) = (&before[lead.len()..], &after[..after.len() - tail.len()]);
    let starts_alone = lead.is_empty() || lead.ends_with([' ', ',']);
    let ends_alone = tail.is_empty() || tail.starts_with([' ', ',']);
    if !starts_alone || !ends_alone || first.len() > 2 || second.len() > 2 {
        return None;
    }
    let (from, to): (u32, u32) = (first.parse().ok()?, second.parse().ok()?);
    let to = match (from, to) {
        (..=12, ..=12) if to < from && to > 0 => to + 12,
        (..=23, 13..=24) | (13..=23, ..=12) => to,
        _ => return None,
    };
    let [from, to] = [from, to].map(|hour| format!("{lead}{hour}:00{tail}"));
    let read = super::read(&from, language).ok()?;
    // `friday 9-5` may be 9 May.
    let is_day = if is_hyphen { read.date.is_some() || is_counted(&read) } else { read.names_a_day() };
    (is_day && read.time.is_some()).then_some((lead.len()..text.len() - tail.len(), [from, to]))
}

/// Whether the day is one such as `tomorrow`.
fn is_counted(read: &Written) -> bool {
    matches!(read.relative.as_ref().map(|part| part.value), Some(Relative::Days(_)))
}

/// Two whole dates: `30 November – 2 December 2026`, `saturday 6pm to sunday 9am`. The first one takes a year that only the
/// second has.
fn of_dates(text: &str, joint: Range<usize>, language: Language) -> Option<(Range<usize>, [String; 2])> {
    let (first, last) = (text[..joint.start].trim(), text[joint.end..].trim());
    // `Wed 2 – Fri 4 December 2026`: the month and the year stand behind the last day only.
    let month = last.trim_start_matches(|c: char| !c.is_ascii_digit()).trim_start_matches(|c: char| c.is_ascii_digit());
    let whole = format!("{first}{month}");
    let is_whole = super::read(first, language).is_ok_and(|read| read.date.is_some());
    let is_day = || super::read(&whole, language).is_ok_and(|read| read.date.is_some() && read.time.is_none());
    let first = if !is_whole && is_day() { whole.as_str() } else { first };
    let [from, to] = [first, last].map(|text| super::read(text, language).ok());
    let (from, to) = (from?, to?);
    let (Some(start), Some(end)) = (&from.date, &to.date) else {
        let are_days = from.names_a_day() && to.names_a_day();
        return are_days.then(|| (0..text.len(), [first.to_owned(), last.to_owned()]));
    };
    let (start, end) = (start.value, end.value);
    let first = match (start.year, end.year) {
        // `30 December – 2 January 2027` begins in the year before.
        (None, Some(year)) if (start.month, start.day) > (end.month, end.day) => format!("{first} {}", year - 1),
        (None, Some(year)) => format!("{first} {year}"),
        _ => first.to_owned(),
    };
    Some((0..text.len(), [first, last.to_owned()]))
}

/// A text without `am` or `pm` at its end, and that.
fn strip_half(text: &str) -> (&str, &str) {
    for half in ["am", "pm", "a.m.", "p.m."] {
        if let Some(start) = text.len().checked_sub(half.len())
            && text.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(half))
        {
            return (text[..start].trim_end(), &text[start..]);
        }
    }
    (text, "")
}

/// The length of `am` or `pm` at the start of a text, with the space before it.
fn half_at_start(text: &str) -> usize {
    let trimmed = text.trim_start();
    let half = ["a.m.", "p.m.", "am", "pm"].iter().find(|half| {
        let begins = trimmed.get(..half.len()).is_some_and(|start| start.eq_ignore_ascii_case(half));
        begins && !trimmed[half.len()..].starts_with(|c: char| c.is_alphanumeric())
    });
    half.map_or(0, |half| text.len() - trimmed.len() + half.len())
}
