//! Feeds of redletter itself, read back: the title of an event that does not take place has its status in front.

use std::sync::LazyLock;

use super::fields::Fields;
use crate::language::{Language, Word};

/// Whether a PRODID is that of redletter.
pub fn is_own(product: &str) -> bool {
    product.to_ascii_lowercase().contains("redletter")
}

/// What stands before a title, in all languages, with the status that it means.
static PREFIXES: LazyLock<Vec<(String, &'static str)>> = LazyLock::new(|| {
    let of = |language: Language| {
        [(Word::Cancelled, "cancelled"), (Word::Postponed, "postponed")].map(|(word, status)| {
            let prefix = language.say(Word::Titled, &[("status", language.word(word).into()), ("title", "".into())]);
            (prefix, status)
        })
    };
    Language::all().flat_map(of).collect()
});

/// Takes the status out of the title again.
pub fn without_prefix(fields: &mut Fields) {
    if !matches!(fields.status, Some("cancelled" | "tentative" | "confirmed")) {
        return;
    }
    let Some(title) = &fields.title else { return };
    let found = PREFIXES.iter().find_map(|(prefix, status)| {
        let rest = title.strip_prefix(prefix.trim_end())?.trim_start();
        (!rest.is_empty()).then(|| (rest.to_owned(), *status))
    });
    if let Some((rest, status)) = found {
        fields.title = Some(rest);
        fields.status = Some(status);
    }
}
