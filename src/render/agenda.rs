//! `table`: the listing for terminals.
//!
//! Days are headings; a row has its hours in a column for each zone, the title, and under it what else there is. Where
//! the columns would leave too little for the title, each clock has a line instead. Nothing is said by colour alone,
//! and wide terminals are not filled: long lines read badly.

use std::io::{self, Write};

use crate::event::Status;
use crate::language::Word;
use crate::view::listing::{Listing, Row};

use super::terminal::{ALARM, NOTICE, QUIET, STRONG, STRUCK, TIME, pad, paint, plain, space, width, wrap, wrap_parts};
use super::{Look, hours, phrase};

/// The indentation of rows below a heading.
const INDENT: usize = 2;
/// Columns between two columns.
const GAP: usize = 2;
/// Titles in fewer columns are no pleasure.
const LEAST_TEXT: usize = 28;
/// Texts in more columns neither.
const MOST_TEXT: usize = 88;
/// Ids are shown from this width on.
const IDS_FROM: usize = 60;

/// Writes `listing` for a terminal.
pub fn write(listing: &Listing<'_>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let regimes = phrase::regimes(listing, 0);
    let clocks: Vec<Vec<String>> = listing.rows.iter().map(|row| clocks(listing, row, &regimes)).collect();
    let table = Table::new(listing, *look, &clocks);
    table.heading(out)?;
    if listing.rows.is_empty() {
        let sentence = format!("{} {}", phrase::nothing(listing), phrase::advice(listing));
        writeln!(out)?;
        return lines(&wrap(&sentence, table.width), out);
    }
    let mut heading = None;
    for (row, clocks) in listing.rows.iter().zip(&clocks) {
        let own = phrase::heading(listing, row);
        if heading.as_ref() != Some(&own) {
            table.group(&own, row, out)?;
            heading = Some(own);
        }
        table.row(row, clocks, out)?;
    }
    if listing.more > 0 {
        writeln!(
            out,
            "\n{}",
            paint(&listing.language.say(Word::MoreLimit, &[("count", listing.more.into())]), QUIET, look.color)
        )?;
    }
    Ok(())
}

/// What each clock of the listing shows for a row.
fn clocks(listing: &Listing<'_>, row: &Row<'_>, regimes: &[(String, String)]) -> Vec<String> {
    let mut clocks: Vec<String> = (0..listing.zones.len().max(1)).map(|index| hours::hours(row, index)).collect();
    clocks[0].insert_str(0, &phrase::date(listing, row));
    // Where the heading leaves open which of several it is.
    if let Some(abbreviation) = hours::abbreviation(row, 0).filter(|_| regimes.len() > 1) {
        clocks[0] = format!("{} {abbreviation}", clocks[0]);
    }
    clocks
}

fn lines(lines: &[String], out: &mut dyn Write) -> io::Result<()> {
    lines.iter().try_for_each(|line| writeln!(out, "{line}"))
}

struct Table<'l> {
    listing: &'l Listing<'l>,
    color: bool,
    width: usize,
    /// The widths of the columns of hours; `None` if each zone has its own line.
    columns: Vec<usize>,
    /// Where titles begin.
    text: usize,
}

impl<'l> Table<'l> {
    fn new(listing: &'l Listing<'l>, look: Look, clocks: &[Vec<String>]) -> Self {
        let mut columns: Vec<usize> = listing.zones.iter().map(|zone| width(&zone.city())).collect();
        if columns.len() < 2 {
            columns = vec![0];
        }
        for clocks in clocks {
            for (column, clock) in columns.iter_mut().zip(clocks) {
                *column = (*column).max(width(clock));
            }
        }
        let text = INDENT + columns.iter().map(|column| column + GAP).sum::<usize>();
        let (columns, text) =
            if look.width >= text + LEAST_TEXT { (columns, text) } else { (Vec::new(), INDENT + GAP) };
        let width = look.width.clamp(20, text + MOST_TEXT);
        Table { listing, color: look.color, width, columns, text }
    }

    fn heading(&self, out: &mut dyn Write) -> io::Result<()> {
        let Listing { title, .. } = self.listing;
        let title = plain(title);
        let zones = phrase::zones(self.listing);
        let lines = wrap_parts(&[title.clone(), phrase::range(self.listing), zones], self.width);
        for (index, line) in lines.iter().enumerate() {
            match line.strip_prefix(&title).filter(|_| index == 0) {
                Some(rest) => writeln!(out, "{}{rest}", paint(&title, STRONG, self.color))?,
                None => writeln!(out, "{line}")?,
            }
        }
        if self.columns.len() > 1 && !self.listing.rows.is_empty() {
            let mut cities = space(INDENT);
            for (zone, column) in self.listing.zones.iter().zip(&self.columns) {
                cities.push_str(&pad(&zone.city(), column + GAP));
            }
            writeln!(out, "\n{}", paint(cities.trim_end(), TIME, self.color))?;
        }
        Ok(())
    }

    fn group(&self, heading: &str, row: &Row<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut lines = wrap(heading, self.width);
        let last = lines.pop().unwrap_or_default();
        for line in lines {
            write!(out, "\n{}", paint(&line, STRONG, self.color))?;
        }
        write!(out, "\n{}", paint(&last, STRONG, self.color))?;
        let nearness = phrase::nearness(row.day, self.listing).filter(|_| !self.listing.by_place);
        if let Some(nearness) = nearness {
            write!(out, " · {}", paint(nearness, NOTICE, self.color))?;
        }
        writeln!(out)
    }

    fn row(&self, row: &Row<'_>, clocks: &[String], out: &mut dyn Write) -> io::Result<()> {
        self.clocks(clocks, out)?;
        let columns = self.width - self.text;
        self.title(row, columns, out)?;

        let place = phrase::place_below(self.listing, row);
        let parts: Vec<String> = [row.label.to_owned()]
            .into_iter()
            .chain(place)
            .chain(phrase::remarks(self.listing, row))
            .chain((!row.locals.is_empty()).then(|| row.language.word(Word::AllListsEach).to_owned()))
            .chain(phrase::opened(row))
            .collect();
        let mut details = wrap_parts(&parts, columns);
        let id = &*row.event.id;
        if self.width >= IDS_FROM {
            let fits = details.last().is_some_and(|last| width(last) + GAP + id.len() <= columns);
            if !fits {
                details.push(String::new());
            }
        }
        let last = details.len() - 1;
        for (index, line) in details.iter().enumerate() {
            let id = if index == last && self.width >= IDS_FROM { id } else { "" };
            let gap = if id.is_empty() { 0 } else { columns.saturating_sub(width(line) + id.len()) };
            let line = format!("{line}{}{id}", space(gap));
            writeln!(out, "{}{}", space(self.text), paint(&line, QUIET, self.color))?;
        }
        Ok(())
    }

    /// The hours: in columns, so that the title follows on the line; or a line each.
    fn clocks(&self, clocks: &[String], out: &mut dyn Write) -> io::Result<()> {
        if !self.columns.is_empty() {
            write!(out, "{}", space(INDENT))?;
            for (index, (clock, column)) in clocks.iter().zip(&self.columns).enumerate() {
                let style = if index == 0 { TIME } else { QUIET };
                write!(out, "{}{}", paint(clock, style, self.color), space(column + GAP - width(clock)))?;
            }
            return Ok(());
        }
        for (index, clock) in clocks.iter().enumerate().filter(|(_, clock)| !clock.is_empty()) {
            let city = match self.listing.zones.get(index) {
                Some(zone) if clocks.len() > 1 && !clocks[1].is_empty() => format!(" {}", zone.city()),
                _ => String::new(),
            };
            writeln!(out, "{}{}{city}", space(INDENT), paint(clock, TIME, self.color))?;
        }
        write!(out, "{}", space(self.text))
    }

    fn title(&self, row: &Row<'_>, columns: usize, out: &mut dyn Write) -> io::Result<()> {
        let title = plain(&row.told_apart(self.listing));
        let label = phrase::label(row.event, row.language);
        let is_off = matches!(row.event.status, Status::Cancelled | Status::Postponed);
        let whole = label.map_or_else(|| title.clone(), |label| format!("{label} {title}"));
        for (index, line) in wrap(&whole, columns).iter().enumerate() {
            let indent = if index == 0 { String::new() } else { space(self.text) };
            let label = label.filter(|label| index == 0 && line.starts_with(label)).unwrap_or_default();
            let rest = &line[label.len()..];
            let gap = if rest.starts_with(' ') && !label.is_empty() { " " } else { "" };
            let style = if is_off { STRUCK } else { STRONG };
            let label = paint(label, if is_off { ALARM } else { NOTICE }, self.color);
            writeln!(out, "{indent}{label}{gap}{}", paint(&rest[gap.len()..], style, self.color))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn shown(listing: &Listing<'_>, columns: usize, color: bool) -> String {
        let mut out = Vec::new();
        write(listing, &Look { width: columns, color }, &mut out).expect("a vector takes all");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let calendar = sample::calendar(sample::events());
        for zones in [&["Europe/Madrid"][..], &["Europe/Madrid", "America/Los_Angeles", "Asia/Tokyo"]] {
            let listing = sample::listing(&calendar, zones);
            for columns in [30, 50, 60, 80, 120, 200] {
                for line in shown(&listing, columns, false).lines() {
                    assert!(width(line) <= columns && line.trim_end() == line, "{columns}: {line:?}");
                }
            }
        }
    }

    #[test]
    fn colour_adds_nothing_but_colour() {
        let calendar = sample::calendar(sample::events());
        let listing = sample::listing(&calendar, &["Europe/Madrid", "Asia/Tokyo"]);
        let colored = shown(&listing, 80, true);
        let mut bare = String::new();
        let mut rest = &*colored;
        while let Some((before, after)) = rest.split_once('\x1b') {
            bare.push_str(before);
            rest = after.split_once('m').expect("a style").1;
        }
        bare.push_str(rest);
        assert_eq!(bare, shown(&listing, 80, false));
        assert_ne!(bare, colored);
    }

    #[test]
    fn a_day_as_a_reader_sees_it() {
        let calendar = sample::calendar(vec![sample::forum(), sample::cancelled()]);
        let listing = sample::listing(&calendar, &["Europe/Madrid"]);
        assert_eq!(
            shown(&listing, 80, false),
            "\
Action days · 20 Nov – 20 Dec 2026 · times in Europe/Madrid (CET, UTC+1)

Thu 3 December 2026
  02:00–04:00     Winter open forum
                  Forum · online · Wed 18:00 MST Vancouver     winter-open-forum

Fri 4 December 2026
  22:00–01:00 +1  CANCELLED Night vigil
                  Vigil · Madrid, Spain                              night-vigil
"
        );
    }

    #[test]
    fn an_empty_listing_says_what_to_try() {
        let calendar = sample::calendar(Vec::new());
        let listing = sample::listing(&calendar, &["Europe/Madrid"]);
        let text = shown(&listing, 80, false).replace('\n', " ");
        assert!(text.contains("Nothing is listed from Fri 20 November 2026 to Sun 20 December 2026. The calendar has"));
        let calendar = sample::calendar(vec![sample::forum()]);
        let mut listing = sample::listing(&calendar, &["Europe/Madrid"]);
        listing.rows.clear();
        let text = shown(&listing, 80, false).replace('\n', " ");
        assert!(text.contains("Nothing is listed from Fri 20 November 2026 to Sun 20 December 2026. Try more days"));
    }

    #[test]
    fn what_is_left_out_is_counted() {
        let calendar = sample::calendar(vec![sample::forum()]);
        let mut listing = sample::listing(&calendar, &["Europe/Madrid"]);
        listing.more = 12;
        assert!(shown(&listing, 80, false).ends_with("\n… and 12 more (raise --limit)\n"));
    }
}
