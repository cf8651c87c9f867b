//! What is not TOML, said for people who have never heard of TOML.
//!
//! The parser says which token it expected. Authors know lines, so each finding looks at the whole line, guesses the
//! slip (quotes, a colon, a comma, a printed date) and gives the line to write. One finding a line.

mod braces;

use std::ops::Range;

use chrono::NaiveDate;

use super::value::toml_text;
use crate::diagnostic::{Code, Finding, phrases, shorten};
use crate::source::Span;

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

    /// What stands behind the `=`, at byte `start`.
    fn value(&self, value: &str, start: usize) -> Finding {
        let end = start + value.len();
        let (key, ..) = self.line.halves().unwrap_or_default();
        if value.is_empty() || value.starts_with('#') {
            return self
                .found(format!("`{}` has no value", shorten(key)))
                .label("expected a value behind the `=`")
                .help("write one, or delete the line");
        }
        if value.starts_with(CURLY) {
            let inside = value.trim_matches(CURLY);
            let finding = self.found("curly quotes, where straight ones belong").label("expected straight quotes");
            return self.instead(finding, start..end, &toml_text(inside));
        }
        if value.starts_with("\"\"\"") || value.starts_with("'''") {
            let quotes = &value[..3];
            return self
                .found("a text in three quotes is not closed")
                .label("it begins here, or above")
                .help(format!("write `{quotes}` at its end"));
        }
        if value.starts_with('"') {
            return self.quoted(value, start);
        }
        if value.starts_with('\'') {
            let finding =
                self.found("the quotes are not closed, or hold another quote").label("expected one `'` at the end");
            return self.instead(finding, start..end, &toml_text(value.trim_matches('\'')));
        }
        if value.starts_with('[') {
            return self.list(value, start);
        }
        if value.starts_with('{') {
            if let Some(finding) = self.braces(value, start) {
                return finding;
            }
            return self
                .found(format!("the table in braces is not right: {}", self.message))
                .label("expected pairs such as `city = \"Athens\"`, with commas between")
                .help("write it as `location = { city = \"Athens\", country = \"GR\" }`");
        }
        self.bare(value, start)
    }

    /// Text in double quotes that is not closed, or goes on behind them.
    fn quoted(&self, value: &str, start: usize) -> Finding {
        let end = start + value.len();
        if self.message.contains("escape") {
            let inside = value.trim_matches('"');
            let finding = self
                .found("a backslash in quotes begins a code, and this is none")
                .label("expected a text without backslash");
            return if inside.contains(['"', '\'']) {
                finding.help("write each backslash twice: `\\\\`")
            } else {
                self.instead(finding, start..end, &format!("'{inside}'"))
            };
        }
        let Some(close) = closing(value) else {
            // The parser points behind the end of the line; the text that is not closed is what the author looks for.
            let finding = Finding::new(Code::Syntax, self.span(start..end), "the quotes are not closed")
                .label("expected `\"` at the end of the text");
            let below = self.text[self.line.end()..].lines().skip(1).find(|line| !line.trim().is_empty());
            if below.is_some_and(|line| line.trim_end().ends_with('"') && !line.contains('=')) {
                return finding.help("write a text of several lines between `\"\"\"` and `\"\"\"`");
            }
            if value.contains(" #") {
                return finding.help("write `\"` where the text ends, before the remark");
            }
            return self.instead(finding, end..end, "\"");
        };
        let rest = value[close + 1..].trim();
        let behind = end - value[close + 1..].trim_start().len();
        if let "," | ";" | "." = rest {
            let finding = self.found(format!("a `{rest}` behind the text")).label("expected the end of the line");
            return self.instead(finding, start + close + 1..end, "");
        }
        if value.len() > 1 && value.ends_with('"') {
            let inside = &value[1..value.len() - 1];
            let finding = self.found("a quote inside the text ends it").label("the text has ended here");
            let text = if inside.contains(['\'', '\\']) { toml_text(inside) } else { format!("'{inside}'") };
            return self.instead(finding, start..end, &text);
        }
        let finding = Finding::new(Code::Syntax, self.span(behind..end), "words behind the closing quote")
            .label("expected the end of the line");
        if rest.starts_with('#') {
            return finding;
        }
        let (key, ..) = self.line.halves().unwrap_or_default();
        let whole = format!("{} {}", &value[1..close], rest);
        let finding = if whole.contains(['"', '\\']) {
            finding.help("if they belong to the text, put them before the closing quote")
        } else {
            finding.help(format!("write `{}`", shorten_line(&format!("{key} = \"{whole}\""))))
        };
        finding.help("if they are a remark, write `#` before them")
    }

    fn list(&self, value: &str, start: usize) -> Finding {
        if self.message.contains("comma") {
            let at = self.range.start;
            let before = self.text[..at].trim_end().len();
            let finding = self.found("a comma is missing in the list").label("expected `,` before this");
            return if before >= start {
                self.instead(finding, before..at, ", ")
            } else {
                finding.help("write `,` after the value before it")
            };
        }
        let end = start + value.len();
        if !value.contains(']') {
            // The list may go on in the next lines, where something is wrong too.
            let finding = Finding::new(Code::Syntax, self.span(start..end), "the list is not closed")
                .label("expected `]` at its end");
            if value.contains(" #") {
                return finding.help("write `]` behind the last element, before the remark");
            }
            return self.instead(finding, end..end, "]");
        }
        self.found(format!("the list is not right: {}", self.message))
            .label("expected texts in quotes, with commas between")
            .help("write a list as `tags = [\"housing\", \"rents\"]`")
    }

    /// A value without quotes.
    fn bare(&self, value: &str, start: usize) -> Finding {
        let (value, _) = without_remark(value);
        let whole = Finding::new(Code::Syntax, self.span(start..start + value.len()), "text without quotes")
            .label("expected quotes around it");
        let trailing = value.strip_suffix([',', ';']).filter(|short| is_bare(short));
        if let Some(readings) = readings(value).filter(|_| trailing.is_none()) {
            let (key, ..) = self.line.halves().unwrap_or_default();
            let mut finding = Finding::new(
                Code::Syntax,
                self.span(start..start + value.len()),
                "a date in figures: day and month are in another order in some countries",
            )
            .label("expected year-month-day, such as 2026-12-02");
            let behind = value.split_once([' ', 'T', ',']).map_or("", |(_, behind)| behind.trim());
            for day in &readings {
                let text = match super::joined::clock(behind) {
                    _ if behind.is_empty() => day.to_string(),
                    Some(clock) => format!("{day}T{clock}"),
                    None => toml_text(&format!("{day} {behind}")),
                };
                finding = finding.help(format!("for {}, write `{key} = {text}`", day.format("%-d %B %Y")));
                if readings.len() == 1 {
                    finding = finding.fix(self.span(start..start + value.len()), text);
                }
            }
            if !behind.is_empty() || readings.len() == 1 {
                return finding;
            }
            return finding.help(format!("write the hour after a `T`, such as `{key} = 2026-12-02T18:00`"));
        }
        if let Some(short) = trailing {
            let last = &value[short.len()..];
            let finding = self.found(format!("a `{last}` behind the value")).label("expected the end of the line");
            return self.instead(finding, start + short.len()..start + value.len(), "");
        }
        let decimal = value.replacen(',', ".", 1);
        let unpadded = decimal.trim_start_matches('0');
        let number =
            if unpadded.starts_with('.') || unpadded.is_empty() { format!("0{unpadded}") } else { unpadded.to_owned() };
        // Of a passcode or a number of a meeting, each zero counts.
        let (key, ..) = self.line.halves().unwrap_or_default();
        let is_number = matches!(key, "lat" | "lon" | "count" | "latitude" | "longitude" | "lng" | "long");
        if number != value
            && is_number
            && number.parse::<f64>().is_ok_and(f64::is_finite)
            && number.bytes().all(|byte| byte.is_ascii_digit() || b".-".contains(&byte))
        {
            let finding = Finding::new(
                Code::Syntax,
                self.span(start..start + value.len()),
                if value.contains(',') {
                    "a decimal comma, where a point belongs"
                } else {
                    "a number with zeros before it"
                },
            )
            .label(if value.contains(',') {
                "expected a decimal point, not a comma"
            } else {
                "expected no zero before the digits"
            });
            return self.instead(finding, start..start + value.len(), &number);
        }
        self.instead(whole, start..start + value.len(), &toml_text(value))
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

/// Where the text in double quotes that begins `value` ends.
fn closing(value: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, character) in value.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(at),
            _ => {}
        }
    }
    None
}

/// A value before a remark, and whether there is one.
fn without_remark(value: &str) -> (&str, bool) {
    match value.split_once(" #") {
        Some((value, _)) => (value.trim_end(), true),
        None => (value, false),
    }
}

/// Whether a value needs no quotes.
fn is_bare(value: &str) -> bool {
    value.parse::<toml::value::Datetime>().is_ok() || value.parse::<f64>().is_ok() || matches!(value, "true" | "false")
}

/// A value as TOML, in quotes where it needs them; none where it is something in brackets.
fn written(value: &str) -> Option<String> {
    let (value, remark) = without_remark(value);
    let plain = !remark && !value.starts_with(['"', '\'', '[', '{']) && !value.is_empty() && !is_bare(value);
    plain.then(|| toml_text(value.trim_matches(CURLY)))
}

/// The days that a date in figures may be: `06/07/2026` is two.
fn readings(value: &str) -> Option<Vec<NaiveDate>> {
    let date = value.split([' ', 'T', ',']).next()?;
    let separator = date.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '/' | '.' | '-'))?;
    let numbers: Vec<u32> = date.split(separator).map(|number| number.parse().ok()).collect::<Option<_>>()?;
    let [first, second, third] = numbers[..] else { return None };
    let mut days = Vec::new();
    let mut day = |year: u32, month, day| days.extend(NaiveDate::from_ymd_opt(year as i32, month, day));
    if first > 31 {
        day(first, second, third);
    } else {
        let year = if third < 100 { 2000 + third } else { third };
        day(year, second, first);
        day(year, first, second);
    }
    days.dedup();
    (!days.is_empty()).then_some(days)
}

/// `18`, `9:30` as TOML has them.
fn padded(clock: &str) -> Option<String> {
    let (hour, minute) = clock.split_once([':', '.', 'h']).unwrap_or((clock, "00"));
    let sound =
        |text: &str, least: usize| (least..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if !sound(hour, 1) || !sound(minute, 2) {
        return None;
    }
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then(|| format!("{hour:02}:{minute:02}"))
}

/// A line for a message: longer than `shorten` leaves, because it is there to be copied.
fn shorten_line(line: &str) -> String {
    let mut out = crate::diagnostic::visible(line.chars().take(200));
    if line.chars().nth(200).is_some() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_figures() {
        let of = |text| readings(text).map(|days| days.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "));
        assert_eq!(of("06/07/2026").as_deref(), Some("2026-07-06 2026-06-07"));
        assert_eq!(of("25.12.2026").as_deref(), Some("2026-12-25"));
        assert_eq!(of("2026/12/25 18:00").as_deref(), Some("2026-12-25"));
        assert_eq!(of("1.5"), None);
        assert_eq!(of("40/50/60"), None);
    }

    #[test]
    fn clocks_are_padded() {
        assert_eq!(padded("9:30").as_deref(), Some("09:30"));
        assert_eq!(padded("18").as_deref(), Some("18:00"));
        assert_eq!(padded("25"), None);
        assert_eq!(padded("9:3"), None);
    }
}
