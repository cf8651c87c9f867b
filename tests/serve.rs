//! `serve`: what clients get, whatever they send, and what becomes of changes.

#![cfg(all(unix, feature = "serve"))]

mod binary;
mod serving;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rustix::process::{Resource, Rlimit, Signal, getrlimit, setrlimit};
use serving::{SECRET, Server, ask, read};
use tempfile::TempDir;

const SETTINGS: &str = r#"
title = "Housing"
domain = "example.org"
timezone = "Europe/Madrid"
kind = "meeting"

[[feed]]
name = "inside"
audience = "members"

[[feed]]
name = "spanish"
language = "es"
"#;

const EVENTS: [(&str, &str); 4] = [
    ("assembly", "title = \"Assembly\"\nstart = 2026-12-02 19:00\nrepeat = \"every week\"\ntags = [\"housing\"]\n"),
    (
        "forum",
        "title = \"Forum\"\nkind = \"forum\"\nstart = 2026-12-03 18:00\ntimezone = \"America/New_York\"\n\
         online.url = \"https://meet.example.org/forum\"\nonline.passcode = \"zaragoza-9\"\nonline.share = \"members\"\n",
    ),
    (
        "march",
        "title = \"March\"\nkind = \"protest\"\nstart = 2026-12-05 12:00\nlocation.city = \"Athens\"\n\
         location.country = \"GR\"\ntimezone = \"Europe/Athens\"\n",
    ),
    ("vigil", "title = \"Vigil\"\nkind = \"vigil\"\nstart = 2026-12-06\nstatus = \"tentative\"\n"),
];

/// A calendar, and its lock if it is wanted.
fn calendar() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(folder.path().join("events/2026")).expect("a folder");
    fs::write(folder.path().join("calendar.toml"), SETTINGS).expect("settings");
    for (id, text) in EVENTS {
        fs::write(folder.path().join(format!("events/2026/{id}.toml")), text).expect("a record");
    }
    binary::printed(folder.path(), &["lock"]);
    folder
}

fn record(root: &Path, id: &str) -> std::path::PathBuf {
    root.join(format!("events/2026/{id}.toml"))
}

#[test]
fn what_a_client_has_is_not_sent_again() {
    let root = calendar();
    let server = Server::start(root.path(), &["--now", binary::NOW, "--no-reload"]);
    for path in ["/", "/agenda/", "/feeds/all.ics", "/events/march/march.ics", "/static/site.css", "/sitemap.xml"] {
        let whole = server.get(path);
        assert_eq!(whole.status, 200, "{path}");
        let (etag, date) = (whole.header("etag"), whole.header("last-modified"));
        assert!(etag.starts_with('"') && date.ends_with("GMT"), "{path}: {whole:?}");
        assert_eq!(whole.header("content-length"), whole.body.len().to_string());

        let head = server.ask("HEAD", path, &[]);
        let mut same = (head.headers.clone(), whole.headers.clone());
        same.0.remove("date");
        same.1.remove("date");
        assert_eq!((head.status, same.0), (200, same.1), "{path}");

        for (lines, status) in [
            (vec![format!("If-None-Match: {etag}")], 304),
            (vec![format!("If-None-Match: \"x\", W/{etag}")], 304),
            (vec!["If-None-Match: *".to_owned()], 304),
            (vec![format!("If-Modified-Since: {date}")], 304),
            (vec!["If-Modified-Since: Sat, 01 Jan 2000 00:00:00 GMT".to_owned()], 200),
            (vec!["If-None-Match: \"x\"".to_owned(), format!("If-Modified-Since: {date}")], 200),
        ] {
            for method in ["GET", "HEAD"] {
                let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
                let answer = server.ask(method, path, &lines);
                assert_eq!(answer.status, status, "{method} {path} {lines:?}");
                assert_eq!((answer.header("etag"), answer.header("last-modified")), (etag, date));
                for name in ["cache-control", "vary", "access-control-allow-origin"] {
                    assert_eq!(answer.header(name), whole.header(name), "{name} of {path}");
                }
                assert!(status == 200 || answer.header("content-length").is_empty() && answer.body.is_empty());
            }
        }
    }
}

#[test]
fn each_kind_of_path_says_what_it_is() {
    let root = calendar();
    let server = Server::start(root.path(), &["--now", binary::NOW, "--no-reload"]);
    let feed = server.get("/feeds/all.ics");
    assert_eq!(feed.header("content-type"), "text/calendar; charset=utf-8");
    assert_eq!(feed.header("cache-control"), "public, max-age=900");
    assert_eq!(feed.header("access-control-allow-origin"), "*");
    assert_eq!(feed.body, binary::printed(root.path(), &["feed", "all"]));
    let event = server.get("/events/march/march.ics");
    assert_eq!(event.header("content-disposition"), "inline; filename=\"march.ics\"");
    let page = server.get("/agenda/");
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert!(page.header("content-security-policy").starts_with("default-src 'none'"), "{page:?}");
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    assert_eq!(page.header("access-control-allow-origin"), "");
    assert!(!page.text().contains("live.js"), "--no-reload");
    assert_eq!(server.get("/static/live.js").status, 404);
    assert_eq!(server.get("/static/site.css?v=1").header("cache-control"), "public, max-age=31536000, immutable");

    // Members' feeds are for those who know the path, and for no store on the way.
    let members = server.get(&format!("/members/{SECRET}/inside.ics"));
    assert_eq!((members.status, members.header("cache-control")), (200, "private, no-store"));
    assert!(members.header("x-robots-tag").contains("noindex"));
    assert_eq!(members.header("access-control-allow-origin"), "");
    assert!(members.text().contains("zaragoza-9") && !feed.text().contains("zaragoza-9"));
    for path in ["/members/", "/members/x/inside.ics", "/feeds/inside.ics", "/feeds/custom.ics?feed=inside"] {
        let answer = server.get(path);
        assert!(matches!(answer.status, 400 | 404) && !answer.text().contains("inside\n"), "{path}: {answer:?}");
    }
}

#[test]
fn only_known_hosts_are_answered() {
    let root = calendar();
    let settings = format!("url = \"https://calendar.example/days/\"\n{SETTINGS}");
    fs::write(root.path().join("calendar.toml"), settings).expect("settings");
    let server = Server::start(root.path(), &["--now", binary::NOW, "--host", "proxy.example"]);
    let ask = |host: &str, path: &str| {
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        server.raw(request.as_bytes())
    };
    for host in ["localhost", "127.0.0.1:8321", "calendar.example", "proxy.example:80", "Proxy.Example."] {
        assert!(ask(host, "/feeds/all.ics").starts_with("HTTP/1.1 200"), "{host}");
    }
    for host in ["evil.example", "calendar.example.evil.example", "192.0.2.1", "evil.example:8321"] {
        for path in [
            "/",
            "/feeds/all.ics",
            "/api/agenda.json",
            "/healthz",
            "/metrics",
            &format!("/members/{SECRET}/inside.ics"),
        ] {
            let answer = ask(host, path);
            assert!(answer.starts_with("HTTP/1.1 421") && answer.contains("text/plain"), "{host}{path}: {answer}");
            assert!(!answer.contains("BEGIN:") && !answer.contains(host), "{answer}");
        }
    }
}

#[test]
fn what_a_browser_may_run_runs_nothing() {
    let root = calendar();
    fs::create_dir(root.path().join("static")).expect("a folder");
    for name in ["a.html", "a.svg", "a.xml", "a.txt"] {
        fs::write(root.path().join("static").join(name), "<script>alert(1)</script>").expect("a file");
    }
    let server = Server::start(root.path(), &["--now", binary::NOW, "--no-reload"]);
    for path in ["/", "/agenda/", "/static/a.html", "/static/a.svg", "/static/a.xml", "/sitemap.xml", "/nothing"] {
        let answer = server.get(path);
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("script-src 'unsafe") && !policy.contains("script-src *"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{path}");
    }
    assert!(server.get("/static/a.svg").header("content-security-policy").ends_with("sandbox"));
    let members = server.ask("OPTIONS", &format!("/members/{SECRET}/inside.ics"), &["Origin: https://evil.example"]);
    assert_eq!(members.header("access-control-allow-origin"), "");
}

#[test]
fn a_guess_of_a_withheld_value_is_not_confirmed() {
    let root = calendar();
    let text = "title = \"Inside\"\nkind = \"meeting\"\nstart = 2026-12-03T18:00\ntags = [\"housing\"]\n[online]\nshare = \"members\"\n\
                passcode = \"zx91837\"\nmeeting-id = \"858 3554 9492\"\nurl = \"https://meet.jit.si/StrikeCommitteeNorth\"\n";
    fs::write(root.path().join("events/inside.toml"), text).expect("written");
    let server = Server::start(root.path(), &["--now", binary::NOW, "--no-reload"]);
    for guess in ["zx91837", "zx91836", "85835549492", "StrikeCommitteeNorth", "StrikeCommitteeSouth", SECRET] {
        for path in ["feeds/custom.ics", "feeds/custom.atom", "feeds/custom.json", "api/agenda.json"] {
            for query in [
                format!("tag={guess}"),
                format!("tag=housing&tag={guess}"),
                format!("city={guess}"),
                format!("tag=!{guess}"),
            ] {
                assert_eq!(server.get(&format!("/{path}?{query}")).status, 200, "{path}?{query}");
            }
        }
    }
    let named = server.get("/feeds/custom.ics?tag=housing&tag=zx91837");
    assert!(String::from_utf8_lossy(&named.body).contains("housing"), "words that events have name the feed");
}

#[test]
fn too_much_work_is_put_off() {
    let root = calendar();
    let server = Server::start(root.path(), &["--now", binary::NOW, "--no-reload"]);
    let many = "tag=a&".repeat(65);
    assert_eq!(server.get(&format!("/feeds/custom.ics?{many}")).status, 400);
    assert_eq!(server.get(&format!("/feeds/custom.ics?{}", &many[..6 * 60])).status, 200);
    let custom = server.get("/feeds/custom.ics?tag=housing");
    assert_eq!(custom.header("cache-control"), "public, max-age=900");
    // The same words in another order have the same answer.
    let other = server.get("/feeds/custom.ics?kind=meeting&tag=housing&tag=housing");
    assert_eq!(other.header("etag"), server.get("/feeds/custom.ics?tag=housing&kind=meeting").header("etag"));
    let late = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for client in 0..80 {
            let (server, late) = (&server, &late);
            scope.spawn(move || {
                let answer = server.get(&format!("/api/agenda.json?days=1000&limit={}", client + 1));
                assert!(matches!(answer.status, 200 | 503), "{answer:?}");
                if answer.status == 503 {
                    assert_eq!(answer.header("cache-control"), "no-store");
                    assert!(answer.header("retry-after").parse::<u32>().is_ok());
                    late.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    assert_eq!(server.get("/feeds/all.ics").status, 200);
}

#[test]
fn what_is_withheld_now_is_not_served_although_other_records_have_mistakes() {
    let root = calendar();
    let server = Server::start(root.path(), &["--now", binary::NOW, "--no-reload"]);
    let march = fs::read_to_string(record(root.path(), "march")).expect("a record");
    let open = format!("{march}online.url = \"https://meet.jit.si/StrikeCommitteeNorth\"\n");
    fs::write(record(root.path(), "march"), &open).expect("a record");
    let shows = |path: &str| server.get(path).text().contains("StrikeCommitteeNorth");
    let wait = |what: &dyn Fn() -> bool| {
        let begun = Instant::now();
        while !what() {
            assert!(begun.elapsed() < Duration::from_secs(20), "the change is not served");
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    wait(&|| shows("/feeds/all.ics") && shows("/feeds/custom.ics?kind=protest"));
    // Withheld from now on; and another record cannot be served.
    fs::write(record(root.path(), "vigil"), "title = \"Vigil\"\n").expect("a record");
    fs::write(record(root.path(), "march"), format!("{open}online.share = \"members\"\n")).expect("a record");
    wait(&|| !shows("/feeds/all.ics"));
    let answer = server.get("/feeds/all.ics");
    assert_eq!((answer.status, answer.header("cache-control")), (503, "no-store"));
    for path in [
        "/events/march/",
        "/events/march/march.ics",
        "/feeds/custom.ics?kind=protest",
        "/feeds/all.json",
        "/api/agenda.json",
    ] {
        assert!(!shows(path), "{path}");
    }
    // What does not show it stays up.
    assert_eq!(server.get("/events/assembly/").status, 200);
    fs::write(record(root.path(), "vigil"), EVENTS[3].1).expect("a record");
    wait(&|| server.get("/feeds/all.ics").status == 200);
    assert!(!shows("/feeds/all.ics"));
}

#[test]
fn pages_are_compressed_as_asked_and_feeds_never() {
    let root = calendar();
    let server = Server::start(root.path(), &["--now", binary::NOW, "--no-reload"]);
    let plain = server.get("/subscribe/");
    assert_eq!(plain.header("vary"), "Accept-Encoding");
    for (accept, encoding) in
        [("gzip, deflate, br", "gzip"), ("gzip", "gzip"), ("br;q=0.1, gzip;q=0.9", "gzip"), ("identity", "")]
    {
        let answer = server.ask("GET", "/subscribe/", &[&format!("Accept-Encoding: {accept}")]);
        assert_eq!(answer.header("content-encoding"), encoding, "{accept}");
        let mut bytes = Vec::new();
        match encoding {
            "gzip" => drop(flate2::read::GzDecoder::new(&*answer.body).read_to_end(&mut bytes).expect("gzip")),
            _ => bytes.clone_from(&answer.body),
        }
        assert_eq!(bytes, plain.body);
        let etag = format!("If-None-Match: {}", answer.header("etag"));
        let again = server.ask("GET", "/subscribe/", &[&format!("Accept-Encoding: {accept}"), &etag]);
        assert_eq!((again.status, again.header("vary")), (304, "Accept-Encoding"), "{accept}");
        assert_eq!(encoding.is_empty(), answer.header("etag") == plain.header("etag"));
    }
    let feed = server.ask("GET", "/feeds/all.ics", &["Accept-Encoding: gzip, br"]);
    assert_eq!((feed.header("content-encoding"), feed.header("vary")), ("", ""));
}

#[test]
fn odd_requests_get_plain_answers() {
    let root = calendar();
    fs::write(root.path().join("secret.txt"), "root:x:0:0").expect("a file");
    let server = Server::start(root.path(), &["--no-reload", "--log"]);
    for method in ["POST", "PUT", "DELETE", "TRACE", "PROPFIND", "BREW", "get"] {
        let answer = server.ask(method, "/feeds/all.ics", &[]);
        assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD, OPTIONS"), "{method}");
    }
    let preflight = server.ask("OPTIONS", "/feeds/all.ics", &["Origin: https://x.example"]);
    assert_eq!((preflight.status, preflight.header("access-control-allow-origin")), (204, "*"));
    let none = server.ask("OPTIONS", &format!("/members/{SECRET}/inside.ics"), &["Origin: https://x.example"]);
    assert_eq!((none.status, none.header("access-control-allow-origin")), (204, ""));

    for path in [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/static/../../secret.txt",
        "/static/%2e%2e/%2e%2e/secret.txt",
        "/static/..\\..\\secret.txt",
        "/static/%5c..%5csecret.txt",
        "//secret.txt",
        "/events/2026%2fmarch/",
        "/calendar.toml",
        "/events/2026/march.toml",
        "/_headers",
        "/404.html",
        "/feeds/all.ics%00.html",
        "/feeds/all.ics/",
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.text().contains("root:x"), "{path}");
    }
    assert_eq!(server.get("/%zz").status, 400);
    assert_eq!(server.get("/%66eeds/all.ics").status, 200, "decoded once");
    assert_eq!(server.get("/%2566eeds/all.ics").status, 404, "and not twice");
    // However a path is written, it is the same one.
    for path in ["/healthz", "/%68ealthz", "/feeds/custom.ics", "/feeds/custom%2Eics", "/api/%61genda.json"] {
        assert_eq!(server.get(path).status, 200, "{path}");
        let odd = server.ask("POST", path, &[]);
        assert_eq!((odd.status, odd.header("allow")), (405, "GET, HEAD, OPTIONS"), "{path}");
        let asked = server.ask("OPTIONS", path, &[]);
        assert_eq!((asked.status, asked.header("content-length"), asked.body.len()), (204, "", 0), "{path}");
        assert_eq!(asked.header("access-control-allow-origin").is_empty(), path.ends_with("ealthz"), "{path}");
    }
    for path in ["/feeds%2Fcustom.ics", "/healthz/", "//healthz", "/api/live", "/api/"] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }

    let first = |text: &str| text.lines().next().unwrap_or_default().to_owned();
    for (bytes, status) in [
        ("GET / HTTP/1.1\r\n\r\n".to_owned(), "HTTP/1.1 400"),
        ("GET / HTTP/1.1\r\nHost: localhost\r\nHost: b\r\n\r\n".to_owned(), "HTTP/1.1 400"),
        ("GET / HTTP/1.0\r\n\r\n".to_owned(), "HTTP/1.0 200"),
        ("OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".to_owned(), "HTTP/1.1 204"),
        ("CONNECT localhost:80 HTTP/1.1\r\nHost: localhost:80\r\nConnection: close\r\n\r\n".to_owned(), "HTTP/1.1 405"),
        ("\u{16}\u{3}\u{1}hello\r\n\r\n".to_owned(), "HTTP/1.1 400"),
        ("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc".to_owned(), "HTTP/1.1 413"),
        ("GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n".to_owned(), "HTTP/1.1 413"),
        (format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n", "x".repeat(3000)), "HTTP/1.1 414"),
        (format!("GET /?{} HTTP/1.1\r\nHost: localhost\r\n\r\n", "x".repeat(3000)), "HTTP/1.1 414"),
        (format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "x".repeat(40_000)), "HTTP/1.1 431"),
        (format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "X: y\r\n".repeat(150)), "HTTP/1.1 431"),
        (format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}", "x".repeat(900_000)), "HTTP/1.1 431"),
    ] {
        let answer = server.raw(bytes.as_bytes());
        assert!(first(&answer).starts_with(status), "{bytes:.60}: {answer:.200}");
    }
    // The absolute form of an address is what a proxy sends.
    let proxied =
        server.raw(b"GET http://localhost/feeds/all.ics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert!(proxied.starts_with("HTTP/1.1 200"));
    let said = server.said();
    assert!(said.contains(" GET 200 ") && !said.contains(SECRET) && !said.contains("127.0.0.1"), "{said}");
}

#[test]
fn requests_in_a_row_are_answered_in_order() {
    let root = calendar();
    let server = Server::start(root.path(), &["--now", binary::NOW]);
    let mut stream = server.connect();
    let paths = ["/feeds/all.ics", "/healthz", "/feeds/custom.ics?kind=forum", "/nothing", "/agenda/"];
    let requests: String =
        (0..40).flat_map(|n| ["GET ", paths[n % paths.len()], " HTTP/1.1\r\nHost: localhost\r\n\r\n"]).collect();
    stream.write_all(requests.as_bytes()).expect("it reads");
    // Whoever says that it sends no more still gets its answers.
    stream.shutdown(std::net::Shutdown::Write).expect("half closed");
    for n in 0..40 {
        let answer = read(&mut stream, true).expect("an answer");
        assert_eq!(answer.status, if n % paths.len() == 3 { 404 } else { 200 });
        assert_eq!(answer.text().starts_with("BEGIN:VCALENDAR"), paths[n % paths.len()].starts_with("/feeds"), "{n}");
    }
    assert!(read(&mut stream, true).is_none());
}

#[test]
fn a_wrong_path_is_led_to_the_right_one_and_no_page_links_astray() {
    let root = calendar();
    let server = Server::start(root.path(), &["--prefix", "/calendar/"]);
    for (path, location) in [
        ("/calendar", "calendar/"),
        ("/calendar/agenda?x=1", "agenda/?x=1"),
        ("/calendar/events/march", "march/"),
        ("/calendar/agenda/index.html", "./"),
    ] {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.header("location")), (308, location), "{path}");
    }
    for path in ["/", "/agenda/", "/calendars/"] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
    assert_eq!(server.get("/calendar/feeds/all.ics").status, 200);
    for path in ["/calendar/nothing", "/calendar/a/b/c", "/calendar/es/a/b/"] {
        let answer = server.get(path);
        assert_eq!(answer.status, 404);
        let text = answer.text();
        let style = text.split("rel=\"stylesheet\" href=\"").nth(1).and_then(|rest| rest.split('"').next());
        let style = style.unwrap_or_else(|| panic!("{path} has a style sheet: {text}"));
        let base = url::Url::parse(&format!("http://{}{path}", server.address)).expect("an address");
        let style = base.join(style).expect("a link");
        assert_eq!(server.get(&style[url::Position::BeforePath..]).status, 200, "{style}");
    }
}

#[test]
fn any_choice_is_the_one_of_the_command_line() {
    let root = calendar();
    let server = Server::start(root.path(), &["--now", binary::NOW]);
    for (query, options) in [
        ("", vec![]),
        ("kind=forum", vec!["--kind", "forum"]),
        ("kind=!forum&kind=%21vigil", vec!["--kind", "!forum", "--kind", "!vigil"]),
        ("country=gr&in-person=true", vec!["--country", "gr", "--in-person"]),
        ("online&language=es", vec!["--online", "--language", "es"]),
        ("tag=Housing&city=Athens", vec!["--tag", "Housing", "--city", "Athens"]),
        ("status=tentative&in=de", vec!["--status", "tentative", "--in", "de"]),
        ("feed=spanish", vec!["--feed", "spanish"]),
    ] {
        let answer = server.get(&format!("/feeds/custom.ics?{query}"));
        assert_eq!((answer.status, answer.header("content-type")), (200, "text/calendar; charset=utf-8"), "{query}");
        let wanted = binary::printed(root.path(), &[vec!["feed", "all"], options.clone()].concat());
        // It is named for what is chosen, and nobody is sent elsewhere for news of it.
        let unnamed = |text: &str| {
            let is_name = |line: &&str| line.starts_with("NAME:") || line.starts_with("X-WR-CALNAME:");
            text.split_inclusive("\r\n").filter(|line| !is_name(line)).collect::<String>()
        };
        assert_eq!(unnamed(&answer.text()), unnamed(&String::from_utf8_lossy(&wanted)), "{query}");
        let name = if options.is_empty() { "\r\nNAME:Housing\r\n" } else { "\r\nNAME:Housing · " };
        assert!(answer.text().contains(name) && !answer.text().contains("\r\nSOURCE"), "{query}");
        let etag = format!("If-None-Match: {}", answer.header("etag"));
        assert_eq!(server.ask("GET", &format!("/feeds/custom.ics?{query}"), &[&etag]).status, 304, "{query}");

        let listing = server.get(&format!("/api/agenda.json?from=2026-12-01&to=%2B2w&timezone=Athens&{query}"));
        let agenda = ["agenda", "2026-12-01", "+2w", "-t", "Athens", "--format", "json"];
        let wanted = binary::printed(root.path(), &[agenda.to_vec(), options].concat());
        assert_eq!((listing.status, listing.header("content-type")), (200, "application/json"));
        assert_eq!(listing.text(), String::from_utf8_lossy(&wanted), "{query}");
        assert_eq!(listing.header("access-control-allow-origin"), "*");
    }
    let atom = server.get("/feeds/custom.atom?kind=forum");
    assert_eq!((atom.status, atom.header("content-type")), (200, "application/atom+xml"), "{}", atom.text());
    assert_eq!((atom.text().matches("<entry").count(), atom.text().contains("Forum")), (1, true), "{}", atom.text());
    let json = server.ask("GET", "/feeds/custom.json?kind=protest", &["Accept-Encoding: gzip"]);
    assert_eq!((json.status, json.header("content-type")), (200, "application/json"));
    let json: serde_json::Value =
        serde_json::from_slice(&server.get("/feeds/custom.json?kind=protest").body).expect("JSON");
    let ids: Vec<&str> =
        json["occurrences"].as_array().expect("a list").iter().filter_map(|one| one["id"].as_str()).collect();
    assert_eq!(ids, ["march"]);
    for (path, said) in [
        ("/feeds/custom.ics?kind=forun", "did you mean forum?"),
        ("/feeds/custom.ics?color=red", "the keys are kind, tag,"),
        ("/feeds/custom.ics?members=true", "no key is called `members`"),
        ("/feeds/custom.ics?feed=inside", "no feed is called"),
        ("/feeds/custom.ics?language=klingon!", "not a language tag"),
        ("/api/agenda.json?from=someday", "expected a date"),
        ("/api/agenda.json?timezone=Atlantis", "no time zone"),
        ("/api/agenda.json?from=2020&to=2030", "at most 1100 days"),
    ] {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (400, "text/plain; charset=utf-8"), "{path}");
        assert!(answer.text().contains(said), "{path}: {}", answer.text());
    }
}

#[test]
fn a_change_goes_live_and_a_mistake_does_not() {
    let root = calendar();
    let server = Server::start(root.path(), &[]);
    let march = record(root.path(), "march");
    let before = server.get("/feeds/all.ics");
    let style = server.get("/static/site.css");
    let mut live = BufReader::new(server.connect());
    live.get_mut().write_all(b"GET /api/live?language=de HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("it reads");
    let mut news = move || {
        let mut line = String::new();
        while !line.starts_with("data: ") {
            line.clear();
            assert!(live.read_line(&mut line).expect("news") > 0, "the stream ended");
        }
        serde_json::from_str::<serde_json::Value>(&line["data: ".len()..]).expect("JSON")
    };
    let first = news();

    // Written in place.
    let text = fs::read_to_string(&march).expect("a record");
    fs::write(&march, text.replace("March", "Marcha")).expect("a record");
    let (after, _) = server.until("/feeds/all.ics", |answer| answer.text().contains("SUMMARY:Marcha"));
    assert_ne!(after.header("etag"), before.header("etag"));
    assert_ne!(after.header("last-modified"), before.header("last-modified"));
    let same = server.get("/static/site.css");
    assert_eq!(same.header("last-modified"), style.header("last-modified"));
    assert_ne!(news()["version"], first["version"]);

    // A mistake: the last good state stays, and whoever should know does.
    fs::write(&march, text.replace("2026-12-05 12:00", "2026-12-35 12:00")).expect("a record");
    let (health, _) = server.until("/healthz", |answer| answer.text().contains("\"stale\""));
    assert!(health.text().contains("events/2026/march.toml"), "{}", health.text());
    let kept = server.get("/feeds/all.ics");
    assert_eq!((kept.status, kept.header("etag")), (200, after.header("etag")));
    // On a busy machine a file is read between its truncation and its new text, and that is told, too.
    let told = std::iter::repeat_with(&mut news).find(|told| told.get("warning").is_some()).expect("news without end");
    assert!(told["warning"].as_str().is_some_and(|text| text.contains("Fehler")), "{told}");
    assert!(server.said().contains("the last good state stays online"), "{}", server.said());

    // Cancelled, by the verb, which writes beside the file and renames.
    fs::write(&march, &text).expect("a record");
    server.until("/healthz", |answer| answer.text().contains("\"ok\""));
    binary::printed(root.path(), &["cancel", "march"]);
    let (cancelled, _) = server.until("/feeds/all.ics", |answer| answer.text().contains("STATUS:CANCELLED"));
    assert!(cancelled.text().contains("SEQUENCE:1"), "{}", cancelled.text());

    // Deleted and made again, whole folders of it.
    fs::rename(root.path().join("events"), root.path().join("aside")).expect("a name");
    // Without any record, what is known to subscribers stays.
    server.until("/healthz", |answer| answer.text().contains("\"stale\""));
    assert!(server.get("/feeds/all.ics").text().contains("SUMMARY:Vigil"));
    fs::create_dir_all(root.path().join("events/2027/later")).expect("folders");
    std::thread::sleep(Duration::from_millis(100));
    fs::write(root.path().join("events/2027/later/new.toml"), "title = \"Quite new\"\nstart = 2027-02-02\n")
        .expect("a record");
    let (new, _) = server.until("/feeds/all.ics", |answer| answer.text().contains("SUMMARY:Quite new"));
    assert!(new.text().contains("STATUS:CANCELLED"), "{}", new.text());
    fs::create_dir_all(root.path().join("static")).expect("a folder");
    fs::write(root.path().join("static/site.css"), "body { color: teal }").expect("a style sheet");
    server.until("/static/site.css", |answer| answer.text().contains("teal"));
    fs::create_dir_all(root.path().join("templates")).expect("a folder");
    fs::write(root.path().join("templates/404.html"), "{% if %}").expect("a template");
    server.until("/healthz", |answer| answer.text().contains("\"stale\""));
    fs::remove_dir_all(root.path().join("templates")).expect("a folder");
    server.until("/healthz", |answer| answer.text().contains("\"ok\""));
    let metrics = server.get("/metrics").text();
    let failed = metrics.lines().find_map(|line| line.strip_prefix("redletter_reloads_failed_total "));
    assert!(failed.is_some_and(|failed| failed.parse().is_ok_and(|failed: u32| failed >= 3)), "{metrics}");
}

#[test]
fn feeds_are_withheld_while_records_have_mistakes_from_the_start() {
    let root = calendar();
    let march = record(root.path(), "march");
    let text = fs::read_to_string(&march).expect("a record");
    fs::write(&march, text.replace("12:00", "25:00")).expect("a record");
    let server = Server::start(root.path(), &[]);
    for path in ["/feeds/all.ics", "/feeds/custom.ics?kind=forum", "/events/vigil/vigil.ics"] {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.header("retry-after")), (503, "300"), "{path}");
    }
    assert_eq!(server.get("/agenda/").status, 200);
    assert_eq!(server.get("/events/vigil/").status, 200);
    assert!(server.get("/healthz").text().contains("\"partial\""));
    assert!(server.said().contains("feeds are withheld"), "{}", server.said());
    fs::write(&march, text).expect("a record");
    let (feed, _) = server.until("/feeds/all.ics", |answer| answer.status == 200);
    assert!(feed.text().contains("SUMMARY:March") && !feed.text().contains("STATUS:CANCELLED"));
}

#[test]
fn what_is_withheld_stays_so_whatever_is_edited() {
    let root = calendar();
    let server = Server::start(root.path(), &[]);
    let vigil = record(root.path(), "vigil");
    let text = fs::read_to_string(&vigil).expect("a record");
    fs::write(&vigil, format!("{text}description = \"The passcode is zaragoza-9\"\n")).expect("a record");
    server.until("/healthz", |answer| answer.text().contains("\"stale\""));
    for path in
        ["/feeds/all.ics", "/events/vigil/", "/feeds/custom.ics", "/api/agenda.json?from=2026-12-01", "/healthz"]
    {
        assert!(!server.get(path).text().contains("zaragoza-9"), "{path}");
    }
    assert!(!server.said().contains("zaragoza-9"), "{}", server.said());
}

/// Room for many connections.
fn raise_limit() -> u64 {
    let limit = getrlimit(Resource::Nofile);
    let _ = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum });
    getrlimit(Resource::Nofile).current.unwrap_or(4096)
}

#[test]
fn the_slow_do_not_starve_others() {
    let root = calendar();
    let server = Server::start(root.path(), &["--no-reload"]);
    let before = server.memory();
    let count = (raise_limit() / 2).saturating_sub(200).min(3000);
    let mut slow: Vec<TcpStream> = (0..count).map(|_| server.connect()).collect();
    let began = Instant::now();
    let mut worst = Duration::ZERO;
    for round in 0..3 {
        for (n, stream) in slow.iter_mut().enumerate() {
            // A head that never ends, or an answer that nobody reads.
            let bytes: &[u8] = match (round, n % 2) {
                (0, 0) => b"GET / HTTP/1.1\r\nHost: localhost\r\nX-",
                (0, _) => b"GET /feeds/all.ics HTTP/1.1\r\nHost: localhost\r\n\r\nGET /feeds/all.ics HTTP/1.1\r\nHo",
                _ => b"a",
            };
            let _ = stream.write_all(bytes);
        }
        for _ in 0..20 {
            let began = Instant::now();
            assert_eq!(server.get("/feeds/all.ics").status, 200);
            worst = worst.max(began.elapsed());
        }
    }
    let grown = server.memory().saturating_sub(before);
    eprintln!("{count} slow connections: an answer took {worst:?} at most; {grown} kB more memory");
    assert!(worst < Duration::from_secs(1), "{worst:?}");
    assert!(grown < count * 24 + 20_000, "{grown} kB for {count} connections");
    // A head that takes over ten seconds is not waited for.
    let mut one = slow.swap_remove(0);
    let mut end = Vec::new();
    one.read_to_end(&mut end).unwrap_or_default();
    assert!(began.elapsed() < Duration::from_secs(16), "{:?}", began.elapsed());
    server.until("/metrics", |answer| {
        let open =
            answer.text().lines().find_map(|line| line.strip_prefix("redletter_connections ")?.parse::<u64>().ok());
        open.is_some_and(|open| open <= count / 2 + 2)
    });
}

#[test]
fn the_end_loses_no_answer() {
    let root = calendar();
    let mut server = Server::start(root.path(), &["--no-reload"]);
    let (address, lost, answered) = (server.address, Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let is_signalled = Arc::new(AtomicBool::new(false));
    let refused = Arc::new(AtomicUsize::new(0));
    let clients: Vec<_> = (0..8)
        .map(|n| {
            let (lost, answered) = (Arc::clone(&lost), Arc::clone(&answered));
            let (is_signalled, refused) = (Arc::clone(&is_signalled), Arc::clone(&refused));
            std::thread::spawn(move || {
                while let Ok(mut stream) = TcpStream::connect(address) {
                    stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a timeout");
                    // The system may let somebody in behind the back of a server that is about to close its door.
                    let mut may_be_refused = is_signalled.load(Ordering::Relaxed);
                    loop {
                        let path = if n % 2 == 0 { "/feeds/all.ics" } else { "/feeds/custom.ics?kind=forum" };
                        let Some(answer) = ask(&mut stream, "GET", path, &[]) else {
                            let count = if may_be_refused { &refused } else { &lost };
                            count.fetch_add(1, Ordering::Relaxed);
                            break;
                        };
                        may_be_refused = false;
                        assert_eq!(answer.status, 200);
                        answered.fetch_add(1, Ordering::Relaxed);
                        if answer.header("connection") == "close" {
                            break;
                        }
                    }
                }
            })
        })
        .collect();
    std::thread::sleep(Duration::from_millis(400));
    let before = answered.load(Ordering::Relaxed);
    is_signalled.store(true, Ordering::Relaxed);
    server.signal(Signal::TERM);
    let status = server.ended(Duration::from_secs(8));
    for client in clients {
        client.join().expect("a client");
    }
    assert!(status.success(), "{status}");
    let (lost, answered) = (lost.load(Ordering::Relaxed), answered.load(Ordering::Relaxed));
    assert!(before > 50 && answered > before, "{before} {answered}");
    let refused = refused.load(Ordering::Relaxed);
    eprintln!("{answered} answers, {refused} connections refused at the very end");
    // One a client at most: on a busy machine the system lets each of them in once more.
    assert!(lost == 0 && refused <= 8, "{lost} lost and {refused} refused of {answered}");
}

#[test]
fn a_second_signal_waits_for_nobody() {
    let root = calendar();
    let mut server = Server::start(root.path(), &[]);
    let mut slow = server.connect();
    slow.write_all(b"GET / HTT").expect("it reads");
    std::thread::sleep(Duration::from_millis(100));
    server.signal(Signal::INT);
    std::thread::sleep(Duration::from_millis(50));
    server.signal(Signal::INT);
    assert!(server.ended(Duration::from_secs(2)).success());
}

#[test]
fn a_port_in_use_is_said_with_advice() {
    let root = calendar();
    let server = Server::start(root.path(), &[]);
    let port = server.address.port().to_string();
    let run = Command::new(env!("CARGO_BIN_EXE_redletter"))
        .env_clear()
        .arg("--root")
        .arg(root.path())
        .args(["serve", "--port", &port])
        .output()
        .expect("it starts");
    let said = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(2));
    assert!(said.contains(&port) && said.contains("--port 0"), "{said}");
}

#[test]
fn a_release_that_takes_the_place_of_another_is_served_at_once() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    for name in ["one", "two", "six"] {
        let root = at("releases").join(name);
        fs::create_dir_all(root.join("events")).expect("a folder");
        fs::write(root.join("calendar.toml"), SETTINGS).expect("a file");
        let record = format!("title = \"Release {name}\"\nstart = 2026-12-02 19:00\n");
        fs::write(root.join("events/assembly.toml"), record).expect("a file");
        // Releases look alike from outside.
        let day = fs::File::options().write(true).open(root.join("events/assembly.toml")).expect("a file");
        day.set_modified(std::time::SystemTime::UNIX_EPOCH).expect("a time");
    }
    let switch = |to: &str, link: &Path| {
        let beside = link.with_extension("new");
        symlink(to, &beside).expect("a link");
        fs::rename(&beside, link).expect("a name");
    };
    let within = |server: &Server, name: &str| {
        let title = format!("SUMMARY:Release {name}");
        let (_, took) = server.until("/feeds/all.ics", |answer| answer.text().contains(&title));
        assert!(took < Duration::from_secs(3), "{name}: {took:?}");
    };
    switch("releases/one", &at("current"));
    let server = Server::start(&at("current"), &[]);
    within(&server, "one");
    for name in ["two", "one", "six"] {
        switch(&format!("releases/{name}"), &at("current"));
        within(&server, name);
    }
    // What is edited in the new release counts, too.
    let record = at("releases/six/events/assembly.toml");
    fs::write(&record, "title = \"Release edited\"\nstart = 2026-12-02 19:00\n").expect("a file");
    within(&server, "edited");
    drop(server);

    // A link further up in the path, and a folder that takes the place of another.
    fs::create_dir(at("live")).expect("a folder");
    fs::rename(at("releases/one"), at("live/site")).expect("a name");
    fs::create_dir(at("next")).expect("a folder");
    fs::rename(at("releases/two"), at("next/site")).expect("a name");
    switch("live", &at("way"));
    let server = Server::start(&at("way/site"), &[]);
    within(&server, "one");
    switch("next", &at("way"));
    within(&server, "two");
    fs::rename(at("next/site/events"), at("old-events")).expect("a name");
    fs::rename(at("releases/six/events"), at("next/site/events")).expect("a name");
    within(&server, "edited");
    fs::rename(at("next/site"), at("old-site")).expect("a name");
    fs::rename(at("live/site"), at("next/site")).expect("a name");
    within(&server, "one");
}

#[test]
fn static_files_have_their_types_and_parts() {
    let root = calendar();
    let folder = root.path().join("static");
    fs::create_dir_all(&folder).expect("a folder");
    let film: Vec<u8> = (0..4096_u32).map(|at| (at % 251) as u8).collect();
    fs::write(folder.join("film.mp4"), &film).expect("a file");
    fs::write(folder.join("list.csv"), "city,hour\n".repeat(100)).expect("a file");
    for (name, text) in [("card.vcf", "BEGIN:VCARD"), ("page.htm", "<p>x"), ("empty.mp3", ""), ("a.webmanifest", "{}")]
    {
        fs::write(folder.join(name), text).expect("a file");
    }
    let server = Server::start(root.path(), &[]);
    for (name, media_type) in [
        ("film.mp4", "video/mp4"),
        ("empty.mp3", "audio/mpeg"),
        ("list.csv", "text/csv; charset=utf-8"),
        ("card.vcf", "text/vcard; charset=utf-8"),
        ("page.htm", "text/html; charset=utf-8"),
        ("a.webmanifest", "application/manifest+json"),
    ] {
        let answer = server.get(&format!("/static/{name}"));
        assert_eq!((answer.status, answer.header("content-type")), (200, media_type), "{name}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("accept-ranges"), "bytes");
        let guarded = !answer.header("content-security-policy").is_empty();
        assert_eq!(guarded, name == "page.htm", "{name}");
    }
    let path = "/static/film.mp4";
    let whole = server.get(path);
    let (etag, date) = (whole.header("etag").to_owned(), whole.header("last-modified").to_owned());
    let part = |lines: &[&str]| server.ask("GET", path, lines);
    let first = part(&["Range: bytes=0-99", "Accept-Encoding: gzip"]);
    assert_eq!((first.status, first.header("content-range")), (206, "bytes 0-99/4096"));
    assert_eq!((&*first.body, first.header("content-length")), (&film[..100], "100"));
    assert_eq!(part(&["Range: bytes=-96"]).body, film[4000..]);
    assert_eq!(part(&["Range: bytes=4000-"]).body, film[4000..]);
    let beyond = part(&["Range: bytes=4096-"]);
    assert_eq!((beyond.status, beyond.header("content-range")), (416, "bytes */4096"));
    assert!(beyond.body.is_empty());
    for condition in [format!("If-Range: {etag}"), format!("If-Range: {date}")] {
        assert_eq!(part(&["Range: bytes=0-0", &condition]).status, 206, "{condition}");
    }
    for lines in [
        &["Range: bytes=0-0", "If-Range: \"other\""][..],
        &["Range: bytes=0-0,2-3"],
        &["Range: pages=1-2"],
        &["Range: bytes=9-1"],
    ] {
        let answer = part(lines);
        assert_eq!((answer.status, answer.body.len()), (200, film.len()), "{lines:?}");
    }
    // What the client has already needs no part of it.
    assert_eq!(part(&["Range: bytes=0-9", &format!("If-None-Match: {etag}")]).status, 304);
    let head = server.ask("HEAD", path, &["Range: bytes=0-9"]);
    assert_eq!((head.status, head.header("content-length"), head.header("accept-ranges")), (200, "4096", "bytes"));
    assert_eq!(server.ask("GET", "/static/empty.mp3", &["Range: bytes=0-"]).status, 416);
    // A part of a text is one of the text, not of its compressed form.
    let text = server.ask("GET", "/static/list.csv", &["Range: bytes=5-8", "Accept-Encoding: gzip"]);
    assert_eq!((text.status, text.text(), text.header("content-encoding")), (206, "hour".to_owned(), ""));
    // Pages and feeds are always whole.
    let feed = server.ask("GET", "/feeds/all.ics", &["Range: bytes=0-9"]);
    assert_eq!((feed.status, feed.header("accept-ranges")), (200, ""));
}
