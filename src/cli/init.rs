//! `redletter init`: a calendar to start from.

use std::path::PathBuf;

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::{Exit, Global, World, open};
use crate::error::{Error, Result};
use crate::sink;

/// Arguments of `init`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Folder to create; it must be empty if it exists
    #[arg(default_value = ".")]
    folder: PathBuf,
}

const SETTINGS: &str = include_str!("init/calendar.toml");
const WORKFLOW: &str = include_str!("init/workflow.yml");
/// What `build` writes is made again from the records, so git need not keep it.
const IGNORED: &str = "/public/\n/.public.redletter/\n";

/// An example: kind, words of its file's name, days from now, text with `{day}` and `{last}` for dates.
const EXAMPLES: [(&str, &str, i64, &str); 11] = [
    (
        "protest",
        "march-for-housing",
        8,
        "title    = \"March for housing\"\nkind     = \"protest\"\nstart    = {day}T12:00\nduration = \"3h\"\ntags     = [\"housing\"]\n\n[location]\nname    = \"Town hall\"\naddress = \"Main Street 1\"\ncity    = \"Springfield\"\n",
    ),
    (
        "strike",
        "transport-strike",
        12,
        "# A date without an hour is the whole day.\ntitle = \"Transport strike\"\nkind  = \"strike\"\nstart = {day}\n",
    ),
    (
        "forum",
        "forum-on-rents",
        5,
        "title    = \"Forum: who sets the rents?\"\nkind     = \"forum\"\nstart    = {day}T19:00\nduration = \"90m\"\nurl      = \"https://example.org/forum\"\n\n[online]\nurl      = \"https://example.org/join\"\nplatform = \"Jitsi\"\n",
    ),
    (
        "action-day",
        "day-of-action",
        20,
        "title = \"Day of action for public transport\"\nkind  = \"action-day\"\nstart = {day}\n",
    ),
    (
        "meeting",
        "assembly",
        3,
        "title = \"Open assembly\"\nkind  = \"meeting\"\nstart = {day}T18:30\nend   = {day}T20:00\n\n[location]\nname          = \"Community centre\"\naccessibility = [\"step-free\", \"childcare\"]\n",
    ),
    (
        "conference",
        "tenants-conference",
        26,
        "# The end of an event without hours is its last day.\ntitle = \"Tenants' conference\"\nkind  = \"conference\"\nstart = {day}\nend   = {last}\n",
    ),
    ("vigil", "vigil", 10, "title    = \"Vigil\"\nkind     = \"vigil\"\nstart    = {day}T17:00\nduration = \"1h\"\n"),
    (
        "occupation",
        "occupation",
        15,
        "title = \"Occupation of the empty cinema\"\nkind  = \"occupation\"\nstart = {day}\nend   = {last}\n",
    ),
    (
        "boycott",
        "boycott-week",
        18,
        "title    = \"Boycott week\"\nkind     = \"boycott\"\nstart    = {day}\nduration = \"7d\"\n",
    ),
    (
        "commemoration",
        "commemoration",
        22,
        "title    = \"Commemoration\"\nkind     = \"commemoration\"\nstart    = {day}T11:00\nduration = \"1h\"\n",
    ),
    (
        "deadline",
        "petition-closes",
        28,
        "title  = \"The petition closes\"\nkind   = \"deadline\"\nstart  = {day}\nstatus = \"tentative\"\n",
    ),
];

/// Runs it.
pub fn run(args: &Args, global: &Global, world: &mut World<'_>) -> Result<Exit> {
    let folder = world.folder.join(&args.folder);
    if folder.is_dir() {
        let entries = std::fs::read_dir(&folder).map_err(|source| Error::io("read", &folder, &source))?;
        let in_use = entries.flatten().map(|entry| entry.file_name()).filter(|name| name != ".git").min();
        if let Some(name) = in_use {
            let here = args.folder.as_os_str() == ".";
            let folder = if here { "this folder".to_owned() } else { args.folder.display().to_string() };
            return Err(Error::new(format!("{folder} is in use: it holds {}", name.to_string_lossy()))
                .help("give an empty folder, or a new one: `redletter init my-calendar`"));
        }
    } else if folder.exists() {
        return Err(Error::new(format!("{} is not a folder", folder.display())));
    }
    let tzdb = open::tzdb(global, world)?;
    let zone = open::zones(&[], &tzdb, None, world.now(global)?, world)?[0];
    let today = world.now(global)?.with_timezone(&zone).date_naive();

    let settings = SETTINGS.replace("{timezone}", zone.name());
    sink::write_file(&folder.join("calendar.toml"), |out| out.write_all(settings.as_bytes()))?;
    sink::write_file(&folder.join(".github/workflows/calendar.yml"), |out| out.write_all(WORKFLOW.as_bytes()))?;
    sink::write_file(&folder.join(".gitignore"), |out| out.write_all(IGNORED.as_bytes()))?;
    for (kind, words, days, text) in EXAMPLES {
        let day = today.checked_add_signed(TimeDelta::days(days)).unwrap_or(today);
        let name = format!("events/{:04}/{:02}-{:02}-{words}.toml", day.year(), day.month(), day.day());
        let text = example(kind, day, text);
        sink::write_file(&folder.join(name), |out| out.write_all(text.as_bytes()))?;
    }
    world.say(
        global,
        &format!(
            "made a calendar in {}\n\n  redletter --root {0} agenda    lists what is coming\n  redletter --root {0} check     finds mistakes\n  redletter --root {0} serve     shows its site while you edit\n  redletter --root {0} build     writes the site, with feeds to subscribe to\n\nIts events are examples: change or delete them. Settings are in calendar.toml.",
            args.folder.display()
        ),
    );
    Ok(Exit::Fine)
}

fn example(kind: &str, day: NaiveDate, text: &str) -> String {
    let last = day.checked_add_signed(TimeDelta::days(1)).unwrap_or(day);
    let body = text.replace("{day}", &day.to_string()).replace("{last}", &last.to_string());
    format!("# An example of the kind `{kind}`: change it or delete it.\n{body}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::format::{Kind, format};

    #[test]
    fn fmt_has_nothing_to_do_in_a_new_calendar() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 20).expect("a day");
        for (kind, _, _, text) in EXAMPLES {
            let text = example(kind, day, text);
            assert_eq!(format(&text, Kind::Records).as_deref(), Ok(&*text));
        }
        let settings = SETTINGS.replace("{timezone}", "Europe/Athens");
        assert_eq!(format(&settings, Kind::Settings).as_deref(), Ok(&*settings));
    }
}
