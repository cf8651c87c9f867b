//! The body of an answer: nothing, bytes that are shared and never copied, or news for as long as somebody listens.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use tokio::sync::mpsc;

/// A body.
pub(super) enum Body {
    /// Bytes, once.
    Bytes(Option<Bytes>),
    /// News of the site, as they come.
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
            // That of a 304 is not nothing: it is the length of what the client has, and no router shall fill it in.
            Body::Bytes(None) | Body::News(_) => SizeHint::default(),
        }
    }
}
