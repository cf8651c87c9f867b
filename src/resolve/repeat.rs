//! How an event repeats: `repeat` or `rrule`, `until` or `count`, `except`, `also`, `[[change]]`.
//!
//! Every exception and every change must hit an occurrence; one that hits none would silently do nothing.

mod hits;
mod read;
mod skips;

use chrono::{NaiveDateTime, NaiveTime};

use super::point::{self, Choice, Point, iso, long_date};
use super::{Context, length};
use crate::diagnostic::{Code, Finding};
use crate::event::{Event, Repeat, When};
use crate::record::{Field, Moment, Record};
use crate::recurrence::{End, Rule, Until};
use crate::source::Span;
pub use read::rule;

type Findings = Vec<Finding>;

/// Times a day that a rule may give: one a quarter of an hour. What is denser is a finer repeat in the guise of a daily
/// one.
const MOST_A_DAY: usize = 96;

/// Whether a record says anything about repeating.
pub fn is_asked(record: &Record<'_>) -> bool {
    let Record { repeat, rrule, until, count, except, also, changes, .. } = record;
    repeat.is_some()
        || rrule.is_some()
        || until.is_some()
        || count.is_some()
        || except.is_some()
        || also.is_some()
        || changes.is_some()
}

/// The repeat of an event that is otherwise sound.
pub fn repeat(
    record: &Record<'_>,
    base: &Event,
    choice: &Choice,
    context: &Context<'_>,
    findings: &mut Findings,
) -> Option<Repeat> {
    let before = findings.len();
    let rule = rule(record, findings);
    if findings.len() > before {
        return None;
    }
    let asked = Asked { record, base, choice, context };
    if rule.is_none() {
        asked.needs_rule(findings)?;
    }
    let rule = match rule {
        Some(field) => Some(asked.ended(field, findings)?),
        None => None,
    };
    let also = asked.also(findings);
    let mut repeat = Repeat { rule, except: Box::default(), also, changes: Box::default() };
    let except = asked.except(&repeat, findings);
    repeat.except = except;
    let (start, end) = (NaiveDateTime::MIN, NaiveDateTime::MAX);
    if repeat.planned(&base.when, start, end).next().is_none() {
        let span = record.except.as_ref().map_or_else(|| asked.span(), |field| field.key);
        findings.push(
            Finding::new(Code::EmptyRepeat, span, "the exceptions take out every occurrence")
                .label("nothing is left")
                .help("delete an exception, or write `status = \"cancelled\"` instead of them all"),
        );
        return None;
    }
    repeat.changes = asked.changes(&repeat, findings);
    (findings.len() == before || findings[before..].iter().all(|finding| !finding.is_error())).then_some(repeat)
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
        let Record { until, count, except, also, changes, .. } = self.record;
        let keys = [
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

    /// The rule with its end, judged against the start.
    fn ended(&self, field: Field<Rule>, findings: &mut Findings) -> Option<Rule> {
        self.is_zoned(findings)?;
        let Record { until, count, .. } = self.record;
        let Field { span, value: rule, .. } = field;
        let all_day = self.base.when.is_all_day();
        if all_day && rule.sets_times() {
            findings.push(
                Finding::new(Code::InvalidRepeat, span, "the rule sets hours, and the start is a day")
                    .label("expected a rule without BYHOUR, BYMINUTE and BYSECOND"),
            );
            return None;
        }
        let two = |key: Span, other: Span, findings: &mut Findings| {
            findings.push(
                Finding::new(Code::InvalidRepeat, key, "the end of the repeat is given twice")
                    .label("says when it ends")
                    .also(other, "so does this")
                    .help("keep one of the two"),
            );
        };
        if rule.times_a_day() > MOST_A_DAY {
            let message = format!("the rule gives {} times a day", rule.times_a_day());
            findings.push(
                Finding::new(Code::RepeatTooFine, span, message)
                    .label(format!("expected at most {MOST_A_DAY}"))
                    .help("shorten BYHOUR, BYMINUTE or BYSECOND, or write one event with a longer `duration`"),
            );
            return None;
        }
        match (until, count) {
            (Some(until), Some(count)) => {
                two(until.key, count.key, findings);
                return None;
            }
            (Some(_), None) | (None, Some(_)) if rule.end() != End::Never => {
                let key = until.as_ref().map(|field| field.key).or(count.as_ref().map(|field| field.key));
                two(key.unwrap_or(span), span, findings);
                return None;
            }
            _ => {}
        }
        let end = if let Some(field) = until {
            End::Until(self.until(field, findings)?)
        } else if let Some(field) = count {
            let Some(count) = std::num::NonZeroU32::new(field.value) else {
                findings.push(
                    Finding::new(Code::InvalidRepeat, field.span, "the event happens 0 times")
                        .label("expected a number from 1 on"),
                );
                return None;
            };
            End::Count(count)
        } else {
            self.own_end(rule.end())
        };
        let rule = rule.with_end(end);
        let start = self.base.when.wall();
        let until_span = until.as_ref().map_or(span, |field| field.span);
        if let End::Until(until) = end
            && match until {
                Until::Date(day) => day < start.date(),
                Until::DateTime(at) | Until::Utc(at) => at < start,
            }
        {
            findings.push(
                Finding::new(Code::UntilBeforeStart, until_span, "the repeat ends before it begins")
                    .label(format!("expected {} or later", start.date()))
                    .also(self.record.start.as_ref().map_or(span, |field| field.span), "begins here"),
            );
            return None;
        }
        let Some(first) = rule.first(start) else {
            findings.push(
                Finding::new(Code::EmptyRepeat, span, "the repeat gives no occurrence at all")
                    .label("no date fits it")
                    .help("check the day of the month, and where the repeat ends"),
            );
            return None;
        };
        if first != start {
            self.start_not_in_repeat(&rule, start, first, span, findings);
        }
        findings.extend(skips::finding(&rule, start, span, self.base.when.is_all_day(), self.record.rrule.is_some()));
        Some(rule)
    }

    fn start_not_in_repeat(
        &self,
        rule: &Rule,
        start: NaiveDateTime,
        first: NaiveDateTime,
        span: Span,
        findings: &mut Findings,
    ) {
        let start_span = self.record.start.as_ref().map_or(span, |field| field.span);
        let words = crate::recurrence::in_words(rule, start.date());
        let finding = Finding::new(
            Code::StartNotInRepeat,
            start_span,
            format!("{}, {}, is not one of `{words}`", start.format("%A"), long_date(start.date())),
        )
        .label(format!("the first one is {}, {}", first.format("%A"), long_date(first.date())))
        .also(span, "the repeat")
        .help(format!("write `start = {}`", self.written(first)));
        // Which of the two is wrong, nobody but the author knows.
        findings.push(finding);
    }

    /// A planned start as one writes it.
    fn written(&self, planned: NaiveDateTime) -> String {
        if self.base.when.is_all_day() { planned.date().to_string() } else { iso(planned) }
    }

    /// UNTIL of a rule of its own, on the wall clock of the event.
    fn own_end(&self, end: End) -> End {
        match (end, &self.base.when) {
            (End::Until(Until::Utc(at)), When::Zoned { zone, .. }) => {
                End::Until(Until::DateTime(at.and_utc().with_timezone(zone).naive_local()))
            }
            (End::Until(Until::Utc(at) | Until::DateTime(at)), When::AllDay(_)) => End::Until(Until::Date(at.date())),
            (End::Until(Until::Utc(at)), _) => End::Until(Until::DateTime(at)),
            (end, _) => end,
        }
    }

    fn until(&self, field: &Field<Moment<'_>>, findings: &mut Findings) -> Option<Until> {
        match point::resolve(field, "until", self.choice, None, self.context, findings)? {
            Point::Day(day) => Some(Until::Date(day)),
            point if self.base.when.is_all_day() => {
                let day = wall(&point, &self.base.when).date();
                findings.push(
                    Finding::new(Code::MixedDateTypes, field.span, "the start is a day and the last one has an hour")
                        .label("expected a day")
                        .help(format!("write `until = {day}`"))
                        .fix(field.span, day.to_string()),
                );
                None
            }
            point => Some(Until::DateTime(wall(&point, &self.base.when))),
        }
    }

    fn also(&self, findings: &mut Findings) -> Box<[When]> {
        let Event { when: base, length, .. } = self.base;
        let mut also: Vec<When> = Vec::new();
        for field in self.record.also.iter().flat_map(|field| &field.value) {
            let Some(point) = point::resolve(field, "also", self.choice, None, self.context, findings) else {
                continue;
            };
            let when = match (point, base) {
                (Point::Day(day), When::AllDay(_)) => self.base.begun_at(day.and_time(NaiveTime::MIN)),
                // A day alone means the usual hour.
                (Point::Day(day), _) => self.base.begun_at(day.and_time(base.wall().time())),
                (_, When::AllDay(_)) => {
                    findings.push(
                        Finding::new(Code::MixedDateTypes, field.span, "the start is a day and this has an hour")
                            .label("expected a day, such as 2026-12-02"),
                    );
                    continue;
                }
                (point, base) => length::same_length(&point, (*base, *length)).map(|(when, _)| when),
            };
            also.extend(when);
        }
        also.sort_by_key(When::wall);
        also.dedup_by_key(|when| when.wall());
        also.into()
    }
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
