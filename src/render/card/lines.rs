//! Fields of a card: a column of names and a column of wrapped values.

use unicode_width::UnicodeWidthStr;

use super::NAMES;
use crate::diagnostic::visible;
use crate::language::{Language, Word};

/// The lines of a card.
pub(super) struct Lines {
    pub(super) out: String,
    /// Columns of the terminal.
    pub(super) width: usize,
    pub(super) language: Language,
}

impl Lines {
    pub(super) fn optional(&mut self, name: Word, text: Option<&str>) {
        if let Some(text) = text {
            self.field(name, text);
        }
    }

    pub(super) fn field(&mut self, name: Word, text: &str) {
        self.named(self.language.word(name), text);
    }

    /// Another line of the field before.
    pub(super) fn more(&mut self, text: &str) {
        self.named("", text);
    }

    pub(super) fn named(&mut self, name: &str, text: &str) {
        self.wrapped(
            &format!("{name}{}", " ".repeat(NAMES.saturating_sub(name.width()).max(usize::from(!name.is_empty())))),
            text,
        );
    }

    /// Wraps `text` after `head`, without breaking words.
    pub(super) fn wrapped(&mut self, head: &str, text: &str) {
        let indent = head.width();
        let mut column = indent;
        self.out.push_str(head);
        for (index, word) in visible(text.chars().map(|c| if c == '\n' { ' ' } else { c })).split(' ').enumerate() {
            let width = word.width();
            if index > 0 && column + 1 + width > self.width && column > indent {
                self.out.push('\n');
                self.out.push_str(&" ".repeat(indent));
                column = indent;
            } else if index > 0 {
                self.out.push(' ');
                column += 1;
            }
            self.out.push_str(word);
            column += width;
        }
        let kept = self.out.trim_end_matches(' ').len();
        self.out.truncate(kept);
        self.out.push('\n');
    }
}
