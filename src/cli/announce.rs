//! `redletter announce`: text with checked times for posters and posts.

use chrono::{NaiveDate, TimeDelta};

use super::{Exit, Global, World, open};
use crate::diagnostic::visible;
use crate::error::Result;
use crate::event::{Audience, Ends, Event, Status, When};
use crate::language::{DateStyle, Language, Word};
use crate::render::phrase;
use crate::render::when::shift;
use crate::schedule::Occurrence;
use crate::view::stamp::Stamp;
use crate::view::{parts, words};
use crate::zone::Zone;

/// Arguments of `announce`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Id of the event
    id: String,
    /// Time zone, by name or city (repeatable); the event's own always comes first
    #[arg(short = 't', long, value_name = "ZONE")]
    timezone: Vec<String>,
    /// The occurrence on this day, as planned or as moved [default: the next one]
    #[arg(long, value_name = "DAY")]
    on: Option<String>,
    /// Language of the text, such as es or pt-BR [default: the calendar's]
    #[arg(long, visible_alias = "in", value_name = "TAG")]
    language: Option<String>,
    /// Include how members join: links, phone numbers and passcodes, one a line
    #[arg(long)]
    members: bool,
}

/// Runs it.
pub fn run(args: &Args, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let opened = open::open(global, world)?;
    let event = opened.event(&args.id)?;
    let reader = opened.zones(&[], world)?[0];
    let Occurrence { event, when, .. } = opened.occurrence(event, args.on.as_deref(), reader)?;
    let zones = match &args.timezone[..] {
        [] => vec![reader],
        given => opened.zones_at(given, when.start_instant().unwrap_or(opened.now), world)?,
    };
    let day = event.day_number(opened.now, zones[0]);
    let language = Language::of(&opened.language(args.language.as_deref(), global, world)?);
    let line = match event.status {
        Status::Confirmed | Status::Tentative => {
            let for_members = event.online.as_deref().filter(|online| !args.members && online.is_for_members());
            let line = announcement(event, day, &when, &zones, language);
            let for_members = for_members.map(|_| format!(" · {}", language.word(Word::ForMembers)));
            line + &for_members.unwrap_or_default()
        }
        off => format!("{} · {}", words::status(off, language), announcement(event, day, &when, &zones, language)),
    };
    let texts = (language.to_string(), &opened.calendar().settings.language);
    let reason = event.reason_in(&texts.0, texts.1);
    let why = reason.map(|said| format!(": {}", visible(said.text.chars()))).unwrap_or_default();
    match event.status {
        Status::Confirmed => {
            if let Some(earlier) = &event.moved_from {
                world.note(global, &format!("note: {}", words::moved_from(earlier, language)));
            }
        }
        Status::Tentative => world.note(global, "note: the event is tentative"),
        Status::Cancelled => world.note(global, &format!("warning: the event is cancelled{why}")),
        Status::Postponed => {
            world.note(global, &format!("warning: the event is postponed, without a new date{why}"));
        }
    }
    let audience = if args.members { Audience::Members } else { Audience::Public };
    opened.publish(format!("{}\n", visible(line.chars())).as_bytes(), audience, world)?;
    let joining = event.online_for(Audience::Members).filter(|_| args.members && event.status != Status::Cancelled);
    for part in joining.into_iter().flat_map(|online| phrase::joining(online, language)) {
        world.print(&format!("{}\n", visible(part.chars())))?;
    }
    Ok(opened.exit(world))
}

/// The end of an event that lasts more than a day, with its date: `until Sun 1 November 04:59 CET`.
fn end_of_days(event: &Event, when: &When, language: Language) -> Option<String> {
    if event.ends != Ends::Stated || when.elapsed() <= TimeDelta::days(1) {
        return None;
    }
    let wall = when.wall_end();
    let name = match *when {
        When::Zoned { zone, end, .. } => Stamp::in_zone(end, zone).abbreviation,
        When::Fixed { offset, end, .. } => Stamp::at_offset(end, offset).abbreviation,
        When::AllDay(_) | When::Floating { .. } => "".into(),
    };
    let date = language.date(DateStyle::Poster, wall.date());
    let time = format!("{} {name}", language.time(wall.time()));
    let end = language.say(Word::DateTimeShort, &[("date", (&date).into()), ("time", time.trim_end().into())]);
    Some(language.say(Word::UntilDate, &[("date", (&end).into())]))
}

/// `Sat 10 June · 16:00 Los Angeles · 00:00 London (+1)`.
pub(super) fn announcement(event: &Event, day: Option<i64>, when: &When, zones: &[Zone], language: Language) -> String {
    // What is open has a beginning, and a day that it is at.
    let (date, so_far) = match day {
        _ if !event.is_open() => (None, None),
        Some(day) => (Some(Word::SinceDate), Some(language.say(Word::DayNumber, &[("day", day.into())]))),
        None => (Some(Word::FromDate), Some(language.word(Word::OpenEnd).to_owned())),
    };
    let date = |day: NaiveDate| match date {
        None => language.date(DateStyle::Poster, day),
        Some(Word::SinceDate) => {
            language.say(Word::SinceDate, &[("date", (&language.date(DateStyle::Sentence, day)).into())])
        }
        Some(word) => language.say(word, &[("date", (&language.date(DateStyle::Poster, day)).into())]),
    };
    let hours = |stamp: &Stamp| language.time(stamp.local.time());
    let (instant, own, place) = match *when {
        When::AllDay(days) if so_far.is_some() => {
            return [Some(date(days.first)), so_far].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        }
        When::AllDay(days) if days.count() == 1 => {
            return format!("{} · {}", date(days.first), language.word(Word::AllDay));
        }
        When::AllDay(days) => {
            let (from, to) = (date(days.first), date(days.last()));
            return language.say(Word::DateRange, &[("from", (&from).into()), ("to", (&to).into())]);
        }
        When::Floating { start, .. } => {
            let time = language.time(start.time());
            let time = language.say(Word::LocalTime, &[("time", (&time).into())]);
            let parts = [date(start.date()), time].into_iter().chain(end_of_days(event, when, language));
            return parts.collect::<Vec<_>>().join(" · ");
        }
        When::Zoned { zone, start, .. } => (start, Stamp::in_zone(start, zone), parts::clock_city(event, zone)),
        When::Fixed { offset, start, .. } => {
            let own = Stamp::at_offset(start, offset);
            let place = own.abbreviation.to_string();
            (start, own, place)
        }
    };
    let mut parts = vec![date(own.day()), format!("{} {place}", hours(&own))];
    parts.extend(end_of_days(event, when, language));
    for zone in zones {
        if zone.city() == place || matches!(when, When::Zoned { zone: own, .. } if own == zone) {
            continue;
        }
        let stamp = Stamp::in_zone(instant, *zone);
        let days = shift((stamp.day() - own.day()).num_days());
        parts.push(format!("{} {} {days}", hours(&stamp), zone.city()).trim_end().to_owned());
    }
    parts.extend(so_far);
    parts.join(" · ")
}
