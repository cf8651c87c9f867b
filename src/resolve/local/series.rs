//! How a local event repeats: by a rule of its own, or on the days on which its action day does, each at its own hour.

use chrono::{NaiveDateTime, TimeDelta};

use super::Findings;
use crate::diagnostic::{Code, Finding};
use crate::event::{Change, Days, Ends, Event, Length, Repeat, Strand, When};
use crate::record::{LocalTable, Record};
use crate::recurrence::{End, Until};
use crate::resolve::repeat::at_once;

/// What a local event says of a repeat of its own, as a record that says nothing else.
pub(super) fn record<'a>(own: &LocalTable<'a>) -> Record<'a> {
    let LocalTable { start, repeat, rrule, until, count, except, also, .. } = own;
    Record {
        start: start.clone(),
        repeat: repeat.clone(),
        rrule: rrule.clone(),
        until: until.clone(),
        count: count.clone(),
        except: except.clone(),
        also: also.clone(),
        ..Record::default()
    }
}

/// Gives `one` the repeat of its day. A local event on a date of its own happens once. False where the day's rule sets
/// hours that are not those of the local event.
pub(super) fn inherit(one: &mut Event, day: &Event, own: &LocalTable<'_>, findings: &mut Findings) -> bool {
    let Some(series) = &day.repeat else { return true };
    let is_parallel = |strand: &Strand| strand.event.repeat.as_deref().is_some_and(|one| !one.suffix.is_empty());
    if one.when.first_day() != day.when.first_day() {
        return true;
    }
    let clock = one.when.wall().time();
    let has_hours = series.rule.as_ref().is_some_and(crate::recurrence::Rule::sets_times);
    let sets_times = has_hours || series.strands.iter().any(is_parallel);
    if sets_times && (one.when.is_all_day() || clock != day.when.wall().time()) {
        let span = own.start.as_ref().or(None).map(|field| field.span);
        findings.push(
            Finding::new(
                Code::InvalidRepeat,
                span.or(own.city.as_ref().map(|field| field.span)).unwrap_or_default(),
                "the action day repeats at hours of its own, and the local event has others",
            )
            .label("expected the day's own hours")
            .help("give the local event a `repeat` of its own, or take BYHOUR and the like out of the day's rule"),
        );
        return false;
    }
    let mut strands = Vec::new();
    for Strand { from, event: then } in &series.strands {
        let Some(repeat) = &then.repeat else { continue };
        // The hour of each place's own clock is the day's.
        let is_floating = |when: &When| matches!(when, When::Floating { .. });
        let follows_hour = own.start.is_none() && is_floating(&day.when) && is_floating(&then.when);
        let begun = if sets_times || follows_hour { then.when.wall() } else { then.when.first_day().and_time(clock) };
        let Some((when, length, ends)) = timed(one, day, then, begun, own) else { continue };
        let mut event = Event { when, length, ends, moved_from: None, ..one.clone() };
        // `<day>-from-…` becomes `<day>/<city>-from-…`.
        let rest = then.uid.strip_prefix(&*day.id).unwrap_or_default();
        event.uid = format!("{}{rest}", one.id).into();
        follow_all(&mut event, day, then);
        event.repeat = Some(Box::new(of_strand(&event, then, repeat, sets_times, own)));
        strands.push(Strand { from: *from, event });
    }
    let first = of_strand(one, day, series, sets_times, own);
    one.repeat = Some(Box::new(Repeat { strands: strands.into(), ..first }));
    let span = own.end.as_ref().map(|field| field.span).or(own.duration.as_ref().map(|field| field.span));
    let Some(found) = one.strands().find_map(|strand| at_once(strand, span.unwrap_or_default())) else { return true };
    findings.push(found);
    false
}

/// The repeat of a strand of the day, as it is for a local event.
fn of_strand(one: &Event, day: &Event, series: &Repeat, sets_times: bool, own: &LocalTable<'_>) -> Repeat {
    let Repeat { rule, except, also, changes, pinned: _, suffix, strands: _ } = series;
    let clock = one.when.wall().time();
    let at = |planned: NaiveDateTime| if sets_times { planned } else { planned.date().and_time(clock) };
    let rule = rule.clone().map(|rule| {
        let end = match rule.end() {
            End::Until(Until::DateTime(last) | Until::Utc(last)) if !sets_times => End::Until(Until::Date(last.date())),
            end => end,
        };
        rule.with_end(end)
    });
    let mut except: Vec<NaiveDateTime> = except.iter().map(|planned| at(*planned)).collect();
    except.dedup();
    let mut also: Vec<When> = also.iter().filter_map(|when| one.begun_at(at(when.wall()))).collect();
    also.dedup_by_key(|when| when.wall());
    let changes = changes.iter().filter_map(|change| {
        let planned = at(change.planned);
        Some(Change { planned, event: changed(one, day, change, planned, own)? })
    });
    let mut changes: Vec<Change> = changes.collect();
    changes.dedup_by_key(|change| change.planned);
    let suffix = suffix.clone();
    Repeat { rule, except: except.into(), also: also.into(), changes: changes.into(), suffix, ..Repeat::default() }
}

/// A changed occurrence of the day, as it is for a local event: moved by as many days, and otherwise changed where the
/// local event has nothing of its own to say. The hour follows where it is that of each place's own clock, the length
/// where it was the day's.
fn changed(one: &Event, day: &Event, change: &Change, planned: NaiveDateTime, own: &LocalTable<'_>) -> Option<Event> {
    let wall = change.event.when.wall();
    let shift: TimeDelta = wall.date() - change.planned.date();
    let is_floating = |when: &When| matches!(when, When::Floating { .. });
    let follows_hour = own.start.is_none() && is_floating(&day.when) && is_floating(&change.event.when);
    let start = if follows_hour { wall } else { planned.checked_add_signed(shift)? };
    let (when, length, ends) = timed(one, day, &change.event, start, own)?;
    let mut event = Event { when, length, ends, repeat: None, ..one.clone() };
    if start != planned {
        event.moved_from = one.begun_at(planned);
    }
    follow_all(&mut event, day, &change.event);
    Some(event)
}

/// The time of a local event that begins at `start`: as long as `then`, which the day is at that time, where its length was
/// the day's; otherwise as long as ever.
fn timed(
    one: &Event,
    day: &Event,
    then: &Event,
    start: NaiveDateTime,
    own: &LocalTable<'_>,
) -> Option<(When, Length, Ends)> {
    let has_length_of_day = own.end.is_none() && own.duration.is_none();
    match (one.when, day.when, then.when) {
        (When::AllDay(days), When::AllDay(planned), When::AllDay(now))
            if has_length_of_day && days.count() == planned.count() =>
        {
            let end = start.date().checked_add_signed(TimeDelta::days(now.count()))?;
            Some((When::AllDay(Days::new(start.date(), end)?), then.length, then.ends))
        }
        (When::AllDay(_), ..) | (_, When::AllDay(_), _) | (.., When::AllDay(_)) => {
            Some((one.begun_at(start)?, one.length, one.ends))
        }
        _ if has_length_of_day && one.length == day.length => {
            // From another day, because the first occurrence keeps the length of its record.
            let other = one.when.begun_at(one.when.wall() + TimeDelta::days(7), then.length)?;
            let when = if then.length == one.length { one.when } else { other }.begun_at(start, then.length)?;
            Some((when, then.length, then.ends))
        }
        _ => Some((one.begun_at(start)?, one.length, one.ends)),
    }
}

/// Gives a local event what changed of the day, where it says nothing of its own.
fn follow_all(event: &mut Event, day: &Event, changed: &Event) {
    follow(&mut event.title, &day.title, &changed.title);
    follow(&mut event.status, &day.status, &changed.status);
    follow(&mut event.reason, &day.reason, &changed.reason);
    follow(&mut event.description, &day.description, &changed.description);
    follow(&mut event.translations, &day.translations, &changed.translations);
    follow(&mut event.url, &day.url, &changed.url);
    follow(&mut event.online, &day.online, &changed.online);
    follow(&mut event.organizers, &day.organizers, &changed.organizers);
}

/// What was the day's is now what the day's was changed to.
fn follow<T: Clone + PartialEq>(own: &mut T, day: &T, changed: &T) {
    if own == day && changed != day {
        own.clone_from(changed);
    }
}
