//! One table of a file, with the places of its keys and values.

use std::ops::Range;

use toml_edit::{Document, InlineTable, Item, Table, TableLike, Value};

use super::Address;
use super::splice::{Splice, line_end, line_start, newline, rest};
use crate::record::fields::{ChangeTable, FromTable, LocalTable, Record, Row};
use crate::record::value::Section as _;

/// A key of a table.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) name: String,
    /// The key, or the whole `[header]`.
    pub(super) key: Range<usize>,
    /// The value, up to the end of the last one where it is a table.
    pub(super) value: Range<usize>,
    /// What a list holds.
    pub(super) elements: Vec<Range<usize>>,
    shape: Shape,
}

/// How a key and its value are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Shape {
    /// `key = value`.
    Plain,
    /// `key.part = value`, on one line or several.
    Dotted,
    /// Below a `[key]` or `[[key]]`.
    Header,
}

/// A table.
#[derive(Debug)]
pub(super) struct Section {
    /// `{ … }` rather than lines.
    inline: bool,
    /// The order of its keys.
    rows: &'static [Row],
    /// From its header, or its first byte, to the end of its last value.
    span: Range<usize>,
    /// In the order of the text.
    entries: Vec<Entry>,
}

impl Section {
    pub(super) fn find(document: &Document<&str>, address: &Address) -> Option<Section> {
        let root = document.as_table();
        let length = document.raw().len();
        match address {
            Address::Whole => Some(Section::lines(root, Record::ROWS, 0..length)),
            Address::Event(_) | Address::Local(..) | Address::From(..) | Address::Change(..) => {
                Section::of(found(root, address)?, address)
            }
        }
    }

    fn of(table: Found<'_>, address: &Address) -> Option<Section> {
        let rows = match address {
            Address::Whole | Address::Event(_) => Record::ROWS,
            Address::Local(..) => LocalTable::ROWS,
            Address::From(..) => FromTable::ROWS,
            Address::Change(..) => ChangeTable::ROWS,
        };
        Some(match table {
            Found::Lines(table) => {
                let header = table.span()?;
                Section::lines(table, rows, header.start..end(table).unwrap_or(header.end))
            }
            Found::Inline(table) => Section { inline: true, rows, span: table.span()?, entries: entries(table) },
        })
    }

    fn lines(table: &Table, rows: &'static [Row], span: Range<usize>) -> Section {
        Section { inline: false, rows, span, entries: entries(table) }
    }

    pub(super) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == key)
    }

    pub(super) fn keys(&self) -> Vec<String> {
        self.entries.iter().map(|entry| entry.name.clone()).collect()
    }

    fn rank(&self, key: &str) -> usize {
        self.rows.iter().position(|row| row.key == key).unwrap_or(self.rows.len())
    }

    /// The key behind which a new one stands: of those before it in the table of fields, the last.
    fn before(&self, key: &str) -> Option<&Entry> {
        let rank = self.rank(key);
        let plain = self.entries.iter().filter(|entry| entry.shape != Shape::Header && self.rank(&entry.name) < rank);
        plain.max_by_key(|entry| self.rank(&entry.name))
    }

    /// Gives a key a value.
    pub(super) fn set(&self, text: &str, key: &str, value: &str) -> Splice {
        if let Some(entry) = self.entry(key) {
            return Splice::new(entry.value.clone(), value);
        }
        let before = self.before(key);
        let first = self.entries.iter().find(|entry| entry.shape != Shape::Header);
        if self.inline {
            return match (before, first) {
                (Some(before), _) => Splice::new(before.value.end..before.value.end, format!(", {key} = {value}")),
                (None, Some(first)) => Splice::new(first.key.start..first.key.start, format!("{key} = {value}, ")),
                (None, None) => Splice::new(self.span.clone(), format!("{{ {key} = {value} }}")),
            };
        }
        let newline = newline(text);
        let Some(near) = before.or(first) else {
            // Below its header, or at the very top.
            let at = if self.span.start == 0 && !text.starts_with('[') { 0 } else { line_end(text, self.span.start) };
            return Splice::new(at..at, format!("{key} = {value}{newline}"));
        };
        let start = line_start(text, near.key.start);
        let indent: String = text[start..near.key.start].chars().take_while(|c| matches!(c, ' ' | '\t')).collect();
        let line = format!("{indent}{} = {value}", self.padded(text, key, near));
        if before.is_none() {
            return Splice::new(start..start, line + newline);
        }
        let at = line_end(text, near.value.end);
        // The last line of a file may have no end.
        if text[..at].ends_with('\n') {
            Splice::new(at..at, line + newline)
        } else {
            Splice::new(at..at, format!("{newline}{line}"))
        }
    }

    /// Another key and value in the place of a plain one, the `=` where it was if there is room.
    pub(super) fn replace(text: &str, entry: &Entry, key: &str, value: &str) -> Splice {
        let old = entry.key.len() + text[entry.key.end..entry.value.start].find('=').unwrap_or(1);
        let blanks = if old > entry.key.len() + 1 { old.saturating_sub(key.len()).max(1) } else { 1 };
        Splice::new(entry.key.start..entry.value.end, format!("{key}{}= {value}", " ".repeat(blanks)))
    }

    /// The key, with blanks behind it where the lines around `near` have their `=` below one another.
    fn padded(&self, text: &str, key: &str, near: &Entry) -> String {
        let column = |entry: &Entry| {
            let equals = text[entry.key.end..entry.value.start].find('=')? + entry.key.end;
            Some(text[line_start(text, equals)..equals].trim_start().chars().count())
        };
        let plain = || self.entries.iter().filter(|entry| entry.shape == Shape::Plain);
        let Some(wide) = column(near).filter(|_| near.shape == Shape::Plain) else { return key.to_owned() };
        let aligned = plain()
            .any(|entry| column(entry) == Some(wide) && text[entry.key.end..entry.value.start].starts_with("  "));
        let blanks = if aligned { wide.saturating_sub(1 + key.chars().count()) } else { 0 };
        format!("{key}{}", " ".repeat(blanks))
    }

    /// Takes a key away with its line; none where a comment belongs to it.
    pub(super) fn remove(&self, text: &str, key: &str) -> Option<Splice> {
        let index = self.entries.iter().position(|entry| entry.name == key)?;
        let Entry { key, value, .. } = &self.entries[index];
        if self.inline {
            let next = self.entries.get(index + 1).map(|next| next.key.start);
            let before = index.checked_sub(1).map(|before| self.entries[before].value.end);
            let range = match (next, before) {
                (Some(next), _) => key.start..next,
                (None, Some(before)) => before..value.end,
                (None, None) => key.start..value.end,
            };
            let outside = [&text[range.start..key.start.max(range.start)], &text[value.end.min(range.end)..range.end]];
            return (!outside.iter().any(|text| text.contains('#'))).then(|| Splice::new(range, ""));
        }
        let start = line_start(text, key.start);
        let above = text[..start].trim_end_matches(['\r', '\n']);
        let blank_between = text[above.len()..start].matches('\n').count() > 1;
        let commented =
            !blank_between && text[line_start(text, above.len())..above.len()].trim_start().starts_with('#');
        let end = line_end(text, value.end);
        (!commented && rest(text, value.end).is_empty()).then(|| Splice::new(start..end, ""))
    }

    /// Adds a table to a list of tables before the one with the number `at`, or behind the last: `[[name]]` or `{ … }` as
    /// the others are written.
    pub(super) fn add_table(
        &self,
        text: &str,
        (key, name): (&str, &str),
        at: usize,
        lines: &[(&str, String)],
        newline: &str,
    ) -> Splice {
        let existing = self.entry(key);
        let inline: Vec<String> = lines.iter().map(|(key, value)| format!("{key} = {value}")).collect();
        let inline = format!("{{ {} }}", inline.join(", "));
        match existing {
            Some(list) if list.shape == Shape::Plain => match (list.elements.get(at), list.elements.last()) {
                (Some(next), _) => Splice::new(next.start..next.start, format!("{inline}, ")),
                (None, Some(last)) => Splice::new(last.end..last.end, format!(", {inline}")),
                (None, None) => Splice::new(list.value.clone(), format!("[{inline}]")),
            },
            None if self.inline => self.set(text, key, &format!("[{inline}]")),
            _ => {
                let lines_of = |header: String| {
                    let lines = lines.iter().map(|(key, value)| format!("{key} = {value}{newline}"));
                    std::iter::once(header).chain(lines).collect::<String>()
                };
                if let Some(next) = self.table_behind(key, existing, at) {
                    let at = above(text, next);
                    return Splice::new(at..at, lines_of(format!("[[{name}]]{newline}")) + newline);
                }
                let at = existing.map_or(self.span.end, |list| list.value.end);
                let at = if at == text.len() { at } else { line_end(text, at) };
                let mut table = String::new();
                if !text[..at].ends_with('\n') {
                    table.push_str(newline);
                }
                table.push_str(&lines_of(format!("{newline}[[{name}]]{newline}")));
                Splice::new(at..at, table)
            }
        }
    }

    /// Where the table begins before which a new one of the list `key` stands: the one with its number; of the first one, a
    /// table that comes behind the list.
    fn table_behind(&self, key: &str, existing: Option<&Entry>, at: usize) -> Option<usize> {
        if let Some(list) = existing {
            return list.elements.get(at).map(|next| next.start);
        }
        let behind = if key == "from" { &["change", "local"][..] } else { &[] };
        let headers = self.entries.iter().filter(|entry| entry.shape == Shape::Header);
        headers.filter(|entry| behind.contains(&&*entry.name)).map(|entry| entry.key.start).min()
    }

    /// Takes a table out of a list of tables, with the blank lines above it; none where a comment stands in it.
    pub(super) fn remove_table(&self, text: &str, key: &str, index: usize) -> Option<Splice> {
        let list = self.entry(key)?;
        let element = list.elements.get(index)?.clone();
        if list.shape != Shape::Header {
            if list.elements.len() == 1 {
                return self.remove(text, key);
            }
            let splice = super::splice::element(text, &list.elements, index)?;
            return (!text[element].contains('#')).then_some(splice);
        }
        let start = line_start(text, element.start);
        let end = line_end(text, element.end);
        let above = text[..start].trim_end_matches(['\r', '\n', ' ', '\t']);
        let commented = text[line_start(text, above.len())..above.len()].trim_start().starts_with('#')
            && text[above.len()..start].matches('\n').count() <= 1;
        if commented || has_comment(&text[start..end]) {
            return None;
        }
        let from = if above.is_empty() { start } else { line_end(text, above.len()) };
        Some(Splice::new(from..end, ""))
    }
}

/// Where the line of `at` begins, with the comments directly above it.
fn above(text: &str, at: usize) -> usize {
    let mut start = line_start(text, at);
    while start > 0 {
        let before = line_start(text, start - 1);
        if !text[before..start].trim_start().starts_with('#') {
            break;
        }
        start = before;
    }
    start
}

/// Whether a comment may stand in some lines. A `#` inside a text counts as one: it can only keep a table.
fn has_comment(lines: &str) -> bool {
    lines.contains('#')
}

/// A table as it is written.
#[derive(Clone, Copy)]
enum Found<'d> {
    Lines(&'d Table),
    Inline(&'d InlineTable),
}

fn found<'d>(root: &'d Table, address: &Address) -> Option<Found<'d>> {
    match address {
        Address::Whole => Some(Found::Lines(root)),
        Address::Event(id) => {
            let of_id = |table: &dyn TableLike| table.get("id").and_then(Item::as_str) == Some(id);
            match root.get("event")? {
                Item::ArrayOfTables(tables) => tables.iter().find(|table| of_id(*table)).map(Found::Lines),
                Item::Value(Value::Array(list)) => {
                    list.iter().filter_map(Value::as_inline_table).find(|table| of_id(*table)).map(Found::Inline)
                }
                _ => None,
            }
        }
        Address::Local(event, index) | Address::From(event, index) | Address::Change(event, index) => {
            let name = match address {
                Address::Local(..) => "local",
                Address::From(..) => "from",
                Address::Whole | Address::Event(_) | Address::Change(..) => "change",
            };
            let list = match found(root, event)? {
                Found::Lines(table) => table.get(name)?,
                Found::Inline(table) => {
                    let list = table.get(name)?.as_array()?;
                    return list.get(*index)?.as_inline_table().map(Found::Inline);
                }
            };
            match list {
                Item::ArrayOfTables(tables) => tables.get(*index).map(Found::Lines),
                Item::Value(Value::Array(list)) => list.get(*index)?.as_inline_table().map(Found::Inline),
                _ => None,
            }
        }
    }
}

/// The keys of a table, in the order of the text.
fn entries(table: &dyn TableLike) -> Vec<Entry> {
    let mut entries: Vec<Entry> = table
        .iter()
        .filter_map(|(name, item)| {
            let key = table.get_key_value(name)?.0.span();
            entry(name, key, item)
        })
        .collect();
    entries.sort_by_key(|entry| entry.key.start);
    entries
}

/// The lines `name.a = …`, `name.b = …` as one entry.
fn dotted(name: String, key: Option<Range<usize>>, inner: &[Entry]) -> Option<Entry> {
    let (first, last) = (inner.first()?, inner.iter().map(|entry| entry.value.end).max()?);
    let start = key.map_or(first.key.start, |key| key.start.min(first.key.start));
    Some(Entry {
        name,
        key: start..first.key.end,
        value: first.value.start..last,
        elements: Vec::new(),
        shape: Shape::Dotted,
    })
}

fn entry(name: &str, key: Option<Range<usize>>, item: &Item) -> Option<Entry> {
    let name = name.to_owned();
    match item {
        Item::None => None,
        Item::Value(Value::InlineTable(table)) if table.is_dotted() => dotted(name, key, &entries(table)),
        Item::Value(value) => {
            let elements =
                value.as_array().map(|list| list.iter().filter_map(Value::span).collect()).unwrap_or_default();
            Some(Entry { name, key: key?, value: value.span()?, elements, shape: Shape::Plain })
        }
        Item::Table(table) if table.is_dotted() => dotted(name, key, &entries(table)),
        Item::Table(table) => {
            let start = start(table)?;
            let end = end(table).unwrap_or(start);
            Some(Entry { name, key: start..start, value: start..end, elements: Vec::new(), shape: Shape::Header })
        }
        Item::ArrayOfTables(tables) => {
            let elements: Vec<Range<usize>> =
                tables.iter().filter_map(|table| Some(start(table)?..end(table)?)).collect();
            let (first, last) = (elements.first()?, elements.last()?);
            let (start, end) = (first.start, last.end);
            Some(Entry { name, key: start..start, value: start..end, elements, shape: Shape::Header })
        }
    }
}

/// Where a table below a header begins: at its header, or where nothing but its inner tables have one, at theirs.
fn start(table: &Table) -> Option<usize> {
    let own = table.span().map(|span| span.start);
    own.into_iter().chain(entries(table).iter().map(|entry| entry.key.start)).min()
}

/// Where the last value of a table ends, or its header.
fn end(table: &Table) -> Option<usize> {
    let own = table.span().map(|span| span.end);
    own.into_iter().chain(entries(table).iter().map(|entry| entry.value.end)).max()
}
