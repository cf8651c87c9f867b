//! What is new, in plain words.

use chrono::TimeDelta;

use crate::cli::check::count;
use crate::cli::open::Opened;
use crate::diagnostic::visible;
use crate::lock::{Change, Kept, Lock, Moment, News, What};

/// Events of one sort that are named; of more, how many they are.
const NAMED: usize = 20;

/// The changes, those of one sort together.
pub(super) fn changes(changes: &[Change], starts: bool, after: &Lock, opened: &Opened) -> String {
    let mut text = String::new();
    if starts {
        let entries = count(after.entries().len(), "event", "events");
        return format!("calendar.lock begins with {entries}\n");
    }
    let mut sorts: Vec<(String, Vec<&Change>)> = Vec::new();
    for change in changes {
        let sort = sort(change, opened);
        match sorts.iter_mut().find(|(known, _)| *known == sort) {
            Some((_, some)) => some.push(change),
            None => sorts.push((sort, vec![change])),
        }
    }
    for (sort, some) in sorts {
        let events = count(some.len(), "event", "events");
        text.push_str(&format!("{events} {sort}\n"));
        for change in some.iter().take(NAMED) {
            text.push_str(&format!("  {}: {}{}\n", change.id, visible(change.title.chars()), detail(change)));
        }
        if some.len() > NAMED {
            text.push_str(&format!("  … and {} more\n", some.len() - NAMED));
        }
    }
    text
}

/// What a change is called, behind a number of events.
fn sort(change: &Change, opened: &Opened) -> String {
    match &change.what {
        What::New => "new".into(),
        What::Edited => "edited".into(),
        What::Shifted(_) => {
            format!("moved by tz database {}; subscribers will be told", opened.tzdb.version())
        }
        What::Renamed { .. } => "with another UID, which subscribers get as new ones".into(),
        What::News(news) => match news {
            News::Moved(_) => "moved".into(),
            News::Shifted(_) => "moved by new time zone rules".into(),
            News::Cancelled => "cancelled".into(),
            News::Postponed => "postponed".into(),
            News::Restored => "back on".into(),
            News::Confirmed => "confirmed".into(),
            News::Tentative => "tentative now".into(),
            News::Place => "at another place".into(),
            News::End => "with another end".into(),
            News::Repeat => "with other dates".into(),
            News::Deleted => "deleted".into(),
        },
    }
}

fn detail(change: &Change) -> String {
    match &change.what {
        What::Shifted(Some(by)) => format!(", {} in UTC", earlier_or_later(*by)),
        What::Shifted(None) => format!(
            ", some of its occurrences, because {} has other rules",
            change.when.zone.as_deref().unwrap_or("its zone")
        ),
        What::News(News::Moved(from)) => {
            format!(", from {} to {}", moment(*from), shown(&change.when))
        }
        What::Renamed { to, id } => format!(
            " is {id} now; to subscribers it stays the same event if that record says `uid = \"{}\"`, and not {}",
            visible(change.uid.chars()),
            visible(to.chars())
        ),
        _ => String::new(),
    }
}

/// `one hour earlier`.
pub(in crate::cli) fn earlier_or_later(by: TimeDelta) -> String {
    let word = if by < TimeDelta::zero() { "earlier" } else { "later" };
    let by = by.abs();
    let (hours, minutes) = (by.num_hours(), by.num_minutes() % 60);
    let length = match (hours, minutes) {
        (1, 0) => "one hour".to_owned(),
        (hours, 0) => format!("{hours} hours"),
        (0, 1) => "one minute".to_owned(),
        (0, minutes) => format!("{minutes} minutes"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    };
    format!("{length} {word}")
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
