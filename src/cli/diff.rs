//! `redletter diff`: what subscribers will see change, between two states of a calendar.

mod git;
mod state;

use super::open;
use super::{Exit, Global, World};
use crate::diagnostic;
use crate::diff::{Change, Kind, compare};
use crate::error::{Error, Result};
use crate::render::diff::{Difference, github, json, markdown, text};
use crate::zone::Zone;
use state::State;

/// Arguments of `diff`.
#[derive(clap::Args, Debug)]
#[command(
    after_help = "OLD and NEW are a calendar's folder, a revision of git (`HEAD~3`, `main..`), an .ics file or a folder of them, a \
feed's address, or a built site. Without NEW, OLD is compared with the calendar as it is now; `A..B` gives both, and `A..` ends at HEAD.\n\
Exit code 1: a feed is gone, or an event has another UID, so that subscribers see it twice."
)]
pub struct Args {
    /// The earlier state
    #[arg(value_name = "OLD")]
    old: String,
    /// The later state [default: the calendar's folder]
    #[arg(value_name = "NEW")]
    new: Option<String>,
    /// Output format
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    format: Format,
    /// Show times in this zone too, by name or city (repeatable)
    #[arg(short = 't', long, value_name = "ZONE")]
    timezone: Vec<String>,
    /// Exit with 0 in spite of these
    #[arg(long, value_enum, value_name = "WHAT")]
    allow: Vec<Allow>,
}

#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum Format {
    Text,
    Markdown,
    Json,
    Github,
}

/// What may be allowed.
#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum Allow {
    /// Events with another UID
    UidLost,
    /// Feeds that are not there any more
    FeedGone,
}

/// Runs it.
pub fn run(args: &Args, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let now = world.now(global)?;
    let tzdb = open::tzdb(global, world)?;
    let context = state::Context { global, tzdb: &tzdb, now };
    let [old, new] = states(args, &context, world)?;
    if let Some(exit) = new.refused(global, world) {
        return Ok(exit);
    }
    old.warn(world);
    new.warn(world);
    let home = new.published.zone.or(old.published.zone);
    let zones: Vec<Zone> =
        if args.timezone.is_empty() { Vec::new() } else { open::zones(&args.timezone, &tzdb, home, now, world)? };
    let changes = compare(&old.published, &new.published, now);
    let difference = Difference { changes: &changes, old: &old.label, new: &new.label, zones: &zones, home, now };
    let out = match args.format {
        Format::Text => text::write(&difference, world.color(global)),
        Format::Markdown => markdown::write(&difference),
        Format::Json => diagnostic::visible_json(&format!("{:#}\n", json::document(&difference))),
        Format::Github => github::write(&difference, |change: &Change| {
            new.place(&change.uid).or_else(|| match &change.detail {
                crate::diff::Detail::Uid(uid) => new.place(uid),
                _ => None,
            })
        }),
    };
    for state in [&old, &new] {
        state.prove(&out)?;
    }
    world.print(&out)?;
    let is_allowed = |change: &Change| match change.kind {
        Kind::UidLost => args.allow.contains(&Allow::UidLost),
        Kind::FeedGone => args.allow.contains(&Allow::FeedGone),
        _ => true,
    };
    Ok(if changes.iter().all(is_allowed) { Exit::Fine } else { Exit::Problems })
}

/// Both states, by the words of the command line.
fn states(args: &Args, context: &state::Context<'_>, world: &mut World<'_>) -> Result<[State; 2]> {
    if args.new.is_none()
        && let Some((old, new)) = git::range(&args.old)
        && !world.folder.join(&args.old).exists()
    {
        let root = open::required_root(context.global, world)?;
        let old = match new.strip_prefix('.') {
            // `A...B` is from where both parted, as in git.
            Some(new) => git::merge_base(&root, old, new)?,
            None => old.to_owned(),
        };
        let new = new.trim_start_matches('.');
        let new = if new.is_empty() { "HEAD" } else { new };
        return Ok([State::revision(&old, context, world)?, State::revision(new, context, world)?]);
    }
    let old = args.old.strip_suffix("..").filter(|_| args.new.is_some()).unwrap_or(&args.old);
    let old = State::of(old, context, world)?;
    let new = if let Some(word) = &args.new {
        State::of(word, context, world)?
    } else {
        let root = open::required_root(context.global, world)
            .map_err(|error| Error::new(format!("{error}; give a second state to compare with")))?;
        State::calendar(&root, "the calendar's folder", context)?
    };
    Ok([old, new])
}
