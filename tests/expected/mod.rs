//! What a reader of a feed should find of an occurrence, by what `redletter agenda` says of it in UTC.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta};
use serde_json::Value;

/// What a reader should find of an event.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Expected {
    pub(crate) start: String,
    pub(crate) end: String,
    pub(crate) status: String,
    pub(crate) summary: String,
}

/// Start or end of a floating time, which feeds carry as days.
fn day_of(floating: &str, is_end: bool) -> NaiveDate {
    let wall: NaiveDateTime = floating.parse().expect("a floating time");
    if is_end { (wall - TimeDelta::seconds(1)).date() + TimeDelta::days(1) } else { wall.date() }
}

pub(crate) fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_else(|| panic!("no {key} in {value}"))
}

pub(crate) fn expected(occurrence: &Value) -> Expected {
    let open = occurrence["open"] == true;
    let bound = |key: &str| {
        if open {
            // All-day from its start, by its own clock, to the as-of day.
            let start = occurrence["event_start"].as_str().unwrap_or_else(|| text(occurrence, "start"));
            let first: NaiveDate = start[..10].parse().expect("a day");
            let days = occurrence["day"].as_i64().unwrap_or(1);
            return (if key == "end" { first + TimeDelta::days(days) } else { first }).to_string();
        }
        let written = text(occurrence, key);
        match DateTime::parse_from_rfc3339(written) {
            Ok(instant) => instant.to_utc().format("%Y-%m-%dT%H:%M:%SZ").to_string(),
            Err(_) if occurrence["all_day"] == true => written.to_owned(),
            Err(_) => day_of(written, key == "end").to_string(),
        }
    };
    let day = occurrence["day"].as_i64().filter(|_| open).map(|day| format!(" (day {day})"));
    let title = text(occurrence, "title");
    // Feeds tell local events apart by their city, and listings for programs give the title of the record.
    let city = occurrence["location"]["city"].as_str();
    let city = city.filter(|city| text(occurrence, "id").contains('/') && !title.contains(city));
    let city = city.map(|city| format!(" · {city}")).unwrap_or_default();
    let title = &format!("{title}{city}{}", day.unwrap_or_default());
    // The prefix speaks the event's language, of which the records that are compared know these.
    let (cancelled, postponed) = match occurrence["language"].as_str() {
        Some("es") => ("CANCELADO: ", "APLAZADO: "),
        Some("ja") => ("中止：", "延期："),
        _ => ("CANCELLED: ", "POSTPONED: "),
    };
    let (status, summary) = match text(occurrence, "status") {
        "cancelled" => ("CANCELLED", format!("{cancelled}{title}")),
        "postponed" => ("TENTATIVE", format!("{postponed}{title}")),
        "tentative" => ("TENTATIVE", title.clone()),
        _ => ("CONFIRMED", title.clone()),
    };
    Expected { start: bound("start"), end: bound("end"), status: status.into(), summary }
}
