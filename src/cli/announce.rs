//! `redletter announce`: text with checked times for posters and posts.

use super::{Exit, Global, World, open};
use crate::diagnostic::visible;
use crate::error::Result;
use crate::event::{Audience, Event, Status, When};
use crate::render::phrase;
use crate::render::when::shift;
use crate::schedule::Occurrence;
use crate::view::stamp::Stamp;
use crate::view::words;
use crate::zone::Zone;

/// Arguments of `announce`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Id of the event
    id: String,
    /// Zone, by name or city (repeatable); the event's own comes first anyway
    #[arg(short = 't', long, value_name = "ZONE")]
    timezone: Vec<String>,
    /// The occurrence of that day, as planned or as moved [default: the next one]
    #[arg(long, value_name = "DAY")]
    on: Option<String>,
    /// With how members join: withheld links, numbers and passcodes, a line each
    #[arg(long)]
    members: bool,
}

/// Runs it.
pub fn run(args: &Args, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let opened = open::open(global, world)?;
    let event = opened.event(&args.id)?;
    let zones = opened.zones(&args.timezone, world)?;
    let Occurrence { event, when, .. } = opened.occurrence(event, args.on.as_deref(), zones[0])?;
    let day = event.day_number(opened.now, zones[0]);
    let line = match event.status {
        Status::Confirmed | Status::Tentative => {
            let for_members = event.online.as_deref().filter(|online| !args.members && online.is_for_members());
            let line = announcement(event, day, &when, &zones);
            if for_members.is_some() { format!("{line} · {}", words::FOR_MEMBERS) } else { line }
        }
        off => format!("{} · {}", off.name().to_uppercase(), announcement(event, day, &when, &zones)),
    };
    match event.status {
        Status::Confirmed => {
            if let Some(earlier) = &event.moved_from {
                world.say(global, &format!("note: {}", words::moved_from(earlier)));
            }
        }
        Status::Tentative => world.say(global, "note: the event is tentative"),
        Status::Cancelled => world.say(global, "warning: the event is cancelled"),
        Status::Postponed => world.say(global, "warning: the event is postponed, without a new date"),
    }
    world.print(&format!("{}\n", visible(line.chars())))?;
    let joining = event.online_for(Audience::Members).filter(|_| args.members && event.status != Status::Cancelled);
    for part in joining.into_iter().flat_map(phrase::joining) {
        world.print(&format!("{}\n", visible(part.chars())))?;
    }
    Ok(opened.exit(world))
}

/// `Sat 10 June · 16:00 Los Angeles · 00:00 London (+1)`.
pub(super) fn announcement(event: &Event, day: Option<i64>, when: &When, zones: &[Zone]) -> String {
    // What is open has a beginning, and a day that it is at.
    let (date, so_far) = match day {
        _ if !event.is_open() => ("%a %-d %B", None),
        Some(day) => ("since %a %-d %B %Y", Some(format!("day {day}"))),
        None => ("from %a %-d %B", Some("open end".to_owned())),
    };
    let (instant, own, place) = match *when {
        When::AllDay(days) if so_far.is_some() => {
            return [Some(days.first.format(date).to_string()), so_far]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" · ");
        }
        When::AllDay(days) if days.count() == 1 => return format!("{} · all day", days.first.format("%a %-d %B")),
        When::AllDay(days) => {
            return format!("{} – {}", days.first.format("%a %-d %B"), days.last().format("%a %-d %B"));
        }
        When::Floating { start, .. } => {
            return format!("{} · {} local time", start.format("%a %-d %B"), start.format("%H:%M"));
        }
        When::Zoned { zone, start, .. } => (start, Stamp::in_zone(start, zone), zone.city()),
        When::Fixed { offset, start, .. } => {
            let own = Stamp::at_offset(start, offset);
            let place = own.abbreviation.to_string();
            (start, own, place)
        }
    };
    let mut parts = vec![own.local.format(date).to_string(), format!("{} {place}", own.local.format("%H:%M"))];
    for zone in zones {
        if zone.city() == place {
            continue;
        }
        let stamp = Stamp::in_zone(instant, *zone);
        let days = shift((stamp.day() - own.day()).num_days());
        parts.push(format!("{} {} {days}", stamp.local.format("%H:%M"), zone.city()).trim_end().to_owned());
    }
    parts.extend(so_far);
    parts.join(" · ")
}
