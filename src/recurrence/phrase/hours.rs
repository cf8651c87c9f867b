//! Hours in a phrase: `at 10:00 and 6 pm`.

use std::ops::Range;

use chrono::NaiveTime;

use super::Reason;
use super::read::{Refusal, refuse};

const EXPECTED: &str = "a time such as 18:00 or 6 pm";

/// Reads the hours after an "at", from byte `from`; returns where they end.
pub(super) fn hours(text: &str, from: usize) -> Result<(Vec<NaiveTime>, usize), Refusal> {
    let mut cursor = Cursor { text, at: from };
    let Some((first, _)) = cursor.hour() else {
        let place = Cursor { text, at: from }.word();
        return refuse(&place, Reason::OutOfRange(EXPECTED));
    };
    let mut hours = vec![first];
    loop {
        let before = cursor.at;
        // A number after "and" is an hour only in the form of a time: it may be a day of the month.
        if let Some((hour, true)) = cursor.joiner().then(|| cursor.hour()).flatten() {
            hours.push(hour);
        } else {
            cursor.at = before;
            break;
        }
    }
    hours.sort_unstable();
    hours.dedup();
    Ok((hours, cursor.at))
}

struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl Cursor<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// The next word, for a message.
    fn word(mut self) -> Range<usize> {
        self.blanks();
        let length = self.rest().find(|c: char| c.is_whitespace() || c == ',').unwrap_or(self.rest().len());
        if length == 0 { 0..self.text.len() } else { self.at..self.at + length }
    }

    fn matches(&mut self, word: &str) -> bool {
        let rest = self.rest();
        let fits = rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        let ends = !word.ends_with(char::is_alphabetic)
            || !rest.get(word.len()..).unwrap_or_default().starts_with(char::is_alphanumeric);
        if fits && ends {
            self.at += word.len();
        }
        fits && ends
    }

    /// ",", "and", ", and".
    fn joiner(&mut self) -> bool {
        self.blanks();
        let comma = self.matches(",");
        self.blanks();
        let and = self.matches("and") || self.matches("&");
        comma || and
    }

    /// An hour, and whether it cannot be read as something else.
    fn hour(&mut self) -> Option<(NaiveTime, bool)> {
        self.blanks();
        if self.matches("noon") || self.matches("midday") {
            return Some((NaiveTime::from_hms_opt(12, 0, 0)?, true));
        }
        let hour = self.digits(2)?;
        let minute = if self.matches(":") {
            let minute = self.digits(2)?;
            Some(minute)
        } else {
            None
        };
        let end = self.at;
        self.blanks();
        let noon = ["am", "a.m.", "pm", "p.m."].into_iter().find(|word| self.matches(word));
        let hour = match noon {
            Some(_) if !(1..=12).contains(&hour) => return None,
            Some(word) => hour % 12 + if word.starts_with('p') { 12 } else { 0 },
            None => {
                self.at = end;
                minute?;
                hour
            }
        };
        Some((NaiveTime::from_hms_opt(hour, minute.unwrap_or(0), 0)?, true))
    }

    fn digits(&mut self, most: usize) -> Option<u32> {
        let rest = self.rest();
        let count = rest.bytes().take(most + 1).take_while(u8::is_ascii_digit).count();
        let number = (1..=most).contains(&count).then(|| rest[..count].parse().ok())??;
        self.at += count;
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_people_write_them() {
        for (text, hours_, rest) in [
            (" 10:00", "10:00", ""),
            (" 10:00 and 18:00", "10:00 18:00", ""),
            (" 6 pm, 9:30 am and noon", "09:30 12:00 18:00", ""),
            (" 12 am", "00:00", ""),
            (" 10:00 and thu at 12:00", "10:00", " and thu at 12:00"),
            (" 10:00, 15 may", "10:00", ", 15 may"),
            (" 7PM on tue", "19:00", " on tue"),
        ] {
            let (hours, end) = hours(text, 0).expect(text);
            let shown: Vec<String> = hours.iter().map(|hour| hour.format("%H:%M").to_string()).collect();
            assert_eq!((&*shown.join(" "), &text[end..]), (hours_, rest), "{text}");
        }
        for (text, found) in [(" 10", "10"), (" 25:00", "25:00"), (" 13 pm", "13"), (" midnight", "midnight"), ("", "")]
        {
            let (range, _) = hours(text, 0).expect_err(text);
            assert_eq!(&text[range], found);
        }
    }
}
