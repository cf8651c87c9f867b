//! One event whole, for the terminal.

use std::cmp::Ordering;

use unicode_width::UnicodeWidthStr;

use super::Look;
use super::when::shift;
use crate::diagnostic::visible;
use crate::event::{Audience, Ends, Event, Kind, Location, Online, Organizer, Status};
use crate::view::listing::{Span, Times, last_day};
use crate::view::milestone::Milestone;
use crate::view::{parts, words};
use crate::zone::Zone;

/// What the card shows.
#[derive(Clone, Debug)]
pub struct Card<'c> {
    /// The event.
    pub event: &'c Event,
    /// Its kind.
    pub kind: &'c Kind,
    /// When it happens, by the clocks of `zones`.
    pub times: Times,
    /// The day that an open event is at.
    pub day: Option<i64>,
    /// Whether nobody confirmed it in time.
    pub is_overdue: bool,
    /// Numbers of its days that people count, and when they are: the last ones and the next ones.
    pub milestones: Vec<Milestone>,
    /// How it repeats, in words.
    pub rule: Option<String>,
    /// The next occurrences of a repeat: the event, changed where it is, and when.
    pub next: Vec<(&'c Event, Times)>,
    /// The display zones.
    pub zones: &'c [Zone],
    /// For whose eyes it is.
    pub audience: Audience,
    /// What belongs to it.
    pub parts: Vec<&'c Event>,
    /// Countries of the calendar in which none of it is.
    pub without: Vec<&'static str>,
}

/// Columns of the names on the left.
const NAMES: usize = 14;

/// The text of the card.
pub fn write(card: &Card<'_>, look: &Look) -> String {
    let Event {
        id,
        uid,
        title,
        kind: _,
        when: _,
        repeat: _, // as `card.rule`
        ends,
        status,
        moved_from,
        description,
        url,
        location,
        online: _, // as `card.audience` may see it
        organizers,
        contact,
        tags,
        language,
        image,
        sources,
        part_of,
        review_by,
        // For editors, who have the file before them.
        note: _,
    } = card.event;
    let (bold, plain) = if look.color { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    let mut lines = Lines { out: String::new(), width: look.width.clamp(40, 100) };
    let prefix = match status {
        Status::Confirmed => String::new(),
        other => format!("{}: ", other.name().to_uppercase()),
    };
    lines.out.push_str(&format!("{bold}{prefix}{}{plain}\n", visible(title.chars())));
    lines.out.push_str(&format!("{} · {id}\n\n", visible(card.kind.label.chars())));

    let assumed = if *ends == Ends::Assumed { " (end assumed)" } else { "" };
    when(card, assumed, &mut lines);
    milestones(card, &mut lines);
    lines.optional("Repeats", card.rule.as_deref());
    for (index, (event, times)) in card.next.iter().enumerate() {
        let changed = match (event.status, event.moved_from.is_some()) {
            (Status::Confirmed, false) => String::new(),
            (Status::Confirmed, true) => " (moved)".to_owned(),
            (status, _) => format!(" ({})", status.name()),
        };
        lines.field(if index == 0 { "Next" } else { "" }, &format!("{}{changed}", in_short(times)));
    }
    if let Some(earlier) = moved_from {
        let earlier = crate::view::words::moved_from(earlier);
        lines.field("Moved from", earlier.trim_start_matches("Moved from ").trim_end_matches('.'));
    }
    if let Some(location) = location {
        place(location, &mut lines);
    }
    // Nobody is to join what does not happen.
    if let Some(online) = card.event.online_for(card.audience).filter(|_| *status != Status::Cancelled) {
        join(online, &mut lines);
    }
    for organizer in organizers {
        let Organizer { name, url, email } = organizer;
        let more: Vec<&str> = [url, email].into_iter().flatten().map(|text| &**text).collect();
        let more = if more.is_empty() { String::new() } else { format!(" ({})", more.join(", ")) };
        lines.field("Called by", &format!("{name}{more}"));
    }
    lines.optional("Contact", contact.as_deref());
    lines.optional("Page", url.as_deref());
    if !tags.is_empty() {
        lines.field("Tags", &tags.join(", "));
    }
    lines.optional("Language", language.as_deref());
    lines.optional("Part of", part_of.as_deref());
    if let Some(day) = review_by.filter(|_| card.event.goes_on()) {
        let overdue = if card.is_overdue { ": tentative until somebody confirms that it goes on" } else { "" };
        lines.field("Review by", &format!("{}{overdue}", day.format("%a %-d %B %Y")));
    }
    parts(card, &mut lines);
    lines.optional("Image", image.as_ref().map(|image| &*image.url));
    if let Some(description) = description {
        lines.out.push('\n');
        for paragraph in description.lines() {
            lines.wrapped("", paragraph);
        }
        lines.out.push('\n');
    }
    for source in sources {
        lines.field("Source", source);
    }
    lines.field("UID", uid);
    lines.out
}

/// What belongs to it, country by country, each with its hours and its id.
fn parts(card: &Card<'_>, lines: &mut Lines) {
    let countries = parts::countries(&card.parts);
    for ((_, _), group) in countries.iter().filter(|((is_nowhere, _), _)| *is_nowhere) {
        for part in group {
            lines.field("Has part", &format!("{} ({})", part.title, part.id));
        }
    }
    let places: Vec<_> = countries.iter().filter(|((is_nowhere, _), _)| !is_nowhere).collect();
    if places.is_empty() {
        return;
    }
    let count: usize = places.iter().map(|(_, group)| group.len()).sum();
    let plural = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let sum =
        format!("{} in {}", plural(count, "local event", "local events"), plural(places.len(), "country", "countries"));
    lines.out.push('\n');
    lines.wrapped("", &sum);
    for ((_, country), group) in places {
        lines.wrapped("", &format!("{country} ({})", group.len()));
        for part in group {
            let place = part.location.as_deref().map(Location::one_line).unwrap_or_default();
            let place = place.strip_suffix(country).map_or(&*place, |place| place.trim_end_matches(", "));
            let title = (part.title != card.event.title).then(|| part.title.to_string());
            let status = (part.status != Status::Confirmed).then(|| part.status.name().to_uppercase());
            let times = parts::times(part, card.event);
            let times = if times.is_empty() { "all day".to_owned() } else { times };
            let said = [place.to_owned(), times].into_iter().filter(|said| !said.is_empty());
            let said: Vec<String> = status.into_iter().chain(said).chain(title).chain([part.id.to_string()]).collect();
            lines.wrapped("  ", &said.join(" · "));
        }
    }
    if !card.without.is_empty() {
        lines.wrapped("", &format!("Countries of this calendar without one: {}", card.without.join(", ")));
    }
    lines.out.push('\n');
}

fn when(card: &Card<'_>, assumed: &str, lines: &mut Lines) {
    if card.event.ends == Ends::Open {
        return since(card, lines);
    }
    match &card.times {
        Times::Days(days) if days.count() == 1 => {
            lines.field("When", &format!("{}, all day", days.first.format("%a %-d %B %Y")));
        }
        Times::Days(days) => {
            let (first, last) = (days.first.format("%a %-d %B %Y"), days.last().format("%a %-d %B %Y"));
            lines.field("When", &format!("{first} to {last}, {} whole days", days.count()));
        }
        Times::Floating { start, end } => {
            let (day, from, to) = (start.format("%a %-d %B %Y"), start.format("%H:%M"), end.format("%H:%M"));
            lines.field("When", &format!("{day}, {from}–{to} by the clock of each place{assumed}"));
        }
        Times::Clocks { shown, own, zone, .. } => {
            let whose = zone.map(|zone| format!(" · {zone}")).unwrap_or_default();
            lines.field("When", &format!("{}{whose}{assumed}", clocks(own)));
            for (span, zone) in shown.iter().zip(card.zones) {
                if span.start.local != own.start.local {
                    let days = shift((span.start.day() - own.start.day()).num_days());
                    lines.field("", &format!("{} · {} {days}", clocks(span), zone.city()));
                }
            }
            if last_day(&card.times) > own.start.day() {
                let hours = (own.end.local - own.start.local).num_hours();
                if hours > 48 {
                    lines.field("", &format!("{} days", hours.div_euclid(24)));
                }
            }
        }
    }
}

fn milestones(card: &Card<'_>, lines: &mut Lines) {
    for (index, Milestone { number, day, position }) in card.milestones.iter().enumerate() {
        let is = match position {
            Ordering::Less => "was",
            Ordering::Equal => "is today,",
            Ordering::Greater => "is",
        };
        let name = if index == 0 { "Milestones" } else { "" };
        lines.field(name, &format!("day {number} {is} {}", day.format("%a %-d %b %Y")));
    }
}

/// Since when an open event lasts, and which day it is at.
fn since(card: &Card<'_>, lines: &mut Lines) {
    let so_far = match card.day {
        Some(day) => format!(", day {day}"),
        None => String::new(),
    };
    let word = if card.day.is_some() { "since" } else { "from" };
    match &card.times {
        Times::Days(days) => {
            lines.field("When", &format!("{word} {}, open end{so_far}", days.first.format("%a %-d %B %Y")));
        }
        // The start of what is open is never floating.
        Times::Floating { .. } => {}
        Times::Clocks { shown, own, zone, .. } => {
            let start =
                |span: &Span| format!("{} {}", span.start.local.format("%a %-d %B %Y, %H:%M"), span.start.abbreviation);
            let whose = zone.map(|zone| format!(" · {zone}")).unwrap_or_default();
            lines.field("When", &format!("{word} {}{whose}, open end{so_far}", start(own)));
            for (span, zone) in shown.iter().zip(card.zones) {
                if span.start.local != own.start.local {
                    let days = shift((span.start.day() - own.start.day()).num_days());
                    lines.field("", &format!("{} · {} {days}", start(span), zone.city()));
                }
            }
        }
    }
}

/// An occurrence in a line, by the first clock.
fn in_short(times: &Times) -> String {
    match times {
        Times::Days(days) => days.first.format("%a %-d %B %Y").to_string(),
        Times::Clocks { shown, own, .. } => clocks(shown.first().unwrap_or(own)),
        Times::Floating { start, .. } => start.format("%a %-d %B %Y, %H:%M").to_string(),
    }
}

/// `Sat 10 June 2023, 16:00–18:00 PDT`.
fn clocks(span: &Span) -> String {
    let start = &span.start.local;
    let end = if span.end.day() == span.start.day() {
        span.end.local.format("%H:%M").to_string()
    } else {
        span.end.local.format("%a %-d %B %Y, %H:%M").to_string()
    };
    let joint = if span.end.day() == span.start.day() { "–" } else { " to " };
    format!("{}{joint}{end} {}", start.format("%a %-d %B %Y, %H:%M"), span.start.abbreviation)
}

fn place(location: &Location, lines: &mut Lines) {
    let Location { accessibility, notes, position, .. } = location;
    let line = location.one_line();
    if !line.is_empty() {
        lines.field("Where", &line);
    }
    if let Some(position) = position {
        lines.field("Coordinates", &format!("{}, {}", position.lat, position.lon));
    }
    if !accessibility.is_empty() {
        let words: Vec<&str> = accessibility.iter().map(|one| crate::view::words::accessibility(*one)).collect();
        lines.field("Access", &words.join(", "));
    }
    lines.optional("How to find", notes.as_deref());
}

fn join(online: &Online, lines: &mut Lines) {
    let Online { url, platform, meeting_id, passcode, phone, registration, withheld: _ } = online;
    if online.is_for_members() {
        lines.field(words::JOIN, words::FOR_MEMBERS);
    }
    let first = url.as_deref().or(platform.as_deref());
    lines.optional("Online", first);
    if url.is_some() {
        lines.optional("Platform", platform.as_deref());
    }
    lines.optional("Meeting id", meeting_id.as_deref());
    lines.optional("Passcode", passcode.as_deref());
    lines.optional("Phone", phone.as_deref());
    lines.optional("Register", registration.as_deref());
}

struct Lines {
    out: String,
    width: usize,
}

impl Lines {
    fn optional(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.field(name, text);
        }
    }

    fn field(&mut self, name: &str, text: &str) {
        self.wrapped(&format!("{name}{}", " ".repeat(NAMES.saturating_sub(name.width()))), text);
    }

    /// The words of `text` behind `head`, on lines that fit; no word is cut.
    fn wrapped(&mut self, head: &str, text: &str) {
        let indent = head.width();
        let mut column = indent;
        self.out.push_str(head);
        for (index, word) in visible(text.chars().map(|c| if c == '\n' { ' ' } else { c })).split(' ').enumerate() {
            let width = word.width();
            if index > 0 && column + 1 + width > self.width && column > indent {
                self.out.push('\n');
                self.out.push_str(&" ".repeat(indent));
                column = indent;
            } else if index > 0 {
                self.out.push(' ');
                column += 1;
            }
            self.out.push_str(word);
            column += width;
        }
        let kept = self.out.trim_end_matches(' ').len();
        self.out.truncate(kept);
        self.out.push('\n');
    }
}
