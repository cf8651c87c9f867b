//! `[[from]]`: what a series is from a date on. Each table is a part of the series, which ends where the next one begins.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use toml::value::Datetime;

use super::overlay::Overlay;
use super::part::{Part, clock, rule};
use super::{Asked, Findings, read};
use crate::diagnostic::{Code, Finding};
use crate::event::{Ends, Event, Length, When};
use crate::record::{Field, FromTable, Moment};
use crate::recurrence::{End, Timed};
use crate::resolve::datetime_text::{self, TimeOfDay};
use crate::resolve::point::{self, Choice, Point, iso, long_date, long_weekday};
use crate::resolve::{hour, length, open};
use crate::source::Span;

/// What `start` says of a part.
#[derive(Default)]
struct Start {
    /// The date, if it gives one.
    date: Option<NaiveDate>,
    /// The hour, if it gives one.
    hour: Option<NaiveTime>,
    /// The clock, if it names one.
    point: Option<Point>,
}

impl Asked<'_> {
    /// The parts behind the first one. False if one of them is wrong.
    pub(super) fn from(&self, parts: &mut Vec<Part>, end: End, findings: &mut Findings) -> bool {
        let before = findings.len();
        let mut end = end;
        for field in self.record.from.iter().flat_map(|field| &field.value) {
            match self.part(field, parts, &mut end, findings) {
                Some(part) => parts.push(part),
                None => return false,
            }
        }
        let last = parts.len() - 1;
        parts[last].limit(end);
        let sound = findings[before..].iter().all(|finding| !finding.is_error());
        debug_assert!(sound || !findings.is_empty(), "a part is left out with a reason");
        sound
    }

    fn part(
        &self,
        field: &Field<FromTable<'_>>,
        parts: &mut [Part],
        end: &mut End,
        findings: &mut Findings,
    ) -> Option<Part> {
        let table = &field.value;
        let date = self.date(field, findings)?;
        let date_span = table.date.as_ref().map_or(field.span, |date| date.span);
        let previous = parts.last_mut()?;
        if says_nothing(table) {
            findings.push(
                Finding::new(Code::EmptyValue, date_span, "the `[[from]]` changes nothing")
                    .label("expected another field below it")
                    .help("say what changes, such as `start = \"20:00\"` or `status = \"cancelled\"`"),
            );
            return None;
        }
        if previous.from.is_some_and(|earlier| earlier >= date) {
            findings.push(
                Finding::new(Code::FromOutOfOrder, date_span, "the tables `[[from]]` are not in order of date")
                    .label("expected a later date than that of the table above")
                    .also(previous.span, "the table above")
                    .help("put the earlier date first; two tables with the same date belong into one"),
            );
            return None;
        }
        // What came before goes on from here, whatever follows.
        let main = previous.main().clone();
        let timed = previous.timed.clone();
        let (phase, choice) = (previous.phase, previous.choice);
        let span = previous.span;
        let from_start = previous.from.is_none();
        let done = previous.count_before(date);
        if let End::Count(count) = *end {
            match u32::try_from(done)
                .ok()
                .and_then(|done| count.get().checked_sub(done))
                .and_then(std::num::NonZeroU32::new)
            {
                Some(rest) => *end = End::Count(rest),
                None => return self.behind_the_end(date, date_span, findings),
            }
        }
        if previous.end_before(date).is_none() {
            findings.push(nothing_before(&main, date, date_span, span, from_start));
            return None;
        }
        let given = read::rules(&table.repeat, &table.rrule, findings);
        if given.is_none() && (table.repeat.is_some() || table.rrule.is_some()) {
            return None;
        }
        let choice = match &table.timezone {
            Some(_) => point::timezone(&table.timezone, self.context, findings),
            None => choice,
        };
        let start = self.start(table, date, &choice, findings)?;
        if start.date.is_some_and(|start| start < date) {
            let span = table.start.as_ref().map_or(date_span, |field| field.span);
            findings.push(
                Finding::new(Code::FromNotInRepeat, span, "the start is before the date from which it is so")
                    .label(format!("expected {date} or later"))
                    .also(date_span, "the date"),
            );
            return None;
        }
        let mut event = Event { moved_from: None, ..main.clone() };
        self.overlay(&mut event, &Overlay::of_part(table), findings);
        let is_new_rule = given.is_some();
        let rule = given.as_ref().map(|field| (field.span, table.rrule.is_some()));
        let rule_span = rule.map_or(self.span(), |(span, _)| span);
        let timed = match given {
            Some(field) => {
                if let [Timed { rule, .. }] = &field.value[..]
                    && rule.end() != End::Never
                {
                    // A rule with an end of its own; that of the record would be a second one.
                    let own = self.record.until.as_ref().map(|field| field.key).or(self
                        .record
                        .count
                        .as_ref()
                        .map(|field| field.key));
                    if let Some(key) = own {
                        findings.push(
                            Finding::new(Code::InvalidRepeat, field.span, "the end of the repeat is given twice")
                                .label("says when it ends")
                                .also(key, "so does this")
                                .help("keep one of the two"),
                        );
                        return None;
                    }
                    *end = End::Never;
                }
                Self::fits_days(&field.value, field.span, event.when.is_all_day() && start.hour.is_none(), findings)?;
                field.value
            }
            None => timed,
        };
        let has_hours = timed.iter().any(|one| one.at.is_some() || one.rule.sets_times());
        if let (Some(hour), true, false) = (start.hour, has_hours, is_new_rule) {
            let span = table.start.as_ref().map_or(date_span, |field| field.span);
            findings.push(
                Finding::new(Code::InvalidRepeat, span, "the repeat has hours of its own")
                    .label("so this start would be none of them")
                    .also(rule_span, "the hours")
                    .help(format!(
                        "write the repeat with its new hours, such as `repeat = \"every week on mon at {}\"`",
                        clock(hour)
                    )),
            );
            return None;
        }
        let hour = start.hour.unwrap_or(phase.time());
        let (phase, from) = match (start.date, is_new_rule) {
            (Some(day), _) => {
                (day.and_time(hour), day.and_time(if has_hours { start.hour.unwrap_or(NaiveTime::MIN) } else { hour }))
            }
            (None, true) => (date.and_time(hour), date.into()),
            (None, false) => (phase.date().and_time(hour), date.into()),
        };
        (event.when, event.length) =
            self.length(table, &start, &choice, (&main.when, main.length), hour, &timed, (phase, from), findings)?;
        if table.end.is_some() || table.duration.is_some() {
            event.ends = Ends::Stated;
        }
        let stem = format!("{}-from-{}", event.id, date.format("%Y%m%d"));
        let strands = self.strands(&event, &stem, &timed, phase, from);
        let Some(strands) = strands.filter(|strands| Self::is_within(&strands[0], *end)) else {
            return self.behind_the_end(date, date_span, findings);
        };
        let choice = choice_of(choice, &strands[0].when);
        let part = Part { from: Some(date), span: date_span, rule, choice, timed, phase, strands };
        self.begins(&part, &start, table, findings);
        if is_same(&main, part.main()) && !is_new_rule {
            findings.push(
                Finding::new(Code::EmptyValue, date_span, "the `[[from]]` changes nothing")
                    .label("the series is so already")
                    .help("say what changes, or delete the table"),
            );
            return None;
        }
        Some(part)
    }

    /// `date` of a table.
    fn date(&self, field: &Field<FromTable<'_>>, findings: &mut Findings) -> Option<NaiveDate> {
        let Some(date) = &field.value.date else {
            if !field.value.unread.iter().any(|key| key == "date") {
                findings.push(
                    Finding::new(Code::MissingField, field.span, "`date` is missing")
                        .label("from when on is it so?")
                        .help("add a line such as `date = 2026-09-01`, the first day on which it is so"),
                );
            }
            return None;
        };
        if let Moment::Toml(Datetime { date: Some(day), time: Some(_), .. }) = &date.value {
            findings.push(
                Finding::new(Code::MixedDateTypes, date.span, "the date from which it is so has an hour")
                    .label("expected a day")
                    .help(format!("write `date = {day}`; the new hour belongs into `start`")),
            );
            return None;
        }
        match point::resolve(date, "date", self.choice, None, self.context, findings)? {
            Point::Day(day) => Some(day),
            point => {
                let day = super::wall(&point, &self.base.when).date();
                findings.push(
                    Finding::new(Code::MixedDateTypes, date.span, "the date from which it is so has an hour")
                        .label("expected a day")
                        .help(format!("write `date = {day}`; the new hour belongs into `start`")),
                );
                None
            }
        }
    }

    /// `start` of a table: an hour, a day, or both.
    fn start(&self, table: &FromTable<'_>, date: NaiveDate, choice: &Choice, findings: &mut Findings) -> Option<Start> {
        let Some(field) = &table.start else { return Some(Start::default()) };
        let hour = |hour| Some(Start { hour: Some(hour), ..Start::default() });
        let (has_date, has_zone) = match &field.value {
            Moment::Toml(Datetime { date: None, time: Some(time), offset: None })
                if time.nanosecond.unwrap_or(0) == 0 =>
            {
                return hour(NaiveTime::from_hms_opt(
                    time.hour.into(),
                    time.minute.into(),
                    time.second.unwrap_or(0).into(),
                )?);
            }
            Moment::Toml(moment) => (moment.date.is_some(), moment.offset.is_some()),
            Moment::Text(text) => match datetime_text::read(text, self.context.reading_language()) {
                Ok(read) => match (&read.date, &read.zone, &read.weekday, read.time.as_ref().map(|time| time.value)) {
                    (None, None, None, Some(TimeOfDay::Clock(time))) => return hour(time),
                    _ => (read.date.is_some(), read.zone.is_some()),
                },
                Err(_) => (true, false),
            },
        };
        let value = if has_date {
            field.value.clone()
        } else {
            hour::on_day(&field.value, date, self.context.reading_language())
        };
        let dated = Field { key: field.key, span: field.span, value };
        let point = point::resolve(&dated, "start", choice, None, self.context, findings)?;
        let wall = match point {
            Point::Day(day) => return Some(Start { date: Some(day), ..Start::default() }),
            Point::Fixed { .. } => {
                findings.push(
                    Finding::new(
                        Code::InvalidRepeat,
                        field.span,
                        "a repeat needs a zone, and the start has an offset only",
                    )
                    .label("what the clocks show next month, an offset does not say")
                    .help("add `timezone`"),
                );
                return None;
            }
            Point::Zoned { wall, .. } | Point::Floating(wall) => wall,
        };
        let point = Some(point).filter(|_| has_zone || table.timezone.is_some());
        Some(Start { date: has_date.then(|| wall.date()), hour: Some(wall.time()), point })
    }

    /// The first occurrence with its length, on the clock of the part.
    #[expect(clippy::too_many_arguments, reason = "the fields that make a time, and what they are judged by")]
    fn length(
        &self,
        table: &FromTable<'_>,
        start: &Start,
        choice: &Choice,
        (old, old_length): (&When, Length),
        hour: NaiveTime,
        timed: &[Timed],
        (phase, from): (NaiveDateTime, NaiveDateTime),
        findings: &mut Findings,
    ) -> Option<length::Timed> {
        let first = timed.iter().filter_map(|one| {
            let start = phase.date().and_time(one.at.unwrap_or(phase.time()));
            one.rule.between(start, from, NaiveDateTime::MAX).next()
        });
        let first = first.min().unwrap_or(from.date().and_time(hour));
        let has_hours = start.hour.is_some() || timed.iter().any(|one| one.at.is_some());
        let zone = match (start.point, table.timezone.is_some(), old) {
            (Some(Point::Zoned { zone, .. }), ..) => Some(zone),
            (_, false, When::Zoned { zone, .. }) => Some(*zone),
            _ => match choice {
                Choice::Named(zone, _) | Choice::Default(zone) => Some(*zone),
                _ => None,
            },
        };
        let span = table.start.as_ref().or(table.date.as_ref()).map_or(self.span(), |field| field.span);
        let key = table.start.as_ref().or(table.date.as_ref()).map_or(span, |field| field.key);
        let point = match (old, zone) {
            (When::AllDay(_), _) if !has_hours => Point::Day(first.date()),
            (When::Floating { .. }, _) if table.timezone.is_none() && start.point.is_none() => Point::Floating(first),
            _ if matches!(choice, Choice::Local) => Point::Floating(first),
            (_, Some(zone)) => {
                // A clock time of a repeat that is skipped or doubled is read as everywhere in it.
                let at = zone.instant(first);
                Point::Zoned { zone, wall: first, at }
            }
            (_, None) => {
                let value = Moment::Text(format!("{} {}", first.date(), point::clock(first)).into());
                point::resolve(&Field { key, span, value }, "start", choice, None, self.context, findings)?
            }
        };
        if table.end.is_none() && table.duration.is_none() {
            return match (point, old) {
                (Point::Day(_), When::AllDay(_)) | (Point::Zoned { .. } | Point::Floating(_), _)
                    if !old.is_all_day() || matches!(point, Point::Day(_)) =>
                {
                    length::same_length(&point, (*old, old_length))
                }
                _ => {
                    let assumed = Some(self.context.kinds.get(self.base.kind).duration);
                    let start = Field { key, span, value: Moment::Text(iso(first).into()) };
                    length::when(&start, &point, &None, &None, assumed, choice, self.context, findings)
                }
            };
        }
        if let Some(field) = table.end.as_ref().filter(|_| open::is_asked(&table.end) && table.duration.is_none()) {
            findings.push(open::in_change(field));
            return None;
        }
        let end = table.end.as_ref().map(|end| {
            // An hour alone is on the day of the start, or past midnight on the next.
            let language = self.context.reading_language();
            let same = hour::end_on_day(&end.value, first.date(), language);
            let is_bare = same != end.value;
            let value = match &same {
                Moment::Toml(moment) if is_bare => match hour::wall(moment) {
                    Some(wall) if wall <= first => {
                        hour::end_on_day(&end.value, first.date() + TimeDelta::days(1), language)
                    }
                    _ => same,
                },
                _ => same,
            };
            Field { key: end.key, span: end.span, value }
        });
        let start = Field { key, span, value: Moment::Text(iso(first).into()) };
        length::when(&start, &point, &end, &table.duration, None, choice, self.context, findings)
    }

    /// Whether the first occurrence of a part is before the end of the series.
    fn is_within(first: &Event, end: End) -> bool {
        rule(first).is_some_and(|rule| match (rule.end(), end) {
            (End::Never, End::Until(_)) => rule.clone().with_end(end).first(first.when.wall()).is_some(),
            _ => true,
        })
    }

    fn behind_the_end(&self, date: NaiveDate, span: Span, findings: &mut Findings) -> Option<Part> {
        let message = format!("nothing of the series is on {} or later", long_date(date));
        let key =
            self.record.until.as_ref().map(|field| field.key).or(self.record.count.as_ref().map(|field| field.key));
        findings.push(
            Finding::new(Code::FromNotInRepeat, span, message)
                .label("the last occurrence is before this date")
                .also(key.unwrap_or(self.span()), "ends it")
                .help("give an earlier date, move the end of the series, or delete the table"),
        );
        None
    }

    /// Says where the start is not one that the part's rule gives.
    fn begins(&self, part: &Part, start: &Start, table: &FromTable<'_>, findings: &mut Findings) {
        let Some(field) = &table.start else { return };
        let first = part.main().when.wall();
        let wanted = match (start.date, start.hour) {
            (Some(day), hour) => day.and_time(hour.unwrap_or(first.time())),
            (None, Some(hour)) => first.date().and_time(hour),
            (None, None) => return,
        };
        if wanted == first || part.main().when.is_all_day() && wanted.date() == first.date() {
            return;
        }
        let words = super::words_of(&part.timed, first.date());
        let (found, written) = match start.date {
            Some(day) => (format!("{}, {}", long_weekday(day.weekday()), long_date(day)), self.written(first)),
            None => (point::clock(wanted), format!("\"{}\"", point::clock(first))),
        };
        findings.push(
            Finding::new(
                Code::StartNotInRepeat,
                field.span,
                format!("{found}, is not one of `{words}`").replace(", is", " is"),
            )
            .label(format!("the first one is {}, {}", long_weekday(first.weekday()), long_date(first.date())))
            .help(format!("write `start = {written}`")),
        );
    }
}

/// Nothing of the earlier part is before the table's date.
fn nothing_before(main: &Event, date: NaiveDate, date_span: Span, earlier: Span, is_first: bool) -> Finding {
    let first = main.when.first_day();
    let message = format!("nothing of the series is before {}", long_date(date));
    let finding = Finding::new(Code::FromNotInRepeat, date_span, message).also(earlier, "what it would be instead of");
    if is_first {
        finding
            .label(format!("expected a date after {first}, when the series begins"))
            .help("from its beginning on it is as the event's own lines say: change those, and delete the table")
    } else {
        finding
            .label(format!("expected a date after {first}, the first occurrence by the table above"))
            .help("put both tables into one, or give this one a later date")
    }
}

fn says_nothing(table: &FromTable<'_>) -> bool {
    let FromTable { start, end, duration, timezone, repeat, rrule, unread, .. } = table;
    let times = [duration, timezone, repeat, rrule];
    let is_timed = start.is_some() || end.is_some() || times.iter().any(|slot| slot.is_some());
    !is_timed && unread.is_empty() && Overlay::of_part(table).is_empty()
}

/// Whether a part is as the one before, but for its dates.
fn is_same(before: &Event, after: &Event) -> bool {
    let Some(begun) = before.begun_at(after.when.wall()) else { return false };
    let as_before = Event {
        uid: after.uid.clone(),
        when: after.when,
        repeat: after.repeat.clone(),
        moved_from: after.moved_from,
        ..before.clone()
    };
    let same_hour = before.when.wall().time() == after.when.wall().time();
    same_hour && begun == after.when && as_before == *after
}

/// The zone in which the other times of a part are read.
fn choice_of(choice: Choice, when: &When) -> Choice {
    match (choice, when) {
        (Choice::Default(_) | Choice::Missing | Choice::OfPlace(_) | Choice::OfCity(_), When::Zoned { zone, .. }) => {
            Choice::Default(*zone)
        }
        _ => choice,
    }
}
