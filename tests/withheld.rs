//! What admits somebody is found wherever it is published: rooms, groups, numbers and passcodes, in every file, by every
//! verb. Texts that only look alike are published.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use redletter::cli::{self, Environment, World};

/// An address that is withheld, and what of it admits by itself.
const LINKS: [(&str, &str); 22] = [
    ("https://meet.google.com/abc-defg-hij", "abc-defg-hij"),
    ("https://meet.jit.si/StrikeCommitteeNorth", "StrikeCommitteeNorth"),
    ("https://meet.jit.si/strikecommittee", "strikecommittee"),
    ("https://bbb.union.example/b/ann-x7k-qpz-3mw", "ann-x7k-qpz-3mw"),
    ("https://video.union.example/rooms/ann-x7k-qpz-3mw/join", "ann-x7k-qpz-3mw"),
    ("https://zoom.us/j/85835549492", "858 3554 9492"),
    ("https://us02web.zoom.us/my/redlanternroom", "redlanternroom"),
    ("https://zoom.us/j/85835549492?pwd=dTc3NXpOa", "dTc3NXpOa"),
    ("https://teams.live.com/meet/9358283745123?p=a1B2c3D4e5", "9358283745123"),
    (
        "https://teams.microsoft.com/l/meetup-join/19%3ameeting_MjdhNjM4YzUtNzE5%40thread.v2/0?context=%7b%7d",
        "19:meeting_MjdhNjM4YzUtNzE5@thread.v2",
    ),
    ("https://signal.group/#CjQKIHhlbGxvd29ybGQxMjM0NTY3ODkw", "CjQKIHhlbGxvd29ybGQxMjM0NTY3ODkw"),
    ("https://discord.gg/aBc4Ef9", "aBc4Ef9"),
    ("https://discord.com/invite/aBc4Ef9x", "aBc4Ef9x"),
    ("https://t.me/+AbCdEf1GhIjKlMnO", "AbCdEf1GhIjKlMnO"),
    ("https://chat.whatsapp.com/Ab1Cd2Ef3Gh4Ij5Kl6Mn7O", "Ab1Cd2Ef3Gh4Ij5Kl6Mn7O"),
    ("https://cryptpad.fr/pad/#/2/pad/edit/Ab1Cd2Ef3Gh4Ij5Kl6Mn7O/", "Ab1Cd2Ef3Gh4Ij5Kl6Mn7O"),
    ("https://framatalk.org/lanternefestive", "lanternefestive"),
    ("https://whereby.com/tenants-union-north", "tenants-union-north"),
    ("https://union.webex.com/meet/ana.organizer", "ana.organizer"),
    ("https://cloud.union.example/call/ab3kx9qz", "ab3kx9qz"),
    ("https://union.example/?room=redlanternroom", "redlanternroom"),
    ("https://union.example/en/StreikRat2026", "StreikRat2026"),
];

const SETTINGS: &str = "title = \"Action days\"\ndomain = \"example.org\"\nurl = \"https://example.org/calendar/\"\n\
    timezone = \"Europe/Madrid\"\n";

/// A calendar with a meeting of which `online` is for members, and a picnic.
fn calendar(online: &str, picnic: &str) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    let committee = format!(
        "title = \"Committee\"\nkind = \"meeting\"\nstart = 2026-12-02T18:00\n\n[online]\nshare = \"members\"\n{online}\n"
    );
    let picnic = format!("kind = \"meeting\"\nstart = 2026-12-05\n{picnic}\n");
    for (name, text) in
        [("calendar.toml", SETTINGS), ("events/committee.toml", &committee), ("events/picnic.toml", &picnic)]
    {
        write(root.path(), name, text.as_bytes());
    }
    root
}

fn write(root: &Path, name: &str, bytes: &[u8]) {
    let path = root.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}

/// The exit code of a command, and all that it prints on both streams.
fn run(root: &Path, arguments: &[&str]) -> (u8, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut world = World {
        clock: "2026-11-20T12:00:00Z".parse().expect("a time"),
        time: || unreachable!("nothing runs on"),
        folder: root.to_owned(),
        environment: Environment::default(),
        columns: None,
        err_terminal: false,
        input: None,
        out: &mut out,
        err: &mut err,
    };
    let exit = cli::run(["redletter"].iter().chain(arguments).map(Into::into), &mut world).code();
    out.extend(err);
    (exit, String::from_utf8_lossy(&out).into_owned())
}

/// Commands that show or write what everybody may read.
const COMMANDS: [&str; 35] = [
    "check",
    "check --format json",
    "check --format github",
    "check --format sarif",
    "feed all",
    "feed --all -o out",
    "lock",
    "build -o site",
    "build -o site --keep-going",
    "agenda",
    "agenda --format text",
    "agenda --format json",
    "agenda --format jsonl",
    "agenda --format csv",
    "agenda --format markdown",
    "agenda --format html",
    "agenda --format ics",
    "agenda --by place",
    "next",
    "next --format json",
    "search picnic",
    "search meeting --format json",
    "show picnic",
    "show committee",
    "when committee",
    "when picnic --format json",
    "announce committee",
    "announce picnic",
    "month 2026-12",
    "digest",
    "digest --days 30 --format markdown",
    "digest --days 30 --format html",
    "digest --days 30 --format telegram",
    "digest --days 30 --format discord",
    "build --locked -o site",
];

/// Runs a command, and fails where it ends well or shows the value.
fn refused(root: &Path, command: &str, value: &str) -> String {
    let arguments: Vec<&str> = command.split(' ').collect();
    let (exit, said) = run(root, &arguments);
    assert_ne!(exit, 0, "{command} publishes {value}: {said}");
    let plain = |text: &str| text.to_lowercase().replace([' ', '-'], "");
    assert!(!plain(&said).contains(&plain(value)), "{command} shows {value}: {said}");
    said
}

#[test]
fn rooms_and_keys_alone_are_found_wherever_they_are_published() {
    for (number, (link, room)) in LINKS.into_iter().enumerate() {
        let texts = [
            format!("title = \"Picnic\"\ndescription = \"The room is {room}.\""),
            format!("title = \"Picnic ({room})\""),
            format!("title = \"Picnic\"\nurl = \"https://example.org/?x={}\"", room.replace([' ', '@', ':'], "")),
            format!("title = \"Picnic\"\nlocation = {{ name = \"{room}\", city = \"Madrid\", country = \"ES\" }}"),
            format!("title = \"Picnic\"\ncontact = \"ask for {room}\""),
            format!("title = \"Picnic\"\ntranslations.es = {{ title = \"Merienda {room}\" }}"),
        ];
        let root = calendar(&format!("url = \"{link}\""), &texts[number % texts.len()]);
        let said = refused(root.path(), "check", room);
        assert!(said.contains("withheld-in-public") && said.contains("events/picnic.toml:"), "{link}: {said}");
        for command in COMMANDS.into_iter().skip(number % 5).step_by(5) {
            refused(root.path(), command, room);
        }
    }
}

#[test]
fn a_passcode_over_two_lines_is_found_by_every_verb() {
    let picnic =
        "title = \"Picnic\"\ndescription = \"\"\"\nThe code is 191\n837, and the other one k3yOf\nTheHall77.\"\"\"";
    for (online, value) in [("passcode = \"191837\"", "191837"), ("passcode = \"k3yOfTheHall77\"", "TheHall77")] {
        let root = calendar(online, picnic);
        for command in COMMANDS {
            refused(root.path(), command, value);
        }
        let said = refused(root.path(), "check", value);
        let line = if value == "191837" { "events/picnic.toml:5:" } else { "events/picnic.toml:6:" };
        assert!(said.contains(line), "{said}");
    }
}

#[test]
fn a_title_of_the_calendar_is_searched_in_every_output_that_has_it() {
    let root = calendar("passcode = \"k3yOfTheHall77\"", "title = \"Picnic\"");
    write(root.path(), "calendar.toml", SETTINGS.replace("Action days", "Days of k3yOfTheHall77").as_bytes());
    for command in COMMANDS {
        let (_, said) = run(root.path(), &command.split(' ').collect::<Vec<_>>());
        assert!(!said.contains("k3yOfTheHall77"), "{command}: {said}");
    }
    assert!(refused(root.path(), "check", "k3yOfTheHall77").contains("calendar.toml:1:"));
}

#[test]
fn published_files_and_their_names_are_searched() {
    let gzip = |text: &str| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(text.as_bytes()).expect("a vector takes all");
        encoder.finish().expect("a vector takes all")
    };
    let text = "hello\nthe room: k3yOfTheHall77\n";
    let utf16: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (name, bytes, place) in [
        ("static/poster.txt", text.as_bytes().to_vec(), "static/poster.txt:2:"),
        ("static/poster.txt.gz", gzip(text), "static/poster.txt.gz"),
        ("static/poster.svgz", gzip(text), "static/poster.svgz"),
        ("static/windows.txt", utf16, "static/windows.txt"),
        ("static/k3yOfTheHall77.txt", b"hello".to_vec(), "static/••••.txt"),
        ("static/k3yOf_TheHall77/a.txt", b"hello".to_vec(), "static/••••/a.txt"),
        ("static/wide.txt", "ｋ３ｙＯｆＴｈｅＨａｌｌ７７".into(), "static/wide.txt:1:"),
        ("static/soft.html", b"<p>k3yOf&shy;The&#8203;Hall&#x37;7".to_vec(), "static/soft.html:1:"),
        ("templates/footer.html", b"<p>k3yOfTheHall77".to_vec(), "templates/footer.html:1:"),
        ("calendar.lock", b"# k3yOfTheHall77".to_vec(), "calendar.lock"),
    ] {
        let root = calendar("passcode = \"k3yOfTheHall77\"", "title = \"Picnic\"");
        write(root.path(), name, &bytes);
        // A template that nothing uses is refused as such.
        let said = if name.starts_with("templates") {
            refused(root.path(), "check", "k3yOfTheHall77")
        } else {
            if name != "calendar.lock" {
                refused(root.path(), "build -o site", "k3yOfTheHall77");
                assert!(!root.path().join("site").join(name).exists(), "{name} was published");
            }
            refused(root.path(), "check", "k3yOfTheHall77")
        };
        assert!(said.contains(place), "{name}: {said}");
    }
    // The name of a record's file becomes the id of its event.
    let root = calendar("passcode = \"k3y-of-the-hall\"", "title = \"Picnic\"");
    fs::rename(root.path().join("events/picnic.toml"), root.path().join("events/k3y-of-the-hall.toml"))
        .expect("renamed");
    for command in COMMANDS {
        refused(root.path(), command, "k3y-of-the-hall");
    }
}

#[test]
fn what_only_looks_alike_is_published() {
    for (online, picnic) in [
        (
            "url = \"https://meet.jit.si/assembly\"",
            "title = \"Assembly of tenants\"\ndescription = \"Join the assembly\"",
        ),
        ("url = \"https://meet.jit.si/GeneralAssembly\"", "title = \"General assembly\""),
        ("url = \"https://meet.jit.si/housing\"", "title = \"Picnic\"\ntags = [\"housing\"]"),
        ("url = \"https://meet.jit.si/committee-committee\"", "title = \"Picnic of the committee\""),
        (
            "url = \"https://union.example/join\"",
            "title = \"Join us\"\nurl = \"https://union.example/joint-statement\"",
        ),
        ("url = \"https://union.example/meet/now\"", "title = \"Meet now\"\nurl = \"https://union.example/meet\""),
        ("url = \"https://zoom.us/j/85835549492\"", "title = \"Picnic\"\nonline = \"https://zoom.us/j/85835549493\""),
        ("passcode = \"1918\"", "title = \"In memory of 1918\""),
        ("passcode = \"20261205\"", "title = \"Picnic\""),
        ("passcode = \"abc\"", "title = \"The abc of organizing\""),
        ("passcode = \"forum1\"", "title = \"Forum 15\""),
        ("phone = \"+45 12 34 56 78\"", "title = \"Picnic\"\ncontact = \"+45 12 34 56 79\""),
        ("platform = \"Jitsi\"", "title = \"How to use Jitsi\""),
    ] {
        let root = calendar(online, picnic);
        for command in ["check", "build -o site", "feed all", "agenda", "month 2026-12", "digest --days 30"] {
            let (exit, said) = run(root.path(), &command.split(' ').collect::<Vec<_>>());
            assert_eq!(exit, 0, "{online} {picnic}: {command}: {said}");
        }
    }
}

#[test]
fn what_is_withheld_now_leaves_the_lock_and_the_site() {
    let online = "url = \"https://meet.jit.si/StrikeCommitteeNorth\"";
    let root = calendar(online, "title = \"Picnic\"");
    let committee = fs::read_to_string(root.path().join("events/committee.toml")).expect("a file");
    write(root.path(), "events/committee.toml", committee.replace("\"members\"", "\"public\"").as_bytes());
    assert_eq!(run(root.path(), &["build", "-o", "site"]).0, 0);
    write(root.path(), "events/committee.toml", committee.as_bytes());
    let (exit, said) = run(root.path(), &["build", "-o", "site"]);
    assert_eq!(exit, 0, "{said}");
    let mut folders = vec![root.path().join("site"), root.path().join("calendar.lock")];
    let mut files = 0;
    while let Some(path) = folders.pop() {
        if path.is_dir() {
            folders.extend(fs::read_dir(path).expect("a folder").map(|entry| entry.expect("an entry").path()));
        } else {
            files += 1;
            let text = String::from_utf8_lossy(&fs::read(&path).expect("a file")).into_owned();
            assert!(!text.contains("StrikeCommitteeNorth"), "{}", path.display());
        }
    }
    assert!(files > 20, "a site was built");
}

#[test]
fn what_a_broken_record_withholds_is_not_published_elsewhere() {
    const VALUE: &str = "zx91837abcd";
    let online = format!("share = \"members\"\npasscode = \"{VALUE}\"\n");
    let head = "title = \"Forum\"\nstart = 2026-12-03T18:00\n";
    let series = "repeat = \"weekly\"\ncount = 3\n";
    let broken = [
        ("a kind", format!("{head}kind = \"xyz\"\n[online]\n{online}").into_bytes()),
        (
            "a change",
            format!("{head}kind = \"xyz\"\n{series}[[change]]\noccurrence = 2026-12-10\n[change.online]\n{online}")
                .into_bytes(),
        ),
        (
            "a part",
            format!("{head}kind = \"xyz\"\n{series}[[from]]\ndate = 2026-12-10\n[from.online]\n{online}").into_bytes(),
        ),
        (
            "a local event",
            format!("{head}kind = \"xyz\"\n[[local]]\ncity = \"Lima\"\ncountry = \"PE\"\n[local.online]\n{online}")
                .into_bytes(),
        ),
        ("the syntax", format!("{head}kind = \n[online]\n{online}").into_bytes()),
        (
            "the encoding",
            [format!("{head}kind = \"forum\"\nnote = \"").as_bytes(), b"\xff\"\n[online]\n", online.as_bytes()]
                .concat(),
        ),
    ];
    for (what, bytes) in broken {
        let root = calendar("url = \"https://example.org/j\"", "");
        write(root.path(), "events/broken.toml", &bytes);
        write(
            root.path(),
            "events/public.toml",
            format!("title = \"March\"\nkind = \"protest\"\nstart = 2026-12-05\nlocation = \"code {VALUE} here\"\n")
                .as_bytes(),
        );
        for command in [
            &["agenda"][..],
            &["agenda", "--format", "json"],
            &["next"],
            &["show", "public"],
            &["build", "--keep-going", "-o", "site"],
        ] {
            let (_, said) = run(root.path(), command);
            assert!(!said.contains(VALUE), "{what}, {command:?}: {said}");
        }
        let published = root.path().join("site/events/public/index.html");
        assert!(
            fs::read_to_string(published).is_ok_and(|page| !page.contains(VALUE))
                || !root.path().join("site/events/public").exists(),
            "{what}"
        );
    }
}
