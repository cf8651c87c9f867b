//! The fields of an event as bytes: those that raise SEQUENCE, and the others that subscribers see.

use chrono::{Datelike, NaiveDateTime};

use super::Digest;
use crate::event::{
    Change, Country, Ends, Event, Image, Kinds, Location, Online, Organizer, Position, Repeat, Share, Status,
    Translation, When,
};
use crate::lock::relatives::Relatives;

/// Fields, each with its name and its length, so that no two events have the same bytes.
#[derive(Default)]
pub(super) struct Fields(pub(super) Vec<u8>);

impl Fields {
    pub(super) fn bytes(&mut self, name: &str, value: &[u8]) {
        self.0.push(name.len() as u8); // names are short words of this file
        self.0.extend_from_slice(name.as_bytes());
        self.0.extend_from_slice(&(value.len() as u64).to_le_bytes());
        self.0.extend_from_slice(value);
    }

    pub(super) fn text(&mut self, name: &str, value: &str) {
        self.bytes(name, value.as_bytes());
    }

    pub(super) fn optional(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(name, value);
        }
    }

    pub(super) fn numbers<const N: usize>(&mut self, name: &str, values: [i64; N]) {
        let mut bytes = [[0; 8]; N];
        for (slot, value) in bytes.iter_mut().zip(values) {
            *slot = value.to_le_bytes();
        }
        self.bytes(name, bytes.as_flattened());
    }

    pub(super) fn when(&mut self, name: &str, when: &When) {
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

pub(super) fn wall(time: NaiveDateTime) -> i64 {
    time.and_utc().timestamp()
}

/// Puts the fields of an event where they belong. Without `..`: a field that is forgotten here does not compile.
pub(super) fn fields(event: &Event, kinds: &Kinds, schedule: &mut Fields, rest: &mut Fields) {
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
pub(super) fn scheduled(event: &Event, schedule: &mut Fields) {
    time(&event.when, event.ends, schedule);
    match event.status {
        Status::Confirmed => {}
        other => schedule.text("status", other.name()),
    }
    place(event.location.as_deref(), event.online.as_deref(), schedule);
}

/// When a series happens, but for its changed occurrences.
pub(super) fn dates(repeat: &Repeat, schedule: &mut Fields) {
    schedule.optional("rule", repeat.rule.as_ref().map(ToString::to_string).as_deref());
    for planned in &repeat.except {
        schedule.numbers("except", [wall(*planned)]);
    }
    for also in &repeat.also {
        schedule.when("also", also);
    }
}

pub(super) fn time(when: &When, ends: Ends, fields: &mut Fields) {
    if ends == Ends::Open {
        // Its end goes with the days; that it is open does not.
        fields.when("begun", &when.to_end_of(when.first_day()));
    } else {
        fields.when("when", when);
    }
}

/// What DESCRIPTION says of other events: of an action day its places and their hours, of a part the day.
pub(super) fn related(event: &Event, relatives: &Relatives<'_>, rest: &mut Fields) {
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

pub(super) fn titles(event: &Event, rest: &mut Fields) {
    rest.text("title", &event.title);
    for Translation { language, title, reason: _, description: _ } in
        event.translations.iter().flat_map(|all| all.iter())
    {
        rest.text("translation", language);
        rest.optional("translated-title", title.as_deref());
    }
}

/// What LOCATION and GEO say: of an event without a place, where one joins or registers.
pub(super) fn place(location: Option<&Location>, online: Option<&Online>, schedule: &mut Fields) {
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
pub(in crate::lock) fn places(event: &Event) -> Digest {
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

/// How to join online, as far as it is public. Of withheld values, only their existence counts.
pub(super) fn joining(online: &Online, rest: &mut Fields) {
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
