//! DESCRIPTION: what an event's text says, and after it what clients that show no other property would hide.

use crate::event::{Event, Location, Online, Said};
use crate::language::{Language, Word};

use super::feed::{FeedEvent, FeedView};
use super::{markdown_text, words};

/// Appends the description of `shown` to `out` as plain text; nothing where there is nothing to say.
///
/// First what changed, when it is and why it changed, then the record's text, then access to the place, how to join, and the page.
pub fn push(view: &FeedView<'_>, shown: &FeedEvent<'_>, out: &mut String) {
    let Event { url, location, .. } = shown.event;
    let language = view.language;
    if let Some(remarks) = &shown.remarks {
        for remark in [&remarks.moved, &remarks.clock].into_iter().flatten() {
            paragraph(out);
            out.push_str(remark);
        }
    }
    if let Some(Said { text: reason, .. }) = view.reason(shown.event) {
        paragraph(out);
        out.push_str(reason);
    }
    if let Some(Said { text: markdown, .. }) = view.description(shown.event) {
        let before = out.len();
        paragraph(out);
        let begin = out.len();
        markdown_text::push(markdown, out);
        if out.len() == begin {
            out.truncate(before);
        }
    }
    if let Some(places) = shown.remarks.as_ref().and_then(|remarks| remarks.places.as_deref()) {
        paragraph(out);
        out.push_str(places);
    }
    if let Some(location) = location {
        push_access(location, language, out);
    }
    if let Some(online) = shown.online {
        push_joining(online, language, out);
    }
    if let Some(parent) = shown.parent {
        paragraph(out);
        out.push_str(&words::named(language.word(Word::FieldPartOf), view.title(parent).text, language));
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

fn push_access(location: &Location, language: Language, out: &mut String) {
    let Location { name: _, address: _, city: _, region: _, country: _, position: _, accessibility, notes } = location;
    if !accessibility.is_empty() {
        paragraph(out);
        let ways: Vec<String> = accessibility.iter().map(|one| words::accessibility(*one, language).into()).collect();
        out.push_str(&words::named(language.word(Word::Accessibility), &language.list(&ways), language));
    }
    if let Some(notes) = notes {
        paragraph(out);
        out.push_str(notes.trim());
    }
}

fn push_joining(online: &Online, language: Language, out: &mut String) {
    let Online { url, platform, meeting_id, passcode, phone, registration, withheld: _ } = online;
    let for_members = online.is_for_members().then(|| language.word(Word::ForMembers).into());
    let join = match platform {
        Some(platform) => language.say(Word::JoinBy, &[("platform", (&**platform).into())]),
        None => language.word(Word::Join).to_owned(),
    };
    let platform = platform.as_ref().filter(|_| url.is_none());
    let lines = [
        (&*join, url.as_ref()),
        (language.word(Word::Join), for_members.as_ref()),
        (language.word(Word::OnlineBy), platform),
        (language.word(Word::MeetingId), meeting_id.as_ref()),
        (language.word(Word::Passcode), passcode.as_ref()),
        (language.word(Word::Phone), phone.as_ref()),
        (language.word(Word::Registration), registration.as_ref()),
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
        out.push_str(&words::named(word, value, language));
    }
}

/// Begins a paragraph.
fn paragraph(out: &mut String) {
    if !out.is_empty() {
        out.push_str("\n\n");
    }
}
