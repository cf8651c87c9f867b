//! Diagnostics for programs: the published contract of `check --format json`.

use serde::Serialize;

use super::{Code, Diagnostic};
use crate::source::Span;

/// A diagnostic, with its places as lines and columns.
#[derive(Serialize)]
pub struct Entry<'d> {
    code: &'static str,
    severity: &'static str,
    message: &'d str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'d str>,
    #[serde(flatten)]
    place: Places,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<FixEntry<'d>>,
    /// Only of a feed: what it breaks, in which clients, and the evidence.
    #[serde(flatten)]
    feed: Option<FeedEntry>,
}

#[derive(Serialize)]
struct FeedEntry {
    breaks: &'static str,
    clients: Vec<&'static str>,
    links: &'static [&'static str],
}

impl FeedEntry {
    fn of(code: Code) -> Option<Self> {
        let Code::Feed(code) = code else { return None };
        let clients = code.clients().iter().map(|client| client.name()).collect();
        Some(FeedEntry { breaks: code.breaks(), clients, links: code.links() })
    }
}

#[derive(Serialize)]
struct FixEntry<'d> {
    #[serde(flatten)]
    place: Places,
    text: &'d str,
    /// Other stretches that go with this change.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    removes: Vec<Places>,
}

/// 1-based; columns count characters; the end is exclusive.
#[derive(Serialize, Clone, Copy)]
pub struct Places {
    /// Line of the first character.
    pub line: usize,
    /// Column of the first character.
    pub column: usize,
    /// Line of the character after the last one.
    pub end_line: usize,
    /// Column of the character after the last one.
    pub end_column: usize,
}

impl Places {
    /// The places of a span.
    pub fn of(source: &crate::source::Source, span: Span) -> Self {
        let (start, end) = (source.place(span.start), source.place(span.end));
        Places { line: start.line, column: start.column, end_line: end.line, end_column: end.column }
    }
}

/// The entries of a list.
pub fn entries(diagnostics: &[Diagnostic]) -> Vec<Entry<'_>> {
    diagnostics.iter().map(entry).collect()
}

fn entry(diagnostic: &Diagnostic) -> Entry<'_> {
    let Diagnostic { source, finding } = diagnostic;
    Entry {
        code: finding.code.name(),
        severity: finding.severity.name(),
        message: &finding.message,
        file: source.path.as_deref(),
        place: Places::of(source, finding.span),
        feed: FeedEntry::of(finding.code),
        help: (!finding.help.is_empty()).then(|| finding.help.join("\n")),
        fix: diagnostic.told_fix().map(|fix| FixEntry {
            place: Places::of(source, fix.span),
            text: &fix.text,
            removes: fix.removes.iter().map(|span| Places::of(source, *span)).collect(),
        }),
    }
}
