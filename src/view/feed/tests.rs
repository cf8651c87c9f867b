//! What a feed has, in which form, and what it says of it.

use super::*;
use crate::calendar::{Filter, Reach};
use crate::view::sample::{all, calendar, days, event, instant, zoned};

const NOW: &str = "2026-05-01T12:00:00.5Z";

fn shown(events: Vec<Event>, feed: &Feed) -> Vec<(String, Form, Status)> {
    let calendar = calendar(events);
    let view = FeedView::new(&calendar, feed, instant(NOW));
    view.events.iter().map(|one| (one.event.id.to_string(), one.form, one.status)).collect()
}

fn ids(events: Vec<Event>, feed: &Feed) -> Vec<String> {
    shown(events, feed).into_iter().map(|(id, ..)| id).collect()
}

fn form(when: When) -> Form {
    shown(vec![event("a", when)], &all())[0].1
}

#[test]
fn events_stand_by_start_then_uid() {
    let events = vec![
        event("c", zoned("Europe/Madrid", "2026-06-10T16:00:00Z")),
        event("b", zoned("America/Los_Angeles", "2026-06-10T16:00:00Z")),
        event("a", zoned("Europe/Madrid", "2026-06-11T16:00:00Z")),
        event("d", days("2026-06-10", "2026-06-11")),
    ];
    assert_eq!(ids(events, &all()), ["d", "b", "c", "a"]);
}

#[test]
fn a_wall_clock_is_written_where_all_clients_agree() {
    let is_local = |name: &str, start: &str| matches!(form(zoned(name, start)), Form::Local { .. });
    assert!(is_local("America/Los_Angeles", "2026-06-10T23:00:00Z"));
    assert!(is_local("Asia/Kolkata", "2026-06-10T23:00:00Z"));
    assert!(is_local("US/Pacific", "2026-06-10T23:00:00Z"));
    // Older rules put British Columbia on UTC−8 in winter.
    assert!(is_local("America/Vancouver", "2026-06-10T23:00:00Z"));
    assert!(!is_local("America/Vancouver", "2026-12-01T20:00:00Z"));
    // The doubled hour, at the start and at the end.
    assert!(!is_local("America/Los_Angeles", "2026-11-01T08:30:00Z"));
    assert!(!is_local("America/Los_Angeles", "2026-11-01T07:00:00Z"));
    assert!(!is_local("UTC", "2026-06-10T23:00:00Z"));
    assert!(!is_local("Etc/GMT+8", "2026-06-10T23:00:00Z"));
}

#[test]
fn one_event_of_an_old_rule_takes_its_zone_to_utc_and_one_that_clients_misread_does_not() {
    let new_york = |id, start| event(id, zoned("America/New_York", start));
    let events = vec![new_york("old", "2006-04-01T15:00:00Z"), new_york("new", "2026-04-01T15:00:00Z")];
    assert!(shown(events, &all()).iter().all(|(_, form, _)| matches!(form, Form::Utc { .. })));

    let vancouver = |id, start| event(id, zoned("America/Vancouver", start));
    let events = vec![vancouver("new", "2026-12-01T20:00:00Z"), vancouver("old", "2024-06-01T20:00:00Z")];
    let calendar = calendar(events);
    let feed = all();
    let view = FeedView::new(&calendar, &feed, instant(NOW));
    assert!(matches!(view.events[0].form, Form::Local { .. }));
    let clock = view.events[1].remarks.as_ref().and_then(|remarks| remarks.clock.as_deref());
    assert_eq!(clock, Some("Local time: Tuesday 1 December 2026, 13:00–15:00 (America/Vancouver, UTC−7)."));
    assert_eq!(view.timezones.len(), 1);
    assert_eq!(view.as_of, instant("2026-05-01T12:00:00Z"));
}

#[test]
fn floating_hours_are_days() {
    let at = |text: &str| text.parse().expect("a time");
    let when = When::Floating { start: at("2026-05-01T22:00:00"), end: at("2026-05-02T00:00:00") };
    assert!(matches!(form(when), Form::Days(days) if days.count() == 1));
    let when = When::Floating { start: at("2026-05-01T22:00:00"), end: at("2026-05-02T00:00:01") };
    assert!(matches!(form(when), Form::Days(days) if days.count() == 2));
}

#[test]
fn limits_go_by_the_day_of_the_calendar() {
    let day = |id: &str, first: &str, end: &str| event(id, days(first, end));
    let events = || {
        vec![
            day("long", "2026-03-01", "2026-04-02"),
            day("past", "2026-03-31", "2026-04-01"),
            day("next", "2026-05-31", "2026-06-02"),
            day("late", "2026-06-02", "2026-06-03"),
        ]
    };
    let reach = |text| Reach::parse(text);
    let feed = Feed { past: reach("30d"), future: reach("1mo"), ..all() };
    assert_eq!(ids(events(), &feed), ["long", "next"]);
    let feed = Feed { filter: Filter { tags: vec!["x".into()], ..Filter::default() }, ..all() };
    assert_eq!(ids(events(), &feed), Vec::<String>::new());
}

#[test]
fn a_series_lasts_to_its_last_day_also_where_that_was_moved() {
    use crate::event::{Change, Repeat};
    let planned = zoned("Europe/Madrid", "2026-03-03T18:00:00Z");
    let moved = event("a", zoned("Europe/Madrid", "2026-04-28T18:00:00Z"));
    let repeat = |moved: &[Event]| Repeat {
        rule: Some(crate::recurrence::Rule::parse("FREQ=WEEKLY;COUNT=1").expect("a rule")),
        changes: moved.iter().map(|event| Change { planned: planned.wall(), event: event.clone() }).collect(),
        ..Repeat::default()
    };
    let series = |moved| Event { repeat: Some(Box::new(repeat(moved))), ..event("a", planned) };
    let feed = Feed { past: Reach::parse("30d"), ..all() };
    assert_eq!(ids(vec![series(&[])], &feed), Vec::<String>::new());
    assert_eq!(ids(vec![series(&[moved])], &feed), ["a", "a"]);
}

#[test]
fn a_cancelled_event_stays_for_thirty_days() {
    let cancelled =
        |id: &str, first: &str, end: &str| Event { status: Status::Cancelled, ..event(id, days(first, end)) };
    let events = || vec![cancelled("gone", "2026-03-31", "2026-04-01"), cancelled("kept", "2026-04-01", "2026-04-02")];
    assert_eq!(shown(events(), &all())[0].2, Status::Cancelled);
    assert_eq!(ids(events(), &all()), ["kept"]);
    let announced = shown(events(), &Feed { cancelled: Cancelled::Announce, ..all() });
    assert_eq!(announced[0].2, Status::Confirmed);
    assert_eq!(ids(events(), &Feed { cancelled: Cancelled::Drop, ..all() }), Vec::<String>::new());
}
