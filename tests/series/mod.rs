//! Valid records that repeat, and are hard on whoever expands them: hours that clocks skip and double, zones whose rules
//! changed, exceptions, changes and single dates. A function of the seed.

use std::fmt::Write as _;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use redletter::recurrence::{End, Freq, Rule, Until, parse_phrase, parse_timed};
use redletter::zone::{Resolved, Tzdb, Zone};

use crate::records::{Random, Record, iso, quoted};

/// Simple ones, ones that never change, and ones whose rules changed or come by another calendar.
const ZONES: [&str; 15] = [
    "Europe/Madrid",
    "America/New_York",
    "Africa/Casablanca",
    "Asia/Kolkata",
    "Australia/Sydney",
    "America/Vancouver",
    "Europe/Dublin",
    "UTC",
    "America/Edmonton",
    "America/Lima",
    "Africa/Cairo",
    "Australia/Lord_Howe",
    "America/Asuncion",
    "Europe/Istanbul",
    "America/Los_Angeles",
];

const PHRASES: [&str; 14] = [
    "daily",
    "weekly",
    "every 2 weeks",
    "every weekday",
    "every week on tue and thu",
    "every sunday",
    "monthly",
    "every month on day 15",
    "every month on the last friday",
    "every month on the 2nd sunday",
    "every 2 months on the 1st and 3rd monday",
    "yearly",
    "every year on 1 may",
    "every year on the last sunday of march",
];

/// Those of the second half set times of day, which a day has none of.
const RULES: [&str; 26] = [
    "FREQ=DAILY;INTERVAL=3",
    "FREQ=DAILY;BYMONTH=3,4,10,11",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,WE;WKST=SU",
    "FREQ=WEEKLY;BYDAY=SU",
    "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=1,-1",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=MONTHLY;BYDAY=-1SU",
    "FREQ=MONTHLY;BYDAY=1SU,2SU",
    "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
    "FREQ=MONTHLY;INTERVAL=3;BYDAY=2SU",
    "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
    "FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
    "FREQ=YEARLY;BYMONTH=4,10;BYDAY=1SU,-1SU",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=YEARLY;BYYEARDAY=100,200,-1",
    "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
    "FREQ=YEARLY;BYDAY=20MO",
    "FREQ=YEARLY;INTERVAL=2;BYMONTH=3,10;BYDAY=-1SU",
    "FREQ=DAILY;BYHOUR=10,18",
    "FREQ=WEEKLY;BYDAY=SA,SU;BYHOUR=1,2;BYMINUTE=30",
    "FREQ=WEEKLY;BYDAY=SU;BYHOUR=1,2,3;BYSETPOS=2",
    "FREQ=MONTHLY;BYDAY=-1SU;BYHOUR=2;BYMINUTE=0,30",
    "FREQ=YEARLY;BYMONTH=3,11;BYDAY=2SU,1SU;BYHOUR=2,20",
];

/// Hours close to changes of clocks, about midnight, and ordinary ones.
const HOURS: [(u32, u32); 9] = [(1, 30), (2, 30), (2, 0), (0, 0), (0, 30), (23, 0), (19, 0), (10, 0), (9, 15)];

const LENGTHS: [&str; 6] = ["30m", "90m", "2h", "1h", "5h", "26h"];

/// The settings by which the records are valid, and a feed of each way to write repeats.
pub(crate) const CALENDAR: &str = "\
title = \"Repeats\"
domain = \"example.org\"
timezone = \"Europe/Madrid\"

[[feed]]
name = \"rules\"
past = \"5y\"

[[feed]]
name = \"expanded\"
past = \"13mo\"
future = \"13mo\"
series = \"expanded\"
";

/// `count` records that repeat.
pub(crate) fn series(seed: u64, count: usize) -> Vec<Record> {
    let tzdb = Tzdb::bundled();
    let mut random = Random(seed);
    let with_parts = count / 5;
    let plain: Vec<Record> = (0..count - with_parts).map(|number| record(number, &tzdb, &mut random)).collect();
    let parted = (0..with_parts).map(|number| parted(number, &tzdb, &mut random));
    plain.into_iter().chain(parted).collect()
}

/// Repeats at several hours, and others that have parts.
const PARTED: [&str; 12] = [
    "every week on mon at 10:00 and thu at 12:00",
    "daily at 10:00 and 18:00",
    "every month on the 1st monday at 18:00 and the 3rd thursday at 19:30",
    "every weekday at 9:00 and sat at 11:00",
    "every sunday at 1:30 and 2:30",
    "every 2 weeks on sun at 2:30 and sat at 23:00",
    "every month on the last day",
    "every month on day 30 or the last",
    "every week on tue and thu",
    "every 2 weeks on sun",
    "monthly",
    "every year on 29 february or the last",
];

/// A series with several hours, or of another kind from a date on.
fn parted(number: usize, tzdb: &Tzdb, random: &mut Random) -> Record {
    let zone = tzdb.zone(ZONES[number % ZONES.len()]).expect("a zone of the database");
    let phrase = PARTED[number % PARTED.len()];
    let timed = parse_timed(phrase).unwrap_or_else(|_| panic!("{phrase}"));
    let often = timed[0].rule.freq() == Freq::Daily || phrase.starts_with("every weekday");
    let (first, days) = if often { (2026, 100) } else { (2021, 365 * 5) };
    let day = NaiveDate::from_ymd_opt(first, 3, 1).expect("a date") + TimeDelta::days(random.below(days) as i64);
    let usual = random.pick(&HOURS);
    let start = timed.iter().filter_map(|one| {
        let at = one.at.map_or_else(|| at(day, usual), |hour| day.and_time(hour));
        one.rule.first(at)
    });
    let start = start.min().expect("an occurrence");
    // A start has to be a time that there is; those of a repeat have not.
    let zone = if Clock::Zoned(zone).shows(start) { zone } else { tzdb.zone("UTC").expect("a zone") };
    let mut has_hours = timed.iter().any(|one| one.at.is_some());
    let mut fields = String::new();
    let mut add = |line: &str| writeln!(fields, "{line}").expect("a String takes all");
    add(&format!("title = {}", quoted(&format!("Parted {number}"))));
    add("kind = \"meeting\"");
    add(&format!("start = {}", iso(start)));
    add(&format!("timezone = {}", quoted(zone.name())));
    add(&format!("duration = {}", quoted(random.pick(&LENGTHS))));
    add(&format!("repeat = {}", quoted(phrase)));
    let long = if often { 200 } else { 900 };
    match random.below(3) {
        0 => add(&format!("until = {}", start.date() + TimeDelta::days(long))),
        1 if often => add("count = 90"),
        _ if often => add(&format!("until = {}", start.date() + TimeDelta::days(long))),
        _ => {}
    }
    let mut date = start.date();
    let mut current = zone.name();
    let tables = if phrase.starts_with("every year") { 0 } else { random.below(3) as usize };
    for table in 0..tables {
        // Far enough that each part has an occurrence, and before the end.
        let step = if often { 10 } else { 400 };
        date += TimeDelta::days(step + random.below(9) as i64);
        add(&format!("\n[[event.from]]\ndate = {date}"));
        match random.below(6) {
            0 if !has_hours => add(&format!("start = \"16:4{table}\"")),
            1 => {
                has_hours = true;
                add("repeat = \"every week on wed and sat at 13:00 and sun at 2:30\"");
            }
            2 => add(&format!("location = \"Hall {table}\"")),
            3 => add(&format!("status = {}", ["\"postponed\"", "\"tentative\""][table % 2])),
            4 => {
                // Another clock than before, or the table would change nothing.
                let next = (number + 5 + table) % ZONES.len();
                let other = if ZONES[next] == current { ZONES[(next + 1) % ZONES.len()] } else { ZONES[next] };
                current = other;
                add(&format!("timezone = {}", quoted(other)));
            }
            _ => add(&format!("duration = \"{}m\"", 41 + table)),
        }
    }
    Record { id: format!("parted-{number:05}"), fields }
}

/// What a record's start is.
#[derive(Clone, Copy, PartialEq)]
enum Clock {
    Day,
    Floating,
    Zoned(Zone),
}

impl Clock {
    /// Whether a time of day may stand in a record.
    fn shows(self, wall: NaiveDateTime) -> bool {
        match self {
            Clock::Day | Clock::Floating => true,
            Clock::Zoned(zone) => matches!(zone.resolve(wall), Resolved::Single(_)),
        }
    }

    fn written(self, wall: NaiveDateTime) -> String {
        if self == Clock::Day { wall.date().to_string() } else { iso(wall) }
    }
}

fn at(day: NaiveDate, (hour, minute): (u32, u32)) -> NaiveDateTime {
    day.and_hms_opt(hour, minute, 0).expect("a time of day")
}

fn record(number: usize, tzdb: &Tzdb, random: &mut Random) -> Record {
    let zone = |index: usize| tzdb.zone(ZONES[index % ZONES.len()]).expect("a zone of the database");
    let clock = match number % 12 {
        4 => Clock::Day,
        8 => Clock::Floating,
        _ => Clock::Zoned(zone(number)),
    };
    let mut fields = String::new();
    let mut add = |key: &str, value: &str| writeln!(fields, "{key} = {value}").expect("a String takes all");
    add("title", &quoted(&format!("Series {number}")));
    add("kind", "\"meeting\"");

    let by_phrase = random.one_in(3);
    let text = if by_phrase {
        random.pick(&PHRASES)
    } else {
        let most = if clock == Clock::Day { 21 } else { RULES.len() };
        RULES[random.below(most as u64) as usize]
    };
    let endless = if by_phrase {
        parse_phrase(text).unwrap_or_else(|_| panic!("{text}"))
    } else {
        Rule::parse(text).expect("a rule")
    };

    let often = endless.freq() == Freq::Daily || text == "every weekday";
    let (first, days) = if often { (2026, 250) } else { (2012, 365 * 15) };
    let first = NaiveDate::from_ymd_opt(first, 3, 1).expect("a date") + TimeDelta::days(random.below(days) as i64);
    let hour = if clock == Clock::Day { (0, 0) } else { random.pick(&HOURS) };
    let mut start = at(first, hour);
    // Most rules produce their start.
    if !random.one_in(5)
        && let Some(first) = endless.first(start)
    {
        start = first;
    }
    if !clock.shows(start) {
        start = at(start.date(), (12, 0));
    }
    add("start", &clock.written(start));
    match clock {
        Clock::Day => {}
        Clock::Floating => add("timezone", "\"local\""),
        Clock::Zoned(zone) => add("timezone", &quoted(zone.name())),
    }
    if clock != Clock::Day {
        add("duration", &quoted(random.pick(&LENGTHS)));
    } else if random.one_in(2) {
        add("duration", "\"2d\"");
    }
    if random.one_in(15) {
        add("status", "\"tentative\"");
    }

    // Only single dates, and no rule.
    let mut besides: Vec<String> = Vec::new();
    if number % 20 == 7 {
        besides.extend((1..8).map(|week| (start.date() + TimeDelta::days(week * 31)).to_string()));
        add("also", &format!("[{}]", besides.join(", ")));
        return Record { id: format!("series-{number:05}"), fields };
    }

    let count = 2 + random.below(if often { 60 } else { 30 }) as u32;
    let mut ends = ["", "", ""].map(str::to_owned);
    // An event has no date behind the year 2200.
    let latest = at(NaiveDate::from_ymd_opt(2199, 12, 31).expect("a date"), (0, 0));
    let last = endless.between(start, start, latest).take(count as usize + 1).last().unwrap_or(start);
    let last = if random.one_in(2) || clock == Clock::Day { last } else { last + TimeDelta::minutes(90) };
    let end = match (random.below(6), clock) {
        (0, Clock::Zoned(zone)) if !by_phrase => {
            let until = (last + TimeDelta::hours(3)).and_utc();
            ends[2] = format!(";UNTIL={}", until.format("%Y%m%dT%H%M%SZ"));
            End::Until(Until::DateTime(until.with_timezone(&zone).naive_local()))
        }
        (0 | 1, _) => {
            ends[0] = last.date().to_string();
            End::Until(Until::Date(last.date()))
        }
        (2, _) if clock != Clock::Day && clock.shows(last) => {
            ends[0] = iso(last);
            End::Until(Until::DateTime(last))
        }
        (3, _) if !by_phrase => {
            ends[2] = format!(";COUNT={count}");
            End::Count(std::num::NonZeroU32::new(count).expect("at least 2"))
        }
        (4, _) if !often => End::Never,
        _ => {
            ends[1] = count.to_string();
            End::Count(std::num::NonZeroU32::new(count).expect("at least 2"))
        }
    };
    let [until, count, own] = ends;
    add(if by_phrase { "repeat" } else { "rrule" }, &quoted(&format!("{text}{own}")));
    for (key, value) in [("until", until), ("count", count)] {
        if !value.is_empty() {
            add(key, &value);
        }
    }

    let rule = endless.with_end(end);
    // What is near the windows that are looked at, else what there is.
    let seen = NaiveDate::from_ymd_opt(2022, 1, 1).expect("a date").and_time(NaiveTime::MIN);
    let mut planned: Vec<NaiveDateTime> = rule.between(start, seen, latest).take(300).collect();
    if planned.is_empty() {
        planned = rule.between(start, start, latest).take(300).collect();
    }
    let mut excepted: Vec<NaiveDate> = Vec::new();
    if planned.len() > 8 {
        let mut except: Vec<String> = Vec::new();
        for _ in 0..random.below(4) {
            let at = planned[random.below(planned.len() as u64) as usize];
            excepted.push(at.date());
            except.push(if random.one_in(2) { at.date().to_string() } else { clock.written(at) });
        }
        if !except.is_empty() {
            add("except", &format!("[{}]", except.join(", ")));
        }
    }
    for _ in 0..random.below(4) {
        let day = planned[0].date() + TimeDelta::days(random.below(900) as i64);
        let day = if random.one_in(4) { planned[random.below(planned.len() as u64) as usize].date() } else { day };
        let is_taken = excepted.contains(&day);
        if !is_taken {
            let hour = at(day, (11, 11));
            besides.push(if random.one_in(2) { day.to_string() } else { clock.written(hour) });
        }
        excepted.push(day);
    }
    if !besides.is_empty() {
        add("also", &format!("[{}]", besides.join(", ")));
    }

    let mut changed: Vec<NaiveDate> = excepted;
    for _ in 0..random.below(5) {
        let at = planned[random.below(planned.len() as u64) as usize];
        // A day is named once, so that nothing is changed twice.
        if changed.contains(&at.date()) {
            continue;
        }
        changed.push(at.date());
        let exact = rule.sets_times() || random.one_in(2);
        let occurrence = if exact { clock.written(at) } else { at.date().to_string() };
        write!(fields, "\n[[event.change]]\noccurrence = {occurrence}\n").expect("a String takes all");
        change(at, clock, zone(number + 1 + random.below(14) as usize), random, &mut fields);
    }
    Record { id: format!("series-{number:05}"), fields }
}

/// What becomes of one occurrence.
fn change(planned: NaiveDateTime, clock: Clock, other: Zone, random: &mut Random, fields: &mut String) {
    let mut add = |key: &str, value: &str| writeln!(fields, "{key} = {value}").expect("a String takes all");
    let day = planned.date() + TimeDelta::days(random.below(20) as i64 - 8);
    match random.below(8) {
        0 => add("start", &clock.written(at(day, (12, 15)))),
        1 if matches!(clock, Clock::Zoned(_)) => {
            add("start", &iso(at(day, (12, 45))));
            add("timezone", &quoted(other.name()));
        }
        2 if matches!(clock, Clock::Zoned(_)) && clock.shows(planned) && Clock::Zoned(other).shows(planned) => {
            add("timezone", &quoted(other.name()));
        }
        2 if clock == Clock::Floating && Clock::Zoned(other).shows(planned) => add("timezone", &quoted(other.name())),
        2 if matches!(clock, Clock::Zoned(_)) && clock.shows(planned) => add("timezone", "\"local\""),
        3 => add("status", random.pick(&["\"cancelled\"", "\"tentative\"", "\"postponed\""])),
        4 => add("duration", if clock == Clock::Day { "\"3d\"" } else { "\"45m\"" }),
        5 => add("location", "{ name = \"Another hall\", city = \"Another town\" }"),
        6 => {
            add("start", &clock.written(at(day, (13, 20))));
            add("status", "\"tentative\"");
        }
        _ => add("start", &day.to_string()),
    }
    if random.one_in(2) {
        add("title", "\"Another title\"");
    }
}
