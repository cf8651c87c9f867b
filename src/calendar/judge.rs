//! The text of one file to judged records. A large text is judged part by part, by several threads.

use std::ops::Range;

use super::threads;
use crate::diagnostic::{Code, Finding};
use crate::record::Record;
use crate::record::read::{Document, Part, document};
use crate::record::split;
use crate::resolve::{self, Context, Judged, Origin};
use crate::source::Span;

/// Parts that a thread takes at a time.
const STEP: usize = 256;

/// A text, or a stretch of one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch<'s> {
    /// The file, from the root.
    pub(super) name: &'s str,
    /// The text.
    pub(super) text: &'s str,
    /// Bytes of the file before it.
    pub(super) base: u32,
}

/// Judges the text of one file; `alone` allows it all threads.
pub fn judge_text(name: &str, text: &str, context: &Context<'_>, alone: bool) -> (Vec<Judged>, Vec<Finding>) {
    // A byte order mark is tolerated, and is no part of the first line.
    let bom = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
    let stretch = Stretch { name, text: &text[bom..], base: bom as u32 };
    let parts = split::parts(stretch.text);
    let mut findings = Vec::new();
    let beginning = if parts.len() == 1 { Part::Whole } else { Part::First };
    let first = document(&stretch.text[parts[0].clone()], stretch.base, beginning, &mut findings);
    let shared = first.as_ref().and_then(|document| document.defaults.as_ref()).map(|field| &field.value);

    let threads = if alone { threads::all() } else { 1 };
    let rest = judge_parts(stretch, &parts[1..], shared, context, threads);
    let (judged, rest) = match (&first, rest) {
        (Some(document), (Some(rest), wrong)) => {
            let mut judged = judge_document(document, shared, stretch, context, &mut findings);
            judged.extend(rest);
            (Some(judged), wrong)
        }
        (_, (_, wrong)) => (None, wrong),
    };
    findings.extend(rest);
    if judged.is_none() {
        // After a mistake of syntax the rest of the file is not judged.
        findings.retain(|finding| finding.code == Code::Syntax);
    }
    (judged.unwrap_or_default(), findings)
}

/// Judges parts of a stretch, each of which begins with `[[event]]`. No records where the syntax of one is wrong.
pub(super) fn judge_parts(
    stretch: Stretch<'_>,
    parts: &[Range<usize>],
    shared: Option<&Record<'_>>,
    context: &Context<'_>,
    threads: usize,
) -> (Option<Vec<Judged>>, Vec<Finding>) {
    let batches = threads::in_order(parts.len(), STEP, threads, |range| {
        let mut findings = Vec::new();
        let mut judged = Some(Vec::with_capacity(range.len()));
        for part in &parts[range] {
            let base = stretch.base + part.start as u32;
            let Some(document) = document(&stretch.text[part.clone()], base, Part::Later, &mut findings) else {
                judged = None;
                continue;
            };
            if let Some(field) = &document.defaults {
                findings.push(
                    Finding::new(Code::Syntax, field.key, "`[defaults]` stands behind the first event of a large file")
                        .label("expected it at the top of the file"),
                );
            }
            if let Some(judged) = &mut judged {
                judged.extend(judge_document(&document, shared, stretch, context, &mut findings));
            }
        }
        (judged, findings)
    });
    let mut all = Some(Vec::with_capacity(parts.len()));
    let mut findings = Vec::new();
    for (judged, wrong) in batches {
        findings.extend(wrong);
        match (judged, &mut all) {
            (Some(judged), Some(all)) => all.extend(judged),
            _ => all = None,
        }
    }
    (all, findings)
}

/// Judges the records of a document that is, or is part of, `stretch`.
fn judge_document(
    document: &Document<'_>,
    shared: Option<&Record<'_>>,
    stretch: Stretch<'_>,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) -> Vec<Judged> {
    let mut judged = Vec::with_capacity(document.records.len());
    for field in &document.records {
        let key = field.key.range();
        let own = &stretch.text[key.start - stretch.base as usize..];
        let line = own.lines().next().map_or(0, str::len).min(key.len());
        let table = Span::new(key.start..key.start + line);
        let origin = Origin { file: stretch.name, many: document.many, table };
        judged.push(match shared {
            Some(shared) => resolve::event(&completed(&field.value, shared), &origin, context, findings),
            None => resolve::event(&field.value, &origin, context, findings),
        });
    }
    judged
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
