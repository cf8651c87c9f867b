//! `markdown`: a list by day, for an issue or a newsletter.
//!
//! No text of a record can make markup: every mark of `CommonMark` is escaped, and what forges make of `@name` and
//! `#123` after that is broken by a word joiner.

use std::io::{self, Write};

use crate::event::Status;
use crate::language::Word;
use crate::view::listing::{Listing, Row};

use super::escape::{destination, markdown as escaped};
use super::{Look, hours, phrase};

/// Writes `listing` as `CommonMark`.
pub fn write(listing: &Listing<'_>, _: &Look, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}", escaped(listing.title))?;
    writeln!(out, "\n{} · {}", phrase::range(listing), escaped(&phrase::zones(listing)))?;
    if listing.rows.is_empty() {
        writeln!(out, "\n{}", phrase::nothing(listing))?;
    }
    let mut heading = None;
    for row in &listing.rows {
        let own = phrase::heading(listing, row);
        if heading.as_ref() != Some(&own) {
            writeln!(out, "\n## {}\n", if listing.by_place { escaped(&own) } else { own.clone() })?;
            heading = Some(own);
        }
        occurrence(listing, row, out)?;
    }
    if listing.more > 0 {
        writeln!(out, "\n{}", phrase::more(listing))?;
    }
    Ok(())
}

fn occurrence(listing: &Listing<'_>, row: &Row<'_>, out: &mut dyn Write) -> io::Result<()> {
    // With several clocks each is named, and a colon parts the last one from the title.
    let several = listing.zones.len() > 1 && !clock(row, 1).is_empty();
    let city = |index: usize| if several { format!(" {}", listing.zones[index].city()) } else { String::new() };
    write!(out, "- **{}{}{}**", phrase::date(listing, row), escaped(&clock(row, 0)), escaped(&city(0)))?;
    if several {
        for index in 1..listing.zones.len() {
            write!(out, " · {}{}", escaped(&clock(row, index)), escaped(&city(index)))?;
        }
        write!(out, ":")?;
    }
    if let Some(label) = phrase::label(row.event, row.language) {
        write!(out, " **{label}**")?;
    }
    let title = escaped(row.told_apart(listing).trim());
    match row.event.url.as_deref().and_then(phrase::link) {
        Some(url) => write!(out, " [{title}](<{}>)", destination(url))?,
        None => write!(out, " {title}")?,
    }
    let details = [row.label.to_owned()]
        .into_iter()
        .chain(phrase::whole_place(row))
        .chain(phrase::remarks(listing, row))
        .chain(phrase::opened(row));
    write!(out, " — {}", escaped(&details.collect::<Vec<_>>().join(" · ")))?;
    let joining = row.online.filter(|_| row.event.status != Status::Cancelled && row.opened().is_none());
    if let Some(url) = joining.and_then(|online| phrase::link(online.url.as_deref()?))
        && Some(url) != row.event.url.as_deref()
    {
        write!(out, " · [{}](<{}>)", row.language.word(Word::JoinLink), destination(url))?;
    }
    if let Some(url) = joining.and_then(|online| phrase::link(online.registration.as_deref()?)) {
        write!(out, " · [{}](<{}>)", row.language.word(Word::RegisterLink), destination(url))?;
    }
    writeln!(out)
}

/// The hours by a clock, with its name.
fn clock(row: &Row<'_>, index: usize) -> String {
    match (hours::hours(row, index), hours::abbreviation(row, index)) {
        (hours, Some(abbreviation)) if !hours.is_empty() => format!("{hours} {abbreviation}"),
        (hours, _) => hours,
    }
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use super::super::escape::WORD_JOINER;
    use super::super::sample;
    use super::super::terminal::plain;
    use super::*;

    fn shown(listing: &Listing<'_>) -> String {
        let mut out = Vec::new();
        write(listing, &Look { width: 80, color: true }, &mut out).expect("a vector takes all");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn a_day_as_an_editor_sees_it() {
        let mut forum = sample::forum();
        forum.online.as_deref_mut().expect("online").url = Some("https://meet.example.org/a_(b)".into());
        let calendar = sample::calendar(vec![forum]);
        assert_eq!(
            shown(&sample::listing(&calendar, &["Europe/Madrid"])),
            "\
# Action days

20 Nov – 20 Dec 2026 · times in Europe/Madrid (CET, UTC+1)

## Thu 3 December 2026

- **02:00–04:00 CET** [Winter open forum](<https://example.org/winter-open-forum>) — Forum · online · \
Wed 18:00 MST Vancouver · [join](<https://meet.example.org/a%5F%28b%29>)
"
        );
    }

    #[test]
    fn no_text_makes_markup() {
        for title in [
            "[click](https://evil.example)",
            "![x](https://evil.example/x.png)",
            "<img src=x onerror=alert(1)>",
            "<https://evil.example> https://evil.example www.evil.example",
            "**bold** __bold__ *it* _it_ ~~no~~ `code` ``x`` $x$ &copy; &lt; \\",
            "# heading\n\n# heading\n- item\n> quote\n\n    code",
            "[x]: https://evil.example \"x\"",
            "a | b\n--|--\n[^1] ](x) [[wiki]]",
            "- [ ] + 1. = ---",
        ] {
            let calendar = sample::calendar(vec![sample::event("x", title, sample::dates("2026-12-01", "2026-12-01"))]);
            let text = shown(&sample::listing(&calendar, &["Europe/Madrid"]));
            let (mut paragraphs, mut row) = (0, String::new());
            for event in Parser::new_ext(&text, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
                match event {
                    Event::Text(text) => row.push_str(&text),
                    Event::Start(Tag::Heading { .. }) => row.clear(),
                    Event::Start(Tag::Paragraph) => paragraphs += 1,
                    Event::Start(Tag::List(None) | Tag::Item | Tag::Strong) | Event::End(_) => {}
                    other => panic!("{title}: {other:?}"),
                }
            }
            assert_eq!((paragraphs, text.matches("\n- ").count()), (1, 1), "{text}");
            assert_eq!(row.replace(WORD_JOINER, ""), format!("Tue 1 December 2026all day {} — Forum", plain(title)));
        }
    }

    #[test]
    fn only_addresses_of_pages_are_links() {
        let mut event = sample::forum();
        event.url = Some("javascript:alert(1)".into());
        let calendar = sample::calendar(vec![event]);
        assert!(!shown(&sample::listing(&calendar, &["Europe/Madrid"])).contains("]("));
    }
}
