//! Custom queries: feeds with any filter, and listings of any days.
//!
//! The parameters are the options of the command line. Responses are cached until the records change, and each is searched
//! for withheld values before it is sent.

mod cache;

use std::borrow::Cow;
use std::num::NonZeroUsize;
use std::sync::Arc;

use bytes::Bytes;
use chrono::{DateTime, DurationRound, TimeDelta, Utc};

pub(super) use cache::Answers;

use super::snapshot::Resource;
use super::state::{SiteContext, State};
use crate::calendar::{Calendar, Choice, Feed, Filter};
use crate::error::{Error, Result};
use crate::event::{Audience, Event};
use crate::language::{self, Language};
use crate::render::site::Renderer;
use crate::render::{self, Format, Look, ics};
use crate::schedule::dates::{self, Wanted};
use crate::schedule::{self, TooMany, Window};
use crate::text::fold;
use crate::view::chosen::Chosen;
use crate::view::feed::FeedView;
use crate::view::listing::{Listing, ListingOptions};
use crate::view::site::Site;
use crate::zone::Zone;

/// The most days of a listing: about three years.
const MOST_DAYS: i64 = 1_100;
/// The most occurrences of a listing.
const MOST_ROWS: usize = 10_000;
/// The most zones of a listing.
const MOST_ZONES: usize = 8;
/// The most parameters of a query.
const MOST_PAIRS: usize = 64;

/// A custom query.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Query {
    /// A feed in one of its formats.
    Feed(Choice, FeedForm),
    /// A listing.
    Agenda(Box<Agenda>),
}

/// The format of a feed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum FeedForm {
    /// iCalendar.
    Ics,
    /// Atom.
    Atom,
    /// JSON.
    Json,
}

/// The parameters of a listing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Agenda {
    choice: Choice,
    from: Option<String>,
    to: Option<String>,
    days: Option<u32>,
    past: bool,
    timezones: Vec<String>,
    limit: Option<usize>,
}

const FEED_KEYS: &str = "kind, tag, country, city, status, language, in, online, in-person, feed";
const AGENDA_KEYS: &str = "from, to, days, past, timezone, limit, kind, tag, country, city, status, language, in, \
     online, in-person, feed";

impl Query {
    /// Parses a query; `None` if `path` takes no custom query.
    pub(super) fn read(path: &str, query: &str) -> Option<Result<Query>> {
        match path {
            "feeds/custom.ics" | "feeds/custom.atom" | "feeds/custom.json" | "api/agenda.json"
                if pairs(query).nth(MOST_PAIRS).is_some() =>
            {
                Some(Err(Error::new(format!("a query has at most {MOST_PAIRS} words"))))
            }
            "feeds/custom.ics" => Some(feed(query, FeedForm::Ics)),
            "feeds/custom.atom" => Some(feed(query, FeedForm::Atom)),
            "feeds/custom.json" => Some(feed(query, FeedForm::Json)),
            "api/agenda.json" => Some(agenda(query)),
            _ => None,
        }
    }

    /// Whether it is a feed, which must be complete.
    pub(super) fn is_feed(&self) -> bool {
        matches!(self, Query::Feed(..))
    }

    /// The response, from the cache if possible.
    pub(super) fn answer(&self, path: &str, context: &SiteContext, state: &State) -> Result<Arc<Resource>, Failed> {
        let now = as_of(context, state);
        let key = (self.clone(), now);
        let withdrawn = state.withdrawn();
        if withdrawn.is_none()
            && let Some(resource) = state.made.get(&key)
        {
            return Ok(resource);
        }
        let (media_type, bytes) = match self {
            Query::Feed(choice, FeedForm::Ics) => ("text/calendar; charset=utf-8", feed_bytes(choice, state)?),
            Query::Feed(choice, form) => {
                let media_type = if *form == FeedForm::Atom { "application/atom+xml" } else { "application/json" };
                (media_type, other_bytes(choice, *form, context, state)?)
            }
            Query::Agenda(agenda) => ("application/json", agenda.bytes(context, state, now)?),
        };
        let newest = withdrawn.as_ref().map_or(&state.search, |withdrawn| &withdrawn.search);
        if let Err(leak) = state.search.prove(&bytes).and_then(|()| newest.prove(&bytes)) {
            return Err(Failed::Leaks(Error::new(format!("`{path}` would show {leak}, which is private"))));
        }
        // A feed changes only with the state.
        let changed = if self.is_feed() { state.dated } else { now.max(state.dated) };
        let resource = Arc::new(Resource::new(path, media_type, Bytes::from(bytes), None, changed));
        state.made.put(key, Arc::clone(&resource));
        Ok(resource)
    }
}

/// Checks the syntax of a custom query; a path that takes none is no error.
///
/// # Errors
/// A parameter that is unknown, repeated or has a value that cannot be read.
pub fn check_query(path: &str, query: &str) -> Result<()> {
    Query::read(path, query).map_or(Ok(()), |query| query.map(|_| ()))
}

/// Why a query fails.
pub(super) enum Failed {
    /// A parameter is wrong.
    Asked(Error),
    /// The response would contain a withheld value.
    Leaks(Error),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Failed::Asked(error)
    }
}

/// The as-of time of a listing: the last quarter of an hour, so that responses can be cached. Days begin at a quarter of an
/// hour in every zone. Never before the time of the state.
fn as_of(context: &SiteContext, state: &State) -> DateTime<Utc> {
    if context.fixed.is_some() {
        return state.now;
    }
    let now = context.now();
    now.duration_trunc(TimeDelta::minutes(15)).unwrap_or(now).max(state.now)
}

fn feed(query: &str, form: FeedForm) -> Result<Query> {
    let mut choice = Choice::default();
    for (key, value) in pairs(query) {
        if !choose(&mut choice, &key, &value)? {
            return Err(unknown(&key, FEED_KEYS));
        }
    }
    Ok(Query::Feed(choice, form))
}

fn agenda(query: &str) -> Result<Query> {
    let mut agenda = Agenda::default();
    for (key, value) in pairs(query) {
        match &*key {
            "from" => once(&mut agenda.from, &key, value)?,
            "to" => once(&mut agenda.to, &key, value)?,
            "days" => once(&mut agenda.days, &key, number(&key, &value)?)?,
            "limit" => once(&mut agenda.limit, &key, number(&key, &value)? as usize)?,
            "past" => agenda.past = is_set(&key, &value)?,
            "timezone" => agenda.timezones.push(value),
            _ if choose(&mut agenda.choice, &key, &value)? => {}
            _ => return Err(unknown(&key, AGENDA_KEYS)),
        }
    }
    let is_set = |given: &[bool]| given.iter().filter(|given| **given).count() > 1;
    if is_set(&[agenda.to.is_some(), agenda.days.is_some()])
        || agenda.past && (agenda.from.is_some() || agenda.to.is_some())
    {
        return Err(
            Error::new("these days are said in two ways").help("give from and to, from and days, or past and days")
        );
    }
    if agenda.timezones.len() > MOST_ZONES {
        return Err(Error::new(format!("a listing has at most {MOST_ZONES} zones")));
    }
    Ok(Query::Agenda(Box::new(agenda)))
}

/// The parameters of a query.
fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    url::form_urlencoded::parse(query.as_bytes()).map(|(key, value)| (key.into_owned(), value.trim().to_owned()))
}

/// Adds a parameter to the filter; `false` if it is not a filter.
fn choose(choice: &mut Choice, key: &str, value: &str) -> Result<bool> {
    let list = match key {
        "kind" => &mut choice.kinds,
        "tag" => &mut choice.tags,
        "country" => &mut choice.countries,
        "city" => &mut choice.cities,
        "status" => &mut choice.statuses,
        "language" => &mut choice.languages,
        "online" => {
            choice.online = is_set(key, value)?;
            return Ok(true);
        }
        "in-person" => {
            choice.in_person = is_set(key, value)?;
            return Ok(true);
        }
        "feed" => return once(&mut choice.feed, key, value.to_owned()).map(|()| true),
        "in" => return once(&mut choice.written_in, key, value.to_owned()).map(|()| true),
        _ => return Ok(false),
    };
    if value.is_empty() {
        return Err(Error::new(format!("{key}: there is no value")));
    }
    // The order of values has no meaning: sort them, so that all orders share one cached response.
    if let Err(at) = list.binary_search_by(|own| own.as_str().cmp(value)) {
        list.insert(at, value.to_owned());
    }
    Ok(true)
}

fn once<T>(slot: &mut Option<T>, key: &str, value: T) -> Result<()> {
    if slot.replace(value).is_some() { Err(Error::new(format!("{key} is given twice"))) } else { Ok(()) }
}

fn number(key: &str, value: &str) -> Result<u32> {
    value.parse().map_err(|_| Error::new(format!("{key}: `{}` is not a number", crate::diagnostic::shorten(value))))
}

fn is_set(key: &str, value: &str) -> Result<bool> {
    match value {
        "" | "true" | "1" | "yes" => Ok(true),
        "false" | "0" | "no" => Ok(false),
        other => Err(Error::new(format!("{key}: `{}` is neither true nor false", crate::diagnostic::shorten(other)))),
    }
}

fn unknown(key: &str, keys: &str) -> Error {
    let near = crate::record::suggest::nearest(key, keys.split(", "));
    let help = near.map_or(format!("the keys are {keys}"), |near| format!("did you mean {near}? The keys are {keys}"));
    Error::new(format!("no key is called `{}`", crate::diagnostic::shorten(key))).help(help)
}

/// The public feeds.
fn public_feeds(state: &State) -> Vec<Feed> {
    let mut feeds = state.lock.feeds(&state.calendar);
    feeds.retain(|feed| feed.audience == Audience::Public);
    feeds
}

/// The public feed with all events.
fn whole(feeds: &[Feed]) -> Feed {
    // The calendar may declare a feed of that name for another audience.
    feeds.iter().find(|feed| &*feed.name == "all").cloned().unwrap_or_else(|| Feed::of("all", None, Filter::default()))
}

fn spoken(choice: &Choice, feed: Feed) -> Result<Feed> {
    if let Some(tag) = choice.language() {
        crate::calendar::choice::language(tag, "")?;
    }
    Ok(choice.spoken(feed))
}

/// The feed that the filter selects from, named after the filter.
fn named(choice: &Choice, feeds: &[Feed], state: &State) -> Result<Feed> {
    let whole = spoken(choice, whole(feeds))?;
    let title = whole.title.clone();
    let feed = spoken(choice, choice.narrow(whole, &state.calendar, feeds, "")?)?;
    let words = shown(choice, state).words();
    if words.is_empty() {
        return Ok(feed);
    }
    let title = title.as_deref().unwrap_or(&state.calendar.settings.title);
    let title = format!("{title} · {}", crate::diagnostic::shorten(&words));
    Ok(Feed { title: Some(title.into()), ..feed })
}

/// A choice without the free words that no event has. Shown in the response, such a word would be searched for withheld
/// values with it, and the answer would confirm a guess.
fn shown(choice: &Choice, state: &State) -> Choice {
    let events = || state.calendar.events.iter();
    let is_tag = |word: &str| events().any(|event| event.tags.iter().any(|tag| fold(tag) == Filter::folded_tag(word)));
    let is_city = |word: &str| {
        let city = |event: &Event| event.location.as_deref().and_then(|place| place.city.as_deref()).map(fold);
        events().any(|event| city(event).is_some_and(|city| city == Filter::folded_city(word)))
    };
    let bare = |word: &str| word.strip_prefix('!').unwrap_or(word).to_owned();
    let mut shown = choice.clone();
    shown.tags.retain(|word| is_tag(&bare(word)));
    shown.cities.retain(|word| is_city(&bare(word)));
    shown
}

fn feed_bytes(choice: &Choice, state: &State) -> Result<Vec<u8>> {
    let feed = named(choice, &public_feeds(state), state)?;
    // Tombstones have few fields, and the filter applies to these.
    let settings = &state.calendar.settings;
    let takes = |event: &Event| state.calendar.event(&event.id).is_some() || feed.matches(event, settings);
    let mut view = FeedView::of(&state.calendar, &feed, state.now, Some(&state.history), takes);
    // Omit SOURCE: it would make clients load the whole feed.
    view.source = None;
    let mut bytes = Vec::new();
    ics::write_with(&view, NonZeroUsize::MIN, &mut bytes).map_err(|source| Error::output(&source))?;
    Ok(bytes)
}

/// The feed as Atom or JSON, rendered like that of a site with this feed only.
fn other_bytes(choice: &Choice, form: FeedForm, context: &SiteContext, state: &State) -> Result<Vec<u8>> {
    let whole = named(choice, &public_feeds(state), state)?;
    let Calendar { settings, events, as_of } = &state.calendar;
    let events = events.iter().filter(|event| whole.takes_part_of(event, settings)).cloned().collect();
    let calendar = Calendar { settings: settings.clone(), events, as_of: *as_of };
    let history = state.history.narrowed(&state.calendar, &calendar);
    let site = Site::new(&calendar, &state.lock, &history, &context.tzdb, state.now);
    let renderer = Renderer { site: &site, theme: &state.theme, is_live: false };
    let feed = Feed { name: "custom".into(), ..whole };
    if form == FeedForm::Atom { renderer.atom(&feed).map(String::into_bytes) } else { renderer.json(&feed) }
}

impl Agenda {
    fn bytes(&self, context: &SiteContext, state: &State, now: DateTime<Utc>) -> Result<Vec<u8>> {
        let calendar = &state.calendar;
        let feeds = public_feeds(state);
        let feed = self.choice.narrow(Feed::of("all", None, Filter::default()), calendar, &feeds, "")?;
        let chosen = match &self.choice.feed {
            Some(_) => Chosen::of(calendar, Cow::Owned(feed), state.now),
            None => Chosen::all(calendar, feed),
        };
        let mut zones = Vec::new();
        for words in &self.timezones {
            let zone = language::named_zone(words, calendar.settings.timezone, now, &context.tzdb)?.zone;
            if !zones.contains(&zone) {
                zones.push(zone);
            }
        }
        if zones.is_empty() {
            zones.push(calendar.settings.timezone.unwrap_or_else(Zone::utc));
        }
        let today = now.with_timezone(&zones[0]).date_naive();
        let Agenda { from, to, days, past, .. } = self;
        let wanted =
            Wanted { first: from.as_deref(), last: to.as_deref(), days: *days, past: *past, ..Wanted::default() };
        let (first, last) = dates::range(&wanted, today, Language::of(&calendar.settings.language))?;
        if (last - first).num_days() >= MOST_DAYS {
            return Err(Error::new(format!("a listing has at most {MOST_DAYS} days, and these are more"))
                .help("ask for fewer, one part after the other"));
        }
        let window = Window::days(first, last, zones[0]);
        let mut occurrences =
            schedule::occurrences(calendar, &window, |one| chosen.has(one)).map_err(|TooMany(event)| {
                Error::new(format!("`{}` has over {} occurrences in these days", event.id, schedule::MOST))
                    .help("ask for fewer days")
            })?;
        let all = occurrences.len();
        occurrences.truncate(self.limit.unwrap_or(usize::MAX));
        if occurrences.len() > MOST_ROWS {
            return Err(Error::new(format!("a listing has at most {MOST_ROWS} occurrences, and these are {all}"))
                .help("ask for fewer days, or give a limit"));
        }
        let language = match self.choice.language() {
            Some(tag) => crate::calendar::choice::language(tag, "")?,
            None => calendar.settings.language.clone(),
        };
        let frame = ListingOptions {
            zones: &zones,
            range: Some((first, last)),
            language: &language,
            now,
            tzdb: &context.tzdb,
            audience: Audience::Public,
        };
        let mut listing = Listing::new(calendar, &occurrences, &frame);
        listing.more = all - occurrences.len();
        let mut bytes = Vec::new();
        let format = Format::find("json").expect("it is one of the formats");
        let look = Look { width: 80, color: false };
        render::write(format, &listing, &look, &mut bytes).map_err(|source| Error::output(&source))?;
        Ok(bytes)
    }
}

/// The message and help of an error as text.
pub(super) fn sentence(error: &Error) -> String {
    let text = error.help_text().map_or_else(|| error.to_string(), |help| format!("{error}\n{help}"));
    text.lines().map(|line| crate::diagnostic::visible(line.chars())).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests;
