//! What is not TOML, said for people who have never heard of TOML.
//!
//! The parser says which token it expected. Authors know lines, so each finding looks at the whole line, guesses the
//! slip (quotes, a colon, a comma, a printed date) and gives the line to write. One finding a line.

mod braces;
mod value;

use std::ops::Range;

use chrono::NaiveDate;

use super::value::toml_text;
use crate::diagnostic::{Code, Finding, phrases, shorten};
use crate::source::Span;
use value::{padded, shorten_line, written};

/// The findings for the parser's errors in a part of a file that begins at byte `base`.
pub fn findings(text: &str, base: u32, errors: &[toml::de::Error]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut last_line = None;
    let open_list = if errors.is_empty() { None } else { open_list(text) };
    let mut conflicts = if errors.is_empty() { Vec::new() } else { conflicts(text) };
    for error in errors {
        let range = error.span().unwrap_or(0..0);
        if let Some((conflict, said)) = conflicts.iter_mut().find(|(conflict, _)| conflict.contains(&range.start)) {
            if !std::mem::replace(said, true) {
                let line = Line::around(text, conflict.start);
                findings.push(
                    Finding::new(Code::Syntax, Span::new(line.start..line.end()).shifted(base), "a merge by git stopped here")
                        .label("both versions stand below")
                        .help("keep the lines that are right, and delete the others with those that begin with `<<<<<<<`, `=======` and `>>>>>>>`"),
                );
            }
            continue;
        }
        // Behind a list that is not closed, the parser takes the next fields for its elements.
        if let Some(end) = open_list.filter(|end| range.start >= Line::around(text, *end).start) {
            let line = Line::around(text, end);
            if last_line != Some(line.start) {
                last_line = Some(line.start);
                let slip = Slip { text, base, line, message: error.message(), range: end..end, looks_back: false };
                let start = line.halves().map_or(line.start, |(.., start)| start);
                let finding = Finding::new(Code::Syntax, slip.span(start..end), "the list is not closed")
                    .label("expected `]` at its end");
                findings.push(slip.instead(finding, end..end, "]"));
            }
            continue;
        }
        let line = Line::around(text, range.start.min(text.len()));
        if last_line == Some(line.start) {
            continue;
        }
        last_line = Some(line.start);
        // Beyond some hundred mistakes nobody reads where else a key stands, and looking for it would cost the square.
        let looks_back = findings.len() < 100;
        let slip = Slip { text, base, line, message: error.message(), range, looks_back };
        findings.push(slip.date().unwrap_or_else(|| slip.finding()));
    }
    findings
}

/// The end of the first list that is not closed: below its line, which has no `]`, stands the next field.
fn open_list(text: &str) -> Option<usize> {
    let mut lines = text.split_inclusive('\n').scan(0, |start, line| {
        *start += line.len();
        Some((*start - line.len(), line))
    });
    let is_field = |line: &str| {
        let key = line.split_once('=').map_or("", |(key, _)| key.trim());
        !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    let mut open = None;
    lines.find_map(|(start, line)| {
        if line.trim().is_empty() {
            return None;
        }
        if is_field(line)
            && let Some(end) = open
        {
            return Some(end);
        }
        let value = line.split_once('=').map_or("", |(_, value)| value.trim());
        let is_open = is_field(line) && value.starts_with('[') && !value.contains([']', '#']) && value.len() > 1;
        open = is_open.then(|| start + line.trim_end().len());
        None
    })
}

/// What git leaves where two versions of some lines do not go together; none was told of yet.
fn conflicts(text: &str) -> Vec<(Range<usize>, bool)> {
    let mut conflicts = Vec::new();
    let (mut begun, mut start) = (None, 0);
    for line in text.split_inclusive('\n') {
        if line.starts_with("<<<<<<< ") {
            begun = Some(start);
        }
        start += line.len();
        if line.starts_with(">>>>>>> ")
            && let Some(begin) = begun.take()
        {
            conflicts.push((begin..start, false));
        }
    }
    conflicts
}

/// A line of the text, without its end.
#[derive(Clone, Copy)]
struct Line<'t> {
    start: usize,
    text: &'t str,
}

impl<'t> Line<'t> {
    fn around(text: &'t str, at: usize) -> Self {
        let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let line = text[start..].lines().next().unwrap_or_default();
        Line { start, text: line }
    }

    /// Key and value, trimmed, at the first `=`; both with their first byte in the text.
    fn halves(self) -> Option<(&'t str, &'t str, usize)> {
        let equals = self.text.find('=')?;
        let key = self.text[..equals].trim();
        let behind = &self.text[equals + 1..];
        let value = behind.trim_start();
        Some((key, value.trim_end(), self.start + equals + 1 + behind.len() - value.len()))
    }

    fn end(self) -> usize {
        self.start + self.text.trim_end().len()
    }
}

const CURLY: [char; 13] = ['“', '”', '„', '‟', '«', '»', '‘', '’', '‚', '‛', '″', '′', '`'];

/// One mistake of syntax.
struct Slip<'t> {
    text: &'t str,
    base: u32,
    line: Line<'t>,
    message: &'t str,
    range: Range<usize>,
    /// Whether the text before the line is searched.
    looks_back: bool,
}

impl Slip<'_> {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(range).shifted(self.base)
    }

    fn found(&self, message: impl Into<String>) -> Finding {
        Finding::new(Code::Syntax, self.span(self.range.clone()), message)
    }

    /// The finding with the text that belongs in the place of `range`, which is a part of the line.
    fn instead(&self, finding: Finding, range: Range<usize>, text: &str) -> Finding {
        let (start, end) = (range.start - self.line.start, range.end - self.line.start);
        let line = format!("{}{text}{}", &self.line.text[..start], &self.line.text[end..]);
        finding.help(format!("write `{}`", shorten_line(line.trim()))).fix(self.span(range), text)
    }

    fn finding(&self) -> Finding {
        let line = self.line.text.trim();
        if self.message.contains("duplicate key") {
            return self.twice();
        }
        if line.starts_with('[') && !line.contains('=') {
            return self.header();
        }
        if let Some(finding) = self.colon() {
            return finding;
        }
        let Some((key, value, start)) = self.line.halves() else { return self.no_equals() };
        if key.is_empty() {
            return self
                .found("there is no name before the `=`")
                .label("expected `field = value`")
                .help("write the name of a field before it, such as `title = \"…\"`");
        }
        if key.contains(char::is_whitespace) && !key.contains(['"', '\'']) {
            return self
                .found(format!("`{}` is not the name of a field", shorten(key)))
                .label("expected one word before the `=`")
                .help("names of fields have no spaces, such as `title` or `part-of`");
        }
        self.value(value, start)
    }

    fn twice(&self) -> Finding {
        let name = self.text.get(self.range.clone()).unwrap_or_default();
        let header = self.line.text.trim_start().starts_with('[');
        let earlier = self.looks_back.then(|| first_place(self.text, name, self.line.start)).flatten();
        let finding = self.found(format!("`{name}` is here twice")).label("for the second time");
        let finding = match &earlier {
            Some(place) => finding.also(self.span(place.clone()), "for the first time"),
            None => finding,
        };
        let first_is_header =
            earlier.is_some_and(|place| Line::around(self.text, place.start).text.trim_start().starts_with('['));
        match (header, first_is_header) {
            (true, true) => {
                finding.help(format!("put all lines of `[{name}]` under the first one, and delete this one"))
            }
            (true, false) => finding.help(format!("say it once: in a line `{name} = …`, or in the table `[{name}]`")),
            (false, _) => finding.help("write a field once: delete one of the two lines"),
        }
    }

    /// `[location` and the like.
    fn header(&self) -> Finding {
        let line = self.line.text.trim();
        let name = line.trim_matches(['[', ']']).trim();
        let brackets = if line.starts_with("[[") { ("[[", "]]") } else { ("[", "]") };
        let right = format!("{}{name}{}", brackets.0, brackets.1);
        let finding = self.found("the name of a table is not closed");
        if right == line || name.contains(['[', ']']) {
            return self
                .found(format!("`{}` is not the name of a table", shorten(line)))
                .label("expected a name such as `[location]`")
                .help("write a table as `[location]`, and its fields in the lines below it");
        }
        let start = self.line.end() - line.len();
        self.instead(finding.label(format!("expected `{}`", brackets.1)), start..self.line.end(), &right)
    }

    /// `title: "Forum"`.
    fn colon(&self) -> Option<Finding> {
        let line = self.line.text;
        let colon = line.find(':')?;
        let key = line[..colon].trim();
        let is_name = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        if !is_name {
            return None;
        }
        let at = self.line.start + colon;
        let value = line[colon + 1..].trim();
        let written = written(value).unwrap_or_else(|| value.to_owned());
        let finding = Finding::new(Code::Syntax, self.span(at..at + 1), "a colon instead of `=`").label("expected `=`");
        Some(self.instead(finding, at..self.line.end(), &format!(" = {written}")))
    }

    fn no_equals(&self) -> Finding {
        let line = self.line.text.trim();
        let finding = self.found("a line without `=`").label("expected `field = value`");
        if self.looks_back
            && let Some((before, _)) = self.text[..self.line.start].rsplit_once("\"\"\"")
            && before.matches("\"\"\"").count() % 2 == 0
        {
            return self
                .found("a text in three quotes is not closed")
                .label("expected `\"\"\"` behind the text")
                .help("write `\"\"\"` at its end, in a line of its own");
        }
        match line.split_once(char::is_whitespace) {
            Some((key, value))
                if key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
                    && value.trim_start().starts_with(['"', '\'', '[', '{']) =>
            {
                let start = self.line.end() - line.len();
                self.instead(finding, start..self.line.end(), &format!("{key} = {}", value.trim()))
            }
            _ => finding
                .help("a line has the name of a field, `=`, and a value, such as `title = \"Forum\"`")
                .help("a comment begins with `#`; a text of several lines is written in `\"\"\"`"),
        }
    }

    /// A date or time that has the right shape and does not exist, or has words behind it: `2026-02-30`,
    /// `2026-12-02 6pm`. The parser calls it a mistake of syntax; it is one of fact, and the rest of the file can be
    /// judged.
    fn date(&self) -> Option<Finding> {
        let rest = self.message.strip_prefix("invalid ")?;
        let code = match rest.split([',', ' ']).next()? {
            "date" | "datetime" | "date-time" => Code::InvalidDate,
            "time" | "offset" => Code::InvalidTime,
            _ => return None,
        };
        let written = self.text.get(self.range.clone())?;
        let span = self.span(self.range.clone());
        if code == Code::InvalidDate
            && let Some(finding) = phrases::no_such_day(written, span)
        {
            return Some(finding);
        }
        let day: Option<NaiveDate> = written.get(..10).and_then(|day| day.parse().ok());
        let (Some(day), Some(behind)) = (day, written.get(10..)) else {
            let finding = Finding::new(code, span, format!("`{}` is not a date or time", shorten(written)));
            return Some(match code {
                Code::InvalidDate => finding.label("expected year-month-day, such as 2026-12-02"),
                _ => finding.label("expected hours from 00 to 23 and minutes from 00 to 59, such as 18:30"),
            });
        };
        let behind = behind.trim_start_matches(['T', 't', ' ']);
        let finding = Finding::new(code, span, format!("`{}` is not a time of day", shorten(behind)))
            .label("expected hours and minutes, such as 2026-12-02T18:00");
        let write = |finding: Finding, text: String| finding.help(format!("write `{text}`")).fix(span, text);
        let clock = behind.trim_end_matches([',', ';', '.', 'h']);
        if clock == "24:00" || clock == "24:00:00" {
            let next = day.succ_opt()?;
            return Some(write(finding.help("the day ends when the next one begins"), format!("{next}T00:00")));
        }
        if let Some(clock) = padded(clock) {
            return Some(write(finding, format!("{day}T{clock}")));
        }
        if behind.starts_with(|c: char| c.is_ascii_digit()) && behind.contains(char::is_alphabetic) {
            // Am, pm and zones in words are read from text.
            let finding = finding.help("words such as `pm` or a city are read in quotes");
            return Some(write(finding, toml_text(&format!("{day} {behind}"))));
        }
        Some(finding.help("hours go from 00 to 23, and minutes from 00 to 59"))
    }
}

/// Where `name` stands first, as a key or a table, before byte `end`.
fn first_place(text: &str, name: &str, end: usize) -> Option<Range<usize>> {
    if name.is_empty() {
        return None;
    }
    let mut place = None;
    let mut start = 0;
    for line in text[..end].split_inclusive('\n') {
        let trimmed = line.trim_start();
        let word = trimmed.trim_start_matches('[');
        // The same key in an earlier table is another field.
        if trimmed.starts_with('[') {
            place = None;
        }
        if let Some(behind) = word.strip_prefix(name)
            && behind.trim_start().starts_with(['=', ']'])
        {
            let at = start + line.len() - word.len();
            place = Some(at..at + name.len());
        }
        start += line.len();
    }
    place.or_else(|| {
        // A table may be named again after others.
        let header = format!("[{name}]");
        let at = text[..end].find(&header)? + 1;
        Some(at..at + name.len())
    })
}
