//! THE table of fields: key, TOML type, required or not, one sentence, iCalendar property, example.
//!
//! The structs, the reader, the suggestions, the order in which `new` writes, and the help follow from the rows.

use std::collections::BTreeMap;

use toml::de::DeValue;

use super::value::{Field, Moment, Read, Reading, Section, Slot, Text, TextOr};

/// A field, for people and for the programs that write records.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Row {
    /// As in the file.
    pub key: &'static str,
    /// What its value must be, for people.
    pub expected: &'static str,
    /// Whether every event needs it.
    pub required: bool,
    /// One sentence.
    pub meaning: &'static str,
    /// The property that carries it in feeds (RFC 5545, RFC 7986); empty where none does.
    pub property: &'static str,
    /// A line as one would write it.
    pub example: &'static str,
}

macro_rules! section {
    ($(#[$doc:meta])* $name:ident<$a:lifetime> {
        $($field:ident: $type:ty = $key:literal $required:literal $property:literal $meaning:literal $example:literal;)*
    }) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Debug, Default)]
        pub struct $name<$a> {
            $(#[doc = $meaning] pub $field: Slot<$type>,)*
            /// Fields that stand there and cannot be read, by the names that they should have.
            pub unread: Vec<Text<$a>>,
        }

        impl<$a> Section<$a> for $name<$a> {
            const ROWS: &'static [Row] = &[$(Row {
                key: $key, expected: <$type as Read<$a>>::EXPECTED, required: $required, meaning: $meaning,
                property: $property, example: $example,
            }),*];

            fn set(
                &mut self,
                key: &str,
                field: Field<DeValue<$a>>,
                reading: &mut Reading,
            ) -> Result<(), Field<DeValue<$a>>> {
                let Field { key: key_span, span, value } = field;
                match key {
                    $($key => {
                        reading.field = $key;
                        self.$field = <$type as Read<$a>>::read(value, span, reading)
                            .map(|value| Field { key: key_span, span, value });
                        if self.$field.is_none() {
                            self.unread($key);
                        }
                    })*
                    _ => return Err(Field { key: key_span, span, value }),
                }
                Ok(())
            }

            fn set_cell(&mut self, key: &str, field: Field<Text<$a>>, reading: &mut Reading) -> bool {
                let Field { key: key_span, span, value } = field;
                match key {
                    $($key => {
                        reading.field = $key;
                        self.$field = <$type as Read<$a>>::cell(value, span, reading)
                            .map(|value| Field { key: key_span, span, value });
                        if self.$field.is_none() {
                            self.unread($key);
                        }
                    })*
                    _ => return false,
                }
                true
            }

            fn unread(&mut self, key: &'static str) {
                self.unread.push(key.into());
            }

            fn moment(&self, key: &str) -> Option<(crate::source::Span, crate::source::Span, &Moment<$a>)> {
                match key {
                    $($key => {
                        let field = self.$field.as_ref()?;
                        Some((field.key, field.span, <$type as Read<$a>>::moment(&field.value)?))
                    })*
                    _ => None,
                }
            }

            fn short(&self, key: &str) -> Option<(crate::source::Span, &str)> {
                match key {
                    $($key => {
                        let field = self.$field.as_ref()?;
                        let whole = crate::source::Span { start: field.key.start, end: field.span.end };
                        Some((whole, <$type as Read<$a>>::short(&field.value)?))
                    })*
                    _ => None,
                }
            }

            fn has(&self, key: &str) -> bool {
                match key {
                    $($key => self.$field.is_some() || self.unread.iter().any(|unread| unread == key),)*
                    _ => false,
                }
            }
        }

        impl<$a> $name<$a> {
            /// Takes from `shared` each field that it does not have itself.
            pub fn fill(&mut self, shared: &Self) {
                $(if self.$field.is_none() { self.$field.clone_from(&shared.$field); })*
                self.unread.extend_from_slice(&shared.unread);
            }
        }

        impl<$a> Read<$a> for $name<$a> {
            const EXPECTED: &'static str = "a table";

            fn read(value: DeValue<$a>, span: crate::source::Span, reading: &mut Reading) -> Option<Self> {
                super::value::read_section(value, span, reading)
            }
        }
    };
}

section! {
    /// One event as its author wrote it.
    Record<'a> {
        id: Text<'a> = "id" false ""
            "Permanent name of the event: part of addresses and of the UID; the file's name where it is left out."
            "id = \"forum-ukraine\"";
        uid: Text<'a> = "uid" false "UID"
            "Overrides the UID, which is otherwise `<id>@<domain>`."
            "uid = \"a1b2@example.org\"";
        title: Text<'a> = "title" true "SUMMARY"
            "What it is, in one line of at most 255 characters."
            "title = \"Forum: war in Ukraine\"";
        kind: Text<'a> = "kind" true "CATEGORIES"
            "One of the kinds: protest, strike, forum, action-day, meeting, conference, vigil, occupation, boycott, commemoration, deadline, or one from calendar.toml."
            "kind = \"forum\"";
        start: Moment<'a> = "start" true "DTSTART"
            "When it begins: a date for a whole day, or a date with a time in `timezone`."
            "start = 2026-12-02T18:00";
        end: Moment<'a> = "end" false "DTEND"
            "When it ends; for dates, the last day; \"open\" for what has begun and lasts until you write its end."
            "end = 2026-12-02T20:00";
        duration: Text<'a> = "duration" false "DTEND"
            "How long it lasts, instead of `end`."
            "duration = \"2h\"";
        timezone: Text<'a> = "timezone" false "TZID"
            "IANA name of the zone in which times are written, or \"local\" for each place's own clock."
            "timezone = \"America/Vancouver\"";
        repeat: Text<'a> = "repeat" false "RRULE"
            "How it repeats, in words."
            "repeat = \"every month on the 2nd tuesday\"";
        rrule: Text<'a> = "rrule" false "RRULE"
            "How it repeats, as a rule of RFC 5545, instead of `repeat`."
            "rrule = \"FREQ=MONTHLY;BYDAY=2TU\"";
        until: Moment<'a> = "until" false "RRULE"
            "The last day on which it may repeat, itself included."
            "until = 2026-12-31";
        count: u32 = "count" false "RRULE"
            "How often it happens, instead of `until`; excluded occurrences count."
            "count = 12";
        except: Vec<Field<Moment<'a>>> = "except" false "EXDATE"
            "Occurrences that do not happen: their dates, or their exact starts."
            "except = [2026-08-11]";
        also: Vec<Field<Moment<'a>>> = "also" false ""
            "More occurrences: dates, or dates with times; each is an event of its own in feeds."
            "also = [2026-08-18T19:00]";
        from: Vec<Field<FromTable<'a>>> = "from" false "RRULE, RELATED-TO"
            "What is otherwise from a date on, each a table `[[from]]`; a series of its own in feeds."
            "[[from]]";
        changes: Vec<Field<ChangeTable<'a>>> = "change" false "RECURRENCE-ID"
            "Occurrences that are not as planned, each a table `[[change]]`."
            "[[change]]";
        local: Vec<Field<LocalTable<'a>>> = "local" false ""
            "Local events of an action day, each a table `[[local]]` and an event of its own."
            "[[local]]";
        locals: Text<'a> = "locals" false ""
            "A CSV file beside the record with more local events: a row each, columns named as the fields of `[[local]]`."
            "locals = \"locals.csv\"";
        announced: Vec<Field<Text<'a>>> = "announced" false ""
            "Times as printed on the poster or page; each must be the same instant as `start`."
            "announced = [\"18:00 Vancouver\", \"20:00 Toronto\"]";
        status: Text<'a> = "status" false "STATUS"
            "tentative, confirmed (the default), cancelled, or postponed (no new date yet)."
            "status = \"cancelled\"";
        reason: Text<'a> = "reason" false "DESCRIPTION"
            "Why it is cancelled, postponed or moved; one line, shown with the status, and first in feeds."
            "reason = \"The hall has no heating.\"";
        moved_from: Moment<'a> = "moved-from" false "DESCRIPTION"
            "The earlier start, where the event was given a new date."
            "moved-from = 2026-11-25T18:00";
        description: Text<'a> = "description" false "DESCRIPTION"
            "What it is about, in Markdown."
            "description = \"Speakers from **three** countries.\"";
        url: Text<'a> = "url" false "URL"
            "The event's public page."
            "url = \"https://example.org/forum\"";
        location: TextOr<'a, LocationTable<'a>> = "location" false "LOCATION, GEO"
            "Where it is: a text, or a table."
            "location = { name = \"Zócalo\", city = \"Mexico City\", country = \"MX\" }";
        online: TextOr<'a, OnlineTable<'a>> = "online" false "CONFERENCE"
            "How to join: an address, or a table."
            "online = { platform = \"Zoom\", meeting-id = \"858 3554 9492\" }";
        organizers: Vec<Field<TextOr<'a, OrganizerTable<'a>>>> = "organizers" false "ORGANIZER, CONTACT"
            "Who calls for it: texts, or tables with name, url and email."
            "organizers = [\"Tenants' union\"]";
        contact: Text<'a> = "contact" false "CONTACT"
            "A public address or number."
            "contact = \"press@example.org\"";
        tags: Vec<Field<Text<'a>>> = "tags" false "CATEGORIES"
            "Free labels."
            "tags = [\"anti-war\", \"housing\"]";
        language: Text<'a> = "language" false "LANGUAGE parameter"
            "BCP 47 tag of the language of the text."
            "language = \"es\"";
        translations: BTreeMap<String, Field<TranslationTable<'a>>> = "translations" false "SUMMARY, DESCRIPTION"
            "Title and description in other languages, each a table `[translations.<tag>]`; for feeds and listings of that language."
            "translations = { es = { title = \"Foro: guerra en Ucrania\" } }";
        image: TextOr<'a, ImageTable<'a>> = "image" false "IMAGE"
            "A picture: its address, or a table with url and alt."
            "image = { url = \"https://example.org/poster.png\", alt = \"A raised hand\" }";
        sources: Vec<Field<Text<'a>>> = "sources" false ""
            "Where the facts come from: addresses or texts; not in feeds."
            "sources = [\"https://example.org/call\"]";
        part_of: Text<'a> = "part-of" false "RELATED-TO"
            "Id of the action day or campaign that this belongs to."
            "part-of = \"global-day-of-action\"";
        review_by: Moment<'a> = "review-by" false ""
            "For what repeats or is open: past this date, the event is reported and becomes tentative, unless you set a later date."
            "review-by = 2027-03-01";
        note: Text<'a> = "note" false ""
            "For editors; never published."
            "note = \"Printed as 4:00 PST\"";
    }
}

impl Record<'_> {
    /// Takes from `shared` each field that it does not have itself; an `online` of its own takes `share` from there.
    pub fn inherit(&mut self, shared: &Self) {
        let share = shared.online.as_ref().and_then(|field| match &field.value {
            TextOr::Table(table) => Some(&**table),
            TextOr::Text(_) => None,
        });
        match (&mut self.online, share) {
            (Some(own), Some(table)) => keep_share(own, table),
            // A rule for those that have something to join makes no event one that has.
            (None, Some(table)) if table.is_share_alone() => {
                let without = Record { online: None, ..shared.clone() };
                return self.fill(&without);
            }
            _ => {}
        }
        self.fill(shared);
    }
}

/// Gives `own` the `share` of `shared`, readable or not, unless it has one itself.
fn keep_share<'a>(own: &mut Field<TextOr<'a, OnlineTable<'a>>>, shared: &OnlineTable<'a>) {
    if !shared.has("share") {
        return;
    }
    if let TextOr::Text(url) = &own.value {
        let url = Field { key: own.span, span: own.span, value: url.clone() };
        own.value = TextOr::Table(Box::new(OnlineTable { url: Some(url), ..OnlineTable::default() }));
    }
    if let TextOr::Table(table) = &mut own.value
        && !table.has("share")
    {
        table.share.clone_from(&shared.share);
        if table.share.is_none() {
            table.unread("share");
        }
    }
}

impl OnlineTable<'_> {
    /// Whether it says who may see how one joins, and nothing else.
    fn is_share_alone(&self) -> bool {
        let OnlineTable { url, platform, meeting_id, passcode, phone, registration, share, unread } = self;
        let said = [url, platform, meeting_id, passcode, phone, registration].iter().any(|slot| slot.is_some());
        share.is_some() && !said && unread.is_empty()
    }
}

section! {
    /// One occurrence of a repeating event, as planned and as it will be.
    ChangeTable<'a> {
        occurrence: Moment<'a> = "occurrence" true "RECURRENCE-ID" "The planned date, or the exact planned start." "occurrence = 2026-09-08";
        title: Text<'a> = "title" false "SUMMARY" "Another title." "title = \"Assembly in the park\"";
        start: Moment<'a> = "start" false "DTSTART" "When it begins instead." "start = 2026-09-09T20:00";
        end: Moment<'a> = "end" false "DTEND" "When it ends instead." "end = 2026-09-09T21:30";
        duration: Text<'a> = "duration" false "DTEND" "How long it lasts instead." "duration = \"2h\"";
        timezone: Text<'a> = "timezone" false "TZID" "The zone of its times, where it is another." "timezone = \"Europe/Lisbon\"";
        status: Text<'a> = "status" false "STATUS" "tentative, confirmed, cancelled or postponed." "status = \"cancelled\"";
        reason: Text<'a> = "reason" false "DESCRIPTION" "Why it is cancelled, postponed or moved." "reason = \"The hall has no heating.\"";
        description: Text<'a> = "description" false "DESCRIPTION" "Another text, in Markdown." "description = \"Bring an umbrella.\"";
        translations: BTreeMap<String, Field<TranslationTable<'a>>> = "translations" false "SUMMARY, DESCRIPTION" "Title and description in other languages, where they are others." "translations = { es = { title = \"Asamblea en el parque\" } }";
        url: Text<'a> = "url" false "URL" "Another page." "url = \"https://example.org/september\"";
        location: TextOr<'a, LocationTable<'a>> = "location" false "LOCATION, GEO" "Another place." "location = \"The park\"";
        online: TextOr<'a, OnlineTable<'a>> = "online" false "CONFERENCE" "Another way to join." "online = \"https://example.org/join\"";
    }
}

section! {
    /// What a repeating event is from a date on. What it does not say is as before.
    FromTable<'a> {
        date: Moment<'a> = "date" true "DTSTART" "The first day on which it is so: that of an occurrence, or any day between two." "date = 2026-09-01";
        title: Text<'a> = "title" false "SUMMARY" "Another title." "title = \"Assembly in the park\"";
        start: Moment<'a> = "start" false "DTSTART" "Another hour, or the first new start with its date." "start = \"20:00\"";
        end: Moment<'a> = "end" false "DTEND" "When it ends instead: an hour on the day of its start, or an end as anywhere." "end = \"21:30\"";
        duration: Text<'a> = "duration" false "DTEND" "How long it lasts instead." "duration = \"90m\"";
        timezone: Text<'a> = "timezone" false "TZID" "Another zone; the hour on the clock stays." "timezone = \"Europe/Lisbon\"";
        repeat: Text<'a> = "repeat" false "RRULE" "Another repeat, in words; its first occurrence is the first one on or after `date`." "repeat = \"every week on wed\"";
        rrule: Text<'a> = "rrule" false "RRULE" "The same as a rule of RFC 5545." "rrule = \"FREQ=WEEKLY;BYDAY=WE\"";
        status: Text<'a> = "status" false "STATUS" "tentative, confirmed, cancelled or postponed." "status = \"cancelled\"";
        reason: Text<'a> = "reason" false "DESCRIPTION" "Why it is cancelled, postponed or moved." "reason = \"The hall has no heating.\"";
        description: Text<'a> = "description" false "DESCRIPTION" "Another text, in Markdown." "description = \"Now in the evening.\"";
        translations: BTreeMap<String, Field<TranslationTable<'a>>> = "translations" false "SUMMARY, DESCRIPTION" "Title and description in other languages, where they are others." "translations = { es = { title = \"Asamblea en el parque\" } }";
        url: Text<'a> = "url" false "URL" "Another page." "url = \"https://example.org/autumn\"";
        location: TextOr<'a, LocationTable<'a>> = "location" false "LOCATION, GEO" "Another place." "location = \"The park\"";
        online: TextOr<'a, OnlineTable<'a>> = "online" false "CONFERENCE" "Another way to join." "online = \"https://example.org/join\"";
        organizers: Vec<Field<TextOr<'a, OrganizerTable<'a>>>> = "organizers" false "ORGANIZER, CONTACT" "Who calls for it instead." "organizers = [\"Tenants' union\"]";
    }
}

section! {
    /// One local event of an action day. What it does not say is as in the event that holds it.
    LocalTable<'a> {
        id: Text<'a> = "id" false "" "Its name behind that of the action day, as in `global-day/havana`; made from the city where it is left out." "id = \"havana-vieja\"";
        uid: Text<'a> = "uid" false "UID" "Overrides the UID." "uid = \"a1b2@example.org\"";
        city: Text<'a> = "city" false "LOCATION" "City." "city = \"Havana\"";
        region: Text<'a> = "region" false "LOCATION" "State or province." "region = \"Artemisa\"";
        country: Text<'a> = "country" false "LOCATION" "ISO 3166-1 alpha-2 code; where the country has one clock, the zone follows from it." "country = \"CU\"";
        address: Text<'a> = "address" false "LOCATION" "Street and number." "address = \"Calle 23\"";
        lat: f64 = "lat" false "GEO" "Latitude in degrees." "lat = 23.1136";
        lon: f64 = "lon" false "GEO" "Longitude in degrees." "lon = -82.3666";
        location: TextOr<'a, LocationTable<'a>> = "location" false "LOCATION, GEO" "The place: its name, or a table with more." "location = \"Parque Central\"";
        start: Moment<'a> = "start" false "DTSTART" "When it begins: an hour on the day of the event that holds it, or a start as anywhere; all day where it is left out." "start = \"10:00\"";
        end: Moment<'a> = "end" false "DTEND" "When it ends: an hour on the day of its start, or an end as anywhere." "end = \"12:30\"";
        duration: Text<'a> = "duration" false "DTEND" "How long it lasts, instead of `end`." "duration = \"2h\"";
        timezone: Text<'a> = "timezone" false "TZID" "IANA name of its zone." "timezone = \"America/Havana\"";
        title: Text<'a> = "title" false "SUMMARY" "A title of its own." "title = \"March to the embassy\"";
        kind: Text<'a> = "kind" false "CATEGORIES" "A kind of its own." "kind = \"protest\"";
        status: Text<'a> = "status" false "STATUS" "tentative, confirmed, cancelled or postponed." "status = \"tentative\"";
        repeat: Text<'a> = "repeat" false "RRULE" "How it repeats, where the others do not." "repeat = \"every week on tue\"";
        rrule: Text<'a> = "rrule" false "RRULE" "The same as a rule of RFC 5545." "rrule = \"FREQ=WEEKLY;BYDAY=TU\"";
        until: Moment<'a> = "until" false "RRULE" "The last day of its own repeat." "until = 2026-12-31";
        count: u32 = "count" false "RRULE" "How often its own repeat happens." "count = 12";
        except: Vec<Field<Moment<'a>>> = "except" false "EXDATE" "Occurrences of its own repeat that do not happen." "except = [2026-08-11]";
        also: Vec<Field<Moment<'a>>> = "also" false "" "More occurrences of its own." "also = [2026-08-18]";
        announced: Vec<Field<Text<'a>>> = "announced" false "" "Times as printed on its poster." "announced = [\"10:00 Havana\"]";
        moved_from: Moment<'a> = "moved-from" false "DESCRIPTION" "The earlier start, where only this one was moved." "moved-from = 2026-11-25T18:00";
        reason: Text<'a> = "reason" false "DESCRIPTION" "Why it is cancelled, postponed or moved." "reason = \"The hall has no heating.\"";
        description: Text<'a> = "description" false "DESCRIPTION" "A text of its own, in Markdown." "description = \"Bring flags.\"";
        url: Text<'a> = "url" false "URL" "A page of its own." "url = \"https://example.org/havana\"";
        online: TextOr<'a, OnlineTable<'a>> = "online" false "CONFERENCE" "How to join this one." "online = \"https://example.org/join\"";
        organizers: Vec<Field<TextOr<'a, OrganizerTable<'a>>>> = "organizers" false "ORGANIZER, CONTACT" "Who calls for this one." "organizers = [\"Students' union\"]";
        contact: Text<'a> = "contact" false "CONTACT" "A public address or number." "contact = \"havana@example.org\"";
        tags: Vec<Field<Text<'a>>> = "tags" false "CATEGORIES" "Labels of its own." "tags = [\"students\"]";
        language: Text<'a> = "language" false "LANGUAGE parameter" "BCP 47 tag of its texts." "language = \"es\"";
        translations: BTreeMap<String, Field<TranslationTable<'a>>> = "translations" false "SUMMARY, DESCRIPTION" "Its own texts in other languages." "translations = { es = { title = \"Marcha\" } }";
        image: TextOr<'a, ImageTable<'a>> = "image" false "IMAGE" "A picture of its own." "image = \"https://example.org/havana.png\"";
        sources: Vec<Field<Text<'a>>> = "sources" false "" "Where the facts about this one come from." "sources = [\"https://example.org/call\"]";
        note: Text<'a> = "note" false "" "For editors; never published." "note = \"Permit not yet granted\"";
    }
}

section! {
    /// The texts of an event in another language.
    TranslationTable<'a> {
        title: Text<'a> = "title" false "SUMMARY" "The title in that language." "title = \"Foro: guerra en Ucrania\"";
        reason: Text<'a> = "reason" false "DESCRIPTION" "The reason in that language." "reason = \"La sala no tiene calefacción.\"";
        description: Text<'a> = "description" false "DESCRIPTION" "The description in that language, in Markdown." "description = \"Hablan **tres** países.\"";
    }
}

section! {
    /// A place.
    LocationTable<'a> {
        name: Text<'a> = "name" false "LOCATION" "Name of the place." "name = \"Zócalo\"";
        address: Text<'a> = "address" false "LOCATION" "Street and number." "address = \"Plaza de la Constitución\"";
        city: Text<'a> = "city" false "LOCATION" "City." "city = \"Mexico City\"";
        region: Text<'a> = "region" false "LOCATION" "State or province." "region = \"CDMX\"";
        country: Text<'a> = "country" false "LOCATION" "ISO 3166-1 alpha-2 code." "country = \"MX\"";
        lat: f64 = "lat" false "GEO" "Latitude in degrees." "lat = 19.4326";
        lon: f64 = "lon" false "GEO" "Longitude in degrees." "lon = -99.1332";
        accessibility: Vec<Field<Text<'a>>> = "accessibility" false "DESCRIPTION"
            "step-free, sign-language, captions, hearing-loop, childcare, quiet-space." "accessibility = [\"step-free\"]";
        notes: Text<'a> = "notes" false "DESCRIPTION" "How to find it, and the like." "notes = \"Meet at the flagpole\"";
    }
}

section! {
    /// How to join.
    OnlineTable<'a> {
        url: Text<'a> = "url" false "CONFERENCE" "Join link." "url = \"https://example.org/join\"";
        platform: Text<'a> = "platform" false "CONFERENCE" "Zoom, Jitsi, …" "platform = \"Zoom\"";
        meeting_id: Text<'a> = "meeting-id" false "DESCRIPTION" "Number of the meeting." "meeting-id = \"858 3554 9492\"";
        passcode: Text<'a> = "passcode" false "DESCRIPTION" "Passcode of the meeting." "passcode = \"191837\"";
        phone: Text<'a> = "phone" false "CONFERENCE" "Number to dial in." "phone = \"+1 555 0100\"";
        registration: Text<'a> = "registration" false "DESCRIPTION" "Where one registers."
            "registration = \"https://example.org/register\"";
        share: Text<'a> = "share" false "" "Who sees how one joins: \"public\" (the default), \"registered\" (the registration page and the platform are public, the rest is not), \"members\" (nothing is public)." "share = \"members\"";
    }
}

section! {
    /// Who calls for an event.
    OrganizerTable<'a> {
        name: Text<'a> = "name" true "CONTACT" "Name of the group or person." "name = \"Tenants' union\"";
        url: Text<'a> = "url" false "" "Page." "url = \"https://example.org/\"";
        email: Text<'a> = "email" false "ORGANIZER" "Public address." "email = \"mail@example.org\"";
    }
}

section! {
    /// A picture.
    ImageTable<'a> {
        url: Text<'a> = "url" true "IMAGE" "Address." "url = \"https://example.org/poster.png\"";
        alt: Text<'a> = "alt" false "" "What it shows." "alt = \"A raised hand\"";
    }
}

section! {
    /// calendar.toml.
    SettingsTable<'a> {
        title: Text<'a> = "title" false "NAME" "Name of the calendar." "title = \"Action days\"";
        description: Text<'a> = "description" false "DESCRIPTION" "A sentence or two." "description = \"Forums and strikes\"";
        url: Text<'a> = "url" false "URL" "Where it will be served." "url = \"https://example.org/calendar/\"";
        domain: Text<'a> = "domain" false "UID" "Right-hand side of UIDs; the host of `url` where it is left out." "domain = \"example.org\"";
        timezone: Text<'a> = "timezone" false "X-WR-TIMEZONE" "Default zone of records and listings." "timezone = \"Europe/Madrid\"";
        language: Text<'a> = "language" false "" "BCP 47 tag." "language = \"en\"";
        languages: Vec<Field<Text<'a>>> = "languages" false "" "Further languages of the site's pages; where it is left out, those of feeds." "languages = [\"es\", \"ar\"]";
        refresh: Text<'a> = "refresh" false "REFRESH-INTERVAL" "How often subscribers look for news." "refresh = \"6h\"";
        kind: Text<'a> = "kind" false "" "Kind of records that give none." "kind = \"protest\"";
        organizer_in_feeds: bool = "organizer-in-feeds" false "ORGANIZER" "Whether feeds carry ORGANIZER." "organizer-in-feeds = false";
        kinds: BTreeMap<String, Field<KindTable<'a>>> = "kinds" false "" "More kinds, each a table `[kinds.<name>]`." "[kinds.picket]";
        feeds: Vec<Field<FeedTable<'a>>> = "feed" false "" "Feeds, each a table `[[feed]]`." "[[feed]]";
    }
}

section! {
    /// A kind in calendar.toml.
    KindTable<'a> {
        label: LabelValue<'a> = "label" false "CATEGORIES" "For people: a text, or texts by language." "label = { en = \"Picket line\", es = \"Piquete\" }";
        color: Text<'a> = "color" false "COLOR" "A CSS colour." "color = \"firebrick\"";
        duration: Text<'a> = "duration" false "" "Length of events that state none." "duration = \"8h\"";
    }
}

section! {
    /// A feed in calendar.toml.
    FeedTable<'a> {
        name: Text<'a> = "name" true "" "The file is `<name>.ics`." "name = \"forums\"";
        title: Text<'a> = "title" false "NAME" "For people." "title = \"Online forums\"";
        description: Text<'a> = "description" false "DESCRIPTION" "A sentence or two." "description = \"All forums that one can join\"";
        filter: WhereTable<'a> = "where" false "" "Which events." "where = { kind = [\"forum\"], online = true }";
        past: Text<'a> = "past" false "" "How far back events stay." "past = \"90d\"";
        future: Text<'a> = "future" false "" "How far ahead events are listed." "future = \"18mo\"";
        cancelled: Text<'a> = "cancelled" false "" "show, announce or drop." "cancelled = \"show\"";
        audience: Text<'a> = "audience" false "" "Who may read it: \"public\" (the default), or \"members\", who see what `share` withholds: written to `members/` and the secret in REDLETTER_MEMBERS_SECRET." "audience = \"members\"";
        language: Text<'a> = "language" false "" "BCP 47 tag for labels." "language = \"es\"";
        series: Text<'a> = "series" false "" "How repeats are written: rules or expanded." "series = \"expanded\"";
    }
}

section! {
    /// The `where` of a feed.
    WhereTable<'a> {
        kind: Vec<Field<Text<'a>>> = "kind" false "" "Kinds." "kind = [\"forum\"]";
        tag: Vec<Field<Text<'a>>> = "tag" false "" "Tags." "tag = [\"!internal\"]";
        country: Vec<Field<Text<'a>>> = "country" false "" "Countries." "country = [\"GR\"]";
        city: Vec<Field<Text<'a>>> = "city" false "" "Cities." "city = [\"Athens\"]";
        status: Vec<Field<Text<'a>>> = "status" false "" "Statuses." "status = [\"!cancelled\"]";
        language: Vec<Field<Text<'a>>> = "language" false "" "Languages." "language = [\"es\"]";
        online: bool = "online" false "" "Only what can be joined from afar, or only what cannot." "online = true";
        in_person: bool = "in-person" false "" "Only what has a place, or only what has none." "in-person = true";
    }
}

/// The tables that an event may hold.
pub const INSIDE_EVENT: [&[Row]; 5] =
    [LocationTable::ROWS, OnlineTable::ROWS, OrganizerTable::ROWS, ImageTable::ROWS, TranslationTable::ROWS];

/// A label: one text, or one for each language.
pub type LabelValue<'a> = TextOr<'a, LabelTable<'a>>;

/// Labels by language tag.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct LabelTable<'a>(pub BTreeMap<String, Field<Text<'a>>>);

impl<'a> Section<'a> for LabelTable<'a> {
    const ROWS: &'static [Row] = &[];

    fn set(&mut self, key: &str, field: Field<DeValue<'a>>, reading: &mut Reading) -> Result<(), Field<DeValue<'a>>> {
        let Field { key: key_span, span, value } = field;
        if let Some(value) = Text::read(value, span, reading) {
            self.0.insert(key.to_owned(), Field { key: key_span, span, value });
        }
        Ok(())
    }

    fn set_cell(&mut self, _key: &str, _field: Field<Text<'a>>, _reading: &mut Reading) -> bool {
        false
    }
}
