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
    search.add_online("forum", "Forum", &Online::shared(whole, Share::Members));
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
        ("191, 837", "passcode"),
        ("191:837", "passcode"),
        ("191|837", "passcode"),
        ("191 … 837", "passcode"),
        ("1,9,1,8,3,7", "passcode"),
        ("a191837b", "passcode"),
        ("| 858 | 3554 | 9492 |", "meeting-id"),
        ("zoom.example/j/85835549492?pwd=c2VjcmV0&x=1", "url"),
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
        "abcdef191837abcdef0123456789abcd",
        "19:18, 37 people",
        "| 19 | 18 37 |",
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
        search.add_online("x", "X", &Online::shared(whole, Share::Members));
        assert_eq!(search.is_empty(), !is_sought, "{passcode}");
    }
}

#[test]
fn a_host_alone_is_no_other_page_of_it() {
    let whole = Online { url: Some("https://red-lantern.example/".into()), ..Online::default() };
    let mut search = Search::default();
    search.add_online("x", "X", &Online::shared(whole, Share::Members));
    assert!(search.prove(b"see https://red-lantern.example/").is_err());
    assert!(search.prove(b"see https://red-lantern.example.").is_err());
    assert!(search.prove(b"see https://red-lantern.example/press").is_ok());
}

#[test]
fn values_in_every_disguise_are_found() {
    let secret = "k3yOfTheHall77";
    let whole = Online { passcode: Some(secret.into()), ..Online::default() };
    let mut search = Search::default();
    search.add_online("x", "X", &Online::shared(whole, Share::Members));
    let each = |write: &dyn Fn(char) -> String| secret.chars().map(write).collect::<String>();
    let wide = |c: char| char::from_u32(u32::from(c) + 0xfee0).expect("a full-width letter").to_string();
    for text in [
        secret.to_owned(),
        secret.to_uppercase(),
        "it is k3yOf\n  TheHall77, friends".to_string(),
        "k3yOf\r\n TheHall77".to_owned(),
        "k3yOf-\nTheHall77".to_owned(),
        each(&|c| format!("{c}\u{ad}")),
        each(&|c| format!("{c}\u{200b}")),
        each(&|c| format!("{c}\u{2060}\u{feff}")),
        each(&|c| format!("{c}\u{301}\u{332}")),
        each(&|c| format!("{c} ")),
        each(&|c| format!("{c}.")),
        each(&wide),
        each(&|c| format!("&#{};", u32::from(c))),
        each(&|c| format!("&#x{:X}", u32::from(c)) + ";"),
        each(&|c| format!("&amp;#{};", u32::from(c))),
        each(&|c| format!("%{:02x}", u32::from(c))),
        each(&|c| format!("%25{:02x}", u32::from(c))),
        each(&|c| format!("\\u{:04x}", u32::from(c))),
        each(&|c| format!("\\u{{{:x}}}", u32::from(c))),
        each(&|c| format!("{c}&shy;")),
        each(&|c| format!("{c}&#8203;")),
        "k3yOfTheHall٧٧".to_owned(),
        "k३yOfTheHall७７".to_owned(),
    ] {
        assert!(search.prove(text.as_bytes()).is_err(), "{text}");
        let place = search.leaks(&format!("åß {text} ü")).first().and_then(|leak| leak.range.clone());
        let place = place.expect("a place");
        assert!(place.start >= 5 && place.start <= 11, "{text}: {place:?}");
        assert!(!search.struck(&text).to_lowercase().contains("hall"), "{}", search.struck(&text));
    }
}

#[test]
fn compressed_files_and_other_encodings_are_searched() {
    use std::io::Write;
    let text = "x".repeat(5 << 20) + " the passcode is 191837\n";
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(text.as_bytes()).expect("a vector takes all");
    let packed = encoder.finish().expect("a vector takes all");
    assert_eq!(search().prove(&packed).expect_err("it is found").field, "passcode");
    assert!(search().prove(&packed[..packed.len() / 2]).is_ok(), "what is cut off nobody can read");
    let utf16 = |unit: fn(u16) -> [u8; 2]| -> Vec<u8> { "\u{feff}code 191837".encode_utf16().flat_map(unit).collect() };
    assert!(search().prove(&utf16(u16::to_le_bytes)).is_err() && search().prove(&utf16(u16::to_be_bytes)).is_err());
    // In a picture six digits stand by chance.
    let picture = [&b"\x89PNG\xff "[..], b"191837 \xfe", b"c2vjcmv0"].concat();
    assert_eq!(search().prove(&picture).expect_err("it is found").field, "url");
    assert!(search().prove(b"\x89PNG\xff 191837 \xfe").is_ok());
    assert!(search().prove_file("static/191837.txt", b"").is_err());
    assert!(search().prove_file("static/poster.txt", b"").is_ok());
}

#[test]
fn telephone_numbers_with_and_without_their_codes() {
    let found = |phone: &str, text: &str| {
        let whole = Online { phone: Some(phone.into()), ..Online::default() };
        let mut search = Search::default();
        search.add_online("x", "X", &Online::shared(whole, Share::Members));
        search.prove(text.as_bytes()).is_err()
    };
    for (phone, texts) in [
        (
            "+49 30 123456",
            &["030 123456", "030/12 34 56", "+49 30 123456", "0049 30 123456", "(030) 123456", "30-123456"][..],
        ),
        ("030 123456", &["030 123456", "+49 30 123456"]),
        ("+44 20 7946 0123", &["020 7946 0123", "+44 (0)20 7946 0123", "0044-20-7946-0123", "tel:+442079460123"]),
        ("+45 12 34 56 78", &["12 34 56 78", "12345678", "+4512345678", "00 45 12345678"]),
        ("+1 929 555 0147,,85835549492#,,,,*191837#", &["(929) 555-0147", "1-929-555-0147", "858 3554 9492", "191837"]),
        ("+34 600 123 456", &["600123456", "600 12 34 56", "٦٠٠١٢٣٤٥٦"]),
    ] {
        for text in texts {
            assert!(found(phone, &format!("call {text} now")), "{phone}: {text}");
        }
    }
    for (phone, text) in
        [("+49 30 123456", "12.30.123456"), ("+45 12 34 56 78", "912345678"), ("+45 12 34 56 78", "4 512 345 678 9")]
    {
        assert!(!found(phone, text), "{phone}: {text}");
    }
}

#[test]
fn addresses_however_they_are_written_and_no_others() {
    let found = |url: &str, text: &str| {
        let whole = Online { url: Some(url.into()), ..Online::default() };
        let mut search = Search::default();
        search.add_online("x", "General assembly", &Online::shared(whole, Share::Members));
        search.prove(text.as_bytes()).is_err()
    };
    let url = "https://www.union.example/join?room=7&pwd=abcdef";
    for text in [
        "https://www.union.example/join?room=7&pwd=abcdef",
        "http://union.example/join/?pwd=abcdef&amp;room=7&utm=x",
        "<a href=\"//union.example/join?pwd=abcdef&room=7\">",
        "UNION.EXAMPLE/join?x=1&room=7&pwd=ABCDEF#top",
        "union.example%2Fjoin%3Fpwd%3Dabcdef%26room%3D7",
        "the word abcdef alone",
    ] {
        assert!(found(url, text), "{text}");
    }
    for text in ["https://union.example/join?room=8", "https://union.example/join", "union.example/joint?room=7&pwd=x"]
    {
        assert!(!found(url, text), "{text}");
    }
    let long = "https://union.example/call?conference=north&lang=en";
    assert!(found(long, "https://union.example/call?conference=north"));
    assert!(!found(long, "https://union.example/call?lang=en") && !found(long, "https://union.example/call"));
    for (url, text) in [
        ("https://discord.gg/striker", "https://discord.com/invite/striker"),
        ("https://discord.com/invite/striker", "discord.gg/striker"),
        ("https://t.me/striker", "https://telegram.me/striker"),
    ] {
        assert!(found(url, text) && found(url, url), "{url}: {text}");
        assert!(!found(url, "a striker at discord.com"), "{url}");
    }
    let page = "https://union.example/forum";
    for text in
        ["union.example/forum", "http://www.union.example/forum/", "union . example / forum", "union.example/forum."]
    {
        assert!(found(page, text), "{text}");
    }
    for text in ["union.example/forums", "union.example/forum-archive", "myunion.example/forum", "forum of the union"] {
        assert!(!found(page, text), "{text}");
    }
    // The room of that name is as public as the title.
    let room = "https://meet.jit.si/GeneralAssembly";
    assert!(found(room, "GeneralAssembly") && found(room, "generalassembly/"));
    assert!(!found(room, "General assembly of the union") && !found(room, "generalassemblyhall"));
    assert!(!found("https://meet.jit.si/general-assembly", "General assembly, general-assembly"));
    assert!(!found("https://meet.jit.si/housing", "Housing for all"));
    assert!(
        found("https://meet.google.com/abc-defg-hij", "abc defg hij")
            && found("https://t.me/+AbCdEf1GhIj", "abcdef1ghij")
    );
}

#[test]
fn the_secret_of_the_members_is_searched_for_too() {
    let mut search = Search::default();
    search.add_secret("3f9c1b7d5e8a2046c1d9e7b3a5f80246");
    let leak = search.prove(b"members/3F9C1B7D5E8A2046c1d9e7b3a5f80246/all.ics").expect_err("it is found");
    assert_eq!(leak.to_string(), "the secret of the members");
}

#[test]
fn the_time_depends_on_the_text_and_not_on_the_number_of_values() {
    let mut search = Search::default();
    for number in 0..5_000 {
        let passcode = format!("{}{number:05}", "a".repeat(30));
        let whole = Online { passcode: Some(passcode.into()), ..Online::default() };
        search.add_online("x", "X", &Online::shared(whole, Share::Members));
    }
    let text = "a".repeat(1 << 20);
    let begun = std::time::Instant::now();
    for _ in 0..4 {
        assert!(search.prove(text.as_bytes()).is_ok());
    }
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
    assert!(search.prove(format!("{text}04999 ").as_bytes()).is_err());
}

#[test]
fn queries_are_read_in_proportion_to_the_text() {
    let whole = Online { url: Some("https://x.org/?a=1&b=2".into()), ..Online::default() };
    let mut search = Search::default();
    search.add_online("x", "Forum", &Online::shared(whole, Share::Members));
    let begun = std::time::Instant::now();
    assert!(search.prove("x.org ".repeat(200_000).as_bytes()).is_ok());
    assert!(search.prove("x.org".repeat(200_000).as_bytes()).is_ok());
    // No text of a person has so many; what cannot be read in time is refused.
    let _ = search.prove("x.org?".repeat(200_000).as_bytes());
    assert!(search.prove(format!("{}x.org?b=2&a=1", "x.org ".repeat(200_000)).as_bytes()).is_err());
    assert!(begun.elapsed().as_secs() < 30, "{:?}", begun.elapsed());
}

#[test]
fn what_is_not_searched_for_is_named() {
    let online = |url: &str, passcode: &str| Online {
        url: Some(url.into()),
        passcode: Some(passcode.into()),
        ..Online::default()
    };
    let named = |url, passcode| -> Vec<_> {
        unsearched(&online(url, passcode), "Forum").into_iter().map(|(field, _)| field).collect()
    };
    assert_eq!(named("https://meet.jit.si/assembly", "1918"), ["url", "passcode"]);
    assert_eq!(named("https://meet.jit.si/StreikRat2026", "ab-1"), ["passcode"]);
    assert_eq!(named("https://union.example/join", "20261201"), ["passcode"]);
    assert_eq!(named("https://union.example/join", "191837"), Vec::<&str>::new());
}
