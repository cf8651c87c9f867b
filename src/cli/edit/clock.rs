//! By whose clock an event on dates gets an hour: that of its own record, and not the calendar's.

use chrono::NaiveTime;

use super::RecordEdit;
use crate::cli::open::Opened;
use crate::event::When;
use crate::record::edit::Address;
use crate::resolve::point::{Choice, iso};
use crate::zone::Zone;

/// The zone in which the record reads a time; `None` without a zone, or with several.
pub(super) fn own(record_edit: &RecordEdit<'_>) -> Option<Zone> {
    let day = record_edit.event.when.first_day();
    let mut trial = record_edit.edit.clone();
    for key in ["end", "duration", "announced", "moved-from"] {
        trial.remove(&record_edit.address, key).ok()?;
    }
    let noon = NaiveTime::from_hms_opt(12, 0, 0)?;
    trial.set(&record_edit.address, "start", &iso(day.and_time(noon))).ok()?;
    let (judged, _) = super::judge(record_edit.opened, &record_edit.name, &trial.text());
    let event = judged.into_iter().find(|one| one.id.as_deref() == Some(&*record_edit.event.id))?.event?;
    match event.when {
        When::Zoned { zone, .. } => Some(zone),
        When::AllDay(_) | When::Fixed { .. } | When::Floating { .. } => None,
    }
}

/// How a new start is read that names no zone: by the clock of the old one.
pub(super) fn of(record_edit: &RecordEdit<'_>, old: &When) -> Choice {
    match (known(old), &record_edit.address) {
        (Some(choice), _) => choice,
        (None, address) => match (own(record_edit), address) {
            (Some(zone), _) => Choice::Default(zone),
            (None, Address::Local(..)) => {
                Choice::OfPlace(record_edit.event.location.as_deref().and_then(|location| location.country))
            }
            (None, _) => of_calendar(record_edit.opened),
        },
    }
}

/// The same where only the time is known. An hour is then by the calendar's clock.
pub(super) fn of_days(old: &When, opened: &Opened) -> Choice {
    known(old).unwrap_or_else(|| of_calendar(opened))
}

/// None for days, which have no clock.
fn known(old: &When) -> Option<Choice> {
    match *old {
        When::Zoned { zone, .. } => Some(Choice::Default(zone)),
        When::Fixed { offset, .. } => Some(Choice::Offset(offset)),
        When::Floating { .. } => Some(Choice::Local),
        When::AllDay(_) => None,
    }
}

fn of_calendar(opened: &Opened) -> Choice {
    opened.calendar().settings.timezone.map_or(Choice::Missing, Choice::Default)
}
