//! VTIMEZONE: one STANDARD and at most one DAYLIGHT, each with a yearly rule of a single weekday.

use crate::view::timezone::{Observance, Timezone, Yearly};

use super::digits;
use super::lines::Lines;
use super::text;

pub(super) fn write(timezone: &Timezone, lines: &mut Lines) {
    lines.begin_component("VTIMEZONE");
    lines.push("TZID:");
    lines.escape(timezone.zone.name());
    lines.end();
    if let Some(daylight) = &timezone.daylight {
        observance("DAYLIGHT", daylight, lines);
    }
    observance("STANDARD", &timezone.standard, lines);
    lines.end_component("VTIMEZONE");
}

fn observance(component: &str, observance: &Observance, lines: &mut Lines) {
    let Observance { from, to, abbreviation, start, yearly } = observance;
    lines.begin_component(component);
    lines.push("TZOFFSETFROM:");
    digits::offset(*from, lines.buffer());
    lines.end();
    lines.push("TZOFFSETTO:");
    digits::offset(*to, lines.buffer());
    lines.end();
    lines.push("TZNAME:");
    text::escape(abbreviation, lines.buffer());
    lines.end();
    lines.push("DTSTART:");
    digits::wall(*start, lines.buffer());
    lines.end();
    if let Some(Yearly { month, nth, weekday, time: _ }) = yearly {
        let weekday = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][weekday.num_days_from_monday() as usize];
        lines.line(&format!("RRULE:FREQ=YEARLY;BYMONTH={month};BYDAY={nth}{weekday}"));
    }
    lines.end_component(component);
}
