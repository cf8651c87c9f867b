//! Media types of static files, by the ending of the name.

/// Where the registry says something else than lists of endings do, or they say nothing.
const OWN: [(&str, &str); 11] = [
    ("ico", "image/vnd.microsoft.icon"),
    ("ics", "text/calendar"),
    ("js", "text/javascript"),
    ("mjs", "text/javascript"),
    ("vcf", "text/vcard"),
    ("m4a", "audio/mp4"),
    ("webmanifest", "application/manifest+json"),
    ("otf", "font/otf"),
    ("woff", "font/woff"),
    ("xml", "application/xml"),
    ("geojson", "application/geo+json"),
];

/// Text types, each with the encoding that is checked before it is named.
const UTF_8: [(&str, &str); 12] = [
    ("text/calendar", "text/calendar; charset=utf-8"),
    ("text/css", "text/css; charset=utf-8"),
    ("text/csv", "text/csv; charset=utf-8"),
    ("text/html", "text/html; charset=utf-8"),
    ("text/javascript", "text/javascript; charset=utf-8"),
    ("text/markdown", "text/markdown; charset=utf-8"),
    ("text/plain", "text/plain; charset=utf-8"),
    ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
    ("text/vcard", "text/vcard; charset=utf-8"),
    ("text/vtt", "text/vtt; charset=utf-8"),
    ("text/xml", "text/xml; charset=utf-8"),
    ("text/x-toml", "text/plain; charset=utf-8"),
];

/// The media type of a file. Bytes that are not UTF-8 are not called so.
pub(super) fn of(path: &str, bytes: &[u8]) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or_default();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let own = OWN.iter().find(|(known, _)| *known == ending).map(|(_, media_type)| *media_type);
    let listed = || mime_guess::from_ext(&ending).first_raw();
    let media_type = own.or_else(listed).unwrap_or("application/octet-stream");
    match UTF_8.iter().find(|(known, _)| *known == media_type) {
        Some((_, with_encoding)) if std::str::from_utf8(bytes).is_ok() => with_encoding,
        _ => media_type,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_the_ending() {
        for (path, expected) in [
            ("site.css", "text/css; charset=utf-8"),
            ("a/b.JS", "text/javascript; charset=utf-8"),
            ("x.mjs", "text/javascript; charset=utf-8"),
            ("x.htm", "text/html; charset=utf-8"),
            ("x.html", "text/html; charset=utf-8"),
            ("x.csv", "text/csv; charset=utf-8"),
            ("x.vcf", "text/vcard; charset=utf-8"),
            ("x.ics", "text/calendar; charset=utf-8"),
            ("x.txt", "text/plain; charset=utf-8"),
            ("x.md", "text/markdown; charset=utf-8"),
            ("x.vtt", "text/vtt; charset=utf-8"),
            ("x.mp4", "video/mp4"),
            ("x.webm", "video/webm"),
            ("x.mov", "video/quicktime"),
            ("x.mp3", "audio/mpeg"),
            ("x.m4a", "audio/mp4"),
            ("x.ogg", "audio/ogg"),
            ("x.wav", "audio/wav"),
            ("x.webmanifest", "application/manifest+json"),
            ("x.json", "application/json"),
            ("x.geojson", "application/geo+json"),
            ("x.svg", "image/svg+xml"),
            ("x.png", "image/png"),
            ("x.jpeg", "image/jpeg"),
            ("x.avif", "image/avif"),
            ("x.ico", "image/vnd.microsoft.icon"),
            ("x.woff", "font/woff"),
            ("x.woff2", "font/woff2"),
            ("x.pdf", "application/pdf"),
            ("x.zip", "application/zip"),
            ("x.gpx", "application/gpx+xml"),
            ("x.odt", "application/vnd.oasis.opendocument.text"),
            ("x.nothing-known", "application/octet-stream"),
            ("LICENSE", "application/octet-stream"),
            ("dir.css/file", "application/octet-stream"),
        ] {
            assert_eq!(of(path, b"text"), expected, "{path}");
        }
        assert_eq!(of("latin-1.csv", b"Le\xf3n"), "text/csv");
    }
}
