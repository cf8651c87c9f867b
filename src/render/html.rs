//! `html`: one self-contained page, without scripts and requests.
//!
//! The template escapes every value. Text of records is in `bdi` with its language, which isolates its direction; the words
//! around it are English, and the page declares that.

use std::io::{self, Write};

use minijinja::Environment;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use serde::Serialize;

use crate::event::Status;
use crate::language::Word;
use crate::view::listing::{Listing, Row, Times};

use super::terminal::plain;
use super::{Look, hours, phrase};

const NAME: &str = "agenda.html";
const TEMPLATE: &str = include_str!("html/agenda.html");

#[derive(Serialize)]
struct Page<'l> {
    /// The language of words.
    language: String,
    is_rtl: bool,
    /// The language of the calendar's title and labels.
    own_language: &'l str,
    title: String,
    range: String,
    zones: String,
    has_several_zones: bool,
    nothing: Option<String>,
    days: Vec<Day>,
    more: Option<String>,
    join: &'static str,
    register: &'static str,
}

#[derive(Serialize)]
struct Day {
    /// `None` for a place.
    date: Option<String>,
    heading: String,
    nearness: Option<&'static str>,
    rows: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    /// Attribute of the first clock: a date, or RFC 3339.
    start: String,
    clocks: Vec<Clock>,
    label: Option<&'static str>,
    is_off: bool,
    title: String,
    language: String,
    url: Option<String>,
    kind: String,
    place: Option<String>,
    join: Option<String>,
    register: Option<String>,
    remarks: Vec<String>,
}

#[derive(Serialize)]
struct Clock {
    hours: String,
    abbreviation: Option<String>,
    city: Option<String>,
}

/// Writes `listing` as a page.
pub fn write(listing: &Listing<'_>, _: &Look, out: &mut dyn Write) -> io::Result<()> {
    let mut environment = Environment::new();
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    // The delimiters are the usual ones, and the template is our own: the tests below render it.
    environment.set_syntax(syntax.expect("the syntax is sound"));
    environment.add_template(NAME, TEMPLATE).expect("the template is sound");
    let template = environment.get_template(NAME).expect("the template was just added");
    // Whole, so that an error of `out` stays what it is.
    let page = template.render(Serde(page(listing))).map_err(io::Error::other)?;
    out.write_all(page.as_bytes())?;
    out.write_all(b"\n")
}

fn page<'l>(listing: &'l Listing<'_>) -> Page<'l> {
    let mut days: Vec<Day> = Vec::new();
    for row in &listing.rows {
        let heading = phrase::heading(listing, row);
        if days.last().is_none_or(|day| day.heading != heading) {
            let date = (!listing.by_place).then(|| row.day.to_string());
            let nearness = phrase::nearness(row.day, listing).filter(|_| !listing.by_place);
            days.push(Day { date, heading, nearness, rows: Vec::new() });
        }
        // One was pushed, or the last one serves.
        days.last_mut().expect("a day").rows.push(entry(listing, row));
    }
    Page {
        language: listing.language.to_string(),
        is_rtl: listing.language.is_rtl(),
        own_language: listing.texts.1,
        title: plain(listing.title),
        range: phrase::range(listing),
        zones: phrase::zones(listing),
        has_several_zones: listing.zones.len() > 1,
        nothing: listing.rows.is_empty().then(|| phrase::nothing(listing)),
        days,
        more: (listing.more > 0).then(|| phrase::more(listing)),
        join: listing.language.word(Word::JoinLink),
        register: listing.language.word(Word::RegisterLink),
    }
}

fn entry(listing: &Listing<'_>, row: &Row<'_>) -> Entry {
    let event = row.event;
    let url = |url: Option<&str>| url.and_then(phrase::link).map(plain);
    let joining = row.online.filter(|_| event.status != Status::Cancelled);
    Entry {
        start: match row.times {
            Times::Days(_) => row.day.to_string(),
            Times::Clocks { .. } | Times::Floating { .. } => hours::standard(row, 0).0,
        },
        clocks: (0..listing.zones.len().max(1)).filter_map(|index| clock(listing, row, index)).collect(),
        label: phrase::label(event, row.language),
        is_off: matches!(event.status, Status::Cancelled | Status::Postponed),
        title: plain(&row.told_apart(listing)),
        language: plain(row.title.language.unwrap_or(listing.texts.1)),
        url: url(event.url.as_deref()),
        kind: plain(row.label),
        place: phrase::whole_place(row).as_deref().map(plain),
        join: url(joining.filter(|_| row.opened().is_none()).and_then(|online| online.url.as_deref())),
        register: url(joining.and_then(|online| online.registration.as_deref())),
        remarks: phrase::remarks(listing, row).into_iter().chain(phrase::opened(row)).collect(),
    }
}

fn clock(listing: &Listing<'_>, row: &Row<'_>, index: usize) -> Option<Clock> {
    let mut hours = hours::hours(row, index);
    if index == 0 {
        hours.insert_str(0, &phrase::date(listing, row));
    }
    let abbreviation = hours::abbreviation(row, index).map(str::to_owned);
    let needs_city = listing.zones.len() > 1 && (abbreviation.is_some() || hours::changing(row, index).is_some());
    let city = listing.zones.get(index).filter(|_| needs_city).map(|zone| zone.city());
    (!hours.is_empty()).then_some(Clock { hours, abbreviation, city })
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
    fn a_page_says_when_in_words_and_for_programs() {
        let calendar = sample::calendar(sample::events());
        let page = shown(&sample::listing(&calendar, &["Europe/Madrid", "Asia/Tokyo"]));
        assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
        assert!(page.contains("<time datetime=\"2026-12-03T02:00:00+01:00\">02:00–04:00"), "{page}");
        assert!(page.contains("<bdi lang=\"en\">مسيرة من أجل السلام</bdi>"));
        assert!(page.contains("CANCELLED"));
    }

    #[test]
    fn no_text_makes_markup() {
        let mut event = sample::hostile();
        event.language = Some("\" onload=\"alert(1)".into());
        let mut script =
            sample::event("script", "</bdi></li>\"'<img src=x>", sample::dates("2026-12-01", "2026-12-01"));
        script.url = Some("javascript:alert(1)".into());
        let calendar = sample::calendar(vec![event, script]);
        let page = shown(&sample::listing(&calendar, &["Europe/Madrid"]));
        assert!(!page.contains("<script") && !page.contains("<img") && !page.contains("\" onload"), "{page}");
        assert!(!page.contains("javascript:alert"));
        assert_eq!(page.matches("<bdi").count(), page.matches("</bdi>").count());
    }

    #[test]
    fn nothing_is_asked_of_others() {
        let calendar = sample::calendar(vec![sample::forum()]);
        let page = shown(&sample::listing(&calendar, &["Europe/Madrid"]));
        for word in ["src=", "<link", "@import", "url(", "<script", " style=", "<iframe", "<form"] {
            assert!(!page.contains(word), "{word}");
        }
    }
}
