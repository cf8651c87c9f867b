//! `redletter feed`: iCalendar feeds, on standard output or in files.

use std::collections::HashSet;
use std::fs;
use std::io::Read;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use super::check::count;
use super::lock::MassDeletionArgs;
use super::open::{self, Opened};
use super::refusal::domain_missing;
use super::{Exit, Global, World};
use crate::calendar::Feed;
use crate::diagnostic::{self, Severity};
use crate::error::{Error, Result};
use crate::event::{Audience, Event};
use crate::lock::{FILE, Lock};
use crate::privacy::Search;
use crate::render::ics;
use crate::schedule::{self, Occurrence};
use crate::sink;
use crate::view::feed::FeedView;
use crate::zone::Zone;

/// Arguments of `feed`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Name of the feed; `all` contains every event
    #[arg(required_unless_present = "all")]
    name: Option<String>,
    /// Write all feeds, each to a file `<name>.ics`
    #[arg(long, conflicts_with = "name", requires = "output")]
    all: bool,
    /// The file to write, or the folder with --all
    #[arg(short = 'o', long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Show only the first N events
    #[arg(short = 'n', long, value_name = "N")]
    limit: Option<usize>,
    /// Only past events
    #[arg(long)]
    past: bool,
    #[command(flatten)]
    filter: super::filter::FilterArgs,
    #[command(flatten)]
    deletion: MassDeletionArgs,
}

/// Runs it.
pub fn run(args: &Args, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let opened = open::open(global, world)?;
    if opened.loaded.count(Severity::Error) > 0 {
        // Whoever subscribes would see the wrong events vanish.
        return Ok(opened.refuse("no feed was written, because records have mistakes", global, world));
    }
    let calendar = opened.calendar();
    // A series is over when its last occurrence is.
    let takes = |event: &Event| {
        let is_over = |last| schedule::is_over(&last, opened.now, Zone::utc());
        !args.past || schedule::last(calendar.event(&event.id).unwrap_or(event)).is_some_and(is_over)
    };
    let lock = Lock::read(&opened.root)?;
    if let Some(lock) = &lock {
        lock.refuse_future(opened.now.max(world.clock))?;
        let allowed = args.deletion.allow_mass_deletion;
        if let Some(exit) = opened.refuse_loss(lock, allowed, "no feed was written", global, world) {
            return Ok(exit);
        }
    }
    let feeds = || lock.as_ref().map_or_else(|| calendar.feeds(), |lock| lock.feeds(calendar));
    let narrowed = |feed: Feed| {
        let Some(name) = args.filter.feed() else { return args.filter.narrowed(feed, calendar) };
        let other = Feed::named(&feeds(), name)?;
        if &*feed.name == "all" {
            // Limits, form and language come from the other feed too, as in listings and in `serve`.
            let other = Feed { name: feed.name, title: feed.title, ..other };
            return args.filter.narrowed(other, calendar);
        }
        let mut feed = args.filter.narrowed(feed, calendar)?;
        feed.narrowed.push(other.filter);
        Ok(feed)
    };
    let feed = args.name.as_ref().map(|name| narrowed(Feed::named(&feeds(), name)?)).transpose()?;
    if calendar.settings.domain_assumed && !global.quiet {
        let text = diagnostic::text::render(&[domain_missing()], world.err_color(Some(global)), world.width());
        world.say_drawn(text.trim_end());
    }
    let settings = &calendar.settings;
    let asked = |event: &Event| takes(event) && feed.as_ref().is_none_or(|feed| feed.takes_part_of(event, settings));
    let history = lock.as_ref().map(|lock| opened.history(lock, asked, global, world));
    let history = history.as_ref();
    let told = history.map(|history| history.told(calendar));
    let calendar = told.as_deref().unwrap_or(calendar);
    let mut search = opened.withheld(None);
    let Some(feed) = feed else {
        let folder = world.folder.join(args.output.as_ref().expect("clap asks for a folder"));
        if folder.is_file() {
            return Err(Error::new(format!("{} is a file", folder.display())).help("give a folder for the feeds"));
        }
        if args.filter.audience() == Audience::Members {
            return Err(Error::new("--members and --all: public feeds would show what is for members only")
                .help("declare a feed with `audience = \"members\"` in calendar.toml; --all then writes it apart"));
        }
        let feeds: Vec<Feed> =
            (feeds().into_iter()).map(|feed| Ok(args.filter.spoken(narrowed(feed)?))).collect::<Result<_>>()?;
        let secret =
            if feeds.iter().any(|feed| feed.audience == Audience::Members) { world.members_secret()? } else { None };
        if let Some(secret) = &secret {
            secret.add_to(&mut search);
            let found = secret.found_in(&opened.root);
            if !found.is_empty() {
                let text = diagnostic::text::render(&found, world.err_color(Some(global)), world.width());
                world.say_drawn(&format!("{text}error: no feed was written, because the secret is none any more"));
                return Ok(Exit::Problems);
            }
        }
        let told = |text: &str| secret.as_ref().map_or_else(|| text.to_owned(), |secret| secret.struck_from(text));
        // Nothing is written before every feed has its place.
        let paths: Vec<PathBuf> = feeds.iter().map(|feed| feed.path(secret.as_ref())).collect::<Result<_>>()?;
        paths.iter().try_for_each(|path| refuse_own(&folder.join(path), &opened))?;
        for feed in &feeds {
            let view = limited(FeedView::of(calendar, feed, opened.now, history, takes), args.limit);
            if !is_proven(&view, feed, &search, world)? {
                return Ok(Exit::Problems);
            }
        }
        for (feed, path) in feeds.iter().zip(paths) {
            let view = limited(FeedView::of(calendar, feed, opened.now, history, takes), args.limit);
            sink::write_below(&folder, &path, |mut out| write(&view, &mut out)).map_err(|error| error.told(told))?;
            let path = folder.join(path);
            let events = count(view.events.len(), "event", "events");
            world.note(global, &told(&format!("{}: {events}", path.display())));
        }
        return Ok(Exit::Fine);
    };
    if feed.audience == Audience::Members {
        // Here no path needs it. A weak one is a mistake wherever it is met.
        world.members_secret()?;
    }
    let audience = if args.filter.audience() == Audience::Members { Audience::Members } else { feed.audience };
    let feed = args.filter.spoken(Feed { audience, ..feed });
    let view = limited(FeedView::of(calendar, &feed, opened.now, history, takes), args.limit);
    if !is_proven(&view, &feed, &search, world)? {
        return Ok(Exit::Problems);
    }
    match &args.output {
        Some(path) => {
            let mut path = world.folder.join(path);
            if path.is_dir() {
                path.push(format!("{}.ics", feed.name));
            }
            refuse_own(&path, &opened)?;
            sink::write_file(&path, |mut out| write(&view, &mut out))?;
        }
        None => write(&view, &mut world.out).map_err(|source| Error::output(&source))?,
    }
    Ok(Exit::Fine)
}

/// Refuses to write over files of the calendar itself.
fn refuse_own(path: &Path, opened: &Opened) -> Result<()> {
    let folder = path.parent().map(|folder| folder.canonicalize().unwrap_or_else(|_| folder.to_owned()));
    let real = folder.unwrap_or_default().join(path.file_name().unwrap_or_default());
    let root = opened.loaded.root.path();
    let is_own = real.strip_prefix(root).is_ok_and(|inside| {
        let is_in = |name: &str| inside.starts_with(name);
        is_in("events") || is_in("templates") || is_in(SETTINGS) || is_in(FILE)
    });
    // A link may call a folder of records by another name.
    let is_record = opened.loaded.found.iter().any(|found| found.path == real);
    if !is_own && !is_record {
        return refuse_other(path, &real);
    }
    Err(Error::new(format!("the feed was not written to {}: the calendar itself is there", path.display()))
        .help("give another file, such as `-o feed.ics`, or a folder of its own"))
}

/// Refuses to replace a file that is not a feed, such as a page or a picture.
fn refuse_other(path: &Path, real: &Path) -> Result<()> {
    let mut head = [0; 512];
    let read = fs::File::open(real).and_then(|file| file.take(head.len() as u64).read(&mut head));
    let head = &head[..read.unwrap_or_default()];
    let is_feed = memchr::memmem::find(&head.to_ascii_uppercase(), b"BEGIN:VCALENDAR").is_some();
    if head.is_empty() || is_feed {
        return Ok(());
    }
    Err(Error::new(format!("the feed was not written to {}: that file is not a feed", path.display()))
        .help("give another name, such as `-o feed.ics`, or delete the file first"))
}

/// The settings of a calendar, in its folder.
const SETTINGS: &str = "calendar.toml";

/// Proves that a public feed shows nothing that is withheld. What would show it is named, and the value is not.
fn is_proven(view: &FeedView<'_>, feed: &Feed, search: &Search, world: &mut World<'_>) -> Result<bool> {
    if feed.audience == Audience::Members || search.is_empty() {
        return Ok(true);
    }
    let mut bytes = Vec::new();
    write(view, &mut bytes).map_err(|source| Error::output(&source))?;
    let name = &feed.name;
    let Err(leak) = search.prove_file(&format!("{name}.ics"), &bytes) else { return Ok(true) };
    world.note_always(&format!("error: the feed `{name}` would show {leak}, which is private; no feed was written"));
    Ok(false)
}

/// A feed without what is over the limit.
fn limited(mut view: FeedView<'_>, limit: Option<usize>) -> FeedView<'_> {
    view.events.truncate(limit.unwrap_or(usize::MAX));
    view
}

/// Events from which on a second thread is worth its start.
const MANY: usize = 5_000;

/// Writes a feed, a large one by two threads: more would only wait for each other's pieces.
fn write(view: &FeedView<'_>, mut out: &mut dyn std::io::Write) -> std::io::Result<()> {
    let threads = if view.events.len() < MANY { NonZeroUsize::MIN } else { NonZeroUsize::MIN.saturating_add(1) };
    ics::write_with(view, threads, &mut out)
}

/// Prints the events of a listing as a feed.
pub(super) fn print_chosen(
    opened: &Opened,
    occurrences: &[Occurrence<'_>],
    filter: &super::filter::FilterArgs,
    global: &Global,
    world: &mut World<'_>,
) -> Result<()> {
    let chosen: HashSet<&str> = occurrences.iter().map(|occurrence| &*occurrence.event.id).collect();
    // A feed of that name may be declared, and be for others.
    let feeds = opened.calendar().feeds();
    let feed = filter.narrowed(Feed::named(&feeds, filter.feed().unwrap_or("all"))?, opened.calendar())?;
    let feed = filter.spoken(Feed { audience: filter.audience(), ..feed });
    let takes = |event: &Event| chosen.contains(&*event.id);
    let lock = Lock::read(&opened.root)?;
    let history = lock.as_ref().map(|lock| opened.history(lock, takes, global, world));
    let told = history.as_ref().map(|history| history.told(opened.calendar()));
    let calendar = told.as_deref().unwrap_or(opened.calendar());
    let view = FeedView::of(calendar, &feed, opened.now, history.as_ref(), takes);
    let mut bytes = Vec::new();
    write(&view, &mut bytes).map_err(|source| Error::output(&source))?;
    opened.publish(&bytes, filter.audience(), world)?;
    world.flush()
}
