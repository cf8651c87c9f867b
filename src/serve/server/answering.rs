//! A response, at once or when its work is done.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll};

use http::Response;

use super::Server;
use crate::serve::body::Body;
use crate::serve::connections::{Activity, Phase};
use crate::serve::metrics::Asks;
use crate::serve::{Line, log, reply};

/// A response, or the work that makes it.
pub(in crate::serve) enum Made {
    /// The response.
    Now(Response<Body>),
    /// The work in progress.
    Later(Pin<Box<dyn Future<Output = Response<Body>> + Send>>),
}

/// A pending response, which is counted and logged when it is ready.
pub(in crate::serve) struct Answering {
    pub(super) server: Arc<Server>,
    pub(super) activity: Arc<Activity>,
    pub(super) asks: Asks,
    pub(super) line: Option<log::Request>,
    pub(super) made: Option<Made>,
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
            // The future is not polled after it is ready.
            None => return Poll::Pending,
        };
        if self.activity.phase() == Phase::Working {
            self.activity.enter(Phase::Answering);
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
