//! `redletter confirm ID`: an event, or one occurrence of it, that happens. A date by which it had to be looked at again
//! moves ahead.

use chrono::{Months, NaiveDate};

use super::edit::{self, EditArgs, RecordEdit, status};
use super::{Exit, Global, World, moment};
use crate::error::Result;
use crate::event::Status;
use crate::record::edit::Address;

/// Arguments of `confirm`.
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    asked: EditArgs,
    /// The next review [default: three months ahead, if the record has a `review-by`]
    #[arg(long, value_name = "DATE", conflicts_with_all = ["on", "from"])]
    review_by: Option<String>,
}

/// Default distance of the next review.
const AHEAD: Months = Months::new(3);

/// What to do by hand in a sheet.
const IN_A_SHEET: &str = "write `confirmed` in a column `status`";

/// Runs it.
pub fn run(args: &Args, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let opened = args.asked.open(global, world)?;
    let mut record_edit = edit::begin(&opened, &args.asked, IN_A_SHEET, global, world)?;
    let today = opened.today_of(&record_edit.event.when);
    let language = opened.reading_language();
    let given = args.review_by.as_deref().map(|word| moment::day("--review-by", word, today, language, world));
    if args.asked.on.is_none() && args.asked.from.is_none() {
        review(&mut record_edit, given.transpose()?, today)?;
    }
    status::run(record_edit, Status::Confirmed, global, world)
}

/// Moves `review-by` ahead: to the day given, else, where it stands there and is nearer, three months from now.
fn review(record_edit: &mut RecordEdit<'_>, given: Option<NaiveDate>, today: NaiveDate) -> Result<()> {
    const KEY: &str = "review-by";
    let old = record_edit.edit.raw(&record_edit.address, KEY);
    let event = record_edit.event;
    let inherited = event
        .review_by
        .filter(|_| old.is_none() && event.goes_on() && !matches!(record_edit.address, Address::Local(..)));
    let ahead = today.checked_add_months(AHEAD).unwrap_or(today);
    let next = match (given, &old, inherited) {
        (Some(day), ..) => day,
        (None, Some(old), _) if old.trim().parse::<NaiveDate>().is_ok_and(|old| old >= ahead) => return Ok(()),
        // What `[defaults]` say is said of all; who confirms one event moves the date of that one.
        (None, None, Some(inherited)) if inherited < ahead => ahead,
        (None, Some(_), _) => ahead,
        (None, None, _) => return Ok(()),
    };
    if old.as_deref().map(str::trim) == Some(&next.to_string()) {
        return Ok(());
    }
    record_edit.set(KEY, &next.to_string())?;
    record_edit.said.push(format!("to be looked at again by {}", next.format("%-d %B %Y")));
    Ok(())
}
