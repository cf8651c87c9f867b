//! The text of one file to judged records. A large text is judged part by part, by several threads.

use std::ops::Range;

use super::{sheets, threads, unread_values};
use crate::diagnostic::{Code, Diagnostic, Finding};
use crate::record::Record;
use crate::record::read::{Document, Part, document};
use crate::record::split;
use crate::resolve::local::{self, Parent, Taken};
use crate::resolve::{self, Context, Judged, Origin};
use crate::source::Span;
use crate::source::root::Folder;

/// Parts that a thread takes at a time.
const STEP: usize = 256;

/// A text, or a stretch of one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chunk<'s> {
    /// The file, from the root.
    pub(super) name: &'s str,
    /// The text.
    pub(super) text: &'s str,
    /// Bytes of the file before it.
    pub(super) base: u32,
    /// The folder of the file, for the sheets beside it.
    pub(super) folder: Option<Folder<'s>>,
}

impl Chunk<'_> {
    /// The first line of a span of the file.
    fn line(&self, span: Span) -> Span {
        let range = span.range();
        let own = &self.text[range.start - self.base as usize..];
        let line = own.lines().next().map_or(0, str::len).min(range.len());
        Span::new(range.start..range.start + line)
    }
}

/// What is wrong: in the file, and in the sheets beside it.
#[derive(Debug, Default)]
pub(super) struct Wrong {
    pub(super) findings: Vec<Finding>,
    pub(super) sheets: Vec<Diagnostic>,
    /// Whether a sheet was asked for, so that the text of the file is not all that counts.
    pub(super) asks_sheets: bool,
}

impl Wrong {
    pub(super) fn is_empty(&self) -> bool {
        let Wrong { findings, sheets, asks_sheets: _ } = self;
        findings.is_empty() && sheets.is_empty()
    }
}

/// Judges the text of one file; `alone` allows it all threads. Sheets beside it are not read.
pub fn judge_text(name: &str, text: &str, context: &Context<'_>, alone: bool) -> (Vec<Judged>, Vec<Finding>) {
    let (judged, wrong) = judge_file_text(name, text, None, context, alone);
    (judged, wrong.findings)
}

/// Judges the text of one file in `folder`.
pub(super) fn judge_file_text(
    name: &str,
    text: &str,
    folder: Option<Folder<'_>>,
    context: &Context<'_>,
    alone: bool,
) -> (Vec<Judged>, Wrong) {
    // A byte order mark is tolerated, and is not part of the first line.
    let bom = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
    let stretch = Chunk { name, text: &text[bom..], base: bom as u32, folder };
    let parts = split::parts(stretch.text);
    let mut wrong = Wrong::default();
    let beginning = if parts.len() == 1 { Part::Whole } else { Part::First };
    let first = document(&stretch.text[parts[0].clone()], stretch.base, beginning, &mut wrong.findings);
    let shared = first.as_ref().and_then(|document| document.defaults.as_ref()).map(|field| &field.value);

    let threads = if alone { threads::all() } else { 1 };
    let rest = judge_parts(stretch, &parts[1..], shared, context, threads);
    let (judged, rest) = match (&first, rest) {
        (Some(document), (Some(rest), behind)) => {
            let mut judged = judge_document(document, shared, stretch, context, &mut wrong);
            judged.extend(rest);
            (Some(judged), behind)
        }
        (_, (_, behind)) => (None, behind),
    };
    wrong.findings.extend(rest.findings);
    wrong.sheets.extend(rest.sheets);
    wrong.asks_sheets |= rest.asks_sheets;
    if judged.is_none() {
        // After a mistake of syntax the rest of the file is not judged.
        wrong.findings.retain(|finding| finding.code == Code::Syntax);
        wrong.sheets.clear();
        return (unread(text), wrong);
    }
    (judged.unwrap_or_default(), wrong)
}

/// What stands for a file that cannot be read: no event, and the values that it may withhold.
pub(super) fn unread(text: &str) -> Vec<Judged> {
    let withheld = unread_values::of(text);
    if withheld.is_empty() { Vec::new() } else { vec![Judged { withheld, ..Judged::default() }] }
}

/// Judges parts of a stretch, each of which begins with `[[event]]`. No records where the syntax of one is wrong.
pub(super) fn judge_parts(
    stretch: Chunk<'_>,
    parts: &[Range<usize>],
    shared: Option<&Record<'_>>,
    context: &Context<'_>,
    threads: usize,
) -> (Option<Vec<Judged>>, Wrong) {
    let batches = threads::in_order(parts.len(), STEP, threads, |range| {
        let mut wrong = Wrong::default();
        let mut judged = Some(Vec::with_capacity(range.len()));
        for part in &parts[range] {
            let base = stretch.base + part.start as u32;
            let Some(document) = document(&stretch.text[part.clone()], base, Part::Later, &mut wrong.findings) else {
                judged = None;
                continue;
            };
            if let Some(field) = &document.defaults {
                wrong.findings.push(
                    Finding::new(Code::Syntax, field.key, "`[defaults]` comes after the first event of a large file")
                        .label("expected it at the top of the file"),
                );
            }
            if let Some(judged) = &mut judged {
                judged.extend(judge_document(&document, shared, stretch, context, &mut wrong));
            }
        }
        (judged, wrong)
    });
    let mut all = Some(Vec::with_capacity(parts.len()));
    let mut all_wrong = Wrong::default();
    for (judged, wrong) in batches {
        all_wrong.findings.extend(wrong.findings);
        all_wrong.sheets.extend(wrong.sheets);
        all_wrong.asks_sheets |= wrong.asks_sheets;
        match (judged, &mut all) {
            (Some(judged), Some(all)) => all.extend(judged),
            _ => all = None,
        }
    }
    (all, all_wrong)
}

/// Judges the records of a document that is, or is part of, `stretch`.
fn judge_document(
    document: &Document<'_>,
    shared: Option<&Record<'_>>,
    stretch: Chunk<'_>,
    context: &Context<'_>,
    wrong: &mut Wrong,
) -> Vec<Judged> {
    let mut judged = Vec::with_capacity(document.records.len());
    for field in &document.records {
        let table = stretch.line(field.key);
        let origin = Origin { file: stretch.name, many: document.many, table };
        let completed = shared.map(|shared| completed(&field.value, shared));
        let record = completed.as_ref().unwrap_or(&field.value);
        judge_record(record, &origin, stretch, context, wrong, &mut judged);
    }
    judged
}

/// Judges a record, and behind it its local events.
fn judge_record(
    record: &Record<'_>,
    origin: &Origin<'_>,
    stretch: Chunk<'_>,
    context: &Context<'_>,
    wrong: &mut Wrong,
    judged: &mut Vec<Judged>,
) {
    let day = resolve::event(record, origin, context, &mut wrong.findings);
    if record.local.is_none() && record.locals.is_none() {
        judged.push(day);
        return;
    }
    let parent = Parent::new(record, &day, context);
    let mut taken = Taken::default();
    let tables = record.local.as_ref().map(|field| &field.value[..]).unwrap_or_default();
    let mut locals =
        local::locals(tables, &parent, context, &mut taken, |span| stretch.line(span), &mut wrong.findings);
    if let Some(field) = &record.locals {
        let Wrong { findings, sheets, asks_sheets } = wrong;
        *asks_sheets = true;
        let (more, diagnostics) =
            sheets::judge(field, origin.file, stretch.folder, &parent, &mut taken, context, findings);
        locals.extend(more);
        sheets.extend(diagnostics);
    }
    judged.push(day);
    judged.extend(locals);
}

/// A record with what it takes from `[defaults]`. Fields that say the same thing in two ways are taken as one: a record
/// with a `duration` of its own takes no `end`.
fn completed<'a>(own: &Record<'a>, shared: &Record<'a>) -> Record<'a> {
    let mut shared = shared.clone();
    if own.end.is_some() || own.duration.is_some() {
        (shared.end, shared.duration) = (None, None);
    }
    if own.repeat.is_some() || own.rrule.is_some() {
        (shared.repeat, shared.rrule) = (None, None);
    }
    if own.until.is_some() || own.count.is_some() {
        (shared.until, shared.count) = (None, None);
    }
    let mut record = own.clone();
    record.inherit(&shared);
    record
}
