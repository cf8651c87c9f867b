//! What a feed holds, as a listing: all its single events, and what repeats around the day of the site.

use chrono::Months;

use super::Site;
use crate::calendar::Feed;
use crate::event::{Audience, Event};
use crate::schedule::{self, Occurrence, TooMany, Window};
use crate::view::feed::members;
use crate::view::listing::{Frame, Listing};

/// Months before and after today for which what repeats is listed.
const REACH: (u32, u32) = (1, 6);

impl<'c> Site<'c> {
    /// The events of a public feed, as of the first instant of the day: two sites of one day agree.
    ///
    /// # Errors
    /// A series with too many occurrences.
    pub fn listing_of(&self, feed: &'c Feed) -> Result<Listing<'c>, TooMany<'c>> {
        let (zone, dawn) = (self.zone, self.dawn());
        let (back, ahead) = REACH;
        let first = self.today.checked_sub_months(Months::new(back)).unwrap_or(self.today);
        let last = self.today.checked_add_months(Months::new(ahead)).unwrap_or(self.today);
        let (series, single): (Vec<&Event>, Vec<&Event>) =
            members(self.calendar, feed, self.now, Some(self.standing)).partition(|event| event.repeat.is_some());
        let mut found: Vec<Occurrence<'c>> = single
            .into_iter()
            .map(|event| Occurrence { event, when: schedule::so_far(event, dawn, zone), planned: None })
            .collect();
        found.extend(schedule::among(series, &Window::days(first, last, zone), dawn, |_| true)?);
        schedule::sort(&mut found, &Window::always(zone));
        let frame = Frame {
            zones: &[zone],
            range: None,
            language: feed.language.as_deref().unwrap_or(&self.calendar.settings.language),
            now: dawn,
            tzdb: self.tzdb,
            audience: Audience::Public,
        };
        Ok(Listing::new(self.calendar, &found, &frame))
    }
}
