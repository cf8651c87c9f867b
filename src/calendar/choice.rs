//! What somebody chooses in words: the filter options of the command line, and the query of an address.
//!
//! Words are judged here, so that both understand the same ones and name the same that may be meant.

use super::{Calendar, Feed, Filter};
use crate::diagnostic::shorten;
use crate::error::{Error, Result};
use crate::event::Status;
use crate::event::kind::Kinds;
use crate::language::countries;
use crate::record::suggest::nearest;
use crate::resolve::text;
use crate::zone::country;

/// Words that choose events. Those of one list are any-of, the lists are all-of; `!x` excludes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Choice {
    /// Names of kinds.
    pub kinds: Vec<String>,
    /// Tags, as anybody writes them.
    pub tags: Vec<String>,
    /// Country codes.
    pub countries: Vec<String>,
    /// Cities.
    pub cities: Vec<String>,
    /// Names of statuses.
    pub statuses: Vec<String>,
    /// BCP 47 tags.
    pub languages: Vec<String>,
    /// Only what can be joined from afar.
    pub online: bool,
    /// Only what has a place.
    pub in_person: bool,
    /// Only what a feed has.
    pub feed: Option<String>,
    /// The language to write in, whatever the events are in.
    pub written_in: Option<String>,
}

impl Choice {
    /// What is chosen of `whole`, or of the feed of `feeds` that is named, as a feed of its own. `mark` stands before the
    /// names of options in errors: `--` on the command line.
    ///
    /// # Errors
    /// A word that means nothing; the error names those that may be meant.
    pub fn narrow(&self, whole: Feed, calendar: &Calendar, feeds: &[Feed], mark: &str) -> Result<Feed> {
        let filter = self.filter(calendar, mark)?;
        let mut feed = self.feed.as_deref().map_or(Ok(whole), |name| Feed::named(feeds, name))?;
        feed.narrowed.extend(Some(filter).filter(|filter| *filter != Filter::default()));
        Ok(feed)
    }

    /// The language to write in: the one that is named for that, else the only one that is asked for.
    pub fn language(&self) -> Option<&str> {
        if self.written_in.is_some() {
            return self.written_in.as_deref();
        }
        match &*self.languages {
            [one] if !one.starts_with('!') => Some(one),
            _ => None,
        }
    }

    /// What is chosen, by its words; empty where that is everything.
    pub fn words(&self) -> String {
        let Choice { kinds, tags, countries, cities, statuses, languages, online, in_person, feed, written_in: _ } =
            self;
        let lists = [kinds, tags, countries, cities, statuses, languages].into_iter().flatten().map(String::as_str);
        let flags = [online.then_some("online"), in_person.then_some("in-person"), feed.as_deref()];
        lists.chain(flags.into_iter().flatten()).collect::<Vec<_>>().join(", ")
    }

    /// A feed in the one language that is asked for, if there is one.
    pub fn spoken(&self, feed: Feed) -> Feed {
        match self.language() {
            Some(tag) => Feed { language: Some(tag.into()), ..feed },
            None => feed,
        }
    }

    fn filter(&self, calendar: &Calendar, mark: &str) -> Result<Filter> {
        let kinds = &calendar.settings.kinds;
        for kind in self.kinds.iter().map(|kind| bare(kind)) {
            if kinds.meant(kind).is_none() {
                let names = || kinds.iter().map(|(_, kind)| &*kind.name);
                let near = nearest(kind, names());
                let all = names().collect::<Vec<_>>().join(", ");
                let help = near.map_or(format!("the kinds are {all}"), |near| format!("did you mean {near}?"));
                return Err(Error::new(format!("{mark}kind: no kind `{}`", shorten(kind))).help(help));
            }
        }
        for status in self.statuses.iter().map(|status| bare(status)) {
            if Status::from_name(status).is_none() {
                return Err(Error::new(format!("{mark}status: no status `{}`", shorten(status)))
                    .help("the statuses are tentative, confirmed, cancelled, postponed"));
            }
        }
        for code in self.countries.iter().map(|code| bare(code)) {
            let codes = countries::named(code);
            if codes.len() > 1 {
                return Err(Error::new(format!("{mark}country: several countries are called `{}`", shorten(code)))
                    .help(format!("give {}", countries::listed(&codes))));
            }
            if codes.is_empty() {
                let help = countries::suggest(code).map_or("expected a country, such as Greece or GR".into(), |code| {
                    format!("did you mean {} ({code})?", country::name(code).unwrap_or_default())
                });
                return Err(Error::new(format!("{mark}country: no country `{}`", shorten(code))).help(help));
            }
        }
        for tag in self.languages.iter().map(|tag| bare(tag)) {
            language(tag, mark)?;
        }
        Ok(Filter {
            kinds: self.kinds.iter().map(|kind| meant(kind, kinds)).collect(),
            tags: self.tags.iter().map(|tag| Filter::folded_tag(tag)).collect(),
            countries: self.countries.iter().map(|words| with_mark(words, countries::only(bare(words)))).collect(),
            cities: self.cities.iter().map(|city| Filter::folded_city(city)).collect(),
            statuses: self.statuses.clone(),
            languages: self.languages.clone(),
            online: self.online.then_some(true),
            in_person: self.in_person.then_some(true),
            within: None,
        })
    }
}

/// The name of the kind that a word of a filter means; `!` excludes it.
fn meant(word: &str, kinds: &Kinds) -> String {
    with_mark(word, kinds.meant(bare(word)).map(|id| &*kinds.get(id).name))
}

/// `word` by its usual name, with its exclamation mark.
fn with_mark(word: &str, name: Option<&str>) -> String {
    let mark = if word.starts_with('!') { "!" } else { "" };
    name.map_or_else(|| word.to_owned(), |name| format!("{mark}{name}"))
}

/// `tag` in its usual letter case.
///
/// # Errors
/// A tag that is none; the error names the one that may be meant.
pub fn language(tag: &str, mark: &str) -> Result<Box<str>> {
    text::checked_language(tag).ok_or_else(|| {
        let error = Error::new(format!("{mark}language: `{}` is not a language tag", shorten(tag)));
        error.help(match text::meant_language(tag) {
            Some(meant) => format!("did you mean {meant}?"),
            None => "expected a BCP 47 tag such as es or pt-BR".into(),
        })
    })
}

/// A value without the exclamation mark that excludes.
fn bare(value: &str) -> &str {
    value.strip_prefix('!').unwrap_or(value)
}
