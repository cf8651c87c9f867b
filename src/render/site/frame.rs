//! The frame of every page: head, navigation, choice of language.

use chrono::NaiveTime;
use serde::Serialize;

use super::{CONTENT_SECURITY_POLICY, Renderer};
use crate::language::Language;
use crate::render::terminal::plain;
use crate::view::markdown_text::line;
use crate::view::site::{Edition, Page, href};

/// The length of the calendar's summary, in characters.
const SUMMARY: usize = 400;

/// The values that all pages of a language share, `frame` in templates.
#[derive(Serialize, Debug)]
pub struct Frame {
    /// BCP 47 tag of the page's words.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// The same for `Intl` of browsers, with the digits and the clock of the page's words.
    pub locale: String,
    /// Name of the calendar.
    pub calendar: String,
    /// BCP 47 tag of the calendar's own language, in which its name is.
    pub own_language: String,
    /// A sentence or two about the calendar.
    pub description: Option<String>,
    /// The absolute address of this page, where the calendar knows it.
    pub canonical: Option<String>,
    /// The absolute address of the site, with a final slash, where the calendar knows it.
    pub address: Option<String>,
    /// Link to the root of the site.
    pub root: String,
    /// Links to the main pages.
    pub home: String,
    /// See `home`.
    pub agenda: String,
    /// See `home`: the month of today.
    pub month: String,
    /// See `home`.
    pub subscribe: String,
    /// Link to the feed that has everything, and to its Atom form.
    pub feed: String,
    /// See `feed`.
    pub atom: String,
    /// Link to the picture that browsers show on a tab.
    pub icon: String,
    /// Link to the style sheet.
    pub style: String,
    /// Link to the colours of kinds.
    pub kinds: String,
    /// Link to the script.
    pub script: String,
    /// The link to the reload script of `serve`; `None` for a built site.
    pub live: Option<String>,
    /// The time zone of the calendar, which decides when days begin.
    pub zone: &'static str,
    /// What a browser may load.
    pub policy: &'static str,
    /// The same page in all languages of the site; empty where there is one.
    pub editions: Vec<Other>,
    /// The main page that this one is, or belongs to: `home`, `agenda`, `month`, `subscribe` or nothing.
    pub section: &'static str,
}

/// A page in one of the languages of the site.
#[derive(Serialize, Debug)]
pub struct Other {
    /// BCP 47 tag.
    pub language: String,
    /// What the language calls itself.
    pub name: String,
    /// Link to the page.
    pub href: String,
    /// Its absolute address, where the calendar knows it.
    pub canonical: Option<String>,
    /// Whether it is this very page.
    pub is_this: bool,
}

impl Frame {
    /// The frame of a page.
    pub fn new(renderer: &Renderer<'_>, edition: &Edition, page: Page<'_>) -> Self {
        let site = renderer.site;
        let settings = &site.calendar.settings;
        let path = page.path(edition);
        // The 404 page is shown at any path, so its links must be absolute.
        let place = site.place().filter(|_| matches!(page, Page::Missing));
        let link = |to: &str| match place {
            Some(place) => format!("{place}{}", to.strip_suffix("index.html").unwrap_or(to)),
            None => href(&path, to),
        };
        let to = |page: Page<'_>| link(&page.path(edition));
        let file = |name: &str| format!("{}?v={}", link(&format!("static/{name}")), renderer.theme.version(name));
        let month = site.months.iter().rev().find(|month| **month <= site.today).copied();
        let others = || {
            site.editions.iter().map(|other| Other {
                language: other.tag.to_string(),
                name: other.language.own_name().to_owned(),
                href: link(&page.path(other)),
                canonical: site.absolute(&page.path(other)),
                is_this: other == edition,
            })
        };
        Frame {
            language: edition.language.to_string(),
            direction: if edition.language.is_rtl() { "rtl" } else { "ltr" },
            locale: locale(edition.language),
            calendar: plain(&settings.title),
            own_language: settings.language.to_string(),
            description: settings.description.as_deref().map(|text| plain(&line(text, SUMMARY))),
            canonical: site.absolute(&path).filter(|_| !matches!(page, Page::Missing)),
            address: settings.url.as_deref().map(str::to_owned),
            root: link("index.html"),
            home: to(Page::Home),
            agenda: to(Page::Agenda),
            // The current month always has a page.
            month: to(Page::Month(month.unwrap_or(site.today))),
            subscribe: to(Page::Subscribe),
            feed: link("feeds/all.ics"),
            atom: link("feeds/all.atom"),
            icon: file("icon.svg"),
            style: file("site.css"),
            kinds: link(&format!("static/{}", super::KINDS_FILE)),
            script: file("site.js"),
            live: renderer.is_live.then(|| link("static/live.js")),
            zone: site.zone.name(),
            policy: CONTENT_SECURITY_POLICY,
            editions: if site.editions.len() > 1 { others().collect() } else { Vec::new() },
            section: match page {
                Page::Home => "home",
                Page::Agenda | Page::OfKind(_) | Page::OfCountry(_) => "agenda",
                Page::Month(_) => "month",
                Page::Subscribe => "subscribe",
                Page::Event(_) | Page::When(_) | Page::Missing => "",
            },
        }
    }
}

/// BCP 47 with extensions: no browser shall count in other digits or years, or by another clock, than the page does.
fn locale(language: Language) -> String {
    let own = if language == Language::ENGLISH { "en-GB".to_owned() } else { language.to_string() };
    let digits = match &*language.digits("1") {
        "١" => "arab",
        "۱" => "arabext",
        "१" => "deva",
        _ => "latn",
    };
    let afternoon = NaiveTime::from_hms_opt(13, 0, 0).unwrap_or_default();
    let clock = if language.time(afternoon).contains(&language.digits("13")) { "h23" } else { "h12" };
    format!("{own}-u-ca-gregory-hc-{clock}-nu-{digits}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_count_as_the_page_does() {
        for (tag, expected) in [
            ("en", "en-GB-u-ca-gregory-hc-h23-nu-latn"),
            ("en-US", "en-US-u-ca-gregory-hc-h12-nu-latn"),
            ("fa", "fa-u-ca-gregory-hc-h23-nu-arabext"),
            ("ko", "ko-u-ca-gregory-hc-h12-nu-latn"),
        ] {
            assert_eq!(locale(Language::of(tag)), expected);
        }
    }
}
