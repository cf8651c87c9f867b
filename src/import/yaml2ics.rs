//! Calendars of yaml2ics: `name`, `timezone`, and `events` with `summary`, `begin`, `duration`, `repeat`.
//!
//! Aliases and nesting are bounded before the text is parsed, because the parser multiplies the one and recurses by the
//! other.

use yaml_rust2::{Yaml, YamlLoader};

use super::component::Component;
use super::lines::Lines;
use super::made::{Made, component};

/// Bytes of a file.
const LARGEST: usize = 4_000_000;
/// Aliases of a file; sixteen that name one another make 256 copies at most.
const MOST_ALIASES: usize = 16;
/// Brackets that may be open, and blanks before a line.
const DEEPEST: usize = 64;

/// Whether a text may be parsed.
fn is_bounded(text: &str) -> bool {
    let mut depth = 0_usize;
    let mut aliases = 0;
    let mut before = ' ';
    for character in text.chars() {
        match character {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            '*' if before.is_whitespace() || matches!(before, '[' | ',' | '{' | ':' | '-') => aliases += 1,
            _ => {}
        }
        if depth > DEEPEST || aliases > MOST_ALIASES {
            return false;
        }
        before = character;
    }
    let is_shallow = |line: &str| {
        let rest = line.trim_start_matches(' ');
        line.len() - rest.len() <= DEEPEST && !rest.starts_with(&"- ".repeat(16)) && !rest.starts_with(&"? ".repeat(8))
    };
    text.len() <= LARGEST && text.lines().all(is_shallow)
}

/// Reads a calendar; `None` if the text is none in this format.
pub fn read(text: &str) -> Option<Made> {
    let has_key = |key: &str| text.lines().any(|line| line.starts_with(key));
    if !has_key("events:") && !has_key("include:") || !is_bounded(text) {
        return None;
    }
    let documents = YamlLoader::load_from_str(text).ok()?;
    let document = documents.first()?.as_hash()?;
    let get = |key: &str| document.get(&Yaml::String(key.to_owned()));
    let mut made =
        Made { title: get("name").and_then(string), zone: get("timezone").and_then(string), ..Made::default() };
    if let Some(Yaml::Array(includes)) = get("include") {
        made.includes = includes.iter().filter_map(string).collect();
    }
    let mut lines = text.lines().enumerate().skip_while(|(_, line)| !line.starts_with("events:"));
    let events = match get("events") {
        Some(Yaml::Array(events)) => &events[..],
        _ => &[],
    };
    for event in events {
        let Some(event) = event.as_hash() else { continue };
        let field = |key: &str| event.get(&Yaml::String(key.to_owned()));
        let title = field("summary").or_else(|| field("name")).and_then(string).unwrap_or_default();
        let first = title.lines().next().unwrap_or_default();
        let line = lines.find(|(_, line)| line.contains(first)).map_or(1, |(index, _)| index as u32 + 1);
        made.events.push(vevent(event, line, made.zone.as_deref()));
    }
    (!made.events.is_empty() || !made.includes.is_empty()).then_some(made)
}

fn string(value: &Yaml) -> Option<String> {
    match value {
        Yaml::String(text) | Yaml::Real(text) => Some(text.trim().to_owned()),
        Yaml::Integer(number) => Some(number.to_string()),
        _ => None,
    }
}

fn vevent(event: &yaml_rust2::yaml::Hash, line: u32, default: Option<&str>) -> Component<'static> {
    let mut made = component("VEVENT", line);
    let field = |key: &str| event.get(&Yaml::String(key.to_owned()));
    let own = field("timezone").and_then(string);
    // Without a zone, times are in UTC.
    let zone = own.as_deref().or(default).unwrap_or("UTC");
    let is_day = field("duration").is_none() && field("end").is_none();
    let time = |text: &str| {
        let day = text.split([' ', 'T']).next().unwrap_or_default();
        if is_day { day.to_owned() } else { text.replace(" -", "-").replace(" +", "+") }
    };
    for (key, value) in event {
        let Some(key) = key.as_str() else { continue };
        let text = || string(value).unwrap_or_default();
        match key {
            "summary" | "name" => made.add_text("SUMMARY", &text()),
            "description" => made.add_text("DESCRIPTION", &text()),
            "location" => made.add_text("LOCATION", &text()),
            "uid" => made.add_text("UID", &text()),
            "url" => made.add("URL", &[], text()),
            "status" => made.add("STATUS", &[], text()),
            "classification" => made.add("CLASS", &[], text()),
            "begin" if is_day => made.add("DTSTART", &[("VALUE", "DATE")], time(&text())),
            "begin" => made.add_time("DTSTART", &time(&text()), Some(zone)),
            "end" => made.add_time("DTEND", &time(&text()), Some(zone)),
            "duration" => made.add("DURATION", &[], duration(value)),
            "timezone" => {}
            "categories" => {
                let names: Vec<String> =
                    value.as_vec().map(|list| list.iter().filter_map(string).collect()).unwrap_or_default();
                for name in names {
                    made.add_text("CATEGORIES", &name);
                }
            }
            "repeat" => repeat(value, zone, is_day, &mut made),
            "ics" => {
                for line in Lines::new(&text()) {
                    let params: Vec<(&str, &str)> = line
                        .params
                        .iter()
                        .map(|param| (&*param.name, param.values.first().map_or("", |value| value)))
                        .collect();
                    made.add(&line.name, &params, line.value.to_string());
                }
            }
            "attendees" => made.add("ATTENDEE", &[], ""),
            other => made.add(&other.to_ascii_uppercase().replace('_', "-"), &[], text()),
        }
    }
    made
}

/// `{ hours: 1, minutes: 30 }` as a length.
fn duration(value: &Yaml) -> String {
    let Some(table) = value.as_hash() else { return string(value).unwrap_or_default() };
    let number = |key: &str| table.get(&Yaml::String(key.to_owned())).and_then(Yaml::as_i64).unwrap_or(0);
    let days = number("weeks").saturating_mul(7).saturating_add(number("days"));
    let minutes = number("hours").saturating_mul(60).saturating_add(number("minutes"));
    format!("P{days}DT{minutes}M{}S", number("seconds"))
}

fn repeat(value: &Yaml, zone: &str, is_day: bool, made: &mut Component<'static>) {
    let Some(table) = value.as_hash() else { return };
    let get = |key: &str| table.get(&Yaml::String(key.to_owned()));
    let interval = get("interval").and_then(Yaml::as_hash).and_then(|interval| interval.iter().next());
    let (unit, number) =
        interval.map_or(("", 1), |(unit, number)| (unit.as_str().unwrap_or_default(), number.as_i64().unwrap_or(1)));
    let frequency = match unit {
        "seconds" => "SECONDLY",
        "minutes" => "MINUTELY",
        "hours" => "HOURLY",
        "days" => "DAILY",
        "weeks" => "WEEKLY",
        "months" => "MONTHLY",
        "years" => "YEARLY",
        other => other,
    };
    let mut rule = format!("FREQ={frequency};INTERVAL={number}");
    if let Some(until) = get("until").and_then(string) {
        // yaml2ics reads a date as its midnight.
        let is_date = until.len() == 10;
        rule.push_str(&format!(";UNTIL={until}{}", if is_date && !is_day { "T000000" } else { "" }));
    }
    made.add("RRULE", &[], rule);
    for (key, name) in [("except_on", "EXDATE"), ("also_on", "RDATE")] {
        for date in get(key).and_then(Yaml::as_vec).into_iter().flatten().filter_map(string) {
            if date.len() == 10 {
                made.add(name, &[("VALUE", "DATE")], date);
            } else {
                made.add_time(name, &date, Some(zone));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_become_components() {
        let text = "name: Team\ntimezone: Europe/Helsinki\nevents:\n  - summary: One\n    begin: 2026-09-21 15:00:00\n    duration: { minutes: 30 }\n    repeat:\n      interval: { weeks: 2 }\n      until: 2026-12-31\n      except_on: [2026-10-05]\n  - summary: Two\n    begin: 2026-04-22\n";
        let made = read(text).expect("a calendar");
        assert_eq!((made.title.as_deref(), made.events.len()), (Some("Team"), 2));
        assert_eq!((made.events[0].line, made.events[1].line), (4, 11));
        let event = &made.events[0];
        assert_eq!(event.property("DTSTART").expect("a start").param("TZID"), Some("Europe/Helsinki"));
        assert_eq!(event.property("DURATION").expect("a length").value, "P0DT30M0S");
        assert_eq!(event.property("RRULE").expect("a rule").value, "FREQ=WEEKLY;INTERVAL=2;UNTIL=2026-12-31T000000");
        assert_eq!(made.events[1].property("DTSTART").expect("a start").param("VALUE"), Some("DATE"));
        for other in ["", "a: 1", "BEGIN:VCALENDAR", "events: 1"] {
            assert_eq!(read(other), None, "{other}");
        }
    }

    #[test]
    fn hostile_yaml_is_refused() {
        let laughs = format!(
            "events:\n{}",
            (0..30).map(|n| format!("  a{n}: &a{n} [*a{n}, *a{n}]\n")).collect::<Vec<_>>().concat()
        );
        let deep = format!("events: {}{}", "[".repeat(100_000), "]".repeat(100_000));
        let indented = format!(
            "events:\n{}",
            (0..2_000).map(|n| format!("{}a:\n", " ".repeat(n + 1))).collect::<Vec<_>>().concat()
        );
        let dashes = format!("events:\n {}x", "- ".repeat(100_000));
        for text in [laughs, deep, indented, dashes] {
            assert_eq!(read(&text), None);
        }
    }
}
