//! What a new calendar is called and where it is at home: by options, by questions on a terminal, or by default.

use chrono::{DateTime, Utc};

use super::Args;
use crate::calendar::{Settings, settings};
use crate::cli::{Global, World, open};
use crate::error::{Error, Result};
use crate::language::Language;
use crate::lock::Digest;
use crate::record::value::toml_text;
use crate::resolve::text::checked_language;
use crate::zone::{Tzdb, Zone};

/// The settings of a new calendar.
pub(super) struct Answers {
    pub(super) title: String,
    pub(super) zone: Zone,
    pub(super) language: String,
    pub(super) url: Option<String>,
    pub(super) domain: String,
}

const TITLE: &str = "Our calendar";

/// A question, and the option that answers it.
struct Question<'q> {
    words: &'q str,
    option: &'q str,
    given: Option<&'q str>,
    /// The answer if the user enters nothing, or without a terminal.
    default: Option<&'q str>,
}

/// All answers. Questions are asked if there is a terminal, unless `--yes` is given.
pub(super) fn answers(
    args: &Args,
    tzdb: &Tzdb,
    now: DateTime<Utc>,
    global: &Global,
    world: &mut World<'_>,
) -> Result<Answers> {
    let asks = world.input.is_some() && !args.yes;
    if asks {
        world.note_always("Four questions; Enter takes the answer in brackets.");
    }
    let question = |words, option, given, default| Question { words, option, given, default };
    let title = question("Title of the calendar", "--title", args.title.as_deref(), Some(TITLE));
    let title: String = title.answer(asks, world, |text, _| Ok(setting("title", text, tzdb)?.title.into()))?;

    let system = system_zone(tzdb, now, world)?;
    let words = "Time zone, or a city";
    let zone = question(words, "--timezone", args.timezone.as_deref(), system.map(Zone::name));
    let zone = if zone.given.is_none() && zone.default.is_none() && !asks {
        world.note_always(
            "warning: the system names no time zone but UTC, and calendar.toml says `timezone = \"UTC\"`\n  help: write \
             your own there, such as `timezone = \"Europe/Athens\"`; `redletter init --timezone Athens` sets it from \
             the start",
        );
        Zone::utc()
    } else {
        zone.answer(asks, world, |text, world| zone_of(text, tzdb, now, world))?
    };

    let language = question("Language", "--language", args.language.as_deref(), Some("en"));
    let language = language.answer(asks, world, |text, world| language_of(text, global, world))?;
    let url = question("Web address of its site, if there is one", "--url", args.url.as_deref(), Some(""));
    let site = url.answer(asks, world, |text, _| address(text, tzdb))?;
    let domain = match &args.domain {
        Some(domain) => domain_of(domain, tzdb).map_err(|error| named("--domain", &error))?,
        None => site.as_ref().map_or_else(|| unused_domain(&title, now), |(_, host)| host.clone()),
    };
    Ok(Answers { title, zone, language, url: site.map(|(url, _)| url), domain })
}

impl Question<'_> {
    fn answer<T>(
        &self,
        asks: bool,
        world: &mut World<'_>,
        mut judge: impl FnMut(&str, &mut World<'_>) -> Result<T>,
    ) -> Result<T> {
        if let Some(given) = self.given {
            return judge(given, world).map_err(|error| named(self.option, &error));
        }
        loop {
            let answer = if asks { self.line(world)? } else { String::new() };
            let text = Some(answer.trim()).filter(|text| !text.is_empty()).or(self.default);
            let error = match text.map(|text| judge(text, world)) {
                Some(Ok(answer)) => return Ok(answer),
                Some(Err(error)) if !asks => return Err(named(self.option, &error)),
                Some(Err(error)) => error,
                None => Error::new("an answer is needed").help("write a city, or a name such as Europe/Athens"),
            };
            world.print_error(&error);
        }
    }

    /// Asks, and reads a line.
    fn line(&self, world: &mut World<'_>) -> Result<String> {
        let default = self.default.filter(|default| !default.is_empty());
        let default = default.map(|default| format!(" [{default}]")).unwrap_or_default();
        world.prompt(&format!("{}{default}: ", self.words));
        let mut line = String::new();
        let read = world.input.as_mut().map_or(Ok(0), |input| input.read_line(&mut line));
        match read {
            Ok(0) => Err(Error::new("there is no answer, and nothing was written")
                .help("`--yes` asks nothing; `redletter init --help` lists the options")),
            Ok(_) => Ok(line),
            Err(source) => Err(Error::new(format!("the answer cannot be read: {source}"))),
        }
    }
}

/// An error about the value of an option.
fn named(option: &str, error: &Error) -> Error {
    let named = Error::new(format!("{option}: {error}"));
    match error.help_text() {
        Some(help) => named.help(help),
        None => named,
    }
}

/// The zone of the system; none if that is UTC, which machines have whose zone was never set.
fn system_zone(tzdb: &Tzdb, now: DateTime<Utc>, world: &mut World<'_>) -> Result<Option<Zone>> {
    let zone = open::zones(&[], tzdb, None, now, world)?[0];
    Ok(Some(zone).filter(|zone| !open::is_utc(*zone) && tzdb.zone(zone.name()).is_some()))
}

/// A zone by its name, or by a place. Rules without a name cannot be the zone of a calendar.
fn zone_of(text: &str, tzdb: &Tzdb, now: DateTime<Utc>, world: &mut World<'_>) -> Result<Zone> {
    let zone = open::named(text, None, now, tzdb, world)?;
    if tzdb.zone(zone.name()).is_none() {
        return Err(Error::new("an offset is not a time zone: it does not know when clocks change")
            .help("write a city, or a name such as Europe/Athens"));
    }
    Ok(zone)
}

/// A tag, also by the language's own name.
fn language_of(text: &str, global: &Global, world: &mut World<'_>) -> Result<String> {
    let lower = text.to_lowercase();
    if let Some(language) = Language::all().find(|language| language.own_name().to_lowercase() == lower) {
        return Ok(language.code().to_owned());
    }
    let Some(tag) = checked_language(text) else {
        return Err(Error::new(format!("`{}` is not a language tag", crate::diagnostic::shorten(text)))
            .help("write a tag such as en, es or pt-BR"));
    };
    if Language::find(&tag).is_none() {
        world.note(global, &format!("note: redletter has no words in `{tag}`: pages and listings have English ones"));
    }
    Ok(tag.into())
}

/// An address, which may lack `https://`, and its host; none of an empty text.
fn address(text: &str, tzdb: &Tzdb) -> Result<Option<(String, String)>> {
    if text.is_empty() {
        return Ok(None);
    }
    let is_bare = !text.contains(':') && text.contains('.');
    let text = if is_bare { format!("https://{text}") } else { text.to_owned() };
    let settings = setting("url", &text, tzdb)?;
    Ok(settings.url.map(|url| (url.into(), settings.domain.into())))
}

fn domain_of(text: &str, tzdb: &Tzdb) -> Result<String> {
    Ok(setting("domain", text, tzdb)?.domain.into())
}

/// The settings with one line, judged as in `calendar.toml`.
fn setting(key: &str, value: &str, tzdb: &Tzdb) -> Result<Settings> {
    let (settings, findings) = settings::read(&format!("{key} = {}\n", toml_text(value)), tzdb);
    match findings.into_iter().next() {
        None => Ok(settings),
        Some(finding) if finding.label.is_empty() => Err(Error::new(finding.message)),
        Some(finding) => Err(Error::new(finding.message).help(finding.label)),
    }
}

/// A domain that no other calendar has, for UIDs that stay when the calendar gets an address.
pub(in crate::cli) fn unused_domain(title: &str, now: DateTime<Utc>) -> String {
    let digest = u128::from_be_bytes(Digest::of(&[title.as_bytes(), &now.timestamp().to_le_bytes()]).bytes());
    format!("calendar-{:010x}.invalid", digest >> 88)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use clap::Parser;

    use super::*;
    use crate::cli::{Cli, Environment, Verb};

    /// The answers for a command line, and what was printed; `typed` is typed on a terminal.
    fn asked(line: &[&str], typed: Option<&str>, timezone: Option<&str>) -> (Result<Answers>, String) {
        let cli = Cli::parse_from(["redletter", "init"].iter().chain(line));
        let Some(Verb::Init(args)) = &cli.verb else { panic!("init") };
        let tzdb = Tzdb::newest(&[], None).expect("the bundled rules");
        let (mut err, mut typed) = (Vec::new(), typed.map(str::as_bytes));
        let mut world = World {
            clock: DateTime::UNIX_EPOCH,
            time: || unreachable!("nothing runs on"),
            folder: PathBuf::new(),
            environment: Environment { timezone: timezone.map(str::to_owned), ..Environment::default() },
            columns: None,
            err_terminal: false,
            input: typed.as_mut().map(|typed| typed as &mut dyn std::io::BufRead),
            out: &mut Vec::new(),
            err: &mut err,
        };
        let answers = answers(args, &tzdb, DateTime::UNIX_EPOCH, &cli.global, &mut world);
        (answers, String::from_utf8(err).expect("text"))
    }

    #[test]
    fn questions_are_asked_again_until_the_answer_is_right() {
        let typed = "\nnowhere\nathens\nxx-\nΕλληνικά\nhttps://\nexample.org/days\n";
        let (answers, said) = asked(&[], Some(typed), Some("UTC"));
        let answers = answers.expect("answers");
        assert_eq!((&*answers.title, answers.zone.name(), &*answers.language), (TITLE, "Europe/Athens", "el"));
        assert_eq!(answers.url.as_deref(), Some("https://example.org/days/"));
        assert_eq!(answers.domain, "example.org");
        assert_eq!(said.matches("Time zone, or a city: ").count(), 2, "{said}");
        assert_eq!(said.matches("Language [en]: ").count(), 2, "{said}");
        assert_eq!(said.matches("Web address").count(), 2, "{said}");
    }

    #[test]
    fn enter_takes_the_system_zone_but_never_utc() {
        let (answers, said) = asked(&["--title", "Days"], Some("\n\n\n"), Some("America/Lima"));
        assert_eq!(answers.expect("answers").zone.name(), "America/Lima");
        assert!(said.contains("Time zone, or a city [America/Lima]: ") && !said.contains("Title"), "{said}");
        let (answers, said) = asked(&[], Some("\n\n"), Some("UTC"));
        assert!(answers.is_err() && said.contains("an answer is needed"), "{said}");
    }

    #[test]
    fn without_a_terminal_utc_is_said() {
        let (answers, said) = asked(&[], None, None);
        assert_eq!(answers.expect("answers").zone.name(), "UTC");
        assert!(said.starts_with("warning: the system names no time zone but UTC"), "{said}");
        let (answers, said) = asked(&["--yes"], Some("Lima\n"), Some("Asia/Kolkata"));
        assert_eq!(answers.expect("answers").zone.name(), "Asia/Kolkata");
        assert_eq!(said, "");
        // UTC by choice is no surprise.
        let (answers, said) = asked(&["--timezone", "UTC"], None, None);
        assert_eq!((answers.expect("answers").zone.name(), &*said), ("UTC", ""));
    }

    #[test]
    fn an_option_that_cannot_be_read_is_named() {
        for (option, value) in [
            ("--timezone", "nowhere"),
            ("--timezone", "+02:00"),
            ("--language", "klingonish"),
            ("--url", "javascript:alert(1)"),
            ("--url", "https://example.org/?a"),
            ("--domain", "exa mple"),
            ("--title", " "),
        ] {
            let (answers, _) = asked(&[&format!("{option}={value}")], None, Some("Europe/Madrid"));
            let error = answers.err().map(|error| error.to_string()).unwrap_or_default();
            assert!(error.starts_with(&format!("{option}: ")), "{option} {value}: {error}");
        }
    }

    #[test]
    fn calendars_without_an_address_have_different_domains() {
        let (one, other) = (unused_domain("a", DateTime::UNIX_EPOCH), unused_domain("b", DateTime::UNIX_EPOCH));
        assert_ne!(one, other);
        let tzdb = Tzdb::newest(&[], None).expect("the bundled rules");
        assert_eq!(domain_of(&one, &tzdb).ok(), Some(one));
    }
}
