//! Second opinions: the programs of `tests/opinions`, which read what we write by libraries that we did not write.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// `tests/run` says by a variable where its Python is.
fn python(folder: &Path) -> PathBuf {
    std::env::var_os("REDLETTER_PYTHON").map_or_else(|| folder.join("venv/bin/python"), PathBuf::from)
}

/// What `script` says about `arguments` and `input`. A test without its opinion has not passed: a program that is missing, or that
/// refuses, is a panic.
pub(crate) fn of(script: &str, arguments: &[&OsStr], input: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/opinions");
    let is_python = Path::new(script).extension().is_some_and(|extension| extension == "py");
    let program = if is_python {
        python(&folder)
    } else {
        assert!(folder.join("node_modules").is_dir(), "tests/opinions/node_modules is missing: run tests/run");
        "node".into()
    };
    let mut child = Command::new(&program)
        .arg(folder.join(script))
        .args(arguments)
        .env("PYTHONTZPATH", "")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("cannot run {}: {error}; run tests/run", program.display()));
    let mut stdin = child.stdin.take().expect("it is piped");
    let input = input.to_owned();
    // Written beside reading, or both sides wait for a full pipe. A program that reads nothing may close its end.
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let asked = child.wait_with_output().expect("a child that was started");
    let _ = writer.join();
    assert!(
        asked.status.success(),
        "{script} refuses. If a library is missing, run tests/run.\n{}",
        String::from_utf8_lossy(&asked.stderr)
    );
    String::from_utf8(asked.stdout).expect("opinions are UTF-8")
}
