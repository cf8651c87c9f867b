//! From a request to its answer.

use std::borrow::Cow;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, PoisonError, RwLock};
use std::task::{Context, Poll};

use http::header::{CONTENT_LENGTH, HOST, TRANSFER_ENCODING};
use http::{HeaderMap, Method, Request, Response, StatusCode, Version};
use tokio::sync::Semaphore;

use super::body::Body;
use super::crowd::{Crowd, Phase, Pulse};
use super::encoding::Encoding;
use super::host::Hosts;
use super::live::Desk;
use super::metrics::{Asks, Metrics};
use super::path::{self, Asked};
use super::query::{self, Query};
use super::reply;
use super::router::Road;
use super::shelf::{Entry, Kind};
use super::state::{Ground, State, is_feed};
use super::{Door, Line, health, log};

/// The longest path that is looked at, in bytes.
const LONGEST_PATH: usize = 2_048;
/// The longest query.
const LONGEST_QUERY: usize = 2_048;
/// An artifact with more bytes is compressed where nobody else has to wait for it.
const LARGE: usize = 1 << 16;
/// Answers that may be in the making at once.
const QUEUE: usize = 16;
/// Seconds after which a client that got nothing may ask again.
const RETRY: u32 = 300;
/// The answer to a request for a host that this server does not answer for.
const OTHER_HOST: &str = "this server does not answer for this host name; `redletter serve --host NAME` adds one";
/// The answer in place of a file that shows what newer records withhold.
const WITHDRAWN: &str = "this file is withdrawn until the records have no mistakes";

/// The server, shared by all connections.
pub(super) struct Server {
    state: RwLock<Arc<State>>,
    /// Why an older state is served; none if it is the newest.
    problems: RwLock<Option<Vec<health::Problem>>>,
    pub(super) ground: Arc<Ground>,
    pub(super) prefix: String,
    hosts: Hosts,
    pub(super) metrics: Metrics,
    pub(super) crowd: Arc<Crowd>,
    pub(super) sent: Arc<AtomicU64>,
    pub(super) desk: Desk,
    /// Answers say that they are the last ones of their connections.
    pub(super) is_ending: AtomicBool,
    pub(super) lines: SyncSender<Line>,
    pub(super) logs_requests: bool,
    /// Work that takes long is done by few at a time, so that all else goes on.
    workers: Arc<Semaphore>,
    /// How many may wait for that.
    queue: Arc<Semaphore>,
}

impl Server {
    pub(super) fn new(
        state: State,
        ground: Arc<Ground>,
        door: &Door,
        crowd: Arc<Crowd>,
        lines: SyncSender<Line>,
    ) -> Arc<Self> {
        let problems = Some(health::problems(&state.mistakes)).filter(|problems| !problems.is_empty());
        let server = Server {
            desk: Desk::new(health::bulletin(&state, problems.as_deref())),
            state: RwLock::new(Arc::new(state)),
            problems: RwLock::new(problems),
            ground,
            prefix: door.prefix.clone(),
            hosts: Hosts::new(&door.hosts, door.interface),
            metrics: Metrics::default(),
            crowd,
            sent: Arc::default(),
            is_ending: AtomicBool::new(false),
            lines,
            logs_requests: door.logs_requests,
            queue: Arc::new(Semaphore::new(QUEUE)),
            workers: Arc::new(Semaphore::new(std::thread::available_parallelism().map_or(1, |n| n.get().div_ceil(2)))),
        };
        Arc::new(server)
    }

    /// What is served now.
    pub(super) fn state(&self) -> Arc<State> {
        // Nothing panics while it is held.
        Arc::clone(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Serves another state from now on, and says whether anything differs.
    pub(super) fn replace(&self, state: State) -> bool {
        let problems = Some(health::problems(&state.mistakes)).filter(|problems| !problems.is_empty());
        let bulletin = health::bulletin(&state, problems.as_deref());
        let is_new = bulletin.version != self.state().version;
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(state);
        *self.problems.write().unwrap_or_else(PoisonError::into_inner) = problems;
        self.desk.tell(bulletin);
        is_new
    }

    /// Notes that there is a newer state, which cannot be served.
    pub(super) fn keep(&self, problems: Vec<health::Problem>) {
        self.desk.tell(health::bulletin(&self.state(), Some(&problems)));
        *self.problems.write().unwrap_or_else(PoisonError::into_inner) = Some(problems);
    }

    /// Why an older state is served.
    pub(super) fn problems(&self) -> Option<Vec<health::Problem>> {
        self.problems.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Says something that must be heard. Not for threads that answer.
    pub(super) fn tell(&self, line: Line) {
        // Who reads it has gone only where the process ends.
        let _ = self.lines.send(line);
    }

    /// Says something, unless nobody reads fast enough.
    pub(super) fn say(&self, line: Line) {
        let _ = self.lines.try_send(line);
    }

    /// Answers a request.
    pub(super) fn answer<B>(self: &Arc<Self>, road: Road, request: &Request<B>, pulse: &Arc<Pulse>) -> Answering {
        pulse.enter(Phase::Working);
        let asked = path::asked(request.uri().path(), &self.prefix);
        let (asks, made) = self.made(road, request, &asked, pulse);
        let line = self.logs_requests.then(|| log::Request::of(request.method(), asks, &asked));
        Answering { server: Arc::clone(self), pulse: Arc::clone(pulse), asks, line, made: Some(made) }
    }

    fn made<B>(
        self: &Arc<Self>,
        road: Road,
        request: &Request<B>,
        asked: &Asked<'_>,
        pulse: &Arc<Pulse>,
    ) -> (Asks, Made) {
        let is_head = request.method() == Method::HEAD;
        if let Some(refused) = refused(request, is_head) {
            return (Asks::Nothing, Made::Now(refused));
        }
        let state = self.state();
        if !self.hosts.answer(request, state.calendar.settings.url.as_deref()) {
            let refused = reply::text(StatusCode::MISDIRECTED_REQUEST, OTHER_HOST, is_head);
            return (Asks::Nothing, Made::Now(reply::last(refused)));
        }
        let path = match asked {
            Asked::Path(path) => &**path,
            Asked::Prefix => {
                let name = self.prefix.rsplit('/').next().unwrap_or_default();
                let to = format!("{}/", path::encoded(name));
                return (Asks::Page, Made::Now(reply::moved(&to, request.uri().query(), is_head)));
            }
            Asked::Nothing => "",
            Asked::Malformed => {
                let sentence = "a percent sign in a path is followed by two hexadecimal digits";
                return (Asks::Nothing, Made::Now(reply::text(StatusCode::BAD_REQUEST, sentence, is_head)));
            }
        };
        let is_nothing = *asked == Asked::Nothing;
        let is_dynamic = !is_nothing && (path.starts_with("api/") || path.starts_with("feeds/custom."));
        let is_data = is_dynamic || Kind::of(path) == Kind::Feed || Kind::of(path) == Kind::Event;
        match *request.method() {
            Method::GET | Method::HEAD => {}
            Method::OPTIONS => return (Asks::Other, Made::Now(reply::options(is_data && !is_nothing))),
            _ => return (Asks::Nothing, Made::Now(reply::refused_method())),
        }
        if is_nothing {
            return (Asks::Nothing, Made::Now(self.missing(&state, request.uri().path(), is_head)));
        }
        if state.withdraws(path) {
            return (Asks::Nothing, Made::Now(reply::later(WITHDRAWN, RETRY, is_head)));
        }
        if let Some(entry) = state.shelf.find(path) {
            return (asks(entry.kind), self.shelved(&state, Arc::clone(entry), request, is_head));
        }
        let query = request.uri().query();
        // No route knows a path that had to be decoded.
        let road = if matches!(asked, Asked::Path(Cow::Owned(_))) { Road::to(path) } else { road };
        match road {
            Road::Health => return (Asks::Health, Made::Now(health::answer(self, &state, is_head))),
            Road::Metrics => return (Asks::Metrics, Made::Now(health::metrics(self, &state, is_head))),
            Road::Live if self.ground.is_live => {
                let tag = query.and_then(|query| query.strip_prefix("language="));
                let answer = self.desk.listen(tag, is_head);
                let answer = answer.unwrap_or_else(|| reply::later("too many listen", 30, is_head));
                // Any other answer has an end, and its time.
                if answer.body().goes_on() {
                    pulse.enter(Phase::Listening);
                }
                return (Asks::Live, Made::Now(answer));
            }
            Road::Live | Road::Choice | Road::Artifact => {}
        }
        if road == Road::Choice
            && let Some(read) = Query::read(path, query.unwrap_or_default())
        {
            let asks = if path.starts_with("api/") { Asks::Api } else { Asks::Custom };
            return (asks, self.custom(&state, read, path, request, is_head));
        }
        if state.withholds_feeds() && is_feed(Kind::of(path)) {
            return (Asks::Feed, Made::Now(withheld(is_head)));
        }
        if let Some(to) = canonical(&state, path) {
            return (Asks::Page, Made::Now(reply::moved(&to, query, is_head)));
        }
        (Asks::Nothing, Made::Now(self.missing(&state, path, is_head)))
    }

    fn missing(&self, state: &State, path: &str, is_head: bool) -> Response<Body> {
        // Of a path that was not decoded only the number of folders counts, the prefix not among them.
        let path = path.strip_prefix(&*self.prefix).unwrap_or(path);
        let path = path.strip_prefix('/').unwrap_or(path);
        let home = state.home.as_deref();
        reply::missing(state.shelf.missing(path).map(|(folder, page)| (folder, &**page)), path, home, is_head)
    }

    /// The answer with an artifact, in the form that the client likes best.
    fn shelved<B>(&self, state: &Arc<State>, entry: Arc<Entry>, request: &Request<B>, is_head: bool) -> Made {
        let now = (self.ground.clock)();
        let asked = reply::Request {
            now,
            headers: request.headers(),
            is_head,
            query: request.uri().query(),
            is_live: self.ground.is_live,
        };
        let mut encoding =
            if entry.is_compressible() { Encoding::wanted(request.headers()) } else { Encoding::Identity };
        if entry.made(encoding).is_none() {
            if !state.shelf.has_room() {
                encoding = Encoding::Identity;
            } else if entry.plain.bytes.len() <= LARGE {
                state.shelf.compress(&entry, encoding);
            } else {
                let (state, headers, query) =
                    (Arc::clone(state), request.headers().clone(), request.uri().query().map(str::to_owned));
                let is_live = self.ground.is_live;
                let again = move || {
                    state.shelf.compress(&entry, encoding);
                    let query = query.as_deref();
                    reply::artifact(
                        &entry,
                        encoding,
                        &reply::Request { now, headers: &headers, is_head, query, is_live },
                    )
                };
                return self.later(again, is_head);
            }
        }
        Made::Now(reply::artifact(&entry, encoding, &asked))
    }

    /// What is made for this very request.
    fn custom<B>(
        self: &Arc<Self>,
        state: &Arc<State>,
        read: crate::error::Result<Query>,
        path: &str,
        request: &Request<B>,
        is_head: bool,
    ) -> Made {
        let wrong = |error| reply::text(StatusCode::BAD_REQUEST, &query::sentence(error), is_head);
        let asked = match read {
            Ok(asked) => asked,
            Err(error) => return Made::Now(reply::open(wrong(&error))),
        };
        if state.withholds_feeds() && asked.is_feed() {
            return Made::Now(withheld(is_head));
        }
        let Ok(place) = Arc::clone(&self.queue).try_acquire_owned() else { return Made::Now(busy(is_head)) };
        let (server, state, path) = (Arc::clone(self), Arc::clone(state), path.to_owned());
        let headers = request.headers().clone();
        let work = move || {
            let _place = place;
            let entry = match asked.answer(&path, &server.ground, &state) {
                Ok(entry) => entry,
                Err(failed) => {
                    if let query::Failed::Leaks(error) = failed {
                        server.say(Line::Trouble(error, "nothing was sent".into()));
                        let status = StatusCode::INTERNAL_SERVER_ERROR;
                        return reply::text(status, "this cannot be shown", is_head);
                    }
                    let query::Failed::Asked(error) = failed else { return busy(is_head) };
                    return reply::open(reply::text(StatusCode::BAD_REQUEST, &query::sentence(&error), is_head));
                }
            };
            let encoding = if entry.is_compressible() { Encoding::wanted(&headers) } else { Encoding::Identity };
            entry.make(encoding);
            let request = reply::Request {
                now: (server.ground.clock)(),
                headers: &headers,
                is_head,
                query: None,
                is_live: false,
            };
            reply::open(reply::artifact(&entry, encoding, &request))
        };
        self.later(work, is_head)
    }

    /// Work that others shall not wait for.
    pub(super) fn later(&self, work: impl FnOnce() -> Response<Body> + Send + 'static, is_head: bool) -> Made {
        let workers = Arc::clone(&self.workers);
        Made::Later(Box::pin(async move {
            let Ok(_turn) = workers.acquire_owned().await else { return busy(is_head) };
            match tokio::task::spawn_blocking(work).await.map_err(tokio::task::JoinError::try_into_panic) {
                Ok(response) => response,
                // Whoever waits for it is told.
                Err(Ok(panic)) => std::panic::resume_unwind(panic),
                Err(Err(_)) => busy(is_head),
            }
        }))
    }
}

fn withheld(is_head: bool) -> Response<Body> {
    let sentence = "the records have mistakes, and a feed without them would lack events: keep what you have";
    reply::later(sentence, RETRY, is_head)
}

fn busy(is_head: bool) -> Response<Body> {
    reply::later("there is too much to do", 5, is_head)
}

fn asks(kind: Kind) -> Asks {
    match kind {
        Kind::Page => Asks::Page,
        Kind::Feed => Asks::Feed,
        Kind::Members => Asks::Members,
        Kind::Event => Asks::Event,
        Kind::Static => Asks::Static,
        Kind::Other => Asks::Other,
    }
}

/// The relative address of what is meant by a path that is nearly right: a folder's own, and no `index.html`.
fn canonical(state: &State, path: &str) -> Option<String> {
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (&path[..=folder.len()], name));
    if name == "index.html" && state.shelf.find(folder).is_some() {
        return Some("./".into());
    }
    state.shelf.find(&format!("{path}/")).map(|_| format!("{}/", path::encoded(name)))
}

/// The answer to what no server of files should have to deal with.
fn refused<B>(request: &Request<B>, is_head: bool) -> Option<Response<Body>> {
    let (headers, uri) = (request.headers(), request.uri());
    let refuse = |status, sentence| Some(reply::last(reply::text(status, sentence, is_head)));
    if has_body(headers) {
        return refuse(StatusCode::PAYLOAD_TOO_LARGE, "no request has a body here");
    }
    if uri.path().len() > LONGEST_PATH || uri.query().unwrap_or_default().len() > LONGEST_QUERY {
        return refuse(StatusCode::URI_TOO_LONG, "no address has over 2048 characters here");
    }
    let hosts = headers.get_all(HOST).iter().count();
    if hosts > 1 || hosts == 0 && request.version() == Version::HTTP_11 {
        return refuse(StatusCode::BAD_REQUEST, "a request names its host once");
    }
    None
}

fn has_body(headers: &HeaderMap) -> bool {
    headers.contains_key(TRANSFER_ENCODING) || headers.get(CONTENT_LENGTH).is_some_and(|length| length != "0")
}

/// An answer that is there, or comes.
pub(super) enum Made {
    /// It is there.
    Now(Response<Body>),
    /// Somebody works on it.
    Later(Pin<Box<dyn Future<Output = Response<Body>> + Send>>),
}

/// An answer in the making, which is counted when it is made.
pub(super) struct Answering {
    server: Arc<Server>,
    pulse: Arc<Pulse>,
    asks: Asks,
    line: Option<log::Request>,
    made: Option<Made>,
}

impl Future for Answering {
    type Output = Response<Body>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut response = match self.made.take() {
            Some(Made::Now(response)) => response,
            Some(Made::Later(mut work)) => match work.as_mut().poll(cx) {
                Poll::Ready(response) => response,
                Poll::Pending => {
                    self.made = Some(Made::Later(work));
                    return Poll::Pending;
                }
            },
            // Nobody asks again for what was answered.
            None => return Poll::Pending,
        };
        if self.pulse.phase() == Phase::Working {
            self.pulse.enter(Phase::Answering);
        }
        if self.server.is_ending.load(Ordering::Relaxed) {
            response = reply::last(response);
        }
        self.server.metrics.answered(self.asks, response.status());
        if let Some(line) = self.line.take() {
            self.server.say(Line::Request(line.answered(&self.server, &response)));
        }
        Poll::Ready(response)
    }
}
