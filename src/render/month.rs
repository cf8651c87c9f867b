//! A month as a grid for terminals, or as a list if the terminal is narrow.
//!
//! Today is in brackets. A letter before each title is the kind; a line below the grid explains the letters.

use std::io::{self, Write};

use anstyle::Style;
use chrono::NaiveDate;
use unicode_width::UnicodeWidthChar;

use crate::event::Status;
use crate::language::{DateStyle, Language, Word};
use crate::view::listing::{Row, Times, first_day};
use crate::view::month::{Cell, Month};

use super::letters::Letters;
use super::terminal::{
    ALARM, NOTICE, QUIET, STRONG, STRUCK, TIME, cut, pad, paint, plain, space, width, wrap, wrap_parts,
};
use super::{Look, phrase};

/// Narrower terminals get a list.
const GRID_FROM: usize = 60;
/// Columns that a day has at most.
const WIDEST: usize = 26;
/// Events that a day shows at most.
const MOST: usize = 4;
/// Lines that a title takes at most.
const TITLE_LINES: usize = 3;
/// With fewer columns beside the hours, a title begins on the next line.
const ENOUGH: usize = 8;

/// Writes `month` for a terminal.
pub fn write(month: &Month<'_>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let name = month.listing.language.date(DateStyle::Month, month.first);
    let parts = [month.listing.title.to_owned(), name, phrase::zones(month.listing)];
    let title = plain(month.listing.title);
    for line in wrap_parts(&parts, look.width.max(20)) {
        match line.strip_prefix(&title) {
            Some(rest) => writeln!(out, "{}{rest}", paint(&title, STRONG, look.color))?,
            None => writeln!(out, "{line}")?,
        }
    }
    if look.width < GRID_FROM { list(month, *look, out) } else { grid(month, *look, out) }
}

/// A letter for each kind in the month.
fn letters(month: &Month<'_>) -> Letters {
    let rows = month.weeks.iter().flatten().flat_map(|cell| &cell.rows);
    Letters::of(rows.map(|row| (&*row.kind.name, row.label)), |letter| letter.width() == Some(1))
}

/// A line of a cell, in pieces.
type Line = Vec<(String, Style)>;

fn grid(month: &Month<'_>, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let columns = ((look.width - 8) / 7).min(WIDEST);
    let letters = letters(month);
    let rule = |left: char, cross: &str, right: char| {
        let line = format!("{left}{}{right}", vec!["─".repeat(columns); 7].join(cross));
        paint(&line, QUIET, look.color).into_owned()
    };
    let language = month.listing.language;
    let bar = paint("│", QUIET, look.color);

    writeln!(out)?;
    if let Some(week) = month.weeks.first() {
        let name = |cell: &Cell<'_>| format!(" {}", language.date(DateStyle::Weekday, cell.day));
        let names: Vec<String> = week.iter().map(|cell| pad(&cut(&name(cell), columns), columns)).collect();
        writeln!(out, "{}", paint(format!(" {}", names.join(" ")).trim_end(), STRONG, look.color))?;
    }
    for (index, week) in month.weeks.iter().enumerate() {
        writeln!(out, "{}", if index == 0 { rule('┌', "┬", '┐') } else { rule('├', "┼", '┤') })?;
        let cells: Vec<Vec<Line>> = week.iter().map(|cell| lines(cell, columns, &letters, language)).collect();
        for line in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
            write!(out, "{bar}")?;
            for cell in &cells {
                let mut used = 0;
                for (text, style) in cell.get(line).into_iter().flatten() {
                    used += width(text);
                    write!(out, "{}", paint(text, *style, look.color))?;
                }
                write!(out, "{}{bar}", space(columns.saturating_sub(used)))?;
            }
            writeln!(out)?;
        }
    }
    writeln!(out, "{}", rule('└', "┴", '┘'))?;
    if letters.is_empty() {
        return nothing(month, out);
    }
    let legend: Vec<String> = letters.legend().map(|(letter, label)| format!("{letter} {label}")).collect();
    for line in wrap_parts(&legend, columns * 7 + 8) {
        writeln!(out, "{}", paint(&line, QUIET, look.color))?;
    }
    Ok(())
}

/// The lines of a day.
fn lines(cell: &Cell<'_>, columns: usize, letters: &Letters, language: Language) -> Vec<Line> {
    let number = language.digits(&cell.day.format("%-d").to_string());
    let mut lines = vec![vec![match (cell.is_today, cell.is_inside) {
        (true, _) => (format!("[{number}]"), NOTICE),
        (false, true) => (format!(" {number}"), STRONG),
        (false, false) => {
            let date = format!(" {}", language.date(DateStyle::Day, cell.day));
            // The date of the other calendar follows in brackets if there is room.
            let date = if width(&date) > columns { date.split(" (").next().unwrap_or(&date) } else { &date };
            (cut(date, columns).into_owned(), QUIET)
        }
    }]];
    let shown = if cell.rows.len() > MOST { MOST - 1 } else { MOST };
    for row in cell.rows.iter().take(shown) {
        entry(row, cell, columns, letters, &mut lines);
    }
    if let more @ 1.. = cell.rows.len().saturating_sub(shown) {
        let more = language.say(Word::MoreShort, &[("count", more.into())]);
        lines.push(vec![(cut(&more, columns).into_owned(), QUIET)]);
    }
    lines
}

/// The kind's letter and the hours, then the title; on the same line where there is room.
fn entry(row: &Row<'_>, cell: &Cell<'_>, columns: usize, letters: &Letters, lines: &mut Vec<Line>) {
    let is_off = matches!(row.event.status, Status::Cancelled | Status::Postponed);
    let style = match (is_off, cell.is_inside) {
        (true, _) => STRUCK,
        (false, true) => Style::new(),
        (false, false) => QUIET,
    };
    let clock = clock(row, cell.day);
    let head = format!("{} {clock}", letters.find(&row.kind.name));
    let time = if cell.is_inside { TIME } else { QUIET };
    // `오후 5:00` and its letter are wider than a day of a narrow terminal.
    let mut heads = wrap(head.trim_end(), columns);
    let head = cut(&heads.pop().unwrap_or_default(), columns).into_owned();
    lines.extend(heads.into_iter().map(|part| vec![(cut(&part, columns).into_owned(), time)]));
    // Not on each day of a week that it was moved.
    let is_said = row.event.status != Status::Confirmed || first_day(&row.times) == cell.day;
    let label = phrase::label(row.event, row.language)
        .filter(|_| is_said)
        .map(|label| (cut(label, columns).into_owned(), if is_off { ALARM } else { NOTICE }));

    let beside = columns.saturating_sub(width(&head) + 1);
    let title = whole_words(&plain(titled(row).trim()), columns);
    let mut line = vec![(head, time)];
    let fits_beside = beside >= ENOUGH && title.split(' ').next().is_some_and(|word| width(word) <= beside);
    if label.is_some() || !fits_beside {
        // The title does not share the line of the hours.
        match label {
            Some(label) if width(&label.0) <= beside => {
                line.extend([(" ".to_owned(), Style::new()), label]);
                lines.push(line);
            }
            label => lines.extend([Some(line), label.map(|label| vec![label])].into_iter().flatten()),
        }
        lines.extend(clipped(&title, columns).into_iter().map(|line| vec![(line, style)]));
        return;
    }
    let first = wrap(&title, beside).swap_remove(0);
    let rest = title.strip_prefix(&*first).unwrap_or_default().trim_start();
    line.extend([(" ".to_owned(), Style::new()), (first.clone(), style)]);
    lines.push(line);
    if !rest.is_empty() {
        lines.extend(clipped(rest, columns).into_iter().map(|line| vec![(line, style)]));
    }
}

/// The title of a row, with the number of local events that are behind it.
fn titled(row: &Row<'_>) -> String {
    let title = row.event.told_apart(row.title.text);
    match row.locals.len() {
        0 => title.into_owned(),
        count => format!("{title} ({})", row.language.digits(&count.to_string())),
    }
}

/// `title` without words that are wider than a line and would be broken: these end in `…`.
fn whole_words(title: &str, columns: usize) -> String {
    let has_wide = |word: &str| word.chars().any(|c| c.width() == Some(2));
    let words = title.split(' ').map(|word| if has_wide(word) { word.into() } else { cut(word, columns) });
    words.collect::<Vec<_>>().join(" ")
}

/// `text` in one line, cut between words.
fn cut_between_words(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let first = wrap(text, columns.saturating_sub(1)).swap_remove(0);
    let is_whole = text[first.len()..].starts_with(' ');
    if is_whole { format!("{first}…") } else { cut(text, columns).into_owned() }
}

/// `title` in few lines.
fn clipped(title: &str, columns: usize) -> Vec<String> {
    let mut lines = wrap(title, columns);
    if lines.len() > TITLE_LINES {
        let rest = lines.drain(TITLE_LINES - 1..).collect::<Vec<_>>().join(" ");
        lines.push(cut_between_words(&rest, columns));
    }
    lines
}

/// The time on `day`: `18:00`, `→01:00` on its last day, `2/5` for several dates, `37/…` for an open event; empty for one
/// whole day.
fn clock(row: &Row<'_>, day: NaiveDate) -> String {
    let (begins, language) = (first_day(&row.times), row.language);
    if let Some(ordinal) = row.ordinal.filter(|_| row.event.is_open())
        && (begins < day || row.event.when.is_all_day())
    {
        return language.digits(&format!("{}/…", (ordinal + (day - row.day).num_days()).max(1)));
    }
    let (start, end) = match &row.times {
        Times::Days(days) if days.count() > 1 => {
            return language.digits(&format!("{}/{}", (day - days.first).num_days() + 1, days.count()));
        }
        Times::Days(_) => return String::new(),
        Times::Clocks { shown, own, .. } => {
            let span = shown.first().unwrap_or(own);
            (span.start.local, span.end.local)
        }
        Times::Floating { start, end } => (*start, *end),
    };
    if start.date() == day {
        language.time(start.time())
    } else if end.date() == day {
        format!("→{}", language.time(end.time()))
    } else {
        String::new()
    }
}

fn list(month: &Month<'_>, look: Look, out: &mut dyn Write) -> io::Result<()> {
    const TEXT: usize = 11;
    let language = month.listing.language;
    for cell in month.days().filter(|cell| cell.is_today || !cell.rows.is_empty()) {
        let day = language.date(DateStyle::WeekdayDay, cell.day);
        let (day, style) =
            if cell.is_today { (format!("[{day}] {}", language.word(Word::Today)), NOTICE) } else { (day, STRONG) };
        writeln!(out, "\n{}", paint(&day, style, look.color))?;
        for row in &cell.rows {
            let mut clock = clock(row, cell.day);
            if clock.is_empty() {
                clock.push_str(language.word(Word::AllDay));
            }
            let label = phrase::label(row.event, row.language).map(|label| format!("{label} ")).unwrap_or_default();
            let text = format!("{label}{} ({})", plain(&titled(row)), plain(row.label));
            for line in wrap(&text, look.width.max(20) - TEXT) {
                let gap = space((TEXT - 2).saturating_sub(width(&clock)));
                writeln!(out, "  {}{gap}{line}", paint(&clock, TIME, look.color))?;
                clock.clear();
            }
        }
    }
    if month.days().all(|cell| cell.rows.is_empty()) { nothing(month, out) } else { Ok(()) }
}

fn nothing(month: &Month<'_>, out: &mut dyn Write) -> io::Result<()> {
    let language = month.listing.language;
    let name = language.date(DateStyle::Month, month.first);
    writeln!(out, "\n{}", language.say(Word::NothingIn, &[("month", (&name).into())]))?;
    if month.listing.is_of_empty_calendar { writeln!(out, "{}", language.word(Word::AdviceNew)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;

    use super::super::sample;
    use super::*;

    fn shown(events: Vec<crate::event::Event>, columns: usize, week_start: Weekday) -> String {
        let calendar = sample::calendar(events);
        let listing = sample::listing(&calendar, &["Europe/Madrid"]);
        let month = Month::new(&listing, sample::day("2026-12-24"), week_start);
        let mut out = Vec::new();
        write(&month, &Look { width: columns, color: false }, &mut out).expect("a vector takes all");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn the_grid_is_straight_at_every_width() {
        for columns in [60, 80, 81, 119, 200] {
            let text = shown(sample::events(), columns, Weekday::Mon);
            let widths: Vec<usize> = text.lines().filter(|line| line.starts_with(['│', '├'])).map(width).collect();
            assert!(widths.iter().all(|one| *one == widths[0] && *one <= columns), "{text}");
        }
        for columns in [0, 20, 40, 59] {
            let text = shown(sample::events(), columns, Weekday::Mon);
            assert!(text.lines().all(|line| width(line) <= columns.max(20)), "{text}");
        }
    }

    #[test]
    fn a_week_as_a_reader_sees_it() {
        let text = shown(vec![sample::forum(), sample::cancelled()], 80, Weekday::Sun);
        let expected = "\
  Sun        Mon        Tue        Wed        Thu        Fri        Sat
┌──────────┬──────────┬──────────┬──────────┬──────────┬──────────┬──────────┐
│ 29 Nov   │ 30 Nov   │ 1        │ 2        │ 3        │ 4        │ 5        │
│          │          │          │          │F 02:00   │V 22:00   │V →01:00  │
│          │          │          │          │Winter    │CANCELLED │CANCELLED │
│          │          │          │          │open forum│Night     │Night     │
│          │          │          │          │          │vigil     │vigil     │
├──────────┼";
        assert!(text.contains(expected), "{text}");
        assert!(text.ends_with("┘\nF Forum · V Vigil\n"), "{text}");
    }

    #[test]
    fn words_are_whole() {
        let titled = |title: &str| crate::event::Event { title: title.into(), ..sample::forum() };
        let text =
            shown(vec![titled("Demonstration against evictions in the whole of the old town")], 80, Weekday::Mon);
        let cell: Vec<&str> = text.lines().filter_map(|line| line.split('│').nth(4)).map(str::trim).collect();
        let from = cell.iter().position(|line| line.starts_with("F ")).expect("the forum");
        assert_eq!(cell[from..from + 4], ["F 02:00", "Demonstra…", "against", "evictions…"], "{text}");
    }

    #[test]
    fn today_is_marked_without_colour_and_an_empty_month_says_so() {
        let calendar = sample::calendar(Vec::new());
        let listing = sample::listing(&calendar, &["Europe/Madrid"]);
        let month = Month::new(&listing, sample::day("2026-11-01"), Weekday::Mon);
        for (columns, mark) in [(80, "│[20]"), (50, "[Fri 20] today")] {
            let mut out = Vec::new();
            write(&month, &Look { width: columns, color: false }, &mut out).expect("a vector takes all");
            let text = String::from_utf8(out).expect("UTF-8");
            assert!(
                text.contains(mark) && text.contains("\nNothing is listed in November 2026.\nThe calendar has no"),
                "{text}"
            );
        }
    }
}
