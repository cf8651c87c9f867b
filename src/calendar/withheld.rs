//! The proof that nothing withheld is public: a search for every withheld value, however it may be written.
//!
//! Letter case and what stands between letters and digits do not count: `858 3554 9492` is found in
//! `https://zoom.example/j/85835549492`. Folded lines, escapes of iCalendar and JSON, entities and percent signs are
//! read as what they stand for. Not looked for, because they would be found everywhere: the name of a platform, values of
//! under four characters or of four digits, and digits that read as a date.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use chrono::NaiveDate;

use crate::event::{Audience, Country, Event, Image, Location, Online, Organizer, Translation};

mod decode;

/// Characters of which a value has at least so many.
const LEAST: usize = 4;
/// From this length on, a value is found inside of words too.
const LONG: usize = 8;
/// Digits of which no other numbers have as many.
const LONG_NUMBER: usize = 9;

/// What is looked for.
#[derive(Clone, PartialEq, Eq)]
struct Needle {
    /// Letters and digits, in lower case.
    plain: Box<[u8]>,
    form: Form,
    /// Whose it is.
    event: Box<str>,
    field: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// A number, which may be grouped.
    Number,
    /// The end of a number, before which there may be an area code.
    Extension,
    /// Anything else.
    Text,
    /// A word, without anything in it.
    Word,
    /// A host without a path; followed by one, it is another address.
    Host,
}

/// A search for all withheld values of a calendar. It prints none of them.
#[derive(Clone, Default)]
pub struct Search {
    needles: Vec<Needle>,
    /// By the first bytes.
    starts: HashMap<[u8; LEAST], Vec<usize>>,
}

/// A withheld value that was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Leak {
    /// Id of the event whose it is.
    pub event: Box<str>,
    /// The field of `online`.
    pub field: &'static str,
    /// Where it stands in the text, as far as that is known.
    pub range: Option<Range<usize>>,
}

/// Prints that there is a search, and nothing of what it looks for.
impl fmt::Debug for Search {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Search")
    }
}

impl Search {
    /// Adds what is withheld of an event, and of its changed occurrences.
    pub fn add(&mut self, event: &Event) {
        if let Some(online) = event.online.as_deref() {
            self.add_online(&event.id, online);
        }
        for change in event.repeat.iter().flat_map(|repeat| &repeat.changes) {
            if let Some(online) = change.event.online.as_deref() {
                self.add_online(&event.id, online);
            }
        }
    }

    /// Adds what is withheld of `online`.
    pub fn add_online(&mut self, event: &str, public: &Online) {
        if public.withheld.is_none() {
            return;
        }
        let Online { url, platform: _, meeting_id, passcode, phone, registration, withheld: _ } =
            public.seen_by(Audience::Members);
        if let Some(url) = url {
            self.add_url(event, "url", url, true);
        }
        if let Some(number) = meeting_id {
            self.push(event, "meeting-id", number, Form::Text);
        }
        if let Some(passcode) = passcode {
            self.push(event, "passcode", passcode, Form::Text);
        }
        if let Some(phone) = phone {
            let number: String =
                phone.split([',', ';', '#']).next().unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
            match number.len() {
                0..7 => self.push(event, "phone", phone, Form::Text),
                7..=LONG_NUMBER => self.push(event, "phone", &number, Form::Number),
                more => self.push(event, "phone", &number[more - LONG_NUMBER..], Form::Extension),
            }
        }
        if let Some(url) = registration.as_deref().filter(|_| public.registration.is_none()) {
            self.add_url(event, "registration", url, false);
        }
    }

    fn add_url(&mut self, event: &str, field: &'static str, url: &str, is_meeting: bool) {
        let whole = decode::decoded(url);
        let rest = whole.split_once("://").map_or(&*whole, |(_, rest)| rest);
        let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        if path.chars().all(|c| !c.is_alphanumeric()) {
            self.push(event, field, host, Form::Host);
            return;
        }
        self.push(event, field, rest, Form::Text);
        if !is_meeting {
            return;
        }
        let (path, query) = path.split_at(path.find(['?', '#']).unwrap_or(path.len()));
        for segment in path.split('/') {
            let is_odd =
                segment.contains(|c: char| c.is_ascii_digit()) || segment.chars().skip(1).any(char::is_uppercase);
            if segment.bytes().all(|byte| byte.is_ascii_digit()) && segment.len() >= LONG_NUMBER {
                self.push(event, field, segment, Form::Number);
            } else if is_odd && segment.len() >= LONG {
                self.push(event, field, segment, Form::Word);
            }
        }
        for pair in query.split(['?', '&', '#', ';']) {
            let Some((key, value)) = pair.split_once('=') else { continue };
            let key = key.to_lowercase();
            if ["pwd", "pass", "token", "tk", "key", "code", "pin"].iter().any(|word| key.contains(word)) {
                self.push(event, field, value, Form::Text);
            }
        }
    }

    fn push(&mut self, event: &str, field: &'static str, value: &str, form: Form) {
        let plain = Plain::of(value).bytes;
        let is_number = plain.iter().all(u8::is_ascii_digit);
        let form = if is_number && form == Form::Text { Form::Number } else { form };
        if plain.len() < LEAST || is_number && (plain.len() <= LEAST || is_date(&plain)) {
            return;
        }
        let needle = Needle { plain: plain.into(), form, event: event.into(), field };
        if self.needles.contains(&needle) {
            return;
        }
        // `plain` is long enough.
        let start = needle.plain[..LEAST].try_into().expect("four bytes");
        self.starts.entry(start).or_default().push(self.needles.len());
        self.needles.push(needle);
    }

    /// Gives all that is looked for to `take`, part by part: who makes a digest of it knows another search from this one.
    pub(crate) fn tell(&self, mut take: impl FnMut(&[u8])) {
        for Needle { plain, form, event, field } in &self.needles {
            [plain, event.as_bytes(), field.as_bytes(), &[*form as u8]].into_iter().for_each(&mut take);
        }
    }

    /// Whether nothing is withheld that could be looked for.
    pub fn is_empty(&self) -> bool {
        self.needles.is_empty()
    }

    /// A search for what is withheld of `events`.
    pub fn of<'e>(events: impl IntoIterator<Item = &'e Event>) -> Self {
        let mut search = Search::default();
        events.into_iter().for_each(|event| search.add(event));
        search
    }

    /// The withheld values in a text that everybody may read.
    pub fn leaks(&self, text: &str) -> Vec<Leak> {
        if self.is_empty() {
            return Vec::new();
        }
        let mut found = Vec::new();
        self.find(text, |needle, range| found.push(leak(needle, Some(range))));
        if decode::is_coded(text) {
            self.find(&decode::decoded(text), |needle, _| {
                if !found.iter().any(|leak: &Leak| leak.event == needle.event && leak.field == needle.field) {
                    found.push(leak(needle, None));
                }
            });
        }
        found
    }

    /// Proves that no withheld value stands in `bytes`, which are to be public; else the first one that does.
    pub fn prove(&self, bytes: &[u8]) -> Result<(), Leak> {
        if self.is_empty() {
            return Ok(());
        }
        self.leaks(&String::from_utf8_lossy(bytes)).into_iter().next().map_or(Ok(()), Err)
    }

    fn find(&self, text: &str, mut found: impl FnMut(&Needle, Range<usize>)) {
        let plain = Plain::of(text);
        for (at, window) in plain.bytes.windows(LEAST).enumerate() {
            let start: [u8; LEAST] = window.try_into().expect("a window has its size");
            for needle in self.starts.get(&start).into_iter().flatten().map(|index| &self.needles[*index]) {
                if plain.bytes[at..].starts_with(&needle.plain) {
                    let range = plain.range(text, at, needle.plain.len());
                    if needle.is_at(text, &range) {
                        found(needle, range);
                    }
                }
            }
        }
    }
}

fn leak(needle: &Needle, range: Option<Range<usize>>) -> Leak {
    Leak { event: needle.event.clone(), field: needle.field, range }
}

impl Needle {
    /// Whether what reads like it at `range` is it, and no part of something else.
    fn is_at(&self, text: &str, range: &Range<usize>) -> bool {
        let written = &text[range.clone()];
        if written.contains('\n') {
            return false;
        }
        let before = text[..range.start].chars().next_back();
        let behind = text[range.end..].chars().next();
        let is = |side: Option<char>, class: fn(char) -> bool| side.is_some_and(class);
        let is_digit = |c: char| c.is_ascii_digit();
        let is_alone = !is(before, char::is_alphanumeric) && !is(behind, char::is_alphanumeric);
        let is_grouped = || {
            let groups = written.split(|c: char| c.is_ascii_digit());
            groups
                .into_iter()
                .all(|gap| gap.chars().count() <= 3 && gap.chars().all(|c| " -–./()+\u{a0}\u{202f}".contains(c)))
        };
        match self.form {
            Form::Number if self.plain.len() < LONG_NUMBER => is_alone && is_grouped() && !is_dated(text, range),
            Form::Number => !is(before, is_digit) && !is(behind, is_digit) && is_grouped(),
            Form::Extension => !is(behind, is_digit) && is_grouped(),
            Form::Text if self.plain.len() >= LONG => true,
            Form::Text => is_alone && written.len() <= self.plain.len() + 2,
            Form::Word => is_alone && written.chars().all(|c| c.is_alphanumeric() || "-_.~".contains(c)),
            Form::Host => {
                let path = text[range.end..].strip_prefix('/').unwrap_or_default();
                let is_longer =
                    is(behind, |c| c.is_alphanumeric() || c == '-') || path.starts_with(char::is_alphanumeric);
                is_alone && !is_longer && !written.contains(char::is_whitespace)
            }
        }
    }
}

/// Whether a number is a part of digits and hyphens that go on, as a date has them.
fn is_dated(text: &str, range: &Range<usize>) -> bool {
    let goes_on = |mut side: std::iter::Take<&mut dyn Iterator<Item = char>>| {
        side.next().is_some_and(|c| c == '-' || c == '.') && side.next().is_some_and(|c| c.is_ascii_digit())
    };
    goes_on((&mut text[..range.start].chars().rev() as &mut dyn Iterator<Item = char>).take(2))
        || goes_on((&mut text[range.end..].chars() as &mut dyn Iterator<Item = char>).take(2))
}

/// Whether digits read as a day or a month of our time.
fn is_date(digits: &[u8]) -> bool {
    let text = std::str::from_utf8(digits).unwrap_or_default();
    let is = |text: &str, pattern: &str| NaiveDate::parse_from_str(text, pattern).is_ok_and(|_| true);
    let century = |year: &str| year.starts_with("19") || year.starts_with("20");
    match text.len() {
        6 => century(text) && is(&format!("{text}01"), "%Y%m%d"),
        8 => century(text) && is(text, "%Y%m%d") || century(&text[4..]) && is(text, "%d%m%Y"),
        _ => false,
    }
}

/// The letters and digits of a text in lower case, and where each stands.
struct Plain {
    bytes: Vec<u8>,
    places: Vec<u32>,
}

impl Plain {
    fn of(text: &str) -> Self {
        let mut plain = Plain { bytes: Vec::with_capacity(text.len()), places: Vec::with_capacity(text.len()) };
        for (at, character) in text.char_indices().filter(|(_, character)| character.is_alphanumeric()) {
            for lower in character.to_lowercase() {
                let mut buffer = [0; 4];
                let bytes = lower.encode_utf8(&mut buffer).as_bytes();
                plain.bytes.extend_from_slice(bytes);
                plain.places.extend(std::iter::repeat_n(at as u32, bytes.len()));
            }
        }
        plain
    }

    /// Where `count` bytes from `at` on stand in `text`.
    fn range(&self, text: &str, at: usize, count: usize) -> Range<usize> {
        let last = self.places[at + count - 1] as usize;
        let end = last + text[last..].chars().next().map_or(0, char::len_utf8);
        self.places[at] as usize..end
    }
}

/// All that everybody may read of an event, its changed occurrences included.
pub fn public_texts(event: &Event) -> Vec<&str> {
    let mut texts = Vec::new();
    push_texts(event, &mut texts);
    for change in event.repeat.iter().flat_map(|repeat| &repeat.changes) {
        push_texts(&change.event, &mut texts);
    }
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
        ends: _,
        repeat: _,
        status: _,
        moved_from: _,
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
    texts.extend([description, url, contact].into_iter().filter_map(|text| text.as_deref()));
    for Translation { language: _, title, description } in translations.iter().flatten() {
        texts.extend([title, description].into_iter().filter_map(|text| text.as_deref()));
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

#[cfg(test)]
mod tests;
