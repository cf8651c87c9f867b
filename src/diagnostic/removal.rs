//! Which stretch of a text goes when a field goes.

use crate::source::Span;

/// The stretch to delete for a field, given from its key to its value: the whole line if nothing else stands on it, and
/// in a table in braces the comma too. A comment behind the field stays.
pub(super) fn of_field(text: &str, field: Span) -> Span {
    let range = field.range();
    let start = text[..range.start].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[range.end..].find('\n').map_or(text.len(), |newline| range.end + newline + 1);
    if text[start..range.start].trim().is_empty() {
        if text[range.end..end].trim().is_empty() {
            return Span::new(start..end);
        }
        if text[range.end..end].trim_start().starts_with('#') {
            return field;
        }
    }
    let behind = text[range.end..].trim_start_matches([' ', '\t']);
    if let Some(rest) = behind.strip_prefix(',') {
        let rest = rest.trim_start_matches([' ', '\t']);
        return Span::new(range.start..text.len() - rest.len());
    }
    let before = text[..range.start].trim_end();
    match before.strip_suffix(',') {
        Some(before) => Span::new(before.len()..range.end),
        None => field,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_goes_with_its_line_or_its_comma() {
        for (text, rest) in [
            ("a = 1\nX=1\nb = 2\n", "a = 1\nb = 2\n"),
            ("a = 1\r\n  X=1  \r\nb = 2\r\n", "a = 1\r\nb = 2\r\n"),
            ("a = 1\nX=1", "a = 1\n"),
            ("X=1 # why\nb = 2\n", " # why\nb = 2\n"),
            ("t = { X=1, b = 2 }", "t = { b = 2 }"),
            ("t = { a = 1, X=1 }", "t = { a = 1 }"),
            ("t = { X=1 }", "t = {  }"),
        ] {
            let at = text.find("X=1").expect("a field");
            let span = of_field(text, Span::new(at..at + 3));
            let mut out = text.to_owned();
            out.replace_range(span.range(), "");
            assert_eq!(out, rest);
        }
    }
}
