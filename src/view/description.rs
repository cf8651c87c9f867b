//! DESCRIPTION: what an event's text says, and after it what clients that show no other property would hide.

use crate::event::{Event, Location, Online};

use super::feed::FeedEvent;
use super::{plain, words};

/// Appends the description of `shown` to `out` as plain text; nothing where there is nothing to say.
///
/// First what changed and when it is, then the record's text, then access to the place, how to join, and the page.
pub fn push(shown: &FeedEvent<'_>, out: &mut String) {
    let Event { description, url, location, .. } = shown.event;
    if let Some(remarks) = &shown.remarks {
        for remark in [&remarks.moved, &remarks.clock].into_iter().flatten() {
            paragraph(out);
            out.push_str(remark);
        }
    }
    if let Some(markdown) = description {
        let before = out.len();
        paragraph(out);
        let begin = out.len();
        plain::push(markdown, out);
        if out.len() == begin {
            out.truncate(before);
        }
    }
    if let Some(places) = shown.remarks.as_ref().and_then(|remarks| remarks.places.as_deref()) {
        paragraph(out);
        out.push_str(places);
    }
    if let Some(location) = location {
        push_access(location, out);
    }
    if let Some(online) = shown.online {
        push_joining(online, out);
    }
    if let Some(parent) = shown.parent {
        paragraph(out);
        out.push_str(words::PART_OF);
        out.push_str(": ");
        out.push_str(&parent.title);
        // A page that both have stands below.
        if let Some(page) = parent.url.as_deref().filter(|page| url.as_deref() != Some(page)) {
            out.push('\n');
            out.push_str(page);
        }
    }
    if let Some(url) = url {
        paragraph(out);
        out.push_str(url);
    }
}

fn push_access(location: &Location, out: &mut String) {
    let Location { name: _, address: _, city: _, region: _, country: _, position: _, accessibility, notes } = location;
    if !accessibility.is_empty() {
        paragraph(out);
        out.push_str(words::ACCESSIBILITY);
        for (index, one) in accessibility.iter().enumerate() {
            out.push_str(if index == 0 { ": " } else { ", " });
            out.push_str(words::accessibility(*one));
        }
    }
    if let Some(notes) = notes {
        paragraph(out);
        out.push_str(notes.trim());
    }
}

fn push_joining(online: &Online, out: &mut String) {
    let Online { url, platform, meeting_id, passcode, phone, registration, withheld: _ } = online;
    let for_members = online.is_for_members().then(|| words::FOR_MEMBERS.into());
    let join = match platform {
        Some(platform) => format!("{} ({platform})", words::JOIN),
        None => words::JOIN.to_owned(),
    };
    let platform = platform.as_ref().filter(|_| url.is_none());
    let lines = [
        (&*join, url.as_ref()),
        (words::JOIN, for_members.as_ref()),
        (words::ONLINE, platform),
        (words::MEETING_ID, meeting_id.as_ref()),
        (words::PASSCODE, passcode.as_ref()),
        (words::PHONE, phone.as_ref()),
        (words::REGISTRATION, registration.as_ref()),
    ];
    let mut begun = false;
    for (word, value) in lines {
        let Some(value) = value else { continue };
        if begun {
            out.push('\n');
        } else {
            paragraph(out);
        }
        begun = true;
        out.push_str(word);
        out.push_str(": ");
        out.push_str(value);
    }
}

/// Begins a paragraph.
fn paragraph(out: &mut String) {
    if !out.is_empty() {
        out.push_str("\n\n");
    }
}
