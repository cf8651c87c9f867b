//! Second opinions: random rules, expanded by programs that we did not write.
//!
//! Where they disagree with each other the RFC decides. Each class of disagreement is one entry of
//! `differences::DIFFER`, as narrow as it can be, and has its stanza in `tests/recurrence.txt`.

mod differences;
mod opinion;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDateTime};
use differences::Asked;
use redletter::recurrence::Rule;

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
}

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
        let asked = Asked { text: it.text, rule: &it.rule, start: it.start, at_new_year: it.at_new_year() };
        if let Some(why) = asked.differs(it.engine()) {
            *excused.entry(why).or_insert(0) += 1;
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
