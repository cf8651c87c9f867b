//! Encodings of sheets besides UTF-8: UTF-16, which Excel calls "Unicode text", and Windows-1252, which it writes as "CSV" in
//! western Europe and the Americas.

/// A sheet's text, and what its bytes were taken for.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) encoding: &'static str,
    /// Whether the bytes themselves say so.
    pub(super) is_certain: bool,
}

/// The text of bytes that are not UTF-8. `None` if they are in none of these encodings.
pub(super) fn decoded(bytes: &[u8]) -> Option<Decoded> {
    let utf_16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        String::from_utf16(&units).ok().filter(|_| bytes.len().is_multiple_of(2))
    };
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        let text = utf_16(rest, u16::from_le_bytes)?;
        return Some(Decoded { text, encoding: "UTF-16", is_certain: true });
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        let text = utf_16(rest, u16::from_be_bytes)?;
        return Some(Decoded { text, encoding: "UTF-16", is_certain: true });
    }
    let text: Option<String> = bytes.iter().map(|byte| windows_1252(*byte)).collect();
    Some(Decoded { text: text?, encoding: "Windows-1252", is_certain: false })
}

/// The bytes of `text` in the encoding of `like`, which are not UTF-8. `None` if it has no bytes for a character.
pub(super) fn encoded(like: &[u8], text: &str) -> Option<Vec<u8>> {
    if like.starts_with(b"\xFF\xFE") {
        return Some([b"\xFF\xFE".to_vec(), text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat());
    }
    if like.starts_with(b"\xFE\xFF") {
        return Some([b"\xFE\xFF".to_vec(), text.encode_utf16().flat_map(u16::to_be_bytes).collect()].concat());
    }
    text.chars().map(|character| (0..=u8::MAX).find(|byte| windows_1252(*byte) == Some(character))).collect()
}

/// The character of a byte. `None` if the encoding has none, or if it does not occur in text.
fn windows_1252(byte: u8) -> Option<char> {
    const HIGH: &str = "€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ";
    match byte {
        b'\t' | b'\n' | b'\r' => Some(char::from(byte)),
        0x80..=0x9F => HIGH.chars().nth(usize::from(byte - 0x80)).filter(|character| *character != '\0'),
        0x00..=0x1F | 0x7F => None,
        _ => Some(char::from(byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_what_they_say_or_western() {
        let text = |bytes: &[u8]| decoded(bytes).map(|decoded| (decoded.text, decoded.encoding));
        let utf_16 = |text: &str, unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
        let little = [b"\xFF\xFE".to_vec(), utf_16("León\t😀\n", u16::to_le_bytes)].concat();
        let big = [b"\xFE\xFF".to_vec(), utf_16("León\t😀\n", u16::to_be_bytes)].concat();
        for bytes in [&little, &big] {
            assert_eq!(text(bytes), Some(("León\t😀\n".to_owned(), "UTF-16")));
        }
        assert_eq!(text(b"Le\xF3n;\x80 5\r\n"), Some(("León;€ 5\r\n".to_owned(), "Windows-1252")));
        for bytes in [&little, &big, &b"Le\xF3n;\x80 5\r\n".to_vec()] {
            let (text, _) = text(bytes).expect("a text");
            assert_eq!(encoded(bytes, &text).as_ref(), Some(bytes));
        }
        assert_eq!(encoded(b"\xF3", "Ł"), None);
        assert_eq!(text(b"\xFF\xFEa"), None, "half a character");
        assert_eq!(text(b"Le\xF3n\x81"), None);
        assert_eq!(text(b"\x00\xF3"), None);
    }
}
