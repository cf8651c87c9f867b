//! `html`: a document for a mail or a browser, without scripts and external resources.
//!
//! Its style has only simple selectors, which mail programs and inliners support. The template escapes every value; text of
//! records is in `bdi` with its language, which isolates its direction.

use minijinja::Environment;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use serde::Serialize;

use super::{Part, Point, Sheet};

const NAME: &str = "digest.html";
const TEMPLATE: &str = include_str!("../html/digest.html");

#[derive(Serialize)]
struct Page<'s> {
    language: &'s str,
    calendar_language: &'s str,
    direction: &'static str,
    title: &'s str,
    range: &'s str,
    zones: &'s str,
    nothing: Option<&'s str>,
    parts: Vec<Block<'s>>,
}

#[derive(Serialize)]
struct Block<'s> {
    is_minor: bool,
    heading: &'s str,
    entries: Vec<Entry<'s>>,
}

#[derive(Serialize)]
struct Entry<'s> {
    lead: Option<&'s str>,
    start: Option<String>,
    label: Option<&'s str>,
    is_off: bool,
    title: &'s str,
    language: &'s str,
    url: Option<&'s str>,
    details: &'s [String],
    below: Vec<Entry<'s>>,
}

/// The document.
pub(super) fn write(sheet: &Sheet) -> Vec<String> {
    let mut environment = Environment::new();
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    // The delimiters are the usual ones, and the template is our own: the tests render it.
    environment.set_syntax(syntax.expect("the syntax is sound"));
    environment.add_template(NAME, TEMPLATE).expect("the template is sound");
    let template = environment.get_template(NAME).expect("the template was just added");
    let page = template.render(Serde(page(sheet))).expect("the template asks for what a page has");
    vec![format!("{page}\n")]
}

fn page(sheet: &Sheet) -> Page<'_> {
    let Sheet { title, about: [range, zones], language, calendar_language, is_rtl, nothing, parts } = sheet;
    Page {
        language,
        calendar_language,
        direction: if *is_rtl { "rtl" } else { "ltr" },
        title,
        range,
        zones,
        nothing: nothing.as_deref(),
        parts: parts.iter().map(block).collect(),
    }
}

fn block(part: &Part) -> Block<'_> {
    let Part { is_minor, heading, points } = part;
    Block { is_minor: *is_minor, heading, entries: points.iter().map(entry).collect() }
}

fn entry(point: &Point) -> Entry<'_> {
    let Point { lead, label, is_off, title, language, details, url, instant, below } = point;
    let start = instant.and_then(|at| chrono::DateTime::from_timestamp(at, 0));
    Entry {
        lead: lead.as_deref(),
        start: start.map(|at| at.format("%Y-%m-%dT%H:%M:%SZ").to_string()),
        label: label.as_deref(),
        is_off: *is_off,
        title,
        language,
        url: url.as_deref(),
        details,
        below: below.iter().map(entry).collect(),
    }
}
