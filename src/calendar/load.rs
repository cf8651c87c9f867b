//! The whole front half in one call: files to a checked calendar and all diagnostics.
//!
//! Files are read once, by as many threads as there are processors, into a buffer that is used again. A file's text is
//! kept only where something is wrong with it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};

use super::{Calendar, Settings, settings};
use crate::diagnostic::{self, Code, Diagnostic, Finding, Severity};
use crate::error::Result;
use crate::record::read::{Document, Part, document};
use crate::record::split;
use crate::resolve::{self, Context, Judged, Origin, across};
use crate::source::find::{self, Found, LARGEST};
use crate::source::{Source, Span};
use crate::zone::Tzdb;

/// A calendar may have this many records; more would be somebody's mistake, and would not fit into memory.
const MOST_RECORDS: usize = 2_000_000;

/// What a folder holds.
#[derive(Debug)]
pub struct Loaded {
    /// The events without errors.
    pub calendar: Calendar,
    /// All mistakes, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// Where the start of each event stands, in the order of the calendar's events.
    pub places: Vec<Place>,
    /// The files, in order.
    pub found: Vec<Found>,
    /// How many files were found.
    pub files: usize,
    /// How many events they hold, those with errors included.
    pub records: usize,
}

/// Where an event was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    /// Number of the file.
    pub file: u32,
    /// Its start.
    pub start: Span,
}

impl Loaded {
    /// The text in which an event was written, read again.
    pub fn source(&self, place: Place) -> Arc<Source> {
        read_again(&self.found[place.file as usize])
    }

    /// How many diagnostics have that severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.finding.severity == severity).count()
    }
}

/// Loads the calendar at `root`.
pub fn load(root: &Path, tzdb: &Tzdb, now: DateTime<Utc>) -> Result<Loaded> {
    let mut diagnostics = Vec::new();
    let settings = settings::load(root, tzdb, &mut diagnostics);
    let files = find::records(root)?;
    let context = context(&settings, tzdb, now);
    let mut judged = judge_all(&files, &context);
    diagnostics.append(&mut judged.diagnostics);
    if judged.records.len() > MOST_RECORDS {
        let finding =
            Finding::new(Code::TooLarge, Span::default(), format!("the calendar has over {MOST_RECORDS} records"));
        diagnostics.push(finding.within(&Source::file("events", "")));
    }
    let records = judged.records.len();

    let entries: Vec<across::Entry<'_>> = judged
        .records
        .iter()
        .map(|(file, judged)| across::Entry {
            event: judged.event.as_ref(),
            id: judged.id.as_deref(),
            file: *file,
            id_span: judged.id_span,
            start_span: judged.start_span,
            uid_span: judged.uid_span,
            parent_span: judged.parent_span,
        })
        .collect();
    // A file with many such mistakes is read again once.
    let again: RefCell<HashMap<usize, Arc<Source>>> = RefCell::default();
    let source = |file: usize| Arc::clone(again.borrow_mut().entry(file).or_insert_with(|| read_again(&files[file])));
    let mut wrong: Vec<(usize, Finding)> = across::check(&entries, source);
    wrong.extend(across::double_booked(&entries, now, source));
    drop(entries);
    for (entry, finding) in wrong {
        let (file, record) = &mut judged.records[entry];
        if finding.is_error() {
            record.event = None;
        }
        diagnostics.push(finding.within(&source(*file)));
    }
    diagnostic::sort(&mut diagnostics);

    let mut placed: Vec<_> = judged
        .records
        .into_iter()
        .filter_map(|(file, judged)| Some((judged.event?, Place { file: file as u32, start: judged.start_span })))
        .collect();
    placed.sort_unstable_by(|(a, _), (b, _)| a.id.cmp(&b.id));
    let (events, places) = placed.into_iter().unzip();
    let calendar = Calendar { settings, events };
    Ok(Loaded { calendar, diagnostics, places, files: files.len(), found: files, records })
}

/// What the records of a calendar with these settings are judged by.
pub fn context<'c>(settings: &'c Settings, tzdb: &'c Tzdb, now: DateTime<Utc>) -> Context<'c> {
    Context {
        kinds: &settings.kinds,
        default_kind: settings.default_kind,
        timezone: settings.timezone,
        domain: &settings.domain,
        tzdb,
        now,
    }
}

/// Judged records with the number of their file, in the order of the files.
#[derive(Debug, Default)]
struct Batch {
    records: Vec<(usize, Judged)>,
    diagnostics: Vec<Diagnostic>,
}

/// Files that a thread takes at a time, so that threads seldom meet.
const STEP: usize = 16;

fn judge_all(files: &[Found], context: &Context<'_>) -> Batch {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(files.len().max(1)).min(8);
    if files.len() == 1 {
        return judge_file(0, &files[0], context, &mut Vec::new(), true);
    }
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, Batch)>> = Mutex::new(Vec::new());
    let work = || {
        let mut buffer = Vec::new();
        let mut mine = Vec::new();
        loop {
            let start = next.fetch_add(STEP, Ordering::Relaxed);
            if start >= files.len() {
                break;
            }
            let mut batch = Batch::default();
            for (index, file) in files.iter().enumerate().skip(start).take(STEP) {
                let mut one = judge_file(index, file, context, &mut buffer, false);
                batch.records.append(&mut one.records);
                batch.diagnostics.append(&mut one.diagnostics);
            }
            mine.push((start, batch));
        }
        if let Ok(mut done) = done.lock() {
            done.append(&mut mine);
        }
    };
    if threads <= 1 {
        work();
    } else {
        std::thread::scope(|scope| {
            for _ in 1..threads {
                scope.spawn(work);
            }
            work();
        });
    }
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(start, _)| *start);
    let mut all = Batch::default();
    for (_, mut batch) in done {
        all.records.append(&mut batch.records);
        all.diagnostics.append(&mut batch.diagnostics);
    }
    all
}

fn judge_file(index: usize, file: &Found, context: &Context<'_>, buffer: &mut Vec<u8>, alone: bool) -> Batch {
    let only = |code: Code, message: String| {
        let finding = Finding::new(code, Span::default(), message);
        Batch { records: Vec::new(), diagnostics: vec![finding.within(&Source::file(&*file.name, ""))] }
    };
    if let Some(why) = &file.refused {
        let mut refused = only(Code::Unreadable, format!("{} cannot be read: {why}", file.name));
        refused.diagnostics[0].finding.help = vec!["put a plain file in its place, or delete it".to_owned()];
        return refused;
    }
    match read_into(&file.path, buffer) {
        Ok(()) => {}
        Err(Unread::TooLarge(bytes)) => {
            let message = format!("{} has {} MB, over {}", file.name, bytes / 1_000_000, LARGEST / 1_000_000);
            let mut refused = only(Code::TooLarge, message);
            refused.diagnostics[0].finding.help =
                vec!["split it into several files, such as one for each year".to_owned()];
            return refused;
        }
        Err(Unread::Io(error)) => return only(Code::Unreadable, format!("{} cannot be read: {error}", file.name)),
    }
    let text = match std::str::from_utf8(buffer) {
        Ok(text) => text,
        Err(error) => {
            let text = String::from_utf8_lossy(buffer).into_owned();
            let finding = not_utf8(&text, error.valid_up_to());
            return Batch { records: Vec::new(), diagnostics: vec![finding.within(&Source::file(&*file.name, text))] };
        }
    };
    let (judged, findings) = judge_text(&file.name, text, context, alone);
    let mut batch =
        Batch { records: judged.into_iter().map(|judged| (index, judged)).collect(), diagnostics: Vec::new() };
    if !findings.is_empty() {
        let source = Source::file(&*file.name, text);
        batch.diagnostics = findings.into_iter().map(|finding| finding.within(&source)).collect();
    }
    batch
}

/// Judges the text of one file; `alone` allows it all threads.
pub fn judge_text(name: &str, text: &str, context: &Context<'_>, alone: bool) -> (Vec<Judged>, Vec<Finding>) {
    // A byte order mark is tolerated, and is no part of the first line.
    let bom = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
    let mut parts = split::parts(&text[bom..]);
    for part in &mut parts {
        *part = part.start + bom..part.end + bom;
    }
    let mut first_findings = Vec::new();
    let beginning = if parts.len() == 1 { Part::Whole } else { Part::First };
    let first = document(&text[parts[0].clone()], parts[0].start as u32, beginning, &mut first_findings);
    let shared = first.as_ref().and_then(|document| document.defaults.clone());
    let rest = &parts[1..];
    let judge_part = |part: &std::ops::Range<usize>, findings: &mut Vec<Finding>| -> Option<Vec<Judged>> {
        let document = document(&text[part.clone()], part.start as u32, Part::Later, findings)?;
        if let Some(field) = &document.defaults {
            findings.push(
                Finding::new(Code::Syntax, field.key, "`[defaults]` stands behind the first event of a large file")
                    .label("expected it at the top of the file"),
            );
        }
        Some(judge_document(&document, shared.as_ref().map(|field| &field.value), name, text, context, findings))
    };

    let threads = if alone { std::thread::available_parallelism().map_or(1, usize::from).min(8) } else { 1 };
    let chunk = rest.len().div_ceil(threads * 4).max(1);
    let mut results: Vec<(Option<Vec<Judged>>, Vec<Finding>)> = Vec::new();
    let run = |parts: &[std::ops::Range<usize>]| {
        let mut findings = Vec::new();
        let mut judged = Some(Vec::with_capacity(parts.len()));
        for part in parts {
            match (judge_part(part, &mut findings), &mut judged) {
                (Some(mut more), Some(judged)) => judged.append(&mut more),
                _ => judged = None,
            }
        }
        (judged, findings)
    };
    if threads == 1 || rest.len() < 64 {
        results.push(run(rest));
    } else {
        let next = AtomicUsize::new(0);
        let done = Mutex::new(Vec::new());
        let work = || {
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some(parts) = rest.chunks(chunk).nth(index) else { break };
                let result = run(parts);
                if let Ok(mut done) = done.lock() {
                    done.push((index, result));
                }
            }
        };
        std::thread::scope(|scope| {
            for _ in 1..threads {
                scope.spawn(work);
            }
            work();
        });
        let mut done = done.into_inner().unwrap_or_default();
        done.sort_by_key(|(index, _)| *index);
        results.extend(done.into_iter().map(|(_, result)| result));
    }

    let mut findings = first_findings;
    let mut judged = match &first {
        Some(document) => {
            let shared = document.defaults.as_ref().map(|field| &field.value);
            judge_document(document, shared, name, text, context, &mut findings)
        }
        None => Vec::new(),
    };
    let mut sound = first.is_some();
    for (more, mut wrong) in results {
        findings.append(&mut wrong);
        match more {
            Some(mut more) => judged.append(&mut more),
            None => sound = false,
        }
    }
    if !sound {
        // After a mistake of syntax the rest of the file is not judged.
        judged.clear();
        findings.retain(|finding| finding.code == Code::Syntax);
    }
    (judged, findings)
}

fn judge_document(
    document: &Document<'_>,
    shared: Option<&crate::record::Record<'_>>,
    name: &str,
    text: &str,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) -> Vec<Judged> {
    let mut judged = Vec::with_capacity(document.records.len());
    for field in &document.records {
        let key = field.key.range();
        let line = text[key.start..].lines().next().map_or(0, str::len).min(key.len());
        let table = Span::new(key.start..key.start + line);
        let origin = Origin { file: name, many: document.many, table };
        judged.push(match shared {
            Some(shared) => {
                let mut record = field.value.clone();
                if record.end.is_none() && record.duration.is_none() {
                    record.inherit(shared);
                } else {
                    // Its own end replaces the shared one, in whichever of the two ways that was given.
                    let (end, duration) = (record.end.clone(), record.duration.clone());
                    record.inherit(shared);
                    (record.end, record.duration) = (end, duration);
                }
                resolve::event(&record, &origin, context, findings)
            }
            None => resolve::event(&field.value, &origin, context, findings),
        });
    }
    judged
}

/// Why a file was not read.
enum Unread {
    TooLarge(u64),
    Io(std::io::Error),
}

fn read_into(path: &Path, buffer: &mut Vec<u8>) -> Result<(), Unread> {
    buffer.clear();
    let mut file = File::open(path).map_err(Unread::Io)?;
    let size = file.metadata().map_err(Unread::Io)?.len();
    if size > LARGEST {
        return Err(Unread::TooLarge(size));
    }
    buffer.reserve(size as usize + 1);
    // The size may have been a lie (a file that grows, /proc), so the read has a bound of its own.
    file.by_ref().take(LARGEST + 1).read_to_end(buffer).map_err(Unread::Io)?;
    if buffer.len() as u64 > LARGEST { Err(Unread::TooLarge(buffer.len() as u64)) } else { Ok(()) }
}

/// The bytes of a small file; `None` where there is none.
pub(super) fn read(path: &Path) -> Result<Option<Vec<u8>>, String> {
    let mut buffer = Vec::new();
    match read_into(path, &mut buffer) {
        Ok(()) => Ok(Some(buffer)),
        Err(Unread::Io(error)) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(Unread::Io(error)) => Err(error.to_string()),
        Err(Unread::TooLarge(bytes)) => Err(format!("it has {} MB", bytes / 1_000_000)),
    }
}

/// The finding for bytes that are no UTF-8, at `place` of the text with what is wrong replaced.
pub(super) fn not_utf8(text: &str, place: usize) -> Finding {
    let end = text[place..].chars().next().map_or(place, |character| place + character.len_utf8());
    Finding::new(Code::InvalidUtf8, Span::new(place..end), "the file is not UTF-8 text")
        .label("these bytes are no character")
        .help("open it in an editor and save it with the encoding UTF-8")
}

/// The text of a file, for a diagnostic that was found after the file was closed.
fn read_again(file: &Found) -> Arc<Source> {
    let mut buffer = Vec::new();
    let text = match read_into(&file.path, &mut buffer) {
        Ok(()) => String::from_utf8(buffer).unwrap_or_default(),
        Err(_) => String::new(),
    };
    Source::file(&*file.name, text)
}
