//! How long it takes to read and judge records that are in memory: `cargo bench --bench load`.

use std::fmt::Write;

use chrono::{DateTime, Utc};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use redletter::calendar::{Settings, load};
use redletter::record::Record;
use redletter::resolve::local::{self, Parent, Taken};
use redletter::zone::Tzdb;

const ZONES: [&str; 4] = ["America/Los_Angeles", "Europe/Madrid", "Asia/Kolkata", "Australia/Sydney"];

fn main() {
    divan::main();
}

fn now() -> DateTime<Utc> {
    "2026-01-01T00:00:00Z".parse().expect("an instant")
}

/// One file of `[[event]]` tables like those of `examples/generate.rs`: about 740 bytes each, a tenth all-day.
fn text(count: usize) -> String {
    let sentence = "People meet at the square, bring signs and water; the march leaves at noon. ";
    let mut text = String::new();
    for number in 0..count {
        let (month, day, hour) = (1 + number % 12, 1 + number % 28, 9 + number % 13);
        let start = if number % 10 == 0 { String::new() } else { format!("T{hour:02}:30:00") };
        let zone = ZONES[number % ZONES.len()];
        write!(
            text,
            "[[event]]\nid = \"march-{number:06}\"\ntitle = \"Manifestación número {number}: jornada de acción\"\n\
             kind = \"protest\"\nstart = 2026-{month:02}-{day:02}{start}\ntimezone = \"{zone}\"\n\
             description = \"{}\"\nurl = \"https://example.org/events/2026/{number}\"\n\
             tags = [\"housing\", \"unions\", \"tenants\"]\n\
             location = {{ name = \"Plaza Mayor\", address = \"Calle Larga 12\", city = \"Málaga\" }}\n\n",
            sentence.repeat(4)
        )
        .expect("a String takes all");
    }
    text
}

fn judge(bencher: Bencher<'_, '_>, text: &str, count: usize, alone: bool) {
    let (settings, tzdb) = (Settings::default(), Tzdb::bundled());
    let context = load::context(&settings, &tzdb, now());
    let bencher = bencher.counter(BytesCount::of_str(text)).counter(ItemsCount::new(count));
    bencher.bench_local(|| {
        let (judged, findings) = load::judge_text("events/all.toml", text, &context, alone);
        assert!(judged.len() == count && findings.is_empty());
        judged
    });
}

#[divan::bench(args = [1_000, 10_000], sample_count = 20)]
fn one_thread(bencher: Bencher<'_, '_>, count: usize) {
    judge(bencher, &text(count), count, false);
}

#[divan::bench(args = [1_000, 10_000], sample_count = 20)]
fn all_threads(bencher: Bencher<'_, '_>, count: usize) {
    judge(bencher, &text(count), count, true);
}

/// A sheet of local events like those that a campaign collects.
fn sheet(count: usize) -> String {
    let places =
        [("Havana", "CU", ""), ("Seoul", "KR", ""), ("Chicago", "US", "America/Chicago"), ("Athens", "GR", "")];
    let mut text = String::from("city,country,start,end,timezone,location.name,url,tags\n");
    for number in 0..count {
        let (city, country, zone) = places[number % places.len()];
        let hour = 9 + number % 10;
        writeln!(
            text,
            "{city} {number},{country},{hour}:00,{}:30,{zone},\"Main square, {number}\",https://example.org/{number},peace; unions",
            hour + 2
        )
        .expect("a String takes all");
    }
    text
}

/// Rows into events; the budget is 20 ms for 500 beyond reading the file.
#[divan::bench(args = [500, 5_000], sample_count = 20)]
fn local_events_of_a_sheet(bencher: Bencher<'_, '_>, count: usize) {
    let (settings, tzdb) = (Settings::default(), Tzdb::bundled());
    let context = load::context(&settings, &tzdb, now());
    let record =
        "id = \"day\"\ntitle = \"Day of action\"\nkind = \"action-day\"\nstart = 2026-03-02\nlocals = \"day.csv\"\n";
    let (days, _) = load::judge_text("events/day.toml", record, &context, false);
    let sheet = sheet(count);
    bencher.counter(ItemsCount::new(count)).bench_local(|| {
        let mut findings = Vec::new();
        let tables = redletter::record::sheet::read(&sheet, None, &mut findings);
        let parent = Parent::new(&Record::default(), &days[0], &context);
        let judged = local::locals(&tables, &parent, &context, &mut Taken::default(), |row| row, &mut findings);
        assert!(judged.len() == count && findings.is_empty());
        judged
    });
}

#[divan::bench(sample_count = 100)]
fn a_megabyte_of_description(bencher: Bencher<'_, '_>) {
    let description = "word, *word*;\n".repeat(75_000);
    let text =
        format!("title = \"Forum\"\nkind = \"forum\"\nstart = 2026-06-10\ndescription = '''\n{description}'''\n");
    judge(bencher, &text.replacen("title", "id = \"forum\"\ntitle", 1), 1, false);
}
