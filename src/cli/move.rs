//! `redletter move ID --to START`: an event, or one occurrence of it, at another time.

use super::edit::{self, EditArgs, start};
use super::{Exit, Global, World};
use crate::error::Result;

/// Arguments of `move`.
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    asked: EditArgs,
    #[command(flatten)]
    to: start::To,
}

/// What to do by hand in a sheet.
const IN_A_SHEET: &str = "write the new time in the column `start`, and the old one in a column `moved-from`";

/// Runs it.
pub fn run(args: &Args, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let opened = args.asked.open(global, world)?;
    let record_edit = edit::begin(&opened, &args.asked, IN_A_SHEET, global, world)?;
    start::run(record_edit, &args.to, global, world)
}
