//! Text as it reads once whoever gets it has decoded it: folded lines, escapes, entities, percent signs.

use std::borrow::Cow;

/// Whether anything in a text may stand for something else.
pub(super) fn is_coded(text: &str) -> bool {
    text.contains(['\\', '&', '%']) || text.contains("\n ") || text.contains("\n\t")
}

/// The text with all of it decoded, twice, because one may be wrapped in the other.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if !is_coded(text) {
        return text.into();
    }
    let unfolded = text.replace("\r\n ", "").replace("\r\n\t", "").replace("\n ", "").replace("\n\t", "");
    let once = percent(&entities(&escapes(&unfolded)));
    percent(&entities(&once)).into()
}

/// `\n`, `\,`, `A`.
fn escapes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let behind = &rest[at + 1..];
        let Some(next) = behind.chars().next() else {
            rest = "";
            break;
        };
        let code =
            behind.get(1..5).filter(|_| next == 'u' || next == 'U').and_then(|hex| u32::from_str_radix(hex, 16).ok());
        rest = &behind[next.len_utf8()..];
        match (next, code.and_then(char::from_u32)) {
            (_, Some(character)) => {
                out.push(character);
                rest = &rest[4..];
            }
            ('n' | 'N' | 'r' | 't', _) => out.push('\n'),
            (other, _) => out.push(other),
        }
    }
    out.push_str(rest);
    out
}

/// `&amp;`, `&#38;`, `&#x26;`.
fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let behind = &rest[at + 1..];
        let name = behind.split(';').next().filter(|name| name.len() <= 10 && name.len() < behind.len());
        let character = name.and_then(|name| match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "nbsp" => Some('\u{a0}'),
            "sol" => Some('/'),
            "colon" => Some(':'),
            _ => {
                let number = name.strip_prefix('#')?;
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16),
                    None => number.parse(),
                };
                char::from_u32(code.ok()?)
            }
        });
        if let (Some(character), Some(name)) = (character, name) {
            out.push(character);
            rest = &behind[name.len() + 1..];
        } else {
            out.push('&');
            rest = behind;
        }
    }
    out.push_str(rest);
    out
}

/// `%2F`.
fn percent(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).filter(|_| bytes[at] == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            out.push(byte);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_within_codes_and_broken_ones() {
        assert_eq!(decoded("a\\, b\\nc \\u0041 &amp;#65; %2541 %zz & &x; 100%"), "a, b\nc A A A %zz & &x; 100%");
        assert_eq!(decoded("a\r\n b\\"), "ab");
        assert_eq!(decoded("ä\\ü%e4"), "äü\u{fffd}");
    }
}
