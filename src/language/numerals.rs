//! Digits as a language writes them, and numbers in them.

use super::{Language, cldr};

/// A set of ten digits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Digits {
    /// 0123456789
    Latin,
    /// ٠١٢٣٤٥٦٧٨٩
    Arabic,
    /// ۰۱۲۳۴۵۶۷۸۹
    Persian,
    /// ०१२३४५६७८९
    Devanagari,
}

impl Digits {
    pub(super) const ALL: [Digits; 4] = [Digits::Latin, Digits::Arabic, Digits::Persian, Digits::Devanagari];

    fn zero(self) -> char {
        match self {
            Digits::Latin => '0',
            Digits::Arabic => '٠',
            Digits::Persian => '۰',
            Digits::Devanagari => '०',
        }
    }

    /// `text` with the digits of ASCII as these.
    pub(super) fn write(self, text: &str) -> String {
        let digit = |c: char| match c.to_digit(10) {
            Some(value) => char::from_u32(u32::from(self.zero()) + value).unwrap_or(c),
            None => c,
        };
        text.chars().map(digit).collect()
    }
}

/// The numerals of the language in its region, from CLDR.
pub(super) fn of(language: Language) -> Digits {
    // Only these have others anywhere.
    if !matches!(language.code(), "ar" | "fa" | "hi") {
        return Digits::Latin;
    }
    let zero = cldr::zero(language);
    Digits::ALL.into_iter().find(|digits| zero == Some(digits.zero())).unwrap_or(Digits::Latin)
}

impl Language {
    /// `text`, a number or a time, in the digits of the language.
    pub fn digits(self, text: &str) -> String {
        of(self).write(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_those_of_the_region() {
        for (tag, shown) in [("en", "24:00"), ("ar-EG", "٢٤:٠٠"), ("ar-MA", "24:00"), ("fa", "۲۴:۰۰"), ("hi", "24:00")]
        {
            assert_eq!(Language::of(tag).digits("24:00"), shown, "{tag}");
        }
    }
}
