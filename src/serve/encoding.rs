//! Content encodings: negotiation and compression.
//!
//! .ics feeds are never compressed, because Outlook cannot read them then.

use std::io::Write;

use http::HeaderMap;
use http::header::ACCEPT_ENCODING;

/// A content encoding (RFC 9110 8.4.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Encoding {
    /// The bytes as they are.
    Identity,
    /// gzip.
    Gzip,
}

impl Encoding {
    /// The name in headers.
    pub(super) fn name(self) -> &'static str {
        match self {
            Encoding::Identity => "identity",
            Encoding::Gzip => "gzip",
        }
    }

    /// The encoding that the client prefers, the smaller one of equals; identity if it accepts none of ours.
    pub(super) fn wanted(headers: &HeaderMap) -> Encoding {
        let (mut gzip, mut identity, mut others) = (None, None, None);
        for line in headers.get_all(ACCEPT_ENCODING) {
            for choice in line.to_str().unwrap_or_default().split(',') {
                let mut parts = choice.split(';');
                let name = parts.next().unwrap_or_default().trim();
                let mut quality = Some(1000);
                for part in parts {
                    if let Some(value) = part.trim().strip_prefix("q=").or_else(|| part.trim().strip_prefix("Q=")) {
                        quality = thousandths(value.trim());
                    }
                }
                let slot = match name {
                    "*" => &mut others,
                    _ if name.eq_ignore_ascii_case("gzip") || name.eq_ignore_ascii_case("x-gzip") => &mut gzip,
                    _ if name.eq_ignore_ascii_case("identity") => &mut identity,
                    _ => continue,
                };
                *slot = quality;
            }
        }
        let gzip = gzip.or(others).unwrap_or(0);
        // Identity that the header does not name ranks below every accepted encoding.
        let identity = identity.unwrap_or(0);
        if gzip > 0 && gzip >= identity { Encoding::Gzip } else { Encoding::Identity }
    }

    /// `bytes` in this encoding; `None` if that is not smaller.
    pub(super) fn encode(self, bytes: &[u8]) -> Option<Vec<u8>> {
        let mut out = Vec::with_capacity(bytes.len() / 4 + 64);
        let done = match self {
            Encoding::Identity => return None,
            Encoding::Gzip => {
                let mut encoder = flate2::write::GzEncoder::new(&mut out, flate2::Compression::new(6));
                encoder.write_all(bytes).and_then(|()| encoder.finish().map(|_| ()))
            }
        };
        out.shrink_to_fit();
        (done.is_ok() && out.len() < bytes.len()).then_some(out)
    }
}

/// A quality value in thousandths (RFC 9110 12.4.2): `0.8` is 800. An invalid one counts as 0.
fn thousandths(text: &str) -> Option<u32> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if !matches!(whole, "0" | "1") || part.len() > 3 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(0);
    }
    let part: u32 = format!("{part:0<3}").parse().ok()?;
    Some((if whole == "1" { 1000 } else { part }).min(1000))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    fn wanted(accept: &'static str) -> &'static str {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_ENCODING, http::HeaderValue::from_static(accept));
        Encoding::wanted(&headers).name()
    }

    #[test]
    fn by_quality_and_the_smaller_of_equals() {
        assert_eq!(Encoding::wanted(&HeaderMap::new()), Encoding::Identity);
        for (accept, best) in [
            ("", "identity"),
            ("gzip", "gzip"),
            ("gzip, deflate, br, zstd", "gzip"),
            ("GZIP;q=0.5", "gzip"),
            ("br;q=0.5, gzip;q=0.8", "gzip"),
            ("br;q=0, gzip;q=0", "identity"),
            ("*", "gzip"),
            ("br;q=0, *", "gzip"),
            ("gzip;q=0, *;q=0.1", "identity"),
            ("br", "identity"),
            ("identity", "identity"),
            ("identity, gzip;q=0.5", "identity"),
            ("identity;q=0.5, gzip", "gzip"),
            ("gzip;q=nonsense", "identity"),
            ("gzip;q=0.0001", "identity"),
            ("deflate", "identity"),
        ] {
            assert_eq!(wanted(accept), best, "{accept}");
        }
    }

    #[test]
    fn forms_decode_to_the_same_bytes() {
        let text = "Saturday 10 June, 16:00 · ".repeat(400);
        let gzip = Encoding::Gzip.encode(text.as_bytes()).expect("smaller");
        let mut plain = String::new();
        flate2::read::GzDecoder::new(&*gzip).read_to_string(&mut plain).expect("gzip");
        assert_eq!(plain, text);
        assert_eq!(Encoding::Gzip.encode(b"x"), None);
    }
}
