//! The day that a text means, where the day on which it is read is known.

use chrono::{Datelike, Days, NaiveDate};

use super::{DateWords, Relative, Written};

/// The day of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Day {
    /// The day.
    pub date: NaiveDate,
    /// Whether it depends on the day of reading.
    pub is_assumed: bool,
}

impl Written {
    /// The day of a text that is read on `today`: of a date without a year, and of a weekday alone, the next one, today
    /// included. None for a text without a day, or with one that does not exist. Whether a weekday fits its date is not
    /// judged here.
    pub fn day(&self, today: NaiveDate) -> Option<Day> {
        let assumed = |date: NaiveDate| Day { date, is_assumed: true };
        if let Some(date) = &self.date {
            let DateWords { year, month, day } = date.value;
            return match year {
                Some(year) => Some(Day { date: NaiveDate::from_ymd_opt(year, month, day)?, is_assumed: false }),
                // 29 February is eight years away at most.
                None => (0..=8)
                    .filter_map(|years| NaiveDate::from_ymd_opt(today.year() + years, month, day))
                    .find(|date| *date >= today)
                    .map(assumed),
            };
        }
        let next = |from: NaiveDate| {
            let ahead = self.weekday.as_ref()?.value.days_since(from.weekday());
            from.checked_add_days(Days::new(ahead.into())).map(assumed)
        };
        match self.relative.as_ref().map(|part| part.value) {
            Some(Relative::Days(days)) => today.checked_add_signed(chrono::TimeDelta::days(days)).map(assumed),
            Some(Relative::Next) => next(today.succ_opt()?),
            Some(Relative::This) | None => next(today),
        }
    }

    /// Whether a date, a weekday or a word such as `tomorrow` is written.
    pub fn names_a_day(&self) -> bool {
        self.date.is_some() || self.weekday.is_some() || self.relative.is_some()
    }

    /// The text with its day as a date in figures. A weekday beside a date stays, to be judged.
    pub fn dated(&self, text: &str, date: NaiveDate) -> String {
        let mut out = match &self.weekday {
            Some(weekday)
                if self.date.is_some()
                    || matches!(&self.relative, Some(part) if matches!(part.value, Relative::Days(_))) =>
            {
                format!("{} {date}", super::super::point::long_weekday(weekday.value))
            }
            _ => date.to_string(),
        };
        let parts = [
            self.time.as_ref().map(|part| &part.range),
            self.zone.as_ref().map(|part| &part.range),
            self.day_shift.as_ref().map(|part| &part.range),
        ];
        for range in parts.into_iter().flatten() {
            out.push(' ');
            out.push_str(&text[range.clone()]);
        }
        out
    }
}
