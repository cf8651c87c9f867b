//! Days of a long action that people count: day 50, day 100.

use std::cmp::Ordering;

use chrono::{NaiveDate, TimeDelta};

use crate::event::{Ends, Event};

/// A day with a round number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Milestone {
    /// The first day is day 1.
    pub number: i64,
    /// By the event's own clock.
    pub day: NaiveDate,
    /// Before the as-of day, on it, or after it.
    pub position: Ordering,
}

/// Shorter events are not counted.
const LONG: i64 = 30;

/// The most past milestones, and the most future ones.
const SHOWN: [usize; 2] = [2, 3];

/// Whether people count up to that day: 50, a year, and every hundred.
fn is_round(number: i64) -> bool {
    number == 50 || number == 365 || number % 100 == 0
}

/// The last milestones before `today` and the next ones from `today`, of an open or long event. Empty for events that repeat
/// or are cancelled.
pub fn around(event: &Event, today: NaiveDate) -> Vec<Milestone> {
    let first = event.when.first_day();
    let count = match event.ends {
        Ends::Open => i64::MAX,
        Ends::Stated | Ends::Assumed => (event.when.last_day() - first).num_days() + 1,
    };
    if count <= LONG || event.repeat.is_some() || !event.status.takes_place() {
        return Vec::new();
    }
    let now = (today - first).num_days() + 1;
    let milestone = |number: i64| {
        let day = first.checked_add_signed(TimeDelta::try_days(number - 1)?)?;
        Some(Milestone { number, day, position: number.cmp(&now) })
    };
    let [past, next] = SHOWN;
    let before = (1..now.min(count.saturating_add(1)).max(1)).rev().filter(|number| is_round(*number)).take(past);
    let from = (now.max(1)..=count.min(now.max(1).saturating_add(1_000))).filter(|number| is_round(*number)).take(next);
    let mut numbers: Vec<i64> = before.chain(from).collect();
    numbers.sort_unstable();
    numbers.into_iter().filter_map(milestone).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Status;
    use crate::view::sample::{days, event};

    fn shown(event: &Event, today: &str) -> Vec<String> {
        let today = today.parse().expect("a date");
        let word = |position| match position {
            Ordering::Less => "was",
            Ordering::Equal => "today",
            Ordering::Greater => "is",
        };
        around(event, today).iter().map(|one| format!("{} {} {}", one.number, word(one.position), one.day)).collect()
    }

    #[test]
    fn the_last_ones_and_the_next_ones() {
        let occupation = event("a", days("2016-10-10", "2017-03-12"));
        assert_eq!(shown(&occupation, "2016-11-01"), ["50 is 2016-11-28", "100 is 2017-01-17"]);
        assert_eq!(shown(&occupation, "2017-01-17"), ["50 was 2016-11-28", "100 today 2017-01-17"]);
        assert_eq!(shown(&occupation, "2026-11-20"), ["50 was 2016-11-28", "100 was 2017-01-17"]);
        assert_eq!(shown(&occupation, "2010-01-01"), ["50 is 2016-11-28", "100 is 2017-01-17"]);
        let open = Event { ends: Ends::Open, ..occupation.clone() };
        assert_eq!(
            shown(&open, "2017-09-01"),
            ["200 was 2017-04-27", "300 was 2017-08-05", "365 is 2017-10-09", "400 is 2017-11-13", "500 is 2018-02-21"]
        );
        assert_eq!(shown(&Event { status: Status::Cancelled, ..open }, "2017-09-01"), Vec::<String>::new());
        assert_eq!(shown(&event("a", days("2016-10-10", "2016-11-09")), "2017-01-01"), Vec::<String>::new());
    }
}
