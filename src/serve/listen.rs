//! Accepting connections, talking on them, and ending without losing an answer.
//!
//! The end comes in steps. First every answer says that it is its connection's last, and new connections are still taken,
//! so that whoever is on the way here gets one. Then nobody is taken in any more, connections that wait are closed, and
//! answers on their way are waited for. In the end whatever is left is dropped.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::Service;
use hyper::{Request, Response, body::Incoming};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;

use super::body::Body;
use super::crowd::{Phase, Place, Pulse, SWEEP};
use super::server::{Answering, Server};
use super::wire::{self, Wire};
use crate::error::{Error, Result};

/// Bytes of a request's head, and its lines at most 100.
const HEAD: usize = 16 << 10;
/// Connections that the system keeps ready for us.
const BACKLOG: u32 = 4096;
/// How long new connections are still taken after the end has begun.
const LAST_CALL: Duration = Duration::from_millis(250);
/// How long answers on their way are waited for.
const FAREWELL: Duration = Duration::from_secs(10);

/// Listens at an address. Needs a runtime.
pub(super) fn bind(address: SocketAddr) -> Result<TcpListener> {
    let bound = (|| {
        let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
        // Windows takes the word for leave to share a port with whoever has it.
        socket.set_reuseaddr(cfg!(unix))?;
        socket.bind(address)?;
        socket.listen(BACKLOG)
    })();
    bound.map_err(|source| {
        let error = Error::new(format!("cannot listen at {address}: {source}"));
        match source.kind() {
            std::io::ErrorKind::AddrInUse => error.help(
                "another program listens there, perhaps another `redletter serve`; give another port by --port, or \
                 --port 0 for any that is free",
            ),
            std::io::ErrorKind::AddrNotAvailable => {
                error.help("give an address of this machine by --interface, such as 127.0.0.1, or 0.0.0.0 for all")
            }
            std::io::ErrorKind::PermissionDenied => error.help("ports below 1024 are for the system; give --port 8321"),
            _ => error,
        }
    })
}

/// How far the end is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ending {
    /// Not begun.
    No,
    /// Connections that wait are closed.
    Closing,
}

/// Serves until `end` completes, and then until the last answer is sent, or nobody has time for that (`now`).
pub(super) async fn serve(
    server: Arc<Server>,
    listener: TcpListener,
    end: impl Future<Output = ()>,
    now: impl Future<Output = ()>,
) {
    let (ending, _) = watch::channel(Ending::No);
    let accept = accept(&server, &listener, &ending);
    tokio::pin!(accept);
    tokio::select! {
        never = &mut accept => match never {},
        () = sweep(&server) => {}
        () = end => {}
    }
    server.is_ending.store(true, Ordering::Relaxed);
    let rest = async {
        tokio::select! {
            never = &mut accept => match never {},
            () = tokio::time::sleep(LAST_CALL) => {}
        }
        ending.send_replace(Ending::Closing);
        // Those that came to the door in the last moment are told nothing, and none of them was promised an answer.
        let all_gone = async {
            while server.crowd.len() > 0 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let _ = tokio::time::timeout(FAREWELL, all_gone).await;
    };
    tokio::select! {
        () = rest => {}
        () = now => {}
    }
}

async fn accept(
    server: &Arc<Server>,
    listener: &TcpListener,
    ending: &watch::Sender<Ending>,
) -> std::convert::Infallible {
    let mut http = http1::Builder::new();
    // The crowd keeps time for all connections, at less cost than a timer for each request.
    http.max_buf_size(HEAD).max_header_size(HEAD).half_close(true).header_read_timeout(None);
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                // A connection that went away again is no reason to wait; no room for a new one is.
                if !matches!(error.kind(), std::io::ErrorKind::ConnectionAborted | std::io::ErrorKind::ConnectionReset)
                {
                    server.crowd.make_room();
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                continue;
            }
        };
        server.metrics.connections.fetch_add(1, Ordering::Relaxed);
        let Some(place) = server.crowd.enter() else { continue };
        // An answer goes out at once, not when a packet is full. A connection that is gone already says so later.
        let _ = stream.set_nodelay(true);
        let pulse = Arc::clone(&place.pulse);
        let talk = talk(Arc::clone(server), http.clone(), stream, place, ending.subscribe());
        pulse.belongs_to(tokio::spawn(talk).abort_handle());
    }
}

async fn talk(
    server: Arc<Server>,
    http: http1::Builder,
    stream: TcpStream,
    place: Place,
    mut ending: watch::Receiver<Ending>,
) {
    let stream = Arc::new(stream);
    let has_ended = Arc::new(AtomicBool::new(false));
    let wire = Wire {
        stream: Arc::clone(&stream),
        pulse: Arc::clone(&place.pulse),
        has_ended: Arc::clone(&has_ended),
        sent: Arc::clone(&server.sent),
    };
    let desk = Desk { server, pulse: Arc::clone(&place.pulse) };
    let connection = http.serve_connection(wire, desk);
    tokio::pin!(connection);
    let is_closing = async {
        // Where the sender is gone, the server is.
        let _ = ending.wait_for(|ending| *ending == Ending::Closing).await;
    };
    tokio::select! {
        // How it went is of interest to the client only, which has been told.
        _ = &mut connection => {}
        () = is_closing => {
            connection.as_mut().graceful_shutdown();
            if place.pulse.phase() != Phase::Listening {
                let _ = connection.await;
            }
        }
    }
    if !has_ended.load(Ordering::Relaxed) {
        place.pulse.enter(Phase::Leaving);
        wire::say_goodbye(&stream);
        wire::linger(&stream).await;
    }
}

async fn sweep(server: &Server) {
    loop {
        tokio::time::sleep(SWEEP).await;
        server.crowd.sweep();
    }
}

/// Answers the requests of a connection.
struct Desk {
    server: Arc<Server>,
    pulse: Arc<Pulse>,
}

impl Service<Request<Incoming>> for Desk {
    type Response = Response<Body>;
    type Error = std::convert::Infallible;
    type Future = Answering;

    fn call(&self, request: Request<Incoming>) -> Answering {
        self.server.answer(&request, &self.pulse)
    }
}
