//! A series that a new start would leave without some of its occurrences: refused, with what to write instead.
//!
//! A start can go to another hour, or to another day where the rule takes its day from the start and nothing of the
//! series lies between the two. Else an occurrence would vanish, and nothing would say so.

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use super::start::value;
use super::{RecordEdit, part};
use crate::error::{Error, Result};
use crate::event::{Event, Repeat};
use crate::record::edit::Address;
use crate::recurrence::{Freq, Rule, in_words};
use crate::resolve::point::{Point, iso, long_date, long_weekday, wall_of};

/// Refuses a new start of the whole series that would lose an occurrence. The edit is made already.
pub(super) fn refuse(record_edit: &RecordEdit<'_>, point: &Point) -> Result<()> {
    let event = record_edit.event;
    let (Some(repeat), None, None) = (event.repeat.as_deref(), &record_edit.named, &record_edit.part) else {
        return Ok(());
    };
    let (old, new) = (event.when.wall(), wall_of(point));
    if old.date() == new.date() {
        return Ok(());
    }
    let after = record_edit.after();
    let id = &event.id;
    let day = format!("{}, {}", long_weekday(new.date().weekday()), long_date(new.date()));
    let message = match after.as_deref().map(|after| after.repeat.as_deref().map(|repeat| (after, repeat))) {
        // `check` refuses it; what does not fit the new start is one of the lines that name dates.
        None if names_dates(record_edit) => {
            format!("`{id}` repeats, and its other lines name dates that would not be those of the series any more")
        }
        None => return Ok(()),
        Some(None) => format!("`{id}` repeats with the event that holds it, which is on another day"),
        Some(Some((after, new_repeat))) => {
            let produces = |rule: &Rule| rule.start_matches(after.when.wall());
            let skipped = repeat.planned(&event.when, old, end_of(new)).filter(|planned| *planned != old).count();
            if new_repeat.rule.as_ref().is_some_and(|rule| !produces(rule)) {
                format!("`{id}` repeats {}, and {day} is not one of these days", words(repeat, old.date()))
            } else if skipped > 0 && new > old {
                let what =
                    if skipped == 1 { "one more occurrence".into() } else { format!("{skipped} more occurrences") };
                format!("`{id}` repeats, and {what} up to {day} would be lost beside the first")
            } else {
                return Ok(());
            }
        }
    };
    Err(Error::new(message).help(help(record_edit, event, repeat, point)))
}

fn end_of(wall: NaiveDateTime) -> NaiveDateTime {
    wall.date().succ_opt().unwrap_or(wall.date()).into()
}

fn names_dates(record_edit: &RecordEdit<'_>) -> bool {
    ["until", "except", "also", "change", "from"]
        .iter()
        .any(|key| record_edit.edit.raw(&record_edit.address, key).is_some())
}

fn words(repeat: &Repeat, start: NaiveDate) -> String {
    match &repeat.rule {
        Some(rule) => in_words(&rule.clone().with_end(crate::recurrence::End::Never), start),
        None => "on single dates".to_owned(),
    }
}

/// What to write: one occurrence, all later ones, or the whole series. Each command is one that is not refused.
fn help(record_edit: &RecordEdit<'_>, event: &Event, repeat: &Repeat, point: &Point) -> String {
    let id = &event.id;
    if matches!(record_edit.address, Address::Local(..)) {
        return "move the event that holds it, or give the local event a `repeat` of its own".to_owned();
    }
    let new = wall_of(point);
    let written = value(point);
    // The occurrence that is meant is most likely the one nearest to the new day, and never one that is over.
    let today = record_edit.opened.today_of(&event.when);
    let from = NaiveDateTime::from(today);
    let near = repeat
        .planned(&event.when, from, NaiveDateTime::MAX)
        .take(500)
        .min_by_key(|planned| (planned.date() - new.date()).num_days().abs());
    let mut parts = Vec::new();
    match near {
        Some(planned) if planned == new => {
            parts.push(format!("an occurrence is planned for {written} already"));
        }
        Some(planned) => {
            let on = planned.date();
            parts.push(format!("for one occurrence: `redletter move {id} --on {on} --to {written}`"));
            let is_first = on <= event.when.first_day();
            if !is_first && part::can_move(event, planned, new) {
                parts.push(format!("for it and all later ones: `redletter move {id} --from {on} --to {written}`"));
            } else if !is_first && repeat.rule.is_some() {
                parts.push(format!(
                    "for it and all later ones, write a table `[[from]]` with `date = {on}` and the new `repeat` in {}",
                    record_edit.name
                ));
            }
        }
        None => {}
    }
    let rule = repeat.rule.as_ref().and_then(|rule| moved(rule, new.date()));
    if let Some((rule, first)) = rule.and_then(|rule| first(&rule, event, new).map(|first| (rule, first)))
        && near != Some(new)
    {
        parts.push(format!(
            "for the whole series, write `start = {first}` and `repeat = \"{}\"` in {}",
            in_words(&rule, new.date()),
            record_edit.name
        ));
    }
    if parts.is_empty() || near == Some(new) {
        parts.push(format!("to begin the series then, write `start = {written}` in {}", record_edit.name));
    }
    parts.join("; ")
}

/// The first start by a rule that the whole series gets.
fn first(rule: &Rule, event: &Event, new: NaiveDateTime) -> Option<String> {
    let first = rule.first(event.when.first_day().and_time(new.time()))?;
    Some(if event.when.is_all_day() { first.date().to_string() } else { iso(first) })
}

/// The rule with its one day where `day` has it; None for rules that several days or dates make.
pub(super) fn moved(rule: &Rule, day: NaiveDate) -> Option<Rule> {
    let mut moved = rule.clone().with_end(crate::recurrence::End::Never);
    match (rule.freq, &rule.by_day[..], &rule.by_month_day[..]) {
        // A rule without a day has that of the start.
        (Freq::Weekly, [] | [_], []) => moved.by_day = vec![(None, day.weekday())],
        (Freq::Monthly | Freq::Yearly, [(Some(number), _)], []) => {
            let nth = i8::try_from(day.day0() / 7 + 1).ok()?;
            let is_last = (day + chrono::Days::new(7)).month() != day.month();
            moved.by_day = vec![(Some(if *number == -1 && is_last { -1 } else { nth }), day.weekday())];
        }
        (Freq::Monthly | Freq::Yearly, [], [old]) if *old > 0 => {
            moved.by_month_day = vec![i8::try_from(day.day()).ok()?];
        }
        (Freq::Monthly, [], []) => moved.by_month_day = vec![i8::try_from(day.day()).ok()?],
        (Freq::Yearly, [], []) => {
            moved.by_month_day = vec![i8::try_from(day.day()).ok()?];
            moved.by_month = vec![u8::try_from(day.month()).ok()?];
        }
        _ => return None,
    }
    if let [_] = rule.by_month[..] {
        moved.by_month = vec![u8::try_from(day.month()).ok()?];
    }
    moved.start_matches(day.into()).then_some(moved)
}
