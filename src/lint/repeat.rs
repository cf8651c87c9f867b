//! Series: rules, dates, exceptions, and changed occurrences.

use std::collections::HashSet;

use chrono::{NaiveDateTime, TimeDelta};

use super::event::Read;
use super::time::{self, Time};
use super::zones::Zones;
use super::{Findings, Options};
use crate::diagnostic::FeedCode;
use crate::import::lines::ContentLine;
use crate::recurrence::{End, Freq, Rule, RuleErrorKind, Until, outlook};
use crate::zone::Zone;

/// Occurrences after which sabre/dav stops.
const SABRE: usize = 3_500;
/// How long after the start some programs expand a rule.
const CUT: TimeDelta = TimeDelta::days(3 * 366);
/// Exceptions of an event that are looked at.
const MOST_EXCEPTIONS: usize = 10_000;
/// Rules of an event that are looked at.
const MOST_RULES: usize = 10;
/// Occurrences whose zone is compared.
const MOST_COMPARED: usize = 200;

/// When a series begins, again and again.
pub(super) struct Starts {
    rules: Vec<Rule>,
    /// RDATE, on the clock of the series.
    dates: HashSet<NaiveDateTime>,
    /// Whether all rules could be read.
    is_known: bool,
}

/// Judges the rules and exceptions of an event that is no changed occurrence; its starts, if it repeats.
pub(super) fn series(
    read: &Read<'_, '_>,
    options: &Options<'_>,
    zones: &mut Zones<'_>,
    findings: &mut Findings<'_>,
) -> Option<Starts> {
    if read.rules.is_empty() && read.dates.is_empty() && read.excluded.is_empty() {
        return None;
    }
    for line in read.rules.iter().skip(1) {
        findings.at(FeedCode::SeveralRules, line, "the event has more than one RRULE");
    }
    let mut dates = HashSet::new();
    for line in &read.dates {
        findings.at(FeedCode::Rdate, line, "the event has further dates by RDATE");
        date_values(line, findings);
        for value in values(line) {
            let time = time::parse(value.split('/').next().unwrap_or_default());
            dates.extend(time.and_then(|time| on_clock(line, time, read, zones, findings)));
        }
    }
    let mut rules = Vec::new();
    for line in read.rules.iter().take(MOST_RULES) {
        match Rule::parse(&line.value) {
            Ok(rule) => {
                until(line, &rule, read, findings);
                rules.push((*line, in_wall_clock(rule, read)));
            }
            Err(error) if error.kind == RuleErrorKind::TooFine => {
                findings.at(FeedCode::RuleTooFine, line, "the event repeats more than once a day, by hours or less");
            }
            Err(error) => {
                findings.at(FeedCode::RuleInvalid, line, format!("the rule cannot be read: {error}"));
            }
        }
    }
    let start = read.start.wall();
    for (line, rule) in &rules {
        one_rule(line, rule, read, options, findings);
        let ahead = (options.now.naive_utc() + TimeDelta::days(731)).max(start);
        let last = match rule.end() {
            End::Until(Until::DateTime(at)) => at.min(ahead),
            _ => ahead,
        };
        let times = rule.between(start, start, ahead).take(MOST_COMPARED);
        zones.compare(read.start_line, (start, last), times, findings);
    }
    let is_known = rules.len() == read.rules.len();
    let starts = Starts { rules: rules.into_iter().map(|(_, rule)| rule).collect(), dates, is_known };
    exceptions(read, &starts, zones, findings);
    (!read.rules.is_empty() || !read.dates.is_empty()).then_some(starts)
}

fn date_values(line: &ContentLine<'_>, findings: &mut Findings<'_>) {
    if line.param("VALUE").is_none_or(|kind| !kind.eq_ignore_ascii_case("PERIOD")) {
        for value in values(line) {
            time::checked(line, value, findings);
        }
    }
}

fn values<'c>(line: &'c ContentLine<'_>) -> impl Iterator<Item = &'c str> {
    line.value.split(',').map(str::trim).filter(|value| !value.is_empty()).take(MOST_EXCEPTIONS)
}

/// Whether UNTIL is of the type of DTSTART.
fn until(line: &ContentLine<'_>, rule: &Rule, read: &Read<'_, '_>, findings: &mut Findings<'_>) {
    let End::Until(until) = rule.end() else { return };
    let has_zone = read.start_line.param("TZID").is_some();
    let wanted = match (read.start, until) {
        (Time::Day(_), Until::Date(_)) | (Time::Utc(_), Until::Utc(_)) => return,
        (Time::Wall(_), Until::Utc(_)) if has_zone => return,
        (Time::Wall(_), Until::DateTime(_)) if !has_zone => return,
        (Time::Day(_), _) => "a date, as DTSTART is",
        (Time::Utc(_), _) => "a time in UTC, as DTSTART is",
        (Time::Wall(_), _) if has_zone => "a time in UTC, because DTSTART has a TZID",
        (Time::Wall(_), _) => "a time without a zone, as DTSTART is",
    };
    findings.at(FeedCode::UntilType, line, format!("UNTIL is not {wanted}"));
}

/// The rule with an UNTIL in UTC as the time on the clock of the event.
fn in_wall_clock(rule: Rule, read: &Read<'_, '_>) -> Rule {
    match (rule.end(), read.start, read.zone) {
        (End::Until(Until::Utc(at)), Time::Wall(_), Some(zone)) => {
            let wall = at.and_utc().with_timezone(&zone).naive_local();
            rule.with_end(End::Until(Until::DateTime(wall)))
        }
        (End::Until(Until::Utc(at)), Time::Day(_), _) => rule.with_end(End::Until(Until::Date(at.date()))),
        _ => rule,
    }
}

fn one_rule(
    line: &ContentLine<'_>,
    rule: &Rule,
    read: &Read<'_, '_>,
    options: &Options<'_>,
    findings: &mut Findings<'_>,
) {
    let start = read.start.wall();
    let Some(first) = rule.first(start) else {
        findings.at(FeedCode::RuleEmpty, line, "the rule has no occurrence");
        return;
    };
    if first != start {
        let message =
            format!("DTSTART is no occurrence of the rule, whose first one is {}", first.format("%Y-%m-%d %H:%M"));
        findings.at(FeedCode::StartNotInRule, read.start_line, message);
    }
    if outlook::parts(rule, first, read.length).is_none_or(|parts| parts.len() != 1) {
        findings.at(FeedCode::RuleOutlook, line, "the rule is none of Outlook's patterns");
    }
    let now = options.now.naive_utc();
    let is_endless = rule.end() == End::Never && rule.freq() != Freq::Yearly;
    if is_endless && now - start > CUT && !findings.is_ours {
        findings.at(FeedCode::RuleEndless, line, "the rule has no end, and began more than three years ago");
    }
    let (last, is_counted) = match rule.end() {
        End::Never => (now, false),
        End::Count(count) if count.get() as usize <= SABRE => return,
        End::Count(_) => (NaiveDateTime::MAX, true),
        End::Until(Until::Date(day)) => (day.and_hms_opt(23, 59, 59).unwrap_or(now), false),
        End::Until(Until::DateTime(at) | Until::Utc(at)) => (at, false),
    };
    // So many days are needed at least.
    let days = (last - start).num_days().saturating_mul(rule.times_a_day() as i64);
    if is_counted || days > SABRE as i64 && rule.between(start, start, last).nth(SABRE).is_some() {
        findings.at(FeedCode::RuleLong, line, "the rule has more than 3,500 occurrences");
    }
}

/// The dates that are left out.
fn exceptions(read: &Read<'_, '_>, starts: &Starts, zones: &mut Zones<'_>, findings: &mut Findings<'_>) {
    let mut excluded = HashSet::new();
    for line in &read.excluded {
        let (mut is_other_type, mut unmatched) = (false, None);
        for value in values(line) {
            let Some(time) = time::checked(line, value, findings) else { continue };
            if matches!(time, Time::Day(_)) != matches!(read.start, Time::Day(_)) {
                is_other_type = true;
                continue;
            }
            let Some(wall) = on_clock(line, time, read, zones, findings) else { continue };
            if starts.is_known && findings.may_look(starts.cost()) && !starts.has(read, wall) {
                unmatched.get_or_insert(time);
            } else {
                excluded.insert(wall);
            }
        }
        if is_other_type {
            findings.at(FeedCode::ExdateType, line, "one of EXDATE and DTSTART is a date, and the other a time");
        }
        if let Some(time) = unmatched {
            let message = format!("EXDATE leaves out {}, which is no start of the series", shown(time));
            findings.at(FeedCode::ExdateUnmatched, line, message);
        }
    }
    if let ([rule], true, [line]) = (&starts.rules[..], read.dates.is_empty(), &read.rules[..])
        && !excluded.is_empty()
        && rule
            .between(read.start.wall(), NaiveDateTime::MIN, NaiveDateTime::MAX)
            .take(excluded.len() + 1)
            .all(|at| excluded.contains(&at))
    {
        findings.at(FeedCode::RuleEmpty, line, "all occurrences are excluded");
    }
}

fn shown(time: Time) -> String {
    match time {
        Time::Day(day) => day.to_string(),
        Time::Utc(at) => at.format("%Y-%m-%d %H:%M UTC").to_string(),
        Time::Wall(at) => at.format("%Y-%m-%d %H:%M").to_string(),
    }
}

/// A time as one on the clock of the series; `None` where that is not known.
fn on_clock(
    line: &ContentLine<'_>,
    time: Time,
    read: &Read<'_, '_>,
    zones: &mut Zones<'_>,
    findings: &mut Findings<'_>,
) -> Option<NaiveDateTime> {
    let own = read.start_line.param("TZID");
    let in_zone = |at: NaiveDateTime, zone: Zone| at.and_utc().with_timezone(&zone).naive_local();
    match (time, read.start) {
        (Time::Day(day), _) => Some(day.into()),
        (Time::Utc(at), Time::Utc(_)) => Some(at),
        (Time::Utc(at), _) => read.zone.map(|zone| in_zone(at, zone)),
        (Time::Wall(at), Time::Wall(_)) if line.param("TZID") == own => Some(at),
        (Time::Wall(at), _) => {
            let instant = zones.zone(line, findings)?.instant(at).naive_utc();
            Some(in_zone(instant, read.zone?))
        }
    }
}

impl Starts {
    /// What a look for a date costs: a rule with a COUNT may have to count them all.
    fn cost(&self) -> usize {
        self.rules.iter().map(|rule| if matches!(rule.end(), End::Count(_)) { 100 } else { 1 }).sum()
    }

    /// Whether one of them is at that time, on the clock of the series.
    fn has(&self, read: &Read<'_, '_>, wall: NaiveDateTime) -> bool {
        let start = read.start.wall();
        wall == start || self.dates.contains(&wall) || self.rules.iter().any(|rule| rule.contains(start, wall))
    }
}

/// Judges a changed occurrence; `whole` says whether an event of its UID without RECURRENCE-ID is in the file.
pub(super) fn override_of(
    one: &Read<'_, '_>,
    series: Option<&(Read<'_, '_>, Starts)>,
    whole: bool,
    zones: &mut Zones<'_>,
    findings: &mut Findings<'_>,
) {
    let Some(line) = one.planned else { return };
    if line.param("RANGE").is_some_and(|range| range.eq_ignore_ascii_case("THISANDFUTURE")) {
        findings.at(FeedCode::ThisAndFuture, line, "the change is meant for this occurrence and all behind it");
    }
    let Some(time) = time::checked(line, &line.value, findings) else { return };
    let Some((series, starts)) = series else {
        let message = if whole { "its event does not repeat" } else { "its series is not in the file" };
        findings.at(FeedCode::OverrideUnmatched, line, format!("RECURRENCE-ID changes nothing: {message}"));
        return;
    };
    if !starts.is_known {
        return;
    }
    let is_other_type = matches!(time, Time::Day(_)) != matches!(series.start, Time::Day(_));
    let wall = on_clock(line, time, series, zones, findings);
    if is_other_type || wall.is_some_and(|wall| findings.may_look(starts.cost()) && !starts.has(series, wall)) {
        let message = format!("RECURRENCE-ID changes {}, which is no start of the series", shown(time));
        findings.at(FeedCode::OverrideUnmatched, line, message);
    }
}
