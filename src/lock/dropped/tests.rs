use super::*;
use crate::calendar::Feed;
use crate::event::Strand;
use crate::lock::{History, Lock};
use crate::view::feed::FeedView;
use crate::view::sample::{all, calendar, days, event, instant, zoned};

const BEGAN: &str = "2026-11-20T12:00:00Z";
const NOW: &str = "2026-11-21T12:00:00Z";

fn wall(text: &str) -> NaiveDateTime {
    format!("{}T{}:00", &text[..10], text.get(11..).unwrap_or("19:00")).parse().expect("a time")
}

/// Tuesdays at 19:00 in Madrid from 3 November 2026 on, by a rule or by none.
fn series(rule: &str, except: &[&str], also: &[&str]) -> Event {
    with_start("2026-11-03T18:00:00Z", rule, except, also)
}

fn with_start(start: &str, rule: &str, except: &[&str], also: &[&str]) -> Event {
    let base = event("w", zoned("Europe/Madrid", start));
    let also = also.iter().map(|at| base.begun_at(wall(at)).expect("a time")).collect();
    let except = except.iter().map(|at| wall(at)).collect();
    let repeat = Repeat { rule: Rule::parse(rule).ok(), except, also, ..Repeat::default() };
    Event { repeat: Some(Box::new(repeat)), ..base }
}

fn locked(lock: &Lock, events: &[Event], now: &str) -> Lock {
    lock.updated_with(&calendar(events.to_vec()), instant(now), &Tzdb::bundled()).0
}

/// The days that a change drops, as `lock` records them and as a feed before that has them.
fn dropped(before: &Event, after: &Event) -> Vec<String> {
    let first = locked(&Lock::default(), std::slice::from_ref(before), BEGAN);
    let second = locked(&first, std::slice::from_ref(after), NOW);
    let shown = |one: &KeptOccurrence| one.planned.format("%m-%d").to_string();
    let entry = second.entry(&after.uid).expect("an entry");
    let recorded: Vec<String> = entry.dropped.iter().map(shown).collect();
    assert_eq!(Lock::parse(&second.to_string()).expect("a lock"), second);
    let calendar = calendar(vec![after.clone()]);
    let history = |lock| History::new(lock, &calendar, instant(NOW), &Tzdb::bundled(), |_| true);
    assert_eq!(history(&first).told(&calendar).events, history(&second).told(&calendar).events);
    recorded
}

#[test]
fn dates_that_a_series_has_no_longer_are_dropped() {
    let weekly = series("FREQ=WEEKLY;UNTIL=20261222", &[], &["2026-12-10T10:00"]);
    let shorter = |rule: &str| dropped(&weekly, &series(rule, &[], &["2026-12-10T10:00"]));
    assert_eq!(shorter("FREQ=WEEKLY;UNTIL=20261208"), ["12-15", "12-22"]);
    assert_eq!(shorter("FREQ=WEEKLY;COUNT=7"), ["12-22"]);
    assert_eq!(shorter("FREQ=WEEKLY;UNTIL=20270105"), [""; 0]);
    assert_eq!(shorter("FREQ=WEEKLY;INTERVAL=2;UNTIL=20261222"), ["11-24", "12-08", "12-22"]);
    // What was excepted before is no news, nor is what is over.
    let rule = "FREQ=WEEKLY;UNTIL=20261222";
    let except = series(rule, &["2026-11-10", "2026-12-01", "2026-12-15"], &["2026-12-10T10:00"]);
    assert_eq!(dropped(&weekly, &except), ["12-01", "12-15"]);
    assert_eq!(dropped(&except, &series(rule, &["2026-12-15"], &[])), ["12-10"]);
    let two_days = series("FREQ=WEEKLY;BYDAY=TU,TH", &[], &[]);
    let dropped_days = dropped(&two_days, &series("FREQ=WEEKLY;BYDAY=TU", &[], &[]));
    assert_eq!(dropped_days[..2], ["11-26", "12-03"]);
    assert_eq!(dropped_days.len(), 26, "half a year");
    // A series that ends altogether.
    let single = Event { repeat: None, ..weekly.clone() };
    assert_eq!(dropped(&weekly, &single), ["11-24", "12-01", "12-08", "12-10", "12-15", "12-22"]);
    let also = |dates: &[&str]| series("", &[], dates);
    assert_eq!(dropped(&also(&["2026-12-04", "2026-12-10"]), &also(&["2026-12-10"])), ["12-04"]);
    assert_eq!(dropped(&also(&["2026-12-04", "2026-12-10"]), &also(&["2026-12-11"])), ["12-04", "12-10"]);
}

#[test]
fn a_series_that_moves_drops_nothing() {
    let weekly = series("FREQ=WEEKLY", &[], &["2026-12-10T10:00"]);
    let also = ["2026-12-10T10:00"];
    for moved in [
        with_start("2026-11-03T19:00:00Z", "FREQ=WEEKLY", &[], &[]),
        with_start("2026-11-04T18:00:00Z", "FREQ=WEEKLY", &[], &also),
        series("FREQ=WEEKLY;BYDAY=WE", &[], &also),
        series("FREQ=MONTHLY;BYDAY=1TH", &[], &also),
        event("w", zoned("Europe/Madrid", "2026-12-05T18:00:00Z")),
        Event { when: days("2026-11-03", "2026-11-04"), ..series("FREQ=WEEKLY", &[], &[]) },
    ] {
        assert_eq!(dropped(&weekly, &moved), [""; 0], "{moved:?}");
    }
    let every_other = series("FREQ=WEEKLY;INTERVAL=2", &[], &[]);
    assert_eq!(dropped(&every_other, &with_start("2026-11-10T18:00:00Z", "FREQ=WEEKLY;INTERVAL=2", &[], &[])), [""; 0]);
    // The first of single dates moves, and another one is dropped.
    let dates = with_start("2026-12-05T18:00:00Z", "", &[], &["2026-12-12", "2026-12-19"]);
    assert_eq!(dropped(&dates, &with_start("2026-12-06T18:00:00Z", "", &[], &["2026-12-12"])), ["12-19"]);
    assert_eq!(dropped(&dates, &with_start("2026-12-12T18:00:00Z", "", &[], &["2026-12-19"])), ["12-05"]);
}

#[test]
fn what_another_part_of_the_series_takes_over_is_not_dropped() {
    let mut cut = series("FREQ=WEEKLY;UNTIL=20261208", &[], &[]);
    let mut part = with_start("2026-12-15T19:00:00Z", "FREQ=WEEKLY", &[], &[]);
    part.uid = "w-from-20261215@example.org".into();
    let repeat = cut.repeat.as_mut().expect("a repeat");
    repeat.strands = [Strand { from: Some(wall("2026-12-15").date()), event: part }].into();
    assert_eq!(dropped(&series("FREQ=WEEKLY", &[], &[]), &cut), [""; 0]);
    let except = &mut cut.repeat.as_mut().expect("a repeat").except;
    *except = [wall("2026-12-01")].into();
    assert_eq!(dropped(&series("FREQ=WEEKLY", &[], &[]), &cut), ["12-01"]);
}

/// The events of a feed that are not confirmed: UID, start and status.
fn cancelled(lock: &Lock, events: &[Event], feed: &Feed, now: &str) -> Vec<String> {
    let calendar = calendar(events.to_vec());
    let history = History::new(lock, &calendar, instant(now), &Tzdb::bundled(), |_| true);
    let told = history.told(&calendar);
    let view = FeedView::of(&told, feed, instant(now), Some(&history), |_| true);
    let off = view.events.iter().filter(|one| one.status == Status::Cancelled);
    let uid = |uid: &str| uid.trim_end_matches("@example.org").to_owned();
    off.map(|one| format!("{} {} {}", uid(&one.uid), one.begins.format("%m-%d"), one.revision.sequence)).collect()
}

#[test]
fn dropped_dates_are_cancelled_for_thirty_days_and_come_back_with_a_higher_sequence() {
    let rule = "FREQ=WEEKLY;UNTIL=20261222";
    let first = [series(rule, &[], &["2026-12-10T10:00"])];
    let then = [series("FREQ=WEEKLY;UNTIL=20261215", &["2026-12-01"], &[])];
    let lock = locked(&locked(&Lock::default(), &first, BEGAN), &then, NOW);
    let all = all();
    let off = ["w 12-01 1", "w-20261210T1000 12-10 1", "w-20261222 12-22 1"];
    assert_eq!(cancelled(&lock, &then, &all, NOW), off);
    assert_eq!(cancelled(&lock, &then, &all, "2027-01-05T12:00:00Z"), off[1..]);
    assert_eq!(cancelled(&lock, &then, &all, "2027-01-22T12:00:00Z"), [""; 0]);
    // The lock does not change.
    assert_eq!(locked(&lock, &then, "2027-02-01T12:00:00Z"), lock);
    let expanded = Feed { series: crate::calendar::Series::Expanded, ..all.clone() };
    let uids = ["w-20261201 12-01 1", "w-20261210T1000 12-10 1", "w-20261222 12-22 1"];
    assert_eq!(cancelled(&lock, &then, &expanded, NOW), uids);
    let dropping = Feed { cancelled: crate::calendar::Cancelled::Drop, ..all.clone() };
    assert_eq!(cancelled(&lock, &then, &dropping, NOW), [""; 0]);
    // Back again, all but one.
    let back = [series(rule, &[], &[])];
    let lock = locked(&lock, &back, "2026-11-22T12:00:00Z");
    assert_eq!(cancelled(&lock, &back, &all, "2026-11-22T12:00:00Z"), ["w-20261210T1000 12-10 2"]);
    assert_eq!(lock.entry("w@example.org").expect("an entry").sequence, 2);
    // Another event has the UID by now.
    let other = event("w-20261210T1000", zoned("Europe/Madrid", "2026-12-10T09:00:00Z"));
    assert_eq!(cancelled(&lock, &[back[0].clone(), other], &all, "2026-11-22T12:00:00Z"), [""; 0]);
    // The deleted series cancels the date too.
    let none = [event("x", days("2026-12-01", "2026-12-02"))];
    let gone = cancelled(&lock, &none, &all, "2026-11-22T12:00:00Z");
    assert_eq!(gone, ["w 11-03 3", "w-20261210T1000 12-10 3"]);
}

#[test]
fn two_branches_drop_what_either_drops() {
    let rule = "FREQ=WEEKLY;UNTIL=20261222";
    let lock = locked(&Lock::default(), &[series(rule, &[], &["2026-12-10T10:00"])], BEGAN);
    let ours = locked(&lock, &[series(rule, &[], &[])], NOW);
    let theirs = locked(&lock, &[series(rule, &["2026-12-15"], &["2026-12-10T10:00"])], NOW);
    let both = [series(rule, &["2026-12-15"], &[])];
    for merged in [ours.clone().merged(theirs.clone()), theirs.merged(ours)] {
        let lock = locked(&merged, &both, "2026-11-22T12:00:00Z");
        let dropped = &lock.entry("w@example.org").expect("an entry").dropped;
        assert_eq!(
            dropped.iter().map(|one| one.planned.date().to_string()).collect::<Vec<_>>(),
            ["2026-12-10", "2026-12-15"]
        );
    }
}
