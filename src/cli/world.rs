//! What a run gets from outside: clock, environment, terminal, streams. Only `main.rs` fills it.

use std::ffi::OsString;
use std::io::{BufRead, Write};
use std::path::PathBuf;

use chrono::{DateTime, Utc};

use super::{ColorChoice, Global};
use crate::calendar::Secret;
use crate::diagnostic::{visible_drawing, visible_lines};
use crate::error::{Error, Result};

/// The variables and settings of the system that count.
#[derive(Clone, Default)]
pub struct Environment {
    /// `REDLETTER_ROOT`.
    pub root: Option<OsString>,
    /// `TZ`.
    pub timezone: Option<String>,
    /// The system's own zone, by its IANA name.
    pub system_timezone: Option<String>,
    /// `TZDIR`, or the usual folders.
    pub zoneinfo: Vec<PathBuf>,
    /// `SOURCE_DATE_EPOCH`.
    pub source_date_epoch: Option<String>,
    /// `COLUMNS`, for output that goes to no terminal.
    pub columns: Option<usize>,
    /// `REDLETTER_MEMBERS_SECRET`.
    pub members_secret: Option<String>,
    /// Where this program is.
    pub program: Option<PathBuf>,
    /// Standard input for data, such as `redletter import -`.
    pub stdin: Option<fn() -> Box<dyn std::io::Read>>,
    /// `NO_COLOR` is set and not empty.
    pub no_color: bool,
}

/// The world of a run.
pub struct World<'w> {
    /// What the clock said at the start.
    pub clock: DateTime<Utc>,
    /// The clock itself, for what runs on.
    pub time: fn() -> DateTime<Utc>,
    /// The working folder.
    pub folder: PathBuf,
    /// Variables and settings.
    pub environment: Environment,
    /// Columns of the terminal; `None` if standard output is not a terminal.
    pub columns: Option<usize>,
    /// Whether standard error is a terminal.
    pub err_terminal: bool,
    /// Standard input, if a person sits at it and reads standard error.
    pub input: Option<&'w mut dyn BufRead>,
    /// Standard output, buffered.
    pub out: &'w mut dyn Write,
    /// Standard error.
    pub err: &'w mut dyn Write,
}

impl World<'_> {
    /// The as-of time: `--now`, else `SOURCE_DATE_EPOCH`, else the clock; in whole seconds.
    pub fn now(&self, global: &Global) -> Result<DateTime<Utc>> {
        use chrono::SubsecRound;
        if let Some(text) = &global.now {
            let now = DateTime::parse_from_rfc3339(text).ok().map(|now| now.to_utc());
            let now = now.or_else(|| {
                // A date or a time without seconds is plain enough.
                let day = text.parse::<chrono::NaiveDate>().ok()?.and_time(chrono::NaiveTime::MIN).and_utc();
                Some(day)
            });
            return now.map(|now| now.trunc_subsecs(0)).filter(|now| in_range(*now)).ok_or_else(|| {
                Error::new(format!("--now: `{}` is not a time", crate::diagnostic::shorten(text)))
                    .help("expected RFC 3339, such as 2026-11-20T12:00:00Z")
            });
        }
        if let Some(text) = &self.environment.source_date_epoch {
            let now = text.trim().parse().ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
            return now.filter(|now| in_range(*now)).ok_or_else(|| {
                Error::new(format!(
                    "SOURCE_DATE_EPOCH: `{}` is not a number of seconds",
                    crate::diagnostic::shorten(text)
                ))
            });
        }
        Ok(self.clock.trunc_subsecs(0))
    }

    /// The secret of the members, if there is one.
    pub fn members_secret(&self) -> Result<Option<Secret>> {
        self.environment.members_secret.as_deref().map(Secret::parse).transpose()
    }

    /// What tells this program from any other one, also from one that was built of the same version.
    pub fn program(&self) -> String {
        let file = self.environment.program.as_deref().and_then(|path| std::fs::metadata(path).ok());
        let built = file.map(|file| (file.len(), file.modified().ok()));
        format!("{} {built:?}", env!("CARGO_PKG_VERSION"))
    }

    /// Columns to write for.
    pub fn width(&self) -> usize {
        self.columns.or(self.environment.columns).unwrap_or(80).clamp(20, 400)
    }

    /// Whether data is coloured.
    pub fn color(&self, global: &Global) -> bool {
        match global.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => self.columns.is_some() && !self.environment.no_color,
        }
    }

    /// Whether messages are coloured.
    pub fn err_color(&self, global: Option<&Global>) -> bool {
        match global.map(|global| global.color) {
            Some(ColorChoice::Always) => true,
            Some(ColorChoice::Never) => false,
            Some(ColorChoice::Auto) | None => self.err_terminal && !self.environment.no_color,
        }
    }

    /// Prints data.
    pub fn print(&mut self, text: &str) -> Result<()> {
        self.out.write_all(text.as_bytes()).map_err(|source| Error::output(&source))
    }

    /// Sends out what is buffered.
    pub fn flush(&mut self) -> Result<()> {
        self.out.flush().map_err(|source| Error::output(&source))
    }

    /// Says something beside the data, unless `--quiet`. A message that nobody can read stops nothing.
    pub fn note(&mut self, global: &Global, text: &str) {
        if !global.quiet {
            self.note_always(text);
        }
    }

    /// Says something beside the data.
    pub fn note_always(&mut self, text: &str) {
        let _ = self.out.flush();
        let _ = writeln!(self.err, "{}", visible_lines(text));
    }

    /// Writes a question, and leaves the cursor behind it.
    pub fn prompt(&mut self, text: &str) {
        let _ = self.out.flush();
        let _ = write!(self.err, "{}", visible_lines(text)).and_then(|()| self.err.flush());
    }

    /// Says what was drawn, with its colours.
    pub fn say_drawn(&mut self, text: &str) {
        let _ = self.out.flush();
        let _ = writeln!(self.err, "{}", visible_drawing(text));
    }

    /// Prints an error and what can be done about it.
    pub fn print_error(&mut self, error: &Error) {
        if error.is_in_records() {
            // It is a diagnostic, already drawn.
            self.say_drawn(&error.to_string());
            return;
        }
        let message = crate::diagnostic::visible(error.to_string().chars());
        self.note_always(&format!("error: {message}"));
        if let Some(help) = error.help_text() {
            let help = crate::diagnostic::visible(help.chars());
            self.note_always(&format!("  help: {help}"));
        }
    }
}

/// Times that every zone can show.
fn in_range(now: DateTime<Utc>) -> bool {
    use chrono::Datelike;
    (1..=9998).contains(&now.year())
}
