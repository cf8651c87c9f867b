//! Clocks that skip a time, show it twice, or are not by the offset that was written.

use chrono::{DateTime, FixedOffset, NaiveDateTime, Offset, TimeDelta, Utc};

use super::say::{assignment, clock, is_argument, iso, long_date, relative_utc};
use super::{Asked, Choice, Findings, Point};
use crate::diagnostic::{Code, Finding};
use crate::source::Span;
use crate::zone::{Resolved, Zone, abbreviation_for_people, offset_for_people};

impl Asked<'_> {
    pub(super) fn gap(
        &self,
        wall: NaiveDateTime,
        zone: Zone,
        offsets: (i32, i32),
        at: DateTime<Utc>,
        span: Span,
    ) -> Finding {
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
                "write `{}` or `{}`{}",
                assignment(self.key, &iso(next)),
                assignment(self.key, &iso(minute_before)),
                self.and_zone(zone)
            ))
    }

    pub(super) fn overlap(
        &self,
        wall: NaiveDateTime,
        zone: Zone,
        both: [(DateTime<Utc>, FixedOffset); 2],
        span: Span,
    ) -> Finding {
        let [first, second] = both.map(|(instant, offset)| {
            let name = abbreviation_for_people(zone.regime_at(instant));
            let text = assignment(self.key, &format!("{}{offset}", iso(wall)));
            format!("`{text}` ({name}, {} UTC)", clock(instant.naive_utc()))
        });
        let and_zone = self.and_zone(zone);
        let message = format!("{} happens twice in {} on {}", clock(wall), zone.name(), long_date(wall.date()));
        Finding::new(Code::TimeInOverlap, span, message)
            .label("clocks are put back over this time")
            .help(format!("for the first, write {first}{and_zone}"))
            .help(format!("for the second, write {second}{and_zone}"))
    }

    /// The line that must stand beside a time without words for its zone, where the record has another zone.
    pub(super) fn and_zone(&self, zone: Zone) -> String {
        match *self.choice {
            Choice::Named(own, _) | Choice::Default(own) if own == zone => String::new(),
            _ if is_argument(self.key) => format!(", with {} behind it", zone.name()),
            _ => format!(" and `timezone = \"{}\"`", zone.name()),
        }
    }

    /// A wall-clock time with an offset.
    pub(super) fn offset(
        &self,
        wall: NaiveDateTime,
        offset: FixedOffset,
        span: Span,
        findings: &mut Findings,
    ) -> Option<Point> {
        let at = (wall - TimeDelta::seconds(offset.local_minus_utc().into())).and_utc();
        let (zone, zone_span) = match *self.choice {
            Choice::Named(zone, span) => (zone, span),
            Choice::Default(_) | Choice::Offset(_) | Choice::Missing | Choice::OfPlace(_) | Choice::OfCity(_) => {
                return Some(Point::Fixed { offset, at });
            }
            Choice::Wrong => return None,
            Choice::Local => {
                findings.push(
                    Finding::new(Code::OffsetMismatch, span, "an offset, and `timezone = \"local\"`")
                        .label("expected a time without an offset, which holds by every place's own clock")
                        .help(format!("write `{}`, or name a zone in `timezone`", assignment(self.key, &iso(wall)))),
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
                        "if the clock there shows {} ({}), write `{}`",
                        clock(wall),
                        relative_utc(right, wall.date()),
                        assignment(self.key, &iso(wall)),
                    ))
            }
            Resolved::Gap { before, after, at } => self.gap(wall, zone, (before.seconds(), after.seconds()), at, span),
            Resolved::Overlap { first, second, before, after } => {
                self.overlap(wall, zone, [(first, before.fix()), (second, after.fix())], span)
            }
        };
        findings.push(finding.help(format!(
            "if {written} is meant ({}), write `{}`",
            relative_utc(at, wall.date()),
            assignment(self.key, &literal_text),
        )));
        None
    }
}
