//! What goes wrong with the machine: disk, arguments, environment.
//!
//! A mistake in a record is never one of these; it is a [`crate::diagnostic::Diagnostic`].

use std::fmt;
use std::path::Path;

/// A failure of the machine, or of the way the program was called, in a sentence for its user.
#[derive(Debug)]
pub struct Error {
    message: String,
    help: Option<String>,
    reader_gone: bool,
    in_records: bool,
}

/// The result of what touches the machine.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An error that says `message`, a sentence without a final stop.
    pub fn new(message: impl Into<String>) -> Self {
        Error { message: message.into(), help: None, reader_gone: false, in_records: false }
    }

    /// An error of the operating system on a path: `cannot read events/x.toml: permission denied`.
    pub fn io(verb: &str, path: &Path, source: &std::io::Error) -> Self {
        Error::new(format!("cannot {verb} {}: {source}", path.display()))
    }

    /// An error of printing. If the reader closed the pipe (`| head`), the run ends without a message.
    pub fn output(source: &std::io::Error) -> Self {
        let reader_gone = source.kind() == std::io::ErrorKind::BrokenPipe;
        Error { reader_gone, ..Error::new(format!("cannot print: {source}")) }
    }

    /// Says that the records are at fault rather than the machine, and that the message is a diagnostic, drawn already.
    #[must_use]
    pub fn in_records(mut self) -> Self {
        self.in_records = true;
        self
    }

    /// Whether the records are at fault.
    pub fn is_in_records(&self) -> bool {
        self.in_records
    }

    /// Whether it only says that nobody reads any more.
    pub fn is_reader_gone(&self) -> bool {
        self.reader_gone
    }

    /// The same in other words, which `tell` makes of its message.
    #[must_use]
    pub fn told(mut self, tell: impl Fn(&str) -> String) -> Self {
        self.message = tell(&self.message);
        self
    }

    /// Adds what the user can do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// What the user can do about it, where something is known.
    pub fn help_text(&self) -> Option<&str> {
        self.help.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
