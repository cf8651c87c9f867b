//! Second opinions: random rules, expanded by programs that we did not write.
//!
//! Where they disagree with each other the RFC decides. Each class of disagreement is one entry of `DIFFER` below, as
//! narrow as it can be, and has its stanza in `tests/recurrence.txt`.

mod opinion;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDateTime};
use redletter::recurrence::{Freq, Rule};

const SEED: &str = "20261120";
const RULES: &str = "5000";
const LIMIT: usize = 60;

/// A line of an opinion: who says it, the rule, its start, the window, and what is in it.
struct Opinion<'a> {
    who: &'a str,
    text: &'a str,
    rule: Rule,
    start: NaiveDateTime,
    from: NaiveDateTime,
    to: NaiveDateTime,
    found: Vec<NaiveDateTime>,
}

impl Opinion<'_> {
    /// recurring-ical-events expands by dateutil.
    fn engine(&self) -> &str {
        if self.who == "recurring-ical-events" { "dateutil" } else { self.who }
    }

    fn has(&self, part: &str) -> bool {
        self.text.split(';').any(|text| text.split('=').next() == Some(part))
    }

    fn lists(&self, part: &str, wanted: impl Fn(i32) -> bool) -> bool {
        let mut parts = self.text.split(';').filter_map(|text| text.split_once('='));
        let list = parts.find(|(name, _)| *name == part).map_or("", |(_, list)| list);
        list.split(',').any(|number| number.parse().is_ok_and(&wanted))
    }

    /// Whether the first difference falls into a week that two years share.
    fn at_new_year(&self) -> bool {
        let ours: Vec<_> = self.ours().collect();
        let differ = |(ours, theirs): (&NaiveDateTime, &NaiveDateTime)| (ours != theirs).then(|| *ours.min(theirs));
        let first = ours.iter().zip(&self.found).find_map(differ);
        let first = first.or_else(|| ours.iter().chain(&self.found).max().copied());
        first.is_some_and(|first| !(4..=362).contains(&first.ordinal()))
    }

    fn ours(&self) -> impl Iterator<Item = NaiveDateTime> {
        self.rule.between(self.start, self.from, self.to).take(LIMIT)
    }

    fn starts_within_week(&self) -> bool {
        let begins = self.text.split(';').find_map(|part| part.strip_prefix("WKST=")).unwrap_or("MO");
        !self.start.weekday().to_string().to_uppercase().starts_with(begins)
    }

    fn numbered_days(&self) -> bool {
        self.text
            .split(';')
            .any(|part| part.strip_prefix("BYDAY=").is_some_and(|days| days.split(',').any(|day| day.len() > 2)))
    }

    fn yearly_without_days(&self) -> bool {
        self.has("BYWEEKNO") && !["BYDAY", "BYMONTHDAY", "BYYEARDAY"].iter().any(|part| self.has(part))
    }
}

/// Where another program is known to differ: who, why the RFC is on our side, and which rules.
type Difference = (&'static str, &'static str, fn(&Opinion<'_>) -> bool);

const DIFFER: &[Difference] = &[
    ("dateutil", "BYWEEKNO without days: every day of the week; 3.3.10 takes the missing weekday from DTSTART", |it| {
        it.yearly_without_days()
    }),
    (
        "dateutil",
        "BYDAY with numbered and plain weekdays: only days that are both; a list in 3.3.10 is a union",
        |it| {
            it.rule.to_string().split(';').any(|part| {
                part.strip_prefix("BYDAY=").is_some_and(|days| {
                    let numbered = days.split(',').filter(|day| day.len() > 2).count();
                    numbered > 0 && numbered < days.split(',').count()
                })
            })
        },
    ),
    (
        "dateutil",
        "BYSETPOS of WEEKLY counts in a first week cut off before DTSTART; 3.3.10 counts in the interval",
        |it| it.rule.freq() == Freq::Weekly && it.has("BYSETPOS") && it.starts_within_week(),
    ),
    (
        "dateutil",
        "BYWEEKNO 52 and 53 before week 1: takes this year's number of weeks for that of the year before",
        |it| it.lists("BYWEEKNO", |week| week.abs() >= 52) && (it.has("BYSETPOS") || it.at_new_year()),
    ),
    ("ical.js", "gives out or counts a DTSTART that the rule does not produce", |it| !it.rule.start_matches(it.start)),
    ("ical.js", "takes BYSETPOS only of some MONTHLY rules, and in whole periods", |it| it.has("BYSETPOS")),
    ("ical.js", "YEARLY with BYWEEKNO: nothing, or weeks off by one", |it| it.has("BYWEEKNO")),
    ("ical.js", "MONTHLY with BYMONTH: leaves the months in which it should stay", |it| {
        it.rule.freq() == Freq::Monthly && it.has("BYMONTH")
    }),
    ("ical.js", "times of day of MONTHLY and YEARLY: skips or repeats some", |it| {
        it.rule.freq() >= Freq::Monthly && it.rule.sets_times()
    }),
    ("ical.js", "YEARLY with BYMONTHDAY and no BYMONTH: the month of DTSTART only; 3.3.10 expands", |it| {
        it.rule.freq() == Freq::Yearly && it.has("BYMONTHDAY") && !it.has("BYMONTH")
    }),
    ("ical.js", "MONTHLY and YEARLY with BYMONTHDAY and BYDAY: loses some days", |it| {
        it.rule.freq() >= Freq::Monthly && it.has("BYMONTHDAY") && it.has("BYDAY")
    }),
    ("ical.js", "YEARLY with BYMONTH and the 29th to 31st: goes on into the next month; 3.3.10 skips", |it| {
        let late = it.lists("BYMONTHDAY", |day| day > 28) || !it.has("BYMONTHDAY") && it.start.day() > 28;
        it.rule.freq() == Freq::Yearly && it.has("BYMONTH") && late
    }),
    ("ical.js", "YEARLY with numbered BYDAY and no BYMONTH: counts past the week", |it| {
        it.rule.freq() == Freq::Yearly && it.numbered_days() && !it.has("BYMONTH")
    }),
    ("ical.js", "DAILY and YEARLY with a negative BYMONTHDAY: off by the length of another month", |it| {
        it.rule.freq() != Freq::Monthly && it.lists("BYMONTHDAY", |day| day < 0)
    }),
];

fn moment(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S").unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn read(line: &str) -> Opinion<'_> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [who, text, start, from, to, found] = fields[..] else { panic!("not six fields: {line}") };
    let rule = Rule::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let found = found.split(',').filter(|found| !found.is_empty()).map(moment).collect();
    Opinion { who, text, rule, start: moment(start), from: moment(from), to: moment(to), found }
}

fn compare(lines: &str, least: usize) {
    let mut excused = BTreeMap::new();
    let (mut compared, mut wrong) = (0, Vec::new());
    for line in lines.lines() {
        let mut it = read(line);
        if it.who == "recurring-ical-events" && !it.rule.start_matches(it.start) {
            // It adds a DTSTART that the rule does not produce; 3.8.5.3 leaves that undefined.
            it.found.retain(|found| *found != it.start);
        }
        it.found.truncate(LIMIT);
        let ours: Vec<_> = it.ours().collect();
        if ours == it.found {
            compared += 1;
            continue;
        }
        if let Some((_, why, _)) = DIFFER.iter().find(|(who, _, applies)| *who == it.engine() && applies(&it)) {
            *excused.entry(*why).or_insert(0) += 1;
            continue;
        }
        let at = ours.iter().zip(&it.found).position(|(ours, theirs)| ours != theirs);
        let at = at.unwrap_or(ours.len().min(it.found.len()));
        let show = |found: &[NaiveDateTime]| format!("{:?}", &found[at.min(found.len())..(at + 4).min(found.len())]);
        wrong.push(format!(
            "{} {}\n  from {} window {} to {}\n  ours   [{at}..] {}\n  theirs [{at}..] {}",
            it.who,
            it.text,
            it.start,
            it.from,
            it.to,
            show(&ours),
            show(&it.found)
        ));
    }
    println!("{compared} agree; known differences: {excused:#?}");
    let few: Vec<_> = wrong.iter().take(25).cloned().collect();
    assert!(wrong.is_empty(), "{} unexplained differences\n{}", wrong.len(), few.join("\n"));
    assert!(compared >= least, "only {compared} rules compared");
}

#[test]
fn second_opinions() {
    let of = |name: &str, default: &str| std::env::var(name).unwrap_or_else(|_| default.to_owned());
    let (seed, count) = (of("SEED", SEED), of("RULES", RULES));
    let least = count.parse::<usize>().expect("a number");
    let python = opinion::of("rules.py", &[seed.as_ref(), count.as_ref()], "");
    compare(&python, least * 8 / 10);
    compare(&opinion::of("rules.mjs", &[], &python), least / 10);
}
