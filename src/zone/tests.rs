//! What the zones of the world do to [`Zone`].

use chrono::{DateTime, MappedLocalTime, NaiveDate, NaiveDateTime, Offset, TimeZone, Utc};

use super::name::Found;
use super::*;

fn zone(name: &str) -> Zone {
    Tzdb::bundled().zone(name).expect(name)
}

fn wall(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").expect(text)
}

fn utc(text: &str) -> DateTime<Utc> {
    wall(text).and_utc()
}

/// `utc` for one instant, `gap before→after at`, or `overlap first second`.
fn resolved(name: &str, time: &str) -> String {
    let hours = |offset: ZoneOffset| f64::from(offset.seconds()) / 3600.0;
    match zone(name).resolve(wall(time)) {
        Resolved::Single(instant) => instant.naive_utc().to_string(),
        Resolved::Gap { before, after, at } => format!("gap {}→{} {}", hours(before), hours(after), at.naive_utc()),
        Resolved::Overlap { first, second, before, after } => {
            assert_eq!((first.naive_utc() + before.fix(), second.naive_utc() + after.fix()), (wall(time), wall(time)));
            format!("overlap {} {}", first.naive_utc(), second.naive_utc())
        }
    }
}

#[test]
fn rules_of_2026_are_known() {
    assert_eq!(resolved("America/Vancouver", "2026-12-01 12:00:00"), "2026-12-01 19:00:00");
    assert_eq!(resolved("America/Edmonton", "2027-01-01 12:00:00"), "2027-01-01 18:00:00");
    assert_eq!(resolved("America/Havana", "2026-11-28 12:00:00"), "2026-11-28 16:00:00");
}

#[test]
fn gaps_and_overlaps_show_both_sides() {
    for (name, time, expected) in [
        ("America/Los_Angeles", "2026-03-08 01:59:59", "2026-03-08 09:59:59"),
        ("America/Los_Angeles", "2026-03-08 02:00:00", "gap -8→-7 2026-03-08 10:00:00"),
        ("America/Los_Angeles", "2026-03-08 02:59:59", "gap -8→-7 2026-03-08 10:00:00"),
        ("America/Los_Angeles", "2026-03-08 03:00:00", "2026-03-08 10:00:00"),
        ("America/Los_Angeles", "2026-11-01 00:59:59", "2026-11-01 07:59:59"),
        ("America/Los_Angeles", "2026-11-01 01:00:00", "overlap 2026-11-01 08:00:00 2026-11-01 09:00:00"),
        ("America/Los_Angeles", "2026-11-01 02:00:00", "2026-11-01 10:00:00"),
        // Half an hour.
        ("Australia/Lord_Howe", "2026-10-04 02:15:00", "gap 10.5→11 2026-10-03 15:30:00"),
        ("Australia/Lord_Howe", "2026-10-04 02:30:00", "2026-10-03 15:30:00"),
        ("Australia/Lord_Howe", "2026-04-05 01:45:00", "overlap 2026-04-04 14:45:00 2026-04-04 15:15:00"),
        // A whole day, when Samoa crossed the date line.
        ("Pacific/Apia", "2011-12-30 12:00:00", "gap -10→14 2011-12-30 10:00:00"),
        ("Pacific/Apia", "2011-12-31 00:00:00", "2011-12-30 10:00:00"),
        // Around Ramadan.
        ("Africa/Casablanca", "2024-03-10 02:30:00", "overlap 2024-03-10 01:30:00 2024-03-10 02:30:00"),
        ("Africa/Casablanca", "2024-04-14 02:30:00", "gap 0→1 2024-04-14 02:00:00"),
        ("Europe/Dublin", "2026-03-29 01:30:00", "gap 0→1 2026-03-29 01:00:00"),
        // Local mean time, of uneven seconds.
        ("Europe/Paris", "1900-01-01 00:00:00", "1899-12-31 23:50:39"),
    ] {
        assert_eq!(resolved(name, time), expected, "{name} {time}");
    }
}

#[test]
fn rules_without_an_end_go_on() {
    // Before the horizon of the tables, at it, and far after it.
    for year in [2069, 2070, 2071, 2400, 9998] {
        let noon = |month| NaiveDate::from_ymd_opt(year, month, 1).unwrap().and_hms_opt(12, 0, 0).unwrap();
        let berlin = zone("Europe/Berlin");
        assert_eq!(berlin.resolve(noon(1)), Resolved::Single((noon(1) - chrono::TimeDelta::hours(1)).and_utc()));
        assert_eq!(berlin.resolve(noon(7)), Resolved::Single((noon(7) - chrono::TimeDelta::hours(2)).and_utc()));
        let summer = berlin.next_transition(noon(1).and_utc()).unwrap();
        assert_eq!((summer.before.abbreviation, summer.after.abbreviation), ("CET", "CEST"));
        assert_eq!(berlin.previous_transition(noon(7).and_utc()), Some(summer));
        assert_eq!(berlin.next_transition(summer.at - chrono::TimeDelta::seconds(1)), Some(summer));
        let skipped = summer.at.naive_utc() + chrono::TimeDelta::minutes(90);
        assert!(matches!(berlin.resolve(skipped), Resolved::Gap { at, .. } if at == summer.at));
        let winter = berlin.next_transition(summer.at).unwrap();
        let twice = winter.at.naive_utc() + chrono::TimeDelta::minutes(90);
        assert!(matches!(berlin.resolve(twice), Resolved::Overlap { first, second, .. }
            if first < winter.at && second >= winter.at));
        assert_eq!(berlin.previous_transition(winter.at), Some(summer));
    }
}

#[test]
fn every_zone_answers_at_the_edges_of_time() {
    let tzdb = Tzdb::bundled();
    let years = [i32::MIN, -9999, 0, 1, 1883, 1970, 2038, 2069, 2070, 9999, 10_000, i32::MAX];
    for name in tzdb.names() {
        let zone = tzdb.zone(name).expect(name);
        for year in years {
            let first = NaiveDate::from_ymd_opt(year, 1, 1).map(|day| day.and_time(chrono::NaiveTime::MIN));
            let edge = if year < 0 { NaiveDateTime::MIN } else { NaiveDateTime::MAX };
            let time = first.unwrap_or(edge);
            for time in [time, time.with_month_of_december()] {
                let instant = time.and_utc();
                let _ = (zone.resolve(time), zone.regime_at(instant), zone.offset_from_local_datetime(&time));
                let next = zone.next_transition(instant);
                let last = zone.previous_transition(instant);
                assert!(next.is_none_or(|next| next.at > instant && next.before != next.after));
                assert!(last.is_none_or(|last| last.at < instant && last.before != last.after));
            }
        }
    }
}

trait December {
    fn with_month_of_december(self) -> Self;
}

impl December for NaiveDateTime {
    fn with_month_of_december(self) -> Self {
        use chrono::Datelike;
        self.with_day(31).and_then(|time| time.with_month(12)).unwrap_or(self)
    }
}

#[test]
fn transitions_follow_each_other() {
    let tzdb = Tzdb::bundled();
    for name in ["America/New_York", "Africa/Casablanca", "Asia/Gaza", "Pacific/Apia", "Antarctica/Troll"] {
        let zone = tzdb.zone(name).expect(name);
        let mut at = DateTime::<Utc>::MIN_UTC;
        let mut last = None;
        while let Some(next) = zone.next_transition(at).filter(|next| next.at < utc("2100-01-01 00:00:00")) {
            assert_eq!(zone.regime_at(next.at), next.after);
            assert_eq!(zone.regime_at(next.at - chrono::TimeDelta::nanoseconds(1)), next.before);
            assert_eq!(zone.previous_transition(next.at), last);
            assert_eq!(zone.previous_transition(next.at + chrono::TimeDelta::nanoseconds(1)), Some(next));
            (last, at) = (Some(next), next.at);
        }
        assert!(at > utc("2011-01-01 00:00:00"), "{name}");
    }
    assert_eq!(Zone::utc().next_transition(DateTime::<Utc>::MIN_UTC), None);
}

#[test]
fn chrono_sees_the_same() {
    let zone = zone("America/Los_Angeles");
    assert_eq!(zone.from_local_datetime(&wall("2026-03-08 02:30:00")), MappedLocalTime::None);
    let twice = zone.from_local_datetime(&wall("2026-11-01 01:30:00"));
    assert_eq!(twice.earliest().unwrap().to_rfc3339(), "2026-11-01T01:30:00-07:00");
    assert_eq!(twice.latest().unwrap().to_rfc3339(), "2026-11-01T01:30:00-08:00");
    assert_eq!(utc("2026-07-01 12:00:00").with_timezone(&zone).to_string(), "2026-07-01 05:00:00 -07:00");
    assert!(size_of::<ZoneOffset>() <= 16 && size_of::<Zone>() == 8);
}

#[test]
fn identifiers_keep_their_letter_case_and_links_their_name() {
    let tzdb = Tzdb::bundled();
    for (given, name) in [
        ("us/pacific", "US/Pacific"),
        ("ASIA/CALCUTTA", "Asia/Calcutta"),
        ("europe/paris", "Europe/Paris"),
        ("utc", "UTC"),
        ("etc/gmt+5", "Etc/GMT+5"),
    ] {
        assert_eq!(tzdb.zone(given).map(Zone::name), Some(name));
    }
    for refused in ["Europe/Atlantis", "", "Factory", "posix/Europe/Paris", "right/UTC", "../UTC", "Europe/Paris/"] {
        assert_eq!(tzdb.zone(refused), None, "{refused}");
    }
    assert_eq!(tzdb.zone("UTC"), Some(Zone::utc()));
    assert_eq!(zone("America/Los_Angeles").city(), "Los Angeles");
    assert_eq!(zone("America/Argentina/Buenos_Aires").city(), "Buenos Aires");
    assert_eq!(Zone::utc().city(), "UTC");
    assert!(tzdb.names().is_sorted());
    assert!(tzdb.names().iter().all(|name| tzdb.zone(name).map(Zone::name) == Some(*name)));
}

#[test]
fn zones_are_found_by_what_people_type() {
    let tzdb = Tzdb::bundled();
    for (words, name) in [
        ("los angeles", "America/Los_Angeles"),
        ("Los_Angeles", "America/Los_Angeles"),
        ("America/Los Angeles", "America/Los_Angeles"),
        ("Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("Argentina/Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("Kolkata", "Asia/Kolkata"),
        ("Calcutta", "Asia/Kolkata"),
        ("Asia/Calcutta", "Asia/Calcutta"),
        ("Stockholm", "Europe/Stockholm"),
        ("Port-au-Prince", "America/Port-au-Prince"),
        ("st. john's", "America/St_Johns"),
        ("PT", "America/Los_Angeles"),
        ("Pacific time", "America/Los_Angeles"),
        ("UK time", "Europe/London"),
        ("London time", "Europe/London"),
        ("Berliner Zeit", "Europe/Berlin"),
        ("hora del Pacífico", "America/Los_Angeles"),
        ("hora de Madrid", "Europe/Madrid"),
        ("San Francisco", "America/Los_Angeles"),
        ("mumbai", "Asia/Kolkata"),
        ("Ciudad de México", "America/Mexico_City"),
        ("WIEN", "Europe/Vienna"),
        ("São Paulo", "America/Sao_Paulo"),
        ("Zürich", "Europe/Zurich"),
        ("UTC", "UTC"),
        ("GMT", "GMT"),
        ("Z", "UTC"),
    ] {
        assert_eq!(tzdb.find(words), Found::One(zone(name)), "{words}");
    }
    assert_eq!(tzdb.find("Portland"), Found::Many(vec![zone("America/Los_Angeles"), zone("America/New_York")]));
    for nothing in ["PST", "CET", "EST", "GMT-5", "", " ", "time", "North", "Atlantis", "12", "é"] {
        assert_eq!(tzdb.find(nothing), Found::None, "{nothing}");
    }
}

#[test]
fn slips_get_a_suggestion() {
    let tzdb = Tzdb::bundled();
    for (words, name) in [
        ("Europe/Pari", Some("Europe/Paris")),
        ("Los Angles", Some("America/Los_Angeles")),
        ("America/Los_Angelas", Some("America/Los_Angeles")),
        ("Asia/Calcuta", Some("Asia/Calcutta")),
        ("San Fransisco", Some("America/Los_Angeles")),
        ("Amercia/New York", Some("America/New_York")),
        ("Atlantis", None),
        ("xyz", None),
        ("", None),
    ] {
        assert_eq!(tzdb.suggest(words), name, "{words}");
    }
}

#[test]
fn every_city_and_country_has_a_zone() {
    let tzdb = Tzdb::bundled();
    for row in include_str!("cities.tsv").lines() {
        let (name, cities) = row.split_once('\t').expect("two cells");
        assert!(tzdb.zone(name).is_some(), "{name}");
        for city in cities.split(", ") {
            let found = match tzdb.find(city) {
                Found::One(zone) => vec![zone],
                Found::Many(zones) => zones,
                Found::None => vec![],
            };
            assert!(found.contains(&zone(name)), "{city} is {found:?}");
        }
    }
    for (code, _) in country::all() {
        for name in tzdb.of_country(code) {
            assert_eq!(tzdb.zone(name).expect(name).countries()[0], code);
        }
    }
}
