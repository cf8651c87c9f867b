//! Spans that diagnostics must redact: notes for editors, and join details that are not public. CI logs are often more
//! public than the files.
//!
//! The text is read as it is, valid or not, and redaction errs on the safe side: as soon as a file may contain something
//! that is not public, only values that are known to be public are quoted, among them the value of `share`.

use std::ops::Range;

use super::Span;

mod scan;

use scan::{Statement, line_end, statements, string_end};

/// How much of `online` a file may show.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shown {
    /// All of it.
    All,
    /// Where one registers, and the platform.
    Registration,
    /// That it is there.
    Nothing,
}

/// Keys whose values everybody may see, outside `online`.
const PUBLIC: [&str; 50] = [
    "id",
    "uid",
    "title",
    "kind",
    "start",
    "end",
    "duration",
    "timezone",
    "repeat",
    "rrule",
    "until",
    "count",
    "except",
    "also",
    "occurrence",
    "date",
    "announced",
    "status",
    "moved-from",
    "reason",
    "description",
    "url",
    "location",
    "organizers",
    "contact",
    "tags",
    "language",
    "translations",
    "image",
    "sources",
    "part-of",
    "review-by",
    "locals",
    "name",
    "address",
    "city",
    "region",
    "country",
    "lat",
    "lon",
    "accessibility",
    "notes",
    "email",
    "alt",
    "series",
    "past",
    "future",
    "label",
    "color",
    "domain",
];

/// Words with which a key begins that somebody takes for that of notes for editors.
const NOTES: [&str; 14] = [
    "comment", "remark", "privat", "privé", "intern", "notiz", "memo", "todo", "secret", "confiden", "bemerk",
    "komment", "coment", "hinweis",
];

/// Tables that contain join details.
const TABLES: [&str; 10] =
    ["event", "defaults", "from", "change", "local", "location", "organizers", "image", "translations", "kinds"];

/// Keys of `online`.
const ONLINE: [&str; 7] = ["url", "platform", "meeting-id", "passcode", "phone", "registration", "share"];

/// The stretches of the text of a record file that are not shown: in order, none touching the next.
pub(super) fn of_records(text: &str) -> Vec<Span> {
    // TOML has no line end of a lone CR; who wrote it has, and what stands in each of those lines counts.
    let has_lone_cr = memchr::memchr_iter(b'\r', text.as_bytes()).any(|at| text.as_bytes().get(at + 1) != Some(&b'\n'));
    let unix = has_lone_cr.then(|| text.replace('\r', "\n"));
    let text = unix.as_deref().unwrap_or(text);
    // By an escape, a key may be `share` or `note` that does not read so.
    let is_veiled = has_escaped_key(text);
    let lower = text.to_ascii_lowercase();
    let has = |word: &str| memchr::memmem::find(lower.as_bytes(), word.as_bytes()).is_some();
    let mentions = is_veiled || has("share") || has("member") || has("registered");
    if !mentions && !NOTES.into_iter().chain(["not", "nto", "noe", "onte"]).any(has) {
        return Vec::new();
    }
    let statements = statements(text);
    let (mut shown, literals) = if mentions { shares(&lower) } else { (Shown::All, Vec::new()) };
    let is_misplaced = |one: &Statement| one.parts.last().is_some_and(|key| key == "share") && !one.is_online();
    let misplaced = statements.iter().any(is_misplaced);
    let is_strange = |one: &Statement| one.is_online() && !one.has_value_in_braces(text) && !one.is_known_of_online();
    if is_veiled || mentions && statements.iter().any(is_strange) {
        shown = Shown::Nothing;
    }
    let mut hidden = Vec::new();
    for one in &statements {
        if !one.is_shown(text, shown, misplaced) {
            one.hide(text, &mut hidden);
        } else if shown > Shown::All {
            one.hide_remark(text, &mut hidden);
        }
    }
    hidden.sort_unstable_by_key(|range: &Range<usize>| range.start);
    merged(hidden.into_iter().flat_map(|range| without(range, &literals)))
}

/// The stretches of a table of values separated by commas that are not shown: all but its header, where one of its
/// columns is not for all.
pub(super) fn of_table(text: &str) -> Vec<Span> {
    // A `sep=` line may precede the header row.
    let is_break = |c: char| matches!(c, '\r' | '\n');
    let mut lines = text.split(is_break).filter(|line| !line.trim().is_empty());
    let header = [lines.next(), lines.next()].map(|line| line.unwrap_or_default().to_ascii_lowercase()).join(",");
    let is_private = |name: &str| {
        let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\u{FEFF}'));
        is_note(name) || name == "share" || ONLINE[1..5].contains(&name) || name.starts_with("online")
    };
    if !header.split([',', ';', '\t', '|']).any(is_private) {
        return Vec::new();
    }
    let begin = text.find(is_break).map_or(text.len(), |newline| newline + 1);
    merged(std::iter::once(begin..text.len()))
}

impl Statement {
    fn is_online(&self) -> bool {
        self.parts.iter().any(|part| part.contains("online"))
    }

    fn is_known_of_online(&self) -> bool {
        self.is_sound && self.parts.last().is_some_and(|key| ONLINE.contains(&&**key) || key == "online")
    }

    fn has_value_in_braces(&self, text: &str) -> bool {
        text[self.value.clone()].starts_with('{')
    }

    /// Whether everybody may see its value.
    fn is_shown(&self, text: &str, shown: Shown, misplaced: bool) -> bool {
        let key = self.parts.last().map_or("", |key| key);
        // Outside of a place it is a slip for `note`.
        let table = self.parts.iter().rev().nth(1);
        if key == "notes" && table.is_none_or(|table| table != "location") {
            return false;
        }
        if self.parts.iter().any(|part| is_note(part)) {
            return false;
        }
        // `event = [{ … }]` holds what it likes.
        let value = &text[self.value.clone()];
        let braces = value.contains('{');
        if braces && has_key(value, is_note) {
            return false;
        }
        if shown == Shown::All {
            return true;
        }
        if self.is_online() {
            let open = shown == Shown::Registration && (key == "registration" || key == "platform");
            return self.is_sound && (key == "share" || open);
        }
        let has_place =
            |key: &str| ["location", "organizers", "image", "translations", "label", "share"].contains(&key);
        let tables = self.parts.len() - 1;
        // A language of `translations`, or the name of a kind.
        let named = |index: usize| index > 0 && ["translations", "kinds"].contains(&&*self.parts[index - 1]);
        self.is_sound
            && (0..tables).all(|index| TABLES.contains(&&*self.parts[index]) || named(index))
            && (PUBLIC.contains(&key) || key == "share" || tables > 0 && named(tables))
            && !(misplaced && key == "url")
            && (!braces || has_place(key) && !has_key(value, |inner| !PUBLIC.contains(&inner)))
    }

    /// Adds the redacted spans.
    fn hide(&self, text: &str, hidden: &mut Vec<Range<usize>>) {
        let value = &text[self.value.clone()];
        let begin = self.value.start;
        if self.is_sound && value.starts_with('{') {
            values_in_braces(value, |range| hidden.push(begin + range.start..begin + range.end));
        } else if self.is_sound && is_simple(value) {
            hidden.push(begin + 1..begin + value.len() - 1);
        } else {
            hidden.push(self.rest.clone());
            return;
        }
        self.hide_remark(text, hidden);
    }

    /// A comment after a value may repeat it.
    fn hide_remark(&self, text: &str, hidden: &mut Vec<Range<usize>>) {
        if !text[self.value.end..self.rest.end].trim().is_empty() {
            hidden.push(self.value.end..self.rest.end);
        }
    }
}

/// `note`, and what it becomes by a slip of the finger.
fn is_note(key: &str) -> bool {
    let near = |wanted: &str| {
        let (long, short) = if key.len() > wanted.len() { (key, wanted) } else { (wanted, key) };
        let same = long.bytes().zip(short.bytes()).take_while(|(a, b)| a == b).count();
        // One byte more, or another one.
        long.len() == short.len() + 1 && long.as_bytes()[same + 1..] == short.as_bytes()[same..]
            || long.len() == short.len() && long.as_bytes()[same..].get(1..) == short.as_bytes()[same..].get(1..)
    };
    key != "notes"
        && key.is_ascii()
        && (near("note")
            || ["ntoe", "noet", "onte"].contains(&key)
            || NOTES.iter().any(|word| key.split('-').any(|part| part.starts_with(word)))
            || key.split('-').count() > 1 && key.split('-').any(|part| part == "note" || part == "notes"))
}

/// Whether a key in quotes has an escape in it.
fn has_escaped_key(text: &str) -> bool {
    text.lines().filter(|line| line.contains('\\')).any(|line| {
        // What ends with a quote before an `=`, a dot or a bracket may be a key.
        line.match_indices('"').any(|(at, _)| {
            let behind = line[at + 1..].trim_start();
            let inside = line[..at].rsplit('"').next().unwrap_or_default();
            behind.starts_with(['=', '.', ']']) && ["\\u", "\\U", "\\x"].iter().any(|escape| inside.contains(escape))
        })
    })
}

/// Whether a text holds a key, before an `=`, that `is` takes.
fn has_key(text: &str, is: impl Fn(&str) -> bool) -> bool {
    text.split('=').rev().skip(1).any(|before| {
        let key = before.trim_end().trim_end_matches(['"', '\'']);
        let begin = key.rfind(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).map_or(0, |at| at + 1);
        key.is_char_boundary(begin) && is(&key[begin..].to_ascii_lowercase())
    })
}

/// A text in one pair of quotes, on one line, with nothing escaped but what it needs.
fn is_simple(value: &str) -> bool {
    let quote = |quote: char| {
        let inside = value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
        inside.is_some_and(|inside| value.len() > 1 && !inside.contains(['\n', quote]))
    };
    quote('"') || quote('\'')
}

/// The values of an inline table, without their quotes.
fn values_in_braces(value: &str, mut found: impl FnMut(Range<usize>)) {
    let bytes = value.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let from = match bytes[at] {
            b'"' | b'\'' => at,
            b'=' => at + 1,
            b'#' => {
                let end = line_end(value, at);
                found(at..end);
                at = end;
                continue;
            }
            _ => {
                at += 1;
                continue;
            }
        };
        let blank = value[from..].len() - value[from..].trim_start_matches([' ', '\t']).len();
        let begin = from + blank;
        let (end, _) = match bytes.get(begin) {
            Some(b'"' | b'\'') => string_end(value, begin),
            Some(b'{') => {
                at = begin + 1;
                continue;
            }
            _ => (begin + value[begin..].find([',', '}', '\n']).unwrap_or(value.len() - begin), true),
        };
        // A quoted name before an `=` is a key.
        if bytes[at] == b'=' || !value[end..].trim_start().starts_with('=') {
            found(begin..end);
        }
        at = end.max(at + 1);
    }
}

/// The most restrictive `share` in a lower-case text, and the spans of its values.
fn shares(lower: &str) -> (Shown, Vec<Range<usize>>) {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let mut shown = Shown::All;
    let mut literals = Vec::new();
    for (at, word) in lower.match_indices("share") {
        let before = lower[..at].trim_end_matches([' ', '\t', '"', '\'']);
        let begins = !lower[..at].ends_with(is_word) && (before.is_empty() || before.ends_with(['\n', '{', ',', '.']));
        let behind = &lower[at + word.len()..];
        let rest = behind.trim_start_matches(is_word);
        let rest = rest.trim_start_matches([' ', '\t', '"', '\'']);
        let Some(value) = rest.strip_prefix('=') else {
            if begins && !behind.starts_with(is_word) {
                shown = Shown::Nothing;
            }
            continue;
        };
        let value = value.trim_start_matches([' ', '\t']);
        let start = lower.len() - value.len();
        let literal = value.strip_prefix(['"', '\'']).and_then(|inside| inside.split(['"', '\'', '\n']).next());
        let is_share = begins && !behind.starts_with(is_word);
        shown = shown.max(match literal {
            Some("public") if is_share => Shown::All,
            Some("registered") if is_share => Shown::Registration,
            _ => Shown::Nothing,
        });
        if let Some(literal) = literal.filter(|literal| is_share && literal.len() <= 24) {
            literals.push(start..start + literal.len() + 2);
        }
    }
    for word in ["\"member", "'member", "\"registered\"", "'registered'", "\"private\"", "'private'"] {
        if lower.match_indices(word).any(|(at, _)| !literals.iter().any(|literal| literal.start == at)) {
            shown = Shown::Nothing;
        }
    }
    (shown, literals)
}

/// `range` without the stretches of `holes`.
fn without(range: Range<usize>, holes: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut left = vec![range];
    for hole in holes {
        left = left
            .into_iter()
            .flat_map(|one| [one.start..one.end.min(hole.start), one.start.max(hole.end)..one.end])
            .filter(|one| one.start < one.end)
            .collect();
    }
    left
}

/// Sorts ranges and merges those that touch.
pub(super) fn merged(ranges: impl Iterator<Item = Range<usize>>) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for range in ranges.filter(|range| range.start < range.end) {
        let span = Span::new(range);
        match spans.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => spans.push(span),
        }
    }
    spans
}

#[cfg(test)]
mod tests;
