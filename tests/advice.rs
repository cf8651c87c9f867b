//! Advice that can be followed: records that are broken by typical mistakes are mended by fixes and help texts in random
//! order, until nothing is left to follow. The event is then the one that was broken, or errors are left and every word is
//! still there.

use std::fs;
use std::path::Path;

use redletter::calendar;
use redletter::diagnostic::Diagnostic;
use redletter::zone::Tzdb;

const RECORDS: [&str; 3] = [
    r#"title = "March for water"
kind = "protest"
start = 2026-12-13T11:00
end = "13:30"
tags = ["water", "housing"]
location = { city = "Lima", country = "PE" }
url = "https://example.org/water"
contact = "0123 456"
"#,
    r#"title = "Forum on rents"
kind = "forum"
start = 2027-03-20T18:30
duration = "1h30m"
timezone = "Europe/Madrid"
description = "Three speakers"
organizers = ["Tenants union"]
location = { lat = 40.45, lon = -3.76 }
"#,
    r#"title = "Strike day"
kind = "strike"
start = 2027-05-01
status = "cancelled"
language = "es"
note = "Permit asked for"
"#,
];

/// A mistake: a text of a record, and what a person writes in its place.
const MISTAKES: &[(&str, &str)] = &[
    ("start = 2026-12-13T11:00", "date = \"13 Dec 2026\"\ntime = \"11:00\""),
    ("start = 2026-12-13T11:00", "day = 2026-12-13\nhour = \"11h\""),
    ("start = 2026-12-13T11:00", "time = 11:00\ndate = 2026-12-13"),
    ("start = 2026-12-13T11:00", "fecha = \"2026-12-13\"\nhora = \"11h00\""),
    ("start = 2026-12-13T11:00", "start = 2026-12-13\ntime = \"11:00\""),
    ("start = 2026-12-13T11:00", "start = \"11:00\"\ndate = 2026-12-13"),
    ("start = 2026-12-13T11:00", "date = \"Sunday 13 December 2026\"\nfrom = \"11:00\""),
    ("start = 2026-12-13T11:00", "start = 2026-12-13 11am"),
    ("start = 2026-12-13T11:00", "start = 13 December 2026, 11 am"),
    ("start = 2026-12-13T11:00", "start: 2026-12-13T11:00"),
    ("start = 2026-12-13T11:00", "start = \"2026-12-13\" 11:00"),
    ("start = 2026-12-13T11:00", "begins = 2026-12-13T11:00"),
    ("start = 2027-03-20T18:30", "datum = \"20 March 2027\"\nuhrzeit = \"18:30 Uhr\""),
    ("start = 2027-03-20T18:30", "start = 2027-03-20T18:30,"),
    ("start = 2027-05-01", "date = 2027-05-01"),
    ("end = \"13:30\"", "end_time = 13:30"),
    ("end = \"13:30\"", "to = \"13:30\""),
    ("title = ", "summary = "),
    ("title = ", "titel = "),
    ("title = \"March for water\"", "title = March for water"),
    ("title = \"March for water\"", "title = “March for water”"),
    ("title = \"March for water\"", "title = \"March for water"),
    ("title = \"Forum on rents\"", "title: Forum on rents"),
    ("title = \"Forum on rents\"", "title \"Forum on rents\""),
    ("kind = \"protest\"", "kind = \"protst\""),
    ("kind = \"forum\"", "kind = Forum"),
    ("tags = [\"water\", \"housing\"]", "categories = [\"water\" \"housing\"]"),
    ("tags = [\"water\", \"housing\"]", "tags = [\"water\", \"housing\""),
    ("location = { city = \"Lima\", country = \"PE\" }", "city = \"Lima\"\ncountry = \"PE\""),
    ("location = { city = \"Lima\", country = \"PE\" }", "ciudad = \"Lima\"\ncountry = \"Peru\""),
    ("country = \"PE\"", "country = \"pe\""),
    ("https://example.org/water", "example.org/water"),
    ("url = ", "website = "),
    ("contact = \"0123 456\"", "contact = 0123 456"),
    ("duration = \"1h30m\"", "duration = \"1.5 hours\""),
    ("duration = \"1h30m\"", "length = 1h30m"),
    ("timezone = \"Europe/Madrid\"", "tz = \"europe/madrid\""),
    ("description = ", "details = "),
    ("organizers = [\"Tenants union\"]", "organiser = \"Tenants union\""),
    ("location = { lat = 40.45, lon = -3.76 }", "[location]\nlat = 40,45\nlon = -3,76"),
    ("status = \"cancelled\"", "status = \"canceled\""),
    ("language = \"es\"", "lang = \"spanish\""),
    ("note = ", "comment = "),
];

/// Numbers that look random, by a seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

fn judged(root: &Path, text: &str) -> (Vec<Diagnostic>, Option<String>) {
    fs::write(root.join("events/x.toml"), text).expect("a file");
    let now = "2026-11-20T12:00:00Z".parse().expect("a time");
    let loaded = calendar::load(root, &Tzdb::bundled(), now).expect("a calendar");
    let event = loaded.calendar.events.first().map(|event| format!("{event:?}"));
    (loaded.diagnostics, event)
}

/// The texts that following one piece of advice gives.
fn followed(text: &str, diagnostics: &[Diagnostic]) -> Vec<String> {
    let mut all = Vec::new();
    for diagnostic in diagnostics {
        let finding = &diagnostic.finding;
        if let Some(fix) = &finding.fix {
            let mut new = text.to_owned();
            fix.edits().into_iter().rev().for_each(|(span, with)| new.replace_range(span.range(), with));
            all.push(new);
        }
        for help in &finding.help {
            let line = diagnostic.source.lines_around(finding.span);
            if help.contains("delete this line") {
                if !help.contains("if ") && !help.contains("write ") {
                    let mut new = text.to_owned();
                    new.replace_range(line.clone(), "");
                    all.push(new);
                }
            } else if let Some(code) = help.strip_prefix("write `").and_then(|rest| rest.strip_suffix('`')) {
                let mut new = text.to_owned();
                let range = if code.contains(" = ") && !code.starts_with(['"', '[', '{']) {
                    line
                } else {
                    finding.span.range()
                };
                new.replace_range(range, code);
                all.push(new);
            } else if let Some(code) = help.strip_prefix("did you mean `").and_then(|rest| rest.strip_suffix("`?")) {
                let old = &text[finding.span.range()];
                let code = if old.starts_with('"') && !code.starts_with('"') {
                    format!("\"{code}\"")
                } else {
                    code.to_owned()
                };
                let mut new = text.to_owned();
                new.replace_range(finding.span.range(), &code);
                all.push(new);
            }
        }
    }
    all.retain(|new| new != text);
    all
}

/// Whether a word stands in a text of the record that nothing rewrites.
fn is_of_value(record: &str, word: &str) -> bool {
    let texts = record.split('"').skip(1).step_by(2);
    word.len() > 3
        && word.chars().all(char::is_alphabetic)
        && texts.flat_map(str::split_whitespace).any(|one| one == word)
}

#[test]
fn following_advice_in_any_order_loses_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("events")).expect("a folder");
    let settings = "title = \"T\"\ndomain = \"example.org\"\ntimezone = \"America/Lima\"\n";
    fs::write(folder.path().join("calendar.toml"), settings).expect("settings");
    let mut dice = Dice(20_261_128);
    let (mut mended, mut rounds) = (0, 0);
    let (mut wrong, mut unmended) = (Vec::new(), Vec::new());
    for record in RECORDS {
        let (_, right) = judged(folder.path(), record);
        let right = right.expect("a sound record");
        let fitting: Vec<_> = MISTAKES.iter().filter(|(from, _)| record.contains(from)).collect();
        for number in 0..fitting.len() * 3 {
            let mut text = record.to_owned();
            // Each mistake once by itself, then with others.
            let (from, to) = fitting[number % fitting.len()];
            text = text.replacen(from, to, 1);
            for _ in 0..number / fitting.len() {
                let (from, to) = fitting[dice.below(fitting.len())];
                text = text.replacen(from, to, 1);
            }
            let broken = text.clone();
            rounds += 1;
            let mut steps = 0;
            let (left, event) = loop {
                let (diagnostics, event) = judged(folder.path(), &text);
                let next = followed(&text, &diagnostics);
                if next.is_empty() || steps == 30 {
                    break (diagnostics, event);
                }
                text = next[dice.below(next.len())].clone();
                steps += 1;
            };
            let is_left = left.iter().any(|diagnostic| diagnostic.finding.is_error());
            match event {
                Some(event) if event == right => mended += 1,
                Some(event) => {
                    wrong.push(format!("-- broken:\n{broken}-- followed:\n{text}-- is:\n{event}\n-- was:\n{right}"));
                }
                None if is_left => {
                    let quoted = broken.split(['"', '“', '”', '=', ':', ',']).flat_map(|part| part.split_whitespace());
                    let lost: Vec<&str> =
                        quoted.filter(|word| is_of_value(record, word) && !text.contains(*word)).collect();
                    if !lost.is_empty() {
                        wrong.push(format!("-- lost {lost:?}\n-- broken:\n{broken}-- followed:\n{text}"));
                    }
                    let messages: Vec<String> =
                        left.iter().map(|one| format!("{}: {:?}", one.finding.message, one.finding.help)).collect();
                    unmended.push(format!("-- broken:\n{broken}-- left:\n{text}-- {}", messages.join("\n-- ")));
                }
                None => wrong.push(format!("-- no event and no error:\n{text}")),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(mended * 10 >= rounds * 9, "only {mended} of {rounds} records were mended\n{}", unmended.join("\n"));
}
