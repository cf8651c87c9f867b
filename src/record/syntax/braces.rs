//! Slips inside of a table in braces: `{ lat = 45,76, city = Lima }`.

use std::ops::Range;

use super::value::{closing, is_bare};
use super::{CURLY, Slip};
use crate::diagnostic::{Code, Finding};
use crate::record::value::toml_text;

impl Slip<'_> {
    /// The first slip inside of the braces that `value` begins with, at byte `start`. `None` if it is something else.
    pub(super) fn braces(&self, value: &str, start: usize) -> Option<Finding> {
        let slip = |range: Range<usize>, message: &str, label: &str| {
            Finding::new(Code::Syntax, self.span(start + range.start..start + range.end), message).label(label)
        };
        let instead = |finding: Finding, range: Range<usize>, text: &str| {
            Some(self.instead(finding, start + range.start..start + range.end, text))
        };
        let body = value.trim_end();
        let parts = parts(body);
        for (index, part) in parts.iter().enumerate() {
            let text = &body[part.clone()];
            let Some((key, behind)) = text.split_once('=') else {
                if let Some((key, behind)) = text.split_once(':').filter(|(key, _)| is_key(key)) {
                    let colon = part.start + key.len();
                    let value = behind.trim();
                    let value = if is_bare(value) || value.starts_with(['"', '\'', '[', '{']) {
                        value.to_owned()
                    } else {
                        toml_text(value)
                    };
                    let finding = slip(colon..colon + 1, "a colon stands where `=` belongs", "expected `=`");
                    return instead(finding, colon..part.end, &format!(" = {value}"));
                }
                continue;
            };
            let value = behind.trim();
            let at = part.end - behind.trim_start().len()..part.end;
            let next = parts.get(index + 1).map(|next| (body[next.clone()].trim(), next.end));
            let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            if let Some((decimals, end)) = next
                && is_digits(decimals)
                && is_digits(value.trim_start_matches(['-', '+']))
                && matches!(key.trim(), "lat" | "lon" | "latitude" | "longitude")
            {
                let finding = slip(
                    at.start..end,
                    "a decimal comma, where a point belongs",
                    "expected a decimal point, not a comma",
                );
                return instead(finding, at.start..end, &format!("{value}.{decimals}"));
            }
            if value.starts_with(CURLY) {
                let finding = slip(at.clone(), "curly quotes, where straight ones belong", "expected straight quotes");
                return instead(finding, at, &toml_text(value.trim_matches(CURLY)));
            }
            if !value.is_empty() && !is_bare(value) && !value.starts_with(['"', '\'', '[', '{']) {
                let finding = slip(at.clone(), "text without quotes", "expected quotes around it");
                return instead(finding, at, &toml_text(value));
            }
            if let Some(close) = value.starts_with('"').then(|| closing(value)).flatten()
                && value[close + 1..].trim_start().split_once('=').is_some_and(|(key, _)| is_key(key))
            {
                let at = at.start + close + 1;
                let finding = slip(at..at + 1, "a comma is missing in the table", "expected `,` before this");
                return instead(finding, at..at, ",");
            }
        }
        if !body.contains('}') && !body.contains('#') {
            let end = body.len();
            let finding = slip(0..end, "the table in braces is not closed", "expected `}` at its end");
            return instead(finding, end..end, " }");
        }
        None
    }
}

fn is_key(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

/// What stands between the commas of a table in braces, without the white space around it.
fn parts(value: &str) -> Vec<Range<usize>> {
    let end = value.rfind('}').unwrap_or(value.len());
    let (mut parts, mut start, mut quote, mut depth) = (Vec::new(), 1, None, 0);
    let mut take = |range: Range<usize>| {
        let text = &value[range.clone()];
        let begin = range.end - text.trim_start().len();
        parts.push(begin..begin + text.trim().len());
    };
    for (at, character) in value.char_indices().skip(1).take_while(|(at, _)| *at < end) {
        match (quote, character) {
            (Some(open), _) if character == open => quote = None,
            (None, '"') => quote = Some('"'),
            (None, '“' | '„') => quote = Some('”'),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth -= 1,
            (None, ',') if depth == 0 => {
                take(start..at);
                start = at + 1;
            }
            _ => {}
        }
    }
    if start <= end {
        take(start..end);
    }
    parts
}
