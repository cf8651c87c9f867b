//! One moment of a record: a day, or a time in a zone, resolved to an instant.
//!
//! Here the clocks are judged: times that are skipped or happen twice, offsets and abbreviations that are not in force
//! on the date. Nothing is guessed; each refusal says what to write.

use chrono::{
    DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, Timelike, Utc, Weekday,
};
use toml::value::Datetime;

use super::Context;
use super::written::{self, DateWords, Part, Refusal, TimeOfDay, ZoneWords};
use crate::diagnostic::{Code, Finding, Severity, shorten};
use crate::event::Country;
use crate::record::{Field, Moment, Slot, Text};
use crate::source::Span;
use crate::zone::abbreviation::{self, Meaning};
use crate::zone::name::Found;
use crate::zone::{Resolved, Tzdb, Zone, abbreviation_for_people, country, offset_for_people};

/// The zone in which a record's times are written.
#[derive(Clone, Copy, Debug)]
pub enum Choice {
    /// `timezone` names it.
    Named(Zone, Span),
    /// `timezone = "local"`.
    Local,
    /// The record says nothing, and the calendar does.
    Default(Zone),
    /// The record's start has an offset and no zone; its other times are in the same.
    Offset(FixedOffset),
    /// Nobody says.
    Missing,
    /// `timezone` is wrong, which was reported; times are not judged further.
    Wrong,
}

impl Choice {
    /// How the other times of a record are read: where it names no zone, by the clock of its start.
    #[must_use]
    pub fn behind(self, start: &Point) -> Self {
        match (self, start) {
            (Choice::Default(_) | Choice::Missing, Point::Zoned { zone, .. }) => Choice::Default(*zone),
            (Choice::Default(_) | Choice::Missing, Point::Fixed { offset, .. }) => Choice::Offset(*offset),
            _ => self,
        }
    }
}

/// A moment, resolved.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Point {
    /// A day, without an hour.
    Day(NaiveDate),
    /// Wall-clock time in a zone.
    Zoned {
        /// The zone.
        zone: Zone,
        /// As on the clock there.
        wall: NaiveDateTime,
        /// The same as an instant.
        at: DateTime<Utc>,
    },
    /// An instant of which only the offset is known.
    Fixed {
        /// As written.
        offset: FixedOffset,
        /// The instant.
        at: DateTime<Utc>,
    },
    /// The same wall clock everywhere.
    Floating(NaiveDateTime),
}

type Findings = Vec<Finding>;

/// `timezone`.
pub fn timezone(slot: &Slot<Text<'_>>, context: &Context<'_>, findings: &mut Findings) -> Choice {
    let Some(field) = slot else { return context.timezone.map_or(Choice::Missing, Choice::Default) };
    if field.value == "local" {
        return Choice::Local;
    }
    if field.value.trim().is_empty() {
        findings.push(
            Finding::new(Code::EmptyValue, field.span, "the time zone is empty")
                .label("expected a name such as Europe/Athens")
                .help("fill it in, or delete the line"),
        );
        return Choice::Wrong;
    }
    if let Some(zone) = context.tzdb.zone(&field.value) {
        if let "EST" | "MST" | "HST" = zone.name()
            && let [meaning, ..] = abbreviation::meanings(zone.name())
        {
            let mut finding = Finding::new(
                Code::AmbiguousAbbreviation,
                field.span,
                format!("`{}` is a clock that never has summer time", zone.name()),
            );
            finding.severity = Severity::Warning;
            findings.push(finding.label("most people mean a place").help(format!("write `\"{}\"`", meaning.zone)));
        }
        return Choice::Named(zone, field.span);
    }
    findings.push(unknown_zone(&field.value, field.span, context.tzdb));
    Choice::Wrong
}

/// A zone that the database does not have, with the one that may be meant.
pub fn unknown_zone(written: &str, span: Span, tzdb: &Tzdb) -> Finding {
    let shown = shorten(written);
    let finding = Finding::new(Code::UnknownTimezone, span, format!("unknown time zone `{shown}`"))
        .label("expected an IANA name such as Europe/Athens");
    if written.trim().eq_ignore_ascii_case("local") {
        return finding.help("did you mean `local`?").fix(span, "\"local\"");
    }
    let meanings = abbreviation::meanings(written.trim());
    let meant: Vec<&str> = if meanings.is_empty() {
        match tzdb.find(written) {
            Found::One(zone) => vec![zone.name()],
            Found::Many(zones) => zones.into_iter().map(Zone::name).collect(),
            Found::None => tzdb.suggest(written).into_iter().collect(),
        }
    } else {
        meanings.iter().map(|meaning| meaning.zone).collect()
    };
    match meant[..] {
        [] if written::read(&format!("18:00 {written}"))
            .is_ok_and(|read| matches!(read.zone, Some(Part { value: ZoneWords::Offset(_), .. }))) =>
        {
            finding
                .help("name a place whose clocks have this offset, such as `timezone = \"Europe/Athens\"`")
                .help("or leave `timezone` out, and write the offset behind the time: `start = 2026-12-02T18:00+02:00`")
        }
        [] => finding.help("`redletter zones WORDS` finds zones by city or country"),
        [one] => finding.help(format!("did you mean `{one}`?")).fix(span, format!("\"{one}\"")),
        ref many => finding.help(format!("did you mean one of {}?", many.join(", "))),
    }
}

/// Resolves a moment. `key` is its field, for the text to write; `country` is that of the place.
pub fn resolve(
    field: &Field<Moment<'_>>,
    key: &str,
    choice: &Choice,
    country: Option<Country>,
    context: &Context<'_>,
    findings: &mut Findings,
) -> Option<Point> {
    let asked = Asked { key, span: field.span, choice, country, context };
    let point = match &field.value {
        Moment::Toml(datetime) => asked.toml(datetime, findings),
        Moment::Text(text) => asked.text(text, findings),
    }?;
    // East of Greenwich the first hours of the year 1 are in no year that a feed can write.
    if let Point::Zoned { at, .. } | Point::Fixed { at, .. } = point
        && at.year() < 1
    {
        findings.push(year_out_of_range(0, field.span));
        return None;
    }
    Some(point)
}

fn year_out_of_range(year: i32, span: Span) -> Finding {
    Finding::new(Code::InvalidDate, span, format!("the year {year:04} cannot be published"))
        .label("expected a year from 0001 to 9998")
        .help("write the year with four digits, such as 2026")
}

/// Resolves a wall-clock time of a change in the zone that it names; `span` is where the zone stands.
pub(super) fn in_named(
    wall: NaiveDateTime,
    zone: Zone,
    span: Span,
    context: &Context<'_>,
    findings: &mut Findings,
) -> Option<Point> {
    let choice = Choice::Named(zone, span);
    Asked { key: "start", span, choice: &choice, country: None, context }.in_zone(wall, zone, span, findings)
}

/// What a moment is resolved by.
struct Asked<'q> {
    key: &'q str,
    span: Span,
    choice: &'q Choice,
    country: Option<Country>,
    context: &'q Context<'q>,
}

impl Asked<'_> {
    fn toml(&self, datetime: &Datetime, findings: &mut Findings) -> Option<Point> {
        let Some(date) = datetime.date else {
            let time = datetime.time.map(|time| time.to_string()).unwrap_or_default();
            let day = self.context.now.date_naive();
            findings.push(
                Finding::new(Code::WrongType, self.span, "a time without a date")
                    .label("expected a date and a time")
                    .help(format!("put the day before it: `{} = {day}T{time}`", self.key)),
            );
            return None;
        };
        let words = DateWords { year: Some(date.year.into()), month: date.month.into(), day: date.day.into() };
        let date = self::date(words, self.span, findings)?;
        let Some(time) = datetime.time else { return Some(Point::Day(date)) };
        if time.nanosecond.unwrap_or(0) != 0 {
            findings.push(
                Finding::new(Code::InvalidTime, self.span, "a fraction of a second")
                    .label("expected whole seconds; iCalendar has no smaller ones"),
            );
            return None;
        }
        let Some(time) = NaiveTime::from_hms_opt(time.hour.into(), time.minute.into(), time.second.unwrap_or(0).into())
        else {
            findings.push(
                Finding::new(Code::InvalidTime, self.span, "there is no such time of day")
                    .label("expected seconds from 00 to 59; a leap second has no place in a calendar"),
            );
            return None;
        };
        let wall = date.and_time(time);
        match datetime.offset {
            None => self.wall(wall, self.span, findings),
            Some(offset) => {
                let minutes = match offset {
                    toml::value::Offset::Z => 0,
                    toml::value::Offset::Custom { minutes } => i32::from(minutes),
                };
                let offset = FixedOffset::east_opt(minutes * 60)?;
                self.offset(wall, offset, self.span, findings)
            }
        }
    }

    fn text(&self, text: &str, findings: &mut Findings) -> Option<Point> {
        let written = match written::read(text) {
            Ok(written) => written,
            Err(part) => {
                findings.push(refusal(&part, self.part(text, &part.range)));
                return None;
            }
        };
        let Some(date) = &written.date else {
            findings.push(
                Finding::new(Code::InvalidDate, self.span, format!("`{}` has no date", shorten(text)))
                    .label("expected a date, such as 2026-12-02 or 2 December 2026")
                    .help(format!("write day, month and year, such as `{} = \"2 December 2026, 6 pm\"`", self.key)),
            );
            return None;
        };
        if date.value.year.is_none() {
            findings.push(
                Finding::new(Code::InvalidDate, self.part(text, &date.range), "the date has no year")
                    .label("expected a year too, such as 2 December 2026"),
            );
            return None;
        }
        let day = self::date(date.value, self.part(text, &date.range), findings)?;
        if let Some(weekday) = &written.weekday {
            self::weekday(day, weekday.value, self.part(text, &weekday.range), findings)?;
        }
        let Some(time) = &written.time else {
            if let Some(zone) = &written.zone {
                let words = &text[zone.range.clone()];
                findings.push(
                    Finding::new(
                        Code::InvalidTime,
                        self.part(text, &zone.range),
                        format!("`{}` is no time", shorten(words)),
                    )
                    .label("expected a time such as 16:30 or 4:30 pm, or nothing"),
                );
                return None;
            }
            return Some(Point::Day(day));
        };
        let wall = match time.value {
            TimeOfDay::Clock(time) => day.and_time(time),
            TimeOfDay::EndOfDay => day.succ_opt()?.and_time(NaiveTime::MIN),
        };
        let Some(zone) = &written.zone else { return self.wall(wall, self.part(text, &time.range), findings) };
        let zone_span = self.part(text, &zone.range);
        match &zone.value {
            ZoneWords::Offset(offset) => self.offset(wall, *offset, zone_span, findings),
            ZoneWords::Words(words) => {
                let point = self.words(wall, words, (zone_span, self.part(text, &time.range)), findings)?;
                self.agreed(point, wall, words, zone_span, findings)
            }
        }
    }

    /// The span of a part of the text. Where escapes make bytes and characters differ, it is the whole value.
    fn part(&self, text: &str, range: &std::ops::Range<usize>) -> Span {
        let length = (self.span.end - self.span.start) as usize;
        match length.checked_sub(text.len()) {
            Some(0) => Span::new(range.clone()).shifted(self.span.start),
            Some(2) => Span::new(range.clone()).shifted(self.span.start + 1),
            _ => self.span,
        }
    }

    /// A wall-clock time without a zone of its own.
    fn wall(&self, wall: NaiveDateTime, span: Span, findings: &mut Findings) -> Option<Point> {
        match *self.choice {
            Choice::Named(zone, _) | Choice::Default(zone) => self.in_zone(wall, zone, span, findings),
            Choice::Local => Some(Point::Floating(wall)),
            Choice::Offset(offset) => {
                let at = (wall - TimeDelta::seconds(offset.local_minus_utc().into())).and_utc();
                Some(Point::Fixed { offset, at })
            }
            Choice::Wrong => None,
            Choice::Missing => {
                let finding = Finding::new(Code::TimezoneMissing, self.span, "a time of day, and no zone says whose")
                    .label("expected a `timezone` in the record, in `[defaults]` or in calendar.toml");
                let zones =
                    self.country.map(|country| self.context.tzdb.of_country(country.code())).unwrap_or_default();
                findings.push(match zones {
                    [] => finding.help("add a line such as `timezone = \"Europe/Athens\"`"),
                    [zone] => finding.help(format!("add a line `timezone = \"{zone}\"`")),
                    zones => finding.help(format!("add `timezone` with one of {}", few(zones))),
                });
                None
            }
        }
    }

    fn in_zone(&self, wall: NaiveDateTime, zone: Zone, span: Span, findings: &mut Findings) -> Option<Point> {
        match zone.resolve(wall) {
            Resolved::Single(at) => Some(Point::Zoned { zone, wall, at }),
            Resolved::Gap { before, after, at } => {
                findings.push(self.gap(wall, zone, (before.seconds(), after.seconds()), at, span));
                None
            }
            Resolved::Overlap { first, second, before, after } => {
                findings.push(self.overlap(wall, zone, [(first, before.fix()), (second, after.fix())], span));
                None
            }
        }
    }

    fn gap(&self, wall: NaiveDateTime, zone: Zone, offsets: (i32, i32), at: DateTime<Utc>, span: Span) -> Finding {
        let last = at.naive_utc() + TimeDelta::seconds(offsets.0.into());
        let next = at.naive_utc() + TimeDelta::seconds(offsets.1.into());
        let minute_before = last - TimeDelta::minutes(1);
        let name = |instant| abbreviation_for_people(zone.regime_at(instant));
        let message = format!(
            "{} does not happen in {} on {}: clocks go from {} to {}",
            clock(wall),
            zone.name(),
            long_date(wall.date()),
            clock(last),
            clock(next),
        );
        Finding::new(Code::TimeInGap, span, message)
            .label("clocks skip this time")
            .help(format!(
                "the neighbours are {} {} and {} {}",
                clock(minute_before),
                name(at - TimeDelta::seconds(1)),
                clock(next),
                name(at),
            ))
            .help(format!(
                "write `{} = {}` or `{} = {}`{}",
                self.key,
                iso(next),
                self.key,
                iso(minute_before),
                self.and_zone(zone)
            ))
    }

    fn overlap(&self, wall: NaiveDateTime, zone: Zone, both: [(DateTime<Utc>, FixedOffset); 2], span: Span) -> Finding {
        let [first, second] = both.map(|(instant, offset)| {
            let name = abbreviation_for_people(zone.regime_at(instant));
            format!("`{} = {}{offset}` ({name}, {} UTC)", self.key, iso(wall), clock(instant.naive_utc()))
        });
        let and_zone = self.and_zone(zone);
        let message = format!("{} happens twice in {} on {}", clock(wall), zone.name(), long_date(wall.date()));
        Finding::new(Code::TimeInOverlap, span, message)
            .label("clocks are put back over this time")
            .help(format!("for the first, write {first}{and_zone}"))
            .help(format!("for the second, write {second}{and_zone}"))
    }

    /// The line that must stand beside a time without words for its zone, where the record has another zone.
    fn and_zone(&self, zone: Zone) -> String {
        match *self.choice {
            Choice::Named(own, _) | Choice::Default(own) if own == zone => String::new(),
            _ => format!(" and `timezone = \"{}\"`", zone.name()),
        }
    }

    /// A wall-clock time with an offset.
    fn offset(&self, wall: NaiveDateTime, offset: FixedOffset, span: Span, findings: &mut Findings) -> Option<Point> {
        let at = (wall - TimeDelta::seconds(offset.local_minus_utc().into())).and_utc();
        let (zone, zone_span) = match *self.choice {
            Choice::Named(zone, span) => (zone, span),
            Choice::Default(_) | Choice::Offset(_) | Choice::Missing => return Some(Point::Fixed { offset, at }),
            Choice::Wrong => return None,
            Choice::Local => {
                findings.push(
                    Finding::new(Code::OffsetMismatch, span, "an offset, and `timezone = \"local\"`")
                        .label("expected a time without an offset, which holds by every place's own clock")
                        .help(format!("write `{} = {}`, or name a zone in `timezone`", self.key, iso(wall))),
                );
                return None;
            }
        };
        if zone.offset_at(at).fix() == offset {
            return Some(Point::Zoned { zone, wall, at });
        }
        let written = offset_for_people(offset);
        let message =
            |there: &str| format!("{} on {} is not {written} but {there}", zone.name(), long_date(wall.date()));
        let literal = at.with_timezone(&zone);
        let literal_text = format!("{}{}", iso(literal.naive_local()), literal.offset().fix());
        let finding = match zone.resolve(wall) {
            Resolved::Single(right) => {
                let there = zone.offset_at(right).fix();
                Finding::new(Code::OffsetMismatch, span, message(&offset_for_people(there)))
                    .label(format!("expected {there}"))
                    .also(zone_span, "this zone")
                    .help(format!(
                        "if the clock there shows {} ({}), write `{} = {}`",
                        clock(wall),
                        relative_utc(right, wall.date()),
                        self.key,
                        iso(wall),
                    ))
            }
            Resolved::Gap { before, after, at } => self.gap(wall, zone, (before.seconds(), after.seconds()), at, span),
            Resolved::Overlap { first, second, before, after } => {
                self.overlap(wall, zone, [(first, before.fix()), (second, after.fix())], span)
            }
        };
        findings.push(finding.help(format!(
            "if {written} is meant ({}), write `{} = {literal_text}`",
            relative_utc(at, wall.date()),
            self.key,
        )));
        None
    }

    /// A wall-clock time with a zone in words: a name, a city, an abbreviation.
    ///
    /// The spans are those of the zone and of the time.
    fn words(&self, wall: NaiveDateTime, words: &str, spans: (Span, Span), findings: &mut Findings) -> Option<Point> {
        let (span, time_span) = spans;
        let meanings = abbreviation::meanings(words);
        if meanings.is_empty() {
            return match self.context.tzdb.find(words) {
                Found::One(zone) => self.in_zone(wall, zone, time_span, findings),
                Found::Many(zones) => {
                    let names: Vec<&str> = zones.iter().map(|zone| zone.name()).collect();
                    findings.push(
                        Finding::new(
                            Code::UnknownTimezone,
                            span,
                            format!("several places are called `{}`", shorten(words)),
                        )
                        .label("expected one zone")
                        .help(format!("write one of {}", few(&names))),
                    );
                    None
                }
                Found::None => {
                    findings.push(unknown_zone(words, span, self.context.tzdb));
                    None
                }
            };
        }
        let meaning = match meanings {
            [meaning] => meaning,
            several => {
                let meant = self.meant(wall, several);
                if meant.is_none() {
                    findings.push(self.ambiguous(wall, words, several, span));
                }
                meant?
            }
        };
        let offset = FixedOffset::east_opt(meaning.seconds)?;
        // An event whose zone is named keeps it where the offset is in force there: Phoenix has MST all year. The
        // database's own abbreviation decides nothing: it calls Vancouver's permanent PDT `MST`.
        if let Choice::Named(zone, _) = *self.choice {
            let at = (wall - TimeDelta::seconds(meaning.seconds.into())).and_utc();
            let regime = zone.regime_at(at);
            if regime.offset == offset {
                return Some(Point::Zoned { zone, wall, at });
            }
        }
        let zone = self.context.tzdb.zone(meaning.zone)?;
        let (right, there) = match zone.resolve(wall) {
            Resolved::Single(at) => (at, zone.regime_at(at)),
            Resolved::Overlap { first, before, .. } if before.fix() == offset => (first, zone.regime_at(first)),
            Resolved::Overlap { second, .. } => (second, zone.regime_at(second)),
            Resolved::Gap { before, after, at } => {
                findings.push(self.gap(wall, zone, (before.seconds(), after.seconds()), at, time_span));
                return None;
            }
        };
        if there.offset == offset {
            return Some(Point::Zoned { zone, wall, at: right });
        }
        let literal = (wall - TimeDelta::seconds(meaning.seconds.into())).and_utc();
        let shown = if words.contains(' ') { shorten(words) } else { words.to_uppercase() };
        let message = format!(
            "{shown} is not in force on {}: {} keeps {} then",
            long_date(wall.date()),
            meaning.coast,
            abbreviation_for_people(there),
        );
        findings.push(
            Finding::new(Code::AbbreviationMismatch, span, message)
                .label(format!("{} is {}", meaning.name, offset_for_people(offset)))
                .help(format!(
                    "if {} on the clocks there is meant ({}), write `{} = {}` and `timezone = \"{}\"`",
                    clock(wall),
                    relative_utc(right, wall.date()),
                    self.key,
                    iso(wall),
                    zone.name(),
                ))
                .help(format!(
                    "if {} is meant literally ({}), write `{} = {}{offset}`",
                    offset_for_people(offset),
                    relative_utc(literal, wall.date()),
                    self.key,
                    iso(wall),
                )),
        );
        None
    }

    /// Which of several meanings the named zone of the record decides for.
    fn meant<'m>(&self, wall: NaiveDateTime, several: &'m [Meaning]) -> Option<&'m Meaning> {
        let Choice::Named(zone, _) = *self.choice else { return None };
        let partner = |meaning: &Meaning| meaning.partner.unwrap_or_default();
        several.iter().find(|meaning| {
            let at = (wall - TimeDelta::seconds(meaning.seconds.into())).and_utc();
            let regime = zone.regime_at(at);
            let own = self.context.tzdb.zone(meaning.zone).map(|zone| zone.regime_at(at));
            own.is_some_and(|own| own.offset == regime.offset && own.abbreviation == regime.abbreviation)
                || regime.offset.local_minus_utc() == meaning.seconds
                || regime.abbreviation == partner(meaning)
        })
    }

    fn ambiguous(&self, wall: NaiveDateTime, words: &str, several: &[Meaning], span: Span) -> Finding {
        let mut several: Vec<&Meaning> = several.iter().collect();
        let country = self.country.map(|country| country.code().to_owned()).unwrap_or_default();
        several.sort_by_key(|meaning| !meaning.countries.contains(&&*country));
        let shown = words.to_uppercase();
        let mut finding =
            Finding::new(Code::AmbiguousAbbreviation, span, format!("{shown} is the name of several clocks"))
                .label("expected a zone");
        for meaning in several {
            let offset = FixedOffset::east_opt(meaning.seconds).map(offset_for_people).unwrap_or_default();
            let place = meaning.countries.first().and_then(|code| country::name(code)).unwrap_or_default();
            let there = self.context.tzdb.zone(meaning.zone).map(|zone| {
                let at = (wall - TimeDelta::seconds(meaning.seconds.into())).and_utc();
                zone.regime_at(at)
            });
            let other = there.filter(|there| there.offset.local_minus_utc() != meaning.seconds);
            let other = other.map_or_else(String::new, |there| {
                format!("; clocks there show {} on that day", abbreviation_for_people(there))
            });
            finding = finding.help(format!(
                "for {} ({offset}, {place}{other}), write `{} = {}` and `timezone = \"{}\"`",
                meaning.name,
                self.key,
                iso(wall),
                meaning.zone,
            ));
        }
        finding
    }

    /// A zone in the text and one in `timezone` must name the same instant.
    fn agreed(
        &self,
        point: Point,
        wall: NaiveDateTime,
        words: &str,
        span: Span,
        findings: &mut Findings,
    ) -> Option<Point> {
        let (Choice::Named(zone, zone_span), Point::Zoned { at, .. }) = (*self.choice, point) else {
            return Some(point);
        };
        match zone.resolve(wall) {
            Resolved::Single(same) if same == at => Some(Point::Zoned { zone, wall, at }),
            Resolved::Overlap { first, second, .. } if first == at || second == at => {
                Some(Point::Zoned { zone, wall, at })
            }
            _ => {
                let there = at.with_timezone(&zone);
                let message = format!(
                    "{} {} is {} in {}",
                    clock(wall),
                    shorten(words),
                    relative_clock(there.naive_local(), wall.date()),
                    zone.name(),
                );
                let finding = Finding::new(Code::OffsetMismatch, span, message)
                    .label("the time is given in this zone")
                    .also(zone_span, "and this is another");
                findings.push(if self.key == "start" {
                    let words = shorten(words);
                    finding.help(format!("keep one of the two: delete `{words}` here, or delete the line `timezone`"))
                } else {
                    finding.help(format!("write `{} = {}`", self.key, iso(there.naive_local())))
                });
                None
            }
        }
    }
}

fn date(words: DateWords, span: Span, findings: &mut Findings) -> Option<NaiveDate> {
    let year = words.year?;
    if !(1..=9998).contains(&year) {
        findings.push(year_out_of_range(year, span));
        return None;
    }
    let date = NaiveDate::from_ymd_opt(year, words.month, words.day);
    if date.is_none() {
        let text = format!("{year:04}-{:02}-{:02}", words.month, words.day);
        findings.extend(crate::diagnostic::phrases::no_such_day(&text, span));
    }
    date
}

fn weekday(day: NaiveDate, written: Weekday, span: Span, findings: &mut Findings) -> Option<()> {
    if day.weekday() == written {
        return Some(());
    }
    let near = |step: i64| {
        (1..7).map(|days| day + TimeDelta::days(days * step)).find(|day| day.weekday() == written).unwrap_or(day)
    };
    let (is, says) = (day.format("%A"), long_weekday(written));
    findings.push(
        Finding::new(Code::WeekdayMismatch, span, format!("{} is a {is}, not a {says}", long_date(day)))
            .label(format!("expected {is}"))
            .help(format!("if the date is right, write `{is}`"))
            .help(format!("if the weekday is right, the date is {} or {}", long_date(near(-1)), long_date(near(1)))),
    );
    None
}

/// The finding for words that cannot be read.
pub fn refusal(part: &Part<Refusal>, span: Span) -> Finding {
    match &part.value {
        Refusal::AmbiguousDate(readings) => {
            let message = match readings[..] {
                [_] => "a date in figures, whose order differs from country to country",
                _ => "the order of day and month is not certain",
            };
            let mut finding = Finding::new(Code::AmbiguousDate, span, message)
                .label("expected year-month-day, or the month as a word");
            for reading in readings {
                finding = finding.help(format!("for {}, write `{reading}`", long_date(*reading)));
            }
            finding
        }
        Refusal::Date(why) => Finding::new(Code::InvalidDate, span, why.clone())
            .label("expected a date such as 2026-12-02 or 2 December 2026"),
        Refusal::Time(why) => {
            Finding::new(Code::InvalidTime, span, why.clone()).label("expected a time such as 16:30 or 4:30 pm")
        }
        Refusal::Twice("time") => Finding::new(Code::InvalidTime, span, "a second time")
            .label("expected one time")
            .help("write the time of the beginning; the other one stands in `end`"),
        Refusal::Twice(what) => {
            Finding::new(Code::InvalidDate, span, format!("a second {what}")).label(format!("expected one {what}"))
        }
    }
}

/// Names in a sentence: all of a few, or the first ones.
fn few(names: &[&str]) -> String {
    match names.len() {
        0..=12 => names.join(", "),
        more => format!("{} and {} more", names[..10].join(", "), more - 10),
    }
}

/// `16:00`, or `16:00:30`.
pub fn clock(wall: NaiveDateTime) -> String {
    wall.format(if wall.second() == 0 { "%H:%M" } else { "%H:%M:%S" }).to_string()
}

/// `00:00 on 11 June` where the day is another than `day`.
fn relative_clock(wall: NaiveDateTime, day: NaiveDate) -> String {
    if wall.date() == day { clock(wall) } else { format!("{} on {}", clock(wall), wall.format("%-d %B")) }
}

/// `23:00 UTC`, or `00:00 UTC on 11 June` where the day is another than `day`.
fn relative_utc(at: DateTime<Utc>, day: NaiveDate) -> String {
    let wall = at.naive_utc();
    let there = if wall.date() == day { String::new() } else { format!(" on {}", wall.format("%-d %B")) };
    format!("{} UTC{there}", clock(wall))
}

/// `2023-06-10T16:00`, as TOML has it.
pub fn iso(wall: NaiveDateTime) -> String {
    wall.format(if wall.second() == 0 { "%Y-%m-%dT%H:%M" } else { "%Y-%m-%dT%H:%M:%S" }).to_string()
}

/// `10 June 2023`.
pub fn long_date(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// `Saturday`.
pub fn long_weekday(weekday: Weekday) -> &'static str {
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        [weekday.num_days_from_monday() as usize]
}
