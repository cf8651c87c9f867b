//! A series as a rule, or as several.

use std::borrow::Cow;

use chrono::{NaiveDateTime, TimeDelta};

use super::{Draft, Drafts, Repeats, Waiting, as_it_will_be};
use crate::event::{Change, Days, Event, When, uid};
use crate::recurrence::outlook::Part;
use crate::recurrence::{End, Rule, Until};
use crate::schedule;
use crate::view::form::{self, Form};
use crate::zone::Zone;

impl<'a> Drafts<'a, '_> {
    /// Writes a series as one or several rules, with overrides and separate events; nothing if clients would misread a rule.
    ///
    /// A changed occurrence that is not in the feed is excluded from the rule. If only changed occurrences are in the feed,
    /// there is no rule, and they are separate events.
    pub(super) fn as_rules(
        &mut self,
        waiting: &Waiting<'a>,
        parts: &[Part],
        drafts: &mut Vec<Draft<'a>>,
    ) -> Option<()> {
        let &Waiting { event, repeat, rule, is_deleted } = waiting;
        // Thunderbird takes all of the days, and not the last one of them.
        if rule.chooses_month_day() {
            return None;
        }
        let base = event.when.wall();
        let is_taken = self.matches(event, is_deleted)
            && schedule::last_of_strand(event).is_none_or(|last| self.selection.shows(event, &last));
        if !is_taken {
            for change in repeat.changes.iter().filter(|change| rule.contains(base, change.planned)) {
                let when = change.event.when;
                if self.is_listed(&change.event, &when, is_deleted) {
                    let uid = Cow::Owned(uid::dated(event, change.planned));
                    let form = self.form(&when);
                    drafts.push(Draft { event: &change.event, uid, when, form, planned: None, repeats: None });
                }
            }
            return Some(());
        }
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
        let mut own = Vec::new();
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
            if self.matches(shown, is_deleted) && self.selection.shows(shown, &when) {
                let uid = Cow::Owned(uid::dated(event, planned));
                let form = Form::plain(&when);
                own.push(Draft { event: shown, uid, when, form, planned: None, repeats: None });
            }
        }
        for change in &repeat.changes {
            if !rule.contains(base, change.planned) || except.contains(&change.planned) {
                continue;
            }
            let when = change.event.when;
            // Left out alone, it would be back as the rule has it.
            if !self.matches(&change.event, is_deleted) || !self.selection.shows(&change.event, &when) {
                except.push(change.planned);
                continue;
            }
            let draft_form = self.form(&when);
            let planned = Some(begun(form, change.planned));
            let part = parts.iter().find(|part| part.rule.contains(base, change.planned))?;
            let uid = part_uid(event, part);
            own.push(Draft { event: &change.event, uid, when, form: draft_form, planned, repeats: None });
        }
        except.sort_unstable();
        except.dedup();
        if !self.is_reached(waiting, &own) {
            return Some(());
        }
        let mut masters = Vec::new();
        for part in parts {
            let Some(first) = part.rule.first(base) else { continue };
            let when = repeat.when(event, first)?;
            let own_form = self.form(&when);
            match (form, own_form) {
                (Form::Local { start, end, .. }, Form::Local { start: own_start, end: own_end, .. })
                    if own_start == first && own_end - own_start == end - start => {}
                (Form::Local { .. }, _) => return None,
                _ => {}
            }
            let mine: Vec<NaiveDateTime> =
                except.iter().copied().filter(|planned| part.rule.contains(base, *planned)).collect();
            let mut happening = part.rule.between(base, NaiveDateTime::MIN, NaiveDateTime::MAX);
            let uid = part_uid(event, part);
            if !happening.any(|planned| mine.binary_search(&planned).is_err()) {
                // Some clients show the start of a rule even if all of its occurrences are excluded.
                for draft in own.iter_mut().filter(|draft| draft.planned.is_some() && draft.uid == uid) {
                    draft.planned = None;
                    let changed = |change: &&Change| std::ptr::eq(&raw const change.event, draft.event);
                    if let Some(change) = repeat.changes.iter().find(changed) {
                        draft.uid = Cow::Owned(uid::dated(event, change.planned));
                    }
                }
                continue;
            }
            let last = part.rule.last(base).and_then(|last| repeat.when(event, last));
            let repeats = Repeats {
                rule: written(&part.written(), own_form, last).to_string(),
                except: mine.into_iter().map(|planned| begun(form, planned)).collect(),
            };
            let repeats = Some(Box::new(repeats));
            masters.push(Draft { event, uid, when, form: own_form, planned: None, repeats });
        }
        drafts.append(&mut own);
        drafts.append(&mut masters);
        Some(())
    }

    /// Whether any occurrence of a series is within the limits of the feed: a rule is in it whole or not at all.
    fn is_reached(&self, waiting: &Waiting<'a>, own: &[Draft<'a>]) -> bool {
        let (first, last) = self.selection.limits();
        if first.is_none() && last.is_none() || own.iter().any(|draft| self.selection.reaches(&draft.when)) {
            return true;
        }
        let &Waiting { event, repeat, rule, .. } = waiting;
        let slack = TimeDelta::days(2) + (event.when.last_day() - event.when.first_day());
        let from = first.and_then(|first| first.checked_sub_signed(slack)).map_or(NaiveDateTime::MIN, Into::into);
        let to = last.and_then(|last| last.checked_add_signed(slack)).map_or(NaiveDateTime::MAX, Into::into);
        let mut planned = rule.between(event.when.wall(), from, to);
        planned.any(|planned| {
            !repeat.is_excepted(planned)
                && repeat.change(planned).is_none()
                && repeat.when(event, planned).is_some_and(|when| self.selection.reaches(&when))
        })
    }
}

/// The UID of one of the rules that make up a series.
fn part_uid<'a>(event: &'a Event, part: &Part) -> Cow<'a, str> {
    if part.name.is_empty() { Cow::Borrowed(&*event.uid) } else { Cow::Owned(uid::with_suffix(&event.uid, &part.name)) }
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
fn jumping_hours(
    zone: Zone,
    first: chrono::DateTime<chrono::Utc>,
    last: chrono::DateTime<chrono::Utc>,
) -> Vec<(NaiveDateTime, NaiveDateTime)> {
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
