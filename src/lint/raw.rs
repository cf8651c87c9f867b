//! Bytes and physical lines: encoding, line ends, length, control characters.

use super::Findings;
use crate::diagnostic::FeedCode;
use crate::import::encoding::{Decoded, Encoding};

/// Octets of a line without its end.
const LONGEST: usize = 75;

/// What is wrong with the encoding.
pub(super) fn encoding(bytes: &[u8], decoded: &Decoded<'_>, findings: &mut Findings<'_>) {
    match decoded.encoding {
        Encoding::Utf8 => {
            if matches!(decoded.text, std::borrow::Cow::Owned(_)) {
                for (number, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
                    if let [b' ' | b'\t', 0x80..=0xBF, ..] = line {
                        // The line that the character begins on.
                        findings.at_line(
                            FeedCode::FoldInCharacter,
                            number as u32,
                            "the line is folded within a character",
                        );
                    }
                }
            }
        }
        Encoding::Utf16 => findings.at_start(FeedCode::Encoding, "the file is in UTF-16, not in UTF-8"),
        Encoding::Mixed => {
            for line in &decoded.foreign {
                findings.at_line(FeedCode::Encoding, *line, "the line is not UTF-8; it is read as Windows-1252");
            }
        }
    }
}

/// What is wrong with the lines.
pub(super) fn lines(findings: &mut Findings<'_>) {
    let text = findings.text;
    let (mut bare, mut count, mut first_bare, mut starts) = (0, 0, None, Vec::with_capacity(text.len() / 40));
    let may_be_odd = memchr::memmem::find(text.as_bytes(), b"\xEF\xBF").is_some();
    let mut start = 0;
    while start < text.len() {
        starts.push(start as u32);
        let bytes = &text.as_bytes()[start..];
        let found = memchr::memchr2(b'\n', b'\r', bytes);
        let length = found.unwrap_or(bytes.len());
        let line = &bytes[..length];
        let ends_well = bytes[length..].starts_with(b"\r\n");
        if found.is_some() {
            count += 1;
            if !ends_well {
                bare += 1;
                first_bare.get_or_insert(start..start + length);
            }
        }
        if length > LONGEST {
            findings.add(FeedCode::LongLine, start..start + length, "the line has more than 75 octets");
        }
        // Without an early end, which lets the compiler look at many bytes at a time.
        let is_control = |byte: &u8| u8::from(*byte < b' ' && *byte != b'\t') | u8::from(*byte == 0x7F);
        let is_odd = line.iter().fold(0, |odd, byte| odd | is_control(byte)) != 0;
        if is_odd || may_be_odd && has_noncharacter(line) {
            findings.add(
                FeedCode::ControlCharacter,
                start..start + length,
                "the line has a control character, or one that is no text",
            );
        }
        // As the reader counts lines: some programs write CR CR LF.
        start += match &bytes[length..] {
            [b'\r', b'\r', b'\n', ..] => length + 3,
            _ => length + if ends_well { 2 } else { 1 },
        };
    }
    findings.starts = starts;
    if let Some(range) = first_bare {
        let message = if bare == count {
            "lines do not end in CR LF".to_owned()
        } else {
            format!("{bare} of {count} lines do not end in CR LF")
        };
        findings.add(FeedCode::LineEnds, range, message);
    }
}

/// U+FFFE and U+FFFF, which XML cannot hold.
fn has_noncharacter(line: &[u8]) -> bool {
    let mut rest = line;
    while let Some(at) = memchr::memchr(0xEF, rest) {
        if matches!(rest.get(at + 1..at + 3), Some([0xBF, 0xBE | 0xBF])) {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}
