//! Digests of an event: of all that subscribers see, and of what must make their clients look again (RFC 5545 3.8.7.4).
//!
//! They are SHA-256 over tagged fields, cut to 128 bits. A field that an event does not have leaves no trace, so a field
//! that a later version adds changes no digest of events without it. Nothing that is withheld or never published goes in:
//! the lock is public, and a short passcode could be found by trying all of them. Neither does anything that moves by
//! itself: the as-of day, the version of this program, the bytes of a feed.

use std::collections::HashMap;
use std::fmt::{self, Write as _};
use std::hash::{Hash, Hasher};

use chrono::{DateTime, Datelike, NaiveDateTime, Utc};
use sha2::{Digest as _, Sha256};

use super::relatives::Relatives;
use crate::event::{
    Change, Country, Ends, Event, Image, Kinds, Length, Location, Online, Organizer, Position, Repeat, Share, Status,
    Translation, When,
};
use crate::recurrence::Rule;
use crate::schedule;
use crate::zone::Zone;

/// 128 bits of a SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 16]);

impl Digest {
    /// That of byte strings, each with its length.
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        Digest::cut(hash)
    }

    fn cut(hash: Sha256) -> Self {
        let mut short = [0; 16];
        short.copy_from_slice(&hash.finalize()[..16]);
        Digest(short)
    }

    /// Its 16 bytes.
    pub fn bytes(self) -> [u8; 16] {
        self.0
    }

    /// The one of 16 bytes that were kept.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Digest(bytes)
    }

    /// Reads 32 hexadecimal digits.
    pub(super) fn read(text: &str) -> Option<Self> {
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => Some(byte - b'0'),
            b'a'..=b'f' => Some(byte - b'a' + 10),
            _ => None,
        };
        let bytes: &[u8; 32] = text.as_bytes().try_into().ok()?;
        let mut digest = [0; 16];
        for (byte, pair) in digest.iter_mut().zip(bytes.chunks_exact(2)) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Some(Digest(digest))
    }
}

/// A digest in the making: takes text as it comes, such as what `Debug` prints of a value, without holding it.
#[derive(Clone, Default)]
pub struct Digesting(Sha256);

impl Digesting {
    /// Takes one more part, with its length, so that no two lists of parts are the same.
    pub fn part(&mut self, part: &[u8]) {
        self.0.update((part.len() as u64).to_le_bytes());
        self.0.update(part);
    }

    /// Takes what `Debug` prints of a value. The digest holds for this very program only.
    pub fn debug(&mut self, value: &impl fmt::Debug) {
        // Hashing takes everything.
        let _ = write!(self, "{value:?}");
        self.0.update([0xff]);
    }

    /// Takes what `Hash` makes of a value. The digest holds for this very program only.
    pub fn hash(&mut self, value: &impl Hash) {
        value.hash(self);
        self.0.update([0xff]);
    }

    /// The digest of all that it took.
    pub fn done(self) -> Digest {
        Digest::cut(self.0)
    }
}

impl fmt::Write for Digesting {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.update(text);
        Ok(())
    }
}

impl Hasher for Digesting {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Nobody asks for so short a one.
    fn finish(&self) -> u64 {
        let Digest(bytes) = self.clone().done();
        bytes.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Makes the digests of many events, with memory that is used again.
#[derive(Default)]
pub(super) struct Digester<'c> {
    relatives: Option<&'c Relatives<'c>>,
    schedule: Fields,
    rest: Fields,
    /// What raises SEQUENCE, for a series with changed occurrences.
    changed: Fields,
    /// Bytes of `schedule` that the rules of the zone take.
    zone_bytes: usize,
    rules: HashMap<(Zone, i32, i32), ZoneRules>,
}

/// The rules of a zone from one year to another.
struct ZoneRules {
    digest: Digest,
    /// The times of day that the clocks skip or show twice, in seconds since midnight, each with its length.
    jumps: Vec<(i64, i64)>,
}

/// Seconds of a day.
const DAY: i64 = 86_400;

/// The digests of an event.
#[derive(Clone, Copy, Debug)]
pub(super) struct Digests {
    /// Of what subscribers see.
    pub(super) seen: Digest,
    /// Of what raises SEQUENCE.
    pub(super) schedule: Digest,
    /// The same as earlier versions made it for a series with changed occurrences.
    earlier: Option<Digest>,
}

impl Digests {
    /// Whether SEQUENCE rises where the lock has `old` of what raises it.
    pub(super) fn raise(&self, old: Digest) -> bool {
        self.schedule != old && self.earlier != Some(old)
    }
}

/// An event with what [`scheduled`] reads, and nothing that is dear to copy.
fn unscheduled(event: &Event) -> Event {
    Event { repeat: None, description: None, translations: None, ..event.clone() }
}

/// The last year of which the rules of a zone count for a series without an end.
const LAST_YEAR: i32 = 2069;

impl<'c> Digester<'c> {
    /// One for events of a calendar.
    pub(super) fn among(relatives: &'c Relatives<'c>) -> Self {
        Digester { relatives: Some(relatives), ..Digester::default() }
    }

    /// What subscribers see, and what raises SEQUENCE.
    pub(super) fn both(&mut self, event: &Event, kinds: &Kinds) -> Digests {
        let seen = self.seen(event, kinds);
        let whole = Digest::of(&[b"redletter schedule 1", &self.schedule.0]);
        let Some(repeat) = event.repeat.as_deref().filter(|repeat| !repeat.changes.is_empty()) else {
            return Digests { seen, schedule: whole, earlier: None };
        };
        self.changed.0.clear();
        self.changed.0.extend_from_slice(&self.schedule.0[..self.zone_bytes]);
        scheduled(event, &mut self.changed);
        dates(repeat, &mut self.changed);
        for Change { planned, event: changed } in &repeat.changes {
            let as_planned = repeat.when(event, *planned).map(|when| Event { when, ..unscheduled(event) });
            let mut before = Fields::default();
            scheduled(as_planned.as_ref().unwrap_or(event), &mut before);
            let mut after = Fields::default();
            scheduled(changed, &mut after);
            // An occurrence with another title or text is at the same time and place.
            if before.0 != after.0 {
                self.changed.numbers("change", [wall(*planned)]);
                self.changed.0.extend_from_slice(&after.0);
            }
        }
        let schedule = Digest::of(&[b"redletter schedule 1", &self.changed.0]);
        Digests { seen, schedule, earlier: Some(whole) }
    }

    /// What subscribers see. Where it stays, so does what raises SEQUENCE.
    pub(super) fn seen(&mut self, event: &Event, kinds: &Kinds) -> Digest {
        self.schedule.0.clear();
        self.rest.0.clear();
        if let Some(rules) = self.zone_rules(event) {
            let (digest, is_stretched) = (rules.digest, rules.stretch(event));
            self.schedule.bytes("rules", &digest.0);
            if is_stretched {
                let Length { clock, exact } = event.length;
                self.schedule.numbers("length", [clock.num_seconds(), exact.num_seconds()]);
            }
        }
        self.zone_bytes = self.schedule.0.len();
        fields(event, kinds, &mut self.schedule, &mut self.rest);
        if let Some(relatives) = self.relatives {
            related(event, relatives, &mut self.rest);
        }
        Digest::of(&[b"redletter seen 1", &self.schedule.0, &self.rest.0])
    }

    /// The rules of a series' zone, from the year in which it begins to that in which it ends: newer ones may move its
    /// later occurrences and leave the first. None for what does not repeat in a zone.
    pub(super) fn rules(&mut self, event: &Event) -> Option<Digest> {
        self.zone_rules(event).map(|rules| rules.digest)
    }

    fn zone_rules(&mut self, event: &Event) -> Option<&ZoneRules> {
        let (When::Zoned { zone, start, .. }, Some(_)) = (event.when, &event.repeat) else { return None };
        let last = schedule::last_of_strand(event).map_or(LAST_YEAR, |last| last.last_day().year().min(LAST_YEAR));
        let (first, last) = (start.year(), last.max(start.year()));
        Some(self.rules.entry((zone, first, last)).or_insert_with(|| rules_between(zone, first, last)))
    }
}

impl ZoneRules {
    /// Whether a clock change may lie between start and end of an occurrence that ends by the clock, so that it is not as
    /// long as the first one.
    fn stretch(&self, event: &Event) -> bool {
        let Length { clock, .. } = event.length;
        if clock.is_zero() || self.jumps.is_empty() {
            return false;
        }
        let has_hours = |repeat: &Repeat| repeat.rule.as_ref().is_some_and(Rule::sets_times);
        if clock.num_seconds() >= DAY || event.repeat.as_deref().is_some_and(has_hours) {
            return true;
        }
        let start = wall(event.when.wall()).rem_euclid(DAY);
        let meets = |&(jump, length): &(i64, i64)| {
            (jump - start).rem_euclid(DAY) < clock.num_seconds() || (start - jump).rem_euclid(DAY) < length
        };
        self.jumps.iter().any(meets)
    }
}

/// Offsets and their changes from the beginning of one year to the end of another.
fn rules_between(zone: Zone, first: i32, last: i32) -> ZoneRules {
    let year = |year: i32| DateTime::<Utc>::UNIX_EPOCH.with_month(1).and_then(|at| at.with_year(year));
    let from = year(first).unwrap_or(DateTime::UNIX_EPOCH);
    let to = year(last + 1).unwrap_or(from);
    let mut bytes = zone.offset_at(from).seconds().to_le_bytes().to_vec();
    let mut jumps = Vec::new();
    let mut at = from;
    while let Some(change) = zone.next_transition(at).filter(|change| change.at < to) {
        if change.before.offset != change.after.offset {
            bytes.extend(change.at.timestamp().to_le_bytes());
            bytes.extend(change.after.offset.local_minus_utc().to_le_bytes());
            let [before, after] =
                [change.before, change.after].map(|regime| i64::from(regime.offset.local_minus_utc()));
            let jump = (change.at.timestamp() + before.min(after)).rem_euclid(DAY);
            jumps.push((jump, (before - after).abs()));
        }
        at = change.at;
    }
    jumps.sort_unstable();
    jumps.dedup();
    ZoneRules { digest: Digest::of(&[b"redletter rules 1", &bytes]), jumps }
}

/// Fields, each with its name and its length, so that no two events have the same bytes.
#[derive(Default)]
struct Fields(Vec<u8>);

impl Fields {
    fn bytes(&mut self, name: &str, value: &[u8]) {
        self.0.push(name.len() as u8); // names are short words of this file
        self.0.extend_from_slice(name.as_bytes());
        self.0.extend_from_slice(&(value.len() as u64).to_le_bytes());
        self.0.extend_from_slice(value);
    }

    fn text(&mut self, name: &str, value: &str) {
        self.bytes(name, value.as_bytes());
    }

    fn optional(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(name, value);
        }
    }

    fn numbers<const N: usize>(&mut self, name: &str, values: [i64; N]) {
        let mut bytes = [[0; 8]; N];
        for (slot, value) in bytes.iter_mut().zip(values) {
            *slot = value.to_le_bytes();
        }
        self.bytes(name, bytes.as_flattened());
    }

    fn when(&mut self, name: &str, when: &When) {
        match when {
            When::AllDay(days) => {
                let [first, end] = [days.first, days.end].map(|day| i64::from(day.num_days_from_ce()));
                self.numbers(name, [0, first, end]);
            }
            When::Zoned { zone, start, end } => {
                self.numbers(name, [1, start.timestamp(), end.timestamp()]);
                self.text("zone", zone.name());
            }
            When::Fixed { offset, start, end } => {
                let offset = i64::from(offset.local_minus_utc());
                self.numbers(name, [2, start.timestamp(), end.timestamp(), offset]);
            }
            When::Floating { start, end } => self.numbers(name, [3, wall(*start), wall(*end)]),
        }
    }
}

fn wall(time: NaiveDateTime) -> i64 {
    time.and_utc().timestamp()
}

/// Puts the fields of an event where they belong. Without `..`: a field that is forgotten here does not compile.
fn fields(event: &Event, kinds: &Kinds, schedule: &mut Fields, rest: &mut Fields) {
    let Event {
        id: _,  // not seen; links to the event's page are in `url`
        uid: _, // it names the digest
        title,
        kind,
        when: _,   // with `ends` and `status` in `scheduled`
        length: _, // of a series, beside the rules of its zone
        repeat,
        ends: _,
        status: _,
        moved_from,
        reason,
        description,
        url,
        location,
        online,
        organizers,
        contact,
        tags,
        language,
        translations,
        image,
        sources: _, // never in feeds
        part_of,
        review_by: _, // past it, `status` says so
        note: _,      // never published
    } = event;
    scheduled(event, schedule);

    rest.text("title", title);
    rest.text("kind", &kinds.get(*kind).name);
    if let Some(earlier) = moved_from {
        rest.when("moved-from", earlier);
    }
    rest.optional("reason", reason.as_deref());
    rest.optional("description", description.as_deref());
    rest.optional("url", url.as_deref());
    if let Some(location) = location.as_deref() {
        for one in &location.accessibility {
            rest.text("accessibility", one.name());
        }
        rest.optional("notes", location.notes.as_deref());
    }
    if let Some(online) = online.as_deref() {
        joining(online, rest);
    }
    for Organizer { name, url, email } in organizers {
        rest.text("organizer", name);
        rest.optional("organizer-url", url.as_deref());
        rest.optional("organizer-email", email.as_deref());
    }
    rest.optional("contact", contact.as_deref());
    for tag in tags {
        rest.text("tag", tag);
    }
    rest.optional("language", language.as_deref());
    for Translation { language, title, reason, description } in translations.iter().flat_map(|all| all.iter()) {
        rest.text("translation", language);
        rest.optional("translated-title", title.as_deref());
        rest.optional("translated-reason", reason.as_deref());
        rest.optional("translated-description", description.as_deref());
    }
    if let Some(Image { url, alt }) = image.as_deref() {
        rest.text("image", url);
        rest.optional("alt", alt.as_deref());
    }
    rest.optional("part-of", part_of.as_deref());

    if let Some(repeat) = repeat.as_deref() {
        // The others in `dates`; further strands have digests of their own, and the suffix is a part of the UID.
        let Repeat { rule: _, except: _, also: _, changes, pinned: _, suffix: _, strands: _ } = repeat;
        dates(repeat, schedule);
        for Change { planned, event } in changes {
            schedule.numbers("change", [wall(*planned)]);
            rest.numbers("change", [wall(*planned)]);
            fields(event, kinds, schedule, rest);
        }
    }
}

/// Time, status and place of an event.
fn scheduled(event: &Event, schedule: &mut Fields) {
    time(&event.when, event.ends, schedule);
    match event.status {
        Status::Confirmed => {}
        other => schedule.text("status", other.name()),
    }
    place(event.location.as_deref(), event.online.as_deref(), schedule);
}

/// When a series happens, but for its changed occurrences.
fn dates(repeat: &Repeat, schedule: &mut Fields) {
    schedule.optional("rule", repeat.rule.as_ref().map(ToString::to_string).as_deref());
    for planned in &repeat.except {
        schedule.numbers("except", [wall(*planned)]);
    }
    for also in &repeat.also {
        schedule.when("also", also);
    }
}

fn time(when: &When, ends: Ends, fields: &mut Fields) {
    if ends == Ends::Open {
        // Its end goes with the days; that it is open does not.
        fields.when("begun", &when.to_end_of(when.first_day()));
    } else {
        fields.when("when", when);
    }
}

/// What DESCRIPTION says of other events: of an action day its places and their hours, of a part the day.
fn related(event: &Event, relatives: &Relatives<'_>, rest: &mut Fields) {
    if let Some(whole) = relatives.whole(event) {
        rest.bytes("whole", &[]);
        titles(whole, rest);
        rest.optional("url", whole.url.as_deref());
    }
    for part in relatives.parts(event) {
        rest.text("part", part.status.name());
        titles(part, rest);
        time(&part.when, part.ends, rest);
        place(part.location.as_deref(), None, rest);
    }
}

fn titles(event: &Event, rest: &mut Fields) {
    rest.text("title", &event.title);
    for Translation { language, title, reason: _, description: _ } in
        event.translations.iter().flat_map(|all| all.iter())
    {
        rest.text("translation", language);
        rest.optional("translated-title", title.as_deref());
    }
}

/// What LOCATION and GEO say: of an event without a place, where one joins or registers.
fn place(location: Option<&Location>, online: Option<&Online>, schedule: &mut Fields) {
    if let Some(Location { name, address, city, region, country, position, accessibility: _, notes: _ }) = location {
        let country = country.as_ref().map(Country::code);
        let parts = [("name", name), ("address", address), ("city", city), ("region", region)];
        for (word, part) in parts {
            schedule.optional(word, part.as_deref());
        }
        schedule.optional("country", country);
        if let Some(Position { lat, lon }) = position {
            // As feeds round it, to 10 cm.
            schedule.numbers("position", [lat, lon].map(|degrees| (degrees * 1e6).round() as i64));
        }
    } else if let Some(online) = online {
        let Online { url, platform, meeting_id: _, passcode: _, phone: _, registration, withheld: _ } = online;
        let address = url.as_deref().or(registration.as_deref()).or(platform.as_deref());
        schedule.optional("joined-at", address);
    }
}

/// The places of the occurrences of a series: its own, and those of changed occurrences that are elsewhere.
pub(super) fn places(event: &Event) -> Digest {
    let of = |event: &Event| {
        let mut fields = Fields::default();
        place(event.location.as_deref(), event.online.as_deref(), &mut fields);
        fields
    };
    let mut all = of(event);
    let own = all.0.clone();
    for change in event.repeat.iter().flat_map(|repeat| &repeat.changes) {
        let place = of(&change.event);
        if place.0 != own {
            all.numbers("change", [wall(change.planned)]);
            all.bytes("place", &place.0);
        }
    }
    Digest::of(&[b"redletter places 1", &all.0])
}

/// How one joins from afar, as far as everybody may know. Of what is withheld, it counts that it is.
fn joining(online: &Online, rest: &mut Fields) {
    let Online { url, platform, meeting_id, passcode, phone, registration, withheld: _ } = online;
    match online.share() {
        Share::Public => {}
        other => rest.text("share", other.name()),
    }
    let parts = [
        ("join", url),
        ("platform", platform),
        ("meeting-id", meeting_id),
        ("passcode", passcode),
        ("phone", phone),
        ("registration", registration),
    ];
    for (word, part) in parts {
        rest.optional(word, part.as_deref());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recurrence::Rule;
    use crate::view::sample::{event, instant, zoned};

    fn weekly(change: Option<&dyn Fn(&mut Event)>) -> Event {
        let when = zoned("Europe/Madrid", "2026-12-01T18:00:00Z");
        let planned = when.wall() + chrono::TimeDelta::days(7);
        let base = event("w", when);
        let changes = change.map(|change| {
            let mut event = Event { when: zoned("Europe/Madrid", "2026-12-08T18:00:00Z"), ..base.clone() };
            change(&mut event);
            Change { planned, event }
        });
        let repeat = Repeat {
            rule: Rule::parse("FREQ=WEEKLY").ok(),
            changes: changes.into_iter().collect(),
            ..Repeat::default()
        };
        Event { repeat: Some(Box::new(repeat)), ..base }
    }

    #[test]
    fn time_place_and_status_raise_sequence_and_nothing_else_does() {
        let kinds = Kinds::default();
        let digests = |event: &Event| Digester::default().both(event, &kinds);
        let place = |city: &str| Some(Box::new(Location { city: Some(city.into()), ..Location::default() }));
        let online = |url: &str| Some(Box::new(Online { url: Some(url.into()), ..Online::default() }));
        #[expect(clippy::type_complexity, reason = "a table of this test only")]
        let edits: [(&str, bool, &dyn Fn(&mut Event)); 13] = [
            ("start", true, &|event| event.when = zoned("Europe/Madrid", "2026-12-09T18:00:00Z")),
            ("end", true, &|event| {
                if let When::Zoned { end, .. } = &mut event.when {
                    *end = instant("2026-12-09T23:00:00Z");
                }
            }),
            ("status", true, &|event| event.status = Status::Cancelled),
            ("location", true, &|event| event.location = place("Lima")),
            ("address to join at", true, &|event| event.online = online("https://meet.example/x")),
            ("title", false, &|event| event.title = "Assembly".into()),
            ("description", false, &|event| event.description = Some("More".into())),
            ("reason", false, &|event| event.reason = Some("The hall is closed.".into())),
            ("url", false, &|event| event.url = Some("https://example.org/x".into())),
            ("tags", false, &|event| event.tags = ["x".into()].into()),
            ("organizers", false, &|event| {
                event.organizers = [Organizer { name: "Union".into(), url: None, email: None }].into();
            }),
            ("language", false, &|event| event.language = Some("es".into())),
            ("nothing", false, &|_| ()),
        ];
        let single = || event("a", zoned("Europe/Madrid", "2026-12-08T18:00:00Z"));
        for (field, raises, edit) in edits {
            let mut edited = single();
            edit(&mut edited);
            assert_eq!(digests(&edited).raise(digests(&single()).schedule), raises, "{field}");
            assert_eq!(digests(&edited).seen == digests(&single()).seen, field == "nothing", "{field}");
            // The same of one occurrence, which becomes a changed one or is one already.
            let changed = weekly(Some(edit));
            assert_eq!(digests(&changed).raise(digests(&weekly(None)).schedule), raises, "changed {field}");
            assert_ne!(digests(&changed).seen, digests(&weekly(None)).seen, "changed {field}");
            let before = weekly(Some(&|event| event.note = Some("for editors".into())));
            assert_eq!(digests(&changed).raise(digests(&before).schedule), raises, "changed again: {field}");
        }
    }

    #[test]
    fn a_lock_of_an_earlier_version_raises_nothing() {
        let kinds = Kinds::default();
        let event = weekly(Some(&|event| event.title = "Assembly".into()));
        let digests = Digester::default().both(&event, &kinds);
        let earlier = digests.earlier.expect("one of a series with changes");
        assert_ne!(earlier, digests.schedule);
        assert!(!digests.raise(earlier));
    }
}
