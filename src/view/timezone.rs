//! Zones as a VTIMEZONE that every client reads: one STANDARD, at most one DAYLIGHT, each on one weekday of a month.
//!
//! Outlook reads no more than that, and Thunderbird obeys a VTIMEZONE even where it is wrong. So a zone is either
//! written in this form, right from its first to its last use in the feed, or not at all. Which of the two halves is
//! called STANDARD goes by the offset: Dublin's law, by which winter is the exception, would confuse readers.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc, Weekday};

use crate::zone::{LocalTimeType, Transition, Zone};

/// The rules of a zone over a stretch of time.
#[derive(Clone, Debug)]
pub struct Timezone {
    /// Whose rules they are; its name is the TZID.
    pub zone: Zone,
    /// The half of the year with the smaller offset, or all of it.
    pub standard: Observance,
    /// The other half.
    pub daylight: Option<Observance>,
}

/// One half of the year.
#[derive(Clone, Copy, Debug)]
pub struct Observance {
    /// Offset before it begins.
    pub from: FixedOffset,
    /// Offset while it lasts.
    pub to: FixedOffset,
    /// As in the database: `PDT`, `-03`.
    pub abbreviation: &'static str,
    /// A wall-clock time by `from`, at which it once began, before every use.
    pub start: NaiveDateTime,
    /// When it begins each year; `None` if the offset never changes.
    pub yearly: Option<Yearly>,
}

/// A time on the nth weekday of a month.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Yearly {
    /// 1 to 12.
    pub month: u32,
    /// 1 to 4, or −1 for the last.
    pub nth: i8,
    /// The weekday.
    pub weekday: Weekday,
    /// By the clock that it ends.
    pub time: NaiveTime,
}

/// Transitions before and after the use, to distinguish the 4th Sunday from the last one.
const NEIGHBOURS: usize = 12;

/// Transitions within the use beyond which no rule is looked for: 200 years of them.
const MOST: usize = 400;

/// A change of offset.
#[derive(Clone, Copy)]
struct Step {
    at: DateTime<Utc>,
    from: FixedOffset,
    to: FixedOffset,
    abbreviation: &'static str,
}

impl Timezone {
    /// The rules of `zone`, correct at every instant from `first` to `last`; `None` if that needs more than one yearly pair,
    /// or if an offset is not in whole minutes or outside the current range.
    pub fn of(zone: Zone, first: DateTime<Utc>, last: DateTime<Utc>) -> Option<Self> {
        let year = 1970.min(first.year() - 1);
        if year < 1 {
            return None;
        }
        let used: Vec<Step> = steps_after(zone, first).take_while(|step| step.at <= last).take(MOST + 1).collect();
        let regime = zone.regime_at(first);
        let offsets = used.iter().flat_map(|step| [step.from, step.to]).chain([regime.offset]);
        // ical.js takes an offset beyond today's extremes, such as Manila's before 1845, for one of another day.
        let is_odd = |seconds: i32| seconds % 60 != 0 || !(-12 * 3600..=14 * 3600).contains(&seconds);
        if used.len() > MOST || offsets.map(|offset| offset.local_minus_utc()).any(is_odd) {
            return None;
        }
        let pair = pairs(zone, first, last, &used, year)
            .into_iter()
            .find(|timezone| timezone.agrees(first, last, regime.offset, &used));
        if pair.is_some() || !used.is_empty() {
            return pair;
        }
        let standard = Observance {
            from: regime.offset,
            to: regime.offset,
            abbreviation: regime.abbreviation,
            start: NaiveDate::from_ymd_opt(year, 1, 1)?.and_time(NaiveTime::MIN),
            yearly: None,
        };
        Some(Timezone { zone, standard, daylight: None })
    }

    /// UTC, in which nothing ever changes.
    pub fn utc() -> Self {
        let zone = Zone::utc();
        let LocalTimeType { offset, abbreviation, .. } = zone.regime_at(DateTime::UNIX_EPOCH);
        let start = DateTime::UNIX_EPOCH.naive_utc();
        let standard = Observance { from: offset, to: offset, abbreviation, start, yearly: None };
        Timezone { zone, standard, daylight: None }
    }

    /// Whether these rules have the steps of `used`, and no others, from `first` to `last`.
    fn agrees(&self, first: DateTime<Utc>, last: DateTime<Utc>, at_first: FixedOffset, used: &[Step]) -> bool {
        let halves = [Some(&self.standard), self.daylight.as_ref()];
        let mut onsets: Vec<(DateTime<Utc>, FixedOffset)> = (first.year() - 1..=last.year() + 1)
            .flat_map(|year| halves.into_iter().flatten().filter_map(move |half| half.onset(year)))
            .collect();
        onsets.sort_unstable_by_key(|(at, _)| *at);
        let (before, after) = onsets.split_at(onsets.partition_point(|(at, _)| *at <= first));
        before.last().is_some_and(|(_, offset)| *offset == at_first)
            && after.iter().take_while(|(at, _)| *at <= last).copied().eq(used.iter().map(|step| (step.at, step.to)))
    }
}

impl Observance {
    /// The instant at which it begins in `year`, and its offset.
    fn onset(&self, year: i32) -> Option<(DateTime<Utc>, FixedOffset)> {
        let wall = self.yearly?.in_year(year)?;
        Some((wall.and_utc() - TimeDelta::seconds(self.from.local_minus_utc().into()), self.to))
    }
}

impl Yearly {
    /// The wall-clock time in `year`.
    pub fn in_year(self, year: i32) -> Option<NaiveDateTime> {
        let of = |nth| NaiveDate::from_weekday_of_month_opt(year, self.month, self.weekday, nth);
        let day = match u8::try_from(self.nth) {
            Ok(nth) => of(nth),
            Err(_) => of(5).or_else(|| of(4)),
        };
        Some(day?.and_time(self.time))
    }

    /// The rules that give `wall` in its year.
    fn through(wall: NaiveDateTime) -> impl Iterator<Item = Yearly> {
        let nth = ((wall.day() - 1) / 7 + 1) as i8;
        [nth, -1].into_iter().filter(|nth| *nth <= 4).filter_map(move |nth| {
            let yearly = Yearly { month: wall.month(), nth, weekday: wall.weekday(), time: wall.time() };
            (yearly.in_year(wall.year()) == Some(wall)).then_some(yearly)
        })
    }
}

impl Step {
    /// The wall-clock time that it ends.
    fn wall(&self) -> NaiveDateTime {
        self.at.with_timezone(&self.from).naive_local()
    }

    /// Whether `next` takes the clock back, within the same year's round.
    fn is_undone_by(&self, next: &Step) -> bool {
        next.from == self.to && next.to == self.from && next.at - self.at < TimeDelta::days(366)
    }
}

/// Pairs of rules that may describe the use: through the steps around its first instant, likeliest first.
fn pairs(zone: Zone, first: DateTime<Utc>, last: DateTime<Utc>, used: &[Step], year: i32) -> Vec<Timezone> {
    let mut around: Vec<Step> = steps_until(zone, first).take(NEIGHBOURS).collect();
    around.reverse();
    let before = around.len();
    around.extend_from_slice(used);
    around.extend(steps_after(zone, last).take(NEIGHBOURS));
    let firsts: &[usize] = if used.is_empty() { &[1] } else { &[1, 0] };
    let mut found = Vec::new();
    for back in firsts {
        let Some(at) = before.checked_sub(*back) else { continue };
        let (Some(one), Some(other)) = (around.get(at), around.get(at + 1)) else { continue };
        if !one.is_undone_by(other) {
            continue;
        }
        let (standard, daylight) =
            if one.to.local_minus_utc() < other.to.local_minus_utc() { (one, other) } else { (other, one) };
        for standard in observances(standard, &around, year) {
            for daylight in observances(daylight, &around, year) {
                found.push(Timezone { zone, standard, daylight: Some(daylight) });
            }
        }
    }
    found
}

/// The rules through `step`, those first that give more of the steps `around` it.
fn observances(step: &Step, around: &[Step], year: i32) -> Vec<Observance> {
    let mut rules: Vec<Yearly> = Yearly::through(step.wall()).collect();
    rules.sort_by_key(|rule| {
        let alike = around.iter().filter(|other| other.from == step.from && other.to == step.to);
        std::cmp::Reverse(alike.filter(|other| rule.in_year(other.wall().year()) == Some(other.wall())).count())
    });
    let observance = |rule: Yearly| {
        let start = rule.in_year(year)?;
        let Step { from, to, abbreviation, .. } = *step;
        Some(Observance { from, to, abbreviation, start, yearly: Some(rule) })
    };
    rules.into_iter().filter_map(observance).collect()
}

fn steps_after(zone: Zone, instant: DateTime<Utc>) -> impl Iterator<Item = Step> {
    std::iter::successors(zone.next_transition(instant), move |last| zone.next_transition(last.at)).filter_map(step)
}

/// The steps at or before `instant`, latest first.
fn steps_until(zone: Zone, instant: DateTime<Utc>) -> impl Iterator<Item = Step> {
    let latest = zone.previous_transition(instant + TimeDelta::seconds(1));
    std::iter::successors(latest, move |last| zone.previous_transition(last.at)).filter_map(step)
}

/// `None` if only the abbreviation changes.
fn step(transition: Transition) -> Option<Step> {
    let Transition { at, before, after } = transition;
    (before.offset != after.offset).then_some(Step {
        at,
        from: before.offset,
        to: after.offset,
        abbreviation: after.abbreviation,
    })
}
