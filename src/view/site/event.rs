//! The view of an event's page, as of the day of the site.
//!
//! A tombstone has a page too, because links to it were shared.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use super::Site;
use crate::calendar::Feed;
use crate::event::{Audience, Country, Ends, Event, Kind, Online, Status, When};
use crate::lock::Revision;
use crate::schedule::{self, Occurrence};
use crate::view::feed::FeedView;
use crate::view::form::Form;
use crate::view::listing::{self, Times};
use crate::view::milestone::{self, Milestone};
use crate::view::parts;
use crate::zone::Zone;

/// Occurrences of a series that are listed.
const NEXT: usize = 10;

/// What the page of an event shows.
#[derive(Debug)]
pub struct EventPage<'c> {
    /// The event; cancelled where it was deleted.
    pub event: &'c Event,
    /// Its kind.
    pub kind: &'c Kind,
    /// Whether its record was deleted.
    pub is_deleted: bool,
    /// Its history from the lock.
    pub revision: Revision,
    /// Whether it ended before the as-of day.
    pub is_over: bool,
    /// Its last day by the clock of the calendar, of a series that of its last occurrence; `None` if it has no end.
    pub last: Option<NaiveDate>,
    /// The occurrence that is on or comes next, else the last one.
    pub current: Occurrence<'c>,
    /// When it happens, a series when it does next: by its own clock, and by the calendar's.
    pub times: Times,
    /// The clock of the calendar.
    pub zone: Zone,
    /// The day that an open event is at.
    pub day: Option<i64>,
    /// Numbers of its days that people count.
    pub milestones: Vec<Milestone>,
    /// The next occurrences of a repeat.
    pub next: Vec<Next<'c>>,
    /// Planned starts of a repeat, by its own clock, that are to come and do not happen.
    pub excepted: Vec<NaiveDateTime>,
    /// How anyone may join; `None` for cancelled and past events.
    pub online: Option<&'c Online>,
    /// What it belongs to.
    pub parent: Option<&'c Event>,
    /// What belongs to it, by country.
    pub countries: Vec<(Option<Country>, Vec<&'c Event>)>,
    /// Countries of the calendar without a part of it.
    pub without: Vec<Country>,
    /// The data for "add to calendar" links.
    pub entry: Option<Entry<'c>>,
}

/// An occurrence of a series.
#[derive(Debug)]
pub struct Next<'c> {
    /// The event, changed where it is.
    pub event: &'c Event,
    /// When it happens.
    pub when: When,
    /// The same by the clocks of the page.
    pub times: Times,
    /// The start that it was planned for by the clock of the series, where it is another.
    pub replaces: Option<NaiveDateTime>,
}

/// An entry for a calendar that takes one by its address.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry<'c> {
    /// The event; of a series, the occurrence that is on or comes next, changed where it is.
    pub event: &'c Event,
    /// When that is.
    pub time: Time,
    /// The whole series: its first occurrence and the value of RRULE. Only if calendars read it correctly and it has no
    /// exceptions, which such a link cannot express.
    pub series: Option<(Time, String)>,
}

/// When an [`Entry`] is; its end is exclusive.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Time {
    /// Whole days.
    Days(NaiveDate, NaiveDate),
    /// Instants.
    Utc(DateTime<Utc>, DateTime<Utc>),
    /// By the clock of a zone, or of the reader.
    Local(NaiveDateTime, NaiveDateTime, Option<Zone>),
}

impl<'c> Site<'c> {
    /// Decides the page of an event of the calendar, or of a deleted one.
    pub fn event_page(&self, event: &'c Event) -> EventPage<'c> {
        let (zone, day_start) = (self.zone, self.day_start());
        let is_deleted = self.calendar.event(&event.id).is_none_or(|known| known.uid != event.uid);
        let today = event.when.today(day_start, zone);
        let is_over = schedule::last(event).is_some_and(|last| schedule::is_over(&last, day_start, zone));
        let next = match &event.repeat {
            Some(_) if event.status.takes_place() => schedule::next_of(event, zone, day_start, NEXT),
            _ => Vec::new(),
        };
        let parts = if is_deleted { &[] } else { self.parts_of(event) };
        let current = schedule::current(event, zone, day_start);
        // A series says when it is next.
        let shown = if event.repeat.is_some() { current.when } else { schedule::so_far(event, day_start, zone) };
        EventPage {
            event,
            kind: self.calendar.kind(event),
            is_deleted,
            revision: self.revision(event),
            is_over,
            last: schedule::last(event)
                .filter(|_| !event.is_open())
                .map(|last| listing::last_day(&listing::times(&last, &[zone]))),
            current,
            times: listing::times(&shown, &[zone]),
            zone,
            day: event.day_number(self.now, zone),
            milestones: milestone::around(event, today),
            excepted: match &event.repeat {
                Some(_) if event.status.takes_place() => {
                    let all = event.strands().filter_map(|strand| strand.repeat.as_deref());
                    let mut except: Vec<NaiveDateTime> =
                        all.flat_map(|repeat| &repeat.except).copied().filter(|at| at.date() >= today).collect();
                    except.sort_unstable();
                    except
                }
                _ => Vec::new(),
            },
            next: next
                .iter()
                .map(|next| Next {
                    event: next.event,
                    when: next.when,
                    times: listing::times(&next.when, &[zone]),
                    replaces: next.planned.map(|planned| planned.wall()).filter(|planned| *planned != next.when.wall()),
                })
                .collect(),
            online: event.online_for(Audience::Public).filter(|_| event.status != Status::Cancelled && !is_over),
            parent: event.part_of.as_deref().and_then(|id| self.calendar.event(id)),
            countries: parts::countries(parts),
            without: if parts.is_empty() { Vec::new() } else { parts::without(self.calendar, parts) },
            entry: self.entry(event, &current),
        }
    }

    /// The feeds with the event, roughly the smallest first.
    pub fn feeds_of(&self, event: &Event) -> Vec<&Feed> {
        let settings = &self.calendar.settings;
        let mut feeds = self.offered_feeds();
        feeds.retain(|feed| feed.takes_part_of(event, settings));
        feeds.sort_by_key(|feed| {
            (feed.filter == crate::calendar::Filter::default(), feed.filter.within.is_none(), &*feed.name)
        });
        feeds
    }

    /// There is no link for an event that is cancelled or open.
    fn entry(&self, event: &'c Event, current: &Occurrence<'c>) -> Option<Entry<'c>> {
        let is_over = schedule::is_over(&current.when, self.day_start(), self.zone);
        let takes_place = event.status.takes_place() && current.event.status.takes_place();
        if is_over || !takes_place || event.ends == Ends::Open || current.event.ends == Ends::Open {
            return None;
        }
        let time = match current.when {
            When::AllDay(days) => Time::Days(days.first, days.end),
            When::Zoned { start, end, .. } | When::Fixed { start, end, .. } => Time::Utc(start, end),
            When::Floating { start, end } => Time::Local(start, end, None),
        };
        Some(Entry { event: current.event, time, series: self.series(event) })
    }

    /// A series that its rule says whole.
    fn series(&self, event: &Event) -> Option<(Time, String)> {
        let repeat = event.repeat.as_deref()?;
        let is_plain = repeat.except.is_empty() && repeat.changes.is_empty() && repeat.also.is_empty();
        if !is_plain || !repeat.strands.is_empty() {
            return None;
        }
        let feed = Feed::of(&event.id, None, crate::calendar::Filter::default());
        let view = FeedView::of_event(self.calendar, &feed, self.now, None, event);
        // Occurrences that clients misread are separate events there.
        let [one] = &*view.events else { return None };
        let repeats = one.repeats.as_ref().filter(|repeats| repeats.except.is_empty())?;
        let time = match one.form {
            Form::Days(days) => Time::Days(days.first, days.end),
            Form::Local { zone, start, end } => Time::Local(start, end, Some(zone)),
            Form::Utc { start, end } => Time::Utc(start, end),
        };
        Some((time, repeats.rule.clone()))
    }

    /// The instants of start and end; `None` for dates and floating times.
    pub fn instants(when: &When) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        match when {
            When::Zoned { start, end, .. } | When::Fixed { start, end, .. } => Some((*start, *end)),
            When::AllDay(_) | When::Floating { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Repeat;
    use crate::lock::{History, Lock};
    use crate::recurrence::Rule;
    use crate::view::sample::{calendar, event, instant, zoned};
    use crate::zone::Tzdb;

    /// What other calendars are told on 20 November of a series that began on the 11th.
    fn entry(event: Event) -> Option<(Time, Option<String>)> {
        let mut calendar = calendar(vec![event]);
        calendar.as_of = instant("2026-11-20T12:00:00Z");
        let tzdb = Tzdb::bundled();
        let (lock, _) = Lock::default().updated_with(&calendar, calendar.as_of, &tzdb);
        let history = History::new(&lock, &calendar, calendar.as_of, &tzdb, |_| true);
        let site = Site::new(&calendar, &lock, &history, &tzdb, calendar.as_of);
        let entry = site.event_page(&calendar.events[0]).entry?;
        Some((entry.time, entry.series.map(|(_, rule)| rule)))
    }

    fn series(rule: &str, except: &[&str]) -> Event {
        let except = except.iter().map(|at| at.parse().expect("a time")).collect();
        let rule = Some(Rule::parse(rule).expect("a rule"));
        let repeat = Repeat { rule, except, ..Repeat::default() };
        let when = zoned("Europe/Madrid", "2026-11-11T18:00:00Z");
        Event { repeat: Some(Box::new(repeat)), ..event("a", when) }
    }

    #[test]
    fn a_kind_is_offered_once() {
        let names = |feeds: Vec<Feed>| {
            let mut calendar = calendar(vec![event("a", zoned("Europe/Madrid", "2026-12-11T18:00:00Z"))]);
            calendar.settings.feeds = feeds;
            let tzdb = Tzdb::bundled();
            let (lock, _) = Lock::default().updated_with(&calendar, calendar.as_of, &tzdb);
            let history = History::new(&lock, &calendar, calendar.as_of, &tzdb, |_| true);
            let site = Site::new(&calendar, &lock, &history, &tzdb, calendar.as_of);
            let names = site.offered_feeds().iter().map(|feed| feed.name.to_string()).collect::<Vec<_>>();
            (names.join(" "), site.feeds.len())
        };
        let of_kind = |name: &str, kinds: &[&str]| {
            let kinds = kinds.iter().map(ToString::to_string).collect();
            Feed::of(name, None, crate::calendar::Filter { kinds, ..crate::calendar::Filter::default() })
        };
        let (alone, _) = names(Vec::new());
        let kind = alone.split(' ').find(|name| *name != "all").expect("the feed of a kind").to_owned();
        assert_eq!(names(vec![of_kind("mine", &[&kind])]), ("all mine".to_owned(), 3));
        assert_eq!(names(vec![of_kind("mine", &[&kind, "vigil"])]).0.split(' ').count(), 3);
        let spanish = Feed { language: Some("es".into()), ..of_kind("mine", &[&kind]) };
        assert_eq!(names(vec![spanish]).0.split(' ').count(), 3);
    }

    #[test]
    fn a_series_is_told_whole_only_where_its_rule_says_all() {
        let on =
            |day: &str| Time::Utc(instant(&format!("2026-{day}T18:00:00Z")), instant(&format!("2026-{day}T20:00:00Z")));
        let rule = "FREQ=WEEKLY;COUNT=4".to_owned();
        assert_eq!(entry(series(&rule, &[])), Some((on("11-25"), Some(rule.clone()))));
        assert_eq!(entry(series(&rule, &["2026-11-25T19:00:00"])), Some((on("12-02"), None)));
        assert_eq!(entry(series("FREQ=WEEKLY;COUNT=1", &[])), None, "nothing is to come");
        let open = Event { ends: Ends::Open, ..event("a", zoned("Europe/Madrid", "2026-11-11T18:00:00Z")) };
        assert_eq!(entry(open), None);
    }
}
