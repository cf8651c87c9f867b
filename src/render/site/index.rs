//! The first page: what this is, what goes on, what comes next, and the ways to the rest.

use serde::Serialize;

use super::entry::{Choice, Day, Desk, Entry, RED};
use crate::render::terminal::plain;
use crate::schedule::Occurrence;
use crate::view::listing::{Row, first_day};
use crate::view::site::{AHEAD, href};

/// Occurrences that go on now and are shown.
const GOING: usize = 8;
/// Occurrences that come next and are shown.
const COMING: usize = 12;
/// Days of action that are shown.
const RED_DAYS: usize = 8;

/// `page` of `index.html`.
#[derive(Serialize, Debug)]
pub(super) struct Index {
    /// What began before today.
    going: Vec<Entry>,
    /// What comes next, by day.
    days: Vec<Day>,
    /// The next days of action.
    red_days: Vec<Entry>,
    /// Where there is nothing to come.
    nothing: Option<String>,
    /// How many more come within a year than are shown.
    more: Option<String>,
    kinds: Vec<Choice>,
    countries: Vec<Choice>,
    feeds: Vec<Subscription>,
}

/// A feed that one may subscribe to.
#[derive(Serialize, Debug)]
struct Subscription {
    title: String,
    description: Option<String>,
    /// Link to the file.
    href: String,
    /// The absolute address, where the calendar knows it.
    address: Option<String>,
    /// The same for programs that open calendars.
    webcal: Option<String>,
    atom: String,
}

pub(super) fn index(desk: &Desk<'_>) -> Index {
    let site = desk.press.site;
    let until = site.today + chrono::TimeDelta::days(AHEAD);
    let all = &site.occurring.coming;
    let listing = site.listing(&desk.edition.tag, &all[..all.len().min(GOING + COMING * 20)], (site.today, until));
    let (going, coming): (Vec<&Row<'_>>, Vec<&Row<'_>>) =
        listing.rows.iter().partition(|row| first_day(&row.times) < site.today);
    let going: Vec<&Row<'_>> = going.into_iter().filter(|row| row.event.status.takes_place()).collect();
    let is_red = |one: &&Occurrence<'_>| *site.calendar.kind(one.event).name == *RED && one.event.status.takes_place();
    let red: Vec<Occurrence<'_>> = all.iter().filter(is_red).take(RED_DAYS).copied().collect();
    let red = site.listing(&desk.edition.tag, &red, (site.today, until));
    let shown = &coming[..coming.len().min(COMING)];
    let more = all.len().saturating_sub(shown.len() + going.len());
    Index {
        going: going.iter().take(GOING).map(|row| desk.entry(&listing, row)).collect(),
        days: desk.days(&listing, shown),
        red_days: red.rows.iter().map(|row| desk.dated(&red, row)).collect(),
        nothing: all.is_empty().then(|| super::agenda::nothing(desk)),
        more: (more > 0).then(|| desk.language().say(crate::language::Word::More, &[("count", more.into())])),
        kinds: desk.kinds(None),
        countries: desk.countries(None),
        feeds: feeds(desk),
    }
}

fn feeds(desk: &Desk<'_>) -> Vec<Subscription> {
    let site = desk.press.site;
    let of = |feed: &crate::calendar::Feed| {
        let path = format!("feeds/{}.ics", feed.name);
        let address = site.absolute(&path);
        Subscription {
            title: plain(feed.title.as_deref().unwrap_or(&site.calendar.settings.title)),
            description: feed.description.as_deref().map(plain),
            href: href(&desk.path, &path),
            webcal: address.as_deref().and_then(webcal),
            address,
            atom: href(&desk.path, &format!("feeds/{}.atom", feed.name)),
        }
    };
    // That of everything is the one to begin with.
    let (all, others): (Vec<_>, Vec<_>) = site.feeds.iter().partition(|feed| &*feed.name == "all");
    all.into_iter().chain(others).map(of).collect()
}

/// `https://…` as programs take it that open calendars. There is no `webcals` that all of them know.
pub(super) fn webcal(address: &str) -> Option<String> {
    address.split_once("://").map(|(_, rest)| format!("webcal://{rest}"))
}
