//! Markdown as plain text, for DESCRIPTION, which clients show unchanged.
//!
//! Links and images keep their address in parentheses, lists their marks, paragraphs a blank line between them, and tables
//! one line per row. HTML tags are dropped and their text is kept. A line break within a paragraph becomes a space.

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::html_text::{Piece, pieces};
use super::markdown::{OPTIONS, linked};
use crate::diagnostic::is_hostile;

/// Appends `markdown` as plain text to `out`, without blank space at either end.
pub fn push(markdown: &str, out: &mut String) {
    if is_plain(markdown) {
        push_plain(markdown, out);
    } else {
        push_parsed(markdown, true, out);
    }
}

/// `markdown` as a one-line summary, without addresses and list marks, cut after a word if it exceeds `most` characters.
pub fn line(markdown: &str, most: usize) -> String {
    let mut text = String::new();
    push_parsed(markdown, false, &mut text);
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
            let begins = line.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '=' | ':' | ' '));
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

/// `is_whole`: with addresses and marks of lists.
fn push_parsed(markdown: &str, is_whole: bool, out: &mut String) {
    let mut text = Text {
        is_whole,
        start: out.len(),
        out,
        gap: Gap::None,
        is_item_start: false,
        lists: Vec::new(),
        links: Vec::new(),
        images: Vec::new(),
        is_row_start: true,
        html: None,
    };
    for event in Parser::new_ext(&linked(markdown), OPTIONS) {
        text.take(event);
    }
    text.close_html_links();
    let end = text.out.trim_end().len().max(text.start);
    text.out.truncate(end);
}

/// What separates the next text from the last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Line,
    Paragraph,
}

/// A link or picture that is open.
struct Link {
    /// Where its text begins.
    from: usize,
    /// Empty if it is not shown.
    address: String,
    is_html: bool,
}

struct Text<'o> {
    is_whole: bool,
    out: &'o mut String,
    /// Where our part of `out` begins.
    start: usize,
    gap: Gap,
    /// Whether nothing of a list item but its mark is written.
    is_item_start: bool,
    /// Open lists: the next number, or none for a list with dashes.
    lists: Vec<Option<u64>>,
    links: Vec<Link>,
    images: Vec<Link>,
    is_row_start: bool,
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
            Event::InlineHtml(html) => pieces(&html).into_iter().for_each(|piece| self.take_html(piece)),
            // Mathematics, footnotes and tasks are not switched on.
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn open(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::List(number) => self.open_list(number),
            Tag::Item => self.open_item(),
            Tag::Link { link_type, dest_url, .. } => {
                let address = if link_type == LinkType::Email { "" } else { &*dest_url };
                let link = self.link(address, false);
                self.links.push(link);
            }
            Tag::Image { dest_url, .. } => {
                let image = self.image(&dest_url);
                self.images.push(image);
            }
            Tag::HtmlBlock => self.html = Some(String::new()),
            Tag::TableHead | Tag::TableRow => self.begin_row(),
            Tag::TableCell => self.begin_cell(),
            Tag::Paragraph | Tag::Heading { .. } | Tag::BlockQuote(_) | Tag::CodeBlock(_) | Tag::Table(_) => {
                self.widen(Gap::Paragraph);
            }
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::List(_) => self.close_list(),
            TagEnd::Item => {
                self.close_html_links();
                self.is_item_start = false;
                self.widen(Gap::Line);
            }
            TagEnd::Link => {
                self.close_html_links();
                if let Some(link) = self.links.pop() {
                    self.close_link(&link);
                }
            }
            TagEnd::Image => {
                if let Some(image) = self.images.pop() {
                    self.close_link(&image);
                }
            }
            TagEnd::HtmlBlock => {
                self.widen(Gap::Paragraph);
                if let Some(block) = self.html.take() {
                    for piece in pieces(&block) {
                        self.take_html(piece);
                    }
                }
                self.close_html_links();
                self.widen(Gap::Paragraph);
            }
            TagEnd::CodeBlock => {
                let text = self.out.trim_end_matches('\n').len().max(self.start);
                self.out.truncate(text);
                self.widen(Gap::Paragraph);
            }
            TagEnd::TableCell => self.close_html_links(),
            TagEnd::Paragraph | TagEnd::Heading(_) => {
                self.close_html_links();
                self.widen(Gap::Paragraph);
            }
            TagEnd::BlockQuote(_) | TagEnd::Table => self.widen(Gap::Paragraph),
            _ => {}
        }
    }

    fn take_html(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Text(text) => {
                let at_line_start = self.gap != Gap::None || self.is_item_start || self.out.len() == self.start;
                self.push(if at_line_start { text.trim_start_matches(' ') } else { &text });
            }
            Piece::Break => {
                self.is_row_start = true;
                self.widen(Gap::Line);
            }
            Piece::Cell => self.begin_cell(),
            Piece::List { is_numbered } => self.open_list(is_numbered.then_some(1)),
            Piece::ListEnd => self.close_list(),
            Piece::Item => self.open_item(),
            Piece::Link(address) => {
                let link = self.link(&address, true);
                self.links.push(link);
            }
            Piece::LinkEnd => {
                if let Some(link) = self.links.pop_if(|link| link.is_html) {
                    self.close_link(&link);
                }
            }
            Piece::Image { text, address } => {
                let image = self.image(&address);
                self.push(text.trim());
                self.close_link(&image);
            }
        }
    }

    fn open_list(&mut self, number: Option<u64>) {
        self.widen(if self.lists.is_empty() { Gap::Paragraph } else { Gap::Line });
        self.lists.push(number);
    }

    fn close_list(&mut self) {
        self.is_item_start = false;
        self.lists.pop();
        self.widen(if self.lists.is_empty() { Gap::Paragraph } else { Gap::Line });
    }

    fn open_item(&mut self) {
        self.is_item_start = false;
        self.widen(Gap::Line);
        if !self.is_whole {
            return;
        }
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
        self.is_item_start = true;
    }

    fn begin_row(&mut self) {
        self.widen(Gap::Line);
        self.is_row_start = true;
    }

    fn begin_cell(&mut self) {
        if !std::mem::take(&mut self.is_row_start) {
            self.push(" | ");
        }
    }

    /// A link that begins here.
    fn link(&mut self, address: &str, is_html: bool) -> Link {
        self.fill();
        let is_shown = self.is_whole && is_address(address) && !address.contains(is_hostile);
        Link { from: self.out.len(), address: if is_shown { address.into() } else { String::new() }, is_html }
    }

    /// A picture that begins here. In a link, the address of the link is enough.
    fn image(&mut self, address: &str) -> Link {
        self.link(if self.links.is_empty() { address } else { "" }, false)
    }

    /// Writes the address of a link after its text, unless the text is the address.
    fn close_link(&mut self, link: &Link) {
        let Link { from, address, is_html: _ } = link;
        let text = self.out.get(*from..).unwrap_or_default().trim();
        if address.is_empty() || same_address(text, address) {
            return;
        }
        if text.is_empty() {
            self.push(address);
        } else {
            self.out.truncate(self.out.trim_end().len());
            self.gap = Gap::None;
            self.push(" (");
            self.push(address);
            self.push(")");
        }
    }

    /// Ends the links that HTML began and did not end.
    fn close_html_links(&mut self) {
        while let Some(link) = self.links.pop_if(|link| link.is_html) {
            self.close_link(&link);
        }
    }

    /// Requests a gap before the next text, except after a list mark.
    fn widen(&mut self, gap: Gap) {
        if !self.is_item_start {
            self.gap = self.gap.max(gap);
        }
    }

    /// Writes text without the control characters that entities can smuggle in.
    fn push(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        self.fill();
        self.is_item_start = false;
        if text.contains(|c| is_hostile(c) && c != '\n') {
            self.out.extend(text.chars().filter_map(|c| match c {
                '\n' => Some('\n'),
                c if is_hostile(c) => c.is_whitespace().then_some(' '),
                c => Some(c),
            }));
        } else {
            self.out.push_str(text);
        }
    }

    /// Writes the gap that is due.
    fn fill(&mut self) {
        let gap = std::mem::replace(&mut self.gap, Gap::None);
        if self.out.len() > self.start && gap != Gap::None {
            let end = self.out.trim_end_matches(' ').len().max(self.start);
            self.out.truncate(end);
            self.out.push_str(if gap == Gap::Line { "\n" } else { "\n\n" });
        }
    }
}

/// Addresses that are of use on paper too.
fn is_address(address: &str) -> bool {
    ["http://", "https://", "mailto:", "tel:"]
        .iter()
        .any(|scheme| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

/// Whether a text is the address itself, perhaps without its scheme.
fn same_address(text: &str, address: &str) -> bool {
    let scheme = |address: &str| address.find(':').map_or(0, |at| at + 1);
    let bare = address[scheme(address)..].trim_start_matches('/');
    text == address || text == bare || text == bare.trim_end_matches('/')
}

#[cfg(test)]
mod tests;
