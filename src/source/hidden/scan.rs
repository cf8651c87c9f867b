//! Reads the lines of a record file, valid or not: the table, key and value of each.

use std::ops::Range;

/// A line with a key, or one that has none, with the lines that belong to its value.
pub(super) struct Statement {
    /// The tables that contain it, then its key, in lower case.
    pub(super) parts: Vec<String>,
    /// Its value.
    pub(super) value: Range<usize>,
    /// From its value to the end of its last line.
    pub(super) rest: Range<usize>,
    /// Whether it has an `=`, and its value an end.
    pub(super) is_sound: bool,
}

/// The lines of a text that say something.
pub(super) fn statements(text: &str) -> Vec<Statement> {
    let mut found = Vec::new();
    let mut tables: Vec<String> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let end = line_end(text, at);
        let line = &text[at..end];
        let trimmed = line.trim_start();
        let begin = end - trimmed.len();
        if trimmed.starts_with('[') {
            let name = trimmed.trim_start_matches('[').split([']', '#']).next().unwrap_or_default();
            tables = parts(name);
        } else if !trimmed.is_empty() && !trimmed.starts_with('#') {
            let equals = trimmed.find('=');
            let equals = equals.filter(|equals| is_name(&trimmed[..*equals]));
            let (key, (value, is_sound)) = if let Some(equals) = equals {
                (&trimmed[..equals], value(text, begin + equals + 1))
            } else {
                // Any statement begins with a word.
                let word = trimmed.trim_start_matches(|c: char| !c.is_alphanumeric());
                (&word[..word_end(word)], (begin..end, false))
            };
            let last = line_end(text, value.end);
            let mut all = tables.clone();
            all.extend(parts(key));
            let rest = value.start..last;
            found.push(Statement { parts: all, value, rest, is_sound });
            at = last + 1;
            continue;
        } else if let Some(comment) = trimmed.strip_prefix('#') {
            // A commented-out value may still be in use elsewhere.
            let mut all = tables.clone();
            all.push("#".to_owned());
            let range = end - comment.len()..end;
            found.push(Statement { parts: all, value: range.clone(), rest: range, is_sound: false });
        }
        at = end + 1;
    }
    found
}

/// Whether the text before an `=` is a key: bare, quoted or dotted.
fn is_name(text: &str) -> bool {
    text.split('.').all(|part| {
        let part = part.trim();
        let bare =
            ['"', '\''].into_iter().find_map(|quote| part.strip_prefix(quote)?.strip_suffix(quote)).unwrap_or(part);
        !bare.is_empty() && word_end(bare) == bare.len()
    })
}

/// Where the letters, digits and hyphens at the start of a text end.
fn word_end(text: &str) -> usize {
    text.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(text.len())
}

/// The parts of a dotted name, in lower case.
fn parts(name: &str) -> Vec<String> {
    name.split('.').map(|part| part.trim().trim_matches(['"', '\'']).trim().to_lowercase().replace('_', "-")).collect()
}

/// The value that begins after `from`, and whether it is terminated.
fn value(text: &str, from: usize) -> (Range<usize>, bool) {
    let blank = text[from..].len() - text[from..].trim_start_matches([' ', '\t']).len();
    let begin = from + blank;
    let bytes = text.as_bytes();
    let mut depth = 0_usize;
    let mut at = begin;
    while at < bytes.len() {
        match bytes[at] {
            b'"' | b'\'' => {
                let (end, is_closed) = string_end(text, at);
                if !is_closed {
                    return (begin..end, false);
                }
                at = end;
                continue;
            }
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'#' => {
                if depth == 0 {
                    let end = begin + text[begin..at].trim_end().len();
                    return (begin..end, true);
                }
                at = line_end(text, at);
                continue;
            }
            b'\n' if depth == 0 => break,
            _ => {}
        }
        at += 1;
    }
    let at = at.min(text.len());
    (begin..begin + text[begin..at].trim_end().len(), depth == 0)
}

/// The offset after a string that begins at `at`, and whether it is closed. A single-line string ends with its line.
pub(super) fn string_end(text: &str, at: usize) -> (usize, bool) {
    let bytes = text.as_bytes();
    let quote = bytes[at];
    let long = bytes[at..].starts_with(&[quote; 3]);
    let mut end = at + if long { 3 } else { 1 };
    while end < bytes.len() {
        match bytes[end] {
            b'\\' if quote == b'"' => end += 1,
            b'\n' if !long => return (end, false),
            byte if byte == quote && (!long || bytes[end..].starts_with(&[quote; 3])) => {
                let mut close = end + if long { 3 } else { 1 };
                // Up to two quotes may precede the closing three.
                while long && bytes.get(close) == Some(&quote) {
                    close += 1;
                }
                return (close, true);
            }
            _ => {}
        }
        end += 1;
    }
    (text.len(), false)
}

pub(super) fn line_end(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |newline| at + newline)
}
