//! Dates and times that people keep in fields of their own: `date` and `time`, `start_time`, `end_date`. They become one
//! `start` and one `end`, so that no advice drops the hour.

use toml::de::DeValue;
use toml::value::Datetime;

use super::names;
use super::value::{Moment, Reading, Section, toml_text};
use crate::diagnostic::{Code, Finding, shorten};
use crate::source::Span;
use crate::text::english::MONTHS;

/// A field that its table does not have.
#[derive(Debug)]
pub(super) struct Unknown<'a> {
    pub(super) key: std::borrow::Cow<'a, str>,
    pub(super) key_span: Span,
    pub(super) span: Span,
    pub(super) value: DeValue<'a>,
}

impl Unknown<'_> {
    /// From the key to the value.
    pub(super) fn whole(&self) -> Span {
        Span { start: self.key_span.start, end: self.span.end }
    }
}

/// What a text says of a date and a time of day.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Piece {
    /// As ISO has it, or in the author's words.
    date: Option<String>,
    /// As ISO has it, or in the author's words.
    time: Option<String>,
    /// Whether both are as ISO has them.
    is_plain: bool,
}

impl Piece {
    fn new(date: Option<String>, time: Option<String>, is_plain: bool) -> Option<Self> {
        (date.is_some() || time.is_some()).then_some(Piece { date, time, is_plain })
    }

    fn of_value(value: &DeValue<'_>) -> Option<Self> {
        match value {
            DeValue::Datetime(datetime) => Piece::of_datetime(datetime),
            DeValue::String(text) => Piece::of_text(text),
            DeValue::Integer(number) if number.radix() == 10 => Piece::of_text(number.as_str()),
            DeValue::Float(number) => Piece::of_text(number.as_str()),
            _ => None,
        }
    }

    fn of_moment(moment: &Moment<'_>) -> Option<Self> {
        match moment {
            Moment::Toml(datetime) => Piece::of_datetime(datetime),
            Moment::Text(text) => Piece::of_text(text),
        }
    }

    fn of_datetime(value: &Datetime) -> Option<Self> {
        let time = value.time.map(|time| {
            let text = time.to_string();
            let text = text.strip_suffix(":00").filter(|short| short.len() == 5).unwrap_or(&text);
            value.offset.map_or(text.to_owned(), |offset| format!("{text}{offset}"))
        });
        Piece::new(value.date.map(|date| date.to_string()), time, true)
    }

    /// A date, a time, or both. `None` if it is neither, so that nothing is made of it.
    pub(super) fn of_text(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() > 100 || !text.bytes().any(|byte| byte.is_ascii_digit()) && text != "noon" {
            return None;
        }
        if let Some(time) = clock(text) {
            return Piece::new(None, Some(time), true);
        }
        if let Some(day) = day(text) {
            return Piece::new(Some(day), None, true);
        }
        if let Some((date, behind)) = text.split_once(['T', ' ']).filter(|(date, _)| is_iso_day(date)) {
            let time = clock(behind.trim());
            let is_plain = time.is_some();
            return Piece::new(Some(date.to_owned()), time.or_else(|| Some(behind.trim().to_owned())), is_plain);
        }
        let has_year = text.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4);
        let is_date = has_year || text.matches(['/', '.']).count() == 2;
        let is_time = text.contains(':') || text.to_lowercase().contains("pm") || text.to_lowercase().contains("am");
        let words = text.to_owned();
        match (is_date, is_time) {
            (true, true) => Piece::new(Some(words.clone()), Some(words), false),
            (true, false) => Piece::new(Some(words), None, false),
            (false, true) => Piece::new(None, Some(words), false),
            // A bare number: an hour that needs am or pm.
            (false, false) if text.len() <= 2 => Piece::new(None, Some(words), false),
            (false, false) => None,
        }
    }

    /// The value of the field to which a date and a time belong together.
    fn with(&self, other: &Piece) -> Option<String> {
        let ((Piece { date: Some(date), time: None, .. }, Piece { date: None, time: Some(time), .. })
        | (Piece { date: None, time: Some(time), .. }, Piece { date: Some(date), time: None, .. })) = (self, other)
        else {
            return None;
        };
        let is_plain = self.is_plain && other.is_plain;
        Some(if is_plain { format!("{date}T{time}") } else { toml_text(&format!("{date} {time}")) })
    }

    /// Whether the other one says nothing else.
    fn says_all_of(&self, other: &Piece) -> bool {
        (other.date.is_none() || other.date == self.date) && (other.time.is_none() || other.time == self.time)
    }
}

/// `18:30`, `18.30`, `18h30`, `18h`, `6 pm`, `18 Uhr`, as `18:30`. `None` if it is something else, or may be two hours.
pub(super) fn clock(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase().replace("p.m.", "pm").replace("a.m.", "am");
    if crate::language::is_noon(lower.strip_prefix("12 ").unwrap_or(&lower)) {
        return Some("12:00".to_owned());
    }
    let bare = |text: &str| text.trim().to_owned();
    let (number, half) = match (lower.strip_suffix("pm"), lower.strip_suffix("am")) {
        (Some(number), _) => (bare(number), Some(12)),
        (_, Some(number)) => (bare(number), Some(0)),
        _ => (lower.clone(), None),
    };
    let (number, is_hour) = match ["uhr", "hrs", "hs", "ч", "h"].iter().find_map(|unit| number.strip_suffix(unit)) {
        Some(number) => (bare(number), true),
        None => (number, false),
    };
    let (hour, minute) = match number.split_once([':', '.', 'h']) {
        Some((hour, minute)) => (hour.trim(), Some(minute.trim())),
        None => (&*number, None),
    };
    let digits = |text: &str, least: usize| {
        ((least..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| text.parse::<u32>().ok())
            .flatten()
    };
    let hour = digits(hour, 1)?;
    let minutes = match minute {
        Some(minute) => {
            let (minute, seconds) = minute.split_once(':').unwrap_or((minute, "00"));
            if digits(seconds, 2)? != 0 {
                return None;
            }
            digits(minute, 2)?
        }
        None => 0,
    };
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(half) => hour % 12 + half,
        // `6` is the morning to some and the evening to others.
        None if minute.is_none() && !is_hour && hour < 13 => return None,
        None => hour,
    };
    (hour < 24 && minutes < 60).then(|| format!("{hour:02}:{minutes:02}"))
}

fn is_iso_day(text: &str) -> bool {
    text.len() == 10 && text.parse::<chrono::NaiveDate>().is_ok()
}

/// `13 Dec 2026`, `December 13, 2026` as ISO has it. A weekday is checked where the text is read, so that it stays.
fn day(text: &str) -> Option<String> {
    if is_iso_day(text) {
        return Some(text.to_owned());
    }
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let [first, second, year] = words[..] else { return None };
    let month = |word: &str| {
        let word = word.trim_end_matches('.').to_lowercase();
        MONTHS
            .iter()
            .position(|month| word.len() >= 3 && month.starts_with(&*word) || word == "sept" && *month == "september")
    };
    let (day, month) = match (month(first), month(second)) {
        (None, Some(month)) => (first, month),
        (Some(month), None) => (second, month),
        _ => return None,
    };
    let day = ["st", "nd", "rd", "th"].iter().find_map(|ending| day.strip_suffix(ending)).unwrap_or(day);
    let year = Some(year).filter(|year| year.len() == 4)?.parse().ok()?;
    chrono::NaiveDate::from_ymd_opt(year, month as u32 + 1, day.trim_end_matches('.').parse().ok()?)
        .map(|day| day.to_string())
}

/// Whether a value that stands under the name of another field is an hour: `from = "11:00"`, `until = "13:00"`.
pub(super) fn is_hour(key: &str, value: &DeValue<'_>) -> bool {
    match (key, value) {
        ("from", DeValue::Array(_) | DeValue::Table(_)) => false,
        ("from", _) => true,
        ("until", value) => Piece::of_value(value).is_some_and(|piece| piece.date.is_none() && piece.is_plain),
        _ => false,
    }
}

/// The field that a name is a part of: `start` or `end`.
fn side(key: &str) -> Option<&'static str> {
    match (key, names::field(key)) {
        ("from" | "starts-at" | "starts_at", _) | (_, Some("start" | "start.date" | "start.time")) => Some("start"),
        ("to" | "until" | "till" | "ends-at" | "ends_at", _) | (_, Some("end" | "end.date" | "end.time")) => {
            Some("end")
        }
        _ => None,
    }
}

/// Takes from `unknown` the fields that are parts of the start or the end, and reports each with the one line to write.
pub(super) fn times<'a, T: Section<'a>>(section: &mut T, unknown: &mut Vec<Unknown<'a>>, reading: &mut Reading) {
    for name in ["start", "end"] {
        let all = std::mem::take(unknown);
        let (parts, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| side(&one.key) == Some(name));
        let pieces: Option<Vec<Piece>> = parts.iter().map(|part| Piece::of_value(&part.value)).collect();
        *unknown = others;
        let own = section.moment(name);
        let handled = pieces.is_some_and(|pieces| {
            let finding = match (&parts[..], &pieces[..], own) {
                ([part], [piece], None) => {
                    alone(name, part, piece, T::ROWS.iter().any(|row| row.key == "city" || row.key == "date"))
                }
                ([one, other], [first, second], None) => first.with(second).map(|text| {
                    let line = format!("{name} = {text}");
                    Finding::new(
                        Code::UnknownField,
                        one.key_span,
                        format!("`{}` and `{}` are one field, `{name}`", shorten(&one.key), shorten(&other.key)),
                    )
                    .label("no such field")
                    .also(other.key_span, "no such field")
                    .help(format!("write `{line}` instead of the two lines"))
                    .fix(one.whole(), line)
                    .removing(other.whole())
                }),
                ([part], [piece], Some((key, span, moment))) => {
                    let Some(own) = Piece::of_moment(moment) else { return false };
                    Some(beside(name, part, piece, Span { start: key.start, end: span.end }, &own))
                }
                _ => None,
            };
            let is_handled = finding.is_some();
            reading.findings.extend(finding);
            is_handled
        });
        if handled {
            section.unread(if name == "start" { "start" } else { "end" });
        } else {
            unknown.extend(parts);
        }
    }
    unknown.sort_by_key(|one| one.key_span);
}

/// A time under another name, with nothing beside it. `is_on_a_day` says whether the day is known otherwise.
fn alone(name: &str, part: &Unknown<'_>, piece: &Piece, is_on_a_day: bool) -> Option<Finding> {
    let (None, Some(time)) = (&piece.date, &piece.time) else { return None };
    let key = shorten(&part.key);
    let finding = Finding::new(Code::UnknownField, part.key_span, format!("unknown field `{key}`"));
    if name == "start" && !is_on_a_day {
        let (label, time) = ("an hour without a day", if piece.is_plain { time } else { "18:00" });
        return Some(
            finding
                .label(label)
                .help(format!("write the day and the hour as one, such as `start = 2026-12-02T{time}`")),
        );
    }
    let line = format!("{name} = {}", toml_text(time));
    Some(finding.label("no such field").help(format!("write `{line}`")).fix(part.whole(), line))
}

/// A part of a time beside the field that it belongs to.
fn beside(name: &str, part: &Unknown<'_>, piece: &Piece, own_whole: Span, own: &Piece) -> Finding {
    let key = shorten(&part.key);
    let finding = Finding::new(Code::UnknownField, part.key_span, format!("unknown field `{key}`"));
    if let Some(text) = own.with(piece) {
        let line = format!("{name} = {text}");
        return finding
            .label(format!("belongs to `{name}`"))
            .also(own_whole, "this is the other half")
            .help(format!("write `{line}` instead of the two lines"))
            .fix(own_whole, line)
            .removing(part.whole());
    }
    if own.says_all_of(piece) && own.is_plain && piece.is_plain {
        return finding
            .label("no such field")
            .help(format!("`{name}` says this already: delete this line"))
            .fix(part.whole(), "");
    }
    finding
        .label(format!("belongs to `{name}`"))
        .also(own_whole, format!("`{name}` says something else"))
        .help(format!("write what is right in `{name}`, and delete this line"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_as_people_write_them() {
        for (text, expected) in [
            ("11:00", Some("11:00")),
            ("9:30", Some("09:30")),
            ("18.30", Some("18:30")),
            ("18h30", Some("18:30")),
            ("18h", Some("18:00")),
            ("18:30 Uhr", Some("18:30")),
            ("6 pm", Some("18:00")),
            ("12 am", Some("00:00")),
            ("6:30 p.m.", Some("18:30")),
            ("noon", Some("12:00")),
            ("18:30:00", Some("18:30")),
            ("19", Some("19:00")),
            ("6", None),
            ("25:00", None),
            ("13 pm", None),
            ("11:00 CET", None),
        ] {
            assert_eq!(clock(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn days_as_people_write_them() {
        for (text, expected) in [
            ("13 Dec 2026", Some("2026-12-13")),
            ("December 13th, 2026", Some("2026-12-13")),
            ("2026-12-13", Some("2026-12-13")),
            ("13 Dec", None),
            ("Sunday 13 December 2026", None),
            ("31 June 2026", None),
        ] {
            assert_eq!(day(text).as_deref(), expected, "{text}");
        }
    }
}
