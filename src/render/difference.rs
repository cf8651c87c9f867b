//! Which lines of a text change: a unified difference, with two lines around each change.

use anstyle::{AnsiColor, Style};

use super::terminal::{QUIET, STRONG, paint};
use crate::diagnostic::visible;
use crate::source::Source;

/// Lines shown around a change.
const AROUND: usize = 2;

/// The largest product of both numbers of differing lines for which the smallest difference is computed. Above it, the whole
/// differing middle is shown as one change.
const MOST: usize = 4_000_000;

const GONE: Style = AnsiColor::Red.on_default();
const COME: Style = AnsiColor::Green.on_default();

/// One line of a difference.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Line<'t> {
    Same(&'t str),
    Gone(&'t str),
    Come(&'t str),
}

/// The difference between two texts of the file `name`; empty if they are equal. Spans that diagnostics redact are redacted
/// here too, because terminals are shared and logged.
pub fn write(name: &str, old: &str, new: &str, color: bool) -> String {
    let shown = |text: &str| Source::file(name, text).quote(0..text.len()).text;
    let (old, new) = (shown(old), shown(new));
    let lines = lines(&old, &new);
    if lines.iter().all(|line| matches!(line, Line::Same(_))) {
        return String::new();
    }
    let name = visible(name.chars());
    let mut out = String::new();
    out.push_str(&format!("{}\n", paint(&format!("--- {name}"), STRONG, color)));
    out.push_str(&format!("{}\n", paint(&format!("+++ {name}"), STRONG, color)));
    let changes: Vec<usize> = (0..lines.len()).filter(|at| !matches!(lines[*at], Line::Same(_))).collect();
    let mut rest = &changes[..];
    // Numbers of the next lines of the old and of the new text, and how many lines were walked over.
    let (mut old_line, mut new_line, mut walked) = (1, 1, 0);
    while let Some(first) = rest.first() {
        let together = rest.windows(2).take_while(|pair| pair[1] - pair[0] <= 2 * AROUND + 1).count();
        let (start, end) = (first.saturating_sub(AROUND), (rest[together] + AROUND + 1).min(lines.len()));
        rest = &rest[together + 1..];
        old_line += count(&lines[walked..start], is_old);
        new_line += count(&lines[walked..start], is_new);
        let (old_count, new_count) = (count(&lines[start..end], is_old), count(&lines[start..end], is_new));
        let place = format!("@@ -{} +{} @@", stretch(old_line, old_count), stretch(new_line, new_count));
        out.push_str(&format!("{}\n", paint(&place, QUIET, color)));
        for line in &lines[start..end] {
            let (sign, text, style) = match line {
                Line::Same(text) => (' ', text, Style::new()),
                Line::Gone(text) => ('-', text, GONE),
                Line::Come(text) => ('+', text, COME),
            };
            // The end of a line is not its text, and a tab drives nothing.
            let text = text.trim_end_matches(['\r', '\n']);
            let shown: Vec<String> = text.split('\t').map(|part| visible(part.chars())).collect();
            out.push_str(&format!("{}\n", paint(&format!("{sign}{}", shown.join("\t")), style, color)));
        }
        old_line += old_count;
        new_line += new_count;
        walked = end;
    }
    out
}

fn stretch(line: usize, count: usize) -> String {
    match count {
        0 => format!("{},0", line - 1),
        1 => line.to_string(),
        count => format!("{line},{count}"),
    }
}

fn is_old(line: &Line<'_>) -> bool {
    !matches!(line, Line::Come(_))
}

fn is_new(line: &Line<'_>) -> bool {
    !matches!(line, Line::Gone(_))
}

fn count(lines: &[Line<'_>], takes: impl Fn(&Line<'_>) -> bool) -> usize {
    lines.iter().filter(|line| takes(line)).count()
}

fn lines<'t>(old: &'t str, new: &'t str) -> Vec<Line<'t>> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let before = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (&old[before..], &new[before..]);
    let behind = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let middle = (&old_rest[..old_rest.len() - behind], &new_rest[..new_rest.len() - behind]);
    let mut lines: Vec<Line<'_>> = old[..before].iter().map(|line| Line::Same(line)).collect();
    match middle {
        (gone, come) if gone.len().saturating_mul(come.len()) > MOST => {
            lines.extend(gone.iter().map(|line| Line::Gone(line)));
            lines.extend(come.iter().map(|line| Line::Come(line)));
        }
        (gone, come) => smallest(gone, come, &mut lines),
    }
    lines.extend(old[old.len() - behind..].iter().map(|line| Line::Same(line)));
    lines
}

/// The difference that keeps the most lines.
fn smallest<'t>(old: &[&'t str], new: &[&'t str], lines: &mut Vec<Line<'t>>) {
    let width = new.len() + 1;
    // How many lines the rests from each pair of places on have in common, at most.
    let mut kept = vec![0_u32; (old.len() + 1) * width];
    for at in (0..old.len()).rev() {
        for to in (0..new.len()).rev() {
            kept[at * width + to] = if old[at] == new[to] {
                kept[(at + 1) * width + to + 1] + 1
            } else {
                kept[(at + 1) * width + to].max(kept[at * width + to + 1])
            };
        }
    }
    let (mut at, mut to) = (0, 0);
    while at < old.len() || to < new.len() {
        if at < old.len() && to < new.len() && old[at] == new[to] {
            lines.push(Line::Same(old[at]));
            (at, to) = (at + 1, to + 1);
        } else if at < old.len() && (to == new.len() || kept[(at + 1) * width + to] >= kept[at * width + to + 1]) {
            lines.push(Line::Gone(old[at]));
            at += 1;
        } else {
            lines.push(Line::Come(new[to]));
            to += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_stand_with_the_lines_around_them() {
        let old = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n";
        let new = "a\nb\nC\nd\ne\nf\ng\nh\ni\nj\nk";
        assert_eq!(
            write("x.toml", old, new, false),
            "--- x.toml\n+++ x.toml\n@@ -1,5 +1,5 @@\n a\n b\n-c\n+C\n d\n e\n@@ -9,2 +9,3 @@\n i\n j\n+k\n"
        );
        assert_eq!(write("x.toml", old, old, false), "");
        assert_eq!(write("x", "", "\u{202E}a\u{1b}\n", false), "--- x\n+++ x\n@@ -0,0 +1 @@\n+\\u{202e}a\\u{1b}\n");
    }
}
