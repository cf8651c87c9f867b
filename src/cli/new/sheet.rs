//! `redletter new --locals-template`: a sheet for local events, to be filled in by people who keep spreadsheets.

use std::path::{Path, PathBuf};

use super::print_path;
use crate::cli::open::Opened;
use crate::cli::{Exit, Global, World};
use crate::error::{Error, Result};
use crate::record::sheet;
use crate::sink;

/// A sheet to write.
pub(super) struct Sheet {
    /// From the root.
    pub(super) name: String,
    /// As the record beside it names it.
    pub(super) file: String,
    path: PathBuf,
}

impl Sheet {
    fn new(name: String, opened: &Opened) -> Result<Self> {
        let path = opened.loaded.root.place(Path::new(&name)).map_err(|why| why.of(&name))?;
        if path.exists() {
            return Err(Error::new(format!("{name} exists already")).help("rename or delete that file first"));
        }
        let file = name.rsplit('/').next().unwrap_or(&name).to_owned();
        Ok(Sheet { name, file, path })
    }

    pub(super) fn write(&self, opened: &Opened) -> Result<()> {
        let text = sheet::template(opened.reading_language().code());
        sink::write_file(&self.path, |out| out.write_all(text.as_bytes()))
    }
}

/// The sheet of a new record.
pub(super) fn beside(record: &str, opened: &Opened) -> Result<Sheet> {
    Sheet::new(format!("{}.csv", record.strip_suffix(".toml").unwrap_or(record)), opened)
}

/// Writes a sheet for a record that is there already.
pub(super) fn alone(opened: &Opened, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let sheet = Sheet::new("events/locals.csv".to_owned(), opened)?;
    sheet.write(opened)?;
    print_path(&sheet.name, opened, world)?;
    world.note(global, "put it beside the record of the day of action, and add to the record: locals = \"locals.csv\"");
    Ok(Exit::Fine)
}
