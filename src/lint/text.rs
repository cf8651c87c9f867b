//! TEXT values: escapes, and HTML where plain text belongs.

use super::Findings;
use crate::diagnostic::FeedCode;
use crate::import::lines::ContentLine;

/// Tags that programs write into descriptions.
const TAGS: [&str; 17] =
    ["p", "br", "b", "a", "div", "ul", "ol", "li", "span", "html", "body", "strong", "i", "em", "h1", "h2", "table"];

/// Judges a value of one text.
pub(super) fn check(line: &ContentLine<'_>, findings: &mut Findings<'_>) {
    if line.param("ENCODING").is_some() {
        return;
    }
    let bytes = line.value.as_bytes();
    let (mut is_bare, mut is_odd) = (false, false);
    let mut at = 0;
    while let Some(found) = memchr::memchr3(b'\\', b';', b',', &bytes[at..]) {
        at += found;
        if bytes[at] == b'\\' {
            is_odd |= !matches!(bytes.get(at + 1), Some(b'\\' | b';' | b',' | b'n' | b'N'));
            at += 2;
        } else {
            is_bare = true;
            at += 1;
        }
        if at >= bytes.len() {
            break;
        }
    }
    if is_bare {
        let message = format!("the text of {} has a comma or semicolon without a backslash", line.name);
        findings.at(FeedCode::Unescaped, line, message);
    }
    if is_odd {
        let message = format!("the text of {} has a backslash before a character that needs none", line.name);
        findings.at(FeedCode::BadEscape, line, message);
    }
}

/// Whether a text has tags.
pub(super) fn has_html(value: &str) -> bool {
    let mut rest = value;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        rest = &rest[at + 1..];
        let name = rest.strip_prefix('/').unwrap_or(rest);
        let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let is_tag = TAGS.iter().any(|tag| name[..length].eq_ignore_ascii_case(tag));
        if is_tag && matches!(name.as_bytes().get(length), Some(b'>' | b' ' | b'/')) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_told_from_angle_brackets() {
        for text in ["<p>Hi</p>", "a<br>b", "a<BR/>b", "<a href=\"x\">", "x</div>"] {
            assert!(has_html(text), "{text}");
        }
        for text in ["1 < 2", "a <b", "<https://example.org>", "<ana@example.org>", "<pre-sale>", "<"] {
            assert!(!has_html(text), "{text}");
        }
    }
}
