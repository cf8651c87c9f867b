//! Changes as headings and sentences.

use chrono::{NaiveDate, NaiveDateTime};

use super::Difference;
use super::times::{by, city, clock, date, day, end, moment, shown_zone, time, time_of};
use crate::diff::{Change, Dates, Detail, Extent, Kind, Pair, counts, is_past};
use crate::event::When;
use crate::language::{DateStyle, Language};
use crate::zone::Zone;

/// Days that are named one by one.
const MOST_DAYS: usize = 6;
/// Pairs of hours that are named in a zone whose clock changes within a series.
const MOST_HOURS: usize = 3;

/// The changes of a kind.
#[derive(Clone, PartialEq, Debug)]
pub struct Section<'c> {
    /// The kind.
    pub kind: Kind,
    /// What it is called.
    pub heading: &'static str,
    /// What it means for subscribers; may be empty.
    pub remark: &'static str,
    /// By date.
    pub entries: Vec<Entry<'c>>,
}

/// A change in words.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry<'c> {
    /// The change.
    pub change: &'c Change,
    /// When, and from what to what.
    pub says: String,
    /// Further lines: other zones, lines of texts.
    pub below: Vec<Below>,
}

/// A further line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Below {
    /// The times by the clock of a zone.
    Zone(String),
    /// A line that is gone.
    Gone(String),
    /// A line that came.
    Come(String),
}

/// What a kind is called, as a heading, and what it means.
fn heading(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::FeedGone => ("Feed gone", "Subscribers get an error, and see no further changes."),
        Kind::UidLost => (
            "UID lost",
            "Calendars take it for another event: it may appear twice, and reminders and replies are lost.",
        ),
        Kind::Cancelled => ("Cancelled", ""),
        Kind::Removed => ("Removed", ""),
        Kind::Moved => ("Moved", ""),
        Kind::Ends => ("Other end", ""),
        Kind::Place => ("Other place", ""),
        Kind::Restored => ("Takes place again", ""),
        Kind::Tentative => ("Tentative", ""),
        Kind::Confirmed => ("Confirmed", ""),
        Kind::Added => ("Added", ""),
        Kind::Renamed => ("Renamed", ""),
        Kind::Repeat => ("Other rule", ""),
        Kind::Text => ("Other text", ""),
    }
}

/// `2 moved, 1 added`; `no change`.
pub fn summary(changes: &[Change]) -> String {
    let word = |kind: Kind, count: usize| match (kind, count) {
        (Kind::FeedGone, 1) => "feed gone",
        (Kind::FeedGone, _) => "feeds gone",
        (Kind::UidLost, 1) => "UID lost",
        (Kind::UidLost, _) => "UIDs lost",
        (Kind::Cancelled, _) => "cancelled",
        (Kind::Removed, _) => "removed",
        (Kind::Moved, _) => "moved",
        (Kind::Ends, _) => "with another end",
        (Kind::Place, _) => "at another place",
        (Kind::Restored, _) => "restored",
        (Kind::Tentative, _) => "tentative",
        (Kind::Confirmed, _) => "confirmed",
        (Kind::Added, _) => "added",
        (Kind::Renamed, _) => "renamed",
        (Kind::Repeat, _) => "with another rule",
        (Kind::Text, _) => "with another text",
    };
    let counts = counts(changes);
    if counts.is_empty() {
        return "no change".to_owned();
    }
    counts.iter().map(|(kind, count)| format!("{count} {}", word(*kind, *count))).collect::<Vec<_>>().join(", ")
}

/// All changes by kind.
pub fn sections<'c>(difference: &Difference<'c>) -> Vec<Section<'c>> {
    let mut sections: Vec<Section<'c>> = Vec::new();
    for change in difference.changes {
        if sections.last().is_none_or(|section| section.kind != change.kind) {
            let (heading, remark) = heading(change.kind);
            sections.push(Section { kind: change.kind, heading, remark, entries: Vec::new() });
        }
        if let Some(section) = sections.last_mut() {
            section.entries.push(entry(change, difference));
        }
    }
    sections
}

fn entry<'c>(change: &'c Change, difference: &Difference<'_>) -> Entry<'c> {
    let mut below = Vec::new();
    let mut says = match change.kind {
        Kind::FeedGone => String::new(),
        Kind::Moved | Kind::Ends => steps(change, difference, &mut below),
        _ => {
            zones_below(change, difference, &mut below);
            when(change, difference)
        }
    };
    match &change.detail {
        Detail::None => {}
        Detail::Words { from, to } => {
            let shown = |text: &str| if text.is_empty() { "nothing".to_owned() } else { format!("“{text}”") };
            says.push_str(&format!(": {} → {}", shown(from), shown(to)));
        }
        Detail::Uid(uid) => says.push_str(&format!(": {} → {uid}", change.uid)),
        Detail::ShownAsCancelled => says.push_str("; feeds show it as cancelled"),
        Detail::Lines { name, gone, come } => {
            says.push_str(&format!(": {name}"));
            below.extend(gone.iter().map(|line| Below::Gone(shortened(line))));
            below.extend(come.iter().map(|line| Below::Come(shortened(line))));
        }
    }
    if is_past(change, difference.now) {
        says.push_str(" (past)");
    }
    Entry { change, says, below }
}

/// Lines of texts are paragraphs.
fn shortened(line: &str) -> String {
    let mut out: String = line.chars().take(160).collect();
    if line.chars().nth(160).is_some() {
        out.push('…');
    }
    out
}

/// When a change that keeps the time takes place.
fn when(change: &Change, difference: &Difference<'_>) -> String {
    let Some(known) = change.occurrences.first().and_then(|pair| pair.new.as_ref().or(pair.old.as_ref())) else {
        return String::new();
    };
    let zone = shown_zone(known, difference);
    if change.series.is_none() || change.occurrences.len() == 1 && change.series.is_some_and(|series| !series.is_whole)
    {
        return moment(known, zone);
    }
    let hours = match known {
        When::AllDay(_) => String::new(),
        _ => format!(", {}{}", time(clock(known, zone).0), city(zone)),
    };
    format!("{}{hours}", dates(change, difference))
}

/// `every Tuesday from 3 March 2026`, or the days.
fn dates(change: &Change, difference: &Difference<'_>) -> String {
    let known = |pair: &Pair| {
        let when = pair.known()?;
        Some(clock(when, shown_zone(when, difference)).0.date())
    };
    let Some(dates) = Dates::of(change.occurrences.iter().filter_map(known)) else { return String::new() };
    let Extent { is_whole, is_endless } = change.series.unwrap_or(Extent { is_whole: false, is_endless: false });
    let list = |days: &[NaiveDate]| {
        let mut named: Vec<String> =
            days.iter().take(MOST_DAYS).map(|day| Language::ENGLISH.date(DateStyle::ShortYear, *day)).collect();
        if days.len() > MOST_DAYS {
            named.push(format!("and {} more", days.len() - MOST_DAYS));
        }
        named.join(", ")
    };
    let (first, last) = (dates.days[0], dates.days[dates.days.len() - 1]);
    let Some(pattern) = &dates.pattern else {
        let all = if is_whole && dates.days.len() > 1 { "all dates: " } else { "" };
        return format!("{all}{}", list(&dates.days));
    };
    let until = if is_endless { String::new() } else { format!(" until {}", date(last)) };
    let except = if pattern.except.is_empty() { String::new() } else { format!(" except {}", list(&pattern.except)) };
    format!("{} from {}{until}{except}", pattern.words, date(first))
}

/// From what time to what time, by how much.
fn steps(change: &Change, difference: &Difference<'_>, below: &mut Vec<Below>) -> String {
    let Some((old, new)) = change.occurrences.iter().find_map(|pair| pair.old.zip(pair.new)) else {
        return String::new();
    };
    let zones = (shown_zone(&old, difference), shown_zone(&new, difference));
    let is_series = change.series.is_some() && change.occurrences.len() > 1;
    let ends = change.kind == Kind::Ends;
    let step = if is_series {
        format!("{}: {}", dates(change, difference), hours(&old, &new, zones, ends))
    } else {
        single(&old, &new, zones, ends)
    };
    let own = zones.1.map(Zone::name);
    for zone in difference.zones.iter().filter(|zone| Some(zone.name()) != own) {
        if let Some(text) = in_zone(change, *zone, ends) {
            below.push(Below::Zone(text));
        }
    }
    // Another length is said by the new end.
    let lasts = |when: &When| match (when.start_instant(), when) {
        (Some(start), When::Zoned { end, .. } | When::Fixed { end, .. }) => *end - start,
        _ => when.wall_end() - when.wall(),
    };
    let is_as_long = ends || old.is_all_day() != new.is_all_day() || lasts(&old) == lasts(&new);
    let until = if is_as_long { String::new() } else { format!(", until {}", until(&new, zones.1)) };
    format!("{step}{until} ({})", by(&old, &new, ends))
}

/// The end of an event, with its day if that is not the first one.
fn until(when: &When, zone: Option<Zone>) -> String {
    let end = end(when, zone);
    if when.is_all_day() { day(end.date()) } else { time_of(end, when, zone) }
}

/// A step of one date, with its days.
fn single(old: &When, new: &When, zones: (Option<Zone>, Option<Zone>), ends: bool) -> String {
    if ends {
        let (from, to) = (end(old, zones.0), end(new, zones.1));
        return match (old, new) {
            (When::AllDay(_), When::AllDay(_)) => format!("until {} → {}", day(from.date()), day(to.date())),
            _ => format!(
                "{}, until {} → {}",
                moment(new, zones.1),
                time_of(from, new, zones.1),
                time_of(to, new, zones.1)
            ),
        };
    }
    let (from, to) = (clock(old, zones.0).0, clock(new, zones.1).0);
    let is_timed = !old.is_all_day() && !new.is_all_day();
    if is_timed && zones.0 == zones.1 && from.date() == to.date() {
        return format!("{}: {} → {}{}", day(from.date()), time(from), time(to), city(zones.1));
    }
    if is_timed && zones.0 == zones.1 {
        return format!("{}, {} → {}, {}{}", day(from.date()), time(from), day(to.date()), time(to), city(zones.1));
    }
    format!("{} → {}", moment(old, zones.0), moment(new, zones.1))
}

/// A step of several dates: hours, and weekdays where they differ.
fn hours(old: &When, new: &When, zones: (Option<Zone>, Option<Zone>), ends: bool) -> String {
    let point = |when: &When, zone| if ends { end(when, zone) } else { clock(when, zone).0 };
    let (from, to) = (point(old, zones.0), point(new, zones.1));
    let weekday = |at: NaiveDateTime| Language::ENGLISH.date(DateStyle::WeekdayName, at.date());
    let until = if ends { "until " } else { "" };
    let shown = |when: &When, at: NaiveDateTime, days: bool| match (when.is_all_day(), days) {
        (true, _) => format!("{} all day", weekday(at)),
        (false, true) => format!("{} {}", weekday(at), time(at)),
        (false, false) => time(at),
    };
    let days = from.date() != to.date();
    let old_city = if zones.0 == zones.1 || old.is_all_day() { String::new() } else { city(zones.0) };
    let new_city = if new.is_all_day() { String::new() } else { city(zones.1) };
    format!("{until}{}{old_city} → {}{new_city}", shown(old, from, days), shown(new, to, days))
}

/// The steps by the clock of another zone: each that differs, with the date from which it holds.
fn in_zone(change: &Change, zone: Zone, ends: bool) -> Option<String> {
    let mut steps: Vec<(NaiveDate, String)> = Vec::new();
    let is_series = change.occurrences.len() > 1;
    for (old, new) in change.occurrences.iter().filter_map(|pair| pair.old.zip(pair.new)) {
        if old.start_instant().is_none() || new.start_instant().is_none() {
            return None;
        }
        let point = |when: &When| if ends { clock(when, Some(zone)).1 } else { clock(when, Some(zone)).0 };
        let (from, to) = (point(&old), point(&new));
        let text = if from.date() == to.date() {
            format!("{} → {}", time(from), time(to))
        } else if is_series {
            let weekday = |at: NaiveDateTime| Language::ENGLISH.date(DateStyle::Weekday, at.date());
            format!("{} {} → {} {}", weekday(from), time(from), weekday(to), time(to))
        } else {
            format!("{}, {} → {}, {}", day(from.date()), time(from), day(to.date()), time(to))
        };
        if steps.last().is_none_or(|(_, last)| *last != text) {
            let text =
                if is_series || from.date() != to.date() { text } else { format!("{}: {text}", day(from.date())) };
            steps.push((from.date(), text));
        }
        if steps.len() > MOST_HOURS {
            break;
        }
    }
    let mut said: Vec<String> = steps
        .iter()
        .take(MOST_HOURS)
        .enumerate()
        .map(|(at, (from, text))| match at {
            0 => text.clone(),
            _ => format!("from {} {text}", date(*from)),
        })
        .collect();
    if steps.len() > MOST_HOURS {
        said.push("…".to_owned());
    }
    (!said.is_empty()).then(|| format!("{}: {}", zone.city(), said.join(", ")))
}

/// The time of a change in the other zones.
fn zones_below(change: &Change, difference: &Difference<'_>, below: &mut Vec<Below>) {
    let Some(known) = change.occurrences.first().and_then(|pair| pair.new.as_ref().or(pair.old.as_ref())) else {
        return;
    };
    if known.start_instant().is_none() || change.kind == Kind::Text {
        return;
    }
    let own = shown_zone(known, difference).map(Zone::name);
    for zone in difference.zones.iter().filter(|zone| Some(zone.name()) != own) {
        let (start, _) = clock(known, Some(*zone));
        let first = if change.occurrences.len() > 1 { "first " } else { "" };
        below.push(Below::Zone(format!("{}: {first}{}, {}", zone.city(), day(start.date()), time(start))));
    }
}
