//! An occurrence in the lists of pages, and the navigation around lists: kinds, countries, months.

use chrono::Datelike;
use serde::Serialize;

use super::Renderer;
use super::kinds::class;
use crate::event::{Status, When};
use crate::language::{DateStyle, Language};
use crate::render::letters::Letters;
use crate::render::terminal::plain;
use crate::render::{hours, phrase};
use crate::view::listing::{Listing, Row, Times, first_day, last_day};
use crate::view::parts;
use crate::view::site::{Edition, Page, href};

/// What lists are made with, on a page at `path`.
pub(super) struct Desk<'p> {
    pub(super) renderer: &'p Renderer<'p>,
    pub(super) edition: &'p Edition,
    pub(super) path: String,
    letters: Letters,
}

/// An occurrence, as `row` in templates.
#[derive(Serialize, Debug)]
pub(super) struct Entry {
    /// Link to the event's page.
    pub(super) href: String,
    pub(super) title: String,
    /// The BCP 47 tag of the title if it differs from the page's.
    pub(super) language: Option<String>,
    pub(super) kind: Badge,
    /// CANCELLED and the like.
    pub(super) label: Option<&'static str>,
    /// Whether it does not take place.
    pub(super) is_off: bool,
    /// A date, or RFC 3339.
    pub(super) start: String,
    /// The end in the same form, where it is stated, and the hours are those of an instant.
    pub(super) end: Option<String>,
    /// Whether the hours are those of an instant that begins on this day: the script may say when that is for a reader.
    pub(super) is_instant: bool,
    /// Whether the hours are those of every place's own clock.
    pub(super) is_local: bool,
    pub(super) hours: String,
    pub(super) abbreviation: Option<String>,
    /// The first day if it differs from the heading's.
    pub(super) date: Option<String>,
    pub(super) place: Option<String>,
    /// Code of the country, in lower case, for the filter.
    pub(super) country: Option<String>,
    pub(super) remarks: Vec<String>,
    /// The hours by the calendar's clock, of an event at a place with another one.
    pub(super) home: Option<Home>,
    /// Whether it is joined from anywhere and has no place, so that the reader's own time comes first.
    pub(super) is_online: bool,
    /// Its first day, of an event whose days are counted.
    pub(super) since: Option<String>,
    /// Its last day; `None` if it is open.
    pub(super) last: Option<String>,
}

/// Hours by the calendar's clock.
#[derive(Serialize, Debug)]
pub(super) struct Home {
    /// RFC 3339.
    start: String,
    text: String,
}

/// A kind: its name for people, the class of its colours, its letter.
#[derive(Serialize, Debug, Clone)]
pub(super) struct Badge {
    pub(super) name: String,
    pub(super) class: String,
    pub(super) letter: String,
    pub(super) label: String,
}

/// A link that chooses what a list shows.
#[derive(Serialize, Debug)]
pub(super) struct Choice {
    /// What the filter knows it by.
    value: String,
    pub(super) label: String,
    pub(super) href: String,
    count: usize,
    /// The count, in the digits of the language.
    number: String,
    is_this: bool,
    badge: Option<Badge>,
}

/// A day of a list.
#[derive(Serialize, Debug)]
pub(super) struct Day {
    pub(super) date: String,
    /// The day in full.
    heading: String,
    /// Its parts: the number of the day, its weekday, the month with its year.
    number: String,
    weekday: String,
    month: String,
    /// Today, tomorrow.
    nearness: Option<&'static str>,
    /// Whether it has a day of action.
    is_red: bool,
    rows: Vec<Entry>,
}

/// A link with a name.
#[derive(Serialize, Debug)]
pub(super) struct Link {
    pub(super) name: String,
    pub(super) href: String,
    pub(super) is_this: bool,
}

/// The kind for which a day is printed in red.
pub(super) const RED: &str = "action-day";

impl<'p> Desk<'p> {
    pub(super) fn new(renderer: &'p Renderer<'p>, edition: &'p Edition, page: Page<'_>) -> Self {
        let kinds = renderer.site.kinds.iter().map(|kind| renderer.site.calendar.settings.kinds.get(*kind));
        let letters = Letters::of(kinds.map(|kind| (&*kind.name, kind.label_in(&edition.tag))), |_| true);
        Desk { renderer, edition, path: page.path(edition), letters }
    }

    pub(super) fn language(&self) -> Language {
        self.edition.language
    }

    /// The link to a page of the same language.
    pub(super) fn to(&self, page: Page<'_>) -> String {
        href(&self.path, &page.path(self.edition))
    }

    /// An occurrence under the day of its row.
    pub(super) fn entry(&self, listing: &Listing<'_>, row: &Row<'_>) -> Entry {
        let event = row.event;
        let said = plain(row.title.language.unwrap_or(listing.texts.1));
        let begins = first_day(&row.times);
        let is_instant = matches!(row.times, Times::Clocks { .. }) && begins == row.day;
        // Who goes there keeps to the clock of the place.
        let by_own = row.event.location.as_ref().and_then(|_| hours::by_own_clock(listing, row));
        let shown = by_own.as_ref().map_or(row, |by_own| &by_own.row);
        let (start, end) = hours::standard(shown, 0);
        let (start, end) = match event.when {
            When::AllDay(_) => (row.day.to_string(), None),
            _ if begins != row.day => (row.day.to_string(), None),
            _ => (start, end.filter(|_| is_instant && event.ends == crate::event::Ends::Stated)),
        };
        Entry {
            href: self.to(Page::Event(&event.id)),
            title: plain(&event.told_apart(row.title.text)),
            language: (!said.eq_ignore_ascii_case(&self.edition.tag)).then_some(said),
            kind: self.badge(&row.kind.name, row.label),
            label: phrase::label(event, row.language),
            is_off: matches!(event.status, Status::Cancelled | Status::Postponed),
            start,
            end,
            is_instant,
            is_local: matches!(row.times, Times::Floating { .. }),
            hours: hours::hours(shown, 0),
            abbreviation: match &by_own {
                Some(by_own) => by_own.name.clone(),
                None => hours::abbreviation(row, 0).map(str::to_owned),
            },
            date: None,
            place: phrase::place(row).as_deref().map(plain),
            country: parts::country(event).map(|country| country.code().to_lowercase()),
            remarks: phrase::remarks_without(listing, row, by_own.is_some()).iter().map(|one| plain(one)).collect(),
            home: by_own.as_ref().map(|_| Home {
                start: hours::standard(row, 0).0,
                text: format!("{} {}", hours::hours(row, 0), listing.zones[0].city()),
            }),
            is_online: event.location.is_none() && row.online.is_some(),
            since: row.ordinal.map(|_| begins.to_string()),
            last: (!event.is_open()).then(|| last_day(&row.times).to_string()),
        }
    }

    /// An occurrence with its date, for lists that have no headings.
    pub(super) fn dated(&self, listing: &Listing<'_>, row: &Row<'_>) -> Entry {
        let date = row.language.date(DateStyle::ShortYear, row.day);
        Entry { date: Some(date), ..self.entry(listing, row) }
    }

    pub(super) fn badge(&self, name: &str, label: &str) -> Badge {
        Badge {
            name: plain(name),
            class: class(name),
            letter: self.letters.find(name).to_string(),
            label: plain(label),
        }
    }

    /// Rows by their days.
    pub(super) fn days(&self, listing: &Listing<'_>, rows: &[&Row<'_>]) -> Vec<Day> {
        let mut days: Vec<Day> = Vec::new();
        for row in rows {
            let date = row.day.to_string();
            if days.last().is_none_or(|day| day.date != date) {
                days.push(Day {
                    date,
                    heading: row.language.date(DateStyle::Heading, row.day),
                    number: row.language.digits(&row.day.day().to_string()),
                    weekday: row.language.date(DateStyle::Weekday, row.day),
                    month: row.language.date(DateStyle::Month, row.day),
                    nearness: phrase::nearness(row.day, listing),
                    is_red: false,
                    rows: Vec::new(),
                });
            }
            // One was pushed, or the last one serves.
            let day = days.last_mut().expect("a day");
            day.is_red |= is_red(row);
            day.rows.push(self.entry(listing, row));
        }
        days
    }

    /// The kinds of the calendar as links to what comes of each, with how much that is.
    pub(super) fn kinds(&self, this: Option<&str>) -> Vec<Choice> {
        let site = self.renderer.site;
        let of = |kind: &crate::event::KindId| {
            let own = site.calendar.settings.kinds.get(*kind);
            let count = site.occurring.coming.iter().filter(|one| one.event.kind == *kind).count();
            let badge = self.badge(&own.name, own.label_in(&self.edition.tag));
            self.choice(
                &own.name,
                badge.label.clone(),
                Page::OfKind(&own.name),
                count,
                this == Some(&own.name),
                Some(badge),
            )
        };
        site.kinds.iter().map(of).collect()
    }

    /// The countries of the calendar in the same way, by their names in the page's language.
    pub(super) fn countries(&self, this: Option<crate::event::Country>) -> Vec<Choice> {
        let site = self.renderer.site;
        let mut choices: Vec<Choice> = (site.countries.iter())
            .map(|country| {
                let comes = |one: &&crate::schedule::Occurrence<'_>| parts::country(one.event) == Some(*country);
                let count = site.occurring.coming.iter().filter(comes).count();
                let name = self.language().country(country.code()).unwrap_or_else(|| country.name().to_owned());
                let code = country.code().to_lowercase();
                self.choice(&code, name, Page::OfCountry(*country), count, this == Some(*country), None)
            })
            .collect();
        choices.sort_by_cached_key(|choice| crate::text::fold(&choice.label));
        choices
    }

    fn choice(
        &self,
        value: &str,
        label: String,
        page: Page<'_>,
        count: usize,
        is_this: bool,
        badge: Option<Badge>,
    ) -> Choice {
        let number = self.language().digits(&count.to_string());
        Choice { value: plain(value), label, href: self.to(page), count, number, is_this, badge }
    }

    /// A link to a month.
    pub(super) fn month(&self, first: chrono::NaiveDate, is_this: bool) -> Link {
        let name = self.language().date(DateStyle::Month, first);
        Link { name, href: self.to(Page::Month(first)), is_this }
    }
}

/// Whether it makes its day one that is printed in red.
pub(super) fn is_red(row: &Row<'_>) -> bool {
    &*row.kind.name == RED && row.event.status.takes_place()
}
