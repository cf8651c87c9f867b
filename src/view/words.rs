//! The words that feeds add to what records say, all in one place.

use chrono::{FixedOffset, NaiveDate, NaiveDateTime};

use crate::event::{Accessibility, Status, When};
use crate::zone::offset_for_people;

/// Before the address of a meeting.
pub const JOIN: &str = "Join";
/// Before the number of a meeting.
pub const MEETING_ID: &str = "Meeting ID";
/// Before the word that lets one in.
pub const PASSCODE: &str = "Passcode";
/// Before a number to dial.
pub const PHONE: &str = "Phone";
/// Before the name of a service, where there is no address.
pub const ONLINE: &str = "Online";
/// Before the address where one registers.
pub const REGISTRATION: &str = "Registration";
/// Instead of all that only members may know of how one joins.
pub const FOR_MEMBERS: &str = "online, for members";
/// Before the title of the action day that an event belongs to.
pub const PART_OF: &str = "Part of";
/// Before the places of an action day.
pub const PARTS: &str = "Local events";
/// Before what makes a place accessible.
pub const ACCESSIBILITY: &str = "Accessibility";

/// Language, and the words for what does not happen at all and for what has no new date yet.
const OFF: [(&str, &str, &str); 16] = [
    ("en", "CANCELLED: ", "POSTPONED: "),
    ("es", "CANCELADO: ", "APLAZADO: "),
    ("fr", "ANNULÉ : ", "REPORTÉ : "),
    ("pt", "CANCELADO: ", "ADIADO: "),
    ("it", "ANNULLATO: ", "RINVIATO: "),
    ("de", "ABGESAGT: ", "VERSCHOBEN: "),
    ("el", "ΑΚΥΡΩΘΗΚΕ: ", "ΑΝΑΒΛΗΘΗΚΕ: "),
    ("tr", "İPTAL: ", "ERTELENDİ: "),
    ("ru", "ОТМЕНЕНО: ", "ОТЛОЖЕНО: "),
    ("ar", "أُلغي: ", "تأجّل: "),
    ("fa", "لغو شد: ", "به تعویق افتاد: "),
    ("he", "בוטל: ", "נדחה: "),
    ("hi", "रद्द: ", "स्थगित: "),
    ("ko", "취소: ", "연기: "),
    ("zh", "已取消：", "已推迟："),
    ("ja", "中止：", "延期："),
];

/// What stands before the title of an event that does not happen as announced; in English where the language is none
/// that is known here.
pub fn prefix(status: Status, language: &str) -> Option<&'static str> {
    let primary = language.split('-').next().unwrap_or_default();
    let (_, cancelled, postponed) = OFF.iter().find(|(tag, ..)| tag.eq_ignore_ascii_case(primary)).unwrap_or(&OFF[0]);
    match status {
        Status::Cancelled => Some(cancelled),
        Status::Postponed => Some(postponed),
        Status::Tentative | Status::Confirmed => None,
    }
}

/// Behind a list that was cut.
pub fn and_more(count: usize) -> String {
    format!("… and {count} more")
}

/// Behind the title of what is open: ` (day 37)`.
pub fn day(number: i64) -> String {
    format!(" (day {number})")
}

/// `Start: Friday 14 July 2023, 00:01 (America/Los_Angeles, UTC−7).`
pub fn start(start: NaiveDateTime, zone: &str, offset: FixedOffset) -> String {
    format!("Start: {} ({zone}, {}).", moment(start), offset_for_people(offset))
}

/// `step-free`, `sign language`.
pub fn accessibility(one: Accessibility) -> &'static str {
    match one {
        Accessibility::StepFree => "step-free",
        Accessibility::SignLanguage => "sign language",
        Accessibility::Captions => "captions",
        Accessibility::HearingLoop => "hearing loop",
        Accessibility::Childcare => "childcare",
        Accessibility::QuietSpace => "quiet space",
    }
}

/// `Moved from Saturday 10 June 2023, 16:00 (America/Los_Angeles).`
pub fn moved_from(earlier: &When) -> String {
    let day = earlier.first_day();
    match earlier {
        When::AllDay(_) => format!("Moved from {}.", date(day)),
        When::Zoned { zone, start, .. } => {
            format!("Moved from {} ({}).", moment(start.with_timezone(zone).naive_local()), zone.name())
        }
        When::Fixed { offset, start, .. } => {
            format!(
                "Moved from {} ({}).",
                moment(start.with_timezone(offset).naive_local()),
                offset_for_people(*offset)
            )
        }
        When::Floating { start, .. } => format!("Moved from {} local time.", moment(*start)),
    }
}

/// `Local time: Saturday 10 June 2023, 16:00–18:00 (America/Los_Angeles, UTC−7).`
pub fn local_time(start: NaiveDateTime, end: NaiveDateTime, zone: Option<&str>, offset: FixedOffset) -> String {
    let offset = offset_for_people(offset);
    match zone {
        Some(zone) => format!("Local time: {} ({zone}, {offset}).", stretch(start, end)),
        None => format!("Local time: {} ({offset}).", stretch(start, end)),
    }
}

/// `09:00–11:00 local time at each place.`
pub fn each_place(start: NaiveDateTime, end: NaiveDateTime) -> String {
    if start.date() == end.date() {
        format!("{}–{} local time at each place.", start.format("%H:%M"), end.format("%H:%M"))
    } else {
        format!("{}, local time at each place.", stretch(start, end))
    }
}

fn stretch(start: NaiveDateTime, end: NaiveDateTime) -> String {
    if start.date() == end.date() {
        format!("{}–{}", moment(start), end.format("%H:%M"))
    } else {
        format!("{} – {}", moment(start), moment(end))
    }
}

fn moment(time: NaiveDateTime) -> String {
    format!("{}, {}", date(time.date()), time.format("%H:%M"))
}

fn date(day: NaiveDate) -> String {
    day.format("%A %-d %B %Y").to_string()
}
