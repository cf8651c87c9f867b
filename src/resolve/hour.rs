//! An hour that is written alone, where its day is known: that of a local event, or of a series from a date on.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use toml::value::{Date, Datetime, Time};

use super::datetime_text::{self, TimeOfDay};
use crate::language::Language;
use crate::record::Moment;

/// A start or end whose day is known: an hour alone is on `day`.
pub(super) fn on_day<'a>(moment: &Moment<'a>, day: NaiveDate, language: Language) -> Moment<'a> {
    match moment {
        Moment::Toml(Datetime { date: None, time: Some(time), offset }) => {
            Moment::Toml(Datetime { date: date(day).date, time: Some(*time), offset: *offset })
        }
        Moment::Text(text) => {
            let Ok(written) = datetime_text::read(text, language) else { return moment.clone() };
            if written.relative.is_some() {
                return moment.clone();
            }
            match (written.date, written.weekday, written.zone, written.time.map(|part| part.value)) {
                (None, None, None, Some(TimeOfDay::Clock(time))) => Moment::Toml(datetime(day.and_time(time))),
                (None, _, _, Some(_)) => Moment::Text(format!("{day} {text}").into()),
                _ => moment.clone(),
            }
        }
        Moment::Toml(_) => moment.clone(),
    }
}

/// An end whose day is known: an hour alone is on `day`, the day of the start, and `02:00 (+1)` on the next.
pub(super) fn end_on_day<'a>(moment: &Moment<'a>, day: NaiveDate, language: Language) -> Moment<'a> {
    let Moment::Text(text) = moment else { return on_day(moment, day, language) };
    let Ok(written) = datetime_text::read(text, language) else { return moment.clone() };
    let Some(time) = written.time.as_ref().filter(|_| !written.names_a_day()) else { return moment.clone() };
    let shift = written.day_shift.as_ref().map_or(0, |shift| i64::from(shift.value));
    let day = day.checked_add_signed(TimeDelta::days(shift)).unwrap_or(day);
    match (time.value, &written.zone) {
        (TimeOfDay::Clock(time), None) => Moment::Toml(datetime(day.and_time(time))),
        (value, zone) => {
            // What begins on a day and ends at midnight ends with that day.
            let clock = if value == TimeOfDay::Midnight { "24:00" } else { &text[time.range.clone()] };
            let zone = zone.as_ref().map(|zone| &text[zone.range.clone()]).unwrap_or_default();
            Moment::Text(format!("{day} {clock} {zone}").trim_end().to_owned().into())
        }
    }
}

/// A day as TOML has it.
pub(super) fn date(day: NaiveDate) -> Datetime {
    use chrono::Datelike;
    let date = Date { year: day.year() as u16, month: day.month() as u8, day: day.day() as u8 };
    Datetime { date: Some(date), time: None, offset: None }
}

/// A time as TOML has it.
pub(super) fn datetime(wall: NaiveDateTime) -> Datetime {
    use chrono::Timelike;
    let time = Time {
        hour: wall.hour() as u8,
        minute: wall.minute() as u8,
        second: (wall.second() != 0).then(|| wall.second() as u8),
        nanosecond: None,
    };
    Datetime { time: Some(time), ..date(wall.date()) }
}

/// A TOML date-time on its own clock; None without a date or an hour.
pub(super) fn wall(moment: &Datetime) -> Option<NaiveDateTime> {
    let (date, time) = (moment.date?, moment.time?);
    let day = NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())?;
    day.and_hms_opt(time.hour.into(), time.minute.into(), time.second.unwrap_or(0).into())
}
