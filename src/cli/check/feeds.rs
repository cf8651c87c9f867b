//! `redletter check --feeds`: each feed read back by a second parser, and judged as `redletter lint` judges any.

use super::super::open::Opened;
use super::super::{Global, World};
use super::count;
use crate::diagnostic::{self, Code, FeedCode};
use crate::error::Result;
use crate::lint::{Options, lint};
use crate::lock::Lock;
use crate::render::ics;
use crate::view::feed::FeedView;

/// Reads every feed back, and says what differs, and what is known to break in clients.
pub(super) fn are_sound(opened: &Opened, global: &Global, world: &mut World<'_>) -> Result<bool> {
    let calendar = opened.calendar();
    let lock = Lock::read(&opened.root)?;
    let history = lock.as_ref().map(|lock| opened.history(lock, |_| true, global, world));
    let told = history.as_ref().map(|history| history.told(calendar));
    let calendar = told.as_deref().unwrap_or(calendar);
    let mut sound = true;
    for feed in lock.as_ref().map_or_else(|| calendar.feeds(), |lock| lock.feeds(calendar)) {
        let view = FeedView::of(calendar, &feed, opened.now, history.as_ref(), |_| true);
        let mut bytes = Vec::new();
        let read = match ics::write(&view, &mut bytes) {
            Ok(()) => ics::proof::read_back(&bytes, &view),
            Err(error) => Err(vec![error.to_string()]),
        };
        let options = Options { tzdb: &opened.tzdb, now: opened.now, previous: None };
        sound &= breaks_nothing(&format!("{}.ics", feed.name), bytes, &options, world);
        match read {
            Ok(()) => world
                .note(global, &format!("{}.ics: {} read back", feed.name, count(view.events.len(), "event", "events"))),
            Err(errors) => {
                sound = false;
                for error in errors {
                    let error = diagnostic::visible(error.chars());
                    world.note_always(&format!("error: {}.ics: {error}", feed.name));
                }
            }
        }
    }
    Ok(sound)
}

/// Reports what is known to break in clients of a feed. Its lines are not quoted: it may be for members. A feed that is too
/// large for one client is sound.
fn breaks_nothing(name: &str, bytes: Vec<u8>, options: &Options<'_>, world: &mut World<'_>) -> bool {
    let mut sound = true;
    for diagnostic in lint(name, bytes, options).diagnostics {
        let finding = &diagnostic.finding;
        let is_large = finding.code == Code::Feed(FeedCode::TooLarge);
        sound &= is_large;
        let (line, code) = (diagnostic.source.place(finding.span.start).line, finding.code.name());
        let level = if is_large { "warning" } else { "error" };
        let message = diagnostic::visible(finding.message.chars());
        world.note_always(&format!("{level}: {name}:{line}: {message}; `redletter explain {code}` says what breaks"));
    }
    sound
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Environment;
    use crate::zone::Tzdb;

    #[test]
    fn what_breaks_is_said_without_the_line_itself() {
        let tzdb = Tzdb::bundled();
        let options = Options { tzdb: &tzdb, now: chrono::DateTime::UNIX_EPOCH, previous: None };
        let judged = |event: &str| {
            let (mut out, mut err) = (Vec::new(), Vec::new());
            let mut world = World {
                clock: chrono::DateTime::UNIX_EPOCH,
                time: || unreachable!("nothing runs on"),
                folder: std::path::PathBuf::new(),
                environment: Environment::default(),
                columns: None,
                err_terminal: false,
                input: None,
                out: &mut out,
                err: &mut err,
            };
            let feed = format!(
                "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20261120T120000Z\r\n\
                 {event}END:VEVENT\r\nEND:VCALENDAR\r\n"
            );
            let sound = breaks_nothing("all.ics", feed.into(), &options, &mut world);
            (sound, String::from_utf8(err).expect("UTF-8"))
        };
        assert_eq!(judged("DTSTART:20261202T170000Z\r\nSUMMARY:A secret\r\n"), (true, String::new()));
        assert_eq!(
            judged("DTSTART:20261202T170000\r\nSUMMARY:A secret\r\n"),
            (
                false,
                "error: all.ics:7: DTSTART has no time zone; `redletter explain ics-floating` says what breaks\n"
                    .into()
            )
        );
    }
}
