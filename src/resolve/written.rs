//! Times as people write them: `Saturday 10 June 2023, 4 pm Los Angeles`.
//!
//! Read strictly. A date is ISO, or has its month as a word; `06/07/2023` is refused, because it is 6 July to some and
//! 7 June to others. What is left over after date, weekday and time is the zone, which is judged elsewhere.

use std::ops::Range;

use chrono::{FixedOffset, NaiveDate, NaiveTime, Weekday};

/// What a text says. Ranges are bytes of the text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Written {
    /// The date; its year may be missing.
    pub date: Option<Part<DateWords>>,
    /// The weekday.
    pub weekday: Option<Part<Weekday>>,
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
    /// None where only day and month are written.
    pub year: Option<i32>,
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31; whether the month has it is not judged yet.
    pub day: u32,
}

/// A time of day; 24:00 is the end of the day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TimeOfDay {
    /// 00:00 to 23:59.
    Clock(NaiveTime),
    /// 24:00.
    EndOfDay,
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
    /// `06/07/2023`: the readings, where both are dates.
    AmbiguousDate(Vec<NaiveDate>),
    /// Looks like a date and is none.
    Date(String),
    /// Looks like a time and is none.
    Time(String),
    /// Says the same kind of thing twice.
    Twice(&'static str),
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Mon),
    ("tuesday", Weekday::Tue),
    ("wednesday", Weekday::Wed),
    ("thursday", Weekday::Thu),
    ("friday", Weekday::Fri),
    ("saturday", Weekday::Sat),
    ("sunday", Weekday::Sun),
];
/// Words that join the others and say nothing.
const GLUE: [&str; 13] =
    ["at", "on", "the", "of", "from", "in", "in:", "o'clock", "hrs", "hours", "hour", "local", "uhr"];

/// Reads a text; the refusal names the bytes at fault.
pub fn read(text: &str) -> Result<Written, Part<Refusal>> {
    let mut reader = Reader { written: Written::default(), zone: None, day: None, month: None, year: None };
    let words = words(text);
    let mut at = 0;
    while at < words.len() {
        at += reader.take(text, &words[at..])?;
    }
    reader.finish(text)
}

/// A range of times or of days in a text: `6–8 pm`, `18:00-20:00`, `2–4 December 2026`. Gives where it stands, and the
/// text with its beginning and with its end alone.
pub fn range(text: &str) -> Option<(Range<usize>, [String; 2])> {
    let is_dash = |c: char| matches!(c, '-' | '–' | '—');
    let is_time = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | 'h');
    for (at, dash) in text.char_indices().filter(|(_, c)| is_dash(*c)) {
        let (before, after) = (text[..at].trim_end(), text[at + dash.len_utf8()..].trim_start());
        let (before, first_half) = strip_half(before);
        let first = &before[before.trim_end_matches(is_time).len()..];
        let second = &after[..after.len() - after.trim_start_matches(is_time).len()];
        let rest = &after[second.len()..];
        let half_length = half_at_start(rest);
        let second_half = rest[..half_length].trim();
        let is_part = |text: &str| text.starts_with(|c: char| c.is_ascii_digit()) && text.len() <= 5;
        let starts_alone = before[..before.len() - first.len()].ends_with([' ', ',']) || before.len() == first.len();
        // `2026-12-02` and `18:00-07:00` in full are a date and an offset.
        let ends_alone = rest.is_empty() || rest.starts_with([' ', ',']) || half_length > 0;
        if !is_part(first) || !is_part(second) || !starts_alone || !ends_alone {
            continue;
        }
        let lead = &before[..before.len() - first.len()];
        let tail = &rest[half_length..];
        let half = if first_half.is_empty() { second_half } else { first_half };
        let join =
            |number: &str, half: &str| format!("{lead}{number}{}{half}{tail}", if half.is_empty() { "" } else { " " });
        let end = text.len() - tail.len();
        return Some((lead.len()..end, [join(first, half), join(second, second_half)]));
    }
    None
}

/// A text without `am` or `pm` at its end, and that.
fn strip_half(text: &str) -> (&str, &str) {
    for half in ["am", "pm", "a.m.", "p.m."] {
        if let Some(start) = text.len().checked_sub(half.len())
            && text.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(half))
        {
            return (text[..start].trim_end(), &text[start..]);
        }
    }
    (text, "")
}

/// The length of `am` or `pm` at the start of a text, with the space before it.
fn half_at_start(text: &str) -> usize {
    let trimmed = text.trim_start();
    let half = ["a.m.", "p.m.", "am", "pm"].iter().find(|half| {
        let begins = trimmed.get(..half.len()).is_some_and(|start| start.eq_ignore_ascii_case(half));
        begins && !trimmed[half.len()..].starts_with(|c: char| c.is_alphanumeric())
    });
    half.map_or(0, |half| text.len() - trimmed.len() + half.len())
}

/// The words of a text, cut at white space, commas and middle dots.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, character) in text.char_indices() {
        let separates = character.is_whitespace() || matches!(character, ',' | '·' | '•' | ';' | '|' | '–' | '—');
        match (separates, start) {
            (true, Some(from)) => {
                found.push(from..at);
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    found.extend(start.map(|from| from..text.len()));
    found
}

struct Reader {
    written: Written,
    zone: Option<Range<usize>>,
    day: Option<Part<u32>>,
    month: Option<Part<u32>>,
    year: Option<Part<i32>>,
}

type Taken = Result<usize, Part<Refusal>>;

impl Reader {
    /// Takes one or more of the words, and says how many.
    fn take(&mut self, text: &str, words: &[Range<usize>]) -> Taken {
        let range = words[0].clone();
        let word = text[range.clone()].to_lowercase();
        let next = words.get(1).map(|next| (next.clone(), text[next.clone()].to_lowercase()));
        // A number with am or pm behind it, which may be two words: `p. m.`
        if let Some((count, half)) = meridiem(text, &words[1..])
            && word.starts_with(|c: char| c.is_ascii_digit())
        {
            let range = range.start..words[count].end;
            return self.clock(&word, Some(half), range).map(|()| 1 + count);
        }
        for half in ["am", "pm", "a.m.", "p.m.", "a.m", "p.m"] {
            if let Some(number) = word.strip_suffix(half)
                && number.ends_with(|c: char| c.is_ascii_digit())
            {
                return self.clock(number, Some(half.starts_with('p')), range).map(|()| 1);
            }
        }
        if word == "12" && next.as_ref().is_some_and(|(_, next)| next == "noon" || next == "midday") {
            let range = range.start..words[1].end;
            return self.clock("12:00", None, range).map(|()| 2);
        }
        if word == "noon" || word == "midday" {
            // `12:00 noon` says it twice.
            let noon = NaiveTime::from_hms_opt(12, 0, 0).map(TimeOfDay::Clock);
            if self.written.time.as_ref().is_some_and(|time| Some(time.value) == noon) {
                return Ok(1);
            }
            return self.clock("12:00", None, range).map(|()| 1);
        }
        if word == "midnight" {
            return refuse(
                range,
                Refusal::Time("`midnight` may be either end of the day; write 00:00 or 24:00".into()),
            );
        }
        // `16.30 Uhr`, `18 Uhr`: the word behind it says that it is a time.
        if next.as_ref().is_some_and(|(_, next)| matches!(&**next, "uhr" | "h" | "hrs" | "hours" | "o'clock"))
            && word.starts_with(|c: char| c.is_ascii_digit())
            && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
            && word.len() <= 5
        {
            let clock = if word.contains('.') { word.replace('.', ":") } else { format!("{word}:00") };
            return self.clock(&clock, None, range.start..words[1].end).map(|()| 2);
        }
        if let Some((time, zone)) = word.strip_suffix(']').and_then(|word| word.split_once('['))
            && iso_date(time).is_some_and(|(_, rest)| !rest.is_empty())
        {
            let length = time.len();
            self.take(text, std::slice::from_ref(&(range.start..range.start + length)))?;
            if let Some(Part { value: ZoneWords::Offset(offset), .. }) = self.written.zone.take() {
                self.written.offset_of_zone = Some(offset);
            }
            let zone_range = range.start + length + 1..range.start + length + 1 + zone.len();
            let name = text[zone_range.clone()].to_owned();
            return self.zone(zone_range, ZoneWords::Words(name)).map(|()| 1);
        }
        if let Some((date, rest)) = iso_date(&word) {
            let date_range = range.start..range.start + 10;
            self.date(date, date_range)?;
            if rest.is_empty() {
                return Ok(1);
            }
            // `2023-06-10T16:00-07:00`: after the T stands a time, after that perhaps an offset.
            let rest = &rest[1..];
            let length = rest.find(['z', '+', '-', '−']).unwrap_or(rest.len());
            let time_start = range.start + 11;
            self.clock(&rest[..length], None, time_start..time_start + length)?;
            if length < rest.len() {
                let zone_range = time_start + length..range.end;
                match offset(&rest[length..]) {
                    Some(offset) => self.zone(zone_range, ZoneWords::Offset(offset))?,
                    None => return refuse(zone_range, Refusal::Time("expected an offset such as +02:00".into())),
                }
            }
            return Ok(1);
        }
        if let Some(refusal) = numeric_date(&word) {
            return refuse(range, refusal);
        }
        if let Some(shift) = day_shift(&word)
            && self.written.time.is_some()
        {
            self.written.day_shift = Some(Part { range: range.clone(), value: shift });
            // `(+1 day)` in two words.
            let day_word = next.is_some_and(|(_, next)| matches!(next.trim_end_matches(')'), "day" | "days"));
            return Ok(if day_word { 2 } else { 1 });
        }
        if let Some(offset) = offset(&word) {
            self.zone(range, ZoneWords::Offset(offset))?;
            return Ok(1);
        }
        if word.contains(':') && word.starts_with(|c: char| c.is_ascii_digit()) {
            return self.clock_with_offset(&word, range).map(|()| 1);
        }
        if let Some((hours, minutes)) = word.split_once('h')
            && !hours.is_empty()
            && hours.bytes().all(|byte| byte.is_ascii_digit())
            && minutes.bytes().all(|byte| byte.is_ascii_digit())
        {
            let minutes = if minutes.is_empty() { "00" } else { minutes };
            return self.clock(&format!("{hours}:{minutes}"), None, range).map(|()| 1);
        }
        if let Some(weekday) = weekday(&word) {
            if self.written.weekday.is_some() {
                return refuse(range, Refusal::Twice("weekday"));
            }
            self.written.weekday = Some(Part { range, value: weekday });
            return Ok(1);
        }
        if let Some(month) = month(&word)
            && self.month.is_none()
            && self.written.date.is_none()
        {
            self.month = Some(Part { range, value: month });
            return Ok(1);
        }
        if let Some(taken) = self.number(&word, range.clone()) {
            return taken;
        }
        if !GLUE.contains(&&*word) {
            self.zone = Some(self.zone.take().map_or(range.clone(), |zone| zone.start..range.end));
        }
        Ok(1)
    }

    /// A day of the month or a year.
    fn number(&mut self, word: &str, range: Range<usize>) -> Option<Taken> {
        let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, tail) = word.split_at(digits);
        let value: u32 = number.parse().ok()?;
        if tail.is_empty() && digits == 4 {
            if self.year.is_some() {
                return Some(refuse(range, Refusal::Twice("year")));
            }
            self.year = Some(Part { range, value: value as i32 });
        } else if digits <= 2 && matches!(tail, "" | "." | "st" | "nd" | "rd" | "th" | "º" | "°") {
            if self.day.is_some() && self.month.is_some() && self.year.is_none() && tail.is_empty() {
                let why = format!("`{word}` is not a year; write it with four digits, such as 20{word:0>2}");
                return Some(refuse(range, Refusal::Date(why)));
            }
            if self.day.is_some() {
                return Some(refuse(
                    range,
                    Refusal::Time(format!("`{word}` is not a time; write {value}:00, or add am or pm")),
                ));
            }
            self.day = Some(Part { range, value });
        } else {
            return Some(refuse(range, Refusal::Date(format!("`{word}` is neither a date nor a time"))));
        }
        Some(Ok(1))
    }

    fn date(&mut self, value: DateWords, range: Range<usize>) -> Result<(), Part<Refusal>> {
        if self.written.date.is_some() {
            return refuse(range, Refusal::Twice("date"));
        }
        self.written.date = Some(Part { range, value });
        Ok(())
    }

    fn zone(&mut self, range: Range<usize>, value: ZoneWords) -> Result<(), Part<Refusal>> {
        if self.written.zone.is_some() {
            return refuse(range, Refusal::Twice("zone"));
        }
        self.written.zone = Some(Part { range, value });
        Ok(())
    }

    /// `18:00`, `18:00Z`, `18:00+01:00`.
    fn clock_with_offset(&mut self, word: &str, range: Range<usize>) -> Result<(), Part<Refusal>> {
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

    /// `number` is `4`, `4:30` or `16:00:30`; `afternoon` is given where am or pm was.
    fn clock(&mut self, number: &str, afternoon: Option<bool>, range: Range<usize>) -> Result<(), Part<Refusal>> {
        if self.written.time.is_some() {
            return refuse(range, Refusal::Twice("time"));
        }
        let wrong = |why: &str| Err(Part { range: range.clone(), value: Refusal::Time(why.to_owned()) });
        let mut numbers = [0_u32; 3];
        // `4.30pm`: with am or pm, a dot stands for a colon.
        let number = &if afternoon.is_some() { number.replace('.', ":") } else { number.to_owned() };
        let mut pieces = number.split(':');
        for (index, slot) in numbers.iter_mut().enumerate() {
            match pieces.next() {
                Some(piece) if piece.len() <= 2 && (index == 0 || piece.len() == 2) => match piece.parse() {
                    Ok(value) => *slot = value,
                    Err(_) => return wrong("expected a time such as 16:30 or 4:30 pm"),
                },
                Some(_) => return wrong("expected a time such as 16:30 or 4:30 pm"),
                None => {}
            }
        }
        if pieces.next().is_some() {
            return wrong("expected hours and minutes");
        }
        let [mut hour, minute, second] = numbers;
        if let Some(afternoon) = afternoon {
            if !(1..=12).contains(&hour) {
                return wrong("with am or pm, hours go from 1 to 12");
            }
            hour = hour % 12 + if afternoon { 12 } else { 0 };
        }
        let value = if (hour, minute, second) == (24, 0, 0) {
            TimeOfDay::EndOfDay
        } else {
            match NaiveTime::from_hms_opt(hour, minute, second) {
                Some(time) => TimeOfDay::Clock(time),
                None => return wrong("hours go from 00 to 23 and minutes from 00 to 59"),
            }
        };
        self.written.time = Some(Part { range, value });
        Ok(())
    }

    fn finish(mut self, text: &str) -> Result<Written, Part<Refusal>> {
        match (self.day.take(), self.month.take()) {
            (Some(day), Some(month)) => {
                let year = self.year.as_ref();
                let mut range = day.range.start.min(month.range.start)..day.range.end.max(month.range.end);
                if let Some(year) = year {
                    range = range.start.min(year.range.start)..range.end.max(year.range.end);
                }
                let date = DateWords { year: year.map(|year| year.value), month: month.value, day: day.value };
                self.date(date, range)?;
            }
            (Some(day), None) if self.written.time.is_none() => {
                let why = format!("`{0}` may be a day or an hour; write {0}:00, or add am or pm", day.value);
                return refuse(day.range, Refusal::Time(why));
            }
            (Some(part), None) => return refuse(part.range, Refusal::Date("a day without its month".into())),
            (None, Some(part)) => return refuse(part.range, Refusal::Date("a month without its day".into())),
            (None, None) => {
                if let Some(year) = self.year {
                    return refuse(year.range, Refusal::Date("a year without month and day".into()));
                }
            }
        }
        if let Some(range) = self.zone.take() {
            // "Pacific Time (US & Canada)": what stands in brackets explains, and the name stands before it.
            let words = text[range.clone()].split(" (").next().unwrap_or_default();
            let words = words.trim_matches(['(', ')']).to_owned();
            self.zone(range, ZoneWords::Words(words))?;
        }
        Ok(self.written)
    }
}

fn refuse<T>(range: Range<usize>, value: Refusal) -> Result<T, Part<Refusal>> {
    Err(Part { range, value })
}

/// Whether the next words say am or pm, and in how many words.
fn meridiem(text: &str, words: &[Range<usize>]) -> Option<(usize, bool)> {
    let word = |index: usize| words.get(index).map(|range: &Range<usize>| text[range.clone()].to_lowercase());
    match &*word(0)? {
        "am" | "a.m." | "a.m" => Some((1, false)),
        "pm" | "p.m." | "p.m" => Some((1, true)),
        half @ ("a." | "p.") if matches!(word(1).as_deref(), Some("m." | "m")) => Some((2, half == "p.")),
        _ => None,
    }
}

fn iso_date(word: &str) -> Option<(DateWords, &str)> {
    let bytes = word.as_bytes();
    let shape = bytes.len() >= 10
        && bytes[..10].iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let rest = word.get(10..).filter(|rest| rest.is_empty() || rest.starts_with('t'))?;
    let number = |range: Range<usize>| word[range].parse::<u32>().ok();
    shape.then(|| {
        Some((DateWords { year: Some(number(0..4)? as i32), month: number(5..7)?, day: number(8..10)? }, rest))
    })?
}

/// A date in digits whose order is not certain: `06/07/2023`, `6.7.2023`, `06-07-2023`.
fn numeric_date(word: &str) -> Option<Refusal> {
    let separator = word.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '/' | '.' | '-'))?;
    let numbers: Vec<&str> = word.trim_end_matches('.').split(separator).collect();
    if !(2..=3).contains(&numbers.len()) || numbers.iter().any(|number| number.is_empty()) {
        return None;
    }
    let numbers: Vec<u32> = numbers.iter().map(|number| number.parse().ok()).collect::<Option<_>>()?;
    let mut readings = Vec::new();
    if let [first, second, year] = numbers[..] {
        let mut reading = |year: u32, month, day| readings.extend(NaiveDate::from_ymd_opt(year as i32, month, day));
        if first > 31 {
            reading(first, second, year);
        } else {
            let year = if year < 100 { 2000 + year } else { year };
            reading(year, second, first);
            reading(year, first, second);
        }
    }
    readings.dedup();
    Some(
        if let ([hour @ 0..24, minute @ 0..60], '.') = (&numbers[..], separator)
            && !word.ends_with('.')
        {
            Refusal::Time(format!(
                "`{word}` may be a date or a time; write {hour:02}:{minute:02}, or the month as a word"
            ))
        } else if readings.is_empty() {
            Refusal::Date(format!("`{word}` is not a date"))
        } else {
            Refusal::AmbiguousDate(readings)
        },
    )
}

fn weekday(word: &str) -> Option<Weekday> {
    let word = word.trim_end_matches('.');
    WEEKDAYS
        .iter()
        .find(|(name, _)| *name == word || (word.len() >= 3 && name.starts_with(word) && word.len() <= 5))
        .map(|(_, weekday)| *weekday)
}

fn month(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.');
    let found =
        MONTHS.iter().position(|name| *name == word || (name.starts_with(word) && (3..=4).contains(&word.len())));
    found.map(|index| index as u32 + 1)
}

fn day_shift(word: &str) -> Option<i8> {
    let inner = word.strip_prefix('(')?;
    let inner = inner.strip_suffix(')').unwrap_or(inner).replace('−', "-");
    let shift: i8 = inner.parse().ok()?;
    (-2..=2).contains(&shift).then_some(shift)
}

/// `z`, `utc`, `+02:00`, `-0700`, `utc+2`, `gmt-5:30`, with a true minus sign too.
fn offset(word: &str) -> Option<FixedOffset> {
    let word = word.trim_start_matches('(').trim_end_matches(')');
    let rest = word.strip_prefix("utc").or_else(|| word.strip_prefix("gmt"));
    if matches!(word, "z" | "utc") {
        return FixedOffset::east_opt(0);
    }
    let rest = rest.unwrap_or(word).replace('−', "-");
    let sign = match rest.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let digits = &rest[1..];
    let (hours, minutes) = match digits.split_once(':') {
        Some(pair) => pair,
        None if digits.len() == 4 && digits.is_ascii() => digits.split_at(2),
        None => (digits, "0"),
    };
    let all_digits = |text: &str| !text.is_empty() && text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(hours) || !all_digits(minutes) {
        return None;
    }
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 15 && minutes < 60).then(|| FixedOffset::east_opt(sign * (hours * 3600 + minutes * 60)))?
}

#[cfg(test)]
mod tests;
