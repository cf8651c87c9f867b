//! The days of a month that BYMONTHDAY and BYDAY leave, as 31 bits.

use chrono::Weekday;

use crate::recurrence::Rule;

/// BYMONTHDAY, from the front and from the back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MonthDays {
    /// Bit 0 is the 1st.
    front: u32,
    /// Bit 0 is the last day.
    back: u32,
}

impl MonthDays {
    pub(super) fn new(days: &[i8]) -> MonthDays {
        let mut month_days = MonthDays { front: 0, back: 0 };
        for day in days {
            if *day > 0 {
                month_days.front |= 1 << (day - 1);
            } else {
                month_days.back |= 1 << (-1 - day);
            }
        }
        month_days
    }

    /// As bits of a month of that many days.
    pub(super) fn bits(self, len: i32) -> u32 {
        // Reversed, the last day is bit 31: shift it down to the end of the month; days before the 1st are dropped.
        (self.front | self.back.reverse_bits() >> (32 - len)) & all(len)
    }
}

/// BYDAY: weekdays without a number as a mask from Monday; those with one stay in the rule's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WeekDays {
    pub(super) any: u8,
    pub(super) ordinals: bool,
}

impl WeekDays {
    pub(super) fn new(days: &[(Option<i8>, Weekday)]) -> WeekDays {
        let mut week_days = WeekDays { any: 0, ordinals: false };
        for (ordinal, day) in days {
            match ordinal {
                Some(_) => week_days.ordinals = true,
                None => week_days.any |= 1 << day.num_days_from_monday(),
            }
        }
        week_days
    }

    /// The mask turned so that bit 0 is `first`, repeated from there on.
    pub(super) fn pattern(self, first: i32) -> u64 {
        let any = u64::from(self.any);
        let week = (any >> first | any << (7 - first)) & 0x7f;
        // One bit every 7: the copies do not overlap, so the product is their union.
        week.wrapping_mul(0x8102_0408_1020_4081)
    }
}

/// Every day of a month of that length.
pub(super) fn all(len: i32) -> u32 {
    (1 << len) - 1
}

/// Where the numbered weekdays of the rule fall, in a span of `len` days that begins on weekday `first`.
pub(super) fn ordinals(rule: &Rule, first: i32, len: i32) -> impl Iterator<Item = i32> {
    rule.by_day.iter().filter_map(move |(ordinal, day)| {
        let offset = (day.num_days_from_monday() as i32 - first).rem_euclid(7);
        let count = (len - offset + 6) / 7;
        let number = i32::from((*ordinal)?);
        let place = if number > 0 { number - 1 } else { count + number };
        (0..count).contains(&place).then_some(offset + 7 * place)
    })
}

/// The days that both leave, in a month of `len` days that begins on weekday `first`.
///
/// Numbered weekdays are counted within the month.
pub(super) fn days(
    rule: &Rule,
    month_days: Option<MonthDays>,
    week_days: Option<WeekDays>,
    first: i32,
    len: i32,
) -> u32 {
    let mut bits = month_days.map_or(all(len), |days| days.bits(len));
    if let Some(week_days) = week_days {
        let mut wanted = week_days.pattern(first) as u32;
        if week_days.ordinals {
            for day in ordinals(rule, first, len) {
                wanted |= 1 << day;
            }
        }
        bits &= wanted;
    }
    bits
}
