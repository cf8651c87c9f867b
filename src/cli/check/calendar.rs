//! Findings about the calendar as a whole: its feeds, its lock and its other files.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, Utc};

use crate::calendar::leaks;
use crate::cli::open::Opened;
use crate::cli::theme;
use crate::diagnostic::{Code, Diagnostic, Finding};
use crate::error::Result;
use crate::event::{Event, When};
use crate::lock::{self, Lock};
use crate::recurrence::outlook;
use crate::schedule;
use crate::view::feed::{FeedEvent, FeedView};
use crate::view::form::Form;
use crate::zone::Zone;

/// The most dates of an event that are counted.
const MOST_DATES: usize = 1_000;

/// A note for each event to come that feeds carry in UTC, because clients may have other rules for its zone.
pub(super) fn written_in_utc(opened: &Opened) -> Vec<Diagnostic> {
    let calendar = opened.calendar();
    let Some(all) = calendar.feeds().into_iter().find(|feed| &*feed.name == "all") else { return Vec::new() };
    let view = FeedView::new(calendar, &all, opened.now);
    let in_utc = |shown: &&FeedEvent<'_>| match shown.when {
        When::Zoned { zone, .. } => {
            let is_fixed = zone.offset_at(opened.now).seconds() == 0 && zone.next_transition(opened.now).is_none();
            matches!(shown.form, Form::Utc { .. })
                && shown.event.status != crate::event::Status::Cancelled
                && !is_fixed
                && !schedule::is_over(&shown.when, opened.now, zone)
        }
        When::AllDay(_) | When::Fixed { .. } | When::Floating { .. } => false,
    };
    // The number of dates of each event that are in UTC, and the zone of the first of them.
    let mut counts: BTreeMap<usize, (usize, Zone)> = BTreeMap::new();
    for shown in view.events.iter().filter(in_utc) {
        let index = calendar.events.binary_search_by(|event| event.id.cmp(&shown.event.id));
        if let (Ok(index), When::Zoned { zone, .. }) = (index, shown.when) {
            counts.entry(index).or_insert((0, zone)).0 += 1;
        }
    }
    // Events of which other dates are on their own clock.
    let partly: HashSet<&str> = (view.events.iter())
        .filter(|shown| matches!(shown.form, Form::Local { .. }))
        .map(|shown| &*shown.event.id)
        .collect();
    let note = |(index, (count, zone)): (usize, (usize, Zone))| {
        let (event, place) = (&calendar.events[index], opened.loaded.places[index]);
        let what = if partly.contains(&*event.id) { some_dates(event, count, opened.now) } else { "this event".into() };
        let message = format!("feeds carry {what} in UTC: calendar programs may have other rules for {}", zone.name());
        let label = if count == 1 || what == "this event" { "its local time is" } else { "their local times are" };
        let finding =
            Finding::new(Code::WrittenInUtc, place.start, message).label(format!("{label} in the description"));
        finding.within(&opened.loaded.source(place))
    };
    counts.into_iter().map(note).collect()
}

/// `2 of 37 dates of this event`, of those that are not over.
fn some_dates(event: &Event, count: usize, now: DateTime<Utc>) -> String {
    let dates = if count == 1 { "1 date".to_owned() } else { format!("{count} dates") };
    if schedule::last(event).is_none() {
        return format!("{dates} of this event");
    }
    let total = schedule::next_of(event, Zone::utc(), now, MOST_DATES).len();
    if total < MOST_DATES {
        format!("{count} of {total} dates of this event")
    } else {
        format!("{dates} of this event")
    }
}

/// A note for each series to come that feeds carry in another way, because Outlook does not read its rule.
pub(super) fn unread_by_outlook(opened: &Opened) -> Vec<Diagnostic> {
    let calendar = opened.calendar();
    let is_over = |when| schedule::is_over(&when, opened.now, crate::zone::Zone::utc());
    let mut notes = Vec::new();
    for (event, place) in calendar.events.iter().zip(&opened.loaded.places) {
        let mut how: Vec<String> = event
            .strands()
            .filter(|strand| strand.status.takes_place() && !schedule::last_of_strand(strand).is_some_and(is_over))
            .filter_map(|strand| {
                let rule = strand.repeat.as_deref()?.rule.as_ref()?;
                match outlook::parts(rule, strand.when.wall(), strand.when.elapsed()) {
                    Some(parts) if parts.len() == 1 => None,
                    Some(parts) => Some(format!("as {} series", parts.len())),
                    None => Some("as single dates".to_owned()),
                }
            })
            .collect();
        how.dedup();
        if how.is_empty() {
            continue;
        }
        let how = how.join(" and ");
        let message = format!("feeds carry this series {how}, because Outlook does not read its rule");
        let finding = Finding::new(Code::OutlookRule, place.start, message).label("every date is in the feeds");
        notes.push(finding.within(&opened.loaded.source(*place)));
    }
    notes
}

/// What stands in other files than records, and is withheld: in those that are published, and in the lock.
pub(super) fn withheld_in_files(opened: &Opened) -> Result<Vec<Diagnostic>> {
    let search = &opened.loaded.withheld;
    let mut found = Vec::new();
    if search.is_empty() {
        return Ok(found);
    }
    for (name, bytes) in theme::published(&opened.root)? {
        found.extend(leaks::of_published(&name, &bytes, search));
    }
    let Some(text) = Lock::text(&opened.root)? else { return Ok(found) };
    for mut one in leaks::of_published(lock::FILE, text.as_bytes(), search) {
        one.finding.help = vec![
            "`redletter lock` takes out what the records no longer say; `redletter lock --forget ID` takes out a \
             deleted event"
                .to_owned(),
        ];
        found.push(one);
    }
    Ok(found)
}

/// The diagnostics for published events that are gone or would get another UID. Other verbs report a lock that cannot be
/// read.
pub(super) fn losses(opened: &Opened, clock: DateTime<Utc>) -> Result<Vec<Diagnostic>> {
    let Some(lock) = Lock::read(&opened.root)? else { return Ok(Vec::new()) };
    lock.refuse_future(opened.now.max(clock))?;
    Ok(opened.domain_change(&lock).into_iter().chain(opened.mass_deletion(&lock)).collect())
}

/// A note for each event that newer rules moved since the lock was written. Without a lock, or with one of the same
/// rules, nothing is read but its head.
pub(super) fn moved_by_tzdb(opened: &Opened) -> Result<Vec<Diagnostic>> {
    let version = opened.tzdb.version();
    let Some(text) = Lock::text(&opened.root)? else { return Ok(Vec::new()) };
    if lock::tzdb_of(&text) == Some(version) {
        return Ok(Vec::new());
    }
    let lock = Lock::parse(&text)?;
    let calendar = opened.calendar();
    let mut notes = Vec::new();
    for shift in lock.shifts(calendar, opened.now) {
        let place = opened.loaded.places[shift.index];
        let when = match shift.by {
            Some(by) => format!("{} in UTC", lock::earlier_or_later(by)),
            None => "for some of its occurrences".to_owned(),
        };
        let id = &calendar.events[shift.index].id;
        let message = format!("`{id}` was moved by tz database {version}, {when}; subscribers will be told");
        let finding = Finding::new(Code::MovedByTzdb, place.start, message)
            .label("the same time on the clocks there is another instant now")
            .help(format!(
                "correct announcements that give the time in other zones; `redletter lock` records it in {}",
                lock::FILE
            ));
        notes.push(finding.within(&opened.loaded.source(place)));
    }
    Ok(notes)
}
