//! Accepting connections, serving them, and graceful shutdown.
//!
//! Shutdown has three steps. First, every response closes its connection, and new connections are still accepted, so that
//! clients that are connecting get a response. Then the listener closes, idle connections close, and pending responses
//! are completed. Finally, remaining connections are dropped.

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

use super::connections::{Activity, Phase, SWEEP, Slot};
use super::metered_stream::{self, MeteredStream};
use super::router;
use super::server::Server;
use crate::error::{Error, Result};

/// The most bytes of a request's head.
const HEAD: usize = 16 << 10;
/// The listen backlog.
const BACKLOG: u32 = 4096;
/// How long new connections are accepted after shutdown begins.
const LAST_ACCEPTS: Duration = Duration::from_millis(250);
/// How long shutdown waits for pending responses.
const DRAIN: Duration = Duration::from_secs(10);

/// Binds to an address. Must run inside a runtime.
pub(super) fn bind(address: SocketAddr) -> Result<TcpListener> {
    let bound = (|| {
        let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
        // On Windows, SO_REUSEADDR would let two programs share a port.
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

/// Serves until `end` completes, and then until the last pending response is sent or `now` completes.
pub(super) async fn serve(
    server: Arc<Server>,
    listener: TcpListener,
    end: impl Future<Output = ()>,
    now: impl Future<Output = ()>,
) {
    let acceptor = Acceptor::new(server);
    tokio::select! {
        never = acceptor.accept(&listener) => match never {},
        () = sweep(&acceptor.server) => {}
        () = end => {}
    }
    acceptor.server.is_ending.store(true, Ordering::Relaxed);
    let rest = async {
        let _ = tokio::time::timeout(LAST_ACCEPTS, acceptor.accept(&listener)).await;
        acceptor.close(listener);
        let drained = async {
            while acceptor.server.connections.has_pending_responses() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let _ = tokio::time::timeout(DRAIN, drained).await;
    };
    tokio::select! {
        () = rest => {}
        () = now => {}
    }
}

/// Accepts connections.
struct Acceptor {
    server: Arc<Server>,
    router: Router,
    http: http1::Builder,
    /// Set when idle connections must close.
    closing: watch::Sender<bool>,
}

impl Acceptor {
    fn new(server: Arc<Server>) -> Self {
        let mut http = http1::Builder::new();
        // `Connections` enforces the time limits, which is cheaper than a timer for each request.
        http.max_buf_size(HEAD).max_header_size(HEAD).half_close(true).header_read_timeout(None);
        let router = router::router(&server);
        Acceptor { server, router, http, closing: watch::Sender::new(false) }
    }

    async fn accept(&self, listener: &TcpListener) -> std::convert::Infallible {
        loop {
            match listener.accept().await {
                Ok((stream, _)) => self.admit(stream),
                // Only a lack of file descriptors needs a pause, not a connection that the client gave up.
                Err(error) if matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset) => {}
                Err(_) => {
                    self.server.connections.make_room();
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            }
        }
    }

    fn admit(&self, stream: TcpStream) {
        let server = &self.server;
        server.metrics.connections.fetch_add(1, Ordering::Relaxed);
        let Some(slot) = server.connections.enter() else { return };
        // Send small responses at once. If the connection is gone, a later call reports it.
        let _ = stream.set_nodelay(true);
        let activity = Arc::clone(&slot.activity);
        let service = ConnService { router: self.router.clone(), activity: Arc::clone(&activity) };
        let serve_connection = serve_connection(
            service,
            Arc::clone(&server.sent),
            self.http.clone(),
            stream,
            slot,
            self.closing.subscribe(),
        );
        activity.belongs_to(tokio::spawn(serve_connection).abort_handle());
    }

    /// Accepts the connections that are waiting, and then stops listening.
    fn close(&self, listener: TcpListener) {
        // With a backlog of zero, later clients retry after a second and are refused. If this call fails, the system
        // accepts them and resets them when the listener closes.
        #[cfg(unix)]
        let _ = rustix::net::listen(&listener, 0);
        // The runtime's readiness may be out of date, so ask the system.
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

async fn serve_connection(
    service: ConnService,
    sent: Arc<AtomicU64>,
    http: http1::Builder,
    stream: TcpStream,
    slot: Slot,
    mut closing: watch::Receiver<bool>,
) {
    let stream = Arc::new(stream);
    let has_ended = Arc::new(AtomicBool::new(false));
    let metered_stream = MeteredStream {
        stream: Arc::clone(&stream),
        activity: Arc::clone(&slot.activity),
        has_ended: Arc::clone(&has_ended),
        sent,
    };
    let connection = http.serve_connection(metered_stream, service);
    tokio::pin!(connection);
    let is_closing = async {
        // An error means that the server is gone.
        let _ = closing.wait_for(|closing| *closing).await;
    };
    tokio::select! {
        // Only the client cares about the result, and it knows.
        _ = &mut connection => {}
        () = is_closing => {
            connection.as_mut().graceful_shutdown();
            if slot.activity.phase() != Phase::Listening {
                let _ = connection.await;
            }
        }
    }
    if !has_ended.load(Ordering::Relaxed) {
        slot.activity.enter(Phase::Leaving);
        metered_stream::shut_down_writing(&stream);
        metered_stream::linger(&stream).await;
    }
}

async fn sweep(server: &Server) {
    loop {
        tokio::time::sleep(SWEEP).await;
        server.connections.sweep();
    }
}

/// The hyper service of one connection.
struct ConnService {
    router: Router,
    activity: Arc<Activity>,
}

impl Service<Request<Incoming>> for ConnService {
    type Response = Response<axum::body::Body>;
    type Error = std::convert::Infallible;
    type Future = RouteFuture<std::convert::Infallible>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        let (mut head, _) = request.into_parts();
        head.extensions.insert(Arc::clone(&self.activity));
        // The router is shared, and an empty body costs nothing.
        let request = Request::from_parts(head, axum::body::Body::empty());
        tower_service::Service::call(&mut self.router.clone(), request)
    }
}
