//! The request log: time, request, result. It has no IP addresses, no user agents and no secrets.

use chrono::SecondsFormat;
use http::header::CONTENT_LENGTH;
use http::{Method, Response};

use super::body::Body;
use super::metrics::Asks;
use super::path::Asked;
use super::server::Server;

/// The parts of a request that are logged.
pub(super) struct Request {
    method: &'static str,
    path: String,
}

/// A path segment of at least this many characters may be a mistyped secret, so it is redacted.
const SECRETIVE: usize = 20;
/// The longest path that is logged, in characters.
const LONGEST: usize = 200;

impl Request {
    pub(super) fn of(method: &Method, asks: Asks, asked: &Asked<'_>) -> Self {
        let method = match *method {
            Method::GET => "GET",
            Method::HEAD => "HEAD",
            Method::OPTIONS => "OPTIONS",
            _ => "other",
        };
        let path = match asked {
            Asked::Path(path) => told(path, asks),
            Asked::Prefix => "/".to_owned(),
            Asked::Nothing | Asked::Malformed => "-".to_owned(),
        };
        Request { method, path }
    }

    pub(super) fn answered(self, server: &Server, response: &Response<Body>) -> String {
        let length = response.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()).unwrap_or("-");
        let now = (server.context.clock)().to_rfc3339_opts(SecondsFormat::Secs, true);
        let Request { method, path } = self;
        format!("{now} {method} {} {length} {path}", response.status().as_u16())
    }
}

fn told(path: &str, asks: Asks) -> String {
    if asks == Asks::Members || path.to_ascii_lowercase().contains("members") {
        return "/members/…".to_owned();
    }
    let mut text = String::new();
    for segment in path.split('/') {
        text.push('/');
        let may_be_secret = asks == Asks::Nothing && segment.chars().count() >= SECRETIVE;
        text.push_str(if may_be_secret { "…" } else { segment });
    }
    let text = crate::diagnostic::visible(text.chars().take(LONGEST));
    // Fields of a line are separated by spaces.
    text.replace(' ', "%20")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_and_no_command_for_a_terminal() {
        let secret = "3f9c1b7d5e8a2046c1d9e7b3a5f80246";
        for (path, asks, shown) in [
            ("agenda/", Asks::Page, "/agenda/"),
            (&*format!("members/{secret}/all.ics"), Asks::Members, "/members/…"),
            (&format!("Members/{secret}/all.ics"), Asks::Nothing, "/members/…"),
            (&format!("member/{secret}/all.ics"), Asks::Nothing, "/member/…/all.ics"),
            ("a b\u{1b}[31m\n", Asks::Nothing, "/a%20b\\u{1b}[31m\\u{a}"),
        ] {
            assert_eq!(told(path, asks), shown);
        }
    }
}
