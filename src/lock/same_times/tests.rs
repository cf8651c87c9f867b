use chrono::{DateTime, Utc};

use crate::calendar::{Calendar, Settings, load};
use crate::lock::{Lock, News, What};
use crate::view::sample::instant;
use crate::zone::Tzdb;

const BEGAN: &str = "2026-11-20T12:00:00Z";
const NOW: &str = "2026-11-21T12:00:00Z";
const BASE: &str = "title=\"X\"\nkind=\"forum\"\nstart=2026-11-24T19:00\n";

fn calendar(text: &str, now: DateTime<Utc>) -> Calendar {
    let tzdb = Tzdb::bundled();
    let settings =
        Settings { timezone: tzdb.zone("Europe/Madrid"), domain: "example.org".into(), ..Settings::default() };
    let (judged, findings) = load::judge_text("events/w.toml", text, &load::context(&settings, &tzdb, now), false);
    let events: Vec<_> = judged.into_iter().filter_map(|judged| Some(*judged.event?)).collect();
    assert_eq!(events.len(), 1, "{text}: {findings:?}");
    Calendar { settings, events, as_of: now }
}

/// What an edit changes, and how much SEQUENCE of the first part rises.
fn edited(before: &str, after: &str) -> (Vec<What>, u32) {
    let tzdb = Tzdb::bundled();
    let (first, _) = Lock::default().updated_with(&calendar(before, instant(BEGAN)), instant(BEGAN), &tzdb);
    let after = calendar(after, instant(NOW));
    let (lock, changes) = first.updated_with(&after, instant(NOW), &tzdb);
    assert_eq!(
        lock.updated_with(&after, instant("2026-11-22T12:00:00Z"), &tzdb),
        (lock.clone(), Vec::new()),
        "{before}"
    );
    let sequence = |lock: &Lock| lock.entry("w@example.org").expect("an entry").sequence;
    (changes.into_iter().map(|change| change.what).collect(), sequence(&lock) - sequence(&first))
}

fn of_series(before: &str, after: &str) -> (Vec<What>, u32) {
    let [before, after] = [before, after].map(|rest| format!("{BASE}{rest}"));
    edited(&before, &after)
}

#[test]
fn the_same_dates_in_other_words_are_no_change() {
    let weekly = "repeat=\"weekly\"\nuntil=2026-12-31\n";
    let change = "[[change]]\noccurrence=2026-12-08\nstart=2026-12-09T18:00\n";
    let same = [
        (weekly, "repeat=\"weekly\"\nuntil=2026-12-30\n"),
        (weekly, "repeat=\"weekly\"\ncount=6\n"),
        (weekly, "repeat=\"every week on tue\"\nuntil=2026-12-31\n"),
        ("repeat=\"weekly\"\n", "repeat=\"every week on tue\"\n"),
    ];
    for (before, after) in same {
        for rest in ["", change] {
            let [before, after] = [before, after].map(|text| format!("{text}{rest}"));
            assert_eq!(of_series(&before, &after), (Vec::new(), 0), "{before}{after}");
        }
    }
    let other = ["repeat=\"weekly\"\nuntil=2026-12-28\n", "repeat=\"weekly\"\ncount=7\n", "repeat=\"weekly\"\n"];
    for after in other {
        assert_eq!(of_series(weekly, after), ([What::News(News::Repeat)].into(), 1), "{after}");
    }
    // Single dates, and the several series that Outlook needs, have UIDs of their own.
    let single = "also=[2026-12-01T19:00,2026-12-08T19:00,2026-12-15T19:00,2026-12-22T19:00,2026-12-29T19:00]\n";
    assert_eq!(of_series(weekly, single).1, 1);
    let fourth = "repeat=\"monthly on the 4th tuesday\"\nuntil=2026-12-31\nalso=[2026-12-08T19:00]\n";
    let split = "repeat=\"monthly on the 2nd and 4th tuesday\"\nuntil=2026-12-31\n";
    assert_eq!(of_series(fourth, split).1, 1);
    // The text changes too.
    let text = "repeat=\"weekly\"\ncount=6\ndescription=\"More\"\n";
    assert_eq!(of_series(weekly, text), ([What::Edited].into(), 0));
    let place = "repeat=\"weekly\"\ncount=6\nlocation=\"Hall\"\n";
    assert_eq!(of_series(weekly, place).1, 1);
}

#[test]
fn the_same_instants_in_another_zone_are_no_move() {
    let madrid = "timezone=\"Europe/Madrid\"\n";
    let paris = "timezone=\"Europe/Paris\"\n";
    let weekly = "repeat=\"weekly\"\nuntil=2026-12-31\n[[change]]\noccurrence=2026-12-08\nstart=2026-12-09T18:00\n";
    for rest in ["", weekly] {
        let [before, after] = [madrid, paris].map(|zone| format!("{zone}{rest}"));
        assert_eq!(of_series(&before, &after), ([What::Edited].into(), 0), "{rest}");
        let london =
            format!("{BASE}timezone=\"Europe/London\"\n{rest}").replace("T19:00", "T18:00").replace("09T18", "09T17");
        assert_eq!(edited(&format!("{BASE}{before}"), &london), ([What::Edited].into(), 0), "{rest}");
        let (changes, sequence) = of_series(&before, &format!("timezone=\"Europe/London\"\n{rest}"));
        assert!(matches!(changes[..], [What::News(News::Moved(_))]), "{changes:?}");
        assert_eq!(sequence, 1);
    }
    // The clocks of Athens and Moscow differ in summer.
    let endless = "repeat=\"weekly\"\n";
    let [athens, moscow] = [("Athens", "T20:00"), ("Moscow", "T21:00")]
        .map(|(zone, hour)| format!("{BASE}timezone=\"Europe/{zone}\"\n{endless}").replace("T19:00", hour));
    let (changes, sequence) = edited(&athens, &moscow);
    assert!(matches!(changes[..], [What::News(News::Moved(_))]), "{changes:?}");
    assert_eq!(sequence, 1);
}

#[test]
fn a_part_with_another_text_is_no_change_of_dates() {
    let weekly = "repeat=\"weekly\"\nuntil=2026-12-31\n";
    let text = format!("{weekly}[[from]]\ndate=2026-12-15\ndescription=\"New\"\n");
    let edits = |before: &str, after: &str| of_series(before, after).0;
    assert_eq!(edits(weekly, &text), [What::Edited, What::Edited]);
    assert_eq!(edits(&text, weekly), [What::Edited, What::Edited]);
    for rest in ["start=\"20:00\"\n", "location=\"Hall\"\n", "status=\"cancelled\"\n"] {
        let part = format!("{weekly}[[from]]\ndate=2026-12-15\n{rest}");
        assert!(edits(weekly, &part).contains(&What::News(News::Repeat)), "{rest}");
        // No date is lost, so nothing is reported as deleted.
        assert_eq!(edits(&part, weekly), [What::News(News::Repeat), What::News(News::Repeat)], "{rest}");
    }
}
