//! `redletter new KIND TITLE --start …`: a record with only the lines that are needed.

mod sheet;

use std::path::{Path, PathBuf};

use chrono::{Datelike, NaiveDate};
use clap::builder::ArgPredicate;

use super::open::{self, Opened};
use super::{Exit, Global, World};
use crate::calendar::load;
use crate::diagnostic::{self, Severity};
use crate::error::{Error, Result};
use crate::event::Country;
use crate::language::{self, countries};
use crate::record::value::toml_text;
use crate::record::{Field, Moment};
use crate::resolve::point::{self, Choice, Point, iso};
use crate::resolve::{home, is_id, slug};
use crate::sink;
use crate::source::{Source, Span};
use crate::zone::Zone;
use crate::zone::place::Clock;

/// Arguments of `new`.
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// Kind, such as protest, strike, forum; or another word for one, such as march, picket, webinar
    #[arg(
        required = false,
        required_unless_present = "locals_template",
        default_value_if("locals_template", ArgPredicate::IsPresent, "")
    )]
    kind: String,
    /// Title, in one line
    #[arg(
        required = false,
        required_unless_present = "locals_template",
        default_value_if("locals_template", ArgPredicate::IsPresent, "")
    )]
    title: String,
    /// Start: "2026-12-02 18:00", "2 December, 6 pm Vancouver", "tomorrow 18:00", "5 December, 6–8 pm", or a day
    #[arg(
        long,
        value_name = "TIME",
        required = false,
        required_unless_present = "locals_template",
        default_value_if("locals_template", ArgPredicate::IsPresent, "")
    )]
    start: String,
    /// Write a sheet (CSV) for local events, with two examples: beside the new record, or alone without KIND and TITLE
    #[arg(long)]
    locals_template: bool,
    /// End: an hour on the day of the start, "02:00 (+1)" for the next day, or a date; for dates, the last day
    #[arg(long, value_name = "TIME", conflicts_with = "duration")]
    end: Option<String>,
    /// Length, such as 90m, 2h, 3d
    #[arg(long, value_name = "LENGTH")]
    duration: Option<String>,
    /// Time zone of the start, by name or city
    #[arg(short = 't', long, value_name = "ZONE")]
    timezone: Option<String>,
    /// Name of the place
    #[arg(long, value_name = "NAME")]
    location: Option<String>,
    /// City
    #[arg(long, value_name = "CITY")]
    city: Option<String>,
    /// Street and number
    #[arg(long, value_name = "ADDRESS")]
    address: Option<String>,
    /// State or province
    #[arg(long, value_name = "NAME")]
    region: Option<String>,
    /// Country, such as GR
    #[arg(long, value_name = "CODE")]
    country: Option<String>,
    /// Join link
    #[arg(long, value_name = "URL")]
    online: Option<String>,
    /// The event's public page
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Description, in Markdown
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    /// Who organises it (repeatable)
    #[arg(long, value_name = "NAME")]
    organizer: Vec<String>,
    /// Language of title and description, such as es or pt-BR [default: the calendar's]
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// How it repeats: "every month on the 2nd tuesday", weekly, "every week on mon and thu"
    #[arg(long, value_name = "PHRASE")]
    repeat: Option<String>,
    /// The last day of the repeat
    #[arg(long, value_name = "DAY", requires = "repeat", conflicts_with = "count")]
    until: Option<String>,
    /// How often it takes place
    #[arg(long, value_name = "N", requires = "repeat")]
    count: Option<u32>,
    /// Tag (repeatable)
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// tentative, confirmed
    #[arg(long, value_name = "STATUS")]
    status: Option<String>,
    /// Id, if it should differ from the file name
    #[arg(long)]
    id: Option<String>,
}

/// Runs it.
pub fn run(args: &Args, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let args = &with_code(args);
    let opened = open::open_to_write(global, world)?;
    if args.locals_template && args.kind.is_empty() {
        return sheet::alone(&opened, global, world);
    }
    if args.title.is_empty() || args.start.is_empty() {
        return Err(Error::new("a record needs a title and --start")
            .help("for the sheet alone, give --locals-template and nothing else"));
    }
    let Some(Start { point, timezone, end }) = start(args, &opened, global, world)? else {
        return Ok(Exit::Problems);
    };
    let day = match point {
        Point::Day(day) => day,
        Point::Zoned { wall, .. } | Point::Floating(wall) => wall.date(),
        Point::Fixed { offset, at } => at.with_timezone(&offset).date_naive(),
    };
    let Named { name, path, id, namesake } = named(args, day, &opened)?;
    let kind = kind_of(args, &opened, global, world);
    let until = until(args, day, &opened, world)?;
    let text = record(args, &kind, &point, [timezone.as_deref(), end.as_deref(), id.as_deref()], until);
    let sheet = if args.locals_template { Some(sheet::beside(&name, &opened)?) } else { None };
    let text =
        sheet.as_ref().map_or_else(|| text.clone(), |sheet| format!("{text}locals = {}\n", toml_text(&sheet.file)));
    if !is_sound(&name, &text, &opened, global, world) {
        return Ok(Exit::Problems);
    }
    sink::write_file(&path, |out| out.write_all(text.as_bytes()))?;
    print_path(&name, &opened, world)?;
    if let Some(sheet) = sheet {
        sheet.write(&opened)?;
        print_path(&sheet.name, &opened, world)?;
    }
    if let Some(namesake) = namesake {
        world.note(
            global,
            &format!("note: {namesake} is of the same day and title; delete one of the two if both are one event"),
        );
    }
    if let Point::Zoned { zone, wall, .. } = point {
        world.note(global, &format!("{} {} {}", wall.format("%a %-d %B %Y,"), wall.format("%H:%M"), zone.name()));
    }
    Ok(Exit::Fine)
}

fn print_path(name: &str, opened: &Opened, world: &mut World<'_>) -> Result<()> {
    let shown = opened.root.join(name);
    let shown = shown.strip_prefix(&world.folder).unwrap_or(&shown).display().to_string();
    world.print(&format!("{}\n", diagnostic::visible(shown.chars())))
}

/// The arguments with the code of a country that is given by name.
fn with_code(args: &Args) -> Args {
    let mut args = args.clone();
    if let Some(code) = args.country.as_deref().and_then(countries::only) {
        args.country = Some(code.to_owned());
    }
    args
}

/// Characters of a title that the name of its file has.
const LONGEST_NAME: usize = 60;

/// The most events with one title on one day.
const MOST_NUMBERED: usize = 99;

/// The most events with one title.
const MOST_IDS: usize = 9_999;

/// What a new record is called.
struct Named {
    /// From the root.
    name: String,
    path: PathBuf,
    /// The id: the words of the title, numbered if another event has them. The date is in the file's name only, because
    /// an event may move.
    id: Option<String>,
    /// The record of that day whose name is the same but for a number.
    namesake: Option<String>,
}

/// A name for the record of an event on `day` that no other file and no other event has: by the title, in Latin letters,
/// numbered if it is taken; by the id, if one is given.
fn named(args: &Args, day: NaiveDate, opened: &Opened) -> Result<Named> {
    let date = format!("{:02}-{:02}", day.month(), day.day());
    let at = |stem: &str| -> Result<(String, PathBuf)> {
        let name = format!("events/{:04}/{stem}.toml", day.year());
        let path = opened.loaded.root.place(Path::new(&name)).map_err(|why| why.of(&name))?;
        Ok((name, path))
    };
    let is_taken = |id: &str| opened.calendar().event(id).is_some() || opened.loaded.is_unread(id);
    if let Some(id) = &args.id {
        // The day may stand in it already.
        let stem = if id.starts_with(&date) { id.clone() } else { format!("{date}-{id}") };
        let (name, path) = at(&stem)?;
        if is_id(id) && path.exists() {
            return Err(Error::new(format!("{name} exists already")).help("give another id, or edit that file"));
        }
        return Ok(Named { name, path, id: Some(id.clone()), namesake: None });
    }
    let words = [&args.title, &args.kind].map(|text| title_slug(text)).into_iter().find(|words| !words.is_empty());
    let words = words.unwrap_or_else(|| "event".to_owned());
    let mut namesake = None;
    for number in 1..=MOST_NUMBERED {
        let stem = if number == 1 { format!("{date}-{words}") } else { format!("{date}-{words}-{number}") };
        let (name, path) = at(&stem)?;
        if path.exists() {
            namesake = namesake.or(Some(name));
            continue;
        }
        let id = (1..).map(|number| if number == 1 { words.clone() } else { format!("{words}-{number}") });
        let id = id.take(MOST_IDS).find(|id| !is_taken(id)).filter(|id| is_id(id));
        return Ok(Named { name, path, id, namesake });
    }
    Err(Error::new(format!("{MOST_NUMBERED} events on {day} are called `{words}`"))
        .help("give the event another title, or an id of its own by --id"))
}

/// The words of a title as a part of an id; in other scripts than the Latin one, as they are transliterated.
pub(super) fn title_slug(title: &str) -> String {
    let mut words = slug(title);
    // A few Latin letters of a title in another script say little of it.
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    if letters(&words) < letters(title) {
        words = slug(&deunicode::deunicode(title));
    }
    if words.len() > LONGEST_NAME {
        // Whole words, where there are several.
        words.truncate(LONGEST_NAME + 1);
        let end = words.rfind('-').filter(|end| *end > LONGEST_NAME / 2).unwrap_or(LONGEST_NAME);
        words.truncate(end);
    }
    words.trim_matches('-').to_owned()
}

/// When the event is.
struct Start {
    point: Point,
    /// The zone to write, if the calendar's is another.
    timezone: Option<String>,
    /// The end as a record has it.
    end: Option<String>,
}

/// The start, its zone and the end; none if they cannot be read, which was said.
fn start(args: &Args, opened: &Opened, global: &Global, world: &mut World<'_>) -> Result<Option<Start>> {
    let settings = &opened.calendar().settings;
    let place = choice_of_place(args, opened);
    let zone_of_place = match place {
        Some(Choice::Default(zone)) => Some(zone).filter(|zone| settings.timezone != Some(*zone)),
        _ => None,
    };
    let home = zone_of_place.or(settings.timezone);
    let given = args.timezone.as_deref().filter(|words| *words != "local");
    let by_name = given.and_then(|words| language::named_zone(words, home, opened.now, &opened.tzdb).ok());
    let clock = by_name.map(|named| named.zone).or(home).unwrap_or_else(Zone::utc);
    let dated = opened.reading(clock).dated_or_next(&args.start);
    let zone = match (args.timezone.as_deref(), given) {
        // An abbreviation is that of the event's own date.
        (_, Some(words)) => {
            let at = opened.reading(clock).noon_of(&dated.start).unwrap_or(opened.now);
            Some(open::named(words, home, at, &opened.tzdb, world)?)
        }
        (Some(_), None) => None,
        (None, None) => zone_of_place,
    };
    let context = load::context(settings, &opened.tzdb, opened.now);
    dated.echo(&args.start, world);
    let words = dated.start.as_str();
    let span = Span::new(0..words.len());
    let choice = match (args.timezone.as_deref(), zone, settings.timezone) {
        (Some("local"), ..) => Choice::Local,
        (Some(_), Some(zone), _) => Choice::Named(zone, span),
        (None, None, _) if matches!(place, Some(Choice::OfPlace(_) | Choice::OfCity(_))) => {
            place.unwrap_or(Choice::Missing)
        }
        // What the text itself says goes before the place, and the place before the calendar.
        (None, Some(zone), _) | (_, None, Some(zone)) => Choice::Default(zone),
        (_, None, None) => Choice::Missing,
    };
    let field = Field { key: span, span, value: Moment::Text(words.into()) };
    let mut findings = Vec::new();
    let point = point::resolve(&field, "--start", &choice, None, &context, &mut findings);
    if let Some(point) = point {
        let timezone = match point {
            Point::Floating(_) => Some("local".to_owned()),
            Point::Zoned { zone, .. } if settings.timezone != Some(zone) => Some(zone.name().to_owned()),
            _ => zone.filter(|zone| settings.timezone != Some(*zone)).map(|zone| zone.name().to_owned()),
        };
        let end = match (&args.end, dated.end) {
            (Some(_), Some(range_end)) => {
                return Err(Error::new(format!("--start has an end too: {range_end}")).help("leave --end out"));
            }
            (Some(end), None) => Some(opened.reading(clock).end(end, &point)?),
            (None, Some(end)) => Some(opened.reading(clock).end(&end, &point)?),
            (None, None) => None,
        };
        return Ok(Some(Start { point, timezone, end }));
    }
    let source = Source::argument(words);
    let diagnostics: Vec<_> = findings.into_iter().map(|finding| finding.within(&source)).collect();
    let text = diagnostic::text::render(&diagnostics, world.err_color(Some(global)), world.width());
    world.say_drawn(text.trim_end());
    Ok(None)
}

/// How the record will be read by its place; `None` if that says nothing.
fn choice_of_place(args: &Args, opened: &Opened) -> Option<Choice> {
    let is_place = [&args.city, &args.address, &args.location].iter().any(|part| part.is_some());
    if args.online.is_some() && !is_place {
        return None;
    }
    let settings = &opened.calendar().settings;
    let city = args.city.as_deref();
    let Some(code) = args.country.as_deref().map(str::to_uppercase) else {
        let context = load::context(settings, &opened.tzdb, opened.now);
        return home::of_city(city?, opened.now, &context);
    };
    match opened.tzdb.of_place(&code, city, opened.now, settings.timezone) {
        Clock::One(zone) => Some(Choice::Default(zone)),
        Clock::Several(_) => Some(Choice::OfPlace(Country::from_code(&code))),
        Clock::Unknown => None,
    }
}

/// The name of the kind, with a note if another word was given. An unknown word stays, and is reported like a record's.
fn kind_of(args: &Args, opened: &Opened, global: &Global, world: &mut World<'_>) -> String {
    let kinds = &opened.calendar().settings.kinds;
    let name = kinds.meant(&args.kind).map_or(&*args.kind, |id| &*kinds.get(id).name);
    if name != args.kind {
        world
            .note(global, &format!("note: `{}` is written as the kind {name}", crate::diagnostic::shorten(&args.kind)));
    }
    name.to_owned()
}

/// The last day of the repeat.
fn until(args: &Args, start: NaiveDate, opened: &Opened, world: &mut World<'_>) -> Result<Option<NaiveDate>> {
    let Some(words) = args.until.as_deref() else { return Ok(None) };
    let zone = opened.calendar().settings.timezone.unwrap_or_else(Zone::utc);
    let today = opened.now.with_timezone(&zone).date_naive();
    let until = super::moment::day("--until", words, today, opened.reading_language(), world)?;
    if until < start {
        return Err(Error::new(format!("--until: {until} is before the start, {start}")).help("give a later day"));
    }
    Ok(Some(until))
}

/// The text of the record, in the order of the table of fields.
fn record(
    args: &Args,
    kind: &str,
    point: &Point,
    [timezone, end, id]: [Option<&str>; 3],
    until: Option<NaiveDate>,
) -> String {
    let mut out = String::new();
    let mut line = |key: &str, value: &str| out.push_str(&format!("{key} = {value}\n"));
    if let Some(id) = id {
        line("id", &toml_text(id));
    }
    line("title", &toml_text(&args.title));
    line("kind", &toml_text(kind));
    line(
        "start",
        &match *point {
            Point::Day(day) => day.to_string(),
            Point::Zoned { wall, .. } | Point::Floating(wall) => iso(wall),
            Point::Fixed { offset, at } => format!("{}{offset}", iso(at.with_timezone(&offset).naive_local())),
        },
    );
    if let Some(end) = end {
        let plain = end.replace(' ', "T");
        let is_toml = plain.parse::<toml::value::Datetime>().is_ok_and(|end| end.date.is_some());
        line("end", &if is_toml { plain } else { toml_text(end) });
    }
    let texts = [
        ("duration", args.duration.as_deref()),
        ("timezone", timezone),
        ("repeat", args.repeat.as_deref()),
        ("status", args.status.as_deref()),
        ("description", args.description.as_deref()),
        ("url", args.url.as_deref()),
    ];
    for (key, text) in texts {
        if let Some(text) = text {
            line(key, &toml_text(text));
        }
        if key == "repeat" {
            let end = until.map(|until| ("until", until.to_string()));
            if let Some((key, end)) = end.or(args.count.map(|count| ("count", count.to_string()))) {
                line(key, &end);
            }
        }
    }
    let place = [
        ("name", &args.location),
        ("address", &args.address),
        ("city", &args.city),
        ("region", &args.region),
        ("country", &args.country),
    ];
    let place: Vec<String> =
        place.iter().filter_map(|(key, text)| Some(format!("{key} = {}", toml_text(text.as_ref()?)))).collect();
    if !place.is_empty() {
        line("location", &format!("{{ {} }}", place.join(", ")));
    }
    if let Some(url) = &args.online {
        line("online", &toml_text(url));
    }
    for (key, texts) in [("organizers", &args.organizer), ("tags", &args.tag)] {
        if !texts.is_empty() {
            let texts: Vec<String> = texts.iter().map(|text| toml_text(text)).collect();
            line(key, &format!("[{}]", texts.join(", ")));
        }
    }
    if let Some(language) = &args.language {
        line("language", &toml_text(language));
    }
    out
}

/// Judges the record before it is written, alone and against the ids there are.
fn is_sound(name: &str, text: &str, opened: &Opened, global: &Global, world: &mut World<'_>) -> bool {
    let context = load::context(&opened.calendar().settings, &opened.tzdb, opened.now);
    let (judged, findings) = load::judge_text(name, text, &context, false);
    let source = Source::file(name, text);
    let mut diagnostics: Vec<_> = findings.into_iter().map(|finding| finding.within(&source)).collect();
    diagnostic::sort(&mut diagnostics);
    if !diagnostics.is_empty() {
        let text = diagnostic::text::render(&diagnostics, world.err_color(Some(global)), world.width());
        world.say_drawn(text.trim_end());
    }
    let taken =
        judged.iter().filter_map(|judged| judged.id.as_deref()).find(|id| opened.calendar().event(id).is_some());
    if let Some(id) = taken {
        world.print_error(&Error::new(format!("another event has the id `{id}`")).help("give one of its own by --id"));
        return false;
    }
    let sound = diagnostics.iter().all(|diagnostic| diagnostic.finding.severity != Severity::Error);
    if !sound {
        world.print_error(&Error::new(format!("{} was not written", Path::new(name).display())));
    }
    sound
}
