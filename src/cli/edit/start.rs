//! Another start: the new time is read strictly, the length stays, and `moved-from` keeps the time that people know.

use chrono::{FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta};

use super::{Exit, Global, RecordEdit, World, clock, lost, moved_from, part, show, status};
use crate::calendar::load;
use crate::cli::moment::Reading;
use crate::cli::open::{self, Opened};
use crate::diagnostic::{Diagnostic, shorten};
use crate::error::{Error, Result};
use crate::event::{Ends, Status, When};
use crate::record::edit::Address;
use crate::record::value::toml_text;
use crate::record::{Field, Moment};
use crate::resolve::datetime_text;
use crate::resolve::point::{self, Choice, Point, iso, wall_of};
use crate::source::{Source, Span};
use crate::zone::{Resolved, Zone};

/// The new time.
#[derive(clap::Args, Debug)]
pub(in crate::cli) struct To {
    /// The new start; a day alone keeps the hour, an hour alone keeps the day
    #[arg(long = "to", value_name = "TIME")]
    pub(super) start: String,
    /// The new end; for dates, the last day [default: the length stays the same]
    #[arg(long, value_name = "TIME", conflicts_with = "duration")]
    pub(super) end: Option<String>,
    /// The new length, such as 90m, 2h, 3d
    #[arg(long, value_name = "LENGTH")]
    pub(super) duration: Option<String>,
    /// Time zone of the new time, by name or city; it becomes the event's
    #[arg(short = 't', long, value_name = "ZONE")]
    timezone: Option<String>,
}

/// Moves an event, or an occurrence.
pub(in crate::cli) fn run(
    mut record_edit: RecordEdit<'_>,
    to: &To,
    global: &Global,
    world: &mut World<'_>,
) -> Result<Exit> {
    if record_edit.part.is_some() {
        return part::run(record_edit, to, global, world);
    }
    let (event, old) = match &record_edit.named {
        Some(named) => (named.event, named.when),
        None => (record_edit.event, record_edit.event.when),
    };
    let point = match new_point(&record_edit, to, &old, world)? {
        Ok(point) => point,
        Err(diagnostics) => {
            show(&diagnostics, global, world);
            return Ok(Exit::Problems);
        }
    };
    let stays = is_same(&point, &old);
    if stays && to.end.is_none() && to.duration.is_none() {
        let id = &record_edit.event.id;
        record_edit.notes.push(match event.status {
            Status::Postponed => format!("`{id}` was to begin then; `redletter confirm {id}` says that it does"),
            _ => format!("`{id}` begins then already"),
        });
        return record_edit.finish(global, world);
    }
    if record_edit.named.is_none() && event.repeat.is_some() && !stays {
        let next = crate::schedule::current(record_edit.event, Zone::utc(), record_edit.opened.now);
        let day = next.planned.unwrap_or(next.when).first_day();
        record_edit.notes.push(format!(
            "this moves the whole series; for one of them: `redletter move {0} --on {day} --to …`, for it and all later ones: \
             `redletter move {0} --from {day} --to …`",
            event.id
        ));
    }
    let before = status::line(event, &old);
    let raw_start = record_edit.edit.raw(&record_edit.address, "start");
    let no_target = record_edit.target().is_none();
    let zone = zone_line(&record_edit, &point, &old);
    if no_target {
        // The `[[change]]` begins with what changes.
        record_edit.set("start", &value(&point))?;
    }
    ends(&mut record_edit, to, &point, &old)?;
    record_edit.set("start", &value(&point))?;
    if let Some(zone) = zone {
        record_edit.set("timezone", &toml_text(&zone))?;
    }
    keep_inherited_end(&mut record_edit, &point, &old)?;
    lost::refuse(&record_edit, &point)?;
    // Of a series only the first one would have been moved from there; and who knew the day hears its hour, no move.
    if record_edit.named.is_none() && event.repeat.is_none() && !stays {
        moved_from::write(&mut record_edit, raw_start, &point, &old)?;
        let has_id = record_edit.edit.raw(&record_edit.address, "id").is_some();
        record_edit.notes.extend(file_name(&record_edit.name, &old, has_id));
    }
    if record_edit.named.is_none() {
        outdated(&mut record_edit)?;
    }
    if event.status == Status::Postponed {
        status::set(&mut record_edit, Status::Confirmed)?;
    } else if event.status == Status::Cancelled {
        record_edit.notes.push(format!("it stays cancelled; `redletter confirm {}` says that it happens", event.id));
    }
    if let Some(after) = record_edit.after() {
        let (event, when) = record_edit.meant(&after);
        let line = format!("{}: {before} → {}", record_edit.title(), status::line(event, &when));
        record_edit.said.push(line);
    }
    record_edit.finish(global, world)
}

/// The new start, or what is wrong with the words for it.
pub(super) fn new_point(
    record_edit: &RecordEdit<'_>,
    to: &To,
    old: &When,
    world: &mut World<'_>,
) -> Result<std::result::Result<Point, Vec<Diagnostic>>> {
    let opened = record_edit.opened;
    let dated = reading(record_edit, old).dated(&to.start);
    dated.echo(&to.start, world);
    let words = dated.start.as_str();
    let wall = old.wall();
    let read = datetime_text::read(words, opened.reading_language()).ok();
    let has_date = read.as_ref().is_none_or(|read| read.date.is_some());
    let has_time = read.as_ref().is_none_or(|read| read.time.is_some());
    let words = match (has_date, has_time) {
        (false, true) => format!("{} {words}", wall.date()),
        _ => words.to_owned(),
    };
    let span = Span::new(0..words.len());
    let choice = match to.timezone.as_deref() {
        Some("local") => Choice::Local,
        Some(name) => {
            let home = match old {
                When::Zoned { zone, .. } => Some(*zone),
                _ => opened.calendar().settings.timezone,
            };
            // An abbreviation is that of the new date.
            let at = reading(record_edit, old).noon_of(&words).unwrap_or(opened.now);
            Choice::Named(open::named(name, home, at, &opened.tzdb, world)?, span)
        }
        None => clock::of(record_edit, old),
    };
    let context = load::context(&opened.calendar().settings, &opened.tzdb, opened.now);
    let resolve = |words: &str| {
        let span = Span::new(0..words.len());
        let field = Field { key: span, span, value: Moment::Text(words.into()) };
        let mut findings = Vec::new();
        let point = point::resolve(&field, "--to", &choice, None, &context, &mut findings);
        let source = Source::argument(words);
        point.ok_or_else(|| findings.into_iter().map(|finding| finding.within(&source)).collect::<Vec<_>>())
    };
    Ok(match resolve(&words) {
        Ok(Point::Day(day)) if !old.is_all_day() => resolve(&format!("{day} {}", point::clock(wall))),
        resolved => resolved,
    })
}

/// How the words of an option are read: by the clock of the old start.
pub(super) fn reading<'o>(record_edit: &RecordEdit<'o>, old: &When) -> Reading<'o> {
    let zone = match old {
        When::Zoned { zone, .. } => Some(*zone),
        _ => record_edit.opened.calendar().settings.timezone,
    };
    record_edit.opened.reading(zone.unwrap_or_else(Zone::utc))
}

/// A moment of a record on the clock of `when`, and whether it is a day.
pub(super) fn wall(moment: &Moment<'_>, when: &When, opened: &Opened) -> Option<(NaiveDateTime, bool)> {
    let context = load::context(&opened.calendar().settings, &opened.tzdb, opened.now);
    let field = Field { key: Span::default(), span: Span::default(), value: moment.clone() };
    let point = point::resolve(&field, "occurrence", &clock::of_days(when, opened), None, &context, &mut Vec::new())?;
    Some(match (point, when) {
        (Point::Day(day), _) => (day.and_time(NaiveTime::MIN), true),
        (Point::Zoned { at, .. } | Point::Fixed { at, .. }, When::Zoned { zone, .. }) => {
            (at.with_timezone(zone).naive_local(), false)
        }
        (point, _) => (wall_of(&point), false),
    })
}

pub(super) fn is_same(point: &Point, old: &When) -> bool {
    match (*point, *old) {
        (Point::Day(day), When::AllDay(days)) => day == days.first,
        (Point::Zoned { zone, at, .. }, When::Zoned { zone: other, start, .. }) => (zone, at) == (other, start),
        (Point::Fixed { offset, at }, When::Fixed { offset: other, start, .. }) => (offset, at) == (other, start),
        (Point::Floating(wall), When::Floating { start, .. }) => wall == start,
        _ => false,
    }
}

/// A start as one writes it. A clock time that happens twice takes its offset along.
pub(super) fn value(point: &Point) -> String {
    match *point {
        Point::Day(day) => day.to_string(),
        Point::Floating(wall) => iso(wall),
        Point::Zoned { zone, wall, at } => match zone.resolve(wall) {
            Resolved::Single(_) => iso(wall),
            Resolved::Gap { .. } | Resolved::Overlap { .. } => {
                with_offset(wall, at.with_timezone(&zone).offset().fix())
            }
        },
        Point::Fixed { offset, at } => with_offset(at.with_timezone(&offset).naive_local(), offset),
    }
}

pub(super) fn with_offset(wall: NaiveDateTime, offset: FixedOffset) -> String {
    format!("{}{offset}", iso(wall))
}

/// The zone that has to be written beside the new start.
fn zone_line(record_edit: &RecordEdit<'_>, point: &Point, old: &When) -> Option<String> {
    let target = record_edit.target();
    let own = target.as_ref().and_then(|target| record_edit.edit.words(target, "timezone"));
    let wanted = match point {
        Point::Zoned { zone, .. } => zone.name(),
        Point::Floating(_) => "local",
        Point::Day(_) | Point::Fixed { .. } => return None,
    };
    // A change is read by the clock of its event.
    let inherited = match (&record_edit.named, old) {
        (Some(_), _) => zone_name(&record_edit.event.when),
        // What the words of the old start say goes with them.
        (None, _) if names_a_zone(record_edit) => record_edit
            .opened
            .calendar()
            .settings
            .timezone
            .filter(|_| record_edit.address == Address::Whole)
            .map(Zone::name),
        (None, When::AllDay(_)) => clock::own(record_edit).map(Zone::name),
        (None, old) => zone_name(old),
    };
    match own {
        Some(own) => (own != wanted).then(|| wanted.to_owned()),
        None => (inherited != Some(wanted)).then(|| wanted.to_owned()),
    }
}

/// Whether the old start says in words which clock it is by; one that stands in `[defaults]` may.
fn names_a_zone(record_edit: &RecordEdit<'_>) -> bool {
    match record_edit.edit.moment(&record_edit.address, "start") {
        Some(Moment::Text(text)) => {
            datetime_text::read(&text, record_edit.opened.reading_language()).is_ok_and(|read| read.zone.is_some())
        }
        Some(Moment::Toml(_)) => false,
        None => !matches!(record_edit.address, Address::Local(..)),
    }
}

fn zone_name(when: &When) -> Option<&'static str> {
    match when {
        When::Zoned { zone, .. } => Some(zone.name()),
        When::Floating { .. } => Some("local"),
        When::AllDay(_) | When::Fixed { .. } => None,
    }
}

/// `end` and `duration` beside the new start: those asked for, else an `end` that moves along.
fn ends(record_edit: &mut RecordEdit<'_>, to: &To, point: &Point, old: &When) -> Result<()> {
    let target = record_edit.target().unwrap_or_else(|| record_edit.address.clone());
    let range_end = reading(record_edit, old).dated(&to.start).end;
    let has = |record_edit: &RecordEdit<'_>, key: &str| record_edit.edit.raw(&target, key).is_some();
    let asked = match (to.end.as_ref().or(range_end.as_ref()), &to.duration) {
        (Some(end), _) => Some(("end", "duration", end_value(end, point, &reading(record_edit, old))?)),
        (None, Some(duration)) => Some(("duration", "end", toml_text(duration))),
        (None, None) => None,
    };
    if let Some((key, other, text)) = asked {
        if has(record_edit, other) {
            let refused = |why: String| Error::new(format!("`{key}` cannot be written: {why}"));
            return record_edit.edit.replace(&target, other, key, &text).map_err(refused);
        }
        return record_edit.set(key, &text);
    }
    let all_day = matches!(point, Point::Day(_));
    if all_day != old.is_all_day() && (has(record_edit, "end") || has(record_edit, "duration")) {
        return Err(Error::new("the event was on whole days, and gets an hour")
            .help("say how long it lasts, such as `--duration 2h`"));
    }
    let is_open = record_edit.edit.words(&target, "end").is_some_and(|end| end.trim().eq_ignore_ascii_case("open"));
    if has(record_edit, "end") && !is_open {
        let end = moved_end(point, old);
        return record_edit.set("end", &end);
    }
    Ok(())
}

/// `--end` as TOML. An hour alone is on the day of the start.
pub(super) fn end_value(end: &str, point: &Point, reading: &Reading<'_>) -> Result<String> {
    let end = reading.end(end, point)?;
    let plain = end.replacen(' ', "T", 1);
    let is_toml = plain.parse::<toml::value::Datetime>().is_ok_and(|end| end.date.is_some());
    Ok(if is_toml { plain } else { toml_text(&end) })
}

/// The end by the clock, as far from the new start as it was from the old one.
fn moved_end(point: &Point, old: &When) -> String {
    let by = wall_of(point) - old.wall();
    let moved = |end: NaiveDateTime| end.checked_add_signed(by).unwrap_or(end);
    match (*point, *old) {
        (_, When::AllDay(days)) => moved(days.last().and_time(NaiveTime::MIN)).date().to_string(),
        (Point::Fixed { offset, .. }, When::Fixed { offset: other, end, .. }) => {
            with_offset(moved(end.with_timezone(&other).naive_local()), offset)
        }
        (Point::Fixed { offset, .. }, When::Zoned { zone, end, .. }) => {
            with_offset(moved(end.with_timezone(&zone).naive_local()), offset)
        }
        (_, When::Zoned { zone, end, .. }) => iso(moved(end.with_timezone(&zone).naive_local())),
        (_, When::Fixed { offset, end, .. }) => iso(moved(end.with_timezone(&offset).naive_local())),
        (_, When::Floating { end, .. }) => iso(moved(end)),
    }
}

/// An `end` that the record takes from `[defaults]` would stay behind: the record gets one of its own.
fn keep_inherited_end(record_edit: &mut RecordEdit<'_>, point: &Point, old: &When) -> Result<()> {
    let own = ["end", "duration"].iter().any(|key| record_edit.edit.raw(&record_edit.address, key).is_some());
    if record_edit.named.is_some()
        || own
        || record_edit.event.ends != Ends::Stated
        || record_edit.address == Address::Whole
    {
        return Ok(());
    }
    let kept = record_edit.after().is_some_and(|after| by_clock(&after.when) == by_clock(old));
    if kept { Ok(()) } else { record_edit.set("end", &moved_end(point, old)) }
}

fn by_clock(when: &When) -> TimeDelta {
    when.wall_end() - when.wall()
}

/// Takes announced times out that are not the new start.
fn outdated(record_edit: &mut RecordEdit<'_>) -> Result<()> {
    const KEY: &str = "announced";
    let text = record_edit.edit.text();
    let (_, findings) = super::judge(record_edit.opened, &record_edit.name, &text);
    let elements = record_edit.edit.elements(&record_edit.address, KEY);
    let wrong: Vec<usize> = (0..elements.len())
        .filter(|index| {
            let element = &elements[*index];
            findings.iter().any(|finding| {
                finding.is_error()
                    && element.start <= finding.span.range().start
                    && finding.span.range().end <= element.end
            })
        })
        .collect();
    let refused = |why: String| Error::new(format!("`{KEY}` cannot be edited: {why}"));
    for index in &wrong {
        let printed = shorten(text[elements[*index].clone()].trim_matches(['"', '\'']));
        record_edit.notes.push(format!(
            "`{printed}` was announced and is not the new time: it is taken out of `{KEY}`; tell those who printed it"
        ));
    }
    let address = record_edit.address.clone();
    let all = wrong.len() == elements.len() && !wrong.is_empty();
    if all && record_edit.edit.remove(&address, KEY).map_err(refused)? {
        return Ok(());
    }
    for index in wrong.into_iter().rev() {
        record_edit.edit.remove_element(&address, KEY, index).map_err(refused)?;
    }
    Ok(())
}

/// A word about a file that is named after the old day.
fn file_name(name: &str, old: &When, has_id: bool) -> Option<String> {
    let day: NaiveDate = old.first_day();
    let stem = name.rsplit('/').next().unwrap_or(name);
    let named = [day.format("%Y-%m-%d").to_string(), day.format("%m-%d").to_string()];
    named.iter().any(|date| stem.starts_with(date.as_str())).then(|| {
        let why = if has_id {
            "you may rename it, as the event has an `id` of its own"
        } else {
            "the name is the event's id and address"
        };
        format!("the file keeps its name, which has the old date in it: {why}")
    })
}
