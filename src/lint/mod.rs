//! What is known to break in which client, in any iCalendar file.
//!
//! A file is decoded and read by the reader of `import`; each rule is a code of [`FeedCode`] with its evidence. The cost of all
//! rules together is a part of that of reading: properties are looked at once, and a zone is compared with the database once
//! a year of its use.
//!
//! Guests, mail addresses and passcodes are redacted in findings.

mod event;
mod fresh;
mod privacy;
mod raw;
mod repeat;
mod text;
mod time;
mod zones;

use std::collections::HashMap;
use std::io::Read;
use std::ops::Range;

use chrono::{DateTime, Utc};

use crate::diagnostic::{Code, Diagnostic, FeedCode, Finding};
use crate::import::component::{Component, tree};
use crate::import::encoding::{Encoding, decode};
use crate::import::lines::{ContentLine, Problem};
use crate::source::{Source, Span};
use crate::zone::Tzdb;

/// Findings of a code that are kept.
const MOST: usize = 10_000;
/// What looking for dates in rules may cost, in dates of a plain rule.
const MOST_LOOKS: usize = 5_000_000;
/// Bytes of a compressed file that are unpacked.
const LARGEST_UNPACKED: u64 = 256_000_000;
/// Bytes and events of a subscription that Google reads.
const GOOGLE_READS: (usize, usize) = (1_000_000, 1_000);

/// What a file is judged by.
#[derive(Clone, Copy)]
pub struct Options<'o> {
    /// Zones, to compare those of the file with.
    pub tzdb: &'o Tzdb,
    /// The as-of time.
    pub now: DateTime<Utc>,
    /// The file as it was before.
    pub previous: Option<&'o [u8]>,
}

/// What was found.
#[derive(Debug)]
pub struct Linted {
    /// By place.
    pub diagnostics: Vec<Diagnostic>,
    /// Events in the file.
    pub events: usize,
}

/// Judges a file; `name` is what it is called.
pub fn lint(name: &str, bytes: Vec<u8>, options: &Options<'_>) -> Linted {
    let packed = bytes.starts_with(&[0x1F, 0x8B]);
    let bytes = if packed { unpacked(&bytes) } else { bytes };
    let decoded = decode(&bytes);
    let has_mark = decoded.has_mark && decoded.encoding != Encoding::Utf16;
    let mut findings = Findings::new(&decoded.text);
    if packed {
        findings.at_start(FeedCode::Compressed, "the file is compressed by gzip");
    }
    if has_mark {
        findings.at_start(FeedCode::ByteOrderMark, "the file begins with a byte order mark");
    }
    raw::lines(&mut findings);
    raw::encoding(&bytes, &decoded, &mut findings);
    let tree = tree(&decoded.text);
    tree.problems.iter().for_each(|problem| findings.problem(problem));
    let calendars: Vec<&Component<'_>> =
        tree.components.iter().filter(|component| component.name == "VCALENDAR").collect();
    if calendars.is_empty() {
        // Nothing else is worth a word about a web page.
        findings.all.clear();
        findings.at_start(FeedCode::NotCalendar, "the file is no iCalendar file: it has no `BEGIN:VCALENDAR`");
    }
    for calendar in calendars.iter().skip(1) {
        findings.at_line(FeedCode::SeveralCalendars, calendar.line, "the file has more than one VCALENDAR");
    }
    let mut events = 0;
    for calendar in &calendars {
        events += self::calendar(calendar, options, &mut findings);
    }
    if bytes.len() > GOOGLE_READS.0 || events > GOOGLE_READS.1 {
        let message = format!("the file has {} kB and {events} events", bytes.len() / 1_000);
        findings.at_start(FeedCode::TooLarge, message);
    }
    if let Some(previous) = options.previous {
        fresh::compare(previous, &calendars, &mut findings);
    }
    let Findings { all, hidden, .. } = findings;
    drop(tree);
    let text = decoded.text.into_owned();
    let source = Source::hiding(name, text, hidden);
    let mut diagnostics: Vec<Diagnostic> = all.into_iter().map(|finding| finding.within(&source)).collect();
    crate::diagnostic::sort(&mut diagnostics);
    Linted { diagnostics, events }
}

/// The contents of a compressed file, as far as they are read.
fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    // What a damaged file begins with can be judged too.
    let _ = flate2::read::MultiGzDecoder::new(bytes).take(LARGEST_UNPACKED).read_to_end(&mut out);
    out
}

/// Judges a VCALENDAR; how many events it has.
fn calendar<'t>(calendar: &Component<'t>, options: &Options<'_>, findings: &mut Findings<'t>) -> usize {
    let version = calendar.property("VERSION");
    match version {
        Some(line) if line.value.trim() == "2.0" => {}
        Some(line) => findings.at(FeedCode::VersionMissing, line, "the version is not 2.0"),
        None => findings.at_line(FeedCode::VersionMissing, calendar.line, "the calendar has no VERSION"),
    }
    if calendar.property("PRODID").is_none() {
        findings.at_line(FeedCode::ProdidMissing, calendar.line, "the calendar has no PRODID");
    }
    if let Some(line) = calendar.property("METHOD").filter(|line| !line.value.trim().eq_ignore_ascii_case("PUBLISH")) {
        let message = format!("the method is {}", crate::import::shown(line.value.trim()));
        findings.at(FeedCode::Method, line, message);
    }
    if let Some(line) = calendar.property("UID") {
        findings.at(FeedCode::CalendarUid, line, "the calendar itself has a UID");
    }
    for name in ["VERSION", "PRODID", "CALSCALE", "METHOD"] {
        for line in calendar.all(name).skip(1) {
            findings.at(FeedCode::PropertyDuplicate, line, format!("{name} stands more than once in the calendar"));
        }
    }
    if calendar.components.is_empty() {
        findings.at_line(FeedCode::Empty, calendar.line, "the calendar has no component");
    }
    privacy::calendar(calendar, findings);
    findings.is_ours = calendar.property("PRODID").is_some_and(|line| line.value.contains("//redletter//"));
    let mut zones = zones::Zones::new(calendar, options, findings);
    event::events(calendar, options, &mut zones, findings)
}

/// What was found so far, with places in a text.
struct Findings<'t> {
    text: &'t str,
    /// Where the physical lines begin.
    starts: Vec<u32>,
    all: Vec<Finding>,
    counts: HashMap<FeedCode, usize>,
    /// What is not shown.
    hidden: Vec<Range<usize>>,
    /// How many more dates may be looked for in rules.
    looks: usize,
    /// Whether the calendar at hand is a feed of ours, where each value was chosen as public, and each rule as endless.
    is_ours: bool,
}

impl<'t> Findings<'t> {
    fn new(text: &'t str) -> Self {
        Findings {
            text,
            starts: Vec::new(),
            all: Vec::new(),
            counts: HashMap::new(),
            hidden: Vec::new(),
            looks: MOST_LOOKS,
            is_ours: false,
        }
    }

    fn add(&mut self, code: FeedCode, range: Range<usize>, message: impl Into<String>) {
        let count = self.counts.entry(code).or_default();
        *count += 1;
        if *count <= MOST {
            self.all.push(Finding::new(Code::Feed(code), Span::new(range), message));
        }
    }

    /// Adds a line of help to what was found last.
    fn help(&mut self, code: FeedCode, help: impl Into<String>) {
        if let Some(last) = self.all.last_mut().filter(|last| last.code == Code::Feed(code)) {
            last.help.push(help.into());
        }
    }

    /// Whether a date may be looked for that costs so much; a hostile file has millions of them.
    fn may_look(&mut self, cost: usize) -> bool {
        self.looks = self.looks.saturating_sub(cost);
        self.looks > 0
    }

    /// About the file as a whole.
    fn at_start(&mut self, code: FeedCode, message: impl Into<String>) {
        let end = self.text.find(['\r', '\n']).unwrap_or(self.text.len()).min(200);
        let end = (0..=end).rev().find(|end| self.text.is_char_boundary(*end)).unwrap_or(0);
        self.add(code, 0..end, message);
    }

    /// About a property.
    fn at(&mut self, code: FeedCode, line: &ContentLine<'_>, message: impl Into<String>) {
        let range = self.first_line(line.span.clone());
        self.add(code, range, message);
    }

    /// About a physical line.
    fn at_line(&mut self, code: FeedCode, line: u32, message: impl Into<String>) {
        let start = self.starts.get(line.saturating_sub(1) as usize).map_or(self.text.len(), |start| *start as usize);
        let range = self.first_line(start..self.text.len());
        self.add(code, range, message);
    }

    /// The first physical line of a range.
    fn first_line(&self, range: Range<usize>) -> Range<usize> {
        let text = &self.text[range.clone()];
        let length = memchr::memchr2(b'\r', b'\n', text.as_bytes()).unwrap_or(text.len());
        range.start..range.start + length
    }

    /// Redacts the value of a property.
    fn hide(&mut self, line: &ContentLine<'_>) {
        let raw = &self.text[line.span.clone()];
        let name = raw.find([';', ':']).map_or(raw.len(), |at| at + 1);
        self.hidden.push(line.span.start + name..line.span.end);
    }

    /// What the reader could not read.
    fn problem(&mut self, problem: &Problem) {
        let code = match problem.expected {
            "`NAME:value`" | "lines of at most 32 MB" => FeedCode::UnreadableLine,
            "`PARAM=\"value\"`" => FeedCode::OpenQuote,
            "a space at the beginning of each further line" => FeedCode::NotFolded,
            _ => FeedCode::Nesting,
        };
        self.at_line(code, problem.line, problem.found.clone());
        self.help(code, format!("expected {}", problem.expected));
    }
}
