//! The site over HTTP: serves the artifacts of [`crate::site`] from memory and rebuilds them when the records change.
//!
//! A state of the site is immutable and replaced as a whole, so a response never mixes two states. If a change cannot be
//! served, the last good state stays online.

mod body;
mod conditional;
mod connections;
mod encoding;
mod health;
mod allowed_hosts;
mod messages;
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
mod snapshot;
mod state;
mod watch;
mod metered_stream;

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::mpsc::{self, SyncSender};

use connections::Connections;
use server::Server;
use state::{Refused, State};
use watch::{Cause, Watch};

use crate::diagnostic::{self, Diagnostic};
use crate::error::{Error, Result};

pub use query::check_query;
pub use state::SiteContext;

/// A message for the terminal.
#[derive(Debug)]
pub enum Line {
    /// The address that the server listens on.
    Listens(String),
    /// A note.
    Note(String),
    /// Mistakes in the records, and the consequence.
    Mistakes(Vec<Diagnostic>, String),
    /// Another error, and the consequence.
    Trouble(Error, String),
    /// A line of the request log.
    Request(String),
    /// The last message.
    End,
}

/// Sends [`Line::End`] when dropped.
struct Over<'l>(&'l SyncSender<Line>);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        // The receiver is gone only when the process ends.
        let _ = self.0.send(Line::End);
    }
}

/// Where the server listens, and what it answers for.
#[derive(Clone, Debug)]
pub struct ListenOptions {
    /// The address to listen on.
    pub interface: IpAddr,
    /// The port; 0 is any free port.
    pub port: u16,
    /// The path prefix of the site: empty, or with a leading slash and without a trailing one.
    pub prefix: String,
    /// Allowed host names, in addition to those of this machine and of the calendar's `url`.
    pub hosts: Vec<String>,
    /// Whether requests are logged.
    pub logs_requests: bool,
}

/// The most open connections.
const MOST_CONNECTIONS: u64 = 12_288;
/// File descriptors reserved for the server itself.
const OWN_FILES: u64 = 128;

/// Serves until a signal ends it. Messages go to `lines`, whose receiver must be read.
///
/// # Errors
/// The address is not available, the calendar cannot be read, or the site cannot be built.
pub fn run(context: SiteContext, options: &ListenOptions, lines: &SyncSender<Line>) -> Result<()> {
    let _over = Over(lines);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().thread_name("serve").build();
    let runtime = runtime.map_err(|source| Error::new(format!("cannot start threads: {source}")))?;
    let context = Arc::new(context);
    let outcome = runtime.block_on(async {
        let listener = listen::bind(SocketAddr::new(options.interface, options.port))?;
        let address = listener.local_addr().map_err(|source| Error::new(format!("cannot listen: {source}")))?;
        let (causes, waiting) = mpsc::sync_channel(1);
        let watch = Watch::begin(&context.root, causes.clone());
        let state = match State::load(&context, None) {
            Ok(state) => state,
            Err(Refused::Otherwise(error) | Refused::Site(error, _)) => return Err(error),
            // A first state is built despite other mistakes.
            Err(Refused::Records(mistakes, _)) => {
                let text = diagnostic::text::render(&mistakes, false, 80);
                return Err(Error::new(format!("{text}error: nothing is served")).in_records());
            }
        };
        let tell = |line: Line| {
            // The receiver is gone only when the process ends.
            let _ = lines.send(line);
        };
        if state.withholds_feeds() {
            tell(Line::Mistakes(state.mistakes.clone(), messages::WITHHELD.into()));
        }
        if state.is_ahead() {
            tell(Line::Note(messages::AHEAD.into()));
        }
        let connections = Connections::new(room());
        let server = Server::new(state, context, options, connections, lines.clone());
        tell(Line::Listens(format!("http://{address}{}/", options.prefix)));
        let (first, second) = signals()?;
        let watched = Arc::clone(&server);
        std::thread::spawn(move || watch::run(watch, &watched, &waiting));
        let ask = causes.clone();
        tokio::spawn(async move { again(&ask).await });
        listen::serve(server, listener, first, second).await;
        // A reload in progress ends with the process.
        let _ = causes.try_send(Cause::End);
        Ok(())
    });
    // Shutdown has waited long enough for the remaining tasks.
    runtime.shutdown_background();
    outcome
}

/// The number of connections that the system allows, after raising the limit of open files.
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

/// Reloads the records on SIGHUP.
#[cfg(unix)]
async fn again(causes: &SyncSender<Cause>) {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut hangup) = signal(SignalKind::hangup()) else { return };
    while hangup.recv().await.is_some() {
        // If the channel is full, a reload is due anyway.
        let _ = causes.try_send(Cause::Asked);
    }
}

#[cfg(not(unix))]
async fn again(_: &SyncSender<Cause>) {}

/// Two futures: the first signal begins a graceful shutdown, the second one ends it at once.
#[cfg(unix)]
fn signals() -> Result<(impl Future<Output = ()>, impl Future<Output = ()>)> {
    use tokio::signal::unix::{SignalKind, signal};
    let listen = |kind| signal(kind).map_err(|source| Error::new(format!("cannot wait for signals: {source}")));
    let mut first = (listen(SignalKind::terminate())?, listen(SignalKind::interrupt())?);
    let (sender, receiver) = tokio::sync::oneshot::channel();
    let end = async move {
        tokio::select! { _ = first.0.recv() => {}, _ = first.1.recv() => {} }
        // The receiver lives as long as the server.
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
        // If the handler cannot be installed, the signal ends the process by default.
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
