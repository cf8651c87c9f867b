//! A listing, decided: which occurrences, under which day, and what each clock shows.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use super::parts;
use super::stamp::Stamp;
use crate::calendar::Calendar;
use crate::event::{Audience, Days, Event, Kind, Online, Said, When};
use crate::language::Language;
use crate::schedule::{Occurrence, when_day};
use crate::zone::{Tzdb, Zone};

/// A listing of occurrences.
#[derive(Clone, Debug)]
pub struct Listing<'c> {
    /// Name of the calendar.
    pub title: &'c str,
    /// What its words are in.
    pub language: Language,
    /// The wanted language, and the language of records without one.
    pub texts: (&'c str, &'c str),
    /// The as-of time.
    pub generated: DateTime<Utc>,
    /// The date of the as-of time in the first zone.
    pub today: NaiveDate,
    /// Version of the tz database.
    pub tzdb: String,
    /// The display zones; at least one, and the first gives the days.
    pub zones: Vec<Zone>,
    /// The first and last day; `None` without a bound.
    pub range: Option<(NaiveDate, NaiveDate)>,
    /// The occurrences, in order.
    pub rows: Vec<Row<'c>>,
    /// How many more there are, where the number was limited.
    pub more: usize,
    /// Whether the calendar has no events at all.
    pub is_of_empty_calendar: bool,
    /// Whether rows are grouped by country and city instead of by day.
    pub by_place: bool,
}

/// An occurrence in a listing.
#[derive(Clone, Debug)]
pub struct Row<'c> {
    /// What happens.
    pub event: &'c Event,
    /// Its kind.
    pub kind: &'c Kind,
    /// What its kind is called.
    pub label: &'c str,
    /// Its title, in the nearest language that it has.
    pub title: Said<'c>,
    /// The language of words.
    pub language: Language,
    /// The day that it is listed under.
    pub day: NaiveDate,
    /// How to join, as far as readers of the listing may know it.
    pub online: Option<&'c Online>,
    /// When it happens.
    pub times: Times,
    /// Its city; of a listing by place, as the city is most often written there.
    pub city: Option<&'c str>,
    /// The planned start by the event's own clock, in RFC 3339; only of repeats.
    pub recurrence_id: Option<String>,
    /// How the event repeats, in words; only if the row represents the whole series.
    pub rule: Option<String>,
    /// The number of `day`, counted from 1 at the start, for events of several days and open events.
    pub ordinal: Option<i64>,
    /// The local events of a day of action that have no rows of their own, in the order of the listing.
    pub locals: Vec<&'c Event>,
    /// The day number of a current open event at the as-of time, in its own zone.
    pub today: Option<i64>,
}

impl<'c> Row<'c> {
    /// The same on another of its days.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> Self {
        let ordinal = self.ordinal.map(|ordinal| ordinal + (day - self.day).num_days());
        Row { day, ordinal, ..self.clone() }
    }

    /// The title as shown: a local event has its city, unless the listing is grouped by place.
    pub fn told_apart(&self, listing: &Listing<'_>) -> Cow<'c, str> {
        if listing.by_place { Cow::Borrowed(self.title.text) } else { self.event.told_apart(self.title.text) }
    }

    /// How one joins, where the public may not know all of it and these readers do.
    pub fn opened(&self) -> Option<&'c Online> {
        let public = self.event.online.as_deref()?;
        self.online.filter(|online| public.withheld.is_some() && !std::ptr::eq(*online, public))
    }
}

/// When an occurrence happens, by every clock that is shown.
#[derive(Clone, Debug)]
pub enum Times {
    /// On dates.
    Days(Days),
    /// At instants.
    Clocks {
        /// One for each zone of the listing.
        shown: Vec<Span>,
        /// By the event's own clock.
        own: Span,
        /// The name of the event's own zone; `None` for a fixed offset.
        zone: Option<&'static str>,
        /// Whether the own clock shows another time than the first zone's.
        differs: bool,
    },
    /// By every place's own clock.
    Floating {
        /// Inclusive.
        start: NaiveDateTime,
        /// Exclusive.
        end: NaiveDateTime,
    },
}

/// From one time to another, on one clock.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Span {
    /// Inclusive.
    pub start: Stamp,
    /// Exclusive.
    pub end: Stamp,
}

impl Span {
    fn in_zone(start: DateTime<Utc>, end: DateTime<Utc>, zone: Zone) -> Self {
        Span { start: Stamp::in_zone(start, zone), end: Stamp::in_zone(end, zone) }
    }
}

/// What a listing is made by.
#[derive(Clone, Debug)]
pub struct ListingOptions<'f, 'c> {
    /// The display zones; at least one.
    pub zones: &'f [Zone],
    /// The first day and the last one.
    pub range: Option<(NaiveDate, NaiveDate)>,
    /// The BCP 47 tag of its language.
    pub language: &'c str,
    /// The as-of time.
    pub now: DateTime<Utc>,
    /// The tz database.
    pub tzdb: &'f Tzdb,
    /// For whose eyes it is.
    pub audience: Audience,
}

impl<'c> Listing<'c> {
    /// Decides a listing of `occurrences`, which are in order.
    pub fn new(calendar: &'c Calendar, occurrences: &[Occurrence<'c>], frame: &ListingOptions<'_, 'c>) -> Self {
        let zone = frame.zones.first().copied().unwrap_or_else(Zone::utc);
        let wanted = frame.language;
        Listing {
            title: &calendar.settings.title,
            language: Language::of(wanted),
            texts: (wanted, &calendar.settings.language),
            generated: frame.now,
            today: frame.now.with_timezone(&zone).date_naive(),
            tzdb: frame.tzdb.version().to_owned(),
            zones: frame.zones.to_vec(),
            range: frame.range,
            rows: occurrences.iter().map(|occurrence| row(calendar, occurrence, wanted, frame)).collect(),
            more: 0,
            is_of_empty_calendar: calendar.events.is_empty(),
            by_place: false,
        }
    }

    /// Puts local events behind the rows of their days, as [`collapse`](super::collapse::collapse) finds them.
    pub fn put_behind(&mut self, locals: Vec<Vec<&'c Event>>) {
        for (row, locals) in self.rows.iter_mut().zip(locals) {
            row.locals = locals;
        }
    }

    /// Sorts the rows by country, city and time; events without a place come last.
    pub fn group_by_place(&mut self) {
        self.by_place = true;
        self.rows.sort_by_cached_key(|row| {
            let (is_nowhere, country, has_no_city, city) = parts::place_key(row.event);
            (is_nowhere, country.to_owned(), has_no_city, city)
        });
        // `Málaga` and `Malaga` are one heading.
        for rows in self.rows.chunk_by_mut(|one, next| parts::place_key(one.event) == parts::place_key(next.event)) {
            let mut spellings: Vec<(&str, usize)> = Vec::new();
            for city in rows.iter().filter_map(|row| row.city) {
                match spellings.iter_mut().find(|(known, _)| *known == city) {
                    Some((_, count)) => *count += 1,
                    None => spellings.push((city, 1)),
                }
            }
            // The first of equally frequent ones.
            let city = spellings.iter().rev().max_by_key(|(_, count)| *count).map(|(city, _)| *city);
            for row in rows.iter_mut() {
                row.city = city;
            }
        }
    }

    /// The reason of a change, in the language of the listing where there is one.
    pub fn reason_of<'e>(&self, event: &'e Event) -> Option<Said<'e>> {
        event.reason_in(self.texts.0, self.texts.1)
    }

    /// The description of an event, in the nearest language that it has.
    pub fn description_of<'e>(&self, event: &'e Event) -> Option<Said<'e>> {
        event.description_in(self.texts.0, self.texts.1)
    }
}

fn row<'c>(
    calendar: &'c Calendar,
    occurrence: &Occurrence<'c>,
    wanted: &str,
    frame: &ListingOptions<'_, '_>,
) -> Row<'c> {
    let zone = frame.zones.first().copied().unwrap_or_else(Zone::utc);
    let begins = when_day(&occurrence.when, zone);
    let day = frame.range.map_or(begins, |(first, _)| begins.max(first));
    let times = times(&occurrence.when, frame.zones);
    let several = last_day(&times) > begins;
    let today = occurrence.event.day_number(frame.now, zone);
    // The clocks of reader and event may show two days, so days are counted from the as-of day, on which both agree.
    let ago = (frame.now.with_timezone(&zone).date_naive() - day).num_days();
    let ordinal = match today {
        Some(today) => Some((today - ago).max(1)),
        None if several => Some((day - begins).num_days() + 1),
        None => occurrence.event.is_open().then_some(1),
    };
    Row {
        event: occurrence.event,
        kind: calendar.kind(occurrence.event),
        label: calendar.kind(occurrence.event).label_in(wanted),
        title: occurrence.event.title_in(wanted, &calendar.settings.language),
        language: Language::of(wanted),
        day,
        online: occurrence.event.online_for(frame.audience),
        city: parts::city(occurrence.event),
        recurrence_id: occurrence.planned.as_ref().map(recurrence_id),
        rule: None,
        ordinal,
        locals: Vec::new(),
        today,
        times,
    }
}

/// The name of an occurrence (RFC 5545 3.8.4.4): its planned start, by the event's own clock.
fn recurrence_id(planned: &When) -> String {
    match *planned {
        When::AllDay(days) => days.first.to_string(),
        When::Zoned { zone, start, .. } => Stamp::in_zone(start, zone).rfc3339(),
        When::Fixed { offset, start, .. } => Stamp::at_offset(start, offset).rfc3339(),
        When::Floating { start, .. } => start.format("%Y-%m-%dT%H:%M:%S").to_string(),
    }
}

/// When `when` happens, by the clocks of `zones`.
pub fn times(when: &When, zones: &[Zone]) -> Times {
    let clocks = |start: DateTime<Utc>, end: DateTime<Utc>, own: Span, zone: Option<&'static str>| {
        let shown: Vec<Span> = zones.iter().map(|zone| Span::in_zone(start, end, *zone)).collect();
        let differs =
            shown.first().is_some_and(|first| first.start.local != own.start.local || first.end.local != own.end.local);
        Times::Clocks { shown, own, zone, differs }
    };
    match *when {
        When::AllDay(days) => Times::Days(days),
        When::Zoned { zone, start, end } => clocks(start, end, Span::in_zone(start, end, zone), Some(zone.name())),
        When::Fixed { offset, start, end } => {
            let own = Span { start: Stamp::at_offset(start, offset), end: Stamp::at_offset(end, offset) };
            clocks(start, end, own, None)
        }
        When::Floating { start, end } => Times::Floating { start, end },
    }
}

/// The day on which it begins, by the first clock.
pub fn first_day(times: &Times) -> NaiveDate {
    match times {
        Times::Days(days) => days.first,
        Times::Clocks { shown, own, .. } => shown.first().unwrap_or(own).start.day(),
        Times::Floating { start, .. } => start.date(),
    }
}

/// The last day that it overlaps, in the first zone.
pub fn last_day(times: &Times) -> NaiveDate {
    // What ends at midnight does not touch the day that begins then.
    let before = |end: NaiveDateTime| (end - chrono::TimeDelta::seconds(1)).date();
    match times {
        Times::Days(days) => days.last(),
        Times::Clocks { shown, own, .. } => before(shown.first().unwrap_or(own).end.local),
        Times::Floating { end, .. } => before(*end),
    }
}
