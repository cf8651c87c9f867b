//! A digest in words, before any markup: what all its formats have in common.
//!
//! Texts are in one line each and can drive no terminal; markup in them is for the format to escape.

use chrono::{Datelike, NaiveDate};

use crate::event::Status;
use crate::language::{DateStyle, Language, Word};
use crate::render::escape::address;
use crate::render::terminal::plain;
use crate::render::{hours, phrase};
use crate::view::digest::{Change, Digest, Earlier, Entry, Locals, Remark, Sort};
use crate::view::listing::{Listing, Row, Times, first_day};
use crate::view::words;

/// The most countries named after a number of local events; more are counted.
const MOST_COUNTRIES: usize = 12;

/// A digest in words.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Name of the calendar.
    pub title: String,
    /// Which days, and whose clock.
    pub about: [String; 2],
    /// BCP 47 tag of the words around what records say.
    pub language: String,
    /// BCP 47 tag of the calendar's own texts.
    pub calendar_language: String,
    /// Whether lines run from right to left.
    pub is_rtl: bool,
    /// Said where there is nothing else.
    pub nothing: Option<String>,
    /// In order.
    pub parts: Vec<Part>,
}

/// The content below a heading.
#[derive(Clone, Debug)]
pub struct Part {
    /// Whether it belongs to the last one that is not minor.
    pub is_minor: bool,
    /// Its heading.
    pub heading: String,
    /// `None` if minor parts follow.
    pub points: Vec<Point>,
}

/// The text of one event.
#[derive(Clone, Debug, Default)]
pub struct Point {
    /// Its hours.
    pub lead: Option<String>,
    /// `CANCELLED`, `TENTATIVE`.
    pub label: Option<String>,
    /// Whether it does not happen.
    pub is_off: bool,
    /// What it is called.
    pub title: String,
    /// BCP 47 tag of the title.
    pub language: String,
    /// What else there is to say, a thing each.
    pub details: Vec<String>,
    /// The one best link.
    pub url: Option<String>,
    /// The start in seconds since 1970, for a future event.
    pub instant: Option<i64>,
    /// Its local events.
    pub below: Vec<Point>,
}

impl Sheet {
    /// Puts a digest in words.
    pub fn new(digest: &Digest<'_>) -> Self {
        let listing = &digest.listing;
        let language = listing.language;
        let mut parts = Vec::new();
        if !digest.changes.is_empty() {
            parts.push(Part {
                is_minor: false,
                heading: language
                    .say(Word::DigestChanges, &[("date", (&language.date(DateStyle::Sentence, digest.since)).into())]),
                points: Vec::new(),
            });
        }
        for (sort, entries) in &digest.changes {
            let points = entries.iter().map(|entry| changed(digest, entry)).collect();
            parts.push(Part { is_minor: true, heading: language.word(sort_word(*sort)).to_owned(), points });
        }
        if !digest.ongoing.is_empty() {
            let points = digest.ongoing.iter().map(|entry| coming(listing, entry)).collect();
            parts.push(Part { is_minor: false, heading: language.word(Word::DigestOngoing).to_owned(), points });
        }
        for (day, entries) in &digest.days {
            let mut heading = language.date(DateStyle::Heading, *day);
            if let Some(near) = phrase::nearness(*day, listing) {
                heading.push_str(&format!(" · {near}"));
            }
            let points = entries.iter().map(|entry| coming(listing, entry)).collect();
            parts.push(Part { is_minor: false, heading, points });
        }
        Sheet {
            title: plain(listing.title),
            about: [phrase::range(listing), phrase::zones(listing)],
            language: language.to_string(),
            calendar_language: plain(listing.texts.1),
            is_rtl: language.is_rtl(),
            // Where something changed, people still wonder.
            nothing: listing.rows.is_empty().then(|| phrase::nothing(listing)),
            parts,
        }
    }
}

/// An event on its day.
fn coming(listing: &Listing<'_>, entry: &Entry<'_>) -> Point {
    let row = &entry.row;
    if entry.is_frame {
        return Point { below: named(listing, entry), details: counted(entry), ..titled(listing, row) };
    }
    let mut point = titled(listing, row);
    point.lead = Some(hours::clocks(listing, row)).filter(|lead| !lead.is_empty());
    point.label = phrase::label(row.event, row.language).map(str::to_owned);
    point.details = counted(entry);
    if row.event.status == Status::Cancelled {
        point.details.extend(phrase::reason(listing, row).as_deref().map(plain));
        // Where it would have been is of no use, and takes room from what takes place.
        return point;
    }
    point.details.push(plain(row.label));
    point.details.extend(phrase::whole_place(row).as_deref().map(plain));
    point.details.extend(phrase::remarks(listing, row).iter().map(|remark| plain(remark)));
    point.details.extend(phrase::opened(row).iter().map(|part| plain(part)));
    point.instant = instant(row).filter(|_| first_day(&row.times) == row.day);
    point.below = named(listing, entry);
    point
}

/// An event among the changes.
fn changed(digest: &Digest<'_>, entry: &Entry<'_>) -> Point {
    let (listing, row) = (&digest.listing, &entry.row);
    if entry.is_frame {
        return Point { below: named(listing, entry), details: counted(entry), ..titled(listing, row) };
    }
    let mut point = titled(listing, row);
    let date = dated(listing, row);
    let change = entry.change.as_ref();
    let sort = change.map_or(Sort::Changed, |change| change.sort);
    point.is_off = sort == Sort::Cancelled;
    point.details.push(match change {
        Some(Change { from: Some(from), .. }) => {
            let from = earlier(listing, from);
            row.language.say(Word::DigestFromTo, &[("from", (&from).into()), ("to", (&date).into())])
        }
        _ if sort == Sort::Postponed => row.language.say(Word::DigestNotOn, &[("date", (&date).into())]),
        _ => date,
    });
    point.details.extend(
        change.and_then(|change| change.remark).map(|remark| row.language.word(remark_word(remark)).to_owned()),
    );
    point.details.extend(phrase::place(row).as_deref().map(plain));
    let moved = hours::moved(row).filter(|_| sort == Sort::Moved);
    point.details.extend(
        phrase::remarks(listing, row).into_iter().filter(|one| Some(one) != moved.as_ref()).map(|one| plain(&one)),
    );
    if row.event.status == Status::Tentative {
        point.label = phrase::label(row.event, row.language).map(str::to_owned);
    }
    point.details.extend(counted(entry));
    if matches!(sort, Sort::Cancelled | Sort::Postponed) {
        return point;
    }
    point.instant = instant(row);
    point.below = named(listing, entry);
    // An event that is also listed on its day has its link there.
    let is_shown = |other: &Row<'_>| std::ptr::eq(other.event, row.event) && first_day(&other.times) == row.day;
    if sort == Sort::New && listing.rows.iter().any(is_shown) {
        point.url = None;
    }
    point
}

/// The local events that are named.
fn named(listing: &Listing<'_>, entry: &Entry<'_>) -> Vec<Point> {
    let (Locals::Named(rows) | Locals::Counted { off: rows, .. }) = &entry.locals;
    let parent = entry.row.event;
    let local = |row: &Row<'_>| {
        let mut point = titled(listing, row);
        let place = phrase::whole_place(row).as_deref().map(plain);
        if row.event.title == parent.title {
            // Without its own title, an event is identified by its place.
            point.title = phrase::place(row).as_deref().map_or(point.title, plain);
            point.details.extend(place.filter(|place| *place != point.title));
        } else {
            point.details.extend(place);
        }
        // Among changes it is listed on its own day.
        let lead = if entry.change.is_some() { dated(listing, row) } else { hours::clocks(listing, row) };
        point.lead = Some(lead).filter(|lead| !lead.is_empty());
        point.label = phrase::label(row.event, row.language).map(str::to_owned);
        point.details.extend(hours::own_clock(listing, row));
        point.instant = instant(row).filter(|_| row.event.status != Status::Cancelled);
        if row.event.url == parent.url {
            point.url = None;
        }
        point
    };
    rows.iter().map(local).collect()
}

/// How many local events there are, and in which countries.
fn counted(entry: &Entry<'_>) -> Vec<String> {
    let Locals::Counted { total, countries, off: _ } = &entry.locals else { return Vec::new() };
    let language = entry.row.language;
    let number = language.say(Word::DigestLocals, &[("count", (*total).into())]);
    let mut named: Vec<String> = (countries.iter().take(MOST_COUNTRIES))
        .map(|(country, count)| {
            let name = language.country(country.code()).unwrap_or_else(|| country.name().to_owned());
            format!("{name} {count}")
        })
        .collect();
    if named.is_empty() {
        return vec![number];
    }
    if countries.len() > MOST_COUNTRIES {
        named.push(language.say(Word::More, &[("count", (countries.len() - MOST_COUNTRIES).into())]));
    }
    vec![words::named(&number, &language.list(&named), language)]
}

/// Title and link.
fn titled(listing: &Listing<'_>, row: &Row<'_>) -> Point {
    let event = row.event;
    let joining = row.online.filter(|_| event.status != Status::Cancelled);
    // For members all that they may know of it follows.
    let public = joining.filter(|_| row.opened().is_none());
    let url = [
        event.url.as_deref(),
        joining.and_then(|online| online.registration.as_deref()),
        public.and_then(|online| online.url.as_deref()),
    ];
    Point {
        title: plain(row.told_apart(listing).trim()),
        language: plain(row.title.language.unwrap_or(listing.texts.1)),
        is_off: matches!(event.status, Status::Cancelled | Status::Postponed),
        url: url.into_iter().flatten().find_map(phrase::link).map(|url| address(url, "<>\"")),
        ..Point::default()
    }
}

/// Day and hours.
fn dated(listing: &Listing<'_>, row: &Row<'_>) -> String {
    let day = short_day(row.day, listing);
    match row.times {
        Times::Days(_) => day,
        Times::Clocks { .. } | Times::Floating { .. } => at(&day, &hours::clocks(listing, row), row.language),
    }
}

fn earlier(listing: &Listing<'_>, from: &Earlier) -> String {
    let language = listing.language;
    match from {
        Earlier::Day(day) => short_day(*day, listing),
        Earlier::Clock(stamp) => {
            let time = format!("{} {}", language.time(stamp.local.time()), stamp.abbreviation);
            at(&short_day(stamp.day(), listing), &time, language)
        }
        Earlier::Floating(wall) => at(&short_day(wall.date(), listing), &language.time(wall.time()), language),
    }
}

/// `Sat 29 Oct 16:00 CET`
fn at(day: &str, time: &str, language: Language) -> String {
    language.say(Word::DateTimeShort, &[("date", day.into()), ("time", time.into())])
}

/// `Sat 29 Oct`, with the year where it is not the present one.
fn short_day(day: NaiveDate, listing: &Listing<'_>) -> String {
    let style = if day.year() == listing.today.year() { DateStyle::Short } else { DateStyle::ShortYear };
    listing.language.date(style, day)
}

/// The heading of a sort of changes.
fn sort_word(sort: Sort) -> Word {
    match sort {
        Sort::Cancelled => Word::DigestCancelled,
        Sort::Postponed => Word::DigestPostponed,
        Sort::Moved => Word::DigestMoved,
        Sort::Restored => Word::DigestRestored,
        Sort::New => Word::DigestNew,
        Sort::Changed => Word::DigestChanged,
    }
}

fn remark_word(remark: Remark) -> Word {
    match remark {
        Remark::Place => Word::DigestPlace,
        Remark::End => Word::DigestEnd,
        Remark::Confirmed => Word::DigestConfirmed,
        Remark::Tentative => Word::DigestUncertain,
        Remark::Dates => Word::DigestDates,
        Remark::Rules => Word::DigestRules,
    }
}

fn instant(row: &Row<'_>) -> Option<i64> {
    match &row.times {
        Times::Clocks { own, .. } => {
            Some((own.start.local - chrono::TimeDelta::seconds(own.start.offset.local_minus_utc().into())).and_utc())
                .map(|at| at.timestamp())
        }
        Times::Days(_) | Times::Floating { .. } => None,
    }
}
