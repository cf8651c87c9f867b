//! The whole front half in one call: files to a checked calendar and all diagnostics.
//!
//! Files are read once, by as many threads as there are processors, into a buffer that is used again. A file's text is
//! kept only where something is wrong with it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use chrono::{DateTime, Utc};

use super::cache::{Cache, File as KnownFile, Stamp};
pub use super::judge::judge_text;
use super::judge::{self, judge_file_text};
use super::{Calendar, Settings, blocks, leaks, settings, threads, unread};
use crate::diagnostic::{self, Code, Diagnostic, Finding, Severity};
use crate::error::Result;
use crate::privacy::Search;
use crate::resolve::{Context, Judged, Sheet, across};
use crate::source::find::{self, Found};
use crate::source::root::{Folder, LARGEST_RECORDS, LARGEST_SETTINGS, LARGEST_SHEET, Root, Unopened};
use crate::source::{Source, Span};
use crate::zone::Tzdb;

/// A calendar may have this many records; more would be somebody's mistake, and would not fit into memory.
const MOST_RECORDS: usize = 2_000_000;

/// What a folder holds.
#[derive(Debug)]
pub struct Loaded {
    /// The folder.
    pub root: Root,
    /// The events without errors.
    pub calendar: Calendar,
    /// All mistakes, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// Where the start of each event stands, in the order of the calendar's events.
    pub places: Vec<Place>,
    /// Temporary files that a killed process may have left.
    pub temporary: Vec<PathBuf>,
    /// The files, in order.
    pub found: Vec<Found>,
    /// How many files were found.
    pub files: usize,
    /// How many events they hold, those with errors included.
    pub records: usize,
    /// What the records withhold, those with errors included.
    pub withheld: Search,
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
        read_again(&self.root, &self.found[place.file as usize])
    }

    /// Whether a file that has mistakes may hold the event of that id, which is not among the events then.
    pub fn is_unread(&self, id: &str) -> bool {
        is_unread(&self.diagnostics, id)
    }

    /// How many diagnostics have that severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.finding.severity == severity).count()
    }
}

/// Whether a file in which there are mistakes may hold the event of that id.
pub fn is_unread(mistakes: &[Diagnostic], id: &str) -> bool {
    let parent = id.split('/').next().unwrap_or(id);
    let errors = mistakes.iter().filter(|diagnostic| diagnostic.finding.is_error());
    errors.map(|diagnostic| &diagnostic.source).any(|source| {
        let stem = source.path.as_deref().and_then(|path| path.rsplit('/').next()?.split('.').next());
        stem == Some(parent) || source.text.contains(parent)
    })
}

/// Loads the calendar at `root`.
pub fn load(root: &Path, tzdb: &Tzdb, now: DateTime<Utc>) -> Result<Loaded> {
    loaded(root, tzdb, now, None)
}

/// The same, with what is known from before of files that did not change; `clock` is the time by which files are stamped,
/// whatever the as-of time is.
pub fn load_cached(
    root: &Path,
    tzdb: &Tzdb,
    now: DateTime<Utc>,
    known: &mut Cache,
    clock: DateTime<Utc>,
) -> Result<Loaded> {
    loaded(root, tzdb, now, Some((known, clock.into())))
}

fn loaded(root: &Path, tzdb: &Tzdb, now: DateTime<Utc>, known: Option<(&mut Cache, SystemTime)>) -> Result<Loaded> {
    let mut diagnostics = Vec::new();
    let root = Root::open(root)?;
    let settings = settings::load(&root, tzdb, &mut diagnostics);
    let find::Files { records: mut found, ignored, temporary } = find::files(&root);
    let files = found.len();
    let context = context(&settings, tzdb, now);
    let mut judged = match known {
        Some((known, began)) => judge_changed(&root, &found, &context, known, began),
        None => judge_all(&root, &found, &context),
    };
    number_sheets(&mut judged.records, &mut found);
    diagnostics.append(&mut judged.diagnostics);
    diagnostics.extend(unread::warnings(&root, ignored, &found));
    if judged.records.len() > MOST_RECORDS {
        let finding =
            Finding::new(Code::TooLarge, Span::default(), format!("the calendar has over {MOST_RECORDS} records"));
        diagnostics.push(finding.within(&Source::file("events", "")));
    }
    let records = judged.records.len();

    // A file with many such mistakes is read again once.
    let again: RefCell<HashMap<usize, Arc<Source>>> = RefCell::default();
    let source =
        |file: usize| Arc::clone(again.borrow_mut().entry(file).or_insert_with(|| read_again(&root, &found[file])));
    let search = leaks::search(&judged.records);
    let leaking = leaks::check(&mut judged.records, &search, source);

    let entries: Vec<across::Entry<'_>> = judged
        .records
        .iter()
        .map(|(file, judged)| across::Entry {
            event: judged.event.as_deref(),
            id: judged.id.as_deref(),
            file: *file as usize,
            id_span: judged.id_span,
            start_span: judged.start_span,
            uid_span: judged.uid_span,
            parent_span: judged.parent_span,
        })
        .collect();
    let mut wrong: Vec<(usize, Finding)> = across::check(&entries, source);
    wrong.extend(across::double_booked(&entries, now, source));
    drop(entries);
    for (entry, finding) in wrong {
        let (file, record) = &mut judged.records[entry];
        if finding.is_error() {
            record.event = None;
        }
        diagnostics.push(finding.within(&source(*file as usize)));
    }
    diagnostics.extend(leaking);
    if !search.is_empty()
        && let Ok(bytes) = root.read(Path::new("calendar.toml"), LARGEST_SETTINGS)
    {
        let source = Source::file("calendar.toml", String::from_utf8_lossy(&bytes));
        diagnostics.extend(leaks::of_file(&source, &search));
    }
    leaks::strike(&mut diagnostics, &search);
    diagnostic::sort(&mut diagnostics);

    let mut placed: Vec<_> = judged
        .records
        .into_iter()
        .filter_map(|(file, judged)| Some((judged.event?, Place { file, start: judged.start_span })))
        .collect();
    placed.sort_unstable_by(|(a, _), (b, _)| a.id.cmp(&b.id));
    let (events, places): (_, Vec<Place>) = placed.into_iter().map(|(event, place)| (*event, place)).unzip();
    let calendar = Calendar { settings, events, as_of: now };
    for event in calendar.without_feed() {
        let Ok(index) = calendar.events.binary_search_by(|other| other.id.cmp(&event.id)) else { continue };
        let Place { file, start } = places[index];
        diagnostics.push(feed_name_taken(&event.id, start).within(&read_again(&root, &found[file as usize])));
    }
    diagnostic::sort(&mut diagnostics);
    Ok(Loaded { root, temporary, calendar, diagnostics, places, found, files, records, withheld: search })
}

fn feed_name_taken(id: &str, span: Span) -> Finding {
    Finding::new(
        Code::FeedNameTaken,
        span,
        format!("another feed is called `{id}`, so this event gets no feed of its own"),
    )
    .label("other events are part of it")
    .help("give the event another `id`, or the feed another `name`, if both are to be read")
}

/// Gives the rows of sheets the numbers of their files, which come behind those of the records.
fn number_sheets(records: &mut [(u32, Judged)], found: &mut Vec<Found>) {
    let mut numbers: HashMap<Arc<Sheet>, u32> = HashMap::new();
    for (file, judged) in records {
        let Some(sheet) = judged.sheet.take() else { continue };
        *file = *numbers.entry(sheet).or_insert_with_key(|sheet| {
            found.push(Found { name: sheet.name.clone(), path: sheet.path.clone(), refused: None });
            found.len() as u32 - 1
        });
    }
}

/// What the records of a calendar with these settings are judged by.
pub fn context<'c>(settings: &'c Settings, tzdb: &'c Tzdb, now: DateTime<Utc>) -> Context<'c> {
    Context {
        kinds: &settings.kinds,
        default_kind: settings.default_kind,
        language: &settings.language,
        timezone: settings.timezone,
        domain: &settings.domain,
        tzdb,
        now,
    }
}

/// Judged records with the number of their file, in the order of the files.
#[derive(Debug, Default)]
struct Batch {
    records: Vec<(u32, Judged)>,
    diagnostics: Vec<Diagnostic>,
    /// Whether other files were asked for.
    asks_sheets: bool,
}

impl Batch {
    fn of(diagnostic: Diagnostic) -> Self {
        Batch { diagnostics: vec![diagnostic], ..Batch::default() }
    }

    fn append(&mut self, mut other: Batch) {
        self.records.append(&mut other.records);
        self.diagnostics.append(&mut other.diagnostics);
        self.asks_sheets |= other.asks_sheets;
    }
}

/// Files that a thread takes at a time, so that threads seldom meet.
const STEP: usize = 16;

fn judge_all(root: &Root, files: &[Found], context: &Context<'_>) -> Batch {
    if let [file] = files {
        return judge_file(root, 0, file, context, &mut Vec::new(), true);
    }
    let batches = threads::in_order(files.len(), STEP, threads::all(), |range| {
        let mut batch = Batch::default();
        let mut buffer = Vec::new();
        for (index, file) in range.clone().zip(&files[range]) {
            batch.append(judge_file(root, index as u32, file, context, &mut buffer, false));
        }
        batch
    });
    let mut all = Batch { records: Vec::with_capacity(files.len()), ..Batch::default() };
    for batch in batches {
        all.append(batch);
    }
    all
}

/// The same, of files that did not change by what is known of them.
fn judge_changed(root: &Root, files: &[Found], context: &Context<'_>, known: &mut Cache, began: SystemTime) -> Batch {
    known.begin(context);
    let before = &*known;
    let batches = threads::in_order(files.len(), STEP, threads::all(), |range| {
        let (mut batch, mut same, mut fresh) = (Batch::default(), Vec::new(), Vec::new());
        let mut buffer = Vec::new();
        for (index, file) in range.clone().zip(&files[range]) {
            // Stat before reading, so that a concurrent write invalidates the stamp.
            let stamp =
                root.stat(&file.path).and_then(|found| Stamp::of(&found, began)).filter(|_| file.refused.is_none());
            if let Some(judged) = before.get(file, stamp.as_ref(), context) {
                batch.records.extend(judged.records.iter().map(|judged| (index as u32, judged.clone())));
                batch.diagnostics.extend_from_slice(&judged.diagnostics);
                same.push(file);
                continue;
            }
            let one = judge_file(root, index as u32, file, context, &mut buffer, files.len() == 1);
            if !one.asks_sheets
                && let Some(judged) = KnownFile::new(file, stamp, &one.records, &one.diagnostics, context)
            {
                fresh.push((file, judged));
            }
            batch.append(one);
        }
        (batch, same, fresh)
    });
    let mut all = Batch { records: Vec::with_capacity(files.len()), ..Batch::default() };
    let (mut same, mut fresh) = (Vec::new(), Vec::new());
    for (batch, its_same, its_fresh) in batches {
        all.append(batch);
        same.extend(its_same);
        fresh.extend(its_fresh);
    }
    known.renew(same.into_iter(), fresh);
    all
}

fn judge_file(
    root: &Root,
    index: u32,
    file: &Found,
    context: &Context<'_>,
    buffer: &mut Vec<u8>,
    alone: bool,
) -> Batch {
    let only = |code: Code, message: String, help: &str| {
        let mut finding = Finding::new(code, Span::default(), message);
        finding.help.extend((!help.is_empty()).then(|| help.to_owned()));
        Batch::of(finding.within(&Source::file(&*file.name, "")))
    };
    if let Some(why) = &file.refused {
        let message = format!("{} cannot be read: {why}", file.name);
        return only(Code::Unreadable, message, "put a plain file in its place, or delete it");
    }
    let numbered = |judged: Vec<Judged>| judged.into_iter().map(|judged| (index, judged)).collect();
    // A file that stands alone may be large, and a large one need not be held whole.
    if alone && let Some(judged) = blocks::judge(root, &file.name, &file.path, context) {
        // It is not kept whole, and so neither is what it says.
        return Batch { records: numbered(judged), asks_sheets: true, ..Batch::default() };
    }
    match root.read_into(&file.path, LARGEST_RECORDS, buffer) {
        Ok(()) => {}
        Err(Unopened::TooLarge { bytes, most }) => {
            let message = format!("{} has {} MB, over {}", file.name, bytes / 1_000_000, most / 1_000_000);
            return only(Code::TooLarge, message, "split it into several files, such as one for each year");
        }
        Err(why) => return only(Code::Unreadable, format!("{} cannot be read: {why}", file.name), ""),
    }
    let text = match std::str::from_utf8(buffer) {
        Ok(text) => text,
        Err(error) => {
            let text = String::from_utf8_lossy(buffer).into_owned();
            let finding = not_utf8(&text, error.valid_up_to());
            let records = numbered(judge::unread(&text));
            return Batch { records, ..Batch::of(finding.within(&Source::file(&*file.name, text))) };
        }
    };
    let folder = file.path.parent().map(|path| Folder { root, path });
    let (judged, wrong) = judge_file_text(&file.name, text, folder, context, alone);
    let mut batch = Batch { records: numbered(judged), diagnostics: wrong.sheets, asks_sheets: wrong.asks_sheets };
    if !wrong.findings.is_empty() {
        let source = Source::file(&*file.name, text);
        batch.diagnostics.extend(wrong.findings.into_iter().map(|finding| finding.within(&source)));
    }
    batch
}

/// The finding for bytes that are no UTF-8, at `place` of the text with what is wrong replaced.
pub(super) fn not_utf8(text: &str, place: usize) -> Finding {
    let end = text[place..].chars().next().map_or(place, |character| place + character.len_utf8());
    Finding::new(Code::InvalidUtf8, Span::new(place..end), "the file is not UTF-8 text")
        .label("these bytes are no character")
        .help("open it in an editor and save it with the encoding UTF-8")
}

/// The text of a file, for a diagnostic that was found after the file was closed.
fn read_again(root: &Root, file: &Found) -> Arc<Source> {
    let is_sheet = file.path.extension().is_none_or(|extension| extension != "toml");
    let largest = if is_sheet { LARGEST_SHEET } else { LARGEST_RECORDS };
    let bytes = root.read(&file.path, largest).unwrap_or_default();
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        // Places in a sheet are those in its text.
        Err(error) if is_sheet => super::sheets::decoded(error.as_bytes()).unwrap_or_default(),
        Err(_) => String::new(),
    };
    Source::file(&*file.name, text)
}
