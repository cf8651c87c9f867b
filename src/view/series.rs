//! Series in a feed: a rule if all clients read it alike, otherwise one event per occurrence.
//!
//! A rule is written if its zone is simple from the first occurrence until ten years later, and if no older database gives
//! another time. An occurrence that overlaps a gap or a doubled hour is excluded from the rule and written as a separate
//! event in UTC. Dates of `also` are separate events too, because Outlook and Google ignore RDATE.

mod expand;
mod rule;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Days as DayCount, NaiveDate, NaiveDateTime, TimeDelta, Utc};

use super::form::{self, Form};
use super::timezone::Timezone;
use crate::calendar::{Calendar, Feed, Selection, Series};
use crate::event::{Days, Ends, Event, Repeat, When, uid};
use crate::recurrence::{Rule, outlook};
use crate::zone::Zone;

/// Years ahead for which a rule must be read alike.
const AHEAD: i64 = 10;

/// The default days before and after the as-of time for expanding an endless series.
const EXPANDED_DAYS: (u64, u64) = (366, 2 * 366);

/// How a series is written.
#[derive(Clone, PartialEq, Debug)]
pub struct Repeats {
    /// The value of RRULE.
    pub rule: String,
    /// The starts of EXDATE, of the form of DTSTART.
    pub except: Vec<Form>,
}

/// One VEVENT with its form.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub(super) event: &'a Event,
    pub(super) uid: Cow<'a, str>,
    pub(super) when: When,
    pub(super) form: Form,
    pub(super) planned: Option<Form>,
    pub(super) repeats: Option<Box<Repeats>>,
}

/// From one instant to another.
type Stretch = (DateTime<Utc>, DateTime<Utc>);

/// How a zone is used in a feed.
struct Use {
    /// Its older rules; `None` if it needs no TZID, or is unknown.
    older: Option<chrono_tz::Tz>,
    /// First and last use.
    span: Option<Stretch>,
    /// First and last use of each series.
    series: Vec<Stretch>,
    /// The times that the VTIMEZONE is for, where it is not for all of them.
    bounds: Option<Stretch>,
    /// Whether a VTIMEZONE is written.
    written: bool,
    /// Instants, a day apart, at which the older rules have another offset; found when a series asks.
    differs: Option<Vec<DateTime<Utc>>>,
}

/// A series that awaits its form.
struct Waiting<'a> {
    event: &'a Event,
    repeat: &'a Repeat,
    rule: &'a Rule,
    /// Whether its record was deleted: then it is in the feeds in which it was, whatever they take.
    is_deleted: bool,
}

/// The VEVENTs of a feed, collected event by event and then decided together.
pub(super) struct Drafts<'a, 't> {
    selection: Selection<'a>,
    /// The filter in addition to the feed's.
    takes: &'t dyn Fn(&Event) -> bool,
    expanded: bool,
    /// Days to which an endless expanded series is limited.
    reach: (NaiveDate, NaiveDate),
    horizon: DateTime<Utc>,
    as_of: DateTime<Utc>,
    /// What X-WR-TIMEZONE says.
    timezone: Option<Zone>,
    uses: HashMap<Zone, Use>,
    single: Vec<Draft<'a>>,
    series: Vec<Waiting<'a>>,
}

impl<'a, 't> Drafts<'a, 't> {
    pub(super) fn new(
        calendar: &'a Calendar,
        feed: &'a Feed,
        as_of: DateTime<Utc>,
        today: NaiveDate,
        takes: &'t dyn Fn(&Event) -> bool,
    ) -> Self {
        let back = today.checked_sub_days(DayCount::new(EXPANDED_DAYS.0)).unwrap_or(NaiveDate::MIN);
        let ahead = today.checked_add_days(DayCount::new(EXPANDED_DAYS.1)).unwrap_or(NaiveDate::MAX);
        let years = TimeDelta::days(AHEAD * 366);
        let selection = Selection::new(Cow::Borrowed(feed), &calendar.settings, as_of);
        let (first, last) = selection.limits();
        Drafts {
            selection,
            takes,
            expanded: feed.series == Series::Expanded,
            reach: (first.unwrap_or(back), last.unwrap_or(ahead)),
            as_of,
            horizon: as_of.checked_add_signed(years).unwrap_or(as_of),
            timezone: calendar.settings.timezone,
            uses: HashMap::new(),
            single: Vec::new(),
            series: Vec::new(),
        }
    }

    /// Takes what the feed has of an event, and notes which zones it uses from when to when. Says whether that is anything.
    pub(super) fn add(&mut self, event: &'a Event) -> bool {
        self.collect(event, false)
    }

    /// Takes a deleted event that the feed had.
    pub(super) fn add_deleted(&mut self, event: &'a Event) {
        self.collect(event, true);
    }

    fn collect(&mut self, event: &'a Event, is_deleted: bool) -> bool {
        let Some(repeat) = event.repeat.as_deref() else {
            let is_listed = self.is_listed(event, &event.when, is_deleted);
            if is_listed {
                self.push(event, Cow::Borrowed(&*event.uid), event.when);
            }
            return is_listed;
        };
        let before = (self.single.len(), self.series.len());
        let base = event.when.wall();
        let by_rule = |planned| repeat.rule.as_ref().is_some_and(|rule| rule.contains(base, planned));
        if repeat.rule.is_none() && !repeat.is_excepted(base) {
            let (shown, when) = as_it_will_be(event, repeat, base).unwrap_or((event, event.when));
            if self.is_listed(shown, &when, is_deleted) {
                self.push(shown, Cow::Borrowed(&*event.uid), when);
            }
        }
        for also in repeat.also.iter().map(When::wall) {
            let alone = repeat.rule.is_none() && also == base;
            if by_rule(also) || alone || repeat.is_excepted(also) {
                continue;
            }
            let Some((shown, when)) = as_it_will_be(event, repeat, also) else { continue };
            if self.is_listed(shown, &when, is_deleted) {
                self.push(shown, Cow::Owned(uid::dated(event, also)), when);
            }
        }
        if let Some(rule) = &repeat.rule {
            self.wait(Waiting { event, repeat, rule, is_deleted });
        }
        before != (self.single.len(), self.series.len())
    }

    /// Takes a series with a rule, if the feed may have any of it.
    fn wait(&mut self, waiting: Waiting<'a>) {
        let Waiting { event, repeat, rule, is_deleted } = waiting;
        let base = event.when.wall();
        let changed = |one: &&crate::event::Change| self.matches(&one.event, is_deleted);
        if !self.matches(event, is_deleted) && repeat.changes.iter().find(changed).is_none() {
            return;
        }
        let first = rule.first(base).and_then(|first| repeat.when(event, first));
        let last = rule.last(base).and_then(|last| repeat.when(event, last));
        if let Some(first @ When::Zoned { zone, start, .. }) = first {
            let end = |when: When| match when {
                When::Zoned { end, .. } => end,
                _ => start,
            };
            let last = last.map_or(self.horizon, end).min(self.horizon).max(end(first));
            self.used(zone, start, last);
            self.zone_use(zone).series.push((start, last));
        }
        for change in &repeat.changes {
            self.tentative(&change.event.when);
        }
        self.series.push(waiting);
    }

    /// A separate event.
    fn push(&mut self, event: &'a Event, uid: Cow<'a, str>, when: When) {
        let form = if event.ends == Ends::Open { self.days_so_far(event) } else { self.tentative(&when) };
        self.single.push(Draft { event, uid, when, form, planned: None, repeats: None });
    }

    /// The days from the start of an open event to the as-of day.
    fn days_so_far(&self, event: &Event) -> Form {
        let first = event.when.first_day();
        let count = event.day_number(self.as_of, self.timezone.unwrap_or_else(Zone::utc)).unwrap_or(1);
        Form::Days(Days { first, end: first.checked_add_signed(TimeDelta::days(count)).unwrap_or(first) })
    }

    /// Whether the feed takes an event, or an occurrence as it will be, at whatever time.
    fn matches(&self, event: &Event, is_deleted: bool) -> bool {
        is_deleted || self.selection.matches(event) && (self.takes)(event)
    }

    /// Whether the feed has an occurrence that is a separate event.
    fn is_listed(&self, event: &Event, when: &When, is_deleted: bool) -> bool {
        self.matches(event, is_deleted) && self.selection.shows(event, when) && self.selection.reaches(when)
    }

    fn zone_use(&mut self, zone: Zone) -> &mut Use {
        self.uses.entry(zone).or_insert_with(|| {
            let older = form::older(zone).filter(|_| !form::is_universal(zone));
            Use { older, span: None, series: Vec::new(), bounds: None, written: false, differs: None }
        })
    }

    fn used(&mut self, zone: Zone, from: DateTime<Utc>, to: DateTime<Utc>) {
        let zone_use = self.zone_use(zone);
        if zone_use.older.is_some() {
            let (first, last) = zone_use.span.unwrap_or((from, to));
            zone_use.span = Some((first.min(from), last.max(to)));
        }
    }

    /// The form that a time has if its zone can be written.
    fn tentative(&mut self, when: &When) -> Form {
        let When::Zoned { zone, start, end } = *when else { return Form::plain(when) };
        let older = self.zone_use(zone).older;
        let walls = older.and_then(|older| Some((form::wall(zone, older, start)?, form::wall(zone, older, end)?)));
        let Some((wall_start, wall_end)) = walls else { return Form::plain(when) };
        self.used(zone, start, end);
        Form::Local { zone, start: wall_start, end: wall_end }
    }

    /// The form of a time, now that it is known which zones are written.
    fn form(&self, when: &When) -> Form {
        let When::Zoned { zone, start, end } = *when else { return Form::plain(when) };
        let Some(Use { older: Some(older), written: true, bounds, .. }) = self.uses.get(&zone) else {
            return Form::plain(when);
        };
        if bounds.is_some_and(|(first, last)| start < first || end > last) {
            return Form::plain(when);
        }
        match (form::wall(zone, *older, start), form::wall(zone, *older, end)) {
            (Some(start), Some(end)) => Form::Local { zone, start, end },
            _ => Form::plain(when),
        }
    }

    /// All VEVENTs, and the zones that they need.
    pub(super) fn decided(mut self) -> (Vec<Draft<'a>>, Vec<Timezone>) {
        let mut timezones = Vec::new();
        for (zone, zone_use) in &mut self.uses {
            let mut timezone = zone_use.span.and_then(|(first, last)| Timezone::of(*zone, first, last));
            if timezone.is_none()
                && let Some((part, bounds)) = part_of_use(*zone, &mut zone_use.series, self.as_of)
            {
                (zone_use.span, zone_use.bounds) = (Some(bounds), Some(bounds));
                timezone = Some(part);
            }
            zone_use.written = timezone.is_some();
            timezones.extend(timezone);
        }
        // Sorted at once: the order of a hash map is not an order.
        timezones.sort_unstable_by_key(|timezone| timezone.zone.name());
        let mut drafts = std::mem::take(&mut self.single);
        let is_partly = |zone_use: &Use| zone_use.span.is_some() && (!zone_use.written || zone_use.bounds.is_some());
        if self.uses.values().any(is_partly) {
            for draft in &mut drafts {
                if matches!(draft.form, Form::Local { .. }) {
                    draft.form = self.form(&draft.when);
                }
            }
        }
        for waiting in std::mem::take(&mut self.series) {
            let Waiting { event, rule, .. } = waiting;
            let parts =
                if self.expanded { None } else { outlook::parts(rule, event.when.wall(), event.when.elapsed()) };
            let Some(parts) = parts else {
                self.expand(&waiting, false, &mut drafts);
                continue;
            };
            if self.as_rules(&waiting, &parts, &mut drafts).is_none() {
                // Some client would misread the series, so no part of it is left to the rules of clients.
                self.expand(&waiting, true, &mut drafts);
            }
        }
        let used: HashSet<Zone> = drafts
            .iter()
            .filter_map(|draft| match draft.form {
                Form::Local { zone, .. } => Some(zone),
                Form::Days(_) | Form::Utc { .. } => None,
            })
            .collect();
        timezones.retain(|timezone| used.contains(&timezone.zone));
        (drafts, timezones)
    }

    /// Whether the older rules have another offset somewhere from `first` to `last`.
    fn is_read_otherwise(&mut self, zone: Zone, first: DateTime<Utc>, last: DateTime<Utc>) -> bool {
        let Some(zone_use) = self.uses.get_mut(&zone) else { return false };
        let (Some(older), Some((from, to))) = (zone_use.older, zone_use.span) else { return false };
        let differs = zone_use.differs.get_or_insert_with(|| {
            let step = TimeDelta::days(1);
            std::iter::successors(Some(from), |at| at.checked_add_signed(step).filter(|at| *at <= to))
                .filter(|at| form::offset_by(older, *at) != zone.offset_at(*at).seconds())
                .collect()
        });
        let next = differs.partition_point(|at| *at < first);
        differs.get(next).is_some_and(|at| *at <= last)
    }
}

/// The VTIMEZONE of a zone for as many of its series as one can be right for, the latest first, and the times that it is
/// for. So an event of long ago, or far ahead, never changes how a series is written.
fn part_of_use(zone: Zone, series: &mut [Stretch], as_of: DateTime<Utc>) -> Option<(Timezone, Stretch)> {
    series.sort_unstable_by_key(|(first, _)| std::cmp::Reverse(*first));
    let spans: Vec<Stretch> = series
        .iter()
        .scan(DateTime::<Utc>::MIN_UTC, |latest, (first, last)| {
            *latest = (*latest).max(*last);
            Some((*first, *latest))
        })
        .collect();
    // A longer time only has more changes of the rules.
    let count = spans.partition_point(|(first, last)| Timezone::of(zone, *first, *last).is_some());
    let (first, last) = *spans[..count].last()?;
    // With what happened of late, if that is no matter.
    let lately = first.min(as_of - TimeDelta::days(366));
    let found = [(lately, last), (first, last)];
    found.into_iter().find_map(|bounds| Some((Timezone::of(zone, bounds.0, bounds.1)?, bounds)))
}

/// The occurrence planned for `planned`, changed where it is.
fn as_it_will_be<'a>(event: &'a Event, repeat: &'a Repeat, planned: NaiveDateTime) -> Option<(&'a Event, When)> {
    match repeat.change(planned) {
        Some(change) => Some((&change.event, change.event.when)),
        None => Some((event, repeat.when(event, planned)?)),
    }
}

#[cfg(test)]
mod tests;
