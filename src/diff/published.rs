//! What a feed publishes: series of occurrences by UID. Feeds that differ only in form, order or stamps are equal.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};

use crate::event::{Days, Status, When};
use crate::recurrence::{End, Rule, Until};
use crate::zone::Zone;

/// The most occurrences of one series that are compared.
const MOST: usize = 5_000;

/// All that a calendar publishes.
#[derive(Clone, Debug, Default)]
pub struct Published {
    /// By UID.
    pub series: Vec<Series>,
    /// Names of the feeds; `None` if only one file is known.
    pub feeds: Option<BTreeSet<String>>,
    /// The zone in which it wants to be read, by X-WR-TIMEZONE.
    pub zone: Option<Zone>,
    /// What could not be read, with lines.
    pub unread: Vec<String>,
}

/// All components of one UID.
#[derive(Clone, PartialEq, Debug)]
pub struct Series {
    /// UID of RFC 5545 3.8.4.7.
    pub uid: String,
    /// The event, or the first occurrence.
    pub first: Vevent,
    /// RRULE.
    pub rules: Vec<Rule>,
    /// RRULE that we cannot expand, as written.
    pub unread_rules: Vec<String>,
    /// RDATE.
    pub also: Vec<When>,
    /// EXDATE.
    pub except: Vec<Planned>,
    /// RECURRENCE-ID, and what takes the place of the occurrence.
    pub changes: Vec<(Planned, Vevent)>,
    /// Whether it was deleted from the records, and is published as cancelled.
    pub is_deleted: bool,
}

/// What people see of an event.
#[derive(Clone, PartialEq, Debug)]
pub struct Vevent {
    /// SUMMARY.
    pub title: String,
    /// LOCATION.
    pub place: String,
    /// STATUS; never postponed.
    pub status: Status,
    /// DESCRIPTION.
    pub description: String,
    /// URL.
    pub url: String,
    /// CATEGORIES.
    pub categories: String,
    /// DTSTART and DTEND.
    pub when: When,
}

/// What names an occurrence of a series: its planned start.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Planned {
    /// A date.
    Day(NaiveDate),
    /// In UTC, or in a zone.
    Instant(DateTime<Utc>),
    /// A time without a zone.
    Wall(NaiveDateTime),
}

impl Planned {
    /// That of an occurrence.
    pub fn of(when: &When) -> Self {
        match when {
            When::AllDay(days) => Planned::Day(days.first),
            When::Zoned { start, .. } | When::Fixed { start, .. } => Planned::Instant(*start),
            When::Floating { start, .. } => Planned::Wall(*start),
        }
    }
}

/// One occurrence of a series.
#[derive(Clone, Copy, Debug)]
pub struct Occurrence<'s> {
    /// What names it.
    pub planned: Planned,
    /// The planned day, by the clock of the series.
    pub day: NaiveDate,
    /// When it takes place.
    pub when: When,
    /// What takes place.
    pub event: &'s Vevent,
}

impl Series {
    /// Whether it has more than one date.
    pub fn repeats(&self) -> bool {
        !(self.rules.is_empty() && self.also.is_empty() && self.changes.is_empty())
    }

    /// Whether it goes on for ever.
    pub fn is_endless(&self) -> bool {
        self.rules.iter().any(|rule| rule.end() == End::Never)
    }

    /// Its occurrences that are planned before `horizon`, in order; a single event is there at any time.
    pub fn occurrences(&self, horizon: NaiveDateTime) -> Vec<Occurrence<'_>> {
        let own = &self.first.when;
        let mut planned: Vec<When> = vec![*own];
        for rule in &self.rules {
            let rule = in_wall_clock(rule, own);
            let starts = rule.between(own.wall(), NaiveDateTime::MIN, horizon.max(own.wall() + TimeDelta::seconds(1)));
            planned.extend(starts.take(MOST).filter_map(|wall| begun_at(own, wall)));
        }
        planned.extend(self.also.iter().copied());
        let mut occurrences: Vec<Occurrence<'_>> = planned
            .into_iter()
            .map(|when| Occurrence { planned: Planned::of(&when), day: when.first_day(), when, event: &self.first })
            .collect();
        occurrences.sort_by_key(|one| one.planned);
        occurrences.dedup_by_key(|one| one.planned);
        if !self.except.is_empty() {
            let except: BTreeSet<Planned> = self.except.iter().copied().collect();
            // A date takes out what begins on it, as most clients read it.
            occurrences.retain(|one| !except.contains(&one.planned) && !except.contains(&Planned::Day(one.day)));
        }
        for (planned, event) in &self.changes {
            match occurrences.binary_search_by_key(planned, |one| one.planned) {
                Ok(at) => (occurrences[at].when, occurrences[at].event) = (event.when, event),
                Err(at) => {
                    let day = event.when.first_day();
                    occurrences.insert(at, Occurrence { planned: *planned, day, when: event.when, event });
                }
            }
        }
        occurrences
    }
}

/// The rule with an UNTIL of UTC as the time on the clock of the series.
fn in_wall_clock(rule: &Rule, own: &When) -> Rule {
    let rule = rule.clone();
    match (rule.end(), own) {
        (End::Until(Until::Utc(at)), When::Zoned { zone, .. }) => {
            let wall = at.and_utc().with_timezone(zone).naive_local();
            rule.with_end(End::Until(Until::DateTime(wall)))
        }
        (End::Until(Until::Utc(at)), When::AllDay(_)) => rule.with_end(End::Until(Until::Date(at.date()))),
        _ => rule,
    }
}

/// The same event, begun at another time of its clock.
fn begun_at(when: &When, wall: NaiveDateTime) -> Option<When> {
    Some(match *when {
        When::AllDay(days) => {
            let end = wall.date().checked_add_signed(days.end - days.first)?;
            When::AllDay(Days { first: wall.date(), end })
        }
        When::Zoned { zone, start, end } => {
            let begins = zone.instant(wall);
            When::Zoned { zone, start: begins, end: begins.checked_add_signed(end - start)? }
        }
        When::Fixed { offset, start, end } => {
            let begins = wall.checked_sub_offset(offset)?.and_utc();
            When::Fixed { offset, start: begins, end: begins.checked_add_signed(end - start)? }
        }
        When::Floating { start, end } => When::Floating { start: wall, end: wall.checked_add_signed(end - start)? },
    })
}
