//! The one escape for all that is shown: text of files, names of files, arguments, and what came over the network.
//!
//! Escaped are characters that drive a terminal, turn its direction of writing, end a line where no reader expects it, or
//! are there without being seen. Joiners stay, because Persian and emoji need them.

/// Whether no record may have the character: controls, the line and paragraph separators, the byte order mark, and the
/// bidirectional overrides and isolates of UAX 9.
pub fn is_hostile(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Whether the character is always escaped in output: these, direction marks, invisible operators, tags, and annotation
/// marks. Text in a right-to-left script may contain direction marks, so records keep them.
pub fn is_escaped(character: char) -> bool {
    is_hostile(character)
        || matches!(
            character,
            '\u{61C}' | '\u{180E}' | '\u{200E}' | '\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{206A}'..='\u{206F}'
                | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}'
        )
}

/// The text with unsafe characters escaped: `\u{1b}`.
pub fn visible(characters: impl Iterator<Item = char>) -> String {
    let mut out = String::new();
    for character in characters {
        if is_escaped(character) { out.extend(character.escape_unicode()) } else { out.push(character) }
    }
    out
}

/// The same of a text with line breaks and tabs, which stay.
pub fn visible_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if is_escaped(character) && !matches!(character, '\n' | '\t') {
            out.extend(character.escape_unicode());
        } else {
            out.push(character);
        }
    }
    out
}

/// The same of a text that was drawn with colours: what sets a colour stays too. Its parts were escaped before.
pub fn visible_drawing(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("\u{1b}[") {
        out.push_str(&visible_lines(&rest[..at]));
        let behind = &rest[at + 2..];
        let length = behind.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b';').count();
        if behind[length..].starts_with('m') {
            out.push_str(&rest[at..=(at + 2 + length)]);
            rest = &behind[length + 1..];
        } else {
            out.push_str("\\u{1b}");
            rest = &rest[at + 1..];
        }
    }
    out + &visible_lines(rest)
}

/// A JSON document with unsafe characters escaped as `\u001b`. Except for line breaks between values, they occur only
/// within strings.
pub fn visible_json(document: &str) -> String {
    let mut out = String::with_capacity(document.len());
    for character in document.chars() {
        if is_escaped(character) && character != '\n' {
            for unit in character.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(character);
        }
    }
    out
}

/// The text for quoted lines, with a map of offsets. Each unsafe character becomes one `�`, so that columns stay the same.
/// ASCII controls stay, because the renderer shows pictures of them.
pub(super) struct Shown {
    pub(super) text: String,
    /// Where an escaped character began and ended, and where it begins and ends now.
    escaped: Vec<[usize; 4]>,
}

impl Shown {
    pub(super) fn of(text: &str) -> Self {
        let mut shown = Shown { text: String::with_capacity(text.len()), escaped: Vec::new() };
        for (at, character) in text.char_indices() {
            if !is_escaped(character) || character.is_ascii() {
                shown.text.push(character);
                continue;
            }
            let begin = shown.text.len();
            shown.text.push(char::REPLACEMENT_CHARACTER);
            shown.escaped.push([at, at + character.len_utf8(), begin, shown.text.len()]);
        }
        shown
    }

    /// A place of the text before as one of the text that is shown.
    pub(super) fn place(&self, at: usize) -> usize {
        let before = self.escaped.partition_point(|[begin, ..]| *begin < at);
        match self.escaped[..before].last() {
            Some([begin, end, shown, _]) if at < *end => shown + (at - begin),
            Some([_, end, _, shown]) => shown + (at - end),
            None => at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_is_escaped_and_text_stays() {
        for character in "\0\u{7}\u{1b}\u{7f}\u{80}\u{85}\u{9b}\u{9f}\u{61c}\u{180e}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202e}\u{2060}\u{2064}\u{2066}\u{2069}\u{206f}\u{feff}\u{fff9}\u{fffb}\u{e0001}\u{e007f}".chars() {
            assert_eq!(visible(std::iter::once(character)), character.escape_unicode().to_string());
            let json = visible_json(&format!("\"{}\"", character.to_string().replace(|c: char| c < ' ', "")));
            assert!(!json.contains(is_escaped), "{json}");
            let read: String = serde_json::from_str(&json).expect("JSON");
            assert!(character < ' ' || read == character.to_string());
        }
        for text in ["Été, мир, 東京, سلام", "می\u{200c}خواهم", "👩\u{200d}🏭 ✊🏾", "e\u{301}"]
        {
            assert_eq!(visible(text.chars()), text);
        }
        assert_eq!(visible_lines("a\tb\nc\rd\u{1b}"), "a\tb\nc\\u{d}d\\u{1b}");
    }

    #[test]
    fn colours_stay_in_what_was_drawn_and_nothing_else() {
        let text = "\u{1b}[1;31merror\u{1b}[0m \u{1b}[2J\u{1b}]0;x\u{7} \u{1b}[1m\u{9b}2J\u{1b}";
        assert_eq!(
            visible_drawing(text),
            "\u{1b}[1;31merror\u{1b}[0m \\u{1b}[2J\\u{1b}]0;x\\u{7} \u{1b}[1m\\u{9b}2J\\u{1b}"
        );
    }

    #[test]
    fn places_move_with_what_is_escaped() {
        let text = "a\u{9b}b\u{2028}c\r\n";
        let shown = Shown::of(text);
        assert_eq!(shown.text, "a\u{fffd}b\u{fffd}c\r\n");
        let places: Vec<usize> = [0, 1, 3, 4, 7, 8].map(|at| shown.place(at)).into();
        assert_eq!(places, [0, 1, 4, 5, 8, 9]);
    }
}
