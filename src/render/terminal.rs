//! Text on a grid of columns: widths, wrapping, cutting, styles.
//!
//! What a reader sees as one character is never cut in two: letters stay with their accents, emoji with what is joined
//! to them, flags whole. That is done by a few rules instead of the tables of UAX 29, and errs towards keeping together.

use std::borrow::Cow;
use std::iter;

use anstyle::{AnsiColor, Effects, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::diagnostic::visible;

/// Names of calendars, days and titles.
pub(super) const STRONG: Style = Style::new().effects(Effects::BOLD);
/// What is there for those who look for it.
pub(super) const QUIET: Style = Style::new().effects(Effects::DIMMED);
/// Times.
pub(super) const TIME: Style = AnsiColor::Cyan.on_default();
/// Today, and what is not certain.
pub(super) const NOTICE: Style = AnsiColor::Yellow.on_default().effects(Effects::BOLD);
/// What does not happen.
pub(super) const ALARM: Style = AnsiColor::Red.on_default().effects(Effects::BOLD);
/// The title of what does not happen.
pub(super) const STRUCK: Style = Style::new().effects(Effects::STRIKETHROUGH);

const ZERO_WIDTH_JOINER: char = '\u{200D}';

/// `text` in `style`, where the terminal takes colours.
pub(super) fn paint(text: &str, style: Style, color: bool) -> Cow<'_, str> {
    if color && !text.is_empty() { format!("{style}{text}{style:#}").into() } else { text.into() }
}

/// Text of a record in one line, with all escaped that could drive a terminal.
pub(super) fn plain(text: &str) -> String {
    visible(text.chars().map(|character| if matches!(character, '\t' | '\n' | '\r') { ' ' } else { character }))
}

/// How many columns `text` takes.
pub(super) fn width(text: &str) -> usize {
    // Not the width of the whole: that takes Arabic ligatures for one column, and terminals do not.
    clusters(text).map(UnicodeWidthStr::width).sum()
}

/// `text` in at most `columns` columns, with `…` where it was cut.
pub(super) fn cut(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return text.into();
    }
    let mut used = 0;
    let mut kept = String::new();
    for cluster in clusters(text) {
        used += cluster.width();
        if used >= columns {
            break;
        }
        kept.push_str(cluster);
    }
    kept.truncate(kept.trim_end().len());
    if columns > 0 {
        kept.push('…');
    }
    kept.into()
}

/// `text`, and spaces up to `columns`.
pub(super) fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", space(columns.saturating_sub(width(text))))
}

/// As many spaces.
pub(super) fn space(columns: usize) -> String {
    " ".repeat(columns)
}

/// `text` in lines of at most `columns` columns, at least one. It breaks at spaces and beside wide characters, and a
/// word that is too long wherever it must.
pub(super) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut line, mut used) = (String::new(), 0);
    // The last place in the line where it may break.
    let mut place = None;
    for cluster in clusters(text) {
        let columns_of_it = cluster.width();
        let (is_space, is_wide) = (cluster == " ", columns_of_it > 1);
        if used + columns_of_it > columns && !line.is_empty() {
            let fits = is_space || (is_wide && !closes(cluster));
            let at = if fits { line.len() } else { place.unwrap_or(line.len()) };
            let rest = line.split_off(at);
            lines.push(line.trim_end().to_owned());
            (used, line) = (width(&rest), rest);
            place = None;
        }
        if is_space && line.is_empty() {
            continue;
        }
        if is_wide && !closes(cluster) && !line.is_empty() {
            place = Some(line.len());
        }
        line.push_str(cluster);
        used += columns_of_it;
        if is_space {
            place = Some(line.len());
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// Texts of records with ` · ` between them, wrapped between them rather than within short ones.
pub(super) fn wrap_parts(parts: &[String], columns: usize) -> Vec<String> {
    const NO_BREAK_SPACE: &str = "\u{a0}";
    let kept = |part: &String| {
        let part = plain(part);
        if width(&part) + 2 <= columns { part.replace(' ', NO_BREAK_SPACE) } else { part }
    };
    let whole = parts.iter().map(kept).collect::<Vec<_>>().join("\u{a0}· ");
    wrap(&whole, columns)
        .iter()
        .map(|line| line.replace(NO_BREAK_SPACE, " ").trim_end_matches(" ·").to_owned())
        .collect()
}

/// What a reader sees as one character each.
fn clusters(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    iter::from_fn(move || {
        let mut characters = rest.char_indices();
        let (_, first) = characters.next()?;
        let (mut is_joined, mut is_half_a_flag) = (false, is_regional(first));
        let end = characters.find(|(_, next)| {
            let stays = is_joined || continues(*next) || (is_half_a_flag && is_regional(*next));
            is_joined = *next == ZERO_WIDTH_JOINER;
            is_half_a_flag = false;
            !stays
        });
        let (cluster, after) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
        rest = after;
        Some(cluster)
    })
}

/// Accents, joiners, variation selectors; and skin tones.
fn continues(character: char) -> bool {
    character.width() == Some(0) || matches!(character, '\u{1F3FB}'..='\u{1F3FF}')
}

/// Wide marks that no line begins with.
fn closes(cluster: &str) -> bool {
    cluster.starts_with(|mark| "、。，．：；！？）」』】〉》〕ー".contains(mark))
}

/// Letters of which two are a flag.
fn is_regional(character: char) -> bool {
    matches!(character, '\u{1F1E6}'..='\u{1F1FF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_terminals() {
        for (text, columns) in [
            ("", 0),
            ("Gewerkschaft", 12),
            ("東京デモ", 8),
            ("e\u{301}te\u{301}", 3),
            ("✊🏾", 2),
            ("👩\u{200D}🏭", 2),
            ("🇵🇸🇪🇸", 4),
            ("سلام", 4),
            ("한국", 4),
        ] {
            assert_eq!(width(text), columns, "{text}");
        }
    }

    #[test]
    fn cutting_keeps_what_belongs_together() {
        assert_eq!(cut("general strike", 14), "general strike");
        assert_eq!(cut("general strike", 9), "general…");
        assert_eq!(cut("東京デモ", 6), "東京…");
        assert_eq!(cut("東京デモ", 5), "東京…");
        assert_eq!(cut("a👩\u{200D}🏭b", 3), "a…");
        assert_eq!(cut("e\u{301}e\u{301}e\u{301}", 2), "e\u{301}…");
        assert_eq!(cut("🇵🇸🇪🇸", 3), "🇵🇸…");
        assert_eq!((cut("strike", 1), cut("strike", 0)), ("…".into(), "".into()));
    }

    #[test]
    fn wrapping_fits_and_loses_nothing() {
        let texts = [
            "a long title of a forum on war",
            "全世界無產者聯合起來！ Workers of the world",
            "مسيرة من أجل السلام",
            "👩\u{200D}🏭✊🏾🇵🇸 x",
        ];
        for text in texts {
            for columns in 2..20 {
                let lines = wrap(text, columns);
                assert!(lines.iter().all(|line| width(line) <= columns), "{lines:?}");
                let bare = |text: &str| text.replace(' ', "");
                assert_eq!(bare(&lines.concat()), bare(text));
            }
        }
        assert_eq!(wrap("war and peace", 7), ["war and", "peace"]);
        assert_eq!(wrap("war and peace", 6), ["war", "and", "peace"]);
        assert_eq!(wrap("extraordinary", 5), ["extra", "ordin", "ary"]);
        assert_eq!(wrap("", 5), [""]);
    }
}
