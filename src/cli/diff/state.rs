//! A state of a calendar, as a word of the command line names it: a folder, a revision, a file, a site.

use std::collections::{BTreeSet, HashMap};
use std::io::Read;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::super::check::count;
use super::super::import::address;
use super::super::{Exit, Global, World, open};
use super::git;
use crate::calendar::{self, Calendar, Feed, Loaded};
use crate::diagnostic::{self, Diagnostic, Severity, shorten};
use crate::diff::{Published, read};
use crate::error::{Error, Result};
use crate::event::Audience;
use crate::lock::{History, Lock};
use crate::privacy::Search;
use crate::render::ics;
use crate::source::root::is_calendar;
use crate::view::feed::FeedView;
use crate::zone::Tzdb;

/// The largest .ics file that is read.
const LARGEST: u64 = 1_000_000_000;
/// Files of a folder of .ics files.
const MOST_FILES: usize = 200_000;
/// Messages about what cannot be read.
const MOST_MESSAGES: usize = 10;

/// What all states are read with.
#[derive(Clone, Copy)]
pub(super) struct Context<'c> {
    pub(super) global: &'c Global,
    pub(super) tzdb: &'c Tzdb,
    pub(super) now: DateTime<Utc>,
}

/// A state.
pub(super) struct State {
    /// What it is called.
    pub(super) label: String,
    /// What subscribers see.
    pub(super) published: Published,
    /// Mistakes in its records.
    errors: Vec<Diagnostic>,
    /// What its records withhold.
    withheld: Option<Search>,
    /// File and line of the record of each UID.
    places: HashMap<String, (String, usize)>,
}

impl State {
    /// The state that a word names: something that exists, else a revision.
    pub(super) fn of(word: &str, context: &Context<'_>, world: &World<'_>) -> Result<State> {
        if address::is_address(word) {
            return Ok(State::plain(word, published(word, word, &address::get(word)?, context.tzdb)?));
        }
        let path = world.folder.join(word);
        if path.is_dir() {
            return folder(&path, word, context);
        }
        if path.exists() {
            return Ok(State::plain(word, ics(&path, word, context.tzdb)?));
        }
        State::revision(word, context, world)
    }

    /// The calendar as it was at a revision.
    pub(super) fn revision(word: &str, context: &Context<'_>, world: &World<'_>) -> Result<State> {
        let missing = || {
            Error::new(format!("`{}` is neither a file or folder nor a revision", shorten(word)))
                .help("give a calendar's folder, a revision such as HEAD~3, an .ics file, or a built site")
        };
        let Some(root) = open::find_root(context.global, world)? else { return Err(missing()) };
        let Some(tree) = git::resolved(&root, word)? else { return Err(missing()) };
        let folder = tempfile::tempdir().map_err(|source| Error::io("write", Path::new("a folder"), &source))?;
        git::export(&root, &tree, folder.path())
            .map_err(|error| error.told(|text| format!("{}: {text}", shorten(word))))?;
        State::calendar(folder.path(), word, context)
    }

    /// The calendar in a folder.
    pub(super) fn calendar(root: &Path, label: &str, context: &Context<'_>) -> Result<State> {
        let Context { tzdb, now, .. } = *context;
        let mut loaded = calendar::load(root, tzdb, now)?;
        let lock = Lock::read(root)?;
        let history = lock.as_ref().map(|lock| History::new(lock, &loaded.calendar, now, tzdb, |_| true));
        let told = history.as_ref().map(|history| history.told(&loaded.calendar));
        let calendar = told.as_deref().unwrap_or(&loaded.calendar);
        let feeds = feeds(calendar, lock.as_ref());
        let all = Feed::named(&feeds, "all")?;
        let view = FeedView::of(calendar, &all, now, history.as_ref(), |_| true);
        let mut bytes = Vec::new();
        ics::write_with(&view, NonZeroUsize::MIN, &mut bytes).map_err(|source| Error::output(&source))?;
        let mut published = read(label, &bytes, tzdb);
        let deleted: BTreeSet<&str> =
            history.iter().flat_map(|history| history.tombstones(&all)).map(|one| &*one.event.uid).collect();
        for series in &mut published.series {
            series.is_deleted = deleted.contains(&*series.uid);
        }
        published.feeds = Some(feeds.iter().map(|feed| feed.name.to_string()).collect());
        let places = places(&loaded);
        drop(told);
        let errors = std::mem::take(&mut loaded.diagnostics);
        let errors = errors.into_iter().filter(|one| one.finding.severity == Severity::Error).collect();
        Ok(State { label: label.to_owned(), published, errors, withheld: Some(loaded.withheld), places })
    }

    fn plain(label: &str, published: Published) -> State {
        State { label: label.to_owned(), published, errors: Vec::new(), withheld: None, places: HashMap::new() }
    }

    /// Shows the mistakes of records that the difference would take for removed events, and how the run ends for them.
    pub(super) fn refused(&self, global: &Global, world: &mut World<'_>) -> Option<Exit> {
        if self.errors.is_empty() {
            return None;
        }
        let text = diagnostic::text::render(&self.errors, world.err_color(Some(global)), world.width());
        world.say_drawn(&format!(
            "{text}error: nothing was compared, because records of {} have mistakes",
            shorten(&self.label)
        ));
        Some(Exit::Problems)
    }

    /// Says what is not compared.
    pub(super) fn warn(&self, world: &mut World<'_>) {
        if !self.errors.is_empty() {
            let errors = count(self.errors.len(), "mistake", "mistakes");
            world.note_always(&format!(
                "warning: {} has {errors} in its records; what they are about is not compared",
                self.label
            ));
        }
        for why in self.published.unread.iter().take(MOST_MESSAGES) {
            world.note_always(&format!("warning: {}", diagnostic::visible(why.chars())));
        }
        if let Some(more) = self.published.unread.len().checked_sub(MOST_MESSAGES).filter(|more| *more > 0) {
            world.note_always(&format!("warning: {more} more parts of {} are not compared", self.label));
        }
    }

    /// Proves that the output shows nothing that the records withhold.
    pub(super) fn prove(&self, out: &str) -> Result<()> {
        let Some(withheld) = &self.withheld else { return Ok(()) };
        withheld.prove(out.as_bytes()).map_err(|leak| {
            Error::new(format!("error: the difference would show {leak}, which is private")).in_records()
        })
    }

    /// The record of a UID.
    pub(super) fn place(&self, uid: &str) -> Option<(&str, usize)> {
        self.places.get(uid).map(|(file, line)| (&**file, *line))
    }
}

/// The public feeds that have, or may have, events; a retired one has none.
fn feeds(calendar: &Calendar, lock: Option<&Lock>) -> Vec<Feed> {
    let mut feeds = lock.map_or_else(|| calendar.feeds(), |lock| lock.feeds(calendar));
    feeds.retain(|feed| {
        let is_retired = feed.filter.within.as_ref().is_some_and(|ids| ids.is_empty());
        feed.audience == Audience::Public && !is_retired
    });
    feeds
}

fn places(loaded: &Loaded) -> HashMap<String, (String, usize)> {
    let mut places = HashMap::new();
    for (event, place) in loaded.calendar.events.iter().zip(&loaded.places) {
        let source = loaded.source(*place);
        let Some(path) = source.path.clone() else { continue };
        places.insert(event.uid.to_string(), (path, source.place(place.start.start).line));
    }
    places
}

/// A calendar, a built site, or a folder of .ics files.
fn folder(path: &Path, word: &str, context: &Context<'_>) -> Result<State> {
    let feeds = path.join("feeds");
    if !path.join("calendar.toml").is_file() && feeds.join("all.ics").is_file() {
        let mut published = ics(&feeds.join("all.ics"), word, context.tzdb)?;
        let names = files(&feeds)?.iter().filter_map(|file| Some(file.file_stem()?.to_str()?.to_owned())).collect();
        published.feeds = Some(names);
        return Ok(State::plain(word, published));
    }
    if is_calendar(path) {
        return State::calendar(path, word, context);
    }
    let files = files(path)?;
    if files.is_empty() {
        return Err(Error::new(format!("{} has neither a calendar nor .ics files", path.display()))
            .help("give the folder that holds `events`, a built site, or a folder of .ics files"));
    }
    let mut all = Published::default();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let one = ics(&file, &name, context.tzdb)?;
        all.series.extend(one.series);
        all.unread.extend(one.unread);
        all.zone = all.zone.or(one.zone);
    }
    all.series.sort_by(|a, b| a.uid.cmp(&b.uid));
    all.series.dedup_by(|a, b| a.uid == b.uid);
    Ok(State::plain(word, all))
}

/// The .ics files of a folder, by name.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).map_err(|source| Error::io("read", folder, &source))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).take(MOST_FILES).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ics")) && file.is_file());
    files.sort();
    Ok(files)
}

fn ics(path: &Path, name: &str, tzdb: &Tzdb) -> Result<Published> {
    let failed = |source| Error::io("read", path, &source);
    let file = std::fs::File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Error::new(format!("{} is larger than 1 GB", path.display())));
    }
    published(&path.display().to_string(), name, &bytes, tzdb)
}

/// What the bytes of a feed publish; `whole` is where they come from, and `name` what messages call it.
fn published(whole: &str, name: &str, bytes: &[u8], tzdb: &Tzdb) -> Result<Published> {
    let published = read(name, bytes, tzdb);
    if published.series.is_empty() && published.unread.iter().any(|why| why.ends_with("it has no VCALENDAR")) {
        return Err(Error::new(format!("{} is not an iCalendar file", shorten(whole)))
            .help("expected a file that begins with `BEGIN:VCALENDAR`"));
    }
    Ok(published)
}
