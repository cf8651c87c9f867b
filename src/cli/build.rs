//! `redletter build`: the whole site, in a folder.

use std::path::PathBuf;

use super::check::count;
use super::lock::guard;
use super::open::{self, Opened};
use super::{Exit, Global, World, theme};
use crate::calendar::Secret;
use crate::diagnostic::{self, Severity};
use crate::error::Result;
use crate::event::Audience;
use crate::lock::{Change, FILE, Lock, Standing};
use crate::sink;
use crate::site::{self, Input};

/// Arguments of `build`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The folder of the site
    #[arg(short = 'o', long, value_name = "DIR", default_value = "public")]
    output: PathBuf,
    /// Build without the events that have mistakes; their last state stays in calendar.lock
    #[arg(long)]
    keep_going: bool,
    /// Fail if calendar.lock would change
    #[arg(long)]
    locked: bool,
}

/// Runs it.
pub fn run(args: &Args, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let opened = open::open(global, world)?;
    let errors = opened.loaded.count(Severity::Error);
    if errors > 0 && !args.keep_going {
        return Ok(opened.refuse("the site was left as it is, because records have mistakes", global, world));
    }
    let has_members = opened.calendar().feeds().iter().any(|feed| feed.audience == Audience::Members);
    let secret = if has_members { world.members_secret()? } else { None };
    if let Some(exit) = secret.as_ref().and_then(|secret| refuse_found(secret, &opened, global, world)) {
        return Ok(exit);
    }
    let theme = theme::load(&opened.root)?;
    let _guard = if args.locked { None } else { Some(guard::take(&opened.root, global, world)?) };
    let text = Lock::text(&opened.root)?;
    let before = text.as_deref().map(Lock::parse).transpose()?.unwrap_or_default();
    let (lock, _changes): (Lock, Vec<Change>) = before.updated_with(opened.calendar(), opened.now, &opened.tzdb);
    let new = lock.to_string();
    let is_new = text.as_deref() != Some(&*new);
    if args.locked && is_new {
        world.say_anyway(&format!(
            "error: {FILE} is behind the records, and the site was left as it is\n  help: run `redletter lock`, and \
             commit {FILE} with the records"
        ));
        return Ok(Exit::Problems);
    }
    let standing = Standing::new(&lock, opened.calendar(), opened.now, &opened.tzdb, |_| true);
    let program = world.program();
    let input = Input {
        calendar: opened.calendar(),
        lock: &lock,
        standing: &standing,
        tzdb: &opened.tzdb,
        now: opened.now,
        secret: secret.as_ref(),
        theme: &theme,
        program: &program,
        is_live: false,
    };
    let folder = world.folder.join(&args.output);
    let summary = site::make(
        &input,
        |_, _| None,
        |made| {
            let bytes = made.bytes.unwrap_or_default();
            sink::write_file(&folder.join(&*made.path), |out| out.write_all(&bytes))
        },
        |_, _| {},
    )?;
    if is_new {
        sink::write_file(&Lock::path(&opened.root), |out| out.write_all(new.as_bytes()))?;
    }
    world.say(
        global,
        &format!(
            "{}: {}, {}",
            args.output.display(),
            count(summary.pages, "page", "pages"),
            count(summary.feeds, "feed", "feeds")
        ),
    );
    for warning in &summary.warnings {
        world.say_anyway(&format!("warning: {warning}"));
    }
    Ok(if errors > 0 { Exit::Problems } else { Exit::Fine })
}

/// Refuses a secret that stands in a file of the calendar.
fn refuse_found(secret: &Secret, opened: &Opened, global: &Global, world: &mut World<'_>) -> Option<Exit> {
    let found = secret.found_in(&opened.root);
    if found.is_empty() {
        return None;
    }
    let text = diagnostic::text::render(&found, world.err_color(Some(global)), world.width());
    world.say_anyway(&format!("{text}error: the site was left as it is, because the secret is none any more"));
    Some(Exit::Problems)
}
