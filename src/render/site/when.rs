//! The time of an event in every zone, for `when.html`.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::Serialize;

use super::Renderer;
use super::event::Text;
use crate::event::{Ends, Event, When};
use crate::language::{DateStyle, Language, Word};
use crate::render::terminal::plain;
use crate::render::{card, phrase, when};
use crate::schedule;
use crate::view::listing;
use crate::view::site::when::{EveryZone, Row};
use crate::view::site::{Edition, Page, Site, href};
use crate::view::stamp::Stamp;
use crate::view::worldwide;
use crate::zone::{Zone, offset_for_people};

/// `page` in `when.html`.
#[derive(Serialize, Debug)]
pub(super) struct Context {
    title: Text,
    label: Option<&'static str>,
    is_off: bool,
    /// The page of the event.
    event: String,
    moved: Option<String>,
    /// How it repeats, where the times are those of the next occurrence.
    rule: Option<String>,
    /// Its own clock, the calendar's and UTC.
    clocks: Vec<Clock>,
    remark: Option<&'static str>,
    /// What is said of dates, and of an open end.
    sentences: Vec<String>,
    rows: Vec<Line>,
}

#[derive(Serialize, Debug)]
struct Clock {
    name: String,
    text: String,
    start: Option<String>,
    end: Option<String>,
}

#[derive(Serialize, Debug)]
struct Line {
    day: String,
    hours: String,
    shift: Option<String>,
    is_shifted: bool,
    offset: String,
    places: String,
}

/// `page` for the time of an event in every zone.
pub(super) fn context(renderer: &Renderer<'_>, edition: &Edition, event: &Event) -> Context {
    let site = renderer.site;
    let language = edition.language;
    let path = Page::When(&event.id).path(edition);
    let said = event.title_in(&edition.tag, &site.calendar.settings.language);
    let occurrence = schedule::current(event, site.zone, site.day_start());
    let every = site.every_zone(event, edition);
    let mut dates = Dates { language, days: HashMap::new(), hours: HashMap::new() };
    Context {
        title: Text {
            text: plain(&event.told_apart(said.text)),
            language: said.language.unwrap_or(&site.calendar.settings.language).to_owned(),
        },
        label: phrase::label(occurrence.event, language),
        is_off: !occurrence.event.status.takes_place(),
        event: href(&path, &Page::Event(&event.id).path(edition)),
        moved: occurrence.event.moved_from.as_ref().map(|from| crate::view::words::moved_from(from, language)),
        rule: crate::view::repeat::in_words(event, language),
        clocks: every.as_ref().map(|every| clocks(every, site, language)).unwrap_or_default(),
        remark: (event.ends == Ends::Assumed && !event.when.is_all_day()).then(|| language.word(Word::EndAssumed)),
        sentences: sentences(site, occurrence.event, occurrence.when, &edition.tag),
        rows: every.iter().flat_map(|every| &every.rows).map(|row| line(row, every.as_ref(), &mut dates)).collect(),
    }
}

fn sentences(site: &Site<'_>, event: &Event, when: When, tag: &str) -> Vec<String> {
    let language = Language::of(tag);
    let clocks = [site.zone];
    let is_open = event.ends == Ends::Open;
    let worldwide = (!is_open).then(|| worldwide::of(event, &when, &clocks, site.tzdb)).flatten();
    let conversion = when::Conversion {
        event: Some(event),
        when: Some(when),
        day: event.day_number(site.now, site.zone),
        worldwide: None,
        instant: None,
        own: None,
        own_zone: None,
        lines: Vec::new(),
        tzdb: String::new(),
        language,
        texts: (tag.into(), site.calendar.settings.language.clone()),
    };
    let mut out: Vec<String> = when::dates(&conversion).into_iter().collect();
    if let Some(worldwide) = worldwide {
        let (sentences, clocks) = when::around(&worldwide, language);
        out.extend(sentences);
        out.extend(clocks.into_iter().map(|(city, range)| format!("{city}: {range}")));
    }
    out
}

/// The event's own clock first, then the calendar's and UTC where they are others.
fn clocks(every: &EveryZone, site: &Site<'_>, language: Language) -> Vec<Clock> {
    let EveryZone { own, own_end, zone, .. } = every;
    let at = |stamp: &Stamp| (stamp.local - stamp.offset).and_utc();
    let shown = |name: String, start: Stamp, end: Option<Stamp>| {
        let text = match &end {
            Some(end) => card::clocks(&listing::Span { start: start.clone(), end: end.clone() }, language),
            None => format!("{} {}", card::moment(start.local, language), start.abbreviation),
        };
        Clock { name, text, start: Some(start.rfc3339()), end: end.map(|end| end.rfc3339()) }
    };
    let own_name = zone.map_or_else(|| offset_for_people(own.offset), |zone| zone.name().to_owned());
    let mut clocks = vec![shown(own_name, own.clone(), own_end.clone())];
    for other in [site.zone, Zone::utc()] {
        let start = Stamp::in_zone(at(own), other);
        let is_known = clocks.iter().any(|clock| clock.name == other.name()) || start.offset == own.offset;
        if !is_known {
            clocks.push(shown(
                other.name().to_owned(),
                start,
                own_end.as_ref().map(|end| Stamp::in_zone(at(end), other)),
            ));
        }
    }
    clocks
}

/// Dates and hours in a language, each written once a page.
struct Dates {
    language: Language,
    days: HashMap<NaiveDate, String>,
    hours: HashMap<NaiveTime, String>,
}

impl Dates {
    fn day(&mut self, day: NaiveDate) -> String {
        self.days.entry(day).or_insert_with(|| self.language.date(DateStyle::Short, day)).clone()
    }

    fn time(&mut self, time: NaiveTime) -> String {
        self.hours.entry(time).or_insert_with(|| self.language.time(time)).clone()
    }

    fn hours(&mut self, start: NaiveDateTime, end: Option<NaiveDateTime>) -> String {
        let from = self.time(start.time());
        let Some(end) = end else { return from };
        let (day, to) = match end.date().pred_opt() {
            Some(before) if end.time() == NaiveTime::MIN && start.date() <= before => {
                (before, self.language.midnight())
            }
            _ => (end.date(), self.time(end.time())),
        };
        if day == start.date() {
            return self.language.hours(&from, &to);
        }
        let date = self.day(day);
        let to = self.language.say(Word::DateTimeShort, &[("date", (&date).into()), ("time", (&to).into())]);
        self.language.say(Word::DateRange, &[("from", (&from).into()), ("to", (&to).into())])
    }
}

fn line(row: &Row, every: Option<&EveryZone>, dates: &mut Dates) -> Line {
    let shift = match row.day_shift {
        0 => None,
        days @ 1.. => Some(dates.language.say(Word::DaysAfter, &[("count", days.into())])),
        days => Some(dates.language.say(Word::DaysBefore, &[("count", (-days).into())])),
    };
    Line {
        day: dates.day(row.start.date()),
        hours: dates.hours(row.start, row.end),
        is_shifted: shift.is_some(),
        shift,
        offset: match row.end {
            Some(_) if row.offset != row.end_offset => {
                dates.language.hours(&offset_for_people(row.offset), &offset_for_people(row.end_offset))
            }
            _ => offset_for_people(row.offset),
        },
        places: every.map(|every| every.groups[row.group].places.clone()).unwrap_or_default(),
    }
}
