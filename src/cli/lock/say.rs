//! What is new, in plain words.

use crate::cli::check::count;
use crate::diagnostic::visible;
use crate::lock::{Change, FILE, Kept, Lock, Moment, News, What, earlier_or_later};

/// Events of one sort that are named; of more, how many they are.
const NAMED: usize = 20;
/// Dates of a series that are named; of more, how many they are.
const DATES: usize = 5;

/// The changes, those of one sort together, in the order of the first of each.
pub(in crate::cli) fn changes(changes: &[Change], starts: bool, after: &Lock, tzdb: &str) -> String {
    if starts {
        return format!("{FILE} begins with {}\n", count(after.entries().len(), "event", "events"));
    }
    let mut sorts: Vec<(String, Vec<&Change>)> = Vec::new();
    for change in changes {
        let sort = sort(change, tzdb);
        match sorts.iter_mut().find(|(known, _)| *known == sort) {
            Some((_, some)) => some.push(change),
            None => sorts.push((sort, vec![change])),
        }
    }
    let mut text = String::new();
    for (sort, some) in sorts {
        let events = count(some.len(), "event", "events");
        text.push_str(&format!("{events} {sort}\n"));
        for change in some.iter().take(NAMED) {
            let title = visible(change.title.chars());
            text.push_str(&format!("  {}: {title}, {}\n", change.id, detail(change)));
        }
        if some.len() > NAMED {
            text.push_str(&format!("  … and {} more\n", some.len() - NAMED));
        }
    }
    text
}

/// What a change is called, behind a number of events.
fn sort(change: &Change, tzdb: &str) -> String {
    let shifted = |what: &str| format!("moved by tz database {tzdb}: {what}; subscribers will be told");
    match &change.what {
        What::New => "new".into(),
        What::Edited => "edited".into(),
        What::Shifted(Some(by)) => shifted(&format!("{} in UTC", earlier_or_later(*by))),
        What::Shifted(None) => shifted("some occurrences are at another time in UTC"),
        What::Renamed { .. } => "under another UID: subscribers get a new event, and the old one vanishes".into(),
        What::News(news) => match news {
            News::Moved(_) | News::Shifted(_) => "moved".into(),
            News::Cancelled => "cancelled".into(),
            News::Postponed => "postponed".into(),
            News::Restored => "on again".into(),
            News::Confirmed => "confirmed".into(),
            News::Tentative => "tentative".into(),
            News::Place => "at another place".into(),
            News::End => "with another end".into(),
            News::Repeat => "with other dates".into(),
            News::Deleted => "deleted; feeds show what is still to come as cancelled".into(),
        },
    }
}

/// When it is, and what there is to add.
fn detail(change: &Change) -> String {
    let when = shown(&change.when);
    let detail = match &change.what {
        What::News(News::Moved(from)) => format!("from {} to {when}", moment(*from)),
        What::Renamed { to: _, id } => {
            let uid = visible(change.uid.chars());
            format!("{when}: it is `{id}` now; with `uid = \"{uid}\"` in that record it stays the same event")
        }
        _ => when,
    };
    let dropped = &change.dropped;
    if dropped.is_empty() {
        return detail;
    }
    let mut dates: Vec<String> = dropped.iter().take(DATES).map(|start| moment(*start)).collect();
    if dropped.len() > DATES {
        dates.push(format!("{} more", dropped.len() - DATES));
    }
    format!("{detail}; no longer on {}, which feeds show as cancelled", dates.join(", "))
}

fn shown(when: &Kept) -> String {
    match &when.zone {
        Some(zone) => format!("{} {zone}", moment(when.start)),
        None => moment(when.start),
    }
}

fn moment(moment: Moment) -> String {
    match moment {
        Moment::Day(day) => day.to_string(),
        Moment::Wall(wall) => wall.format("%Y-%m-%d %H:%M").to_string(),
        Moment::Instant(instant) => instant.format("%Y-%m-%d %H:%M").to_string(),
    }
}
