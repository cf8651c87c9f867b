//! The site over HTTP: the artifacts of [`crate::site`] from memory, made anew when the records change.
//!
//! A state of the site is immutable and swapped whole, so an answer never mixes two. What is served was complete and
//! right when it was made: a change that cannot be served leaves the last good state up.

mod body;
mod conditional;
mod crowd;
mod encoding;
mod health;
mod host;
mod lines;
mod listen;
mod live;
mod log;
mod metrics;
mod path;
mod query;
mod range;
mod reply;
mod router;
mod server;
mod shelf;
mod state;
mod watch;
mod wire;

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::mpsc::{self, SyncSender};

use crowd::Crowd;
use server::Server;
use state::{Refused, State};
use watch::{Cause, Watch};

use crate::diagnostic::{self, Diagnostic};
use crate::error::{Error, Result};

pub use state::Ground;

/// What the server has to say beside its answers.
#[derive(Debug)]
pub enum Line {
    /// It listens there.
    Listens(String),
    /// Something happened that is worth a word.
    Note(String),
    /// The records have these mistakes, and this was done about it.
    Mistakes(Vec<Diagnostic>, String),
    /// Something else went wrong, and this was done about it.
    Trouble(Error, String),
    /// A request was answered.
    Request(String),
    /// Nothing more will be said.
    End,
}

/// Says that it is over, however it ended.
struct Over<'l>(&'l SyncSender<Line>);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        // Who reads it has gone only where the process ends.
        let _ = self.0.send(Line::End);
    }
}

/// How the server is to be reached.
#[derive(Clone, Debug)]
pub struct Door {
    /// The address that it listens at.
    pub interface: IpAddr,
    /// The port; 0 is any that is free.
    pub port: u16,
    /// The path below which everything is; empty, or with a slash in front and none behind.
    pub prefix: String,
    /// Names under which it answers, beside those of this machine and of the calendar's `url`.
    pub hosts: Vec<String>,
    /// Whether it tells of every request.
    pub logs_requests: bool,
}

/// Connections that are open at once at most.
const MOST_CONNECTIONS: u64 = 12_288;
/// Files that the server needs for itself.
const OWN_FILES: u64 = 128;

/// Serves until a signal ends it. Everything that there is to say goes to `lines`, whose other end must be read.
///
/// # Errors
/// An address that is not to be had, a calendar that cannot be read, a site that cannot be made.
pub fn run(ground: Ground, door: &Door, lines: &SyncSender<Line>) -> Result<()> {
    let _over = Over(lines);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().thread_name("serve").build();
    let runtime = runtime.map_err(|source| Error::new(format!("cannot start threads: {source}")))?;
    let ground = Arc::new(ground);
    let outcome = runtime.block_on(async {
        let listener = listen::bind(SocketAddr::new(door.interface, door.port))?;
        let address = listener.local_addr().map_err(|source| Error::new(format!("cannot listen: {source}")))?;
        let (causes, waiting) = mpsc::sync_channel(1);
        let watch = Watch::begin(&ground.root, causes.clone());
        let state = match State::load(&ground, None) {
            Ok(state) => state,
            Err(Refused::Otherwise(error) | Refused::Site(error, _)) => return Err(error),
            // The first state takes other mistakes along.
            Err(Refused::Records(mistakes, _)) => {
                let text = diagnostic::text::render(&mistakes, false, 80);
                return Err(Error::new(format!("{text}error: nothing is served")).in_records());
            }
        };
        let tell = |line: Line| {
            // Who reads it has gone only where the process ends.
            let _ = lines.send(line);
        };
        if state.withholds_feeds() {
            tell(Line::Mistakes(state.mistakes.clone(), lines::WITHHELD.into()));
        }
        if state.is_ahead() {
            tell(Line::Note(lines::AHEAD.into()));
        }
        let crowd = Crowd::new(room());
        let server = Server::new(state, ground, door, crowd, lines.clone());
        tell(Line::Listens(format!("http://{address}{}/", door.prefix)));
        let (first, second) = signals()?;
        let watched = Arc::clone(&server);
        std::thread::spawn(move || watch::run(watch, &watched, &waiting));
        let ask = causes.clone();
        tokio::spawn(async move { again(&ask).await });
        listen::serve(server, listener, first, second).await;
        // Whatever is being read now ends with the process.
        let _ = causes.try_send(Cause::End);
        Ok(())
    });
    // Whatever is left was waited for long enough.
    runtime.shutdown_background();
    outcome
}

/// How many connections the system lets us have, asked for as many as it ever does.
#[cfg(unix)]
fn room() -> usize {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    if limit.current < limit.maximum {
        let raised = rustix::process::Rlimit { current: limit.maximum, ..limit };
        if setrlimit(Resource::Nofile, raised).is_ok() {
            limit.current = limit.maximum;
        }
    }
    let files = limit.current.unwrap_or(MOST_CONNECTIONS + OWN_FILES);
    files.saturating_sub(OWN_FILES).clamp(16, MOST_CONNECTIONS) as usize
}

#[cfg(not(unix))]
fn room() -> usize {
    MOST_CONNECTIONS as usize
}

/// Reads the records again whenever a signal asks for it.
#[cfg(unix)]
async fn again(causes: &SyncSender<Cause>) {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut hangup) = signal(SignalKind::hangup()) else { return };
    while hangup.recv().await.is_some() {
        // Where one cause waits already, it is as good as this one.
        let _ = causes.try_send(Cause::Asked);
    }
}

#[cfg(not(unix))]
async fn again(_: &SyncSender<Cause>) {}

/// The first signal that asks for the end, and the second one, which does not wait.
#[cfg(unix)]
fn signals() -> Result<(impl Future<Output = ()>, impl Future<Output = ()>)> {
    use tokio::signal::unix::{SignalKind, signal};
    let listen = |kind| signal(kind).map_err(|source| Error::new(format!("cannot wait for signals: {source}")));
    let mut first = (listen(SignalKind::terminate())?, listen(SignalKind::interrupt())?);
    let (sender, receiver) = tokio::sync::oneshot::channel();
    let end = async move {
        tokio::select! { _ = first.0.recv() => {}, _ = first.1.recv() => {} }
        // The other end is there for as long as the server is.
        let _ = sender.send(first);
    };
    let now = async move {
        let Ok(mut second) = receiver.await else { return };
        tokio::select! { _ = second.0.recv() => {}, _ = second.1.recv() => {} }
    };
    Ok((end, now))
}

#[cfg(not(unix))]
fn signals() -> Result<(impl Future<Output = ()>, impl Future<Output = ()>)> {
    let wait = || async {
        // Where it cannot be heard, the system ends the process by itself.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    let (sender, receiver) = tokio::sync::oneshot::channel();
    let end = async move {
        wait().await;
        let _ = sender.send(());
    };
    let now = async move {
        let _ = receiver.await;
        wait().await;
    };
    Ok((end, now))
}
