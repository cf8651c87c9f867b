//! Reads a text word by word.

mod hours;

use std::ops::Range;

use chrono::NaiveDate;

use super::figures::{day_shift, dotted, iso_date, numeric_date, offset};
use super::names::Words;
use super::{DateWords, Part, Refusal, Relative, Written, ZoneWords, refuse};
use crate::language::{DateStyle, Language};

/// Reads a text whose figures are those of ASCII.
pub(super) fn read(text: &str, language: Language) -> Result<Written, Part<Refusal>> {
    let names =
        if text.is_ascii() && text.bytes().all(|byte| !byte.is_ascii_alphabetic()) { None } else { language.names() };
    let ranges = words(text);
    let mut reader = Reader {
        text,
        language,
        lower: ranges.iter().map(|range| text[range.clone()].to_lowercase()).collect(),
        ranges,
        words: Words { names: names.as_deref() },
        written: Written::default(),
        zone: None,
        day: None,
        month: None,
        year: None,
        half: None,
        dotted: None,
        other_calendar: None,
    };
    let mut at = 0;
    while at < reader.ranges.len() {
        at += reader.take(at)?;
    }
    reader.finish()
}

/// Hours and minutes in four figures: `1130` as `11:30`.
fn compact_clock(number: &str) -> Option<String> {
    let (hours, minutes) = number.split_at_checked(2).filter(|_| number.len() == 4)?;
    let is_clock =
        hours.parse().is_ok_and(|hour: u32| hour < 24) && minutes.parse().is_ok_and(|minute: u32| minute < 60);
    is_clock.then(|| format!("{hours}:{minutes}"))
}

/// The words of a text, cut at white space, commas and middle dots, and between the figures and the words of Chinese,
/// Japanese and Korean dates.
fn words(text: &str) -> Vec<Range<usize>> {
    let is_unit = |c: char| {
        matches!(
            c,
            '年' | '月' | '日' | '号' | '號' | '時' | '时' | '点' | '點' | '分' | '년' | '월' | '일' | '시' | '분'
        )
    };
    let has_no_case = |c: char| c.is_alphabetic() && !c.is_ascii() && !c.is_lowercase() && !c.is_uppercase();
    let mut found = Vec::new();
    let mut start = None;
    let mut before = ['\0'; 2];
    for (at, character) in text.char_indices() {
        let separates = character.is_whitespace()
            || matches!(character, ',' | '·' | '•' | ';' | '|' | '–' | '—' | '،' | '、' | '，' | '；');
        let is_cut = (is_unit(before[1]) && before[0].is_ascii_digit())
            || (has_no_case(before[1]) && character.is_ascii_digit());
        match (separates, start) {
            (true, Some(from)) => {
                found.push(from..at);
                start = None;
            }
            (false, Some(from)) if is_cut => {
                found.push(from..at);
                start = Some(at);
            }
            (false, None) => start = Some(at),
            _ => {}
        }
        before = [before[1], character];
    }
    found.extend(start.map(|from| from..text.len()));
    found
}

struct Reader<'t> {
    text: &'t str,
    language: Language,
    ranges: Vec<Range<usize>>,
    /// The words in small letters.
    lower: Vec<String>,
    words: Words<'t>,
    written: Written,
    zone: Option<Range<usize>>,
    day: Option<Part<u32>>,
    month: Option<Part<u32>>,
    year: Option<Part<i32>>,
    /// Whether the time that follows is after noon.
    half: Option<Part<bool>>,
    /// `16.30`: a time, or a day and a month.
    dotted: Option<Part<(u32, u32)>>,
    /// The same date in the calendar of Iran, in parentheses.
    other_calendar: Option<Range<usize>>,
}

type Taken = Result<usize, Part<Refusal>>;

impl Reader<'_> {
    fn word(&self, at: usize) -> Option<&str> {
        self.lower.get(at).map(String::as_str)
    }

    fn range(&self, first: usize, count: usize) -> Range<usize> {
        self.ranges[first].start..self.ranges[first + count - 1].end
    }

    /// Takes one or more words, and says how many.
    fn take(&mut self, at: usize) -> Taken {
        let word = self.lower[at].clone();
        for read in [Reader::hour, Reader::iso, Reader::figures, Reader::name, Reader::number] {
            if let Some(taken) = read(self, at, &word) {
                return taken;
            }
        }
        if !self.words.joins(&word, self.word(at + 1)) {
            let range = self.range(at, 1);
            self.zone = Some(
                self.zone.take().map_or(range.clone(), |zone| zone.start.min(range.start)..zone.end.max(range.end)),
            );
        }
        Ok(1)
    }

    /// A date as ISO 8601 has it, perhaps with a time, an offset and a zone in brackets.
    fn iso(&mut self, at: usize, word: &str) -> Option<Taken> {
        let range = self.range(at, 1);
        if let Some((time, zone)) = word.strip_suffix(']').and_then(|word| word.split_once('['))
            && !zone.is_empty()
            && iso_date(time).is_some_and(|(_, rest)| !rest.is_empty())
        {
            let length = time.len();
            // Suffixes of RFC 9557 behind the zone, such as `[u-ca=gregory]`, change nothing.
            let (zone, suffixes) = zone.split_once("][").unwrap_or((zone, ""));
            let is_plain = |suffix: &str| suffix.contains('=') && !suffix.starts_with('!');
            if !suffixes.is_empty() && !suffixes.split("][").all(is_plain) {
                return Some(refuse(range, Refusal::Time("expected one zone in brackets".into())));
            }
            let zone_range = range.start + length + 1..range.start + length + 1 + zone.len();
            let time = time.to_owned();
            return Some(self.iso_with_time(&time, range.start..range.start + length).and_then(|()| {
                if let Some(Part { value: ZoneWords::Offset(offset), .. }) = self.written.zone.take() {
                    self.written.offset_of_zone = Some(offset);
                }
                let name = self.text[zone_range.clone()].to_owned();
                self.zone(zone_range, ZoneWords::Words(name)).map(|()| 1)
            }));
        }
        iso_date(word)?;
        Some(self.iso_with_time(word, range).map(|()| 1))
    }

    fn iso_with_time(&mut self, word: &str, range: Range<usize>) -> Result<(), Part<Refusal>> {
        let Some((date, rest)) = iso_date(word) else { return Ok(()) };
        self.date(date, range.start..range.start + 10)?;
        if rest.is_empty() {
            return Ok(());
        }
        // `2023-06-10T16:00-07:00`: after the T stands a time, after that perhaps an offset.
        let rest = &rest[1..];
        let length = rest.find(['z', '+', '-', '−']).unwrap_or(rest.len());
        let time_start = range.start + 11;
        self.clock(&rest[..length], None, time_start..time_start + length)?;
        if length == rest.len() {
            return Ok(());
        }
        let zone_range = time_start + length..range.end;
        match offset(&rest[length..]) {
            Some(offset) => self.zone(zone_range, ZoneWords::Offset(offset)),
            None => refuse(zone_range, Refusal::Time("expected an offset such as +02:00".into())),
        }
    }

    /// `20261202T160000Z` of iCalendar, or `'26`, with what to write.
    fn other_figures(&self, word: &str, range: &Range<usize>) -> Option<Taken> {
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if let Some(year) = word.strip_prefix(['\'', '’'])
            && year.len() == 2
            && all_digits(year)
        {
            let why =
                format!("`{}` is a year without its first two figures; write 20{year}", &self.text[range.clone()]);
            return Some(refuse(range.clone(), Refusal::Date(why)));
        }
        let (date, time) = word.split_once('t')?;
        let clock = time.strip_suffix('z').unwrap_or(time);
        if date.len() != 8 || !matches!(clock.len(), 4 | 6) || !all_digits(date) || !all_digits(clock) {
            return None;
        }
        let seconds = clock.get(4..).filter(|text| !text.is_empty()).map(|text| format!(":{text}")).unwrap_or_default();
        let zone = if time.ends_with('z') { "Z" } else { "" };
        let why = format!(
            "`{}` is a time as iCalendar files have it; write {}-{}-{}T{}:{}{seconds}{zone}",
            &self.text[range.clone()],
            &date[..4],
            &date[4..6],
            &date[6..],
            &clock[..2],
            &clock[2..4],
        );
        Some(refuse(range.clone(), Refusal::Date(why)))
    }

    /// Other dates in figures, `(+1)`, offsets, `18:00`.
    fn figures(&mut self, at: usize, word: &str) -> Option<Taken> {
        let range = self.range(at, 1);
        if let Some(refused) = self.other_figures(word, &range) {
            return Some(refused);
        }
        if let Some(value) = dotted(word)
            && self.dotted.is_none()
        {
            self.dotted = Some(Part { range, value });
            return Some(Ok(1));
        }
        if let Some(refusal) = numeric_date(word) {
            return Some(refuse(range, refusal));
        }
        if self.written.time.is_some() {
            if let Some(shift) = day_shift(word) {
                // `(+1 day)` in two words.
                let next = self.word(at + 1).map(|next| next.trim_end_matches(')'));
                let count = if matches!(next, Some("day" | "days")) { 2 } else { 1 };
                self.written.day_shift = Some(Part { range: self.range(at, count), value: shift });
                return Some(Ok(count));
            }
            if word == "next" && self.word(at + 1) == Some("day") {
                self.written.day_shift = Some(Part { range: self.range(at, 2), value: 1 });
                return Some(Ok(2));
            }
        }
        if let Some(offset) = offset(word) {
            return Some(self.zone(range, ZoneWords::Offset(offset)).map(|()| 1));
        }
        (word.contains(':') && word.starts_with(|c: char| c.is_ascii_digit()))
            .then(|| self.clock_with_offset(word, range).map(|()| 1))
    }

    /// A month, a weekday, a day such as `tomorrow`.
    fn name(&mut self, at: usize, word: &str) -> Option<Taken> {
        let range = self.range(at, 1);
        if !self.written.names_a_day()
            && let Some(days) = self.words.relative_day(word)
        {
            self.written.relative = Some(Part { range, value: Relative::Days(days) });
            return Some(Ok(1));
        }
        let next_weekday = self.word(at + 1).and_then(|next| self.words.weekday(next));
        if matches!(word, "next" | "this" | "coming") && next_weekday.is_some() && !self.written.names_a_day() {
            let value = if word == "next" { Relative::Next } else { Relative::This };
            self.written.relative = Some(Part { range, value });
            return Some(Ok(1));
        }
        let (weekday, month) = (self.words.weekday(word), self.words.month(word));
        let takes_month = self.month.is_none() && self.written.date.is_none();
        // A word that may be both is the month that the other words lack.
        let lacks_month = || self.written.weekday.is_some() || self.lacks_month(at);
        let is_month = month.is_some() && (weekday.is_none() || (takes_month && lacks_month()));
        if let Some(value) = weekday.filter(|_| !is_month) {
            if self.written.weekday.is_some() {
                return Some(refuse(range, Refusal::Twice("weekday")));
            }
            self.written.weekday = Some(Part { range, value });
            return Some(Ok(1));
        }
        if let Some(value) = month.filter(|_| takes_month) {
            self.month = Some(Part { range, value });
            return Some(Ok(1));
        }
        if let Some(value) = self.words.is_after_noon(word)
            && self.half.is_none()
            && self.word(at + 1).is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()))
        {
            self.half = Some(Part { range, value });
            return Some(Ok(1));
        }
        self.other_calendar(at, word)
    }

    /// Whether there is a day of the month, and no other word is a month.
    fn lacks_month(&self, at: usize) -> bool {
        let is_day = |word: &String| word.trim_end_matches('.').parse::<u32>().is_ok_and(|day| day <= 31);
        let others = || self.lower.iter().enumerate().filter(|(other, _)| *other != at);
        self.lower.iter().any(is_day)
            && others().all(|(_, word)| self.words.month(word).is_none())
            && others().all(|(_, word)| iso_date(word).is_none())
    }

    /// `(۱۴ آذر ۱۴۰۵)`, which is checked where the date is known.
    fn other_calendar(&mut self, at: usize, word: &str) -> Option<Taken> {
        if self.language.code() != "fa" || !word.starts_with('(') || self.other_calendar.is_some() {
            return None;
        }
        let count = self.lower[at..].iter().position(|word| word.ends_with(')'))? + 1;
        self.other_calendar = Some(self.range(at, count));
        Some(Ok(count))
    }

    /// A day of the month or a year; in Chinese, Japanese and Korean a month or an hour too.
    fn number(&mut self, at: usize, word: &str) -> Option<Taken> {
        let range = self.range(at, 1);
        let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, tail) = word.split_at(digits);
        let value: u32 = number.parse().ok()?;
        match tail {
            "月" | "월" if self.month.is_none() && self.written.date.is_none() => {
                self.month = Some(Part { range, value });
                return Some(Ok(1));
            }
            "時" | "时" | "点" | "點" | "시" => {
                let minutes = self.word(at + 1).and_then(|next| next.strip_suffix(['分', '분']));
                let count = if minutes.is_some() { 2 } else { 1 };
                let clock = format!("{value}:{:0>2}", minutes.unwrap_or("00"));
                return Some(self.clock(&clock, None, self.range(at, count)).map(|()| count));
            }
            _ => {}
        }
        let is_year = digits == 4 && matches!(tail, "" | "年" | "년" | "г" | "г.");
        let is_day = digits <= 2
            && matches!(
                tail,
                "" | "." | "st" | "nd" | "rd" | "th" | "º" | "°" | ".º" | "er" | "日" | "号" | "號" | "일"
            );
        if let Some(clock) =
            compact_clock(number).filter(|_| digits == 4 && tail.is_empty() && self.written.time.is_none())
        {
            // `1130` is no year of an event, and beside a whole date there is no other year.
            if !(1800..=2200).contains(&value) || self.written.date.is_some() {
                return Some(self.clock(&clock, None, range).map(|()| 1));
            }
            if let Some(year) = &self.year {
                let is_now = |year: i32| (2000..=2100).contains(&year);
                match (is_now(year.value), is_now(value as i32), compact_clock(&year.value.to_string())) {
                    (true, false, _) => return Some(self.clock(&clock, None, range).map(|()| 1)),
                    (false, true, Some(clock)) => {
                        let of_time = year.range.clone();
                        self.year = Some(Part { range, value: value as i32 });
                        return Some(self.clock(&clock, None, of_time).map(|()| 1));
                    }
                    _ => {}
                }
            }
        }
        if is_year {
            if self.year.is_some() {
                return Some(refuse(range, Refusal::Twice("year")));
            }
            self.year = Some(Part { range, value: value as i32 });
        } else if is_day {
            if self.day.is_some() && self.month.is_some() && self.year.is_none() && tail.is_empty() {
                let why = format!("`{word}` is not a year; write it with four digits, such as 20{word:0>2}");
                return Some(refuse(range, Refusal::Date(why)));
            }
            if self.day.is_some() {
                let why = format!("`{word}` is not a time; write {value}:00, or am or pm behind it");
                return Some(refuse(range, Refusal::Time(why)));
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

    fn finish(mut self) -> Result<Written, Part<Refusal>> {
        self.finish_dotted()?;
        match (self.day.take(), self.month.take()) {
            (Some(day), Some(month)) => {
                let year = self.year.as_ref();
                let mut range = day.range.start.min(month.range.start)..day.range.end.max(month.range.end);
                if let Some(year) = year {
                    range = range.start.min(year.range.start)..range.end.max(year.range.end);
                }
                if !(1..=12).contains(&month.value) {
                    let why = format!("there is no month {}", month.value);
                    return refuse(month.range, Refusal::Date(why));
                }
                let date = DateWords { year: year.map(|year| year.value), month: month.value, day: day.value };
                self.date(date, range)?;
            }
            (Some(day), None) if self.written.time.is_none() => {
                let why = format!("`{0}` may be a day or an hour; write {0}:00, or am or pm behind it", day.value);
                return refuse(day.range, Refusal::Time(why));
            }
            (Some(part), None) => return refuse(part.range, Refusal::Date("a day without its month".into())),
            (None, Some(part)) => return refuse(part.range, Refusal::Date("a month without its day".into())),
            (None, None) => {
                // `1930 tomorrow`
                let clock = self.year.as_ref().and_then(|year| compact_clock(&year.value.to_string()));
                if let (Some(clock), true, None) = (clock, self.written.names_a_day(), &self.written.time)
                    && let Some(year) = self.year.take()
                {
                    self.clock(&clock, None, year.range)?;
                } else if let Some(year) = self.year {
                    return refuse(year.range, Refusal::Date("a year without month and day".into()));
                }
            }
        }
        if let Some(range) = self.zone.take() {
            // "Pacific Time (US & Canada)": what stands in brackets explains, and the name stands before it.
            let words = self.text[range.clone()].split(" (").next().unwrap_or_default();
            let words = words.trim_matches(['(', ')']).to_owned();
            self.zone(range, ZoneWords::Words(words))?;
        }
        self.finish_other_calendar()?;
        Ok(self.written)
    }

    /// `16.30` is a time beside a date, and where there is no 30th month.
    fn finish_dotted(&mut self) -> Result<(), Part<Refusal>> {
        let Some(Part { range, value: (hour, minute) }) = self.dotted.take() else { return Ok(()) };
        let has_date = self.written.names_a_day() || (self.day.is_some() && self.month.is_some());
        let is_date = (1..=12).contains(&minute) && (1..=31).contains(&hour);
        if self.written.time.is_none() && (has_date || !is_date) {
            return self.clock(&format!("{hour}:{minute:02}"), None, range);
        }
        let word = &self.text[range.clone()];
        let why = format!("`{word}` may be a date or a time; write {hour:02}:{minute:02}, or the month as a word");
        refuse(range, Refusal::Time(why))
    }

    /// The date in parentheses must be that before it.
    fn finish_other_calendar(&self) -> Result<(), Part<Refusal>> {
        let Some(range) = &self.other_calendar else { return Ok(()) };
        let written = self.text[range.clone()].trim_matches(['(', ')']);
        let Some(DateWords { year: Some(year), month, day }) = self.written.date.as_ref().map(|date| date.value) else {
            return Ok(());
        };
        let Some(date) = NaiveDate::from_ymd_opt(year, month, day) else { return Ok(()) };
        let is_same = |style| {
            let printed = self.language.date(style, date);
            let (plain, _) = super::figures::plain(&printed).unwrap_or((printed, Vec::new()));
            plain.split_once('(').is_some_and(|(_, inner)| inner.trim_end_matches(')') == written)
        };
        if is_same(DateStyle::DayYear) || is_same(DateStyle::Day) {
            return Ok(());
        }
        refuse(range.clone(), Refusal::Date(format!("`({written})` is not the date before it")))
    }
}
