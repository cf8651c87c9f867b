//! Files for programs that look after the whole site: search engines and web servers.

use std::fmt::Write;

use super::CONTENT_SECURITY_POLICY;
use crate::view::site::Site;

/// `robots.txt`: everything may be read, feeds too. Feeds for members are named nowhere.
pub fn robots(site: &Site<'_>) -> String {
    let mut text = "User-agent: *\nDisallow:\n".to_owned();
    if let Some(address) = site.absolute("sitemap.xml") {
        let _ = write!(text, "\nSitemap: {address}\n"); // a String takes everything
    }
    text
}

/// `_headers`, as hosts of static pages read it.
pub fn headers() -> String {
    format!(
        "/*\n  Content-Security-Policy: {CONTENT_SECURITY_POLICY}; frame-ancestors 'none'\n  Referrer-Policy: no-referrer\n  \
         X-Content-Type-Options: nosniff\n\n\
         /feeds/*\n  Access-Control-Allow-Origin: *\n  Cache-Control: public, max-age=900\n\n\
         /feeds/*.ics\n  Content-Type: text/calendar; charset=utf-8\n\n\
         /events/*.ics\n  Content-Type: text/calendar; charset=utf-8\n  Access-Control-Allow-Origin: *\n  \
         Cache-Control: public, max-age=900\n\n\
         /members/*\n  Cache-Control: private, no-store\n  X-Robots-Tag: noindex\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hosting_guide_sends_the_same_headers() {
        let guide = include_str!("../../../docs/hosting.md");
        for server in ["nginx", "caddy", "apache"] {
            let snippet = guide.split_once(&format!("```{server}\n")).expect("a snippet").1;
            let snippet = snippet.split_once("```").expect("its end").0;
            // `headers` has these values, too.
            for value in [
                &*format!("\"{CONTENT_SECURITY_POLICY}; frame-ancestors 'none'\""),
                "public, max-age=900",
                "private, no-store",
                "no-referrer",
                "nosniff",
                "noindex",
                "text/calendar",
            ] {
                assert!(snippet.contains(value), "{server}: {value}");
                assert!(headers().contains(value.trim_matches('"')), "{value}");
            }
        }
    }
}
