//! BEGIN:VCALENDAR and the properties of the calendar.
//!
//! There is no UID at this level: RFC 7986 defines one, and vdirsyncer 0.21 then shows one event of six.

use crate::view::feed::FeedView;

use super::digits;
use super::lines::Lines;

const PRODID: &str = concat!("PRODID:-//redletter//redletter ", env!("CARGO_PKG_VERSION"), "//EN");

pub(super) fn write(view: &FeedView<'_>, lines: &mut Lines) {
    lines.begin_component("VCALENDAR");
    lines.line("VERSION:2.0");
    lines.line(PRODID);
    lines.line("CALSCALE:GREGORIAN");
    lines.line("METHOD:PUBLISH");
    lines.text("X-WR-CALNAME:", view.title);
    lines.text("NAME:", view.title);
    if let Some(description) = view.description {
        lines.text("X-WR-CALDESC:", description);
        lines.text("DESCRIPTION:", description);
    }
    if let Some(timezone) = view.timezone {
        lines.text("X-WR-TIMEZONE:", timezone);
    }
    let refresh = digits::duration(view.refresh);
    lines.text("REFRESH-INTERVAL;VALUE=DURATION:", &refresh);
    lines.text("X-PUBLISHED-TTL:", &refresh);
    if let Some(color) = view.color {
        let [red, green, blue] = color.rgb;
        lines.text("COLOR:", color.name);
        lines.text("X-APPLE-CALENDAR-COLOR:", &format!("#{red:02X}{green:02X}{blue:02X}"));
    }
    if let Some(url) = view.url {
        lines.address("URL:", url);
    }
    if let Some(source) = &view.source {
        lines.address("SOURCE;VALUE=URI:", source);
    }
    if let Some(updated) = view.updated {
        lines.instant("LAST-MODIFIED:", updated);
    }
}
