//! Server-sent events for open pages: the site changed, or the records have mistakes and an older state is shown.
//!
//! A page listens with `static/live.js` and gets each bulletin as an event of an endless stream. Streams are few, because
//! they are meant for people who edit the calendar.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderValue, Response};
use serde::Serialize;
use tokio::sync::{Semaphore, mpsc, watch};

use super::body::Body;
use crate::language::{Language, Word};

/// The script that pages load when `serve` reloads them.
pub(super) const SCRIPT: &str = include_str!("live.js");

/// The most pages that listen at once.
const MAX_LISTENERS: usize = 256;
/// The interval of comments that keep proxies from closing the stream.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// The state that pages are told.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Bulletin {
    /// Differs for each state of the site, also after a restart.
    pub(super) version: String,
    /// Places and codes of the mistakes that keep the newest state from being shown; `None` without mistakes.
    pub(super) problems: Option<Vec<String>>,
}

/// Sends bulletins to all listening pages.
pub(super) struct Broadcast {
    slots: Arc<Semaphore>,
    news: watch::Sender<Arc<Bulletin>>,
}

#[derive(Serialize)]
struct Payload<'b> {
    version: &'b str,
    #[serde(skip_serializing_if = "Option::is_none")]
    warning: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    problems: Vec<&'b str>,
}

/// The most problems that a page shows; the terminal shows all.
const SHOWN: usize = 5;

impl Broadcast {
    pub(super) fn new(bulletin: Bulletin) -> Self {
        Broadcast { slots: Arc::new(Semaphore::new(MAX_LISTENERS)), news: watch::Sender::new(Arc::new(bulletin)) }
    }

    /// Sends a bulletin to all pages if it differs from the last one.
    pub(super) fn send(&self, bulletin: Bulletin) {
        self.news.send_if_modified(|last| {
            let is_news = **last != bulletin;
            *last = Arc::new(bulletin);
            is_news
        });
    }

    /// A response with the event stream; `None` if too many pages listen.
    pub(super) fn listen(&self, tag: Option<&str>, is_head: bool) -> Option<Response<Body>> {
        let mut response = Response::new(Body::empty());
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if is_head {
            return Some(response);
        }
        let slot = Arc::clone(&self.slots).try_acquire_owned().ok()?;
        let language = Language::of(tag.unwrap_or("en"));
        let mut news = self.news.subscribe();
        let (sender, receiver) = mpsc::channel(1);
        tokio::spawn(async move {
            let _seat = slot;
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
    let payload = Payload {
        version: &bulletin.version,
        warning: problems.map(|_| language.word(Word::SiteStale)),
        problems: problems.unwrap_or_default().iter().take(SHOWN).map(|problem| &**problem).collect(),
    };
    // Serializing strings cannot fail, and the JSON has no line breaks.
    format!("retry: 1000\ndata: {}\n\n", serde_json::to_string(&payload).unwrap_or_default())
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
        let desk = Broadcast::new(Bulletin::default());
        let head = desk.listen(None, true).expect("a head takes no slot");
        assert!(!head.body().goes_on());
        let seated: Vec<_> = (0..MAX_LISTENERS).map(|_| desk.listen(None, false).expect("a slot")).collect();
        assert!(seated.iter().all(|answer| answer.body().goes_on()));
        assert!(desk.listen(None, false).is_none() && desk.listen(None, true).is_some());
    }
}
