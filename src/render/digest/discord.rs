//! `discord`: messages in its Markdown.
//!
//! No text of a record can mention people, link a channel or create a preview. Each instant is repeated as `<t:…:F>`, which
//! Discord shows in the reader's own zone. URLs are in angle brackets, which suppresses previews.

use super::split::{self, Chat};
use super::{Part, Point, Sheet};
use crate::render::escape::{WORD_JOINER, address, slash_links};

/// Characters of a message. They are counted in UTF-16 here, which is never too few.
pub(super) const LIMIT: usize = 2000;

struct Discord;

/// The messages.
pub(super) fn write(sheet: &Sheet) -> Vec<String> {
    split::messages(sheet, &Discord)
}

impl Chat for Discord {
    fn head(&self, sheet: &Sheet, number: Option<(usize, usize)>) -> String {
        let Sheet { title, about: [range, zones], .. } = sheet;
        let number = number.map(|(number, all)| format!(" ({number}/{all})")).unwrap_or_default();
        format!("# {}{number}\n{} · {}\n", escaped(title), escaped(range), escaped(zones))
    }

    fn heading(&self, part: &Part) -> String {
        let level = if part.is_minor { "###" } else { "##" };
        format!("{level} {}\n", escaped(&part.heading))
    }

    fn point(&self, point: &Point) -> String {
        let mut out = String::new();
        push(point, 0, &mut out);
        out
    }

    fn paragraph(&self, text: &str) -> String {
        format!("\n{}\n", escaped(text))
    }

    fn fits(&self, text: &str) -> bool {
        text.encode_utf16().count() <= LIMIT
    }
}

fn push(point: &Point, indent: usize, out: &mut String) {
    let Point { lead, label, is_off, title, language: _, details, url, instant, below } = point;
    let margin = " ".repeat(indent);
    out.push_str(&format!("{margin}-"));
    for strong in [lead, label].into_iter().flatten() {
        out.push_str(&format!(" **{}**", escaped(strong)));
    }
    let mark = if *is_off { "~~" } else { "" };
    out.push_str(&format!(" {mark}{}{mark}\n", escaped(title)));
    let mut line: Vec<String> = details.iter().map(|part| escaped(part)).collect();
    line.extend(instant.map(|instant| format!("<t:{instant}:F>")));
    line.extend(url.as_deref().map(|url| format!("<{}>", address(url, "<>\\`|"))));
    if !line.is_empty() {
        out.push_str(&format!("{margin}  {}\n", line.join(" · ")));
    }
    for point in below {
        push(point, indent + 2, out);
    }
}

/// `text` with nothing in it that Discord obeys.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if "\\`*_[]<>#|~!:-".contains(character) && !is_harmless(&out, character) {
            out.push('\\');
        }
        // Mentions and addresses are found before backslashes are read.
        let is_found = matches!(character, '@' | '#') || (character == '/' && slash_links(&out));
        out.push(character);
        if is_found {
            out.push(WORD_JOINER);
        }
    }
    out
}

/// Characters that have no meaning at this position: a hyphen within a line, a colon without a name before it.
fn is_harmless(before: &str, character: char) -> bool {
    match character {
        '-' => !before.is_empty(),
        ':' => before.ends_with(|c: char| c.is_ascii_digit()) || !before.contains(':'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_notified() {
        let bare = |text: &str| escaped(text).replace(WORD_JOINER, "^");
        assert_eq!(bare("@everyone @here"), "@^everyone @^here");
        assert_eq!(bare("<@123> <#4> <@&5> </a:6>"), "\\<@^123\\> \\<\\#^4\\> \\<@^&5\\> \\</^a:6\\>");
        assert_eq!(bare("# no heading"), "\\#^ no heading");
        assert_eq!(bare("18:00–20:00, self-managed"), "18:00–20:00, self-managed");
        assert_eq!(bare("https://discord.gg/x"), "https:/^/^discord.gg/^x");
        assert_eq!(bare("discord.gg/x and/or /x"), "discord.gg/^x and/or /^x");
    }
}
