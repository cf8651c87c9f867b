//! Findings of a sheet in the words of a sheet: advice speaks of cells and columns, and a fix is the text of one cell.

use crate::diagnostic::{Code, Finding};

/// Turns what is said for TOML into what fits a cell. A fix that would be more than one cell goes.
pub(super) fn in_cells(finding: &mut Finding, text: &str, separator: u8) {
    for help in &mut finding.help {
        *help = words(help);
    }
    let Some(fix) = finding.fix.take() else { return };
    let old = &text[fix.span.range()];
    let is_quoted = old.starts_with('"');
    if fix.span.start == fix.span.end || !fix.removes.is_empty() || !is_quoted && old.contains(char::from(separator)) {
        return;
    }
    let Some(value) = value(&fix.text) else { return };
    // One of several in the cell: the others would go.
    let is_list = old.contains(';') || finding.code == Code::UnknownValue && old.contains(',');
    if is_list && !value.contains(';') {
        return;
    }
    let needs_quotes = value.contains([char::from(separator), '"', '\n', '\r']);
    let cell = if needs_quotes || is_quoted { format!("\"{}\"", value.replace('"', "\"\"")) } else { value };
    finding.fix = Some(crate::diagnostic::Fix { text: cell, ..fix });
}

/// What a TOML value says, where it is a text, a number or a date.
fn value(toml: &str) -> Option<String> {
    match toml.chars().next()? {
        '"' | '\'' => match format!("x = {toml}").parse::<toml::Table>().ok()?.remove("x")? {
            toml::Value::String(text) => Some(text),
            _ => None,
        },
        '[' | '{' => None,
        _ => Some(toml.to_owned()),
    }
}

/// Advice for cells: `` `timezone = "Europe/Athens"` `` is `` `Europe/Athens` in the column `timezone` ``.
fn words(help: &str) -> String {
    let mut out = String::with_capacity(help.len());
    for (index, part) in help.split('`').enumerate() {
        if index % 2 == 0 {
            out.push_str(part);
            continue;
        }
        let is_key = |key: &str| !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        match part.split_once('=').map(|(key, code)| (key.trim(), code.trim())).filter(|(key, _)| is_key(key)) {
            Some((key, code)) => match value(code) {
                Some(value) => out.push_str(&format!("`{value}` in the column `{key}`")),
                None => out.push_str(&format!("`{part}`")),
            },
            None => out.push_str(&format!("`{}`", value(part).unwrap_or_else(|| part.to_owned()))),
        }
    }
    out.replace("an `id` of its own", "an id of its own in a column `id`")
        .replace("delete the line", "empty the cell")
        .replace("delete this line", "empty the cell")
        .replace("a line such as ", "")
        .replace("add a line ", "write ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    #[test]
    fn advice_speaks_of_cells() {
        for (toml, cell) in [
            ("write `\"GB\"`", "write `GB`"),
            ("France is `FR`", "France is `FR`"),
            ("write `timezone = \"Europe/Athens\"`", "write `Europe/Athens` in the column `timezone`"),
            ("fill it in, or delete the line", "fill it in, or empty the cell"),
            ("write `[1, 2]`", "write `[1, 2]`"),
        ] {
            assert_eq!(words(toml), cell);
        }
    }

    #[test]
    fn a_fix_is_the_text_of_one_cell() {
        let fixed = |cell: &str, toml: &str| {
            let mut finding =
                Finding::new(Code::UnknownValue, Span::new(0..cell.len()), "m").fix(Span::new(0..cell.len()), toml);
            in_cells(&mut finding, cell, b',');
            finding.fix.map(|fix| fix.text)
        };
        assert_eq!(fixed("UK", "\"GB\"").as_deref(), Some("GB"));
        assert_eq!(fixed("\"UK\"", "\"GB\"").as_deref(), Some("\"GB\""));
        assert_eq!(fixed("x", "\"New, York\"").as_deref(), Some("\"New, York\""));
        assert_eq!(fixed("x", "[\"a\"]"), None);
        assert_eq!(fixed("ramp;wheelchair", "\"step-free\""), None);
        assert_eq!(fixed("2027,18:00", "\"2027\""), None);
    }
}
