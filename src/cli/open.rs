//! Finding the calendar and loading it, for the verbs that need one; zones as people type them.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};

use super::check::count;
use super::filter::FilterArgs;
use super::moment::Reading;
use super::{Exit, Global, World, wait, writing};
use crate::calendar::{self, Calendar, Loaded, Secret};
use crate::diagnostic::{self, Code, Finding, Severity, shorten};
use crate::error::{Error, Result};
use crate::event::{Audience, Event, When};
use crate::language::{self, Language};
use crate::lock::{FILE, History, Lock};
use crate::privacy::Search;
use crate::schedule::{self, Occurrence, dates};
use crate::sink::{self, FileLock};
use crate::source::root::is_calendar;
use crate::text::fold;
use crate::zone::{Tzdb, Zone};

/// A calendar, and what it was judged by.
pub(super) struct Opened {
    pub(super) root: PathBuf,
    pub(super) now: DateTime<Utc>,
    pub(super) tzdb: Tzdb,
    /// Held while the verb may write.
    _lock: Option<FileLock>,
    /// Never freed: the process ends with the verb, and freeing a hundred thousand events takes a tenth of its time.
    pub(super) loaded: ManuallyDrop<Loaded>,
    /// The calendar as feeds have it, where that is not the same.
    published: OnceCell<Option<Calendar>>,
}

/// The newest tz database.
pub(super) fn tzdb(global: &Global, world: &mut World<'_>) -> Result<Tzdb> {
    let tzdb = Tzdb::newest(&world.environment.zoneinfo, global.tzdb.as_deref())?;
    if global.verbose {
        world.note_always(&format!("tz database {} ({})", tzdb.version(), tzdb.origin()));
    }
    Ok(tzdb)
}

/// Warns if the newest database at hand is more than a year older than the as-of date.
pub(super) fn warn_of_old_rules(tzdb: &Tzdb, now: DateTime<Utc>, world: &mut World<'_>) {
    if tzdb.is_old(now) {
        world.note_always(&format!(
            "warning: the newest time zone database here is {}, of {}: clocks may have changed since\n  \
             help: install the newest redletter, or give a newer database by `--tzdb`: a folder of zone files, or a \
             wheel from `pip download --no-deps tzdata`",
            tzdb.version(),
            tzdb.released()
        ));
    }
}

/// The folder of the calendar, if there is one.
pub(super) fn find_root(global: &Global, world: &World<'_>) -> Result<Option<PathBuf>> {
    let is_root = |folder: &&Path| is_calendar(folder);
    let given = global.root.clone().or_else(|| world.environment.root.clone().map(PathBuf::from));
    if let Some(root) = given {
        let root = world.folder.join(root);
        if !root.is_dir() {
            return Err(Error::new(format!("{} is not a folder", root.display()))
                .help("give the folder that holds `events`, by --root or REDLETTER_ROOT"));
        }
        if !is_root(&root.as_path()) {
            return Err(Error::new(format!(
                "no calendar in {}: it has neither a `calendar.toml` nor an `events` folder",
                root.display()
            ))
            .help("give the folder that holds `events`; `redletter init DIR` starts a calendar"));
        }
        return Ok(Some(root));
    }
    Ok(world.folder.ancestors().find(is_root).map(Path::to_path_buf))
}

/// The folder of the calendar.
pub(super) fn required_root(global: &Global, world: &World<'_>) -> Result<PathBuf> {
    find_root(global, world)?.ok_or_else(|| {
        Error::new("no calendar here: neither this folder nor one above it has a `calendar.toml` or an `events` folder")
            .help("`redletter init my-calendar` starts one; `redletter --root DIR …` names one")
    })
}

/// Loads the calendar, to read from it.
pub(super) fn open(global: &Global, world: &mut World<'_>) -> Result<Opened> {
    let root = required_root(global, world)?;
    loaded(root, None, global, world)
}

/// Loads the calendar, to write to it. No other process writes to it until what is returned is dropped.
pub(super) fn open_to_write(global: &Global, world: &mut World<'_>) -> Result<Opened> {
    let root = required_root(global, world)?;
    let lock = writing::lock(&root, global, world)?;
    loaded(root, Some(lock), global, world)
}

fn loaded(root: PathBuf, lock: Option<FileLock>, global: &Global, world: &mut World<'_>) -> Result<Opened> {
    let now = world.now(global)?;
    let tzdb = tzdb(global, world)?;
    let waiting = wait::say("reading the records", world.err_terminal && !global.quiet);
    let mut loaded = ManuallyDrop::new(calendar::load(&root, &tzdb, now)?);
    drop(waiting);
    loaded.temporary.iter().for_each(|path| sink::remove_leftover(path));
    if global.verbose {
        let (files, records) = (loaded.files, loaded.records);
        world.note_always(&format!("{records} events in {files} files of {}", root.display()));
    }
    if Lock::has_former_domain(&loaded.root)
        && let Some(published) = Lock::read(&root)?
    {
        published.keep_uids(&mut loaded.calendar);
    }
    Ok(Opened { root, now, tzdb, _lock: lock, loaded, published: OnceCell::new() })
}

impl Opened {
    /// Proves that what `audience` may read shows nothing withheld from it; `what` names it in the error.
    pub(super) fn prove(&self, what: &str, bytes: &[u8], audience: Audience) -> Result<()> {
        if audience == Audience::Members {
            return Ok(());
        }
        self.loaded.withheld.prove(bytes).map_err(|leak| {
            Error::new(format!(
                "error: {what} would show {leak}, which is private\n  help: `redletter check` names the line"
            ))
            .in_records()
        })
    }

    /// The search for what no public byte may show: what the records withhold, and the secret of the members.
    pub(super) fn withheld(&self, secret: Option<&Secret>) -> Search {
        let mut search = self.loaded.withheld.clone();
        if let Some(secret) = secret {
            secret.add_to(&mut search);
        }
        search
    }

    /// Prints what `audience` may read, once it is proven that it shows nothing withheld from it.
    pub(super) fn publish(&self, bytes: &[u8], audience: Audience, world: &mut World<'_>) -> Result<()> {
        self.prove("the output", bytes, audience)?;
        world.out.write_all(bytes).map_err(|source| Error::output(&source))
    }

    pub(super) fn calendar(&self) -> &Calendar {
        &self.loaded.calendar
    }

    /// The calendar that a listing is made from: that of a feed also has the cancelled dates that the feed has.
    pub(super) fn listed(&self, filter: &FilterArgs) -> Result<&Calendar> {
        if filter.feed().is_none() {
            return Ok(self.calendar());
        }
        if self.published.get().is_none() {
            let history = |lock: Lock| History::in_part(&lock, self.calendar(), self.now, &self.tzdb);
            let told = Lock::read(&self.root)?.map(history).map(|history| match history.told(self.calendar()) {
                Cow::Owned(told) => Some(told),
                Cow::Borrowed(_) => None,
            });
            let _ = self.published.set(told.flatten()); // it is not set yet
        }
        Ok(self.published.get().and_then(Option::as_ref).unwrap_or(self.calendar()))
    }

    /// What the lock says of the events that `takes` takes. A lock that is behind is not a mistake, and worth a word.
    pub(super) fn history(
        &self,
        lock: &Lock,
        takes: impl Fn(&Event) -> bool + Sync,
        global: &Global,
        world: &mut World<'_>,
    ) -> History {
        let history = History::new(lock, self.calendar(), self.now, &self.tzdb, takes);
        if history.behind > 0 {
            let events = count(history.behind, "event", "events");
            world.note(global, &format!("note: {FILE} is behind with {events}; `redletter lock` brings it up to date"));
        }
        if self.tzdb.version() < &*lock.tzdb {
            world.note_always(&format!(
                "warning: {FILE} was written by tz database {}, and the newest one here is {}: times may be wrong",
                lock.tzdb,
                self.tzdb.version()
            ));
        }
        history
    }

    /// Says that events are missing from a listing, and how the run ends.
    pub(super) fn exit(&self, world: &mut World<'_>) -> Exit {
        let errors = self.loaded.count(Severity::Error);
        if errors == 0 {
            return Exit::Fine;
        }
        let missing = self.loaded.records.saturating_sub(self.calendar().events.len());
        let plural = |count: usize, one: &str, many: &str| {
            if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
        };
        world.note_always(&format!(
            "error: {} in the records, {} left out; `redletter check` shows them",
            plural(errors, "mistake", "mistakes"),
            plural(missing, "event is", "events are"),
        ));
        Exit::Problems
    }

    /// The error for an event that would fill a listing.
    pub(super) fn too_many(&self, event: &Event) -> Error {
        let message = format!("`{}` has over {} occurrences in these days", event.id, schedule::MOST);
        let index = self.calendar().events.binary_search_by(|one| one.id.cmp(&event.id));
        let place = index.ok().and_then(|index| self.loaded.places.get(index));
        let Some(place) = place else { return Error::new(message).in_records() };
        let diagnostic = Finding::new(Code::TooManyOccurrences, place.start, message)
            .label("a repeat without an end begins here")
            .help("ask for fewer days, or give the repeat an `until`")
            .within(&self.loaded.source(*place));
        let text = diagnostic::text::render(&[diagnostic], false, 80);
        Error::new(text.trim_end().to_owned()).in_records()
    }

    /// The event with that id, or with that title if there is only one; otherwise an error that names the candidates.
    pub(super) fn event(&self, id: &str) -> Result<&Event> {
        let calendar = self.calendar();
        if let Some(event) = calendar.event(id) {
            return Ok(event);
        }
        if let Some(file) = self.file_with_mistakes(id) {
            let (id, file) = (shorten(id), diagnostic::visible(file.chars()));
            return Err(Error::new(format!(
                "error: the record of `{id}` has a mistake, and is left out\n  help: `redletter check {file}` shows it"
            ))
            .in_records());
        }
        let lower = id.to_lowercase();
        if let Some(event) = calendar.event(&lower) {
            return Ok(event);
        }
        match &*self.titled(id) {
            [one] => return Ok(one),
            [] => {}
            several => {
                let ids: Vec<String> = several.iter().take(5).map(|event| format!("`{}`", event.id)).collect();
                let more = if several.len() > ids.len() { ", …" } else { "" };
                let message = format!("{} events are called `{}`", several.len(), shorten(id));
                return Err(Error::new(message).help(format!("give one of the ids {}{more}", ids.join(", "))));
            }
        }
        let error = Error::new(format!("no event has the id or the title `{}`", shorten(id)));
        let ids = || calendar.events.iter().map(|event| &*event.id);
        let bare = |id: &'_ str| without_date(id).to_owned();
        let near = ids().find(|known| known.contains(&*lower)).or_else(|| {
            crate::record::suggest::nearest(&lower, ids()).or_else(|| {
                let names: Vec<String> = ids().map(bare).collect();
                let meant = crate::record::suggest::nearest(&lower, names.iter().map(String::as_str))?.to_owned();
                ids().find(|id| bare(id) == meant)
            })
        });
        Err(match near {
            Some(near) => {
                error.help(format!("did you mean `{near}`? `redletter search {}` looks into the texts", shorten(id)))
            }
            None => error.help("`redletter search WORDS` finds events by their text"),
        })
    }

    /// The events with that title in any language, ignoring case and accents, or with that id after the date of a file
    /// name. A local event that shares its title with its day is not listed.
    fn titled(&self, words: &str) -> Vec<&Event> {
        let wanted = fold(words.trim());
        let is_title = |title: &str| fold(title) == wanted;
        let is_meant = |event: &&Event| {
            let mut translated = event.translations.iter().flatten().filter_map(|one| one.title.as_deref());
            without_date(&event.id) == wanted || is_title(&event.title) || translated.any(is_title)
        };
        let found: Vec<&Event> = self.calendar().events.iter().filter(is_meant).collect();
        let ids: Vec<&str> = found.iter().map(|event| &*event.id).collect();
        let has_parent = |event: &Event| event.part_of.as_deref().is_some_and(|parent| ids.contains(&parent));
        found.iter().copied().filter(|event| !has_parent(event)).collect()
    }

    /// The file with mistakes whose record has that id: by its name, or by a text in quotes.
    fn file_with_mistakes(&self, id: &str) -> Option<&str> {
        let quoted = [format!("\"{id}\""), format!("'{id}'")];
        let errors = self.loaded.diagnostics.iter().filter(|diagnostic| diagnostic.finding.is_error());
        let mut sources = errors.map(|diagnostic| &diagnostic.source);
        let source = sources.find(|source| {
            let name = source.path.as_deref().and_then(|path| path.rsplit('/').next()).unwrap_or_default();
            name.strip_suffix(".toml") == Some(id) || quoted.iter().any(|quoted| source.text.contains(quoted))
        })?;
        source.path.as_deref().filter(|path| Path::new(path).extension().is_some_and(|ending| ending == "toml"))
    }

    /// The language in which days and times are read, beside English.
    pub(super) fn reading_language(&self) -> Language {
        Language::of(&self.calendar().settings.language)
    }

    /// How words for times are read that name no zone: by the clock of `zone`.
    pub(super) fn reading(&self, zone: Zone) -> Reading<'_> {
        Reading { now: self.now, zone, language: self.reading_language(), tzdb: &self.tzdb }
    }

    /// The as-of day by the clock of `when`, else the calendar's.
    pub(super) fn today_of(&self, when: &When) -> NaiveDate {
        when.today(self.now, self.calendar().settings.timezone.unwrap_or_else(Zone::utc))
    }

    /// The occurrence of a day in words, else the one that is on or comes next.
    pub(super) fn occurrence<'e>(&self, event: &'e Event, on: Option<&str>, zone: Zone) -> Result<Occurrence<'e>> {
        let Some(word) = on else { return Ok(schedule::current(event, zone, self.now)) };
        let today = self.now.with_timezone(&zone).date_naive();
        let day = dates::day("--on", word, today, self.reading_language())?;
        schedule::on(event, day).ok_or_else(|| {
            Error::new(format!("`{}` has no occurrence on {day}", event.id))
                .help(format!("`redletter show {}` lists the next ones", event.id))
        })
    }

    /// The zones to display in: those given, else one by the environment and the calendar.
    pub(super) fn zones(&self, given: &[String], world: &mut World<'_>) -> Result<Vec<Zone>> {
        self.zones_at(given, self.now, world)
    }

    /// The same for a listing whose first day `first` finds for the reader's today. Abbreviations are read at noon of that
    /// day, so that `EST` in July is told to be EDT.
    pub(super) fn zones_from(
        &self,
        given: &[String],
        first: impl Fn(NaiveDate) -> Result<NaiveDate>,
        world: &mut World<'_>,
    ) -> Result<Vec<Zone>> {
        let Some(words) = given.first() else { return self.zones(given, world) };
        let reader = language::named_zone(words, self.calendar().settings.timezone, self.now, &self.tzdb)?.zone;
        let day = first(self.now.with_timezone(&reader).date_naive())?;
        self.zones_at(given, noon(day).unwrap_or(self.now), world)
    }

    /// The same at an instant, for abbreviations.
    pub(super) fn zones_at(&self, given: &[String], at: DateTime<Utc>, world: &mut World<'_>) -> Result<Vec<Zone>> {
        zones(given, &self.tzdb, self.calendar().settings.timezone, at, world)
    }
}

/// The zones to display in: those given; else `TZ`, else the system's unless that is UTC, else the calendar's, else UTC.
/// Abbreviations are read as at the instant `at`.
pub(super) fn zones(
    given: &[String],
    tzdb: &Tzdb,
    calendar: Option<Zone>,
    at: DateTime<Utc>,
    world: &mut World<'_>,
) -> Result<Vec<Zone>> {
    if given.is_empty() {
        return Ok(vec![display_zone(tzdb, calendar, world)]);
    }
    let mut zones = Vec::new();
    for words in given {
        let zone = named(words, calendar, at, tzdb, world)?;
        if !zones.contains(&zone) {
            zones.push(zone);
        }
    }
    Ok(zones)
}

/// Noon of a day, at which an abbreviation is read that stands beside the day.
pub(super) fn noon(day: NaiveDate) -> Option<DateTime<Utc>> {
    day.and_hms_opt(12, 0, 0).map(|noon| noon.and_utc())
}

/// A zone as people type it, with a note where it may surprise.
pub(super) fn named(
    words: &str,
    home: Option<Zone>,
    at: DateTime<Utc>,
    tzdb: &Tzdb,
    world: &mut World<'_>,
) -> Result<Zone> {
    let language::NamedZone { zone, note } = language::named_zone(words, home, at, tzdb)?;
    if let Some(note) = note {
        world.note_always(&format!("note: {note}"));
    }
    Ok(zone)
}

/// An id without the date at its beginning: `assembly` of `12-01-assembly` and `2026-12-01-assembly`.
fn without_date(id: &str) -> &str {
    let rest = id.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
    if id.len() - rest.len() >= "12-01-".len() { rest } else { id }
}

/// Whether a zone is UTC, by any of its names.
pub(super) fn is_utc(zone: Zone) -> bool {
    matches!(zone.name(), "UTC" | "UCT" | "Etc/UTC" | "Etc/UCT" | "Etc/Universal" | "Etc/Zulu" | "Universal" | "Zulu")
}

fn display_zone(tzdb: &Tzdb, calendar: Option<Zone>, world: &mut World<'_>) -> Zone {
    let environment = &world.environment;
    let system = environment.system_timezone.as_deref().and_then(|name| tzdb.zone(name)).filter(|zone| !is_utc(*zone));
    let by_default = system.or(calendar).unwrap_or_else(Zone::utc);
    // `TZ=/etc/localtime` says that the system's setting counts.
    let variable = environment.timezone.as_deref().filter(|text| !text.ends_with("/localtime"));
    let Some(text) = variable else { return by_default };
    // It may be a name, the path of a zone's file, or rules as POSIX writes them.
    let name = text.trim_start_matches(':');
    let name = name.split_once("zoneinfo/").map_or(name, |(_, name)| name);
    if let Some(zone) = tzdb.zone(name).or_else(|| tzdb.posix(name)) {
        return zone;
    }
    let text = shorten(text);
    world.note_always(&format!("warning: TZ=`{text}` is not a time zone; {} is used", by_default.name()));
    by_default
}
