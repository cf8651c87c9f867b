//! How a local event repeats: by a rule of its own, or on the days on which its action day does, each at its own hour.

use chrono::{NaiveDateTime, TimeDelta};

use super::Findings;
use crate::diagnostic::{Code, Finding};
use crate::event::{Change, Event, Repeat, When};
use crate::record::{LocalTable, Record};
use crate::recurrence::{End, Until};

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
    if one.when.first_day() != day.when.first_day() {
        return true;
    }
    let clock = one.when.wall().time();
    let sets_times = series.rule.as_ref().is_some_and(crate::recurrence::Rule::sets_times);
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
    let at = |planned: NaiveDateTime| if sets_times { planned } else { planned.date().and_time(clock) };
    let rule = series.rule.clone().map(|rule| {
        let end = match rule.end() {
            End::Until(Until::DateTime(last) | Until::Utc(last)) if !sets_times => End::Until(Until::Date(last.date())),
            end => end,
        };
        rule.with_end(end)
    });
    let mut except: Vec<NaiveDateTime> = series.except.iter().map(|planned| at(*planned)).collect();
    except.dedup();
    let mut also: Vec<When> = series.also.iter().filter_map(|when| one.begun_at(at(when.wall()))).collect();
    also.dedup_by_key(|when| when.wall());
    let changes = series.changes.iter().filter_map(|change| {
        let planned = at(change.planned);
        Some(Change { planned, event: changed(one, day, change, planned, own)? })
    });
    let mut changes: Vec<Change> = changes.collect();
    changes.dedup_by_key(|change| change.planned);
    one.repeat = Some(Box::new(Repeat { rule, except: except.into(), also: also.into(), changes: changes.into() }));
    true
}

/// A changed occurrence of the day, as it is for a local event: moved by as many days, and otherwise changed where the
/// local event has nothing of its own to say. The hour follows where it is that of each place's own clock, the length
/// where it is the day's.
fn changed(one: &Event, day: &Event, change: &Change, planned: NaiveDateTime, own: &LocalTable<'_>) -> Option<Event> {
    let wall = change.event.when.wall();
    let shift: TimeDelta = wall.date() - change.planned.date();
    let mut event = one.clone();
    if own.end.is_none() && own.duration.is_none() && one.length == day.length {
        event.length = change.event.length;
        event.ends = change.event.ends;
    }
    let is_floating = |when: &When| matches!(when, When::Floating { .. });
    let follows_hour = own.start.is_none() && is_floating(&day.when) && is_floating(&change.event.when);
    let start = if follows_hour { wall } else { planned.checked_add_signed(shift)? };
    event.when = one.when.begun_at(start, event.length)?;
    if start != planned {
        event.moved_from = one.begun_at(planned);
    }
    if let (When::AllDay(_), When::AllDay(days)) = (event.when, change.event.when) {
        event.when = When::AllDay(days);
    }
    follow(&mut event.title, &day.title, &change.event.title);
    follow(&mut event.status, &day.status, &change.event.status);
    follow(&mut event.description, &day.description, &change.event.description);
    follow(&mut event.url, &day.url, &change.event.url);
    follow(&mut event.online, &day.online, &change.event.online);
    Some(event)
}

/// What was the day's is now what the day's was changed to.
fn follow<T: Clone + PartialEq>(own: &mut T, day: &T, changed: &T) {
    if own == day && changed != day {
        own.clone_from(changed);
    }
}
