//! The calendar that records are imported into: what is there already, names for what is new, and the files to write.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Datelike, Utc};

use super::{Args, Split, World, open, update};
use crate::calendar::{self, Loaded, Settings, load, settings, threads};
use crate::cli::new::title_slug;
use crate::diagnostic::{Finding, Severity};
use crate::error::{Error, Result};
use crate::event::{Event, Kinds};
use crate::import::convert::Header;
use crate::import::draft::Draft;
use crate::import::made::Made;
use crate::import::summary::{Fate, Place, Summary};
use crate::record::value::toml_text;
use crate::resolve::{Context, is_id};
use crate::sink::{self, BatchFile};
use crate::zone::{Tzdb, Zone};

/// Where records go.
pub(super) struct Target<'t> {
    pub(super) tzdb: &'t Tzdb,
    pub(super) root: PathBuf,
    /// The calendar that is there.
    pub(super) loaded: Option<&'t Loaded>,
    /// The settings of the calendar, or of the one that is made.
    pub(super) settings: Settings,
    /// The zone of the calendar.
    pub(super) zone: Option<Zone>,
    /// The text of a new calendar.toml.
    pub(super) settings_text: Option<String>,
    /// Records to write.
    pub(super) drafts: Vec<Draft>,
    /// Events in the sources.
    pub(super) seen: usize,
    now: DateTime<Utc>,
}

/// What an import comes to.
#[derive(Default)]
pub(super) struct Plan {
    /// New records.
    pub(super) imported: Vec<Imported>,
    /// Events that are there, and the same.
    pub(super) skipped: usize,
    /// Events that are there, and differ: id and keys.
    pub(super) different: Vec<(String, Vec<&'static str>)>,
    /// Those of them that were changed: id and file.
    pub(super) updated: Vec<(String, String)>,
    /// Diagnostics that `check` will show, below errors: code, a message, how many.
    pub(super) remaining: BTreeMap<&'static str, (String, usize)>,
    /// Files to write.
    files: Vec<BatchFile>,
}

/// A new record.
pub(super) struct Imported {
    pub(super) id: String,
    pub(super) uid: String,
    pub(super) title: String,
    pub(super) start: String,
    pub(super) file: String,
}

/// What a source says of its calendar.
#[derive(Default)]
pub(super) struct Named {
    pub(super) headers: Vec<Header>,
    /// The zone that most of its events name.
    pub(super) usual: Option<Zone>,
}

impl Named {
    pub(super) fn of_made(made: &Made, usual: Option<Zone>) -> Self {
        let header = Header { title: made.title.clone(), description: made.description.clone(), ..Header::default() };
        Named { headers: vec![header], usual }
    }
}

/// Bytes of a file with many records.
const LARGEST_FILE: usize = 64_000_000;
/// Records that are read back once they are written.
const MOST_READ_BACK: usize = 10_000;
/// Records that a thread judges at a time.
const STEP: usize = 64;

impl<'t> Target<'t> {
    pub(super) fn new(tzdb: &'t Tzdb, now: DateTime<Utc>, root: PathBuf, loaded: Option<&'t Loaded>) -> Self {
        let settings = loaded.map_or_else(Settings::default, |loaded| loaded.calendar.settings.clone());
        let zone = settings.timezone;
        Target { tzdb, root, loaded, settings, zone, settings_text: None, drafts: Vec::new(), seen: 0, now }
    }

    pub(super) fn kinds(&self) -> &Kinds {
        &self.settings.kinds
    }

    /// The kind to write where categories name none; `None` if the calendar has a default.
    pub(super) fn kind_name(&self, args: &Args) -> Result<Option<String>> {
        let Some(word) = &args.kind else {
            return Ok(self.settings.default_kind.is_none().then(|| "meeting".to_owned()));
        };
        let found = self.settings.kinds.meant(word).map(|id| self.settings.kinds.get(id).name.to_string());
        found.map(Some).ok_or_else(|| {
            let names: Vec<&str> = self.settings.kinds.iter().map(|(_, kind)| &*kind.name).collect();
            Error::new(format!("--kind: `{}` is no kind of this calendar", crate::diagnostic::shorten(word)))
                .help(format!("the kinds are {}", names.join(", ")))
        })
    }

    /// Decides the zone, and the settings of a new calendar.
    pub(super) fn settle(&mut self, named: &[Named], args: &Args, world: &mut World<'_>) -> Result<()> {
        let given = match &args.timezone {
            Some(words) => Some(open::named(words, self.zone, self.now, self.tzdb, world)?),
            None => None,
        };
        if self.loaded.is_some() {
            self.zone = self.zone.or(given);
            return Ok(());
        }
        let headers: Vec<&Header> = named.iter().flat_map(|named| &named.headers).collect();
        let first = |of: fn(&Header) -> Option<String>| headers.iter().find_map(|header| of(header));
        let by_header = || headers.iter().find_map(|header| header.zone);
        let by_events = || named.iter().find_map(|named| named.usual);
        let zone = if let Some(zone) = given.or_else(by_header).or_else(by_events) {
            zone
        } else {
            let zone = open::zones(&[], self.tzdb, None, self.now, world)?[0];
            let name = zone.name();
            world.note_always(&format!(
                "note: the source names no time zone: the clock of the calendar is {name}; `--timezone` gives another"
            ));
            zone
        };
        // Rules without a name cannot be the zone of a calendar.
        let zone = self.tzdb.zone(zone.name()).unwrap_or_else(Zone::utc);
        let title = first(|header| header.title.clone()).unwrap_or_else(|| "Calendar".to_owned());
        let title: String = title.chars().take(200).collect();
        let mut text = format!("title = {}\n", toml_text(&title));
        if let Some(description) = first(|header| header.description.clone()) {
            text.push_str(&format!("description = {}\n", toml_text(&description)));
        }
        // An address in the source is that of the old calendar, and so is no `url`.
        text.push_str(&format!("domain = {}\n", toml_text(&super::super::init::unused_domain(&title, self.now))));
        text.push_str(&format!("timezone = {}\n", toml_text(zone.name())));
        if let Some(refresh) = first(|header| header.refresh.clone()) {
            text.push_str(&format!("refresh = {}\n", toml_text(&refresh)));
        }
        let (settings, findings) = settings::read(&text, self.tzdb);
        let text = if findings.iter().any(Finding::is_error) {
            format!("title = \"Calendar\"\ntimezone = {}\n", toml_text(zone.name()))
        } else {
            self.settings = settings;
            text
        };
        self.settings.timezone = Some(zone);
        self.zone = Some(zone);
        self.settings_text = Some(text);
        Ok(())
    }

    fn context(&self) -> Context<'_> {
        load::context(&self.settings, self.tzdb, self.now)
    }

    /// Compares the drafts with what is there, names the new ones, and makes the files.
    pub(super) fn plan(&mut self, args: &Args, summary: &mut Summary) -> Plan {
        let mut plan = Plan::default();
        let drafts = std::mem::take(&mut self.drafts);
        let judged = self.judge(&drafts, summary, &mut plan);
        let known: HashMap<&str, &Event> =
            self.loaded.iter().flat_map(|loaded| &loaded.calendar.events).map(|event| (&*event.uid, event)).collect();
        let mut uids: HashSet<String> = HashSet::new();
        let mut fresh: Vec<Draft> = Vec::with_capacity(drafts.len());
        let mut edits = update::Edits::default();
        for (draft, event) in drafts.into_iter().zip(judged) {
            let Some(event) = event else { continue };
            if !uids.insert(draft.uid.clone()) {
                let place = Place { file: draft.file, line: draft.line, uid: draft.uid.clone() };
                summary.say(Fate::Dropped, "UID", "an event with the same UID is in an earlier file", &place);
                continue;
            }
            let Some(old) = known.get(&*draft.uid) else {
                fresh.push(draft);
                continue;
            };
            let keys = update::differences(old, &event);
            if keys.is_empty() {
                plan.skipped += 1;
                continue;
            }
            if args.update
                && let Some(loaded) = self.loaded
            {
                match edits.change(loaded, old, &draft, &self.context()) {
                    Ok(file) => plan.updated.push((old.id.to_string(), file)),
                    Err(why) => {
                        let place = Place { file: draft.file, line: draft.line, uid: draft.uid.clone() };
                        summary.refuse(
                            format!("the record of `{}` cannot be changed: {why}", old.id),
                            "change it by hand",
                            &place,
                        );
                    }
                }
            } else {
                plan.different.push((old.id.to_string(), keys));
            }
        }
        plan.files.extend(edits.files());
        self.name(fresh, args.split, &mut plan);
        if let Some(text) = &self.settings_text
            && !plan.imported.is_empty()
        {
            plan.files.push(BatchFile { path: self.root.join("calendar.toml"), text: text.clone(), replaces: false });
        }
        plan
    }

    /// Judges each draft as `check` would; what has an error is refused.
    fn judge(&self, drafts: &[Draft], summary: &mut Summary, plan: &mut Plan) -> Vec<Option<Box<Event>>> {
        let context = self.context();
        let batches = threads::in_order(drafts.len(), STEP, threads::all(), |range| {
            let judge = |draft: &Draft| {
                let mut text = String::new();
                draft.write(Some("imported"), false, &mut text);
                let (judged, findings) = load::judge_text("events/imported.toml", &text, &context, false);
                (judged.into_iter().next().and_then(|judged| judged.event), findings)
            };
            drafts[range].iter().map(judge).collect::<Vec<_>>()
        });
        let mut events = Vec::with_capacity(drafts.len());
        for (draft, (event, findings)) in drafts.iter().zip(batches.into_iter().flatten()) {
            for finding in &findings {
                match finding.severity {
                    Severity::Error => {}
                    Severity::Warning | Severity::Note => {
                        let entry =
                            plan.remaining.entry(finding.code.name()).or_insert_with(|| (finding.message.clone(), 0));
                        entry.1 += 1;
                    }
                }
            }
            if event.is_none() {
                let wrong = findings.iter().find(|finding| finding.severity == Severity::Error);
                let (found, expected) = wrong.map_or_else(
                    || ("its record would have a mistake".to_owned(), String::new()),
                    |finding| {
                        (
                            format!("its record would have a mistake: {}", finding.message),
                            finding.label.trim_start_matches("expected ").to_owned(),
                        )
                    },
                );
                let place = Place { file: draft.file, line: draft.line, uid: draft.uid.clone() };
                summary.refuse(found, expected, &place);
            }
            events.push(event);
        }
        events
    }

    /// Gives new records their ids and files.
    fn name(&self, mut drafts: Vec<Draft>, split: Split, plan: &mut Plan) {
        // A stable order, so that numbers behind equal names do not depend on the source.
        drafts.sort_by(|a, b| (a.day, &a.uid).cmp(&(b.day, &b.uid)));
        let mut ids: HashSet<String> =
            self.loaded.iter().flat_map(|loaded| &loaded.calendar.events).map(|event| event.id.to_string()).collect();
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let mut paths: HashSet<String> =
            self.loaded.iter().flat_map(|loaded| &loaded.found).map(|found| found.name.clone()).collect();
        let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for draft in drafts {
            let words = draft.id.clone().filter(|id| is_id(id)).unwrap_or_else(|| title_slug(&draft.title));
            let words = if words.is_empty() || !is_id(&words) { "event".to_owned() } else { words };
            let number = numbers.entry(words.clone()).or_insert(0);
            let id = loop {
                *number += 1;
                let id = if *number == 1 { words.clone() } else { format!("{words}-{number}") };
                if ids.insert(id.clone()) {
                    break id;
                }
            };
            let file = match split {
                Split::File => {
                    let date =
                        format!("events/{:04}/{:02}-{:02}", draft.day.year(), draft.day.month(), draft.day.day());
                    let name = |number: usize| {
                        if number == 1 {
                            format!("{date}-{words}.toml")
                        } else {
                            format!("{date}-{words}-{number}.toml")
                        }
                    };
                    (1..=usize::MAX)
                        .map(name)
                        .find(|name| paths.insert(name.clone()) && !self.root.join(name).exists())
                        .unwrap_or_default()
                }
                Split::Year => format!("events/{:04}.toml", draft.day.year()),
                Split::One => "events/imported.toml".to_owned(),
            };
            let mut text = String::new();
            if split == Split::File {
                draft.write(Some(&id), false, &mut text);
                plan.files.push(BatchFile { path: self.root.join(&file), text, replaces: false });
            } else {
                draft.write(Some(&id), true, &mut text);
                texts.entry(file.clone()).or_default().push(text);
            }
            let start = draft.get("start").unwrap_or_default().to_owned();
            plan.imported.push(Imported { id, uid: draft.uid, title: draft.title, start, file });
        }
        for (name, records) in texts {
            let stem = name.trim_end_matches(".toml").to_owned();
            let mut free = (1..).map(|number| if number == 1 { name.clone() } else { format!("{stem}-{number}.toml") });
            let mut next =
                || free.find(|name| !paths.contains(name) && !self.root.join(name).exists()).unwrap_or_default();
            let mut text = String::new();
            for record in records {
                if !text.is_empty() && text.len() + record.len() > LARGEST_FILE {
                    plan.files.push(BatchFile {
                        path: self.root.join(next()),
                        text: std::mem::take(&mut text),
                        replaces: false,
                    });
                }
                if !text.is_empty() {
                    text.push('\n');
                }
                text.push_str(&record);
            }
            plan.files.push(BatchFile { path: self.root.join(next()), text, replaces: false });
        }
    }

    /// A path for a message.
    pub(super) fn shown(&self, world: &World<'_>) -> String {
        let shown = self.root.strip_prefix(&world.folder).unwrap_or(&self.root);
        if shown.as_os_str().is_empty() { "this folder".to_owned() } else { shown.display().to_string() }
    }
}

impl Plan {
    /// Writes all files, or none.
    pub(super) fn write(&self, target: &Target<'_>) -> Result<()> {
        let root: &Path = &target.root;
        sink::make_folder(root)?;
        sink::write_batch(root, &self.files)?;
        // What is written is read back, so that no mistake of ours stays unseen.
        // Of a large import, each record was judged, and ids and UIDs are told apart.
        if self.imported.len() > MOST_READ_BACK {
            return Ok(());
        }
        let loaded = calendar::load(root, target.tzdb, target.now)?;
        let errors = loaded.diagnostics.iter().filter(|one| one.finding.severity == Severity::Error);
        let new: Vec<_> = errors.take(3).map(|one| one.finding.message.clone()).collect();
        if new.is_empty() {
            Ok(())
        } else {
            Err(Error::new(format!("`check` refuses what was written: {}", new.join("; "))))
        }
    }

    /// How many files it writes.
    pub(super) fn files(&self) -> usize {
        self.files.len()
    }
}
