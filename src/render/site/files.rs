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
