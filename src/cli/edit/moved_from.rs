//! `moved-from`: the start that subscribers know, which is the last published one. A start that was edited again before it
//! was published is not one.

use super::RecordEdit;
use super::start::{is_same, value, with_offset};
use crate::error::{Error, Result};
use crate::event::When;
use crate::lock::{FILE, Lock, Published};
use crate::record::edit::Address;
use crate::resolve::point::{Point, iso};

const KEY: &str = "moved-from";

/// Writes it for an event that was at `old` and is moved to `point`; `raw` is the old start as the record has it.
pub(super) fn write(record_edit: &mut RecordEdit<'_>, raw: Option<String>, point: &Point, old: &When) -> Result<()> {
    let published = published(record_edit);
    let known = match published {
        Published::Unknown => Some(*old),
        Published::Never => None,
        Published::At { start, earlier } if is_same(point, &start) => earlier,
        Published::At { start, .. } => Some(start),
    };
    let Some(known) = known else {
        if published == Published::Never {
            record_edit.notes.push(format!("{FILE} does not list it: it has no published start, and needs no `{KEY}`"));
        }
        let address = record_edit.address.clone();
        let refused = |why: String| Error::new(format!("`{KEY}` cannot be removed: {why}"));
        return record_edit.edit.remove(&address, KEY).map(|_| ()).map_err(refused);
    };
    if gains_an_hour(point, &known) {
        return Ok(());
    }
    let raw = raw.filter(|_| has_start_of(&known, old));
    let earlier = earlier(record_edit, raw, point, &known);
    record_edit.set(KEY, &earlier)
}

fn published(record_edit: &mut RecordEdit<'_>) -> Published {
    let opened = record_edit.opened;
    match Lock::read(&opened.root) {
        Ok(Some(lock)) => lock.published(record_edit.event, opened.calendar(), opened.now, &opened.tzdb),
        Ok(None) => Published::Unknown,
        Err(_) => {
            record_edit.notes.push(format!("{FILE} cannot be read, so `{KEY}` is the start in the record"));
            Published::Unknown
        }
    }
}

/// Whether two events begin at the same time of the same clock.
fn has_start_of(one: &When, other: &When) -> bool {
    match (*one, *other) {
        (When::AllDay(one), When::AllDay(other)) => one.first == other.first,
        (When::Zoned { zone, start, .. }, When::Zoned { zone: other, start: begun, .. }) => {
            (zone, start) == (other, begun)
        }
        (When::Fixed { offset, start, .. }, When::Fixed { offset: other, start: begun, .. }) => {
            (offset, start) == (other, begun)
        }
        (When::Floating { start, .. }, When::Floating { start: begun, .. }) => start == begun,
        _ => false,
    }
}

/// Whether a day without an hour gets one, on that day.
fn gains_an_hour(point: &Point, old: &When) -> bool {
    let day = match *point {
        Point::Day(_) => None,
        Point::Zoned { wall, .. } | Point::Floating(wall) => Some(wall.date()),
        Point::Fixed { offset, at } => Some(at.with_timezone(&offset).date_naive()),
    };
    matches!(old, When::AllDay(days) if day == Some(days.first))
}

/// The old start for `moved-from`: as it was written, unless it is to be read by another clock now.
fn earlier(record_edit: &RecordEdit<'_>, raw: Option<String>, point: &Point, old: &When) -> String {
    let same_clock = match (point, old) {
        (Point::Zoned { zone, .. }, When::Zoned { zone: other, .. }) => zone == other,
        (Point::Fixed { offset, .. }, When::Fixed { offset: other, .. }) => offset == other,
        (Point::Floating(_), When::Floating { .. }) | (_, When::AllDay(_)) => true,
        _ => false,
    };
    // The hour of a local event may stand there without its day.
    let is_local = matches!(record_edit.address, Address::Local(..));
    if let (Some(raw), true) = (raw, same_clock && !is_local) {
        return raw;
    }
    match (*point, *old) {
        (Point::Zoned { zone, .. }, When::Zoned { start, .. } | When::Fixed { start, .. }) => {
            value(&Point::Zoned { zone, wall: start.with_timezone(&zone).naive_local(), at: start })
        }
        (_, When::AllDay(days)) => days.first.to_string(),
        (Point::Fixed { offset, .. }, When::Zoned { start, .. } | When::Fixed { start, .. }) => {
            with_offset(start.with_timezone(&offset).naive_local(), offset)
        }
        (_, old) => iso(old.wall()),
    }
}
