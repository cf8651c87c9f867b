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
    warnings.extend(other_folder(root));
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

/// The warning for a folder of records that has another name, where there is none of the right name.
fn other_folder(root: &Root) -> Option<Diagnostic> {
    let entries = root.list(Path::new("")).ok()?;
    if entries.iter().any(|(name, _)| name == "events") {
        return None;
    }
    let folders = entries.into_iter().filter(|(_, kind)| *kind == Kind::Folder);
    let mut names: Vec<String> = folders.filter_map(|(name, _)| name.into_string().ok()).collect();
    names.sort();
    let is_near = |name: &String| matches!(name.to_lowercase().as_str(), "events" | "event" | "records" | "record");
    let name = names.into_iter().find(is_near)?;
    let message = format!("the folder `{name}` is not read: records are in the folder `events`");
    let finding = Finding::new(Code::IgnoredFile, Span::default(), message).help("call it `events`");
    Some(finding.within(&Source::file(name, "")))
}
