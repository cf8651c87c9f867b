//! The properties of a VEVENT that are not about time → the lines of a record; each property is carried, or accounted for.

use std::cell::RefCell;
use std::collections::HashMap;

use super::component::Component;
use super::draft::{Line, list, number, prose, table};
use super::lines::ContentLine;
use super::online::{self, Online};
use super::summary::{Fate, Place, Summary};
use super::text;
use super::value;
use crate::event::Kinds;
use crate::record::value::toml_text;
use crate::resolve::text::{checked_language, checked_url};

/// What an event says beside its time.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Fields {
    /// One line of at most 255 characters.
    pub title: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// Name of the kind, by its categories.
    pub kind: Option<String>,
    /// Other categories.
    pub tags: Vec<String>,
    /// tentative, confirmed, cancelled.
    pub status: Option<&'static str>,
    /// The event's page.
    pub url: Option<String>,
    /// The place in one line.
    pub location: Option<String>,
    /// Latitude and longitude.
    pub position: Option<(f64, f64)>,
    /// How to join.
    pub online: Option<Online>,
    /// Name and e-mail address.
    pub organizer: Option<(String, Option<String>)>,
    /// A public address or number.
    pub contact: Option<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// Address of a picture.
    pub image: Option<String>,
}

/// The kinds of a calendar by the words of categories, each looked up once: a file repeats few of them often.
#[derive(Debug)]
pub struct KindNames<'k> {
    kinds: &'k Kinds,
    known: RefCell<HashMap<String, Option<String>>>,
}

/// Words that are kept.
const MOST_WORDS: usize = 10_000;

impl<'k> KindNames<'k> {
    /// The kinds of a calendar.
    pub fn new(kinds: &'k Kinds) -> Self {
        KindNames { kinds, known: RefCell::default() }
    }

    /// The name of the kind that a category means, in any language.
    fn find(&self, category: &str) -> Option<String> {
        if let Some(known) = self.known.borrow().get(category) {
            return known.clone();
        }
        let kinds = self.kinds;
        let folded = crate::text::fold(category);
        let found = kinds.meant(category).or_else(|| {
            crate::language::Language::all().find_map(|language| {
                let named = |name: &str| language.kind(name).is_some_and(|word| crate::text::fold(word) == folded);
                kinds.iter().find(|(_, kind)| named(&kind.name)).map(|(id, _)| id)
            })
        });
        let name = found.map(|id| kinds.get(id).name.to_string());
        if self.known.borrow().len() < MOST_WORDS {
            self.known.borrow_mut().insert(category.to_owned(), name.clone());
        }
        name
    }
}

/// Characters of a title, and of another line.
const TITLE: usize = 255;
const LINE: usize = 1_000;
/// Bytes of a description.
const DESCRIPTION: usize = 1_000_000;

/// Properties that are read elsewhere, or here by name.
const READ: [&str; 26] = [
    "UID",
    "SUMMARY",
    "DTSTART",
    "DTEND",
    "DURATION",
    "RRULE",
    "RDATE",
    "EXDATE",
    "EXRULE",
    "RECURRENCE-ID",
    "STATUS",
    "CLASS",
    "CATEGORIES",
    "LOCATION",
    "GEO",
    "ORGANIZER",
    "ATTACH",
    "IMAGE",
    "CONFERENCE",
    "X-GOOGLE-CONFERENCE",
    "DESCRIPTION",
    "X-ALT-DESC",
    "URL",
    "CONTACT",
    "X-APPLE-STRUCTURED-LOCATION",
    "TRANSP",
];

/// Why other properties are not carried.
fn reason(name: &str) -> (Fate, &'static str) {
    match name {
        "ATTENDEE" => (Fate::Private, "guests and their addresses are other people's data"),
        "COMMENT" | "X-MICROSOFT-CDO-OWNERAPPTID" | "REQUEST-STATUS" => {
            (Fate::Private, "notes between organizer and guests are not published")
        }
        "DTSTAMP" | "CREATED" | "LAST-MODIFIED" | "SEQUENCE" => {
            (Fate::Dropped, "`redletter lock` keeps its own times and numbers of changes")
        }
        "RELATED-TO" => (Fate::Dropped, "write `part-of` with the id of the event that it belongs to"),
        "PRIORITY" | "RESOURCES" | "PERCENT-COMPLETE" => (Fate::Dropped, "records have no such field"),
        "COLOR" => (Fate::Dropped, "colours belong to kinds, in calendar.toml"),
        _ if name.starts_with("X-") => (Fate::Dropped, "it belongs to another program"),
        _ => (Fate::Dropped, "records have no such field"),
    }
}

/// Reads the properties. `is_private` tells whether reminders and the like are counted only once a series.
pub fn fields(component: &Component<'_>, kinds: &KindNames<'_>, place: &Place, summary: &mut Summary) -> Fields {
    let mut fields = Fields::default();
    let mut plain = None;
    let mut html = None;
    for line in &component.properties {
        let name = line.name.to_ascii_uppercase();
        if !READ.contains(&&*name) {
            let (fate, why) = reason(&name);
            summary.say(fate, &name, why, place);
            continue;
        }
        match &*name {
            "SUMMARY" => {
                let title = line.text();
                let title = text::line(&title);
                if fields.title.is_none() && !title.is_empty() {
                    fields.title = Some(title.into_owned());
                    fields.language = line.param("LANGUAGE").and_then(checked_language).map(Into::into);
                } else if !title.is_empty() {
                    summary.say(Fate::Dropped, "SUMMARY", "the event has another title already", place);
                }
            }
            "DESCRIPTION" => {
                let text = line.text();
                let is_html = line.param("FMTTYPE").is_some_and(|kind| kind.eq_ignore_ascii_case("text/html"));
                if !text.trim().is_empty() && plain.is_none() && !is_html {
                    plain = Some(text.into_owned());
                } else if !text.trim().is_empty() && is_html {
                    html.get_or_insert(text.into_owned());
                } else if !text.trim().is_empty() {
                    summary.say(Fate::Dropped, "DESCRIPTION", "the event has another description already", place);
                }
            }
            "X-ALT-DESC" => {
                let text = line.text();
                if !text.trim().is_empty() {
                    html.get_or_insert(text.into_owned());
                }
            }
            "STATUS" => fields.status = status(line, place, summary).or(fields.status),
            "CATEGORIES" => fields.categories(line, kinds),
            "LOCATION" => fields.location(line, place, summary),
            "GEO" | "X-APPLE-STRUCTURED-LOCATION" => fields.position(line, &name, place, summary),
            "ORGANIZER" => fields.organizer(line, place, summary),
            "ATTACH" | "IMAGE" => fields.picture(line, &name, place, summary),
            "CONFERENCE" | "X-GOOGLE-CONFERENCE" => fields.conference(line, &name, place, summary),
            "URL" => match checked_url(line.value.trim()) {
                Ok(url) if url.len() < 4_000 => fields.url = Some(url.into()),
                _ if line.value.trim().is_empty() => {}
                _ => summary.say(Fate::Dropped, "URL", "it is no address of a web page", place),
            },
            "CONTACT" => {
                let contact = text::joined_lines(&line.text());
                if fields.contact.is_none() && !contact.is_empty() {
                    fields.contact = Some(cut(&contact, LINE));
                } else if !contact.is_empty() {
                    summary.say(Fate::Dropped, "CONTACT", "the event has another contact already", place);
                }
            }
            "TRANSP" if line.value.trim().eq_ignore_ascii_case("OPAQUE") => {
                summary.say(Fate::Dropped, "TRANSP:OPAQUE", "public events are shown as free time", place);
            }
            _ => {}
        }
    }
    fields.describe(plain, html, place, summary);
    for inner in &component.components {
        let (fate, why) = match &*inner.name {
            "VALARM" => (Fate::Private, "reminders are for each subscriber to set"),
            _ => (Fate::Dropped, "records have no such part"),
        };
        summary.say(fate, &inner.name, why, place);
    }
    fields
}

fn status(line: &ContentLine<'_>, place: &Place, summary: &mut Summary) -> Option<&'static str> {
    match line.value.trim().to_ascii_uppercase().as_str() {
        "CONFIRMED" => Some("confirmed"),
        "TENTATIVE" => Some("tentative"),
        "CANCELLED" | "CANCELED" => Some("cancelled"),
        "" => None,
        other => {
            let shown = super::shown(other);
            summary.say(Fate::Dropped, "STATUS", format!("`{shown}` is no status of an event"), place);
            None
        }
    }
}

/// At most that many characters.
fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

impl Fields {
    fn categories(&mut self, line: &ContentLine<'_>, kinds: &KindNames<'_>) {
        for category in line.texts() {
            let category = text::line(&category).into_owned();
            if category.chars().filter(|c| c.is_alphanumeric()).count() == 0 || category.chars().count() > 100 {
                continue;
            }
            let kind = kinds.find(&category);
            match kind {
                Some(kind) if self.kind.is_none() => self.kind = Some(kind),
                _ if !self.tags.contains(&category) && self.tags.len() < 100 => self.tags.push(category),
                _ => {}
            }
        }
    }

    fn location(&mut self, line: &ContentLine<'_>, place: &Place, summary: &mut Summary) {
        let location = text::joined_lines(&line.text());
        if location.is_empty() {
            return;
        }
        if let Some(online) = Online::of(&location) {
            if self.online.is_none() {
                self.online = Some(online);
                summary.say(Fate::Changed, "LOCATION", "an address to join is in `online`", place);
                return;
            }
            if self.online.as_ref().is_some_and(|own| own.url == online.url) {
                return;
            }
        }
        if location.chars().count() > LINE {
            summary.say(Fate::Changed, "LOCATION", "cut after 1,000 characters", place);
        }
        self.location = Some(cut(&location, LINE));
    }

    fn position(&mut self, line: &ContentLine<'_>, name: &str, place: &Place, summary: &mut Summary) {
        let text = line.value.trim();
        let text = text.strip_prefix("geo:").unwrap_or(text);
        match value::position(text) {
            // 0, 0 stands for nothing in several programs.
            Some((lat, lon)) if lat != 0.0 || lon != 0.0 => self.position = self.position.or(Some((lat, lon))),
            _ => summary.say(Fate::Dropped, name, "it names no place on land", place),
        }
    }

    fn organizer(&mut self, line: &ContentLine<'_>, place: &Place, summary: &mut Summary) {
        let address = line.value.trim();
        let address = address.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("mailto:")).map(|_| &address[7..]);
        let address = address.map(|address| address.split('?').next().unwrap_or(address).trim().to_owned());
        // Google writes addresses that are no mailboxes.
        let is_made = |address: &String| address.ends_with("calendar.google.com");
        let email = address.filter(|address| !is_made(address) && is_email(address));
        let name = line.param("CN").map(|name| cut(&text::line(name), LINE)).filter(|name| !name.is_empty());
        match name.or_else(|| email.clone()) {
            Some(name) if self.organizer.is_none() => self.organizer = Some((name, email)),
            _ => summary.say(Fate::Dropped, "ORGANIZER", "it has neither a name nor an address of a person", place),
        }
    }

    fn picture(&mut self, line: &ContentLine<'_>, name: &str, place: &Place, summary: &mut Summary) {
        let kind = line.param("FMTTYPE").unwrap_or_default().to_ascii_lowercase();
        let is_picture = kind.starts_with("image/") || (name == "IMAGE" && kind.is_empty());
        let url = checked_url(line.value.trim()).ok().filter(|url| url.len() < 4_000);
        match url.filter(|_| is_picture && self.image.is_none()) {
            Some(url) => self.image = Some(url.into()),
            None if is_picture => summary.say(Fate::Dropped, name, "an event has one picture, by its address", place),
            None => summary.say(Fate::Dropped, name, "records have no attachments", place),
        }
    }

    fn conference(&mut self, line: &ContentLine<'_>, name: &str, place: &Place, summary: &mut Summary) {
        let address = line.value.trim();
        if let Some(phone) = address.strip_prefix("tel:") {
            let phone = cut(&text::line(phone), LINE);
            match &mut self.online {
                Some(online) => online.phone = online.phone.take().or(Some(phone)),
                none => *none = Some(Online { phone: Some(phone), ..Online::default() }),
            }
            return;
        }
        match (Online::of(address), &mut self.online) {
            (Some(found), Some(own)) if own.url.is_empty() => *own = Online { phone: own.phone.take(), ..found },
            (Some(found), Some(own)) if own.url == found.url => {}
            (Some(found), none @ None) => *none = Some(found),
            _ => summary.say(Fate::Dropped, name, "an event has one address to join", place),
        }
    }

    fn describe(&mut self, plain: Option<String>, html: Option<String>, place: &Place, summary: &mut Summary) {
        let texts: Vec<&str> = [&plain, &html].into_iter().flatten().map(String::as_str).collect();
        match &mut self.online {
            Some(online) => online.complete(&texts),
            none => {
                let mut all = texts.clone();
                all.extend(self.location.as_deref());
                all.extend(self.url.as_deref());
                *none = online::in_texts(&all);
            }
        }
        // The HTML says more than the plain text only where it has links.
        let has_links = html.as_deref().is_some_and(|html| html.contains("href=") || html.contains("HREF="));
        let chosen = match (plain, html) {
            (Some(_), Some(html)) if has_links => Some(html),
            (Some(plain), _) => Some(plain),
            (None, html) => html,
        };
        let chosen = chosen.map(|text| match text::without_meeting_block(&text).filter(|_| self.online.is_some()) {
            Some(rest) => {
                summary.say(Fate::Changed, "DESCRIPTION", "Google's lines about the meeting are in `online`", place);
                rest
            }
            None => text,
        });
        let mut markdown = chosen.as_deref().map(|text| {
            if text::is_html(text) {
                summary.say(Fate::Changed, "DESCRIPTION", "HTML is written as Markdown", place);
            }
            text::markdown(text)
        });
        if let Some(title) = self.title.as_mut().filter(|title| title.chars().count() > TITLE) {
            let whole = text::of_plain(title);
            markdown = Some(markdown.map_or_else(|| whole.clone(), |text| format!("{whole}\n\n{text}")));
            let mut short = cut(title, TITLE - 1);
            short.truncate(short.trim_end().len());
            *title = short + "…";
            summary.say(Fate::Changed, "SUMMARY", "a title of over 255 characters is whole in `description`", place);
        }
        self.description = markdown.filter(|text| !text.is_empty());
        if let Some(text) = self.description.as_mut().filter(|text| text.len() > DESCRIPTION) {
            let end = (0..=DESCRIPTION).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
            text.truncate(end);
            summary.say(Fate::Changed, "DESCRIPTION", "cut after 1 MB", place);
        }
    }

    /// All lines but `kind`.
    pub fn lines(&self) -> Vec<Line> {
        let mut lines = self.shared_lines();
        if let Some((name, email)) = &self.organizer {
            lines.push((
                "organizers",
                match email {
                    Some(email) => format!("[{}]", table(&[("name", toml_text(name)), ("email", toml_text(email))])),
                    None => list(&[toml_text(name)]),
                },
            ));
        }
        let texts = [("contact", &self.contact), ("language", &self.language), ("image", &self.image)];
        lines.extend(texts.into_iter().filter_map(|(key, text)| Some((key, toml_text(text.as_deref()?)))));
        if !self.tags.is_empty() {
            let tags: Vec<String> = self.tags.iter().map(|tag| toml_text(tag)).collect();
            lines.push(("tags", list(&tags)));
        }
        lines
    }

    /// The lines that a change of one occurrence may have too.
    fn shared_lines(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        lines.extend(self.title.as_deref().map(|title| ("title", toml_text(title))));
        lines.extend(self.status.filter(|status| *status != "confirmed").map(|status| ("status", toml_text(status))));
        lines.extend(self.description.as_deref().map(|text| ("description", prose(text))));
        lines.extend(self.url.as_deref().map(|url| ("url", toml_text(url))));
        match (&self.location, self.position) {
            (Some(name), None) => lines.push(("location", toml_text(name))),
            (name, Some((lat, lon))) => {
                let mut place = Vec::new();
                place.extend(name.as_deref().map(|name| ("name", toml_text(name))));
                place.extend([("lat", number(lat)), ("lon", number(lon))]);
                lines.push(("location", table(&place)));
            }
            (None, None) => {}
        }
        lines.extend(self.online.as_ref().map(Online::line));
        lines
    }

    /// The lines of an occurrence with these fields in a series with the fields `base`. What the series has and the
    /// occurrence lacks cannot be said, and is given back.
    pub fn changes(&self, base: &Fields) -> (Vec<Line>, Vec<&'static str>) {
        let own = self.shared_lines();
        let shared = base.shared_lines();
        let mut lines: Vec<Line> = own.iter().filter(|line| !shared.contains(line)).cloned().collect();
        let mut kept = Vec::new();
        for (key, _) in &shared {
            if own.iter().any(|(name, _)| name == key) {
                continue;
            }
            if *key == "status" {
                lines.push(("status", toml_text("confirmed")));
            } else {
                kept.push(*key);
            }
        }
        (lines, kept)
    }
}

fn is_email(address: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    address.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && address.len() < 200
            && name.chars().all(allowed)
            && host.contains('.')
            && host
                .split('.')
                .all(|label| !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
    })
}
