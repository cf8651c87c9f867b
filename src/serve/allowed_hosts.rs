//! The Host allow-list.
//!
//! In a DNS rebinding attack, another site resolves its own name to this machine, so that a browser treats its scripts and
//! our responses as one site. The Host header of such a request names the other site. IP addresses cannot be rebound.

use std::net::IpAddr;

use http::header::HOST;
use http::{Request, Version};

/// The allowed host names.
#[derive(Clone, Debug)]
pub(super) struct AllowedHosts {
    given: Vec<String>,
    interface: IpAddr,
}

impl AllowedHosts {
    /// `given` comes from the command line.
    pub(super) fn new(given: &[String], interface: IpAddr) -> Self {
        AllowedHosts { given: given.iter().map(|name| bare(name)).collect(), interface }
    }

    /// Whether the request's host is allowed. `own` is the calendar's `url`.
    pub(super) fn answer<B>(&self, request: &Request<B>, own: Option<&str>) -> bool {
        let named = request.uri().authority().map(http::uri::Authority::as_str);
        let header = || request.headers().get(HOST).and_then(|host| host.to_str().ok());
        match named.or_else(header) {
            Some(name) => self.has(&bare(name), own),
            // HTTP/1.0 clients may omit Host; browsers never do.
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
        let hosts = AllowedHosts::new(&given, interface.parse().expect("an address"));
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
        let hosts = AllowedHosts::new(&[], "127.0.0.1".parse().expect("an address"));
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
