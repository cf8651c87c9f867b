//! The first part of a series: its rules judged against the start, and where they end.

use chrono::NaiveDateTime;

use super::part::Part;
use super::{Asked, Findings, MOST_A_DAY, wall};
use crate::diagnostic::{Code, Finding};
use crate::event::When;
use crate::record::{Field, Moment};
use crate::recurrence::{End, Timed, Until};
use crate::resolve::point::{self, Point, long_date};
use crate::source::Span;

impl Asked<'_> {
    /// The part that begins with the start, without its end, and that end.
    pub(super) fn first(&self, field: &Field<Vec<Timed>>, findings: &mut Findings) -> Option<(Part, End)> {
        self.is_zoned(findings)?;
        let Field { span, value: timed, .. } = field;
        Self::fits_days(timed, *span, self.base.when.is_all_day(), findings)?;
        let end = self.end(timed, *span, findings)?;
        let start = self.base.when.wall();
        let timed: Vec<Timed> =
            timed.iter().map(|one| Timed { at: one.at, rule: one.rule.clone().with_end(End::Never) }).collect();
        let strands = match &timed[..] {
            // A start that the rule does not give is not an occurrence, and yet the event's own time.
            [Timed { at: None, rule }] => {
                let repeat = crate::event::Repeat { rule: Some(rule.clone()), ..Default::default() };
                let strand = crate::event::Event { repeat: Some(Box::new(repeat)), ..self.base.clone() };
                Some(vec![strand]).filter(|_| rule.first(start).is_some())
            }
            timed => self.strands(self.base, &self.base.id, timed, start, start),
        };
        let mut part = Part {
            from: None,
            span: *span,
            rule: Some((*span, self.record.rrule.is_some())),
            choice: *self.choice,
            timed,
            phase: start,
            strands: strands.unwrap_or_default(),
        };
        let bounded = |part: &Part| {
            let starts =
                part.strands.iter().filter_map(|strand| Some((strand.when.wall(), super::part::rule(strand)?)));
            starts.filter_map(|(start, rule)| rule.clone().with_end(end).first(start)).min()
        };
        let Some(first) = bounded(&part) else {
            findings.push(
                Finding::new(Code::EmptyRepeat, *span, "the repeat gives no occurrence at all")
                    .label("no date fits it")
                    .help("check the day of the month, and where the repeat ends"),
            );
            return None;
        };
        if first != start {
            self.start_not_in_repeat(&part, end, first, *span, findings);
        }
        if self.record.from.is_none() {
            part.limit(end);
        }
        Some((part, end))
    }

    /// Whether rules go with days or hours.
    pub(super) fn fits_days(timed: &[Timed], span: Span, all_day: bool, findings: &mut Findings) -> Option<()> {
        for Timed { at, rule } in timed {
            if all_day && (rule.sets_times() || at.is_some()) {
                let label = match at {
                    Some(_) => "expected a repeat without hours, or a start with one",
                    None => "expected a rule without BYHOUR, BYMINUTE and BYSECOND",
                };
                findings.push(
                    Finding::new(Code::InvalidRepeat, span, "the rule sets hours, and the start is a day").label(label),
                );
                return None;
            }
            if rule.times_a_day() > MOST_A_DAY {
                let message = format!("the rule gives {} times a day", rule.times_a_day());
                findings.push(
                    Finding::new(Code::RepeatTooFine, span, message)
                        .label(format!("expected at most {MOST_A_DAY}"))
                        .help("shorten BYHOUR, BYMINUTE or BYSECOND, or write one event with a longer `duration`"),
                );
                return None;
            }
        }
        Some(())
    }

    /// Where the series ends, judged against its start.
    fn end(&self, timed: &[Timed], span: Span, findings: &mut Findings) -> Option<End> {
        let (until, count) = (&self.record.until, &self.record.count);
        let own = timed.first().map_or(End::Never, |one| one.rule.end());
        let two = |key: Span, other: Span, findings: &mut Findings| {
            findings.push(
                Finding::new(Code::InvalidRepeat, key, "the end of the repeat is given twice")
                    .label("says when it ends")
                    .also(other, "so does this")
                    .help("keep one of the two"),
            );
        };
        match (until, count) {
            (Some(until), Some(count)) => {
                two(until.key, count.key, findings);
                return None;
            }
            (Some(_), None) | (None, Some(_)) if own != End::Never => {
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
            self.own_end(own)
        };
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
        Some(end)
    }

    fn start_not_in_repeat(&self, part: &Part, end: End, first: NaiveDateTime, span: Span, findings: &mut Findings) {
        let start = self.base.when.wall();
        let start_span = self.record.start.as_ref().map_or(span, |field| field.span);
        let (words, at, first_at) = match &part.timed[..] {
            [Timed { at: None, .. }] => {
                let rule = super::part::rule(part.main()).cloned();
                let words = rule.map(|rule| crate::recurrence::in_words(&rule.with_end(end), start.date()));
                (words.unwrap_or_default(), String::new(), String::new())
            }
            timed => {
                let at = |wall: NaiveDateTime| format!(", {}", point::clock(wall));
                (super::words_of(timed, start.date()), at(start), at(first))
            }
        };
        let finding = Finding::new(
            Code::StartNotInRepeat,
            start_span,
            format!("{}, {}{at}, is not one of `{words}`", start.format("%A"), long_date(start.date())),
        )
        .label(format!("the first one is {}, {}{first_at}", first.format("%A"), long_date(first.date())))
        .also(span, "the repeat")
        .help(format!("write `start = {}`", self.written(first)));
        // Which of the two is wrong, only the author knows.
        findings.push(finding);
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
                        .help(format!("write `until = {day}`")),
                );
                None
            }
            point => Some(Until::DateTime(wall(&point, &self.base.when))),
        }
    }
}
