//! When a date or a floating time first begins and last ends on Earth.

use chrono::{DateTime, NaiveDateTime, NaiveTime, Utc};

use super::stamp::Stamp;
use crate::event::{Event, When};
use crate::text::fold;
use crate::zone::{Resolved, Tzdb, Zone, country, offset_for_people};

/// The last zone, used only at sea.
pub const LAST: &str = "Etc/GMT+12";

/// When and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Worldwide {
    /// When it begins where it begins first.
    pub begins: DateTime<Utc>,
    /// The zones in which it does.
    pub first: Vec<&'static str>,
    /// Their offset.
    pub offset: String,
    /// When it ends where it ends last.
    pub ends: DateTime<Utc>,
    /// The zones of the last places where people live, and when it ends there.
    pub last: (DateTime<Utc>, Vec<&'static str>),
    /// From first to last, by other clocks.
    pub shown: Vec<(Zone, Stamp, Stamp)>,
}

/// For events everywhere; `None` for an event with a place or a zone.
pub fn of(event: &Event, when: &When, zones: &[Zone], tzdb: &Tzdb) -> Option<Worldwide> {
    if is_at_a_place(event) {
        return None;
    }
    let (start, end) = match when {
        When::AllDay(days) => (days.first.and_time(NaiveTime::MIN), days.end.and_time(NaiveTime::MIN)),
        When::Floating { start, end } => (*start, *end),
        When::Zoned { .. } | When::Fixed { .. } => return None,
    };
    let names = country::all().flat_map(|(code, _)| tzdb.of_country(code));
    let mut inhabited: Vec<Zone> = names.filter_map(|name| tzdb.zone(name)).collect();
    inhabited.sort_unstable();
    inhabited.dedup();
    let begins = inhabited.iter().map(|zone| instant(*zone, start)).min()?;
    let ends_there = inhabited.iter().map(|zone| instant(*zone, end)).max()?;
    let at = |wall, at| inhabited.iter().filter(|zone| instant(**zone, wall) == at).map(|zone| zone.name()).collect();
    let ends = tzdb.zone(LAST).map_or(ends_there, |zone| instant(zone, end).max(ends_there));
    Some(Worldwide {
        begins,
        offset: inhabited
            .iter()
            .find(|zone| instant(**zone, start) == begins)
            .map(|zone| offset_for_people(zone.regime_at(begins).offset))
            .unwrap_or_default(),
        first: at(start, begins),
        ends,
        last: (ends_there, at(end, ends_there)),
        shown: zones.iter().map(|zone| (*zone, Stamp::in_zone(begins, *zone), Stamp::in_zone(ends, *zone))).collect(),
    })
}

/// Whether its dates and hours are those of a place on Earth.
pub fn is_at_a_place(event: &Event) -> bool {
    event.location.as_deref().is_some_and(|place| place.country.is_some() || place.city.is_some())
}

/// The zone of the place of an event: the only one of its country, or that which is named after its city.
pub fn zone_there(event: &Event, tzdb: &Tzdb) -> Option<Zone> {
    let place = event.location.as_deref()?;
    let names = tzdb.of_country(place.country?.code());
    if let [only] = names {
        return tzdb.zone(only);
    }
    let city = fold(place.city.as_deref()?);
    names.iter().filter_map(|name| tzdb.zone(name)).find(|zone| fold(&zone.city()) == city)
}

/// Where clocks skip the time, the jump; where they show it twice, the first.
fn instant(zone: Zone, wall: NaiveDateTime) -> DateTime<Utc> {
    match zone.resolve(wall) {
        Resolved::Single(at) | Resolved::Gap { at, .. } | Resolved::Overlap { first: at, .. } => at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::sample::{days, event};

    #[test]
    fn a_day_lasts_fifty_hours() {
        let tzdb = Tzdb::bundled();
        let when = days("2027-03-02", "2027-03-03");
        let world = of(&event("a", when), &when, &[], &tzdb).expect("a day is everywhere");
        assert_eq!(world.begins.to_rfc3339(), "2027-03-01T10:00:00+00:00");
        assert_eq!(world.first, ["Pacific/Kiritimati"]);
        assert_eq!(world.ends.to_rfc3339(), "2027-03-03T12:00:00+00:00");
        assert_eq!(world.last.0.to_rfc3339(), "2027-03-03T11:00:00+00:00");
        assert_eq!(world.last.1, ["Pacific/Midway", "Pacific/Niue", "Pacific/Pago_Pago"]);
        // Before 2009 nobody had moved the date line yet, but Kiritimati had since 1995.
        let when = days("1994-12-31", "1995-01-01");
        let world = of(&event("a", when), &when, &[], &tzdb).expect("a day is everywhere");
        assert_ne!(world.first, ["Pacific/Kiritimati"]);
    }

    #[test]
    fn a_place_has_the_zone_of_its_country_or_of_its_city() {
        let tzdb = Tzdb::bundled();
        let zone = |country: &str, city: Option<&str>| {
            let country = crate::event::Country::from_code(country);
            let location = crate::event::Location { country, city: city.map(Into::into), ..Default::default() };
            let at = Event { location: Some(Box::new(location)), ..event("a", days("2027-03-02", "2027-03-03")) };
            zone_there(&at, &tzdb).map(Zone::name)
        };
        assert_eq!(zone("GR", Some("Patras")), Some("Europe/Athens"));
        assert_eq!(zone("BR", Some("São Paulo")), Some("America/Sao_Paulo"));
        assert_eq!(zone("US", Some("Seattle")), None);
        assert_eq!(zone("US", None), None);
    }
}
