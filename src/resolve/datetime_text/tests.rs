use super::*;

/// A short form of what was read, for comparison.
fn told(text: &str) -> String {
    told_in(text, "en")
}

/// The same in a language.
fn told_in(text: &str, language: &str) -> String {
    match read(text, Language::of(language)) {
        Ok(written) => {
            let mut out = Vec::new();
            if let Some(date) = written.date {
                let DateWords { year, month, day } = date.value;
                out.push(format!("{}-{month}-{day}", year.map_or("?".into(), |year| year.to_string())));
            }
            out.extend(written.relative.map(|relative| format!("{:?}", relative.value)));
            out.extend(written.weekday.map(|weekday| weekday.value.to_string()));
            out.extend(written.time.map(|time| match time.value {
                TimeOfDay::Clock(time) => time.format("%H:%M").to_string(),
                TimeOfDay::EndOfDay => "24:00".to_owned(),
                TimeOfDay::Midnight => "midnight".to_owned(),
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
        ("2026-12-02T16:00+01:00[Europe/Madrid][u-ca=gregory]", "2026-12-2 16:00 Europe/Madrid"),
        ("2026-12-02 1630", "2026-12-2 16:30"),
        ("2 Dec 2026, 16:00h", "2026-12-2 16:00"),
        ("2 Dec 2026, 18:00 hs", "2026-12-2 18:00"),
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
        ("2026-12-02 midi", "2026-12-2 12:00"),
        ("2026-12-02 mediodía", "2026-12-2 12:00"),
        ("2026-12-02 18h", "2026-12-2 18:00"),
        ("2026-12-02 18 h 30", "2026-12-2 18:30"),
        ("16.30 Madrid", "16:30 Madrid"),
        ("18.00 Madrid", "18:00 Madrid"),
        ("2 December 2026 18.10", "2026-12-2 18:10"),
        ("18.10, 2 December 2026", "2026-12-2 18:10"),
        ("friday 18.10", "Fri 18:10"),
        ("midnight 10 June 2023", "2023-6-10 midnight"),
        ("12 midnight", "midnight"),
        ("2026-12-02 00:00 midnight", "2026-12-2 00:00"),
        ("tomorrow 6pm", "Days(1) 18:00"),
        ("next friday", "Next Fri"),
        ("this friday at 18:00 in Lima", "This Fri 18:00 Lima"),
        ("Monday 14 December", "?-12-14 Mon"),
        ("02:00 next day", "02:00 (+1)"),
        ("２０２６-12-05 １８：００", "2026-12-5 18:00"),
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
        "18.10 Madrid",
        "5.12",
        "10 June 2023 16.30 17.30",
        "10 June 2023 4",
        "2023-06-10 25:00",
        "2023-06-10 13 pm",
        "16:00 17:00",
        "June 2023",
        "2023-06-10 2023-06-11",
        "10 June 2023 7 8",
    ] {
        assert!(read(text, Language::ENGLISH).is_err(), "{text} gave {}", told(text));
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
        ("11–1 pm Lima", "11 am Lima", "1 pm Lima"),
        ("10-2 am", "10 pm", "2 am"),
        ("12–2 pm", "12 pm", "2 pm"),
        ("from 6 to 8 pm", "from 6 pm", "from 8 pm"),
        ("30 November – 2 December 2026", "30 November 2026", "2 December 2026"),
        ("2026-12-30 – 2027-01-02", "2026-12-30", "2027-01-02"),
    ] {
        assert_eq!(
            range(text, Language::ENGLISH).map(|(_, ends)| ends),
            Some([first.to_owned(), last.to_owned()]),
            "{text}"
        );
    }
    for text in ["2026-12-02", "2026-12-02T16:00-07:00", "2 December 2026 – Madrid", "é–é", "–", "Port-au-Prince"]
    {
        assert_eq!(range(text, Language::ENGLISH), None, "{text}");
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
        // The half of the day behind the hour that waits for one.
        "0.20 D9م1م2",
        "0.20 D9pm1pm2",
        "9 D pm1 pm 2",
    ] {
        for language in Language::all() {
            if let Err(part) = read(text, language) {
                assert!(text.get(part.range.clone()).is_some(), "{:?} of {text}", part.range);
            }
            let _ = range(text, language);
        }
    }
}

#[test]
fn times_are_read_in_the_language_of_the_calendar() {
    for (language, text, expected) in [
        ("es", "5 de diciembre de 2026 a las 18:00", "2026-12-5 18:00"),
        ("es", "martes 18:00", "Tue 18:00"),
        ("es", "mar 1 dic 2026", "2026-12-1 Tue"),
        ("es", "2 mar 2027", "2027-3-2"),
        ("es", "5 de diciembre de 2026, 18:00 La Paz", "2026-12-5 18:00 La Paz"),
        ("es", "hoy a las 18.30", "Days(0) 18:30"),
        ("fr", "5 décembre 2026 à 18h", "2026-12-5 18:00"),
        ("fr", "samedi 5 DECEMBRE 2026 à 18 h 30", "2026-12-5 Sat 18:30"),
        ("fr", "1er mai 2027", "2027-5-1"),
        ("fr", "demain 18h30", "Days(1) 18:30"),
        ("de", "5. Dezember 2026 um 18 Uhr", "2026-12-5 18:00"),
        ("de", "Samstag, den 5. Dez. 2026, 16.30 Uhr", "2026-12-5 Sat 16:30"),
        ("de", "18:00 am 5. Dezember 2026", "2026-12-5 18:00"),
        ("pt", "sexta-feira, 4 de dezembro de 2026 às 18h", "2026-12-4 Fri 18:00"),
        ("it", "sabato 5 dicembre 2026 alle ore 18:00", "2026-12-5 Sat 18:00"),
        ("tr", "5 Aralık 2026 Cumartesi saat 18:00", "2026-12-5 Sat 18:00"),
        ("ru", "5 декабря 2026 г. в 18:00", "2026-12-5 18:00"),
        ("el", "Σάββατο 5 Δεκεμβρίου 2026, 6:00 μ.μ.", "2026-12-5 Sat 18:00"),
        ("ko", "2026년 12월 5일 토요일 오후 6시 30분", "2026-12-5 Sat 18:30"),
        ("zh", "2026年12月5日星期六 下午6点", "2026-12-5 Sat"),
        ("zh-TW", "2026年12月5日 下午6點", "2026-12-5 18:00"),
        ("ja", "2026年12月5日(土) 18時30分", "2026-12-5 Sat 18:30"),
        ("ar-EG", "السبت، ٥ ديسمبر ٢٠٢٦، ٦:٠٠ م", "2026-12-5 Sat 18:00"),
        ("he", "יום שבת, 5 בדצמבר 2026 בשעה 18:00", "2026-12-5 Sat 18:00"),
        ("es", "Saturday 5 December 2026, 6 pm", "2026-12-5 Sat 18:00"),
    ] {
        let told = told_in(text, language);
        assert!(told.starts_with(expected), "{language}: {text}: {told}");
    }
}

#[test]
fn what_is_printed_in_a_language_is_read_in_it() {
    use crate::language::DateStyle::{Day, DayYear, Heading, Long, Poster, Sentence, Short, ShortYear};
    let regions = ["en-US", "es-MX", "pt-BR", "fr-CA", "de-AT", "ar-EG", "ar-MA", "zh-TW", "zh-HK"];
    let all = Language::all().chain(regions.map(Language::of));
    for language in all {
        let first = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a date");
        for day in first.iter_days().take(366).step_by(5).chain([NaiveDate::from_ymd_opt(2026, 1, 31).expect("a date")])
        {
            for style in [Heading, Sentence, Long, Poster, Short, ShortYear, Day, DayYear] {
                let text = language.date(style, day);
                let has_weekday = !matches!(style, Day | DayYear);
                let has_year = !matches!(style, Poster | Short | Day);
                let read = read(&text, language).unwrap_or_else(|part| panic!("{language}: {text}: {part:?}"));
                let shown = format!("{language}: {text}: {read:?}");
                let meant = read.day(day).unwrap_or_else(|| panic!("{shown}"));
                assert_eq!((meant.date, meant.is_assumed), (day, !has_year), "{shown}");
                let weekday = read.weekday.map(|part| part.value);
                assert_eq!(weekday, has_weekday.then(|| chrono::Datelike::weekday(&day)), "{shown}");
                assert_eq!((read.zone, read.time), (None, None), "{text}");
            }
        }
        for hour in 0..24 {
            let time = NaiveTime::from_hms_opt(hour, 30, 0).expect("a time");
            let text = format!("2026-12-05 {}", language.time(time));
            let read = read(&text, language).unwrap_or_else(|part| panic!("{language}: {text}: {part:?}"));
            assert_eq!(read.time.map(|part| part.value), Some(TimeOfDay::Clock(time)), "{language}: {text}");
        }
    }
}

#[test]
fn the_iranian_date_beside_must_be_the_same_day() {
    assert_eq!(told_in("۵ دسامبر ۲۰۲۶ (۱۴ آذر ۱۴۰۵) ساعت ۱۸:۰۰", "fa"), "2026-12-5 18:00");
    assert!(read("۵ دسامبر ۲۰۲۶ (۱۵ آذر ۱۴۰۵)", Language::of("fa")).is_err());
}
