//! An occurrence as the contract has it, keys in its order.

use serde::Serialize;

use crate::event::{Accessibility, Country, Ends, Event, Image, Location, Online, Organizer, Share, Status};
use crate::render::hours;
use crate::view::listing::{Listing, Row, Times};
use crate::zone::Zone;

#[derive(Serialize)]
pub(super) struct Occurrence<'l> {
    id: &'l str,
    uid: &'l str,
    title: &'l str,
    kind: &'l str,
    status: &'static str,
    all_day: bool,
    start: String,
    /// `None` for an open event: unknown values are left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    end_assumed: bool,
    #[serde(skip_serializing_if = "is_false")]
    open: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_timezone: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_start: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recurrence_id: Option<&'l str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<i64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    zones: Vec<Clock>,
    #[serde(skip_serializing_if = "is_empty")]
    tags: &'l [Box<str>],
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'l str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Place<'l>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    online: Option<Joining<'l>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'l str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'l str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    organizers: Vec<Caller<'l>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<&'l str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<Picture<'l>>,
    #[serde(skip_serializing_if = "is_empty")]
    sources: &'l [Box<str>],
    #[serde(skip_serializing_if = "Option::is_none")]
    part_of: Option<&'l str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    moved_from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'l str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    review_by: Option<String>,
}

#[derive(Serialize)]
struct Clock {
    timezone: &'static str,
    start: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<String>,
}

#[derive(Serialize)]
struct Place<'l> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'l str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<&'l str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    city: Option<&'l str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<&'l str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'l str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lat: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lon: Option<f64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    accessibility: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<&'l str>,
}

#[derive(Serialize)]
struct Joining<'l> {
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'l str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    platform: Option<&'l str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    meeting_id: Option<&'l str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    passcode: Option<&'l str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<&'l str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    registration: Option<&'l str>,
    /// How much of it is public, where that is not all.
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<&'static str>,
}

#[derive(Serialize)]
struct Caller<'l> {
    name: &'l str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'l str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'l str>,
}

#[derive(Serialize)]
struct Picture<'l> {
    url: &'l str,
    #[serde(skip_serializing_if = "Option::is_none")]
    alt: Option<&'l str>,
}

/// `row` with its public values only.
pub(super) fn occurrence<'l>(listing: &Listing<'_>, row: &'l Row<'_>) -> Occurrence<'l> {
    let Event {
        id,
        uid,
        title: _, // as `title`
        kind: _,
        when: _,
        length: _,
        repeat: _, // as `row.recurrence_id`
        ends,
        status,
        moved_from,
        reason: _,      // in the language of the listing
        description: _, // as `description`
        url,
        location,
        online: _, // as `row.online`
        organizers,
        contact,
        tags,
        language: _,     // as `title`
        translations: _, // as `title`
        image,
        sources,
        part_of,
        review_by,
        note: _,
    } = row.event;
    let (title, description) = (row.title, listing.description_of(row.event));
    let (start, end) = hours::standard(row, 0);
    let (event_timezone, event_start) = match &row.times {
        Times::Clocks { own, zone, .. } => (*zone, Some(own.start.rfc3339())),
        Times::Days(_) | Times::Floating { .. } => (None, None),
    };
    Occurrence {
        id,
        uid,
        title: title.text,
        kind: &row.kind.name,
        status: status.name(),
        all_day: matches!(row.times, Times::Days(_)),
        start,
        end,
        end_assumed: *ends == Ends::Assumed,
        open: *ends == Ends::Open,
        event_timezone,
        event_start,
        recurrence_id: row.recurrence_id.as_deref(),
        day: if row.event.is_open() { row.today } else { row.ordinal.filter(|_| lasts_days(&row.times)) },
        zones: clocks(listing, row),
        tags,
        url: url.as_deref(),
        location: location.as_deref().map(place),
        online: row.online.map(|online| joining(online, row.event)),
        description: description.map(|said| said.text),
        language: title.language,
        organizers: organizers.iter().map(caller).collect(),
        contact: contact.as_deref(),
        image: image.as_deref().map(picture),
        sources,
        part_of: part_of.as_deref(),
        moved_from: moved_from.as_ref().map(hours::standard_start),
        reason: listing.reason_of(row.event).map(|said| said.text),
        review_by: review_by.map(|day| day.to_string()),
    }
}

/// The times by each zone, where the listing has several.
fn clocks(listing: &Listing<'_>, row: &Row<'_>) -> Vec<Clock> {
    if listing.zones.len() < 2 || !matches!(row.times, Times::Clocks { .. }) {
        return Vec::new();
    }
    let clock = |(index, zone): (usize, &Zone)| {
        let (start, end) = hours::standard(row, index);
        Clock { timezone: zone.name(), start, end }
    };
    listing.zones.iter().enumerate().map(clock).collect()
}

fn place(location: &Location) -> Place<'_> {
    let Location { name, address, city, region, country, position, accessibility, notes } = location;
    Place {
        name: name.as_deref(),
        address: address.as_deref(),
        city: city.as_deref(),
        region: region.as_deref(),
        country: country.as_ref().map(Country::code),
        lat: position.map(|position| position.lat),
        lon: position.map(|position| position.lon),
        accessibility: accessibility.iter().copied().map(Accessibility::name).collect(),
        notes: notes.as_deref(),
    }
}

fn joining<'l>(online: &'l Online, event: &Event) -> Joining<'l> {
    let Online { url, platform, meeting_id, passcode, phone, registration, withheld: _ } = online;
    // A cancelled event shows no way to join.
    let [url, meeting_id, passcode, phone, registration] = [url, meeting_id, passcode, phone, registration]
        .map(|way| way.as_deref().filter(|_| event.status != Status::Cancelled));
    let share = event.online.as_deref().map(Online::share).filter(|share| *share != Share::Public);
    Joining {
        url,
        platform: platform.as_deref(),
        meeting_id,
        passcode,
        phone,
        registration,
        share: share.map(Share::name),
    }
}

fn caller(organizer: &Organizer) -> Caller<'_> {
    let Organizer { name, url, email } = organizer;
    Caller { name, url: url.as_deref(), email: email.as_deref() }
}

fn picture(image: &Image) -> Picture<'_> {
    let Image { url, alt } = image;
    Picture { url, alt: alt.as_deref() }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_false(value: &bool) -> bool {
    !value
}

fn is_empty(values: &[Box<str>]) -> bool {
    values.is_empty()
}

/// Whether it is an affair of several days; a forum past midnight touches two and is none.
fn lasts_days(times: &Times) -> bool {
    let day = chrono::TimeDelta::days(1);
    match times {
        Times::Days(days) => days.count() > 1,
        Times::Clocks { own, .. } => own.end.local - own.start.local > day,
        Times::Floating { start, end } => *end - *start > day,
    }
}
