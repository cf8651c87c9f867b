//! The state of the server: a calendar as loaded from disk, and the site built from it.
//!
//! A calendar with mistakes never replaces one without: the last good state stays. If the records have mistakes at the
//! start, pages show the valid events, and feeds are withheld, because phones delete events that a feed lacks.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, SubsecRound, Utc};

use super::live;
use super::query::Answers;
use super::snapshot::{Artifact, Kind, Snapshot, following};
use crate::calendar::{self, Cache, Calendar, Secret, load};
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::{Error, Result};
use crate::event::Audience;
use crate::lock::{Digest, History, Lock};
use crate::privacy::Search;
use crate::render::site::Theme;
use crate::site::{self, Input};
use crate::zone::Tzdb;

/// Where the calendar is, and what its site is built with.
pub struct SiteContext {
    /// The calendar's folder.
    pub root: PathBuf,
    /// The time zone database.
    pub tzdb: Tzdb,
    /// The secret of the members' feeds.
    pub secret: Option<Secret>,
    /// Identifies this build of the program.
    pub program: String,
    /// Reads templates and static files.
    pub theme: fn(&Path) -> Result<Theme>,
    /// The as-of time, if it is fixed.
    pub fixed: Option<DateTime<Utc>>,
    /// The clock.
    pub clock: fn() -> DateTime<Utc>,
    /// Whether pages reload when the records change.
    pub is_live: bool,
    /// Whether `--allow-mass-deletion` was given.
    pub allows_mass_deletion: bool,
}

impl SiteContext {
    /// The as-of time.
    pub(super) fn now(&self) -> DateTime<Utc> {
        self.fixed.unwrap_or_else(|| (self.clock)().trunc_subsecs(0))
    }
}

/// A calendar and its artifacts.
pub(super) struct State {
    pub(super) snapshot: Snapshot,
    pub(super) calendar: Calendar,
    pub(super) history: History,
    pub(super) lock: Lock,
    lock_on_disk: Arc<LockOnDisk>,
    /// The cache of unchanged files.
    known: Arc<Mutex<Cache>>,
    /// Templates, for responses to custom queries.
    pub(super) theme: Theme,
    /// The path of the calendar's `url`.
    pub(super) home: Option<String>,
    /// The search for withheld values.
    pub(super) search: Search,
    /// Values that newer records withhold, while these records cannot be served.
    withdrawn: Mutex<Option<Arc<Withdrawn>>>,
    /// The as-of time.
    pub(super) now: DateTime<Utc>,
    /// When this state was first served.
    pub(super) since: DateTime<Utc>,
    /// The date of responses to custom queries: differs for each state, even within a second.
    pub(super) dated: DateTime<Utc>,
    /// Differs whenever the content differs.
    pub(super) version: String,
    /// The mistakes because of which some events are not shown.
    pub(super) mistakes: Vec<Diagnostic>,
    /// Cached responses to custom queries.
    pub(super) made: Answers,
}

/// Values that newer records withhold, and the paths that contain them.
pub(super) struct Withdrawn {
    pub(super) search: Search,
    paths: HashSet<Box<str>>,
}

/// `calendar.lock` as it is on disk.
struct LockOnDisk {
    text: Digest,
    lock: Lock,
    /// Whether the file exists.
    is_there: bool,
}

impl LockOnDisk {
    /// Reads the lock, or reuses that of `before` if the text is the same.
    fn read(root: &Path, before: Option<&State>) -> Result<Arc<LockOnDisk>> {
        let text = Lock::text(root)?;
        let digest = Digest::of(&[text.as_deref().unwrap_or_default().as_bytes()]);
        if let Some(before) =
            before.filter(|before| before.lock_on_disk.text == digest && before.lock_on_disk.is_there == text.is_some())
        {
            return Ok(Arc::clone(&before.lock_on_disk));
        }
        let is_there = text.is_some();
        let lock = text.as_deref().map(Lock::parse).transpose()?.unwrap_or_default();
        Ok(Arc::new(LockOnDisk { text: digest, lock, is_there }))
    }
}

/// Why a calendar cannot be served.
pub(super) enum Refused {
    /// The records have mistakes. Has the search for the values that they withhold.
    Records(Vec<Diagnostic>, Search),
    /// The site cannot be built, perhaps because it would show withheld values. Has the search for these.
    Site(Error, Search),
    /// Another error.
    Otherwise(Error),
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Refused::Otherwise(error)
    }
}

impl State {
    /// Loads the calendar and builds the artifacts that the snapshot of `before` lacks.
    #[expect(clippy::result_large_err, reason = "made once a reload, and taken apart at once")]
    pub(super) fn load(context: &SiteContext, before: Option<&State>) -> Result<State, Refused> {
        let now = context.now();
        // Resolve the root once, so that everything comes from one folder even if a link is switched meanwhile.
        let root = &context.root.canonicalize().unwrap_or_else(|_| context.root.clone());
        if before.is_some() && !root.join("calendar.toml").is_file() && !root.join("events").is_dir() {
            return Err(Error::new(format!("no calendar in {} any more", context.root.display())).into());
        }
        let known = before.map(|before| Arc::clone(&before.known)).unwrap_or_default();
        let loaded = match known.lock() {
            Ok(mut known) => calendar::load_cached(root, &context.tzdb, now, &mut known, (context.clock)()),
            // A panic may have left the cache inconsistent.
            Err(_) => calendar::load(root, &context.tzdb, now),
        };
        let mut loaded = loaded?;
        let mut mistakes = std::mem::take(&mut loaded.diagnostics);
        mistakes.retain(|one| one.finding.severity == Severity::Error);
        if !mistakes.is_empty() && before.is_some_and(|before| before.mistakes.is_empty()) {
            return Err(Refused::Records(mistakes, loaded.withheld));
        }
        let (mut calendar, files) = (loaded.calendar, loaded.files);
        let mut search = loaded.withheld;
        if let Some(secret) = &context.secret {
            secret.add_to(&mut search);
        }
        let theme = (context.theme)(root)?;
        let is_whole = mistakes.is_empty();
        let tzdb = &context.tzdb;
        let lock_on_disk = LockOnDisk::read(root, before)?;
        let on_disk = &lock_on_disk.lock;
        on_disk.refuse_future(now.max((context.clock)()))?;
        // If the lock file vanished together with the records, the served state is what subscribers have.
        let published = match before {
            Some(before) if !lock_on_disk.is_there && before.lock_on_disk.is_there => &before.lock,
            _ => on_disk,
        };
        published.keep_uids(&mut calendar);
        if let Some(change) = published.domain_change(&calendar) {
            return Err(Refused::Records(vec![change.diagnostic()], search));
        }
        if !context.allows_mass_deletion
            && let Some(found) =
                published.mass_deletion(&calendar, files, |id| load::is_unread(&mistakes, id), now, tzdb)
        {
            return Err(Refused::Records(vec![found.diagnostic()], search));
        }
        // An event with a mistake is not deleted.
        let (lock, _) = if is_whole {
            on_disk.updated_with(&calendar, now, tzdb)
        } else {
            on_disk.updated_in_part(&calendar, now, tzdb)
        };
        let lock = match before {
            Some(before) => lock.steadied(on_disk, &before.lock),
            None => lock,
        };
        let history = if is_whole {
            History::new(&lock, &calendar, now, tzdb, |_| true)
        } else {
            History::in_part(&lock, &calendar, now, tzdb)
        };
        history.announce(&mut calendar);
        let has_members = calendar.feeds().iter().any(|feed| feed.audience == Audience::Members);
        let input = Input {
            calendar: &calendar,
            lock: &lock,
            history: &history,
            withheld: &search,
            tzdb,
            now,
            secret: context.secret.as_ref().filter(|_| has_members),
            theme: &theme,
            program: &context.program,
            is_live: context.is_live,
        };
        let empty = Snapshot::default();
        let old = before.map_or(&empty, |before| &before.snapshot);
        let snapshot = Mutex::new(Snapshot::like(old));
        let take = |artifact: Artifact| {
            if !is_whole && is_feed(Kind::of(&artifact.path)) {
                return;
            }
            let path = artifact.path.clone();
            if let Some(resource) = old.renewed(artifact, (context.clock)()) {
                // Held only for one insertion.
                snapshot.lock().expect("no thread panicked").put(&path, resource);
            }
        };
        site::make(
            &input,
            |path, key| old.length(path, key),
            |made| {
                take(Artifact { path: made.path, media_type: made.media_type, key: Some(made.key), bytes: made.bytes });
                Ok(())
            },
            |_, _| {},
        )
        .map_err(|error| Refused::Site(error, search.clone()))?;
        if context.is_live {
            let bytes = Some(live::SCRIPT.into());
            let media_type = "text/javascript; charset=utf-8";
            take(Artifact { path: "static/live.js".into(), media_type, key: None, bytes });
        }
        let snapshot = snapshot.into_inner().expect("no thread panicked");
        let same = before.filter(|before| snapshot.is_same(&before.snapshot));
        let version =
            same.map_or_else(|| (context.clock)().timestamp_micros().to_string(), |same| same.version.clone());
        let since = same.map_or_else(|| context.now(), |same| same.since);
        let dated = match (same, before) {
            (Some(same), _) => same.dated,
            (None, before) => following((context.clock)(), before.map(|before| before.dated)),
        };
        let home = calendar.settings.url.as_deref().and_then(|url| Some(url::Url::parse(url).ok()?.path().to_owned()));
        Ok(State {
            snapshot,
            calendar,
            history,
            lock,
            lock_on_disk,
            known,
            theme,
            home,
            search,
            withdrawn: Mutex::default(),
            now,
            since,
            dated,
            version,
            mistakes,
            made: Answers::default(),
        })
    }

    /// Stops serving files with values that newer records withhold, although these records cannot be served yet.
    pub(super) fn withdraw(&self, search: Search) {
        let mut withdrawn = self.withdrawn.lock().unwrap_or_else(PoisonError::into_inner);
        if !search.adds_to(&self.search) {
            *withdrawn = None;
            return;
        }
        let paths =
            self.snapshot.public().filter(|(path, resource)| search.prove_file(path, &resource.plain.bytes).is_err());
        let paths = paths.map(|(path, _)| path.into()).collect();
        *withdrawn = Some(Arc::new(Withdrawn { search, paths }));
    }

    /// Values that newer records withhold, while these records cannot be served.
    pub(super) fn withdrawn(&self) -> Option<Arc<Withdrawn>> {
        self.withdrawn.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether the file at a path contains a value that newer records withhold.
    pub(super) fn withdraws(&self, path: &str) -> bool {
        self.withdrawn().is_some_and(|withdrawn| withdrawn.paths.contains(path))
    }

    /// Whether `calendar.lock` on disk is out of date.
    pub(super) fn is_ahead(&self) -> bool {
        self.lock != self.lock_on_disk.lock
    }

    /// Whether feeds are withheld because they would lack events.
    pub(super) fn withholds_feeds(&self) -> bool {
        !self.mistakes.is_empty()
    }
}

/// Whether subscribers delete the events that a resource of this kind lacks.
pub(super) fn is_feed(kind: Kind) -> bool {
    matches!(kind, Kind::Feed | Kind::Members | Kind::Event)
}
