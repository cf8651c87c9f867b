//! Markdown as plain text: for DESCRIPTION, which clients show as it stands.
//!
//! Links keep their address in parentheses, lists their marks, paragraphs a blank line. Tags go and their text stays.
//! A line break within a paragraph is a space, as Markdown has it.

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

/// Appends `markdown` as plain text to `out`, without blank space at either end.
pub fn push(markdown: &str, out: &mut String) {
    if is_plain(markdown) {
        push_plain(markdown, out);
    } else {
        push_parsed(markdown, out);
    }
}

/// `markdown` as one line of words, to say what something is about: without addresses and marks of lists, cut behind a word
/// where it has more than `most` characters.
pub fn line(markdown: &str, most: usize) -> String {
    let (mut text, mut html) = (String::new(), String::new());
    for event in Parser::new_ext(markdown, Options::empty()) {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::Html(part) => html.push_str(&part),
            Event::End(end) => {
                text.push_str(&without_tags(&std::mem::take(&mut html)));
                let is_inside = matches!(
                    end,
                    TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
                );
                text.push_str(if is_inside { "" } else { " " });
            }
            Event::SoftBreak | Event::HardBreak | Event::Rule => text.push(' '),
            Event::InlineHtml(tag) if ends_line(&tag) => text.push(' '),
            _ => {}
        }
    }
    let mut out = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        length += word.chars().count() + usize::from(length > 0);
        if length > most {
            out.push('…');
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Whether no character can be a mark of Markdown. Errs towards parsing only.
fn is_plain(text: &str) -> bool {
    // Many bytes before an answer, and no branches: the compiler then compares many at once.
    let blocks = text.as_bytes().chunks(256);
    let marked =
        blocks.map(|block| block.iter().fold(0, |any, byte| any | u8::from(is_mark(*byte)))).any(|any| any > 0);
    !marked
        && text.split('\n').all(|line| {
            let begins = line.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '=' | ' '));
            !begins && !line.ends_with(' ')
        })
}

/// Whether a byte may be a mark anywhere in a line, or is a control character other than a newline.
#[expect(clippy::needless_bitwise_bool, reason = "branches would keep the compiler from comparing many at once")]
const fn is_mark(byte: u8) -> bool {
    let control = (byte < 0x20) & (byte != b'\n');
    let bracket = (byte == b'[') | (byte == b']') | (byte == b'<') | (byte == b'>');
    let emphasis = (byte == b'*') | (byte == b'_') | (byte == b'~') | (byte == b'`');
    control | bracket | emphasis | (byte == b'#') | (byte == b'&') | (byte == b'\\') | (byte == b'|')
}

/// Paragraphs of a text that holds no mark: runs of newlines separate them, single ones are spaces.
fn push_plain(text: &str, out: &mut String) {
    let text = text.trim_matches('\n');
    let mut rest = text;
    while let Some(at) = rest.find('\n') {
        out.push_str(&rest[..at]);
        let after = rest[at..].trim_start_matches('\n');
        out.push_str(if rest.len() - at - after.len() == 1 { " " } else { "\n\n" });
        rest = after;
    }
    out.push_str(rest);
}

fn push_parsed(markdown: &str, out: &mut String) {
    let mut text = Text { out, gap: Gap::None, begun: false, lists: Vec::new(), links: Vec::new(), html: None };
    for event in Parser::new_ext(markdown, Options::empty()) {
        text.take(event);
    }
}

/// What separates the next text from the last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Line,
    Paragraph,
}

struct Text<'o> {
    out: &'o mut String,
    gap: Gap,
    begun: bool,
    /// Open lists: the next number, or none for a list with dashes.
    lists: Vec<Option<u64>>,
    /// Open links: where their text begins, and their address.
    links: Vec<(usize, String)>,
    /// The HTML block that is being read.
    html: Option<String>,
}

impl Text<'_> {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::End(tag) => self.close(tag),
            Event::Text(text) | Event::Code(text) => self.push(&text),
            Event::SoftBreak => self.push(" "),
            Event::HardBreak => self.widen(Gap::Line),
            Event::Rule => self.widen(Gap::Paragraph),
            Event::Html(html) => {
                if let Some(block) = &mut self.html {
                    block.push_str(&html);
                }
            }
            Event::InlineHtml(tag) if ends_line(&tag) => self.widen(Gap::Line),
            // A tag or a comment. Mathematics, footnotes and tasks are not switched on.
            Event::InlineHtml(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }

    fn open(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::List(number) => {
                self.widen(if self.lists.is_empty() { Gap::Paragraph } else { Gap::Line });
                self.lists.push(number);
            }
            Tag::Item => {
                self.widen(Gap::Line);
                let depth = self.lists.len().saturating_sub(1);
                let mark = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        let mark = format!("{number}. ");
                        *number = number.saturating_add(1);
                        mark
                    }
                    _ => "- ".into(),
                };
                // Deep nesting is cheap to write and would be dear to indent.
                self.push(&"  ".repeat(depth.min(8)));
                self.push(&mark);
                self.gap = Gap::None;
            }
            Tag::Link { link_type, dest_url, .. } => {
                self.fill();
                let shown = link_type != LinkType::Email && is_address(&dest_url);
                self.links.push((self.out.len(), if shown { dest_url.into_string() } else { String::new() }));
            }
            Tag::HtmlBlock => self.html = Some(String::new()),
            Tag::Paragraph if self.at_item_start() => {}
            Tag::Paragraph | Tag::Heading { .. } | Tag::BlockQuote(_) | Tag::CodeBlock(_) => self.widen(Gap::Paragraph),
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::List(_) => {
                self.lists.pop();
                self.widen(if self.lists.is_empty() { Gap::Paragraph } else { Gap::Line });
            }
            TagEnd::Item => self.widen(Gap::Line),
            TagEnd::Link => {
                if let Some((from, address)) = self.links.pop()
                    && !address.is_empty()
                    && self.out[from..] != *address
                {
                    if self.out.len() == from {
                        self.push(&address);
                    } else {
                        self.push(" (");
                        self.push(&address);
                        self.push(")");
                    }
                }
            }
            TagEnd::HtmlBlock => {
                self.widen(Gap::Paragraph);
                if let Some(block) = self.html.take() {
                    self.push(without_tags(&block).trim());
                }
                self.widen(Gap::Paragraph);
            }
            TagEnd::CodeBlock => {
                let text = self.out.trim_end_matches('\n').len();
                self.out.truncate(text);
                self.widen(Gap::Paragraph);
            }
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::BlockQuote(_) => self.widen(Gap::Paragraph),
            _ => {}
        }
    }

    /// Whether nothing of the list item but its mark is written.
    fn at_item_start(&self) -> bool {
        !self.lists.is_empty() && self.gap == Gap::None
    }

    fn widen(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    fn push(&mut self, text: &str) {
        if !text.is_empty() {
            self.fill();
            self.out.push_str(text);
        }
    }

    /// Writes the gap that is due.
    fn fill(&mut self) {
        if self.begun {
            self.out.push_str(match self.gap {
                Gap::None => "",
                Gap::Line => "\n",
                Gap::Paragraph => "\n\n",
            });
        }
        self.begun = true;
        self.gap = Gap::None;
    }
}

/// Addresses that are of use on paper too.
fn is_address(address: &str) -> bool {
    ["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

/// Whether text before and after a tag stands on lines of its own.
fn ends_line(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']).split(|c: char| !c.is_ascii_alphanumeric()).next();
    let names = ["br", "p", "div", "li", "ul", "ol", "tr", "hr", "h1", "h2", "h3", "h4", "h5", "h6"];
    name.is_some_and(|name| names.iter().any(|one| one.eq_ignore_ascii_case(name)))
}

/// The text between tags and comments. A `<` that nothing closes ends it.
fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        let close = if rest[open..].starts_with("<!--") { "-->" } else { ">" };
        match rest[open..].find(close) {
            Some(at) => {
                let (tag, after) = rest[open..].split_at(at + close.len());
                if ends_line(tag) && !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
                rest = after;
            }
            None => return text,
        }
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(markdown: &str) -> String {
        let mut out = String::new();
        push(markdown, &mut out);
        out
    }

    #[test]
    fn a_line_has_words_only() {
        for (markdown, words) in [
            (
                "**Bring** your [neighbours](https://example.org/).\n\n- tea\n- `cake`",
                "Bring your neighbours. tea cake",
            ),
            ("# A\nb\n\n> c\n\n<div>d</div>\n\n![e](https://example.org/e.png) f<br>g", "A b c d e f g"),
            ("1. one\n2. _two_", "one two"),
            ("", ""),
        ] {
            assert_eq!(line(markdown, 35), words, "{markdown}");
        }
        assert_eq!(line("one two three", 9), "one two…");
    }

    #[test]
    fn marks_go_and_structure_stays() {
        assert_eq!(plain("**Bring** _signs_.\n\nAnd water."), "Bring signs.\n\nAnd water.");
        assert_eq!(plain("# Plan\n\n- one\n- two\n  - three\n\nEnd"), "Plan\n\n- one\n- two\n  - three\n\nEnd");
        assert_eq!(plain("1. a\n2. b"), "1. a\n2. b");
        assert_eq!(plain("- a\n\n  more\n- b"), "- a\n\nmore\n\n- b");
        assert_eq!(plain("a  \nb\\\nc"), "a\nb\nc");
        assert_eq!(plain("> said\n\n```\nlet x;\n```\n\nend"), "said\n\nlet x;\n\nend");
        assert_eq!(plain("Tea & cake &amp; more"), "Tea & cake & more");
    }

    #[test]
    fn links_show_their_address_once() {
        assert_eq!(plain("[page](https://example.org/)"), "page (https://example.org/)");
        assert_eq!(plain("<https://example.org/>"), "https://example.org/");
        assert_eq!(plain("[https://example.org/](https://example.org/)"), "https://example.org/");
        assert_eq!(plain("<a@example.org>"), "a@example.org");
        assert_eq!(plain("[x](javascript:alert(1))"), "x");
        assert_eq!(plain("see\n\n[](https://example.org/)"), "see\n\nhttps://example.org/");
        assert_eq!(plain("![a march](x.png)"), "a march");
    }

    #[test]
    fn tags_go_and_their_text_stays() {
        assert_eq!(plain("a <b>bold</b> word"), "a bold word");
        assert_eq!(plain("<div>\ntext <i>here</i>\n</div>\n\nend"), "text here\n\nend");
        assert_eq!(plain("a<br>b <script>c</script>"), "a\nb c");
        assert_eq!(plain("<p>a</p><p>b</p>"), "a\nb");
        assert_eq!(plain("<!-- secret > -->\n\nend"), "end");
    }

    #[test]
    fn the_short_way_agrees_with_the_long_one() {
        let pieces =
            ["word", " ", "\n", "\n\n", ".", "3", "-", "é", "!", "(", ":", "'", "\n\n\n", "x) y", "\"", "…", "  "];
        let mut seed = 7_u32;
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..9 {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                text.push_str(pieces[(seed >> 16) as usize % pieces.len()]);
            }
            let mut parsed = String::new();
            push_parsed(&text, &mut parsed);
            assert_eq!(plain(&text), parsed, "{text:?}");
        }
    }
}
