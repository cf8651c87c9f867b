//! The start that subscribers know of an event, for edits that tell them of a new one.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::Lock;
use super::entry::News;
use super::kept::{Kept, today};
use super::moment::Moment;
use super::update::{public_feeds, taking};
use crate::calendar::Calendar;
use crate::event::{Event, When};
use crate::zone::{Tzdb, Zone};

/// The start of an event that was last published.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Published {
    /// The lock does not say: it records only what public feeds have.
    Unknown,
    /// The event was never published.
    Never,
    /// It was published with this start.
    At {
        /// An event of any length that begins then.
        start: When,
        /// The start before that one, if the last change was a move.
        earlier: Option<When>,
    },
}

impl Lock {
    /// The start of `event` that was last published, as of `now`.
    pub fn published(&self, event: &Event, calendar: &Calendar, now: DateTime<Utc>, tzdb: &Tzdb) -> Published {
        let Some(entry) = self.entry(&event.uid) else {
            let is_public = taking(&public_feeds(calendar), event, calendar).next().is_some();
            return if is_public { Published::Never } else { Published::Unknown };
        };
        let today = today(now, &calendar.settings.timezone.unwrap_or_else(Zone::utc));
        let begun = |moment| begun(moment, &entry.when, tzdb, today);
        let earlier = match entry.news {
            Some((News::Moved(from), _)) => begun(from),
            _ => None,
        };
        match begun(entry.when.start).filter(|_| entry.gone.is_none()) {
            Some(start) => Published::At { start, earlier },
            None => Published::Unknown,
        }
    }
}

/// An event that begins at `moment` by the clock of `kept`.
fn begun(moment: Moment, kept: &Kept, tzdb: &Tzdb, today: NaiveDate) -> Option<When> {
    let hour = TimeDelta::hours(1);
    let end = match moment {
        Moment::Day(day) => Moment::Day(day),
        Moment::Wall(wall) => Moment::Wall(wall.checked_add_signed(hour)?),
        Moment::Instant(instant) => Moment::Instant(instant.checked_add_signed(hour)?),
    };
    Kept { zone: kept.zone.clone(), start: moment, end: Some(end) }.when(tzdb, today)
}
