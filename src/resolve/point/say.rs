//! Times, dates and names as the messages say them.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Timelike, Utc, Weekday};

/// Names in a sentence: all of a few, or the first ones.
pub(super) fn few(names: &[&str]) -> String {
    match names.len() {
        0..=12 => names.join(", "),
        more => format!("{} and {} more", names[..10].join(", "), more - 10),
    }
}

/// Whether a key stands for a part of a command line: an option, or words without one.
pub(super) fn is_argument(key: &str) -> bool {
    key.is_empty() || key.starts_with("--")
}

/// What to write for the value of a field: `start = 2026-12-02T18:00` in a record, `--start "2026-12-02 18:00"` on a
/// command line.
pub(super) fn assignment(key: &str, value: &str) -> String {
    let words = || value.trim_matches('"').replacen('T', " ", 1);
    match key {
        "" => format!("\"{}\"", words()),
        option if is_argument(option) => format!("{option} \"{}\"", words()),
        field => format!("{field} = {value}"),
    }
}

/// `16:00`, or `16:00:30`.
pub fn clock(wall: NaiveDateTime) -> String {
    wall.format(if wall.second() == 0 { "%H:%M" } else { "%H:%M:%S" }).to_string()
}

/// `00:00 on 11 June` where the day is another than `day`.
pub(super) fn relative_clock(wall: NaiveDateTime, day: NaiveDate) -> String {
    if wall.date() == day { clock(wall) } else { format!("{} on {}", clock(wall), wall.format("%-d %B")) }
}

/// `23:00 UTC`, or `00:00 UTC on 11 June` where the day is another than `day`.
pub(super) fn relative_utc(at: DateTime<Utc>, day: NaiveDate) -> String {
    let wall = at.naive_utc();
    let there = if wall.date() == day { String::new() } else { format!(" on {}", wall.format("%-d %B")) };
    format!("{} UTC{there}", clock(wall))
}

/// `2023-06-10T16:00`, as TOML has it.
pub fn iso(wall: NaiveDateTime) -> String {
    wall.format(if wall.second() == 0 { "%Y-%m-%dT%H:%M" } else { "%Y-%m-%dT%H:%M:%S" }).to_string()
}

/// `10 June 2023`.
pub fn long_date(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// `Saturday`.
pub fn long_weekday(weekday: Weekday) -> &'static str {
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        [weekday.num_days_from_monday() as usize]
}
