//! VTIMEZONE: one STANDARD and at most one DAYLIGHT, each with a yearly rule of a single weekday.

use crate::view::timezone::{Observance, Timezone, Yearly};

use super::digits;
use super::lines::Lines;
use super::text;

pub(super) fn write(timezone: &Timezone, lines: &mut Lines) {
    lines.begin_component("VTIMEZONE");
    lines.push("TZID:");
    lines.escape(timezone.zone.name());
    lines.end();
    if let Some(daylight) = &timezone.daylight {
        observance("DAYLIGHT", daylight, lines);
    }
    observance("STANDARD", &timezone.standard, lines);
    lines.end_component("VTIMEZONE");
}

fn observance(component: &str, observance: &Observance, lines: &mut Lines) {
    let Observance { from, to, abbreviation, start, yearly } = observance;
    lines.begin_component(component);
    lines.push("TZOFFSETFROM:");
    digits::offset(*from, lines.buffer());
    lines.end();
    lines.push("TZOFFSETTO:");
    digits::offset(*to, lines.buffer());
    lines.end();
    lines.push("TZNAME:");
    text::escape(abbreviation, lines.buffer());
    lines.end();
    lines.push("DTSTART:");
    digits::wall(*start, lines.buffer());
    lines.end();
    if let Some(Yearly { month, nth, weekday, time: _ }) = yearly {
        let weekday = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][weekday.num_days_from_monday() as usize];
        lines.line(&format!("RRULE:FREQ=YEARLY;BYMONTH={month};BYDAY={nth}{weekday}"));
    }
    lines.end_component(component);
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Utc, Weekday};

    use super::*;
    use crate::zone::{Resolved, Tzdb};

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    fn generated(zone: &str, first: &str, last: &str) -> Option<String> {
        let zone = Tzdb::bundled().zone(zone).expect("a zone");
        let timezone = Timezone::of(zone, instant(first), instant(last))?;
        let mut lines = Lines::default();
        write(&timezone, &mut lines);
        Some(String::from_utf8(lines.bytes().to_vec()).expect("UTF-8"))
    }

    fn over_two_years(zone: &str) -> Option<String> {
        generated(zone, "2026-01-01T00:00:00Z", "2027-12-31T00:00:00Z")
    }

    /// One half as a reader sees it, from the text alone.
    #[derive(Default)]
    struct Half {
        from: i64,
        to: i64,
        start: NaiveDateTime,
        rule: Option<(u32, i64, Weekday)>,
    }

    fn offset(text: &str) -> i64 {
        let number: i64 = text[1..].parse().expect("digits");
        let seconds = number / 100 * 3600 + number % 100 * 60;
        if text.starts_with('-') { -seconds } else { seconds }
    }

    fn halves(text: &str) -> Vec<Half> {
        let mut halves = Vec::new();
        for line in text.lines() {
            if line.starts_with("BEGIN:") {
                halves.push(Half::default());
            }
            let (name, value) = line.split_once(':').expect("a property");
            let half = halves.last_mut().expect("a component");
            match name {
                "TZOFFSETFROM" => half.from = offset(value),
                "TZOFFSETTO" => half.to = offset(value),
                "DTSTART" => half.start = NaiveDateTime::parse_from_str(value, "%Y%m%dT%H%M%S").expect("a time"),
                "RRULE" => {
                    let rule = value.strip_prefix("FREQ=YEARLY;BYMONTH=").expect("a yearly rule");
                    let (month, day) = rule.split_once(";BYDAY=").expect("a weekday");
                    let (nth, weekday) = day.split_at(day.len() - 2);
                    let weekday = match weekday {
                        "SU" => Weekday::Sun,
                        "MO" => Weekday::Mon,
                        "TU" => Weekday::Tue,
                        "WE" => Weekday::Wed,
                        "TH" => Weekday::Thu,
                        "FR" => Weekday::Fri,
                        _ => Weekday::Sat,
                    };
                    half.rule = Some((month.parse().expect("a month"), nth.parse().expect("a number"), weekday));
                }
                _ => {}
            }
        }
        halves.remove(0); // VTIMEZONE itself
        halves
    }

    /// By counting the days of the month.
    fn onset(half: &Half, year: i32) -> NaiveDateTime {
        let Some((month, nth, weekday)) = half.rule else { return half.start };
        let days = (1..=31).filter_map(|day| NaiveDate::from_ymd_opt(year, month, day));
        let days: Vec<NaiveDate> = days.filter(|day| day.weekday() == weekday).collect();
        let index = if nth < 0 { days.len() as i64 + nth } else { nth - 1 };
        days[index as usize].and_time(half.start.time())
    }

    /// RFC 5545 3.6.5: the half whose onset is the latest at or before the wall clock.
    fn read(halves: &[Half], wall: NaiveDateTime) -> DateTime<Utc> {
        let onsets = halves.iter().flat_map(|half| {
            (wall.year() - 1..=wall.year())
                .map(move |year| (onset(half, year), half))
                .filter(|(at, half)| *at >= half.start)
        });
        let latest = onsets.filter(|(at, half)| {
            // Beyond the skipped hour the new offset holds; in it no event is.
            *at + TimeDelta::seconds((half.to - half.from).max(0)) <= wall
        });
        let (_, half) = latest.max_by_key(|(at, _)| *at).expect("an onset before the first use");
        (wall - TimeDelta::seconds(half.to)).and_utc()
    }

    #[test]
    fn every_zone_called_simple_reads_as_the_engine_does() {
        let tzdb = Tzdb::bundled();
        let mut simple = 0;
        let names = tzdb.names();
        for name in &names {
            let Some(text) = over_two_years(name) else { continue };
            simple += 1;
            let zone = tzdb.zone(name).expect("a zone");
            let halves = halves(&text);
            assert!(halves.len() <= 2, "{text}");
            let mut wall = instant("2026-01-02T00:30:00Z").naive_utc();
            while wall < instant("2027-12-30T00:00:00Z").naive_utc() {
                if let Resolved::Single(instant) = zone.resolve(wall) {
                    assert_eq!(read(&halves, wall), instant, "{name} {wall} {text}");
                }
                wall += TimeDelta::minutes(437);
            }
        }
        assert!(simple * 100 > names.len() * 90, "only {simple} of {} zones are simple", names.len());
    }

    #[test]
    fn a_pair_has_one_weekday_each() {
        let madrid = over_two_years("Europe/Madrid").expect("a yearly pair");
        assert_eq!(
            madrid,
            "BEGIN:VTIMEZONE\r\nTZID:Europe/Madrid\r\n\
             BEGIN:DAYLIGHT\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\nDTSTART:19700329T020000\r\n\
             RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\n\
             BEGIN:STANDARD\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\nDTSTART:19701025T030000\r\n\
             RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
        );
        // Irish law makes winter the exception; readers expect the summer to be.
        let dublin = over_two_years("Europe/Dublin").expect("a yearly pair");
        assert!(dublin.contains("BEGIN:DAYLIGHT\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nTZNAME:IST"), "{dublin}");
        let lord_howe = over_two_years("Australia/Lord_Howe").expect("a yearly pair");
        assert!(lord_howe.contains("TZOFFSETFROM:+1030\r\nTZOFFSETTO:+1100"), "{lord_howe}");
        let new_york = over_two_years("America/New_York").expect("a yearly pair");
        assert!(new_york.contains("BYMONTH=3;BYDAY=2SU") && new_york.contains("BYMONTH=11;BYDAY=1SU"), "{new_york}");
        // The fourth Sunday of October 2026 is the last one: the years around tell which is meant.
        let one_day = generated("Europe/Madrid", "2026-10-20T00:00:00Z", "2026-10-20T02:00:00Z").expect("a pair");
        assert_eq!(one_day, madrid);
    }

    #[test]
    fn a_zone_without_changes_has_one_half() {
        let kolkata = over_two_years("Asia/Kolkata").expect("no change");
        assert!(
            kolkata.contains("TZOFFSETFROM:+0530\r\nTZOFFSETTO:+0530\r\nTZNAME:IST\r\nDTSTART:19700101T000000\r\nEND")
        );
        assert!(!kolkata.contains("RRULE") && !kolkata.contains("DAYLIGHT"));
    }

    #[test]
    fn what_is_no_pair_is_refused() {
        // The last spring forward of British Columbia was on 8 March 2026.
        assert_eq!(over_two_years("America/Vancouver"), None);
        let before = generated("America/Vancouver", "2024-06-01T00:00:00Z", "2026-06-01T00:00:00Z");
        assert!(before.expect("a pair until then").contains("TZNAME:PDT"));
        // Ramadan moves.
        assert_eq!(generated("Africa/Casablanca", "2024-01-01T00:00:00Z", "2025-12-31T00:00:00Z"), None);
        // The rules of the United States changed in 2007.
        assert_eq!(generated("America/New_York", "2005-01-01T00:00:00Z", "2026-01-01T00:00:00Z"), None);
        // Local mean time has seconds.
        assert_eq!(generated("Europe/Paris", "1880-01-01T00:00:00Z", "1880-01-02T00:00:00Z"), None);
        assert_eq!(generated("Europe/Paris", "0000-01-01T00:00:00Z", "9999-01-02T00:00:00Z"), None);
    }
}
