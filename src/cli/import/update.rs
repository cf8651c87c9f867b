//! Events that are in the calendar already: what differs, and the edit that takes it over. Comments and other keys stay.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::calendar::{Loaded, load};
use crate::event::Event;
use crate::import::draft::Draft;
use crate::record::edit::{Address, Edit};
use crate::resolve::Context;
use crate::sink::BatchFile;

/// Keys that say when an event is; those that the source does not have are taken away.
const OF_TIME: [&str; 10] =
    ["start", "end", "duration", "timezone", "repeat", "rrule", "until", "count", "except", "also"];

/// The names of the fields that a source gives and that differ between its event and ours.
pub(super) fn differences(old: &Event, new: &Event) -> Vec<&'static str> {
    let mut keys = Vec::new();
    let mut differ = |name: &'static str, is_other: bool| keys.extend(is_other.then_some(name));
    differ("title", old.title != new.title);
    differ("time", old.when != new.when || old.length != new.length);
    differ("repeat", !same_repeat(old, new));
    differ("status", old.status != new.status);
    // What the source lacks may have been added by hand.
    differ("description", new.description.is_some() && old.description != new.description);
    differ("url", new.url.is_some() && old.url != new.url);
    differ("location", new.location.is_some() && old.location != new.location);
    differ("online", new.online.is_some() && old.online != new.online);
    differ("organizers", !new.organizers.is_empty() && old.organizers != new.organizers);
    differ("contact", new.contact.is_some() && old.contact != new.contact);
    differ("image", new.image.is_some() && old.image != new.image);
    keys
}

fn same_repeat(old: &Event, new: &Event) -> bool {
    let (Some(one), Some(other)) = (&old.repeat, &new.repeat) else {
        return old.repeat.is_none() && new.repeat.is_none();
    };
    let same_changes = one.changes.len() == other.changes.len()
        && one.changes.iter().zip(&other.changes).all(|(a, b)| {
            a.planned == b.planned
                && a.event.when == b.event.when
                && a.event.title == b.event.title
                && a.event.status == b.event.status
                && a.event.location == b.event.location
                && a.event.description == b.event.description
        });
    one.rule == other.rule
        && one.except == other.except
        && one.also == other.also
        && same_changes
        && one.strands.len() == other.strands.len()
}

/// Files in the course of being edited.
#[derive(Default)]
pub(super) struct Edits(BTreeMap<PathBuf, String>);

impl Edits {
    /// Changes the record of an event to what a draft says; the name of its file.
    pub(super) fn change(
        &mut self,
        loaded: &Loaded,
        old: &Event,
        draft: &Draft,
        context: &Context<'_>,
    ) -> Result<String, String> {
        let index =
            loaded.calendar.events.binary_search_by(|event| event.id.cmp(&old.id)).map_err(|_| "it is not there")?;
        let place = loaded.places[index];
        let found = &loaded.found[place.file as usize];
        let path = loaded.root.place(&found.path).map_err(|why| why.to_string())?;
        let text = self.0.get(&path).cloned().unwrap_or_else(|| loaded.source(place).text.clone());
        if old.id.contains('/') {
            return Err("it is a local event".to_owned());
        }
        let mut edit = Edit::new(&text, position(&text, old, place.start.start as usize));
        let address = edit.address(&old.id, place.start.start as usize).ok_or("it is not found in its file")?;
        for (key, value) in &draft.lines {
            if matches!(*key, "uid" | "kind" | "tags") {
                continue;
            }
            let value = one_line(value);
            if edit.raw(&address, key).is_none_or(|raw| raw.trim() != value) {
                edit.set(&address, key, &value)?;
            }
        }
        for key in edit.keys(&address) {
            let is_gone = OF_TIME.contains(&&*key) || key == "status";
            if is_gone && draft.get(&key).is_none() && !edit.remove(&address, &key)? {
                return Err(format!("a comment belongs to `{key}`"));
            }
        }
        tables(&mut edit, &address, draft)?;
        let text = edit.text();
        let (judged, findings) = load::judge_text(&found.name, &text, context, false);
        if judged.iter().all(|judged| judged.id.as_deref() != Some(&*old.id) || judged.event.is_none()) {
            let why = findings.into_iter().find(crate::diagnostic::Finding::is_error).map(|finding| finding.message);
            return Err(why.unwrap_or_else(|| "the record would have a mistake".to_owned()));
        }
        self.0.insert(path, text);
        Ok(found.name.clone())
    }

    /// The files to write.
    pub(super) fn files(self) -> impl Iterator<Item = BatchFile> {
        self.0.into_iter().map(|(path, text)| BatchFile { path, text, replaces: true })
    }
}

/// Where the record stands in a text that earlier edits may have moved.
fn position(text: &str, old: &Event, before: usize) -> usize {
    let quoted = format!("id = \"{}\"", old.id);
    text.find(&quoted).unwrap_or(before.min(text.len()))
}

/// Puts the tables of a draft in the place of those of the record.
fn tables(edit: &mut Edit, address: &Address, draft: &Draft) -> Result<(), String> {
    for index in (0..edit.changes(address)).rev() {
        if !edit.remove_change(address, index)? {
            return Err("comments stand in its `[[change]]` tables".to_owned());
        }
    }
    for index in (0..edit.parts(address)).rev() {
        if !edit.remove_part(address, index)? {
            return Err("comments stand in its `[[from]]` tables".to_owned());
        }
    }
    let one_line = |lines: &Vec<(&'static str, String)>| -> Vec<(&'static str, String)> {
        lines.iter().map(|(key, value)| (*key, one_line(value))).collect()
    };
    for (index, lines) in draft.from.iter().enumerate() {
        edit.add_part(address, index, &one_line(lines))?;
    }
    for lines in &draft.changes {
        edit.add_change(address, &one_line(lines))?;
    }
    Ok(())
}

/// A value in one line.
fn one_line(value: &str) -> String {
    if !value.contains('\n') {
        return value.to_owned();
    }
    match value.parse::<toml_edit::Value>() {
        Ok(toml_edit::Value::String(text)) => crate::record::value::toml_text(text.value()),
        Ok(toml_edit::Value::Array(list)) => {
            let values: Vec<String> = list.iter().map(|value| value.to_string().trim().to_owned()).collect();
            format!("[{}]", values.join(", "))
        }
        _ => value.to_owned(),
    }
}
