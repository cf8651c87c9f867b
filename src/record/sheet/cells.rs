//! Where the cells of a CSV file stand. The `csv` crate reads what they say, and takes any quotes for good ones; here
//! quotes that RFC 4180 does not allow are found.

use crate::diagnostic::{Code, Finding};
use crate::record::value::Reading;
use crate::source::Span;

/// A cell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Cell {
    /// Quotes included.
    pub(super) span: Span,
}

/// The places of one row.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Places {
    pub(super) row: Span,
    pub(super) cells: Vec<Cell>,
    /// Whether its last cell has quotes that are never closed.
    pub(super) is_unclosed: bool,
}

impl Places {
    /// The cell of that number, or the row where there is none.
    pub(super) fn cell(&self, index: usize) -> Cell {
        self.cells.get(index).copied().unwrap_or(Cell { span: self.row })
    }
}

/// Walks over the rows of a text as the `csv` crate does: lines with nothing in them are none.
pub(super) struct Cells<'t> {
    text: &'t str,
    separator: u8,
    at: usize,
    is_unclosed: bool,
}

impl<'t> Cells<'t> {
    pub(super) fn new(text: &'t str, separator: u8) -> Self {
        Cells { text, separator, at: 0, is_unclosed: false }
    }

    /// The next row; quotes that are wrong are reported.
    pub(super) fn next_row(&mut self, reading: &mut Reading) -> Places {
        let bytes = self.text.as_bytes();
        while matches!(bytes.get(self.at), Some(b'\r' | b'\n')) {
            self.at += 1;
        }
        let start = self.at;
        let mut cells = Vec::new();
        loop {
            let cell = self.cell(reading);
            cells.push(cell);
            if bytes.get(self.at) != Some(&self.separator) {
                break;
            }
            self.at += 1;
        }
        // Of a row with line breaks in its cells, its first line is enough to show.
        let end = memchr::memchr2(b'\r', b'\n', &bytes[start..self.at]).map_or(self.at, |line| start + line);
        Places { row: reading.span(start..end), cells, is_unclosed: self.is_unclosed }
    }

    /// The cell that begins here; ends at the separator or the line break behind it.
    fn cell(&mut self, reading: &mut Reading) -> Cell {
        let bytes = self.text.as_bytes();
        let start = self.at;
        if bytes.get(start) != Some(&b'"') {
            self.at = self.end_of_plain(start);
            return Cell { span: reading.span(start..self.at) };
        }
        let mut at = start + 1;
        loop {
            let Some(step) = memchr::memchr(b'"', &bytes[at..]) else {
                let line = memchr::memchr2(b'\r', b'\n', &bytes[start..]).map_or(bytes.len(), |line| start + line);
                reading.findings.push(
                    Finding::new(Code::Syntax, reading.span(start..line), "quotes that are never closed")
                        .label("the cell begins here, and takes up the rest of the sheet")
                        .help("close the quotes; quotes inside of a cell are written twice: \"the \"\"big\"\" march\""),
                );
                self.at = bytes.len();
                self.is_unclosed = true;
                return Cell { span: reading.span(start..line) };
            };
            at += step + 1;
            if bytes.get(at) != Some(&b'"') {
                break;
            }
            at += 1;
        }
        self.at = at;
        let ends = |byte: u8| matches!(byte, b'\r' | b'\n') || byte == self.separator;
        if bytes.get(at).is_some_and(|byte| !ends(*byte)) {
            // The crate reads on in the same cell, by the rules of one without quotes.
            self.at = self.end_of_plain(at);
            reading.findings.push(
                Finding::new(Code::Syntax, reading.span(start..self.at), "text behind closing quotes")
                    .label("expected a comma, or the end of the row")
                    .help("quotes inside of a cell are written twice: \"the \"\"big\"\" march\""),
            );
        }
        Cell { span: reading.span(start..self.at) }
    }

    fn end_of_plain(&self, start: usize) -> usize {
        let bytes = &self.text.as_bytes()[start..];
        start + memchr::memchr3(self.separator, b'\r', b'\n', bytes).unwrap_or(bytes.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> (Vec<Vec<&str>>, usize) {
        let mut reading = Reading::default();
        let mut cells = Cells::new(text, b',');
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut found = Vec::new();
        for row in reader.records() {
            let places = cells.next_row(&mut reading);
            let row = row.expect("UTF-8");
            assert_eq!(row.len(), places.cells.len(), "{text:?}");
            found.push(places.cells.iter().map(|cell| &text[cell.span.range()]).collect());
        }
        (found, reading.findings.len())
    }

    #[test]
    fn cells_stand_where_the_crate_reads_them() {
        assert_eq!(rows("a,b\r\n\r\n\"x,\r\ny\",\n"), (vec![vec!["a", "b"], vec!["\"x,\r\ny\"", ""]], 0));
        assert_eq!(rows("a\rb\n\n\"q\"\"q\",z"), (vec![vec!["a"], vec!["b"], vec!["\"q\"\"q\"", "z"]], 0));
        assert_eq!(rows("a\"b,c"), (vec![vec!["a\"b", "c"]], 0));
        assert!(rows("").0.is_empty());
    }

    #[test]
    fn quotes_that_are_wrong_are_found() {
        assert_eq!(rows("a,\"b\nc,d\n"), (vec![vec!["a", "\"b"]], 1));
        assert_eq!(rows("\"a\"b,c\nd\n"), (vec![vec!["\"a\"b", "c"], vec!["d"]], 1));
    }
}
