//! Metrics in the Prometheus text format: kinds of responses and sizes, never paths, addresses or visitors.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http::StatusCode;

/// The kind of resource that a request was for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Asks {
    Page,
    Feed,
    Members,
    Event,
    Static,
    Other,
    Custom,
    Api,
    Live,
    Health,
    Metrics,
    Nothing,
}

const ASKS: [(Asks, &str); 12] = [
    (Asks::Page, "page"),
    (Asks::Feed, "feed"),
    (Asks::Members, "members"),
    (Asks::Event, "event"),
    (Asks::Static, "static"),
    (Asks::Other, "other"),
    (Asks::Custom, "custom"),
    (Asks::Api, "api"),
    (Asks::Live, "live"),
    (Asks::Health, "health"),
    (Asks::Metrics, "metrics"),
    (Asks::Nothing, "nothing"),
];

const CLASSES: [&str; 4] = ["2xx", "3xx", "4xx", "5xx"];

/// Counters and two gauges.
#[derive(Debug, Default)]
pub(super) struct Metrics {
    requests: [[AtomicU64; CLASSES.len()]; ASKS.len()],
    pub(super) bytes_sent: AtomicU64,
    pub(super) connections: AtomicU64,
    pub(super) connections_closed: AtomicU64,
    reloads: AtomicU64,
    reloads_failed: AtomicU64,
    reload_micros: AtomicU64,
    last_reload_micros: AtomicU64,
}

/// Gauges of the served site.
pub(super) struct Levels<'l> {
    pub(super) version: &'l str,
    pub(super) tzdb: &'l str,
    pub(super) events: usize,
    pub(super) artifacts: usize,
    pub(super) artifact_bytes: usize,
    pub(super) open_connections: usize,
    pub(super) is_stale: bool,
}

impl Metrics {
    /// Counts a response.
    pub(super) fn answered(&self, asks: Asks, status: StatusCode) {
        let class = usize::from(status.as_u16() / 100).clamp(2, 5) - 2;
        self.requests[asks as usize][class].fetch_add(1, Ordering::Relaxed);
    }

    /// Counts a reload.
    pub(super) fn reloaded(&self, took: Duration, is_good: bool) {
        let micros = took.as_micros() as u64;
        self.reload_micros.fetch_add(micros, Ordering::Relaxed);
        self.last_reload_micros.store(micros, Ordering::Relaxed);
        let count = if is_good { &self.reloads } else { &self.reloads_failed };
        count.fetch_add(1, Ordering::Relaxed);
    }

    /// The metrics as text.
    pub(super) fn text(&self, levels: &Levels<'_>) -> String {
        let mut text = String::with_capacity(4096);
        let get = |count: &AtomicU64| count.load(Ordering::Relaxed);
        let seconds = |micros: &AtomicU64| get(micros) as f64 / 1e6;
        let head = |text: &mut String, name: &str, kind: &str, help: &str| {
            let _ = writeln!(text, "# HELP redletter_{name} {help}\n# TYPE redletter_{name} {kind}");
        };
        head(&mut text, "requests_total", "counter", "Answers by what was asked for and class of status.");
        for ((_, asks), counts) in ASKS.iter().zip(&self.requests) {
            for (class, count) in CLASSES.iter().zip(counts) {
                let count = get(count);
                let _ = writeln!(text, "redletter_requests_total{{asks=\"{asks}\",status=\"{class}\"}} {count}");
            }
        }
        let mut one = |name: &str, kind: &str, help: &str, value: f64| {
            head(&mut text, name, kind, help);
            let _ = writeln!(text, "redletter_{name} {value}");
        };
        one("sent_bytes_total", "counter", "Bytes sent, heads included.", get(&self.bytes_sent) as f64);
        one("connections_total", "counter", "Connections accepted.", get(&self.connections) as f64);
        one(
            "connections_closed_total",
            "counter",
            "Connections closed by the server, because they were slow, idle or too many.",
            get(&self.connections_closed) as f64,
        );
        one("connections", "gauge", "Open connections.", levels.open_connections as f64);
        one("reloads_total", "counter", "Changes of the records that went live.", get(&self.reloads) as f64);
        one(
            "reloads_failed_total",
            "counter",
            "Changes of the records that were refused.",
            get(&self.reloads_failed) as f64,
        );
        one("reload_seconds_total", "counter", "Time spent on changes.", seconds(&self.reload_micros));
        one("reload_seconds", "gauge", "Time that the last change took.", seconds(&self.last_reload_micros));
        one("stale", "gauge", "1 while an older state of the records is served.", f64::from(u8::from(levels.is_stale)));
        one("events", "gauge", "Events in the records.", levels.events as f64);
        one("artifacts", "gauge", "Paths that are served from memory.", levels.artifacts as f64);
        one("artifact_bytes", "gauge", "Bytes of them.", levels.artifact_bytes as f64);
        head(&mut text, "build_info", "gauge", "Versions of the program and of its time zone rules.");
        let (version, tzdb) = (levels.version, levels.tzdb);
        let _ = writeln!(text, "redletter_build_info{{version=\"{version}\",tzdb=\"{tzdb}\"}} 1");
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_the_order_of_the_counters() {
        for (index, (asks, _)) in ASKS.iter().enumerate() {
            assert_eq!(*asks as usize, index);
        }
    }

    #[test]
    fn every_series_has_its_head_and_a_number() {
        let metrics = Metrics::default();
        metrics.answered(Asks::Feed, StatusCode::NOT_MODIFIED);
        metrics.reloaded(Duration::from_millis(1500), true);
        let levels = Levels {
            version: "1",
            tzdb: "2026f",
            events: 3,
            artifacts: 9,
            artifact_bytes: 70,
            open_connections: 2,
            is_stale: true,
        };
        let text = metrics.text(&levels);
        for line in [
            "redletter_requests_total{asks=\"feed\",status=\"3xx\"} 1",
            "redletter_reload_seconds 1.5",
            "redletter_stale 1",
            "redletter_build_info{version=\"1\",tzdb=\"2026f\"} 1",
        ] {
            assert!(text.lines().any(|own| own == line), "{line} in\n{text}");
        }
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let (name, value) = line.rsplit_once(' ').expect("a name and a value");
            let name = name.split('{').next().expect("a name");
            assert!(value.parse::<f64>().is_ok() && text.contains(&format!("# TYPE {name} ")), "{line}");
        }
    }
}
