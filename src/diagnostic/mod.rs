//! Problems in the author's text, independent of the output format.
//!
//! A diagnostic never stops the run: all are collected, sorted by place, and shown together. Each format has its file:
//! text, JSON, workflow annotations, SARIF.

pub mod code;
pub mod escape;
pub mod feed_code;
pub mod github;
mod group;
mod hidden;
pub mod json;
pub mod phrases;
mod removal;
pub mod sarif;
pub mod text;

use std::sync::Arc;

pub use code::Code;
pub use escape::{is_escaped, is_hostile, visible, visible_drawing, visible_json, visible_lines};
pub use feed_code::{Client, FeedCode};
pub use hidden::strike;

use crate::source::{Source, Span};

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// The event cannot be published.
    Error,
    /// It can, but is probably not what its author means.
    Warning,
    /// Good to know.
    Note,
}

impl Severity {
    /// The name in output.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// A problem, before its file is known.
///
/// The message says what was found and what was expected; the help gives the text to write instead.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// What was found, in one sentence.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// A sentence without a final stop.
    pub message: String,
    /// The words at fault.
    pub span: Span,
    /// Said under the words at fault; may be empty.
    pub label: String,
    /// Other places that matter, each with a remark.
    pub labels: Vec<Label>,
    /// What to do, one thing a line.
    pub help: Vec<String>,
    /// An edit that corrects it without changing the meaning.
    pub fix: Option<Fix>,
}

/// A remark at a second place, of the same file unless `source` names another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label {
    /// The other file.
    pub source: Option<Arc<Source>>,
    /// The words.
    pub span: Span,
    /// The remark.
    pub text: String,
}

/// Text to put in the place of other text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    /// What goes away; may be empty, for an insertion.
    pub span: Span,
    /// What comes.
    pub text: String,
    /// Lines, or fields of a table in braces, that go because `text` says what they said.
    pub removes: Vec<Span>,
}

impl Fix {
    /// `text` in the place of `span`.
    pub fn new(span: Span, text: impl Into<String>) -> Self {
        Fix { span, text: text.into(), removes: Vec::new() }
    }

    /// All changes, in order: what goes away, and what comes.
    pub fn edits(&self) -> Vec<(Span, &str)> {
        let mut edits: Vec<_> = self.removes.iter().map(|span| (*span, "")).collect();
        edits.push((self.span, &self.text));
        edits.sort_by_key(|(span, _)| *span);
        edits
    }
}

impl Finding {
    /// A finding of the severity that `code` has by default.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Finding {
            code,
            severity: code.severity(),
            message: message.into(),
            span,
            label: String::new(),
            labels: Vec::new(),
            help: Vec::new(),
            fix: None,
        }
    }

    /// Whether the event cannot be published for it.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Sets the label of the span.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds a remark at another place of the same file.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { source: None, span, text: text.into() });
        self
    }

    /// Adds a line of help.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Sets the mechanical change.
    #[must_use]
    pub fn fix(mut self, span: Span, text: impl Into<String>) -> Self {
        self.fix = Some(Fix::new(span, text));
        self
    }

    /// Removes a field, from its key to its value, together with the mechanical change.
    #[must_use]
    pub fn removing(mut self, field: Span) -> Self {
        if let Some(fix) = &mut self.fix {
            fix.removes.push(field);
        }
        self
    }

    /// Sets the mechanical change where there is only one reading.
    #[must_use]
    pub fn fix_if(self, certain: bool, span: Span, text: impl Into<String>) -> Self {
        if certain { self.fix(span, text) } else { self }
    }

    /// The finding, in its file. Where it is about something that the file does not show, neither do its words.
    pub fn within(mut self, source: &Arc<Source>) -> Diagnostic {
        for span in self.fix.iter_mut().flat_map(|fix| &mut fix.removes) {
            *span = removal::of_field(&source.text, *span);
        }
        if hidden::touches(&self, source) {
            hidden::strike_all(&mut self);
        }
        Diagnostic { source: Arc::clone(source), finding: self }
    }
}

/// A problem in a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// The file, or the word of the command line.
    pub source: Arc<Source>,
    /// The mistake.
    pub finding: Finding,
}

impl Diagnostic {
    /// The mechanical change, unless its text is not for all. It is made all the same.
    pub fn told_fix(&self) -> Option<&Fix> {
        self.finding.fix.as_ref().filter(|fix| !fix.edits().iter().any(|(span, _)| self.source.hides(*span)))
    }
}

/// Sorts by file, place and code, and removes duplicates: a shared `[defaults]` table is judged once for each event.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| key(a).cmp(&key(b)));
    diagnostics.dedup();
}

fn key(diagnostic: &Diagnostic) -> (Option<&str>, Span, &'static str, &str) {
    let finding = &diagnostic.finding;
    (diagnostic.source.path.as_deref(), finding.span, finding.code.name(), &finding.message)
}

/// `text` for a message: control and direction-turning characters escaped, and cut after 60 characters.
pub fn shorten(text: &str) -> String {
    let mut out = visible(text.chars().take(60));
    if text.chars().nth(60).is_some() {
        out.push('…');
    }
    out
}
