//! A calendar at an address, over http or https.

use crate::error::{Error, Result};

/// Bytes of an answer.
#[cfg(feature = "fetch")]
const LARGEST: u64 = 10_000_000;

/// Whether a word of the command line is an address.
pub(in crate::cli) fn is_address(word: &str) -> bool {
    let schemes = ["http://", "https://", "webcal://", "webcals://"];
    schemes.iter().any(|scheme| word.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme)))
}

/// `webcal:` addresses are https ones.
#[cfg(feature = "fetch")]
fn plain(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let is_http = address.get(..7).is_some_and(|head| head.eq_ignore_ascii_case("http://"));
    format!("{}://{rest}", if is_http { "http" } else { "https" })
}

/// Gets the bytes at an address.
#[cfg(feature = "fetch")]
pub(in crate::cli) fn get(address: &str) -> Result<Vec<u8>> {
    use std::time::Duration;
    let shown = crate::diagnostic::shorten(address);
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(30)))
        .max_redirects(5)
        .user_agent(concat!("redletter/", env!("CARGO_PKG_VERSION")))
        .build()
        .into();
    let answer = agent.get(plain(address)).header("Accept", "text/calendar, */*;q=0.5").call();
    let mut answer = answer.map_err(|error| {
        Error::new(format!("cannot read {shown}: {error}"))
            .help("open the address in a browser; a calendar must be public to be read")
    })?;
    answer.body_mut().with_config().limit(LARGEST).read_to_vec().map_err(|error| {
        Error::new(format!("cannot read {shown}: {error}")).help(format!(
            "an address is read up to {} MB; download a larger calendar, and give the file",
            LARGEST / 1_000_000
        ))
    })
}

/// Without the feature, addresses are not read.
#[cfg(not(feature = "fetch"))]
pub(in crate::cli) fn get(address: &str) -> Result<Vec<u8>> {
    let shown = crate::diagnostic::shorten(address);
    Err(Error::new(format!("cannot read {shown}: this redletter is built without `fetch`"))
        .help("download the calendar, and give the file"))
}

#[cfg(all(test, feature = "fetch"))]
mod tests {
    use super::*;

    #[test]
    fn webcal_is_https() {
        assert_eq!(plain("webcal://example.org/a.ics"), "https://example.org/a.ics");
        assert_eq!(plain("HTTP://example.org/a.ics"), "http://example.org/a.ics");
        assert_eq!(plain("https://example.org/a.ics"), "https://example.org/a.ics");
    }

    #[test]
    fn an_answer_is_read_and_bounded() {
        use std::io::{Read, Write};
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let server = std::thread::spawn(move || {
            for body in
                ["BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".to_owned(), "x".repeat(LARGEST as usize + 1), String::new()]
            {
                let (mut stream, _) = listener.accept().expect("a reader");
                let mut request = [0; 4096];
                let _ = stream.read(&mut request);
                let status = if body.is_empty() { "404 Not Found" } else { "200 OK" };
                let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
                let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
            }
        });
        let address = format!("http://127.0.0.1:{port}/a.ics");
        assert_eq!(get(&address).expect("a body"), b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n");
        assert!(get(&address).expect_err("too large").help_text().is_some_and(|help| help.contains("10 MB")));
        assert!(get(&address).expect_err("not found").to_string().contains("404"));
        server.join().expect("the server ends");
    }
}
