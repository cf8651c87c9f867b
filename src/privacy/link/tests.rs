use super::*;

fn of(url: &str, platform: &str) -> Vec<String> {
    let mut found = Vec::new();
    let is_whole = needles(url, Some(platform), "Night vigil of neighbours", true, |value, form| {
        if form == Form::Link && !found.is_empty() {
            return; // another address of the same room
        }
        found.push(format!("{value} {form:?}"));
    });
    // The whole address comes first.
    found.remove(0);
    if !is_whole {
        found.push("ordinary".to_owned());
    }
    found
}

#[test]
fn rooms_of_all_platforms() {
    for (url, found) in [
        ("https://meet.google.com/abc-defg-hij", &["abc-defg-hij Text"][..]),
        ("https://meet.jit.si/StrikeCommitteeNorth", &["StrikeCommitteeNorth Word"]),
        ("https://meet.jit.si/strikecommittee", &["strikecommittee Word"]),
        ("https://meet.jit.si/red-lantern", &["red-lantern Word"]),
        ("https://framatalk.org/lanternefestive", &["lanternefestive Word"]),
        ("https://bbb.example.org/b/ann-x7k-qpz-3mw", &["ann-x7k-qpz-3mw Text"]),
        ("https://video.example.org/rooms/ann-x7k-qpz-3mw/join", &["ann-x7k-qpz-3mw Text"]),
        ("https://zoom.us/j/85835549492", &["85835549492 Number"]),
        ("https://us02web.zoom.us/my/redlanternroom", &["redlanternroom Word"]),
        ("https://union.example/my/ana.organizer", &["ana.organizer Word"]),
        ("https://teams.live.com/meet/9358283745123?p=a1B2c3D4", &["9358283745123 Number", "a1B2c3D4 Text"]),
        (
            "https://teams.microsoft.com/l/meetup-join/19%3ameeting_MjdhNjM4YzUtNzE%40thread.v2/0",
            &["19:meeting_MjdhNjM4YzUtNzE@thread.v2 Text"],
        ),
        ("https://signal.group/#CjQKIHhlbGxv7a1b2C3d4E5f6", &["CjQKIHhlbGxv7a1b2C3d4E5f6 Text"]),
        ("https://discord.gg/aBc4Ef9", &["aBc4Ef9 Word"]),
        ("https://discord.com/invite/aBc4Ef9x", &["aBc4Ef9x Text"]),
        ("https://t.me/+AbCdEf1GhIjKlMnO", &["+AbCdEf1GhIjKlMnO Text"]),
        ("https://t.me/joinchat/AbCdEf1GhIjKlMnO", &["AbCdEf1GhIjKlMnO Text"]),
        ("https://chat.whatsapp.com/Ab1Cd2Ef3Gh4Ij5Kl6Mn7O", &["Ab1Cd2Ef3Gh4Ij5Kl6Mn7O Text"]),
        ("https://cryptpad.fr/pad/#/2/pad/edit/Ab1Cd2Ef3Gh4Ij5Kl6Mn7O/", &["Ab1Cd2Ef3Gh4Ij5Kl6Mn7O Text"]),
        ("https://whereby.com/tenants-union-berlin", &["tenants-union-berlin Word"]),
        ("https://union.webex.com/meet/ana.organizer", &["ana.organizer Word"]),
        ("https://union.example/?room=redlanternroom&x=1", &["redlanternroom Word"]),
        ("https://cloud.example/call/ab3kx9qz", &["ab3kx9qz Text"]),
        // Words that stand in other texts too.
        ("https://meet.jit.si/assembly", &["ordinary"]),
        ("https://meet.jit.si/solidarity", &["ordinary"]),
        ("https://meet.jit.si/neighbours", &["ordinary"]),
        ("https://meet.jit.si/night-vigil", &["ordinary"]),
        ("https://example.org/join/us", &[]),
        ("https://example.org/events/general-assembly", &[]),
        ("https://example.org/2026/11/28", &[]),
    ] {
        assert_eq!(of(url, ""), found, "{url}");
    }
    assert_eq!(of("https://konferenz.example/redlanternroom", "Jitsi Meet"), ["redlanternroom Word"]);
    assert_eq!(of("https://konferenz.example/redlanternroom", ""), Vec::<String>::new());
}

#[test]
fn the_whole_address() {
    let whole = |url: &str| {
        let mut found = Vec::new();
        needles(url, None, "", false, |value, form| found.push((value.to_owned(), form)));
        found.remove(0)
    };
    assert_eq!(whole("https://www.Union.example/"), ("union.example".to_owned(), Form::Host));
    assert_eq!(whole("http://union.example/a%20b#c"), ("union.example/a b#c".to_owned(), Form::Link));
    let pairs: Box<[Box<[u8]>]> = [&b"a1"[..], b"b2"].into_iter().map(Into::into).collect();
    assert_eq!(whole("https://union.example/x?b=2&a=1"), ("union.example/x".to_owned(), Form::Query(pairs)));
}
