//! Times of day: in words, and in figures with what stands beside them.

use std::ops::Range;

use chrono::NaiveTime;

use super::{Reader, Taken};
use crate::language::is_noon;
use crate::resolve::datetime_text::figures::offset;
use crate::resolve::datetime_text::{Part, Refusal, TimeOfDay, ZoneWords, names, refuse};

impl Reader<'_> {
    /// A time that its words tell from a date: `4 pm`, `16.30 Uhr`, `18h30`, `noon`.
    pub(super) fn hour(&mut self, at: usize, word: &str) -> Option<Taken> {
        let starts_with_digit = word.starts_with(|c: char| c.is_ascii_digit());
        if starts_with_digit && let Some((count, half)) = self.half_behind(at) {
            return Some(self.clock(word, Some(half), self.range(at, 1 + count)).map(|()| 1 + count));
        }
        for half in ["am", "pm", "a.m.", "p.m.", "a.m", "p.m"] {
            if let Some(number) = word.strip_suffix(half)
                && number.ends_with(|c: char| c.is_ascii_digit())
            {
                return Some(self.clock(number, Some(half.starts_with('p')), self.range(at, 1)).map(|()| 1));
            }
        }
        let next = self.word(at + 1);
        if matches!(word, "12" | "12:00") && next.is_some_and(is_noon) {
            return Some(self.clock("12:00", None, self.range(at, 2)).map(|()| 2));
        }
        if matches!(word, "12" | "12:00" | "0:00" | "00:00" | "24:00") && next == Some("midnight") {
            return Some(match word {
                "12" | "12:00" => self.time(TimeOfDay::Midnight, self.range(at, 2)).map(|()| 2),
                clock => self.clock(clock, None, self.range(at, 2)).map(|()| 2),
            });
        }
        match word {
            _ if is_noon(word) => return Some(self.clock("12:00", None, self.range(at, 1)).map(|()| 1)),
            "midnight" => return Some(self.time(TimeOfDay::Midnight, self.range(at, 1)).map(|()| 1)),
            _ => {}
        }
        // `16.30 Uhr`, `18 h 30`: the word behind it says that it is a time.
        let is_number = starts_with_digit && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        if let Some(clock) = super::compact_clock(word).filter(|_| next.is_some_and(names::is_hours)) {
            return Some(self.clock(&clock, None, self.range(at, 2)).map(|()| 2));
        }
        if is_number && word.len() <= 5 && next.is_some_and(names::is_hours) {
            let minutes = self.word(at + 2).filter(|minutes| {
                !word.contains('.') && minutes.len() == 2 && minutes.parse::<u32>().is_ok_and(|minutes| minutes < 60)
            });
            let (clock, count) = match minutes {
                Some(minutes) => (format!("{word}:{minutes}"), 3),
                None if word.contains('.') => (word.replace('.', ":"), 2),
                None => (format!("{word}:00"), 2),
            };
            return Some(self.clock(&clock, None, self.range(at, count)).map(|()| count));
        }
        // `16:00h`, `18:00 hs`
        let is_clock = |text: &str| {
            text.contains(':') && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b':') && starts_with_digit
        };
        if let Some(clock) = ["hs", "h"].iter().find_map(|unit| word.strip_suffix(unit)).filter(|clock| is_clock(clock))
        {
            return Some(self.clock(clock, None, self.range(at, 1)).map(|()| 1));
        }
        if is_clock(word) && next.is_some_and(|next| matches!(next, "h" | "hs" | "hrs")) {
            return Some(self.clock(word, None, self.range(at, 2)).map(|()| 2));
        }
        let (hours, minutes) = word.split_once('h')?;
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if hours.is_empty() || !all_digits(hours) || !all_digits(minutes) {
            return None;
        }
        let minutes = if minutes.is_empty() { "00" } else { minutes };
        Some(self.clock(&format!("{hours}:{minutes}"), None, self.range(at, 1)).map(|()| 1))
    }

    /// Whether the words behind a number say before or after noon, and how many words.
    pub(super) fn half_behind(&self, at: usize) -> Option<(usize, bool)> {
        match self.word(at + 1)? {
            // In German, `18:00 am 5. Dezember` is `18:00 on 5 December`.
            "am" if self.language.code() == "de"
                && self.word(at + 2).is_some_and(|day| {
                    day.starts_with(|c: char| c.is_ascii_digit()) || self.words.weekday(day).is_some()
                }) =>
            {
                None
            }
            "am" | "a.m." | "a.m" => Some((1, false)),
            "pm" | "p.m." | "p.m" => Some((1, true)),
            half @ ("a." | "p.") if matches!(self.word(at + 2), Some("m." | "m")) => Some((2, half == "p.")),
            // `下午6点`: there the word stands before the hour.
            _ if matches!(self.language.code(), "ja" | "ko" | "zh") => None,
            word => self.words.is_after_noon(word).map(|half| (1, half)),
        }
    }

    pub(super) fn time(&mut self, value: TimeOfDay, range: Range<usize>) -> Result<(), Part<Refusal>> {
        if let Some(time) = &self.written.time {
            // `12:00 noon` says it twice.
            return if time.value == value { Ok(()) } else { refuse(range, Refusal::Twice("time")) };
        }
        self.written.time = Some(Part { range, value });
        Ok(())
    }

    /// `18:00`, `18:00Z`, `18:00+01:00`.
    pub(super) fn clock_with_offset(&mut self, word: &str, range: Range<usize>) -> Result<(), Part<Refusal>> {
        if !word.is_ascii() && !word.contains('−') {
            return refuse(range, Refusal::Time("expected a time such as 16:30 or 4:30 pm".into()));
        }
        let length = word.find(['z', '+', '-', '−']).unwrap_or(word.len());
        let (time, rest) = word.split_at(length);
        if rest.starts_with(['-', '−']) {
            let why = "with a `-` behind it, the time may be a range or have an offset; write the end of a range into \
                       `end`, and an offset as in 2026-12-02T18:00-07:00";
            return refuse(range, Refusal::Time(why.into()));
        }
        let zone_range = range.start + length..range.end;
        self.clock(time, None, range.start..range.start + length)?;
        match offset(rest) {
            _ if rest.is_empty() => Ok(()),
            Some(offset) => self.zone(zone_range, ZoneWords::Offset(offset)),
            None => refuse(zone_range, Refusal::Time("expected an offset such as +02:00".into())),
        }
    }

    /// `number` is `4`, `4:30` or `16:00:30`; `afternoon` is given for am or pm behind it.
    pub(super) fn clock(
        &mut self,
        number: &str,
        afternoon: Option<bool>,
        range: Range<usize>,
    ) -> Result<(), Part<Refusal>> {
        if self.written.time.is_some() && afternoon.is_some() {
            return refuse(range, Refusal::Twice("time"));
        }
        let ahead = self.half.take();
        // The half of the day may stand before the hour, or after it.
        let range = match &ahead {
            Some(half) => range.start.min(half.range.start)..range.end.max(half.range.end),
            None => range,
        };
        let afternoon = afternoon.or(ahead.map(|half| half.value));
        let value = time_of_day(number, afternoon)
            .map_err(|why| Part { range: range.clone(), value: Refusal::Time(why.to_owned()) })?;
        self.time(value, range)
    }
}

/// A time in figures, or what is wrong with them.
fn time_of_day(number: &str, afternoon: Option<bool>) -> Result<TimeOfDay, &'static str> {
    const EXAMPLE: &str = "expected a time such as 16:30 or 4:30 pm";
    let mut numbers = [0_u32; 3];
    // `4.30pm`: with am or pm, a dot stands for a colon.
    let mut number = if afternoon.is_some() { number.replace('.', ":") } else { number.to_owned() };
    // `930 am`, `1130pm`
    if afternoon.is_some() && matches!(number.len(), 3 | 4) && number.bytes().all(|byte| byte.is_ascii_digit()) {
        number.insert(number.len() - 2, ':');
    }
    let mut pieces = number.split(':');
    for (index, slot) in numbers.iter_mut().enumerate() {
        match pieces.next() {
            Some(piece) if piece.len() <= 2 && (index == 0 || piece.len() == 2) => {
                *slot = piece.parse().map_err(|_| EXAMPLE)?;
            }
            Some(_) => return Err(EXAMPLE),
            None => {}
        }
    }
    if pieces.next().is_some() {
        return Err("expected hours and minutes");
    }
    let [mut hour, minute, second] = numbers;
    if let Some(afternoon) = afternoon {
        if !(1..=12).contains(&hour) {
            return Err("with am or pm, hours go from 1 to 12");
        }
        hour = hour % 12 + if afternoon { 12 } else { 0 };
    }
    if (hour, minute, second) == (24, 0, 0) {
        return Ok(TimeOfDay::EndOfDay);
    }
    NaiveTime::from_hms_opt(hour, minute, second)
        .map(TimeOfDay::Clock)
        .ok_or("hours go from 00 to 23 and minutes from 00 to 59")
}
