//! A CSV file of local events (RFC 4180): a header row that names fields of `[[local]]`, then a row each.
//!
//! Every cell keeps its place in the file, for diagnostics; a cell with nothing in it says nothing. Columns of tables
//! have a point in their name: `location.name`, `translations.es.title`. All mistakes of the file are found in one run.

mod cells;
mod layout;

use std::borrow::Cow;

use super::fields::{LocalTable, LocationTable, OnlineTable, Row, TranslationTable};
use super::limits::{self, MOST_COLUMNS};
use super::suggest;
use super::value::{Field, Reading, Section, Slot, Text, TextOr};
use crate::diagnostic::{Code, Finding, shorten};
use crate::source::Span;
use cells::Cells;
use layout::Layout;

/// Rows that a sheet may have.
pub const MOST_ROWS: usize = 100_000;

/// The local events of a sheet.
pub fn read<'a>(text: &str, findings: &mut Vec<Finding>) -> Vec<Field<LocalTable<'a>>> {
    let layout = Layout::of(text);
    let (start, separator) = (layout.start, layout.separator);
    let body = &text[start..];
    let mut reading = Reading { base: start as u32, ..Reading::default() };
    reading.findings.extend(layout.note(text));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .buffer_capacity(1 << 16)
        .from_reader(body.as_bytes());
    let mut row = csv::StringRecord::new();
    let mut cells = Cells::new(body, separator);
    let mut columns: Option<Vec<Column>> = None;
    let mut locals = Vec::new();
    let mut empty: Option<(Span, usize)> = None;
    // Text that is UTF-8 has no error left, and a mistake in quotes is found by the places.
    while let Ok(true) = reader.read_record(&mut row) {
        let places = cells.next_row(&mut reading);
        let Some(columns) = &columns else {
            let header = columns.insert(header(&row, &places, &mut reading));
            if header.is_empty() {
                break;
            }
            continue;
        };
        if locals.len() >= MOST_ROWS {
            reading.findings.push(
                Finding::new(Code::TooLarge, places.row, format!("the sheet has over {MOST_ROWS} rows"))
                    .label("nothing is read from here on")
                    .help("divide it among several action days"),
            );
            break;
        }
        if row.iter().all(|cell| cell.trim().is_empty()) {
            empty = Some(empty.map_or((places.row, 1), |(first, count)| (first, count + 1)));
            continue;
        }
        reading.findings.extend(empty.take().map(empty_rows));
        // Spreadsheets write a separator for each column that ever had something in it, and leave some out again.
        let is_wider = row.iter().skip(columns.len()).any(|cell| !cell.trim().is_empty());
        if (row.len() < named(columns) || is_wider) && !places.is_unclosed {
            reading.findings.push(other_width(row.len(), named(columns), &places));
        }
        let value = local(&row, &places, columns, &mut reading);
        locals.push(Field { key: places.row, span: places.row, value });
    }
    // Spreadsheets leave hundreds of them at the end.
    reading.findings.extend(empty.map(empty_rows));
    if columns.is_none() {
        reading.findings.push(
            Finding::new(Code::EmptyValue, Span::default(), "the sheet is empty")
                .label("expected a header row, such as `city,country,start,timezone`")
                .help("write the names of the columns into its first row, and a local event into each row below"),
        );
    } else if locals.is_empty() && !reading.findings.iter().any(|finding| finding.code != Code::SheetAssumed) {
        let end = body.chars().next().map_or(start, |first| start + first.len_utf8());
        let mut finding = Finding::new(Code::EmptyValue, Span::new(start..end), "the sheet has no local event");
        finding.severity = crate::diagnostic::Severity::Warning;
        reading.findings.push(finding.label("there is nothing below the header row"));
    }
    findings.append(&mut reading.findings);
    locals
}

/// A column.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Column {
    /// A field of the local event.
    Field(&'static str),
    /// A field of a table in it.
    Inside(&'static str, &'static str),
    /// A text in another language, by its tag.
    Translated(Box<str>, &'static str),
    /// No field, which was reported; perhaps this one was meant.
    Unread(Option<&'static str>),
    /// Behind the last column that has a name.
    Nameless,
}

/// How many columns there are, without those behind the last name.
fn named(columns: &[Column]) -> usize {
    columns.iter().rposition(|column| *column != Column::Nameless).map_or(0, |last| last + 1)
}

fn header(row: &csv::StringRecord, places: &cells::Places, reading: &mut Reading) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    let last = row.iter().enumerate().filter(|(_, name)| !name.trim().is_empty()).last().map_or(0, |(at, _)| at);
    if last >= MOST_COLUMNS {
        reading.findings.push(
            Finding::new(
                Code::TooManyValues,
                places.cell(MOST_COLUMNS).span,
                format!("the sheet has {} columns, over {MOST_COLUMNS}", last + 1),
            )
            .label("this one is too much")
            .help("delete the columns that name no field"),
        );
        return columns;
    }
    for (index, name) in row.iter().enumerate().take(MOST_COLUMNS) {
        let span = places.cell(index).span;
        let trimmed = name.trim();
        let column = find(trimmed);
        match &column {
            Some(one) if columns.contains(one) => {
                reading.findings.push(
                    Finding::new(Code::UnknownField, span, format!("a second column `{}`", shorten(trimmed)))
                        .label("expected it once")
                        .help("delete one of the two columns, or give it the name of another field"),
                );
                columns.push(Column::Unread(None));
                continue;
            }
            Some(_) => {}
            // An empty column at the end; what stands below it is reported in its own cell.
            None if index > last => {
                columns.push(Column::Nameless);
                continue;
            }
            None if trimmed.is_empty() => reading.findings.push(
                Finding::new(Code::EmptyValue, span, "a column without a name")
                    .label("expected the name of a field")
                    .help("name it, or delete the column"),
            ),
            None => {
                let mut finding = suggest::unknown_field(trimmed, span, LocalTable::ROWS);
                finding.message = format!("unknown column `{}`", shorten(trimmed));
                "no such field".clone_into(&mut finding.label);
                reading.findings.push(finding);
            }
        }
        columns.push(column.unwrap_or_else(|| Column::Unread(suggest::meant(trimmed, LocalTable::ROWS))));
    }
    columns
}

fn find(name: &str) -> Option<Column> {
    let row = |rows: &'static [Row], key: &str| rows.iter().map(|row| row.key).find(|known| *known == key);
    match name.split_once('.') {
        None => Some(Column::Field(row(LocalTable::ROWS, name)?)),
        Some(("location", key)) => Some(Column::Inside("location", row(LocationTable::ROWS, key)?)),
        Some(("online", key)) => Some(Column::Inside("online", row(OnlineTable::ROWS, key)?)),
        Some(("translations", inner)) => {
            let (tag, key) = inner.split_once('.').filter(|(tag, _)| !tag.is_empty())?;
            Some(Column::Translated(tag.into(), row(TranslationTable::ROWS, key)?))
        }
        Some(_) => None,
    }
}

/// Rows without a value, one below the other.
fn empty_rows((first, count): (Span, usize)) -> Finding {
    let (message, help) = match count {
        1 => ("an empty row".to_owned(), "delete the row"),
        many => (format!("{many} empty rows, one below the other"), "delete the rows"),
    };
    let label = if count == 1 { "no local event" } else { "no local event here, and in those below" };
    let mut finding = Finding::new(Code::EmptyValue, first, message).label(label).help(help);
    finding.severity = crate::diagnostic::Severity::Warning;
    finding
}

fn other_width(found: usize, expected: usize, places: &cells::Places) -> Finding {
    let span = places.cells.get(expected).map_or(places.row, |cell| cell.span);
    let cells = |count: usize| if count == 1 { "1 cell".to_owned() } else { format!("{count} cells") };
    let finding =
        Finding::new(Code::Syntax, span, format!("the row has {}, and the header {}", cells(found), cells(expected)));
    if found > expected {
        finding.label("has no column").help("write a cell that contains a comma in quotes: \"Main Street 1, Hall B\"")
    } else {
        finding.label(format!("expected {}", cells(expected))).help("write a separator for each empty cell too")
    }
}

fn local<'a>(
    row: &csv::StringRecord,
    places: &cells::Places,
    columns: &[Column],
    reading: &mut Reading,
) -> LocalTable<'a> {
    let mut local = LocalTable::default();
    let mut location: Slot<LocationTable<'a>> = None;
    let mut online: Slot<OnlineTable<'a>> = None;
    for (index, (value, column)) in row.iter().zip(columns).enumerate() {
        if value.trim().is_empty() {
            continue;
        }
        let span = places.cell(index).span;
        if !limits::cell(value, span, reading) {
            local.unread(match column {
                Column::Field(key) => key,
                Column::Inside(key, _) => key,
                Column::Translated(..) => "translations",
                Column::Nameless | Column::Unread(_) => "",
            });
            continue;
        }
        let field: Field<Text<'a>> = Field { key: span, span, value: Cow::Owned(value.to_owned()) };
        match column {
            Column::Field(key) => {
                local.set_cell(key, field, reading);
            }
            Column::Inside("location", key) => {
                table_of(&mut location, span).set_cell(key, field, reading);
            }
            Column::Inside(_, key) => {
                table_of(&mut online, span).set_cell(key, field, reading);
            }
            Column::Translated(tag, key) => {
                let translations = table_of(&mut local.translations, span).entry(tag.to_string());
                let translation =
                    translations.or_insert_with(|| Field { key: span, span, value: TranslationTable::default() });
                translation.value.set_cell(key, field, reading);
            }
            Column::Nameless => reading.findings.push(
                Finding::new(Code::Syntax, span, "a cell in a column without a name")
                    .label("has no column")
                    .help("name the column in the first row, or empty the cell"),
            ),
            Column::Unread(meant) => local.unread(meant.unwrap_or_default()),
        }
    }
    with_table(&mut local.location, location, |table, field| table.name.get_or_insert(field));
    with_table(&mut local.online, online, |table, field| table.url.get_or_insert(field));
    local
}

fn table_of<T: Default>(slot: &mut Slot<T>, span: Span) -> &mut T {
    &mut slot.get_or_insert_with(|| Field { key: span, span, value: T::default() }).value
}

/// Puts the columns of a table into its field; a text that stands there too is the table's short form.
fn with_table<'a, T>(
    slot: &mut Slot<TextOr<'a, T>>,
    table: Slot<T>,
    short: impl for<'t> FnOnce(&'t mut T, Field<Text<'a>>) -> &'t mut Field<Text<'a>>,
) {
    let Some(mut table) = table else { return };
    if let Some(Field { key, span, value: TextOr::Text(text) }) = slot.take() {
        short(&mut table.value, Field { key, span, value: text });
    }
    *slot = Some(Field { key: table.key, span: table.span, value: TextOr::Table(Box::new(table.value)) });
}
