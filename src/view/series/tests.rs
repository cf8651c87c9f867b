use std::collections::BTreeSet;

use super::*;
use crate::calendar::Filter;
use crate::event::{Change, Status};
use crate::schedule::{self, Window};
use crate::view::chosen::Chosen;
use crate::view::feed::FeedView;
use crate::view::sample::{all, calendar, event, instant, zoned};

fn time(text: &str) -> NaiveDateTime {
    text.parse().expect("a time")
}

fn series(when: When, rule: &str, also: &[&str]) -> Event {
    let rule = (!rule.is_empty()).then(|| Rule::parse(rule).expect("a rule"));
    let also = also.iter().map(|also| event("a", when).begun_at(time(also)).expect("a time")).collect();
    let repeat = Repeat { rule, also, ..Repeat::default() };
    Event { repeat: Some(Box::new(repeat)), ..event("a", when) }
}

/// UID, form and EXDATE of each VEVENT; no EXDATE without a rule.
fn written(event: Event, feed: &Feed) -> Vec<(String, Form, Option<Vec<NaiveDateTime>>)> {
    let calendar = calendar(vec![event]);
    let view = FeedView::new(&calendar, feed, instant("2026-05-01T12:00:00Z"));
    let start = |form: &Form| match form {
        Form::Local { start, .. } => *start,
        Form::Days(days) => days.first.into(),
        Form::Utc { start, .. } => start.naive_utc(),
    };
    let shown = view.events.iter().map(|one| {
        let except = one.repeats.as_ref().map(|repeats| repeats.except.iter().map(start).collect());
        (one.uid.to_string(), one.form, except)
    });
    shown.collect()
}

/// The EXDATEs of a series that is written as a rule; `None` if it is expanded.
fn except(event: Event) -> Option<Vec<String>> {
    let rule = written(event, &all()).into_iter().find_map(|(_, _, except)| except)?;
    Some(rule.iter().map(ToString::to_string).collect())
}

#[test]
fn the_last_occurrence_may_be_the_one_in_a_doubled_hour() {
    let sundays = series(zoned("America/New_York", "2026-10-18T05:30:00Z"), "FREQ=WEEKLY;COUNT=3", &[]);
    assert_eq!(except(sundays), Some(vec!["2026-11-01 01:30:00".into()]));
}

#[test]
fn a_night_in_which_clocks_change_stands_by_itself() {
    // Two hours from 23:30, and from 01:00 to the very jump.
    let saturdays = series(zoned("America/New_York", "2026-10-18T03:30:00Z"), "FREQ=WEEKLY;COUNT=9", &[]);
    assert_eq!(except(saturdays), Some(vec!["2026-10-31 23:30:00".into()]));
    let nights = series(zoned("Europe/Madrid", "2026-03-21T23:00:00Z"), "FREQ=WEEKLY;COUNT=9", &[]);
    assert_eq!(except(nights), Some(vec!["2026-03-29 00:00:00".into()]));
    // A first one that lasts too long or too short would give its length to all others.
    let first = series(zoned("Europe/Madrid", "2026-03-29T00:30:00Z"), "FREQ=WEEKLY;COUNT=9", &[]);
    assert_eq!(except(first), None);
}

#[test]
fn a_first_occurrence_in_a_skipped_hour_gives_its_hour_to_no_other() {
    let rule = "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU;COUNT=5";
    let skipped = series(zoned("America/New_York", "2026-03-07T07:30:00Z"), rule, &[]);
    assert_eq!(except(skipped), None);
}

#[test]
fn a_series_in_utc_is_a_rule_whatever_the_zone_of_the_calendar() {
    let rule = "FREQ=WEEKLY;BYDAY=TU";
    for (zone, own, as_rule) in [
        ("UTC", Some("Europe/Madrid"), true),
        ("Etc/UTC", Some("America/Los_Angeles"), true),
        ("UTC", Some("UTC"), true),
        ("UTC", None, true),
        // Monday there.
        ("Etc/GMT+8", None, false),
    ] {
        let mut calendar = calendar(vec![series(zoned(zone, "2026-05-06T02:00:00Z"), rule, &[])]);
        calendar.settings.timezone = own.map(|own| crate::zone::Tzdb::bundled().zone(own).expect("a zone"));
        let feed = all();
        let view = FeedView::new(&calendar, &feed, instant("2026-05-01T12:00:00Z"));
        assert_eq!(view.events.iter().any(|one| one.repeats.is_some()), as_rule, "{zone} {own:?}");
    }
}

#[test]
fn hours_of_each_place_are_days_that_set_no_hours() {
    let when = When::Floating { start: time("2026-05-01T10:00:00"), end: time("2026-05-01T11:00:00") };
    let shown = written(series(when, "FREQ=DAILY;BYHOUR=10,18;COUNT=3", &[]), &all());
    let uids: Vec<&str> = shown.iter().map(|(uid, ..)| &**uid).collect();
    assert_eq!(uids, ["a-20260501@example.org", "a-20260501T1800@example.org", "a-20260502@example.org"]);
    assert!(shown.iter().all(|(_, form, except)| matches!(form, Form::Days(_)) && except.is_none()));
}

#[test]
fn two_on_a_day_have_two_uids() {
    let also = ["2026-05-05T19:00:30", "2026-05-12T09:00:00", "2026-05-13T09:00:00", "2026-05-19T19:00:00"];
    let tuesdays = || series(zoned("Europe/Madrid", "2026-05-05T17:00:00Z"), "FREQ=WEEKLY;COUNT=2", &also);
    let uids = |feed: &Feed| written(tuesdays(), feed).into_iter().map(|(uid, ..)| uid).collect::<Vec<_>>();
    let besides =
        ["a-20260505T190030", "a-20260512T0900", "a-20260513T0900", "a-20260519"].map(|id| format!("{id}@example.org"));
    let [seconds, same_day, other_hour, usual] = besides;
    assert_eq!(
        uids(&all()),
        ["a@example.org".into(), seconds.clone(), same_day.clone(), other_hour.clone(), usual.clone()]
    );
    let [first, second] = ["a-20260505", "a-20260512"].map(|id| format!("{id}@example.org"));
    let expanded = Feed { series: Series::Expanded, ..all() };
    assert_eq!(uids(&expanded), [first, seconds, same_day, second, other_hour, usual]);
}

#[test]
fn a_uid_depends_on_the_planned_start_alone() {
    let weekly = |also: &[&str], rule: &str| series(zoned("Europe/Madrid", "2026-05-05T17:00:00Z"), rule, also);
    let expanded = Feed { series: Series::Expanded, ..all() };
    let uids = |event: Event, feed: &Feed| -> BTreeSet<String> {
        written(event, feed).into_iter().map(|(uid, ..)| uid).collect()
    };
    let rule = "FREQ=WEEKLY;COUNT=3";
    for feed in [&all(), &expanded] {
        let before = uids(weekly(&["2026-05-20T09:00:00"], rule), feed);
        for (also, rule) in [
            // A second one on its day, before it, behind it, at the usual hour, and on a day of the rule.
            (&["2026-05-20T08:00:00", "2026-05-20T09:00:00"][..], rule),
            (&["2026-05-20T09:00:00", "2026-05-20T12:00:00"], rule),
            (&["2026-05-20T09:00:00", "2026-05-20T19:00:00"], rule),
            (&["2026-05-12T08:00:00", "2026-05-20T09:00:00"], rule),
            // A rule that reaches its day, or gets more hours.
            (&["2026-05-20T09:00:00"], "FREQ=WEEKLY;BYDAY=TU,WE;COUNT=6"),
            (&["2026-05-20T09:00:00"], "FREQ=WEEKLY;BYHOUR=9,19;COUNT=6"),
        ] {
            let mut after = uids(weekly(also, rule), feed);
            // A rule with several hours is several series, which have UIDs of their own.
            if after.iter().any(|uid| uid == "a-t0900@example.org") {
                after.insert("a@example.org".into());
            }
            assert!(after.is_superset(&before), "{also:?} {rule}: {before:?} {after:?}");
        }
    }
}

/// A planned start, and what changes about its occurrence.
type Edit<'e> = (&'e str, &'e dyn Fn(&mut Event));

/// A weekly assembly in Madrid, on Tuesdays at 19:00 from 5 May 2026, with changed occurrences.
fn weekly(rule: &str, changes: &[Edit<'_>]) -> Event {
    let mut event = series(zoned("Europe/Madrid", "2026-05-05T17:00:00Z"), rule, &[]);
    let repeat = event.repeat.clone().expect("a repeat");
    let changes = changes.iter().map(|(planned, change)| {
        let when = repeat.when(&event, time(planned)).expect("a time");
        let mut changed = Event { when, repeat: None, ..event.clone() };
        change(&mut changed);
        Change { planned: time(planned), event: changed }
    });
    let changes = changes.collect();
    event.repeat = Some(Box::new(Repeat { changes, ..*repeat }));
    event
}

/// What a feed has from May to December 2026, by its file and by listings of it.
fn both(event: &Event, feed: &Feed) -> [BTreeSet<(String, String)>; 2] {
    let calendar = calendar(vec![event.clone()]);
    let window =
        Window::days("2026-05-01".parse().expect("a date"), "2026-12-31".parse().expect("a date"), Zone::utc());
    let view = FeedView::new(&calendar, feed, instant("2026-05-01T12:00:00Z"));
    let shown = |when: &When, event: &Event| (format!("{when:?}"), event.status.name().to_owned());
    let mut by_file = BTreeSet::new();
    for one in &view.events {
        let (Some(repeats), Some(repeat)) = (&one.repeats, &event.repeat) else {
            if window.touches(&one.when) {
                by_file.insert(shown(&one.when, one.event));
            }
            continue;
        };
        let changed = view.events.iter().filter_map(|other| match other.planned.as_deref() {
            Some(Form::Local { start, .. }) if other.uid == one.uid => Some(*start),
            _ => None,
        });
        let changed: Vec<NaiveDateTime> = changed.collect();
        let except: Vec<NaiveDateTime> = repeats
            .except
            .iter()
            .map(|form| match form {
                Form::Local { start, .. } => *start,
                Form::Utc { start, .. } => start.naive_utc(),
                Form::Days(days) => days.first.into(),
            })
            .collect();
        let (rule, start) = (repeat.rule.as_ref().expect("a rule"), event.when.wall());
        let to = time("2027-01-01T00:00:00");
        for planned in
            rule.between(start, NaiveDateTime::MIN, to).filter(|at| !except.contains(at) && !changed.contains(at))
        {
            let when = repeat.when(event, planned).expect("a time");
            by_file.insert(shown(&when, one.event));
        }
    }
    let chosen = Chosen::of(&calendar, Cow::Borrowed(feed), instant("2026-05-01T12:00:00Z"));
    let listed = schedule::occurrences(&calendar, &window, |one| chosen.has(one)).expect("few occurrences");
    [by_file, listed.iter().map(|one| shown(&one.when, one.event)).collect()]
}

#[test]
fn a_feed_has_the_occurrences_that_its_listing_has() {
    let moved = |event: &mut Event| event.when = zoned("Europe/Madrid", "2026-05-07T18:00:00Z");
    let off = |event: &mut Event| event.status = Status::Cancelled;
    let online = |event: &mut Event| event.online = Some(Box::default());
    let changes: [Edit<'_>; 3] =
        [("2026-06-02T19:00:00", &off), ("2026-06-09T19:00:00", &online), ("2026-11-24T19:00:00", &moved)];
    let filters = [
        Filter::default(),
        Filter { statuses: vec!["!cancelled".into()], ..Filter::default() },
        Filter { statuses: vec!["cancelled".into()], ..Filter::default() },
        Filter { online: Some(true), ..Filter::default() },
        Filter { online: Some(false), ..Filter::default() },
    ];
    let reach = |days| Some(crate::calendar::Reach { months: 0, days });
    for rule in ["FREQ=WEEKLY;UNTIL=20261231T225959Z", "FREQ=WEEKLY"] {
        let event = weekly(rule, &changes);
        for filter in &filters {
            for (past, future) in [(None, None), (None, reach(30)), (reach(3), reach(200))] {
                for series in [Series::Rules, Series::Expanded] {
                    for cancelled in [crate::calendar::Cancelled::Show, crate::calendar::Cancelled::Drop] {
                        let feed = Feed { filter: filter.clone(), past, future, series, cancelled, ..all() };
                        let [by_file, listed] = both(&event, &feed);
                        assert_eq!(by_file, listed, "{rule} {feed:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn windows_go_by_actual_starts() {
    let moved = |event: &mut Event| event.when = zoned("Europe/Madrid", "2026-05-07T18:00:00Z");
    let feed = Feed { series: Series::Expanded, future: Some(crate::calendar::Reach { months: 0, days: 30 }), ..all() };
    let shown = written(weekly("FREQ=WEEKLY", &[("2027-02-02T19:00:00", &moved)]), &feed);
    assert!(shown.iter().any(|(uid, ..)| uid == "a-20270202@example.org"), "{shown:?}");
    // And one that moved out is not there.
    let later = |event: &mut Event| event.when = zoned("Europe/Madrid", "2026-09-07T18:00:00Z");
    let shown = written(weekly("FREQ=WEEKLY", &[("2026-05-12T19:00:00", &later)]), &feed);
    assert!(!shown.iter().any(|(uid, ..)| uid == "a-20260512@example.org"), "{shown:?}");
}

#[test]
fn what_a_feed_does_not_take_is_excluded_from_its_rule() {
    let off = |event: &mut Event| event.status = Status::Cancelled;
    let event = weekly("FREQ=WEEKLY;COUNT=4", &[("2026-05-12T19:00:00", &off)]);
    let statuses =
        |status: &str| Feed { filter: Filter { statuses: vec![status.into()], ..Filter::default() }, ..all() };
    let excluded = time("2026-05-12T19:00:00");
    let shown = written(event.clone(), &statuses("!cancelled"));
    assert!(
        matches!(&shown[..], [(uid, _, Some(except))] if uid == "a@example.org" && except == &[excluded]),
        "{shown:?}"
    );
    // Taken alone, it stands by itself.
    let shown = written(event, &statuses("cancelled"));
    assert!(matches!(&shown[..], [(uid, _, None)] if uid == "a-20260512@example.org"), "{shown:?}");
    // No rule is left of which nothing happens.
    let both = [("2026-05-05T19:00:00", &off as &dyn Fn(&mut Event)), ("2026-05-12T19:00:00", &off)];
    assert!(written(weekly("FREQ=WEEKLY;COUNT=2", &both), &statuses("!cancelled")).is_empty());
}

/// What a feed of a weekly series in New York and of another event there has of the series, and of the other event.
fn beside(other: &str) -> (Vec<Form>, Vec<Form>) {
    let calendar = calendar(vec![
        series(zoned("America/New_York", "2026-05-05T22:00:00Z"), "FREQ=WEEKLY", &[]),
        event("other", zoned("America/New_York", other)),
    ]);
    let feed = all();
    let view = FeedView::new(&calendar, &feed, instant("2026-05-01T12:00:00Z"));
    let forms = |id: &str| view.events.iter().filter(|one| &*one.event.id == id).map(|one| one.form).collect();
    (forms("a"), forms("other"))
}

#[test]
fn an_old_or_far_event_never_changes_how_a_series_is_written() {
    for (other, is_local) in [
        ("1901-06-01T22:00:00Z", false),
        ("1987-06-01T22:00:00Z", false),
        ("2005-06-01T22:00:00Z", false),
        ("2026-03-02T22:00:00Z", true),
        ("2026-06-01T22:00:00Z", true),
        ("2199-06-01T22:00:00Z", false),
    ] {
        let (series, alone) = beside(other);
        assert!(matches!(series[..], [Form::Local { .. }]), "{other}: {series:?}");
        assert_eq!(matches!(alone[..], [Form::Local { .. }]), is_local, "{other}: {alone:?}");
    }
    // Neither does an old series change a new one.
    let mut old = series(zoned("America/New_York", "2001-05-01T22:00:00Z"), "FREQ=WEEKLY", &[]);
    (old.id, old.uid) = ("old".into(), "old@example.org".into());
    let new = series(zoned("America/New_York", "2026-05-05T22:00:00Z"), "FREQ=WEEKLY", &[]);
    let calendar = calendar(vec![new, old]);
    let feed = all();
    let view = FeedView::new(&calendar, &feed, instant("2026-05-01T12:00:00Z"));
    let count = |id: &str| view.events.iter().filter(|one| &*one.event.id == id).count();
    assert_eq!(count("a"), 1);
    assert!(count("old") > 50);
    assert_eq!(view.timezones.len(), 1);
}
