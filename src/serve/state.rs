//! What the server knows at a moment: a calendar that was read from disk, and everything that is made from it.
//!
//! A calendar with mistakes replaces none without: the last good state stays. Where there is none yet, because the records
//! had mistakes when the server started, pages show what has none, and feeds are withheld: a feed that lacks an event
//! tells every phone to forget it.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, SubsecRound, Utc};

use super::live;
use super::query::Answers;
use super::shelf::{Artifact, Kind, Shelf, following};
use crate::calendar::{self, Calendar, Known, Secret, load};
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::{Error, Result};
use crate::event::Audience;
use crate::lock::{Digest, Lock, Standing};
use crate::privacy::Search;
use crate::render::site::Theme;
use crate::site::{self, Input};
use crate::zone::Tzdb;

/// Where a calendar is, and what its pages are made with.
pub struct Ground {
    /// Its folder.
    pub root: PathBuf,
    /// The rules of all zones.
    pub tzdb: Tzdb,
    /// The secret of the members, if there is one.
    pub secret: Option<Secret>,
    /// Tells this program from any other.
    pub program: String,
    /// Reads templates and static files.
    pub theme: fn(&Path) -> Result<Theme>,
    /// The as-of time, where it is fixed.
    pub fixed: Option<DateTime<Utc>>,
    /// The clock.
    pub clock: fn() -> DateTime<Utc>,
    /// Whether pages are shown anew when the records change.
    pub is_live: bool,
    /// Whether most of the events may go at once.
    pub allows_mass_deletion: bool,
}

impl Ground {
    /// The as-of time.
    pub(super) fn now(&self) -> DateTime<Utc> {
        self.fixed.unwrap_or_else(|| (self.clock)().trunc_subsecs(0))
    }
}

/// A calendar and its artifacts.
pub(super) struct State {
    pub(super) shelf: Shelf,
    pub(super) calendar: Calendar,
    pub(super) standing: Standing,
    pub(super) lock: Lock,
    told: Arc<Told>,
    /// The files that need not be read again.
    known: Arc<Mutex<Known>>,
    /// Templates, for what is made for single requests.
    pub(super) theme: Theme,
    /// The path of the site's own address, where the calendar knows it.
    pub(super) home: Option<String>,
    /// What must not be shown to everybody.
    pub(super) search: Search,
    /// What newer records withhold that cannot be served yet.
    withdrawn: Mutex<Option<Arc<Withdrawn>>>,
    /// The as-of time.
    pub(super) now: DateTime<Utc>,
    /// Since when this is what is served.
    pub(super) since: DateTime<Utc>,
    /// The date of what is made from it for single requests: another one for each state, also within a second.
    pub(super) dated: DateTime<Utc>,
    /// Another one wherever anything differs.
    pub(super) version: String,
    /// The mistakes that keep some events from being shown.
    pub(super) mistakes: Vec<Diagnostic>,
    /// Answers that were made for single requests.
    pub(super) made: Answers,
}

/// What newer records withhold, and the paths that show it.
pub(super) struct Withdrawn {
    pub(super) search: Search,
    paths: HashSet<Box<str>>,
}

/// The lock as it is on the disk.
struct Told {
    text: Digest,
    lock: Lock,
    /// Whether there is a file.
    is_there: bool,
}

impl Told {
    /// Reads it, unless `before` has the very same one.
    fn read(root: &Path, before: Option<&State>) -> Result<Arc<Told>> {
        let text = Lock::text(root)?;
        let digest = Digest::of(&[text.as_deref().unwrap_or_default().as_bytes()]);
        if let Some(before) =
            before.filter(|before| before.told.text == digest && before.told.is_there == text.is_some())
        {
            return Ok(Arc::clone(&before.told));
        }
        let is_there = text.is_some();
        let lock = text.as_deref().map(Lock::parse).transpose()?.unwrap_or_default();
        Ok(Arc::new(Told { text: digest, lock, is_there }))
    }
}

/// Why a calendar did not become a state.
pub(super) enum Refused {
    /// Its records have mistakes; with the search for what they withhold.
    Records(Vec<Diagnostic>, Search),
    /// The site cannot be made, perhaps because it would show what the records withhold; with the search for that.
    Site(Error, Search),
    /// Anything else.
    Otherwise(Error),
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Refused::Otherwise(error)
    }
}

impl State {
    /// Reads the calendar and makes what is not on the shelf of `before`.
    #[expect(clippy::result_large_err, reason = "made once a reload, and taken apart at once")]
    pub(super) fn load(ground: &Ground, before: Option<&State>) -> Result<State, Refused> {
        let now = ground.now();
        // All of it from one folder, whatever a link leads to in the next moment.
        let root = &ground.root.canonicalize().unwrap_or_else(|_| ground.root.clone());
        if before.is_some() && !root.join("calendar.toml").is_file() && !root.join("events").is_dir() {
            return Err(Error::new(format!("no calendar in {} any more", ground.root.display())).into());
        }
        let known = before.map(|before| Arc::clone(&before.known)).unwrap_or_default();
        let loaded = match known.lock() {
            Ok(mut known) => calendar::load_again(root, &ground.tzdb, now, &mut known, (ground.clock)()),
            // Somebody panicked in the middle of it, and what it knows may be half the truth.
            Err(_) => calendar::load(root, &ground.tzdb, now),
        };
        let mut loaded = loaded?;
        let mut mistakes = std::mem::take(&mut loaded.diagnostics);
        mistakes.retain(|one| one.finding.severity == Severity::Error);
        if !mistakes.is_empty() && before.is_some_and(|before| before.mistakes.is_empty()) {
            return Err(Refused::Records(mistakes, loaded.withheld));
        }
        let (calendar, files) = (loaded.calendar, loaded.files);
        let mut search = loaded.withheld;
        if let Some(secret) = &ground.secret {
            secret.add_to(&mut search);
        }
        let theme = (ground.theme)(root)?;
        let is_whole = mistakes.is_empty();
        let tzdb = &ground.tzdb;
        let told = Told::read(root, before)?;
        let on_disk = &told.lock;
        // The file may have vanished with the records; then what was served is what subscribers know.
        let published = match before {
            Some(before) if !told.is_there && before.told.is_there => &before.lock,
            _ => on_disk,
        };
        if !ground.allows_mass_deletion
            && let Some(found) =
                published.mass_deletion(&calendar, files, |id| load::is_unread(&mistakes, id), now, tzdb)
        {
            return Err(Refused::Records(vec![found.diagnostic()], search));
        }
        // An event that has a mistake is not a deleted one.
        let (lock, _) = if is_whole {
            on_disk.updated_with(&calendar, now, tzdb)
        } else {
            on_disk.updated_in_part(&calendar, now, tzdb)
        };
        let lock = match before {
            Some(before) => lock.steadied(on_disk, &before.lock),
            None => lock,
        };
        let standing = if is_whole {
            Standing::new(&lock, &calendar, now, tzdb, |_| true)
        } else {
            Standing::in_part(&lock, &calendar, now, tzdb)
        };
        let has_members = calendar.feeds().iter().any(|feed| feed.audience == Audience::Members);
        let input = Input {
            calendar: &calendar,
            lock: &lock,
            standing: &standing,
            withheld: &search,
            tzdb,
            now,
            secret: ground.secret.as_ref().filter(|_| has_members),
            theme: &theme,
            program: &ground.program,
            is_live: ground.is_live,
        };
        let empty = Shelf::default();
        let old = before.map_or(&empty, |before| &before.shelf);
        let shelf = Mutex::new(Shelf::like(old));
        let take = |artifact: Artifact| {
            if !is_whole && is_feed(Kind::of(&artifact.path)) {
                return;
            }
            let path = artifact.path.clone();
            if let Some(entry) = old.renewed(artifact, (ground.clock)()) {
                // A push is all that is done while it is held.
                shelf.lock().expect("no thread panicked").put(&path, entry);
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
        if ground.is_live {
            let bytes = Some(live::SCRIPT.into());
            let media_type = "text/javascript; charset=utf-8";
            take(Artifact { path: "static/live.js".into(), media_type, key: None, bytes });
        }
        let shelf = shelf.into_inner().expect("no thread panicked");
        let same = before.filter(|before| shelf.is_same(&before.shelf));
        let version = same.map_or_else(|| (ground.clock)().timestamp_micros().to_string(), |same| same.version.clone());
        let since = same.map_or_else(|| ground.now(), |same| same.since);
        let dated = match (same, before) {
            (Some(same), _) => same.dated,
            (None, before) => following((ground.clock)(), before.map(|before| before.dated)),
        };
        let home = calendar.settings.url.as_deref().and_then(|url| Some(url::Url::parse(url).ok()?.path().to_owned()));
        Ok(State {
            shelf,
            calendar,
            standing,
            lock,
            told,
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

    /// Stops answering with what newer records withhold, although these cannot be served.
    pub(super) fn withdraw(&self, search: Search) {
        let mut withdrawn = self.withdrawn.lock().unwrap_or_else(PoisonError::into_inner);
        if !search.adds_to(&self.search) {
            *withdrawn = None;
            return;
        }
        let paths = self.shelf.public().filter(|(path, entry)| search.prove_file(path, &entry.plain.bytes).is_err());
        let paths = paths.map(|(path, _)| path.into()).collect();
        *withdrawn = Some(Arc::new(Withdrawn { search, paths }));
    }

    /// What newer records withhold that cannot be served yet.
    pub(super) fn withdrawn(&self) -> Option<Arc<Withdrawn>> {
        self.withdrawn.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether newer records withhold something in the file at a path.
    pub(super) fn withdraws(&self, path: &str) -> bool {
        self.withdrawn().is_some_and(|withdrawn| withdrawn.paths.contains(path))
    }

    /// Whether the lock on the disk lacks what subscribers are told.
    pub(super) fn is_ahead(&self) -> bool {
        self.lock != self.told.lock
    }

    /// Whether feeds are withheld, because they would lack events.
    pub(super) fn withholds_feeds(&self) -> bool {
        !self.mistakes.is_empty()
    }
}

/// Whether subscribers take what is absent from it for deleted.
pub(super) fn is_feed(kind: Kind) -> bool {
    matches!(kind, Kind::Feed | Kind::Members | Kind::Event)
}
