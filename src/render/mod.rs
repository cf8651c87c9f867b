//! Views as bytes: no clock, no disk, no zone look-up.
//!
//! A format of listings is a file and a row of [`FORMATS`]. `ics` is not a row: a feed is another view, and [`ics`] writes
//! it.

use std::io::{self, Write};

use crate::view::listing::Listing;

pub mod ics;
mod escape;
pub mod terminal;
pub mod hours;
pub mod phrase;
pub mod agenda;
pub mod text;
mod letters;
pub mod month;
pub mod json;
pub mod csv;
pub mod markdown;
pub mod html;
pub mod card;
pub mod when;
pub mod difference;
pub mod diff;
pub mod digest;
pub mod site;
#[cfg(test)]
mod sample;

/// What a terminal is like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Look {
    /// Columns.
    pub width: usize,
    /// Whether it takes colours.
    pub color: bool,
}

/// A form in which listings are written.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// The name on the command line.
    pub name: &'static str,
    /// Of file names, without the dot.
    pub extension: &'static str,
    /// For HTTP.
    pub media_type: &'static str,
    /// Whether rows have headings, so that they can be grouped by place instead of day.
    pub has_headings: bool,
    write: fn(&Listing<'_>, &Look, &mut dyn Write) -> io::Result<()>,
}

/// All formats of listings, the default of terminals first.
pub const FORMATS: [Format; 7] = [
    Format {
        name: "table",
        extension: "txt",
        media_type: "text/plain; charset=utf-8",
        has_headings: true,
        write: agenda::write,
    },
    Format {
        name: "text",
        extension: "txt",
        media_type: "text/plain; charset=utf-8",
        has_headings: true,
        write: text::write,
    },
    Format { name: "json", extension: "json", media_type: "application/json", has_headings: false, write: json::write },
    Format {
        name: "jsonl",
        extension: "jsonl",
        media_type: "application/jsonl",
        has_headings: false,
        write: json::write_lines,
    },
    Format {
        name: "csv",
        extension: "csv",
        media_type: "text/csv; charset=utf-8; header=present",
        has_headings: false,
        write: csv::write,
    },
    Format {
        name: "markdown",
        extension: "md",
        media_type: "text/markdown; charset=utf-8",
        has_headings: true,
        write: markdown::write,
    },
    Format {
        name: "html",
        extension: "html",
        media_type: "text/html; charset=utf-8",
        has_headings: true,
        write: html::write,
    },
];

impl Format {
    /// The format of that name.
    pub fn find(name: &str) -> Option<&'static Format> {
        FORMATS.iter().find(|format| format.name == name)
    }
}

/// Writes `listing`. Only `table` minds the look; all end with a line break.
pub fn write(format: &Format, listing: &Listing<'_>, look: &Look, out: &mut impl Write) -> io::Result<()> {
    (format.write)(listing, look, out)
}

#[cfg(test)]
mod tests {
    use super::sample::{self, HOSTILE};
    use super::*;

    #[test]
    fn every_format_ends_its_last_line_and_lets_no_record_text_drive_a_terminal() {
        let calendar = sample::calendar(vec![sample::hostile()]);
        let listing = sample::listing(&calendar, &["Europe/Madrid", "America/Los_Angeles"]);
        for format in &FORMATS {
            for color in [false, true] {
                let mut out = Vec::new();
                write(format, &listing, &Look { width: 80, color }, &mut out).expect("a vector takes all");
                let text = String::from_utf8(out).expect("UTF-8");
                assert!(text.ends_with('\n'), "{}", format.name);
                assert!(!text.contains("\x1b]") && !text.contains('\u{202e}'), "{}", format.name);
                let controls = |c: &char| c.is_control() && !matches!(c, '\n' | '\r') && !(color && *c == '\x1b');
                assert_eq!(text.chars().find(controls), None, "{}", format.name);
                assert!(!text.contains(HOSTILE), "{}", format.name);
            }
        }
    }

    #[test]
    fn names_are_found_and_no_other_words() {
        assert_eq!(Format::find("jsonl").map(|format| format.extension), Some("jsonl"));
        assert!(Format::find("ics").is_none() && Format::find("").is_none());
    }
}
