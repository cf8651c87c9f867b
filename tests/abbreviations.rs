//! One rule reads abbreviations: what is printed for a zone is read there as the same instant, and each text that a help
//! offers is accepted and means the instant that the help states. Asked of all zones, all abbreviations, and both halves
//! of the year.

use std::collections::{BTreeSet, HashSet};

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use redletter::calendar::{Settings, load};
use redletter::diagnostic::{Code, Finding};
use redletter::event::{Event, When};
use redletter::zone::{Resolved, Tzdb, Zone, abbreviation_for_people};

/// Winter and summer of several years, in both hemispheres.
const DAYS: [(i32, u32, u32); 6] =
    [(2024, 7, 2), (2026, 1, 14), (2026, 7, 2), (2026, 12, 2), (2027, 1, 14), (2027, 7, 2)];

/// A calendar to judge records by.
struct Judge<'j> {
    settings: Settings,
    tzdb: &'j Tzdb,
}

impl Judge<'_> {
    fn record(&self, lines: &str) -> (Option<Event>, Vec<Finding>) {
        let text = format!("title = \"Forum\"\nkind = \"forum\"\nduration = \"2h\"\n{lines}\n");
        let now = "2024-01-01T12:00:00Z".parse().expect("a time");
        let context = load::context(&self.settings, self.tzdb, now);
        let (judged, findings) = load::judge_text("events/forum.toml", &text, &context, false);
        (judged.into_iter().next().and_then(|one| one.event).map(|event| *event), findings)
    }

    fn start(&self, lines: &str) -> Result<DateTime<Utc>, Vec<Finding>> {
        match self.record(lines) {
            (Some(Event { when: When::Zoned { start, .. } | When::Fixed { start, .. }, .. }), _) => Ok(start),
            (_, findings) => Err(findings),
        }
    }
}

fn walls() -> impl Iterator<Item = NaiveDateTime> {
    DAYS.into_iter().filter_map(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day)?.and_hms_opt(16, 0, 0))
}

/// A zone for each behaviour: what clocks show through the years that are asked of, and the countries of the table that
/// keep it. All other zones are read like one of these.
fn zones_by_behaviour(tzdb: &Tzdb) -> Vec<&'static str> {
    let rows = include_str!("../src/zone/abbreviations.tsv").lines();
    let countries: BTreeSet<&str> =
        rows.filter_map(|row| row.split('\t').nth(4)).flat_map(str::split_whitespace).collect();
    let first: DateTime<Utc> = "2023-06-01T12:00:00Z".parse().expect("a time");
    let mut seen = HashSet::new();
    let mut names = tzdb.names();
    names.retain(|name| {
        let zone = tzdb.zone(name).expect(name);
        let shown: Vec<_> = (0..180)
            .map(|step| zone.regime_at(first + TimeDelta::days(step * 10)))
            .map(|regime| (regime.offset, regime.abbreviation))
            .collect();
        let kept: Vec<_> = zone.countries().iter().filter(|code| countries.contains(**code)).collect();
        seen.insert((shown, kept))
    });
    assert!(names.len() > 100, "{}", names.len());
    names
}

fn abbreviations() -> BTreeSet<&'static str> {
    let rows = include_str!("../src/zone/abbreviations.tsv").lines();
    rows.filter_map(|row| row.split('\t').next()).collect()
}

/// Texts in backticks.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// The instant that a help states, such as `23:00 UTC` or `00:00 UTC on 11 June`.
fn stated(help: &str, day: NaiveDate) -> Option<DateTime<Utc>> {
    let clock_before = |at: usize| {
        let text = help.get(at.checked_sub(5)?..at)?;
        Some((at, chrono::NaiveTime::parse_from_str(text, "%H:%M").ok()?))
    };
    let (at, clock) = help.match_indices(" UTC").find_map(|(at, _)| clock_before(at))?;
    let near = [0, 1, -1].map(|days| day + TimeDelta::days(days));
    let said = |day: &&NaiveDate| help[at..].starts_with(&format!(" UTC on {}", day.format("%-d %B")));
    let day = near.iter().find(said).copied().unwrap_or(day);
    Some(day.and_time(clock).and_utc())
}

/// Asserts that each `start = …` that a finding offers is accepted, as the instant that stands beside it.
fn follow(judge: &Judge<'_>, timezone: &str, wall: NaiveDateTime, findings: &[Finding], followed: &mut usize) {
    for finding in findings.iter().filter(|finding| finding.is_error()) {
        let offers: Vec<&String> = finding.help.iter().filter(|help| help.contains("write `start = ")).collect();
        assert!(!offers.is_empty(), "nothing to write: {finding:?}");
        for help in offers {
            let Some(expected) = stated(help, wall.date()) else { panic!("no instant is stated: {help}") };
            let texts = quoted(&help[help.find("write `").expect("a text")..]);
            let own = texts.iter().any(|text| text.starts_with("timezone = "));
            let lines = format!("{}\n{}", texts.join("\n"), if own { "" } else { timezone });
            match judge.start(&lines) {
                Ok(start) => assert_eq!(start, expected, "{help}\n{lines}"),
                Err(findings) => panic!("{help}\n{lines}\n{findings:?}"),
            }
            *followed += 1;
        }
    }
}

#[test]
fn what_is_printed_for_a_zone_is_read_there() {
    let tzdb = Tzdb::bundled();
    let judge = Judge { settings: Settings::default(), tzdb: &tzdb };
    for name in tzdb.names() {
        let zone: Zone = tzdb.zone(name).expect(name);
        for wall in walls() {
            let Resolved::Single(at) = zone.resolve(wall) else { continue };
            let printed = abbreviation_for_people(zone.regime_at(at));
            let text = format!("start = \"{} {printed}\"\ntimezone = \"{name}\"", wall.format("%Y-%m-%d %H:%M"));
            assert_eq!(judge.start(&text).ok(), Some(at), "{text}");
            let text = format!("start = {wall:?}\ntimezone = \"{name}\"\nannounced = [\"16:00 {printed}\"]");
            let (event, findings) = judge.record(&text);
            assert!(event.is_some(), "{text}\n{findings:?}");
        }
    }
}

#[test]
fn every_text_that_a_start_is_offered_is_accepted() {
    let tzdb = Tzdb::bundled();
    let (mut followed, mut accepted) = (0, 0);
    for name in zones_by_behaviour(&tzdb) {
        let timezone = format!("timezone = \"{name}\"");
        let by_record = Judge { settings: Settings::default(), tzdb: &tzdb };
        let settings = Settings { timezone: tzdb.zone(name), ..Settings::default() };
        let by_calendar = Judge { settings, tzdb: &tzdb };
        for wall in walls().skip(2).take(3) {
            for abbreviation in abbreviations() {
                let start = format!("start = \"{} {abbreviation}\"", wall.format("%Y-%m-%d %H:%M"));
                for (judge, timezone) in [(&by_record, &*timezone), (&by_calendar, "")] {
                    match judge.start(&format!("{start}\n{timezone}")) {
                        Ok(_) => accepted += 1,
                        Err(findings) => follow(judge, timezone, wall, &findings, &mut followed),
                    }
                }
            }
        }
    }
    assert!(followed > 10_000 && accepted > 10_000, "{followed} {accepted}");
}

#[test]
fn every_text_that_announced_is_offered_is_accepted() {
    let tzdb = Tzdb::bundled();
    let judge = Judge { settings: Settings::default(), tzdb: &tzdb };
    let mut followed = 0;
    for name in zones_by_behaviour(&tzdb) {
        for wall in walls().skip(2).take(3) {
            let lines = format!("start = {wall:?}\ntimezone = \"{name}\"");
            for abbreviation in abbreviations() {
                // None of these is the start of all.
                for printed in ["16:00", "03:17"] {
                    let text = format!("{lines}\nannounced = [\"{printed} {abbreviation}\"]");
                    let (_, findings) = judge.record(&text);
                    for finding in findings.iter().filter(|finding| finding.is_error()) {
                        let right = finding.help.iter().filter(|help| !help.contains("correct `start`"));
                        let right: Vec<&str> =
                            right.flat_map(|help| quoted(help)).filter(|text| text.starts_with('"')).collect();
                        assert!(!right.is_empty(), "{text}\n{finding:?}");
                        for text in right {
                            let (event, findings) = judge.record(&format!("{lines}\nannounced = [{text}]"));
                            assert!(event.is_some(), "{lines} {text}\n{findings:?}");
                            followed += 1;
                        }
                    }
                }
            }
        }
    }
    assert!(followed > 10_000, "{followed}");
}

#[test]
fn a_start_in_another_offset_than_its_zone_is_an_error() {
    let tzdb = Tzdb::bundled();
    let judge = Judge { settings: Settings::default(), tzdb: &tzdb };
    for (start, timezone, code) in [
        ("2026-07-02 15:00 CDT", "America/New_York", Code::OffsetMismatch),
        ("2026-07-02 15:00 EST", "America/New_York", Code::AbbreviationMismatch),
        ("2026-07-02 16:00 GMT", "Europe/London", Code::OffsetMismatch),
        ("2026-07-02 16:00 PT", "America/New_York", Code::OffsetMismatch),
        ("2026-07-02 16:00 UTC", "America/New_York", Code::OffsetMismatch),
        ("2026-12-02 16:00 EDT", "America/Halifax", Code::AbbreviationMismatch),
        ("2026-12-02 16:00 CST", "America/New_York", Code::AmbiguousAbbreviation),
    ] {
        let findings = judge.start(&format!("start = \"{start}\"\ntimezone = \"{timezone}\"")).expect_err(start);
        assert_eq!(findings[0].code, code, "{start} {timezone}");
    }
}
