//! Web addresses of records.

use super::line;
use crate::diagnostic::{Code, Finding, shorten};
use crate::record::value::toml_text;
use crate::record::{Field, Text};

/// Characters that an address may have.
const URL: usize = 4_000;

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

#[cfg(test)]
mod tests;
