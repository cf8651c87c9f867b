//! Components made from other formats than iCalendar, so that one way leads from them to records.

use std::borrow::Cow;

use super::component::Component;
use super::lines::{ContentLine, Param};

/// A calendar in another format.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Made {
    /// Its name.
    pub title: Option<String>,
    /// A sentence or two.
    pub description: Option<String>,
    /// VTIMEZONEs.
    pub zones: Vec<Component<'static>>,
    /// VEVENTs, each with its line in the file.
    pub events: Vec<Component<'static>>,
    /// Other files that it names, relative to its own.
    pub includes: Vec<String>,
    /// The zone of times that name none.
    pub zone: Option<String>,
    /// What cannot be read: line, what was found, what is expected.
    pub problems: Vec<(u32, String, String)>,
}

/// A component without properties.
pub(super) fn component(name: &str, line: u32) -> Component<'static> {
    Component { name: name.to_owned(), line, ..Component::default() }
}

impl Component<'static> {
    /// Adds a property; its value is taken as it is.
    pub(super) fn add(&mut self, name: &str, params: &[(&str, &str)], value: impl Into<String>) {
        let param = |(name, value): &(&str, &str)| Param {
            name: Cow::Owned((*name).to_owned()),
            values: vec![Cow::Owned((*value).to_owned())],
        };
        self.properties.push(ContentLine {
            line: self.line,
            span: 0..0,
            name: Cow::Owned(name.to_owned()),
            params: params.iter().map(param).collect(),
            value: Cow::Owned(value.into()),
        });
    }

    /// Adds a property of TEXT.
    pub(super) fn add_text(&mut self, name: &str, text: &str) {
        self.add(name, &[], escape(text));
    }

    /// Adds a time, with its zone where it has one.
    pub(super) fn add_time(&mut self, name: &str, text: &str, zone: Option<&str>) {
        match zone {
            Some(zone) => self.add(name, &[("TZID", zone)], text),
            None => self.add(name, &[], text),
        }
    }
}

/// TEXT with its escapes.
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// The number of the line at a byte.
pub(super) fn line_at(text: &str, at: usize) -> u32 {
    memchr::memchr_iter(b'\n', &text.as_bytes()[..at.min(text.len())]).count() as u32 + 1
}
