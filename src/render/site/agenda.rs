//! What comes, day by day: all of it, of one kind, or in one country.

use chrono::TimeDelta;
use serde::Serialize;

use super::entry::{Badge, Choice, Day, Desk, Entry, Link};
use crate::language::{DateStyle, Word};
use crate::render::phrase;
use crate::schedule::Occurrence;
use crate::view::listing::{Row, first_day};
use crate::view::site::{AHEAD, Page, month_of};

/// The most rows of a page; the rest is on the pages of months.
const MOST: usize = 300;
/// The most past rows on a page of a kind or country.
const PAST: usize = 60;

/// `page` of `agenda.html`.
#[derive(Serialize, Debug)]
pub(super) struct Agenda {
    /// The day of the site.
    built: String,
    /// The kind or country; `None` for all events.
    title: Option<String>,
    badge: Option<Badge>,
    /// Days and clocks of the list.
    range: String,
    zones: String,
    /// What began before today.
    going: Vec<Entry>,
    /// What comes, by month and day.
    months: Vec<Month>,
    nothing: Option<String>,
    /// How many more there are than are shown, and the months that have them.
    more: Option<String>,
    later: Vec<Link>,
    /// Past events of a kind or country, the latest first.
    past: Vec<Entry>,
    kinds: Vec<Choice>,
    countries: Vec<Choice>,
    /// Whether everything that comes is on the page, so that a filter finds all.
    is_whole: bool,
}

#[derive(Serialize, Debug)]
struct Month {
    name: String,
    href: String,
    days: Vec<Day>,
}

pub(super) fn agenda(desk: &Desk<'_>, page: Page<'_>) -> Agenda {
    let site = desk.renderer.site;
    let settings = &site.calendar.settings;
    let takes = |one: &&Occurrence<'_>| site.lists(page, one.event);
    let until = site.today + TimeDelta::days(AHEAD);
    let all: Vec<Occurrence<'_>> = site.occurring.coming.iter().filter(takes).copied().collect();
    let listing = site.listing(&desk.edition.tag, &all[..all.len().min(MOST)], (site.today, until));
    let (going, coming): (Vec<&Row<'_>>, Vec<&Row<'_>>) =
        listing.rows.iter().partition(|row| first_day(&row.times) < site.today);
    let mut months: Vec<Month> = Vec::new();
    for rows in coming.chunk_by(|a, b| month_of(a.day) == month_of(b.day)) {
        let first = month_of(rows[0].day);
        let Link { name, href, .. } = desk.month(first, false);
        months.push(Month { name, href, days: desk.days(&listing, rows) });
    }
    let shown_to = listing.rows.last().map(|row| month_of(row.day)).filter(|_| all.len() > MOST);
    let later = site.months.iter().filter(|month| shown_to.is_some_and(|to| **month >= to));
    let is_all = page == Page::Agenda;
    let past: Vec<Occurrence<'_>> =
        if is_all { Vec::new() } else { site.occurring.past.iter().filter(takes).take(PAST).copied().collect() };
    let past = site.listing(&desk.edition.tag, &past, (chrono::NaiveDate::MIN, until));
    let kind = match page {
        Page::OfKind(name) => settings.kinds.find(name).map(|kind| settings.kinds.get(kind)),
        _ => None,
    };
    let country = match page {
        Page::OfCountry(country) => Some(country),
        _ => None,
    };
    let badge = kind.map(|kind| desk.badge(&kind.name, kind.label_in(&desk.edition.tag)));
    let name =
        country.map(|country| desk.language().country(country.code()).unwrap_or_else(|| country.name().to_owned()));
    Agenda {
        built: site.today.to_string(),
        title: badge.as_ref().map(|badge| badge.label.clone()).or(name),
        badge,
        range: phrase::range(&listing),
        zones: phrase::zones(&listing),
        going: going.iter().map(|row| desk.entry(&listing, row)).collect(),
        months,
        nothing: all.is_empty().then(|| nothing(desk)),
        more: (all.len() > MOST).then(|| desk.language().say(Word::More, &[("count", (all.len() - MOST).into())])),
        later: later.map(|month| desk.month(*month, false)).collect(),
        past: past.rows.iter().map(|row| desk.dated(&past, row)).collect(),
        kinds: desk.kinds(kind.map(|kind| &*kind.name)),
        countries: desk.countries(country),
        is_whole: is_all && all.len() <= MOST,
    }
}

/// The message for a list without rows.
pub(super) fn nothing(desk: &Desk<'_>) -> String {
    let date = desk.language().date(DateStyle::Sentence, desk.renderer.site.today);
    desk.language().say(Word::NothingFrom, &[("date", (&date).into())])
}
