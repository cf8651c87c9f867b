//! Times as people write them: `Saturday 10 June 2023, 4 pm Los Angeles`, in English or in the calendar's language.
//!
//! Read strictly. A date is ISO, or has its month as a word; `06/07/2023` is refused, because it is 6 July to some and
//! 7 June to others. What is left over after date, weekday and time is the zone, which is judged elsewhere. A date
//! without a year, a weekday alone and `tomorrow` are read, but only [`Written::day`] gives them a date: a command line
//! is read on one day, a record on many.

mod day;
mod figures;
mod names;
mod range;
mod reader;

use std::ops::Range;

use chrono::{FixedOffset, NaiveDate, NaiveTime, Weekday};

pub use range::range;

use crate::language::Language;

/// What a text says. Ranges are bytes of the text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Written {
    /// The date; its year may be missing.
    pub date: Option<Part<DateWords>>,
    /// The weekday.
    pub weekday: Option<Part<Weekday>>,
    /// A day that depends on the day of reading: `tomorrow`, `next` before a weekday.
    pub relative: Option<Part<Relative>>,
    /// The time of day.
    pub time: Option<Part<TimeOfDay>>,
    /// The zone: an offset, or words.
    pub zone: Option<Part<ZoneWords>>,
    /// `(+1)`: days after the event's own day.
    pub day_shift: Option<Part<i8>>,
    /// The offset before a zone in brackets, as RFC 9557 has it: `16:00-05:00[America/Lima]`.
    pub offset_of_zone: Option<FixedOffset>,
}

/// A value and where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part<T> {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// What it says.
    pub value: T,
}

/// Day, month and perhaps year.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DateWords {
    /// None if only day and month are written.
    pub year: Option<i32>,
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31; whether the month has it is not judged yet.
    pub day: u32,
}

/// A day, counted from the day on which the text is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Relative {
    /// `today` is 0, `tomorrow` 1, `yesterday` -1.
    Days(i64),
    /// `next friday`: the first one after today.
    Next,
    /// `this friday`: the first one from today on.
    This,
}

/// A time of day; 24:00 is the end of the day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TimeOfDay {
    /// 00:00 to 23:59.
    Clock(NaiveTime),
    /// 24:00.
    EndOfDay,
    /// `midnight`: 00:00 or 24:00.
    Midnight,
}

/// A zone as written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ZoneWords {
    /// `+02:00`, `UTC-7`, `Z`.
    Offset(FixedOffset),
    /// A name, a city, an abbreviation.
    Words(String),
}

/// Why a text cannot be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// `06/07/2023`: the readings that are dates.
    AmbiguousDate(Vec<NaiveDate>),
    /// Looks like a date, and is not one.
    Date(String),
    /// Looks like a time, and is not one.
    Time(String),
    /// Says the same kind of thing twice.
    Twice(&'static str),
}

/// Reads a text, in English or in `language`; the refusal names the bytes at fault.
pub fn read(text: &str, language: Language) -> Result<Written, Part<Refusal>> {
    let Some((plain, origins)) = figures::plain(text) else { return reader::read(text, language) };
    // Figures of other scripts are longer than those of ASCII.
    let back = |range: &Range<usize>| origins[range.start]..origins[range.end];
    match reader::read(&plain, language) {
        Ok(mut written) => {
            written.each_range(|range| *range = back(range));
            Ok(written)
        }
        Err(part) => Err(Part { range: back(&part.range), value: part.value }),
    }
}

impl Written {
    fn each_range(&mut self, mut change: impl FnMut(&mut Range<usize>)) {
        let Written { date, weekday, relative, time, zone, day_shift, offset_of_zone: _ } = self;
        let ranges = [
            date.as_mut().map(|part| &mut part.range),
            weekday.as_mut().map(|part| &mut part.range),
            relative.as_mut().map(|part| &mut part.range),
            time.as_mut().map(|part| &mut part.range),
            zone.as_mut().map(|part| &mut part.range),
            day_shift.as_mut().map(|part| &mut part.range),
        ];
        ranges.into_iter().flatten().for_each(&mut change);
    }
}

fn refuse<T>(range: Range<usize>, value: Refusal) -> Result<T, Part<Refusal>> {
    Err(Part { range, value })
}

#[cfg(test)]
mod tests;
