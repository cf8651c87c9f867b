//! A month, decided: whole weeks, and what happens on each of their days.

use chrono::{Datelike, Months, NaiveDate, TimeDelta, Weekday};

use super::listing::{Listing, Row, first_day, last_day};

/// A month of a listing.
#[derive(Clone, Debug)]
pub struct Month<'l> {
    /// Where the occurrences come from.
    pub listing: &'l Listing<'l>,
    /// The first day of the month.
    pub first: NaiveDate,
    /// The weeks that hold a day of the month.
    pub weeks: Vec<[Cell<'l>; 7]>,
}

/// A day in a month's weeks.
#[derive(Clone, Debug)]
pub struct Cell<'l> {
    /// The day.
    pub day: NaiveDate,
    /// Whether it is of the month itself, and not of a neighbour.
    pub is_inside: bool,
    /// Whether it is today.
    pub is_today: bool,
    /// All that happens on it, in the order of the listing.
    pub rows: Vec<&'l Row<'l>>,
}

impl<'l> Month<'l> {
    /// The month that holds `day`, in weeks that begin with `week_start`. Days that `listing` does not cover are empty.
    pub fn new(listing: &'l Listing<'l>, day: NaiveDate, week_start: Weekday) -> Self {
        let first = day - TimeDelta::days(i64::from(day.day0()));
        let next = first.checked_add_months(Months::new(1)).unwrap_or(NaiveDate::MAX);
        let begin = first - TimeDelta::days(first.weekday().days_since(week_start).into());
        let mut weeks = Vec::new();
        let mut monday = begin;
        while monday < next {
            weeks.push(std::array::from_fn(|index| {
                let day = monday + TimeDelta::days(index as i64);
                Cell {
                    day,
                    is_inside: (first..next).contains(&day),
                    is_today: day == listing.today,
                    rows: listing.rows.iter().filter(|row| is_on(row, day)).collect(),
                }
            }));
            monday += TimeDelta::days(7);
        }
        Month { listing, first, weeks }
    }

    /// The days of the month itself.
    pub fn days(&self) -> impl Iterator<Item = &Cell<'l>> {
        self.weeks.iter().flatten().filter(|cell| cell.is_inside)
    }
}

fn is_on(row: &Row<'_>, day: NaiveDate) -> bool {
    first_day(&row.times) <= day && day <= last_day(&row.times)
}
