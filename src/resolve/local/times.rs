//! When a local event is: an hour on the day's date by the clock of its own place, or the day's dates.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::{Findings, Parent};
use crate::diagnostic::{Code, Finding};
use crate::event::{Country, Days, Ends, KindId, Length, Status, When};
use crate::record::{Field, LocalTable, Moment, Record, Text};
use crate::resolve::hour::{date, datetime, end_on_day, on_day};
use crate::resolve::point::{self, Choice, Point};
use crate::resolve::{Context, length, open};
use crate::source::Span;
use crate::zone::name::Found;
use crate::zone::place::Clock;

/// What a local event's times are judged by.
pub(super) struct Asked<'q> {
    pub(super) own: &'q LocalTable<'q>,
    /// Where a missing field is reported.
    pub(super) place: Span,
    pub(super) parent: &'q Parent<'q>,
    pub(super) kind: Option<KindId>,
    pub(super) status: Status,
    pub(super) city: Option<&'q Field<Text<'q>>>,
    pub(super) country: Option<Country>,
    /// Whether one is written beside it, if only a wrong one.
    pub(super) has_country: bool,
    pub(super) context: &'q Context<'q>,
}

/// When it is, and by which clock its other times are read.
pub(super) struct Times {
    pub(super) when: When,
    pub(super) length: Length,
    pub(super) ends: Ends,
    pub(super) moved_from: Option<When>,
    pub(super) choice: Choice,
}

/// When the event of a record is that has errors elsewhere; what is wrong with its times was said.
pub(super) fn of_record(
    record: &Record<'_>,
    kind: Option<KindId>,
    choice: &Choice,
    context: &Context<'_>,
) -> Option<When> {
    let mut said = Vec::new();
    let start = record.start.as_ref()?;
    let point = point::resolve(start, "start", choice, None, context, &mut said)?;
    let assumed = kind.map_or(TimeDelta::hours(2), |kind| context.kinds.get(kind).duration);
    if open::is_asked(&record.end) {
        return open::when(&point, start.span, start.span, Status::default(), context, &mut said);
    }
    let timed = length::when(start, &point, &record.end, &record.duration, Some(assumed), choice, context, &mut said);
    timed.map(|(when, _)| when)
}

impl Asked<'_> {
    pub(super) fn times(&self, findings: &mut Findings) -> Option<Times> {
        let day = self.parent.day()?;
        let unread = |key: &str| self.own.unread.iter().any(|unread| unread == key);
        if unread("start") {
            return None;
        }
        // Which clock it is, the line that cannot be read would say.
        let unclear = unread("timezone") || (unread("country") && self.own.timezone.is_none());
        let choice = if unclear { Choice::Wrong } else { self.choice(findings) };
        let before = findings.len();
        let times = self.times_by(choice, day, findings);
        self.name_zone_of_city(&mut findings[before..]);
        times
    }

    fn times_by(&self, choice: Choice, day: NaiveDate, findings: &mut Findings) -> Option<Times> {
        let (point, field) = match (&self.own.start, self.parent.when?) {
            (Some(start), _) => {
                let field = Field {
                    key: start.key,
                    span: start.span,
                    value: on_day(&start.value, day, self.context.reading_language()),
                };
                (point::resolve(&field, "start", &choice, self.country, self.context, findings)?, field)
            }
            // Every place's own clock: this is the place.
            (None, When::Floating { start, .. }) => {
                let span = self.city.map_or(self.place, |city| city.span);
                let field = Field { key: self.place, span, value: Moment::Toml(datetime(start)) };
                (point::resolve(&field, "start", &choice, self.country, self.context, findings)?, field)
            }
            (None, _) => {
                let field = Field { key: self.place, span: self.place, value: Moment::Toml(date(day)) };
                (Point::Day(day), field)
            }
        };
        let choice = choice.after_start(&point);
        let own_length = self.own.end.is_some() || self.own.duration.is_some();
        let day_ends = self.parent.event.map_or(Ends::Stated, |event| event.ends);
        let is_open = open::is_asked(&self.own.end) && self.own.duration.is_none();
        let inherited = if own_length { None } else { self.inherited(&point) };
        let ((when, length), ends) = if is_open || (!own_length && day_ends == Ends::Open) {
            let end_span = self.own.end.as_ref().map_or(field.span, |end| end.span);
            let when = open::when(&point, field.span, end_span, self.status, self.context, findings)?;
            ((when, Length::default()), Ends::Open)
        } else if let Some(timed) = inherited {
            (timed, day_ends)
        } else {
            let day = wall(&point).map_or(day, |wall| wall.date());
            let end = self.own.end.as_ref();
            let language = self.context.reading_language();
            let end =
                end.map(|end| Field { key: end.key, span: end.span, value: end_on_day(&end.value, day, language) });
            let (duration, context) = (&self.own.duration, self.context);
            let assumed = self.kind.map(|kind| context.kinds.get(kind).duration);
            let timed = length::when(&field, &point, &end, duration, assumed, &choice, context, findings)?;
            (timed, if own_length { Ends::Stated } else { Ends::Assumed })
        };
        let moved_from = self.moved_from((when, length), &choice, day, findings);
        Some(Times { when, length, ends, moved_from, choice })
    }

    /// The length of the day, where it has one of the same sort: days for days, hours for hours.
    fn inherited(&self, point: &Point) -> Option<length::Timed> {
        let event = self.parent.event?;
        match (point, event.when) {
            (Point::Day(_), When::AllDay(_)) => length::same_length(point, (event.when, event.length)),
            (Point::Day(first), when @ (When::Zoned { .. } | When::Fixed { .. })) => {
                // What goes past midnight is still one day for whoever comes.
                let long = when.elapsed() > TimeDelta::days(1);
                let last = if long { when.last_day() } else { when.first_day() };
                let days = (last - when.first_day()).num_days();
                let days = Days::new(*first, first.checked_add_signed(TimeDelta::days(days + 1))?)?;
                let when = When::AllDay(days);
                Some((when, Length::by_clock(&when)))
            }
            (_, When::Zoned { .. } | When::Fixed { .. } | When::Floating { .. })
                if self.kind == self.parent.kind || event.ends != Ends::Assumed =>
            {
                length::same_length(point, (event.when, event.length))
            }
            _ => None,
        }
    }

    /// The earlier start, its own or that of the day where both are on the same.
    fn moved_from(
        &self,
        timed: length::Timed,
        choice: &Choice,
        day: NaiveDate,
        findings: &mut Findings,
    ) -> Option<When> {
        if let Some(field) = &self.own.moved_from {
            let point = point::resolve(field, "moved-from", choice, self.country, self.context, findings)?;
            return length::same_length(&point, timed).map(|(when, _)| when);
        }
        let earlier = self.parent.event.and_then(|event| event.moved_from).filter(|_| timed.0.first_day() == day)?;
        let first = earlier.first_day();
        Days::new(first, first.succ_opt()?).map(When::AllDay)
    }

    /// Where a zone is missing and the city is a known one of its country, the line to write.
    fn name_zone_of_city(&self, findings: &mut [Finding]) {
        let (Some(city), Some(country)) = (self.city, self.country) else { return };
        let Found::One(zone) = self.context.tzdb.find(&city.value) else { return };
        if !self.context.tzdb.of_country(country.code()).contains(&zone.name()) {
            return;
        }
        for finding in findings.iter_mut().filter(|finding| finding.code == Code::TimezoneMissing) {
            let (city, zone) = (city.value.trim(), zone.name());
            let help = format!("if the large city of {city} is meant: `timezone = \"{zone}\"`");
            finding.help.insert(0, help);
        }
    }

    /// The zone of its hours: its own, that of a country with one clock, or that of the day where no country is given.
    fn choice(&self, findings: &mut Findings) -> Choice {
        let Asked { own, parent, context, .. } = self;
        if own.timezone.is_some() {
            let choice = point::timezone(&own.timezone, context, findings);
            if let (Choice::Local, Some(field)) = (choice, &own.timezone) {
                let finding = Finding::new(
                    Code::UnknownTimezone,
                    field.span,
                    "a local event is at a place, which has a named time zone",
                );
                let finding = finding.label("expected an IANA name such as Europe/Athens");
                findings.push(match self.country.map(|country| context.tzdb.of_country(country.code())) {
                    Some([zone]) => finding.help(format!("write `\"{zone}\"`")).fix(field.span, format!("\"{zone}\"")),
                    _ => finding.help("`redletter zones WORDS` finds zones by city or country"),
                });
                return Choice::Wrong;
            }
            return choice;
        }
        if let Some(country) = self.country {
            let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
            let at = self.parent.day().map_or(context.now, |day| day.and_time(noon).and_utc());
            let city = self.city.map(|field| &*field.value);
            return match context.tzdb.of_place(country.code(), city, at, None) {
                Clock::One(zone) => Choice::Default(zone),
                Clock::Several(_) | Clock::Unknown => Choice::OfPlace(Some(country)),
            };
        }
        // What was wrong with the country was said.
        if self.has_country {
            return Choice::Wrong;
        }
        // A city that is known to keep another clock than the day's is not a place to guess.
        let by_city = self.city.and_then(|city| match context.tzdb.find(&city.value) {
            Found::One(zone) => Some(zone),
            Found::Many(_) | Found::None => None,
        });
        match (parent.choice, by_city) {
            (Choice::Named(zone, _) | Choice::Default(zone), None) => Choice::Default(zone),
            (Choice::Named(zone, _) | Choice::Default(zone), Some(city)) if zone == city => Choice::Default(zone),
            (Choice::Wrong, _) => Choice::Wrong,
            _ => Choice::OfPlace(None),
        }
    }
}

fn wall(point: &Point) -> Option<NaiveDateTime> {
    match *point {
        Point::Day(_) => None,
        Point::Zoned { wall, .. } | Point::Floating(wall) => Some(wall),
        Point::Fixed { offset, at } => Some(at.with_timezone(&offset).naive_local()),
    }
}
