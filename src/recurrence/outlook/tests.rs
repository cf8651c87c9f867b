//! Which rules fit a pattern, which are split, and that the parts together are the rule.

use std::collections::HashSet;

use super::*;

fn start() -> NaiveDateTime {
    "2026-12-01T19:00:00".parse().expect("a time")
}

fn shown(rule: &str, hours: i64) -> Option<Vec<String>> {
    let rule = Rule::parse(rule).expect("a rule");
    let parts = parts(&rule, start(), TimeDelta::hours(hours))?;
    Some(parts.iter().map(|part| format!("{} {}", part.name, part.written()).trim().to_owned()).collect())
}

#[test]
fn what_fits_a_pattern_stays_whole() {
    for rule in [
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=3;COUNT=10",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH",
        "FREQ=MONTHLY",
        "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=MONTHLY;BYDAY=2TU",
        "FREQ=MONTHLY;BYDAY=-1FR",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=YEARLY",
        "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1",
        "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31",
        "FREQ=YEARLY;INTERVAL=2;BYMONTH=11;BYDAY=4TH",
    ] {
        assert_eq!(shown(rule, 2), Some(vec![rule.to_owned()]), "{rule}");
    }
}

#[test]
fn the_same_in_a_pattern_that_outlook_knows() {
    for (rule, written) in [
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;COUNT=7", "FREQ=WEEKLY;COUNT=7;BYDAY=MO,TU,WE,TH,FR"),
        ("FREQ=MONTHLY;BYDAY=TU", "FREQ=WEEKLY;BYDAY=TU"),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2", "FREQ=MONTHLY;BYDAY=2TU"),
        ("FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("FREQ=WEEKLY;BYHOUR=19", "FREQ=WEEKLY"),
        ("FREQ=MONTHLY;BYMONTH=5;BYMONTHDAY=1", "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1"),
        ("FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=-1", "FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=31"),
    ] {
        assert_eq!(shown(rule, 2), Some(vec![written.to_owned()]), "{rule}");
    }
}

#[test]
fn what_fits_no_pattern_is_taken_apart() {
    for (rule, hours, parts) in [
        ("FREQ=MONTHLY;BYDAY=2TU,4TU", 2, &["2tu FREQ=MONTHLY;BYDAY=2TU", "4tu FREQ=MONTHLY;BYDAY=4TU"][..]),
        ("FREQ=MONTHLY;BYDAY=1MO,-1MO", 2, &["lastmo FREQ=MONTHLY;BYDAY=-1MO", "1mo FREQ=MONTHLY;BYDAY=1MO"]),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", 2, &["day1 FREQ=MONTHLY;BYMONTHDAY=1", "day15 FREQ=MONTHLY;BYMONTHDAY=15"]),
        (
            "FREQ=YEARLY;BYMONTH=3,6;BYMONTHDAY=8",
            2,
            &["m03 FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8", "m06 FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=8"],
        ),
        ("FREQ=WEEKLY;BYDAY=TU;BYHOUR=10,18", 2, &["t1000 FREQ=WEEKLY;BYDAY=TU", "t1800 FREQ=WEEKLY;BYDAY=TU"]),
        ("FREQ=WEEKLY;BYDAY=TU,WE", 30, &["tu FREQ=WEEKLY;BYDAY=TU", "we FREQ=WEEKLY;BYDAY=WE"]),
        (
            "FREQ=MONTHLY;BYDAY=2TU,4TU;COUNT=3",
            2,
            &["2tu FREQ=MONTHLY;UNTIL=20270112T190000;BYDAY=2TU", "4tu FREQ=MONTHLY;UNTIL=20270112T190000;BYDAY=4TU"],
        ),
    ] {
        let parts: Vec<String> = parts.iter().map(ToString::to_string).collect();
        assert_eq!(shown(rule, hours), Some(parts), "{rule}");
    }
    assert_eq!(shown("FREQ=DAILY", 30).map(|parts| parts.len()), Some(7));
}

#[test]
fn what_cannot_be_taken_apart_is_none() {
    for (rule, hours) in [
        ("FREQ=MONTHLY;BYDAY=5MO", 2),
        ("FREQ=MONTHLY;BYDAY=-2FR", 2),
        ("FREQ=MONTHLY;BYMONTHDAY=31", 2),
        ("FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", 2),
        ("FREQ=WEEKLY;BYMONTH=5", 2),
        ("FREQ=YEARLY;BYWEEKNO=20", 2),
        ("FREQ=YEARLY;BYYEARDAY=100", 2),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", 2),
        ("FREQ=DAILY;INTERVAL=2", 50),
        ("FREQ=WEEKLY", 200),
    ] {
        assert_eq!(shown(rule, hours), None, "{rule}");
    }
}

/// Every rule of a table that can be taken apart: each of its occurrences is one of exactly one part, and of no other day.
#[test]
fn each_occurrence_is_one_of_exactly_one_part() {
    let days = ["", "BYMONTHDAY=1,15", "BYMONTHDAY=28,-1", "BYMONTHDAY=1,-1", "BYMONTHDAY=30,-1,30", "BYDAY=2TU,4TU"];
    let more =
        ["BYDAY=4TU,-1TU", "BYDAY=1MO,-1MO,2TU", "BYDAY=TU;BYSETPOS=2,4", "BYDAY=TU;BYSETPOS=4,-1", "BYDAY=TU,TH"];
    let other =
        ["BYDAY=5MO", "BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "BYMONTHDAY=28,29,30,31;BYSETPOS=-1", "BYMONTHDAY=31"];
    let months = ["", "BYMONTH=2", "BYMONTH=2,8,12"];
    let times = ["", "BYHOUR=10,19"];
    let ends = ["", "COUNT=7", "UNTIL=20280301T190000"];
    let (mut apart, mut whole) = (0, 0);
    for freq in ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"] {
        for (interval, hours) in [(1, 2), (2, 2), (1, 30), (2, 30), (1, 60), (2, 170)] {
            for days in days.iter().chain(&more).chain(&other) {
                for (month, time) in months.iter().flat_map(|month| times.iter().map(move |time| (month, time))) {
                    for end in ends {
                        let mut text = format!("FREQ={freq};INTERVAL={interval}");
                        for part in [end, days, month, time].into_iter().filter(|part| !part.is_empty()) {
                            text.extend([";", part]);
                        }
                        let Ok(rule) = Rule::parse(&text) else { continue };
                        let Some(parts) = parts(&rule, start(), TimeDelta::hours(hours)) else { continue };
                        *if parts.len() == 1 { &mut whole } else { &mut apart } += 1;
                        let names: HashSet<&str> = parts.iter().map(|part| &*part.name).collect();
                        assert_eq!(names.len(), parts.len(), "{text}");
                        check(&text, &rule, &parts, TimeDelta::hours(hours));
                    }
                }
            }
        }
    }
    assert!(apart > 100 && whole > 100, "{apart} {whole}");
}

/// That the parts, each with the start that is written and the rule that is written, give the occurrences of the rule.
fn check(text: &str, rule: &Rule, parts: &[Part], length: TimeDelta) {
    let until = "2035-01-01T00:00:00".parse().expect("a time");
    let planned: Vec<NaiveDateTime> = rule.between(start(), NaiveDateTime::MIN, until).collect();
    let mut of_parts = Vec::new();
    for part in parts {
        let inside: Vec<NaiveDateTime> = part.rule.between(start(), NaiveDateTime::MIN, until).collect();
        let Some(first) = inside.first() else { continue };
        let as_read: Vec<NaiveDateTime> = part.written().between(*first, NaiveDateTime::MIN, until).collect();
        assert_eq!(as_read, inside, "{text}: {}", part.name);
        for pair in inside.windows(2) {
            assert!(pair[1] - pair[0] >= length, "{text}: {} overlaps", part.name);
        }
        of_parts.extend(inside);
    }
    of_parts.sort_unstable();
    assert_eq!(of_parts, planned, "{text}: {parts:?}");
}
