//! `redletter lint`: what is known to break in which client, in anybody's iCalendar files.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::check::count;
use super::import::address;
use super::{Exit, Global, World, open};
use crate::diagnostic::{self, Client, Code, Diagnostic, Severity};
use crate::error::{Error, Result};
use crate::lint::{Options, lint};

/// The largest file that is read.
const LARGEST: u64 = 1_000_000_000;
/// Files of one folder.
const MOST_FILES: usize = 100_000;
/// Folders within folders.
const DEEPEST: usize = 16;

/// Arguments of `lint`.
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Each finding says what it breaks and in which client, with a link to the standard or to a public report. \
`redletter explain CODE` says more about one. Exit code 1: there are findings."
)]
pub struct Args {
    /// iCalendar files, folders of them, addresses of feeds; `-` is standard input
    #[arg(required = true, value_name = "FILE|URL|FOLDER")]
    files: Vec<String>,
    /// Report only what breaks in this client (repeatable)
    #[arg(long, value_parser = clients(), value_name = "CLIENT")]
    client: Vec<String>,
    /// An earlier version of the file, to find numbers and times that went down
    #[arg(long, value_name = "FILE")]
    previous: Option<PathBuf>,
    /// Output format
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    format: Format,
}

/// The words that `--client` takes.
fn clients() -> clap::builder::PossibleValuesParser {
    Client::ALL.iter().map(|client| client.name()).collect::<Vec<_>>().into()
}

/// How findings are printed.
#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum Format {
    Text,
    Json,
    Github,
    Sarif,
}

/// Runs it.
pub fn run(args: &Args, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let now = world.now(global)?;
    let tzdb = open::tzdb(global, world)?;
    let mut files = Vec::new();
    for word in &args.files {
        files.extend(named(word, world)?);
    }
    if args.previous.is_some() && files.len() != 1 {
        return Err(
            Error::new("--previous compares one file with its earlier version").help("give one file, and not a folder")
        );
    }
    let previous = args.previous.as_ref().map(|path| read(&world.folder.join(path))).transpose()?;
    let options = Options { tzdb: &tzdb, now, previous: previous.as_deref() };
    let clients: Vec<Client> = args.client.iter().filter_map(|name| Client::from_name(name)).collect();
    let (mut diagnostics, mut events) = (Vec::new(), 0);
    for (name, place) in &files {
        let linted = lint(name, place.read(world)?, &options);
        events += linted.events;
        diagnostics.extend(linted.diagnostics.into_iter().filter(|one| concerns(one, &clients)));
    }
    let of = |severity| diagnostics.iter().filter(|one| one.finding.severity == severity).count();
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    print(&diagnostics, args.format, (files.len(), events, errors, warnings), global, world)?;
    if args.format == Format::Text {
        let verdict = match (errors, warnings) {
            (0, 0) => "nothing is known to break".to_owned(),
            (0, _) => count(warnings, "warning", "warnings"),
            (_, 0) => count(errors, "error", "errors"),
            _ => format!("{}, {}", count(errors, "error", "errors"), count(warnings, "warning", "warnings")),
        };
        let judged = format!("{} in {}", count(events, "event", "events"), count(files.len(), "file", "files"));
        world.note(global, &format!("{judged}: {verdict}"));
        if let Some(codes) = by_code(&diagnostics) {
            world.note(global, &codes);
        }
    }
    Ok(if diagnostics.is_empty() { Exit::Fine } else { Exit::Problems })
}

/// Prints findings, and the numbers of files, events, errors and warnings where a format has them.
fn print(
    diagnostics: &[Diagnostic],
    format: Format,
    (files, events, errors, warnings): (usize, usize, usize, usize),
    global: &Global,
    world: &mut World<'_>,
) -> Result<()> {
    match format {
        Format::Text => {
            let text = diagnostic::text::render(diagnostics, world.color(global), world.width().max(60));
            world.print(&text)
        }
        Format::Json => {
            let document = serde_json::json!({
                "version": 1,
                "diagnostics": diagnostic::json::entries(diagnostics),
                "summary": {"files": files, "events": events, "errors": errors, "warnings": warnings},
            });
            world.print(&diagnostic::visible_json(&format!("{document}\n")))
        }
        Format::Github => world.print(&diagnostic::github::render(diagnostics)),
        Format::Sarif => {
            world.print(&diagnostic::visible_json(&format!("{:#}\n", diagnostic::sarif::render(diagnostics))))
        }
    }
}

/// Whether a finding breaks something in one of the clients; all are asked about if none is.
fn concerns(diagnostic: &Diagnostic, clients: &[Client]) -> bool {
    let Code::Feed(code) = diagnostic.finding.code else { return true };
    clients.is_empty() || code.clients().is_empty() || code.clients().iter().any(|client| clients.contains(client))
}

/// Findings by code, where there are too many to count.
fn by_code(diagnostics: &[Diagnostic]) -> Option<String> {
    const FEWEST: usize = 10;
    if diagnostics.len() < FEWEST {
        return None;
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in diagnostics {
        *counts.entry(diagnostic.finding.code.name()).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let parts: Vec<String> = counts.iter().map(|(code, count)| format!("{count} {code}")).collect();
    Some(format!("by code: {}", parts.join(", ")))
}

/// Where a file comes from.
enum Place {
    File(PathBuf),
    Address(String),
    Input,
}

impl Place {
    fn read(&self, world: &World<'_>) -> Result<Vec<u8>> {
        match self {
            Place::File(path) => read(path),
            Place::Address(address) => address::get(address),
            Place::Input => {
                let input = world.environment.stdin.ok_or_else(|| Error::new("there is no standard input"))?;
                let mut bytes = Vec::new();
                let read = input().take(LARGEST).read_to_end(&mut bytes);
                read.map_err(|source| Error::new(format!("cannot read standard input: {source}")))?;
                Ok(bytes)
            }
        }
    }
}

/// The files that a word names, each as it is shown.
fn named(word: &str, world: &World<'_>) -> Result<Vec<(String, Place)>> {
    if address::is_address(word) {
        return Ok(vec![(word.to_owned(), Place::Address(word.to_owned()))]);
    }
    if word == "-" {
        return Ok(vec![("standard input".to_owned(), Place::Input)]);
    }
    let path = world.folder.join(word);
    if !path.is_dir() {
        return Ok(vec![(word.replace('\\', "/"), Place::File(path))]);
    }
    let mut files = Vec::new();
    walk(&path, DEEPEST, &mut files)?;
    files.sort();
    if files.is_empty() {
        return Err(Error::new(format!("{} has no .ics files", path.display())));
    }
    let folder = word.trim_end_matches(['/', '\\']).replace('\\', "/");
    let name = |file: &Path| {
        let inside = file.strip_prefix(&path).unwrap_or(file);
        inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
    };
    Ok(files.into_iter().map(|file| (format!("{folder}/{}", name(&file)), Place::File(file))).collect())
}

/// Appends the .ics files of a folder and those below it. Links to folders are not followed.
fn walk(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<()> {
    let failed = |source| Error::io("read", folder, &source);
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            if depth > 0 {
                walk(&path, depth - 1, files)?;
            }
        } else if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ics"))
            && path.is_file()
            && files.len() < MOST_FILES
        {
            files.push(path);
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<Vec<u8>> {
    let failed = |source| Error::io("read", path, &source);
    let file = std::fs::File::open(path).map_err(failed)?;
    let size = file.metadata().map_or(0, |metadata| metadata.len());
    if size > LARGEST {
        return Err(Error::new(format!("{} is larger than 1 GB", path.display())));
    }
    let mut bytes = Vec::with_capacity(size as usize + 1);
    file.take(LARGEST).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}
