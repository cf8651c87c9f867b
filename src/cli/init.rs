//! `redletter init`: a calendar to start from, in a new folder, or beside the files of one that is in use.
//!
//! It asks on a terminal for what the options leave open. It replaces no file: what stands in the way is an error.

mod ask;
mod empty;
mod samples;
mod workflow;

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use self::ask::Answers;
pub(super) use self::ask::unused_domain;
use super::{Exit, Global, World, lock, open};
use crate::error::{Error, Result};
use crate::record::format::{Kind, format};
use crate::record::value::toml_text;
use crate::sink;

/// Arguments of `init`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Folder of the calendar; it may hold other files
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// Title of the calendar
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Time zone, by name or city [default: the system's]
    #[arg(short = 't', long, value_name = "ZONE")]
    timezone: Option<String>,
    /// Language, such as en, es, pt-BR [default: en]
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// Address where the site will be
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Domain at the end of each UID [default: the host of --url, or a name that no other calendar has]
    #[arg(long, value_name = "NAME")]
    domain: Option<String>,
    /// Write no examples; in a calendar that has them, delete them
    #[arg(long)]
    empty: bool,
    /// The service that checks and builds each change
    #[arg(long, value_enum, default_value = "github", value_name = "SERVICE")]
    ci: Service,
    /// Ask nothing, and take the default of each option that is not given
    #[arg(short = 'y', long)]
    yes: bool,
}

/// What runs the workflow.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum Service {
    /// GitHub Actions, with the site on GitHub Pages.
    Github,
    /// No workflow.
    None,
}

const SETTINGS: &str = include_str!("init/calendar.toml");
/// `build` writes these from the records, so git need not keep them.
const IGNORED: [&str; 2] = ["/public/", "/.public.redletter/"];

/// Runs it.
pub fn run(args: &Args, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let folder = world.folder.join(&args.folder);
    if folder.exists() && !folder.is_dir() {
        return Err(Error::new(format!("{} is not a folder", folder.display())));
    }
    let answers = [&args.title, &args.timezone, &args.language, &args.url, &args.domain];
    if args.empty && answers.iter().all(|answer| answer.is_none()) && is_there(&folder.join("calendar.toml")) {
        return empty::run(&folder, global, world);
    }
    for name in ["calendar.toml", crate::lock::FILE] {
        refuse_existing(&folder.join(name), name)?;
    }
    let workflow = match args.ci {
        Service::Github => Some(workflow::Place::of(&folder)),
        Service::None => None,
    };
    if let Some(place) = &workflow {
        refuse_existing(&place.file, workflow::NAME)?;
    }

    let tzdb = open::tzdb(global, world)?;
    let now = world.now(global)?;
    let answers = ask::answers(args, &tzdb, now, global, world)?;
    let samples = if args.empty || has_records(&folder) {
        Vec::new()
    } else {
        samples::all(now.with_timezone(&answers.zone).date_naive(), &answers.language)
    };
    let records = samples.iter().map(|(name, text)| (folder.join(name), text.clone()));
    let workflow_file = workflow.as_ref().map(|place| (place.file.clone(), workflow::text(place)));
    let ignored = (folder.join(".gitignore"), ignored(&folder)?);
    // The settings come last: without them, a run that was stopped can be repeated.
    let settings = (folder.join("calendar.toml"), settings(&answers));
    for (path, text) in records.chain(workflow_file).chain([ignored, settings]) {
        sink::write_file(&path, |out| out.write_all(text.as_bytes()))?;
    }
    let quiet = Global { root: Some(folder), quiet: true, ..global.clone() };
    let locked = lock::run(&lock::Args::default(), &quiet, world)?;
    world.note(global, &said(args, &answers, samples.len(), workflow.as_ref()));
    Ok(locked)
}

/// Whether something has that name, be it a link that leads nowhere.
fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// An error if the file would be replaced.
fn refuse_existing(path: &Path, name: &str) -> Result<()> {
    if !is_there(path) {
        return Ok(());
    }
    let error = Error::new(format!("{name} exists already, and `init` replaces no file"));
    Err(error.help(if name == workflow::NAME {
        "with `--ci none`, no workflow is written"
    } else {
        "this folder is a calendar: `redletter init --empty` deletes its examples; `redletter init my-calendar` starts \
         another calendar"
    }))
}

/// Whether the folder holds records already, which are then the events of the calendar.
fn has_records(folder: &Path) -> bool {
    std::fs::read_dir(folder.join("events")).is_ok_and(|mut entries| entries.next().is_some())
}

/// The text of `.gitignore`: the lines that are there, and ours.
fn ignored(folder: &Path) -> Result<String> {
    let path = folder.join(".gitignore");
    let mut text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(Error::io("read", &path, &error)),
    };
    for line in IGNORED {
        if text.lines().any(|old| old.trim().trim_matches('/') == line.trim_matches('/')) {
            continue;
        }
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(line);
        text.push('\n');
    }
    Ok(text)
}

/// The text of `calendar.toml`.
fn settings(answers: &Answers) -> String {
    let url = match &answers.url {
        Some(url) => format!("url = {}", toml_text(url)),
        None => "# url = \"https://example.org/calendar/\"".to_owned(),
    };
    let values = [
        ("{timezone}", toml_text(answers.zone.name())),
        ("{language}", toml_text(&answers.language)),
        ("{domain}", toml_text(&answers.domain)),
        ("{url}", url),
        // The title comes last: it may contain the marks of the others.
        ("{title}", toml_text(&answers.title)),
    ];
    let text = values.iter().fold(SETTINGS.to_owned(), |text, (mark, value)| text.replacen(mark, value, 1));
    format(&text, Kind::Settings).unwrap_or(text)
}

/// What was done, and what can be done next.
fn said(args: &Args, answers: &Answers, samples: usize, workflow: Option<&workflow::Place>) -> String {
    let is_here = args.folder.as_os_str() == ".";
    let place = if is_here { "this folder".to_owned() } else { args.folder.display().to_string() };
    let mut text =
        format!("made the calendar \"{}\" in {place}; its clock is {}\n\n", answers.title, answers.zone.name());
    if !is_here {
        let quote = if place.contains(' ') { "\"" } else { "" };
        text.push_str(&format!("  cd {quote}{place}{quote}\n"));
    }
    text.push_str(
        "  redletter agenda    lists what is coming\n  \
         redletter check     finds mistakes\n  \
         redletter serve     shows the site while you edit\n  \
         redletter build     writes the site, with feeds to subscribe to\n  \
         redletter new meeting \"Assembly\" --start \"next friday 19:00\"    writes a record\n\n",
    );
    if samples > 0 {
        text.push_str("Its events are examples: change them, or delete them with `redletter init --empty`. ");
    }
    text.push_str("Settings are in calendar.toml.");
    if let Some(place) = workflow {
        let name = if place.inside.is_some() { place.file.display().to_string() } else { workflow::NAME.to_owned() };
        text.push_str(&format!(
            "\nOn GitHub, {name} checks each change and builds the site daily.\n{}",
            workflow::NEEDS
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zone::Tzdb;

    #[test]
    fn settings_are_formatted_and_read_back() {
        let tzdb = Tzdb::newest(&[], None).expect("the bundled rules");
        for url in [None, Some("https://example.org/{title}/".to_owned())] {
            let answers = Answers {
                title: "Days of {url} \"action\" {title}".into(),
                zone: tzdb.zone("Europe/Athens").expect("a zone"),
                language: "el".into(),
                url,
                domain: "example.org".into(),
            };
            let text = settings(&answers);
            assert_eq!(format(&text, Kind::Settings).as_deref(), Ok(&*text));
            let (read, findings) = crate::calendar::settings::read(&text, &tzdb);
            assert_eq!(findings, []);
            assert_eq!((&*read.title, &*read.language, &*read.domain), (&*answers.title, "el", "example.org"));
            assert_eq!(read.url.is_some(), answers.url.is_some());
        }
    }

    #[test]
    fn a_gitignore_keeps_its_lines() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(ignored(folder.path()).expect("a text"), "/public/\n/.public.redletter/\n");
        std::fs::write(folder.path().join(".gitignore"), "*.bak\npublic").expect("a file");
        assert_eq!(ignored(folder.path()).expect("a text"), "*.bak\npublic\n/.public.redletter/\n");
    }
}
