//! Equal mistakes of one file as one: the first in full, and where the others stand. A sheet of 60 rows with the same
//! mistake in each needs no 60 paragraphs. Other forms of output keep each finding.

use std::collections::HashMap;

use super::{Diagnostic, Severity};

/// So few equal mistakes are shown one by one.
const FEWEST: usize = 3;
/// Places that a group names.
const MOST_PLACES: usize = 10;
/// Messages other than the first that a group shows.
const MOST_MESSAGES: usize = 10;

/// A mistake, and what to say of the equal ones.
pub(super) struct Group<'d> {
    pub(super) first: &'d Diagnostic,
    pub(super) others: Vec<String>,
}

/// The groups, in the order of their first mistakes.
pub(super) fn groups(diagnostics: &[Diagnostic]) -> Vec<Group<'_>> {
    let mut order: Vec<Vec<(usize, &Diagnostic)>> = Vec::new();
    let mut known: HashMap<(Option<&str>, &str, Severity, String, String), usize> = HashMap::new();
    for (at, diagnostic) in diagnostics.iter().enumerate() {
        let finding = &diagnostic.finding;
        let words = |text: &str| if is_sheet(diagnostic) { masked(text) } else { text.to_owned() };
        let path = diagnostic.source.path.as_deref();
        let key = (path, finding.code.name(), finding.severity, words(&finding.message), words(&finding.label));
        let index = *known.entry(key).or_insert_with(|| {
            order.push(Vec::new());
            order.len() - 1
        });
        order[index].push((at, diagnostic));
    }
    let mut groups: Vec<(usize, Group<'_>)> = Vec::new();
    for all in order {
        if all.len() < FEWEST {
            groups.extend(all.into_iter().map(|(at, first)| (at, Group { first, others: Vec::new() })));
        } else if let [(at, first), rest @ ..] = &all[..] {
            groups.push((*at, Group { first, others: others(first, rest) }));
        }
    }
    groups.sort_by_key(|(at, _)| *at);
    groups.into_iter().map(|(_, group)| group).collect()
}

fn is_sheet(diagnostic: &Diagnostic) -> bool {
    diagnostic.source.path.as_deref().is_some_and(|path| path.to_ascii_lowercase().ends_with(".csv"))
}

/// Values and numbers do not make another mistake.
fn masked(text: &str) -> String {
    let mut out = String::new();
    for (index, part) in text.split('`').enumerate() {
        match index % 2 {
            0 => out.extend(part.chars().map(|c| if c.is_ascii_digit() { '0' } else { c })),
            _ => out.push('`'),
        }
    }
    out
}

/// `and 59 more rows: 3, 4, 7 …`, and what they say besides.
fn others(first: &Diagnostic, rest: &[(usize, &Diagnostic)]) -> Vec<String> {
    let word = if is_sheet(first) { "row" } else { "line" };
    let line = |one: &Diagnostic| one.source.place(one.finding.span.start).line;
    let mut places: Vec<usize> = rest.iter().map(|(_, one)| line(one)).collect();
    places.dedup();
    let named: Vec<String> = places.iter().take(MOST_PLACES).map(ToString::to_string).collect();
    let more = if places.len() > MOST_PLACES { " …" } else { "" };
    let many = if places.len() == 1 { "" } else { "s" };
    let mut out = vec![format!("and {} more {word}{many}: {}{more}", places.len(), named.join(", "))];
    let mut said = vec![(&first.finding.message, &first.finding.help)];
    for (_, one) in rest {
        let finding = &one.finding;
        if said.contains(&(&finding.message, &finding.help)) {
            continue;
        }
        if said.len() > MOST_MESSAGES {
            out.push(format!("`check --format json` shows what each {word} says"));
            break;
        }
        said.push((&finding.message, &finding.help));
        let help = finding.help.first().map_or(String::new(), |help| format!("; {help}"));
        out.push(format!("{word} {}: {}{help}", line(one), finding.message));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Finding};
    use crate::source::{Source, Span};

    #[test]
    fn equal_mistakes_are_told_once() {
        let text = "a\n".repeat(20);
        let told = |path: &str, messages: &[&str]| {
            let source = Source::file(path, text.clone());
            let all: Vec<Diagnostic> = messages
                .iter()
                .enumerate()
                .map(|(line, message)| {
                    Finding::new(Code::Syntax, Span::new(line * 2..line * 2 + 1), *message).within(&source)
                })
                .collect();
            groups(&all).iter().map(|group| group.others.join("|")).collect::<Vec<_>>()
        };
        assert_eq!(told("x.csv", &["m"; 3]), ["and 2 more rows: 2, 3"]);
        assert_eq!(told("x.csv", &["m"; 13]), ["and 12 more rows: 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 …"]);
        assert_eq!(told("x.toml", &["m"; 3]), ["and 2 more lines: 2, 3"]);
        assert_eq!(told("x.csv", &["`a` m", "`b` m", "`b` m"]), ["and 2 more rows: 2, 3|row 2: `b` m"]);
        assert_eq!(told("x.toml", &["`a` m", "`b` m", "`c` m"]), ["", "", ""]);
        assert_eq!(told("x.csv", &["m", "m"]), ["", ""]);
        assert_eq!(told("x.csv", &["m", "n", "m", "m"]), ["and 2 more rows: 3, 4", ""]);
    }
}
