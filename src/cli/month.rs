//! `redletter month`: a month as a grid.

use chrono::{Datelike, Months, NaiveDate};

use super::agenda;
use super::filter::FilterArgs;
use super::{Exit, Global, World, open};
use crate::diagnostic::shorten;
use crate::error::{Error, Result};
use crate::language::Language;
use crate::render::{self, Look};
use crate::schedule::{self, Window, dates};
use crate::view::collapse::collapse;
use crate::view::listing::{Listing, ListingOptions};
use crate::view::month::Month;

/// Arguments of `month`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The month: 2026-12, December, next month [default: this one]
    month: Vec<String>,
    /// Time zone to show times in, by name or city
    #[arg(short = 't', long, value_name = "ZONE")]
    timezone: Option<String>,
    /// Show only the first N occurrences
    #[arg(short = 'n', long, value_name = "N")]
    limit: Option<usize>,
    /// Give each local event of an action day a row of its own
    #[arg(long)]
    all: bool,
    /// Only past events
    #[arg(long)]
    past: bool,
    #[command(flatten)]
    filter: FilterArgs,
}

/// Runs it.
pub fn run(args: &Args, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let opened = open::open(global, world)?;
    let given: Vec<String> = args.timezone.iter().cloned().collect();
    let words = args.month.join(" ");
    let language = opened.reading_language();
    let day_of = |today: NaiveDate| match &*words {
        "" => Ok(today),
        words => dates::parse(words, today, language).map(|range| range.first).ok_or_else(|| {
            Error::new(format!("`{}` is not a month", shorten(words)))
                .help("expected a month such as December, next month, Dec 2026 or 2026-12")
        }),
    };
    let zones = opened.zones_from(&given, day_of, world)?;
    let day = day_of(opened.now.with_timezone(&zones[0]).date_naive())?;
    let (first, last) = bounds(day);
    // The grid shows whole weeks, so what happens in those counts too.
    let tag = opened.language(args.filter.language().as_deref(), global, world)?;
    let week_start = Language::of(&tag).week_start();
    let monday = first.week(week_start).first_day();
    let sunday = last.week(week_start).last_day();
    let mut occurrences = agenda::chosen(&args.filter, &opened, &Window::days(monday, sunday, zones[0]))?;
    occurrences.retain(|one| !args.past || schedule::is_over(&one.when, opened.now, zones[0]));
    let locals = if args.all { Vec::new() } else { collapse(&mut occurrences) };
    occurrences.truncate(args.limit.unwrap_or(usize::MAX));
    let (range, audience) = (Some((monday, sunday)), args.filter.audience());
    let frame = ListingOptions { zones: &zones, range, language: &tag, now: opened.now, tzdb: &opened.tzdb, audience };
    let mut listing = Listing::new(opened.calendar(), &occurrences, &frame);
    listing.put_behind(locals);
    let month = Month::new(&listing, first, week_start);
    let look = Look { width: world.width(), color: world.color(global) };
    let mut bytes = Vec::new();
    render::month::write(&month, &look, &mut bytes).map_err(|source| Error::output(&source))?;
    opened.publish(&bytes, audience, world)?;
    Ok(opened.exit(world))
}

/// The first and the last day of the month of `day`.
fn bounds(day: NaiveDate) -> (NaiveDate, NaiveDate) {
    let first = day.with_day(1).unwrap_or(day);
    let last = first.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt()).unwrap_or(first);
    (first, last)
}
