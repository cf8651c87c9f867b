//! The records, watched: whatever changes goes live, or is refused and told.
//!
//! Watched are the records, `calendar.toml`, `calendar.lock`, `templates/` and `static/`, and what they are a moment ago is
//! compared with what they are from time to time: there are file systems that tell of nothing. Files whose names begin
//! with a dot are somebody's own, and what `build` writes is nobody's news.

use std::collections::HashMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError};
use std::time::{Duration, Instant, SystemTime};

use chrono::Utc;
use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{RecursiveMode, Watcher};

use super::health::{self, Problem};
use super::server::Server;
use super::state::{Refused, State};
use super::{Line, lines};
use crate::diagnostic::Diagnostic;
use crate::zone::Zone;

/// Folders of the calendar.
const FOLDERS: [&str; 3] = ["events", "templates", "static"];
/// Files of the calendar.
const FILES: [&str; 2] = ["calendar.toml", "calendar.lock"];
/// A change is over when nothing more changed for so long.
const QUIET: Duration = Duration::from_millis(25);
/// However much goes on changing, it goes live after so long.
const LONGEST: Duration = Duration::from_millis(400);
/// How long another program may be in the middle of replacing many files.
const CHECKOUT: Duration = Duration::from_secs(5);
/// How often we look ourselves, where the system tells us of changes, and where it does not.
const LOOK: Duration = Duration::from_secs(30);
const LOOK_ALONE: Duration = Duration::from_secs(1);
/// Files that are looked at.
const MOST_FILES: usize = 2_000_000;

/// Why it is time to look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Cause {
    /// A file changed.
    Change,
    /// Somebody asked for it.
    Asked,
    /// The server ends.
    End,
}

/// What was there before the records were first read, so that no change after that is missed.
pub(super) struct Watch {
    eyes: Eyes,
    seen: u64,
}

impl Watch {
    /// Begins to watch the calendar at `root`.
    pub(super) fn begin(root: &Path, sender: SyncSender<Cause>) -> Self {
        let eyes = Eyes::open(root, sender);
        Watch { eyes, seen: signature(root) }
    }
}

/// Watches the records of a server until it ends.
pub(super) fn run(watch: Watch, server: &Arc<Server>, causes: &Receiver<Cause>) {
    let root = server.ground.root.clone();
    let Watch { mut eyes, mut seen } = watch;
    if let Some(why) = &eyes.trouble {
        server.say(Line::Note(format!("note: {why}; the records are looked at every second instead of being watched")));
    }
    let mut told: Vec<Diagnostic> = server.state().mistakes.clone();
    loop {
        let look = if eyes.trouble.is_some() { LOOK_ALONE } else { LOOK };
        let cause = match causes.recv_timeout(look.min(until_midnight(server))) {
            Ok(Cause::End) | Err(RecvTimeoutError::Disconnected) => return,
            Ok(cause) => Some(cause),
            Err(RecvTimeoutError::Timeout) => None,
        };
        if cause == Some(Cause::Change) && !settle(causes, &root) {
            return;
        }
        if cause.is_none() {
            let now = signature(&root);
            if now == seen && !is_another_day(server) {
                continue;
            }
        }
        // What changes while it is read is seen as changed afterwards.
        seen = signature(&root);
        reload(server, &mut told);
        eyes.renew(&root);
    }
}

/// Reads everything again, and serves it if it can be served.
fn reload(server: &Arc<Server>, told: &mut Vec<Diagnostic>) {
    let began = Instant::now();
    let before = server.state();
    let outcome = State::load(&server.ground, Some(&before));
    let was_stale = server.problems().is_some();
    let is_good = outcome.is_ok();
    match outcome {
        Ok(state) => {
            let events = state.calendar.events.len();
            let mistakes = state.mistakes.clone();
            let is_new = server.replace(state);
            let took = began.elapsed().as_millis();
            if !mistakes.is_empty() {
                if *told != mistakes {
                    server.tell(Line::Mistakes(mistakes.clone(), lines::WITHHELD.into()));
                }
            } else if is_new || was_stale {
                server.tell(Line::Note(format!("the site is new: {events} events, in {took} ms")));
            }
            *told = mistakes;
        }
        Err(Refused::Records(mistakes)) => {
            server.keep(health::problems(&mistakes));
            if *told != mistakes {
                server.tell(Line::Mistakes(mistakes.clone(), lines::STALE.into()));
            }
            *told = mistakes;
        }
        Err(Refused::Otherwise(error)) => {
            server.keep(vec![Problem::otherwise()]);
            told.clear();
            server.tell(Line::Trouble(error, lines::STALE.into()));
        }
    }
    server.metrics.reloaded(began.elapsed(), is_good);
    // Who still answers from the old state is soon done; then it is freed here, where nobody waits for that.
    if is_good {
        (0..200).take_while(|_| Arc::strong_count(&before) > 1).for_each(|_| std::thread::sleep(QUIET));
    }
}

/// Waits until no more files change; false where the server ends.
fn settle(causes: &Receiver<Cause>, root: &Path) -> bool {
    let began = Instant::now();
    let lock = root.join(".git/index.lock");
    loop {
        match causes.recv_timeout(QUIET) {
            Ok(Cause::End) | Err(RecvTimeoutError::Disconnected) => return false,
            Ok(_) if began.elapsed() < LONGEST => continue,
            Ok(_) | Err(RecvTimeoutError::Timeout) => {}
        }
        // Git is in the middle of a checkout.
        if !lock.exists() || began.elapsed() > CHECKOUT {
            return true;
        }
    }
}

/// How long it takes until the calendar's day is another one.
fn until_midnight(server: &Server) -> Duration {
    let ground = &server.ground;
    if ground.fixed.is_some() {
        return Duration::MAX;
    }
    let state = server.state();
    let zone = state.calendar.settings.timezone.unwrap_or_else(Zone::utc);
    let now = (ground.clock)();
    let today = now.with_timezone(&zone).date_naive();
    let Some(tomorrow) = today.succ_opt() else { return Duration::MAX };
    let left = crate::event::when::midnight(tomorrow, zone) - now.with_timezone(&Utc);
    // A little later, so that it is another day by then.
    left.to_std().unwrap_or_default() + Duration::from_millis(50)
}

/// Whether the calendar's day is not the one that the site was made for.
fn is_another_day(server: &Server) -> bool {
    let state = server.state();
    let zone = state.calendar.settings.timezone.unwrap_or_else(Zone::utc);
    let day = |time: chrono::DateTime<Utc>| time.with_timezone(&zone).date_naive();
    day(server.ground.now()) != day(state.now)
}

/// A digest of names, sizes and times of all that is watched.
fn signature(root: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    for name in FILES {
        look(&root.join(name), &mut hasher);
    }
    let mut folders: Vec<(PathBuf, usize)> = FOLDERS.iter().map(|name| (root.join(name), 0)).collect();
    let mut files = 0;
    while let Some((folder, depth)) = folders.pop() {
        let mut entries: Vec<_> = fs::read_dir(&folder).into_iter().flatten().flatten().collect();
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let name = entry.file_name();
            if name.to_string_lossy().starts_with('.') {
                continue;
            }
            let path = entry.path();
            // A link counts as what it leads to.
            let is_folder = match entry.file_type() {
                Ok(kind) if !kind.is_symlink() => kind.is_dir(),
                _ => path.is_dir(),
            };
            if depth < 64 && is_folder {
                folders.push((path, depth + 1));
            } else if files < MOST_FILES {
                files += 1;
                name.hash(&mut hasher);
                look(&path, &mut hasher);
            }
        }
    }
    hasher.finish()
}

fn look(path: &Path, hasher: &mut DefaultHasher) {
    let seen: Option<(u64, Option<SystemTime>)> =
        fs::metadata(path).ok().map(|file| (file.len(), file.modified().ok()));
    seen.hash(hasher);
}

/// What tells us of changes.
struct Eyes {
    watcher: Option<notify::RecommendedWatcher>,
    /// Why nothing does.
    trouble: Option<String>,
    /// What is watched, with what tells a folder from another one of its name.
    watched: HashMap<PathBuf, u64>,
}

impl Eyes {
    fn open(root: &Path, sender: SyncSender<Cause>) -> Self {
        let home = root.to_owned();
        let real = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
        let tell = move |event: notify::Result<notify::Event>| {
            // An error (an overflow of the queue) is a reason to look, too.
            let is_news = event.map_or(true, |event| is_news(&event, &[&home, &real]));
            if is_news && let Err(TrySendError::Disconnected(_)) = sender.try_send(Cause::Change) {
                // The server ends, and nobody wants to know any more.
            }
        };
        let mut eyes = match notify::recommended_watcher(tell) {
            Ok(watcher) => Eyes { watcher: Some(watcher), trouble: None, watched: HashMap::new() },
            Err(error) => Eyes { watcher: None, trouble: Some(error.to_string()), watched: HashMap::new() },
        };
        eyes.renew(root);
        eyes
    }

    /// Watches what came since, and what came in the place of something else.
    fn renew(&mut self, root: &Path) {
        let Some(watcher) = &mut self.watcher else { return };
        let folders = FOLDERS.iter().map(|name| (root.join(name), RecursiveMode::Recursive));
        let mut trouble = None;
        for (path, mode) in std::iter::once((root.to_owned(), RecursiveMode::NonRecursive)).chain(folders) {
            let Some(identity) = identity(&path) else {
                self.watched.remove(&path);
                continue;
            };
            if self.watched.get(&path) == Some(&identity) {
                continue;
            }
            match watcher.watch(&path, mode) {
                Ok(()) => drop(self.watched.insert(path, identity)),
                Err(error) => trouble = Some(format!("{} cannot be watched: {error}", path.display())),
            }
        }
        self.trouble = trouble;
    }
}

/// What tells a folder from another one that has its name later.
#[cfg(unix)]
fn identity(path: &Path) -> Option<u64> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).ok().map(|folder| folder.ino() ^ folder.dev().rotate_left(32))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<u64> {
    fs::metadata(path).ok().map(|_| 0)
}

/// Whether an event may have changed the site.
fn is_news(event: &notify::Event, roots: &[&PathBuf]) -> bool {
    // We read the records ourselves.
    let is_change = match event.kind {
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        EventKind::Any | EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_) | EventKind::Other => true,
    };
    is_change && (event.need_rescan() || event.paths.iter().any(|path| is_ours(path, roots)))
}

/// Whether a path is part of the calendar.
fn is_ours(path: &Path, roots: &[&PathBuf]) -> bool {
    // A link leads elsewhere, and what is watched there is ours.
    let Some(below) = roots.iter().find_map(|root| path.strip_prefix(root).ok()) else { return true };
    let names: Vec<_> = below.iter().map(|name| name.to_string_lossy()).collect();
    let Some(first) = names.first() else { return false };
    let is_hidden = names.iter().any(|name| name.starts_with('.') || name.ends_with('~'));
    !is_hidden && (FOLDERS.contains(&&**first) || names.len() == 1 && FILES.contains(&&**first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_calendars_own_files_count() {
        let root = PathBuf::from("/c");
        let ours = |path: &str| is_ours(Path::new(path), &[&root]);
        for path in ["/c/calendar.toml", "/c/calendar.lock", "/c/events", "/c/events/2026/x.toml", "/c/static/a.css"] {
            assert!(ours(path), "{path}");
        }
        for path in [
            "/c",
            "/c/public/index.html",
            "/c/.git/index",
            "/c/events/.redletter-x1",
            "/c/events/.x.toml.swp",
            "/c/events/x.toml~",
            "/c/README.md",
            "/c/calendar.toml/x",
        ] {
            assert!(!ours(path), "{path}");
        }
    }

    #[test]
    fn a_look_sees_what_changed() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        let mut seen = vec![signature(root)];
        let mut changed = |what: &str| {
            let now = signature(root);
            assert!(!seen.contains(&now), "{what}");
            seen.push(now);
        };
        fs::create_dir_all(root.join("events/2026")).expect("folders");
        fs::write(root.join("events/2026/a.toml"), "a").expect("a file");
        changed("a new file in a new folder");
        fs::write(root.join("events/2026/a.toml"), "ab").expect("a file");
        changed("a longer file");
        fs::rename(root.join("events/2026/a.toml"), root.join("events/2026/b.toml")).expect("a name");
        changed("another name");
        fs::write(root.join("calendar.toml"), "title = \"x\"").expect("a file");
        changed("settings");
        let before = signature(root);
        fs::write(root.join("events/.b.toml.swp"), "x").expect("a file");
        fs::write(root.join("README.md"), "x").expect("a file");
        assert_eq!(before, signature(root));
    }
}
