//! How old a version of the tz database is.
//!
//! Compiled zone files have no release date, so `releases.tsv` lists the dates known when this program was built. A version
//! that is not listed counts as released on the last day of its year, so that no warning comes too early.

use chrono::{DateTime, NaiveDate, Utc};

use super::Tzdb;

/// Days after which a database is old: rules change several times a year.
const OLD: i64 = 365;

impl Tzdb {
    /// The release date of this version, exact if it is listed.
    pub fn released(&self) -> NaiveDate {
        released(self.version())
    }

    /// Whether this version was released more than a year before an instant.
    pub fn is_old(&self, now: DateTime<Utc>) -> bool {
        (now.date_naive() - self.released()).num_days() > OLD
    }
}

fn released(version: &str) -> NaiveDate {
    let rows = include_str!("releases.tsv").lines().filter_map(|row| row.split_once('\t'));
    let known = rows.filter(|(known, _)| *known == version).find_map(|(_, day)| day.parse().ok());
    let end_of_year = || NaiveDate::from_ymd_opt(version.get(..4)?.parse().ok()?, 12, 31);
    known.or_else(end_of_year).unwrap_or(NaiveDate::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_database_is_of_a_known_day() {
        let tzdb = Tzdb::bundled();
        let day = tzdb.released();
        assert!(include_str!("releases.tsv").contains(tzdb.version()), "add {} to releases.tsv", tzdb.version());
        let at = |days| (day + chrono::TimeDelta::days(days)).and_time(chrono::NaiveTime::MIN).and_utc();
        assert!(!tzdb.is_old(at(365)));
        assert!(tzdb.is_old(at(366)));
    }

    #[test]
    fn the_table_is_sorted_and_whole() {
        let rows: Vec<_> = include_str!("releases.tsv").lines().collect();
        assert!(rows.is_sorted());
        for row in rows {
            let (version, day) = row.split_once('\t').expect("two cells");
            assert_eq!(released(version).to_string(), day);
            assert!(version.starts_with(&day[..4]), "{row}");
        }
        assert_eq!(released("2031z").to_string(), "2031-12-31");
    }
}
