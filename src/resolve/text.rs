//! Texts: lines, prose, addresses, tags, languages. What is hostile is refused here, so that no output meets it.

use crate::diagnostic::{Code, Finding, Severity, is_hostile, shorten};
use crate::record::value::toml_text;
use crate::record::{Field, Slot, Text};
use crate::source::Span;
use crate::text::fold;

/// Characters that a title may have.
pub const TITLE: usize = 255;
/// Characters that any other line may have.
pub const LINE: usize = 1_000;
/// Characters that an address may have.
const URL: usize = 4_000;

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
    if !trimmed.contains(['\n', '\r']) {
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

/// Lines as one, with a comma where none of them ends in a sign of its own.
fn joined(lines: &str) -> String {
    let mut out = String::with_capacity(lines.len());
    for line in lines.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty()) {
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

/// An address for people to open: http or https, with a host, without a password.
pub fn url(field: &Field<Text<'_>>, findings: &mut Vec<Finding>) -> Option<Box<str>> {
    let text = line(field, URL, findings)?;
    match checked_url(&text) {
        Ok(url) => Some(url),
        Err(wrong) => {
            findings.push(wrong.finding(&text, field));
            None
        }
    }
}

/// Why a text is not an address that we publish.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum WrongUrl {
    /// No scheme; the text with `https://` before it is an address.
    NoScheme,
    /// A scheme that runs or opens something on the reader's machine.
    Unsafe(String),
    /// Another scheme than http and https.
    Scheme(String),
    /// It carries a name and password.
    Password,
    /// White space in it.
    Space,
    /// Something else, by the parser's words.
    Other(String),
}

impl WrongUrl {
    fn finding(self, text: &str, field: &Field<Text<'_>>) -> Finding {
        let shown = shorten(text);
        let unsafe_url = |message: String| Finding::new(Code::UnsafeUrl, field.span, message);
        let invalid = |message: String| Finding::new(Code::InvalidUrl, field.span, message);
        match self {
            WrongUrl::Space | WrongUrl::Other(_) if !text.contains("://") => {
                let finding = invalid(format!("`{shown}` is not a web address"))
                    .label("expected an address such as https://example.org/");
                let host = text
                    .strip_prefix("https")
                    .or_else(|| text.strip_prefix("http"))
                    .map(|rest| rest.trim_start_matches([':', '/', ';']));
                match host.map(|host| format!("https://{host}")).filter(|url| checked_url(url).is_ok()) {
                    Some(url) => {
                        finding.help(format!("write `\"{}\"`", shorten(&url))).fix(field.span, toml_text(&url))
                    }
                    None => finding.help("copy it from the browser's address bar, or delete the line"),
                }
            }
            WrongUrl::NoScheme => {
                let whole = format!("https://{text}");
                if names_a_file(text) {
                    return invalid(format!("`{shown}` is the name of a file, not a web address"))
                        .label("expected an address that begins with https://")
                        .help("write the whole address, as the browser shows it")
                        .help(format!("if it is one, write `\"{}\"`", shorten(&whole)));
                }
                invalid(format!("`{shown}` does not say whether it is http or https"))
                    .label("expected an address that begins with https://")
                    .help(format!("write `\"{}\"`", shorten(&whole)))
                    .fix(field.span, toml_text(&whole))
            }
            WrongUrl::Unsafe(scheme) => {
                unsafe_url(format!("a `{scheme}:` address can run or open something on the reader's machine"))
                    .label("expected an address that begins with https://")
                    .help("write the address of a page, or delete the line")
            }
            WrongUrl::Scheme(scheme) => {
                let finding = invalid(format!("a `{scheme}:` address is not one of the web"))
                    .label("expected an address that begins with https://");
                if scheme == "mailto" || scheme == "tel" {
                    finding.help(format!(
                        "an e-mail address or a phone number belongs in `contact = {}`",
                        toml_text(&text[scheme.len() + 1..])
                    ))
                } else {
                    finding.help("write the address of a page, or delete the line")
                }
            }
            WrongUrl::Password => unsafe_url("the address carries a name or password before the `@`".to_owned())
                .label("everybody would read it")
                .help("leave out the text between `//` and `@`"),
            WrongUrl::Space => {
                let joined: String = text.split_whitespace().collect::<Vec<_>>().join("%20");
                invalid("the address has a space in it".to_owned())
                    .label("expected an address without spaces")
                    .help(format!("a space in an address is `%20`: `\"{}\"`", shorten(&joined)))
            }
            WrongUrl::Other(why) => invalid(format!("`{shown}` is not a web address: {why}"))
                .label("expected an address such as https://example.org/"),
        }
    }
}

/// Whether a text without a scheme looks like a file: `photo.jpg`, `posters/may.pdf`. Those endings that are countries too,
/// such as `.md` and `.ai`, are no proof of an address.
fn names_a_file(text: &str) -> bool {
    const ENDINGS: [&str; 41] = [
        "ai", "avi", "avif", "bmp", "csv", "doc", "docx", "eps", "gif", "htm", "html", "ics", "jpeg", "jpg", "json",
        "md", "mov", "mp3", "mp4", "odp", "ods", "odt", "pdf", "php", "png", "pptx", "ps", "psd", "rtf", "svg", "tif",
        "tiff", "toml", "txt", "vcf", "wav", "webm", "webp", "xls", "xlsx", "zip",
    ];
    let path = text.split(['?', '#']).next().unwrap_or_default();
    let (host, rest) = path.split_once('/').unwrap_or((path, ""));
    let name = if rest.is_empty() { host } else { rest.rsplit('/').next().unwrap_or(rest) };
    let ends = |name: &str| {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
        ENDINGS.contains(&&*ending)
    };
    // `example.org/poster.png` has a host before it; `posters/poster.png` has none.
    ends(name) && (rest.is_empty() || !host.contains('.'))
}

/// The address in the form in which it is published: ASCII, with what may not stand in a URI percent-encoded.
pub fn checked_url(text: &str) -> Result<Box<str>, WrongUrl> {
    if is_plain_url(text) {
        return Ok(text.into());
    }
    if text.chars().any(char::is_whitespace) {
        return Err(WrongUrl::Space);
    }
    let looks_like_host = |text: &str| {
        let host = text.split(['/', '?', '#']).next().unwrap_or_default();
        host.contains('.') && !host.starts_with('.') && url::Url::parse(&format!("https://{text}")).is_ok()
    };
    let url = match url::Url::parse(text) {
        Ok(url) => url,
        Err(url::ParseError::RelativeUrlWithoutBase) if looks_like_host(text) => return Err(WrongUrl::NoScheme),
        Err(error) => return Err(WrongUrl::Other(error.to_string())),
    };
    match url.scheme() {
        "http" | "https" => {}
        // `example.org:8080/x` reads as the scheme `example.org`.
        scheme if scheme.contains('.') => return Err(WrongUrl::NoScheme),
        scheme @ ("javascript" | "data" | "vbscript" | "file" | "blob" | "about" | "ms-msdt" | "search-ms") => {
            return Err(WrongUrl::Unsafe(scheme.to_owned()));
        }
        scheme => return Err(WrongUrl::Scheme(scheme.to_owned())),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(WrongUrl::Password);
    }
    Ok(url.as_str().into())
}

/// An address that needs no parser: `https://`, a host of letters, digits, hyphens and dots, a path of harmless
/// characters. It can only err towards parsing.
fn is_plain_url(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else { return false };
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let labels = host.split('.');
    host.contains('.')
        && host.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'.')
        // A host of digits alone is an IPv4 address, and `xn--` is Punycode: both have rules of their own.
        && labels.clone().all(|label| (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.contains("--"))
        && labels.clone().next_back().is_some_and(|label| label.bytes().all(|byte| byte.is_ascii_lowercase()))
        && path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-_~=?&+,@!.".contains(&byte))
        && !path.contains("/.")
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
    let meant = meant_language(text);
    let finding = Finding::new(Code::InvalidLanguage, span, format!("`{}` is not a language tag", shorten(text)))
        .label("expected a BCP 47 tag such as es or pt-BR");
    findings.push(match meant {
        Some(tag) => finding.help(format!("did you mean `{tag}`?")).fix(span, written(&tag)),
        None => finding,
    });
    None
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
mod tests {
    use super::*;

    #[test]
    fn addresses_are_published_as_ascii() {
        assert_eq!(checked_url("https://example.org/a?b=c").as_deref(), Ok("https://example.org/a?b=c"));
        assert_eq!(checked_url("https://пример.рф/ф").as_deref(), Ok("https://xn--e1afmkfd.xn--p1ai/%D1%84"));
        assert_eq!(checked_url("HTTPS://Example.org/\"x").as_deref(), Ok("https://example.org/%22x"));
        assert_eq!(checked_url("example.org/forum"), Err(WrongUrl::NoScheme));
        assert_eq!(checked_url("localhost.example:80/x"), Err(WrongUrl::NoScheme));
        assert_eq!(checked_url("javascript:alert(1)"), Err(WrongUrl::Unsafe("javascript".into())));
        assert_eq!(checked_url("mailto:a@example.org"), Err(WrongUrl::Scheme("mailto".into())));
        assert_eq!(checked_url("https://a:b@example.org/"), Err(WrongUrl::Password));
        assert_eq!(checked_url("https://exa mple.org/"), Err(WrongUrl::Space));
        assert!(matches!(checked_url("https://"), Err(WrongUrl::Other(_))));
    }

    #[test]
    fn the_short_way_agrees_with_the_parser() {
        for text in [
            "https://example.org",
            "http://a-b.example.org/x/y.html?z=1&w=2",
            "https://1.2.3.4/",
            "https://a.b/../c",
            "https://-a.org/",
            "https://a..org/",
            "https://xn--a.org/",
            "https://a.org/x y",
            "https://A.org/",
        ] {
            if is_plain_url(text) {
                let parsed = url::Url::parse(text).expect("plain addresses parse");
                assert_eq!(parsed.as_str().trim_end_matches('/'), text.trim_end_matches('/'), "{text}");
            }
        }
        assert!(is_plain_url("https://example.org/forum"));
    }

    #[test]
    fn languages_are_tags() {
        assert_eq!(checked_language("pt-br").as_deref(), Some("pt-BR"));
        assert_eq!(checked_language("zh-hant").as_deref(), Some("zh-Hant"));
        assert_eq!(checked_language("spanish"), None);
        assert_eq!(checked_language("e"), None);
    }

    #[test]
    fn tags_are_folded() {
        assert_eq!(&*folded_tag("Anti War"), "anti-war");
        assert_eq!(&*folded_tag("Ελλάδα  2026"), "ελλάδα-2026");
    }
}
