//! Editing a record in place, for the verbs that do: find it, edit its text, judge what came out, show it, write it.
//!
//! What `check` would refuse is not written. Other redletters wait until the edit is written, and a file that another
//! program changed in the meantime is not overwritten.

mod clock;
mod lost;
mod moved_from;
mod named;
mod part;
mod reason;
pub(super) mod start;
pub(super) mod status;

use std::path::PathBuf;

use chrono::TimeDelta;

use super::open::{self, Opened};
use super::{Exit, Global, World};
use crate::calendar::load;
use crate::diagnostic::{self, Diagnostic, Finding, Severity};
use crate::error::{Error, Result};
use crate::event::{Event, When};
use crate::record::edit::{Address, Edit};
use crate::render::difference;
use crate::resolve::across::{self, Entry};
use crate::schedule;
use crate::sink;
use crate::source::root::{LARGEST_RECORDS, Root};
use crate::source::{Source, Span};
pub(super) use named::Named;
pub(super) use part::FromDay;

/// What all these verbs ask for.
#[derive(clap::Args, Debug)]
pub(super) struct EditArgs {
    /// Id of the event
    id: String,
    /// Only the occurrence on this day, as planned or as moved; with its hour if the day has several
    #[arg(long, value_name = "DAY")]
    pub(super) on: Option<String>,
    /// All occurrences from that day on: the one of that day, or the next one, and those after it
    #[arg(long, value_name = "DAY", conflicts_with = "on")]
    pub(super) from: Option<String>,
    /// The reason, a sentence: pages, digests and feeds show it with the status
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Show what would change, and write nothing
    #[arg(short = 'n', long)]
    dry_run: bool,
}

impl EditArgs {
    /// Loads the calendar for the edit, which is locked against other writers unless nothing is to be written.
    pub(super) fn open(&self, global: &Global, world: &mut World<'_>) -> Result<Opened> {
        if self.dry_run { open::open(global, world) } else { open::open_to_write(global, world) }
    }
}

/// A record in the course of being edited.
pub(super) struct RecordEdit<'o> {
    opened: &'o Opened,
    asked: &'o EditArgs,
    /// As it was.
    pub(super) event: &'o Event,
    /// The occurrence that is meant, where not all of the event is.
    pub(super) named: Option<Named<'o>>,
    /// The day from which on it is meant, where not all of a series is.
    pub(super) part: Option<FromDay<'o>>,
    /// Where the record stands in its file.
    pub(super) address: Address,
    pub(super) edit: Edit,
    /// What subscribers will see, a line each.
    pub(super) said: Vec<String>,
    /// What else the editor should know.
    pub(super) notes: Vec<String>,
    name: String,
    path: PathBuf,
    original: String,
}

/// Finds the record and the occurrence. A row of a sheet is not edited, and `in_a_sheet` says what to write there.
pub(super) fn begin<'o>(
    opened: &'o Opened,
    asked: &'o EditArgs,
    in_a_sheet: &str,
    global: &Global,
    world: &mut World<'_>,
) -> Result<RecordEdit<'o>> {
    let event = match opened.event(&asked.id) {
        Ok(event) => event,
        Err(error) => return Err(unsound(opened, &asked.id, global, world).unwrap_or(error)),
    };
    let loaded = &opened.loaded;
    let index = opened.calendar().events.partition_point(|other| other.id < event.id);
    let place = loaded.places[index];
    let found = &loaded.found[place.file as usize];
    if found.path.extension().is_none_or(|extension| extension != "toml") {
        let line = opened.loaded.source(place).place(place.start.start).line;
        return Err(Error::new(format!("`{}` is a row of a sheet, and only TOML is edited", event.id))
            .help(format!("in line {line} of {}, {in_a_sheet}", found.name)));
    }
    let original = read(&loaded.root, &found.path)?;
    let (judged, _) = judge(opened, &found.name, &original);
    let at = judged.iter().find(|one| one.id.as_deref() == Some(&*event.id)).map_or(0, |one| one.id_span.start);
    let edit = Edit::new(&original, at as usize);
    let address = edit.address(&event.id, at as usize).filter(|address| !edit.keys(address).is_empty());
    let Some(address) = address else {
        return Err(Error::new(format!("`{}` is not found in {}", event.id, found.name))
            .help("the file may have changed just now; try again"));
    };
    let mut record_edit = RecordEdit {
        opened,
        asked,
        event,
        named: None,
        part: None,
        address,
        edit,
        said: Vec::new(),
        notes: Vec::new(),
        name: found.name.clone(),
        path: found.path.clone(),
        original,
    };
    record_edit.named = named::named(&record_edit, asked.on.as_deref())?;
    record_edit.part = part::from_day(&record_edit, asked.from.as_deref())?;
    Ok(record_edit)
}

fn read(root: &Root, path: &std::path::Path) -> Result<String> {
    let name = path.strip_prefix(root.path()).unwrap_or(path).display().to_string();
    let bytes = root.read(path, LARGEST_RECORDS).map_err(|why| why.of(&name))?;
    String::from_utf8(bytes).map_err(|_| Error::new(format!("{name} is not UTF-8 text")))
}

fn judge(opened: &Opened, name: &str, text: &str) -> (Vec<crate::resolve::Judged>, Vec<Finding>) {
    let context = load::context(&opened.calendar().settings, &opened.tzdb, opened.now);
    load::judge_text(name, text, &context, false)
}

/// The error for a record that has mistakes of its own, which are shown.
fn unsound(opened: &Opened, id: &str, global: &Global, world: &mut World<'_>) -> Option<Error> {
    let wrong = |one: &&Diagnostic| one.finding.severity == Severity::Error;
    let mut names: Vec<&str> =
        opened.loaded.diagnostics.iter().filter(wrong).filter_map(|one| one.source.path.as_deref()).collect();
    names.dedup();
    let holds = |name: &&str| {
        let stem = name.rsplit('/').next().unwrap_or(name).strip_suffix(".toml");
        let path = opened.loaded.found.iter().find(|found| found.name == **name).map(|found| &found.path);
        let text = path.and_then(|path| read(&opened.loaded.root, path).ok()).unwrap_or_default();
        let (judged, _) = judge(opened, name, &text);
        judged.iter().any(|one| one.id.as_deref() == Some(id)) || (judged.is_empty() && stem == Some(id))
    };
    let name = names.into_iter().find(holds)?;
    let of_file: Vec<Diagnostic> = opened
        .loaded
        .diagnostics
        .iter()
        .filter(wrong)
        .filter(|one| one.source.path.as_deref() == Some(name))
        .cloned()
        .collect();
    show(&of_file, global, world);
    Some(Error::new("error: the record has mistakes already, and is not edited; mend them first").in_records())
}

fn show(diagnostics: &[Diagnostic], global: &Global, world: &mut World<'_>) {
    if !diagnostics.is_empty() {
        let text = diagnostic::text::render(diagnostics, world.err_color(Some(global)), world.width());
        world.say_drawn(text.trim_end());
    }
}

impl RecordEdit<'_> {
    /// The event's title; of a local event with its city, since all of a day share one title.
    fn title(&self) -> String {
        let city = self.event.location.as_deref().and_then(|location| location.city.as_deref());
        match city.filter(|_| self.event.id.contains('/')) {
            Some(city) => format!("{} in {city}", self.event.title),
            None => self.event.title.to_string(),
        }
    }

    /// Where the keys stand that change: in the record, or in the `[[change]]` of the occurrence, or in the `[[from]]` of the
    /// day, if there is one.
    pub(super) fn target(&self) -> Option<Address> {
        match (&self.named, &self.part) {
            (None, None) => Some(self.address.clone()),
            (None, Some(part)) => Some(Address::From(Box::new(self.address.clone()), part.table?)),
            (Some(named), _) => Some(Address::Change(Box::new(self.address.clone()), named.change?)),
        }
    }

    /// Sets a key of the record, or of the occurrence, which gets its `[[change]]` for it.
    pub(super) fn set(&mut self, key: &str, value: &str) -> Result<()> {
        let refused = |why: String| Error::new(format!("`{key}` cannot be written: {why}"));
        if let Some(target) = self.target() {
            return self.edit.set(&target, key, value).map_err(refused);
        }
        if let Some(part) = &mut self.part {
            let lines = [("date", part.date.to_string()), (key, value.to_owned())];
            self.edit.add_part(&self.address, part.at, &lines).map_err(refused)?;
            part.table = Some(part.at);
            return Ok(());
        }
        let Some(named) = &mut self.named else { return Ok(()) };
        let lines = [("occurrence", named.key.clone()), (key, value.to_owned())];
        self.edit.add_change(&self.address, &lines).map_err(refused)?;
        named.change = Some(self.edit.changes(&self.address).saturating_sub(1));
        Ok(())
    }

    /// The event as the edited text has it; none where `check` would refuse it.
    pub(super) fn after(&self) -> Option<Box<Event>> {
        let (judged, _) = judge(self.opened, &self.name, &self.edit.text());
        judged.into_iter().find(|one| one.id.as_deref() == Some(&*self.event.id))?.event
    }

    /// The event or the occurrence that is meant, in `event`.
    fn meant<'e>(&self, event: &'e Event) -> (&'e Event, When) {
        if let Some(part) = &self.part {
            return part::begins(event, part.date).unwrap_or((event, event.when));
        }
        let Some(named) = &self.named else { return (event, event.when) };
        let of = |strand: &'e Event| {
            let repeat = strand.repeat.as_deref()?;
            let happens = repeat.change(named.planned).is_some()
                || repeat.planned(&strand.when, named.planned, named.planned + TimeDelta::seconds(1)).next().is_some();
            let one = happens.then(|| schedule::occurrence(strand, repeat, named.planned))??;
            Some((one.event, one.when))
        };
        event.strands().find_map(of).unwrap_or((event, event.when))
    }

    /// Shows what changes, and writes it.
    pub(super) fn finish(mut self, global: &Global, world: &mut World<'_>) -> Result<Exit> {
        self.give_reason()?;
        let text = self.edit.text();
        if text == self.original {
            for note in &self.notes {
                world.note(global, &format!("note: {}", diagnostic::visible(note.chars())));
            }
            world.note(global, "nothing changes");
            return Ok(Exit::Fine);
        }
        let difference = difference::write(&self.name, &self.original, &text, world.color(global));
        let (_, before) = judge(self.opened, &self.name, &self.original);
        let (judged, mut findings) = judge(self.opened, &self.name, &text);
        // What was wrong before, with another event of the file, is no reason to keep this one from changing.
        for old in before {
            let same = |new: &Finding| {
                (new.code, &new.message, new.span.end - new.span.start)
                    == (old.code, &old.message, old.span.end - old.span.start)
            };
            if let Some(at) = findings.iter().position(same) {
                findings.remove(at);
            }
        }
        let edited = judged.into_iter().find(|one| one.id.as_deref() == Some(&*self.event.id));
        let event = edited.as_ref().and_then(|one| one.event.as_deref());
        findings.extend(
            event
                .map(|event| self.double_booked(event, edited.as_ref().map_or(Span::default(), |one| one.start_span)))
                .unwrap_or_default(),
        );
        let locals = self.opened.calendar().events.iter();
        let locals =
            locals.filter(|one| one.id.strip_prefix(&*self.event.id).is_some_and(|rest| rest.starts_with('/')));
        match locals.count() {
            0 => {}
            1 => self.notes.push("its local event goes along, unless it says otherwise itself".to_owned()),
            many => self.notes.push(format!("its {many} local events go along, unless they say otherwise themselves")),
        }
        let refused = event.is_none() || findings.iter().any(Finding::is_error);
        let source = Source::file(&*self.name, text.as_str());
        let mut diagnostics: Vec<Diagnostic> = findings.into_iter().map(|finding| finding.within(&source)).collect();
        diagnostic::sort(&mut diagnostics);
        world.print(&difference)?;
        if refused {
            show(&diagnostics, global, world);
            world.print_error(&Error::new(format!("{} was not changed: `redletter check` would refuse it", self.name)));
            return Ok(Exit::Problems);
        }
        let said: Vec<String> = self.said.iter().map(|line| diagnostic::visible(line.chars())).collect();
        world.print(&format!("\n{}\n", said.join("\n")))?;
        show(&diagnostics, global, world);
        for note in &self.notes {
            world.note(global, &format!("note: {}", diagnostic::visible(note.chars())));
        }
        if self.asked.dry_run {
            world.note(global, "nothing was written (--dry-run)");
            return Ok(Exit::Fine);
        }
        write(&self.opened.loaded.root, &self.path, &self.original, &text)?;
        let locked = self.opened.loaded.root.has_file(std::path::Path::new(crate::lock::FILE));
        let next = if locked {
            "after the next `redletter lock` and `redletter feed`"
        } else {
            "with the next `redletter feed`"
        };
        world.note(global, &format!("{} is written; subscribers learn of it {next}", self.name));
        Ok(Exit::Fine)
    }

    /// Other series at the same place at the same time, if the edit brought it there.
    fn double_booked(&self, event: &Event, start_span: Span) -> Vec<Finding> {
        if event.repeat.is_none() || event.location.is_none() {
            return Vec::new();
        }
        let loaded = &self.opened.loaded;
        let entry = |event, file, start_span| Entry {
            event: Some(event),
            id: None,
            file,
            id_span: Span::default(),
            start_span,
            uid_span: None,
            parent_span: None,
        };
        let events = &self.opened.calendar().events;
        let own = events.partition_point(|other| other.id < event.id);
        let places: Vec<_> = events.iter().zip(&loaded.places).enumerate().filter(|(index, _)| *index != own).collect();
        let mut entries: Vec<Entry<'_>> =
            places.iter().map(|(_, (event, place))| entry(event, place.file as usize, place.start)).collect();
        let last = entries.len();
        let meets = |entries: &[Entry<'_>]| -> Vec<Finding> {
            let source = |file: usize| {
                let found = loaded.places.iter().find(|place| place.file as usize == file);
                found.map_or_else(|| Source::file("", ""), |place| loaded.source(*place))
            };
            let found = across::double_booked(entries, self.opened.now, source);
            found.into_iter().filter(|(index, _)| *index == last).map(|(_, finding)| finding).collect()
        };
        entries.push(entry(self.event, loaded.places[own].file as usize, start_span));
        let before: Vec<String> = meets(&entries).into_iter().map(|finding| finding.message).collect();
        entries[last].event = Some(event);
        meets(&entries).into_iter().filter(|finding| !before.contains(&finding.message)).collect()
    }
}

/// Writes a file that is still as it was read.
pub(super) fn write(root: &Root, path: &std::path::Path, original: &str, text: &str) -> Result<()> {
    let changed = || Error::new(format!("{} changed while it was edited", path.display())).help("try again");
    if read(root, path)? != original {
        return Err(changed());
    }
    if root.stat(path).is_some_and(|found| found.permissions().readonly()) {
        return Err(Error::new(format!("cannot write {}: the file is read-only", path.display())));
    }
    sink::write_file(path, |out| out.write_all(text.as_bytes()))
}
