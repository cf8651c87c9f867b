//! An .ics file → records, one UID at a time.

use std::collections::HashMap;

use super::component::Component;
use super::draft::Draft;
use super::fields::KindNames;
use super::lines::{Lines, Problem};
use super::made::Made;
use super::outline::{Outline, Part, outline};
use super::series::{Target, drafts};
use super::summary::{self, Fate, Place, Summary};
use super::text;
use super::value;
use super::vevent::{self, Vevent, uid_of};
use super::zones::{Clock, Zones};
use crate::zone::{Tzdb, Zone};

/// By what files are read.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'g> {
    /// The rules of time zones.
    pub tzdb: &'g Tzdb,
    /// The kinds of the calendar.
    pub kinds: &'g KindNames<'g>,
    /// The calendar's zone, and the kind of events that name none.
    pub target: Target<'g>,
    /// Whether events of CLASS PRIVATE and CONFIDENTIAL are imported.
    pub private: bool,
}

/// What a VCALENDAR says of itself.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Header {
    /// X-WR-CALNAME or NAME.
    pub title: Option<String>,
    /// X-WR-CALDESC or DESCRIPTION.
    pub description: Option<String>,
    /// X-WR-TIMEZONE.
    pub zone: Option<Zone>,
    /// URL.
    pub url: Option<String>,
    /// REFRESH-INTERVAL or X-PUBLISHED-TTL, as a record's length.
    pub refresh: Option<String>,
    /// Whether it has a colour.
    pub has_color: bool,
    /// Whether redletter wrote it.
    pub is_own: bool,
}

/// An .ics file with its parts.
#[derive(Debug)]
pub struct File<'t> {
    /// Number among the sources.
    number: u32,
    text: &'t str,
    outline: Outline,
}

impl<'t> File<'t> {
    /// Looks at a text; an error if it holds no calendar, with the line.
    pub fn new(number: u32, text: &'t str) -> Result<Self, (u32, String)> {
        let outline = outline(text);
        if outline.calendars == 0 && outline.parts.is_empty() {
            let line = text.lines().position(|line| !line.trim().is_empty()).map_or(1, |index| index as u32 + 1);
            let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
            let found = if first.is_empty() {
                "the file is empty".to_owned()
            } else {
                format!("`{}` is not the beginning of a calendar", super::shown(first.trim()))
            };
            return Err((line, found));
        }
        Ok(File { number, text, outline })
    }

    /// What its calendars say of themselves, in order.
    pub fn headers(&self, tzdb: &Tzdb) -> Vec<Header> {
        let zones = self.zones(tzdb, &[]);
        let mut headers = vec![Header::default(); self.outline.calendars.max(1)];
        for place in &self.outline.properties {
            let Some(header) = headers.get_mut(place.calendar) else { continue };
            for line in Lines::from(&self.text[..place.range.end], place.range.start, place.line).take(1_000) {
                let text = line.text();
                let one = || Some(text::line(&text).into_owned()).filter(|text| !text.is_empty());
                match line.name.to_ascii_uppercase().as_str() {
                    "X-WR-CALNAME" | "NAME" => header.title = header.title.take().or_else(one),
                    "X-WR-CALDESC" | "DESCRIPTION" => header.description = header.description.take().or_else(one),
                    "X-WR-TIMEZONE" | "TZID" => {
                        let found = zones[place.calendar].find(line.value.trim(), (2020, 2026)).ok();
                        header.zone = header.zone.or(found.and_then(|(clock, _)| match clock {
                            Clock::Zone(zone) => Some(zone),
                            Clock::Own(_) | Clock::Fixed(_) => None,
                        }));
                    }
                    "URL" => {
                        header.url = header
                            .url
                            .take()
                            .or_else(|| crate::resolve::text::checked_url(line.value.trim()).ok().map(Into::into));
                    }
                    "REFRESH-INTERVAL" | "X-PUBLISHED-TTL" => {
                        let length = value::length(&line.value).filter(|length| length.is_positive());
                        let length = length.filter(|length| length.total() <= chrono::TimeDelta::days(30));
                        header.refresh = header.refresh.take().or_else(|| length.map(value::Length::written));
                    }
                    "PRODID" => header.is_own = super::own::is_own(&line.value),
                    "COLOR" | "X-APPLE-CALENDAR-COLOR" | "X-OUTLOOK-COLOR" => header.has_color = true,
                    _ => {}
                }
            }
        }
        headers
    }

    /// How many events it has.
    pub fn events(&self) -> usize {
        self.outline.parts.iter().filter(|part| part.name == "VEVENT").count()
    }

    /// The zone that most of the first events name.
    pub fn usual_zone(&self, tzdb: &Tzdb) -> Option<Zone> {
        let zones = self.zones(tzdb, &[]);
        let mut counts: Vec<(Zone, usize)> = Vec::new();
        for part in self.outline.parts.iter().filter(|part| part.name == "VEVENT").take(200) {
            let mut lines = Lines::from(&self.text[..part.place.range.end], part.place.range.start, part.place.line);
            let Some(start) = lines.find(|line| line.is("DTSTART")) else { continue };
            let Some(name) = start.param("TZID") else { continue };
            if let Some(Ok((Clock::Zone(zone), _))) =
                zones.get(part.place.calendar).map(|zones| zones.find(name, (2020, 2026)))
            {
                match counts.iter_mut().find(|(known, _)| *known == zone) {
                    Some((_, count)) => *count += 1,
                    None => counts.push((zone, 1)),
                }
            }
        }
        counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(zone, _)| zone)
    }

    /// The zones of each of its calendars; `homes` are the zones that the calendars name.
    fn zones<'z>(&self, tzdb: &'z Tzdb, homes: &[Option<Zone>]) -> Vec<Zones<'z>> {
        let count = self.outline.calendars.max(1);
        let mut all: Vec<Zones<'z>> =
            (0..count).map(|index| Zones::new(tzdb, homes.get(index).copied().flatten())).collect();
        for part in self.outline.parts.iter().filter(|part| part.name == "VTIMEZONE").take(10_000) {
            let (Some(component), _) = part.read(self.text) else { continue };
            if let Some(zones) = all.get_mut(part.place.calendar) {
                zones.define(&component);
            }
        }
        all
    }

    /// Makes the records of the file, and hands each to `sink`.
    pub fn convert(&self, ground: &Ground<'_>, summary: &mut Summary, sink: &mut dyn FnMut(Draft)) {
        let headers = self.headers(ground.tzdb);
        let homes: Vec<Option<Zone>> = headers.iter().map(|header| header.zone.or(ground.target.zone)).collect();
        let zones = self.zones(ground.tzdb, &homes);
        self.report(&self.outline.problems, summary);
        for part in self.outline.parts.iter().filter(|part| !matches!(part.name, "VEVENT" | "VTIMEZONE")) {
            let place = Place { file: self.number, line: part.place.line, uid: String::new() };
            let why = match part.name {
                "VTODO" => "tasks are not events",
                "VJOURNAL" => "journal entries are not events",
                _ => "times when somebody is free or busy are not events",
            };
            summary.say(Fate::Dropped, part.name, why, &place);
        }
        for parts in self.groups() {
            let Some(zones) = zones.get(parts[0].place.calendar) else { continue };
            let mut events = Vec::with_capacity(parts.len());
            for part in parts {
                let (component, problems) = part.read(self.text);
                self.report(&problems, summary);
                let Some(component) = component else { continue };
                let mut event = self.event(component, ground, summary);
                let is_own = headers.get(part.place.calendar).is_some_and(|header| header.is_own);
                if let Some(event) = event.as_mut().filter(|_| is_own) {
                    super::own::without_prefix(&mut event.fields);
                }
                events.extend(event);
            }
            for draft in group(events, zones, ground, summary) {
                sink(draft);
            }
        }
    }

    fn event(&self, component: Component<'t>, ground: &Ground<'_>, summary: &mut Summary) -> Option<Vevent<'t>> {
        event(self.number, component, ground, summary)
    }

    fn report(&self, problems: &[Problem], summary: &mut Summary) {
        for problem in problems {
            summary.problem(summary::Problem {
                file: self.number,
                line: problem.line,
                found: problem.found.clone(),
                expected: problem.expected.to_owned(),
                is_loss: problem.is_loss,
            });
        }
    }

    /// The VEVENTs by UID, in the order of the file.
    fn groups(&self) -> Vec<Vec<&Part>> {
        let mut groups: Vec<Vec<&Part>> = Vec::new();
        let mut by_uid: HashMap<String, usize> = HashMap::new();
        for part in self.outline.parts.iter().filter(|part| part.name == "VEVENT") {
            match self.uid(part) {
                Some(uid) => {
                    let index = *by_uid.entry(uid).or_insert(groups.len());
                    match groups.get_mut(index) {
                        Some(group) => group.push(part),
                        None => groups.push(vec![part]),
                    }
                }
                None => groups.push(vec![part]),
            }
        }
        groups
    }

    /// The UID of a VEVENT, found without reading its other lines.
    fn uid(&self, part: &Part) -> Option<String> {
        let range = part.place.range.clone();
        let bytes = self.text.as_bytes();
        let mut at = range.start;
        while at < range.end {
            let line = &bytes[at..range.end];
            match line {
                [b'U' | b'u', b'I' | b'i', b'D' | b'd', b':' | b';', ..] => {
                    let line = Lines::from(&self.text[..range.end], at, 1).next()?;
                    return uid_of(&line);
                }
                // A reminder may have a UID of its own.
                [b'B' | b'b', b'E' | b'e', b'G' | b'g', b'I' | b'i', ..] if at > range.start => {
                    return self.uid_slowly(part);
                }
                _ => {}
            }
            let end = memchr::memchr2(b'\n', b'\r', line)?;
            at += end + 1;
        }
        None
    }

    fn uid_slowly(&self, part: &Part) -> Option<String> {
        let (component, _) = part.read(self.text);
        component.as_ref().and_then(|component| component.property("UID")).and_then(uid_of)
    }
}

fn event<'t>(number: u32, component: Component<'t>, ground: &Ground<'_>, summary: &mut Summary) -> Option<Vevent<'t>> {
    // What is not imported is not read either, so that nothing of it is named.
    let is_private = component.property("CLASS").is_some_and(|line| {
        ["PRIVATE", "CONFIDENTIAL"].iter().any(|class| line.value.trim().eq_ignore_ascii_case(class))
    });
    if is_private && !ground.private {
        let place = Place { file: number, line: component.line, uid: String::new() };
        let why = "private and confidential events are left out; `--private` imports them";
        summary.say(Fate::Private, "CLASS", why, &place);
        return None;
    }
    vevent::read(component, number, ground.kinds, summary).ok()
}

/// Makes the records of a calendar in another format.
pub fn convert_made(number: u32, made: &Made, ground: &Ground<'_>, summary: &mut Summary, sink: &mut dyn FnMut(Draft)) {
    let mut zones = Zones::new(ground.tzdb, made_zone(made, ground.tzdb).or(ground.target.zone));
    made.zones.iter().for_each(|zone| zones.define(zone));
    for (line, found, expected) in &made.problems {
        let (found, expected) = (found.clone(), expected.clone());
        summary.problem(summary::Problem { file: number, line: *line, found, expected, is_loss: true });
    }
    let mut groups: Vec<Vec<Vevent<'_>>> = Vec::new();
    let mut by_uid: HashMap<String, usize> = HashMap::new();
    for component in &made.events {
        let Some(event) = event(number, component.clone(), ground, summary) else { continue };
        let index = *by_uid.entry(event.uid.clone()).or_insert(groups.len());
        match groups.get_mut(index) {
            Some(group) => group.push(event),
            None => groups.push(vec![event]),
        }
    }
    for events in groups {
        for draft in group(events, &zones, ground, summary) {
            sink(draft);
        }
    }
}

/// The zone that a calendar in another format names, else the one that most of its events name.
pub fn made_zone(made: &Made, tzdb: &Tzdb) -> Option<Zone> {
    let zone = |name: &str| match Zones::new(tzdb, None).find(name, (2020, 2026)) {
        Ok((Clock::Zone(zone), _)) => Some(zone),
        _ => None,
    };
    if let Some(zone) = made.zone.as_deref().and_then(zone) {
        return Some(zone);
    }
    let mut names: Vec<&str> =
        made.events.iter().filter_map(|event| event.property("DTSTART")?.param("TZID")).collect();
    names.sort_unstable();
    let most = names.chunk_by(|a, b| a == b).max_by_key(|chunk| chunk.len())?;
    zone(most.first()?)
}

/// The records of the events of one UID.
fn group(events: Vec<Vevent<'_>>, zones: &Zones<'_>, ground: &Ground<'_>, summary: &mut Summary) -> Vec<Draft> {
    let (mut mains, mut overrides): (Vec<_>, Vec<_>) = events.into_iter().partition(|event| event.recurrence.is_none());
    // The newest of several of the same occurrence comes last, and holds.
    overrides.sort_by(|a, b| a.revision.cmp(&b.revision));
    if mains.is_empty() {
        if overrides.is_empty() {
            return Vec::new();
        }
        let mut first = overrides.remove(0);
        let why = "the series that it changes is not in the file: it is an event of its own";
        summary.say(Fate::Changed, "RECURRENCE-ID", why, &first.place);
        first.recurrence = None;
        for event in &mut overrides {
            // Under their own times, which no series plans.
            event.recurrence = Some((event.start.clone(), false));
        }
        return drafts(&first, &overrides, zones, ground.target, summary);
    }
    if mains.len() == 1 {
        return drafts(&mains[0], &overrides, zones, ground.target, summary);
    }
    mains.sort_by(|a, b| a.revision.cmp(&b.revision));
    let same_start = mains.iter().all(|event| event.start == mains[0].start);
    if same_start {
        let Some(newest) = mains.pop() else { return Vec::new() };
        for older in &mains {
            summary.say(Fate::Dropped, "UID", "an older version of an event with the same UID and start", &older.place);
        }
        return drafts(&newest, &overrides, zones, ground.target, summary);
    }
    mains.sort_by_key(|event| event.place.line);
    let mut all = Vec::new();
    for (index, mut event) in mains.into_iter().enumerate() {
        let own = std::mem::take(&mut overrides);
        if index > 0 {
            let why = "another event has this UID: this one gets a number behind it";
            summary.say(Fate::Changed, "UID", why, &event.place);
            event.uid = format!("{}-{}", event.uid, index + 1);
        }
        all.extend(drafts(&event, &own, zones, ground.target, summary));
    }
    all
}
