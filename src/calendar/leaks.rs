//! Withheld values that records repeat where everybody reads them, shown at their place; and no diagnostic repeats them.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Finding};
use crate::privacy::{Leak, Search, public_texts};
use crate::resolve::Judged;
use crate::source::{Source, Span};

/// A search for what the records withhold, those with other mistakes included.
pub(super) fn search(records: &[(u32, Judged)]) -> Search {
    let mut search = Search::default();
    for (_, judged) in records {
        if let Some(event) = &judged.event {
            search.add(event);
        }
        for online in &judged.withheld {
            search.add_online(judged.id.as_deref().unwrap_or("another event"), "", online);
        }
    }
    search
}

/// Takes away the events that show a withheld value to everybody, and says where.
pub(super) fn check(
    records: &mut [(u32, Judged)],
    search: &Search,
    source: impl Fn(usize) -> Arc<Source>,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if search.is_empty() {
        return found;
    }
    for (file, judged) in records {
        let Some(event) = &judged.event else { continue };
        let leaks: Vec<Leak> = public_texts(event).into_iter().flat_map(|text| search.leaks(text)).collect();
        if leaks.is_empty() {
            continue;
        }
        let source = source(*file as usize);
        let ranges = shown(&source, search);
        let mut told: Vec<(String, Span)> = Vec::new();
        for leak in &leaks {
            let of_same = ranges.iter().filter(|other| (&other.event, other.field) == (&leak.event, leak.field));
            let mut places: Vec<Span> = of_same.filter_map(|other| other.range.clone()).map(Span::new).collect();
            if places.is_empty() {
                // It is written in another way, or where the file is not shown.
                places.push(judged.start_span);
            }
            // A link is looked for in parts too, and one place is told of once: as the longest of them.
            places.sort_by_key(|place| std::cmp::Reverse(place.end - place.start));
            let own = format!("{} {}", leak.field, leak.event);
            for place in places {
                let overlaps = |other: &Span| {
                    other.start < place.end.max(place.start + 1) && place.start < other.end.max(other.start + 1)
                };
                if !told.iter().any(|(of, other)| *of == own && overlaps(other)) {
                    found.push(finding(leak, place).within(&source));
                    told.push((own.clone(), place));
                }
            }
        }
        judged.event = None;
    }
    found
}

/// The same in any other file that is published: its name, and its bytes.
pub(crate) fn of_published(name: &str, bytes: &[u8], search: &Search) -> Vec<Diagnostic> {
    if search.prove_file(name, bytes).is_ok() {
        return Vec::new();
    }
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    let source = Source::file(name, text);
    let mut found: Vec<Diagnostic> = search
        .leaks(text)
        .into_iter()
        .map(|leak| finding(&leak, leak.range.clone().map_or(Span::default(), Span::new)).within(&source))
        .collect();
    // In the name of the file, or where no text can be shown.
    let whole = Source::file(name, "");
    let elsewhere = if found.is_empty() { search.prove(bytes).err() } else { None };
    for leak in search.leaks(name).into_iter().take(1).chain(elsewhere) {
        let mut finding = finding(&leak, Span::default());
        finding.label.clear();
        found.push(finding.within(&whole));
    }
    strike(&mut found, search);
    found
}

/// The same in a file that is not a record.
pub(super) fn of_file(source: &Arc<Source>, search: &Search) -> Vec<Diagnostic> {
    shown(source, search)
        .into_iter()
        .map(|leak| finding(&leak, leak.range.clone().map_or(Span::default(), Span::new)).within(source))
        .collect()
}

fn finding(leak: &Leak, place: Span) -> Finding {
    let Leak { event, field, range: _ } = leak;
    let message = format!("the {} of `{event}` is private, and this text is public", field.replace('-', " "));
    Finding::new(Code::WithheldInPublic, place, message)
        .label(format!("`online.{field}` again"))
        .help("delete it here, or let everybody see it by `share = \"public\"`")
}

/// What of the search the shown part of a source holds.
fn shown(source: &Source, search: &Search) -> Vec<Leak> {
    let is_shown = |range: &Option<Range<usize>>| range.clone().is_none_or(|range| !source.hides(Span::new(range)));
    search.leaks(&source.text).into_iter().filter(|leak| is_shown(&leak.range)).collect()
}

/// Strikes withheld values out of all that diagnostics say and quote.
pub(super) fn strike(diagnostics: &mut [Diagnostic], search: &Search) {
    if search.is_empty() {
        return;
    }
    let mut done: Vec<(Arc<Source>, Arc<Source>)> = Vec::new();
    let mut struck = |source: &mut Arc<Source>| {
        if let Some((_, new)) = done.iter().rev().find(|(old, _)| Arc::ptr_eq(old, source)) {
            *source = Arc::clone(new);
            return;
        }
        let ranges: Vec<_> = search.leaks(&source.text).into_iter().filter_map(|leak| leak.range).collect();
        let name = source.path.as_deref().map(|path| search.struck(path));
        let new = match name {
            Some(name) if source.path.as_ref() != Some(&name) => Source::file(name, &*source.text).with_hidden(ranges),
            _ if ranges.is_empty() => Arc::clone(source),
            _ => source.with_hidden(ranges),
        };
        done.push((Arc::clone(source), Arc::clone(&new)));
        *source = new;
    };
    for Diagnostic { source, finding } in diagnostics {
        struck(source);
        let Finding { code: _, severity: _, message, span: _, label, labels, help, fix: _ } = finding;
        let texts = labels.iter_mut().map(|one| {
            if let Some(other) = &mut one.source {
                struck(other);
            }
            &mut one.text
        });
        for text in [message, label].into_iter().chain(texts).chain(help) {
            if !search.leaks(text).is_empty() {
                crate::diagnostic::strike(text);
            }
        }
    }
}
