use super::*;
use crate::event::Share;

fn search() -> Search {
    let whole = Online {
        url: Some("https://zoom.example/j/85835549492?pwd=c2VjcmV0".into()),
        platform: Some("Zoom".into()),
        meeting_id: Some("858 3554 9492".into()),
        passcode: Some("191837".into()),
        phone: Some("+1 929 555 0147,,858#".into()),
        registration: Some("https://example.org/register/forum".into()),
        withheld: None,
    };
    let mut search = Search::default();
    search.add_online("forum", &Online::shared(whole, Share::Members));
    search
}

fn fields(text: &str) -> Vec<&'static str> {
    let mut fields: Vec<_> = search().leaks(text).into_iter().map(|leak| leak.field).collect();
    fields.sort_unstable();
    fields.dedup();
    fields
}

#[test]
fn values_are_found_however_they_are_written() {
    for (text, field) in [
        ("the passcode is 191837.", "passcode"),
        ("(191 837)", "passcode"),
        ("DESCRIPTION:code 191\r\n 837\\nbye", "passcode"),
        ("code&#58;&#49;&#x39;1837", "passcode"),
        ("x%20191837", "passcode"),
        ("\\u0031\\u00391837", "passcode"),
        ("https://other.example/j/858-3554-9492", "meeting-id"),
        ("858\u{a0}3554\u{202f}9492", "meeting-id"),
        ("call (929) 555-0147", "phone"),
        ("HTTPS://EXAMPLE.ORG/Register/Forum/", "registration"),
        ("https%3A%2F%2Fexample.org%2Fregister%2Fforum", "registration"),
        ("?pwd=C2vjcmv0", "url"),
    ] {
        assert!(fields(text).contains(&field), "{text}: {:?}", fields(text));
    }
}

#[test]
fn what_only_looks_like_one_is_none() {
    for text in [
        "DTSTAMP:20261120T191837Z",
        "19:18:37",
        "1918371",
        "2026-19-1837",
        "Zoom",
        "x191837",
        "https://example.org/",
        "https://zoom.example/",
        "929",
        "LAST-MODIFIED:20261120T120000Z",
    ] {
        assert_eq!(fields(text), Vec::<&str>::new(), "{text}");
    }
}

#[test]
fn what_is_too_short_or_a_date_is_not_looked_for() {
    for (passcode, is_sought) in [
        ("123", false),
        ("1234", false),
        ("2026", false),
        ("20261202", false),
        ("202612", false),
        ("ab1", false),
        ("12345", true),
        ("abcd", true),
        ("20269999", true),
    ] {
        let whole = Online { passcode: Some(passcode.into()), ..Online::default() };
        let mut search = Search::default();
        search.add_online("x", &Online::shared(whole, Share::Members));
        assert_eq!(search.is_empty(), !is_sought, "{passcode}");
    }
}

#[test]
fn a_host_alone_is_no_other_page_of_it() {
    let whole = Online { url: Some("https://red-lantern.example/".into()), ..Online::default() };
    let mut search = Search::default();
    search.add_online("x", &Online::shared(whole, Share::Members));
    assert!(search.prove(b"see https://red-lantern.example/").is_err());
    assert!(search.prove(b"see https://red-lantern.example.").is_err());
    assert!(search.prove(b"see https://red-lantern.example/press").is_ok());
}
