//! `csv`: one row per occurrence, RFC 4180 with a header.
//!
//! Times are as in JSON; the end of dates is exclusive, and an open event has none. A cell that a spreadsheet would run as a formula begins
//! with an apostrophe, and characters that could drive a terminal are escaped: titles and places are for people.

use std::borrow::Cow;
use std::io::{self, Write};

use csv::{Terminator, WriterBuilder};

use crate::event::{Country, Location, Status};
use crate::language::Word;
use crate::view::listing::{Listing, Row, Times};

use super::terminal::plain;
use super::{Look, hours, phrase};

const HEADER: [&str; 16] = [
    "start",
    "end",
    "all_day",
    "timezone",
    "title",
    "kind",
    "status",
    "city",
    "country",
    "location",
    "online",
    "url",
    "tags",
    "id",
    "uid",
    "moved_from",
];

/// Writes `listing` as a table for spreadsheets.
pub fn write(listing: &Listing<'_>, _: &Look, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    writer.write_record(HEADER).map_err(cause)?;
    for row in &listing.rows {
        writer.write_record(cells(listing, row).iter().map(|cell| guarded(cell).into_owned())).map_err(cause)?;
    }
    writer.flush()
}

/// The error of the disk or pipe itself: a broken pipe ends quietly, and must be known for one.
fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn cells(listing: &Listing<'_>, row: &Row<'_>) -> [String; HEADER.len()] {
    let event = row.event;
    let (start, end) = hours::standard(row, 0);
    let timezone = match row.times {
        Times::Days(_) => "",
        Times::Clocks { .. } => listing.zones.first().map_or("UTC", |zone| zone.name()),
        Times::Floating { .. } => "local",
    };
    let location = event.location.as_deref();
    // A cancelled event shows no way to join.
    let joining = row.online.filter(|_| event.status != Status::Cancelled);
    let online = joining.and_then(|online| {
        if row.opened().is_some() {
            return Some(phrase::opened(row).join(" · "));
        }
        let for_members = online.is_for_members().then_some(row.language.word(Word::ForMembers));
        online.url.as_deref().or(online.registration.as_deref()).or(for_members).map(str::to_owned)
    });
    let own = |text: Option<&str>| text.map(plain).unwrap_or_default();
    [
        start,
        end.unwrap_or_default(),
        matches!(row.times, Times::Days(_)).to_string(),
        timezone.to_owned(),
        plain(row.title.text),
        row.kind.name.to_string(),
        event.status.name().to_owned(),
        own(location.and_then(|location| location.city.as_deref())),
        own(location.and_then(|location| location.country.as_ref()).map(Country::code)),
        location.map(Location::one_line).as_deref().map(plain).unwrap_or_default(),
        own(online.as_deref()),
        own(event.url.as_deref()),
        plain(&event.tags.join(", ")),
        event.id.to_string(),
        plain(&event.uid),
        event.moved_from.as_ref().map(hours::standard_start).unwrap_or_default(),
    ]
}

/// `cell`, so that no spreadsheet runs it.
fn guarded(cell: &str) -> Cow<'_, str> {
    let begins_formula = cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if begins_formula || cell.starts_with(['\t', '\r', '\n']) { format!("'{cell}").into() } else { cell.into() }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn shown(listing: &Listing<'_>) -> String {
        let mut out = Vec::new();
        write(listing, &Look { width: 80, color: true }, &mut out).expect("a vector takes all");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn a_row() {
        let calendar = sample::calendar(vec![sample::forum()]);
        assert_eq!(
            shown(&sample::listing(&calendar, &["Europe/Madrid"])),
            "start,end,all_day,timezone,title,kind,status,city,country,location,online,url,tags,id,uid,moved_from\r\n\
             2026-12-03T02:00:00+01:00,2026-12-03T04:00:00+01:00,false,Europe/Madrid,Winter open forum,forum,\
             confirmed,,,,,https://example.org/winter-open-forum,,winter-open-forum,winter-open-forum@example.org,\r\n"
        );
    }

    #[test]
    fn no_cell_is_a_formula() {
        for (cell, safe) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("+1", "'+1"),
            ("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"),
            ("@SUM(A1)", "'@SUM(A1)"),
            (" \u{a0}=1", "' \u{a0}=1"),
            ("\t=1", "'\t=1"),
            ("\rx", "'\rx"),
            ("May Day = holiday", "May Day = holiday"),
        ] {
            assert_eq!(guarded(cell), safe);
        }
        let formula = "=cmd|' /C calc'!A0, \"x\"";
        let calendar = sample::calendar(vec![sample::event("x", formula, sample::dates("2026-12-01", "2026-12-02"))]);
        let text = shown(&sample::listing(&calendar, &["Europe/Madrid"]));
        assert!(text.contains("2026-12-01,2026-12-03,true,,\"'=cmd|' /C calc'!A0, \"\"x\"\"\",forum"), "{text}");
    }
}
