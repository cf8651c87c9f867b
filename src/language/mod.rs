//! The languages of listings and feeds: words from `locales/*.ftl`; dates, times and numbers from CLDR.
//!
//! A [`Language`] is a language with words, and a region for dates and hours: `es-MX` has the words of `es`, and `en-US` the
//! 12-hour clock. For a language without words everything is in English, dates included, so that no sentence mixes two
//! languages. Texts of records are selected by [`matches`].
//!
//! English without a region, or of Britain and Ireland, has its own style, `Wed 2 December 2026, 16:00`, without a table.
//! The tables of other languages are loaded on first use.

mod book;
mod cldr;
pub mod countries;
pub mod matches;
mod names;
mod numerals;
mod style;
mod typed;
mod words;

use std::fmt;

pub use names::{Names, is_noon};
pub use style::DateStyle;
pub use typed::{NamedZone, named_zone};
pub use words::{Arg, Word};

/// A language that has words, and the region by which it writes dates.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Language {
    /// Index into [`LANGUAGES`].
    words: u8,
    /// In capitals; zeros for none.
    region: [u8; 2],
    /// Whether dates of Chinese are written in traditional characters.
    is_traditional: bool,
}

/// Primary tag, the words, and whether lines run from right to left.
const LANGUAGES: [(&str, &str, bool); 16] = [
    ("en", include_str!("../../locales/en.ftl"), false),
    ("es", include_str!("../../locales/es.ftl"), false),
    ("fr", include_str!("../../locales/fr.ftl"), false),
    ("pt", include_str!("../../locales/pt.ftl"), false),
    ("it", include_str!("../../locales/it.ftl"), false),
    ("de", include_str!("../../locales/de.ftl"), false),
    ("el", include_str!("../../locales/el.ftl"), false),
    ("tr", include_str!("../../locales/tr.ftl"), false),
    ("ru", include_str!("../../locales/ru.ftl"), false),
    ("ar", include_str!("../../locales/ar.ftl"), true),
    ("fa", include_str!("../../locales/fa.ftl"), true),
    ("he", include_str!("../../locales/he.ftl"), true),
    ("hi", include_str!("../../locales/hi.ftl"), false),
    ("ko", include_str!("../../locales/ko.ftl"), false),
    ("zh", include_str!("../../locales/zh.ftl"), false),
    ("ja", include_str!("../../locales/ja.ftl"), false),
];

impl Language {
    /// English in the style of the house.
    pub const ENGLISH: Language = Language { words: 0, region: [0; 2], is_traditional: false };

    /// All that have words, without a region.
    pub fn all() -> impl Iterator<Item = Language> {
        (0..LANGUAGES.len()).map(|words| Language { words: words as u8, ..Language::ENGLISH })
    }

    /// The language of a BCP 47 tag, or English where there are no words of it.
    pub fn of(tag: &str) -> Self {
        Language::find(tag).unwrap_or(Language::ENGLISH)
    }

    /// The language of a BCP 47 tag, if there are words of it.
    pub fn find(tag: &str) -> Option<Self> {
        let mut parts = tag.split(['-', '_']);
        let primary = parts.next().unwrap_or_default();
        let words = LANGUAGES.iter().position(|(own, ..)| own.eq_ignore_ascii_case(primary))?;
        let mut language = Language { words: words as u8, ..Language::ENGLISH };
        for part in parts {
            let capitals = part.to_ascii_uppercase();
            match capitals.as_bytes() {
                // What follows is for other purposes.
                [_] => break,
                &[first, second] if crate::zone::country::name(&capitals).is_some() => {
                    language.region = [first, second];
                }
                _ if language.code() == "zh" && capitals == "HANT" => language.is_traditional = true,
                _ => {}
            }
        }
        if language.code() == "zh" && matches!(&language.region, b"TW" | b"HK" | b"MO") {
            language.is_traditional = !tag.to_ascii_lowercase().contains("hans");
        }
        Some(language)
    }

    /// The primary tag: what the words are.
    pub fn code(self) -> &'static str {
        LANGUAGES[usize::from(self.words)].0
    }

    fn source(self) -> &'static str {
        LANGUAGES[usize::from(self.words)].1
    }

    /// Whether lines run from right to left.
    pub fn is_rtl(self) -> bool {
        LANGUAGES[usize::from(self.words)].2
    }

    fn region(&self) -> Option<&str> {
        std::str::from_utf8(&self.region).ok().filter(|region| !region.starts_with('\0'))
    }

    /// Whether it has the style of the house.
    fn is_house(self) -> bool {
        self.words == 0 && matches!(self.region(), None | Some("GB" | "IE"))
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())?;
        if self.is_traditional {
            f.write_str("-Hant")?;
        }
        match self.region() {
            Some(region) => write!(f, "-{region}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_one_of_the_languages_with_its_region() {
        for (tag, shown) in [
            ("es", "es"),
            ("ES-mx", "es-MX"),
            ("en-us", "en-US"),
            ("pt-BR-u-nu-latn", "pt-BR"),
            ("zh-Hant", "zh-Hant"),
            ("zh-TW", "zh-Hant-TW"),
            ("zh-Hans-HK", "zh-HK"),
            ("es-419", "es"),
            ("es-XX", "es"),
            ("ca", "en"),
            ("", "en"),
        ] {
            assert_eq!(Language::of(tag).to_string(), shown, "{tag}");
        }
        assert!(Language::find("spanish").is_none());
    }

    #[test]
    fn directions() {
        let rtl: Vec<&str> = Language::all().filter(|language| language.is_rtl()).map(Language::code).collect();
        assert_eq!(rtl, ["ar", "fa", "he"]);
    }
}
