//! A month as a grid for terminals, or as a list where there is no room for one.
//!
//! Today stands in brackets. A letter before each title says the kind, and a line below the grid what the letters mean.

use std::io::{self, Write};

use anstyle::Style;
use chrono::NaiveDate;

use crate::event::Status;
use crate::view::listing::{Row, Times};
use crate::view::month::{Cell, Month, first_day};

use super::terminal::{ALARM, NOTICE, QUIET, STRONG, STRUCK, TIME, cut, pad, paint, plain, space, width, wrap};
use super::{Look, phrase};

/// Narrower terminals get a list.
const GRID_FROM: usize = 60;
/// Columns that a day has at most.
const WIDEST: usize = 26;
/// Events that a day shows at most.
const MOST: usize = 3;
/// Lines that a title takes at most.
const TITLE_LINES: usize = 2;

/// Writes `month` for a terminal.
pub fn write(month: &Month<'_>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let heading = format!("{} · {}", plain(month.listing.title), month.first.format("%B %Y"));
    let zones = phrase::zones(month.listing);
    let columns = look.width.max(20);
    let mut lines = wrap(&format!("{heading} · {zones}"), columns);
    if let Some(rest) = lines[0].strip_prefix(&heading) {
        lines[0] = format!("{}{rest}", paint(&heading, STRONG, look.color));
    }
    for line in lines {
        writeln!(out, "{line}")?;
    }
    if look.width < GRID_FROM { list(month, *look, out) } else { grid(month, *look, out) }
}

/// A line of a cell: its text, and the style for all of it.
type Line = (String, Style);

fn grid(month: &Month<'_>, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let columns = ((look.width - 8) / 7).min(WIDEST);
    let letters = Letters::of(month);
    let rule = |left: char, cross: char, right: char| {
        let days: Vec<String> = (0..7).map(|_| "─".repeat(columns)).collect();
        let line = format!("{left}{}{right}", days.join(&cross.to_string()));
        paint(&line, QUIET, look.color).into_owned()
    };
    let bar = paint("│", QUIET, look.color);

    writeln!(out)?;
    if let Some(week) = month.weeks.first() {
        let names: Vec<String> = week.iter().map(|cell| pad(&format!(" {}", cell.day.format("%a")), columns)).collect();
        writeln!(out, "{}", paint(format!(" {}", names.join(" ")).trim_end(), STRONG, look.color))?;
    }
    for (index, week) in month.weeks.iter().enumerate() {
        writeln!(out, "{}", if index == 0 { rule('┌', '┬', '┐') } else { rule('├', '┼', '┤') })?;
        let cells: Vec<Vec<Line>> = week.iter().map(|cell| lines(cell, columns, &letters)).collect();
        for line in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
            write!(out, "{bar}")?;
            for cell in &cells {
                let (text, style) = cell.get(line).map_or(("", Style::new()), |(text, style)| (text, *style));
                let gap = space(columns - width(text));
                write!(out, "{}{gap}{bar}", paint(text, style, look.color))?;
            }
            writeln!(out)?;
        }
    }
    writeln!(out, "{}", rule('└', '┴', '┘'))?;
    let legend: Vec<String> = letters.0.iter().map(|(letter, _, label)| format!("{letter} {label}")).collect();
    for line in wrap(&legend.join("   "), look.width) {
        writeln!(out, "{}", paint(&line, QUIET, look.color))?;
    }
    Ok(())
}

/// The lines of a day.
fn lines(cell: &Cell<'_>, columns: usize, letters: &Letters) -> Vec<Line> {
    let number = cell.day.format("%-d");
    let mut lines = vec![match (cell.is_today, cell.is_inside) {
        (true, _) => (format!("[{number}]"), NOTICE),
        (false, true) => (format!(" {number}"), STRONG),
        (false, false) => (format!(" {}", cell.day.format("%-d %b")), QUIET),
    }];
    let shown = if cell.rows.len() > MOST { MOST - 1 } else { MOST };
    for row in cell.rows.iter().take(shown) {
        entry(row, cell, columns, letters, &mut lines);
    }
    if let more @ 1.. = cell.rows.len().saturating_sub(shown) {
        lines.push((format!("+{more} more"), QUIET));
    }
    lines
}

fn entry(row: &Row<'_>, cell: &Cell<'_>, columns: usize, letters: &Letters, lines: &mut Vec<Line>) {
    let is_off = matches!(row.event.status, Status::Cancelled | Status::Postponed);
    let title_style = match (is_off, cell.is_inside) {
        (true, _) => STRUCK,
        (false, true) => Style::new(),
        (false, false) => QUIET,
    };
    let first = format!("{} {}", letters.find(&row.kind.name), clock(row, cell.day));
    lines.push((cut(first.trim_end(), columns).into_owned(), if cell.is_inside { TIME } else { QUIET }));
    if let Some(label) = phrase::label(row.event) {
        lines.push((cut(label, columns).into_owned(), if is_off { ALARM } else { NOTICE }));
    }
    let mut title = wrap(&plain(&row.event.title), columns);
    if title.len() > TITLE_LINES {
        let rest = title.drain(TITLE_LINES - 1..).collect::<Vec<_>>().join(" ");
        title.push(cut(&rest, columns).into_owned());
    }
    lines.extend(title.into_iter().map(|line| (line, title_style)));
}

/// When it is on `day`: `18:00`, `→ 01:00` on its last day, nothing for whole days.
fn clock(row: &Row<'_>, day: NaiveDate) -> String {
    let (start, end) = match &row.times {
        Times::Days(days) if days.count() > 1 => {
            return format!("{}/{}", (day - days.first).num_days() + 1, days.count());
        }
        Times::Days(_) => return String::new(),
        Times::Clocks { shown, own, .. } => {
            let span = shown.first().unwrap_or(own);
            (span.start.local, span.end.local)
        }
        Times::Floating { start, end } => (*start, *end),
    };
    if first_day(&row.times) == day {
        start.format("%H:%M").to_string()
    } else if end.date() == day {
        end.format("→ %H:%M").to_string()
    } else {
        "all day".into()
    }
}

fn list(month: &Month<'_>, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let mut is_empty = true;
    for cell in month.days().filter(|cell| cell.is_today || !cell.rows.is_empty()) {
        is_empty &= cell.rows.is_empty();
        let day = cell.day.format("%a %-d");
        let (day, style) = if cell.is_today { (format!("[{day}] today"), NOTICE) } else { (day.to_string(), STRONG) };
        writeln!(out, "\n{}", paint(&day, style, look.color))?;
        for row in &cell.rows {
            let clock = clock(row, cell.day);
            let clock = if clock.is_empty() { "all day".into() } else { clock };
            let label = phrase::label(row.event).map(|label| format!("{label} ")).unwrap_or_default();
            let text = format!("{label}{} ({})", plain(&row.event.title), plain(&row.kind.label));
            let indent = 11;
            for (index, line) in wrap(&text, look.width.max(20).saturating_sub(indent)).iter().enumerate() {
                let clock = if index == 0 { &*clock } else { "" };
                writeln!(out, "  {}{}{line}", paint(clock, TIME, look.color), space(indent - 2 - width(clock)))?;
            }
        }
    }
    if is_empty { writeln!(out, "\nNothing is listed in {}.", month.first.format("%B %Y")) } else { Ok(()) }
}

/// A letter for each kind in the month, by name.
struct Letters(Vec<(char, String, String)>);

impl Letters {
    fn of(month: &Month<'_>) -> Self {
        let rows = month.weeks.iter().flatten().flat_map(|cell| &cell.rows);
        let mut kinds: Vec<(&str, &str)> = rows.map(|row| (&*row.kind.name, &*row.kind.label)).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let mut letters: Vec<(char, String, String)> = Vec::new();
        for (name, label) in kinds {
            let mut candidates = label.chars().chain(name.chars()).filter(char::is_ascii_alphabetic);
            let is_free = |letter: &char| letters.iter().all(|(taken, ..)| taken != letter);
            let letter = candidates.find_map(|letter| Some(letter.to_ascii_uppercase()).filter(is_free)).unwrap_or('•');
            letters.push((letter, name.to_owned(), plain(label)));
        }
        Letters(letters)
    }

    fn find(&self, kind: &str) -> char {
        self.0.iter().find(|(_, name, _)| name == kind).map_or('•', |(letter, ..)| *letter)
    }
}
