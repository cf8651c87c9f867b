//! Time zones: the newest database at hand, identity of zones, offsets, gaps and overlaps.
//!
//! Everything else in redletter speaks chrono; [`Zone`] implements [`chrono::TimeZone`] over the rules chosen by
//! [`Tzdb`]. It refuses names that are not in the database; words that people write instead go through
//! [`Tzdb::find`]. What surprises: a wall-clock time may name no instant or two, so [`Zone::resolve`] has three
//! answers, and nothing here picks one of them.

pub mod abbreviation;
mod age;
pub mod country;
pub mod database;
mod folder;
pub mod name;
pub mod place;
pub mod reading;
mod local_time_type;
mod rules;
mod wheel;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use chrono::{DateTime, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, Offset, Utc};

pub use database::{Origin, Tzdb};
pub use local_time_type::{LocalTimeType, Transition, abbreviation_for_people, offset_for_people};
use rules::Rules;

/// A time zone of a [`Tzdb`].
///
/// Two zones are equal when they have the same name and come from the same database.
#[derive(Clone, Copy)]
pub struct Zone(&'static Rules);

/// What a wall-clock time means in a zone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Resolved {
    /// It happens once.
    Single(DateTime<Utc>),
    /// The clocks skip it.
    Gap {
        /// The offset before the jump.
        before: ZoneOffset,
        /// The offset after the jump.
        after: ZoneOffset,
        /// The instant of the jump.
        at: DateTime<Utc>,
    },
    /// It happens twice.
    Overlap {
        /// The instant with the offset `before`.
        first: DateTime<Utc>,
        /// The instant with the offset `after`.
        second: DateTime<Utc>,
        /// The offset before the clocks go back.
        before: ZoneOffset,
        /// The offset after the clocks went back.
        after: ZoneOffset,
    },
}

/// An offset from UTC, and the zone that it belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ZoneOffset {
    zone: Zone,
    offset: FixedOffset,
}

impl Zone {
    /// Universal time; of every database.
    pub fn utc() -> Zone {
        Zone(&rules::UTC)
    }

    /// The identifier in its usual letter case; a link as given (`US/Pacific`).
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// The city that the zone is named after: the last part of the name with spaces. `UTC` for UTC.
    pub fn city(self) -> String {
        let name = self.name();
        name.rsplit('/').next().unwrap_or(name).replace('_', " ")
    }

    /// The offset at an instant.
    pub fn offset_at(self, instant: DateTime<Utc>) -> ZoneOffset {
        self.with(self.0.offset_at(instant.timestamp()))
    }

    /// Offset, abbreviation and daylight saving at an instant. The abbreviation is as in the database, so `-03` too;
    /// [`abbreviation_for_people`] makes words of it.
    pub fn regime_at(self, instant: DateTime<Utc>) -> LocalTimeType {
        self.0.regime_at(instant.timestamp())
    }

    /// The instants that a wall-clock time may mean.
    pub fn resolve(self, wall: NaiveDateTime) -> Resolved {
        match self.0.offsets_of(wall.and_utc().timestamp()) {
            rules::Offsets::One(offset) => Resolved::Single(instant(wall, offset)),
            rules::Offsets::Two { before, after, at } if before.local_minus_utc() < after.local_minus_utc() => {
                Resolved::Gap { before: self.with(before), after: self.with(after), at: seconds(at) }
            }
            rules::Offsets::Two { before, after, .. } => Resolved::Overlap {
                first: instant(wall, before),
                second: instant(wall, after),
                before: self.with(before),
                after: self.with(after),
            },
        }
    }

    /// The instant of a wall-clock time: in a gap by the offset before it, in an overlap the first of the two
    /// (RFC 5545 3.3.5).
    pub fn instant(self, wall: NaiveDateTime) -> DateTime<Utc> {
        match self.resolve(wall) {
            Resolved::Single(at) | Resolved::Overlap { first: at, .. } => at,
            Resolved::Gap { before, .. } => instant(wall, before.fix()),
        }
    }

    /// The first transition strictly after an instant.
    ///
    /// A transition is a change of offset, abbreviation or daylight saving. A rule without an end gives one until the
    /// year 9999.
    pub fn next_transition(self, after: DateTime<Utc>) -> Option<Transition> {
        self.0.next_transition(after)
    }

    /// The last transition strictly before an instant.
    ///
    /// At the very instant of a transition the new regime is in force already, and yet this gives the one before
    /// it: ask a second later for how the regime at an instant came about.
    pub fn previous_transition(self, before: DateTime<Utc>) -> Option<Transition> {
        self.0.previous_transition(before)
    }

    /// The ISO 3166-1 codes of the countries that keep this zone by `zone.tab`, then by `zone1970.tab`; those of its
    /// target for a link. Empty for zones of no country, such as `UTC` and `EST5EDT`.
    pub fn countries(self) -> &'static [&'static str] {
        country::of_zone(self.name())
    }

    fn with(self, offset: FixedOffset) -> ZoneOffset {
        ZoneOffset { zone: self, offset }
    }
}

/// The instant of a wall-clock time with an offset. At the edges of chrono's range (the year 262142) the offset is
/// dropped rather than the program.
fn instant(wall: NaiveDateTime, offset: FixedOffset) -> DateTime<Utc> {
    wall.checked_sub_offset(offset).unwrap_or(wall).and_utc()
}

/// The instant of a transition, in seconds since 1970. The range of `TZif` files is cut to the years ±9999 by jiff.
fn seconds(at: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(at, 0).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

impl chrono::TimeZone for Zone {
    type Offset = ZoneOffset;

    fn from_offset(offset: &ZoneOffset) -> Self {
        offset.zone
    }

    fn offset_from_local_date(&self, local: &NaiveDate) -> MappedLocalTime<ZoneOffset> {
        self.offset_from_local_datetime(&local.and_time(NaiveTime::MIN))
    }

    fn offset_from_local_datetime(&self, local: &NaiveDateTime) -> MappedLocalTime<ZoneOffset> {
        match self.0.offsets_of(local.and_utc().timestamp()) {
            rules::Offsets::One(offset) => MappedLocalTime::Single(self.with(offset)),
            rules::Offsets::Two { before, after, .. } if before.local_minus_utc() < after.local_minus_utc() => {
                MappedLocalTime::None
            }
            rules::Offsets::Two { before, after, .. } => {
                MappedLocalTime::Ambiguous(self.with(before), self.with(after))
            }
        }
    }

    fn offset_from_utc_date(&self, utc: &NaiveDate) -> ZoneOffset {
        self.offset_from_utc_datetime(&utc.and_time(NaiveTime::MIN))
    }

    fn offset_from_utc_datetime(&self, utc: &NaiveDateTime) -> ZoneOffset {
        self.offset_at(utc.and_utc())
    }
}

impl ZoneOffset {
    /// Seconds east of UTC.
    pub fn seconds(self) -> i32 {
        self.offset.local_minus_utc()
    }
}

impl Offset for ZoneOffset {
    fn fix(&self) -> FixedOffset {
        self.offset
    }
}

impl fmt::Display for ZoneOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.offset.fmt(f)
    }
}

impl fmt::Debug for ZoneOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]", self.offset, self.zone.name())
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0) || self.cmp(other).is_eq()
    }
}

impl Eq for Zone {}

impl PartialOrd for Zone {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Zone {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.0.name, self.0.database).cmp(&(other.0.name, other.0.database))
    }
}

impl Hash for Zone {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name().hash(state);
    }
}
