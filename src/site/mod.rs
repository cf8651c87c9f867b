//! Builds the files of the site, for `build`, which writes them, and for `serve`, which sends them.
//!
//! Every artifact has a key, the digest of its inputs. An artifact whose key the caller already holds is not rebuilt.
//! Public bytes are searched for withheld values before they are handed over.

mod job;
mod key;
mod media_type;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use chrono::{DateTime, Utc};

use crate::calendar::{Calendar, Secret, threads};
use crate::error::{Error, Result};
use crate::lock::{Digest, History, Lock};
use crate::privacy::Search;
use crate::render::site::{Renderer, Theme};
use crate::view::site::Site;
use crate::zone::Tzdb;

/// A digest of all that an artifact is made from.
pub type Key = Digest;

/// What a site is made from.
#[derive(Clone, Copy)]
pub struct Input<'c> {
    /// The calendar.
    pub calendar: &'c Calendar,
    /// Its lock, up to date.
    pub lock: &'c Lock,
    /// What the lock says of each event.
    pub history: &'c History,
    /// What no public byte may show; also of records that have mistakes.
    pub withheld: &'c Search,
    /// The rules of all zones.
    pub tzdb: &'c Tzdb,
    /// The as-of time.
    pub now: DateTime<Utc>,
    /// The secret in the path of members' feeds.
    pub secret: Option<&'c Secret>,
    /// Templates, style and script.
    pub theme: &'c Theme,
    /// Identifies this build of the program, because another one may write other bytes.
    pub program: &'c str,
    /// Whether pages reload when the server sends an event.
    pub is_live: bool,
}

/// An artifact, without bytes if the caller holds it already.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Made {
    /// Relative, with slashes: `events/x/index.html`.
    pub path: Box<str>,
    /// For HTTP.
    pub media_type: &'static str,
    /// The digest of its inputs.
    pub key: Key,
    /// `None` if the caller holds the artifact with this key.
    pub bytes: Option<Bytes>,
}

/// The result of a build.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Summary {
    /// Pages, in all languages.
    pub pages: usize,
    /// The number of feeds; the forms of a feed count once.
    pub feeds: usize,
    /// All artifacts.
    pub artifacts: usize,
    /// What the keeper of the calendar should know.
    pub warnings: Vec<String>,
}

/// Artifacts that a thread makes at a time: one, for the large ones come first and are neighbours.
const STEP: usize = 1;

/// Builds the site.
///
/// `is_known` returns the length of an artifact that the caller already holds; `take` receives every artifact, from
/// several threads and in no order; `progress` receives the number of finished artifacts and the total.
///
/// # Errors
/// A template fails, a members' feed has no secret, a withheld value would be published, or `take` fails.
pub fn make(
    input: &Input<'_>,
    is_known: impl Fn(&str, Key) -> Option<u64> + Sync,
    take: impl Fn(Made) -> Result<()> + Sync,
    progress: impl Fn(usize, usize) + Sync,
) -> Result<Summary> {
    let site = Site::new(input.calendar, input.lock, input.history, input.tzdb, input.now);
    let renderer = Renderer { site: &site, theme: input.theme, is_live: input.is_live };
    let jobs = job::all(&site, input)?;
    let keys = key::Keys::new(&site, input);
    let done = AtomicUsize::new(0);
    let warnings = Mutex::new(Vec::new());
    let one = |index: usize| -> Result<()> {
        let job = &jobs[index];
        let key = keys.of(job);
        let known = is_known(&job.path, key);
        let bytes = if known.is_some() { None } else { Some(job.bytes(&renderer, input)?) };
        if let Some(bytes) = bytes.as_ref().filter(|_| job.is_public())
            && let Err(leak) = input.withheld.prove_file(&job.path, bytes)
        {
            return Err(leaked(&input.withheld.struck(&job.path), &leak));
        }
        let length = bytes.as_ref().map_or(known.unwrap_or_default(), |bytes| bytes.len() as u64);
        if let Some(warning) = job.warning(&site, length) {
            // A push is all that is done with it.
            warnings.lock().expect("no thread panicked").push((index, warning));
        }
        take(Made { path: job.path.as_str().into(), media_type: job.media_type, key, bytes: bytes.map(Bytes::from) })?;
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, jobs.len());
        Ok(())
    };
    let results = threads::in_order(jobs.len(), STEP, threads::all(), |range| range.into_iter().try_for_each(one));
    results.into_iter().collect::<Result<()>>()?;
    let mut warnings = warnings.into_inner().expect("no thread panicked");
    warnings.sort_unstable_by_key(|(index, _)| *index);
    Ok(Summary {
        pages: jobs.iter().filter(|job| job.is_page()).count(),
        feeds: site.feeds.len() + site.members.len(),
        artifacts: jobs.len(),
        warnings: warnings.into_iter().map(|(_, warning)| warning).collect(),
    })
}

fn leaked(path: &str, leak: &crate::privacy::Leak) -> Error {
    Error::new(format!("`{path}` would show {leak}, which is private"))
        .help("`redletter check` names the line; nothing was published")
}
