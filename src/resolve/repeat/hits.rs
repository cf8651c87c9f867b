//! What hits an occurrence: exceptions and changes. One that hits none is an error that names the nearest.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::{Asked, Findings, wall};
use crate::diagnostic::{Code, Finding};
use crate::event::{Change, Ends, Event, Repeat, When};
use crate::record::{ChangeTable, Field, Moment, Slot, Text};
use crate::resolve::point::{self, Choice, Point, iso};
use crate::resolve::{length, open, place, status_of, text, translation};
use crate::source::Span;

impl Asked<'_> {
    /// The stretch of the wall clock, half-open, that a date or an exact start names.
    fn named(
        &self,
        field: &Field<Moment<'_>>,
        key: &str,
        findings: &mut Findings,
    ) -> Option<(NaiveDateTime, NaiveDateTime)> {
        let base = &self.base.when;
        Some(match &field.value {
            // A day is asked for by itself, so that no clock is judged.
            Moment::Toml(toml::value::Datetime { date: Some(_), time: None, .. }) => {
                let Point::Day(day) = point::resolve(field, key, self.choice, None, self.context, findings)? else {
                    return None;
                };
                day_bounds(day)
            }
            Moment::Toml(datetime) if datetime.offset.is_none() && datetime.date.is_some() => {
                // A planned start may lie in an hour that the clocks skip; it is named by the clock all the same.
                let at: NaiveDateTime = datetime_of(*datetime)?;
                (at, at + TimeDelta::seconds(1))
            }
            _ => match point::resolve(field, key, self.choice, None, self.context, findings)? {
                Point::Day(day) => day_bounds(day),
                point => {
                    let at = wall(&point, base);
                    (at, at + TimeDelta::seconds(1))
                }
            },
        })
    }

    /// The occurrence nearest to what was written, as one writes it.
    fn nearest(&self, field: &Field<Moment<'_>>, repeat: &Repeat) -> Option<String> {
        let base = &self.base.when;
        let mut ignored = Vec::new();
        let at = match &field.value {
            Moment::Toml(datetime) => datetime_of(*datetime)?,
            Moment::Text(_) => match point::resolve(field, "", self.choice, None, self.context, &mut ignored)? {
                Point::Day(day) => day.and_time(NaiveTime::MIN),
                point => wall(&point, base),
            },
        };
        let is_day = matches!(&field.value, Moment::Toml(datetime) if datetime.time.is_none());
        let aim = if is_day { at.date().and_time(base.wall().time()) } else { at };
        let by_rule = repeat.rule.as_ref().and_then(|rule| rule.nearest(base.wall(), aim));
        let besides = repeat.also.iter().map(When::wall).chain(repeat.rule.is_none().then(|| base.wall()));
        let near = by_rule.into_iter().chain(besides).min_by_key(|one| (*one - aim).abs())?;
        Some(if is_day { near.date().to_string() } else { self.written(near) })
    }

    fn missed(&self, code: Code, field: &Field<Moment<'_>>, message: &str, repeat: &Repeat) -> Finding {
        let words = repeat.rule.as_ref().map(|rule| crate::recurrence::in_words(rule, self.base.when.wall().date()));
        let mut finding = Finding::new(code, field.span, message).label("no occurrence is planned for this");
        if let Some(words) = words {
            finding = finding.also(self.span(), words);
        }
        match (self.nearest(field, repeat), &field.value) {
            (Some(near), Moment::Toml(_)) => {
                finding.help(format!("the nearest occurrence is {near}")).fix(field.span, near)
            }
            (Some(near), Moment::Text(_)) => finding.help(format!("the nearest occurrence is {near}")),
            (None, _) => finding,
        }
    }

    pub(super) fn except(&self, repeat: &Repeat, findings: &mut Findings) -> Box<[NaiveDateTime]> {
        let mut except = Vec::new();
        for field in self.record.except.iter().flat_map(|field| &field.value) {
            let Some((from, to)) = self.named(field, "except", findings) else { continue };
            let hits: Vec<NaiveDateTime> = repeat.planned(&self.base.when, from, to).collect();
            if hits.is_empty() {
                let message = "the exception hits no occurrence";
                findings.push(self.missed(Code::ExceptNotInRepeat, field, message, repeat));
            }
            except.extend(hits);
        }
        except.sort_unstable();
        except.dedup();
        except.into()
    }

    pub(super) fn changes(&self, repeat: &Repeat, findings: &mut Findings) -> Box<[Change]> {
        let mut changes = Vec::new();
        let mut named: BTreeMap<NaiveDateTime, Span> = BTreeMap::new();
        for field in self.record.changes.iter().flat_map(|field| &field.value) {
            let Some(occurrence) = &field.value.occurrence else {
                findings.push(
                    Finding::new(Code::MissingField, field.span, "`occurrence` is missing")
                        .label("which occurrence is it that changes?")
                        .help("add a line such as `occurrence = 2026-09-08`, the date as planned"),
                );
                continue;
            };
            let Some((from, to)) = self.named(occurrence, "occurrence", findings) else { continue };
            let hits: Vec<NaiveDateTime> = repeat.planned(&self.base.when, from, to).collect();
            let planned = match hits[..] {
                [planned] => planned,
                [] if takes_out(&repeat.except, from, to) => {
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
                    findings.push(self.missed(Code::ChangeNotInRepeat, occurrence, message, repeat));
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
                        .help(format!("write `occurrence = {}` for the first", iso(first))),
                    );
                    continue;
                }
            };
            if let Some(other) = named.get(&planned) {
                findings.push(
                    Finding::new(Code::InvalidRepeat, occurrence.span, "a second change of the same occurrence")
                        .label("expected one change an occurrence")
                        .also(*other, "the first one"),
                );
                continue;
            }
            if let Some(event) = self.changed(&field.value, occurrence, planned, repeat, findings) {
                named.insert(planned, occurrence.span);
                changes.push(Change { planned, event });
            }
        }
        changes.sort_by_key(|change| change.planned);
        changes.into()
    }

    /// The base event with what a change says.
    fn changed(
        &self,
        change: &ChangeTable<'_>,
        occurrence: &Field<Moment<'_>>,
        planned: NaiveDateTime,
        repeat: &Repeat,
        findings: &mut Findings,
    ) -> Option<Event> {
        let ChangeTable {
            occurrence: _,
            title,
            start,
            end,
            duration,
            timezone,
            status,
            description,
            translations,
            url,
            location,
            online,
            unread: _,
        } = change;
        let before = findings.len();
        let texts = [title, duration, timezone, status, description, url].iter().all(|slot| slot.is_none());
        let tables = [location.is_none(), online.is_none(), translations.is_none()];
        if texts && start.is_none() && end.is_none() && !tables.contains(&false) {
            findings.push(
                Finding::new(Code::EmptyValue, occurrence.key, "the change changes nothing")
                    .label("expected another field behind it")
                    .help("say what changes, such as `start = 2026-09-09T20:00` or `status = \"cancelled\"`"),
            );
            return None;
        }
        let as_planned = repeat.when(self.base, planned)?;
        if let Some(field) = end.as_ref().filter(|_| open::is_asked(end) && duration.is_none()) {
            findings.push(open::in_change(field));
            return None;
        }
        let mut event = Event { repeat: None, when: as_planned, ..self.base.clone() };
        if let Some(field) = title {
            let title = text::line(field, text::TITLE, findings);
            event.retitle(title.unwrap_or_else(|| event.title.clone()));
        }
        if start.is_some() || end.is_some() || duration.is_some() || timezone.is_some() {
            (event.when, event.length) =
                self.changed_when((start, end, duration, timezone), occurrence, &as_planned, findings)?;
        }
        if event.when.wall() != as_planned.wall() || event.when.start_instant() != as_planned.start_instant() {
            event.moved_from = Some(as_planned);
        }
        if end.is_some() || duration.is_some() {
            event.ends = Ends::Stated;
        }
        if status.is_some() {
            event.status = status_of(status, findings);
        }
        if let Some(field) = description {
            event.describe(text::prose(field, findings));
        }
        event.translate(translation::translations(translations, event.language.as_deref(), self.context, findings));
        if let Some(field) = url {
            event.url = text::url(field, findings);
        }
        if let Some(field) = location {
            event.location = place::location(field, findings).map(Box::new);
        }
        if let Some(field) = online {
            event.online = place::online(field, self.base.online.as_deref(), findings).map(Box::new);
        }
        findings[before..].iter().all(|finding| !finding.is_error()).then_some(event)
    }

    fn changed_when(
        &self,
        (start, end, duration, timezone): (&Slot<Moment<'_>>, &Slot<Moment<'_>>, &Slot<Text<'_>>, &Slot<Text<'_>>),
        occurrence: &Field<Moment<'_>>,
        as_planned: &When,
        findings: &mut Findings,
    ) -> Option<length::Timed> {
        let choice = match timezone {
            Some(_) => point::timezone(timezone, self.context, findings),
            None => *self.choice,
        };
        let mut point = match start {
            Some(field) => point::resolve(field, "start", &choice, None, self.context, findings)?,
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
        let length = self.base.length;
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

/// Whether one of `except`, which are sorted, is in `[from, to)`.
fn takes_out(except: &[NaiveDateTime], from: NaiveDateTime, to: NaiveDateTime) -> bool {
    except.get(except.partition_point(|except| *except < from)).is_some_and(|except| *except < to)
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
