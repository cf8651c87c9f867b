//! `redletter init --empty` in a calendar: deletes the examples that were not changed.

use std::path::Path;

use super::samples::{Found, found, may_be};
use crate::cli::check::count;
use crate::cli::{Exit, Global, World, lock, open};
use crate::diagnostic::Severity;
use crate::error::{Error, Result};
use crate::lock::Lock;

/// Runs it.
pub(super) fn run(folder: &Path, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let global = Global { root: Some(folder.to_owned()), ..global.clone() };
    let opened = open::open_to_write(&global, world)?;
    if opened.loaded.count(Severity::Error) > 0 {
        return Ok(opened.refuse("the examples were left as they are, because records have mistakes", &global, world));
    }
    let (mut gone, mut kept, mut ids) = (Vec::new(), Vec::new(), Vec::new());
    for (number, file) in opened.loaded.found.iter().enumerate() {
        if !may_be(&file.name) || file.refused.is_some() {
            continue;
        }
        let name = Path::new(&file.name);
        let Ok(bytes) = opened.loaded.root.read(name, LARGEST) else { continue };
        match found(&file.name, &String::from_utf8_lossy(&bytes)) {
            Found::Other => {}
            Found::Changed => kept.push(file.name.clone()),
            Found::Sample => {
                let path = opened.loaded.root.place(name).map_err(|why| why.of(&file.name))?;
                std::fs::remove_file(&path).map_err(|source| Error::io("delete", &path, &source))?;
                gone.push(file.name.clone());
                let events = opened.loaded.places.iter().zip(&opened.calendar().events);
                let own = events.filter(|(place, _)| place.file as usize == number);
                ids.extend(own.map(|(_, event)| event.id.to_string()));
            }
        }
    }
    drop(opened);
    // An example was never a real event, so feeds must not show it as cancelled.
    let known = Lock::read(folder)?;
    let is_known = |id: &String| known.iter().flat_map(Lock::entries).any(|entry| *entry.id == **id);
    ids.retain(is_known);
    let mut exit = Exit::Fine;
    if known.is_some() && !gone.is_empty() {
        exit = lock::run(&lock::Args::forgetting(ids), &Global { quiet: true, ..global.clone() }, world)?;
    }
    if gone.is_empty() && kept.is_empty() {
        world.note(&global, "there is no example in this calendar");
    }
    if !gone.is_empty() {
        world.note(&global, &format!("deleted {}: {}", count(gone.len(), "example", "examples"), gone.join(", ")));
    }
    for name in kept {
        world.note(&global, &format!("note: {name} was an example and has been changed, so that it stays"));
    }
    Ok(exit)
}

/// Bytes that a file has at most to be an example.
const LARGEST: u64 = 4096;
