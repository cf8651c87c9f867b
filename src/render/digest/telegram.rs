//! `telegram`: messages in the HTML of its Bot API (`parse_mode` is `HTML`).
//!
//! Of its tags `a`, `b`, `s` and `u` are used. A message has at most 4096 characters, counted in UTF-16 without tags and
//! with entities read, and at most 100 tags are obeyed.

use super::split::{self, Chat};
use super::{Part, Point, Sheet};
use crate::render::escape::{WORD_JOINER, address, slash_links};

/// Characters of a message.
pub(super) const LIMIT: usize = 4096;
/// Tags of a message.
const TAGS: usize = 100;

struct Telegram;

/// The messages.
pub(super) fn write(sheet: &Sheet) -> Vec<String> {
    split::messages(sheet, &Telegram)
}

impl Chat for Telegram {
    fn head(&self, sheet: &Sheet, number: Option<(usize, usize)>) -> String {
        let Sheet { title, about: [range, zones], .. } = sheet;
        let number = number.map(|(number, all)| format!(" ({number}/{all})")).unwrap_or_default();
        format!("<b>{}</b>{number}\n{}\n{}\n", escaped(title), escaped(range), escaped(zones))
    }

    fn heading(&self, part: &Part) -> String {
        let heading = escaped(&part.heading);
        if part.is_minor { format!("\n<b>{heading}</b>\n") } else { format!("\n<b><u>{heading}</u></b>\n") }
    }

    fn point(&self, point: &Point) -> String {
        let mut out = String::new();
        push(point, "•", "", &mut out);
        out
    }

    fn paragraph(&self, text: &str) -> String {
        format!("\n{}\n", escaped(text))
    }

    fn fits(&self, text: &str) -> bool {
        length(text) <= LIMIT && text.matches('<').count() <= 2 * TAGS
    }
}

fn push(point: &Point, mark: &str, indent: &str, out: &mut String) {
    let Point { lead, label, is_off, title, language: _, details, url, instant: _, below } = point;
    out.push_str(&format!("{indent}{mark} "));
    if let Some(lead) = lead {
        out.push_str(&format!("<b>{}</b> ", escaped(lead)));
    }
    if let Some(label) = label {
        out.push_str(&format!("<b>{}</b> ", escaped(label)));
    }
    let title = escaped(title);
    let title = if *is_off { format!("<s>{title}</s>") } else { title };
    match url {
        Some(url) => out.push_str(&format!("<a href=\"{}\">{title}</a>\n", destination(url))),
        None => out.push_str(&format!("{title}\n")),
    }
    if !details.is_empty() {
        out.push_str(&format!("{indent}   {}\n", escaped(&details.join(" · "))));
    }
    for point in below {
        push(point, "◦", "   ", out);
    }
}

/// `text` without a tag, and nothing that Telegram makes a link of by itself: `@name`, `#word`, `/command`, addresses.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        let is_found = matches!(character, '@' | '#' | '$') || (character == '/' && slash_links(&out));
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
        if is_found {
            out.push(WORD_JOINER);
        }
    }
    out
}

/// An address for an attribute.
fn destination(url: &str) -> String {
    address(url, "<>\"'`").replace('&', "&amp;")
}

/// The characters of a message as Telegram counts them.
fn length(text: &str) -> usize {
    let mut length = 0;
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            // Only tags begin so, and none has an angle bracket in it.
            '<' => while characters.next().is_some_and(|character| character != '>') {},
            '&' => {
                while characters.next().is_some_and(|character| character != ';') {}
                length += 1;
            }
            other => length += other.len_utf16(),
        }
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_in_utf_16_without_tags() {
        assert_eq!(length("<b>a &amp; b</b>"), 5);
        assert_eq!(length("<a href=\"https://example.org/?a&amp;b\">✊🏾</a>"), 3);
        assert_eq!(length("é東"), 2);
    }

    #[test]
    fn an_attribute_ends_where_it_ends() {
        assert_eq!(destination("https://example.org/\"><b>?a&b"), "https://example.org/%22%3E%3Cb%3E?a&amp;b");
        assert_eq!(escaped("<a>\"&"), "&lt;a&gt;&quot;&amp;");
    }
}
