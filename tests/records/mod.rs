//! Valid records that are hard on whoever reads them: every zone, hours about changes of clocks, texts that look like
//! syntax. A function of the seed.

use std::fmt::Write as _;
use std::ops::Range;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Offset, TimeDelta};
use redletter::zone::{Resolved, Tzdb, Zone};

/// Zones that are somehow odd: half-hours and quarters, winter time that is the odd one (Dublin), a break in summer time
/// (Casablanca), rules that changed in 2026 (Vancouver, Edmonton), summer over the New Year, half an hour of summer time
/// (Lord Howe), summer time that begins at midnight or by another calendar, a skipped day (Apia), no place at all.
const ODD: [&str; 24] = [
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/Asuncion",
    "America/Edmonton",
    "America/Los_Angeles",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/St_Johns",
    "America/Vancouver",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Etc/GMT+8",
    "Europe/Dublin",
    "Europe/Madrid",
    "Europe/Volgograd",
    "Pacific/Apia",
    "Pacific/Chatham",
    "US/Pacific",
    "UTC",
];

const OFFSETS: [&str; 8] = ["Z", "+00:00", "-08:00", "+05:45", "-03:30", "+14:00", "-12:00", "+12:45"];

const TITLES: [&str; 20] = [
    "Forum: war, and who pays; a discussion",
    "Huelga – ¡ni un día más!",
    "Απεργία στους σιδηροδρόμους",
    "Марш пенсионеров",
    "تظاهرة من أجل السكن",
    "הפגנה, היום; מחר",
    "罢工、集会 and a \u{1F6A9}",
    "🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩🚩",
    "👩🏽‍🏭👨‍👩‍👧‍👦 family picnic",
    "backslash \\ and \\n and \\, and at the end \\",
    "\"quoted\": 'and' again; DTSTART:20260101T000000Z",
    "BEGIN:VEVENT",
    "END:VCALENDAR\\nEVIL:1",
    "^n ^' ^^ %0D%0A &#13;&#10; &amp; <b>bold</b>",
    ",;:,;:,;:",
    "e\u{301}\u{302}\u{303} combining, a\u{200D}b joined",
    "[[event]] id = \"x\" # no comment",
    "한국 총파업 — 서울역 광장에서 열두 시에 모여 시청까지 행진합니다, 모두 오세요; 물과 모자를 가져오세요",
    "=CMD(), @risk, -1+1",
    "x",
];

const LINES: [&str; 12] = [
    "We meet at the fountain; bring water, a hat, and \\ noise.",
    "",
    "BEGIN:VALARM",
    "\tTRIGGER:-PT15M",
    "- a list\n- of *two*",
    "[a link](https://example.org/a,b;c) and <https://example.org/>",
    "```\ncode, with; syntax\n```",
    "    indented",
    "ÆØÅ ñ ß — “quotes” … ‰",
    "日本語の文章がここにあります。折り返しは文字の途中で起きてはいけません。",
    "🚩 ✊🏿 🏳️‍🌈",
    "\\n is no line end, and neither is \\\\n",
];

const KINDS: [&str; 11] = [
    "protest",
    "strike",
    "forum",
    "action-day",
    "meeting",
    "conference",
    "vigil",
    "occupation",
    "boycott",
    "commemoration",
    "deadline",
];

/// What stands in the `note` of some records.
pub(crate) const NOTE: &str = "unpublished-remark";

/// The settings by which the records are valid.
pub(crate) const CALENDAR: &str =
    "title = \"Odd, events; \\\\ and more\"\ndomain = \"example.org\"\ntimezone = \"Europe/Madrid\"\n";

/// One record.
pub(crate) struct Record {
    pub(crate) id: String,
    /// Its fields but `id`, fit for a file of its own and for an `[[event]]` table.
    pub(crate) fields: String,
}

/// `count` records with starts in `years`.
pub(crate) fn records(seed: u64, count: usize, years: Range<i32>) -> Vec<Record> {
    let tzdb = Tzdb::bundled();
    let mut names = tzdb.names();
    names.retain(|name| *name != "Factory");
    let mut random = Random(seed);
    (0..count).map(|number| record(number, &years, &tzdb, &names, &mut random)).collect()
}

/// The records as one file.
pub(crate) fn one_file(records: &[Record]) -> String {
    let table = |record: &Record| format!("[[event]]\nid = \"{}\"\n{}", record.id, record.fields);
    records.iter().map(table).collect::<Vec<_>>().join("\n")
}

fn record(number: usize, years: &Range<i32>, tzdb: &Tzdb, names: &[&str], random: &mut Random) -> Record {
    let name = if random.one_in(2) { random.pick(&ODD) } else { names[number % names.len()] };
    let zone = tzdb.zone(name).expect("a zone of the database");
    let mut fields = String::new();
    let mut add = |key: &str, value: &str| writeln!(fields, "{key} = {value}").expect("a String takes all");

    add("title", &quoted(&format!("{} {number}", random.pick(&TITLES))));
    add("kind", &quoted(random.pick(&KINDS)));
    match random.below(20) {
        0..3 => {
            let day = wall(years, random).date();
            add("start", &day.to_string());
            match random.below(4) {
                3 => add("end", "\"open\""),
                0 => add("end", &(day + TimeDelta::days(random.below(5) as i64)).to_string()),
                1 => add("duration", "\"2d\""),
                _ => {}
            }
        }
        3..5 => {
            add("start", &iso(wall(years, random)));
            add("timezone", "\"local\"");
            add("duration", &quoted(random.pick(&["90m", "1d", "10h", "2d30m"])));
        }
        5..7 => {
            add("start", &format!("{}{}", iso(wall(years, random)), random.pick(&OFFSETS)));
            add("duration", &quoted(random.pick(&["1h", "1d", "24h"])));
        }
        _ => zoned(zone, years, random, &mut add),
    }
    match random.below(20) {
        0 => add("status", "\"tentative\""),
        1 => add("status", "\"cancelled\""),
        2 => add("status", "\"postponed\""),
        _ => {}
    }
    if random.one_in(3) {
        let lines = if random.one_in(20) { 400 } else { 5 };
        let text: Vec<&str> = (0..lines).map(|_| random.pick(&LINES)).chain(["."]).collect();
        add("description", &quoted(&text.join(random.pick(&["\n", "\r\n"]))));
    }
    if random.one_in(3) {
        add("url", &quoted(&format!("https://example.org/a,b;c/{number}?x=\\&y=ü")));
    }
    match random.below(4) {
        0 => add("location", &quoted(random.pick(&TITLES))),
        1 => {
            let [place, address] = [random.pick(&TITLES), random.pick(&TITLES)].map(quoted);
            add(
                "location",
                &format!(
                    "{{ name = {place}, address = {address}, lat = -33.5, lon = 151.25, notes = \"Left; then, right\" }}"
                ),
            );
        }
        2 => add(
            "online",
            "{ url = \"https://example.org/join?a=1,2;3\", platform = \"Jitsi; \\\"x\\\"\", meeting-id = \"1,2;3\", passcode = \"\\\\n^n\" }",
        ),
        _ => {}
    }
    if random.one_in(4) {
        add(
            "organizers",
            "[\"Union, of; \\\"tenants\\\"\", { name = \"B\", url = \"https://example.org/b\", email = \"b@example.org\" }]",
        );
        add("tags", "[\"a,b\", \"x;y\", \"Ünï Code\", \"\\\\\"]");
        add("language", "\"es\"");
        add("contact", "\"press, room; 5\"");
        add("note", &quoted(NOTE));
    }
    if number > 0 && random.one_in(20) {
        add("part-of", &quoted(&id(random.below(number as u64) as usize)));
    }
    if random.one_in(20) {
        add("uid", &quoted(&format!("odd, uid; \\ ü {number}")));
    }
    Record { id: id(number), fields }
}

/// Hours in a zone; one of four close to a change of clocks.
fn zoned(zone: Zone, years: &Range<i32>, random: &mut Random, add: &mut impl FnMut(&str, &str)) {
    let mut start = wall(years, random);
    if random.one_in(4)
        && let Some(next) = zone.next_transition(start.and_utc()).filter(|next| years.contains(&next.at.year()))
    {
        let change = next.at.with_timezone(&zone).naive_local();
        start = change + TimeDelta::minutes(15 * (random.below(25) as i64 - 12));
    }
    let by_offset = |at: DateTime<chrono::Utc>| {
        let offset = zone.offset_at(at).fix();
        // TOML has offsets in minutes, and before 1970 some zones did not.
        (offset.local_minus_utc() % 60 == 0).then(|| format!("{}{offset}", iso(at.with_timezone(&zone).naive_local())))
    };
    let (at, written) = match zone.resolve(start) {
        Resolved::Single(at) => (at, if random.one_in(8) { by_offset(at) } else { None }),
        Resolved::Gap { at, .. } => (at, None),
        Resolved::Overlap { first, second, .. } => {
            let at = if random.one_in(2) { first } else { second };
            match by_offset(at) {
                Some(written) => (at, Some(written)),
                None => (at + TimeDelta::days(2), None),
            }
        }
    };
    let start = at.with_timezone(&zone).naive_local();
    add("start", &written.unwrap_or_else(|| iso(start)));
    add("timezone", &quoted(zone.name()));
    let end = start + TimeDelta::minutes(30 + random.below(3_000) as i64);
    match (random.below(4), zone.resolve(end)) {
        (3, _) if random.one_in(3) => add("end", "\"open\""),
        (0, Resolved::Single(after)) if after > at => add("end", &iso(end)),
        (1, _) => add("duration", &quoted(random.pick(&["1m", "90m", "24h", "1d", "2d", "P1DT2H"]))),
        _ => {}
    }
}

fn id(number: usize) -> String {
    // Ids in another order than the file's.
    format!("event-{:05}", (number * 7919 + 13) % 100_000)
}

/// A clock time; all minutes, and now and then seconds.
fn wall(years: &Range<i32>, random: &mut Random) -> NaiveDateTime {
    let first = NaiveDate::from_ymd_opt(years.start, 1, 1).expect("a year of this calendar");
    let days = 365 * (years.end - years.start) as u64;
    let seconds = 60 * random.below(24 * 60) + if random.one_in(10) { random.below(60) } else { 0 };
    first.and_time(chrono::NaiveTime::MIN)
        + TimeDelta::days(random.below(days) as i64)
        + TimeDelta::seconds(seconds as i64)
}

pub(crate) fn iso(wall: NaiveDateTime) -> String {
    wall.format("%Y-%m-%dT%H:%M:%S").to_string()
}

/// A basic string of TOML: JSON's strings are a part of them.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// splitmix64, of Steele, Lea and Flood, 2014.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// 0 up to `bound`, which is far below the range.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    pub(crate) fn one_in(&mut self, bound: u64) -> bool {
        self.below(bound) == 0
    }

    pub(crate) fn pick<T: Copy>(&mut self, table: &[T]) -> T {
        table[self.below(table.len() as u64) as usize]
    }
}
