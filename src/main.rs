//! Arguments, clock, environment and terminal: the only reader of these.

use std::io::{BufRead, BufWriter, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

use redletter::cli::{self, Environment, World};

fn main() -> ExitCode {
    let terminal = std::io::stdout().is_terminal();
    let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    let is_asked = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    let mut input = is_asked.then(|| std::io::stdin().lock());
    let mut world = World {
        clock: time(),
        time,
        folder: std::env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
        environment: environment(),
        columns: terminal.then(|| terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0))),
        err_terminal: std::io::stderr().is_terminal(),
        input: input.as_mut().map(|input| input as &mut dyn BufRead),
        out: &mut out,
        err: &mut std::io::stderr(),
    };
    let exit = cli::run(std::env::args_os(), &mut world);
    ExitCode::from(exit.code())
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
fn time() -> chrono::DateTime<chrono::Utc> {
    std::time::SystemTime::now().into()
}

fn environment() -> Environment {
    let text = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let folders = ["/usr/share/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo", "/var/db/timezone/zoneinfo"];
    Environment {
        root: std::env::var_os("REDLETTER_ROOT").filter(|value| !value.is_empty()),
        timezone: text("TZ"),
        system_timezone: iana_time_zone::get_timezone().ok(),
        // Whoever sets TZDIR means that folder instead of the system's, as for every other program.
        zoneinfo: std::env::var_os("TZDIR").map_or(folders.map(PathBuf::from).to_vec(), |folder| vec![folder.into()]),
        source_date_epoch: text("SOURCE_DATE_EPOCH"),
        columns: text("COLUMNS").and_then(|columns| columns.parse().ok()),
        members_secret: text(redletter::calendar::secret::VARIABLE),
        program: std::env::current_exe().ok(),
        stdin: Some(|| Box::new(std::io::stdin())),
        no_color: text("NO_COLOR").is_some(),
    }
}
