//! The examples of a new calendar, and how `init --empty` recognises them.

use chrono::{Datelike, NaiveDate, TimeDelta};

use crate::record::format::{Kind, format};

/// An example: the words of its file's name, its days from now, and its text with `{day}` for the date.
const SAMPLES: [(&str, i64, &str); 3] = [
    (
        "march-for-housing",
        8,
        "title    = \"March for housing\"\nkind     = \"protest\"\nstart    = {day}T12:00\nduration = \"3h\"\ntags     = [\"housing\"]\n\n[location]\nname    = \"Town hall\"\naddress = \"1 Main Street\"\n",
    ),
    (
        "forum-on-rents",
        5,
        "title    = \"Forum: who sets the rents?\"\nkind     = \"forum\"\nstart    = {day}T19:00\nduration = \"90m\"\nurl      = \"https://example.org/forum\"\n\n[online]\nurl      = \"https://example.org/join\"\nplatform = \"Jitsi\"\n",
    ),
    (
        "open-assembly",
        3,
        "title  = \"Open assembly\"\nkind   = \"meeting\"\nstart  = {day}T18:30\nend    = \"20:00\"\nrepeat = \"every 2 weeks\"\n\n[location]\nname          = \"Community centre\"\naccessibility = [\"step-free\", \"childcare\"]\n",
    ),
];

/// The first line of each example.
const HEAD: &str = "# An example: change it, or delete it. `redletter init --empty` deletes all examples.\n";

/// The files of a calendar that starts on `today`: names from the root, and texts.
pub(super) fn all(today: NaiveDate, language: &str) -> Vec<(String, String)> {
    let samples = SAMPLES.iter().map(|(words, days, text)| {
        let day = today.checked_add_signed(TimeDelta::days(*days)).unwrap_or(today);
        let name = format!("events/{:04}/{:02}-{:02}-{words}.toml", day.year(), day.month(), day.day());
        (name, sample(text, day, is_english(language)))
    });
    samples.collect()
}

fn is_english(language: &str) -> bool {
    language.split('-').next() == Some("en")
}

/// The text of an example. In a calendar in another language, the record says that it is in English.
fn sample(text: &str, day: NaiveDate, is_english: bool) -> String {
    let text = text.replace("{day}", &day.to_string());
    let language = if is_english { "" } else { "language = \"en\"\n" };
    let text = format!("{HEAD}\n{language}{text}");
    format(&text, Kind::Records).unwrap_or(text)
}

/// What a file of the calendar is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Found {
    /// An example, as it was written.
    Sample,
    /// An example that was changed.
    Changed,
    /// A record.
    Other,
}

/// Whether a file may be an example, by its name.
pub(super) fn may_be(name: &str) -> bool {
    named(name).is_some()
}

/// The text and the day of the example of that name.
fn named(name: &str) -> Option<(&'static str, NaiveDate)> {
    let (year, rest) = name.strip_prefix("events/")?.split_once('/')?;
    let (date, words) = rest.strip_suffix(".toml")?.split_at_checked(6)?;
    let day = format!("{year}-{}", date.strip_suffix('-')?).parse().ok()?;
    let (_, _, text) = SAMPLES.iter().find(|(known, ..)| *known == words)?;
    Some((text, day))
}

/// Whether a file is an example.
pub(super) fn found(name: &str, text: &str) -> Found {
    let is_written = |(sample_text, day): (&str, NaiveDate)| {
        [true, false].iter().any(|is_english| sample(sample_text, day, *is_english) == text)
    };
    if named(name).is_some_and(is_written) {
        Found::Sample
    } else if text.starts_with(HEAD) {
        Found::Changed
    } else {
        Found::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fmt_has_nothing_to_do_and_examples_are_recognised() {
        let today = NaiveDate::from_ymd_opt(2026, 12, 30).expect("a day");
        for language in ["en", "en-GB", "es"] {
            let samples = all(today, language);
            assert_eq!(samples.len(), 3);
            for (name, text) in samples {
                assert_eq!(format(&text, Kind::Records).as_deref(), Ok(&*text));
                assert_eq!(text.contains("language"), language == "es");
                assert!(may_be(&name));
                assert_eq!(found(&name, &text), Found::Sample, "{name}");
                assert_eq!(found(&name, &text.replace("title", "tags = [\"x\"]\ntitle")), Found::Changed);
                assert_eq!(found(&name, "title = \"March\"\n"), Found::Other);
            }
        }
        let others = ["events/2026/12-3-open-assembly.toml", "events/open-assembly.toml", "events/2026/é-open.toml"];
        for name in others {
            assert!(!may_be(name), "{name}");
        }
    }
}
