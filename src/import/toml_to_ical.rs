//! Calendars of toml-to-ical, the format of the Rust project's calendars: `name`, `[meta] includes`, `[[timezones]]`,
//! `[[events]]` with `recurrence_rules` and `exceptions`.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::component::Component;
use super::made::{Made, component, line_at};

/// Reads a calendar; `None` if the text is none in this format.
pub fn read(text: &str) -> Option<Made> {
    let document = DeTable::parse(text).ok()?;
    let table = document.get_ref();
    let is_event =
        |event: &Spanned<DeValue<'_>>| event.get_ref().get("title").is_some() && event.get_ref().get("start").is_some();
    let events = array(table.get("events"));
    let has_includes = table.get("meta").is_some_and(|meta| meta.get_ref().get("includes").is_some());
    let is_zones = array(table.get("timezones")).iter().any(|zone| zone.get_ref().get("standard").is_some());
    if !events.iter().any(|event| is_event(event)) && !has_includes && !is_zones {
        return None;
    }
    let mut made =
        Made { title: string(table.get("name")), description: string(table.get("description")), ..Made::default() };
    if let Some(meta) = table.get("meta") {
        made.includes = strings(meta.get_ref().get("includes"));
    }
    for zone in array(table.get("timezones")) {
        made.zones.extend(timezone(zone.get_ref()));
    }
    for value in events {
        let line = line_at(text, value.span().start);
        let Some(event) = value.get_ref().as_table() else { continue };
        made.events.push(vevent(event, line));
    }
    Some(made)
}

fn array<'d, 'i>(value: Option<&'d Spanned<DeValue<'i>>>) -> Vec<&'d Spanned<DeValue<'i>>> {
    value.and_then(|value| value.get_ref().as_array()).map(|array| array.iter().collect()).unwrap_or_default()
}

fn string(value: Option<&Spanned<DeValue<'_>>>) -> Option<String> {
    match value?.get_ref() {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Datetime(time) => Some(time.to_string()),
        DeValue::Integer(number) => Some(number.to_string()),
        _ => None,
    }
}

fn strings(value: Option<&Spanned<DeValue<'_>>>) -> Vec<String> {
    match value.map(Spanned::get_ref) {
        Some(DeValue::Array(list)) => list.iter().filter_map(|value| string(Some(value))).collect(),
        Some(DeValue::String(text)) => vec![text.to_string()],
        _ => Vec::new(),
    }
}

/// A time: a text, or a table with `date` and `timezone`.
fn time(value: &Spanned<DeValue<'_>>) -> Option<(String, Option<String>)> {
    match value.get_ref() {
        DeValue::Table(table) => Some((string(table.get("date"))?, string(table.get("timezone")))),
        _ => Some((string(Some(value))?, None)),
    }
}

fn vevent(event: &DeTable<'_>, line: u32) -> Component<'static> {
    let mut made = component("VEVENT", line);
    for (key, value) in event {
        let text = || string(Some(value)).unwrap_or_default();
        match &**key.get_ref() {
            "uid" => made.add_text("UID", &text()),
            "title" => made.add_text("SUMMARY", &text()),
            "description" => made.add_text("DESCRIPTION", &text()),
            "location" => made.add_text("LOCATION", &text()),
            "url" => made.add("URL", &[], text()),
            "status" => made.add("STATUS", &[], text()),
            "transparency" => made.add("TRANSP", &[], text()),
            "created_on" => made.add("CREATED", &[], text()),
            "last_modified_on" => made.add("LAST-MODIFIED", &[], text()),
            name @ ("start" | "end") => {
                if let Some((text, zone)) = time(value) {
                    made.add_time(if name == "start" { "DTSTART" } else { "DTEND" }, &text, zone.as_deref());
                }
            }
            "organizer" => {
                let field = |name: &str| string(value.get_ref().get(name)).unwrap_or_default();
                made.add("ORGANIZER", &[("CN", &field("name"))], format!("mailto:{}", field("email")));
            }
            "recurrence_rules" => {
                for rule in array(Some(value)) {
                    made.add("RRULE", &[], rrule(rule.get_ref()));
                }
            }
            "exceptions" => {
                let zone = string(value.get_ref().get("timezone"));
                let dates = match value.get_ref() {
                    DeValue::Table(table) => strings(table.get("dates")),
                    _ => strings(Some(value)),
                };
                for date in dates {
                    made.add_time("EXDATE", &date, zone.as_deref());
                }
            }
            other => made.add(&other.to_ascii_uppercase().replace('_', "-"), &[], text()),
        }
    }
    made
}

/// Two letters of a weekday's name.
fn weekday(name: &str) -> String {
    name.trim().chars().take(2).collect::<String>().to_ascii_uppercase()
}

/// A table as an RRULE.
fn rrule(rule: &DeValue<'_>) -> String {
    let mut parts = Vec::new();
    let Some(table) = rule.as_table() else { return String::new() };
    for (key, value) in table {
        let list = || match value.get_ref() {
            DeValue::Array(list) => list.iter().filter_map(|value| string(Some(value))).collect::<Vec<_>>().join(","),
            _ => string(Some(value)).unwrap_or_default(),
        };
        let name = key.get_ref().to_ascii_lowercase();
        match &*name {
            "frequency" => parts.insert(0, format!("FREQ={}", list().to_ascii_uppercase())),
            "by_day" => {
                let days = array(Some(value)).into_iter().map(|day| match day.get_ref() {
                    DeValue::Table(day) => {
                        let number = string(day.get("num")).filter(|number| number != "0").unwrap_or_default();
                        format!("{number}{}", weekday(&string(day.get("day")).unwrap_or_default()))
                    }
                    _ => weekday(&string(Some(day)).unwrap_or_default()),
                });
                parts.push(format!("BYDAY={}", days.collect::<Vec<_>>().join(",")));
            }
            "week_start" | "wkst" => parts.push(format!("WKST={}", weekday(&list()))),
            _ => {
                let name = match &*name {
                    "by_month" => "BYMONTH",
                    "by_month_day" => "BYMONTHDAY",
                    "by_year_day" => "BYYEARDAY",
                    "by_week_number" | "by_week_no" => "BYWEEKNO",
                    "by_hour" => "BYHOUR",
                    "by_minute" => "BYMINUTE",
                    "by_second" => "BYSECOND",
                    "by_set_pos" | "by_set_position" => "BYSETPOS",
                    "interval" => "INTERVAL",
                    "count" => "COUNT",
                    "until" => "UNTIL",
                    // An unknown part is refused with its name.
                    other => other,
                };
                parts.push(format!("{}={}", name.to_ascii_uppercase(), list()));
            }
        }
    }
    parts.join(";")
}

fn timezone(zone: &DeValue<'_>) -> Option<Component<'static>> {
    let mut made = component("VTIMEZONE", 0);
    made.add("TZID", &[], string(zone.get("name"))?);
    for (key, name) in [("standard", "STANDARD"), ("daylight", "DAYLIGHT")] {
        let Some(half) = zone.get(key).map(Spanned::get_ref) else { continue };
        let mut part = component(name, 0);
        part.add("DTSTART", &[], string(half.get("start"))?);
        part.add("TZOFFSETFROM", &[], string(half.get("from"))?);
        part.add("TZOFFSETTO", &[], string(half.get("to"))?);
        if let Some(rule) = half.get("rule") {
            part.add("RRULE", &[], rrule(rule.get_ref()));
        }
        made.components.push(part);
    }
    Some(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_become_components() {
        let text = r#"name = "Team"
[[events]]
uid = "1"
title = "Meeting, weekly"
start = { date = "2026-02-26T17:30:00.00", timezone = "Europe/London" }
recurrence_rules = [ { frequency = "monthly", interval = 2, by_day = [ { day = "monday", num = -1 } ], until = "2027-01-01T00:00:00.00Z" } ]
exceptions = { timezone = "Europe/London", dates = ["2026-03-30T17:30:00.00"] }
colour = "red"
"#;
        let made = read(text).expect("a calendar");
        assert_eq!((made.title.as_deref(), made.events.len(), made.events[0].line), (Some("Team"), 1, 2));
        let event = &made.events[0];
        assert_eq!(event.property("SUMMARY").expect("a title").text(), "Meeting, weekly");
        assert_eq!(event.property("DTSTART").expect("a start").param("TZID"), Some("Europe/London"));
        assert_eq!(
            event.property("RRULE").expect("a rule").value,
            "FREQ=MONTHLY;BYDAY=-1MO;INTERVAL=2;UNTIL=2027-01-01T00:00:00.00Z"
        );
        assert!(event.property("EXDATE").is_some() && event.property("COLOUR").is_some());
        for other in ["x = 1", "[[event]]\ntitle = \"a\"", "BEGIN:VCALENDAR", ""] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
