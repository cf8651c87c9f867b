//! News for open pages: that the site changed, or that the records have mistakes and an older state is shown.
//!
//! A page listens by `static/live.js`, and gets every bulletin as an event of a stream that does not end. Seats are few:
//! they are for whoever edits.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderValue, Response};
use serde::Serialize;
use tokio::sync::{Semaphore, mpsc, watch};

use super::body::Body;
use crate::language::{Language, Word};

/// The script that pages of a live site load.
pub(super) const SCRIPT: &str = include_str!("live.js");

/// Pages that may listen at once.
const SEATS: usize = 256;
/// A sign of life, so that nothing on the way takes the stream for a dead one.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// What there is to tell.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Bulletin {
    /// Another one for each state of the site, also of a server that was started again.
    pub(super) version: String,
    /// Places and codes of the mistakes for which an older state is shown; none if it is the newest.
    pub(super) problems: Option<Vec<String>>,
}

/// Where news are told.
pub(super) struct Desk {
    seats: Arc<Semaphore>,
    news: watch::Sender<Arc<Bulletin>>,
}

#[derive(Serialize)]
struct Told<'b> {
    version: &'b str,
    #[serde(skip_serializing_if = "Option::is_none")]
    warning: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    problems: Vec<&'b str>,
}

/// Problems that a page shows; whoever has more reads the terminal.
const SHOWN: usize = 5;

impl Desk {
    pub(super) fn new(bulletin: Bulletin) -> Self {
        Desk { seats: Arc::new(Semaphore::new(SEATS)), news: watch::Sender::new(Arc::new(bulletin)) }
    }

    /// Tells everybody, if it is news.
    pub(super) fn tell(&self, bulletin: Bulletin) {
        self.news.send_if_modified(|last| {
            let is_news = **last != bulletin;
            *last = Arc::new(bulletin);
            is_news
        });
    }

    /// An answer that goes on for as long as somebody listens; none where all seats are taken.
    pub(super) fn listen(&self, tag: Option<&str>, is_head: bool) -> Option<Response<Body>> {
        let mut response = Response::new(Body::empty());
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if is_head {
            return Some(response);
        }
        let seat = Arc::clone(&self.seats).try_acquire_owned().ok()?;
        let language = Language::of(tag.unwrap_or("en"));
        let mut news = self.news.subscribe();
        let (sender, receiver) = mpsc::channel(1);
        tokio::spawn(async move {
            let _seat = seat;
            let mut text = event(&news.borrow_and_update(), language);
            loop {
                if sender.send(Bytes::from(text)).await.is_err() {
                    return;
                }
                text = tokio::select! {
                    changed = news.changed() => match changed {
                        Ok(()) => event(&news.borrow_and_update(), language),
                        Err(_) => return,
                    },
                    () = tokio::time::sleep(HEARTBEAT) => ":\n\n".to_owned(),
                    () = sender.closed() => return,
                };
            }
        });
        *response.body_mut() = Body::News(receiver);
        Some(response)
    }
}

fn event(bulletin: &Bulletin, language: Language) -> String {
    let problems = bulletin.problems.as_deref();
    let told = Told {
        version: &bulletin.version,
        warning: problems.map(|_| language.word(Word::SiteStale)),
        problems: problems.unwrap_or_default().iter().take(SHOWN).map(|problem| &**problem).collect(),
    };
    // Strings always are JSON, and JSON of one line is one line.
    format!("retry: 1000\ndata: {}\n\n", serde_json::to_string(&told).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_one_line_of_data_whatever_a_file_is_called() {
        let problems = vec!["events/a\n\ndata: x.toml:1: syntax".to_owned(); 9];
        let bulletin = Bulletin { version: "7".into(), problems: Some(problems) };
        let text = event(&bulletin, Language::of("de"));
        assert_eq!(text.matches('\n').count(), 3, "{text}");
        let data = text.lines().find_map(|line| line.strip_prefix("data: ")).expect("data");
        let value: serde_json::Value = serde_json::from_str(data).expect("JSON");
        assert_eq!(value["warning"], Language::of("de").word(Word::SiteStale));
        assert_eq!(value["problems"].as_array().expect("a list").len(), SHOWN);
        assert!(!event(&Bulletin::default(), Language::of("en")).contains("warning"));
    }

    #[test]
    fn only_who_has_a_seat_gets_what_does_not_end() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
        let _inside = runtime.enter();
        let desk = Desk::new(Bulletin::default());
        let head = desk.listen(None, true).expect("a head takes no seat");
        assert!(!head.body().goes_on());
        let seated: Vec<_> = (0..SEATS).map(|_| desk.listen(None, false).expect("a seat")).collect();
        assert!(seated.iter().all(|answer| answer.body().goes_on()));
        assert!(desk.listen(None, false).is_none() && desk.listen(None, true).is_some());
    }
}
