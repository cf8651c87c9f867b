//! The command line: one file a verb, with its arguments and its `run`.
//!
//! Data goes to standard output, everything else to standard error. Nothing here reads a clock, the environment or the
//! terminal: [`World`] brings them.

pub mod agenda;
pub mod announce;
pub mod build;
pub mod cancel;
pub mod check;
pub mod diff;
pub mod digest;
pub mod confirm;
pub mod explain;
pub mod feed;
pub mod fmt;
pub mod import;
pub mod init;
mod language;
pub mod lint;
mod meant;
pub mod lock;
mod moment;
pub mod month;
pub mod r#move;
pub mod new;
pub mod next;
pub mod postpone;
pub mod schema;
pub mod search;
#[cfg(feature = "serve")]
pub mod serve;
pub mod shell;
pub mod show;
mod stale;
pub mod templates;
mod theme;
pub mod when;
pub mod zones;
mod edit;
mod filter;
mod open;
mod refusal;
mod version;
mod wait;
mod world;
mod writing;

use std::ffi::OsString;
use std::mem::ManuallyDrop;
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue};
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::error::{Error, Result};
pub use world::{Environment, World};

/// How a run ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exit {
    /// All is well.
    Fine,
    /// There are problems in the records.
    Problems,
    /// Usage, disk or network.
    Failed,
}

impl Exit {
    /// The exit code of the process.
    pub fn code(self) -> u8 {
        match self {
            Exit::Fine => 0,
            Exit::Problems => 1,
            Exit::Failed => 2,
        }
    }
}

/// A calendar manager for protests, strikes, online forums and days of action.
///
/// Events are TOML records in a folder. redletter checks them, works out their times across time zones, and prints
/// listings and iCalendar feeds.
#[derive(Parser, Debug)]
#[command(name = "redletter", disable_version_flag = true, max_term_width = 100)]
#[command(
    after_help = "A calendar is a folder with `events/**/*.toml` and an optional `calendar.toml`.\nStart with `redletter init my-calendar`."
)]
pub struct Cli {
    #[command(flatten)]
    global: Global,
    /// Print the version, and the time zone database in use
    #[arg(short = 'V', long)]
    version: bool,
    #[command(subcommand)]
    verb: Option<Verb>,
}

/// Options of every verb.
#[derive(clap::Args, Debug, Clone)]
pub struct Global {
    /// Folder of the calendar [default: REDLETTER_ROOT, or the nearest one upwards]
    #[arg(short = 'r', long, global = true, value_name = "DIR", help_heading = "Everywhere")]
    pub root: Option<PathBuf>,
    /// As-of time, such as 2026-11-20T12:00:00Z [default: SOURCE_DATE_EPOCH, or the clock]
    #[arg(long, global = true, value_name = "RFC3339", help_heading = "Everywhere")]
    pub now: Option<String>,
    /// A folder of zone files, or a wheel of the Python package tzdata; the newest rules at hand are used
    #[arg(long, global = true, value_name = "PATH", help_heading = "Everywhere")]
    pub tzdb: Option<PathBuf>,
    /// When to use colours
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "WHEN", help_heading = "Everywhere")]
    pub color: ColorChoice,
    /// Print errors only
    #[arg(short = 'q', long, global = true, help_heading = "Everywhere")]
    pub quiet: bool,
    /// Print more about each step
    #[arg(short = 'v', long, global = true, help_heading = "Everywhere")]
    pub verbose: bool,
}

/// When colours are used.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum ColorChoice {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[derive(Subcommand, Debug)]
enum Verb {
    /// Start a calendar: settings, examples, a workflow
    Init(init::Args),
    /// Write a new record
    New(new::Args),
    /// Check all records and report every mistake
    Check(check::Args),
    /// Explain a diagnostic
    Explain(explain::Args),
    /// List events: the next 30 days, or any other days
    #[command(visible_alias = "list")]
    Agenda(agenda::Args),
    /// List the next occurrences
    Next(next::Args),
    /// Search the text of all events, past and coming
    Search(search::Args),
    /// Write a digest of changes and coming events, to paste into a mail or a channel
    Digest(digest::Args),
    /// Compare two states of a calendar: what subscribers will see change
    Diff(diff::Args),
    /// Find what is known to break in calendar programs, in any iCalendar file
    Lint(lint::Args),
    /// Show all details of an event
    Show(show::Args),
    /// Convert a time to other time zones
    When(when::Args),
    /// Write an event's time in several zones, for posters and posts
    Announce(announce::Args),
    /// Show a month as a calendar grid
    Month(month::Args),
    /// Import events from other calendars as records
    Import(import::Args),
    /// Write iCalendar feeds
    Feed(feed::Args),
    /// Write the site: pages and feeds
    Build(build::Args),
    /// Serve the site and reload it when records change
    #[cfg(feature = "serve")]
    Serve(serve::Args),
    /// Record changes, so that subscribers' calendars update
    Lock(lock::Args),
    /// Cancel an event, or one occurrence of it; the record stays
    Cancel(cancel::Args),
    /// Postpone an event that has no new date yet
    Postpone(postpone::Args),
    /// Move an event, or one occurrence of it, to another time
    Move(r#move::Args),
    /// Confirm an event that was tentative, postponed or cancelled
    Confirm(confirm::Args),
    /// Format records: canonical key order and layout, comments kept
    Fmt(fmt::Args),
    /// Find time zones
    Zones(zones::Args),
    /// Write the site's templates and style sheet to files, to customise them
    Templates(templates::Args),
    /// Print the JSON Schema of a record
    Schema(schema::Args),
    /// Print completions for a shell
    Completions(shell::CompletionArgs),
    /// Print the man page
    Man(shell::ManArgs),
}

/// Runs the program.
pub fn run(arguments: impl IntoIterator<Item = OsString>, world: &mut World<'_>) -> Exit {
    // Never freed: the process ends with the verb, and freeing all these texts takes a tenth of a start.
    let mut command = ManuallyDrop::new(Cli::command());
    let parsed = command
        .try_get_matches_from_mut(arguments)
        .and_then(|mut matches| Cli::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut command)));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => {
            // Help that was asked for is data; a mistake of usage is not.
            // It repeats words of the command line.
            let plain = error.render().to_string();
            let shown = crate::diagnostic::visible_lines(&plain);
            let text = if world.err_color(None) && shown == plain { error.render().ansi().to_string() } else { shown };
            // clap suggests by spelling, which is misleading for a word with another meaning.
            let text = match error.get(ContextKind::InvalidSubcommand) {
                Some(ContextValue::String(word)) => meant::help(word).map_or(text, |help| {
                    let word = crate::diagnostic::visible(crate::diagnostic::shorten(word).chars());
                    format!("error: `{word}` is not a verb of redletter\n  help: {help}\n")
                }),
                _ => text,
            };
            let stream = if error.use_stderr() { &mut world.err } else { &mut world.out };
            let printed = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
            return if printed.is_err() || error.use_stderr() { Exit::Failed } else { Exit::Fine };
        }
    };
    match dispatch(&cli, world).and_then(|exit| world.flush().map(|()| exit)) {
        Ok(exit) => exit,
        Err(error) if error.is_reader_gone() => Exit::Fine,
        Err(error) => {
            world.print_error(&error);
            if error.is_in_records() { Exit::Problems } else { Exit::Failed }
        }
    }
}

fn dispatch(cli: &Cli, world: &mut World<'_>) -> Result<Exit> {
    let global = &cli.global;
    if cli.version {
        return version::run(global, world);
    }
    let Some(verb) = &cli.verb else {
        let mut command = Cli::command();
        let help = command.render_help().to_string();
        world.note_always(&help);
        return Err(Error::new("no verb").help("try `redletter agenda`"));
    };
    match verb {
        Verb::Init(args) => init::run(args, global, world),
        Verb::New(args) => new::run(args, global, world),
        Verb::Check(args) => check::run(args, global, world),
        Verb::Explain(args) => explain::run(args, world),
        Verb::Agenda(args) => agenda::run(args, global, world),
        Verb::Next(args) => next::run(args, global, world),
        Verb::Search(args) => search::run(args, global, world),
        Verb::Digest(args) => digest::run(args, global, world),
        Verb::Diff(args) => diff::run(args, global, world),
        Verb::Lint(args) => lint::run(args, global, world),
        Verb::Show(args) => show::run(args, global, world),
        Verb::When(args) => when::run(args, global, world),
        Verb::Announce(args) => announce::run(args, global, world),
        Verb::Month(args) => month::run(args, global, world),
        Verb::Import(args) => import::run(args, global, world),
        Verb::Feed(args) => feed::run(args, global, world),
        Verb::Build(args) => build::run(args, global, world),
        #[cfg(feature = "serve")]
        Verb::Serve(args) => serve::run(args, global, world),
        Verb::Lock(args) => lock::run(args, global, world),
        Verb::Cancel(args) => cancel::run(args, global, world),
        Verb::Postpone(args) => postpone::run(args, global, world),
        Verb::Move(args) => r#move::run(args, global, world),
        Verb::Confirm(args) => confirm::run(args, global, world),
        Verb::Fmt(args) => fmt::run(args, global, world),
        Verb::Zones(args) => zones::run(args, global, world),
        Verb::Templates(args) => templates::run(args, global, world),
        Verb::Schema(args) => schema::run(args, world),
        Verb::Completions(args) => shell::completions(args, world),
        Verb::Man(args) => shell::man(args, world),
    }
}
