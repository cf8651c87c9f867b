//! The clock of a record that has no `timezone`: that of its place, else the calendar's.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::Context;
use super::datetime_text;
use super::point::{self, Choice, MOST_CLOCKS};
use crate::diagnostic::{Code, Finding};
use crate::event::{Location, Online, When};
use crate::record::{Field, Moment, Slot, Text};
use crate::source::Span;
use crate::zone::place::Clock;

/// The zone of the record's times. A place that is known and has several clocks leaves no default.
pub(super) fn choice(
    timezone: &Slot<Text<'_>>,
    location: Option<&Location>,
    online: Option<&Online>,
    start: &Slot<Moment<'_>>,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) -> Choice {
    if timezone.is_some() {
        return point::timezone(timezone, context, findings);
    }
    let by_calendar = context.timezone.map_or(Choice::Missing, Choice::Default);
    let Some(location) = location else { return by_calendar };
    let at = around(start, context);
    let Some(country) = location.country else {
        let Some(city) = location.city.as_deref() else { return by_calendar };
        return of_city(city, at, context).unwrap_or(by_calendar);
    };
    // An online event with no more than a country is not at a place.
    let is_place = [&location.name, &location.address, &location.city].iter().any(|part| part.is_some());
    if online.is_some() && !is_place {
        return by_calendar;
    }
    match context.tzdb.of_place(country.code(), location.city.as_deref(), at, context.timezone) {
        Clock::One(zone) => Choice::Default(zone),
        Clock::Several(_) => Choice::OfPlace(Some(country)),
        Clock::Unknown => by_calendar,
    }
}

/// The zone of a city alone; `None` if it is not known.
pub fn of_city(city: &str, at: DateTime<Utc>, context: &Context<'_>) -> Option<Choice> {
    Some(match context.tzdb.of_city_anywhere(city, at, context.timezone) {
        Clock::One(zone) => Choice::Default(zone),
        Clock::Several(zones) => {
            let mut listed = [None; MOST_CLOCKS];
            for (slot, zone) in listed.iter_mut().zip(zones) {
                *slot = Some(zone);
            }
            Choice::OfCity(listed)
        }
        Clock::Unknown => return None,
    })
}

/// Noon of the start's day, as well as it can be known before the zone is.
fn around(start: &Slot<Moment<'_>>, context: &Context<'_>) -> DateTime<Utc> {
    let day = start.as_ref().and_then(|field| match &field.value {
        Moment::Toml(value) => {
            let date = value.date?;
            NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
        }
        Moment::Text(text) => {
            let date = datetime_text::read(text, context.reading_language()).ok()?.date?.value;
            NaiveDate::from_ymd_opt(date.year?, date.month, date.day)
        }
    });
    let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
    day.map_or(context.now, |day| day.and_time(noon).and_utc())
}

/// A note where the place's clock goes before the calendar's, and shows another time.
pub(super) fn note(
    when: &When,
    timezone: &Slot<Text<'_>>,
    start: &Field<Moment<'_>>,
    country_span: Option<Span>,
    context: &Context<'_>,
) -> Option<Finding> {
    let (When::Zoned { zone, start: at, .. }, Some(calendar), None) = (when, context.timezone, timezone) else {
        return None;
    };
    let names_a_zone = match &start.value {
        Moment::Toml(value) => value.offset.is_some(),
        Moment::Text(text) => {
            datetime_text::read(text, context.reading_language()).is_ok_and(|written| written.zone.is_some())
        }
    };
    if names_a_zone || zone.offset_at(*at).seconds() == calendar.offset_at(*at).seconds() {
        return None;
    }
    let message = format!("the time is on the clock of the place, {}, not the calendar's, {calendar}", zone.name());
    let finding = Finding::new(Code::ZoneOfPlace, start.span, message)
        .label(format!("{} UTC", at.format("%H:%M")))
        .help(format!("to say so in the record, write `timezone = \"{}\"`", zone.name()));
    Some(match country_span {
        Some(span) => finding.also(span, "this place"),
        None => finding,
    })
}
