//! Writes a synthetic calendar of any size, for benchmarks and for trying things at scale.
//!
//! ```text
//! cargo run --release --example generate -- COUNT DIR [--one-file] [--repeats]
//! ```
//!
//! DIR must be empty or absent. It receives a `calendar.toml` and COUNT events, one a file in `events/NNN/`, 1,000 files a
//! folder; or, with `--one-file`, the same events as `[[event]]` tables of `events/all.toml`.
//!
//! An event is about 690 bytes, as a table with its `id` 730: a title with some non-ASCII, a description of 300 characters, place, page, three tags, one of
//! twelve zones, a date from 2024 to 2028. 10 % are all-day and 2 % cancelled; with `--repeats` 10 % repeat by the week
//! or month, and are otherwise the same events.
//!
//! The bytes are a function of the arguments. Event number *n* is the same in every calendar that has it, so a smaller
//! calendar is the beginning of a larger one.
//!
//! What surprises: times are written with seconds, which TOML 1.1 no longer asks for, so that tools with a reader of TOML 1.0
//! can be measured on the same files; and hours lie between 9:00 and 21:59, far from any change of clocks.

use std::env;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "usage: generate COUNT DIR [--one-file] [--repeats]";

const EVENTS_PER_FOLDER: u32 = 1000;
const DESCRIPTION_CHARACTERS: usize = 300;
const YEARS: std::ops::RangeInclusive<u32> = 2024..=2028;

/// Zone, country, and three cities in it.
const ZONES: [(&str, &str, [&str; 3]); 12] = [
    ("America/Los_Angeles", "US", ["Los Angeles", "Oakland", "Seattle"]),
    ("America/New_York", "US", ["New York", "Boston", "Philadelphia"]),
    ("America/Mexico_City", "MX", ["Ciudad de México", "Puebla", "Querétaro"]),
    ("America/Sao_Paulo", "BR", ["São Paulo", "Belo Horizonte", "Florianópolis"]),
    ("Europe/London", "GB", ["London", "Glasgow", "Cardiff"]),
    ("Europe/Madrid", "ES", ["Madrid", "Málaga", "Zaragoza"]),
    ("Europe/Athens", "GR", ["Αθήνα", "Θεσσαλονίκη", "Πάτρα"]),
    ("Africa/Johannesburg", "ZA", ["Johannesburg", "Durban", "Cape Town"]),
    ("Asia/Tehran", "IR", ["تهران", "اصفهان", "شیراز"]),
    ("Asia/Kolkata", "IN", ["Mumbai", "Kolkata", "Chennai"]),
    ("Asia/Seoul", "KR", ["서울", "부산", "광주"]),
    ("Australia/Sydney", "AU", ["Sydney", "Newcastle", "Wollongong"]),
];

/// Kind, the word for it in a title, and the word for it in an id.
const KINDS: [(&str, &str, &str); 8] = [
    ("protest", "March", "march"),
    ("protest", "Manifestación", "manifestacion"),
    ("strike", "Strike", "strike"),
    ("forum", "Open forum", "forum"),
    ("meeting", "Assemblée", "assemblee"),
    ("conference", "Conference", "conference"),
    ("vigil", "Vigil", "vigil"),
    ("commemoration", "Commemoration", "commemoration"),
];

const CAUSES: [(&str, &str); 10] = [
    ("affordable housing", "housing"),
    ("clean water and clean air", "environment"),
    ("safety at work", "safety"),
    ("public health care", "health-care"),
    ("higher wages – now", "wages"),
    ("schools for everyone", "education"),
    ("peace", "peace"),
    ("the right to stay", "migration"),
    ("free buses & trams", "transport"),
    ("an end to discrimination", "equality"),
];

const TAGS: [&str; 12] = [
    "unions",
    "youth",
    "students",
    "tenants",
    "nurses",
    "teachers",
    "dockers",
    "farmers",
    "neighbours",
    "artists",
    "drivers",
    "pensioners",
];

const PLACES: [&str; 8] = [
    "Town Hall",
    "Central Station, north entrance",
    "Plaza Mayor",
    "Trades Hall",
    "University, main building",
    "Café Zürich",
    "Harbour gate 4",
    "People's Park",
];

const SENTENCES: [&str; 12] = [
    "We meet at the fountain and leave half an hour later.",
    "Bring water, a hat and something that makes a noise.",
    "Speakers from three workplaces report on the last month.",
    "The route is flat and has no steps; stewards wear green vests.",
    "Translation into Spanish, Arabic and Korean is on channel two.",
    "Childcare is offered; please write to us two days before.",
    "*Everyone* is welcome: members, neighbours, visitors.",
    "The programme is on [our page](https://example.org/programme).",
    "A collection is taken for the families; there is soup – and music by Les Éclairs.",
    "If it rains, we move into the hall across the street.",
    "Please keep the tram line free; the last tram leaves at 23:40.",
    "Minutes of the last assembly, with all votes, hang at the door.",
];

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const ORDINALS: [&str; 4] = ["1st", "2nd", "3rd", "4th"];

fn main() -> ExitCode {
    let wish = match Wish::from_arguments(env::args().skip(1)) {
        Ok(wish) => wish,
        Err(problem) => {
            eprintln!("generate: {problem}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match wish.fulfil() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("generate: {}: {problem}", wish.folder.display());
            ExitCode::from(2)
        }
    }
}

/// What the command line asks for.
struct Wish {
    count: u32,
    folder: PathBuf,
    one_file: bool,
    repeats: bool,
}

impl Wish {
    fn from_arguments(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let (mut one_file, mut repeats, mut plain) = (false, false, Vec::new());
        for argument in arguments {
            match argument.as_str() {
                "--one-file" => one_file = true,
                "--repeats" => repeats = true,
                option if option.starts_with('-') => return Err(format!("unknown option `{option}`")),
                _ => plain.push(argument),
            }
        }
        let [count, folder] = <[String; 2]>::try_from(plain).map_err(|_| "expected COUNT and DIR".to_string())?;
        let count = count.parse().map_err(|_| format!("expected a number of events, found `{count}`"))?;
        Ok(Wish { count, folder: folder.into(), one_file, repeats })
    }

    fn fulfil(&self) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        if fs::read_dir(&self.folder)?.next().is_some() {
            return Err(io::Error::new(io::ErrorKind::DirectoryNotEmpty, "the folder is not empty"));
        }
        fs::write(self.folder.join("calendar.toml"), CALENDAR)?;
        let events = self.folder.join("events");
        fs::create_dir(&events)?;
        if self.one_file { self.write_one_file(&events) } else { self.write_many_files(&events) }
    }

    fn write_one_file(&self, events: &Path) -> io::Result<()> {
        let mut file = BufWriter::new(File::create_new(events.join("all.toml"))?);
        for number in 0..self.count {
            let event = Event::new(number);
            if number > 0 {
                writeln!(file)?;
            }
            write!(file, "[[event]]\nid = \"{}\"\n{}", event.id(), event.toml(self.repeats))?;
        }
        file.flush()
    }

    fn write_many_files(&self, events: &Path) -> io::Result<()> {
        let mut folder = PathBuf::new();
        for number in 0..self.count {
            if number % EVENTS_PER_FOLDER == 0 {
                folder = events.join(format!("{:03}", number / EVENTS_PER_FOLDER));
                fs::create_dir(&folder)?;
            }
            let event = Event::new(number);
            fs::write(folder.join(format!("{}.toml", event.id())), event.toml(self.repeats))?;
        }
        Ok(())
    }
}

const CALENDAR: &str = r#"title    = "Synthetic events"
domain   = "example.org"
timezone = "Europe/Madrid"
language = "en"
"#;

/// One event, drawn at random from the tables above.
struct Event {
    number: u32,
    kind: (&'static str, &'static str, &'static str),
    cause: (&'static str, &'static str),
    zone: &'static str,
    country: &'static str,
    city: &'static str,
    place: &'static str,
    house: u32,
    date: (u32, u32, u32),
    time: Time,
    cancelled: bool,
    repeat: Option<Repeat>,
    tags: [&'static str; 2],
    description: String,
}

enum Time {
    /// With a number of days.
    AllDay(u32),
    /// Hour, minute, and length in minutes.
    At(u32, u32, u32),
}

enum Repeat {
    Weekly,
    Monthly,
}

impl Event {
    fn new(number: u32) -> Self {
        let mut random = SplitMix64::for_event(number);
        let (zone, country, cities) = random.pick(&ZONES);
        let month = 1 + random.below(12);
        Event {
            number,
            kind: random.pick(&KINDS),
            cause: random.pick(&CAUSES),
            zone,
            country,
            city: random.pick(&cities),
            place: random.pick(&PLACES),
            house: 1 + random.below(250),
            // Up to the 28th, which every month has and which lies in one of four whole weeks.
            date: (YEARS.start() + random.below(YEARS.end() - YEARS.start() + 1), month, 1 + random.below(28)),
            time: if random.below(100) < 10 {
                Time::AllDay(1 + random.below(3))
            } else {
                Time::At(9 + random.below(13), 15 * random.below(4), 30 * (1 + random.below(6)))
            },
            cancelled: random.below(100) < 2,
            repeat: match random.below(100) {
                0..5 => Some(Repeat::Weekly),
                5..10 => Some(Repeat::Monthly),
                _ => None,
            },
            tags: {
                // Two that differ: the second is some steps further round the table.
                let first = random.below(TAGS.len() as u32) as usize;
                let step = 1 + random.below(TAGS.len() as u32 - 1) as usize;
                [TAGS[first], TAGS[(first + step) % TAGS.len()]]
            },
            description: description(&mut random),
        }
    }

    /// Unique, and a valid name of a file and of an event.
    fn id(&self) -> String {
        format!("{}-{}-{:06}", self.kind.2, self.cause.1, self.number)
    }

    /// The record, without `id`.
    fn toml(&self, repeats: bool) -> String {
        let mut toml = String::with_capacity(1024);
        self.write(&mut toml, repeats).expect("a String takes any text");
        toml
    }

    fn write(&self, toml: &mut String, repeats: bool) -> std::fmt::Result {
        let Event { kind: (kind, word, _), cause: (cause, tag), city, place, .. } = self;
        let (year, month, day) = self.date;
        writeln!(toml, "title = \"{word} for {cause}, {city}\"")?;
        writeln!(toml, "kind = \"{kind}\"")?;
        match self.time {
            Time::AllDay(1) => writeln!(toml, "start = {year}-{month:02}-{day:02}")?,
            Time::AllDay(days) => writeln!(toml, "start = {year}-{month:02}-{day:02}\nduration = \"{days}d\"")?,
            Time::At(hour, minute, length) => {
                writeln!(
                    toml,
                    "start = {year}-{month:02}-{day:02}T{hour:02}:{minute:02}:00\nduration = \"{length}m\""
                )?;
            }
        }
        writeln!(toml, "timezone = \"{}\"", self.zone)?;
        match self.repeat {
            Some(Repeat::Weekly) if repeats => writeln!(toml, "repeat = \"weekly\"\ncount = 26")?,
            Some(Repeat::Monthly) if repeats => {
                let ordinal = ORDINALS[(day as usize - 1) / 7];
                let weekday = WEEKDAYS[weekday(year, month, day)];
                writeln!(toml, "repeat = \"every month on the {ordinal} {weekday}\"\nuntil = {}-12-31", year + 1)?;
            }
            _ => {}
        }
        if self.cancelled {
            writeln!(toml, "status = \"cancelled\"")?;
        }
        writeln!(toml, "description = \"{}\"", self.description)?;
        writeln!(toml, "url = \"https://example.org/events/{year}/{month:02}/{day:02}/{}\"", self.id())?;
        writeln!(toml, "tags = [\"{tag}\", \"{}\", \"{}\"]", self.tags[0], self.tags[1])?;
        writeln!(
            toml,
            "location = {{ name = \"{place}\", address = \"Union Street {}\", city = \"{city}\", country = \"{}\" }}",
            self.house, self.country
        )
    }
}

/// Sentences in random order, cut to the exact length.
fn description(random: &mut SplitMix64) -> String {
    let mut text = String::with_capacity(2 * DESCRIPTION_CHARACTERS);
    while text.chars().count() < DESCRIPTION_CHARACTERS {
        text.push_str(random.pick(&SENTENCES));
        text.push(' ');
    }
    let mut cut: String = text.chars().take(DESCRIPTION_CHARACTERS - 1).collect();
    cut.push('.');
    cut
}

/// Days since Monday, by Zeller's congruence.
fn weekday(year: u32, month: u32, day: u32) -> usize {
    let (year, month) = if month < 3 { (year - 1, month + 12) } else { (year, month) };
    let since_saturday = day + 13 * (month + 1) / 5 + year + year / 4 - year / 100 + year / 400;
    ((since_saturday + 5) % 7) as usize
}

/// The generator of Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
struct SplitMix64(u64);

impl SplitMix64 {
    /// One of its own for each event, so that an event does not depend on those before it.
    fn for_event(number: u32) -> Self {
        // Two steps away from the plain number: neighbours then have nothing in common.
        SplitMix64(SplitMix64(u64::from(number)).next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// 0 to `bound` − 1, which is small enough that the bias does not show.
    fn below(&mut self, bound: u32) -> u32 {
        (((self.next() >> 32) * u64::from(bound)) >> 32) as u32
    }

    fn pick<T: Copy>(&mut self, table: &[T]) -> T {
        table[self.below(table.len() as u32) as usize]
    }
}
