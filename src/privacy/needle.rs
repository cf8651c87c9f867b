//! A withheld value to search for, and whether what reads like it in a text is it.
//!
//! The search compares letters and digits only. What stands between them in the text decides here: `191 837` is the
//! number 191837, and `GET /19 HTTP 1837` is not.

use std::ops::Range;

use super::fold::{fold, folded, is_invisible, is_kept};

/// From this length on, a value is found inside of words too.
pub(super) const LONG: usize = 8;
/// Digits of which no other numbers have as many.
pub(super) const LONG_NUMBER: usize = 9;
/// From this many digits on, a number is found between commas, in cells, and between letters.
const LONG_CODE: usize = 6;
/// A value with more letters and digits is searched for as text, whatever it is.
pub(super) const LONGEST: usize = 64;

/// What is looked for.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Needle {
    /// Its letters and digits, folded.
    pub(super) plain: Box<[u8]>,
    pub(super) form: Form,
    /// The id of the event that withholds it.
    pub(super) event: Box<str>,
    /// Its field.
    pub(super) field: &'static str,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum Form {
    /// A number, which may be grouped.
    Number,
    /// A telephone number without its country code, which may be grouped; the code or a trunk 0 may stand before it.
    Phone,
    /// Any other value.
    Text,
    /// A name, with nothing but hyphens, dots and underscores inside.
    Word,
    /// An address with a path. Behind it, letters would make it another address.
    Link,
    /// An address without its query, which has these folded pairs in any order.
    Query(Box<[Box<[u8]>]>),
    /// A host without a path; followed by a path it is another address.
    Host,
}

impl Form {
    /// A number for digests.
    pub(super) fn number(&self) -> u8 {
        match self {
            Form::Number => 0,
            Form::Phone => 1,
            Form::Text => 2,
            Form::Word => 3,
            Form::Link => 4,
            Form::Query(_) => 5,
            Form::Host => 6,
        }
    }
}

/// What stands between two letters or digits of a value.
#[derive(Default)]
struct Gap {
    /// Characters that a reader sees, spaces among them.
    visible: usize,
    /// Those that are no white space.
    marks: usize,
    lines: usize,
    /// Whether all of it may divide groups of digits.
    divides_digits: bool,
    /// Whether all of it may divide the digits of a number of which hardly any other has as many, as cells and lists do.
    divides_long: bool,
    /// Whether all of it may stand within a name.
    divides_names: bool,
}

impl Gap {
    fn add(&mut self, character: char) {
        match character {
            '\n' => self.lines += 1,
            '\r' => {}
            _ if is_invisible(character) => {}
            _ => {
                self.visible += 1;
                self.marks += usize::from(!character.is_whitespace());
                self.divides_digits &= " \t-‐‑‒–—./()+_·*\u{a0}\u{202f}\u{2009}\u{2007}".contains(character);
                self.divides_long &= " \t-‐‑‒–—./()+_·*\u{a0}\u{202f}\u{2009}\u{2007},:;|…&'".contains(character);
                self.divides_names &= "-_.~".contains(character);
            }
        }
    }

    /// Whether it is a line break, with white space and a hyphen at most.
    fn is_line_break(&self) -> bool {
        self.lines == 1 && self.marks <= 1 && self.visible <= 200
    }
}

/// What stands between the letters and digits of `written`.
fn gaps(written: &str) -> Vec<Gap> {
    let empty = || Gap { divides_digits: true, divides_long: true, divides_names: true, ..Gap::default() };
    let (mut found, mut gap, mut is_open) = (Vec::new(), empty(), false);
    for character in written.chars() {
        if is_kept(character) {
            if is_open {
                found.push(std::mem::replace(&mut gap, empty()));
            }
            is_open = false;
        } else {
            gap.add(character);
            is_open = true;
        }
    }
    found
}

impl Needle {
    /// Whether what reads like it at `range` is it, and no part of something else.
    /// `budget` is how many bytes of queries may still be read; without it, what may be the value is taken for it.
    pub(super) fn is_at(&self, text: &str, range: &Range<usize>, budget: &mut usize) -> bool {
        let written = &text[range.clone()];
        let before = text[..range.start].chars().next_back();
        let behind = text[range.end..].chars().next();
        let is = |side: Option<char>, class: fn(char) -> bool| side.is_some_and(class);
        let is_digit = |c: char| c.is_numeric();
        let is_alone = || !is(before, char::is_alphanumeric) && !is(behind, char::is_alphanumeric);
        let gaps = || gaps(written).into_iter();
        let is_long = self.plain.len() >= LONG_CODE;
        let divides = |gap: &Gap| if is_long { gap.divides_long } else { gap.divides_digits };
        // `19:18:37` is a time of day.
        let is_clock = || written.contains(':') && written.split(':').all(|group| group.len() == 2);
        // Commas and cells divide all groups alike.
        let is_even = || {
            let mut between = written.split(is_kept).filter(|gap| !gap.is_empty());
            let first = between.next();
            between.all(|gap| Some(gap) == first) || gaps().all(|gap| gap.divides_digits)
        };
        let is_grouped =
            || gaps().all(|gap| divides(&gap) && (gap.lines == 0 && gap.visible <= 3 || gap.is_line_break()));
        // `a191837b`; a digest has more letters.
        let is_enclosed = || {
            let has_letters = is(before, char::is_alphabetic) && is(behind, char::is_alphabetic);
            is_long && has_letters && written.len() == self.plain.len() && {
                let word = |c: &char| c.is_alphanumeric();
                let around = text[..range.start].chars().rev().take(5).take_while(word).count()
                    + text[range.end..].chars().take(5).take_while(word).count();
                around <= 4
            }
        };
        match &self.form {
            Form::Number if self.plain.len() < LONG_NUMBER => {
                (is_alone() || is_enclosed()) && is_grouped() && is_even() && !is_clock() && !is_dated(text, range)
            }
            Form::Number => !is(before, is_digit) && !is(behind, is_digit) && is_grouped(),
            Form::Phone => !is(behind, is_digit) && is_grouped() && is_dialed(text, range.start, self.plain.len()),
            Form::Text if self.plain.len() >= LONG => {
                gaps().all(|gap| gap.lines == 0 && gap.visible <= LONG || gap.is_line_break())
            }
            Form::Text => {
                let seen: usize = gaps().filter(|gap| !gap.is_line_break()).map(|gap| gap.visible + gap.lines).sum();
                // `z x 9 1 8 3 7`
                let characters = String::from_utf8_lossy(&self.plain).chars().count();
                let is_spelled =
                    || gaps().count() + 1 == characters && gaps().all(|gap| gap.lines == 0 && gap.visible == 1);
                is_alone() && (seen <= 2 || is_spelled())
            }
            Form::Word => is_alone() && gaps().all(|gap| gap.lines == 0 && gap.divides_names),
            Form::Link => {
                let joined = text[range.end..].strip_prefix(['-', '_']).unwrap_or(&text[range.end..]);
                let is_longer = is(before, char::is_alphanumeric) || joined.starts_with(char::is_alphanumeric);
                !is_longer && gaps().all(|gap| gap.lines == 0 && gap.visible <= LONG || gap.is_line_break())
            }
            Form::Query(pairs) => has_pairs(&text[range.end..], pairs, budget),
            Form::Host => {
                let path = text[range.end..].strip_prefix('/').unwrap_or_default();
                let is_longer =
                    is(behind, |c| c.is_alphanumeric() || c == '-') || path.starts_with(char::is_alphanumeric);
                is_alone() && !is_longer && !written.contains(char::is_whitespace)
            }
        }
    }
}

/// Whether a number is a part of digits and hyphens that go on, as a date has them.
fn is_dated(text: &str, range: &Range<usize>) -> bool {
    let goes_on = |mut side: std::iter::Take<&mut dyn Iterator<Item = char>>| {
        side.next().is_some_and(|c| c == '-' || c == '.') && side.next().is_some_and(|c| c.is_ascii_digit())
    };
    goes_on((&mut text[..range.start].chars().rev() as &mut dyn Iterator<Item = char>).take(2))
        || goes_on((&mut text[range.end..].chars() as &mut dyn Iterator<Item = char>).take(2))
}

/// Whether the digits before `start` may stand before a telephone number of `length` digits: none, a trunk 0, a country
/// code. Before a long number there may be any, such as those of an area.
fn is_dialed(text: &str, start: usize, length: usize) -> bool {
    if length >= LONG_NUMBER {
        return true;
    }
    let mut digits = String::new();
    let mut divided = 0;
    for character in text[..start].chars().rev() {
        if character.is_ascii_digit() {
            digits.insert(0, character);
            divided = 0;
        } else if " -./()\u{a0}\u{202f}".contains(character) && divided < 3 {
            divided += 1;
        } else {
            let digits = digits.strip_suffix('0').unwrap_or(&digits);
            let is_code = digits.is_empty() || character == '+' || digits.starts_with("00");
            return is_code && digits.len() <= 5 && (divided > 0 || !character.is_alphanumeric());
        }
        if digits.len() > 7 {
            return false;
        }
    }
    let digits = digits.strip_suffix('0').unwrap_or(&digits);
    digits.is_empty() || digits.starts_with("00") && digits.len() <= 5
}

/// Whether an address that goes on with `rest` has these pairs in its query: all of them, or all but one if what is left is
/// more than a language or a source.
fn has_pairs(rest: &str, pairs: &[Box<[u8]>], budget: &mut usize) -> bool {
    let is_end = |c: char| c.is_whitespace() || "\"'<>`".contains(c);
    let before = rest.find(|c: char| c == '?' || is_kept(c) || is_end(c));
    *budget = budget.saturating_sub(before.unwrap_or(rest.len()));
    let Some(query) = before.and_then(|at| rest[at..].strip_prefix('?')) else { return false };
    let end = query.char_indices().find(|(at, c)| is_end(*c) || *at > 8_192).map_or(query.len(), |(at, _)| at);
    if *budget < end {
        return true;
    }
    *budget -= end;
    let mut own: Vec<Vec<u8>> = query[..end].split(['&', ';', '#']).map(folded).collect();
    own.sort_unstable();
    let has = |pair: &&[u8]| own.binary_search_by(|one| (**one).cmp(pair)).is_ok();
    let found: Vec<&[u8]> = pairs.iter().map(|pair| &**pair).filter(has).collect();
    let tells = |pair: &&[u8]| {
        let is_ordinary =
            ["lang", "hl", "locale", "utm", "ref", "source"].iter().any(|key| pair.starts_with(key.as_bytes()));
        pair.len() >= LONG_CODE && !is_ordinary
    };
    found.len() == pairs.len() || found.len() + 1 == pairs.len() && found.iter().any(tells)
}

/// The places of the folded bytes of a text.
pub(super) struct Folded {
    pub(super) bytes: Vec<u8>,
    places: Vec<u32>,
}

impl Folded {
    pub(super) fn of(text: &str) -> Self {
        let mut placed = super::fold::Placed::default();
        fold(text, &mut placed);
        Folded { bytes: placed.bytes, places: placed.places }
    }

    /// Where the folded bytes of `range` stand in `text`, in whole characters.
    pub(super) fn range(&self, text: &str, range: Range<usize>) -> Range<usize> {
        let last = self.places[range.end - 1] as usize;
        let end = last + text[last..].chars().next().map_or(0, char::len_utf8);
        self.places[range.start] as usize..end
    }
}
