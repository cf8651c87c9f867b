//! `redletter when`: one instant in many zones, with the day shift marked.

use chrono::{DateTime, NaiveDate, Utc};

use super::open::Opened;
use super::{Exit, Global, World, language, open};
use crate::calendar::{Settings, load};
use crate::diagnostic::{self, Diagnostic, Finding, shorten};
use crate::error::{Error, Result};
use crate::event::{Audience, Ends, When};
use crate::language::Language;
use crate::record::{Field, Moment};
use crate::render::when::{self as render, Conversion, Line};
use crate::resolve::point::{self, Choice, Point};
use crate::schedule::Occurrence;
use crate::source::root::Root;
use crate::source::{Source, Span};
use crate::view::stamp::Stamp;
use crate::view::{parts, worldwide};
use crate::zone::{Tzdb, Zone};

use super::moment::Reading;

/// Arguments of `when`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Id of an event, or a time such as "2023-06-10 4 pm PDT"
    #[arg(required = true, value_name = "ID|TIME")]
    what: Vec<String>,
    /// Time zone, by name or city (repeatable)
    #[arg(short = 't', long, value_name = "ZONE")]
    timezone: Vec<String>,
    /// The occurrence on this day, as planned or as moved [default: the next one]
    #[arg(long, value_name = "DAY")]
    on: Option<String>,
    /// Language of the output, such as es or pt-BR [default: the calendar's]
    #[arg(long, visible_alias = "in", value_name = "TAG")]
    language: Option<String>,
    /// Output format
    #[arg(long, value_enum, default_value = "table", value_name = "FORMAT")]
    format: render::Format,
}

/// Runs it.
pub fn run(args: &Args, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let words = args.what.join(" ");
    let root = open::find_root(global, world)?;
    let is_id = crate::resolve::is_event_id(&words);
    let is_title = !words.contains(|c: char| c.is_ascii_digit()) && !has_day_words(&words);
    if root.is_some() && (is_id || is_title) {
        let opened = open::open(global, world)?;
        // A date alone reads as an id too; an event of that name goes first.
        let event = match opened.calendar().event(&words) {
            Some(event) => Some(event),
            None if is_id && looks_like_time(&words) => None,
            None if is_id => Some(opened.event(&words)?),
            None => opened.event(&words).ok(),
        };
        if let Some(event) = event {
            let reader = opened.zones(&[], world)?[0];
            let occurrence = opened.occurrence(event, args.on.as_deref(), reader)?;
            let zones = match occurrence.when.start_instant() {
                _ if args.timezone.is_empty() => vec![reader],
                start => opened.zones_at(&args.timezone, start.unwrap_or(opened.now), world)?,
            };
            let tag = opened.language(args.language.as_deref(), global, world)?;
            let conversion = of_event(&occurrence, &zones, args.timezone.is_empty(), &opened, tag);
            opened.publish(render::write(args.format, &conversion).as_bytes(), Audience::Public, world)?;
            return Ok(opened.exit(world));
        }
    }
    if !words.contains(|c: char| c.is_ascii_digit()) && !has_day_words(&words) {
        let words = shorten(&words);
        return Err(Error::new(format!("`{words}` is not a time, and no event has this id or title")).help(format!(
            "`redletter search {words}` finds events by their text; a time is such as \"2026-12-02 18:00 Athens\""
        )));
    }
    let tzdb = open::tzdb(global, world)?;
    let now = world.now(global)?;
    let mut ignored = Vec::new();
    let settings = match root {
        Some(root) => crate::calendar::settings::load(&Root::open(&root)?, &tzdb, &mut ignored),
        None => Settings::default(),
    };
    let default = open::zones(&[], &tzdb, settings.timezone, now, world)?[0];
    let reading = Reading { now, zone: default, language: Language::of(&settings.language), tzdb: &tzdb };
    let dated = reading.dated_or_next(&words);
    dated.echo(&words, world);
    match time(&dated.start, default, &settings, &tzdb, now) {
        Ok((at, own)) => {
            let mut zones = match &args.timezone[..] {
                [] => vec![default],
                given => open::zones(given, &tzdb, settings.timezone, at, world)?,
            };
            if args.timezone.is_empty() && !zones.contains(&Zone::utc()) {
                zones.push(Zone::utc());
            }
            let tag = language::chosen(args.language.as_deref(), &settings, global, world)?;
            let conversion = of_instant(at, own, &zones, &tzdb, tag);
            world.print(&render::write(args.format, &conversion))?;
            Ok(Exit::Fine)
        }
        Err(diagnostics) => {
            if args.format == render::Format::Json {
                let list = serde_json::json!({"version": 1, "diagnostics": diagnostic::json::entries(&diagnostics)});
                world.print(&diagnostic::visible_json(&format!("{list}\n")))?;
            } else {
                let text = diagnostic::text::render(&diagnostics, world.err_color(Some(global)), world.width());
                world.say_drawn(text.trim_end());
            }
            Ok(Exit::Problems)
        }
    }
}

/// Whether words without figures name a time: `tomorrow noon`.
fn has_day_words(words: &str) -> bool {
    crate::resolve::datetime_text::read(words, Language::ENGLISH).is_ok_and(|read| read.time.is_some())
}

/// Whether a text is more likely a time than an id.
fn looks_like_time(words: &str) -> bool {
    words.starts_with(|c: char| c.is_ascii_digit()) && !words.contains(|c: char| c.is_ascii_lowercase())
}

/// The clock by which a time was written: a zone or an offset.
type Own = Stamp;

/// The instant of a time in words, judged like a record's.
fn time(
    words: &str,
    default: Zone,
    settings: &Settings,
    tzdb: &Tzdb,
    now: DateTime<Utc>,
) -> std::result::Result<(DateTime<Utc>, Own), Vec<Diagnostic>> {
    let context = load::context(settings, tzdb, now);
    let source = Source::argument(words);
    let span = Span::new(0..words.len());
    let field = Field { key: span, span, value: Moment::Text(words.into()) };
    let mut findings = Vec::new();
    let point = point::of_any_year(&field, &Choice::Default(default), &context, &mut findings);
    let resolved = match point {
        Some(Point::Zoned { zone, at, .. }) => Some((at, Stamp::in_zone(at, zone))),
        Some(Point::Fixed { offset, at }) => Some((at, Stamp::at_offset(at, offset))),
        Some(Point::Day(_) | Point::Floating(_)) => {
            findings.push(
                Finding::new(diagnostic::Code::InvalidTime, span, format!("`{}` has no time of day", shorten(words)))
                    .label("expected a date and a time, such as 2026-12-02 18:00 Vancouver"),
            );
            None
        }
        None => None,
    };
    resolved.ok_or_else(|| findings.into_iter().map(|finding| finding.within(&source)).collect())
}

fn lines(at: DateTime<Utc>, end: Option<DateTime<Utc>>, day: NaiveDate, zones: &[Zone]) -> Vec<Line> {
    zones
        .iter()
        .map(|zone| {
            let start = Stamp::in_zone(at, *zone);
            let day_shift = (start.day() - day).num_days();
            Line {
                zone: zone.name(),
                city: zone.city(),
                start,
                end: end.map(|end| Stamp::in_zone(end, *zone)),
                day_shift,
            }
        })
        .collect()
}

fn of_instant(at: DateTime<Utc>, own: Own, zones: &[Zone], tzdb: &Tzdb, tag: Box<str>) -> Conversion<'static> {
    let lines = lines(at, None, own.day(), zones);
    Conversion {
        event: None,
        when: None,
        day: None,
        worldwide: None,
        instant: Some(at),
        own: Some(own),
        own_zone: None,
        lines,
        tzdb: tzdb.version().to_owned(),
        language: Language::of(&tag),
        texts: (tag, Box::default()),
    }
}

fn of_event<'e>(
    occurrence: &Occurrence<'e>,
    zones: &[Zone],
    default: bool,
    opened: &Opened,
    tag: Box<str>,
) -> Conversion<'e> {
    let day = occurrence.event.day_number(opened.now, zones.first().copied().unwrap_or_else(Zone::utc));
    let (instant, end, own, own_zone) = match occurrence.when {
        When::Zoned { zone, start, end } => (Some(start), Some(end), Some(Stamp::in_zone(start, zone)), Some(zone)),
        When::Fixed { offset, start, end } => (Some(start), Some(end), Some(Stamp::at_offset(start, offset)), None),
        When::AllDay(_) | When::Floating { .. } => (None, None, None, None),
    };
    let end = end.filter(|_| occurrence.event.ends != Ends::Open);
    let mut zones = zones.to_vec();
    // Without zones of one's own choice, the event's own clock stands first.
    if let (true, Some(zone)) = (default, own_zone)
        && !zones.contains(&zone)
    {
        zones.insert(0, zone);
    }
    let mut lines = match (instant, &own) {
        (Some(at), Some(own)) => lines(at, end, own.day(), &zones),
        _ => Vec::new(),
    };
    // The event's own clock is called by its own city.
    for (line, zone) in lines.iter_mut().zip(&zones) {
        if own_zone == Some(*zone) {
            line.city = parts::clock_city(occurrence.event, *zone);
        }
    }
    let mut clocks = zones.clone();
    if !clocks.contains(&Zone::utc()) {
        clocks.insert(0, Zone::utc());
    }
    let is_open = occurrence.event.ends == Ends::Open;
    let worldwide =
        (!is_open).then(|| worldwide::of(occurrence.event, &occurrence.when, &clocks, &opened.tzdb)).flatten();
    Conversion {
        event: Some(occurrence.event),
        when: Some(occurrence.when),
        day,
        worldwide,
        instant,
        own,
        own_zone: own_zone.map(Zone::name),
        lines,
        tzdb: opened.tzdb.version().to_owned(),
        language: Language::of(&tag),
        texts: (tag, opened.calendar().settings.language.clone()),
    }
}
