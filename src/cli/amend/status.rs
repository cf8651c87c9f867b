//! Calling off, putting off, confirming.

use super::{Amendment, Exit, Global, World, part};
use crate::cli::announce::announcement;
use crate::error::{Error, Result};
use crate::event::{Event, Status, When};
use crate::language::Language;
use crate::record::edit::Address;
use crate::view::repeat;

/// Gives an event, or an occurrence, a status.
pub(in crate::cli) fn run(
    mut amendment: Amendment<'_>,
    status: Status,
    global: &Global,
    world: &mut World<'_>,
) -> Result<Exit> {
    let (event, when) = amendment.meant(amendment.event);
    if event.status == status {
        let what = format!("`{}` is {} already", event.id, status.name());
        amendment.notes.push(match &amendment.named {
            Some(named) => format!("{what} on {}", named.when.first_day()),
            None => match &amendment.part {
                Some(part) => format!("{what} {}", part::words(part.date)),
                None => what,
            },
        });
        return amendment.finish(global, world);
    }
    let becomes = match status {
        Status::Postponed => "postponed, without a new date",
        other => other.name(),
    };
    let title = amendment.title();
    let line = match (&amendment.named, repeat::in_words(amendment.event, Language::ENGLISH)) {
        (None, Some(_)) if amendment.part.is_some() => {
            let date = amendment.part.as_ref().map(|part| part.date).unwrap_or_default();
            format!("{title}, {}: {} → {becomes}", part::words(date), line(event, &when))
        }
        (None, Some(rule)) => format!("{title}, {rule}: the whole series → {becomes}"),
        _ => format!("{title}: {} → {becomes}", line(event, &when)),
    };
    amendment.said.insert(0, line);
    // The occurrences of a local event are those of its action day.
    let is_local = matches!(amendment.address, Address::Local(..));
    if amendment.part.is_some() {
        part::goes_on(&mut amendment);
    } else if amendment.named.is_none() && amendment.event.repeat.is_some() && !is_local {
        let day = part::next_day(amendment.event, &amendment);
        let verb = match status {
            Status::Cancelled => "cancel",
            Status::Postponed => "postpone",
            Status::Tentative | Status::Confirmed => "confirm",
        };
        amendment.notes.push(format!(
            "this is every occurrence; for one of them: `redletter {verb} {0} --on {day}`, for it and all later ones: `redletter \
             {verb} {0} --from {day}`",
            amendment.event.id
        ));
    }
    set(&mut amendment, status)?;
    amendment.finish(global, world)
}

/// An event in a line: `Sat 10 June · 16:00 Los Angeles`.
pub(super) fn line(event: &Event, when: &When) -> String {
    announcement(event, None, when, &[], Language::ENGLISH)
}

/// Writes a status. A confirmed event says nothing about it, unless it would inherit another status or a comment stands
/// by the line.
pub(super) fn set(amendment: &mut Amendment<'_>, status: Status) -> Result<()> {
    if status != Status::Confirmed {
        return amendment.set("status", &format!("\"{}\"", status.name()));
    }
    // A review that moved ahead may be all that it takes.
    if amendment.after().is_some_and(|event| amendment.meant(&event).0.status == Status::Confirmed) {
        return Ok(());
    }
    let refused = |why: String| Error::new(format!("`status` cannot be taken away: {why}"));
    if let Some(target) = amendment.target() {
        let bare = amendment.named.is_some()
            && amendment.edit.keys(&target).iter().all(|key| matches!(key.as_str(), "occurrence" | "status"));
        let is_bare_part = amendment.part.is_some()
            && amendment.edit.keys(&target).iter().all(|key| matches!(key.as_str(), "date" | "status"));
        let before = amendment.edit.clone();
        let done = match (&amendment.named, bare) {
            (Some(named), true) => {
                let index = named.change.unwrap_or_default();
                amendment.edit.remove_change(&amendment.address, index).map_err(refused)?
            }
            _ if is_bare_part => {
                let table = amendment.part.as_ref().and_then(|part| part.table).unwrap_or_default();
                amendment.edit.remove_part(&amendment.address, table).map_err(refused)?
            }
            _ => amendment.edit.remove(&target, "status").map_err(refused)?,
        };
        let after = amendment.after();
        let takes_place = after.as_deref().is_some_and(|event| amendment.meant(event).0.status == Status::Confirmed);
        if done && takes_place {
            if let (Some(named), true) = (&mut amendment.named, bare) {
                named.change = None;
            }
            if let (Some(part), true) = (&mut amendment.part, is_bare_part) {
                part.table = None;
            }
            return Ok(());
        }
        amendment.edit = before;
    }
    amendment.set("status", "\"confirmed\"")?;
    let after = amendment.after();
    let stays = after.as_deref().filter(|event| amendment.meant(event).0.status == Status::Tentative);
    match (stays, &amendment.named) {
        (Some(event), Some(_)) => Err(Error::new(format!(
            "`{}` is past its `review-by`, and tentative as a whole until it is confirmed as a whole",
            event.id
        ))
        .help(format!("`redletter confirm {}`, without `--on`", event.id))),
        _ => Ok(()),
    }
}
