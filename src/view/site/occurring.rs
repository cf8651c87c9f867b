//! What happens when, for the pages that list it: expanded once for the whole site, and not once a page.

use std::collections::HashMap;

use chrono::{Datelike, Months, NaiveDate, TimeDelta};

use super::{Page, Site};
use crate::event::{Audience, Event};
use crate::schedule::{self, Occurrence, Window};
use crate::view::listing::{Listing, ListingOptions};
use crate::view::parts;

/// Days that the agenda looks ahead.
pub const AHEAD: i64 = 366;
/// Months that are expanded at a time.
const RUN: usize = 12;

/// Occurrences by the pages on which they are.
#[derive(Debug, Default)]
pub struct Occurring<'c> {
    /// From today on, for about a year, in order; what began before and goes on comes first.
    pub coming: Vec<Occurrence<'c>>,
    /// Single events that are over, the last one first.
    pub past: Vec<Occurrence<'c>>,
    /// What touches each month that has a page.
    months: HashMap<NaiveDate, Vec<Occurrence<'c>>>,
}

impl<'c> Occurring<'c> {
    pub(super) fn new(site: &Site<'c>) -> Self {
        let window = Window::days(site.today, site.today + TimeDelta::days(AHEAD), site.zone);
        let mut past: Vec<Occurrence<'c>> = (site.calendar.events.iter())
            .filter(|event| event.repeat.is_none() && !event.is_open())
            .filter(|event| schedule::is_over(&event.when, site.day_start(), site.zone))
            .map(|event| Occurrence { event, when: event.when, planned: None })
            .collect();
        schedule::sort(&mut past, &Window::always(site.zone));
        past.reverse();
        Occurring { coming: expanded(site, &window), past, months: months(site) }
    }

    /// The occurrences that overlap the month beginning on `first`, in order; empty if it has no page.
    pub fn month(&self, first: NaiveDate) -> &[Occurrence<'c>] {
        self.months.get(&first).map_or(&[], |found| found)
    }
}

/// The occurrences in `window`. An open event lasts until the end of the as-of day.
fn expanded<'c>(site: &Site<'c>, window: &Window) -> Vec<Occurrence<'c>> {
    // No rule gives more than an occurrence a day, so that those of a year are never too many.
    let mut found = schedule::occurrences(site.calendar, window, |_| true).unwrap_or_default();
    for one in found.iter_mut().filter(|one| one.planned.is_none() && one.event.is_open()) {
        one.when = schedule::so_far(one.event, site.day_start(), site.zone);
    }
    found
}

fn months<'c>(site: &Site<'c>) -> HashMap<NaiveDate, Vec<Occurrence<'c>>> {
    let mut found = HashMap::new();
    let mut rest = &site.months[..];
    while let [first, ..] = rest {
        // Neighbours share an expansion; what lies between far ones is not expanded.
        let run = rest.windows(2).take(RUN - 1).take_while(|pair| next(pair[0]) == pair[1]).count() + 1;
        let (months, others) = rest.split_at(run);
        let all = expanded(site, &Window::days(*first, last(months[run - 1]), site.zone));
        for month in months {
            let window = Window::days(*month, last(*month), site.zone);
            let mut own: Vec<Occurrence<'c>> = all.iter().filter(|one| window.touches(&one.when)).copied().collect();
            schedule::sort(&mut own, &window);
            found.insert(*month, own);
        }
        rest = others;
    }
    found
}

/// The first day of the next month.
fn next(first: NaiveDate) -> NaiveDate {
    first.checked_add_months(Months::new(1)).unwrap_or(first)
}

/// The last day of the month that begins on `first`.
pub fn last(first: NaiveDate) -> NaiveDate {
    next(first).pred_opt().filter(|last| *last >= first).unwrap_or(first)
}

/// The month that holds `day`.
pub fn month_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

impl Site<'_> {
    /// Whether `page` lists what comes of an event, where it lists what comes.
    pub fn lists(&self, page: Page<'_>, event: &Event) -> bool {
        match page {
            Page::OfKind(kind) => *self.calendar.kind(event).name == *kind,
            Page::OfCountry(country) => parts::country(event) == Some(country),
            _ => true,
        }
    }

    /// A listing of occurrences for a page in the language of `tag`, as everybody may see it.
    pub fn listing<'l>(
        &'l self,
        tag: &'l str,
        occurrences: &[Occurrence<'l>],
        days: (NaiveDate, NaiveDate),
    ) -> Listing<'l> {
        let frame = ListingOptions {
            zones: &[self.zone],
            range: Some(days),
            language: tag,
            // The day number of an open event depends on the zone, as in the listings of the command line.
            now: self.now,
            tzdb: self.tzdb,
            audience: Audience::Public,
        };
        Listing::new(self.calendar, occurrences, &frame)
    }

    /// The months next to `first` in which something happens: the one before, and the one after.
    pub fn neighbours(&self, first: NaiveDate) -> [Option<NaiveDate>; 2] {
        let has = |month: &&NaiveDate| !self.occurring.month(**month).is_empty();
        let at = self.months.partition_point(|month| *month < first);
        let after = self.months[at..].iter().filter(|month| **month > first).find(has);
        [self.months[..at].iter().rev().find(has).copied(), after.copied()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Ends;
    use crate::lock::{History, Lock};
    use crate::view::sample::{calendar, days, event, instant};
    use crate::zone::Tzdb;

    fn with<T>(events: Vec<Event>, now: &str, look: impl FnOnce(&Site<'_>) -> T) -> T {
        let mut calendar = calendar(events);
        calendar.as_of = instant(now);
        let tzdb = Tzdb::bundled();
        let (lock, _) = Lock::default().updated_with(&calendar, calendar.as_of, &tzdb);
        let history = History::new(&lock, &calendar, calendar.as_of, &tzdb, |_| true);
        look(&Site::new(&calendar, &lock, &history, &tzdb, calendar.as_of))
    }

    fn ids(found: &[Occurrence<'_>]) -> Vec<String> {
        found.iter().map(|one| one.event.id.to_string()).collect()
    }

    fn first(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn each_month_has_what_touches_it_and_neighbours_are_those_with_something() {
        let strike = Event { ends: Ends::Open, ..event("open", days("2026-09-20", "2026-09-21")) };
        let events = vec![
            event("a", days("2026-08-30", "2026-09-02")),
            event("b", days("2026-12-01", "2026-12-02")),
            event("old", days("1998-05-01", "1998-05-02")),
            strike,
        ];
        with(events, "2026-11-20T12:00:00Z", |site| {
            let month = |text: &str| ids(site.occurring.month(first(text)));
            assert_eq!(month("2026-08-01"), ["a"]);
            assert_eq!(month("2026-09-01"), ["a", "open"]);
            assert_eq!(month("2026-11-01"), ["open"]);
            assert_eq!(month("2026-12-01"), ["b"]);
            assert_eq!(site.neighbours(first("2026-08-01")), ["1998-05-01", "2026-09-01"].map(|day| Some(first(day))));
            assert_eq!(site.neighbours(first("2026-12-01"))[1], None);
            assert_eq!(ids(&site.occurring.coming), ["open", "b"]);
            assert_eq!(ids(&site.occurring.past), ["a", "old"]);
        });
    }

    #[test]
    fn the_hour_changes_nothing_on_a_day() {
        let shown = |now: &str| {
            let open = Event {
                ends: Ends::Open,
                ..event("open", crate::view::sample::zoned("America/Los_Angeles", "2026-11-20T20:00:00Z"))
            };
            with(vec![open], now, |site| format!("{:?}", site.occurring))
        };
        assert_eq!(shown("2026-11-20T08:30:00Z"), shown("2026-11-21T07:30:00Z"));
    }
}
