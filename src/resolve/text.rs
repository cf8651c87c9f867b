//! Texts: lines, prose, addresses, tags, languages. What is hostile is refused here, so that no output meets it.

mod url;

pub use url::{WrongUrl, checked_url, url};

use crate::diagnostic::{Code, Finding, Severity, is_hostile, shorten};
use crate::record::value::toml_text;
use crate::record::{Field, Slot, Text};
use crate::source::Span;
use crate::text::fold;

/// Characters that a title may have.
pub const TITLE: usize = 255;
/// Characters that any other line may have.
pub const LINE: usize = 1_000;

/// A text of one line: something is in it, it is not too long, and no character is hostile. White space around it goes.
pub fn line(field: &Field<Text<'_>>, longest: usize, findings: &mut Vec<Finding>) -> Option<Box<str>> {
    let trimmed = field.value.trim();
    if trimmed.is_empty() {
        findings.push(empty(field));
        return None;
    }
    if trimmed.len() > longest {
        let length = trimmed.chars().count();
        if length > longest {
            findings.push(
                Finding::new(Code::TooLong, field.span, format!("the text has {length} characters, over {longest}"))
                    .label(format!("expected at most {longest} characters"))
                    .help("shorten it; `description` has room for the rest"),
            );
            return None;
        }
    }
    hostile(field, trimmed, false, findings).then(|| trimmed.into())
}

/// A text of one line whose parts people like to write below one another, such as an address. Lines are joined with commas,
/// and reported.
pub fn line_of_parts(field: &Field<Text<'_>>, longest: usize, findings: &mut Vec<Finding>) -> Option<Box<str>> {
    let trimmed = field.value.trim();
    if !trimmed.contains(LINE_ENDS) {
        return line(field, longest, findings);
    }
    let joined = joined(trimmed);
    let written = toml_text(&joined);
    let mut finding = Finding::new(Code::ControlCharacter, field.span, "the text has more than one line")
        .label("joined with commas")
        .help(format!("write `{}`", shorten(&written)))
        .fix(field.span, written);
    finding.severity = Severity::Warning;
    findings.push(finding);
    line(&Field { key: field.key, span: field.span, value: joined.into() }, longest, findings)
}

/// Where a line ends, in Unicode too.
const LINE_ENDS: [char; 7] = ['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];

/// Lines as one, with a comma where none of them ends in a sign of its own.
fn joined(lines: &str) -> String {
    let mut out = String::with_capacity(lines.len());
    for line in lines.split(LINE_ENDS).map(str::trim).filter(|line| !line.is_empty()) {
        if !out.is_empty() {
            out.push_str(if out.ends_with([',', ';', ':', '.', '!', '?', '،', '、', '，']) { " " } else { ", " });
        }
        out.push_str(line);
    }
    out
}

/// A text of several lines.
pub fn prose(field: &Field<Text<'_>>, findings: &mut Vec<Finding>) -> Option<Box<str>> {
    let trimmed = field.value.trim_matches(['\n', '\r', ' ', '\t']);
    if trimmed.is_empty() {
        findings.push(empty(field));
        return None;
    }
    if let Some(tag) = html_tag(trimmed) {
        findings.push(
            Finding::new(Code::HtmlInText, field.span, format!("the text has HTML in it: `{}`", shorten(&tag)))
                .label("expected Markdown; tags are dropped, and their text stays")
                .help(markdown_for(&tag)),
        );
    }
    hostile(field, trimmed, true, findings).then(|| trimmed.into())
}

/// The first tag of raw HTML in Markdown.
fn html_tag(markdown: &str) -> Option<String> {
    // Nearly every text has no `<`, and needs no parser.
    memchr::memchr(b'<', markdown.as_bytes())?;
    pulldown_cmark::Parser::new_ext(markdown, pulldown_cmark::Options::ENABLE_TABLES).find_map(|event| match event {
        pulldown_cmark::Event::Html(html) | pulldown_cmark::Event::InlineHtml(html) => {
            let html = html.trim();
            Some(html[..html.find('>').map_or(html.len(), |at| at + 1)].to_owned())
        }
        _ => None,
    })
}

/// What to write instead of a tag.
fn markdown_for(tag: &str) -> String {
    let name =
        tag.trim_start_matches(['<', '/']).split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    match &*name.to_ascii_lowercase() {
        "a" => "write a link as `[text](https://example.org/)`",
        "img" => "write a picture as `![what it shows](https://example.org/picture.jpg)`",
        "b" | "strong" => "write `**text**`",
        "i" | "em" => "write `*text*`",
        "p" | "div" => "write a blank line between paragraphs, and delete the tags",
        "br" => "write a backslash at the end of the line, or a blank line",
        "ul" | "ol" | "li" => "write each item on a line of its own that begins with `- `",
        _ => "delete the tags; a literal `<` is `\\<`",
    }
    .to_owned()
}

/// The finding for a text that says nothing.
pub fn empty(field: &Field<Text<'_>>) -> Finding {
    Finding::new(Code::EmptyValue, field.span, "the text is empty")
        .label("expected some text")
        .help("fill it in, or delete the line")
}

/// Reports hostile characters. True where there is none.
fn hostile(field: &Field<Text<'_>>, text: &str, lines: bool, findings: &mut Vec<Finding>) -> bool {
    // Nearly every text is free of them; one pass over the bytes says so. In UTF-8 a hostile character beyond ASCII
    // begins with one of three bytes: U+0080 to U+00BF with C2, U+2000 to U+2FFF with E2, U+F000 to U+FFFF with EF.
    let is_plain = |byte: u8| match byte {
        b'\n' | b'\t' | b'\r' => lines,
        0x00..0x20 | 0x7f | 0xC2 | 0xE2 | 0xEF => false,
        _ => true,
    };
    if text.bytes().all(is_plain) {
        return true;
    }
    let allowed = |c: char| lines && matches!(c, '\n' | '\t' | '\r');
    let Some(found) = text.chars().find(|c| is_hostile(*c) && !allowed(*c)) else { return true };
    let (what, message) = match found {
        '\n' | '\r' => ("a line break", "the text has more than one line".to_owned()),
        '\t' => ("a tab", "the text has a tab in it".to_owned()),
        c => (
            "an invisible character",
            format!("the text has the invisible character U+{:04X} in it{}", u32::from(c), character_name(c)),
        ),
    };
    let clean: String = text
        .chars()
        .map(|c| if is_hostile(c) && !allowed(c) && c.is_whitespace() { ' ' } else { c })
        .filter(|c| !is_hostile(*c) || allowed(*c))
        .collect();
    let clean = if lines { clean } else { clean.split_whitespace().collect::<Vec<_>>().join(" ") };
    let finding = Finding::new(Code::ControlCharacter, field.span, message).label(format!("holds {what}"));
    findings.push(if clean.is_empty() || lines && clean.contains('\n') {
        finding.help("delete it and type the word again")
    } else {
        let text = toml_text(&clean);
        finding.help(format!("write `{}`", shorten(&text))).fix(field.span, text)
    });
    false
}

/// What an invisible character does, where people may know it by that.
fn character_name(character: char) -> &'static str {
    match character {
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => ", which turns the direction of writing",
        '\u{FEFF}' => ", a byte order mark",
        '\u{2028}' | '\u{2029}' => ", which begins a line",
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => ", which controls machines",
        _ => "",
    }
}

/// Labels in lower case with hyphens, each once.
pub fn tags(slot: &Slot<Vec<Field<Text<'_>>>>, findings: &mut Vec<Finding>) -> Box<[Box<str>]> {
    let mut tags: Vec<Box<str>> = Vec::new();
    for field in slot.iter().flat_map(|field| &field.value) {
        if let Some(text) = line(field, LINE, findings) {
            let tag = folded_tag(&text);
            let is_same =
                |known: &str| known == &*tag || !(known.is_ascii() && tag.is_ascii()) && fold(known) == fold(&tag);
            if !tags.iter().any(|known| is_same(known)) {
                tags.push(tag);
            }
        }
    }
    tags.into()
}

/// A tag in lower case with hyphens for spaces: `Anti War` and `anti-war` are one.
pub fn folded_tag(text: &str) -> Box<str> {
    if text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') {
        return text.into();
    }
    text.to_lowercase()
        .split(|c: char| c.is_whitespace() || c == '_')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-")
        .into()
}

/// English names of languages that people write instead of the tag.
const LANGUAGES: [(&str, &str); 18] = [
    ("arabic", "ar"),
    ("chinese", "zh"),
    ("english", "en"),
    ("farsi", "fa"),
    ("french", "fr"),
    ("german", "de"),
    ("greek", "el"),
    ("hebrew", "he"),
    ("hindi", "hi"),
    ("italian", "it"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("persian", "fa"),
    ("portuguese", "pt"),
    ("russian", "ru"),
    ("spanish", "es"),
    ("turkish", "tr"),
    ("catalan", "ca"),
];

/// A BCP 47 tag in its usual letter case.
pub fn language(field: &Field<Text<'_>>, findings: &mut Vec<Finding>) -> Option<Box<str>> {
    let text = line(field, LINE, findings)?;
    tag(&text, field.span, |tag| format!("\"{tag}\""), findings)
}

/// A BCP 47 tag that is a key.
pub fn language_key(key: &str, span: Span, findings: &mut Vec<Finding>) -> Option<Box<str>> {
    tag(key, span, ToOwned::to_owned, findings)
}

/// A tag in its usual letter case, or a finding with the text to write.
fn tag(text: &str, span: Span, written: fn(&str) -> String, findings: &mut Vec<Finding>) -> Option<Box<str>> {
    if let Some(tag) = checked_language(text) {
        return Some(tag);
    }
    let finding = no_language(text, span);
    findings.push(match meant_language(text) {
        Some(tag) => finding.fix(span, written(&tag)),
        None => finding,
    });
    None
}

/// The finding for a text that is not a tag, with the tag that is probably meant.
pub fn no_language(text: &str, span: Span) -> Finding {
    let finding = Finding::new(Code::InvalidLanguage, span, format!("`{}` is not a language tag", shorten(text)))
        .label("expected a BCP 47 tag such as es or pt-BR");
    match meant_language(text) {
        Some(tag) => finding.help(format!("did you mean `{tag}`?")),
        None => finding,
    }
}

/// The tag that whoever wrote `text` meant: of a language by its English name, or with a hyphen.
pub fn meant_language(text: &str) -> Option<Box<str>> {
    let lower = text.to_lowercase().replace('_', "-");
    let by_name = LANGUAGES.iter().find(|(name, _)| *name == lower).map(|(_, tag)| Box::from(*tag));
    by_name.or_else(|| checked_language(&lower))
}

/// The tag in its usual letter case, if it is one: language, and perhaps script, region and variants.
pub fn checked_language(text: &str) -> Option<Box<str>> {
    let tag = oxilangtag::LanguageTag::parse_and_normalize(text).ok()?;
    // Subtags of four letters and more are reserved or registered one by one; what people write there is a name.
    ((2..=3).contains(&tag.primary_language().len())).then(|| tag.as_str().into())
}

/// Addresses or texts.
pub fn sources(slot: &Slot<Vec<Field<Text<'_>>>>, findings: &mut Vec<Finding>) -> Box<[Box<str>]> {
    let mut sources = Vec::new();
    for field in slot.iter().flat_map(|field| &field.value) {
        let is_address =
            field.value.contains("://") || field.value.trim_start().to_lowercase().starts_with("javascript:");
        sources.extend(if is_address { url(field, findings) } else { line(field, LINE, findings) });
    }
    sources.into()
}

/// An e-mail address: something, `@`, a host with a dot.
pub fn email(field: &Field<Text<'_>>, findings: &mut Vec<Finding>) -> Option<Box<str>> {
    let text = line(field, TITLE, findings)?;
    let sound = text.split_once('@').is_some_and(|(name, host)| {
        let allowed = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
        !name.is_empty()
            && name.chars().all(allowed)
            && host.contains('.')
            && host.split('.').all(|label| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-'))
    });
    if !sound {
        findings.push(
            Finding::new(Code::InvalidEmail, field.span, format!("`{}` is not an e-mail address", shorten(&text)))
                .label("expected an address such as mail@example.org")
                .help("write one name, `@`, and a domain, without spaces"),
        );
    }
    sound.then_some(text)
}

#[cfg(test)]
mod tests;
