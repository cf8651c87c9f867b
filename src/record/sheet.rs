//! A CSV file of local events (RFC 4180): a header row that names fields of `[[local]]`, then a row each.
//!
//! Every cell keeps its place in the file, for diagnostics; a cell with nothing in it says nothing. Columns of tables
//! have a point in their name: `location.name`, `translations.es.title`, and names in 16 languages are known. All mistakes of the file are found in one run.

mod cells;
mod columns;
mod dates;
mod layout;
mod template;

use std::borrow::Cow;

use chrono::NaiveDate;

use super::fields::{LocalTable, LocationTable, OnlineTable, TranslationTable};
use super::value::{Field, Reading, Section, Slot, Text, TextOr};
use super::{joined, limits};
use crate::diagnostic::{Code, Finding, shorten};
use crate::language::countries;
use crate::source::Span;
use cells::Cells;
use columns::{Column, Half, header, named};
use dates::Dates;
use layout::Layout;
pub use template::template;

/// Rows that a sheet may have.
pub const MOST_ROWS: usize = 100_000;

/// The local events of a sheet. `days` are the first and last day of the event that has them, for dates that may be read in
/// two ways.
pub fn read<'a>(
    text: &str,
    days: Option<(NaiveDate, NaiveDate)>,
    findings: &mut Vec<Finding>,
) -> Vec<Field<LocalTable<'a>>> {
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
    let mut columns: Option<(Vec<Column>, Dates)> = None;
    let mut locals = Vec::new();
    let mut empty: Option<(Span, usize)> = None;
    // Text that is UTF-8 has no error left, and a mistake in quotes is found by the places.
    while let Ok(true) = reader.read_record(&mut row) {
        let places = cells.next_row(&mut reading);
        let Some((columns, dates)) = &columns else {
            let header = header(&row, &places, &mut reading);
            let dates = Dates::of(body, separator, &header, days, &mut reading);
            if columns.insert((header, dates)).0.is_empty() {
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
        let value = Row { cells: &row, places: &places, columns, dates, separator }.local(&mut reading);
        locals.push(Field { key: places.row, span: places.row, value });
    }
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

/// A note on a country that is given by its name.
fn country_named(cell: &str, span: Span) -> Option<Finding> {
    // Codes need no look-up of names.
    let is_code = crate::zone::country::code(cell).is_some();
    let code = if is_code { None } else { countries::only(cell) }?;
    let message = format!("`{}` is read as the country `{code}`", shorten(cell));
    Some(Finding::new(Code::SheetAssumed, span, message).fix(span, format!("\"{code}\"")))
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

/// What stands between two cells.
pub fn separator(text: &str) -> u8 {
    Layout::of(text).separator
}

/// A row below the header.
struct Row<'r> {
    cells: &'r csv::StringRecord,
    places: &'r cells::Places,
    columns: &'r [Column],
    dates: &'r Dates,
    separator: u8,
}

impl Row<'_> {
    fn local<'a>(&self, reading: &mut Reading) -> LocalTable<'a> {
        let mut local = LocalTable::default();
        let mut location: Slot<LocationTable<'a>> = None;
        let mut online: Slot<OnlineTable<'a>> = None;
        for (index, (value, column)) in self.cells.iter().zip(self.columns).enumerate() {
            if value.trim().is_empty() {
                continue;
            }
            let span = self.places.cell(index).span;
            if !limits::cell(value, span, reading) {
                local.unread(match column {
                    Column::Field(key) | Column::Inside(key, _) | Column::Half(key, _) => key,
                    Column::Translated(..) => "translations",
                    Column::Nameless | Column::Unread(_) => "",
                });
                continue;
            }
            if matches!(column, Column::Field("country") | Column::Inside("location", "country")) {
                reading.findings.extend(country_named(value.trim(), span));
            }
            let text = |key: &str| Field { key: span, span, value: Cow::Owned(self.value(index, key, value)) };
            match column {
                Column::Field(key) => {
                    local.set_cell(key, text(key), reading);
                }
                Column::Half(..) => {}
                Column::Inside("location", key) => {
                    table_of(&mut location, span).set_cell(key, text(key), reading);
                }
                Column::Inside(_, key) => {
                    table_of(&mut online, span).set_cell(key, text(key), reading);
                }
                Column::Translated(tag, key) => {
                    let translations = table_of(&mut local.translations, span).entry(tag.to_string());
                    let translation =
                        translations.or_insert_with(|| Field { key: span, span, value: TranslationTable::default() });
                    translation.value.set_cell(key, text(key), reading);
                }
                Column::Nameless => reading.findings.push(
                    Finding::new(Code::Syntax, span, "a cell in a column without a name")
                        .label("has no column")
                        .help("name the column in the first row, or empty the cell"),
                ),
                Column::Unread(meant) => local.unread(meant.unwrap_or_default()),
            }
        }
        for key in ["start", "end"] {
            if let Some(field) = self.halves(key) {
                local.set_cell(key, field, reading);
            }
        }
        with_table(&mut local.location, location, |table, field| table.name.get_or_insert(field));
        with_table(&mut local.online, online, |table, field| table.url.get_or_insert(field));
        local
    }

    /// A cell as the field reads it: dates by the reading of the column, and decimals, lists and hours as spreadsheets have
    /// them.
    fn value(&self, index: usize, key: &str, cell: &str) -> String {
        match key {
            "start" | "end" | "until" | "moved-from" => {
                let date = self.dates.read(index, cell);
                let cell = date.as_deref().unwrap_or(cell).trim();
                // `2027-03-20 18h30`
                match cell.split_once(' ').and_then(|(date, time)| Some((date, joined::clock(time)?))) {
                    Some((date, time)) if date.len() == 10 && date.as_bytes()[4] == b'-' => format!("{date} {time}"),
                    _ => joined::clock(cell).unwrap_or_else(|| cell.to_owned()),
                }
            }
            "lat" | "lon" if self.separator != b',' && cell.matches(',').count() == 1 && !cell.contains('.') => {
                cell.replace(',', ".")
            }
            "country" => match countries::only(cell.trim()) {
                Some(code) => code.to_owned(),
                None => cell.to_owned(),
            },
            // Spreadsheets write a capital letter at the beginning of a cell.
            "status" => cell.to_lowercase(),
            // No label and no kind of access has a comma in it.
            "accessibility" | "tags" => cell.replace(',', ";"),
            _ => cell.to_owned(),
        }
    }

    /// A time whose day and hour stand in two columns.
    fn halves<'a>(&self, key: &str) -> Option<Field<Text<'a>>> {
        let cell = |half| {
            let index = self.columns.iter().position(|column| *column == Column::Half(key_of(key), half))?;
            let value = self.cells.get(index).map(str::trim).filter(|value| !value.is_empty())?;
            Some((index, self.value(index, "start", value)))
        };
        let (value, first, last) = match (cell(Half::Date), cell(Half::Time)) {
            (Some((date, day)), Some((time, hour))) => (format!("{day} {hour}"), date.min(time), date.max(time)),
            (Some((index, value)), None) | (None, Some((index, value))) => (value, index, index),
            (None, None) => return None,
        };
        let (start, end) = (self.places.cell(first).span.start, self.places.cell(last).span.end);
        // What stands between two columns is no part of it.
        let span = if last - first <= 1 { Span { start, end } } else { Span { start, end: start } };
        Some(Field { key: span, span, value: Cow::Owned(value) })
    }
}

fn key_of(key: &str) -> &'static str {
    if key == "start" { "start" } else { "end" }
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
