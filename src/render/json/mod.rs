//! `json` and `jsonl`: the published contract of `agenda --format json`.
//!
//! Objects may gain keys; the meaning of a key never changes within a version. Absent values are left out.

mod occurrence;

use std::io::{self, Write};

use chrono::{Datelike, SecondsFormat};
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use crate::diagnostic::is_escaped;
use crate::view::listing::Listing;

use super::Look;

use occurrence::occurrence;

const VERSION: u8 = 1;

#[derive(Serialize)]
struct Agenda<'l> {
    version: u8,
    generated: String,
    timezone: &'static str,
    tzdb: &'l str,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(serialize_with = "rows")]
    occurrences: &'l Listing<'l>,
    /// How many were left out by a limit.
    #[serde(skip_serializing_if = "is_zero")]
    more: usize,
}

/// Writes `listing` as one object on one line.
pub fn write(listing: &Listing<'_>, _: &Look, out: &mut dyn Write) -> io::Result<()> {
    let agenda = Agenda {
        version: VERSION,
        generated: listing.generated.to_rfc3339_opts(SecondsFormat::Secs, true),
        timezone: listing.zones.first().map_or("UTC", |zone| zone.name()),
        tzdb: &listing.tzdb,
        from: listing.range.map(|(first, _)| first.to_string()),
        to: listing.range.map(|(_, last)| last).filter(|last| last.year() <= 9999).map(|last| last.to_string()),
        occurrences: listing,
        more: listing.more,
    };
    line(&agenda, out)
}

/// Writes `listing` as an object a line, one for each occurrence.
pub fn write_lines(listing: &Listing<'_>, _: &Look, out: &mut dyn Write) -> io::Result<()> {
    listing.rows.iter().try_for_each(|row| line(&occurrence(listing, row), out))
}

fn line(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, Escaping))?;
    out.write_all(b"\n")
}

fn rows<S: serde::Serializer>(listing: &Listing<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(listing.rows.iter().map(|row| occurrence(listing, row)))
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_zero(value: &usize) -> bool {
    *value == 0
}

/// Compact JSON in which no text can drive a terminal: the same values, and what would is escaped.
struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        // Most texts need no escapes, so test in bulk.
        if fragment.bytes().all(|byte| byte < 0x7f) {
            return writer.write_all(fragment.as_bytes());
        }
        let mut rest = fragment;
        while let Some((at, character)) = rest.char_indices().find(|(_, character)| is_escaped(*character)) {
            writer.write_all(&rest.as_bytes()[..at])?;
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = &rest[at + character.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;

    fn shown(listing: &Listing<'_>) -> String {
        let mut out = Vec::new();
        write(listing, &Look { width: 80, color: true }, &mut out).expect("a vector takes all");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn the_contract_in_its_order() {
        let mut event = sample::forum();
        event.tags = ["anti-war".into()].into();
        let calendar = sample::calendar(vec![event]);
        let expected = concat!(
            r#"{"version":1,"generated":"2026-11-20T12:00:00Z","timezone":"Europe/Madrid","tzdb":"2026f","#,
            r#""from":"2026-11-20","to":"2026-12-20","occurrences":[{"id":"winter-open-forum","#,
            r#""uid":"winter-open-forum@example.org","title":"Winter open forum","kind":"forum","#,
            r#""status":"confirmed","all_day":false,"start":"2026-12-03T02:00:00+01:00","#,
            r#""end":"2026-12-03T04:00:00+01:00","event_timezone":"America/Vancouver","#,
            r#""event_start":"2026-12-02T18:00:00-07:00","tags":["anti-war"],"#,
            r#""url":"https://example.org/winter-open-forum","online":{"platform":"Jitsi"}}]}"#,
            "\n"
        );
        assert_eq!(shown(&sample::listing(&calendar, &["Europe/Madrid"])), expected);
    }

    #[test]
    fn dates_end_exclusively_and_floating_times_have_no_offset() {
        let calendar = sample::calendar(sample::events());
        let listing = sample::listing(&calendar, &["Europe/Madrid", "Asia/Tokyo"]);
        let value: serde_json::Value = serde_json::from_str(&shown(&listing)).expect("JSON");
        let find = |id: &str| {
            let found = value["occurrences"].as_array().expect("a list").iter().find(|one| one["id"] == id);
            found.cloned().unwrap_or_else(|| panic!("{id} is listed"))
        };
        let long = find("long");
        assert_eq!(
            (&long["start"], &long["end"], &long["day"]),
            (&"2026-11-20".into(), &"2026-11-23".into(), &1.into())
        );
        assert_eq!(long.get("zones"), None);
        assert_eq!(find("everywhere")["start"], "2026-12-06T09:00:00");
        assert_eq!(find("tokyo")["zones"][1]["start"], "2026-12-01T18:00:00+09:00");
        assert_eq!(find("hostile")["title"], sample::HOSTILE);
        assert!(!shown(&listing).contains("never published"));
    }

    #[test]
    fn a_line_an_occurrence() {
        let calendar = sample::calendar(sample::events());
        let listing = sample::listing(&calendar, &["Europe/Madrid"]);
        let mut out = Vec::new();
        write_lines(&listing, &Look { width: 80, color: true }, &mut out).expect("a vector takes all");
        let text = String::from_utf8(out).expect("UTF-8");
        assert_eq!(text.lines().count(), listing.rows.len());
        for line in text.lines() {
            assert!(serde_json::from_str::<serde_json::Value>(line).expect("JSON")["id"].is_string());
        }
    }
}
