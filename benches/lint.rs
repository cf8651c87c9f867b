//! What `redletter lint` costs beside reading alone: at most half as much again.

use std::hint::black_box;

use chrono::{DateTime, Utc};
use redletter::import::component::tree;
use redletter::import::encoding::decode;
use redletter::lint::{Options, lint};
use redletter::zone::Tzdb;

fn main() {
    divan::main();
}

/// A feed of events as ours have them; every tenth repeats.
fn feed(count: usize) -> Vec<u8> {
    let mut text = String::from(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//Calendar//EN\r\nMETHOD:PUBLISH\r\nBEGIN:VTIMEZONE\r\n\
         TZID:Europe/Madrid\r\nBEGIN:STANDARD\r\nDTSTART:19961027T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n\
         TZNAME:CET\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\n\
         DTSTART:19960331T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\n\
         RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n",
    );
    for number in 0..count {
        let (year, month, day) = (2024 + number % 5, 1 + number % 12, 1 + number % 28);
        text.push_str(&format!(
            "BEGIN:VEVENT\r\nUID:event-{number}@example.org\r\nDTSTAMP:20261120T120000Z\r\nCREATED:20261101T120000Z\r\n\
             SEQUENCE:{}\r\nSUMMARY:Forum on rents number {number}\\, with friends\r\n\
             DTSTART;TZID=Europe/Madrid:{year}{month:02}{day:02}T180000\r\n\
             DTEND;TZID=Europe/Madrid:{year}{month:02}{day:02}T200000\r\n\
             LOCATION:Casa del barrio\\, Calle de la Rosa 4\\, Madrid\\, Spain\r\nGEO:40.4;-3.7\r\n\
             DESCRIPTION:All who pay too much rent are welcome. Bring water\\, bread and you\r\n \
             r neighbours.\\n\\nWe speak about the law of housing\\, about what the house own\r\n \
             ers may ask\\, and about what we can do.\\n\\nhttps://example.org/forum/{number}\r\n\
             URL:https://example.org/forum/{number}\r\nCATEGORIES:Forum,housing\r\nSTATUS:CONFIRMED\r\n\
             TRANSP:TRANSPARENT\r\nCLASS:PUBLIC\r\n",
            number % 3
        ));
        if number % 10 == 0 {
            text.push_str("RRULE:FREQ=WEEKLY;COUNT=20\r\n");
        }
        text.push_str("END:VEVENT\r\n");
    }
    text.push_str("END:VCALENDAR\r\n");
    text.into_bytes()
}

#[divan::bench(args = [1_000, 50_000])]
fn read(bencher: divan::Bencher<'_, '_>, count: usize) {
    let bytes = feed(count);
    bencher.bench(|| {
        let decoded = decode(black_box(&bytes));
        tree(&decoded.text).components.len()
    });
}

#[divan::bench(args = [1_000, 50_000])]
fn judge(bencher: divan::Bencher<'_, '_>, count: usize) {
    let bytes = feed(count);
    let tzdb = Tzdb::bundled();
    let now: DateTime<Utc> = "2026-11-20T12:00:00Z".parse().expect("a time");
    let options = Options { tzdb: &tzdb, now, previous: None };
    bencher.bench(|| lint("feed.ics", black_box(&bytes).clone(), &options).diagnostics.len());
}
