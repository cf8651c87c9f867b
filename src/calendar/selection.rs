//! Which occurrences a feed has: decided here for the feed itself, for its other forms, for listings of it, and for the
//! lock.
//!
//! An occurrence is judged as it will be: the status, place and time of a changed one are its own. Of a series that is
//! written as a rule, the limits of the feed choose all or nothing, because a rule has no window.

use std::borrow::Cow;

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::{Cancelled, Feed, Settings};
use crate::event::{Event, Status, When};

/// Days for which a cancelled event stays after its date.
pub const CANCELLED_STAYS: u64 = 30;

/// What a feed selects as of a day.
#[derive(Clone, Debug)]
pub struct Selection<'c> {
    feed: Cow<'c, Feed>,
    settings: &'c Settings,
    /// The first day and the last one to which the feed is limited.
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
    /// What was cancelled and ended before this day is no longer shown.
    cancelled_from: NaiveDate,
}

impl<'c> Selection<'c> {
    /// That of `feed`, in a calendar with these settings, as of `now`.
    pub fn new(feed: Cow<'c, Feed>, settings: &'c Settings, now: DateTime<Utc>) -> Self {
        let today = settings.timezone.map_or(now.date_naive(), |zone| now.with_timezone(&zone).date_naive());
        Selection {
            first: feed.past.map(|past| past.before(today)),
            last: feed.future.map(|future| future.after(today)),
            cancelled_from: today.checked_sub_days(Days::new(CANCELLED_STAYS)).unwrap_or(NaiveDate::MIN),
            feed,
            settings,
        }
    }

    /// The same with what was cancelled long ago.
    #[must_use]
    pub fn without_end(self) -> Self {
        Selection { cancelled_from: NaiveDate::MIN, ..self }
    }

    /// Whether the feed takes an event, or an occurrence as it will be, at whatever time.
    pub fn matches(&self, event: &Event) -> bool {
        self.feed.matches(event, self.settings)
    }

    /// Whether an occurrence is not one that was cancelled too long ago.
    pub fn shows(&self, event: &Event, when: &When) -> bool {
        event.status != Status::Cancelled || when.last_day() >= self.cancelled_from
    }

    /// Whether any part of an occurrence is within the limits of the feed.
    pub fn reaches(&self, when: &When) -> bool {
        self.first.is_none_or(|first| when.last_day() >= first) && self.last.is_none_or(|last| when.first_day() <= last)
    }

    /// Whether the feed has an occurrence that stands by itself.
    pub fn has(&self, event: &Event, when: &When) -> bool {
        self.matches(event) && self.shows(event, when) && self.reaches(when)
    }

    /// The days to which the feed is limited.
    pub fn limits(&self) -> (Option<NaiveDate>, Option<NaiveDate>) {
        (self.first, self.last)
    }
}

impl Feed {
    /// Whether the feed takes an event, or an occurrence as it will be, at whatever time.
    pub fn matches(&self, event: &Event, settings: &Settings) -> bool {
        self.is_chosen(event, settings) && (self.cancelled != Cancelled::Drop || event.status != Status::Cancelled)
    }

    fn is_chosen(&self, event: &Event, settings: &Settings) -> bool {
        let is_taken = |filter: &super::Filter| filter.matches(event, &settings.kinds, &settings.language);
        is_taken(&self.filter) && self.narrowed.iter().all(is_taken)
    }

    /// Whether the feed takes an event, a further strand of it or one of its changed occurrences, at whatever time and
    /// cancelled or not.
    pub fn takes_part_of(&self, event: &Event, settings: &Settings) -> bool {
        event.versions().any(|version| self.is_chosen(version, settings))
    }
}
