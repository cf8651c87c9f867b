//! `redletter schema`: the JSON Schema of a record, for editors, or the same as a page for people; both follow from the
//! table of fields.

use serde_json::{Map, Value, json};

use super::{Exit, World};
use crate::error::Result;
use crate::record::Record;
use crate::record::fields::{
    ChangeTable, FeedTable, FromTable, ImageTable, KindTable, LocalTable, LocationTable, OnlineTable, OrganizerTable,
    Row, SettingsTable, TranslationTable, WhereTable,
};
use crate::record::value::Section;

/// Arguments of `schema`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// json for editors, markdown for readers
    #[arg(long, value_enum, default_value = "json", value_name = "FORMAT")]
    format: Format,
}

#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum Format {
    Json,
    Markdown,
}

/// Runs it.
pub fn run(args: &Args, world: &mut World<'_>) -> Result<Exit> {
    if args.format == Format::Markdown {
        world.print(&reference())?;
        return Ok(Exit::Fine);
    }
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
            "translation": section(TranslationTable::ROWS),
            "from": section(FromTable::ROWS),
            "change": section(ChangeTable::ROWS),
            "local": section(LocalTable::ROWS),
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

/// What the record format leaves open, and what is done.
const OPEN_QUESTIONS: &str = include_str!("schema/open-questions.md");

/// The field reference.
fn reference() -> String {
    let mut out = String::from(
        "# Fields\n\nWritten by `redletter schema --format markdown` from the table in `src/record/fields.rs`.\n",
    );
    let sections: [(&str, &[Row]); 13] = [
        ("An event", Record::ROWS),
        ("`location` as a table", LocationTable::ROWS),
        ("`online` as a table", OnlineTable::ROWS),
        ("`organizers` as tables", OrganizerTable::ROWS),
        ("`[translations.<tag>]`", TranslationTable::ROWS),
        ("`image` as a table", ImageTable::ROWS),
        ("`[[from]]`", FromTable::ROWS),
        ("`[[change]]`", ChangeTable::ROWS),
        ("`[[local]]`", LocalTable::ROWS),
        ("`calendar.toml`", SettingsTable::ROWS),
        ("`[kinds.<name>]` in calendar.toml", KindTable::ROWS),
        ("`[[feed]]` in calendar.toml", FeedTable::ROWS),
        ("`where` of a feed", WhereTable::ROWS),
    ];
    for (title, rows) in sections {
        out.push_str(&format!(
            "\n## {title}\n\n| field | value | meaning | in feeds | example |\n|---|---|---|---|---|\n"
        ));
        for row in rows {
            let required = if row.required { " *" } else { "" };
            let cell = |text: &str| text.replace('|', "\\|");
            out.push_str(&format!(
                "| `{}`{required} | {} | {} | {} | `{}` |\n",
                row.key,
                cell(row.expected),
                cell(row.meaning),
                cell(row.property),
                cell(row.example),
            ));
        }
    }
    out.push('\n');
    out.push_str(OPEN_QUESTIONS);
    out
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
        "translations" => json!({"type": "object", "additionalProperties": {"$ref": "#/$defs/translation"}}),
        "from" => json!({"type": "array", "items": {"$ref": "#/$defs/from"}}),
        "change" => json!({"type": "array", "items": {"$ref": "#/$defs/change"}}),
        "local" => json!({"type": "array", "items": {"$ref": "#/$defs/local"}}),
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
