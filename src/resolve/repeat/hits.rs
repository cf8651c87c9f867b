//! What hits an occurrence: exceptions and changes. One that hits none is an error that names the nearest.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::overlay::Overlay;
use super::part::Part;
use super::{Asked, Findings, part_of, wall};
use crate::diagnostic::{Code, Finding, Severity};
use crate::event::{Change, Ends, Event, Length, Repeat, When};
use crate::record::{ChangeTable, Field, Moment, Slot, Text};
use crate::recurrence::Timed;
use crate::resolve::point::{self, Choice, Point, iso};
use crate::resolve::{hour, length, open};
use crate::source::Span;

/// What a date or an exact start names.
enum Aim {
    /// All of a day.
    Day(NaiveDate),
    /// A time on the clock of the series.
    Wall(NaiveDateTime),
    /// A time on some clock.
    Point(Point),
}

impl Aim {
    /// The stretch of the wall clock of a strand, half-open.
    fn bounds(&self, base: &When) -> (NaiveDateTime, NaiveDateTime) {
        let at = match self {
            Aim::Day(day) => return day_bounds(*day),
            Aim::Wall(at) => *at,
            Aim::Point(point) => wall(point, base),
        };
        (at, at + TimeDelta::seconds(1))
    }
}

/// An occurrence: the numbers of its part and its strand, and its planned start.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    planned: NaiveDateTime,
    part: usize,
    strand: usize,
}

/// The occurrences that an aim names.
fn hits(parts: &[Part], aim: &Aim) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (part, strand, event, repeat) in strands(parts) {
        let (from, to) = aim.bounds(&event.when);
        hits.extend(repeat.planned(&event.when, from, to).map(|planned| Hit { planned, part, strand }));
    }
    hits.sort_unstable();
    hits
}

fn strands(parts: &[Part]) -> impl Iterator<Item = (usize, usize, &Event, &Repeat)> {
    parts.iter().enumerate().flat_map(|(part, of)| {
        of.strands
            .iter()
            .enumerate()
            .filter_map(move |(strand, event)| Some((part, strand, event, event.repeat.as_deref()?)))
    })
}

impl Asked<'_> {
    fn aim(&self, field: &Field<Moment<'_>>, key: &str, findings: &mut Findings) -> Option<Aim> {
        Some(match &field.value {
            // A day is asked for by itself, so that no clock is judged.
            Moment::Toml(toml::value::Datetime { date: Some(_), time: None, .. }) => {
                let Point::Day(day) = point::resolve(field, key, self.choice, None, self.context, findings)? else {
                    return None;
                };
                Aim::Day(day)
            }
            // A planned start may lie in an hour that the clocks skip; it is named by the clock all the same.
            Moment::Toml(datetime) if datetime.offset.is_none() && datetime.date.is_some() => {
                let wall = datetime_of(*datetime)?;
                point::year(wall.year(), key, field.span, findings)?;
                Aim::Wall(wall)
            }
            _ => match point::resolve(field, key, self.choice, None, self.context, findings)? {
                Point::Day(day) => Aim::Day(day),
                point => Aim::Point(point),
            },
        })
    }

    /// The occurrence nearest to what was written, as one writes it.
    fn nearest(&self, field: &Field<Moment<'_>>, parts: &[Part]) -> Option<String> {
        let mut ignored = Vec::new();
        let is_day = matches!(&field.value, Moment::Toml(datetime) if datetime.time.is_none());
        let of_strand = |(_, _, event, repeat): (usize, usize, &Event, &Repeat)| {
            let base = &event.when;
            let at = match &field.value {
                Moment::Toml(datetime) => datetime_of(*datetime)?,
                Moment::Text(_) => match point::resolve(field, "", self.choice, None, self.context, &mut ignored)? {
                    Point::Day(day) => day.and_time(NaiveTime::MIN),
                    point => wall(&point, base),
                },
            };
            let aim = if is_day { at.date().and_time(base.wall().time()) } else { at };
            let by_rule = repeat.rule.as_ref().and_then(|rule| rule.nearest(base.wall(), aim));
            let besides = repeat.also.iter().map(When::wall).chain(repeat.rule.is_none().then(|| base.wall()));
            by_rule.into_iter().chain(besides).map(|one| ((one - aim).abs(), one)).min()
        };
        let (_, near) = strands(parts).filter_map(of_strand).min()?;
        Some(if is_day { near.date().to_string() } else { self.written(near) })
    }

    fn missed(&self, code: Code, field: &Field<Moment<'_>>, message: &str, parts: &[Part]) -> Finding {
        let mut finding = Finding::new(code, field.span, message).label("no occurrence is planned for this");
        let date = match &field.value {
            Moment::Toml(datetime) => datetime_of(*datetime).map(|at| at.date()),
            Moment::Text(_) => None,
        };
        let part = &parts[date.map_or(0, |date| part_of(parts, date))];
        let words = match (&part.timed[..], super::part::rule(part.main())) {
            ([Timed { at: None, .. }], Some(rule)) => {
                Some(crate::recurrence::in_words(rule, part.main().when.wall().date()))
            }
            ([], _) => None,
            (timed, _) => Some(super::words_of(timed, part.main().when.wall().date())),
        };
        if let Some(words) = words {
            finding = finding.also(part.rule.map_or(self.span(), |(span, _)| span), words);
        }
        match self.nearest(field, parts) {
            Some(near) => finding.help(format!("the nearest occurrence is {near}")),
            None => finding,
        }
    }

    pub(super) fn except(&self, parts: &mut [Part], findings: &mut Findings) {
        let mut all: Vec<Hit> = Vec::new();
        for field in self.record.except.iter().flat_map(|field| &field.value) {
            let Some(aim) = self.aim(field, "except", findings) else { continue };
            let mut hits = hits(parts, &aim);
            // A date names what the rule plans for the day; a further date of that day is the record's own.
            let is_of_rule = |hit: &Hit| is_of_rule(&parts[hit.part].strands[hit.strand], hit.planned);
            if matches!(aim, Aim::Day(_)) && hits.iter().any(is_of_rule) {
                hits.retain(is_of_rule);
            }
            if let Some(hit) = hits.iter().find(|hit| is_also(&parts[hit.part].strands[hit.strand], hit.planned)) {
                findings.push(self.takes_out_also(field, hit.planned));
            }
            if hits.is_empty() {
                let message = "the exception hits no occurrence";
                findings.push(self.missed(Code::ExceptNotInRepeat, field, message, parts));
            }
            all.extend(hits);
        }
        all.sort_unstable();
        all.dedup();
        for (number, part) in parts.iter_mut().enumerate() {
            for (index, strand) in part.strands.iter_mut().enumerate() {
                let of = all.iter().filter(|hit| (hit.part, hit.strand) == (number, index));
                let except: Vec<NaiveDateTime> = of.map(|hit| hit.planned).collect();
                if let Some(repeat) = strand.repeat.as_deref_mut() {
                    repeat.except = except.into();
                }
            }
        }
    }

    /// `also` and `except` contradict each other.
    fn takes_out_also(&self, field: &Field<Moment<'_>>, planned: NaiveDateTime) -> Finding {
        let message = format!("the exception takes out {}, which `also` adds", self.written(planned));
        let mut finding = Finding::new(Code::ExceptNotInRepeat, field.span, message)
            .label("expected an occurrence of the rule")
            .help("delete the date from `also`, or from `except` if it takes place");
        finding.severity = Severity::Warning;
        match &self.record.also {
            Some(also) => finding.also(also.span, "added here"),
            None => finding,
        }
    }

    pub(super) fn changes(&self, parts: &mut [Part], findings: &mut Findings) {
        let mut named: BTreeMap<Hit, Span> = BTreeMap::new();
        let mut made: Vec<(Hit, Event)> = Vec::new();
        for field in self.record.changes.iter().flat_map(|field| &field.value) {
            let Some(occurrence) = &field.value.occurrence else {
                findings.push(
                    Finding::new(Code::MissingField, field.span, "`occurrence` is missing")
                        .label("which occurrence is it that changes?")
                        .help("add a line such as `occurrence = 2026-09-08`, the date as planned"),
                );
                continue;
            };
            let Some(aim) = self.aim(occurrence, "occurrence", findings) else { continue };
            let hit = match hits(parts, &aim)[..] {
                [hit] => hit,
                [] if takes_out(parts, &aim) => {
                    let key = self.record.except.as_ref().map_or(occurrence.span, |field| field.key);
                    findings.push(
                        Finding::new(
                            Code::ChangeNotInRepeat,
                            occurrence.span,
                            "the occurrence is taken out by `except`",
                        )
                        .label("it does not happen, so nothing can change")
                        .also(key, "one of these takes it out")
                        .help("delete the change, or the exception"),
                    );
                    continue;
                }
                [] => {
                    let message = "the change hits no occurrence";
                    findings.push(self.missed(Code::ChangeNotInRepeat, occurrence, message, parts));
                    continue;
                }
                [first, ..] => {
                    findings.push(
                        Finding::new(
                            Code::ChangeNotInRepeat,
                            occurrence.span,
                            "several occurrences are planned for this day",
                        )
                        .label("expected the exact planned start")
                        .help(format!("write `occurrence = {}` for the first", iso(first.planned))),
                    );
                    continue;
                }
            };
            if let Some(other) = named.get(&hit) {
                findings.push(
                    Finding::new(Code::InvalidRepeat, occurrence.span, "a second change of the same occurrence")
                        .label("expected one change an occurrence")
                        .also(*other, "the first one"),
                );
                continue;
            }
            let part = &parts[hit.part];
            if let Some(event) = self.changed(&field.value, occurrence, hit.planned, part, hit.strand, findings) {
                named.insert(hit, occurrence.span);
                made.push((hit, event));
            }
        }
        made.sort_by_key(|(hit, _)| *hit);
        for (hit, event) in made {
            if let Some(repeat) = parts[hit.part].strands[hit.strand].repeat.as_deref_mut() {
                let mut changes = std::mem::take(&mut repeat.changes).into_vec();
                changes.push(Change { planned: hit.planned, event });
                repeat.changes = changes.into();
            }
        }
    }

    /// The event of a strand with what a change says.
    fn changed(
        &self,
        change: &ChangeTable<'_>,
        occurrence: &Field<Moment<'_>>,
        planned: NaiveDateTime,
        part: &Part,
        strand: usize,
        findings: &mut Findings,
    ) -> Option<Event> {
        let base = &part.strands[strand];
        let repeat = base.repeat.as_deref()?;
        let ChangeTable { start, end, duration, timezone, .. } = change;
        let said = Overlay::of_change(change);
        let before = findings.len();
        let is_timed = start.is_some() || end.is_some() || duration.is_some() || timezone.is_some();
        if said.is_empty() && !is_timed {
            findings.push(
                Finding::new(Code::EmptyValue, occurrence.key, "the change changes nothing")
                    .label("expected another field after it")
                    .help("say what changes, such as `start = 2026-09-09T20:00` or `status = \"cancelled\"`"),
            );
            return None;
        }
        let as_planned = repeat.when(base, planned)?;
        if let Some(field) = end.as_ref().filter(|_| open::is_asked(end) && duration.is_none()) {
            findings.push(open::in_change(field));
            return None;
        }
        let mut event = Event { repeat: None, when: as_planned, ..base.clone() };
        self.overlay(&mut event, &said, findings);
        if is_timed {
            let times = (start, end, duration, timezone);
            (event.when, event.length) =
                self.changed_when(times, occurrence, (&as_planned, base.length), &part.choice, findings)?;
        }
        if event.when.wall() != as_planned.wall() || event.when.start_instant() != as_planned.start_instant() {
            event.moved_from = Some(as_planned);
        }
        if end.is_some() || duration.is_some() {
            event.ends = Ends::Stated;
        }
        findings[before..].iter().all(|finding| !finding.is_error()).then_some(event)
    }

    fn changed_when(
        &self,
        (start, end, duration, timezone): (&Slot<Moment<'_>>, &Slot<Moment<'_>>, &Slot<Text<'_>>, &Slot<Text<'_>>),
        occurrence: &Field<Moment<'_>>,
        (as_planned, length): (&When, Length),
        choice: &Choice,
        findings: &mut Findings,
    ) -> Option<length::Timed> {
        let choice = match timezone {
            Some(_) => point::timezone(timezone, self.context, findings),
            None => *choice,
        };
        let mut point = match start {
            // An hour alone is on the day of the occurrence.
            Some(field) => {
                let value = hour::on_day(&field.value, as_planned.first_day(), self.context.reading_language());
                let field = Field { key: field.key, span: field.span, value };
                point::resolve(&field, "start", &choice, None, self.context, findings)?
            }
            // Another clock keeps the hour and gives it another meaning.
            None => match (*as_planned, choice) {
                (When::AllDay(days), _) => Point::Day(days.first),
                (When::Zoned { .. } | When::Fixed { .. }, Choice::Local) => Point::Floating(as_planned.wall()),
                (When::Floating { start: wall, .. }, Choice::Named(zone, key)) => {
                    point::in_named(wall, zone, key, self.context, findings)?
                }
                (When::Zoned { zone, .. }, Choice::Named(other, key)) if other != zone && timezone.is_some() => {
                    point::in_named(as_planned.wall(), other, key, self.context, findings)?
                }
                (When::Floating { start, .. }, _) => Point::Floating(start),
                (When::Fixed { offset, start, .. }, _) => Point::Fixed { offset, at: start },
                (When::Zoned { zone, start, .. }, _) => Point::Zoned { zone, wall: as_planned.wall(), at: start },
            },
        };
        // A day alone means the usual hour.
        if let (Point::Day(day), Some(begun)) = (point, as_planned.start_instant().map(|_| as_planned))
            && let When::Zoned { zone, start, .. } =
                begun.begun_at(day.and_time(begun.wall().time()), length).unwrap_or(*begun)
        {
            point = Point::Zoned { zone, wall: start.with_timezone(&zone).naive_local(), at: start };
        }
        if end.is_none() && duration.is_none() {
            return length::same_length(&point, (*as_planned, length));
        }
        let start_field = start.as_ref().unwrap_or(occurrence);
        length::when(start_field, &point, end, duration, None, &choice, self.context, findings)
    }
}

/// Whether the rule plans an occurrence; without a rule, the start is the one that is planned.
fn is_of_rule(event: &Event, planned: NaiveDateTime) -> bool {
    let start = event.when.wall();
    let by_rule = |repeat: &Repeat| repeat.rule.as_ref().map_or(planned == start, |rule| rule.contains(start, planned));
    event.repeat.as_deref().is_some_and(by_rule)
}

/// Whether `also` adds an occurrence.
fn is_also(event: &Event, planned: NaiveDateTime) -> bool {
    event.repeat.as_deref().is_some_and(|repeat| repeat.besides(planned).is_some())
}

/// Whether an exception takes out what an aim names.
fn takes_out(parts: &[Part], aim: &Aim) -> bool {
    strands(parts).any(|(_, _, event, repeat)| {
        let (from, to) = aim.bounds(&event.when);
        let first = repeat.except.partition_point(|except| *except < from);
        repeat.except.get(first).is_some_and(|except| *except < to)
    })
}

fn day_bounds(day: NaiveDate) -> (NaiveDateTime, NaiveDateTime) {
    let from = day.and_time(NaiveTime::MIN);
    (from, from + TimeDelta::days(1))
}

/// A TOML date or date-time without regard to its offset.
fn datetime_of(datetime: toml::value::Datetime) -> Option<NaiveDateTime> {
    let date = datetime.date?;
    let day = NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())?;
    let Some(time) = datetime.time else { return Some(day.and_time(NaiveTime::MIN)) };
    day.and_hms_opt(time.hour.into(), time.minute.into(), time.second.unwrap_or(0).into())
}
