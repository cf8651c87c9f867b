//! The canonical layout of a file: keys in the order of the table of fields, tables behind them, one blank line between
//! tables, one blank on either side of `=`.
//!
//! Values are left as they are written, to the byte. A comment goes with the line that it stands on or directly above;
//! what stands at the top of a file, before a blank line, stays there. A table whose `=` stand below one another keeps
//! them so, by its longest key: calendars of either style stay as they are. What comes out is compared with what went in,
//! value by value and comment by comment, and a file that would lose one is refused.

mod pieces;
mod print;

use std::collections::BTreeMap;

use toml_edit::{Document, Item, TableLike, Value};

use super::edit::Refusal;
use super::fields::{
    ChangeTable, FeedTable, FromTable, ImageTable, KindTable, LocalTable, LocationTable, OnlineTable, OrganizerTable,
    Record, Row, SettingsTable, WhereTable,
};
use super::value::Section as _;
use pieces::{Chunk, Pieces};

/// What a file is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A record, or many of them.
    Records,
    /// calendar.toml.
    Settings,
}

/// The text in its canonical layout. Fails where the syntax is wrong.
pub fn format(text: &str, kind: Kind) -> Result<String, Refusal> {
    let (bom, body) = match text.strip_prefix('\u{FEFF}') {
        Some(body) => ("\u{FEFF}", body),
        None => ("", text),
    };
    let document = Document::parse(body).map_err(|error| error.message().to_owned())?;
    let mut pieces = Pieces::of(&document)?;
    sort(&mut pieces, kind);
    let formatted = print::print(&pieces, body);
    let again = Document::parse(&*formatted).map_err(|error| error.message().to_owned())?;
    let same = values(document.as_item()) == values(again.as_item())
        && comments(body, &document) == comments(&formatted, &again);
    if same { Ok(format!("{bom}{formatted}")) } else { Err("its layout is too unusual to be changed".into()) }
}

/// Puts tables and keys in order. What has no order of its own stays as it is.
fn sort(pieces: &mut Pieces, kind: Kind) {
    let many = kind == Kind::Records
        && pieces
            .chunks
            .iter()
            .any(|chunk| matches!(chunk.path.first().map(String::as_str), Some("event" | "defaults")));
    let top = match kind {
        Kind::Records => Record::ROWS,
        Kind::Settings => SettingsTable::ROWS,
    };
    let mut event = 0;
    let mut keyed: Vec<((usize, usize), Chunk)> = Vec::new();
    for mut chunk in std::mem::take(&mut pieces.chunks) {
        let path: Vec<&str> = chunk.path.iter().map(String::as_str).collect();
        let key = match path[..] {
            [] => (0, 0),
            ["defaults", ref rest @ ..] if many => (0, 1 + rest.first().map_or(0, |name| 1 + table_rank(top, name))),
            ["event", ref rest @ ..] if many => {
                event += usize::from(rest.is_empty());
                (event.max(1), rest.first().map_or(0, |name| 1 + table_rank(top, name)))
            }
            [name, ..] if many => (usize::MAX, table_rank(top, name)),
            [name, ..] => (0, 1 + table_rank(top, name)),
        };
        let inside = match path[..] {
            ["event" | "defaults", ref rest @ ..] if many => rest,
            ref path => path,
        };
        if let Some(rows) = rows(inside, kind) {
            chunk.leaves.sort_by_key(|leaf| rank(rows, &leaf.name));
        }
        keyed.push((key, chunk));
    }
    keyed.sort_by_key(|(key, _)| *key);
    pieces.chunks = keyed.into_iter().map(|(_, chunk)| chunk).collect();
}

/// The order of tables: what belongs to all of an event stands before its occurrences and its local events.
fn table_rank(rows: &[Row], name: &str) -> usize {
    let last = usize::from(matches!(name, "from" | "change" | "local"));
    last * rows.len() + rank(rows, name)
}

fn rank(rows: &[Row], key: &str) -> usize {
    rows.iter().position(|row| row.key == key).unwrap_or(rows.len())
}

/// The order of the keys of a table; none where its keys are names that people chose.
fn rows(path: &[&str], kind: Kind) -> Option<&'static [Row]> {
    Some(match (kind, path) {
        (Kind::Records, []) => Record::ROWS,
        (Kind::Settings, []) => SettingsTable::ROWS,
        (Kind::Settings, ["kinds", _]) => KindTable::ROWS,
        (Kind::Settings, ["feed"]) => FeedTable::ROWS,
        (Kind::Settings, ["feed", "where"]) => WhereTable::ROWS,
        (Kind::Settings, _) => return None,
        (Kind::Records, [.., last]) => match *last {
            "from" => FromTable::ROWS,
            "change" => ChangeTable::ROWS,
            "local" => LocalTable::ROWS,
            "location" => LocationTable::ROWS,
            "online" => OnlineTable::ROWS,
            "organizers" => OrganizerTable::ROWS,
            "image" => ImageTable::ROWS,
            _ => return None,
        },
    })
}

/// All that a value holds, without the order of its keys.
#[derive(PartialEq, Debug)]
enum Held {
    Nothing,
    One(String),
    List(Vec<Held>),
    Table(BTreeMap<String, Held>),
}

fn values(item: &Item) -> Held {
    match item {
        Item::None => Held::Nothing,
        Item::Value(value) => of_value(value),
        Item::Table(table) => of_table(table),
        Item::ArrayOfTables(tables) => Held::List(tables.iter().map(|table| of_table(table)).collect()),
    }
}

fn of_table(table: &dyn TableLike) -> Held {
    Held::Table(table.iter().map(|(key, item)| (key.to_owned(), values(item))).collect())
}

fn of_value(value: &Value) -> Held {
    match value {
        Value::String(text) => Held::One(format!("{:?}", text.value())),
        Value::Integer(number) => Held::One(number.value().to_string()),
        Value::Float(number) => Held::One(format!("{:?}", number.value())),
        Value::Boolean(truth) => Held::One(truth.value().to_string()),
        Value::Datetime(datetime) => Held::One(datetime.value().to_string()),
        Value::Array(list) => Held::List(list.iter().map(of_value).collect()),
        Value::InlineTable(table) => of_table(table),
    }
}

/// The comments of a text outside of its values, sorted.
fn comments(text: &str, document: &Document<&str>) -> Vec<String> {
    let Ok(pieces) = Pieces::of(document) else { return vec![text.to_owned()] };
    let mut all: Vec<String> = pieces.chunks.iter().flat_map(Chunk::comments).chain(pieces.comments()).collect();
    all.sort();
    all
}

#[cfg(test)]
mod tests;
