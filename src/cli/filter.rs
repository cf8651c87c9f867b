//! The options that choose events, once for all verbs that have them.

use std::borrow::Cow;

use crate::calendar::{Calendar, Choice, Feed, Filter};
use crate::error::Result;
use crate::event::Audience;
use crate::view::chosen::Chosen;

/// Which events. Repeatable options are any-of, different ones all-of; `!x` excludes.
#[derive(clap::Args, Debug, Clone, Default)]
#[command(next_help_heading = "Which events (repeatable; `!x` excludes)")]
pub(super) struct FilterArgs {
    /// Only events of this kind, such as forum
    #[arg(long, value_name = "KIND")]
    kind: Vec<String>,
    /// Only events with this tag
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// Only events in this country, such as GR
    #[arg(long, value_name = "CODE")]
    country: Vec<String>,
    /// Only events in this city
    #[arg(long, value_name = "CITY")]
    city: Vec<String>,
    /// Only events with this status: tentative, confirmed, cancelled, postponed
    #[arg(long, value_name = "STATUS")]
    status: Vec<String>,
    /// Language of the output, such as es or pt-BR; does not filter events [default: the calendar's]
    #[arg(long = "in", value_name = "TAG", help_heading = "Listing")]
    written_in: Option<String>,
    /// Only events with text in this language, such as es; a single one also sets the language of the output
    #[arg(long, value_name = "TAG")]
    language: Vec<String>,
    /// Only online events
    #[arg(long)]
    online: bool,
    /// Only events at a place
    #[arg(long)]
    in_person: bool,
    /// Only events in this feed
    #[arg(long, value_name = "NAME")]
    feed: Option<String>,
    /// Include what only members may see: links, phone numbers and passcodes
    #[arg(long)]
    members: bool,
}

impl FilterArgs {
    /// For whose eyes the output is.
    pub(super) fn audience(&self) -> Audience {
        if self.members { Audience::Members } else { Audience::Public }
    }

    /// What is chosen: by the options, and by the feed.
    pub(super) fn chosen<'c>(&self, calendar: &'c Calendar) -> Result<Chosen<'c>> {
        // What is listed without a feed is everything, also what was cancelled long ago.
        let Some(name) = &self.feed else {
            return Ok(Chosen::all(calendar, self.narrowed(Feed::of("all", None, Filter::default()), calendar)?));
        };
        let feed = self.narrowed(Feed::named(&calendar.feeds(), name)?, calendar)?;
        Ok(Chosen::of(calendar, Cow::Owned(feed), calendar.as_of))
    }

    /// What the options choose of a feed, whichever they name.
    pub(super) fn narrowed(&self, feed: Feed, calendar: &Calendar) -> Result<Feed> {
        Choice { feed: None, ..self.choice() }.narrow(feed, calendar, &[], "--")
    }

    /// The feed that they name.
    pub(super) fn feed(&self) -> Option<&str> {
        self.feed.as_deref()
    }

    /// The language to write in: that of `--in`, else the one that is asked for.
    pub(super) fn language(&self) -> Option<String> {
        self.choice().language().map(str::to_owned)
    }

    /// A feed in the one language that is asked for, if there is one.
    pub(super) fn spoken(&self, feed: Feed) -> Feed {
        self.choice().spoken(feed)
    }

    fn choice(&self) -> Choice {
        Choice {
            kinds: self.kind.clone(),
            tags: self.tag.clone(),
            countries: self.country.clone(),
            cities: self.city.clone(),
            statuses: self.status.clone(),
            languages: self.language.clone(),
            online: self.online,
            in_person: self.in_person,
            feed: self.feed.clone(),
            written_in: self.written_in.clone(),
        }
    }
}
