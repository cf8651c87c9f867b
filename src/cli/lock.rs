//! `redletter lock`: brings `calendar.lock` up to date, and says what subscribers will be told.

pub(super) mod say;

use super::check::count;
use super::open::{self, Opened};
use super::{Exit, Global, World};
use crate::diagnostic::{Severity, shorten, visible_lines};
use crate::error::{Error, Result};
use crate::event::Audience;
use crate::lock::{Change, DomainChange, FILE, Lock, What};
use crate::sink;

/// Arguments of `lock`.
#[derive(clap::Args, Debug, Default)]
pub struct Args {
    /// Write nothing, and fail if calendar.lock is not up to date
    #[arg(long)]
    locked: bool,
    /// Remove a deleted event, so that feeds stop showing it as cancelled (repeatable)
    #[arg(long, value_name = "ID")]
    forget: Vec<String>,
    /// Keep the UIDs of published events although calendar.toml has another domain; new events use the new one
    #[arg(long)]
    adopt_domain: bool,
    #[command(flatten)]
    deletion: MassDeletionArgs,
}

impl Args {
    /// Arguments to bring the lock up to date without the deleted events of these ids.
    pub(super) fn forgetting(ids: Vec<String>) -> Self {
        Args { forget: ids, ..Args::default() }
    }
}

/// How a deletion of most events is confirmed.
#[derive(clap::Args, Debug, Default)]
pub(super) struct MassDeletionArgs {
    /// Go on although most of the events to come are gone; subscribers see them as cancelled
    #[arg(long)]
    pub(super) allow_mass_deletion: bool,
}

/// Runs it.
pub fn run(args: &Args, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    // The file is replaced whole, so that reading it needs no lock.
    let mut opened = if args.locked { open::open(global, world)? } else { open::open_to_write(global, world)? };
    if opened.loaded.count(Severity::Error) > 0 {
        // An event that has a mistake would be taken for a deleted one.
        return Ok(opened.refuse(&format!("{FILE} was left as it is, because records have mistakes"), global, world));
    }
    let text = Lock::text(&opened.root)?;
    let mut before = text.as_deref().map(Lock::parse).transpose()?.unwrap_or_default();
    before.refuse_future(opened.now.max(world.clock))?;
    // First: feeds do not show a forgotten event as cancelled, so it is no loss.
    for id in &args.forget {
        forget(id, &mut before, &opened)?;
    }
    let left = format!("{FILE} was left as it is");
    if let Some(exit) = opened.refuse_without_domain(&before, &left, global, world) {
        return Ok(exit);
    }
    if args.adopt_domain {
        say_adopted(&opened.adopt_domain(&mut before), &opened, global, world);
    }
    let allowed = args.deletion.allow_mass_deletion;
    if let Some(exit) = opened.refuse_loss(&before, allowed, &left, global, world) {
        return Ok(exit);
    }
    let (after, changes) = before.updated_with(opened.calendar(), opened.now, &opened.tzdb);
    refuse_older_rules(&before, &changes, &opened)?;
    let new = after.to_string();
    opened.prove(FILE, new.as_bytes(), Audience::Public)?;
    let is_new = text.as_deref() != Some(&new);

    let said = say::changes(&changes, text.is_none(), &after, opened.tzdb.version());
    if !global.quiet {
        world.print(&visible_lines(&said))?;
        world.flush()?;
    }
    if !is_new {
        world.note(global, &format!("{FILE} is up to date"));
        return Ok(Exit::Fine);
    }
    if args.locked {
        if text.as_deref().is_some_and(|text| after.is_text(text)) {
            world.note(global, &format!("{FILE} is up to date"));
            return Ok(Exit::Fine);
        }
        world.note_always(&format!(
            "error: {FILE} is behind the records\n  help: run `redletter lock`, and commit {FILE} with the records"
        ));
        return Ok(Exit::Problems);
    }
    after.verify(&new)?;
    sink::write_file(&Lock::path(&opened.root), |out| out.write_all(new.as_bytes()))?;
    let what =
        if said.is_empty() && args.forget.is_empty() { ", and nothing that subscribers see changed" } else { "" };
    world.note(global, &format!("{FILE} is brought up to date{what}; commit it with the records"));
    Ok(Exit::Fine)
}

/// Reports which UIDs stay as they are.
fn say_adopted(adopted: &[DomainChange], opened: &Opened, global: &Global, world: &mut World<'_>) {
    let domain = &opened.calendar().settings.domain;
    if adopted.is_empty() {
        world.note(global, &format!("no published event has a UID with another domain than `{domain}`"));
    }
    for DomainChange { from, to, events } in adopted {
        let events = count(*events, "event keeps its UID", "events keep their UIDs");
        world.note(global, &format!("{events} with `{from}`; new events use `{to}`"));
    }
}

/// Takes a deleted event out of the lock.
fn forget(id: &str, lock: &mut Lock, opened: &Opened) -> Result<()> {
    let calendar = opened.calendar();
    let is_live = |uid: &str| calendar.events.iter().any(|event| *event.uid == *uid);
    if lock.forget(id, is_live) > 0 {
        return Ok(());
    }
    if calendar.event(id).is_some() || is_live(id) {
        return Err(Error::new(format!(
            "`{}` is still in the records, and {FILE} forgets only what is deleted",
            shorten(id)
        ))
        .help("an event that does not happen is cancelled: write `status = \"cancelled\"` in its record"));
    }
    let gone: Vec<&str> = lock.entries().iter().filter(|entry| !is_live(&entry.uid)).map(|entry| &*entry.id).collect();
    let error = Error::new(format!("{FILE} knows no deleted event `{}`", shorten(id)));
    Err(match crate::record::suggest::nearest(id, gone.iter().copied()) {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None if gone.is_empty() => error.help("it knows no deleted event at all"),
        None => error.help(format!("deleted are {}", gone.iter().take(12).copied().collect::<Vec<_>>().join(", "))),
    })
}

/// Times that were worked out by newer rules are not taken back to older ones.
pub(super) fn refuse_older_rules(before: &Lock, changes: &[Change], opened: &Opened) -> Result<()> {
    let here = opened.tzdb.version();
    let shifted = changes.iter().find(|change| matches!(change.what, What::Shifted(_)));
    let Some(change) = shifted.filter(|_| here < &*before.tzdb) else { return Ok(()) };
    Err(Error::new(format!(
        "{FILE} was written by tz database {}, and the newest one here is {here}: by it `{}` would go back to a time \
         that is wrong now",
        before.tzdb, change.id
    ))
    .help("install the newest redletter, or give newer zone files by `--tzdb DIR`"))
}
