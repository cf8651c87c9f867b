use super::*;
use crate::event::{Location, Online, Organizer, Status};
use crate::recurrence::Rule;
use crate::view::sample::{event, instant, zoned};

fn weekly(change: Option<&dyn Fn(&mut Event)>) -> Event {
    let when = zoned("Europe/Madrid", "2026-12-01T18:00:00Z");
    let planned = when.wall() + chrono::TimeDelta::days(7);
    let base = event("w", when);
    let changes = change.map(|change| {
        let mut event = Event { when: zoned("Europe/Madrid", "2026-12-08T18:00:00Z"), ..base.clone() };
        change(&mut event);
        Change { planned, event }
    });
    let repeat =
        Repeat { rule: Rule::parse("FREQ=WEEKLY").ok(), changes: changes.into_iter().collect(), ..Repeat::default() };
    Event { repeat: Some(Box::new(repeat)), ..base }
}

#[test]
fn time_place_and_status_raise_sequence_and_nothing_else_does() {
    let kinds = Kinds::default();
    let digests = |event: &Event| Digester::default().both(event, &kinds);
    let place = |city: &str| Some(Box::new(Location { city: Some(city.into()), ..Location::default() }));
    let online = |url: &str| Some(Box::new(Online { url: Some(url.into()), ..Online::default() }));
    #[expect(clippy::type_complexity, reason = "a table of this test only")]
    let edits: [(&str, bool, &dyn Fn(&mut Event)); 13] = [
        ("start", true, &|event| event.when = zoned("Europe/Madrid", "2026-12-09T18:00:00Z")),
        ("end", true, &|event| {
            if let When::Zoned { end, .. } = &mut event.when {
                *end = instant("2026-12-09T23:00:00Z");
            }
        }),
        ("status", true, &|event| event.status = Status::Cancelled),
        ("location", true, &|event| event.location = place("Lima")),
        ("address to join at", true, &|event| event.online = online("https://meet.example/x")),
        ("title", false, &|event| event.title = "Assembly".into()),
        ("description", false, &|event| event.description = Some("More".into())),
        ("reason", false, &|event| event.reason = Some("The hall is closed.".into())),
        ("url", false, &|event| event.url = Some("https://example.org/x".into())),
        ("tags", false, &|event| event.tags = ["x".into()].into()),
        ("organizers", false, &|event| {
            event.organizers = [Organizer { name: "Union".into(), url: None, email: None }].into();
        }),
        ("language", false, &|event| event.language = Some("es".into())),
        ("nothing", false, &|_| ()),
    ];
    let single = || event("a", zoned("Europe/Madrid", "2026-12-08T18:00:00Z"));
    for (field, raises, edit) in edits {
        let mut edited = single();
        edit(&mut edited);
        assert_eq!(digests(&edited).raise(digests(&single()).schedule), raises, "{field}");
        assert_eq!(digests(&edited).seen == digests(&single()).seen, field == "nothing", "{field}");
        // The same of one occurrence, which becomes a changed one or is one already.
        let changed = weekly(Some(edit));
        assert_eq!(digests(&changed).raise(digests(&weekly(None)).schedule), raises, "changed {field}");
        assert_ne!(digests(&changed).seen, digests(&weekly(None)).seen, "changed {field}");
        let before = weekly(Some(&|event| event.note = Some("for editors".into())));
        assert_eq!(digests(&changed).raise(digests(&before).schedule), raises, "changed again: {field}");
    }
}

#[test]
fn a_lock_of_an_earlier_version_raises_nothing() {
    let kinds = Kinds::default();
    let event = weekly(Some(&|event| event.title = "Assembly".into()));
    let digests = Digester::default().both(&event, &kinds);
    let earlier = digests.earlier.expect("one of a series with changes");
    assert_ne!(earlier, digests.schedule);
    assert!(!digests.raise(earlier));
}
