//! Recurrence rules: one RFC 5545 RRULE with frequency DAILY or longer, valid by construction.
//!
//! Refused are frequencies below a day, combinations that section 3.3.10 forbids (BYWEEKNO outside YEARLY, COUNT with
//! UNTIL, …), and RSCALE and SKIP of RFC 7529. A well-formed rule that never matches (30 February) is a `Rule`; its
//! expansion is empty.
//!
//! What surprises: a rule has no start. Parts that it omits (weekday, day of the month, time) come from the start that it
//! is expanded with. Lists are sorted and deduplicated, so equal rules compare equal however they were written.

pub mod expand;
mod error;
mod limits;
pub mod outlook;
mod parse;
mod phrase;
mod skips;
mod text;
mod words;

use std::num::NonZeroU32;

use chrono::{NaiveDate, NaiveDateTime, Weekday};

pub use error::{RuleError, RuleErrorKind};
pub use phrase::{FORMS, PhraseError, Reason, Timed, parse_phrase, parse_timed};
pub use skips::{Skipped, skips};
pub use words::in_words;

/// How long the periods are that a rule counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Freq {
    /// Days.
    Daily,
    /// Weeks, begun on the rule's `WKST`.
    Weekly,
    /// Calendar months.
    Monthly,
    /// Calendar years.
    Yearly,
}

/// Where a rule ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum End {
    /// Nowhere.
    Never,
    /// After that many occurrences, excluded dates counted.
    Count(NonZeroU32),
    /// At a moment, itself included.
    Until(Until),
}

/// The last moment at which an occurrence may start; inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Until {
    /// The whole of that day.
    Date(NaiveDate),
    /// That wall-clock time.
    DateTime(NaiveDateTime),
    /// That instant in UTC. Expansion knows no zone and takes it as wall-clock time: turn it into `DateTime` first.
    Utc(NaiveDateTime),
}

/// A rule; made by [`Rule::parse`], [`parse_phrase`] or [`Rule::every`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Rule {
    pub(crate) freq: Freq,
    pub(crate) interval: NonZeroU32,
    /// 1 to 12.
    pub(crate) by_month: Vec<u8>,
    /// -53 to 53 without 0.
    pub(crate) by_week_no: Vec<i8>,
    /// -366 to 366 without 0.
    pub(crate) by_year_day: Vec<i16>,
    /// -31 to 31 without 0.
    pub(crate) by_month_day: Vec<i8>,
    /// Ordinals -53 to 53 without 0.
    pub(crate) by_day: Vec<(Option<i8>, Weekday)>,
    /// 0 to 23.
    pub(crate) by_hour: Vec<u8>,
    /// 0 to 59.
    pub(crate) by_minute: Vec<u8>,
    /// 0 to 60; the leap second is expanded as 59.
    pub(crate) by_second: Vec<u8>,
    /// -366 to 366 without 0.
    pub(crate) by_set_pos: Vec<i16>,
    pub(crate) week_start: Weekday,
    pub(crate) end: End,
}

impl Rule {
    /// The rule without any BY part: every day, week, month or year, endlessly.
    pub fn every(freq: Freq) -> Rule {
        Rule {
            freq,
            interval: NonZeroU32::MIN,
            by_month: Vec::new(),
            by_week_no: Vec::new(),
            by_year_day: Vec::new(),
            by_month_day: Vec::new(),
            by_day: Vec::new(),
            by_hour: Vec::new(),
            by_minute: Vec::new(),
            by_second: Vec::new(),
            by_set_pos: Vec::new(),
            week_start: Weekday::Mon,
            end: End::Never,
        }
    }

    /// The same rule with another end: the way in for `until` and `count` of a record, and for an UNTIL that the caller
    /// has turned from UTC into wall-clock time.
    #[must_use]
    pub fn with_end(mut self, end: End) -> Rule {
        self.end = end;
        self
    }

    /// The length of its periods.
    pub fn freq(&self) -> Freq {
        self.freq
    }

    /// Every how many periods.
    pub fn interval(&self) -> NonZeroU32 {
        self.interval
    }

    /// Where it ends.
    pub fn end(&self) -> End {
        self.end
    }

    /// Whether it sets times of day of its own (BYHOUR, BYMINUTE, BYSECOND): meaningless for an all-day start.
    pub fn sets_times(&self) -> bool {
        !(self.by_hour.is_empty() && self.by_minute.is_empty() && self.by_second.is_empty())
    }

    /// How many times of day its lists of hours, minutes and seconds make; 1 without them.
    pub fn times_a_day(&self) -> usize {
        [self.by_hour.len(), self.by_minute.len(), self.by_second.len()].iter().map(|length| (*length).max(1)).product()
    }

    /// Sorts the lists and drops doubles: what every maker of rules ends with.
    pub(crate) fn normalised(mut self) -> Rule {
        fn tidy<T: Ord>(list: &mut Vec<T>) {
            list.sort_unstable();
            list.dedup();
        }
        tidy(&mut self.by_month);
        tidy(&mut self.by_week_no);
        tidy(&mut self.by_year_day);
        tidy(&mut self.by_month_day);
        tidy(&mut self.by_hour);
        tidy(&mut self.by_minute);
        tidy(&mut self.by_second);
        tidy(&mut self.by_set_pos);
        self.by_day.sort_unstable_by_key(|(ordinal, day)| (*ordinal, day.num_days_from_monday()));
        self.by_day.dedup();
        self
    }
}
