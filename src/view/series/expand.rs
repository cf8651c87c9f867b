//! A series as one event an occurrence.

use std::borrow::Cow;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::{Draft, Drafts, Waiting, as_it_will_be};
use crate::event::{When, uid};
use crate::recurrence::End;
use crate::view::form::Form;

/// A finite series is expanded completely up to this many occurrences.
const EXPANDED_WHOLE: usize = 1_000;

impl<'a> Drafts<'a, '_> {
    /// A series as one event an occurrence; all of them in UTC where it is `universal`.
    pub(super) fn expand(&mut self, waiting: &Waiting<'a>, universal: bool, drafts: &mut Vec<Draft<'a>>) {
        let &Waiting { event, repeat, rule, is_deleted } = waiting;
        let base = &event.when;
        let has_end = rule.end() != End::Never;
        let whole =
            has_end && repeat.planned(base, NaiveDateTime::MIN, NaiveDateTime::MAX).nth(EXPANDED_WHOLE).is_none();
        let (from, to) = if whole { (NaiveDateTime::MIN, NaiveDateTime::MAX) } else { self.planned_bounds(base) };
        // A changed occurrence may have moved into the days from anywhere.
        let changed = repeat.changes.iter().map(|change| change.planned);
        let moved = changed.filter(|planned| !(from..to).contains(planned) && !repeat.is_excepted(*planned));
        for planned in repeat.planned(base, from, to).chain(moved) {
            // The dates of `also` are separate events already.
            if repeat.besides(planned).is_some() && !rule.contains(base.wall(), planned) {
                continue;
            }
            let Some((shown, when)) = as_it_will_be(event, repeat, planned) else { continue };
            let is_near = whole || when.last_day() >= self.reach.0 && when.first_day() <= self.reach.1;
            if is_near && self.is_listed(shown, &when, is_deleted) {
                let uid = Cow::Owned(uid::dated(event, planned));
                let form = if universal { Form::plain(&when) } else { self.form(&when) };
                drafts.push(Draft { event: shown, uid, when, form, planned: None, repeats: None });
            }
        }
    }

    /// Between which planned starts an occurrence can be within the reach of an endless series: its own length before, and
    /// a day on either side.
    fn planned_bounds(&self, base: &When) -> (NaiveDateTime, NaiveDateTime) {
        let (first, last) = self.reach;
        let slack = TimeDelta::days(2);
        let length = (base.last_day() - base.first_day()) + slack;
        let from = first.checked_sub_signed(length).unwrap_or(NaiveDate::MIN);
        let to = last.checked_add_signed(slack + slack).unwrap_or(NaiveDate::MAX);
        (from.and_time(NaiveTime::MIN), to.and_time(NaiveTime::MIN))
    }
}
