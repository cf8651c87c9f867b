//! The system's notices of changed files.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, TrySendError};

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Config, RecursiveMode, Watcher as _};

use super::{Cause, FILES, FOLDERS, identity};
use crate::source::root::Root;

/// The file system watcher.
pub(super) struct Watcher {
    inner: Option<notify::RecommendedWatcher>,
    /// Why it does not work.
    pub(super) trouble: Option<String>,
    /// The watched folders, with their identities.
    pub(super) watched: HashMap<PathBuf, u64>,
}

impl Watcher {
    pub(super) fn open(root: &Path, links: &[PathBuf], sender: SyncSender<Cause>) -> Self {
        let home = root.to_owned();
        let real = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
        let tell = move |event: notify::Result<notify::Event>| {
            let cause = match event {
                Ok(event) if !event.need_rescan() => is_news(&event, &[&home, &real]).then_some(Cause::Change),
                _ => Some(Cause::Overflow),
            };
            if let Some(cause) = cause
                && let Err(TrySendError::Disconnected(_)) = sender.try_send(cause)
            {
                // The server ends.
            }
        };
        let mut watcher = match notify::RecommendedWatcher::new(tell, Config::default().with_follow_symlinks(false)) {
            Ok(inner) => Watcher { inner: Some(inner), trouble: None, watched: HashMap::new() },
            Err(error) => Watcher { inner: None, trouble: Some(error.to_string()), watched: HashMap::new() },
        };
        watcher.renew(root, links);
        watcher
    }

    /// Watches new and replaced folders; returns whether there are any.
    pub(super) fn renew(&mut self, root: &Path, links: &[PathBuf]) -> bool {
        let Some(inner) = &mut self.inner else { return false };
        let inside = Root::open(root).ok();
        let is_inside = |name: &&&str| inside.as_ref().is_some_and(|root| root.resolve(Path::new(name)).is_ok());
        let folders = FOLDERS.iter().filter(is_inside).map(|name| root.join(name)).chain(links.iter().cloned());
        // `link/.` is the target of the link.
        let folders = folders.map(|path| (path.join("."), RecursiveMode::Recursive));
        let wanted: Vec<_> = std::iter::once((root.to_owned(), RecursiveMode::NonRecursive)).chain(folders).collect();
        // Forget a removed folder, so that it is watched again when it comes back.
        self.watched.retain(|path, _| {
            let stays = wanted.iter().any(|(wanted, _)| wanted == path);
            if !stays {
                let _ = inner.unwatch(path);
            }
            stays
        });
        let (mut trouble, mut is_new) = (None, false);
        for (path, mode) in wanted {
            let Some(identity) = identity(&path) else {
                self.watched.remove(&path);
                continue;
            };
            if self.watched.get(&path) == Some(&identity) {
                continue;
            }
            if self.watched.contains_key(&path) {
                // The replaced folder may be gone.
                let _ = inner.unwatch(&path);
            }
            match inner.watch(&path, mode) {
                Ok(()) => {
                    is_new = true;
                    self.watched.insert(path, identity);
                }
                Err(error) => trouble = Some(format!("{} cannot be watched: {error}", path.display())),
            }
        }
        self.trouble = trouble;
        is_new
    }
}

/// Whether an event may change the site.
pub(super) fn is_news(event: &notify::Event, roots: &[&PathBuf]) -> bool {
    // Ignore our own reads.
    let is_change = match event.kind {
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        EventKind::Any | EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_) | EventKind::Other => true,
    };
    is_change && event.paths.iter().any(|path| is_ours(path, roots))
}

/// Whether a path is part of the calendar.
pub(super) fn is_ours(path: &Path, roots: &[&PathBuf]) -> bool {
    // A path outside comes from the watch of a link's target.
    let Some(below) = roots.iter().find_map(|root| path.strip_prefix(root).ok()) else { return true };
    let names: Vec<_> = below.iter().map(|name| name.to_string_lossy()).collect();
    let Some(first) = names.first() else { return false };
    let is_hidden = names.iter().any(|name| name.starts_with('.') || name.ends_with('~'));
    !is_hidden && (FOLDERS.contains(&&**first) || names.len() == 1 && FILES.contains(&&**first))
}
