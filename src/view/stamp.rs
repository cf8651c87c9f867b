//! A time as a clock shows it: decided, so that no renderer looks up a zone.

use std::borrow::Cow;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, SecondsFormat, Utc};

use crate::zone::{Zone, abbreviation_for_people, offset_for_people};

/// What a clock shows at an instant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stamp {
    /// The wall clock.
    pub local: NaiveDateTime,
    /// Its offset from UTC.
    pub offset: FixedOffset,
    /// `PDT`, `UTC−3`.
    pub abbreviation: Cow<'static, str>,
}

impl Stamp {
    /// What the clock of `zone` shows at `instant`.
    pub fn in_zone(instant: DateTime<Utc>, zone: Zone) -> Self {
        let regime = zone.regime_at(instant);
        Stamp {
            local: instant.with_timezone(&zone).naive_local(),
            offset: regime.offset,
            abbreviation: abbreviation_for_people(regime),
        }
    }

    /// What a clock with that offset shows.
    pub fn at_offset(instant: DateTime<Utc>, offset: FixedOffset) -> Self {
        let local = instant.with_timezone(&offset).naive_local();
        Stamp { local, offset, abbreviation: offset_for_people(offset).into() }
    }

    /// The day.
    pub fn day(&self) -> NaiveDate {
        self.local.date()
    }

    /// RFC 3339: `2023-06-10T16:00:00-07:00`. An offset with seconds, as before 1920, is rounded to the minute there,
    /// and the clock with it, so that the instant stays.
    pub fn rfc3339(&self) -> String {
        let seconds = self.offset.local_minus_utc();
        let rounded = FixedOffset::east_opt(seconds.div_euclid(60) * 60).unwrap_or(self.offset);
        let instant = (self.local - chrono::TimeDelta::seconds(seconds.into())).and_utc();
        instant.with_timezone(&rounded).to_rfc3339_opts(SecondsFormat::Secs, false)
    }
}
