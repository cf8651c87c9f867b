//! A month as a table of weeks. Events that last the whole month are listed above it instead of on each day.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::entry::{Desk, Entry, Link, is_red};
use crate::language::{DateStyle, Word};
use crate::render::phrase;
use crate::view::listing::{Listing, Row, first_day, last_day};
use crate::view::month as table;
use crate::view::site::{last, month_of};

/// `page` of `month.html`.
#[derive(Serialize, Debug)]
pub(super) struct Month {
    /// `December 2026`
    name: String,
    zones: String,
    weekdays: Vec<Weekday>,
    weeks: Vec<Vec<Cell>>,
    /// Events that last the whole month, or are open.
    throughout: Vec<Entry>,
    nothing: Option<String>,
    /// The months next to it in which there is something.
    previous: Option<Link>,
    next: Option<Link>,
    /// The years in which there is something, and the months of this one.
    years: Vec<Link>,
    months: Vec<Link>,
}

#[derive(Serialize, Debug)]
struct Weekday {
    name: String,
    short: String,
}

#[derive(Serialize, Debug)]
struct Cell {
    date: String,
    /// The day of the month.
    number: String,
    /// With its weekday, for the narrow layout.
    heading: String,
    is_inside: bool,
    is_today: bool,
    is_red: bool,
    rows: Vec<Entry>,
}

pub(super) fn month(desk: &Desk<'_>, first: NaiveDate) -> Month {
    let site = desk.renderer.site;
    let language = desk.language();
    let occurrences = site.occurring.month(first);
    let days = (first, last(first));
    let mut listing = site.listing(&desk.edition.tag, occurrences, days);
    let is_nothing = listing.rows.is_empty();
    let zones = phrase::zones(&listing);
    let mut throughout = Vec::new();
    listing.rows.retain(|row| {
        let lasts = lasts_through(row, days, site.today);
        if lasts {
            throughout.push(row.clone());
        }
        !lasts
    });
    let grid = table::Month::new(&listing, first, language.week_start());
    let weekdays = grid.weeks.first().into_iter().flatten().map(|cell| Weekday {
        name: language.date(DateStyle::WeekdayName, cell.day),
        short: language.date(DateStyle::Weekday, cell.day),
    });
    let cell = |cell: &table::Cell<'_>| Cell {
        date: cell.day.to_string(),
        number: language.digits(&cell.day.day().to_string()),
        heading: language.date(DateStyle::WeekdayDay, cell.day),
        is_inside: cell.is_inside,
        is_today: cell.is_today,
        is_red: cell.is_inside && cell.rows.iter().any(|row| is_red(row)),
        rows: (cell.rows.iter().filter(|_| cell.is_inside))
            .map(|row| desk.entry(&listing, &row.on(cell.day)))
            .collect(),
    };
    let name = language.date(DateStyle::Month, first);
    let [previous, next] = site.neighbours(first).map(|month| month.map(|month| desk.month(month, false)));
    Month {
        zones,
        weekdays: weekdays.collect(),
        weeks: grid.weeks.iter().map(|week| week.iter().map(cell).collect()).collect(),
        throughout: throughout.iter().map(|row| lasting(desk, &listing, row, first)).collect(),
        nothing: is_nothing.then(|| language.say(Word::NothingIn, &[("month", (&name).into())])),
        previous,
        next,
        years: years(desk, first),
        months: (site.months.iter())
            .filter(|month| month.year() == first.year())
            .map(|month| Link {
                name: language.date(DateStyle::MonthName, *month),
                ..desk.month(*month, *month == first)
            })
            .collect(),
        name,
    }
}

/// Whether it is on every day of the month, as far as anybody knows.
fn lasts_through(row: &Row<'_>, (first, last): (NaiveDate, NaiveDate), today: NaiveDate) -> bool {
    let end = last_day(&row.times);
    first_day(&row.times) < first && (end >= last || (row.event.is_open() && end >= today && month_of(today) == first))
}

/// What lasts all month, as of today; of other months without the day that it is.
fn lasting(desk: &Desk<'_>, listing: &Listing<'_>, row: &Row<'_>, first: NaiveDate) -> Entry {
    let today = desk.renderer.site.today;
    if month_of(today) == first {
        desk.entry(listing, &row.on(today))
    } else {
        Entry { hours: String::new(), ..desk.entry(listing, &Row { today: None, ..row.clone() }) }
    }
}

/// A link for each year, to the first of its months.
fn years(desk: &Desk<'_>, this: NaiveDate) -> Vec<Link> {
    let months = &desk.renderer.site.months;
    let firsts = months.chunk_by(|a, b| a.year() == b.year()).map(|year| year[0]);
    firsts
        .map(|first| Link {
            name: desk.language().digits(&first.year().to_string()),
            ..desk.month(first, first.year() == this.year())
        })
        .collect()
}
