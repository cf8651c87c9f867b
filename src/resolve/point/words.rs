//! Zones in words behind a time: names, cities, abbreviations. [`crate::zone::reading`] says what an abbreviation means;
//! here its instant is judged, and each refusal gives texts to write that are read as the instant that they state.

use chrono::{DateTime, FixedOffset, NaiveDateTime, Offset, TimeDelta, Utc};

use super::say::{assignment, clock, few, is_argument, iso, long_date, relative_clock, relative_utc};
use super::{Asked, Choice, Findings, Point, unknown_zone_in_text};
use crate::diagnostic::{Code, Finding, shorten};
use crate::source::Span;
use crate::zone::abbreviation::Meaning;
use crate::zone::name::Found;
use crate::zone::reading::{self, Home, Reading, Sense, Time};
use crate::zone::{Resolved, Zone, abbreviation_for_people, country, offset_for_people};

impl Asked<'_> {
    /// A wall-clock time with a zone in words: a name, a city, an abbreviation.
    ///
    /// The spans are those of the zone and of the time.
    pub(super) fn words(
        &self,
        wall: NaiveDateTime,
        words: &str,
        spans: (Span, Span),
        findings: &mut Findings,
    ) -> Option<Point> {
        let (span, time_span) = spans;
        let Some(reading) = reading::read(words, Time::Wall(wall), &self.home(), self.context.tzdb) else {
            return self.place(wall, words, spans, findings);
        };
        match reading {
            Reading::One(sense) => return Some(self.in_own_zone(wall, &sense)),
            Reading::OtherHalf { zone, offset } => {
                let there = format!("{} keeps", zone.name());
                let history = format!("{} is {} there", capitals(words), offset_for_people(offset));
                findings.push(self.out_of_force(wall, words, zone, offset, (&there, history), (span, time_span)));
            }
            Reading::NotInForce(meaning) => {
                let offset = FixedOffset::east_opt(meaning.seconds)?;
                let zone = self.context.tzdb.zone(meaning.zone)?;
                let there = format!("{} keeps", meaning.coast);
                let history = format!("{} is {}", meaning.name, offset_for_people(offset));
                findings.push(self.out_of_force(wall, words, zone, offset, (&there, history), (span, time_span)));
            }
            Reading::Several(senses) => findings.push(self.ambiguous(wall, words, &senses, span)),
            Reading::Elsewhere(meanings) => findings.push(self.elsewhere(wall, words, meanings, span)),
        }
        None
    }

    /// Where the text is at home.
    fn home(&self) -> Home<'_> {
        let country = self.country.as_ref().map(crate::event::Country::code);
        let zone = match *self.choice {
            Choice::Named(zone, _) => Some(zone),
            // The country of the place goes before the calendar's zone.
            Choice::Default(zone) => {
                Some(zone).filter(|zone| country.is_none_or(|code| zone.countries().contains(&code)))
            }
            _ => None,
        };
        Home { zone, country }
    }

    /// The time in the zone that the record names, if its clocks have the offset then; else in that of the sense.
    fn in_own_zone(&self, wall: NaiveDateTime, sense: &Sense) -> Point {
        let own = match *self.choice {
            Choice::Named(zone, _) if zone.offset_at(sense.at).fix() == sense.offset => zone,
            _ => sense.zone,
        };
        Point::Zoned { zone: own, wall, at: sense.at }
    }

    /// A name of a zone or of a city.
    fn place(
        &self,
        wall: NaiveDateTime,
        words: &str,
        (span, time_span): (Span, Span),
        findings: &mut Findings,
    ) -> Option<Point> {
        match self.context.tzdb.find(words) {
            Found::One(zone) => return self.in_zone(wall, zone, time_span, findings),
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
            }
            Found::None => findings.push(unknown_zone_in_text(words, span, self.context.tzdb)),
        }
        None
    }

    /// What to write for an instant. It is read as that instant where the text stands now.
    pub(super) fn text_for(&self, at: DateTime<Utc>, preferred: Zone) -> String {
        let in_zone = |zone: Zone| {
            let local = at.with_timezone(&zone);
            let wall = local.naive_local();
            match zone.resolve(wall) {
                Resolved::Single(_) => assignment(self.key, &iso(wall)),
                Resolved::Gap { .. } | Resolved::Overlap { .. } => {
                    assignment(self.key, &format!("{}{}", iso(wall), local.offset().fix()))
                }
            }
        };
        match *self.choice {
            Choice::Named(zone, _) => format!("`{}`", in_zone(zone)),
            Choice::Offset(offset) => {
                let value = format!("{}{offset}", iso(at.with_timezone(&offset).naive_local()));
                format!("`{}`", assignment(self.key, &value))
            }
            Choice::Default(zone) if zone == preferred => format!("`{}`", in_zone(zone)),
            // On a command line, the zone stands behind the time.
            _ if is_argument(self.key) => {
                let local = at.with_timezone(&preferred);
                let value = match preferred.resolve(local.naive_local()) {
                    Resolved::Single(_) => format!("{} {}", iso(local.naive_local()), preferred.name()),
                    Resolved::Gap { .. } | Resolved::Overlap { .. } => {
                        format!("{}{}", iso(local.naive_local()), local.offset().fix())
                    }
                };
                format!("`{}`", assignment(self.key, &value))
            }
            Choice::Default(zone) if self.key != "start" => format!("`{}`", in_zone(zone)),
            _ if self.key != "start" => {
                let local = at.with_timezone(&preferred);
                format!("`{} = {}{}`", self.key, iso(local.naive_local()), local.offset().fix())
            }
            _ => format!("`{}` and `timezone = \"{}\"`", in_zone(preferred), preferred.name()),
        }
    }

    /// What to write for a wall-clock time by an offset. A record that names its zone gets the time on its own clock.
    fn text_for_offset(&self, wall: NaiveDateTime, offset: FixedOffset, at: DateTime<Utc>) -> String {
        match *self.choice {
            Choice::Named(zone, _) => self.text_for(at, zone),
            _ => format!("`{}`", assignment(self.key, &format!("{}{offset}", iso(wall)))),
        }
    }

    /// The finding for an abbreviation that clocks do not show at that time of the year.
    fn out_of_force(
        &self,
        wall: NaiveDateTime,
        words: &str,
        zone: Zone,
        offset: FixedOffset,
        (there, history): (&str, String),
        (span, time_span): (Span, Span),
    ) -> Finding {
        let right = match zone.resolve(wall) {
            Resolved::Single(at) | Resolved::Overlap { second: at, .. } => at,
            Resolved::Gap { before, after, at } => {
                return self.gap(wall, zone, (before.seconds(), after.seconds()), at, time_span);
            }
        };
        let literal = (wall - TimeDelta::seconds(offset.local_minus_utc().into())).and_utc();
        let message = format!(
            "{} is not in force on {}: {there} {} then",
            capitals(words),
            long_date(wall.date()),
            abbreviation_for_people(zone.regime_at(right)),
        );
        Finding::new(Code::AbbreviationMismatch, span, message)
            .label(history)
            .help(format!(
                "if {} on the clocks there is meant ({}), write {}",
                clock(wall),
                relative_utc(right, wall.date()),
                self.text_for(right, zone),
            ))
            .help(format!(
                "if {} is meant literally ({}), write {}",
                offset_for_people(offset),
                relative_utc(literal, wall.date()),
                self.text_for_offset(wall, offset, literal),
            ))
    }

    fn ambiguous(&self, wall: NaiveDateTime, words: &str, senses: &[Sense], span: Span) -> Finding {
        let message = format!("{} is the name of several clocks", capitals(words));
        let mut finding = Finding::new(Code::AmbiguousAbbreviation, span, message).label("expected a zone");
        for sense in senses {
            finding = finding.help(format!(
                "for {}, which is {}, write {}",
                name_of(sense),
                relative_utc(sense.at, wall.date()),
                self.text_for(sense.at, sense.zone),
            ));
        }
        finding
    }

    /// The finding for an abbreviation that only people of other countries use.
    fn elsewhere(&self, wall: NaiveDateTime, words: &str, meanings: &[Meaning], span: Span) -> Finding {
        let message = format!("{} is only used in {}", capitals(words), places(meanings));
        let mut finding = Finding::new(Code::UnknownTimezone, span, message).label("expected a zone or a city");
        for meaning in meanings {
            let Some(zone) = self.context.tzdb.zone(meaning.zone) else { continue };
            let Resolved::Single(at) = zone.resolve(wall) else { continue };
            finding = finding.help(format!(
                "for {} on the clocks of {} ({}), write {}",
                clock(wall),
                meaning.coast,
                relative_utc(at, wall.date()),
                self.text_for(at, zone),
            ));
        }
        finding
    }

    /// A zone in the text and one in `timezone` must name the same instant.
    pub(super) fn agreed(
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
        let by_zone = match zone.resolve(wall) {
            Resolved::Single(same) if same == at => return Some(Point::Zoned { zone, wall, at }),
            Resolved::Overlap { first, second, .. } if first == at || second == at => {
                return Some(Point::Zoned { zone, wall, at });
            }
            Resolved::Single(other) => Some(other),
            Resolved::Gap { .. } | Resolved::Overlap { .. } => None,
        };
        let there = at.with_timezone(&zone);
        let message = format!(
            "{} {} is {} in {}",
            clock(wall),
            shorten(words),
            relative_clock(there.naive_local(), wall.date()),
            zone.name(),
        );
        let mut finding = Finding::new(Code::OffsetMismatch, span, message)
            .label("the time is given in this zone")
            .also(zone_span, "and this is another")
            .help(format!(
                "if {} is right ({}), write {}",
                shorten(words),
                relative_utc(at, wall.date()),
                self.text_for(at, zone)
            ));
        if let Some(by_zone) = by_zone {
            finding = finding.help(format!(
                "if the clock in {} shows {} ({}), write {}",
                zone.city(),
                clock(wall),
                relative_utc(by_zone, wall.date()),
                self.text_for(by_zone, zone),
            ));
        }
        findings.push(finding);
        None
    }
}

/// An abbreviation in capitals; a name in full as it is written.
pub(in crate::resolve) fn capitals(words: &str) -> String {
    if words.contains(' ') { shorten(words) } else { shorten(words).to_uppercase() }
}

/// The places of meanings, in a sentence.
pub(in crate::resolve) fn places(meanings: &[Meaning]) -> String {
    let mut places: Vec<&str> = meanings.iter().map(|meaning| meaning.coast).collect();
    places.dedup();
    places.join(" and ")
}

/// `China Standard Time (UTC+8, China)`.
pub(in crate::resolve) fn name_of(sense: &Sense) -> String {
    let offset = offset_for_people(sense.offset);
    match sense.meaning {
        Some(meaning) => {
            let place = meaning.countries.first().and_then(|code| country::name(code)).unwrap_or_default();
            format!("{} ({offset}, {place})", meaning.name)
        }
        None => format!("the clocks of {} ({offset})", sense.zone.name()),
    }
}
