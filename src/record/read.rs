//! TOML to records. All mistakes of the text are reported; after a mistake of syntax the rest is not judged.

use toml::de::{DeTable, DeValue};

use super::fields::Record;
use super::suggest;
use super::value::{Field, Reading, Section, read_section};
use crate::diagnostic::{Code, Finding};
use crate::source::Span;

/// What a file, or a part of one, holds.
#[derive(Debug, Default)]
pub struct Document<'a> {
    /// `[defaults]`.
    pub defaults: Option<Field<Record<'a>>>,
    /// The events, each with the place of its table.
    pub records: Vec<Field<Record<'a>>>,
    /// True where the file has `[[event]]` tables, so that each needs an id.
    pub many: bool,
}

/// Reads the part of a file that begins at byte `base`. `None` where the syntax is wrong; `first` is true for the part
/// that begins the file.
pub fn document<'a>(text: &'a str, base: u32, first: bool, findings: &mut Vec<Finding>) -> Option<Document<'a>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reading = Reading { base, findings: Vec::new() };
    let mut sound = true;
    for error in &errors {
        let span = error.span().unwrap_or(0..0);
        let place = reading.span(span.clone());
        let finding = not_a_date(text, error.message(), span.clone(), place).unwrap_or_else(|| {
            sound = false;
            syntax(text, error.message(), place, span)
        });
        reading.findings.push(finding);
    }
    if !sound {
        reading.findings.retain(|finding| finding.code == Code::Syntax);
        findings.append(&mut reading.findings);
        return None;
    }
    let table = table.into_inner();
    let many = !first || table.keys().any(|key| matches!(&**key.get_ref(), "event" | "defaults"));
    let document = if many { many_events(table, &mut reading) } else { one_event(table, text, &mut reading) };
    findings.append(&mut reading.findings);
    Some(document)
}

fn one_event<'a>(table: DeTable<'a>, text: &str, reading: &mut Reading) -> Document<'a> {
    let whole = Span::new(0..text.len());
    let record = read_section(DeValue::Table(table), whole, reading).unwrap_or_default();
    // A record has no key of its own; what is missing from it is reported at its first line.
    let key = reading.span(0..text.lines().next().map_or(0, str::len));
    Document { defaults: None, records: vec![Field { key, span: whole, value: record }], many: false }
}

fn many_events<'a>(table: DeTable<'a>, reading: &mut Reading) -> Document<'a> {
    let mut document = Document { many: true, ..Document::default() };
    for (key, value) in table {
        let key_span = reading.span(key.span());
        let span = reading.span(value.span());
        match (&**key.get_ref(), value.into_inner()) {
            ("defaults", value) => {
                document.defaults =
                    read_section(value, span, reading).map(|value| Field { key: key_span, span, value });
            }
            ("event", DeValue::Array(events)) => {
                for event in events {
                    let span = reading.span(event.span());
                    let record = read_section(event.into_inner(), span, reading);
                    document.records.extend(record.map(|value| Field { key: span, span, value }));
                }
            }
            ("event", _) => reading.findings.push(
                Finding::new(Code::WrongType, key_span, "expected `[[event]]` in two pairs of brackets")
                    .label("one pair of brackets makes a single table")
                    .help("write `[[event]]` above each event"),
            ),
            (name, _) => {
                let is_field = Record::ROWS.iter().any(|row| row.key == name);
                let finding = if is_field {
                    Finding::new(Code::UnknownField, key_span, format!("`{name}` stands outside of any event"))
                        .label("belongs to no event")
                        .help("a file has one event, or `[[event]]` tables; put values that they share under `[defaults]`")
                } else {
                    suggest::unknown_field(name, key_span, Record::ROWS)
                };
                reading.findings.push(finding);
            }
        }
    }
    document
}

/// A date or time that has the right shape and does not exist: `2026-02-30`. The parser calls it a mistake of syntax; it
/// is one of fact, and the rest of the file can be judged.
fn not_a_date(text: &str, message: &str, range: std::ops::Range<usize>, span: Span) -> Option<Finding> {
    let rest = message.strip_prefix("invalid ")?;
    let code = match rest.split([',', ' ']).next()? {
        "date" | "datetime" | "date-time" => Code::InvalidDate,
        "time" | "offset" => Code::InvalidTime,
        _ => return None,
    };
    let written = text.get(range)?;
    if code == Code::InvalidDate
        && let Some(finding) = crate::diagnostic::phrases::no_such_day(written, span)
    {
        return Some(finding);
    }
    let expected = if code == Code::InvalidDate {
        "expected year-month-day, such as 2026-12-02"
    } else {
        "expected hours from 00 to 23 and minutes from 00 to 59, such as 18:30"
    };
    Some(Finding::new(code, span, format!("`{written}` is no valid date or time")).label(expected))
}

fn syntax(text: &str, message: &str, span: Span, range: std::ops::Range<usize>) -> Finding {
    let finding = Finding::new(Code::Syntax, span, format!("not TOML: {message}")).label(message.to_owned());
    let line_start = text[..range.start.min(text.len())].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[line_start..].lines().next().unwrap_or_default();
    let value = line.split_once('=').map(|(key, value)| (key.trim(), value.trim()));
    match value {
        _ if message.contains("duplicate key") => finding.help("a field stands once; delete one of the two lines"),
        Some((key, value)) if !value.is_empty() && !value.starts_with(['"', '\'', '[', '{']) => {
            let quoted = super::value::toml_text(value);
            finding.help(format!("text stands in quotes: `{key} = {quoted}`"))
        }
        Some((key, value)) if value.starts_with('"') && !value[1..].contains('"') => {
            finding.help(format!("close the quotes: `{key} = {value}\"`"))
        }
        None if !line.trim().is_empty() && !line.trim_start().starts_with(['[', '#']) => {
            finding.help("a line is `field = value`")
        }
        _ => finding,
    }
}
