//! `text`: for a mail.
//!
//! Lines have at most 72 columns, except URLs, which have their own line and are never broken.

use super::{Part, Point, Sheet};
use crate::render::terminal::{space, width, wrap};

const COLUMNS: usize = 72;
/// Hours that are longer leave their line to themselves.
const LONGEST_LEAD: usize = 32;

/// The mail.
pub(super) fn write(sheet: &Sheet) -> Vec<String> {
    let Sheet { title, about, nothing, parts, .. } = sheet;
    let mut lines = Lines { out: String::new() };
    lines.underlined(title, '=');
    lines.parts(about, 0);
    for part in parts {
        lines.part(part);
    }
    if let Some(nothing) = nothing {
        lines.blank();
        lines.flowed(nothing, "", 0);
    }
    vec![lines.out]
}

struct Lines {
    out: String,
}

impl Lines {
    fn blank(&mut self) {
        self.out.push('\n');
    }

    fn line(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    fn underlined(&mut self, text: &str, mark: char) {
        let before = self.out.len();
        self.flowed(text, "", 0);
        let columns = self.out[before..].lines().map(width).max().unwrap_or_default();
        self.line(&mark.to_string().repeat(columns));
    }

    fn part(&mut self, part: &Part) {
        let Part { is_minor, heading, points } = part;
        self.blank();
        if *is_minor {
            self.flowed(&format!("{heading}:"), "", 0);
        } else {
            self.underlined(heading, '-');
        }
        for point in points {
            self.point(point, 0);
        }
    }

    fn point(&mut self, point: &Point, indent: usize) {
        let Point { lead, label, is_off: _, title, language: _, details, url, instant: _, below } = point;
        let label = label.as_ref().map(|label| format!("{label} ")).unwrap_or_default();
        let mark = if indent == 0 { "* " } else { "- " };
        let inner = indent + mark.len();
        let title = format!("{label}{title}");
        let margin = format!("{}{mark}", space(indent));
        match lead {
            // Several clocks are a line by themselves.
            Some(lead) if width(lead) > LONGEST_LEAD => {
                self.flowed(lead, &margin, inner);
                self.flowed(&title, &space(inner), inner);
            }
            Some(lead) => self.flowed(&format!("{lead}  {title}"), &margin, inner),
            None => self.flowed(&title, &margin, inner),
        }
        if !details.is_empty() {
            self.parts(details, inner);
        }
        if let Some(url) = url {
            self.line(&format!("{}{url}", space(inner)));
        }
        for point in below {
            self.point(point, inner);
        }
    }

    /// Texts with ` · ` between them. A line ends between them, and only within one that alone is too long.
    fn parts(&mut self, parts: &[String], indent: usize) {
        let mut line = String::new();
        for part in parts {
            let fits = width(&line) + 3 + width(part) <= COLUMNS - indent;
            if !line.is_empty() && fits {
                line.push_str(" · ");
            } else if !line.is_empty() {
                self.flowed(&line, &space(indent), indent);
                line.clear();
            }
            line.push_str(part);
        }
        self.flowed(&line, &space(indent), indent);
    }

    /// Wraps a text after `mark`, with a hanging indent. A URL that is too long has its own line.
    fn flowed(&mut self, text: &str, mark: &str, indent: usize) {
        let mut lines: Vec<String> = Vec::new();
        let mut rest = String::new();
        for word in text.split(' ') {
            if !word.contains("://") {
                if !rest.is_empty() {
                    rest.push(' ');
                }
                rest.push_str(word);
                continue;
            }
            if !rest.is_empty() {
                lines.extend(wrap(&rest, COLUMNS - indent));
                rest.clear();
            }
            match lines.last_mut() {
                Some(last) if width(last) + 1 + width(word) <= COLUMNS - indent => {
                    last.push(' ');
                    last.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        if !rest.is_empty() || lines.is_empty() {
            lines.extend(wrap(&rest, COLUMNS - indent));
        }
        for (index, line) in lines.iter().enumerate() {
            let before = if index == 0 { mark } else { &*space(indent) };
            self.line(&format!("{before}{line}"));
        }
    }
}
