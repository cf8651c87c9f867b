//! `redletter import SOURCE…`: events of other calendars as records, with their UIDs, so that subscribers see no duplicates.
//!
//! All records are written or none. What was carried in another form, and what was not carried, is said by property.

pub(super) mod address;
mod print;
mod read;
mod sources;
mod target;
mod update;

use std::path::PathBuf;

use clap::ValueEnum;

use super::{Exit, Global, World, open, writing};
use crate::error::{Error, Result};
use crate::import::summary::Summary;

/// Arguments of `import`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// An .ics file, `-` for standard input, a folder of .ics files, an address, a TOML file of toml-to-ical, a YAML file of
    /// yaml2ics, or a CSV sheet whose columns are named as our fields
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<String>,
    /// Folder of the calendar; one is made if there is none [default: the calendar here, else this folder]
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,
    /// Kind of events whose categories name none [default: the calendar's, else meeting]
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// Zone of a new calendar, and of times without one [default: what the source says]
    #[arg(short = 't', long, value_name = "ZONE")]
    timezone: Option<String>,
    /// One file for each event, for each year, or for all
    #[arg(long, value_enum, default_value = "file", value_name = "HOW")]
    split: Split,
    /// Also change events that are in the calendar already, where the source differs
    #[arg(long)]
    update: bool,
    /// Also import private and confidential events
    #[arg(long)]
    private: bool,
    /// Write nothing, and say what would be written
    #[arg(long)]
    dry_run: bool,
    /// Form of the summary
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    format: Format,
}

/// How records are divided into files.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum Split {
    /// events/2026/03-02-title.toml
    File,
    /// events/2026.toml
    Year,
    /// events/imported.toml
    One,
}

/// Form of the summary.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Runs it.
pub fn run(args: &Args, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let mut sources = sources::read(&args.sources, world)?;
    read::add_included(&mut sources);
    let tzdb = open::tzdb(global, world)?;
    let now = world.now(global)?;
    let root = match &args.into {
        Some(folder) => world.folder.join(folder),
        None => open::find_root(global, world)?.unwrap_or_else(|| world.folder.clone()),
    };
    let is_there = crate::source::root::is_calendar(&root);
    if root.exists() && !root.is_dir() {
        return Err(Error::new(format!("{} is not a folder", root.display())));
    }
    let _lock = if is_there && !args.dry_run { Some(writing::lock(&root, global, world)?) } else { None };
    let loaded = if is_there { Some(crate::calendar::load(&root, &tzdb, now)?) } else { None };
    if let Some(loaded) = &loaded
        && loaded.count(crate::diagnostic::Severity::Error) > 0
    {
        // An event that has a mistake would not be known as the one that comes again.
        return Err(Error::new("the records of the calendar have mistakes, and nothing was imported")
            .help("`redletter check` shows them"));
    }
    let mut summary = Summary::default();
    let mut target = target::Target::new(&tzdb, now, root, loaded.as_ref());
    let read = read::all(&sources, args, &mut target, &mut summary, world)?;
    let names: Vec<&str> = sources.iter().map(|source| &*source.name).collect();
    if let read::Read::NoCalendar = read {
        print::problems(&summary, &names, global, world);
        world.note_always("error: nothing was imported");
        return Ok(Exit::Problems);
    }
    let plan = target.plan(args, &mut summary);
    let is_nothing = plan.imported.is_empty() && plan.updated.is_empty();
    if !args.dry_run && !is_nothing {
        plan.write(&target)?;
    }
    print::problems(&summary, &names, global, world);
    match args.format {
        Format::Text => print::text(&plan, &summary, &names, args, &target, global, world)?,
        Format::Json => print::json(&plan, &summary, &names, args, &target, world)?,
    }
    if !summary.has_losses() && target.seen == 0 && summary.entries.is_empty() {
        world.note_always("error: there is no event in the source, and nothing was imported");
        return Ok(Exit::Problems);
    }
    Ok(if summary.has_losses() { Exit::Problems } else { Exit::Fine })
}
