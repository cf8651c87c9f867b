//! The pieces of a file, put together again.

use super::pieces::{Leaf, Pieces};

pub(super) fn print(pieces: &Pieces, text: &str) -> String {
    let newline = if text.split_once('\n').is_some_and(|(first, _)| first.ends_with('\r')) { "\r\n" } else { "\n" };
    let mut out = Out { text: String::new(), newline, is_apart: false };
    out.lines(&pieces.top);
    for chunk in &pieces.chunks {
        if chunk.header.is_empty() && chunk.leaves.is_empty() {
            continue;
        }
        if !chunk.header.is_empty() {
            out.blank();
            out.lines(&chunk.above);
            out.line(&chunk.header);
            out.below(&chunk.below);
        }
        // Where one key has more blanks than one, the table is a column.
        let widest = chunk.leaves.iter().map(|leaf| leaf.key.chars().count()).max().unwrap_or(0);
        let column = if chunk.leaves.iter().any(|leaf| leaf.aligned) { widest } else { 0 };
        for (index, leaf) in chunk.leaves.iter().enumerate() {
            let above = &leaf.above[..];
            // Directly below its header a table has no blank line, unless a comment stands there.
            let is_first = index == 0 && chunk.below.is_empty();
            out.lines(if is_first && above.first().is_some_and(String::is_empty) { &above[1..] } else { above });
            out.leaf(leaf, column);
            out.below(&leaf.below);
        }
    }
    let tail = match &pieces.tail[..] {
        [lines @ .., last] if last.is_empty() => lines,
        lines => lines,
    };
    out.lines(tail);
    out.text
}

struct Out {
    text: String,
    newline: &'static str,
    /// Whether a blank line is due before the next one.
    is_apart: bool,
}

impl Out {
    fn line(&mut self, line: &str) {
        if std::mem::take(&mut self.is_apart) {
            self.blank();
        }
        self.text.push_str(line);
        self.text.push_str(self.newline);
    }

    fn lines(&mut self, lines: &[String]) {
        for line in lines {
            if line.is_empty() { self.blank() } else { self.line(line) }
        }
    }

    /// Comments that belong to what stands above them, which a blank line shows.
    fn below(&mut self, comments: &[String]) {
        if !comments.is_empty() {
            self.lines(comments);
            self.is_apart = true;
        }
    }

    /// One blank line, unless there is one, or nothing, above.
    fn blank(&mut self) {
        let twice = self.newline.repeat(2);
        if !self.text.is_empty() && !self.text.ends_with(&twice) {
            self.text.push_str(self.newline);
        }
    }

    fn leaf(&mut self, leaf: &Leaf, column: usize) {
        let blanks = column.saturating_sub(leaf.key.chars().count());
        self.line(&format!("{}{} = {}{}", leaf.key, " ".repeat(blanks), leaf.value, leaf.comment));
    }
}
