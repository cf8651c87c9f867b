//! No withheld value in a public byte.
//!
//! Calendars with random secrets in every place that is not for all are shown in every way there is, right records and
//! broken ones, and every byte is searched: raw, and as whatever reads it may decode it. The search itself is tested too:
//! a test that finds nothing must be one that could.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use percent_encoding::percent_decode_str;
use redletter::cli::{self, Environment, World};

#[expect(dead_code, reason = "the records of other tests")]
mod records;

use records::Random;

/// The secret of the members.
const MEMBERS: &str = "b7e23ec29af22b0b4e41da31e868d572";

/// Characters of a secret that are looked for in one piece: also a text that was cut short tells too much.
const PIECE: usize = 8;

/// What must not be seen.
#[derive(Default)]
struct Secrets {
    /// By nobody who is not a member.
    withheld: Vec<String>,
    /// By nobody who has no file.
    notes: Vec<String>,
}

fn token(random: &mut Random, letters: &str, length: usize) -> String {
    let letters: Vec<char> = letters.chars().collect();
    (0..length).map(|_| letters[random.below(letters.len() as u64) as usize]).collect()
}

const LETTERS: &str = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

impl Secrets {
    fn word(&mut self, random: &mut Random) -> String {
        let length = 12 + random.below(80) as usize;
        self.kept(token(random, LETTERS, length))
    }

    fn digits(&mut self, random: &mut Random, length: usize) -> String {
        self.kept(token(random, "123456789", length))
    }

    fn kept(&mut self, secret: String) -> String {
        self.withheld.push(secret.clone());
        secret
    }

    fn note(&mut self, random: &mut Random) -> String {
        let note = token(random, LETTERS, 40);
        self.notes.push(note.clone());
        note
    }
}

/// `online` for some, as the lines of a table.
fn online(share: &str, secrets: &mut Secrets, random: &mut Random) -> Vec<String> {
    let number = secrets.digits(random, 11);
    let number = if random.one_in(2) { format!("{} {} {}", &number[..3], &number[3..7], &number[7..]) } else { number };
    let mut lines = vec![
        format!("url = \"https://meet.example/j/{}?pwd={}\"", secrets.word(random), secrets.word(random)),
        format!("meeting-id = \"{number}\""),
        format!("passcode = \"{}\"", secrets.word(random)),
        format!("phone = \"+{}\"", secrets.digits(random, 12)),
    ];
    if share == "registered" {
        lines.push("platform = \"Zoom\"".to_owned());
        lines.push("registration = \"https://example.org/register\"".to_owned());
    } else {
        lines.push(format!("platform = \"{}\"", secrets.word(random)));
        lines.push(format!("registration = \"https://example.org/{}\"", secrets.word(random)));
    }
    lines
}

/// Files with secrets in every place that takes one.
fn files(random: &mut Random, secrets: &mut Secrets) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let head = |number: u64| {
        let day = 1 + number;
        format!("title = \"Forum {number}\"\nkind = \"forum\"\nstart = 2026-12-{day:02}T18:00\ntags = [\"housing\"]\n")
    };
    for (number, share) in ["registered", "members"].into_iter().enumerate() {
        let number = number as u64 * 10;
        let share_line = format!("share = \"{share}\"");
        // A table of its own, with `share` anywhere in it.
        let mut lines = online(share, secrets, random);
        lines.insert(random.below(lines.len() as u64 + 1) as usize, share_line.clone());
        let note = secrets.note(random);
        files.push((
            format!("{share}-table.toml"),
            format!("{}note = \"{note}\" # {note}\n[online]\n{}\n", head(number), lines.join("\n")),
        ));
        // One line.
        let mut lines = online(share, secrets, random);
        lines.push(share_line.clone());
        files.push((
            format!("{share}-inline.toml"),
            format!("{}online = {{ {} }}\n", head(number + 1), lines.join(", ")),
        ));
        // Dotted names.
        let mut lines = online(share, secrets, random);
        lines.push(share_line.clone());
        let lines: Vec<String> = lines.iter().map(|line| format!("online.{line}")).collect();
        let note = secrets.note(random);
        files.push((
            format!("{share}-dotted.toml"),
            format!("{}note = \"\"\"\n{note}\n{note}\"\"\"\n{}\n", head(number + 2), lines.join("\n")),
        ));
        // Shared by many events, some with a link of their own.
        let defaults = online(share, secrets, random);
        let own = online(share, secrets, random);
        let page = ", registration = \"https://example.org/register\"";
        let registration = if share == "registered" { page } else { "" };
        let (link, note) = (secrets.word(random), secrets.note(random));
        files.push((
            format!("{share}-many.toml"),
            format!(
                "[defaults]\nnote = '{note}'\n[defaults.online]\n{share_line}\n{}\n\
                 [[event]]\nid = \"{share}-a\"\n{}\n\
                 [[event]]\nid = \"{share}-b\"\n{}[event.online]\n{}\n\
                 [[event]]\nid = \"{share}-c\"\n{}online = {{ url = \"https://meet.example/{link}\"{registration} }}\n",
                defaults.join("\n"),
                head(number + 3),
                head(number + 4),
                own.join("\n"),
                head(number + 5),
            ),
        ));
        // A series of which single occurrences have other links.
        let lines = online(share, secrets, random);
        let [one, other] = [secrets.word(random), secrets.word(random)];
        files.push((
            format!("{share}-series.toml"),
            format!(
                "{}repeat = \"weekly\"\n[online]\n{share_line}\n{}\n\
                 [[change]]\noccurrence = 2026-12-{:02}\nonline = \"https://meet.example/{one}\"\n\
                 [[change]]\noccurrence = 2026-12-{:02}\ntitle = \"Another\"\n[change.online]\npasscode = \"{other}\"\n",
                head(number),
                lines.join("\n"),
                8 + number,
                15 + number,
            ),
        ));
        // A day with local events.
        let lines = online(share, secrets, random);
        let (link, note) = (secrets.word(random), secrets.note(random));
        files.push((
            format!("{share}-day.toml"),
            format!(
                "title = \"Day of action\"\nkind = \"action-day\"\nstart = 2026-12-05\n[online]\n{share_line}\n{}\n\
                 [[local]]\ncity = \"Havana\"\ncountry = \"CU\"\nstart = \"10:00\"\nonline = \"https://meet.example/{link}\"\n\
                 [[local]]\ncity = \"Lima\"\ncountry = \"PE\"\nnote = \"{note}\"\n",
                lines.join("\n"),
            ),
        ));
    }
    files
}

const SETTINGS: &str = "title = \"Action days\"\ndomain = \"example.org\"\nurl = \"https://example.org/calendar/\"\n\
    timezone = \"Europe/Madrid\"\n\
    [[feed]]\nname = \"for-members\"\naudience = \"members\"\n\
    [[feed]]\nname = \"single\"\nseries = \"expanded\"\n";

struct Run {
    bytes: Vec<u8>,
    exit: u8,
}

/// All that a command prints, on both streams.
fn run(root: &Path, arguments: &[&str]) -> Run {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut world = World {
        clock: "2026-11-20T12:00:00Z".parse().expect("a time"),
        time: || unreachable!("nothing runs on"),
        folder: root.to_owned(),
        environment: Environment { members_secret: Some(MEMBERS.to_owned()), ..Environment::default() },
        columns: None,
        err_terminal: false,
        input: None,
        out: &mut out,
        err: &mut err,
    };
    let exit = cli::run(["redletter"].iter().chain(arguments).map(Into::into), &mut world).code();
    out.extend(err);
    Run { bytes: out, exit }
}

/// A calendar of these files.
fn calendar(files: &[(String, String)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    fs::create_dir(root.path().join("events")).expect("a folder");
    fs::write(root.path().join("calendar.toml"), SETTINGS).expect("a file");
    for (name, text) in files {
        fs::write(root.path().join("events").join(name), text).expect("a file");
    }
    root
}

/// Every byte of a run that everybody may read, as whoever gets it may decode it.
struct Readings {
    /// As it is; for what letter case matters in.
    raw: Vec<String>,
    /// All of them in lower case, and their letters and digits alone.
    folded: String,
}

impl Readings {
    fn of(bytes: &[u8]) -> Self {
        let raw = String::from_utf8_lossy(bytes).into_owned();
        let unfolded = raw.replace("\r\n ", "").replace("\r\n\t", "").replace("\n ", "");
        let quoted = quoted_printable(&raw);
        let mut all = vec![raw, unfolded, quoted];
        for index in 0..all.len() {
            let decoded = [unescaped(&all[index]), percent(&all[index]), entities(&all[index])];
            let twice = percent(&entities(&unescaped(&all[index])));
            all.extend(decoded.into_iter().chain([twice]));
        }
        all.sort();
        all.dedup();
        let whole = all.join("\n").to_lowercase();
        let plain: String = all.iter().map(|text| plain(text)).collect::<Vec<_>>().join("\n");
        Readings { raw: all, folded: format!("{whole}\n{plain}") }
    }

    /// Whether a piece of `secret` stands in it.
    fn hold(&self, secret: &str) -> bool {
        let pieces = |text: &str| {
            let (length, size) = (text.len(), PIECE.min(text.len()));
            [0, (length - size) / 2, length - size].map(|at| text[at..at + size].to_owned())
        };
        let lower = plain(secret);
        if pieces(&lower).iter().any(|piece| contains(&self.folded, piece)) {
            return true;
        }
        // In base64 what stands before a text shifts it by none, one or two characters.
        [STANDARD, URL_SAFE].iter().any(|engine| {
            (0..3).any(|before| {
                let coded = engine.encode(format!("{}{secret}", &"xyz"[..before]));
                let begin = [0, 2, 3][before];
                let kept = (coded.trim_end_matches('=').len() - 1).max(begin);
                pieces(&coded[begin..kept]).iter().any(|piece| self.raw.iter().any(|text| contains(text, piece)))
            })
        })
    }
}

/// `str::contains` by memchr, which is optimised in a debug build too.
fn contains(text: &str, piece: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), piece.as_bytes()).is_some()
}

/// Letters and digits, in lower case.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Without the backslashes of TEXT and of JSON.
fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('\\') {
        out.push_str(before);
        let code = behind.strip_prefix('u').and_then(|hex| u32::from_str_radix(hex.get(..4)?, 16).ok());
        if let Some(character) = code.and_then(char::from_u32) {
            out.push(character);
            rest = &behind[5..];
        } else if let Some(next) = behind.chars().next() {
            out.push(if "nNrt".contains(next) { '\n' } else { next });
            rest = &behind[next.len_utf8()..];
        } else {
            rest = "";
        }
    }
    out + rest
}

fn percent(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn entities(text: &str) -> String {
    let mut out = text.to_owned();
    for (name, character) in [("&quot;", "\""), ("&sol;", "/"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")] {
        out = out.replace(name, character);
    }
    let mut decoded = String::new();
    let mut rest = &*out;
    while let Some((before, behind)) = rest.split_once("&#") {
        decoded.push_str(before);
        let number = behind.split(';').next().unwrap_or_default();
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => number.parse().ok(),
        };
        match code.and_then(char::from_u32) {
            Some(character) if number.len() < behind.len() => {
                decoded.push(character);
                rest = &behind[number.len() + 1..];
            }
            _ => {
                decoded.push_str("&#");
                rest = behind;
            }
        }
    }
    decoded + rest
}

fn quoted_printable(text: &str) -> String {
    let joined = text.replace("=\r\n", "").replace("=\n", "");
    let escaped = joined.replace('%', "%25").replace('=', "%");
    percent(&escaped)
}

#[test]
fn the_search_finds_what_is_planted_however_it_is_coded() {
    let mut random = Random(7);
    for _ in 0..50 {
        let length = 14 + random.below(30) as usize;
        let secret = token(&mut random, LETTERS, length);
        let number = token(&mut random, "123456789", 11);
        let each = |write: &dyn Fn(u8) -> String| secret.bytes().map(write).collect::<String>();
        let mut coded = vec![
            secret.clone(),
            secret.to_uppercase(),
            format!("DESCRIPTION:x\\n{}\r\n {}", &secret[..5], &secret[5..]),
            format!("{}\\,{}", &secret[..5], &secret[5..]),
            each(&|byte| format!("%{byte:02X}")),
            each(&|byte| format!("&#{byte};")),
            each(&|byte| format!("&#x{byte:x};")),
            each(&|byte| format!("&amp;#x{byte:X};")),
            each(&|byte| format!("={byte:02X}")),
            each(&|byte| format!("\\u{byte:04x}")),
            format!("{}=\r\n{}", &secret[..7], &secret[7..]),
            each(&|byte| format!("{}-", char::from(byte))),
            format!("cut short: {}…", &secret[..PIECE]),
        ];
        for before in ["", "a", "ab", "abc", "a long text before it: "] {
            coded.push(STANDARD.encode(format!("{before}{secret} and more")));
            coded.push(URL_SAFE.encode(format!("{before}{secret}")));
        }
        for text in coded {
            assert!(Readings::of(text.as_bytes()).hold(&secret), "{secret}: {text}");
            assert!(!Readings::of(text.as_bytes()).hold(&number), "{number}: {text}");
        }
        let grouped = format!("https://x.example/j/{}-{} {}", &number[..3], &number[3..7], &number[7..]);
        assert!(Readings::of(grouped.as_bytes()).hold(&number));
    }
}

/// Fails where any of these is seen.
fn assert_hidden<'s>(bytes: &[u8], secrets: impl IntoIterator<Item = &'s String>, what: &str) {
    let readings = Readings::of(bytes);
    for secret in secrets.into_iter().map(String::as_str).chain([MEMBERS]) {
        assert!(!readings.hold(secret), "{what} shows {secret}:\n{}", String::from_utf8_lossy(bytes));
    }
}

/// Commands whose output everybody may read.
fn commands(ids: &[&str], words: &[String]) -> Vec<Vec<String>> {
    let split = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let mut commands: Vec<Vec<String>> = [
        "next 20",
        "next 3 --format json",
        "month 2026-12",
        "month 2026-12 -v",
        "search forum",
        "search forum --format json",
        "feed all",
        "feed single",
        "feed forum",
        "feed all -t Lima",
        "check",
        "check -v",
        "check --feeds",
        "check --format json",
        "check --format github",
        "check --format sarif",
        "agenda --format ics --days 60",
        "agenda --online -v",
        "agenda --feed for-members",
        "explain withheld-in-public",
        "agenda -t Lima -t Tokyo --days 60",
        "agenda --by place --days 60",
        "zones madrid",
        "schema",
    ]
    .map(split)
    .to_vec();
    for format in ["table", "text", "json", "jsonl", "csv", "markdown", "html"] {
        commands.push(split(&format!("agenda 2026-11-20 +60d --format {format}")));
        commands.push(split(&format!("agenda 2026-11-20 +60d -v --color always --format {format}")));
    }
    for format in ["text", "markdown", "html", "telegram", "discord"] {
        commands.push(split(&format!("digest -v --days 60 --format {format}")));
    }
    for id in ids {
        for verb in ["show", "when", "announce", "when --format json"] {
            commands.push(split(&format!("{verb} {id}")));
        }
    }
    // A guess is not confirmed.
    for word in words {
        commands.push(vec!["search".to_owned(), word.clone()]);
    }
    commands
}

#[test]
fn nothing_withheld_is_in_a_public_byte_and_members_see_it() {
    let mut random = Random(2026);
    for round in 0..1 {
        let mut secrets = Secrets::default();
        let files = files(&mut random, &mut secrets);
        let root = calendar(&files);
        let ids = [
            "registered-table",
            "members-table",
            "members-series",
            "registered-a",
            "members-c",
            "members-day",
            "members-day/havana",
        ];
        let everything: Vec<&String> = secrets.withheld.iter().chain(&secrets.notes).collect();
        let checked = run(root.path(), &["check"]);
        assert_eq!(checked.exit, 0, "{}", String::from_utf8_lossy(&checked.bytes));
        for command in commands(&ids, &[]) {
            let arguments: Vec<&str> = command.iter().map(String::as_str).collect();
            let shown = run(root.path(), &arguments);
            assert_hidden(&shown.bytes, everything.iter().copied(), &format!("{round}: {command:?}"));
        }
        for guess in [&secrets.withheld[0], &secrets.withheld[2], &secrets.notes[0]] {
            let shown = run(root.path(), &["search", guess]);
            assert!(String::from_utf8_lossy(&shown.bytes).contains("Nothing was found"), "{guess} is confirmed");
        }

        // Files of feeds: public ones, and those for members below the secret, which nothing names.
        let said = run(root.path(), &["feed", "--all", "-o", "out", "-v"]);
        assert_eq!(said.exit, 0, "{}", String::from_utf8_lossy(&said.bytes));
        assert_hidden(&said.bytes, everything.iter().copied(), "feed --all");
        let out = root.path().join("out");
        let mut public = 0;
        for entry in fs::read_dir(&out).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_file() {
                public += 1;
                let bytes = fs::read(&entry).expect("a file");
                assert_hidden(&bytes, everything.iter().copied(), &entry.display().to_string());
            }
        }
        assert!(public >= 4, "feeds were written");
        let members = fs::read(out.join("members").join(MEMBERS).join("for-members.ics")).expect("a feed for members");
        assert_hidden(&members, &secrets.notes, "the feed for members");
        let said = run(root.path(), &["build", "-o", "site", "-v"]);
        assert_eq!(said.exit, 0, "{}", String::from_utf8_lossy(&said.bytes));
        assert_hidden(&said.bytes, everything.iter().copied(), "build");
        let site = files_of(&root.path().join("site"));
        let path = format!("members/{MEMBERS}/for-members.ics");
        let (_, for_members) = site.iter().find(|(name, _)| *name == path).expect("a feed for members");
        assert_hidden(for_members, &secrets.notes, "the feed for members in the site");
        assert!(site.len() > 60, "the site has pages");
        for (name, bytes) in site.iter().filter(|(name, _)| *name != path) {
            assert_hidden(bytes, everything.iter().copied(), name);
        }
        // What a build remembers lies beside the site, and no search for the secret among the records finds it there.
        assert_eq!(run(root.path(), &["build", "-o", "site"]).exit, 0);
        let json = run(root.path(), &["agenda", "2026-11-20", "+60d", "--format", "json", "--members"]);
        assert_hidden(&json.bytes, &secrets.notes, "agenda --members");
        for (bytes, what) in [(&members, "the feed for members"), (&json.bytes, "agenda --members")] {
            let readings = Readings::of(bytes);
            for secret in &secrets.withheld {
                assert!(readings.hold(secret) || is_unused(secret, &files), "{what} lacks {secret}");
            }
        }
        let found = run(root.path(), &["search", "--members", &secrets.withheld[2]]);
        assert!(!String::from_utf8_lossy(&found.bytes).contains("Nothing was found"));
    }
}

/// All files below a folder, by their paths in it with slashes.
fn files_of(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else {
                let names: Vec<_> = entry.strip_prefix(folder).expect("inside").iter().collect();
                let names: Vec<_> = names.into_iter().map(|name| name.to_str().expect("text")).collect();
                found.push((names.join("/"), fs::read(&entry).expect("a file")));
            }
        }
    }
    found.sort();
    found
}

/// What all events of a file replace by their own.
fn is_unused(secret: &str, files: &[(String, String)]) -> bool {
    files.iter().any(|(name, text)| name.ends_with("-day.toml") && text.contains(secret))
}

/// A slip of the kind that people make, in one line of a file.
fn slip(text: &str, random: &mut Random) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let index = random.below(lines.len() as u64) as usize;
    let line = lines[index].clone();
    lines[index] = match random.below(16) {
        0 => line.replacen('"', "", 1),
        1 => line.replace('"', "”"),
        2 => line.replacen(" = ", " ", 1),
        3 => line.replacen(" = ", ": ", 1),
        4 => line.replacen(']', "", 1),
        5 => line.replace('"', ""),
        6 => line.replacen("code", "-code", 1).replacen("url", "link", 1).replacen("note", "notes", 1),
        7 => line.replacen("https://", "", 1),
        8 => line.replacen("https://", "mailto:", 1),
        9 => line.replacen("https://", "https://x y/", 1),
        10 => line.replacen("= \"", "= [\"", 1),
        11 => line.replace("members", "membres").replace("registered", "registred").replacen("share", "shares", 1),
        12 => format!("{line}\n{line}"),
        13 => line.replacen("= \"", "= \"\\u0007", 1),
        14 => line.replacen('"', "\"\"\"", 1),
        _ => line.replacen("2026-", "2026-13", 1).replacen("= \"", "= \" \u{202e}", 1).replacen(" = ", "=", 1),
    };
    lines.join("\n") + "\n"
}

#[test]
fn mistakes_on_the_very_lines_show_nothing_either() {
    let mut random = Random(31);
    let rounds = 25;
    let mut mistakes = 0;
    for round in 0..rounds {
        let mut secrets = Secrets::default();
        let mut files = files(&mut random, &mut secrets);
        let index = random.below(files.len() as u64) as usize;
        let mut broken = files.swap_remove(index);
        for _ in 0..=random.below(2) {
            broken.1 = slip(&broken.1, &mut random);
        }
        let root = calendar(std::slice::from_ref(&broken));
        let everything: Vec<&String> = secrets.withheld.iter().chain(&secrets.notes).collect();
        let ways: [&[&str]; 11] = [
            &["check"],
            &["check", "--format", "json"],
            &["check", "--format", "github"],
            &["check", "--format", "sarif"],
            &["agenda", "2026-11-20", "+60d", "-v", "--format", "json"],
            &["feed", "all", "-v"],
            &["feed", "--all", "-o", "out"],
            &["build", "-v"],
            &["build", "--keep-going", "-v"],
            &["check", "--fix", "-v"],
            &["check"],
        ];
        for way in ways {
            let shown = run(root.path(), way);
            mistakes += usize::from(shown.exit == 1);
            assert_hidden(&shown.bytes, everything.iter().copied(), &format!("{round}: {way:?} of\n{}", broken.1));
        }
    }
    assert!(mistakes > rounds * 3, "most slips are mistakes: {mistakes}");
}

#[test]
fn a_withheld_value_that_is_repeated_in_public_stops_the_feed_and_is_not_shown() {
    let mut random = Random(5);
    for place in ["title", "description", "url", "location", "contact", "tags"] {
        let mut secrets = Secrets::default();
        let lines = online("members", &mut secrets, &mut random);
        let owner = format!(
            "title = \"Committee\"\nkind = \"meeting\"\nstart = 2026-12-02T18:00\n[online]\nshare = \"members\"\n{}\n",
            lines.join("\n")
        );
        for secret in [&secrets.withheld[0], &secrets.withheld[2], &secrets.withheld[3], &secrets.withheld[4]] {
            let value = match place {
                "url" => format!("\"https://example.org/?x={secret}\""),
                "tags" => format!("[\"{secret}\"]"),
                _ => format!("\"It is {secret}, pst\""),
            };
            let title = if place == "title" { "" } else { "title = \"Picnic\"\n" };
            let other = format!("{title}kind = \"meeting\"\nstart = 2026-12-05\n{place} = {value}\n");
            let root = calendar(&[("committee.toml".into(), owner.clone()), ("picnic.toml".into(), other)]);
            for way in [
                &["check"][..],
                &["check", "--format", "json"],
                &["feed", "all"],
                &["agenda", "--format", "json"],
                &["build"],
            ] {
                let shown = run(root.path(), way);
                assert_eq!(shown.exit, 1, "{place} {secret}: {way:?}\n{}", String::from_utf8_lossy(&shown.bytes));
                assert_hidden(&shown.bytes, &secrets.withheld, &format!("{place}: {way:?}"));
            }
            let text = String::from_utf8(run(root.path(), &["check"]).bytes).expect("UTF-8");
            assert!(text.contains("withheld-in-public") && text.contains("events/picnic.toml:"), "{text}");
        }
    }
}

#[test]
fn what_was_public_and_is_withheld_now_is_found_also_where_nothing_else_changed() {
    let open = "title = \"Committee\"\nkind = \"meeting\"\nstart = 2026-12-02T18:00\n[online]\nurl = \"https://meet.example/j/k3yOfTheHall77\"\n";
    let root = calendar(&[("committee.toml".into(), open.into())]);
    fs::create_dir(root.path().join("static")).expect("a folder");
    fs::write(root.path().join("static/poster.txt"), "Come to https://meet.example/j/k3yOfTheHall77").expect("a file");
    let built = run(root.path(), &["build"]);
    assert_eq!(built.exit, 0, "{}", String::from_utf8_lossy(&built.bytes));
    let record = root.path().join("events/committee.toml");
    let kept = format!("{open}share = \"members\"\n");
    // Also where the record has another mistake, and its event is not there.
    for (text, way) in [(kept.clone(), &["build"][..]), (kept.replace("meeting", "meting"), &["build", "--keep-going"])]
    {
        fs::write(&record, text).expect("a file");
        let refused = run(root.path(), way);
        let said = String::from_utf8_lossy(&refused.bytes);
        assert_ne!(refused.exit, 0, "{way:?}: {said}");
        assert!(said.contains("static/poster.txt") && !said.contains("k3yOfTheHall77"), "{way:?}: {said}");
    }
}
