//! The end of a build: the second generation is completed, made safe, and swapped with the site.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs;
use std::path::Path;
use std::sync::atomic::Ordering;

use super::disk::Disk;
use super::manifest::{Entry, Manifest, Stamp};
use super::place::Place;
use super::{Before, Fresh, KEPT, PUT, Plan, Stage, Written, name, twice};
use crate::calendar::threads;
use crate::error::{Error, Result};

/// Files that a thread links or removes at a time.
const STEP: usize = 64;
/// Up to this many new files are flushed one by one; for more, the whole file system is flushed.
const FEW: usize = 32;

/// What the second generation still needs.
#[derive(Default)]
struct Todo<'s> {
    /// Files of the site that stay, and what the second generation has of each.
    stay: Vec<(&'s str, Option<Stamp>)>,
    /// The same of files that are not ours.
    carried: Vec<(&'s str, Option<Stamp>)>,
    /// Files of the second generation that belong to neither.
    remove: Vec<&'s str>,
}

pub(super) fn commit(stage: &Stage, fresh: &[Fresh]) -> Result<Plan> {
    let mut entries = Vec::with_capacity(stage.before.len().max(fresh.len()));
    let (mut plan, mut todo) = plan(stage, fresh, &mut entries);
    entries.sort_unstable_by(|one, other| one.path.cmp(&other.path));
    let files: HashSet<&str> = entries.iter().map(|entry| &*entry.path).collect();
    let mut folders: HashSet<&str> = entries.iter().flat_map(|entry| name::folders(&entry.path)).collect();
    if let Some(pair) = entries.windows(2).find(|pair| pair[0].path == pair[1].path) {
        return Err(twice(&pair[0].path));
    }
    if let Some(clash) = files.iter().find(|path| folders.contains(**path)) {
        return Err(twice(clash));
    }
    let mut manifest = Manifest { entries: entries.clone(), foreign: Vec::new() };
    if plan.is_empty() && !stage.rest.is_first {
        let bytes = manifest.bytes();
        if stage.rest.manifest.as_deref() != Some(&*bytes) {
            stage.disk.replace(&stage.place.manifest(), &bytes)?;
        }
        forget(stage, &entries, |before| before.spare)?;
        return Ok(plan);
    }

    let late = late(stage)?;
    // Foreign files give way to files of the site.
    let is_free = |path: &str| {
        !files.contains(path) && !folders.contains(path) && !name::folders(path).any(|folder| files.contains(folder))
    };
    todo.carried.extend(stage.rest.odd.iter().chain(&late.files).map(|path| (&**path, None)));
    todo.carried.retain(|(path, _)| is_free(path));
    folders.extend(todo.carried.iter().flat_map(|(path, _)| name::folders(path)));
    // Folders that are replaced by a file are left behind.
    manifest.foreign =
        stage.rest.foreign.iter().chain(&late.folders).filter(|path| !files.contains(&***path)).cloned().collect();

    complete(stage, &todo, &folders)?;
    secure(stage, fresh)?;
    let Stage { disk, place, .. } = stage;
    disk.replace(&place.next(), &manifest.bytes())?;
    swap(disk, place)?;
    follow(disk, place, &manifest.foreign)?;
    if stage.rest.is_unknown && plan.removed > 0 {
        let aside = place.aside();
        disk.rename(&place.spare(), &aside)?;
        plan.set_aside = Some(aside);
    }
    if manifest.foreign.is_empty() {
        disk.rename(&place.next(), &place.manifest())?;
    } else {
        manifest.foreign.clear();
        disk.replace(&place.manifest(), &manifest.bytes())?;
        disk.remove(&place.next())?;
    }
    disk.sync_folder(&place.hidden)?;
    disk.sync_folder(place.live.parent().unwrap_or(&place.hidden))?;
    // The second generation is the site before, if it was not set aside.
    forget(stage, &entries, |before| before.live)?;
    if !place.spare().exists() {
        // Now, so that a build after a small change is a short one. The site is in its place already: whatever stops us
        // here is left to the next build, which makes up for it.
        let _ = twin(stage, &manifest);
    }
    Ok(plan)
}

/// Removes from the second generation what the site no longer has in that form. `there` is what it has of a file.
fn forget(stage: &Stage, entries: &[Entry], there: impl Fn(&Before) -> Option<Stamp>) -> Result<()> {
    let now: HashMap<&str, Stamp> = entries.iter().map(|entry| (&*entry.path, entry.stamp)).collect();
    let is_old = |path: &str, before: &Before| match now.get(path) {
        Some(stamp) => there(before).is_some_and(|there| there != *stamp),
        // A file that no build made is carried along.
        None => there(before).is_some() && (before.is_ours || before.live.is_none()),
    };
    let old: Vec<&str> =
        stage.before.iter().filter(|(path, before)| is_old(path, before)).map(|(path, _)| &**path).collect();
    let spare = stage.place.spare();
    each(&old, |path| stage.disk.remove(&spare.join(path)))
}

/// Makes the second generation of a first site.
fn twin(stage: &Stage, manifest: &Manifest) -> Result<()> {
    let (live, spare) = (&stage.place.live, stage.place.spare());
    stage.disk.make_folder(&spare)?;
    each(&manifest.entries, |entry| stage.disk.link(&live.join(&*entry.path), &spare, &entry.path))
}

/// What becomes of each file.
fn plan<'s>(stage: &'s Stage, fresh: &'s [Fresh], entries: &mut Vec<Entry>) -> (Plan, Todo<'s>) {
    let (mut plan, mut todo) = (Plan::default(), Todo::default());
    for Fresh { entry, written } in fresh {
        entries.push(entry.clone());
        match written {
            Some(Written::Added) => plan.added += 1,
            Some(Written::Changed) => plan.changed += 1,
            None => {
                plan.unchanged += 1;
                let spare = stage.before.get(&entry.path).and_then(|before| before.spare);
                todo.stay.extend((spare != Some(entry.stamp)).then_some((&*entry.path, spare)));
            }
        }
    }
    for (path, before) in &stage.before {
        match (before.fate.load(Ordering::Relaxed), before.live) {
            (PUT, _) => {}
            (KEPT, Some(stamp)) => {
                plan.unchanged += 1;
                entries.extend(before.key.map(|key| Entry { path: path.clone(), key, stamp }));
                todo.stay.extend((before.spare != Some(stamp)).then_some((&**path, before.spare)));
            }
            (_, Some(_)) if !before.is_ours => todo.carried.push((path, before.spare)),
            (_, live) => {
                plan.removed += usize::from(live.is_some());
                todo.remove.extend(before.spare.map(|_| &**path));
            }
        }
    }
    (plan, todo)
}

/// Files that were added to the folder during the build.
struct Late {
    files: Vec<Box<str>>,
    folders: Vec<Box<str>>,
}

/// Looks at the top of the folder once more: a `CNAME` may have come since.
fn late(stage: &Stage) -> Result<Late> {
    let mut late = Late { files: Vec::new(), folders: Vec::new() };
    let live = &stage.place.live;
    let fail = |source: std::io::Error| Error::io("read", live, &source);
    let entries = match fs::read_dir(live) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(late),
        entries => entries.map_err(fail)?,
    };
    for entry in entries {
        let entry = entry.map_err(fail)?;
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| !stage.rest.top.contains(*name)) else { continue };
        let is_folder = entry.file_type().map_err(fail)?.is_dir();
        let list = if is_folder { &mut late.folders } else { &mut late.files };
        list.push(name.into());
    }
    Ok(late)
}

/// Brings the second generation to the new state.
fn complete(stage: &Stage, todo: &Todo<'_>, folders: &HashSet<&str>) -> Result<()> {
    let Stage { disk, place, rest, .. } = stage;
    let spare = place.spare();
    disk.make_folder(&spare)?;
    if let Ok(found) = fs::metadata(&place.live) {
        disk.same_permissions(&spare, found.permissions())?;
    }
    each(&todo.remove, |path| disk.remove(&spare.join(path)))?;
    // A folder comes after the one that it lies in, and so goes before it.
    let empty: BTreeSet<&str> =
        rest.spare_folders.iter().map(|folder| &**folder).filter(|folder| !folders.contains(folder)).collect();
    empty.iter().rev().try_for_each(|folder| disk.remove_folder(&spare.join(folder)))?;
    let link = |(path, there): &(&str, Option<Stamp>)| {
        if there.is_some() {
            disk.remove(&spare.join(path))?;
        }
        disk.link(&place.live.join(path), &spare, path)
    };
    each(&todo.stay, link)?;
    each(&todo.carried, link)
}

fn each<T: Sync>(list: &[T], work: impl Fn(&T) -> Result<()> + Sync) -> Result<()> {
    let done = threads::in_order(list.len(), STEP, threads::all(), |range| list[range].iter().try_for_each(&work));
    done.into_iter().collect()
}

/// Waits until all that is new is safe on the disk: a name must never come before its bytes.
fn secure(stage: &Stage, fresh: &[Fresh]) -> Result<()> {
    let spare = stage.place.spare();
    let written: Vec<&str> =
        fresh.iter().filter(|fresh| fresh.written.is_some()).map(|fresh| &*fresh.entry.path).collect();
    if written.len() > FEW && stage.disk.sync_everything(&spare)? {
        return Ok(());
    }
    each(&written, |path| stage.disk.sync(&spare.join(path)))?;
    let folders: BTreeSet<&str> = written.iter().flat_map(|path| name::folders(path)).collect();
    folders.iter().try_for_each(|folder| stage.disk.sync_folder(&spare.join(folder)))?;
    stage.disk.sync_folder(&spare)
}

fn swap(disk: &Disk, place: &Place) -> Result<()> {
    let (live, spare) = (&place.live, place.spare());
    if !live.exists() {
        return disk.rename(&spare, live);
    }
    if disk.exchange(&spare, live)? {
        return Ok(());
    }
    disk.rename(live, &place.leaving())?;
    disk.rename(&spare, live)?;
    disk.rename(&place.leaving(), &spare)
}

/// Brings folders that are not ours from the site before into the new one.
pub(super) fn follow(disk: &Disk, place: &Place, folders: &[Box<str>]) -> Result<()> {
    let spare = place.spare();
    folders.iter().try_for_each(|folder| carry(disk, &spare.join(&**folder), &place.live.join(&**folder)))
}

fn carry(disk: &Disk, from: &Path, to: &Path) -> Result<()> {
    let Ok(found) = fs::symlink_metadata(from) else { return Ok(()) };
    match fs::symlink_metadata(to) {
        Err(_) => {
            if let Some(folder) = to.parent() {
                disk.make_folder(folder)?;
            }
            disk.rename(from, to)
        }
        // The site has pages in this folder now, so merge both.
        Ok(there) if there.is_dir() && found.is_dir() => {
            let entries = fs::read_dir(from).map_err(|source| Error::io("read", from, &source))?;
            for entry in entries {
                let entry = entry.map_err(|source| Error::io("read", from, &source))?;
                carry(disk, &entry.path(), &to.join(entry.file_name()))?;
            }
            Ok(())
        }
        Ok(_) => Ok(()),
    }
}
