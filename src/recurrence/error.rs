//! Errors in the text of a rule, with their positions.

use std::fmt;
use std::ops::Range;

/// The class of a mistake; the caller chooses a diagnostic by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleErrorKind {
    /// Not of the form `NAME=VALUE;NAME=VALUE`, or a value that cannot be read.
    Syntax,
    /// A frequency finer than a day.
    TooFine,
    /// A number beyond what RFC 5545 or this program allows.
    OutOfRange,
    /// Two parts that exclude each other, a part given twice, or one that its frequency does not take.
    Conflict,
    /// A part that RFC 5545 does not know.
    UnknownPart,
}

/// A rule text that was refused: expected one thing, found another, at `range`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleError {
    /// The class of the mistake.
    pub kind: RuleErrorKind,
    /// Bytes of the text as it was given, half-open; empty where something is missing.
    pub range: Range<usize>,
    /// The text found, shortened if it is long.
    pub found: String,
    /// The expected text; reads after "expected".
    pub expected: String,
}

impl RuleError {
    pub(super) fn new(kind: RuleErrorKind, range: Range<usize>, found: &str, expected: impl Into<String>) -> RuleError {
        // Keep the message to one line for any length of input.
        let found = match found.char_indices().nth(40) {
            Some((at, _)) => format!("{}…", &found[..at]),
            None => found.to_owned(),
        };
        RuleError { kind, range, found, expected: expected.into() }
    }
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.found.is_empty() {
            write!(f, "expected {}, found nothing", self.expected)
        } else {
            write!(f, "expected {}, found `{}`", self.expected, self.found)
        }
    }
}

impl std::error::Error for RuleError {}
