//! One occurrence of a repeating event, by the day that it was planned for or was moved to.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::RecordEdit;
use crate::error::{Error, Result};
use crate::event::{Event, Repeat, When};
use crate::record::Moment;
use crate::record::edit::Address;
use crate::resolve::datetime_text;
use crate::resolve::point::iso;
use crate::schedule::dates;

/// An occurrence, and where its `[[change]]` stands.
#[derive(Debug)]
pub(in crate::cli) struct Named<'o> {
    /// The planned start on the event's own clock.
    pub(in crate::cli) planned: NaiveDateTime,
    /// The same as `occurrence` has it.
    pub(super) key: String,
    /// Number of its `[[change]]`.
    pub(super) change: Option<usize>,
    /// The event, or the changed one.
    pub(super) event: &'o Event,
    /// When it is, as things stand.
    pub(super) when: When,
}

/// What `--on` names: nothing for all of an event.
pub(super) fn named<'o>(record_edit: &RecordEdit<'o>, on: Option<&str>) -> Result<Option<Named<'o>>> {
    let Some(word) = on else { return Ok(None) };
    let event = record_edit.event;
    let (day, hour) = day(word, "--on", record_edit)?;
    if event.repeat.is_none() {
        if event.when.first_day() == day {
            return Ok(None);
        }
        let begins = event.when.first_day();
        return Err(Error::new(format!("`{}` does not repeat, and is on {begins}", event.id)).help("leave `--on` out"));
    }
    if let Address::Local(..) = record_edit.address {
        return Err(Error::new(format!("`{}` follows the changes of the event that holds it", event.id))
            .help("leave `--on` out to change it whole, or edit the other one"));
    }
    let (from, to) = match hour {
        Some(at) => (at, at + TimeDelta::seconds(1)),
        None => bounds(day),
    };
    let mut planned: Vec<(NaiveDateTime, &Event, &Repeat)> = Vec::new();
    for (strand, repeat) in strands(event) {
        planned.extend(repeat.planned(&strand.when, from, to).map(|at| (at, strand, repeat)));
    }
    if planned.is_empty() {
        for (strand, repeat) in strands(event) {
            let moved = repeat.changes.iter().filter(|change| (from..to).contains(&change.event.when.wall()));
            planned.extend(moved.map(|change| (change.planned, strand, repeat)));
        }
    }
    planned.sort_by_key(|(at, ..)| *at);
    let (planned, strand, repeat) = match planned[..] {
        [one] => one,
        [] => return Err(none(record_edit, day)),
        [(first, ..), ..] => {
            let starts: Vec<String> = planned.iter().take(8).map(|(at, ..)| iso(*at)).collect();
            return Err(Error::new(format!("`{}` has several occurrences on {day}: {}", event.id, starts.join(", ")))
                .help(format!("say which one, such as `--on {}`", iso(first))));
        }
    };
    let as_planned = repeat.when(strand, planned).unwrap_or(strand.when);
    let changed = repeat.change(planned).map(|change| &change.event);
    Ok(Some(Named {
        planned,
        key: key(event, planned),
        change: changed.and_then(|_| change_of(record_edit, planned)),
        event: changed.unwrap_or(strand),
        when: changed.map_or(as_planned, |event| event.when),
    }))
}

fn strands(event: &Event) -> impl Iterator<Item = (&Event, &Repeat)> {
    event.strands().filter_map(|strand| Some((strand, strand.repeat.as_deref()?)))
}

pub(super) fn bounds(day: NaiveDate) -> (NaiveDateTime, NaiveDateTime) {
    let from = day.and_time(NaiveTime::MIN);
    (from, from + TimeDelta::days(1))
}

/// The day that a word names, and the hour where it has one.
pub(super) fn day(
    word: &str,
    option: &str,
    record_edit: &RecordEdit<'_>,
) -> Result<(NaiveDate, Option<NaiveDateTime>)> {
    let today = record_edit.opened.today_of(&record_edit.event.when);
    let language = record_edit.opened.reading_language();
    if let Some(range) = dates::parse(word, today, language) {
        return Ok((range.first, None));
    }
    let unread = || dates::no_day(option, word, today, language);
    let read = datetime_text::read(word, language).map_err(|_| unread())?;
    let day = read.day(today).ok_or_else(unread)?.date;
    let hour = match read.time.map(|time| time.value) {
        Some(datetime_text::TimeOfDay::Clock(time)) => Some(day.and_time(time)),
        Some(datetime_text::TimeOfDay::EndOfDay | datetime_text::TimeOfDay::Midnight) | None => None,
    };
    Ok((day, hour))
}

/// The error for a day without an occurrence, which names the nearest ones.
fn none(record_edit: &RecordEdit<'_>, day: NaiveDate) -> Error {
    let event = record_edit.event;
    let (from, to) = bounds(day);
    if strands(event).any(|(_, repeat)| repeat.except.iter().any(|at| (from..to).contains(at))) {
        return Error::new(format!("`except` takes {day} out of `{}`: nothing is planned for it", event.id));
    }
    let reach = TimeDelta::days(750);
    let first = from.checked_sub_signed(reach).unwrap_or(from);
    let last = to.checked_add_signed(reach).unwrap_or(to);
    let before = strands(event).filter_map(|(strand, repeat)| repeat.planned(&strand.when, first, from).last()).max();
    let behind = strands(event).filter_map(|(strand, repeat)| repeat.planned(&strand.when, to, last).next()).min();
    let near: Vec<String> = before.into_iter().chain(behind).map(|at| at.format("%Y-%m-%d (%a)").to_string()).collect();
    let error = Error::new(format!("`{}` has no occurrence on {day}, a {}", event.id, day.format("%A")));
    if near.is_empty() { error } else { error.help(format!("the nearest: {}", near.join(" and "))) }
}

/// An occurrence as `except` and `occurrence` name it: its day, with its hour where the day has several.
fn key(event: &Event, planned: NaiveDateTime) -> String {
    let (from, to) = bounds(planned.date());
    let of_day: usize = strands(event).map(|(strand, repeat)| repeat.planned(&strand.when, from, to).count()).sum();
    if event.when.is_all_day() || of_day < 2 { planned.date().to_string() } else { iso(planned) }
}

/// Which `[[change]]` is that of an occurrence.
fn change_of(record_edit: &RecordEdit<'_>, planned: NaiveDateTime) -> Option<usize> {
    let RecordEdit { edit, address, event, .. } = record_edit;
    (0..edit.changes(address)).find(|index| {
        let change = Address::Change(Box::new(address.clone()), *index);
        match edit.moment(&change, "occurrence") {
            Some(Moment::Toml(datetime)) if datetime.time.is_none() => {
                datetime.to_string() == planned.date().to_string()
            }
            Some(Moment::Toml(datetime)) if datetime.offset.is_none() => {
                datetime.to_string().parse::<NaiveDateTime>().is_ok_and(|at| at == planned)
                    || datetime.to_string() == iso(planned)
            }
            Some(moment) => super::start::wall(&moment, &event.when, record_edit.opened)
                .is_some_and(|(at, is_day)| if is_day { at.date() == planned.date() } else { at == planned }),
            None => false,
        }
    })
}
