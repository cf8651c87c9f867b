//! Dates in figures: `20/03/2027` has one reading, `03/04/2027` two. Each column is read one way: if any cell has one
//! reading only, the others are read by it.

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
    pub(super) fn of(body: &str, separator: u8, columns: &[Column], reading: &mut Reading) -> Self {
        if !columns.iter().any(Column::has_dates) || !body.contains(['/', '.', '-']) {
            return Dates::default();
        }
        let mut found: Vec<[Option<Span>; 2]> = vec![[None; 2]; columns.len()];
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
            for (index, column) in columns.iter().enumerate().filter(|(_, column)| column.has_dates()) {
                let order = row.get(index).and_then(Figures::of).and_then(|figures| figures.order());
                if let (Some(order), Some(_)) = (order, Some(column)) {
                    found[index][order as usize].get_or_insert(places.cell(index).span);
                }
            }
        }
        let orders = found.iter().map(|[day_first, month_first]| match (day_first, month_first) {
            (Some(span), None) => Some((Order::DayFirst, *span)),
            (None, Some(span)) => Some((Order::MonthFirst, *span)),
            // Both, or neither: each cell is judged by itself.
            _ => None,
        });
        let orders: Vec<_> = orders.collect();
        for (order, span) in orders.iter().flatten() {
            let words = match order {
                Order::DayFirst => "day/month/year",
                Order::MonthFirst => "month/day/year",
            };
            reading.findings.push(
                Finding::new(Code::SheetAssumed, *span, format!("the dates of this column are read as {words}"))
                    .label("this one can be read in no other way"),
            );
        }
        Dates(orders.into_iter().map(|order| order.map(|(order, _)| order)).collect())
    }

    /// A cell with its date as ISO has it, where the column has one reading.
    pub(super) fn read(&self, index: usize, cell: &str) -> Option<String> {
        let order = (*self.0.get(index)?)?;
        let figures = Figures::of(cell)?;
        let (day, month) = match order {
            Order::DayFirst => (figures.first, figures.second),
            Order::MonthFirst => (figures.second, figures.first),
        };
        let date = chrono::NaiveDate::from_ymd_opt(figures.year as i32, month, day)?;
        Some(if figures.rest.is_empty() { date.to_string() } else { format!("{date} {}", figures.rest) })
    }
}
