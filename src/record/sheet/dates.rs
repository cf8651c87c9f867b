//! Dates in figures: `20/03/2027` has one reading, `03/04/2027` two. Each column is read one way: if any cell has one
//! reading only, the others are read by it.

use chrono::NaiveDate;

use super::cells::Cells;
use super::columns::Column;
use crate::diagnostic::{Code, Finding};
use crate::record::value::Reading;
use crate::source::Span;

/// Which of two figures is the day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Order {
    DayFirst,
    MonthFirst,
}

/// How the dates of each column are read.
#[derive(Debug, Default)]
pub(super) struct Dates(Vec<Option<Order>>);

/// A date in figures, and what stands behind it.
struct Figures<'t> {
    first: u32,
    second: u32,
    year: u32,
    rest: &'t str,
}

impl<'t> Figures<'t> {
    fn of(cell: &'t str) -> Option<Self> {
        let cell = cell.trim();
        let end = cell.find([' ', 'T', ',']).unwrap_or(cell.len());
        let (date, rest) = cell.split_at(end);
        let separator = date.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '/' | '.' | '-'))?;
        let mut parts = date.split(separator);
        let number = |text: &str, most: usize| {
            ((1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| text.parse().ok())?
        };
        let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || !matches!(year.len(), 2 | 4) {
            return None;
        }
        let year: u32 = number(year, 4)?;
        let year = if year < 100 { 2000 + year } else { year };
        Some(Figures {
            first: number(first, 2)?,
            second: number(second, 2)?,
            year,
            rest: rest.trim_start_matches([',', 'T', ' ']),
        })
    }

    /// The date in an order.
    fn date(&self, order: Order) -> Option<NaiveDate> {
        let (day, month) = match order {
            Order::DayFirst => (self.first, self.second),
            Order::MonthFirst => (self.second, self.first),
        };
        NaiveDate::from_ymd_opt(self.year as i32, month, day)
    }

    /// The only order in which it is a date.
    fn order(&self) -> Option<Order> {
        match (self.first, self.second) {
            (13..=31, 1..=12) => Some(Order::DayFirst),
            (1..=12, 13..=31) => Some(Order::MonthFirst),
            _ => None,
        }
    }
}

impl Dates {
    /// Reads all rows of a sheet to decide the order of day and month in each column; a note names the deciding cell.
    ///
    /// A column without such a cell is read in the order in which one of its dates is a day of `days`.
    pub(super) fn of(
        body: &str,
        separator: u8,
        columns: &[Column],
        days: Option<(NaiveDate, NaiveDate)>,
        reading: &mut Reading,
    ) -> Self {
        if !columns.iter().any(Column::has_dates) || !body.contains(['/', '.', '-']) {
            return Dates::default();
        }
        let mut found: Vec<[Option<Span>; 2]> = vec![[None; 2]; columns.len()];
        let mut on_the_day = found.clone();
        let mut cells = Cells::new(body, separator);
        // What is wrong with the quotes is said when the cells are read.
        let mut unsaid = Reading { base: reading.base, ..Reading::default() };
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .from_reader(body.as_bytes());
        let mut row = csv::StringRecord::new();
        while let Ok(true) = reader.read_record(&mut row) {
            let places = cells.next_row(&mut unsaid);
            unsaid.findings.clear();
            for (index, _) in columns.iter().enumerate().filter(|(_, column)| column.has_dates()) {
                let Some(figures) = row.get(index).and_then(Figures::of) else { continue };
                let span = places.cell(index).span;
                if let Some(order) = figures.order() {
                    found[index][order as usize].get_or_insert(span);
                }
                for order in [Order::DayFirst, Order::MonthFirst] {
                    let is_there = |(first, last)| figures.date(order).is_some_and(|day| first <= day && day <= last);
                    if days.is_some_and(is_there) {
                        on_the_day[index][order as usize].get_or_insert(span);
                    }
                }
            }
        }
        let one_of = |[day_first, month_first]: [Option<Span>; 2]| match (day_first, month_first) {
            (Some(span), None) => Some((Order::DayFirst, span)),
            (None, Some(span)) => Some((Order::MonthFirst, span)),
            _ => None,
        };
        let orders = found.iter().zip(on_the_day).map(|(found, on_the_day)| match found {
            [None, None] => one_of(on_the_day).map(|order| (order, "so it is on the day of action")),
            // With both, each cell is judged by itself.
            found => one_of(*found).map(|order| (order, "this one can be read in no other way")),
        });
        let orders: Vec<_> = orders.collect();
        for ((order, span), why) in orders.iter().flatten() {
            let words = match order {
                Order::DayFirst => "day/month/year",
                Order::MonthFirst => "month/day/year",
            };
            reading.findings.push(
                Finding::new(Code::SheetAssumed, *span, format!("the dates of this column are read as {words}"))
                    .label(*why),
            );
        }
        Dates(orders.into_iter().map(|order| order.map(|((order, _), _)| order)).collect())
    }

    /// A cell with its date as ISO has it, where the column has one reading.
    pub(super) fn read(&self, index: usize, cell: &str) -> Option<String> {
        let order = (*self.0.get(index)?)?;
        let figures = Figures::of(cell)?;
        let date = figures.date(order)?;
        Some(if figures.rest.is_empty() { date.to_string() } else { format!("{date} {}", figures.rest) })
    }
}
