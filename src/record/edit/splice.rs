//! A stretch of text, and what comes in its place.

use std::ops::Range;

/// One change of a text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Splice {
    range: Range<usize>,
    text: String,
}

impl Splice {
    pub(super) fn new(range: Range<usize>, text: impl Into<String>) -> Self {
        Splice { range, text: text.into() }
    }

    pub(super) fn apply(self, text: &mut String) {
        text.replace_range(self.range, &self.text);
    }
}

/// The line end that a text has: that of its first line.
pub(super) fn newline(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// Where the line of `at` begins.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// Where the line of `at` ends, its line end included.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |newline| at + newline + 1)
}

/// What stands behind `at` on its line.
pub(super) fn rest(text: &str, at: usize) -> &str {
    text[at..line_end(text, at)].trim()
}

/// Takes the element `index` out of a list, given where its elements stand. A line that it has to itself goes too; a
/// comment on that line stays.
pub(super) fn element(text: &str, elements: &[Range<usize>], index: usize) -> Option<Splice> {
    let element = elements.get(index)?.clone();
    let start = line_start(text, element.start);
    let own_line = text[start..element.start].trim().is_empty();
    let comma = text[element.end..].find(|c: char| !c.is_whitespace()).map(|step| element.end + step);
    let end = comma.filter(|at| text[*at..].starts_with(',')).map_or(element.end, |at| at + 1);
    if own_line && rest(text, end).is_empty() {
        return Some(Splice::new(start..line_end(text, end), ""));
    }
    if own_line {
        return Some(Splice::new(element.start..end, ""));
    }
    if end > element.end {
        // The blank behind the comma goes with it.
        let blanks = text[end..].len() - text[end..].trim_start_matches([' ', '\t']).len();
        return Some(Splice::new(element.start..end + blanks, ""));
    }
    // The last one takes the comma before it.
    let before = index.checked_sub(1).and_then(|before| elements.get(before));
    Some(Splice::new(before.map_or(element.start, |before| before.end)..element.end, ""))
}
