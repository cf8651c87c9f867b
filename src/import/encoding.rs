//! Bytes of a calendar file → text, whatever program wrote them.
//!
//! UTF-8 with or without a byte order mark, UTF-16 in either order, and Windows-1252 line by line, because files exist in
//! which only some lines were converted. A line that was folded inside a UTF-8 character is put together again. Line
//! numbers stay those of the bytes.

use std::borrow::Cow;

/// The text of a file, and what was done to get it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decoded<'b> {
    /// The text, without a byte order mark.
    pub text: Cow<'b, str>,
    /// What the bytes were taken for.
    pub encoding: Encoding,
    /// Whether a byte order mark was there.
    pub has_mark: bool,
    /// Numbers of the first lines that are not UTF-8.
    pub foreign: Vec<u32>,
}

/// What bytes were taken for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-8, but for the lines in `foreign`, which were read as Windows-1252.
    Mixed,
    /// UTF-16.
    Utf16,
}

/// Lines in `foreign` at most.
const MOST_FOREIGN: usize = 100;

/// Decodes a file. Bytes that are no text at all become replacement characters: the reader of lines reports them.
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    let utf_16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16, has_mark| {
        let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        let text: String = char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        Decoded { text: text.into(), encoding: Encoding::Utf16, has_mark, foreign: Vec::new() }
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => return utf_16(rest, u16::from_le_bytes, true),
        [0xFE, 0xFF, rest @ ..] => return utf_16(rest, u16::from_be_bytes, true),
        // "B" of BEGIN.
        [b'B' | b'b', 0, b'E' | b'e', 0, ..] => return utf_16(bytes, u16::from_le_bytes, false),
        [0, b'B' | b'b', 0, b'E' | b'e', ..] => return utf_16(bytes, u16::from_be_bytes, false),
        _ => {}
    }
    let rest = bytes.strip_prefix(b"\xEF\xBB\xBF");
    let (has_mark, bytes) = (rest.is_some(), rest.unwrap_or(bytes));
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: text.into(), encoding: Encoding::Utf8, has_mark, foreign: Vec::new() };
    }
    let joined = without_folds_in_characters(bytes);
    match String::from_utf8(joined) {
        Ok(text) => Decoded { text: text.into(), encoding: Encoding::Utf8, has_mark, foreign: Vec::new() },
        Err(error) => {
            let (text, foreign) = line_by_line(error.as_bytes());
            Decoded { text: text.into(), encoding: Encoding::Mixed, has_mark, foreign }
        }
    }
}

/// The bytes with each fold that splits a character moved behind that character.
fn without_folds_in_characters(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let first = bytes[at];
        let wanted = match first {
            0xC2..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0..=0xF4 => 4,
            _ => 1,
        };
        out.push(first);
        at += 1;
        if wanted == 1 {
            continue;
        }
        let (begin, mut after) = (out.len(), at);
        let mut folds = Vec::new();
        for _ in 1..wanted {
            if let Some(length) = fold_length(&bytes[after..]) {
                folds.extend_from_slice(&bytes[after..after + length]);
                after += length;
            }
            match bytes.get(after) {
                Some(byte @ 0x80..=0xBF) => out.push(*byte),
                _ => break,
            }
            after += 1;
        }
        if out.len() - begin == wanted - 1 {
            at = after;
            out.extend_from_slice(&folds);
        } else {
            out.truncate(begin);
        }
    }
    out
}

/// The length of the fold at the beginning: a line end with a space or tab behind it.
fn fold_length(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [b'\r', b'\n', b' ' | b'\t', ..] => Some(3),
        [b'\n' | b'\r', b' ' | b'\t', ..] => Some(2),
        _ => None,
    }
}

fn line_by_line(bytes: &[u8]) -> (String, Vec<u32>) {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    let mut foreign = Vec::new();
    for (number, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
        if let Ok(line) = std::str::from_utf8(line) {
            text.push_str(line);
        } else {
            if foreign.len() < MOST_FOREIGN {
                foreign.push(number as u32 + 1);
            }
            let lossy = String::from_utf8_lossy(line);
            // A line with other characters beyond ASCII is UTF-8 that was damaged.
            if lossy.chars().any(|c| !c.is_ascii() && c != char::REPLACEMENT_CHARACTER) {
                text.push_str(&lossy);
            } else {
                text.extend(line.iter().map(|byte| windows_1252(*byte)));
            }
        }
    }
    (text, foreign)
}

/// The character of a byte; the replacement character if the encoding has none.
pub(crate) fn windows_1252(byte: u8) -> char {
    const HIGH: &str = "€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ";
    match byte {
        0x80..=0x9F => match HIGH.chars().nth(usize::from(byte - 0x80)) {
            Some(found) if found != '\0' => found,
            _ => char::REPLACEMENT_CHARACTER,
        },
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        let utf_16 = |text: &str, unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
        let text = "BEGIN:VCALENDAR\r\nX-NAME:Łódź 😀\r\n";
        for (bytes, encoding, has_mark) in [
            (text.as_bytes().to_vec(), Encoding::Utf8, false),
            ([b"\xEF\xBB\xBF", text.as_bytes()].concat(), Encoding::Utf8, true),
            ([b"\xFF\xFE".to_vec(), utf_16(text, u16::to_le_bytes)].concat(), Encoding::Utf16, true),
            ([b"\xFE\xFF".to_vec(), utf_16(text, u16::to_be_bytes)].concat(), Encoding::Utf16, true),
            (utf_16(text, u16::to_le_bytes), Encoding::Utf16, false),
            (utf_16(text, u16::to_be_bytes), Encoding::Utf16, false),
        ] {
            let decoded = decode(&bytes);
            assert_eq!((&*decoded.text, decoded.encoding, decoded.has_mark), (text, encoding, has_mark));
        }
    }

    #[test]
    fn a_fold_inside_a_character_is_moved_behind_it() {
        let decoded = decode(b"SUMMARY:Caf\xC3\r\n \xA9 \xF0\x9F\n \x98\n\t\x80!\r\nURL:x\r\n");
        assert_eq!(decoded.text, "SUMMARY:Café\r\n  😀\n \n\t!\r\nURL:x\r\n");
        assert_eq!(decoded.encoding, Encoding::Utf8);
    }

    #[test]
    fn a_western_line_among_others_is_read() {
        let decoded = decode(b"A:\xC3\xA9\r\nB:Le\xF3n \x80\r\nC:\x81\xC3\r\nD:\xC3\xA9\xFF\r\n");
        assert_eq!(decoded.text, "A:é\r\nB:León €\r\nC:\u{FFFD}Ã\r\nD:é\u{FFFD}\r\n");
        assert_eq!((decoded.encoding, decoded.foreign), (Encoding::Mixed, vec![2, 3, 4]));
    }
}
