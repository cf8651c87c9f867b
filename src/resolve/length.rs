//! From a start to a whole: `end`, `duration`, or the kind's default length.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};

use super::hour::end_on_day;
use super::point::{self, Choice, Point, iso};
use super::{Context, open};
use crate::diagnostic::{Code, Finding, shorten};
use crate::event::{Days, Length, When};
use crate::record::{Field, Moment, Slot, Text};

/// When an event is, and how long in the sense of its record.
pub type Timed = (When, Length);

/// Reads `90m`, `2h`, `1h30m`, `3d`, `2w`, and ISO 8601 `PT2H`, `P1DT12H`. Days are counted on the clock, the rest is
/// exact.
pub fn parse(text: &str) -> Option<Length> {
    let lower = text.trim().to_ascii_lowercase();
    let (mut days, mut seconds) = (0_u64, 0_u64);
    let iso = lower.strip_prefix('p');
    let mut rest = iso.unwrap_or(&lower);
    let mut time = iso.is_none();
    if rest.is_empty() || rest.ends_with('t') {
        return None;
    }
    let mut last_rank = 0;
    while !rest.is_empty() {
        if iso.is_some() && !time && rest.starts_with('t') {
            (time, rest) = (true, &rest[1..]);
        }
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let count: u64 = rest[..digits].parse().ok().filter(|count| *count <= 4_000_000)?;
        let unit = rest[digits..].chars().next()?;
        // Units come from large to small, each once; in ISO 8601, hours stand behind the T.
        let rank = ['w', 'd', 'h', 'm', 's'].iter().position(|known| *known == unit)? + 1;
        if rank <= last_rank || (iso.is_some() && time != (rank > 2)) {
            return None;
        }
        last_rank = rank;
        match unit {
            'w' => days += count * 7,
            'd' => days += count,
            'h' => seconds += count * 3600,
            'm' => seconds += count * 60,
            _ => seconds += count,
        }
        rest = &rest[digits + 1..];
    }
    let [days, seconds] = [days, seconds].map(|count| u32::try_from(count).ok());
    Some(Length { clock: TimeDelta::days(days?.into()), exact: TimeDelta::seconds(seconds?.into()) })
}

/// A length of time, for settings; none where it is not one or is zero.
pub fn exact(text: &str) -> Option<TimeDelta> {
    Some(parse(text)?.total()).filter(|length| *length > TimeDelta::zero())
}

/// The finding for a text that is not a length.
pub fn invalid(field: &Field<Text<'_>>) -> Finding {
    let finding =
        Finding::new(Code::InvalidDuration, field.span, format!("`{}` is not a length of time", shorten(&field.value)))
            .label("expected a length such as 90m, 2h, 1h30m or 3d");
    let words = field.value.trim().to_lowercase();
    let clock = words.split_once(':').map(|(hours, minutes)| (hours.parse::<u32>(), minutes.parse::<u32>()));
    if let Some((Ok(hours @ 0..=99), Ok(minutes @ 0..=59))) = clock {
        return finding.help(format!("for hours and minutes, write `{hours}h{minutes:02}m`"));
    }
    let number = words.trim_end_matches(|c: char| c.is_alphabetic() || c == ' ');
    if let Ok(hours) = number.replace(',', ".").parse::<f64>()
        && matches!(words[number.len()..].trim(), "h" | "hour" | "hours")
        && (0.0..1000.0).contains(&hours)
    {
        let minutes = (hours * 60.0).round() as u32;
        let text = if minutes.is_multiple_of(60) {
            format!("{}h", minutes / 60)
        } else {
            format!("{}h{}m", minutes / 60, minutes % 60)
        };
        return finding.help(format!("write `{text}`")).fix(field.span, format!("\"{text}\""));
    }
    let mut short = String::new();
    for word in words.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty() && *word != "and") {
        let unit = word.trim_start_matches(|c: char| c.is_ascii_digit());
        short.push_str(&word[..word.len() - unit.len()]);
        match unit {
            "h" | "hr" | "hrs" | "hour" | "hours" => short.push('h'),
            "m" | "min" | "mins" | "minute" | "minutes" => short.push('m'),
            "d" | "day" | "days" => short.push('d'),
            "w" | "week" | "weeks" => short.push('w'),
            "" => {}
            _ => return finding,
        }
    }
    match parse(&short) {
        Some(_) => finding.help(format!("write `{short}`")).fix(field.span, format!("\"{short}\"")),
        None => finding,
    }
}

/// The whole of an event that begins at `start`.
#[expect(clippy::too_many_arguments, reason = "the two fields that may end it, and what they are judged by")]
pub fn when(
    start_field: &Field<Moment<'_>>,
    start: &Point,
    end: &Slot<Moment<'_>>,
    duration: &Slot<Text<'_>>,
    assumed: Option<TimeDelta>,
    choice: &Choice,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) -> Option<Timed> {
    if let (Some(end), Some(duration)) = (end, duration) {
        findings.push(
            Finding::new(Code::EndAndDuration, duration.key, "both `end` and `duration`")
                .label("says when it ends")
                .also(end.key, "so does this")
                .help("delete one of the two lines"),
        );
        return None;
    }
    if let Some(end) = end {
        return until(start_field, start, end, choice, context, findings);
    }
    let Some(field) = duration else {
        let assumed = assumed?;
        return match start {
            Point::Day(first) => finish(start, End::Day(first.succ_opt()?)),
            _ => finish(start, End::After(Length::exact(assumed))),
        };
    };
    let Some(length) = parse(&field.value) else {
        findings.push(invalid(field));
        return None;
    };
    if length == Length::default() {
        findings.push(
            Finding::new(Code::ZeroDuration, field.span, "the event has no length")
                .label("expected a length such as 90m or 2h")
                .help("delete the line to take the default length of its kind"),
        );
        return None;
    }
    let Point::Day(first) = start else {
        let when = finish(start, End::After(length));
        if when.is_none() {
            findings.push(too_late(field.span));
        }
        return when;
    };
    if length.exact.num_seconds() % 86_400 != 0 {
        findings.push(
            Finding::new(Code::MixedDateTypes, field.span, "the start is a day and the length has hours")
                .label("expected whole days, such as 2d")
                .also(start_field.span, "a day, without an hour")
                .help(format!("give the start an hour, such as `start = {first}T18:00`, or write whole days")),
        );
        return None;
    }
    let end = first.checked_add_signed(length.total()).filter(|end| is_publishable(*end));
    if end.is_none() {
        findings.push(too_late(field.span));
    }
    finish(start, End::Day(end?))
}

/// Whether an event may end then; its last day may be the last of the last year.
fn is_publishable(day: chrono::NaiveDate) -> bool {
    use chrono::Datelike;
    day.year() <= *point::YEARS.end() || day.year() == point::YEARS.end() + 1 && day.ordinal() == 1
}

fn too_late(span: crate::source::Span) -> Finding {
    let message = format!("the event ends after the year {}", point::YEARS.end());
    Finding::new(Code::InvalidDate, span, message).label("expected an earlier end")
}

fn until(
    start_field: &Field<Moment<'_>>,
    start: &Point,
    field: &Field<Moment<'_>>,
    choice: &Choice,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) -> Option<Timed> {
    // `end = 20:00` is on the day of the start.
    if let Moment::Toml(toml::value::Datetime { date: None, time: Some(time), .. }) = &field.value {
        let finding =
            Finding::new(Code::WrongType, field.span, "a time without a date").label("expected a date and a time");
        if let Some(on_day) = wall_of(start).and_then(|wall| on_day(field, wall.date(), &time.to_string())) {
            return until(start_field, start, &on_day, choice, context, findings);
        }
        findings.push(match wall_of(start) {
            Some(wall) => {
                let text = format!("{}T{time}", wall.date());
                finding.help(format!("write `end = {text}`")).fix(field.span, text)
            }
            None => finding.help("the start is a day: give both a day and an hour, or write the last day as `end`"),
        });
        return None;
    }
    // So is `end = "20:00"`.
    if let (Moment::Text(_), Some(wall)) = (&field.value, wall_of(start)) {
        let value = end_on_day(&field.value, wall.date(), context.reading_language());
        if value != field.value {
            let on_day = Field { key: field.key, span: field.span, value };
            return until(start_field, start, &on_day, choice, context, findings);
        }
    }
    if let Some(finding) = open::hint(field) {
        findings.push(finding);
        return None;
    }
    let mixed = |message: &str, expected: String| {
        Finding::new(Code::MixedDateTypes, field.span, message).label(expected).also(start_field.span, "the start")
    };
    let hour_after_day = |first: &NaiveDate| {
        mixed("the start is a day and the end has an hour", "expected a day".into())
            .help(format!("give the start an hour, such as `start = {first}T18:00`, or write the last day as `end`"))
    };
    // Which zone that hour would be in is no question then.
    if let (Point::Day(first), Moment::Toml(toml::value::Datetime { time: Some(_), .. })) = (start, &field.value) {
        findings.push(hour_after_day(first));
        return None;
    }
    let end = point::resolve(field, "end", &choice.after_start(start), None, context, findings)?;
    match (start, &end) {
        (Point::Day(first), Point::Day(last)) => {
            if last < first {
                findings.push(
                    Finding::new(Code::EndBeforeStart, field.span, "the last day is before the first")
                        .label(format!("expected {first} or later"))
                        .also(start_field.span, "begins here"),
                );
                return None;
            }
            finish(start, End::Day(last.succ_opt()?))
        }
        (Point::Day(first), _) => {
            findings.push(hour_after_day(first));
            None
        }
        (_, Point::Day(last)) => {
            let wall = wall_of(start)?;
            findings.push(
                mixed("the start has an hour and the end is a day", "expected a date and a time".into()).help(format!(
                    "write the hour too, such as `end = {}`",
                    iso(later(last.and_time(wall.time()), wall))
                )),
            );
            None
        }
        (Point::Floating(_), Point::Floating(until)) => {
            order(start_field, field, finish(start, End::Wall(*until)), findings)
        }
        _ => {
            let at = instant(&end)?;
            let equal = instant(start) == Some(at);
            if equal {
                findings.push(
                    Finding::new(Code::ZeroDuration, field.span, "the event ends when it begins")
                        .label("expected a later time")
                        .also(start_field.span, "begins here")
                        .help("delete the line to take the default length of its kind"),
                );
                return None;
            }
            order(start_field, field, finish(start, End::At(at)), findings)
        }
    }
}

/// An hour without a date, on a day.
fn on_day<'f>(field: &Field<Moment<'f>>, day: NaiveDate, time: &str) -> Option<Field<Moment<'f>>> {
    let value = format!("{day}T{time}").parse().ok()?;
    Some(Field { key: field.key, span: field.span, value: Moment::Toml(value) })
}

/// A time for an example: `end`, or two hours behind the start where it is no later.
fn later(end: NaiveDateTime, start: NaiveDateTime) -> NaiveDateTime {
    if end > start { end } else { start.checked_add_signed(TimeDelta::hours(2)).unwrap_or(start) }
}

fn order(
    start_field: &Field<Moment<'_>>,
    field: &Field<Moment<'_>>,
    when: Option<Timed>,
    findings: &mut Vec<Finding>,
) -> Option<Timed> {
    if when.is_none() {
        let finding = Finding::new(Code::EndBeforeStart, field.span, "the end comes before the start")
            .label("expected a later time")
            .also(start_field.span, "begins here");
        findings.push(match next_day(&field.value) {
            Some(later) => finding.help(format!("what goes past midnight ends on the next date: `end = {later}`")),
            None => finding.help("what goes past midnight ends on the next date"),
        });
    }
    when
}

/// The same time a day later, as one writes it.
fn next_day(moment: &Moment<'_>) -> Option<toml::value::Datetime> {
    let Moment::Toml(datetime) = moment else { return None };
    let toml::value::Date { year, month, day } = datetime.date?;
    let next = chrono::NaiveDate::from_ymd_opt(year.into(), month.into(), day.into())?.succ_opt()?;
    let date = next.to_string().parse::<toml::value::Datetime>().ok()?.date;
    Some(toml::value::Datetime { date, ..*datetime })
}

#[derive(Clone, Copy)]
enum End {
    Day(chrono::NaiveDate),
    At(DateTime<Utc>),
    Wall(NaiveDateTime),
    After(Length),
}

/// `None` where the end is not after the start, or lies past the calendar's end.
fn finish(start: &Point, end: End) -> Option<Timed> {
    let when = match *start {
        Point::Day(first) => match end {
            End::Day(end) => Days::new(first, end).map(When::AllDay)?,
            End::At(_) | End::Wall(_) | End::After(_) => return None,
        },
        Point::Zoned { zone, wall, at: start } => {
            let end = match end {
                End::At(at) => at,
                End::After(length) => length.end_in(zone, wall, start)?,
                End::Day(_) | End::Wall(_) => return None,
            };
            When::Zoned { zone, start, end }
        }
        Point::Fixed { offset, at: start } => {
            let end = match end {
                End::At(at) => at,
                End::After(length) => start.checked_add_signed(length.total())?,
                End::Day(_) | End::Wall(_) => return None,
            };
            When::Fixed { offset, start, end }
        }
        Point::Floating(start) => {
            let end = match end {
                End::Wall(end) => end,
                End::After(length) => start.checked_add_signed(length.total())?,
                End::Day(_) | End::At(_) => return None,
            };
            When::Floating { start, end }
        }
    };
    let length = match end {
        End::After(length) => length,
        End::Day(_) | End::At(_) | End::Wall(_) => Length::by_clock(&when),
    };
    (when.elapsed() > TimeDelta::zero() && is_publishable(when.wall_end().date())).then_some((when, length))
}

/// `point` with the length of `event`; none where that is past the calendar's end. A day in place of an hour is one day,
/// an hour in place of a day two hours.
pub fn same_length(point: &Point, (when, length): Timed) -> Option<Timed> {
    match (point, when) {
        (Point::Day(first), When::AllDay(days)) => {
            finish(point, End::Day(first.checked_add_signed(TimeDelta::days(days.count()))?))
        }
        (Point::Day(first), _) => finish(point, End::Day(first.succ_opt()?)),
        (_, When::AllDay(_)) => finish(point, End::After(Length::exact(TimeDelta::hours(2)))),
        (_, When::Zoned { .. } | When::Fixed { .. } | When::Floating { .. }) => finish(point, End::After(length)),
    }
}

fn wall_of(point: &Point) -> Option<NaiveDateTime> {
    match *point {
        Point::Day(_) => None,
        Point::Zoned { wall, .. } | Point::Floating(wall) => Some(wall),
        Point::Fixed { offset, at } => Some(at.with_timezone(&offset).naive_local()),
    }
}

fn instant(point: &Point) -> Option<DateTime<Utc>> {
    match *point {
        Point::Zoned { at, .. } | Point::Fixed { at, .. } => Some(at),
        Point::Day(_) | Point::Floating(_) => None,
    }
}

#[cfg(test)]
mod tests;
