//! The times of day that a rule gives to each of its days: the start's, unless BYHOUR, BYMINUTE or BYSECOND say otherwise.

use chrono::{NaiveTime, Timelike};

use super::period::picks;
use crate::recurrence::{Freq, Rule};

/// Sorted, without doubles.
#[derive(Debug, Clone)]
pub(super) enum Times {
    One(NaiveTime),
    Many(Vec<NaiveTime>),
}

impl Times {
    /// At most 24 × 60 × 60 of them.
    pub(super) fn new(rule: &Rule, start: NaiveTime) -> Times {
        let by_position = rule.freq == Freq::Daily && !rule.by_set_pos.is_empty();
        if !rule.sets_times() && !by_position {
            return Times::One(start);
        }
        let list = |values: &[u8], given: u32| -> Vec<u32> {
            if values.is_empty() { vec![given] } else { values.iter().map(|value| u32::from(*value)).collect() }
        };
        let hours = list(&rule.by_hour, start.hour());
        let minutes = list(&rule.by_minute, start.minute());
        let mut seconds = list(&rule.by_second, start.second());
        for second in &mut seconds {
            // No leap seconds here: 60 is 59 (RFC 5545 3.3.12).
            *second = (*second).min(59);
        }
        seconds.dedup();
        let mut times = Vec::with_capacity(hours.len() * minutes.len() * seconds.len());
        for hour in &hours {
            for minute in &minutes {
                times.extend(seconds.iter().filter_map(|second| {
                    let of_day = hour * 3600 + minute * 60 + second;
                    NaiveTime::from_num_seconds_from_midnight_opt(of_day, start.nanosecond().min(999_999_999))
                }));
            }
        }
        if by_position {
            // A day is the whole period, so the positions are the same every day: chosen here, once.
            times =
                picks(&rule.by_set_pos, times.len() as u32).into_iter().map(|place| times[place as usize]).collect();
        }
        Times::Many(times)
    }

    pub(super) fn all(&self) -> &[NaiveTime] {
        match self {
            Times::One(time) => std::slice::from_ref(time),
            Times::Many(times) => times,
        }
    }

    pub(super) fn len(&self) -> u32 {
        self.all().len() as u32
    }
}
