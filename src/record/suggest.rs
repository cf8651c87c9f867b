//! What an author may have meant: the nearest field, and the words of other tools.

use super::fields::{FromTable, INSIDE_EVENT, LocationTable, OnlineTable, Record, Row};
use super::names;
use super::value::Section;
use crate::diagnostic::{Code, Finding};
use crate::source::Span;

/// Names that people bring from elsewhere, and ours.
const FOREIGN: &[(&str, &str)] = &[
    ("summary", "title"),
    ("name", "title"),
    ("subject", "title"),
    ("dtstart", "start"),
    ("date", "start"),
    ("when", "start"),
    ("time", "start"),
    ("datetime", "start"),
    ("begin", "start"),
    ("begins", "start"),
    ("starts", "start"),
    ("start-date", "start"),
    ("start_date", "start"),
    ("dtend", "end"),
    ("ends", "end"),
    ("end-date", "end"),
    ("end_date", "end"),
    ("length", "duration"),
    ("recurrence", "repeat"),
    ("repeats", "repeat"),
    ("recurs", "repeat"),
    ("every", "repeat"),
    ("exdate", "except"),
    ("exceptions", "except"),
    ("rdate", "also"),
    ("changes", "change"),
    ("override", "change"),
    ("overrides", "change"),
    ("tz", "timezone"),
    ("tzid", "timezone"),
    ("time-zone", "timezone"),
    ("time_zone", "timezone"),
    ("zone", "timezone"),
    ("organiser", "organizers"),
    ("organisers", "organizers"),
    ("organizer", "organizers"),
    ("host", "organizers"),
    ("hosts", "organizers"),
    ("categories", "tags"),
    ("category", "tags"),
    ("tag", "tags"),
    ("labels", "tags"),
    ("keywords", "tags"),
    ("type", "kind"),
    ("place", "location"),
    ("venue", "location"),
    ("where", "location"),
    ("link", "url"),
    ("website", "url"),
    ("web", "url"),
    ("href", "url"),
    ("body", "description"),
    ("text", "description"),
    ("details", "description"),
    ("lang", "language"),
    ("translation", "translations"),
    ("translated", "translations"),
    ("notes", "note"),
    ("comment", "note"),
    ("parent", "part-of"),
    ("source", "sources"),
    ("review", "review-by"),
    ("reviewed", "review-by"),
    ("expires", "review-by"),
    ("expiry", "review-by"),
    ("recheck", "review-by"),
    ("join", "online"),
    ("zoom", "online"),
    ("conference", "online"),
    ("latitude", "lat"),
    ("lng", "lon"),
    ("long", "lon"),
    ("longitude", "lon"),
    ("street", "address"),
    ("town", "city"),
    ("state", "region"),
    ("province", "region"),
    ("password", "passcode"),
    ("meeting", "meeting-id"),
    ("register", "registration"),
    ("colour", "color"),
    ("mail", "email"),
    ("e-mail", "email"),
];

/// Names that are more than another word for ours: what stands there may be something else, so that no program writes ours
/// in their place.
const GUESSES: &[&str] = &[
    "category",
    "comment",
    "conference",
    "expires",
    "expiry",
    "host",
    "hosts",
    "join",
    "meeting",
    "name",
    "notes",
    "recheck",
    "reviewed",
    "source",
    "subject",
    "time",
    "type",
    "zone",
    "zoom",
];

/// Whether `word` is `meant` with a slip of the finger, and hardly anything else.
pub fn is_slip(word: &str, meant: &str) -> bool {
    let length = meant.chars().count();
    let most = match length {
        0..=3 => 0,
        4..=8 => 1,
        _ => 2,
    };
    word.chars().count() <= length + most && strsim::osa_distance(word, meant) <= most
}

/// The nearest of `words` to `word`, where one is near enough to be meant.
pub fn nearest<'w>(word: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let word = word.to_lowercase();
    // The tables hold short words; a long text is none of them, and comparing it would cost its square.
    if word.chars().count() > 64 {
        return None;
    }
    words
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&word, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= candidate.chars().count().max(3) / 3)
        .min()
        .map(|(_, candidate)| candidate)
}

/// The field that the author of `key` meant, by the table of foreign words or by nearness.
pub fn meant(key: &str, rows: &[Row]) -> Option<&'static str> {
    let lower = key.to_lowercase();
    let known = |wanted: &str| rows.iter().map(|row| row.key).find(|key| *key == wanted);
    let hyphens = lower.replace('_', "-");
    if let Some(occurrence) = known("occurrence")
        && matches!(&*lower, "date" | "day" | "when" | "original" | "planned" | "recurrence-id" | "on")
    {
        return Some(occurrence);
    }
    if let Some(date) = known("date")
        && matches!(&*lower, "from" | "day" | "since" | "begin" | "begins" | "occurrence" | "on" | "effective")
    {
        return Some(date);
    }
    known(&hyphens)
        .or_else(|| FOREIGN.iter().filter(|(theirs, _)| *theirs == lower).find_map(|(_, ours)| known(ours)))
        .or_else(|| names::field(key).and_then(|field| known(field.split('.').next().unwrap_or(field))))
        .or_else(|| nearest(key, rows.iter().map(|row| row.key)))
}

/// The field of that name, or of the same name in other words; none by nearness.
pub(super) fn meant_exactly(key: &str, rows: &[Row]) -> Option<&'static str> {
    let known = |wanted: &str| rows.iter().map(|row| row.key).find(|key| *key == wanted);
    let lower = key.to_lowercase();
    known(&lower.replace('_', "-"))
        .or_else(|| FOREIGN.iter().filter(|(theirs, _)| *theirs == lower).find_map(|(_, ours)| known(ours)))
        .or_else(|| names::field(key).and_then(|field| known(field.split('.').next_back().unwrap_or(field))))
}

/// A field that no table has.
pub fn unknown_field(key: &str, span: Span, rows: &[Row]) -> Finding {
    let shown = crate::diagnostic::shorten(key);
    let finding = Finding::new(Code::UnknownField, span, format!("unknown field `{shown}`"));
    if let Some(ours) = meant(key, rows) {
        let finding = finding.label("no such field").help(format!("did you mean `{ours}`?"));
        let lower = key.to_lowercase();
        let is_name = FOREIGN.iter().any(|(theirs, _)| *theirs == lower) || names::field(key) == Some(ours);
        let is_certain = (is_name || is_slip(&lower.replace('_', "-"), ours)) && !GUESSES.contains(&&*lower);
        return finding.fix_if(is_certain, span, ours);
    }
    if rows == FromTable::ROWS && matches!(key, "until" | "count") {
        return finding.label("a field of the event, not of this table").help(format!(
            "the event's own `{key}` ends the last part; `status = \"cancelled\"` in a table `[[from]]` ends it early"
        ));
    }
    if INSIDE_EVENT.contains(&rows)
        && let Some(row) = Record::ROWS.iter().find(|row| row.key == key)
    {
        return finding
            .label("a field of the event, not of this table")
            .help(format!("put the line above the first line in square brackets: there, `{}` is known", row.key));
    }
    let inside = [("location", LocationTable::ROWS), ("online", OnlineTable::ROWS)];
    if rows == Record::ROWS
        && let Some((table, row)) = inside.iter().find_map(|(table, rows)| {
            let row = rows.iter().find(|row| row.key == key)?;
            Some((table, row))
        })
    {
        let example = row.example;
        return finding.label(format!("a field of `{table}`")).help(format!("write `{table} = {{ {example} }}`"));
    }
    let keys: Vec<&str> = rows.iter().map(|row| row.key).collect();
    finding.label("no such field").help(format!("the fields here are {}", keys.join(", ")))
}

/// A field under a name of other tools, beside the same under ours.
pub fn second_name(key: &str, span: Span, ours: &str) -> Finding {
    let shown = crate::diagnostic::shorten(key);
    Finding::new(Code::UnknownField, span, format!("unknown field `{shown}`"))
        .label("no such field")
        .help(format!("`{ours}` stands here already: if both say the same, delete this line"))
        .help(format!("if not, write what is missing there into `{ours}` or `description`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_other_tools_point_to_ours() {
        for (theirs, ours) in [
            ("loction", Some("location")),
            ("organiser", Some("organizers")),
            ("summary", Some("title")),
            ("tz", Some("timezone")),
            ("moved_from", Some("moved-from")),
            ("Title", Some("title")),
            ("categories", Some("tags")),
            ("recurrence", Some("repeat")),
            ("exdate", Some("except")),
            ("rdate", Some("also")),
            ("review_by", Some("review-by")),
            ("expires", Some("review-by")),
            ("translation", Some("translations")),
            ("xylophone", None),
        ] {
            assert_eq!(meant(theirs, Record::ROWS), ours, "{theirs}");
        }
    }
}
