//! `redletter check`: every mistake in every file, in one run.

mod calendar;
mod feeds;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use calendar::{losses, moved_by_tzdb, unread_by_outlook, withheld_in_files, written_in_utc};

use super::open::{self, Opened};
use super::{Exit, Global, World, edit, stale};
use crate::calendar::sheets;
use crate::diagnostic::{self, Code, Diagnostic, Severity};
use crate::error::{Error, Result};
use crate::lock::{self};
use crate::sink;
use crate::source::find::{self, Found};
use crate::source::root::{LARGEST_SHEET, Root};
use crate::source::{STRUCK, Source, Span};

/// Arguments of `check`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Check only these files and folders
    path: Vec<PathBuf>,
    /// Read every feed back with a second parser, and find what is known to break in clients
    #[arg(long)]
    feeds: bool,
    /// Report only events to review: those past their `review-by`, and long-running ones without one
    #[arg(long, conflicts_with_all = ["feeds", "fix"])]
    stale: bool,
    /// Output format
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    format: Format,
    /// Treat warnings as errors
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,
    /// Apply the fixes that cannot change a meaning
    #[arg(long)]
    fix: bool,
}

/// How diagnostics are printed.
#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum Format {
    Text,
    Json,
    Github,
    Sarif,
}

#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum Deny {
    Warnings,
}

/// Runs it.
pub fn run(args: &Args, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let mut opened = if args.fix { open::open_to_write(global, world)? } else { open::open(global, world)? };
    if args.fix {
        let (files, changes) = mend(&opened)?;
        if files > 0 {
            for change in changes {
                world.note(global, &diagnostic::visible(change.chars()));
            }
            world.note(global, &format!("fixed {}", count(files, "file", "files")));
            opened = open::open(global, world)?;
        }
    }
    let mut diagnostics = std::mem::take(&mut opened.loaded.diagnostics);
    if let Some(secret) = world.members_secret()? {
        diagnostics.extend(secret.found_in(&opened.root));
    }
    let mut hidden = 0;
    if args.stale {
        // What has an error is not judged, so it may need a look too.
        hidden = diagnostics.iter().filter(|diagnostic| diagnostic.finding.is_error()).count();
        diagnostics.retain(|diagnostic| diagnostic.finding.code == Code::Stale);
        diagnostics.extend(stale::unreviewed(&opened));
    } else {
        diagnostics.extend(written_in_utc(&opened));
        diagnostics.extend(unread_by_outlook(&opened));
        diagnostics.extend(withheld_in_files(&opened)?);
        diagnostics.extend(moved_by_tzdb(&opened)?);
        diagnostics.extend(losses(&opened, world.clock)?);
    }
    diagnostic::sort(&mut diagnostics);
    let only = within(&args.path, &opened.root, &opened.loaded.found, world)?;
    if !only.is_empty() {
        diagnostics.retain(|diagnostic| {
            let file = diagnostic.source.path.as_deref().unwrap_or_default();
            only.iter().any(|path| {
                path.is_empty() || file == path || file.strip_prefix(&**path).is_some_and(|rest| rest.starts_with('/'))
            })
        });
    }
    let of = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.finding.severity == severity).count();
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    let loaded = &opened.loaded;
    let (files, records) = (loaded.files, loaded.records);

    match args.format {
        Format::Text => {
            let text = diagnostic::text::render(&diagnostics, world.color(global), world.width().max(60));
            world.print(&text)?;
        }
        Format::Json => {
            let document = serde_json::json!({
                "version": 1,
                "diagnostics": diagnostic::json::entries(&diagnostics),
                "summary": {"files": files, "events": records, "errors": errors, "warnings": warnings},
            });
            world.print(&diagnostic::visible_json(&format!("{document}\n")))?;
        }
        Format::Github => world.print(&diagnostic::github::render(&diagnostics))?,
        Format::Sarif => {
            world.print(&diagnostic::visible_json(&format!("{:#}\n", diagnostic::sarif::render(&diagnostics))))?;
        }
    }
    let verdict = match (errors, warnings) {
        (0, 0) => "no mistakes".to_owned(),
        (0, warnings) => count(warnings, "warning", "warnings"),
        (errors, 0) => count(errors, "error", "errors"),
        (errors, warnings) => {
            format!("{}, {}", count(errors, "error", "errors"), count(warnings, "warning", "warnings"))
        }
    };
    let verdict = match (args.stale, diagnostics.len()) {
        (false, _) => verdict,
        (true, 0) => "nothing to review".to_owned(),
        (true, found) => format!("{found} to review"),
    };
    if args.format == Format::Text {
        let checked = format!("{} in {}", count(records, "event", "events"), count(files, "file", "files"));
        world.note(global, &format!("{checked}: {verdict}"));
        if let Some(summary) = summary(&diagnostics) {
            world.note(global, &summary);
        }
        if diagnostics.iter().any(|diagnostic| diagnostic.finding.fix.is_some()) {
            world.note(global, "`redletter check --fix` can correct some of these");
        }
    }
    open::warn_of_old_rules(&opened.tzdb, opened.now, world);
    if hidden > 0 {
        let errors = count(hidden, "error", "errors");
        world.note_always(&format!("{errors} besides: `redletter check` shows what is wrong"));
    }
    let mut exit = Exit::Fine;
    if errors + hidden > 0 || (args.deny == Some(Deny::Warnings) && warnings > 0) {
        exit = Exit::Problems;
    }
    if args.feeds && errors == 0 && !feeds::are_sound(&opened, global, world)? {
        exit = Exit::Problems;
    }
    Ok(exit)
}

/// Findings by code, the most frequent first, where there are too many to count.
fn summary(diagnostics: &[Diagnostic]) -> Option<String> {
    const FEWEST: usize = 10;
    if diagnostics.len() < FEWEST {
        return None;
    }
    let mut counts: BTreeMap<(Severity, &str), usize> = BTreeMap::new();
    for diagnostic in diagnostics {
        *counts.entry((diagnostic.finding.severity, diagnostic.finding.code.name())).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|((severity, _), count)| (*severity, std::cmp::Reverse(*count)));
    let parts: Vec<String> = counts.iter().map(|((_, code), count)| format!("{count} {code}")).collect();
    Some(format!("by code: {}", parts.join(", ")))
}

/// `1 file`, `2 files`.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

/// The paths asked for, as they stand in diagnostics: names of files and of folders. The root itself is the empty one. A
/// path that is not here may be one of the calendar's, copied from a diagnostic.
///
/// # Errors
/// A path that does not exist, is not in the calendar, or is a file that is not one of the `found` ones or the settings.
pub(super) fn within(paths: &[PathBuf], root: &Path, found: &[Found], world: &World<'_>) -> Result<Vec<String>> {
    let real = |path: &Path| path.canonicalize().map_err(|source| Error::io("read", path, &source));
    let root = real(root)?;
    let mut names = Vec::new();
    for path in paths {
        let here = world.folder.join(path);
        let target = real(&here).or_else(|error| root.join(path).canonicalize().map_err(|_| error))?;
        let before = names.len();
        // By way of a link a file has a name that its real path does not show.
        let is_asked = |found: &&Found| {
            found.path == target
                || found
                    .path
                    .canonicalize()
                    .is_ok_and(|real| real == target || target.is_dir() && real.starts_with(&target))
        };
        let below = target.strip_prefix(&root).ok().map(|below| {
            let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            parts.join("/")
        });
        match below {
            Some(name) if target.is_dir() && is_folder_of_records(&name) => names.push(name),
            Some(name) if SETTINGS.contains(&&*name) => names.push(name),
            Some(name) if found.iter().any(|found| found.name == name) => names.push(name),
            _ => {}
        }
        if names.len() == before {
            names.extend(found.iter().filter(is_asked).map(|found| found.name.clone()));
        }
        if names.len() == before {
            return Err(not_a_record(path, &target, &root));
        }
    }
    Ok(names)
}

/// Files beside the records that have diagnostics.
const SETTINGS: [&str; 2] = ["calendar.toml", lock::FILE];

fn is_folder_of_records(name: &str) -> bool {
    name.is_empty() || name == "events" || name.starts_with("events/")
}

/// The error for a path that names nothing which is read.
fn not_a_record(path: &Path, target: &Path, root: &Path) -> Error {
    let shown = path.display();
    if !target.starts_with(root) {
        return Error::new(format!("{shown} is not in the calendar at {}", root.display()));
    }
    if target.is_dir() {
        return Error::new(format!("{shown} has no records")).help("records are in the folder `events`");
    }
    let file = target.file_name().unwrap_or_default().to_string_lossy();
    let is_toml = target.extension().is_some_and(|ending| ending == "toml");
    let error = Error::new(format!("{shown} is not a record"));
    if !is_toml {
        return match find::Seems::of(&file) {
            Some(find::Seems::Calendar) => error.help(format!("`redletter import {shown}` makes records of it")),
            Some(find::Seems::Sheet) => error.help("a sheet is read where a record names it by `locals`"),
            _ => error.help("the name of a record ends in `.toml`, in small letters"),
        };
    }
    if target.starts_with(root.join("events")) {
        return error.help("files and folders whose names begin with `.` or `_` are left out");
    }
    error.help("records are in the folder `events`")
}

/// Applies the mechanical changes, and says in how many files, and what was changed into what.
fn mend(opened: &Opened) -> Result<(usize, Vec<String>)> {
    let mut files: Vec<(&Arc<Source>, Vec<&diagnostic::Fix>)> = Vec::new();
    for diagnostic in &opened.loaded.diagnostics {
        let Some(fix) = &diagnostic.finding.fix else { continue };
        match files.iter_mut().find(|(source, _)| source.path == diagnostic.source.path) {
            Some((_, fixes)) => fixes.push(fix),
            None => files.push((&diagnostic.source, vec![fix])),
        }
    }
    let mut mended = 0;
    let mut changes = Vec::new();
    for (source, mut fixes) in files {
        let Some(path) = &source.path else { continue };
        let mut text = source.text.clone();
        // Of two that overlap, the later one waits for the next run.
        fixes.sort_by_key(|fix| fix.span);
        let mut edits: BTreeMap<Span, &str> = BTreeMap::new();
        for fix in fixes {
            let all = fix.edits();
            let overlaps = |(span, _): &(Span, &str)| {
                let before = edits.range(..=*span).next_back().map(|(other, _)| *other);
                let after = edits.range(*span..).next().map(|(other, _)| *other);
                before.is_some_and(|other| other == *span || other.end > span.start)
                    || after.is_some_and(|other| other.start < span.end)
            };
            if !all.iter().any(overlaps) {
                edits.extend(all);
            }
        }
        // From the end on, so that places before stay where they are.
        for (span, new) in edits.into_iter().rev() {
            let line = source.place(span.start).line;
            let told = |text: &str| match text.trim() {
                _ if source.hides(span) => STRUCK.to_owned(),
                text => diagnostic::shorten(text),
            };
            let (old, is_deleted) = (&source.text[span.range()], new.is_empty());
            let new_words = if is_deleted { "(deleted)".to_owned() } else { told(new) };
            changes.push(format!("{path}:{line}: {} → {new_words}", told(old)));
            text.replace_range(span.range(), new);
        }
        if text != source.text {
            // By its real path, so that a link to a record stays a link.
            let place = opened.loaded.root.place(Path::new(path)).map_err(|why| why.of(path))?;
            if is_sheet(path) {
                rewrite_sheet(&opened.loaded.root, &place, &source.text, &text)?;
            } else {
                edit::write(&opened.loaded.root, &place, &source.text, &text)?;
            }
            mended += 1;
        }
    }
    Ok((mended, changes))
}

fn is_sheet(path: &str) -> bool {
    !path.to_ascii_lowercase().ends_with(".toml")
}

/// Writes a sheet in the encoding that it has.
fn rewrite_sheet(root: &Root, path: &Path, original: &str, text: &str) -> Result<()> {
    let bytes = root.read(path, LARGEST_SHEET).map_err(|why| why.of(&path.display().to_string()))?;
    let Some(bytes) = sheets::rewritten(&bytes, original, text) else {
        return Err(Error::new(format!(
            "cannot change {}: its encoding has no such letters, or it changed",
            path.display()
        ))
        .help("save it as `CSV UTF-8`, and try again"));
    };
    sink::write_file(path, |out| out.write_all(&bytes))
}

#[cfg(test)]
mod tests;
