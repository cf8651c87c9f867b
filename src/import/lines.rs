//! Content lines of iCalendar and vCalendar: `NAME;PARAM=value:value`, with the number of the line that each begins on.
//!
//! Real files are read: line ends are CRLF, LF or CR, folds begin with spaces or tabs, a value in quotes may lack its
//! second quote, and a line of text that should have been folded continues the text before it. What cannot be read is a
//! [`Problem`]; the lines around it are kept. Time is linear in the text, and values that need no change are borrowed.

use std::borrow::Cow;
use std::ops::Range;

use super::encoding::windows_1252;

/// A line that cannot be read, or only with a guess.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// Counted from 1.
    pub line: u32,
    /// What was found, as a sentence without a final stop.
    pub found: String,
    /// What a calendar has there.
    pub expected: &'static str,
    /// Whether something could not be kept for it.
    pub is_loss: bool,
}

/// A content line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ContentLine<'t> {
    /// The line on which it begins, counted from 1.
    pub line: u32,
    /// Bytes of the text, without the last line end.
    pub span: Range<usize>,
    /// As it is written, without a group such as `a.` before it; names are compared by [`ContentLine::is`].
    pub name: Cow<'t, str>,
    /// In their order.
    pub params: Vec<Param<'t>>,
    /// Unfolded; quoted-printable is decoded, escapes are not.
    pub value: Cow<'t, str>,
}

/// A parameter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Param<'t> {
    /// As it is written. A vCalendar parameter without a name is called by what it says, such as `ENCODING`.
    pub name: Cow<'t, str>,
    /// Without quotes; `^n`, `^'`, `^^` are decoded (RFC 6868).
    pub values: Vec<Cow<'t, str>>,
}

/// Characters of a line above which it is not kept: inline pictures have a few million.
pub const LONGEST_LINE: usize = 32_000_000;

impl<'t> ContentLine<'t> {
    /// Whether it has that name, in capitals or not.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The first value of a parameter.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.values(name).first().map(|value| &**value)
    }

    /// All values of a parameter.
    pub fn values(&self, name: &str) -> &[Cow<'t, str>] {
        self.params.iter().find(|param| param.name.eq_ignore_ascii_case(name)).map_or(&[], |param| &param.values)
    }

    /// The value as TEXT, with escapes decoded.
    pub fn text(&self) -> Cow<'_, str> {
        unescape(&self.value)
    }

    /// The values of a list of TEXT, divided at each comma that is not escaped.
    pub fn texts(&self) -> impl Iterator<Item = Cow<'_, str>> {
        divide(&self.value, b',').map(unescape)
    }
}

/// Decodes the escapes of TEXT (RFC 5545 3.3.11).
pub fn unescape(value: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\\', value.as_bytes()).is_none() {
        return Cow::Borrowed(value);
    }
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        let mut after = rest[at + 1..].chars();
        match after.next() {
            Some('n' | 'N') => text.push('\n'),
            Some(other @ ('\\' | ';' | ',' | ':' | '"')) => text.push(other),
            Some(other) => {
                text.push('\\');
                text.push(other);
            }
            None => text.push('\\'),
        }
        rest = after.as_str();
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// The parts of a value between separators that are not escaped.
pub fn divide(value: &str, separator: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(value);
    std::iter::from_fn(move || {
        let text = rest?;
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(found) = memchr::memchr2(separator, b'\\', &bytes[at..]) {
            at += found;
            if bytes[at] == separator {
                rest = Some(&text[at + 1..]);
                return Some(&text[..at]);
            }
            // The escaped character may be longer than a byte, but then it is neither of the two.
            at = (at + 2).min(bytes.len());
        }
        rest = None;
        Some(text)
    })
}

/// Reads the content lines of a text, one at a time.
#[derive(Clone, Debug)]
pub struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: u32,
    problems: Vec<Problem>,
}

/// Problems that are kept; more say nothing new.
const MOST_PROBLEMS: usize = 1_000;

impl<'t> Lines<'t> {
    /// The lines of `text`, which has no byte order mark.
    pub fn new(text: &'t str) -> Self {
        Lines { text, at: 0, line: 1, problems: Vec::new() }
    }

    /// The lines from byte `at`, which begins line number `line`.
    pub fn from(text: &'t str, at: usize, line: u32) -> Self {
        Lines { text, at, line, problems: Vec::new() }
    }

    /// The number of the line that comes next.
    pub fn line(&self) -> u32 {
        self.line
    }

    /// What was wrong so far.
    pub fn take_problems(&mut self) -> Vec<Problem> {
        std::mem::take(&mut self.problems)
    }

    fn problem(&mut self, line: u32, found: String, expected: &'static str, is_loss: bool) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(Problem { line, found, expected, is_loss });
        }
    }

    /// The next physical line without its end; moves behind the end.
    fn physical(&mut self) -> &'t str {
        let rest = &self.text[self.at..];
        let bytes = rest.as_bytes();
        let end = memchr::memchr2(b'\n', b'\r', bytes).unwrap_or(bytes.len());
        self.at += match bytes.get(end..) {
            // Some programs write CR CR LF.
            Some([b'\r', b'\r', b'\n', ..]) => end + 3,
            Some([b'\r', b'\n', ..]) => end + 2,
            Some([_, ..]) => end + 1,
            _ => end,
        };
        self.line += u32::from(end < bytes.len());
        &rest[..end]
    }

    /// Whether the next physical line continues this one.
    fn is_folded(&self) -> bool {
        let rest = &self.text.as_bytes()[self.at..];
        match rest {
            [b' ' | b'\t', ..] => true,
            // Line ends that were doubled on the way stand between a line and its continuation.
            [b'\n' | b'\r', ..] => {
                let ends = rest.iter().take(4).take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
                matches!(rest.get(ends), Some(b' ' | b'\t'))
            }
            _ => false,
        }
    }

    /// The next line, unfolded. A fold takes one space or tab with it.
    fn unfolded(&mut self) -> Cow<'t, str> {
        let first = self.physical();
        if !self.is_folded() {
            return Cow::Borrowed(first);
        }
        let mut whole = String::with_capacity(first.len() * 2);
        whole.push_str(first);
        while self.is_folded() {
            let more = self.physical().get(1..).unwrap_or_default();
            if whole.len() + more.len() <= LONGEST_LINE {
                whole.push_str(more);
            }
        }
        Cow::Owned(whole)
    }

    /// Adds the lines that a soft line break of quoted-printable ends with.
    fn with_soft_breaks(&mut self, value: Cow<'t, str>) -> Cow<'t, str> {
        let mut value = value;
        while value.ends_with('=') && self.at < self.text.len() && value.len() < LONGEST_LINE {
            let value = value.to_mut();
            value.pop();
            value.push_str(self.physical());
        }
        value
    }

    /// The text that stands behind a line as if it were its continuation, which programs write that forget to escape line
    /// ends; `None` if the next line is a content line.
    fn stray(&mut self, name: &str) -> Option<&'t str> {
        const LONG: [&str; 4] = ["DESCRIPTION", "COMMENT", "X-ALT-DESC", "LOCATION"];
        if !LONG.iter().any(|long| name.eq_ignore_ascii_case(long)) {
            return None;
        }
        let mut ahead = self.clone_place();
        let line = ahead.physical();
        if ahead.at == self.at || looks_like_content(line) {
            return None;
        }
        (self.at, self.line) = (ahead.at, ahead.line);
        Some(line)
    }

    fn clone_place(&self) -> Lines<'t> {
        Lines { text: self.text, at: self.at, line: self.line, problems: Vec::new() }
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = ContentLine<'t>;

    fn next(&mut self) -> Option<ContentLine<'t>> {
        loop {
            if self.at >= self.text.len() {
                return None;
            }
            let (line, begin) = (self.line, self.at);
            let raw = self.unfolded();
            if raw.trim_ascii().is_empty() {
                continue;
            }
            if raw.len() >= LONGEST_LINE {
                let found = format!("a line of {} MB", raw.len() / 1_000_000);
                self.problem(line, found, "lines of at most 32 MB", true);
                continue;
            }
            let parsed = match raw {
                Cow::Borrowed(raw) => parse(raw),
                Cow::Owned(raw) => parse(&raw).map(Parsed::into_owned),
            };
            let Some(Parsed { name, params, value, has_open_quote }) = parsed else {
                let shown: String = self.text[begin..].chars().take_while(|c| !c.is_control()).take(40).collect();
                self.problem(line, format!("`{shown}` is no content line"), "`NAME:value`", true);
                continue;
            };
            if has_open_quote {
                self.problem(line, format!("a parameter of {name} lacks its second quote"), "`PARAM=\"value\"`", false);
            }
            let mut value = value;
            let coding = encoding_of(&params);
            if coding == Some(Coding::QuotedPrintable) {
                value = Cow::Owned(quoted_printable(&self.with_soft_breaks(value)));
            } else if self.at < self.text.len()
                && let Some(more) = self.stray(&name)
            {
                let message = format!("the text of {name} goes on in a line that is not folded");
                self.problem(line, message, "a space at the beginning of each further line", false);
                let whole = value.to_mut();
                whole.push_str("\\n");
                whole.push_str(more);
                while let Some(more) = self.stray(&name) {
                    if whole.len() < LONGEST_LINE {
                        whole.push_str("\\n");
                        whole.push_str(more);
                    }
                }
            }
            let span = begin..begin + self.text[begin..self.at].trim_end_matches(['\r', '\n']).len();
            return Some(ContentLine { line, span, name, params, value });
        }
    }
}

/// Whether a physical line begins as a content line does: a name, then `:` or `;`.
fn looks_like_content(line: &str) -> bool {
    let name =
        line.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_')).count();
    let known = || line[..name].bytes().all(|byte| !byte.is_ascii_lowercase());
    name > 0 && matches!(line.as_bytes().get(name), Some(b':' | b';')) && known()
}

struct Parsed<'t> {
    name: Cow<'t, str>,
    params: Vec<Param<'t>>,
    value: Cow<'t, str>,
    has_open_quote: bool,
}

impl Parsed<'_> {
    fn into_owned<'o>(self) -> Parsed<'o> {
        let owned = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        let param =
            |param: Param<'_>| Param { name: owned(param.name), values: param.values.into_iter().map(owned).collect() };
        Parsed {
            name: owned(self.name),
            params: self.params.into_iter().map(param).collect(),
            value: owned(self.value),
            has_open_quote: self.has_open_quote,
        }
    }
}

/// Divides an unfolded line; `None` if it has no name, or no value.
fn parse(raw: &str) -> Option<Parsed<'_>> {
    let raw = raw.trim_start_matches(['\u{FEFF}', '\0']);
    let bytes = raw.as_bytes();
    let end = memchr::memchr2(b':', b';', bytes)?;
    let name = raw[..end].trim_ascii();
    // A group of vCard, as in `item1.SUMMARY`.
    let name = name.rsplit_once('.').map_or(name, |(_, name)| name);
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'/');
    if name.is_empty() || !name.bytes().all(is_name) {
        return None;
    }
    let mut parsed = Parsed { name: name.into(), params: Vec::new(), value: Cow::Borrowed(""), has_open_quote: false };
    let mut at = end;
    while bytes.get(at) == Some(&b';') {
        at = param(raw, at + 1, &mut parsed)?;
    }
    parsed.value = raw[at + 1..].into();
    Some(parsed)
}

/// Reads the parameter that begins at `begin`; the place of the `;` or `:` behind it.
fn param<'t>(raw: &'t str, begin: usize, parsed: &mut Parsed<'t>) -> Option<usize> {
    let bytes = raw.as_bytes();
    let end = begin + bytes[begin..].iter().position(|byte| matches!(byte, b'=' | b';' | b':'))?;
    let name = raw[begin..end].trim_ascii();
    if bytes[end] != b'=' {
        // vCalendar 1.0 leaves the name out: `;QUOTED-PRINTABLE:`.
        if !name.is_empty() {
            parsed.params.push(Param { name: "ENCODING".into(), values: vec![name.into()] });
        }
        return Some(end);
    }
    let mut values = Vec::new();
    let mut at = end + 1;
    loop {
        let value;
        if bytes.get(at) == Some(&b'"') {
            let close = memchr::memchr(b'"', &bytes[at + 1..]).map(|close| at + 1 + close);
            // A quote that is not closed before the value ends where a value would end.
            let closed =
                close.filter(|close| matches!(bytes.get(close + 1), None | Some(b';' | b':' | b',' | b'"' | b' ')));
            if let Some(close) = closed {
                value = &raw[at + 1..close];
                at = close + 1;
                while matches!(bytes.get(at), Some(b'"' | b' ')) {
                    at += 1;
                }
            } else {
                parsed.has_open_quote = true;
                let stop = at + 1 + bytes[at + 1..].iter().position(|byte| matches!(byte, b';' | b':'))?;
                value = &raw[at + 1..stop];
                at = stop;
            }
        } else {
            let stop = at + bytes[at..].iter().position(|byte| matches!(byte, b';' | b':' | b','))?;
            value = &raw[at..stop];
            at = stop;
        }
        values.push(carets(value));
        match bytes.get(at)? {
            b',' => at += 1,
            b';' | b':' => break,
            // Something behind a quoted value: the parameter ends at the next sign that can end one.
            _ => {
                at += bytes[at..].iter().position(|byte| matches!(byte, b';' | b':'))?;
                break;
            }
        }
    }
    parsed.params.push(Param { name: name.into(), values });
    Some(at)
}

/// Decodes RFC 6868.
fn carets(value: &str) -> Cow<'_, str> {
    if !value.contains('^') {
        return Cow::Borrowed(value);
    }
    let mut text = String::with_capacity(value.len());
    let mut characters = value.chars().peekable();
    while let Some(character) = characters.next() {
        let decoded = match (character, characters.peek()) {
            ('^', Some('n')) => Some('\n'),
            ('^', Some('\'')) => Some('"'),
            ('^', Some('^')) => Some('^'),
            _ => None,
        };
        if decoded.is_some() {
            characters.next();
        }
        text.push(decoded.unwrap_or(character));
    }
    Cow::Owned(text)
}

/// How a value is encoded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Coding {
    QuotedPrintable,
    Base64,
}

fn encoding_of(params: &[Param<'_>]) -> Option<Coding> {
    let values =
        params.iter().filter(|param| param.name.eq_ignore_ascii_case("ENCODING")).flat_map(|param| &param.values);
    values.into_iter().find_map(|value| match value.to_ascii_uppercase().as_str() {
        "QUOTED-PRINTABLE" => Some(Coding::QuotedPrintable),
        "BASE64" | "B" => Some(Coding::Base64),
        _ => None,
    })
}

/// Decodes quoted-printable; bytes that are not UTF-8 are read as Windows-1252.
fn quoted_printable(value: &str) -> String {
    let bytes = value.as_bytes();
    let digit = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], digit(at + 1), digit(at + 2)) {
            (b'=', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            (byte, ..) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    let text = String::from_utf8(out)
        .unwrap_or_else(|error| error.as_bytes().iter().map(|byte| windows_1252(*byte)).collect());
    text.replace("\r\n", "\n")
}

#[cfg(test)]
#[path = "lines/tests.rs"]
mod tests;
