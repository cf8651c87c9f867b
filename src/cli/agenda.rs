//! `redletter agenda`: what happens between two days.

use chrono::NaiveDate;

use super::filter::FilterArgs;
use super::open::{self, Opened};
use super::{Exit, Global, World};
use crate::error::{Error, Result};
use crate::language::Language;
use crate::render::{self, FORMATS, Format, Look};
use crate::schedule::dates::{self, Wanted};
use crate::schedule::{self, Occurrence, TooMany, Window};
use crate::view::collapse::collapse;
use crate::view::listing::{Listing, ListingOptions};
use crate::view::repeat;
use crate::zone::Zone;

/// Arguments of `agenda`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Days: +14d, next week, weekend, December, 2026-W48; or a first day and a last day or length, such as friday +2w
    /// [default: 30 days from today]
    #[arg(value_name = "DAYS")]
    words: Vec<String>,
    /// First day
    #[arg(long = "from", value_name = "DAY", conflicts_with = "words", allow_hyphen_values = true)]
    first: Option<String>,
    /// Last day
    #[arg(long = "to", value_name = "DAY", allow_hyphen_values = true)]
    last: Option<String>,
    /// Number of days, the first one included
    #[arg(long, value_name = "N", conflicts_with = "last")]
    days: Option<u32>,
    /// List the 30 days up to today, or as many as --days says
    #[arg(long, conflicts_with_all = ["words", "first", "last"])]
    past: bool,
    /// Group by day, or by country and city
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
    /// Single occurrences, the first rows of these.
    First(usize),
    /// Single occurrences, the last rows of these.
    Last(usize),
    /// Single occurrences, by country and city.
    Places,
    /// Whole series, each with its rule in words.
    Series,
}

/// What all listings have.
#[derive(clap::Args, Debug)]
pub(super) struct ListingArgs {
    /// Time zone to show times in, by name or city (repeatable: one column each)
    #[arg(short = 't', long, value_name = "ZONE", help_heading = "Listing")]
    pub(super) timezone: Vec<String>,
    /// Show only the first N
    #[arg(short = 'n', long, value_name = "N", help_heading = "Listing")]
    pub(super) limit: Option<usize>,
    /// Give each local event of an action day a row of its own
    #[arg(long, help_heading = "Listing")]
    pub(super) all: bool,
    /// Output format
    #[arg(long, value_parser = formats(), default_value = "table", value_name = "FORMAT", help_heading = "Listing")]
    pub(super) format: String,
    #[command(flatten)]
    pub(super) filter: FilterArgs,
}

/// The words that `--format` takes.
fn formats() -> clap::builder::PossibleValuesParser {
    FORMATS.iter().map(|format| format.name).chain(["ics"]).collect::<Vec<_>>().into()
}

/// Runs it.
pub fn run(args: &Args, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let has_headings = Format::find(&args.listing.format).is_some_and(|format| format.has_headings);
    if args.by == By::Place && !has_headings {
        return Err(Error::new(format!("--by place and --format {}: it has no headings", args.listing.format))
            .help("give table, text, markdown or html"));
    }
    let opened = open::open(global, world)?;
    let language = opened.reading_language();
    let first = |today| range(args, today, language).map(|(first, _)| first);
    let zones = opened.zones_from(&args.listing.timezone, first, world)?;
    let today = opened.now.with_timezone(&zones[0]).date_naive();
    let (first, last) = range(args, today, language)?;
    let window = Window::days(first, last, zones[0]);
    let occurrences = chosen(&args.listing.filter, &opened, &window)?;
    let rows = if args.by == By::Place { Rows::Places } else { Rows::Occurrences };
    args.listing.print(&opened, occurrences, &zones, Some((first, last)), rows, global, world)
}

fn range(args: &Args, today: NaiveDate, language: Language) -> Result<(NaiveDate, NaiveDate)> {
    let Args { words, first, last, days, past, .. } = args;
    let wanted = Wanted { words, first: first.as_deref(), last: last.as_deref(), days: *days, past: *past };
    dates::range(&wanted, today, language)
}

/// The occurrences in a window that all filters take.
pub(super) fn chosen<'c>(filter: &FilterArgs, opened: &'c Opened, window: &Window) -> Result<Vec<Occurrence<'c>>> {
    let calendar = opened.listed(filter)?;
    let chosen = filter.chosen(calendar)?;
    schedule::occurrences(calendar, window, |one| chosen.has(one)).map_err(|TooMany(event)| opened.too_many(event))
}

impl ListingArgs {
    /// Whether local events are put behind their days: lists for programs have each.
    pub(super) fn collapses(&self) -> bool {
        !self.all && Format::find(&self.format).is_some_and(|format| format.has_headings)
    }

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
        let is_collapsed = self.collapses() && !matches!(series, Rows::Series | Rows::Places);
        let mut locals = if is_collapsed { collapse(&mut occurrences) } else { Vec::new() };
        match series {
            Rows::First(count) => occurrences.truncate(count),
            Rows::Last(count) => {
                let before = occurrences.len().saturating_sub(count);
                occurrences.drain(..before);
                locals.drain(..before.min(locals.len()));
            }
            Rows::Occurrences | Rows::Places | Rows::Series => {}
        }
        let all = occurrences.len();
        occurrences.truncate(self.limit.unwrap_or(usize::MAX));
        let Some(format) = Format::find(&self.format) else {
            // The one format that is a feed.
            super::feed::print_chosen(opened, &occurrences, &self.filter, global, world)?;
            return Ok(opened.exit(world));
        };
        let language = opened.language(self.filter.language().as_deref(), global, world)?;
        let audience = self.filter.audience();
        let frame = ListingOptions { zones, range, language: &language, now: opened.now, tzdb: &opened.tzdb, audience };
        let mut listing = Listing::new(opened.calendar(), &occurrences, &frame);
        listing.put_behind(locals);
        listing.more = all - occurrences.len();
        if series == Rows::Places {
            listing.group_by_place();
        }
        if series == Rows::Series {
            for row in &mut listing.rows {
                // The occurrence may be that of one strand.
                let series = opened.calendar().event(&row.event.id).unwrap_or(row.event);
                row.rule = repeat::in_words(series, row.language);
            }
        }
        let look = Look { width: world.width(), color: world.color(global) };
        let mut bytes = Vec::new();
        render::write(format, &listing, &look, &mut bytes).map_err(|source| Error::output(&source))?;
        opened.publish(&bytes, audience, world)?;
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
        match range(&args, today, Language::of("es")) {
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
        assert!(range_of(&["someday"]).contains("`someday` is not a day"));
        assert_eq!(range_of(&["+14d"]), "2026-11-20 2026-12-03");
        assert_eq!(range_of(&["2w"]), "2026-11-20 2026-12-03");
        assert_eq!(range_of(&["+14d.."]), "2026-12-04 2027-01-02");
        assert_eq!(range_of(&["--from", "+14d"]), "2026-12-04 2027-01-02");
        assert_eq!(range_of(&["+7d", "--days", "2"]), "2026-11-27 2026-11-28");
        assert_eq!(range_of(&["next", "week"]), "2026-11-23 2026-11-29");
        assert_eq!(range_of(&["next week"]), "2026-11-23 2026-11-29");
        assert_eq!(range_of(&["this", "month"]), "2026-11-01 2026-11-30");
        assert_eq!(range_of(&["weekend"]), "2026-11-21 2026-11-22");
        assert_eq!(range_of(&["1", "Dec", "2026"]), "2026-12-01 2026-12-30");
        assert_eq!(range_of(&["1", "Dec", "2026", "5", "Dec", "2026"]), "2026-12-01 2026-12-05");
        assert_eq!(range_of(&["1 Dec", "to", "5 Dec"]), "2026-12-01 2026-12-05");
        assert_eq!(range_of(&["20 Dec", "5 Jan"]), "2026-12-20 2027-01-05");
        assert_eq!(range_of(&["2-4", "December"]), "2026-12-02 2026-12-04");
        assert_eq!(range_of(&["2026-12-01..2026-12-05"]), "2026-12-01 2026-12-05");
        assert_eq!(range_of(&["december"]), "2026-12-01 2026-12-31");
        assert_eq!(range_of(&["diciembre"]), "2026-12-01 2026-12-31");
        assert_eq!(range_of(&["5", "de", "diciembre", "+1w"]), "2026-12-05 2026-12-11");
        assert_eq!(range_of(&["december", "january"]), "2026-12-01 2027-01-31");
        assert_eq!(range_of(&["tomorrow", "next", "friday"]), "2026-11-21 2026-11-27");
        assert!(range_of(&["Tuesday", "14", "December"]).contains("14 December 2026 is a Monday"));
    }
}
