//! Types of values in a record, and how each is read from TOML.

use std::borrow::Cow;
use std::collections::BTreeMap;

use toml::de::DeValue;
use toml::value::Datetime;

use super::fields::Row;
use super::inside;
use super::joined::{self, Unknown};
use super::limits;
use crate::diagnostic::{Code, Finding};
use crate::source::Span;

/// Text as written, escapes undone.
pub type Text<'a> = Cow<'a, str>;

/// A field that may be absent.
pub type Slot<T> = Option<Field<T>>;

/// A value with its places.
#[derive(Clone, PartialEq, Debug)]
pub struct Field<T> {
    /// The key; in a list, that of the list.
    pub key: Span,
    /// The value, quotes included.
    pub span: Span,
    /// The value itself.
    pub value: T,
}

/// A date, a time or both, by TOML's own types or in words.
#[derive(Clone, PartialEq, Debug)]
pub enum Moment<'a> {
    /// `2026-12-02`, `2026-12-02T18:00`, `2026-12-02T18:00-07:00`, `18:00`.
    Toml(Datetime),
    /// `"Wednesday 2 December 2026, 6 pm Vancouver"`.
    Text(Text<'a>),
}

/// A value with a short form in text and a long one in a table.
#[derive(Clone, PartialEq, Debug)]
pub enum TextOr<'a, T> {
    /// The short form.
    Text(Text<'a>),
    /// The long form.
    Table(Box<T>),
}

/// What reading a file collects.
#[derive(Debug, Default)]
pub struct Reading {
    /// Bytes of the file before the part that is read.
    pub base: u32,
    /// What was wrong so far.
    pub findings: Vec<Finding>,
    /// The field that is read, for the text to write instead.
    pub field: &'static str,
}

impl Reading {
    /// A span of the part, as one of the file.
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(range).shifted(self.base)
    }
}

/// A type that a TOML value can have.
pub trait Read<'a>: Sized {
    /// For people: `text in quotes`.
    const EXPECTED: &'static str;

    /// Reads it, or reports and gives `None`.
    fn read(value: DeValue<'a>, span: Span, reading: &mut Reading) -> Option<Self>;

    /// Its date or time, where it is one.
    fn moment(&self) -> Option<&Moment<'a>> {
        None
    }

    /// The short form of a table, where it is one.
    fn short(&self) -> Option<&str> {
        None
    }

    /// Reads it from a cell of a sheet, where everything is text.
    fn cell(text: Text<'a>, span: Span, reading: &mut Reading) -> Option<Self> {
        Self::read(DeValue::String(text), span, reading)
    }
}

/// The type that a value has, for people.
pub fn found(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// Reports a value of the wrong type, with the text to write where it is a matter of quotes or brackets.
fn wrong_type(value: &DeValue<'_>, expected: &str, span: Span, reading: &mut Reading) {
    let finding = Finding::new(Code::WrongType, span, format!("expected {expected}, found {}", found(value)))
        .label(format!("this is {}", found(value)));
    let write = |text: String| finding.clone().help(format!("write `{text}`")).fix(span, text);
    let field = reading.field;
    let quoted = match value {
        DeValue::Integer(number) => Some(number.as_str().to_owned()),
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        DeValue::Boolean(truth) => Some(truth.to_string()),
        DeValue::Datetime(datetime) => Some(datetime.to_string()),
        _ => None,
    };
    reading.findings.push(match (quoted, value) {
        (Some(number), DeValue::Integer(_)) if field == "duration" => {
            finding.help(format!("for minutes, write `\"{number}m\"`; for hours, `\"{number}h\"`"))
        }
        (Some(_), _) if field == "timezone" => finding
            .help("write the name of a zone, such as `timezone = \"Europe/Athens\"`")
            .help("write the offset after the time, such as `start = 2026-12-02T18:00-08:00`"),
        // What `true` says as a text is for the author to say.
        (Some(text), DeValue::Boolean(_)) if expected.starts_with("text") => {
            finding.help(format!("if the word is meant, write `\"{text}\"`"))
        }
        (Some(text), _) if expected.starts_with("text") => write(format!("\"{text}\"")),
        // A comma may stand between two or belong to one.
        (_, DeValue::String(text)) if expected.starts_with("a list") && text.contains([',', ';']) => {
            let parts: Vec<String> = text.split([',', ';']).map(|part| toml_text(part.trim())).collect();
            finding
                .help(format!("for {}, write `[{}]`", parts.len(), parts.join(", ")))
                .help(format!("for one, write `[{}]`", toml_text(text)))
        }
        (_, DeValue::String(text)) if expected.starts_with("a list") => write(format!("[{}]", toml_text(text))),
        (_, DeValue::String(text))
            if expected == f64::EXPECTED && text.trim().parse::<f64>().is_ok_and(f64::is_finite) =>
        {
            write(text.trim().to_owned())
        }
        (_, DeValue::String(text)) if expected == bool::EXPECTED => match &*text.to_lowercase() {
            "true" | "yes" => write("true".to_owned()),
            "false" | "no" => write("false".to_owned()),
            _ => finding.help("write `true` or `false`, without quotes"),
        },
        (_, DeValue::Array(_)) if expected.ends_with("a table") => {
            finding.help(format!("write `[{field}]`, in one pair of brackets, and only one of them"))
        }
        (_, DeValue::Array(list)) if expected.starts_with("text") && list.len() == 1 => match list[0].get_ref() {
            DeValue::String(text) => write(toml_text(text)),
            _ => finding,
        },
        (_, DeValue::Table(_)) if expected.starts_with("a list") => {
            finding.help(format!("write `[[{field}]]`, in two pairs of brackets, above each of them"))
        }
        _ if expected == Moment::EXPECTED => finding
            .help(format!("for a whole day, write `{field} = 2026-12-02`; with an hour, `{field} = 2026-12-02T18:00`")),
        _ if field.is_empty() => finding.help(format!("write {expected}")),
        _ => finding.help(format!("write {expected} behind `{field} =`")),
    });
}

/// `text` as a TOML basic string, quotes included, on one line.
pub fn toml_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

impl<'a> Read<'a> for Text<'a> {
    const EXPECTED: &'static str = "text in quotes";

    fn read(value: DeValue<'a>, span: Span, reading: &mut Reading) -> Option<Self> {
        if let DeValue::String(text) = value {
            return Some(text);
        }
        wrong_type(&value, Self::EXPECTED, span, reading);
        None
    }
}

impl<'a> Read<'a> for bool {
    const EXPECTED: &'static str = "true or false";

    fn read(value: DeValue<'a>, span: Span, reading: &mut Reading) -> Option<Self> {
        if let DeValue::Boolean(truth) = value {
            return Some(truth);
        }
        wrong_type(&value, Self::EXPECTED, span, reading);
        None
    }
}

impl<'a> Read<'a> for f64 {
    const EXPECTED: &'static str = "a number";

    fn read(value: DeValue<'a>, span: Span, reading: &mut Reading) -> Option<Self> {
        let number = match &value {
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok().map(|n| n as f64),
            DeValue::Float(number) => number.as_str().parse().ok(),
            _ => None,
        };
        if number.is_none() {
            wrong_type(&value, Self::EXPECTED, span, reading);
        }
        number
    }

    fn cell(text: Text<'a>, span: Span, reading: &mut Reading) -> Option<Self> {
        let trimmed = text.trim();
        let number = trimmed.parse().ok().filter(|number: &f64| number.is_finite());
        if number.is_none() {
            let message = format!("`{}` is not a number", crate::diagnostic::shorten(trimmed));
            let finding =
                Finding::new(Code::WrongType, span, message).label("expected digits and a point, such as 37.98");
            let point = trimmed.replace(',', ".");
            let meant = trimmed.matches(',').count() == 1 && point.parse::<f64>().is_ok();
            reading.findings.push(if meant {
                finding.help(format!("write `{point}`")).fix(span, point)
            } else {
                finding
            });
        }
        number
    }
}

impl<'a> Read<'a> for u32 {
    const EXPECTED: &'static str = "a whole number";

    fn read(value: DeValue<'a>, span: Span, reading: &mut Reading) -> Option<Self> {
        let DeValue::Integer(number) = &value else {
            wrong_type(&value, Self::EXPECTED, span, reading);
            return None;
        };
        let parsed = u32::from_str_radix(number.as_str(), number.radix()).ok();
        if parsed.is_none() {
            let message = format!(
                "`{}` is not a whole number from 0 to {}",
                crate::diagnostic::shorten(number.as_str()),
                u32::MAX
            );
            reading.findings.push(Finding::new(Code::WrongType, span, message).label("expected a whole number"));
        }
        parsed
    }

    fn cell(text: Text<'a>, span: Span, reading: &mut Reading) -> Option<Self> {
        let parsed = text.trim().parse().ok();
        if parsed.is_none() {
            let message = format!("`{}` is not a whole number", crate::diagnostic::shorten(text.trim()));
            reading.findings.push(Finding::new(Code::WrongType, span, message).label("expected digits, such as 12"));
        }
        parsed
    }
}

impl<'a> Read<'a> for Moment<'a> {
    const EXPECTED: &'static str = "a date, or a date with a time";

    fn moment(&self) -> Option<&Moment<'a>> {
        Some(self)
    }

    fn read(value: DeValue<'a>, span: Span, reading: &mut Reading) -> Option<Self> {
        match value {
            // The parser reports a date that does not exist, and goes on with an empty one.
            DeValue::Datetime(Datetime { date: None, time: None, .. }) => None,
            DeValue::Datetime(datetime) => Some(Moment::Toml(datetime)),
            DeValue::String(text) => Some(Moment::Text(text)),
            other => {
                wrong_type(&other, Self::EXPECTED, span, reading);
                None
            }
        }
    }
}

impl<'a, T: Read<'a>> Read<'a> for Vec<Field<T>> {
    const EXPECTED: &'static str = "a list in square brackets";

    fn read(value: DeValue<'a>, span: Span, reading: &mut Reading) -> Option<Self> {
        let DeValue::Array(array) = value else {
            wrong_type(&value, Self::EXPECTED, span, reading);
            return None;
        };
        if let Some(next) = array.get(limits::MOST_VALUES) {
            let next = reading.span(next.span());
            if !limits::values(array.len(), next, reading) {
                return None;
            }
        }
        let fields = array.into_iter().filter_map(|element| {
            let place = reading.span(element.span());
            let value = T::read(element.into_inner(), place, reading)?;
            Some(Field { key: span, span: place, value })
        });
        Some(fields.collect())
    }

    /// What stands between semicolons; a comma may be part of a name.
    fn cell(text: Text<'a>, span: Span, reading: &mut Reading) -> Option<Self> {
        let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
        if !limits::values(parts.clone().count(), span, reading) {
            return None;
        }
        let fields = parts
            .filter_map(|part| Some(Field { key: span, span, value: T::cell(part.to_owned().into(), span, reading)? }));
        Some(fields.collect())
    }
}

impl<'a, T: Read<'a>> Read<'a> for BTreeMap<String, Field<T>> {
    const EXPECTED: &'static str = "a table";

    fn read(value: DeValue<'a>, span: Span, reading: &mut Reading) -> Option<Self> {
        let DeValue::Table(table) = value else {
            wrong_type(&value, Self::EXPECTED, span, reading);
            return None;
        };
        let fields = table.into_iter().filter_map(|(key, element)| {
            let (key_span, place) = (reading.span(key.span()), reading.span(element.span()));
            let value = T::read(element.into_inner(), place, reading)?;
            Some((key.into_inner().into_owned(), Field { key: key_span, span: place, value }))
        });
        Some(fields.collect())
    }
}

impl<'a, T: Section<'a>> Read<'a> for TextOr<'a, T> {
    const EXPECTED: &'static str = "text in quotes, or a table";

    fn short(&self) -> Option<&str> {
        match self {
            TextOr::Text(text) => Some(text),
            TextOr::Table(_) => None,
        }
    }

    fn read(value: DeValue<'a>, span: Span, reading: &mut Reading) -> Option<Self> {
        match value {
            DeValue::String(text) => Some(TextOr::Text(text)),
            DeValue::Table(_) => Some(TextOr::Table(Box::new(read_section(value, span, reading)?))),
            other => {
                wrong_type(&other, Self::EXPECTED, span, reading);
                None
            }
        }
    }
}

/// A table whose fields are rows of `fields.rs`.
pub trait Section<'a>: Default {
    /// Its fields, in the order of the record format.
    const ROWS: &'static [Row];

    /// Takes the value of a field; gives it back where there is no such field.
    fn set(&mut self, key: &str, field: Field<DeValue<'a>>, reading: &mut Reading) -> Result<(), Field<DeValue<'a>>>;

    /// Takes the cell of a sheet; false where there is no such field.
    fn set_cell(&mut self, key: &str, field: Field<Text<'a>>, reading: &mut Reading) -> bool;

    /// Remembers that a field stands there, under another name or with a value that cannot be read, so that nobody
    /// calls it missing.
    fn unread(&mut self, _key: &'static str) {}

    /// The date or time of a field: the places of its key and its value, and the value.
    fn moment(&self, _key: &str) -> Option<(Span, Span, &Moment<'a>)> {
        None
    }

    /// The short form of a table: from its key to its value, and the text.
    fn short(&self, _key: &str) -> Option<(Span, &str)> {
        None
    }

    /// Whether a field stands there.
    fn has(&self, _key: &str) -> bool {
        false
    }
}

/// Reads a table, field by field; fields that do not exist are reported.
pub fn read_section<'a, T: Section<'a>>(value: DeValue<'a>, span: Span, reading: &mut Reading) -> Option<T> {
    let DeValue::Table(table) = value else {
        wrong_type(&value, "a table", span, reading);
        return None;
    };
    let mut section = T::default();
    let mut unknown = Vec::new();
    for (key, element) in table {
        let key_span = reading.span(key.span());
        let place = reading.span(element.span());
        let field = Field { key: key_span, span: place, value: element.into_inner() };
        if let Some(row) = T::ROWS.iter().find(|row| row.key == *key.get_ref())
            && !limits::bytes(row.key, &field, reading)
        {
            section.unread(row.key);
            continue;
        }
        let stranger = if joined::is_hour(key.get_ref(), &field.value) {
            Err(field)
        } else {
            section.set(key.get_ref(), field, reading)
        };
        if let Err(Field { value, .. }) = stranger {
            unknown.push(Unknown { key: key.into_inner(), key_span, span: place, value });
        }
    }
    let has = |name: &str| T::ROWS.iter().any(|row| row.key == name);
    if !unknown.is_empty() && has("start") && !has("occurrence") {
        joined::times(&mut section, &mut unknown, reading);
    }
    if !unknown.is_empty() && T::ROWS == super::fields::Record::ROWS {
        inside::tables(&mut section, &mut unknown, reading);
    }
    for one in unknown {
        let (key, span) = (&one.key, one.key_span);
        let meant = super::suggest::meant(key, T::ROWS);
        let finding = match meant {
            Some(ours) if section.has(ours) => super::suggest::second_name(key, span, ours),
            _ => super::suggest::unknown_field(key, span, T::ROWS),
        };
        reading.findings.push(finding);
        section.unread(meant.unwrap_or_default());
    }
    Some(section)
}
