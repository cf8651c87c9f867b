//! A CSV sheet whose columns are named as our fields: a record a row.

use chrono::NaiveDate;

use super::draft::{Draft, list, number, prose, table};
use super::made::line_at;
use super::summary::{Fate, Place, Problem, Summary};
use super::vevent::digest;
use crate::record::value::toml_text;
use crate::record::{Field, LocalTable, LocationTable, Moment, OnlineTable, OrganizerTable, Slot, Text, TextOr, sheet};

/// Reads the rows; `None` if the text is no such sheet.
pub fn read(file: u32, text: &str, kind: Option<&str>, summary: &mut Summary) -> Option<Vec<Draft>> {
    let first = text.lines().find(|line| !line.trim().is_empty())?;
    if !first.contains([',', ';', '\t', '|']) || first.contains(':') && first.starts_with("BEGIN") {
        return None;
    }
    let mut findings = Vec::new();
    let rows = sheet::read(text, None, &mut findings);
    if rows.is_empty() || !rows.iter().any(|row| row.value.title.is_some() && row.value.start.is_some()) {
        return None;
    }
    for finding in findings.iter().filter(|finding| finding.is_error()) {
        let line = line_at(text, finding.span.start as usize);
        let (found, expected) = (finding.message.clone(), finding.label.trim_start_matches("expected ").to_owned());
        summary.problem(Problem { file, line, found, expected, is_loss: true });
    }
    let mut drafts = Vec::new();
    for row in &rows {
        let place = Place { file, line: line_at(text, row.span.start as usize), uid: String::new() };
        if row.value.title.is_none() || row.value.start.is_none() {
            summary.refuse("the row has no title or no start", "both", &place);
            continue;
        }
        drafts.push(draft(&row.value, kind, &place, summary));
    }
    Some(drafts)
}

fn moment(moment: &Moment<'_>) -> String {
    match moment {
        Moment::Toml(time) => time.to_string(),
        Moment::Text(text) => {
            let plain = text.trim().replace(' ', "T");
            let is_toml = plain.parse::<toml::value::Datetime>().is_ok_and(|time| time.date.is_some());
            if is_toml { plain } else { toml_text(text) }
        }
    }
}

fn moments(fields: &[Field<Moment<'_>>]) -> String {
    list(&fields.iter().map(|field| moment(&field.value)).collect::<Vec<_>>())
}

fn texts(fields: &[Field<Text<'_>>]) -> String {
    list(&fields.iter().map(|field| toml_text(&field.value)).collect::<Vec<_>>())
}

fn draft(row: &LocalTable<'_>, kind: Option<&str>, place: &Place, summary: &mut Summary) -> Draft {
    let LocalTable {
        id,
        uid,
        city,
        region,
        country,
        address,
        lat,
        lon,
        location,
        start,
        end,
        duration,
        timezone,
        title,
        kind: own_kind,
        status,
        repeat,
        rrule,
        until,
        count,
        except,
        also,
        announced,
        moved_from,
        reason,
        description,
        url,
        online,
        organizers,
        contact,
        tags,
        language,
        translations,
        image,
        sources,
        note,
        unread: _,
    } = row;
    let text = |slot: &Slot<Text<'_>>| slot.as_ref().map(|field| toml_text(&field.value));
    let mut draft = Draft { file: place.file, line: place.line, ..Draft::default() };
    draft.title = title.as_ref().map(|field| field.value.to_string()).unwrap_or_default();
    draft.id = id.as_ref().map(|field| field.value.to_string());
    let begins = start.as_ref().map(|field| moment(&field.value)).unwrap_or_default();
    draft.day = begins.trim_matches('"').get(..10).and_then(|day| day.parse().ok()).unwrap_or(NaiveDate::default());
    draft.uid = uid.as_ref().map_or_else(
        || format!("imported-{}", digest(format!("{begins}\n{}", draft.title).as_bytes())),
        |field| field.value.trim().to_owned(),
    );
    draft.push("uid", toml_text(&draft.uid.clone()));
    let kind = text(own_kind).or_else(|| kind.map(toml_text));
    let lines = [
        ("title", text(title)),
        ("kind", kind),
        ("start", Some(begins)),
        ("end", end.as_ref().map(|field| moment(&field.value))),
        ("duration", text(duration)),
        ("timezone", text(timezone)),
        ("status", text(status)),
        ("repeat", text(repeat)),
        ("rrule", text(rrule)),
        ("until", until.as_ref().map(|field| moment(&field.value))),
        ("count", count.as_ref().map(|field| field.value.to_string())),
        ("except", except.as_ref().map(|field| moments(&field.value))),
        ("also", also.as_ref().map(|field| moments(&field.value))),
        ("announced", announced.as_ref().map(|field| texts(&field.value))),
        ("moved-from", moved_from.as_ref().map(|field| moment(&field.value))),
        ("reason", text(reason)),
        ("description", description.as_ref().map(|field| prose(&field.value))),
        ("url", text(url)),
        ("contact", text(contact)),
        ("tags", tags.as_ref().map(|field| texts(&field.value))),
        ("language", text(language)),
        ("sources", sources.as_ref().map(|field| texts(&field.value))),
        ("note", text(note)),
    ];
    for (key, value) in lines {
        if let Some(value) = value {
            draft.push(key, value);
        }
    }
    let degrees = |slot: &Slot<f64>| slot.as_ref().map(|field| number(field.value));
    let mut where_it_is = vec![
        ("address", text(address)),
        ("city", text(city)),
        ("region", text(region)),
        ("country", text(country)),
        ("lat", degrees(lat)),
        ("lon", degrees(lon)),
    ];
    match location.as_ref().map(|field| &field.value) {
        Some(TextOr::Text(name)) => where_it_is.insert(0, ("name", Some(toml_text(name)))),
        Some(TextOr::Table(inside)) => where_it_is.extend(of_location(inside)),
        None => {}
    }
    push_table(&mut draft, "location", where_it_is);
    match online.as_ref().map(|field| &field.value) {
        Some(TextOr::Text(url)) => draft.push("online", toml_text(url)),
        Some(TextOr::Table(inside)) => push_table(&mut draft, "online", of_online(inside)),
        None => {}
    }
    if let Some(field) = organizers {
        let one = |field: &Field<TextOr<'_, OrganizerTable<'_>>>| match &field.value {
            TextOr::Text(name) => toml_text(name),
            TextOr::Table(inside) => toml_text(inside.name.as_ref().map_or("", |field| &field.value)),
        };
        draft.push("organizers", list(&field.value.iter().map(one).collect::<Vec<_>>()));
    }
    if let Some(TextOr::Text(url)) = image.as_ref().map(|field| &field.value) {
        draft.push("image", toml_text(url));
    }
    if translations.is_some() {
        summary.say(
            Fate::Dropped,
            "translations",
            "columns of translations belong into `[translations.<tag>]` of the record",
            place,
        );
    }
    draft.sort();
    draft
}

fn of_location(inside: &LocationTable<'_>) -> Vec<(&'static str, Option<String>)> {
    let text = |slot: &Slot<Text<'_>>| slot.as_ref().map(|field| toml_text(&field.value));
    let degrees = |slot: &Slot<f64>| slot.as_ref().map(|field| number(field.value));
    let LocationTable { name, address, city, region, country, lat, lon, accessibility, notes, unread: _ } = inside;
    vec![
        ("name", text(name)),
        ("address", text(address)),
        ("city", text(city)),
        ("region", text(region)),
        ("country", text(country)),
        ("lat", degrees(lat)),
        ("lon", degrees(lon)),
        ("accessibility", accessibility.as_ref().map(|field| texts(&field.value))),
        ("notes", text(notes)),
    ]
}

fn of_online(inside: &OnlineTable<'_>) -> Vec<(&'static str, Option<String>)> {
    let text = |slot: &Slot<Text<'_>>| slot.as_ref().map(|field| toml_text(&field.value));
    let OnlineTable { url, platform, meeting_id, passcode, phone, registration, share, unread: _ } = inside;
    vec![
        ("url", text(url)),
        ("platform", text(platform)),
        ("meeting-id", text(meeting_id)),
        ("passcode", text(passcode)),
        ("phone", text(phone)),
        ("registration", text(registration)),
        ("share", text(share)),
    ]
}

/// Adds a table with the keys that say something, each once.
fn push_table(draft: &mut Draft, key: &'static str, lines: Vec<(&'static str, Option<String>)>) {
    let mut said: Vec<(&str, String)> = Vec::new();
    for (name, value) in lines {
        if let Some(value) = value
            && !said.iter().any(|(known, _)| *known == name)
        {
            said.push((name, value));
        }
    }
    if !said.is_empty() {
        draft.push(key, table(&said));
    }
}
