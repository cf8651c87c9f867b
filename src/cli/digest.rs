//! `redletter digest`: what changed and what comes, to paste into a mail or a channel.

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::filter::FilterArgs;
use super::open::{self, Opened};
use super::{Exit, Global, World};
use crate::cli::check::count;
use crate::diagnostic::Severity;
use crate::error::{Error, Result};
use crate::event::{Event, when::midnight};
use crate::language::Language;
use crate::lock::{self, Lock};
use crate::render::digest::{FORMATS, Format, SEPARATOR};
use crate::resolve::datetime_text;
use crate::schedule::{self, TooMany, dates};
use crate::view::digest::changes::Past;
use crate::view::digest::{self, Digest, Told};
use crate::view::listing::ListingOptions;

/// Arguments of `digest`.
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Changes come from calendar.lock, which `redletter lock` updates. A text that is too long for one \
Telegram or Discord message is split; a line `-------- 8< --------` stands between two messages."
)]
pub struct Args {
    /// Days to look ahead, today included
    #[arg(long, default_value_t = 7, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=36_500))]
    days: u32,
    /// List changes since this day [default: as many days back as --days looks ahead]
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    since: Option<String>,
    /// Output format
    #[arg(long, value_parser = formats(), default_value = "text", value_name = "FORMAT")]
    format: String,
    /// Time zone to show times in, by name or city (repeatable: each time in all of them)
    #[arg(short = 't', long, value_name = "ZONE")]
    timezone: Vec<String>,
    #[command(flatten)]
    filter: FilterArgs,
}

/// The words that `--format` takes.
fn formats() -> clap::builder::PossibleValuesParser {
    FORMATS.iter().map(|format| format.name).collect::<Vec<_>>().into()
}

/// Runs it.
pub fn run(args: &Args, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let opened = open::open(global, world)?;
    let zones = opened.zones(&args.timezone, world)?;
    let (first, last, window) = digest::window(opened.now, args.days, zones[0]);
    let since = since(args, first, opened.reading_language())?;
    // A digest would announce every missing event as cancelled.
    if let Some(lock) = Lock::read(&opened.root)?
        && let Some(exit) = opened.refuse_loss(&lock, false, "no digest was written", global, world)
    {
        return Ok(exit);
    }
    let told = Changes::of(&opened, global, world)?;
    let published = told.as_ref().map(|told| told.after.told(opened.calendar(), opened.now, &opened.tzdb));
    let calendar = published.as_deref().unwrap_or(opened.calendar());
    let chosen = args.filter.chosen(calendar)?;
    let takes = |event: &Event| chosen.matches(event);
    let found = schedule::occurrences(calendar, &window, |one| chosen.has(one))
        .map_err(|TooMany(event)| opened.too_many(event))?;

    let past = told.as_ref().map(|told| Past::new(&told.before, &told.after, midnight(since, zones[0]), opened.now));
    let tombstones: Vec<Event> = past.map(|past| past.tombstones(calendar, &opened.tzdb)).unwrap_or_default();
    let changes: Vec<Told<'_>> =
        past.map(|past| past.changes(calendar, &tombstones, &window, takes)).unwrap_or_default();

    let language = opened.language(args.filter.language().as_deref(), global, world)?;
    let frame = ListingOptions {
        zones: &zones,
        range: Some((first, last)),
        language: &language,
        now: opened.now,
        tzdb: &opened.tzdb,
        audience: args.filter.audience(),
    };
    let digest = Digest::new(calendar, &found, (since, changes), &frame);
    // clap has taken none that is not there.
    let Some(format) = Format::find(&args.format) else { return Err(Error::new("no such format")) };
    let messages = format.messages(&digest);
    opened.publish(messages.join(&format!("{SEPARATOR}\n")).as_bytes(), args.filter.audience(), world)?;
    if let Some(limit) = format.limit.filter(|_| messages.len() > 1) {
        world.flush()?;
        world.note(
            global,
            &format!(
                "note: {} of at most {limit} characters; a line `{SEPARATOR}` separates them",
                count(messages.len(), "message", "messages")
            ),
        );
    }
    Ok(opened.exit(world))
}

/// The day since which changes are told.
fn since(args: &Args, today: NaiveDate, language: Language) -> Result<NaiveDate> {
    let Some(word) = &args.since else {
        let back = TimeDelta::days(args.days.into());
        return Ok(today.checked_sub_signed(back).unwrap_or(NaiveDate::MIN));
    };
    let day = dates::day("--since", word, today, language)?;
    let day = if day > today { latest(word, day, language).unwrap_or(day) } else { day };
    if day > today {
        return Err(Error::new(format!("--since: {day} is still to come")).help("give a day that is past"));
    }
    Ok(day)
}

/// A weekday, or a date without a year, is the latest one here.
fn latest(word: &str, day: NaiveDate, language: Language) -> Option<NaiveDate> {
    let read = datetime_text::read(word, language).ok()?;
    match (&read.date, &read.relative) {
        (Some(date), _) if date.value.year.is_none() => day.with_year(day.year() - 1),
        (None, None) if read.weekday.is_some() => Some(day - TimeDelta::days(7)),
        _ => None,
    }
}

/// The lock as it is, and as it will be.
struct Changes {
    before: Lock,
    after: Lock,
}

impl Changes {
    /// By the lock of the calendar; none without one.
    fn of(opened: &Opened, global: &Global, world: &mut World<'_>) -> Result<Option<Changes>> {
        let Some(before) = Lock::read(&opened.root)? else {
            world.note(
                global,
                &format!(
                    "note: what changed is not listed, because there is no {} yet; run `redletter lock` now, and \
                     before each digest",
                    lock::FILE
                ),
            );
            return Ok(None);
        };
        // An event that has a mistake would be taken for a deleted one, and older rules for newer ones.
        let is_older = opened.tzdb.version() < &*before.tzdb;
        if is_older {
            let (known, here) = (&before.tzdb, opened.tzdb.version());
            world.note(
                global,
                &format!(
                    "note: {} was written by tz database {known}, and the newest one here is {here}; what is not \
                     locked yet does not count as changed",
                    lock::FILE
                ),
            );
        }
        if is_older || opened.loaded.count(Severity::Error) > 0 {
            return Ok(Some(Changes { after: before.clone(), before }));
        }
        let (after, changes) = before.updated_with(opened.calendar(), opened.now, &opened.tzdb);
        if !changes.is_empty() {
            let events = count(changes.len(), "event", "events");
            world.note(
                global,
                &format!(
                    "note: {} is behind with {events}, which count as changed today; `redletter lock` brings it up \
                     to date",
                    lock::FILE
                ),
            );
        }
        Ok(Some(Changes { before, after }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Only {
        #[command(flatten)]
        args: Args,
    }

    fn since_of(words: &[&str]) -> String {
        let today = NaiveDate::from_ymd_opt(2026, 11, 20).expect("a date");
        let args = Only::try_parse_from([&["digest"], words].concat()).expect("arguments").args;
        since(&args, today, Language::ENGLISH).map_or_else(|error| error.to_string(), |day| day.to_string())
    }

    #[test]
    fn changes_go_back_as_far_as_the_days_go_ahead() {
        assert_eq!(since_of(&[]), "2026-11-13");
        assert_eq!(since_of(&["--days", "30"]), "2026-10-21");
        assert_eq!(since_of(&["--since", "2026-11-02"]), "2026-11-02");
        assert_eq!(since_of(&["--since", "yesterday"]), "2026-11-19");
        assert_eq!(since_of(&["--since", "thursday"]), "2026-11-19");
        assert_eq!(since_of(&["--since", "5 december"]), "2025-12-05");
        assert!(since_of(&["--since", "2027-01-01"]).contains("still to come"));
        assert!(since_of(&["--since", "sometime"]).contains("not a day"));
    }

    #[test]
    fn days_are_as_many_as_anybody_looks_ahead() {
        for (days, is_taken) in [("0", false), ("1", true), ("36500", true), ("4294967295", false), ("-1", false)] {
            assert_eq!(Only::try_parse_from(["digest", "--days", days]).is_ok(), is_taken, "{days}");
        }
    }
}
