//! `redletter move ID --to START`: an event, or one occurrence of it, at another time.

use super::amend::{self, Asked, start};
use super::{Exit, Global, World, open};
use crate::error::Result;

/// Arguments of `move`.
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    to: start::To,
}

/// Runs it.
pub fn run(args: &Args, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let opened = open::open(global, world)?;
    let amendment = amend::begin(&opened, &args.asked, global, world)?;
    start::run(amendment, &args.to, global, world)
}
