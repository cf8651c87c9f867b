//! Values that cannot leave their line: TEXT (RFC 5545 3.3.11), parameters (RFC 6868), addresses; and folding.
//!
//! Whatever a reader might take for the end of a line (CR, LF, NEL, U+2028, U+2029) becomes `\n` in TEXT and `^n` in a
//! parameter; other control characters but TAB are left out, of C0 and C1 alike. All functions append bytes to `out`.

/// Octets of a line without its CRLF (RFC 5545 3.1).
pub(super) const WIDTH: usize = 75;

/// The escape for a character, if it needs one.
enum Mark {
    Itself,
    LineEnd,
    Nothing,
}

/// Whether a byte begins a character that needs a look: syntax, a control, or the lead byte of C1 and U+2028.
#[expect(clippy::needless_bitwise_bool, reason = "branches would keep the compiler from comparing many at once")]
const fn is_special(byte: u8) -> bool {
    let syntax = (byte == b'\\') | (byte == b';') | (byte == b',') | (byte == b'"') | (byte == b'^');
    syntax | (byte < 0x20) | (byte == 0x7F) | (byte == 0xC2) | (byte == 0xE2)
}

/// How many bytes from the start are not special. Sixteen at a time, which the compiler makes one comparison each.
fn ordinary(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(block) = bytes[at..].first_chunk::<16>() {
        if block.iter().fold(0, |any, byte| any | u8::from(is_special(*byte))) > 0 {
            break;
        }
        at += 16;
    }
    at + bytes[at..].iter().position(|byte| is_special(*byte)).unwrap_or(bytes.len() - at)
}

/// What the character at the start of `bytes` is, and its length; where it is special and no syntax.
fn mark(bytes: &[u8]) -> (Mark, usize) {
    match bytes {
        [b'\r', b'\n', ..] | [0xC2, 0x85, ..] => (Mark::LineEnd, 2),
        [b'\r' | b'\n', ..] => (Mark::LineEnd, 1),
        [0xE2, 0x80, 0xA8 | 0xA9, ..] => (Mark::LineEnd, 3),
        [0xC2, 0x80..=0x9F, ..] => (Mark::Nothing, 2),
        [0..=0x08 | 0x0B..=0x1F | 0x7F, ..] => (Mark::Nothing, 1),
        _ => (Mark::Itself, 1),
    }
}

/// Appends `text` with `special` bytes written by `syntax`, where that knows them, and line ends as `line_end`.
fn push(text: &str, out: &mut Vec<u8>, line_end: &[u8], syntax: impl Fn(u8) -> Option<&'static [u8]>) {
    let bytes = text.as_bytes();
    let mut done = 0;
    let mut at = 0;
    loop {
        at += ordinary(&bytes[at..]);
        let Some(byte) = bytes.get(at) else { break };
        if let Some(written) = syntax(*byte) {
            out.extend_from_slice(&bytes[done..at]);
            out.extend_from_slice(written);
            at += 1;
            done = at;
            continue;
        }
        let (mark, length) = mark(&bytes[at..]);
        if !matches!(mark, Mark::Itself) {
            out.extend_from_slice(&bytes[done..at]);
            done = at + length;
        }
        if matches!(mark, Mark::LineEnd) {
            out.extend_from_slice(line_end);
        }
        at += length;
    }
    out.extend_from_slice(&bytes[done..]);
}

/// A TEXT value.
pub(super) fn escape(text: &str, out: &mut Vec<u8>) {
    push(text, out, b"\\n", |byte| match byte {
        b'\\' => Some(b"\\\\"),
        b';' => Some(b"\\;"),
        b',' => Some(b"\\,"),
        _ => None,
    });
}

/// A parameter's value between quotes, encoded by RFC 6868.
pub(super) fn quote(value: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    push(value, out, b"^n", |byte| match byte {
        b'^' => Some(b"^^"),
        b'"' => Some(b"^'"),
        _ => None,
    });
    out.push(b'"');
}

/// The value of a parameter that is usually a name (a language, a zone): unquoted if possible, otherwise quoted.
pub(super) fn name(value: &str, out: &mut Vec<u8>) {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-_/+".contains(&byte);
    if !value.is_empty() && value.bytes().all(is_name) {
        out.extend_from_slice(value.as_bytes());
    } else {
        quote(value, out);
    }
}

/// A URI: ASCII characters that RFC 3986 does not allow, and all line ends, are percent-encoded. Letters of other scripts stay,
/// because an encoded host name would be another one.
pub(super) fn address(uri: &str, out: &mut Vec<u8>) {
    let bytes = uri.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let length = match &bytes[at..] {
            [0xE2, 0x80, 0xA8 | 0xA9, ..] => 3,
            [0xC2, 0x80..=0x9F, ..] => 2,
            [0..=b' ' | b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' | 0x7F, ..] => 1,
            _ => {
                out.push(*byte);
                at += 1;
                continue;
            }
        };
        for byte in &bytes[at..at + length] {
            let digit = |nibble: u8| b"0123456789ABCDEF"[usize::from(nibble)];
            out.extend_from_slice(&[b'%', digit(byte >> 4), digit(byte & 15)]);
        }
        at += length;
    }
}

/// The octets of `line`, which is UTF-8, that fit in `width` without parting a character.
pub(super) fn fitting(line: &[u8], width: usize) -> usize {
    if line.len() <= width {
        return line.len();
    }
    let mut end = width;
    while line[end] & 0xC0 == 0x80 {
        end -= 1;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::super::lines::Lines;
    use super::*;

    fn written(function: impl Fn(&str, &mut Vec<u8>), text: &str) -> String {
        let mut out = Vec::new();
        function(text, &mut out);
        String::from_utf8(out).expect("UTF-8 in, UTF-8 out")
    }

    fn unescape(text: &str) -> String {
        let mut out = String::new();
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some('n') => out.push('\n'),
                    other => out.extend(other),
                },
                c => out.push(c),
            }
        }
        out
    }

    /// Random text from characters that matter.
    fn random(seed: &mut u64, length: usize) -> String {
        let letters: Vec<char> =
            "ab ,;\\\"^:\r\n\t\0\u{7f}\u{85}\u{9b}\u{a0}\u{2028}\u{2029}\u{2026}é漢🚩nN%".chars().collect();
        (0..length)
            .map(|_| {
                *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                letters[(*seed >> 33) as usize % letters.len()]
            })
            .collect()
    }

    /// The text as it can be read back.
    fn normalized(text: &str) -> String {
        let text = text.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
        text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
    }

    #[test]
    fn text_is_escaped() {
        assert_eq!(
            written(escape, "a, b; c\\ \"d\"^\r\ne\u{2028}f\u{85}g\u{1b}\u{9b}h\ti"),
            "a\\, b\\; c\\\\ \"d\"^\\ne\\nf\\ngh\ti"
        );
        assert_eq!(written(quote, "a\"b^c\r\nd:;,\0\\"), "\"a^'b^^c^nd:;,\\\"");
        assert_eq!(written(name, "pt-BR"), "pt-BR");
        assert_eq!(written(name, "x:\r\ny"), "\"x:^ny\"");
        assert_eq!(written(address, "https://x.org/a b\r\n\"ü\u{85}"), "https://x.org/a%20b%0D%0A%22ü%C2%85");
    }

    #[test]
    fn unescape_undoes_escape() {
        let mut seed = 1;
        for length in (0..200).cycle().take(20_000) {
            let text = random(&mut seed, length % 40);
            let escaped = written(escape, &text);
            assert!(!escaped.contains(|c: char| c.is_control() && c != '\t'), "{text:?}");
            assert_eq!(unescape(&escaped), normalized(&text), "{text:?}");
        }
    }

    #[test]
    fn unfold_undoes_fold_and_no_line_is_wide() {
        let mut seed = 2;
        for length in (0..400).cycle().take(8_000) {
            let text = random(&mut seed, length);
            let mut lines = Lines::default();
            lines.text("X:", &text);
            lines.text("Y:", "next");
            let folded = std::str::from_utf8(lines.bytes()).expect("no character is parted");
            assert!(folded.split("\r\n").all(|line| line.len() <= WIDTH && !line.contains(['\r', '\n'])), "{text:?}");
            let unfolded = folded.replace("\r\n ", "");
            assert_eq!(unfolded, format!("X:{}\r\nY:next\r\n", written(escape, &text)));
        }
    }
}
