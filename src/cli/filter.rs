//! The options that choose events, once for all verbs that have them.

use crate::calendar::{Calendar, Cancelled, Feed, Filter};
use crate::diagnostic::shorten;
use crate::error::{Error, Result};
use crate::event::{Audience, Country, Event, Status};
use crate::zone::country;

/// Which events. Repeatable options are any-of, different ones all-of; `!x` excludes.
#[derive(clap::Args, Debug, Clone, Default)]
#[command(next_help_heading = "Which events (repeatable; `!x` excludes)")]
pub(super) struct FilterArgs {
    /// Of a kind, such as forum
    #[arg(long, value_name = "KIND")]
    kind: Vec<String>,
    /// With a tag
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// In a country, such as GR
    #[arg(long, value_name = "CODE")]
    country: Vec<String>,
    /// In a city
    #[arg(long, value_name = "CITY")]
    city: Vec<String>,
    /// With a status: tentative, confirmed, cancelled, postponed
    #[arg(long, value_name = "STATUS")]
    status: Vec<String>,
    /// Language to write in, whatever the events are in, such as es or pt-BR [default: the calendar's]
    #[arg(long = "in", value_name = "TAG", help_heading = "Listing")]
    written_in: Option<String>,
    /// With text in a language, such as es; one alone is also the language that is written
    #[arg(long, value_name = "TAG")]
    language: Vec<String>,
    /// Only what can be joined from afar
    #[arg(long)]
    online: bool,
    /// Only what has a place
    #[arg(long)]
    in_person: bool,
    /// Only what a feed has
    #[arg(long, value_name = "NAME")]
    feed: Option<String>,
    /// With what is for members only: withheld links, numbers and passcodes
    #[arg(long)]
    members: bool,
}

impl FilterArgs {
    /// For whose eyes the output is.
    pub(super) fn audience(&self) -> Audience {
        if self.members { Audience::Members } else { Audience::Public }
    }

    /// Whether an event is chosen: by the options, and by the feed.
    pub(super) fn takes<'c>(&self, calendar: &'c Calendar) -> Result<impl Fn(&Event) -> bool + 'c> {
        let filters = self.filters(calendar)?;
        let settings = &calendar.settings;
        Ok(move |event: &Event| filters.iter().all(|filter| filter.takes(event, &settings.kinds, &settings.language)))
    }

    /// The language to write in: that of `--in`, else the one that is asked for.
    pub(super) fn language(&self) -> Option<&str> {
        if self.written_in.is_some() {
            return self.written_in.as_deref();
        }
        match &*self.language {
            [one] if !one.starts_with('!') => Some(one),
            _ => None,
        }
    }

    /// A feed in the one language that is asked for, if there is one.
    pub(super) fn spoken(&self, feed: Feed) -> Feed {
        match self.language() {
            Some(tag) => Feed { language: Some(tag.into()), ..feed },
            None => feed,
        }
    }

    fn filters(&self, calendar: &Calendar) -> Result<Vec<Filter>> {
        let mut filters = vec![self.options(calendar)?];
        if let Some(name) = &self.feed {
            let feed = super::feed::named(calendar, name)?;
            filters.push(feed.filter);
            if feed.cancelled == Cancelled::Drop {
                let not_cancelled = format!("!{}", Status::Cancelled.name());
                filters.push(Filter { statuses: vec![not_cancelled], ..Filter::default() });
            }
        }
        Ok(filters)
    }

    fn options(&self, calendar: &Calendar) -> Result<Filter> {
        let kinds = &calendar.settings.kinds;
        for kind in self.kind.iter().map(|kind| bare(kind)) {
            if kinds.find(kind).is_none() {
                let names = || kinds.iter().map(|(_, kind)| &*kind.name);
                let near = crate::record::suggest::nearest(kind, names());
                let all = names().collect::<Vec<_>>().join(", ");
                let help = near.map_or(format!("the kinds are {all}"), |near| format!("did you mean {near}?"));
                return Err(Error::new(format!("--kind: no kind `{}`", shorten(kind))).help(help));
            }
        }
        for status in self.status.iter().map(|status| bare(status)) {
            if Status::from_name(status).is_none() {
                return Err(Error::new(format!("--status: no status `{}`", shorten(status)))
                    .help("the statuses are tentative, confirmed, cancelled, postponed"));
            }
        }
        for code in self.country.iter().map(|code| bare(code)) {
            if Country::from_code(&code.to_uppercase()).is_none() {
                let help = country::suggest(code)
                    .map_or("expected two letters of ISO 3166-1, such as GR".into(), |code| {
                        format!("did you mean {code}?")
                    });
                return Err(Error::new(format!("--country: no country `{}`", shorten(code))).help(help));
            }
        }
        for tag in self.language.iter().map(|tag| bare(tag)) {
            super::language::checked(tag)?;
        }
        Ok(Filter {
            kinds: self.kind.clone(),
            tags: self.tag.iter().map(|tag| Filter::folded(tag)).collect(),
            countries: self.country.clone(),
            cities: self.city.clone(),
            statuses: self.status.clone(),
            languages: self.language.clone(),
            online: self.online.then_some(true),
            in_person: self.in_person.then_some(true),
            within: None,
        })
    }
}

/// A value without the exclamation mark that excludes.
fn bare(value: &str) -> &str {
    value.strip_prefix('!').unwrap_or(value)
}
