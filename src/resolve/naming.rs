//! What an event is called, and whether its record is plausible: ids, file names, lengths, zones against countries.

use chrono::{NaiveDate, TimeDelta};

use super::{Context, Origin, datetime_text, open, point, review, zone_of};
use crate::diagnostic::{Code, Finding, Severity, shorten};
use crate::event::{Country, Event, Status, When};
use crate::record::{Moment, Slot, Text};
use crate::source::Span;

/// Characters that an id may have.
const LONGEST_ID: usize = 128;

/// Whether a text is an id.
pub fn is_id(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=LONGEST_ID).contains(&text.len()) && !text.starts_with('-') && text.bytes().all(allowed)
}

/// Whether a text is the id of an event: that of a record, or `<day>/<local>`.
pub fn is_event_id(text: &str) -> bool {
    text.split_once('/').map_or_else(|| is_id(text), |(day, local)| is_id(day) && is_id(local))
}

/// A lower-case letter without its accent, where it is a Latin one that has one.
fn without_accent(character: char) -> Option<&'static str> {
    Some(match character {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ā' | 'ą' => "a",
        'é' | 'è' | 'ê' | 'ë' | 'ē' | 'ę' => "e",
        'í' | 'ì' | 'î' | 'ï' | 'ī' | 'ı' => "i",
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'ō' => "o",
        'ú' | 'ù' | 'û' | 'ü' | 'ū' | 'ů' => "u",
        'ñ' | 'ń' => "n",
        'ç' | 'ć' | 'č' => "c",
        'š' | 'ś' | 'ş' => "s",
        'ž' | 'ź' | 'ż' => "z",
        'ý' | 'ÿ' => "y",
        'ł' => "l",
        'ğ' => "g",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        _ => return None,
    })
}

/// A text for comparing: lower case, without accents on Latin letters.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // `İ` becomes an `i` with a dot for itself, and some keyboards write every accent so.
    let is_accent = |character: &char| matches!(character, '\u{300}'..='\u{36F}');
    for character in text.chars().flat_map(char::to_lowercase).filter(|character| !is_accent(character)) {
        match without_accent(character) {
            Some(plain) => out.push_str(plain),
            None => out.push(character),
        }
    }
    out
}

/// The nearest id to a text: lower case, hyphens, without accents on Latin letters.
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    for character in folded(text).chars().filter(|c| !matches!(c, '\'' | '’')) {
        if character.is_ascii_alphanumeric() {
            out.push(character);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(LONGEST_ID);
    out.trim_matches('-').to_owned()
}

/// `id`, or the stem of the file's name.
pub(super) fn id(field: &Slot<Text<'_>>, origin: &Origin<'_>, findings: &mut Vec<Finding>) -> Option<Box<str>> {
    let Some(field) = field else {
        if origin.many {
            return super::missing("id", "id = \"a-name-of-its-own\"", origin, findings);
        }
        let name = origin.file.rsplit('/').next().unwrap_or(origin.file);
        let stem = name.strip_suffix(".toml").unwrap_or(name);
        if is_id(stem) {
            return Some(stem.into());
        }
        let near = slug(stem);
        let finding =
            Finding::new(Code::InvalidId, origin.table, format!("the file's name `{}` is not an id", shorten(stem)))
                .label("without an `id`, the file's name is the id: a to z, 0 to 9 and hyphens");
        findings.push(if near.is_empty() {
            finding.help("add a line such as `id = \"forum-athens\"`")
        } else {
            finding.help(format!("rename the file to `{near}.toml`, or add a line `id = \"{near}\"`"))
        });
        return None;
    };
    if is_id(&field.value) {
        return Some((&*field.value).into());
    }
    let length = field.value.chars().count();
    let near = slug(&field.value);
    let finding = if length > LONGEST_ID {
        Finding::new(Code::TooLong, field.span, format!("the id has {length} characters, over {LONGEST_ID}"))
            .label(format!("expected at most {LONGEST_ID} characters"))
    } else if field.value.trim().is_empty() {
        Finding::new(Code::EmptyValue, field.span, "the id is empty").label("expected a to z, 0 to 9 and hyphens")
    } else {
        Finding::new(Code::InvalidId, field.span, format!("`{}` is not an id", shorten(&field.value)))
            .label("expected a to z, 0 to 9 and hyphens")
    };
    findings.push(if near.is_empty() {
        finding
    } else {
        // An id that would lose letters of other scripts is for the author to choose.
        let is_same = folded(&field.value).chars().all(|c| c.is_ascii() || !c.is_alphanumeric());
        finding.help(format!("write `\"{near}\"`")).fix_if(is_same, field.span, format!("\"{near}\""))
    });
    None
}

/// The date in a file's name: `2026/12-02-forum.toml`, `2026-12-02-forum.toml`.
fn date_in_name(file: &str) -> Option<NaiveDate> {
    let mut parts = file.rsplit('/');
    let (name, folder) = (parts.next()?, parts.next().unwrap_or_default());
    let number = |text: Option<&str>, digits: usize| {
        text.filter(|text| text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit()))?.parse::<u32>().ok()
    };
    let date = |year: u32, month, day| NaiveDate::from_ymd_opt(year as i32, month, day);
    let stem = name.strip_suffix(".toml").unwrap_or(name);
    let mut words = stem.splitn(4, '-');
    let words = [words.next(), words.next(), words.next()];
    if let (Some(year), Some(month), Some(day)) = (number(words[0], 4), number(words[1], 2), number(words[2], 2)) {
        return date(year, month, day);
    }
    match (number(Some(folder), 4), number(words[0], 2), number(words[1], 2)) {
        (Some(year), Some(month), Some(day)) => date(year, month, day),
        _ => None,
    }
}

/// The date in the file's name, against the start.
pub(super) fn file_name(
    when: &When,
    moved_from: Option<&When>,
    origin: &Origin<'_>,
    (start, has_id): (&Slot<Moment<'_>>, bool),
    findings: &mut Vec<Finding>,
) {
    let (Some(named), Some(start)) = (date_in_name(origin.file), start) else { return };
    let first = when.first_day();
    // A moved event keeps its file, and with it its address; one that moved twice has the first of its days there.
    if named == first || moved_from.is_some() {
        return;
    }
    let message = format!("the file's name says {named}, and the event begins on {first}");
    let mut finding = Finding::new(Code::FileNameDateMismatch, start.span, message).label(format!("expected {named}"));
    if has_id {
        // The name is no address, and `move` leaves it as it is.
        finding.severity = Severity::Note;
        finding = finding
            .help(format!("rename the file if you like: the event keeps its `id`; or write `start` with {named}"));
    } else {
        finding = finding.help(format!("rename the file (and give the event its old name as `id`, if people link to it), or write `start` with {named}"));
    }
    findings.push(finding);
}

/// Lengths that are probably slips.
pub(super) fn plausible(when: &When, kind: Option<&str>, end_span: Option<Span>, findings: &mut Vec<Finding>) {
    let length = when.elapsed();
    let lasting = matches!(kind, Some("strike" | "occupation" | "boycott"));
    let most = TimeDelta::days(if lasting { 366 } else { 31 });
    if length > most
        && let Some(span) = end_span
    {
        findings.push(
            Finding::new(Code::LongEvent, span, format!("the event lasts {} days", length.num_days()))
                .label("expected an earlier end")
                .help("check the month and the year of the end"),
        );
    }
}

/// Reports what is over, with all of its occurrences, and still tentative.
pub(super) fn past(event: &Event, start_span: Span, context: &Context<'_>, findings: &mut Vec<Finding>) {
    let today = open::today(zone_of(&event.when).or(context.timezone), context.now);
    if event.status == Status::Tentative && review::is_over(event, today) {
        findings.push(
            Finding::new(Code::PastDate, start_span, "the event is over, and was never confirmed or called off")
                .label("a past date, and the status is tentative")
                .help("delete `status` if it happened, or write `status = \"cancelled\"`"),
        );
    }
}

/// The zone of an hour, against the country of the place. It is that of `timezone`, or of the words of the start.
pub(super) fn zone_of_country(
    when: &When,
    timezone: &Slot<Text<'_>>,
    start: &Slot<Moment<'_>>,
    (country, country_span): (Country, Option<Span>),
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) {
    let When::Zoned { zone, start: at, .. } = when else { return };
    let countries = zone.countries();
    // UTC is nobody's clock, so an hour at a place is hardly meant by it.
    let universal = matches!(zone.name(), "UTC" | "Etc/UTC");
    if (countries.is_empty() && !universal) || countries.contains(&country.code()) {
        return;
    }
    let zones = context.tzdb.of_country(country.code());
    let message = format!("{} is not a zone of {}", zone.name(), country.name());
    let worded = start.as_ref().filter(|start| timezone.is_none() && names_a_zone(&start.value, context));
    let finding = match (timezone, worded, country_span) {
        (Some(field), _, _) => Finding::new(Code::TimezoneCountryMismatch, field.span, message).label("this zone"),
        (None, Some(start), _) => {
            Finding::new(Code::TimezoneCountryMismatch, start.span, message).label("the zone behind the time")
        }
        (None, None, Some(country)) => Finding::new(Code::TimezoneCountryMismatch, country, message)
            .label("the record gives no `timezone`, so the time is read by the calendar's or the text's zone"),
        (None, None, None) => return,
    };
    let finding = match country_span.filter(|_| timezone.is_some() || worded.is_some()) {
        Some(country) => finding.also(country, "this country"),
        None => finding,
    };
    let names = || zones.iter().copied().take(8).collect::<Vec<_>>().join(", ");
    let own = context.tzdb.one_clock(country.code(), *at, None);
    findings.push(match (zones, own) {
        ([], _) => finding,
        (_, Some(own)) if worded.is_some() => {
            let wall = at.with_timezone(&own).naive_local();
            finding.help(format!(
                "write `start = {}`: the same instant on the clock of the place, {own}",
                point::iso(wall)
            ))
        }
        (_, None) if worded.is_some() => {
            finding.help(format!("write the time on the clock of the place, and `timezone` with one of {}", names()))
        }
        ([zone], _) => finding.help(format!("write `timezone = \"{zone}\"`, if the hour is that of the place")),
        _ => finding.help(format!("write `timezone` with one of {}", names())),
    });
}

/// Whether the text of a start says which clock it is on.
pub(super) fn names_a_zone(start: &Moment<'_>, context: &Context<'_>) -> bool {
    match start {
        Moment::Text(text) => {
            datetime_text::read(text, context.reading_language()).is_ok_and(|written| written.zone.is_some())
        }
        Moment::Toml(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_ids() {
        for (text, expected) in [
            ("Forum: war in Ukraine", "forum-war-in-ukraine"),
            ("¡Huelga en España!", "huelga-en-espana"),
            ("Women’s Day", "womens-day"),
            ("İzmir, Zu\u{308}rich", "izmir-zurich"),
            ("Απεργία", ""),
        ] {
            assert_eq!(slug(text), expected, "{text}");
            assert!(expected.is_empty() || is_id(expected));
        }
    }

    #[test]
    fn dates_in_names() {
        let of = |file| date_in_name(file).map(|date| date.to_string());
        assert_eq!(of("events/2026/12-02-forum.toml").as_deref(), Some("2026-12-02"));
        assert_eq!(of("events/2026-12-02-forum.toml").as_deref(), Some("2026-12-02"));
        assert_eq!(of("events/2026/forum.toml"), None);
        assert_eq!(of("events/12-02-forum.toml"), None);
        assert_eq!(of("events/2026/13-45-forum.toml"), None);
    }
}
