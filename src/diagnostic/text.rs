//! Diagnostics for people: the lines at fault with carets under them, and what to write instead.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::escape::Shown;
use super::{Code, Diagnostic, Severity};
use crate::source::{Quote, Source, Span};

/// Longer excerpts are cut down to the words at fault: a line may hold a title of a megabyte.
const LONGEST: usize = 2_000;

/// All diagnostics, one paragraph each. `width` is the width of the terminal in columns.
pub fn render(diagnostics: &[Diagnostic], color: bool, width: usize) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() }.term_width(width);
    let mut out = String::new();
    for one in super::group::groups(diagnostics) {
        out.push_str(&renderer.render(&[group(one.first, &one.others)]));
        out.push_str("\n\n");
    }
    out
}

fn group<'d>(diagnostic: &'d Diagnostic, others: &'d [String]) -> Group<'d> {
    let finding = &diagnostic.finding;
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = super::visible(finding.message.chars());
    let mut group = Group::with_title(level.primary_title(title).id(finding.code.name()));

    let source = &diagnostic.source;
    if source.text.is_empty() && finding.labels.is_empty() && finding.label.is_empty() {
        // The file as a whole: it cannot be read, or is too large to be shown.
        group = group.element(Origin::path(name(source)));
        return finding
            .help
            .iter()
            .fold(group, |group, help| group.element(Level::HELP.message(super::visible(help.chars()))));
    }
    let here = finding.labels.iter().filter(|label| label.source.is_none());
    let all = here.clone().fold(finding.span, |all, label| Span {
        start: all.start.min(label.span.start),
        end: all.end.max(label.span.end),
    });
    // Places far apart have an excerpt each.
    let is_near = source.lines_around(all).len() <= LONGEST;
    let excerpt = Excerpt::new(source, if is_near { all } else { finding.span });
    let mut snippet = excerpt.snippet(source).annotation(
        AnnotationKind::Primary.span(excerpt.within(finding.span)).label(super::visible(finding.label.chars())),
    );
    for label in here.filter(|_| is_near) {
        let text = super::visible(label.text.chars());
        snippet = snippet.annotation(AnnotationKind::Context.span(excerpt.within(label.span)).label(text));
    }
    group = group.element(snippet);
    for label in &finding.labels {
        let apart = label.source.as_ref().or((!is_near).then_some(source));
        if let Some(source) = apart {
            let excerpt = Excerpt::new(source, label.span);
            let text = super::visible(label.text.chars());
            let annotation = AnnotationKind::Context.span(excerpt.within(label.span)).label(text);
            group = group.element(excerpt.snippet(source).annotation(annotation));
        }
    }
    for help in &finding.help {
        group = group.element(Level::HELP.message(super::visible(help.chars())));
    }
    if let Code::Feed(code) = finding.code {
        let clients = code.client_list();
        let breaks =
            if clients.is_empty() { code.breaks().to_owned() } else { format!("{clients}: {}", code.breaks()) };
        group = group.element(Level::NOTE.message(breaks));
        for link in code.links() {
            group = group.element(Level::NOTE.message(format!("see {link}")));
        }
    }
    for others in others {
        group = group.element(Level::NOTE.message(super::visible(others.chars())));
    }
    group
}

/// What a source is called. The names of files come from strangers too.
fn name(source: &Source) -> String {
    super::visible(source.path.as_deref().unwrap_or("the argument").chars())
}

/// The lines of a source that a snippet shows.
struct Excerpt {
    quote: Quote,
    shown: Shown,
    line: usize,
}

impl Excerpt {
    fn new(source: &Source, span: Span) -> Self {
        let mut range = source.lines_around(span);
        // The end of a line is no part of it.
        if source.text[range.clone()].ends_with('\r') && range.end > span.range().end {
            range.end -= 1;
        }
        if range.len() > LONGEST {
            range = clipped(&source.text, span.range());
        }
        let line = source.place(range.start as u32).line;
        let quote = source.quote(range);
        let shown = Shown::of(&quote.text);
        Excerpt { quote, shown, line }
    }

    fn snippet<'s>(&self, source: &Source) -> Snippet<'s, annotate_snippets::Annotation<'s>> {
        Snippet::source(self.shown.text.clone()).line_start(self.line).path(name(source))
    }

    /// A span of the source as one of the excerpt.
    fn within(&self, span: Span) -> Range<usize> {
        let range = self.quote.within(span);
        self.shown.place(range.start)..self.shown.place(range.end)
    }
}

/// A little before the words at fault, and a little of them.
fn clipped(text: &str, span: Range<usize>) -> Range<usize> {
    let boundary = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = boundary(span.start.saturating_sub(60));
    let start = text[start..boundary(span.start)].rfind('\n').map_or(start, |newline| start + newline + 1);
    let end = boundary(span.end.min(span.start + 200));
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Finding;

    #[test]
    fn a_quoted_line_drives_no_terminal_and_carets_stand_under_the_words_at_fault() {
        let text = "title = \"\u{9b}2J\u{2028}\u{feff}x\" # y\n";
        let source = Source::file("events/a.toml", text);
        let place = text.find('x').expect("it is there");
        let out = render(&[Finding::new(Code::Syntax, Span::new(place..place + 1), "m").within(&source)], false, 200);
        let lines: Vec<&str> = out.lines().collect();
        let at = lines.iter().position(|line| line.starts_with("1 |")).expect("the line");
        assert!(lines[at].contains("title = \"\u{fffd}2J\u{fffd}\u{fffd}x\" # y"), "{out}");
        let column = |line: &str, mark| line.chars().position(|c| c == mark);
        assert_eq!(column(lines[at], 'x'), column(lines[at + 1], '^'), "{out}");
        assert!(out.contains("a.toml:1:15"), "{out}");
        assert!(!out.contains(|c| super::super::is_escaped(c) && c != '\n'));
    }

    #[test]
    fn places_far_apart_have_an_excerpt_each() {
        let text = format!("first\n{}last\n", "a line between\n".repeat(1_000));
        let source = Source::file("events/a.toml", text.clone());
        let last = text.find("last").expect("it is there");
        let finding = Finding::new(Code::DuplicateId, Span::new(last..last + 4), "m").label("here");
        let out = render(&[finding.also(Span::new(0..5), "the other one").within(&source)], false, 100);
        assert!(out.contains("a.toml:1002:1") && out.contains("1002 | last"), "{out}");
        assert!(out.contains("1 | first") && out.contains("the other one"), "{out}");
    }

    #[test]
    fn the_name_of_a_file_drives_no_terminal() {
        for text in ["title = 1", ""] {
            let source = Source::file("events/a\u{1b}[2J\nb.toml", text);
            let out = render(&[Finding::new(Code::Syntax, Span::default(), "x").within(&source)], false, 80);
            assert!(out.contains("--> events/a\\u{1b}[2J\\u{a}b.toml"), "{out}");
        }
    }
}
