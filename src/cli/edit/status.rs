//! Calling off, putting off, confirming.

use super::{Exit, Global, RecordEdit, World, part};
use crate::cli::announce::announcement;
use crate::error::{Error, Result};
use crate::event::{Event, Status, When};
use crate::language::Language;
use crate::record::edit::Address;
use crate::view::repeat;

/// Gives an event, or an occurrence, a status.
pub(in crate::cli) fn run(
    mut record_edit: RecordEdit<'_>,
    status: Status,
    global: &Global,
    world: &mut World<'_>,
) -> Result<Exit> {
    let (event, when) = record_edit.meant(record_edit.event);
    if event.status == status {
        let what = format!("`{}` is {} already", event.id, status.name());
        record_edit.notes.push(match &record_edit.named {
            Some(named) => format!("{what} on {}", named.when.first_day()),
            None => match &record_edit.part {
                Some(part) => format!("{what} {}", part::words(part.date)),
                None => what,
            },
        });
        return record_edit.finish(global, world);
    }
    let becomes = match status {
        Status::Postponed => "postponed, without a new date",
        other => other.name(),
    };
    let title = record_edit.title();
    let line = match (&record_edit.named, repeat::in_words(record_edit.event, Language::ENGLISH)) {
        (None, Some(_)) if record_edit.part.is_some() => {
            let date = record_edit.part.as_ref().map(|part| part.date).unwrap_or_default();
            format!("{title}, {}: {} → {becomes}", part::words(date), line(event, &when))
        }
        (None, Some(rule)) => format!("{title}, {rule}: the whole series → {becomes}"),
        _ => format!("{title}: {} → {becomes}", line(event, &when)),
    };
    record_edit.said.insert(0, line);
    // The occurrences of a local event are those of its action day.
    let is_local = matches!(record_edit.address, Address::Local(..));
    if record_edit.part.is_some() {
        part::goes_on(&mut record_edit);
    } else if record_edit.named.is_none() && record_edit.event.repeat.is_some() && !is_local {
        let day = part::next_day(record_edit.event, &record_edit);
        let verb = match status {
            Status::Cancelled => "cancel",
            Status::Postponed => "postpone",
            Status::Tentative | Status::Confirmed => "confirm",
        };
        record_edit.notes.push(format!(
            "this is every occurrence; for one of them: `redletter {verb} {0} --on {day}`, for it and all later ones: `redletter \
             {verb} {0} --from {day}`",
            record_edit.event.id
        ));
    }
    set(&mut record_edit, status)?;
    record_edit.finish(global, world)
}

/// An event in a line: `Sat 10 June · 16:00 Los Angeles`.
pub(super) fn line(event: &Event, when: &When) -> String {
    announcement(event, None, when, &[], Language::ENGLISH)
}

/// Writes a status. A confirmed event says nothing about it, unless it would inherit another status or a comment stands
/// by the line.
pub(super) fn set(record_edit: &mut RecordEdit<'_>, status: Status) -> Result<()> {
    if status != Status::Confirmed {
        return record_edit.set("status", &format!("\"{}\"", status.name()));
    }
    // A review that moved ahead may be all that it takes.
    if record_edit.after().is_some_and(|event| record_edit.meant(&event).0.status == Status::Confirmed) {
        return Ok(());
    }
    let refused = |why: String| Error::new(format!("`status` cannot be taken away: {why}"));
    if let Some(target) = record_edit.target() {
        let bare = record_edit.named.is_some()
            && record_edit
                .edit
                .keys(&target)
                .iter()
                .all(|key| matches!(key.as_str(), "occurrence" | "status" | "reason"));
        let is_bare_part = record_edit.part.is_some()
            && record_edit.edit.keys(&target).iter().all(|key| matches!(key.as_str(), "date" | "status" | "reason"));
        let before = record_edit.edit.clone();
        let done = match (&record_edit.named, bare) {
            (Some(named), true) => {
                let index = named.change.unwrap_or_default();
                record_edit.edit.remove_change(&record_edit.address, index).map_err(refused)?
            }
            _ if is_bare_part => {
                let table = record_edit.part.as_ref().and_then(|part| part.table).unwrap_or_default();
                record_edit.edit.remove_part(&record_edit.address, table).map_err(refused)?
            }
            _ => {
                record_edit.drop_reason()?;
                record_edit.edit.remove(&target, "status").map_err(refused)?
            }
        };
        let after = record_edit.after();
        let takes_place = after.as_deref().is_some_and(|event| record_edit.meant(event).0.status == Status::Confirmed);
        if done && takes_place {
            if let (Some(named), true) = (&mut record_edit.named, bare) {
                named.change = None;
            }
            if let (Some(part), true) = (&mut record_edit.part, is_bare_part) {
                part.table = None;
            }
            return Ok(());
        }
        record_edit.edit = before;
    }
    record_edit.drop_reason()?;
    record_edit.set("status", "\"confirmed\"")?;
    let after = record_edit.after();
    let stays = after.as_deref().filter(|event| record_edit.meant(event).0.status == Status::Tentative);
    match (stays, &record_edit.named) {
        (Some(event), Some(_)) => Err(Error::new(format!(
            "`{}` is past its `review-by`, and tentative as a whole until it is confirmed as a whole",
            event.id
        ))
        .help(format!("`redletter confirm {}`, without `--on`", event.id))),
        _ => Ok(()),
    }
}
