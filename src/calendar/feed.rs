//! Feeds: the declared ones, and those that exist by themselves.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Months, NaiveDate, TimeDelta};

use super::{Calendar, Filter};
use crate::diagnostic::shorten;
use crate::error::{Error, Result};
use crate::event::{Audience, Event, Kind};

/// One feed: a choice of events under a name.
#[derive(Clone, PartialEq, Debug)]
pub struct Feed {
    /// `[a-z0-9][a-z0-9-]*`; the file is `<name>.ics`.
    pub name: Box<str>,
    /// For people; none means the calendar's title.
    pub title: Option<Box<str>>,
    /// A sentence or two; none means the calendar's.
    pub description: Option<Box<str>>,
    /// Which events.
    pub filter: Filter,
    /// What is chosen of that, in a custom feed.
    pub narrowed: Vec<Filter>,
    /// How far back events stay; none means for ever.
    pub past: Option<Reach>,
    /// How far ahead events are listed; none means for ever.
    pub future: Option<Reach>,
    /// What happens to cancelled events.
    pub cancelled: Cancelled,
    /// BCP 47 tag for labels; none means the calendar's.
    pub language: Option<Box<str>>,
    /// How repeats are written.
    pub series: Series,
    /// For whose eyes it is.
    pub audience: Audience,
}

/// How a feed writes repeats.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Series {
    /// As rules, where clients read them right.
    #[default]
    Rules,
    /// One event an occurrence, for clients that ignore changes of single ones.
    Expanded,
}

/// What a feed does with cancelled events.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Cancelled {
    /// STATUS:CANCELLED; some clients then hide them.
    #[default]
    Show,
    /// Confirmed, with a prefix that says it: seen everywhere.
    Announce,
    /// Left out.
    Drop,
}

/// A length of calendar time such as `90d` or `18mo`; months and years keep the day of the month where it exists.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Reach {
    /// Whole months.
    pub months: u32,
    /// Whole days, added after the months.
    pub days: u32,
}

impl Reach {
    /// Reads `90d`, `2w`, `18mo`, `1y`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let count: u32 = text[..digits].parse().ok().filter(|count| *count <= 400_000)?;
        match &text[digits..] {
            "d" => Some(Reach { months: 0, days: count }),
            "w" => Some(Reach { months: 0, days: count * 7 }),
            "mo" => Some(Reach { months: count, days: 0 }),
            "y" => Some(Reach { months: count * 12, days: 0 }),
            _ => None,
        }
    }

    /// The day that lies this far before `day`, or the earliest day there is.
    pub fn before(self, day: NaiveDate) -> NaiveDate {
        day.checked_sub_months(Months::new(self.months))
            .and_then(|day| day.checked_sub_signed(TimeDelta::days(self.days.into())))
            .unwrap_or(NaiveDate::MIN)
    }

    /// The day that lies this far after `day`, or the last day there is.
    pub fn after(self, day: NaiveDate) -> NaiveDate {
        day.checked_add_months(Months::new(self.months))
            .and_then(|day| day.checked_add_signed(TimeDelta::days(self.days.into())))
            .unwrap_or(NaiveDate::MAX)
    }
}

impl Feed {
    /// The feed that has all events of a kind.
    pub fn of_kind(kind: &Kind, language: &str) -> Self {
        let filter = Filter { kinds: vec![kind.name.to_string()], ..Filter::default() };
        Feed::of(&kind.name, Some(kind.label_in(language)), filter)
    }

    /// A feed of that name which takes what `filter` takes, without limits.
    pub fn of(name: &str, title: Option<&str>, filter: Filter) -> Self {
        Feed {
            name: name.into(),
            title: title.map(Into::into),
            description: None,
            filter,
            narrowed: Vec::new(),
            past: None,
            future: None,
            cancelled: Cancelled::default(),
            language: None,
            series: Series::default(),
            audience: Audience::default(),
        }
    }
}

impl Feed {
    /// The one of `feeds` that has that name, with `.ics` behind it or without.
    ///
    /// # Errors
    /// None of them has; the error names the nearest one.
    pub fn named(feeds: &[Feed], name: &str) -> Result<Feed> {
        let name = name.strip_suffix(".ics").unwrap_or(name);
        if let Some(feed) = feeds.iter().find(|feed| &*feed.name == name) {
            return Ok(feed.clone());
        }
        let names: Vec<&str> = feeds.iter().map(|feed| &*feed.name).collect();
        let near = crate::record::suggest::nearest(name, names.iter().copied());
        let all = names.join(", ");
        let help =
            near.map_or(format!("the feeds are {all}"), |near| format!("did you mean {near}? The feeds are {all}"));
        Err(Error::new(format!("no feed is called `{}`", shorten(name))).help(help))
    }
}

impl Calendar {
    /// All feeds: `all`, one for each kind in use and for each event that others are part of, and the declared ones,
    /// which replace those of their name; by name.
    pub fn feeds(&self) -> Vec<Feed> {
        let mut feeds = vec![Feed::of("all", None, Filter::default())];
        for (id, kind) in self.settings.kinds.iter() {
            if self.events.iter().any(|event| event.kind == id) {
                feeds.push(Feed::of_kind(kind, &self.settings.language));
            }
        }
        feeds.retain(|feed| self.settings.feeds.iter().all(|declared| declared.name != feed.name));
        feeds.extend(self.settings.feeds.iter().cloned());
        let names: BTreeSet<Box<str>> = feeds.iter().map(|feed| feed.name.clone()).collect();
        for (id, ids) in self.wholes() {
            if let Some(event) = self.event(id).filter(|event| !names.contains(&event.id)) {
                let filter = Filter { within: Some(ids), ..Filter::default() };
                feeds.push(Feed::of(id, Some(&event.title), filter));
            }
        }
        feeds.sort_by(|a, b| a.name.cmp(&b.name));
        feeds
    }

    /// Ids of the events that others are part of, directly or through others, each with those of all its parts and its
    /// own, sorted. What is itself a row of an action day has no feed of its own.
    fn wholes(&self) -> BTreeMap<&str, Box<[Box<str>]>> {
        let mut wholes: BTreeMap<&str, Vec<Box<str>>> = BTreeMap::new();
        for event in self.events.iter().filter(|event| event.part_of.is_some()) {
            let mut next = event.part_of.as_deref();
            // There is no circle, and nobody means a longer chain.
            for _ in 0..DEEPEST {
                let Some(parent) = next else { break };
                wholes.entry(parent).or_default().push(event.id.clone());
                next = self.event(parent).and_then(|parent| parent.part_of.as_deref());
            }
        }
        let whole = |(id, mut ids): (_, Vec<Box<str>>)| {
            ids.push(Box::from(id));
            ids.sort_unstable();
            (id, ids.into())
        };
        wholes.into_iter().filter(|(id, _)| !id.contains('/')).map(whole).collect()
    }

    /// The events that have no feed of their own because another has its name.
    pub(super) fn without_feed(&self) -> Vec<&Event> {
        if self.events.iter().all(|event| event.part_of.is_none()) {
            return Vec::new();
        }
        let is_taken = |id: &str| {
            let by_kind = |kind| self.events.iter().any(|event| event.kind == kind);
            id == "all"
                || self.settings.feeds.iter().any(|feed| &*feed.name == id)
                || self.settings.kinds.find(id).is_some_and(by_kind)
        };
        self.wholes().into_keys().filter(|id| is_taken(id)).filter_map(|id| self.event(id)).collect()
    }
}

/// Events in events are followed this deep.
const DEEPEST: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reach_counts_days_weeks_months_and_years() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 31).expect("a date");
        assert_eq!(Reach::parse("18mo").expect("months").before(day).to_string(), "2024-09-30");
        assert_eq!(Reach::parse("2w").expect("weeks").after(day).to_string(), "2026-04-14");
        assert_eq!(Reach::parse("1y"), Some(Reach { months: 12, days: 0 }));
        for wrong in ["", "d", "-3d", "3 d", "99999999999d", "3m"] {
            assert_eq!(Reach::parse(wrong), None, "{wrong}");
        }
    }
}
