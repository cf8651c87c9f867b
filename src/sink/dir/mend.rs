//! Recovery from a build that was interrupted.
//!
//! A build replaces the site by one swap. Before the swap it writes `manifest.next`; after it, that file becomes
//! `manifest`. If `manifest.next` exists, it does not matter whether the swap took place: each file is compared with both
//! manifests.

use std::collections::BTreeMap;
use std::fs;

use super::disk::Disk;
use super::manifest::{Entry, Manifest, Stamp};
use super::place::Place;
use crate::error::Result;

/// The content of any manifest, to decide whether a build may use the folder.
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
