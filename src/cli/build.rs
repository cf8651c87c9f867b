//! `redletter build`: the whole site, in a folder.

use std::path::{Path, PathBuf};

use super::check::count;
use super::lock::{MassDeletionArgs, say};
use super::open::{self, Opened};
use super::refusal::domain_missing;
use super::wait::Progress;
use super::{Exit, Global, World, theme};
use crate::calendar::Secret;
use crate::diagnostic::{self, Severity};
use crate::error::{Error, Result};
use crate::event::Audience;
use crate::lock::{FILE, History, Lock};
use crate::sink::{self, Plan, Stage};
use crate::site::{self, Input};

/// Arguments of `build`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Folder to write the site to [default: `public` in the calendar's folder]
    #[arg(short = 'o', long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Build without the events that have mistakes; subscribers do not see these until they are fixed
    #[arg(long)]
    keep_going: bool,
    /// Fail if calendar.lock is not up to date
    #[arg(long)]
    locked: bool,
    #[command(flatten)]
    deletion: MassDeletionArgs,
}

/// The default output folder.
const PUBLIC: &str = "public";

/// Runs it.
pub fn run(args: &Args, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let mut opened = if args.locked { open::open(global, world)? } else { open::open_to_write(global, world)? };
    let errors = opened.loaded.count(Severity::Error);
    if errors > 0 && !args.keep_going {
        let help = "with --keep-going it is built without the events that have mistakes";
        let what = format!("the site was left as it is, because records have mistakes\n  help: {help}");
        return Ok(opened.refuse(&what, global, world));
    }
    let folder = args.output.as_ref().map_or_else(|| opened.root.join(PUBLIC), |output| world.folder.join(output));
    refuse_records(&folder, &opened)?;
    warn(&opened, global, world);
    let has_members = opened.calendar().feeds().iter().any(|feed| feed.audience == Audience::Members);
    let secret = if has_members { world.members_secret()? } else { None };
    if let Some(exit) = secret.as_ref().and_then(|secret| refuse_found(secret, &opened, global, world)) {
        return Ok(exit);
    }
    let theme = theme::load(&opened.root)?;
    let Some(locked) = Locked::of(&opened, args, global, world)? else { return Ok(Exit::Problems) };
    locked.history.announce(&mut opened.loaded.calendar);
    let waits = format!("waiting for another redletter, which builds {}", folder.display());
    let stage = Stage::open(&folder, || world.note(global, &waits))?;
    let program = world.program();
    let withheld = opened.withheld(secret.as_ref());
    let input = Input {
        calendar: opened.calendar(),
        lock: &locked.lock,
        history: &locked.history,
        withheld: &withheld,
        tzdb: &opened.tzdb,
        now: opened.now,
        secret: secret.as_ref(),
        theme: &theme,
        program: &program,
        is_live: false,
    };
    let progress = Progress::new("making pages and feeds", world.err_terminal && !global.quiet);
    let summary = site::make(
        &input,
        |path, key| stage.has(path, key),
        |made| match made.bytes {
            Some(bytes) => stage.put(&made.path, made.key, &bytes),
            None => stage.keep(&made.path),
        },
        |done, of| progress.at(done, of),
    )?;
    drop(progress);
    // Before the site: a SEQUENCE that somebody has seen must not be given out again.
    if let Some(text) = &locked.new {
        sink::write_file(&Lock::path(&opened.root), |out| out.write_all(text.as_bytes()))?;
    }
    let plan = stage.commit()?;
    world.note(
        global,
        &format!(
            "{}: {}, {}; {}",
            folder.strip_prefix(&world.folder).unwrap_or(&folder).display(),
            count(summary.pages, "page", "pages"),
            count(summary.feeds, "feed", "feeds"),
            changed(&plan)
        ),
    );
    if let Some(aside) = &plan.set_aside {
        let aside = aside.strip_prefix(&world.folder).unwrap_or(aside).display();
        world.note_always(&format!(
            "warning: redletter could not tell which files were from an earlier build; all of them are in {aside}"
        ));
    }
    if locked.new.is_some() && !global.quiet {
        world.print(&diagnostic::visible_lines(&locked.said))?;
    }
    let warnings = opened.loaded.count(Severity::Warning);
    if warnings > 0 {
        let warnings = count(warnings, "warning", "warnings");
        world.note(global, &format!("note: {warnings} about records; `redletter check` shows them"));
    }
    for warning in &summary.warnings {
        world.note_always(&format!("warning: {warning}"));
    }
    if errors > 0 {
        return Ok(opened.refuse("the site was built without the events that have these mistakes", global, world));
    }
    Ok(Exit::Fine)
}

/// What a build did, in words.
fn changed(plan: &Plan) -> String {
    let counts = [(plan.added, "added"), (plan.changed, "changed"), (plan.removed, "removed")];
    let words: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(number, what)| format!("{} {what}", count(*number, "file", "files")))
        .collect();
    if words.is_empty() { "nothing changed".into() } else { words.join(", ") }
}

/// The lock as the site tells it.
struct Locked {
    lock: Lock,
    history: History,
    /// Its text, where it is not what the file says.
    new: Option<String>,
    /// What is new, in words.
    said: String,
}

impl Locked {
    /// Brings the lock up to date; none where it may not change and would.
    fn of(opened: &Opened, args: &Args, global: &Global, world: &mut World<'_>) -> Result<Option<Locked>> {
        let (calendar, now, tzdb) = (opened.calendar(), opened.now, &opened.tzdb);
        let text = Lock::text(&opened.root)?;
        let before = text.as_deref().map(Lock::parse).transpose()?.unwrap_or_default();
        before.refuse_future(now.max(world.clock))?;
        let (allowed, left) = (args.deletion.allow_mass_deletion, "the site was left as it is");
        if opened.refuse_without_domain(&before, left, global, world).is_some()
            || opened.refuse_loss(&before, allowed, left, global, world).is_some()
        {
            return Ok(None);
        }
        // An event that has a mistake is not a deleted one.
        let is_whole = opened.loaded.count(Severity::Error) == 0;
        let (lock, changes) = if is_whole {
            before.updated_with(calendar, now, tzdb)
        } else {
            before.updated_in_part(calendar, now, tzdb)
        };
        super::lock::refuse_older_rules(&before, &changes, opened)?;
        let new = lock.to_string();
        opened.prove(FILE, new.as_bytes(), Audience::Public)?;
        let new = Some(new).filter(|new| text.as_deref() != Some(new));
        if args.locked && !text.as_deref().is_some_and(|text| lock.is_text(text)) {
            world.note_always(&format!(
                "error: {FILE} is behind the records, and the site was left as it is\n  help: run `redletter lock`, and \
                 commit {FILE} with the records"
            ));
            return Ok(None);
        }
        let new = new.filter(|_| !args.locked);
        if let Some(new) = &new {
            lock.verify(new)?;
        }
        let history = if is_whole {
            History::new(&lock, calendar, now, tzdb, |_| true)
        } else {
            History::in_part(&lock, calendar, now, tzdb)
        };
        let mut said = say::changes(&changes, text.is_none(), &lock, tzdb.version());
        if text.is_none() {
            said.push_str(&format!("commit {FILE} with the records: it records what subscribers have received\n"));
        }
        Ok(Some(Locked { lock, history, new, said }))
    }
}

/// Pages among records would be taken for records, and the other way round.
fn refuse_records(folder: &Path, opened: &Opened) -> Result<()> {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if let Ok(inside) = folder.strip_prefix(&opened.root) {
        // A link in the path would lead the site out of the calendar.
        opened.loaded.root.place(inside).map_err(|why| {
            Error::new(format!("cannot build in {}: {why}", folder.display()))
                .help("give a folder of its own for the site, such as `-o public`")
        })?;
    }
    let (folder, root) = (real(folder), real(&opened.root));
    let is_taken = folder == root
        || ["events", theme::TEMPLATES_FOLDER, theme::STATICS_FOLDER]
            .iter()
            .any(|name| folder.starts_with(root.join(name)));
    if !is_taken {
        return Ok(());
    }
    Err(Error::new(format!("-o {}: the calendar itself is there", folder.display()))
        .help("give a folder of its own for the site, such as `-o public`"))
}

/// Reports what the site itself does not show.
fn warn(opened: &Opened, global: &Global, world: &mut World<'_>) {
    if opened.calendar().settings.domain_assumed && !global.quiet {
        let text = diagnostic::text::render(&[domain_missing()], world.err_color(Some(global)), world.width());
        world.say_drawn(text.trim_end());
    }
}

/// Refuses a secret that stands in a file of the calendar.
fn refuse_found(secret: &Secret, opened: &Opened, global: &Global, world: &mut World<'_>) -> Option<Exit> {
    let found = secret.found_in(&opened.root);
    if found.is_empty() {
        return None;
    }
    let text = diagnostic::text::render(&found, world.err_color(Some(global)), world.width());
    world.say_drawn(&format!("{text}error: the site was left as it is, because the secret is none any more"));
    Some(Exit::Problems)
}
