//! The laws of `fuzz/laws.rs` on seeded mutations of `fuzz/corpus`: the same inputs in every run.

#[path = "../fuzz/laws.rs"]
mod laws;

use std::fs;
use std::path::Path;

/// Executions of a law. A page made by a template costs about a hundred times as much as the rest.
const EXECUTIONS: usize = 20_000;
const TEMPLATE_EXECUTIONS: usize = 2_000;

/// A generator of numbers that is the same in every run (xorshift64*).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % bound.max(1)
    }
}

/// What mutations put in: pieces that mean something to TOML, to times, or to a terminal.
const TOKENS: &[&str] = &[
    "\"",
    "'",
    "\"\"\"",
    "'''",
    "=",
    "[",
    "]",
    "[[event]]\n",
    "[defaults]\n",
    "{",
    "}",
    ",",
    "\n",
    "\r\n",
    "\r",
    "#",
    "\\",
    "\\u0000",
    "\\u202E",
    "\0",
    "\u{FEFF}",
    "“",
    "”",
    ":",
    ".",
    "-",
    "+",
    "_",
    "T",
    "Z",
    "24:00",
    "2026-02-30",
    "0000-00-00",
    "9999-12-31",
    "06/07/2023",
    "25:61",
    "PST",
    "CST",
    "Springfield",
    "noon",
    "midnight",
    "12 am",
    "İ",
    "ß",
    "é",
    "🚩",
    "٣",
    "1e400",
    "-0",
    "nan",
    "0x",
    "open",
    "local",
    "true",
    "P1D",
    "99999999999999999999",
    "javascript:",
    "https://",
    "event",
    "defaults",
    "start",
    "title",
    "March",
    "2 December 2026, 6 pm",
    "−07:00",
    "+15:59",
    "(",
    ")",
    "(+1)",
    " ",
];

/// Pieces that mean something to iCalendar, to rules, to queries and to templates.
const MORE: &[&str] = &[
    "BEGIN:VEVENT\r\n",
    "END:VEVENT\r\n",
    "RRULE:",
    ";",
    "\r\n ",
    "=\n",
    "^n",
    "%20",
    "&",
    "BYDAY=-5SU",
    "COUNT=0",
    "INTERVAL=4294967295",
    "UNTIL=00010101",
    "{{",
    "}}",
    "{% for x in range(1000000) %}",
    "{% endfor %}",
    "|indent(2000000000)",
    "\"x\" * 1000000000",
    "2026-12-02",
];

/// The seeds of a law, in the order of their names.
fn seeds(law: &str) -> Vec<Vec<u8>> {
    let folder = Path::new("fuzz/corpus").join(law);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).expect("a seed")).collect()
}

fn mutated(seed: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(bytes.len() + 1);
        match numbers.below(6) {
            0 if at < bytes.len() => bytes[at] = numbers.below(256) as u8,
            1 => {
                let end = (at + numbers.below(12)).min(bytes.len());
                bytes.drain(at..end);
            }
            2 => {
                let end = (at + numbers.below(40)).min(bytes.len());
                let copy = bytes[at..end].to_vec();
                let to = numbers.below(bytes.len() + 1);
                bytes.splice(to..to, copy);
            }
            kind => {
                let tokens = if kind == 3 { MORE } else { TOKENS };
                let token = tokens[numbers.below(tokens.len())];
                let end = (at + numbers.below(3)).min(bytes.len());
                bytes.splice(at..end, token.bytes());
            }
        }
    }
    bytes
}

/// Runs a law on its seeds and on mutations of them. The input of a failure is printed.
fn run(name: &str) {
    let (_, law) = laws::LAWS.into_iter().find(|(known, _)| *known == name).expect("a law");
    let seeds = seeds(name);
    let executions = if name == "template" { TEMPLATE_EXECUTIONS } else { EXECUTIONS };
    let mut numbers = Numbers(0x5EED_0001);
    for round in 0..executions {
        let seed = &seeds[round % seeds.len()];
        let input = if round < seeds.len() { seed.clone() } else { mutated(seed, &mut numbers) };
        let broken = std::panic::catch_unwind(|| law(&input)).is_err();
        assert!(!broken, "law `{name}`, execution {round}, on:\n{}", String::from_utf8_lossy(&input));
    }
}

macro_rules! laws {
    ($($test:ident $name:literal)*) => {
        $(#[test]
        fn $test() {
            run($name);
        })*

        #[test]
        fn every_law_runs_and_has_a_target() {
            let tested = [$($name),*];
            assert_eq!(laws::LAWS.map(|(name, _)| name), tested);
            let manifest = fs::read_to_string("fuzz/Cargo.toml").expect("a manifest");
            for name in tested {
                assert!(manifest.contains(&format!("name = \"{name}\"")), "fuzz/Cargo.toml has no target `{name}`");
                assert!(!seeds(name).is_empty());
            }
        }
    };
}

laws! {
    records "record"
    settings "settings"
    locks "lock"
    rules "rule"
    phrases "phrase"
    edits "edit"
    texts "text"
    sheets "sheet"
    queries "query"
    calendar_files "calendar-file"
    templates "template"
}
