//! Repeats in a feed: as a rule where all clients read it alike, else one event an occurrence.
//!
//! A rule is written where its zone is simple from the first occurrence to ten years on and no older database reads an
//! occurrence otherwise. An occurrence that touches a skipped or doubled hour, or lasts through it, is excluded from the
//! rule and stands by itself in UTC; the dates of `also` stand by themselves too, because Outlook and Google lose RDATE.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Days as DayCount, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};

use super::form::{self, Form};
use super::timezone::Timezone;
use crate::calendar::{Calendar, Cancelled, Feed, Series};
use crate::event::{Days, Ends, Event, Repeat, Status, When};
use crate::lock::CANCELLED_STAYS;
use crate::recurrence::{End, Rule, Until};
use crate::zone::Zone;

/// Years ahead for which a rule must be read alike.
const AHEAD: i64 = 10;

/// An endless series that is expanded goes so many days back and ahead, where the feed says nothing else.
const EXPANDED_DAYS: (u64, u64) = (366, 2 * 366);

/// A series with an end is expanded whole up to so many occurrences.
const EXPANDED_WHOLE: usize = 1_000;

/// How a series repeats, as it is written.
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

/// How a zone is used in a feed.
struct Use {
    /// Its older rules; none where it needs no TZID, or nobody knows it.
    older: Option<chrono_tz::Tz>,
    /// First and last use.
    span: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// Whether a VTIMEZONE is written.
    written: bool,
    /// Instants, a day apart, at which the older rules have another offset; found when a series asks.
    differs: Option<Vec<DateTime<Utc>>>,
}

/// The VEVENTs of a feed, collected event by event and then decided together.
pub(super) struct Drafts<'a> {
    domain: &'a str,
    expanded: bool,
    drops_cancelled: bool,
    /// What was cancelled and ended before this day is shown no longer.
    cancelled_from: NaiveDate,
    /// Days outside of which nothing that stands by itself is listed.
    listed: (NaiveDate, NaiveDate),
    /// Days to which an endless expanded series is limited.
    reach: (NaiveDate, NaiveDate),
    horizon: DateTime<Utc>,
    as_of: DateTime<Utc>,
    /// What X-WR-TIMEZONE says.
    timezone: Option<Zone>,
    uses: HashMap<Zone, Use>,
    single: Vec<Draft<'a>>,
    series: Vec<(&'a Event, &'a Repeat, &'a Rule)>,
}

impl<'a> Drafts<'a> {
    pub(super) fn new(calendar: &'a Calendar, feed: &Feed, as_of: DateTime<Utc>, today: NaiveDate) -> Self {
        let first = feed.past.map(|past| past.before(today));
        let last = feed.future.map(|future| future.after(today));
        let back = today.checked_sub_days(DayCount::new(EXPANDED_DAYS.0)).unwrap_or(NaiveDate::MIN);
        let ahead = today.checked_add_days(DayCount::new(EXPANDED_DAYS.1)).unwrap_or(NaiveDate::MAX);
        let years = TimeDelta::days(AHEAD * 366);
        Drafts {
            domain: &calendar.settings.domain,
            expanded: feed.series == Series::Expanded,
            drops_cancelled: feed.cancelled == Cancelled::Drop,
            cancelled_from: today.checked_sub_days(DayCount::new(CANCELLED_STAYS)).unwrap_or(NaiveDate::MIN),
            listed: (first.unwrap_or(NaiveDate::MIN), last.unwrap_or(NaiveDate::MAX)),
            reach: (first.unwrap_or(back), last.unwrap_or(ahead)),
            as_of,
            horizon: as_of.checked_add_signed(years).unwrap_or(as_of),
            timezone: calendar.settings.timezone,
            uses: HashMap::new(),
            single: Vec::new(),
            series: Vec::new(),
        }
    }

    /// Takes an event, and notes which zones it uses from when to when.
    pub(super) fn add(&mut self, event: &'a Event) {
        let Some(repeat) = event.repeat.as_deref() else {
            self.push(event, Cow::Borrowed(&*event.uid), event.when);
            return;
        };
        let by_rule = |planned| repeat.rule.as_ref().is_some_and(|rule| rule.contains(event.when.wall(), planned));
        if repeat.rule.is_none() && !repeat.is_excepted(event.when.wall()) {
            let (shown, when) = as_it_will_be(event, repeat, event.when.wall()).unwrap_or((event, event.when));
            self.push(shown, Cow::Borrowed(&*event.uid), when);
        }
        for also in repeat.also.iter().map(When::wall) {
            let alone = repeat.rule.is_none() && also == event.when.wall();
            if !by_rule(also) && !alone && !repeat.is_excepted(also) {
                self.push_dated(event, repeat, also);
            }
        }
        let Some(rule) = &repeat.rule else { return };
        let base = event.when.wall();
        let first = rule.first(base).and_then(|first| repeat.when(event, first));
        let last = rule.last(base).and_then(|last| repeat.when(event, last));
        if let Some(first @ When::Zoned { zone, start, .. }) = first {
            let end = |when: When| match when {
                When::Zoned { end, .. } => end,
                _ => start,
            };
            let last = last.map_or(self.horizon, end).min(self.horizon).max(end(first));
            self.used(zone, start, last);
        }
        for change in &repeat.changes {
            self.tentative(&change.event.when);
        }
        self.series.push((event, repeat, rule));
    }

    /// An event that stands by itself.
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

    /// An occurrence that stands by itself, unless the feed's limits leave it out.
    fn push_dated(&mut self, event: &'a Event, repeat: &'a Repeat, planned: NaiveDateTime) {
        let Some((shown, when)) = as_it_will_be(event, repeat, planned) else { return };
        if self.is_listed(shown, &when) {
            self.push(shown, Cow::Owned(self.dated_uid(event, repeat, planned)), when);
        }
    }

    fn is_listed(&self, event: &Event, when: &When) -> bool {
        let (first, last) = self.listed;
        when.last_day() >= first && when.first_day() <= last && !self.is_forgotten(event, when)
    }

    /// Whether an occurrence is cancelled and not shown, or no longer.
    fn is_forgotten(&self, event: &Event, when: &When) -> bool {
        event.status == Status::Cancelled && (self.drops_cancelled || when.last_day() < self.cancelled_from)
    }

    /// `<id>-YYYYMMDD@domain`, with the hour where a rule gives several a day, or where it is another than usual and the
    /// day has more than this occurrence.
    fn dated_uid(&self, event: &Event, repeat: &Repeat, planned: NaiveDateTime) -> String {
        let base = event.when.wall();
        let several = repeat.rule.as_ref().is_some_and(Rule::sets_times)
            || planned.time() != base.time() && shares_its_day(repeat, base, planned);
        let date = planned.format(match (several, planned.time().second()) {
            (false, _) => "%Y%m%d",
            (true, 0) => "%Y%m%dT%H%M",
            (true, _) => "%Y%m%dT%H%M%S",
        });
        format!("{}-{date}@{}", event.id, self.domain)
    }

    fn zone_use(&mut self, zone: Zone) -> &mut Use {
        self.uses.entry(zone).or_insert_with(|| {
            let older = form::older(zone).filter(|_| !form::is_universal(zone));
            Use { older, span: None, written: false, differs: None }
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
        let Some(Use { older: Some(older), written: true, .. }) = self.uses.get(&zone) else {
            return Form::plain(when);
        };
        match (form::wall(zone, *older, start), form::wall(zone, *older, end)) {
            (Some(start), Some(end)) => Form::Local { zone, start, end },
            _ => Form::plain(when),
        }
    }

    /// All VEVENTs, and the zones that they need.
    pub(super) fn decided(mut self) -> (Vec<Draft<'a>>, Vec<Timezone>) {
        let mut timezones = Vec::new();
        for (zone, zone_use) in &mut self.uses {
            let timezone = zone_use.span.and_then(|(first, last)| Timezone::of(*zone, first, last));
            zone_use.written = timezone.is_some();
            timezones.extend(timezone);
        }
        // Sorted at once: the order of a hash map is no order.
        timezones.sort_unstable_by_key(|timezone| timezone.zone.name());
        let mut drafts = std::mem::take(&mut self.single);
        if self.uses.values().any(|zone_use| zone_use.span.is_some() && !zone_use.written) {
            for draft in &mut drafts {
                if matches!(draft.form, Form::Local { zone, .. } if !self.uses[&zone].written) {
                    draft.form = Form::plain(&draft.when);
                }
            }
        }
        for (event, repeat, rule) in std::mem::take(&mut self.series) {
            if self.expanded {
                self.expand(event, repeat, false, &mut drafts);
            } else if self.as_rule(event, repeat, rule, &mut drafts).is_none() {
                // Some client would misread the series, so no part of it is left to the rules of clients.
                self.expand(event, repeat, true, &mut drafts);
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

    /// A series as a rule, its changes, and what has to stand by itself; nothing where a rule would be misread.
    fn as_rule(
        &mut self,
        event: &'a Event,
        repeat: &'a Repeat,
        rule: &'a Rule,
        drafts: &mut Vec<Draft<'a>>,
    ) -> Option<()> {
        let base = event.when.wall();
        let first = rule.first(base)?;
        let when = repeat.when(event, first)?;
        let last_when = rule.last(base).and_then(|last| repeat.when(event, last));
        let mut jumps = Vec::new();
        let form = match when {
            // Hours cannot be set for days, which is what a feed makes of a time at each place.
            When::Floating { .. } if rule.sets_times() => return None,
            When::Zoned { zone, start, .. } if form::is_universal(zone) && zone.offset_at(start).seconds() != 0 => {
                return None;
            }
            When::Zoned { zone, start, end } if !form::is_universal(zone) => {
                let last = last_when.and_then(|last| last.start_instant()).unwrap_or(self.horizon).min(self.horizon);
                if self.is_read_otherwise(zone, start, last) {
                    return None;
                }
                jumps = jumping_hours(zone, start, last);
                // Clients add the length to the wall clock, so an end beyond a jump is off by it.
                for (from, _) in &mut jumps {
                    *from -= end - start;
                }
                match self.form(&when) {
                    // A first one in a skipped hour shows another clock time than the rule has.
                    Form::Local { start: from, .. } if from != first => return None,
                    Form::Local { start: from, end: to, .. } if to - from != end - start => return None,
                    form @ Form::Local { .. } => form,
                    Form::Days(_) | Form::Utc { .. } => return None,
                }
            }
            _ => Form::plain(&when),
        };

        let mut except: Vec<NaiveDateTime> =
            repeat.except.iter().copied().filter(|except| rule.contains(base, *except)).collect();
        let jumping: Vec<NaiveDateTime> =
            jumps.into_iter().flat_map(|(from, to)| rule.between(base, from, to)).collect();
        // Of two starts at one instant, the one that the clocks show. A client may take the exception for either.
        let shown = |planned: &NaiveDateTime| repeat.same_instant(&event.when, *planned).unwrap_or(*planned);
        let mut alone: Vec<NaiveDateTime> = jumping.iter().map(shown).filter(|at| rule.contains(base, *at)).collect();
        // An occurrence may last from one jump to the next.
        alone.sort_unstable();
        alone.dedup();
        except.extend(jumping);
        for planned in alone.into_iter().filter(|planned| !repeat.is_excepted(*planned)) {
            except.push(planned);
            let Some((shown, when)) = as_it_will_be(event, repeat, planned) else { continue };
            if self.is_listed(shown, &when) {
                let uid = Cow::Owned(self.dated_uid(event, repeat, planned));
                let form = Form::plain(&when);
                drafts.push(Draft { event: shown, uid, when, form, planned: None, repeats: None });
            }
        }
        for change in &repeat.changes {
            if !rule.contains(base, change.planned) || except.contains(&change.planned) {
                continue;
            }
            let when = change.event.when;
            // Left out alone, it would be back as the rule has it.
            if self.is_forgotten(&change.event, &when) {
                except.push(change.planned);
                continue;
            }
            let draft_form = self.form(&when);
            let planned = Some(begun(form, change.planned));
            let uid = Cow::Borrowed(&*event.uid);
            drafts.push(Draft { event: &change.event, uid, when, form: draft_form, planned, repeats: None });
        }
        except.sort_unstable();
        except.dedup();
        let repeats = Repeats {
            rule: written(rule, form, last_when).to_string(),
            except: except.into_iter().map(|planned| begun(form, planned)).collect(),
        };
        let uid = Cow::Borrowed(&*event.uid);
        drafts.push(Draft { event, uid, when, form, planned: None, repeats: Some(Box::new(repeats)) });
        Some(())
    }

    /// A series as one event an occurrence; all of them in UTC where it is `universal`.
    fn expand(&mut self, event: &'a Event, repeat: &'a Repeat, universal: bool, drafts: &mut Vec<Draft<'a>>) {
        let base = &event.when;
        let has_end = repeat.rule.as_ref().is_none_or(|rule| rule.end() != End::Never);
        let all = || repeat.planned(base, NaiveDateTime::MIN, NaiveDateTime::MAX);
        let whole = has_end && all().nth(EXPANDED_WHOLE).is_none();
        let (from, to) = if whole {
            (NaiveDateTime::MIN, NaiveDateTime::MAX)
        } else {
            let end = self.reach.1.succ_opt().unwrap_or(NaiveDate::MAX);
            (self.reach.0.and_time(NaiveTime::MIN), end.and_time(NaiveTime::MIN))
        };
        for planned in repeat.planned(base, from, to) {
            // The dates of `also` stand by themselves already.
            if repeat.besides(planned).is_some()
                && !repeat.rule.as_ref().is_some_and(|rule| rule.contains(base.wall(), planned))
            {
                continue;
            }
            let Some((shown, when)) = as_it_will_be(event, repeat, planned) else { continue };
            if self.is_listed(shown, &when) {
                let uid = Cow::Owned(self.dated_uid(event, repeat, planned));
                let form = if universal { Form::plain(&when) } else { self.form(&when) };
                drafts.push(Draft { event: shown, uid, when, form, planned: None, repeats: None });
            }
        }
    }
}

/// The occurrence planned for `planned`, changed where it is.
fn as_it_will_be<'a>(event: &'a Event, repeat: &'a Repeat, planned: NaiveDateTime) -> Option<(&'a Event, When)> {
    match repeat.change(planned) {
        Some(change) => Some((&change.event, change.event.when)),
        None => Some((event, repeat.when(event, planned)?)),
    }
}

/// Whether another occurrence is planned for the same day.
fn shares_its_day(repeat: &Repeat, base: NaiveDateTime, planned: NaiveDateTime) -> bool {
    let day = NaiveDateTime::from(planned.date());
    let next = day + TimeDelta::days(1);
    let from = repeat.also.partition_point(|also| also.wall() < day);
    let mut besides = repeat.also[from..].iter().map(When::wall).take_while(|also| *also < next);
    besides.any(|also| also != planned)
        || repeat.rule.as_ref().is_some_and(|rule| rule.between(base, day, next).any(|other| other != planned))
}

/// The form of a series, begun at another wall-clock time: a start only, whose end is never written.
fn begun(form: Form, planned: NaiveDateTime) -> Form {
    match form {
        Form::Days(_) => {
            let first = planned.date();
            Form::Days(Days { first, end: first.succ_opt().unwrap_or(first) })
        }
        Form::Local { zone, .. } => Form::Local { zone, start: planned, end: planned },
        // Only zones that are UTC by another name have a rule in UTC.
        Form::Utc { .. } => Form::Utc { start: planned.and_utc(), end: planned.and_utc() },
    }
}

/// The rule with its UNTIL as it has to be written beside DTSTART: a date beside a date, else UTC. It is the last
/// occurrence itself, so that no client counts one more or less.
fn written(rule: &Rule, form: Form, last: Option<When>) -> Rule {
    let rule = rule.clone();
    match (rule.end(), last) {
        (End::Until(_), Some(last)) => {
            let until = match (form, last.start_instant()) {
                (Form::Local { .. } | Form::Utc { .. }, Some(at)) => Until::Utc(at.naive_utc()),
                _ => Until::Date(last.first_day()),
            };
            rule.with_end(End::Until(until))
        }
        _ => rule,
    }
}

/// The stretches of the wall clock that are skipped or doubled from `first` to `last`, half-open.
fn jumping_hours(zone: Zone, first: DateTime<Utc>, last: DateTime<Utc>) -> Vec<(NaiveDateTime, NaiveDateTime)> {
    // A doubled hour lies on both sides of its transition, so one just before the first use or after the last counts too.
    let mut at = first - TimeDelta::days(1);
    let last = last + TimeDelta::days(1);
    let mut found = Vec::new();
    while let Some(change) = zone.next_transition(at).filter(|change| change.at <= last) {
        let [before, after] = [change.before, change.after]
            .map(|regime| change.at.naive_utc() + TimeDelta::seconds(regime.offset.local_minus_utc().into()));
        if before != after {
            found.push((before.min(after), before.max(after)));
        }
        at = change.at;
    }
    found
}

#[cfg(test)]
mod tests;
