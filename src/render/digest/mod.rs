//! Digests as text to paste: a mail, a forum post, a channel.
//!
//! A format is a file and a row of [`FORMATS`]. All of them write the same [`Sheet`]; where a service limits the length
//! of a message, [`split`] makes several of it.

mod discord;
mod html;
mod markdown;
mod sheet;
mod split;
mod telegram;
mod text;

pub use sheet::{Part, Point, Sheet};

use crate::view::digest::Digest;

/// The line between two messages.
pub const SEPARATOR: &str = "-------- 8< --------";

/// A form in which digests are written.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// The name on the command line.
    pub name: &'static str,
    /// The most characters of a message, as the service counts them; `None` without a limit.
    pub limit: Option<usize>,
    write: fn(&Sheet) -> Vec<String>,
}

/// All formats of digests, the default first.
pub const FORMATS: [Format; 5] = [
    Format { name: "text", limit: None, write: text::write },
    Format { name: "markdown", limit: None, write: markdown::write },
    Format { name: "html", limit: None, write: html::write },
    Format { name: "telegram", limit: Some(telegram::LIMIT), write: telegram::write },
    Format { name: "discord", limit: Some(discord::LIMIT), write: discord::write },
];

impl Format {
    /// The format of that name.
    pub fn find(name: &str) -> Option<&'static Format> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// The messages of a digest, one at least; each ends with a line break.
    pub fn messages(&self, digest: &Digest<'_>) -> Vec<String> {
        (self.write)(&Sheet::new(digest))
    }
}

#[cfg(test)]
mod tests;
