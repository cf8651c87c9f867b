//! UIDs of occurrences that are separate events in a feed: dates of `also`, and all dates of an expanded series.
//!
//! A published UID never changes, so it is derived from the planned start: the date, and the time too if it is not the
//! usual time of the series. Other occurrences on that date do not matter. After the usual time changed, the lock pins the
//! form that was published.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::Event;

/// The UID of the occurrence of `event` that is planned for `planned`: `<id>-YYYYMMDD@domain`, and
/// `<id>-YYYYMMDDTHHMM@domain` at another hour than the usual one.
pub fn dated(event: &Event, planned: NaiveDateTime) -> String {
    let suffix = match (lacks_hour(event, planned), planned.time().second()) {
        (true, _) => planned.format("%Y%m%d"),
        (false, 0) => planned.format("%Y%m%dT%H%M"),
        (false, _) => planned.format("%Y%m%dT%H%M%S"),
    };
    with_suffix(&event.uid, &suffix.to_string())
}

/// Whether the UID of the occurrence planned for `planned` has the date only.
pub fn lacks_hour(event: &Event, planned: NaiveDateTime) -> bool {
    let is_usual = planned.time() == event.when.wall().time();
    let is_pinned = event.repeat.as_deref().is_some_and(|repeat| repeat.pinned.binary_search(&planned).is_ok());
    is_usual != is_pinned
}

/// A UID with a suffix before its `@`.
pub fn with_suffix(uid: &str, suffix: &str) -> String {
    match uid.rsplit_once('@') {
        Some((name, domain)) => format!("{name}-{suffix}@{domain}"),
        None => format!("{uid}-{suffix}"),
    }
}

/// What [`with_suffix`] made: the UID without its suffix, and the suffix.
fn parts(uid: &str) -> Option<(String, &str)> {
    let (name, domain) = match uid.rsplit_once('@') {
        Some((name, domain)) => (name, Some(domain)),
        None => (uid, None),
    };
    let (name, suffix) = name.rsplit_once('-')?;
    Some((domain.map_or_else(|| name.to_owned(), |domain| format!("{name}@{domain}")), suffix))
}

/// The day and perhaps the hour that a suffix names.
fn moment(suffix: &str) -> Option<(NaiveDate, Option<NaiveTime>)> {
    let (day, time) = suffix.split_once('T').map_or((suffix, None), |(day, time)| (day, Some(time)));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if day.len() != 8 || !is_number(day) {
        return None;
    }
    let number = |range: std::ops::Range<usize>, text: &str| text.get(range)?.parse::<u32>().ok();
    let date = NaiveDate::from_ymd_opt(number(0..4, day)? as i32, number(4..6, day)?, number(6..8, day)?)?;
    let time = match time {
        None => None,
        Some(time) if matches!(time.len(), 4 | 6) && is_number(time) => {
            let seconds = if time.len() == 6 { number(4..6, time)? } else { 0 };
            Some(NaiveTime::from_hms_opt(number(0..2, time)?, number(2..4, time)?, seconds)?)
        }
        Some(_) => return None,
    };
    Some((date, time))
}

/// Splits the UID of a date into the UID of the series, the day, and the time if present.
pub fn of_date(uid: &str) -> Option<(String, NaiveDate, Option<NaiveTime>)> {
    // Most UIDs end in a letter, and nothing is made of them.
    let name = uid.rsplit_once('@').map_or(uid, |(name, _)| name);
    if !name.ends_with(|last: char| last.is_ascii_digit()) {
        return None;
    }
    let (series, suffix) = parts(uid)?;
    let (day, time) = moment(suffix)?;
    Some((series, day, time))
}

/// The possible splits of `uid` into the UID of a series and the name of a part that is a separate event in feeds: `2tu`,
/// or `2tu-t1800`.
pub fn of_part(uid: &str) -> Vec<(String, String)> {
    let is_name = |name: &str| {
        let last = name.rsplit_once('-').map_or(name, |(_, last)| last);
        let of_days = ["mo", "tu", "we", "th", "fr", "sa", "su", "lastday"];
        let numbered = |prefix: &str| {
            last.strip_prefix(prefix).is_some_and(|text| text.starts_with(|one: char| one.is_ascii_digit()))
        };
        last.len() <= 12
            && (of_days.iter().any(|day| last.ends_with(day)) || ["day", "m", "t"].into_iter().any(numbered))
    };
    let Some((series, name)) = parts(uid).filter(|(_, name)| is_name(name)) else { return Vec::new() };
    let longer = parts(&series).map(|(series, first)| (series, format!("{first}-{name}")));
    let name = name.to_owned();
    std::iter::once((series, name)).chain(longer).collect()
}

/// The occurrence of `event` that the UID of a date identifies. A UID without a time matches any time on that day, so that
/// a UID never has two meanings.
pub fn occurrence(event: &Event, day: NaiveDate, time: Option<NaiveTime>) -> Option<NaiveDateTime> {
    let repeat = event.repeat.as_deref()?;
    let midnight = day.and_time(NaiveTime::MIN);
    let next = day.succ_opt()?.and_time(NaiveTime::MIN);
    repeat.planned(&event.when, midnight, next).find(|planned| time.is_none_or(|time| planned.time() == time))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::sample::{event, zoned};

    fn at(text: &str) -> NaiveDateTime {
        text.parse().expect("a time")
    }

    #[test]
    fn the_usual_hour_needs_no_hour() {
        let series = event("w", zoned("Europe/Madrid", "2026-12-01T18:00:00Z"));
        assert_eq!(dated(&series, at("2026-12-10T19:00:00")), "w-20261210@example.org");
        assert_eq!(dated(&series, at("2026-12-10T10:00:00")), "w-20261210T1000@example.org");
        assert_eq!(dated(&series, at("2026-12-10T19:00:30")), "w-20261210T190030@example.org");
        let imported = Event { uid: "{ABC}".into(), ..series };
        assert_eq!(dated(&imported, at("2026-12-10T19:00:00")), "{ABC}-20261210");
    }

    #[test]
    fn a_uid_of_a_date_is_known_as_one() {
        let day = at("2026-12-10T10:00:00");
        let read = |uid: &str| of_date(uid);
        assert_eq!(read("w-20261210@x.org"), Some(("w@x.org".into(), day.date(), None)));
        assert_eq!(read("a/b-20261210T1000@x.org"), Some(("a/b@x.org".into(), day.date(), Some(day.time()))));
        assert_eq!(read("{A}-20261210"), Some(("{A}".into(), day.date(), None)));
        assert_eq!(of_part("w-2tu@x.org"), [("w@x.org".into(), "2tu".into())]);
        let [one, both] = &of_part("w-mo-t1800@x.org")[..] else { panic!("two") };
        assert_eq!(*one, ("w-mo@x.org".into(), "t1800".into()));
        assert_eq!(*both, ("w@x.org".into(), "mo-t1800".into()));
        for other in ["w@x.org", "march-madrid@x.org", "2tu@x.org", "w-tue-meeting@x.org", "w-march@x.org", ""] {
            assert_eq!(of_part(other), [], "{other}");
        }
        for other in ["w@x.org", "w-2026@x.org", "w-20261310@x.org", "20261210@x.org", "w-20261210T9@x.org", ""] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
