//! Letters and digits of a text as they compare: compatibility forms (NFKC), letter case, the digits of all scripts.
//! Everything else, such as spaces, line breaks, punctuation, combining marks and invisible characters, is dropped.

use std::sync::LazyLock;

use icu_normalizer::DecomposingNormalizerBorrowed;
use icu_normalizer::properties::CanonicalCombiningClassMapBorrowed;

/// Takes the bytes of a reading, each piece with the place of the original text that it stands for.
pub(super) trait Sink {
    /// Appends bytes that all stand for what begins at `at`.
    fn push(&mut self, bytes: &[u8], at: usize);

    /// Appends bytes that stand for themselves, the first one for what is at `at`.
    fn copy(&mut self, bytes: &[u8], at: usize);

    /// Appends the letters and digits of ASCII text.
    fn fold_ascii(&mut self, ascii: &[u8], at: usize);
}

/// Without places; this is the fast form.
impl Sink for Vec<u8> {
    fn push(&mut self, bytes: &[u8], _: usize) {
        self.extend_from_slice(bytes);
    }

    fn copy(&mut self, bytes: &[u8], _: usize) {
        self.extend_from_slice(bytes);
    }

    fn fold_ascii(&mut self, ascii: &[u8], _: usize) {
        let mut length = self.len();
        self.resize(length + ascii.len(), 0);
        for byte in ascii {
            // A dropped byte is overwritten by the next one: no branch depends on the text.
            let folded = ASCII[usize::from(*byte)];
            self[length] = folded;
            length += usize::from(folded != 0);
        }
        self.truncate(length);
    }
}

/// Bytes, and the place of each in the original text.
#[derive(Default)]
pub(super) struct Placed {
    pub(super) bytes: Vec<u8>,
    pub(super) places: Vec<u32>,
}

impl Sink for Placed {
    fn push(&mut self, bytes: &[u8], at: usize) {
        self.bytes.extend_from_slice(bytes);
        self.places.extend(std::iter::repeat_n(at as u32, bytes.len()));
    }

    fn copy(&mut self, bytes: &[u8], at: usize) {
        self.bytes.extend_from_slice(bytes);
        self.places.extend((at as u32..).take(bytes.len()));
    }

    fn fold_ascii(&mut self, ascii: &[u8], at: usize) {
        for (index, byte) in ascii.iter().enumerate() {
            let folded = ASCII[usize::from(*byte)];
            if folded != 0 {
                self.push(&[folded], at + index);
            }
        }
    }
}

/// What each ASCII byte becomes: letters in lower case and digits stay, 0 stands for what is dropped.
const ASCII: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() {
            table[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

/// Puts the letters and digits of `text` into `out`.
pub(super) fn fold(text: &str, out: &mut impl Sink) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let ascii = bytes[at..].iter().position(|byte| !byte.is_ascii()).unwrap_or(bytes.len() - at);
        out.fold_ascii(&bytes[at..at + ascii], at);
        at += ascii;
        // Text of other scripts stands together, with little of ASCII in between.
        for character in text[at..].chars().take_while(|character| !character.is_ascii()) {
            fold_character(character, |folded| {
                out.push(folded.encode_utf8(&mut [0; 4]).as_bytes(), at);
            });
            at += character.len_utf8();
        }
    }
}

/// The letters and digits of `text`.
pub(super) fn folded(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    fold(text, &mut out);
    out
}

/// Whether a character counts when texts are compared.
pub(super) fn is_kept(character: char) -> bool {
    let mut kept = false;
    fold_character(character, |_| kept = true);
    kept
}

/// Whether no reader sees the character: joiners, soft hyphens, directions, variation selectors, combining marks.
pub(super) fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{20d0}'..='\u{20f0}'
    ) || combining_class(character) != 0
}

/// Folded characters below this code point are looked up.
const LOOKED_UP: u32 = 0x3000;
/// A character that becomes several, or is not looked up.
const SEVERAL: u32 = u32::MAX;

static TABLE: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let entry = |code: u32| {
        let (mut count, mut last) = (0, 0);
        if let Some(character) = char::from_u32(code) {
            decompose(character, |folded| (count, last) = (count + 1, u32::from(folded)));
        }
        if count > 1 { SEVERAL } else { last }
    };
    (0..LOOKED_UP).map(entry).collect()
});

fn fold_character(character: char, mut push: impl FnMut(char)) {
    match character {
        '\0'..='\u{2fff}' => match TABLE[character as usize] {
            0 => {}
            SEVERAL => decompose(character, push),
            code => push(char::from_u32(code).unwrap_or(character)),
        },
        // Ideographs and syllables stand for themselves.
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => push(character),
        _ => decompose(character, push),
    }
}

fn decompose(character: char, mut push: impl FnMut(char)) {
    for part in DecomposingNormalizerBorrowed::new_nfkd().normalize_iter(std::iter::once(character)) {
        if let Some(digit) = digit(part) {
            push(char::from(b'0' + digit));
        } else if part.is_alphanumeric() && !is_invisible(part) {
            part.to_lowercase().for_each(|lower| push(if lower == 'ς' { 'σ' } else { lower }));
        }
    }
}

fn combining_class(character: char) -> u8 {
    CanonicalCombiningClassMapBorrowed::new().get_u8(character)
}

/// The zeros of the scripts that have digits of their own; the other nine follow each (general category Nd).
const ZEROS: [u32; 58] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20,
    0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0,
    0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450,
    0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50, 0x11da0, 0x16a60, 0x16ac0, 0x16b50,
    0x1e140, 0x1e2f0, 0x1e950,
];

/// The ones of circled digits that no decomposition turns into plain ones.
const ONES: [u32; 4] = [0x24f5, 0x2776, 0x2780, 0x278a];

fn digit(character: char) -> Option<u8> {
    let code = u32::from(character);
    if character.is_ascii() {
        return character.is_ascii_digit().then(|| character as u8 - b'0');
    }
    let zero = ZEROS[..ZEROS.partition_point(|zero| *zero <= code)].last();
    if let Some(value) = zero.map(|zero| code - zero).filter(|value| *value < 10) {
        return Some(value as u8);
    }
    if code == 0x24ff {
        return Some(0);
    }
    ONES.iter().find(|one| (**one..**one + 9).contains(&code)).map(|one| (code - one + 1) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reads_the_same_folds_to_the_same() {
        for text in [
            "k3y0191837",
            "K3Y0 191-837",
            "k3y0\r\n\t191837",
            "Ｋ３Ｙ０１９１８３７",
            "k\u{301}3y0\u{ad}1\u{200b}9\u{2060}1\u{feff}837\u{20e3}",
            "𝐤𝟑𝐲𝟎𝟏𝟗𝟏𝟖𝟑𝟕",
            "ⓚ③ⓨ⓪①⑨①⑧③⑦",
            "k3y0۱۹۱۸۳۷",
            "k3y0١٩١٨٣٧",
            "k3y0१९१८३७",
            "k3y0❶❾❶❽❸❼",
            "k³y⁰¹⁹¹⁸³⁷",
            "k3y0\u{3164}191\u{e0041}837",
        ] {
            assert_eq!(String::from_utf8(folded(text)).expect("UTF-8"), "k3y0191837", "{text}");
        }
        assert_eq!(folded("ÉTÉ Ναύς 한국 東京"), folded("ete ναυσ 한국 東京"));
        assert_ne!(folded("ete"), folded("еte"), "a Cyrillic letter is another one");
    }

    #[test]
    fn each_folded_byte_knows_its_place() {
        let text = "é 1ﬁ\u{ad}Z";
        let mut placed = Placed::default();
        fold(text, &mut placed);
        assert_eq!(placed.bytes, b"e1fiz");
        assert_eq!(placed.places, [0, 3, 4, 4, 9]);
        assert_eq!(placed.bytes, folded(text));
    }

    #[test]
    fn digits_of_all_scripts_have_their_values() {
        assert!(ZEROS.is_sorted());
        for zero in ZEROS {
            let digits: String = (zero..zero + 10).filter_map(char::from_u32).collect();
            assert_eq!(folded(&digits), b"0123456789", "{zero:x}");
        }
        assert!(is_invisible('\u{200d}') && is_invisible('\u{301}') && !is_invisible('-') && !is_invisible('a'));
        assert!(is_kept('一') && is_kept('９') && !is_kept('·') && !is_kept('\u{ad}'));
    }
}
