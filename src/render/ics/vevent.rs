//! VEVENT, property by property in the order of the profile.
//!
//! Never written: VALARM, ATTACH, HTML, ATTENDEE; and ORGANIZER unless the calendar asks for it, because clients then
//! treat every reader as a guest who has to answer.

use std::io::Write;

use crate::event::{Event, Image, Online, Organizer, Position, Status};
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
        uid,
        title,
        kind,
        when: _, // as `form`
        end_assumed: _,
        status: _,      // as `shown.status`
        moved_from: _,  // in `description`
        description: _, // in `description`, with much else
        url,
        location,
        online,
        organizers,
        contact,
        tags,
        language,
        image,
        sources: _,
        part_of: _, // as `shown.parent`
        note: _,
    } = shown.event;
    lines.begin_component("VEVENT");
    lines.text("UID:", uid);
    history(view, shown, lines);

    lines.push("SUMMARY");
    if let Some(language) = language {
        lines.push(";LANGUAGE=");
        text::name(language, lines.buffer());
    }
    lines.push(":");
    lines.push(shown.prefix().unwrap_or_default());
    lines.escape(title);
    lines.end();

    time("DTSTART", Bound::Start, &shown.form, lines);
    time("DTEND", Bound::End, &shown.form, lines);
    let place = shown.place();
    if let Some(place) = &place {
        lines.text("LOCATION:", place);
    }
    if let Some(position) = location.as_deref().and_then(|location| location.position) {
        geography(position, place.as_deref(), lines);
    }

    scratch.clear();
    description::push(shown, scratch);
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

    lines.line(match shown.status {
        Status::Cancelled => "STATUS:CANCELLED",
        Status::Confirmed => "STATUS:CONFIRMED",
        Status::Tentative | Status::Postponed => "STATUS:TENTATIVE",
    });
    lines.line("TRANSP:TRANSPARENT");
    lines.line("CLASS:PUBLIC");
    if let Some(online) = online.as_deref().filter(|_| shown.can_be_joined()) {
        conferences(online, lines);
    }
    if let Some(Image { url, alt: _ }) = image.as_deref() {
        lines.address("IMAGE;VALUE=URI;DISPLAY=BADGE:", url);
    }
    contacts(contact.as_deref(), organizers, lines);
    if let Some(color) = view.kind_color(*kind) {
        lines.text("COLOR:", color.name);
    }
    if let Some(parent) = shown.parent {
        lines.text("RELATED-TO;RELTYPE=PARENT:", &parent.uid);
    }
    if view.organizers {
        organizer(organizers, lines);
    }
    lines.end_component("VEVENT");
}

/// DTSTAMP, and what is known of the past: without a lock nothing is, and DTSTAMP is the time of writing.
fn history(view: &FeedView<'_>, shown: &FeedEvent<'_>, lines: &mut Lines) {
    let revision = shown.revision;
    lines.instant("DTSTAMP:", revision.updated.unwrap_or(view.as_of));
    if let Some(updated) = revision.updated {
        lines.instant("LAST-MODIFIED:", updated);
    }
    if let Some(created) = revision.created {
        lines.instant("CREATED:", created);
    }
    if revision.sequence == 0 {
        lines.line("SEQUENCE:0");
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
fn geography(position: Position, place: Option<&str>, lines: &mut Lines) {
    // Six decimals are 10 cm; RFC 5545 3.8.1.6 asks for no more. The sum turns −0 into 0.
    let rounded = |degrees: f64| (degrees * 1e6).round() / 1e6 + 0.0;
    let (lat, lon) = (rounded(position.lat), rounded(position.lon));
    let _ = write!(lines.buffer(), "GEO:{lat};{lon}"); // a Vec takes everything
    lines.end();
    if let Some(place) = place {
        lines.push("X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE=");
        text::quote(place, lines.buffer());
        let _ = write!(lines.buffer(), ":geo:{lat},{lon}");
        lines.end();
    }
}

/// CONFERENCE (RFC 7986 5.11) for the address and for the number.
fn conferences(online: &Online, lines: &mut Lines) {
    if let Some(url) = &online.url {
        lines.push("CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL=");
        text::quote(online.platform.as_deref().unwrap_or(words::JOIN), lines.buffer());
        lines.address(":", url);
    }
    if let Some(number) = online.phone.as_deref().and_then(dialled) {
        lines.push("CONFERENCE;VALUE=URI;FEATURE=PHONE;LABEL=");
        text::quote(words::PHONE, lines.buffer());
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
    use super::dialled;

    #[test]
    fn a_printed_number_is_dialled() {
        assert_eq!(dialled("+1 (929) 205-6099,,858#").as_deref(), Some("+19292056099"));
        assert_eq!(dialled("069 / 12 34 ext. 5").as_deref(), Some("0691234"));
        assert_eq!(dialled("call us"), None);
    }
}
