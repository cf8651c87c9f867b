//! Lists a folder: every file with its stamp, on all processors.
//!
//! Links are not followed: a link to a folder counts as a foreign file.

use std::fs;
use std::path::Path;

use super::manifest::Stamp;
use crate::calendar::threads;
use crate::error::{Error, Result};

/// Folders that a thread reads at a time.
const STEP: usize = 64;

/// What a walk found, by paths from where it began, in no order.
#[derive(Default, Debug)]
pub(super) struct Tree {
    /// Plain files.
    pub(super) files: Vec<(Box<str>, Stamp)>,
    /// Links, sockets and whatever else is not a regular file.
    pub(super) odd: Vec<Box<str>>,
    /// Folders that were entered.
    pub(super) folders: Vec<Box<str>>,
    /// Folders that were not.
    pub(super) foreign: Vec<Box<str>>,
}

/// Walks `root` and those of its folders that `enter` says. A folder that is not there is empty.
pub(super) fn walk(root: &Path, enter: impl Fn(&str) -> bool + Sync) -> Result<Tree> {
    let mut found = Tree::default();
    let mut level: Vec<Box<str>> = vec!["".into()];
    while !level.is_empty() {
        let read = threads::in_order(level.len(), STEP, threads::all(), |range| {
            let mut tree = Tree::default();
            level[range].iter().try_for_each(|folder| read(root, folder, &enter, &mut tree)).map(|()| tree)
        });
        let mut next = Vec::new();
        for tree in read {
            let mut tree = tree?;
            found.files.append(&mut tree.files);
            found.odd.append(&mut tree.odd);
            found.foreign.append(&mut tree.foreign);
            next.append(&mut tree.folders);
        }
        found.folders.extend_from_slice(&next);
        level = next;
    }
    Ok(found)
}

fn read(root: &Path, folder: &str, enter: impl Fn(&str) -> bool, tree: &mut Tree) -> Result<()> {
    let place = root.join(folder);
    let fail = |source: std::io::Error| Error::io("read", &place, &source);
    let entries = match fs::read_dir(&place) {
        Err(error) if folder.is_empty() && error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(fail)?,
    };
    for entry in entries {
        let entry = entry.map_err(fail)?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else {
            let message = format!("cannot keep {} beside the site: its name is not UTF-8", entry.path().display());
            return Err(Error::new(message).help("rename it, or take it out of the folder"));
        };
        let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }.into_boxed_str();
        let kind = entry.file_type().map_err(fail)?;
        if kind.is_dir() {
            let list = if enter(&path) { &mut tree.folders } else { &mut tree.foreign };
            list.push(path);
        } else if kind.is_file() {
            match entry.metadata() {
                Ok(metadata) => tree.files.push((path, Stamp::of(&metadata))),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(fail(error)),
            }
        } else {
            tree.odd.push(path);
        }
    }
    Ok(())
}
