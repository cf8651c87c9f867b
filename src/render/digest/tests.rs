//! What holds for all formats of digests, and what hostile text must not do in each.

use chrono::NaiveDate;
use pulldown_cmark::{Event as Mark, Options, Parser, Tag};

use super::*;
use crate::calendar::Calendar;
use crate::event::{Audience, Event, Online, Status, When};
use crate::render::escape::WORD_JOINER;
use crate::render::sample;
use crate::render::terminal::{plain, width};
use crate::schedule::{self, Occurrence};
use crate::view::digest::{Change, Earlier, Remark, Sort, Told, window};
use crate::view::listing::ListingOptions;
use crate::view::stamp::Stamp;
use crate::zone::Tzdb;

/// Titles that would be markup somewhere.
const TITLES: [&str; 12] = [
    "[click](https://evil.example)",
    "![x](https://evil.example/x.png)",
    "<img src=x onerror=alert(1)>",
    "<https://evil.example> https://evil.example www.evil.example",
    "**bold** __bold__ *it* _it_ ~~no~~ `code` ``x`` $x$ &copy; &lt; \\ ||spoiler||",
    "# heading\n\n# heading\n- item\n> quote\n\n    code\n-# small",
    "[x]: https://evil.example \"x\"",
    "a | b\n--|--\n[^1] ](x) [[wiki]]",
    "@everyone @here <@1> <@&2> <#3> <:x:4> <t:0:R> </x:5> #general",
    "</b></a><b><a href=\"tg://user?id=1\">you</a>",
    "-------- 8< --------",
    sample::HOSTILE,
];

fn shown(calendar: &Calendar, told: Vec<Told<'_>>, zones: &[&str], format: &str) -> Vec<String> {
    let tzdb = Tzdb::bundled();
    let zones: Vec<_> = zones.iter().map(|name| tzdb.zone(name).expect("a zone")).collect();
    let now = calendar.as_of;
    let (first, last, window) = window(now, 30, zones[0]);
    let found = schedule::occurrences(calendar, &window, |_| true).expect("few occurrences");
    let language = &*calendar.settings.language;
    let frame = ListingOptions {
        zones: &zones,
        range: Some((first, last)),
        language,
        now,
        tzdb: &tzdb,
        audience: Audience::Public,
    };
    let digest = Digest::new(calendar, &found, (sample::day("2026-11-13"), told), &frame);
    Format::find(format).expect("a format").messages(&digest)
}

fn one(calendar: &Calendar, format: &str) -> String {
    let messages = shown(calendar, Vec::new(), &["Europe/Madrid"], format);
    assert_eq!(messages.len(), 1);
    messages.concat()
}

fn told(event: &Event, sort: Sort, from: Option<Earlier>) -> Told<'_> {
    let occurrence = Occurrence { event, when: event.when, planned: None };
    Told { occurrence, change: Change { sort, from, remark: None } }
}

fn titled(title: &str) -> Event {
    let mut event = sample::event("x", title, sample::dates("2026-12-01", "2026-12-01"));
    event.url = Some("https://example.org/?a=1&b=_2_".into());
    event
}

/// Local events of `Global day of action`, each in a city of its own.
fn action_day(cities: usize) -> Calendar {
    let day = sample::event("day", "Global day of action", sample::dates("2026-12-05", "2026-12-05"));
    let local = |index: usize| {
        let when = sample::zoned("Europe/Madrid", "2026-12-05T12:00", "2026-12-05T14:00");
        let mut event = sample::event(&format!("day/city-{index}"), "Global day of action", when);
        event.part_of = Some("day".into());
        let country = if index.is_multiple_of(3) { "PT" } else { "ES" };
        event.location = Some(Box::new(sample::place(&format!("City {index}"), country)));
        event
    };
    sample::calendar((0..cities).map(local).chain([day]).collect())
}

#[test]
fn every_format_ends_its_last_line_and_lets_no_record_text_drive_a_terminal() {
    let calendar = sample::calendar(sample::events());
    let event = &calendar.events[0];
    for format in &FORMATS {
        let changes = Sort::ALL.map(|sort| told(event, sort, None)).to_vec();
        for message in shown(&calendar, changes, &["Europe/Madrid", "Asia/Tokyo"], format.name) {
            assert!(message.ends_with('\n') && !message.contains(SEPARATOR), "{}", format.name);
            assert_eq!(message.chars().find(|c| c.is_control() && *c != '\n'), None, "{}", format.name);
            assert!(!message.contains('\u{202e}') && !message.contains(sample::HOSTILE), "{}", format.name);
            assert!(message.lines().all(|line| line == line.trim_end()), "{}: {message}", format.name);
        }
    }
}

#[test]
fn lines_of_a_mail_fit_and_addresses_are_whole() {
    let mut events = sample::events();
    let long = format!("https://example.org/{}", "long/".repeat(20));
    events.push(sample::event("a", &format!("Read {long} before"), sample::dates("2026-12-02", "2026-12-02")));
    let mut placed = sample::event("b", "東京".repeat(60).as_str(), sample::dates("2026-12-02", "2026-12-02"));
    placed.location = Some(Box::new(sample::place(&format!("Hall, see {long}"), "JP")));
    events.push(placed);
    let calendar = sample::calendar(events);
    let mail = shown(&calendar, Vec::new(), &["Europe/Madrid", "Asia/Tokyo"], "text").concat();
    for line in mail.lines() {
        assert!(width(line) <= 72 || line.trim_start_matches(['*', ' ']).starts_with("https://"), "{line:?}");
    }
    assert_eq!(mail.matches(&long).count(), 2, "{mail}");
    assert!(mail.contains(&format!("  https://example.org/{}\n", "long-".repeat(30))));
}

#[test]
fn no_title_makes_markup_in_markdown() {
    for title in TITLES {
        let text = one(&sample::calendar(vec![titled(title)]), "markdown");
        let (mut links, mut row) = (0, String::new());
        for mark in Parser::new_ext(&text, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
            match mark {
                Mark::Text(text) => row.push_str(&text),
                Mark::Start(Tag::Heading { .. }) => row.clear(),
                Mark::Start(Tag::Link { dest_url, .. }) => {
                    assert_eq!(&*dest_url, "https://example.org/?a=1&b=%5F2%5F");
                    links += 1;
                }
                Mark::Start(Tag::Paragraph | Tag::List(None) | Tag::Item | Tag::Strong) | Mark::End(_) => {}
                other => panic!("{title}: {other:?}"),
            }
        }
        let row = row.replace(WORD_JOINER, "");
        assert_eq!((links, row), (1, format!("Tue 1 December 2026all day {} — Forum", plain(title))), "{text}");
    }
}

#[test]
fn no_title_makes_markup_in_a_page() {
    for title in TITLES {
        let mut event = titled(title);
        event.language = Some("\" onload=\"alert(1)".into());
        let page = one(&sample::calendar(vec![event]), "html");
        assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\" dir=\"ltr\">\n"), "{page}");
        for word in ["<script", "<img", "\" onload", "<link", "@import", "url(", "<iframe", "<form", "href=\"tg"] {
            assert!(!page.contains(word), "{title}: {word}");
        }
        assert_eq!((page.matches("<a ").count(), page.matches("</a>").count()), (1, 1), "{page}");
        assert_eq!(page.matches("<bdi").count(), page.matches("</bdi>").count());
        assert!(page.contains("href=\"https:&#x2f;&#x2f;example.org"), "{page}");
    }
}

#[test]
fn no_title_makes_markup_in_telegram() {
    for title in TITLES {
        let text = one(&sample::calendar(vec![titled(title)]), "telegram");
        let tags: Vec<&str> =
            text.match_indices('<').map(|(at, _)| text[at..].split(['>', ' ']).next().expect("a tag")).collect();
        assert_eq!(tags, ["<b", "</b", "<b", "<u", "</u", "</b", "<b", "</b", "<a", "</a"], "{text}");
        assert!(text.contains("<a href=\"https://example.org/?a=1&amp;b=_2_\">"), "{text}");
        assert!(!text.replace("href=\"https://", "").contains("//"), "{text}");
        assert!(!text.contains("@e") && !text.contains("#g"), "{text}");
    }
}

#[test]
fn no_title_makes_markup_in_discord() {
    for title in TITLES {
        let text = one(&sample::calendar(vec![titled(title)]), "discord");
        assert!(text.contains("<https://example.org/?a=1&b=_2_>"), "{text}");
        let bare = text.replace("<https://example.org/?a=1&b=_2_>", "");
        for mark in ["@everyone", "@here", "@1", "#3", "#general", "//", "[click]", "||s"] {
            assert!(!bare.contains(mark), "{mark}: {text}");
        }
        // Every angle bracket and every asterisk but ours stands behind a backslash.
        let loose = |mark: char| {
            let before = |at: usize| bare[..at].chars().rev().take_while(|c| *c == '\\').count();
            bare.match_indices(mark).filter(|(at, _)| before(*at).is_multiple_of(2)).count()
        };
        assert_eq!((loose('<'), loose('*'), loose('_'), loose('`'), loose('~')), (0, 4, 0, 0, 0), "{text}");
        assert_eq!(text.lines().filter(|line| line.starts_with(['#', '>'])).count(), 2, "{text}");
    }
}

#[test]
fn messages_are_as_short_as_the_service_has_it() {
    let mut events = Vec::new();
    for index in 0..120 {
        let day = format!("2026-12-{:02}", 1 + index % 12);
        let mut event = sample::event(&format!("e{index}"), &"✊🏾 * title ".repeat(20), sample::dates(&day, &day));
        event.url = Some(format!("https://example.org/{}", "x".repeat(40 * (index % 60))).into());
        event.location = Some(Box::new(sample::place(&"a & b < c ".repeat(if index == 7 { 900 } else { 3 }), "ES")));
        events.push(event);
    }
    let calendar = sample::calendar(events);
    let changes = || calendar.events.iter().map(|event| told(event, Sort::New, None)).collect::<Vec<_>>();
    let whole: Vec<&str> = calendar.events.iter().filter_map(|event| event.url.as_deref()).collect();
    for (name, close) in [("telegram", '"'), ("discord", '>')] {
        let messages = shown(&calendar, changes(), &["Europe/Madrid"], name);
        assert!(messages.len() > 5);
        for (index, message) in messages.iter().enumerate() {
            assert!(message.lines().next().expect("a line").contains(&format!("({}/{})", index + 1, messages.len())));
            if name == "discord" {
                assert!(
                    message.encode_utf16().count() <= 2000
                        && message.lines().nth(2).is_some_and(|l| l.starts_with("##"))
                );
            } else {
                let read = as_read(message);
                assert!(read.encode_utf16().count() <= 4096 && message.matches("</").count() <= 100);
            }
            for (at, _) in message.match_indices("https://") {
                let address = message[at..].split(close).next().expect("an address");
                assert!(whole.contains(&address), "{address}");
            }
        }
    }
}

/// A message of Telegram as a reader sees it.
fn as_read(message: &str) -> String {
    let mut text = String::new();
    let mut is_tag = false;
    for character in message.chars() {
        match character {
            '<' => is_tag = true,
            '>' => is_tag = false,
            other if !is_tag => text.push(other),
            _ => {}
        }
    }
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")]
        .iter()
        .fold(text, |text, (from, to)| text.replace(from, to))
}

#[test]
fn an_instant_is_shown_by_each_reader_s_clock_in_discord() {
    let calendar = sample::calendar(vec![sample::forum(), sample::cancelled()]);
    assert_eq!(
        one(&calendar, "discord"),
        "\
# Action days
20 Nov – 19 Dec 2026 · times in Europe/Madrid (CET, UTC+1)
## Thu 3 December 2026
- **02:00–04:00 CET** Winter open forum
  Forum · online · Wed 18:00 MST Vancouver · <t:1796259600:F> · <https://example.org/winter-open-forum>
## Fri 4 December 2026
- **22:00–01:00 +1 CET** **CANCELLED** ~~Night vigil~~
"
    );
}

#[test]
fn changes_come_first_and_each_says_what_it_is() {
    let (mut moved, vigil) = (sample::forum(), sample::cancelled());
    moved.moved_from = Some(sample::zoned("America/Vancouver", "2026-12-01T18:00", "2026-12-01T20:00"));
    let mut postponed = sample::event("p", "Picnic", sample::dates("2026-12-06", "2026-12-06"));
    postponed.status = Status::Postponed;
    let calendar = sample::calendar(vec![moved, vigil, postponed]);
    let [vigil, postponed, moved] = [0, 1, 2].map(|index| &calendar.events[index]);
    let zone = Tzdb::bundled().zone("Europe/Madrid").expect("a zone");
    let from = Stamp::in_zone("2026-12-02T01:00:00Z".parse().expect("a time"), zone);
    let changes = vec![
        told(moved, Sort::Moved, Some(Earlier::Clock(from))),
        told(postponed, Sort::Postponed, None),
        told(vigil, Sort::Cancelled, None),
    ];
    assert_eq!(
        shown(&calendar, changes, &["Europe/Madrid"], "text").concat(),
        "\
Action days
===========
20 Nov – 19 Dec 2026 · times in Europe/Madrid (CET, UTC+1)

What changed since Fri 13 November 2026
---------------------------------------

Cancelled:
* Night vigil
  Fri 4 Dec 22:00–01:00 +1 CET · Madrid, Spain

Postponed:
* Picnic
  not on Sun 6 Dec

Moved:
* Winter open forum
  Wed 2 Dec 02:00 CET → Thu 3 Dec 02:00–04:00 CET · online
  Wed 18:00 MST Vancouver
  https://example.org/winter-open-forum

Thu 3 December 2026
-------------------
* 02:00–04:00 CET  MOVED Winter open forum
  Forum · online · Wed 18:00 MST Vancouver
  moved from Tue 1 Dec 18:00 (Vancouver)
  https://example.org/winter-open-forum

Fri 4 December 2026
-------------------
* 22:00–01:00 +1 CET  CANCELLED Night vigil

Sun 6 December 2026
-------------------
* all day  POSTPONED Picnic
  Forum
"
    );
}

#[test]
fn a_few_local_events_are_named_and_many_are_counted() {
    let few = one(&action_day(3), "text");
    assert!(few.contains("* all day  Global day of action\n  Forum\n  - 12:00–14:00 CET  City 0, Portugal\n"), "{few}");
    let many = one(&action_day(40), "text");
    assert!(
        many.contains("\n* all day  Global day of action\n  40 local events: Spain 26, Portugal 14 · Forum"),
        "{many}"
    );
    assert!(!many.contains("City"), "{many}");
}

#[test]
fn a_cancelled_city_is_named_among_many_and_a_moved_day_is_told_of_once() {
    let mut calendar = action_day(40);
    calendar.events[5].status = Status::Cancelled;
    let text = one(&calendar, "text");
    assert!(text.contains("\n  39 local events: Spain 26, Portugal 13 · Forum\n"), "{text}");
    assert_eq!(text.matches("CANCELLED City").count(), 1, "{text}");
    let from = Earlier::Day(sample::day("2026-12-04"));
    let changes = calendar.events.iter().map(|event| told(event, Sort::Moved, Some(from.clone()))).collect();
    let text = shown(&calendar, changes, &["Europe/Madrid"], "text").concat();
    assert!(
        text.contains("* Global day of action\n  Fri 4 Dec → Sat 5 Dec · 40 local events: Spain 26, Portugal 14\n"),
        "{text}"
    );
}

#[test]
fn what_goes_on_is_said_once() {
    let strike = sample::event("strike", "Strike", sample::dates("2026-11-10", "2026-11-24"));
    let camp = sample::event("camp", "Camp", sample::dates("2026-11-25", "2026-11-28"));
    let mut off = sample::event("off", "Off", sample::dates("2026-11-17", "2026-11-24"));
    off.status = Status::Cancelled;
    let over = sample::event("over", "Over", sample::dates("2026-11-17", "2026-11-19"));
    let text = one(&sample::calendar(vec![strike, camp, off, over]), "text");
    assert!(text.contains("Going on\n--------\n* day 11 of 15  Strike\n"), "{text}");
    assert_eq!((text.matches("Strike").count(), text.matches("Camp").count(), text.matches("Over").count()), (1, 1, 0));
    assert!(!text.contains("Off"), "{text}");
    assert!(text.contains("Wed 25 November 2026\n--------------------\n* day 1 of 4  Camp\n"), "{text}");
}

#[test]
fn nothing_is_said_of_nothing() {
    for format in &FORMATS {
        let text = one(&sample::calendar(Vec::new()), format.name);
        assert!(text.contains("Nothing is listed from Fri 20 November 2026 to Sat 19 December 2026."), "{text}");
    }
}

#[test]
fn the_best_link_is_the_page_and_else_where_one_registers_or_joins() {
    let online = |registration: Option<&str>| {
        let registration = registration.map(Into::into);
        Some(Box::new(Online { url: Some("https://meet.example/x".into()), registration, ..Online::default() }))
    };
    let mut event = sample::forum();
    event.online = online(Some("https://register.example/x"));
    for expected in ["https://example.org/winter-open-forum", "https://register.example/x", "https://meet.example/x"] {
        let text = one(&sample::calendar(vec![event.clone()]), "text");
        assert_eq!(text.matches("https://").count(), 1, "{text}");
        assert!(text.contains(expected), "{text}");
        if event.url.take().is_none() {
            event.online = online(None);
        }
    }
    event.url = Some("javascript:alert(1)".into());
    event.online = None;
    assert!(!one(&sample::calendar(vec![event]), "telegram").contains("href"));
}

#[test]
fn a_floating_start_that_moved_is_shown_by_its_own_clock() {
    let when = When::Floating { start: sample::wall("2026-12-06T09:00"), end: sample::wall("2026-12-06T10:00") };
    let calendar = sample::calendar(vec![sample::event("silence", "A minute of silence", when)]);
    let event = &calendar.events[0];
    let mut change = told(event, Sort::Moved, Some(Earlier::Floating(sample::wall("2027-01-05T09:00"))));
    change.change.remark = Some(Remark::Rules);
    let mut dated = told(event, Sort::Moved, Some(Earlier::Day(NaiveDate::MIN)));
    dated.change.from = Some(Earlier::Day(sample::day("2026-12-05")));
    let text = shown(&calendar, vec![change, dated], &["Europe/Madrid"], "text").concat();
    assert!(text.contains("Tue 5 Jan 2027 09:00 → Sun 6 Dec 09:00–10:00"), "{text}");
    assert!(text.contains("Sat 5 Dec → Sun 6 Dec 09:00–10:00"), "{text}");
}
