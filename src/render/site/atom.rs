//! A feed as Atom (RFC 4287), for feed readers: new and changed events.
//!
//! Its dates come from the lock and are those of changes, not of events: a reader shows the latest change first.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

use super::{Renderer, markdown_html};
use crate::calendar::Feed;
use crate::error::Result;
use crate::event::{Ends, Event};
use crate::language::Language;
use crate::lock::Digest;
use crate::render::card;
use crate::render::terminal::plain;
use crate::view::listing::{self, Times};
use crate::view::site::{Page, href};
use crate::view::words;

/// The most entries: the latest changes.
const MOST: usize = 100;

#[derive(Serialize)]
struct Document {
    language: String,
    id: String,
    title: String,
    subtitle: Option<String>,
    author: String,
    updated: String,
    /// Its own address.
    address: Option<String>,
    /// The page that it belongs to.
    home: String,
    entries: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    id: String,
    title: String,
    language: String,
    href: String,
    updated: String,
    published: Option<String>,
    category: (String, String),
    content: String,
}

impl Renderer<'_> {
    /// `feeds/<name>.atom`.
    ///
    /// # Errors
    /// None that a calendar could cause.
    pub fn atom(&self, feed: &Feed) -> Result<String> {
        let site = self.site;
        let settings = &site.calendar.settings;
        let tag = feed.language.as_deref().unwrap_or(&settings.language);
        let language = Language::of(tag);
        let edition =
            (site.editions.iter().find(|edition| edition.tag.eq_ignore_ascii_case(tag))).unwrap_or(&site.editions[0]);
        let path = format!("feeds/{}.atom", feed.name);
        let link = |page: Page<'_>| {
            let page = page.path(edition);
            site.absolute(&page).unwrap_or_else(|| href(&path, &page))
        };
        let mut events: Vec<(Option<DateTime<Utc>>, &Event)> =
            (site.entries(feed).into_iter()).map(|event| (site.revision(event).updated, event)).collect();
        events.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.uid.cmp(&b.1.uid)));
        let updated = events.first().and_then(|(updated, _)| *updated).max(site.history.updated(feed));
        events.truncate(MOST);
        let entries = events.into_iter().map(|(updated, event)| {
            let said = event.title_in(tag, &settings.language);
            let kind = site.calendar.kind(event);
            Entry {
                id: urn(&["entry", &event.uid]),
                title: format!(
                    "{}{}",
                    words::prefix(event.status, language).unwrap_or_default(),
                    plain(&event.told_apart(said.text))
                ),
                language: said.language.unwrap_or(&settings.language).to_owned(),
                href: link(Page::Event(&event.id)),
                updated: rfc3339(updated.unwrap_or_else(|| site.day_start())),
                published: site.revision(event).created.map(rfc3339),
                category: (kind.name.to_string(), plain(kind.label_in(tag))),
                content: self.content(event, tag),
            }
        });
        let document = Document {
            language: tag.to_owned(),
            id: urn(&["feed", &settings.domain, &feed.name]),
            title: plain(feed.title.as_deref().unwrap_or(&settings.title)),
            subtitle: feed.description.as_deref().or(settings.description.as_deref()).map(plain),
            author: plain(&settings.title),
            // A feed that was always empty has no change of its own, so use the latest change of the calendar.
            updated: rfc3339(updated.or_else(|| site.history.newest()).unwrap_or_default()),
            address: site.absolute(&path),
            home: link(Page::Home),
            entries: entries.collect(),
        };
        self.theme.plain("feed.xml", document)
    }

    /// When, where, and the text, as HTML.
    fn content(&self, event: &Event, tag: &str) -> String {
        let site = self.site;
        let language = Language::of(tag);
        let times = listing::times(&event.when, &[]);
        let when = match &times {
            // The day number would change daily without a change of the record.
            _ if event.ends == Ends::Open => card::since_words(&card::in_short(&times, language), None, language),
            Times::Days(days) => card::whole_days(*days, language),
            Times::Floating { start, end } => card::by_each_clock(*start, *end, language),
            Times::Clocks { own, zone, .. } => {
                let zone = zone.map(|zone| format!(" · {zone}")).unwrap_or_default();
                format!("{}{zone}", card::clocks(own, language))
            }
        };
        let mut lines = vec![when];
        lines.extend(crate::view::repeat::in_words(event, language));
        lines.extend(event.moved_from.as_ref().map(|from| words::moved_from(from, language)));
        let reason = event.reason_in(tag, &site.calendar.settings.language);
        lines.extend(reason.map(|said| said.text.to_owned()));
        lines.extend(
            event.location.as_deref().map(|place| words::location(place, language)).filter(|line| !line.is_empty()),
        );
        let lines: Vec<String> = lines.iter().map(|line| markdown_html::escaped(&plain(line))).collect();
        let mut html = format!("<p>{}</p>\n", lines.join("<br>\n"));
        if let Some(said) = event.description_in(tag, &site.calendar.settings.language) {
            html.push_str(&markdown_html::html(said.text, 2));
        }
        html
    }
}

fn rfc3339(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// A name that is the same for ever: a UUID of version 8 (RFC 9562 5.8) from a digest.
fn urn(parts: &[&str]) -> String {
    let parts: Vec<&[u8]> = parts.iter().map(|part| part.as_bytes()).collect();
    let mut bytes = Digest::of(&parts).bytes();
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = Digest::from_bytes(bytes).to_string();
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

#[cfg(test)]
mod tests {
    use super::urn;

    #[test]
    fn names_are_uuids_and_stay() {
        let name = urn(&["entry", "a@example.org"]);
        assert_eq!(name, urn(&["entry", "a@example.org"]));
        assert_ne!(name, urn(&["feed", "a@example.org"]));
        let uuid = name.strip_prefix("urn:uuid:").expect("a UUID");
        assert_eq!(uuid.split('-').map(str::len).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
        assert_eq!(&uuid[14..15], "8");
    }
}
