//! Text with a name, and places in it. Nothing is interpreted here.

pub mod find;

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
        Span { start: range.start as u32, end: range.end as u32 }
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
    /// Path from the root of the calendar, with forward slashes; none for an argument.
    pub path: Option<String>,
    /// The whole text.
    pub text: String,
    /// Where its lines begin; found when a place is first asked for.
    lines: OnceLock<Vec<u32>>,
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
        Arc::new(Source { path: Some(path.into()), text: text.into(), lines: OnceLock::new() })
    }

    /// A source that is a word of the command line.
    pub fn argument(text: impl Into<String>) -> Arc<Self> {
        Arc::new(Source { path: None, text: text.into(), lines: OnceLock::new() })
    }

    /// Where the byte at `offset` stands. An offset past the end is the place after the last character.
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
