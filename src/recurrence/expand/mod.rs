//! Expands a rule: all occurrences in a window, the first, the last, and the nearest to a time.
//!
//! All times are local times without a zone; zones are resolved elsewhere. Nothing is refused: a start outside the years 1
//! to 9999 has no occurrences, and no occurrence is after 9999.
//!
//! What surprises:
//! - A start that the rule does not produce is not an occurrence (RFC 5545 leaves that undefined); callers warn by
//!   [`Rule::start_matches`]. It does not count towards COUNT.
//! - The cost of a window is proportional to its occurrences: the first period is computed, not iterated to. Only COUNT
//!   depends on earlier occurrences: nothing for plain daily and weekly rules, otherwise 10 to 25 ns per period, for at
//!   most two cycles of 400 years, after which the calendar repeats. The slowest case, a COUNT of 100,000 in the year
//!   9000, takes under a millisecond.
//! - A rule that never matches is abandoned after one such cycle, mostly within microseconds.

mod bits;
mod civil;
mod count;
mod month;
mod occurrences;
mod period;
mod plan;
mod times;
mod week;
mod year;

use chrono::{Days, NaiveDateTime, NaiveTime, TimeDelta};

use crate::recurrence::{End, Rule, Until};

pub use occurrences::Occurrences;
use plan::Plan;

impl Rule {
    /// The occurrences that start in `[from, to)`, in order, none twice.
    pub fn between(&self, start: NaiveDateTime, from: NaiveDateTime, to: NaiveDateTime) -> Occurrences<'_> {
        Occurrences::new(self, start, from, to)
    }

    /// Whether `at` is exactly the start of an occurrence.
    pub fn contains(&self, start: NaiveDateTime, at: NaiveDateTime) -> bool {
        self.between(start, at, just_after(at)).next().is_some()
    }

    /// Whether the rule produces its own start.
    pub fn start_matches(&self, start: NaiveDateTime) -> bool {
        self.contains(start, start)
    }

    /// The first occurrence; `None` when the rule yields nothing.
    pub fn first(&self, start: NaiveDateTime) -> Option<NaiveDateTime> {
        self.between(start, start, NaiveDateTime::MAX).next()
    }

    /// The last occurrence; `None` when there is none, or no end to them.
    pub fn last(&self, start: NaiveDateTime) -> Option<NaiveDateTime> {
        match self.end {
            End::Never => None,
            End::Count(_) | End::Until(_) => self.before(start, NaiveDateTime::MAX),
        }
    }

    /// The last occurrence that starts before `at`, `at` itself excluded.
    pub fn before(&self, start: NaiveDateTime, at: NaiveDateTime) -> Option<NaiveDateTime> {
        let plan = Plan::new(self, start)?;
        let mut at = at.min(self.bound());
        if let End::Count(count) = self.end
            && at > start
            && let Some(last) = plan.nth(u64::from(count.get()), at)
        {
            at = at.min(just_after(last));
        }
        plan.last_before(at)
    }

    /// The occurrence nearest to `at`, before, on or after it; the earlier of two equally near.
    pub fn nearest(&self, start: NaiveDateTime, at: NaiveDateTime) -> Option<NaiveDateTime> {
        let next = self.between(start, at, NaiveDateTime::MAX).next();
        // While something follows, COUNT is not used up: no need to count again.
        let previous = match next {
            Some(_) => Plan::new(self, start)?.last_before(at),
            None => self.before(start, at),
        };
        match (previous, next) {
            (Some(previous), Some(next)) if next - at < at - previous => Some(next),
            (previous, next) => previous.or(next),
        }
    }

    /// The end of the rule as a bound, itself excluded: UNTIL is inclusive, hence the nanosecond.
    fn bound(&self) -> NaiveDateTime {
        match self.end {
            End::Never | End::Count(_) => NaiveDateTime::MAX,
            End::Until(Until::Date(date)) => {
                date.checked_add_days(Days::new(1)).map_or(NaiveDateTime::MAX, |next| next.and_time(NaiveTime::MIN))
            }
            End::Until(Until::DateTime(moment) | Until::Utc(moment)) => just_after(moment),
        }
    }
}

fn just_after(moment: NaiveDateTime) -> NaiveDateTime {
    moment.checked_add_signed(TimeDelta::nanoseconds(1)).unwrap_or(NaiveDateTime::MAX)
}
