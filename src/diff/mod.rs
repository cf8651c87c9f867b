//! What subscribers see change between two states of a calendar: by UID, and of a series by occurrence.
//!
//! Both states are compared as feeds, whatever they come from: a subscriber sees what the feed says, and not how its record
//! is written. The lock's own digest of changes (`view::digest`) knows one state and a hash of the other, so that it cannot
//! say what a place or a title was before.
//!
//! Single events are compared at any date; an endless series up to two years from the as-of time, or from its start if that
//! is later.

mod dates;
mod occurrences;
pub mod published;
pub mod read;

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

pub use dates::{Dates, Pattern};
pub use published::{Planned, Published, Series, Vevent};
pub use read::read;

use crate::event::{Status, When};

/// The sort of a change, the most urgent first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// A feed that is not there any more.
    FeedGone,
    /// The same event under another UID: subscribers see it twice, or lose their reminders.
    UidLost,
    /// It does not take place.
    Cancelled,
    /// It vanishes from the feed, or the records.
    Removed,
    /// At another time.
    Moved,
    /// It ends at another time.
    Ends,
    /// At another place.
    Place,
    /// It takes place after all.
    Restored,
    /// It was certain, and is not.
    Tentative,
    /// It was not certain, and is.
    Confirmed,
    /// It was not there.
    Added,
    /// Another title.
    Renamed,
    /// Another rule, with the same dates for the time being.
    Repeat,
    /// Description, link or categories.
    Text,
}

impl Kind {
    /// All, in the order of output.
    pub const ALL: [Kind; 14] = [
        Kind::FeedGone,
        Kind::UidLost,
        Kind::Cancelled,
        Kind::Removed,
        Kind::Moved,
        Kind::Ends,
        Kind::Place,
        Kind::Restored,
        Kind::Tentative,
        Kind::Confirmed,
        Kind::Added,
        Kind::Renamed,
        Kind::Repeat,
        Kind::Text,
    ];

    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Kind::FeedGone => "feed-gone",
            Kind::UidLost => "uid-lost",
            Kind::Cancelled => "cancelled",
            Kind::Removed => "removed",
            Kind::Moved => "moved",
            Kind::Ends => "ends",
            Kind::Place => "place",
            Kind::Restored => "restored",
            Kind::Tentative => "tentative",
            Kind::Confirmed => "confirmed",
            Kind::Added => "added",
            Kind::Renamed => "renamed",
            Kind::Repeat => "repeat",
            Kind::Text => "text",
        }
    }
}

/// A change that subscribers see.
#[derive(Clone, PartialEq, Debug)]
pub struct Change {
    /// Its sort.
    pub kind: Kind,
    /// The UID; of a lost one, the old one. Empty for a feed.
    pub uid: String,
    /// The title as it is now; the name of a feed.
    pub title: String,
    /// The occurrences, in order; those of a single event are one. Empty for a feed.
    pub occurrences: Vec<Pair>,
    /// Of which series, if of one: whether all of its occurrences, and whether it is endless.
    pub series: Option<Extent>,
    /// What it was, and what it is.
    pub detail: Detail,
}

/// An occurrence before and after.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Pair {
    /// None if it was added.
    pub old: Option<When>,
    /// None if it was removed.
    pub new: Option<When>,
}

impl Pair {
    /// The time that subscribers know.
    pub fn known(&self) -> Option<&When> {
        self.old.as_ref().or(self.new.as_ref())
    }
}

/// How much of a series changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Extent {
    /// All its occurrences.
    pub is_whole: bool,
    /// There is no last one.
    pub is_endless: bool,
}

/// What differs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Detail {
    /// The occurrences say it.
    None,
    /// One text became another.
    Words {
        /// Before.
        from: String,
        /// After.
        to: String,
    },
    /// Lines of a text.
    Lines {
        /// The property: `description`, `link`, `categories`.
        name: &'static str,
        /// Lines that are gone.
        gone: Vec<String>,
        /// Lines that came.
        come: Vec<String>,
    },
    /// The UID that an event has now.
    Uid(String),
    /// A removed event stays in feeds as a cancelled one.
    ShownAsCancelled,
}

/// How far an endless series is compared.
const AHEAD: TimeDelta = TimeDelta::days(731);

/// All changes from `old` to `new`, by kind, then by date.
pub fn compare(old: &Published, new: &Published, now: DateTime<Utc>) -> Vec<Change> {
    let mut changes = Vec::new();
    if let (Some(before), Some(after)) = (&old.feeds, &new.feeds) {
        changes.extend(before.difference(after).map(|name| Change {
            kind: Kind::FeedGone,
            uid: String::new(),
            title: name.clone(),
            occurrences: Vec::new(),
            series: None,
            detail: Detail::None,
        }));
    }
    let (mut removed, mut added) = (Vec::new(), Vec::new());
    let mut both = Vec::new();
    for series in &old.series {
        match find(&new.series, &series.uid) {
            Some(other) if !other.is_deleted => both.push((series, other)),
            other => removed.push((series, other)),
        }
    }
    added.extend(new.series.iter().filter(|series| !series.is_deleted && find(&old.series, &series.uid).is_none()));
    // What the feed already announced as cancelled is no news.
    removed.retain(|(series, shown)| shown.is_none() || series.first.status != Status::Cancelled || series.repeats());
    lost(&mut removed, &mut added, &both, &mut changes);
    for (series, shown) in removed {
        let detail = if shown.is_some() { Detail::ShownAsCancelled } else { Detail::None };
        changes.push(whole(Kind::Removed, series, detail, now));
    }
    changes.extend(added.into_iter().map(|series| whole(Kind::Added, series, Detail::None, now)));
    for (before, after) in both {
        if before != after {
            occurrences::compare(before, after, now, &mut changes);
        }
    }
    changes.sort_by_cached_key(|change| {
        let first = change.occurrences.first().and_then(Pair::known).map(start);
        (change.kind, first, change.title.clone(), change.uid.clone())
    });
    changes
}

fn find<'s>(all: &'s [Series], uid: &str) -> Option<&'s Series> {
    all.binary_search_by(|one| (*one.uid).cmp(uid)).ok().map(|at| &all[at])
}

/// What orders times of all sorts.
fn start(when: &When) -> NaiveDateTime {
    when.start_instant().map_or_else(|| when.wall(), |at| at.naive_utc())
}

/// Up to where a series that begins at `when` is compared.
fn horizon(when: &When, now: DateTime<Utc>) -> NaiveDateTime {
    let from = now.naive_utc().max(when.wall());
    from.checked_add_signed(AHEAD).unwrap_or(NaiveDateTime::MAX)
}

/// A whole series that came or went.
fn whole(kind: Kind, series: &Series, detail: Detail, now: DateTime<Utc>) -> Change {
    let found = series.occurrences(horizon(&series.first.when, now));
    let pair = |when: When| match kind {
        Kind::Added => Pair { old: None, new: Some(when) },
        _ => Pair { old: Some(when), new: None },
    };
    let mut occurrences: Vec<Pair> = found.iter().map(|one| pair(one.when)).collect();
    if occurrences.is_empty() {
        occurrences.push(pair(series.first.when));
    }
    Change {
        kind,
        uid: series.uid.clone(),
        title: series.first.title.clone(),
        series: series.repeats().then(|| Extent { is_whole: true, is_endless: series.is_endless() }),
        occurrences,
        detail,
    }
}

/// Takes out the events that got another UID: one with the same title and time went, or was cancelled, as this one came.
fn lost<'s>(
    removed: &mut Vec<(&'s Series, Option<&'s Series>)>,
    added: &mut Vec<&'s Series>,
    both: &[(&'s Series, &'s Series)],
    changes: &mut Vec<Change>,
) {
    let key = |series: &Series| (series.first.title.trim().to_lowercase(), start(&series.first.when));
    let cancelled = both
        .iter()
        .filter(|(before, after)| before.first.status != Status::Cancelled && after.first.status == Status::Cancelled);
    let mut gone: HashMap<(String, NaiveDateTime), Vec<&'s Series>> = HashMap::new();
    for series in removed.iter().map(|(series, _)| *series).chain(cancelled.map(|(before, _)| *before)) {
        gone.entry(key(series)).or_default().push(series);
    }
    let mut taken: HashSet<&str> = HashSet::new();
    added.retain(|series| {
        let Some(old) = gone.get_mut(&key(series)).and_then(Vec::pop) else { return true };
        taken.insert(&old.uid);
        changes.push(Change {
            kind: Kind::UidLost,
            uid: old.uid.clone(),
            title: series.first.title.clone(),
            occurrences: vec![Pair { old: Some(old.first.when), new: Some(series.first.when) }],
            series: series.repeats().then(|| Extent { is_whole: true, is_endless: series.is_endless() }),
            detail: Detail::Uid(series.uid.clone()),
        });
        false
    });
    removed.retain(|(series, _)| !taken.contains(&*series.uid));
}

/// Counts of changes by kind.
pub fn counts(changes: &[Change]) -> BTreeMap<Kind, usize> {
    let mut counts = BTreeMap::new();
    for change in changes {
        *counts.entry(change.kind).or_default() += 1;
    }
    counts
}

/// Whether all of a change is over at `now`; dates by UTC.
pub fn is_past(change: &Change, now: DateTime<Utc>) -> bool {
    let over = |when: &When| match when {
        When::Zoned { end, .. } | When::Fixed { end, .. } => *end <= now,
        When::AllDay(days) => days.end <= now.date_naive(),
        When::Floating { end, .. } => *end <= now.naive_utc(),
    };
    !change.occurrences.is_empty()
        && change.occurrences.iter().flat_map(|pair| [pair.old, pair.new]).flatten().all(|when| over(&when))
}
