//! `redletter next`: the next occurrences, however far away.

use chrono::{Months, NaiveDate, TimeDelta};

use super::agenda::{ListingArgs, Rows};
use super::{Exit, Global, World, open};
use crate::error::Result;
use crate::schedule::{self, Occurrence, TooMany, Window};
use crate::view::collapse::collapse;

/// Arguments of `next`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Number of occurrences
    #[arg(default_value_t = 5)]
    count: usize,
    /// List the latest past occurrences instead
    #[arg(long)]
    past: bool,
    #[command(flatten)]
    listing: ListingArgs,
}

/// Runs it.
pub fn run(args: &Args, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let opened = open::open(global, world)?;
    let zones = opened.zones(&args.listing.timezone, world)?;
    let today = opened.now.with_timezone(&zones[0]).date_naive();
    let calendar = opened.listed(&args.listing.filter)?;
    let chosen = args.listing.filter.chosen(calendar)?;
    let takes = |one: &Occurrence<'_>| chosen.has(one);
    let count = args.listing.limit.map_or(args.count, |limit| limit.min(args.count));
    if args.past {
        // Occurrences are walked forward, so a stretch before today is widened until it holds enough.
        let mut found = Vec::new();
        for years in [1, 10, 100, 10_000] {
            let first = today.checked_sub_months(Months::new(12 * years)).unwrap_or(NaiveDate::MIN);
            let window = Window::days(first, today, zones[0]);
            found = schedule::occurrences(calendar, &window, takes).map_err(|TooMany(event)| opened.too_many(event))?;
            found.retain(|one| schedule::is_over(&one.when, opened.now, zones[0]));
            if found.len() >= count {
                break;
            }
        }
        return args.listing.print(&opened, found, &zones, None, Rows::Last(count), global, world);
    }
    let window = Window::from(today, zones[0]);
    let mut wanted = count;
    // Local events are behind their day, so that more occurrences make as many rows, and the last day is whole.
    let found = loop {
        let found = schedule::next(calendar, &window, opened.now, wanted, takes);
        let mut rows = found.clone();
        collapse(&mut rows);
        let last_row = rows.get(count.saturating_sub(1)).map(|row| row.when.first_day() + TimeDelta::days(2));
        let is_whole = last_row.is_some_and(|day| found.last().is_some_and(|last| last.when.first_day() > day));
        if found.len() < wanted || !args.listing.collapses() || is_whole {
            break found;
        }
        wanted = wanted.saturating_mul(2);
    };
    // What is on already stands under today.
    let range = Some((today, NaiveDate::MAX));
    args.listing.print(&opened, found, &zones, range, Rows::First(count), global, world)
}
