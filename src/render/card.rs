//! One event whole, for the terminal.

mod lines;

use std::cmp::Ordering;

use chrono::{NaiveDate, NaiveDateTime};
use lines::Lines;

use super::Look;
use super::when::shift;
use crate::diagnostic::visible;
use crate::event::{Audience, Country, Days, Ends, Event, Kind, Location, Online, Organizer, Status};
use crate::language::{DateStyle, Language, Word};
use crate::view::listing::{Span, Times, last_day};
use crate::view::milestone::Milestone;
use crate::view::words::Ranges;
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
    /// Whether its `review-by` has passed.
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
    /// The language of words.
    pub language: Language,
    /// The wanted language, and the language of records without one.
    pub texts: (&'c str, &'c str),
    /// What belongs to it.
    pub parts: Vec<&'c Event>,
    /// Countries of the calendar without a part of it.
    pub without: Vec<Country>,
}

/// Columns of the names on the left.
const NAMES: usize = 14;

/// The text of the card.
pub fn write(card: &Card<'_>, look: &Look) -> String {
    let Event {
        id,
        uid,
        title: _, // in the language of the card
        kind: _,
        when: _,
        length: _,
        repeat: _, // as `card.rule`
        ends,
        status,
        moved_from,
        reason: _,      // in the language of the card
        description: _, // in the language of the card
        url,
        location,
        online: _, // as `card.audience` may see it
        organizers,
        contact,
        tags,
        language: own,
        translations: _, // as the title
        image,
        sources,
        part_of,
        review_by,
        // Notes are for editors, who can read the file.
        note: _,
    } = card.event;
    let (bold, plain) = if look.color { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    let language = card.language;
    let mut lines = Lines { out: String::new(), width: look.width.clamp(40, 100), language };
    let title = card.event.told_apart(card.event.title_in(card.texts.0, card.texts.1).text);
    let title = match status {
        Status::Confirmed => title.to_string(),
        status => {
            let status = words::status(*status, language);
            language.say(Word::Titled, &[("status", status.into()), ("title", (&*title).into())])
        }
    };
    lines.out.push_str(&format!("{bold}{}{plain}\n", visible(title.chars())));
    let label = card.kind.label_in(card.texts.0);
    lines.out.push_str(&format!("{} · {id}\n", visible(label.chars())));
    if let Some(reason) = card.event.reason_in(card.texts.0, card.texts.1) {
        lines.out.push_str(&format!("{}\n", visible(reason.text.chars())));
    }
    lines.out.push('\n');

    let assumed = match ends {
        Ends::Assumed => format!(" {}", language.word(Word::EndAssumed)),
        Ends::Stated | Ends::Open => String::new(),
    };
    when(card, &assumed, &mut lines);
    milestones(card, &mut lines);
    lines.optional(Word::FieldRepeats, card.rule.as_deref());
    for (index, (event, times)) in card.next.iter().enumerate() {
        let changed = changed(event, language).map(|word| format!(" {word}")).unwrap_or_default();
        let text = format!("{}{changed}", in_short(times, language));
        if index == 0 { lines.field(Word::FieldNext, &text) } else { lines.more(&text) }
    }
    if let Some(earlier) = moved_from {
        let (date, zone) = words::earlier(earlier, language);
        let zone = match zone {
            Some(zone) => format!(" ({zone})"),
            None if earlier.is_all_day() => String::new(),
            None => format!(" ({})", language.word(Word::LocalTimeEach)),
        };
        lines.field(Word::FieldMovedFrom, &format!("{date}{zone}"));
    }
    if let Some(location) = location {
        place(location, &mut lines);
    }
    // A cancelled event shows no way to join.
    if let Some(online) = card.event.online_for(card.audience).filter(|_| *status != Status::Cancelled) {
        join(online, &mut lines);
    }
    for organizer in organizers {
        let Organizer { name, url, email } = organizer;
        let more: Vec<&str> = [url, email].into_iter().flatten().map(|text| &**text).collect();
        let more = if more.is_empty() { String::new() } else { format!(" ({})", more.join(", ")) };
        lines.field(Word::FieldOrganizers, &format!("{name}{more}"));
    }
    lines.optional(Word::FieldContact, contact.as_deref());
    lines.optional(Word::FieldPage, url.as_deref());
    if !tags.is_empty() {
        lines.field(Word::FieldTags, &tags.join(", "));
    }
    lines.optional(Word::FieldLanguage, own.as_deref());
    lines.optional(Word::FieldPartOf, part_of.as_deref());
    if let Some(day) = review_by.filter(|_| card.event.goes_on()) {
        let mut date = language.date(DateStyle::Heading, day);
        if card.is_overdue {
            date = language.say(Word::ReviewOverdue, &[("date", (&date).into())]);
        }
        lines.field(Word::FieldReviewBy, &date);
    }
    parts(card, &mut lines);
    lines.optional(Word::FieldImage, image.as_ref().map(|image| &*image.url));
    if let Some(description) = card.event.description_in(card.texts.0, card.texts.1) {
        lines.out.push('\n');
        for paragraph in description.text.lines() {
            lines.wrapped("", paragraph);
        }
        lines.out.push('\n');
    }
    for source in sources {
        lines.field(Word::FieldSource, source);
    }
    lines.named("UID", uid);
    lines.out
}

/// The suffix of a changed occurrence: `(moved)`.
pub(super) fn changed(event: &Event, language: Language) -> Option<&'static str> {
    Some(language.word(match (event.status, event.moved_from.is_some()) {
        (Status::Confirmed, false) => return None,
        (Status::Confirmed, true) => Word::IsMoved,
        (Status::Cancelled, _) => Word::IsCancelled,
        (Status::Postponed, _) => Word::IsPostponed,
        (Status::Tentative, _) => Word::IsTentative,
    }))
}

/// What belongs to it, country by country, each with its hours and its id.
fn parts<'c>(card: &Card<'c>, lines: &mut Lines) {
    let language = card.language;
    let title = |event: &'c Event| event.title_in(card.texts.0, card.texts.1).text;
    let name = |country: Country| language.country(country.code()).unwrap_or_else(|| country.code().to_owned());
    let countries = parts::countries(&card.parts);
    for part in countries.iter().filter(|(country, _)| country.is_none()).flat_map(|(_, group)| group) {
        lines.field(Word::FieldHasPart, &format!("{} ({})", title(part), part.id));
    }
    let places: Vec<_> = countries.iter().filter_map(|(country, group)| Some(((*country)?, group))).collect();
    if places.is_empty() {
        return;
    }
    let count: usize = places.iter().map(|(_, group)| group.len()).sum();
    let locals = language.say(Word::DigestLocals, &[("count", count.into())]);
    lines.out.push('\n');
    let args = [("locals", (&locals).into()), ("count", places.len().into())];
    lines.wrapped("", &language.say(Word::InCountries, &args));
    for (country, group) in places {
        lines.wrapped("", &format!("{} ({})", name(country), language.digits(&group.len().to_string())));
        for part in group {
            let mut place = String::new();
            if let Some(location) = &part.location {
                location.push_with(None, &mut place);
            }
            let title = Some(title(part)).filter(|own| *own != title(card.event)).map(str::to_owned);
            let status = Some(words::status(part.status, language).to_owned());
            let times = parts::times(part, card.event, language);
            let times = if times.is_empty() { language.word(Word::AllDay).to_owned() } else { times };
            let said = [status, Some(place), Some(times), title, Some(part.id.to_string())];
            let said: Vec<String> = said.into_iter().flatten().filter(|said| !said.is_empty()).collect();
            lines.wrapped("  ", &said.join(" · "));
        }
    }
    if !card.without.is_empty() {
        let names: Vec<String> = card.without.iter().map(|country| name(*country)).collect();
        let countries = language.list(&names);
        lines.wrapped("", &language.say(Word::CountriesWithout, &[("countries", (&countries).into())]));
    }
    lines.out.push('\n');
}

fn when(card: &Card<'_>, assumed: &str, lines: &mut Lines) {
    if card.event.ends == Ends::Open {
        return since(card, lines);
    }
    let language = card.language;
    match &card.times {
        Times::Days(days) => lines.field(Word::FieldWhen, &whole_days(*days, language)),
        Times::Floating { start, end } => {
            let text = by_each_clock(*start, *end, language);
            lines.field(Word::FieldWhen, &format!("{text}{assumed}"));
        }
        Times::Clocks { shown, own, zone, .. } => {
            let whose = zone.map(|zone| format!(" · {zone}")).unwrap_or_default();
            lines.field(Word::FieldWhen, &format!("{}{whose}{assumed}", clocks(own, language)));
            for (span, zone) in shown.iter().zip(card.zones) {
                if span.start.local != own.start.local {
                    let days = shift((span.start.day() - own.start.day()).num_days());
                    lines.more(&format!("{} · {} {days}", clocks(span, language), zone.city()));
                }
            }
            if last_day(&card.times) > own.start.day() {
                let hours = (own.end.local - own.start.local).num_hours();
                if hours > 48 {
                    lines.more(&language.say(Word::Days, &[("count", hours.div_euclid(24).into())]));
                }
            }
        }
    }
}

fn milestones(card: &Card<'_>, lines: &mut Lines) {
    for (index, one) in card.milestones.iter().enumerate() {
        let text = milestone(one, card.language);
        if index == 0 { lines.field(Word::FieldMilestones, &text) } else { lines.more(&text) }
    }
}

/// `day 100 is Sat 3 Oct 2026`
pub(super) fn milestone(Milestone { number, day, position }: &Milestone, language: Language) -> String {
    let word = match position {
        Ordering::Less => Word::MilestoneWas,
        Ordering::Equal => Word::MilestoneToday,
        Ordering::Greater => Word::MilestoneIs,
    };
    let date = language.date(DateStyle::ShortYear, *day);
    language.say(word, &[("day", (*number).into()), ("date", (&date).into())])
}

/// Since when an open event lasts, and which day it is at.
fn since(card: &Card<'_>, lines: &mut Lines) {
    let language = card.language;
    let said = |start: &str| since_words(start, card.day, language);
    match &card.times {
        Times::Days(days) => lines.field(Word::FieldWhen, &said(&language.date(DateStyle::Sentence, days.first))),
        // The start of an open event is never floating.
        Times::Floating { .. } => {}
        Times::Clocks { shown, own, zone, .. } => {
            let start = |span: &Span| format!("{} {}", moment(span.start.local, language), span.start.abbreviation);
            let whose = zone.map(|zone| format!(" · {zone}")).unwrap_or_default();
            lines.field(Word::FieldWhen, &said(&format!("{}{whose}", start(own))));
            for (span, zone) in shown.iter().zip(card.zones) {
                if span.start.local != own.start.local {
                    let days = shift((span.start.day() - own.start.day()).num_days());
                    lines.more(&format!("{} · {} {days}", start(span), zone.city()));
                }
            }
        }
    }
}

/// Whole days: `Wed 2 December 2026, all day`.
pub(super) fn whole_days(days: Days, language: Language) -> String {
    let date = |day| language.date(DateStyle::Heading, day);
    if days.count() == 1 {
        return language.say(Word::DayAllDay, &[("date", (&date(days.first)).into())]);
    }
    let (first, last) = (date(days.first), date(days.last()));
    let args = [("first", (&first).into()), ("last", (&last).into()), ("count", days.count().into())];
    language.say(Word::WholeDays, &args)
}

/// `Wed 2 December 2026, 11:00–12:00 by the clock of each place`
pub(super) fn by_each_clock(start: NaiveDateTime, end: NaiveDateTime, language: Language) -> String {
    let time = words::range((start, ""), (end, ""), &RANGES, language);
    language.say(Word::ByEachClock, &[("time", (&time).into())])
}

/// The start and the day number of an open event.
pub(super) fn since_words(start: &str, day: Option<i64>, language: Language) -> String {
    let word = if day.is_some() { Word::SinceDate } else { Word::FromDate };
    let parts = [
        Some(language.say(word, &[("date", start.into())])),
        Some(language.word(Word::OpenEnd).to_owned()),
        day.map(|day| language.say(Word::DayNumber, &[("day", day.into())])),
    ];
    language.row(&parts.into_iter().flatten().collect::<Vec<_>>())
}

/// An occurrence in a line, by the first clock.
pub(super) fn in_short(times: &Times, language: Language) -> String {
    match times {
        Times::Days(days) => language.date(DateStyle::Heading, days.first),
        Times::Clocks { shown, own, .. } => clocks(shown.first().unwrap_or(own), language),
        Times::Floating { start, .. } => moment(*start, language),
    }
}

/// `Sat 10 June 2023, 16:00`.
pub(super) fn moment(time: NaiveDateTime, language: Language) -> String {
    at(time.date(), &language.time(time.time()), language)
}

fn at(day: NaiveDate, hours: &str, language: Language) -> String {
    let date = language.date(DateStyle::Heading, day);
    language.say(Word::DateTime, &[("date", (&date).into()), ("time", hours.into())])
}

/// Ranges of a card: `Sat 10 June 2023, 16:00–18:00`.
pub(super) const RANGES: Ranges = Ranges { style: DateStyle::Heading, date_time: Word::DateTime, joined: Word::FromTo };

/// `Sat 10 June 2023, 16:00–18:00 PDT`.
pub(super) fn clocks(span: &Span, language: Language) -> String {
    let Span { start, end } = span;
    words::range((start.local, &start.abbreviation), (end.local, &end.abbreviation), &RANGES, language)
}

fn place(location: &Location, lines: &mut Lines) {
    let Location { accessibility, notes, position, .. } = location;
    let line = words::location(location, lines.language);
    if !line.is_empty() {
        lines.field(Word::FieldWhere, &line);
    }
    if let Some(position) = position {
        lines.field(Word::FieldCoordinates, &format!("{}, {}", position.lat, position.lon));
    }
    if !accessibility.is_empty() {
        let language = lines.language;
        let words: Vec<String> = accessibility.iter().map(|one| words::accessibility(*one, language).into()).collect();
        lines.field(Word::FieldAccess, &language.list(&words));
    }
    lines.optional(Word::FieldNotes, notes.as_deref());
}

fn join(online: &Online, lines: &mut Lines) {
    let Online { url, platform, meeting_id, passcode, phone, registration, withheld: _ } = online;
    if online.is_for_members() {
        lines.field(Word::Join, lines.language.word(Word::ForMembers));
    }
    let first = url.as_deref().or(platform.as_deref());
    lines.optional(Word::FieldOnline, first);
    if url.is_some() {
        lines.optional(Word::FieldPlatform, platform.as_deref());
    }
    lines.optional(Word::FieldMeetingId, meeting_id.as_deref());
    lines.optional(Word::FieldPasscode, passcode.as_deref());
    lines.optional(Word::FieldPhone, phone.as_deref());
    lines.optional(Word::FieldRegistration, registration.as_deref());
}
