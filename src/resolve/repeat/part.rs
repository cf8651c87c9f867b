//! The parts of a series: what it is from its beginning, and from a date on; each with a strand for every rule.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::Asked;
use crate::event::{Event, Repeat, Strand, When};
use crate::recurrence::{End, Rule, Timed, Until};
use crate::resolve::point::Choice;
use crate::source::Span;

/// A stretch of a series up to the next one, or to the end.
pub(super) struct Part {
    /// The date from which it is so; None for the first one.
    pub(super) from: Option<NaiveDate>,
    /// Where it stands.
    pub(super) span: Span,
    /// Where its rule stands, and whether that is an `rrule`; None if it is that of the part before.
    pub(super) rule: Option<(Span, bool)>,
    /// The zone in which its times are read.
    pub(super) choice: Choice,
    /// Its rules, each by its hour; empty if single dates repeat it.
    pub(super) timed: Vec<Timed>,
    /// The start that the rules count from.
    pub(super) phase: NaiveDateTime,
    /// The first one is named by the date or by the event; each has a repeat without strands.
    pub(super) strands: Vec<Event>,
}

impl Part {
    /// The strand that is named as the part.
    pub(super) fn main(&self) -> &Event {
        &self.strands[0]
    }

    /// How many occurrences its rules give before `date`.
    pub(super) fn count_before(&self, date: NaiveDate) -> usize {
        let of = |strand: &Event| {
            let rule = rule(strand)?;
            Some(rule.between(strand.when.wall(), NaiveDateTime::MIN, date.into()).count())
        };
        self.strands.iter().filter_map(of).sum()
    }

    /// Ends it before `date`. None if nothing of it is before that.
    pub(super) fn end_before(&mut self, date: NaiveDate) -> Option<()> {
        let last = Until::Date(date.pred_opt()?);
        let mut strands = Vec::new();
        for mut strand in std::mem::take(&mut self.strands) {
            let start = strand.when.wall();
            let repeat = strand.repeat.as_deref_mut()?;
            let Some(rule) = &mut repeat.rule else { continue };
            let Some(before) = rule.before(start, date.into()) else { continue };
            if rule.last(start) != Some(before) {
                *rule = rule.clone().with_end(End::Until(last));
            }
            strands.push(strand);
        }
        self.strands = strands;
        let first = self.strands.iter().position(is_main)?;
        self.strands.swap(0, first);
        Some(())
    }

    /// Gives its rules their end. A count is that of all its strands together.
    pub(super) fn limit(&mut self, end: End) {
        let end = match (end, &self.strands[..]) {
            (End::Count(count), strands) if strands.len() > 1 => {
                let mut all: Vec<NaiveDateTime> = Vec::new();
                for strand in strands {
                    let rule = rule(strand).into_iter();
                    let starts =
                        rule.flat_map(|rule| rule.between(strand.when.wall(), NaiveDateTime::MIN, NaiveDateTime::MAX));
                    all.extend(starts.take(count.get() as usize));
                }
                all.sort_unstable();
                match all.get(count.get() as usize - 1) {
                    Some(last) => End::Until(Until::DateTime(*last)),
                    None => End::Never,
                }
            }
            (end, _) => end,
        };
        for strand in &mut self.strands {
            let start = strand.when.wall();
            if let Some(rule) = strand.repeat.as_deref_mut().and_then(|repeat| repeat.rule.as_mut())
                && rule.end() == End::Never
            {
                let whole = end == End::Until(Until::Date(start.date()));
                let end = match end {
                    // A day has no hour to end at.
                    End::Until(Until::DateTime(at)) if strand.when.is_all_day() && !whole => {
                        End::Until(Until::Date(at.date()))
                    }
                    end => end,
                };
                *rule = rule.clone().with_end(end);
            }
        }
        self.strands.retain(|strand| {
            is_main(strand) || rule(strand).is_none_or(|rule| rule.first(strand.when.wall()).is_some())
        });
    }
}

/// Whether a strand is named as its part is.
fn is_main(strand: &Event) -> bool {
    strand.repeat.as_deref().is_none_or(|repeat| repeat.suffix.is_empty())
}

pub(super) fn rule(strand: &Event) -> Option<&Rule> {
    strand.repeat.as_deref()?.rule.as_ref()
}

impl Asked<'_> {
    /// The strands of a part, the one that comes first in front: each begins with its first occurrence at or after `from`,
    /// counted from the day of `phase`. `None` if no rule gives one.
    pub(super) fn strands(
        &self,
        event: &Event,
        stem: &str,
        timed: &[Timed],
        phase: NaiveDateTime,
        from: NaiveDateTime,
    ) -> Option<Vec<Event>> {
        let mut found: Vec<(NaiveDateTime, &Timed)> = Vec::new();
        for one in timed {
            let start = phase.date().and_time(one.at.unwrap_or(phase.time()));
            let first = one.rule.between(start, from, NaiveDateTime::MAX).next();
            found.extend(first.map(|first| (first, one)));
        }
        found.sort_by_key(|(first, _)| *first);
        let mut strands: Vec<Event> = Vec::new();
        for (index, (first, Timed { at, rule })) in found.into_iter().enumerate() {
            let suffix = match at {
                Some(at) if index > 0 => format!("-{}{}", days(rule), at.format("%H%M")),
                _ => String::new(),
            };
            let when = event.begun_at(first)?;
            let mut strand = Event { when, repeat: None, ..event.clone() };
            if index > 0 || stem != &*event.id {
                strand.uid = format!("{stem}{suffix}@{}", self.context.domain).into();
            }
            let rule = Some(rule.clone());
            strand.repeat = Some(Box::new(Repeat { rule, suffix: suffix.into(), ..Repeat::default() }));
            strands.push(strand);
        }
        (!strands.is_empty()).then_some(strands)
    }
}

/// The days of a rule in a UID: `thu-`, `1mon-3mon-`, `15-`. It depends on nothing but them, so that another order of the
/// phrase leaves UIDs as they are.
fn days(rule: &Rule) -> String {
    let mut days = String::new();
    for month in &rule.by_month {
        let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        days.push_str(&format!("{}-", names[usize::from(*month) - 1]));
    }
    let number = |number: i32| match number {
        -1 => "last".to_owned(),
        ..-1 => format!("last{}", number.unsigned_abs()),
        number => number.to_string(),
    };
    for (ordinal, day) in &rule.by_day {
        let ordinal = ordinal.map(|ordinal| number(ordinal.into())).unwrap_or_default();
        days.push_str(&format!("{ordinal}{}-", format!("{day:?}").to_lowercase()));
    }
    for day in &rule.by_month_day {
        days.push_str(&format!("{}-", number((*day).into())));
    }
    days
}

/// The repeat of the whole series, and when it begins.
pub(super) fn assemble(parts: Vec<Part>) -> Option<(When, Repeat)> {
    let mut strands = parts.into_iter().flat_map(|part| {
        let from = part.from;
        part.strands.into_iter().map(move |event| Strand { from, event })
    });
    let first = strands.next()?.event;
    let repeat = Repeat { strands: strands.collect(), ..*first.repeat? };
    Some((first.when, repeat))
}

/// `time` of a day as the phrase has it.
pub(super) fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}
