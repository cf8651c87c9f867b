//! Kinds of events: built-in kinds and those that a calendar declares.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use crate::language::Language;
use crate::text::fold;

/// The place of a kind in its [`Kinds`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct KindId(pub u16);

/// A kind of event.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kind {
    /// As in records: `action-day`.
    pub name: Box<str>,
    /// For people, in the calendar's language: `Day of action`.
    pub label: Box<str>,
    /// Labels in other languages, by BCP 47 tag.
    pub labels: BTreeMap<Box<str>, Box<str>>,
    /// A CSS3 colour name, as RFC 7986 5.9 has it; or a hexadecimal colour.
    pub color: Box<str>,
    /// Length of an event that states none.
    pub duration: TimeDelta,
}

impl Kind {
    /// The label in the language of a BCP 47 tag, or in the nearest that it has: `pt` serves `pt-BR`. Kinds that are built
    /// in have words in every language, unless the calendar gives them one label for all.
    pub fn label_in(&self, language: &str) -> &str {
        let mut tag = language;
        loop {
            if let Some((_, label)) = self.labels.iter().find(|(own, _)| own.eq_ignore_ascii_case(tag)) {
                return label;
            }
            match tag.rsplit_once('-') {
                Some((shorter, _)) => tag = shorter,
                None => break,
            }
        }
        let built_in = BUILT_IN.iter().find(|(name, ..)| **name == *self.name);
        let is_own = built_in.is_none_or(|(_, label, _)| self.labels.is_empty() && *self.label != **label);
        let word = || Language::find(language).and_then(|language| language.kind(&self.name));
        if is_own { &self.label } else { word().unwrap_or(&self.label) }
    }
}

/// The kinds of a calendar, sorted by nothing but the order of declaration: built-in ones first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kinds(Vec<Kind>);

/// Name, label, CSS3 colour. The colours also differ in lightness, for people who cannot distinguish hues.
const BUILT_IN: [(&str, &str, &str); 11] = [
    ("protest", "Protest", "firebrick"),
    ("strike", "Strike", "darkorange"),
    ("forum", "Forum", "royalblue"),
    ("action-day", "Day of action", "crimson"),
    ("meeting", "Meeting", "seagreen"),
    ("conference", "Conference", "darkslateblue"),
    ("vigil", "Vigil", "indigo"),
    ("occupation", "Occupation", "saddlebrown"),
    ("boycott", "Boycott", "darkolivegreen"),
    ("commemoration", "Commemoration", "dimgray"),
    ("deadline", "Deadline", "black"),
];

/// Other words for the built-in kinds.
const SYNONYMS: [(&str, &str); 74] = [
    ("demo", "protest"),
    ("demonstration", "protest"),
    ("march", "protest"),
    ("parade", "protest"),
    ("picket", "protest"),
    ("rally", "protest"),
    ("die-in", "protest"),
    ("general-strike", "strike"),
    ("stoppage", "strike"),
    ("walkout", "strike"),
    ("debate", "forum"),
    ("panel", "forum"),
    ("talk", "forum"),
    ("teach-in", "forum"),
    ("townhall", "forum"),
    ("webinar", "forum"),
    ("day-of-action", "action-day"),
    ("global-day", "action-day"),
    ("assembly", "meeting"),
    ("gathering", "meeting"),
    ("training", "meeting"),
    ("workshop", "meeting"),
    ("congress", "conference"),
    ("summit", "conference"),
    ("blockade", "occupation"),
    ("encampment", "occupation"),
    ("sit-in", "occupation"),
    ("anniversary", "commemoration"),
    ("memorial", "commemoration"),
    ("remembrance", "commemoration"),
    // In other languages, beside the labels of the kinds.
    ("manif", "protest"),
    ("manifestation", "protest"),
    ("marche", "protest"),
    ("rassemblement", "protest"),
    ("manifestacion", "protest"),
    ("mani", "protest"),
    ("marcha", "protest"),
    ("concentracion", "protest"),
    ("protesta", "protest"),
    ("manifestacao", "protest"),
    ("passeata", "protest"),
    ("protesto", "protest"),
    ("manifestazione", "protest"),
    ("corteo", "protest"),
    ("presidio", "protest"),
    ("marcia", "protest"),
    ("kundgebung", "protest"),
    ("marsch", "protest"),
    ("πορεια", "protest"),
    ("διαδηλωση", "protest"),
    ("yuruyus", "protest"),
    ("митинг", "protest"),
    ("шествие", "protest"),
    ("демонстрация", "protest"),
    ("مظاهرة", "protest"),
    ("مسيرة", "protest"),
    ("집회", "protest"),
    ("游行", "protest"),
    ("デモ", "protest"),
    ("debat", "forum"),
    ("webinaire", "forum"),
    ("charla", "forum"),
    ("conversatorio", "forum"),
    ("atelier", "meeting"),
    ("assemblee", "meeting"),
    ("assemblee-generale", "meeting"),
    ("asamblea", "meeting"),
    ("assembleia", "meeting"),
    ("assemblea", "meeting"),
    ("versammlung", "meeting"),
    ("taller", "meeting"),
    ("συνελευση", "meeting"),
    ("собрание", "meeting"),
    ("acampada", "occupation"),
];

impl Default for Kinds {
    fn default() -> Self {
        Kinds(
            BUILT_IN
                .iter()
                .map(|(name, label, color)| Kind {
                    name: (*name).into(),
                    label: (*label).into(),
                    labels: BTreeMap::new(),
                    color: (*color).into(),
                    duration: TimeDelta::hours(2),
                })
                .collect(),
        )
    }
}

impl Kinds {
    /// The kind of that name.
    pub fn find(&self, name: &str) -> Option<KindId> {
        self.0.iter().position(|kind| &*kind.name == name).map(|index| KindId(index as u16))
    }

    /// The kind that a word on the command line means: its name, its label in any of the calendar's languages, or another
    /// word for a built-in kind, such as `march` for `protest`. Case, accents and hyphens do not count.
    pub fn meant(&self, word: &str) -> Option<KindId> {
        let key = |text: &str| fold(text).replace([' ', '_'], "-");
        let wanted = key(word);
        let is_label =
            |kind: &Kind| key(&kind.label) == wanted || kind.labels.values().any(|label| key(label) == wanted);
        // Kinds that are built in have labels in every language.
        let in_words = |kind: &Kind| {
            Language::all().any(|language| language.kind(&kind.name).is_some_and(|label| key(label) == wanted))
        };
        let synonym =
            || SYNONYMS.iter().find(|(synonym, _)| key(synonym) == wanted).and_then(|(_, name)| self.find(name));
        self.find(word)
            .or_else(|| self.iter().find(|(_, kind)| key(&kind.name) == wanted || is_label(kind)).map(|(id, _)| id))
            .or_else(synonym)
            .or_else(|| self.iter().find(|(_, kind)| in_words(kind)).map(|(id, _)| id))
    }

    /// The kind at `id`, which must be of this calendar.
    pub fn get(&self, id: KindId) -> &Kind {
        &self.0[usize::from(id.0)]
    }

    /// Declares `kind`, or replaces the one of its name. At most 65,535 fit; the reader of `calendar.toml` sees to it.
    pub fn declare(&mut self, kind: Kind) -> KindId {
        if let Some(id) = self.find(&kind.name) {
            self.0[usize::from(id.0)] = kind;
            return id;
        }
        self.0.push(kind);
        KindId((self.0.len() - 1) as u16)
    }

    /// All kinds with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (KindId, &Kind)> {
        self.0.iter().enumerate().map(|(index, kind)| (KindId(index as u16), kind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_have_words_in_many_languages() {
        let kinds = Kinds::default();
        for (word, name) in [
            ("strike", "strike"),
            ("Grève", "strike"),
            ("huelga", "strike"),
            ("забастовка", "strike"),
            ("manif", "protest"),
            ("marche", "protest"),
            ("Manifestación", "protest"),
            ("митинг", "protest"),
            ("assemblée générale", "meeting"),
            ("Jour d’action", ""),
        ] {
            assert_eq!(kinds.meant(word).map_or("", |id| &*kinds.get(id).name), name, "{word}");
        }
        let mut seen = std::collections::HashMap::new();
        for (word, name) in SYNONYMS {
            assert!(seen.insert(fold(word), name).is_none(), "{word}");
        }
    }
}
