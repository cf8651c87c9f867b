//! Calendars of other programs: content lines, components, events, and the records that they become.

pub mod component;
pub mod convert;
pub mod draft;
pub mod encoding;
pub mod fields;
pub mod fine;
pub mod frame;
pub mod lines;
pub mod made;
pub mod online;
pub mod outline;
pub mod own;
pub mod readback;
pub mod rules;
pub mod series;
pub mod sheet_rows;
pub mod summary;
pub mod text;
pub mod toml_to_ical;
pub mod value;
pub mod vevent;
pub mod vtimezone;
pub mod yaml2ics;
pub mod zones;

/// Text of a file in a message: without control characters, and not longer than a line.
pub fn shown(text: &str) -> String {
    crate::diagnostic::visible(crate::diagnostic::shorten(text).chars())
}
