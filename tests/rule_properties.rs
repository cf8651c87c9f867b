//! Laws that hold for every rule, tried on seeded random ones.

use std::fmt::Write;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use redletter::recurrence::{End, Rule, in_words, parse_phrase, parse_timed};

/// splitmix64: enough for choosing.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len() as u64) as usize]
    }

    fn moment(&mut self) -> NaiveDateTime {
        let day = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap();
        day + TimeDelta::minutes(self.below(60 * 24 * 365 * 60) as i64)
    }

    fn list(&mut self, from: &[&str]) -> String {
        let count = 1 + self.below(3);
        (0..count).map(|_| self.pick(from)).collect::<Vec<_>>().join(",")
    }

    /// A rule text; about half of them break a rule of RFC 5545.
    fn text(&mut self) -> String {
        let numbers = [
            "1", "2", "3", "5", "10", "12", "15", "20", "28", "29", "30", "31", "52", "53", "-1", "-2", "-5", "-30",
            "-53", "366",
        ];
        let months = ["1", "2", "3", "5", "6", "11", "12"];
        let days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU", "1MO", "-1FR", "2TU", "5SU", "20MO", "-3TH"];
        let freq = self.pick(&["DAILY", "WEEKLY", "MONTHLY", "YEARLY", "YEARLY"]);
        let mut text = format!("FREQ={freq}");
        for (name, odds, values) in [
            ("INTERVAL", 2, &["2", "3", "7", "14", "31", "32", "100", "400", "4294967295"][..]),
            ("BYMONTH", 3, &months),
            ("BYWEEKNO", 12, &numbers),
            ("BYYEARDAY", 12, &numbers),
            ("BYMONTHDAY", 4, &numbers),
            ("BYDAY", 3, &days),
            ("BYHOUR", 8, &["0", "9", "23"]),
            ("BYSETPOS", 6, &["1", "-1", "2", "3", "-7", "100", "366"]),
            ("WKST", 4, &["SU", "WE"]),
        ] {
            if self.one_in(odds) {
                let one = matches!(name, "INTERVAL" | "WKST");
                let value = if one { self.pick(values).to_owned() } else { self.list(values) };
                write!(text, ";{name}={value}").expect("a string takes all");
            }
        }
        match self.below(5) {
            0 => text += &[";COUNT=", self.pick(&["1", "7", "500", "100000", "1000000000"])].concat(),
            1 => text += &self.moment().format(";UNTIL=%Y%m%dT%H%M%S").to_string(),
            _ => {}
        }
        text
    }
}

fn rules(seed: u64, count: usize) -> impl Iterator<Item = (Random, Rule)> {
    let mut random = Random(seed);
    let valid = move || {
        loop {
            if let Ok(rule) = Rule::parse(&random.text()) {
                return (Random(random.next()), rule);
            }
        }
    };
    std::iter::repeat_with(valid).take(count)
}

#[test]
fn windows_join() {
    for (mut random, rule) in rules(1, 600) {
        let start = random.moment();
        let mut edges = [random.moment(), random.moment(), random.moment()];
        edges.sort();
        let [a, b, c] = edges;
        let all: Vec<_> = rule.between(start, a, c).collect();
        let joined: Vec<_> = rule.between(start, a, b).chain(rule.between(start, b, c)).collect();
        assert_eq!(all, joined, "{rule} from {start}: {a} {b} {c}");
        assert!(all.is_sorted_by(|one, next| one < next), "{rule} from {start}");
        // The same window, walked to from the start.
        let near: Vec<_> = rule.between(start, start, c).filter(|at| *at >= a).collect();
        assert_eq!(all, near, "{rule} from {start}: {a} {c}");
    }
}

#[test]
fn questions_agree_with_the_list() {
    for (mut random, rule) in rules(2, 300) {
        let (start, at) = (random.moment(), random.moment());
        let (from, to) = (at - TimeDelta::days(9000), at + TimeDelta::days(9000));
        let list: Vec<_> = rule.between(start, from, to).collect();
        assert_eq!(rule.contains(start, at), list.contains(&at), "{rule} from {start} at {at}");
        if let Some(nearest) = rule.nearest(start, at)
            && (nearest - at).abs() < TimeDelta::days(9000)
        {
            let expected = list.iter().min_by_key(|found| ((**found - at).abs(), **found));
            assert_eq!(Some(&nearest), expected, "{rule} from {start} at {at}");
        }
        assert_eq!(rule.before(start, at), rule.between(start, start, at).last(), "{rule} from {start} at {at}");
        let first = rule.first(start);
        assert!(first.is_none_or(|first| rule.contains(start, first)), "{rule} from {start}");
        assert_eq!(first.is_none(), rule.nearest(start, at).is_none(), "{rule} from {start}");
        if let Some(last) = rule.last(start) {
            assert!(rule.contains(start, last), "{rule} from {start}");
            assert_eq!(rule.between(start, last, NaiveDateTime::MAX).count(), 1, "{rule} from {start}");
        } else {
            assert!(rule.end() == End::Never || first.is_none(), "{rule} from {start}");
        }
    }
}

#[test]
fn text_comes_back() {
    for (mut random, rule) in rules(3, 3000) {
        assert_eq!(Rule::parse(&rule.to_string()).as_ref(), Ok(&rule));
        let start = random.moment();
        let words = in_words(&rule, start.date());
        let days = words.split_once(", until ").map_or(&words[..], |(days, _)| days);
        let days = days
            .rsplit_once(", ")
            .filter(|(_, end)| end.ends_with("times") || *end == "once")
            .map_or(days, |(days, _)| days);
        if words.starts_with("FREQ=") {
            continue;
        }
        let read = parse_phrase(days).unwrap_or_else(|error| panic!("{rule}: {words}: {error:?}"));
        let endless = rule.with_end(End::Never);
        let far = start + TimeDelta::days(4000);
        // "every weekday" of an all-week rule may begin its weeks elsewhere; the days are what counts.
        if endless.interval().get() == 1 {
            let (said, meant) = (read.between(start, start, far), endless.between(start, start, far));
            assert!(said.eq(meant), "{endless}: {words}: {read}");
        }
    }
}

#[test]
fn nothing_panics_on_text() {
    let mut random = Random(4);
    let pieces = [
        "FREQ=",
        "DAILY",
        "YEARLY",
        "HOURLY",
        ";",
        "=",
        ",",
        "COUNT=",
        "UNTIL=",
        "20260230",
        "20261231T",
        "Z",
        "BYDAY=",
        "MO",
        "60MO",
        "-",
        "+",
        "99999999999999999999",
        "0",
        "é",
        "RRULE:",
        "rrule",
        "WKST",
        "\u{0}",
        " ",
        "BYSETPOS=1",
        "every",
        "2nd",
        "last",
        "to",
        "of",
        "may",
        "tuesday",
        "31st",
        "0th",
        "4000000000",
        "weeks",
        "month",
        "day",
        "and",
        "the",
        "&",
        "1",
        "other",
        "fortnight",
        "İ",
        "ß",
        "’s",
        "second",
        "weekend",
        "quarterly",
        "-",
        "year",
        "th",
        "1.5",
        "every 2nd",
        "biweekly",
        "tus",
        "mnth",
    ];
    for _ in 0..20_000 {
        let count = random.below(9);
        let glue = random.pick(&["", " ", ";"]);
        let text = (0..count).map(|_| random.pick(&pieces)).collect::<Vec<_>>().join(glue);
        if let Err(error) = Rule::parse(&text) {
            assert!(text.get(error.range.clone()).is_some(), "{text:?}: {error:?}");
        }
        match parse_phrase(&text) {
            Ok(rule) => assert!(Rule::parse(&rule.to_string()).is_ok(), "{text:?}: {rule}"),
            Err(error) => {
                assert!(text.get(error.range.clone()).is_some(), "{text:?}: {error:?}");
                assert!(error.nearest.is_none_or(|nearest| parse_timed(&nearest).is_ok()), "{text:?}");
            }
        }
    }
}

#[test]
fn hostile_rules_come_to_an_end() {
    // Without a bound on its steps, one of these would run for hours. `benches/expand.rs` measures them.
    let all: Vec<String> = (0..60).map(|number| number.to_string()).collect();
    let (seconds, hours) = (all.join(","), all[..24].join(","));
    let positions = (1..=366).map(|number| format!("{number},-{number}")).collect::<Vec<_>>().join(",");
    let listed = [
        "FREQ=DAILY;COUNT=1000000000".to_owned(),
        "FREQ=DAILY;INTERVAL=31;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO;COUNT=1000000000".to_owned(),
        "FREQ=DAILY;INTERVAL=32;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO;COUNT=1000000000".to_owned(),
        "FREQ=DAILY;INTERVAL=33;BYMONTHDAY=31;COUNT=100000".to_owned(),
        "FREQ=DAILY;INTERVAL=31;BYMONTHDAY=31;COUNT=100000".to_owned(),
        "FREQ=WEEKLY;INTERVAL=2147483648".to_owned(),
        "FREQ=MONTHLY;INTERVAL=4294967295;BYDAY=6MO".to_owned(),
        "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2,4,6,9,11;COUNT=5".to_owned(),
        "FREQ=YEARLY;INTERVAL=100;BYMONTH=2;BYMONTHDAY=29;BYDAY=WE".to_owned(),
        format!("FREQ=YEARLY;BYHOUR={hours};BYMINUTE={seconds};BYSECOND={seconds};BYDAY=MO;COUNT=1000000000"),
        format!("FREQ=MONTHLY;BYDAY=MO;BYSETPOS={positions};COUNT=1000000000"),
        format!("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;BYSETPOS={positions}"),
    ];
    let random = rules(5, 2000).map(|(_, rule)| rule);
    let start = NaiveDate::from_ymd_opt(2001, 3, 3).unwrap().and_hms_opt(19, 0, 0).unwrap();
    let at = NaiveDate::from_ymd_opt(9000, 3, 3).unwrap().and_hms_opt(19, 0, 0).unwrap();
    for rule in listed.iter().map(|text| Rule::parse(text).unwrap()).chain(random) {
        let (first, last) = (rule.first(start), rule.last(start));
        assert!(first.zip(last).is_none_or(|(first, last)| first <= last), "{rule}");
        let nearest = rule.nearest(start, at);
        assert!(nearest.is_none_or(|nearest| rule.contains(start, nearest)), "{rule}");
        assert!(!rule.contains(start, at) || nearest == Some(at), "{rule}");
    }
}

#[test]
fn extremes_do_not_panic() {
    for (_, rule) in rules(6, 500) {
        for start in [
            NaiveDateTime::MIN,
            NaiveDateTime::MAX,
            NaiveDate::from_ymd_opt(1, 1, 1).unwrap().into(),
            NaiveDate::from_ymd_opt(9999, 12, 31).unwrap().into(),
        ] {
            let _ = rule.between(start, NaiveDateTime::MIN, NaiveDateTime::MAX).take(3).count();
            let _ = (rule.first(start), rule.last(start), rule.contains(start, start));
            let _ = (rule.nearest(start, NaiveDateTime::MIN), rule.nearest(start, NaiveDateTime::MAX));
        }
    }
}
