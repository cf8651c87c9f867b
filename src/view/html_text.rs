//! Raw HTML in Markdown as pieces that every output can show: text, breaks, links, pictures. No tag gets through.

use std::borrow::Cow;

/// A piece of HTML.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece<'h> {
    /// Text between tags, with entities decoded and runs of white space as one space.
    Text(Cow<'h, str>),
    /// The text after it begins a line.
    Break,
    /// A cell of a table begins.
    Cell,
    /// A list begins.
    List {
        /// With numbers, not dashes.
        is_numbered: bool,
    },
    /// A list ends.
    ListEnd,
    /// An item of a list begins.
    Item,
    /// A link begins, and has this address.
    Link(String),
    /// A link ends.
    LinkEnd,
    /// A picture.
    Image {
        /// Its replacement text.
        text: String,
        /// Where it is.
        address: String,
    },
}

/// The pieces of `html`. A `<` that begins no tag is text; a tag that nothing closes ends it.
pub fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let (mut rest, mut from) = (html, 0);
    while let Some(open) = rest[from..].find('<').map(|at| from + at) {
        let behind = &rest[open + 1..];
        if !behind.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            from = open + 1;
            continue;
        }
        push_text(&rest[..open], &mut out);
        let Some(end) = tag_end(&rest[open..]) else { return out };
        out.extend(piece(&rest[open..open + end]));
        (rest, from) = (&rest[open + end..], 0);
    }
    push_text(rest, &mut out);
    out
}

fn push_text<'h>(text: &'h str, out: &mut Vec<Piece<'h>>) {
    if text.is_empty() {
        return;
    }
    let is_even = !text.contains("  ") && !text.contains(|c: char| c.is_ascii_whitespace() && c != ' ');
    let text = if is_even { Cow::Borrowed(text) } else { Cow::Owned(spaced(text)) };
    out.push(Piece::Text(match text {
        Cow::Borrowed(text) => html_escape::decode_html_entities(text),
        Cow::Owned(text) => Cow::Owned(html_escape::decode_html_entities(&text).into_owned()),
    }));
}

/// `text` with each run of white space as one space.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let c = if c.is_ascii_whitespace() { ' ' } else { c };
        if !(c == ' ' && out.ends_with(' ')) {
            out.push(c);
        }
    }
    out
}

/// Bytes in which the end of a tag is looked for with quotes in mind: no text makes that quadratic.
const LONGEST_TAG: usize = 8_192;

/// Where the tag or comment at the start of `html` ends. A `>` in quotes ends none, unless the quote never closes.
fn tag_end(html: &str) -> Option<usize> {
    if html.starts_with("<!--") {
        return html.find("-->").map(|at| at + 3);
    }
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate().take(LONGEST_TAG) {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    html.find('>').map(|at| at + 1)
}

/// What a tag says to a reader of text.
fn piece(tag: &str) -> Option<Piece<'static>> {
    let inner = tag.trim_start_matches('<').trim_end_matches('>');
    let (is_end, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
    let name_end = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let (name, attributes) = inner.split_at(name_end);
    Some(match (&*name.to_ascii_lowercase(), is_end) {
        ("a", true) => Piece::LinkEnd,
        ("a", false) => Piece::Link(attribute(attributes, "href").unwrap_or_default()),
        ("img", false) => Piece::Image {
            text: attribute(attributes, "alt").unwrap_or_default(),
            address: attribute(attributes, "src").unwrap_or_default(),
        },
        ("ul" | "ol", true) => Piece::ListEnd,
        ("ul", false) => Piece::List { is_numbered: false },
        ("ol", false) => Piece::List { is_numbered: true },
        ("li", false) => Piece::Item,
        ("td" | "th", false) => Piece::Cell,
        (
            "address" | "article" | "aside" | "blockquote" | "body" | "br" | "caption" | "dd" | "div" | "dl" | "dt"
            | "fieldset" | "figcaption" | "figure" | "footer" | "form" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
            | "header" | "hr" | "html" | "li" | "main" | "nav" | "p" | "pre" | "section" | "table" | "tbody" | "tfoot"
            | "thead" | "title" | "tr",
            _,
        ) => Piece::Break,
        _ => return None,
    })
}

/// The value of an attribute, with entities decoded.
fn attribute(attributes: &str, wanted: &str) -> Option<String> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '=' || c == '/').unwrap_or(rest.len());
        let (name, behind) = rest.split_at(end);
        let value = behind.trim_start().strip_prefix('=').map(str::trim_start);
        let (value, behind) = match value {
            None => ("", behind),
            Some(value) => match value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
                Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
                None => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
            },
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(html_escape::decode_html_entities(value.trim()).into_owned());
        }
        if behind.is_empty() {
            return None;
        }
        rest = behind;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_found_however_they_are_written() {
        for (tag, address) in [
            ("<a href=\"https://a.example/?x=1&amp;y=2\">", "https://a.example/?x=1&y=2"),
            ("<A class='x>y' HREF = 'https://a.example/'>", "https://a.example/"),
            ("<a target=_blank href=https://a.example/x>", "https://a.example/x"),
            ("<a data-href=\"x\" href>", ""),
            ("<a>", ""),
            ("<a href=\"https://a.example>", "https://a.example"),
        ] {
            assert_eq!(pieces(tag), [Piece::Link(address.into())], "{tag}");
        }
    }

    #[test]
    fn no_tag_is_text_and_no_text_a_tag() {
        for (html, expected) in [
            ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
            ("a <b title=\"x>y\">c</b>", "a c"),
            ("<!-- a > b -->c<?d?><![CDATA[e]]>", "c"),
            ("Tom &amp; Jerry&#039;s &lt;b&gt; &nosuch; &#xZZ; &", "Tom & Jerry's <b> &nosuch; &#xZZ; &"),
            ("a <b unclosed", "a "),
            ("é<", "é<"),
        ] {
            let text: String = pieces(html)
                .into_iter()
                .map(|piece| if let Piece::Text(text) = piece { text.into_owned() } else { panic!("{piece:?}") })
                .collect();
            assert_eq!(text, expected);
        }
    }
}
