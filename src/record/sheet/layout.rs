//! How a sheet is laid out, where it is not as RFC 4180 has it: what Excel and others write in countries whose decimals
//! have a comma. The header row tells, since names of fields have no separator in them.

use crate::diagnostic::{Code, Finding};
use crate::source::Span;

/// The layout of a sheet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Layout {
    /// Where the header row begins.
    pub(super) start: usize,
    /// What stands between two cells.
    pub(super) separator: u8,
    /// Whether a line before the header row names the separator.
    is_named: bool,
}

impl Layout {
    pub(super) fn of(text: &str) -> Self {
        // A byte order mark is tolerated, and is not part of the first column's name.
        let start = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
        let line = first_line(&text[start..]);
        if let Some(separator) = named(line) {
            let behind = &text[start + line.len()..];
            let newline = behind.strip_prefix("\r\n").or_else(|| behind.strip_prefix(['\r', '\n'])).unwrap_or(behind);
            return Layout { start: text.len() - newline.len(), separator, is_named: true };
        }
        Layout { start, separator: separator(&text[start..]), is_named: false }
    }

    /// What was assumed, where it is not the usual layout.
    pub(super) fn note(self, text: &str) -> Option<Finding> {
        let name = match self.separator {
            b';' => "semicolons",
            b'\t' => "tabs",
            b'|' => "bars",
            _ => "commas",
        };
        let bom = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
        let line = first_line(&text[bom..]);
        let finding = |message: String| Finding::new(Code::SheetAssumed, Span::new(bom..bom + line.len()), message);
        match (self.is_named, self.separator) {
            (true, _) => Some(
                finding(format!("the columns are separated by {name}, as the first line says"))
                    .label("read as such, and not as the header row"),
            ),
            (false, b',') => None,
            (false, _) => Some(
                finding(format!("the columns are separated by {name}"))
                    .label("read as such")
                    .help("nothing has to be changed; commas are the usual separator"),
            ),
        }
    }
}

fn first_line(text: &str) -> &str {
    &text[..text.find(['\r', '\n']).unwrap_or(text.len())]
}

/// The separator that `sep=;` names. Excel writes and reads this line; some programs fill it up with separators.
fn named(line: &str) -> Option<u8> {
    let line = line.trim_matches('"');
    let rest = line.get(..4).filter(|name| name.eq_ignore_ascii_case("sep=")).map(|_| &line[4..])?;
    let separator = *rest.as_bytes().first()?;
    let is_alone = rest.bytes().all(|byte| byte == separator || matches!(byte, b',' | b';' | b'"'));
    (matches!(separator, b',' | b';' | b'\t' | b'|') && is_alone).then_some(separator)
}

/// The separator of most columns of the header row; a comma where there is only one column.
fn separator(text: &str) -> u8 {
    let header = text.trim_start_matches(['\r', '\n']);
    let count = |separator: u8| {
        let (mut quoted, mut found) = (false, 0);
        for byte in header.bytes() {
            match byte {
                b'"' => quoted = !quoted,
                b'\r' | b'\n' if !quoted => break,
                _ if byte == separator && !quoted => found += 1,
                _ => {}
            }
        }
        found
    };
    // The first of those that are as frequent.
    [b'|', b'\t', b';', b','].into_iter().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_row_tells_the_separator() {
        for (text, start, separator) in [
            ("city,country\n", 0, b','),
            ("city;country;lat\nRome;IT;41,9\n", 0, b';'),
            ("city\tcountry\n", 0, b'\t'),
            ("city|country\n", 0, b'|'),
            ("city\n", 0, b','),
            ("", 0, b','),
            ("\u{FEFF}city;country\r\n", 3, b';'),
            ("\"a;b;c\",d\n", 0, b','),
            ("sep=,\ncity,country\n", 6, b','),
            ("sep=;\r\ncity;country\r\n", 7, b';'),
            ("\u{FEFF}sep=\t\ncity\tcountry\n", 9, b'\t'),
            ("SEP=;;;\ncity;country;lat\n", 8, b';'),
            ("sep=;", 5, b';'),
            ("sep=x\ncity,country\n", 0, b','),
        ] {
            let layout = Layout::of(text);
            assert_eq!((layout.start, layout.separator), (start, separator), "{text:?}");
        }
    }
}
