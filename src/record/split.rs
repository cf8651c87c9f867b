//! Cutting a large file of many events into parts that can be read one by one, and at the same time.
//!
//! A parser that is handed a whole 70 MB document needs twelve times its size in memory. A part begins at a line
//! `[[event]]`; what looks like one inside a multi-line string is none.

use std::ops::Range;

use memchr::memmem;

/// Files up to this size are read in one piece.
pub const WHOLE: usize = 256 * 1024;

/// What stands between two parts; the second begins behind the line break.
pub const HEADER: &[u8] = b"\n[[event]]";

/// The parts of a text that begins with a header and has no multi-line string; none where it may have one.
pub fn plain_parts(text: &str) -> Option<Vec<Range<usize>>> {
    let bytes = text.as_bytes();
    if memmem::find(bytes, b"\"\"\"").is_some() || memmem::find(bytes, b"'''").is_some() {
        return None;
    }
    let starts = std::iter::once(0).chain(memmem::find_iter(bytes, HEADER).map(|newline| newline + 1));
    let starts: Vec<usize> = starts.chain([text.len()]).collect();
    Some(starts.windows(2).map(|pair| pair[0]..pair[1]).filter(|part| !part.is_empty()).collect())
}

/// The parts of `text`, in order and without a gap. The first holds what stands before the first `[[event]]`.
pub fn parts(text: &str) -> Vec<Range<usize>> {
    if text.len() <= WHOLE {
        return std::iter::once(0..text.len()).collect();
    }
    let bytes = text.as_bytes();
    // Most files have no multi-line string at all; only those that do need a look at every quote.
    let inside = if memmem::find(bytes, b"\"\"\"").is_none() && memmem::find(bytes, b"'''").is_none() {
        Vec::new()
    } else {
        multi_line_strings(bytes)
    };
    let mut starts = vec![0];
    let mut strings = inside.iter().peekable();
    for newline in memmem::find_iter(bytes, HEADER) {
        while strings.next_if(|string| string.end <= newline).is_some() {}
        if strings.peek().is_none_or(|string| newline < string.start) {
            starts.push(newline + 1);
        }
    }
    starts.push(text.len());
    starts.windows(2).map(|pair| pair[0]..pair[1]).filter(|part| !part.is_empty()).collect()
}

/// Where multi-line strings stand. One that is never closed ends with the text.
fn multi_line_strings(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(step) = memchr::memchr3(b'"', b'\'', b'#', &bytes[at..]) {
        at += step;
        let quote = bytes[at];
        if quote == b'#' {
            at = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |newline| at + newline);
        } else if bytes[at..].starts_with(&[quote; 3]) {
            let start = at;
            at = end_of_string(bytes, at + 3, quote, true);
            found.push(start..at);
        } else {
            at = end_of_string(bytes, at + 1, quote, false);
        }
    }
    found
}

/// The byte after the string whose text begins at `at`. A one-line string ends with its line at the latest.
fn end_of_string(bytes: &[u8], mut at: usize, quote: u8, multi_line: bool) -> usize {
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' if quote == b'"' => at += 2,
            b'\n' if !multi_line => return at,
            byte if *byte == quote && !multi_line => return at + 1,
            byte if *byte == quote && bytes[at..].starts_with(&[quote; 3]) => {
                at += 3;
                // Up to two quotes may stand directly before the closing three.
                while bytes.get(at) == Some(&quote) {
                    at += 1;
                }
                return at;
            }
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_inside_a_string_or_a_comment_is_none() {
        let event = "[[event]]\ntitle = \"it's # not\" # '''\nnote = '''\n[[event]]\n''' \n";
        let text = event.repeat(WHOLE / event.len() + 1);
        let parts = parts(&text);
        assert_eq!(parts.len(), WHOLE / event.len() + 1);
        assert!(parts.iter().all(|part| &text[part.clone()] == event));
    }

    #[test]
    fn quotes_and_escapes_do_not_confuse() {
        let text = br#"a = "x\"" b = """ \""" [ """"" c = '\' d = ''' " ''''"#;
        let found = multi_line_strings(text);
        let words: Vec<_> =
            found.iter().map(|range| std::str::from_utf8(&text[range.clone()]).expect("text")).collect();
        assert_eq!(words, [r#"""" \""" [ """"""#, "''' \" ''''"]);
    }

    #[test]
    fn a_small_text_is_one_part() {
        let text = "[[event]]\n[[event]]\n";
        let parts = parts(text);
        assert_eq!((parts.len(), parts[0].clone()), (1, 0..text.len()));
    }
}
