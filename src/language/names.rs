//! Names of months, weekdays and day periods for reading dates in a language: from CLDR, in the forms that
//! [`Language::date`] and [`Language::time`] print, and in stand-alone forms. Case and accents are ignored.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use chrono::{NaiveTime, Weekday};

use super::{Language, Word, cldr};
use crate::text::fold;

/// The names of a language, folded.
#[derive(Debug, Default)]
pub struct Names {
    months: HashMap<String, u32>,
    weekdays: HashMap<String, Weekday>,
    halves: HashMap<String, bool>,
    days: HashMap<String, i64>,
    prepositions: &'static [&'static str],
    articles: &'static [&'static str],
}

thread_local! {
    static NAMES: RefCell<HashMap<Language, Rc<Names>>> = RefCell::default();
}

/// Words before and between the parts of a date. Some may also begin the name of a city: `La Paz`.
type Joining = (&'static [&'static str], &'static [&'static str]);

fn joining(code: &str) -> Joining {
    match code {
        "es" => (&["de", "del", "a", "en", "desde", "hora", "horas", "hs", "h"], &["el", "la", "las", "los"]),
        "fr" => (&["à", "de", "du", "dès", "h", "heure", "heures"], &["le", "la", "les"]),
        "pt" => {
            (&["de", "do", "da", "em", "no", "na", "dia", "h", "hora", "horas", "às", "ás"], &["a", "as", "o", "os"])
        }
        "it" => (&["di", "del", "alle", "ore", "ora", "h"], &["il", "la", "le", "lo"]),
        "de" => (&["am", "um", "vom", "ab", "uhr"], &["den", "der", "die", "das"]),
        "el" => (&["στις", "στη", "την", "της", "του", "τις", "ώρα", "και"], &["η", "ο", "το"]),
        "tr" => (&["saat", "günü", "tarihinde", "saati"], &[]),
        "ru" => (&["в", "во", "г", "г.", "года", "час", "часа", "часов", "ч"], &[]),
        "ar" => (&["في", "الساعة", "يوم", "من"], &[]),
        "fa" => (&["ساعت", "در", "روز", "تا"], &[]),
        "he" => (&["ב", "בשעה", "ביום", "יום", "שעה", "ה"], &[]),
        "hi" => (&["को", "बजे", "से"], &[]),
        "ko" => (&["에", "일"], &[]),
        "zh" => (&["于", "於", "在"], &[]),
        "ja" => (&["に", "から"], &[]),
        _ => (&[], &[]),
    }
}

/// Words for noon. The sheets and texts of a calendar need not be in its language, and none of these means another thing.
const NOON: [&str; 14] = [
    "noon",
    "midday",
    "midi",
    "mediodia",
    "mittag",
    "mittags",
    "mezzogiorno",
    "meio-dia",
    "meiodia",
    "полдень",
    "ظهرا",
    "צהריים",
    "정오",
    "正午",
];

/// Whether a word is noon.
pub fn is_noon(word: &str) -> bool {
    NOON.contains(&&*key(word))
}

/// A name for comparing.
fn key(name: &str) -> String {
    fold(name.trim_matches(|c: char| matches!(c, '.' | '׳' | '॰' | '(' | ')' | ',') || c.is_whitespace()))
}

impl Names {
    /// The number of a month.
    pub fn month(&self, name: &str) -> Option<u32> {
        self.months.get(&key(name)).copied()
    }

    /// A weekday.
    pub fn weekday(&self, name: &str) -> Option<Weekday> {
        self.weekdays.get(&key(name)).copied()
    }

    /// Whether a word next to a time means after noon; `None` if it is not a day period.
    pub fn is_after_noon(&self, word: &str) -> Option<bool> {
        self.halves.get(&half_key(word)).copied()
    }

    /// The days from today to the day that a word means: 0 for today, 1 for tomorrow.
    pub fn relative_day(&self, word: &str) -> Option<i64> {
        self.days.get(&key(word)).copied()
    }

    /// Whether a word joins the parts of a date and says nothing.
    pub fn is_preposition(&self, word: &str) -> bool {
        self.prepositions.contains(&word)
    }

    /// Whether a word joins the parts of a date, or begins the name of a place.
    pub fn is_article(&self, word: &str) -> bool {
        self.articles.contains(&word)
    }

    fn of(language: Language) -> Self {
        let (prepositions, articles) = joining(language.code());
        let mut names = Names { prepositions, articles, ..Names::default() };
        for (number, name) in cldr::month_names(language) {
            // Hebrew writes `in` as a letter before the name.
            if language.code() == "he" {
                names.months.insert(key(&format!("ב{name}")), number);
            }
            names.months.insert(key(&name), number);
        }
        for (weekday, name) in cldr::weekday_names(language) {
            // `יום שבת` is also written `שבת`, and `terça-feira` `terça`.
            for part in [name.split(' ').next_back(), name.split('-').next().filter(|_| language.code() == "pt")] {
                names.weekdays.insert(key(part.unwrap_or(&name)), weekday);
            }
            names.weekdays.insert(key(&name), weekday);
        }
        let half_of = |hour: u32| {
            let time = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
            half_key(&language.time(time).chars().filter(|c| !c.is_numeric() && *c != ':').collect::<String>())
        };
        // With a 24-hour clock, the word next to the digits is the same all day, such as `h`.
        if half_of(3) != half_of(15) {
            names.halves =
                (0..24).map(|hour| (half_of(hour), hour >= 12)).filter(|(half, _)| !half.is_empty()).collect();
        }
        for (word, days) in [(Word::Today, 0), (Word::Tomorrow, 1)] {
            names.days.insert(key(language.word(word)), days);
        }
        names
    }
}

fn half_key(word: &str) -> String {
    fold(word).chars().filter(|c| c.is_alphabetic()).collect()
}

impl Language {
    /// The names of the language; `None` for English, which is always read.
    pub fn names(self) -> Option<Rc<Names>> {
        if self.code() == "en" {
            return None;
        }
        Some(NAMES.with(|names| names.borrow_mut().entry(self).or_insert_with(|| Rc::new(Names::of(self))).clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_names_all_months_and_weekdays() {
        for language in Language::all().filter(|language| language.code() != "en") {
            let names = language.names().expect("names");
            let mut months: Vec<u32> = names.months.values().copied().collect();
            months.sort_unstable();
            months.dedup();
            assert_eq!(months, (1..=12).collect::<Vec<_>>(), "{language}");
            let mut weekdays: Vec<u32> = names.weekdays.values().map(Weekday::number_from_monday).collect();
            weekdays.sort_unstable();
            weekdays.dedup();
            assert_eq!(weekdays, (1..=7).collect::<Vec<_>>(), "{language}");
            assert!(!names.days.is_empty(), "{language}");
        }
    }

    #[test]
    fn halves_of_the_day_are_told_apart() {
        for (tag, word, is_after_noon) in [
            ("el", "μ.μ.", true),
            ("el", "π.μ.", false),
            ("ko", "오후", true),
            ("zh-TW", "凌晨", false),
            ("ar", "م", true),
        ] {
            let names = Language::of(tag).names().expect("names");
            assert_eq!(names.is_after_noon(word), Some(is_after_noon), "{tag} {word}");
        }
        assert_eq!(Language::of("fr").names().expect("names").is_after_noon("h"), None);
    }
}
