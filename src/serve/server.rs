//! Handles requests: from the path to the response.

mod answering;

use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, PoisonError, RwLock};

use http::header::{CONTENT_LENGTH, HOST, TRANSFER_ENCODING};
use http::{HeaderMap, Method, Request, Response, StatusCode, Version};
use tokio::sync::Semaphore;

pub(super) use answering::{Answering, Made};

use super::allowed_hosts::AllowedHosts;
use super::body::Body;
use super::connections::{Activity, Connections, Phase};
use super::encoding::Encoding;
use super::live::Broadcast;
use super::metrics::{Asks, Metrics};
use super::path::{self, Asked};
use super::query::{self, Query};
use super::reply;
use super::router::Route;
use super::snapshot::{Kind, Resource};
use super::state::{SiteContext, State, is_feed};
use super::{Line, ListenOptions, health, log};

/// The longest accepted path, in bytes.
const LONGEST_PATH: usize = 2_048;
/// The longest accepted query, in bytes.
const LONGEST_QUERY: usize = 2_048;
/// Larger artifacts are compressed on the worker pool, in bytes.
const LARGE: usize = 1 << 16;
/// The most queued custom queries.
const QUEUE: usize = 16;
/// Retry-After, in seconds.
const RETRY: u32 = 300;
/// The response to a host that is not allowed.
const OTHER_HOST: &str = "this server does not answer for this host name; `redletter serve --host NAME` adds one";
/// The response for a file that contains values that newer records withhold.
const WITHDRAWN: &str = "this file is withdrawn until the records have no mistakes";

/// The server, shared by all connections.
pub(super) struct Server {
    state: RwLock<Arc<State>>,
    /// Why an older state is served; `None` if the newest is served.
    problems: RwLock<Option<Vec<health::Problem>>>,
    pub(super) context: Arc<SiteContext>,
    pub(super) prefix: String,
    hosts: AllowedHosts,
    pub(super) metrics: Metrics,
    pub(super) connections: Arc<Connections>,
    pub(super) sent: Arc<AtomicU64>,
    pub(super) broadcast: Broadcast,
    /// Whether shutdown has begun: responses close their connections.
    pub(super) is_ending: AtomicBool,
    pub(super) lines: SyncSender<Line>,
    pub(super) logs_requests: bool,
    /// Limits long work to a few threads at a time.
    workers: Arc<Semaphore>,
    /// Limits how many requests wait for that.
    queue: Arc<Semaphore>,
}

impl Server {
    pub(super) fn new(
        state: State,
        context: Arc<SiteContext>,
        options: &ListenOptions,
        connections: Arc<Connections>,
        lines: SyncSender<Line>,
    ) -> Arc<Self> {
        let problems = Some(health::problems(&state.mistakes)).filter(|problems| !problems.is_empty());
        let server = Server {
            broadcast: Broadcast::new(health::bulletin(&state, problems.as_deref())),
            state: RwLock::new(Arc::new(state)),
            problems: RwLock::new(problems),
            context,
            prefix: options.prefix.clone(),
            hosts: AllowedHosts::new(&options.hosts, options.interface),
            metrics: Metrics::default(),
            connections,
            sent: Arc::default(),
            is_ending: AtomicBool::new(false),
            lines,
            logs_requests: options.logs_requests,
            queue: Arc::new(Semaphore::new(QUEUE)),
            workers: Arc::new(Semaphore::new(std::thread::available_parallelism().map_or(1, |n| n.get().div_ceil(2)))),
        };
        Arc::new(server)
    }

    /// The current state.
    pub(super) fn state(&self) -> Arc<State> {
        // Nothing panics while it is held.
        Arc::clone(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Replaces the state; returns whether the content differs.
    pub(super) fn replace(&self, state: State) -> bool {
        let problems = Some(health::problems(&state.mistakes)).filter(|problems| !problems.is_empty());
        let bulletin = health::bulletin(&state, problems.as_deref());
        let is_new = bulletin.version != self.state().version;
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(state);
        *self.problems.write().unwrap_or_else(PoisonError::into_inner) = problems;
        self.broadcast.send(bulletin);
        is_new
    }

    /// Records why the newest records cannot be served.
    pub(super) fn keep(&self, problems: Vec<health::Problem>) {
        self.broadcast.send(health::bulletin(&self.state(), Some(&problems)));
        *self.problems.write().unwrap_or_else(PoisonError::into_inner) = Some(problems);
    }

    /// Why an older state is served.
    pub(super) fn problems(&self) -> Option<Vec<health::Problem>> {
        self.problems.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Sends a message, waiting for the receiver. Not for threads that respond to requests.
    pub(super) fn tell(&self, line: Line) {
        // The receiver is gone only when the process ends.
        let _ = self.lines.send(line);
    }

    /// Sends a message unless the receiver is behind.
    pub(super) fn say(&self, line: Line) {
        let _ = self.lines.try_send(line);
    }

    /// Responds to a request.
    pub(super) fn answer<B>(
        self: &Arc<Self>,
        route: Route,
        request: &Request<B>,
        activity: &Arc<Activity>,
    ) -> Answering {
        activity.enter(Phase::Working);
        let asked = path::asked(request.uri().path(), &self.prefix);
        let (asks, made) = self.made(route, request, &asked, activity);
        let line = self.logs_requests.then(|| log::Request::of(request.method(), asks, &asked));
        Answering { server: Arc::clone(self), activity: Arc::clone(activity), asks, line, made: Some(made) }
    }

    fn made<B>(
        self: &Arc<Self>,
        route: Route,
        request: &Request<B>,
        asked: &Asked<'_>,
        activity: &Arc<Activity>,
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
        if let Some(resource) = state.snapshot.find(path) {
            return (asks(resource.kind), self.stored(&state, Arc::clone(resource), request, is_head));
        }
        let query = request.uri().query();
        // axum matches undecoded paths, so look up a decoded path here.
        let route = if matches!(asked, Asked::Path(Cow::Owned(_))) { Route::to(path) } else { route };
        match route {
            Route::Health => return (Asks::Health, Made::Now(health::answer(self, &state, is_head))),
            Route::Metrics => return (Asks::Metrics, Made::Now(health::metrics(self, &state, is_head))),
            Route::Live if self.context.is_live => {
                let tag = query.and_then(|query| query.strip_prefix("language="));
                let answer = self.broadcast.listen(tag, is_head);
                let answer = answer.unwrap_or_else(|| reply::later("too many listen", 30, is_head));
                // Only an endless stream is exempt from the time limits.
                if answer.body().goes_on() {
                    activity.enter(Phase::Listening);
                }
                return (Asks::Live, Made::Now(answer));
            }
            Route::Live | Route::Choice | Route::Artifact => {}
        }
        if route == Route::Choice
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
        // Only the number of folders below the prefix matters.
        let path = path.strip_prefix(&*self.prefix).unwrap_or(path);
        let path = path.strip_prefix('/').unwrap_or(path);
        let home = state.home.as_deref();
        reply::missing(state.snapshot.missing(path).map(|(folder, page)| (folder, &**page)), path, home, is_head)
    }

    /// The response with an artifact, in the encoding that the client prefers.
    fn stored<B>(&self, state: &Arc<State>, resource: Arc<Resource>, request: &Request<B>, is_head: bool) -> Made {
        let now = (self.context.clock)();
        let asked = reply::Request {
            now,
            headers: request.headers(),
            is_head,
            query: request.uri().query(),
            is_live: self.context.is_live,
        };
        let mut encoding =
            if resource.is_compressible() { Encoding::wanted(request.headers()) } else { Encoding::Identity };
        if resource.made(encoding).is_none() {
            if !state.snapshot.has_room() {
                encoding = Encoding::Identity;
            } else if resource.plain.bytes.len() <= LARGE {
                state.snapshot.compress(&resource, encoding);
            } else {
                let (state, headers, query) =
                    (Arc::clone(state), request.headers().clone(), request.uri().query().map(str::to_owned));
                let is_live = self.context.is_live;
                let again = move || {
                    state.snapshot.compress(&resource, encoding);
                    let query = query.as_deref();
                    reply::artifact(
                        &resource,
                        encoding,
                        &reply::Request { now, headers: &headers, is_head, query, is_live },
                    )
                };
                return self.later(again, is_head);
            }
        }
        Made::Now(reply::artifact(&resource, encoding, &asked))
    }

    /// The response to a custom query.
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
            let resource = match asked.answer(&path, &server.context, &state) {
                Ok(resource) => resource,
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
            let encoding = if resource.is_compressible() { Encoding::wanted(&headers) } else { Encoding::Identity };
            resource.make(encoding);
            let request = reply::Request {
                now: (server.context.clock)(),
                headers: &headers,
                is_head,
                query: None,
                is_live: false,
            };
            reply::open(reply::artifact(&resource, encoding, &request))
        };
        self.later(work, is_head)
    }

    /// Runs long work on the worker pool.
    pub(super) fn later(&self, work: impl FnOnce() -> Response<Body> + Send + 'static, is_head: bool) -> Made {
        let workers = Arc::clone(&self.workers);
        Made::Later(Box::pin(async move {
            let Ok(_turn) = workers.acquire_owned().await else { return busy(is_head) };
            match tokio::task::spawn_blocking(work).await.map_err(tokio::task::JoinError::try_into_panic) {
                Ok(response) => response,
                // The router turns a panic into a response.
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

/// The relative address of the canonical path: with a trailing slash, without `index.html`.
fn canonical(state: &State, path: &str) -> Option<String> {
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (&path[..=folder.len()], name));
    if name == "index.html" && state.snapshot.find(folder).is_some() {
        return Some("./".into());
    }
    state.snapshot.find(&format!("{path}/")).map(|_| format!("{}/", path::encoded(name)))
}

/// The response to a request that is refused before its path is read.
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
