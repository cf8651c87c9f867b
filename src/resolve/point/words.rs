//! Zones in words behind a time: names, cities, abbreviations, which must be in force on the date.

use chrono::{FixedOffset, NaiveDateTime, Offset, TimeDelta};

use super::say::{clock, few, iso, long_date, relative_clock, relative_utc};
use super::{Asked, Choice, Findings, Point, unknown_zone};
use crate::diagnostic::{Code, Finding, shorten};
use crate::source::Span;
use crate::zone::abbreviation::{self, Meaning};
use crate::zone::name::Found;
use crate::zone::{Resolved, abbreviation_for_people, country, offset_for_people};

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
    pub(super) fn meant<'m>(&self, wall: NaiveDateTime, several: &'m [Meaning]) -> Option<&'m Meaning> {
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

    pub(super) fn ambiguous(&self, wall: NaiveDateTime, words: &str, several: &[Meaning], span: Span) -> Finding {
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
