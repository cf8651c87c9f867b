//! `redletter cancel ID`: an event, or one occurrence of it, that does not happen. Its record stays.

use super::edit::{self, EditArgs, status};
use super::{Exit, Global, World};
use crate::error::Result;
use crate::event::Status;

/// Arguments of `cancel`.
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    asked: EditArgs,
}

/// What to do by hand in a sheet.
const IN_A_SHEET: &str = "write `cancelled` in a column `status`";

/// Runs it.
pub fn run(args: &Args, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let opened = args.asked.open(global, world)?;
    let record_edit = edit::begin(&opened, &args.asked, IN_A_SHEET, global, world)?;
    status::run(record_edit, Status::Cancelled, global, world)
}
