//! Rules over all events: ids and UIDs are unique, parents exist, nothing is part of itself.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

use crate::diagnostic::{Code, Finding, Label};
use crate::event::{Event, Status, When, uid};
use crate::recurrence::outlook;
use crate::source::{Source, Span};
use crate::text::fold;

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
    /// Where the start stands, or would.
    pub start_span: Span,
    /// Where the UID stands, if it does.
    pub uid_span: Option<Span>,
    /// Where the parent's id stands, if it does.
    pub parent_span: Option<Span>,
}

/// The mistakes, each with the number of its entry. `source` gives the text of a file, which is read again for this.
pub fn check(entries: &[Entry<'_>], source: impl Fn(usize) -> Arc<Source>) -> Vec<(usize, Finding)> {
    let mut found = Vec::new();
    let mut ids: HashMap<&str, usize> = HashMap::with_capacity(entries.len());
    // A UID made from an id is as unique as the id, so only UIDs that records bring along need a look.
    let has_strands = |entry: &Entry<'_>| entry.event.is_some_and(|event| !event.further().is_empty());
    let bring_uids = entries.iter().any(|entry| entry.uid_span.is_some() || has_strands(entry));
    let mut uids: HashMap<&str, usize> = HashMap::new();
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
        let Some(event) = entry.event.filter(|_| bring_uids) else { continue };
        // Strands have UIDs of their own, which look like those of other ids.
        let taken = event.strands().filter_map(|strand| Some((&*strand.uid, uids.insert(&strand.uid, index)?))).last();
        if let Some((uid, first)) = taken {
            let first = &entries[first];
            let span = |entry: &Entry<'_>| entry.uid_span.unwrap_or(entry.id_span);
            let message = format!("another event has the UID `{}`", crate::diagnostic::shorten(uid));
            let mut finding = Finding::new(Code::DuplicateUid, span(entry), message)
                .label("expected a UID of its own")
                .help(if entry.uid_span.is_some() || first.uid_span.is_some() {
                    "delete the `uid` of the one that was not imported"
                } else {
                    "give one of the two another `id`"
                });
            finding.labels.push(second_place(first, entry, span(first), "the other one"));
            found.push((index, finding));
        }
    }
    dates(entries, &mut found, second_place);
    parents(entries, &ids, &mut found);
    found
}

/// What a UID may name that a series has in feeds.
enum Named {
    Date(NaiveDate, Option<NaiveTime>),
    Part(String),
}

impl Named {
    /// The UIDs of the series of which `uid` may name a date or a part.
    fn read(uid: &str) -> Vec<(String, Named)> {
        match uid::of_date(uid) {
            Some((series, day, time)) => vec![(series, Named::Date(day, time))],
            None => uid::of_part(uid).into_iter().map(|(series, name)| (series, Named::Part(name))).collect(),
        }
    }

    /// What it is, in words, if `series` has it.
    fn of(&self, series: &Event) -> Option<String> {
        match self {
            Named::Date(day, time) => {
                let planned = uid::occurrence(series, *day, *time)?;
                // Without an hour, the UID is that of the date at the usual hour only.
                (time.is_some() || uid::lacks_hour(series, planned)).then_some(())?;
                Some(format!("date {day}"))
            }
            Named::Part(name) => {
                let rule = series.repeat.as_deref()?.rule.as_ref()?;
                let parts = outlook::parts(rule, series.when.wall(), series.when.elapsed())?;
                parts.iter().any(|part| part.name == *name).then(|| format!("part {name}"))
            }
        }
    }
}

/// UIDs that a series gives to one of its dates or parts, too.
fn dates(
    entries: &[Entry<'_>],
    found: &mut Vec<(usize, Finding)>,
    second_place: impl Fn(&Entry<'_>, &Entry<'_>, Span, &str) -> Label,
) {
    // Few UIDs look like that of a date or a part.
    let named: Vec<_> = entries
        .iter()
        .enumerate()
        .filter_map(|(index, entry)| Some((index, entry.event?)))
        .flat_map(|(index, event)| Named::read(&event.uid).into_iter().map(move |(uid, named)| (index, uid, named)))
        .collect();
    if named.is_empty() {
        return;
    }
    let series = entries.iter().enumerate().flat_map(|(index, entry)| {
        let strands = entry.event.into_iter().flat_map(Event::strands).filter(|event| event.repeat.is_some());
        strands.map(move |event| (&*event.uid, (index, event)))
    });
    let series: HashMap<&str, (usize, &Event)> = series.collect();
    for (index, uid, named) in named {
        let Some((other, event)) = series.get(&*uid).filter(|(other, _)| *other != index) else { continue };
        let Some(what_of) = named.of(event) else { continue };
        let (entry, series) = (&entries[index], &entries[*other]);
        let own = entry.event.map_or("", |event| &event.uid);
        let message = format!("`{}` has the UID `{}` for its {what_of}", event.id, crate::diagnostic::shorten(own));
        let what = if entry.uid_span.is_some() { "uid" } else { "id" };
        let same = if matches!(named, Named::Date(..)) { "that date" } else { "that part" };
        let mut finding = Finding::new(Code::DuplicateUid, entry.uid_span.unwrap_or(entry.id_span), message)
            .label("expected a UID of its own")
            .help(format!("give this event another `{what}`, or delete it if it is the same as {same}"));
        finding.labels.push(second_place(series, entry, series.start_span, "the series"));
        found.push((index, finding));
    }
}

/// Days ahead for which series are held against each other.
const AHEAD: i64 = 400;

/// Pairs of series at one place that are held against each other.
const PAIRS: usize = 500;

/// Repeating events that meet at the same place at the same time, from `now` on. `source` and the numbers are as in
/// [`check`].
pub fn double_booked(
    entries: &[Entry<'_>],
    now: DateTime<Utc>,
    source: impl Fn(usize) -> Arc<Source>,
) -> Vec<(usize, Finding)> {
    let mut places: BTreeMap<String, Vec<(usize, &Event)>> = BTreeMap::new();
    for (index, entry) in entries.iter().enumerate() {
        let series = entry.event.into_iter().flat_map(Event::strands);
        for event in series.filter(|event| event.repeat.is_some() && event.status != Status::Cancelled) {
            if let Some(place) =
                event.location.as_deref().filter(|place| place.name.is_some() || place.address.is_some())
            {
                places.entry(fold(&place.one_line())).or_default().push((index, event));
            }
        }
    }
    let mut found = Vec::new();
    // Two series with several strands each meet once.
    let mut told: Vec<(usize, usize)> = Vec::new();
    for series in places.values().filter(|series| series.len() > 1) {
        let spans: Vec<_> = series.iter().map(|(_, event)| spans(event, now)).collect();
        let pairs = (1..series.len()).flat_map(|second| (0..second).map(move |first| (first, second)));
        for (first, second) in pairs.take(PAIRS) {
            // Strands of one series are its own affair.
            if series[first].0 == series[second].0 {
                continue;
            }
            let Some(meeting) = meeting(&spans[first], &spans[second]) else { continue };
            let pair = (series[first].0, series[second].0);
            if told.contains(&pair) {
                continue;
            }
            told.push(pair);
            let (one, other) = (&entries[series[first].0], &entries[series[second].0]);
            let message = format!(
                "two series are at the same place at the same time, on {} for one",
                super::point::long_date(meeting.date_naive())
            );
            let mut finding = Finding::new(Code::DoubleBooked, other.start_span, message)
                .label("one of them is here")
                .help("give one of the two another time or place");
            finding.labels.push(Label {
                source: (one.file != other.file).then(|| source(one.file)),
                span: one.start_span,
                text: "and the other here".to_owned(),
            });
            found.push((series[second].0, finding));
        }
    }
    found
}

/// When the occurrences of a zoned series are, for some time from `now` on.
fn spans(event: &Event, now: DateTime<Utc>) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
    let Some(repeat) = event.repeat.as_deref() else { return Vec::new() };
    let from = now.naive_utc() - TimeDelta::days(1);
    let planned = repeat.planned(&event.when, from, from + TimeDelta::days(AHEAD));
    let whens = planned.filter_map(|planned| match repeat.change(planned) {
        Some(change) => Some(change.event.when),
        None => repeat.when(event, planned),
    });
    let mut spans: Vec<_> = whens
        .filter_map(|when| match when {
            When::Zoned { start, end, .. } => Some((start, end)),
            When::AllDay(_) | When::Fixed { .. } | When::Floating { .. } => None,
        })
        .collect();
    spans.sort_unstable();
    spans
}

/// When two lists of stretches of time first overlap; both are sorted.
fn meeting(one: &[(DateTime<Utc>, DateTime<Utc>)], other: &[(DateTime<Utc>, DateTime<Utc>)]) -> Option<DateTime<Utc>> {
    let (mut first, mut second) = (0, 0);
    while let (Some(a), Some(b)) = (one.get(first), other.get(second)) {
        if a.0 < b.1 && b.0 < a.1 {
            return Some(a.0.max(b.0));
        }
        if a.1 <= b.1 { first += 1 } else { second += 1 }
    }
    None
}

fn parents(entries: &[Entry<'_>], ids: &HashMap<&str, usize>, found: &mut Vec<(usize, Finding)>) {
    let part_of = |index: usize| entries[index].event.and_then(|event: &Event| event.part_of.as_deref());
    let mut strangers = Vec::new();
    let mut parent_of = vec![None; entries.len()];
    for (index, entry) in entries.iter().enumerate() {
        let (Some(parent), Some(span)) = (part_of(index), entry.parent_span) else { continue };
        parent_of[index] = ids.get(parent).copied();
        if parent_of[index].is_none() {
            strangers.push((index, parent, span));
        }
    }
    unknown(&strangers, ids, found);
    for (index, depth) in depths(&parent_of).into_iter().enumerate().filter(|(_, depth)| *depth > MOST_ABOVE) {
        let span = entries[index].parent_span.unwrap_or(entries[index].id_span);
        found.push((
            index,
            Finding::new(Code::ParentTooDeep, span, format!("{depth} events stand above this one, over {MOST_ABOVE}"))
                .label("part of an event that is part of another one, and so on")
                .help("name an event further up as `part-of`"),
        ));
    }
    for (index, others, count) in cycles(&parent_of) {
        let names: Vec<&str> = others.iter().filter_map(|other| entries[*other].id).collect();
        let more = count - names.len();
        let message = match (&names[..], more) {
            ([], _) => "the event is part of itself".to_owned(),
            (names, 0) => format!("the event is part of itself, through `{}`", names.join("`, `")),
            (names, more) => format!("the event is part of itself, through `{}` and {more} more", names.join("`, `")),
        };
        let span = entries[index].parent_span.unwrap_or(entries[index].id_span);
        found.push((
            index,
            Finding::new(Code::ParentCycle, span, message)
                .label("expected an event that is not part of this one")
                .help("delete `part-of` in one of them"),
        ));
    }
}

/// Events that may stand above one another: each `part-of` the one above.
pub const MOST_ABOVE: usize = 32;

/// How many events stand above each; none above those in a circle, which is reported, or below one.
fn depths(parent_of: &[Option<usize>]) -> Vec<usize> {
    let mut depths: Vec<Option<usize>> = parent_of.iter().map(|parent| parent.is_none().then_some(0)).collect();
    let mut walked = Vec::new();
    for start in 0..parent_of.len() {
        let mut at = start;
        while depths[at].is_none() {
            // Zero until the walk comes back from above, so that it ends in a circle, too.
            depths[at] = Some(0);
            walked.push(at);
            at = parent_of[at].unwrap_or(at);
        }
        let is_circle = walked.contains(&at);
        let above = depths[at].unwrap_or_default();
        for (steps, index) in walked.drain(..).rev().enumerate() {
            depths[index] = Some(if is_circle { 0 } else { above + steps + 1 });
        }
    }
    depths.into_iter().map(Option::unwrap_or_default).collect()
}

/// Names of a circle that a message gives.
const MOST_NAMES: usize = 5;

/// Parents that do not exist. Looking for a near one costs a comparison with every id, so that only the first are
/// looked for: where there are more, a name changed in all of them.
fn unknown(strangers: &[(usize, &str, Span)], ids: &HashMap<&str, usize>, found: &mut Vec<(usize, Finding)>) {
    let mut all: Vec<&str> = if strangers.is_empty() { Vec::new() } else { ids.keys().copied().collect() };
    all.sort_unstable();
    for (number, (index, parent, span)) in strangers.iter().enumerate() {
        let message = format!("no event has the id `{}`", crate::diagnostic::shorten(parent));
        let finding = Finding::new(Code::UnknownParent, *span, message).label("expected the id of another event");
        let near = (number < 20).then(|| crate::record::suggest::nearest(parent, all.iter().copied())).flatten();
        let finding = match near {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.help("write the id of an event of this calendar, or delete the line"),
        };
        found.push((*index, finding));
    }
}

/// The entries that are part of themselves, each with the first of those between and the count of all. Each entry is
/// walked over twice, however long a circle is.
fn cycles(parent_of: &[Option<usize>]) -> Vec<(usize, Vec<usize>, usize)> {
    const UNSEEN: usize = usize::MAX;
    let mut seen_from = vec![UNSEEN; parent_of.len()];
    let mut found = Vec::new();
    for start in 0..parent_of.len() {
        let mut at = start;
        while seen_from[at] == UNSEEN {
            seen_from[at] = start;
            let Some(parent) = parent_of[at] else { break };
            at = parent;
        }
        // Back at an entry of this same walk, which goes on: that entry is in a circle.
        if seen_from[at] != start || parent_of[at].is_none() {
            continue;
        }
        let mut circle = vec![at];
        let mut next = parent_of[at];
        while let Some(other) = next.filter(|other| *other != at) {
            circle.push(other);
            next = parent_of[other];
        }
        for (place, index) in circle.iter().enumerate() {
            let others = circle[place + 1..].iter().chain(&circle[..place]);
            found.push((*index, others.copied().take(MOST_NAMES).collect(), circle.len() - 1));
        }
    }
    found
}
