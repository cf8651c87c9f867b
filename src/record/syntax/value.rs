//! Slips in a value: quotes, commas, decimal points, dates.

use chrono::NaiveDate;

use super::{CURLY, Slip};
use crate::diagnostic::{Code, Finding, shorten};
use crate::record::value::toml_text;

impl Slip<'_> {
    /// What stands behind the `=`, at byte `start`.
    pub(super) fn value(&self, value: &str, start: usize) -> Finding {
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
    pub(super) fn quoted(&self, value: &str, start: usize) -> Finding {
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

    pub(super) fn list(&self, value: &str, start: usize) -> Finding {
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
    pub(super) fn bare(&self, value: &str, start: usize) -> Finding {
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
                let text = match crate::record::joined::clock(behind) {
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
}

/// Where the text in double quotes that begins `value` ends.
pub(super) fn closing(value: &str) -> Option<usize> {
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
pub(super) fn without_remark(value: &str) -> (&str, bool) {
    match value.split_once(" #") {
        Some((value, _)) => (value.trim_end(), true),
        None => (value, false),
    }
}

/// Whether a value needs no quotes.
pub(super) fn is_bare(value: &str) -> bool {
    value.parse::<toml::value::Datetime>().is_ok() || value.parse::<f64>().is_ok() || matches!(value, "true" | "false")
}

/// A value as TOML, in quotes where it needs them; `None` if it is in brackets.
pub(super) fn written(value: &str) -> Option<String> {
    let (value, remark) = without_remark(value);
    let plain = !remark && !value.starts_with(['"', '\'', '[', '{']) && !value.is_empty() && !is_bare(value);
    plain.then(|| toml_text(value.trim_matches(CURLY)))
}

/// The days that a date in figures may be: `06/07/2026` is two.
pub(super) fn readings(value: &str) -> Option<Vec<NaiveDate>> {
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
pub(super) fn padded(clock: &str) -> Option<String> {
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
pub(super) fn shorten_line(line: &str) -> String {
    let mut out = crate::diagnostic::visible(line.chars().take(200));
    if line.chars().nth(200).is_some() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests;
