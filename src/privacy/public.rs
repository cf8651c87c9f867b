//! What everybody may read of an event.

use crate::event::{Country, Event, Image, Location, Online, Organizer, Translation};

/// All that everybody may read of an event, its further strands and changed occurrences included.
pub fn public_texts(event: &Event) -> Vec<&str> {
    let mut texts = Vec::new();
    event.versions().for_each(|version| push_texts(version, &mut texts));
    texts
}

fn push_texts<'e>(event: &'e Event, texts: &mut Vec<&'e str>) {
    // Without `..`: whatever is public is searched.
    let Event {
        id,
        uid,
        title,
        kind: _,
        when: _,
        length: _,
        ends: _,
        repeat: _,
        status: _,
        moved_from: _,
        reason,
        description,
        url,
        location,
        online,
        organizers,
        contact,
        tags,
        language: _,
        translations,
        image,
        sources,
        part_of: _, // the id of another one
        review_by: _,
        note: _, // never published
    } = event;
    texts.extend([&**id, uid, title]);
    texts.extend([reason, description, url, contact].into_iter().filter_map(|text| text.as_deref()));
    for Translation { language: _, title, reason, description } in translations.iter().flatten() {
        texts.extend([title, reason, description].into_iter().filter_map(|text| text.as_deref()));
    }
    texts.extend(tags.iter().chain(sources).map(|text| &**text));
    if let Some(location) = location {
        let Location { name, address, city, region, country, position: _, accessibility: _, notes } = &**location;
        texts.extend([name, address, city, region, notes].into_iter().filter_map(|text| text.as_deref()));
        texts.extend(country.map(Country::name));
    }
    if let Some(online) = online {
        let Online { url, platform, meeting_id, passcode, phone, registration, withheld: _ } = &**online;
        let all = [url, platform, meeting_id, passcode, phone, registration];
        texts.extend(all.into_iter().filter_map(|text| text.as_deref()));
    }
    for Organizer { name, url, email } in organizers {
        texts.extend([Some(&**name), url.as_deref(), email.as_deref()].into_iter().flatten());
    }
    if let Some(image) = image {
        let Image { url, alt } = &**image;
        texts.extend([Some(&**url), alt.as_deref()].into_iter().flatten());
    }
}
