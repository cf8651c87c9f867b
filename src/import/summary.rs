//! What an import did with each property: nothing is dropped without a word.

use std::collections::BTreeMap;

/// What became of something.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Fate {
    /// An event was not imported.
    Refused,
    /// It is in the records in another form.
    Changed,
    /// It is not in the records.
    Dropped,
    /// It is not in the records because it is other people's data.
    Private,
}

impl Fate {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Fate::Refused => "refused",
            Fate::Changed => "changed",
            Fate::Dropped => "not-carried",
            Fate::Private => "private",
        }
    }
}

/// An event of a source, for a message.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Place {
    /// Number of the file among the sources.
    pub file: u32,
    /// The line on which the event begins; 0 if there is none.
    pub line: u32,
    /// Its UID; empty if it has none.
    pub uid: String,
}

/// A property of which the same is said, and the events that have it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Entry {
    /// How often it occurs.
    pub count: usize,
    /// The events, at most [`MOST_PLACES`].
    pub places: Vec<Place>,
}

/// Events that are named for an entry.
pub const MOST_PLACES: usize = 1_000;
/// Different entries; a hostile file could have any number of properties.
const MOST_ENTRIES: usize = 1_000;

/// What is said about an import.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Summary {
    /// By fate, property and sentence.
    pub entries: BTreeMap<(Fate, String, String), Entry>,
    /// What is wrong in the files: file, line, sentence, what is expected, whether something was lost.
    pub problems: Vec<Problem>,
}

/// A mistake in a source.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Problem {
    /// Number of the file among the sources.
    pub file: u32,
    /// Counted from 1; 0 if it is about the whole file.
    pub line: u32,
    /// What was found.
    pub found: String,
    /// What is expected; may be empty.
    pub expected: String,
    /// Whether something was lost for it.
    pub is_loss: bool,
}

impl Summary {
    /// Says something of a property of an event.
    pub fn say(&mut self, fate: Fate, property: &str, why: impl Into<String>, place: &Place) {
        self.say_many(fate, property, why, place, 1);
    }

    /// The same of several of them.
    pub fn say_many(&mut self, fate: Fate, property: &str, why: impl Into<String>, place: &Place, count: usize) {
        let key = (fate, super::shown(property), why.into());
        if self.entries.len() >= MOST_ENTRIES && !self.entries.contains_key(&key) {
            return;
        }
        let entry = self.entries.entry(key).or_default();
        entry.count += count;
        if entry.places.len() < MOST_PLACES && entry.places.last() != Some(place) {
            entry.places.push(place.clone());
        }
    }

    /// Reports that an event is not imported.
    pub fn refuse(&mut self, why: impl Into<String>, expected: impl Into<String>, place: &Place) {
        let found = why.into();
        self.say(Fate::Refused, "VEVENT", found.clone(), place);
        self.problem(Problem { file: place.file, line: place.line, found, expected: expected.into(), is_loss: true });
    }

    /// Reports a mistake in a file.
    pub fn problem(&mut self, problem: Problem) {
        if self.problems.len() < 10_000 {
            self.problems.push(problem);
        }
    }

    /// Whether something was lost that a file meant to say.
    pub fn has_losses(&self) -> bool {
        self.problems.iter().any(|problem| problem.is_loss)
    }
}
