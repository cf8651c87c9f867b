//! The routes of the site, and what is done around all of them.
//!
//! Routes match the path as it was sent. What is written in another way (`%68ealthz`) comes by the fallback, as artifacts
//! do, and is told apart after the one decoding of [`super::path`]: a route never decodes.

use std::any::Any;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::routing::any;
use axum::{Extension, Router};
use http::header::{REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderValue, Response, StatusCode};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::set_header::SetResponseHeaderLayer;

use super::Line;
use super::body::Body;
use super::crowd::Pulse;
use super::metrics::Asks;
use super::reply;
use super::server::Server;
use crate::error::Error;

/// What a request came for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Road {
    /// An artifact, or nothing.
    Artifact,
    /// How the server is.
    Health,
    /// What it counted.
    Metrics,
    /// News for open pages.
    Live,
    /// Events of the client's own choice.
    Choice,
}

/// What is made when it is asked for, by its path below the root.
const ROADS: [(&str, Road); 7] = [
    ("healthz", Road::Health),
    ("metrics", Road::Metrics),
    ("api/live", Road::Live),
    ("api/agenda.json", Road::Choice),
    ("feeds/custom.ics", Road::Choice),
    ("feeds/custom.atom", Road::Choice),
    ("feeds/custom.json", Road::Choice),
];

impl Road {
    /// The road to a path that was decoded.
    pub(super) fn to(path: &str) -> Road {
        ROADS.iter().find(|(own, _)| *own == path).map_or(Road::Artifact, |(_, road)| *road)
    }
}

/// The service that answers everything. A request brings the pulse of its connection as an extension.
pub(super) fn router(server: &Arc<Server>) -> Router {
    let mut router = Router::new();
    for (path, road) in ROADS {
        // Every method comes to us: the answer to an odd one is the same everywhere.
        let by = move |State(server): State<Arc<Server>>, Extension(pulse): Extension<Arc<Pulse>>, request: Request| {
            answer(road, server, pulse, request)
        };
        router = router.route(&format!("{}/{path}", server.prefix), any(by));
    }
    let router = router
        .fallback(|State(server), Extension(pulse), request: Request| answer(Road::Artifact, server, pulse, request));
    let told = Arc::clone(server);
    let broke = move || {
        told.metrics.answered(Asks::Nothing, StatusCode::INTERNAL_SERVER_ERROR);
        told.say(Line::Trouble(Error::new("could not finish a response"), "the client got an error".into()));
    };
    guarded(router.with_state(Arc::clone(server)), broke)
}

async fn answer(road: Road, server: Arc<Server>, pulse: Arc<Pulse>, request: Request) -> Response<axum::body::Body> {
    let answering = server.answer(road, &request, &pulse);
    // Nobody reads its body.
    drop(request);
    answering.await.map(axum::body::Body::new)
}

/// What stands on every answer, also on that of a mistake of ours, of which `broke` hears.
fn guarded(router: Router, broke: impl Fn() + Clone + Send + Sync + 'static) -> Router {
    let nosniff = HeaderValue::from_static("nosniff");
    let no_referrer = HeaderValue::from_static("no-referrer");
    let sorry = move |_: Box<dyn Any + Send>| -> Response<Body> {
        broke();
        // What it left behind nobody knows, so that its connection ends.
        reply::last(reply::text(StatusCode::INTERNAL_SERVER_ERROR, "something broke down here", false))
    };
    router.layer((
        SetResponseHeaderLayer::overriding(X_CONTENT_TYPE_OPTIONS, nosniff),
        SetResponseHeaderLayer::overriding(REFERRER_POLICY, no_referrer),
        CatchPanicLayer::custom(sorry),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use tower_service::Service;

    async fn broken() -> &'static str {
        panic!("as the test wants it")
    }

    #[test]
    fn a_panic_is_an_answer() {
        let count = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&count);
        let broke = move || {
            counted.fetch_add(1, Ordering::Relaxed);
        };
        let mut router = guarded(Router::new().route("/", any(broken)), broke);
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let request = Request::new(axum::body::Body::empty());
        let Ok(response) = runtime.block_on(router.call(request));
        assert_eq!((response.status(), count.load(Ordering::Relaxed)), (StatusCode::INTERNAL_SERVER_ERROR, 1));
        let headers = response.headers();
        assert_eq!(
            (&headers["connection"], &headers["x-content-type-options"]),
            (&"close".parse().expect("a value"), &"nosniff".parse().expect("a value"))
        );
    }

    #[test]
    fn roads_by_decoded_paths() {
        for (path, road) in ROADS {
            assert_eq!(Road::to(path), road);
        }
        for path in ["", "healthz/", "feeds/all.ics", "/healthz"] {
            assert_eq!(Road::to(path), Road::Artifact, "{path}");
        }
    }
}
