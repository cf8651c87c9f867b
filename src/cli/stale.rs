//! What `redletter check --stale` finds beside the reviews that are due: what goes on and on, and nobody is reminded to
//! look whether it does.

use chrono::TimeDelta;

use super::open::Opened;
use crate::diagnostic::{Code, Diagnostic, Finding};
use crate::event::Event;
use crate::recurrence::Freq;
use crate::resolve::{open, review};
use crate::schedule;
use crate::zone::Zone;

/// Days before an endless event is reported.
const UNASKED: i64 = 90;

/// A note for each event without an end that has gone on for long and has no `review-by`.
pub(super) fn unreviewed(opened: &Opened) -> Vec<Diagnostic> {
    let calendar = opened.calendar();
    let zone = calendar.settings.timezone.unwrap_or_else(Zone::utc);
    let note = |(event, place): (&Event, &crate::calendar::load::Place)| {
        if event.review_by.is_some() || !event.status.takes_place() || !is_endless(event) {
            return None;
        }
        let today = event.when.today(opened.now, zone);
        let days = today - event.when.first_day();
        let (message, stop) = if event.is_open() {
            let end = open::end(&event.when, today);
            (format!("open for {} days, and no date to look at it again", days.num_days()), format!("end = {end}"))
        } else {
            let message = "it repeats without an end, and there is no date to look at it again";
            (message.to_owned(), format!("until = {today}"))
        };
        (days > TimeDelta::days(UNASKED)).then(|| {
            Finding::new(Code::Unreviewed, place.start, message)
                .label("began here")
                .help(format!(
                    "if it goes on, write `review-by = {}`; if it is over, its end, such as `{stop}`",
                    review::next(today)
                ))
                .within(&opened.loaded.source(*place))
        })
    };
    calendar.events.iter().zip(&opened.loaded.places).filter_map(note).collect()
}

/// Whether it has no end. A day of every year does not stop being one.
fn is_endless(event: &Event) -> bool {
    let endless =
        event.strands().filter(|strand| strand.status.takes_place() && schedule::last_of_strand(strand).is_none());
    let yearly = |strand: &Event| {
        let rule = strand.repeat.as_deref().and_then(|repeat| repeat.rule.as_ref());
        rule.is_some_and(|rule| rule.freq() == Freq::Yearly)
    };
    endless.into_iter().any(|strand| !yearly(strand))
}
