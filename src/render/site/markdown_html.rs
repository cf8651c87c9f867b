//! Markdown of records as HTML.
//!
//! Tags in it are dropped: their text stays, breaks are breaks, and links are links of ours. Links go to http, https, mailto
//! and tel only, and carry no referrer; pictures are links, because nothing is loaded from other hosts. Invisible
//! characters that some programs obey are shown as their number.

use std::borrow::Cow;

use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, Parser, Tag, TagEnd, html};

use crate::diagnostic::{is_hostile, visible};
use crate::render::escape::address;
use crate::view::html_text::{Piece, pieces};
use crate::view::markdown::{OPTIONS, linked};

/// `markdown` as HTML whose first level of headings is `level`.
pub(super) fn html(markdown: &str, level: usize) -> String {
    let markdown = linked(markdown);
    let mut out = String::with_capacity(markdown.len() + markdown.len() / 4);
    let mut tamer = Tamer { level, ..Tamer::default() };
    let mut tamed = Vec::new();
    for event in Parser::new_ext(&markdown, OPTIONS) {
        tamer.take(event, &mut tamed);
    }
    html::push_html(&mut out, tamed.into_iter());
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

/// Markdown on its way to HTML, with only the tags that we choose.
#[derive(Default)]
struct Tamer {
    /// The first level of headings.
    level: usize,
    /// What is open, from the outermost to the innermost.
    open: Vec<Open>,
    /// The HTML block that is being read.
    html: Option<String>,
    is_row_start: bool,
    /// Whether nothing stands in the line yet: HTML begins with no break.
    is_line_start: bool,
    /// A break is due before what comes next.
    is_break_due: bool,
}

/// A piece of Markdown that is open, or a link that raw HTML began; and whether it has the tag of a link.
struct Open {
    is_html: bool,
    is_link: bool,
}

impl Tamer {
    /// What may become of a piece of Markdown.
    fn take<'m>(&mut self, event: Event<'m>, out: &mut Vec<Event<'m>>) {
        match event {
            Event::Html(html) => {
                if let Some(block) = &mut self.html {
                    block.push_str(&html);
                }
            }
            Event::InlineHtml(tag) => {
                self.is_line_start = false;
                self.take_html(&tag, out);
            }
            Event::Start(tag) => {
                if tag == Tag::HtmlBlock {
                    self.html = Some(String::new());
                }
                self.flush(out);
                let mut is_link = false;
                let tag = match tag {
                    Tag::HtmlBlock => Some(Tag::Paragraph),
                    Tag::Heading { level, id: _, classes: _, attrs: _ } => Some(Tag::Heading {
                        level: below(level, self.level),
                        id: None,
                        classes: Vec::new(),
                        attrs: Vec::new(),
                    }),
                    Tag::CodeBlock(_) => Some(Tag::CodeBlock(pulldown_cmark::CodeBlockKind::Indented)),
                    // The alignment would be a style, which the page's policy forbids.
                    Tag::Table(columns) => Some(Tag::Table(vec![Alignment::None; columns.len()])),
                    Tag::Link { link_type, dest_url, .. } => {
                        let is_mail = link_type == pulldown_cmark::LinkType::Email;
                        let target = if is_mail { format!("mailto:{dest_url}").into() } else { dest_url };
                        is_link = self.begin(&target, out);
                        None
                    }
                    Tag::Image { dest_url, .. } => {
                        is_link = self.begin(&dest_url, out);
                        None
                    }
                    other => Some(other),
                };
                out.extend(tag.map(Event::Start));
                self.open.push(Open { is_html: false, is_link });
            }
            Event::End(tag) => {
                if let Some(block) = self.html.take() {
                    self.is_line_start = true;
                    self.take_html(&block, out);
                }
                self.is_break_due = false;
                // Links that HTML began in this piece end with it.
                while let Some(open) = self.open.pop() {
                    if open.is_link {
                        out.push(Event::InlineHtml("</a>".into()));
                    }
                    if !open.is_html {
                        break;
                    }
                }
                out.extend(
                    match tag {
                        TagEnd::HtmlBlock => Some(TagEnd::Paragraph),
                        TagEnd::Heading(own) => Some(TagEnd::Heading(below(own, self.level))),
                        TagEnd::Link | TagEnd::Image => None,
                        other => Some(other),
                    }
                    .map(Event::End),
                );
            }
            Event::Code(text) => {
                self.flush(out);
                out.push(Event::Code(shown(text)));
            }
            Event::Text(text) => {
                self.flush(out);
                out.push(Event::Text(shown(text)));
            }
            other => out.push(other),
        }
    }

    /// Raw HTML: its text, and of its tags only breaks and links.
    fn take_html(&mut self, html: &str, out: &mut Vec<Event<'_>>) {
        let text = |text: String| Event::Text(shown(text.into()));
        for piece in pieces(html) {
            let is_line_start = std::mem::replace(&mut self.is_line_start, false);
            match piece {
                Piece::Text(words) => {
                    let words = if is_line_start { words.trim_start().to_owned() } else { words.into_owned() };
                    self.is_line_start = is_line_start && words.is_empty();
                    if !self.is_line_start {
                        self.flush(out);
                    }
                    out.push(text(words));
                }
                Piece::Break | Piece::List { .. } | Piece::ListEnd => {
                    self.is_row_start = true;
                    self.break_line(is_line_start);
                }
                Piece::Item => {
                    self.break_line(is_line_start);
                    self.flush(out);
                    out.push(text("• ".into()));
                }
                Piece::Cell => {
                    self.flush(out);
                    if !std::mem::take(&mut self.is_row_start) {
                        out.push(text(" | ".into()));
                    }
                }
                Piece::Link(target) => {
                    self.flush(out);
                    let is_link = self.begin(&target, out);
                    self.open.push(Open { is_html: true, is_link });
                }
                Piece::LinkEnd => {
                    if let Some(Open { is_link: true, .. }) = self.open.pop_if(|open| open.is_html) {
                        out.push(Event::InlineHtml("</a>".into()));
                    }
                }
                Piece::Image { text: words, address } => {
                    self.flush(out);
                    let is_link = self.begin(&address, out);
                    out.push(text(if words.trim().is_empty() && is_link { address } else { words }));
                    if is_link {
                        out.push(Event::InlineHtml("</a>".into()));
                    }
                }
            }
        }
    }

    fn break_line(&mut self, is_line_start: bool) {
        self.is_break_due |= !is_line_start;
        self.is_line_start = true;
    }

    /// Writes the break that is due.
    fn flush(&mut self, out: &mut Vec<Event<'_>>) {
        if std::mem::take(&mut self.is_break_due) {
            out.push(Event::HardBreak);
        }
    }

    /// Begins a link, if a page may link there and no other link is open.
    fn begin(&self, target: &str, out: &mut Vec<Event<'_>>) -> bool {
        let is_link = is_safe(target) && !self.open.iter().any(|open| open.is_link);
        if is_link {
            let target = address(target, "<>\"'`");
            out.push(Event::InlineHtml(format!("<a href=\"{}\" rel=\"{REL}\">", escaped(&target)).into()));
        }
        is_link
    }
}

/// What links to other sites say of themselves: nothing.
pub(super) const REL: &str = "nofollow noopener noreferrer";

/// Whether a page may link there.
fn is_safe(target: &str) -> bool {
    crate::render::phrase::link(target).is_some()
        || ["mailto:", "tel:"]
            .iter()
            .any(|scheme| target.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
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
    fn html_is_read_as_text_and_links() {
        let link = |address: &str, text: &str| format!("<a href=\"{address}\" rel=\"{REL}\">{text}</a>");
        for (markdown, shown) in [
            ("<p>Tom &amp; Jerry&#039;s</p>", "<p>Tom &amp; Jerry's</p>\n".to_owned()),
            ("a <b>c</b><br>d", "<p>a c<br />\nd</p>\n".to_owned()),
            (
                "see <a href=\"https://example.org/?a=1&amp;b=2\">the *link*</a>",
                format!("<p>see {}</p>\n", link("https://example.org/?a=1&amp;b=2", "the <em>link</em>")),
            ),
            ("[call](tel:+34600111222)", format!("<p>{}</p>\n", link("tel:+34600111222", "call"))),
            (
                "see https://example.org/a_b_.",
                format!("<p>see {}_.</p>\n", link("https://example.org/a_b", "https://example.org/a_b")),
            ),
        ] {
            assert_eq!(html(markdown, 2), shown, "{markdown}");
        }
        assert_eq!(
            html("|a|b|\n|:-:|-|\n|1|2|", 2),
            "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody>\n<tr><td>1</td><td>2</td></tr>\n</tbody></table>\n"
        );
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
            "<p>a&#x202e;b&#0;c &lt;script&gt;</p>",
            "*<a href=\"https://example.org/\">x* y **z</a> q**",
            "<a href='https://example.org/\" onmouseover=\"x'>a <a href=//evil.example>b",
            "<a href=\"java&#x0a;script:x\">a</a></a></p></div>",
            "<div>\n<a href=https://example.org/>x\n\n[y](https://example.org/b) <a",
            "https://example.org/\"onmouseover=x https://example.org/'><script>",
            "<a href=\"tel:1\" <b>x</b>",
        ] {
            let out = html(hostile, 2);
            let mut rest = &*out;
            while let Some(at) = rest.find('<') {
                rest = &rest[at..];
                let tag = &rest[..=rest.find('>').expect("a tag ends")];
                let plain = [
                    "<p>",
                    "</p>",
                    "</a>",
                    "<h2>",
                    "</h2>",
                    "<pre>",
                    "</pre>",
                    "<code>",
                    "</code>",
                    "<em>",
                    "</em>",
                    "<strong>",
                    "</strong>",
                    "<br />",
                ];
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
