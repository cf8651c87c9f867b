//! Under which names the server answers.
//!
//! A page of another site may lead its own name to this machine, so that a browser takes its scripts and our answers for
//! one site (DNS rebinding). Such a request names that other host. An address of digits is not a name that one could lead
//! elsewhere.

use std::net::IpAddr;

use http::header::HOST;
use http::{Request, Version};

/// The names that are answered.
#[derive(Clone, Debug)]
pub(super) struct Hosts {
    given: Vec<String>,
    interface: IpAddr,
}

impl Hosts {
    /// `given` are those of the command line.
    pub(super) fn new(given: &[String], interface: IpAddr) -> Self {
        Hosts { given: given.iter().map(|name| bare(name)).collect(), interface }
    }

    /// Whether a request names one of them. `own` is the address of the calendar.
    pub(super) fn answer<B>(&self, request: &Request<B>, own: Option<&str>) -> bool {
        let named = request.uri().authority().map(http::uri::Authority::as_str);
        let header = || request.headers().get(HOST).and_then(|host| host.to_str().ok());
        match named.or_else(header) {
            Some(name) => self.has(&bare(name), own),
            // Old clients name none; browsers always do.
            None => request.version() < Version::HTTP_11 && !request.headers().contains_key(HOST),
        }
    }

    fn has(&self, name: &str, own: Option<&str>) -> bool {
        if let Ok(address) = name.trim_matches(['[', ']']).parse::<IpAddr>() {
            return address.is_loopback()
                || address == self.interface
                || self.interface.is_unspecified()
                || self.given.iter().any(|given| given == name);
        }
        let is_own = || {
            let url = own.and_then(|own| url::Url::parse(own).ok());
            url.and_then(|url| url.host_str().map(bare)).is_some_and(|host| host == name)
        };
        name == "localhost" || name.ends_with(".localhost") || self.given.iter().any(|given| given == name) || is_own()
    }
}

/// A host without its port, in lower case, without a final dot.
fn bare(name: &str) -> String {
    let host = match name.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) && !host.ends_with(':') => {
            if host.contains(':') && !host.starts_with('[') { name } else { host }
        }
        _ => name,
    };
    host.trim_end_matches('.').to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_answered(host: &str, given: &[&str], interface: &str) -> bool {
        let given: Vec<String> = given.iter().map(|name| (*name).to_owned()).collect();
        let hosts = Hosts::new(&given, interface.parse().expect("an address"));
        let request = Request::builder().uri("/").header(HOST, host).body(()).expect("a request");
        hosts.answer(&request, Some("https://Calendar.example/days/"))
    }

    #[test]
    fn names_of_this_machine_and_of_the_calendar() {
        for host in [
            "localhost",
            "LOCALHOST:8321",
            "localhost.",
            "calendar.localhost:80",
            "127.0.0.1:8321",
            "127.5.5.5",
            "[::1]:8321",
            "[::1]",
            "calendar.example",
            "calendar.example:443",
        ] {
            assert!(is_answered(host, &[], "127.0.0.1"), "{host}");
        }
        for host in
            ["evil.example", "localhost.evil.example", "xlocalhost", "192.0.2.7", "calendar.example.evil", "", "[::2]"]
        {
            assert!(!is_answered(host, &[], "127.0.0.1"), "{host}");
        }
        assert!(is_answered("192.0.2.7:8321", &[], "192.0.2.7") && is_answered("192.0.2.7:8321", &[], "0.0.0.0"));
        assert!(
            !is_answered("lan.example", &[], "0.0.0.0") && is_answered("lan.example:1", &["Lan.example"], "0.0.0.0")
        );
        assert!(is_answered("[2001:db8::1]", &[], "::") && is_answered("192.0.2.9", &["192.0.2.9"], "127.0.0.1"));
    }

    #[test]
    fn the_address_of_a_request_counts_before_its_header() {
        let hosts = Hosts::new(&[], "127.0.0.1".parse().expect("an address"));
        let request = |uri: &str, host: Option<&str>, version| {
            let mut request = Request::builder().uri(uri).version(version);
            if let Some(host) = host {
                request = request.header(HOST, host);
            }
            hosts.answer(&request.body(()).expect("a request"), None)
        };
        assert!(request("http://localhost/", Some("localhost"), Version::HTTP_11));
        assert!(!request("http://evil.example/", Some("localhost"), Version::HTTP_11));
        assert!(request("/", None, Version::HTTP_10) && !request("/", None, Version::HTTP_11));
        assert!(!request("/", Some("evil.example"), Version::HTTP_10));
    }
}
