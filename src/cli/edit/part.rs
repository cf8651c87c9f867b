//! All occurrences of a series from a day on: `--from`, which writes a `[[from]]` table.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use super::start::{To, value};
use super::{Exit, Global, RecordEdit, World, lost, named, show, start, status};
use crate::error::{Error, Result};
use crate::event::{Event, Status, When};
use crate::record::edit::Address;
use crate::record::value::toml_text;
use crate::recurrence::{Rule, in_words};
use crate::resolve::datetime_text;
use crate::resolve::point::{Point, clock, long_date, wall_of};
use crate::schedule;

/// A day from which on something is otherwise.
#[derive(Debug)]
pub(in crate::cli) struct FromDay<'o> {
    /// As in `date` of the table.
    pub(super) date: NaiveDate,
    /// Number of the table, if there is one.
    pub(super) table: Option<usize>,
    /// Number that a new table gets.
    pub(super) at: usize,
    /// The strand of the first occurrence.
    pub(super) event: &'o Event,
    /// When that one is planned.
    pub(super) when: When,
    /// Whether there are several strands at that time.
    several: bool,
}

/// What `--from` names: nothing for all of an event.
pub(super) fn from_day<'o>(record_edit: &RecordEdit<'o>, word: Option<&str>) -> Result<Option<FromDay<'o>>> {
    let Some(word) = word else { return Ok(None) };
    let event = record_edit.event;
    let id = &event.id;
    let (date, _) = named::day(word, "--from", record_edit)?;
    if event.repeat.is_none() {
        return Err(Error::new(format!("`{id}` does not repeat")).help("leave `--from` out"));
    }
    if let Address::Local(..) = record_edit.address {
        return Err(Error::new(format!("`{id}` follows the changes of the event that holds it"))
            .help("leave `--from` out to change it whole, or edit the other one"));
    }
    if event.repeat.as_deref().is_none_or(|repeat| repeat.rule.is_none()) {
        return Err(Error::new(format!("`{id}` repeats on single dates, and has no rule that could change"))
            .help(format!("change one of them: `--on {date}`")));
    }
    let first = event.when.first_day();
    if date <= first {
        return Err(Error::new(format!("`{id}` begins on {first}, so that from {date} on is all of it"))
            .help("leave `--from` out"));
    }
    let mut dates: Vec<NaiveDate> = event.further().iter().filter_map(|strand| strand.from).collect();
    dates.dedup();
    if dates.len() != record_edit.edit.parts(&record_edit.address) {
        return Err(Error::new(format!("`{id}` takes its `[[from]]` tables from `[defaults]`")).help("edit them there"));
    }
    let Some((strand, when)) = begins(event, date) else {
        return Err(Error::new(format!("`{id}` has no occurrence on {date} or later"))
            .help("give an earlier day, or move the end of the series"));
    };
    let from = event.further().iter().find(|one| one.event.uid == strand.uid).and_then(|one| one.from);
    let of_part = event.further().iter().filter(|one| one.from == from).count() + usize::from(from.is_none());
    Ok(Some(FromDay {
        date,
        table: dates.iter().position(|known| *known == date),
        at: dates.partition_point(|known| *known < date),
        event: strand,
        when,
        several: of_part > 1,
    }))
}

/// The strand of the first occurrence that is planned on a day or later, and when it is.
pub(super) fn begins(event: &Event, date: NaiveDate) -> Option<(&Event, When)> {
    let first = event.strands().filter_map(|strand| {
        let repeat = strand.repeat.as_deref()?;
        let planned = repeat.planned(&strand.when, date.into(), NaiveDateTime::MAX).next()?;
        Some((planned, strand, repeat.when(strand, planned)?))
    });
    first.min_by_key(|(planned, ..)| *planned).map(|(_, strand, when)| (strand, when))
}

/// `from 1 December 2026 on`.
pub(super) fn words(date: NaiveDate) -> String {
    format!("from {} on", long_date(date))
}

/// Moves all occurrences from a day on.
pub(super) fn run(mut record_edit: RecordEdit<'_>, to: &To, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let Some(part) = &record_edit.part else { return record_edit.finish(global, world) };
    let (event, old, several) = (part.event, part.when, part.several);
    let id = record_edit.event.id.clone();
    let point = match start::new_point(&record_edit, to, &old, world)? {
        Ok(point) => point,
        Err(diagnostics) => {
            show(&diagnostics, global, world);
            return Ok(Exit::Problems);
        }
    };
    let new = wall_of(&point);
    let dated = start::reading(&record_edit, &old).dated(&to.start);
    let is_dated =
        datetime_text::read(&dated.start, record_edit.opened.reading_language()).is_ok_and(|read| read.date.is_some());
    let is_same = start::is_same(&point, &old);
    if is_same && to.end.is_none() && to.duration.is_none() {
        record_edit.notes.push(format!("`{id}` begins then already"));
        return record_edit.finish(global, world);
    }
    if several && !is_same {
        return Err(Error::new(format!("`{id}` is at several hours, and one new start does not say which of them moves"))
            .help(format!(
                "write a table `[[from]]` with `date = {}` and a `repeat` that has all hours, such as `every week on mon at \
                 10:00 and thu at 12:00`",
                part.date
            )));
    }
    let rule = match event.repeat.as_deref().and_then(|repeat| repeat.rule.as_ref()) {
        Some(rule) => rule.clone(),
        None => return record_edit.finish(global, world),
    };
    let before = status::line(event, &old);
    if is_dated && new.date() != old.first_day() {
        let lost = between(record_edit.event, old.wall(), new);
        if lost > 0 {
            let first = if new > old.wall() { new.date() } else { old.first_day() };
            return Err(Error::new(format!(
                "`{id}` has {lost} more occurrences between {} and {}, which would be lost",
                old.first_day(),
                new.date()
            ))
            .help(format!("give `--from` the day of the first one that moves, the nearest to {first}")));
        }
        if new.date() < part.date
            && let Some(part) = &mut record_edit.part
        {
            part.date = new.date();
        }
        if !rule.contains(event.when.wall(), new.date().and_time(event.when.wall().time())) {
            let Some(moved) = lost::moved(&rule, new.date()) else {
                return Err(Error::new(format!(
                    "`{id}` repeats {}, and one new day does not say where each of them goes",
                    in_words(&rule.clone().with_end(crate::recurrence::End::Never), event.when.first_day())
                ))
                .help("write a table `[[from]]` with `date` and the new `repeat`"));
            };
            let words = in_words(&moved, new.date());
            record_edit.set("repeat", &toml_text(&words))?;
        }
    }
    let goes_to_hour = old.is_all_day() && !matches!(point, Point::Day(_));
    if new.time() != old.wall().time() || goes_to_hour {
        record_edit.set("start", &toml_text(&clock(new)))?;
    }
    let zone = |when: &When| match when {
        When::Zoned { zone, .. } => Some(zone.name()),
        _ => None,
    };
    if let Point::Zoned { zone: wanted, .. } = point
        && zone(&old) != Some(wanted.name())
    {
        record_edit.set("timezone", &toml_text(wanted.name()))?;
    }
    match (to.end.as_ref().or(dated.end.as_ref()), &to.duration) {
        (Some(end), _) => {
            let end = start::end_value(end, &point, &start::reading(&record_edit, &old))?;
            record_edit.set("end", &end)?;
        }
        (None, Some(duration)) => record_edit.set("duration", &toml_text(duration))?,
        (None, None) => {}
    }
    // Where the rule alone leads elsewhere, as after a longer step, the first start is written whole.
    let is_there = |record_edit: &RecordEdit<'_>| {
        let date = record_edit.part.as_ref().map(|part| part.date);
        let after = record_edit.after();
        let begun = after.as_deref().zip(date).and_then(|(after, date)| begins(after, date));
        after.is_none() || begun.is_some_and(|(_, when)| when.wall() == new)
    };
    if !is_there(&record_edit) {
        record_edit.set("start", &value(&point))?;
        if !is_there(&record_edit) {
            return Err(Error::new(format!("the rule of `{id}` leads to another day than {}", new.date()))
                .help("write a table `[[from]]` with `date`, `start` and the new `repeat`"));
        }
    }
    if event.status == Status::Postponed {
        status::set(&mut record_edit, Status::Confirmed)?;
    } else if event.status == Status::Cancelled {
        record_edit.notes.push(format!("it stays cancelled; `redletter confirm {id} --from …` says that it happens"));
    }
    goes_on(&mut record_edit);
    if let (Some(after), Some(part)) = (record_edit.after(), &record_edit.part)
        && let Some((event, when)) = begins(&after, part.date)
    {
        let line = format!("{}, {}: {before} → {}", record_edit.title(), words(part.date), status::line(event, &when));
        record_edit.said.push(line);
    }
    record_edit.finish(global, world)
}

/// Says which tables behind this one go on as they are.
pub(super) fn goes_on(record_edit: &mut RecordEdit<'_>) {
    let Some(part) = &record_edit.part else { return };
    let later = record_edit.event.further().iter().filter_map(|strand| strand.from).find(|date| *date > part.date);
    if let Some(later) = later {
        record_edit.notes.push(format!("from {later} on, the next `[[from]]` holds with all that it says itself"));
    }
}

/// Whether all occurrences from the one planned for `old` on can go to `new` by a new rule.
pub(super) fn can_move(event: &Event, old: NaiveDateTime, new: NaiveDateTime) -> bool {
    let rule = event.repeat.as_deref().filter(|_| event.further().is_empty()).and_then(|repeat| repeat.rule.as_ref());
    let is_moved = |rule: &Rule| {
        rule.contains(event.when.wall(), new.date().and_time(event.when.wall().time()))
            || lost::moved(rule, new.date()).is_some()
    };
    rule.is_some_and(is_moved) && between(event, old, new) == 0 && new.date() > event.when.first_day()
}

/// How many occurrences are planned between two starts, both excluded.
fn between(event: &Event, one: NaiveDateTime, other: NaiveDateTime) -> usize {
    let (from, to) = (one.min(other), one.max(other));
    let to = if other > one { to.date().succ_opt().map_or(to, Into::into) } else { to };
    let of = |strand: &Event| {
        let repeat = strand.repeat.as_deref()?;
        let from = if other > one { from + TimeDelta::seconds(1) } else { from.date().into() };
        Some(repeat.planned(&strand.when, from, to).count())
    };
    event.strands().filter_map(of).sum()
}

/// The occurrence that a day names, for the notes of other verbs.
pub(super) fn next_day(event: &Event, record_edit: &RecordEdit<'_>) -> NaiveDate {
    let next = schedule::current(event, crate::zone::Zone::utc(), record_edit.opened.now);
    next.planned.unwrap_or(next.when).first_day()
}
