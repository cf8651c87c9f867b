//! `redletter search`: records by their text, at any date.

use super::agenda::{ListingArgs, Rows};
use super::{Exit, Global, World, open};
use crate::error::{Error, Result};
use crate::event::{Audience, Event, Online};
use crate::schedule::{self, Occurrence, Window};
use crate::text::fold;

/// Arguments of `search`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Words that must all occur in the event's title, text, place, tags or names
    #[arg(required = true)]
    words: Vec<String>,
    /// Only past events
    #[arg(long)]
    past: bool,
    #[command(flatten)]
    listing: ListingArgs,
}

/// Runs it.
pub fn run(args: &Args, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let opened = open::open(global, world)?;
    let zones = opened.zones(&args.listing.timezone, world)?;
    let words: Vec<String> = args.words.iter().flat_map(|word| word.split_whitespace()).map(fold).collect();
    if words.is_empty() {
        return Err(Error::new("no word to search for"));
    }
    let calendar = opened.listed(&args.listing.filter)?;
    let chosen = args.listing.filter.chosen(calendar)?;
    let audience = args.listing.filter.audience();
    let matches = |event: &Event| {
        let texts: Vec<String> = event.versions().map(|version| fold(&text(version, audience))).collect();
        words.iter().all(|word| texts.iter().any(|text| has_word(text, word)))
    };
    // A series stands there once, by its next occurrence.
    let mut found: Vec<_> = calendar
        .events
        .iter()
        .filter(|event| chosen.has_any(event) && matches(event))
        .filter_map(|event| {
            let current = schedule::current(event, zones[0], opened.now);
            let is_chosen = |one: &Occurrence<'_>| chosen.has(one);
            Some(current).filter(is_chosen).or_else(|| schedule::nearest(event, zones[0], opened.now, is_chosen))
        })
        .filter(|occurrence| !args.past || schedule::is_over(&occurrence.when, opened.now, zones[0]))
        .collect();
    schedule::sort(&mut found, &Window::always(zones[0]));
    args.listing.print(&opened, found, &zones, None, Rows::Series, global, world)
}

/// Whether a word of `text` begins with `word`; scripts without spaces between words are searched everywhere.
fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let inside = text[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
        !(inside && word.starts_with(|c: char| c.is_ascii_alphanumeric()))
    })
}

/// All that `audience` may see of an event in every language, one thing a line, so that no word spans two. What it may not see is not
/// searched either: that a guess is found would tell that it is right.
fn text(event: &Event, audience: Audience) -> String {
    let mut parts: Vec<&str> = vec![&event.id, &event.title];

    parts.extend([event.reason.as_deref(), event.description.as_deref()].into_iter().flatten());
    for translation in event.translations.iter().flat_map(|all| all.iter()) {
        parts.extend(
            [translation.title.as_deref(), translation.reason.as_deref(), translation.description.as_deref()]
                .into_iter()
                .flatten(),
        );
    }
    parts.extend(event.contact.as_deref());
    parts.extend(event.image.as_deref().and_then(|image| image.alt.as_deref()));
    parts.extend(event.sources.iter().map(|source| &**source));
    parts.extend(event.url.as_deref());
    parts.extend(event.tags.iter().map(|tag| &**tag));
    for organizer in &event.organizers {
        parts.push(&organizer.name);
        parts.extend([organizer.url.as_deref(), organizer.email.as_deref()].into_iter().flatten());
    }
    if let Some(location) = &event.location {
        let texts = [&location.name, &location.address, &location.city, &location.region, &location.notes];
        parts.extend(texts.into_iter().filter_map(|text| text.as_deref()));
        parts.extend(location.country.map(crate::event::Country::name));
    }
    if let Some(online) = event.online_for(audience) {
        let Online { url, platform, meeting_id, passcode, phone, registration, withheld: _ } = online;
        let texts = [platform, url, meeting_id, passcode, phone, registration];
        parts.extend(texts.into_iter().filter_map(|text| text.as_deref()));
    }
    parts.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_begin_where_words_begin() {
        assert!(has_word(&fold("Foro en Perú"), &fold("peru")));
        assert!(has_word("lima, peru", "lim"));
        assert!(!has_word("climate", "lima"));
        assert!(has_word("东京集会", "集会"));
    }
}
