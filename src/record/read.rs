//! TOML to records. All mistakes of the text are reported; after a mistake of syntax the rest is not judged.

use toml::de::{DeTable, DeValue};

use super::fields::Record;
use super::value::{Field, Reading, Section, read_section};
use super::{suggest, syntax};
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

/// Which part of a file a text is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// All of it.
    Whole,
    /// What stands before the first `[[event]]`, or up to the second.
    First,
    /// A later one, which begins with `[[event]]`.
    Later,
}

/// Reads the part of a file that begins at byte `base`. `None` where the syntax is wrong.
pub fn document<'a>(text: &'a str, base: u32, part: Part, findings: &mut Vec<Finding>) -> Option<Document<'a>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reading = Reading { base, ..Reading::default() };
    reading.findings = syntax::findings(text, base, &errors);
    if reading.findings.iter().any(|finding| finding.code == Code::Syntax) {
        reading.findings.retain(|finding| finding.code == Code::Syntax);
        findings.append(&mut reading.findings);
        return None;
    }
    let table = table.into_inner();
    if table.is_empty() && part == Part::Whole {
        findings.push(no_event(text, &reading));
        return Some(Document::default());
    }
    if let Some((key, _)) = table.get_key_value("events").filter(|(_, value)| value.get_ref().is_array()) {
        findings.push(
            Finding::new(Code::UnknownField, reading.span(key.span()), "unknown table `events`")
                .label("expected `event`, for one of them")
                .help("write `[[event]]` above each event")
                .fix(reading.span(key.span()), "event"),
        );
        return Some(Document { many: true, ..Document::default() });
    }
    let many = part != Part::Whole || table.keys().any(|key| matches!(&**key.get_ref(), "event" | "defaults"));
    let document = if many { many_events(table, &mut reading) } else { one_event(table, text, &mut reading) };
    if part == Part::Whole && document.records.is_empty() && reading.findings.is_empty() {
        reading.findings.push(no_event(text, &reading));
    }
    findings.append(&mut reading.findings);
    Some(document)
}

/// An empty file, or one of comments.
fn no_event(text: &str, reading: &Reading) -> Finding {
    let line = reading.span(0..text.lines().next().map_or(0, str::len));
    Finding::new(Code::MissingField, line, "the file has no event")
        .label("expected the lines of an event")
        .help("a file is one event, or has one event below each `[[event]]` line")
        .help("it needs at least `title = \"…\"`, `kind = \"protest\"` and `start = 2026-12-02T18:00`")
        .help("a file that is not ready can wait under a name that begins with `_`")
}

/// Reads the table of an event. What cannot be read inside of it, in a table of its own, makes it unsound too.
fn event<'a>(value: DeValue<'a>, span: Span, reading: &mut Reading) -> Option<Record<'a>> {
    let before = reading.findings.len();
    let mut record: Record<'_> = read_section(value, span, reading)?;
    if reading.findings.len() > before && record.unread.is_empty() {
        record.unread("");
    }
    Some(record)
}

fn one_event<'a>(table: DeTable<'a>, text: &str, reading: &mut Reading) -> Document<'a> {
    let whole = Span::new(0..text.len());
    let record = event(DeValue::Table(table), whole, reading).unwrap_or_default();
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
                document.defaults = event(value, span, reading).map(|value| Field { key: key_span, span, value });
            }
            ("event", DeValue::Array(events)) => {
                for table in events {
                    let span = reading.span(table.span());
                    let record = event(table.into_inner(), span, reading);
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
                    let finding =
                        Finding::new(Code::UnknownField, key_span, format!("`{name}` is outside of any event"))
                            .label("belongs to no event");
                    match name {
                        "change" | "from" => finding.help(format!("below a line `[[event]]`, write `[[event.{name}]]`")),
                        "location" | "online" => finding.help(format!("below a line `[[event]]`, write `[event.{name}]`")),
                        _ => finding.help("a file has one event, or `[[event]]` tables; put values that they share under `[defaults]`"),
                    }
                } else {
                    suggest::unknown_field(name, key_span, Record::ROWS)
                };
                reading.findings.push(finding);
            }
        }
    }
    document
}
