//! One period of a rule, expanded: its days, times and chosen positions, counted without being listed.

use chrono::{Datelike, NaiveDateTime};

use super::bits::Bits;
use super::civil;
use super::times::Times;

/// The occurrences of one period, as if there were no start and no end.
#[derive(Debug, Clone, Default)]
pub(super) struct Period {
    /// Day number of the first bit.
    pub(super) base: i32,
    pub(super) days: Bits,
    /// Which of days × times BYSETPOS leaves, sorted; `None` without BYSETPOS.
    pub(super) picks: Option<Vec<u32>>,
}

impl Period {
    pub(super) fn len(&self, times: &Times) -> u32 {
        match &self.picks {
            Some(picks) => picks.len() as u32,
            None => self.days.len() * times.len(),
        }
    }

    /// How many of its occurrences come before `moment`.
    pub(super) fn rank(&self, times: &Times, moment: NaiveDateTime) -> u32 {
        let day = moment.num_days_from_ce() - self.base;
        let mut rank = self.days.rank(day) * times.len();
        if self.days.has(day) {
            rank += times.all().partition_point(|time| *time < moment.time()) as u32;
        }
        match &self.picks {
            Some(picks) => picks.partition_point(|pick| *pick < rank) as u32,
            None => rank,
        }
    }

    /// The occurrence with that many before it in the period.
    pub(super) fn get(&self, times: &Times, index: u32) -> Option<NaiveDateTime> {
        let place = match &self.picks {
            Some(picks) => *picks.get(index as usize)?,
            None => index,
        };
        let times = times.all();
        let count = times.len() as u32;
        let day = self.days.select(place.checked_div(count)?)?;
        Some(civil::date(self.base + day).and_time(times[(place % count) as usize]))
    }
}

/// The places, from 0, that BYSETPOS chooses out of `total`; sorted, without doubles.
pub(super) fn picks(positions: &[i16], total: u32) -> Vec<u32> {
    let mut picks: Vec<u32> = positions
        .iter()
        .filter_map(|position| {
            let place = if *position > 0 { i64::from(*position) - 1 } else { i64::from(total) + i64::from(*position) };
            u32::try_from(place).ok().filter(|place| *place < total)
        })
        .collect();
    picks.sort_unstable();
    picks.dedup();
    picks
}
