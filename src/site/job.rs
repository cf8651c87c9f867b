//! What there is to make: one job an artifact.

use std::num::NonZeroUsize;

use super::{Input, media_type};
use crate::calendar::{Feed, Filter};
use crate::error::{Error, Result};
use crate::event::Event;
use crate::render::ics;
use crate::render::site::{self as pages, Renderer};
use crate::view::feed::FeedView;
use crate::view::site::{Edition, Page, Site, event_file};

const HTML: &str = "text/html; charset=utf-8";
const CALENDAR: &str = "text/calendar; charset=utf-8";

/// Google Calendar ignores feeds above roughly this many bytes or events.
const GOOGLE_BYTES: u64 = 1_000_000;
const GOOGLE_EVENTS: usize = 1_000;
/// An event has at least this many bytes, so a small feed has few events.
const LEAST_BYTES: u64 = 100;

/// An artifact to make.
pub(super) struct Job<'s> {
    pub(super) path: String,
    pub(super) media_type: &'static str,
    pub(super) what: What<'s>,
}

/// What it is.
pub(super) enum What<'s> {
    Page(&'s Edition, Page<'s>),
    Feed(&'s Feed),
    Atom(&'s Feed),
    Json(&'s Feed),
    EventFile(&'s Event),
    Static(usize),
    Kinds,
    Sitemap(Vec<String>),
    Robots,
    Headers,
}

/// All jobs of the site, the largest first, so that no thread works alone at the end.
pub(super) fn all<'s>(site: &'s Site<'_>, input: &Input<'_>) -> Result<Vec<Job<'s>>> {
    let mut jobs = Vec::new();
    let mut add = |path: String, media_type, what| jobs.push(Job { path, media_type, what });
    for feed in site.feeds.iter().chain(&site.members) {
        // On every system a path of a feed is text: names and secrets are ASCII.
        let path = feed.path(input.secret)?.to_string_lossy().replace('\\', "/");
        let path = if path.contains('/') { path } else { format!("feeds/{path}") };
        add(path, CALENDAR, What::Feed(feed));
    }
    // Feeds for members exist as .ics only.
    for feed in &site.feeds {
        add(format!("feeds/{}.atom", feed.name), "application/atom+xml", What::Atom(feed));
        add(format!("feeds/{}.json", feed.name), "application/json", What::Json(feed));
    }
    let mut mapped = Vec::new();
    for edition in &site.editions {
        let mut page = |page: Page<'s>| {
            let path = page.path(edition);
            if page != Page::Missing {
                mapped.push(path.clone());
            }
            add(path, HTML, What::Page(edition, page));
        };
        page(Page::Home);
        page(Page::Agenda);
        page(Page::Subscribe);
        page(Page::Missing);
        site.kinds.iter().for_each(|kind| page(Page::OfKind(&site.calendar.settings.kinds.get(*kind).name)));
        site.countries.iter().for_each(|country| page(Page::OfCountry(*country)));
        site.months.iter().for_each(|month| page(Page::Month(*month)));
        for event in &site.calendar.events {
            page(Page::Event(&event.id));
            page(Page::When(&event.id));
        }
        // Links to deleted events have been shared.
        site.tombstone_pages().for_each(|tombstone| page(Page::Event(&tombstone.event.id)));
    }
    for event in site.calendar.events.iter().chain(site.tombstone_pages().map(|tombstone| &tombstone.event)) {
        add(event_file(&event.id), CALENDAR, What::EventFile(event));
    }
    for (index, file) in input.theme.statics().iter().enumerate() {
        add(format!("static/{}", file.path), media_type::of(&file.path, &file.bytes), What::Static(index));
    }
    if input.theme.statics().iter().all(|file| *file.path != *pages::KINDS_FILE) {
        add(format!("static/{}", pages::KINDS_FILE), "text/css; charset=utf-8", What::Kinds);
    }
    add("sitemap.xml".into(), "application/xml", What::Sitemap(mapped));
    add("robots.txt".into(), "text/plain; charset=utf-8", What::Robots);
    add("_headers".into(), "text/plain; charset=utf-8", What::Headers);
    Ok(jobs)
}

impl Job<'_> {
    pub(super) fn is_page(&self) -> bool {
        matches!(self.what, What::Page(..))
    }

    /// Whether everybody may read it.
    pub(super) fn is_public(&self) -> bool {
        !matches!(self.what, What::Feed(feed) if feed.audience == crate::event::Audience::Members)
    }

    pub(super) fn bytes(&self, renderer: &Renderer<'_>, input: &Input<'_>) -> Result<Vec<u8>> {
        let (calendar, history, now) = (input.calendar, Some(input.history), input.now);
        Ok(match &self.what {
            What::Page(edition, page) => renderer.page(edition, *page)?.into_bytes(),
            What::Feed(feed) => written(&FeedView::of(calendar, feed, now, history, |_| true))?,
            What::Atom(feed) => renderer.atom(feed)?.into_bytes(),
            What::Json(feed) => renderer.json(feed)?,
            What::EventFile(event) => {
                let feed = Feed::of(&event.id, Some(&event.title), Filter::default());
                written(&FeedView::of_event(calendar, &feed, now, history, event))?
            }
            What::Static(index) => input.theme.statics()[*index].bytes.clone(),
            What::Kinds => pages::kinds(&input.calendar.settings.kinds).into_bytes(),
            What::Sitemap(paths) => renderer.sitemap(paths)?.into_bytes(),
            What::Robots => pages::robots(renderer.site).into_bytes(),
            What::Headers => pages::headers().into_bytes(),
        })
    }

    /// What there is to say of its size.
    pub(super) fn warning(&self, site: &Site<'_>, length: u64) -> Option<String> {
        let What::Feed(feed) = &self.what else { return None };
        if length < GOOGLE_EVENTS as u64 * LEAST_BYTES {
            return None;
        }
        let settings = &site.calendar.settings;
        let takes = |event: &&Event| feed.takes_part_of(event, settings);
        let events = site.calendar.events.iter().filter(takes).count();
        (length > GOOGLE_BYTES || events > GOOGLE_EVENTS).then(|| {
            format!(
                "the feed `{}` has {events} events and {:.1} MB: Google drops what is beyond about 1,000 events or 1 MB; \
                 limit it by `past` and `future` in calendar.toml",
                feed.name,
                length as f64 / 1e6
            )
        })
    }
}

fn written(view: &FeedView<'_>) -> Result<Vec<u8>> {
    // About as much as it takes, so that a large feed is not moved again and again.
    let mut bytes = Vec::with_capacity(1024 * view.events.len());
    ics::write_with(view, NonZeroUsize::MIN, &mut bytes).map_err(|source| Error::output(&source))?;
    Ok(bytes)
}
