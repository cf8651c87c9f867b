//! What a build that never ended may have left, and how the next one goes on from there.
//!
//! A build changes the site by one swap. Before it, `manifest.next` tells what comes; after it, that becomes the
//! `manifest`. Where there is a `manifest.next`, nobody needs to know whether the swap took place: each file is as the
//! one manifest says, or as the other, or as neither.

use std::collections::BTreeMap;
use std::fs;

use super::disk::Disk;
use super::manifest::{Entry, Manifest, Stamp};
use super::place::Place;
use crate::error::Result;

/// What any manifest tells, for the question whether a build may take the folder.
pub(super) fn known(place: &Place) -> Result<Option<Manifest>> {
    Ok(match Manifest::read(&place.manifest())? {
        None => Manifest::read(&place.next())?,
        known => known,
    })
}

/// Brings the folders to a state that a build can go on from: the site in its place, and one manifest.
pub(super) fn mend(disk: &Disk, place: &Place) -> Result<()> {
    let leaving = place.leaving();
    if leaving.exists() {
        // Only without a swap in one step: the old site had made room, and the new one was to follow.
        if place.live.exists() {
            disk.remove_all(&place.spare())?;
            disk.rename(&leaving, &place.spare())?;
        } else {
            disk.rename(&leaving, &place.live)?;
        }
    }
    let Some(next) = Manifest::read(&place.next())? else {
        return disk.remove(&place.next());
    };
    super::swap::follow(disk, place, &next.foreign)?;
    let before = Manifest::read(&place.manifest())?.unwrap_or_default();
    let mut entries: BTreeMap<Box<str>, Entry> = BTreeMap::new();
    for entry in before.entries.into_iter().chain(next.entries) {
        let Ok(found) = fs::symlink_metadata(place.live.join(&*entry.path)) else { continue };
        let is_as_left = Stamp::of(&found) == entry.stamp;
        if is_as_left || !entries.contains_key(&entry.path) {
            entries.insert(entry.path.clone(), entry);
        }
    }
    let manifest = Manifest { entries: entries.into_values().collect(), foreign: Vec::new() };
    disk.replace(&place.manifest(), &manifest.bytes())?;
    disk.remove(&place.next())
}
