//! A file in pieces: tables, lines of keys and values, and what stands between them.

use std::ops::Range;

use toml_edit::{Document, Item, Table, TableLike, Value};

use crate::record::edit::Refusal;

/// A file.
#[derive(Debug)]
pub(super) struct Pieces {
    /// Comments at the top, behind which a blank line stands.
    pub(super) top: Vec<String>,
    /// What stands before the first header is a table without one.
    pub(super) chunks: Vec<Chunk>,
    /// Comments behind the last line, and blank lines among them.
    pub(super) tail: Vec<String>,
}

/// A table: its header and its lines.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    pub(super) path: Vec<String>,
    /// Comments above, and blank lines among them.
    pub(super) above: Vec<String>,
    /// The header with its comment; empty for what stands before the first one.
    pub(super) header: String,
    /// Comments directly below the header, before a blank line.
    pub(super) below: Vec<String>,
    pub(super) leaves: Vec<Leaf>,
}

/// A key and its value.
#[derive(Debug)]
pub(super) struct Leaf {
    /// The key, or the first part of a dotted one.
    pub(super) name: String,
    /// Comments above, and blank lines among them.
    pub(super) above: Vec<String>,
    /// As written.
    pub(super) key: String,
    /// Whether more than one blank stood behind the key.
    pub(super) aligned: bool,
    /// As written.
    pub(super) value: String,
    /// The comment on its last line, with the blanks before it.
    pub(super) comment: String,
    /// Comments directly below, before a blank line or the end of the file.
    pub(super) below: Vec<String>,
}

/// A header, or a line, as the parser found it.
enum Mark {
    Header(Vec<String>),
    Leaf { name: String, key_end: usize, value: Range<usize> },
}

impl Pieces {
    pub(super) fn of(document: &Document<&str>) -> Result<Pieces, Refusal> {
        let text = document.raw();
        let mut marks = Vec::new();
        walk(document.as_table(), &[], &mut marks);
        marks.sort_by_key(|(at, _)| *at);
        let mut pieces = Pieces { top: Vec::new(), chunks: vec![Chunk::default()], tail: Vec::new() };
        let mut read = 0;
        for (index, (at, mark)) in marks.into_iter().enumerate() {
            let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
            let mut above = between(text.get(read..start).ok_or("two keys stand on one line")?)?;
            if index == 0
                && let Some(blank) = above.iter().rposition(String::is_empty)
            {
                let rest = above.split_off(blank + 1);
                pieces.top = std::mem::replace(&mut above, rest);
            }
            if index == 0 && pieces.top.is_empty() {
                let own = above.iter().take_while(|line| is_of_file(line)).count();
                let rest = above.split_off(own);
                pieces.top = std::mem::replace(&mut above, rest);
            }
            if index > 0 {
                let blank = above.iter().position(String::is_empty).unwrap_or(0);
                // A key that is commented out is one of the table that it stands in, and not of the next.
                let own = if matches!(mark, Mark::Header(_)) { of_table_above(&above) } else { 0 };
                let rest = above.split_off(blank.max(own));
                pieces.put_below(std::mem::replace(&mut above, rest));
            }
            let end_of_line = |from: usize| text[from..].find('\n').map_or(text.len(), |newline| from + newline + 1);
            match mark {
                Mark::Header(path) => {
                    read = end_of_line(at);
                    let header = text[start..read].trim().to_owned();
                    pieces.chunks.push(Chunk { path, above, header, ..Chunk::default() });
                }
                Mark::Leaf { name, key_end, value } => {
                    read = end_of_line(value.end);
                    let equals = text[key_end..value.start].find('=').ok_or("a key without `=`")? + key_end;
                    let written = &text[start..equals];
                    let key = written.trim();
                    let leaf = Leaf {
                        name,
                        above,
                        key: key.to_owned(),
                        aligned: written.trim_start().len() > key.len() + 1,
                        value: text[value.clone()].to_owned(),
                        comment: comment(&text[value.end..read])?,
                        below: Vec::new(),
                    };
                    // There is always the chunk before the first header.
                    if let Some(chunk) = pieces.chunks.last_mut() {
                        chunk.leaves.push(leaf);
                    }
                }
            }
        }
        let mut tail = between(&text[read..])?;
        if read > 0 {
            let rest = tail.split_off(tail.iter().position(String::is_empty).unwrap_or(tail.len()));
            pieces.put_below(std::mem::replace(&mut tail, rest));
        }
        pieces.tail = tail;
        Ok(pieces)
    }

    /// Puts comments below the last line that was read.
    fn put_below(&mut self, comments: Vec<String>) {
        // There is always the chunk before the first header.
        if let Some(chunk) = self.chunks.last_mut() {
            match chunk.leaves.last_mut() {
                Some(leaf) => leaf.below = comments,
                None => chunk.below = comments,
            }
        }
    }

    /// The comments that belong to no table.
    pub(super) fn comments(&self) -> impl Iterator<Item = String> {
        self.top.iter().chain(&self.tail).filter(|line| !line.is_empty()).cloned()
    }
}

impl Chunk {
    /// Its comments, each with the line that it belongs to.
    pub(super) fn comments(&self) -> Vec<String> {
        let above = |lines: &[String]| lines.iter().filter(|line| !line.is_empty()).cloned().collect::<Vec<_>>();
        let mut all = above(&self.above);
        all.push(self.header.clone());
        all.extend(above(&self.below));
        for leaf in &self.leaves {
            all.extend(above(&leaf.above));
            all.push(format!("{} {}", leaf.key, leaf.comment.trim()));
            all.extend(above(&leaf.below));
        }
        all
    }
}

/// Whether a comment in the first lines is about the whole file: its licence, or its schema for editors.
fn is_of_file(line: &str) -> bool {
    let words = line.trim_start_matches('#').trim_start();
    words.starts_with("SPDX-") || line.starts_with("#:") || line.starts_with("#!")
}

/// How many of the lines above a header belong to the table before it: those up to the last key that is commented out.
fn of_table_above(above: &[String]) -> usize {
    let is_header = |line: &String| line.trim_start_matches('#').trim_start().starts_with('[');
    // Behind a header that is commented out, the keys are those of that table.
    let end = above.iter().position(is_header).unwrap_or(above.len());
    let Some(last) = above[..end].iter().rposition(|line| is_commented_key(line)) else { return 0 };
    let opens = above[last].trim_end().ends_with(['[', '{']);
    let closes = |line: &String| line.trim_start_matches('#').trim_start().starts_with([']', '}']);
    let close = above[last..end].iter().position(closes).filter(|_| opens);
    last + close.unwrap_or(0) + 1
}

/// `#key = value`.
fn is_commented_key(line: &str) -> bool {
    let Some((key, value)) = line.trim_start_matches('#').split_once('=') else { return false };
    let key = key.trim();
    let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    !key.is_empty() && key.chars().all(is_bare) && !value.trim().is_empty()
}

/// The lines between two pieces: comments, and blank lines as empty texts, never two of them together.
fn between(text: &str) -> Result<Vec<String>, Refusal> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().map(str::trim) {
        if !line.is_empty() && !line.starts_with('#') {
            return Err("there is something between two keys".into());
        }
        if !(line.is_empty() && lines.last().is_some_and(String::is_empty)) {
            lines.push(line.to_owned());
        }
    }
    Ok(lines)
}

/// What stands behind a value on its line, with the blanks before it.
fn comment(rest: &str) -> Result<String, Refusal> {
    let rest = rest.trim_end();
    if !rest.trim_start().is_empty() && !rest.trim_start().starts_with('#') {
        return Err("two keys stand on one line".into());
    }
    Ok(if rest.starts_with('#') { format!(" {rest}") } else { rest.to_owned() })
}

fn walk(table: &Table, path: &[String], marks: &mut Vec<(usize, Mark)>) {
    for (name, item) in table {
        let key = table.get_key_value(name).and_then(|(key, _)| key.span());
        let inner = || [path, &[name.to_owned()]].concat();
        match item {
            Item::None => {}
            Item::Value(value) => leaf(name, key, value, marks),
            Item::Table(inside) if inside.is_dotted() => dotted(name, inside, marks),
            Item::Table(inside) => {
                if let Some(span) = inside.span().filter(|_| !inside.is_implicit()) {
                    marks.push((span.start, Mark::Header(inner())));
                }
                walk(inside, &inner(), marks);
            }
            Item::ArrayOfTables(tables) => {
                for inside in tables {
                    if let Some(span) = inside.span() {
                        marks.push((span.start, Mark::Header(inner())));
                    }
                    walk(inside, &inner(), marks);
                }
            }
        }
    }
}

/// The lines of a table that is written by dotted keys; `name` is the first part of all of them.
fn dotted(name: &str, table: &dyn TableLike, marks: &mut Vec<(usize, Mark)>) {
    for (inner, item) in table.iter() {
        let key = table.get_key_value(inner).and_then(|(key, _)| key.span());
        match item {
            Item::Table(inside) if inside.is_dotted() => dotted(name, inside, marks),
            Item::Value(value) => leaf(name, key, value, marks),
            Item::None | Item::Table(_) | Item::ArrayOfTables(_) => {}
        }
    }
}

fn leaf(name: &str, key: Option<Range<usize>>, value: &Value, marks: &mut Vec<(usize, Mark)>) {
    match (value, key, value.span()) {
        (Value::InlineTable(inside), ..) if inside.is_dotted() => dotted(name, inside, marks),
        (_, Some(key), Some(value)) => {
            marks.push((key.start, Mark::Leaf { name: name.to_owned(), key_end: key.end, value }));
        }
        _ => {}
    }
}
