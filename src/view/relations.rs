//! What RELATED-TO points to: always a UID that is in the same feed.
//!
//! A series for Outlook is several VEVENTs with UIDs of their own, and an expanded one has a UID for each date. Then a part of
//! an action day belongs to the VEVENT of the day that begins on the same date; else to the first series of the day.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::series::Draft;
use crate::event::Event;

/// VEVENTs that others may point to.
pub(super) struct Relations<'d> {
    /// By the id of the event; overrides are left out.
    targets: HashMap<&'d str, Vec<Target<'d>>>,
}

struct Target<'d> {
    /// UID of the event, or of its strand.
    event: &'d str,
    /// UID of the VEVENT.
    uid: &'d str,
    first: NaiveDate,
    repeats: bool,
}

impl<'d> Relations<'d> {
    /// Those among `drafts`.
    pub(super) fn of(drafts: &'d [Draft<'_>]) -> Self {
        let wholes: HashSet<&str> = drafts
            .iter()
            .flat_map(|draft| {
                let is_series = *draft.event.uid != *draft.uid || draft.repeats.is_some();
                [draft.event.part_of.as_deref(), Some(&*draft.event.id).filter(|_| is_series)]
            })
            .flatten()
            .collect();
        let mut targets: HashMap<&str, Vec<Target<'_>>> = HashMap::new();
        for draft in drafts.iter().filter(|draft| draft.planned.is_none() && wholes.contains(&*draft.event.id)) {
            targets.entry(&draft.event.id).or_default().push(Target {
                event: &draft.event.uid,
                uid: &draft.uid,
                first: draft.when.first_day(),
                repeats: draft.repeats.is_some(),
            });
        }
        for list in targets.values_mut() {
            list.sort_unstable_by_key(|target| (target.first, target.uid));
        }
        Relations { targets }
    }

    /// The UID of the event to which `draft` belongs.
    pub(super) fn parent(&self, draft: &Draft<'_>, parent: &Event) -> Option<Box<str>> {
        let day = draft.when.first_day();
        let targets = self.targets.get(&*parent.id)?;
        let own = targets.iter().find(|target| *target.uid == *parent.uid);
        let same_day = || targets.iter().find(|target| target.first == day);
        let series = || targets.iter().find(|target| target.repeats);
        own.or_else(same_day).or_else(series).map(|target| target.uid.into())
    }

    /// The UID of the first strand of a series. An expanded series has none: its first date in the feed is another one each day.
    pub(super) fn first(&self, first: &Event) -> Option<Box<str>> {
        let targets = self.targets.get(&*first.id)?;
        let own = targets.iter().find(|target| *target.uid == *first.uid);
        let part = || targets.iter().find(|target| *target.event == *first.uid && target.repeats);
        own.or_else(part).map(|target| target.uid.into())
    }
}
