//! The rules of one zone, laid out to be asked millions of times.
//!
//! jiff reads the `TZif` bytes. Its answers up to [`HORIZON`] are written into two sorted tables, one by instant and one
//! by wall clock, so that a question costs one binary search; after it, jiff is asked each time.

use chrono::{DateTime, FixedOffset, Utc};
use jiff::Timestamp;
use jiff::tz::{Dst, Offset, TimeZone};

use super::local_time_type::{LocalTimeType, Transition};

/// The end of the tables, in seconds since 1970: 2070-01-01. Later questions are rare, and each year of a table costs
/// the start of the program two transitions a zone.
const HORIZON: i64 = 3_155_760_000;

/// Wall clocks this close to the horizon may be on either side of it; no offset is larger than a day.
const DAY: i64 = 86_400;

/// The rules of one zone. They live as long as the process.
pub(super) struct Rules {
    pub(super) name: &'static str,
    /// Which database: equal names of two databases are not equal zones.
    pub(super) database: u32,
    /// `starts[i]` is the first second of `regimes[i + 1]`.
    starts: &'static [i64],
    /// `walls[i]` is the first second of the wall clock, as if it were UTC, that `starts[i]` makes doubtful.
    walls: &'static [i64],
    /// One more than `starts`.
    regimes: &'static [LocalTimeType],
    /// The rules after the horizon; `None` if nothing changes there.
    later: Option<TimeZone>,
}

/// The offsets that a wall-clock time may have.
pub(super) enum Offsets {
    /// It is the only one.
    One(FixedOffset),
    /// A gap where `before` is less than `after`, an overlap where it is greater. `at` is in seconds since 1970.
    Two { before: FixedOffset, after: FixedOffset, at: i64 },
}

pub(super) static UTC: Rules = Rules {
    name: "UTC",
    database: 0,
    starts: &[],
    walls: &[],
    regimes: &[LocalTimeType { offset: east(0), abbreviation: "UTC", is_dst: false }],
    later: None,
};

impl Rules {
    /// Reads `TZif` bytes (RFC 9636); `None` if they are invalid.
    pub(super) fn read(name: &'static str, database: u32, tzif: &[u8]) -> Option<Rules> {
        Some(Rules::of(name, database, &TimeZone::tzif(name, tzif).ok()?))
    }

    /// Reads a POSIX `TZ` string, such as `JST-9` or `EST5EDT,M3.2.0,M11.1.0`.
    pub(super) fn posix(text: &'static str, database: u32) -> Option<Rules> {
        Some(Rules::of(text, database, &TimeZone::posix(text).ok()?))
    }

    fn of(name: &'static str, database: u32, zone: &TimeZone) -> Rules {
        let first = zone.to_offset_info(Timestamp::MIN);
        let mut regimes = vec![regime(&[], first.offset(), first.abbreviation(), first.dst())];
        let mut starts = Vec::new();
        let mut walls = Vec::new();
        let mut later = None;
        for transition in zone.following(Timestamp::MIN) {
            let at = transition.timestamp().as_second();
            if at >= HORIZON {
                later = Some(zone.clone());
                break;
            }
            let after = regime(&regimes, transition.offset(), transition.abbreviation(), transition.dst());
            let before = regimes[regimes.len() - 1];
            // Files hold transitions that change nothing, for readers of old.
            if before != after {
                starts.push(at);
                walls.push(at + i64::from(seconds(before).min(seconds(after))));
                regimes.push(after);
            }
        }
        count_summers_as_ahead(&mut regimes);
        Rules { name, database, starts: starts.leak(), walls: walls.leak(), regimes: regimes.leak(), later }
    }

    /// Whether the offset is always this many seconds.
    pub(super) fn is_fixed_at(&self, offset: i32) -> bool {
        self.later.is_none() && self.regimes.iter().all(|regime| seconds(*regime) == offset)
    }

    pub(super) fn offset_at(&self, at: i64) -> FixedOffset {
        self.regime_at(at).offset
    }

    pub(super) fn regime_at(&self, at: i64) -> LocalTimeType {
        if at >= HORIZON
            && let Some(zone) = &self.later
        {
            let answer = zone.to_offset_info(timestamp(at));
            return self.known(answer.offset(), answer.abbreviation(), answer.dst());
        }
        self.regimes[self.starts.partition_point(|start| *start <= at)]
    }

    /// The offsets of a wall clock, which is given in seconds as if it were UTC.
    pub(super) fn offsets_of(&self, wall: i64) -> Offsets {
        if wall >= HORIZON - DAY
            && let Some(zone) = &self.later
        {
            return later_offsets(zone, wall);
        }
        let index = self.walls.partition_point(|start| *start <= wall);
        let after = self.regimes[index];
        if index > 0 {
            let (before, at) = (self.regimes[index - 1], self.starts[index - 1]);
            if wall < at + i64::from(seconds(before).max(seconds(after))) {
                return Offsets::Two { before: before.offset, after: after.offset, at };
            }
        }
        Offsets::One(after.offset)
    }

    pub(super) fn next_transition(&self, after: DateTime<Utc>) -> Option<Transition> {
        let index = self.starts.partition_point(|start| *start <= after.timestamp());
        if index < self.starts.len() {
            return Some(self.transition(index));
        }
        let zone = self.later.as_ref()?;
        let from = after.timestamp().max(HORIZON - 1);
        let mut before = self.regime_at(from);
        for next in zone.following(timestamp(from)) {
            let after = self.known(next.offset(), next.abbreviation(), next.dst());
            if before != after {
                return Some(Transition { at: super::seconds(next.timestamp().as_second()), before, after });
            }
            before = after;
        }
        None
    }

    pub(super) fn previous_transition(&self, before: DateTime<Utc>) -> Option<Transition> {
        // A fraction of a second after a transition is after it.
        let end = before.timestamp() + i64::from(before.timestamp_subsec_nanos() > 0);
        if end > HORIZON
            && let Some(zone) = &self.later
        {
            for last in zone.preceding(timestamp(end)) {
                let at = last.timestamp().as_second();
                if at < HORIZON {
                    break;
                }
                let (before, after) = (self.regime_at(at - 1), self.regime_at(at));
                if before != after {
                    return Some(Transition { at: super::seconds(at), before, after });
                }
            }
        }
        let index = self.starts.partition_point(|start| *start < end);
        Some(self.transition(index.checked_sub(1)?))
    }

    fn transition(&self, index: usize) -> Transition {
        let at = super::seconds(self.starts[index]);
        Transition { at, before: self.regimes[index], after: self.regimes[index + 1] }
    }

    /// A regime of jiff's as one of ours. Rules without an end repeat what the tables hold, and these know better what
    /// is daylight saving time.
    fn known(&self, offset: Offset, abbreviation: &str, dst: Dst) -> LocalTimeType {
        let offset = east(offset.seconds());
        let same = |regime: &&LocalTimeType| regime.offset == offset && regime.abbreviation == abbreviation;
        let known = self.regimes.iter().rev().find(same).copied();
        known.unwrap_or(LocalTimeType { offset, abbreviation: "", is_dst: dst.is_dst() })
    }
}

/// A regime with an abbreviation that one of `earlier` has already, or a new one that lives as long as the process.
fn regime(earlier: &[LocalTimeType], offset: Offset, abbreviation: &str, dst: Dst) -> LocalTimeType {
    let known = earlier.iter().rev().map(|regime| regime.abbreviation).find(|known| *known == abbreviation);
    let abbreviation = known.unwrap_or_else(|| Box::leak(abbreviation.into()));
    LocalTimeType { offset: east(offset.seconds()), abbreviation, is_dst: dst.is_dst() }
}

/// Normalises daylight saving time to be ahead of standard time, everywhere.
///
/// By law, winter in Dublin and Ramadan in Casablanca are an exception an hour *behind* standard time. The main form of tz
/// follows the law, its `rearguard` form the usual view. The bundled database has the second form and most systems the
/// first, and a feed must not depend on which of two equal versions is used.
fn count_summers_as_ahead(regimes: &mut [LocalTimeType]) {
    let given = regimes.to_vec();
    let behind = |index: usize| {
        let ahead = |other: &LocalTimeType| !other.is_dst && seconds(*other) > seconds(given[index]);
        given[index].is_dst && index > 0 && ahead(&given[index - 1]) && given.get(index + 1).is_none_or(ahead)
    };
    for index in (0..given.len()).filter(|index| behind(*index)) {
        regimes[index].is_dst = false;
        if let Some(next) = regimes.get_mut(index + 1) {
            next.is_dst = true;
        }
    }
}

fn later_offsets(zone: &TimeZone, wall: i64) -> Offsets {
    // The local time as if it were UTC, which jiff expects.
    let civil = Offset::UTC.to_datetime(timestamp(wall));
    match zone.to_ambiguous_timestamp(civil).offset() {
        jiff::tz::AmbiguousOffset::Unambiguous { offset } => Offsets::One(east(offset.seconds())),
        jiff::tz::AmbiguousOffset::Gap { before, after } | jiff::tz::AmbiguousOffset::Fold { before, after } => {
            let latest = wall - i64::from(before.seconds().min(after.seconds()));
            let at = zone.preceding(timestamp(latest + 1)).next();
            let at = at.map_or(latest, |transition| transition.timestamp().as_second());
            Offsets::Two { before: east(before.seconds()), after: east(after.seconds()), at }
        }
    }
}

fn seconds(regime: LocalTimeType) -> i32 {
    regime.offset.local_minus_utc()
}

/// jiff's range is ±9999 years, chrono's ±262142: a time beyond it gets the answer of its edge.
fn timestamp(at: i64) -> Timestamp {
    let at = at.clamp(Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
    Timestamp::from_second(at).unwrap_or(Timestamp::MAX)
}

/// Seconds east of UTC. chrono wants less than a day, and real offsets are; a crafted file's are cut to that.
const fn east(seconds: i32) -> FixedOffset {
    let cut = if seconds > 86_399 {
        86_399
    } else if seconds < -86_399 {
        -86_399
    } else {
        seconds
    };
    match FixedOffset::east_opt(cut) {
        Some(offset) => offset,
        None => panic!("cut to less than a day above"),
    }
}
