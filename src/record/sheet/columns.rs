//! Columns of a sheet: which field each one is, by its name in the header row. Names of fields come first, then what people
//! call them in 16 languages.
//!
//! Notes and ways to join are recognised by their own names only, because redaction knows them by these.

use super::cells::Places;
use crate::diagnostic::{Code, Finding, shorten};
use crate::record::fields::{LocalTable, LocationTable, OnlineTable, Row, TranslationTable};
use crate::record::limits::MOST_COLUMNS;
use crate::record::value::{Reading, Section};
use crate::record::{names, suggest};

/// A column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Column {
    /// A field of the local event.
    Field(&'static str),
    /// The day or the hour of a field that two columns make.
    Half(&'static str, Half),
    /// A field of a table in it.
    Inside(&'static str, &'static str),
    /// A text in another language, by its tag.
    Translated(Box<str>, &'static str),
    /// No field, which was reported; perhaps this one was meant.
    Unread(Option<&'static str>),
    /// Behind the last column that has a name.
    Nameless,
}

/// A part of a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Half {
    Date,
    Time,
}

/// How many columns there are, without those behind the last name.
pub(super) fn named(columns: &[Column]) -> usize {
    columns.iter().rposition(|column| *column != Column::Nameless).map_or(0, |last| last + 1)
}

/// The columns of a header row. What is no field is reported, and so are names in other words than ours, in one note.
pub(super) fn header(row: &csv::StringRecord, places: &Places, reading: &mut Reading) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    let mut translated: Vec<String> = Vec::new();
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
        let column = exact(trimmed).or_else(|| in_other_words(trimmed));
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
            Some(one) if exact(trimmed).is_none() && exact(&trimmed.to_lowercase()).is_none() => {
                translated.push(format!("`{}` is `{}`", shorten(trimmed), one.name()));
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
            None => reading.findings.push(unknown(trimmed, span)),
        }
        columns.push(column.unwrap_or_else(|| Column::Unread(suggest::meant(trimmed, LocalTable::ROWS))));
    }
    if !translated.is_empty() {
        reading.findings.push(
            Finding::new(
                Code::SheetAssumed,
                places.row,
                format!("columns are read as fields: {}", translated.join(", ")),
            )
            .label("read as such"),
        );
    }
    joined(columns)
}

/// A day or an hour alone is the whole field; together they are two halves.
fn joined(mut columns: Vec<Column>) -> Vec<Column> {
    for key in ["start", "end"] {
        let has = |half| columns.contains(&Column::Half(key, half));
        let (date, time) = (has(Half::Date), has(Half::Time));
        for column in &mut columns {
            if date != time && matches!(column, Column::Half(one, _) if *one == key) {
                *column = Column::Field(key);
            }
        }
    }
    columns
}

impl Column {
    /// Its name as a header has it.
    fn name(&self) -> String {
        match self {
            Column::Field(key) => (*key).to_owned(),
            Column::Half(key, Half::Date) => format!("the day of {key}"),
            Column::Half(key, Half::Time) => format!("the hour of {key}"),
            Column::Inside(table, key) => format!("{table}.{key}"),
            Column::Translated(tag, key) => format!("translations.{tag}.{key}"),
            Column::Unread(_) | Column::Nameless => String::new(),
        }
    }

    /// The field, where it is a time.
    pub(super) fn has_dates(&self) -> bool {
        matches!(self, Column::Field("start" | "end" | "until" | "moved-from") | Column::Half(_, Half::Date))
    }
}

fn unknown(name: &str, span: crate::source::Span) -> Finding {
    let finding = Finding::new(Code::UnknownField, span, format!("unknown column `{}`", shorten(name)));
    // A name is that of a place to some and that of the event to others.
    let is_name = [
        "name",
        "nombre",
        "nom",
        "nome",
        "ονομα",
        "ad",
        "isim",
        "название",
        "имя",
        "الاسم",
        "نام",
        "שם",
        "नाम",
        "이름",
        "名称",
        "名稱",
        "名前",
    ];
    if is_name.contains(&&*names::folded(name)) {
        return finding
            .label("the place or the event?")
            .help("if it is the name of the place, call the column `location`")
            .help("if it is what the event is called, call the column `title`");
    }
    let mut finding = suggest::unknown_field(name, span, LocalTable::ROWS);
    finding.message = format!("unknown column `{}`", shorten(name));
    "no such field".clone_into(&mut finding.label);
    finding
}

fn row(rows: &'static [Row], key: &str) -> Option<&'static str> {
    rows.iter().map(|row| row.key).find(|known| *known == key)
}

/// The column whose name is that of a field.
fn exact(name: &str) -> Option<Column> {
    match name.split_once('.') {
        None => match row(LocalTable::ROWS, name) {
            Some(key) => Some(Column::Field(key)),
            None => (name == "accessibility").then_some(Column::Inside("location", "accessibility")),
        },
        Some(("location", key)) => Some(Column::Inside("location", row(LocationTable::ROWS, key)?)),
        Some(("online", key)) => Some(Column::Inside("online", row(OnlineTable::ROWS, key)?)),
        Some(("translations", inner)) => {
            let (tag, key) = inner.split_once('.').filter(|(tag, _)| !tag.is_empty())?;
            Some(Column::Translated(tag.into(), row(TranslationTable::ROWS, key)?))
        }
        Some(_) => None,
    }
}

/// The column that people call so.
fn in_other_words(name: &str) -> Option<Column> {
    if let Some((text, tag)) = with_language(name)
        && let Some(key) = names::field(text).and_then(|field| row(TranslationTable::ROWS, field))
    {
        return Some(Column::Translated(tag.into(), key));
    }
    let lower = name.to_lowercase();
    if !lower.contains('.')
        && let Some(key) = row(LocalTable::ROWS, &lower.replace(['_', ' '], "-"))
    {
        return (key != "note" && key != "online").then_some(Column::Field(key));
    }
    match names::field(name)? {
        "start.date" => Some(Column::Half("start", Half::Date)),
        "start.time" => Some(Column::Half("start", Half::Time)),
        "end.date" => Some(Column::Half("end", Half::Date)),
        "end.time" => Some(Column::Half("end", Half::Time)),
        field => match field.split_once('.') {
            Some(("location", key)) => Some(Column::Inside("location", row(LocationTable::ROWS, key)?)),
            _ => Some(Column::Field(row(LocalTable::ROWS, field)?)),
        },
    }
}

/// `title[es]`, `Título (es)`, `title_es`, `title.pt-BR`: the name and the tag of its language.
fn with_language(name: &str) -> Option<(&str, String)> {
    let is_tag = |tag: &str| {
        let mut parts = tag.split(['-', '_']);
        let primary = parts.next().unwrap_or_default();
        let is_letters = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        (2..=3).contains(&primary.len())
            && is_letters(primary)
            && parts.all(|part| (2..=4).contains(&part.len()) && is_letters(part))
    };
    let whole = |text, tag: &str| Some((text, tag.replace('_', "-")));
    let name = name.trim();
    for (open, close) in [('[', ']'), ('(', ')')] {
        if let Some((text, tag)) = name.strip_suffix(close).and_then(|name| name.split_once(open)) {
            return whole(text.trim(), tag.trim());
        }
    }
    let at = name.find(['_', '.', ' ', '-'])?;
    let (text, tag) = (&name[..at], &name[at + 1..]);
    if is_tag(tag) { whole(text, tag) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_by_the_words_of_people() {
        let of = |name: &str| exact(name).or_else(|| in_other_words(name));
        let title = |tag: &str| Some(Column::Translated(tag.into(), "title"));
        for (name, expected) in [
            ("city", Some(Column::Field("city"))),
            ("City", Some(Column::Field("city"))),
            ("CIUDAD", Some(Column::Field("city"))),
            ("Pays", Some(Column::Field("country"))),
            ("Uhrzeit", Some(Column::Half("start", Half::Time))),
            ("Fecha", Some(Column::Half("start", Half::Date))),
            ("moved_from", Some(Column::Field("moved-from"))),
            ("accessibility", Some(Column::Inside("location", "accessibility"))),
            ("Accessibilité", Some(Column::Inside("location", "accessibility"))),
            ("title[es]", title("es")),
            ("title_es", title("es")),
            ("Título (pt_BR)", title("pt-BR")),
            ("title.es", title("es")),
            ("translations.es.title", title("es")),
            ("Description (fr)", Some(Column::Translated("fr".into(), "description"))),
            ("name", None),
            ("Note", None),
            ("Passcode", None),
        ] {
            assert_eq!(of(name), expected, "{name}");
        }
    }
}
