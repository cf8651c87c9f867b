//! Warnings of files among the records that look as if they were read, and are not.

use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, Finding};
use crate::source::find::{Found, Ignored, Seems};
use crate::source::root::{Kind, LARGEST_RECORDS, Root};
use crate::source::{Source, Span};

/// The warnings for the `ignored` files of the calendar at `root`. A sheet counts as read where it is among the `found`
/// files, or a record has its name.
pub(super) fn warnings(root: &Root, mut ignored: Vec<Ignored>, found: &[Found]) -> Vec<Diagnostic> {
    ignored.retain(|one| one.seems != Seems::Sheet || !found.iter().any(|found| found.name == one.name));
    let mut sheets: Vec<&str> =
        ignored.iter().filter(|one| one.seems == Seems::Sheet).map(|one| file_name(&one.name)).collect();
    // A sheet without rows, or one of a record with mistakes, is not among the files that gave events.
    let mut buffer = Vec::new();
    for record in found.iter().filter(|found| found.refused.is_none()) {
        if sheets.is_empty() {
            break;
        }
        if root.read_into(&record.path, LARGEST_RECORDS, &mut buffer).is_ok() {
            sheets.retain(|name| memchr::memmem::find(&buffer, name.as_bytes()).is_none());
        }
    }
    let unnamed: Vec<String> = sheets.into_iter().map(str::to_owned).collect();
    ignored.retain(|one| one.seems != Seems::Sheet || unnamed.iter().any(|name| name == file_name(&one.name)));
    let mut warnings: Vec<Diagnostic> = ignored.iter().map(warning).collect();
    warnings.extend(in_the_root(root));
    warnings
}

fn file_name(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

fn warning(ignored: &Ignored) -> Diagnostic {
    let file = file_name(&ignored.name);
    let (message, help) = match &ignored.seems {
        Seems::Record(right) => (
            format!("`{file}` is not read: the name of a record ends in `.toml`"),
            format!("call it `{right}`, or `_{file}` if it is meant to be left out"),
        ),
        Seems::OtherText => (
            format!("`{file}` is not read: records are TOML"),
            format!("write it as TOML, or call it `_{file}` if it is meant to be left out"),
        ),
        Seems::Calendar => (
            format!("`{file}` is not read: events from iCalendar files are imported as records"),
            format!("run `redletter import {}`, and delete the file or put it elsewhere", ignored.name),
        ),
        Seems::Sheet => (
            format!("`{file}` is not read: no record names it"),
            format!("write `locals = \"{file}\"` in the record of the action day beside it, or delete the file"),
        ),
        Seems::Spreadsheet => (
            format!("`{file}` is not read: a spreadsheet is read as CSV only"),
            "save it as CSV, and name that file by `locals` in the record of the action day beside it".to_owned(),
        ),
    };
    Finding::new(Code::IgnoredFile, Span::default(), message).help(help).within(&Source::file(&*ignored.name, ""))
}

/// The warnings for what stands in the root and should stand in `events`: a folder of records with another name, and
/// records.
fn in_the_root(root: &Root) -> Vec<Diagnostic> {
    let mut entries: Vec<(String, Kind)> = root
        .list(Path::new(""))
        .unwrap_or_default()
        .into_iter()
        .filter_map(|(name, kind)| Some((name.into_string().ok()?, kind)))
        .collect();
    entries.sort_by(|one, other| one.0.cmp(&other.0));
    let has_events = entries.iter().any(|(name, _)| name == "events");
    // `events` may be a link to the folder with the other name. A link that leads nowhere is reported as such.
    let linked = root.resolve(Path::new("events")).ok();
    let is_read = |name: &str| has_events && linked.as_ref().is_none_or(|real| real.starts_with(name));
    let is_record = |name: &str| name.to_lowercase().ends_with(".toml") && !name.starts_with(['.', '_']);
    let holds_records = |name: &str| {
        let inside = root.list(Path::new(name)).unwrap_or_default();
        inside.iter().any(|(own, _)| own.to_str().is_some_and(is_record))
    };
    let mut warnings = Vec::new();
    for (name, kind) in entries {
        let is_near = matches!(name.to_lowercase().as_str(), "events" | "event" | "records" | "record");
        let (message, help) = match kind {
            Kind::Folder if is_near && !is_read(&name) && (!has_events || holds_records(&name)) => (
                format!("the folder `{name}` is not read: records are in the folder `events`"),
                if has_events { "put its files into `events`" } else { "call it `events`" },
            ),
            Kind::File if name != "calendar.toml" && is_record(&name) && seems_a_record(root, &name) => (
                format!("`{name}` is not read: records are in the folder `events`"),
                "put it into `events`, or delete it",
            ),
            _ => continue,
        };
        let finding = Finding::new(Code::IgnoredFile, Span::default(), message).help(help);
        warnings.push(finding.within(&Source::file(name, "")));
    }
    warnings
}

/// Whether a file has the keys of a record; programs keep settings in TOML too.
fn seems_a_record(root: &Root, name: &str) -> bool {
    let Ok(bytes) = root.read(Path::new(name), LARGEST_RECORDS) else { return false };
    let text = String::from_utf8_lossy(&bytes);
    let has = |key: &str| text.lines().any(|line| line.trim_start().strip_prefix(key).is_some_and(is_assigned));
    (has("title") && (has("start") || has("kind"))) || text.lines().any(|line| line.trim() == "[[event]]")
}

fn is_assigned(rest: &str) -> bool {
    rest.trim_start().starts_with('=')
}
