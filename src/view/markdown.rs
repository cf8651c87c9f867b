//! What records may write in Markdown: CommonMark and tables; a bare web address is a link.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

/// The extensions that every output reads.
pub const OPTIONS: Options = Options::ENABLE_TABLES;

/// `markdown` with each bare URL in angle brackets, so that the parser reads a link and not emphasis by `_` or `*`. URLs in
/// links, code and HTML are unchanged.
pub fn linked(markdown: &str) -> Cow<'_, str> {
    if !markdown.contains("://") {
        return Cow::Borrowed(markdown);
    }
    let taken = taken(markdown);
    let mut taken = taken.iter().peekable();
    let mut out = String::new();
    let (mut copied, mut at) = (0, 0);
    while let Some(found) = markdown[at..].find("://").map(|found| at + found) {
        at = found + 3;
        let Some(address) = address_around(markdown, found) else { continue };
        while taken.next_if(|range| range.end <= address.start).is_some() {}
        if taken.peek().is_some_and(|range| range.start < address.end) {
            continue;
        }
        at = address.end;
        out.push_str(&markdown[copied..address.start]);
        out.push('<');
        out.push_str(&markdown[address.clone()]);
        out.push('>');
        copied = address.end;
    }
    if copied == 0 {
        return Cow::Borrowed(markdown);
    }
    out.push_str(&markdown[copied..]);
    Cow::Owned(out)
}

/// The ranges of links, images, code and HTML, sorted and disjoint.
fn taken(markdown: &str) -> Vec<Range<usize>> {
    let mut taken: Vec<Range<usize>> = Vec::new();
    let parser = Parser::new_ext(markdown, OPTIONS);
    // Definitions of references are no event of the parser.
    taken.extend(parser.reference_definitions().iter().map(|(_, definition)| definition.span.clone()));
    for (event, range) in parser.into_offset_iter() {
        let is_taken = matches!(
            event,
            Event::Code(_)
                | Event::Html(_)
                | Event::InlineHtml(_)
                | Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock)
        );
        if is_taken {
            taken.push(range);
        }
    }
    taken.sort_by_key(|range| (range.start, range.end));
    taken.dedup_by(|next, last| {
        let overlaps = next.start < last.end;
        if overlaps {
            last.end = last.end.max(next.end);
        }
        overlaps
    });
    taken
}

/// Marks that end a sentence or an emphasis, and no address.
const PUNCTUATION: &str = ".,;:!?'*_~…»”’“。，、！？،؟；：」）";

/// How many more `close` than `open` there are.
fn surplus(text: &str, open: char, close: char) -> usize {
    text.matches(close).count().saturating_sub(text.matches(open).count())
}

/// The address whose `://` is at `colon`: http or https, a host, and no punctuation of the sentence at its end.
fn address_around(text: &str, colon: usize) -> Option<Range<usize>> {
    let scheme = text[..colon].bytes().rev().take_while(u8::is_ascii_alphabetic).count();
    let start = colon - scheme;
    let is_web = ["http", "https"].iter().any(|name| text[start..colon].eq_ignore_ascii_case(name));
    if !is_web || text[..start].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '+' | '-' | '.' | '\\')) {
        return None;
    }
    let rest = &text[colon + 3..];
    let ends = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '`' | '|' | '[' | ']');
    let mut address = &rest[..rest.find(ends).unwrap_or(rest.len())];
    // A backslash escapes a mark of Markdown, and an address in angle brackets would keep it.
    if address.contains('\\') {
        return None;
    }
    let (mut rounds, mut braces) = (surplus(address, '(', ')'), surplus(address, '{', '}'));
    loop {
        let before = address;
        for (close, surplus) in [(')', &mut rounds), ('}', &mut braces)] {
            while let Some(shorter) = address.strip_suffix(close).filter(|_| *surplus > 0) {
                (address, *surplus) = (shorter, *surplus - 1);
            }
        }
        address = address.trim_end_matches(|c| PUNCTUATION.contains(c));
        if address == before {
            break;
        }
    }
    let has_host = address.starts_with(|c: char| c.is_alphanumeric() || c == '[');
    has_host.then(|| start..colon + 3 + address.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_addresses_are_put_in_brackets() {
        for (markdown, expected) in [
            ("see https://example.org/a_b_c.", "see <https://example.org/a_b_c>."),
            ("(https://example.org/x_(y)), then", "(<https://example.org/x_(y)>), then"),
            ("**https://example.org/**!", "**<https://example.org/>**!"),
            ("HTTP://Example.org/?a=1&b=2;", "<HTTP://Example.org/?a=1&b=2>;"),
            ("https://a.example, https://b.example", "<https://a.example>, <https://b.example>"),
            ("| https://a.example|b |\n|-|-|", "| <https://a.example>|b |\n|-|-|"),
            ("“https://a.example/x”", "“<https://a.example/x>”"),
        ] {
            assert_eq!(linked(markdown), expected);
        }
    }

    #[test]
    fn what_is_a_link_or_code_stays() {
        for markdown in [
            "[x](https://example.org/)",
            "[https://example.org/](https://example.org/)",
            "<https://example.org/>",
            "![](https://example.org/a.png)",
            "`https://example.org/`",
            "```\nhttps://example.org/\n```",
            "<a href=\"https://example.org/\">x</a>",
            "<div>\nhttps://example.org/\n</div>",
            "[x]\n\n[x]: https://example.org/",
            "ftp://example.org/ javascript://x xhttps://example.org/ https:// https://)",
        ] {
            assert_eq!(linked(markdown), markdown);
        }
    }
}
