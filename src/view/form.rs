//! The form in which a feed writes a time, so that every client reads the same instant.
//!
//! Clients obey the VTIMEZONE, or ignore it for rules of their own that may be old, or for lack of rules take the time
//! for their own. A wall-clock time is written only where all of them arrive at the same instant.

use chrono::{DateTime, MappedLocalTime, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};

use crate::event::{Days, When};
use crate::language::Language;
use crate::zone::{Resolved, Zone};

use super::stamp::Stamp;
use super::words;

/// What DTSTART and DTEND are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// `VALUE=DATE`.
    Days(Days),
    /// `TZID=…`, with a VTIMEZONE in the feed.
    Local {
        /// Its name is the TZID.
        zone: Zone,
        /// Inclusive.
        start: NaiveDateTime,
        /// Exclusive.
        end: NaiveDateTime,
    },
    /// `…Z`.
    Utc {
        /// Inclusive.
        start: DateTime<Utc>,
        /// Exclusive.
        end: DateTime<Utc>,
    },
}

impl Form {
    /// The days of an event, or its instants in UTC: what can always be written.
    pub(super) fn plain(when: &When) -> Self {
        match *when {
            When::AllDay(days) => Form::Days(days),
            When::Zoned { start, end, .. } | When::Fixed { start, end, .. } => Form::Utc { start, end },
            When::Floating { start, end } => {
                let last = (end - TimeDelta::nanoseconds(1)).date();
                Form::Days(Days { first: start.date(), end: last.succ_opt().unwrap_or(last) })
            }
        }
    }

    /// The event's own clock, in words, where the form does not show it.
    pub(super) fn clock(&self, when: &When, language: Language) -> Option<String> {
        match (self, when) {
            (Form::Days(_), When::Floating { start, end }) => Some(words::each_place(*start, *end, language)),
            // An open event is written with dates, whatever its start.
            (Form::Days(_), When::Zoned { zone, start, .. }) => {
                let (wall, offset) = (start.with_timezone(zone).naive_local(), zone.regime_at(*start).offset);
                Some(words::start(wall, zone.name(), offset, language))
            }
            (Form::Utc { .. }, When::Zoned { zone, start, end }) => {
                let [start, end] = [start, end].map(|at| Stamp::in_zone(*at, *zone));
                let shown = !is_universal(*zone) || start.offset.local_minus_utc() != 0;
                shown.then(|| words::local_time(&start, &end, Some(zone.name()), language))
            }
            (Form::Utc { .. }, When::Fixed { offset, start, end }) => {
                let [start, end] = [start, end].map(|at| Stamp::at_offset(*at, *offset));
                (offset.local_minus_utc() != 0).then(|| words::local_time(&start, &end, None, language))
            }
            _ => None,
        }
    }
}

/// The sort key of an event: a date begins with its day in UTC.
pub(super) fn begins(when: &When, form: &Form) -> DateTime<Utc> {
    match form {
        Form::Days(days) => days.first.and_time(NaiveTime::MIN).and_utc(),
        Form::Local { .. } | Form::Utc { .. } => {
            when.start_instant().unwrap_or_else(|| when.first_day().and_time(NaiveTime::MIN).and_utc())
        }
    }
}

/// Zones of no place: UTC by any name, and `Etc/GMT+8` with its reversed sign. They need no TZID.
pub(super) fn is_universal(zone: Zone) -> bool {
    let names = ["UTC", "UCT", "Universal", "Zulu", "GMT", "GMT0", "GMT+0", "GMT-0", "Greenwich"];
    zone.name().starts_with("Etc/") || names.contains(&zone.name())
}

/// The rules in an older database that clients may still use; `None` if it lacks the zone.
pub(super) fn older(zone: Zone) -> Option<chrono_tz::Tz> {
    zone.name().parse().ok()
}

/// `instant` on the clocks of `zone`, where all clients read it back as the same instant: the wall clock shows it once,
/// and the older rules agree.
pub(super) fn wall(zone: Zone, older: chrono_tz::Tz, instant: DateTime<Utc>) -> Option<NaiveDateTime> {
    let wall = instant.with_timezone(&zone).naive_local();
    match zone.resolve(wall) {
        Resolved::Single(_) => {}
        // ical.js and libical read the doubled hour the other way round.
        Resolved::Gap { .. } | Resolved::Overlap { .. } => return None,
    }
    match older.from_local_datetime(&wall) {
        MappedLocalTime::Single(read) if read == instant => Some(wall),
        _ => None,
    }
}

/// Seconds east of UTC at `instant` by the older rules.
pub(super) fn offset_by(older: chrono_tz::Tz, instant: DateTime<Utc>) -> i32 {
    use chrono::Offset;
    older.offset_from_utc_datetime(&instant.naive_utc()).fix().local_minus_utc()
}
