//! Markdown of records as HTML.
//!
//! HTML in it is shown as text. Links go to http, https and mailto only, and tell nobody where they stand; pictures are
//! links, because nothing is loaded from other hosts. What no reader sees and some programs obey is shown as its number.

use std::borrow::Cow;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use crate::diagnostic::{is_hostile, visible};
use crate::render::escape::address;

/// `markdown` as HTML whose first level of headings is `level`.
pub(super) fn html(markdown: &str, level: usize) -> String {
    let mut out = String::with_capacity(markdown.len() + markdown.len() / 4);
    let mut open = Vec::new();
    let events = Parser::new_ext(markdown, Options::empty()).filter_map(|event| tamed(event, level, &mut open));
    html::push_html(&mut out, events);
    out
}

/// Text between tags and in quotes.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(character),
        }
    }
    out
}

/// What may become of a piece of Markdown; `open` has, of each open link or picture, whether it has a tag.
fn tamed<'m>(event: Event<'m>, level: usize, open: &mut Vec<bool>) -> Option<Event<'m>> {
    Some(match event {
        Event::Code(text) => Event::Code(shown(text)),
        Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => Event::Text(shown(text)),
        Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
        Event::Start(Tag::Heading { level: own, id: _, classes: _, attrs: _ }) => {
            Event::Start(Tag::Heading { level: below(own, level), id: None, classes: Vec::new(), attrs: Vec::new() })
        }
        Event::End(TagEnd::Heading(own)) => Event::End(TagEnd::Heading(below(own, level))),
        Event::Start(Tag::CodeBlock(_)) => Event::Start(Tag::CodeBlock(pulldown_cmark::CodeBlockKind::Indented)),
        Event::Start(Tag::Link { link_type, dest_url, .. }) => {
            let is_mail = link_type == pulldown_cmark::LinkType::Email;
            let target = if is_mail { format!("mailto:{dest_url}").into() } else { dest_url };
            return begin(&target, open);
        }
        Event::Start(Tag::Image { dest_url, .. }) => return begin(&dest_url, open),
        Event::End(TagEnd::Link | TagEnd::Image) => {
            return open.pop().unwrap_or(false).then(|| Event::InlineHtml("</a>".into()));
        }
        other => other,
    })
}

/// The tag of a link; none within another link, and none that goes elsewhere than a page may link to.
fn begin<'m>(target: &str, open: &mut Vec<bool>) -> Option<Event<'m>> {
    let is_link = is_safe(target) && !open.contains(&true);
    open.push(is_link);
    let target = address(target, "<>\"'`");
    is_link.then(|| Event::InlineHtml(format!("<a href=\"{}\" rel=\"{REL}\">", escaped(&target)).into()))
}

/// What links to other sites say of themselves: nothing.
pub(super) const REL: &str = "nofollow noopener noreferrer";

/// Whether a page may link there.
fn is_safe(target: &str) -> bool {
    crate::render::phrase::link(target).is_some()
        || target.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:"))
}

fn below(own: HeadingLevel, level: usize) -> HeadingLevel {
    HeadingLevel::try_from((own as usize + level - 1).min(6)).unwrap_or(HeadingLevel::H6)
}

fn shown(text: CowStr<'_>) -> CowStr<'_> {
    let is_line = |c: char| matches!(c, '\n' | '\t');
    if !text.chars().any(|c| is_hostile(c) && !is_line(c)) {
        return text;
    }
    let pieces: Vec<Cow<'_, str>> = text
        .split_inclusive(is_line)
        .map(|piece| match piece.strip_suffix(is_line) {
            Some(line) => Cow::Owned(visible(line.chars()) + &piece[line.len()..]),
            None => Cow::Owned(visible(piece.chars())),
        })
        .collect();
    pieces.concat().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_html_below_the_title() {
        for (markdown, shown) in [
            ("# A\n\ntext *b*", "<h2>A</h2>\n<p>text <em>b</em></p>\n"),
            ("###### A", "<h6>A</h6>\n"),
            (
                "[x](https://example.org/?a=1&b=2)",
                "<p><a href=\"https://example.org/?a=1&amp;b=2\" rel=\"nofollow noopener noreferrer\">x</a></p>\n",
            ),
            (
                "<a@example.org>",
                "<p><a href=\"mailto:a@example.org\" rel=\"nofollow noopener noreferrer\">a@example.org</a></p>\n",
            ),
            (
                "![a *picture*](https://example.org/a.png)",
                "<p><a href=\"https://example.org/a.png\" rel=\"nofollow noopener noreferrer\">a <em>picture</em></a></p>\n",
            ),
        ] {
            assert_eq!(html(markdown, 2), shown, "{markdown}");
        }
    }

    #[test]
    fn nothing_in_a_record_is_obeyed() {
        for hostile in [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "<div>\n<svg onload=x>\n</div>",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](data:text/html,<script>)",
            "[x](//evil.example)",
            "[x](https://example.org/\"onmouseover=\"x)",
            "[x](<https://example.org/\" onmouseover=\"x>)",
            "![x\"onerror=\"y](https://example.org/a.png \"t\\\" onload=x\")",
            "[![a](https://example.org/a.png)](https://example.org/ '\"><script>')",
            "```\"><script>\nx\n```",
            "# a {onclick=x}",
            "&lt;script&gt; &#60;script&#62;",
            "\u{202e}abc \u{0}",
        ] {
            let out = html(hostile, 2);
            let mut rest = &*out;
            while let Some(at) = rest.find('<') {
                rest = &rest[at..];
                let tag = &rest[..=rest.find('>').expect("a tag ends")];
                let plain = ["<p>", "</p>", "</a>", "<h2>", "</h2>", "<pre>", "</pre>", "<code>", "</code>"];
                let is_link =
                    tag.starts_with("<a href=\"http") && tag.ends_with("\" rel=\"nofollow noopener noreferrer\">");
                assert!(plain.contains(&tag) || (is_link && tag.matches('"').count() == 4), "{hostile}: {out}");
                rest = &rest[tag.len()..];
            }
            assert!(
                !out.contains(['\u{202e}', '\u{0}'])
                    && !out.contains("<a href=\"https://example.org/a.png\" rel=\"nofollow noopener noreferrer\"><a"),
                "{out}"
            );
            assert_eq!(out.matches("<a ").count(), out.matches("</a>").count(), "{out}");
        }
    }
}
