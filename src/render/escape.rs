//! Text of records in markup: escaped so that nothing in it is obeyed.

use crate::diagnostic::is_hostile;

use super::terminal::plain;

/// Invisible, and takes no room.
pub(super) const WORD_JOINER: char = '\u{2060}';

/// `text` in one line with nothing in it that Markdown or a forge obeys.
pub(super) fn markdown(text: &str) -> String {
    let text = plain(text);
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        // Others have a meaning only at the start of a line, where there is no text of records.
        if "\\`*_{}[]<>#|~&!$^@".contains(character) {
            out.push('\\');
        }
        out.push(character);
        // `//` and `www.` make links of their own, which a backslash does not stop everywhere.
        if matches!(character, '@' | '#') || out.ends_with("//") || (character == '.' && ends_with_www(&out)) {
            out.push(WORD_JOINER);
        }
    }
    out
}

fn ends_with_www(text: &str) -> bool {
    text.len() >= 4 && text.is_char_boundary(text.len() - 4) && text[text.len() - 4..].eq_ignore_ascii_case("www.")
}

/// An address, for between `<` and `>` in Markdown.
pub(super) fn destination(url: &str) -> String {
    address(url, "<>()[]\\\"`|*_").replace('&', "&amp;")
}

/// An address with `marks`, and whatever no reader sees, in percent-encoding.
pub(super) fn address(url: &str, marks: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for character in url.chars() {
        if marks.contains(character) || character.is_whitespace() || is_hostile(character) {
            for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                let hexadecimal = |digit: u8| char::from(b"0123456789ABCDEF"[usize::from(digit)]);
                out.extend(['%', hexadecimal(byte >> 4), hexadecimal(byte & 15)]);
            }
        } else {
            out.push(character);
        }
    }
    out
}

/// Whether services that make links by themselves might make one of what stands around a slash behind `before`: of
/// `//`, `/command`, `discord.gg/…`, and not of `Europe/Madrid`.
pub(super) fn slash_links(before: &str) -> bool {
    let word = before.rsplit(' ').next().unwrap_or_default();
    word.is_empty() || !word.chars().all(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_ends_where_it_ends() {
        let url = "https://example.org/a b>c<d\\e?x=1&copy;=(2)\n\u{202e}";
        assert_eq!(destination(url), "https://example.org/a%20b%3Ec%3Cd%5Ce?x=1&amp;copy;=%282%29%0A%E2%80%AE");
        assert_eq!(address(url, "<>"), "https://example.org/a%20b%3Ec%3Cd\\e?x=1&copy;=(2)%0A%E2%80%AE");
    }
}
