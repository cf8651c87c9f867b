//! Text with a name, and places in it. Nothing is interpreted here.

pub mod find;
mod hidden;
pub mod publish;
pub mod root;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A half-open range of bytes in a source: `start..end`, on character boundaries.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The span of `range`, which must lie in a text under 4 GiB (`find` refuses larger files).
    pub fn new(range: Range<usize>) -> Self {
        // A span that ends before it starts would make the renderer panic.
        Span { start: range.start as u32, end: range.end.max(range.start) as u32 }
    }

    /// The span as a range of indices.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The same span in a text that has `bytes` more before it.
    #[must_use]
    pub fn shifted(self, bytes: u32) -> Self {
        Span { start: self.start + bytes, end: self.end + bytes }
    }
}

/// A text with a name.
#[derive(Debug)]
pub struct Source {
    /// The path relative to the calendar's root, with forward slashes; `None` for an argument.
    pub path: Option<String>,
    /// The whole text.
    pub text: String,
    /// Where its lines begin; found when a place is first asked for.
    lines: OnceLock<Vec<u32>>,
    /// The spans that diagnostics must redact, found on first use.
    hidden: OnceLock<Vec<Span>>,
}

/// An excerpt of a source, with redacted spans struck out line by line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quote {
    /// The text to show.
    pub text: String,
    /// Where it begins in the source.
    start: usize,
    /// Spans of the source, and their positions in `text`.
    struck: Vec<(Range<usize>, Range<usize>)>,
}

/// The replacement for a redacted span.
pub const STRUCK: &str = "••••";

impl Quote {
    /// A span of the source as one of the quote.
    pub fn within(&self, span: Span) -> Range<usize> {
        self.place(span.start as usize, false)..self.place(span.end as usize, true)
    }

    fn place(&self, at: usize, is_end: bool) -> usize {
        let (mut source, mut out) = (self.start, 0);
        for (theirs, ours) in &self.struck {
            if at < theirs.start || at == theirs.start && !is_end {
                break;
            }
            if at < theirs.end {
                return if is_end { ours.end } else { ours.start };
            }
            (source, out) = (theirs.end, ours.end);
        }
        (out + at.saturating_sub(source)).min(self.text.len())
    }
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path && self.text == other.text
    }
}

impl Eq for Source {}

/// A place for people: 1-based line and column, where a column is a character.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    /// 1-based.
    pub line: usize,
    /// 1-based, in characters.
    pub column: usize,
}

impl Source {
    /// A source that is a file of the calendar.
    pub fn file(path: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Source { path: Some(path.into()), text: text.into(), lines: OnceLock::new(), hidden: OnceLock::new() })
    }

    /// A file that is no record, of which only `ranges` are redacted.
    pub fn hiding(path: impl Into<String>, text: String, mut ranges: Vec<Range<usize>>) -> Arc<Self> {
        ranges.sort_unstable_by_key(|range| range.start);
        let hidden = OnceLock::from(hidden::merged(ranges.into_iter()));
        Arc::new(Source { path: Some(path.into()), text, lines: OnceLock::new(), hidden })
    }

    /// A source that is a word of the command line.
    pub fn argument(text: impl Into<String>) -> Arc<Self> {
        Arc::new(Source { path: None, text: text.into(), lines: OnceLock::new(), hidden: OnceLock::new() })
    }

    /// The line and column of the byte at `offset`. An offset past the end is the place after the last character.
    pub fn place(&self, offset: u32) -> Place {
        let mut offset = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let lines = self.lines();
        // The first line begins at 0, so the count is at least 1.
        let line = lines.partition_point(|start| *start as usize <= offset);
        Place { line, column: 1 + self.text[lines[line - 1] as usize..offset].chars().count() }
    }

    /// The bytes of the whole lines that `span` touches, without the last line's newline.
    pub fn lines_around(&self, span: Span) -> Range<usize> {
        let end = span.range().end.min(self.text.len());
        let start = span.range().start.min(end);
        let start = self.text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        start..self.text[end..].find('\n').map_or(self.text.len(), |newline| end + newline)
    }

    /// The same source, with `ranges` redacted too.
    #[must_use]
    pub fn with_hidden(&self, ranges: impl IntoIterator<Item = Range<usize>>) -> Arc<Self> {
        let mut all: Vec<Range<usize>> = self.hidden().iter().map(|span| span.range()).chain(ranges).collect();
        all.sort_unstable_by_key(|range| range.start);
        let hidden = OnceLock::from(hidden::merged(all.into_iter()));
        Arc::new(Source { path: self.path.clone(), text: self.text.clone(), lines: OnceLock::new(), hidden })
    }

    /// The redacted spans, in order: notes, and join details that are not public.
    pub fn hidden(&self) -> &[Span] {
        self.hidden.get_or_init(|| match self.path.as_deref() {
            None | Some("calendar.toml") => Vec::new(),
            Some(path) if path.to_ascii_lowercase().ends_with(".csv") => hidden::of_table(&self.text),
            Some(_) => hidden::of_records(&self.text),
        })
    }

    /// Whether `span` overlaps or touches a redacted span.
    pub fn hides(&self, span: Span) -> bool {
        let hidden = self.hidden();
        let first = hidden.partition_point(|one| one.end < span.start);
        hidden.get(first).is_some_and(|one| one.start <= span.end)
    }

    /// The whole lines that `span` touches.
    pub fn span_of_lines(&self, span: Span) -> Span {
        Span::new(self.lines_around(span))
    }

    /// An excerpt with redacted spans struck out. It begins and ends on character boundaries.
    pub fn quote(&self, range: Range<usize>) -> Quote {
        let mut quote = Quote { text: String::with_capacity(range.len()), start: range.start, struck: Vec::new() };
        let mut at = range.start;
        let hidden = self.hidden();
        let first = hidden.partition_point(|one| one.range().end <= range.start);
        for span in hidden[first..].iter().take_while(|span| span.range().start < range.end) {
            let stretch = span.range().start.max(range.start)..span.range().end.min(range.end);
            quote.text.push_str(&self.text[at..stretch.start]);
            let mut begin = stretch.start;
            for line in self.text[stretch.clone()].split_inclusive('\n') {
                let bare = line.trim_end_matches(['\n', '\r']);
                if !bare.is_empty() {
                    let out = quote.text.len()..quote.text.len() + STRUCK.len();
                    quote.text.push_str(STRUCK);
                    quote.struck.push((begin..begin + bare.len(), out));
                }
                quote.text.push_str(&line[bare.len()..]);
                begin += line.len();
            }
            at = stretch.end;
        }
        quote.text.push_str(&self.text[at..range.end]);
        quote
    }

    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let newlines = memchr::memchr_iter(b'\n', self.text.as_bytes()).map(|newline| newline as u32 + 1);
            std::iter::once(0).chain(newlines).collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_counts_characters() {
        let source = Source::file("x.toml", "a = 1\né = \"ö\"\n");
        assert_eq!(source.place(0), Place { line: 1, column: 1 });
        assert_eq!(source.place(11), Place { line: 2, column: 5 });
        assert_eq!(source.place(9999), Place { line: 3, column: 1 });
    }
}
