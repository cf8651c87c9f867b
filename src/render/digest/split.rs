//! Splits a digest into messages of the length that a service allows.
//!
//! The text is split between entries. Every message repeats the title with its number, and the headings of its first entry.
//! An entry that is too long by itself loses its details, then the end of its title, and finally its link; a URL is never
//! cut.

use super::{Part, Point, Sheet};

/// How a service writes the pieces of a digest; each ends with a line break.
pub(super) trait Chat {
    /// The title; `number` is the message's number and the total.
    fn head(&self, sheet: &Sheet, number: Option<(usize, usize)>) -> String;
    /// A heading, with a blank line before it.
    fn heading(&self, part: &Part) -> String;
    /// An entry, with its local events.
    fn point(&self, point: &Point) -> String;
    /// A paragraph, with a blank line before it.
    fn paragraph(&self, text: &str) -> String;
    /// Whether a message may be so long.
    fn fits(&self, text: &str) -> bool;
}

/// More messages than anybody posts, for the room that their number takes.
const MANY: (usize, usize) = (9999, 9999);

/// The messages of a digest.
pub(super) fn messages(sheet: &Sheet, chat: &dyn Chat) -> Vec<String> {
    let head = chat.head(sheet, Some(MANY));
    let mut bodies = vec![String::new()];
    let mut add = |due: &str, headings: &str, text: &str| {
        let body = bodies.last_mut().expect("one at least");
        // A message that holds nothing yet takes what comes: it was made to fit.
        if body.is_empty() || chat.fits(&format!("{head}{body}{due}{text}")) {
            body.push_str(due);
            body.push_str(text);
        } else {
            bodies.push(format!("{headings}{text}"));
        }
    };
    // The last heading that is not minor, and how much of the headings is still to be written.
    let (mut major, mut due) = (String::new(), String::new());
    for part in &sheet.parts {
        let own = chat.heading(part);
        if !part.is_minor {
            major.clone_from(&own);
            due.clear();
        }
        due.push_str(&own);
        let headings = if part.is_minor { format!("{major}{own}") } else { own };
        for point in &part.points {
            let text = shortened(point, chat, |text| chat.fits(&format!("{head}{headings}{text}")));
            add(&due, &headings, &text);
            due.clear();
        }
    }
    if let Some(nothing) = &sheet.nothing {
        add("", "", &chat.paragraph(nothing));
    }
    let total = bodies.len();
    let number = |index: usize| (total > 1).then_some((index + 1, total));
    bodies.iter().enumerate().map(|(index, body)| format!("{}{body}", chat.head(sheet, number(index)))).collect()
}

/// Shortens an entry to fit into a message of its own.
fn shortened(point: &Point, chat: &dyn Chat, fits: impl Fn(&str) -> bool) -> String {
    let whole = chat.point(point);
    if fits(&whole) {
        return whole;
    }
    let short = |point: &Point, title: usize, detail: usize| Point {
        title: cut(&point.title, title),
        details: point
            .details
            .iter()
            .map(|part| cut(part, detail))
            .filter(|part| detail > 0 && !part.is_empty())
            .collect(),
        ..point.clone()
    };
    for (title, detail, keeps_below, keeps_url) in [
        (160, 120, true, true),
        (100, 60, true, true),
        (80, 40, false, true),
        (60, 0, false, true),
        (60, 0, false, false),
    ] {
        let mut less = short(point, title, detail);
        less.below = if keeps_below {
            point.below.iter().map(|point| short(point, title, detail)).collect()
        } else {
            Vec::new()
        };
        less.lead = less.lead.map(|lead| cut(&lead, 200));
        less.url = less.url.filter(|_| keeps_url);
        let text = chat.point(&less);
        if fits(&text) {
            return text;
        }
    }
    // With a title, a label and hours only: far less than any service takes.
    chat.point(&Point { title: cut(&point.title, 60), label: point.label.clone(), ..Point::default() })
}

/// Shortens a text to a number of characters, with `…` at the cut. A URL is dropped instead of cut.
fn cut(text: &str, most: usize) -> String {
    let Some((at, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let kept = crate::render::terminal::cut(&text[..at], most.saturating_sub(1));
    let kept = kept.trim_end_matches('…');
    let word = kept.rfind(' ').map_or(0, |space| space + 1);
    let ends_in_address = text[word..].split(' ').next().is_some_and(|word| word.contains("://"));
    let kept = if ends_in_address { kept[..word].trim_end() } else { kept };
    format!("{kept}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_never_goes_through_an_address() {
        assert_eq!(cut("short", 5), "short");
        assert_eq!(cut("a longer title", 9), "a longe…");
        assert_eq!(cut("see https://example.org/very/long", 12), "see…");
        assert_eq!(cut("https://example.org/very/long", 12), "…");
    }
}
