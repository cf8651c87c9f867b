//! How an event repeats: `repeat` or `rrule`, `until` or `count`, `[[from]]`, `except`, `also`, `[[change]]`.
//!
//! A series has parts, of which each begins where `[[from]]` says; a part has a strand for each of its rules. Every exception and every change must hit an occurrence; one that hits none would silently do nothing.

mod end;
mod from;
mod hits;
mod overlay;
mod part;
mod read;
mod skips;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::point::{self, Choice, Point, iso};
use super::{Context, length};
use crate::diagnostic::{Code, Finding};
use crate::event::{Event, Repeat, When};
use crate::record::Record;
use crate::recurrence::{End, Timed, in_words};
use crate::source::Span;
use part::Part;
pub use read::rule;

type Findings = Vec<Finding>;

/// Times a day that a rule may give: one a quarter of an hour. What is denser is a finer repeat in the guise of a daily
/// one.
const MOST_A_DAY: usize = 96;

/// Occurrences of a series that may take place at once. Listings show each of them on each of its days.
pub(super) const MOST_AT_ONCE: usize = 100;

/// Whether a record says anything about repeating.
pub fn is_asked(record: &Record<'_>) -> bool {
    let Record { repeat, rrule, until, count, except, also, from, changes, .. } = record;
    repeat.is_some()
        || rrule.is_some()
        || until.is_some()
        || count.is_some()
        || except.is_some()
        || also.is_some()
        || from.is_some()
        || changes.is_some()
}

/// The repeat of an event that is otherwise sound, and when its first occurrence is: another time than the start only
/// where hours of the repeat leave the start out.
pub fn repeat(
    record: &Record<'_>,
    base: &Event,
    choice: &Choice,
    context: &Context<'_>,
    findings: &mut Findings,
) -> Option<(When, Repeat)> {
    let before = findings.len();
    let phrase = rule(record, findings);
    if findings.len() > before {
        return None;
    }
    let asked = Asked { record, base, choice, context };
    let (first, end) = match &phrase {
        Some(field) => asked.first(field, findings)?,
        None => (asked.without_rule(findings)?, End::Never),
    };
    let mut parts = vec![first];
    if !asked.from(&mut parts, end, findings) {
        return None;
    }
    for part in &parts {
        for (strand, (span, is_rrule)) in part.strands.iter().zip(part.rule.into_iter().cycle()) {
            let (start, all_day) = (strand.when.wall(), strand.when.is_all_day());
            let rule = part::rule(strand);
            findings.extend(rule.and_then(|rule| skips::finding(rule, start, span, all_day, is_rrule)));
        }
    }
    asked.also(&mut parts, findings);
    for part in &parts {
        let rules = part.rule.map_or(asked.span(), |(span, _)| span);
        findings.extend(part.strands.iter().find_map(|strand| at_once(strand, rules)));
    }
    asked.except(&mut parts, findings);
    asked.happens(&mut parts, findings)?;
    asked.changes(&mut parts, findings);
    if findings[before..].iter().any(Finding::is_error) {
        return None;
    }
    part::assemble(parts)
}

/// The finding for a series whose occurrences last so long that too many take place at once.
pub(super) fn at_once(strand: &Event, span: Span) -> Option<Finding> {
    let repeat = strand.repeat.as_deref()?;
    let (base, length) = (strand.when.wall(), strand.when.elapsed());
    let end = base.checked_add_signed(length)?;
    let by_rule = repeat.rule.iter().flat_map(|rule| rule.between(base, base, end)).take(MOST_AT_ONCE + 1).count();
    let also = repeat.also.iter().map(When::wall).filter(|start| base <= *start && *start < end).count();
    let is_too_many = by_rule.max(also) > MOST_AT_ONCE;
    is_too_many.then(|| {
        let lasts = match length.num_days() {
            0 | 1 => "a day".to_owned(),
            days => format!("{days} days"),
        };
        Finding::new(
            Code::RepeatOverlaps,
            span,
            format!("each occurrence lasts {lasts}, so that over {MOST_AT_ONCE} of them take place at once"),
        )
        .label("the next one begins before the last one ends")
        .help("shorten `end` or `duration`, or leave the repeat out: an event that goes on has `end = \"open\"`")
    })
}

/// What a repeat is judged by.
struct Asked<'q> {
    record: &'q Record<'q>,
    base: &'q Event,
    choice: &'q Choice,
    context: &'q Context<'q>,
}

impl Asked<'_> {
    /// Where the repeat stands.
    fn span(&self) -> Span {
        let Record { repeat, rrule, also, start, .. } = self.record;
        let fields = [repeat.as_ref().map(|field| field.span), rrule.as_ref().map(|field| field.span)];
        let more = [also.as_ref().map(|field| field.key), start.as_ref().map(|field| field.span)];
        fields.into_iter().chain(more).flatten().next().unwrap_or_default()
    }

    /// `until` and the like mean nothing without a repeat.
    fn needs_rule(&self, findings: &mut Findings) -> Option<()> {
        let Record { until, count, except, also, from, changes, .. } = self.record;
        let keys = [
            ("from", from.as_ref().map(|field| field.key)),
            ("until", until.as_ref().map(|field| field.key)),
            ("count", count.as_ref().map(|field| field.key)),
            ("except", except.as_ref().filter(|_| also.is_none()).map(|field| field.key)),
            ("change", changes.as_ref().filter(|_| also.is_none()).map(|field| field.key)),
        ];
        let mut sound = true;
        for (name, key) in keys {
            if let Some(key) = key {
                sound = false;
                findings.push(
                    Finding::new(Code::InvalidRepeat, key, format!("`{name}`, and no `repeat`"))
                        .label("belongs to an event that repeats")
                        .help("add a line such as `repeat = \"every month on the 2nd tuesday\"`, or delete this one"),
                );
            }
        }
        self.is_zoned(findings)?;
        sound.then_some(())
    }

    fn is_zoned(&self, findings: &mut Findings) -> Option<()> {
        if !matches!(self.base.when, When::Fixed { .. }) {
            return Some(());
        }
        let span = self.record.start.as_ref().map_or_else(|| self.span(), |field| field.span);
        findings.push(
            Finding::new(Code::InvalidRepeat, span, "a repeat needs a zone, and the start has an offset only")
                .label("what the clocks show next month, an offset does not say")
                .also(self.span(), "repeats")
                .help("add `timezone`"),
        );
        None
    }

    /// A planned start as one writes it.
    fn written(&self, planned: NaiveDateTime) -> String {
        if self.base.when.is_all_day() { planned.date().to_string() } else { iso(planned) }
    }

    /// The event with what `also` adds, if no rule repeats it.
    fn without_rule(&self, findings: &mut Findings) -> Option<Part> {
        self.needs_rule(findings)?;
        let strand = Event { repeat: Some(Box::default()), ..self.base.clone() };
        Some(Part {
            from: None,
            span: self.span(),
            rule: None,
            choice: *self.choice,
            timed: Vec::new(),
            phase: self.base.when.wall(),
            strands: vec![strand],
        })
    }

    /// Every strand has an occurrence that no exception takes out; another hour of a part may be without one.
    fn happens(&self, parts: &mut [Part], findings: &mut Findings) -> Option<()> {
        for part in parts {
            let is_on = |strand: &Event| {
                let repeat = strand.repeat.as_deref();
                repeat.is_some_and(|repeat| {
                    repeat.planned(&strand.when, NaiveDateTime::MIN, NaiveDateTime::MAX).next().is_some()
                })
            };
            let first = is_on(part.main());
            if !first {
                let span = self.record.except.as_ref().map_or_else(|| self.span(), |field| field.key);
                let message = match part.from {
                    None => "the exceptions take out every occurrence".to_owned(),
                    Some(date) => format!("the exceptions take out every occurrence from {date} on"),
                };
                findings.push(
                    Finding::new(Code::EmptyRepeat, span, message)
                        .label("nothing is left")
                        .help("delete an exception, or write `status = \"cancelled\"` instead of them all"),
                );
                return None;
            }
            part.strands.retain(is_on);
        }
        Some(())
    }

    /// Puts the dates of `also` into the parts in which they fall.
    fn also(&self, parts: &mut [Part], findings: &mut Findings) {
        let mut dates: Vec<Vec<When>> = vec![Vec::new(); parts.len()];
        for field in self.record.also.iter().flat_map(|field| &field.value) {
            let Some(mut point) = point::resolve(field, "also", self.choice, None, self.context, findings) else {
                continue;
            };
            let index = part_of(parts, wall(&point, &self.base.when).date());
            let part = &parts[index];
            if part.from.is_some() {
                // By the clock of the part, which may be another.
                match point::resolve(field, "also", &part.choice, None, self.context, findings) {
                    Some(again) => point = again,
                    None => continue,
                }
            }
            let (base, length) = (part.main().when, part.main().length);
            let when = match (point, base) {
                (Point::Day(day), When::AllDay(_)) => part.main().begun_at(day.and_time(NaiveTime::MIN)),
                // A day alone means the usual hour.
                (Point::Day(day), _) => part.main().begun_at(day.and_time(base.wall().time())),
                (_, When::AllDay(_)) => {
                    findings.push(
                        Finding::new(Code::MixedDateTypes, field.span, "the start is a day and this has an hour")
                            .label("expected a day, such as 2026-12-02"),
                    );
                    continue;
                }
                (point, base) => length::same_length(&point, (base, length)).map(|(when, _)| when),
            };
            dates[index].extend(when);
        }
        for (part, mut also) in parts.iter_mut().zip(dates) {
            also.sort_by_key(When::wall);
            also.dedup_by_key(|when| when.wall());
            if let Some(repeat) = part.strands[0].repeat.as_deref_mut() {
                repeat.also = also.into();
            }
        }
    }
}

/// The part in which a date falls.
fn part_of(parts: &[Part], date: NaiveDate) -> usize {
    parts.iter().rposition(|part| part.from.is_none_or(|from| from <= date)).unwrap_or_default()
}

/// The rules of a part, in words.
fn words_of(timed: &[Timed], start: NaiveDate) -> String {
    let word = |one: &Timed| {
        let days = in_words(&one.rule.clone().with_end(End::Never), start);
        match one.at {
            Some(at) => format!("{days} at {}", part::clock(at)),
            None => days,
        }
    };
    timed.iter().map(word).collect::<Vec<_>>().join(" and ")
}

/// A moment on the wall clock of the base event.
fn wall(point: &Point, base: &When) -> NaiveDateTime {
    match (point, base) {
        (Point::Day(day), _) => day.and_time(NaiveTime::MIN),
        (Point::Zoned { at, .. } | Point::Fixed { at, .. }, When::Zoned { zone, .. }) => {
            at.with_timezone(zone).naive_local()
        }
        (Point::Zoned { wall, .. } | Point::Floating(wall), _) => *wall,
        (Point::Fixed { offset, at }, _) => at.with_timezone(offset).naive_local(),
    }
}
