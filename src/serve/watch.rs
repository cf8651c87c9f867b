//! Watches the calendar, and reloads the site after a change.
//!
//! The watched files are the records, `calendar.toml`, `calendar.lock`, `templates/` and `static/`. Because some file
//! systems send no events, a digest of all names, sizes and times is compared periodically. The identity of the folders is
//! compared more often: a switched link or a replaced folder sends no event to a watch of the old folder. Hidden files
//! and the output of `build` are ignored.

mod watcher;

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender};
use std::time::{Duration, Instant, SystemTime};

use chrono::{NaiveDate, Utc};

use watcher::Watcher;

use super::health::{self, Problem};
use super::server::Server;
use super::state::{Refused, State};
use super::{Line, messages};
use crate::calendar::threads;
use crate::diagnostic::Diagnostic;
use crate::source::root::{Kind, Root, is_hidden};
use crate::zone::Zone;

/// Folders of the calendar.
const FOLDERS: [&str; 3] = ["events", "templates", "static"];
/// Files of the calendar.
const FILES: [&str; 2] = ["calendar.toml", "calendar.lock"];
/// A change is complete after this long without another event.
const QUIET: Duration = Duration::from_millis(25);
/// The longest wait for a change to be complete.
const LONGEST: Duration = Duration::from_millis(400);
/// The longest wait for git to finish a checkout.
const CHECKOUT: Duration = Duration::from_secs(5);
/// The interval of the comparison with a working watcher, and without one.
const LOOK: Duration = Duration::from_secs(30);
const LOOK_ALONE: Duration = Duration::from_secs(1);
/// The interval at which the identity of the folders is compared.
const LOOK_AT_PATH: Duration = Duration::from_millis(300);
/// The wait before a failed reload at midnight is tried again.
const AGAIN: Duration = Duration::from_secs(3_600);
/// The most files and folders that are compared.
const MOST_FILES: usize = 2_000_000;
const MOST_FOLDERS: usize = 200_000;

/// Why the records may have to be reloaded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Cause {
    /// A file changed.
    Change,
    /// The event queue overflowed, perhaps by our own reading of many records.
    Overflow,
    /// A signal asked for it.
    Asked,
    /// The server ends.
    End,
}

/// The state of the files before the records were first read, so that no later change is missed.
pub(super) struct Watch {
    watcher: Watcher,
    seen: u64,
    target: Target,
}

impl Watch {
    /// Begins to watch the calendar at `root`.
    pub(super) fn begin(root: &Path, sender: SyncSender<Cause>) -> Self {
        let target = Target::of(root);
        let Look { signature, links } = look_around(root);
        Watch { watcher: Watcher::open(root, &links, sender), seen: signature, target }
    }
}

/// Watches the records of a server until it ends.
pub(super) fn run(watch: Watch, server: &Arc<Server>, causes: &Receiver<Cause>) {
    let root = server.context.root.clone();
    let Watch { mut watcher, mut seen, mut target } = watch;
    if let Some(why) = &watcher.trouble {
        server.say(Line::Note(format!("note: {why}; the records are looked at every second instead of being watched")));
    }
    let mut told: Vec<Diagnostic> = server.state().mistakes.clone();
    let mut tried = (day(server, server.state().now), Instant::now());
    let mut looked = Instant::now();
    let mut again = false;
    loop {
        let look = if watcher.trouble.is_some() { LOOK_ALONE } else { LOOK };
        let wait = look.saturating_sub(looked.elapsed()).min(until_midnight(server));
        let cause = match causes.recv_timeout(if again { Duration::ZERO } else { wait.min(LOOK_AT_PATH) }) {
            Ok(Cause::End) | Err(RecvTimeoutError::Disconnected) => return,
            Ok(cause) => Some(cause),
            Err(RecvTimeoutError::Timeout) if again || Target::of(&root) != target => Some(Cause::Change),
            Err(RecvTimeoutError::Timeout) if wait > LOOK_AT_PATH => continue,
            Err(RecvTimeoutError::Timeout) => None,
        };
        looked = Instant::now();
        if matches!(cause, Some(Cause::Change | Cause::Overflow)) && !settle(causes, &root) {
            return;
        }
        // Taken before reading, so that a switch during the reload is noticed afterwards.
        let target_now = Target::of(&root);
        let now = look_around(&root);
        let today = day(server, server.context.now());
        if matches!(cause, None | Some(Cause::Overflow))
            && now.signature == seen
            && !is_due(today, day(server, server.state().now), tried.0, tried.1.elapsed())
        {
            continue;
        }
        if cause == Some(Cause::Overflow) {
            // The lost events may include a new folder.
            watcher.watched.clear();
        }
        // Taken before reading, so that a change during the reload is noticed afterwards.
        seen = now.signature;
        target = target_now;
        tried = (today, Instant::now());
        reload(server, &mut told);
        // A change in a folder before its watch began sent no event.
        again = watcher.renew(&root, &now.links) && look_around(&root).signature != seen;
    }
}

/// Reloads the calendar, and serves it if possible.
fn reload(server: &Arc<Server>, told: &mut Vec<Diagnostic>) {
    let began = Instant::now();
    let before = server.state();
    let outcome = State::load(&server.context, Some(&before));
    let was_stale = server.problems().is_some();
    let is_good = outcome.is_ok();
    match outcome {
        Ok(state) => {
            let events = state.calendar.events.len();
            let mistakes = state.mistakes.clone();
            let is_ahead = state.is_ahead() && !before.is_ahead();
            let is_new = server.replace(state);
            let took = began.elapsed().as_millis();
            if !mistakes.is_empty() {
                if *told != mistakes {
                    server.tell(Line::Mistakes(mistakes.clone(), messages::WITHHELD.into()));
                }
            } else if is_new || was_stale {
                server.tell(Line::Note(format!("the site is new: {events} events, in {took} ms")));
            }
            if is_ahead {
                server.tell(Line::Note(messages::AHEAD.into()));
            }
            *told = mistakes;
        }
        Err(Refused::Records(mistakes, search)) => {
            before.withdraw(search);
            server.keep(health::problems(&mistakes));
            if *told != mistakes {
                server.tell(Line::Mistakes(mistakes.clone(), messages::STALE.into()));
            }
            *told = mistakes;
        }
        Err(Refused::Site(error, search)) => {
            before.withdraw(search);
            server.keep(vec![Problem::otherwise()]);
            told.clear();
            server.tell(Line::Trouble(error, messages::STALE.into()));
        }
        Err(Refused::Otherwise(error)) => {
            server.keep(vec![Problem::otherwise()]);
            told.clear();
            server.tell(Line::Trouble(error, messages::STALE.into()));
        }
    }
    server.metrics.reloaded(began.elapsed(), is_good);
    // Free the old state in this thread, after the last response from it.
    if is_good {
        (0..200).take_while(|_| Arc::strong_count(&before) > 1).for_each(|_| std::thread::sleep(QUIET));
    }
}

/// Waits until no more files change; `false` if the server ends.
fn settle(causes: &Receiver<Cause>, root: &Path) -> bool {
    let began = Instant::now();
    let lock = root.join(".git/index.lock");
    loop {
        match causes.recv_timeout(QUIET) {
            Ok(Cause::End) | Err(RecvTimeoutError::Disconnected) => return false,
            Ok(_) if began.elapsed() < LONGEST => continue,
            Ok(_) | Err(RecvTimeoutError::Timeout) => {}
        }
        // A checkout is in progress.
        if !lock.exists() || began.elapsed() > CHECKOUT {
            return true;
        }
    }
}

/// The time until midnight in the calendar's zone.
fn until_midnight(server: &Server) -> Duration {
    let context = &server.context;
    if context.fixed.is_some() {
        return Duration::MAX;
    }
    let state = server.state();
    let zone = state.calendar.settings.timezone.unwrap_or_else(Zone::utc);
    let now = (context.clock)();
    let today = now.with_timezone(&zone).date_naive();
    let Some(tomorrow) = today.succ_opt() else { return Duration::MAX };
    let left = crate::event::when::midnight(tomorrow, zone) - now.with_timezone(&Utc);
    // Slightly later, so that the date has changed by then.
    left.to_std().unwrap_or_default() + Duration::from_millis(50)
}

/// The date in the calendar's zone.
fn day(server: &Server, time: chrono::DateTime<Utc>) -> NaiveDate {
    let zone = server.state().calendar.settings.timezone.unwrap_or_else(Zone::utc);
    time.with_timezone(&zone).date_naive()
}

/// Files per unit of work of a thread.
const STEP: usize = 256;

/// Whether the site must be rebuilt for a new day. A failed attempt is repeated after [`AGAIN`].
fn is_due(today: NaiveDate, made: NaiveDate, tried: NaiveDate, ago: Duration) -> bool {
    today != made && (today != tried || ago > AGAIN)
}

/// The identity of the calendar's folders and files.
#[derive(PartialEq, Eq, Debug)]
struct Target {
    root: Option<PathBuf>,
    entries: Vec<Option<u64>>,
    files: Vec<Option<(u64, Option<SystemTime>)>>,
}

impl Target {
    fn of(root: &Path) -> Self {
        let below = |name: &&str| root.join(name);
        let entries = FOLDERS.iter().chain(&FILES).map(below).chain([root.to_owned()]);
        let file = |path: PathBuf| fs::metadata(path).ok().map(|file| (file.len(), file.modified().ok()));
        Target {
            root: fs::canonicalize(root).ok(),
            entries: entries.map(|path| identity(&path)).collect(),
            files: FILES.iter().map(below).map(file).collect(),
        }
    }
}

/// The result of a comparison run.
struct Look {
    /// A digest of names, sizes and times.
    signature: u64,
    /// Links to folders, which need a watch of their own.
    links: Vec<PathBuf>,
}

/// Visits all watched files. Links are followed within the calendar, as the loader follows them, and each folder is
/// visited once.
fn look_around(root: &Path) -> Look {
    let mut hasher = DefaultHasher::new();
    let Ok(root) = Root::open(root) else { return Look { signature: 0, links: Vec::new() } };
    // Each file with its real path, if it may be read.
    let mut found: Vec<(OsString, Option<PathBuf>)> = Vec::new();
    found.extend(FILES.iter().map(|name| (OsString::from(name), root.resolve(Path::new(name)).ok())));
    let mut folders: Vec<PathBuf> = FOLDERS.iter().map(PathBuf::from).collect();
    let (mut visited, mut links) = (HashSet::new(), Vec::new());
    while let Some(folder) = folders.pop() {
        folder.hash(&mut hasher);
        let Ok(real) = root.resolve(&folder) else { continue };
        if visited.len() >= MOST_FOLDERS || !visited.insert(real.clone()) {
            continue;
        }
        let mut entries = root.list(&real).unwrap_or_default();
        entries.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        for (name, kind) in entries {
            if is_hidden(&name) {
                continue;
            }
            let path = folder.join(&name);
            let target = match kind {
                Kind::Link => root.resolve(&path).ok(),
                Kind::File | Kind::Folder | Kind::Other => Some(real.join(&name)),
            };
            let leads_to_folder = || target.as_ref().and_then(|to| root.stat(to)).is_some_and(|to| to.is_dir());
            if kind == Kind::Link && leads_to_folder() {
                links.push(root.path().join(&path));
                folders.push(path);
            } else if kind == Kind::Folder {
                folders.push(path);
            } else if found.len() < MOST_FILES {
                found.push((name, target));
            }
        }
    }
    let looks = threads::in_order(found.len(), STEP, threads::all(), |range| {
        let mut hasher = DefaultHasher::new();
        for (name, path) in &found[range] {
            name.hash(&mut hasher);
            let stat = path.as_ref().and_then(|path| root.stat(path));
            stat.map(|file| (file.len(), file.modified().ok())).hash(&mut hasher);
        }
        hasher.finish()
    });
    looks.hash(&mut hasher);
    Look { signature: hasher.finish(), links }
}

/// The device and inode of a folder, to notice a replacement.
#[cfg(unix)]
fn identity(path: &Path) -> Option<u64> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).ok().map(|folder| folder.ino() ^ folder.dev().rotate_left(32))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<u64> {
    fs::metadata(path).ok().map(|_| 0)
}

#[cfg(test)]
mod tests;
