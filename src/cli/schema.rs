//! `redletter schema`: the JSON Schema of a record, for editors; it follows from the table of fields.

use serde_json::{Map, Value, json};

use super::{Exit, World};
use crate::error::Result;
use crate::record::Record;
use crate::record::fields::{ChangeTable, ImageTable, LocationTable, OnlineTable, OrganizerTable, Row};
use crate::record::value::Section;

/// Arguments of `schema`.
#[derive(clap::Args, Debug)]
pub struct Args {}

/// Runs it.
pub fn run(_args: &Args, world: &mut World<'_>) -> Result<Exit> {
    let mut one = section(Record::ROWS);
    one["required"] = json!(["title", "start"]);
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "redletter record",
        "$defs": {
            "record": one,
            "location": section(LocationTable::ROWS),
            "online": section(OnlineTable::ROWS),
            "organizer": section(OrganizerTable::ROWS),
            "image": section(ImageTable::ROWS),
            "change": section(ChangeTable::ROWS),
        },
        "anyOf": [
            {"$ref": "#/$defs/record"},
            {
                "type": "object",
                "properties": {
                    "defaults": section(Record::ROWS),
                    "event": {"type": "array", "items": {"$ref": "#/$defs/record"}},
                },
                "required": ["event"],
                "additionalProperties": false,
            },
        ],
    });
    world.print(&format!("{schema:#}\n"))?;
    Ok(Exit::Fine)
}

fn section(rows: &[Row]) -> Value {
    let properties: Map<String, Value> = rows.iter().map(|row| (row.key.to_owned(), property(row))).collect();
    json!({"type": "object", "properties": properties, "additionalProperties": false})
}

/// The type of a field. What is a table by name refers to the table's own definition.
fn property(row: &Row) -> Value {
    let text = json!({"type": "string"});
    let or_table = |name: &str| json!([{"type": "string"}, {"$ref": format!("#/$defs/{name}")}]);
    let mut value = match row.key {
        "location" => json!({"anyOf": or_table("location")}),
        "online" => json!({"anyOf": or_table("online")}),
        "image" => json!({"anyOf": or_table("image")}),
        "change" => json!({"type": "array", "items": {"$ref": "#/$defs/change"}}),
        "organizers" => json!({"type": "array", "items": {"anyOf": or_table("organizer")}}),
        _ if row.expected.starts_with("a list") => json!({"type": "array", "items": text}),
        _ if row.expected.starts_with("a number") => json!({"type": "number"}),
        _ if row.expected.starts_with("a whole number") => json!({"type": "integer", "minimum": 0}),
        _ => text,
    };
    value["description"] = json!(row.meaning);
    value["examples"] = json!([row.example]);
    value
}
