//! A letter for each kind, for places without room for the name, because colour alone is not accessible.

use super::terminal::plain;

/// Letters of kinds, each given once.
pub(super) struct Letters(Vec<(char, String, String)>);

impl Letters {
    /// Letters for kinds by their names and labels, of those letters that `fits` lets pass: the first of the label that
    /// is free, in capitals.
    pub(super) fn of<'k>(kinds: impl Iterator<Item = (&'k str, &'k str)>, fits: impl Fn(char) -> bool) -> Self {
        let mut kinds: Vec<(&str, &str)> = kinds.collect();
        kinds.sort_unstable();
        kinds.dedup();
        let mut letters: Vec<(char, String, String)> = Vec::new();
        for (name, label) in kinds {
            let is_free = |letter: &char| letters.iter().all(|(taken, ..)| taken != letter);
            let candidates = label.chars().chain(name.chars()).filter(|letter| letter.is_alphabetic() && fits(*letter));
            let letter = candidates.flat_map(char::to_uppercase).find(is_free).unwrap_or('•');
            letters.push((letter, name.to_owned(), plain(label)));
        }
        letters.sort_unstable();
        Letters(letters)
    }

    /// The letter of a kind, by its name.
    pub(super) fn find(&self, kind: &str) -> char {
        self.0.iter().find(|(_, name, _)| name == kind).map_or('•', |(letter, ..)| *letter)
    }

    /// Whether there are no kinds.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The letters in order, each with the label of its kind.
    pub(super) fn legend(&self) -> impl Iterator<Item = (char, &str)> {
        self.0.iter().map(|(letter, _, label)| (*letter, &**label))
    }
}
