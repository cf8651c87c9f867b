use super::*;

#[test]
fn addresses_are_published_as_ascii() {
    assert_eq!(checked_url("https://example.org/a?b=c").as_deref(), Ok("https://example.org/a?b=c"));
    assert_eq!(checked_url("https://пример.рф/ф").as_deref(), Ok("https://xn--e1afmkfd.xn--p1ai/%D1%84"));
    assert_eq!(checked_url("HTTPS://Example.org/\"x").as_deref(), Ok("https://example.org/%22x"));
    assert_eq!(checked_url("example.org/forum"), Err(WrongUrl::NoScheme));
    assert_eq!(checked_url("localhost.example:80/x"), Err(WrongUrl::NoScheme));
    assert_eq!(checked_url("javascript:alert(1)"), Err(WrongUrl::Unsafe("javascript".into())));
    assert_eq!(checked_url("mailto:a@example.org"), Err(WrongUrl::Scheme("mailto".into())));
    assert_eq!(checked_url("https://a:b@example.org/"), Err(WrongUrl::Password));
    assert_eq!(checked_url("https://exa mple.org/"), Err(WrongUrl::Space));
    assert!(matches!(checked_url("https://"), Err(WrongUrl::Other(_))));
}

#[test]
fn the_short_way_agrees_with_the_parser() {
    for text in [
        "https://example.org",
        "http://a-b.example.org/x/y.html?z=1&w=2",
        "https://1.2.3.4/",
        "https://a.b/../c",
        "https://-a.org/",
        "https://a..org/",
        "https://xn--a.org/",
        "https://a.org/x y",
        "https://A.org/",
    ] {
        if is_plain_url(text) {
            let parsed = url::Url::parse(text).expect("plain addresses parse");
            assert_eq!(parsed.as_str().trim_end_matches('/'), text.trim_end_matches('/'), "{text}");
        }
    }
    assert!(is_plain_url("https://example.org/forum"));
}
