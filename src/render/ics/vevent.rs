//! VEVENT, property by property in the order of the profile.
//!
//! Never written: VALARM, ATTACH, HTML, ATTENDEE; and ORGANIZER only if the calendar enables it, because clients then ask
//! every reader to respond to an invitation.

use std::io::Write;

use crate::event::{Event, Image, Online, Organizer, Position, Status};
use crate::language::{Language, Word};
use crate::view::feed::{FeedEvent, FeedView};
use crate::view::form::Form;
use crate::view::{description, words};

use super::digits;
use super::lines::Lines;
use super::text;

/// Writes `shown`; `scratch` is memory to use again.
pub(super) fn write(view: &FeedView<'_>, shown: &FeedEvent<'_>, scratch: &mut String, lines: &mut Lines) {
    // Without `..`: a field that is forgotten here does not compile.
    let Event {
        id: _,
        uid: _,   // as `shown.uid`
        title: _, // as `said`
        kind,
        when: _,        // as `form`
        length: _,      // in `form`
        repeat: _,      // as `shown.repeats`
        ends: _,        // in `form` and in `shown.day`
        status: _,      // as `shown.status`
        moved_from: _,  // in `description`
        reason: _,      // in `description`
        description: _, // in `description`, with much else
        url,
        location,
        online: _, // as `shown.online`
        organizers,
        contact,
        tags,
        language: _,     // as `said`
        translations: _, // as `said`
        image,
        sources: _,
        part_of: _, // as `shown.parent_uid`
        review_by: _,
        note: _,
    } = shown.event;
    lines.ended("BEGIN:VEVENT\r\n");
    lines.text("UID:", &shown.uid);
    history(view, shown, lines);

    lines.push("SUMMARY");
    let said = view.title(shown.event);
    if let Some(language) = said.language {
        lines.push(";LANGUAGE=");
        text::name(language, lines.buffer());
    }
    lines.push(":");
    lines.push(shown.prefix().unwrap_or_default());
    lines.escape(&shown.event.told_apart(said.text));
    if let Some(day) = shown.day {
        lines.escape(&words::day(day, view.language));
    }
    lines.end();

    time("DTSTART", Bound::Start, &shown.form, lines);
    time("DTEND", Bound::End, &shown.form, lines);
    if let Some(planned) = shown.planned.as_deref() {
        time("RECURRENCE-ID", Bound::Start, planned, lines);
    }
    if let Some(repeats) = shown.repeats.as_deref() {
        lines.line(&format!("RRULE:{}", repeats.rule));
        for except in &repeats.except {
            time("EXDATE", Bound::Start, except, lines);
        }
    }
    scratch.clear();
    shown.push_place(view.language, scratch);
    if !scratch.is_empty() {
        lines.text("LOCATION:", scratch);
    }
    if let Some(position) = location.as_deref().and_then(|location| location.position) {
        geography(position, scratch, lines);
    }

    scratch.clear();
    description::push(view, shown, scratch);
    if !scratch.is_empty() {
        lines.text("DESCRIPTION:", scratch);
    }
    if let Some(url) = url {
        lines.address("URL:", url);
    }
    lines.push("CATEGORIES:");
    lines.escape(view.label(*kind));
    for tag in tags {
        lines.push(",");
        lines.escape(tag);
    }
    lines.end();

    lines.ended(match shown.status {
        Status::Cancelled => "STATUS:CANCELLED\r\n",
        Status::Confirmed => "STATUS:CONFIRMED\r\n",
        Status::Tentative | Status::Postponed => "STATUS:TENTATIVE\r\n",
    });
    lines.ended("TRANSP:TRANSPARENT\r\nCLASS:PUBLIC\r\n");
    if let Some(online) = shown.online {
        conferences(online, view.language, lines);
    }
    if let Some(Image { url, alt: _ }) = image.as_deref() {
        lines.address("IMAGE;VALUE=URI;DISPLAY=BADGE:", url);
    }
    contacts(contact.as_deref(), organizers, lines);
    if let Some(color) = view.kind_color(*kind) {
        lines.text("COLOR:", color.name);
    }
    if let Some(first) = &shown.first_uid {
        lines.text("RELATED-TO;RELTYPE=FIRST:", first);
    }
    if let Some(parent) = &shown.parent_uid {
        lines.text("RELATED-TO;RELTYPE=PARENT:", parent);
    }
    if view.organizers {
        organizer(organizers, lines);
    }
    lines.ended("END:VEVENT\r\n");
}

/// DTSTAMP and LAST-MODIFIED, which are equal with METHOD:PUBLISH (RFC 5545 3.8.7.2), and the rest of the history. Without a
/// history, they are the time of writing.
fn history(view: &FeedView<'_>, shown: &FeedEvent<'_>, lines: &mut Lines) {
    let revision = shown.revision;
    let updated = revision.updated.unwrap_or(view.as_of);
    lines.instant("DTSTAMP:", updated);
    lines.instant("LAST-MODIFIED:", updated);
    if let Some(created) = revision.created {
        lines.instant("CREATED:", created);
    }
    if revision.sequence == 0 {
        lines.ended("SEQUENCE:0\r\n");
    } else {
        lines.line(&format!("SEQUENCE:{}", revision.sequence));
    }
}

#[derive(Clone, Copy)]
enum Bound {
    Start,
    End,
}

fn time(name: &str, bound: Bound, form: &Form, lines: &mut Lines) {
    lines.push(name);
    match *form {
        Form::Days(days) => {
            lines.push(";VALUE=DATE:");
            let day = match bound {
                Bound::Start => days.first,
                Bound::End => days.end,
            };
            digits::date(day, lines.buffer());
        }
        Form::Local { zone, start, end } => {
            lines.push(";TZID=");
            text::name(zone.name(), lines.buffer());
            lines.push(":");
            let wall = match bound {
                Bound::Start => start,
                Bound::End => end,
            };
            digits::wall(wall, lines.buffer());
        }
        Form::Utc { start, end } => {
            lines.push(":");
            let instant = match bound {
                Bound::Start => start,
                Bound::End => end,
            };
            digits::instant(instant, lines.buffer());
        }
    }
    lines.end();
}

/// GEO, and what Apple's maps read; they match the latter to LOCATION by its title.
fn geography(position: Position, place: &str, lines: &mut Lines) {
    // Six decimals are 10 cm; RFC 5545 3.8.1.6 asks for no more. The sum turns −0 into 0.
    let rounded = |degrees: f64| (degrees * 1e6).round() / 1e6 + 0.0;
    let (lat, lon) = (rounded(position.lat), rounded(position.lon));
    let _ = write!(lines.buffer(), "GEO:{lat};{lon}"); // a Vec takes everything
    lines.end();
    if !place.is_empty() {
        lines.push("X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE=");
        text::quote(place, lines.buffer());
        let _ = write!(lines.buffer(), ":geo:{lat},{lon}");
        lines.end();
    }
}

/// CONFERENCE (RFC 7986 5.11) for the address and for the number.
fn conferences(online: &Online, language: Language, lines: &mut Lines) {
    if let Some(url) = &online.url {
        lines.push("CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL=");
        text::quote(online.platform.as_deref().unwrap_or_else(|| language.word(Word::Join)), lines.buffer());
        lines.address(":", url);
    }
    if let Some(number) = online.phone.as_deref().and_then(dialled) {
        lines.push("CONFERENCE;VALUE=URI;FEATURE=PHONE;LABEL=");
        text::quote(language.word(Word::Phone), lines.buffer());
        lines.address(":tel:", &number);
    }
}

/// The number at the start of a printed one, without what people put between digits; three digits at least.
fn dialled(printed: &str) -> Option<String> {
    let head = printed.trim().split(|c: char| !(c.is_ascii_digit() || " +-–.()/\u{a0}\u{202f}".contains(c))).next()?;
    let digits: String = head.chars().filter(char::is_ascii_digit).collect();
    let plus = if head.trim_start_matches(['(', ' ']).starts_with('+') { "+" } else { "" };
    (digits.len() >= 3).then(|| format!("{plus}{digits}"))
}

/// CONTACT: the event's, then each organizer's.
fn contacts(contact: Option<&str>, organizers: &[Organizer], lines: &mut Lines) {
    if let Some(contact) = contact {
        lines.text("CONTACT:", contact);
    }
    for Organizer { name, url, email } in organizers {
        lines.push("CONTACT:");
        lines.escape(name);
        for way in [url, email].into_iter().flatten() {
            lines.push("\\, ");
            lines.escape(way);
        }
        lines.end();
    }
}

/// ORGANIZER: the first with an e-mail.
fn organizer(organizers: &[Organizer], lines: &mut Lines) {
    let Some((organizer, email)) = organizers.iter().find_map(|one| Some((one, one.email.as_deref()?))) else { return };
    lines.push("ORGANIZER;CN=");
    text::quote(&organizer.name, lines.buffer());
    lines.address(":mailto:", email);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{Cancelled, Feed};
    use crate::event::{Accessibility, Country, Location, When};
    use crate::render::ics::proof;
    use crate::view::sample::{all, calendar, days, event, instant, zoned};

    fn full() -> Event {
        Event {
            title: "Asamblea, general".into(),
            moved_from: Some(days("2023-06-03", "2023-06-04")),
            reason: Some("La sala está cerrada.".into()),
            description: Some("**Venid** todas.".into()),
            url: Some("https://example.org/a?b=1;c,d".into()),
            location: Some(Box::new(Location {
                name: Some("Casa \"Roja\"".into()),
                city: Some("Madrid".into()),
                country: Country::from_code("ES"),
                position: Some(crate::event::Position { lat: 40.416_775_4, lon: -3.703_790 }),
                accessibility: [Accessibility::StepFree, Accessibility::SignLanguage].into(),
                notes: Some("Back door".into()),
                ..Location::default()
            })),
            online: Some(Box::new(Online {
                url: Some("https://zoom.example/j/1".into()),
                platform: Some("Zoom".into()),
                passcode: Some("191837".into()),
                phone: Some("+34 91 123".into()),
                ..Online::default()
            })),
            organizers: [Organizer { name: "Union; local 1".into(), url: None, email: Some("u@example.org".into()) }]
                .into(),
            contact: Some("Ana".into()),
            tags: ["anti-war".into(), "x".into()].into(),
            language: Some("es".into()),
            image: Some(Box::new(Image { url: "https://example.org/i.png".into(), alt: None })),
            note: Some("never seen".into()),
            sources: ["https://source.example/".into()].into(),
            part_of: Some("parent".into()),
            ..event("a", zoned("Europe/Madrid", "2023-06-10T16:00:00Z"))
        }
    }

    /// The event of that id, unfolded.
    fn rendered(id: &str, events: Vec<Event>, feed: &Feed) -> Vec<String> {
        let mut calendar = calendar(events);
        calendar.settings.organizer_in_feeds = true;
        let view = FeedView::new(&calendar, feed, instant("2023-06-01T00:00:00Z"));
        let mut bytes = Vec::new();
        crate::render::ics::write(&view, &mut bytes).expect("memory");
        proof::read_back(&bytes, &view).expect("what the view decided");
        let text = String::from_utf8(bytes).expect("UTF-8").replace("\r\n ", "");
        let lines: Vec<String> = text.split("\r\n").map(ToOwned::to_owned).collect();
        let uid = lines.iter().position(|line| *line == format!("UID:{id}@example.org")).expect("the event");
        lines[uid..].iter().take_while(|line| *line != "END:VEVENT").cloned().collect()
    }

    #[test]
    fn every_property_of_the_profile_in_its_order() {
        let parent = event("parent", days("2023-06-10", "2023-06-11"));
        let lines = rendered("a", vec![full(), parent], &all());
        assert_eq!(
            lines,
            [
                "UID:a@example.org",
                "DTSTAMP:20230601T000000Z",
                "LAST-MODIFIED:20230601T000000Z",
                "SEQUENCE:0",
                "SUMMARY;LANGUAGE=es:Asamblea\\, general",
                "DTSTART;TZID=Europe/Madrid:20230610T180000",
                "DTEND;TZID=Europe/Madrid:20230610T200000",
                "LOCATION:Casa \"Roja\"\\, Madrid\\, Spain",
                "GEO:40.416775;-3.70379",
                "X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE=\"Casa ^'Roja^', Madrid, Spain\":geo:40.416775,-3.70379",
                "DESCRIPTION:Moved from Saturday 3 June 2023.\\n\\nLa sala está cerrada.\\n\\nVenid todas.\\n\\nAccessibility: step-free\\, sign language\\n\\n\
                 Back door\\n\\nJoin (Zoom): https://zoom.example/j/1\\nPasscode: 191837\\nPhone: +34 91 123\\n\\nPart of: Forum\\n\\n\
                 https://example.org/a?b=1\\;c\\,d",
                "URL:https://example.org/a?b=1;c,d",
                "CATEGORIES:Forum,anti-war,x",
                "STATUS:CONFIRMED",
                "TRANSP:TRANSPARENT",
                "CLASS:PUBLIC",
                "CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL=\"Zoom\":https://zoom.example/j/1",
                "CONFERENCE;VALUE=URI;FEATURE=PHONE;LABEL=\"Phone\":tel:+3491123",
                "IMAGE;VALUE=URI;DISPLAY=BADGE:https://example.org/i.png",
                "CONTACT:Ana",
                "CONTACT:Union\\; local 1\\, u@example.org",
                "COLOR:royalblue",
                "RELATED-TO;RELTYPE=PARENT:parent@example.org",
                "ORGANIZER;CN=\"Union; local 1\":mailto:u@example.org",
            ]
        );
    }

    #[test]
    fn a_cancelled_event_cannot_be_joined() {
        let cancelled = || Event { status: Status::Cancelled, location: None, part_of: None, ..full() };
        let lines = rendered("a", vec![cancelled()], &all());
        assert!(lines.contains(&"STATUS:CANCELLED".to_owned()));
        assert!(lines.contains(&"SUMMARY;LANGUAGE=es:CANCELADO: Asamblea\\, general".to_owned()));
        assert!(!lines.iter().any(|line| line.contains("zoom") || line.contains("191837") || line.contains("+34")));
        let lines = rendered("a", vec![cancelled()], &Feed { cancelled: Cancelled::Announce, ..all() });
        assert!(lines.contains(&"STATUS:CONFIRMED".to_owned()));
        assert!(lines.contains(&"SUMMARY;LANGUAGE=es:CANCELADO: Asamblea\\, general".to_owned()));
        let postponed = Event { status: Status::Postponed, ..cancelled() };
        let lines = rendered("a", vec![postponed], &all());
        assert!(lines.contains(&"STATUS:TENTATIVE".to_owned()));
        assert!(lines.contains(&"SUMMARY;LANGUAGE=es:APLAZADO: Asamblea\\, general".to_owned()));
        assert!(lines.contains(&"LOCATION:https://zoom.example/j/1".to_owned()));
    }

    #[test]
    fn days_and_instants() {
        let of = |when: When| rendered("b", vec![event("b", when)], &all());
        let lines = of(days("2023-12-31", "2024-01-01"));
        assert_eq!(lines[5..7], ["DTSTART;VALUE=DATE:20231231", "DTEND;VALUE=DATE:20240101"]);
        let offset = chrono::FixedOffset::west_opt(7 * 3600).expect("an offset");
        let [start, end] = ["2023-06-10T23:00:00Z", "2023-06-11T01:00:00Z"].map(instant);
        let lines = of(When::Fixed { offset, start, end });
        assert_eq!(lines[5..7], ["DTSTART:20230610T230000Z", "DTEND:20230611T010000Z"]);
        assert_eq!(lines[7], "DESCRIPTION:Local time: Saturday 10 June 2023\\, 16:00–18:00 (UTC−7).");
        let at = |text: &str| text.parse().expect("a time");
        let lines = of(When::Floating { start: at("2023-06-10T09:00:00"), end: at("2023-06-10T11:00:00") });
        assert_eq!(lines[5..7], ["DTSTART;VALUE=DATE:20230610", "DTEND;VALUE=DATE:20230611"]);
        assert_eq!(lines[7], "DESCRIPTION:09:00–11:00 local time at each place.");
    }

    #[test]
    fn a_printed_number_is_dialled() {
        assert_eq!(dialled("+1 (929) 205-6099,,858#").as_deref(), Some("+19292056099"));
        assert_eq!(dialled("069 / 12 34 ext. 5").as_deref(), Some("0691234"));
        assert_eq!(dialled("call us"), None);
    }
}
