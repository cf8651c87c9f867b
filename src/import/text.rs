//! Texts of other calendars → texts of records: lines without control characters, prose as Markdown.
//!
//! Plain text is escaped so that it reads the same. HTML becomes Markdown by `htmd`; what is nested too deeply, or too
//! long, is stripped of its tags instead, because the parser builds a tree of it.

use std::borrow::Cow;
use std::sync::LazyLock;

use htmd::HtmlToMarkdown;
use htmd::options::{BrStyle, BulletListMarker, LinkStyle, Options};

use crate::diagnostic::is_hostile;

/// Characters of an address.
const MOST_ADDRESS: usize = 4_000;
/// Characters behind an address that are searched for Markdown's signs.
const MOST_BEHIND: usize = 200;
/// Bytes of HTML that are converted.
const MOST_HTML: usize = 200_000;
/// Elements that may be open at a time.
const DEEPEST: usize = 64;

/// A text of one line: no control characters, no line breaks, no space at its ends.
pub fn line(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if !text.chars().any(is_hostile) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            c if c.is_whitespace() || matches!(c, '\u{2028}' | '\u{2029}') => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c if is_hostile(c) => {}
            c => out.push(c),
        }
    }
    Cow::Owned(out.trim().to_owned())
}

/// Lines of a text as one, with commas in between: an address.
pub fn joined_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for part in text.split(['\n', '\r']).map(line).filter(|line| !line.is_empty()) {
        if !out.is_empty() {
            out.push_str(if out.ends_with([',', ';', ':', '.']) { " " } else { ", " });
        }
        out.push_str(&part);
    }
    out
}

/// A text of several lines without control characters.
fn prose(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    text.chars().filter(|c| !is_hostile(*c) || matches!(c, '\n' | '\t')).collect()
}

/// The signs with which Google Calendar encloses its lines about the meeting.
const MEETING_BLOCK: &str = "-::~:~::~";

/// A description without the lines that Google Calendar adds about the meeting, which say how to join. `None` if it has
/// none. The block ends with a second row of signs, or with the text.
pub fn without_meeting_block(text: &str) -> Option<String> {
    let start = text.find(MEETING_BLOCK)?;
    let is_sign = |c: char| matches!(c, '-' | ':' | '~');
    let behind = |at: usize| at + text[at..].find(|c| !is_sign(c)).unwrap_or(text.len() - at);
    let inside = behind(start);
    let end = text[inside..].find(MEETING_BLOCK).map_or(text.len(), |at| behind(inside + at));
    Some(format!("{}{}", text[..start].trim_end(), &text[end..]))
}

/// A description as Markdown, whether it is plain text or HTML.
pub fn markdown(text: &str) -> String {
    if is_html(text) { of_html(text) } else { of_plain(text) }
}

/// Whether a text has tags of HTML, or its entities.
pub fn is_html(text: &str) -> bool {
    const TAGS: [&str; 28] = [
        "a",
        "b",
        "br",
        "p",
        "i",
        "u",
        "ul",
        "ol",
        "li",
        "div",
        "span",
        "strong",
        "em",
        "html",
        "body",
        "h1",
        "h2",
        "h3",
        "h4",
        "font",
        "table",
        "tr",
        "td",
        "img",
        "pre",
        "blockquote",
        "hr",
        "head",
    ];
    let has_tag = text.split('<').skip(1).any(|rest| {
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        TAGS.iter().any(|tag| name.eq_ignore_ascii_case(tag))
            && after.starts_with(['>', ' ', '/', '\n', '\t'])
            && after.contains('>')
    });
    has_tag || ["&nbsp;", "&amp;", "&quot;", "&lt;", "&#39;"].iter().any(|entity| text.contains(entity))
}

/// Plain text as Markdown that reads the same, line for line.
pub fn of_plain(text: &str) -> String {
    let text = prose(text);
    let mut out = String::with_capacity(text.len() + 16);
    // Whether the line before is in the same paragraph.
    let mut is_inside = false;
    for line in text.split('\n').map(str::trim) {
        if line.is_empty() {
            is_inside = false;
            continue;
        }
        if is_inside {
            out.push_str("\\\n");
        } else if !out.is_empty() {
            out.push_str("\n\n");
        }
        push_escaped(line, &mut out);
        is_inside = true;
    }
    out
}

/// Appends a line with the marks of Markdown escaped. Addresses stay as they are: the reader takes them as links.
fn push_escaped(line: &str, out: &mut String) {
    let first = line.chars().next();
    let is_mark = match first {
        Some('#' | '>' | '+' | '-' | '=' | '~' | '|') => true,
        Some(':') => line[1..].starts_with('-'),
        _ => false,
    };
    if is_mark {
        out.push('\\');
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let is_number = (1..=9).contains(&digits) && matches!(line.as_bytes().get(digits), Some(b'.' | b')'));
    let mut address_end = 0;
    let mut has_brackets = false;
    let mut before = None;
    let mut characters = line.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let after = characters.peek().map(|(_, next)| *next);
        if at >= address_end && (character == 'h' || character == 'H') {
            let length = address_length(&line[at..], before);
            address_end = at + length;
            // A backslash directly behind an address would be taken as a part of it. Few characters are looked at, so that
            // a long text without a space does not cost the square of its length.
            let rest = line[address_end..].chars().take(MOST_BEHIND).take_while(|c| !c.is_whitespace());
            let is_mark = |c: char| matches!(c, '\\' | '*' | '`' | '[' | ']' | '<' | '_' | '&' | '|' | '~');
            has_brackets = length > 0 && rest.into_iter().any(is_mark);
            if has_brackets {
                out.push('<');
            }
        }
        if at == address_end && has_brackets {
            out.push('>');
            has_brackets = false;
        }
        let is_in_address = at < address_end;
        let is_word = |side: Option<char>| side.is_some_and(char::is_alphanumeric);
        let escape = match character {
            '\\' | '*' | '`' | '[' | ']' | '<' => true,
            '_' => !(is_word(before) && is_word(after)),
            '&' => after.is_some_and(|c| c.is_ascii_alphanumeric() || c == '#'),
            '.' | ')' => is_number && at == digits,
            '|' => at > 0,
            _ => false,
        };
        if escape && !is_in_address {
            out.push('\\');
        }
        out.push(character);
        before = Some(character);
    }
}

/// Bytes of the web address that begins here; 0 if none does. It ends before signs that end a sentence, and has no
/// backslash, because the reader of Markdown takes it in the same way.
fn address_length(text: &str, before: Option<char>) -> usize {
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|scheme| text.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme)));
    let Some(scheme) = scheme else { return 0 };
    if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '+' | '-' | '.' | '\\')) {
        return 0;
    }
    let ends = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '`' | '|' | '[' | ']');
    let end = text.char_indices().take(MOST_ADDRESS).find(|(_, c)| ends(*c)).map(|(at, _)| at);
    let is_short = || text.char_indices().nth(MOST_ADDRESS).is_none();
    // What is longer than a record takes is text.
    let Some(end) = end.or_else(|| is_short().then_some(text.len())) else { return 0 };
    let address = &text[..end];
    if address.contains('\\') || address.len() == scheme.len() {
        return 0;
    }
    // Signs at the end are escaped as text, except those that may belong to the address.
    address.trim_end_matches(|c| ".,;:!?'*_~…»”’“。，、！？،؟；：」）)}".contains(c)).len().max(scheme.len())
}

/// HTML as Markdown.
pub fn of_html(html: &str) -> String {
    static CONVERTER: LazyLock<HtmlToMarkdown> = LazyLock::new(|| {
        let options = Options {
            br_style: BrStyle::Backslash,
            bullet_list_marker: BulletListMarker::Dash,
            ul_bullet_spacing: 1,
            ol_number_spacing: 1,
            link_style: LinkStyle::InlinedPreferAutolinks,
            ..Options::default()
        };
        HtmlToMarkdown::builder().options(options).skip_tags(vec!["script", "style", "head", "title", "img"]).build()
    });
    let html = prose(html);
    if html.len() > MOST_HTML || is_deep(&html) {
        return of_plain(&stripped(&html));
    }
    let lower = html.to_ascii_lowercase();
    let has_blocks =
        ["<p", "<div", "<body", "<html", "<table", "<ul", "<ol", "<li"].iter().any(|tag| lower.contains(tag));
    // Google writes line ends beside `<br>`, and shows both.
    let html = if has_blocks { html } else { html.trim().replace('\n', "<br>") };
    let Ok(markdown) = CONVERTER.convert(&html) else { return of_plain(&stripped(&html)) };
    let tidy = tidy(&prose(&markdown));
    if has_tags(&tidy) { of_plain(&stripped(&html)) } else { tidy }
}

/// Whether Markdown would show, or drop, something as HTML.
fn has_tags(markdown: &str) -> bool {
    markdown.contains('<')
        && pulldown_cmark::Parser::new_ext(markdown, pulldown_cmark::Options::ENABLE_TABLES)
            .any(|event| matches!(event, pulldown_cmark::Event::Html(_) | pulldown_cmark::Event::InlineHtml(_)))
}

/// Markdown without trailing space, without more than one blank line, and without breaks at the end of a paragraph.
fn tidy(markdown: &str) -> String {
    let lines: Vec<&str> = markdown.lines().map(|line| line.trim_end_matches([' ', '\t', '\u{A0}'])).collect();
    let is_blank = |line: &str| matches!(line.trim(), "" | "\\");
    let mut out = String::with_capacity(markdown.len());
    for (index, line) in lines.iter().enumerate() {
        if is_blank(line) {
            if !out.is_empty() && !out.ends_with("\n\n") {
                out.push('\n');
            }
            continue;
        }
        let ends_paragraph = lines.get(index + 1).is_none_or(|next| is_blank(next));
        // An odd number of backslashes ends with a break.
        let backslashes = line.len() - line.trim_end_matches('\\').len();
        let line = if ends_paragraph && backslashes % 2 == 1 { line[..line.len() - 1].trim_end() } else { line };
        out.push_str(line);
        out.push('\n');
    }
    out.trim().to_owned()
}

/// Whether more elements are open at a time than a text has.
fn is_deep(html: &str) -> bool {
    const EMPTY: [&str; 8] = ["br", "hr", "img", "meta", "link", "input", "wbr", "col"];
    let mut depth = 0_usize;
    for rest in html.split('<').skip(1) {
        if rest.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let name = rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
            if !EMPTY.iter().any(|empty| name.eq_ignore_ascii_case(empty)) {
                depth += 1;
            }
            if depth > DEEPEST {
                return true;
            }
        }
    }
    false
}

/// The text of HTML without its tags.
fn stripped(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let Some(end) = rest[at..].find('>') else {
            rest = &rest[at..];
            break;
        };
        let tag = rest[at + 1..at + end].to_ascii_lowercase();
        let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        if matches!(name, "br" | "p" | "div" | "li" | "tr" | "h1" | "h2" | "h3" | "h4") {
            out.push('\n');
        }
        rest = &rest[at + end + 1..];
    }
    out.push_str(rest);
    html_escape::decode_html_entities(&out).into_owned()
}

#[cfg(test)]
#[path = "text/tests.rs"]
mod tests;
