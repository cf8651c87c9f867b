//! Days and times on a command line, which is read on one day: `tomorrow 6pm`, `friday 18:00`, `5 december` become dates,
//! and what was assumed is said.

use chrono::{DateTime, NaiveDate, TimeDelta, Timelike, Utc};

use super::World;
use super::open::noon;
use crate::diagnostic::shorten;
use crate::error::{Error, Result};
use crate::language::Language;
use crate::resolve::datetime_text::{self, Part, TimeOfDay, Written, ZoneWords};
use crate::resolve::point::{Point, clock, iso, wall_of};
use crate::schedule::dates;
use crate::zone::name::Found;
use crate::zone::{Tzdb, Zone, abbreviation};

/// What words on a command line are read by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading<'r> {
    /// The as-of time.
    pub(super) now: DateTime<Utc>,
    /// The clock of words that name none.
    pub(super) zone: Zone,
    /// The language of the calendar.
    pub(super) language: Language,
    /// The rules of time zones.
    pub(super) tzdb: &'r Tzdb,
}

/// Words with whole dates.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Dated {
    /// The beginning.
    pub(super) start: String,
    /// The end of a range.
    pub(super) end: Option<String>,
    /// The day, where it was not written in full.
    assumed: Option<NaiveDate>,
}

impl Dated {
    fn as_written(words: &str) -> Self {
        Dated { start: words.to_owned(), end: None, assumed: None }
    }

    /// Says how the words are read, where they leave something open.
    pub(super) fn echo(&self, words: &str, world: &mut World<'_>) {
        if let Some(day) = self.assumed {
            let rest = self.start.split_once(&day.to_string()).map(|(_, rest)| rest.trim()).unwrap_or_default();
            let comma = if rest.is_empty() { "" } else { ", " };
            let end = self.end.as_deref().map(|end| end.strip_prefix(&format!("{day} ")).unwrap_or(end));
            let until = end.map(|end| format!(" until {end}")).unwrap_or_default();
            let words = shorten(words.trim());
            world
                .note_always(&format!("note: `{words}` is read as {}{comma}{rest}{until}", day.format("%a %-d %B %Y")));
        }
    }
}

impl Reading<'_> {
    /// Words for a time, with whole dates. What cannot be read stays as it is, to be judged.
    pub(super) fn dated(&self, words: &str) -> Dated {
        let words = words.trim();
        if let Some(dated) = self.distance(words) {
            return dated;
        }
        match datetime_text::read(words, self.language) {
            Ok(read) => self.dated_text(words, &read),
            Err(_) => self.range(words).unwrap_or_else(|| Dated::as_written(words)),
        }
    }

    /// The same where an hour alone is the next such one.
    pub(super) fn dated_or_next(&self, words: &str) -> Dated {
        let words = words.trim();
        let dated = self.dated(words);
        match datetime_text::read(&dated.start, self.language) {
            Ok(read)
                if !read.names_a_day()
                    && read.time.is_some()
                    && read.day_shift.is_none()
                    && self.knows_zone_of(&read) =>
            {
                let day = self.next_day_of(&read);
                let start = read.dated(&dated.start, day);
                let end = dated.end.as_ref().and_then(|end| {
                    let read = datetime_text::read(end, self.language).ok()?;
                    Some(read.dated(end, day))
                });
                Dated { start, end: end.or(dated.end), assumed: Some(day) }
            }
            _ => dated,
        }
    }

    /// Noon of the day of words with a whole date.
    pub(super) fn noon_of(&self, words: &str) -> Option<DateTime<Utc>> {
        let read = datetime_text::read(words, self.language).ok()?;
        noon(read.day(self.today_of(&read))?.date)
    }

    fn dated_text(&self, words: &str, read: &Written) -> Dated {
        match read.day(self.today_of(read)) {
            // `tonight at 9:30` is not a time in the morning: keep the words, so that they are refused.
            Some(_) if is_before_noon(read) && has_word(words, "tonight") => Dated::as_written(words),
            Some(day) if day.is_assumed => {
                Dated { start: read.dated(words, day.date), end: None, assumed: Some(day.date) }
            }
            _ => Dated::as_written(words),
        }
    }

    /// `6–8 pm`, `2–4 December`: an hour at the end is on the day of the beginning.
    fn range(&self, words: &str) -> Option<Dated> {
        let (_, [first, last]) = datetime_text::range(words, self.language)?;
        let [from, to] =
            [datetime_text::read(&first, self.language).ok()?, datetime_text::read(&last, self.language).ok()?];
        let dated = self.dated_text(&first, &from);
        let day = from.day(self.today_of(&from)).map(|day| day.date);
        let time = |read: &Written| match read.time.as_ref().map(|time| time.value) {
            Some(TimeOfDay::Clock(time)) => Some(time),
            _ => None,
        };
        let end = match day {
            Some(day) => {
                // Both ends may have the same word, such as `tomorrow`, which counts from today.
                let last_day = [self.today_of(&to), day].map(|today| to.day(today).map(|last| last.date));
                let last_day = last_day.into_iter().flatten().find(|last| *last >= day).unwrap_or(day);
                // `10 pm – 2 am` goes past midnight.
                let is_next = last_day == day && time(&from).zip(time(&to)).is_some_and(|(from, to)| to <= from);
                to.dated(&last, if is_next { day + TimeDelta::days(1) } else { last_day })
            }
            None => last,
        };
        Some(Dated { end: Some(end), ..dated })
    }

    /// `+7d 18:00`.
    fn distance(&self, words: &str) -> Option<Dated> {
        let (distance, rest) = words.split_once([' ', ',']).unwrap_or((words, ""));
        if !distance.starts_with(['+', '-']) {
            return None;
        }
        let day = dates::offset(distance, self.now.with_timezone(&self.zone).date_naive())?;
        let rest = rest.trim_start_matches([' ', ',']);
        let is_hour = rest.is_empty() || datetime_text::read(rest, self.language).is_ok_and(|read| !read.names_a_day());
        is_hour.then(|| Dated { start: format!("{day} {rest}").trim_end().to_owned(), end: None, assumed: Some(day) })
    }

    /// Whether the words behind a time may be a zone. Words that are not may be a day in another language.
    fn knows_zone_of(&self, read: &Written) -> bool {
        match &read.zone {
            Some(Part { value: ZoneWords::Words(words), .. }) => {
                self.tzdb.find(words) != Found::None || !abbreviation::meanings(words).is_empty()
            }
            _ => true,
        }
    }

    fn zone_of(&self, read: &Written) -> Zone {
        match &read.zone {
            Some(Part { value: ZoneWords::Words(words), .. }) => match self.tzdb.find(words) {
                Found::One(zone) => zone,
                Found::Many(_) | Found::None => self.zone,
            },
            _ => self.zone,
        }
    }

    fn today_of(&self, read: &Written) -> NaiveDate {
        self.now.with_timezone(&self.zone_of(read)).date_naive()
    }

    /// The day on which a clock time comes next.
    fn next_day_of(&self, read: &Written) -> NaiveDate {
        let there = match &read.zone {
            Some(Part { value: ZoneWords::Offset(offset), .. }) => self.now.with_timezone(offset).naive_local(),
            _ => self.now.with_timezone(&self.zone_of(read)).naive_local(),
        };
        let is_over = match read.time.as_ref().map(|time| time.value) {
            Some(TimeOfDay::Clock(time)) => time <= there.time(),
            Some(TimeOfDay::EndOfDay | TimeOfDay::Midnight) | None => false,
        };
        if is_over { there.date() + TimeDelta::days(1) } else { there.date() }
    }

    /// The text of an `end` for a record. An hour alone is on the day of the start; `02:00 (+1)` is on the next.
    ///
    /// # Errors
    /// An hour alone that is not after the start; a day after an hour, or an hour after a day.
    pub(super) fn end(&self, words: &str, point: &Point) -> Result<String> {
        let words = words.trim();
        let start = wall_of(point);
        if let Ok(read) = datetime_text::read(words, self.language) {
            let is_day = matches!(point, Point::Day(_));
            let day = start.date();
            match (&read.time, read.names_a_day()) {
                (Some(_), _) if is_day => {
                    return Err(Error::new(format!("--end: `{}` has an hour, and the start is a day", shorten(words)))
                        .help(format!(
                            "give the start an hour too, such as --start \"{day} 18:00\", or end on a day"
                        )));
                }
                (None, true) if !is_day => {
                    return Err(Error::new(format!("--end: `{}` is a day, and the start has an hour", shorten(words)))
                        .help(format!("write the hour too, such as --end \"{} 20:00\"", shorten(words))));
                }
                _ => {}
            }
        }
        let Ok(read) = datetime_text::read(words, self.language) else { return Ok(words.to_owned()) };
        let Some(time) = read.time.as_ref().filter(|_| !read.names_a_day()) else {
            return Ok(self.dated_from(words, &read, start.date()));
        };
        let shift = read.day_shift.as_ref().map_or(0, |shift| i64::from(shift.value));
        let day = start.date() + TimeDelta::days(shift);
        let zone = read.zone.as_ref().map(|zone| &words[zone.range.clone()]);
        match (time.value, zone) {
            (TimeOfDay::Clock(time), None) => {
                let end = day.and_time(time);
                if end > start {
                    return Ok(iso(end));
                }
                let (hour, begins) = (clock(end), clock(start));
                Err(Error::new(format!("--end: {hour} is not after the start, {begins} on {}", start.date())).help(
                    if end == start {
                        "give a later hour, or leave --end out".to_owned()
                    } else {
                        format!("for {hour} on the next day, write --end \"{hour} (+1)\"")
                    },
                ))
            }
            (TimeOfDay::Midnight | TimeOfDay::EndOfDay, None) => {
                Ok(iso((day + TimeDelta::days(1)).and_hms_opt(0, 0, 0).unwrap_or(start)))
            }
            (_, Some(zone)) => Ok(format!("{day} {} {zone}", &words[time.range.clone()])),
        }
    }

    /// A date without a year, or a weekday, is the next one from the start on.
    fn dated_from(&self, words: &str, read: &Written, start: NaiveDate) -> String {
        let from = if read.relative.is_some() { self.today_of(read) } else { start };
        let Some(day) = read.day(from) else { return words.to_owned() };
        let has_weekday = read.date.is_some() && read.weekday.is_some();
        match read.time.as_ref().map(|time| time.value) {
            Some(TimeOfDay::Clock(time)) if read.zone.is_none() && !has_weekday => iso(day.date.and_time(time)),
            None if read.zone.is_none() && !has_weekday => day.date.to_string(),
            _ if day.is_assumed => read.dated(words, day.date),
            _ => words.to_owned(),
        }
    }
}

fn is_before_noon(read: &Written) -> bool {
    matches!(read.time.as_ref().map(|time| time.value), Some(TimeOfDay::Clock(time)) if time.hour() < 12)
}

fn has_word(words: &str, wanted: &str) -> bool {
    words.split(|c: char| !c.is_alphanumeric()).any(|word| word.eq_ignore_ascii_case(wanted))
}

/// The one day that words for an option mean; a day that was not written in full is said.
pub(super) fn day(
    option: &str,
    words: &str,
    today: NaiveDate,
    language: Language,
    world: &mut World<'_>,
) -> Result<NaiveDate> {
    let day = dates::day(option, words, today, language)?;
    let is_short =
        datetime_text::read(words, language).is_ok_and(|read| read.day(today).is_some_and(|day| day.is_assumed));
    if is_short {
        world.note_always(&format!("note: `{}` is read as {}", shorten(words), day.format("%a %-d %B %Y")));
    }
    Ok(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(tzdb: &Tzdb) -> Reading<'_> {
        let now = "2026-11-21T12:00:00Z".parse().expect("a Saturday");
        Reading { now, zone: tzdb.zone("Europe/Madrid").expect("Madrid"), language: Language::of("es"), tzdb }
    }

    #[test]
    fn words_become_dates() {
        let tzdb = Tzdb::bundled();
        for (words, start, end) in [
            ("friday 2pm", "2026-11-27 2pm", None),
            ("Friday, 14:00", "2026-11-27 14:00", None),
            ("tomorrow", "2026-11-22", None),
            ("tonight 21:30", "2026-11-21 21:30", None),
            ("tonight at 9:30 pm", "2026-11-21 9:30 pm", None),
            ("tonight at 9:30", "tonight at 9:30", None),
            ("tomorrow 6pm Lima", "2026-11-22 6pm Lima", None),
            ("next saturday 18h30", "2026-11-28 18h30", None),
            ("saturday", "2026-11-21", None),
            ("martes 18:00", "2026-11-24 18:00", None),
            ("5 de diciembre a las 18:00", "2026-12-05 18:00", None),
            ("5 december", "2026-12-05", None),
            ("20 Nov 18:00", "2027-11-20 18:00", None),
            ("Monday 14 December", "Monday 2026-12-14", None),
            ("29 february", "2028-02-29", None),
            ("+7d", "2026-11-28", None),
            ("+7d 18:00", "2026-11-28 18:00", None),
            ("2pm", "2pm", None),
            ("2026-12-04 14:00", "2026-12-04 14:00", None),
            ("Friday 4 December 2026, 2 pm", "Friday 4 December 2026, 2 pm", None),
            ("5 december 6–8 pm", "2026-12-05 6 pm", Some("2026-12-05 8 pm")),
            ("5 december 11-1 pm", "2026-12-05 11 am", Some("2026-12-05 1 pm")),
            ("2026-12-05 10:00–12:00 Lima", "2026-12-05 10:00 Lima", Some("2026-12-05 12:00 Lima")),
            ("2–4 December", "2026-12-02", Some("2026-12-04")),
            ("tomorrow 6–8 pm", "2026-11-22 6 pm", Some("2026-11-22 8 pm")),
            ("tomorrow from 6pm to 8pm", "2026-11-22 6 pm", Some("2026-11-22 8 pm")),
            ("tomorrow 22:00–02:00", "2026-11-22 22:00", Some("2026-11-23 02:00")),
            ("friday 10:00–12:00", "2026-11-27 10:00", Some("2026-11-27 12:00")),
            ("yesterday 10:00–12:00", "2026-11-20 10:00", Some("2026-11-20 12:00")),
            ("29–30 November", "2026-11-29", Some("2026-11-30")),
            ("30 November – 2 January", "2026-11-30", Some("2027-01-02")),
            ("5 december 10 pm – 2 am", "2026-12-05 10 pm", Some("2026-12-06 2 am")),
            ("30 December – 2 January 2027", "30 December 2026", Some("2027-01-02")),
            ("saturday 6pm to sunday 9am", "2026-11-21 6pm", Some("2026-11-22 9am")),
            ("friday 18:00 – sunday 12:00", "2026-11-27 18:00", Some("2026-11-29 12:00")),
            ("friday to sunday", "2026-11-27", Some("2026-11-29")),
            ("viernes 18:00 hasta domingo 12:00", "2026-11-27 18:00", Some("2026-11-29 12:00")),
            ("5 december 6pm to sunday 9am", "2026-12-05 6pm", Some("2026-12-06 9am")),
            ("tomorrow 9-5", "2026-11-22 9:00", Some("2026-11-22 17:00")),
            ("tomorrow 9 to 5", "2026-11-22 9:00", Some("2026-11-22 17:00")),
            ("5 december 18-20", "2026-12-05 18:00", Some("2026-12-05 20:00")),
            ("friday 9–5", "2026-11-27 9:00", Some("2026-11-27 17:00")),
            ("tomorrow 12-3 Lima", "2026-11-22 12:00 Lima", Some("2026-11-22 15:00 Lima")),
            ("tomorrow 22-6", "2026-11-22 22:00", Some("2026-11-23 6:00")),
            ("friday 9-5", "friday 9-5", None),
            ("tomorrow 6-8", "tomorrow 6-8", None),
            ("tomorrow 1130", "2026-11-22 1130", None),
            ("1930 tomorrow", "2026-11-22 1930", None),
            ("5 december 1130", "2026-12-05 1130", None),
            ("saturday 0930", "2026-11-21 0930", None),
            ("tomorrow 1130-1300", "2026-11-22 1130", Some("2026-11-22 1300")),
            ("5 december 2026 1930", "5 december 2026 1930", None),
            ("5 december 1930", "5 december 1930", None),
        ] {
            let dated = reading(&tzdb).dated(words);
            assert_eq!((dated.start.as_str(), dated.end.as_deref()), (start, end), "{words}");
        }
    }

    #[test]
    fn an_hour_alone_is_the_next_one() {
        let tzdb = Tzdb::bundled();
        // 13:00 in Madrid, 07:00 in Lima, 21:00 in Tokyo.
        for (words, start) in [
            ("6 pm", "2026-11-21 6 pm"),
            ("12:30", "2026-11-22 12:30"),
            ("8:00 Lima", "2026-11-21 8:00 Lima"),
            ("6:00 Lima", "2026-11-22 6:00 Lima"),
            ("20:30 Tokyo", "2026-11-22 20:30 Tokyo"),
            ("18h demain", "18h demain"),
        ] {
            assert_eq!(reading(&tzdb).dated_or_next(words).start, start, "{words}");
        }
    }

    #[test]
    fn an_end_is_on_the_day_of_the_start_unless_it_says_so() {
        let tzdb = Tzdb::bundled();
        let start = NaiveDate::from_ymd_opt(2026, 12, 2).expect("a date").and_hms_opt(22, 0, 0).expect("a time");
        for (words, end) in [
            ("23:30", "2026-12-02T23:30"),
            ("11 pm", "2026-12-02T23:00"),
            ("02:00 (+1)", "2026-12-03T02:00"),
            ("2 am next day", "2026-12-03T02:00"),
            ("midnight", "2026-12-03T00:00"),
            ("3 dec 02:00", "2026-12-03T02:00"),
            ("2026-12-02 23:30 Lisbon", "2026-12-02 23:30 Lisbon"),
            ("23:30 Lisbon", "2026-12-02 23:30 Lisbon"),
        ] {
            assert_eq!(reading(&tzdb).end(words, &Point::Floating(start)).ok().as_deref(), Some(end), "{words}");
        }
        let first = Point::Day(start.date());
        assert_eq!(reading(&tzdb).end("4 December", &first).ok().as_deref(), Some("2026-12-04"));
        assert!(reading(&tzdb).end("4 December", &Point::Floating(start)).is_err());
        assert!(reading(&tzdb).end("20:00", &first).is_err());
        let error = reading(&tzdb).end("02:00", &Point::Floating(start)).expect_err("before the start");
        assert_eq!(error.help_text(), Some("for 02:00 on the next day, write --end \"02:00 (+1)\""));
    }
}
