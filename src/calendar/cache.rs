//! What was judged before: of a file that did not change nothing is read again, while a server shows its calendar.
//!
//! A file counts as unchanged where its size and its times are the same, it is the same file of the disk, and its times
//! were well past when it was read: within one tick of a clock a file can change twice. It is judged by the same
//! settings, and on the same day by every clock that its events go by; the hour does not count.
//!
//! What surprises: records with mistakes, and those that name a sheet, are read again each time. There are few of them.

use std::collections::HashMap;
use std::fs::Metadata;
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, Utc};

use crate::diagnostic::Diagnostic;
use crate::event::{KindId, Kinds, When};
use crate::resolve::{Context, Judged};
use crate::source::find::Found;
use crate::zone::Zone;

/// Clocks of file systems tick once in this time, or more often.
const TICK: Duration = Duration::from_secs(2);

/// Files that were judged, for the next time that the same calendar is loaded with the same zones.
#[derive(Debug, Default)]
pub struct Cache {
    ground: Option<JudgingContext>,
    files: HashMap<String, File>,
}

/// What all records are judged by.
#[derive(PartialEq, Debug)]
struct JudgingContext {
    kinds: Kinds,
    default_kind: Option<KindId>,
    language: Box<str>,
    timezone: Option<Zone>,
    domain: Box<str>,
    tzdb: String,
}

impl JudgingContext {
    fn of(context: &Context<'_>) -> Self {
        let Context { kinds, default_kind, language, timezone, domain, tzdb, now: _ } = *context;
        JudgingContext {
            kinds: kinds.clone(),
            default_kind,
            language: language.into(),
            timezone,
            domain: domain.into(),
            tzdb: tzdb.version().to_owned(),
        }
    }
}

/// A file, and what became of it.
#[derive(Debug)]
pub(super) struct File {
    path: PathBuf,
    stamp: Stamp,
    /// The as-of time at which it was judged.
    at: DateTime<Utc>,
    pub(super) records: Vec<Judged>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl File {
    /// A file that was judged by `context`; none where it has to be read each time.
    pub(super) fn new(
        found: &Found,
        stamp: Option<Stamp>,
        records: &[(u32, Judged)],
        diagnostics: &[Diagnostic],
        context: &Context<'_>,
    ) -> Option<File> {
        let stamp = stamp?;
        let is_whole = records.iter().all(|(_, judged)| judged.event.is_some() && judged.sheet.is_none());
        is_whole.then(|| File {
            path: found.path.clone(),
            stamp,
            at: context.now,
            records: records.iter().map(|(_, judged)| judged.clone()).collect(),
            diagnostics: diagnostics.to_vec(),
        })
    }

    /// Whether it is the same day as then by every clock that the records go by.
    fn is_of_day(&self, context: &Context<'_>) -> bool {
        let (then, now) = (self.at, context.now);
        let same = |zone: Zone| then.with_timezone(&zone).date_naive() == now.with_timezone(&zone).date_naive();
        let events = self.records.iter().filter_map(|judged| judged.event.as_deref());
        let mut zones = events.filter_map(|event| match event.when {
            When::Zoned { zone, .. } => Some(zone),
            When::AllDay(_) | When::Fixed { .. } | When::Floating { .. } => None,
        });
        then == now || same(Zone::utc()) && context.timezone.is_none_or(same) && zones.all(same)
    }
}

impl Cache {
    /// Forgets everything where `context` is another one than before.
    pub(super) fn begin(&mut self, context: &Context<'_>) {
        let ground = Some(JudgingContext::of(context));
        if self.ground != ground {
            *self = Cache { ground, files: HashMap::new() };
        }
    }

    /// What became of a file, if it is still the same.
    pub(super) fn get(&self, found: &Found, stamp: Option<&Stamp>, context: &Context<'_>) -> Option<&File> {
        let file = self.files.get(&found.name)?;
        (stamp == Some(&file.stamp) && file.path == found.path && file.is_of_day(context)).then_some(file)
    }

    /// Keeps of the files that were found those that did not change, and takes the others.
    pub(super) fn renew<'f>(&mut self, same: impl Iterator<Item = &'f Found>, fresh: Vec<(&'f Found, File)>) {
        let mut old = std::mem::take(&mut self.files);
        let same = same.filter_map(|found| old.remove_entry(&found.name));
        self.files = same.collect();
        self.files.extend(fresh.into_iter().map(|(found, file)| (found.name.clone(), file)));
    }
}

/// What tells that a file is the same as before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Stamp {
    size: u64,
    modified: SystemTime,
    identity: Identity,
}

/// Device, number, and when any of it changed, as the system tells; it is not set by hand as the time of a file is.
#[cfg(unix)]
type Identity = (u64, u64, i64, i64);
#[cfg(not(unix))]
type Identity = ();

impl Stamp {
    /// The stamp of a file; none of one that changed so near to `now`, by the system's clock, that it may change
    /// again and look the same.
    pub(super) fn of(found: &Metadata, now: SystemTime) -> Option<Stamp> {
        let modified = found.modified().ok()?;
        let changed = modified.max(changed(found)?);
        let is_settled = now.duration_since(changed).is_ok_and(|age| age > TICK);
        is_settled.then(|| Stamp { size: found.len(), modified, identity: identity(found) })
    }
}

#[cfg(unix)]
fn identity(found: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    (found.dev(), found.ino(), found.ctime(), found.ctime_nsec())
}

#[cfg(unix)]
fn changed(found: &Metadata) -> Option<SystemTime> {
    use std::os::unix::fs::MetadataExt;
    let nanos = found.ctime_nsec().try_into().ok()?;
    UNIX_EPOCH.checked_add(Duration::new(found.ctime().try_into().ok()?, nanos))
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> Identity {}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> Option<SystemTime> {
    Some(UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::calendar::load_cached;
    use crate::zone::Tzdb;

    #[expect(clippy::disallowed_methods, reason = "files have the times of the machine")]
    fn clock() -> DateTime<Utc> {
        SystemTime::now().into()
    }

    const RECORD: &str =
        "title = \"Assembly\"\nkind = \"meeting\"\nstart = 2026-12-01T18:00\ntimezone = \"Asia/Tokyo\"\n";

    #[test]
    fn a_file_is_known_when_it_is_settled_and_whole_and_of_the_day() {
        let root = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| fs::write(root.path().join(name), text).expect("a file");
        fs::create_dir(root.path().join("events")).expect("a folder");
        write("calendar.toml", "domain = \"example.org\"\ntimezone = \"Europe/Madrid\"\n");
        write("events/assembly.toml", RECORD);
        write("events/wrong.toml", "title = \"No kind\"\n");
        write("events/day.toml", "title = \"Day\"\nkind = \"action-day\"\nstart = 2026-12-12\nlocals = \"rows.csv\"\n");
        write("events/rows.csv", "city,country\n");
        let tzdb = Tzdb::bundled();
        let mut known = Cache::default();
        let mut load = |now: &str| {
            let now: DateTime<Utc> = now.parse().expect("an instant");
            load_cached(root.path(), &tzdb, now, &mut known, clock()).expect("a calendar");
            let mut names: Vec<(String, String)> =
                known.files.iter().map(|(name, file)| (name.clone(), file.at.to_rfc3339())).collect();
            names.sort();
            names
        };
        let kept = |at: &str| vec![("events/assembly.toml".to_owned(), at.to_owned())];
        // What was written a moment ago may be written again in the same tick.
        assert_eq!(load("2026-11-20T12:00:00Z"), []);
        std::thread::sleep(TICK + Duration::from_millis(200));
        assert_eq!(load("2026-11-20T12:00:00Z"), kept("2026-11-20T12:00:00+00:00"));
        // It is read again when the day changes in Tokyo, at 15:00.
        assert_eq!(load("2026-11-20T14:59:59Z"), kept("2026-11-20T12:00:00+00:00"));
        assert_eq!(load("2026-11-20T15:00:00Z"), kept("2026-11-20T15:00:00+00:00"));
        write("events/assembly.toml", &RECORD.replace("18:00", "19:00"));
        assert_eq!(load("2026-11-20T15:00:00Z"), []);
    }
}
