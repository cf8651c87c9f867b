//! Accepting connections, talking on them, and ending without losing an answer.
//!
//! The end comes in steps. First every answer says that it is its connection's last, and new connections are still taken,
//! so that whoever is on the way here gets one. Then nobody is taken in any more, connections that wait are closed, and
//! answers that are owed are waited for. In the end whatever is left is dropped.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::routing::future::RouteFuture;
use hyper::server::conn::http1;
use hyper::service::Service;
use hyper::{Request, Response, body::Incoming};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;

use super::crowd::{Phase, Place, Pulse, SWEEP};
use super::router;
use super::server::Server;
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
            ErrorKind::AddrInUse => error.help(
                "another program listens there, perhaps another `redletter serve`; give another port by --port, or \
                 --port 0 for any that is free",
            ),
            ErrorKind::AddrNotAvailable => {
                error.help("give an address of this machine by --interface, such as 127.0.0.1, or 0.0.0.0 for all")
            }
            ErrorKind::PermissionDenied => error.help("ports below 1024 are for the system; give --port 8321"),
            _ => error,
        }
    })
}

/// Serves until `end` completes, and then until the last answer is sent, or nobody has time for that (`now`).
pub(super) async fn serve(
    server: Arc<Server>,
    listener: TcpListener,
    end: impl Future<Output = ()>,
    now: impl Future<Output = ()>,
) {
    let hall = Hall::new(server);
    tokio::select! {
        never = hall.accept(&listener) => match never {},
        () = sweep(&hall.server) => {}
        () = end => {}
    }
    hall.server.is_ending.store(true, Ordering::Relaxed);
    let rest = async {
        let _ = tokio::time::timeout(LAST_CALL, hall.accept(&listener)).await;
        hall.close(listener);
        let paid = async {
            while hall.server.crowd.owes() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let _ = tokio::time::timeout(FAREWELL, paid).await;
    };
    tokio::select! {
        () = rest => {}
        () = now => {}
    }
}

/// Where connections are taken in.
struct Hall {
    server: Arc<Server>,
    router: Router,
    http: http1::Builder,
    /// Whether connections that wait are closed.
    closing: watch::Sender<bool>,
}

impl Hall {
    fn new(server: Arc<Server>) -> Self {
        let mut http = http1::Builder::new();
        // The crowd keeps time for all connections, at less cost than a timer for each request.
        http.max_buf_size(HEAD).max_header_size(HEAD).half_close(true).header_read_timeout(None);
        let router = router::router(&server);
        Hall { server, router, http, closing: watch::Sender::new(false) }
    }

    async fn accept(&self, listener: &TcpListener) -> std::convert::Infallible {
        loop {
            match listener.accept().await {
                Ok((stream, _)) => self.admit(stream),
                // A connection that went away again is no reason to wait; no room for a new one is.
                Err(error) if matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset) => {}
                Err(_) => {
                    self.server.crowd.make_room();
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            }
        }
    }

    fn admit(&self, stream: TcpStream) {
        let server = &self.server;
        server.metrics.connections.fetch_add(1, Ordering::Relaxed);
        let Some(place) = server.crowd.enter() else { return };
        // An answer goes out at once, not when a packet is full. A connection that is gone already says so later.
        let _ = stream.set_nodelay(true);
        let pulse = Arc::clone(&place.pulse);
        let desk = Desk { router: self.router.clone(), pulse: Arc::clone(&pulse) };
        let talk = talk(desk, Arc::clone(&server.sent), self.http.clone(), stream, place, self.closing.subscribe());
        pulse.belongs_to(tokio::spawn(talk).abort_handle());
    }

    /// Takes in whoever is at the door already, and nobody after that.
    fn close(&self, listener: TcpListener) {
        // Whoever knocks from now on hears nothing, knocks again a second later, and learns that nobody is here. Where this
        // fails, he is let in by the system, and put out again when the door closes.
        #[cfg(unix)]
        let _ = rustix::net::listen(&listener, 0);
        // What the runtime knows of the door may be a moment old, so the system itself is asked.
        if let Ok(listener) = listener.into_std() {
            while let Ok((stream, _)) = listener.accept() {
                if stream.set_nonblocking(true).is_ok()
                    && let Ok(stream) = TcpStream::from_std(stream)
                {
                    self.admit(stream);
                }
            }
        }
        self.closing.send_replace(true);
    }
}

async fn talk(
    desk: Desk,
    sent: Arc<AtomicU64>,
    http: http1::Builder,
    stream: TcpStream,
    place: Place,
    mut closing: watch::Receiver<bool>,
) {
    let stream = Arc::new(stream);
    let has_ended = Arc::new(AtomicBool::new(false));
    let wire =
        Wire { stream: Arc::clone(&stream), pulse: Arc::clone(&place.pulse), has_ended: Arc::clone(&has_ended), sent };
    let connection = http.serve_connection(wire, desk);
    tokio::pin!(connection);
    let is_closing = async {
        // Where the sender is gone, the server is.
        let _ = closing.wait_for(|closing| *closing).await;
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
    router: Router,
    pulse: Arc<Pulse>,
}

impl Service<Request<Incoming>> for Desk {
    type Response = Response<axum::body::Body>;
    type Error = std::convert::Infallible;
    type Future = RouteFuture<std::convert::Infallible>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        let (mut head, _) = request.into_parts();
        head.extensions.insert(Arc::clone(&self.pulse));
        // The router is a shared one, and its own body for a request without one costs nothing.
        let request = Request::from_parts(head, axum::body::Body::empty());
        tower_service::Service::call(&mut self.router.clone(), request)
    }
}
