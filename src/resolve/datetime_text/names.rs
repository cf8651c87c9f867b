//! Words with a meaning: months, weekdays, days, and those that only join the others.

use chrono::Weekday;

use crate::language::Names;
use crate::text::english::{MONTHS, WEEKDAYS};

/// Words that join the others and say nothing.
const JOINING: [&str; 13] =
    ["at", "on", "the", "of", "from", "in", "in:", "o'clock", "hrs", "hours", "hour", "local", "uhr"];
/// Words behind a number that is an hour.
const HOURS: [&str; 20] = [
    "uhr",
    "h",
    "h.",
    "hs",
    "hrs",
    "hours",
    "o'clock",
    "heure",
    "heures",
    "hora",
    "horas",
    "ore",
    "час",
    "часа",
    "часов",
    "ч",
    "बजे",
    "시",
    "時",
    "点",
];

/// What words mean in English and in the language of the calendar.
pub(super) struct Words<'n> {
    pub(super) names: Option<&'n Names>,
}

impl Words<'_> {
    /// The weekdays and the months that a word may be. `mar` is a month and, in Spanish, a weekday too.
    pub(super) fn weekday(&self, word: &str) -> Option<Weekday> {
        let english = word.trim_end_matches('.');
        let is_english =
            |name: &&&str| **name == english || ((3..=5).contains(&english.len()) && name.starts_with(english));
        self.names
            .and_then(|names| names.weekday(word))
            .or_else(|| WEEKDAYS.iter().find(is_english).and_then(|name| name.parse().ok()))
    }

    /// The number of a month.
    pub(super) fn month(&self, word: &str) -> Option<u32> {
        let english = word.trim_end_matches('.');
        let is_english =
            |name: &str| *name == *english || (name.starts_with(english) && (3..=4).contains(&english.len()));
        self.names.and_then(|names| names.month(word)).or_else(|| {
            let found = MONTHS.iter().position(|name| is_english(name));
            found.map(|index| index as u32 + 1)
        })
    }

    /// The days from today to the day that a word means.
    pub(super) fn relative_day(&self, word: &str) -> Option<i64> {
        match word {
            "today" | "tonight" => Some(0),
            "tomorrow" => Some(1),
            "yesterday" => Some(-1),
            _ => self.names?.relative_day(word),
        }
    }

    /// Whether a word beside a time says that it is after noon.
    pub(super) fn is_after_noon(&self, word: &str) -> Option<bool> {
        self.names?.is_after_noon(word)
    }

    /// Whether a word says nothing before `next`.
    pub(super) fn joins(&self, word: &str, next: Option<&str>) -> bool {
        if JOINING.contains(&word) || self.names.is_some_and(|names| names.is_preposition(word)) {
            return true;
        }
        let is_article = |word: &str| self.names.is_some_and(|names| names.is_article(word));
        // `la 18:00`, but `La Paz`.
        is_article(word)
            && next.is_none_or(|next| {
                next.starts_with(|c: char| c.is_ascii_digit())
                    || self.month(next).is_some()
                    || self.weekday(next).is_some()
                    || self.names.is_some_and(|names| names.is_preposition(next))
            })
    }
}

/// Whether the word after a number means that the number is an hour.
pub(super) fn is_hours(word: &str) -> bool {
    HOURS.contains(&word)
}
