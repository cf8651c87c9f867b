use super::*;
use crate::recurrence::Rule;
use crate::view::digest::window;
use crate::view::sample::{calendar, days, event, instant, zone, zoned};

const BEGAN: &str = "2026-05-01T12:00:00Z";
const LOCKED: &str = "2026-05-10T12:00:00Z";
const NOW: &str = "2026-05-12T12:00:00Z";

/// The digest of a week, in Madrid, for a lock that began with `first` and was updated with `then`.
fn told(first: &[Event], then: &[Event], since: &str) -> Vec<String> {
    let tzdb = Tzdb::bundled();
    let (now, madrid) = (instant(NOW), zone("Europe/Madrid"));
    let (before, _) = Lock::default().updated_with(&calendar(first.to_vec()), instant(BEGAN), &tzdb);
    let calendar = calendar(then.to_vec());
    let (lock, _) = before.updated_with(&calendar, instant(LOCKED), &tzdb);
    let past = Past::new(&before, &lock, instant(since), now);
    let tombstones = past.tombstones(&calendar, &tzdb);
    let (_, _, window) = window(now, 7, madrid);
    let mut changes: Vec<String> = (past.changes(&calendar, &tombstones, &window, |_| true).iter())
        .map(|told| {
            let Change { sort, from, remark } = &told.change;
            let from = match from {
                Some(Earlier::Clock(stamp)) => format!(" from {}", stamp.rfc3339()),
                Some(Earlier::Day(day)) => format!(" from {day}"),
                Some(Earlier::Floating(wall)) => format!(" from {wall}"),
                None => String::new(),
            };
            let remark = remark.map(|remark| format!(" {remark:?}")).unwrap_or_default();
            format!("{sort:?} {}{from}{remark}", told.occurrence.event.id)
        })
        .collect();
    changes.sort();
    changes
}

fn at(id: &str, start: &str) -> Event {
    Event { title: id.into(), ..event(id, zoned("Europe/Madrid", start)) }
}

#[test]
fn what_changed_is_told_once_and_by_what_holds_now() {
    let first = [
        at("kept", "2026-05-14T18:00:00Z"),
        at("cancelled", "2026-05-14T18:00:00Z"),
        at("postponed", "2026-06-14T18:00:00Z"),
        at("moved", "2026-05-14T18:00:00Z"),
        at("deleted", "2026-05-15T18:00:00Z"),
        Event { status: Status::Tentative, ..at("tentative", "2026-05-14T18:00:00Z") },
        at("over", "2026-05-11T18:00:00Z"),
    ];
    let mut then = first.to_vec();
    then.remove(4);
    then[1].status = Status::Cancelled;
    then[2].status = Status::Postponed;
    then[3].when = at("moved", "2026-05-16T18:00:00Z").when;
    then[4].status = Status::Confirmed;
    then[5].status = Status::Cancelled;
    then.push(at("new", "2026-07-01T18:00:00Z"));
    then.push(Event { status: Status::Cancelled, ..at("new-and-off", "2026-07-01T18:00:00Z") });
    let expected = [
        "Cancelled cancelled",
        "Cancelled deleted",
        "Cancelled new-and-off",
        "Changed tentative Confirmed",
        "Moved moved from 2026-05-14T20:00:00+02:00",
        "New new",
        "Postponed postponed",
    ];
    assert_eq!(told(&first, &then, "2026-05-05T00:00:00Z"), expected);
    assert_eq!(told(&first, &then, "2026-05-11T00:00:00Z"), [""; 0]);
    // Events that the lock began with are not new, however early the start of the digest.
    assert_eq!(told(&first, &then, "2020-01-01T00:00:00Z"), expected);
}

#[test]
fn another_uid_for_the_same_event_is_no_news() {
    let first = at("a", "2026-05-14T18:00:00Z");
    let renamed = Event { id: "b".into(), uid: "b@example.org".into(), ..first.clone() };
    let other = at("other", "2026-05-14T18:00:00Z");
    assert_eq!(told(&[first, other.clone()], &[renamed, other], "2026-05-05T00:00:00Z"), [""; 0]);
}

#[test]
fn of_a_series_the_coming_occurrences_are_told_of() {
    let weekly = |change: &dyn Fn(&mut crate::event::Repeat)| {
        let mut event = at("weekly", "2026-01-07T18:00:00Z");
        let mut repeat =
            crate::event::Repeat { rule: Rule::parse("FREQ=WEEKLY;BYDAY=WE").ok(), ..crate::event::Repeat::default() };
        change(&mut repeat);
        event.repeat = Some(Box::new(repeat));
        event
    };
    let wall = |text: &str| format!("{text}T19:00:00").parse().expect("a time");
    let first = [weekly(&|_| ())];
    let since = "2026-05-05T00:00:00Z";
    let skipped = weekly(&|repeat| repeat.except = [wall("2026-05-13"), wall("2026-06-17")].into());
    assert_eq!(told(&first, &[skipped], since), ["Cancelled weekly"]);
    let later = weekly(&|repeat| repeat.except = [wall("2026-06-17")].into());
    assert_eq!(told(&first, &[later], since), ["Changed weekly Dates"]);
    let moved = weekly(&|repeat| {
        let event = at("weekly", "2026-05-14T18:00:00Z");
        repeat.changes = [crate::event::Change { planned: wall("2026-05-13"), event }].into();
    });
    assert_eq!(told(&first, &[moved], since), ["Moved weekly from 2026-05-13T19:00:00+02:00"]);
}

#[test]
fn a_deleted_series_is_told_of_with_all_its_parts() {
    let tzdb = Tzdb::bundled();
    let part = |uid: &str, start: &str, rule: &str| {
        let rule = Rule::parse(rule).ok();
        let repeat = crate::event::Repeat { rule, ..crate::event::Repeat::default() };
        Event { uid: uid.into(), repeat: Some(Box::new(repeat)), ..at("w", start) }
    };
    let mut series = part("w@example.org", "2026-05-05T17:00:00Z", "FREQ=WEEKLY;UNTIL=20260525");
    let from = NaiveDate::from_ymd_opt(2026, 5, 26);
    let event = part("w-from-20260526@example.org", "2026-05-26T18:00:00Z", "FREQ=WEEKLY;UNTIL=20260630");
    let strand = Strand { from, event };
    series.repeat.as_mut().expect("a repeat").strands = [strand.clone()].into();
    let other = at("other", "2026-05-14T18:00:00Z");
    let (before, _) = Lock::default().updated_with(&calendar(vec![series, other.clone()]), instant(BEGAN), &tzdb);
    let calendar = calendar(vec![other]);
    let (lock, _) = before.updated_with(&calendar, instant(LOCKED), &tzdb);
    let past = Past::new(&before, &lock, instant(BEGAN), instant(NOW));
    let tombstones = past.tombstones(&calendar, &tzdb);
    let [deleted] = &tombstones[..] else { panic!("{tombstones:?}") };
    let [further] = deleted.further() else { panic!("{deleted:?}") };
    assert_eq!((further.from, &further.event.uid, further.event.status), (from, &strand.event.uid, Status::Cancelled));
    assert_eq!(schedule::last(deleted).map(|last| last.last_day()), NaiveDate::from_ymd_opt(2026, 6, 30));
}

#[test]
fn days_that_moved_are_told_of_as_days() {
    let first = [event("day", days("2026-05-14", "2026-05-15")), at("other", "2026-05-14T18:00:00Z")];
    let then = [event("day", days("2026-05-16", "2026-05-17")), first[1].clone()];
    assert_eq!(told(&first, &then, "2026-05-05T00:00:00Z"), ["Moved day from 2026-05-14"]);
}
