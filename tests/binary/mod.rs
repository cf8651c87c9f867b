//! Runs of the built binary, in an empty environment and at a fixed time.

use std::path::Path;
use std::process::Command;

/// The time of every run.
pub(crate) const NOW: &str = "2026-11-20T12:00:00Z";

/// What redletter prints about the calendar at `root`. A run that fails is a panic.
pub(crate) fn printed(root: &Path, arguments: &[&str]) -> Vec<u8> {
    printed_at(NOW, root, arguments)
}

/// The same at another time.
pub(crate) fn printed_at(now: &str, root: &Path, arguments: &[&str]) -> Vec<u8> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redletter"));
    let run = command.env_clear().args(["--now", now, "--root"]).arg(root).args(arguments).output().expect("it starts");
    assert!(run.status.success(), "{arguments:?} of {}: {}", root.display(), String::from_utf8_lossy(&run.stderr));
    run.stdout
}
