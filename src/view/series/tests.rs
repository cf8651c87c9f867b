use super::*;
use crate::view::feed::FeedView;
use crate::view::sample::{all, calendar, event, instant, zoned};

fn time(text: &str) -> NaiveDateTime {
    text.parse().expect("a time")
}

fn series(when: When, rule: &str, also: &[&str]) -> Event {
    let rule = (!rule.is_empty()).then(|| Rule::parse(rule).expect("a rule"));
    let event = event("a", when);
    let also = also.iter().map(|also| event.begun_at(time(also)).expect("a time")).collect();
    let repeat = Repeat { rule, except: Box::default(), also, changes: Box::default() };
    Event { repeat: Some(Box::new(repeat)), ..event }
}

/// UID, form and EXDATE of each VEVENT; no EXDATE where there is no rule.
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

/// The EXDATEs of a series that is written as a rule; none where it is expanded.
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
    assert_eq!(uids, ["a-20260501T1000@example.org", "a-20260501T1800@example.org", "a-20260502T1000@example.org"]);
    assert!(shown.iter().all(|(_, form, except)| matches!(form, Form::Days(_)) && except.is_none()));
}

#[test]
fn two_on_a_day_have_two_uids() {
    let also = ["2026-05-05T19:00:30", "2026-05-12T09:00:00", "2026-05-13T09:00:00", "2026-05-19T19:00:00"];
    let tuesdays = || series(zoned("Europe/Madrid", "2026-05-05T17:00:00Z"), "FREQ=WEEKLY;COUNT=2", &also);
    let uids = |feed: &Feed| written(tuesdays(), feed).into_iter().map(|(uid, ..)| uid).collect::<Vec<_>>();
    let besides =
        ["a-20260505T190030", "a-20260512T0900", "a-20260513", "a-20260519"].map(|id| format!("{id}@example.org"));
    let [seconds, same_day, other_hour, usual] = besides;
    assert_eq!(
        uids(&all()),
        ["a@example.org".into(), seconds.clone(), same_day.clone(), other_hour.clone(), usual.clone()]
    );
    let [first, second] = ["a-20260505", "a-20260512"].map(|id| format!("{id}@example.org"));
    let expanded = Feed { series: Series::Expanded, ..all() };
    assert_eq!(uids(&expanded), [first, seconds, same_day, second, other_hour, usual]);
}
