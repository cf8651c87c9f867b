//! The proof that nothing withheld is public: a search for every withheld value, however it may be written.
//!
//! One search serves all: `check` looks through the records, and every verb that prints, writes or serves something for
//! the public looks through its bytes. Text is compared by its letters and digits alone ([`fold`]), as it stands and as a
//! program may decode it ([`decode`]); what stands between them decides whether it is the value ([`needle`]). Searched
//! are text in UTF-8 and UTF-16, and what gzip holds. In other files, such as pictures, only long values are searched for,
//! because short ones occur there by chance.
//!
//! Not searched for, because they would be found everywhere: the name of a platform, values of under four characters or
//! of four digits, digits that read as a date, and rooms whose name is an ordinary word. [`unsearched`] names them.
//!
//! All values are searched for in one pass (Aho and Corasick), so that the time does not depend on their number.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashSet;
use std::fmt;
use std::io::Read;
use std::ops::{ControlFlow, Range};
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use chrono::NaiveDate;
use flate2::read::MultiGzDecoder;

use crate::event::{Audience, Event, Online};
use crate::source::STRUCK;

mod decode;
mod fold;
mod link;
mod needle;
mod phone;
mod public;

pub use public::public_texts;

use decode::{DEPTH, decode};
use fold::{Placed, fold, folded};
use needle::{Folded, Form, LONG, LONGEST, Needle};

/// Characters of which a value has at least so many.
const LEAST: usize = 4;
/// Places that are reported for one text.
const MOST_PLACES: usize = 1_000;
/// Bytes of a compressed file that are searched, and of each piece of it.
const INFLATED: (u64, usize) = (256 << 20, 4 << 20);
/// Bytes of a piece that are searched again with the next one.
const OVERLAP: usize = 8 << 10;

/// The field that stands for the secret of the members.
const SECRET: &str = "secret";

/// A search for all withheld values of a calendar. It prints none of them.
#[derive(Clone, Default)]
pub struct Search {
    needles: Vec<Needle>,
    known: HashSet<(Box<[u8]>, Form, &'static str)>,
    /// Made when something is first searched.
    automaton: OnceLock<Option<AhoCorasick>>,
}

/// A withheld value that was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Leak {
    /// Id of the event that withholds it.
    pub event: Box<str>,
    /// The field of `online`.
    pub field: &'static str,
    /// Where it stands in the text, if it stands in one.
    pub range: Option<Range<usize>>,
}

/// Names the value, and does not quote it: `` `online.passcode` of `forum` ``.
impl fmt::Display for Leak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Leak { event, field, range: _ } = self;
        if *field == SECRET {
            f.write_str("the secret of the members")
        } else {
            write!(f, "`online.{field}` of `{event}`")
        }
    }
}

/// Prints that there is a search, but none of its needles.
impl fmt::Debug for Search {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Search")
    }
}

impl Search {
    /// A search for what is withheld of `events`.
    pub fn of<'e>(events: impl IntoIterator<Item = &'e Event>) -> Self {
        let mut search = Search::default();
        events.into_iter().for_each(|event| search.add(event));
        search
    }

    /// Adds what is withheld of an event, of its further strands, and of its changed occurrences.
    pub fn add(&mut self, event: &Event) {
        for one in event.versions() {
            if let Some(online) = one.online.as_deref() {
                self.add_online(&event.id, &one.title, online);
            }
        }
    }

    /// Adds what is withheld of `online`. `title` is that of the event.
    pub fn add_online(&mut self, event: &str, title: &str, public: &Online) {
        if public.withheld.is_none() {
            return;
        }
        let Online { url, platform, meeting_id, passcode, phone, registration, withheld: _ } =
            public.seen_by(Audience::Members);
        if let Some(url) = url {
            link::needles(url, platform.as_deref(), title, true, |value, form| self.push(event, "url", value, form));
        }
        if let Some(number) = meeting_id {
            self.push(event, "meeting-id", number, Form::Text);
        }
        if let Some(passcode) = passcode {
            self.push(event, "passcode", passcode, Form::Text);
        }
        if let Some(phone) = phone {
            phone::needles(phone, |value, form| self.push(event, "phone", value, form));
        }
        if let Some(url) = registration.as_deref().filter(|_| public.registration.is_none()) {
            link::needles(url, None, title, false, |value, form| self.push(event, "registration", value, form));
        }
    }

    /// Adds the secret in the paths of members' feeds.
    pub fn add_secret(&mut self, secret: &str) {
        self.push("", SECRET, secret, Form::Text);
    }

    fn push(&mut self, event: &str, field: &'static str, value: &str, form: Form) {
        let plain = folded(value);
        let form = match form {
            Form::Text if is_number(&plain) => Form::Number,
            Form::Number | Form::Phone | Form::Word if plain.len() > LONGEST => Form::Text,
            form => form,
        };
        if unsearchable(&plain).is_some() {
            return;
        }
        let plain = plain.into_boxed_slice();
        if self.known.insert((plain.clone(), form.clone(), field)) {
            self.needles.push(Needle { plain, form, event: event.into(), field });
            self.automaton = OnceLock::new();
        }
    }

    /// Gives all that is looked for to `take`, part by part, so that a digest of it differs from that of any other search.
    pub(crate) fn tell(&self, mut take: impl FnMut(&[u8])) {
        for Needle { plain, form, event, field } in &self.needles {
            [plain, event.as_bytes(), field.as_bytes(), &[form.number()]].into_iter().for_each(&mut take);
            if let Form::Query(pairs) = form {
                pairs.iter().for_each(|pair| take(pair));
            }
        }
    }

    /// Whether it looks for a value that `other` does not look for.
    pub fn adds_to(&self, other: &Search) -> bool {
        !self.known.is_subset(&other.known)
    }

    /// Whether nothing is withheld that could be looked for.
    pub fn is_empty(&self) -> bool {
        self.needles.is_empty()
    }

    /// The withheld values in a text that everybody may read, each with its place.
    pub fn leaks(&self, text: &str) -> Vec<Leak> {
        let (mut found, mut seen) = (Vec::new(), HashSet::new());
        self.find(text, LEAST, |needle, range| {
            if seen.insert((needle.event.clone(), needle.field, range.clone())) {
                found.push(leak(needle, Some(range)));
            }
            if found.len() < MOST_PLACES { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        found
    }

    /// The text with every withheld value struck out.
    pub fn struck(&self, text: &str) -> String {
        let mut ranges: Vec<_> = self.leaks(text).into_iter().filter_map(|leak| leak.range).collect();
        ranges.sort_unstable_by_key(|range| range.start);
        let (mut out, mut done) = (String::new(), 0);
        for range in ranges {
            if range.start >= done {
                out.push_str(&text[done..range.start]);
                out.push_str(STRUCK);
            }
            done = done.max(range.end);
        }
        out + &text[done..]
    }

    /// Proves that no withheld value stands in `bytes`, which are to be public; else the first one that does.
    pub fn prove(&self, bytes: &[u8]) -> Result<(), Leak> {
        if self.is_empty() {
            return Ok(());
        }
        if bytes.starts_with(&[0x1f, 0x8b]) {
            self.prove_inflated(bytes)?;
        }
        let (text, least) = match std::str::from_utf8(bytes) {
            Ok(text) => (Cow::Borrowed(text), LEAST),
            Err(_) => match utf16(bytes) {
                Some(text) => (text.into(), LEAST),
                None => (String::from_utf8_lossy(bytes), LONG),
            },
        };
        let mut first = None;
        self.find(&text, least, |needle, range| {
            first = Some(leak(needle, Some(range)));
            ControlFlow::Break(())
        });
        first.map_or(Ok(()), Err)
    }

    /// Proves the same of a file: of its path, from the folder that is published, and of its bytes.
    pub fn prove_file(&self, path: &str, bytes: &[u8]) -> Result<(), Leak> {
        self.prove(path.as_bytes()).map_err(|leak| Leak { range: None, ..leak })?;
        self.prove(bytes)
    }

    /// Proves it of what a compressed file holds, piece by piece.
    fn prove_inflated(&self, bytes: &[u8]) -> Result<(), Leak> {
        let mut inflated = MultiGzDecoder::new(bytes).take(INFLATED.0);
        let mut piece = Vec::new();
        loop {
            let kept = piece.len();
            // No reader can decode the data after a damaged place.
            let read = inflated.by_ref().take(INFLATED.1 as u64).read_to_end(&mut piece);
            if piece.len() > kept {
                let text = String::from_utf8_lossy(&piece);
                let mut first = None;
                let least = if matches!(text, Cow::Borrowed(_)) { LEAST } else { LONG };
                self.find(&text, least, |needle, _| {
                    first = Some(leak(needle, None));
                    ControlFlow::Break(())
                });
                if let Some(leak) = first {
                    return Err(leak);
                }
            }
            if read.is_err() || piece.len() == kept {
                return Ok(());
            }
            piece.drain(..piece.len().saturating_sub(OVERLAP));
        }
    }

    fn automaton(&self) -> Option<&AhoCorasick> {
        let make = || {
            let patterns = self.needles.iter().map(|needle| &needle.plain);
            // It fails for more bytes of values than fit into an index of 31 bits, which no calendar has room for.
            (!self.needles.is_empty()).then(|| AhoCorasick::new(patterns).expect("the values fit into an automaton"))
        };
        self.automaton.get_or_init(make).as_ref()
    }

    /// Tells `found` of every withheld value in `text` with at least `least` characters, as it stands and decoded.
    fn find(&self, text: &str, least: usize, mut found: impl FnMut(&Needle, Range<usize>) -> ControlFlow<()>) {
        thread_local! {
            static FOLDED: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
        }
        let Some(automaton) = self.automaton() else { return };
        let mut buffer = FOLDED.take();
        let mut reading = Cow::Borrowed(text);
        for depth in 0..=DEPTH {
            buffer.clear();
            fold(&reading, &mut buffer);
            // Without places first: in nearly all texts nothing is found.
            if automaton.is_match(&buffer) && self.look(automaton, text, depth, least, &mut found).is_break() {
                break;
            }
            let mut next = Vec::new();
            if depth == DEPTH || !decode(&reading, &mut next) {
                break;
            }
            reading = String::from_utf8_lossy(&next).into_owned().into();
        }
        FOLDED.set(buffer);
    }

    /// Looks through `text`, decoded `depth` times, with all places.
    fn look(
        &self,
        automaton: &AhoCorasick,
        text: &str,
        depth: usize,
        least: usize,
        found: &mut impl FnMut(&Needle, Range<usize>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let mut reading = Cow::Borrowed(text);
        let mut places: Option<Vec<u32>> = None;
        for _ in 0..depth {
            let mut placed = Placed::default();
            if !decode(&reading, &mut placed) {
                break;
            }
            let origin = |place: &u32| places.as_ref().map_or(*place, |places| places[*place as usize]);
            places = Some(placed.places.iter().map(origin).collect());
            reading = String::from_utf8_lossy(&placed.bytes).into_owned().into();
        }
        let folded = Folded::of(&reading);
        // Queries are read once for each match of their page; in all, that stays in proportion to the text.
        let mut budget = (1 << 20) + 16 * reading.len();
        for matched in automaton.find_overlapping_iter(&folded.bytes) {
            let needle = &self.needles[matched.pattern().as_usize()];
            let range = folded.range(&reading, matched.range());
            if needle.plain.len() < least || !needle.is_at(&reading, &range, &mut budget) {
                continue;
            }
            let origin = |at: usize| match &places {
                Some(places) => places.get(at).map_or(text.len(), |place| *place as usize),
                None => at,
            };
            found(needle, origin(range.start)..origin(range.end))?;
        }
        ControlFlow::Continue(())
    }
}

fn leak(needle: &Needle, range: Option<Range<usize>>) -> Leak {
    Leak { event: needle.event.clone(), field: needle.field, range }
}

/// The text of a file in UTF-16, which begins with a byte order mark.
fn utf16(bytes: &[u8]) -> Option<String> {
    let unit: fn([u8; 2]) -> u16 = match bytes {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => return None,
    };
    let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
    Some(String::from_utf16_lossy(&units))
}

fn is_number(plain: &[u8]) -> bool {
    plain.iter().all(u8::is_ascii_digit)
}

/// Why a folded value is not searched for, as a sentence goes on behind "it"; none where it is.
fn unsearchable(plain: &[u8]) -> Option<&'static str> {
    let count = String::from_utf8_lossy(plain).chars().count();
    match (is_number(plain), count) {
        (_, 0..LEAST) => Some("has under four letters or digits"),
        (true, LEAST) => Some("is a number of four digits"),
        (true, _) if is_date(plain) => Some("reads as a date"),
        _ => None,
    }
}

/// Withheld values of `online` that are not searched for, each by its field and the reason. `whole` is what members see.
pub fn unsearched(whole: &Online, title: &str) -> Vec<(&'static str, &'static str)> {
    let Online { url, platform, meeting_id, passcode, phone, registration: _, withheld: _ } = whole;
    let mut found = Vec::new();
    if let Some(url) = url
        && !link::needles(url, platform.as_deref(), title, true, |_, _| {})
    {
        found.push(("url", "names a room by an ordinary word"));
    }
    for (field, value) in [("meeting-id", meeting_id), ("passcode", passcode), ("phone", phone)] {
        if let Some(why) = value.as_deref().and_then(|value| unsearchable(&folded(value))) {
            found.push((field, why));
        }
    }
    found
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

#[cfg(test)]
mod tests;
