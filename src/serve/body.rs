//! The body of a response: empty, shared bytes that are never copied, or a stream of events.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use tokio::sync::mpsc;

/// The body of a response.
pub(super) enum Body {
    /// Shared bytes.
    Bytes(Option<Bytes>),
    /// An endless stream of events.
    News(mpsc::Receiver<Bytes>),
}

impl Body {
    /// No bytes.
    pub(super) fn empty() -> Self {
        Body::Bytes(None)
    }

    /// Whether it has no end of its own.
    pub(super) fn goes_on(&self) -> bool {
        matches!(self, Body::News(_))
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Body::Bytes(Some(bytes).filter(|bytes| !bytes.is_empty()))
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match &mut *self {
            Body::Bytes(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Body::News(news) => news.poll_recv(cx).map(|next| next.map(|bytes| Ok(Frame::data(bytes)))),
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Body::Bytes(None))
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Body::Bytes(Some(bytes)) => SizeHint::with_exact(bytes.len() as u64),
            // The length of a 304 is that of the client's copy, so the router must not set it to zero.
            Body::Bytes(None) | Body::News(_) => SizeHint::default(),
        }
    }
}
