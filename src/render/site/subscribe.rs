//! How to subscribe, feed by feed and program by program, for `subscribe.html`.
//!
//! Where the calendar does not know its address, addresses are relative, and the script completes them.

use serde::Serialize;

use super::Renderer;
use super::calendar_links::encoded;
use crate::calendar::Feed;
use crate::language::Word;
use crate::render::terminal::plain;
use crate::view::site::{Edition, Page, href};

/// `page` in `subscribe.html`.
#[derive(Serialize, Debug)]
pub(super) struct Context {
    feeds: Vec<Subscription>,
    /// Whether the addresses are whole.
    is_absolute: bool,
    programs: Vec<Program>,
    refresh: String,
}

/// A feed, by every way to it.
#[derive(Serialize, Debug)]
pub(super) struct Subscription {
    name: String,
    title: String,
    description: Option<String>,
    language: String,
    /// Link to the file.
    href: String,
    /// To be copied; relative where the calendar does not know better.
    address: String,
    webcal: Option<String>,
    google: Option<String>,
    outlook: Option<String>,
    atom: String,
    json: String,
}

#[derive(Serialize, Debug)]
struct Program {
    name: &'static str,
    text: &'static str,
}

/// Programs, and what to do in each.
const PROGRAMS: [(&str, Word); 9] = [
    ("iPhone, iPad", Word::SubscribeIphone),
    ("Mac", Word::SubscribeMac),
    ("Android", Word::SubscribeAndroid),
    ("Google Calendar", Word::SubscribeGoogle),
    ("Outlook", Word::SubscribeOutlook),
    ("Outlook (classic)", Word::SubscribeOutlookClassic),
    ("Thunderbird", Word::SubscribeThunderbird),
    ("Nextcloud", Word::SubscribeNextcloud),
    ("khal, calcurse, vdirsyncer", Word::SubscribeTerminal),
];

/// `page` for the page of subscribing.
pub(super) fn context(renderer: &Renderer<'_>, edition: &Edition) -> Context {
    let site = renderer.site;
    let settings = &site.calendar.settings;
    let path = Page::Subscribe.path(edition);
    let hours = settings.refresh.num_hours().max(1);
    Context {
        feeds: subscriptions(renderer, edition, &path),
        is_absolute: settings.url.is_some(),
        programs: PROGRAMS.map(|(name, word)| Program { name, text: edition.language.word(word) }).into(),
        refresh: edition.language.say(Word::SubscribeRefresh, &[("count", hours.into())]),
    }
}

/// The feeds as they are offered on the page at `path`: that which has everything, then those that somebody declared.
pub(super) fn subscriptions(renderer: &Renderer<'_>, edition: &Edition, path: &str) -> Vec<Subscription> {
    let site = renderer.site;
    let is_declared = |feed: &Feed| site.calendar.settings.feeds.iter().any(|declared| declared.name == feed.name);
    let mut feeds = site.offered_feeds();
    feeds.sort_by_key(|feed| (&*feed.name != "all", !is_declared(feed)));
    feeds.into_iter().map(|feed| subscription(renderer, feed, edition, path)).collect()
}

fn subscription(renderer: &Renderer<'_>, feed: &Feed, edition: &Edition, path: &str) -> Subscription {
    let file = |extension: &str| format!("feeds/{}.{extension}", feed.name);
    let link = href(path, &file("ics"));
    let absolute = renderer.site.absolute(&file("ics"));
    // `webcals` is understood by few.
    let webcal = absolute.as_deref().and_then(|url| Some(format!("webcal://{}", url.split_once("://")?.1)));
    let (title, language) = feed_title(renderer, feed, &edition.tag);
    let outlook = |url: &String| {
        format!("https://outlook.live.com/calendar/0/addfromweb?url={}&name={}", encoded(url), encoded(&title))
    };
    Subscription {
        name: feed.name.to_string(),
        description: feed.description.as_deref().map(plain),
        language,
        address: absolute.clone().unwrap_or_else(|| link.clone()),
        google: webcal
            .as_deref()
            .map(|url| format!("https://calendar.google.com/calendar/render?cid={}", encoded(url))),
        outlook: absolute.as_ref().map(outlook),
        webcal,
        atom: href(path, &file("atom")),
        json: href(path, &file("json")),
        href: link,
        title,
    }
}

/// What a feed is called on a page, and the language of that: the feed of a kind is called as its kind is there.
pub(super) fn feed_title(renderer: &Renderer<'_>, feed: &Feed, tag: &str) -> (String, String) {
    let settings = &renderer.site.calendar.settings;
    let is_declared = settings.feeds.iter().any(|declared| declared.name == feed.name);
    if let Some(kind) = settings.kinds.find(&feed.name).filter(|_| !is_declared) {
        return (plain(settings.kinds.get(kind).label_in(tag)), tag.to_owned());
    }
    let title = plain(feed.title.as_deref().unwrap_or(&settings.title));
    (title, feed.language.as_deref().unwrap_or(&settings.language).to_owned())
}
