//! `repeat` phrases → [`Rule`]: "every month on the 2nd tuesday".
//!
//! Forgives order, case, plurals, short names, filler words, commas, "&" and "and". Refuses what can be read in two ways
//! ("every second tuesday", "bimonthly") with both readings, what one rule cannot say ("1 may and 3 june"), and ends and
//! exceptions, which have keys of their own. Hours ("mon at 10:00 and thu at 12:00") make a rule each.
//!
//! Surprise: a phrase without a day ("monthly") leaves it to the start, as an RRULE does.

mod hours;
mod judge;
mod nearest;
mod read;
mod token;

use std::fmt;
use std::ops::Range;

use chrono::NaiveTime;

use super::Rule;

/// The forms to show when a phrase is not understood.
pub const FORMS: &[&str] = &[
    "daily",
    "weekly",
    "monthly",
    "yearly",
    "every 2 weeks",
    "every weekday",
    "every week on tue and thu",
    "every week on mon at 10:00 and thu at 12:00",
    "every month on day 15",
    "every month on the last day",
    "every month on day 31 or the last",
    "every month on the last friday",
    "every month on the last weekday",
    "every year on 1 may",
    "every year on the last friday of november",
    "every 2 months on the 1st and 3rd monday",
];

/// Why a phrase was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// A word that means nothing here; or the whole phrase, when it says no repeat at all.
    NotUnderstood,
    /// Two readings, each as the phrase to write for it.
    Ambiguous([String; 2]),
    /// Understood, but it does not go with the rest; the sentence says why.
    Conflict(&'static str),
    /// A number beyond what makes sense; the text says which do.
    OutOfRange(&'static str),
}

/// A phrase that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhraseError {
    /// Why.
    pub reason: Reason,
    /// The bytes of the phrase that it is about, half-open.
    pub range: Range<usize>,
    /// A phrase like this one that would be understood.
    pub nearest: Option<String>,
    /// Phrases of every form.
    pub forms: &'static [&'static str],
}

impl fmt::Display for PhraseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.reason {
            Reason::NotUnderstood => f.write_str("redletter does not understand this repeat"),
            Reason::Ambiguous([one, other]) => write!(f, "this means `{one}` or `{other}`"),
            Reason::Conflict(why) => f.write_str(why),
            Reason::OutOfRange(expected) => write!(f, "expected {expected}"),
        }
    }
}

impl std::error::Error for PhraseError {}

/// Reads a `repeat` phrase.
///
/// # Errors
/// The first word that does not fit, with the nearest phrase that does.
///
/// ```
/// # use redletter::recurrence::parse_phrase;
/// assert_eq!(parse_phrase("every 2nd Tuesday of the month").unwrap().to_string(), "FREQ=MONTHLY;BYDAY=2TU");
/// assert_eq!(parse_phrase("mothly").unwrap_err().nearest.as_deref(), Some("monthly"));
/// ```
pub fn parse_phrase(text: &str) -> Result<Rule, PhraseError> {
    match &parse_timed(text)?[..] {
        [Timed { at: None, rule }] => Ok(rule.clone()),
        _ => Err(refused(text, 0..text.len(), Reason::Conflict("an hour has no place here"))),
    }
}

/// A rule, and the hour that a phrase gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timed {
    /// `None` if it is the start's.
    pub at: Option<NaiveTime>,
    /// The rule, which sets no hours itself.
    pub rule: Rule,
}

/// Reads a `repeat` phrase that may have hours: one rule without an hour, or one for each hour, in the order of the
/// phrase.
///
/// # Errors
/// As [`parse_phrase`].
///
/// ```
/// # use redletter::recurrence::parse_timed;
/// let rules = parse_timed("every week on mon at 10:00 and thu at 12:00").unwrap();
/// let shown: Vec<String> = rules.iter().map(|one| format!("{} {}", one.rule, one.at.unwrap())).collect();
/// assert_eq!(shown, ["FREQ=WEEKLY;BYDAY=MO 10:00:00", "FREQ=WEEKLY;BYDAY=TH 12:00:00"]);
/// ```
pub fn parse_timed(text: &str) -> Result<Vec<Timed>, PhraseError> {
    read::read(text).map_err(|(range, reason)| refused(text, range, reason))
}

fn refused(text: &str, range: Range<usize>, reason: Reason) -> PhraseError {
    let nearest = match &reason {
        Reason::Ambiguous(_) => None,
        _ => nearest::nearest(text),
    };
    PhraseError { reason, range, nearest, forms: FORMS }
}

#[cfg(test)]
mod tests;
