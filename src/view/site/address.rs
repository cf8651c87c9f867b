//! Where each page is, and how one page links to another: relative links, so that a site works below any address.

use chrono::{Datelike, NaiveDate};

use super::Edition;
use crate::event::Country;

/// A page of the site.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Page<'a> {
    /// What this is, how to subscribe, what comes.
    Home,
    /// What comes.
    Agenda,
    /// What comes of one kind, by its name.
    OfKind(&'a str),
    /// What comes in one country.
    OfCountry(Country),
    /// The month that begins on a day.
    Month(NaiveDate),
    /// An event, by its id.
    Event(&'a str),
    /// The time of an event in every zone.
    When(&'a str),
    /// How to subscribe, program by program.
    Subscribe,
    /// The 404 page.
    Missing,
}

impl Page<'_> {
    /// Its file in the site.
    pub fn path(&self, edition: &Edition) -> String {
        let folder = &edition.folder;
        match self {
            Page::Home => format!("{folder}index.html"),
            Page::Agenda => format!("{folder}agenda/index.html"),
            Page::OfKind(kind) => format!("{folder}agenda/kind/{kind}/index.html"),
            Page::OfCountry(country) => format!("{folder}agenda/country/{}/index.html", country.code().to_lowercase()),
            Page::Month(first) => format!("{folder}{:04}/{:02}/index.html", first.year(), first.month()),
            Page::Event(id) => format!("{folder}events/{id}/index.html"),
            Page::When(id) => format!("{folder}when/{id}/index.html"),
            Page::Subscribe => format!("{folder}subscribe/index.html"),
            Page::Missing => format!("{folder}404.html"),
        }
    }
}

/// The calendar file of a single event.
pub fn event_file(id: &str) -> String {
    format!("events/{id}/{}.ics", id.replace('/', "-"))
}

/// The link from the file `from` to the file `to`, both by their paths in the site; `index.html` goes without saying.
pub fn href(from: &str, to: &str) -> String {
    let to = to.strip_suffix("index.html").unwrap_or(to);
    let here: Vec<&str> = from.split('/').collect();
    let there: Vec<&str> = to.split('/').collect();
    // The last part of either is the file, which is in the folder before it.
    let common = here[..here.len() - 1].iter().zip(&there[..there.len() - 1]).take_while(|(a, b)| a == b).count();
    let mut link = "../".repeat(here.len() - 1 - common);
    link.push_str(&there[common..].join("/"));
    if link.is_empty() { "./".to_owned() } else { link }
}

#[cfg(test)]
mod tests {
    use super::href;

    #[test]
    fn links_are_relative() {
        for (from, to, link) in [
            ("index.html", "index.html", "./"),
            ("index.html", "agenda/index.html", "agenda/"),
            ("agenda/index.html", "index.html", "../"),
            ("agenda/index.html", "agenda/index.html", "./"),
            ("events/a/index.html", "events/a/a.ics", "a.ics"),
            ("events/a/index.html", "events/b/index.html", "../b/"),
            ("events/day/athens/index.html", "events/day/index.html", "../"),
            ("events/day/index.html", "events/day/athens/index.html", "athens/"),
            ("es/2026/11/index.html", "static/site.css", "../../../static/site.css"),
            ("404.html", "feeds/all.ics", "feeds/all.ics"),
        ] {
            assert_eq!(href(from, to), link, "{from} -> {to}");
        }
    }
}
