//! VTIMEZONE: its offsets, and the zone of the database that behaves the same.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, Utc};

use super::component::Component;
use super::value::{self, Stamp};
use crate::recurrence::{End, Rule, Until};
use crate::zone::{Tzdb, Zone};

/// A zone as a file defines it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Definition {
    /// When an offset begins, as an instant, with the offset; in order.
    onsets: Vec<(DateTime<Utc>, FixedOffset)>,
    /// The offset before the first onset.
    first: FixedOffset,
    /// X-LIC-LOCATION: libical's name of the zone.
    pub location: Option<String>,
}

/// The year up to which rules are expanded.
const LAST_YEAR: i32 = 2100;
/// STANDARD and DAYLIGHT parts that are read.
const MOST_PARTS: usize = 1_000;
/// Onsets of a part: a rule of every year since 1600.
const MOST_ONSETS: usize = 600;

impl Definition {
    /// Reads a VTIMEZONE; `None` if no part of it can be read.
    pub fn of(component: &Component<'_>) -> Option<Self> {
        let mut onsets: Vec<(DateTime<Utc>, FixedOffset, FixedOffset)> = Vec::new();
        let parts = component.components.iter().filter(|part| matches!(&*part.name, "STANDARD" | "DAYLIGHT"));
        for part in parts.take(MOST_PARTS) {
            onsets.extend(part_onsets(part).into_iter().flatten());
        }
        onsets.sort_by_key(|(at, ..)| *at);
        let (_, first, _) = *onsets.first()?;
        let location = component.property("X-LIC-LOCATION").map(|line| line.value.trim().to_owned());
        Some(Definition { onsets: onsets.into_iter().map(|(at, _, to)| (at, to)).collect(), first, location })
    }

    /// The offset at an instant.
    pub fn offset_at(&self, at: DateTime<Utc>) -> FixedOffset {
        let index = self.onsets.partition_point(|(onset, _)| *onset <= at);
        index.checked_sub(1).map_or(self.first, |index| self.onsets[index].1)
    }

    /// The instant of a local time: in a gap by the offset before it, in an overlap the first of the two.
    pub fn instant(&self, wall: NaiveDateTime) -> DateTime<Utc> {
        let by = |offset: FixedOffset| wall.checked_sub_offset(offset).unwrap_or(wall).and_utc();
        // The offsets that may be in force differ by less than a day.
        let day = TimeDelta::days(1);
        let before = self.offset_at(by(self.first) - day);
        let mut candidates = vec![before];
        let from = self.onsets.partition_point(|(onset, _)| *onset <= by(before) - day);
        let near = self.onsets[from..].iter().take_while(|(onset, _)| *onset <= by(before) + day);
        candidates.extend(near.map(|(_, offset)| *offset));
        let fits = |offset: &&FixedOffset| self.offset_at(by(**offset)) == **offset;
        let fitting = candidates.iter().filter(fits).map(|offset| by(*offset)).min();
        fitting.unwrap_or_else(|| by(before))
    }

    /// The only offset that it ever has.
    pub fn constant(&self) -> Option<FixedOffset> {
        let (_, offset) = self.onsets.first()?;
        self.onsets.iter().all(|(_, other)| other == offset).then_some(*offset)
    }

    /// Whether a zone has the same offsets in all of the years.
    /// Changes may be up to `slack` apart: some programs write them an hour off.
    pub fn behaves_as(&self, zone: Zone, years: (i32, i32), slack: TimeDelta) -> bool {
        let same = |at: DateTime<Utc>| at.with_timezone(&zone).offset().fix() == self.offset_at(at);
        let Some((from, to)) = bounds(years) else { return false };
        let first = self.onsets.partition_point(|(onset, _)| *onset < from);
        let onsets = self.onsets[first..].iter().map(|(onset, _)| *onset).take_while(|onset| *onset < to);
        let halves = (years.0..=years.1).flat_map(|year| {
            (1..=12).flat_map(move |month| [1, 15].map(|day| NaiveDate::from_ymd_opt(year, month, day)))
        });
        let noons = halves.flatten().map(|day| day.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(12));
        noons.clone().take(24).all(same)
            && onsets.clone().all(|onset| same(onset + slack) && same(onset - TimeDelta::seconds(1) - slack))
            && noons.skip(24).all(same)
    }

    /// The zone that behaves the same in the years: the one of the calendar first, then those whose names are `named`, then
    /// the main zones of CLDR, then any.
    pub fn zone(&self, tzdb: &Tzdb, preferred: &[Zone], years: (i32, i32)) -> Option<Zone> {
        let by = |slack: TimeDelta| self.zone_by(tzdb, preferred, years, slack);
        by(TimeDelta::zero()).or_else(|| by(TimeDelta::days(1)))
    }

    fn zone_by(&self, tzdb: &Tzdb, preferred: &[Zone], years: (i32, i32), slack: TimeDelta) -> Option<Zone> {
        let fits = |zone: &Zone| self.behaves_as(*zone, years, slack);
        if let Some(zone) = preferred.iter().copied().find(|zone| fits(zone)) {
            return Some(zone);
        }
        // An offset that never changes is hardly that of a place.
        if let Some(offset) = self.constant() {
            let hours = offset.local_minus_utc() / 3600;
            let name = match hours {
                _ if offset.local_minus_utc() % 3600 != 0 => None,
                0 => Some("UTC".to_owned()),
                // The signs of these names are those of POSIX.
                hours => Some(format!("Etc/GMT{:+}", -hours)),
            };
            if let Some(zone) = name.and_then(|name| tzdb.zone(&name)) {
                return Some(zone);
            }
        }
        let principal = super::zones::principal().into_iter().filter_map(|name| tzdb.zone(name));
        let of_countries = crate::zone::country::all().flat_map(|(code, _)| tzdb.of_country(code));
        let of_countries = of_countries.filter_map(|name| tzdb.zone(name));
        principal.chain(of_countries).find(fits)
    }
}

fn bounds(years: (i32, i32)) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let day = |year| Some(NaiveDate::from_ymd_opt(year, 1, 1)?.and_time(NaiveTime::MIN).and_utc());
    Some((day(years.0)?, day(years.1 + 1)?))
}

/// When a part begins to be in force, with the offsets before and from then on.
fn part_onsets(part: &Component<'_>) -> Option<Vec<(DateTime<Utc>, FixedOffset, FixedOffset)>> {
    let offset = |name: &str| part.property(name).and_then(|line| value::offset(&line.value));
    let to = offset("TZOFFSETTO")?;
    let from = offset("TZOFFSETFROM").unwrap_or(to);
    let wall = |stamp: Stamp| match stamp {
        Stamp::Day(day) => day.and_time(NaiveTime::MIN),
        Stamp::Local(wall) | Stamp::Offset(wall, _) => wall,
        Stamp::Utc(at) => at.checked_add_offset(from).unwrap_or(at),
    };
    let start = part.property("DTSTART").and_then(|line| value::stamp(&line.value)).map(wall)?;
    let mut walls = vec![start];
    for line in part.all("RRULE").take(4) {
        let Ok(rule) = Rule::parse(&line.value) else { continue };
        let rule = match rule.end() {
            End::Until(Until::Utc(at)) => {
                let wall = at.checked_add_offset(from).unwrap_or(at);
                rule.with_end(End::Until(Until::DateTime(wall)))
            }
            _ => rule,
        };
        let last = NaiveDate::from_ymd_opt(LAST_YEAR, 12, 31)?.and_time(NaiveTime::MIN);
        walls.extend(rule.between(start, start, last).take(MOST_ONSETS));
    }
    for line in part.all("RDATE").take(MOST_ONSETS) {
        walls.extend(value::times(line).take(MOST_ONSETS).flatten().map(|(time, _)| wall(time.stamp)));
    }
    walls.sort_unstable();
    walls.dedup();
    let instant = |wall: NaiveDateTime| wall.checked_sub_offset(from).unwrap_or(wall).and_utc();
    Some(walls.into_iter().filter(|wall| wall.year() <= LAST_YEAR).map(|wall| (instant(wall), from, to)).collect())
}

#[cfg(test)]
mod tests {
    use super::super::component::tree;
    use super::*;

    const MADRID: &str = "BEGIN:VTIMEZONE\nTZID:Work\nBEGIN:STANDARD\nDTSTART:19701025T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:19700329T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\nEND:DAYLIGHT\nEND:VTIMEZONE\n";

    fn definition(text: &str) -> Definition {
        Definition::of(&tree(text).components[0]).expect("a zone")
    }

    fn wall(text: &str) -> NaiveDateTime {
        text.parse().expect("a time")
    }

    #[test]
    fn offsets_follow_the_rules() {
        let zone = definition(MADRID);
        for (local, expected) in [
            ("2026-01-15T12:00:00", "2026-01-15T11:00:00+00:00"),
            ("2026-07-15T12:00:00", "2026-07-15T10:00:00+00:00"),
            ("2026-03-29T02:30:00", "2026-03-29T01:30:00+00:00"),
            ("2026-10-25T02:30:00", "2026-10-25T00:30:00+00:00"),
        ] {
            assert_eq!(zone.instant(wall(local)).to_rfc3339(), expected, "{local}");
        }
    }

    #[test]
    fn the_zone_of_the_same_behaviour_is_found() {
        let tzdb = Tzdb::bundled();
        let zone = |name: &str| tzdb.zone(name).expect("a zone");
        let madrid = definition(MADRID);
        let found = |preferred: &[Zone], years| madrid.zone(&tzdb, preferred, years).map(Zone::name);
        assert_eq!(found(&[zone("Europe/Madrid")], (2020, 2027)), Some("Europe/Madrid"));
        assert_eq!(found(&[zone("America/Lima")], (2020, 2027)), Some("Europe/Berlin"));
        // Central Europe changed its clocks at the end of September until 1995.
        assert_eq!(found(&[], (1990, 1992)), None);
        let an_hour_off = definition(&MADRID.replace("T030000", "T020000"));
        assert_eq!(an_hour_off.zone(&tzdb, &[], (2020, 2027)).map(Zone::name), Some("Europe/Berlin"));
        let fixed = "BEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:-0300\nTZOFFSETTO:-0300\nEND:STANDARD\nEND:VTIMEZONE\n";
        assert_eq!(definition(fixed).zone(&tzdb, &[], (2020, 2027)).map(Zone::name), Some("Etc/GMT+3"));
        let kathmandu = fixed.replace("-0300", "+0545");
        assert_eq!(definition(&kathmandu).zone(&tzdb, &[], (2020, 2027)).map(Zone::name), Some("Asia/Kathmandu"));
        let odd = fixed.replace("-0300", "+0017");
        assert_eq!(definition(&odd).zone(&tzdb, &[], (2020, 2027)), None);
    }
}
