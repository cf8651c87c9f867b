//! The view of a feed: its events with their order and form, its zones, and its calendar properties.
//!
//! A pure function of calendar, feed and as-of time. Two as-of times give different bytes only if DTSTAMP has no better
//! source, the feed is limited, an event is open, or a cancelled event expires.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, SubsecRound, TimeDelta, Utc};

use crate::calendar::{Calendar, Cancelled, Feed};
use crate::event::{Audience, Event, KindId, Online, Said, Status, When};
use crate::language::{Language, Word};
use crate::lock::{History, Revision};
use crate::zone::Zone;

use super::color::Color;
use super::form::{self, Form};
use super::parts::{self, Parts};
use super::relations::Relations;
use super::series::{Draft, Drafts, Repeats};
use super::timezone::Timezone;
use super::words;

/// A feed, decided.
#[derive(Debug)]
pub struct FeedView<'a> {
    /// Name of the feed, or the calendar's.
    pub title: &'a str,
    /// A sentence or two.
    pub description: Option<&'a str>,
    /// The calendar's page.
    pub url: Option<&'a str>,
    /// Where the feed is served.
    pub source: Option<String>,
    /// Name of the calendar's zone; `None` if a rule is in UTC.
    pub timezone: Option<&'static str>,
    /// How often subscribers should look.
    pub refresh: TimeDelta,
    /// The colour of the feed's only kind.
    pub color: Option<Color>,
    /// Whether organizers are named to the client.
    pub organizers: bool,
    /// The time at which it was decided, in whole seconds.
    pub as_of: DateTime<Utc>,
    /// When an event last changed, where that is known.
    pub updated: Option<DateTime<Utc>>,
    /// The zones in use, by name.
    pub timezones: Vec<Timezone>,
    /// By start, then UID.
    pub events: Vec<FeedEvent<'a>>,
    /// What the words are in: the feed's language, else the calendar's.
    pub language: Language,
    /// The wanted language, and the language of records without one.
    texts: (&'a str, &'a str),
    /// Label and colour, by [`KindId`].
    kinds: Vec<(&'a str, Option<Color>)>,
}

/// An event in a feed.
#[derive(Debug)]
pub struct FeedEvent<'a> {
    /// What it is; of a changed occurrence, the event as changed.
    pub event: &'a Event,
    /// The event's UID, or its own for an occurrence that is a separate event.
    pub uid: Cow<'a, str>,
    /// When it happens; of a series, its first occurrence.
    pub when: When,
    /// Its place in the order.
    pub begins: DateTime<Utc>,
    /// How its time is written.
    pub form: Form,
    /// The planned start, for a changed occurrence of a series (RFC 5545 3.8.4.4).
    pub planned: Option<Box<Form>>,
    /// How it repeats, for a series.
    pub repeats: Option<Box<Repeats>>,
    /// What STATUS says: never [`Status::Postponed`].
    pub status: Status,
    /// The day number of an open event; `None` before its first day.
    pub day: Option<i64>,
    /// How to join, as far as the feed's readers may know it; `None` for a cancelled event, whatever STATUS says.
    pub online: Option<&'a Online>,
    /// What it belongs to.
    pub parent: Option<&'a Event>,
    /// UID of that in this feed.
    pub parent_uid: Option<Box<str>>,
    /// UID of the first strand of its series, in this feed, if this is another one.
    pub first_uid: Option<Box<str>>,
    /// The prefix of the title: in the language of the feed, else of the event, else of the calendar.
    prefix: Option<String>,
    /// Its history from the lock.
    pub revision: Revision,
    /// Lines that few events have.
    pub remarks: Option<Box<Remarks>>,
}

/// Sentences about time for DESCRIPTION.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Remarks {
    /// When it was to be at first.
    pub moved: Option<Box<str>>,
    /// Its own clock, where DTSTART does not show it.
    pub clock: Option<Box<str>>,
    /// The places of an action day, after the text.
    pub places: Option<Box<str>>,
}

impl<'a> FeedView<'a> {
    /// Decides `feed` of `calendar` as of `now`.
    pub fn new(calendar: &'a Calendar, feed: &'a Feed, now: DateTime<Utc>) -> Self {
        FeedView::of(calendar, feed, now, None, |_| true)
    }

    /// Decides what `takes` leaves of `feed`, with what a lock says of its events. Changed occurrences are asked about as
    /// they will be.
    pub fn of(
        calendar: &'a Calendar,
        feed: &'a Feed,
        now: DateTime<Utc>,
        history: Option<&'a History>,
        takes: impl Fn(&Event) -> bool,
    ) -> Self {
        let live = calendar.events.iter().filter(|event| feed.takes_part_of(event, &calendar.settings));
        // Each strand of a series is one of its own here.
        let live = live.flat_map(Event::strands);
        let tombstones =
            history.into_iter().flat_map(|history| history.tombstones(feed)).map(|tombstone| &tombstone.event);
        FeedView::among(calendar, feed, now, history, live, tombstones.filter(|event| takes(event)), &takes)
    }

    /// The view of the file for one event, which may be a tombstone. It has no SOURCE, because clients do not refresh it.
    pub fn of_event(
        calendar: &'a Calendar,
        feed: &'a Feed,
        now: DateTime<Utc>,
        history: Option<&'a History>,
        event: &'a Event,
    ) -> Self {
        let is_live = calendar.event(&event.id).is_some_and(|known| known.uid == event.uid);
        let (live, tombstone) = if is_live { (Some(event), None) } else { (None, Some(event)) };
        let mut view = FeedView::among(
            calendar,
            feed,
            now,
            history,
            live.into_iter().flat_map(Event::strands),
            tombstone.into_iter(),
            &|_| true,
        );
        // A feed of another kind may have this name.
        view.updated = view.events.iter().filter_map(|event| event.revision.updated).max();
        FeedView { source: None, ..view }
    }

    /// Decides a feed of just these events of the calendar, and of these deleted ones.
    fn among(
        calendar: &'a Calendar,
        feed: &'a Feed,
        now: DateTime<Utc>,
        history: Option<&'a History>,
        live: impl Iterator<Item = &'a Event>,
        tombstones: impl Iterator<Item = &'a Event>,
        takes: &dyn Fn(&Event) -> bool,
    ) -> Self {
        let settings = &calendar.settings;
        let (as_of, today) = as_of(calendar, now);
        let midnight = crate::event::when::midnight(today, settings.timezone.unwrap_or_else(Zone::utc));
        let wanted = feed.language.as_deref().unwrap_or(&settings.language);
        let language = Language::of(wanted);
        let kinds = settings.kinds.iter();
        let kinds = kinds.map(|(_, kind)| (kind.label_in(wanted), Color::parse(&kind.color))).collect();

        let mut drafts = Drafts::new(calendar, feed, as_of, today, takes);
        // What the feed does not have, it does not speak of either.
        let mut parts = Parts::new();
        for event in live {
            if !drafts.add(event) {
                continue;
            }
            if let Some(parent) = &event.part_of {
                let parts: &mut Vec<&Event> = parts.entry(parent).or_default();
                // Further strands of a series follow the first one.
                if parts.last().is_none_or(|last| last.id != event.id) {
                    parts.push(event);
                }
            }
        }
        tombstones.for_each(|event| drafts.add_deleted(event));
        let (drafts, timezones) = drafts.decided();
        let relations = Relations::of(&drafts);
        let related: Vec<_> = drafts
            .iter()
            .map(|draft| {
                let event = draft.event;
                let parent = event.part_of.as_deref().and_then(|id| calendar.event(id));
                let first = calendar.event(&event.id).filter(|first| {
                    first.uid != event.uid && first.further().iter().any(|strand| strand.event.uid == event.uid)
                });
                (
                    parent.and_then(|parent| relations.parent(draft, parent)),
                    first.and_then(|first| relations.first(first)),
                )
            })
            .collect();
        let mut events: Vec<FeedEvent<'a>> = drafts
            .into_iter()
            .zip(related)
            .map(|(Draft { event, uid, when, form, planned, repeats }, (parent_uid, first_uid))| FeedEvent {
                remarks: Remarks::of(
                    event,
                    &when,
                    form,
                    language,
                    parts.get(&*event.id).and_then(|parts| {
                        let title = |part: &'a Event| part.title_in(wanted, &settings.language).text;
                        parts::places(event, (&when, repeats.is_some()), parts, language, title)
                    }),
                )
                .map(Box::new),
                event,
                uid,
                when,
                begins: form::begins(&when, &form),
                form,
                planned: planned.map(Box::new),
                repeats,
                status: shown_status(event.status, feed.cancelled),
                day: event.day_number(as_of, settings.timezone.unwrap_or_else(Zone::utc)),
                online: event.online_for(feed.audience).filter(|_| event.status != Status::Cancelled),
                parent: event.part_of.as_deref().and_then(|id| calendar.event(id)),
                parent_uid,
                first_uid,
                prefix: prefix(event, feed, &settings.language),
                revision: history.map_or(Revision::default(), |history| {
                    let revision = history.revision(event, calendar);
                    // An open event is another one each day: its last day, and the number in its title.
                    let day = Some(midnight).filter(|_| event.is_open() && event.when.first_day() < today);
                    Revision { updated: revision.updated.max(day), ..revision }
                }),
            })
            .collect();
        events.sort_unstable_by(|a, b| {
            // An override of the first occurrence follows its series.
            a.begins.cmp(&b.begins).then_with(|| a.uid.cmp(&b.uid)).then(a.planned.is_some().cmp(&b.planned.is_some()))
        });

        // Some readers shift a rule in UTC to this zone, so that it is an hour off after a clock change.
        let has_rule_in_utc =
            events.iter().any(|event| event.repeats.is_some() && matches!(event.form, Form::Utc { .. }));
        let only_kind = match &*feed.filter.kinds {
            [name] => settings.kinds.find(name),
            _ => None,
        };
        FeedView {
            title: feed.title.as_deref().unwrap_or(&settings.title),
            description: feed.description.as_deref().or(settings.description.as_deref()),
            url: settings.url.as_deref(),
            // A members' feed does not reveal its address.
            source: settings
                .url
                .as_ref()
                .filter(|_| feed.audience == Audience::Public)
                .map(|url| format!("{url}feeds/{}.ics", feed.name)),
            timezone: settings.timezone.filter(|zone| form::is_universal(*zone) || !has_rule_in_utc).map(Zone::name),
            refresh: settings.refresh,
            color: only_kind.and_then(|id| Color::parse(&settings.kinds.get(id).color)),
            organizers: settings.organizer_in_feeds,
            as_of,
            // Also what left the feed changed it.
            updated: (events.iter().filter_map(|event| event.revision.updated))
                .chain(history.and_then(|history| history.updated(feed)))
                .max()
                // According to the lock, a feed that was always empty has never changed.
                .or_else(|| history.is_none().then_some(as_of)),
            timezones,
            events,
            language,
            texts: (wanted, &settings.language),
            kinds,
        }
    }

    /// What a kind of this calendar is called in the feed's language.
    pub fn label(&self, kind: KindId) -> &'a str {
        self.kinds[usize::from(kind.0)].0
    }

    /// The title of an event, in the nearest language that it has.
    pub fn title<'e>(&self, event: &'e Event) -> Said<'e> {
        event.title_in(self.texts.0, self.texts.1)
    }

    /// The reason of a change, in the language of the feed where there is one.
    pub fn reason<'e>(&self, event: &'e Event) -> Option<Said<'e>> {
        event.reason_in(self.texts.0, self.texts.1)
    }

    /// The description of an event, in the nearest language that it has.
    pub fn description<'e>(&self, event: &'e Event) -> Option<Said<'e>> {
        event.description_in(self.texts.0, self.texts.1)
    }

    /// The colour of a kind of this calendar.
    pub fn kind_color(&self, kind: KindId) -> Option<Color> {
        self.kinds[usize::from(kind.0)].1
    }
}

impl FeedEvent<'_> {
    /// The prefix of the title.
    pub fn prefix(&self) -> Option<&str> {
        self.prefix.as_deref()
    }

    /// Appends one line that says where; for an event without a place, the address where one joins or registers.
    pub fn push_place(&self, language: Language, out: &mut String) {
        let begin = out.len();
        if let Some(location) = &self.event.location {
            words::push_location(location, language, out);
        }
        if out.len() == begin
            && let Some(online) = self.online
        {
            let address = online.url.as_deref().or(online.registration.as_deref()).or(online.platform.as_deref());
            let nothing = if online.is_for_members() { language.word(Word::ForMembers) } else { "" };
            out.push_str(address.unwrap_or(nothing));
        }
    }
}

impl Remarks {
    fn of(event: &Event, when: &When, form: Form, language: Language, places: Option<String>) -> Option<Self> {
        let remarks = Remarks {
            moved: event.moved_from.as_ref().map(|earlier| words::moved_from(earlier, language).into()),
            clock: form.clock(when, language).map(Into::into),
            places: places.map(Into::into),
        };
        (remarks != Remarks::default()).then_some(remarks)
    }
}

/// The as-of time in whole seconds, and its day by the calendar's clock.
fn as_of(calendar: &Calendar, now: DateTime<Utc>) -> (DateTime<Utc>, NaiveDate) {
    let as_of = now.trunc_subsecs(0);
    (as_of, calendar.settings.timezone.map_or(as_of.date_naive(), |zone| as_of.with_timezone(&zone).date_naive()))
}

/// In the feed's language if it has one, else the title's, else the calendar's.
fn prefix(event: &Event, feed: &Feed, calendar: &str) -> Option<String> {
    if matches!(event.status, Status::Confirmed | Status::Tentative) {
        return None;
    }
    let own = || event.title_in(calendar, calendar).language;
    words::prefix(event.status, Language::of(feed.language.as_deref().or_else(own).unwrap_or(calendar)))
}

fn shown_status(status: Status, cancelled: Cancelled) -> Status {
    match status {
        Status::Cancelled if cancelled == Cancelled::Announce => Status::Confirmed,
        Status::Postponed => Status::Tentative,
        Status::Tentative | Status::Confirmed | Status::Cancelled => status,
    }
}

#[cfg(test)]
mod tests;
