//! The routes of the site, and the layers around them.
//!
//! axum matches the path as sent. A path in another spelling (`%68ealthz`) reaches the fallback, as artifacts do, and is
//! looked up after [`super::path`] has decoded it.

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
use super::connections::Activity;
use super::metrics::Asks;
use super::reply;
use super::server::Server;
use crate::error::Error;

/// A route.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Route {
    /// An artifact, or 404.
    Artifact,
    /// `/healthz`.
    Health,
    /// `/metrics`.
    Metrics,
    /// The event stream for open pages.
    Live,
    /// A custom query.
    Choice,
}

/// The dynamic routes, by path below the root.
const ROUTES: [(&str, Route); 7] = [
    ("healthz", Route::Health),
    ("metrics", Route::Metrics),
    ("api/live", Route::Live),
    ("api/agenda.json", Route::Choice),
    ("feeds/custom.ics", Route::Choice),
    ("feeds/custom.atom", Route::Choice),
    ("feeds/custom.json", Route::Choice),
];

impl Route {
    /// The route of a decoded path.
    pub(super) fn to(path: &str) -> Route {
        ROUTES.iter().find(|(own, _)| *own == path).map_or(Route::Artifact, |(_, route)| *route)
    }
}

/// The service for all requests. Each request carries the activity of its connection as an extension.
pub(super) fn router(server: &Arc<Server>) -> Router {
    let mut router = Router::new();
    for (path, route) in ROUTES {
        // Accept every method here, so that the response to an unsupported one is the same everywhere.
        let by = move |State(server): State<Arc<Server>>,
                       Extension(activity): Extension<Arc<Activity>>,
                       request: Request| { answer(route, server, activity, request) };
        router = router.route(&format!("{}/{path}", server.prefix), any(by));
    }
    let router = router.fallback(|State(server), Extension(activity), request: Request| {
        answer(Route::Artifact, server, activity, request)
    });
    let told = Arc::clone(server);
    let broke = move || {
        told.metrics.answered(Asks::Nothing, StatusCode::INTERNAL_SERVER_ERROR);
        told.say(Line::Trouble(Error::new("could not finish a response"), "the client got an error".into()));
    };
    guarded(router.with_state(Arc::clone(server)), broke)
}

async fn answer(
    route: Route,
    server: Arc<Server>,
    activity: Arc<Activity>,
    request: Request,
) -> Response<axum::body::Body> {
    let answering = server.answer(route, &request, &activity);
    // The body is not read.
    drop(request);
    answering.await.map(axum::body::Body::new)
}

/// Adds the headers of every response, and turns a panic into a response after calling `broke`.
fn guarded(router: Router, broke: impl Fn() + Clone + Send + Sync + 'static) -> Router {
    let nosniff = HeaderValue::from_static("nosniff");
    let no_referrer = HeaderValue::from_static("no-referrer");
    let sorry = move |_: Box<dyn Any + Send>| -> Response<Body> {
        broke();
        // The state of the connection is unknown, so close it.
        reply::last(reply::text(StatusCode::INTERNAL_SERVER_ERROR, "an internal error occurred", false))
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
    fn routes_by_decoded_paths() {
        for (path, route) in ROUTES {
            assert_eq!(Route::to(path), route);
        }
        for path in ["", "healthz/", "feeds/all.ics", "/healthz"] {
            assert_eq!(Route::to(path), Route::Artifact, "{path}");
        }
    }
}
