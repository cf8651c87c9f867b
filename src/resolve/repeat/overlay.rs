//! What a change of one occurrence, or a part of a series from a date on, says beside its time.

use std::collections::BTreeMap;

use super::{Asked, Findings};
use crate::event::Event;
use crate::record::{
    ChangeTable, Field, FromTable, LocationTable, OnlineTable, OrganizerTable, Slot, Text, TextOr, TranslationTable,
};
use crate::resolve::{place, status_of, text, translation};

/// The fields that such tables have, but for those of time.
pub(super) struct Overlay<'q, 'a> {
    title: &'q Slot<Text<'a>>,
    status: &'q Slot<Text<'a>>,
    reason: &'q Slot<Text<'a>>,
    description: &'q Slot<Text<'a>>,
    translations: &'q Slot<BTreeMap<String, Field<TranslationTable<'a>>>>,
    url: &'q Slot<Text<'a>>,
    location: &'q Slot<TextOr<'a, LocationTable<'a>>>,
    online: &'q Slot<TextOr<'a, OnlineTable<'a>>>,
    organizers: Option<&'q Slot<Vec<Field<TextOr<'a, OrganizerTable<'a>>>>>>,
}

impl<'q, 'a> Overlay<'q, 'a> {
    pub(super) fn of_change(table: &'q ChangeTable<'a>) -> Self {
        let ChangeTable {
            occurrence: _,
            title,
            start: _,
            end: _,
            duration: _,
            timezone: _,
            status,
            reason,
            description,
            translations,
            url,
            location,
            online,
            unread: _,
        } = table;
        Overlay { title, status, reason, description, translations, url, location, online, organizers: None }
    }

    pub(super) fn of_part(table: &'q FromTable<'a>) -> Self {
        let FromTable {
            date: _,
            title,
            start: _,
            end: _,
            duration: _,
            timezone: _,
            repeat: _,
            rrule: _,
            status,
            reason,
            description,
            translations,
            url,
            location,
            online,
            organizers,
            unread: _,
        } = table;
        Overlay {
            title,
            status,
            reason,
            description,
            translations,
            url,
            location,
            online,
            organizers: Some(organizers),
        }
    }

    /// Whether it says nothing at all.
    pub(super) fn is_empty(&self) -> bool {
        let Overlay { title, status, reason, description, translations, url, location, online, organizers } = self;
        let texts = [title, status, reason, description, url];
        let tables = [translations.is_none(), location.is_none(), online.is_none()];
        let organizers = organizers.is_none_or(std::option::Option::is_none);
        texts.iter().all(|slot| slot.is_none()) && !tables.contains(&false) && organizers
    }
}

impl Asked<'_> {
    /// Gives an event what a table says.
    pub(super) fn overlay(&self, event: &mut Event, said: &Overlay<'_, '_>, findings: &mut Findings) {
        let Overlay { title, status, reason, description, translations, url, location, online, organizers } = said;
        if let Some(field) = title {
            let title = text::line(field, text::TITLE, findings);
            event.retitle(title.unwrap_or_else(|| event.title.clone()));
        }
        if status.is_some() {
            event.status = status_of(status, findings);
        }
        if let Some(field) = reason {
            event.explain(text::line(field, text::LINE, findings));
        }
        if let Some(field) = description {
            event.describe(text::prose(field, findings));
        }
        event.translate(translation::translations(
            translations,
            [title, reason, description],
            event.language.as_deref(),
            self.context,
            findings,
        ));
        if let Some(field) = url {
            event.url = text::url(field, findings);
        }
        if let Some(field) = location {
            event.location = place::location(field, findings).map(Box::new);
        }
        if let Some(field) = online {
            event.online = place::online(field, event.online.as_deref(), findings).map(Box::new);
        }
        if let Some(organizers) = organizers.filter(|organizers| organizers.is_some()) {
            event.organizers = place::organizers(organizers, findings);
        }
    }
}
