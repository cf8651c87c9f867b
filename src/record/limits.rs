//! How much a record may hold, so that no file can stall a program that reads it. What is over a limit is reported where it
//! is read, before any work is done for it.

use toml::de::DeValue;

use super::value::{Field, Reading};
use crate::diagnostic::{Code, Finding};
use crate::source::Span;

/// Values that a list may have: dates of `also` and `except`, tables of `[[change]]`, texts of `announced`.
pub const MOST_VALUES: usize = 10_000;
/// Bytes that a field may have, with all that stands in its table or list.
pub const MOST_BYTES: usize = 1 << 20;
/// Columns that a sheet may have.
pub const MOST_COLUMNS: usize = 1_000;

/// Bytes of the longest quotes of TOML, at both ends.
const QUOTES: usize = 6;

/// Tables that hold fields of their own, of which each has the limit for itself. Local events may be many, as in a sheet.
const OF_FIELDS: [&str; 3] = ["local", "change", "from"];

/// Reports a list that is too long; `next` is the place of the first value that is too much.
pub(super) fn values(count: usize, next: Span, reading: &mut Reading) -> bool {
    if count <= MOST_VALUES || reading.field == "local" {
        return true;
    }
    let key = reading.field;
    let (what, help) = match key {
        "change" => ("`[[change]]` tables", "write another event for what differs so often"),
        "also" | "except" | "announced" => ("values", "divide them among several events"),
        _ => ("values", "delete some of them"),
    };
    reading.findings.push(
        Finding::new(Code::TooManyValues, next, format!("`{key}` has {count} {what}, over {MOST_VALUES}"))
            .label("this one is too much")
            .help(help),
    );
    false
}

/// Reports a field that is too long as it stands in the file: with what escapes and line continuations take up, too.
pub(super) fn bytes(key: &str, field: &Field<DeValue<'_>>, reading: &mut Reading) -> bool {
    if OF_FIELDS.contains(&key) {
        return true;
    }
    let bytes = written(&field.value, field.span).saturating_sub(QUOTES).max(held(&field.value));
    if bytes > MOST_BYTES {
        reading.findings.push(too_long(&format!("`{key}` has"), bytes, field.key));
    }
    bytes <= MOST_BYTES
}

/// The same of a cell of a sheet.
pub(super) fn cell(text: &str, span: Span, reading: &mut Reading) -> bool {
    if text.len() > MOST_BYTES {
        reading.findings.push(too_long("the cell has", text.len(), span));
    }
    text.len() <= MOST_BYTES
}

/// Reports texts that are too long with their translations.
pub fn with_translations(texts: impl Iterator<Item = Span>, key: Span) -> Option<Finding> {
    let bytes: usize = texts.map(|span| span.range().len().saturating_sub(QUOTES)).sum();
    (bytes > MOST_BYTES).then(|| too_long("the texts and their translations have", bytes, key))
}

fn too_long(what: &str, bytes: usize, span: Span) -> Finding {
    let tenths = bytes.div_ceil(100_000);
    let message = format!("{what} {}.{} MB, over {} MB", tenths / 10, tenths % 10, MOST_BYTES >> 20);
    Finding::new(Code::TooLong, span, message)
        .label("expected a shorter one")
        .help("shorten it, or put the text on a page and give its address in `url`")
}

/// Bytes that a value takes up in the file. The span of a table below its own line is that line alone.
fn written(value: &DeValue<'_>, span: Span) -> usize {
    let own = span.range().len();
    match value {
        DeValue::Array(array) => own.max(array.iter().map(|one| written(one.get_ref(), Span::new(one.span()))).sum()),
        DeValue::Table(table) => own.max(table.values().map(|one| written(one.get_ref(), Span::new(one.span()))).sum()),
        _ => own,
    }
}

/// Bytes of its texts, escapes undone.
fn held(value: &DeValue<'_>) -> usize {
    match value {
        DeValue::String(text) => text.len(),
        DeValue::Array(array) => array.iter().map(|one| held(one.get_ref())).sum(),
        DeValue::Table(table) => table.values().map(|one| held(one.get_ref())).sum(),
        _ => 0,
    }
}
