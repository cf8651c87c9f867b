//! Rules over all events: ids and UIDs are unique, parents exist, nothing is part of itself.

use std::collections::HashMap;

use crate::diagnostic::{Code, Finding, Label};
use crate::event::Event;
use crate::source::{Source, Span};
use std::sync::Arc;

/// What the rules look at of one record.
#[derive(Debug)]
pub struct Entry<'e> {
    /// The event, where the record has no error.
    pub event: Option<&'e Event>,
    /// Its id, also where the record has errors.
    pub id: Option<&'e str>,
    /// Which file, by number.
    pub file: usize,
    /// Where the id stands, or would.
    pub id_span: Span,
    /// Where the UID stands, if it does.
    pub uid_span: Option<Span>,
    /// Where the parent's id stands, if it does.
    pub parent_span: Option<Span>,
}

/// The mistakes, each with the number of its entry. `source` gives the text of a file, which is read again for this.
pub fn check(entries: &[Entry<'_>], source: impl Fn(usize) -> Arc<Source>) -> Vec<(usize, Finding)> {
    let mut found = Vec::new();
    let mut ids: HashMap<&str, usize> = HashMap::with_capacity(entries.len());
    let mut uids: HashMap<&str, usize> = HashMap::with_capacity(entries.len());
    let second_place = |first: &Entry<'_>, second: &Entry<'_>, span: Span, text: &str| Label {
        source: (first.file != second.file).then(|| source(first.file)),
        span,
        text: text.to_owned(),
    };
    for (index, entry) in entries.iter().enumerate() {
        let Some(id) = entry.id else { continue };
        if let Some(first) = ids.get(id) {
            let first = &entries[*first];
            let mut finding =
                Finding::new(Code::DuplicateId, entry.id_span, format!("another event has the id `{id}`"))
                    .label("expected an id of its own")
                    .help("give one of the two another `id`");
            finding.labels.push(second_place(first, entry, first.id_span, "the other one"));
            found.push((index, finding));
            continue;
        }
        ids.insert(id, index);
        let Some(event) = entry.event else { continue };
        if let Some(first) = uids.insert(&event.uid, index) {
            let first = &entries[first];
            let span = |entry: &Entry<'_>| entry.uid_span.unwrap_or(entry.id_span);
            let message = format!("another event has the UID `{}`", crate::diagnostic::shorten(&event.uid));
            let mut finding = Finding::new(Code::DuplicateUid, span(entry), message)
                .label("expected a UID of its own")
                .help("delete the `uid` of the one that was not imported");
            finding.labels.push(second_place(first, entry, span(first), "the other one"));
            found.push((index, finding));
        }
    }
    parents(entries, &ids, &mut found);
    found
}

fn parents(entries: &[Entry<'_>], ids: &HashMap<&str, usize>, found: &mut Vec<(usize, Finding)>) {
    let parent_of = |index: usize| {
        let event: &Event = entries[index].event?;
        ids.get(&**event.part_of.as_ref()?).copied()
    };
    for (index, entry) in entries.iter().enumerate() {
        let Some((event, parent, span)) =
            entry.event.and_then(|event| Some((event, event.part_of.as_deref()?, entry.parent_span?)))
        else {
            continue;
        };
        if !ids.contains_key(parent) {
            let finding = Finding::new(
                Code::UnknownParent,
                span,
                format!("no event has the id `{}`", crate::diagnostic::shorten(parent)),
            )
            .label("expected the id of another event");
            let mut all: Vec<&str> = ids.keys().copied().collect();
            all.sort_unstable();
            let finding = match crate::record::suggest::nearest(parent, all) {
                Some(near) => finding.help(format!("did you mean `{near}`?")).fix(span, format!("\"{near}\"")),
                None => finding.help("write the id of an event of this calendar, or delete the line"),
            };
            found.push((index, finding));
            continue;
        }
        // Each step goes to another event, so a way longer than there are events has come round.
        let mut chain = vec![&*event.id];
        let mut at = index;
        while let Some(next) = parent_of(at) {
            if next == index {
                let message = if chain.len() == 1 {
                    "the event is part of itself".to_owned()
                } else {
                    format!("the event is part of itself, through `{}`", chain[1..].join("`, `"))
                };
                found.push((
                    index,
                    Finding::new(Code::ParentCycle, span, message)
                        .label("expected an event that is not part of this one")
                        .help("delete `part-of` in one of them"),
                ));
                break;
            }
            let Some(name) = entries[next].id else { break };
            if chain.contains(&name) {
                break;
            }
            chain.push(name);
            at = next;
        }
    }
}
