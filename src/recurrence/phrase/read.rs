//! Words → slots. Words fill slots from left to right; what the slots say together, [`judge`](super::judge) turns into
//! a rule.

use std::ops::Range;

use chrono::{NaiveTime, Weekday};

use super::super::{Freq, Rule};
use super::hours::hours;
use super::token::{Word, meaning, split};
use super::{Reason, Timed};

pub(super) type Refusal = (Range<usize>, Reason);

pub(super) const WORKDAYS: [Weekday; 5] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
const WEEKEND: [Weekday; 2] = [Weekday::Sat, Weekday::Sun];

/// The parts read so far.
#[derive(Default)]
pub(super) struct Slots {
    pub(super) freq: Option<(Freq, u32)>,
    pub(super) interval: Option<u32>,
    /// Ordinals and numbers that wait for the word that they belong to.
    pub(super) waiting: Vec<(i32, Range<usize>)>,
    /// The waiting ones follow "every", as in "every second tuesday".
    pub(super) after_every: bool,
    pub(super) days: Vec<(Option<i8>, Weekday)>,
    /// Which of the weekdays from Monday to Friday: the first or the last one of a month or year.
    pub(super) workdays: Vec<(i32, Range<usize>)>,
    /// "every 2nd weekday": valid only with a month or year.
    pub(super) doubtful_workday: Option<Range<usize>>,
    /// The days of the month said so far, for the months said after them.
    pub(super) month_days: Vec<i8>,
    /// Each month with its own days.
    pub(super) months: Vec<(u8, Vec<i8>)>,
    /// "every second tuesday", with its position: valid only with a month or year.
    pub(super) doubtful: Option<(i32, Weekday, Range<usize>)>,
    pub(super) last_days: Option<Range<usize>>,
    /// "or the last": the day of the month that is replaced by the last day, with its position.
    pub(super) or_last: Option<(i8, Range<usize>)>,
}

/// The days said so far, for the hour that follows or that came before.
#[derive(Default)]
#[expect(clippy::struct_field_names, reason = "days of the week and of the month")]
struct Days {
    days: Vec<(Option<i8>, Weekday)>,
    workdays: Vec<(i32, Range<usize>)>,
    doubtful_workday: Option<Range<usize>>,
    month_days: Vec<i8>,
    months: Vec<(u8, Vec<i8>)>,
    waiting: Vec<(i32, Range<usize>)>,
    doubtful: Option<(i32, Weekday, Range<usize>)>,
    or_last: Option<(i8, Range<usize>)>,
}

impl Days {
    fn is_empty(&self) -> bool {
        self.days.is_empty()
            && self.workdays.is_empty()
            && self.month_days.is_empty()
            && self.months.is_empty()
            && self.waiting.is_empty()
    }
}

/// Reads the phrase into one rule for each hour, or one rule without an hour; an error has its position.
pub(super) fn read(text: &str) -> Result<Vec<Timed>, Refusal> {
    let whole = 0..text.len();
    let mut slots = Slots::default();
    let mut words = Vec::new();
    let mut groups: Vec<(Days, Vec<NaiveTime>)> = Vec::new();
    // Whether hours precede their days: "at 10:00 on mon".
    let mut hours_first = false;
    let mut end_of_hours = 0;
    for (range, piece) in split(text) {
        if range.start < end_of_hours {
            continue;
        }
        let word = meaning(&piece).ok_or_else(|| (range.clone(), Reason::NotUnderstood))?;
        match word {
            Word::Filler => {}
            Word::At => {
                let (hours, end) = hours(text, range.end)?;
                end_of_hours = end;
                slots.take_all(&std::mem::take(&mut words))?;
                let days = slots.take_days();
                hours_first |= groups.is_empty() && days.is_empty();
                match groups.last_mut() {
                    Some((own, at)) if days.is_empty() || (hours_first && own.is_empty()) => {
                        if days.is_empty() {
                            at.extend(hours);
                        } else {
                            *own = days;
                            groups.push((Days::default(), hours));
                        }
                    }
                    _ => groups.push((days, hours)),
                }
            }
            word => words.push((word, range)),
        }
    }
    slots.take_all(&words)?;
    if groups.is_empty() {
        return Ok(vec![Timed { at: None, rule: slots.rule(whole)? }]);
    }
    let days = slots.take_days();
    if !days.is_empty() {
        match groups.last_mut() {
            Some((own, _)) if hours_first && own.is_empty() => *own = days,
            _ => return conflict(&whole, "at what time on the last of these days? write `at` after it too"),
        }
    }
    slots.rules(groups, whole)
}

pub(super) fn refuse<T>(range: &Range<usize>, reason: Reason) -> Result<T, Refusal> {
    Err((range.clone(), reason))
}

pub(super) fn conflict<T>(range: &Range<usize>, why: &'static str) -> Result<T, Refusal> {
    refuse(range, Reason::Conflict(why))
}

impl Slots {
    fn take_all(&mut self, words: &[(Word, Range<usize>)]) -> Result<(), Refusal> {
        let mut at = 0;
        while at < words.len() {
            at += self.take(words, at)?;
        }
        Ok(())
    }

    /// The days said so far; the frequency stays for those to come.
    fn take_days(&mut self) -> Days {
        self.after_every = false;
        self.last_days = None;
        let Slots { waiting, days, workdays, doubtful_workday, month_days, months, doubtful, or_last, .. } = self;
        Days {
            days: std::mem::take(days),
            workdays: std::mem::take(workdays),
            doubtful_workday: doubtful_workday.take(),
            month_days: std::mem::take(month_days),
            months: std::mem::take(months),
            waiting: std::mem::take(waiting),
            doubtful: doubtful.take(),
            or_last: or_last.take(),
        }
    }

    /// A rule for each hour of each group of days; days at the same hour make one rule.
    fn rules(self, groups: Vec<(Days, Vec<NaiveTime>)>, whole: Range<usize>) -> Result<Vec<Timed>, Refusal> {
        let mut timed: Vec<Timed> = Vec::new();
        for (days, hours) in groups {
            let Days { days, workdays, doubtful_workday, month_days, months, waiting, doubtful, or_last } = days;
            let slots = Slots {
                freq: self.freq,
                interval: self.interval,
                waiting,
                days,
                workdays,
                doubtful_workday,
                month_days,
                months,
                doubtful,
                or_last,
                ..Slots::default()
            };
            let rule = slots.rule(whole.clone())?;
            for hour in hours {
                match timed.iter_mut().find(|known| known.at == Some(hour) && known.rule.joins(&rule)) {
                    Some(known) => known.rule.by_day.extend_from_slice(&rule.by_day),
                    None => timed.push(Timed { at: Some(hour), rule: rule.clone() }),
                }
            }
        }
        for one in &mut timed {
            one.rule = one.rule.clone().normalised();
        }
        Ok(timed)
    }

    /// Takes the word at `at`, and as many after it as belong to it; says how many.
    fn take(&mut self, words: &[(Word, Range<usize>)], at: usize) -> Result<usize, Refusal> {
        let (word, range) = &words[at];
        let next = |ahead: usize| words.get(at + ahead).map(|(word, _)| *word);
        let previous = at.checked_sub(1).map(|before| words[before].0);
        match *word {
            Word::Every => self.after_every = self.waiting.is_empty(),
            Word::Other => match next(1) {
                Some(Word::Unit(..) | Word::Weekday(_) | Word::Weekend) if self.interval.is_none() => {
                    self.interval = Some(2);
                }
                _ => return refuse(range, Reason::NotUnderstood),
            },
            Word::Number(0) => return refuse(range, Reason::OutOfRange("a number from 1 on")),
            Word::Number(number) => match next(1) {
                Some(Word::Unit(..)) if self.interval.is_none() && self.freq.is_none() => {
                    self.interval = Some(number);
                }
                _ if number <= 31 => self.wait(number as i32, range),
                _ => return refuse(range, Reason::OutOfRange("a day of the month from 1 to 31")),
            },
            // "2nd last", "second to last", "second-to-last".
            Word::Ordinal(number) if number > 0 && to_last(&words[at + 1..]).is_some() => {
                self.wait(-number, range);
                return Ok(1 + to_last(&words[at + 1..]).unwrap_or_default());
            }
            Word::Ordinal(number) => self.wait(number, range),
            Word::Unit(freq, times) => return self.unit(freq, times, previous, next(1), range),
            Word::Adverb(freq, times) => self.set_freq(freq, times, range)?,
            Word::Weekday(day) if next(1) == Some(Word::To) => {
                let Some(Word::Weekday(last)) = next(2) else { return refuse(range, Reason::NotUnderstood) };
                let count = last.days_since(day);
                let days: Vec<_> = (0..=count).scan(day, |day, _| Some(std::mem::replace(day, day.succ()))).collect();
                self.weekdays(&days, words, at, range)?;
                return Ok(3);
            }
            Word::Weekday(day) => self.weekdays(&[day], words, at, range)?,
            Word::Workdays => self.workdays(words, at, range)?,
            Word::Working => match next(1) {
                Some(Word::Unit(Freq::Daily, 1)) => {
                    self.workdays(words, at, range)?;
                    self.after_every = false;
                    return Ok(2);
                }
                _ => return refuse(range, Reason::NotUnderstood),
            },
            Word::Weekend => self.weekdays(&WEEKEND, words, at, range)?,
            Word::Month(month) => self.month(month, range)?,
            Word::Or => return self.or_last(words, at),
            Word::And | Word::Of => {}
            Word::To | Word::Filler | Word::At | Word::Noon => return refuse(range, Reason::NotUnderstood),
            Word::TwoReadings(one, other) => {
                return refuse(range, Reason::Ambiguous([one.to_owned(), other.to_owned()]));
            }
        }
        if !matches!(word, Word::Every | Word::Ordinal(_) | Word::And) {
            self.after_every = false;
        }
        Ok(1)
    }

    fn wait(&mut self, number: i32, range: &Range<usize>) {
        self.waiting.push((number, range.clone()));
    }

    fn set_freq(&mut self, freq: Freq, times: u32, range: &Range<usize>) -> Result<(), Refusal> {
        match self.freq {
            Some((known, _)) if known != freq => conflict(range, "this names a second frequency"),
            Some(_) => Ok(()),
            None => {
                self.freq = Some((freq, times));
                Ok(())
            }
        }
    }

    /// "every 2 weeks", "every second week", "of the month", "day 15", "the last day".
    fn unit(
        &mut self,
        freq: Freq,
        times: u32,
        previous: Option<Word>,
        next: Option<Word>,
        range: &Range<usize>,
    ) -> Result<usize, Refusal> {
        let numbered = matches!(previous, Some(Word::Number(_))) && self.waiting.is_empty();
        if freq == Freq::Daily && matches!(next, Some(Word::Number(_) | Word::Ordinal(_))) {
            // "day 15": the number comes next and waits by itself.
            return Ok(1);
        }
        if !self.waiting.is_empty() && previous != Some(Word::Of) {
            let [(number, place)] = &self.waiting[..] else {
                if freq == Freq::Daily {
                    return Ok(1);
                }
                return conflict(range, "expected a weekday or a month after these numbers");
            };
            let number = *number;
            if self.after_every && number > 0 {
                if freq == Freq::Daily && (2..=31).contains(&number) {
                    let readings = [format!("every {number} days"), format!("every month on day {number}")];
                    // "every 2nd day of the month" is clear: it waits as a day of the month.
                    if next == Some(Word::Of) {
                        return Ok(1);
                    }
                    return refuse(&(place.start..range.end), Reason::Ambiguous(readings));
                }
                self.interval = Some(number as u32);
                self.waiting.clear();
                self.after_every = false;
            } else if freq == Freq::Daily {
                // "the last day", "the 15th day": days of the month, which still wait for one.
                return Ok(1);
            } else {
                self.settle_month_days()?;
            }
        }
        if freq == Freq::Daily && self.freq.is_some() && !numbered {
            return conflict(range, "this names a second frequency");
        }
        self.after_every = false;
        self.set_freq(freq, times, range)?;
        Ok(1)
    }

    fn weekdays(
        &mut self,
        days: &[Weekday],
        words: &[(Word, Range<usize>)],
        at: usize,
        range: &Range<usize>,
    ) -> Result<(), Refusal> {
        if !self.months.is_empty() && !self.days.is_empty() && self.last_days.is_none() {
            return conflict(range, "one rule has the same weekdays in all its months");
        }
        // "the first monday and friday": an ordinal reaches on over "and" to the next weekday.
        let joined = self.waiting.is_empty()
            && at > 1
            && words[at - 1].0 == Word::And
            && matches!(words[at - 2].0, Word::Weekday(_));
        let ordinals: Vec<Option<i8>> = if joined {
            let last = self.days.last().map(|(_, day)| *day);
            let mut ordinals = Vec::new();
            // Each once: a weekday that is named again must not double them.
            for (ordinal, _) in self.days.iter().filter(|(_, day)| Some(*day) == last) {
                if !ordinals.contains(ordinal) {
                    ordinals.push(*ordinal);
                }
            }
            ordinals
        } else if self.waiting.is_empty() {
            vec![None]
        } else {
            let mut ordinals = Vec::new();
            for (number, place) in std::mem::take(&mut self.waiting) {
                if !(1..=5).contains(&number.abs()) {
                    return refuse(&place, Reason::OutOfRange("first to fifth, or last"));
                }
                if self.after_every && (2..=5).contains(&number) && days.len() == 1 {
                    self.doubtful = Some((number, days[0], place.start..range.end));
                }
                ordinals.push(Some(number as i8));
            }
            ordinals
        };
        for ordinal in ordinals {
            self.days.extend(days.iter().map(|day| (ordinal, *day)));
        }
        self.last_days = Some(range.clone());
        Ok(())
    }

    /// "weekdays"; "the last weekday" is one of the five, and not each of them.
    fn workdays(&mut self, words: &[(Word, Range<usize>)], at: usize, range: &Range<usize>) -> Result<(), Refusal> {
        if self.waiting.is_empty() {
            return self.weekdays(&WORKDAYS, words, at, range);
        }
        if let Some((Word::Number(_), place)) = at.checked_sub(1).map(|before| &words[before]) {
            return refuse(&(place.start..range.end), Reason::NotUnderstood);
        }
        for (number, place) in std::mem::take(&mut self.waiting) {
            // A month has at most 23 of them.
            if !(1..=23).contains(&number.abs()) {
                return refuse(&place, Reason::OutOfRange("first to 23rd, or last"));
            }
            if self.after_every && number > 1 {
                self.doubtful_workday = Some(place.start..range.end);
            }
            self.workdays.push((number, place));
        }
        Ok(())
    }

    /// A month takes the days that wait for it; days that come after it are given to it at the end.
    fn month(&mut self, month: u8, range: &Range<usize>) -> Result<(), Refusal> {
        // "may 1 and june 1": the number before "and" belongs to the month before.
        if let Some((_, days)) = self.months.last_mut()
            && days.is_empty()
            && self.month_days.is_empty()
            && !self.waiting.is_empty()
        {
            let waiting = std::mem::take(&mut self.waiting);
            *days = month_days(&waiting)?;
            self.months.push((month, Vec::new()));
            return Ok(());
        }
        if !self.waiting.is_empty() {
            self.month_days = month_days(&std::mem::take(&mut self.waiting))?;
        }
        if self.months.iter().any(|(known, _)| *known == month) {
            return conflict(range, "this month is named twice");
        }
        self.months.push((month, self.month_days.clone()));
        self.last_days = self.last_days.take().filter(|_| self.days.is_empty());
        Ok(())
    }

    /// "31 or the last", "29 february or the last day of february": says how many words belong to it.
    fn or_last(&mut self, words: &[(Word, Range<usize>)], at: usize) -> Result<usize, Refusal> {
        let range = &words[at].1;
        let word = |ahead: usize| words.get(at + ahead).map(|(word, _)| *word);
        let month = self.months.last().map(|(month, _)| *month);
        let day = match (self.waiting.last(), self.months.last(), self.month_days.last()) {
            (Some((day, _)), ..) => Some(*day),
            (None, Some((_, days)), _) if !days.is_empty() => days.last().map(|day| i32::from(*day)),
            (None, _, Some(day)) => Some(i32::from(*day)),
            _ => None,
        };
        if word(1) != Some(Word::Ordinal(-1)) || self.or_last.is_some() {
            return refuse(range, Reason::NotUnderstood);
        }
        let Some(day @ 29..=31) = day else {
            return conflict(range, "only day 29, 30 or 31 can give way to the last day of a shorter month");
        };
        self.or_last = Some((day as i8, range.clone()));
        let mut taken = 2 + usize::from(matches!(word(2), Some(Word::Unit(Freq::Daily, 1))));
        let again = matches!(word(taken + 1), Some(Word::Month(again)) if Some(again) == month);
        if self.waiting.is_empty() && word(taken) == Some(Word::Of) && again {
            taken += 2;
        }
        Ok(taken)
    }

    fn settle_month_days(&mut self) -> Result<(), Refusal> {
        let days = month_days(&std::mem::take(&mut self.waiting))?;
        self.month_days.extend(days);
        Ok(())
    }
}

/// How many words say "last", with or without "to" before it.
fn to_last(words: &[(Word, Range<usize>)]) -> Option<usize> {
    let to = words.iter().take_while(|(word, _)| *word == Word::To).count();
    words.get(to).filter(|(word, _)| *word == Word::Ordinal(-1)).map(|_| to + 1)
}

pub(super) fn month_days(waiting: &[(i32, Range<usize>)]) -> Result<Vec<i8>, Refusal> {
    let day = |(number, place): &(i32, Range<usize>)| match number.abs() {
        1..=31 => Ok(*number as i8),
        _ => refuse(place, Reason::OutOfRange("a day of the month from 1 to 31")),
    };
    waiting.iter().map(day).collect()
}

impl Rule {
    /// Whether its weekdays and those of `other` make one rule.
    fn joins(&self, other: &Rule) -> bool {
        let same = Rule { by_day: Vec::new(), ..self.clone() } == Rule { by_day: Vec::new(), ..other.clone() };
        same && !self.by_day.is_empty() && !other.by_day.is_empty()
    }
}
