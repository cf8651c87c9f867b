//! A TCP stream that records its activity for the time limits of [`super::connections`].

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::rt::{Read, ReadBufCursor, Write};
use tokio::net::TcpStream;

use super::connections::Activity;

/// Bytes per read: requests are short.
const CHUNK: usize = 2048;

/// A TCP stream that counts its bytes.
pub(super) struct MeteredStream {
    pub(super) stream: Arc<TcpStream>,
    pub(super) activity: Arc<Activity>,
    /// Whether the client has closed its side.
    pub(super) has_ended: Arc<AtomicBool>,
    /// Bytes sent on all connections.
    pub(super) sent: Arc<AtomicU64>,
}

impl MeteredStream {
    fn poll(&self, cx: &mut Context<'_>, write: impl Fn(&TcpStream) -> io::Result<usize>) -> Poll<io::Result<usize>> {
        loop {
            ready!(self.stream.poll_write_ready(cx))?;
            match write(&self.stream) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Ok(count) => {
                    self.activity.sent(count);
                    self.sent.fetch_add(count as u64, Ordering::Relaxed);
                    return Poll::Ready(Ok(count));
                }
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
    }
}

impl Read for MeteredStream {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, mut buffer: ReadBufCursor<'_>) -> Poll<io::Result<()>> {
        let mut chunk = [0; CHUNK];
        let room = buffer.remaining().min(CHUNK);
        loop {
            ready!(self.stream.poll_read_ready(cx))?;
            match self.stream.try_read(&mut chunk[..room]) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Ok(0) => {
                    self.has_ended.store(true, Ordering::Relaxed);
                    return Poll::Ready(Ok(()));
                }
                Ok(count) => {
                    buffer.put_slice(&chunk[..count]);
                    self.activity.received();
                    return Poll::Ready(Ok(()));
                }
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
    }
}

impl Write for MeteredStream {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.poll(cx, |stream| stream.try_write(bytes))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.poll(cx, |stream| stream.try_write_vectored(pieces))
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.activity.flushed();
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        shut_down_writing(&self.stream);
        Poll::Ready(Ok(()))
    }
}

/// Closes the sending side. It fails only if the client is gone.
pub(super) fn shut_down_writing(stream: &TcpStream) {
    let _ = rustix::net::shutdown(stream, rustix::net::Shutdown::Write);
}

/// Discards what the client still sends. Closing a connection with unread bytes resets it, and the client could lose the
/// last response.
pub(super) async fn linger(stream: &TcpStream) {
    let mut chunk = [0; CHUNK];
    let mut left: usize = 1 << 18;
    let read = async {
        while stream.readable().await.is_ok() {
            match stream.try_read(&mut chunk) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Ok(count) if count > 0 && count < left => left -= count,
                Ok(_) | Err(_) => break,
            }
        }
    };
    let _ = tokio::time::timeout(Duration::from_secs(1), read).await;
}
