//! `redletter next`: the next occurrences, however far away.

use super::agenda::{ListingArgs, Rows};
use super::{Exit, Global, World, open};
use crate::error::Result;
use crate::schedule::{self, Window};

/// Arguments of `next`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// How many
    #[arg(default_value_t = 5)]
    count: usize,
    #[command(flatten)]
    listing: ListingArgs,
}

/// Runs it.
pub fn run(args: &Args, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let opened = open::open(global, world)?;
    let zones = opened.zones(&args.listing.timezone, world)?;
    let today = opened.now.with_timezone(&zones[0]).date_naive();
    let calendar = opened.calendar();
    let takes = args.listing.filter.takes(calendar)?;
    let count = args.listing.limit.map_or(args.count, |limit| limit.min(args.count));
    let found = schedule::next(calendar, &Window::from(today, zones[0]), opened.now, count, takes);
    args.listing.print(&opened, found, &zones, None, Rows::Occurrences, global, world)
}
