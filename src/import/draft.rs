//! A record before it has a place: its lines as TOML, in the order of the table of fields.

use chrono::NaiveDate;

use crate::record::value::toml_text;

/// A key and its value as TOML.
pub type Line = (&'static str, String);

/// A record to write.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Draft {
    /// The UID in the source, or one that was made for it.
    pub uid: String,
    /// The title, for the name of the file.
    pub title: String,
    /// The day on which it begins, for the name of the file.
    pub day: NaiveDate,
    /// The file that it comes from.
    pub file: u32,
    /// The line on which it begins there.
    pub line: u32,
    /// The id that the source gives it, if it may be one.
    pub id: Option<String>,
    /// Its keys.
    pub lines: Vec<Line>,
    /// Its `[[change]]` tables.
    pub changes: Vec<Vec<Line>>,
    /// Its `[[from]]` tables.
    pub from: Vec<Vec<Line>>,
}

/// The order of keys, as in the table of fields.
fn rank(key: &str) -> usize {
    use crate::record::value::Section;
    crate::record::Record::ROWS.iter().position(|row| row.key == key).unwrap_or(usize::MAX)
}

impl Draft {
    /// Adds a key.
    pub fn push(&mut self, key: &'static str, value: String) {
        self.lines.push((key, value));
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.lines.iter().find(|(name, _)| *name == key).map(|(_, value)| &**value)
    }

    /// Puts its keys in order.
    pub fn sort(&mut self) {
        self.lines.sort_by_key(|(key, _)| rank(key));
    }

    /// Appends its text; `is_one_of_many`: as an `[[event]]` of a file.
    pub fn write(&self, id: Option<&str>, is_one_of_many: bool, out: &mut String) {
        let prefix = if is_one_of_many {
            out.push_str("[[event]]\n");
            "event."
        } else {
            ""
        };
        if let Some(id) = id {
            push(out, "id", &toml_text(id));
        }
        for (key, value) in &self.lines {
            push(out, key, value);
        }
        for (name, tables) in [("from", &self.from), ("change", &self.changes)] {
            for table in tables {
                out.push_str(&format!("\n[[{prefix}{name}]]\n"));
                for (key, value) in table {
                    push(out, key, value);
                }
            }
        }
    }
}

fn push(out: &mut String, key: &str, value: &str) {
    out.push_str(key);
    out.push_str(" = ");
    out.push_str(value);
    out.push('\n');
}

/// A text of several lines as TOML: in a form that shows them as lines.
pub fn prose(text: &str) -> String {
    if !text.contains('\n') {
        return toml_text(text);
    }
    let is_plain = |text: &str| text.chars().all(|c| matches!(c, '\n' | '\t') || !c.is_control());
    if text.contains('\\') && !text.contains("'''") && !text.ends_with('\'') && is_plain(text) {
        return format!("'''\n{text}'''");
    }
    let mut out = String::with_capacity(text.len() + 8);
    out.push_str("\"\"\"\n");
    let mut quotes = 0;
    for character in text.chars() {
        quotes = if character == '"' { quotes + 1 } else { 0 };
        match character {
            // Three of them would end the text.
            '"' if quotes == 3 => {
                out.push_str("\\\"");
                quotes = 0;
            }
            '\\' => out.push_str("\\\\"),
            '\n' | '\t' => out.push(character),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    // A quote at the end would run into those that end the text.
    if out.ends_with('"') {
        out.pop();
        out.push_str("\\\"");
    }
    out.push_str("\"\"\"");
    out
}

/// A number with a point.
pub fn number(degrees: f64) -> String {
    let text = format!("{degrees}");
    if text.contains('.') { text } else { format!("{text}.0") }
}

/// A table in one line.
pub fn table(lines: &[(&str, String)]) -> String {
    let lines: Vec<String> = lines.iter().map(|(key, value)| format!("{key} = {value}")).collect();
    format!("{{ {} }}", lines.join(", "))
}

/// A list in one line, or with a line for each element where it is long.
pub fn list(values: &[String]) -> String {
    let length: usize = values.iter().map(|value| value.len() + 2).sum();
    if length < 90 {
        format!("[{}]", values.join(", "))
    } else {
        let mut out = "[\n".to_owned();
        let mut width = 0;
        for value in values {
            if width > 0 && width + value.len() > 96 {
                out.push('\n');
                width = 0;
            }
            out.push_str(if width == 0 { "    " } else { " " });
            out.push_str(value);
            out.push(',');
            width += value.len() + 2;
        }
        out.push_str("\n]");
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_read_back() {
        for text in ["a\nb", "a\\\nb", "\"\"\"\n\"\"\"\"", "it's '''\n\\", "x\\\ny'", "\n\u{7}\"", "a\n\"b\""] {
            let value = prose(text);
            let read: toml::Table = toml::from_str(&format!("x = {value}\n")).expect(&value);
            assert_eq!(read["x"].as_str(), Some(text), "{value}");
        }
    }

    #[test]
    fn long_lists_have_lines() {
        let values: Vec<String> = (0..40).map(|number| format!("2026-01-{number:02}")).collect();
        let text = list(&values);
        assert!(text.lines().count() > 4 && text.lines().all(|line| line.len() < 110), "{text}");
        assert_eq!(list(&values[..2]), "[2026-01-00, 2026-01-01]");
    }
}
