//! Names of fields as people write them in 16 languages, for headers of sheets and for hints.
//!
//! `names.tsv` has a row for each field, with its names separated by commas, folded. `start.date`, `start.time` and
//! their like are the parts of a time that people keep in two columns or lines. A word that may be one of two fields,
//! such as `name`, is in no row.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::text::fold;

static NAMES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for row in include_str!("names.tsv").lines() {
        let Some((field, words)) = row.split_once('\t') else { continue };
        for word in words.split(", ") {
            names.insert(folded(word), field);
        }
    }
    names
});

/// The field that a name stands for: a field of a record, or a part of a time such as `start.date`.
pub(super) fn field(name: &str) -> Option<&'static str> {
    // No name has more letters, and headers come from strangers.
    if name.len() > 100 {
        return None;
    }
    NAMES.get(&folded(name)).copied()
}

/// Without accents, in small letters, with single spaces for signs.
pub(super) fn folded(name: &str) -> String {
    let words: Vec<&str> =
        name.split(|c: char| c.is_whitespace() || "_-./:*#'’".contains(c)).filter(|word| !word.is_empty()).collect();
    fold(&words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_of_one_field() {
        let mut seen = HashMap::new();
        for row in include_str!("names.tsv").lines() {
            let (field, words) = row.split_once('\t').expect("a field and its names");
            for word in words.split(", ") {
                if let Some(other) = seen.insert(folded(word), field) {
                    assert_eq!(other, field, "{word}");
                }
            }
        }
    }

    #[test]
    fn names_in_many_languages() {
        for (name, expected) in [
            ("Ciudad", Some("city")),
            ("País", Some("country")),
            ("PAYS", Some("country")),
            ("Heure", Some("start.time")),
            ("Uhrzeit", Some("start.time")),
            ("start_time", Some("start.time")),
            ("Fecha de inicio", Some("start.date")),
            ("Город", Some("city")),
            ("المدينة", Some("city")),
            ("城市", Some("city")),
            ("name", None),
            ("Spalte", None),
        ] {
            assert_eq!(field(name), expected, "{name}");
        }
    }
}
