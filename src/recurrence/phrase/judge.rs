//! Slots → rule: what the words of a phrase say together.

use std::num::NonZeroU32;
use std::ops::Range;

use super::super::{Freq, Rule};
use super::Reason;
use super::read::{Refusal, Slots, WORKDAYS, conflict, month_days, refuse};

impl Slots {
    /// Fills in the frequency where only days were said, and refuses what one rule cannot say.
    pub(super) fn rule(mut self, whole: Range<usize>) -> Result<Rule, Refusal> {
        if !self.waiting.is_empty() {
            let days = month_days(&std::mem::take(&mut self.waiting))?;
            match self.months.last_mut() {
                Some((_, own)) if own.is_empty() => *own = days,
                Some(_) => return conflict(&whole, "one rule has the same days in all its months: write two records"),
                None => self.month_days.extend(days),
            }
        }
        let given: Vec<&Vec<i8>> = self.months.iter().map(|(_, days)| days).filter(|days| !days.is_empty()).collect();
        if given.windows(2).any(|pair| pair[0] != pair[1]) {
            return conflict(&whole, "one rule has the same days in all its months: write two records");
        }
        let month_days = given.first().map_or_else(|| self.month_days.clone(), |days| (*days).clone());
        let numbered = self.days.iter().filter(|(ordinal, _)| ordinal.is_some()).count();
        let freq = match self.freq {
            Some(known) => known,
            None if !self.months.is_empty() => (Freq::Yearly, 1),
            None if !month_days.is_empty() || numbered > 0 || !self.workdays.is_empty() => (Freq::Monthly, 1),
            None if !self.days.is_empty() => (Freq::Weekly, 1),
            None => return refuse(&whole, Reason::NotUnderstood),
        };
        if let Some((number, day, place)) = &self.doubtful
            && self.freq.is_none()
            && self.months.is_empty()
        {
            let day = format!("{day:?}").to_lowercase();
            let ordinal = super::super::words::ordinal(*number);
            let readings = [format!("every {number} weeks on {day}"), format!("every month on the {ordinal} {day}")];
            return refuse(place, Reason::Ambiguous(readings));
        }
        if !self.days.is_empty() && !month_days.is_empty() {
            return conflict(&whole, "a weekday and a day of the month are two rules: write two records");
        }
        if !self.workdays.is_empty() {
            return self.rule_of_workdays(freq.0, freq.1, &month_days, whole);
        }
        let (freq, times) = freq;
        let plain = self.days.len() - numbered;
        match freq {
            Freq::Daily if !self.days.is_empty() || !month_days.is_empty() => {
                return conflict(
                    &whole,
                    "a daily repeat has no other days: write `every week on …` or `every month on …`",
                );
            }
            Freq::Weekly if numbered > 0 || !month_days.is_empty() => {
                return conflict(&whole, "a weekly repeat has weekdays only: write `every month on …`");
            }
            Freq::Monthly if plain > 0 => {
                return conflict(
                    &whole,
                    "which one in the month? write `every month on the 1st …`, or `every week on …`",
                );
            }
            Freq::Monthly if !self.months.is_empty() => {
                return conflict(&whole, "a monthly repeat is in every month: write `every year on … of …`");
            }
            Freq::Yearly if plain > 0 => {
                return conflict(
                    &whole,
                    "which one in the year? write `every year on the 1st … of …`, or `every week on …`",
                );
            }
            Freq::Yearly if self.months.is_empty() && !month_days.is_empty() => {
                return conflict(&whole, "in which month? write `every year on 1 may`, or `every month on day 1`");
            }
            _ => {}
        }
        let interval = self.interval.unwrap_or(1).checked_mul(times).and_then(NonZeroU32::new);
        let Some(interval) = interval else {
            return refuse(&whole, Reason::OutOfRange("a smaller interval"));
        };
        let mut rule = Rule::every(freq);
        rule.interval = interval;
        rule.by_month = self.months.iter().map(|(month, _)| *month).collect();
        rule.by_month_day = month_days;
        rule.by_day = self.days;
        if let Some((day, place)) = self.or_last {
            or_last(&mut rule, day, &place)?;
        }
        Ok(rule.normalised())
    }
}

impl Slots {
    /// "the last weekday of the month": one of the days from Monday to Friday, by its place among them.
    fn rule_of_workdays(self, freq: Freq, times: u32, month_days: &[i8], whole: Range<usize>) -> Result<Rule, Refusal> {
        if !self.days.is_empty() || !month_days.is_empty() {
            return conflict(&whole, "a numbered weekday and another day are two rules: write two records");
        }
        if let Some(place) = &self.doubtful_workday
            && self.freq.is_none()
            && self.months.is_empty()
        {
            return conflict(place, "which one in the month? write `every month on the 2nd weekday`");
        }
        if matches!(freq, Freq::Daily | Freq::Weekly) {
            return conflict(&whole, "such a weekday is one of a month: write `every month on the last weekday`");
        }
        if freq == Freq::Monthly && !self.months.is_empty() {
            return conflict(&whole, "a monthly repeat is in every month: write `every year on … of …`");
        }
        let interval = self.interval.unwrap_or(1).checked_mul(times).and_then(NonZeroU32::new);
        let Some(interval) = interval else {
            return refuse(&whole, Reason::OutOfRange("a smaller interval"));
        };
        // BYSETPOS counts in a whole period, so that several months need a monthly one.
        let several = self.months.len() > 1;
        if several && interval != NonZeroU32::MIN {
            return conflict(&whole, "one rule has one such month: write two records");
        }
        let mut rule = Rule::every(if several { Freq::Monthly } else { freq });
        rule.interval = interval;
        rule.by_month = self.months.iter().map(|(month, _)| *month).collect();
        rule.by_day = WORKDAYS.map(|day| (None, day)).to_vec();
        rule.by_set_pos = self.workdays.iter().map(|(number, _)| *number as i16).collect();
        Ok(rule.normalised())
    }
}

/// Lets `day` give way to the last day of a month that is shorter.
fn or_last(rule: &mut Rule, day: i8, place: &Range<usize>) -> Result<(), Refusal> {
    if rule.by_month_day.is_empty() || !matches!(rule.freq, Freq::Monthly | Freq::Yearly) {
        return conflict(place, "a day of the month is needed for it: write `every month on day 31 or the last`");
    }
    // No month is longer, so that this is the last day of each.
    if day == 31 || rule.by_month == [2] {
        rule.by_month_day.retain(|other| *other != day);
        rule.by_month_day.push(-1);
        return Ok(());
    }
    if !rule.by_month.is_empty() && !rule.by_month.contains(&2) {
        return Ok(());
    }
    if rule.by_month_day.len() > 1 || rule.freq == Freq::Yearly {
        return conflict(place, "one rule has one such day: write two records");
    }
    rule.by_month_day = (28..=day).collect();
    rule.by_set_pos = vec![-1];
    Ok(())
}
