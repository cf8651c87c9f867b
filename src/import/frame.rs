//! The clock on which a record is written, and times on it.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use super::value::{Length, Stamp, Time};
use super::zones::{Clock, Unknown, Zones};
use crate::resolve::point::iso;
use crate::zone::{Resolved, Zone};

/// How a record writes its times.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Frame {
    /// As dates.
    Day,
    /// On the clock of a zone.
    Zoned(Zone),
    /// With an offset; such an event cannot repeat.
    Fixed(Clock),
}

/// A time on the clock of a record.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Point {
    /// On the clock; midnight for a date.
    pub wall: NaiveDateTime,
    /// The instant; of a date, midnight in UTC.
    pub at: DateTime<Utc>,
}

/// How long an event lasts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lasts {
    /// That many days.
    Days(i64),
    /// To a time by the clock: each occurrence ends at that clock time.
    Clock(TimeDelta),
    /// Days by the clock, then exact seconds.
    Exact(Length),
    /// Not said: the length of its kind.
    Unsaid,
}

/// The first midnight of a date.
pub fn midnight(day: NaiveDate) -> NaiveDateTime {
    day.and_time(NaiveTime::MIN)
}

impl Frame {
    /// The time on this clock. What is a date is midnight.
    pub fn point(&self, time: &Time, zones: &Zones<'_>) -> Result<Point, Unknown> {
        Ok(match self {
            Frame::Day => {
                let wall = midnight(time.day());
                Point { wall, at: wall.and_utc() }
            }
            Frame::Zoned(zone) => self.at(zones.instant(time, &Clock::Zone(*zone))?),
            Frame::Fixed(clock) => self.at(zones.instant(time, clock)?),
        })
    }

    /// The time of an instant.
    pub fn at(&self, at: DateTime<Utc>) -> Point {
        let wall = match self {
            Frame::Day => at.naive_utc(),
            Frame::Zoned(zone) => at.with_timezone(zone).naive_local(),
            Frame::Fixed(clock) => clock.wall(at),
        };
        Point { wall, at }
    }

    /// The time that a clock shows, read as RFC 5545 has it.
    pub fn of_wall(&self, wall: NaiveDateTime) -> Point {
        match self {
            Frame::Day => Point { wall, at: wall.and_utc() },
            Frame::Zoned(zone) => self.at(zone.instant(wall)),
            Frame::Fixed(clock) => self.at(clock.instant(wall)),
        }
    }

    /// As a record has it; with its offset where the clock shows the time twice.
    pub fn written(&self, point: Point) -> String {
        match self {
            Frame::Day => point.wall.date().to_string(),
            Frame::Zoned(zone) => match zone.resolve(point.wall) {
                Resolved::Overlap { .. } => {
                    let offset = Clock::Zone(*zone).offset_at(point.at);
                    format!("{}{offset}", iso(point.wall))
                }
                Resolved::Single(_) | Resolved::Gap { .. } => iso(point.wall),
            },
            Frame::Fixed(clock) => format!("{}{}", iso(point.wall), clock.offset_at(point.at)),
        }
    }

    /// When an event that begins at `start` ends; `None` if that is not said.
    pub fn end(&self, start: Point, lasts: Lasts) -> Option<Point> {
        match lasts {
            Lasts::Unsaid => None,
            Lasts::Days(days) => start.wall.checked_add_signed(TimeDelta::days(days)).map(|wall| self.of_wall(wall)),
            Lasts::Clock(length) => start.wall.checked_add_signed(length).map(|wall| self.of_wall(wall)),
            Lasts::Exact(length) => {
                let middle = match length.days {
                    0 => start,
                    days => self.of_wall(start.wall.checked_add_signed(TimeDelta::days(days))?),
                };
                middle.at.checked_add_signed(TimeDelta::seconds(length.seconds)).map(|at| self.at(at))
            }
        }
    }

    /// How long an event lasts by its DTEND or DURATION.
    pub fn lasts(
        &self,
        start: Point,
        end: Option<&Time>,
        length: Option<Length>,
        zones: &Zones<'_>,
    ) -> Result<Lasts, Unknown> {
        if matches!(self, Frame::Day) {
            let days = match (end, length) {
                (Some(end), _) => {
                    let whole = (end.day() - start.wall.date()).num_days();
                    let has_more = match end.stamp {
                        Stamp::Day(_) => false,
                        Stamp::Local(wall) | Stamp::Utc(wall) | Stamp::Offset(wall, _) => wall.time() > NaiveTime::MIN,
                    };
                    whole + i64::from(has_more)
                }
                (None, Some(length)) => (length.total() + TimeDelta::hours(24) - TimeDelta::seconds(1)).num_days(),
                (None, None) => 1,
            };
            return Ok(Lasts::Days(days.max(1)));
        }
        if let Some(end) = end {
            let end = self.point(end, zones)?;
            if end.at <= start.at {
                return Ok(Lasts::Unsaid);
            }
            let clock = end.wall - start.wall;
            // Over a change of clocks the hands may stand still.
            return Ok(if clock > TimeDelta::zero() && self.of_wall(end.wall).at == end.at {
                Lasts::Clock(clock)
            } else {
                Lasts::Exact(Length { days: 0, seconds: (end.at - start.at).num_seconds() })
            });
        }
        Ok(match length {
            Some(length) if length.is_positive() => Lasts::Exact(length),
            _ => Lasts::Unsaid,
        })
    }

    /// The line that says how long an event lasts.
    pub fn length_line(&self, start: Point, lasts: Lasts) -> Option<(&'static str, String)> {
        match lasts {
            Lasts::Unsaid | Lasts::Days(1) => None,
            Lasts::Days(days) => {
                let last = start.wall.date().checked_add_signed(TimeDelta::days(days - 1))?;
                Some(("end", last.to_string()))
            }
            Lasts::Clock(_) => self.end(start, lasts).map(|end| ("end", self.written(end))),
            Lasts::Exact(length) => Some(("duration", format!("\"{}\"", length.written()))),
        }
    }
}

/// Whether a time can stand in a record.
pub fn is_in_range(wall: NaiveDateTime) -> bool {
    (1900..=2200).contains(&wall.year())
}
