//! The meaning of an abbreviation after a time: one rule for every text.
//!
//! A text has a *home*: the zone or country of its record. If clocks at home show the abbreviation at that time, it means
//! them; if they show it only in the other half of the year, it is a mistake. Otherwise the meanings of
//! [`super::abbreviation`] that are in force at that time count, and if several remain, the caller decides. `GMT`, `UTC`
//! and `Z` are UTC+0 on every date.

use chrono::{DateTime, FixedOffset, NaiveDateTime, Offset, TimeDelta, Utc};

use super::abbreviation::{self, Meaning, Reach};
use super::name::Found;
use super::{LocalTimeType, Resolved, Tzdb, Zone};

/// Where a text is at home.
#[derive(Clone, Copy, Debug, Default)]
pub struct Home<'h> {
    /// The zone of its record.
    pub zone: Option<Zone>,
    /// ISO 3166-1 code of the country of its place.
    pub country: Option<&'h str>,
}

/// The time before the abbreviation.
#[derive(Clone, Copy, Debug)]
pub enum Time {
    /// As written, by the clock that the abbreviation names.
    Wall(NaiveDateTime),
    /// A known instant.
    Instant(DateTime<Utc>),
}

/// An abbreviation at one instant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sense {
    /// Its meaning.
    pub offset: FixedOffset,
    /// The instant.
    pub at: DateTime<Utc>,
    /// A zone whose clocks have that offset then: the home, else the representative one.
    pub zone: Zone,
    /// The meaning, if it is one of the table.
    pub meaning: Option<&'static Meaning>,
}

/// What an abbreviation means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reading {
    /// One instant.
    One(Sense),
    /// Clocks at home show it in the other half of the year only.
    OtherHalf {
        /// The home.
        zone: Zone,
        /// Its meaning there.
        offset: FixedOffset,
    },
    /// It is not in force at that time.
    NotInForce(&'static Meaning),
    /// Several instants, the one in the home's country first.
    Several(Vec<Sense>),
    /// Only people of other countries use it.
    Elsewhere(&'static [Meaning]),
}

/// Days from summer time to winter time and back.
const YEAR: i64 = 366;

/// Reads an abbreviation, or its name in full. `None` if it is neither.
pub fn read(words: &str, time: Time, home: &Home<'_>, tzdb: &Tzdb) -> Option<Reading> {
    let words = words.trim();
    if let Some(reading) = with_place(words, time, home, tzdb) {
        return Some(reading);
    }
    let zones = home.zones(tzdb);
    if is_universal(words) {
        let offset = FixedOffset::east_opt(0)?;
        let at = time.at(offset);
        let is_own = zones.iter().all(|zone| zone.offset_at(at).seconds() == 0);
        let zone = zones.first().copied().filter(|_| is_own).unwrap_or_else(Zone::utc);
        return Some(Reading::One(Sense { offset, at, zone, meaning: None }));
    }
    let meanings = abbreviation::meanings(words);
    let asked = Asked { words, meanings, home, tzdb };
    let mut own: Vec<Sense> = zones.iter().flat_map(|zone| asked.shown_by(*zone, time)).collect();
    distinct(&mut own);
    match own.len() {
        0 => {}
        1 => return Some(Reading::One(own[0])),
        _ => return Some(Reading::Several(own)),
    }
    if let Some((zone, offset)) = zones.iter().find_map(|zone| Some((*zone, asked.other_half(*zone, time)?))) {
        return Some(Reading::OtherHalf { zone, offset });
    }
    let first = meanings.first()?;
    let counted: Vec<&'static Meaning> =
        meanings.iter().filter(|meaning| meaning.reach == Reach::World || asked.of_home(meaning)).collect();
    if counted.is_empty() {
        return Some(Reading::Elsewhere(meanings));
    }
    let mut senses: Vec<Sense> = counted.iter().filter_map(|meaning| asked.in_force(meaning, time)).collect();
    senses.sort_by_key(|sense| !sense.meaning.is_some_and(|meaning| asked.of_home(meaning)));
    distinct(&mut senses);
    Some(match senses.len() {
        0 => Reading::NotInForce(counted.iter().find(|meaning| asked.of_home(meaning)).copied().unwrap_or(first)),
        1 => Reading::One(senses[0]),
        _ => Reading::Several(senses),
    })
}

/// Whether words mean UTC+0 on every date.
pub fn is_universal(words: &str) -> bool {
    ["gmt", "utc", "z", "greenwich mean time", "coordinated universal time"]
        .iter()
        .any(|name| words.trim().eq_ignore_ascii_case(name))
}

/// `CST Havana`, as listings print it: the abbreviation as read in that place.
fn with_place(words: &str, time: Time, home: &Home<'_>, tzdb: &Tzdb) -> Option<Reading> {
    let (first, place) = words.split_once(' ')?;
    let is_known = is_universal(first) || !abbreviation::meanings(first).is_empty();
    if !is_known || !abbreviation::meanings(words).is_empty() || abbreviation::generic(words).is_some() {
        return None;
    }
    let Found::One(zone) = tzdb.find(place.trim()) else { return None };
    if is_universal(first) {
        return read(first, time, home, tzdb);
    }
    read(first, time, &Home { zone: Some(zone), country: None }, tzdb)
}

/// Keeps the first sense of each instant.
fn distinct(senses: &mut Vec<Sense>) {
    let mut seen = Vec::new();
    senses.retain(|sense| {
        let new = !seen.contains(&(sense.at, sense.offset));
        seen.push((sense.at, sense.offset));
        new
    });
}

impl Home<'_> {
    /// The zone, or all zones of the country.
    fn zones(&self, tzdb: &Tzdb) -> Vec<Zone> {
        match (self.zone, self.country) {
            (Some(zone), _) => vec![zone],
            (None, Some(country)) => tzdb.of_country(country).iter().filter_map(|name| tzdb.zone(name)).collect(),
            (None, None) => Vec::new(),
        }
    }
}

impl Time {
    /// The instant by a clock with an offset.
    fn at(self, offset: FixedOffset) -> DateTime<Utc> {
        match self {
            Time::Wall(wall) => super::instant(wall, offset),
            Time::Instant(at) => at,
        }
    }

    /// The instants by the clocks of a zone: none, one or two.
    fn in_zone(self, zone: Zone) -> Vec<DateTime<Utc>> {
        match self {
            Time::Instant(at) => vec![at],
            Time::Wall(wall) => match zone.resolve(wall) {
                Resolved::Single(at) => vec![at],
                Resolved::Gap { .. } => Vec::new(),
                Resolved::Overlap { first, second, .. } => vec![first, second],
            },
        }
    }
}

struct Asked<'q> {
    words: &'q str,
    meanings: &'static [Meaning],
    home: &'q Home<'q>,
    tzdb: &'q Tzdb,
}

impl Asked<'_> {
    /// Whether a meaning is used in the home's country.
    fn of_home(&self, meaning: &Meaning) -> bool {
        let of_zone = self.home.zone.map(Zone::countries).unwrap_or_default();
        meaning.countries.iter().any(|code| self.home.country == Some(*code) || of_zone.contains(code))
    }

    /// Whether clocks at home that show `regime` at an instant go by the words, and by which meaning.
    #[expect(clippy::option_option, reason = "not shown; shown under the printed name; shown by a meaning")]
    fn shows(&self, regime: LocalTimeType, at: DateTime<Utc>) -> Option<Option<&'static Meaning>> {
        let in_table = self.meanings.iter().find(|meaning| {
            let there = self.tzdb.zone(meaning.zone).map(|zone| zone.offset_at(at).seconds());
            let offset = regime.offset.local_minus_utc();
            meaning.seconds == offset && there == Some(offset) && self.of_home(meaning)
        });
        let is_printed = regime.abbreviation.eq_ignore_ascii_case(self.words);
        (is_printed || in_table.is_some()).then_some(in_table)
    }

    /// The instants at which a zone of the home shows the abbreviation.
    fn shown_by(&self, zone: Zone, time: Time) -> Vec<Sense> {
        let sense = |at| {
            let regime = zone.regime_at(at);
            let meaning = self.shows(regime, at)?;
            Some(Sense { offset: regime.offset, at, zone, meaning })
        };
        time.in_zone(zone).into_iter().filter_map(sense).collect()
    }

    /// The offset at which a zone of the home shows the abbreviation within a year to either side.
    fn other_half(&self, zone: Zone, time: Time) -> Option<FixedOffset> {
        let around = time.at(zone.offset_at(time.at(FixedOffset::east_opt(0)?)).fix());
        let year = TimeDelta::days(YEAR);
        let (mut at, end) = (around.checked_sub_signed(year)?, around.checked_add_signed(year)?);
        loop {
            // The clocks of other zones may change some hours later on the same day.
            let settled = at.checked_add_signed(TimeDelta::days(1))?;
            let regime = zone.regime_at(at);
            if self.shows(regime, settled).is_some() {
                return Some(regime.offset);
            }
            at = zone.next_transition(at).map(|next| next.at).filter(|next| *next < end)?;
        }
    }

    /// A meaning at the time, if its clocks have its offset then.
    fn in_force(&self, meaning: &'static Meaning, time: Time) -> Option<Sense> {
        let offset = FixedOffset::east_opt(meaning.seconds)?;
        let at = time.at(offset);
        let zone = self.tzdb.zone(meaning.zone)?;
        (zone.offset_at(at).fix() == offset).then_some(Sense { offset, at, zone, meaning: Some(meaning) })
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::super::abbreviation_for_people;
    use super::*;

    /// `zone offset`, or the error.
    fn told(words: &str, month: u32, zone: Option<&str>, country: Option<&str>) -> String {
        let tzdb = Tzdb::bundled();
        let home = Home { zone: zone.map(|name| tzdb.zone(name).expect(name)), country };
        let wall = NaiveDate::from_ymd_opt(2026, month, 2).unwrap().and_hms_opt(16, 0, 0).unwrap();
        let short = |sense: &Sense| format!("{} {}", sense.zone, sense.offset.local_minus_utc() / 3600);
        match read(words, Time::Wall(wall), &home, &tzdb) {
            None => "none".into(),
            Some(Reading::One(sense)) => short(&sense),
            Some(Reading::Several(senses)) => senses.iter().map(short).collect::<Vec<_>>().join(", "),
            Some(Reading::OtherHalf { zone, .. }) => format!("other half in {zone}"),
            Some(Reading::NotInForce(meaning)) => format!("not in force in {}", meaning.zone),
            Some(Reading::Elsewhere(meanings)) => format!("only in {}", meanings[0].zone),
        }
    }

    #[test]
    fn the_home_is_asked_first() {
        for (words, month, zone, expected) in [
            ("CST", 1, "America/Havana", "America/Havana -5"),
            ("CDT", 12, "America/Havana", "America/Havana -4"),
            ("CDT", 12, "Europe/Madrid", "not in force in America/Chicago"),
            ("CST", 12, "America/Chicago", "America/Chicago -6"),
            ("CST", 12, "Asia/Taipei", "Asia/Taipei 8"),
            ("CST", 7, "America/Costa_Rica", "America/Costa_Rica -6"),
            ("CST", 7, "America/Regina", "America/Regina -6"),
            ("CST", 7, "America/Chicago", "other half in America/Chicago"),
            ("PST", 7, "Asia/Manila", "Asia/Manila 8"),
            ("PHT", 7, "Asia/Manila", "Asia/Manila 8"),
            ("BST", 7, "Asia/Dhaka", "Asia/Dhaka 6"),
            ("BST", 7, "Europe/London", "Europe/London 1"),
            ("BST", 12, "Europe/London", "other half in Europe/London"),
            ("IST", 7, "Europe/Dublin", "Europe/Dublin 1"),
            ("IST", 12, "Asia/Jerusalem", "Asia/Jerusalem 2"),
            ("IST", 7, "Asia/Jerusalem", "other half in Asia/Jerusalem"),
            ("IST", 7, "Europe/London", "Asia/Kolkata 5"),
            ("CET", 7, "Africa/Tunis", "Africa/Tunis 1"),
            ("CET", 7, "Europe/London", "not in force in Europe/Paris"),
            ("EDT", 12, "America/Halifax", "not in force in America/New_York"),
            ("MST", 7, "America/Phoenix", "America/Phoenix -7"),
            ("EST", 7, "America/Jamaica", "America/Jamaica -5"),
            ("AEST", 12, "Australia/Brisbane", "Australia/Brisbane 10"),
            ("AEST", 12, "Australia/Sydney", "other half in Australia/Sydney"),
            ("PDT", 12, "America/Vancouver", "America/Vancouver -7"),
            ("MST", 12, "America/Vancouver", "America/Vancouver -7"),
            ("AST", 12, "Asia/Riyadh", "Asia/Riyadh 3"),
            ("AST", 12, "Europe/Madrid", "America/Halifax -4"),
            ("AST", 7, "America/Puerto_Rico", "America/Puerto_Rico -4"),
            ("SST", 7, "Pacific/Pago_Pago", "Pacific/Pago_Pago -11"),
            ("SST", 7, "Europe/Madrid", "only in Pacific/Pago_Pago"),
            ("CST", 12, "America/New_York", "America/Chicago -6, Asia/Shanghai 8"),
            ("CST", 12, "Asia/Urumqi", "Asia/Shanghai 8, America/Chicago -6"),
            ("CDT Havana", 12, "Europe/Madrid", "America/Havana -4"),
            ("Pacific Standard Time", 12, "Europe/Madrid", "America/Los_Angeles -8"),
        ] {
            assert_eq!(told(words, month, Some(zone), None), expected, "{words} {month} {zone}");
        }
    }

    #[test]
    fn a_country_with_several_clocks_is_a_home_too() {
        assert_eq!(told("CST", 7, None, Some("MX")), "America/Mexico_City -6");
        assert_eq!(told("EST", 7, None, Some("US")), "other half in America/New_York");
        assert_eq!(told("AEST", 12, None, Some("AU")), "Australia/Brisbane 10");
        assert_eq!(told("CST", 12, None, Some("CN")), "Asia/Shanghai 8");
    }

    #[test]
    fn gmt_is_utc_on_every_date() {
        for month in [1, 7] {
            assert_eq!(told("GMT", month, Some("Africa/Accra"), None), "Africa/Accra 0");
            assert_eq!(told("GMT", month, Some("America/New_York"), None), "UTC 0");
            assert_eq!(told("gmt", month, None, None), "UTC 0");
        }
        assert_eq!(told("GMT", 7, Some("Europe/London"), None), "UTC 0");
        assert_eq!(told("GMT", 7, None, Some("GH")), "Africa/Accra 0");
        assert_eq!(told("GMT", 1, Some("Europe/London"), None), "Europe/London 0");
        assert_eq!(told("ET", 7, Some("Europe/London"), None), "none");
    }

    #[test]
    fn what_is_printed_for_a_zone_is_read_there() {
        let tzdb = Tzdb::bundled();
        for name in tzdb.names() {
            let zone = tzdb.zone(name).expect(name);
            let home = Home { zone: Some(zone), country: None };
            for (year, month) in
                [(2019, 1), (2019, 7), (2026, 1), (2026, 7), (2026, 12), (2027, 1), (2027, 7), (2031, 7)]
            {
                let wall = NaiveDate::from_ymd_opt(year, month, 15).unwrap().and_hms_opt(12, 0, 0).unwrap();
                let Resolved::Single(at) = zone.resolve(wall) else { panic!("{name} {wall}") };
                let regime = zone.regime_at(at);
                let printed = abbreviation_for_people(regime);
                if printed.starts_with("UTC") && printed != "UTC" {
                    continue; // an offset, which is read as one
                }
                for time in [Time::Wall(wall), Time::Instant(at)] {
                    let read = read(&printed, time, &home, &tzdb);
                    let Some(Reading::One(sense)) = read else { panic!("{name} {printed} {wall}: {read:?}") };
                    assert_eq!((sense.at, sense.offset), (at, regime.offset), "{name} {printed} {wall}");
                }
            }
        }
    }
}
