//! Whole processes against others that do the least one could do with the same files: `cargo bench --bench process`,
//! with `-- WORDS` only the rows that have these words.
//!
//! The two run in turns, A B A B …, and the figure is the ratio of the medians: absolute times mean little on a machine
//! that does other things. The rows of `build` run one after another in rounds: a first build, `cp -r` of the site, the
//! same build again, and one with a record changed; the row of `reload` is a server, asked until it shows a changed record.
//! All output goes to `/dev/null`. The inputs are made by `examples/generate.rs`, below
//! `target/tmp`, once. Needs a Unix; peak memory needs `/usr/bin/time` of GNU.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const REDLETTER: &str = env!("CARGO_BIN_EXE_redletter");
const FOLDER: &str = env!("CARGO_TARGET_TMPDIR");
const NOW: &str = "2026-11-20T12:00:00Z";

/// Pairs of runs, at least and at most; between them, as many as fit into the time.
const PAIRS: std::ops::RangeInclusive<usize> = 7..=101;
const TIME: Duration = Duration::from_secs(4);

fn main() -> io::Result<()> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test --benches` runs this without the word, and wants no figures.
    let Some(at) = arguments.iter().position(|argument| argument == "--bench") else { return Ok(()) };
    arguments.remove(at);
    let words = arguments.join(" ");

    let inputs = Inputs::make()?;
    println!("{:<58} {:>10} {:>10} {:>7}   goal", "work", "redletter", "against", "ratio");
    for row in rows(&inputs).iter().filter(|row| row.name.contains(&words)) {
        let [ours, theirs] = medians(&row.ours, &row.theirs)?;
        let ratio = ours.as_secs_f64() / theirs.as_secs_f64() / row.factor;
        println!(
            "{:<58} {:>7.1} ms {:>7.1} ms {ratio:>7.2}   {}",
            row.name,
            1e3 * ours.as_secs_f64(),
            1e3 * theirs.as_secs_f64(),
            goal(ratio, row.goal)
        );
    }
    if "build of 10,000 files".contains(&words) {
        builds(&inputs.files)?;
    }
    if "reload of serve, 10,000 files".contains(&words) {
        reloads(&inputs.files)?;
    }
    for Peak { name, ours, input, most } in peaks(&inputs).into_iter().filter(|peak| peak.name.contains(&words)) {
        let size = megabytes(&input)?;
        match peak(&ours)? {
            Some(peak) => {
                println!("{name:<58} {peak:>7.1} MB {size:>7.1} MB {:>7.2}   {}", peak / size, most.judge(peak, size));
            }
            None => println!("{name:<58} unknown: no /usr/bin/time"),
        }
    }
    Ok(())
}

/// Two commands that are compared.
struct Row {
    name: &'static str,
    ours: Vec<String>,
    theirs: Vec<String>,
    /// How much more work ours has.
    factor: f64,
    goal: Option<f64>,
}

fn rows(inputs: &Inputs) -> Vec<Row> {
    let Inputs { files, one_1k, one_10k, one_100k, megabyte, empty, nothing } = inputs;
    let feed = |root: &Path| redletter(root, &["feed", "all"]);
    let cat = |file: PathBuf| vec!["cat".into(), text(&file)];
    let sorted = shell(&format!("find '{}/events' -type f | sort | xargs cat", files.display()));
    let unsorted = shell(&format!("find '{}/events' -type f | xargs cat", files.display()));
    let row = |name, ours, theirs, goal| Row { name, ours, theirs, factor: 1.0, goal };
    vec![
        row("feed of 10,000 files / find | sort | xargs cat", feed(files), sorted, Some(1.2)),
        row("feed of one file of 100,000 / cat", feed(one_100k), cat(one_100k.join("events/all.toml")), None),
        row("check / feed, 10,000 files", redletter(files, &["check"]), feed(files), Some(1.1)),
        row("check / feed, one file of 100,000", redletter(one_100k, &["check"]), feed(one_100k), Some(1.1)),
        row(
            "feed of one event with 1 MB of description / cat",
            feed(megabyte),
            cat(megabyte.join("events/forum.toml")),
            Some(8.0),
        ),
        row(
            "agenda of 7 days, 10,000 files / find | xargs cat",
            redletter(files, &["agenda", "--days", "7"]),
            unsorted,
            Some(1.2),
        ),
        row("feed of an empty calendar / empty program", feed(empty), vec![text(nothing)], Some(2.0)),
        Row { factor: 10.0, ..row("growth: an event of 10,000 / of 1,000", feed(one_10k), feed(one_1k), Some(1.1)) },
        Row {
            factor: 10.0,
            ..row("growth: an event of 100,000 / of 10,000", feed(one_100k), feed(one_10k), Some(1.1))
        },
    ]
}

fn goal(ratio: f64, goal: Option<f64>) -> String {
    match goal {
        Some(goal) => format!("{goal:.1}{}", if ratio > goal { "  MISSED" } else { "" }),
        None => "-".into(),
    }
}

/// Rounds of builds.
const ROUNDS: usize = 3;

/// What builds of a site take, against `cp -r` of it and against the first.
fn builds(root: &Path) -> io::Result<()> {
    let site = root.join("public");
    let copy = root.join("copy");
    let build = redletter(root, &["build"]);
    let record = Record::of(root)?;
    let mut times = [const { Vec::new() }; 4];
    for round in 0..=ROUNDS {
        for folder in [&site, &root.join(".public.redletter"), &copy, &root.join("calendar.lock")] {
            match fs::metadata(folder) {
                Ok(found) if found.is_dir() => fs::remove_dir_all(folder)?,
                Ok(_) => fs::remove_file(folder)?,
                Err(_) => {}
            }
        }
        let first = time(&build)?;
        let copied = time(&["cp".into(), "-r".into(), text(&site), text(&copy)])?;
        let again = time(&build)?;
        record.change(&format!("Round {round}"))?;
        let changed = time(&build)?;
        record.restore()?;
        // The first round does not count.
        if round > 0 {
            times.iter_mut().zip([first, copied, again, changed]).for_each(|(times, time)| times.push(time));
        }
    }
    let [first, copied, again, changed] = times.map(median);
    let row = |name: &str, ours: Duration, theirs: Duration, most| {
        let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
        let [ours, theirs] = [ours, theirs].map(|time| 1e3 * time.as_secs_f64());
        println!("{name:<58} {ours:>7.1} ms {theirs:>7.1} ms {ratio:>7.2}   {}", goal(ratio, most));
    };
    row("build of 10,000 files / cp -r of the site", first, copied, Some(5.0));
    row("build again, nothing changed / first", again, first, None);
    row("build again, one record changed / first", changed, first, Some(0.15));
    Ok(())
}

/// A record that is changed and put back.
struct Record {
    path: PathBuf,
    text: String,
}

impl Record {
    /// The one in the middle.
    fn of(root: &Path) -> io::Result<Self> {
        let mut paths = Vec::new();
        for folder in fs::read_dir(root.join("events"))? {
            for file in fs::read_dir(folder?.path())? {
                paths.push(file?.path());
            }
        }
        paths.sort();
        let path = paths.swap_remove(paths.len() / 2);
        Ok(Record { text: fs::read_to_string(&path)?, path })
    }

    fn change(&self, title: &str) -> io::Result<()> {
        let (before, after) = self
            .text
            .split_once("title")
            .and_then(|(a, b)| Some((a, b.split_once('"')?.1)))
            .ok_or_else(|| io::Error::other("a record has a title"))?;
        fs::write(&self.path, format!("{before}title = \"{title} {after}"))
    }

    fn restore(&self) -> io::Result<()> {
        fs::write(&self.path, &self.text)
    }
}

/// Changes that a server is to show.
const CHANGES: usize = 20;

/// How long it takes from a changed record to its page.
fn reloads(root: &Path) -> io::Result<()> {
    let words = redletter(root, &["serve", "--port", "0"]);
    let mut server = command(&words).stderr(Stdio::piped()).spawn()?;
    let times = server.stderr.take().map_or_else(|| Ok(Vec::new()), |said| shown(root, said));
    server.kill()?;
    server.wait()?;
    let mut times: Vec<f64> = times?.iter().map(|time| 1e3 * time.as_secs_f64()).collect();
    times.sort_by(f64::total_cmp);
    let (median, most) = (times[times.len() / 2], times[times.len() - 1]);
    let word = if median > 300.0 { "  MISSED" } else { "" };
    println!(
        "{:<58} {median:>7.1} ms, at most {most:.1} ms   300 ms{word}",
        "reload of serve, 10,000 files: a record to its page"
    );
    Ok(())
}

fn shown(root: &Path, said: impl io::Read + Send + 'static) -> io::Result<Vec<Duration>> {
    use io::{BufRead, Read, Write};
    let mut said = io::BufReader::new(said);
    let mut line = String::new();
    let address = loop {
        line.clear();
        if said.read_line(&mut line)? == 0 {
            return Err(io::Error::other("the server ended"));
        }
        if let Some((_, rest)) = line.split_once("http://") {
            break rest.trim_end().trim_end_matches('/').to_owned();
        }
    };
    // What it has to say is read, so that it need not wait.
    std::thread::spawn(move || said.lines().count());
    let record = Record::of(root)?;
    let id = record.path.file_stem().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
    let page = || -> io::Result<String> {
        let mut stream = std::net::TcpStream::connect(&address)?;
        write!(stream, "GET /events/{id}/ HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
        let mut page = Vec::new();
        stream.read_to_end(&mut page)?;
        Ok(String::from_utf8_lossy(&page).into_owned())
    };
    // Files that were written a moment ago are not known yet.
    std::thread::sleep(Duration::from_secs(3));
    let mut times = Vec::new();
    for change in 0..=CHANGES {
        let title = format!("Change {change} of many");
        let start = Instant::now();
        record.change(&title)?;
        while !page()?.contains(&title) {
            if start.elapsed() > Duration::from_secs(30) {
                record.restore()?;
                return Err(io::Error::other("the change was not shown"));
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        times.push(start.elapsed());
        std::thread::sleep(Duration::from_millis(500));
    }
    record.restore()?;
    // The first one reads all.
    times.remove(0);
    Ok(times)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// A command of which the memory is measured.
struct Peak {
    name: &'static str,
    ours: Vec<String>,
    input: PathBuf,
    most: Most,
}

/// What a peak may be, in MB or times the input.
enum Most {
    Megabytes(f64),
    Inputs(f64),
}

impl Most {
    fn judge(&self, peak: f64, input: f64) -> String {
        match self {
            Most::Megabytes(most) => format!("{most} MB{}", if peak > *most { "  MISSED" } else { "" }),
            Most::Inputs(most) => goal(peak / input, Some(*most)),
        }
    }
}

fn peaks(inputs: &Inputs) -> Vec<Peak> {
    let row =
        |name, root: &Path, most| Peak { name, ours: redletter(root, &["feed", "all"]), input: root.to_owned(), most };
    vec![
        row("memory: feed of 10,000 files / input", &inputs.files, Most::Megabytes(30.0)),
        row("memory: feed of one file of 100,000 / input", &inputs.one_100k, Most::Inputs(1.5)),
        row("memory: feed of one file of 10,000 / input", &inputs.one_10k, Most::Inputs(1.5)),
    ]
}

/// Calendars, and a program that does nothing.
struct Inputs {
    files: PathBuf,
    one_1k: PathBuf,
    one_10k: PathBuf,
    one_100k: PathBuf,
    megabyte: PathBuf,
    empty: PathBuf,
    nothing: PathBuf,
}

impl Inputs {
    fn make() -> io::Result<Self> {
        Ok(Inputs {
            files: generated("files", 10_000, &[])?,
            one_1k: generated("one-1k", 1_000, &["--one-file"])?,
            one_10k: generated("one-10k", 10_000, &["--one-file"])?,
            one_100k: generated("one-100k", 100_000, &["--one-file"])?,
            megabyte: written("megabyte", &[("events/forum.toml", &megabyte_of_description())])?,
            empty: written("empty", &[])?,
            nothing: nothing()?,
        })
    }
}

/// A calendar by the example, made anew when the example has changed.
fn generated(name: &str, count: u32, options: &[&str]) -> io::Result<PathBuf> {
    let folder = Path::new(FOLDER).join(name);
    let source = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/generate.rs"))?;
    let made_by = Path::new(FOLDER).join(format!("{name}.generate.rs"));
    if fs::read_to_string(&made_by).is_ok_and(|text| text == source) {
        return Ok(folder);
    }
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["run", "--quiet", "--release", "--example", "generate", "--", &count.to_string()]).arg(&folder);
    succeed(cargo.args(options))?;
    fs::write(made_by, source)?;
    Ok(folder)
}

fn written(name: &str, files: &[(&str, &str)]) -> io::Result<PathBuf> {
    let folder = Path::new(FOLDER).join(name);
    fs::create_dir_all(folder.join("events"))?;
    fs::write(folder.join("calendar.toml"), "domain = \"example.org\"\ntimezone = \"Europe/Madrid\"\n")?;
    for (name, text) in files {
        fs::write(folder.join(name), text)?;
    }
    Ok(folder)
}

fn megabyte_of_description() -> String {
    let description = "We meet at the fountain, bring water; *everyone* is welcome – and a song.\n".repeat(13_700);
    format!(
        "title = \"Forum\"\nkind = \"forum\"\nstart = 2026-12-02T18:00:00\ndescription = \"\"\"\n{description}\"\"\"\n"
    )
}

fn nothing() -> io::Result<PathBuf> {
    let source = Path::new(FOLDER).join("nothing.rs");
    let program = Path::new(FOLDER).join("nothing");
    fs::write(&source, "fn main() {}\n")?;
    succeed(Command::new("rustc").args(["-O", "-o"]).arg(&program).arg(&source))?;
    Ok(program)
}

fn text(path: &Path) -> String {
    path.to_str().expect("the target folder has a plain name").to_owned()
}

fn redletter(root: &Path, arguments: &[&str]) -> Vec<String> {
    let mut command: Vec<String> = [REDLETTER, "--now", NOW, "--root"].map(str::to_owned).into();
    command.push(text(root));
    command.extend(arguments.iter().copied().map(str::to_owned));
    command
}

fn shell(line: &str) -> Vec<String> {
    vec!["sh".into(), "-c".into(), line.into()]
}

fn command(words: &[String]) -> Command {
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.env_remove("TZ").env("LC_ALL", "C");
    command
}

fn succeed(command: &mut Command) -> io::Result<()> {
    let status = command.status()?;
    if status.success() { Ok(()) } else { Err(io::Error::other(format!("{command:?}: {status}"))) }
}

fn time(words: &[String]) -> io::Result<Duration> {
    let mut command = command(words);
    let start = Instant::now();
    succeed(&mut command)?;
    Ok(start.elapsed())
}

/// The medians of both, run in turns after one run of each that does not count.
fn medians(ours: &[String], theirs: &[String]) -> io::Result<[Duration; 2]> {
    time(ours)?;
    time(theirs)?;
    let (start, mut times) = (Instant::now(), [Vec::new(), Vec::new()]);
    while times[0].len() < *PAIRS.start() || (times[0].len() < *PAIRS.end() && start.elapsed() < TIME) {
        times[0].push(time(ours)?);
        times[1].push(time(theirs)?);
    }
    Ok(times.map(median))
}

/// Peak memory in MB; none where nothing measures it.
fn peak(words: &[String]) -> io::Result<Option<f64>> {
    if !Path::new("/usr/bin/time").exists() {
        return Ok(None);
    }
    let mut timed = vec!["/usr/bin/time".to_owned(), "-f".into(), "%M".into()];
    timed.extend_from_slice(words);
    let run = command(&timed).stderr(Stdio::piped()).output()?;
    let printed = String::from_utf8_lossy(&run.stderr);
    let kibibytes = printed.lines().next_back().and_then(|line| line.trim().parse::<f64>().ok());
    Ok(kibibytes.map(|kibibytes| kibibytes * 1024.0 / 1e6))
}

/// Bytes of all files below a folder, in MB.
fn megabytes(folder: &Path) -> io::Result<f64> {
    let mut sum = 0.0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        sum += if path.is_dir() { megabytes(&path)? } else { fs::metadata(&path)?.len() as f64 / 1e6 };
    }
    Ok(sum)
}
