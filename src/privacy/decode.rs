//! Text as it reads once a program has decoded it: folded lines, escapes of iCalendar, JSON and CSS, entities, percent
//! signs.

use super::fold::Sink;

/// Codes are within codes at most this deep.
pub(super) const DEPTH: usize = 3;

/// Longer codes are none.
const LONGEST: usize = 12;

/// Puts the text with all codes decoded into `out`, and says whether there was any.
pub(super) fn decode(text: &str, out: &mut impl Sink) -> bool {
    let bytes = text.as_bytes();
    let (mut done, mut at, mut found) = (0, 0, false);
    while let Some(next) = bytes[at..].iter().position(|byte| matches!(byte, b'\\' | b'&' | b'%' | b'\n')) {
        at += next;
        let code = match bytes[at] {
            b'\\' => escape(&text[at..]),
            b'&' => entity(&text[at..]),
            b'%' => percent(&bytes[at..]),
            _ => folded_line(&bytes[at..]),
        };
        let Some(Code { length, text: stands_for }) = code else {
            at += 1;
            continue;
        };
        found = true;
        // The carriage return of a folded line goes with it.
        let end = if bytes[at] == b'\n' && at > done && bytes[at - 1] == b'\r' { at - 1 } else { at };
        out.copy(&bytes[done..end], done);
        out.push(stands_for.as_bytes(), at);
        at += length;
        done = at;
    }
    if found {
        out.copy(&bytes[done..], done);
    }
    found
}

/// The text with all codes decoded, also those within codes.
pub(super) fn decoded(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..DEPTH {
        let mut out = Vec::new();
        if !decode(&text, &mut out) {
            break;
        }
        // Whole characters were put into it.
        text = String::from_utf8_lossy(&out).into_owned();
    }
    text
}

/// A code at the beginning of a text.
struct Code {
    /// Its bytes.
    length: usize,
    /// What it stands for.
    text: String,
}

fn code(length: usize, character: char) -> Code {
    Code { length, text: character.into() }
}

/// A line break and the white space behind it, as RFC 5545 3.1 folds lines.
fn folded_line(bytes: &[u8]) -> Option<Code> {
    matches!(bytes.get(1), Some(b' ' | b'\t')).then(|| Code { length: 2, text: String::new() })
}

/// `\n`, `\,`, `\u0041`, `\u{41}`, `\x41`, `\41 `.
fn escape(text: &str) -> Option<Code> {
    let next = text[1..].chars().next()?;
    let behind = &text[1 + next.len_utf8()..];
    let hexadecimal = |text: &str| char::from_u32(u32::from_str_radix(text, 16).ok()?);
    let digits = |text: &str, most: usize| text.bytes().take(most).take_while(u8::is_ascii_hexdigit).count();
    match next {
        'u' | 'U' | 'x' => {
            if let Some(inside) = behind.strip_prefix('{') {
                let count = digits(inside, 6);
                if let Some(character) = hexadecimal(&inside[..count]).filter(|_| inside[count..].starts_with('}')) {
                    return Some(code(4 + count, character));
                }
            }
            let count = if next == 'x' { 2 } else { 4 };
            match hexadecimal(&behind[..digits(behind, count)]).filter(|_| digits(behind, count) == count) {
                Some(character) => Some(code(2 + count, character)),
                None => Some(code(2, next)),
            }
        }
        'n' | 'N' | 'r' | 't' => Some(code(2, '\n')),
        '0'..='9' => {
            let count = digits(&text[1..], 6);
            let character = hexadecimal(&text[1..=count])?;
            let space = usize::from(text[1 + count..].starts_with([' ', '\n', '\t']));
            Some(code(1 + count + space, character))
        }
        other => Some(code(1 + other.len_utf8(), other)),
    }
}

/// Characters that have names in HTML; those that divide or join what may be a secret.
const NAMED: [(&str, char); 34] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("sol", '/'),
    ("colon", ':'),
    ("shy", '\u{ad}'),
    ("zwj", '\u{200d}'),
    ("zwnj", '\u{200c}'),
    ("NoBreak", '\u{2060}'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("hairsp", '\u{200a}'),
    ("Tab", '\t'),
    ("NewLine", '\n'),
    ("period", '.'),
    ("comma", ','),
    ("num", '#'),
    ("plus", '+'),
    ("equals", '='),
    ("quest", '?'),
    ("percnt", '%'),
    ("commat", '@'),
    ("lowbar", '_'),
    ("hyphen", '‐'),
    ("dash", '‐'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("middot", '·'),
    ("lpar", '('),
    ("rpar", ')'),
];

/// `&amp;`, `&#38;`, `&#x26;`; browsers also read a number without its semicolon.
fn entity(text: &str) -> Option<Code> {
    let inside = &text[1..];
    if let Some(number) = inside.strip_prefix('#') {
        let (digits, radix, start) = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => (hexadecimal, 16, 3),
            None => (number, 10, 2),
        };
        let count = digits.bytes().take(LONGEST).take_while(|byte| char::from(*byte).is_digit(radix)).count();
        let character = char::from_u32(u32::from_str_radix(&digits[..count], radix).ok()?)?;
        return Some(code(start + count + usize::from(digits[count..].starts_with(';')), character));
    }
    let count = inside.bytes().take(LONGEST).take_while(u8::is_ascii_alphabetic).count();
    let name = &inside[..count];
    let (_, character) = NAMED.iter().find(|(own, _)| *own == name && inside[count..].starts_with(';'))?;
    Some(code(2 + count, *character))
}

/// `%2F`, and all that follow it.
fn percent(bytes: &[u8]) -> Option<Code> {
    let mut decoded = Vec::new();
    while let [b'%', high, low, ..] = bytes[decoded.len() * 3..] {
        let digit = |byte: u8| char::from(byte).to_digit(16);
        let (Some(high), Some(low)) = (digit(high), digit(low)) else { break };
        decoded.push((high * 16 + low) as u8);
    }
    let text = String::from_utf8_lossy(&decoded).into_owned();
    (!decoded.is_empty()).then(|| Code { length: decoded.len() * 3, text })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::fold::Placed;

    #[test]
    fn codes_within_codes_and_broken_ones() {
        let text = "a\\, b\\nc \\u0041 &amp;#65; %2541 %zz & &x; 100%";
        assert_eq!(decoded(text), "a, b\nc A A A %zz & &x; 100%");
        assert_eq!(decoded("a\r\n b\\"), "ab\\");
        assert_eq!(decoded("ä\\ü%e4"), "äü\u{fffd}");
        assert_eq!(decoded("\\x41\\u{42}\\43 D\\u00zz &#69&#x46 \\u{}"), "ABCDu00zz EF u{}");
        assert_eq!(decoded("%E2%80%8B|%C3%A9&shy;&nbsp;&Unknown;"), "\u{200b}|é\u{ad}\u{a0}&Unknown;");
        assert_eq!(decoded("\\"), "\\");
        assert_eq!(decoded("&#xffffffff;&#;"), "&#xffffffff;&#;");
    }

    #[test]
    fn each_decoded_byte_knows_its_place() {
        let mut placed = Placed::default();
        assert!(decode("a%41%42\r\n c&#49;d", &mut placed));
        assert_eq!(placed.bytes, b"aABc1d");
        assert_eq!(placed.places, [0, 1, 1, 10, 11, 16]);
        assert!(!decode("plain\ntext 100% & more", &mut Placed::default()));
    }
}
