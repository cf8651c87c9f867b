//! `redletter agenda`: what happens between two days.

use chrono::{NaiveDate, TimeDelta};

use super::filter::FilterArgs;
use super::open::{self, Opened};
use super::{Exit, Global, World};
use crate::diagnostic::shorten;
use crate::error::{Error, Result};
use crate::render::{self, FORMATS, Format, Look};
use crate::schedule::dates::{self, DayRange};
use crate::schedule::{self, Occurrence, TooMany, Window};
use crate::view::listing::{Frame, Listing};
use crate::view::repeat;
use crate::zone::Zone;

/// Arguments of `agenda`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// First day: a date, today, friday, +7d, 2026-W48, 2026-12 [default: today]
    from: Option<String>,
    /// Last day, or a length such as +2w [default: 30 days in all]
    #[arg(allow_hyphen_values = true)]
    to: Option<String>,
    /// First day
    #[arg(long = "from", value_name = "DAY", conflicts_with = "from", allow_hyphen_values = true)]
    first: Option<String>,
    /// Last day
    #[arg(long = "to", value_name = "DAY", conflicts_with = "to", allow_hyphen_values = true)]
    last: Option<String>,
    /// Number of days from the first one on
    #[arg(long, value_name = "N", conflicts_with_all = ["to", "last"])]
    days: Option<u32>,
    /// The 30 days up to today, or as many as --days says
    #[arg(long, conflicts_with_all = ["from", "first", "to", "last"])]
    past: bool,
    /// What stands together: a day, or a country and city
    #[arg(long, value_enum, default_value = "day", value_name = "WHAT", help_heading = "Listing")]
    by: By,
    #[command(flatten)]
    pub(super) listing: ListingArgs,
}

/// What stands together in an agenda.
#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum By {
    Day,
    Place,
}

/// What the rows of a listing stand for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Rows {
    /// Single occurrences.
    Occurrences,
    /// Single occurrences, by country and city.
    Places,
    /// Whole series, each with its rule in words.
    Series,
}

/// What all listings have.
#[derive(clap::Args, Debug)]
pub(super) struct ListingArgs {
    /// Zone to show times in, by name or city (repeatable: a column each)
    #[arg(short = 't', long, value_name = "ZONE", help_heading = "Listing")]
    pub(super) timezone: Vec<String>,
    /// At most so many
    #[arg(short = 'n', long, value_name = "N", help_heading = "Listing")]
    pub(super) limit: Option<usize>,
    /// How to print it
    #[arg(long, value_parser = formats(), default_value = "table", value_name = "FORMAT", help_heading = "Listing")]
    pub(super) format: String,
    #[command(flatten)]
    pub(super) filter: FilterArgs,
}

/// The words that `--format` takes.
fn formats() -> clap::builder::PossibleValuesParser {
    FORMATS.iter().map(|format| format.name).chain(["ics"]).collect::<Vec<_>>().into()
}

/// Days of an agenda of which no end is given.
const COMING: i64 = 30;

/// Runs it.
pub fn run(args: &Args, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let has_headings = Format::find(&args.listing.format).is_some_and(|format| format.has_headings);
    if args.by == By::Place && !has_headings {
        return Err(Error::new(format!("--by place and --format {}: it has no headings", args.listing.format))
            .help("give table, text, markdown or html"));
    }
    let opened = open::open(global, world)?;
    let zones = opened.zones(&args.listing.timezone, world)?;
    let today = opened.now.with_timezone(&zones[0]).date_naive();
    let (first, last) = range(args, today)?;
    let window = Window::days(first, last, zones[0]);
    let occurrences = chosen(&args.listing.filter, &opened, &window)?;
    let rows = if args.by == By::Place { Rows::Places } else { Rows::Occurrences };
    args.listing.print(&opened, occurrences, &zones, Some((first, last)), rows, global, world)
}

fn range(args: &Args, today: NaiveDate) -> Result<(NaiveDate, NaiveDate)> {
    let day = |word: &str| {
        dates::parse(word, today).ok_or_else(|| {
            Error::new(format!("`{}` is no day", shorten(word))).help(format!("expected {}", dates::EXPECTED))
        })
    };
    let shifted = |day: NaiveDate, days: i64| day.checked_add_signed(TimeDelta::days(days)).unwrap_or(day);
    if args.past {
        let days = args.days.map_or(COMING, i64::from);
        return Ok((shifted(today, 1 - days.max(1)), today));
    }
    let from = args.from.as_ref().or(args.first.as_ref());
    let given = from.map(|word| day(word)).transpose()?;
    let DayRange { first, last } = given.unwrap_or(DayRange { first: today, last: today });
    // A week or a month is a window by itself; a day is where one begins.
    let whole = (last > first).then_some(last);
    let last = match (args.to.as_ref().or(args.last.as_ref()), args.days) {
        (Some(word), _) => match dates::offset(word, first) {
            // `+2w`, or `2w`, counts from the first day, which it includes.
            Some(end) => shifted(end, -1),
            // A weekday is the next one from the first day on.
            None if dates::is_weekday(word) => dates::parse(word, first).map_or(first, |range| range.last),
            None => day(word)?.last,
        },
        (None, Some(days)) => shifted(first, i64::from(days.max(1)) - 1),
        (None, None) => whole.unwrap_or_else(|| shifted(first, COMING - 1)),
    };
    if last < first {
        return Err(Error::new(format!("the last day, {last}, is before the first, {first}")));
    }
    Ok((first, last))
}

/// The occurrences in a window that all filters take.
pub(super) fn chosen<'c>(filter: &FilterArgs, opened: &'c Opened, window: &Window) -> Result<Vec<Occurrence<'c>>> {
    let calendar = opened.calendar();
    let takes = filter.takes(calendar)?;
    schedule::occurrences(calendar, window, takes).map_err(|TooMany(event)| opened.too_many(event))
}

impl ListingArgs {
    /// Prints occurrences, which are in order.
    #[expect(clippy::too_many_arguments, reason = "what is listed, how, and where to")]
    pub(super) fn print(
        &self,
        opened: &Opened,
        mut occurrences: Vec<Occurrence<'_>>,
        zones: &[Zone],
        range: Option<(NaiveDate, NaiveDate)>,
        series: Rows,
        global: &Global,
        world: &mut World<'_>,
    ) -> Result<Exit> {
        let all = occurrences.len();
        occurrences.truncate(self.limit.unwrap_or(usize::MAX));
        let Some(format) = Format::find(&self.format) else {
            // The one format that is a feed.
            super::feed::print_chosen(opened, &occurrences, &self.filter, global, world)?;
            return Ok(opened.exit(world));
        };
        let language = opened.language(self.filter.language(), global, world)?;
        let audience = self.filter.audience();
        let frame = Frame { zones, range, language: &language, now: opened.now, tzdb: &opened.tzdb, audience };
        let mut listing = Listing::new(opened.calendar(), &occurrences, &frame);
        listing.more = all - occurrences.len();
        if series == Rows::Places {
            listing.group_by_place();
        }
        if series == Rows::Series {
            for row in &mut listing.rows {
                row.rule = repeat::in_words(row.event, row.language);
            }
        }
        let look = Look { width: world.width(), color: world.color(global) };
        render::write(format, &listing, &look, &mut world.out).map_err(|source| Error::output(&source))?;
        Ok(opened.exit(world))
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

    fn range_of(words: &[&str]) -> String {
        let today = NaiveDate::from_ymd_opt(2026, 11, 20).expect("a date");
        let args = Only::try_parse_from([&["agenda"], words].concat()).expect("arguments").args;
        match range(&args, today) {
            Ok((first, last)) => format!("{first} {last}"),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn first_and_last_days() {
        assert_eq!(range_of(&[]), "2026-11-20 2026-12-19");
        assert_eq!(range_of(&["2026-12-01"]), "2026-12-01 2026-12-30");
        assert_eq!(range_of(&["2026-02"]), "2026-02-01 2026-02-28");
        assert_eq!(range_of(&["2023-06-01", "2023-06-30"]), "2023-06-01 2023-06-30");
        assert_eq!(range_of(&["--from", "2023-06-01", "--to", "2023-06-30"]), "2023-06-01 2023-06-30");
        assert_eq!(range_of(&["monday", "+2w"]), "2026-11-23 2026-12-06");
        assert_eq!(range_of(&["--days", "7"]), "2026-11-20 2026-11-26");
        assert_eq!(range_of(&["monday", "2w"]), "2026-11-23 2026-12-06");
        assert_eq!(range_of(&["monday", "sunday"]), "2026-11-23 2026-11-29");
        assert_eq!(range_of(&["--past"]), "2026-10-22 2026-11-20");
        assert_eq!(range_of(&["--past", "--days", "7"]), "2026-11-14 2026-11-20");
        assert!(range_of(&["2026-12-02", "2026-12-01"]).contains("before"));
        assert!(range_of(&["someday"]).contains("no day"));
    }
}
