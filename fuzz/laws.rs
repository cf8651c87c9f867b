//! Laws that hold for any input, as functions of its bytes. Each panics if its law is broken.
//!
//! `fuzz_targets/` runs them under libFuzzer, `tests/fuzz.rs` on seeded mutations of `corpus/`.

use std::borrow::Cow;
use std::sync::OnceLock;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use redletter::calendar::load::{context, judge_text};
use redletter::calendar::{Calendar, Feed, Filter, Settings, settings};
use redletter::diagnostic::{self, Finding, Severity};
use redletter::event::Event;
use redletter::import::readback;
use redletter::language::Language;
use redletter::lock::{History, Lock};
use redletter::record::edit::{Address, Edit};
use redletter::record::format::{Kind, format};
use redletter::record::sheet;
use redletter::recurrence::{self, Rule};
use redletter::render::ics::{self, proof};
use redletter::render::site::{Renderer, Theme};
use redletter::resolve::datetime_text;
use redletter::source::Source;
use redletter::view::feed::FeedView;
use redletter::view::site::{Page, Site};
use redletter::zone::Tzdb;

/// The name of the file that a record stands in.
const NAME: &str = "events/2026/12-02-forum.toml";

/// A law, with the name of its target.
pub(crate) type Law = (&'static str, fn(&[u8]));

/// All laws.
pub(crate) const LAWS: [Law; 11] = [
    ("record", record),
    ("settings", calendar_settings),
    ("lock", lock),
    ("rule", rule),
    ("phrase", phrase),
    ("edit", edit),
    ("text", text),
    ("sheet", local_sheet),
    ("query", query),
    ("calendar-file", calendar_file),
    ("template", template),
];

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_176_000, 0).expect("20 November 2026")
}

fn tzdb() -> &'static Tzdb {
    static TZDB: OnceLock<Tzdb> = OnceLock::new();
    TZDB.get_or_init(Tzdb::bundled)
}

fn madrid() -> Settings {
    Settings { timezone: tzdb().zone("Europe/Madrid"), domain: "example.org".into(), ..Settings::default() }
}

fn lossy(data: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(data)
}

/// No control code, direction mark or line separator of the input reaches a terminal or a log. A tab does no harm.
fn is_printable(printed: &str) -> bool {
    !printed.chars().any(|c| diagnostic::is_hostile(c) && !"\n\t".contains(c))
}

/// Findings are inside the text, print without control codes, and their fixes can be applied.
fn judge_findings(findings: Vec<Finding>, text: &str) {
    let source = Source::file(NAME, text);
    let mut all: Vec<_> = findings.into_iter().map(|finding| finding.within(&source)).collect();
    diagnostic::sort(&mut all);
    let printed = [diagnostic::text::render(&all, false, 80), diagnostic::github::render(&all)];
    assert!(printed.iter().all(|printed| is_printable(printed)), "control codes are printed: {printed:?}");
    let _ = (diagnostic::json::entries(&all), diagnostic::sarif::render(&all));
    for one in &all {
        if let Some(fix) = &one.finding.fix {
            for (span, new) in fix.edits() {
                let mut fixed = text.to_owned();
                fixed.replace_range(span.range(), new);
            }
        }
    }
}

/// The events of a text, sorted, and whether it has no mistake.
fn judged(text: &str, settings: &Settings) -> (Vec<Event>, Vec<Finding>, bool) {
    let (judged, findings) = judge_text(NAME, text, &context(settings, tzdb(), now()), false);
    let is_sound = findings.iter().all(|finding| finding.severity != Severity::Error);
    assert!(!is_sound || judged.iter().all(|one| one.event.is_some()), "an event is lost without a diagnostic");
    let mut events: Vec<Event> = judged.into_iter().filter_map(|one| Some(*one.event?)).collect();
    events.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    events.dedup_by(|a, b| a.id == b.id);
    (events, findings, is_sound)
}

/// A record is an event or a mistake, and whatever is made of an event reads back.
pub(crate) fn record(data: &[u8]) {
    let text = lossy(data);
    let settings = madrid();
    let (events, findings, _) = judged(&text, &settings);
    judge_findings(findings, &text);
    if events.is_empty() {
        return;
    }
    let calendar = Calendar { settings, events, as_of: now() };
    let feed = Feed::of("all", None, Filter::default());
    let view = FeedView::new(&calendar, &feed, now());
    let mut bytes = Vec::new();
    ics::write(&view, &mut bytes).expect("memory");
    proof::read_back(&bytes, &view).expect("the feed reads back");
    let read = readback::read(&bytes, |name| tzdb().zone(name)).expect("iCalendar");
    assert_eq!(read.unknown, [""; 0], "only the components that feeds have");
    // The lock keeps what it wrote.
    let (lock, _) = Lock::default().updated_with(&calendar, now(), tzdb());
    let written = lock.to_string();
    lock.verify(&written).expect("the lock reads back");
    // Pages cost the most.
    if !data.len().is_multiple_of(8) {
        return;
    }
    let history = History::new(&lock, &calendar, now(), tzdb(), |_| true);
    let site = Site::new(&calendar, &lock, &history, tzdb(), now());
    let theme = Theme::new(Vec::new(), Vec::new()).expect("the built-in theme");
    let renderer = Renderer { site: &site, theme: &theme, is_live: false };
    let edition = site.editions.first().expect("the calendar's language");
    for page in [Page::Home, Page::Event(&calendar.events[0].id)] {
        let page = renderer.page(edition, page).expect("a page");
        let hostile = ["<script>", "href=\"javascript:", "src=\"javascript:", "href=javascript:"];
        let is_clean = hostile.iter().all(|one| !page.contains(one));
        assert!(is_clean, "markup of a record in {page}");
    }
    renderer.atom(&feed).expect("Atom");
}

/// Settings are read or refused, never with a panic, and their diagnostics print.
pub(crate) fn calendar_settings(data: &[u8]) {
    let text = lossy(data);
    let (_, findings) = settings::read(&text, tzdb());
    judge_findings(findings, &text);
}

/// A lock that is read is written as a text that reads back as the same lock.
pub(crate) fn lock(data: &[u8]) {
    let text = lossy(data);
    let Ok(lock) = Lock::parse(&text) else { return };
    let written = lock.to_string();
    let again = Lock::parse(&written).expect("what is written reads back");
    assert_eq!(again.to_string(), written, "a lock is written in one form");
    assert!(lock == again, "nothing is lost");
}

fn day(year: i32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(year, 1, 1).expect("a year").and_time(NaiveTime::MIN)
}

/// A rule that is read is written as the same rule, and its dates in a window are sorted, and are its own.
pub(crate) fn rule(data: &[u8]) {
    let text = lossy(data);
    let Ok(rule) = Rule::parse(&text) else { return };
    let written = rule.to_string();
    assert_eq!(Rule::parse(&written).ok().as_ref(), Some(&rule), "{written}");
    dates(&rule);
}

fn dates(rule: &Rule) {
    let start = NaiveDate::from_ymd_opt(2026, 12, 1).and_then(|day| day.and_hms_opt(18, 30, 0)).expect("a start");
    for year in [2026, 2040] {
        let (from, to) = (day(year), day(year + 1));
        let found: Vec<NaiveDateTime> = rule.between(start, from, to).take(60).collect();
        assert!(found.is_sorted_by(|a, b| a < b), "{found:?}");
        assert!(
            found.iter().all(|at| from <= *at && *at < to && *at >= start && rule.contains(start, *at)),
            "{found:?}"
        );
        if let Some(first) = rule.first(start) {
            assert!(found.first().is_none_or(|at| *at >= first));
        }
        if let Some(last) = rule.last(start) {
            assert!(found.last().is_none_or(|at| *at <= last));
        }
        // Two halves of the window have the dates of the whole.
        if found.len() < 60 {
            let middle = from + TimeDelta::days(181);
            let halves = rule.between(start, from, middle).chain(rule.between(start, middle, to));
            assert_eq!(halves.collect::<Vec<_>>(), found);
        }
    }
}

/// A phrase is a rule, or an error with a place in the text.
pub(crate) fn phrase(data: &[u8]) {
    let text = lossy(data);
    match recurrence::parse_phrase(&text) {
        Ok(rule) => dates(&rule),
        Err(error) => {
            assert!(text.get(error.range.clone()).is_some(), "{:?} of {text:?}", error.range);
        }
    }
}

/// `fmt` keeps the events and is stable; an edit changes its key and no other.
pub(crate) fn edit(data: &[u8]) {
    let text = lossy(data);
    let settings = madrid();
    let (events, _, is_sound) = judged(&text, &settings);
    if !is_sound || events.is_empty() {
        return;
    }
    let formatted = format(&text, Kind::Records).expect("a sound record has a format");
    let (same, _, _) = judged(&formatted, &settings);
    assert!(same == events, "fmt changes an event:\n{text}\n{formatted}");
    assert_eq!(format(&formatted, Kind::Records).as_deref(), Ok(&*formatted), "fmt is stable");
    let id = &events[0].id;
    let mut edit = Edit::new(&text, 0);
    let Some(address) = edit.address(id, 0).filter(|address| matches!(address, Address::Whole)) else { return };
    if edit.set(&address, "title", "\"Another title\"").is_ok() {
        let (changed, _, is_sound) = judged(&edit.text(), &settings);
        let expected = Event { title: "Another title".into(), ..events[0].clone() };
        assert!(is_sound && changed.first().is_some_and(|event| event.title == expected.title), "{}", edit.text());
    }
}

/// A text for a time is read or refused in every language, with places inside the text.
pub(crate) fn text(data: &[u8]) {
    let text = lossy(data);
    for tag in ["en", "es", "de", "ar", "ja"] {
        if let Err(part) = datetime_text::read(&text, Language::of(tag)) {
            assert!(text.get(part.range.clone()).is_some(), "{:?} of {text:?}", part.range);
        }
    }
}

/// A sheet is read whole or has diagnostics.
pub(crate) fn local_sheet(data: &[u8]) {
    let text = lossy(data);
    let mut findings = Vec::new();
    let rows = sheet::read(&text, None, &mut findings);
    assert!(rows.len() <= text.len(), "no more rows than characters");
    judge_findings(findings, &text);
}

/// A query of a custom feed or listing is read or refused.
pub(crate) fn query(data: &[u8]) {
    let text = lossy(data);
    for path in ["feeds/custom.ics", "feeds/custom.json", "api/agenda.json"] {
        if let Err(error) = redletter::serve::check_query(path, &text) {
            assert!(is_printable(&error.to_string()), "{error:?}");
        }
    }
}

/// A calendar file becomes lines and components, each at its line, in linear time.
pub(crate) fn calendar_file(data: &[u8]) {
    let decoded = redletter::import::encoding::decode(data);
    let tree = redletter::import::component::tree(&decoded.text);
    let lines = decoded.text.split(['\n', '\r']).count();
    for problem in &tree.problems {
        assert!(problem.line as usize <= lines, "{problem:?}");
    }
}

/// A template of a calendar's own is refused or renders within its budget.
pub(crate) fn template(data: &[u8]) {
    static SITE: OnceLock<(Calendar, Lock)> = OnceLock::new();
    let text = lossy(data);
    let Ok(theme) = Theme::new(vec![("404.html".to_owned(), text.into_owned())], Vec::new()) else { return };
    let (calendar, lock) = SITE.get_or_init(|| {
        let settings = madrid();
        let (events, _, _) = judged("title = \"Forum\"\nkind = \"forum\"\nstart = 2026-12-02T18:00\n", &settings);
        (Calendar { settings, events, as_of: now() }, Lock::default())
    });
    let history = History::new(lock, calendar, now(), tzdb(), |_| true);
    let site = Site::new(calendar, lock, &history, tzdb(), now());
    let renderer = Renderer { site: &site, theme: &theme, is_live: false };
    let edition = site.editions.first().expect("the calendar's language");
    if let Ok(page) = renderer.page(edition, Page::Missing) {
        assert!(page.len() <= 64_000_000, "{} bytes", page.len());
    }
}
