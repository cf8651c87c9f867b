//! What a feed holds, as a listing: all its single events, and what repeats around the day of the site.

use std::borrow::Cow;

use chrono::Months;

use super::Site;
use crate::calendar::Feed;
use crate::event::{Audience, Event};
use crate::schedule::{self, Occurrence, TooMany, Window};
use crate::view::chosen::Chosen;
use crate::view::listing::{Listing, ListingOptions};

/// Months before and after today for which what repeats is listed.
const REACH: (u32, u32) = (1, 6);

impl<'c> Site<'c> {
    /// The events of a public feed, each once: those of the calendar, then its tombstones. A series of which the feed has only
    /// changed occurrences is represented by the first of these.
    pub fn entries(&self, feed: &'c Feed) -> Vec<&'c Event> {
        let chosen = Chosen::of(self.calendar, Cow::Borrowed(feed), self.now);
        let shown = |event: &'c Event| -> Option<&'c Event> {
            match chosen.has_any(event) {
                true if chosen.matches(event) => Some(event),
                true => event.versions().find(|version| chosen.matches(version)),
                false => None,
            }
        };
        let live = self.calendar.events.iter().filter_map(shown);
        let deleted =
            self.history.tombstones(feed).map(|tombstone| &tombstone.event).filter(|event| chosen.reaches(event));
        live.chain(deleted).collect()
    }

    /// The events of a public feed, as of the first instant of the day: two sites of one day agree.
    ///
    /// # Errors
    /// A series with too many occurrences.
    pub fn listing_of(&self, feed: &'c Feed) -> Result<Listing<'c>, TooMany<'c>> {
        let (zone, day_start) = (self.zone, self.day_start());
        let (back, ahead) = REACH;
        let first = self.today.checked_sub_months(Months::new(back)).unwrap_or(self.today);
        let last = self.today.checked_add_months(Months::new(ahead)).unwrap_or(self.today);
        let chosen = Chosen::of(self.calendar, Cow::Borrowed(feed), self.now);
        let (series, single): (Vec<&Event>, Vec<&Event>) =
            self.calendar.events.iter().partition(|event| event.repeat.is_some());
        let as_of_day =
            |event: &'c Event| Occurrence { event, when: schedule::so_far(event, day_start, zone), planned: None };
        let mut found: Vec<Occurrence<'c>> =
            single.into_iter().filter(|event| chosen.has_any(event)).map(as_of_day).collect();
        let window = Window::days(first, last, zone);
        found.extend(schedule::among(series, &window, day_start, |one| chosen.has(one))?);
        let (deleted, once): (Vec<&Event>, Vec<&Event>) =
            (self.history.tombstones(feed).map(|tombstone| &tombstone.event))
                .filter(|event| chosen.reaches(event))
                .partition(|event| event.repeat.is_some());
        found.extend(once.into_iter().map(as_of_day));
        found.extend(schedule::among(deleted, &window, day_start, |_| true)?);
        schedule::sort(&mut found, &Window::always(zone));
        let frame = ListingOptions {
            zones: &[zone],
            range: None,
            language: feed.language.as_deref().unwrap_or(&self.calendar.settings.language),
            now: day_start,
            tzdb: self.tzdb,
            audience: Audience::Public,
        };
        Ok(Listing::new(self.calendar, &found, &frame))
    }
}
