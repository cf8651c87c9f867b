//! What a feed has of a calendar, occurrence by occurrence, for listings of it: the same as its file.

use std::borrow::Cow;
use std::collections::HashSet;

use chrono::{DateTime, Utc};

use super::feed::FeedView;
use crate::calendar::{Calendar, Feed, Selection};
use crate::event::{Event, Status};
use crate::schedule::{self, Occurrence};

/// The occurrences that a feed has.
#[derive(Clone, Debug)]
pub struct Chosen<'c> {
    calendar: &'c Calendar,
    selection: Selection<'c>,
    /// UIDs of the series that the feed has as rules, where that makes a difference: a rule has neither limits nor an age.
    rules: HashSet<Box<str>>,
}

impl<'c> Chosen<'c> {
    /// Those of `feed` as of `now`.
    pub fn of(calendar: &'c Calendar, feed: Cow<'c, Feed>, now: DateTime<Utc>) -> Self {
        let is_called_off = |event: &Event| event.repeat.is_some() && event.status == Status::Cancelled;
        let makes_a_difference =
            feed.past.is_some() || feed.future.is_some() || calendar.events.iter().any(is_called_off);
        let rules = if makes_a_difference {
            let view = FeedView::new(calendar, &feed, now);
            let rules = view.events.iter().filter(|shown| shown.repeats.is_some());
            rules.map(|shown| shown.event.uid.clone()).collect()
        } else {
            HashSet::new()
        };
        Chosen { calendar, selection: Selection::new(feed, &calendar.settings, now), rules }
    }

    /// The events of `feed`, at any time, cancelled or not.
    pub fn all(calendar: &'c Calendar, feed: Feed) -> Self {
        let selection = Selection::new(Cow::Owned(feed), &calendar.settings, calendar.as_of);
        Chosen { calendar, selection: selection.without_end(), rules: HashSet::new() }
    }

    /// Whether the feed takes an event, or an occurrence as it will be, at whatever time.
    pub fn matches(&self, event: &Event) -> bool {
        self.selection.matches(event)
    }

    /// Whether the feed has an occurrence.
    pub fn has(&self, one: &Occurrence<'_>) -> bool {
        self.selection.has(one.event, &one.when) || self.has_by_rule(one)
    }

    /// Whether the feed has a rule that gives an occurrence.
    fn has_by_rule(&self, one: &Occurrence<'_>) -> bool {
        if !self.rules.contains(&one.event.uid) || !self.selection.matches(one.event) {
            return false;
        }
        let series = self.calendar.event(&one.event.id);
        let series = series.and_then(|series| series.strands().find(|strand| strand.uid == one.event.uid));
        let Some((series, repeat)) = series.and_then(|series| Some((series, series.repeat.as_deref()?))) else {
            return false;
        };
        let planned = one.planned.as_ref().map(crate::event::When::wall);
        let by_rule = planned.zip(repeat.rule.as_ref()).is_some_and(|(at, rule)| rule.contains(series.when.wall(), at));
        // One that was cancelled by itself is shown for some days only.
        by_rule && (std::ptr::eq(series, one.event) || self.selection.shows(one.event, &one.when))
    }

    /// Whether an event lies within the limits of the feed, from its first day to its last.
    pub fn reaches(&self, event: &Event) -> bool {
        let (first, last) = self.selection.limits();
        let ends = || schedule::last(event).map(|when| when.last_day());
        first.is_none_or(|first| ends().is_none_or(|end| end >= first))
            && last.is_none_or(|last| event.when.first_day() <= last)
    }

    /// Whether the feed has any occurrence of an event.
    pub fn has_any(&self, event: &'c Event) -> bool {
        event.strands().any(|strand| self.has_any_of(strand))
    }

    fn has_any_of(&self, event: &'c Event) -> bool {
        let Some(repeat) = event.repeat.as_deref() else {
            return self.selection.has(event, &event.when);
        };
        if self.rules.contains(&event.uid) {
            return true;
        }
        let has_changed = || repeat.changes.iter().any(|change| self.selection.has(&change.event, &change.event.when));
        self.selection.matches(event) && self.has_unchanged(event) || has_changed()
    }

    /// Whether the feed has an occurrence of a series that is as planned.
    fn has_unchanged(&self, event: &Event) -> bool {
        let Some(repeat) = event.repeat.as_deref() else { return false };
        let (first, last) = self.selection.limits();
        let slack = chrono::TimeDelta::days(2) + (event.when.last_day() - event.when.first_day());
        let from =
            first.and_then(|first| first.checked_sub_signed(slack)).map_or(chrono::NaiveDateTime::MIN, Into::into);
        let to = last.and_then(|last| last.checked_add_signed(slack)).map_or(chrono::NaiveDateTime::MAX, Into::into);
        repeat.planned(&event.when, from, to).any(|planned| {
            repeat.change(planned).is_none()
                && repeat.when(event, planned).is_some_and(|when| self.selection.has(event, &when))
        })
    }
}
