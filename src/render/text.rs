//! `text`: a paragraph an occurrence, to paste into a mail.
//!
//! Lines have at most 72 columns, but for addresses, which are never broken.

use std::io::{self, Write};

use crate::event::{Online, Status};
use crate::language::{DateStyle, Word};
use crate::view::listing::{Listing, Row};
use crate::view::words;

use super::terminal::{plain, width, wrap};
use super::{Look, hours, phrase};

const COLUMNS: usize = 72;

/// Writes `listing` as plain text.
pub fn write(listing: &Listing<'_>, _: &Look, out: &mut dyn Write) -> io::Result<()> {
    paragraph(&plain(listing.title), out)?;
    paragraph(&format!("{}, {}", phrase::range(listing), phrase::zones(listing)), out)?;
    if listing.rows.is_empty() {
        writeln!(out)?;
        paragraph(&phrase::nothing(listing), out)?;
    }
    let mut heading = None;
    for row in &listing.rows {
        let place = listing.by_place.then(|| phrase::heading(listing, row));
        if let Some(place) = place.filter(|place| heading.as_ref() != Some(place)) {
            writeln!(out)?;
            paragraph(&place, out)?;
            let width = wrap(&place, COLUMNS).last().map_or(0, |line| width(line));
            writeln!(out, "{}", "-".repeat(width))?;
            heading = Some(place);
        }
        writeln!(out)?;
        occurrence(listing, row, out)?;
    }
    if listing.more > 0 {
        writeln!(out, "\n{}", phrase::more(listing))?;
    }
    Ok(())
}

fn occurrence(listing: &Listing<'_>, row: &Row<'_>, out: &mut dyn Write) -> io::Result<()> {
    let remarks = phrase::remarks(listing, row);
    let remarks = if remarks.is_empty() { String::new() } else { format!(" ({})", remarks.join("; ")) };
    let time = format!("{}, {}{remarks}", row.language.date(DateStyle::Heading, row.day), hours::clocks(listing, row));
    paragraph(&time, out)?;

    let title = row.told_apart(listing);
    let title = match phrase::label(row.event, row.language) {
        Some(label) => row.language.say(Word::Titled, &[("status", label.into()), ("title", (&*title).into())]),
        None => title.into_owned(),
    };
    paragraph(&plain(&format!("{title} [{}]", row.label)), out)?;
    if let Some(place) = phrase::address(row) {
        paragraph(&plain(&place), out)?;
    }
    if row.opened().is_some() {
        phrase::opened(row).iter().try_for_each(|part| writeln!(out, "{}", plain(part)))?;
    } else if let Some(online) = row.online.filter(|_| row.event.status != Status::Cancelled) {
        let Online { url, platform, meeting_id: _, passcode: _, phone: _, registration, withheld: _ } = online;
        let word = |word| row.language.word(word);
        match url.as_deref().or(registration.as_deref()).or(platform.as_deref()) {
            Some(address) => writeln!(out, "{}", words::named(word(Word::OnlineBy), &plain(address), row.language))?,
            None if online.is_for_members() => {
                writeln!(out, "{}", words::named(word(Word::Join), word(Word::ForMembers), row.language))?;
            }
            None => writeln!(out, "{}", word(Word::OnlineBy))?,
        }
    }
    if let Some(url) = row.event.url.as_deref() {
        writeln!(out, "{}", plain(url))?;
    }
    Ok(())
}

fn paragraph(text: &str, out: &mut dyn Write) -> io::Result<()> {
    wrap(text, COLUMNS).iter().try_for_each(|line| writeln!(out, "{line}"))
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn shown(listing: &Listing<'_>) -> String {
        let mut out = Vec::new();
        write(listing, &Look { width: 0, color: true }, &mut out).expect("a vector takes all");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn lines_fit_in_a_mail_and_addresses_are_whole() {
        let calendar = sample::calendar(sample::events());
        let text = shown(&sample::listing(&calendar, &["Europe/Madrid", "Asia/Tokyo"]));
        assert!(text.lines().all(|line| width(line) <= COLUMNS || line.starts_with("https://")));
        assert!(text.contains(&format!("\nhttps://example.org/{}\n", "long-".repeat(30))));
    }

    #[test]
    fn a_paragraph() {
        let calendar = sample::calendar(vec![sample::forum()]);
        assert_eq!(
            shown(&sample::listing(&calendar, &["Europe/Madrid"])),
            "\
Action days
20 Nov – 20 Dec 2026, times in Europe/Madrid (CET, UTC+1)

Thu 3 December 2026, 02:00–04:00 CET (Wed 18:00 MST Vancouver)
Winter open forum [Forum]
Online: Jitsi
https://example.org/winter-open-forum
"
        );
    }
}
