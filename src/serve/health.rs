//! `/healthz` and `/metrics`, for the operator. They contain nothing about visitors and no text of records.
//!
//! A server that serves an older state returns 200 with `stale`: otherwise a load balancer would remove every server
//! because of one mistake in a record.

use std::sync::atomic::Ordering;

use chrono::SecondsFormat;
use http::Response;
use serde::Serialize;

use super::body::Body;
use super::live::Bulletin;
use super::metrics::Levels;
use super::reply;
use super::server::Server;
use super::state::State;
use crate::diagnostic::{Diagnostic, visible};

/// A mistake that keeps the newest state from being served.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(super) struct Problem {
    pub(super) code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) line: Option<usize>,
}

impl Problem {
    /// A problem that is not in a record.
    pub(super) fn otherwise() -> Self {
        Problem { code: "error", file: None, line: None }
    }

    fn text(&self) -> String {
        match (&self.file, self.line) {
            (Some(file), Some(line)) => format!("{file}:{line}: {}", self.code),
            _ => self.code.to_owned(),
        }
    }
}

/// The mistakes, reduced to what may be public.
pub(super) fn problems(diagnostics: &[Diagnostic]) -> Vec<Problem> {
    let problem = |one: &Diagnostic| Problem {
        code: one.finding.code.name(),
        file: one.source.path.as_deref().map(|path| visible(path.chars())),
        line: Some(one.source.place(one.finding.span.start).line),
    };
    diagnostics.iter().map(problem).collect()
}

/// The event for open pages.
pub(super) fn bulletin(state: &State, problems: Option<&[Problem]>) -> Bulletin {
    Bulletin {
        version: state.version.clone(),
        problems: problems.map(|problems| problems.iter().map(Problem::text).collect()),
    }
}

#[derive(Serialize)]
struct Health<'h> {
    status: &'static str,
    version: &'static str,
    tzdb: &'h str,
    as_of: String,
    since: String,
    events: usize,
    feeds: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    problems: Vec<Problem>,
    #[serde(skip_serializing_if = "is_zero")]
    more_problems: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_zero(value: &usize) -> bool {
    *value == 0
}

/// The number of problems listed.
const LISTED: usize = 100;

/// The response to `/healthz`.
pub(super) fn answer(server: &Server, state: &State, is_head: bool) -> Response<Body> {
    let problems = server.problems();
    let status = match &problems {
        None => "ok",
        Some(_) if state.withholds_feeds() => "partial",
        Some(_) => "stale",
    };
    let mut problems = problems.unwrap_or_default();
    let more_problems = problems.len().saturating_sub(LISTED);
    problems.truncate(LISTED);
    let health = Health {
        status,
        version: env!("CARGO_PKG_VERSION"),
        tzdb: server.context.tzdb.version(),
        as_of: state.now.to_rfc3339_opts(SecondsFormat::Secs, true),
        since: state.since.to_rfc3339_opts(SecondsFormat::Secs, true),
        events: state.calendar.events.len(),
        feeds: if state.withholds_feeds() { "withheld" } else { "served" },
        problems,
        more_problems,
    };
    let mut bytes = serde_json::to_vec(&health).unwrap_or_default(); // strings and numbers always are JSON
    bytes.push(b'\n');
    reply::fresh("application/json", bytes.into(), is_head)
}

/// The response to `/metrics`.
pub(super) fn metrics(server: &Server, state: &State, is_head: bool) -> Response<Body> {
    let metrics = &server.metrics;
    metrics.bytes_sent.store(server.sent.load(Ordering::Relaxed), Ordering::Relaxed);
    metrics.connections_closed.store(server.connections.closed(), Ordering::Relaxed);
    let text = metrics.text(&Levels {
        version: env!("CARGO_PKG_VERSION"),
        tzdb: server.context.tzdb.version(),
        events: state.calendar.events.len(),
        artifacts: state.snapshot.len(),
        artifact_bytes: state.snapshot.size,
        open_connections: server.connections.len(),
        is_stale: server.problems().is_some(),
    });
    reply::fresh("text/plain; version=0.0.4; charset=utf-8", text.into(), is_head)
}
