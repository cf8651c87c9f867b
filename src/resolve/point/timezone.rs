//! The zone that a record names.

use super::{Choice, Findings};
use crate::diagnostic::{Code, Finding, Severity, shorten};
use crate::language::Language;
use crate::record::{Slot, Text};
use crate::resolve::Context;
use crate::resolve::datetime_text::{self, Part, ZoneWords};
use crate::source::Span;
use crate::zone::name::Found;
use crate::zone::{Tzdb, Zone, abbreviation};

/// `timezone`.
pub fn timezone(slot: &Slot<Text<'_>>, context: &Context<'_>, findings: &mut Findings) -> Choice {
    let Some(field) = slot else { return context.timezone.map_or(Choice::Missing, Choice::Default) };
    if field.value == "local" {
        return Choice::Local;
    }
    if field.value.trim().is_empty() {
        findings.push(
            Finding::new(Code::EmptyValue, field.span, "the time zone is empty")
                .label("expected a name such as Europe/Athens")
                .help("fill it in, or delete the line"),
        );
        return Choice::Wrong;
    }
    if let Some(zone) = context.tzdb.zone(&field.value) {
        if let "EST" | "MST" | "HST" = zone.name()
            && let [meaning, ..] = abbreviation::meanings(zone.name())
        {
            let mut finding = Finding::new(
                Code::AmbiguousAbbreviation,
                field.span,
                format!("`{}` is a clock that never has summer time", zone.name()),
            );
            finding.severity = Severity::Warning;
            findings.push(finding.label("most people mean a place").help(format!("write `\"{}\"`", meaning.zone)));
        }
        return Choice::Named(zone, field.span);
    }
    findings.push(unknown_zone(&field.value, field.span, context.tzdb));
    Choice::Wrong
}

/// A zone that the database does not have, with the one that may be meant.
pub fn unknown_zone(written: &str, span: Span, tzdb: &Tzdb) -> Finding {
    let shown = shorten(written);
    let finding = Finding::new(Code::UnknownTimezone, span, format!("unknown time zone `{shown}`"))
        .label("expected an IANA name such as Europe/Athens");
    if written.trim().eq_ignore_ascii_case("local") {
        return finding.help("did you mean `local`?").fix(span, "\"local\"");
    }
    let meanings = abbreviation::meanings(written.trim());
    let meant: Vec<&str> = if meanings.is_empty() {
        match tzdb.find(written) {
            Found::One(zone) => vec![zone.name()],
            Found::Many(zones) => zones.into_iter().map(Zone::name).collect(),
            Found::None => tzdb.suggest(written).into_iter().collect(),
        }
    } else {
        meanings.iter().map(|meaning| meaning.zone).collect()
    };
    match meant[..] {
        [] if datetime_text::read(&format!("18:00 {written}"), Language::ENGLISH)
            .is_ok_and(|read| matches!(read.zone, Some(Part { value: ZoneWords::Offset(_), .. }))) =>
        {
            finding
                .help("name a place whose clocks have this offset, such as `timezone = \"Europe/Athens\"`")
                .help("or leave `timezone` out, and write the offset behind the time: `start = 2026-12-02T18:00+02:00`")
        }
        [] => finding.help("`redletter zones WORDS` finds zones by city or country"),
        [one] => {
            let lower = |text: &str| text.trim().to_lowercase().replace([' ', '-'], "_");
            let is_certain = crate::record::suggest::is_slip(&lower(written), &lower(one));
            finding.help(format!("did you mean `{one}`?")).fix_if(is_certain, span, format!("\"{one}\""))
        }
        ref many => finding.help(format!("did you mean one of {}?", many.join(", "))),
    }
}

/// The same for words in a text, of which only that part can be replaced.
pub fn unknown_zone_in_text(written: &str, span: Span, tzdb: &Tzdb) -> Finding {
    let mut finding = unknown_zone(written, span, tzdb);
    if let Some(fix) = &mut finding.fix {
        fix.text = fix.text.trim_matches('"').to_owned();
    }
    finding
}
