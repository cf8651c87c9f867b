//! The VEVENTs of one UID → records.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};

use super::draft::{Draft, Line, list};
use super::frame::{Frame, Lasts, Point, is_in_range, midnight};
use super::rules::{self, Read};
use super::summary::{Fate, Place, Summary};
use super::value::{self, Length, PeriodEnd, Stamp, Time};
use super::vevent::Vevent;
use super::zones::{Clock, How, Unknown, Zones};
use crate::record::value::toml_text;
use crate::recurrence::{End, Rule, Until};
use crate::zone::Zone;

/// Exceptions of an event that are written.
const MOST_EXCEPTIONS: usize = 20_000;
/// Additional dates of an event.
const MOST_DATES: usize = 5_000;
/// Exceptions and dates that are read at all.
const MOST_READ: usize = 2_000_000;

/// What records are made for.
#[derive(Clone, Copy, Debug)]
pub struct Target<'t> {
    /// The zone of the calendar that the records go to.
    pub zone: Option<Zone>,
    /// The kind of events whose categories name none; `None` leaves it to the calendar.
    pub kind: Option<&'t str>,
}

/// A series in the course of being made.
struct Series<'s> {
    zones: &'s Zones<'s>,
    frame: Frame,
    base: Point,
    lasts: Lasts,
    rule: Option<Rule>,
    /// Dates beside the rule, each with its own length where it has one.
    extras: BTreeMap<NaiveDateTime, (Point, Option<Lasts>)>,
    except: BTreeSet<NaiveDateTime>,
    changes: BTreeMap<NaiveDateTime, Vec<Line>>,
    /// `[[from]]` tables: the planned start from which each holds, how far it moves the hour, its lines.
    from: Vec<(NaiveDateTime, TimeDelta, Vec<Line>)>,
}

/// The clock on which an event is written; `Err` says why there is none.
fn frame(
    event: &Vevent<'_>,
    repeats: bool,
    zones: &Zones<'_>,
    target: Target<'_>,
    summary: &mut Summary,
) -> Result<Frame, (String, String)> {
    let unknown = |unknown: Unknown| {
        let help = match unknown.nearest {
            Some(near) => format!("a zone such as `{near}`, or a VTIMEZONE of that name"),
            None => "the name of a time zone, or a VTIMEZONE of that name".to_owned(),
        };
        (format!("no time zone is called `{}`", super::shown(&unknown.name)), help)
    };
    let fixed = |clock: Clock| {
        if !repeats {
            return Ok(Frame::Fixed(clock));
        }
        // A zone of a whole number of hours can repeat.
        let hours = match &clock {
            Clock::Fixed(offset) if offset.local_minus_utc() % 3600 == 0 => Some(offset.local_minus_utc() / 3600),
            _ => None,
        };
        hours.and_then(|hours| zones.etc(hours)).map(Frame::Zoned).ok_or_else(|| {
            let name = event.start.zone.as_deref().unwrap_or("an offset");
            (
                format!("the event repeats in `{}`, which behaves as no known time zone", super::shown(name)),
                "a zone of the tz database, such as `Europe/Madrid`".to_owned(),
            )
        })
    };
    let place = &event.place;
    match (&event.start.stamp, &event.start.zone) {
        (Stamp::Day(_), _) => Ok(Frame::Day),
        // Single dates are by the clock of the calendar; a rule in UTC is another one by any clock.
        (Stamp::Utc(_), _) if event.component.property("RRULE").is_some() => Ok(Frame::Zoned(Zone::utc())),
        (Stamp::Utc(_), _) => Ok(Frame::Zoned(target.zone.or(zones.home()).unwrap_or_else(Zone::utc))),
        (Stamp::Offset(_, offset), _) => fixed(Clock::Fixed(*offset)),
        (Stamp::Local(wall), Some(name)) => {
            let (clock, how) = zones.find(name, years(event, *wall)).map_err(unknown)?;
            match clock {
                Clock::Zone(zone) => {
                    if how != How::Name {
                        let shown = super::shown(name);
                        let why = match how {
                            How::Behaviour => format!("`{shown}` is {zone}, by what its VTIMEZONE does"),
                            How::NameAgainstDefinition => {
                                format!(
                                    "`{shown}` is read as the zone of that name, and the VTIMEZONE of the file differs"
                                )
                            }
                            How::Name | How::OtherName => format!("`{shown}` is {zone}"),
                        };
                        summary.say(Fate::Changed, "TZID", why, place);
                    }
                    Ok(Frame::Zoned(zone))
                }
                clock => {
                    if !repeats {
                        let why = format!(
                            "`{}` is no known time zone; the time is written with its offset",
                            super::shown(name)
                        );
                        summary.say(Fate::Changed, "TZID", why, place);
                    }
                    fixed(clock)
                }
            }
        }
        (Stamp::Local(_), None) => {
            // The zone of the end is that of the start.
            let of_end = event.end.as_ref().and_then(|end| end.zone.as_deref());
            let of_end = of_end.and_then(|name| match zones.find(name, (2020, 2026)) {
                Ok((Clock::Zone(zone), _)) => Some(zone),
                _ => None,
            });
            let zone = of_end.or(zones.home()).or(target.zone).unwrap_or_else(Zone::utc);
            summary.say(Fate::Changed, "DTSTART", format!("a time without a zone is read as that of {zone}"), place);
            Ok(Frame::Zoned(zone))
        }
    }
}

/// The years in which an event takes place, ten from its beginning if it has no end.
fn years(event: &Vevent<'_>, start: NaiveDateTime) -> (i32, i32) {
    let first = start.year().clamp(1900, 2090);
    let mut last = first;
    for rule in event.component.all("RRULE") {
        let upper = rule.value.to_ascii_uppercase();
        let until = upper.split("UNTIL=").nth(1).and_then(|text| text.get(..4)?.parse::<i32>().ok());
        last = last.max(until.unwrap_or(first + 10));
    }
    (first, last.clamp(first, first + 30))
}

/// Makes the records of a UID from its events. `main` is the series or the only event, `overrides` have a RECURRENCE-ID.
pub fn drafts(
    main: &Vevent<'_>,
    overrides: &[Vevent<'_>],
    zones: &Zones<'_>,
    target: Target<'_>,
    summary: &mut Summary,
) -> Vec<Draft> {
    let has = |name: &str| main.component.all(name).any(|line| !line.value.trim().is_empty());
    let repeats = has("RRULE") || has("RDATE") || !overrides.is_empty();
    let place = &main.place;
    let frame = match frame(main, repeats, zones, target, summary) {
        Ok(frame) => frame,
        Err((why, expected)) => {
            summary.refuse(why, expected, place);
            return Vec::new();
        }
    };
    let made = Series::new(main, frame, zones, summary).and_then(|mut series| {
        if repeats {
            let mut more = series.repeat(main, target, summary)?;
            more.extend(series.overrides(main, overrides, target, summary));
            let first = series.draft(main, target, summary)?;
            more.insert(0, first);
            return Ok(more);
        }
        Ok(vec![series.draft(main, target, summary)?])
    });
    made.unwrap_or_else(|(why, expected)| {
        summary.refuse(why, expected, place);
        Vec::new()
    })
}

type Refusal = (String, String);

fn of_unknown(unknown: &Unknown) -> Refusal {
    let expected =
        unknown.nearest.map_or_else(|| "the name of a time zone".to_owned(), |near| format!("a zone such as `{near}`"));
    (format!("no time zone is called `{}`", super::shown(&unknown.name)), expected)
}

impl<'s> Series<'s> {
    fn new(main: &Vevent<'_>, frame: Frame, zones: &'s Zones<'s>, summary: &mut Summary) -> Result<Self, Refusal> {
        let base = frame.point(&main.start, zones).map_err(|error| of_unknown(&error))?;
        let mut base = base;
        if let Some(later) = later_start(main, &frame, base, summary) {
            base = later;
        } else if !is_in_range(base.wall) {
            let found = format!("the event begins in the year {}", base.wall.year());
            return Err((found, "a year from 1900 to 2200".to_owned()));
        }
        let written = frame.point(&main.start, zones).map_err(|error| of_unknown(&error))?;
        let lasts = frame.lasts(written, main.end.as_ref(), main.length, zones).map_err(|error| of_unknown(&error))?;
        if lasts == Lasts::Unsaid {
            let why = match (&main.end, main.length) {
                (None, None) => "without DTEND or DURATION, the event has the usual length of its kind",
                _ => "an end that is not after the start is left out: the event has the usual length of its kind",
            };
            summary.say(Fate::Changed, "DTEND", why, &main.place);
        }
        Ok(Series {
            zones,
            frame,
            base,
            lasts,
            rule: None,
            extras: BTreeMap::new(),
            except: BTreeSet::new(),
            changes: BTreeMap::new(),
            from: Vec::new(),
        })
    }

    /// Whether an occurrence is planned for that time, exceptions aside.
    fn is_planned(&self, wall: NaiveDateTime) -> bool {
        match &self.rule {
            Some(rule) if rule.contains(self.base.wall, wall) => true,
            None if wall == self.base.wall => true,
            _ => self.extras.contains_key(&wall),
        }
    }

    /// A time of the file that names an occurrence.
    fn name(&self, time: &Time) -> Option<NaiveDateTime> {
        if time.is_day() && self.frame != Frame::Day {
            // A date names the occurrence of that day.
            return self.on_day(time.day());
        }
        let wall = self.frame.point(time, self.zones).ok()?.wall;
        // A rule names hours that the clocks skip, and so does what names its occurrence.
        match (time.stamp, &self.frame) {
            (Stamp::Local(raw), Frame::Zoned(_)) if raw != wall && !self.is_planned(wall) && self.is_planned(raw) => {
                Some(raw)
            }
            _ => Some(wall),
        }
    }

    /// The first occurrence on a day.
    fn on_day(&self, day: NaiveDate) -> Option<NaiveDateTime> {
        let (from, to) = (midnight(day), midnight(day.succ_opt()?));
        let by_rule = self.rule.as_ref().and_then(|rule| rule.between(self.base.wall, from, to).next());
        let alone = Some(self.base.wall).filter(|wall| self.rule.is_none() && wall.date() == day);
        by_rule.or(alone).or_else(|| self.extras.range(from..to).next().map(|(wall, _)| *wall))
    }

    /// Reads rules, dates and exceptions; records for what one record cannot say.
    fn repeat(&mut self, main: &Vevent<'_>, target: Target<'_>, summary: &mut Summary) -> Result<Vec<Draft>, Refusal> {
        let place = &main.place;
        let raw = match main.start.stamp {
            Stamp::Local(wall)
                if matches!(self.frame, Frame::Zoned(_)) && main.start.zone.is_some() && is_in_range(wall) =>
            {
                wall
            }
            _ => self.base.wall,
        };
        let mut more: Vec<Rule> = Vec::new();
        for (index, line) in main.component.all("RRULE").filter(|line| !line.value.trim().is_empty()).enumerate() {
            if index >= 8 {
                return Err(("the event has more than eight rules".to_owned(), "one RRULE an event".to_owned()));
            }
            let read = rules::read(&line.value, &self.frame, raw)
                .map_err(|why| (why, "a rule of RFC 5545 such as FREQ=WEEKLY;BYDAY=TU".to_owned()))?;
            match read {
                Read::Rule(rule) if self.rule.is_none() => self.rule = Some(rule),
                Read::Rule(rule) => {
                    let dates: Vec<_> = rule.between(raw, NaiveDateTime::MIN, NaiveDateTime::MAX).take(501).collect();
                    if dates.len() > 500 {
                        more.push(rule);
                    } else {
                        self.add_walls(dates);
                    }
                    summary.say(
                        Fate::Changed,
                        "RRULE",
                        "a second rule is written as dates, or as a record of its own",
                        place,
                    );
                }
                Read::Dates(dates) => {
                    summary.say(Fate::Changed, "RRULE", "a rule finer than daily is written as its dates", place);
                    self.add_walls(dates);
                }
            }
        }
        self.anchor(raw, place, summary);
        self.dates(main, summary)?;
        self.exceptions(main, raw, summary)?;
        self.further(main, more, raw, target, summary)
    }

    fn add_walls(&mut self, walls: Vec<NaiveDateTime>) {
        for wall in walls {
            let point = self.frame.of_wall(wall);
            if wall != self.base.wall {
                self.extras.entry(point.wall).or_insert((point, None));
            }
        }
    }

    /// Makes the start one that the rule gives: a first start that fits, and the start itself as an additional date.
    fn anchor(&mut self, raw: NaiveDateTime, place: &Place, summary: &mut Summary) {
        let Some(rule) = self.rule.take() else { return };
        let until = match rule.end() {
            End::Until(Until::Date(day)) => day < raw.date(),
            End::Until(Until::DateTime(wall) | Until::Utc(wall)) => wall < raw,
            End::Never | End::Count(_) => false,
        };
        let is_once = rule.end() == End::Count(std::num::NonZeroU32::MIN);
        let first = rule.first(raw).filter(|_| !until);
        let Some(first) = first else {
            summary.say(Fate::Changed, "RRULE", "a rule that gives no date is left out", place);
            return;
        };
        if is_once && first == raw {
            return;
        }
        if first == raw && raw == self.base.wall {
            self.rule = Some(rule);
            return;
        }
        // The rule begins later, or its first hour does not exist on that day.
        let (next, end) = if first == raw {
            let next = rule
                .between(raw, raw + TimeDelta::seconds(1), NaiveDateTime::MAX)
                .find(|wall| self.frame.of_wall(*wall).wall == *wall);
            let skipped = next.map_or(0, |next| rule.between(raw, raw, next).count() as u32);
            let end = match rule.end() {
                End::Count(count) => std::num::NonZeroU32::new(count.get().saturating_sub(skipped)).map(End::Count),
                end => Some(end),
            };
            (next, end)
        } else {
            summary.say(
                Fate::Changed,
                "DTSTART",
                "a start that the rule does not give is an additional date (`also`)",
                place,
            );
            (Some(first), Some(rule.end()))
        };
        let (Some(next), Some(end)) = (next, end) else { return };
        self.extras.insert(self.base.wall, (self.base, None));
        self.base = self.frame.of_wall(next);
        self.rule = Some(rule.with_end(end));
    }

    /// RDATE.
    fn dates(&mut self, main: &Vevent<'_>, summary: &mut Summary) -> Result<(), Refusal> {
        for line in main.component.all("RDATE") {
            for found in value::times(line).take(MOST_READ) {
                let (time, end) = match found {
                    Ok(found) => found,
                    Err(why) => {
                        summary.problem(problem(&main.place, line.line, why));
                        continue;
                    }
                };
                let point = if time.is_day() && self.frame != Frame::Day {
                    // A date alone is at the usual hour.
                    self.frame.of_wall(time.day().and_time(self.base.wall.time()))
                } else {
                    self.frame.point(&time, self.zones).map_err(|error| of_unknown(&error))?
                };
                if !is_in_range(point.wall) {
                    summary.problem(problem(
                        &main.place,
                        line.line,
                        format!("a date in the year {}", point.wall.year()),
                    ));
                    continue;
                }
                let lasts = end.map(|end| {
                    let (end, length): (Option<Time>, Option<Length>) = match end {
                        PeriodEnd::At(time) => (Some(time), None),
                        PeriodEnd::After(length) => (None, Some(length)),
                    };
                    self.frame.lasts(point, end.as_ref(), length, self.zones)
                });
                let lasts =
                    lasts.transpose().map_err(|error| of_unknown(&error))?.filter(|lasts| *lasts != Lasts::Unsaid);
                if point == self.base && self.lasts == Lasts::Unsaid {
                    self.lasts = lasts.unwrap_or(self.lasts);
                }
                if !self.is_planned(point.wall) {
                    self.extras.insert(point.wall, (point, lasts));
                }
                if self.extras.len() > MOST_DATES {
                    return Err((format!("the event has over {MOST_DATES} dates"), "a rule".to_owned()));
                }
            }
        }
        Ok(())
    }

    /// EXDATE and EXRULE.
    fn exceptions(&mut self, main: &Vevent<'_>, raw: NaiveDateTime, summary: &mut Summary) -> Result<(), Refusal> {
        let mut named: BTreeSet<NaiveDateTime> = BTreeSet::new();
        let mut days: BTreeSet<NaiveDate> = BTreeSet::new();
        for line in main.component.all("EXDATE") {
            for found in value::times(line).take(MOST_READ) {
                match found {
                    Ok((time, _)) if time.is_day() && self.frame != Frame::Day => {
                        days.insert(time.day());
                    }
                    Ok((time, _)) => match self.frame.point(&time, self.zones) {
                        Ok(point) => {
                            named.insert(point.wall);
                            if let (Stamp::Local(wall), Frame::Zoned(_)) = (time.stamp, &self.frame)
                                && wall != point.wall
                                && self.is_planned(wall)
                            {
                                named.insert(wall);
                            }
                        }
                        Err(error) => summary.problem(problem(&main.place, line.line, of_unknown(&error).0)),
                    },
                    Err(why) => summary.problem(problem(&main.place, line.line, why)),
                }
            }
        }
        for line in main.component.all("EXRULE").take(8) {
            match rules::read(&line.value, &self.frame, raw) {
                Ok(Read::Dates(dates)) => named.extend(dates),
                Ok(Read::Rule(rule)) => {
                    let mut dates: Vec<_> =
                        rule.between(raw, NaiveDateTime::MIN, NaiveDateTime::MAX).take(501).collect();
                    if dates.len() > 500 {
                        let Some(own) = &self.rule else { continue };
                        dates = own.between(self.base.wall, NaiveDateTime::MIN, NaiveDateTime::MAX).take(501).collect();
                        if dates.len() > 500 {
                            let expected = "dates that do not happen, as EXDATE".to_owned();
                            return Err(("EXRULE takes out dates without an end".to_owned(), expected));
                        }
                        dates.retain(|wall| rule.contains(raw, *wall));
                    }
                    summary.say(Fate::Changed, "EXRULE", "it is written as the dates that it takes out", &main.place);
                    named.extend(dates.into_iter().filter(|wall| self.is_planned(*wall)));
                }
                Err(why) => return Err((why, "a rule of RFC 5545".to_owned())),
            }
        }
        let mut missed = 0;
        for day in days {
            match self.on_day(day) {
                Some(_) => {
                    let (from, to) = (midnight(day), midnight(day.succ_opt().unwrap_or(day)));
                    named.extend(self.rule.iter().flat_map(|rule| rule.between(self.base.wall, from, to)).take(100));
                    named.extend(self.extras.range(from..to).map(|(wall, _)| *wall));
                    named.extend(Some(self.base.wall).filter(|wall| self.rule.is_none() && wall.date() == day));
                }
                None => missed += 1,
            }
        }
        let planned = self.planned_among(&named);
        for wall in named {
            if self.extras.remove(&wall).is_some() {
                continue;
            }
            if planned.contains(&wall) {
                self.except.insert(wall);
            } else {
                missed += 1;
            }
        }
        if missed > 0 {
            summary.say_many(Fate::Dropped, "EXDATE", "an exception that matches no occurrence", &main.place, missed);
        }
        if self.except.len() > MOST_EXCEPTIONS {
            let found = format!("the event has {} exceptions", self.except.len());
            return Err((found, format!("at most {MOST_EXCEPTIONS}")));
        }
        Ok(())
    }

    /// Those of the times for which the rule, or the start alone, plans an occurrence.
    fn planned_among(&self, named: &BTreeSet<NaiveDateTime>) -> HashSet<NaiveDateTime> {
        let Some(rule) = &self.rule else {
            return named.iter().copied().filter(|wall| *wall == self.base.wall).collect();
        };
        let (Some(first), Some(last)) = (named.first(), named.last()) else { return HashSet::new() };
        if named.len() < 200 {
            return named.iter().copied().filter(|wall| rule.contains(self.base.wall, *wall)).collect();
        }
        let dense = rule.between(self.base.wall, *first, *last + TimeDelta::seconds(1)).take(MOST_READ);
        dense.filter(|wall| named.contains(wall)).collect()
    }

    /// Records for further rules that cannot be written as dates.
    fn further(
        &mut self,
        main: &Vevent<'_>,
        more: Vec<Rule>,
        raw: NaiveDateTime,
        target: Target<'_>,
        summary: &mut Summary,
    ) -> Result<Vec<Draft>, Refusal> {
        let mut drafts = Vec::new();
        for (index, rule) in more.into_iter().enumerate() {
            let Some(first) = rule.first(raw) else { continue };
            let own = self.rule.clone();
            let mut other = Series {
                zones: self.zones,
                frame: self.frame.clone(),
                base: self.frame.of_wall(first),
                lasts: self.lasts,
                rule: Some(rule),
                extras: BTreeMap::new(),
                except: BTreeSet::new(),
                changes: BTreeMap::new(),
                from: Vec::new(),
            };
            let both = other.rule.iter().flat_map(|rule| rule.between(first, first, NaiveDateTime::MAX)).take(1_000);
            let both: Vec<_> =
                both.filter(|wall| own.as_ref().is_some_and(|own| own.contains(self.base.wall, *wall))).collect();
            if both.len() > 200 {
                return Err((
                    "two rules give the same dates without an end".to_owned(),
                    "one RRULE an event".to_owned(),
                ));
            }
            other.except.extend(both);
            let excepted: Vec<_> = self.except.iter().copied().filter(|wall| other.is_planned(*wall)).collect();
            other.except.extend(excepted);
            let mut draft = other.draft(main, target, summary)?;
            draft.uid = format!("{}-{}", main.uid, index + 2);
            draft.lines.retain(|(key, _)| *key != "uid");
            draft.push("uid", toml_text(&draft.uid.clone()));
            draft.sort();
            drafts.push(draft);
        }
        Ok(drafts)
    }

    /// Occurrences that are not as planned.
    fn overrides(
        &mut self,
        main: &Vevent<'_>,
        overrides: &[Vevent<'_>],
        target: Target<'_>,
        summary: &mut Summary,
    ) -> Vec<Draft> {
        let mut more = Vec::new();
        let mut ordered: Vec<&Vevent<'_>> = overrides.iter().collect();
        ordered.sort_by_key(|event| event.recurrence.as_ref().is_some_and(|(_, range)| *range));
        for event in ordered {
            let Some((name, is_range)) = &event.recurrence else { continue };
            let place = &event.place;
            let Some(planned) =
                self.name(name).or_else(|| self.frame.point(name, self.zones).ok().map(|point| point.wall))
            else {
                summary.refuse("the time zone of RECURRENCE-ID is not known", "the zone of the series", place);
                continue;
            };
            let is_same_sort = event.start.is_day() == (self.frame == Frame::Day);
            if !is_same_sort {
                more.extend(self.apart(main, event, planned, target, summary));
                continue;
            }
            let point = match self.frame.point(&event.start, self.zones) {
                Ok(point) if is_in_range(point.wall) => point,
                Ok(point) => {
                    summary.refuse(
                        format!("the date is in the year {}", point.wall.year()),
                        "a year from 1900 to 2200",
                        place,
                    );
                    continue;
                }
                Err(error) => {
                    let (why, expected) = of_unknown(&error);
                    summary.refuse(why, expected, place);
                    continue;
                }
            };
            let lasts = self.frame.lasts(point, event.end.as_ref(), event.length, self.zones).unwrap_or(Lasts::Unsaid);
            if *is_range && self.is_planned(planned) && self.rule.is_some() {
                if self.range(main, event, planned, (point, lasts), summary) {
                    continue;
                }
                summary.say(
                    Fate::Dropped,
                    "RANGE=THISANDFUTURE",
                    "only the one occurrence is changed: the rule cannot be moved by days",
                    place,
                );
            }
            self.change(main, event, planned, (point, lasts), summary);
        }
        more
    }

    fn change(
        &mut self,
        main: &Vevent<'_>,
        event: &Vevent<'_>,
        planned: NaiveDateTime,
        (point, lasts): (Point, Lasts),
        summary: &mut Summary,
    ) {
        let place = &event.place;
        let mut planned = planned;
        if self.except.contains(&planned) {
            summary.say(Fate::Dropped, "RECURRENCE-ID", "a change of an occurrence that EXDATE takes out", place);
            return;
        }
        if !self.is_planned(planned) && event.revision.0 < main.revision.0 {
            summary.say(
                Fate::Dropped,
                "RECURRENCE-ID",
                "a change that matches no occurrence of the newer series",
                place,
            );
            return;
        }
        if !self.is_planned(planned) {
            summary.say(
                Fate::Changed,
                "RECURRENCE-ID",
                "a change that matches no occurrence is an additional date (`also`)",
                place,
            );
            // Under its own time, unless that is taken.
            if !self.is_planned(point.wall) && !self.changes.contains_key(&point.wall) {
                planned = point.wall;
            }
            let own = self.frame.of_wall(planned);
            self.extras.insert(planned, (if planned == point.wall { point } else { own }, None));
        }
        let mut lines = Vec::new();
        let as_planned = self.frame.of_wall(planned);
        if point.at != as_planned.at {
            lines.push(("start", self.frame.written(point)));
        }
        let expected =
            self.frame.end(point, self.extras.get(&planned).and_then(|(_, lasts)| *lasts).unwrap_or(self.lasts));
        let end = self.frame.end(point, lasts);
        if end != expected
            && let Some(line) = self.frame.length_line(point, lasts)
        {
            lines.push(line);
        } else if end != expected && lasts == Lasts::Days(1) {
            lines.push(("end", point.wall.date().to_string()));
        }
        let (fields, kept) = event.fields.changes(&main.fields);
        for key in kept {
            summary.say(
                Fate::Dropped,
                "RECURRENCE-ID",
                format!("a changed occurrence without `{key}` has that of its series"),
                place,
            );
        }
        lines.extend(fields);
        if !lines.is_empty() && self.changes.insert(planned, lines).is_some() {
            summary.say(Fate::Dropped, "RECURRENCE-ID", "an earlier change of the same occurrence", place);
        }
    }

    /// A change from an occurrence on; false if a record cannot say it.
    fn range(
        &mut self,
        main: &Vevent<'_>,
        event: &Vevent<'_>,
        planned: NaiveDateTime,
        (point, lasts): (Point, Lasts),
        summary: &mut Summary,
    ) -> bool {
        let delta = point.wall - planned;
        let has_times = self.rule.as_ref().is_some_and(Rule::sets_times);
        if point.wall.date() != planned.date() || has_times || self.from.iter().any(|(from, ..)| *from == planned) {
            return false;
        }
        // An earlier part would have another hour, and the name of the next one derives from it.
        if planned == self.base.wall || !self.from.is_empty() {
            return false;
        }
        let mut lines = vec![("date", planned.date().to_string())];
        if !delta.is_zero() {
            lines.push(("start", toml_text(&point.wall.format("%H:%M").to_string())));
        }
        if self.frame.end(point, lasts) != self.frame.end(point, self.lasts) {
            match (lasts, self.frame.end(point, lasts)) {
                (Lasts::Clock(_) | Lasts::Exact(_), Some(end)) => {
                    let seconds = (end.at - point.at).num_seconds();
                    lines.push(("duration", toml_text(&Length { days: 0, seconds }.written())));
                }
                (Lasts::Days(days), _) => lines.push(("duration", toml_text(&format!("{days}d")))),
                _ => {}
            }
        }
        let (fields, _) = event.fields.changes(&main.fields);
        lines.extend(fields);
        if lines.len() > 1 {
            summary.say(Fate::Changed, "RANGE=THISANDFUTURE", "it is a `[[from]]` table of the record", &event.place);
            self.from.push((planned, delta, lines));
        }
        true
    }

    /// An occurrence that is a date in a series of hours, or the other way round: a record of its own.
    fn apart(
        &mut self,
        main: &Vevent<'_>,
        event: &Vevent<'_>,
        planned: NaiveDateTime,
        target: Target<'_>,
        summary: &mut Summary,
    ) -> Vec<Draft> {
        if self.extras.remove(&planned).is_none() && self.is_planned(planned) {
            self.except.insert(planned);
        }
        let why = "an occurrence that is a date among hours, or an hour among dates, is a record of its own";
        summary.say(Fate::Changed, "RECURRENCE-ID", why, &event.place);
        let mut drafts = drafts(event, &[], self.zones, target, summary);
        for draft in &mut drafts {
            draft.uid = format!("{}-{}", main.uid, planned.format("%Y%m%d"));
            draft.lines.retain(|(key, _)| *key != "uid");
            draft.push("uid", toml_text(&draft.uid.clone()));
            draft.sort();
        }
        drafts
    }

    /// The record.
    fn draft(&mut self, main: &Vevent<'_>, target: Target<'_>, summary: &mut Summary) -> Result<Draft, Refusal> {
        self.settle()?;
        let mut draft = Draft {
            uid: main.uid.clone(),
            title: main.fields.title.clone().unwrap_or_default(),
            day: self.base.wall.date(),
            file: main.place.file,
            line: main.place.line,
            ..Draft::default()
        };
        draft.push("uid", toml_text(&main.uid));
        if main.fields.title.is_none() {
            "Untitled".clone_into(&mut draft.title);
            draft.push("title", toml_text("Untitled"));
            summary.say(Fate::Changed, "SUMMARY", "an event without a title is called `Untitled`", &main.place);
        }
        if let Some(kind) = main.fields.kind.as_deref().or(target.kind) {
            draft.push("kind", toml_text(kind));
        }
        draft.push("start", self.frame.written(self.base));
        draft.lines.extend(self.frame.length_line(self.base, self.lasts));
        if let Frame::Zoned(zone) = self.frame
            && target.zone != Some(zone)
        {
            draft.push("timezone", toml_text(zone.name()));
        }
        if let Some(rule) = &self.rule {
            draft.lines.extend(rules::lines(rule, self.base.wall));
        }
        let except: Vec<String> = self.except.iter().map(|wall| self.named(*wall)).collect();
        if !except.is_empty() {
            draft.push("except", list(&except));
        }
        let also: Vec<String> = self.extras.values().map(|(point, _)| self.also(*point)).collect();
        if !also.is_empty() {
            draft.push("also", list(&also));
        }
        draft.lines.extend(main.fields.lines());
        draft.sort();
        for (wall, (point, lasts)) in &self.extras {
            let own = lasts.and_then(|lasts| {
                let line = self.frame.length_line(*point, lasts)?;
                (self.frame.end(*point, lasts) != self.frame.end(*point, self.lasts)).then_some(line)
            });
            if let Some(line) = own {
                let lines = self.changes.entry(*wall).or_default();
                if !lines.iter().any(|(key, _)| matches!(*key, "end" | "duration")) {
                    lines.insert(0, line);
                }
            }
        }
        draft.changes = self
            .changes
            .iter()
            .map(|(planned, lines)| {
                let mut table = vec![("occurrence", self.named(*planned))];
                table.extend(lines.iter().cloned());
                table
            })
            .collect();
        draft.from = self.from.iter().map(|(_, _, lines)| lines.clone()).collect();
        Ok(draft)
    }

    /// Gives a series of dates a start that happens.
    fn settle(&mut self) -> Result<(), Refusal> {
        let nothing = || Err(("no occurrence is left by the exceptions".to_owned(), "at least one date".to_owned()));
        if let Some(rule) = &self.rule {
            let happens = rule
                .between(self.base.wall, NaiveDateTime::MIN, NaiveDateTime::MAX)
                .take(MOST_EXCEPTIONS + 1)
                .any(|wall| !self.except.contains(&wall));
            if happens {
                return Ok(());
            }
            // Only dates beside the rule are left.
            let Some((first, (point, _))) = self.extras.pop_first() else { return nothing() };
            let _ = first;
            (self.rule, self.base) = (None, point);
            self.except.clear();
            return Ok(());
        }
        if self.except.contains(&self.base.wall) {
            let Some((_, (point, _))) = self.extras.pop_first() else { return nothing() };
            self.base = point;
            self.except.clear();
        }
        Ok(())
    }

    /// The name of an occurrence: its date, where only one is on that day.
    fn named(&self, planned: NaiveDateTime) -> String {
        if self.frame == Frame::Day {
            return planned.date().to_string();
        }
        let day = planned.date();
        let (from, to) = (midnight(day), day.succ_opt().map_or(planned, midnight));
        let by_rule = self.rule.iter().flat_map(|rule| rule.between(self.base.wall, from, to)).take(2).count();
        let alone = usize::from(self.rule.is_none() && self.base.wall.date() == day);
        let is_only = by_rule + alone + self.extras.range(from..to).count() == 1;
        if is_only { day.to_string() } else { crate::resolve::point::iso(planned) }
    }

    /// An additional date: without its hour, where that is the usual one.
    fn also(&self, point: Point) -> String {
        if self.frame != Frame::Day
            && point.wall.time() == self.base.wall.time()
            && self.frame.of_wall(point.wall) == point
        {
            return point.wall.date().to_string();
        }
        self.frame.written(point)
    }
}

/// The first occurrence in a year that a record may have, of a series that begins before; birthdays of some programs begin
/// in 1604.
fn later_start(main: &Vevent<'_>, frame: &Frame, base: Point, summary: &mut Summary) -> Option<Point> {
    if is_in_range(base.wall) || base.wall.year() > 1900 {
        return None;
    }
    let line = main.component.property("RRULE")?;
    let Ok(Read::Rule(rule)) = rules::read(&line.value, frame, base.wall) else { return None };
    if matches!(rule.end(), End::Count(_)) {
        return None;
    }
    let first = NaiveDate::from_ymd_opt(1900, 1, 1).map(midnight)?;
    let wall = rule.between(base.wall, first, NaiveDateTime::MAX).next()?;
    summary.say(
        Fate::Changed,
        "DTSTART",
        "a series from before 1900 begins with its first occurrence after that",
        &main.place,
    );
    Some(frame.of_wall(wall))
}

fn problem(place: &Place, line: u32, found: String) -> super::summary::Problem {
    super::summary::Problem {
        file: place.file,
        line,
        found,
        expected: "a date or a time such as 20260302T190000Z".to_owned(),
        is_loss: true,
    }
}
