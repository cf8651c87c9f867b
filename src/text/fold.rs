//! Folds text for comparison: case, accents and Unicode normal forms are ignored.
//!
//! The folded form is only for comparison; the text is stored and shown as written. Ids are made by `resolve::slug`, which
//! must never change, because UIDs depend on ids.
//!
//! Not every mark in Unicode is an accent. The vowel signs of Indic scripts and of Thai distinguish words, and so do й and
//! ї, so these are kept.

use icu_normalizer::properties::CanonicalCombiningClassMapBorrowed as CombiningClass;
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

/// `text` for comparing: `Málaga`, `MALAGA` and `Ma´laga` with a combining accent are one.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let classes = CombiningClass::new();
    let mut out = String::with_capacity(text.len());
    let mut has_jamo = false;
    for character in DecomposingNormalizerBorrowed::new_nfkd().normalize_iter(text.chars()) {
        if character.is_ascii() {
            out.push(character.to_ascii_lowercase());
            continue;
        }
        if let Some(letter) = own_letter(out.chars().next_back(), character) {
            out.pop();
            out.push(letter);
            continue;
        }
        if is_accent(classes.get_u8(character)) || is_invisible(character) {
            continue;
        }
        has_jamo |= matches!(character, '\u{1100}'..='\u{11FF}');
        for lower in character.to_lowercase() {
            match plain(lower) {
                Some(plain) => out.push_str(plain),
                None if is_accent(classes.get_u8(lower)) => {}
                None => out.push(lower),
            }
        }
    }
    // Syllables of Hangul were taken apart, and the beginning of one is not the beginning of a word.
    if has_jamo { ComposingNormalizerBorrowed::new_nfc().normalize(&out).into_owned() } else { out }
}

/// Cyrillic letters of their own that Unicode takes apart into another letter and a mark.
fn own_letter(before: Option<char>, mark: char) -> Option<char> {
    match (before?, mark) {
        ('и', '\u{306}') => Some('й'),
        ('у', '\u{306}') => Some('ў'),
        ('і', '\u{308}') => Some('ї'),
        _ => None,
    }
}

/// Whether marks of this canonical combining class are accents: those above and below of European scripts, the points of
/// Hebrew, Arabic and Syriac. Not those of Indic scripts, of Thai, and the voicing marks of Japanese.
fn is_accent(class: u8) -> bool {
    matches!(class, 1 | 10..=36 | 200..=240)
}

/// Characters that are not seen: joiners, soft hyphens, marks of direction, variation selectors.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
    )
}

/// A lower-case letter or sign as its plain likeness, where Unicode does not take it apart.
fn plain(character: char) -> Option<&'static str> {
    Some(match character {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ł' => "l",
        'ŋ' => "n",
        'þ' => "th",
        'ŧ' => "t",
        'ς' => "σ",
        '‘' | '’' | 'ʼ' | '′' => "'",
        '“' | '”' => "\"",
        '‐' | '‑' | '‒' | '–' | '−' => "-",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_word_is_the_same_however_it_is_written() {
        for same in [
            &["Málaga", "Ma\u{301}laga", "MALAGA", "malaga", "ＭÁＬＡＧＡ"][..],
            &["Zürich", "Zu\u{308}rich", "ZURICH"],
            &["İzmir", "izmir", "IZMIR"],
            &["Straße", "STRASSE", "strasse"],
            &["Łódź", "lodz"],
            &["Đà Nẵng", "da nang", "Đa\u{300} Na\u{306}\u{303}ng"],
            &["Αθήνα", "ΑΘΗΝΑ", "Αθηνα", "αθήνα"],
            &["Χαλάνδριος", "ΧΑΛΑΝΔΡΙΟΣ"],
            &["Ёлка", "елка"],
            &["Война", "ВОИ\u{306}НА"],
            &["서울", "\u{1109}\u{1165}\u{110B}\u{116E}\u{11AF}"],
            &["ﬁre", "fire"],
            &["Women’s", "women's"],
            &["Saint‑Denis", "saint-denis"],
            &["שָׁלוֹם", "שלום"],
            &["مُحَمَّد", "محمد"],
            &["Sa\u{AD}lud", "salud"],
        ] {
            for text in same {
                assert_eq!(fold(text), fold(same[0]), "{text:?}");
                assert_eq!(fold(&fold(text)), fold(text), "{text:?} folded twice");
            }
        }
    }

    #[test]
    fn other_words_are_others() {
        for (one, other) in [("Лима", "Лийа"), ("война", "воина"), ("कि", "कु"), ("か", "が"), ("กา", "กู"), ("한", "하")]
        {
            assert_ne!(fold(one), fold(other));
        }
        assert!(!fold("한국").starts_with(&fold("하")));
        assert_eq!(fold(""), "");
    }
}
