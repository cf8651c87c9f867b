use super::*;

/// A short form of what was read, for comparison.
fn told(text: &str) -> String {
    match read(text) {
        Ok(written) => {
            let mut out = Vec::new();
            if let Some(date) = written.date {
                let DateWords { year, month, day } = date.value;
                out.push(format!("{}-{month}-{day}", year.map_or("?".into(), |year| year.to_string())));
            }
            out.extend(written.weekday.map(|weekday| weekday.value.to_string()));
            out.extend(written.time.map(|time| match time.value {
                TimeOfDay::Clock(time) => time.format("%H:%M").to_string(),
                TimeOfDay::EndOfDay => "24:00".to_owned(),
            }));
            out.extend(written.zone.map(|zone| match zone.value {
                ZoneWords::Offset(offset) => offset.to_string(),
                ZoneWords::Words(words) => words,
            }));
            out.extend(written.day_shift.map(|shift| format!("({:+})", shift.value)));
            out.join(" ")
        }
        Err(part) => format!("{:?}: {:?}", &text[part.range], part.value),
    }
}

#[test]
fn reads_what_posters_say() {
    for (text, expected) in [
        ("2023-06-10 16:00", "2023-6-10 16:00"),
        ("2023-06-10 4:00 pm", "2023-6-10 16:00"),
        ("2023-06-10 16:00 PDT", "2023-6-10 16:00 PDT"),
        ("Saturday 10 June 2023, 4 pm Los Angeles", "2023-6-10 Sat 16:00 Los Angeles"),
        ("June 10th, 2023 at 4:30 p. m. Pacific Time (US & Canada)", "2023-6-10 16:30 Pacific Time"),
        ("2023-06-10T16:00-07:00", "2023-6-10 16:00 -07:00"),
        ("2023-06-10T23:00Z", "2023-6-10 23:00 +00:00"),
        ("10 June 2023 16h30 UTC+2", "2023-6-10 16:30 +02:00"),
        ("2023-06-10 noon America/Los_Angeles", "2023-6-10 12:00 America/Los_Angeles"),
        ("2022-11-09 24:00", "2022-11-9 24:00"),
        ("21:00 Toronto", "21:00 Toronto"),
        ("Sat 10 June · 00:00 London (+1)", "?-6-10 Sat 00:00 London (+1)"),
        ("12 am London", "00:00 London"),
        ("12 noon London", "12:00 London"),
        ("2023-06-10 23:00Z", "2023-6-10 23:00 +00:00"),
        ("2023-06-10 16:00+02:00", "2023-6-10 16:00 +02:00"),
        ("1 May 2026", "2026-5-1"),
        ("2 December 2026, 4.30pm", "2026-12-2 16:30"),
        ("2 December 2026, 4.30 p.m. Lima", "2026-12-2 16:30 Lima"),
        ("2 December 2026, 16.30 Uhr", "2026-12-2 16:30"),
        ("2 December 2026, 18 Uhr", "2026-12-2 18:00"),
        ("2026-12-02 12:00 noon", "2026-12-2 12:00"),
        ("2026-12-02 18h", "2026-12-2 18:00"),
        ("2026-12-02T16:00-05:00[America/Lima]", "2026-12-2 16:00 America/Lima"),
        ("2026-12-02T16:00[America/Lima]", "2026-12-2 16:00 America/Lima"),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn refuses_what_reads_two_ways() {
    for text in [
        "06/07/2023 16:00",
        "6.7.2023",
        "18:00-20:00 Madrid",
        "22:00-02:00",
        "18.00 Madrid",
        "midnight 10 June 2023",
        "10 June 2023 4",
        "2023-06-10 25:00",
        "2023-06-10 13 pm",
        "16:00 17:00",
        "June 2023",
        "2023-06-10 2023-06-11",
        "10 June 2023 7 8",
    ] {
        assert!(read(text).is_err(), "{text} gave {}", told(text));
    }
    assert!(told("06/07/2023").contains("AmbiguousDate([2023-07-06, 2023-06-07])"));
}

#[test]
fn ranges_have_two_ends() {
    for (text, first, last) in [
        ("2 December 2026, 6–8 pm", "2 December 2026, 6 pm", "2 December 2026, 8 pm"),
        ("2026-12-02 18:00-20:00 Madrid", "2026-12-02 18:00 Madrid", "2026-12-02 20:00 Madrid"),
        ("2–4 December 2026", "2 December 2026", "4 December 2026"),
        ("10 am – 1 pm", "10 am", "1 pm"),
    ] {
        assert_eq!(range(text).map(|(_, ends)| ends), Some([first.to_owned(), last.to_owned()]), "{text}");
    }
    for text in ["2026-12-02", "2026-12-02T16:00-07:00", "2 December 2026 – Madrid", "é–é", "–", "Port-au-Prince"]
    {
        assert_eq!(range(text), None, "{text}");
    }
}

#[test]
fn no_text_panics() {
    for text in [
        "",
        " ",
        "-",
        "T",
        "(",
        "(+",
        "é:é",
        "9999999999999",
        "+é",
        "1:é",
        "２０２３-06-10",
        "UTC+é",
        "--",
        "p. m.",
        "a.m.",
    ] {
        let _ = read(text);
    }
}
