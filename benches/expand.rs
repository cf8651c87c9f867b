//! Expansion beside the `rrule` crate: dense windows, far windows, rules that never match.

use std::hint::black_box;

use chrono::{NaiveDate, NaiveDateTime, TimeZone};
use divan::Bencher;
use redletter::recurrence::Rule;

const DENSE: [&str; 6] = [
    "FREQ=DAILY",
    "FREQ=DAILY;BYMONTH=5,6;BYDAY=MO,TU,WE",
    "FREQ=WEEKLY;BYDAY=TU,TH",
    "FREQ=MONTHLY;BYDAY=2TU,-1FR",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1,1",
    "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1",
];
const FAR: [&str; 5] = [
    "FREQ=DAILY",
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;BYDAY=TU,TH",
    "FREQ=WEEKLY;COUNT=5000",
    "FREQ=MONTHLY;BYDAY=2TU;COUNT=5000",
];
const NEVER: [&str; 5] = [
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=YEARLY;BYWEEKNO=1;BYMONTH=6",
    "FREQ=WEEKLY;BYSETPOS=300;BYDAY=MO",
];
/// Rules that cost the most for their length.
const HOSTILE: [&str; 5] = [
    "FREQ=DAILY;COUNT=1000000000",
    "FREQ=DAILY;INTERVAL=31;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO;COUNT=1000000000",
    "FREQ=DAILY;INTERVAL=33;BYMONTHDAY=31;COUNT=100000",
    "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2,4,6,9,11;COUNT=5",
    "FREQ=YEARLY;INTERVAL=100;BYMONTH=2;BYMONTHDAY=29;BYDAY=WE",
];

fn main() {
    divan::main();
}

fn day(year: i32, month: u32, day: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(year, month, day).and_then(|date| date.and_hms_opt(19, 0, 0)).expect("a date")
}

fn crate_rule(text: &str, start: NaiveDateTime) -> rrule::RRuleSet {
    let start = rrule::Tz::UTC.from_utc_datetime(&start);
    rrule::RRuleSet::new(start)
        .rrule(text.parse::<rrule::RRule<rrule::Unvalidated>>().unwrap().validate(start).unwrap())
}

/// 1,000 occurrences from the start.
#[divan::bench(args = DENSE)]
fn dense(bencher: Bencher, text: &str) {
    let (rule, start) = (Rule::parse(text).unwrap(), day(2000, 1, 4));
    bencher.counter(1000u32).bench(|| rule.between(start, start, NaiveDateTime::MAX).take(1000).map(black_box).count());
}

#[divan::bench(args = DENSE)]
fn dense_rrule(bencher: Bencher, text: &str) {
    let set = crate_rule(text, day(2000, 1, 4));
    bencher.counter(1000u32).bench(|| set.into_iter().take(1000).map(black_box).count());
}

/// One week in 2026 of a rule begun in 2000.
#[divan::bench(args = FAR)]
fn far(bencher: Bencher, text: &str) {
    let rule = Rule::parse(text).unwrap();
    bencher.bench(|| rule.between(day(2000, 1, 4), day(2026, 6, 1), day(2026, 6, 8)).map(black_box).count());
}

#[divan::bench(args = FAR)]
fn far_rrule(bencher: Bencher, text: &str) {
    let set = crate_rule(text, day(2000, 1, 4));
    let at = |moment| rrule::Tz::UTC.from_utc_datetime(&moment);
    let set = set.after(at(day(2026, 6, 1))).before(at(day(2026, 6, 8)));
    bencher.bench(|| set.clone().all(100).dates.len());
}

#[divan::bench(args = NEVER)]
fn never(bencher: Bencher, text: &str) {
    let rule = Rule::parse(text).unwrap();
    bencher.bench(|| rule.first(black_box(day(2000, 1, 4))));
}

#[divan::bench(args = HOSTILE)]
fn hostile(bencher: Bencher, text: &str) {
    let rule = Rule::parse(text).unwrap();
    bencher
        .bench(|| (rule.last(black_box(day(2001, 3, 3))), rule.nearest(day(2001, 3, 3), black_box(day(9000, 3, 3)))));
}

/// Without the last, on which the crate does not end.
#[divan::bench(args = &NEVER[..4], sample_count = 5)]
fn never_rrule(bencher: Bencher, text: &str) {
    let set = crate_rule(text, day(2000, 1, 4));
    bencher.bench(|| set.clone().all(1).dates.len());
}
