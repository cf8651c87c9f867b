//! `json`: the changes for programs. Times are RFC 3339, dates have an exclusive end, as in `agenda --format json`.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::{Map, Value, json};

use super::Difference;
use super::times::shift;
use crate::diff::{Change, Dates, Detail, Kind, counts, is_past};
use crate::event::When;
use crate::view::stamp::Stamp;
use crate::zone::Zone;

/// The document.
pub fn document(difference: &Difference<'_>) -> Value {
    let counts = counts(difference.changes);
    let summary: Map<String, Value> =
        counts.iter().map(|(kind, count)| (kind.name().to_owned(), json!(count))).collect();
    json!({
        "version": 1,
        "generated": difference.now.to_rfc3339_opts(SecondsFormat::Secs, true),
        "old": difference.old,
        "new": difference.new,
        "timezones": difference.zones.iter().map(|zone| zone.name()).collect::<Vec<_>>(),
        "summary": summary,
        "changes": difference.changes.iter().map(|change| entry(change, difference)).collect::<Vec<_>>(),
    })
}

fn entry(change: &Change, difference: &Difference<'_>) -> Value {
    if change.kind == Kind::FeedGone {
        return json!({"kind": change.kind.name(), "feed": change.title});
    }
    let mut value = json!({"kind": change.kind.name(), "uid": change.uid, "title": change.title});
    let ends = change.kind == Kind::Ends;
    if let Some(pair) = change.occurrences.first() {
        if let Some(old) = &pair.old {
            value["old"] = time(old, difference.zones);
        }
        if let Some(new) = &pair.new {
            value["new"] = time(new, difference.zones);
        }
        if let (Kind::Moved | Kind::Ends, Some(old), Some(new)) = (change.kind, &pair.old, &pair.new)
            && let Some(shift) = shift(old, new, ends)
        {
            value["by"] = json!(duration(shift));
        }
    }
    if let Some(series) = change.series {
        let days = change.occurrences.iter().filter_map(|pair| pair.known()).map(When::first_day);
        if let Some(dates) = Dates::of(days) {
            value["dates"] = json!(dates.days);
            if let Some(pattern) = dates.pattern {
                value["rule"] = json!(pattern.words);
                if !pattern.except.is_empty() {
                    value["except"] = json!(pattern.except);
                }
            }
        }
        value["all_dates"] = json!(series.is_whole);
        value["endless"] = json!(series.is_endless);
    }
    match &change.detail {
        Detail::None => {}
        Detail::Words { from, to } => (value["from"], value["to"]) = (json!(from), json!(to)),
        Detail::Uid(uid) => value["new_uid"] = json!(uid),
        Detail::ShownAsCancelled => value["shown_as"] = json!("cancelled"),
        Detail::Lines { name, gone, come } => {
            value["property"] = json!(name);
            (value["removed_lines"], value["added_lines"]) = (json!(gone), json!(come));
        }
    }
    value["past"] = json!(is_past(change, difference.now));
    value
}

fn time(when: &When, zones: &[Zone]) -> Value {
    let mut value = match when {
        When::AllDay(days) => json!({"all_day": true, "start": days.first, "end": days.end}),
        When::Floating { start, end } => json!({"all_day": false, "start": start, "end": end}),
        When::Zoned { zone, start, end } => {
            json!({"all_day": false, "start": in_zone(*start, *zone), "end": in_zone(*end, *zone), "timezone": zone.name()})
        }
        When::Fixed { offset, start, end } => {
            json!({"all_day": false, "start": start.with_timezone(offset), "end": end.with_timezone(offset)})
        }
    };
    if let (Some(start), false) = (when.start_instant(), zones.is_empty()) {
        let times = zones.iter().map(|zone| json!({"timezone": zone.name(), "start": in_zone(start, *zone)}));
        value["times"] = json!(times.collect::<Vec<_>>());
    }
    value
}

fn in_zone(at: DateTime<Utc>, zone: Zone) -> String {
    Stamp::in_zone(at, zone).rfc3339()
}

/// As in iCalendar: `-PT1H30M`, `P1D`.
fn duration(shift: TimeDelta) -> String {
    let (sign, size) = if shift < TimeDelta::zero() { ("-", -shift) } else { ("", shift) };
    let (days, hours, minutes, seconds) =
        (size.num_days(), size.num_hours() % 24, size.num_minutes() % 60, size.num_seconds() % 60);
    let mut out = format!("{sign}P");
    if days > 0 {
        out.push_str(&format!("{days}D"));
    }
    if hours + minutes + seconds > 0 || days == 0 {
        out.push('T');
        for (count, unit) in [(hours, 'H'), (minutes, 'M'), (seconds, 'S')] {
            if count > 0 {
                out.push_str(&format!("{count}{unit}"));
            }
        }
    }
    if out.ends_with('T') { out + "0S" } else { out }
}
