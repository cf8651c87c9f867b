//! The first page: what this is, what goes on, what comes next, and the ways to the rest.

use serde::Serialize;

use super::entry::{Choice, Day, Desk, Entry, RED};
use super::subscribe::{Subscription, subscriptions};
use crate::event::Event;
use crate::schedule::Occurrence;
use crate::view::listing::{Row, first_day};
use crate::view::site::AHEAD;

/// Occurrences that go on now and are shown.
const GOING: usize = 8;
/// Occurrences that come next and are shown.
const COMING: usize = 12;
/// Days of action that are shown.
const RED_DAYS: usize = 8;

/// `page` of `index.html`.
#[derive(Serialize, Debug)]
pub(super) struct Index {
    /// The day of the site.
    built: String,
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

pub(super) fn index(desk: &Desk<'_>) -> Index {
    let site = desk.renderer.site;
    let until = site.today + chrono::TimeDelta::days(AHEAD);
    let all = &site.occurring.coming;
    let listing = site.listing(&desk.edition.tag, &all[..all.len().min(GOING + COMING * 20)], (site.today, until));
    let (going, coming): (Vec<&Row<'_>>, Vec<&Row<'_>>) =
        listing.rows.iter().partition(|row| first_day(&row.times) < site.today);
    let going: Vec<&Row<'_>> = going.into_iter().filter(|row| row.event.status.takes_place()).collect();
    let is_red = |event: &Event| *site.calendar.kind(event).name == *RED && event.status.takes_place();
    // Its local events are the same day again.
    let is_part = |event: &Event| event.part_of.as_deref().and_then(|id| site.calendar.event(id)).is_some_and(is_red);
    let red: Vec<Occurrence<'_>> =
        all.iter().filter(|one| is_red(one.event) && !is_part(one.event)).take(RED_DAYS).copied().collect();
    let red = site.listing(&desk.edition.tag, &red, (site.today, until));
    let shown = &coming[..coming.len().min(COMING)];
    let more = all.len().saturating_sub(shown.len() + going.len());
    Index {
        built: site.today.to_string(),
        going: going.iter().take(GOING).map(|row| desk.entry(&listing, row)).collect(),
        days: desk.days(&listing, shown),
        red_days: red.rows.iter().map(|row| desk.dated(&red, row)).collect(),
        nothing: all.is_empty().then(|| super::agenda::nothing(desk)),
        more: (more > 0).then(|| desk.language().say(crate::language::Word::More, &[("count", more.into())])),
        kinds: desk.kinds(None),
        countries: desk.countries(None),
        feeds: subscriptions(desk.renderer, desk.edition, &desk.path),
    }
}
