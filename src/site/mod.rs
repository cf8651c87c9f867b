//! A calendar as files: the one road of `build`, which writes them, and `serve`, which answers with them.
//!
//! Every artifact has a key, a digest of all that it is made from. Who has an artifact of that key already says so, and
//! it is not made again. Public bytes are searched for what is withheld before anybody gets them.

mod job;
mod key;
mod media_type;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use chrono::{DateTime, Utc};

use crate::calendar::{Calendar, Secret, threads};
use crate::error::{Error, Result};
use crate::lock::{Digest, Lock, Standing};
use crate::privacy::Search;
use crate::render::site::{Press, Theme};
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
    pub standing: &'c Standing,
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
    /// Tells this program from any other that would write other bytes.
    pub program: &'c str,
    /// Whether a server shows the pages, and tells them of changes.
    pub is_live: bool,
}

/// An artifact, or the word that whoever asked has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Made {
    /// Relative, with slashes: `events/x/index.html`.
    pub path: Box<str>,
    /// For HTTP.
    pub media_type: &'static str,
    /// Of what it is made.
    pub key: Key,
    /// None where it was known by this key.
    pub bytes: Option<Bytes>,
}

/// What was made.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Summary {
    /// Pages, in all languages.
    pub pages: usize,
    /// Feeds, each counted once whatever its forms.
    pub feeds: usize,
    /// All artifacts.
    pub artifacts: usize,
    /// What the keeper of the calendar should know.
    pub warnings: Vec<String>,
}

/// Artifacts that a thread makes at a time: one, for the large ones come first and are neighbours.
const STEP: usize = 1;

/// Makes the site.
///
/// `is_known` says how many bytes an artifact has that need not be made again; `take` gets every artifact, from several
/// threads and in no order; `progress` is told how many are done, of how many.
///
/// # Errors
/// A template that cannot be used, a members' feed without a secret, a withheld value that would be public, and what
/// `take` says.
pub fn make(
    input: &Input<'_>,
    is_known: impl Fn(&str, Key) -> Option<u64> + Sync,
    take: impl Fn(Made) -> Result<()> + Sync,
    progress: impl Fn(usize, usize) + Sync,
) -> Result<Summary> {
    let site = Site::new(input.calendar, input.lock, input.standing, input.tzdb, input.now);
    let press = Press { site: &site, theme: input.theme, is_live: input.is_live };
    let jobs = job::all(&site, input)?;
    let keys = key::Keys::new(&site, input);
    let done = AtomicUsize::new(0);
    let warnings = Mutex::new(Vec::new());
    let one = |index: usize| -> Result<()> {
        let job = &jobs[index];
        let key = keys.of(job);
        let known = is_known(&job.path, key);
        let bytes = if known.is_some() { None } else { Some(job.bytes(&press, input)?) };
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
