//! Calendars of other programs: content lines, components, events, and the records that they become.

pub mod component;
pub mod encoding;
pub mod lines;
pub mod readback;

/// Text of a file in a message: without control characters, and not longer than a line.
pub fn shown(text: &str) -> String {
    crate::diagnostic::visible(crate::diagnostic::shorten(text).chars())
}
