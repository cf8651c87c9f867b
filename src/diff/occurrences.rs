//! The changes of one UID: occurrences are matched, compared, and equal changes of several dates put together.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use super::published::{Occurrence, Planned, Series, Vevent};
use super::{Change, Detail, Extent, Kind, Pair, horizon};
use crate::event::{Status, When};
use crate::language::Language;
use crate::recurrence::in_words;
use crate::view::words;

/// An occurrence that goes to a day this near is the same one.
const NEAR: TimeDelta = TimeDelta::days(3);
/// Lines of a text that are shown on each side.
const MOST_LINES: usize = 5;

/// Two events, and what differs besides the time.
type Compared<'s> = (&'s Vevent, &'s Vevent, Vec<(Kind, Detail)>);

/// Appends the changes between two series of a UID.
pub(super) fn compare(before: &Series, after: &Series, now: DateTime<Utc>, changes: &mut Vec<Change>) {
    let horizon = horizon(&before.first.when, now).max(horizon(&after.first.when, now));
    let (old, new) = (before.occurrences(horizon), after.occurrences(horizon));
    let matched = matched(&old, &new, before.repeats() || after.repeats());
    let mut groups = Groups::default();
    let mut known: Option<Compared<'_>> = None;
    for (was, is) in &matched {
        match (was.map(|at| &old[at]), is.map(|at| &new[at])) {
            (Some(was), Some(is)) => {
                let pair = Pair { old: Some(was.when), new: Some(is.when) };
                let is_known =
                    known.as_ref().is_some_and(|(a, b, _)| std::ptr::eq(*a, was.event) && std::ptr::eq(*b, is.event));
                if !is_known {
                    known = Some((was.event, is.event, differences(was.event, is.event)));
                }
                if was.event.status != Status::Cancelled || is.event.status != Status::Cancelled {
                    let is_off = is.event.status == Status::Cancelled;
                    if let Some(kind) = time(&was.when, &is.when).filter(|_| !is_off) {
                        groups.add(kind, Detail::None, pair);
                    }
                }
                for (kind, detail) in known.iter().flat_map(|(_, _, found)| found) {
                    if let Some(detail) = without_remark(detail, &was.when) {
                        groups.add(*kind, detail, pair);
                    }
                }
            }
            (Some(was), None) if was.event.status != Status::Cancelled => {
                groups.add(Kind::Removed, Detail::None, Pair { old: Some(was.when), new: None });
            }
            (None, Some(is)) => groups.add(added(is), Detail::None, Pair { old: None, new: Some(is.when) }),
            (Some(_) | None, None) => {}
        }
    }
    let count = matched.iter().filter(|(was, is)| was.is_some() && is.is_some()).count();
    let last = |when: Option<&Occurrence<'_>>| when.map(|one| one.when);
    let (last_old, last_new) = (last(old.last()), last(new.last()));
    let has_dates = groups.all.iter().any(|group| matches!(group.kind, Kind::Removed | Kind::Added));
    let repeats = before.repeats() || after.repeats();
    for Group { kind, detail, pairs } in groups.all {
        let is_last = pairs.last().is_some_and(|pair| match pair.new {
            Some(_) => pair.new == last_new && after.is_endless(),
            None => pair.old == last_old && before.is_endless(),
        });
        changes.push(Change {
            kind,
            uid: after.uid.clone(),
            // A cancelled event has a prefix in its new title.
            title: if kind == Kind::Cancelled { before.first.title.clone() } else { after.first.title.clone() },
            series: repeats.then(|| Extent {
                is_whole: pairs.len() == count && pairs.iter().all(|pair| pair.old.is_some() && pair.new.is_some()),
                is_endless: is_last,
            }),
            occurrences: pairs,
            detail,
        });
    }
    let ends = before.is_endless() != after.is_endless() && !has_dates;
    if ends || before.unread_rules != after.unread_rules {
        let pair = Pair { old: Some(before.first.when), new: Some(after.first.when) };
        changes.push(Change {
            kind: Kind::Repeat,
            uid: after.uid.clone(),
            title: after.first.title.clone(),
            occurrences: vec![pair],
            series: Some(Extent { is_whole: true, is_endless: after.is_endless() }),
            detail: Detail::Words { from: rule(before), to: rule(after) },
        });
    }
}

fn added(one: &Occurrence<'_>) -> Kind {
    if one.event.status == Status::Cancelled { Kind::Cancelled } else { Kind::Added }
}

fn rule(series: &Series) -> String {
    let first = series.first.when.first_day();
    let mut words: Vec<String> = series.rules.iter().map(|rule| in_words(rule, first)).collect();
    words.extend(series.unread_rules.iter().cloned());
    if words.is_empty() { "once".to_owned() } else { words.join("; ") }
}

/// Pairs of places: by the planned start, then by its day, then the nearest.
fn matched(old: &[Occurrence<'_>], new: &[Occurrence<'_>], repeats: bool) -> Vec<(Option<usize>, Option<usize>)> {
    if !repeats {
        let one = |all: &[Occurrence<'_>]| (!all.is_empty()).then_some(0);
        return vec![(one(old), one(new))];
    }
    let mut partners: Vec<Option<usize>> = vec![None; old.len()];
    let mut is_taken = vec![false; new.len()];
    let by_start: HashMap<Planned, usize> = new.iter().enumerate().map(|(at, one)| (one.planned, at)).collect();
    for (at, one) in old.iter().enumerate() {
        if let Some(other) = by_start.get(&one.planned) {
            partners[at] = Some(*other);
            is_taken[*other] = true;
        }
    }
    let mut by_day: HashMap<NaiveDate, Vec<usize>> = HashMap::new();
    for (at, one) in new.iter().enumerate().rev().filter(|(at, _)| !is_taken[*at]) {
        by_day.entry(one.day).or_default().push(at);
    }
    for (at, one) in old.iter().enumerate().filter(|(at, _)| partners[*at].is_none()).collect::<Vec<_>>() {
        if let Some(other) = by_day.get_mut(&one.day).and_then(Vec::pop) {
            partners[at] = Some(other);
            is_taken[other] = true;
        }
    }
    // What is left goes to the nearest day, in order.
    let mut free: Vec<usize> = (0..new.len()).filter(|at| !is_taken[*at]).collect();
    free.sort_by_key(|at| new[*at].day);
    let mut next = 0;
    for (at, one) in old.iter().enumerate() {
        if partners[at].is_some() {
            continue;
        }
        while free.get(next).is_some_and(|other| new[*other].day < one.day - NEAR) {
            next += 1;
        }
        if let Some(other) = free.get(next).filter(|other| new[**other].day - one.day <= NEAR) {
            partners[at] = Some(*other);
            is_taken[*other] = true;
            next += 1;
        }
    }
    let mut pairs: Vec<(Option<usize>, Option<usize>)> =
        partners.into_iter().enumerate().map(|(at, other)| (Some(at), other)).collect();
    pairs.extend((0..new.len()).filter(|at| !is_taken[*at]).map(|at| (None, Some(at))));
    pairs
}

/// Whether the time differs, and how.
fn time(was: &When, is: &When) -> Option<Kind> {
    if Planned::of(was) != Planned::of(is) {
        return Some(Kind::Moved);
    }
    let end = |when: &When| match when {
        When::AllDay(days) => Planned::Day(days.end),
        When::Zoned { end, .. } | When::Fixed { end, .. } => Planned::Instant(*end),
        When::Floating { end, .. } => Planned::Wall(*end),
    };
    (end(was) != end(is)).then_some(Kind::Ends)
}

/// What differs besides the time.
fn differences(was: &Vevent, is: &Vevent) -> Vec<(Kind, Detail)> {
    let mut found = Vec::new();
    let status = match (was.status, is.status) {
        (a, b) if a == b => None,
        (_, Status::Cancelled) => Some(Kind::Cancelled),
        (Status::Cancelled, _) => Some(Kind::Restored),
        (_, Status::Tentative) => Some(Kind::Tentative),
        (_, _) => Some(Kind::Confirmed),
    };
    found.extend(status.map(|kind| (kind, Detail::None)));
    if is.status == Status::Cancelled {
        // It does not take place: a new text only says so.
        return found;
    }
    let words = |from: &str, to: &str| Detail::Words { from: from.to_owned(), to: to.to_owned() };
    if was.place != is.place {
        found.push((Kind::Place, words(&was.place, &is.place)));
    }
    if was.title != is.title && !(status.is_some() && is_prefixed(&was.title, &is.title)) {
        found.push((Kind::Renamed, words(&was.title, &is.title)));
    }
    let texts = [
        ("description", &was.description, &is.description),
        ("link", &was.url, &is.url),
        ("categories", &was.categories, &is.categories),
    ];
    for (name, from, to) in texts.into_iter().filter(|(_, from, to)| from != to) {
        found.push((Kind::Text, lines(name, from, to)));
    }
    found
}

/// The detail without the sentence with which our feeds say when a moved event was; `None` if nothing else differs.
fn without_remark(detail: &Detail, was: &When) -> Option<Detail> {
    let Detail::Lines { name, gone, come } = detail else { return Some(detail.clone()) };
    if come.is_empty() {
        return Some(detail.clone());
    }
    let mut remarks = Language::all().map(|language| words::moved_from(was, language));
    let Some(at) = remarks.find_map(|remark| come.iter().position(|line| *line == remark)) else {
        return Some(detail.clone());
    };
    let mut come = come.clone();
    come.remove(at);
    (!gone.is_empty() || !come.is_empty()).then(|| Detail::Lines { name, gone: gone.clone(), come })
}

/// Whether one title is the other behind a word such as `CANCELLED: `.
fn is_prefixed(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    long.strip_suffix(short).is_some_and(|prefix| prefix.trim_end().ends_with([':', '：']))
}

/// The lines that differ.
fn lines(name: &'static str, from: &str, to: &str) -> Detail {
    let of = |text: &str, other: &str| {
        let others: std::collections::HashSet<&str> = other.lines().collect();
        let mut lines: Vec<String> =
            text.lines().filter(|line| !others.contains(line) && !line.trim().is_empty()).map(str::to_owned).collect();
        let count = lines.len();
        lines.truncate(MOST_LINES);
        if count > MOST_LINES {
            lines.push("…".to_owned());
        }
        lines
    };
    Detail::Lines { name, gone: of(from, to), come: of(to, from) }
}

/// Equal changes of several occurrences.
#[derive(Default)]
struct Groups {
    all: Vec<Group>,
    places: HashMap<(Kind, Option<Step>), Vec<usize>>,
}

struct Group {
    kind: Kind,
    detail: Detail,
    pairs: Vec<Pair>,
}

/// What equal moves have in common: the hours before and after, by their own clocks, and the days between.
#[derive(PartialEq, Eq, Hash)]
struct Step {
    from: (NaiveTime, NaiveTime, &'static str),
    to: (NaiveTime, NaiveTime, &'static str),
    days: TimeDelta,
}

impl Groups {
    fn add(&mut self, kind: Kind, detail: Detail, pair: Pair) {
        let step = match (kind, pair.old, pair.new) {
            (Kind::Moved | Kind::Ends, Some(old), Some(new)) => {
                Some(Step { from: hours(&old), to: hours(&new), days: midnight(&new) - midnight(&old) })
            }
            (Kind::Added | Kind::Removed, old, new) => {
                old.or(new).map(|when| Step { from: hours(&when), to: hours(&when), days: TimeDelta::zero() })
            }
            _ => None,
        };
        let places = self.places.entry((kind, step)).or_default();
        if let Some(at) = places.iter().find(|at| self.all[**at].detail == detail) {
            self.all[*at].pairs.push(pair);
        } else {
            places.push(self.all.len());
            self.all.push(Group { kind, detail, pairs: vec![pair] });
        }
    }
}

fn midnight(when: &When) -> NaiveDateTime {
    when.first_day().and_time(NaiveTime::MIN)
}

fn hours(when: &When) -> (NaiveTime, NaiveTime, &'static str) {
    let zone = match when {
        When::Zoned { zone, .. } => zone.name(),
        When::AllDay(_) => "day",
        When::Fixed { .. } | When::Floating { .. } => "",
    };
    (when.wall().time(), when.wall_end().time(), zone)
}
