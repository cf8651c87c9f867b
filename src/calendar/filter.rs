//! Which events: the `where` of a feed and the filter options of the listings.
//!
//! The values of one key are any-of, the keys are all-of, and a value with `!` before it excludes.

use crate::event::{Event, Kinds};
use crate::text;

/// A choice of events. The default takes all.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    /// Names of kinds.
    pub kinds: Vec<String>,
    /// Tags, as [`text::fold`] makes them of those in records.
    pub tags: Vec<String>,
    /// ISO 3166-1 alpha-2 codes; letter case does not count.
    pub countries: Vec<String>,
    /// Cities, as [`text::fold`] makes them.
    pub cities: Vec<String>,
    /// Names of statuses.
    pub statuses: Vec<String>,
    /// BCP 47 tags; `pt` takes `pt-BR` too, and what is translated to either.
    pub languages: Vec<String>,
    /// `Some(true)`: only what can be joined from afar. `Some(false)`: only what cannot.
    pub online: Option<bool>,
    /// `Some(true)`: only what has a place. `Some(false)`: only what has none.
    pub in_person: Option<bool>,
    /// Only the events of these ids, which are sorted, and what is part of them.
    pub within: Option<Box<[Box<str>]>>,
}

impl Filter {
    /// A tag for comparing with those of records, an exclamation mark kept before it.
    pub fn folded_tag(tag: &str) -> String {
        marked(tag, |tag| text::fold(&crate::resolve::text::folded_tag(tag)))
    }

    /// A city for comparing, an exclamation mark kept before it.
    pub fn folded_city(city: &str) -> String {
        marked(city, |city| text::fold(city.trim()))
    }

    /// Whether it takes `event`; `language` is the calendar's, for events that name none.
    pub fn matches(&self, event: &Event, kinds: &Kinds, language: &str) -> bool {
        if let Some(ids) = &self.within
            && ![Some(&event.id), event.part_of.as_ref()].into_iter().flatten().any(|id| ids.binary_search(id).is_ok())
        {
            return false;
        }
        let location = || event.location.as_deref();
        let country = || location().and_then(|location| location.country);
        let city = || location().and_then(|location| location.city.as_deref());
        let own_language = || event.language.as_deref().unwrap_or(language);
        any_of(&self.kinds, |value| *kinds.get(event.kind).name == *value)
            && any_of(&self.tags, |value| event.tags.iter().any(|tag| text::fold(tag) == *value))
            && any_of(&self.countries, |value| country().is_some_and(|one| one.code().eq_ignore_ascii_case(value)))
            && any_of(&self.cities, |value| city().is_some_and(|one| text::fold(one) == *value))
            && any_of(&self.statuses, |value| event.status.name() == value)
            && self.takes_language(event, own_language())
            && self.online.is_none_or(|wanted| event.online.is_some() == wanted)
            && self.in_person.is_none_or(|wanted| event.location.is_some() == wanted)
    }

    /// By the event's own language, or by one that it is translated to; what is excluded, by its own alone.
    fn takes_language(&self, event: &Event, own: &str) -> bool {
        any_of(&self.languages, |value| speaks(own, value))
            || (event.translations.is_some() && {
                let is_excluded = |value: &String| value.strip_prefix('!').is_some_and(|value| speaks(own, value));
                let wanted = |value: &String| !value.starts_with('!') && event.is_translated_to(value);
                self.languages.iter().any(wanted) && !self.languages.iter().any(is_excluded)
            })
    }
}

/// A value in another form, an exclamation mark kept before it.
fn marked(value: &str, form: impl Fn(&str) -> String) -> String {
    match value.strip_prefix('!') {
        Some(value) => format!("!{}", form(value)),
        None => form(value),
    }
}

/// Whether one of the values without `!` matches, if there are such, and none of those with it.
fn any_of(values: &[String], matches: impl Fn(&str) -> bool) -> bool {
    let mut wanted = values.iter().filter(|value| !value.starts_with('!')).peekable();
    let excluded = values.iter().filter_map(|value| value.strip_prefix('!')).any(&matches);
    !excluded && (wanted.peek().is_none() || wanted.any(|value| matches(value)))
}

/// Whether the tag `own` is `wanted` or a variety of it.
fn speaks(own: &str, wanted: &str) -> bool {
    let (own, wanted) = (own.to_ascii_lowercase(), wanted.to_ascii_lowercase());
    own.strip_prefix(&*wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_any_of_and_exclusions_win() {
        let of = |values: &[&str], own: &str| {
            let values: Vec<String> = values.iter().map(ToString::to_string).collect();
            any_of(&values, |value| value == own)
        };
        assert!(of(&[], "a"));
        assert!(of(&["a", "b"], "b"));
        assert!(!of(&["a"], "b"));
        assert!(of(&["!a"], "b"));
        assert!(!of(&["a", "!a"], "a"));
    }

    #[test]
    fn a_language_takes_its_varieties() {
        assert!(speaks("pt-BR", "pt"));
        assert!(speaks("PT", "pt"));
        assert!(!speaks("pt", "pt-BR"));
        assert!(!speaks("ptx", "pt"));
    }
}
