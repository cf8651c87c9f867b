//! Content lines in a buffer that is used again and again.

use chrono::{DateTime, Utc};

use super::{digits, text};

/// A buffer of content lines. A line is written piece by piece, then ended, which folds it.
#[derive(Default)]
pub(super) struct Lines {
    bytes: Vec<u8>,
    /// Where the line begins that is being written.
    start: usize,
    /// The part of a long line that remains to be folded.
    tail: Vec<u8>,
}

impl Lines {
    /// All lines.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Forgets all lines and keeps the memory.
    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.start = 0;
    }

    /// The buffer, for pieces of the line. What goes in must be valid UTF-8 without CR and LF.
    pub(super) fn buffer(&mut self) -> &mut Vec<u8> {
        &mut self.bytes
    }

    /// A piece that is our own: names, values without text.
    pub(super) fn push(&mut self, piece: &str) {
        self.bytes.extend_from_slice(piece.as_bytes());
    }

    /// A piece of TEXT.
    pub(super) fn escape(&mut self, piece: &str) {
        text::escape(piece, &mut self.bytes);
    }

    /// Ends the line: folds it, if it is long, and adds CRLF.
    pub(super) fn end(&mut self) {
        let line = &self.bytes[self.start..];
        if line.len() > text::WIDTH {
            let first = text::fitting(line, text::WIDTH);
            self.tail.clear();
            self.tail.extend_from_slice(&line[first..]);
            self.bytes.truncate(self.start + first);
            let mut rest = &self.tail[..];
            while !rest.is_empty() {
                let (fits, after) = rest.split_at(text::fitting(rest, text::WIDTH - 1));
                self.bytes.extend_from_slice(b"\r\n ");
                self.bytes.extend_from_slice(fits);
                rest = after;
            }
        }
        self.bytes.extend_from_slice(b"\r\n");
        self.start = self.bytes.len();
    }

    /// A whole line of our own.
    pub(super) fn line(&mut self, line: &str) {
        self.push(line);
        self.end();
    }

    /// Whole short lines of our own with their CRLF.
    pub(super) fn ended(&mut self, lines: &str) {
        self.push(lines);
        self.start = self.bytes.len();
    }

    /// A whole line with a TEXT value; `name` has the parameters and the colon.
    pub(super) fn text(&mut self, name: &str, value: &str) {
        self.push(name);
        self.escape(value);
        self.end();
    }

    /// A whole line with an address.
    pub(super) fn address(&mut self, name: &str, value: &str) {
        self.push(name);
        text::address(value, &mut self.bytes);
        self.end();
    }

    /// A whole line with an instant.
    pub(super) fn instant(&mut self, name: &str, value: DateTime<Utc>) {
        self.push(name);
        digits::instant(value, &mut self.bytes);
        self.end();
    }

    /// BEGIN.
    pub(super) fn begin_component(&mut self, name: &str) {
        self.push("BEGIN:");
        self.line(name);
    }

    /// END.
    pub(super) fn end_component(&mut self, name: &str) {
        self.push("END:");
        self.line(name);
    }
}
