//! The words of a phrase, and what each can mean.

use std::ops::Range;

use chrono::Weekday;

use super::super::Freq;
use crate::text::english::{MONTHS, WEEKDAYS};

/// What a word means, before its neighbours are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Every,
    Other,
    /// A length of time, and how many of the frequency's periods it has: a fortnight is two weeks.
    Unit(Freq, u32),
    /// The same as an adverb, which says "every" by itself.
    Adverb(Freq, u32),
    Number(u32),
    /// 1st; -1 is the last.
    Ordinal(i32),
    Weekday(Weekday),
    /// Monday to Friday.
    Workdays,
    /// "business", "working": with "day", Monday to Friday.
    Working,
    Weekend,
    Month(u8),
    And,
    /// "31 or the last": the day before it, or the last one of a shorter month.
    Or,
    /// "to", "-": between two weekdays, or in "second to last".
    To,
    /// Binds a month or a unit to what comes before it.
    Of,
    Filler,
    /// Hours follow, which are read by themselves.
    At,
    /// An hour, and nothing without "at".
    Noon,
    /// "bimonthly" and its like, with both readings.
    TwoReadings(&'static str, &'static str),
}

/// Every word, for reading and for suggestions. Weekdays and months are separate, because they can be abbreviated.
#[rustfmt::skip]
const WORDS: &[(&str, Word)] = &[
    ("every", Word::Every), ("each", Word::Every), ("once", Word::Every), ("other", Word::Other), ("alternate", Word::Other),
    ("day", Word::Unit(Freq::Daily, 1)), ("days", Word::Unit(Freq::Daily, 1)),
    ("week", Word::Unit(Freq::Weekly, 1)), ("weeks", Word::Unit(Freq::Weekly, 1)),
    ("fortnight", Word::Unit(Freq::Weekly, 2)), ("fortnights", Word::Unit(Freq::Weekly, 2)),
    ("month", Word::Unit(Freq::Monthly, 1)), ("months", Word::Unit(Freq::Monthly, 1)),
    ("quarter", Word::Unit(Freq::Monthly, 3)), ("quarters", Word::Unit(Freq::Monthly, 3)),
    ("year", Word::Unit(Freq::Yearly, 1)), ("years", Word::Unit(Freq::Yearly, 1)),
    ("daily", Word::Adverb(Freq::Daily, 1)), ("weekly", Word::Adverb(Freq::Weekly, 1)),
    ("fortnightly", Word::Adverb(Freq::Weekly, 2)), ("monthly", Word::Adverb(Freq::Monthly, 1)),
    ("quarterly", Word::Adverb(Freq::Monthly, 3)), ("yearly", Word::Adverb(Freq::Yearly, 1)),
    ("annually", Word::Adverb(Freq::Yearly, 1)), ("annual", Word::Adverb(Freq::Yearly, 1)),
    ("biweekly", Word::Adverb(Freq::Weekly, 2)),
    ("bimonthly", Word::TwoReadings("every 2 months", "every month on the 1st and 15th")),
    ("biannually", Word::TwoReadings("every 2 years", "every 6 months")),
    ("weekday", Word::Workdays), ("weekdays", Word::Workdays), ("workday", Word::Workdays), ("workdays", Word::Workdays),
    ("business", Word::Working), ("working", Word::Working),
    ("weekend", Word::Weekend), ("weekends", Word::Weekend),
    ("one", Word::Number(1)), ("two", Word::Number(2)), ("three", Word::Number(3)), ("four", Word::Number(4)),
    ("five", Word::Number(5)), ("six", Word::Number(6)), ("seven", Word::Number(7)), ("eight", Word::Number(8)),
    ("nine", Word::Number(9)), ("ten", Word::Number(10)), ("eleven", Word::Number(11)), ("twelve", Word::Number(12)),
    ("first", Word::Ordinal(1)), ("second", Word::Ordinal(2)), ("third", Word::Ordinal(3)), ("fourth", Word::Ordinal(4)),
    ("fifth", Word::Ordinal(5)), ("last", Word::Ordinal(-1)), ("penultimate", Word::Ordinal(-2)),
    ("or", Word::Or), ("and", Word::And), ("&", Word::And), (",", Word::And), ("to", Word::To), ("through", Word::To), ("-", Word::To), ("–", Word::To),
    ("of", Word::Of), ("in", Word::Of), ("on", Word::Filler), ("the", Word::Filler), ("a", Word::Filler), ("per", Word::Filler),
    ("at", Word::At), ("@", Word::At), ("noon", Word::Noon), ("midday", Word::Noon),
];

/// Every word in full.
pub(super) fn vocabulary() -> impl Iterator<Item = &'static str> {
    WORDS.iter().map(|(word, _)| *word).chain(WEEKDAYS).chain(MONTHS)
}

/// The pieces of a phrase with their places: words, numbers, and the signs that join them.
pub(super) fn split(text: &str) -> Vec<(Range<usize>, String)> {
    let mut pieces: Vec<(Range<usize>, String)> = Vec::new();
    let mut open = false;
    for (at, char) in text.char_indices() {
        let end = at + char.len_utf8();
        // The dot of "tue." and the apostrophe of "monday's" belong to the word.
        let inside = char.is_alphanumeric() || open && matches!(char, '.' | '\'' | '’');
        match pieces.last_mut() {
            Some((range, piece)) if inside && open => {
                range.end = end;
                piece.extend(char.to_lowercase());
            }
            _ if !char.is_whitespace() => pieces.push((at..end, char.to_lowercase().collect())),
            _ => {}
        }
        open = inside;
    }
    pieces
}

/// What a piece means; `None` if nothing.
pub(super) fn meaning(piece: &str) -> Option<Word> {
    let piece = piece.trim_end_matches('.');
    if let Some((_, word)) = WORDS.iter().find(|(known, _)| *known == piece) {
        return Some(*word);
    }
    if piece.starts_with(|first: char| first.is_ascii_digit()) {
        let digits = piece.trim_end_matches(|char: char| char.is_ascii_alphabetic());
        let number: u32 = digits.parse().ok()?;
        return match &piece[digits.len()..] {
            "" => Some(Word::Number(number)),
            "st" | "nd" | "rd" | "th" => i32::try_from(number).ok().map(Word::Ordinal),
            _ => None,
        };
    }
    if let Some(day) = named(piece, &WEEKDAYS, 2) {
        return Weekday::try_from(day as u8).ok().map(Word::Weekday);
    }
    named(piece, &MONTHS, 3).map(|month| Word::Month(month as u8 + 1))
}

/// The only name that begins with the piece: at least `least` letters, and a plural s or 's is allowed.
fn named(piece: &str, names: &[&str], least: usize) -> Option<usize> {
    let singular = piece.strip_suffix('s').map(|piece| piece.trim_end_matches(['\'', '’']));
    [Some(piece), singular].into_iter().flatten().find_map(|piece| {
        let mut fits = names.iter().enumerate().filter(|(_, name)| piece.len() >= least && name.starts_with(piece));
        let (place, _) = fits.next()?;
        fits.next().is_none().then_some(place)
    })
}
