//! `redletter show ID`: one event whole, with its time in your zone.

use super::{Exit, Global, World, open};
use crate::error::Result;
use crate::event::{Audience, Status};
use crate::language::Language;
use crate::render::Look;
use crate::render::card::{self, Card};
use crate::schedule::{self, Window};
use crate::view::{listing, milestone, parts, repeat};

/// Arguments of `show`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Id of the event
    id: String,
    /// Time zone to show times in, by name or city (repeatable)
    #[arg(short = 't', long, value_name = "ZONE")]
    timezone: Vec<String>,
    /// Language of the output, such as es or pt-BR [default: the calendar's]
    #[arg(long, visible_alias = "in", value_name = "TAG")]
    language: Option<String>,
    /// Include what only members may see: links, phone numbers and passcodes
    #[arg(long)]
    members: bool,
}

/// Occurrences to come that are shown.
const NEXT: usize = 5;

/// Runs it.
pub fn run(args: &Args, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let opened = open::open(global, world)?;
    let event = opened.event(&args.id)?;
    let at = event.when.start_instant().filter(|_| event.repeat.is_none()).unwrap_or(opened.now);
    let zones = opened.zones_at(&args.timezone, at, world)?;
    let calendar = opened.calendar();
    let tag = opened.language(args.language.as_deref(), global, world)?;
    let window = Window::from(opened.now.with_timezone(&zones[0]).date_naive(), zones[0]);
    let today = event.when.today(opened.now, zones[0]);
    let next = match &event.repeat {
        Some(_) => schedule::next(calendar, &window, opened.now, NEXT, |one| one.event.id == event.id),
        None => Vec::new(),
    };
    let parts: Vec<_> = calendar.events.iter().filter(|other| other.part_of.as_deref() == Some(&*event.id)).collect();
    let card = Card {
        event,
        kind: calendar.kind(event),
        times: listing::times(&schedule::so_far(event, opened.now, zones[0]), &zones),
        day: event.day_number(opened.now, zones[0]),
        is_overdue: event.review_by.is_some_and(|by| by < today) && event.status == Status::Tentative,
        milestones: milestone::around(event, today),
        rule: repeat::in_words(event, Language::of(&tag)),
        next: next.iter().map(|next| (next.event, listing::times(&next.when, &zones))).collect(),
        zones: &zones,
        language: Language::of(&tag),
        texts: (&tag, &calendar.settings.language),
        audience: if args.members { Audience::Members } else { Audience::Public },
        without: if parts.is_empty() { Vec::new() } else { parts::without(calendar, &parts) },
        parts,
    };
    let look = Look { width: world.width(), color: world.color(global) };
    opened.publish(card::write(&card, &look).as_bytes(), card.audience, world)?;
    Ok(opened.exit(world))
}
