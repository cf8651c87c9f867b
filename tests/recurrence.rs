//! The stanzas of `recurrence.txt`.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use redletter::recurrence::{End, Rule};

fn moment(text: &str, time: NaiveTime) -> NaiveDateTime {
    match NaiveDate::parse_from_str(text, "%Y%m%d") {
        Ok(date) => date.and_time(time),
        Err(_) => {
            NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S").unwrap_or_else(|error| panic!("{text}: {error}"))
        }
    }
}

#[test]
fn stanzas() {
    let text = include_str!("recurrence.txt");
    let (mut run, mut wrong) = (0, Vec::new());
    for stanza in text.split("\n\n").filter(|stanza| stanza.contains("\nRRULE")) {
        let field = |name: &str| stanza.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
        let rule = Rule::parse(field("RRULE").expect("a rule")).unwrap_or_else(|error| panic!("{stanza}\n{error}"));
        let start = moment(field("DTSTART").expect("a start"), NaiveTime::MIN);
        let window = field("WINDOW").and_then(|window| window.split_once(' '));
        let (from, to) = window
            .map_or((start, NaiveDateTime::MAX), |(from, to)| (moment(from, start.time()), moment(to, start.time())));
        let expected: Vec<&str> =
            stanza.lines().filter_map(|line| line.strip_prefix("EXPECT")).flat_map(str::split_whitespace).collect();
        let (expected, more) = match expected.split_last() {
            Some((&"...", before)) => (before, true),
            _ => (&expected[..], false),
        };
        let expected: Vec<_> = expected.iter().map(|text| moment(text, start.time())).collect();
        let found: Vec<_> = rule.between(start, from, to).take(expected.len() + 1).collect();
        if found[..found.len().min(expected.len())] != expected || (found.len() > expected.len()) != more {
            wrong.push(format!("{stanza}\nFOUND   {found:?}"));
        }
        for at in &expected {
            assert!(rule.contains(start, *at) && rule.nearest(start, *at) == Some(*at), "{stanza}\n{at}");
        }
        if !more && window.is_none() && rule.end() != End::Never {
            assert_eq!(rule.last(start), expected.last().copied(), "{stanza}");
        }
        if let Some(total) = field("TOTAL") {
            assert_eq!(rule.between(start, start, to).count().to_string(), total, "{stanza}");
        }
        run += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(run > 60, "only {run} stanzas were found");
}
