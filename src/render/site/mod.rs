//! Pages of the site, by templates that a calendar may override.
//!
//! Every template sees `frame`, which is the same for all pages of a language, and `page`, which is its own. Values are
//! escaped; the functions `word` and `say` give the words of the page's language.

pub mod theme;
mod budget;
mod frame;
mod guard;
mod files;
mod entry;
mod index;
mod agenda;
mod month;
mod kinds;
mod atom;
mod calendar_links;
mod json_ld;
mod event;
mod markdown_html;
mod subscribe;
mod when;

pub use files::{headers, robots};
pub use frame::Frame;
pub use kinds::{KINDS_FILE, kinds};
pub use theme::Theme;

use serde::Serialize;

use super::{Look, json};
use crate::calendar::Feed;
use crate::error::{Error, Result};
use crate::event::Event;
use crate::schedule::{self, TooMany};
use crate::view::site::{Edition, Page, Site};

/// What a browser may load, also as `<meta>`: the site's own style, script and pictures; nothing from anybody else, nothing inline.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
     connect-src 'self'; base-uri 'none'; form-action 'none'";

/// What a page is made with.
#[derive(Clone, Copy)]
pub struct Renderer<'s> {
    /// What all pages are made from.
    pub site: &'s Site<'s>,
    /// Templates, style and script.
    pub theme: &'s Theme,
    /// Whether pages reload when the server sends an event.
    pub is_live: bool,
}

#[derive(Serialize)]
struct Nothing {}

impl Renderer<'_> {
    /// The bytes of a page.
    ///
    /// # Errors
    /// A template of the calendar's own that cannot be used.
    pub fn page(&self, edition: &Edition, page: Page<'_>) -> Result<String> {
        let frame = Frame::new(self, edition, page);
        let desk = entry::Desk::new(self, edition, page);
        match page {
            Page::Home => self.theme.render("index.html", &frame, index::index(&desk)),
            Page::Agenda | Page::OfKind(_) | Page::OfCountry(_) => {
                self.theme.render("agenda.html", &frame, agenda::agenda(&desk, page))
            }
            Page::Month(first) => self.theme.render("month.html", &frame, month::month(&desk, first)),
            Page::Event(id) => {
                let decided = self.site.event_page(self.event(id)?);
                self.theme.render("event.html", &frame, event::context(&desk, &decided))
            }
            Page::When(id) => self.theme.render("when.html", &frame, when::context(self, edition, self.event(id)?)),
            Page::Subscribe => self.theme.render("subscribe.html", &frame, subscribe::context(self, edition)),
            Page::Missing => self.theme.render("404.html", &frame, Nothing {}),
        }
    }

    /// An event of the calendar, or a deleted one.
    fn event(&self, id: &str) -> Result<&Event> {
        let deleted = || self.site.tombstone(id).map(|tombstone| &tombstone.event);
        let event = self.site.calendar.event(id).or_else(deleted);
        event.ok_or_else(|| Error::new(format!("there is no event `{id}` to make a page of")))
    }

    /// `feeds/<name>.json`: the contract of `agenda --format json`.
    ///
    /// # Errors
    /// A series with too many occurrences.
    pub fn json(&self, feed: &Feed) -> Result<Vec<u8>> {
        let listing = self.site.listing_of(feed).map_err(|TooMany(event)| {
            Error::new(format!("`{}` has more than {} occurrences in half a year", event.id, schedule::MOST))
        })?;
        let mut bytes = Vec::new();
        json::write(&listing, &Look { width: 80, color: false }, &mut bytes)
            .map_err(|source| Error::output(&source))?;
        Ok(bytes)
    }

    /// `sitemap.xml`: the absolute URLs of pages. A calendar without `url` has none.
    pub fn sitemap(&self, paths: &[String]) -> Result<String> {
        let addresses: Vec<String> = paths.iter().filter_map(|path| self.site.absolute(path)).collect();
        self.theme.plain("sitemap.xml", addresses)
    }
}
